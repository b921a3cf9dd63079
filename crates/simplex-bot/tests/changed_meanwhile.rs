//! What is edited, deleted or brought back while a bot has it waiting is handled as it is then, or not at all.

#![expect(clippy::unwrap_used, reason = "what fails here fails a test")]

mod common;

use std::sync::Arc;
use std::time::Duration;

use common::{
    Person, Seen, World, first_waits, in_group, next, nothing_more, say, seen, stored, telling, unread, until,
};
use simplex_bot::Delivery;
use simplex_bot::core::{CoreEvent, Frame};
use simplex_bot::prelude::*;
use simplex_bot::types::event::{ChatItemReaction, ChatItemUpdated, ChatItemsDeleted};
use tokio::sync::Notify;

#[tokio::test]
async fn what_changes_after_it_was_read_from_the_database_is_seen_as_it_is() {
    let world = World::new();
    let (bot, mut heard) = telling(&world).await;
    let alice = world.person("alice", &bot).await;
    nothing_more(bot, &mut heard).await;
    let mut ids = Vec::new();
    world.while_nobody_listens(|_| ids.extend((0..10).map(|n| alice.send(&n.to_string()))));
    let (seen_2, mut heard) = seen();
    let gate = Arc::new(Notify::new());
    async fn one_waits(msg: TextMessage, State((seen, gate)): State<(Seen, Arc<Notify>)>) {
        seen.send(msg.text().to_owned()).unwrap();
        if msg.text() == "5" {
            gate.notified().await;
        }
    }
    // It is read page by page: the first has the first unread message, the next all others.
    let bot = world.bot().state((seen_2, Arc::clone(&gate))).on(text(), one_waits).start().await.unwrap();
    for n in 0..6 {
        assert_eq!(next(&mut heard).await, n.to_string());
    }
    alice.edit(ids[7], "changed");
    alice.delete(ids[8]);
    alice.send("last");
    until(async || bot.api().raw("/_get chat @4 count=1").await.unwrap().to_string().contains("last")).await;
    // Somebody else's message, so that what was told before it has been seen.
    let bob = world.person("bob", &bot).await;
    bob.send("bob");
    assert_eq!(next(&mut heard).await, "bob");
    gate.notify_one();
    for expected in ["6", "changed", "9", "last"] {
        assert_eq!(next(&mut heard).await, expected);
    }
    until(async || unread(&bot, 4).await == 0).await;
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn of_a_deleted_contact_nothing_more_is_handled_that_was_read_already() {
    let world = World::new();
    let (bot, mut heard) = telling(&world).await;
    let alice = world.person("alice", &bot).await;
    nothing_more(bot, &mut heard).await;
    world.while_nobody_listens(|_| {
        for n in 0..3 {
            alice.send(&n.to_string());
        }
    });
    let (seen_2, mut heard) = seen();
    async fn deletes(msg: TextMessage, State(seen): State<Seen>) -> Outcome<()> {
        seen.send(msg.text().to_owned()).unwrap();
        msg.api().raw("/_delete @4 full notify=off").await?;
        Ok(())
    }
    let bot = world.bot().state(seen_2).on(text(), deletes).start().await.unwrap();
    assert_eq!(next(&mut heard).await, "0");
    until(async || bot.handle().health().unwrap().lanes == 0).await;
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn of_a_deleted_contact_nothing_is_handled_that_waits_for_a_place() {
    let world = World::new();
    let (seen, mut heard) = seen();
    let gate = Arc::new(Notify::new());
    let bot = world.bot().in_flight(1).state((seen, Arc::clone(&gate))).on(text(), first_waits).start().await.unwrap();
    let (alice, bob) = (world.person("alice", &bot).await, world.person("bob", &bot).await);
    alice.send("first");
    assert_eq!(next(&mut heard).await, "first");
    bob.send("second");
    until(async || bot.handle().health().unwrap().lanes == 2).await;
    bot.api().raw("/_delete @5 full notify=off").await.unwrap();
    gate.notify_one();
    until(async || bot.handle().health().unwrap().lanes == 0).await;
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn a_message_that_was_deleted_meanwhile_is_handled_on_request() {
    let world = World::new();
    let (seen, mut heard) = seen();
    let gate = Arc::new(Notify::new());
    async fn first_waits(msg: TextMessage, State((seen, gate)): State<(Seen, Arc<Notify>)>) {
        seen.send(format!("{} {}", msg.text(), msg.is_deleted())).unwrap();
        if msg.text() == "first" {
            gate.notified().await;
        }
    }
    let bot = world.bot().handle_deleted().state((seen, Arc::clone(&gate))).on(text(), first_waits);
    let bot = bot.start().await.unwrap();
    let alice = world.person("alice", &bot).await;
    alice.send("first");
    assert_eq!(next(&mut heard).await, "first false");
    let deleted = alice.send("second");
    alice.delete(deleted);
    let bob = world.person("bob", &bot).await;
    // What was told before it has been seen.
    bob.send("bob");
    assert_eq!(next(&mut heard).await, "bob false");
    gate.notify_one();
    assert_eq!(next(&mut heard).await, "second true");
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn what_a_handler_deletes_itself_is_not_handled_any_more() {
    let world = World::new();
    let (seen_1, mut heard) = seen();
    let gate = Arc::new(Notify::new());
    async fn moderates(msg: TextMessage, State((seen, gate)): State<(Seen, Arc<Notify>)>) -> Outcome<()> {
        seen.send(msg.text().to_owned()).unwrap();
        if msg.text() == "spam" {
            gate.notified().await;
            let group = msg.group().unwrap().group_id;
            let member = msg.member().unwrap().group_member_id;
            msg.api().raw(&format!("/_remove #{group} {member} messages=on")).await?;
        }
        Ok(())
    }
    let bot = world.bot().state((seen_1, Arc::clone(&gate))).on(text(), moderates).start().await.unwrap();
    let alice = world.person("alice", &bot).await;
    in_group(&bot, &alice).await;
    let say = |text: &str| _ = say(&alice.core, "#1", text);
    say("spam");
    assert_eq!(next(&mut heard).await, "spam");
    say("more spam");
    let handle = bot.handle();
    until(async || handle.health().unwrap().queued > 0).await;
    gate.notify_one();
    until(async || handle.health().unwrap().lanes == 0).await;
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn what_a_moderator_removes_with_its_author_is_not_handled_any_more() {
    let world = World::new();
    let (seen_1, mut heard) = seen();
    let gate = Arc::new(Notify::new());
    let bot = world.bot().state((seen_1, Arc::clone(&gate))).on(text(), first_waits).start().await.unwrap();
    let (alice, bob) = (world.person("alice", &bot).await, world.person("bob", &bot).await);
    in_group(&bot, &alice).await;
    bot.api().raw("/_add #1 5 admin").await.unwrap();
    until(async || bob.core.raw("/_join #1").contains("userAcceptedGroupSent")).await;
    let alices = async || {
        let members = bob.core.raw("/_members #1");
        let members: serde_json::Value = serde_json::from_str(&members).unwrap();
        let members = members["result"]["group"]["members"].as_array().cloned().unwrap_or_default();
        let alice = members.into_iter().find(|member| member["memberProfile"]["displayName"] == "alice");
        alice.filter(|alice| alice["memberStatus"] == "connected").map(|alice| alice["groupMemberId"].to_string())
    };
    until(async || alices().await.is_some()).await;
    let say = |text: &str| {
        let content = format!(r#"[{{"msgContent":{{"type":"text","text":"{text}"}},"mentions":{{}}}}]"#);
        assert!(alice.core.raw(&format!("/_send #1 json {content}")).contains("newChatItems"));
    };
    say("first");
    assert_eq!(next(&mut heard).await, "first");
    say("spam");
    let handle = bot.handle();
    until(async || handle.health().unwrap().queued > 0).await;
    let removed = bob.core.raw(&format!("/_remove #1 {} messages=on", alices().await.unwrap()));
    assert!(removed.contains("userDeletedMembers"), "{removed}");
    until(async || bot.api().raw("/_get chat #1 count=50").await.unwrap().to_string().contains("\"moderated\"")).await;
    gate.notify_one();
    until(async || handle.health().unwrap().lanes == 0).await;
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn what_is_deleted_from_a_group_without_an_event_for_each_is_not_handled_any_more() {
    let world = World::new();
    let core = world.deaf();
    let (seen, mut heard) = seen();
    let gate = Arc::new(Notify::new());
    let bot = world.bot_on(core.clone()).state((seen, Arc::clone(&gate)));
    let bot = bot.on(text(), first_waits).start().await.unwrap();
    let alice = world.person("alice", &bot).await;
    in_group(&bot, &alice).await;
    say(&alice.core, "#1", "first");
    assert_eq!(next(&mut heard).await, "first");
    let deleted = say(&alice.core, "#1", "deleted");
    say(&alice.core, "#1", "last");
    let handle = bot.handle();
    until(async || handle.health().unwrap().queued == 2).await;
    let chat = bot.api().raw("/_get chat #1 count=50").await.unwrap()["chat"].take();
    let items = chat["chatItems"].as_array().unwrap();
    let item = items.iter().find(|item| item["meta"]["itemText"] == "deleted").unwrap();
    core.loses_events();
    assert!(alice.core.raw(&format!("/_delete item #1 {deleted} broadcast")).contains("chatItemsDeleted"));
    until(async || bot.api().raw("/_get chat #1 count=50").await.unwrap().to_string().contains("itemDeleted")).await;
    let event = serde_json::json!({"result": {
        "type": "groupChatItemsDeleted",
        "user": bot.api().raw("/user").await.unwrap()["user"],
        "groupInfo": chat["chatInfo"]["groupInfo"],
        "chatItemIDs": [item["meta"]["itemId"]],
        "byUser": false,
    }});
    core.hears_again(CoreEvent::Frame(Frame::parse(event.to_string())));
    say(&alice.core, "#1", "seen");
    until(async || handle.health().unwrap().queued == 3).await;
    gate.notify_one();
    assert_eq!([next(&mut heard).await, next(&mut heard).await], ["last", "seen"]);
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn an_edit_that_brings_a_deleted_message_back_is_handled_at_once() {
    let world = World::new();
    let (seen, mut heard) = seen();
    async fn deletes(msg: TextMessage, State(seen): State<Seen>) -> Outcome<()> {
        seen.send(msg.text().to_owned()).unwrap();
        if msg.text() == "hello" { msg.delete_here().await } else { Ok(()) }
    }
    let bot = world.bot().state(seen).on(text(), deletes).start().await.unwrap();
    let alice = world.person("alice", &bot).await;
    let item = alice.send("hello");
    assert_eq!(next(&mut heard).await, "hello");
    let handle = bot.handle();
    until(async || handle.health().unwrap().lanes == 0).await;
    let edit = r#"{"msgContent":{"type":"text","text":"hello there"},"mentions":{}}"#;
    assert!(alice.core.raw(&format!("/_update item @4 {item} json {edit}")).contains("chatItemUpdated"));
    assert_eq!(next(&mut heard).await, "hello there");
    until(async || unread(&bot, 4).await == 0).await;
    // Of one that is there it is no message.
    let edit = edit.replace("there", "again");
    assert!(alice.core.raw(&format!("/_update item @4 {item} json {edit}")).contains("chatItemUpdated"));
    nothing_more(bot, &mut heard).await;
}

#[tokio::test(start_paused = true)]
async fn an_edit_that_brings_a_deleted_message_back_is_handled_also_in_a_chat_that_found_no_room() {
    let world = World::new();
    let (seen, mut heard) = seen();
    let gate = Arc::new(Notify::new());
    async fn deletes(msg: TextMessage, State((seen, gate)): State<(Seen, Arc<Notify>)>) -> Outcome<()> {
        seen.send(msg.text().to_owned()).unwrap();
        match msg.text() {
            "hello" => msg.delete_here().await?,
            "stuck" => gate.notified().await,
            _ => {}
        }
        Ok(())
    }
    let bot = world.bot().queue(1).state((seen, Arc::clone(&gate))).on(text(), deletes).start().await.unwrap();
    let alice = world.person("alice", &bot).await;
    let item = alice.send("hello");
    assert_eq!(next(&mut heard).await, "hello");
    let handle = bot.handle();
    until(async || handle.health().unwrap().lanes == 0).await;
    for text in ["stuck", "queued", "left"] {
        alice.send(text);
    }
    until(async || handle.health().unwrap().behind == 1).await;
    alice.edit(item, "hello there");
    stored(&bot, "hello there").await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!(next(&mut heard).await, "stuck");
    gate.notify_one();
    for text in ["queued", "left", "hello there"] {
        assert_eq!(next(&mut heard).await, text);
    }
    until(async || unread(&bot, 4).await == 0).await;
    nothing_more(bot, &mut heard).await;
}

/// The state of bots whose handlers of events tell what changed.
type Told = State<(Seen, Arc<Notify>)>;

/// What happened to a message of alice's, as the handlers of its events tell it.
async fn edited(event: ChatItemUpdated, State((seen, _)): Told) {
    seen.send(format!("edited {}", event.chat_item.chat_item.meta.item_text)).unwrap();
}

async fn reacted(event: ChatItemReaction, State((seen, _)): Told) {
    seen.send(format!("reacted to {}", event.reaction.chat_reaction.chat_item.meta.item_text)).unwrap();
}

async fn deleted(event: ChatItemsDeleted, State((seen, _)): Told) {
    seen.send(format!("deleted {}", event.chat_item_deletions.len())).unwrap();
}

/// Reacts to a message of one's own.
fn react(person: &Person, item: i64) {
    let answer = person.core.raw(&format!(r#"/_reaction @4 {item} on {{"type":"emoji","emoji":"👍"}}"#));
    assert!(answer.contains("chatItemReaction"), "{answer}");
}

#[tokio::test]
async fn a_change_waits_behind_its_message() {
    let world = World::new();
    let (seen, mut heard) = seen();
    let gate = Arc::new(Notify::new());
    let bot = world.bot().state((seen, Arc::clone(&gate))).on(text(), first_waits);
    let bot = bot.on_event(edited).on_event(reacted).on_event(deleted).start().await.unwrap();
    let alice = world.person("alice", &bot).await;
    alice.send("first");
    assert_eq!(next(&mut heard).await, "first");
    let (second, third) = (alice.send("second"), alice.send("third"));
    alice.edit(second, "changed");
    react(&alice, second);
    alice.delete(third);
    alice.send("last");
    until(async || bot.handle().health().unwrap().queued == 6).await;
    gate.notify_one();
    for expected in ["changed", "edited changed", "reacted to changed", "deleted 1", "last"] {
        assert_eq!(next(&mut heard).await, expected);
    }
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn what_changes_while_it_waits_for_a_place_is_seen_as_it_is_then() {
    for delivery in [Delivery::AtLeastOnce, Delivery::Off] {
        let world = World::new();
        let (seen, mut heard) = seen();
        let gate = Arc::new(Notify::new());
        let bot = world.bot().delivery(delivery).in_flight(1).state((seen, Arc::clone(&gate))).on(text(), first_waits);
        let bot = bot.on_event(async |_: ChatItemUpdated| {}).on_event(async |_: ChatItemsDeleted| {});
        let bot = bot.start().await.unwrap();
        let alice = world.person("alice", &bot).await;
        let bob = world.person("bob", &bot).await;
        let carol = world.person("carol", &bot).await;
        alice.send("first");
        assert_eq!(next(&mut heard).await, "first");
        let (edited, deleted) = (bob.send("second"), carol.send("third"));
        let load = || {
            let health = bot.handle().health().unwrap();
            (health.lanes, health.queued)
        };
        until(async || load() == (3, 0)).await;
        // What was changed is told behind the messages.
        bob.edit(edited, "changed");
        carol.delete(deleted);
        until(async || load() == (3, 2)).await;
        gate.notify_one();
        assert_eq!(next(&mut heard).await, "changed");
        until(async || load() == (0, 0)).await;
        assert_eq!(unread(&bot, 6).await, i64::from(delivery == Delivery::Off));
        nothing_more(bot, &mut heard).await;
    }
}

#[tokio::test]
async fn what_changes_at_once_is_seen_as_it_is_then() {
    // Also if there is a place, so that nothing waits.
    for (lanes, places) in [(false, 1), (true, 1), (false, 2)] {
        let world = World::new();
        let (seen, mut heard) = seen();
        let gate = Arc::new(Notify::new());
        let core = world.deaf();
        let bot = world.bot_on(core.clone()).in_flight(places).state((seen, Arc::clone(&gate))).on(text(), first_waits);
        let bot = if lanes { bot.lane_by(|_| ()) } else { bot };
        let bot = bot.start().await.unwrap();
        let alice = world.person("alice", &bot).await;
        let bob = world.person("bob", &bot).await;
        let carol = world.person("carol", &bot).await;
        alice.send("first");
        assert_eq!(next(&mut heard).await, "first");
        // The messages are told together with their changes: before anybody has begun to look at them.
        core.holds(true);
        let (edited, deleted) = (bob.send("second"), carol.send("third"));
        bob.edit(edited, "changed");
        carol.delete(deleted);
        let ends = async |chat: &str, end: &str| {
            bot.api().raw(&format!("/_get chat {chat} count=1")).await.unwrap().to_string().contains(end)
        };
        until(async || ends("@5", "changed").await && ends("@6", "itemDeleted").await).await;
        core.holds(false);
        if places == 1 {
            until(async || bot.handle().health().unwrap().lanes == 3).await;
            gate.notify_one();
        }
        assert_eq!(next(&mut heard).await, "changed");
        gate.notify_one();
        until(async || bot.handle().health().unwrap().lanes == 0).await;
        nothing_more(bot, &mut heard).await;
    }
}

#[tokio::test]
async fn what_changed_and_cannot_be_looked_at_is_handled_as_it_came() {
    let world = World::new();
    let (seen, mut heard) = seen();
    let gate = Arc::new(Notify::new());
    let core = world.deaf();
    let bot = world.bot_on(core.clone()).state((seen, Arc::clone(&gate))).on(text(), first_waits);
    let bot = bot.start().await.unwrap();
    let alice = world.person("alice", &bot).await;
    alice.send("first");
    assert_eq!(next(&mut heard).await, "first");
    let edited = alice.send("second");
    alice.edit(edited, "changed");
    let bob = world.person("bob", &bot).await;
    // What was told before it has been seen.
    bob.send("bob");
    assert_eq!(next(&mut heard).await, "bob");
    core.refuses(Some("/_get chat @4 around="));
    gate.notify_one();
    assert_eq!(next(&mut heard).await, "second");
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn changes_of_what_was_left_in_the_database_are_dropped() {
    let world = World::new();
    let (seen, mut heard) = seen();
    let gate = Arc::new(Notify::new());
    async fn first_waits(msg: TextMessage, State((seen, gate)): Told) {
        if ["0", "1"].contains(&msg.text()) {
            gate.notified().await;
        }
        seen.send(msg.text().to_owned()).unwrap();
    }
    let bot = world.bot().queue(2).state((seen, Arc::clone(&gate))).on(text(), first_waits);
    let bot = bot.on_event(edited).on_event(reacted).on_event(deleted).start().await.unwrap();
    let alice = world.person("alice", &bot).await;
    let ids: Vec<_> = (0..10).map(|n| alice.send(&n.to_string())).collect();
    let handle = bot.handle();
    until(async || handle.health().unwrap().messages_left >= 7).await;
    gate.notify_one();
    assert_eq!(next(&mut heard).await, "0");
    // They find room, but their messages are in the database.
    alice.edit(ids[9], "changed");
    react(&alice, ids[9]);
    alice.delete(ids[8]);
    // Somebody else's message, so that what was told before it has been seen.
    let bob = world.person("bob", &bot).await;
    bob.send("bob");
    assert_eq!(next(&mut heard).await, "bob");
    gate.notify_one();
    for n in 1..8 {
        assert_eq!(next(&mut heard).await, n.to_string());
    }
    assert_eq!(next(&mut heard).await, "changed");
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn what_waits_of_a_cleared_chat_is_not_handled() {
    async fn clears(msg: TextMessage, State((seen, gate)): State<(Seen, Arc<Notify>)>) -> Outcome<()> {
        seen.send(msg.text().to_owned()).unwrap();
        if let Some(command) = msg.text().strip_prefix("clear: ") {
            gate.notified().await;
            msg.api().raw(command).await?;
        }
        Ok(())
    }
    for command in ["/_clear chat @4", "/clear @alice"] {
        let world = World::new();
        let (seen, mut heard) = seen();
        let gate = Arc::new(Notify::new());
        let bot = world.bot().state((seen, Arc::clone(&gate))).on(text(), clears).start().await.unwrap();
        let alice = world.person("alice", &bot).await;
        alice.send(&format!("clear: {command}"));
        assert!(next(&mut heard).await.starts_with("clear: "));
        alice.send("for whom?");
        until(async || bot.handle().health().unwrap().queued == 1).await;
        gate.notify_one();
        until(async || bot.handle().health().unwrap().lanes == 0).await;
        nothing_more(bot, &mut heard).await;
    }
}
