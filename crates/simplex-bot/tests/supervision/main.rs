//! What whoever runs a bot is told, and what holds however the core behaves; over a scripted core.

#![allow(clippy::unwrap_used, reason = "what fails here fails a test")]

mod away;
#[path = "../common/mod.rs"]
mod common;
mod cores;
#[path = "../scripted/mod.rs"]
mod scripted;
mod trouble;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use common::{Heard, Seen, next, seen, tell, until};
use simplex_bot::core::mock::{Answer, MockCore};
use simplex_bot::core::{ChatCore, CoreError, CoreEvent, Frame, Request};
use simplex_bot::prelude::*;
use simplex_bot::types::event::{ChatError, ChatItemsStatusesUpdated, NewChatItems};
use simplex_bot::{Condition, Delivery, Handle, Notice, Retry, Running, Trouble};
use tokio::sync::Notify;
use tokio::time::Instant;

use scripted::{answer, message};

const BUSY: &str = r#"{"error":{"type":"errorStore","storeError":{"type":"dBBusyError","message":""}}}"#;
const NO_ITEM: &str = r#"{"error":{"type":"errorStore","storeError":{"type":"chatItemNotFound","itemId":1}}}"#;

fn marks(core: &MockCore) -> Vec<String> {
    core.sent().into_iter().filter(|sent| sent.starts_with("/_read")).collect()
}

fn bot(core: &MockCore, seen: Seen) -> Bot<Seen> {
    Bot::new("bot").core(Arc::new(core.clone())).state(seen)
}

/// The same item as `message` has, in an event about its status.
fn status(contact: i64, item: i64) -> String {
    message(contact, item, "x").replace("\"type\":\"newChatItems\"", "\"type\":\"chatItemsStatusesUpdated\"")
}

#[tokio::test]
async fn marks_are_few_and_all_are_made_before_a_stop() {
    let core = MockCore::new(answer);
    let (seen, mut heard) = seen();
    let bot = bot(&core, seen).on(text(), tell).start().await.unwrap();
    for item in 0..1000 {
        core.push_event(message(4 + item % 5, item, "x"));
    }
    for _ in 0..1000 {
        next(&mut heard).await;
    }
    bot.stop().await.unwrap();
    let marks = marks(&core);
    let items = marks.iter().flat_map(|mark| mark.rsplit(' ').next().unwrap().split(','));
    let mut items: Vec<i64> = items.map(|item| item.parse().unwrap()).collect();
    items.sort_unstable();
    assert!(items.into_iter().eq(0..1000));
    assert!(marks.len() <= 100, "{} commands", marks.len());
}

#[tokio::test(start_paused = true)]
async fn a_hundred_of_a_chat_are_marked_at_once_and_fewer_after_a_while() {
    let core = MockCore::new(answer);
    let (seen, mut heard) = seen();
    let bot = bot(&core, seen).on(text(), tell).start().await.unwrap();
    for (items, at_once) in [(0..99, false), (100..200, true)] {
        let (began, before) = (Instant::now(), marks(&core).len());
        for item in items {
            core.push_event(message(4, item, "x"));
            next(&mut heard).await;
        }
        until(async || marks(&core).len() > before).await;
        assert_eq!(began.elapsed() < Duration::from_millis(100), at_once, "{:?}", began.elapsed());
    }
    bot.stop().await.unwrap();
    assert_eq!(marks(&core).len(), 2);
}

#[tokio::test(start_paused = true)]
async fn marks_that_fail_are_not_repeated_with_each_message_that_is_handled() {
    let core = MockCore::new(|request: &Request| match request.text().starts_with("/_read") {
        true => BUSY.to_owned(),
        false => answer(request),
    });
    let (seen, mut heard) = seen();
    let bot = bot(&core, seen).drain(Duration::ZERO).on(text(), tell).start().await.unwrap();
    let began = Instant::now();
    for item in 0..300 {
        core.push_event(message(4, item, "x"));
        next(&mut heard).await;
    }
    tokio::time::sleep(Duration::from_millis(900)).await;
    assert!(began.elapsed() < Duration::from_secs(1) && marks(&core).len() == 1, "{:?}", marks(&core));
    until(async || marks(&core).len() == 2).await;
    let _ = bot.stop().await;
}

#[tokio::test(start_paused = true)]
async fn a_mark_whose_answer_is_not_understood_is_not_repeated() {
    let core = MockCore::new(|request: &Request| match request.text().starts_with("/_read") {
        true => r#"{"result":{"type":"asLaterCoresAnswer"}}"#.to_owned(),
        false => answer(request),
    });
    let (seen, mut heard) = seen();
    async fn tell(msg: TextMessage, State(seen): State<Seen>) {
        seen.send(msg.text().to_owned()).unwrap();
    }
    let bot = bot(&core, seen).on(text(), tell).start().await.unwrap();
    core.push_event(message(4, 1, "x"));
    next(&mut heard).await;
    tokio::time::sleep(Duration::from_secs(60)).await;
    bot.stop().await.unwrap();
    assert_eq!(marks(&core), ["/_read chat items @4 1"]);
}

#[tokio::test]
async fn at_most_once_what_goes_with_its_chat_before_it_is_marked_is_not_handled() {
    const NO_CONTACT: &str = r#"{"error":{"type":"errorStore","storeError":{"type":"contactNotFound","contactId":4}}}"#;
    let core = MockCore::new(|request: &Request| match request.text() {
        text if text.starts_with("/_read chat items @4 ") => NO_CONTACT.to_owned(),
        _ => answer(request),
    });
    let (seen, mut heard) = seen();
    let bot = bot(&core, seen).delivery(Delivery::AtMostOnce).on(text(), tell).start().await.unwrap();
    core.push_event(message(4, 1, "gone"));
    core.push_event(message(5, 2, "there"));
    assert_eq!(next(&mut heard).await, "there");
    until(async || bot.handle().health().unwrap().lanes == 0).await;
    bot.stop().await.unwrap();
    assert_eq!(heard.recv().await, None);
}

#[tokio::test(start_paused = true)]
async fn a_mark_that_fails_at_a_stop_is_repeated_while_there_is_time() {
    let failing = Arc::new(AtomicUsize::new(3));
    let core = MockCore::new(move |request: &Request| {
        let mark = request.text().starts_with("/_read");
        if mark && failing.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |n| n.checked_sub(1)).is_ok() {
            return BUSY.to_owned();
        }
        answer(request)
    });
    let (seen, mut heard) = seen();
    let bot = bot(&core, seen).on(text(), tell).start().await.unwrap();
    core.push_event(message(4, 1, "x"));
    next(&mut heard).await;
    bot.stop().await.unwrap();
    assert_eq!(marks(&core), [1, 1, 1, 1].map(|item| format!("/_read chat items @4 {item}")));
}

#[tokio::test(start_paused = true)]
async fn of_many_chats_the_one_whose_mark_fails_at_a_stop_is_marked_again() {
    let fails = AtomicBool::new(true);
    let core = MockCore::new(move |request: &Request| {
        if request.text().starts_with("/_read chat items @1 ") && fails.swap(false, Ordering::SeqCst) {
            return BUSY.to_owned();
        }
        answer(request)
    });
    let (seen, mut heard) = seen();
    let bot = bot(&core, seen).on(text(), tell).start().await.unwrap();
    // More than are marked side by side.
    (1..=10).for_each(|contact| core.push_event(message(contact, contact, "x")));
    for _ in 1..=10 {
        next(&mut heard).await;
    }
    bot.stop().await.unwrap();
    assert_eq!(marks(&core).last().unwrap(), "/_read chat items @1 1");
    assert_eq!(marks(&core).len(), 11);
}

/// A bot whose only handler never ends, and what it tells when that begins.
async fn stuck_bot(core: &MockCore) -> (Running, Heard) {
    async fn stuck(_: TextMessage, State(seen): State<Seen>) {
        seen.send("begun".into()).unwrap();
        std::future::pending::<()>().await;
    }
    let (seen, heard) = seen();
    let bot = bot(core, seen).drain(Duration::ZERO).on(text(), stuck).start().await.unwrap();
    (bot, heard)
}

#[tokio::test]
async fn large_messages_stay_in_the_database_though_not_many_wait() {
    let core = MockCore::new(answer);
    let (bot, mut heard) = stuck_bot(&core).await;
    let text = "x".repeat(1 << 20);
    (1..=40).for_each(|item| core.push_event(message(4, item, &text)));
    next(&mut heard).await;
    let health = || bot.handle().health().unwrap();
    until(async || health().queued + health().messages_left as usize == 39).await;
    assert!(health().messages_left > 20, "{:?}", health());
    assert!(health().queued_bytes > health().queued << 20, "{:?}", health());
    drop(bot.stop().await);
}

#[tokio::test]
async fn of_4096_messages_that_may_wait_one_chat_has_half() {
    let core = MockCore::new(answer);
    let (bot, mut heard) = stuck_bot(&core).await;
    (0..2100).for_each(|item| core.push_event(message(4, item, "x")));
    next(&mut heard).await;
    let health = || bot.handle().health().unwrap();
    until(async || health().queued + health().messages_left as usize == 2099).await;
    assert_eq!(health().queued, 2048);
    drop(bot.stop().await);
}

#[tokio::test(start_paused = true)]
async fn at_most_once_a_mark_that_fails_is_repeated_until_the_stop_and_its_chat_waits() {
    let failing = Arc::new(AtomicUsize::new(2));
    let fails = Arc::clone(&failing);
    let core = MockCore::new(move |request: &Request| {
        let mark = request.text().starts_with("/_read");
        if mark && fails.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |n| n.checked_sub(1)).is_ok() {
            return BUSY.to_owned();
        }
        answer(request)
    });
    let (seen, mut heard) = seen();
    let bot = bot(&core, seen).delivery(Delivery::AtMostOnce).on(text(), tell).start().await.unwrap();
    core.push_event(message(4, 1, "first"));
    core.push_event(message(4, 2, "second"));
    assert_eq!([next(&mut heard).await, next(&mut heard).await], ["first", "second"]);
    assert_eq!(marks(&core), [1, 1, 1, 2].map(|item| format!("/_read chat items @4 {item}")));
    failing.store(usize::MAX, Ordering::SeqCst);
    core.push_event(message(4, 3, "third"));
    until(async || marks(&core).len() > 6).await;
    bot.stop().await.unwrap();
    assert_eq!(heard.recv().await, None);
}

#[tokio::test(start_paused = true)]
async fn a_notice_of_the_core_is_marked_after_its_handlers() {
    let core = MockCore::new(answer);
    let (seen, mut heard) = seen();
    let gate = Arc::new(Notify::new());
    async fn slow(event: NewChatItems, State((seen, gate)): State<(Seen, Arc<Notify>)>) {
        let item = &event.chat_items[0].chat_item;
        seen.send(format!("{} {}", item.meta.item_id, item.content.tag())).unwrap();
        gate.notified().await;
    }
    let bot = Bot::new("bot").core(Arc::new(core.clone())).state((seen, Arc::clone(&gate)));
    let bot = bot.on(text(), async || {}).on_event(slow).start().await.unwrap();
    let content = r#"{"type":"rcvMsgContent","msgContent":{"type":"text","text":"x"}}"#;
    let integrity = r#"{"type":"rcvIntegrityError","msgError":{"type":"msgSkipped","fromMsgId":3,"toMsgId":4}}"#;
    let event = message(4, 8, "x").replace(content, integrity);
    assert!(event.contains(integrity));
    core.push_event(event);
    assert_eq!(next(&mut heard).await, "8 rcvIntegrityError");
    // The time in which marks are made, and more.
    tokio::time::sleep(Duration::from_millis(250)).await;
    assert_eq!(marks(&core), [""; 0]);
    gate.notify_one();
    until(async || marks(&core) == ["/_read chat items @4 8"]).await;
    bot.stop().await.unwrap();
}

#[tokio::test]
async fn a_notice_of_the_core_that_is_told_of_together_with_a_message_is_marked_too() {
    let core = MockCore::new(answer);
    let (seen, mut heard) = seen();
    let bot = bot(&core, seen).on(text(), tell).start().await.unwrap();
    let mut event: serde_json::Value = serde_json::from_str(&message(4, 8, "x")).unwrap();
    let items = event["result"]["chatItems"].as_array_mut().unwrap();
    let mut notice = items[0].clone();
    notice["chatItem"]["meta"]["itemId"] = 9.into();
    let error = serde_json::json!({"type": "msgSkipped", "fromMsgId": 3, "toMsgId": 4});
    notice["chatItem"]["content"] = serde_json::json!({"type": "rcvIntegrityError", "msgError": error});
    items.push(notice);
    core.push_event(event.to_string());
    assert_eq!(next(&mut heard).await, "x");
    bot.stop().await.unwrap();
    let mut items: Vec<_> = marks(&core)
        .iter()
        .flat_map(|mark| mark.strip_prefix("/_read chat items @4 "))
        .flat_map(|items| items.split(','))
        .map(str::to_owned)
        .collect();
    items.sort();
    assert_eq!(items, ["8", "9"]);
}

#[tokio::test]
async fn of_statuses_that_wait_the_latest_is_told_and_what_finds_no_room_is_counted() {
    let core = MockCore::new(answer);
    let (seen, mut heard) = seen();
    let notices = seen.clone();
    let gate = Arc::new(Notify::new());
    async fn slow(event: ChatItemsStatusesUpdated, State((seen, gate)): State<(Seen, Arc<Notify>)>) {
        let meta = &event.chat_items[0].chat_item.meta;
        seen.send(format!("{} {}", meta.item_id, meta.item_text)).unwrap();
        gate.notified().await;
    }
    let bot = Bot::new("bot").core(Arc::new(core.clone())).queue(20).state((seen, Arc::clone(&gate)));
    let bot = bot.on_event(slow).on_notice(move |notice| {
        if let Notice::Dropped { events } = notice {
            notices.send(format!("dropped {events}")).unwrap();
        }
    });
    let bot = bot.start().await.unwrap();
    let health = || bot.handle().health().unwrap();
    let text = |n: i64| format!("\"itemText\":\"{n}\"");
    let say = |item: i64, n: i64| core.push_event(status(4, item).replace("\"itemText\":\"plain\"", &text(n)));
    say(1, 0);
    assert_eq!(next(&mut heard).await, "1 0");
    for n in 1..=1000 {
        say(1, n);
        say(2, -n);
    }
    until(async || health().events_replaced == 1998).await;
    assert_eq!((health().queued, health().events_dropped), (2, 0));
    // One lane may take half of the room.
    for item in 3..=30 {
        say(item, 0);
    }
    until(async || health().events_dropped == 20).await;
    assert_eq!(health().queued, 10);
    let dropped = [1, 2, 4, 8, 16].map(|n| format!("dropped {n}"));
    for expected in dropped.iter().map(String::as_str).chain(["1 1000", "2 -1000", "3 0"]) {
        assert_eq!(next(&mut heard).await, expected);
        if !expected.starts_with("dropped 1") || expected == "dropped 16" {
            gate.notify_one();
        }
    }
    for _ in 0..7 {
        gate.notify_one();
        next(&mut heard).await;
    }
    gate.notify_one();
    bot.stop().await.unwrap();
}

#[tokio::test]
async fn failures_of_event_handlers_are_told_and_the_others_run() {
    let core = MockCore::new(answer);
    let (seen, mut heard) = seen();
    let failures = seen.clone();
    async fn fails(_: NewChatItems) -> Result<(), std::num::ParseIntError> {
        "word".parse::<i32>().map(drop)
    }
    async fn panics(_: NewChatItems) {
        panic!("on purpose");
    }
    async fn works(_: NewChatItems, State(seen): State<Seen>) {
        seen.send("works".into()).unwrap();
    }
    let bot = bot(&core, seen).on_event(fails).on_event(panics).on_event(works);
    let bot = bot.on_event_error(move |event, failure| {
        failures.send(format!("{}: {failure}", event.tag())).unwrap();
    });
    let bot = bot.start().await.unwrap();
    core.push_event(message(4, 1, "x"));
    assert_eq!(next(&mut heard).await, "newChatItems: the handler failed: invalid digit found in string");
    assert_eq!(next(&mut heard).await, "newChatItems: the handler panicked: on purpose");
    assert_eq!(next(&mut heard).await, "works");
    bot.stop().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_core_that_finds_no_item_to_begin_at_is_asked_again_after_a_while_and_not_at_once() {
    let core = MockCore::new(|request: &Request| match request.text() {
        text if text.starts_with("/_get chat @4 ") => Answer::After(Duration::from_millis(1), NO_ITEM.to_owned()),
        _ => answer(request).into(),
    });
    let (seen, _heard) = seen();
    let bot = bot(&core, seen).on(text(), async || {}).start().await.unwrap();
    core.push(CoreEvent::Lagged { events: 1 });
    core.push_event(message(4, 1, "x"));
    tokio::time::sleep(Duration::from_secs(5)).await;
    let asked = core.sent().iter().filter(|sent| sent.starts_with("/_get chat @4 ")).count();
    assert!((10..100).contains(&asked), "{asked}");
    bot.stop().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn no_time_is_too_long_for_a_handler_or_for_a_stop() {
    let core = MockCore::new(answer);
    let (seen, mut heard) = seen();
    async fn slow(msg: TextMessage, State(seen): State<Seen>) {
        tokio::time::sleep(Duration::from_secs(1)).await;
        seen.send(msg.text().to_owned()).unwrap();
    }
    let bot = bot(&core, seen).handler_timeout(Duration::MAX).on(text(), slow).start().await.unwrap();
    core.push_event(message(4, 1, "x"));
    assert_eq!(next(&mut heard).await, "x");
    bot.handle().drain(Duration::MAX).await.unwrap();
    assert!(core.is_closed());
}

#[tokio::test(start_paused = true)]
async fn a_bot_that_finds_its_file_taken_closes_the_core_that_it_opened() {
    let folder = tempfile::tempdir().unwrap();
    let made = |core: &MockCore| {
        let bot = Bot::new("bot").core(Arc::new(core.clone())).state_file(folder.path().join("bot.state"));
        bot.on(any(), async |_: Message| {})
    };
    let (first, second) = (MockCore::new(answer), MockCore::new(answer));
    let serving = made(&first).start().await.unwrap();
    let error = made(&second).run().await.unwrap_err();
    assert!(matches!(error, BotError::AlreadyServing { .. }), "{error}");
    assert!(second.is_closed() && !first.is_closed());
    serving.stop().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn at_most_once_what_is_deleted_while_it_is_marked_is_not_handled() {
    let fails = Arc::new(AtomicBool::new(true));
    let failing = Arc::clone(&fails);
    let core = MockCore::new(move |request: &Request| match request.text() {
        text if text.starts_with("/_read") && failing.load(Ordering::SeqCst) => BUSY.to_owned(),
        text if text.starts_with("/_get chat @4 around=1 ") => NO_ITEM.to_owned(),
        text if text.starts_with("/_delete item") => r#"{"result":{"type":"cmdOk"}}"#.to_owned(),
        _ => answer(request),
    });
    let (seen, mut heard) = seen();
    let bot = bot(&core, seen).delivery(Delivery::AtMostOnce).on(text(), tell).start().await.unwrap();
    core.push_event(message(4, 1, "first"));
    core.push_event(message(4, 2, "second"));
    until(async || !marks(&core).is_empty()).await;
    bot.api().raw("/_delete item @4 1 internal").await.unwrap();
    fails.store(false, Ordering::SeqCst);
    assert_eq!(next(&mut heard).await, "second");
    bot.stop().await.unwrap();
    assert_eq!(heard.recv().await, None);
}
