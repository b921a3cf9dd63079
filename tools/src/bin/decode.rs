//! Decodes recorded lines and says what each became.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;

use anyhow::Context;
use clap::Parser;
use serde_json::{Value, json};
use simplex_types::{DecodeError, Decoded, Event, Frame, Lost, Outcome, Response, types};

/// Decodes recorded lines and says what each became, or where not and why.
///
/// A line is a recording's (`{"dir":"resp"|"event","text":…}`) or a message of the core as it is. Lines of a recording
/// that are no messages of the core are passed over.
#[derive(Parser)]
#[command(name = "cargo xtask decode")]
struct Args {
    /// Recordings.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Print each decoded value serialised again, one line for one line (an empty line for a line that is no message).
    #[arg(long)]
    json: bool,
    /// Print only lines with something to say, and the summary.
    #[arg(long, short)]
    quiet: bool,
}

#[derive(Default)]
struct Summary {
    messages: usize,
    unknown: BTreeMap<String, usize>,
    lost: BTreeMap<String, usize>,
    failed: BTreeMap<String, usize>,
}

fn main() -> anyhow::Result<()> {
    let args = Args::parse();
    let mut summary = Summary::default();
    for file in &args.files {
        let name = file.display();
        let lines = BufReader::new(std::fs::File::open(file).with_context(|| format!("opening {name}"))?).lines();
        for (number, line) in lines.enumerate() {
            let line = line.with_context(|| format!("reading {name}"))?;
            let Some((event, text)) = message(&line) else {
                if args.json {
                    println!();
                }
                continue;
            };
            one(&args, &format!("{name}:{}", number + 1), event, &text, &mut summary);
        }
    }
    if !args.json {
        println!("{} messages", summary.messages);
        for (title, counts) in
            [("unknown", &summary.unknown), ("lost", &summary.lost), ("not decoded", &summary.failed)]
        {
            println!("{} {title}", counts.values().sum::<usize>());
            for (what, count) in counts {
                println!("  {count} × {what}");
            }
        }
    }
    Ok(())
}

/// The message in a line, and whether it came unasked.
fn message(line: &str) -> Option<(bool, String)> {
    let value: Value = serde_json::from_str(line).ok()?;
    if value.get("result").is_some() || value.get("error").is_some() || value.get("resp").is_some() {
        return Some((true, line.to_owned()));
    }
    let event = match value.get("dir")?.as_str()? {
        "event" => true,
        "resp" => false,
        _ => return None,
    };
    let text = value.get("text")?.as_str()?;
    (!text.is_empty()).then(|| (event, text.to_owned()))
}

/// A message's decoded form, whichever it is.
enum Message {
    Event(Event),
    Response(Response),
    Error(types::ChatError),
}

fn decode(frame: &Frame, event: bool) -> Result<(Message, Vec<Lost>), DecodeError> {
    fn part<T>(decoded: Decoded<T>, wrap: impl Fn(T) -> Message) -> (Message, Vec<Lost>) {
        (wrap(decoded.value), decoded.lost)
    }
    Ok(match (frame.outcome(), event) {
        (Outcome::Error, _) => part(types::ChatError::decode(frame)?, Message::Error),
        (_, true) => part(Event::decode(frame)?, Message::Event),
        _ => part(Response::decode(frame)?, Message::Response),
    })
}

fn one(args: &Args, place: &str, event: bool, text: &str, summary: &mut Summary) {
    let frame = Frame::parse(text.to_owned());
    if frame.outcome() == Outcome::Malformed {
        // The library's own answers (files, databases) and cut frames are not the core's messages.
        if args.json {
            println!();
        } else if !args.quiet {
            println!("{place}: not an envelope");
        }
        return;
    }
    summary.messages += 1;
    match decode(&frame, event) {
        Ok((message, lost)) => {
            let (kind, value, unknown) = match &message {
                Message::Event(e) => ("event", serde_json::to_value(e), matches!(e, Event::Unknown(_))),
                Message::Response(r) => ("response", serde_json::to_value(r), matches!(r, Response::Unknown(_))),
                Message::Error(e) => ("error", serde_json::to_value(e), matches!(e, types::ChatError::Unknown(_))),
            };
            if unknown {
                *summary.unknown.entry(format!("{kind} {}", frame.tag())).or_default() += 1;
            }
            for lost in &lost {
                *summary.lost.entry(format!("{} {}: {}", frame.tag(), lost.path, lost.reason)).or_default() += 1;
            }
            if args.json {
                println!("{}", value.unwrap_or_else(|e| json!({ "unserialisable": e.to_string() })));
            } else if !args.quiet || unknown || !lost.is_empty() {
                let note = if unknown { " (unknown)" } else { "" };
                println!("{place}: {kind} {}{note}", frame.tag());
                for lost in lost {
                    println!("    lost {}: {}", lost.path, lost.reason);
                }
            }
        }
        Err(error) => {
            *summary.failed.entry(format!("{} {}: {}", error.tag(), error.path(), error.reason())).or_default() += 1;
            println!("{}", if args.json { String::new() } else { format!("{place}: {error}") });
        }
    }
}
