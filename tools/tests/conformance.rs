//! The simulator says what the core said, but for what `DEVIATIONS.md` lists: some scenarios of each kind, since all of
//! them (`cargo xtask conformance ../shared/transcripts --check`) take longer than a test should.

use std::path::Path;
use std::process::Command;

const SCENARIOS: [&str; 7] = ["04-", "11-", "19-", "22-", "24-", "30-", "45-"];

#[test]
fn what_differs_from_the_recordings_is_listed() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/transcripts"));
    if !folder.is_dir() {
        println!("skipped: no recordings in {}", folder.display());
        return;
    }
    for scenario in SCENARIOS {
        let mut command = Command::new(env!("CARGO_BIN_EXE_conformance"));
        let out = command.arg(folder).args(["--check", "--least", "0", "--only", scenario]).output().unwrap();
        let said = String::from_utf8_lossy(&out.stderr);
        assert!(out.status.success(), "{scenario}: {said}");
        let printed = String::from_utf8_lossy(&out.stdout);
        assert!(printed.contains(&format!("  {scenario}")), "{scenario} was not replayed: {printed}");
    }
}
