//! Wire types of the SimpleX Chat core.
//!
//! This crate has no I/O and no async code, and depends on none of the other crates; most of them depend on it.
//!
//! The core sends texts. [`Frame::parse`] scans a text once and finds its kind and its user; [`Event::decode`],
//! [`Response::decode`] and [`answer`] decode it to values. Nothing that a core may send is fatal:
//!
//! ```
//! use simplex_types::{Event, Frame, UserId};
//!
//! let frame = Frame::parse(r#"{"result":{"type":"hostConnected","protocol":"smp","transportHost":"smp1.example","news":5}}"#);
//! assert_eq!((frame.tag(), frame.user_id()), ("hostConnected", None));
//! let Event::HostConnected(event) = Event::decode(&frame)?.value else { panic!("another event") };
//! assert_eq!(event.transport_host, "smp1.example");
//! assert!(event.extra.get("news").is_some());
//!
//! // An event of a later core: kept, with its tag and its JSON.
//! let frame = Frame::parse(r#"{"result":{"type":"somethingNew","user":{"userId":2},"what":[1]}}"#);
//! assert_eq!(frame.user_id(), Some(UserId(2)));
//! let Event::Unknown(event) = Event::decode(&frame)?.value else { panic!("a known event") };
//! assert_eq!((event.tag(), event.json().get()), ("somethingNew", frame.body()));
//! # Ok::<(), simplex_types::DecodeError>(())
//! ```
//!
//! A command is a struct from which the text is built; anything that would turn it into another command is refused:
//!
//! ```
//! use simplex_types::{ChatItemId, ChatRef, Command, ContactId, NonEmpty, UserId, cmd};
//!
//! let chat = ChatRef::Direct(ContactId(4));
//! let read = cmd::ChatItemsRead::new(chat, NonEmpty::one(ChatItemId(12)));
//! assert_eq!(read.text()?, "/_read chat items @4 12");
//!
//! let search = cmd::ListGroups::new(UserId(1)).with_search("team\n/quit");
//! assert_eq!(search.text().unwrap_err().parameter, "search");
//! # Ok::<(), simplex_types::CommandTextError>(())
//! ```
//!
//! The types are made from the API of [`SCHEMA_VERSION`]; [`CAPABILITIES`] says what only some releases of the core read.

#![forbid(unsafe_code)]
#![warn(missing_debug_implementations)]

mod capability;
pub mod command;
mod decode;
mod error_text;
mod ext;
pub mod frame;
mod generated;
mod older;
mod scalar;
mod show;
mod skim;
mod wire;

/// The commands, a struct for each.
pub mod cmd {
    pub use crate::generated::commands::*;
}

/// The events of the core: a struct for each, and [`Event`], an enum of all.
pub mod event {
    pub use crate::generated::events::*;
}

/// The core's answers: a struct for each response, and [`Response`], an enum of all.
pub mod response {
    pub use crate::generated::responses::*;
}

/// The named types that events, responses and commands consist of.
pub mod types {
    pub use crate::command::{ChatDeleteMode, ChatPagination, ChatRef, GroupChatScope, PaginationByTime};
    pub use crate::generated::enums::*;
    pub use crate::generated::records::*;
    pub use crate::generated::unions::*;
}

pub use capability::{Capability, Release};
pub use command::{Command, CommandTextError, InvalidChatRef, Network, NonEmpty, TextProblem};
pub use decode::{AnswerError, DecodeError, Decoded, Lost, answer};
pub use event::{Event, EventTag};
pub use ext::{NoChatRef, bot_command};
pub use frame::{Frame, FrameOutcome};
pub use generated::{CAPABILITIES, SCHEMA_VERSION};
pub use response::{Response, ResponseTag};
pub use scalar::*;
pub use types::*;
