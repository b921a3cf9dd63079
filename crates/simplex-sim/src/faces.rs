//! How clients reach a network.

mod inproc;
#[cfg(feature = "serve")]
mod serve;

pub use inproc::{SimCore, SimNetwork};
#[cfg(feature = "serve")]
pub use serve::{serve_hub, serve_websocket};
