//! What the two passes allocate.

#![allow(clippy::expect_used)]

use simplex_types::{Event, Frame, event, types};

const DIRECT: &str = include_str!("data/direct.json");
const DIRECT_7: &str = include_str!("data/direct-7.0.json");
const GROUP: &str = include_str!("data/group.json");

fn first_pass(text: &'static str) -> u64 {
    let bytes = bytes::Bytes::from_static(text.trim_end().as_bytes());
    allocation_counter::measure(|| drop(Frame::parse(bytes))).count_total
}

fn full_decode(text: &'static str) -> u64 {
    let frame = Frame::parse(text.trim_end());
    let mut event = None;
    let info = allocation_counter::measure(|| event = Some(Event::decode(&frame)));
    let event = event.expect("measured").expect("decodes");
    assert!(event.lost.is_empty());
    info.count_total
}

#[test]
fn the_first_pass_allocates_at_most_twice() {
    for text in [DIRECT, DIRECT_7, GROUP] {
        let count = first_pass(text);
        println!("first pass: {count}");
        assert!(count <= 2, "{count} allocations");
    }
}

#[test]
fn a_direct_message_decodes_with_at_most_fifty_allocations() {
    for text in [DIRECT, DIRECT_7] {
        let count = full_decode(text);
        println!("full decode: {count}");
        assert!(count <= 50, "{count} allocations");
    }
}

#[test]
fn a_large_group_event_allocates_no_more_than_its_texts_and_boxes_need() {
    let count = full_decode(GROUP);
    println!("group: {count}");
    // Nine items, each with a dozen texts that people or the core chose, and boxes for the group, its member and the item.
    assert!(count <= 9 * 24, "{count} allocations");
}

#[test]
fn events_and_items_are_small() {
    println!(
        "Event {} ChatItem {} AChatItem {} NewChatItems {} Contact {} GroupMember {}",
        size_of::<Event>(),
        size_of::<types::ChatItem>(),
        size_of::<types::AChatItem>(),
        size_of::<event::NewChatItems>(),
        size_of::<types::Contact>(),
        size_of::<types::GroupMember>()
    );
    assert!(size_of::<Event>() <= 64);
    assert!(size_of::<types::ChatItem>() <= 512);
    assert!(size_of::<types::AChatItem>() <= 512);
}
