//! What `Bot::run` makes of the signals to its process, and what it writes where people look. The process is this one
//! again: see `process`.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "what fails here fails a test")]

mod scripted;

use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use simplex_bot::core::mock::{Answer, MockCore};
use simplex_bot::core::native::LibSource;
use simplex_bot::prelude::*;
use simplex_bot::{Condition, Handle};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;
use tokio::process::{Child, ChildStdout, Command};
use tokio::signal::unix::{SignalKind, signal};
use tokio::time::timeout;

use scripted::{answer, connected, message};

/// Less than the time for an answer of a core, or of a mirror.
const SOON: Duration = Duration::from_secs(20);
const KIND: &str = "SIMPLEX_BOT_TEST_RUN";
const PLACE: &str = "SIMPLEX_BOT_TEST_PLACE";

/// Not a test of its own: a process with a bot.
#[test]
fn process() {
    let Ok(kind) = std::env::var(KIND) else { return };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let ended = runtime.block_on(runs(&kind));
    if let Err(error) = &ended {
        println!("ended: {error}");
    }
    std::process::exit(i32::from(ended.is_err()));
}

async fn runs(kind: &str) -> Result<(), BotError> {
    match kind {
        "opening" => opening().await,
        "starting" => {
            // Like a core that waits for a lock on its database.
            let core = MockCore::new(|_| {
                println!("starting");
                Answer::Never
            });
            let ended = Bot::new("bot").core(Arc::new(core.clone())).run().await;
            assert!(core.is_closed());
            ended
        }
        "handling" => handling().await,
        "idle" => Bot::new("bot").core(Arc::new(MockCore::new(answer))).run().await,
        "beside" => beside().await,
        "between" => between().await,
        "twice" => twice().await,
        _ => logging(kind).await,
    }
}

async fn opening() -> Result<(), BotError> {
    let (folder, mirror) = (tempfile::tempdir().unwrap(), std::env::var(PLACE).unwrap());
    let library = LibSource::default().cache(folder.path()).mirror(mirror);
    Bot::new("bot").db(Db::sqlite(folder.path().join("bot"))).library(library).run().await
}

/// Tells of each hangup that reaches it, and lets its handler end when it is told so.
async fn handling() -> Result<(), BotError> {
    let core = MockCore::new(answer);
    core.push_event(message(4, 7, "hello"));
    let handler = async |_: Message| {
        println!("handling");
        tokio::task::spawn_blocking(|| std::io::stdin().read_line(&mut String::new())).await.map(drop)
    };
    let mut hangups = signal(SignalKind::hangup()).unwrap();
    let told = async {
        while hangups.recv().await.is_some() {
            println!("hangup");
        }
    };
    tokio::select! {
        ended = Bot::new("bot").core(Arc::new(core)).on(any(), handler).run() => ended,
        () = told => panic!("no more signals"),
    }
}

/// Has something else to end before the bot.
async fn beside() -> Result<(), BotError> {
    let signal = simplex_bot::stop_signal()?;
    let core = MockCore::new(answer);
    let running = Bot::new("bot").core(Arc::new(core)).on(any(), async |_: Message| {}).start().await?;
    println!("serving");
    signal.await;
    assert!(running.handle().health().is_some_and(|health| health.condition == Condition::Serving));
    println!("asked");
    running.stop().await
}

/// Has something else to end when the second signal comes, while a handler does not end.
async fn between() -> Result<(), BotError> {
    let mut signals = signal(SignalKind::interrupt()).unwrap();
    let asked = simplex_bot::stop_signal()?;
    let core = MockCore::new(answer);
    core.push_event(message(4, 7, "hello"));
    let handler = async |_: Message| {
        println!("handling");
        std::future::pending::<()>().await;
    };
    let bot = Bot::new("bot").core(Arc::new(core)).on(any(), handler).drain(Duration::from_hours(1));
    let running = bot.start().await?;
    asked.await;
    signals.recv().await;
    println!("asked");
    signals.recv().await;
    running.handle().stop();
    running.until_signal().await
}

/// Waits for the signal in two places, as it happens, and lets its handler end when it is told so.
async fn twice() -> Result<(), BotError> {
    let asked = [simplex_bot::stop_signal()?, simplex_bot::stop_signal()?];
    let core = MockCore::new(answer);
    core.push_event(message(4, 7, "hello"));
    let handler = async |_: Message| {
        println!("handling");
        tokio::task::spawn_blocking(|| std::io::stdin().read_line(&mut String::new())).await.map(drop)
    };
    let running = Bot::new("bot").core(Arc::new(core)).on(any(), handler).start().await?;
    let mut asked = asked.map(Box::pin);
    asked[0].as_mut().await;
    drop(asked);
    running.handle().stop();
    println!("asked");
    running.until_signal().await
}

async fn logging(kind: &str) -> Result<(), BotError> {
    let core = MockCore::new(answer);
    core.push_event(connected(9));
    core.push_event(r#"{"result":{"type":"hostConnected","protocol":"smp","transportHost":"smp.example"}}"#);
    core.push_event(message(4, 7, "stop"));
    let bot = Bot::new("Desk").core(Arc::new(core)).on(any(), async |bot: Handle| bot.stop());
    match kind {
        "contacts" => bot.log_contacts().run().await,
        "network" => bot.log_network().run().await,
        _ => bot.run().await,
    }
}

/// Starts a process.
fn started(kind: &str, place: &str) -> (Child, BufReader<ChildStdout>) {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "process", "--nocapture"]).env(KIND, kind).env(PLACE, place);
    command.env_remove("SIMPLEX_LIBS_DIR").kill_on_drop(true);
    let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let output = BufReader::new(process.stdout.take().unwrap());
    (process, output)
}

/// Waits until a process writes this.
async fn writes(output: &mut BufReader<ChildStdout>, what: &str) {
    let line = async {
        let mut line = String::new();
        while !line.trim_end().ends_with(what) {
            line.clear();
            assert!(output.read_line(&mut line).await.unwrap() > 0, "the process ended without `{what}`");
        }
    };
    timeout(SOON, line).await.unwrap();
}

fn send(process: &Child, signal: &str) {
    let process = process.id().unwrap().to_string();
    assert!(std::process::Command::new("kill").args([signal, &process]).status().unwrap().success());
}

/// Waits for the end of a process; gives what it wrote to its log. It must end well.
async fn ends_well(mut process: Child, mut output: BufReader<ChildStdout>) -> String {
    let (mut rest, mut log) = (String::new(), String::new());
    let mut errors = process.stderr.take().unwrap();
    let end = async { tokio::join!(output.read_to_string(&mut rest), errors.read_to_string(&mut log), process.wait()) };
    let (.., status) = timeout(SOON, end).await.unwrap();
    assert!(status.unwrap().success(), "{rest}{log}");
    log
}

#[tokio::test]
async fn a_signal_while_a_bot_starts_ends_it_well_with_its_core_closed() {
    for signal in ["-INT", "-TERM"] {
        let (process, mut output) = started("starting", "");
        writes(&mut output, "starting").await;
        send(&process, signal);
        ends_well(process, output).await;
    }
}

#[tokio::test]
async fn a_signal_while_the_library_is_fetched_ends_a_bot_well() {
    // Takes the connection, and says nothing.
    let mirror = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", mirror.local_addr().unwrap());
    for signal in ["-INT", "-TERM"] {
        let (process, output) = started("opening", &address);
        let _asked = timeout(SOON, mirror.accept()).await.unwrap().unwrap();
        send(&process, signal);
        ends_well(process, output).await;
    }
}

#[tokio::test]
async fn a_program_that_waits_for_the_signal_itself_stops_its_bot_last() {
    for signal in ["-INT", "-TERM"] {
        let (process, mut output) = started("beside", "");
        writes(&mut output, "serving").await;
        send(&process, signal);
        writes(&mut output, "asked").await;
        ends_well(process, output).await;
    }
}

#[tokio::test]
async fn a_second_signal_counts_that_comes_before_the_bot_is_waited_for() {
    let (mut process, mut output) = started("between", "");
    writes(&mut output, "handling").await;
    send(&process, "-INT");
    writes(&mut output, "asked").await;
    send(&process, "-INT");
    writes(&mut output, "stay unread for the next run").await;
    assert!(!timeout(SOON, process.wait()).await.unwrap().unwrap().success());
}

#[tokio::test]
async fn a_signal_that_is_waited_for_in_two_places_is_one() {
    let (mut process, mut output) = started("twice", "");
    writes(&mut output, "handling").await;
    send(&process, "-INT");
    writes(&mut output, "asked").await;
    process.stdin.take().unwrap().write_all(b"\n").await.unwrap();
    ends_well(process, output).await;
}

/// Without a terminal, a service manager or an `ssh` may send both that of the shell and that of the system.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_second_hangup_cancels_no_handler() {
    let (mut process, mut output) = started("handling", "");
    writes(&mut output, "handling").await;
    for _ in 0..2 {
        send(&process, "-HUP");
        writes(&mut output, "hangup").await;
    }
    process.stdin.take().unwrap().write_all(b"\n").await.unwrap();
    ends_well(process, output).await;
}

#[tokio::test]
async fn a_bot_without_handlers_says_so() {
    let (process, mut output) = started("idle", "");
    writes(&mut output, "bot is at simplex:/contact#/?v=2-7&smp=a").await;
    send(&process, "-INT");
    let log = ends_well(process, output).await;
    assert!(log.contains("WARN") && log.contains("the bot has no handlers"), "{log}");
}

#[tokio::test]
async fn a_run_shows_the_address_and_logs_what_is_asked_for() {
    for (kind, contacts, network) in [("plain", false, false), ("contacts", true, false), ("network", false, true)] {
        let (process, mut output) = started(kind, "");
        writes(&mut output, "Desk is at simplex:/contact#/?v=2-7&smp=a").await;
        let log = ends_well(process, output).await;
        assert!(!log.contains("no handlers"), "{log}");
        let said = |what: &str| log.lines().any(|line| line.contains("INFO") && line.contains(what));
        assert_eq!(said("a contact is connected name="), contacts, "{log}");
        assert_eq!(said("connected to the server smp.example"), network, "{log}");
        // The address is for those who see the terminal.
        assert!(!log.contains("smp=a"), "{log}");
    }
}
