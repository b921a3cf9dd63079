//! The commands of the SimpleX Chat core, typed, over any [`ChatCore`].
//!
//! [`ChatApi::call`] sends one command and decodes its answer; the methods are thin over it and named as in the
//! official clients. What is not typed goes through [`ChatApi::raw`]. Nothing here is about bots.

#![forbid(unsafe_code)]

mod error;
mod methods;

use std::fmt;
use std::sync::Arc;

pub use simplex_core as core;
pub use simplex_core::{ChatCore, CoreError, RefusedCommand, Request, Urgency};
pub use simplex_types as types;
use simplex_types::{Command, Decoded, Frame, Outcome};

pub use error::ApiError;

/// The commands of one core. Cloning is cheap; the clones share the core.
#[derive(Clone)]
pub struct ChatApi {
    core: Arc<dyn ChatCore>,
}

impl ChatApi {
    /// The commands of `core`.
    pub fn new(core: Arc<dyn ChatCore>) -> Self {
        Self { core }
    }

    /// The core underneath: for its events, and to close it.
    pub fn core(&self) -> &Arc<dyn ChatCore> {
        &self.core
    }

    /// Sends a command and waits for its answer.
    ///
    /// # Errors
    /// [`ApiError`]: the core's own error, an answer that is not understood, no answer, or a refusal to send.
    ///
    /// # Cancel safety
    /// Dropping the future does not take the command back.
    pub async fn call<C: Command + Sync>(&self, command: &C) -> Result<C::Response, ApiError> {
        self.call_as(command, Urgency::Normal).await
    }

    /// As [`call`](Self::call), for commands that must pass when others hang.
    pub(crate) async fn call_as<C: Command + Sync>(
        &self,
        command: &C,
        urgency: Urgency,
    ) -> Result<C::Response, ApiError> {
        let request = Request::new(command.text()?)?.urgency(urgency);
        let frame = self.core.send(request).await?;
        let Decoded { value, lost } = simplex_types::answer::<C>(&frame)?;
        for lost in lost {
            tracing::warn!(command = C::NAME, path = lost.path, reason = lost.reason, "a part of an answer was lost");
        }
        Ok(value)
    }

    /// Sends a command as text and gives its answer as JSON: the object inside the envelope.
    ///
    /// # Errors
    /// As [`call`](Self::call). A text that the core would take for something else, or that would end it, is refused.
    pub async fn raw(&self, command: &str) -> Result<serde_json::Value, ApiError> {
        let request = Request::new(command)?;
        let name = request.words().to_owned();
        let frame = self.core.send(request).await?;
        if frame.outcome() == Outcome::Error {
            return Err(ApiError::from_error_frame(&name, &frame));
        }
        serde_json::from_str(frame.body()).map_err(|_| ApiError::unexpected(&name, &frame))
    }
}

impl fmt::Debug for ChatApi {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ChatApi").field(&self.core).finish()
    }
}

/// The tag of a frame for messages: never empty.
fn tag_of(frame: &Frame) -> String {
    if frame.tag().is_empty() { "(no tag)".to_owned() } else { frame.tag().to_owned() }
}
