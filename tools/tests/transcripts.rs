//! Every recorded answer and event decodes, and nothing is dropped on the way: serialised again it has all that was
//! there, except where 6.4.5 writes otherwise (`data/differences-6.4.5.json` says where and why).

#![expect(clippy::unwrap_used, reason = "what fails here fails a test")]

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;
use simplex_tools::recording::{Message, message};
use simplex_types::{Frame, FrameOutcome};

/// The documented tags: those of the schema as it was imported.
fn documented() -> BTreeSet<String> {
    let schema: Value = serde_json::from_str(include_str!("../../schema/simplex-chat-7.0.2.json")).unwrap();
    let tags = |key: &str| schema[key].as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    tags("events").into_iter().chain(tags("responses")).collect()
}

/// Paths, without indexes, of what `raw` has and `again` has not or has otherwise.
fn dropped(raw: &Value, again: &Value, path: &str, out: &mut BTreeSet<String>) {
    match (raw, again) {
        (Value::Object(a), Value::Object(b)) => {
            for (key, value) in a {
                match b.get(key) {
                    Some(other) => dropped(value, other, &format!("{path}.{key}"), out),
                    None => drop(out.insert(format!("{path}.{key}"))),
                }
            }
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            a.iter().zip(b).for_each(|(a, b)| dropped(a, b, &format!("{path}[]"), out));
        }
        _ if raw == again => {}
        _ => drop(out.insert(path.to_owned())),
    }
}

#[test]
fn nothing_recorded_is_dropped() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/transcripts"));
    let Ok(entries) = std::fs::read_dir(folder) else {
        println!("skipped: no recordings in {}", folder.display());
        return;
    };
    let known: Vec<Value> = serde_json::from_str(include_str!("data/differences-6.4.5.json")).unwrap();
    let foreign: Vec<&Value> = known.iter().filter_map(|d| d["unknown"].as_array()).flatten().collect();
    let known: Vec<&str> = known.iter().filter_map(|d| d["path"].as_str()).collect();
    let documented = documented();
    let (mut messages, mut unknown, mut problems) = (0, BTreeSet::new(), BTreeSet::new());
    for path in entries.map(|e| e.unwrap().path()).filter(|p| p.extension().is_some_and(|e| e == "jsonl")) {
        for line in std::fs::read_to_string(&path).unwrap().lines() {
            let Some(recorded) = message(line) else { continue };
            let frame = Frame::parse(recorded.text);
            if frame.outcome() == FrameOutcome::Malformed {
                continue;
            }
            messages += 1;
            let tag = frame.tag();
            let (message, lost) = match Message::decode(&frame, recorded.event) {
                Ok(decoded) => decoded,
                Err(error) => {
                    problems.insert(error.to_string());
                    continue;
                }
            };
            problems.extend(lost.iter().map(|l| format!("{tag}: {l:?}")));
            if message.is_unknown() {
                unknown.insert(tag.to_owned());
            } else if let Some((_, within)) = format!("{message:?}").split_once("Unknown(") {
                let inner = within.split([',', ')']).next().unwrap_or_default();
                if !foreign.iter().any(|tag| *tag == inner) {
                    problems.insert(format!("{tag}: an unknown {inner} within"));
                }
            }
            let raw: Value = serde_json::from_str(frame.body()).unwrap();
            let again: Value = serde_json::from_str(&message.to_json().unwrap()).unwrap();
            let mut out = BTreeSet::new();
            dropped(&raw, &again, tag, &mut out);
            problems.extend(
                out.into_iter()
                    .filter(|path| !known.iter().any(|k| path.ends_with(&format!(".{k}")) || path.starts_with(k))),
            );
        }
    }
    println!("{messages} messages; of no documented kind: {unknown:?}");
    let undocumented_only: Vec<&String> = unknown.iter().filter(|tag| documented.contains(*tag)).collect();
    assert!(undocumented_only.is_empty(), "unknown though documented: {undocumented_only:?}");
    assert!(problems.is_empty(), "{problems:#?}");
    assert!(messages > 4000, "only {messages} messages");
}
