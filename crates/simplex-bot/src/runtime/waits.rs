//! Waiting for the next matching message or event: what `ask`, `send_and_wait` and `connect_to` are built on.
//!
//! A wait has a deadline, and waits are the first to end when the bot stops. Inside a handler a wait parks the handler
//! ([`super::seat`]), also if it waits for something that a client of the handler receives. A message that a wait takes
//! is given to no handler, and is marked when the waiting handler ends; if the wait is dropped before it returns the
//! message, that is the next in its lane again.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::future::Future;
use std::pin::pin;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;

use crate::events::Wanted;
use crate::message::Message;
use crate::sent::Sent;
use crate::types::{ChatItemId, ChatRef, Event, UserId};

use super::seat::{Hold, Seat, Waiting};
use super::wait_error::{Awaited, WaitError};
use super::weight::{self, Parking};
use super::{Engine, Job, Key};

/// The most waits for messages of one chat.
const MOST: usize = weight::MOST as usize;

type Wants = Box<dyn Fn(&Message) -> bool + Send>;
type WantsEvent = Box<dyn Fn(&Event) -> bool + Send>;

/// The messages with which a wait asked for its answer.
#[derive(Clone, Default)]
pub(crate) struct Asked(Arc<Mutex<Vec<ChatItemId>>>);

impl Asked {
    pub(crate) fn add(&self, question: &Sent) {
        self.items().extend(question.parts().map(|part| part.id()));
    }

    fn has(&self, item: ChatItemId) -> bool {
        self.items().contains(&item)
    }

    fn items(&self) -> MutexGuard<'_, Vec<ChatItemId>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct Waiter {
    number: u64,
    wants: Wants,
    asked: Asked,
    /// The handler that waits.
    seat: Option<Arc<Seat>>,
    answer: oneshot::Sender<Answer>,
}

struct Answer {
    engine: Arc<Engine>,
    message: Message,
    key: Key,
    /// The waiting handler, if the lane is given back to it with this answer.
    here: Option<Arc<Seat>>,
    /// Gives the message back to the task that keeps its place in the lane that the bot chose.
    back: Option<oneshot::Sender<Message>>,
    taken: bool,
}

impl Answer {
    fn take(mut self) -> Message {
        self.taken = true;
        self.message.clone()
    }
}

impl Drop for Answer {
    /// An answer that nobody took is handled as if nobody had waited, before the messages after it.
    fn drop(&mut self) {
        if self.taken {
            return;
        }
        let (engine, item) = (&self.engine, self.message.id().0);
        // The message stays unread when the bot is stopping, and when it is dropped where no task can be started.
        if engine.stopping.is_cancelled() || Handle::try_current().is_err() {
            engine.lanes.leave(self.key, item);
        } else if let Err(message) = match self.back.take() {
            Some(back) => back.send(self.message.clone()),
            None => Err(self.message.clone()),
        } {
            engine.put(self.key, Job::Again(message, Duration::ZERO), Some(item), true);
        }
        if let Some(seat) = &self.here {
            seat.lane_stays();
        }
    }
}

/// A message that a wait got and that is still to be taken. If it is dropped instead, it is the next in its lane again.
pub(crate) struct Got {
    answer: Answer,
    /// The handler that waited.
    seat: Option<Arc<Seat>>,
}

impl Got {
    pub(crate) fn take(self) -> Message {
        let Self { answer, seat } = self;
        let (engine, key) = (Arc::clone(&answer.engine), answer.key);
        let message = answer.take();
        match seat {
            Some(seat) => seat.took(key, message.id().0),
            None => engine.done(key, message.id().0),
        }
        message
    }
}

struct EventWaiter {
    wants: WantsEvent,
    answer: oneshot::Sender<Arc<Event>>,
}

/// Those who wait for events, by the kinds of these, and in the order in which they began. A program waits for few kinds
/// of events, however many of its handlers do: most events are seen not to be waited for without a look at each wait.
type EventWaiters = HashMap<Wanted, BTreeMap<u64, EventWaiter>>;

/// A consumer that follows events, one after another.
struct Follower {
    wanted: Wanted,
    queue: mpsc::Sender<Arc<Event>>,
    missed: Arc<AtomicU64>,
}

/// The receiving end of a follower.
pub(crate) struct Followed {
    pub(crate) queue: mpsc::Receiver<Arc<Event>>,
    /// How many events found no room.
    pub(crate) missed: Arc<AtomicU64>,
}

/// All pending waits, and all followers.
#[derive(Default)]
pub(crate) struct Waiters {
    messages: Mutex<HashMap<Key, Vec<Waiter>>>,
    events: Mutex<EventWaiters>,
    /// What the handlers that wait take.
    pub(super) parking: Parking,
    followers: Mutex<Vec<Follower>>,
    following: AtomicUsize,
    /// How many wait for messages, and for events: read without the locks, as usually nobody waits.
    message_count: AtomicUsize,
    event_count: AtomicUsize,
    next: AtomicU64,
}

/// The result of showing a message to the waits.
pub(crate) enum Shown {
    /// No wait wants it.
    Unwanted,
    /// A wait took it.
    Taken,
    /// A handler of this very lane took it: the lane must be given to that handler. In a lane that the bot chose, it
    /// may give the message back.
    TakenHere(oneshot::Sender<Hold>, Option<oneshot::Receiver<Message>>),
}

impl Waiters {
    /// Shows a message to the waits for its chat: if it quotes a question, to the one that asked it, else in the order in
    /// which they began.
    pub(crate) fn show(&self, engine: &Arc<Engine>, key: Key, message: &Message) -> Shown {
        // A message that is handled again came before the question.
        if !self.want_messages() || engine.journal.has_begun(message.id().0) {
            return Shown::Unwanted;
        }
        let lane = engine.turns.as_ref().map(|turns| turns.lane_of(key, message));
        let mut waiting = self.messages();
        let Some(waiters) = waiting.get_mut(&key) else { return Shown::Unwanted };
        let quoted = message.quoted().and_then(|quoted| quoted.item_id);
        let asked = |waiter: &Waiter| quoted.is_some_and(|quoted| waiter.asked.has(quoted)) && (waiter.wants)(message);
        let at = waiters.iter().position(asked).or_else(|| waiters.iter().position(|waiter| (waiter.wants)(message)));
        let Some(at) = at else { return Shown::Unwanted };
        let Waiter { seat, answer, .. } = waiters.remove(at);
        let here = seat.filter(|seat| seat.is_in(key, lane));
        let turn = here.as_ref().map(|seat| seat.lane_comes());
        let (back, given_back) = turn.as_ref().and(lane).map(|_| oneshot::channel()).unzip();
        let (engine, message) = (Arc::clone(engine), message.clone());
        // This does not fail: a wait is on the list as long as it can be answered.
        let _ = answer.send(Answer { engine, message, key, here, back, taken: false });
        turn.map_or(Shown::Taken, |turn| Shown::TakenHere(turn, given_back))
    }

    /// Ends the waits for messages of chats that are gone.
    pub(crate) fn drop_chats(&self, is_gone: impl Fn(&Key) -> bool) {
        self.messages().retain(|key, _| !is_gone(key));
    }

    /// Whether anybody waits for messages.
    pub(crate) fn want_messages(&self) -> bool {
        self.message_count.load(Ordering::Acquire) > 0
    }

    /// Whether anybody waits for events of this tag.
    pub(crate) fn want_event(&self, tag: &str) -> bool {
        let waits = || self.events().keys().any(|wanted| wanted.has(tag));
        let follows = || self.followers().iter().any(|follower| follower.wanted.has(tag));
        self.event_count.load(Ordering::Acquire) > 0 && waits()
            || self.following.load(Ordering::Acquire) > 0 && follows()
    }

    /// Shows an event to the waits: the first that wants it takes it. Handlers and followers get it nevertheless.
    pub(crate) fn show_event(&self, tag: &str, event: &Arc<Event>) {
        if self.following.load(Ordering::Acquire) > 0 {
            self.show_followers(tag, event);
        }
        let mut waiting = self.events();
        loop {
            let of_tag = waiting.iter().filter(|(wanted, _)| wanted.has(tag));
            let first = of_tag.filter_map(|(wanted, waiters)| {
                let (number, _) = waiters.iter().find(|(_, waiter)| (waiter.wants)(event))?;
                Some((*number, *wanted))
            });
            let Some((number, wanted)) = first.min_by_key(|(number, _)| *number) else { return };
            let waiter = waiting.get_mut(&wanted).and_then(|waiters| waiters.remove(&number));
            if waiter.is_some_and(|waiter| waiter.answer.send(Arc::clone(event)).is_ok()) {
                return;
            }
        }
    }

    fn show_followers(&self, tag: &str, event: &Arc<Event>) {
        let mut followers = self.followers();
        followers.retain(|follower| {
            if !follower.wanted.has(tag) {
                return true;
            }
            match follower.queue.try_send(Arc::clone(event)) {
                Ok(()) => true,
                // The receiver of events never waits for a follower.
                Err(mpsc::error::TrySendError::Full(_)) => {
                    follower.missed.fetch_add(1, Ordering::Relaxed);
                    true
                }
                Err(mpsc::error::TrySendError::Closed(_)) => false,
            }
        });
        self.following.store(followers.len(), Ordering::Release);
    }

    fn followers(&self) -> MutexGuard<'_, Vec<Follower>> {
        self.followers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn messages(&self) -> MutexGuard<'_, HashMap<Key, Vec<Waiter>>> {
        self.messages.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn events(&self) -> MutexGuard<'_, EventWaiters> {
        self.events.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Takes a waiter off the list when its wait ends, in whatever way.
struct Registered<'a, T> {
    waiters: &'a Waiters,
    number: u64,
    key: Option<Key>,
    /// Dropped after the waiter is off the list.
    answered: oneshot::Receiver<T>,
}

impl<T> Registered<'_, T> {
    async fn answered(mut self) -> Result<T, WaitError> {
        // Only the deletion of its chat takes a waiter off the list without an answer.
        (&mut self.answered).await.map_err(|_| WaitError::Gone)
    }
}

impl<T> Drop for Registered<'_, T> {
    fn drop(&mut self) {
        match self.key {
            Some(key) => {
                let mut waiting = self.waiters.messages();
                if let Some(list) = waiting.get_mut(&key) {
                    list.retain(|waiter| waiter.number != self.number);
                    if list.is_empty() {
                        waiting.remove(&key);
                    }
                }
                self.waiters.message_count.fetch_sub(1, Ordering::AcqRel);
            }
            None => {
                self.waiters.events().retain(|_, waiters| {
                    waiters.remove(&self.number);
                    !waiters.is_empty()
                });
                self.waiters.event_count.fetch_sub(1, Ordering::AcqRel);
            }
        }
    }
}

/// Starts waits, for handlers and for code outside of them.
#[derive(Clone)]
pub(crate) struct Waits {
    engine: Weak<Engine>,
    /// The profile whose messages are waited for, if it was chosen.
    user: Option<UserId>,
    /// Whether a client waits, who has no handlers.
    of_client: bool,
    asked: Asked,
}

impl Waits {
    /// The waits of an engine, for code outside of handlers.
    pub(crate) fn of(engine: Weak<Engine>) -> Self {
        Self { engine, user: None, of_client: false, asked: Asked::default() }
    }

    /// The same for a client.
    pub(crate) fn of_client(self) -> Self {
        Self { of_client: true, ..self }
    }

    pub(crate) fn are_of_client(&self) -> bool {
        self.of_client
    }

    /// The waits of the handler or the job that is being polled on this thread; `None` outside of these.
    pub(crate) fn current() -> Option<Self> {
        super::seat::current_engine().map(|engine| Self::of(Arc::downgrade(&engine)))
    }

    /// The same for messages of this profile, if there is one.
    pub(crate) fn in_profile(self, user: Option<UserId>) -> Self {
        Self { user, ..self }
    }

    /// The same for an answer to these questions.
    pub(crate) fn asking(self, asked: &Asked) -> Self {
        Self { asked: asked.clone(), ..self }
    }

    /// The next message in `chat` that `wants` accepts, in the order of its lane.
    ///
    /// # Errors
    /// [`WaitError`] when none came by the deadline, the bot stops, the chat is deleted, or too many wait there.
    ///
    /// # Cancel safety
    /// Cancel safe: a message that came and was not returned yet is the next in its lane again.
    pub(crate) async fn message(
        &self,
        chat: ChatRef,
        deadline: Duration,
        wants: impl Fn(&Message) -> bool + Send + 'static,
    ) -> Result<Got, WaitError> {
        let engine = self.engine.upgrade().ok_or(WaitError::Stopping)?;
        let parked = Seat::here();
        let waiting = parked.as_ref().map(Seat::begin_wait).transpose()?;
        // A handler of another bot waits like any code outside of this bot.
        let seat = parked.clone().filter(|seat| Arc::ptr_eq(seat.engine(), &engine));
        // Without a choice, a handler waits in the profile of what it handles.
        let of_handler = || seat.as_ref().map_or(engine.profiles.own(), |seat| seat.key().user);
        let user = self.user.unwrap_or_else(of_handler);
        let key = Key { user, chat };
        let (answer, answered) = oneshot::channel();
        let number = engine.waiters.next.fetch_add(1, Ordering::Relaxed);
        let (wants, asked) = (Box::new(wants), self.asked.clone());
        let waiter = Waiter { number, wants, asked, seat: seat.clone(), answer };
        {
            let mut waiting = engine.waiters.messages();
            let waiters = waiting.entry(key).or_default();
            if waiters.len() >= MOST {
                return Err(WaitError::TooMany { most: MOST });
            }
            waiters.push(waiter);
        }
        engine.waiters.message_count.fetch_add(1, Ordering::AcqRel);
        let registered = Registered { waiters: &engine.waiters, number, key: Some(key), answered };
        let answer = wait(&engine, waiting, deadline, Awaited::Message(chat), registered.answered()).await?;
        Ok(Got { answer, seat })
    }

    /// The next of the wanted events that `wants` accepts.
    ///
    /// # Errors
    /// As [`message`](Self::message).
    pub(crate) async fn event(
        &self,
        wanted: Wanted,
        deadline: Duration,
        wants: impl Fn(&Event) -> bool + Send + 'static,
    ) -> Result<Arc<Event>, WaitError> {
        let engine = self.engine.upgrade().ok_or(WaitError::Stopping)?;
        let waiting = Seat::here().as_ref().map(Seat::begin_wait).transpose()?;
        let (answer, answered) = oneshot::channel();
        let number = engine.waiters.next.fetch_add(1, Ordering::Relaxed);
        let waiter = EventWaiter { wants: Box::new(wants), answer };
        engine.waiters.events().entry(wanted).or_default().insert(number, waiter);
        engine.waiters.event_count.fetch_add(1, Ordering::AcqRel);
        let registered = Registered { waiters: &engine.waiters, number, key: None, answered };
        wait(&engine, waiting, deadline, Awaited::Event(wanted.tags()), registered.answered()).await
    }

    /// How many wait for events.
    pub(crate) fn of_events(&self) -> usize {
        self.engine.upgrade().map_or(0, |engine| engine.waiters.event_count.load(Ordering::Relaxed))
    }

    /// Follows events from now on; at most `room` are queued, the others are only counted.
    pub(crate) fn follow(&self, wanted: Wanted, room: usize) -> Followed {
        let (sender, queue) = mpsc::channel(room);
        let missed = Arc::<AtomicU64>::default();
        // If the bot has ended, there is nothing to follow: the queue ends at once.
        if let Some(engine) = self.engine.upgrade() {
            let mut followers = engine.waiters.followers();
            // Otherwise those of events that never come would stay.
            followers.retain(|follower| !follower.queue.is_closed());
            followers.push(Follower { wanted, queue: sender, missed: Arc::clone(&missed) });
            engine.waiters.following.store(followers.len(), Ordering::Release);
        }
        Followed { queue, missed }
    }

    /// Waits for something else, with the handler parked meanwhile.
    ///
    /// # Errors
    /// As [`message`](Self::message).
    pub(crate) async fn parked<T>(
        &self,
        deadline: Duration,
        awaited: Awaited,
        something: impl Future<Output = T>,
    ) -> Result<T, WaitError> {
        let engine = self.engine.upgrade().ok_or(WaitError::Stopping)?;
        let waiting = Seat::here().as_ref().map(Seat::begin_wait).transpose()?;
        wait(&engine, waiting, deadline, awaited, async { Ok(something.await) }).await
    }
}

impl fmt::Debug for Waits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Waits")
    }
}

/// Waits until a deadline; a handler leaves its lane if the wait is not over at once.
async fn wait<T>(
    engine: &Arc<Engine>,
    waiting: Option<Waiting>,
    deadline: Duration,
    awaited: Awaited,
    something: impl Future<Output = Result<T, WaitError>>,
) -> Result<T, WaitError> {
    let seat = waiting.as_ref().map(|waiting| Arc::clone(waiting.seat()));
    let of_handler = seat.as_ref().map_or(engine, |seat| seat.engine());
    let result = tokio::select! {
        biased;
        result = timeout(deadline, something) => result.unwrap_or(Err(WaitError::Timeout { after: deadline, awaited })),
        () = engine.stopping.cancelled() => Err(WaitError::Stopping),
        () = of_handler.stopping.cancelled() => Err(WaitError::Stopping),
    };
    drop(waiting);
    let Some(seat) = &seat else { return result };
    // If only a client that the handler waits on ends, the handler's own bot goes on.
    if matches!(result, Err(WaitError::Stopping)) && of_handler.stopping.is_cancelled() {
        seat.cut_off();
    }
    // Dropped after `result`: an answer that is given up is back in the lane before the lane goes on.
    let mut enter = pin!(seat.enter());
    let result = result;
    enter.as_mut().await;
    result
}
