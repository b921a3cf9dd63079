//! Lanes by a key that the bot chooses: messages with one key are handled one after another, others in parallel.
//!
//! The lane of a chat keeps its tasks: it takes the chat's messages in their order, and knows which are under way,
//! which are left in the database and which are to be marked. But its worker does not handle them itself: it hands each
//! to a task, which waits until the previous message with the same key is done, from whatever chat. The number of
//! messages that are handed out is limited for each chat and for all together; at the limit, workers wait. Messages are
//! marked one by one, so a message that others of its chat overtook is not lost.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

use crate::handler::caught;
use crate::message::Message;

use super::Key;

/// The most messages of one chat that are handed out at the same time.
const ROOM: u32 = 64;

/// The hash of a message's key: two keys with the same hash wait for each other, which does no harm.
pub(crate) type LaneBy = Box<dyn Fn(&Message) -> u64 + Send + Sync>;

pub(crate) fn hashed(key: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    hasher.finish()
}

/// The order of the messages in the lanes that the bot chooses.
pub(super) struct Turns {
    lane_by: LaneBy,
    /// Limits what the messages handed out in all chats take of the memory: those that wait for their turn are in no
    /// queue.
    places: Arc<Semaphore>,
    most: u32,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    numbers: u64,
    /// The last turn that was handed out for each key: its number, and a receiver that ends with it.
    last: HashMap<u64, (u64, oneshot::Receiver<()>)>,
    /// Messages that wait for room or for their turn, and what happened to them meanwhile.
    waiting: HashMap<i64, (Key, Meanwhile)>,
    /// The room of chats that have something handed out.
    rooms: HashMap<Key, Arc<Semaphore>>,
}

/// What happened to a message while it waited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meanwhile {
    Nothing,
    /// It changed in the database.
    Changed,
    /// Its chat is gone.
    Gone,
}

/// A place in the order of a key; the next one waits until this is dropped.
pub(super) struct Turn {
    turns: Arc<Turns>,
    lane: u64,
    number: u64,
    before: Option<oneshot::Receiver<()>>,
    waiting: Option<Waiting>,
    _room: Option<Room>,
    _place: Option<OwnedSemaphorePermit>,
    _done: oneshot::Sender<()>,
}

/// A message that waits, until this is dropped.
struct Waiting {
    turns: Arc<Turns>,
    item: i64,
}

/// Room of a chat that is taken until this is dropped.
pub(super) struct Room {
    turns: Arc<Turns>,
    key: Key,
    permit: Option<OwnedSemaphorePermit>,
}

impl Turns {
    pub(super) fn new(lane_by: LaneBy, most: usize) -> Arc<Self> {
        let most = u32::try_from(most.min(Semaphore::MAX_PERMITS)).unwrap_or(u32::MAX);
        Arc::new(Self { lane_by, places: Arc::new(Semaphore::new(most as usize)), most, state: Mutex::default() })
    }

    /// The lane of a message. If the bot's function panics, it is the chat's.
    pub(super) fn lane_of(&self, key: Key, message: &Message) -> u64 {
        caught(|| (self.lane_by)(message)).unwrap_or_else(|_| {
            tracing::error!(chat = %key.chat, item = %message.id(), "the function that chooses lanes panicked");
            hashed(key)
        })
    }

    /// Takes a message's place in its lane, once its chat and all chats together have room.
    pub(super) async fn take(self: &Arc<Self>, key: Key, lane: u64, item: i64, units: u32) -> Turn {
        self.state().waiting.insert(item, (key, Meanwhile::Nothing));
        let waiting = Waiting { turns: Arc::clone(self), item };
        let room = self.room(key, 1).await;
        // It is never closed.
        let place = Arc::clone(&self.places).acquire_many_owned(units.min(self.most)).await.ok();
        self.enter(lane, Some(waiting), Some(room), place)
    }

    /// Takes a place for a handler that continues: behind everything that is handed out.
    pub(super) fn take_again(self: &Arc<Self>, lane: u64) -> Turn {
        self.enter(lane, None, None, None)
    }

    fn enter(
        self: &Arc<Self>,
        lane: u64,
        waiting: Option<Waiting>,
        room: Option<Room>,
        place: Option<OwnedSemaphorePermit>,
    ) -> Turn {
        let (done, after) = oneshot::channel();
        let mut state = self.state();
        state.numbers += 1;
        let number = state.numbers;
        let before = state.last.insert(lane, (number, after)).map(|(_, before)| before);
        drop(state);
        Turn { turns: Arc::clone(self), lane, number, before, waiting, _room: room, _place: place, _done: done }
    }

    /// Waits until nothing of a chat is handed out, and keeps it so until the result is dropped.
    pub(super) async fn all_of(self: &Arc<Self>, key: Key) -> Room {
        self.room(key, ROOM).await
    }

    async fn room(self: &Arc<Self>, key: Key, of: u32) -> Room {
        let new = || Arc::new(Semaphore::new(ROOM as usize));
        let semaphore = Arc::clone(self.state().rooms.entry(key).or_insert_with(new));
        // Made before the wait, so that a cancelled wait cleans up.
        let mut room = Room { turns: Arc::clone(self), key, permit: None };
        // Never closed.
        room.permit = semaphore.acquire_many_owned(of).await.ok();
        room
    }

    /// Notes that an item changed in the database.
    pub(super) fn set_stale(&self, item: i64) {
        if let Some((_, meanwhile @ Meanwhile::Nothing)) = self.state().waiting.get_mut(&item) {
            *meanwhile = Meanwhile::Changed;
        }
    }

    /// Notes that items changed in the database.
    pub(super) fn set_all_stale(&self, is_one: impl Fn(&Key, i64) -> bool) {
        for (item, (key, meanwhile)) in &mut self.state().waiting {
            if *meanwhile == Meanwhile::Nothing && is_one(key, *item) {
                *meanwhile = Meanwhile::Changed;
            }
        }
    }

    /// Notes that chats are gone.
    pub(super) fn set_gone(&self, is_gone: impl Fn(&Key) -> bool) {
        for (key, meanwhile) in self.state().waiting.values_mut() {
            if is_gone(key) {
                *meanwhile = Meanwhile::Gone;
            }
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Turn {
    /// Waits until this is next in its lane.
    pub(super) async fn come(&mut self) -> Meanwhile {
        if let Some(before) = self.before.take() {
            // Nothing is ever sent: this ends when the sender is dropped.
            let _ = before.await;
        }
        self.waiting.take().map_or(Meanwhile::Nothing, |waiting| waiting.over())
    }
}

impl Waiting {
    /// Ends the waiting; returns what happened to the message meanwhile.
    fn over(&self) -> Meanwhile {
        self.turns.state().waiting.remove(&self.item).map_or(Meanwhile::Nothing, |(_, meanwhile)| meanwhile)
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.over();
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut state = self.turns.state();
        if state.last.get(&self.lane).is_some_and(|(number, _)| *number == self.number) {
            state.last.remove(&self.lane);
        }
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        let mut state = self.turns.state();
        drop(self.permit.take());
        // Each task that waits for room also holds the semaphore.
        if state.rooms.get(&self.key).is_some_and(|room| Arc::strong_count(room) == 1) {
            state.rooms.remove(&self.key);
        }
    }
}
