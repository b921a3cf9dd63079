//! Logging of commands.

use async_trait::async_trait;
use simplex_types::{Frame, FrameOutcome};
use tokio::time::Instant;
use tracing::Instrument;

use crate::{ApiError, Call, Layer, Next, tag_of};

/// Records a span for each command, and an event when it ends, with its name, duration and the answer's tag. Arguments
/// and answers are never logged: they hold what people wrote.
#[derive(Debug, Clone, Copy, Default)]
pub struct Trace;

#[async_trait]
impl Layer for Trace {
    async fn call(&self, call: Call, next: Next<'_>) -> Result<Frame, ApiError> {
        let span = tracing::debug_span!("command", name = call.name());
        let started = Instant::now();
        async {
            let result = next.run(call).await;
            let took = started.elapsed();
            match &result {
                Ok(frame) if frame.outcome() == FrameOutcome::Result => {
                    tracing::debug!(?took, tag = tag_of(frame), bytes = frame.text().len(), "answered");
                }
                Ok(frame) => tracing::warn!(?took, tag = tag_of(frame), "answered with an error"),
                Err(error) => tracing::warn!(?took, %error, "not answered"),
            }
            result
        }
        .instrument(span)
        .await
    }
}
