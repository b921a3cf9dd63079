//! `cargo xtask schema`: a release's API as facts, from the official Python client's wheel or from upstream's pages.

mod diff;
pub mod ir;
mod wheel;

use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::Subcommand;

#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Read a release's API and write `schema/simplex-chat-<version>.json`.
    Import {
        /// A wheel of the official Python client, or a version of it to download.
        #[arg(long)]
        wheel: Option<String>,
        /// Where to write instead; `-` prints.
        #[arg(long)]
        out: Option<String>,
    },
    /// Print what changed between two releases (schema files or versions).
    Diff {
        /// The older one.
        from: String,
        /// The newer one.
        to: String,
    },
}

pub fn run(args: &Args) -> anyhow::Result<()> {
    match &args.task {
        Task::Import { wheel: Some(wheel), out } => write(&wheel::import(wheel)?, out.as_deref()),
        Task::Import { .. } => bail!("say what to import: --wheel FILE|VERSION"),
        Task::Diff { from, to } => {
            print!("{}", diff::diff(&load(from)?, &load(to)?));
            Ok(())
        }
    }
}

/// The file of a version.
pub fn path(version: &str) -> PathBuf {
    crate::root().join("schema").join(format!("simplex-chat-{version}.json"))
}

/// Reads a schema, named by its version or its file.
pub fn load(name: &str) -> anyhow::Result<ir::Schema> {
    let file = if name.ends_with(".json") { PathBuf::from(name) } else { path(name) };
    let text = std::fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))?;
    serde_json::from_str(&text).with_context(|| format!("reading {}", file.display()))
}

fn write(schema: &ir::Schema, out: Option<&str>) -> anyhow::Result<()> {
    let text = serde_json::to_string_pretty(schema)? + "\n";
    if out == Some("-") {
        print!("{text}");
        return Ok(());
    }
    let file = out.map_or_else(|| path(&schema.version), PathBuf::from);
    std::fs::write(&file, text).with_context(|| format!("writing {}", file.display()))?;
    eprintln!("{}: {}", file.display(), schema.counts());
    Ok(())
}
