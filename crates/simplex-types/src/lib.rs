//! Wire types of the SimpleX Chat core.
//!
//! No I/O and no async live here, and nothing of the other crates: everyone depends on this one.

#![forbid(unsafe_code)]

pub mod frame;

pub use frame::{Frame, Outcome};
