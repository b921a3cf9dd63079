//! The command `simplex`.

#![forbid(unsafe_code)]

use std::process::ExitCode;

use clap::Parser;
use simplex_cli::Cli;

fn main() -> ExitCode {
    match Cli::parse().run() {
        Ok(()) => ExitCode::SUCCESS,
        // For people: without the backtrace that the error may carry.
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
