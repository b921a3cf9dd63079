//! Waiting for a state of the core: events say when to look, what is looked at says whether it is there.

use std::time::Duration;

use tokio::time::Instant;

use crate::error::BotError;
use crate::runtime::{WaitError, Waits};
use crate::types::Event;

/// An event can be missed, or taken by another who waits for the same: the state is looked at every so often anyway.
const LOOK: Duration = Duration::from_secs(2);

/// Waits until `look` finds what is waited for; looks at once, and whenever an event says that it may be there.
pub(crate) async fn settle<T, F>(
    waits: &Waits,
    tags: &'static [&'static str],
    timeout: Duration,
    is_mine: impl Fn(&Event) -> bool + Clone + Send + 'static,
    look: impl Fn() -> F,
) -> Result<T, BotError>
where
    F: Future<Output = Result<Option<T>, BotError>>,
{
    let deadline = Instant::now() + timeout;
    loop {
        let slice = deadline.saturating_duration_since(Instant::now()).min(LOOK);
        // Waited for before looking, so that nothing is missed between the two.
        let event = waits.event(tags, slice, is_mine.clone());
        tokio::pin!(event);
        let event = tokio::select! {
            biased;
            event = &mut event => event,
            found = look() => match found? {
                Some(found) => return Ok(found),
                None => event.await,
            },
        };
        match event {
            Ok(_) => {}
            Err(WaitError::Timeout { .. }) if Instant::now() < deadline => {}
            Err(WaitError::Timeout { .. }) => {
                // The last event may have been somebody else's.
                return look().await?.ok_or(BotError::Wait(WaitError::Timeout { after: timeout }));
            }
            Err(error) => return Err(error.into()),
        }
    }
}
