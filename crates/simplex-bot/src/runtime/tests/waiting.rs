//! Waits inside handlers.

use std::future::poll_fn;
use std::task::Poll;

use super::super::waits::Got;
use super::*;
use crate::events::Wanted;

/// The next message of the same chat.
async fn answer_to(message: &Message, deadline: Duration) -> Result<Message, WaitError> {
    Waits::current().unwrap().message(message.chat_ref(), deadline, |_| true).await.map(Got::take)
}

/// A message comes, and its handler begins by telling the text.
async fn begins(core: &MockCore, told: &mut Texts, contact: i64, item: i64, text: &str) {
    core.push_event(message(contact, item, text));
    assert_eq!(next(told).await, text, "at item {item}");
}

#[tokio::test]
async fn a_handler_that_asks_gets_the_next_message_and_holds_nobody_up() {
    // There is one place for handlers: a handler that waits must give it back.
    let (core, runtime, mut told) = runtime(1, |message, tell| async move {
        if message.text() == "ask" {
            tell.send("asked".into())?;
            let answer = answer_to(&message, SOON).await?;
            tell.send(format!("answer {}", answer.text()))?;
        } else {
            tell.send(message.text().to_owned())?;
        }
        Ok(())
    });
    core.push_event(message(4, 1, "ask"));
    assert_eq!(next(&mut told).await, "asked");
    begins(&core, &mut told, 5, 2, "other").await;
    core.push_event(message(4, 3, "bob"));
    core.push_event(message(4, 4, "later"));
    assert_eq!(next(&mut told).await, "answer bob");
    assert_eq!(next(&mut told).await, "later");
    stop(runtime).await;
    let marked = core.sent().concat();
    assert!(marked.contains("@5 2") && ["1", "3", "4"].iter().all(|id| marked.contains(id)), "{marked}");
}

#[tokio::test(start_paused = true)]
async fn an_answer_is_taken_at_once_and_its_handler_goes_on_when_there_is_a_place() {
    let gate = Arc::new(Notify::new());
    let opened = Arc::clone(&gate);
    let (core, runtime, mut told) = runtime(1, move |message, tell| {
        let gate = Arc::clone(&gate);
        async move {
            tell.send(message.text().to_owned())?;
            match message.text() {
                "ask" => {
                    let answer = answer_to(&message, SOON).await?;
                    tell.send(format!("answer {}", answer.text()))?;
                    gate.notified().await;
                }
                "busy" => gate.notified().await,
                _ => {}
            }
            Ok(())
        }
    });
    begins(&core, &mut told, 4, 1, "ask").await;
    begins(&core, &mut told, 5, 2, "busy").await;
    core.push_event(message(4, 3, "yes"));
    core.push_event(message(4, 4, "after"));
    // Longer than the question's timeout.
    tokio::time::sleep(SOON * 2).await;
    assert!(told.is_empty(), "the one place is taken");
    opened.notify_one();
    assert_eq!(next(&mut told).await, "answer yes");
    core.push_event(message(6, 5, "other"));
    tokio::time::sleep(SOON).await;
    assert!(told.is_empty(), "the one place is taken again");
    opened.notify_one();
    let mut last = [next(&mut told).await, next(&mut told).await];
    last.sort();
    assert_eq!(last, ["after", "other"]);
    assert_eq!(stop(runtime).await.cancelled, 0);
}

#[tokio::test(start_paused = true)]
async fn a_question_and_its_answer_are_marked_when_the_handler_ends_and_not_before() {
    let (core, runtime, mut told) = runtime(8, |message, tell| async move {
        tell.send(message.text().to_owned())?;
        answer_to(&message, SOON).await?;
        tell.send("first".into())?;
        answer_to(&message, SOON).await?;
        tell.send("second".into())?;
        Ok(())
    });
    begins(&core, &mut told, 4, 1, "ask").await;
    core.push_event(message(4, 2, "a"));
    assert_eq!(next(&mut told).await, "first");
    tokio::time::sleep(Duration::from_millis(250)).await;
    assert!(!core.sent().concat().contains("/_read"));
    core.push_event(message(4, 3, "b"));
    assert_eq!(next(&mut told).await, "second");
    stop(runtime).await;
    assert!(core.sent().concat().contains("/_read chat items @4 "));
}

#[tokio::test(start_paused = true)]
async fn a_wait_ends_by_its_deadline_and_the_handler_goes_on_in_its_lane() {
    let (core, runtime, mut told) = runtime(1, |message, tell| async move {
        if message.text() == "ask" {
            let error = answer_to(&message, Duration::from_secs(3600)).await.unwrap_err();
            tell.send(error.to_string())?;
        }
        Ok(())
    });
    core.push_event(message(4, 1, "ask"));
    tokio::time::sleep(Duration::from_secs(3601)).await;
    assert_eq!(next(&mut told).await, "no message that was waited for came in @4 within 3600s");
    assert_eq!(stop(runtime).await.cancelled, 0);
}

#[tokio::test]
async fn waits_end_first_when_the_bot_stops_and_the_handler_sees_why() {
    let (core, runtime, mut told) = runtime(8, |message, tell| async move {
        tell.send("asking".into())?;
        let error = answer_to(&message, SOON * 100).await.unwrap_err();
        tell.send(error.to_string())?;
        Ok(())
    });
    core.push_event(message(4, 1, "ask"));
    assert_eq!(next(&mut told).await, "asking");
    let stopped = stop(runtime).await;
    assert_eq!(next(&mut told).await, WaitError::Stopping.to_string());
    assert_eq!(stopped, Stopped { cancelled: 0, marked: true });
    assert!(core.sent().concat().contains("/_read chat items @4 1"));
}

#[tokio::test]
async fn a_handler_may_wait_for_another_chat_and_give_up_by_itself() {
    let (core, runtime, mut told) = runtime(1, |message, tell| async move {
        if message.text() == "ask" {
            tell.send("asked".into())?;
            let other = ChatRef::Direct(ContactId(5));
            let waits = Waits::current().unwrap();
            let answer = waits.message(other, SOON, |message| message.text() == "yes").await?.take();
            tell.send(format!("other said {}", answer.text()))?;
            // Dropped by the handler itself.
            let _ = timeout(Duration::from_millis(5), waits.message(other, SOON, |_| true)).await;
            tell.send("gave up".into())?;
        } else {
            tell.send(message.text().to_owned())?;
        }
        Ok(())
    });
    core.push_event(message(4, 1, "ask"));
    assert_eq!(next(&mut told).await, "asked");
    begins(&core, &mut told, 5, 2, "no").await;
    core.push_event(message(5, 3, "yes"));
    assert_eq!(next(&mut told).await, "other said yes");
    assert_eq!(next(&mut told).await, "gave up");
    core.push_event(message(5, 4, "after"));
    core.push_event(message(4, 5, "here too"));
    let mut last = [next(&mut told).await, next(&mut told).await];
    last.sort();
    assert_eq!(last, ["after", "here too"]);
    assert_eq!(stop(runtime).await.cancelled, 0);
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_nobody_looks_at_is_handled_when_its_wait_is_given_up() {
    let gate = Arc::new(Notify::new());
    let opened = Arc::clone(&gate);
    let (core, runtime, mut told) = runtime(1, move |message, tell| {
        let gate = Arc::clone(&gate);
        async move {
            tell.send(message.text().to_owned())?;
            if message.text() == "ask" {
                let mut wait = std::pin::pin!(answer_to(&message, SOON));
                poll_fn(|cx| Poll::Ready(wait.as_mut().poll(cx).is_ready())).await;
                gate.notified().await;
            }
            Ok(())
        }
    });
    begins(&core, &mut told, 4, 1, "ask").await;
    core.push_event(message(4, 2, "yes"));
    core.push_event(message(4, 3, "after"));
    tokio::time::sleep(SOON).await;
    assert!(told.is_empty());
    opened.notify_one();
    assert_eq!(next(&mut told).await, "yes");
    assert_eq!(next(&mut told).await, "after");
    idle(&runtime).await;
    assert_eq!(stop(runtime).await.cancelled, 0);
}

#[tokio::test(start_paused = true)]
async fn an_answer_from_another_chat_is_handled_there_when_its_wait_is_given_up_before_the_handler_goes_on() {
    let gate = Arc::new(Notify::new());
    let opened = Arc::clone(&gate);
    let (core, runtime, mut told) = runtime(2, move |message, tell| {
        let gate = Arc::clone(&gate);
        async move {
            tell.send(message.text().to_owned())?;
            match message.text() {
                "ask" => {
                    let waits = Waits::current().unwrap();
                    let answer = waits.message(ChatRef::Direct(ContactId(5)), SOON, |_| true);
                    let gave_up = timeout(SOON / 2, answer).await.is_err();
                    tell.send(format!("gave up: {gave_up}"))?;
                }
                "busy" => gate.notified().await,
                _ => {}
            }
            Ok(())
        }
    });
    begins(&core, &mut told, 4, 1, "ask").await;
    begins(&core, &mut told, 4, 2, "busy").await;
    core.push_event(message(5, 3, "yes"));
    assert_eq!(next(&mut told).await, "gave up: true");
    assert_eq!(next(&mut told).await, "yes");
    opened.notify_one();
    idle(&runtime).await;
    assert_eq!(stop(runtime).await.cancelled, 0);
}

#[tokio::test]
async fn two_questions_at_once_are_answered_in_their_order() {
    let (core, runtime, mut told) = runtime(1, |message, tell| async move {
        tell.send("asked".into())?;
        let (one, two) = tokio::join!(answer_to(&message, SOON), answer_to(&message, SOON));
        tell.send(format!("{} {}", one?.text(), two?.text()))?;
        Ok(())
    });
    core.push_event(message(4, 1, "ask"));
    assert_eq!(next(&mut told).await, "asked");
    core.push_event(message(4, 2, "one"));
    core.push_event(message(4, 3, "two"));
    assert_eq!(next(&mut told).await, "one two");
    assert_eq!(stop(runtime).await.cancelled, 0);
}

#[tokio::test]
async fn an_event_is_waited_for_by_what_is_in_it_and_anything_else_may_be_waited_for_too() {
    let (core, runtime, mut told) = runtime(1, |message, tell| async move {
        if message.text() != "connect" {
            tell.send(message.text().to_owned())?;
            return Ok(());
        }
        let waits = Waits::current().unwrap();
        tell.send("connecting".into())?;
        let tags = &["contactSndReady", "contactConnected"];
        let mine = |event: &Event| matches!(event, Event::ContactConnected(event) if event.contact.contact_id.0 == 7);
        let event = waits.event(Wanted::Tags(tags), SOON, mine).await?;
        tell.send(event.tag().as_str().to_owned())?;
        waits.parked(SOON, Awaited::Connection, tokio::time::sleep(Duration::from_millis(1))).await?;
        tell.send("slept".into())?;
        Ok(())
    });
    let connected = |contact: i64| {
        let message = message(contact, 1, "x");
        let user = &message[message.find("\"user\":").unwrap()..message.find(",\"chatItems\"").unwrap()];
        let contact = message.find("\"contact\":").unwrap()..message.find("},\"chatItem\":{").unwrap();
        format!(r#"{{"result":{{"type":"contactConnected",{user},{}}}}}"#, &message[contact])
    };
    core.push_event(message(4, 1, "connect"));
    assert_eq!(next(&mut told).await, "connecting");
    core.push_event(connected(6));
    begins(&core, &mut told, 5, 2, "other").await;
    core.push_event(connected(7));
    assert_eq!(next(&mut told).await, "contactConnected");
    assert_eq!(next(&mut told).await, "slept");
    assert_eq!(stop(runtime).await.cancelled, 0);
}

#[tokio::test]
async fn an_event_is_for_the_first_who_waits_for_it_and_who_waits_no_more_wants_none() {
    let (core, runtime, _told) = runtime(8, |_, _| async { Ok(()) });
    let waits = Waits::of(Arc::downgrade(runtime.engine()));
    let waiters = &runtime.engine().waiters;
    let wait = async || waits.event(Wanted::Tags(&["chatSuspended"]), SOON, |_| true).await.unwrap();
    let mut first = std::pin::pin!(wait());
    let mut second = std::pin::pin!(wait());
    assert!(so_far(first.as_mut()).await.is_none() && so_far(second.as_mut()).await.is_none());
    core.push_event(r#"{"result":{"type":"chatSuspended"}}"#);
    first.await;
    assert!(so_far(second.as_mut()).await.is_none() && waiters.want_event("chatSuspended"));
    core.push_event(r#"{"result":{"type":"chatSuspended"}}"#);
    second.await;
    let in_vain = waits.message(ChatRef::Direct(ContactId(4)), Duration::ZERO, |_| true).await;
    assert!(in_vain.is_err() && !waiters.want_messages() && !waiters.want_event("chatSuspended"));
    stop(runtime).await;
}

/// The result of a future, if it is ready now.
async fn so_far<F: Future + Unpin>(future: F) -> Option<F::Output> {
    timeout(Duration::ZERO, future).await.ok()
}

#[tokio::test(start_paused = true)]
async fn the_end_of_a_client_that_a_handler_waits_on_is_a_failure_as_any_other() {
    let (_core, client, _told) = runtime(1, |_, _| async { Ok(()) });
    let waits = Waits::of(Arc::downgrade(client.engine()));
    let (core, runtime, mut told) = runtime(1, move |message, tell| {
        let waits = waits.clone();
        async move {
            tell.send(message.text().to_owned())?;
            let waited = waits.message(message.chat_ref(), SOON, |_| true).await;
            if message.text() == "survives" {
                return Err("of its own".into());
            }
            waited?;
            Ok(())
        }
    });
    for (contact, text) in [(4, "fails"), (5, "survives")] {
        core.push_event(message(contact, contact, text));
        assert_eq!(next(&mut told).await, text);
    }
    stop(client).await;
    let mut failures = [next(&mut told).await, next(&mut told).await];
    failures.sort();
    let stopped = format!("the handler failed: {}", WaitError::Stopping);
    assert_eq!(failures, ["the handler failed: of its own", &stopped]);
    stop(runtime).await;
}

#[tokio::test(start_paused = true)]
async fn a_wait_that_queues_for_the_lane_and_is_not_looked_at_keeps_neither_the_lane_nor_other_waits() {
    let gate = Arc::new(Notify::new());
    let opened = Arc::clone(&gate);
    let (core, runtime, mut told) = runtime(2, move |message, tell| {
        let gate = Arc::clone(&gate);
        async move {
            tell.send(message.text().to_owned())?;
            match message.text() {
                "ask" => {
                    let [one, two] = [5, 6].map(|contact| {
                        let waits = Waits::current().unwrap();
                        async move { waits.message(ChatRef::Direct(ContactId(contact)), SOON, |_| true).await }
                    });
                    let mut one = std::pin::pin!(one);
                    assert!(timeout(SOON / 2, &mut one).await.is_err());
                    tell.send("the other".into())?;
                    tell.send(two.await.map(Got::take).unwrap_err().to_string())?;
                    tell.send(format!("answer {}", one.await?.take().text()))?;
                }
                "busy" => gate.notified().await,
                _ => {}
            }
            Ok(())
        }
    });
    begins(&core, &mut told, 4, 1, "ask").await;
    begins(&core, &mut told, 4, 2, "busy").await;
    core.push_event(message(5, 3, "yes"));
    assert_eq!(next(&mut told).await, "the other");
    opened.notify_one();
    begins(&core, &mut told, 4, 4, "after").await;
    assert_eq!(
        next(&mut told).await,
        WaitError::Timeout { after: SOON, awaited: Awaited::Message(ContactId(6).into()) }.to_string()
    );
    assert_eq!(next(&mut told).await, "answer yes");
    assert_eq!(stop(runtime).await.cancelled, 0);
}

#[tokio::test(start_paused = true)]
async fn what_came_to_a_wait_is_given_up_before_the_place_that_was_queued_for() {
    struct Came(mpsc::UnboundedSender<String>);
    impl Drop for Came {
        fn drop(&mut self) {
            let queues = !seat::Seat::here().unwrap().is_astray();
            let _ = self.0.send(format!("queues: {queues}"));
        }
    }
    let gate = Arc::new(Notify::new());
    let opened = Arc::clone(&gate);
    let (core, runtime, mut told) = runtime(2, move |message, tell| {
        let gate = Arc::clone(&gate);
        async move {
            tell.send(message.text().to_owned())?;
            if message.text() == "busy" {
                gate.notified().await;
                return Ok(());
            }
            let came = async {
                tokio::time::sleep(SOON / 4).await;
                Came(tell.clone())
            };
            let _ = timeout(SOON / 2, Waits::current().unwrap().parked(SOON, Awaited::Connection, came)).await;
            Ok(())
        }
    });
    begins(&core, &mut told, 4, 1, "ask").await;
    begins(&core, &mut told, 4, 2, "busy").await;
    assert_eq!(next(&mut told).await, "queues: true");
    opened.notify_one();
    assert_eq!(stop(runtime).await.cancelled, 0);
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_a_failed_handler_did_not_take_is_handled_after_the_message_that_its_chat_waits_for() {
    let gate = Arc::new(Notify::new());
    let opened = Arc::clone(&gate);
    let asked = std::sync::atomic::AtomicBool::new(false);
    let retry = Retry::times(1).hold_chat();
    let options = Options { in_flight: 1, retry, handler_timeout: Some(SOON), ..Options::default() };
    let (core, runtime, mut told) = runtime_with(options, move |message, tell| {
        let gate = Arc::clone(&gate);
        let first = message.text() == "ask" && !asked.swap(true, std::sync::atomic::Ordering::SeqCst);
        async move {
            tell.send(message.text().to_owned())?;
            match message.text() {
                "ask" if first => {
                    let mut answer = std::pin::pin!(answer_to(&message, SOON));
                    let _ = timeout(SOON / 4, &mut answer).await;
                    tell.send("goes on".into())?;
                    std::future::pending::<()>().await;
                }
                "busy" => gate.notified().await,
                _ => {}
            }
            Ok(())
        }
    });
    begins(&core, &mut told, 4, 1, "ask").await;
    begins(&core, &mut told, 5, 2, "busy").await;
    core.push_event(message(4, 3, "yes"));
    assert_eq!(next(&mut told).await, "goes on");
    opened.notify_one();
    let failure = Failure::Timeout { after: SOON }.to_string();
    let last = [next(&mut told).await, next(&mut told).await, next(&mut told).await];
    assert_eq!(last, [failure.as_str(), "ask", "yes"]);
    stop(runtime).await;
}

#[tokio::test(start_paused = true)]
async fn a_wait_that_outlives_its_handler_does_not_keep_the_lane() {
    let (core, runtime, mut told) = runtime(1, |message, tell| async move {
        tell.send(message.text().to_owned())?;
        if message.text() == "ask" {
            let waits = Waits::current().unwrap();
            let mut long = Box::pin(async move { waits.message(ContactId(5).into(), SOON * 100, |_| true).await });
            assert!(so_far(&mut long).await.is_none());
            // So the handler is inside its lane when it ends.
            assert!(answer_to(&message, SOON).await.is_err());
            tokio::spawn(long);
        }
        Ok(())
    });
    begins(&core, &mut told, 4, 1, "ask").await;
    tokio::time::sleep(SOON * 2).await;
    begins(&core, &mut told, 4, 2, "after").await;
    assert_eq!(stop(runtime).await.cancelled, 0);
}

#[tokio::test(start_paused = true)]
async fn a_lane_that_comes_with_an_answer_is_kept_until_all_that_its_handler_has_is_dropped() {
    struct Comes(Arc<seat::Seat>, oneshot::Sender<Hold>, mpsc::UnboundedSender<String>);
    impl Drop for Comes {
        fn drop(&mut self) {
            self.0.lane_stays();
            let _ = self.2.send(format!("kept: {}", !self.1.is_closed()));
        }
    }
    let options = Options { handler_timeout: Some(SOON), retry: Retry::never(), ..Options::default() };
    let (core, runtime, mut told) = runtime_with(options, |_, tell| async move {
        let seat = seat::Seat::here().unwrap();
        let turn = seat.lane_comes();
        let _comes = Comes(seat, turn, tell);
        std::future::pending().await
    });
    core.push_event(message(4, 1, "fails"));
    assert_eq!(next(&mut told).await, "kept: true");
    stop(runtime).await;
}
