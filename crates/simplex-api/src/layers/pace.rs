//! Rate limiting of outgoing messages.

use std::fmt;
use std::num::NonZeroU32;
use std::time::Duration;

use async_trait::async_trait;
use governor::clock::{Clock, Reference};
use governor::middleware::NoOpMiddleware;
use governor::nanos::Nanos;
use governor::state::{InMemoryState, NotKeyed};
use governor::{Quota, RateLimiter};
use simplex_types::Frame;
use tokio::time::Instant;

use crate::{ApiError, Call, Layer, Next};

/// What goes out to people.
const PACED: [&str; 5] =
    ["APISendMessages", "APIUpdateChatItem", "APIForwardChatItems", "APIChatItemReaction", "APIReportMessage"];

/// Limits the rate of messages, edits, forwards, reactions and reports by delaying them; other commands pass. A
/// command counts as one, however many messages it contains.
pub struct Pace(RateLimiter<NotKeyed, InMemoryState, TokioClock, NoOpMiddleware<TokioInstant>>);

impl Pace {
    /// Allows this many commands per second in the long run, and the same number at once after a pause.
    pub fn per_second(commands: NonZeroU32) -> Self {
        Self(RateLimiter::direct_with_clock(Quota::per_second(commands), TokioClock))
    }

    /// Allows one command per `period` in the long run, and up to `burst` at once after a pause. Returns `None` if the
    /// period is zero.
    pub fn every(period: Duration, burst: NonZeroU32) -> Option<Self> {
        let quota = Quota::with_period(period)?.allow_burst(burst);
        Some(Self(RateLimiter::direct_with_clock(quota, TokioClock)))
    }
}

impl fmt::Debug for Pace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pace")
    }
}

#[async_trait]
impl Layer for Pace {
    async fn call(&self, call: Call, next: Next<'_>) -> Result<Frame, ApiError> {
        if PACED.contains(&call.name()) {
            while let Err(wait) = self.0.check() {
                tokio::time::sleep(wait.wait_time_from(TokioInstant(Instant::now()))).await;
            }
        }
        next.run(call).await
    }
}

/// Tokio's clock, so that a paused one holds.
#[derive(Debug, Clone, Copy)]
struct TokioClock;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct TokioInstant(Instant);

impl Clock for TokioClock {
    type Instant = TokioInstant;
    fn now(&self) -> TokioInstant {
        TokioInstant(Instant::now())
    }
}

impl Reference for TokioInstant {
    fn duration_since(&self, earlier: Self) -> Nanos {
        self.0.saturating_duration_since(earlier.0).into()
    }

    fn saturating_sub(&self, duration: Nanos) -> Self {
        Self(self.0.checked_sub(duration.into()).unwrap_or(self.0))
    }
}

impl std::ops::Add<Nanos> for TokioInstant {
    type Output = Self;
    fn add(self, duration: Nanos) -> Self {
        Self(self.0 + Duration::from(duration))
    }
}
