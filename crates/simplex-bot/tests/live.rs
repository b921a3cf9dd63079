//! Messages that people are seen writing: they are handled when they are finished.

mod common;

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use common::{
    Seen, World, in_group, next, nothing_more, say, seen, stored, tell, telling, telling_of, together, unread, until,
};
use simplex_bot::Delivery;
use simplex_bot::prelude::*;
use simplex_bot::types::event::ChatItemUpdated;
use tokio::sync::Notify;
use tokio::time::sleep;

#[tokio::test]
async fn what_people_are_seen_writing_is_handled_once_when_it_is_finished() {
    let world = World::new();
    let (seen, mut heard) = seen();
    async fn updated(event: ChatItemUpdated, State(seen): State<Seen>) {
        seen.send(format!("updated {}", event.chat_item.chat_item.meta.item_text)).unwrap();
    }
    let bot = world.bot().state(seen).on(text(), tell).on_event(updated).start().await.unwrap();
    let alice = world.person("alice", &bot).await;
    alice.send("before");
    assert_eq!(next(&mut heard).await, "before");
    let item = alice.begin("The weather in Lon");
    alice.go_on(item, "The weather in Londo");
    assert_eq!(next(&mut heard).await, "updated The weather in Londo");
    alice.edit(item, "The weather in London");
    assert_eq!(next(&mut heard).await, "updated The weather in London");
    assert_eq!(next(&mut heard).await, "The weather in London recovered");
    until(async || unread(&bot, 4).await == 0).await;
    // A later edit is no message.
    alice.edit(item, "The weather in Paris");
    assert_eq!(next(&mut heard).await, "updated The weather in Paris");
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn whoever_is_seen_writing_holds_nobody_up_in_a_group() {
    let world = World::new();
    let (bot, mut heard) = telling(&world).await;
    let alice = world.person("alice", &bot).await;
    in_group(&bot, &alice).await;
    let item = say(&alice.core, "#1 live=on", "begun");
    say(&alice.core, "#1", "meanwhile");
    assert_eq!(next(&mut heard).await, "meanwhile");
    let finished = r#"{"msgContent":{"type":"text","text":"finished"},"mentions":{}}"#;
    assert!(alice.core.raw(&format!("/_update item #1 {item} json {finished}")).contains("chatItemUpdated"));
    assert_eq!(next(&mut heard).await, "finished recovered");
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn what_is_finished_while_the_bot_is_away_is_handled_at_the_next_start_and_what_is_not_waits() {
    let world = World::new();
    let (bot, mut heard) = telling(&world).await;
    let alice = world.person("alice", &bot).await;
    let (first, second) = (alice.begin("first"), alice.begin("second"));
    // Somebody else's message, so that what was told before it has been seen.
    let bob = world.person("bob", &bot).await;
    bob.send("bob");
    assert_eq!(next(&mut heard).await, "bob");
    nothing_more(bot, &mut heard).await;
    world.while_nobody_listens(|_| alice.edit(first, "first is finished"));
    let (bot, mut heard) = telling(&world).await;
    assert_eq!(next(&mut heard).await, "first is finished recovered");
    alice.edit(second, "second is finished");
    assert_eq!(next(&mut heard).await, "second is finished recovered");
    until(async || unread(&bot, 4).await == 0).await;
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn what_is_finished_in_a_chat_that_found_no_room_is_handled() {
    let world = World::new();
    let (seen, mut heard) = seen();
    let gate = Arc::new(Notify::new());
    async fn waits(msg: TextMessage, State((seen, gate)): State<(Seen, Arc<Notify>)>) {
        seen.send(msg.text().to_owned()).unwrap();
        if msg.text() == "stuck" {
            gate.notified().await;
        }
    }
    let bot = world.bot().queue(1).state((seen, Arc::clone(&gate))).on(text(), waits).start().await.unwrap();
    let alice = world.person("alice", &bot).await;
    let item = alice.begin("begun");
    for text in ["stuck", "queued", "left"] {
        alice.send(text);
    }
    assert_eq!(next(&mut heard).await, "stuck");
    until(async || bot.handle().health().unwrap().behind == 1).await;
    gate.notify_one();
    assert_eq!([next(&mut heard).await, next(&mut heard).await], ["queued", "left"]);
    alice.edit(item, "finished");
    assert_eq!(next(&mut heard).await, "finished");
    nothing_more(bot, &mut heard).await;
}

#[tokio::test(start_paused = true)]
async fn what_is_never_finished_is_handled_within_the_hour_or_two() {
    let world = World::new();
    let (bot, mut heard) = telling(&world).await;
    let alice = world.person("alice", &bot).await;
    sleep(Duration::from_secs(2900)).await;
    let item = alice.begin("begun");
    sleep(Duration::from_secs(650)).await;
    alice.go_on(item, "gone on");
    // Past the first look, when it was gone on with just before.
    sleep(Duration::from_secs(100)).await;
    assert!(heard.try_recv().is_err());
    sleep(Duration::from_secs(3600)).await;
    assert_eq!(heard.try_recv().unwrap(), "gone on recovered");
    alice.edit(item, "finished after all");
    stored(&bot, "finished after all").await;
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn what_is_written_beside_something_older_than_the_bot_is_found_however_much_comes_after_it() {
    let world = World::new();
    let (bot, mut heard) = telling(&world).await;
    let alice = world.person("alice", &bot).await;
    nothing_more(bot, &mut heard).await;
    // Its state is gone, so what is unread is older than the bot.
    world.while_nobody_listens(|_| _ = alice.send("old"));
    std::fs::remove_file(world.state_file()).unwrap();
    let (bot, mut heard) = telling(&world).await;
    let item = alice.begin("begun");
    for n in 0..900 {
        alice.send(&n.to_string());
        assert_eq!(next(&mut heard).await, n.to_string());
    }
    alice.edit(item, "finished");
    assert_eq!(next(&mut heard).await, "finished recovered");
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn a_question_is_answered_by_what_was_written_and_not_by_its_beginning() {
    let world = World::new();
    let (seen, mut heard) = seen();
    async fn asks(msg: TextMessage, State(seen): State<Seen>) -> Outcome<()> {
        seen.send("asks".to_owned()).unwrap();
        let answer = msg.chat().ask("Your name?").await?;
        seen.send(format!("is called {answer}")).unwrap();
        Ok(())
    }
    let bot = world.bot().state(seen).on(text(), asks).start().await.unwrap();
    let alice = world.person("alice", &bot).await;
    alice.send("hello");
    assert_eq!(next(&mut heard).await, "asks");
    until(async || bot.api().raw("/_get chat @4 count=1").await.unwrap().to_string().contains("Your name?")).await;
    let item = alice.begin("Ali");
    alice.go_on(item, "Alic");
    alice.edit(item, "Alice");
    assert_eq!(next(&mut heard).await, "is called Alice");
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn with_delivery_off_the_beginning_is_what_is_handled() {
    let world = World::new();
    let (bot, mut heard) = telling_of(world.bot().delivery(Delivery::Off)).await;
    let alice = world.person("alice", &bot).await;
    let item = alice.begin("begun");
    assert_eq!(next(&mut heard).await, "begun");
    alice.edit(item, "finished");
    stored(&bot, "finished").await;
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn what_is_told_of_together_with_its_beginning_does_not_wait_for_its_end() {
    let world = World::new();
    let core = world.deaf();
    let (bot, mut heard) = telling_of(world.bot_on(core.clone())).await;
    let alice = world.person("alice", &bot).await;
    alice.send("before");
    assert_eq!(next(&mut heard).await, "before");
    core.loses_events();
    let item = alice.begin("begun");
    alice.send("meanwhile");
    stored(&bot, "meanwhile").await;
    core.hears_again(together(&bot, &[("@4", 2)]).await);
    assert_eq!(next(&mut heard).await, "meanwhile");
    alice.edit(item, "finished");
    assert_eq!(next(&mut heard).await, "finished recovered");
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn what_is_finished_while_its_chat_is_read_is_handled_before_what_was_not_read_yet() {
    let world = World::new();
    let (bot, mut heard) = telling(&world).await;
    let alice = world.person("alice", &bot).await;
    nothing_more(bot, &mut heard).await;
    let mut item = 0;
    world.while_nobody_listens(|_| {
        item = alice.begin("begun");
        (0..30).for_each(|n| _ = alice.send(&n.to_string()));
    });
    let (seen, mut heard) = seen();
    let gate = Arc::new(Notify::new());
    async fn one_waits(msg: TextMessage, State((seen, gate)): State<(Seen, Arc<Notify>)>) {
        seen.send(msg.text().to_owned()).unwrap();
        if msg.text() == "5" {
            gate.notified().await;
        }
    }
    // So few messages are read at once that there are several pages after the one that is handled.
    let bot = world.bot().queue(1).state((seen, Arc::clone(&gate))).on(text(), one_waits).start().await.unwrap();
    while next(&mut heard).await != "5" {}
    alice.edit(item, "finished");
    until(async || bot.api().raw("/_get chat @4 count=50").await.unwrap().to_string().contains("finished")).await;
    gate.notify_one();
    let mut told = Vec::new();
    for _ in 6..31 {
        told.push(next(&mut heard).await);
    }
    let at = told.iter().position(|text| text == "finished").unwrap();
    assert!(at < 15, "{told:?}");
    told.remove(at);
    assert!(told.iter().eq(&(6..30).map(|n| n.to_string()).collect::<Vec<_>>()), "{told:?}");
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn of_many_that_are_not_finished_only_some_are_looked_at_again_while_their_chat_is_read() {
    let world = World::new();
    let (bot, mut heard) = telling(&world).await;
    let alice = world.person("alice", &bot).await;
    nothing_more(bot, &mut heard).await;
    world.while_nobody_listens(|_| {
        for n in 0..20 {
            alice.begin(&format!("begun {n}"));
        }
        alice.send("whole");
    });
    let core = world.deaf();
    let (seen, mut heard) = seen();
    // Ten are read at once.
    let bot = world.bot_on(core.clone()).queue(10).state(seen).on(text(), tell);
    let bot = bot.start().await.unwrap();
    assert_eq!(next(&mut heard).await, "whole recovered");
    let looked_at: HashSet<_> = core.sent("/_get chat @4 around=").into_iter().collect();
    assert_eq!(looked_at.len(), 10, "{looked_at:?}");
    nothing_more(bot, &mut heard).await;
}
