//! SimpleX Chat bots and clients.
//!
//! ```
//! use simplex_bot::prelude::*;
//!
//! fn bot() -> Bot {
//!     Bot::new("Echo").on(text(), async |msg: TextMessage| msg.reply(msg.text()).await)
//! }
//!
//! # async fn run() -> Result<(), BotError> {
//! bot().db(Db::sqlite("./echo")).run().await
//! # }
//! # // What the feature `test` is for: the same bot on a simulated network.
//! # simplex_bot::testing::run(async {
//! #     let net = simplex_bot::testing::TestNetwork::new();
//! #     let alice = net.person("alice").connects_to(&net.start(bot).await).await;
//! #     alice.send("hello").await;
//! #     alice.expect("hello").await;
//! # });
//! ```
//!
//! A [`Bot`] has a name, a database, and handlers. A handler is an async function whose parameters say what it needs
//! ([`Extract`]); a filter ([`filter`]) selects the messages that it handles and narrows their type. Messages in one
//! chat are handled in order, different chats concurrently; a message is marked read after its handler has ended.
//!
//! Where to find what:
//!
//! | for | see |
//! |---|---|
//! | replies, quotes, reactions, edits, deletions, forwards | [`Message`], [`Sent`], [`Draft`], [`Markdown`] |
//! | files and pictures | [`Message::receive`], [`Draft::file`], [`Sent::uploaded`] |
//! | commands with arguments, help and a menu | [`derive(Commands)`](derive@Commands), [`command`] |
//! | questions and conversations | [`Chat::ask`], [`dialogue`] |
//! | who may do what, and how often | [`filter::from_role`], [`senders`], [`Router::guard`] |
//! | data of the bot's own | [`Bot::state`], [`store`] |
//! | news for many, jobs by the clock | [`broadcast`], [`schedule`] |
//! | other events than messages | [`Bot::on_event`], [`types::event`] |
//! | errors, retries, what a stop and a crash leave | [`Bot::on_error`], [`Retry`], [`Delivery`], [`Bot::drain`] |
//! | health, metrics, notices | [`Health`], [`Notice`], [`Bot::on_notice`] |
//! | a bot inside another program, several bots | [`Bot::start`], [`Running::until_signal`], [`stop_signal`], [`Handle`] |
//! | scripts and clients instead of bots | [`Client`], [`blocking`] |
//! | a chat's history | [`ChatApi::get_chat`], [`Chat::message`], [`Chat::sent`] |
//! | the bot's own profile, which many commands ask for | [`Running::user`]; in handlers [`Handle::user`] |
//! | what a core of another version cannot do | [`types::CoreVersionInfo::lacks`], of [`ChatApi::version`]'s answer |
//! | everything else that the core can do | [`ChatApi`], which handlers take as a parameter |
//!
//! Features, off by default: `test` (people on a simulated network, for testing bots), `sqlite` (state in SQLite),
//! `cron`, `regex`, `images` (picture previews), `health` (an HTTP endpoint), `websocket` (a CLI instead of the
//! in-process core). On by default: `native` (the in-process core), `download` (fetches its library), `log` (warnings
//! on standard error).
//!
//! The code that its macros generate refers to this crate as `::simplex_bot`. If your crate depends on it under another
//! name, put this into the crate root: `extern crate that_name as simplex_bot;`.

#![forbid(unsafe_code)]
#![warn(missing_debug_implementations)]

mod ask;
pub mod blocking;
mod bot;
pub mod broadcast;
mod chat;
mod client;
pub mod command;
pub mod dialogue;
mod draft;
#[cfg(feature = "health")]
mod endpoint;
mod error;
mod events;
mod extract;
mod file;
pub mod filter;
mod handler;
#[cfg(feature = "images")]
pub mod images;
mod markdown;
mod message;
mod middleware;
mod router;
mod runtime;
pub mod schedule;
pub mod senders;
mod sent;
mod setup;
mod signals;
pub mod store;
pub mod terminal;
#[cfg(feature = "test")]
pub mod testing;
mod typed_values;
mod wait;

pub use simplex_api::{self as api, ApiError, ChatApi, core, types};

pub use ask::Ask;
pub use bot::{Bot, Handle, Running};
pub use chat::Chat;
pub use client::{Client, Connect, Events};
pub use command::{CommandEntry, Commands, MemberRef};
pub use dialogue::Dialogue;
pub use draft::Draft;
pub use error::{BotError, Outcome};
pub use events::{EventKind, Occurrence, OnEvent, Reconciled, Wanted};
pub use extract::{Args, Captures, Cx, Data, Extract, FromRef, Parsed, State};
pub use file::{Receive, ReceivedFile};
pub use handler::{Handler, HandlerError, HandlerFuture, HandlerOf, IntoOutcome};
pub use markdown::{Color, Markdown};
pub use message::{
    ChatLinkMessage, FileMessage, ImageMessage, LinkMessage, Message, ReportMessage, TextMessage, UnknownMessage,
    VideoMessage, VoiceMessage,
};
pub use middleware::{Flow, Middleware, Next, Routed};
pub use router::Router;
pub use runtime::{Awaited, Backlog, Condition, Delivery, Failure, Health, Notice, Retry, Trouble, WaitError};
pub use sent::{Delivered, Edited, Live, Sent, Uploaded};
pub use signals::stop_signal;
#[cfg(feature = "test")]
pub use simplex_bot_macros::test;
pub use simplex_bot_macros::{Commands, debug_handler};

/// What most bots need, in one `use`. It includes `tokio`, so that a bot's crate needs no other dependency. For more of
/// `tokio` than the features a bot runs on (`macros`, `rt-multi-thread`, `signal`, `sync`, `time`), depend on `tokio`
/// as well and enable the features you want.
pub mod prelude {
    pub use std::time::Duration;

    pub use tokio;

    #[cfg(feature = "native")]
    pub use crate::core::native::lib::Db;
    pub use crate::filter::{
        Filter, any, any_text, at_least, chat_link, command, file, from_agent, from_contact, from_customer,
        from_history, from_member, from_role, image, in_business, in_direct, in_group, in_support, link, mentions_me,
        not, of_group, replies_to_me, report, text, unknown_content, video, voice, when, with_file,
    };
    pub use crate::{
        Args, Bot, BotError, Chat, ChatApi, ChatLinkMessage, Client, Commands, Data, Draft, Failure, FileMessage,
        HandlerError, ImageMessage, LinkMessage, Markdown, MemberRef, Message, Outcome, Parsed, ReportMessage, Router,
        State, TextMessage, UnknownMessage, VideoMessage, VoiceMessage,
    };
}

/// What a program holds may be shared by its threads, and what it awaits may go to another.
#[cfg(test)]
const _: fn() = || {
    use broadcast::Broadcast;
    use schedule::Schedule;
    use senders::{Cooldown, SenderList};

    fn shared<T: Send + Sync>() {}
    fn moved<T: Send>() {}
    shared::<(Bot, Router, Running, Handle, Client, Events<types::Event>, blocking::Client, blocking::Sent)>();
    shared::<(Chat, Message, TextMessage, Sent, Live, Draft, Markdown, ReceivedFile, BotError, WaitError)>();
    shared::<(Broadcast, Schedule, SenderList, Cooldown, store::FileStore, store::MemoryStore)>();
    moved::<(Ask<'_, String>, Receive<'_>, Delivered<'_>, Uploaded<'_>, Connect<'_>)>();
};
