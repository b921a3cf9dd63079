//! `cargo xtask schema`: a release's API as facts, from the official Python client's wheel or from upstream's pages.

mod diff;
mod docs;
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
        /// A folder with upstream's pages on the API (COMMANDS.md, EVENTS.md, TYPES.md).
        #[arg(long, conflicts_with = "wheel", requires = "version")]
        docs: Option<PathBuf>,
        /// The release that the pages describe.
        #[arg(long, conflicts_with = "wheel")]
        version: Option<String>,
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
        Task::Import { wheel: Some(wheel), out, .. } => write(&wheel::import(wheel)?, out.as_deref()),
        Task::Import { docs: Some(docs), version: Some(version), out, .. } => {
            write(&docs::import(docs, version)?, out.as_deref())
        }
        Task::Import { .. } => bail!("say what to import: --wheel FILE|VERSION or --docs FOLDER --version VERSION"),
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

#[cfg(test)]
mod tests {
    use super::*;

    /// A wheel that was downloaded before, if it is still there.
    fn wheel(version: &str) -> Option<String> {
        let file = crate::root().join(format!("target/wheels/simplex_chat-{version}-py3-none-any.whl"));
        if file.exists() {
            return file.to_str().map(str::to_owned);
        }
        eprintln!("skipped: {} is not there (cargo xtask schema import --wheel {version} fetches it)", file.display());
        None
    }

    #[test]
    fn the_committed_schemas_are_what_the_wheels_say() {
        for version in ["6.5.1", "7.0.2"] {
            if let Some(file) = wheel(version) {
                assert_eq!(wheel::import(&file).unwrap(), load(version).unwrap(), "{version}");
            }
        }
    }

    #[test]
    fn the_committed_schema_is_what_the_pages_say() {
        let folder = crate::root().join("../shared/api-docs-6.4.5");
        if !folder.exists() {
            eprintln!("skipped: upstream's pages of 6.4.5 are not there");
            return;
        }
        assert_eq!(docs::import(&folder, "6.4.5").unwrap(), load("6.4.5").unwrap());
    }

    #[test]
    fn nothing_of_a_release_is_missing() {
        let counts = |version| load(version).unwrap().counts();
        assert_eq!(
            counts("7.0.2"),
            "52 commands, 55 responses, 50 events, 211 types (107 records, 61 unions with 522 members, 43 enums)"
        );
        assert_eq!(
            counts("6.4.5"),
            "42 commands, 45 responses, 45 events, 172 types (86 records, 51 unions with 471 members, 35 enums)"
        );
    }

    #[test]
    fn a_diff_lists_what_a_release_changed_type_by_type() {
        let diff = diff::diff(&load("6.5.1").unwrap(), &load("7.0.2").unwrap());
        for line in [
            "  + APIAllowRelayGroup",
            "  ~ CIMeta: - msgSigned, + msgVerified",
            "  ~ CIDeleteMode: + history",
            "  ~ UserContactRequest: ~ profile: Profile → LocalProfile",
            "  + LocalBadge",
        ] {
            assert!(diff.lines().any(|l| l == line), "no line {line:?} in\n{diff}");
        }
    }

    #[test]
    fn both_sources_read_a_command_alike() {
        let (docs, wheel) = (load("6.4.5").unwrap(), load("6.5.1").unwrap());
        for name in ["APICreateMyAddress", "ReceiveFile", "APIDeleteChat", "APIConnect", "APISetActiveUser"] {
            assert_eq!(docs.commands[name], wheel.commands[name], "{name}");
        }
    }
}
