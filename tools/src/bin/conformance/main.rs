//! Replays recorded scenarios in the simulator and compares its output with the core's.
//!
//! Every command of a scenario is sent to the simulated core of the same party, with the clock at the recorded time.
//! Answers are compared one to one; the events of a party are compared in order per chat. What always differs (ids,
//! times, keys, links, what 7.0.2 added) is normalised first by the rules of [`rules`], each with its reason.

mod compare;
mod deviations;
mod replay;
mod report;
mod rules;

use std::path::PathBuf;

use anyhow::Context;
use clap::Parser;

#[derive(Parser)]
#[command(about = "Compare the simulator with recorded traffic")]
struct Args {
    /// The folder with the recordings (`NN-name.jsonl`).
    recordings: PathBuf,
    /// Write the simulated traffic here, in the recordings' own format.
    #[arg(long)]
    dump: Option<PathBuf>,
    /// Print every line that differs, of scenarios whose name contains this.
    #[arg(long)]
    show: Option<String>,
    /// Replay only scenarios whose name contains this.
    #[arg(long)]
    only: Option<String>,
    /// The least mean over commands and tags, in per cent, that counts as success.
    #[arg(long, default_value_t = 95.0)]
    least: f64,
    /// Fail also when a line differs that DEVIATIONS.md does not list, or one that it lists does not.
    #[arg(long)]
    check: bool,
}

fn main() -> anyhow::Result<()> {
    let args = Args::parse();
    let mut files: Vec<PathBuf> = std::fs::read_dir(&args.recordings)
        .with_context(|| format!("reading the folder {}", args.recordings.display()))?
        .filter_map(|e| e.ok().map(|e| e.path()))
        .filter(|p| p.extension().is_some_and(|e| e == "jsonl"))
        .collect();
    files.sort();
    let mut report = report::Report::default();
    for file in files {
        let name = file.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
        if args.only.as_ref().is_some_and(|o| !name.contains(o.as_str())) {
            continue;
        }
        // 02 to 31 hardly need steps from outside the core; 01, 45 and 47 are replayed too, but not counted with them.
        let number: u32 = name.split('-').next().and_then(|n| n.parse().ok()).unwrap_or(99);
        let counted = (2..=31).contains(&number);
        if !counted && !matches!(number, 1 | 45 | 47) {
            continue;
        }
        let lines = replay::read(&file)?;
        let run = replay::run(&lines)?;
        if let Some(dir) = &args.dump {
            std::fs::create_dir_all(dir)?;
            std::fs::write(dir.join(format!("{name}.jsonl")), run.dump())?;
        }
        let outcome = compare::compare(&lines, &run);
        if args.show.as_ref().is_some_and(|s| name.contains(s.as_str())) {
            report::show(&name, &outcome);
        }
        report.add(&name, counted, outcome);
    }
    let mean = report.print();
    if args.check {
        let problems = deviations::check(&report);
        anyhow::ensure!(problems.is_empty(), "DEVIATIONS.md is not up to date:\n{}", problems.join("\n"));
        println!("DEVIATIONS.md lists all that differs");
    }
    anyhow::ensure!(mean >= args.least, "the mean over commands and tags is {mean:.1} %, below {} %", args.least);
    Ok(())
}
