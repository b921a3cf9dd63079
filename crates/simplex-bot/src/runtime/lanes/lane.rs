//! One lane: its queue, what of it is under way, and what it left in the database.

use std::collections::{HashSet, VecDeque};

use super::Entry;

#[derive(Debug)]
pub(super) struct Lane<J> {
    pub(super) queue: VecDeque<Entry<J>>,
    pub(super) bytes: usize,
    pub(super) working: bool,
    /// Whether it has one of the places for reading.
    pub(super) reads: bool,
    /// Whether it waits for such a place.
    pub(super) waits: bool,
    pub(super) behind: Option<Behind>,
    /// How many of its items are under way.
    pub(super) under_way: usize,
    pub(super) handled: Vec<i64>,
    /// The item that its worker has, and whether that changed in the database since the worker last asked.
    pub(super) in_hand: Option<(i64, bool)>,
    /// The bytes of what its worker has.
    pub(super) in_hand_bytes: usize,
}

/// What a lane has left in the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Behind {
    /// How many items were left since the lane fell behind; compared by [`caught_up`](super::Lanes::caught_up).
    pub(crate) left: u64,
    /// The lowest id among them.
    pub(crate) first: i64,
    /// Whether there may be items that no event has announced.
    pub(crate) missed: bool,
    /// How many changes to its items were reported since it fell behind: a page that was read before is out of date.
    pub(crate) changes: u64,
}

impl<J> Default for Lane<J> {
    fn default() -> Self {
        Self {
            queue: VecDeque::new(),
            bytes: 0,
            working: false,
            reads: false,
            waits: false,
            behind: None,
            under_way: 0,
            handled: Vec::new(),
            in_hand: None,
            in_hand_bytes: 0,
        }
    }
}

impl<J> Lane<J> {
    pub(super) fn is_idle(&self) -> bool {
        !self.working && self.under_way == 0 && self.handled.is_empty() && self.behind.is_none()
    }

    /// Notes that it has a worker; `true` if the caller must start that worker.
    pub(super) fn open(&mut self, working: &mut usize) -> bool {
        let opens = !std::mem::replace(&mut self.working, true);
        *working += usize::from(opens);
        opens
    }

    /// What the worker gets next; it is done with what it had.
    pub(super) fn pop(&mut self, entries: &mut usize, bytes: &mut usize, in_hand: &mut usize) -> Option<Entry<J>> {
        self.lay_down(in_hand);
        let entry = self.queue.pop_front()?;
        *entries = entries.saturating_sub(1);
        *bytes = bytes.saturating_sub(entry.bytes);
        self.bytes = self.bytes.saturating_sub(entry.bytes);
        self.hand_over(entry.item, entry.bytes, in_hand);
        Some(entry)
    }

    /// The worker gets something, in place of what it had.
    pub(super) fn hand_over(&mut self, item: Option<i64>, bytes: usize, in_hand: &mut usize) {
        self.lay_down(in_hand);
        self.in_hand = item.map(|item| (item, false));
        self.in_hand_bytes = bytes;
        *in_hand += bytes;
    }

    /// The worker is done with what it had.
    fn lay_down(&mut self, in_hand: &mut usize) {
        *in_hand = in_hand.saturating_sub(std::mem::take(&mut self.in_hand_bytes));
    }

    /// The item that the worker has changed; `false` if the worker has another one.
    pub(super) fn change_in_hand(&mut self, is_it: impl Fn(i64) -> bool) -> bool {
        let in_hand = self.in_hand.as_mut().filter(|(item, _)| is_it(*item));
        in_hand.map(|(_, changed)| *changed = true).is_some()
    }

    /// Whether the item that the worker has changed since the last call.
    pub(super) fn has_changed(&mut self, item: i64) -> bool {
        let in_hand = self.in_hand.as_mut().filter(|(in_hand, _)| *in_hand == item);
        in_hand.is_some_and(|(_, changed)| std::mem::take(changed))
    }

    /// Counts an item as under way, unless it is already.
    pub(super) fn take(&mut self, item: Option<i64>, under_way: &mut HashSet<i64>) {
        self.under_way += usize::from(item.is_some_and(|item| under_way.insert(item)));
    }

    /// An item is not under way any more.
    pub(super) fn settle(&mut self, item: i64, under_way: &mut HashSet<i64>) {
        self.under_way = self.under_way.saturating_sub(usize::from(under_way.remove(&item)));
    }

    /// Takes the items off the queue and returns them: they may hold values of the program, not to be dropped under the
    /// lock.
    pub(super) fn drop_items(&mut self, under_way: &mut HashSet<i64>) -> Vec<Entry<J>> {
        let mut dropped = Vec::new();
        for entry in std::mem::take(&mut self.queue) {
            match entry.item {
                Some(item) => {
                    self.settle(item, under_way);
                    self.bytes = self.bytes.saturating_sub(entry.bytes);
                    dropped.push(entry);
                }
                None => self.queue.push_back(entry),
            }
        }
        dropped
    }

    pub(super) fn leave(&mut self, item: Option<i64>) {
        let behind = self.behind.get_or_insert(Behind { left: 0, first: i64::MAX, missed: false, changes: 0 });
        behind.left += 1;
        behind.first = behind.first.min(item.unwrap_or(i64::MAX));
    }
}
