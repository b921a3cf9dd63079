//! The command `simplex`: for people who have no checkout of this project.
//!
//! The code of its tasks is in this library, so that the project's own tasks can call it, too.

#![forbid(unsafe_code)]

/// Like `println!`, which panics where this is an error: when nobody reads the output any more.
macro_rules! say {
    ($($text:tt)*) => {
        std::io::Write::write_fmt(&mut std::io::stdout(), format_args!("{}\n", format_args!($($text)*)))
    };
}

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
    /// Does what the command line asks for. It ends early, and well, when nobody reads the output any more.
    ///
    /// # Errors
    /// The error is a message for people.
    pub fn run(self) -> anyhow::Result<()> {
        let done = match self.task {
            Task::Libs { task } => task.run(),
            Task::Doctor => doctor::run(),
            Task::New(new) => new.run(),
            Task::Demo => demo::run(),
        };
        done.or_else(|error| if is_of_closed_output(&error) { Ok(()) } else { Err(error) })
    }
}

fn is_of_closed_output(error: &anyhow::Error) -> bool {
    error.downcast_ref::<std::io::Error>().is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
}
