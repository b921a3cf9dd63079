//! What filters let through, and what handlers may take of it.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "what fails here fails a test")]

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use simplex_bot::core::ChatCore;
use simplex_bot::core::native::lib::LibSource;
use simplex_bot::filter::{Anything, Value};
use simplex_bot::prelude::*;
use simplex_bot::testing::{Heard, TestNetwork};
use simplex_bot::types::{
    ChatRef, ContactId, Event, GroupChatScope, GroupId, GroupMemberId, GroupMemberRole, MsgContent, ReportReason,
};
use simplex_bot::{Captures, Data, Flow, Next};

/// A bot that says which handler took a message.
fn contents() -> Bot {
    Bot::new("bot")
        .on(text().exactly(["yes", "y"]), async |msg: TextMessage| msg.reply("agreed").await)
        .on(text().regex(r"(\d+)\s*(km|mi)\b"), async |msg: TextMessage, found: Captures| {
            msg.reply(format!("{} of {}", found.get(1).unwrap_or("?"), found.get(2).unwrap_or("?"))).await
        })
        .on(text().parse::<i32>().or(any_text().parse::<i32>()), async |msg: Message, Parsed(n): Parsed<i32>| {
            msg.reply(format!("number {n}")).await
        })
        .on(in_direct().and(text().exactly("and")), async |msg: TextMessage| msg.reply("narrowed").await)
        .on(
            any().map(|msg| msg.text().strip_prefix("say ").map(str::to_owned)),
            async |msg: Message, Parsed(what): Parsed<String>| msg.reply(what).await,
        )
        .on(text(), async |msg: TextMessage| msg.reply("text").await)
        .on(image().or(video()), async |msg: Message| msg.reply("picture").await)
        .on(voice(), async |msg: VoiceMessage| msg.reply(format!("{} s", msg.duration().as_secs())).await)
        .on(unknown_content(), async |msg: UnknownMessage| {
            let tag = msg.unknown().map(|unknown| unknown.tag().to_owned());
            msg.reply(tag.unwrap_or_default()).await
        })
        .on(any(), async |msg: Message| msg.reply("else").await)
}

#[simplex_bot::test]
async fn contents_are_told_apart_and_narrow() {
    let net = TestNetwork::new();
    let bot = net.start(contents).await;
    let alice = net.person("alice").connects_to(&bot).await;
    for (sent, answer) in [
        ("yes", "agreed"),
        ("y", "agreed"),
        ("yes!", "text"),
        ("it is 12 km away", "12 of km"),
        (" 42 ", "number 42"),
        ("and", "narrowed"),
        ("say hello", "hello"),
        ("hello", "text"),
    ] {
        alice.send(sent).await;
        alice.expect(answer).await;
    }
    let unknown: MsgContent =
        serde_json::from_str(r#"{"type":"poll","text":"?","options":["a","b"]}"#).expect("a content");
    for (sent, answer) in [
        (MsgContent::image("", "data:image/jpg;base64,"), "picture"),
        (MsgContent::video("", "data:image/jpg;base64,", 3), "picture"),
        (MsgContent::image("42", "data:image/jpg;base64,"), "number 42"),
        (MsgContent::file("a file"), "else"),
        (unknown, "poll"),
    ] {
        alice.send(sent).await;
        alice.expect(answer).await;
    }
}

#[simplex_bot::test]
async fn any_text_is_some_text() {
    fn make() -> Bot {
        Bot::new("bot")
            .on(any_text(), async |msg: Message| msg.reply(format!("text: {}", msg.text())).await)
            .on(any(), async |msg: Message| msg.reply("none").await)
    }
    let net = TestNetwork::new();
    let alice = net.person("alice").connects_to(&net.start(make).await).await;
    for (sent, answer) in [
        (MsgContent::text("hello"), "text: hello"),
        (MsgContent::image("a cat", "data:image/jpg;base64,"), "text: a cat"),
        (MsgContent::image("", "data:image/jpg;base64,"), "none"),
        (MsgContent::file(""), "none"),
        // Those who sent it have a text for whoever cannot read the rest.
        (serde_json::from_str(r#"{"type":"poll","text":"1 \"or\" 2?","options":[]}"#).unwrap(), "text: 1 \"or\" 2?"),
        (serde_json::from_str(r#"{"type":"wave"}"#).unwrap(), "none"),
    ] {
        alice.send(sent).await;
        alice.expect(answer).await;
    }
}

/// Like `in_direct()`, which with a filter for groups is refused.
fn direct() -> impl Filter<Content = Anything, Value = ()> {
    when(|msg| !msg.is_group())
}

fn roles() -> Bot {
    Bot::new("bot")
        .on(direct().and(from_role(at_least(GroupMemberRole::Observer))), async |msg: Message| msg.reply("never").await)
        .on(in_direct().and(not(from_role(at_least(GroupMemberRole::Observer)))), async |msg: Message| {
            msg.reply("nobody has a role here").await
        })
        .on(replies_to_me(), async |msg: Message| msg.reply("you answered me").await)
        .on(from_role(GroupMemberRole::Owner), async |msg: Message| msg.reply("an owner").await)
        .on(from_role([GroupMemberRole::Member, GroupMemberRole::Author]), async |msg: Message| {
            msg.reply("a member").await
        })
}

#[simplex_bot::test]
async fn roles_are_of_groups_only() {
    let net = TestNetwork::new();
    let bot = net.start(roles).await;
    let alice = net.person("alice").connects_to(&bot).await;
    alice.send("hi").await;
    alice.expect("nobody has a role here").await;

    let group = alice.creates_group("team", GroupMemberRole::Member).await;
    let bob = net.person("bob");
    bob.joins(&group).await;
    bot.joins(&group).await;
    // Who is owner is seen by everybody once they are connected.
    alice.expect_any("the bot to come", |heard| match heard {
        Heard::Other(event) => {
            matches!(&**event, Event::JoinedGroupMember(joined) if joined.member.member_profile.display_name == "bot").then_some(())
        }
        _ => None,
    }).await;
    alice.send("hi").await;
    alice.expect("an owner").await;
}

/// A handler for each kind of content, which tells its name.
fn kinds() -> Bot {
    Bot::new("bot")
        .allow_files()
        .allow_voice()
        .on(text(), async |msg: TextMessage| msg.reply("text").await)
        .on(link(), async |msg: LinkMessage| msg.reply(format!("link {}", msg.preview().is_some())).await)
        .on(image(), async |msg: ImageMessage| msg.reply(format!("image {}", msg.preview().len())).await)
        .on(video(), async |msg: VideoMessage| msg.reply(format!("video {}", msg.duration().as_secs())).await)
        .on(voice(), async |msg: VoiceMessage| msg.reply(format!("voice {}", msg.duration().as_secs())).await)
        .on(file(), async |msg: FileMessage| msg.reply(format!("file {}", msg.text())).await)
        .on(chat_link(), async |msg: ChatLinkMessage| msg.reply(format!("chat link {}", msg.link().is_some())).await)
        .on(unknown_content(), async |msg: UnknownMessage| {
            msg.reply(format!("unknown {}", msg.unknown().map_or("?", |unknown| unknown.tag()))).await
        })
        .on(any(), async |msg: Message| msg.reply("none").await)
}

#[simplex_bot::test]
async fn there_is_a_filter_for_each_kind_of_content() {
    let net = TestNetwork::new();
    let bot = net.start(kinds).await;
    let alice = net.person("alice").connects_to(&bot).await;
    for (content, answer) in [
        (r#"{"type":"text","text":"hello"}"#, "text"),
        (
            r#"{"type":"link","text":"https://a.b","preview":{"uri":"https://a.b","title":"t","description":"","image":""}}"#,
            "link true",
        ),
        (r#"{"type":"image","text":"","image":"data:image/jpg;base64,"}"#, "image 22"),
        (r#"{"type":"video","text":"","image":"data:image/jpg;base64,","duration":3}"#, "video 3"),
        (r#"{"type":"voice","text":"","duration":5}"#, "voice 5"),
        (r#"{"type":"file","text":"a file"}"#, "file a file"),
        (
            r#"{"type":"chat","text":"LINK","chatLink":{"type":"group","connLink":"LINK","groupProfile":{"displayName":"team","fullName":""}}}"#,
            "chat link true",
        ),
        (r#"{"type":"poll","text":"?","options":["a","b"]}"#, "unknown poll"),
    ] {
        let content = content.replace("LINK", bot.address());
        let content: MsgContent = serde_json::from_str(&content).expect("a content");
        alice.send(content).await;
        alice.expect(answer).await;
    }
}

fn places() -> Bot {
    Bot::new("bot")
        .on(report(), async |msg: ReportMessage| {
            let quoted = msg.quoted().and_then(|quoted| quoted.content.as_text());
            msg.reply(format!("{:?} about {}", msg.reason(), quoted.unwrap_or("?"))).await
        })
        .on(in_support(), async |msg: Message| msg.reply("in support").await)
        .on(mentions_me(), async |msg: Message| msg.reply("mentioned").await)
        .on(replies_to_me(), async |msg: Message| msg.reply("answered").await)
        .on(in_business(), async |msg: Message| msg.reply("in business").await)
        .on(from_customer().or(from_agent()), async |msg: Message| msg.reply("never").await)
        .on(of_group(GroupId(99)), async |msg: Message| msg.reply("never").await)
        .on(direct().and(of_group([GroupId(1), GroupId(2)])), async |msg: Message| msg.reply("never").await)
        .on(of_group([GroupId(1), GroupId(2)]).and(text().exactly("group")), async |msg: Message| {
            msg.reply("of the group").await
        })
        .on(from_contact(ContactId(99)), async |msg: Message| msg.reply("never").await)
        .on(not(direct()).and(from_contact([ContactId(4), ContactId(5)])), async |msg: Message| {
            msg.reply("never").await
        })
        .on(from_contact([ContactId(4), ContactId(5)]), async |msg: Message| msg.reply("from a contact").await)
        .on(
            from_member(Vec::from_iter((1..10).map(GroupMemberId))).and(text().exactly("member")),
            async |msg: Message| msg.reply("from a member").await,
        )
        .on(in_group(), async |msg: Message| msg.reply("in a group").await)
}

#[simplex_bot::test]
async fn places_and_senders_are_told_apart() {
    let net = TestNetwork::new();
    let bot = net.start(places).await;
    let bob = net.person("bob").connects_to(&bot).await;
    bob.send("hi").await;
    bob.expect("from a contact").await;

    let alice = net.person("alice");
    let group = alice.creates_group("team", GroupMemberRole::Member).await;
    bot.joins(&group).await;
    let came = |heard: &Heard| match heard {
        Heard::Other(event) => matches!(&**event, Event::JoinedGroupMember(_)).then_some(()),
        _ => None,
    };
    alice.expect_any("the bot to come", came).await;
    alice.gives_role("bot", GroupMemberRole::Moderator).await;
    for (sent, answer) in [("group", "of the group"), ("member", "from a member"), ("hello", "in a group")] {
        alice.send(sent).await;
        alice.expect(answer).await;
    }
    alice.replies("thanks").await;
    alice.expect("answered").await;
    alice.mentions("bot", "hello").await;
    alice.expect("mentioned").await;
    // Another's name is not the bot's.
    alice.send("@bob hello").await;
    alice.expect("in a group").await;

    let carol = net.person("carol");
    carol.joins(&group).await;
    let ChatRef::Group(id, _) = carol.open_chat() else { panic!("a group is open") };
    carol.opens(ChatRef::Group(id, Some(GroupChatScope::MemberSupport(None))));
    carol.send("help me").await;
    carol.expect("in support").await;
    // Reports are of groups only.
    alice.send("buy this").await;
    let item = carol.expect_any("alice's word", |heard| match heard {
        Heard::Message { item, content, .. } if content.as_text() == Some("buy this") => Some(*item),
        _ => None,
    });
    carol.api().report_message(id, item.await, ReportReason::Spam, Some("look")).await.unwrap();
    carol.expect("Some(spam) about buy this").await;
}

fn search() -> Bot {
    Bot::new("bot")
        .on(command("set").args(["on", "off"]), async |msg: Message| msg.reply("exactly").await)
        .on(command(["set", "put"]).parse::<u8>(), async |msg: Message, Parsed(n): Parsed<u8>| {
            msg.reply(format!("number {n}")).await
        })
        .on(command("set").regex(r"^(\w+)=(\w+)$"), async |msg: Message, found: Captures| {
            msg.reply(format!("{} is {}", found.get(1).unwrap_or("?"), found.get(2).unwrap_or("?"))).await
        })
        .on(command("set"), async |msg: Message, Args(args): Args| msg.reply(format!("args “{args}”")).await)
        .on(text().exactly("cat"), async |msg: Message| msg.reply("exact").await)
        .on(text().regex("^cat$|^dog$"), async |msg: Message| msg.reply("whole").await)
        .on(text().regex("cat"), async |msg: Message| msg.reply("somewhere").await)
        .on(any_text().regex("(?i)bird"), async |msg: Message| msg.reply("any text").await)
        .on(any(), async |msg: Message| msg.reply("none").await)
}

#[simplex_bot::test]
async fn texts_and_arguments_are_exact_or_searched() {
    let net = TestNetwork::new();
    let alice = net.person("alice").connects_to(&net.start(search).await).await;
    for (sent, answer) in [
        ("/set on", "exactly"),
        ("/set  off ", "exactly"),
        ("/set 7", "number 7"),
        ("/put 255", "number 255"),
        ("/set 256", "args “256”"),
        ("/set a=b", "a is b"),
        ("/set a = b", "args “a = b”"),
        ("/set", "args “”"),
        ("/settle on", "none"),
        ("cat", "exact"),
        ("dog", "whole"),
        ("concatenate", "somewhere"),
        ("Cat", "none"),
        ("a BIRD", "any text"),
        ("none", "none"),
    ] {
        alice.send(sent).await;
        alice.expect(answer).await;
    }
    alice.send(MsgContent::image("cat", "data:image/jpg;base64,")).await;
    alice.expect("none").await;
    alice.send(MsgContent::image("bird", "data:image/jpg;base64,")).await;
    alice.expect("any text").await;
}

/// Data that middleware puts beside a message is there for filters and handlers.
#[derive(Clone, PartialEq)]
struct Visits(u32);

fn counted() -> Bot {
    Bot::new("bot")
        .outer(async |msg: Message, next: Next| -> Flow {
            msg.put(Visits(msg.text().len() as u32));
            next.run(msg).await
        })
        .on(when(|msg| msg.get() == Some(Visits(3))), async |msg: Message| msg.reply("three").await)
        .on(any(), async |msg: Message, Data(Visits(n)): Data<Visits>| msg.reply(n.to_string()).await)
}

#[simplex_bot::test]
async fn data_put_beside_a_message_reaches_filters_and_handlers() {
    let net = TestNetwork::new();
    let alice = net.person("alice").connects_to(&net.start(counted).await).await;
    for (sent, answer) in [("abc", "three"), ("abcd", "4")] {
        alice.send(sent).await;
        alice.expect(answer).await;
    }
}

/// A filter of any type, as one that a program's configuration chooses.
fn boxed<V: Value>(
    filter: impl Filter<Content = Anything, Value = V>,
) -> Box<dyn Filter<Content = Anything, Value = V>> {
    Box::new(filter)
}

fn core() -> Arc<dyn ChatCore> {
    Arc::new(TestNetwork::new().simulation().open("bot", "").expect("a database"))
}

#[simplex_bot::test]
async fn what_cannot_work_is_said_before_the_bot_starts() {
    let noop = async |_: Message| {};
    let guarded = || Router::new().guard(in_group()).command("x", "", noop);
    let bots = [
        (Bot::new("bot").on(text().regex("("), noop), "unclosed group"),
        (Bot::new("bot").on(boxed(any_text().regex("(")), noop), "unclosed group"),
        (Bot::new("bot").command("help", "", noop).command("help", "", noop), "two commands `/help`"),
        (Bot::new("bot").command("a-b", "", noop), "`/a-b` is not a command"),
        (Bot::new("bot").on(in_direct().and(command(["help", "opt-out"])), noop), "`/opt-out` is not a command"),
        (Bot::new("bot").on(not(command("/help").args("me")), noop), "given without the slash"),
        (Bot::new("bot").on(command("a b").parse::<u8>(), noop), "`/a b` is not a command"),
        (Bot::new("bot").on(command("").regex("x"), noop), "`/` is not a command"),
        (Bot::new("bot").on(in_group().and(text()).and(in_direct()), noop), "no message passes it"),
        (
            Bot::new("bot")
                .on(not(boxed(from_contact(ContactId(4)).and(from_role(at_least(GroupMemberRole::Admin))))), noop),
            "no message",
        ),
        (Bot::new("bot").nest(Router::new().guard(in_support()).guard(in_direct())), "the guards let no message in"),
        (Bot::new("bot").meta(PathBuf::new()), "follows no handler"),
        (Bot::new("bot").on(any(), noop).on_event(async |_: Event| {}).meta(PathBuf::new()), "follows no handler"),
        (Bot::new("bot").on(any(), noop).on_event_tagged("x", async |_: Event| {}).meta(0), "follows no handler"),
        (Bot::new("my\nbot"), "is not a valid name for a profile"),
        (Bot::new(" "), "the name is empty"),
        (Bot::new("bot").welcome(""), "the welcome is empty"),
        (Bot::new("bot").handler_timeout(Duration::ZERO), "no handler ends within no time"),
        (Bot::new("bot").socks_proxy("nonsense"), "`.socks_proxy(…)` is not given the address"),
        (Bot::new("bot").socks_proxy("me:secret@tor:9050"), "`.socks_proxy(…)` is not given the address"),
        (Bot::new("bot").health("nonsense"), "no health endpoint at `nonsense`: not an address"),
        (Bot::new("bot").welcome("w".repeat(15_489)), "the welcome takes 15603 bytes when encoded"),
        (Bot::new("bot").image("https://example.org/bot.png"), "is not a `data:image/…;base64,` URI"),
        (
            Bot::new("bot").image(format!("data:image/jpg;base64,{}", "A".repeat(20_000))),
            "the profile's picture and texts take 20025 bytes",
        ),
        (Bot::new("bot").about("A".repeat(20_000)), "the profile's picture and texts take 20003 bytes"),
        (Bot::new("bot").nest(Router::new().command("x", "", noop)).command("x", "", noop), "two commands `/x`"),
        // Whoever the second is for, the first takes it before.
        (Bot::new("bot").nest(guarded()).command("x", "", noop), "two commands `/x`"),
        (Bot::new("bot").nest(Router::new().command("x", "", noop)).nest(guarded()), "two commands `/x`"),
        (Bot::new("bot").nest(Router::new().nest(guarded().nest(guarded()))), "two commands `/x`"),
    ];
    for (bot, part) in bots {
        let error = bot.core(core()).start().await.expect_err("an error");
        assert!(matches!(error, BotError::Config(_)), "{error}");
        assert!(error.to_string().contains(part), "{error}");
    }
}

#[simplex_bot::test]
async fn a_handler_that_no_message_reaches_is_an_error_at_the_start() {
    async fn noop(_: Message) {}
    async fn numbers(_: Message) {}
    let everything = || Bot::new("bot").on(any(), noop);
    let texts = || Bot::new("bot").on(text(), noop);
    let inner = || Router::new().guard(in_group()).on(text().exactly("x"), numbers);
    let unreached = [
        texts().on(text().parse::<f64>(), numbers),
        texts().on(in_group().and(text()), numbers),
        texts().on(text(), numbers),
        texts().nest(inner()),
        texts().nest(inner().run_all()),
        everything().on(image(), numbers),
        everything().on(when(|_| true), numbers),
        Bot::new("bot").on(boxed(any()), noop).on(text(), numbers),
    ];
    for bot in unreached {
        let error = bot.core(core()).start().await.unwrap_err();
        assert!(matches!(error, BotError::Config(_)), "{error}");
        let error = error.to_string();
        assert!(error.contains("numbers`) would never run: handler 1 (`") && error.contains("noop`) is"), "{error}");
    }

    // Those of nested routers have numbers of their own.
    let nested = Router::new().on(text().exactly("x"), noop).on(any(), noop).on(text(), numbers);
    for (bot, last, first) in [
        (texts().nest(inner()), "2.1", "1"),
        (Bot::new("bot").command("x", "", noop).on(image(), noop).nest(nested), "2.3", "2.2"),
    ] {
        let error = bot.core(core()).start().await.unwrap_err().to_string();
        assert!(error.contains(&format!("handler {last} (`")), "{error}");
        assert!(error.contains(&format!("would never run: handler {first} (`")), "{error}");
    }

    // Commands are tried before.
    let commands = || Bot::new("bot").command("a", "", noop).command("b", "", noop);
    for bot in [
        commands().on(command(["a", "b"]), numbers),
        commands().nest(Router::new().guard(in_group()).on(command("a"), numbers)),
        Bot::new("bot").on(command("a"), numbers).command("a", "", noop),
    ] {
        let error = bot.core(core()).start().await.unwrap_err().to_string();
        assert!(error.contains("numbers`) would never run: commands are") && error.contains("`/a`"), "{error}");
    }

    // Where they are registered, there are no such messages.
    let groups = || Router::new().guard(text().and(in_group()));
    for (router, place) in [
        (groups().on(in_direct(), numbers), "handler 1.1 ("),
        (groups().nest(Router::new().guard(in_direct()).on(any(), numbers)), "router 1.1 "),
    ] {
        let error = Bot::new("bot").nest(router).core(core()).start().await.unwrap_err().to_string();
        assert!(error.contains(place) && error.contains("would never run: the routers around it"), "{error}");
    }

    let passes_on = async |msg: Message, next: Next| next.run(msg).await;
    let chosen = |groups: bool| -> Box<dyn Filter<Content = Anything, Value = ()>> {
        if groups { Box::new(in_group()) } else { Box::new(any()) }
    };
    let reached = [
        Bot::new("bot").nest(
            groups().on(in_support().or(in_direct()), numbers).on(not(from_role(GroupMemberRole::Admin)), numbers),
        ),
        Bot::new("bot").nest(groups().outer(passes_on).on(in_direct(), numbers)),
        // A router that is ready made, and a filter that is chosen by the configuration, are for several places.
        Bot::new("bot").nest(groups().nest(Router::new().on(from_contact(ContactId(4)), numbers))),
        Bot::new("bot").on(in_direct().and(chosen(true)), numbers),
        commands().on(command(["a", "c"]), numbers),
        commands().on(command("a"), numbers).run_all(),
        // What is not a command is tried first in routers below one that runs all.
        Bot::new("bot").run_all().nest(Router::new().command("a", "", noop).on(command("a"), numbers)),
        commands().on(command("a"), numbers).layer(passes_on),
        Bot::new("bot").nest(Router::new().guard(in_group()).command("a", "", noop)).on(command("a"), numbers),
        // An outer ring may put another message in the place of one.
        commands().nest(Router::new().outer(passes_on).on(command("a"), numbers)),
        texts().on(image(), numbers).on(any(), numbers),
        texts().on(any_text(), numbers),
        texts().command("numbers", "", numbers).nest(Router::new().command("more", "", numbers)),
        Bot::new("bot").on(any_text(), noop).on(text(), numbers),
        Bot::new("bot").on(text().and(in_group()), noop).on(text(), numbers),
        Bot::new("bot").on(text().or(image()), noop).on(any(), numbers),
        everything().on(text(), numbers).run_all(),
        // Middleware may pass a message on to later handlers.
        everything().on(text(), numbers).layer(passes_on),
        Bot::new("bot").layer(passes_on).nest(Router::new().on(any(), noop).on(text(), numbers)),
        // What a nested router takes depends on its guards.
        Bot::new("bot").nest(Router::new().guard(in_group()).on(any(), noop)).on(text(), numbers),
    ];
    for bot in reached {
        bot.core(core()).start().await.unwrap().stop().await.unwrap();
    }
}

#[simplex_bot::test]
async fn what_cannot_work_is_said_before_anything_is_fetched_or_created() {
    let folder = tempfile::tempdir().unwrap();
    for (bot, part) in [
        (Bot::new("bot").command("a-b", "", async |_: Message| {}), "`/a-b` is not a command"),
        (Bot::new("bot").image("bot.png"), "the picture of the profile"),
        (Bot::new("bot").health("0.0.0.0:0"), "it can be reached from other machines"),
        (Bot::new("bot").servers(["smp://aaaa@smp.example.org", "smp.example.org"]), "server 2 of `.servers(…)`"),
    ] {
        let bot = bot.db(Db::sqlite(folder.path().join("bot"))).library(LibSource::path("/no/such/folder"));
        let error = bot.start().await.unwrap_err().to_string();
        assert!(error.contains(part), "{error}");
    }
    assert_eq!(folder.path().read_dir().unwrap().count(), 0);
}

#[simplex_bot::test]
async fn a_filter_may_be_for_several_handlers() {
    let net = TestNetwork::new();
    let bot = || {
        let number = text().regex(r"^\d+$").and(not(text().exactly("0"))).and(in_direct().or(in_group()));
        let first = Router::new()
            .guard(when(|msg| msg.text().len() > 1))
            .on(number.clone(), async |msg: TextMessage| msg.reply("large").await);
        Bot::new("bot").nest(first).on(number, async |msg: TextMessage| msg.reply("small").await)
    };
    let alice = net.person("alice").connects_to(&net.start(bot).await).await;
    for (sent, answer) in [("7", "small"), ("42", "large")] {
        alice.send(sent).await;
        alice.expect(answer).await;
    }
}
