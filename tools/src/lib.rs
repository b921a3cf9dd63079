//! Command-line tools of the project that need its crates.
