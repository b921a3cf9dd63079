//! Example bots, each small and useful; the binaries run them for real, the demo and the tests on a simulated network.

#![forbid(unsafe_code)]

mod squaring;

pub use squaring::squaring_bot;
