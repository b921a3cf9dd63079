//! Schedules: what a bot does by the clock.
//!
//! ```
//! use std::time::Duration;
//! use simplex_bot::prelude::*;
//! use simplex_bot::schedule::every;
//!
//! let bot = Bot::new("Clock").schedule(every(Duration::from_secs(3600)), async |api: ChatApi| {
//!     // …
//! });
//! ```
//!
//! A job runs alone: while it runs, its next time waits. Jobs that run when the bot stops have the drain's time to end.

use std::fmt;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, timeout, timeout_at};
use tokio_util::sync::CancellationToken;

use crate::api::ChatApi;
use crate::dialogue::{Clock, Tell, Timed, watch};
use crate::extract::{Cx, Extract};
use crate::filter::{Narrowing, Subject};
use crate::handler::{Contained, HandlerError, HandlerFuture, panic_text};
use crate::runtime::{Engine, Failure, GRACE};
use crate::store::{Store, StoreError, Stored};

/// The time of day is looked at every so often.
const STEP: Duration = Duration::from_secs(60);

/// When something is done.
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

/// What becomes of times that passed while the bot did not run, or its job took longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Missed {
    /// They are left out.
    #[default]
    Skip,
    /// The job runs once for all of them.
    RunOnce,
}

/// Again and again, first after one period, which is of whole seconds: another is an error when the bot starts.
pub fn every(period: Duration) -> Schedule {
    if period.is_zero() {
        return Schedule::new(When::Never("a period of no time".into()));
    }
    if period.subsec_nanos() > 0 {
        return Schedule::new(When::Never(format!("a period of {period:?}, not of whole seconds").into()));
    }
    Schedule::new(When::Every(period))
}

/// Once.
pub fn at(time: SystemTime) -> Schedule {
    let seconds = time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
    Schedule::new(When::At(seconds))
}

/// At the times of a cron pattern (minute, hour, day of the month, month, day of the week) in a time zone of the IANA's
/// database: `cron("0 9 * * Mon-Fri", "Europe/London")`.
///
/// A time that a change of the clocks leaves out is taken right after the change; one that comes twice is taken once. A
/// pattern or a zone that is none is an error when the bot starts.
#[cfg(feature = "cron")]
pub fn cron(pattern: &str, zone: &str) -> Schedule {
    let parsed = pattern.parse::<croner::Cron>().map_err(|error| error.to_string());
    let zone = jiff::tz::TimeZone::get(zone).map_err(|error| error.to_string());
    match (parsed, zone) {
        (Ok(pattern), Ok(zone)) => Schedule::new(When::Cron(Arc::new(Cron { pattern, zone }))),
        (Err(error), _) => Schedule::new(When::Never(format!("the cron pattern `{pattern}`: {error}").into())),
        (_, Err(error)) => Schedule::new(When::Never(error.into())),
    }
}

impl Schedule {
    fn new(when: When) -> Self {
        Self { when, missed: Missed::default(), memory: None }
    }

    /// Remembers under a name when it ran last, so that what passed while the bot did not run is known.
    pub fn remembered(mut self, name: &str, store: impl Store) -> Self {
        self.memory = Some((format!("schedule/{name}").into(), Arc::new(store)));
        self
    }

    /// What becomes of missed times.
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

/// What a job runs by: knows the core.
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
pub struct OnTick;

impl Narrowing for OnTick {
    type Subject = Clockwork;
    type Value = ();
}

/// The time that a job runs for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Tick {
    /// When it was due, in seconds since 1970.
    pub due: u64,
    /// Whether that was missed.
    pub missed: bool,
}

impl<S> Extract<OnTick, S> for Tick {
    fn extract(cx: &Cx<'_, OnTick, S>) -> Result<Self, HandlerError> {
        Ok(cx.subject().tick)
    }
}

/// A schedule with what is done by it.
pub(crate) struct Job {
    pub(crate) schedule: Schedule,
    pub(crate) start: Box<dyn Fn(Tick) -> HandlerFuture + Send + Sync>,
}

/// The jobs of a running bot, and what ends conversations whose time is over.
pub(crate) struct Jobs {
    tasks: JoinSet<()>,
    stop: CancellationToken,
}

impl Jobs {
    pub(crate) fn start(jobs: Vec<Job>, dialogues: &[Arc<dyn Timed>], tell: &Tell, engine: &Arc<Engine>) -> Self {
        let stop = CancellationToken::new();
        let mut tasks = JoinSet::new();
        for job in jobs {
            tasks.spawn(job.run(stop.clone()));
        }
        for timed in dialogues {
            tasks.spawn(watch(Arc::clone(timed), Arc::clone(tell), Arc::downgrade(engine), stop.clone()));
        }
        Self { tasks, stop }
    }

    /// No job begins from here on.
    pub(crate) fn halt(&self) {
        self.stop.cancel();
    }

    /// Waits for running jobs, then cancels them.
    pub(crate) async fn finish(mut self, deadline: Instant, force: impl Future<Output = ()>) {
        self.halt();
        let ended = async { while self.tasks.join_next().await.is_some() {} };
        tokio::select! {
            _ = timeout_at(deadline, ended) => {}
            () = force => {}
        }
        self.tasks.abort_all();
        // One that blocks its thread is not waited for.
        let _ = timeout(GRACE, async { while self.tasks.join_next().await.is_some() {} }).await;
    }
}

/// Sleeps until the time of day is `due`. In steps: a machine that was asleep, or whose clock was set, is noticed.
pub(crate) async fn until(due: u64) {
    while let left @ 1.. = due.saturating_sub(Clock.now()) {
        sleep(Duration::from_secs(left).min(STEP)).await;
    }
}

impl Job {
    /// Until the bot stops or no time is left. A run that began is not cut off by the stop.
    async fn run(self, stop: CancellationToken) {
        let mut last = match self.last().await {
            // What is done once stays done, whatever the clock said.
            Ok(Some(last)) if matches!(self.schedule.when, When::At(_)) => last,
            // A clock that was ahead silences nothing.
            Ok(Some(last)) => last.min(Clock.now()),
            // From the first start on, it is known what is missed.
            Ok(None) => {
                let now = Clock.now();
                self.remember(now).await;
                now
            }
            Err(error) => {
                tracing::error!(%error, "it is not known when a job ran last");
                Clock.now()
            }
        };
        while let Some(due) = self.schedule.after(last) {
            let now = Clock.now();
            let missed = due < now;
            if missed && self.schedule.missed == Missed::Skip {
                last = now.saturating_sub(1).max(due);
                continue;
            }
            tokio::select! {
                biased;
                () = stop.cancelled() => return,
                () = until(due) => {}
            }
            // What is done before there is a future may panic, too.
            let outcome = match catch_unwind(AssertUnwindSafe(|| (self.start)(Tick { due, missed }))) {
                Ok(job) => Contained::new(job).await,
                Err(panic) => Err(Failure::Panic(panic_text(&*panic))),
            };
            if let Err(failure) = outcome {
                tracing::error!(due, "a scheduled job failed: {failure}");
            }
            last = if missed { Clock.now().saturating_sub(1).max(due) } else { due };
            self.remember(last).await;
        }
    }

    async fn last(&self) -> Result<Option<u64>, StoreError> {
        let Some((name, store)) = self.schedule.memory.as_ref() else { return Ok(None) };
        Ok(store.load(name).await?.map(|stored| stored.saved))
    }

    async fn remember(&self, last: u64) {
        let Some((name, store)) = &self.schedule.memory else { return };
        if let Err(error) = store.save(name, Stored { version: 0, state: String::new(), saved: last }).await {
            tracing::error!(%error, "it is not remembered that a job ran");
        }
    }
}
