//! How much may wait.

use std::future::{pending, poll_fn};
use std::sync::atomic::Ordering;
use std::task::Poll;

use super::*;
use crate::api::ApiError;
use crate::core::CoreError;
use crate::core::mock::Answer;
use crate::error::BotError;
use crate::events::{EventKind, Wanted};
use crate::runtime::waits::Waits;
use crate::runtime::{Awaited, WaitError};
use crate::types::event::ContactConnected;

/// Waits in vain for what the message names; returns what is said of that.
async fn in_vain(message: &Message) -> String {
    let waits = Waits::current().unwrap();
    let ended = match message.text() {
        "a message" => waits.message(message.chat_ref(), SOON, |_| false).await.map(drop),
        "an event" => waits.event(Wanted::Tags(&["contactConnected"]), SOON, |_| true).await.map(drop),
        _ => waits.parked(SOON, Awaited::Connection, pending()).await,
    };
    ended.unwrap_err().to_string()
}

#[tokio::test(start_paused = true)]
async fn no_chat_can_fill_the_memory_with_handlers_that_wait() {
    for (awaited, in_time) in [
        ("a message", "no message that was waited for came in @"),
        ("an event", "no event contactConnected that was waited for came"),
        ("a connection", "not connected within"),
    ] {
        let (core, runtime, mut told) = runtime(64, |message, tell| async move {
            let _ = tell.send(in_vain(&message).await);
            Ok(())
        });
        for item in 0..1_001 {
            core.push_event(message(4, item, awaited));
        }
        core.push_event(message(5, 2_000, awaited));
        assert_eq!(next(&mut told).await, WaitError::TooMany { most: 1_000 }.to_string());
        for _ in 0..1_001 {
            let ended = next(&mut told).await;
            assert!(ended.starts_with(in_time), "{ended}");
        }
        core.push_event(message(4, 3_000, awaited));
        assert!(next(&mut told).await.starts_with(in_time));
        stop(runtime).await;
    }
}

/// A message of which the core makes so many parts.
fn formatted(contact: i64, item: i64, text: &str, parts: usize) -> String {
    let parts = vec![r#"{"format":{"type":"bold"},"text":"a"}"#; parts].join(",");
    let message = message(contact, item, text);
    assert!(message.contains(r#""mentions":{}"#));
    message.replace(r#""mentions":{}"#, &format!(r#""mentions":{{}},"formattedText":[{parts}]"#))
}

#[tokio::test(start_paused = true)]
async fn nor_with_few_of_large_messages() {
    let (core, runtime, mut told) = runtime(64, |message, tell| async move {
        let _ = tell.send(in_vain(&message).await);
        Ok(())
    });
    for item in 0..60 {
        core.push_event(formatted(4, item, "a message", 5_000));
    }
    assert_eq!(next(&mut told).await, WaitError::TooMany { most: 1_000 }.to_string());
    let mut refused = 1;
    while next(&mut told).await.starts_with("too many") {
        refused += 1;
    }
    assert!((45..59).contains(&refused), "{refused} of 60");
    stop(runtime).await;
}

#[tokio::test(start_paused = true)]
async fn nor_with_the_pictures_in_events() {
    let (core, runtime, mut told) = runtime(64, |message, tell| async move {
        let _ = tell.send(in_vain(&message).await);
        Ok(())
    });
    let picture = format!(r#""image":"{}","localAlias":"""#, "x".repeat(20_000));
    for item in 0..200 {
        core.push_event(message(4, item, "a message").replace(r#""localAlias":"""#, &picture));
    }
    let mut refused = 0;
    while next(&mut told).await.starts_with("too many") {
        refused += 1;
    }
    // Each has it three times: of the bot, of the person, and of the connection.
    assert!((60..90).contains(&refused), "{refused} of 200");
    stop(runtime).await;
}

#[tokio::test(start_paused = true)]
async fn nor_with_large_messages_that_are_to_be_handled_again() {
    let again = Retry::times(1).backoff(SOON);
    let (core, runtime, mut told) = runtime_with(Options { retry: again, ..Options::default() }, |_, _| async {
        Err::<(), HandlerError>("never".into())
    });
    for item in 0..60 {
        core.push_event(formatted(4, item, "x", 5_000));
    }
    // Each is told of at once, unless the chat waits for the one before.
    let began = Instant::now();
    let mut failed = 0;
    while next(&mut told).await.contains("never") && began.elapsed() < SOON {
        failed += 1;
    }
    assert!((20..50).contains(&failed), "{failed} of 60");
    stop(runtime).await;
}

#[tokio::test(start_paused = true)]
async fn one_handler_waits_for_as_many_things_at_once_as_it_wants() {
    let (core, runtime, mut told) = runtime(64, |_, tell| async move {
        let waits = Waits::current().unwrap();
        let wait = |_| Box::pin(waits.parked(SOON, Awaited::Connection, pending::<()>()));
        let mut waiting: Vec<_> = (0..1_001).map(wait).collect();
        poll_fn(|cx| {
            waiting.retain_mut(|wait| match wait.as_mut().poll(cx) {
                Poll::Ready(ended) => {
                    let _ = tell.send(ended.unwrap_err().to_string());
                    false
                }
                Poll::Pending => true,
            });
            if waiting.is_empty() { Poll::Ready(()) } else { Poll::Pending }
        })
        .await;
        Ok(())
    });
    for item in [1, 2] {
        core.push_event(message(4, item, "to everybody"));
        for _ in 0..1_001 {
            assert!(next(&mut told).await.starts_with("not connected within"));
        }
    }
    stop(runtime).await;
}

#[tokio::test(start_paused = true)]
async fn those_who_wait_for_what_does_not_come_ask_the_core_only_so_often_however_many_they_are() {
    let (_, runtime, _) = runtime(64, |_, _| async { Ok(()) });
    let waits = Waits::of(Arc::downgrade(runtime.engine()));
    for (waiting, most) in [(10, 10 * 51), (1_000, 1_000 + 50 * 100)] {
        let looks = Arc::new(std::sync::atomic::AtomicUsize::new(0));
        let mut all = tokio::task::JoinSet::new();
        for _ in 0..waiting {
            let (waits, looks) = (waits.clone(), Arc::clone(&looks));
            all.spawn(async move {
                let look = async || {
                    looks.fetch_add(1, Ordering::Relaxed);
                    // As a core answers: later.
                    tokio::task::yield_now().await;
                    Ok(None::<()>)
                };
                let deadline = Duration::from_secs(100);
                crate::wait::settle(&waits, &["contactConnected"], deadline, Awaited::Connection, |_| true, look).await
            });
        }
        while let Some(ended) = all.join_next().await {
            assert!(ended.unwrap().is_err());
        }
        let looks = looks.load(Ordering::Relaxed);
        assert!((most / 2..=most).contains(&looks), "{looks} of {waiting}");
    }
    stop(runtime).await;
}

#[tokio::test(start_paused = true)]
async fn what_is_there_before_the_deadline_is_found_by_it_though_no_event_tells_of_it() {
    let (_, runtime, _) = runtime(64, |_, _| async { Ok(()) });
    let waits = Waits::of(Arc::downgrade(runtime.engine()));
    let began = Instant::now();
    // With so many, each looks only now and then.
    let wait = |_| {
        let waits = waits.clone();
        async move {
            let look = async || Ok((began.elapsed() >= Duration::from_secs(90)).then_some(()));
            let deadline = Duration::from_secs(100);
            crate::wait::settle(&waits, &["contactConnected"], deadline, Awaited::Connection, |_| true, look).await
        }
    };
    let mut all: tokio::task::JoinSet<_> = (0..1_000).map(wait).collect();
    while let Some(ended) = all.join_next().await {
        ended.unwrap().unwrap();
    }
    stop(runtime).await;
}

/// Otherwise the end of an upload, say, would not be known, and a handler that is tried again would send its file twice.
#[tokio::test(start_paused = true)]
async fn a_wait_goes_on_while_the_core_is_not_reached_until_its_deadline() {
    let (_, runtime, _) = runtime(64, |_, _| async { Ok(()) });
    let waits = Waits::of(Arc::downgrade(runtime.engine()));
    let (command, reason) = (|| "/_get chat @4".to_owned(), || "the CLI ended".to_owned());
    for (away, ended) in [(60, 60..63), (1_000, 100..101)] {
        let began = Instant::now();
        let look = async || match began.elapsed().as_secs() {
            0 => Err(ApiError::from(CoreError::Interrupted { command: command(), reason: reason() }).into()),
            after if after < away => Err(ApiError::from(CoreError::Unavailable { reason: reason() }).into()),
            _ => Ok(Some(())),
        };
        let deadline = Duration::from_secs(100);
        let waited = crate::wait::settle(&waits, &[], deadline, Awaited::Connection, |_| true, look).await;
        assert_eq!(waited.is_ok(), away < 100, "{waited:?}");
        assert!(ended.contains(&began.elapsed().as_secs()), "{:?}", began.elapsed());
    }
    let began = Instant::now();
    let look = async || Err::<Option<()>, BotError>(ApiError::from(CoreError::Closed { reason: reason() }).into());
    let waited = crate::wait::settle(&waits, &[], SOON, Awaited::Connection, |_| true, look).await;
    assert!(matches!(waited, Err(BotError::Api(ApiError::Core(CoreError::Closed { .. })))), "{waited:?}");
    assert_eq!(began.elapsed(), Duration::ZERO);
    stop(runtime).await;
}

#[tokio::test(start_paused = true)]
async fn who_no_longer_follows_events_takes_no_memory_though_none_of_them_comes() {
    let (_, runtime, _) = runtime(64, |_, _| async { Ok(()) });
    let waits = Waits::of(Arc::downgrade(runtime.engine()));
    let follow = || waits.follow(ContactConnected::WANTED, 1);
    let before = Arc::downgrade(&follow().missed);
    let after = follow();
    assert!(before.upgrade().is_none() && Arc::strong_count(&after.missed) == 2);
    stop(runtime).await;
}

#[tokio::test(start_paused = true)]
async fn a_page_that_is_being_read_counts_as_the_one_before_it() {
    let core = MockCore::new(|request: &Request| {
        if !request.text().starts_with("/_get chat @4 ") {
            return Answer::from(answer(request));
        }
        let event: serde_json::Value = serde_json::from_str(&message(4, 8, "x")).unwrap();
        let (user, there) = (&event["result"]["user"], &event["result"]["chatItems"][0]);
        let items = if request.text().contains(" initial=") { vec![&there["chatItem"]] } else { Vec::new() };
        let stats = serde_json::json!({"minUnreadItemId": 8});
        let chat = serde_json::json!({"chatInfo": there["chatInfo"], "chatItems": items, "chatStats": stats});
        let page = serde_json::json!({"result": {"type": "apiChat", "user": user, "chat": chat}});
        Answer::After(SOON, page.to_string())
    });
    let (runtime, mut told) = runtime_over(&core, Options::default(), |message, tell| async move {
        tell.send(message.text().to_owned())?;
        Ok(())
    });
    let (engine, key) = (runtime.engine(), Key { user: UserId(1), chat: ChatRef::Direct(ContactId(4)) });
    engine.lanes.set_behind(key);
    let looks = async {
        assert_eq!(next(&mut told).await, "x");
        tokio::time::sleep(SOON / 2).await;
        assert!(core.sent().iter().any(|text| text.contains(" after=8 ")), "{:?}", core.sent());
        engine.pages.0.load(Ordering::Relaxed)
    };
    let counted = tokio::select! {
        () = catchup::read_chat(engine, key) => None,
        bytes = looks => Some(bytes),
    };
    assert!(counted > Some(0), "{counted:?}");
    assert_eq!(engine.pages.0.load(Ordering::Relaxed), 0);
    stop(runtime).await;
}
