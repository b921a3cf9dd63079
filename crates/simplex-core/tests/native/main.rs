//! The in-process core over a scripted library: what goes wrong ends well.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::pin::pin;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, OnceLock};
use std::time::Duration;

use simplex_core::native::lib::mock::MockLib;
use simplex_core::native::lib::{Bytes, Db, OpenError};
use simplex_core::native::{Confirm, NativeOptions};
use simplex_core::{ChatCore, CoreError, CoreEvent, EventLimits, FrameOutcome, NativeCore, Request, Urgency};

mod watched;

const SOON: Duration = Duration::from_secs(20);

/// A door that script threads wait at.
#[derive(Clone, Default)]
struct Gate(Arc<(Mutex<bool>, Condvar)>);

impl Gate {
    fn wait(&self) {
        let open = self.0.0.lock().unwrap();
        let _open = self.0.1.wait_while(open, |open| !*open).unwrap();
    }
    fn open(&self) {
        *self.0.0.lock().unwrap() = true;
        self.0.1.notify_all();
    }
    fn shut(&self) {
        *self.0.0.lock().unwrap() = false;
    }
}

async fn open(lib: &MockLib) -> NativeCore {
    open_with(lib, NativeOptions::default()).await
}

async fn open_with(lib: &MockLib, options: NativeOptions) -> NativeCore {
    NativeCore::open(lib.clone(), Db::sqlite("unused"), Confirm::YesUp, options).await.unwrap()
}

/// A library where `/hang` waits at the gate.
fn hanging(gate: &Gate) -> MockLib {
    let gate = gate.clone();
    MockLib::new(move |command| {
        if command.starts_with("/hang") {
            gate.wait();
        }
        Some(r#"{"result":{"type":"cmdOk"}}"#.to_owned())
    })
}

fn request(text: &str) -> Request {
    Request::new(text).unwrap()
}

async fn event(core: &NativeCore) -> CoreEvent {
    tokio::time::timeout(SOON, core.recv()).await.unwrap().unwrap()
}

async fn tag(core: &NativeCore) -> String {
    match event(core).await {
        CoreEvent::Frame(frame) => frame.tag().to_owned(),
        other => format!("{other:?}"),
    }
}

#[tokio::test]
async fn commands_are_answered_events_come_and_the_end_is_in_order() {
    let lib = MockLib::ok();
    let core = open(&lib).await;
    // Also after the program has changed its folder.
    assert_eq!(core.database(), Some(&*std::path::absolute("unused").unwrap()));
    let answer = core.send(request("/u")).await.unwrap();
    assert_eq!((answer.outcome(), answer.tag()), (FrameOutcome::Result, "cmdOk"));
    lib.push_event(r#"{"result":{"type":"first"}}"#);
    lib.push_event(r#"{"result":{"type":"second"}}"#);
    assert_eq!((tag(&core).await, tag(&core).await), ("first".to_owned(), "second".to_owned()));
    // Who waits for an event at the close is told of the end.
    let (nothing, closed) = tokio::join!(tokio::time::timeout(SOON, core.recv()), core.close(SOON));
    assert!(nothing.unwrap().is_none());
    closed.unwrap();
    core.close(SOON).await.unwrap();
    assert_eq!(lib.calls(), ["open", "/u", "/_stop", "close"]);
    assert!(core.recv().await.is_none());
    assert!(matches!(core.send(request("/u")).await, Err(CoreError::Closed { .. })));
}

#[tokio::test]
async fn with_all_command_threads_hung_control_commands_and_the_end_still_work() {
    let gate = Gate::default();
    let lib = hanging(&gate);
    let mut options = small(2);
    options.queued_commands = 1;
    let core = Arc::new(open_with(&lib, options).await);
    let hung: Vec<_> = (0..2)
        .map(|_| {
            let core = core.clone();
            tokio::spawn(async move { core.send(request("/hang")).await })
        })
        .collect();
    while lib.calls().len() < 3 {
        tokio::task::yield_now().await;
    }
    // Two more of the network's wait, one for a thread and one for room to wait for one, and are not sent at all.
    let mut waiting = pin!(core.send(request("/hang 3")));
    tokio::select! {
        biased;
        answer = &mut waiting => panic!("{answer:?}"),
        outside = core.send(request("/hang 4").with_timeout(Duration::from_millis(20))) => {
            assert!(matches!(outside, Err(CoreError::Unavailable { .. })), "{outside:?}");
        }
    }
    core.send(request("/_read chat items @4 1").with_urgency(Urgency::Control)).await.unwrap();
    let (closed, waiting) = tokio::join!(core.close(Duration::from_secs(2)), waiting);
    closed.unwrap();
    assert!(matches!(waiting, Err(CoreError::Closed { .. })), "{waiting:?}");
    assert_eq!(lib.calls().split_off(3), ["/_read chat items @4 1", "/_stop", "close"]);
    for send in hung {
        assert!(matches!(send.await.unwrap(), Err(CoreError::Interrupted { .. })));
    }
    gate.open();
}

fn small(command_threads: usize) -> NativeOptions {
    let mut options = NativeOptions::default();
    options.command_threads = command_threads;
    options
}

#[tokio::test]
async fn a_command_without_an_answer_in_time_is_a_timeout_and_harms_no_other() {
    let gate = Gate::default();
    let lib = hanging(&gate);
    let mut options = NativeOptions::default();
    options.command_timeout = Duration::from_millis(200);
    let core = open_with(&lib, options).await;
    let hung = tokio::time::timeout(SOON, core.send(request("/hang"))).await.unwrap();
    assert!(matches!(&hung, Err(CoreError::Timeout { command, .. }) if command == "/hang"), "{hung:?}");
    core.send(request("/u").with_timeout(SOON)).await.unwrap();
    gate.open();
    core.close(SOON).await.unwrap();
}

#[tokio::test]
async fn commands_run_side_by_side() {
    let gate = Gate::default();
    let lib = hanging(&gate);
    let core = Arc::new(open(&lib).await);
    let slow = tokio::spawn({
        let core = core.clone();
        async move { core.send(request("/hang")).await }
    });
    while lib.calls().len() < 2 {
        tokio::task::yield_now().await;
    }
    core.send(request("/u")).await.unwrap();
    assert!(!slow.is_finished());
    gate.open();
    slow.await.unwrap().unwrap();
    core.close(SOON).await.unwrap();
}

#[tokio::test]
async fn a_core_that_does_not_stop_is_abandoned_at_the_deadline() {
    let gate = Gate::default();
    let stop = gate.clone();
    let lib = MockLib::new(move |_| {
        stop.wait();
        None
    });
    let core = open(&lib).await;
    let end = core.close(Duration::from_millis(50)).await;
    assert!(matches!(end, Err(CoreError::Timeout { .. })), "{end:?}");
    assert!(core.recv().await.is_none());
    assert!(!lib.calls().contains(&"close".to_owned()));
    gate.open();
}

#[tokio::test]
async fn a_store_is_not_closed_when_the_chat_does_not_stop() {
    let lib = MockLib::new(|_| Some(r#"{"error":{"type":"error","errorType":{"type":"internalError"}}}"#.to_owned()));
    let core = open(&lib).await;
    assert!(matches!(core.close(SOON).await, Err(CoreError::Store { reason }) if reason.contains("internalError")));
    assert_eq!(lib.calls(), ["open", "/_stop"]);
}

/// The core's queue of events is bounded, and what it does waits for room in it.
#[tokio::test]
async fn events_are_received_until_the_chat_has_stopped() {
    let full = Arc::new(OnceLock::<MockLib>::new());
    let queue = full.clone();
    let lib = MockLib::new(move |_| {
        let lib = queue.get().unwrap();
        (0..100).for_each(|_| lib.push_event(r#"{"result":{"type":"late"}}"#));
        while lib.waiting_events() > 0 {
            std::thread::yield_now();
        }
        Some(r#"{"result":{"type":"chatStopped"}}"#.to_owned())
    });
    full.set(lib.clone()).unwrap();
    let core = open(&lib).await;
    core.close(SOON).await.unwrap();
    for _ in 0..100 {
        assert_eq!(tag(&core).await, "late");
    }
}

#[tokio::test]
async fn what_the_core_says_of_its_store_is_an_error() {
    let lib = MockLib::ok();
    lib.answer_close("disk I/O error");
    let core = open(&lib).await;
    assert!(matches!(core.close(SOON).await, Err(CoreError::Store { reason }) if reason.contains("disk I/O error")));
}

#[tokio::test]
async fn odd_events_are_passed_on_and_the_next_one_comes() {
    let lib = MockLib::ok();
    let core = open(&lib).await;
    lib.push_event("no json");
    lib.push_event(Bytes::from_static(b"{\"result\":{\"type\":\"caf\xff\"}}"));
    // Nothing, again and again, is told once, and once more after something came.
    for _ in 0..2 {
        (0..3).for_each(|_| lib.push_null());
        lib.push_event(r#"{"result":{"type":"neverHeardOf"}}"#);
    }
    for (outcome, tag) in [
        (FrameOutcome::Malformed, ""),
        (FrameOutcome::Result, "caf\u{fffd}"),
        (FrameOutcome::Malformed, ""),
        (FrameOutcome::Result, "neverHeardOf"),
        (FrameOutcome::Malformed, ""),
        (FrameOutcome::Result, "neverHeardOf"),
    ] {
        let CoreEvent::Frame(frame) = event(&core).await else { panic!("not a frame") };
        assert_eq!((frame.outcome(), frame.tag()), (outcome, tag));
    }
    core.close(SOON).await.unwrap();
}

#[tokio::test]
async fn a_null_answer_is_an_error_of_its_command_only() {
    let lib = MockLib::new(|command| (command != "/null").then(|| r#"{"result":{"type":"cmdOk"}}"#.to_owned()));
    let core = open(&lib).await;
    let error = core.send(request("/null")).await.unwrap_err();
    assert!(matches!(error, CoreError::Interrupted { .. }));
    assert_eq!(
        error.to_string(),
        "`/null` was interrupted (the core's library returned nothing from `chat_send_cmd`); it may have been carried out"
    );
    core.send(request("/u")).await.unwrap();
    core.close(SOON).await.unwrap();
}

#[tokio::test]
async fn an_unread_flood_is_bounded_and_its_gap_is_told() {
    let lib = MockLib::ok();
    let mut options = NativeOptions::default();
    options.events.events = 1000;
    let core = open_with(&lib, options).await;
    for n in 0..50_000 {
        lib.push_event(format!(r#"{{"result":{{"type":"e{n}"}}}}"#));
    }
    while lib.waiting_events() > 0 {
        tokio::task::yield_now().await;
    }
    // The receiver has taken all but may still hold the last.
    core.send(request("/u")).await.unwrap();
    core.close(SOON).await.unwrap();
    for n in 0..1000 {
        assert_eq!(tag(&core).await, format!("e{n}"));
    }
    assert!(matches!(event(&core).await, CoreEvent::Lagged { events: 49_000 }));
    assert!(core.recv().await.is_none());
}

#[tokio::test]
async fn the_last_of_a_burst_is_told_though_nothing_follows() {
    let lib = MockLib::ok();
    let core = open(&lib).await;
    for size in [1, 2, 3, 31, 32, 33, 100] {
        for n in 0..size {
            lib.push_event(format!(r#"{{"result":{{"type":"e{n}"}}}}"#));
        }
        for n in 0..size {
            assert_eq!(tag(&core).await, format!("e{n}"));
        }
    }
    core.close(SOON).await.unwrap();
}

#[tokio::test]
async fn a_panic_in_a_consumer_leaves_the_core_to_the_next() {
    let lib = MockLib::ok();
    let core = Arc::new(open(&lib).await);
    let consumer = tokio::spawn({
        let core = core.clone();
        async move {
            core.recv().await;
            panic!("a consumer's own mistake");
        }
    });
    lib.push_event(r#"{"result":{"type":"first"}}"#);
    assert!(consumer.await.is_err());
    lib.push_event(r#"{"result":{"type":"second"}}"#);
    assert_eq!(tag(&core).await, "second");
    core.close(SOON).await.unwrap();
}

#[tokio::test]
async fn a_core_dropped_without_being_closed_is_closed_in_the_background() {
    let lib = MockLib::ok();
    drop(open(&lib).await);
    tokio::time::timeout(SOON, async {
        while !lib.calls().contains(&"close".to_owned()) {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    })
    .await
    .unwrap();
    assert_eq!(lib.calls(), ["open", "/_stop", "close"]);
}

#[tokio::test]
async fn a_database_that_does_not_open_says_why() {
    let lib = MockLib::ok();
    lib.answer_open(r#"{"type":"errorNotADatabase","dbFile":"bot_chat.db"}"#);
    let opened = NativeCore::open(lib.clone(), Db::sqlite("bot"), Confirm::YesUp, NativeOptions::default()).await;
    assert!(matches!(opened, Err(OpenError::WrongKey { .. })));
    assert_eq!(lib.calls(), ["open"]);
}

#[tokio::test]
async fn a_panic_in_the_library_fails_its_command_only() {
    let gate = Gate::default();
    let door = gate.clone();
    let lib = MockLib::new(move |command| {
        if command == "/panic" {
            door.wait();
            panic!("a broken library");
        }
        Some(r#"{"result":{"type":"cmdOk"}}"#.to_owned())
    });
    for urgency in [Urgency::Normal, Urgency::Control] {
        let core = open_with(&lib, small(1)).await;
        let before = lib.calls().len();
        let panic = core.send(request("/panic").with_urgency(urgency));
        // Waits for the same thread.
        let next = async {
            while lib.calls().len() == before {
                tokio::task::yield_now().await;
            }
            let next = core.send(request("/u").with_urgency(urgency).with_timeout(SOON));
            let open = async { gate.open() };
            tokio::join!(biased; next, open).0
        };
        let (panic, next) = tokio::join!(panic, next);
        assert!(matches!(panic, Err(CoreError::Interrupted { .. })), "{panic:?}");
        assert!(next.is_ok(), "{urgency:?}: {next:?}");
        core.close(SOON).await.unwrap();
    }
}

#[tokio::test]
async fn a_panic_in_the_library_at_the_end_ends_the_core_all_the_same() {
    let core = open(&MockLib::new(|_| panic!("a broken library"))).await;
    let closed = tokio::time::timeout(SOON, core.close(SOON)).await.unwrap();
    assert!(matches!(&closed, Err(CoreError::Closed { reason }) if reason.contains("died")), "{closed:?}");
    assert!(tokio::time::timeout(SOON, core.recv()).await.unwrap().is_none());
}

#[tokio::test]
async fn files_go_through_the_core() {
    let folder = tempfile::tempdir().unwrap();
    let core = open(&MockLib::ok()).await;
    let args = core.write_file(folder.path().join("a"), Bytes::from_static(b"data")).await.unwrap();
    assert_eq!(core.read_file(folder.path().join("a"), args.clone()).await.unwrap(), b"data"[..]);
    core.encrypt_file(folder.path().join("a"), folder.path().join("b")).await.unwrap();
    core.decrypt_file(folder.path().join("b"), args.clone(), folder.path().join("c")).await.unwrap();
    assert!(core.read_file(folder.path().join("none"), args).await.is_err());
    core.close(SOON).await.unwrap();
}

#[tokio::test]
async fn deadlines_and_options_of_any_size_are_taken() {
    let lib = MockLib::ok();
    let mut options = NativeOptions::default();
    (options.command_threads, options.queued_commands) = (0, 0);
    (options.command_timeout, options.open_timeout) = (Duration::MAX, Duration::MAX);
    options.events = EventLimits::default();
    options.events.events = 0;
    let core = open_with(&lib, options).await;
    core.send(request("/u")).await.unwrap();
    core.send(request("/u").with_timeout(Duration::MAX)).await.unwrap();
    // Late from the beginning: whichever is seen first, it is no panic.
    core.send(request("/u").with_timeout(Duration::ZERO)).await.ok();
    lib.push_event(r#"{"result":{"type":"first"}}"#);
    // One event has room in any buffer.
    assert_eq!(tag(&core).await, "first");
    core.close(Duration::MAX).await.unwrap();
}

#[tokio::test]
async fn a_command_whose_caller_went_away_before_a_thread_was_free_is_not_sent() {
    let gate = Gate::default();
    let lib = hanging(&gate);
    let core = open_with(&lib, small(1)).await;
    let hung = core.send(request("/hang"));
    let gone = async {
        while lib.calls().len() < 2 {
            tokio::task::yield_now().await;
        }
        let gone = core.send(request("/gone").with_timeout(Duration::MAX));
        tokio::time::timeout(Duration::ZERO, gone).await.unwrap_err();
        gate.open();
    };
    tokio::join!(hung, gone).0.unwrap();
    core.send(request("/u")).await.unwrap();
    assert_eq!(lib.calls(), ["open", "/hang", "/u"]);
    core.close(SOON).await.unwrap();
}

#[tokio::test]
async fn of_commands_sent_at_once_none_waits_for_another_while_a_thread_may_be_had() {
    let gate = Gate::default();
    let door = gate.clone();
    let lib = MockLib::new(move |command| {
        match command {
            "/slow" => std::thread::sleep(Duration::from_millis(1)),
            "/hang" => door.wait(),
            _ => {}
        }
        Some(r#"{"result":{"type":"cmdOk"}}"#.to_owned())
    });
    let core = open_with(&lib, small(2)).await;
    // Leaves a thread without work, which is the first one's of the two.
    core.send(request("/slow")).await.unwrap();
    tokio::time::sleep(Duration::from_millis(10)).await;
    let other = async {
        let answer = core.send(request("/u").with_timeout(SOON)).await;
        gate.open();
        answer
    };
    let (hung, other) = tokio::join!(biased; core.send(request("/hang")), other);
    hung.unwrap();
    other.unwrap();
    core.close(SOON).await.unwrap();
}

#[tokio::test]
async fn control_commands_that_wait_at_the_close_are_sent_before_the_stop() {
    let gate = Gate::default();
    let lib = hanging(&gate);
    let core = open(&lib).await;
    let hung = core.send(request("/hang").with_urgency(Urgency::Control));
    let mark = core.send(request("/_read chat items @4 1").with_urgency(Urgency::Control));
    let close = async {
        let open = async { gate.open() };
        tokio::join!(biased; core.close(SOON), open).0
    };
    let (hung, mark, closed) = tokio::join!(biased; hung, mark, close);
    hung.unwrap();
    mark.unwrap();
    closed.unwrap();
    assert_eq!(lib.calls(), ["open", "/hang", "/_read chat items @4 1", "/_stop", "close"]);
}

#[tokio::test]
async fn a_store_is_not_closed_under_a_command_that_ends_in_time() {
    let gate = Gate::default();
    let lib = hanging(&gate);
    let core = open(&lib).await;
    let end = async {
        while lib.calls().len() < 2 {
            tokio::task::yield_now().await;
        }
        let open = async {
            // The receiver is joined last before.
            assert!(core.recv().await.is_none());
            tokio::time::sleep(Duration::from_millis(20)).await;
            assert_eq!(lib.calls(), ["open", "/hang", "/_stop"]);
            gate.open();
        };
        let begun = std::time::Instant::now();
        let closed = tokio::join!(core.close(SOON), open).0;
        // It is closed when the command has ended, not later.
        assert!(begun.elapsed() < SOON / 4);
        closed
    };
    let (command, closed) = tokio::join!(core.send(request("/hang")), end);
    command.unwrap();
    closed.unwrap();
}
