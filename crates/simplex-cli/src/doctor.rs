//! Checks what a bot needs on this machine: what is there, what is missing, and how to fix it.

use std::io::ErrorKind;
use std::process::Command;

use anyhow::bail;
use simplex_native::locate::{LIBS_DIR, named_folder};

use crate::libs::Which;

/// One thing that was checked.
struct Check {
    what: &'static str,
    found: Result<String, String>,
    /// How to fix it.
    fix: &'static str,
    /// Whether a bot works without it.
    optional: bool,
}

pub(crate) fn run() -> anyhow::Result<()> {
    say!("ok       platform: {}-{}", std::env::consts::OS, std::env::consts::ARCH)?;
    match named_folder() {
        Some(folder) => say!("ok       folder of the library: {} (from {LIBS_DIR})", folder.display())?,
        None => say!("ok       folder of the library: the cache; {LIBS_DIR} is not set")?,
    }
    let checks = [
        Check {
            what: "the core's library",
            found: Which::default()
                .verify()
                .map(|path| path.display().to_string())
                .map_err(|error| format!("{error:#}")),
            fix: "run `simplex libs fetch`, with SIMPLEX_LIBS_DIR unset; on a platform without the library, run the simplex-chat CLI and connect to it",
            optional: false,
        },
        Check {
            what: "the simplex-chat CLI",
            found: version("simplex-chat"),
            fix: "needed only by bots that use it instead of the library",
            optional: true,
        },
        Check {
            what: "cargo",
            found: version("cargo"),
            fix: "needed only to build bots: install Rust 1.95 or later",
            optional: true,
        },
    ];
    let mut missing = 0;
    for check in &checks {
        match &check.found {
            Ok(found) => say!("ok       {}: {found}", check.what)?,
            Err(why) => {
                let word = if check.optional { "absent " } else { "MISSING" };
                say!("{word}  {}: {why}\n         → {}", check.what, check.fix)?;
                missing += u32::from(!check.optional);
            }
        }
    }
    if missing > 0 {
        bail!("something that a bot needs is missing");
    }
    Ok(())
}

fn version(program: &str) -> Result<String, String> {
    let output = Command::new(program).arg("--version").output().map_err(|error| match error.kind() {
        ErrorKind::NotFound => "it is not in the PATH".to_owned(),
        _ => error.to_string(),
    })?;
    let text = String::from_utf8_lossy(&output.stdout).lines().next().unwrap_or_default().to_owned();
    if output.status.success() { Ok(text) } else { Err(format!("it ended with {}", output.status)) }
}
