//! Command-line tools of the project that need its crates, and what they share.

pub mod mutations;
pub mod recording;
