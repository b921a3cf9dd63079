//! Command-line tools that need the project's crates, and the code that they share.

pub mod mutations;
pub mod recording;
