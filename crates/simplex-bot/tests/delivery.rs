//! What happens to a received message: each promise over a simulated core.

mod common;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use common::{DEADLINE, Deaf, Seen, World, next, nothing_more, seen, stored, tell, telling, together, unread, until};
use simplex_bot::core::ChatCore;
use simplex_bot::prelude::*;
use simplex_bot::{Backlog, Condition, Delivery, Failure, Retry};
use tokio::sync::Notify;
use tokio::time::timeout;

#[tokio::test]
async fn what_is_handled_is_marked_read() {
    let world = World::new();
    let (bot, mut heard) = telling(&world).await;
    let alice = world.person("alice", &bot).await;
    alice.send("one");
    assert_eq!(next(&mut heard).await, "one");
    until(async || unread(&bot, 4).await == 0).await;
    nothing_more(bot, &mut heard).await;
    // There is nothing more to remember of it.
    let state = std::fs::read_to_string(world.state_file()).unwrap();
    let begun = state.lines().filter_map(|line| line.strip_prefix('b')).collect::<Vec<_>>();
    let ended = state.lines().filter_map(|line| line.strip_prefix('e')?.strip_suffix(' ')).collect::<Vec<_>>();
    assert!(begun.len() == 1 && begun == ended, "{state}");
}

#[tokio::test]
async fn what_no_handler_takes_is_marked_too() {
    let world = World::new();
    let bot = world.bot().on(text().parse::<i32>(), async || {}).start().await.unwrap();
    let alice = world.person("alice", &bot).await;
    alice.send("not a number");
    until(async || unread(&bot, 4).await == 0).await;
    bot.stop().await.unwrap();
}

#[tokio::test]
async fn what_was_missed_is_handled_at_the_next_start_in_order_and_once() {
    let world = World::new();
    let (bot, mut heard) = telling(&world).await;
    let alice = world.person("alice", &bot).await;
    alice.send("0");
    assert_eq!(next(&mut heard).await, "0");
    nothing_more(bot, &mut heard).await;
    world.while_nobody_listens(|_| {
        for n in 1..=250 {
            alice.send(&n.to_string());
        }
    });
    let (bot, mut heard) = telling(&world).await;
    for n in 1..=250 {
        assert_eq!(next(&mut heard).await, format!("{n} recovered"));
    }
    alice.send("after");
    assert!(next(&mut heard).await.starts_with("after"));
    nothing_more(bot, &mut heard).await;
    let (bot, mut heard) = telling(&world).await;
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn a_first_run_answers_nothing_of_what_was_there_unless_told_to() {
    let world = World::new();
    // A database that has been used, with unread messages.
    let bot = world.bot().start().await.unwrap();
    let alice = world.person("alice", &bot).await;
    bot.stop().await.unwrap();
    world.while_nobody_listens(|_| {
        for n in 0..300 {
            alice.send(&format!("old {n}"));
        }
    });
    let folder = tempfile::tempdir().unwrap();
    let start = async |seen: Seen, backlog: Backlog, name: &str| {
        let bot = world.bot().state_file(folder.path().join(name)).backlog(backlog).state(seen);
        bot.on(text(), tell).start().await.unwrap()
    };
    let (seen_1, mut heard) = seen();
    let bot = start(seen_1, Backlog::SinceFirstRun, "first").await;
    alice.send("new");
    assert_eq!(next(&mut heard).await, "new");
    nothing_more(bot, &mut heard).await;
    // What is missed from then on is found among the old.
    world.while_nobody_listens(|_| {
        for n in 0..150 {
            alice.send(&format!("missed {n}"));
        }
    });
    let (seen_2, mut heard) = seen();
    let bot = start(seen_2, Backlog::SinceFirstRun, "first").await;
    for n in 0..150 {
        assert_eq!(next(&mut heard).await, format!("missed {n} recovered"));
    }
    until(async || unread(&bot, 4).await == 300).await;
    nothing_more(bot, &mut heard).await;
    let (seen_3, mut heard) = seen();
    let bot = start(seen_3, Backlog::All, "second").await;
    for n in 0..300 {
        assert_eq!(next(&mut heard).await, format!("old {n} recovered"));
    }
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn past_the_budget_messages_are_read_from_the_database_in_order() {
    let world = World::new();
    let (seen, mut heard) = seen();
    let gate = Arc::new(Notify::new());
    async fn first_waits(msg: TextMessage, State((seen, gate)): State<(Seen, Arc<Notify>)>) {
        if msg.text() == "0" {
            gate.notified().await;
        }
        seen.send(msg.text().to_owned()).unwrap();
    }
    let bot = world.bot().queue(16).state((seen, Arc::clone(&gate))).on(text(), first_waits).start().await.unwrap();
    let alice = world.person("alice", &bot).await;
    let bob = world.person("bob", &bot).await;
    for n in 0..500 {
        alice.send(&n.to_string());
    }
    // Another chat finds room meanwhile.
    bob.send("bob");
    assert_eq!(next(&mut heard).await, "bob");
    gate.notify_one();
    for n in 0..500 {
        assert_eq!(next(&mut heard).await, n.to_string());
        if n == 300 {
            alice.send("500");
        }
    }
    assert_eq!(next(&mut heard).await, "500");
    until(async || unread(&bot, 4).await == 0).await;
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn past_the_budget_messages_that_are_told_of_together_are_read_from_the_database() {
    let world = World::new();
    let core = Deaf::new(world.net.open("bot", "").unwrap());
    let (seen, mut heard) = seen();
    let bot = world.bot().core(Arc::clone(&core) as Arc<dyn ChatCore>).queue(1).state(seen).on(text(), tell);
    let bot = bot.start().await.unwrap();
    let alice = world.person("alice", &bot).await;
    core.loses_events();
    (0..4).for_each(|n| _ = alice.send(&n.to_string()));
    stored(&bot, "\"3\"").await;
    core.hears_again(together(&bot, &[("@4", 4)]).await);
    for expected in ["0", "1", "2 recovered", "3 recovered"] {
        assert_eq!(next(&mut heard).await, expected);
    }
    until(async || unread(&bot, 4).await == 0).await;
    nothing_more(bot, &mut heard).await;
}

#[tokio::test(start_paused = true)]
async fn a_late_message_is_seen_as_it_is_now_and_a_deleted_one_is_not_seen() {
    let world = World::new();
    let (seen, mut heard) = seen();
    let gate = Arc::new(Notify::new());
    async fn first_waits(msg: TextMessage, State((seen, gate)): State<(Seen, Arc<Notify>)>) {
        if msg.text() == "first" {
            gate.notified().await;
        }
        seen.send(format!("{} {}", msg.text(), msg.is_edited())).unwrap();
    }
    let bot = world.bot().state((seen, Arc::clone(&gate))).on(text(), first_waits).start().await.unwrap();
    let alice = world.person("alice", &bot).await;
    alice.send("first");
    let edited = alice.send("second");
    let deleted = alice.send("third");
    alice.edit(edited, "changed");
    alice.delete(deleted);
    alice.send("last");
    // The bot's core has told all of it.
    until(async || bot.api().raw("/_get chat @4 count=1").await.unwrap().to_string().contains("last")).await;
    tokio::time::sleep(Duration::from_millis(50)).await;
    gate.notify_one();
    for expected in ["first false", "changed true", "last false"] {
        assert_eq!(next(&mut heard).await, expected);
    }
    until(async || unread(&bot, 4).await == 0).await;
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn a_failed_message_is_repeated_and_then_given_up_and_the_others_go_on() {
    let world = World::new();
    let (seen, mut heard) = seen();
    async fn fail(msg: TextMessage, State(seen): State<Seen>) -> Result<(), std::num::ParseIntError> {
        let number: i32 = msg.text().parse()?;
        seen.send(number.to_string()).unwrap();
        Ok(())
    }
    let (failures, poison) = (seen.clone(), seen.clone());
    let bot = world
        .bot()
        .state(seen)
        .retry(Retry::times(2).backoff(Duration::from_millis(20)))
        .on(text(), fail)
        .on_error(move |message: &Message, _: &Failure| failures.send(format!("failed {}", message.text())).unwrap())
        .on_poison(move |message: &Message, _: &Failure| poison.send(format!("given up {}", message.text())).unwrap())
        .start()
        .await
        .unwrap();
    let alice = world.person("alice", &bot).await;
    alice.send("word");
    alice.send("7");
    let expected = ["failed word", "7", "failed word", "failed word", "given up word"];
    for expected in expected {
        assert_eq!(next(&mut heard).await, expected);
    }
    until(async || unread(&bot, 4).await == 0).await;
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn a_chat_may_wait_for_a_message_that_is_repeated() {
    let world = World::new();
    let (seen, mut heard) = seen();
    async fn second_time(msg: TextMessage, State((seen, times)): State<(Seen, Arc<AtomicUsize>)>) {
        assert!(msg.text() != "1" || times.fetch_add(1, Ordering::SeqCst) > 0, "on purpose");
        seen.send(msg.text().to_owned()).unwrap();
    }
    let bot = world
        .bot()
        .state((seen, Arc::default()))
        .retry(Retry::default().backoff(Duration::from_millis(20)).hold_chat())
        .on_error(|_, _| {})
        .on(text(), second_time)
        .start()
        .await
        .unwrap();
    let alice = world.person("alice", &bot).await;
    alice.send("1");
    alice.send("2");
    assert_eq!([next(&mut heard).await, next(&mut heard).await], ["1", "2"]);
    nothing_more(bot, &mut heard).await;
}

#[tokio::test(start_paused = true)]
async fn no_more_messages_wait_to_be_repeated_than_may_be_queued_but_then_their_chat_waits() {
    let world = World::new();
    let (seen, mut heard) = seen();
    let failures = seen.clone();
    type Shared = State<(Seen, Arc<Mutex<std::collections::HashSet<String>>>)>;
    async fn second_time(msg: TextMessage, State((seen, failed)): Shared) {
        assert!(!failed.lock().unwrap().insert(msg.text().to_owned()), "on purpose");
        seen.send(msg.text().to_owned()).unwrap();
    }
    let bot = world
        .bot()
        .state((seen, Arc::default()))
        .queue(2)
        .retry(Retry::default().backoff(Duration::from_secs(5)))
        .on_error(move |message, _| failures.send(format!("failed {}", message.text())).unwrap())
        .on(text(), second_time)
        .start()
        .await
        .unwrap();
    let alice = world.person("alice", &bot).await;
    for n in 1..=8 {
        alice.send(&n.to_string());
    }
    let mut all = Vec::new();
    for _ in 0..16 {
        all.push(next(&mut heard).await);
    }
    // Two wait aside; for the third its chat does.
    assert_eq!(all[..4], ["failed 1", "failed 2", "failed 3", "3"]);
    all.sort();
    let failed = (1..=8).map(|n| format!("failed {n}"));
    assert_eq!(all, (1..=8).map(|n| n.to_string()).chain(failed).collect::<Vec<_>>());
    nothing_more(bot, &mut heard).await;
}

#[tokio::test(start_paused = true)]
async fn a_chat_waits_too_for_a_message_whose_handler_had_left_its_lane() {
    let world = World::new();
    let (seen, mut heard) = seen();
    let failures = seen.clone();
    type Shared = State<(Seen, Arc<AtomicUsize>)>;
    async fn waits_in_vain(msg: TextMessage, State((seen, times)): Shared) -> Outcome<()> {
        if msg.text() == "1" && times.fetch_add(1, Ordering::SeqCst) == 0 {
            msg.chat().ask("Well?").timeout(Duration::from_secs(5)).await?;
        }
        seen.send(msg.text().to_owned()).unwrap();
        Ok(())
    }
    let bot = world.bot().state((seen, Arc::default())).retry(Retry::default().hold_chat()).on(text(), waits_in_vain);
    let bot = bot.on_error(move |_, failure| failures.send(failure.to_string()).unwrap()).start().await.unwrap();
    let alice = world.person("alice", &bot).await;
    alice.send("1");
    assert_eq!(next(&mut heard).await, "the handler failed: no message that was waited for came in @4 within 5s");
    alice.send("2");
    assert_eq!([next(&mut heard).await, next(&mut heard).await], ["1", "2"]);
    nothing_more(bot, &mut heard).await;
}

#[tokio::test(start_paused = true)]
async fn a_message_is_no_answer_to_a_question_that_could_not_be_sent() {
    let world = World::new();
    let (seen, mut heard) = seen();
    async fn asks(msg: TextMessage, State(seen): State<Seen>) -> Outcome<()> {
        seen.send(msg.text().to_owned()).unwrap();
        if msg.text() == "ask" {
            msg.chat().ask("Well?").await?;
        }
        Ok(())
    }
    let core = world.net.open("bot", "").unwrap();
    let id = core.id();
    let bot =
        world.bot().core(Arc::new(core)).state(seen).retry(Retry::never()).on(text(), asks).start().await.unwrap();
    let alice = world.person("alice", &bot).await;
    world.net.with(|net| {
        net.slow_next(id, "/_send", Duration::from_secs(5));
        net.fail_next(id, "/_send", simplex_sim::Failure::DatabaseBusy);
    });
    alice.send("ask");
    assert_eq!(next(&mut heard).await, "ask");
    alice.send("hello?");
    assert_eq!(next(&mut heard).await, "hello?");
    nothing_more(bot, &mut heard).await;
}

#[tokio::test(start_paused = true)]
async fn a_repeated_message_is_seen_as_it_is_then() {
    for retry in [Retry::default(), Retry::default().hold_chat()] {
        let world = World::new();
        let (seen, mut heard) = seen();
        async fn fail(msg: TextMessage, State(seen): State<Seen>) -> Result<(), std::num::ParseIntError> {
            seen.send(msg.text().to_owned()).unwrap();
            msg.text().parse::<i32>().map(drop)
        }
        let bot = world.bot().state(seen).retry(retry).on_error(|_, _| {}).on(text(), fail).start().await.unwrap();
        let alice = world.person("alice", &bot).await;
        let edited = alice.send("word");
        assert_eq!(next(&mut heard).await, "word");
        alice.edit(edited, "7");
        assert_eq!(next(&mut heard).await, "7");
        let deleted = alice.send("another");
        assert_eq!(next(&mut heard).await, "another");
        alice.delete(deleted);
        until(async || unread(&bot, 4).await == 0).await;
        nothing_more(bot, &mut heard).await;
    }
}

#[tokio::test]
async fn a_handler_that_takes_too_long_has_failed() {
    let world = World::new();
    let (seen, mut heard) = seen();
    let bot = world
        .bot()
        .handler_timeout(Duration::from_millis(20))
        .retry(Retry::never())
        .on(text(), async || std::future::pending::<()>().await)
        .on_poison(move |_: &Message, failure: &Failure| seen.send(failure.to_string()).unwrap())
        .on_error(|_, _| {})
        .start()
        .await
        .unwrap();
    world.person("alice", &bot).await.send("wait");
    assert_eq!(next(&mut heard).await, "the handler did not end within 20ms");
    nothing_more(bot, &mut heard).await;
}

#[tokio::test(start_paused = true)]
async fn a_handler_that_panics_while_it_is_dropped_holds_up_nobody() {
    struct Panics;
    impl Drop for Panics {
        fn drop(&mut self) {
            panic!("on purpose");
        }
    }
    let world = World::new();
    let (seen, mut heard) = seen();
    let poison = seen.clone();
    async fn hangs(msg: TextMessage, State(seen): State<Seen>) {
        if msg.text() == "hang" {
            let _panics = Panics;
            std::future::pending::<()>().await;
        }
        seen.send(msg.text().to_owned()).unwrap();
    }
    let bot = world.bot().state(seen).handler_timeout(Duration::from_secs(1)).retry(Retry::never()).on(text(), hangs);
    let bot = bot.on_error(|_, _| {}).on_poison(move |_, failure| poison.send(failure.to_string()).unwrap());
    let bot = bot.start().await.unwrap();
    let alice = world.person("alice", &bot).await;
    alice.send("hang");
    alice.send("next");
    assert_eq!([next(&mut heard).await, next(&mut heard).await], ["the handler did not end within 1s", "next"]);
    until(async || unread(&bot, 4).await == 0).await;
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn at_most_once_marks_before_it_handles() {
    let world = World::new();
    let (seen, mut heard) = seen();
    async fn ask(msg: TextMessage, State(seen): State<Seen>) {
        let chat = msg.api().raw("/_get chat @4 initial=1").await.unwrap();
        seen.send(chat["chat"]["chatStats"]["unreadCount"].to_string()).unwrap();
    }
    let bot = world.bot().delivery(Delivery::AtMostOnce).state(seen).on(text(), ask).start().await.unwrap();
    world.person("alice", &bot).await.send("hello");
    assert_eq!(next(&mut heard).await, "0");
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn with_delivery_off_nothing_is_marked_or_looked_for() {
    let world = World::new();
    let off = async |seen: Seen| {
        world.bot().delivery(Delivery::Off).backlog(Backlog::All).state(seen).on(text(), tell).start().await.unwrap()
    };
    let (seen_1, mut heard) = seen();
    let bot = off(seen_1).await;
    let alice = world.person("alice", &bot).await;
    alice.send("hello");
    assert_eq!(next(&mut heard).await, "hello");
    nothing_more(bot, &mut heard).await;
    let (seen_2, mut heard) = seen();
    let bot = off(seen_2).await;
    alice.send("again");
    assert_eq!(next(&mut heard).await, "again");
    assert_eq!(unread(&bot, 4).await, 2);
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn with_delivery_off_what_finds_no_room_is_handled_too_and_once() {
    let world = World::new();
    let (seen, mut heard) = seen();
    let gate = Arc::new(Notify::new());
    async fn first_waits(msg: TextMessage, State((seen, gate)): State<(Seen, Arc<Notify>)>) {
        if msg.text() == "0" {
            gate.notified().await;
        }
        seen.send(msg.text().to_owned()).unwrap();
    }
    let bot = world.bot().delivery(Delivery::Off).queue(16).state((seen, Arc::clone(&gate)));
    let bot = bot.on(text(), first_waits).start().await.unwrap();
    let alice = world.person("alice", &bot).await;
    for n in 0..200 {
        alice.send(&n.to_string());
    }
    gate.notify_one();
    for n in 0..200 {
        assert_eq!(next(&mut heard).await, n.to_string());
    }
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn with_delivery_off_what_came_before_is_not_found_with_what_finds_no_room() {
    let world = World::new();
    let gate = Arc::new(Notify::new());
    async fn first_waits(msg: TextMessage, State((seen, gate)): State<(Seen, Arc<Notify>)>) {
        if msg.text() == "0" {
            gate.notified().await;
        }
        seen.send(msg.text().to_owned()).unwrap();
    }
    let start = async || {
        let (seen, heard) = seen();
        let bot = world.bot().delivery(Delivery::Off).queue(4).state((seen, Arc::clone(&gate)));
        (bot.on(text(), first_waits).start().await.unwrap(), heard)
    };
    let (bot, mut heard) = start().await;
    let alice = world.person("alice", &bot).await;
    alice.send("before");
    assert_eq!(next(&mut heard).await, "before");
    nothing_more(bot, &mut heard).await;
    world.while_nobody_listens(|_| assert!(alice.send("missed") > 0));
    let (bot, mut heard) = start().await;
    for n in 0..12 {
        alice.send(&n.to_string());
    }
    until(async || bot.handle().health().unwrap().messages_left > 0).await;
    gate.notify_one();
    for n in 0..12 {
        assert_eq!(next(&mut heard).await, n.to_string());
    }
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn what_is_queued_at_a_stop_is_handled_by_the_next_run() {
    let world = World::new();
    let (seen_1, mut heard) = seen();
    let gate = Arc::new(Notify::new());
    async fn waits(msg: TextMessage, State((seen, gate)): State<(Seen, Arc<Notify>)>) {
        seen.send(msg.text().to_owned()).unwrap();
        gate.notified().await;
    }
    let bot = world.bot().state((seen_1, Arc::clone(&gate))).on(text(), waits).start().await.unwrap();
    let alice = world.person("alice", &bot).await;
    for n in 0..5 {
        alice.send(&n.to_string());
    }
    assert_eq!(next(&mut heard).await, "0");
    let handle = bot.handle();
    handle.stop();
    gate.notify_one();
    handle.join().await.unwrap();
    assert_eq!(heard.try_recv().ok(), None);
    let (bot, mut heard) = telling(&world).await;
    for n in 1..5 {
        assert_eq!(next(&mut heard).await, format!("{n} recovered"));
    }
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn what_waits_for_a_place_at_a_stop_does_not_begin() {
    let world = World::new();
    let (seen, mut heard) = seen();
    let gate = Arc::new(Notify::new());
    async fn waits(msg: TextMessage, State((seen, gate)): State<(Seen, Arc<Notify>)>) {
        seen.send(msg.text().to_owned()).unwrap();
        gate.notified().await;
    }
    let bot = world.bot().in_flight(1).state((seen, Arc::clone(&gate))).on(text(), waits).start().await.unwrap();
    let (alice, bob) = (world.person("alice", &bot).await, world.person("bob", &bot).await);
    alice.send("first");
    assert_eq!(next(&mut heard).await, "first");
    bob.send("second");
    let handle = bot.handle();
    until(async || handle.health().unwrap().lanes == 2).await;
    handle.stop();
    until(async || handle.health().is_none_or(|health| health.condition == Condition::Stopping)).await;
    gate.notify_one();
    nothing_more(bot, &mut heard).await;
    let (seen, mut heard) = common::seen();
    let bot = world.bot().state(seen).on(text(), tell).start().await.unwrap();
    assert_eq!(next(&mut heard).await, "second recovered");
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn at_most_once_what_waits_for_a_place_at_a_stop_is_handled_as_nobody_finds_it_again() {
    let world = World::new();
    let (seen, mut heard) = seen();
    let gate = Arc::new(Notify::new());
    async fn waits(msg: TextMessage, State((seen, gate)): State<(Seen, Arc<Notify>)>) {
        seen.send(msg.text().to_owned()).unwrap();
        if msg.text() == "first" {
            gate.notified().await;
        }
    }
    let bot = world.bot().delivery(Delivery::AtMostOnce).in_flight(1).state((seen, Arc::clone(&gate)));
    let bot = bot.on(text(), waits).start().await.unwrap();
    let (alice, bob) = (world.person("alice", &bot).await, world.person("bob", &bot).await);
    alice.send("first");
    assert_eq!(next(&mut heard).await, "first");
    bob.send("second");
    let unread =
        async || bot.api().raw("/_get chat @5 initial=1").await.unwrap()["chat"]["chatStats"]["unreadCount"].take();
    until(async || bot.api().raw("/_get chat @5 count=1").await.unwrap().to_string().contains("second")).await;
    until(async || unread().await == 0).await;
    let handle = bot.handle();
    handle.stop();
    until(async || handle.health().is_none_or(|health| health.condition == Condition::Stopping)).await;
    gate.notify_one();
    assert_eq!(next(&mut heard).await, "second");
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn a_stuck_handler_is_cancelled_at_the_deadline_and_its_message_stays_unread() {
    let world = World::new();
    let (seen_1, mut heard) = seen();
    async fn stuck(msg: TextMessage, State(seen): State<Seen>) {
        seen.send(msg.text().to_owned()).unwrap();
        std::future::pending::<()>().await;
    }
    let bot = world.bot().drain(Duration::from_millis(200)).state(seen_1).on(text(), stuck).start().await.unwrap();
    let alice = world.person("alice", &bot).await;
    alice.send("hello");
    assert_eq!(next(&mut heard).await, "hello");
    assert!(matches!(bot.stop().await, Err(BotError::DrainTimeout { handlers: 1, .. })));
    let (bot, mut heard) = telling(&world).await;
    assert_eq!(next(&mut heard).await, "hello recovered");
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn a_handler_stops_its_own_bot_and_may_not_wait_for_the_end() {
    let world = World::new();
    let handle: Arc<Mutex<Option<simplex_bot::Handle>>> = Arc::default();
    type Shared = (Seen, Arc<Mutex<Option<simplex_bot::Handle>>>);
    async fn stop(State((seen, handle)): State<Shared>) {
        let handle = handle.lock().unwrap().clone().unwrap();
        handle.stop();
        seen.send(handle.join().await.unwrap_err().to_string()).unwrap();
    }
    let (seen, mut heard) = seen();
    let bot = world.bot().state((seen, Arc::clone(&handle))).on(text(), stop).start().await.unwrap();
    *handle.lock().unwrap() = Some(bot.handle());
    world.person("alice", &bot).await.send("stop");
    assert_eq!(next(&mut heard).await, BotError::EndInHandler.to_string());
    timeout(DEADLINE, bot.join()).await.unwrap().unwrap();
}

#[tokio::test]
async fn two_bots_do_not_serve_one_database_and_one_may_follow_another() {
    let world = World::new();
    let bot = world.bot().start().await.unwrap();
    let error = world.bot().start().await.unwrap_err();
    assert!(matches!(error, BotError::AlreadyServing { .. }), "{error}");
    bot.handle().drain(Duration::from_secs(5)).await.unwrap();
    world.bot().start().await.unwrap().stop().await.unwrap();
}

#[tokio::test]
async fn a_restart_with_nothing_changed_changes_nothing_and_what_is_not_mentioned_stays() {
    let world = World::new();
    let changes = async |set: fn(Bot) -> Bot| {
        let core = Deaf::new(world.net.open("bot", "").unwrap());
        let bot = world.bot().core(Arc::clone(&core) as Arc<dyn ChatCore>).about("A bot").full_name("Bot the bot");
        let bot = set(bot.command("help", "Helps", async || {}));
        bot.start().await.unwrap().stop().await.unwrap();
        ["/_profile", "/_address", "/_set prefs", "/_create", "/_pa"].map(|begin| core.sent(begin)).concat()
    };
    assert!(!changes(|bot| bot.welcome("Hello").allow_files()).await.is_empty());
    assert_eq!(changes(|bot| bot.welcome("Hello").allow_files()).await, [""; 0]);
    // Neither the welcome nor files are mentioned.
    assert_eq!(changes(|bot| bot).await, [""; 0]);
    world.while_nobody_listens(|core| {
        let address = core.raw("/_show_address 1");
        assert!(address.contains("Hello"), "{address}");
    });
    let last = changes(Bot::no_welcome).await;
    assert!(matches!(last.as_slice(), [one] if one.starts_with("/_address_settings")), "{last:?}");
}

#[tokio::test]
async fn a_bot_tells_how_it_is() {
    let world = World::new();
    let (bot, mut heard) = telling(&world).await;
    let handle = bot.handle();
    world.person("alice", &bot).await.send("one");
    assert_eq!(next(&mut heard).await, "one");
    until(async || handle.health().unwrap().lanes == 0).await;
    let health = handle.health().unwrap();
    assert_eq!((health.handled, health.failed, health.condition), (1, 0, Condition::Serving));
    nothing_more(bot, &mut heard).await;
    assert_eq!(handle.health(), None);
}
