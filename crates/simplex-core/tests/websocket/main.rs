//! The core over WebSocket against a scripted CLI: what goes wrong ends well.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod connecting;
mod scripted;
#[cfg(unix)]
mod supervised;

use std::sync::Arc;
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use simplex_core::websocket::{CliOptions, ConnectError, WebSocketOptions};
use simplex_core::{ChatCore, CoreError, CoreEvent, Frame, FrameOutcome, Request, WebSocketCore};
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;

use scripted::{FakeCli, Order};

const SOON: Duration = Duration::from_secs(20);

fn options() -> WebSocketOptions {
    let mut options = WebSocketOptions::default();
    options.min_backoff = Duration::from_millis(5);
    options.max_backoff = Duration::from_millis(50);
    options
}

fn request(text: &str) -> Request {
    Request::new(text).unwrap()
}

/// A CLI, and a core that is connected to it.
async fn connected(options: WebSocketOptions) -> (FakeCli, Arc<WebSocketCore>) {
    let cli = FakeCli::start().await;
    let core = WebSocketCore::connect(&cli.url, options).await.unwrap();
    (cli, Arc::new(core))
}

async fn event(core: &WebSocketCore) -> CoreEvent {
    timeout(SOON, core.recv()).await.unwrap().unwrap()
}

async fn tag(core: &WebSocketCore) -> String {
    match event(core).await {
        CoreEvent::Frame(frame) => frame.tag().to_owned(),
        CoreEvent::Disconnected { .. } => "Disconnected".to_owned(),
        other => format!("{other:?}"),
    }
}

#[tokio::test]
async fn answers_find_their_commands_and_events_the_consumer() {
    let (cli, core) = connected(options()).await;
    let mut many = JoinSet::new();
    for n in 0..50 {
        let core = core.clone();
        many.spawn(async move {
            let (command, expected) =
                if n % 2 == 0 { ("/u", FrameOutcome::Result) } else { ("/fail", FrameOutcome::Error) };
            assert_eq!(core.send(request(command)).await.unwrap().outcome(), expected);
        });
    }
    cli.event("first").await;
    cli.event("second").await;
    assert_eq!((tag(&core).await, tag(&core).await), ("first".to_owned(), "second".to_owned()));
    while let Some(done) = many.join_next().await {
        done.unwrap();
    }
    assert!(!core.owns_chat());
    core.close(SOON).await.unwrap();
    core.close(SOON).await.unwrap();
    assert!(core.recv().await.is_none());
    assert!(matches!(core.send(request("/u")).await, Err(CoreError::Closed { .. })));
}

#[tokio::test]
async fn a_clean_close_and_a_lost_connection_are_told_and_made_good() {
    let (cli, core) = connected(options()).await;
    for order in [Order::Close, Order::HalfClose, Order::Drop] {
        cli.order(order).await;
        assert_eq!((tag(&core).await, tag(&core).await), ("Disconnected".to_owned(), "Reconnected".to_owned()));
        core.send(request("/u")).await.unwrap();
        cli.event("after").await;
        assert_eq!(tag(&core).await, "after");
    }
    core.close(SOON).await.unwrap();
}

#[tokio::test]
async fn a_command_under_way_when_the_connection_breaks_may_have_been_carried_out() {
    let (mut cli, core) = connected(options()).await;
    let hung = tokio::spawn({
        let core = core.clone();
        async move { core.send(request("/hang")).await }
    });
    assert_eq!(cli.command().await, "/hang");
    cli.order(Order::Drop).await;
    assert!(matches!(hung.await.unwrap(), Err(CoreError::Interrupted { command, .. }) if command == "/hang"));
    core.close(SOON).await.unwrap();
}

#[tokio::test]
async fn without_a_connection_commands_fail_at_once() {
    let (cli, core) = connected(options()).await;
    drop(cli);
    assert_eq!(tag(&core).await, "Disconnected");
    assert!(matches!(core.send(request("/u")).await, Err(CoreError::Unavailable { .. })));
    core.close(SOON).await.unwrap();
    assert!(core.recv().await.is_none());
}

#[tokio::test]
async fn a_hung_cli_is_found_by_its_silence() {
    let mut options = options();
    options.ping_interval = Duration::from_millis(20);
    options.ping_timeout = Duration::from_millis(50);
    let (cli, core) = connected(options).await;
    // Pings are answered: nothing breaks.
    cli.event("alive").await;
    assert_eq!(tag(&core).await, "alive");
    cli.order(Order::Freeze).await;
    let CoreEvent::Disconnected { reason } = event(&core).await else { panic!("still connected") };
    assert!(reason.contains("no sign of life"), "{reason}");
    assert_eq!(tag(&core).await, "Reconnected");
    core.close(SOON).await.unwrap();
}

#[tokio::test]
async fn a_new_connection_that_nobody_uses_lives() {
    let (_cli, core) = connected(options()).await;
    tokio::task::yield_now().await;
    tokio::time::pause();
    tokio::time::sleep(Duration::from_secs(100)).await;
    core.close(SOON).await.unwrap();
    assert!(core.recv().await.is_none());
}

#[tokio::test]
async fn a_busy_cli_is_not_taken_for_dead() {
    let (mut cli, core) = connected(options()).await;
    // One that nobody waits for any more, and that is never answered, is not what it is busy with.
    tokio::select! {
        answer = core.send(request("/hang").with_timeout(Duration::from_secs(1))) => panic!("{answer:?}"),
        command = cli.command() => assert_eq!(command, "/hang"),
    }
    tokio::time::pause();
    let commands = ["/busy", "/u", "/u"].map(|command| {
        let core = core.clone();
        tokio::spawn(async move { core.send(request(command)).await.unwrap() })
    });
    assert_eq!(cli.command().await, "/busy");
    // It is asked after 30 s, and has 10 s to answer; the commands have 60 s.
    tokio::time::sleep(Duration::from_secs(55)).await;
    tokio::time::resume();
    cli.order(Order::Say(String::new())).await;
    for command in commands {
        assert_eq!(command.await.unwrap().outcome(), FrameOutcome::Result);
    }
    core.close(SOON).await.unwrap();
    assert!(core.recv().await.is_none());
}

/// They are carried out all the same.
#[tokio::test]
async fn nor_is_one_that_is_busy_with_commands_whose_callers_went_away() {
    let (mut cli, core) = connected(options()).await;
    tokio::time::pause();
    let mut callers = JoinSet::new();
    for command in ["/busy", "/u"] {
        let core = core.clone();
        callers.spawn(async move { core.send(request(command)).await });
    }
    assert_eq!(cli.command().await, "/busy");
    callers.shutdown().await;
    tokio::time::sleep(Duration::from_secs(55)).await;
    tokio::time::resume();
    cli.order(Order::Say(String::new())).await;
    assert_eq!(core.send(request("/u")).await.unwrap().tag(), "activeUser");
    core.close(SOON).await.unwrap();
    assert!(core.recv().await.is_none());
}

#[tokio::test]
async fn a_hung_cli_is_found_by_the_deadline_of_its_command() {
    let (mut cli, core) = connected(options()).await;
    tokio::time::pause();
    let started = tokio::time::Instant::now();
    let later = |seconds| {
        let core = core.clone();
        tokio::spawn(async move {
            tokio::time::sleep(Duration::from_secs(seconds)).await;
            core.send(request("/busy")).await
        })
    };
    let (first, second) = (later(0), later(50));
    assert_eq!(cli.command().await, "/busy");
    assert!(matches!(first.await.unwrap(), Err(CoreError::Timeout { .. })));
    let CoreEvent::Disconnected { reason } = event(&core).await else { panic!("still connected") };
    assert!(reason.contains("no sign of life"), "{reason}");
    assert_eq!(started.elapsed().as_secs(), 70);
    assert!(matches!(second.await.unwrap(), Err(CoreError::Interrupted { .. })));
    core.close(SOON).await.unwrap();
}

#[tokio::test]
async fn connections_that_break_at_once_are_made_again_ever_more_slowly() {
    let mut options = options();
    (options.min_backoff, options.max_backoff) = (Duration::from_secs(1), Duration::from_secs(8));
    let (cli, core) = connected(options).await;
    tokio::time::pause();
    let pause = async || {
        cli.order(Order::Drop).await;
        assert_eq!(tag(&core).await, "Disconnected");
        let lost = tokio::time::Instant::now();
        assert_eq!(tag(&core).await, "Reconnected");
        lost.elapsed().as_millis()
    };
    // Each is varied by half.
    for (shortest, longest) in [(500, 1510), (1000, 3010), (2000, 6010), (4000, 12010), (4000, 12010)] {
        let pause = pause().await;
        assert!((shortest..longest).contains(&pause), "{pause} is not between {shortest} and {longest}");
    }
    tokio::time::sleep(Duration::from_secs(8)).await;
    assert!(pause().await < 1510);
    core.close(SOON).await.unwrap();
}

#[tokio::test]
async fn the_pauses_grow_from_nothing_too() {
    let mut options = options();
    (options.min_backoff, options.max_backoff) = (Duration::ZERO, Duration::from_secs(8));
    let (cli, core) = connected(options).await;
    tokio::time::pause();
    let began = tokio::time::Instant::now();
    for _ in 0..12 {
        cli.order(Order::Drop).await;
        assert_eq!((tag(&core).await, tag(&core).await), ("Disconnected".to_owned(), "Reconnected".to_owned()));
    }
    assert!(began.elapsed() > Duration::from_secs(2), "{:?}", began.elapsed());
    core.close(SOON).await.unwrap();
}

#[tokio::test]
async fn a_command_without_an_answer_times_out_alone() {
    let (_cli, core) = connected(options()).await;
    let hung = core.send(request("/hang").with_timeout(Duration::from_millis(500))).await;
    assert!(matches!(hung, Err(CoreError::Timeout { .. })), "{hung:?}");
    core.send(request("/u")).await.unwrap();
    core.close(SOON).await.unwrap();
}

#[tokio::test]
async fn odd_frames_and_unknown_correlation_ids_harm_nothing() {
    let (cli, core) = connected(options()).await;
    for text in [
        r#"{"corrId":"999","resp":{"type":"cmdOk"}}"#,
        r#"{"corrId":"not ours","resp":{"type":"cmdOk"}}"#,
        "no json",
        r#"{"corrId":"","resp":{"type":"anEvent"}}"#,
        r#"{"resp":{"type":"neverHeardOf"}}"#,
    ] {
        cli.order(Order::Say(text.to_owned())).await;
    }
    let CoreEvent::Frame(odd) = event(&core).await else { panic!("not a frame") };
    assert_eq!((odd.outcome(), odd.text()), (FrameOutcome::Malformed, "no json"));
    assert_eq!((tag(&core).await, tag(&core).await), ("anEvent".to_owned(), "neverHeardOf".to_owned()));
    core.send(request("/u")).await.unwrap();
    core.close(SOON).await.unwrap();
}

#[tokio::test]
async fn an_answer_that_is_no_envelope_of_the_core_is_its_commands_all_the_same() {
    let (mut cli, core) = connected(options()).await;
    for (id, odd) in (1..).zip([r#""resp":{"type":"chatCmdError"}}"#, r#""resp":3}"#, r#""resp":{"type":"#]) {
        let text = format!(r#"{{"corrId":"{id}",{odd}"#);
        let answer = async {
            assert_eq!(cli.command().await, "/hang");
            cli.order(Order::Say(text.clone())).await;
        };
        let (answer, ()) = tokio::join!(core.send(request("/hang")), answer);
        let answer = answer.unwrap();
        assert_eq!((answer.outcome(), answer.text()), (FrameOutcome::Malformed, &*text));
    }
    core.close(SOON).await.unwrap();
    assert!(core.recv().await.is_none());
}

#[tokio::test]
async fn answers_come_through_when_nobody_takes_events() {
    let mut options = options();
    options.events.events = 100;
    let (cli, core) = connected(options).await;
    for n in 0..5_000 {
        cli.event(&format!("e{n}")).await;
    }
    core.send(request("/u")).await.unwrap();
    for n in 0..100 {
        assert_eq!(tag(&core).await, format!("e{n}"));
    }
    assert!(matches!(event(&core).await, CoreEvent::Lagged { events } if events > 4_000));
    core.close(SOON).await.unwrap();
}

#[tokio::test]
async fn a_frame_over_the_limit_ends_the_connection_and_is_not_taken() {
    let mut options = options();
    options.max_message = 10_000;
    let (cli, core) = connected(options).await;
    cli.order(Order::Say(format!(r#"{{"resp":{{"type":"{}"}}}}"#, "x".repeat(20_000)))).await;
    assert_eq!((tag(&core).await, tag(&core).await), ("Disconnected".to_owned(), "Reconnected".to_owned()));
    core.close(SOON).await.unwrap();
}

#[tokio::test]
async fn an_answer_of_many_megabytes_is_taken() {
    let (cli, core) = connected(options()).await;
    let long = "x".repeat(40 << 20);
    cli.order(Order::Say(format!(r#"{{"resp":{{"type":"long","text":"{long}"}}}}"#))).await;
    assert_eq!(tag(&core).await, "long");
    core.close(SOON).await.unwrap();
}

#[tokio::test]
async fn a_command_that_is_too_long_is_refused() {
    let (mut cli, core) = connected(options()).await;
    let refused = core.send(request(&format!("/u {}", "u".repeat(32 << 20)))).await;
    assert!(matches!(&refused, Err(CoreError::Refused { command, .. }) if command == "/u"), "{refused:?}");
    core.send(request("/u")).await.unwrap();
    assert_eq!(cli.command().await, "/u");
    core.close(SOON).await.unwrap();
}

#[tokio::test]
async fn a_cli_of_somebody_else_is_never_stopped() {
    let (mut cli, core) = connected(options()).await;
    assert!(matches!(core.send(request("/_stop")).await, Err(CoreError::Refused { .. })));
    core.send(request("/u")).await.unwrap();
    core.close(SOON).await.unwrap();
    assert_eq!(cli.command().await, "/u");
    assert!(cli.commands.try_recv().is_err());
    // It goes on, and serves the next connection: the one before has ended.
    timeout(SOON, WebSocketCore::connect(&cli.url, options())).await.unwrap().unwrap().close(SOON).await.unwrap();
}

#[tokio::test]
async fn a_command_that_was_not_handed_over_at_the_close_says_that_the_core_is_closed() {
    let (mut cli, core) = connected(options()).await;
    let send = |text: String| {
        let core = core.clone();
        tokio::spawn(async move { core.send(request(&text)).await })
    };
    let busy = send("/busy".to_owned());
    assert_eq!(cli.command().await, "/busy");
    // More than goes into what lies between the two, so that what comes after it stays here.
    let long = send(format!("/{}", "u".repeat(16 << 20)));
    tokio::task::yield_now().await;
    let last = send("/u".to_owned());
    tokio::task::yield_now().await;
    // Nor is there room for a goodbye: it is not tried until the deadline.
    let closing = tokio::time::Instant::now();
    core.close(SOON).await.unwrap();
    assert!(closing.elapsed() < SOON / 2);
    for under_way in [busy, long] {
        assert!(matches!(under_way.await.unwrap(), Err(CoreError::Interrupted { .. })));
    }
    let last = last.await.unwrap();
    assert!(matches!(last, Err(CoreError::Closed { .. })), "{last:?}");
}

/// A CLI that reads nothing, and a long command on its way to it: what is sent from now on stays here.
async fn stuck(cli: &mut FakeCli, core: &Arc<WebSocketCore>) -> JoinSet<Result<Frame, CoreError>> {
    let mut under_way = JoinSet::new();
    let sender = core.clone();
    under_way.spawn(async move { sender.send(request("/busy")).await });
    assert_eq!(cli.command().await, "/busy");
    let (sender, long) = (core.clone(), format!("/{}", "u".repeat(15 << 20)));
    under_way.spawn(async move { sender.send(request(&long)).await });
    tokio::task::yield_now().await;
    under_way
}

#[tokio::test]
async fn what_waits_to_be_sent_is_not_when_nobody_waits_for_its_answer_any_more() {
    let (mut cli, core) = connected(options()).await;
    let _under_way = stuck(&mut cli, &core).await;
    let late = core.send(request("/late").with_timeout(Duration::from_millis(20))).await;
    assert!(matches!(late, Err(CoreError::Unavailable { .. })), "{late:?}");
    timeout(Duration::from_millis(1), core.send(request("/gone"))).await.unwrap_err();
    cli.order(Order::Say(String::new())).await;
    core.send(request("/u")).await.unwrap();
    assert!(cli.command().await.starts_with("/uuu"));
    assert_eq!(cli.command().await, "/u");
    core.close(SOON).await.unwrap();
}

#[tokio::test]
async fn what_waits_to_be_sent_when_the_connection_breaks_was_not() {
    let (mut cli, core) = connected(options()).await;
    let mut under_way = stuck(&mut cli, &core).await;
    let end = async { drop(cli) };
    let waiting = tokio::join!(biased; core.send(request("/u")), end).0;
    assert!(matches!(waiting, Err(CoreError::Unavailable { .. })), "{waiting:?}");
    while let Some(lost) = under_way.join_next().await {
        assert!(matches!(lost.unwrap(), Err(CoreError::Interrupted { .. })));
    }
    core.close(SOON).await.unwrap();
}

#[tokio::test]
async fn a_cli_that_takes_nothing_any_more_is_found_by_the_deadline_of_its_command() {
    let (mut cli, core) = connected(options()).await;
    tokio::time::pause();
    let started = tokio::time::Instant::now();
    let _under_way = stuck(&mut cli, &core).await;
    let lost = timeout(SOON * 10, core.recv()).await.unwrap();
    let Some(CoreEvent::Disconnected { reason }) = lost else { panic!("still connected") };
    assert!(reason.contains("took nothing"), "{reason}");
    // Of the command, and the time for a sign of life.
    assert_eq!(started.elapsed().as_secs(), 70);
    core.close(SOON).await.unwrap();
}

#[tokio::test]
async fn no_more_commands_are_under_way_than_may_be() {
    let mut options = options();
    options.queued_commands = 1;
    let (mut cli, core) = connected(options).await;
    let more = async {
        assert_eq!(cli.command().await, "/busy");
        let more = core.send(request("/more").with_timeout(Duration::from_millis(20))).await;
        assert!(matches!(more, Err(CoreError::Unavailable { .. })), "{more:?}");
        cli.order(Order::Say(String::new())).await;
    };
    tokio::join!(core.send(request("/busy")), more).0.unwrap();
    core.send(request("/u")).await.unwrap();
    assert_eq!(cli.command().await, "/u");
    core.close(SOON).await.unwrap();
}

#[tokio::test]
async fn an_answer_that_comes_while_the_core_is_closed_is_taken() {
    let (mut cli, core) = connected(options()).await;
    let close = async {
        assert_eq!(cli.command().await, "/busy");
        let answer = async { cli.order(Order::Say(String::new())).await };
        tokio::join!(biased; core.close(SOON), answer).0
    };
    let (answer, closed) = tokio::join!(core.send(request("/busy")), close);
    assert_eq!(answer.unwrap().tag(), "cmdOk");
    closed.unwrap();
}

#[tokio::test]
async fn an_event_that_comes_before_the_first_answer_is_not_lost() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("ws://{}", listener.local_addr().unwrap());
    let mut cli = JoinSet::new();
    cli.spawn(async move {
        for _ in 0..2 {
            let mut socket = tokio_tungstenite::accept_async(listener.accept().await.unwrap().0).await.unwrap();
            socket.send(Message::text(r#"{"resp":{"type":"early"}}"#)).await.unwrap();
            // The question whether it is a CLI, and the command that it breaks at.
            socket.next().await;
            socket.send(Message::text(r#"{"corrId":"0","resp":{"type":"versionInfo"}}"#)).await.unwrap();
            socket.next().await;
        }
        // The third one hears nothing.
        let _mute = listener.accept().await.unwrap();
        std::future::pending::<()>().await;
    });
    let core = WebSocketCore::connect(url, options()).await.unwrap();
    assert_eq!(tag(&core).await, "early");
    assert!(matches!(core.send(request("/u")).await, Err(CoreError::Interrupted { .. })));
    for expected in ["Disconnected", "Reconnected", "early"] {
        assert_eq!(tag(&core).await, expected);
    }
    // Nor is a close held up by who takes the connection and does not answer.
    assert!(matches!(core.send(request("/u")).await, Err(CoreError::Interrupted { .. })));
    assert_eq!(tag(&core).await, "Disconnected");
    tokio::time::sleep(Duration::from_millis(100)).await;
    core.close(Duration::from_secs(1)).await.unwrap();
}

/// The connection's task ends with its runtime; the core may be used in another.
#[test]
fn a_core_whose_runtime_has_ended_is_closed() {
    let runtime = || tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let (first, second) = (runtime(), runtime());
    let (mut cli, core) = second.block_on(async {
        let cli = FakeCli::start().await;
        let core = first.spawn(WebSocketCore::connect(cli.url.clone(), options())).await.unwrap().unwrap();
        (cli, Arc::new(core))
    });
    let hung = second.spawn({
        let core = core.clone();
        async move { core.send(request("/hang")).await }
    });
    assert_eq!(second.block_on(cli.command()), "/hang");
    first.shutdown_background();
    second.block_on(async {
        assert!(timeout(SOON, core.recv()).await.unwrap().is_none());
        let hung = timeout(SOON, hung).await.unwrap().unwrap();
        assert!(matches!(hung, Err(CoreError::Interrupted { .. })), "{hung:?}");
        assert!(matches!(core.send(request("/u")).await, Err(CoreError::Closed { .. })));
        core.close(SOON).await.unwrap();
    });
}

#[tokio::test]
async fn a_core_dropped_without_being_closed_ends_its_connection() {
    let cli = FakeCli::start().await;
    drop(WebSocketCore::connect(&cli.url, options()).await.unwrap());
    // The CLI serves one connection at a time: this one is served when the other has ended.
    timeout(SOON, WebSocketCore::connect(&cli.url, options())).await.unwrap().unwrap().close(SOON).await.unwrap();
}
