//! Scenario 41: what a kill leaves of requests, handshakes, groups and files whose events nobody read.

use std::path::PathBuf;
use std::time::Duration;

use serde_json::Value;
use simplex_sim::CoreId;

use super::Pair;
use crate::common::Commands;

const UNREAD: &str = r#"/_get chats 1 count=100 {"type":"filters","favorite":false,"unread":true}"#;

impl Pair {
    /// Somebody else, who asks to be bob's contact.
    fn request(&mut self, name: &str) -> CoreId {
        let core = self.net.open(name, "").unwrap();
        let user =
            format!(r#"/_create user {{"profile":{{"displayName":"{name}","fullName":""}},"pastTimestamp":false}}"#);
        self.ok(core, &user);
        self.ok(core, "/_start main=on");
        let link = self.ok(self.bob, "/_show_address 1")["contactLink"]["connLinkContact"]["connFullLink"].clone();
        self.ok(core, &format!("/_connect 1 {}", link.as_str().unwrap()));
        core
    }

    fn names(&mut self, core: CoreId) -> Vec<String> {
        let list = self.ok(core, "/_contacts 1");
        let mut names: Vec<String> = list["contacts"]
            .as_array()
            .unwrap()
            .iter()
            .map(|c| c["localDisplayName"].as_str().unwrap().to_owned())
            .collect();
        names.sort();
        names
    }

    fn later(&mut self, by: Duration) {
        let to = self.net.now().plus(by);
        self.net.advance(to);
    }

    fn folder(&mut self, core: CoreId, name: &str) -> PathBuf {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        self.ok(core, &format!("/_files_folder {}", folder.display()));
        folder
    }
}

fn manual(p: &mut Pair) {
    p.ok(p.bob, r#"/_address_settings 1 {"businessAddress":false}"#);
}

#[test]
fn s41_a_contact_request_is_found_in_the_list_of_chats_only() {
    let mut p = Pair::new();
    manual(&mut p);
    let carol = p.request("carol");
    p.restart(p.bob);
    assert_eq!(p.tags(p.bob), ["hostConnected", "subscriptionStatus"]);
    let chats = p.ok(p.bob, "/_get chats 1 pcc=on");
    let asking: Vec<&Value> = chats["chats"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|c| !c["chatInfo"]["contact"]["contactRequestId"].is_null())
        .filter(|c| c["chatInfo"]["contact"]["localDisplayName"] == "carol")
        .collect();
    assert_eq!(asking.len(), 1);
    assert_eq!(asking[0]["chatStats"]["unreadCount"], 0);
    assert_eq!(p.names(p.bob), ["alice"]);
    let request = asking[0]["chatInfo"]["contact"]["contactRequestId"].clone();
    p.ok(p.bob, &format!("/_accept {request}"));
    assert_eq!(p.tags(p.bob), ["contactConnected"]);
    assert!(p.tags(carol).contains(&"contactConnected".to_owned()));
}

#[test]
fn s41_a_contact_accepted_by_itself_is_found_among_the_contacts_only() {
    let mut p = Pair::new();
    p.ok(
        p.bob,
        r#"/_address_settings 1 {"businessAddress":false,"autoAccept":{"acceptIncognito":false},"autoReply":{"type":"text","text":"welcome"}}"#,
    );
    let dave = p.request("dave");
    p.restart(p.bob);
    assert_eq!(p.tags(p.bob), ["hostConnected", "subscriptionStatus"]);
    assert_eq!(p.names(p.bob), ["alice", "dave"]);
    assert_eq!(p.ok(p.bob, UNREAD)["chats"], Value::Array(Vec::new()));
    // The welcome was sent exactly once.
    assert_eq!(p.texts(dave), ["welcome"]);
}

#[test]
fn s41_a_handshake_cut_in_the_middle_goes_on_after_the_restart() {
    let mut p = Pair::new();
    p.ok(
        p.bob,
        r#"/_address_settings 1 {"businessAddress":false,"autoAccept":{"acceptIncognito":false},"autoReply":{"type":"text","text":"welcome"}}"#,
    );
    // Bob takes the request and dies before the server has answered.
    p.net.crash_after(p.bob, 1);
    let eve = p.request("eve");
    assert!(!p.net.is_running(p.bob));
    p.ok(p.bob, "/_start main=on");
    let tags = p.tags(p.bob);
    for missing in ["contactSndReady", "newChatItems", "chatItemsStatusesUpdated", "contactConnected"] {
        assert!(tags.iter().any(|t| t == missing), "{missing}: {tags:?}");
    }
    assert!(!tags.iter().any(|t| t == "acceptingContactRequest"), "{tags:?}");
    assert_eq!(p.names(p.bob), ["alice", "eve"]);
    assert_eq!(p.texts(eve), ["welcome"]);
    assert!(p.tags(eve).contains(&"contactConnected".to_owned()));
}

#[test]
fn s41_invitations_joins_and_messages_of_groups_outlive_a_kill() {
    let mut p = Pair::new();
    let (alice, bob) = (p.alice, p.bob);
    p.ok(alice, r#"/_group 1 {"displayName":"rg","fullName":""}"#);
    p.ok(alice, "/_add #1 4 member");
    p.restart(bob);
    assert_eq!(p.tags(bob), ["hostConnected", "subscriptionStatus"]);
    let unread = p.ok(bob, UNREAD);
    assert_eq!(unread["chats"][0]["chatStats"]["unreadCount"], 1);
    assert_eq!(p.ok(bob, "/_groups1")["groups"][0]["membership"]["memberStatus"], "invited");

    p.ok(bob, "/_join #1");
    p.restart(bob);
    assert_eq!(p.tags(bob), ["hostConnected", "subscriptionStatus"]);
    assert_eq!(p.ok(bob, "/_groups1")["groups"][0]["membership"]["memberStatus"], "connected");

    p.later(Duration::from_secs(3));
    p.ok(alice, r#"/_send #1 json [{"msgContent":{"type":"text","text":"group msg undrained"},"mentions":{}}]"#);
    p.restart(bob);
    assert_eq!(p.tags(bob), ["hostConnected", "subscriptionStatus"]);
    let unread = p.ok(bob, UNREAD);
    let chats = unread["chats"].as_array().unwrap();
    assert_eq!(chats.iter().map(|c| c["chatStats"]["unreadCount"].clone()).collect::<Vec<_>>(), [1, 1]);
    assert_eq!(chats[0]["chatInfo"]["type"], "group");
    assert_eq!(chats[0]["chatItems"][0]["meta"]["itemText"], "group msg undrained");
}

#[test]
fn s41_downloads_resume_and_finished_files_show_in_their_items_only() {
    let mut p = Pair::new();
    let (alice, bob) = (p.alice, p.bob);
    let from = p.folder(alice, "s41-alice");
    std::fs::write(from.join("r.bin"), vec![7; 200_000]).unwrap();
    let to = p.folder(bob, "s41-bob");
    let offer =
        r#"/_send @4 json [{"msgContent":{"type":"file","text":"f"},"fileSource":{"filePath":"r.bin"},"mentions":{}}]"#;
    let of_last = |p: &mut Pair| {
        p.ok(p.bob, "/_get chat @4 count=1")["chat"]["chatItems"][0]["file"]["fileStatus"]["type"].clone()
    };
    let again = |p: &mut Pair| {
        p.net.crash(p.bob);
        p.ok(p.bob, &format!("/_files_folder {}", to.display()));
        p.ok(p.bob, "/_start main=on");
    };
    p.ok(alice, offer);
    p.later(Duration::from_secs(5));
    again(&mut p);
    assert_eq!(of_last(&mut p), "rcvInvitation");
    p.ok(bob, "/freceive 1");
    p.later(Duration::from_millis(45));
    again(&mut p);
    p.later(Duration::from_secs(5));
    let tags = p.tags(bob);
    assert!(tags.iter().any(|t| t == "rcvFileComplete"), "{tags:?}");
    assert_eq!(std::fs::read(to.join("r.bin")).unwrap().len(), 200_000);

    p.ok(alice, offer);
    p.later(Duration::from_secs(5));
    p.events(bob);
    p.ok(bob, "/freceive 2");
    p.later(Duration::from_secs(5));
    again(&mut p);
    p.later(Duration::from_secs(5));
    assert!(p.tags(bob).iter().all(|t| !t.starts_with("rcvFile")));
    assert_eq!(of_last(&mut p), "rcvComplete");
}
