//! The core over WebSocket against a scripted CLI: what goes wrong ends well.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

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
    let cli = FakeCli::start().await;
    let core = Arc::new(WebSocketCore::connect(&cli.url, options()).await.unwrap());
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
    let cli = FakeCli::start().await;
    let core = WebSocketCore::connect(&cli.url, options()).await.unwrap();
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
    let mut cli = FakeCli::start().await;
    let core = Arc::new(WebSocketCore::connect(&cli.url, options()).await.unwrap());
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
    let cli = FakeCli::start().await;
    let core = WebSocketCore::connect(&cli.url, options()).await.unwrap();
    drop(cli);
    assert_eq!(tag(&core).await, "Disconnected");
    assert!(matches!(core.send(request("/u")).await, Err(CoreError::Unavailable { .. })));
    core.close(SOON).await.unwrap();
    assert!(core.recv().await.is_none());
}

#[tokio::test]
async fn a_hung_cli_is_found_by_its_silence() {
    let cli = FakeCli::start().await;
    let mut options = options();
    options.ping_interval = Duration::from_millis(20);
    options.ping_timeout = Duration::from_millis(50);
    let core = WebSocketCore::connect(&cli.url, options).await.unwrap();
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
    let cli = FakeCli::start().await;
    let core = WebSocketCore::connect(&cli.url, options()).await.unwrap();
    tokio::task::yield_now().await;
    tokio::time::pause();
    tokio::time::sleep(Duration::from_secs(100)).await;
    core.close(SOON).await.unwrap();
    assert!(core.recv().await.is_none());
}

#[tokio::test]
async fn a_busy_cli_is_not_taken_for_dead() {
    let mut cli = FakeCli::start().await;
    let core = Arc::new(WebSocketCore::connect(&cli.url, options()).await.unwrap());
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
    let mut cli = FakeCli::start().await;
    let core = Arc::new(WebSocketCore::connect(&cli.url, options()).await.unwrap());
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
    let mut cli = FakeCli::start().await;
    let core = Arc::new(WebSocketCore::connect(&cli.url, options()).await.unwrap());
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
    let cli = FakeCli::start().await;
    let mut options = options();
    (options.min_backoff, options.max_backoff) = (Duration::from_secs(1), Duration::from_secs(8));
    let core = WebSocketCore::connect(&cli.url, options).await.unwrap();
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
async fn a_command_without_an_answer_times_out_alone() {
    let cli = FakeCli::start().await;
    let core = WebSocketCore::connect(&cli.url, options()).await.unwrap();
    let hung = core.send(request("/hang").with_timeout(Duration::from_millis(30))).await;
    assert!(matches!(hung, Err(CoreError::Timeout { .. })), "{hung:?}");
    core.send(request("/u")).await.unwrap();
    core.close(SOON).await.unwrap();
}

#[tokio::test]
async fn odd_frames_and_unknown_correlation_ids_harm_nothing() {
    let cli = FakeCli::start().await;
    let core = WebSocketCore::connect(&cli.url, options()).await.unwrap();
    for text in [
        r#"{"corrId":"999","resp":{"type":"cmdOk"}}"#,
        r#"{"corrId":"not ours","resp":{"type":"cmdOk"}}"#,
        "no json",
        r#"{"resp":{"type":"neverHeardOf"}}"#,
    ] {
        cli.order(Order::Say(text.to_owned())).await;
    }
    let CoreEvent::Frame(odd) = event(&core).await else { panic!("not a frame") };
    assert_eq!((odd.outcome(), odd.text()), (FrameOutcome::Malformed, "no json"));
    assert_eq!(tag(&core).await, "neverHeardOf");
    core.send(request("/u")).await.unwrap();
    core.close(SOON).await.unwrap();
}

#[tokio::test]
async fn answers_come_through_when_nobody_takes_events() {
    let cli = FakeCli::start().await;
    let mut options = options();
    options.events.events = 100;
    let core = WebSocketCore::connect(&cli.url, options).await.unwrap();
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
    let cli = FakeCli::start().await;
    let mut options = options();
    options.max_message = 10_000;
    let core = WebSocketCore::connect(&cli.url, options).await.unwrap();
    cli.order(Order::Say(format!(r#"{{"resp":{{"type":"{}"}}}}"#, "x".repeat(20_000)))).await;
    assert_eq!((tag(&core).await, tag(&core).await), ("Disconnected".to_owned(), "Reconnected".to_owned()));
    core.close(SOON).await.unwrap();
}

#[tokio::test]
async fn an_answer_of_many_megabytes_is_taken() {
    let cli = FakeCli::start().await;
    let core = WebSocketCore::connect(&cli.url, options()).await.unwrap();
    let long = "x".repeat(40 << 20);
    cli.order(Order::Say(format!(r#"{{"resp":{{"type":"long","text":"{long}"}}}}"#))).await;
    assert_eq!(tag(&core).await, "long");
    core.close(SOON).await.unwrap();
}

#[tokio::test]
async fn a_cli_of_somebody_else_is_never_stopped() {
    let mut cli = FakeCli::start().await;
    let core = WebSocketCore::connect(&cli.url, options()).await.unwrap();
    assert!(matches!(core.send(request("/_stop")).await, Err(CoreError::Refused { .. })));
    core.send(request("/u")).await.unwrap();
    core.close(SOON).await.unwrap();
    assert_eq!(cli.command().await, "/u");
    assert!(cli.commands.try_recv().is_err());
}

#[tokio::test]
async fn a_command_that_was_not_handed_over_at_the_close_says_that_the_core_is_closed() {
    let mut cli = FakeCli::start().await;
    let core = Arc::new(WebSocketCore::connect(&cli.url, options()).await.unwrap());
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
    let mut cli = FakeCli::start().await;
    let core = Arc::new(WebSocketCore::connect(&cli.url, options()).await.unwrap());
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
    let mut cli = FakeCli::start().await;
    let core = Arc::new(WebSocketCore::connect(&cli.url, options()).await.unwrap());
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
    let mut cli = FakeCli::start().await;
    let core = Arc::new(WebSocketCore::connect(&cli.url, options()).await.unwrap());
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
    let mut cli = FakeCli::start().await;
    let mut options = options();
    options.queued_commands = 1;
    let core = WebSocketCore::connect(&cli.url, options).await.unwrap();
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
    let mut cli = FakeCli::start().await;
    let core = WebSocketCore::connect(&cli.url, options()).await.unwrap();
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

#[tokio::test]
async fn a_core_dropped_without_being_closed_ends_its_connection() {
    let cli = FakeCli::start().await;
    drop(WebSocketCore::connect(&cli.url, options()).await.unwrap());
    // The CLI serves one connection at a time: this one is served when the other has ended.
    timeout(SOON, WebSocketCore::connect(&cli.url, options())).await.unwrap().unwrap().close(SOON).await.unwrap();
}

#[tokio::test]
async fn what_is_no_cli_is_named() {
    // Nobody at all.
    let free = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    for host in ["127.0.0.1", "127.0.0.2", "[::1]", "localhost"] {
        let nobody = WebSocketCore::connect(format!("ws://{host}:{}", free.port()), options()).await;
        assert!(matches!(nobody, Err(ConnectError::Unreachable { .. })), "{nobody:?}");
    }
    // A web server, one that says nothing, and WebSockets that say nothing or talk of something else.
    let mut tasks = JoinSet::new();
    for kind in ["http", "silent", "mute", "other"] {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("ws://{}", listener.local_addr().unwrap());
        tasks.spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            match kind {
                "http" => {
                    let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
                    tokio::io::AsyncWriteExt::write_all(&mut stream, answer).await.unwrap();
                    tokio::io::copy(&mut stream, &mut tokio::io::sink()).await.ok();
                }
                "silent" => std::future::pending().await,
                _ => {
                    let mut socket = tokio_tungstenite::accept_async(stream).await.unwrap();
                    if kind == "other" {
                        socket.send(Message::text(r#"{"hello":"world"}"#)).await.unwrap();
                    }
                    while let Some(Ok(_)) = socket.next().await {}
                }
            }
        });
        let mut options = options();
        options.connect_timeout = Duration::from_millis(300);
        let error = timeout(SOON, WebSocketCore::connect(&url, options)).await.unwrap().unwrap_err();
        match kind {
            "silent" | "mute" => assert!(matches!(error, ConnectError::Timeout { .. }), "{error}"),
            _ => assert!(matches!(error, ConnectError::NotACore { .. }), "{kind}: {error}"),
        }
    }
    tasks.shutdown().await;
}

#[tokio::test]
async fn other_machines_and_passwords_in_addresses_are_refused() {
    for url in [
        "ws://example.org:5225",
        "ws://192.0.2.1:5225",
        "http://127.0.0.1:1",
        "ws://me:secret@127.0.0.1:1",
        "me:secret@127.0.0.1:1",
        "no",
    ] {
        let error = WebSocketCore::connect(url, options()).await.unwrap_err();
        assert!(matches!(error, ConnectError::Address { .. }), "{url}: {error}");
        assert!(!format!("{error} {error:?}").contains("secret"));
    }
}

#[tokio::test]
async fn a_proxy_gets_the_password() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("ws://{}", listener.local_addr().unwrap());
    let mut options = options();
    options.basic_auth = Some(("bot".to_owned(), "secret".to_owned().into()));
    assert!(!format!("{options:?}").contains("secret"));
    let proxy = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut head = vec![0; 4096];
        let read = tokio::io::AsyncReadExt::read(&mut stream, &mut head).await.unwrap();
        String::from_utf8_lossy(&head[..read]).to_lowercase()
    });
    WebSocketCore::connect(url, options).await.unwrap_err();
    assert!(proxy.await.unwrap().contains("authorization: basic ym90onnly3jlda=="));
}

#[tokio::test]
async fn deadlines_and_options_of_any_size_are_taken() {
    let cli = FakeCli::start().await;
    let mut options = options();
    (options.connect_timeout, options.command_timeout, options.max_backoff) =
        (Duration::MAX, Duration::MAX, Duration::MAX);
    (options.ping_interval, options.min_backoff) = (Duration::ZERO, Duration::ZERO);
    options.queued_commands = 0;
    let core = WebSocketCore::connect(&cli.url, options).await.unwrap();
    core.send(request("/u").with_timeout(Duration::MAX)).await.unwrap();
    cli.order(Order::Drop).await;
    assert_eq!((tag(&core).await, tag(&core).await), ("Disconnected".to_owned(), "Reconnected".to_owned()));
    core.close(Duration::MAX).await.unwrap();
}

/// A proxy with TLS in front, whose certificate is of its own.
#[cfg(feature = "websocket-tls")]
#[tokio::test]
async fn a_proxy_with_tls_is_trusted_by_its_certificate_only() {
    use tokio::net::TcpStream;
    use tokio_rustls::TlsAcceptor;
    use tokio_rustls::rustls::{ServerConfig, crypto::ring, pki_types::PrivatePkcs8KeyDer};

    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let certificate = made.cert.der().clone();
    let key = PrivatePkcs8KeyDer::from(made.signing_key.serialize_der());
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.clone()], key.into())
        .unwrap();
    let cli = FakeCli::start().await;
    let target = cli.url.trim_start_matches("ws://").to_owned();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("wss://localhost:{}", listener.local_addr().unwrap().port());
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let mut proxy = JoinSet::new();
    proxy.spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            let Ok(mut client) = acceptor.accept(stream).await else { continue };
            let mut server = TcpStream::connect(&target).await.unwrap();
            tokio::io::copy_bidirectional(&mut client, &mut server).await.ok();
        }
    });
    let stranger = WebSocketCore::connect(&url, options()).await;
    assert!(matches!(stranger, Err(ConnectError::Unreachable { .. })), "{stranger:?}");
    let mut options = options();
    options.root_certificate = Some(certificate.to_vec());
    let core = WebSocketCore::connect(&url, options).await.unwrap();
    core.send(request("/u")).await.unwrap();
    core.close(SOON).await.unwrap();
}
