//! Convenience methods of the generated types: names, texts, references, commands, links, states.
//!
//! On types of this crate only; nothing here knows how values are read or written.

mod chat;
mod content;
mod item;
mod profile;

pub use chat::NoChatRef;
pub use item::bot_command;
