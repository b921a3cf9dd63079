//! Decodes recorded lines and reports the result of each.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Parser;
use simplex_tools::recording::{self, Message, Recorded};
use simplex_types::{Frame, FrameOutcome};

/// Like `println!`, which panics where this ends the program: well if nobody reads its output any more, else with an
/// error.
macro_rules! say {
    ($($text:tt)*) => {
        if let Err(error) = std::io::Write::write_fmt(
            &mut std::io::stdout(),
            format_args!("{}\n", format_args!($($text)*)),
        ) {
            let closed = error.kind() == std::io::ErrorKind::BrokenPipe;
            if !closed {
                eprintln!("error: {error}");
            }
            std::process::exit(i32::from(!closed));
        }
    };
}

/// Decodes recorded lines and reports the result of each, or where decoding failed and why.
///
/// A line is either a recording's (`{"dir":"resp"|"event","text":…}`) or the text of a message of the core. Other lines
/// of a recording are skipped.
#[derive(Parser)]
#[command(name = "cargo xtask decode")]
struct Args {
    /// Recordings.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Print each decoded value serialised again, one line for one line (an empty line for a line without a message).
    #[arg(long)]
    json: bool,
    /// Print only lines with problems, and the summary.
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
        for line in recording::read(file)? {
            let (place, Some(recorded)) = line? else {
                if args.json {
                    say!("");
                }
                continue;
            };
            one(&args, &place, &recorded, &mut summary);
        }
    }
    if !args.json {
        say!("{} messages", summary.messages);
        for (title, counts) in
            [("unknown", &summary.unknown), ("lost", &summary.lost), ("not decoded", &summary.failed)]
        {
            say!("{} {title}", counts.values().sum::<usize>());
            for (what, count) in counts {
                say!("  {count} × {what}");
            }
        }
    }
    Ok(())
}

fn one(args: &Args, place: &str, recorded: &Recorded, summary: &mut Summary) {
    let frame = Frame::parse(recorded.text.clone());
    if frame.outcome() == FrameOutcome::Malformed {
        // Answers of the library itself (files, databases) and truncated frames are not messages of the core.
        if args.json {
            say!("");
        } else if !args.quiet {
            say!("{place}: not an envelope");
        }
        return;
    }
    summary.messages += 1;
    match Message::decode(&frame, recorded.event) {
        Ok((message, lost)) => {
            let (kind, unknown) = (message.kind(), message.is_unknown());
            if unknown {
                *summary.unknown.entry(format!("{kind} {}", frame.tag())).or_default() += 1;
            }
            for lost in &lost {
                *summary.lost.entry(format!("{} {}: {}", frame.tag(), lost.path, lost.reason)).or_default() += 1;
            }
            if args.json {
                say!("{}", message.to_json().unwrap_or_default());
            } else if !args.quiet || unknown || !lost.is_empty() {
                let note = if unknown { " (unknown)" } else { "" };
                say!("{place}: {kind} {}{note}", frame.tag());
                for lost in lost {
                    let what = if lost.kept { "kept undecoded" } else { "lost" };
                    say!("    {what} {}: {}: {}", lost.part, lost.path, lost.reason);
                }
            }
        }
        Err(error) => {
            *summary.failed.entry(format!("{} {}: {}", error.tag(), error.path(), error.reason())).or_default() += 1;
            say!("{}", if args.json { String::new() } else { format!("{place}: {error}") });
        }
    }
}
