//! What a bot tells of itself: over HTTP, through real sockets and in real time.

#![expect(clippy::panic, clippy::unwrap_used, reason = "what fails here fails a test")]

mod common;
mod scripted;

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use common::{Seen, World, next, telling, until};
use metrics_exporter_prometheus::PrometheusBuilder;
use simplex_bot::core::mock::{Answer, MockCore};
use simplex_bot::core::{CoreError, CoreEvent, Request};
use simplex_bot::prelude::*;
use simplex_bot::types::ContactId;
use simplex_bot::types::event::ContactConnected;
use simplex_bot::{Retry, Running};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::Notify;
use tokio::time::{sleep, timeout};

use scripted::{answer, connected, message};

const SOON: Duration = Duration::from_secs(10);

/// Fails, panics, hangs or ends well, as it is told.
async fn obey(msg: TextMessage) -> Result<(), std::num::ParseIntError> {
    match msg.text() {
        "panic" => panic!("on purpose"),
        "hang" => std::future::pending().await,
        text => text.parse::<i32>().map(drop),
    }
}

async fn bot() -> (MockCore, Running, SocketAddr) {
    let core = MockCore::new(answer);
    let bot = Bot::new("watched").core(Arc::new(core.clone())).health("127.0.0.1:0").retry(Retry::never());
    let running = bot.drain(Duration::from_secs(5)).on(text(), obey).start().await.unwrap();
    let address = running.health_address().unwrap();
    (core, running, address)
}

/// What the endpoint answers to these bytes: all of it, to the end of the connection.
async fn ask(address: SocketAddr, request: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    // It may have answered and gone before it read everything.
    let _ = stream.write_all(request.as_bytes()).await;
    let mut answer = Vec::new();
    let _ = timeout(SOON, stream.read_to_end(&mut answer)).await.unwrap();
    String::from_utf8(answer).unwrap()
}

async fn get(address: SocketAddr, path: &str) -> String {
    ask(address, &format!("GET {path} HTTP/1.1\r\nHost: {address}\r\n\r\n")).await
}

/// Waits until the metrics have this line.
async fn metric(address: SocketAddr, line: &str) {
    let shown = timeout(SOON, async {
        while !get(address, "/metrics").await.lines().any(|shown| shown == line) {
            sleep(Duration::from_millis(10)).await;
        }
    });
    if shown.await.is_err() {
        panic!("no {line} in {}", get(address, "/metrics").await);
    }
}

#[tokio::test]
async fn health_and_metrics_say_what_happened() {
    let (core, running, address) = bot().await;
    let health = get(address, "/health").await;
    assert!(health.starts_with("HTTP/1.1 200 OK\r\n"), "{health}");
    let (_, body) = health.split_once("\r\n\r\n").unwrap();
    let body: serde_json::Value = serde_json::from_str(body).unwrap();
    assert_eq!((&body["condition"], &body["handled"]), (&"serving".into(), &0.into()));
    core.push_event(connected(9));
    for (item, text) in ["1", "2", "word", "panic"].into_iter().enumerate() {
        core.push_event(message(4, item as i64, text));
    }
    let of = |name: &str| format!("simplex_bot_{name}{{bot=\"watched\"");
    metric(address, &format!("{}}} 5", of("events_total"))).await;
    metric(address, &format!("{}}} 4", of("messages_handled_total"))).await;
    metric(address, &format!("{},kind=\"error\"}} 1", of("failures_total"))).await;
    metric(address, &format!("{},kind=\"panic\"}} 1", of("failures_total"))).await;
    metric(address, &format!("{}}} 2", of("messages_given_up_total"))).await;
    metric(address, &format!("{}}} 4", of("handler_seconds_count"))).await;
    metric(address, &format!("{}}} 0", of("lanes"))).await;
    metric(address, &format!("{}}} 0", of("queued"))).await;
    core.push(CoreEvent::Disconnected { reason: "a test".into() });
    timeout(SOON, async {
        while !get(address, "/health").await.starts_with("HTTP/1.1 503 ") {
            sleep(Duration::from_millis(10)).await;
        }
    })
    .await
    .unwrap();
    core.push(CoreEvent::Reconnected);
    metric(address, &format!("{}}} 1", of("reconnects_total"))).await;
    let answered = get(address, "/metrics").await;
    let answered =
        answered.lines().find(|line| line.starts_with(&format!("{},outcome=\"answered", of("commands_total"))));
    assert!(!answered.unwrap().ends_with(" 0"));
    running.stop().await.unwrap();
    assert!(TcpStream::connect(address).await.is_err());
}

/// Of handlers and of commands: each outcome is counted as what it is.
#[tokio::test]
async fn outcomes_are_told_apart() {
    let core = MockCore::new(|request: &Request| match request.text() {
        "/silence" => Answer::Fail(CoreError::Timeout { command: "/silence".into(), after: Duration::ZERO }),
        _ => answer(request).into(),
    });
    let bot = Bot::new("watched").core(Arc::new(core.clone())).health("127.0.0.1:0").retry(Retry::never());
    let asks = async |chat: Chat| chat.next_message().timeout(Duration::from_millis(10)).await.map(drop);
    let bot = bot.handler_timeout(Duration::from_millis(10)).command("ask", "", asks).on(text(), obey);
    let running = bot.start().await.unwrap();
    let address = running.health_address().unwrap();
    let of = |name: &str| format!("simplex_bot_{name}{{bot=\"watched\"");
    for (item, text) in ["hang", "/ask"].into_iter().enumerate() {
        core.push_event(message(4, item as i64, text));
    }
    metric(address, &format!("{},kind=\"timeout\"}} 1", of("failures_total"))).await;
    metric(address, &format!("{},kind=\"unanswered\"}} 1", of("failures_total"))).await;
    let count = |shown: &str, begin: &str| -> u64 {
        shown.lines().find_map(|line| line.strip_prefix(begin)).unwrap().parse().unwrap()
    };
    let commands = |shown: &str| {
        ["answered", "refused", "unanswered"]
            .map(|outcome| count(shown, &format!("{},outcome=\"{outcome}\"}} ", of("commands_total"))))
    };
    let [_, refused, unanswered] = commands(&get(address, "/metrics").await);
    running.api().raw("/nonsense").await.unwrap_err();
    running.api().raw("/silence").await.unwrap_err();
    // All of one answer: the bot marks messages as read meanwhile.
    let shown = get(address, "/metrics").await;
    let [answered, ..] = commands(&shown);
    assert_eq!(commands(&shown), [answered, refused + 1, unanswered + 1]);
    let taken = shown.lines().find_map(|line| line.strip_prefix(&format!("{}}} ", of("handler_seconds_sum"))));
    // As long as the limit for the one that hangs.
    assert!(taken.unwrap().parse::<f64>().unwrap() >= 0.01, "{shown}");
    let timed = count(&shown, &format!("{}}} ", of("command_seconds_count")));
    assert_eq!(timed, answered + refused + unanswered + 2);
    running.stop().await.unwrap();
}

#[tokio::test]
async fn the_documentation_has_every_metric_with_its_kind() {
    let Ok(page) = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/operations.md")) else {
        return eprintln!("left out: the documentation of the project is not here");
    };
    let documented = page.lines().filter_map(|line| line.strip_prefix("| `simplex_bot_"));
    let documented = documented
        .filter_map(|row| row.split_once("` | ").and_then(|(name, row)| Some((name, row.split(' ').next()?))));
    let (core, running, address) = bot().await;
    core.push_event(connected(9));
    core.push_event(message(4, 1, "1"));
    metric(address, "simplex_bot_handler_seconds_count{bot=\"watched\"} 1").await;
    let answered = get(address, "/metrics").await;
    let told = answered.lines().filter_map(|line| line.strip_prefix("# TYPE simplex_bot_")?.split_once(' '));
    // What the facade calls a histogram is shown with its quantiles.
    let told = told.map(|(name, kind)| (name, if kind == "summary" { "histogram" } else { kind }));
    assert_eq!(documented.collect::<BTreeSet<_>>(), told.collect::<BTreeSet<_>>());
    running.stop().await.unwrap();
}

#[tokio::test]
async fn what_is_queued_is_a_gauge_that_comes_down_again_by_a_stop_too() {
    let (core, running, address) = bot().await;
    core.push_event(message(4, 1, "hang"));
    for item in 2..12 {
        core.push_event(message(4, item, "1"));
    }
    metric(address, "simplex_bot_queued{bot=\"watched\"} 10").await;
    metric(address, "simplex_bot_lanes{bot=\"watched\"} 1").await;
    running.handle().stop();
    metric(address, "simplex_bot_queued{bot=\"watched\"} 0").await;
    let health = get(address, "/health").await;
    assert!(health.starts_with("HTTP/1.1 503 ") && health.contains(r#""condition":"stopping""#), "{health}");
    running.stop().await.unwrap_err();
}

#[tokio::test]
async fn what_is_queued_of_a_contact_that_is_deleted_is_on_the_gauge_no_more() {
    let core = MockCore::new(|request: &Request| match request.text() {
        "/_delete @4 full notify=off" => r#"{"result":{"type":"cmdOk"}}"#.to_owned(),
        _ => answer(request),
    });
    let bot = Bot::new("watched").core(Arc::new(core.clone())).health("127.0.0.1:0").drain(Duration::ZERO);
    let running = bot.on(text(), obey).start().await.unwrap();
    let address = running.health_address().unwrap();
    for (item, text) in ["hang", "1", "2", "3"].into_iter().enumerate() {
        core.push_event(message(4, item as i64, text));
    }
    metric(address, "simplex_bot_queued{bot=\"watched\"} 3").await;
    running.api().raw("/_delete @4 full notify=off").await.unwrap();
    metric(address, "simplex_bot_queued{bot=\"watched\"} 0").await;
    running.stop().await.unwrap_err();
}

#[tokio::test]
async fn what_is_to_be_handled_again_is_on_the_gauge_of_what_is_queued_while_it_is() {
    let core = MockCore::new(answer);
    let gate = Arc::new(Notify::new());
    let fails_or_waits = async |msg: TextMessage, State(gate): State<Arc<Notify>>| match msg.text() {
        "wait" => {
            gate.notified().await;
            Ok(())
        }
        text => text.parse::<i32>().map(drop),
    };
    let bot = Bot::new("watched").core(Arc::new(core.clone())).health("127.0.0.1:0");
    let bot = bot.retry(Retry::times(1).backoff(Duration::ZERO)).state(Arc::clone(&gate)).on(text(), fails_or_waits);
    let running = bot.start().await.unwrap();
    let address = running.health_address().unwrap();
    core.push_event(message(4, 1, "word"));
    core.push_event(message(4, 2, "wait"));
    metric(address, "simplex_bot_queued{bot=\"watched\"} 1").await;
    gate.notify_one();
    metric(address, "simplex_bot_messages_given_up_total{bot=\"watched\"} 1").await;
    metric(address, "simplex_bot_queued{bot=\"watched\"} 0").await;
    running.stop().await.unwrap();
}

/// Also what is done while a lane reads from the database.
#[tokio::test]
async fn a_handler_that_waits_for_its_chat_to_be_read_on_is_on_the_gauge_of_what_is_queued_while_it_is() {
    async fn handle(msg: TextMessage, api: ChatApi, State((seen, gate)): State<(Seen, Arc<Notify>)>) {
        seen.send(msg.text().to_owned()).unwrap();
        if msg.text() == "first" {
            gate.notified().await;
        } else {
            // In vain: nobody writes there.
            Chat::new(api, ContactId(2)).next_message().timeout(Duration::from_millis(10)).await.unwrap_err();
            seen.send("went on".to_owned()).unwrap();
        }
    }
    let world = World::new();
    let (bot, _) = telling(&world).await;
    let alice = world.person("alice", &bot).await;
    bot.stop().await.unwrap();
    world.while_nobody_listens(|_| {
        alice.send("waits");
        alice.send("first");
    });
    let recorder = PrometheusBuilder::new().build_recorder();
    let _here = metrics::set_default_local_recorder(&recorder);
    let queued = |n: u32| recorder.handle().render().contains(&format!("simplex_bot_queued{{bot=\"bot\"}} {n}\n"));
    let ((seen, mut heard), gate) = (common::seen(), Arc::new(Notify::new()));
    let bot = world.bot().state((seen, Arc::clone(&gate))).on(text(), handle).start().await.unwrap();
    assert_eq!([next(&mut heard).await, next(&mut heard).await], ["waits", "first"]);
    until(async || queued(1)).await;
    gate.notify_one();
    assert_eq!(next(&mut heard).await, "went on");
    until(async || queued(0)).await;
    bot.stop().await.unwrap();
}

#[tokio::test]
async fn nothing_is_queued_any_more_when_a_bot_has_ended() {
    let recorder = PrometheusBuilder::new().build_recorder();
    let _here = metrics::set_default_local_recorder(&recorder);
    let core = MockCore::new(answer);
    let bot = Bot::new("watched").core(Arc::new(core.clone())).on(text(), obey);
    let running = bot.on_event(async |_: ContactConnected| {}).start().await.unwrap();
    // The event waits behind a handler that the stop has to cancel.
    core.push_event(message(4, 1, "hang"));
    core.push_event(connected(4));
    let handle = running.handle();
    let queued = async {
        while handle.health().unwrap().queued != 1 {
            sleep(Duration::from_millis(10)).await;
        }
    };
    timeout(SOON, queued).await.unwrap();
    assert!(recorder.handle().render().contains("simplex_bot_queued{bot=\"watched\"} 1\n"));
    handle.drain(Duration::from_millis(100)).await.unwrap_err();
    let shown = recorder.handle().render();
    for gauge in ["queued", "lanes"] {
        assert!(shown.contains(&format!("simplex_bot_{gauge}{{bot=\"watched\"}} 0\n")), "{shown}");
    }
}

#[tokio::test]
async fn nothing_but_a_short_get_is_served() {
    let (_core, running, address) = bot().await;
    let status = |answer: String| answer.split(' ').nth(1).unwrap_or_default().to_owned();
    assert_eq!(status(get(address, "/").await), "404");
    assert_eq!(status(get(address, "/../health").await), "404");
    assert_eq!(
        status(ask(address, "POST /health HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n").await),
        "405"
    );
    assert_eq!(status(ask(address, "HEAD /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n").await), "200");
    assert_ne!(status(ask(address, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").await), "200");
    let mut long = format!("GET /{} HTTP/1.1\r\n\r\n", "x".repeat(1 << 20));
    assert_ne!(status(ask(address, &long).await), "200");
    long = format!("GET /health HTTP/1.1\r\n{}\r\n", "a: b\r\n".repeat(1000));
    assert_ne!(status(ask(address, &long).await), "200");
    for nonsense in ["\r\n\r\n", "\u{0}\u{1}\u{2}", "GET", "GET /health", "🚀 /health HTTP/1.1\r\n\r\n"] {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(nonsense.as_bytes()).await.unwrap();
        stream.shutdown().await.unwrap();
        let mut answer = String::new();
        timeout(SOON, stream.read_to_string(&mut answer)).await.unwrap().unwrap();
        assert!(!answer.contains("200 OK"), "{answer}");
    }
    assert_eq!(status(get(address, "/health").await), "200");
    running.stop().await.unwrap();
}

#[tokio::test]
async fn a_page_whose_name_leads_to_this_machine_is_told_nothing() {
    let (_core, running, address) = bot().await;
    let asked = async |address, host: &str| {
        let answer = ask(address, &format!("GET /health HTTP/1.1\r\n{host}\r\n")).await;
        answer.split(' ').nth(1).unwrap_or_default().to_owned()
    };
    for host in ["Host: bot.example\r\n", "Host: bot.example:9090\r\n", "Host: localhost.bot.example\r\n", "Host: \r\n"]
    {
        assert_eq!(asked(address, host).await, "421", "{host}");
    }
    for host in ["Host: 127.0.0.1:9090\r\n", "Host: [::1]\r\n", "Host: localhost:9090\r\n", "Host: LOCALHOST\r\n", ""] {
        assert_eq!(asked(address, host).await, "200", "{host}");
    }
    running.stop().await.unwrap();
    let bot =
        Bot::new("bot").core(Arc::new(MockCore::new(answer))).health_exposed("127.0.0.1:0").start().await.unwrap();
    assert_eq!(asked(bot.health_address().unwrap(), "Host: bot.example\r\n").await, "200");
    bot.stop().await.unwrap();
}

#[tokio::test]
async fn who_says_nothing_is_cut_off_and_keeps_neither_others_nor_the_stop_waiting() {
    let (_core, running, address) = bot().await;
    let mut silent = Vec::new();
    let began = Instant::now();
    for _ in 0..20 {
        silent.push(TcpStream::connect(address).await.unwrap());
    }
    // More than may be connected: one place becomes free when the first are cut off.
    assert!(get(address, "/health").await.starts_with("HTTP/1.1 200"));
    assert!(began.elapsed() >= Duration::from_secs(3) && began.elapsed() < 3 * SOON, "{:?}", began.elapsed());
    let began = Instant::now();
    running.stop().await.unwrap();
    assert!(began.elapsed() < Duration::from_secs(3));
}

#[tokio::test]
async fn only_loopback_unless_it_is_said() {
    let refused = |address: &'static str| async move {
        let bot = Bot::new("bot").core(Arc::new(MockCore::new(answer))).health(address);
        bot.start().await.unwrap_err().to_string()
    };
    assert!(refused("0.0.0.0:0").await.contains("health_exposed"));
    assert!(refused("[::]:0").await.contains("health_exposed"));
    assert!(refused("localhost:1").await.contains("127.0.0.1:9090"));
    assert!(refused("nonsense").await.contains("nonsense"));
    let bot = Bot::new("bot").core(Arc::new(MockCore::new(answer))).health_exposed("0.0.0.0:0").start().await.unwrap();
    let taken = bot.health_address().unwrap();
    let second = Bot::new("bot").core(Arc::new(MockCore::new(answer))).health_exposed(taken.to_string());
    assert!(matches!(second.start().await, Err(BotError::Config(_))));
    assert!(get(SocketAddr::from(([127, 0, 0, 1], taken.port())), "/health").await.starts_with("HTTP/1.1 200"));
    bot.stop().await.unwrap();
}
