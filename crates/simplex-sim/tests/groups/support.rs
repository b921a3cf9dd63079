//! The numbers of support chats. What was not recorded follows the core's sources.

use super::{FULL, Group, NOW};
use crate::common::Commands;

/// Bob asks for help in his support chat.
fn asks(g: &mut Group) -> i64 {
    let content = r#"[{"msgContent":{"type":"text","text":"help"},"mentions":{}}]"#;
    let sent = g.ok(g.bob, &format!("/_send #1(_support) json {content}"));
    sent["chatItems"][0]["chatItem"]["meta"]["itemId"].as_i64().unwrap()
}

/// How many items of it Alice has not read, and how many wait for her answer.
fn unread(g: &mut Group) -> (i64, i64) {
    let members = g.ok(g.alice, "/member support chats #team")["members"].clone();
    let chat = &members[0]["supportChat"];
    (chat["unread"].as_i64().unwrap(), chat["memberAttention"].as_i64().unwrap())
}

#[test]
fn what_is_deleted_unread_in_a_support_chat_counts_no_more() {
    let mut g = Group::new(FULL, NOW);
    let (first, _, _) = (asks(&mut g), asks(&mut g), asks(&mut g));
    assert_eq!(unread(&mut g), (3, 3));
    g.ok(g.bob, &format!("/_delete item #1(_support) {first} broadcast"));
    assert_eq!(unread(&mut g), (2, 2));
    let bob = g.member(g.alice, "bob");
    let events = g.events(g.alice);
    let ids: Vec<_> = events.iter().filter_map(|e| e["chatItems"][0]["chatItem"]["meta"]["itemId"].as_i64()).collect();
    let [.., second, third] = ids[..] else { panic!("{ids:?}") };
    g.ok(g.alice, &format!("/_delete item #1(_support:{bob}) {third} internal"));
    assert_eq!(unread(&mut g), (1, 1));
    g.ok(g.alice, &format!("/_delete member item #1 {second}"));
    assert_eq!(unread(&mut g), (0, 0));
}

#[test]
fn what_is_only_marked_as_deleted_in_a_support_chat_still_counts() {
    let mut g = Group::new("{}", NOW);
    let first = asks(&mut g);
    g.ok(g.bob, &format!("/_delete item #1(_support) {first} broadcast"));
    assert_eq!(unread(&mut g), (1, 1));
}

#[test]
fn a_group_is_cleared_together_with_its_support_chats() {
    let mut g = Group::new(FULL, NOW);
    asks(&mut g);
    let bob = g.member(g.alice, "bob");
    let refused = g.refused(g.alice, &format!("/_clear chat #1(_support:{bob})"));
    assert_eq!(refused["errorType"]["message"], "not supported");
    g.ok(g.alice, "/_clear chat #1");
    let chat = g.ok(g.alice, &format!("/_get chat #1(_support:{bob}) count=10"));
    assert_eq!(chat["chat"]["chatItems"].as_array().map(Vec::len), Some(0));
}
