//! One async trait over the SimpleX Chat core: send a command, receive events, close.
//!
//! [`ChatCore`] is what the layers above stand on, whichever core is underneath: in process, over WebSocket, or simulated.

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

/// When a deadline of so long passes, on tokio's clock.
#[cfg(any(feature = "native", feature = "websocket"))]
fn deadline_in(after: Duration) -> tokio::time::Instant {
    tokio::time::Instant::now() + after.min(FAR)
}

/// What a core sends to its one consumer.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum CoreEvent {
    /// An event of the core, or an error of its background work ([`FrameOutcome::Error`]), or a text that is neither
    /// ([`FrameOutcome::Malformed`]).
    Frame(Frame),
    /// The consumer was too slow, and the buffer overflowed: this many events were dropped here. Messages among them
    /// are unread in the core's database.
    Lagged {
        /// How many events were dropped since the last event that was delivered.
        events: u64,
    },
    /// The connection to the core is lost; commands fail until [`CoreEvent::Reconnected`].
    Disconnected {
        /// Why, for people.
        reason: String,
    },
    /// Connected again. Events in between are lost; messages among them are unread in the core's database.
    Reconnected,
}

/// Why a command has no answer.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum CoreError {
    /// The core was closed, by us or by itself, before the command was handed to it.
    #[error("the core is closed: {reason}")]
    Closed {
        /// What closed it.
        reason: String,
    },
    /// No answer within the deadline. The command may still have been, or still be, carried out.
    #[error("no answer to `{command}` within {after:?}; it may still have been carried out")]
    Timeout {
        /// The command's words, without its arguments.
        command: String,
        /// The deadline that passed.
        after: Duration,
    },
    /// The connection broke while the command was under way. It may have been carried out.
    #[error("the connection broke while `{command}` was under way ({reason}); it may have been carried out")]
    Interrupted {
        /// The command's words, without its arguments.
        command: String,
        /// What broke.
        reason: String,
    },
    /// The core did not stop, or could not close its database; the database is left as it is.
    #[error("the core did not close in order: {reason}")]
    Store {
        /// What the core says.
        reason: String,
    },
    /// The command is not for this core.
    #[error("the command `{command}` is not sent to this core: {why}")]
    Refused {
        /// The command's words.
        command: String,
        /// Why not.
        why: &'static str,
    },
    /// The core cannot be reached now; the command was not handed to it.
    #[error("the core cannot be reached: {reason}")]
    Unavailable {
        /// What is wrong.
        reason: String,
    },
}

/// A SimpleX Chat core: takes commands, yields events, is closed once.
///
/// Commands may be sent by many tasks at once; events have one consumer at a time.
#[async_trait]
pub trait ChatCore: Debug + Send + Sync + 'static {
    /// Sends one command and waits for its answer, which may be a chat error ([`FrameOutcome::Error`]).
    ///
    /// # Errors
    /// [`CoreError`] when there is no answer.
    ///
    /// # Cancel safety
    /// Dropping the future does not take the command back: it may still be carried out.
    async fn send(&self, request: Request) -> Result<Frame, CoreError>;

    /// The next event, or `None` once the core is closed and every buffered event was taken.
    ///
    /// # Cancel safety
    /// Cancel safe: an event is not lost when the future is dropped.
    async fn recv(&self) -> Option<CoreEvent>;

    /// Appends events that are already here to `into`, `most` at most: without waiting, and cheaper than as many calls
    /// of [`recv`](Self::recv). Taking none says nothing: a core need not be able to.
    fn take_ready(&self, most: usize, into: &mut VecDeque<CoreEvent>) {
        let _ = (most, into);
    }

    /// Closes this core in order: commands are refused, the chat is stopped where this core is ours to stop, the
    /// receiver is joined, the store is closed. Closing twice is harmless.
    ///
    /// # Errors
    /// [`CoreError::Timeout`] if the core did not end by the deadline (it is abandoned then, its store left open), or
    /// what the core says of its store.
    ///
    /// # Cancel safety
    /// Once begun, closing is finished even if the future is dropped.
    async fn close(&self, deadline: Duration) -> Result<(), CoreError>;

    /// Whether `/_stop` may be sent: not to a CLI that somebody else started, which it would end.
    fn owns_chat(&self) -> bool {
        true
    }
}
