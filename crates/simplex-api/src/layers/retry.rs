//! Retries.

use std::time::Duration;

use async_trait::async_trait;
use backon::{BackoffBuilder, ExponentialBuilder};
use simplex_core::CoreError;
use simplex_types::{Frame, FrameOutcome};

use crate::{ApiError, Call, Layer, Next};

/// Retries commands that failed for a temporary reason, with exponential backoff.
///
/// Any command that did not reach the core is retried. A command that may have been executed is retried only if
/// executing it twice has the same effect as once ([`Call::is_repeatable`]); sending a message is not. The answer is that
/// of the last attempt: an edit or a profile that an earlier one changed is reported as not changed.
#[derive(Debug, Clone)]
pub struct Retry(ExponentialBuilder);

impl Retry {
    /// Retries up to `times` times, first after `first`, at most `longest` apart, plus jitter.
    pub fn new(times: usize, first: Duration, longest: Duration) -> Self {
        let backoff = ExponentialBuilder::default().with_min_delay(first).with_max_delay(longest);
        Self(backoff.with_max_times(times).with_jitter())
    }
}

impl Default for Retry {
    /// Up to 3 retries, after 0.2 s, 0.4 s and 0.8 s, each plus up to as much again.
    fn default() -> Self {
        Self::new(3, Duration::from_millis(200), Duration::from_secs(10))
    }
}

#[async_trait]
impl Layer for Retry {
    async fn call(&self, call: Call, next: Next<'_>) -> Result<Frame, ApiError> {
        let mut waits = self.0.build();
        loop {
            let result = next.run(call.clone()).await;
            if !may_pass(&call, &result) {
                return result;
            }
            let Some(wait) = waits.next() else { return result };
            tracing::debug!(command = call.name(), ?wait, "sending again");
            tokio::time::sleep(wait).await;
        }
    }
}

fn may_pass(call: &Call, result: &Result<Frame, ApiError>) -> bool {
    match result {
        Err(ApiError::Core(CoreError::Unavailable { .. })) => true,
        Err(error) => call.is_repeatable() && error.is_temporary(),
        Ok(frame) => {
            call.is_repeatable()
                && frame.outcome() == FrameOutcome::Error
                && ApiError::from_error_frame(call.name(), frame).is_temporary()
        }
    }
}
