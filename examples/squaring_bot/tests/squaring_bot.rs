//! The example as a process: it shows its address, answers, and ends well by either signal.

#![expect(clippy::unwrap_used, reason = "what fails here fails a test")]

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use simplex_e2e::{DEADLINE, recorded_events, scripted_library};

/// Polls until `ready`, which reads what another process wrote.
fn eventually(what: &str, mut ready: impl FnMut() -> bool) {
    let begin = Instant::now();
    while !ready() {
        assert!(begin.elapsed() < DEADLINE, "{what} did not happen");
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn start(folder: &Path) -> Child {
    Command::new(env!("CARGO_BIN_EXE_squaring_bot"))
        .current_dir(folder)
        .env("SIMPLEX_LIBS_DIR", folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

#[test]
fn it_shows_its_address_answers_and_ends_by_either_signal_with_the_store_closed() {
    for signal in ["-INT", "-TERM"] {
        let folder = tempfile::tempdir().unwrap();
        scripted_library(folder.path(), &recorded_events());
        let mut bot = start(folder.path());
        let mut line = String::new();
        let mut output = BufReader::new(bot.stdout.take().unwrap());
        output.read_line(&mut line).unwrap();
        assert!(line.contains("https://") || line.contains("simplex:/contact"), "{line}");

        let log = || std::fs::read_to_string(folder.path().join("log")).unwrap_or_default();
        eventually("an answer", || log().lines().any(|line| line.starts_with("/_send @4 ")));
        assert!(Command::new("kill").args([signal, &bot.id().to_string()]).status().unwrap().success());
        let told = Instant::now();
        let status = bot.wait().unwrap();
        assert!(told.elapsed() < Duration::from_secs(2), "it took {:?}", told.elapsed());
        let mut errors = String::new();
        bot.stderr.take().unwrap().read_to_string(&mut errors).unwrap();
        assert!(status.success(), "{signal}: {status}, {errors}");
        assert_eq!(log().lines().last(), Some("(closed)"), "{signal}");
        assert!(log().lines().any(|line| line == "/_stop"), "{signal}");
    }
}
