//! Lanes: one queue per chat, in order inside, independent across; gone when empty.
//!
//! This is the bookkeeping only: no tasks, no time. Whoever [`push`](Lanes::push)es to a lane that was idle starts its
//! worker; a worker takes jobs with [`next`](Lanes::next) until there are none, which closes the lane.

use std::collections::{HashMap, VecDeque};
use std::hash::Hash;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The lanes of one runtime.
#[derive(Debug)]
pub(crate) struct Lanes<K, J> {
    open: Mutex<HashMap<K, VecDeque<J>>>,
}

/// Whether a pushed job needs somebody to work on its lane.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Pushed {
    /// The lane was idle: its worker is to be started by the caller.
    Opened,
    /// The lane's worker will take the job.
    Queued,
}

impl<K: Hash + Eq + Clone, J> Lanes<K, J> {
    pub(crate) fn new() -> Self {
        Self { open: Mutex::new(HashMap::new()) }
    }

    /// Puts `job` at the end of its lane.
    pub(crate) fn push(&self, key: &K, job: J) -> Pushed {
        let mut open = self.lock();
        match open.get_mut(key) {
            Some(queue) => {
                queue.push_back(job);
                Pushed::Queued
            }
            None => {
                open.insert(key.clone(), VecDeque::from([job]));
                Pushed::Opened
            }
        }
    }

    /// The next job of a lane; `None` closes it.
    pub(crate) fn next(&self, key: &K) -> Option<J> {
        let mut open = self.lock();
        let job = open.get_mut(key)?.pop_front();
        if job.is_none() {
            open.remove(key);
        }
        job
    }

    /// Empties every lane: what waited is dropped, workers close their lanes at their next turn.
    pub(crate) fn clear(&self) -> usize {
        self.lock().values_mut().map(|queue| std::mem::take(queue).len()).sum()
    }

    /// How many lanes are open.
    #[cfg(test)]
    pub(crate) fn len(&self) -> usize {
        self.lock().len()
    }

    // No code that can panic runs under the lock, so a poisoned map is whole.
    fn lock(&self) -> MutexGuard<'_, HashMap<K, VecDeque<J>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lane_is_first_in_first_out_and_gone_when_empty() {
        let lanes = Lanes::new();
        assert_eq!(lanes.push(&1, 'a'), Pushed::Opened);
        assert_eq!(lanes.push(&1, 'b'), Pushed::Queued);
        assert_eq!(lanes.push(&2, 'c'), Pushed::Opened);
        assert_eq!((lanes.next(&1), lanes.next(&1), lanes.len()), (Some('a'), Some('b'), 2));
        assert_eq!((lanes.next(&1), lanes.len()), (None, 1));
        assert_eq!(lanes.push(&1, 'd'), Pushed::Opened);
    }

    #[test]
    fn a_cleared_lane_stays_open_until_its_worker_sees_it() {
        let lanes = Lanes::new();
        lanes.push(&1, 'a');
        assert_eq!(lanes.clear(), 1);
        assert_eq!(lanes.push(&1, 'b'), Pushed::Queued);
        assert_eq!((lanes.next(&1), lanes.next(&1)), (Some('b'), None));
    }
}
