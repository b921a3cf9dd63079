//! The core's command language: text in, [`Command`] out. No state is looked at; a text either is a command or is not.

mod args;
mod chats;
mod connecting;
mod cursor;
mod group;
mod messages;
mod people;
mod rest;
mod service;
mod syntax;
mod values;

pub use service::{Archive, OperatorServers, Server, Service, is_server};
pub use syntax::*;
pub use values::*;

use cursor::Cursor;

/// Why a text is not a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParseError {
    /// Anything the core's parser does not take; it never says more.
    Empty,
}

/// Reads one command. White space at the end of the text is dropped first, as the core does.
///
/// # Errors
/// [`ParseError`] when the core would not take the text.
pub fn parse(text: &str) -> Result<Command, ParseError> {
    // The C string ends at NUL.
    let text = text.split('\0').next().unwrap_or_default();
    // The core drops trailing white space byte by byte: ASCII blanks only.
    let text = text.trim_end_matches([' ', '\t', '\n', '\r', '\u{b}', '\u{c}']);
    let at = Cursor(text);
    for rule in [
        messages::messages,
        chats::chats,
        people::people,
        connecting::connecting,
        group::commands,
        service::commands,
        rest::rest,
    ] {
        let mut c = at;
        if let Some(cmd) = rule(&mut c) {
            return Ok(cmd);
        }
    }
    Err(ParseError::Empty)
}

#[cfg(test)]
mod tests;
