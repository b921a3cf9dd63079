//! Every recorded answer to a command decodes as one of that command's.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::Serialize;
use serde_json::Value;
use simplex_types::{AnswerError, Decoded, Frame, Lost};

use crate::made;

/// An answer, serialised again, and what of it was lost.
pub struct Checked {
    json: String,
    lost: Vec<Lost>,
}

pub fn checked<T: Serialize>(decoded: Decoded<T>) -> Checked {
    Checked { json: serde_json::to_string(&decoded.value).unwrap(), lost: decoded.lost }
}

/// The documented command that a text is: the one with the longest beginning that fits.
fn command(text: &str) -> Option<&'static str> {
    let link = text.contains("simplex:") || text.contains("https:");
    match text {
        // With a link and without one these are two commands.
        _ if text.starts_with("/_connect 1") && !link => Some("APIAddContact"),
        "/connect" => None,
        _ => longest(text),
    }
}

fn longest(text: &str) -> Option<&'static str> {
    let fits = |(_, start, next, _): &&(&str, &str, &str, bool)| {
        let Some(rest) = text.strip_prefix(start) else { return false };
        match *next {
            "end" => rest.is_empty(),
            "number" => rest.starts_with(|c: char| c.is_ascii_digit()),
            "chat" => rest.starts_with(['@', '#', '*', ':']),
            "object" => rest.starts_with('{'),
            _ => true,
        }
    };
    made::COMMANDS.iter().filter(fits).max_by_key(|(_, start, ..)| start.len()).filter(|c| c.3).map(|(name, ..)| *name)
}

#[test]
fn every_recorded_answer_is_one_of_its_commands() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/transcripts"));
    let Ok(entries) = std::fs::read_dir(folder) else {
        println!("skipped: no recordings in {}", folder.display());
        return;
    };
    let (mut answers, mut commands, mut problems) = (0, BTreeSet::new(), Vec::new());
    for path in entries.map(|e| e.unwrap().path()).filter(|p| p.extension().is_some_and(|e| e == "jsonl")) {
        let mut asked: BTreeMap<(String, u64), &str> = BTreeMap::new();
        for (number, line) in std::fs::read_to_string(&path).unwrap().lines().enumerate() {
            let line: Value = serde_json::from_str(line).unwrap();
            let (Some(who), Some(id)) = (line["who"].as_str(), line["id"].as_u64()) else { continue };
            let text = line["text"].as_str().unwrap_or_default();
            if line["dir"] == "cmd" {
                asked.extend(command(text).map(|name| ((who.to_owned(), id), name)));
            } else if line["dir"] == "resp"
                && let Some(name) = asked.remove(&(who.to_owned(), id))
            {
                let frame = Frame::parse(text.to_owned());
                let place = format!("{}:{} {name}", path.display(), number + 1);
                match made::read(name, &frame).unwrap() {
                    Ok(answer) => {
                        answers += 1;
                        commands.insert(name);
                        let again: Value = serde_json::from_str(&answer.json).unwrap();
                        assert_eq!(again["type"], frame.tag(), "{place}");
                        problems.extend(answer.lost.iter().map(|l| format!("{place}: {l:?}")));
                    }
                    // The core's own refusal.
                    Err(AnswerError::Chat { .. }) => {}
                    Err(error) => problems.push(format!("{place}: {error}")),
                }
            }
        }
    }
    println!("{answers} answers to {} commands", commands.len());
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    assert!(answers > 800 && commands.len() > 35, "{answers} answers to {} commands", commands.len());
}
