//! Changes every value of recorded messages in every way, and reports where decoding did not do what it must.

use std::path::PathBuf;

use anyhow::ensure;
use clap::Parser;
use simplex_tools::mutations::{Places, Report, check};
use simplex_tools::recording;

/// Changes every value of recorded messages in every way (removed, renamed, retyped, null, another text, a field
/// added), and reports where decoding did not do what it must.
///
/// Each change means decoding a whole message, so all changes of thousands of messages take long. A value is skipped
/// once enough values in the same place of similar messages were changed.
#[derive(Parser)]
#[command(name = "cargo xtask mutate")]
struct Args {
    /// Recordings.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// In how many similar messages to change the value in the same place.
    #[arg(long, default_value_t = 3)]
    each: usize,
    /// Also print the changes that make a whole message undecodable.
    #[arg(long)]
    undecodable: bool,
}

fn main() -> anyhow::Result<()> {
    let args = Args::parse();
    // Panics are counted, not printed one by one.
    std::panic::set_hook(Box::new(|_| {}));
    let (mut tried, mut undecodable, mut failures) = (0, 0, 0);
    let mut places = Places::default();
    for file in &args.files {
        for line in recording::read(file)? {
            let (place, Some(recorded)) = line? else { continue };
            let mut report = Report::default();
            check(&recorded.text, recorded.event, args.each, &mut places, &mut report);
            tried += report.tried;
            undecodable += report.undecodable.len();
            failures += report.failures.len();
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
