//! The command `simplex`: for people who have no checkout of this project.
//!
//! The code of its tasks is in this library, so that the project's own tasks can call it, too.

#![forbid(unsafe_code)]

mod demo;
mod doctor;
pub mod libs;
mod new;

use clap::{Parser, Subcommand};

/// Tools for SimpleX Chat bots.
#[derive(Debug, Parser)]
#[command(name = "simplex", version)]
pub struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Fetch, find or check the core's library.
    Libs {
        #[command(subcommand)]
        task: libs::Task,
    },
    /// Check that this machine has what a bot needs, and say how to fix what is missing.
    Doctor,
    /// Create a new bot, with its test, Dockerfile and systemd unit.
    New(new::New),
    /// Show a bot at work, on a simulated network.
    Demo,
}

impl Cli {
    /// Does what the command line asks for.
    ///
    /// # Errors
    /// The error is a message for people.
    pub fn run(self) -> anyhow::Result<()> {
        match self.task {
            Task::Libs { task } => task.run(),
            Task::Doctor => doctor::run(),
            Task::New(new) => new.run(),
            Task::Demo => demo::run(),
        }
    }
}
