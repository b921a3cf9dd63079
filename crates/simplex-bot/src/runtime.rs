//! The path of a message from the core to its handler, and what happens to it afterwards.
//!
//! [`intake`] is the only consumer of the core's events and never waits for handlers. It queues what a handler or a
//! wait wants in [`lanes`], one lane per chat. A lane's [`worker`] is a task only while the lane has work; it handles a
//! message in [`attempts`], and each attempt is one [`run`] of the handler. Messages that find no room stay in the
//! core's database; [`catchup`] reads them from there, as well as missed messages, those of people who are not
//! connected yet ([`early`]), and [`live`] messages; [`unread`] finds the chats that have any. [`marks`] marks handled
//! messages read. [`turns`] keeps the order if the bot chooses lanes itself. [`reconcile`] finds changes that no unread
//! item shows; [`gone`] sees what the program deletes. [`seat`] and [`waits`] let handlers wait for people without
//! blocking others; [`weight`] is what they may take of the memory. [`journal`] is what the bot remembers beside the
//! core's database. [`lifecycle`] starts all of it, and stops it in order.

mod attempts;
mod catchup;
mod early;
mod glance;
mod gone;
mod health;
mod intake;
mod journal;
mod known;
mod lanes;
mod lifecycle;
mod live;
mod marks;
mod meters;
mod notices;
mod options;
mod profiles;
mod reconcile;
mod run;
mod seat;
#[cfg(test)]
mod tests;
mod turns;
mod unread;
mod wait_error;
mod waits;
mod weight;
mod worker;

use std::borrow::Cow;
use std::fmt;
use std::sync::atomic::AtomicI64;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use tokio::sync::{Notify, Semaphore, SemaphorePermit, oneshot};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::api::ChatApi;
use crate::bot::Handle;
use crate::error::with_causes;
use crate::handler::{HandlerError, HandlerFuture};
use crate::message::Message;
use crate::types::{ChatRef, Event, User, UserId};

use health::Counts;
use lanes::{Lanes, Next, Put};
use profiles::Profiles;
use seat::Hold;
use turns::Turns;
use waits::Waiters;

pub(crate) use gone::Gone;
pub use health::{Condition, Health};
pub(crate) use journal::{Baseline, Journal};
pub(crate) use lifecycle::{Runtime, long_after};
pub(crate) use meters::Meters;
pub(crate) use notices::NoticeHook;
pub use notices::{Notice, Trouble};
pub(crate) use options::Options;
pub use options::{Backlog, Delivery, Retry};
pub(crate) use profiles::is_hidden;
pub(crate) use seat::{current_engine, current_lane, inside_handler, is_cut_off, without_lane};
pub(crate) use turns::{LaneBy, hashed};
pub(crate) use unread::first_baseline;
pub use wait_error::{Awaited, WaitError};
pub(crate) use waits::{Asked, Followed, Waits};
pub(crate) use worker::warn_of;

/// Finds the handler of a message and starts it.
pub(crate) type Dispatch = Box<dyn Fn(&Message) -> Option<HandlerFuture> + Send + Sync>;
/// Called for every message whose handling failed.
pub(crate) type ErrorHook = Box<dyn Fn(&Message, &Failure) + Send + Sync>;
/// The same, with the number of the attempt and what comes next.
pub(crate) type AttemptHook = Box<dyn Fn(&Message, &Failure, Attempt) + Send + Sync>;

/// A failed attempt to handle a message.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Attempt {
    /// Its number, from 1.
    pub(crate) number: u32,
    /// The most attempts that the message gets.
    pub(crate) of: u32,
    /// The time until the next one; `None` if it was the last.
    pub(crate) again: Option<Duration>,
}

/// Starts the handlers of an event, in order, with the commands of its profile. The flag says whether the event was
/// found by looking at the state, or else sent by the core.
pub(crate) type StartEvent = Box<dyn Fn(&ChatApi, &Arc<Event>, bool) -> Vec<HandlerFuture> + Send + Sync>;
/// Called for every event handler that failed.
pub(crate) type EventErrorHook = Box<dyn Fn(&Event, &Failure) + Send + Sync>;

/// In tests: called with each problem, and with the message that it concerns.
pub(crate) type Witness = Box<dyn Fn(Option<&Message>, &dyn fmt::Display) + Send + Sync>;

/// Starts work of the bot's own in a lane, such as the timeout of a conversation.
pub(crate) type Own = Box<dyn FnOnce(ChatApi) -> HandlerFuture + Send>;

/// The time in which cancelled tasks end, unless they block their thread.
pub(crate) const GRACE: Duration = Duration::from_secs(1);

/// Handlers of events.
pub(crate) struct EventDispatch {
    /// Whether any handler wants events with this tag.
    pub(crate) wants: Box<dyn Fn(&str) -> bool + Send + Sync>,
    /// Starts the handlers that want this event, in order.
    pub(crate) start: StartEvent,
    /// Called when one of them fails.
    pub(crate) on_error: EventErrorHook,
}

/// Why handling a message failed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Failure {
    /// The handler returned an error. The text includes the error's causes.
    #[error("the handler failed: {}", with_causes(&**.0, ": "))]
    Error(HandlerError),
    /// The handler returned the error of a [question](crate::Chat::ask) that got no answer, or none that could be read.
    /// Its message counts as handled: it is not retried.
    #[error("a question was not answered: {}", with_causes(&**.0, ": "))]
    Unanswered(HandlerError),
    /// The handler panicked.
    #[error("the handler panicked: {0}")]
    Panic(String),
    /// The handler took longer than its time limit.
    #[error("the handler did not end within {after:?}")]
    Timeout {
        /// The time limit.
        after: Duration,
    },
    /// The process died each time that this message was handled.
    #[error("the process died {times} times while this message was being handled")]
    Deaths {
        /// How many times.
        times: u32,
    },
}

impl Failure {
    /// The failure of a handler that returned this error, or which an error hook passed on.
    pub(crate) fn of(error: HandlerError) -> Self {
        match error.downcast() {
            Ok(failure) => *failure,
            Err(error) if wait_error::is_unanswered(&*error) => Self::Unanswered(error),
            Err(error) => Self::Error(error),
        }
    }
}

/// What a runtime is built from.
pub(crate) struct Parts {
    pub(crate) api: ChatApi,
    pub(crate) user: UserId,
    /// All profiles, if all are served.
    pub(crate) users: Vec<User>,
    pub(crate) dispatch: Dispatch,
    pub(crate) on_error: AttemptHook,
    /// Called for messages that are given up.
    pub(crate) on_poison: ErrorHook,
    /// Called with notices about the bot itself.
    pub(crate) on_notice: Option<NoticeHook>,
    /// Set by tests.
    pub(crate) witness: Option<Witness>,
    pub(crate) events: Option<EventDispatch>,
    /// Whether any handler wants messages; if none does, messages are neither handled nor marked.
    pub(crate) wants_messages: bool,
    pub(crate) options: Options,
    /// Chooses the lane of a message, if lanes are not those of the chats.
    pub(crate) lane_by: Option<LaneBy>,
    pub(crate) journal: Journal,
    pub(crate) meters: Meters,
    pub(crate) counts: Counts,
}

/// The key of a lane: the profile, and the chat with its scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Key {
    pub(crate) user: UserId,
    pub(crate) chat: ChatRef,
}

/// What a lane has to do.
pub(crate) enum Job {
    /// Handle the message in this event.
    Item(crate::core::Frame, glance::Parts),
    /// Handle this message.
    Message(Message),
    /// Handle this message again after this delay, as it is in the database then.
    Again(Message, Duration),
    /// Only mark the item: it needs no handling.
    Mark,
    /// Run the handlers of this event.
    Frame(crate::core::Frame),
    /// Run the event handlers for something that was found by looking at the state.
    Found(Box<reconcile::Found>),
    /// Do work of the bot's own, with the commands of the lane's profile.
    Own(Own),
    /// Give the lane to a handler whose wait is over.
    Turn(oneshot::Sender<Hold>),
}

/// The part of a runtime that its tasks share.
pub(crate) struct Engine {
    /// For handlers that take it.
    handle: OnceLock<Handle>,
    profiles: Profiles,
    dispatch: Dispatch,
    on_error: AttemptHook,
    on_poison: ErrorHook,
    on_notice: Option<NoticeHook>,
    witness: Option<Witness>,
    events: Option<EventDispatch>,
    wants_messages: bool,
    options: Options,
    journal: Journal,
    /// Which parts of the core's state are looked at.
    wanted: reconcile::Wanted,
    lately: reconcile::Lately,
    being_told: Arc<reconcile::BeingTold>,
    /// Notified when a look at the state is due.
    look: Notify,
    lanes: Lanes<Key, Job>,
    early: early::Early,
    live: live::Live,
    looked_at: catchup::LookedAt,
    reading: notices::Trying,
    marking: notices::Trying,
    looking_back: notices::Trying,
    looking_at_state: notices::Trying,
    pages: weight::Pages,
    support_chats: unread::SupportChats,
    /// The order of messages, if the bot chooses their lanes itself.
    turns: Option<Arc<Turns>>,
    waiters: Waiters,
    permits: Semaphore,
    /// Places for messages that wait for a retry while their chats go on.
    repetitions: Arc<Semaphore>,
    tasks: TaskTracker,
    /// Cancelled when the bot stops: no more intake, no more waits.
    stopping: CancellationToken,
    /// Cancelled when no handler may run any longer.
    cancel: CancellationToken,
    /// Cancelled when the handlers have ended or were given up on: the last marks are due.
    drained: CancellationToken,
    /// Notified when there is something to mark.
    unmarked: Notify,
    /// Notified when a chat has a full batch to mark.
    batch: Notify,
    counts: Counts,
    meters: Meters,
    /// The highest item id seen in an event so far.
    told: AtomicI64,
}

impl fmt::Debug for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Engine").field("user", &self.profiles.own()).finish_non_exhaustive()
    }
}

impl Engine {
    /// Says which handle the bot's handlers get.
    pub(crate) fn set_handle(&self, handle: Handle) {
        // Nobody sets it a second time.
        let _ = self.handle.set(handle);
    }

    pub(crate) fn handle(&self) -> Option<&Handle> {
        self.handle.get()
    }

    /// Whether the stop ended a wait of what failed.
    pub(crate) fn cut_off_by_stop(&self, failure: &Failure) -> bool {
        self.stopping.is_cancelled() && matches!(failure, Failure::Error(error) if wait_error::is_stopping(&**error))
    }

    /// Starts nothing more, and ends all waits.
    pub(crate) fn halt(&self) {
        // The lanes first: a worker that leaves its message because the bot stops finds no later one to begin with.
        let left = self.lanes.end();
        self.stopping.cancel();
        self.meters.queued.decrement(left.len() as f64);
        if self.options.delivery != Delivery::AtLeastOnce {
            // Those that were to be handled again do not come any more.
            let again: Vec<i64> = left.iter().copied().filter(|item| self.journal.has_begun(*item)).collect();
            self.journal.end(&again);
            self.lanes.come_no_more(&again);
        }
        if !left.is_empty() {
            tracing::info!(messages = left.len(), "messages that were queued stay unread for the next run");
        }
    }

    /// Cancels all running handlers before anything else learns that the bot stops.
    #[cfg(feature = "test")]
    pub(crate) async fn cut_off(&self) {
        self.cancel.cancel();
        self.tasks.close();
        let _ = tokio::time::timeout(GRACE, self.tasks.wait()).await;
    }

    /// Reports a problem to a test.
    pub(crate) fn witness(&self, message: Option<&Message>, what: &dyn fmt::Display) {
        if let Some(witness) = &self.witness {
            witness(message, what);
        }
    }

    /// The commands of a profile.
    fn api(&self, user: UserId) -> Cow<'_, ChatApi> {
        self.profiles.api(user)
    }

    /// Puts an item into its lane; without room, the item is left in the database.
    fn offer(self: &Arc<Self>, key: Key, item: i64, bytes: usize, job: Job) {
        match self.lanes.offer(key, lanes::Entry { item: Some(item), bytes, stale: false, news: None, job }) {
            Put::Open(entry) => self.work(key, Some(entry)),
            Put::Left => {
                self.counts.messages_left.add(1);
            }
            Put::Behind => {
                self.counts.messages_left.add(1);
                self.work(key, None);
            }
            Put::Queued => self.meters.queued.increment(1.0),
            Put::Known | Put::Replaced => {}
        }
    }

    /// Puts an event into the lane of its handlers. Without room the event is dropped; of the same `news` only the
    /// latest waits.
    fn offer_event(self: &Arc<Self>, key: Key, news: Option<lanes::News>, bytes: usize, job: Job) {
        match self.lanes.offer(key, lanes::Entry { item: None, bytes, stale: false, news, job }) {
            Put::Open(entry) => self.work(key, Some(entry)),
            Put::Left if self.lanes.is_ended() => {}
            Put::Left => {
                self.dropped_event();
                self.look.notify_one();
            }
            Put::Replaced => {
                self.counts.events_replaced.add(1);
            }
            Put::Queued => self.meters.queued.increment(1.0),
            Put::Known | Put::Behind => {}
        }
    }

    /// What the worker of a lane does next.
    fn next(&self, key: Key) -> Next<Job> {
        let next = self.lanes.next(key);
        if matches!(next, Next::Job(_)) {
            self.meters.queued.decrement(1.0);
        }
        next
    }

    /// The same, while the worker reads from the database.
    fn next_aside(&self, key: Key) -> Option<lanes::Entry<Job>> {
        self.lanes.next_aside(key).inspect(|_| self.meters.queued.decrement(1.0))
    }

    /// Puts something that must not be dropped into a lane.
    fn put(self: &Arc<Self>, key: Key, job: Job, item: Option<i64>, front: bool) {
        match self.lanes.put(key, job, item, front) {
            Put::Open(entry) => self.work(key, Some(entry)),
            _ => self.meters.queued.increment(1.0),
        }
    }

    /// Queues a handler that wants to continue: in the lane that the bot chose for its message, or else in its chat's.
    fn queue_turn(self: &Arc<Self>, key: Key, lane: Option<u64>, turn: oneshot::Sender<Hold>) {
        if let (Some(turns), Some(lane)) = (&self.turns, lane) {
            return worker::give_turn_in(self, turns.take_again(lane), turn);
        }
        self.put(key, Job::Turn(turn), None, true);
    }

    /// A place for a handler.
    async fn permit(&self) -> Option<SemaphorePermit<'_>> {
        // Never closed: the semaphore lives as long as the engine.
        let permit = self.permits.acquire().await.ok();
        self.in_time().await;
        permit
    }

    /// Never ends when no handler may run any longer. Then what somebody waited for may come only because those before
    /// were cancelled, as the one who waited will be.
    async fn in_time(&self) {
        if self.cancel.is_cancelled() {
            std::future::pending().await
        }
    }

    /// Does work of the bot's own in a lane; skipped if the bot is stopping or does not serve the profile.
    pub(crate) fn in_lane(self: &Arc<Self>, key: Key, own: Own) {
        if !self.stopping.is_cancelled() && self.profiles.serves(key.user) {
            self.put(key, Job::Own(own), None, false);
        }
    }

    /// Makes a chat's lane read the chat from the database.
    fn read_behind(self: &Arc<Self>, key: Key) {
        if self.lanes.set_behind(key) {
            self.work(key, None);
        }
    }

    /// Starts the worker of a lane that was idle.
    fn work(self: &Arc<Self>, key: Key, first: Option<lanes::Entry<Job>>) {
        match first.map_or_else(|| self.next(key), Next::Job) {
            Next::Closed => {}
            first => drop(self.tasks.spawn(worker::work(Arc::clone(self), key, first))),
        }
    }

    /// A lane has finished reading from the database: starts lanes that waited to read.
    fn has_read(self: &Arc<Self>) {
        while let Some(key) = self.lanes.may_read() {
            self.tasks.spawn(worker::work(Arc::clone(self), key, Next::Behind));
        }
    }

    /// An item was handled: it is to be marked, unless the bot marks nothing.
    fn handled(&self, key: Key, item: i64) {
        self.counts.handled.add(1);
        if self.options.delivery == Delivery::Off {
            return self.forget(key, item);
        }
        let waiting = self.lanes.handled(key, item);
        if waiting == 1 {
            self.unmarked.notify_one();
        }
        if waiting >= marks::BATCH {
            self.batch.notify_one();
        }
    }

    /// An item needs no handling: it is marked as well, unless the bot handles no messages at all.
    fn passed_over(&self, key: Key, item: i64) {
        if self.wants_messages {
            self.handled(key, item);
        } else {
            self.lanes.settle(key, &[item]);
        }
    }

    /// A handler is done with an item: its own message, or one that a wait of the handler took.
    fn done(&self, key: Key, item: i64) {
        if !self.marks_before() {
            return self.handled(key, item);
        }
        self.counts.handled.add(1);
        self.forget(key, item);
    }

    /// Nothing more is to be done for an item: forgets it.
    fn forget(&self, key: Key, item: i64) {
        self.journal.end(&[item]);
        self.lanes.settle(key, &[item]);
    }

    /// Whether items are marked before they are given to a handler.
    fn marks_before(&self) -> bool {
        self.options.delivery == Delivery::AtMostOnce && self.wants_messages
    }

    /// Whether missed messages are looked for.
    fn looks_back(&self) -> bool {
        self.wants_messages && self.options.delivery != Delivery::Off
    }

    /// Whether an item is new enough for the bot to handle it.
    fn is_new(&self, meta: &crate::types::CiMeta) -> bool {
        match self.options.backlog {
            Backlog::All => true,
            Backlog::Since(time) => meta.created_at.as_unix_millis() >= journal::millis(time),
            Backlog::SinceFirstRun => self.journal.baseline().is_none_or(|baseline| baseline.is_before(meta)),
        }
    }
}
