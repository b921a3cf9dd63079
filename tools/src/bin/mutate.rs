//! Changes every value of recorded messages in every way, and says what decoding did not bear.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;

use anyhow::{Context, ensure};
use clap::Parser;
use simplex_tools::mutations::{Places, Report, check};
use simplex_tools::recording::message;

/// Changes every value of recorded messages in every way (removed, renamed, retyped, null, another text, a field
/// added), and says what decoding did not bear.
///
/// Each change has its whole message decoded, so all changes of thousands of messages take long. A value that stands
/// where others did in messages alike is passed over, once so many of these were changed.
#[derive(Parser)]
#[command(name = "cargo xtask mutate")]
struct Args {
    /// Recordings.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Change what stands in the same place in so many messages alike.
    #[arg(long, default_value_t = 3)]
    each: usize,
    /// Print the changes that make a whole message undecodable too.
    #[arg(long)]
    undecodable: bool,
}

fn main() -> anyhow::Result<()> {
    let args = Args::parse();
    // Panics are counted, not shown each.
    std::panic::set_hook(Box::new(|_| {}));
    let (mut tried, mut undecodable, mut failures) = (0, 0, 0);
    let mut places = Places::default();
    for file in &args.files {
        let name = file.display();
        let lines = BufReader::new(std::fs::File::open(file).with_context(|| format!("opening {name}"))?).lines();
        for (number, line) in lines.enumerate() {
            let line = line.with_context(|| format!("reading {name}"))?;
            let Some(recorded) = message(&line) else { continue };
            let mut report = Report::default();
            check(&recorded.text, recorded.event, args.each, &mut places, &mut report);
            tried += report.tried;
            undecodable += report.undecodable.len();
            failures += report.failures.len();
            let place = format!("{name}:{}", number + 1);
            for failure in &report.failures {
                println!("{place}: {failure}");
            }
            for change in report.undecodable.iter().filter(|_| args.undecodable) {
                println!("{place}: undecodable: {change}");
            }
        }
    }
    println!("{tried} changes, {undecodable} of them made a message undecodable, {failures} failures");
    ensure!(failures == 0, "decoding did not bear {failures} of {tried} changes");
    Ok(())
}
