//! Schedules: jobs that a bot runs by the clock.
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
//!             due.lock().unwrap().push((now() + Duration::from_secs(360), chat.chat_ref()));
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
//! A job does not run twice at once: a time that comes while it runs is missed, and [`Missed`] says what to do about
//! it. A clock that is set back does not silence a job: a period continues from where it is, and a cron pattern follows
//! the new time, except for a time that has just run and comes again within an hour. Jobs that run when the bot stops
//! have the drain time to end.

use std::fmt;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Weak};
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

/// The longest sleep until the time of day is checked again.
const STEP: Duration = Duration::from_secs(60);

/// How late a job may begin that is not missed: it may be noticed one step too late, by a machine that is busy.
const LATE: u64 = 120;

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

/// Runs once, at a time of day as [`now`] tells it: `at(now() + Duration::from_secs(60))`. A time that has passed when
/// the bot first starts is skipped.
pub fn at(time: SystemTime) -> Schedule {
    let seconds = time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
    Schedule::new(When::At(seconds))
}

/// Runs at the times of a cron pattern (minute, hour, day of the month, month, day of the week) in a time zone of the
/// IANA database: `cron("0 9 * * Mon-Fri", "Europe/London")`.
///
/// If the pattern has one minute and one hour, a time that a change of the clocks skips runs right after the change, and
/// one that comes twice runs once. Others, such as `*/15 * * * *`, run as often as the clock says so: not at a time that
/// is skipped, and twice at one that comes twice.
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
    /// for one schedule only.
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

/// A schedule and the job that it runs.
pub(crate) struct Job {
    pub(crate) schedule: Schedule,
    pub(crate) start: Box<dyn Fn(Tick) -> HandlerFuture + Send + Sync>,
}

/// The jobs of a running bot, and the tasks that end conversations when they time out.
pub(crate) struct Jobs {
    tasks: JoinSet<()>,
    stop: CancellationToken,
}

impl Jobs {
    pub(crate) fn start(jobs: Vec<Job>, dialogues: &[Arc<dyn Timed>], tell: &Tell, engine: &Arc<Engine>) -> Self {
        let stop = CancellationToken::new();
        let mut tasks = JoinSet::new();
        for job in jobs {
            tasks.spawn(job.run(stop.clone(), Arc::downgrade(engine)));
        }
        for timed in dialogues {
            tasks.spawn(watch(Arc::clone(timed), Arc::clone(tell), Arc::downgrade(engine), stop.clone()));
        }
        Self { tasks, stop }
    }

    /// From here on, no job starts.
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
        // Do not wait for a job that blocks its thread.
        let _ = timeout(GRACE, async { while self.tasks.join_next().await.is_some() {} }).await;
    }
}

/// The time of day, watched for being set back.
pub(crate) struct Watched {
    at: Instant,
    said: u64,
}

impl Watched {
    pub(crate) fn new() -> Self {
        Self { at: Instant::now(), said: Clock.now() }
    }

    /// Sleeps until the time of day is `due`, or until the clock is set back; then returns by how many seconds. It
    /// sleeps in steps, to notice that the machine was asleep or that its clock was set.
    pub(crate) async fn until(&mut self, due: u64) -> Option<u64> {
        loop {
            let next = Self::new();
            let back = self.said.saturating_add((next.at - self.at).as_secs()).saturating_sub(next.said);
            let left = due.saturating_sub(next.said);
            *self = next;
            // A difference of one second may come from rounding: both times are in whole seconds.
            if back > 1 {
                return Some(back);
            }
            if left == 0 {
                return None;
            }
            sleep(Duration::from_secs(left).min(STEP)).await;
        }
    }
}

impl Job {
    /// Runs the job until the bot stops or no time is left. The stop does not cut off a run that has begun.
    async fn run(self, stop: CancellationToken, engine: Weak<Engine>) {
        let mut last = match self.last().await {
            // A job that runs once must not run again, whatever the clock says.
            Ok(Some(last)) if matches!(self.schedule.when, When::At(_)) => last,
            // A time that was saved by a clock that was ahead must not silence the job.
            Ok(Some(last)) => last.min(Clock.now()),
            // Save the first start, so that missed times are known from then on.
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
        let (mut time, mut back) = (Watched::new(), 0);
        while let Some(due) = self.schedule.after(last) {
            let passed = due < Clock.now();
            let set_back = tokio::select! {
                biased;
                () = stop.cancelled() => return,
                set_back = time.until(due) => set_back,
            };
            // On the clock as it is now, the last run was earlier by the same amount.
            if let Some(by) = set_back {
                back += by;
                if self.schedule.follows(back, due.saturating_sub(last)) {
                    last = last.saturating_sub(std::mem::take(&mut back));
                }
                continue;
            }
            back = 0;
            let now = Clock.now();
            // Otherwise, a machine that was asleep would run it when it wakes. A single time does not come again.
            let once = matches!(self.schedule.when, When::At(_));
            let missed = passed || !once && now.saturating_sub(due) > LATE;
            if missed && self.schedule.missed == Missed::Skip {
                last = now.saturating_sub(1).max(due);
                continue;
            }
            // The job may also panic before it returns a future.
            let outcome = match catch_unwind(AssertUnwindSafe(|| (self.start)(Tick { due, missed }))) {
                Ok(job) => Contained::new(job).await,
                Err(panic) => Err(Failure::Panic(panic_text(&*panic))),
            };
            if let Err(failure) = outcome {
                if let Some(engine) = engine.upgrade() {
                    engine.witness(None, &format_args!("a scheduled job failed: {failure}"));
                }
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "what fails here fails a test")]

    use std::sync::{Arc, Mutex};
    use std::time::Duration;

    use super::{Missed, Schedule, Tick, every};
    use crate::dialogue::Clock;
    use crate::extract::State;
    use crate::testing::{TestNetwork, run, set_clock_back, set_clock_forward};

    const DAY: Duration = Duration::from_secs(86_400);

    type Ran = Arc<Mutex<Vec<u64>>>;

    /// When a job runs within a day after the clock was set back to the start of the test, in seconds since then.
    fn after_a_clock_is_set_back(schedule: Schedule, before: Duration) -> Vec<u64> {
        run(async {
            let ran = Ran::default();
            let (net, begin) = (TestNetwork::new(), Clock.now());
            let shared = Arc::clone(&ran);
            let bot = net.start(move || {
                crate::Bot::new("clock")
                    .state(Arc::clone(&shared))
                    .schedule(schedule.clone(), async |State(ran): State<Ran>| ran.lock().unwrap().push(Clock.now()))
            });
            let bot = bot.await;
            tokio::time::sleep(before).await;
            ran.lock().unwrap().clear();
            set_clock_back();
            tokio::time::sleep(DAY - Duration::from_secs(60)).await;
            bot.stop().await;
            let ran = ran.lock().unwrap();
            ran.iter().map(|time| time - begin).collect()
        })
    }

    #[test]
    fn a_clock_that_is_set_back_does_not_silence_a_job() {
        let ran = after_a_clock_is_set_back(every(DAY / 4), DAY * 30 + DAY / 8);
        let hours: Vec<_> = ran.iter().map(|time| time / 3600).collect();
        assert_eq!(hours, [3, 9, 15, 21]);
    }

    /// What a job that is due every `period` runs for within a period and a half after the clock was set forward by
    /// `by`, in seconds since the start of the test; and whether that was missed.
    fn after_a_clock_is_set_forward(
        schedule: impl Fn() -> Schedule + Send + Sync + 'static,
        by: Duration,
        later: Duration,
    ) -> Vec<(u64, bool)> {
        run(async {
            let ran = Arc::new(Mutex::new(Vec::new()));
            let (net, begin) = (TestNetwork::new(), Clock.now());
            let shared = Arc::clone(&ran);
            let bot = net.start(move || {
                let job = async |State(ran): State<Arc<Mutex<Vec<Tick>>>>, tick: Tick| ran.lock().unwrap().push(tick);
                crate::Bot::new("clock").state(Arc::clone(&shared)).schedule(schedule(), job)
            });
            let bot = bot.await;
            tokio::time::sleep(Duration::from_secs(1)).await;
            set_clock_forward(by);
            tokio::time::sleep(later).await;
            bot.stop().await;
            let ran = ran.lock().unwrap();
            ran.iter().map(|tick| (tick.due - begin, tick.missed)).collect()
        })
    }

    #[test]
    fn times_that_a_clock_jumps_over_are_missed() {
        let hour = Duration::from_secs(3600);
        let ran = |missed, by| after_a_clock_is_set_forward(move || every(hour).missed(missed), by, hour + hour / 2);
        // The clock says 5:30 after a minute: four jobs and one more are over, the next is due half an hour later.
        let jump = hour * 5 + hour / 2;
        let next = ran(Missed::Skip, jump);
        assert!(matches!(next[..], [(at, false)] if at > jump.as_secs() + 3600), "{next:?}");
        let next = ran(Missed::RunOnce, jump);
        assert!(matches!(next[..], [(3600, true), (at, false)] if at > jump.as_secs()), "{next:?}");
        // This job is noticed half a minute late, as on a machine that is busy: it is not missed.
        for missed in [Missed::Skip, Missed::RunOnce] {
            let next = ran(missed, hour - Duration::from_secs(30));
            assert_eq!(next, [(3600, false), (7200, false)], "{missed:?}");
        }
        // A single time does not come again.
        let once = after_a_clock_is_set_forward(move || super::at(super::now() + hour), jump, hour);
        assert_eq!(once, [(3600, false)]);
    }

    #[cfg(feature = "cron")]
    #[test]
    fn a_pattern_of_one_time_runs_once_a_day_whatever_the_clocks_do() {
        let times = |pattern, from: &str, until: &str| {
            let seconds = |time: &str| time.parse::<jiff::Timestamp>().unwrap().as_second() as u64;
            let (schedule, until) = (super::cron(pattern, "Europe/Berlin"), seconds(until));
            let next = |last: &u64| schedule.after(*last).filter(|time| *time < until);
            let times = std::iter::successors(next(&seconds(from)), next);
            times
                .map(|time| jiff::Timestamp::from_second(time as i64).unwrap().to_string()[11..16].to_owned())
                .collect()
        };
        // At one o'clock UTC, the clocks go from 2:00 to 3:00, and from 3:00 to 2:00.
        let spring = |pattern| -> Vec<_> { times(pattern, "2026-03-29T00:00:00Z", "2026-03-29T12:00:00Z") };
        let autumn = |pattern| -> Vec<_> { times(pattern, "2026-10-24T23:50:00Z", "2026-10-25T12:00:00Z") };
        assert_eq!((spring("30 2 * * *"), autumn("30 2 * * *")), (vec!["01:00".into()], vec!["00:30".into()]));
        let halves = ["00:00", "00:30", "01:00", "01:30"].map(String::from).into();
        assert_eq!((spring("*/30 2 * * *"), autumn("*/30 2 * * *")), (vec![], halves));
    }

    #[cfg(feature = "cron")]
    #[test]
    fn a_clock_that_is_set_back_has_a_cron_job_run_by_the_time_that_it_is_then() {
        let daily = || super::cron("0 9 * * *", "UTC");
        assert_eq!(after_a_clock_is_set_back(daily(), DAY * 30 + DAY / 2), [9 * 3600]);
        // The clock is set back to before the job's time, a little after the job ran: the job does not run again.
        let soon = || super::cron("5 0 * * *", "UTC");
        assert_eq!(after_a_clock_is_set_back(soon(), Duration::from_secs(600)), [0; 0]);
        let often = || super::cron("0 * * * *", "UTC");
        let hours: Vec<_> = (1..24).map(|hour| hour * 3600).collect();
        assert_eq!(after_a_clock_is_set_back(often(), DAY * 30 + Duration::from_secs(1830)), hours);
    }
}
