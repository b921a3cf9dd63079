//! What is left of contacts, groups, profiles, files and messages that are gone, whose ids others get.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]

mod common;

use std::path::PathBuf;
use std::time::Duration;

use serde_json::{Value, json};
use simplex_sim::{CoreId, Network, Settings};

use common::Commands;

struct World {
    net: Network,
}

impl Commands for World {
    fn net(&mut self) -> &mut Network {
        &mut self.net
    }
}

impl World {
    fn new() -> Self {
        Self { net: Network::new(Settings::default()) }
    }

    fn user(&mut self, name: &str) -> CoreId {
        let core = self.net.open(name, "").unwrap();
        self.profile(core, name);
        self.ok(core, "/_start main=on");
        core
    }

    fn profile(&mut self, core: CoreId, name: &str) {
        let profile = json!({"profile": {"displayName": name, "fullName": ""}, "pastTimestamp": false});
        self.ok(core, &format!("/_create user {profile}"));
    }

    /// Connects both by a one-time link.
    fn connect(&mut self, a: CoreId, b: CoreId) {
        let link = self.ok(a, "/_connect 1")["connLinkInvitation"]["connFullLink"].clone();
        self.ok(b, &format!("/_connect 1 {}", link.as_str().unwrap()));
        self.drain();
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

    fn drain(&mut self) {
        (0..3).for_each(|core| while self.net.take_event(core).is_some() {});
    }

    fn later(&mut self, by: Duration) {
        let later = self.net.now().plus(by);
        self.net.advance(later);
    }

    fn send(&mut self, core: CoreId, options: &str, text: &str) -> i64 {
        let content = json!([{"msgContent": {"type": "text", "text": text}, "mentions": {}}]);
        let sent = self.ok(core, &format!("/_send @4{options} json {content}"));
        sent["chatItems"][0]["chatItem"]["meta"]["itemId"].as_i64().unwrap()
    }

    fn texts(&mut self, core: CoreId, chat: &str) -> Vec<String> {
        let page = self.ok(core, &format!("/_get chat {chat} count=50"));
        let items = page["chat"]["chatItems"].as_array().unwrap();
        items.iter().map(|i| i["meta"]["itemText"].as_str().unwrap().to_owned()).collect()
    }

    /// Folders for files, with a large and a small file in the first one's.
    fn folders(&mut self, test: &str, cores: &[CoreId]) {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(test);
        let _ = std::fs::remove_dir_all(&folder);
        for core in cores {
            let own = folder.join(core.to_string());
            std::fs::create_dir_all(&own).unwrap();
            self.ok(*core, &format!("/_files_folder {}", own.display()));
            std::fs::write(own.join("large"), vec![0; 20 << 20]).unwrap();
            std::fs::write(own.join("small"), "x").unwrap();
        }
    }

    fn send_file(&mut self, core: CoreId, name: &str) -> i64 {
        let content = json!([{"msgContent": {"type": "file", "text": ""}, "mentions": {},
            "fileSource": {"filePath": name}}]);
        let sent = self.ok(core, &format!("/_send @4 json {content}"));
        sent["chatItems"][0]["chatItem"]["meta"]["itemId"].as_i64().unwrap()
    }
}

/// Alice, with Bob as contact 4 and as a member of her group.
fn group(w: &mut World) -> (CoreId, CoreId, CoreId) {
    let (alice, bob, carol) = (w.user("alice"), w.user("bob"), w.user("carol"));
    w.connect(alice, bob);
    w.ok(alice, r#"/_group 1 {"displayName":"team","fullName":""}"#);
    w.ok(alice, "/_add #1 4 member");
    w.ok(bob, "/_join #1");
    w.drain();
    (alice, bob, carol)
}

#[test]
fn a_member_whose_contact_was_deleted_stays_who_it_was() {
    let mut w = World::new();
    let (alice, bob, carol) = group(&mut w);
    let member = |w: &mut World| w.ok(alice, "/_members #1")["group"]["members"][0].clone();
    let before = member(&mut w);
    assert_eq!((&before["localDisplayName"], &before["memberContactId"]), (&json!("bob"), &json!(4)));
    w.ok(alice, "/_delete @4 full");
    let after = member(&mut w);
    assert_eq!(after.get("memberContactId"), None);
    assert_eq!(after["memberProfile"], before["memberProfile"]);
    // Carol gets the contact's id, and her profile changes.
    w.connect(alice, carol);
    w.ok(carol, r#"/_profile 1 {"displayName":"cora","fullName":""}"#);
    assert_eq!(w.ok(alice, "/_contacts 1")["contacts"][0]["localDisplayName"], "cora");
    assert_eq!(member(&mut w)["localDisplayName"], "bob");
    let carols = w.ok(alice, "/_contacts 1")["contacts"][0]["profile"]["profileId"].clone();
    assert_ne!(carols, after["memberProfile"]["profileId"]);
    // The group goes on.
    let sent = json!([{"msgContent": {"type": "text", "text": "hi"}, "mentions": {}}]);
    w.ok(bob, &format!("/_send #1 json {sent}"));
    assert!(w.texts(alice, "#1").contains(&"hi".to_owned()));
}

#[test]
fn a_new_profile_has_nothing_of_the_deleted_one_whose_id_it_gets() {
    let mut w = World::new();
    let alice = w.user("alice");
    w.folders("gone-profile", &[alice]);
    w.profile(alice, "second");
    w.ok(alice, r#"/_create tag {"text":"work"}"#);
    w.ok(alice, "/_upload 2 small");
    w.later(Duration::from_secs(5));
    w.ok(alice, "/_user 1");
    w.ok(alice, "/_delete user 2 del_smp=on");
    w.profile(alice, "third");
    assert_eq!(w.ok(alice, "/_get tags 2")["userTags"], json!([]));
    assert_eq!(w.refused(alice, "/fstatus 1")["storeError"]["type"], "fileNotFound");
    let profile = w.ok(alice, "/u")["user"]["profile"]["profileId"].clone();
    assert_eq!(profile, 4, "one more than those of the first profile and its contacts");
}

#[test]
fn a_file_that_is_received_again_right_after_it_was_cancelled_comes_once() {
    let mut w = World::new();
    let (alice, bob) = (w.user("alice"), w.user("bob"));
    w.connect(alice, bob);
    w.folders("gone-again", &[alice, bob]);
    w.send_file(alice, "large");
    w.later(Duration::from_secs(20));
    w.ok(bob, "/freceive 1 approved_relays=on");
    w.later(Duration::from_millis(200));
    w.drain();
    w.ok(bob, "/fcancel 1");
    w.ok(bob, "/freceive 1 approved_relays=on");
    w.later(Duration::from_secs(20));
    let tags = w.tags(bob);
    let count = |tag: &str| tags.iter().filter(|t| *t == tag).count();
    assert_eq!((count("rcvFileComplete"), count("rcvFileProgressXFTP")), (1, 6), "{tags:?}");
}

#[test]
fn the_upload_of_a_deleted_message_does_not_go_on_with_the_next_file() {
    let mut w = World::new();
    let (alice, bob) = (w.user("alice"), w.user("bob"));
    w.connect(alice, bob);
    w.folders("gone-upload", &[alice, bob]);
    let first = w.send_file(alice, "large");
    w.ok(alice, &format!("/_delete item @4 {first} internal"));
    w.folders("gone-upload", &[alice]);
    w.send_file(alice, "large");
    w.drain();
    w.later(Duration::from_secs(20));
    let tags = w.tags(alice);
    assert_eq!(tags.iter().filter(|t| *t == "sndFileCompleteXFTP").count(), 1, "{tags:?}");
}

#[test]
fn what_should_have_disappeared_while_the_chat_was_stopped_does_at_the_start() {
    for kill in [false, true] {
        let mut w = World::new();
        let (alice, bob) = (w.user("alice"), w.user("bob"));
        w.connect(alice, bob);
        w.send(alice, " ttl=10", "soon gone");
        w.drain();
        if kill {
            w.net.crash(alice);
        } else {
            w.ok(alice, "/_stop");
        }
        w.later(Duration::from_secs(60));
        assert_eq!(w.tags(alice), Vec::<String>::new(), "of a core that does not run");
        w.ok(alice, "/_start main=on");
        assert!(w.tags(alice).contains(&"chatItemsDeleted".to_owned()));
        assert!(!w.texts(alice, "@4").contains(&"soon gone".to_owned()));
    }
}

#[test]
fn a_message_is_forwarded_only_where_one_may_write() {
    let mut w = World::new();
    let (alice, bob, _) = group(&mut w);
    let link = w.ok(bob, "/_address 1")["connLinkContact"]["connShortLink"].clone();
    let item = w.send(bob, "", &format!("come {}", link.as_str().unwrap()));
    let off = r#"{"simplexLinks":{"enable":"off"},"timedMessages":{"enable":"on","ttl":60}}"#;
    w.ok(alice, &format!(r#"/_group_profile #1 {{"displayName":"team","fullName":"","groupPreferences":{off}}}"#));
    let no = w.refused(bob, &format!("/_forward #1 @4 {item}"));
    assert_eq!(no["errorType"]["message"], "feature not allowed SimpleX links");
    let plain = w.send(bob, "", "plain");
    let sent = w.ok(bob, &format!("/_forward #1 @4 {plain}"));
    assert_eq!(sent["chatItems"][0]["chatItem"]["meta"]["itemTimed"]["ttl"], 60);
    w.ok(alice, "/_delete @4 full");
    assert_eq!(
        w.refused(bob, &format!("/_forward @4 #1 {}", sent["chatItems"][0]["chatItem"]["meta"]["itemId"]))["errorType"]
            ["type"],
        "contactNotReady"
    );
    w.ok(bob, "/_leave #1");
    let no = w.refused(bob, &format!("/_forward #1 @4 {plain}"));
    assert_eq!(no["errorType"]["message"], "not current member");
}

#[test]
fn the_members_of_a_new_group_are_not_taken_for_those_of_a_deleted_one() {
    let mut w = World::new();
    let (alice, _, carol) = group(&mut w);
    let direct = r#"{"displayName":"team","fullName":"","groupPreferences":{"directMessages":{"enable":"on"}}}"#;
    let begin = |w: &mut World| {
        w.ok(alice, &format!("/_group 1 {direct}"));
        let link = w.ok(alice, "/_create link #2 member")["groupLink"]["connLinkContact"]["connFullLink"].clone();
        w.ok(carol, &format!("/_connect 1 {}", link.as_str().unwrap()));
        w.drain();
        let member = w.ok(alice, "/_members #2")["group"]["members"][0].clone();
        w.ok(alice, &format!("/_create member contact #2 {}", member["groupMemberId"]));
    };
    begin(&mut w);
    w.ok(alice, "/_delete #2");
    begin(&mut w);
}

#[test]
fn what_is_sent_to_a_deleted_database_comes_to_nobody() {
    let mut w = World::new();
    let (alice, bob, carol) = (w.user("alice"), w.user("bob"), w.user("carol"));
    w.connect(bob, alice);
    let address = w.ok(bob, "/_address 1")["connLinkContact"]["connFullLink"].clone();
    w.ok(bob, "/_stop");
    w.ok(bob, "/_db delete");
    let again = w.user("bob");
    assert_eq!(again, bob);
    w.connect(bob, carol);
    // The queues are still at the server, where nobody reads them.
    let item = w.send(alice, "", "to the old one");
    w.ok(carol, &format!("/_connect 1 {}", address.as_str().unwrap()));
    assert_eq!(w.tags(bob), Vec::<String>::new());
    let page = w.ok(alice, "/_get chat @4 count=1");
    let last = &page["chat"]["chatItems"][0]["meta"];
    assert_eq!((&last["itemId"], &last["itemStatus"]["type"]), (&json!(item), &json!("sndSent")));
    // The new connections work.
    w.send(carol, "", "to the new one");
    assert!(w.texts(bob, "@4").contains(&"to the new one".to_owned()));
}

#[test]
fn an_archive_brings_its_own_connections_only() {
    let mut w = World::new();
    let (alice, bob, carol) = (w.user("alice"), w.user("bob"), w.user("carol"));
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("gone-archive");
    std::fs::create_dir_all(folder.join("wallpapers")).unwrap();
    let archive = json!({"archivePath": folder.join("archive.zip")});
    w.connect(bob, alice);
    w.ok(bob, "/_stop");
    let paths = json!({"appFilesFolder": folder, "appTempFolder": folder, "appAssetsFolder": folder});
    w.ok(bob, &format!("/set file paths {paths}"));
    w.ok(bob, &format!("/_db export {archive}"));
    w.ok(bob, "/_start main=on");
    w.connect(bob, carol);
    w.ok(bob, "/_stop");
    w.ok(bob, &format!("/_db import {archive}"));
    w.net.open("bob", "").unwrap();
    w.ok(bob, "/_start main=on");
    let dave = w.user("dave");
    w.connect(bob, dave);
    w.events(bob);
    // Carol came after the archive was made; Dave is the fifth contact now.
    w.send(carol, "", "who reads this");
    assert_eq!(w.tags(bob), Vec::<String>::new());
    w.send(dave, "", "for you");
    assert!(w.texts(bob, "@5").contains(&"for you".to_owned()));
    w.send(alice, "", "still here");
    assert!(w.texts(bob, "@4").contains(&"still here".to_owned()));
}

#[test]
fn after_several_archives_nothing_of_the_databases_before_comes() {
    let mut w = World::new();
    let (alice, bob, carol, dave) = (w.user("alice"), w.user("bob"), w.user("carol"), w.user("dave"));
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("gone-archives");
    std::fs::create_dir_all(folder.join("wallpapers")).unwrap();
    let archive = json!({"archivePath": folder.join("archive.zip")});
    let paths = json!({"appFilesFolder": folder, "appTempFolder": folder, "appAssetsFolder": folder});
    for core in [bob, carol, dave] {
        w.ok(core, &format!("/set file paths {paths}"));
    }
    w.connect(alice, bob);
    w.connect(carol, dave);
    // Whatever is imported into Bob's database, Alice's connection was with the first one.
    for from in [carol, dave] {
        w.ok(from, "/_stop");
        w.ok(from, &format!("/_db export {archive}"));
        w.ok(bob, "/_stop");
        w.ok(bob, &format!("/_db import {archive}"));
        w.net.open("bob", "").unwrap();
        w.ok(bob, "/_start main=on");
        w.events(bob);
        w.send(alice, "", "to the first one");
        assert_eq!(w.tags(bob), Vec::<String>::new());
        let page = w.ok(alice, "/_get chat @4 count=1");
        assert_eq!(page["chat"]["chatItems"][0]["meta"]["itemStatus"]["type"], "sndSent");
    }
}

#[test]
fn a_quote_names_the_quoted_message_as_long_as_it_is_there() {
    let mut w = World::new();
    let (alice, bob) = (w.user("alice"), w.user("bob"));
    w.connect(alice, bob);
    let hello = w.send(alice, "", "hello");
    let seen = w.ok(bob, "/_get chat @4 count=1")["chat"]["chatItems"][0]["meta"]["itemId"].clone();
    let reply = json!([{"quotedItemId": seen, "msgContent": {"type": "text", "text": "hi"}, "mentions": {}}]);
    w.ok(bob, &format!("/_send @4 json {reply}"));
    let quoted =
        |w: &mut World, core| w.ok(core, "/_get chat @4 count=1")["chat"]["chatItems"][0]["quotedItem"].clone();
    assert_eq!((&quoted(&mut w, alice)["itemId"], &quoted(&mut w, bob)["itemId"]), (&json!(hello), &seen));
    w.ok(alice, &format!("/_delete item @4 {hello} internal"));
    let (here, there) = (quoted(&mut w, alice), quoted(&mut w, bob));
    assert_eq!((here.get("itemId"), &there["itemId"]), (None, &seen));
    assert_eq!((&here["content"]["text"], here["sharedMsgId"].is_string()), (&json!("hello"), true));
}

#[test]
fn nobody_is_invited_who_cannot_be_written_to() {
    let mut w = World::new();
    let (alice, bob) = (w.user("alice"), w.user("bob"));
    w.connect(alice, bob);
    w.ok(alice, r#"/_group 1 {"displayName":"team","fullName":""}"#);
    w.ok(bob, "/_delete @4 full");
    assert_eq!(w.refused(alice, "/_add #1 4 member")["errorType"]["type"], "contactNotReady");
}

#[test]
fn a_contact_or_member_without_a_connection_is_named_in_the_error() {
    let mut w = World::new();
    let (a, b) = (w.user("alice"), w.user("bob"));
    w.connect(a, b);
    w.ok(a, r#"/_group 1 {"displayName":"team","fullName":""}"#);
    w.ok(a, "/_delete @4 entity notify=off");
    for command in ["/_get code @4", "/_switch @4", "/_queue info @4", r#"/_set prefs @4 {}"#] {
        let error = w.refused(a, command)["errorType"].clone();
        assert_eq!(error["type"], "contactNotActive", "{command}");
        assert_eq!(error["contact"]["contactId"], 4, "{command}");
    }
    for command in ["/_get code #1 1", "/_verify code #1 1", "/_switch #1 1"] {
        assert_eq!(w.refused(a, command)["errorType"]["type"], "groupMemberNotActive", "{command}");
    }
    assert_eq!(w.refused(a, "/_switch #1 9")["storeError"]["type"], "groupMemberNotFound");
}
