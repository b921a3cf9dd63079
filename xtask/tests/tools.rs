//! How tools are run.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "what fails here fails a test")]

use std::fs::Permissions;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};

/// Whoever ends a task ends its tool, however it does: a server would otherwise stay, with its port.
#[test]
fn a_tool_takes_the_place_of_the_process_that_runs_it() {
    let cargo = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("cargo-of-a-test");
    std::fs::write(&cargo, "#!/bin/sh\necho $$ \"$@\"\nexit 3\n").unwrap();
    std::fs::set_permissions(&cargo, Permissions::from_mode(0o700)).unwrap();
    let mut task = Command::new(env!("CARGO_BIN_EXE_xtask"));
    task.args(["sim-serve", "--hub", "0"]).env("CARGO", &cargo).stdout(Stdio::piped());
    let mut task = task.spawn().unwrap();
    let mut said = String::new();
    BufReader::new(task.stdout.take().unwrap()).read_line(&mut said).unwrap();
    let status = task.wait().unwrap();
    std::fs::remove_file(cargo).unwrap();
    assert!(said.starts_with(&format!("{} run ", task.id())), "{} ran {said}", task.id());
    assert!(said.trim_end().ends_with("-- --hub 0"), "{said}");
    assert_eq!(status.code(), Some(3));
}
