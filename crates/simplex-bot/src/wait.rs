//! Waiting for a state of the core: events say when to look, what is looked at says whether it is there.

use std::pin::pin;
use std::time::Duration;

use tokio::time::timeout;

use crate::error::BotError;
use crate::runtime::{Awaited, Waits};
use crate::types::Event;

/// Nothing is further away: a clock cannot count to the end of all durations.
pub(crate) const FAR: Duration = Duration::from_secs(60 * 60 * 24 * 365 * 30);
/// An event can be missed, or taken by another who waits for the same: the state is looked at every so often anyway.
const LOOK: Duration = Duration::from_secs(2);

/// Waits until `look` finds what is waited for; looks at once, and whenever an event says that it may be there.
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
    // Within a short time it is looked more than once, too.
    let pause = (deadline / 4).clamp(Duration::from_millis(1), LOOK);
    let search = async {
        loop {
            // Waited for before looking, so that nothing is missed between the two.
            let mut event = pin!(waits.event(tags, deadline, is_mine.clone()));
            let mut looking = pin!(look());
            // A look may take longer than it is until the next event: it ends first.
            let (found, again) = tokio::select! {
                biased;
                found = &mut looking => (found?, false),
                heard = &mut event => {
                    heard?;
                    (looking.await?, true)
                }
            };
            if let Some(found) = found {
                return Ok(found);
            }
            if !again && let Ok(heard) = timeout(pause, event).await {
                heard?;
            }
        }
    };
    // Parked meanwhile, a handler holds nobody up, however long a look takes.
    waits.parked(deadline, awaited, search).await?
}
