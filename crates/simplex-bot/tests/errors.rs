//! What errors say: what was tried, with what, and what to do.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "what fails here fails a test")]

use std::path::PathBuf;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use simplex_bot::command::CommandError;
use simplex_bot::core::native::lib::OpenError;
use simplex_bot::prelude::*;
use simplex_bot::testing::TestNetwork;
use simplex_bot::types::event::ContactConnected;
use simplex_bot::types::{
    ChatDeleteMode, ChatRef, ContactId, GroupChatScope, GroupId, GroupMemberId, GroupMemberRole, GroupProfile,
    MsgContent, UserId,
};
use simplex_bot::{Client, blocking};

/// Each part is said by the error, and by what a `main` prints of it.
#[track_caller]
fn says(error: &BotError, parts: &[&str]) {
    let (shown, printed) = (error.to_string(), format!("{error:?}"));
    for part in parts {
        assert!(shown.contains(part) && printed.contains(part), "`{part}` is missing: {shown}");
    }
}

#[simplex_bot::test]
async fn a_call_in_the_wrong_place_does_not_say_that_the_bot_cannot_start() {
    let net = TestNetwork::new();
    let moderates = async |msg: TextMessage| msg.reply(msg.moderate().await.unwrap_err().to_string()).await;
    let asks = async |msg: TextMessage| {
        let chat = Chat::new(msg.api().clone(), msg.chat_ref());
        let asked = tokio::spawn(async move { chat.ask("Who?").await.map(drop).unwrap_err() }).await.unwrap();
        assert!(matches!(asked, BotError::Misplaced(_)));
        msg.reply(asked.to_string()).await
    };
    let bot = net.start(move || Bot::new("bot").on(text().exactly("moderate"), moderates).on(text(), asks)).await;
    let alice = net.person("alice").connects_to(&bot).await;
    for (text, parts) in [
        ("moderate", ["message ", "@4", "in_group()"]),
        ("ask", ["nothing can be waited for in @4", "a handler", "Client::chat"]),
    ] {
        alice.send(text).await;
        let content = alice.expect_message().await;
        let said = content.as_text().unwrap();
        assert!(!said.contains("cannot start"), "{said}");
        parts.iter().for_each(|part| assert!(said.contains(part), "{said}"));
    }
    says(&Bot::new("bot").start().await.unwrap_err(), &["cannot start", "no database", ".db("]);
}

#[test]
fn what_is_run_without_tokio_says_so_and_does_not_panic() {
    let net = TestNetwork::new();
    let core = || Arc::new(net.simulation().open("bot", "").unwrap());
    let bot = || Bot::new("bot").core(core());
    fn fails<T>(run: impl Future<Output = Result<T, BotError>>) {
        let polled = pin!(run).poll(&mut Context::from_waker(Waker::noop()));
        let Poll::Ready(Err(error)) = polled else { panic!("it does not end at once") };
        says(&error, &["inside of tokio", "#[tokio::main]", "blocking::Client"]);
    }
    fails(bot().run());
    fails(bot().start());
    fails(Client::over("me", core()));
    says(&simplex_bot::stop_signal().err().unwrap(), &["inside of tokio"]);
}

#[test]
fn what_would_block_async_code_says_so_and_does_not_panic() {
    let net = TestNetwork::new();
    let core = |name| Arc::new(net.simulation().open(name, "").unwrap());
    let me = blocking::Client::over("me", core("me")).unwrap();
    let chat = me.chat(ContactId(1));
    for mut kind in [tokio::runtime::Builder::new_current_thread(), tokio::runtime::Builder::new_multi_thread()] {
        let runtime = kind.enable_all().build().unwrap();
        runtime.block_on(async {
            for error in [
                blocking::Client::over("bot", core("bot")).unwrap_err(),
                me.connect_to("simplex:/", Duration::from_secs(1)).unwrap_err(),
                chat.send("hello").unwrap_err(),
                chat.send_and_wait("hello", Duration::from_secs(1)).unwrap_err(),
            ] {
                says(&error, &["would block", "`Client`", "spawn_blocking"]);
            }
            // Here, blocking is allowed.
            let (me, core) = (me.chat(ContactId(1)), core("other"));
            let blocks = tokio::task::spawn_blocking(move || {
                assert!(matches!(me.send("hello"), Err(BotError::Api(_))));
                blocking::Client::over("other", core).unwrap().close().unwrap();
            });
            blocks.await.unwrap();
        });
    }
    me.close().unwrap();
}

#[simplex_bot::test]
async fn an_error_of_the_core_names_the_command_and_the_chat_and_what_to_do() {
    let net = TestNetwork::new();
    let reacts = async |msg: TextMessage| msg.reply(msg.react("🦀").await.unwrap_err().to_string()).await;
    let bot = net.start(move || Bot::new("bot").allow_files().on(text(), reacts)).await;
    let alice = net.person("alice").connects_to(&bot).await;
    alice.send("react").await;
    let content = alice.expect_message().await;
    for part in ["`APIChatItemReaction @4` failed: error/commandError (message `Failed reading: ", "reactions are 👍"]
    {
        assert!(content.as_text().unwrap().contains(part), "{content:?}");
    }

    let folder = tempfile::tempdir().unwrap();
    let me = Client::over("me", net.core("me").await).await.unwrap();
    let chat = me.connect_to(bot.address()).await.unwrap();
    let gone = "the profile has no such";
    let error = me.chat(ContactId(77)).send("secret").await.unwrap_err();
    says(&error, &["`APISendMessages @77`", "errorStore/contactNotFound", "contactId 77", gone, "contact"]);
    let error = me.chat(GroupId(78)).send("secret").await.unwrap_err();
    says(&error, &["`APISendMessages #78`", "errorStore/groupNotFound", "groupId 78", gone, "group"]);
    let scope = GroupChatScope::MemberSupport(Some(GroupMemberId(3)));
    let error = me.chat(ChatRef::scoped(GroupId(78), scope)).send("secret").await.unwrap_err();
    says(&error, &["`APISendMessages #78(_support:3)`"]);
    let error = chat.send(Draft::file(folder.path().join("none.txt"))).await.unwrap_err();
    says(&error, &["`APISendMessages @4`", "none.txt", "there is no such file"]);
    alice.api().delete_chat(alice.open_chat(), ChatDeleteMode::Full { notify: true }).await.unwrap();
    tokio::time::sleep(Duration::from_secs(10)).await;
    let error = Chat::new(bot.api().clone(), ContactId(4)).send("hello").await.unwrap_err();
    says(&error, &["`APISendMessages @4`", "the contact deleted this one"]);
    let error: BotError = me.api().raw("/_get chat @79 count=1").await.unwrap_err().into();
    says(&error, &["`/_get chat @79`"]);
}

#[simplex_bot::test]
async fn a_link_that_is_wrong_is_said_to_be_and_its_secret_is_not_told() {
    let net = TestNetwork::new();
    let me = Client::over("me", net.core("me").await).await.unwrap();
    let used = me.api().create_link(me.user().user_id).await.unwrap();
    Client::over("first", net.core("first").await).await.unwrap().connect_to(used.link()).await.unwrap();
    let other = Client::over("other", net.core("other").await).await.unwrap();
    for (link, parts) in [
        ("", ["a text of 0 bytes", "it is empty"]),
        ("secret", ["a text of 6 bytes", "it is not a link"]),
        ("https://secret.example/secret", ["a text of 29 bytes", "that is not a link, or only a part of one"]),
        (" https://smp1.example/a#secret", ["does not begin as a link", "it begins or ends with white space"]),
        ("https://smp1.example/a#se cret", ["the link `https://smp1.example/a#…`", "white space"]),
        ("https://smp1.example/a#secret", ["the link `https://smp1.example/a#…`", "not a link, or only a part of one"]),
        ("simplex:/contact#", ["the link `simplex:/contact#`, with nothing", "not a link, or only a part of one"]),
        ("https://me:secret@smp1.example/a#secret", ["does not begin as a link", "not a link"]),
        (used.link(), ["the link `https://localhost/i#…`", "used up, deleted, or your own"]),
    ] {
        let error = other.connect_to(link).await.unwrap_err();
        says(&error, &parts);
        says(&error, &["cannot connect by", "`address()`"]);
        let printed = format!("{error:?}");
        assert!(!printed.contains("secret"), "{printed}");
        let (_, key) = link.split_once('#').unwrap_or_default();
        assert!(key.is_empty() || !printed.contains(key), "{printed}");
    }
    let group = me.api().new_group(me.user().user_id, GroupProfile::new("team", "")).await.unwrap();
    let own = me.api().create_group_link(group.group_id, GroupMemberRole::Member).await.unwrap();
    let invitation = me.api().create_link(me.user().user_id).await.unwrap();
    for link in [own.conn_link_contact.link(), invitation.link()] {
        says(
            &me.connect_to(link).await.unwrap_err(),
            &["not connected", "the link `https://localhost/", "is one's own"],
        );
    }
    // Nothing is wrong with this one.
    let good = me.api().create_link(me.user().user_id).await.unwrap();
    net.simulation().with(|net| net.set_server(false));
    let error = other.connect_to(good.link()).await.unwrap_err().to_string();
    assert!(error.ends_with("the server cannot be reached"), "{error}");
}

#[simplex_bot::test]
async fn a_wait_that_was_in_vain_says_what_for() {
    let net = TestNetwork::new();
    let bot = net.start(|| Bot::new("bot").on(any(), async |_: Message| {})).await;
    let me = Client::over("me", net.core("me").await).await.unwrap();
    let soon = Duration::from_secs(1);
    let chat = me.connect_to(bot.address()).await.unwrap();
    says(&chat.ask("Who?").timeout(soon).await.unwrap_err(), &["no message", "came in @4 within 1s"]);
    says(&me.next_event::<ContactConnected>(soon).await.unwrap_err(), &["no event contactConnected", "within 1s"]);
    let alice = net.person("alice");
    let link = alice.api().create_link(UserId(1)).await.unwrap();
    alice.goes_offline().await;
    let error = me.connect_to(link.link()).timeout(soon).await.unwrap_err();
    says(&error, &["not connected within 1s", "may be away"]);
    let sent = chat.send("hello").await.unwrap();
    let error = sent.uploaded().timeout(soon).await.unwrap_err();
    says(&error, &["the file was not sent"]);
}

#[simplex_bot::test]
async fn an_error_of_a_file_or_a_message_says_which_and_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    std::fs::write(at("small.txt"), "x").unwrap();
    let no_folder = at("small.txt");
    let net = TestNetwork::new();
    let bot = net
        .start(move || {
            let handles = async |msg: FileMessage, State(folder): State<PathBuf>| -> Outcome {
                msg.reply(msg.receive().into_folder(folder).await.map(drop).unwrap_err().to_string()).await
            };
            Bot::new("bot").allow_files().state(no_folder.clone()).on(file(), handles)
        })
        .await;
    let me = Client::over("me", net.core("me").await).await.unwrap();
    let chat = me.connect_to(bot.address()).await.unwrap();
    let long = Draft::file(at("small.txt")).captioned("x".repeat(20_000));
    says(&chat.send(long).await.unwrap_err(), &["`APISendMessages @4`", "largeMsg", "split its text"]);
    let missing: BotError = Draft::picture(at("none.png")).await.unwrap_err().into();
    says(&missing, &["none.png cannot be read"]);
    let no_picture: BotError = Draft::picture(at("small.txt")).await.unwrap_err().into();
    says(&no_picture, &["JPEG or PNG"]);
    bot.api().set_files_folder(&folder.path().to_string_lossy()).await.unwrap();
    let alice = net.person("alice").connects_to(&bot).await;
    alice.send(Draft::file(at("small.txt"))).await;
    let content = alice.expect_message().await;
    let said = content.as_text().unwrap();
    assert!(said.contains("cannot be put into") && said.contains("small.txt"), "{said}");
    // Gone by the time that it is looked at.
    let sent = chat.send("hello").await.unwrap();
    sent.delete_here().await.unwrap();
    let error = sent.delivered().await.unwrap_err();
    says(&error, &[&format!("message {} of @4 cannot be delivered: it is deleted", sent.id())]);
}

/// The core would send it, and people would see an empty line.
#[simplex_bot::test]
async fn a_text_without_a_word_is_not_sent() {
    let net = TestNetwork::new();
    let bot = net.start(|| Bot::new("bot").allow_files().on(any(), async |_: Message| {})).await;
    let alice = net.person("alice").connects_to(&bot).await;
    let chat = bot.running().handle().chat(ContactId(4));
    for empty in [Draft::from(""), " \n".into(), Markdown::new().into(), Markdown::new().plain("").into()] {
        let error = chat.send(empty).await.unwrap_err();
        assert!(matches!(error, BotError::Empty), "{error}");
        says(&error, &["empty", "a text", "a file"]);
    }
    let sent = chat.send("0 %").await.unwrap();
    assert!(matches!(sent.edit("").await.unwrap_err(), BotError::Empty));
    // What is written live may begin with nothing, and a picture needs no caption.
    let live = chat.live("").await.unwrap();
    live.finish("done").await.unwrap();
    let preview = "data:image/png;base64,AAAA";
    let sent = chat.send(MsgContent::image("", preview)).await.unwrap();
    sent.edit("a caption").await.unwrap();
    sent.edit("").await.unwrap();
    alice.expect("0 %").await;
    alice.expect("").await;
    alice.expect_edit("done").await;
    alice.expect_message().await;
    alice.expect_edit("a caption").await;
    alice.expect_edit("").await;
    alice.expect_silence(Duration::from_secs(60)).await;
}

#[simplex_bot::test]
async fn two_bots_on_one_core_or_state_file_are_told_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("bot.state");
    let net = TestNetwork::new();
    let (one, two) = (net.core("one").await, net.core("two").await);
    let bot = Bot::new("one").core(Arc::clone(&one)).state_file(&state).start().await.unwrap();
    let error = Bot::new("one").core(one).start().await.unwrap_err();
    says(&error, &["the core, in this process", "stop that one"]);
    let error = Bot::new("two").core(two).state_file(&state).start().await.unwrap_err();
    says(&error, &["the state file", "bot.state", "a database of its own"]);
    bot.stop().await.unwrap();
}

#[test]
fn a_cause_that_the_message_contains_is_not_printed_twice() {
    let denied = std::io::Error::other("permission denied");
    let error = BotError::Open(OpenError::Lock { lock: "bot.lock".into(), source: denied });
    says(&error, &["permission denied; are it and its folder writable?"]);
    assert_eq!(format!("{error:?}").matches("permission denied").count(), 1);
}

#[test]
fn a_failure_tells_the_causes_of_its_error() {
    #[derive(Debug, thiserror::Error)]
    #[error("cannot load the profile")]
    struct Outer(#[from] Inner);
    #[derive(Debug, thiserror::Error)]
    #[error("asking the database: {0}")]
    struct Inner(#[from] std::num::ParseIntError);
    let outer = Outer(Inner("x".parse::<u8>().unwrap_err()));
    let failure = Failure::Error(outer.into());
    let expected = "the handler failed: cannot load the profile: asking the database: invalid digit found in string";
    assert_eq!(failure.to_string(), expected);
    let question = Failure::Error(CommandError::TooMany("a secret".into()).into());
    assert_eq!(question.to_string(), "the handler failed: TooMany(<8 bytes>)");
}
