//! The second pass: a frame's body as a typed value.
//!
//! It is strict and streaming first. Only if that fails, the smallest parts that do not fit are taken out and reported,
//! so that one bad field does not cost its neighbours.

use std::borrow::Cow;
use std::fmt;

use serde::de::DeserializeOwned;

use crate::command::{Answer, Command};
use crate::event::{self, Event};
use crate::frame::{Frame, FrameOutcome};
use crate::response::Response;
use crate::types::{ChatError, ChatInfo, ChatItem};
use crate::wire::{self, Step};
use crate::{RawJson, Unknown, skim};

/// A decoded value, and the parts of it that did not fit the schema.
#[derive(Debug, Clone, PartialEq)]
pub struct Decoded<T> {
    /// The value.
    pub value: T,
    /// The parts that did not fit: dropped, or kept undecoded. Usually empty; at most the first 1,000 are listed.
    pub lost: Vec<Lost>,
}

/// A part of a message that does not fit the schema.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Lost {
    /// The smallest part that could be dropped: `chatItems[2]`.
    pub part: String,
    /// The path of the error in the message, which is the part itself or inside it:
    /// `chatItems[2].chatItem.meta.itemTs`.
    pub path: String,
    /// What is wrong at this path.
    pub reason: String,
    /// The part's JSON, unchanged.
    pub raw: RawJson,
    /// Whether the value still contains the part, as an `Unknown` or among the `extra` fields.
    pub kept: bool,
}

/// The error for a message that does not fit the schema, even without the parts that can be dropped.
#[derive(Clone)]
pub struct DecodeError(Box<Misfit>);

#[derive(Clone)]
struct Misfit {
    path: String,
    reason: String,
    frame: Frame,
}

impl DecodeError {
    /// The message's tag.
    pub fn tag(&self) -> &str {
        self.0.frame.tag()
    }

    /// The path of the error: `user.profile.displayName`.
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// What is wrong at this path.
    pub fn reason(&self) -> &str {
        &self.0.reason
    }

    /// The message.
    pub fn frame(&self) -> &Frame {
        &self.0.frame
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (tag, path, reason) = (self.tag(), self.path(), self.reason());
        write!(f, "the core's message `{tag}` does not fit the schema at {path}: {reason}")
    }
}

impl std::error::Error for DecodeError {}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Why a command has no usable answer.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum AnswerError {
    /// The core refused the command, or failed.
    Chat {
        /// Upstream's name of the command.
        command: &'static str,
        /// The core's error.
        error: Box<ChatError>,
    },
    /// The command is not known to have this answer.
    Undocumented {
        /// Upstream's name of the command.
        command: &'static str,
        /// The answer's tag.
        tag: String,
        /// The answer.
        frame: Box<Frame>,
    },
    /// The answer does not fit the schema.
    Decode {
        /// Upstream's name of the command.
        command: &'static str,
        /// What does not fit.
        error: DecodeError,
    },
}

impl fmt::Display for AnswerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Chat { command, error } => {
                write!(f, "the core answered {command} with an error: {error}")
            }
            Self::Undocumented { command, tag, .. } => {
                write!(f, "the core answered {command} with `{tag}`, which is none of its known answers")
            }
            Self::Decode { command, error } => write!(f, "the answer to {command} cannot be read: {error}"),
        }
    }
}

impl std::error::Error for AnswerError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Decode { error, .. } => Some(error),
            _ => None,
        }
    }
}

fn path_text(path: &[Step]) -> String {
    let mut text = String::new();
    for step in path {
        match step {
            Step::Key(key) => {
                if !text.is_empty() {
                    text.push('.');
                }
                match key {
                    Cow::Borrowed(key) => text.push_str(key),
                    // Not a key of the schema, so not shown: mentions have members' names as keys.
                    Cow::Owned(key) => text.push_str(&format!("<{} bytes>", key.len())),
                }
            }
            Step::Index(index) => text.push_str(&format!("[{index}]")),
        }
    }
    if text.is_empty() { "(the whole)".into() } else { text }
}

/// Decodes a frame's body, whatever its outcome.
pub(crate) fn decode<T: DeserializeOwned>(frame: &Frame) -> Result<Decoded<T>, DecodeError> {
    if let Ok(value) = wire::strictly(frame.body()) {
        return Ok(Decoded { value, lost: Vec::new() });
    }
    let (result, misfits) = wire::leniently(frame.body());
    match result {
        Ok(value) => Ok(Decoded { value, lost: lost(misfits) }),
        Err(error) => Err(undecodable(frame, &error)),
    }
}

fn lost(misfits: Vec<wire::Misfit>) -> Vec<Lost> {
    let lost = misfits.into_iter().map(|m| Lost {
        part: path_text(&m.part),
        path: path_text(&m.path),
        reason: m.reason,
        raw: RawJson::of(m.raw),
        kept: m.kept,
    });
    lost.collect()
}

fn undecodable(frame: &Frame, error: &serde_json::Error) -> DecodeError {
    DecodeError(Box::new(Misfit {
        path: path_text(&wire::take_path()),
        reason: wire::message(error),
        frame: frame.clone(),
    }))
}

impl Event {
    /// Decodes an event. An error that is not the answer to a command is [`Event::ChatError`].
    ///
    /// A part that does not fit is dropped alone, and is reported:
    /// ```
    /// use simplex_types::{Event, Frame};
    ///
    /// let frame = Frame::parse(r#"{"result":{"type":"subscriptionStatus","server":"smp1.example","subscriptionStatus":{"type":"active"},
    ///     "connections":["a",5,"c"]}}"#);
    /// let decoded = Event::decode(&frame)?;
    /// assert_eq!((&*decoded.lost[0].part, decoded.lost[0].raw.get()), ("connections[1]", "5"));
    /// let Event::SubscriptionStatus(event) = decoded.value else { panic!("another event") };
    /// assert_eq!(event.connections, ["a", "c"]);
    /// # Ok::<(), simplex_types::DecodeError>(())
    /// ```
    ///
    /// # Errors
    /// [`DecodeError`] if a part that the event cannot do without does not fit.
    pub fn decode(frame: &Frame) -> Result<Decoded<Self>, DecodeError> {
        if frame.outcome() == FrameOutcome::Error {
            let Decoded { value, lost } = ChatError::decode(frame)?;
            return Ok(Decoded { value: Self::ChatError(Box::new(event::ChatError::of(value))), lost });
        }
        decode(frame)
    }
}

impl ChatItem {
    /// Decodes the item at the start of `text`, ignoring what follows it: for callers that have located an item in a
    /// message and do not need the rest.
    ///
    /// Returns `None` if anything does not fit; decoding the whole message tells what.
    pub fn decode_first(text: &str) -> Option<Self> {
        wire::strictly_first(text).ok()
    }
}

impl ChatInfo {
    /// Decodes the chat at the start of `text`, ignoring what follows it: for callers that have located a chat in a
    /// message and do not need the rest. A kind of chat that the schema does not know is [`ChatInfo::Unknown`].
    ///
    /// ```
    /// use simplex_types::types::ChatInfo;
    ///
    /// let found = ChatInfo::decode_first(r#"{"type":"channel","id":1},"chatItem":{}}"#);
    /// let ChatInfo::Unknown(chat) = found.value else { panic!("a known chat") };
    /// assert_eq!((chat.tag(), chat.json().get()), ("channel", r#"{"type":"channel","id":1}"#));
    /// ```
    pub fn decode_first(text: &str) -> Decoded<Self> {
        if let Ok(value) = wire::strictly_first(text) {
            return Decoded { value, lost: Vec::new() };
        }
        let end = skim::value(text, 0).unwrap_or_default();
        let (result, misfits) = wire::leniently(text.get(..end).unwrap_or_default());
        let mut lost = lost(misfits);
        let value = result.unwrap_or_else(|error| {
            lost.push(Lost {
                part: path_text(&[]),
                path: path_text(&wire::take_path()),
                reason: wire::message(&error),
                raw: RawJson::of(Box::default()),
                kept: false,
            });
            Self::Unknown(Unknown::bare("undecodable"))
        });
        Decoded { value, lost }
    }
}

impl Response {
    /// Decodes an answer that is not an error.
    ///
    /// # Errors
    /// [`DecodeError`] if a part that the answer cannot do without does not fit.
    pub fn decode(frame: &Frame) -> Result<Decoded<Self>, DecodeError> {
        decode(frame)
    }
}

impl ChatError {
    /// Decodes the error of a frame with [`FrameOutcome::Error`](crate::FrameOutcome::Error).
    ///
    /// # Errors
    /// [`DecodeError`] if a part that the error cannot do without does not fit.
    pub fn decode(frame: &Frame) -> Result<Decoded<Self>, DecodeError> {
        decode(frame)
    }
}

impl event::ChatError {
    fn of(error: ChatError) -> Self {
        Self { chat_error: error, extra: crate::Extra::default() }
    }
}

/// Decodes the answer to a command.
///
/// # Errors
/// [`AnswerError`]: the core's own error, an answer that the command is not known to have, or one that does not fit
/// the schema.
pub fn answer<C: Command>(frame: &Frame) -> Result<Decoded<C::Response>, AnswerError> {
    let command = C::NAME;
    let undecoded = |error| AnswerError::Decode { command, error };
    if frame.outcome() == FrameOutcome::Error {
        let error = ChatError::decode(frame).map_err(undecoded)?;
        return Err(AnswerError::Chat { command, error: Box::new(error.value) });
    }
    if !C::ANSWERS.contains(&frame.tag()) {
        return Err(AnswerError::Undocumented { command, tag: frame.tag().to_owned(), frame: Box::new(frame.clone()) });
    }
    C::Response::decode(frame).map_err(undecoded)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCAL: &str = r#"{"type":"local","noteFolder":{"noteFolderId":1,"userId":1,"createdAt":"2026-01-01T00:00:00Z","updatedAt":"2026-01-01T00:00:00Z","chatTs":"2026-01-01T00:00:00Z","favorite":false,"unread":false}}"#;

    #[test]
    fn a_field_that_occurs_repeatedly_counts_the_first_time() {
        let read = |json: &str| serde_json::from_str::<crate::MsgContent>(json).unwrap();
        let text = crate::MsgContent::text("a");
        assert_eq!(read(r#"{"type":"text","text":"a","text":"b"}"#), text);
        assert_eq!(read(r#"{"text":"a","type":"text","text":"b"}"#), text);
        // Of the kinds, too; what comes later is kept as a field that is not known.
        assert_eq!(read(r#"{"text":"a","type":"text","type":"file"}"#).tag().as_str(), "text");
        let timed: crate::TimedMessagesPreference =
            serde_json::from_str(r#"{"ttl":1,"allow":"yes","ttl":2,"allow":"no","ttl":null}"#).unwrap();
        assert_eq!((timed.allow.as_str(), timed.ttl, timed.extra.is_empty()), ("yes", Some(1), true));
        let json = r#"{"msgContent":{"type":"text","text":"a"},"mentions":{"a":1,"a":2}}"#;
        let message: crate::ComposedMessage = serde_json::from_str(json).unwrap();
        assert_eq!(message.mentions["a"], crate::GroupMemberId(1));
    }

    #[test]
    fn null_is_nothing_and_a_bare_word_is_a_kind() {
        let timed: crate::TimedMessagesPreference = serde_json::from_str(r#"{"allow":"yes","ttl":null}"#).unwrap();
        assert_eq!((timed.ttl, timed.extra.is_empty()), (None, true));
        for (json, known) in [(r#""ready""#, true), (r#"{"type":"ready"}"#, true), (r#""later""#, false)] {
            let status: crate::ConnStatus = serde_json::from_str(json).unwrap();
            assert_eq!(matches!(status, crate::ConnStatus::Ready), known, "{json}");
            assert_eq!(
                matches!(&status, crate::ConnStatus::Unknown(later) if later.tag() == "later"),
                !known,
                "{json}"
            );
        }
    }

    #[test]
    fn a_chat_is_read_whatever_comes_after_it() {
        for rest in ["", "}", ",\"chatItem\":{}}", "\u{0}"] {
            let decoded = ChatInfo::decode_first(&format!("{LOCAL}{rest}"));
            assert!(matches!(decoded.value, ChatInfo::Local { .. }));
            assert_eq!(decoded.lost, []);
        }
    }

    #[test]
    fn no_nesting_of_objects_in_disorder_is_too_deep() {
        let first = r#"{"type":"menu","label":"","commands":["#;
        let later = r#"{"label":"","type":"menu","commands":["#;
        let direct = include_str!("../tests/data/direct.json").trim_end();
        // 60 menus are just within the parser's own depth limit; an object in disorder restarts its count.
        for (menus, every) in [(900, 60), (900, 1), (20, 1)] {
            let nested: String = (1..=menus).map(|n| if n % every == 0 { later } else { first }).collect();
            let nested = format!(r#""preferences":{{"commands":[{nested}{}],"#, "]}".repeat(menus));
            let text = direct.replacen(r#""preferences":{"#, &nested, 1);
            assert!(text.contains(&nested));
            let decoded = Event::decode(&Frame::parse(text)).unwrap();
            assert_eq!(decoded.lost.is_empty(), menus == 20);
            assert!(decoded.lost.iter().all(|lost| lost.kept));
        }
    }

    #[test]
    fn of_very_many_parts_that_do_not_fit_only_some_are_named() {
        let text = format!(
            r#"{{"result":{{"type":"subscriptionStatus","server":"s","subscriptionStatus":{{"type":"active"}},"connections":["a",{}"z"]}}}}"#,
            "5,".repeat(100_000)
        );
        let decoded = Event::decode(&Frame::parse(text)).unwrap();
        let Event::SubscriptionStatus(event) = decoded.value else { panic!("another event") };
        assert_eq!((event.connections, decoded.lost.len()), (vec!["a".to_owned(), "z".to_owned()], 1_000));
    }

    #[test]
    fn a_path_does_not_say_what_people_are_called() {
        let group = include_str!("../tests/data/group.json");
        let mention = r#""mentions":{"Alice":{"memberId":5}}"#;
        let text = group.trim_end().replacen(r#""mentions":{}"#, mention, 1);
        assert!(text.contains(mention));
        let decoded = Event::decode(&Frame::parse(text)).unwrap();
        let [lost] = &*decoded.lost else { panic!("{:?}", decoded.lost) };
        assert_eq!(lost.part, "chatItems[0].chatItem.mentions.<5 bytes>");
        assert_eq!(lost.path, "chatItems[0].chatItem.mentions.<5 bytes>.memberId");
    }

    #[test]
    fn a_chat_that_does_not_fit_is_unknown_and_the_loss_is_named() {
        let decoded = ChatInfo::decode_first(&LOCAL.replace("\"userId\":1", "\"userId\":\"x\""));
        let ChatInfo::Unknown(unknown) = &decoded.value else { panic!("{decoded:?}") };
        assert_eq!(unknown.tag(), "local");
        assert_eq!((&*decoded.lost[0].path, decoded.lost[0].kept), ("noteFolder.userId", true));
        for text in ["", "7", "{", "{\"type\":7}", "{\"type\":\"local\",\"noteFolder\":nonsense}"] {
            let decoded = ChatInfo::decode_first(text);
            assert!(matches!(decoded.value, ChatInfo::Unknown(_)), "{text}");
            assert_eq!(decoded.lost.len(), 1, "{text}");
        }
    }
}
