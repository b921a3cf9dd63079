//! Wire types of the SimpleX Chat core.
//!
//! No I/O and no async live here, and nothing of the other crates: everyone depends on this one.
//!
//! What the core says is a text. [`Frame::parse`] looks at it once and knows what it is and whose; [`Event::decode`],
//! [`Response::decode`] and [`answer`] make values of it. Nothing that a core may say is fatal:
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
//! A command is a record; its text is built, and what would make another command of it is refused:
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

#![forbid(unsafe_code)]
#![warn(missing_debug_implementations)]

pub mod command;
mod decode;
mod ext;
pub mod frame;
mod generated;
mod older;
mod place;
mod scalar;
mod show;
mod skim;
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

pub use command::{Command, CommandTextError, InvalidChatRef, Network, NonEmpty, TextProblem};
pub use decode::{AnswerError, DecodeError, Decoded, Lost, answer};
pub use event::{Event, EventTag};
pub use ext::NoChatRef;
pub use frame::{Frame, FrameOutcome};
pub use generated::SCHEMA_VERSION;
pub use place::Place;
pub use response::{Response, ResponseTag};
pub use scalar::*;
pub use types::*;
