//! Tasks that need the project's crates: binaries of the package `simplex-tools`, built and run by cargo.

use std::process::Command;

use anyhow::{Context, bail};

/// What is handed on to the tool as it is.
#[derive(clap::Args)]
pub struct Args {
    /// The tool's own arguments (`--help` after `--` shows them).
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    args: Vec<String>,
}

/// Builds and runs one tool.
pub fn run(bin: &str, args: &Args) -> anyhow::Result<()> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args(["run", "--quiet", "-p", "simplex-tools", "--bin", bin, "--"])
        .args(&args.args)
        .status()
        .with_context(|| format!("running the tool {bin}"))?;
    if !status.success() {
        bail!("the tool {bin} ended with {status}");
    }
    Ok(())
}
