//! Convenience methods of the generated types: names, texts, references, commands, links, states.
//!
//! Methods only, on types of this crate; nothing here knows how values are read or written.

mod chat;
mod content;
mod item;
mod profile;

pub use chat::NoChatRef;
