//! A simulated SimpleX network that speaks the core's language.
//!
//! [`Network`] is the heart: cores (databases with their users, contacts and messages), a virtual message server between
//! them, a virtual clock and a seeded generator. It takes the core's commands as text and gives the core's answers and
//! events as text; nothing in it waits, so a run is reproduced by its seed. What it can break - the server, a party's
//! connection, a core, a command - is among its methods.
//!
//! | to reach it from | use |
//! |---|---|
//! | a test in this process | [`SimNetwork`]; each [`SimCore`] is a [`simplex_core::ChatCore`] on tokio's clock |
//! | a program that loads libsimplex | `cargo xtask sim-lib` prints the folder for `SIMPLEX_LIBS_DIR` |
//! | several such programs | `cargo xtask sim-serve --hub 5226`, and `SIMPLEX_SIM_HUB=127.0.0.1:5226` for each |
//! | a program that talks to the CLI | `cargo xtask sim-serve --port 5225` (`--core-version 7.0.0.0` for clients that insist) |
//!
//! The library reads `SIMPLEX_SIM_STATE` (a file that the network is kept in; it outlives `kill -9`, and one process has
//! it at a time), `SIMPLEX_SIM_HUB` and `SIMPLEX_SIM_VERSION`. A network whose file takes no more answers every command with
//! an error of the database.
//!
//! Two people talk, and one of them drops out:
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
//! This crate depends on the core's trait and on nothing above it.

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
mod journal;
mod json;
mod markdown;
mod network;
pub mod parser;
mod render;
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
