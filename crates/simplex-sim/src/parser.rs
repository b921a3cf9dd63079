//! A parser for the core's commands: it turns a text into a [`Command`], without looking at any state.

mod args;
mod chats;
mod connecting;
mod cursor;
mod database;
mod files;
mod group;
mod lifetimes;
mod messages;
mod people;
mod rest;
mod service;
mod syntax;
mod values;

pub(crate) use group::group_profile;
pub use service::{Archive, OperatorServers, Server, Service, is_server};
pub use syntax::*;
pub use values::*;

use std::borrow::Cow;

use cursor::Cursor;

/// The error for a text that is not a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParseError {
    /// The core's parser does not accept the text; it gives no further reason.
    Empty,
}

/// Parses a command. As in the core, white space at the end of the text is ignored.
///
/// # Errors
/// [`ParseError`] if the core would not accept the text.
pub fn parse(text: &str) -> Result<Command, ParseError> {
    // The C string ends at NUL.
    let text = text.split('\0').next().unwrap_or_default();
    let text = without_blanks(text);
    let at = Cursor(&text);
    for rule in [
        messages::messages,
        chats::chats,
        people::people,
        connecting::connecting,
        group::commands,
        files::files,
        lifetimes::lifetimes,
        database::database,
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

/// The core trims white space at the end byte by byte. It takes the byte 0xA0, the last one of `à` and many other
/// letters, for the Latin-1 blank. What is left of such a letter is read as one `?` for each byte.
fn without_blanks(text: &str) -> Cow<'_, str> {
    let blank = |byte: u8| matches!(byte, b' ' | b'\t'..=b'\r' | 0xa0);
    let end = text.bytes().rposition(|byte| !blank(byte)).map_or(0, |at| at + 1);
    match text.get(..end) {
        Some(text) => Cow::Borrowed(text),
        None => {
            let whole = text.floor_char_boundary(end);
            Cow::Owned(text.get(..whole).unwrap_or_default().to_owned() + &"?".repeat(end - whole))
        }
    }
}

#[cfg(test)]
mod tests;
