//! Starts the tasks of a runtime, and stops them in order.

use std::future::Future;
use std::pin::pin;
use std::sync::atomic::AtomicI64;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use tokio::sync::{Notify, Semaphore};
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout, timeout_at};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::lanes::{Budget, Lanes};
use super::notices::Trying;
use super::profiles::Profiles;
use super::turns::Turns;
use super::waits::Waiters;
use super::{Engine, GRACE, Parts, catchup, early, intake, live, marks, reconcile, unread, weight};

/// Bytes of the events that all lanes together may hold. Decoded, an event takes several times as much.
const QUEUED_BYTES: usize = 32 << 20;

/// A running runtime.
#[derive(Debug)]
pub(crate) struct Runtime {
    engine: Arc<Engine>,
    intake: JoinHandle<()>,
    looking: JoinHandle<()>,
    marker: JoinHandle<()>,
}

/// What a stop left behind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Stopped {
    /// Handlers that had to be cancelled.
    pub(crate) cancelled: usize,
    /// Whether everything that was handled is marked.
    pub(crate) marked: bool,
}

impl Engine {
    /// An engine whose tasks do not run yet.
    pub(crate) fn new(parts: Parts) -> Arc<Self> {
        let options = parts.options;
        let in_hand = options.in_flight.saturating_add(options.queue);
        let wanted = parts.events.as_ref().map(|events| reconcile::Wanted::by(&events.wants));
        Arc::new(Self {
            handle: OnceLock::new(),
            profiles: Profiles::new(parts.user, parts.api, options.every_profile, parts.users),
            dispatch: parts.dispatch,
            on_error: parts.on_error,
            on_poison: parts.on_poison,
            on_notice: parts.on_notice,
            witness: parts.witness,
            events: parts.events,
            wants_messages: parts.wants_messages,
            options,
            journal: parts.journal,
            wanted: wanted.unwrap_or_default(),
            lately: reconcile::Lately::default(),
            being_told: Arc::default(),
            look: Notify::new(),
            lanes: Lanes::new(Budget {
                entries: options.queue.max(1),
                bytes: QUEUED_BYTES,
                working: in_hand,
                reading: catchup::side_by_side(&options),
            }),
            early: early::Early::default(),
            live: live::Live::default(),
            looked_at: catchup::LookedAt::default(),
            reading: Trying::to("read missed messages"),
            marking: Trying::to("mark messages read"),
            looking_back: Trying::to("look for missed messages"),
            looking_at_state: Trying::to("look at what happened meanwhile"),
            pages: weight::Pages::default(),
            support_chats: unread::SupportChats::default(),
            turns: parts.lane_by.map(|lane_by| Turns::new(lane_by, in_hand)),
            waiters: Waiters::default(),
            permits: Semaphore::new(options.in_flight.clamp(1, Semaphore::MAX_PERMITS)),
            repetitions: Arc::new(Semaphore::new(options.queue.clamp(1, Semaphore::MAX_PERMITS))),
            tasks: TaskTracker::new(),
            stopping: CancellationToken::new(),
            cancel: CancellationToken::new(),
            drained: CancellationToken::new(),
            unmarked: Notify::new(),
            batch: Notify::new(),
            counts: parts.counts,
            meters: parts.meters,
            told: AtomicI64::new(0),
        })
    }
}

impl Runtime {
    /// Starts the tasks of an engine; in the first run on a database, nothing was missed.
    pub(crate) fn start(engine: Arc<Engine>, first_run: bool) -> Self {
        let intake = tokio::spawn(intake::run(Arc::clone(&engine), first_run));
        let looking = tokio::spawn(reconcile::run(Arc::clone(&engine)));
        let marker = tokio::spawn(marks::run(Arc::clone(&engine)));
        Self { engine, intake, looking, marker }
    }

    /// What its tasks share.
    #[cfg(test)]
    pub(crate) fn engine(&self) -> &Arc<Engine> {
        &self.engine
    }

    /// Completes when the core has ended.
    pub(crate) async fn core_ended(&mut self) {
        // The intake task does not panic; if it is aborted with the program, nobody is left to tell.
        let _ = (&mut self.intake).await;
    }

    /// Stops: no more intake, waits end, running handlers get until `deadline` or `force`, and the flush of marks until
    /// `flushed`, or for a short time after `force` or if the core has ended.
    pub(crate) async fn stop(self, deadline: Instant, flushed: Instant, force: impl Future<Output = ()>) -> Stopped {
        let Self { engine, mut intake, looking, mut marker } = self;
        let core_ended = intake.is_finished() && !engine.stopping.is_cancelled();
        engine.halt();
        let ended = async {
            if !intake.is_finished() {
                let _ = (&mut intake).await;
            }
            let _ = looking.await;
            engine.tasks.close();
            engine.tasks.wait().await;
        };
        let mut force = pin!(force);
        let (drained, forced) = tokio::select! {
            drained = timeout_at(deadline, ended) => (drained.is_ok(), false),
            () = &mut force => (false, true),
        };
        let cancelled = if drained { 0 } else { engine.tasks.len() };
        engine.tasks.close();
        engine.cancel.cancel();
        // A handler that blocks its thread cannot be cancelled. Half of the time that is left is kept for marking,
        // whatever such a handler does.
        let left = flushed.saturating_duration_since(Instant::now());
        match timeout((left / 2).clamp(GRACE / 10, GRACE), engine.tasks.wait()).await {
            // Events, for example: nobody takes them any more.
            Ok(()) => engine.meters.queued.decrement(engine.lanes.load().entries as f64),
            Err(_) => {
                tracing::warn!(
                    handlers = engine.tasks.len(),
                    "handlers block their threads: the bot ends without them"
                );
            }
        }
        engine.drained.cancel();
        // A core that has ended hardly marks anything any more.
        let flushed = if forced || core_ended { flushed.min(Instant::now() + GRACE) } else { flushed };
        let marked = tokio::select! {
            marked = timeout_at(flushed, &mut marker) => marked.is_ok(),
            () = long_after(force, GRACE), if !forced => false,
        };
        if !marked {
            tracing::warn!("the core does not mark what was handled in time: it will be handled again");
            marker.abort();
            let _ = marker.await;
        }
        Stopped { cancelled, marked }
    }
}

/// Ends this long after something.
pub(crate) async fn long_after(something: impl Future<Output = ()>, time: Duration) {
    something.await;
    tokio::time::sleep(time).await;
}
