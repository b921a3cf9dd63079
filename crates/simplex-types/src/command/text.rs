//! Building the text of a command: the only place where this is done.

use std::fmt::{Display, Write};

use serde::Serialize;

use super::{
    ChatDeleteMode, ChatPagination, ChatRef, CommandTextError, GroupChatScope, NonEmpty, PaginationByTime, TextProblem,
};
use crate::scalar::RawJson;
use crate::types::CreatedConnLink;

/// The text of a command while it is built.
pub(crate) struct Text {
    command: &'static str,
    text: String,
}

/// A type with a syntax of its own in commands.
pub(crate) trait Argument {
    fn write(&self, text: &mut String) -> Result<(), TextProblem>;
}

macro_rules! displayed {
    ($($ty:ty),*) => {
        $(impl Argument for $ty {
            fn write(&self, text: &mut String) -> Result<(), TextProblem> {
                number(text, self)
            }
        })*
    };
}

displayed!(ChatRef, GroupChatScope, PaginationByTime, ChatPagination);

impl Argument for ChatDeleteMode {
    fn write(&self, text: &mut String) -> Result<(), TextProblem> {
        // The reference to the chat is already in the text.
        if text.contains('#') && !matches!(self, Self::Full { .. }) {
            return Err(TextProblem::GroupGoesWhole);
        }
        number(text, self)
    }
}

/// Writes numbers, and texts that contain them; the core reads no negative numbers.
fn number(text: &mut String, value: &dyn Display) -> Result<(), TextProblem> {
    let start = text.len();
    // Writing to a string does not fail.
    let _ = write!(text, "{value}");
    let written = text.as_bytes().get(start..).unwrap_or_default();
    let sign = |at: usize| at == 0 || !written.get(at - 1).is_some_and(u8::is_ascii_digit);
    let negative = written.iter().enumerate().any(|(at, byte)| *byte == b'-' && sign(at));
    if negative { Err(TextProblem::Negative) } else { Ok(()) }
}

/// A link, a server or a name: one word that is no option.
fn link(value: &str) -> Result<(), TextProblem> {
    one_word(value)?;
    if value.contains([':', '/', '@', '#', '.']) { Ok(()) } else { Err(TextProblem::NotALink) }
}

fn one_word(value: &str) -> Result<(), TextProblem> {
    free(value)?;
    if value.contains(char::is_whitespace) { Err(TextProblem::Space) } else { Ok(()) }
}

fn free(value: &str) -> Result<(), TextProblem> {
    if value.is_empty() {
        Err(TextProblem::Empty)
    } else if value.chars().any(char::is_control) {
        Err(TextProblem::Control)
    } else if value.trim() != value {
        Err(TextProblem::OuterSpace)
    } else if value.as_bytes().last() == Some(&0xa0) {
        Err(TextProblem::LastByte)
    } else {
        Ok(())
    }
}

impl Text {
    pub(crate) fn new(command: &'static str) -> Self {
        Self { command, text: String::new() }
    }

    pub(crate) fn literal(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// A number.
    pub(crate) fn number(&mut self, parameter: &'static str, value: &dyn Display) -> Result<(), CommandTextError> {
        let result = number(&mut self.text, value);
        self.checked(parameter, result)
    }

    pub(crate) fn list<T: Display>(
        &mut self,
        parameter: &'static str,
        list: &NonEmpty<T>,
    ) -> Result<(), CommandTextError> {
        for (at, element) in list.iter().enumerate() {
            if at > 0 {
                self.literal(",");
            }
            self.number(parameter, element)?;
        }
        Ok(())
    }

    /// One of several words; one that the schema does not know may be anything.
    pub(crate) fn choice(&mut self, parameter: &'static str, value: &str) -> Result<(), CommandTextError> {
        // Roles that exist, but that no command takes.
        let refused = ["author", "relay"].contains(&value);
        let word = !value.is_empty() && value.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        self.require(parameter, word && !refused, TextProblem::NotAWord)?;
        self.literal(value);
        Ok(())
    }

    /// A chat to write to.
    pub(crate) fn send_ref(&mut self, parameter: &'static str, chat: &ChatRef) -> Result<(), CommandTextError> {
        let writable = matches!(chat, ChatRef::Direct(_) | ChatRef::Group(..));
        self.require(parameter, writable, TextProblem::NotWritable)?;
        self.argument(parameter, chat)
    }

    pub(crate) fn on_off(&mut self, on: bool) {
        self.literal(if on { "on" } else { "off" });
    }

    pub(crate) fn argument(&mut self, parameter: &'static str, value: &impl Argument) -> Result<(), CommandTextError> {
        let result = value.write(&mut self.text);
        self.checked(parameter, result)
    }

    pub(crate) fn json<T: Serialize>(&mut self, parameter: &'static str, value: &T) -> Result<(), CommandTextError> {
        let json = serde_json::to_string(value).map_err(|_| TextProblem::Json);
        self.text.push_str(&self.checked(parameter, json)?);
        Ok(())
    }

    /// A JSON object.
    pub(crate) fn object(&mut self, parameter: &'static str, value: &RawJson) -> Result<(), CommandTextError> {
        self.require(parameter, value.get().starts_with('{'), TextProblem::NotAnObject)?;
        self.text.push_str(value.get());
        Ok(())
    }

    /// A link, a server or a name: one word.
    pub(crate) fn link(
        &mut self,
        parameter: &'static str,
        value: &str,
        options: &[&'static str],
    ) -> Result<(), CommandTextError> {
        self.checked(parameter, link(value))?;
        self.rest(parameter, value, options)
    }

    /// A full link and its short one, if there is one.
    pub(crate) fn conn_link(
        &mut self,
        parameter: &'static str,
        value: &CreatedConnLink,
        options: &[&'static str],
    ) -> Result<(), CommandTextError> {
        self.link(parameter, &value.conn_full_link, options)?;
        if let Some(short) = &value.conn_short_link {
            self.literal(" ");
            self.link(parameter, short, &[])?;
        }
        Ok(())
    }

    /// A key: one word of ASCII.
    pub(crate) fn key(
        &mut self,
        parameter: &'static str,
        value: &str,
        options: &[&'static str],
    ) -> Result<(), CommandTextError> {
        self.checked(parameter, one_word(value))?;
        self.require(parameter, value.is_ascii(), TextProblem::NotAscii)?;
        self.rest(parameter, value, options)
    }

    /// Free text up to the command's end.
    pub(crate) fn rest(
        &mut self,
        parameter: &'static str,
        value: &str,
        options: &[&'static str],
    ) -> Result<(), CommandTextError> {
        let option = options.iter().find(|option| value.starts_with(**option));
        let result = option.map_or(Ok(()), |option| Err(TextProblem::Option(option)));
        self.checked(parameter, result)?;
        self.checked(parameter, free(value))?;
        self.text.push_str(value);
        Ok(())
    }

    pub(crate) fn finish(self) -> Result<String, CommandTextError> {
        Ok(self.text)
    }

    fn require(&self, parameter: &'static str, holds: bool, problem: TextProblem) -> Result<(), CommandTextError> {
        self.checked(parameter, if holds { Ok(()) } else { Err(problem) })
    }

    fn checked<T>(&self, parameter: &'static str, result: Result<T, TextProblem>) -> Result<T, CommandTextError> {
        result.map_err(|problem| CommandTextError { command: self.command, parameter, problem })
    }
}
