//! Feeds damaged messages to the decoder and arbitrary texts to commands, until the time is over.

use std::panic::catch_unwind;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};
use clap::Parser;
use fastrand::Rng;
use simplex_tools::recording::{self, Message, message};
use simplex_types::types::{
    AddressSettings, ChatPagination, ChatRef, ComposedMessage, CreatedConnLink, MsgContent, Profile,
};
use simplex_types::{Command, CommandTextError, ContactId, FileId, Frame, FrameOutcome, UserId, cmd};

/// Feeds damaged messages to the decoder and arbitrary texts to commands, until the time is over. What must hold: no
/// panic; a decoded value serialises, and decodes again to the same value; a command's text is one line, as the core
/// reads it.
#[derive(Parser)]
#[command(name = "cargo xtask fuzz")]
struct Args {
    /// Recordings to start from; without any, a small sample.
    files: Vec<PathBuf>,
    /// How long to run.
    #[arg(long, default_value_t = 600)]
    seconds: u64,
    /// The start of the random sequence; the same seed and files give the same sequence.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

fn main() -> anyhow::Result<()> {
    let args = Args::parse();
    let mut corpus: Vec<String> = Vec::new();
    for file in &args.files {
        for line in recording::read(file)? {
            corpus.extend(line?.1.map(|recorded| recorded.text));
        }
    }
    if corpus.is_empty() {
        let sample = include_str!("../../tests/data/sample.jsonl");
        corpus.extend(sample.lines().filter_map(message).map(|recorded| recorded.text));
    }
    let mut rng = Rng::with_seed(args.seed);
    let end = Instant::now() + Duration::from_secs(args.seconds);
    let (mut messages, mut decoded, mut commands) = (0u64, 0u64, 0u64);
    while Instant::now() < end {
        for _ in 0..64 {
            let bytes = damaged(&mut rng, &corpus);
            messages += 1;
            match catch_unwind(|| decode(&bytes)) {
                Ok(Ok(good)) => decoded += u64::from(good),
                Ok(Err(problem)) => bail!("{problem}\nin {}", String::from_utf8_lossy(&bytes)),
                Err(_) => bail!("a panic on {}", String::from_utf8_lossy(&bytes)),
            }
            let text = arbitrary(&mut rng, &corpus);
            commands += 1;
            match catch_unwind(|| encode(&text)) {
                Ok(result) => result.with_context(|| format!("with {text:?}"))?,
                Err(_) => bail!("a panic on {text:?}"),
            }
        }
    }
    println!("{messages} messages ({decoded} of them decoded) and {commands} texts in commands: clean");
    Ok(())
}

/// Tokens that are difficult for JSON and its readers.
const TOKENS: [&str; 22] = [
    "{",
    "}",
    "[",
    "]",
    "null",
    "\"type\":",
    "{\"type\":\"",
    "\"\\u0000\"",
    "\"\\ud800\"",
    "-1",
    "1e999",
    "9223372036854775808",
    "0.1",
    "true",
    "\"\"",
    ",",
    ":",
    "{\"a\":",
    "[[[[[[[[",
    "\"snd-ready\"",
    "\\",
    "\u{feff}",
];

/// A recorded message with a few random changes.
fn damaged(rng: &mut Rng, corpus: &[String]) -> Vec<u8> {
    let mut bytes = pick(rng, corpus).as_bytes().to_vec();
    for _ in 0..rng.usize(1..6) {
        if bytes.is_empty() {
            break;
        }
        let at = rng.usize(0..bytes.len());
        let len = rng.usize(0..32).min(bytes.len() - at);
        match rng.u8(0..8) {
            0 => bytes[at] = rng.u8(..),
            1 => drop(bytes.drain(at..at + len)),
            2 => {
                let copy = bytes[at..at + len].to_vec();
                bytes.splice(at..at, copy);
            }
            3 => drop(bytes.splice(at..at + len, pick(rng, &TOKENS).bytes())),
            4 => {
                let other = pick(rng, corpus).as_bytes();
                let from = rng.usize(0..other.len());
                let part = other[from..(from + rng.usize(0..400)).min(other.len())].to_vec();
                bytes.splice(at..at, part);
            }
            5 => bytes.truncate(at),
            6 => {
                // Deep nesting.
                let open =
                    *pick(rng, &["[", "{\"a\":", "{\"commands\":[{\"type\":\"menu\",\"label\":\"\",\"commands\":["]);
                bytes.splice(at..at, open.repeat(rng.usize(1..400)).into_bytes());
            }
            _ => swap_members(rng, &mut bytes),
        }
    }
    bytes
}

/// Moves a tag behind the member after it.
fn swap_members(rng: &mut Rng, bytes: &mut Vec<u8>) {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let tags: Vec<usize> = text.match_indices("{\"type\":\"").map(|(at, _)| at).collect();
    if tags.is_empty() {
        return;
    }
    let at = *pick(rng, &tags);
    let Some((member, rest)) = text[at + 1..].split_once(',') else { return };
    let Some((value, rest)) = rest.split_once(['}', ',']) else { return };
    let separator = &text[text.len() - rest.len() - 1..text.len() - rest.len()];
    *bytes = format!("{}{{{value},{member}{separator}{rest}", &text[..at]).into_bytes();
}

fn pick<'a, T>(rng: &mut Rng, list: &'a [T]) -> &'a T {
    &list[rng.usize(0..list.len())]
}

fn decode(bytes: &[u8]) -> Result<bool, String> {
    let frame = Frame::parse(bytes.to_vec());
    drop(format!("{frame:?}"));
    if frame.outcome() == FrameOutcome::Malformed {
        return Ok(false);
    }
    let mut good = false;
    for event in [true, false] {
        let Ok((message, _)) = Message::decode(&frame, event) else { continue };
        good = true;
        drop(format!("{message:?}"));
        let json = message.to_json().map_err(|e| e.to_string())?;
        if !json.starts_with('{') {
            // A bare string in place of an error: it is kept as it is, but is not a body by itself.
            continue;
        }
        let key = if matches!(message, Message::Error(_)) { "error" } else { "result" };
        let again = Frame::parse(format!("{{\"{key}\":{json}}}"));
        let (again, _) = Message::decode(&again, event).map_err(|e| format!("does not decode again: {e}"))?;
        let second = again.to_json().map_err(|e| e.to_string())?;
        // The order of fields may differ if unknown fields stood between known ones; values may not.
        let value = |text: &str| serde_json::from_str::<serde_json::Value>(text).map_err(|e| e.to_string());
        if json != second && value(&json)? != value(&second)? {
            return Err(format!("decodes again to something else: {json} and {second}"));
        }
    }
    Ok(good)
}

/// A text that a caller may pass to a command.
fn arbitrary(rng: &mut Rng, corpus: &[String]) -> String {
    match rng.u8(0..4) {
        0 => (0..rng.usize(0..20)).map(|_| rng.char(..)).collect(),
        1 => {
            let text = pick(rng, corpus);
            text.chars().skip(rng.usize(0..text.len())).take(rng.usize(0..30)).collect()
        }
        2 => {
            let words = [
                "a",
                " ",
                "\n",
                "\r",
                "\0",
                "\t",
                "@1",
                "approved_relays=on",
                "encrypt=on ",
                "/quit",
                "\u{85}",
                "\u{2028}",
                "ü",
            ];
            (0..rng.usize(0..5)).map(|_| *pick(rng, &words)).collect()
        }
        _ => "simplex:/contact#/?v=2-7&smp=smp%3A%2F%2Fabc".chars().take(rng.usize(0..44)).collect(),
    }
}

/// Builds the commands that take free text.
fn encode(text: &str) -> anyhow::Result<()> {
    let chat = ChatRef::from(ContactId(1));
    let composed = ComposedMessage::new(MsgContent::text(text));
    let raw: [Result<String, CommandTextError>; 6] = [
        cmd::ReceiveFile::new(FileId(1)).with_file_path(text).text(),
        cmd::ListGroups::new(UserId(1)).with_search(text).text(),
        cmd::GetChat::new(chat, ChatPagination::Last { count: 1 }).with_search(text).text(),
        cmd::ConnectPlan::new(UserId(1), text).text(),
        cmd::ConnectLink::new(text).text(),
        cmd::Connect::new(UserId(1), CreatedConnLink::new(text)).text(),
    ];
    for command in raw.into_iter().flatten() {
        ensure!(command.ends_with(text) && !text.is_empty(), "{command:?} is not the command with its text");
        one_line(&command)?;
    }
    let json = [
        cmd::SendMessages::new(chat, composed.into()).text()?,
        cmd::UpdateProfile::new(UserId(1), Profile::new(text, text)).text()?,
        cmd::SetActiveUser::new(UserId(1)).with_view_pwd(text).text()?,
        cmd::SetAddressSettings::new(UserId(1), AddressSettings::new().with_auto_reply(MsgContent::text(text)))
            .text()?,
    ];
    for command in json {
        one_line(&command)?;
        let start = command.find(['{', '[', '"']).context("no JSON")?;
        serde_json::from_str::<serde_json::Value>(&command[start..]).with_context(|| command.clone())?;
    }
    Ok(())
}

fn one_line(command: &str) -> anyhow::Result<()> {
    ensure!(!command.chars().any(|c| c < ' '), "{command:?} has control characters");
    ensure!(command.trim() == command, "{command:?} has white space around it");
    Ok(())
}
