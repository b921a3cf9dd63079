//! The options of delivery.

use std::time::{Duration, SystemTime};

use super::journal::Attempts;

/// The delivery guarantee for received messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Delivery {
    /// Messages are marked read after they were handled: if the process dies before that, the next one finds and
    /// handles them.
    ///
    /// The time of disappearing messages begins when they are marked, as it does when a person reads them.
    ///
    /// In this mode and the next, a message that people can see being written (a live message) is handled when it is
    /// finished; one that is never finished is handled when missed messages are looked for, at least every hour.
    #[default]
    AtLeastOnce,
    /// Messages are marked read before they are handled: a message that was being handled when the process died is not
    /// handled again. The chat waits until the message is marked.
    AtMostOnce,
    /// Messages are never marked, and missed ones are never looked for: messages that arrive while the bot is not
    /// running are not handled, and of a live message only the beginning is. For a database that an app reads, too.
    Off,
}

/// Which unread messages that arrived before the bot ran are handled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Backlog {
    /// Those that arrived since the bot ran on this database for the first time.
    #[default]
    SinceFirstRun,
    /// All, however old.
    All,
    /// Those that arrived at this time or later.
    Since(SystemTime),
}

/// How a message whose handler failed is retried.
#[must_use = "nothing is handled again until a bot has it"]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Retry {
    /// How many times it is handled again after a failure; 3 by default.
    pub times: u32,
    /// The delay before the first retry; it doubles with each, up to a minute. One second by default.
    pub backoff: Duration,
    /// Whether the other messages of its chat wait meanwhile; by default they do not.
    pub hold_chat: bool,
    /// How many times in a row the process may die in the middle of its handler before the message is taken for the
    /// cause; 3 by default. As processes also die for other reasons, a death counts only if it happens while the
    /// handler itself executes, and from the second time on. For handlers that leave their work to other tasks or
    /// threads, a hundred deaths of any kind count, too.
    pub deaths: u32,
}

impl Default for Retry {
    fn default() -> Self {
        Self { times: 3, backoff: Duration::from_secs(1), hold_chat: false, deaths: 3 }
    }
}

impl Retry {
    /// Never retries after a failure.
    pub fn never() -> Self {
        Self { times: 0, ..Self::default() }
    }

    /// Retries up to this many times after the first attempt.
    pub fn times(times: u32) -> Self {
        Self { times, ..Self::default() }
    }

    /// Sets the delay before the first retry; it doubles with each, up to a minute.
    pub fn backoff(mut self, backoff: Duration) -> Self {
        self.backoff = backoff;
        self
    }

    /// Makes the other messages of the chat wait for a message that is to be retried.
    ///
    /// With [`Bot::lane_by`](crate::Bot::lane_by), the other messages of its lane wait instead; but if its handler had
    /// waited for somebody, those messages of the chat wait that are not handed to lanes yet.
    pub fn hold_chat(mut self) -> Self {
        self.hold_chat = true;
        self
    }

    /// Sets how many times the process may die in the middle of the handler.
    pub fn deaths(mut self, deaths: u32) -> Self {
        self.deaths = deaths;
        self
    }

    /// Whether enough processes died while they handled a message.
    pub(crate) fn is_deadly(&self, before: Attempts) -> bool {
        /// For handlers that end the process from another task or thread.
        const OF_ANY_KIND: u32 = 100;
        before.caught >= self.deaths.max(1) || before.deaths() >= OF_ANY_KIND
    }

    /// The delay before the attempt that follows this many `failures`.
    pub(crate) fn delay(&self, failures: u32) -> Duration {
        /// The longest delay before the next attempt.
        const LONGEST: Duration = Duration::from_secs(60);
        self.backoff.saturating_mul(1 << failures.saturating_sub(1).min(16)).min(LONGEST)
    }
}

/// The settings of a runtime.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Options {
    pub(crate) delivery: Delivery,
    pub(crate) backlog: Backlog,
    pub(crate) retry: Retry,
    /// Handlers that may run at the same time.
    pub(crate) in_flight: usize,
    /// Messages that may be queued in all lanes together.
    pub(crate) queue: usize,
    /// The longest that a handler may take at a stretch; its waits for people do not count.
    pub(crate) handler_timeout: Option<Duration>,
    /// Whether the messages that a group sends to new members are handled.
    pub(crate) history: bool,
    /// Whether messages that were deleted before their turn came are handled.
    pub(crate) deleted: bool,
    /// Whether messages and events of the database's other profiles are handled, too.
    pub(crate) every_profile: bool,
    /// Whether to log who connects.
    pub(crate) log_contacts: bool,
    /// Whether to log which servers are connected.
    pub(crate) log_network: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            delivery: Delivery::default(),
            backlog: Backlog::default(),
            retry: Retry::default(),
            in_flight: 256,
            queue: 4096,
            handler_timeout: None,
            history: false,
            deleted: false,
            every_profile: false,
            log_contacts: false,
            log_network: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_repeated_three_times_unless_told_otherwise_each_time_after_twice_as_long() {
        let retry = Retry::default();
        let seconds = |failures| retry.delay(failures).as_secs();
        assert_eq!((retry.times, retry.hold_chat, retry.deaths), (3, false, 3));
        assert_eq!([1, 2, 3].map(seconds), [1, 2, 4]);
        // However many failures there were.
        assert_eq!([6, 7, 8, 100, u32::MAX].map(seconds), [32, 60, 60, 60, 60]);
        assert_eq!((Retry::never().times, Retry::times(5).times), (0, 5));
    }
    #[test]
    fn deaths_in_the_middle_of_a_handler_count_and_those_of_any_kind_when_they_are_very_many() {
        let is_deadly = |caught, begun, failed| {
            let mut before = Attempts::default();
            (before.caught, before.begun, before.failed) = (caught, begun, failed);
            Retry::default().is_deadly(before)
        };
        assert!(!is_deadly(2, 99, 0) && is_deadly(3, 4, 0));
        assert!(!is_deadly(0, 103, 4) && is_deadly(0, 103, 3));
        // Not even a bot that allows none gives up what no process died of.
        assert!(!Retry::default().deaths(0).is_deadly(Attempts::default()));
    }
}
