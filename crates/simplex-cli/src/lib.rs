//! The command `simplex`: for people who have no checkout of this project.
//!
//! What it does is here, so that the project's own tasks call the same code.

#![forbid(unsafe_code)]

mod demo;
mod doctor;
pub mod libs;
mod new;

use clap::{Parser, Subcommand};

/// Help for SimpleX Chat bots.
#[derive(Debug, Parser)]
#[command(name = "simplex", version)]
pub struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// The core's library: fetch it, say where it is, try it.
    Libs {
        #[command(subcommand)]
        task: libs::Task,
    },
    /// Looks at what a bot needs here, and says how to mend what is missing.
    Doctor,
    /// Makes a bot of one's own, with its test, Dockerfile and systemd unit.
    New(new::New),
    /// Shows a bot at work, on a simulated network.
    Demo,
}

impl Cli {
    /// Does what was asked for.
    ///
    /// # Errors
    /// What went wrong, for people.
    pub fn run(self) -> anyhow::Result<()> {
        match self.task {
            Task::Libs { task } => task.run(),
            Task::Doctor => doctor::run(),
            Task::New(new) => new.run(),
            Task::Demo => demo::run(),
        }
    }
}
