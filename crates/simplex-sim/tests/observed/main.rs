//! What was observed of the real core under kills, outages and absences, observed here. The numbers are those of the
//! recorded scenarios.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]

#[path = "../common/mod.rs"]
mod common;
mod concurrent;
mod database;
mod kills;
mod queues;
mod restarts;

use std::time::Duration;

use serde_json::Value;
use simplex_sim::{CoreId, Failure, Network, Settings};

use common::Commands;

struct Pair {
    net: Network,
    alice: CoreId,
    bob: CoreId,
}

impl Commands for Pair {
    fn net(&mut self) -> &mut Network {
        &mut self.net
    }
}

impl Pair {
    fn new() -> Self {
        Self::of(&Settings::default().version)
    }

    fn of(version: &str) -> Self {
        let mut net = Network::new(Settings { version: version.to_owned(), ..Settings::default() });
        let (alice, bob) = (net.open("alice", "").unwrap(), net.open("bob", "").unwrap());
        let mut p = Self { net, alice, bob };
        for (core, name) in [(alice, "alice"), (bob, "bob")] {
            p.ok(
                core,
                &format!(
                    r#"/_create user {{"profile":{{"displayName":"{name}","fullName":""}},"pastTimestamp":false}}"#
                ),
            );
            p.ok(core, "/_start main=on");
        }
        let link = p.ok(bob, "/_address 1")["connLinkContact"]["connFullLink"].as_str().unwrap().to_owned();
        p.ok(bob, r#"/_address_settings 1 {"businessAddress":false,"autoAccept":{"acceptIncognito":false}}"#);
        p.ok(alice, &format!("/_connect 1 {link}"));
        p.events(alice);
        p.events(bob);
        p
    }

    fn send(&mut self, core: CoreId, text: &str) -> i64 {
        let cmd = format!(r#"/_send @4 json [{{"msgContent":{{"type":"text","text":"{text}"}},"mentions":{{}}}}]"#);
        self.ok(core, &cmd)["chatItems"][0]["chatItem"]["meta"]["itemId"].as_i64().unwrap()
    }

    fn events(&mut self, core: CoreId) -> Vec<Value> {
        std::iter::from_fn(|| self.net.take_event(core)).map(|e| serde_json::from_str(&e).unwrap()).collect()
    }

    fn tags(&mut self, core: CoreId) -> Vec<String> {
        let tag = |e: &Value| match e.get("error") {
            Some(e) => format!("{}/{}", e["type"].as_str().unwrap(), e["agentError"]["type"].as_str().unwrap()),
            None => e["result"]["type"].as_str().unwrap().to_owned(),
        };
        self.events(core).iter().map(tag).collect()
    }

    fn texts(&mut self, core: CoreId) -> Vec<String> {
        let page = self.ok(core, "/_get chat @4 count=1000");
        let items = page["chat"]["chatItems"].as_array().unwrap().clone();
        let text = |i: &Value| i["content"]["msgContent"]["text"].as_str().map(str::to_owned);
        items.iter().filter_map(text).collect()
    }

    fn status(&mut self, core: CoreId, item: i64) -> String {
        let page = self.ok(core, "/_get chat @4 count=1000");
        let items = page["chat"]["chatItems"].as_array().unwrap();
        let found = items.iter().find(|i| i["meta"]["itemId"] == item).unwrap();
        found["meta"]["itemStatus"]["type"].as_str().unwrap().to_owned()
    }

    fn restart(&mut self, core: CoreId) {
        self.net.crash(core);
        self.ok(core, "/_start main=on");
    }
}

#[test]
fn s40_what_was_received_before_a_kill_is_unread_and_comes_in_no_event() {
    let mut p = Pair::new();
    let (alice, bob) = (p.alice, p.bob);
    let ids: Vec<i64> = (0..3).map(|n| p.send(alice, &format!("m{n}"))).collect();
    // The sender has the receipt although nobody read the event.
    assert_eq!(p.status(alice, ids[2]), "sndRcvd");
    p.restart(bob);
    assert_eq!(p.tags(bob), ["hostConnected", "subscriptionStatus"]);
    let unread = p.ok(bob, r#"/_get chats 1 count=10 {"type":"filters","favorite":false,"unread":true}"#);
    assert_eq!(unread["chats"][0]["chatStats"]["unreadCount"], 3);
    // Marking read survives the next kill.
    let first = p.ok(bob, "/_get chat @4 count=3")["chat"]["chatItems"][0]["meta"]["itemId"].as_i64().unwrap();
    p.ok(bob, &format!("/_read chat items @4 {first}"));
    p.restart(bob);
    let unread = p.ok(bob, r#"/_get chats 1 count=10 {"type":"filters","favorite":false,"unread":true}"#);
    assert_eq!(unread["chats"][0]["chatStats"]["unreadCount"], 2);
}

#[test]
fn s43_what_a_killed_sender_took_arrives_once_and_in_order() {
    let mut p = Pair::new();
    let (alice, bob) = (p.alice, p.bob);
    p.net.crash_after(alice, 4);
    for n in 0..20 {
        let cmd = format!(r#"/_send @4 json [{{"msgContent":{{"type":"text","text":"k{n}"}},"mentions":{{}}}}]"#);
        p.raw(alice, &cmd);
        if !p.net.is_running(alice) {
            break;
        }
    }
    assert!(!p.net.is_running(alice));
    let taken = p.ok(alice, "/_start main=on");
    assert_eq!(taken["type"], "chatStarted");
    let sent = p.texts(alice);
    assert!(!sent.is_empty());
    assert_eq!(p.texts(bob), sent);
}

#[test]
fn s44_past_the_quota_messages_wait_at_the_sender_and_come_in_order() {
    let mut p = Pair::new();
    let (alice, bob) = (p.alice, p.bob);
    p.ok(bob, "/_stop");
    let ids: Vec<i64> = (0..135).map(|n| p.send(alice, &format!("q{n}"))).collect();
    assert_eq!(p.status(alice, ids[127]), "sndSent");
    assert_eq!(p.status(alice, ids[128]), "sndWarning");
    assert_eq!(p.status(alice, ids[134]), "sndNew");
    p.ok(bob, "/_start main=on");
    let wanted: Vec<String> = (0..135).map(|n| format!("q{n}")).collect();
    assert_eq!(p.texts(bob), wanted);
    assert_eq!(p.status(alice, ids[134]), "sndRcvd");
    p.ok(alice, "/_stop");
    let refused = p.raw(alice, r#"/_send @4 json [{"msgContent":{"type":"text","text":"x"},"mentions":{}}]"#);
    assert_eq!(refused["error"]["errorType"]["type"], "chatNotStarted");
}

#[test]
fn another_profile_becomes_active_in_a_started_chat_only() {
    let mut p = Pair::new();
    let alice = p.alice;
    p.ok(alice, r#"/_create user {"profile":{"displayName":"second","fullName":""},"pastTimestamp":false}"#);
    p.ok(alice, "/_user 1");
    p.ok(alice, "/_stop");
    assert_eq!(p.raw(alice, "/_user 2")["error"]["errorType"]["type"], "chatNotStarted");
    p.ok(alice, "/_start main=on");
    p.ok(alice, "/_user 2");
}

#[test]
fn s45_while_the_server_is_down_messages_wait_and_connecting_fails() {
    let mut p = Pair::new();
    let (alice, bob) = (p.alice, p.bob);
    p.net.set_server(false);
    assert_eq!(p.tags(alice), ["hostDisconnected", "subscriptionStatus", "errorAgent/BROKER"]);
    let ids: Vec<i64> = (0..3).map(|n| p.send(alice, &format!("down{n}"))).collect();
    assert_eq!(p.status(alice, ids[0]), "sndNew");
    let failed = p.raw(alice, "/_address 1");
    assert_eq!(failed["error"]["agentError"]["type"], "BROKER");
    p.events(alice);
    p.net.set_server(true);
    let tags = p.tags(alice);
    assert_eq!(tags[..2], ["hostConnected", "subscriptionStatus"]);
    assert_eq!(p.texts(bob), ["down0", "down1", "down2"]);
    assert_eq!(p.status(alice, ids[2]), "sndRcvd");
}

/// The words of 7.0.2 are those of the core's sources.
#[test]
fn s45_the_state_of_connections_is_told_in_the_words_of_the_version() {
    for (version, tag, down, up) in [
        ("6.4.5.1", "networkStatus", "disconnected", "connected"),
        ("7.0.2.0", "subscriptionStatus", "pending", "active"),
    ] {
        let mut p = Pair::of(version);
        for (reachable, status) in [(false, down), (true, up)] {
            p.net.set_server(reachable);
            let told = p.events(p.alice).into_iter().map(|e| e["result"].clone()).find(|e| e["type"] == tag).unwrap();
            assert_eq!(told[tag]["type"], status);
            assert_eq!(told["connections"].as_array().unwrap().len(), 1);
            assert_eq!(told["server"].is_string(), tag == "subscriptionStatus");
        }
        let asked = p.raw(p.alice, "/_network_statuses");
        assert_eq!(asked.get("result").is_some(), tag == "networkStatus", "{asked}");
    }
}

#[test]
fn s48_a_slow_consumer_finds_what_it_did_not_see() {
    let mut p = Pair::new();
    let (alice, bob) = (p.alice, p.bob);
    for n in 0..12 {
        p.send(alice, &format!("s{n}"));
    }
    let seen = p.net.take_event(bob).unwrap();
    assert!(seen.contains("\"s0\""));
    p.restart(bob);
    assert!(p.tags(bob).iter().all(|t| t != "newChatItems"));
    assert_eq!(p.texts(bob).len(), 12);
}

#[test]
fn a_party_offline_gets_all_when_it_is_back() {
    let mut p = Pair::new();
    let (alice, bob) = (p.alice, p.bob);
    p.net.set_offline(bob, true);
    let id = p.send(alice, "hello");
    assert_eq!(p.status(alice, id), "sndSent");
    p.send(bob, "from the dark");
    assert_eq!(p.texts(alice), ["hello"]);
    p.net.set_offline(bob, false);
    assert_eq!(p.texts(alice), ["hello", "from the dark"]);
    assert_eq!(p.status(alice, id), "sndRcvd");
}

#[test]
fn a_delay_holds_messages_back_for_so_long() {
    let mut p = Pair::new();
    let (alice, bob) = (p.alice, p.bob);
    p.net.set_delay(Duration::from_secs(2));
    p.send(alice, "later");
    let to = p.net.now().plus(Duration::from_secs(1));
    p.net.advance(to);
    assert!(p.texts(bob).is_empty());
    let to = p.net.now().plus(Duration::from_secs(2));
    p.net.advance(to);
    assert_eq!(p.texts(bob), ["later"]);
}

#[test]
fn commands_fail_and_dawdle_when_told_to() {
    let mut p = Pair::new();
    let alice = p.alice;
    p.net.fail_next(alice, "/_send", Failure::DatabaseBusy);
    let send = r#"/_send @4 json [{"msgContent":{"type":"text","text":"x"},"mentions":{}}]"#;
    assert_eq!(p.raw(alice, send)["error"]["storeError"]["type"], "dBBusyError");
    assert!(p.texts(alice).is_empty());
    p.net.slow_next(alice, "/_send", Duration::from_secs(3));
    assert_eq!(p.net.command(alice, send), None);
    assert!(p.net.command(alice, "/users").is_some());
    let to = p.net.now().plus(Duration::from_secs(3));
    p.net.advance(to);
    assert!(p.net.command(alice, send).is_some());
    assert_eq!(p.texts(alice), ["x"]);
}
