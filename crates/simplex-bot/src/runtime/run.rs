//! A running handler: polled inside its lane or outside of it, with panics caught and time measured.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::time::{Instant, Sleep, sleep};
use tracing::Span;

use crate::handler::{HandlerFuture, caught, discard};

use super::attempts::before;
use super::seat::{Here, Seat, poll_as};
use super::{Delivery, Engine, Failure, Key};

/// The rest of a handler that left its lane to wait; `None` when it is cancelled.
pub(super) async fn rest(engine: &Arc<Engine>, key: Key, run: &mut Run) -> Option<Result<(), Failure>> {
    let rest = async {
        loop {
            match poll_fn(|cx| run.poll_outside(engine, key, cx)).await {
                Some(outcome) => break outcome,
                None => {
                    if let Some(seat) = &run.seat {
                        seat.enter().await;
                    }
                }
            }
        }
    };
    before(&engine.cancel, rest).await
}

/// Longer than any poll takes if the code waits only by `.await`.
const BLOCKED: Duration = Duration::from_millis(250);

/// Runs code of a handler, and warns if it blocks its thread. For a suspect message the journal notes its begin and
/// end, so that the next process knows if it was the last thing that this one did.
pub(super) fn watched<T>(engine: &Engine, suspect: Option<i64>, code: impl FnOnce() -> T) -> T {
    // Not tokio's clock, which may be paused.
    let began = std::time::Instant::now();
    if let Some(item) = suspect {
        engine.journal.poll(item, true);
    }
    let result = code();
    if let Some(item) = suspect {
        engine.journal.poll(item, false);
    }
    let taken = began.elapsed();
    if taken >= BLOCKED {
        tracing::warn!(
            "a handler blocked its thread for {taken:.1?}, and whatever would have run there: what waits is to be awaited \
             (`tokio::time::sleep`), the rest is for `tokio::task::spawn_blocking`"
        );
    }
    result
}

/// A running handler.
pub(super) struct Run {
    pub(super) future: HandlerFuture,
    pub(super) seat: Option<Arc<Seat>>,
    /// The lane that the bot chose for the message.
    pub(super) lane: Option<u64>,
    /// How much of the memory it takes.
    pub(super) units: u32,
    /// The item, if a process died before while it was being handled.
    pub(super) suspect: Option<i64>,
    /// Whether the next run starts it anew if the stop ends it.
    pub(super) comes_again: bool,
    /// The longest that it may stay inside its lane at a stretch.
    pub(super) limit: Option<Duration>,
    pub(super) timer: Option<Pin<Box<Sleep>>>,
    pub(super) began: Instant,
    pub(super) span: Span,
}

/// How a stretch inside the lane ended.
pub(super) enum Stretch {
    Ended(Result<(), Failure>),
    /// The handler waits, and has left its lane.
    Left,
}

impl Run {
    pub(super) fn new(engine: &Engine, future: HandlerFuture, span: Span) -> Self {
        let limit = engine.options.handler_timeout;
        let comes_again = engine.options.delivery == Delivery::AtLeastOnce;
        let (seat, lane, units, suspect, timer, began) = (None, None, 1, None, None, Instant::now());
        Self { future, seat, lane, units, suspect, comes_again, limit, timer, began, span }
    }

    /// Polls the handler; a panic is a failure, and so is taking too long, for which the callers look.
    fn poll(&mut self, engine: &Arc<Engine>, key: Key, cx: &mut Context<'_>) -> Poll<Result<(), Failure>> {
        let (lane, units, seat) = (self.lane, self.units, self.seat.take());
        let here = Here { engine: Arc::clone(engine), key: Some(key), lane, units, seat };
        let _entered = self.span.enter();
        // After a panic the future is not polled again.
        let (polled, seat) = watched(engine, self.suspect, || {
            poll_as(here, || caught(|| self.future.as_mut().poll(cx).map_err(Failure::of)))
        });
        self.seat = seat;
        polled.unwrap_or_else(|text| Poll::Ready(Err(Failure::Panic(text))))
    }

    pub(super) fn poll_inside(&mut self, engine: &Arc<Engine>, key: Key, cx: &mut Context<'_>) -> Poll<Stretch> {
        if let Poll::Ready(outcome) = self.poll(engine, key, cx) {
            return Poll::Ready(Stretch::Ended(outcome));
        }
        if self.seat.as_ref().is_some_and(|seat| seat.is_outside_after_poll()) {
            self.timer = None;
            return Poll::Ready(Stretch::Left);
        }
        self.poll_limit(cx).map(|failure| Stretch::Ended(Err(failure)))
    }

    /// The same outside of the lane: `None` when the handler has to enter the lane first.
    pub(super) fn poll_outside(
        &mut self,
        engine: &Arc<Engine>,
        key: Key,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<(), Failure>>> {
        loop {
            if let Poll::Ready(outcome) = self.poll(engine, key, cx) {
                return Poll::Ready(Some(outcome));
            }
            let Some(seat) = self.seat.as_ref().filter(|seat| seat.is_outside_after_poll()) else { break };
            self.timer = None;
            if seat.is_astray() {
                return Poll::Ready(None);
            }
            if !seat.poll_lane(cx) {
                return Poll::Pending;
            }
        }
        self.poll_limit(cx).map(|failure| Some(Err(failure)))
    }

    fn poll_limit(&mut self, cx: &mut Context<'_>) -> Poll<Failure> {
        let Some(limit) = self.limit else { return Poll::Pending };
        let timer = self.timer.get_or_insert_with(|| Box::pin(sleep(limit)));
        pin!(timer).poll(cx).map(|()| Failure::Timeout { after: limit })
    }

    /// Whether it failed after the stop had ended one of its waits: then the failure is not its fault, and the next run
    /// begins it anew.
    pub(super) fn is_cut_off(&self, outcome: &Result<(), Failure>) -> bool {
        self.comes_again && outcome.is_err() && self.seat.as_ref().is_some_and(|seat| seat.is_cut_off())
    }

    /// The handler ended: drops its values while its lane waits.
    pub(super) fn drop_future(&mut self) {
        if let Some(seat) = &self.seat {
            seat.begin_end();
        }
        let future = std::mem::replace(&mut self.future, Box::pin(std::future::pending()));
        self.span.in_scope(|| discard("a handler", future));
    }

    /// The handler ended: the messages that its waits took count as handled, unless it is to come again, and its lane
    /// goes on.
    pub(super) fn end(mut self, engine: &Engine, cut_off: bool) {
        engine.meters.handler.record(self.began.elapsed());
        self.drop_future();
        if let Some(seat) = &self.seat {
            for (key, item) in seat.taken() {
                match cut_off {
                    true => engine.lanes.leave(key, item),
                    false => engine.done(key, item),
                }
            }
            seat.end();
        }
    }

    /// The same for the handler of an event or a timeout; returns whether it was cut off, so that it runs again.
    pub(super) fn end_of_event(self, engine: &Engine, outcome: &Result<(), Failure>) -> bool {
        let cut_off = self.is_cut_off(outcome);
        self.end(engine, cut_off);
        cut_off
    }
}
