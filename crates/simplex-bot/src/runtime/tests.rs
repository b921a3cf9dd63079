//! Tests of the runtime itself over a scripted core: what a test of a whole bot does not show.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::{Instant, timeout};

use super::lifecycle::Stopped;
use super::*;
use crate::core::mock::MockCore;
use crate::core::{Frame, Request};
use crate::types::ContactId;

mod bounds;
mod waiting;

type Texts = mpsc::UnboundedReceiver<String>;

fn answer(request: &Request) -> String {
    if request.text().starts_with("/_read") {
        return r#"{"result":{"type":"cmdOk"}}"#.to_owned();
    }
    r#"{"error":{"type":"error","errorType":{"type":"commandError","message":"Failed reading: empty"}}}"#.to_owned()
}

fn message(contact: i64, item: i64, text: &str) -> String {
    include_str!("../../tests/message.json")
        .trim_end()
        .replace("\"contactId\":4", &format!("\"contactId\":{contact}"))
        .replace("\"itemId\":8", &format!("\"itemId\":{item}"))
        .replace("\"text\":\"plain\"", &format!("\"text\":\"{text}\""))
}

const SOON: Duration = Duration::from_secs(10);

async fn next(texts: &mut Texts) -> String {
    timeout(2 * SOON, texts.recv()).await.unwrap().unwrap()
}

/// A runtime whose handler is `handle`, which gets the message and a channel to report what happens.
fn runtime<F>(
    in_flight: usize,
    handle: impl Fn(Message, mpsc::UnboundedSender<String>) -> F + Send + Sync + 'static,
) -> (MockCore, Runtime, Texts)
where
    F: Future<Output = Result<(), HandlerError>> + Send + 'static,
{
    runtime_with(Options { in_flight, retry: Retry::never(), ..Options::default() }, handle)
}

fn runtime_with<F>(
    options: Options,
    handle: impl Fn(Message, mpsc::UnboundedSender<String>) -> F + Send + Sync + 'static,
) -> (MockCore, Runtime, Texts)
where
    F: Future<Output = Result<(), HandlerError>> + Send + 'static,
{
    let core = MockCore::new(answer);
    let (runtime, told) = runtime_over(&core, options, handle);
    (core, runtime, told)
}

fn runtime_over<F>(
    core: &MockCore,
    options: Options,
    handle: impl Fn(Message, mpsc::UnboundedSender<String>) -> F + Send + Sync + 'static,
) -> (Runtime, Texts)
where
    F: Future<Output = Result<(), HandlerError>> + Send + 'static,
{
    let (tell, told) = mpsc::unbounded_channel();
    let failures = tell.clone();
    let (meters, counts, _) = Meters::new("bot");
    let engine = Engine::new(Parts {
        api: ChatApi::new(Arc::new(core.clone())),
        user: UserId(1),
        users: Vec::new(),
        dispatch: Box::new(move |message| Some(Box::pin(handle(message.clone(), tell.clone())))),
        on_error: Box::new(move |_, failure, _| {
            let _ = failures.send(failure.to_string());
        }),
        on_poison: Box::new(|_, _| {}),
        on_notice: None,
        witness: None,
        events: None,
        wants_messages: true,
        options,
        lane_by: None,
        journal: Journal::in_memory(),
        meters,
        counts,
    });
    (Runtime::start(engine, true), told)
}

async fn stop(runtime: Runtime) -> Stopped {
    let soon = Instant::now() + SOON;
    runtime.stop(soon, soon, std::future::pending()).await
}

/// Waits until nothing is under way.
async fn idle(runtime: &Runtime) {
    let engine = runtime.engine();
    let gone = async {
        while engine.lanes.load() != lanes::Load::default() {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    };
    timeout(SOON, gone).await.unwrap();
}

#[tokio::test]
async fn the_lanes_are_gone_when_all_is_marked() {
    let (core, runtime, mut told) = runtime(8, |message, tell| async move {
        tell.send(message.text().to_owned())?;
        Ok(())
    });
    for contact in 1..100 {
        core.push_event(message(contact, 100 + contact, "x"));
        next(&mut told).await;
    }
    idle(&runtime).await;
    stop(runtime).await;
}

#[tokio::test(start_paused = true)]
async fn what_was_read_from_the_database_is_remembered_for_a_while_only() {
    let (_core, runtime, _told) = runtime(8, |_, _| async { Ok(()) });
    let lanes = &runtime.engine().lanes;
    let key = Key { user: UserId(1), chat: ChatRef::Direct(ContactId(4)) };
    lanes.set_behind(key);
    let behind = lanes.admit(key, 7).unwrap();
    assert!(lanes.caught_up(key, behind.left));
    lanes.settle(key, &[7]);
    assert!(lanes.knows(7));
    tokio::time::sleep(2 * SOON).await;
    assert_eq!((lanes.knows(7), lanes.remembered()), (false, 0));
    stop(runtime).await;
}

#[tokio::test]
async fn what_is_finished_takes_no_room_from_what_is_still_being_written() {
    let (core, runtime, _told) = runtime(8, |_, _| async { Ok(()) });
    let begun = message(4, 1, "x").replace("\"itemEdited\":false", "\"itemEdited\":false,\"itemLive\":true");
    core.push_event(begun);
    core.push_event(message(4, 1, "x").replace("newChatItems", "chatItemUpdated"));
    timeout(SOON, async {
        while core.sent().is_empty() {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    })
    .await
    .unwrap();
    assert!(core.sent().concat().starts_with("/_get chat @4 "), "it is read when it is finished");
    assert_eq!((10..).take_while(|item| runtime.engine().live.goes_on(*item)).count(), 10_000);
    stop(runtime).await;
}

#[tokio::test]
async fn marks_that_fail_are_repeated_and_nothing_is_handled_twice() {
    let failing = Arc::new(std::sync::atomic::AtomicUsize::new(3));
    let core = MockCore::new(move |request: &Request| {
        use std::sync::atomic::Ordering;
        let fails = failing.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |n| n.checked_sub(1)).is_ok();
        if fails {
            r#"{"error":{"type":"errorStore","storeError":{"type":"dBBusyError","message":""}}}"#.to_owned()
        } else {
            answer(request)
        }
    });
    let (runtime, mut told) = runtime_over(&core, Options::default(), |message, tell| async move {
        tell.send(message.text().to_owned())?;
        Ok(())
    });
    core.push_event(message(4, 1, "once"));
    assert_eq!(next(&mut told).await, "once");
    core.push_event(message(4, 1, "once"));
    timeout(SOON, async {
        while core.sent().len() < 4 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    })
    .await
    .unwrap();
    assert!(stop(runtime).await.marked);
    assert_eq!(told.try_recv().ok(), None);
    assert!(core.sent().iter().all(|sent| sent == "/_read chat items @4 1"));
}

#[tokio::test]
async fn what_has_not_begun_when_the_time_is_over_does_not_begin() {
    for over in [false, true] {
        let (core, runtime, mut told) = runtime(1, |message, tell| async move {
            tell.send(message.text().to_owned()).unwrap();
            Ok(())
        });
        let frame = Frame::parse(message(4, 8, "x"));
        let parts = glance::glance(frame.body()).unwrap().parts;
        let key = Key { user: UserId(1), chat: ChatRef::Direct(ContactId(4)) };
        // Its worker is a task that is not polled before this test waits.
        runtime.engine().offer(key, 8, 0, Job::Item(frame, parts));
        if over {
            runtime.engine().cancel.cancel();
        }
        stop(runtime).await;
        let marked = core.sent().iter().any(|command| command.starts_with("/_read chat items"));
        assert_eq!((told.try_recv().is_err(), marked), (over, !over));
    }
}

/// Or a worker that leaves its message because the bot stops would begin with the next one of its chat.
#[tokio::test]
async fn the_lanes_have_ended_before_anything_learns_of_a_stop() {
    struct Learns(Arc<Engine>, std::sync::atomic::AtomicUsize);
    impl std::task::Wake for Learns {
        fn wake(self: Arc<Self>) {
            assert!(self.0.lanes.is_ended());
            self.1.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        }
    }
    let (_core, runtime, _told) = runtime(8, |_, _| async { Ok(()) });
    let learns = Arc::new(Learns(Arc::clone(runtime.engine()), 0.into()));
    let waker = Arc::clone(&learns).into();
    let mut stopping = Box::pin(runtime.engine().stopping.cancelled());
    assert!(stopping.as_mut().poll(&mut std::task::Context::from_waker(&waker)).is_pending());
    runtime.engine().halt();
    assert_eq!(learns.1.load(std::sync::atomic::Ordering::SeqCst), 1);
    drop(stopping);
    stop(runtime).await;
}

#[tokio::test]
async fn attempts_at_what_is_handled_are_forgotten() {
    for delivery in [Delivery::AtLeastOnce, Delivery::AtMostOnce, Delivery::Off] {
        let (core, runtime, mut told) =
            runtime_with(Options { delivery, ..Options::default() }, |_, tell| async move {
                tell.send("handled".into())?;
                Ok(())
            });
        core.push_event(message(4, 8, "x"));
        assert_eq!(next(&mut told).await, "handled");
        idle(&runtime).await;
        assert!(!runtime.engine().journal.has_begun(8), "{delivery:?}");
        stop(runtime).await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_core_that_hangs_at_marks_holds_up_no_stop_that_is_forced() {
    let core = MockCore::new(|_: &Request| crate::core::mock::Answer::Never);
    for before in [Duration::ZERO, SOON] {
        let (runtime, mut told) = runtime_over(&core, Options::default(), |_, tell| async move {
            tell.send("handled".into())?;
            Ok(())
        });
        core.push_event(message(4, 8, "x"));
        assert_eq!(next(&mut told).await, "handled");
        let began = Instant::now();
        let far = began + Duration::from_secs(3600);
        let stopped = runtime.stop(far, far, tokio::time::sleep(before)).await;
        assert_eq!(stopped, Stopped { cancelled: 0, marked: false });
        assert!(began.elapsed() < before + 2 * GRACE, "{:?}", began.elapsed());
    }
}
