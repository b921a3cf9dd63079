//! Schedules: jobs that a bot runs by the clock.
//!
//! ```
//! use simplex_bot::prelude::*;
//! use simplex_bot::schedule::every;
//!
//! let bot = Bot::new("Clock").schedule(every(Duration::from_hours(1)), async |api: ChatApi| {
//!     // …
//! });
//! ```
//!
//! A job that fails, as one that writes to people while a CLI is away, is not run again before its next time: what must not
//! be left out is to be tried again by the job itself.
//!
//! To do things at times that people choose, store them with their times, and let a job look for what is due. [`now`]
//! is the time of day that schedules use; in a test, it is the test's:
//!
//! ```
//! use std::sync::{Arc, Mutex};
//! use std::time::{Duration, SystemTime};
//! use simplex_bot::prelude::*;
//! use simplex_bot::schedule::{every, now};
//! use simplex_bot::testing::TestNetwork;
//! use simplex_bot::types::ChatRef;
//!
//! type Due = Arc<Mutex<Vec<(SystemTime, ChatRef)>>>; // a real bot keeps them in a store
//!
//! fn bot(due: Due) -> Bot<Due> {
//!     Bot::new("Egg timer")
//!         .state(due)
//!         .command("egg", "Six minutes", async |chat: Chat, State(due): State<Due>| {
//!             due.lock().unwrap().push((now() + Duration::from_mins(6), chat.chat_ref()));
//!         })
//!         .schedule(every(Duration::from_secs(1)), async |State(due): State<Due>, api: ChatApi| {
//!             let done: Vec<_> = due.lock().unwrap().extract_if(.., |(time, _)| *time <= now()).collect();
//!             for (_, chat) in done {
//!                 Chat::new(api.clone(), chat).send("The egg is done.").await?;
//!             }
//!             Ok::<_, BotError>(())
//!         })
//! }
//!
//! simplex_bot::testing::run(async {
//!     let (net, due) = (TestNetwork::new(), Due::default());
//!     let mut bot = net.start(move || bot(Arc::clone(&due))).await;
//!     let alice = net.person("alice").connects_to(&bot).await;
//!     alice.send("/egg").await;
//!     alice.expect_silence(Duration::from_secs(350)).await; // almost six minutes, in no time
//!     bot.restarted().await;
//!     alice.expect("The egg is done.").await;
//! });
//! ```
//!
//! A job may wait for what handlers wait for: answers, deliveries, files. A stop ends such a wait, and a job that fails
//! with its error counts as not run; other jobs that run when the bot stops have the drain time to end.
//!
//! A job does not run twice at once: a time that comes while it runs is missed, and [`Missed`] says what to do about it.
//! A clock that is set back does not silence a job: a period continues from where it is, and a cron pattern follows the
//! new time, except for a time that has just run and comes again within an hour.

mod jobs;
#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use tokio::time::Instant;

use crate::api::ChatApi;
use crate::extract::{Cx, Extract};
use crate::filter::{Narrowing, Subject};
use crate::handler::HandlerError;
use crate::store::Store;

pub(crate) use jobs::{Job, Jobs, Watched};

/// The time of day that schedules and dialogue timeouts use. Use it for times that are kept across restarts.
///
/// In a test, it is the test's own time: it starts with the year 2026, a Thursday in UTC, and advances while nothing
/// else can run, so that [`tokio::time::sleep`] of a month takes no time. A test with a paused clock that does not use
/// `#[simplex_bot::test]` starts at the real time.
pub fn now() -> SystemTime {
    #[cfg(feature = "test")]
    if let Some(now) = crate::testing::now() {
        return now;
    }
    // If tokio's clock is paused, the time of day advances with it.
    let (own, real) = (Instant::now().into_std(), std::time::Instant::now());
    SystemTime::now() + own.saturating_duration_since(real) - real.saturating_duration_since(own)
}

/// The same in whole seconds since 1970.
pub(crate) fn now_in_seconds() -> u64 {
    now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs()
}

/// When a job runs.
#[must_use = "a schedule does nothing until a bot has it"]
#[derive(Clone)]
pub struct Schedule {
    when: When,
    missed: Missed,
    memory: Option<(Arc<str>, Arc<dyn Store>)>,
}

#[derive(Clone)]
enum When {
    Every(Duration),
    At(u64),
    #[cfg(feature = "cron")]
    Cron(Arc<Cron>),
    Never(Arc<str>),
}

#[cfg(feature = "cron")]
struct Cron {
    pattern: croner::Cron,
    zone: jiff::tz::TimeZone,
}

/// What to do about times that passed while the bot was not running, while its job was still running, while the machine
/// was asleep, or that its clock jumped over. A time that a waiting job notices up to two minutes late is not missed,
/// nor is a single time ([`at`]), however late.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Missed {
    /// They are skipped.
    #[default]
    Skip,
    /// The job runs once for all of them.
    RunOnce,
}

/// Runs again and again, first after one period. A period that is not in whole seconds is an error when the bot starts.
pub fn every(period: Duration) -> Schedule {
    if period.is_zero() {
        return Schedule::new(When::Never("a period of no time".into()));
    }
    if period.subsec_nanos() > 0 {
        return Schedule::new(When::Never(format!("a period of {period:?}, not of whole seconds").into()));
    }
    Schedule::new(When::Every(period))
}

/// Runs once, at a time of day as [`now`] tells it: `at(now() + Duration::from_mins(1))`. A time that has passed when
/// the bot first starts is skipped.
pub fn at(time: SystemTime) -> Schedule {
    let time = time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    // Rounded up: what is due at that time is not due before.
    Schedule::new(When::At(time.as_secs().saturating_add(u64::from(time.subsec_nanos() > 0))))
}

/// Runs at the times of a cron pattern (minute, hour, day of the month, month, day of the week) in a time zone of the
/// IANA database: `cron("0 9 * * Mon-Fri", "Europe/London")`.
///
/// If the pattern has one minute and one hour, a time that a change of the clocks skips runs right after the change, and
/// one that comes twice runs once. Others, such as `*/15 * * * *`, run as often as the clock says so: not at a time that
/// is skipped, and twice at one that comes twice.
///
/// A pattern of six fields begins with one for the seconds: `30 0 9 * * Mon`.
///
/// An invalid pattern or zone is an error when the bot starts, and so is a day that never comes, such as 31 February.
/// Needs the feature `cron`.
#[cfg(feature = "cron")]
pub fn cron(pattern: &str, zone: &str) -> Schedule {
    let parsed = pattern.parse::<croner::Cron>().map_err(|error| error.to_string());
    let zone = jiff::tz::TimeZone::get(zone).map_err(|error| error.to_string());
    match (parsed, zone) {
        (Ok(parsed), Ok(zone)) => {
            let cron = Cron { pattern: parsed, zone };
            // Counted from 1970: a pattern whose last time has passed is no mistake.
            Schedule::new(match cron.after(0) {
                Some(_) => When::Cron(Arc::new(cron)),
                None => When::Never(format!("no day is as the cron pattern `{pattern}` says").into()),
            })
        }
        (Err(error), _) => Schedule::new(When::Never(format!("the cron pattern `{pattern}`: {error}").into())),
        (_, Err(error)) => Schedule::new(When::Never(error.into())),
    }
}

impl Schedule {
    fn new(when: When) -> Self {
        Self { when, missed: Missed::default(), memory: None }
    }

    /// Remembers when it ran last, under a name, so that times missed while the bot was not running are known. Use a name
    /// for one schedule only. A job waits while the store cannot be read at the start.
    pub fn remembered(mut self, name: &str, store: impl Store) -> Self {
        self.memory = Some((format!("schedule/{name}").into(), Arc::new(store)));
        self
    }

    /// Sets what to do about missed times.
    pub fn missed(mut self, missed: Missed) -> Self {
        self.missed = missed;
        self
    }

    pub(crate) fn problem(&self) -> Option<String> {
        match &self.when {
            When::Never(why) => Some(format!("a schedule can never work: {why}")),
            _ => None,
        }
    }

    /// The first time after `last`, in seconds since 1970.
    fn after(&self, last: u64) -> Option<u64> {
        match &self.when {
            When::Every(period) => Some(last.saturating_add(period.as_secs())),
            When::At(time) => (*time > last).then_some(*time),
            #[cfg(feature = "cron")]
            When::Cron(cron) => cron.after(last),
            When::Never(_) => None,
        }
    }

    /// Whether the schedule follows a clock that was set back by `back` seconds, with `between` seconds between two
    /// runs: a time of day that comes again soon after it came does not count again.
    #[cfg_attr(not(feature = "cron"), expect(unused_variables, reason = "a period always goes on"))]
    fn follows(&self, back: u64, between: u64) -> bool {
        match &self.when {
            When::Every(_) => true,
            #[cfg(feature = "cron")]
            When::Cron(_) => back >= between.min(3600),
            When::At(_) | When::Never(_) => false,
        }
    }
}

#[cfg(feature = "cron")]
impl Cron {
    fn after(&self, last: u64) -> Option<u64> {
        let last = jiff::Timestamp::from_second(i64::try_from(last).ok()?).ok()?;
        let next = self.pattern.find_next_occurrence(&last.to_zoned(self.zone.clone()), false).ok()?;
        u64::try_from(next.timestamp().as_second()).ok()
    }
}

impl fmt::Debug for Schedule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Schedule").field("missed", &self.missed).finish_non_exhaustive()
    }
}

/// What jobs extract their parameters from: it has the core.
#[derive(Debug)]
pub struct Clockwork {
    pub(crate) api: ChatApi,
    pub(crate) tick: Tick,
}

impl Subject for Clockwork {
    fn api(&self) -> &ChatApi {
        &self.api
    }
}

/// The narrowing of jobs: there is no message to extract.
#[derive(Debug)]
pub struct OnTick;

impl Narrowing for OnTick {
    type Subject = Clockwork;
    type Value = ();
}

/// The due time that a job runs for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Tick {
    /// When it was due, in seconds since 1970.
    pub due: u64,
    /// Whether it was missed.
    pub missed: bool,
}

impl<S> Extract<OnTick, S> for Tick {
    fn extract(cx: &Cx<'_, OnTick, S>) -> Result<Self, HandlerError> {
        Ok(cx.subject().tick)
    }
}
