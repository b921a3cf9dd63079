//! Live messages, which people can be seen writing: they are handled when they are finished.
//!
//! The core stores them as unread messages from their first words on, and reports each addition, and the end, as an
//! edit. Until the end they stay in its database, and are read from there. No event reports that somebody will never
//! continue.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// A message counts as finished if nothing was added for this long when it is looked at.
const LEFT_UNFINISHED: Duration = Duration::from_secs(600);
/// The most messages whose end is waited for; more are handled as they are.
const MOST: usize = 10_000;

/// When something was last added to each message whose end is waited for.
#[derive(Debug, Default)]
pub(super) struct Live(Mutex<HashMap<i64, Instant>>);

impl Live {
    /// Notes that a message was begun or continued; returns whether its end is waited for.
    pub(super) fn goes_on(&self, item: i64) -> bool {
        self.at(item, |written| *written = Instant::now())
    }

    /// Whether the end of a message that is in the database is waited for.
    pub(super) fn is_going_on(&self, item: i64) -> bool {
        self.at(item, |_| {})
    }

    fn at(&self, item: i64, see: impl Fn(&mut Instant)) -> bool {
        let mut live = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if live.len() >= MOST && !live.contains_key(&item) {
            // No event removes the deleted ones from here.
            live.retain(|_, written| written.elapsed() < LEFT_UNFINISHED);
            if live.len() >= MOST {
                return false;
            }
        }
        let written = live.entry(item).or_insert_with(Instant::now);
        see(written);
        written.elapsed() < LEFT_UNFINISHED
    }

    /// Forgets a message that is finished.
    pub(super) fn ends(&self, item: i64) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&item);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn so_many_are_waited_for_until_they_end_or_are_left_unfinished() {
        let live = Live::default();
        let most = i64::try_from(MOST).unwrap();
        assert!((0..most).all(|item| live.goes_on(item)));
        assert!(!live.goes_on(most) && !live.is_going_on(most), "it is handled as it is");
        assert!(live.goes_on(0), "one that is waited for goes on");
        live.ends(1);
        assert!(live.goes_on(most) && !live.goes_on(most + 1));
        tokio::time::advance(LEFT_UNFINISHED).await;
        assert!(!live.is_going_on(most));
        assert!(live.goes_on(most + 1) && live.is_going_on(most + 1), "those that are left make room");
    }
}
