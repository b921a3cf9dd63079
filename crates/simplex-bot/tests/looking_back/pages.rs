//! Of chats that are read page by page: long ones, and pages that are not as they should be.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use simplex_bot::Delivery;
use simplex_bot::core::{ChatCore, CoreError, CoreEvent, Frame, Request};
use simplex_bot::prelude::*;
use simplex_bot::types::event::ChatItemsStatusesUpdated;
use simplex_bot::types::{CiStatus, ContactId};
use tokio::sync::{Notify, Semaphore};

use super::common::{
    Seen, World, changing, next, nothing_more, say, seen, stored, tell, telling, telling_of, unread, until,
};
use super::used_before;

/// A core that cannot read an item that says "bad": pages have something else in its place, and none is to be had around it.
async fn bad_item(core: Arc<dyn ChatCore>, request: Request) -> Result<Frame, CoreError> {
    let is_page = request.text().starts_with("/_get chat @4 ");
    let is_around = request.text().contains(" initial=");
    let frame = core.send(request).await?;
    if !is_page || !frame.text().contains(r#""itemText":"bad""#) {
        return Ok(frame);
    }
    if is_around {
        let error = r#"{"error":{"type":"errorStore","storeError":{"type":"badChatItem","itemId":1}}}"#;
        return Ok(Frame::parse(error.to_owned()));
    }
    let mut text: serde_json::Value = serde_json::from_str(frame.text()).unwrap();
    for item in text["result"]["chat"]["chatItems"].as_array_mut().unwrap() {
        if item["meta"]["itemText"] == "bad" {
            item["chatDir"]["type"] = "directSnd".into();
            item["meta"]["itemStatus"]["type"] = "sndNew".into();
            item["content"] = serde_json::json!({"type": "invalidJSON", "direction": "snd", "json": "?"});
        }
    }
    Ok(Frame::parse(text.to_string()))
}

#[tokio::test]
async fn an_item_that_the_core_cannot_read_keeps_no_other_from_being_handled() {
    let world = World::new();
    let (bot, mut heard) = telling(&world).await;
    let alice = world.person("alice", &bot).await;
    nothing_more(bot, &mut heard).await;
    world.while_nobody_listens(|_| {
        for text in ["bad", "good", "better"] {
            alice.send(text);
        }
    });
    let (seen, mut heard) = seen();
    let core = changing(Arc::new(world.net.open("bot", "").unwrap()), bad_item);
    let bot = world.bot_on(core).state(seen).on(text(), tell).start().await.unwrap();
    assert_eq!(next(&mut heard).await, "good recovered");
    assert_eq!(next(&mut heard).await, "better recovered");
    until(async || bot.handle().health().unwrap().lanes == 0).await;
    alice.send("best");
    assert_eq!(next(&mut heard).await, "best");
    nothing_more(bot, &mut heard).await;
}

#[tokio::test(start_paused = true)]
async fn a_chat_that_is_gone_when_it_is_to_be_read_is_not_read_again() {
    let world = World::new();
    let core = world.deaf();
    let (gone, asked) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU32::new(0)));
    let (is_gone, count) = (Arc::clone(&gone), Arc::clone(&asked));
    let without = changing(core.clone(), move |core, request| {
        let gone = is_gone.load(Ordering::SeqCst) && request.text().starts_with("/_get chat @4 ");
        count.fetch_add(u32::from(gone), Ordering::SeqCst);
        let error = r#"{"error":{"type":"errorStore","storeError":{"type":"contactNotFound","contactId":4}}}"#;
        async move { if gone { Ok(Frame::parse(error.to_owned())) } else { core.send(request).await } }
    });
    let (bot, mut heard) = telling_of(world.bot_on(without)).await;
    let alice = world.person("alice", &bot).await;
    core.loses_events();
    alice.send("missed");
    stored(&bot, "missed").await;
    gone.store(true, Ordering::SeqCst);
    core.hears_again(CoreEvent::Lagged { events: 1 });
    until(async || asked.load(Ordering::SeqCst) > 0).await;
    tokio::time::sleep(Duration::from_secs(60)).await;
    assert_eq!((asked.load(Ordering::SeqCst), bot.handle().health().unwrap().lanes), (1, 0));
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn a_long_chat_with_old_messages_is_gone_through_once() {
    let world = World::new();
    let alice = used_before(&world, 3).await;
    let core = world.deaf();
    let (bot, mut heard) = telling_of(world.bot_on(core.clone()).queue(10)).await;
    for n in 0..200 {
        alice.send(&n.to_string());
        assert_eq!(next(&mut heard).await, n.to_string());
    }
    // Three from before the bot stay unread: where they are is found page by page, from the end.
    until(async || unread(&bot, 4).await == 3).await;
    let handle = bot.handle();
    let mut pages = Vec::new();
    for lagged in 1..=6 {
        if lagged == 4 {
            alice.send("200");
            assert_eq!(next(&mut heard).await, "200");
            until(async || unread(&bot, 4).await == 3).await;
        }
        let before = core.sent("/_get chat @4").len();
        core.says(CoreEvent::Lagged { events: 1 });
        until(async || handle.health().unwrap().lagged == lagged && handle.health().unwrap().behind == 0).await;
        pages.push(core.sent("/_get chat @4").len() - before);
    }
    assert!(pages[0] > 20 && pages[1] < 6 && pages[4] < 6, "{pages:?}");
    // After two looks, not again before something was stored: then one page more is read once.
    assert!(pages[2] == 0 && pages[3] == 6 && pages[5] == 0, "{pages:?}");
    // What is missed after that is found.
    core.loses_events();
    for n in 201..231 {
        alice.send(&n.to_string());
    }
    until(async || unread(&bot, 4).await == 33).await;
    core.hears_again(CoreEvent::Lagged { events: 30 });
    for n in 201..231 {
        assert_eq!(next(&mut heard).await, format!("{n} recovered"));
    }
    until(async || unread(&bot, 4).await == 3).await;
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn pages_grow_while_what_they_have_is_small() {
    // Forward, and back from the end where something is unread that the bot leaves alone.
    for (old, small_first) in [(0, true), (3, false)] {
        let world = World::new();
        let alice = used_before(&world, old).await;
        let (bot, mut heard) = telling(&world).await;
        nothing_more(bot, &mut heard).await;
        let large = "*a* ".repeat(3_000);
        world.while_nobody_listens(|_| {
            (0..180).for_each(|n| _ = alice.send(&n.to_string()));
            (0..40).for_each(|_| _ = alice.send(&large));
        });
        let core = world.deaf();
        let (bot, mut heard) = telling_of(world.bot_on(core.clone())).await;
        for n in 0..180 {
            assert_eq!(next(&mut heard).await, format!("{n} recovered"));
        }
        for _ in 0..40 {
            assert!(next(&mut heard).await.starts_with("*a* "));
        }
        until(async || bot.handle().health().unwrap().behind == 0).await;
        let sent = core.sent("/_get chat @4 ");
        let counts: Vec<usize> = sent.iter().filter_map(|text| text.rsplit_once("count=")?.1.parse().ok()).collect();
        if small_first {
            assert_eq!(counts[..3], [12, 48, 192], "{counts:?}");
        } else {
            assert!(counts[..4].iter().all(|count| *count <= 12), "{counts:?}");
        }
        nothing_more(bot, &mut heard).await;
    }
}

#[tokio::test]
async fn a_page_that_is_larger_than_expected_is_asked_for_again_with_fewer_items() {
    // Forward, and back from the end where something is unread that the bot leaves alone: large ones after small ones.
    for (old, texts) in [(0, [(60, "small"), (40, "*a* ")]), (3, [(40, "*a* "), (60, "small")])] {
        let world = World::new();
        let alice = used_before(&world, old).await;
        let (bot, mut heard) = telling(&world).await;
        nothing_more(bot, &mut heard).await;
        world.while_nobody_listens(|_| {
            for (count, text) in texts {
                let text = if text == "small" { text.to_owned() } else { text.repeat(3_000) };
                (0..count).for_each(|_| _ = alice.send(&text));
            }
        });
        let answered = Arc::new(Mutex::new(Vec::new()));
        let noted = Arc::clone(&answered);
        let core = changing(Arc::new(world.net.open("bot", "").unwrap()), move |core, request| {
            let noted = Arc::clone(&noted);
            async move {
                let command = request.text().to_owned();
                let frame = core.send(request).await?;
                if let Some((page, count)) =
                    command.strip_prefix("/_get chat @4 ").and_then(|it| it.rsplit_once("count="))
                {
                    noted.lock().unwrap().push((page.to_owned(), count.parse::<usize>().unwrap(), frame.text().len()));
                }
                Ok(frame)
            }
        });
        let (bot, mut heard) = telling_of(world.bot_on(core)).await;
        for (count, text) in texts {
            for _ in 0..count {
                assert!(next(&mut heard).await.starts_with(text));
            }
        }
        until(async || bot.handle().health().unwrap().behind == 0).await;
        nothing_more(bot, &mut heard).await;
        let answered = answered.lock().unwrap();
        let is_large = |bytes: usize| bytes > 2 << 20;
        let pairs = answered.iter().zip(answered.iter().skip(1));
        let large: Vec<_> = pairs.filter(|((.., bytes), _)| is_large(*bytes)).collect();
        assert!(!large.is_empty(), "{answered:?}");
        for ((page, count, _), (again, fewer, _)) in large {
            assert!(page == again && fewer < count, "{answered:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_page_that_gets_no_answer_is_asked_for_again_with_fewer_items() {
    // Forward, and back from the end where something is unread that the bot leaves alone.
    for old in [0, 3] {
        let world = World::new();
        let alice = used_before(&world, old).await;
        let (bot, mut heard) = telling(&world).await;
        nothing_more(bot, &mut heard).await;
        world.while_nobody_listens(|_| (0..60).for_each(|n| _ = alice.send(&n.to_string())));
        let core = changing(Arc::new(world.net.open("bot", "").unwrap()), move |core, request| async move {
            let count = request.text().strip_prefix("/_get chat @4 ").and_then(|it| it.rsplit_once("count="));
            if count.is_some_and(|(_, count)| count.parse::<u32>().unwrap() > 10) {
                let command = "/_get chat".to_owned();
                return Err(CoreError::Timeout { command, after: Duration::from_secs(1) });
            }
            core.send(request).await
        });
        let (bot, mut heard) = telling_of(world.bot_on(core)).await;
        for n in 0..60 {
            assert_eq!(next(&mut heard).await, format!("{n} recovered"));
        }
        nothing_more(bot, &mut heard).await;
    }
}

#[tokio::test]
async fn a_handler_that_goes_on_does_not_wait_until_its_chat_is_read() {
    let world = World::new();
    let (bot, mut heard) = telling(&world).await;
    let (alice, bob) = (world.person("alice", &bot).await, world.person("bob", &bot).await);
    nothing_more(bot, &mut heard).await;
    world.while_nobody_listens(|_| {
        for text in ["asks", "waits", "last"] {
            alice.send(text);
        }
    });
    let (seen, mut heard) = seen();
    let gate = Arc::new(Notify::new());
    async fn tells(msg: TextMessage, State((seen, gate)): State<(Seen, Arc<Notify>)>) -> Outcome<()> {
        seen.send(msg.text().to_owned()).unwrap();
        match msg.text() {
            "asks" => {
                let answer = Chat::new(msg.api().clone(), ContactId(5)).ask("Well?").await?;
                seen.send(format!("bob said {answer}")).unwrap();
            }
            "waits" => gate.notified().await,
            _ => {}
        }
        Ok(())
    }
    let bot = world.bot().state((seen, Arc::clone(&gate))).on(text(), tells).start().await.unwrap();
    assert_eq!([next(&mut heard).await, next(&mut heard).await], ["asks", "waits"]);
    bob.send("yes");
    let handle = bot.handle();
    until(async || handle.health().unwrap().queued == 1).await;
    gate.notify_one();
    assert_eq!([next(&mut heard).await, next(&mut heard).await], ["bob said yes", "last"]);
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn pages_that_are_always_the_same_are_not_gone_over_without_end() {
    // Forward from what was missed, and back from the end where something is unread that the bot leaves alone.
    for (old, but) in [(0, "none"), (1, " initial=")] {
        let world = World::new();
        let alice = used_before(&world, old).await;
        let (bot, mut heard) = telling(&world).await;
        nothing_more(bot, &mut heard).await;
        world.while_nobody_listens(|_| {
            for n in 0..30 {
                alice.send(&n.to_string());
            }
        });
        // Nothing is marked, so that something unread is on each page.
        let core = changing(Arc::new(world.net.open("bot", "").unwrap()), move |core, request| async move {
            tokio::task::yield_now().await;
            match request.text() {
                text if text.starts_with("/_get chat @4 ") && !text.contains(but) => {
                    core.send(Request::new("/_get chat @4 count=20").unwrap()).await
                }
                text if text.starts_with("/_read ") => Err(CoreError::Unavailable { reason: "not now".into() }),
                _ => core.send(request).await,
            }
        });
        let (bot, mut heard) = telling_of(world.bot_on(core).drain(Duration::ZERO)).await;
        for n in 10..30 {
            assert_eq!(next(&mut heard).await, format!("{n} recovered"));
        }
        until(async || bot.handle().health().unwrap().behind == 0).await;
        nothing_more(bot, &mut heard).await;
    }
}

#[tokio::test]
async fn a_handler_that_goes_on_does_not_wait_until_the_end_of_a_long_chat_is_found() {
    let world = World::new();
    let alice = used_before(&world, 3).await;
    let (deaf, gate) = (world.deaf(), Arc::new(Semaphore::new(0)));
    let opened = Arc::clone(&gate);
    let core = changing(Arc::clone(&deaf) as Arc<dyn ChatCore>, move |core, request| {
        let gate = Arc::clone(&gate);
        async move {
            if request.text().starts_with("/_get chat @4 before=") {
                gate.acquire().await.unwrap().forget();
            }
            core.send(request).await
        }
    });
    let (seen, mut heard) = seen();
    async fn asks(msg: TextMessage, State(seen): State<Seen>) -> Outcome<()> {
        seen.send(msg.text().to_owned()).unwrap();
        if msg.text() == "asks" {
            let answer = Chat::new(msg.api().clone(), ContactId(5)).ask("Well?").await?;
            seen.send(format!("bob said {answer}")).unwrap();
        }
        Ok(())
    }
    let bot = world.bot_on(core).queue(10).state(seen).on(text(), asks).start().await.unwrap();
    let bob = world.person("bob", &bot).await;
    for text in ["asks"].into_iter().chain(["x"; 30]) {
        alice.send(text);
        assert_eq!(next(&mut heard).await, text);
    }
    // Where the messages are that are older than the bot is found page by page, from the end.
    deaf.says(CoreEvent::Lagged { events: 1 });
    let handle = bot.handle();
    until(async || handle.health().unwrap().behind == 1).await;
    bob.send("yes");
    until(async || handle.health().unwrap().queued == 1).await;
    opened.add_permits(1);
    assert_eq!(next(&mut heard).await, "bob said yes");
    assert_eq!(handle.health().unwrap().behind, 1);
    opened.add_permits(100);
    nothing_more(bot, &mut heard).await;
}

#[tokio::test(start_paused = true)]
async fn what_could_not_be_read_behind_old_messages_is_read_after_all_and_in_order() {
    let world = World::new();
    let alice = used_before(&world, 3).await;
    let (bot, mut heard) = telling(&world).await;
    nothing_more(bot, &mut heard).await;
    world.while_nobody_listens(|_| {
        for n in 0..40 {
            alice.send(&n.to_string());
        }
    });
    let failed = Arc::new(AtomicBool::new(false));
    let core = changing(Arc::new(world.net.open("bot", "").unwrap()), move |core, request| {
        let fails = request.text().starts_with("/_get chat @4 after=") && !failed.swap(true, Ordering::SeqCst);
        async move {
            match fails {
                true => Err(CoreError::Unavailable { reason: "not now".into() }),
                false => core.send(request).await,
            }
        }
    });
    let (bot, mut heard) = telling_of(world.bot_on(core).queue(10)).await;
    for n in 0..40 {
        assert_eq!(next(&mut heard).await, format!("{n} recovered"));
    }
    until(async || unread(&bot, 4).await == 3).await;
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn what_no_event_told_of_yet_waits_for_the_events_before_its_own() {
    let world = World::new();
    let core = world.deaf();
    let (seen, mut heard) = seen();
    let gate = Arc::new(Notify::new());
    type Shared = State<(Seen, Arc<Notify>)>;
    async fn tells(msg: TextMessage, State((seen, gate)): Shared) {
        seen.send(msg.text().to_owned()).unwrap();
        if msg.text() == "0" {
            gate.notified().await;
        }
    }
    async fn delivered(event: ChatItemsStatusesUpdated, State((seen, _)): Shared) {
        let meta = &event.chat_items[0].chat_item.meta;
        if matches!(meta.item_status, CiStatus::SndRcvd { .. }) {
            seen.send(format!("delivered {}", meta.item_text)).unwrap();
        }
    }
    let bot = world.bot().core(Arc::clone(&core) as Arc<dyn ChatCore>).queue(2).state((seen, Arc::clone(&gate)));
    let bot = bot.on(text(), tells).on_event(delivered).start().await.unwrap();
    let alice = world.person("alice", &bot).await;
    for n in 0..4 {
        alice.send(&n.to_string());
    }
    assert_eq!(next(&mut heard).await, "0");
    let handle = bot.handle();
    until(async || handle.health().unwrap().messages_left == 2).await;
    core.holds(true);
    bot.api().raw(r#"/_send @4 json [{"msgContent":{"type":"text","text":"news"},"mentions":{}}]"#).await.unwrap();
    until(async || alice.core.raw("/_get chat @4 count=1").contains("news")).await;
    alice.send("4");
    stored(&bot, "4").await;
    gate.notify_one();
    for n in 1..4 {
        assert_eq!(next(&mut heard).await, n.to_string());
    }
    until(async || handle.health().unwrap().behind == 0).await;
    core.holds(false);
    assert_eq!([next(&mut heard).await, next(&mut heard).await], ["delivered news", "4"]);
    bot.stop().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn what_was_left_is_found_before_a_page_of_what_the_core_notes_when_a_group_is_joined() {
    let world = World::new();
    let (seen, mut heard) = seen();
    let gate = Arc::new(Notify::new());
    async fn tells(msg: TextMessage, State((seen, gate)): State<(Seen, Arc<Notify>)>) {
        seen.send(msg.text().to_owned()).unwrap();
        if msg.text() == "0" {
            gate.notified().await;
        }
    }
    let bot = world.bot().delivery(Delivery::Off).queue(2).state((seen, Arc::clone(&gate))).on(text(), tells);
    let bot = bot.start().await.unwrap();
    let alice = world.person("alice", &bot).await;
    alice.core.raw(r#"/_group 1 {"displayName":"people","fullName":""}"#);
    alice.core.raw("/_add #1 4 member");
    until(async || bot.api().raw("/_join #1").await.is_ok()).await;
    until(async || alice.core.raw("/_members #1").contains(r#""memberStatus":"connected""#)).await;
    // In the second of joining: the core puts them before what it noted then.
    for n in 0..4 {
        say(&alice.core, "#1", &n.to_string());
    }
    assert_eq!(next(&mut heard).await, "0");
    let handle = bot.handle();
    until(async || handle.health().unwrap().messages_left == 2).await;
    gate.notify_one();
    for n in 1..4 {
        assert_eq!(next(&mut heard).await, n.to_string());
    }
    nothing_more(bot, &mut heard).await;
}
