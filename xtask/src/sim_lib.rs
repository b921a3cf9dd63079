//! The simulated core as a loadable library: building it, and its folder.

use std::path::PathBuf;
use std::process::Stdio;

use anyhow::{Context, bail};

use crate::tools::cargo;

/// Builds the library and prints its folder, for `SIMPLEX_LIBS_DIR`.
pub fn run() -> anyhow::Result<()> {
    println!("{}", build()?.display());
    Ok(())
}

/// Builds the library and returns its folder.
pub fn build() -> anyhow::Result<PathBuf> {
    let mut cargo = cargo("build");
    cargo.args(["--quiet", "-p", "simplex-sim-lib", "--message-format=json-render-diagnostics"]);
    let output = cargo.stderr(Stdio::inherit()).output().context("running cargo")?;
    if !output.status.success() {
        bail!("the simulated library does not build: cargo ended with {}", output.status);
    }
    let mut files = output.stdout.split(|byte| *byte == b'\n').filter_map(|line| {
        let message: serde_json::Value = serde_json::from_slice(line).ok()?;
        let is_it = message["target"]["name"] == "simplex" && message["reason"] == "compiler-artifact";
        let file = message["filenames"].as_array()?.first()?.as_str()?;
        is_it.then(|| PathBuf::from(file))
    });
    let file = files.next_back().context("cargo names no file for the simulated library")?;
    Ok(file.parent().context("the simulated library lies in no folder")?.to_path_buf())
}
