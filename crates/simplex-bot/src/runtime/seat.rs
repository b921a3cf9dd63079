//! Parking: how a handler gives its lane and its place in the concurrency limit back while it waits for somebody.
//!
//! A handler begins inside its lane, polled by the lane's worker. While one of its waits is pending it has *left* its
//! seat: its future moves to a task of its own, and the lane goes on. Before the handler continues, it queues for the
//! lane again, in front of the messages that wait there.

use std::cell::RefCell;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use tokio::sync::{Notify, oneshot};

use super::wait_error::WaitError;
use super::{Engine, Key, weight};

/// Keeps a lane's worker waiting while the handler that it gave the lane to is inside. Dropping it lets the lane go on.
#[derive(Debug)]
pub(crate) struct Hold(#[expect(dead_code, reason = "its end is the message")] oneshot::Sender<()>);

/// The worker's end of a [`Hold`].
#[derive(Debug)]
pub(crate) struct Held(oneshot::Receiver<()>);

pub(crate) fn hold() -> (Hold, Held) {
    let (sender, receiver) = oneshot::channel();
    (Hold(sender), Held(receiver))
}

impl Held {
    /// Waits until the handler left.
    pub(crate) async fn released(self) {
        // Nothing is ever sent: this ends when the sender is dropped.
        let _ = self.0.await;
    }
}

/// A handler's place in its lane.
pub(crate) struct Seat {
    engine: Arc<Engine>,
    key: Key,
    lane: Option<u64>,
    /// How much of the memory the handler takes while it waits.
    units: u32,
    state: Mutex<State>,
    changed: Notify,
}

#[derive(Default)]
struct State {
    inside: bool,
    /// Waits that are over and now queue for the lane.
    entering: usize,
    /// The handler ended, and its values are being dropped: the lane waits until that is done.
    ending: bool,
    /// Waits that are pending.
    waiting: usize,
    hold: Option<Hold>,
    /// Gives the lane that those waits queue for.
    granted: Option<oneshot::Receiver<Hold>>,
    /// Gives the lane together with an answer, once a handler may run.
    coming: Option<oneshot::Receiver<Hold>>,
    /// Messages that its waits took: they count as handled when the handler ends.
    taken: Vec<(Key, i64)>,
    /// The stop ended one of its waits.
    cut_off: bool,
}

/// The handler that is being polled on this thread, or the scheduled job.
pub(crate) struct Here {
    pub(crate) engine: Arc<Engine>,
    /// Its lane; a job has none to leave while it waits.
    pub(crate) key: Option<Key>,
    /// The lane that the bot chose for its message.
    pub(crate) lane: Option<u64>,
    /// How much of the memory it takes.
    pub(crate) units: u32,
    /// Made when the handler first waits: most never do.
    pub(crate) seat: Option<Arc<Seat>>,
}

thread_local! {
    static HERE: RefCell<Option<Here>> = const { RefCell::new(None) };
}

/// Runs `poll` as the handler `here`. The caller must catch panics inside of `poll`.
pub(crate) fn poll_as<T>(here: Here, poll: impl FnOnce() -> T) -> (T, Option<Arc<Seat>>) {
    let outer = HERE.with(|cell| cell.replace(Some(here)));
    let result = poll();
    let here = HERE.with(|cell| cell.replace(outer));
    (result, here.and_then(|here| here.seat))
}

/// Runs code of a bot's that has no lane: a scheduled job, or what makes the future of an event's handler. The caller must
/// catch panics inside of `code`.
pub(crate) fn without_lane<T>(engine: Arc<Engine>, code: impl FnOnce() -> T) -> T {
    poll_as(Here { engine, key: None, lane: None, units: 1, seat: None }, code).0
}

/// Whether a handler or a job of this engine is being polled on this thread.
pub(crate) fn inside_handler(engine: &Arc<Engine>) -> bool {
    HERE.with(|cell| cell.borrow().as_ref().is_some_and(|here| Arc::ptr_eq(&here.engine, engine)))
}

/// The engine of the handler or the job that is being polled on this thread.
pub(crate) fn current_engine() -> Option<Arc<Engine>> {
    HERE.with(|cell| cell.borrow().as_ref().map(|here| Arc::clone(&here.engine)))
}

/// The lane of the handler that is being polled on this thread.
pub(crate) fn current_lane() -> Option<Key> {
    HERE.with(|cell| cell.borrow().as_ref().and_then(|here| here.key))
}

/// Whether the stop ended a wait of the handler that is being polled on this thread.
pub(crate) fn is_cut_off() -> bool {
    HERE.with(|cell| cell.borrow().as_ref().and_then(|here| here.seat.as_ref()).is_some_and(|seat| seat.is_cut_off()))
}

impl Seat {
    /// The seat of the handler that is being polled on this thread, of whatever engine.
    pub(crate) fn here() -> Option<Arc<Self>> {
        HERE.with(|cell| {
            let mut here = cell.borrow_mut();
            let here = here.as_mut()?;
            let (engine, key, lane, units) = (&here.engine, here.key?, here.lane, here.units.min(weight::MOST));
            Some(Arc::clone(here.seat.get_or_insert_with(|| {
                let state = Mutex::new(State { inside: true, ..State::default() });
                Arc::new(Self { engine: Arc::clone(engine), key, lane, units, state, changed: Notify::new() })
            })))
        })
    }

    pub(crate) fn key(&self) -> Key {
        self.key
    }

    pub(crate) fn engine(&self) -> &Arc<Engine> {
        &self.engine
    }

    /// Whether it is in this lane of a chat.
    pub(crate) fn is_in(&self, key: Key, lane: Option<u64>) -> bool {
        (self.key, self.lane) == (key, lane)
    }

    /// A wait begins; it is over when the guard is dropped. However many things a handler waits for at once, it takes
    /// its memory once.
    ///
    /// # Errors
    /// [`WaitError::TooMany`] if too many handlers wait.
    pub(crate) fn begin_wait(self: &Arc<Self>) -> Result<Waiting, WaitError> {
        let mut state = self.state();
        if state.waiting == 0 && !self.engine.waiters.parking.take(self.key, self.units) {
            return Err(WaitError::TooMany { most: weight::MOST as usize });
        }
        state.waiting += 1;
        drop(state);
        Ok(Waiting(Arc::clone(self)))
    }

    /// To be called after each poll that did not end the handler: whether the handler is outside of its lane now.
    pub(crate) fn is_outside_after_poll(&self) -> bool {
        let mut state = self.state();
        if state.waiting > 0 && state.inside {
            state.inside = false;
            state.hold = None;
        }
        !state.inside
    }

    /// Whether the handler went on outside of its lane: it dropped its waits before they ended.
    pub(crate) fn is_astray(&self) -> bool {
        let state = self.state();
        !state.inside && state.granted.is_none() && state.waiting == 0
    }

    /// The lane comes with an answer: through the returned sender, once a handler may run.
    pub(crate) fn lane_comes(&self) -> oneshot::Sender<Hold> {
        let (turn, granted) = oneshot::channel();
        let mut state = self.state();
        state.coming = Some(granted);
        // A wait that already queues for the lane gets it this way.
        self.changed.notify_waiters();
        turn
    }

    /// The lane does not come after all: the answer was given up.
    pub(crate) fn lane_stays(&self) {
        let mut state = self.state();
        if !state.ending {
            state.coming = None;
        }
    }

    /// Queues for the lane, unless the handler is inside. A cancelled handler, and one whose lane is gone, continues at
    /// once.
    ///
    /// Whichever wait is polled when the lane comes takes it ([`poll_lane`](Self::poll_lane)), as the wait that queued
    /// may never be polled again: it must not keep the lane from the handler's other waits or from what comes after it
    /// in the lane.
    pub(crate) async fn enter(&self) {
        self.state().entering += 1;
        let _entering = Entering(self);
        loop {
            let (changed, turn) = {
                let mut state = self.state();
                if state.inside {
                    return;
                }
                let mut turn = None;
                // The lane comes with the answer to another wait; a turn queued here may be behind that very answer.
                if let Some(coming) = state.coming.take() {
                    state.granted = Some(coming);
                } else if state.granted.is_none() {
                    let (sender, granted) = oneshot::channel();
                    (turn, state.granted) = (Some(sender), Some(granted));
                }
                (self.changed.notified(), turn)
            };
            if let Some(turn) = turn {
                self.engine.queue_turn(self.key, self.lane, turn);
            }
            let mut changed = pin!(changed);
            poll_fn(|cx| match changed.as_mut().poll(cx).is_ready() || self.poll_lane(cx) {
                true => Poll::Ready(()),
                false => Poll::Pending,
            })
            .await;
        }
    }

    /// Takes the lane that is queued for; whether it came. To be called after each poll outside of the lane, too.
    pub(crate) fn poll_lane(&self, cx: &mut Context<'_>) -> bool {
        let mut state = self.state();
        let granted = state.granted.as_mut().map(|granted| Pin::new(granted).poll(cx));
        let Some(Poll::Ready(hold)) = granted else { return false };
        state.granted = None;
        state.inside = true;
        state.hold = hold.ok();
        self.changed.notify_waiters();
        true
    }

    /// Notes a message that a wait took.
    pub(crate) fn took(&self, key: Key, item: i64) {
        self.state().taken.push((key, item));
    }

    /// The messages that its waits took.
    pub(crate) fn taken(&self) -> Vec<(Key, i64)> {
        std::mem::take(&mut self.state().taken)
    }

    /// The stop ends one of its waits.
    pub(crate) fn cut_off(&self) {
        self.state().cut_off = true;
    }

    /// Whether the stop ended one of its waits.
    pub(crate) fn is_cut_off(&self) -> bool {
        self.state().cut_off
    }

    /// The handler ends: the lane is kept until the [`end`](Self::end), whatever is dropped meanwhile.
    pub(crate) fn begin_end(&self) {
        self.state().ending = true;
    }

    /// The handler ended: the lane goes on.
    pub(crate) fn end(&self) {
        let mut state = self.state();
        state.inside = false;
        state.hold = None;
        state.granted = None;
        state.coming = None;
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A pending wait of a handler.
pub(crate) struct Waiting(Arc<Seat>);

impl Waiting {
    /// The handler that waits.
    pub(crate) fn seat(&self) -> &Arc<Seat> {
        &self.0
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        let mut state = self.0.state();
        state.waiting -= 1;
        if state.waiting == 0 {
            self.0.engine.waiters.parking.give_back(self.0.key, self.0.units);
        }
    }
}

struct Entering<'a>(&'a Seat);

impl Drop for Entering<'_> {
    fn drop(&mut self) {
        let mut state = self.0.state();
        state.entering -= 1;
        if state.entering == 0 && !state.ending {
            state.granted = None;
        }
    }
}
