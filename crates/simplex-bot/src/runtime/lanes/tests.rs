use super::*;

fn lanes(entries: usize) -> Lanes<u8, char> {
    Lanes::new(Budget { entries, bytes: 1000, working: 100, reading: 100 })
}

fn item(item: i64, job: char) -> Entry<char> {
    Entry { item: Some(item), bytes: 1, stale: false, news: None, job }
}

fn job(next: Next<char>) -> Option<char> {
    match next {
        Next::Job(entry) => Some(entry.job),
        _ => None,
    }
}

#[test]
fn a_lane_is_first_in_first_out_and_gone_when_its_items_are_marked() {
    let lanes = lanes(10);
    assert!(matches!(lanes.offer(1, item(10, 'a')), Put::Open(_)));
    assert!(matches!(lanes.offer(1, item(11, 'b')), Put::Queued));
    assert!(matches!(lanes.offer(2, item(12, 'c')), Put::Open(_)));
    assert_eq!(job(lanes.next(1)), Some('b'));
    assert!(matches!(lanes.next(1), Next::Closed));
    for id in [10, 11] {
        assert_eq!(lanes.handled(1, id), id as usize - 9);
    }
    assert_eq!(lanes.take_handled(), [(1, vec![10, 11])]);
    assert_eq!(lanes.load().lanes, 2);
    lanes.settle(1, &[10, 11]);
    assert!(matches!(lanes.next(2), Next::Closed));
    lanes.settle(2, &[12]);
    assert_eq!(lanes.load(), Load::default());
}

#[test]
fn an_item_is_under_way_once_until_it_is_settled() {
    let lanes = lanes(10);
    lanes.offer(1, item(10, 'a'));
    assert!(matches!(lanes.offer(1, item(10, 'a')), Put::Known));
    assert_eq!(lanes.admit(1, 10), None);
    lanes.handled(1, 10);
    assert!(matches!(lanes.offer(1, item(10, 'a')), Put::Known));
    assert_eq!(lanes.take_handled_of(1), [10]);
    assert!(lanes.knows(10));
    // Not marked after all: it is handed back, and still not handled again.
    lanes.handled(1, 10);
    assert_eq!(lanes.admit(1, 10), None);
    assert_eq!(lanes.take_handled(), [(1, vec![10])]);
    lanes.settle(1, &[10]);
    // Whatever the order of ids: those of a chat do not ascend.
    assert!(matches!(lanes.offer(1, item(9, 'b')), Put::Queued));
    lanes.set_behind(1);
    assert!(lanes.admit(1, 8).is_some() && lanes.admit(1, 11).is_some());
}

#[test]
fn one_lane_may_hold_as_much_as_it_leaves_to_the_others() {
    let lanes = lanes(8);
    lanes.offer(1, item(0, 'a'));
    let queued = (1..20).filter(|id| matches!(lanes.offer(1, item(*id, 'a')), Put::Queued)).count();
    assert_eq!(queued, 4);
    lanes.offer(2, item(100, 'b'));
    assert!(matches!(lanes.offer(2, item(101, 'b')), Put::Queued));
    // What was left is read from the database when the queue is empty.
    for _ in 0..4 {
        assert_eq!(job(lanes.next(1)), Some('a'));
    }
    assert!(matches!(lanes.next(1), Next::Behind));
    assert_eq!(lanes.left(1), Some(Behind { left: 15, first: 5, missed: false, changes: 0 }));
    assert!(matches!(lanes.offer(1, item(20, 'a')), Put::Left));
    assert!(!lanes.caught_up(1, 15));
    assert!(lanes.caught_up(1, 16));
    assert!(matches!(lanes.next(1), Next::Closed));
    assert!(matches!(lanes.offer(1, item(21, 'a')), Put::Open(_)));
}

#[test]
fn bytes_are_bounded_too() {
    let lanes = Lanes::new(Budget { entries: 100, bytes: 10, working: 100, reading: 100 });
    let large = |id| Entry { item: Some(id), bytes: 4, stale: false, news: None, job: 'a' };
    lanes.offer(1, large(0));
    assert!(matches!(lanes.offer(1, large(1)), Put::Queued));
    assert!(matches!(lanes.offer(1, large(2)), Put::Left));
    assert_eq!((lanes.load().bytes, lanes.load().entries), (4, 1));
}

#[test]
fn bytes_that_workers_have_in_hand_count_until_they_ask_for_the_next() {
    let lanes = Lanes::new(Budget { entries: 100, bytes: 10, working: 100, reading: 100 });
    let large = |id| Entry { item: Some(id), bytes: 4, stale: false, news: None, job: 'a' };
    let event = || Entry { item: None, ..large(0) };
    assert!(matches!(lanes.offer(1, large(1)), Put::Open(_)));
    assert!(matches!(lanes.offer(1, large(2)), Put::Queued));
    // Each other chat would have but one in hand.
    assert!(matches!(lanes.offer(2, large(3)), Put::Behind));
    assert!(matches!(lanes.offer(3, event()), Put::Left));
    assert_eq!(job(lanes.next(1)), Some('a'));
    assert!(matches!(lanes.offer(3, event()), Put::Open(_)));
    assert!(matches!(lanes.offer(4, event()), Put::Left));
    for lane in [1, 3] {
        assert!(matches!(lanes.next(lane), Next::Closed));
    }
    for id in [4, 5] {
        assert!(matches!(lanes.offer(id, large(id.into())), Put::Open(_)));
    }
    assert_eq!(lanes.load().bytes, 0, "nothing is queued");
}

#[test]
fn what_must_find_room_does_and_may_go_first() {
    let lanes = lanes(1);
    lanes.offer(1, item(0, 'a'));
    lanes.offer(1, item(1, 'b'));
    lanes.put(1, 'c', None, false);
    lanes.put(1, 'd', None, true);
    let order: Vec<_> = std::iter::from_fn(|| job(lanes.next(1))).collect();
    assert_eq!(order, ['d', 'b', 'c']);
}

#[test]
fn at_the_end_items_are_dropped_and_handlers_may_still_go_on() {
    let lanes = lanes(10);
    lanes.offer(1, item(0, 'a'));
    lanes.offer(1, item(1, 'b'));
    lanes.put(1, 't', None, false);
    lanes.set_behind(1);
    assert_eq!(lanes.end(), [1]);
    assert!(matches!(lanes.offer(1, item(2, 'c')), Put::Left));
    assert_eq!(lanes.admit(1, 3), None);
    assert_eq!(job(lanes.next(1)), Some('t'));
    assert!(matches!(lanes.next(1), Next::Closed));
    lanes.handled(1, 0);
    assert_eq!(lanes.take_handled(), [(1, vec![0])]);
}

#[test]
fn a_change_of_a_queued_item_is_noted_at_it() {
    let lanes = lanes(10);
    lanes.offer(1, item(0, 'a'));
    lanes.offer(1, item(1, 'b'));
    lanes.offer(1, item(2, 'c'));
    lanes.set_stale(1, 1);
    lanes.set_stale(1, 9);
    assert!(!lanes.has_changed(1, 0));
    assert!(matches!(lanes.next(1), Next::Job(Entry { stale: true, .. })));
    assert!(matches!(lanes.next(1), Next::Job(Entry { stale: false, .. })));
}

#[test]
fn a_change_of_an_item_that_its_worker_has_is_noted_until_the_worker_asks() {
    let lanes = lanes(10);
    lanes.offer(1, item(0, 'a'));
    lanes.offer(1, item(1, 'b'));
    assert!(!lanes.has_changed(1, 0));
    lanes.set_stale(1, 0);
    assert!(lanes.has_changed(1, 0) && !lanes.has_changed(1, 0));
    lanes.next(1);
    lanes.set_stale(1, 1);
    assert!(!lanes.has_changed(1, 0));
    lanes.waits(1, 1);
    assert!(lanes.begins(1) && !lanes.has_changed(1, 1));
    lanes.set_behind(2);
    assert!(lanes.admit(2, 2).is_some());
    lanes.set_stale(2, 2);
    assert!(lanes.has_changed(2, 2));
    lanes.set_all_stale(|key| *key == 2, |_, item| item == 2);
    assert!(lanes.has_changed(2, 2));
    lanes.drop_items(|key| *key == 2);
    assert!(lanes.has_changed(2, 2));
}

#[test]
fn a_change_of_an_item_that_waits_to_begin_is_noted_too_and_so_is_the_end_of_its_chat() {
    let lanes = lanes(10);
    for (key, id) in [(1, 0), (2, 1), (3, 2)] {
        lanes.offer(key, item(id, 'a'));
        lanes.waits(key, id);
    }
    lanes.set_stale(1, 0);
    assert!(lanes.drop_items(|key| *key == 2).is_empty());
    assert_eq!([0, 1, 2].map(|item| lanes.begins(item)), [true, true, false]);
}

#[test]
fn an_item_read_from_the_database_is_not_taken_from_its_late_event() {
    let lanes = lanes(10);
    lanes.set_behind(1);
    assert!(lanes.admit(1, 5).is_some());
    lanes.handled(1, 5);
    lanes.take_handled();
    lanes.settle(1, &[5]);
    let left = lanes.left(1).unwrap().left;
    assert!(lanes.caught_up(1, left));
    assert!(matches!(lanes.next(1), Next::Closed));
    assert!(matches!(lanes.offer(1, item(5, 'a')), Put::Known));
    lanes.forget();
    assert!(matches!(lanes.offer(1, item(5, 'a')), Put::Known));
    lanes.forget();
    assert_eq!(lanes.remembered(), 0);
}

#[test]
fn an_item_marked_while_its_chat_is_read_is_not_taken_from_a_page_of_before() {
    let lanes = lanes(10);
    lanes.offer(1, item(5, 'a'));
    lanes.handled(1, 5);
    lanes.set_behind(1);
    let taken = lanes.take_handled_of(1);
    lanes.settle(1, &taken);
    assert!(lanes.knows(5));
}

#[test]
fn of_news_about_one_thing_the_latest_waits_in_the_place_of_the_first() {
    let lanes = lanes(10);
    let news = |of: i64, bytes: usize, job: char| Entry { item: None, bytes, stale: false, news: Some(('s', of)), job };
    assert!(matches!(lanes.offer(1, news(7, 1, 'a')), Put::Open(_)));
    assert!(matches!(lanes.offer(1, news(7, 1, 'b')), Put::Queued));
    assert!(matches!(lanes.offer(1, news(8, 1, 'c')), Put::Queued));
    assert!(matches!(lanes.offer(1, news(7, 5, 'd')), Put::Replaced));
    assert!(matches!(lanes.offer(2, news(7, 1, 'e')), Put::Open(_)), "another lane's are other news");
    assert_eq!((lanes.load().entries, lanes.load().bytes), (2, 6));
    assert_eq!([job(lanes.next(1)), job(lanes.next(1)), job(lanes.next(1))], [Some('d'), Some('c'), None]);
    assert!(matches!(lanes.next(2), Next::Closed));
    assert_eq!(lanes.load(), Load::default());
}

#[test]
fn what_is_queued_of_a_chat_that_is_gone_is_dropped() {
    let lanes = lanes(10);
    lanes.offer(1, item(10, 'a'));
    lanes.offer(1, item(11, 'b'));
    lanes.offer(1, Entry { item: None, bytes: 1, stale: false, news: None, job: 'e' });
    lanes.offer(2, item(12, 'c'));
    lanes.offer(2, item(13, 'd'));
    assert!(!lanes.set_behind(1));
    assert_eq!(lanes.drop_items(|key| *key == 1), [11]);
    assert_eq!((lanes.load().entries, lanes.load().bytes, lanes.load().behind), (2, 2, 0));
    // What is being handled ends as usual, and events are still handled.
    assert_eq!([job(lanes.next(1)), job(lanes.next(1))], [Some('e'), None]);
    assert!(!lanes.knows(11));
    assert_eq!(job(lanes.next(2)), Some('d'));
}

#[test]
fn what_was_read_is_remembered_while_a_lane_reads_and_so_are_the_last_ones_of_many() {
    let lanes = lanes(10);
    lanes.set_behind(1);
    assert!(lanes.admit(1, 5).is_some());
    lanes.forget();
    lanes.forget();
    assert!(lanes.knows(5));
    lanes.settle(1, &[5]);
    // Two calls in a row forget nothing when few items were read since.
    lanes.forget_all_but(0);
    lanes.forget_all_but(0);
    assert!(lanes.knows(5));
    assert!(lanes.admit(1, 6).is_some());
    lanes.forget_all_but(0);
    assert!(lanes.knows(6) && !lanes.knows(5));
}

#[test]
fn changes_in_a_chat_that_is_read_are_counted_whatever_they_are_of() {
    let lanes = lanes(10);
    lanes.set_behind(1);
    lanes.set_stale(1, 7);
    assert_eq!(lanes.left(1).unwrap().changes, 1);
    lanes.set_stale(2, 7);
    assert_eq!(lanes.left(2), None);
}

#[test]
fn what_is_read_of_a_chat_that_is_gone_is_not_taken() {
    let lanes = lanes(10);
    lanes.set_behind(1);
    lanes.set_stale(1, 7);
    assert_eq!(lanes.admit(1, 5), Some(Behind { left: 1, first: i64::MAX, missed: true, changes: 1 }));
    lanes.drop_items(|key| *key == 1);
    assert_eq!((lanes.admit(1, 6), lanes.knows(6)), (None, false));
    assert_eq!((lanes.admit(2, 6), lanes.load().lanes), (None, 1));
}

#[test]
fn of_many_lanes_only_so_many_are_worked_on_with_items_or_events_in_hand() {
    let lanes = Lanes::new(Budget { entries: 10, bytes: 1000, working: 2, reading: 1 });
    let event = || Entry { item: None, bytes: 1, stale: false, news: None, job: 'e' };
    assert!(matches!(lanes.offer(1, item(1, 'a')), Put::Open(_)));
    assert!(matches!(lanes.offer(2, event()), Put::Open(_)));
    assert!(matches!(lanes.offer(3, event()), Put::Left));
    assert!(matches!(lanes.offer(2, event()), Put::Queued));
    assert!(matches!(lanes.offer(3, item(2, 'a')), Put::Behind));
    assert!(matches!(lanes.next(3), Next::Behind));
    assert!(matches!(lanes.offer(3, item(3, 'a')), Put::Left));
    // What must not be dropped always finds room.
    assert!(matches!(lanes.put(4, 't', None, true), Put::Open(_)));
    assert!(lanes.caught_up(3, 2));
    for lane in [3, 4, 1] {
        assert!(matches!(lanes.next(lane), Next::Closed));
    }
    assert!(matches!(lanes.offer(5, item(4, 'a')), Put::Open(_)));
}

#[test]
fn lanes_that_are_behind_read_in_their_turn() {
    let lanes = Lanes::new(Budget { entries: 10, bytes: 1000, working: 10, reading: 1 });
    for lane in 1..=4 {
        assert!(lanes.set_behind(lane));
    }
    assert!(matches!(lanes.next(1), Next::Behind));
    for lane in 2..=4 {
        assert!(matches!(lanes.next(lane), Next::Closed));
    }
    assert_eq!((lanes.load().behind, lanes.reading()), (4, 1));
    assert_eq!(lanes.may_read(), None);
    // A lane that waits to read does other things meanwhile; the chat of another is deleted.
    assert!(matches!(lanes.put(2, 't', None, true), Put::Open(_)));
    lanes.drop_items(|lane| *lane == 3);
    // Lane 1 is still behind, and comes after those that wait already.
    assert!(matches!(lanes.next(1), Next::Closed));
    assert_eq!(lanes.may_read(), Some(4));
    assert_eq!(lanes.may_read(), None);
    assert!(matches!(lanes.next(2), Next::Closed));
    for (lane, after) in [(4, Some(1)), (1, Some(2)), (2, None)] {
        assert!(lanes.caught_up(lane, 1));
        assert!(matches!(lanes.next(lane), Next::Closed));
        assert_eq!(lanes.may_read(), after);
    }
    assert_eq!(lanes.load(), Load::default());
    assert!(lanes.set_behind(5) && matches!(lanes.next(5), Next::Behind));
}
