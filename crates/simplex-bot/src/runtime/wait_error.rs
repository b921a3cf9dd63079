//! What a wait was for, and why it ended without it.

use std::error::Error;
use std::fmt;
use std::time::Duration;

use crate::error::causes;
use crate::types::{ChatItemId, ChatRef, FileId};

/// Why a wait ended without what it waited for. Its `Debug` is its message.
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WaitError {
    /// Nothing came by the deadline.
    #[error("{}", too_late(awaited, after))]
    Timeout {
        /// How long it waited.
        after: Duration,
        /// What it waited for.
        awaited: Awaited,
    },
    /// A question got no answer that could be read.
    #[error("no answer that is understood, in {answers} answers")]
    NotUnderstood {
        /// How many came.
        answers: u32,
        /// What was wrong with the last one. Not in the message, as it may quote what a person wrote.
        reason: String,
    },
    /// The bot is stopping.
    #[error("the bot stops: nothing is waited for any more")]
    Stopping,
    /// Too many handlers wait already, in this chat or in all chats: people who write must not be able to fill the memory
    /// with waiting handlers.
    #[error("too many wait already, in this chat (where {most} may) or in all of them: no more can")]
    TooMany {
        /// How many of one chat may wait; with large messages, fewer.
        most: usize,
    },
    /// The program deleted the chat whose message was waited for.
    #[error("the chat is deleted: nothing comes from it any more")]
    Gone,
}

impl fmt::Debug for WaitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl WaitError {
    /// Whether a person did not answer: handling the message again would not help.
    fn is_unanswered(&self) -> bool {
        matches!(self, Self::NotUnderstood { .. } | Self::Timeout { awaited: Awaited::Message(_), .. })
    }
}

/// Whether an error is, or wraps, that of a question that was not answered.
pub(super) fn is_unanswered(error: &(dyn Error + 'static)) -> bool {
    causes(error).filter_map(|error| error.downcast_ref::<WaitError>()).any(WaitError::is_unanswered)
}

/// Whether an error is, or wraps, that of a wait that a stop ended.
pub(super) fn is_stopping(error: &(dyn Error + 'static)) -> bool {
    causes(error).any(|error| matches!(error.downcast_ref(), Some(WaitError::Stopping)))
}

/// What a wait is for, as a [`WaitError`] shows it to people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Awaited {
    /// A message in a chat.
    Message(ChatRef),
    /// An event with one of these tags; if there are none, any event, or any that the library does not know.
    Event(&'static [&'static str]),
    /// The delivery of a message.
    Delivery(ChatRef, ChatItemId),
    /// The receipt of a file.
    File(FileId),
    /// The upload of a file to its servers.
    Upload(FileId),
    /// A connection by a link.
    Connection,
}

fn too_late(awaited: &Awaited, after: &Duration) -> String {
    match awaited {
        Awaited::Message(chat) => format!("no message that was waited for came in {chat} within {after:?}"),
        Awaited::Event([]) => format!("no event that was waited for came within {after:?}"),
        Awaited::Event(tags) => format!("no event {} that was waited for came within {after:?}", tags.join(" or ")),
        Awaited::Delivery(chat, item) => {
            format!("message {item} was not delivered in {chat} within {after:?}; its recipient may be away")
        }
        Awaited::File(file) => format!("file {file} was not received within {after:?}; `.timeout(…)` gives it longer"),
        Awaited::Upload(file) => format!("file {file} was not sent within {after:?}; `.timeout(…)` gives it longer"),
        Awaited::Connection => {
            format!("not connected within {after:?}; whoever has the link may be away, or has not accepted yet")
        }
    }
}
