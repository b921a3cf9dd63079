//! How clients reach a network.

mod inproc;

pub use inproc::{SimCore, SimNetwork};
