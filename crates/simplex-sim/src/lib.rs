//! A simulated SimpleX network that speaks the core's language.
//!
//! [`Network`] is the heart: cores (databases with their users, contacts and messages), a virtual message server between
//! them, a virtual clock and a seeded generator. It takes the core's commands as text and gives the core's answers and
//! events as text; nothing in it waits, so a run is reproduced by its seed. [`SimNetwork`] and [`SimCore`] are its face
//! for tests in process: each [`SimCore`] is a [`simplex_core::ChatCore`]. The loadable library stands on the same heart.
//!
//! This crate depends on the core's trait and on nothing above it.

#![forbid(unsafe_code)]

mod commands;
pub mod content;
pub mod crypt;
mod deliver;
mod deliver_group;
mod faces;
mod faults;
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
