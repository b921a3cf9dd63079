//! The parser refuses what the core refuses and takes what it takes, line for line: `fixtures/malformed.jsonl` holds
//! commands and the text of the command error that the core answered, or null when it understood them.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

use simplex_sim::parser::parse;
use simplex_sim::{Network, Settings, Ts};

#[test]
fn the_parser_refuses_what_the_core_refuses() {
    let mut lines: Vec<(String, Option<String>)> =
        include_str!("fixtures/malformed.jsonl").lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    let empty = Some("Failed reading: empty".to_owned());
    lines.push((format!("/{}", "x".repeat(20_000)), empty));
    lines.push((format!("/_connect plan 1 {}", "a".repeat(30_000)), None));
    lines.push((format!("/_send @4 text {}", "L".repeat(30_000)), None));
    let wrong: Vec<_> = lines
        .iter()
        .filter(|(text, error)| {
            let refused = error.as_deref() == Some("Failed reading: empty");
            parse(text).is_err() != refused
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {}: {wrong:#?}", wrong.len(), lines.len());
}

#[test]
fn a_refused_command_is_answered_in_the_cores_words() {
    let mut net = Network::new(Settings::default());
    let core = net.open("a", "").unwrap();
    let answer = net.command(core, "/no such command").unwrap();
    assert_eq!(
        answer,
        r#"{"error":{"type":"error","errorType":{"type":"commandError","message":"Failed reading: empty"}}}"#
    );
}

#[test]
fn commands_are_answered_at_the_end_of_the_clock_too() {
    let mut net = Network::new(Settings::default());
    let core = net.open("a", "").unwrap();
    net.advance(Ts(i64::MAX));
    let user = r#"/_create user {"profile":null,"pastTimestamp":false}"#;
    for command in [user, "/_start main=on", "/_address 1", "/_operators"] {
        let answer = net.command(core, command).unwrap();
        assert!(answer.starts_with(r#"{"result""#), "{command}: {answer}");
    }
}
