//! What a stop leaves, and who may serve after it.

#![expect(clippy::unwrap_used, reason = "what fails here fails a test")]

mod common;

use std::sync::Arc;
use std::time::Duration;

use common::{DEADLINE, Seen, World, first_waits, next, nothing_more, seen, tell, telling, unread, until};
use simplex_bot::prelude::*;
use simplex_bot::types::event::{ChatItemUpdated, ContactConnected};
use simplex_bot::{Condition, Delivery, Handle, Retry};
use tokio::sync::Notify;
use tokio::time::{Instant, timeout};

/// Tells what it handles, and waits until the gate opens.
async fn waits(msg: TextMessage, State((seen, gate)): State<(Seen, Arc<Notify>)>) {
    seen.send(msg.text().to_owned()).unwrap();
    gate.notified().await;
}

#[tokio::test]
async fn what_is_queued_at_a_stop_is_handled_by_the_next_run() {
    let world = World::new();
    let (seen_1, mut heard) = seen();
    let gate = Arc::new(Notify::new());
    let bot = world.bot().state((seen_1, Arc::clone(&gate))).on(text(), waits).start().await.unwrap();
    let (alice, bob) = (world.person("alice", &bot).await, world.person("bob", &bot).await);
    for n in 0..5 {
        alice.send(&n.to_string());
    }
    assert_eq!(next(&mut heard).await, "0");
    let handle = bot.handle();
    handle.stop();
    // What comes while the bot stops is the next run's, too: of this chat, and of one in which nothing is handled.
    alice.send("5");
    bob.send("6");
    let stored = async |chat: &str, text: &str| {
        bot.api().raw(&format!("/_get chat {chat} count=1")).await.unwrap().to_string().contains(text)
    };
    until(async || stored("@4", "\"5\"").await && stored("@5", "\"6\"").await).await;
    gate.notify_one();
    handle.join().await.unwrap();
    assert_eq!(heard.try_recv().ok(), None);
    let (bot, mut heard) = telling(&world).await;
    let mut all = Vec::new();
    for _ in 0..6 {
        all.push(next(&mut heard).await);
    }
    all.retain(|text| text != "6 recovered");
    assert!(all.into_iter().eq((1..6).map(|n| format!("{n} recovered"))));
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn once_it_is_asked_to_stop_no_handler_begins() {
    let world = World::new();
    let (seen, mut heard) = seen();
    let gate = Arc::new(Notify::new());
    async fn stops(msg: TextMessage, bot: Handle, State((seen, gate)): State<(Seen, Arc<Notify>)>) {
        seen.send(msg.text().to_owned()).unwrap();
        gate.notified().await;
        bot.stop();
    }
    let bot = world.bot().state((seen, Arc::clone(&gate))).on(text(), stops).start().await.unwrap();
    let alice = world.person("alice", &bot).await;
    alice.send("first");
    assert_eq!(next(&mut heard).await, "first");
    alice.send("second");
    until(async || bot.handle().health().unwrap().queued == 1).await;
    gate.notify_one();
    timeout(DEADLINE, bot.join()).await.unwrap().unwrap();
    assert_eq!(heard.recv().await, None);
    let (bot, mut heard) = telling(&world).await;
    assert_eq!(next(&mut heard).await, "second recovered");
    nothing_more(bot, &mut heard).await;
}

#[tokio::test(start_paused = true)]
async fn what_is_to_be_handled_again_does_not_hold_up_a_stop_and_is_the_next_runs() {
    async fn fails(msg: TextMessage, State(seen): State<Seen>) -> Result<(), std::num::ParseIntError> {
        seen.send(msg.text().to_owned()).unwrap();
        msg.text().parse::<i32>().map(drop)
    }
    let retry = Retry::default().backoff(Duration::from_secs(30));
    for retry in [retry, retry.hold_chat()] {
        let world = World::new();
        let (seen, mut heard) = seen();
        let bot = world.bot().drain(Duration::from_secs(3600)).retry(retry).on_error(|_, _| {}).state(seen);
        let bot = bot.on(text(), fails).start().await.unwrap();
        world.person("alice", &bot).await.send("word");
        assert_eq!(next(&mut heard).await, "word");
        until(async || bot.handle().health().unwrap().failed == 1).await;
        let began = Instant::now();
        nothing_more(bot, &mut heard).await;
        assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
        let (bot, mut heard) = telling(&world).await;
        assert_eq!(next(&mut heard).await, "word recovered");
        nothing_more(bot, &mut heard).await;
    }
}

#[tokio::test]
async fn what_waits_for_a_place_at_a_stop_does_not_begin() {
    for delivery in [Delivery::AtLeastOnce, Delivery::Off] {
        let world = World::new();
        let (seen, mut heard) = seen();
        let gate = Arc::new(Notify::new());
        let bot = world.bot().delivery(delivery).in_flight(1).state((seen, Arc::clone(&gate)));
        let bot = bot.on(text(), waits).start().await.unwrap();
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
        let bot = world.bot().delivery(delivery).state(seen).on(text(), tell).start().await.unwrap();
        match delivery {
            Delivery::Off => assert_eq!(unread(&bot, 5).await, 1),
            _ => assert_eq!(next(&mut heard).await, "second recovered"),
        }
        nothing_more(bot, &mut heard).await;
    }
}

#[tokio::test]
async fn at_most_once_what_waits_for_a_place_at_a_stop_is_handled_as_nobody_finds_it_again() {
    for edited in [false, true] {
        let world = World::new();
        let (seen, mut heard) = seen();
        let gate = Arc::new(Notify::new());
        let bot = world.bot().delivery(Delivery::AtMostOnce).in_flight(1).state((seen, Arc::clone(&gate)));
        let bot = bot.on(text(), first_waits).on_event(async |_: ChatItemUpdated| {}).start().await.unwrap();
        let (alice, bob) = (world.person("alice", &bot).await, world.person("bob", &bot).await);
        alice.send("first");
        assert_eq!(next(&mut heard).await, "first");
        let second = bob.send("second");
        until(async || bot.api().raw("/_get chat @5 count=1").await.unwrap().to_string().contains("second")).await;
        until(async || unread(&bot, 5).await == 0).await;
        let handle = bot.handle();
        if edited {
            bob.edit(second, "changed");
            until(async || handle.health().unwrap().queued == 1).await;
        }
        handle.stop();
        until(async || handle.health().is_none_or(|health| health.condition == Condition::Stopping)).await;
        gate.notify_one();
        assert_eq!(next(&mut heard).await, if edited { "changed" } else { "second" });
        nothing_more(bot, &mut heard).await;
    }
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
    async fn stop(handle: Handle, State(seen): State<Seen>) {
        handle.stop();
        seen.send(handle.join().await.unwrap_err().to_string()).unwrap();
    }
    let (seen, mut heard) = seen();
    let bot = world.bot().state(seen).on(text(), stop).start().await.unwrap();
    world.person("alice", &bot).await.send("stop");
    assert_eq!(next(&mut heard).await, BotError::EndInHandler.to_string());
    timeout(DEADLINE, bot.join()).await.unwrap().unwrap();
}

#[tokio::test]
async fn handlers_of_all_kinds_have_the_handle_of_their_bot() {
    let world = World::new();
    async fn of_event(_: ContactConnected, bot: Handle, State(seen): State<Seen>) {
        seen.send(format!("event of {}", bot.api().get_active_user().await.unwrap().unwrap().local_display_name))
            .unwrap();
    }
    async fn of_message(msg: Message, bot: Handle, State(seen): State<Seen>) -> Result<(), HandlerError> {
        seen.send(format!("message, {} lane", bot.health().unwrap().lanes)).unwrap();
        // In a task of the handler's own, where nothing else can be waited for.
        let chat = bot.chat(msg.chat_ref());
        tokio::spawn(async move { chat.send("Hello.").await?.delivered().await }).await??;
        seen.send("delivered".to_owned()).unwrap();
        Ok(())
    }
    let (seen, mut heard) = seen();
    let bot = world.bot().state(seen).on_event(of_event).on(text(), of_message).start().await.unwrap();
    let alice = world.person("alice", &bot).await;
    assert!(next(&mut heard).await.starts_with("event of "));
    alice.send("hi");
    assert_eq!(next(&mut heard).await, "message, 1 lane");
    assert_eq!(next(&mut heard).await, "delivered");
    timeout(DEADLINE, bot.stop()).await.unwrap().unwrap();
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
async fn an_edit_of_what_is_not_handled_at_a_stop_is_not_told() {
    let (least, most) = (Delivery::AtLeastOnce, Delivery::AtMostOnce);
    for (lanes, delivery) in [(false, least), (true, least), (false, most), (true, most)] {
        let world = World::new();
        let (seen_1, mut heard) = seen();
        let gate = Arc::new(Notify::new());
        async fn edited(event: ChatItemUpdated, State((seen, _)): State<(Seen, Arc<Notify>)>) {
            seen.send(format!("edited {}", event.chat_item.chat_item.meta.item_text)).unwrap();
        }
        let bot = world.bot().state((seen_1, Arc::clone(&gate))).on(text(), waits).on_event(edited);
        let bot = if lanes { bot.lane_by(|_| ()) } else { bot };
        let bot = bot.delivery(delivery).start().await.unwrap();
        let alice = world.person("alice", &bot).await;
        let first = alice.send("first");
        let second = alice.send("second");
        assert_eq!(next(&mut heard).await, "first");
        alice.edit(first, "changed first");
        alice.edit(second, "changed");
        let handle = bot.handle();
        // Lanes of its own have the second message and the first edit in hand.
        until(async || handle.health().unwrap().queued == if lanes { 1 } else { 3 }).await;
        handle.stop();
        gate.notify_one();
        handle.join().await.unwrap();
        assert_eq!(heard.try_recv().as_deref(), Ok("edited changed first"));
        assert_eq!(heard.try_recv().ok(), None);
        let (bot, mut heard) = telling(&world).await;
        assert_eq!(next(&mut heard).await, "changed recovered");
        nothing_more(bot, &mut heard).await;
    }
}

#[tokio::test]
async fn an_edit_of_what_a_stop_keeps_from_its_last_attempt_is_told_if_that_does_not_come_again() {
    type Told = State<(Seen, Arc<Notify>)>;
    async fn fails_or_waits(msg: TextMessage, State((seen, gate)): Told) {
        seen.send(msg.text().to_owned()).unwrap();
        assert!(msg.text() != "fails", "on purpose");
        gate.notified().await;
    }
    async fn edited(event: ChatItemUpdated, State((seen, _)): Told) {
        seen.send(format!("edited {}", event.chat_item.chat_item.meta.item_text)).unwrap();
    }
    for (delivery, told) in [(Delivery::AtLeastOnce, None), (Delivery::AtMostOnce, Some("edited changed"))] {
        let world = World::new();
        let (seen, mut heard) = seen();
        let gate = Arc::new(Notify::new());
        let bot = world.bot().delivery(delivery).retry(Retry::default().backoff(Duration::ZERO)).on_error(|_, _| {});
        let bot = bot.state((seen, Arc::clone(&gate))).on(text(), fails_or_waits).on_event(edited);
        let bot = bot.start().await.unwrap();
        let alice = world.person("alice", &bot).await;
        let fails = alice.send("fails");
        alice.send("waits");
        assert_eq!([next(&mut heard).await, next(&mut heard).await], ["fails", "waits"]);
        let handle = bot.handle();
        until(async || handle.health().unwrap().queued == 1).await;
        alice.edit(fails, "changed");
        until(async || handle.health().unwrap().queued == 2).await;
        handle.stop();
        gate.notify_one();
        handle.join().await.unwrap();
        assert_eq!(heard.try_recv().ok().as_deref(), told);
        assert_eq!(heard.try_recv().ok(), None);
    }
}

#[tokio::test]
async fn what_waits_for_a_place_does_not_begin_when_the_time_is_over() {
    let world = World::new();
    let (seen, mut heard) = seen();
    async fn stuck(_: TextMessage, State(seen): State<Seen>) {
        seen.send("stuck".into()).unwrap();
        std::future::pending::<()>().await;
    }
    async fn connected(event: ContactConnected, State(seen): State<Seen>) {
        seen.send(event.contact.local_display_name).unwrap();
    }
    let bot = world.bot().in_flight(1).drain(Duration::from_millis(200)).state(seen).on(text(), stuck);
    let bot = bot.on_event(connected).start().await.unwrap();
    let alice = world.person("alice", &bot).await;
    assert_eq!(next(&mut heard).await, "alice");
    alice.send("hello");
    assert_eq!(next(&mut heard).await, "stuck");
    world.person("bob", &bot).await;
    until(async || bot.handle().health().unwrap().lanes == 2).await;
    assert!(matches!(bot.stop().await, Err(BotError::DrainTimeout { .. })));
    assert_eq!(heard.recv().await, None);
}

#[tokio::test(start_paused = true)]
async fn a_stop_has_the_time_that_it_was_first_given() {
    async fn stuck(_: TextMessage, State(seen): State<Seen>) {
        seen.send("begun".to_owned()).unwrap();
        std::future::pending::<()>().await;
    }
    // The time of the bot, that of the first call, and what the stop takes of it until it cancels the handler.
    let (long, short) = (Duration::from_secs(3600), Duration::from_secs(20));
    for (of_bot, first, expected) in [(long, Some(short), short), (short, Some(long), long), (short, None, short)] {
        let world = World::new();
        let (seen, mut heard) = seen();
        let bot = world.bot().drain(of_bot).state(seen).on(text(), stuck).start().await.unwrap();
        world.person("alice", &bot).await.send("hello");
        assert_eq!(next(&mut heard).await, "begun");
        let (handle, began) = (bot.handle(), Instant::now());
        let drained = async {
            match first {
                Some(time) => handle.drain(time).await,
                None => bot.stop().await,
            }
        };
        let later = async {
            handle.stop();
            handle.drain(Duration::ZERO).await
        };
        let (first, second) = tokio::join!(drained, later);
        assert!(matches!(first, Err(BotError::DrainTimeout { handlers: 1, .. })), "{first:?}");
        assert!(matches!(second, Err(BotError::DrainTimeout { handlers: 1, .. })), "{second:?}");
        let took = began.elapsed();
        assert!(took > expected / 2 && took <= expected + Duration::from_secs(1), "{took:?} of {expected:?}");
    }
}

#[tokio::test]
async fn a_bot_stops_though_nobody_waits_for_its_end() {
    let world = World::new();
    let bot = world.bot().on(any(), async |_: Message| {}).start().await.unwrap();
    let handle = bot.handle();
    drop(bot.stop());
    timeout(DEADLINE, handle.join()).await.unwrap().unwrap();
}

/// From a thread that has no runtime.
#[tokio::test]
async fn a_thread_of_its_own_stops_a_bot() {
    let world = World::new();
    let bot = world.bot().on(any(), async |_: Message| {}).start().await.unwrap();
    let handle = bot.handle();
    std::thread::spawn(move || handle.stop()).join().unwrap();
    timeout(DEADLINE, bot.join()).await.unwrap().unwrap();
}

#[cfg(unix)]
#[tokio::test]
async fn a_bot_inside_a_program_stops_at_a_signal() {
    let world = World::new();
    let running = world.bot().on(any(), async |_: Message| {}).start().await.unwrap();
    let (handle, stopped) = (running.handle(), running.until_signal());
    let signal = || {
        let kill = std::process::Command::new("kill").args(["-TERM", &std::process::id().to_string()]).status();
        assert!(kill.unwrap().success());
    };
    signal();
    timeout(DEADLINE, stopped).await.unwrap().unwrap();
    assert!(handle.health().is_none());

    // A second one ends what the first one lets end.
    let (seen, mut heard) = seen();
    let begun = async |_: TextMessage, State(seen): State<Seen>| {
        seen.send("begun".to_owned()).unwrap();
        std::future::pending::<()>().await;
    };
    let bot = world.bot().drain(Duration::from_secs(3600)).state(seen.clone()).on(text(), begun).start().await.unwrap();
    world.person("alice", &bot).await.send("hello");
    assert_eq!(next(&mut heard).await, "begun");
    let (handle, stopped) = (bot.handle(), bot.until_signal());
    let signals = async {
        signal();
        until(async || handle.health().unwrap().condition == Condition::Stopping).await;
        signal();
    };
    let (stopped, ()) = tokio::join!(timeout(DEADLINE, stopped), signals);
    assert!(matches!(stopped.unwrap(), Err(BotError::DrainTimeout { handlers: 1, .. })));

    // It is enough for a bot that stops because the program took the first.
    let bot = world.bot().drain(Duration::from_secs(3600)).state(seen).on(text(), begun).start().await.unwrap();
    assert_eq!(next(&mut heard).await, "begun");
    bot.handle().stop();
    let stopped = bot.until_signal();
    signal();
    let stopped = timeout(DEADLINE, stopped).await.unwrap();
    assert!(matches!(stopped, Err(BotError::DrainTimeout { handlers: 1, .. })));
}
