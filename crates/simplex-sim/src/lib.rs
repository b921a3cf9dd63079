//! A simulated SimpleX network that speaks the core's language.
//!
//! [`Network`] is the centre: cores (databases with their users, contacts and messages), a virtual message server
//! between them, a virtual clock and a seeded generator. It takes the core's commands as text, and returns the core's
//! answers and events as text. Nothing in it waits, so a run can be reproduced from its seed. Its methods can also
//! break things: the server, the connection of a core, a core, a command.
//!
//! | to reach it from | use |
//! |---|---|
//! | a test in this process | [`SimNetwork`]; each [`SimCore`] is a [`simplex_core::ChatCore`] on tokio's clock |
//! | a program that loads libsimplex | `cargo xtask sim-lib` prints the folder for `SIMPLEX_LIBS_DIR` |
//! | several such programs | `cargo xtask sim-serve --hub 5226`, and `SIMPLEX_SIM_HUB=127.0.0.1:5226` for each |
//! | a program that talks to the CLI | `cargo xtask sim-serve --port 5225` (`--core-version 7.0.0.0` for clients that insist) |
//!
//! The loadable library reads `SIMPLEX_SIM_STATE` (a file in which the network is stored; it survives `kill -9`, one
//! process at a time can use it, and it is for one version of the simulator), `SIMPLEX_SIM_HUB` and
//! `SIMPLEX_SIM_VERSION`. If the file can no longer be written, every command is answered with a database error.
//!
//! A user tries to create an address while the server is down:
//!
//! ```
//! use simplex_sim::{Network, Settings};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mut net = Network::new(Settings { seed: 7, ..Settings::default() });
//! let alice = net.open("alice", "")?;
//! net.command(alice, r#"/_create user {"profile":{"displayName":"alice","fullName":""},"pastTimestamp":false}"#);
//! net.command(alice, "/_start main=on");
//! net.set_server(false);
//! let answer = net.command(alice, "/_address 1").unwrap_or_default();
//! assert!(answer.contains("BROKER"));
//! # Ok(())
//! # }
//! ```
//!
//! This crate depends on the core's trait, and on none of the layers above it.

#![forbid(unsafe_code)]

mod commands;
pub mod content;
pub mod crypt;
mod cx;
mod deliver;
mod faces;
mod faults;
pub mod functions;
mod ids;
#[cfg(test)]
mod invariants;
mod journal;
mod json;
mod markdown;
mod network;
pub mod parser;
mod preferences;
mod render;
mod shared;
#[allow(missing_docs, reason = "the fields are the columns of the core's own tables, under its own names")]
mod state;
mod time;

pub use faces::{SimCore, SimNetwork};
#[cfg(feature = "serve")]
pub use faces::{serve_hub, serve_websocket};
pub use faults::Failure;
pub use json::Json;
pub use network::{EVENT_QUEUE, Network, SERVER_QUEUE, Settings, WrongKey};
pub use state::CoreId;
pub use time::Ts;
