//! How a running bot is, in numbers.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use super::Engine;

/// What happened since the start.
#[derive(Debug, Default)]
pub(super) struct Counts {
    pub(super) handled: AtomicU64,
    pub(super) failed: AtomicU64,
    pub(super) given_up: AtomicU64,
    pub(super) messages_left: AtomicU64,
    pub(super) events_dropped: AtomicU64,
    pub(super) lagged: AtomicU64,
    pub(super) reconnects: AtomicU64,
    pub(super) disconnected: AtomicBool,
}

/// Whether a bot can do its work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Condition {
    /// It serves.
    Serving,
    /// The connection to its core is gone, and is being made again.
    Disconnected,
    /// It was asked to stop, or has ended.
    Stopping,
}

/// How a running bot is; the counts are since its start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Health {
    /// Whether it can do its work.
    pub condition: Condition,
    /// Chats with work or with marks under way.
    pub lanes: usize,
    /// Chats that are read from the database, because they found no room or were missed.
    pub behind: usize,
    /// Messages and events that are queued.
    pub queued: usize,
    /// Bytes of what is queued.
    pub queued_bytes: usize,
    /// Messages handled, those without a handler among them.
    pub handled: u64,
    /// Attempts that failed.
    pub failed: u64,
    /// Messages given up after their last attempt.
    pub given_up: u64,
    /// Messages that found no room and were left in the database.
    pub messages_left: u64,
    /// Events, other than messages, that found no room and are gone.
    pub events_dropped: u64,
    /// Events that were let go before they reached the bot; messages among them are read from the database.
    pub lagged: u64,
    /// Times that the connection to the core was made again.
    pub reconnects: u64,
}

impl Health {
    pub(crate) fn of(engine: &Engine) -> Self {
        let load = engine.lanes.load();
        let counts = &engine.counts;
        let count = |count: &AtomicU64| count.load(Ordering::Relaxed);
        let condition = match () {
            () if engine.stopping.is_cancelled() => Condition::Stopping,
            () if counts.disconnected.load(Ordering::Relaxed) => Condition::Disconnected,
            () => Condition::Serving,
        };
        Self {
            condition,
            lanes: load.lanes,
            behind: load.behind,
            queued: load.entries,
            queued_bytes: load.bytes,
            handled: count(&counts.handled),
            failed: count(&counts.failed),
            given_up: count(&counts.given_up),
            messages_left: count(&counts.messages_left),
            events_dropped: count(&counts.events_dropped),
            lagged: count(&counts.lagged),
            reconnects: count(&counts.reconnects),
        }
    }
}
