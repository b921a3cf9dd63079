//! Conversations of several steps: questions, quotes, who may speak.

mod common;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use common::changing;
use simplex_bot::Retry;
use simplex_bot::core::CoreError;
use simplex_bot::prelude::*;
use simplex_bot::senders::{Cooldown, Exempt, SenderList};
use simplex_bot::testing::{Heard, TestNetwork};
use simplex_bot::types::event::ConnectedToGroupMember;
use simplex_bot::types::{
    ChatItemId, ChatPagination, ChatRef, Contact, GroupChatScope, GroupMemberCategory, GroupMemberRole, MsgContent,
};
use tokio::sync::mpsc;

async fn signup(chat: Chat) -> Outcome {
    let name = chat.ask("Your name?").timeout(Duration::from_secs(300)).await?;
    let age: u8 = chat.ask("Your age?").parse().retries(2).or_say("A number, please.").await?;
    chat.send(format!("Welcome, {name} ({age})")).await
}

fn asking() -> Bot {
    Bot::new("bot")
        .command("signup", "Sign up", signup)
        .command("ping", "", async |msg: Message| msg.reply("pong").await)
        .on(any(), async |msg: Message| msg.reply("not asked").await)
}

#[simplex_bot::test]
async fn a_handler_asks_and_others_go_on_meanwhile() {
    let net = TestNetwork::new();
    let bot = net.start(asking).await;
    let (alice, bob) = (net.person("alice").connects_to(&bot).await, net.person("bob").connects_to(&bot).await);
    alice.send("/signup").await;
    alice.expect("Your name?").await;
    bob.send("hello").await;
    bob.expect("not asked").await;
    alice.send("/ping").await;
    alice.expect("pong").await;
    alice.send("Alice").await;
    alice.expect("Your age?").await;
    alice.send("old").await;
    alice.expect("A number, please.").await;
    alice.send("42").await;
    alice.expect("Welcome, Alice (42)").await;
    alice.send("hello").await;
    alice.expect("not asked").await;
}

#[simplex_bot::test]
async fn an_answer_that_quotes_a_question_is_for_that_one() {
    async fn order(chat: Chat, Args(item): Args) -> Outcome {
        let count: u8 = chat.ask(format!("How many {item}?")).parse().retries(1).await?;
        chat.send(format!("{count} {item}")).await
    }
    let bot = || asking().command("order", "Order", order);
    let net = TestNetwork::new();
    let alice = net.person("alice").connects_to(&net.start(bot).await).await;
    for item in ["apples", "pears", "plums"] {
        alice.send(format!("/order {item}")).await;
        alice.expect(&format!("How many {item}?")).await;
    }
    alice.replies("some").await;
    alice.expect_containing("invalid digit").await;
    alice.replies("3").await;
    alice.expect("3 plums").await;
    // What quotes something else, or nothing, is for the question that was asked first.
    alice.replies("1").await;
    alice.expect("1 apples").await;
    alice.send("2").await;
    alice.expect("2 pears").await;
    alice.replies("4").await;
    alice.expect("not asked").await;
}

#[simplex_bot::test]
async fn what_somebody_answered_is_said_again_as_plain_text() {
    async fn choose(chat: Chat) -> Outcome {
        let known = |message: &Message| Err::<String, _>(format!("{} is unknown", message.text()));
        chat.send(chat.ask("Which?").read(known).retries(1).await?).await
    }
    let net = TestNetwork::new();
    async fn quiet(chat: Chat) -> Outcome {
        let number: u8 = chat.ask("A number?").parse().retries(1).or_say("").await?;
        chat.send(format!("{number}, then")).await
    }
    let bot = net.start(|| Bot::new("bot").command("choose", "", choose).command("quiet", "", quiet)).await;
    let alice = net.person("alice").connects_to(&bot).await;
    alice.send("/choose").await;
    alice.expect("Which?").await;
    alice.send("*this* one").await;
    alice.expect("\u{2060}*this* one is unknown").await;
    alice.send("that").await;
    alice.send("/quiet").await;
    alice.expect("A number?").await;
    // It is waited for another answer, and nothing is said.
    alice.send("some").await;
    alice.send("3").await;
    alice.expect("3, then").await;
}

#[simplex_bot::test]
async fn who_does_not_answer_is_not_asked_again() {
    /// As programs wrap errors in theirs.
    #[derive(Debug)]
    struct Wrapped(BotError);
    impl std::fmt::Display for Wrapped {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("wrapped")
        }
    }
    impl std::error::Error for Wrapped {
        fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
            std::error::Error::source(&self.0)
        }
    }

    let net = TestNetwork::new();
    let (told, mut failures) = mpsc::unbounded_channel();
    let bot = net
        .start(move || {
            let (told, given_up) = (told.clone(), told.clone());
            asking()
                .command("wrapped", "", async |chat: Chat| signup(chat).await.map_err(Wrapped))
                .on_error(move |_, failure| told.send(failure.to_string()).unwrap())
                .on_poison(move |_, failure| given_up.send(format!("given up: {failure}")).unwrap())
        })
        .await;
    let alice = net.person("alice").connects_to(&bot).await;
    for command in ["/signup", "/wrapped"] {
        alice.send(command).await;
        alice.expect("Your name?").await;
        alice.expect_silence(Duration::from_secs(3600)).await;
        let failure = failures.recv().await.unwrap();
        assert!(failure.starts_with("a question was not answered: "), "{failure}");
    }
    alice.send("/signup").await;
    alice.expect("Your name?").await;
    alice.send("Alice").await;
    alice.expect("Your age?").await;
    for _ in 0..2 {
        alice.send("old").await;
        alice.expect("A number, please.").await;
    }
    alice.send("old").await;
    alice.expect_silence(Duration::from_secs(3600)).await;
    // Without the reason, which may quote what somebody wrote.
    assert_eq!(
        failures.recv().await.unwrap(),
        "a question was not answered: no answer that is understood, in 3 answers"
    );
    assert!(failures.try_recv().is_err());
    bot.stop().await;
}

#[simplex_bot::test]
async fn a_message_that_is_repeated_answers_no_question_asked_meanwhile() {
    fn failing() -> Bot<Arc<AtomicBool>> {
        Bot::new("bot")
            .state(Arc::new(AtomicBool::new(false)))
            .retry(Retry::times(1).backoff(Duration::from_secs(60)))
            .command("signup", "Sign up", signup)
            .on(any(), async |msg: Message, State(again): State<Arc<AtomicBool>>| -> Outcome {
                if !again.swap(true, Ordering::SeqCst) {
                    return Err(BotError::Config("the first time it fails".into()));
                }
                msg.reply("at last").await
            })
    }
    let net = TestNetwork::new();
    let bot = net.start(failing).await;
    let alice = net.person("alice").connects_to(&bot).await;
    alice.send("fails").await;
    alice.send("/signup").await;
    alice.expect("Your name?").await;
    tokio::time::sleep(Duration::from_secs(61)).await;
    alice.expect("at last").await;
    alice.send("Alice").await;
    alice.expect("Your age?").await;
}

#[simplex_bot::test]
async fn in_a_group_the_one_who_was_asked_answers() {
    let net = TestNetwork::new();
    let bot = net.start(asking).await;
    let alice = net.person("alice");
    let group = alice.creates_group("team", GroupMemberRole::Member).await;
    bot.joins(&group).await;
    alice.expect_any("the bot", |heard| is_join(heard, "bot")).await;
    let bob = net.person("bob");
    bob.joins(&group).await;
    alice.send("/signup").await;
    alice.expect("Your name?").await;
    bob.send("Bob").await;
    alice.expect("Bob").await;
    alice.expect("not asked").await;
    alice.send("Alice").await;
    alice.expect("Your age?").await;
    // Also not by quoting the question.
    for heard in ["/signup", "Your name?", "not asked", "Alice", "Your age?"] {
        bob.expect(heard).await;
    }
    bob.replies("7").await;
    alice.expect("7").await;
    alice.expect("not asked").await;
    alice.send("42").await;
    alice.expect("Welcome, Alice (42)").await;
}

#[simplex_bot::test]
async fn a_member_may_be_asked_who_has_not_written() {
    fn captcha() -> Bot {
        async fn ask(event: ConnectedToGroupMember, api: ChatApi) -> Outcome<()> {
            if event.member.member_category == GroupMemberCategory::Post {
                let chat = Chat::new(api, event.group_info.group_id).with_member(event.member.group_member_id);
                let sum: u8 = chat.ask("2 and 2?").parse().retries(1).await?;
                chat.send(format!("{sum}")).await?;
            }
            Ok(())
        }
        Bot::new("bot").on_event(ask).on(any(), async |msg: Message| msg.reply("not asked").await)
    }
    let net = TestNetwork::new();
    let bot = net.start(captcha).await;
    let alice = net.person("alice");
    let group = alice.creates_group("team", GroupMemberRole::Member).await;
    bot.joins(&group).await;
    alice.expect_member("bot").await;
    let carol = net.person("carol");
    carol.joins(&group).await;
    alice.expect("2 and 2?").await;
    alice.send("5").await;
    alice.expect("not asked").await;
    carol.send("four").await;
    alice.expect("four").await;
    alice.expect("That does not fit: invalid digit found in string.").await;
    carol.send("4").await;
    alice.expect("4").await;
    alice.expect("4").await;
}

#[simplex_bot::test]
async fn in_a_support_chat_it_is_answered_there() {
    let net = TestNetwork::new();
    let bot = net.start(asking).await;
    let alice = net.person("alice");
    let group = alice.creates_group("team", GroupMemberRole::Member).await;
    bot.joins(&group).await;
    alice.expect_any("the bot", |heard| is_join(heard, "bot")).await;
    alice.gives_role("bot", GroupMemberRole::Moderator).await;
    let carol = net.person("carol");
    carol.joins(&group).await;
    let ChatRef::Group(id, _) = carol.open_chat() else { panic!("a group is open") };
    let (everybody, support) = (ChatRef::group(id), ChatRef::scoped(id, GroupChatScope::MemberSupport(None)));
    for (here, elsewhere) in [(support, everybody), (everybody, support)] {
        carol.opens(here);
        carol.send("/signup").await;
        carol.expect("Your name?").await;
        carol.opens(elsewhere);
        carol.send("elsewhere").await;
        carol.expect("not asked").await;
        carol.opens(here);
        carol.send("Carol").await;
        carol.expect("Your age?").await;
        carol.send("42").await;
        carol.expect("Welcome, Carol (42)").await;
    }
}

fn is_join(heard: &Heard, name: &str) -> Option<()> {
    use simplex_bot::types::Event;
    let Heard::Other(event) = heard else { return None };
    matches!(&**event, Event::JoinedGroupMember(joined) if joined.member.member_profile.display_name == name)
        .then_some(())
}

fn guarded() -> Bot<SenderList> {
    let blocked = SenderList::new();
    Bot::new("bot")
        .state(blocked.clone())
        .outer(blocked.block())
        .layer(Cooldown::per_sender(2, Duration::from_secs(10)).saying("Not so fast."))
        .command("free", "", async |msg: Message| msg.reply("free").await)
        .meta(Exempt)
        .command("block", "", async |msg: Message, State(list): State<SenderList>| -> Outcome {
            list.add(&msg).await?;
            msg.reply("blocked").await
        })
        .on(any(), async |msg: Message| msg.reply("ok").await)
}

#[simplex_bot::test]
async fn who_is_too_fast_waits_and_who_is_blocked_is_not_heard() {
    let net = TestNetwork::new();
    let bot = net.start(guarded).await;
    let (alice, bob) = (net.person("alice").connects_to(&bot).await, net.person("bob").connects_to(&bot).await);
    for answer in ["ok", "ok", "Not so fast."] {
        alice.send("hi").await;
        alice.expect(answer).await;
    }
    alice.send("hi").await;
    alice.expect_silence(Duration::from_secs(1)).await;
    alice.send("/free").await;
    alice.expect("free").await;
    bob.send("hi").await;
    bob.expect("ok").await;
    tokio::time::sleep(Duration::from_secs(10)).await;
    alice.send("hi").await;
    alice.expect("ok").await;
    alice.send("/block").await;
    alice.expect("blocked").await;
    alice.send("/free").await;
    alice.expect_silence(Duration::from_secs(3600)).await;
}

#[simplex_bot::test]
async fn a_notice_that_was_not_sent_is_said_when_its_message_comes_again() {
    let net = TestNetwork::new();
    let refused = AtomicBool::new(false);
    let core = changing(net.core("bot").await, move |core, request| {
        let refuses = request.text().contains("Not so fast.") && !refused.swap(true, Ordering::Relaxed);
        async move {
            match refuses {
                true => Err(CoreError::Timeout { command: "/_send".into(), after: Duration::from_secs(1) }),
                false => core.send(request).await,
            }
        }
    });
    let bot = guarded().core(core).start().await.unwrap();
    let alice = net.person("alice").connects_by(bot.address().unwrap()).await;
    for answer in ["ok", "ok", "Not so fast."] {
        alice.send("hi").await;
        alice.expect(answer).await;
    }
    alice.send("hi").await;
    alice.expect_silence(Duration::from_secs(5)).await;
    bot.stop().await.unwrap();
}

/// A quote has the preview of a picture in it, too.
#[simplex_bot::test]
async fn what_is_large_is_quoted_where_there_is_room_for_it_and_answered_where_not() {
    let net = TestNetwork::new();
    let bot = net
        .start(|| {
            Bot::new("bot").on(any(), async |msg: Message| -> Outcome {
                msg.reply("short").await?;
                msg.reply("long ".repeat(1_500)).await?;
                msg.reply(MsgContent::image("a picture", "x".repeat(9_000))).await
            })
        })
        .await;
    let alice = net.person("alice").connects_to(&bot).await;
    for (sent, quoted) in [
        (MsgContent::text("hi"), [true, true, true]),
        (MsgContent::image("", "x".repeat(14_000)), [true, false, false]),
        (MsgContent::text("x".repeat(14_998)), [false, false, false]),
    ] {
        alice.send(sent).await;
        for begin in ["short", "long", "a picture"] {
            alice.expect_containing(begin).await;
        }
        let page = alice.api().get_chat(alice.open_chat(), ChatPagination::Last { count: 3 }).await.unwrap();
        let are_quoted: Vec<_> = page.chat_items.iter().map(|item| item.quoted_item.is_some()).collect();
        assert_eq!(are_quoted, quoted);
    }
}

/// A quote by an id is as one of a message, whoever sent that.
#[simplex_bot::test]
async fn what_is_quoted_by_its_id_is_quoted_where_it_is_there_and_there_is_room_for_it() {
    let net = TestNetwork::new();
    let bot = net
        .start(|| {
            Bot::new("bot").on(command("quote"), async |chat: Chat, msg: Message| {
                chat.send(Draft::from("so you say").quoting_item(msg.id())).await
            })
        })
        .await;
    let alice = net.person("alice").connects_to(&bot).await;
    let chat = Chat::new(alice.api().clone(), alice.open_chat());
    let of = async |draft: Draft| {
        let sent = chat.send(draft).await.unwrap();
        // Of all that is sent the first part has the quote.
        let quoted: Vec<_> = sent.parts().map(|part| part.chat_item.quoted_item.is_some()).collect();
        assert!(!quoted[1..].contains(&true));
        quoted[0]
    };
    let (short, long) = ("short", "long ".repeat(6_000));
    let picture = || MsgContent::image("", "x".repeat(9_000));
    let said = async |content: MsgContent| chat.send(content).await.unwrap();
    for (content, with_short, with_long, with_picture) in [
        (MsgContent::text("hi"), true, true, true),
        (MsgContent::text("x".repeat(9_000)), true, true, false),
        (MsgContent::image("", "x".repeat(14_000)), true, false, false),
        (MsgContent::text("x".repeat(14_998)), false, false, false),
    ] {
        let item = said(content).await.id();
        assert_eq!(of(Draft::from(short).quoting_item(item)).await, with_short);
        assert_eq!(of(Draft::from(&long).quoting_item(item)).await, with_long);
        assert_eq!(of(Draft::from(picture()).quoting_item(item)).await, with_picture);
    }

    let gone = said(MsgContent::text("gone")).await;
    gone.delete().await.unwrap();
    assert!(!of(Draft::from(short).quoting_item(gone.id())).await);
    assert!(!of(Draft::from(&long).quoting_item(ChatItemId(9_999))).await);

    // What another said.
    alice.send("/quote").await;
    alice.expect("so you say").await;
    let page = alice.api().get_chat(alice.open_chat(), ChatPagination::Last { count: 1 }).await.unwrap();
    let quoted = page.chat_items[0].quoted_item.as_ref().expect("a quote");
    assert_eq!(quoted.content.as_text(), Some("/quote"));
}

#[simplex_bot::test]
async fn a_message_is_forwarded() {
    let net = TestNetwork::new();
    let bot = net
        .start(|| {
            Bot::new("relay").on(text(), async |msg: TextMessage, from: Contact, api: ChatApi| -> Outcome {
                let user = api.get_active_user().await?.expect("a user").user_id;
                let others = api.list_contacts(user).await?;
                let other = others.iter().find(|other| other.contact_id != from.contact_id).expect("another");
                let sent = msg.forward(other.contact_id).await?;
                assert_eq!(sent.chat().chat_ref(), other.contact_id.into());
                msg.reply("Forwarded.").await
            })
        })
        .await;
    let (alice, bob) = (net.person("alice").connects_to(&bot).await, net.person("bob").connects_to(&bot).await);
    alice.send("for *bob*").await;
    alice.expect("Forwarded.").await;
    bob.expect("for *bob*").await;
}

#[simplex_bot::test]
async fn what_was_sent_and_what_came_are_found_again_by_their_ids() {
    let net = TestNetwork::new();
    let bot = net.start(|| {
        Bot::new("bot").on(text(), async |msg: TextMessage| {
            let (chat, sent) = (msg.chat(), msg.chat().send("an answer").await?);
            let nothing = ChatItemId(sent.id().0 + 100);
            assert!(chat.sent(msg.id()).await?.is_none() && chat.sent(nothing).await?.is_none());
            assert!(chat.message(sent.id()).await?.is_none() && chat.message(nothing).await?.is_none());
            assert_eq!(chat.message(msg.id()).await?.map(|found| found.text().to_owned()), Some("hello".to_owned()));
            let found = chat.sent(sent.id()).await?.expect("what was sent");
            found.delivered().await?;
            found.delete().await
        })
    });
    let alice = net.person("alice").connects_to(&bot.await).await;
    alice.send("hello").await;
    alice.expect("an answer").await;
    alice.expect_deletion().await;
}
