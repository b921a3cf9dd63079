//! Handlers that fail: what becomes of their message, and of those after it.

#![expect(clippy::unwrap_used, reason = "what fails here fails a test")]

mod common;

use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use common::{Panics, Seen, World, next, nothing_more, seen, stored, unread, until};
use simplex_bot::core::CoreEvent;
use simplex_bot::prelude::*;
use simplex_bot::types::event::ContactConnected;
use simplex_bot::types::{Contact, GroupMember};
use simplex_bot::{Condition, Delivery, Failure, Retry, Running};
use tokio::sync::Notify;

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

/// A contact is never a group's member, and a blank text never more, however often it is tried.
#[tokio::test]
async fn a_message_without_what_its_handler_takes_or_sends_is_given_up_at_once() {
    /// As programs wrap errors in theirs.
    #[derive(Debug, thiserror::Error)]
    #[error("wrapped")]
    struct Wrapped(#[source] BotError);
    let world = World::new();
    let (seen, mut heard) = seen();
    let (failures, poison) = (seen.clone(), seen.clone());
    let lost = async |_: GroupMember| {};
    let bot = world
        .bot()
        .state(seen)
        .retry(Retry::default().backoff(Duration::from_millis(20)))
        .command("here", "", async |_: Contact, State(seen): State<Seen>| seen.send("here".to_owned()).unwrap())
        .command("blank", "", async |msg: Message| msg.reply(" ").await.map_err(Wrapped))
        .nest(
            Router::new().on_error(async |failure: Failure| Err::<(), _>(HandlerError::from(failure))).on(text(), lost),
        )
        .on_error(move |_, failure: &Failure| failures.send(failure.to_string()).unwrap())
        .on_poison(move |message: &Message, _: &Failure| poison.send(format!("given up {}", message.text())).unwrap())
        .start()
        .await
        .unwrap();
    let alice = world.person("alice", &bot).await;
    alice.send("hello");
    let failure = next(&mut heard).await;
    assert!(failure.contains("was not sent by a group's member") && failure.contains("a filter"), "{failure}");
    assert_eq!(next(&mut heard).await, "given up hello");
    alice.send("/blank");
    let failure = next(&mut heard).await;
    assert!(failure.contains("wrapped: nothing was sent, because the message is empty"), "{failure}");
    assert_eq!(next(&mut heard).await, "given up /blank");
    alice.send("/here");
    assert_eq!(next(&mut heard).await, "here");
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
async fn a_message_larger_than_all_that_may_be_queued_waits_aside_too() {
    let world = World::new();
    let (seen, mut heard) = seen();
    let failures = seen.clone();
    type Shared = State<(Seen, Arc<AtomicUsize>)>;
    async fn second_time(msg: TextMessage, State((seen, times)): Shared) {
        let is_large = msg.text().len() > 10;
        assert!(!is_large || times.fetch_add(1, Ordering::SeqCst) > 0, "on purpose");
        seen.send(if is_large { "large" } else { "small" }.to_owned()).unwrap();
    }
    let bot = world
        .bot()
        .state((seen, Arc::default()))
        .queue(2)
        .retry(Retry::default().backoff(Duration::from_secs(5)))
        .on_error(move |_, _| failures.send("failed".to_owned()).unwrap())
        .on(text(), second_time)
        .start()
        .await
        .unwrap();
    let alice = world.person("alice", &bot).await;
    alice.send(&"*a* ".repeat(1_000));
    assert_eq!(next(&mut heard).await, "failed");
    alice.send("small");
    assert_eq!([next(&mut heard).await, next(&mut heard).await], ["small", "large"]);
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
            let _in_vain = msg.chat().ask("Well?").timeout(Duration::from_secs(5)).await;
            return Err(BotError::Config("nobody answers".into()));
        }
        seen.send(msg.text().to_owned()).unwrap();
        Ok(())
    }
    let bot = world.bot().state((seen, Arc::default())).retry(Retry::default().hold_chat()).on(text(), waits_in_vain);
    let bot = bot.on_error(move |_, failure| failures.send(failure.to_string()).unwrap()).start().await.unwrap();
    let alice = world.person("alice", &bot).await;
    alice.send("1");
    assert_eq!(next(&mut heard).await, "the handler failed: cannot start: nobody answers");
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
    let bot = world.bot_on(Arc::new(core)).state(seen).retry(Retry::never()).on(text(), asks).start().await.unwrap();
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
async fn what_a_handler_waits_for_people_is_not_of_its_time() {
    let world = World::new();
    let (seen, mut heard) = seen();
    let failures = seen.clone();
    async fn asks(chat: Chat, State(seen): State<Seen>) -> Outcome<()> {
        for question in ["one?", "two?"] {
            tokio::time::sleep(Duration::from_secs(12)).await;
            seen.send(chat.ask(question).timeout(Duration::from_secs(600)).await?).unwrap();
        }
        tokio::time::sleep(Duration::from_secs(12)).await;
        seen.send("done".into()).unwrap();
        Ok(())
    }
    let bot = world.bot().handler_timeout(Duration::from_secs(20)).retry(Retry::never()).state(seen).on(text(), asks);
    let bot = bot.on_error(move |_, failure| failures.send(failure.to_string()).unwrap()).start().await.unwrap();
    let alice = world.person("alice", &bot).await;
    alice.send("hello");
    for (question, answer) in [("one?", "1"), ("two?", "2")] {
        tokio::time::sleep(Duration::from_secs(60)).await;
        stored(&bot, question).await;
        alice.send(answer);
        assert_eq!(next(&mut heard).await, answer);
    }
    assert_eq!(next(&mut heard).await, "done");
    nothing_more(bot, &mut heard).await;
}

#[tokio::test(start_paused = true)]
async fn a_handler_that_panics_while_it_is_dropped_holds_up_nobody() {
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

#[tokio::test(start_paused = true)]
async fn what_a_handler_leaves_holds_up_nobody_if_it_panics_while_it_is_dropped() {
    async fn fails(msg: TextMessage, State(seen): State<Seen>) -> Result<(), Panics> {
        match msg.text() {
            "panic" => std::panic::panic_any(Panics),
            "error" => return Err(Panics),
            "attached" => msg.put(Panics),
            "error after a question" => {
                let _unanswered = msg.chat().ask("Well?").timeout(Duration::from_secs(5)).await;
                return Err(Panics);
            }
            text => seen.send(text.to_owned()).unwrap(),
        }
        Ok(())
    }
    fn at_once(_: Message) -> std::future::Ready<()> {
        std::panic::panic_any(Panics)
    }
    for one_lane in [false, true] {
        let world = World::new();
        let core = world.deaf();
        let (seen, mut heard) = seen();
        let poison = seen.clone();
        let bot = world.bot_on(core.clone()).state(seen).retry(Retry::never());
        let bot = if one_lane { bot.lane_by(|_| -> () { std::panic::panic_any(Panics) }) } else { bot };
        let bot = bot.on(text().exactly("at once"), at_once).on(text(), fails);
        let bot = bot.on_event(async |_: ContactConnected| -> () { std::panic::panic_any(Panics) });
        let bot = bot.on_event(async |_: ContactConnected| Err::<(), _>(Panics));
        let bot = bot.on_notice(|_| std::panic::panic_any(Panics)).on_error(|_, _| std::panic::panic_any(Panics));
        let bot = bot.on_event_error(|_, _| std::panic::panic_any(Panics));
        let bot = bot.on_poison(move |message, _| poison.send(format!("given up: {}", message.text())).unwrap());
        let bot = bot.start().await.unwrap();
        core.says(CoreEvent::Disconnected { reason: "on purpose".into() });
        core.says(CoreEvent::Reconnected);
        let alice = world.person("alice", &bot).await;
        for text in ["panic", "error", "error after a question", "at once"] {
            alice.send(text);
            assert_eq!(next(&mut heard).await, format!("given up: {text}"));
            alice.send("next");
            assert_eq!(next(&mut heard).await, "next", "{text}");
        }
        for text in ["attached", "next"] {
            alice.send(text);
        }
        assert_eq!(next(&mut heard).await, "next");
        until(async || unread(&bot, 4).await == 0).await;
        nothing_more(bot, &mut heard).await;
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_attached_to_a_message_may_panic_when_dropped_at_a_retry_and_at_a_stop() {
    async fn fails(msg: TextMessage, State(seen): State<Seen>) -> Result<(), std::fmt::Error> {
        msg.put(Panics);
        seen.send(msg.text().to_owned()).unwrap();
        Err(std::fmt::Error)
    }
    let world = World::new();
    let (seen, mut heard) = seen();
    let retry = Retry::times(2);
    let bot = world.bot().state(seen).retry(retry).on(text(), fails).start().await.unwrap();
    let alice = world.person("alice", &bot).await;
    alice.send("one");
    for _ in 0..3 {
        assert_eq!(next(&mut heard).await, "one");
    }
    until(async || unread(&bot, 4).await == 0).await;
    alice.send("two");
    assert_eq!(next(&mut heard).await, "two");
    // It waits for its retry.
    bot.stop().await.unwrap();
}

#[tokio::test]
async fn an_attempt_is_noted_in_the_file_before_its_handler_begins() {
    /// Before there is anything to wait for.
    fn looks(msg: TextMessage, State((seen, file)): State<(Seen, PathBuf)>) -> std::future::Ready<()> {
        let begun = format!("b{}", msg.id());
        let noted = std::fs::read_to_string(file).unwrap().lines().any(|line| line == begun);
        seen.send(format!("noted: {noted}")).unwrap();
        std::future::ready(())
    }
    let world = World::new();
    let (seen, mut heard) = seen();
    let bot = world.bot().state((seen, world.state_file())).on(text(), looks).start().await.unwrap();
    world.person("alice", &bot).await.send("hello");
    assert_eq!(next(&mut heard).await, "noted: true");
    nothing_more(bot, &mut heard).await;
}

async fn fails_or_waits(msg: TextMessage, State((seen, gate)): State<(Seen, Arc<Notify>)>) {
    seen.send(msg.id().to_string()).unwrap();
    assert!(msg.text() != "fails", "on purpose");
    gate.notified().await;
}

/// Has a message fail, and wait behind another to be repeated, in the lane of its chat or in one of the bot's own;
/// returns its id.
async fn failed_and_waiting(world: &World, bot: Bot, one_lane: bool) -> (Running, String, Arc<Notify>) {
    let (seen, mut heard) = seen();
    let gate = Arc::new(Notify::new());
    let asked = Arc::new(AtomicUsize::new(0));
    let asks = Arc::clone(&asked);
    let lane = move |message: &Message| {
        asks.fetch_add(usize::from(message.text() == "fails"), Ordering::SeqCst);
    };
    let bot = if one_lane { bot.lane_by(lane) } else { bot };
    let bot = bot.state((seen, Arc::clone(&gate))).retry(Retry::default().backoff(Duration::ZERO));
    let bot = bot.on_error(|_, _| {}).on(text(), fails_or_waits).start().await.unwrap();
    let alice = world.person("alice", &bot).await;
    alice.send("fails");
    alice.send("waits");
    let item = next(&mut heard).await;
    next(&mut heard).await;
    // For its lane it is asked when it is handed out and when it begins, and when it is handed out again.
    until(async || asked.load(Ordering::SeqCst) == 3 || bot.handle().health().unwrap().queued == 1).await;
    (bot, item, gate)
}

/// What is noted of attempts at a message.
fn attempts(world: &World, item: &str) -> Vec<String> {
    let state = std::fs::read_to_string(world.state_file()).unwrap();
    let of_item = state.lines().filter(|line| line.split([' ', 'b', 'f', 'e']).any(|word| word == item));
    of_item.map(|line| line.trim().to_owned()).collect()
}

#[tokio::test]
async fn attempts_at_a_message_that_goes_with_its_chat_are_forgotten() {
    for one_lane in [false, true] {
        let world = World::new();
        let (bot, item, gate) = failed_and_waiting(&world, world.bot(), one_lane).await;
        bot.api().raw("/_delete @4 full notify=off").await.unwrap();
        gate.notify_one();
        until(async || bot.handle().health().unwrap().lanes == 0).await;
        bot.stop().await.unwrap();
        let attempts = attempts(&world, &item);
        assert_eq!(attempts.last(), Some(&format!("e{item}")), "{attempts:?}");
    }
}

#[tokio::test]
async fn attempts_at_a_message_that_a_stop_keeps_from_its_last_are_forgotten_only_if_it_does_not_come_again() {
    for (one_lane, delivery) in [Delivery::AtLeastOnce, Delivery::AtMostOnce, Delivery::Off]
        .into_iter()
        .flat_map(|delivery| [(false, delivery), (true, delivery)])
    {
        let world = World::new();
        let bot = world.bot().delivery(delivery);
        let (bot, item, gate) = failed_and_waiting(&world, bot, one_lane).await;
        let handle = bot.handle();
        let (stopped, ()) = tokio::join!(bot.stop(), async {
            until(async || handle.health().is_none_or(|health| health.condition == Condition::Stopping)).await;
            gate.notify_one();
        });
        stopped.unwrap();
        let attempts = attempts(&world, &item);
        let last = if delivery == Delivery::AtLeastOnce { "f" } else { "e" };
        assert_eq!(attempts.last(), Some(&format!("{last}{item}")), "{attempts:?}");
    }
}
