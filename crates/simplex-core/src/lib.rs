//! One async trait over the SimpleX Chat core: send a command, receive events, close.
//!
//! [`ChatCore`] is the interface for the layers above, whichever core is underneath: in-process, over WebSocket, or
//! simulated.

#![forbid(unsafe_code)]
#![warn(missing_debug_implementations)]

#[cfg(any(feature = "native", feature = "websocket", feature = "mock"))]
mod events;
#[cfg(feature = "mock")]
pub mod mock;
#[cfg(feature = "native")]
pub mod native;
mod request;
#[cfg(feature = "native")]
mod threads;
#[cfg(feature = "websocket")]
pub mod websocket;

use std::collections::VecDeque;
use std::fmt::Debug;
use std::path::{Path, PathBuf};
use std::time::Duration;

use async_trait::async_trait;
pub use simplex_types::{Frame, FrameOutcome};

#[cfg(any(feature = "native", feature = "websocket", feature = "mock"))]
pub use events::EventLimits;
#[cfg(feature = "native")]
pub use native::NativeCore;
pub use request::{RefusedCommand, Request, Urgency};
#[cfg(feature = "websocket")]
pub use websocket::WebSocketCore;

/// No deadline is further away: a clock cannot count to the end of all durations.
#[cfg(any(feature = "native", feature = "websocket"))]
const FAR: Duration = Duration::from_secs(60 * 60 * 24 * 365 * 30);

/// The time that a core has to end if it was dropped without being closed.
#[cfg(any(feature = "native", feature = "websocket"))]
const DROP_DEADLINE: Duration = Duration::from_secs(5);

/// When a deadline of so long passes, on tokio's clock.
#[cfg(any(feature = "native", feature = "websocket"))]
fn deadline_in(after: Duration) -> tokio::time::Instant {
    tokio::time::Instant::now() + after.min(FAR)
}

/// What a core sends to its only consumer.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum CoreEvent {
    /// An event of the core, an error of its background work ([`FrameOutcome::Error`]), or a text that is neither
    /// ([`FrameOutcome::Malformed`]).
    Frame(Frame),
    /// The consumer was too slow and the buffer overflowed: this many events were dropped here. Messages among them
    /// are unread in the core's database.
    Lagged {
        /// How many events were dropped since the last event that was delivered.
        events: u64,
    },
    /// The connection to the core was lost; commands fail until [`CoreEvent::Reconnected`]. In process, the core's
    /// library panicked in receiving, and this is the last event.
    Disconnected {
        /// The reason, for humans.
        reason: String,
    },
    /// The connection was restored. Events in between were lost; messages among them are unread in the core's
    /// database.
    Reconnected,
}

/// Why a command has no answer.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum CoreError {
    /// The core was closed, by the program or by itself, before it received the command.
    #[error("the core is closed: {reason}")]
    Closed {
        /// The reason.
        reason: String,
    },
    /// No answer within the deadline. The command may have been executed, or may still be executing.
    #[error("no answer to `{command}` within {after:?}; it may still have been carried out")]
    Timeout {
        /// The command's words, without its arguments.
        command: String,
        /// The deadline that passed.
        after: Duration,
    },
    /// The connection broke, the core was closed or its library failed while the command was in progress. It may have
    /// been executed.
    #[error("`{command}` was interrupted ({reason}); it may have been carried out")]
    Interrupted {
        /// The command's words, without its arguments.
        command: String,
        /// What interrupted it.
        reason: String,
    },
    /// The core did not stop, or could not close its database; the database is left as it is.
    #[error("the core did not close in order: {reason}")]
    Store {
        /// The core's message.
        reason: String,
    },
    /// This core does not accept the command.
    #[error("the command `{command}` is not sent to this core: {why}")]
    Refused {
        /// The command's words.
        command: String,
        /// The reason.
        why: &'static str,
    },
    /// The core cannot be reached at the moment, and did not receive the command.
    #[error("the core cannot be reached: {reason}")]
    Unavailable {
        /// The reason.
        reason: String,
    },
}

/// A SimpleX Chat core: accepts commands, emits events, and is closed once.
///
/// Many tasks may send commands at once; events have one consumer at a time.
#[async_trait]
pub trait ChatCore: Debug + Send + Sync + 'static {
    /// Sends one command and waits for its answer, which may be a chat error ([`FrameOutcome::Error`]).
    ///
    /// # Errors
    /// [`CoreError`] if there is no answer.
    ///
    /// # Cancel safety
    /// Dropping the future does not undo the command: it may still be executed.
    async fn send(&self, request: Request) -> Result<Frame, CoreError>;

    /// Returns the next event, or `None` once the core is closed and every buffered event has been taken.
    ///
    /// # Cancel safety
    /// Cancel safe: no event is lost if the future is dropped.
    async fn recv(&self) -> Option<CoreEvent>;

    /// Appends up to `most` events that are already buffered to `into`, without waiting; this is cheaper than as many
    /// calls of [`recv`](Self::recv). Taking none means nothing: a core need not support this.
    fn take_ready(&self, most: usize, into: &mut VecDeque<CoreEvent>) {
        let _ = (most, into);
    }

    /// Closes this core in order: new commands are refused, the chat is stopped if this core may stop it, the receiver
    /// is joined, the store is closed. Closing twice is harmless.
    ///
    /// # Errors
    /// [`CoreError::Timeout`] if the core did not end by the deadline (it is then abandoned with its store open),
    /// [`CoreError::Store`] if the store could not be closed, or [`CoreError::Closed`] if the core's library panicked.
    ///
    /// # Cancel safety
    /// Once started, closing is completed even if the future is dropped.
    async fn close(&self, deadline: Duration) -> Result<(), CoreError>;

    /// Whether `/_stop` may be sent: it would end a CLI that something else started, so it is not sent to one.
    fn owns_chat(&self) -> bool {
        true
    }

    /// The absolute path of its SQLite database, as its files begin (`_chat.db` and `_agent.db` are added), if it is
    /// known and on this machine.
    fn database(&self) -> Option<&Path> {
        None
    }

    /// The folder beside that database for files under way, to be set before the chat is started (`/_temp_folder`); a
    /// CLI that was started here has it already.
    ///
    /// If it is not set, they are in the system's temporary folder. That is often another file system or mount than the
    /// data's, from which a core cannot move what it received to its place (in all releases up to 7.0.2); or it has too
    /// little room.
    fn temp_folder(&self) -> Option<PathBuf> {
        self.database().map(temp_beside)
    }
}

/// The folder for files under way that belongs to a database.
fn temp_beside(database: &Path) -> PathBuf {
    let mut path = database.as_os_str().to_owned();
    path.push("_bot.files");
    path.into()
}

/// Makes the path of a database absolute once, because the program's own folder may change.
#[cfg(any(feature = "native", feature = "websocket"))]
fn fix(database: &mut PathBuf) {
    if let Ok(absolute) = std::path::absolute(&*database) {
        *database = absolute;
    }
}
