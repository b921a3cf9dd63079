//! A network in a file, whose process is killed at any moment: what was answered is there, once, and unread until read.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "what fails here fails a test")]

use std::io::{BufRead, BufReader, Lines, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use serde_json::{Value, json};
use simplex_e2e::{root, simulated_library};

/// A process that is killed, and what it says.
struct Process {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Process {
    fn start(command: &mut Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Self { child, lines }
    }

    /// The rest of the next line that begins so.
    fn line(&mut self, beginning: &str) -> String {
        let mut lines = self.lines.by_ref().map(Result::unwrap);
        lines.find_map(|line| line.strip_prefix(beginning).map(str::to_owned)).expect("the line")
    }

    /// Kills it as `kill -9` does; what it had said is read to its end.
    fn kill(mut self) -> Vec<String> {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        self.lines.by_ref().map_while(Result::ok).collect()
    }
}

/// Nothing outlives a test that fails.
impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_process_with_its_own_network_loses_nothing_that_was_answered() {
    let folder = tempfile::tempdir().unwrap();
    let libs = simulated_library();
    let start = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_two_people"));
        command.env("SIM_LIBS", &libs).env("SIMPLEX_SIM_STATE", folder.path().join("network")).current_dir(&folder);
        Process::start(&mut command)
    };
    let mut answered = 0;
    // Killed after so many answers of each run.
    for kill_after in [3, 1, 17, 40, 2, 9] {
        let mut process = start();
        let had = process.line("had ");
        has_all(&had, answered);
        for _ in 0..kill_after {
            answered = process.line("sent ").parse().unwrap();
        }
        if let Some(last) = process.kill().iter().rev().find_map(|line| line.strip_prefix("sent ")) {
            answered = last.parse().unwrap_or(answered);
        }
    }
    let mut process = start();
    has_all(&process.line("had "), answered);
    process.kill();
    assert!(answered >= 72);
}

/// All numbers up to the last that was answered for, each once and in order, perhaps one more, and all unread.
fn has_all(had: &str, answered: u64) {
    let (unread, numbers) = had.split_once(' ').unwrap();
    let numbers: Vec<u64> = numbers.split(',').filter(|n| !n.is_empty()).map(|n| n.parse().unwrap()).collect();
    let all: Vec<u64> = (1..=numbers.len() as u64).collect();
    assert_eq!(numbers, all);
    assert!(
        [answered, answered + 1].contains(&(all.len() as u64)),
        "{answered} were answered, {} are there",
        all.len()
    );
    assert_eq!(unread, all.len().to_string());
}

/// One party on a hub in another process.
struct Party {
    stream: BufReader<TcpStream>,
    core: u64,
}

impl Party {
    fn open(address: &str, name: &str) -> Self {
        let stream = BufReader::new(TcpStream::connect(address).unwrap());
        let mut party = Self { stream, core: 0 };
        let opened: Value = serde_json::from_str(&party.ask(&json!(["open", name, ""]))).unwrap();
        party.core = opened[1].as_u64().unwrap();
        party
    }

    fn ask(&mut self, request: &Value) -> String {
        writeln!(self.stream.get_mut(), "{request}").unwrap();
        let mut line = String::new();
        self.stream.read_line(&mut line).unwrap();
        line
    }

    fn command(&mut self, command: &str) -> Value {
        let answer: Value = serde_json::from_str(&self.ask(&json!(["send", self.core, command]))).unwrap();
        assert!(answer.get("result").is_some(), "{command}: {answer}");
        answer["result"].clone()
    }
}

fn serve(binary: &Path, state: &Path) -> (Process, String) {
    let mut command = Command::new(binary);
    let mut process = Process::start(command.args(["--hub", "0", "--state"]).arg(state));
    let address = process.line("hub ");
    (process, address)
}

#[test]
fn a_hub_that_is_killed_has_what_it_had() {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--quiet", "-p", "simplex-tools", "--features", "sim-serve", "--bin", "sim-serve"]);
    cargo.args(["--message-format", "json"]).current_dir(root());
    let output = cargo.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let messages = output.stdout.split(|byte| *byte == b'\n').filter_map(|line| serde_json::from_slice(line).ok());
    let binary =
        messages.filter_map(|message: Value| message["executable"].as_str().map(str::to_owned)).next_back().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("network");

    let (server, address) = serve(binary.as_ref(), &state);
    let (mut alice, mut bob) = (Party::open(&address, "alice"), Party::open(&address, "bob"));
    for (party, name) in [(&mut alice, "alice"), (&mut bob, "bob")] {
        let user = json!({ "profile": { "displayName": name, "fullName": "" }, "pastTimestamp": false });
        party.command(&format!("/_create user {user}"));
        party.command("/_start main=on");
    }
    let link = bob.command("/_address 1")["connLinkContact"]["connFullLink"].as_str().unwrap().to_owned();
    bob.command(r#"/_address_settings 1 {"businessAddress":false,"autoAccept":{"acceptIncognito":false}}"#);
    alice.command(&format!("/_connect 1 {link}"));
    while !bob.ask(&json!(["recv", bob.core, 5_000_000])).contains("contactConnected") {}
    for n in 1..=5 {
        let message = json!([{ "msgContent": { "type": "text", "text": n.to_string() }, "mentions": {} }]);
        alice.command(&format!("/_send @4 json {message}"));
    }
    server.kill();

    let (server, address) = serve(binary.as_ref(), &state);
    let mut alice = Party::open(&address, "alice");
    let mut bob = Party::open(&address, "bob");
    alice.command("/_start main=on");
    bob.command("/_start main=on");
    let text = |chat: &Value| -> Vec<String> {
        let items = chat["chat"]["chatItems"].as_array().unwrap().iter();
        let texts = items.filter_map(|item| item["content"]["msgContent"]["text"].as_str());
        texts.map(str::to_owned).collect()
    };
    let chat = bob.command("/_get chat @4 count=100");
    assert_eq!(text(&chat), ["1", "2", "3", "4", "5"]);
    assert_eq!(bob.command("/_get chat @4 initial=1")["chat"]["chatStats"]["unreadCount"], 5);
    assert_eq!(text(&alice.command("/_get chat @4 count=100")), ["1", "2", "3", "4", "5"]);
    server.kill();
}
