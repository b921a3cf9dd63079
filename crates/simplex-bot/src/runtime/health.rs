//! The state of a running bot, in numbers.

use std::sync::atomic::AtomicU64;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::Serialize;
use tokio::sync::watch;
use tokio::time::Instant;

use super::Engine;
use super::meters::Count;
use super::notices::Reported;

/// What happened since the start.
#[derive(Debug)]
pub(crate) struct Counts {
    pub(super) handled: Count,
    pub(super) failed: Count,
    pub(super) given_up: Count,
    pub(super) messages_left: Count,
    pub(super) events_dropped: Count,
    pub(super) events_replaced: Count,
    pub(super) troubles: Count,
    pub(super) lagged: Count,
    pub(super) reconnects: Count,
    pub(super) connected: watch::Sender<bool>,
    /// What trouble the core reported since it worked last.
    pub(super) in_trouble: Mutex<Vec<Reported>>,
    /// How many times the core could not move a file.
    pub(super) unmoved: AtomicU64,
    /// When the core first failed to mark messages read, if it has marked none since.
    pub(super) unmarked_since: Mutex<Option<Instant>>,
}

/// For how long a core may fail to mark messages read before it is in trouble: they are all handled again if the bot
/// is restarted.
const UNMARKED: Duration = Duration::from_secs(10);

impl Counts {
    /// Whether the core let messages be marked read. `false` only if the core is the reason, and not one chat.
    pub(super) fn marked(&self, well: bool) {
        let mut since = self.unmarked_since.lock().unwrap_or_else(PoisonError::into_inner);
        *since = if well { None } else { since.or_else(|| Some(Instant::now())) };
    }

    pub(super) fn is_connected(&self) -> bool {
        *self.connected.borrow()
    }

    pub(super) fn in_trouble(&self) -> MutexGuard<'_, Vec<Reported>> {
        self.in_trouble.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn are_in_trouble(&self) -> bool {
        let since = *self.unmarked_since.lock().unwrap_or_else(PoisonError::into_inner);
        !self.in_trouble().is_empty() || since.is_some_and(|since| since.elapsed() >= UNMARKED)
    }
}

/// Whether a bot can do its work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum Condition {
    /// It is serving.
    Serving,
    /// Its core reported trouble that it does not recover from by itself; or for ten seconds, nothing could be marked read
    /// because it does not answer, or its database fails.
    Trouble,
    /// The connection to its core is lost, and is being restored.
    Disconnected,
    /// It was asked to stop, or has ended.
    Stopping,
}

/// The health of a running bot; the counts are since its start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Health {
    /// Whether it can do its work.
    pub condition: Condition,
    /// Chats with work or marks in progress.
    pub lanes: usize,
    /// Chats that are read from the database, because messages found no room or were missed.
    pub behind: usize,
    /// Messages and events that are queued.
    pub queued: usize,
    /// Bytes of what is queued.
    pub queued_bytes: usize,
    /// Messages handled, including those without a handler.
    pub handled: u64,
    /// Attempts that failed.
    pub failed: u64,
    /// Messages given up after their last attempt.
    pub given_up: u64,
    /// Messages that were left in the database for later: they found no room, or their chat was being read from there.
    pub messages_left: u64,
    /// Events, other than messages, that found no room and were dropped.
    pub events_dropped: u64,
    /// Events that were replaced, while they waited, by later ones of the same item, such as statuses.
    pub events_replaced: u64,
    /// How many times the core reported trouble: a full disk, critical errors.
    pub troubles: u64,
    /// Events that were dropped before they reached the bot; messages among them are read from the database.
    pub lagged: u64,
    /// How many times the connection to the core was restored.
    pub reconnects: u64,
}

impl Health {
    pub(crate) fn of(engine: &Engine) -> Self {
        let load = engine.lanes.load();
        let counts = &engine.counts;
        let condition = match () {
            () if engine.stopping.is_cancelled() => Condition::Stopping,
            () if !counts.is_connected() => Condition::Disconnected,
            () if counts.are_in_trouble() => Condition::Trouble,
            () => Condition::Serving,
        };
        Self {
            condition,
            lanes: load.lanes,
            behind: load.behind,
            queued: load.entries,
            queued_bytes: load.bytes,
            handled: counts.handled.get(),
            failed: counts.failed.get(),
            given_up: counts.given_up.get(),
            messages_left: counts.messages_left.get(),
            events_dropped: counts.events_dropped.get(),
            events_replaced: counts.events_replaced.get(),
            troubles: counts.troubles.get(),
            lagged: counts.lagged.get(),
            reconnects: counts.reconnects.get(),
        }
    }
}
