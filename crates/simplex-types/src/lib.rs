//! Wire types of the SimpleX Chat core.
//!
//! No I/O and no async live here, and nothing of the other crates: everyone depends on this one.

#![forbid(unsafe_code)]

pub mod command;
mod decode;
mod ext;
pub mod frame;
mod generated;
mod older;
mod place;
mod scalar;
mod show;
mod wire;

/// The commands, one record each.
pub mod cmd {
    pub use crate::generated::commands::*;
}

/// What the core says unasked: a record for each event, and [`Event`], which is one of them.
pub mod event {
    pub use crate::generated::events::*;
}

/// What the core answers: a record for each response, and [`Response`], which is one of them.
pub mod response {
    pub use crate::generated::responses::*;
}

/// The named types that events, responses and commands are made of.
pub mod types {
    pub use crate::command::{ChatDeleteMode, ChatPagination, ChatRef, GroupChatScope, PaginationByTime};
    pub use crate::generated::enums::*;
    pub use crate::generated::records::*;
    pub use crate::generated::unions::*;
}

pub use command::{Command, CommandTextError, Network, NonEmpty, TextProblem};
pub use decode::{AnswerError, DecodeError, Decoded, Lost, answer};
pub use event::{Event, EventTag};
pub use ext::NoChatRef;
pub use frame::{Frame, Outcome};
pub use generated::SCHEMA_VERSION;
pub use place::Place;
pub use response::{Response, ResponseTag};
pub use scalar::*;
pub use types::*;
