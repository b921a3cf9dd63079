//! Waiting for a state of the core: events say when to check, and the check says whether the state is reached.

use std::pin::pin;
use std::time::Duration;

use tokio::time::{Instant, timeout};

use crate::error::BotError;
use crate::events::Wanted;
use crate::runtime::{Awaited, Waits};
use crate::types::Event;

/// The limit for times: a clock cannot represent the end of every `Duration`.
pub(crate) const FAR: Duration = Duration::from_secs(60 * 60 * 24 * 365 * 30);
/// The state is also checked without an event: an event can be missed, or taken by another task that waits. First this
/// often, and later whenever another sixteenth of the time has passed: what did not come for an hour hardly comes in
/// the next seconds.
const LOOK: Duration = Duration::from_secs(2);
/// The longest pause between two such checks.
const LONGEST: Duration = Duration::from_secs(60);
/// All that wait together check only once in this time without an event: each check is a command, and people who are
/// away decide how many wait for what does not come.
const EACH: Duration = Duration::from_millis(20);
/// So long before the deadline is one more look: what was missed until then is found, and the look has time to end.
const LAST: Duration = Duration::from_secs(1);

/// Is called with the progress of a file: bytes transferred, and total bytes.
pub(crate) type Watcher = Box<dyn Fn(u64, u64) + Send + Sync>;

/// A number of bytes, which the core counts with a sign.
pub(crate) fn bytes(count: i64) -> u64 {
    u64::try_from(count).unwrap_or(0)
}

/// Waits until `look` finds the state; it is called at once, and whenever an event says that the state may be reached.
pub(crate) async fn settle<T, F>(
    waits: &Waits,
    tags: &'static [&'static str],
    deadline: Duration,
    awaited: Awaited,
    is_mine: impl Fn(&Event) -> bool + Clone + Send + 'static,
    look: impl Fn() -> F,
) -> Result<T, BotError>
where
    F: Future<Output = Result<Option<T>, BotError>>,
{
    let (began, last) = (Instant::now(), deadline.saturating_sub(LAST.min(deadline / 8)));
    // Even with a short deadline, check more than once.
    let pause = || {
        let all = EACH.saturating_mul(u32::try_from(waits.of_events()).unwrap_or(u32::MAX));
        let waited = began.elapsed();
        let pause = (deadline / 4).clamp(Duration::from_millis(1), all.max((waited / 16).clamp(LOOK, LONGEST)));
        let to_last = last.saturating_sub(waited);
        if to_last.is_zero() { pause } else { pause.min(to_last) }
    };
    let search = async {
        loop {
            // Start waiting before the check, so that no event is missed between the two.
            let mut event = pin!(waits.event(Wanted::Tags(tags), deadline, is_mine.clone()));
            let mut looking = pin!(look());
            // The check may take longer than the time to the next event: it must finish first.
            let (found, again) = tokio::select! {
                biased;
                found = &mut looking => (found, false),
                heard = &mut event => {
                    heard?;
                    (looking.await, true)
                }
            };
            match found {
                // While a CLI is replaced, for instance: what is waited for goes on once it is there again.
                Err(BotError::Api(error)) if error.is_temporary() => tracing::debug!(%error, "cannot look yet"),
                found => {
                    if let Some(found) = found? {
                        return Ok(found);
                    }
                }
            }
            if !again && let Ok(heard) = timeout(pause(), event).await {
                heard?;
            }
        }
    };
    // The handler is parked meanwhile, so that it holds up nobody, however long a check takes.
    waits.parked(deadline, awaited, search).await?
}
