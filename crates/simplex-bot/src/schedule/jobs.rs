//! Runs jobs when they are due, until the bot stops.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::{Arc, Weak};
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, timeout, timeout_at};
use tokio_util::sync::CancellationToken;

use crate::dialogue::{Tell, Timed, watch};
use crate::handler::{Contained, HandlerFuture, caught, discard};
use crate::runtime::{Engine, Failure, GRACE, without_lane};
use crate::store::Stored;

use super::{Missed, Schedule, Tick, When, now_in_seconds};

/// The longest sleep until the time of day is checked again.
const STEP: Duration = Duration::from_secs(60);

/// How late a job may begin that is not missed: it may be noticed one step too late, by a machine that is busy.
const LATE: u64 = 120;

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
        Self { at: Instant::now(), said: now_in_seconds() }
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
        let last = tokio::select! {
            biased;
            () = stop.cancelled() => return,
            last = self.last() => last,
        };
        let once = matches!(self.schedule.when, When::At(_));
        let mut last = match last {
            // A job that runs once must not run again, whatever the clock says.
            Some(last) if once => last,
            // A time that was saved by a clock that was ahead must not silence the job.
            Some(last) => last.min(now_in_seconds()),
            // Save the first start, so that missed times are known from then on.
            None => {
                let now = now_in_seconds();
                self.remember(now).await;
                now
            }
        };
        let (mut time, mut back) = (Watched::new(), 0);
        while let Some(due) = self.schedule.after(last) {
            let passed = due < now_in_seconds();
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
            let now = now_in_seconds();
            // Otherwise, a machine that was asleep would run it when it wakes. A single time does not come again.
            let missed = passed || !once && now.saturating_sub(due) > LATE;
            if missed && self.schedule.missed == Missed::Skip {
                last = now.saturating_sub(1).max(due);
                // Or each restart would begin a period anew, and a bot that is restarted often never end one.
                self.remember(last).await;
                continue;
            }
            // Held until the job has ended: it waits within it, also while the bot stops.
            let Some(engine) = engine.upgrade() else { return };
            if let Err(failure) = self.run_once(&engine, Tick { due, missed }).await {
                if engine.cut_off_by_stop(&failure) {
                    tracing::info!(due, "the bot stops while a job waits: it counts as not run");
                    return;
                }
                engine.witness(None, &format_args!("a scheduled job failed: {failure}"));
                tracing::error!(due, "a scheduled job failed: {failure}");
                discard("an error", failure);
            }
            last = if missed { now_in_seconds().saturating_sub(1).max(due) } else { due };
            self.remember(last).await;
        }
    }

    async fn run_once(&self, engine: &Arc<Engine>, tick: Tick) -> Result<(), Failure> {
        // The job may also panic before it returns a future.
        let start = || caught(|| (self.start)(tick));
        match without_lane(Arc::clone(engine), start) {
            Ok(job) => {
                let mut job = Contained::new(job);
                poll_fn(|cx| without_lane(Arc::clone(engine), || Pin::new(&mut job).poll(cx))).await
            }
            Err(text) => Err(Failure::Panic(text)),
        }
    }

    /// When the job ran last, once that can be read: until then it is not known whether it is due.
    async fn last(&self) -> Option<u64> {
        let (name, store) = self.schedule.memory.as_ref()?;
        loop {
            match store.load(name).await {
                Ok(stored) => return stored.map(|stored| stored.saved),
                Err(error) => tracing::error!(%error, "when `{name}` ran last is not known: it waits until it is"),
            }
            sleep(STEP).await;
        }
    }

    async fn remember(&self, last: u64) {
        let Some((name, store)) = &self.schedule.memory else { return };
        if let Err(error) = store.save(name, Stored { version: 0, state: String::new(), saved: last }).await {
            tracing::error!(%error, "it is not remembered that a job ran");
        }
    }
}
