//! Written by `cargo xtask codegen`; change the schema or the overlay instead.

#![allow(clippy::large_enum_variant)]

pub mod commands;
pub mod enums;
pub mod events;
pub mod records;
pub mod responses;
pub mod unions;

/// The release of the core whose API these types are.
pub const SCHEMA_VERSION: &str = "7.0.2";
