//! Every order in which intake, workers and the marker may meet in the lane map, up to the bound that loom is given.
//!
//! `RUSTFLAGS="--cfg simplex_loom" LOOM_MAX_PREEMPTIONS=5 cargo test -p simplex-bot --lib interleavings`

use std::sync::Arc;

use loom::thread::{self, JoinHandle};

use super::*;

/// The core's side: the unread items in its database.
struct World {
    lanes: Lanes<u8, ()>,
    database: Mutex<Vec<(u8, i64)>>,
    /// Whether the items have changed, and whether that was told.
    changed: Mutex<(bool, bool)>,
    handled: Mutex<Vec<(u8, i64)>>,
    workers: Mutex<Vec<JoinHandle<()>>>,
}

impl World {
    fn new(entries: usize) -> Arc<Self> {
        Self::with(Budget { entries, bytes: 1000, working: 8, reading: 8 })
    }

    fn with(budget: Budget) -> Arc<Self> {
        Arc::new(Self {
            lanes: Lanes::new(budget),
            database: Mutex::default(),
            changed: Mutex::default(),
            handled: Mutex::default(),
            workers: Mutex::default(),
        })
    }

    /// As the core does: stores the item first, and sends the event afterwards.
    fn arrive(self: &Arc<Self>, key: u8, item: i64) {
        self.database.lock().unwrap().push((key, item));
        self.told(key, item);
    }

    fn told(self: &Arc<Self>, key: u8, item: i64) {
        match self.lanes.offer(key, Entry { item: Some(item), bytes: 1, stale: false, news: None, job: () }) {
            Put::Open(entry) => self.start(key, Next::Job(entry)),
            Put::Behind => self.start(key, self.lanes.next(key)),
            _ => {}
        }
    }

    fn start(self: &Arc<Self>, key: u8, first: Next<()>) {
        let world = Arc::clone(self);
        let worker = thread::spawn(move || world.work(key, first));
        self.workers.lock().unwrap().push(worker);
    }

    fn work(self: &Arc<Self>, key: u8, mut next: Next<()>) {
        loop {
            let reads = matches!(next, Next::Behind);
            match next {
                Next::Job(entry) => self.handle(key, entry.item.unwrap()),
                Next::Behind => self.read(key),
                Next::Closed => return,
            }
            next = self.lanes.next(key);
            while let Some(key) = reads.then(|| self.lanes.may_read()).flatten() {
                self.start(key, Next::Behind);
            }
        }
    }

    fn read(&self, key: u8) {
        loop {
            let behind = self.lanes.left(key).unwrap();
            let page = self.database.lock().unwrap().clone();
            let (page_is_new, _) = *self.changed.lock().unwrap();
            let mut found = false;
            for (_, item) in page.into_iter().filter(|(chat, _)| *chat == key) {
                let Some(now) = self.lanes.admit(key, item) else { continue };
                let (_, told) = *self.changed.lock().unwrap();
                let stale = now.changes != behind.changes || self.lanes.has_changed(key, item);
                assert!(page_is_new || stale || !told, "handled as it was before: {item}");
                found = true;
                self.handle(key, item);
            }
            if !found && self.lanes.caught_up(key, behind.left) {
                return;
            }
        }
    }

    fn handle(&self, key: u8, item: i64) {
        let mut handled = self.handled.lock().unwrap();
        assert!(!handled.contains(&(key, item)), "handled twice: {item}");
        handled.push((key, item));
        drop(handled);
        self.lanes.handled(key, item);
    }

    fn mark(&self) {
        for (key, items) in self.lanes.take_handled() {
            self.database.lock().unwrap().retain(|(chat, item)| *chat != key || !items.contains(item));
            self.lanes.settle(key, &items);
        }
    }

    /// Waits for all workers, those started meanwhile included.
    fn join(&self) {
        loop {
            let Some(worker) = self.workers.lock().unwrap().pop() else { return };
            worker.join().unwrap();
        }
    }

    /// Checks that nothing is left, in the database or in the map, and that all was handled in order.
    fn check(&self, expected: &[(u8, i64)]) {
        self.join();
        self.mark();
        assert_eq!(*self.handled.lock().unwrap(), expected);
        assert!(self.database.lock().unwrap().is_empty());
        assert_eq!(self.lanes.load(), Load::default());
    }
}

#[test]
fn a_lane_that_closes_and_one_that_opens_lose_nothing() {
    loom::model(|| {
        let world = World::new(8);
        world.arrive(1, 1);
        world.arrive(1, 2);
        world.mark();
        world.arrive(1, 3);
        world.check(&[(1, 1), (1, 2), (1, 3)]);
    });
}

#[test]
fn what_finds_no_room_is_read_once_while_marks_and_late_events_cross() {
    loom::model(|| {
        let world = World::new(0);
        world.arrive(1, 1);
        world.arrive(1, 2);
        world.mark();
        world.arrive(1, 3);
        world.mark();
        world.check(&[(1, 1), (1, 2), (1, 3)]);
    });
}

#[test]
fn of_two_lanes_that_are_behind_one_reads_after_the_other() {
    loom::model(|| {
        let world = World::with(Budget { entries: 8, bytes: 1000, working: 0, reading: 1 });
        world.arrive(1, 1);
        world.arrive(2, 2);
        world.join();
        world.mark();
        world.handled.lock().unwrap().sort();
        world.check(&[(1, 1), (2, 2)]);
    });
}

#[test]
fn looking_back_and_events_meet_without_a_message_handled_twice() {
    loom::model(|| {
        let world = World::new(8);
        // Stored before the bot looked back; its event comes late.
        world.database.lock().unwrap().push((1, 1));
        if world.lanes.set_behind(1) {
            world.start(1, world.lanes.next(1));
        }
        world.mark();
        world.told(1, 1);
        world.arrive(1, 2);
        world.check(&[(1, 1), (1, 2)]);
    });
}

#[test]
fn a_change_of_what_is_read_from_the_database_is_seen() {
    loom::model(|| {
        let world = World::new(0);
        world.database.lock().unwrap().push((1, 1));
        assert!(world.lanes.set_behind(1));
        world.start(1, world.lanes.next(1));
        world.changed.lock().unwrap().0 = true;
        world.lanes.set_stale(1, 1);
        world.changed.lock().unwrap().1 = true;
        world.check(&[(1, 1)]);
    });
}

#[test]
fn a_stop_leaves_what_it_drops_in_the_database_and_closes_every_lane() {
    loom::model(|| {
        let world = World::new(8);
        world.arrive(1, 1);
        world.arrive(1, 2);
        world.lanes.end();
        world.arrive(1, 3);
        world.join();
        world.mark();
        let mut all = world.database.lock().unwrap().clone();
        let handled = world.handled.lock().unwrap().clone();
        all.extend(&handled);
        all.sort();
        assert_eq!(all, [(1, 1), (1, 2), (1, 3)]);
        assert!(handled.is_sorted());
        assert_eq!(world.lanes.load().lanes, 0);
    });
}

#[test]
fn a_chat_that_is_deleted_while_it_is_worked_on_leaves_an_empty_map() {
    loom::model(|| {
        let world = World::new(8);
        world.arrive(1, 1);
        world.arrive(1, 2);
        world.lanes.drop_items(|key| *key == 1);
        world.mark();
        world.arrive(1, 3);
        world.join();
        world.mark();
        let handled = world.handled.lock().unwrap().clone();
        assert!(handled.is_sorted() && handled.last() == Some(&(1, 3)));
        assert_eq!(world.lanes.load(), Load::default());
    });
}
