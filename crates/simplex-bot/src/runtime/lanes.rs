//! Lanes: one queue per chat. Each lane keeps its order, lanes do not wait for each other, and an empty one is removed.
//!
//! This is the bookkeeping only: no tasks, no time, one short lock. Whoever puts something into an idle lane gets it
//! back as [`Put::Open`] and starts the lane's worker with it; a worker takes what is [`next`](Lanes::next) until the
//! lane closes.
//!
//! A lane also knows which items of its chat are *under way*: queued, being handled, or handled and not marked read
//! yet. That set keeps an item from being handled twice; ids do not ascend within a chat, so a high-water mark would
//! not do. An item that was read from the database is remembered a while longer, because its event may still be on its
//! way ([`forget`](Lanes::forget)). And a lane may be *behind*: it left items in the database, and reads them from
//! there when its queue is empty. The numbers of lanes that read, and of lanes with a worker, are limited; the others
//! only wait in the map.

mod lane;

use std::collections::{HashMap, HashSet, VecDeque};
use std::hash::Hash;
#[cfg(not(simplex_loom))]
use std::sync::{Mutex, MutexGuard};

#[cfg(simplex_loom)]
use loom::sync::{Mutex, MutexGuard};

pub(crate) use lane::Behind;
use lane::Lane;

/// What all lanes together may hold.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Budget {
    /// Entries.
    pub(crate) entries: usize,
    /// Bytes of what they carry, with what the workers have in hand: many chats with one large message each would fill
    /// the memory, too.
    pub(crate) bytes: usize,
    /// Lanes with a worker: each holds one entry that is in no queue any more.
    pub(crate) working: usize,
    /// Lanes that read from the database at the same time.
    pub(crate) reading: usize,
}

/// Something in a lane.
#[derive(Debug)]
pub(crate) struct Entry<J> {
    /// The item that this entry handles, if it handles one.
    pub(crate) item: Option<i64>,
    /// Its size in the budget; 0 if it must not be dropped.
    pub(crate) bytes: usize,
    /// Whether the item changed in the database since it was queued.
    pub(crate) stale: bool,
    /// What it is the latest news of: of two queued entries with the same value, the later replaces the earlier.
    pub(crate) news: Option<News>,
    /// What to do.
    pub(crate) job: J,
}

/// A kind of news, and the item that it is about: only the latest matters.
pub(crate) type News = (char, i64);

/// What happened to something that was offered to a lane.
#[derive(Debug)]
pub(crate) enum Put<J> {
    /// The lane was idle: the caller must start its worker with this.
    Open(Entry<J>),
    /// The lane's worker will take it.
    Queued,
    /// No room, or the lane is behind anyway: an item is left in the database, anything else is dropped.
    Left,
    /// Left in the database, and the lane was idle: the caller must start its worker.
    Behind,
    /// It is under way already.
    Known,
    /// It replaced older news in the queue.
    Replaced,
}

/// What a worker does next.
#[derive(Debug)]
pub(crate) enum Next<J> {
    /// This.
    Job(Entry<J>),
    /// Read the chat from the database.
    Behind,
    /// End: the lane is closed.
    Closed,
}

/// The lanes of one runtime.
#[derive(Debug)]
pub(crate) struct Lanes<K, J> {
    state: Mutex<State<K, J>>,
    budget: Budget,
}

#[derive(Debug)]
struct State<K, J> {
    lanes: HashMap<K, Lane<J>>,
    /// The items under way in all lanes: ids are unique in the database. One set, so that opening a lane allocates
    /// none.
    under_way: HashSet<i64>,
    /// Lanes with handled items that were not taken for marking yet.
    unmarked: Vec<K>,
    /// Items that were read from the database, or settled while their chat was being read: the latest, and those
    /// before.
    read: [HashSet<i64>; 2],
    /// Items that were taken off their queue and wait to begin, each with its lane and whether it changed since.
    beginning: HashMap<i64, (K, bool)>,
    entries: usize,
    bytes: usize,
    /// Bytes of what workers have in hand.
    in_hand: usize,
    working: usize,
    reading: usize,
    /// Lanes that are behind and wait until others have read.
    to_read: VecDeque<K>,
    /// No more items are accepted, neither from outside nor from workers.
    ended: bool,
    /// Items that stay unread since then, for the next run.
    left: HashSet<i64>,
}

impl<K, J> State<K, J> {
    fn knows(&self, item: i64) -> bool {
        self.under_way.contains(&item) || self.read.iter().any(|ids| ids.contains(&item))
    }

    fn forget(&mut self) {
        let [lately, before] = &mut self.read;
        *before = std::mem::take(lately);
    }
}

/// How full the lanes are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Load {
    pub(crate) lanes: usize,
    pub(crate) behind: usize,
    pub(crate) entries: usize,
    pub(crate) bytes: usize,
}

impl<K: Hash + Eq + Copy, J> Lanes<K, J> {
    pub(crate) fn new(budget: Budget) -> Self {
        let state = State {
            lanes: HashMap::new(),
            under_way: HashSet::new(),
            unmarked: Vec::new(),
            read: Default::default(),
            beginning: HashMap::new(),
            entries: 0,
            bytes: 0,
            in_hand: 0,
            working: 0,
            reading: 0,
            to_read: VecDeque::new(),
            ended: false,
            left: HashSet::new(),
        };
        Self { state: Mutex::new(state), budget }
    }

    /// Puts an item, or something that may be dropped when there is no room, at the end of its lane.
    ///
    /// One lane may hold at most as much as is free for all others, so that a chat whose handler is stuck leaves room.
    pub(crate) fn offer(&self, key: K, entry: Entry<J>) -> Put<J> {
        let mut state = self.lock();
        let State { lanes, under_way, read, entries, bytes, in_hand, working, ended, .. } = &mut *state;
        if *ended {
            return Put::Left;
        }
        let was_read = |item: &i64| read.iter().any(|ids| !ids.is_empty() && ids.contains(item));
        if entry.item.as_ref().is_some_and(|item| under_way.contains(item) || was_read(item)) {
            return Put::Known;
        }
        let free_bytes = self.budget.bytes.saturating_sub(*bytes + *in_hand);
        let is_full = *working >= self.budget.working || entry.bytes > free_bytes;
        if is_full && entry.item.is_none() && !lanes.get(&key).is_some_and(|lane| lane.working) {
            return Put::Left;
        }
        let lane = lanes.entry(key).or_default();
        if lane.behind.is_some() && entry.item.is_some() {
            lane.leave(entry.item);
            return Put::Left;
        }
        if lane.open(working) {
            if is_full {
                lane.leave(entry.item);
                return Put::Behind;
            }
            lane.take(entry.item, under_way);
            lane.hand_over(entry.item, entry.bytes, in_hand);
            return Put::Open(entry);
        }
        let older = entry.news.and_then(|news| lane.queue.iter_mut().find(|waiting| waiting.news == Some(news)));
        if let Some(older) = older {
            *bytes = bytes.saturating_sub(older.bytes) + entry.bytes;
            lane.bytes = lane.bytes.saturating_sub(older.bytes) + entry.bytes;
            *older = entry;
            return Put::Replaced;
        }
        let free_entries = self.budget.entries.saturating_sub(*entries);
        if lane.queue.len() >= free_entries || lane.bytes + entry.bytes > free_bytes {
            if entry.item.is_some() {
                lane.leave(entry.item);
            }
            return Put::Left;
        }
        *entries += 1;
        *bytes += entry.bytes;
        lane.bytes += entry.bytes;
        lane.take(entry.item, under_way);
        lane.queue.push_back(entry);
        Put::Queued
    }

    /// Puts something that must not be dropped into a lane: at the front, or at the end.
    pub(crate) fn put(&self, key: K, job: J, item: Option<i64>, front: bool) -> Put<J> {
        let entry = Entry { item, bytes: 0, stale: false, news: None, job };
        let mut state = self.lock();
        let State { lanes, entries, in_hand, working, .. } = &mut *state;
        let lane = lanes.entry(key).or_default();
        if lane.open(working) {
            lane.hand_over(item, 0, in_hand);
            return Put::Open(entry);
        }
        *entries += 1;
        if front {
            lane.queue.push_front(entry)
        } else {
            lane.queue.push_back(entry)
        }
        Put::Queued
    }

    /// Makes a lane read its chat from the database; `true` if the caller must start its worker.
    pub(crate) fn set_behind(&self, key: K) -> bool {
        let mut state = self.lock();
        if state.ended {
            return false;
        }
        let State { lanes, working, .. } = &mut *state;
        let lane = lanes.entry(key).or_default();
        lane.leave(None);
        if let Some(behind) = &mut lane.behind {
            behind.missed = true;
        }
        lane.open(working)
    }

    /// What the worker of a lane does next. After a [`Next::Behind`] the worker must also start the lanes that
    /// [`may_read`](Self::may_read) now.
    pub(crate) fn next(&self, key: K) -> Next<J> {
        let mut state = self.lock();
        let State { lanes, entries, bytes, in_hand, working, reading, to_read, ended, .. } = &mut *state;
        let Some(lane) = lanes.get_mut(&key) else { return Next::Closed };
        *reading -= usize::from(std::mem::take(&mut lane.reads));
        if let Some(entry) = lane.pop(entries, bytes, in_hand) {
            return Next::Job(entry);
        }
        if lane.behind.is_some() && !*ended {
            if *reading < self.budget.reading && to_read.is_empty() {
                *reading += 1;
                lane.reads = true;
                return Next::Behind;
            }
            if !std::mem::replace(&mut lane.waits, true) {
                to_read.push_back(key);
            }
        }
        lane.working = false;
        *working -= 1;
        if lane.is_idle() {
            lanes.remove(&key);
        }
        Next::Closed
    }

    /// A lane that waited until others have read: the caller must start its worker with [`Next::Behind`].
    pub(crate) fn may_read(&self) -> Option<K> {
        let mut state = self.lock();
        let State { lanes, working, reading, to_read, ended, .. } = &mut *state;
        while !*ended && *reading < self.budget.reading {
            let key = to_read.pop_front()?;
            let Some(lane) = lanes.get_mut(&key) else { continue };
            lane.waits = false;
            // A lane that has a worker asks again by itself.
            if lane.behind.is_some() && lane.open(working) {
                *reading += 1;
                lane.reads = true;
                return Some(key);
            }
        }
        None
    }

    /// Whether a lane has a place for reading.
    pub(crate) fn reads(&self, key: K) -> bool {
        self.lock().lanes.get(&key).is_some_and(|lane| lane.reads)
    }

    /// The number of lanes that read from the database.
    pub(crate) fn reading(&self) -> usize {
        self.lock().reading
    }

    /// Whether lanes wait for a reading place.
    pub(crate) fn others_wait(&self) -> bool {
        !self.lock().to_read.is_empty()
    }

    /// The next entry in the queue of a lane whose worker reads from the database; never closes the lane.
    pub(crate) fn next_aside(&self, key: K) -> Option<Entry<J>> {
        let mut state = self.lock();
        let State { lanes, entries, bytes, in_hand, .. } = &mut *state;
        lanes.get_mut(&key)?.pop(entries, bytes, in_hand)
    }

    /// What a lane has left in the database so far; `None` if it is not behind, or no longer.
    pub(crate) fn left(&self, key: K) -> Option<Behind> {
        self.lock().lanes.get(&key).and_then(|lane| lane.behind)
    }

    /// Makes a lane no longer behind, if it left nothing since [`left`](Self::left) returned `seen`; whether it is
    /// caught up.
    pub(crate) fn caught_up(&self, key: K, seen: u64) -> bool {
        let mut state = self.lock();
        let Some(lane) = state.lanes.get_mut(&key) else { return true };
        let caught_up = lane.behind.is_none_or(|behind| behind.left == seen);
        if caught_up {
            lane.behind = None;
        }
        caught_up
    }

    /// Whether an item is under way, or was a short time ago.
    pub(crate) fn knows(&self, item: i64) -> bool {
        self.lock().knows(item)
    }

    /// Counts an item that was read from the database as under way, and returns what its lane has left there; `None` if
    /// the item was taken before, no more items are accepted, or the lane is no longer behind.
    ///
    /// Under one lock: a change is either among those of the returned value, or noted as one of the item in hand.
    pub(crate) fn admit(&self, key: K, item: i64) -> Option<Behind> {
        let mut state = self.lock();
        if state.ended || state.knows(item) {
            return None;
        }
        let State { lanes, under_way, in_hand, read: [lately, _], .. } = &mut *state;
        let lane = lanes.get_mut(&key)?;
        let behind = lane.behind?;
        lane.take(Some(item), under_way);
        lane.hand_over(Some(item), 0, in_hand);
        lately.insert(item);
        Some(behind)
    }

    /// Forgets the items that were read from the database before the last call. To be called now and then, when no
    /// event is pending: the events of the forgotten items have passed. Does nothing while lanes read: a page may show
    /// them.
    pub(crate) fn forget(&self) {
        let mut state = self.lock();
        if state.lanes.values().all(|lane| lane.behind.is_none()) {
            state.forget();
        }
    }

    /// Forgets the older items when more than `most` were read lately.
    pub(crate) fn forget_all_but(&self, most: usize) {
        let mut state = self.lock();
        let [lately, _] = &state.read;
        if lately.len() > most {
            state.forget();
        }
    }

    /// How many items are remembered and still to be forgotten.
    pub(crate) fn remembered(&self) -> usize {
        self.lock().read.iter().map(HashSet::len).sum()
    }

    /// Notes that items of some lanes changed in the database.
    pub(crate) fn set_all_stale(&self, is_of: impl Fn(&K) -> bool, is_one: impl Fn(&K, i64) -> bool) {
        let mut state = self.lock();
        let State { lanes, beginning, .. } = &mut *state;
        beginning.iter_mut().filter(|(item, (key, _))| is_one(key, **item)).for_each(|(_, (_, stale))| *stale = true);
        for (key, lane) in lanes.iter_mut().filter(|(key, _)| is_of(key)) {
            if let Some(behind) = &mut lane.behind {
                behind.changes += 1;
            }
            lane.change_in_hand(|item| is_one(key, item));
            let changed = |entry: &&mut Entry<J>| entry.item.is_some_and(|item| is_one(key, item));
            lane.queue.iter_mut().filter(changed).for_each(|entry| entry.stale = true);
        }
    }

    /// Notes that an item changed in the database, if its lane has it: queued, in hand, or waiting to begin.
    pub(crate) fn set_stale(&self, key: K, item: i64) {
        let mut state = self.lock();
        let State { lanes, under_way, beginning, .. } = &mut *state;
        let Some(lane) = lanes.get_mut(&key) else { return };
        if let Some(behind) = &mut lane.behind {
            behind.changes += 1;
        }
        if !under_way.contains(&item) {
            return;
        }
        if let Some((_, stale)) = beginning.get_mut(&item) {
            *stale = true;
        } else if !lane.change_in_hand(|in_hand| in_hand == item)
            && let Some(entry) = lane.queue.iter_mut().find(|entry| entry.item == Some(item))
        {
            entry.stale = true;
        }
    }

    /// Whether the item that a lane's worker has changed in the database since it was handed over, or since the last
    /// call: before the worker began with it, for a worker does not begin at once.
    pub(crate) fn has_changed(&self, key: K, item: i64) -> bool {
        self.lock().lanes.get_mut(&key).is_some_and(|lane| lane.has_changed(item))
    }

    /// Notes that an item that was taken off the queue waits to begin.
    pub(crate) fn waits(&self, key: K, item: i64) {
        let mut state = self.lock();
        let changed = state.lanes.get_mut(&key).is_some_and(|lane| lane.has_changed(item));
        state.beginning.insert(item, (key, changed));
    }

    /// Such an item begins; returns whether it changed in the database meanwhile.
    pub(crate) fn begins(&self, item: i64) -> bool {
        self.lock().beginning.remove(&item).is_some_and(|(_, stale)| stale)
    }

    /// Whether no lane has anything to do.
    pub(crate) fn is_empty(&self) -> bool {
        self.lock().lanes.is_empty()
    }

    /// An item was handled and is to be marked; returns how many items of its lane wait for that.
    pub(crate) fn handled(&self, key: K, item: i64) -> usize {
        let mut state = self.lock();
        let State { lanes, under_way, unmarked, .. } = &mut *state;
        let lane = lanes.entry(key).or_default();
        lane.take(Some(item), under_way);
        lane.handled.push(item);
        if lane.handled.len() == 1 {
            unmarked.push(key);
        }
        lane.handled.len()
    }

    /// Items are not under way any more: they were marked, or stay unread.
    pub(crate) fn settle(&self, key: K, items: &[i64]) {
        let mut state = self.lock();
        let State { lanes, under_way, read: [lately, _], .. } = &mut *state;
        let Some(lane) = lanes.get_mut(&key) else { return };
        for item in items {
            lane.settle(*item, under_way);
        }
        if lane.behind.is_some() {
            // A page that is being read may show them unread.
            lately.extend(items);
        }
        if lane.is_idle() {
            lanes.remove(&key);
        }
    }

    /// The same for an item that stays unread for the next run, as no more items are accepted.
    pub(crate) fn leave(&self, key: K, item: i64) {
        self.lock().left.insert(item);
        self.settle(key, &[item]);
    }

    /// Items that were left are marked read already: the next run does not find them.
    pub(crate) fn come_no_more(&self, items: &[i64]) {
        let mut state = self.lock();
        for item in items {
            state.left.remove(item);
        }
    }

    /// Whether an item stays unread for the next run.
    pub(crate) fn is_left(&self, item: i64) -> bool {
        self.lock().left.contains(&item)
    }

    /// Takes the handled items of all lanes, to be marked. They stay under way until they are
    /// [`settle`](Self::settle)d, or handed back by [`handled`](Self::handled).
    pub(crate) fn take_handled(&self) -> Vec<(K, Vec<i64>)> {
        let mut state = self.lock();
        let State { lanes, unmarked, .. } = &mut *state;
        let taken = unmarked.drain(..).filter_map(|key| Some((key, std::mem::take(&mut lanes.get_mut(&key)?.handled))));
        taken.filter(|(_, items)| !items.is_empty()).collect()
    }

    /// The same for one lane.
    pub(crate) fn take_handled_of(&self, key: K) -> Vec<i64> {
        let mut state = self.lock();
        state.unmarked.retain(|unmarked| *unmarked != key);
        state.lanes.get_mut(&key).map(|lane| std::mem::take(&mut lane.handled)).unwrap_or_default()
    }

    pub(crate) fn is_ended(&self) -> bool {
        self.lock().ended
    }

    /// Accepts no more items, and drops the queued ones: they stay unread in the database. Returns them.
    pub(crate) fn end(&self) -> Vec<i64> {
        let mut state = self.lock();
        let State { lanes, under_way, entries, bytes, ended, left, .. } = &mut *state;
        *ended = true;
        (*entries, *bytes) = (0, 0);
        let mut dropped = Vec::new();
        for lane in lanes.values_mut() {
            dropped.append(&mut lane.drop_items(under_way));
            *entries += lane.queue.len();
            lane.bytes = 0;
            lane.queue.iter_mut().for_each(|entry| entry.bytes = 0);
        }
        let items: Vec<i64> = dropped.iter().filter_map(|entry| entry.item).collect();
        left.extend(&items);
        drop(state);
        items
    }

    /// Drops the queued items of lanes whose chats are gone, and forgets what these lanes left in the database. Returns
    /// the items.
    pub(crate) fn drop_items(&self, is_gone: impl Fn(&K) -> bool) -> Vec<i64> {
        let mut state = self.lock();
        let State { lanes, under_way, beginning, entries, bytes, .. } = &mut *state;
        beginning.values_mut().filter(|(key, _)| is_gone(key)).for_each(|(_, stale)| *stale = true);
        let mut dropped = Vec::new();
        for (_, lane) in lanes.iter_mut().filter(|(key, _)| is_gone(key)) {
            lane.behind = None;
            lane.change_in_hand(|_| true);
            let before = (lane.queue.len(), lane.bytes);
            dropped.append(&mut lane.drop_items(under_way));
            *entries = entries.saturating_sub(before.0 - lane.queue.len());
            *bytes = bytes.saturating_sub(before.1 - lane.bytes);
        }
        lanes.retain(|_, lane| !lane.is_idle());
        drop(state);
        dropped.iter().filter_map(|entry| entry.item).collect()
    }

    /// How full the lanes are.
    pub(crate) fn load(&self) -> Load {
        let state = self.lock();
        Load {
            lanes: state.lanes.len(),
            behind: state.lanes.values().filter(|lane| lane.behind.is_some()).count(),
            entries: state.entries,
            bytes: state.bytes,
        }
    }

    // No code that can panic runs under the lock, so a poisoned map is whole.
    #[cfg(not(simplex_loom))]
    fn lock(&self) -> MutexGuard<'_, State<K, J>> {
        self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    #[cfg(simplex_loom)]
    fn lock(&self) -> MutexGuard<'_, State<K, J>> {
        self.state.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

#[cfg(all(test, simplex_loom))]
mod interleavings;
#[cfg(all(test, not(simplex_loom)))]
mod tests;
