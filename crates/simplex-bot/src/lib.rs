//! SimpleX Chat bots and clients.
//!
//! ```no_run
//! use simplex_bot::prelude::*;
//!
//! # #[tokio::main]
//! # async fn main() -> Result<(), BotError> {
//! Bot::new("Echo")
//!     .db(Db::sqlite("./echo"))
//!     .on(text(), async |msg: TextMessage| msg.reply(msg.text()).await)
//!     .run()
//!     .await
//! # }
//! ```
//!
//! A [`Bot`] has a name, a database, and handlers. A handler is an async function whose parameters say what it needs
//! ([`Extract`]); a filter ([`filter`]) says which messages it is for, and narrows them. Messages of one chat are
//! handled in order, chats side by side; a message is marked read after its handler ended.

#![forbid(unsafe_code)]

mod bot;
mod chat;
mod error;
mod extract;
pub mod filter;
mod handler;
mod message;
mod router;
mod runtime;
mod setup;
mod signals;
pub mod terminal;

pub use simplex_api::{self as api, ApiError, ChatApi, core, types};

pub use bot::{Bot, Handle, Running};
pub use chat::Chat;
pub use error::{BotError, Outcome};
pub use extract::{Args, Cx, Extract, FromRef, Parsed, State};
pub use handler::{Handler, HandlerError, HandlerFuture, IntoOutcome};
pub use message::{Message, Sent, TextMessage};
pub use router::{CommandEntry, Router};
pub use runtime::{Backlog, Delivery, Failure, Retry, WaitError};

/// What most bots need, in one `use`; `tokio` among it, so that a bot's crate needs no other dependency than this one.
pub mod prelude {
    pub use tokio;

    #[cfg(feature = "native")]
    pub use crate::core::native::lib::Db;
    pub use crate::filter::{Filter, any, in_direct, in_group, not, text, when};
    pub use crate::{Args, Bot, BotError, Chat, ChatApi, Message, Outcome, Parsed, Router, State, TextMessage};
}
