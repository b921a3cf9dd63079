//! A group of three, and what its moderators do.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]

mod admission;
mod business;
#[path = "../common/mod.rs"]
mod common;
mod prepared;
mod prohibited;
mod support;

use std::time::Duration;

use serde_json::Value;
use simplex_sim::{CoreId, Network, Settings};

use common::Commands;

/// Alice owns a group; Bob and Carol came by its link.
struct Group {
    net: Network,
    alice: CoreId,
    bob: CoreId,
    carol: CoreId,
}

impl Commands for Group {
    fn net(&mut self) -> &mut Network {
        &mut self.net
    }
}

impl Group {
    fn new(preferences: &str, version: &str) -> Self {
        let mut net = Network::new(Settings { version: version.into(), ..Settings::default() });
        let [alice, bob, carol] = ["alice", "bob", "carol"].map(|name| net.open(name, "").unwrap());
        let mut g = Self { net, alice, bob, carol };
        for (core, name) in [(alice, "alice"), (bob, "bob"), (carol, "carol")] {
            let profile = format!(r#"{{"displayName":"{name}","fullName":""}}"#);
            g.ok(core, &format!(r#"/_create user {{"profile":{profile},"pastTimestamp":false}}"#));
            g.ok(core, "/_start main=on");
        }
        let profile = format!(r#"{{"displayName":"team","fullName":"","groupPreferences":{preferences}}}"#);
        g.ok(alice, &format!("/_group 1 {profile}"));
        let link = g.ok(alice, "/_create link #1 member")["groupLink"]["connLinkContact"]["connFullLink"].clone();
        for core in [bob, carol] {
            g.ok(core, &format!("/_connect 1 {}", link.as_str().unwrap()));
        }
        g.talk_is_over();
        // The times of messages are in whole seconds.
        let later = g.net.now().plus(Duration::from_secs(2));
        g.net.advance(later);
        g
    }

    /// All events so far are taken.
    fn talk_is_over(&mut self) {
        for core in [self.alice, self.bob, self.carol] {
            self.events(core);
        }
    }

    /// The id of what was sent.
    fn send(&mut self, core: CoreId, text: &str) -> i64 {
        let content = format!(r#"[{{"msgContent":{{"type":"text","text":"{text}"}},"mentions":{{}}}}]"#);
        let sent = self.ok(core, &format!("/_send #1 json {content}"));
        sent["chatItems"][0]["chatItem"]["meta"]["itemId"].as_i64().unwrap()
    }

    fn events(&mut self, core: CoreId) -> Vec<Value> {
        std::iter::from_fn(|| self.net.take_event(core))
            .map(|e| serde_json::from_str::<Value>(&e).unwrap())
            .map(|e| e.get("result").or(e.get("error")).unwrap().clone())
            .collect()
    }

    fn tags(&mut self, core: CoreId) -> Vec<String> {
        self.events(core).iter().map(|e| e["type"].as_str().unwrap().to_owned()).collect()
    }

    /// The last items of the group.
    fn last(&mut self, core: CoreId, count: usize) -> Vec<Value> {
        let page = self.ok(core, &format!("/_get chat #1 count={count}"));
        page["chat"]["chatItems"].as_array().unwrap().clone()
    }

    /// The item with a text.
    fn item(&mut self, core: CoreId, text: &str) -> i64 {
        let items = self.last(core, 100);
        let found = items.iter().rfind(|i| i["meta"]["itemText"] == text);
        found.unwrap_or_else(|| panic!("{text}: {items:?}"))["meta"]["itemId"].as_i64().unwrap()
    }

    /// The id of a member, as another one knows it.
    fn member(&mut self, core: CoreId, name: &str) -> i64 {
        let members = self.ok(core, "/_members #1")["group"]["members"].clone();
        let found = members.as_array().unwrap().iter().find(|m| m["localDisplayName"] == name).unwrap();
        found["groupMemberId"].as_i64().unwrap()
    }

    /// Carol writes, and Alice deletes it, while Bob is away: the deletion comes to him first.
    fn deleted_before_it_came(&mut self) {
        self.net.set_offline(self.bob, true);
        self.send(self.carol, "spam");
        let item = self.item(self.alice, "spam");
        self.ok(self.alice, &format!("/_delete member item #1 {item}"));
        self.net.set_offline(self.bob, false);
    }
}

const NOW: &str = "7.0.2.0";
const FULL: &str = r#"{"fullDelete":{"enable":"on"}}"#;

fn kind(item: &Value) -> &str {
    item["content"]["type"].as_str().unwrap()
}

#[test]
fn a_message_that_was_moderated_before_it_came_arrives_deleted() {
    let mut g = Group::new("{}", NOW);
    g.deleted_before_it_came();
    let events = g.events(g.bob);
    assert!(events.iter().all(|e| e["type"] != "newChatItems"), "{events:?}");
    let deleted = events.iter().find(|e| e["type"] == "chatItemsDeleted").unwrap();
    assert_eq!((&deleted["byUser"], &deleted["timed"]), (&Value::Bool(false), &Value::Bool(false)));
    let item = &deleted["chatItemDeletions"][0]["toChatItem"]["chatItem"];
    assert_eq!(item["meta"]["itemDeleted"]["type"], "moderated");
    assert_eq!(item["meta"]["itemDeleted"]["byGroupMember"]["localDisplayName"], "alice");
    assert_eq!(item["content"]["msgContent"]["text"], "spam");
    let last = g.last(g.bob, 1);
    assert_eq!(last[0]["meta"]["itemDeleted"]["type"], "moderated");
    assert_eq!(last[0]["meta"]["itemStatus"]["type"], "rcvNew");
    // Only that message is concerned.
    g.send(g.carol, "sorry");
    assert_eq!(g.tags(g.bob), ["newChatItems"]);
}

#[test]
fn where_deletions_are_full_only_a_mark_of_it_arrives() {
    let mut g = Group::new(FULL, NOW);
    g.deleted_before_it_came();
    let events = g.events(g.bob);
    assert!(events.iter().all(|e| e["type"] != "chatItemsDeleted"), "{events:?}");
    let new = events.iter().find(|e| e["type"] == "newChatItems").unwrap();
    let item = &new["chatItems"][0]["chatItem"];
    assert_eq!((kind(item), &item["meta"]["itemText"]), ("rcvModerated", &"moderated".into()));
    assert_eq!(item["meta"]["itemDeleted"]["type"], "moderated");
}

#[test]
fn where_deletions_are_full_a_moderated_message_leaves_a_mark() {
    let mut g = Group::new(FULL, NOW);
    g.send(g.carol, "spam");
    let item = g.item(g.alice, "spam");
    let answer = g.ok(g.alice, &format!("/_delete member item #1 {item}"));
    let left = &answer["chatItemDeletions"][0]["toChatItem"]["chatItem"];
    assert_eq!((kind(left), &left["meta"]["itemText"]), ("rcvModerated", &"moderated".into()));
    assert_eq!(kind(&g.last(g.bob, 1)[0]), "rcvModerated");
    assert_eq!(kind(&g.last(g.carol, 1)[0]), "sndModerated");
}

#[test]
fn moderators_delete_their_own_messages_but_none_of_a_higher_role() {
    let mut g = Group::new("{}", NOW);
    let bob = g.member(g.alice, "bob");
    g.ok(g.alice, &format!("/_member role #1 {bob} moderator"));
    let own = g.send(g.bob, "oops");
    let answer = g.ok(g.bob, &format!("/_delete member item #1 {own}"));
    let item = &answer["chatItemDeletions"][0]["toChatItem"]["chatItem"];
    assert_eq!(item["meta"]["itemDeleted"]["byGroupMember"]["localDisplayName"], "bob");
    assert_eq!(g.last(g.carol, 1)[0]["meta"]["itemDeleted"]["type"], "moderated");
    g.send(g.alice, "rules");
    let rules = g.item(g.bob, "rules");
    assert_eq!(
        g.refused(g.bob, &format!("/_delete member item #1 {rules}"))["errorType"]["type"],
        "invalidChatItemDelete"
    );
    let own = g.send(g.carol, "mine");
    let error = g.refused(g.carol, &format!("/_delete member item #1 {own}"));
    assert_eq!(error["errorType"]["type"], "groupUserRole");
    // What is not there is told of apart, as in other deletions.
    g.tags(g.bob);
    assert_eq!(g.ok(g.bob, "/_delete member item #1 99999")["chatItemDeletions"], Value::Array(vec![]));
    assert_eq!(g.tags(g.bob), ["chatErrors"]);
}

#[test]
fn reports_about_a_moderated_message_are_archived() {
    let mut g = Group::new("{}", NOW);
    g.send(g.carol, "spam");
    let item = g.item(g.bob, "spam");
    g.ok(g.bob, &format!("/_report #1 {item} reason=spam look"));
    let item = g.item(g.alice, "spam");
    // Who moderates knows what is reported.
    let report = g.events(g.alice).into_iter().rfind(|e| e["type"] == "newChatItems").unwrap();
    assert_eq!(report["chatItems"][0]["chatItem"]["quotedItem"]["itemId"], item);
    g.tags(g.bob);
    g.ok(g.alice, &format!("/_delete member item #1 {item}"));
    let archived = |events: Vec<Value>| events.into_iter().find(|e| e["type"] == "groupChatItemsDeleted").unwrap();
    let here = archived(g.events(g.alice));
    assert_eq!((&here["byUser"], here["chatItemIDs"].as_array().unwrap().len()), (&Value::Bool(true), 1));
    let there = archived(g.events(g.bob));
    assert_eq!(there["byUser"], Value::Bool(false));
    assert_eq!(there["member_"]["localDisplayName"], "alice");
    assert!(!g.tags(g.carol).contains(&"groupChatItemsDeleted".to_owned()));
}

#[test]
fn reports_are_archived_and_deleted_by_moderators() {
    let mut g = Group::new("{}", NOW);
    let carol = g.member(g.alice, "carol");
    g.ok(g.alice, &format!("/_member role #1 {carol} moderator"));
    g.send(g.alice, "rules");
    let rules_here = g.item(g.bob, "rules");
    for text in ["one", "two"] {
        g.ok(g.bob, &format!("/_report #1 {rules_here} reason=other {text}"));
    }
    let received = |g: &mut Group, core| -> Vec<(i64, String)> {
        let items =
            g.events(core).into_iter().filter(|e| e["type"] == "newChatItems").map(|e| e["chatItems"][0].clone());
        let reports = items.filter(|i| i["chatItem"]["content"]["msgContent"]["type"] == "report");
        let meta = reports.map(|i| i["chatItem"]["meta"].clone());
        meta.map(|m| (m["itemId"].as_i64().unwrap(), m["itemText"].as_str().unwrap().to_owned())).collect()
    };
    let (alice, carol) = (g.alice, g.carol);
    let (hers, others) = (received(&mut g, alice), received(&mut g, carol));
    assert_eq!((hers.len(), others.len(), hers[0].1.as_str()), (2, 2, "report other: one"));
    let rules = g.item(alice, "rules");
    let error = g.refused(alice, &format!("/_delete reports #1 {rules} internal"));
    assert_eq!(error["errorType"]["message"], "some items are not received reports");
    // Deleted for all moderators, while whoever wrote it keeps it.
    g.events(g.bob);
    let answer = g.ok(alice, &format!("/_delete reports #1 {} broadcast", hers[0].0));
    assert_eq!(answer["chatItemDeletions"][0]["toChatItem"]["chatItem"]["meta"]["itemDeleted"]["type"], "moderated");
    let events = g.events(carol);
    assert_eq!(events[0]["chatItemDeletions"][0]["deletedChatItem"]["chatItem"]["meta"]["itemId"], others[0].0);
    assert_eq!(g.tags(g.bob), Vec::<String>::new());
    let counted = |g: &mut Group, core| {
        let chats = g.ok(core, "/_get chats 1 count=10")["chats"].clone();
        let found = chats.as_array().unwrap().iter().find(|c| c["chatInfo"]["type"] == "group").unwrap().clone();
        found["chatStats"]["reportsCount"].as_i64().unwrap()
    };
    let listed = g.ok(alice, "/_get chat #1 content=report count=10")["chat"]["chatItems"].clone();
    assert_eq!((listed.as_array().unwrap().len(), counted(&mut g, alice), counted(&mut g, carol)), (2, 1, 1));
    // Who reports sees the own reports, and is no moderator to whom they count.
    let bob = g.bob;
    assert_eq!(counted(&mut g, bob), 0);
    // What is archived is so only here, and once.
    let answer = g.ok(alice, "/_archive reports #1");
    assert_eq!((&answer["type"], &answer["chatItemIDs"]), (&"groupChatItemsDeleted".into(), &vec![hers[1].0].into()));
    assert_eq!(g.ok(alice, "/_archive reports #1")["chatItemIDs"], Value::Array(vec![]));
    assert_eq!(g.tags(carol), Vec::<String>::new());
    let answer = g.ok(carol, &format!("/_delete reports #1 {} internal", others[1].0));
    assert!(answer["chatItemDeletions"][0]["toChatItem"].is_null());
    // A moderator who was away gets a report that was deleted meanwhile as such.
    g.net.set_offline(carol, true);
    g.ok(g.bob, &format!("/_report #1 {rules_here} reason=other three"));
    let three = received(&mut g, alice);
    g.ok(alice, &format!("/_delete reports #1 {} broadcast", three[0].0));
    g.net.set_offline(carol, false);
    assert!(received(&mut g, carol).is_empty());
    assert_eq!(counted(&mut g, carol), 0);
}

#[test]
fn whoever_is_removed_with_all_messages_leaves_marks_of_them_or_nothing_where_deletions_are_full() {
    for (preferences, version, left) in
        [("{}", NOW, Some("rcvMsgContent")), (FULL, NOW, None), (FULL, "6.4.5.1", Some("rcvModerated"))]
    {
        let mut g = Group::new(preferences, version);
        g.send(g.carol, "spam");
        let help = r#"/_send #1(_support) json [{"msgContent":{"type":"text","text":"help"},"mentions":{}}]"#;
        g.ok(g.carol, help);
        let carol = g.member(g.alice, "carol");
        g.ok(g.alice, &format!("/_remove #1 {carol} messages=on"));
        for core in [g.alice, g.bob] {
            let items = g.last(core, 100);
            let spam: Vec<_> = items
                .iter()
                .filter(|i| i["chatDir"]["groupMember"]["localDisplayName"] == "carol")
                .filter(|i| !i["meta"]["itemDeleted"].is_null())
                .collect();
            assert_eq!(spam.last().map(|i| kind(i)), left, "{version} {preferences}");
        }
        let events = g.events(g.bob);
        let deleted = events.iter().find(|e| e["type"] == "deletedMember").unwrap();
        assert_eq!(deleted["withMessages"], Value::Bool(true));
        assert!(g.tags(g.carol).contains(&"deletedMemberUser".to_owned()));
        let own: Vec<_> = g.last(g.carol, 100).iter().map(|i| kind(i).to_owned()).collect();
        assert_eq!(own.contains(&"sndModerated".to_owned()), version != NOW);
        assert_eq!(own.contains(&"sndMsgContent".to_owned()), preferences == "{}");
        let asked = g.ok(g.carol, "/_get chat #1(_support) count=9")["chat"]["chatItems"].clone();
        let asked: Vec<_> = asked.as_array().unwrap().iter().filter(|i| i["meta"]["itemDeleted"].is_null()).collect();
        assert!(asked.is_empty(), "{asked:?}");
    }
}

#[test]
fn what_the_server_lost_of_a_member_is_told_of_before_its_next_message() {
    let mut g = Group::new("{}", NOW);
    g.net.set_offline(g.bob, true);
    g.send(g.carol, "lost");
    g.send(g.carol, "lost, too");
    g.net.lose_messages();
    g.net.set_offline(g.bob, false);
    g.events(g.bob);
    // The others' messages are another matter.
    g.send(g.alice, "hi");
    g.send(g.carol, "hello");
    assert_eq!(g.tags(g.bob), ["newChatItems", "newChatItems", "newChatItems"]);
    let items = g.last(g.bob, 3);
    let texts: Vec<_> = items.iter().map(|i| i["meta"]["itemText"].as_str().unwrap()).collect();
    assert!(matches!(texts[..], ["hi", skipped, "hello"] if skipped.starts_with("skipped message ID ")), "{texts:?}");
    assert_eq!(items[1]["chatDir"]["groupMember"]["localDisplayName"], "carol");
    assert_eq!(items[1]["meta"]["itemStatus"]["type"], "rcvNew");
    let error = &items[1]["content"]["msgError"];
    assert_eq!(error["toMsgId"].as_i64().unwrap() - error["fromMsgId"].as_i64().unwrap(), 1);
}

#[test]
fn whoever_is_no_member_any_more_is_told_so_by_every_command() {
    let mut g = Group::new("{}", NOW);
    let sent = g.send(g.bob, "bye");
    g.ok(g.bob, "/_leave #1");
    let edit = format!(r#"/_update item #1 {sent} json {{"msgContent":{{"type":"text","text":"x"}},"mentions":{{}}}}"#);
    let reason = |error: Value| error["errorType"]["message"].as_str().map(str::to_owned);
    let react = format!(r#"/_reaction #1 {sent} on {{"type":"emoji","emoji":"👍"}}"#);
    for command in [format!("/_delete item #1 {sent} broadcast"), react] {
        assert_eq!(reason(g.refused(g.bob, &command)).as_deref(), Some("not current member"), "{command}");
    }
    assert_eq!(g.refused(g.bob, &edit)["errorType"]["type"], "groupMemberUserRemoved");
    assert_eq!(g.ok(g.bob, &format!("/_delete item #1 {sent} internal"))["type"], "chatItemsDeleted");
    let bob = g.member(g.alice, "bob");
    g.ok(g.alice, "/_leave #1");
    let error = g.refused(g.alice, &format!("/_member role #1 {bob} admin"));
    assert_eq!(error["errorType"]["type"], "groupMemberUserRemoved");
}

#[test]
fn an_edit_changes_who_is_mentioned_and_brings_no_links_where_there_are_none() {
    let mut g = Group::new(r#"{"simplexLinks":{"enable":"on","role":"admin"}}"#, NOW);
    let sent = g.send(g.bob, "hi all");
    let carol = g.member(g.bob, "carol");
    let edit = |text: &str, mentions: &str| {
        let content = format!(r#"{{"msgContent":{{"type":"text","text":"{text}"}},"mentions":{mentions}}}"#);
        format!("/_update item #1 {sent} json {content}")
    };
    g.events(g.carol);
    let answer = g.ok(g.bob, &edit("hi @carol", &format!(r#"{{"carol":{carol}}}"#)));
    assert!(answer["chatItem"]["chatItem"]["mentions"]["carol"].is_object());
    let events = g.events(g.carol);
    assert_eq!(events[0]["type"], "chatItemUpdated");
    assert!(events[0]["chatItem"]["chatItem"]["mentions"]["carol"].is_object());
    let link = "simplex:/contact#/?v=2-7&smp=smp%3A%2F%2Fc2ltdWxhdGVk%40localhost%2Fabcd%23%2F%3Fv%3D1-3%26dh%3Dabcd";
    let error = g.refused(g.bob, &edit(link, "{}"));
    assert_eq!(error["errorType"]["message"], "feature not allowed SimpleX links");
}

#[test]
fn what_disappears_does_so_in_support_chats_too() {
    let mut g = Group::new(r#"{"timedMessages":{"enable":"on","ttl":60}}"#, NOW);
    let sent = g.ok(g.bob, r#"/_send #1(_support) json [{"msgContent":{"type":"text","text":"help"},"mentions":{}}]"#);
    assert_eq!(sent["chatItems"][0]["chatItem"]["meta"]["itemTimed"]["ttl"], 60);
    g.events(g.bob);
    let later = g.net.now().plus(Duration::from_secs(61));
    g.net.advance(later);
    assert_eq!(g.tags(g.bob), ["chatItemsDeleted"]);
}

#[test]
fn members_are_mentioned_by_what_the_text_shows_and_at_most_three() {
    let mut g = Group::new("{}", NOW);
    let (alice, carol) = (g.member(g.bob, "alice"), g.member(g.bob, "carol"));
    let send = |text: &str, mentions: &str| {
        format!(r#"/_send #1 json [{{"msgContent":{{"type":"text","text":"{text}"}},"mentions":{mentions}}}]"#)
    };
    let both = format!(r#"{{"alice":{alice},"carol":{carol}}}"#);
    let sent = g.ok(g.bob, &send("@alice and @carol", &both));
    assert_eq!(sent["chatItems"][0]["chatItem"]["mentions"].as_object().unwrap().len(), 2);
    // A text without any format mentions nobody.
    let sent = g.ok(g.bob, &send("nobody", &both));
    assert!(sent["chatItems"][0]["chatItem"]["mentions"].as_object().unwrap().is_empty());
    g.events(g.carol);
    for (text, mentions) in [
        ("@alice", both.clone()),
        ("@a @b", format!(r#"{{"a":{carol},"b":{carol}}}"#)),
        ("@a @b @c @d", format!(r#"{{"a":{carol},"b":{alice},"c":90,"d":91}}"#)),
    ] {
        assert_eq!(g.refused(g.bob, &send(text, &mentions))["storeError"]["type"], "invalidMention", "{text}");
    }
    let error = g.refused(g.bob, &send("@x", r#"{"x":99}"#));
    assert_eq!(error["storeError"]["type"], "groupMemberNotFound");
    assert_eq!(g.tags(g.carol), Vec::<String>::new());
}

#[test]
fn whom_one_blocked_mentions_nobody() {
    let mut g = Group::new("{}", NOW);
    let (bob, carol) = (g.member(g.carol, "bob"), g.member(g.bob, "carol"));
    g.ok(g.carol, &format!(r#"/_member settings #1 {bob} {{"showMessages":false}}"#));
    let content = r#"{"type":"text","text":"hi @carol"}"#;
    g.ok(g.bob, &format!(r#"/_send #1 json [{{"msgContent":{content},"mentions":{{"carol":{carol}}}}}]"#));
    let item = g.last(g.carol, 1).remove(0);
    assert_eq!(item["meta"]["itemDeleted"]["type"], "blocked");
    assert_eq!((&item["meta"]["userMention"], &item["mentions"]), (&Value::Bool(false), &serde_json::json!({})));
}

#[test]
fn a_mention_shows_the_member_of_its_own_group() {
    let mut g = Group::new("{}", NOW);
    // Bob comes by the same link again: he has the group twice, and its members.
    let link = g.ok(g.alice, "/_get link #1")["groupLink"]["connLinkContact"]["connFullLink"].clone();
    g.ok(g.bob, &format!("/_connect 1 {}", link.as_str().unwrap()));
    let members = g.ok(g.bob, "/_members #2")["group"]["members"].clone();
    let second = members.as_array().unwrap().iter().find(|m| m["memberProfile"]["displayName"] == "carol").unwrap();
    let content = r#"{"type":"text","text":"hi @carol"}"#;
    let mentions = format!(r#"{{"carol":{}}}"#, second["groupMemberId"]);
    let sent = g.ok(g.bob, &format!(r#"/_send #2 json [{{"msgContent":{content},"mentions":{mentions}}}]"#));
    let shown = &sent["chatItems"][0]["chatItem"]["mentions"]["carol"]["memberRef"]["groupMemberId"];
    assert_eq!(*shown, second["groupMemberId"]);
}

#[test]
fn the_first_message_to_a_member_is_formatted_as_others_are() {
    let mut g = Group::new(r#"{"directMessages":{"enable":"on"}}"#, NOW);
    let bob = g.member(g.alice, "bob");
    let contact = g.ok(g.alice, &format!("/_create member contact #1 {bob}"))["contact"]["contactId"].clone();
    g.ok(g.alice, &format!("/_invite member contact @{contact} text *hello*"));
    for core in [g.alice, g.bob] {
        let chat = g.ok(core, "/_get chats 1 count=1")["chats"][0].clone();
        assert_eq!(chat["chatItems"][0]["formattedText"][0]["format"]["type"], "bold");
    }
}

/// The core's sources: at most twenty who are in the group now.
#[test]
fn receipts_go_to_small_groups_whoever_was_in_them() {
    let mut g = Group::new("{}", NOW);
    let link = g.ok(g.alice, "/_get link #1")["groupLink"]["connLinkContact"]["connFullLink"].clone();
    let others: Vec<CoreId> = (0..18)
        .map(|n| {
            let core = g.net.open(&format!("o{n}"), "").unwrap();
            let profile = format!(r#"{{"displayName":"o{n}","fullName":""}}"#);
            g.ok(core, &format!(r#"/_create user {{"profile":{profile},"pastTimestamp":false}}"#));
            g.ok(core, "/_start main=on");
            g.ok(core, &format!("/_connect 1 {}", link.as_str().unwrap()));
            core
        })
        .collect();
    let status = |g: &mut Group| {
        g.send(g.alice, "hi");
        g.last(g.alice, 1)[0]["meta"]["itemStatus"]["type"].as_str().unwrap().to_owned()
    };
    assert_eq!(status(&mut g), "sndSent", "21 in the group");
    g.ok(others[0], "/_leave #1");
    assert_eq!(status(&mut g), "sndRcvd", "20 in the group");
}

/// The core's sources: events name members by their own names, not by those that tell them apart here.
#[test]
fn events_name_members_as_their_profiles_do() {
    let mut g = Group::new("{}", NOW);
    let link = g.ok(g.alice, "/_get link #1")["groupLink"]["connLinkContact"]["connFullLink"].clone();
    let core = g.net.open("another bob", "").unwrap();
    let profile = r#"{"displayName":"bob","fullName":"Bob B."}"#;
    g.ok(core, &format!(r#"/_create user {{"profile":{profile},"pastTimestamp":false}}"#));
    g.ok(core, "/_start main=on");
    g.ok(core, &format!("/_connect 1 {}", link.as_str().unwrap()));
    g.item(g.carol, "added bob (Bob B.)");
    let second = g.member(g.alice, "bob_1");
    g.ok(g.alice, &format!("/_member role #1 {second} observer"));
    g.item(g.alice, "changed role of bob (Bob B.) to observer");
    g.item(g.carol, "changed role of bob (Bob B.) to observer");
    g.ok(g.alice, &format!("/_block #1 {second} blocked=on"));
    g.item(g.carol, "blocked bob (Bob B.)");
    g.ok(g.alice, &format!("/_remove #1 {second}"));
    g.item(g.alice, "removed bob (Bob B.)");
    g.item(g.carol, "removed bob (Bob B.)");
}
