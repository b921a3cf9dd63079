//! Tasks that need the project's crates: binaries of the package `simplex-tools`, built and run by cargo.

use std::process::Command;

use anyhow::Context;

use crate::sim_lib;

/// Arguments that are passed on to the tool unchanged.
#[derive(clap::Args)]
pub struct Args {
    /// The tool's own arguments (`--help` after `--` shows them).
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    args: Vec<String>,
}

/// Builds and runs one tool, with these options of cargo.
pub fn run(bin: &str, options: &[&str], args: &Args) -> anyhow::Result<()> {
    finish(bin, command(bin).args(options).arg("--").args(&args.args))
}

/// The same for a tool that needs the feature of its name, and the simulated core as its library.
pub fn run_simulated(bin: &str, options: &[&str], args: &Args) -> anyhow::Result<()> {
    let folder = sim_lib::build()?;
    let mut command = command(bin);
    command.args(["--features", bin]).args(options).env("SIMPLEX_LIBS_DIR", folder);
    finish(bin, command.arg("--").args(&args.args))
}

/// Runs the kill test with many rounds.
pub fn kill() -> anyhow::Result<()> {
    let mut command = cargo("test");
    command.args(["--quiet", "--release", "-p", "simplex-e2e", "--test", "killed", "handlers_that"]);
    command.args(["--", "--nocapture", "--test-threads", "1"]).env("KILLS", "200");
    finish("killed", &mut command)
}

fn command(bin: &str) -> Command {
    let mut command = cargo("run");
    command.args(["--quiet", "-p", "simplex-tools", "--no-default-features", "--bin", bin]);
    command
}

/// The cargo that runs this, for this project. Its working directory is the caller's, so that relative paths given to a
/// tool work.
pub fn cargo(what: &str) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.arg(what).arg("--manifest-path").arg(crate::root().join("Cargo.toml"));
    command
}

/// Lets the tool take this process's place, so that whoever ends the one ends the other, and has its exit status.
#[cfg(unix)]
fn finish(bin: &str, command: &mut Command) -> anyhow::Result<()> {
    use std::os::unix::process::CommandExt;
    Err(command.exec()).with_context(|| format!("running the tool {bin}"))
}

#[cfg(not(unix))]
fn finish(bin: &str, command: &mut Command) -> anyhow::Result<()> {
    let status = command.status().with_context(|| format!("running the tool {bin}"))?;
    if !status.success() {
        anyhow::bail!("the tool {bin} ended with {status}");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tool_runs_where_it_was_called() {
        let command = command("decode");
        assert_eq!(command.get_current_dir(), None);
        assert!(command.get_args().any(|arg| arg == crate::root().join("Cargo.toml").as_os_str()));
    }
}
