//! What can go wrong in a bot, outside its handlers.

use std::error::Error;
use std::fmt;
use std::time::Duration;

use crate::api::{ApiError, CoreError};
use crate::command::CommandError;
use crate::types::{ChatItemId, ChatRef, TextProblem};

/// Why a bot did not start, did not stop well, or did not send.
///
/// Its `Debug` is its message: a `main` that returns it prints that.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum BotError {
    /// The core's library was not found, fetched or loaded.
    #[cfg(feature = "native")]
    #[error(transparent)]
    Load(#[from] crate::core::native::LoadError),
    /// The database was not opened.
    #[cfg(feature = "native")]
    #[error(transparent)]
    Open(#[from] crate::core::native::lib::OpenError),
    /// The CLI was not started or reached.
    #[cfg(feature = "websocket")]
    #[error(transparent)]
    Connect(#[from] crate::core::websocket::ConnectError),
    /// A command failed.
    #[error(transparent)]
    Api(#[from] ApiError),
    /// The core gave no answer, or did not close.
    #[error(transparent)]
    Core(#[from] CoreError),
    /// The bot or client is set up in a way that cannot work: it does not start.
    #[error("cannot start: {0}")]
    Config(String),
    /// A call was made where it cannot work.
    #[error("{0}")]
    Misplaced(String),
    /// The database has several profiles, and none has the bot's name: it is not known which one is the bot's.
    #[error(
        "the database has several profiles, and none is called `{name}`: name the bot as its own, or rename that one; \
         there are {profiles:?}"
    )]
    NoSuchProfile {
        /// The bot's name.
        name: String,
        /// The names of the profiles.
        profiles: Vec<String>,
    },
    /// A text without a word was to be sent, of which people would see an empty line. A message whose handler returns this
    /// error is not handled again.
    #[error("nothing was sent, because the message is empty: it needs a text, a file or a picture")]
    Empty,
    /// The core answered a send without saying what was sent.
    #[error("the core answered the send with no message; whether it was sent is not known")]
    NothingSent,
    /// A text that is too long for one message was sent in part.
    #[error("{parts} of {of} parts of a message were sent to {}; the rest was not", sent.chat().chat_ref())]
    PartlySent {
        /// What was sent.
        sent: Box<crate::sent::Sent>,
        /// How many parts were sent.
        parts: usize,
        /// How many parts there are.
        of: usize,
    },
    /// A command names a member that the group does not have, or a name that several members have. The name is in this
    /// value, but not in the error's text, because somebody wrote it.
    #[error("there is no such member, or more than one of that name: a mention or a member's number names one")]
    NoSuchMember(String),
    /// The core does not accept the reaction.
    #[error("{error}; reactions are 👍 👎 😀 😂 😢 ❤ 🚀 ✅")]
    NoSuchReaction {
        /// What the core said.
        error: ApiError,
    },
    /// The core gave a message up: it is deleted, or its recipient deleted the contact.
    #[error("message {item} of {chat} cannot be delivered: {why}")]
    Undelivered {
        /// The chat that it was sent to.
        chat: ChatRef,
        /// The message.
        item: ChatItemId,
        /// Why, as far as the core knows.
        why: &'static str,
    },
    /// A connection was not made: the link is invalid or incomplete, its other end is gone, the core refused it, or the
    /// network failed. [`ApiError::is_temporary`] tells what may work later:
    ///
    /// ```
    /// # use simplex_bot::{BotError, Chat, Client};
    /// # async fn connect(me: &Client, link: &str) -> Result<Option<Chat>, BotError> {
    /// match me.connect_to(link).await {
    ///     Ok(chat) => Ok(Some(chat)),
    ///     Err(BotError::Link { error, .. }) if error.is_temporary() => Ok(None), // later
    ///     Err(BotError::Wait(_)) => Ok(None), // nobody answered in time; the next call goes on waiting
    ///     Err(error) => Err(error),
    /// }
    /// # }
    /// ```
    #[error("cannot connect by {link}: {}", why_not(error))]
    Link {
        /// What kind of link it is, without its secret part.
        link: String,
        /// What is wrong.
        error: ApiError,
    },
    /// A connection was not made.
    #[error("not connected: {0}")]
    NotConnected(String),
    /// A file was not received.
    #[error("the file was not received: {0}")]
    File(String),
    /// A file is larger than the bot takes, and was not received.
    #[error(
        "the file was not received: it has {size} bytes, more than the {at_most} that are taken; `.at_most(…)` takes more"
    )]
    FileTooLarge {
        /// Its size in bytes.
        size: u64,
        /// The limit, in bytes.
        at_most: u64,
    },
    /// A file was not sent.
    #[error("the file was not sent: {0}")]
    Upload(String),
    /// A picture has no preview.
    #[cfg(feature = "images")]
    #[error(transparent)]
    Picture(#[from] crate::images::PictureError),
    /// A store did not load or save.
    #[error(transparent)]
    Store(#[from] crate::store::StoreError),
    /// Handlers still ran when the drain time was over; their messages stay unread for the next run. A handler that
    /// blocks its thread cannot be cancelled: the bot ends without it, and its state file is released when the handler
    /// returns.
    #[error("{handlers} handlers were still running after {after:?}; their messages stay unread for the next run")]
    DrainTimeout {
        /// How many handlers were cancelled.
        handlers: usize,
        /// The time that they had.
        after: Duration,
    },
    /// The bot's own file beside the database cannot be used.
    #[error("the bot's state file {path} cannot be used: {error}", path = path.display())]
    StateFile {
        /// The file.
        path: std::path::PathBuf,
        /// What is wrong.
        error: std::io::Error,
    },
    /// Another bot, in this process or another, serves this database or core.
    #[error(
        "{what} is served by another bot already, and two would take each other's messages: stop that one, or give this \
         one a database of its own"
    )]
    AlreadyServing {
        /// The state file, or the core.
        what: String,
    },
    /// A handler or a job waited for the end of its own bot, which in turn waits for these.
    #[error("a handler or a job cannot wait for the end of its own bot; call `stop` and return")]
    EndInHandler,
    /// A wait ended without what it waited for.
    // Also the source, so that it is found through whatever error wraps this one.
    #[error("{0}")]
    Wait(#[from] crate::runtime::WaitError),
    /// The core ended while the bot was serving.
    #[error("the core ended while the bot was serving")]
    CoreEnded,
    /// A signal handler could not be installed.
    #[error("cannot listen for signals: {0}")]
    Signals(std::io::Error),
}

/// What is wrong with a link.
fn why_not(error: &ApiError) -> String {
    let why = match error {
        ApiError::Text(error) if error.problem == TextProblem::Empty => "it is empty".into(),
        ApiError::Text(error) => format!("it {}", error.problem),
        // The link itself may be right.
        error if error.is_network() || error.is_temporary() => return error.to_string(),
        error => error.to_string(),
    };
    format!(
        "{why}; use the whole link, as `address()` gives it and apps show it: `https://…/a#…`, `simplex:/contact#…`"
    )
}

impl fmt::Debug for BotError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&with_causes(self, "\n  because: "))
    }
}

/// An error and its causes, without those that the text contains already.
pub(crate) fn with_causes(error: &(dyn Error + 'static), between: &str) -> String {
    let mut text = unquoted(error);
    let mut source = error.source();
    while let Some(cause) = source {
        let why = unquoted(cause);
        if !text.contains(&why) {
            text.push_str(between);
            text.push_str(&why);
        }
        source = cause.source();
    }
    text
}

/// An error for the log: what is wrong with a command quotes what was typed, for the person who did.
fn unquoted(error: &(dyn Error + 'static)) -> String {
    match error.downcast_ref::<CommandError>() {
        Some(error) => format!("{error:?}"),
        None => error.to_string(),
    }
}

/// What most handlers return: what they sent, or why not.
///
/// A handler that does not always send something returns `Outcome<()>`; one with errors of other kinds returns
/// `Result<_, HandlerError>`, into which `?` converts any error:
///
/// ```
/// use simplex_bot::prelude::*;
///
/// async fn thank(msg: TextMessage) -> Outcome<()> {
///     if msg.text().contains("thanks") {
///         msg.reply("You are welcome.").await?;
///     }
///     Ok(())
/// }
///
/// async fn double(msg: TextMessage) -> Result<(), HandlerError> {
///     let n: u32 = msg.text().parse()?;
///     msg.reply((2 * n).to_string()).await?;
///     Ok(())
/// }
/// # let _: Router = Router::new().on(text(), thank).on(text(), double);
/// ```
pub type Outcome<T = crate::sent::Sent> = Result<T, BotError>;
/// An error and what it wraps, from the outside in.
pub(crate) fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |error| (**error).source())
}
