//! Checks what a bot needs on this machine: what is there, what is missing, and how to fix it.

use std::io::ErrorKind;
use std::process::Stdio;
use std::time::Duration;

use anyhow::bail;
use simplex_native::locate::{LIBS_DIR, named_folder};
use tokio::process::Command;
use tokio::time::timeout;

use crate::libs::Which;

/// How long a program may take to say its version.
const PATIENCE: Duration = Duration::from_secs(10);

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
            fix: "if it is not there: `simplex libs fetch`, with SIMPLEX_LIBS_DIR unset; if it does not load: install what it needs of the system (on Debian: `apt install libgmp10`); on a platform without the library, run the simplex-chat CLI and connect to it",
            optional: false,
        },
        Check {
            what: "the simplex-chat CLI",
            found: version("simplex-chat", PATIENCE),
            fix: "needed only by bots that use it instead of the library",
            optional: true,
        },
        Check {
            what: "cargo",
            found: version("cargo", PATIENCE),
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

fn version(program: &str, patience: Duration) -> Result<String, String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| error.to_string())?;
    let output = runtime.block_on(async {
        let said = Command::new(program).arg("--version").stdin(Stdio::null()).kill_on_drop(true).output();
        timeout(patience, said).await
    });
    let output = output.map_err(|_| format!("it did not say its version within {patience:?}"))?;
    let output = output.map_err(|error| match error.kind() {
        ErrorKind::NotFound => "it is not in the PATH".to_owned(),
        _ => error.to_string(),
    })?;
    let first = |said: &[u8]| {
        let said = String::from_utf8_lossy(said);
        said.lines().find(|line| !line.trim().is_empty()).map(str::to_owned)
    };
    match output.status.success() {
        true => Ok(first(&output.stdout).unwrap_or_default()),
        false => {
            Err(format!("it ended with {}: {}", output.status, first(&output.stderr).as_deref().unwrap_or("no words")))
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt;
    use std::time::Duration;

    use super::version;

    #[allow(clippy::unwrap_used, reason = "what fails here fails a test")]
    fn why(script: &str, patience: Duration) -> String {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("program");
        std::fs::write(&program, format!("#!/bin/sh\n{script}\n")).unwrap();
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
        version(program.to_str().unwrap(), patience).unwrap_err()
    }

    /// One test: while one thread starts a process, no other may write a program, which that process would hold open.
    #[test]
    fn a_program_that_fails_is_quoted_and_one_that_does_not_end_is_not_waited_for() {
        // Such as rustup's cargo without a toolchain.
        let failed = why("echo >&2; echo 'no toolchain' >&2; exit 1", Duration::from_secs(60));
        assert!(failed.ends_with("status: 1: no toolchain"), "{failed}");
        let silent = why("exit 1", Duration::from_secs(60));
        assert!(silent.ends_with("status: 1: no words"), "{silent}");
        let endless = why("exec tail -f /dev/null", Duration::from_millis(100));
        assert!(endless.contains("within 100ms"), "{endless}");
    }
}
