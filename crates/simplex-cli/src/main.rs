//! The command `simplex`.

#![forbid(unsafe_code)]

use clap::Parser;

fn main() -> anyhow::Result<()> {
    simplex_cli::Cli::parse().run()
}
