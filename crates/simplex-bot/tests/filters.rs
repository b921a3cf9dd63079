//! What filters let through, and what handlers may take of it.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "what fails here fails a test")]

use std::path::PathBuf;

use simplex_bot::prelude::*;
use simplex_bot::testing::TestNetwork;
use simplex_bot::types::{GroupMemberRole, MsgContent};
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
        .on(voice(), async |msg: VoiceMessage| msg.reply(format!("{} s", msg.seconds())).await)
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

fn roles() -> Bot {
    Bot::new("bot")
        .on(in_direct().and(from_role(at_least(GroupMemberRole::Observer))), async |msg: Message| {
            msg.reply("never").await
        })
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
        simplex_bot::testing::Heard::Other(event) => {
            matches!(&**event, simplex_bot::types::Event::JoinedGroupMember(joined) if joined.member.member_profile.display_name == "bot").then_some(())
        }
        _ => None,
    }).await;
    alice.send("hi").await;
    alice.expect("an owner").await;
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

#[simplex_bot::test]
async fn what_cannot_work_is_said_before_the_bot_starts() {
    let core = || {
        let network = TestNetwork::new();
        std::sync::Arc::new(network.simulation().open("bot", "").expect("a database"))
    };
    let noop = async |_: Message| {};
    let bots = [
        (Bot::new("bot").on(text().regex("("), noop), "unclosed group"),
        (Bot::new("bot").command("help", "", noop).command("help", "", noop), "two commands `/help`"),
        (Bot::new("bot").command("a-b", "", noop), "`/a-b` is not a command"),
        (Bot::new("bot").meta(PathBuf::new()), "follows no handler"),
        (Bot::new("bot").nest(Router::new().command("x", "", noop)).command("x", "", noop), "two commands `/x`"),
    ];
    for (bot, part) in bots {
        let error = bot.core(core()).start().await.expect_err("an error");
        assert!(matches!(error, BotError::Config(_)), "{error}");
        assert!(error.to_string().contains(part), "{error}");
    }
}
