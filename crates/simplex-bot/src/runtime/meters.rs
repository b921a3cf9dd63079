//! The metrics of a bot, through the `metrics` facade: they go to the recorder that the program installed before the
//! bot started, or to that of the bot's own health endpoint.
//!
//! Each metric has the label `bot`, with the bot's name. Without a recorder a metric costs one branch that is not
//! taken.

use std::sync::atomic::{AtomicU64, Ordering};

use async_trait::async_trait;
use metrics::{Counter, Gauge, Histogram, Unit, counter, gauge, histogram};
use metrics::{describe_counter, describe_gauge, describe_histogram};
use tokio::sync::watch;
use tokio::time::Instant;

use crate::api::{ApiError, Call, Layer, Next};
use crate::core::{Frame, FrameOutcome};

use super::Failure;
use super::health::Counts;

/// A number in the [`Health`](super::Health), and the same as a metric.
#[derive(Debug)]
pub(super) struct Count {
    since_start: AtomicU64,
    metric: Counter,
}

impl Count {
    fn of(metric: Counter) -> Self {
        Self { since_start: AtomicU64::new(0), metric }
    }

    pub(super) fn add(&self, n: u64) {
        self.since_start.fetch_add(n, Ordering::Relaxed);
        self.metric.increment(n);
    }

    pub(super) fn get(&self) -> u64 {
        self.since_start.load(Ordering::Relaxed)
    }
}

/// The metrics that are not in [`Health`](super::Health), or are there in another form.
#[derive(Debug)]
pub(crate) struct Meters {
    pub(super) events: Counter,
    pub(super) lanes: Gauge,
    pub(super) queued: Gauge,
    pub(super) handler: Histogram,
    errors: Counter,
    unanswered: Counter,
    panics: Counter,
    timeouts: Counter,
}

const EVENTS: &str = "simplex_bot_events_total";
const LANES: &str = "simplex_bot_lanes";
const QUEUED: &str = "simplex_bot_queued";
const HANDLER: &str = "simplex_bot_handler_seconds";
const FAILURES: &str = "simplex_bot_failures_total";
const HANDLED: &str = "simplex_bot_messages_handled_total";
const GIVEN_UP: &str = "simplex_bot_messages_given_up_total";
const LEFT: &str = "simplex_bot_messages_left_total";
const DROPPED: &str = "simplex_bot_events_dropped_total";
const REPLACED: &str = "simplex_bot_events_replaced_total";
const TROUBLES: &str = "simplex_bot_core_troubles_total";
const LAGGED: &str = "simplex_bot_events_lagged_total";
const RECONNECTS: &str = "simplex_bot_reconnects_total";
const COMMANDS: &str = "simplex_bot_commands_total";
const COMMAND: &str = "simplex_bot_command_seconds";

impl Meters {
    /// The metrics of a bot, its counts and its commands, for the current recorder.
    pub(crate) fn new(bot: &str) -> (Self, Counts, Commands) {
        describe();
        let bot = bot.to_owned();
        let count = |name: &'static str| Count::of(counter!(name, "bot" => bot.clone()));
        let failures = |kind: &'static str| counter!(FAILURES, "bot" => bot.clone(), "kind" => kind);
        let commands = |outcome: &'static str| counter!(COMMANDS, "bot" => bot.clone(), "outcome" => outcome);
        let counts = Counts {
            handled: count(HANDLED),
            // The metric is counted by kind of failure instead.
            failed: Count::of(Counter::noop()),
            given_up: count(GIVEN_UP),
            messages_left: count(LEFT),
            events_dropped: count(DROPPED),
            events_replaced: count(REPLACED),
            troubles: count(TROUBLES),
            lagged: count(LAGGED),
            reconnects: count(RECONNECTS),
            connected: watch::Sender::new(true),
            in_trouble: Default::default(),
            unmoved: Default::default(),
            unmarked_since: Default::default(),
        };
        let commands = Commands {
            answered: commands("answered"),
            refused: commands("refused"),
            unanswered: commands("unanswered"),
            seconds: histogram!(COMMAND, "bot" => bot.clone()),
        };
        let meters = Self {
            events: counter!(EVENTS, "bot" => bot.clone()),
            lanes: gauge!(LANES, "bot" => bot.clone()),
            queued: gauge!(QUEUED, "bot" => bot.clone()),
            handler: histogram!(HANDLER, "bot" => bot.clone()),
            errors: failures("error"),
            unanswered: failures("unanswered"),
            panics: failures("panic"),
            timeouts: failures("timeout"),
        };
        (meters, counts, commands)
    }

    pub(super) fn failed(&self, failure: &Failure) {
        match failure {
            Failure::Error(_) => self.errors.increment(1),
            Failure::Unanswered(_) => self.unanswered.increment(1),
            Failure::Panic(_) => self.panics.increment(1),
            Failure::Timeout { .. } => self.timeouts.increment(1),
            Failure::Deaths { .. } => {}
        }
    }
}

/// Raises a gauge by one for as long as it lives.
pub(super) struct Raised(Gauge);

impl Raised {
    pub(super) fn one(gauge: &Gauge) -> Self {
        gauge.increment(1.0);
        Self(gauge.clone())
    }
}

impl Drop for Raised {
    fn drop(&mut self) {
        self.0.decrement(1.0);
    }
}

fn describe() {
    describe_counter!(EVENTS, "Events that the core sent, messages among them");
    describe_gauge!(LANES, "Chats that are being worked on");
    describe_gauge!(QUEUED, "Messages and events that wait in the lanes of their chats");
    describe_histogram!(HANDLER, Unit::Seconds, "The time from a handler's begin to its end");
    describe_counter!(FAILURES, "Attempts to handle a message that failed");
    describe_counter!(HANDLED, "Messages that are done with, those without a handler among them");
    describe_counter!(GIVEN_UP, "Messages that were given up after their last attempt");
    describe_counter!(
        LEFT,
        "Messages left in the database for later: no room, or their chat was being read from there"
    );
    describe_counter!(DROPPED, "Events, other than messages, that found no room and are gone");
    describe_counter!(REPLACED, "Events whose place was taken by later news of the same thing while they waited");
    describe_counter!(TROUBLES, "Times that the core reported a full disk or a critical error");
    describe_counter!(LAGGED, "Events that were let go before they reached the bot");
    describe_counter!(RECONNECTS, "Times that the connection to the core was made again");
    describe_counter!(COMMANDS, "Commands to the core, by what became of them");
    describe_histogram!(COMMAND, Unit::Seconds, "The time from a command to its answer");
}

/// Counts commands, and how long they take.
#[derive(Debug)]
pub(crate) struct Commands {
    answered: Counter,
    refused: Counter,
    unanswered: Counter,
    seconds: Histogram,
}

#[async_trait]
impl Layer for Commands {
    async fn call(&self, call: Call, next: Next<'_>) -> Result<Frame, ApiError> {
        let began = Instant::now();
        let answer = next.run(call).await;
        self.seconds.record(began.elapsed());
        match &answer {
            Ok(frame) if frame.outcome() == FrameOutcome::Error => self.refused.increment(1),
            Ok(_) => self.answered.increment(1),
            Err(_) => self.unanswered.increment(1),
        }
        answer
    }
}
