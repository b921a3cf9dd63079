//! Two people who connect by address and talk, as the recordings show it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

use std::path::PathBuf;
use std::time::Duration;

use simplex_sim::{CoreId, EVENT_QUEUE, Network, SERVER_QUEUE, Settings};

struct Pair {
    net: Network,
    alice: CoreId,
    bob: CoreId,
}

fn tag(envelope: &str) -> String {
    let v: serde_json::Value = serde_json::from_str(envelope).unwrap_or_else(|e| panic!("{e}: {envelope}"));
    match (v.get("result"), v.get("error")) {
        (Some(r), _) => r["type"].as_str().unwrap().to_owned(),
        (_, Some(e)) => format!("error {e}"),
        _ => panic!("not an envelope: {envelope}"),
    }
}

impl Pair {
    fn new() -> Self {
        let mut net = Network::new(Settings::default());
        let alice = net.open("alice", "").unwrap();
        let bob = net.open("bob", "").unwrap();
        let mut pair = Self { net, alice, bob };
        for (core, name) in [(alice, "alice"), (bob, "bob")] {
            let user = format!(
                r#"/_create user {{"profile":{{"displayName":"{name}","fullName":""}},"pastTimestamp":false}}"#
            );
            assert_eq!(pair.cmd(core, &user), "activeUser");
            assert_eq!(pair.cmd(core, "/_start main=on"), "chatStarted");
        }
        pair
    }

    fn raw(&mut self, core: CoreId, text: &str) -> serde_json::Value {
        serde_json::from_str(&self.net.command(core, text).unwrap()).unwrap()
    }

    fn cmd(&mut self, core: CoreId, text: &str) -> String {
        tag(&self.net.command(core, text).unwrap())
    }

    fn events(&mut self, core: CoreId) -> Vec<String> {
        std::iter::from_fn(|| self.net.take_event(core)).map(|e| tag(&e)).collect()
    }

    fn connect(&mut self, auto_reply: &str) {
        let link = self.raw(self.alice, "/_address 1")["result"]["connLinkContact"]["connFullLink"].clone();
        let settings = format!(
            r#"/_address_settings 1 {{"businessAddress":false,"autoAccept":{{"acceptIncognito":false}}{auto_reply}}}"#
        );
        assert_eq!(self.cmd(self.alice, &settings), "userContactLinkUpdated");
        let connect = format!("/_connect 1 {}", link.as_str().unwrap());
        assert_eq!(self.cmd(self.bob, &connect), "sentInvitation");
    }
}

#[test]
fn events_of_a_connection_come_in_the_recorded_order() {
    let mut p = Pair::new();
    p.connect("");
    assert_eq!(p.events(p.alice), ["hostConnected", "acceptingContactRequest", "contactSndReady", "contactConnected"]);
    assert_eq!(
        p.events(p.bob),
        ["hostConnected", "contactConnecting", "contactConnected", "newChatItems", "newChatItems", "newChatItems"]
    );
}

#[test]
fn a_welcome_comes_before_the_contact_is_connected() {
    let mut p = Pair::new();
    p.connect(r#","autoReply":{"type":"text","text":"hi"}"#);
    assert_eq!(
        p.events(p.alice)[1..],
        [
            "acceptingContactRequest",
            "contactSndReady",
            "newChatItems",
            "chatItemsStatusesUpdated",
            "contactConnected",
            "chatItemsStatusesUpdated"
        ]
    );
    assert_eq!(
        p.events(p.bob)[1..],
        ["contactConnecting", "newChatItems", "contactConnected", "newChatItems", "newChatItems"]
    );
}

#[test]
fn a_message_arrives_is_unread_and_its_receipt_comes_back() {
    let mut p = Pair::new();
    p.connect("");
    p.events(p.alice);
    p.events(p.bob);
    assert_eq!(
        p.cmd(p.bob, r#"/_send @4 json [{"msgContent":{"type":"text","text":"7"},"mentions":{}}]"#),
        "newChatItems"
    );
    assert_eq!(p.events(p.bob), ["chatItemsStatusesUpdated", "chatItemsStatusesUpdated"]);
    assert_eq!(p.events(p.alice), ["newChatItems"]);
    let chats = p.raw(p.alice, r#"/_get chats 1 count=5 {"type":"filters","favorite":false,"unread":true}"#);
    let chat = &chats["result"]["chats"][0];
    assert_eq!(chat["chatStats"]["unreadCount"], 1);
    let item = chat["chatItems"][0]["meta"]["itemId"].as_i64().unwrap();
    assert_eq!(p.cmd(p.alice, &format!("/_read chat items @4 {item}")), "itemsReadForChat");
    let page = p.raw(p.alice, "/_get chat @4 initial=1");
    assert_eq!(page["result"]["chat"]["chatStats"]["unreadCount"], 0);
}

#[test]
fn a_killed_receiver_finds_its_messages_unread_and_gets_no_event_again() {
    let mut p = Pair::new();
    p.connect("");
    p.cmd(p.bob, r#"/_send @4 json [{"msgContent":{"type":"text","text":"one"}}]"#);
    p.net.crash(p.alice);
    p.cmd(p.bob, r#"/_send @4 json [{"msgContent":{"type":"text","text":"two"}}]"#);
    let alice = p.net.open("alice", "").unwrap();
    assert_eq!(p.cmd(alice, "/_start"), "chatStarted");
    assert_eq!(p.events(alice), ["hostConnected", "subscriptionStatus", "newChatItems"]);
    let page = p.raw(alice, "/_get chat @4 initial=5");
    assert_eq!(page["result"]["chat"]["chatStats"]["unreadCount"], 2);
}

#[test]
fn a_core_whose_events_nobody_takes_gets_no_more_and_all_of_it_later() {
    let mut p = Pair::new();
    p.connect("");
    p.events(p.alice);
    p.events(p.bob);
    let messages = EVENT_QUEUE + 1000;
    for n in 0..messages {
        let send = format!(r#"/_send @4 json [{{"msgContent":{{"type":"text","text":"{n}"}},"mentions":{{}}}}]"#);
        assert_eq!(p.cmd(p.alice, &send), "newChatItems");
        p.events(p.alice);
    }
    assert_eq!(p.net.events(p.bob), EVENT_QUEUE);
    let mut texts = Vec::new();
    while let Some(event) = p.net.take_event(p.bob) {
        assert!(p.net.events(p.bob) <= EVENT_QUEUE);
        let event: serde_json::Value = serde_json::from_str(&event).unwrap();
        let text = &event["result"]["chatItems"][0]["chatItem"]["content"]["msgContent"]["text"];
        texts.extend(text.as_str().map(str::to_owned));
        // Alice sees what is received meanwhile.
        p.events(p.alice);
    }
    assert_eq!(texts, Vec::from_iter((0..messages).map(|n| n.to_string())));
}

#[test]
fn a_core_whose_events_nobody_takes_answers_no_command_that_sends_or_adds_to_them() {
    let mut p = Pair::new();
    p.connect("");
    p.events(p.alice);
    p.events(p.bob);
    let event = r#"/debug event {"type":"cmdOk"}"#;
    for _ in 0..EVENT_QUEUE {
        assert_eq!(p.cmd(p.bob, event), "cmdOk");
    }
    let message = r#"/_send @4 json [{"msgContent":{"type":"text","text":"late"},"mentions":{}}]"#;
    for held_back in [event, message, "@alice late"] {
        assert_eq!(p.net.command(p.bob, held_back), None, "{held_back}");
    }
    assert_eq!(p.net.events(p.bob), EVENT_QUEUE);
    for command in ["/u", "/_contacts 1", "/_get chats 1 count=1", "/_connect 1", "/_address 1", "/* a note"] {
        assert!(p.net.command(p.bob, command).is_some(), "{command}");
    }
    assert_eq!(p.cmd(p.bob, "/_stop"), "chatStopped");
    assert!(p.cmd(p.bob, message).contains("chatNotStarted"));
    assert_eq!(p.cmd(p.bob, "/_start main=on"), "chatStarted");
    while p.net.events(p.bob) >= EVENT_QUEUE {
        assert_eq!(p.net.command(p.bob, message), None);
        p.net.take_event(p.bob).unwrap();
    }
    assert_eq!(p.cmd(p.bob, message), "newChatItems");
}

/// As recorded of a server that was killed (45-server-outage).
#[test]
fn what_the_server_lost_is_told_of_before_the_next_message() {
    let mut p = Pair::new();
    p.connect("");
    let text =
        |text: &str| format!(r#"/_send @4 json [{{"msgContent":{{"type":"text","text":"{text}"}},"mentions":{{}}}}]"#);
    let last = |p: &mut Pair| p.raw(p.alice, "/_get chat @4 count=2")["result"]["chat"]["chatItems"].clone();
    assert_eq!(p.cmd(p.bob, &text("before")), "newChatItems");
    p.net.set_offline(p.alice, true);
    for n in 0..=2 * SERVER_QUEUE {
        assert_eq!(p.cmd(p.bob, &text(&n.to_string())), "newChatItems");
    }
    p.net.lose_messages();
    p.net.set_offline(p.alice, false);
    let (alice, bob) = (p.alice, p.bob);
    let events: Vec<_> = std::iter::from_fn(|| p.net.take_event(alice)).collect();
    let texts: Vec<_> = events.iter().filter_map(|e| e.split_once("\"itemText\":\"")?.1.split('"').next()).collect();
    // As many as the server had; what it had no room for comes then.
    let at = texts.iter().position(|text| text.starts_with("skipped")).unwrap();
    let numbers = texts[at].strip_prefix("skipped message ID ").unwrap().split_once("..").unwrap();
    let (from, to): (usize, usize) = (numbers.0.parse().unwrap(), numbers.1.parse().unwrap());
    assert_eq!(
        (texts[at - 1], to + 1 - from, texts[at + 1]),
        ("before", SERVER_QUEUE, SERVER_QUEUE.to_string().as_str())
    );
    assert_eq!(texts.len(), at + 2 + SERVER_QUEUE);
    // Its sender does not know.
    let sent = p.raw(bob, "/_get chat @4 count=300")["result"]["chat"]["chatItems"].clone();
    let lost = sent.as_array().unwrap().iter().find(|item| item["meta"]["itemText"] == "0").unwrap();
    assert_eq!(lost["meta"]["itemStatus"]["type"], "sndSent");

    p.net.set_offline(alice, true);
    assert_eq!(p.cmd(bob, &text("lost")), "newChatItems");
    p.net.lose_messages();
    p.net.set_offline(alice, false);
    assert_eq!(p.cmd(bob, &text("after")), "newChatItems");
    let items = last(&mut p);
    let id = to + 2 + SERVER_QUEUE;
    assert_eq!(items[0]["meta"]["itemText"], format!("skipped message ID {id}"));
    assert_eq!(items[0]["meta"]["itemStatus"]["type"], "rcvNew");
    let error = serde_json::json!({"type": "msgSkipped", "fromMsgId": id, "toMsgId": id});
    assert_eq!(items[0]["content"], serde_json::json!({"type": "rcvIntegrityError", "msgError": error}));
    assert_eq!(items[1]["meta"]["itemText"], "after");
}

/// What an address's link shows lies at the server, as recorded (45-server-outage).
#[test]
fn the_settings_of_an_address_need_the_server() {
    let mut p = Pair::new();
    p.connect("");
    p.net.set_server(false);
    let answer = p.cmd(p.alice, r#"/_address_settings 1 {"businessAddress":false}"#);
    assert!(answer.contains("BROKER"), "{answer}");
}

/// Folders of Alice and Bob, set as those for files, with a file of Alice's.
fn folders(p: &mut Pair, test: &str) -> (PathBuf, PathBuf) {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(test);
    let _ = std::fs::remove_dir_all(&folder);
    let (alice, bob) = (folder.join("alice"), folder.join("bob"));
    for (core, folder) in [(p.alice, &alice), (p.bob, &bob)] {
        std::fs::create_dir_all(folder).unwrap();
        assert_eq!(p.cmd(core, &format!("/_files_folder {}", folder.display())), "cmdOk");
    }
    std::fs::write(alice.join("note.txt"), "note").unwrap();
    (alice, bob)
}

fn later(p: &mut Pair) {
    let later = p.net.now().plus(Duration::from_secs(5));
    p.net.advance(later);
}

const FILE: &str =
    r#"/_send @4 json [{"msgContent":{"type":"file","text":""},"mentions":{},"fileSource":{"filePath":"note.txt"}}]"#;

/// As recorded (31-files-cancel-errors): nothing more is heard of the file, and it cannot be received.
#[test]
fn the_upload_of_a_deleted_message_ends() {
    let mut p = Pair::new();
    p.connect("");
    folders(&mut p, "deleted-upload");
    p.events(p.bob);
    let sent = p.raw(p.alice, FILE)["result"]["chatItems"][0]["chatItem"]["meta"]["itemId"].as_i64().unwrap();
    p.events(p.alice);
    assert_eq!(p.cmd(p.alice, &format!("/_delete item @4 {sent} broadcast")), "chatItemsDeleted");
    later(&mut p);
    assert_eq!(p.events(p.alice), Vec::<String>::new());
    assert_eq!(p.events(p.bob), ["newChatItems", "chatItemsDeleted"]);
    for (core, status) in [(p.alice, "sndCancelled"), (p.bob, "rcvCancelled")] {
        let last = p.raw(core, "/_get chat @4 count=1")["result"]["chat"]["chatItems"][0].clone();
        assert_eq!(last["file"]["fileStatus"]["type"], status);
    }
    assert!(p.cmd(p.bob, "/freceive 1").contains("fileCancelled"));
}

#[test]
fn a_file_whose_message_was_deleted_here_is_not_found_once_it_is_uploaded() {
    let mut p = Pair::new();
    p.connect("");
    folders(&mut p, "deleted-offer");
    assert_eq!(p.cmd(p.alice, FILE), "newChatItems");
    let item = p.raw(p.bob, "/_get chat @4 count=1")["result"]["chat"]["chatItems"][0]["meta"]["itemId"].clone();
    assert_eq!(p.cmd(p.bob, &format!("/_delete item @4 {item} internal")), "chatItemsDeleted");
    p.events(p.bob);
    later(&mut p);
    let events = p.events(p.bob);
    assert!(matches!(&events[..], [error] if error.contains("fileIdNotFoundBySharedMsgId")), "{events:?}");
}

/// As recorded (30-files-xftp).
#[test]
fn a_deleted_message_takes_its_file_from_the_folder() {
    let mut p = Pair::new();
    p.connect("");
    let (_, folder) = folders(&mut p, "deleted-file");
    assert_eq!(p.cmd(p.alice, FILE), "newChatItems");
    later(&mut p);
    assert_eq!(p.cmd(p.bob, "/freceive 1 approved_relays=on"), "rcvFileAccepted");
    later(&mut p);
    assert!(folder.join("note.txt").exists());
    let item = p.raw(p.bob, "/_get chat @4 count=1")["result"]["chat"]["chatItems"][0]["meta"]["itemId"].clone();
    assert_eq!(p.cmd(p.bob, &format!("/_delete item @4 {item} internalMark")), "chatItemsDeleted");
    assert!(folder.join("note.txt").exists());
    assert_eq!(p.cmd(p.bob, &format!("/_delete item @4 {item} internal")), "chatItemsDeleted");
    assert!(!folder.join("note.txt").exists());
    assert!(p.cmd(p.bob, "/fstatus 1").contains("fileNotFound"));
}

/// The id of what Bob sent, and its text.
fn sends(p: &mut Pair, options: &str, text: &str) -> i64 {
    let content = format!(r#"[{{"msgContent":{{"type":"text","text":"{text}"}},"mentions":{{}}}}]"#);
    let sent = p.raw(p.bob, &format!("/_send @4{options} json {content}"));
    sent["result"]["chatItems"][0]["chatItem"]["meta"]["itemId"].as_i64().unwrap()
}

fn edits(item: i64, options: &str, text: &str) -> String {
    let content = format!(r#"{{"msgContent":{{"type":"text","text":"{text}"}},"mentions":{{}}}}"#);
    format!("/_update item @4 {item}{options} json {content}")
}

#[test]
fn a_message_is_changed_for_others_within_a_day_or_not_at_all() {
    let mut p = Pair::new();
    p.connect("");
    let sent = sends(&mut p, "", "one");
    let forwarded = p.raw(p.bob, &format!("/_forward @4 @4 {sent}"));
    let forwarded = forwarded["result"]["chatItems"][0]["chatItem"]["meta"]["itemId"].as_i64().unwrap();
    assert!(p.cmd(p.bob, &edits(forwarded, "", "two")).contains("invalidChatItemUpdate"));
    let hours = |p: &mut Pair, hours: u64| {
        let then = p.net.now().plus(Duration::from_secs(hours * 3600));
        p.net.advance(then);
    };
    hours(&mut p, 23);
    assert_eq!(p.cmd(p.bob, &edits(sent, "", "two")), "chatItemUpdated");
    hours(&mut p, 2);
    assert!(p.cmd(p.bob, &edits(sent, "", "three")).contains("invalidChatItemUpdate"));
    assert_eq!(p.cmd(p.bob, &format!("/_delete item @4 {forwarded} broadcast")), "chatItemsDeleted");
    hours(&mut p, 6);
    assert!(p.cmd(p.bob, &format!("/_delete item @4 {sent} broadcast")).contains("invalidChatItemDelete"));
    assert_eq!(p.cmd(p.bob, &format!("/_delete item @4 {sent} internal")), "chatItemsDeleted");
}

#[test]
fn the_time_of_a_disappearing_live_message_starts_when_it_is_finished() {
    let mut p = Pair::new();
    p.connect("");
    let sent = sends(&mut p, " live=on ttl=60", "o");
    let item = p.raw(p.alice, "/_get chat @4 count=1")["result"]["chat"]["chatItems"][0]["meta"]["itemId"].clone();
    assert_eq!(p.cmd(p.alice, &format!("/_read chat items @4 {item}")), "itemsReadForChat");
    let minute = |p: &mut Pair| {
        let then = p.net.now().plus(Duration::from_secs(61));
        p.net.advance(then);
    };
    for core in [p.alice, p.bob] {
        p.events(core);
    }
    minute(&mut p);
    assert_eq!(p.events(p.bob), Vec::<String>::new());
    assert_eq!(p.cmd(p.bob, &edits(sent, "", "on")), "chatItemUpdated");
    assert_eq!(p.events(p.alice), ["chatItemUpdated"]);
    minute(&mut p);
    assert_eq!(p.events(p.bob), ["chatItemsDeleted"]);
    assert_eq!(p.events(p.alice), ["chatItemsDeleted"]);
}

#[test]
fn what_was_deleted_here_is_not_deleted_again() {
    let mut p = Pair::new();
    p.connect("");
    let sent = sends(&mut p, "", "one");
    let item = p.raw(p.alice, "/_get chat @4 count=1")["result"]["chat"]["chatItems"][0]["meta"]["itemId"].clone();
    assert_eq!(p.cmd(p.alice, &format!("/_delete item @4 {item} internalMark")), "chatItemsDeleted");
    p.events(p.alice);
    assert_eq!(p.cmd(p.bob, &format!("/_delete item @4 {sent} broadcast")), "chatItemsDeleted");
    assert_eq!(p.events(p.alice), ["messageError"]);
}

#[test]
fn nothing_is_changed_for_a_contact_that_is_gone() {
    let mut p = Pair::new();
    p.connect("");
    let sent = sends(&mut p, "", "one");
    assert_eq!(p.cmd(p.alice, "/_delete @4 full notify=on"), "contactDeleted");
    let react = format!(r#"/_reaction @4 {sent} on {{"type":"emoji","emoji":"👍"}}"#);
    for command in [edits(sent, "", "two"), format!("/_delete item @4 {sent} broadcast"), react] {
        assert!(p.cmd(p.bob, &command).contains("contactNotReady"), "{command}");
    }
    assert_eq!(p.cmd(p.bob, &format!("/_delete item @4 {sent} internal")), "chatItemsDeleted");
}

#[test]
fn a_chat_is_read_by_the_kind_of_its_messages() {
    let mut p = Pair::new();
    p.connect("");
    sends(&mut p, "", "plain");
    sends(&mut p, "", "see https://example.com");
    let file = r#"/_send @4 json [{"msgContent":{"type":"file","text":"a file"},"mentions":{}}]"#;
    assert_eq!(p.cmd(p.bob, file), "newChatItems");
    for (kind, expected) in [("file", vec!["a file"]), ("link", vec!["see https://example.com"]), ("image", vec![])] {
        let page = p.raw(p.alice, &format!("/_get chat @4 content={kind} count=5"));
        let items = page["result"]["chat"]["chatItems"].as_array().unwrap();
        let texts: Vec<_> = items.iter().map(|i| i["meta"]["itemText"].as_str().unwrap()).collect();
        assert_eq!(texts, expected, "{kind}");
    }
}

#[test]
fn a_quote_shows_what_the_core_sends_of_a_message() {
    let mut p = Pair::new();
    p.connect("");
    folders(&mut p, "quotes");
    assert_eq!(p.cmd(p.alice, FILE), "newChatItems");
    let last = |p: &mut Pair, core| p.raw(core, "/_get chat @4 count=1")["result"]["chat"]["chatItems"][0].clone();
    let bob = p.bob;
    let quoted = last(&mut p, bob)["meta"]["itemId"].clone();
    let image = r#"{"type":"image","text":"","image":"data:image/jpg;base64,AA=="}"#;
    for (content, expected) in [
        (r#"{"type":"text","text":"which?"}"#, r#"{"text":"note.txt","type":"file"}"#),
        (image, r#"{"text":"note.txt","type":"text"}"#),
    ] {
        let message = format!(r#"[{{"quotedItemId":{quoted},"msgContent":{content},"mentions":{{}}}}]"#);
        assert_eq!(p.cmd(p.bob, &format!("/_send @4 json {message}")), "newChatItems");
        for core in [p.alice, p.bob] {
            assert_eq!(last(&mut p, core)["quotedItem"]["content"].to_string(), expected);
        }
    }
    let image = last(&mut p, bob)["meta"]["itemId"].clone();
    let content = r#"{"type":"voice","text":"nice","duration":65}"#;
    let message = format!(r#"[{{"quotedItemId":{image},"msgContent":{content},"mentions":{{}}}}]"#);
    assert_eq!(p.cmd(p.bob, &format!("/_send @4 json {message}")), "newChatItems");
    let sent = last(&mut p, bob);
    assert_eq!(sent["quotedItem"]["content"]["type"], "image");
    assert_eq!(sent["meta"]["itemText"], "voice message (01:05); nice");
}

/// Others, who ask Alice's address to be her contacts: all are called the same.
fn askers(p: &mut Pair, count: usize) -> Vec<String> {
    let link = p.raw(p.alice, "/_show_address 1")["result"]["contactLink"]["connLinkContact"]["connFullLink"].clone();
    let mut names = Vec::new();
    for _ in 0..count {
        let core = p.net.open(&format!("eve {:?}", p.net.now()), "").unwrap();
        let profile = r#"{"profile":{"displayName":"eve","fullName":""},"pastTimestamp":false}"#;
        assert_eq!(p.cmd(core, &format!("/_create user {profile}")), "activeUser");
        assert_eq!(p.cmd(core, "/_start main=on"), "chatStarted");
        assert_eq!(p.cmd(core, &format!("/_connect 1 {}", link.as_str().unwrap())), "sentInvitation");
        let chats = p.raw(p.alice, "/_get chats 1 count=1");
        names.push(chats["result"]["chats"][0]["chatInfo"]["contact"]["localDisplayName"].as_str().unwrap().to_owned());
    }
    names
}

/// The core's sources: one more than the highest number in use.
#[test]
fn a_name_that_is_taken_gets_the_next_number() {
    let mut p = Pair::new();
    p.connect("");
    assert_eq!(askers(&mut p, 3), ["eve", "eve_1", "eve_2"]);
    let contacts = p.raw(p.alice, "/_contacts 1")["result"]["contacts"].clone();
    let second = contacts.as_array().unwrap().iter().find(|c| c["localDisplayName"] == "eve_1").unwrap();
    assert_eq!(p.cmd(p.alice, &format!("/_delete @{} full notify=off", second["contactId"])), "contactDeleted");
    assert_eq!(askers(&mut p, 1), ["eve_3"]);
}

#[test]
fn a_request_to_another_profile_is_not_found() {
    let mut p = Pair::new();
    p.connect("");
    assert_eq!(p.cmd(p.alice, r#"/_address_settings 1 {"businessAddress":false}"#), "userContactLinkUpdated");
    askers(&mut p, 1);
    let second = r#"{"profile":{"displayName":"second","fullName":""},"pastTimestamp":false}"#;
    assert_eq!(p.cmd(p.alice, &format!("/_create user {second}")), "activeUser");
    assert!(p.cmd(p.alice, "/_reject 2").contains("contactRequestNotFound"));
    assert_eq!(p.cmd(p.alice, "/_user 1"), "activeUser");
    assert_eq!(p.cmd(p.alice, "/_reject 2"), "contactRequestRejected");
}

#[test]
fn a_voice_message_that_the_contact_does_not_allow_leaves_a_note_of_it() {
    let mut p = Pair::new();
    p.connect("");
    p.net.set_offline(p.bob, true);
    let prefs = r#"{"voice":{"allow":"no"},"reactions":{"allow":"no"},"timedMessages":{"allow":"no"}}"#;
    assert_eq!(p.cmd(p.alice, &format!("/_set prefs @4 {prefs}")), "contactPrefsUpdated");
    let voice = r#"[{"msgContent":{"type":"voice","text":"","duration":3},"mentions":{}}]"#;
    assert_eq!(p.cmd(p.bob, &format!("/_send @4 json {voice}")), "newChatItems");
    sends(&mut p, " ttl=60", "soon gone");
    p.events(p.alice);
    p.net.set_offline(p.bob, false);
    let new: Vec<serde_json::Value> = std::iter::from_fn(|| p.net.take_event(p.alice))
        .map(|e| serde_json::from_str::<serde_json::Value>(&e).unwrap()["result"].clone())
        .filter(|e| e["type"] == "newChatItems")
        .collect();
    let item = &new[0]["chatItems"][0]["chatItem"];
    assert_eq!(item["content"], serde_json::json!({"type": "rcvChatFeatureRejected", "feature": "voice"}));
    assert_eq!(item["meta"]["itemText"], "Voice messages: received, prohibited");
    assert_eq!(item["meta"]["itemStatus"]["type"], "rcvNew");
    assert!(new[1]["chatItems"][0]["chatItem"]["meta"].get("itemTimed").is_none());
}

#[test]
fn the_list_of_chats_has_its_own_form_also_after_a_setting_that_the_user_shows_later() {
    let mut p = Pair::new();
    p.connect("");
    let before = p.raw(p.alice, "/chats");
    assert_eq!(before["result"]["type"], "chats");
    assert_eq!(p.cmd(p.alice, "/_set receipts contacts 1 off"), "cmdOk");
    assert_eq!(p.raw(p.alice, "/chats"), before);
}

#[test]
fn information_about_a_contact_names_the_server_of_its_queues() {
    let mut p = Pair::new();
    p.connect("");
    let info = p.raw(p.alice, "/_info @4");
    let moved = p.raw(p.alice, "/_switch @4");
    let server = &info["result"]["connectionStats_"]["rcvQueuesInfo"][0]["rcvServer"];
    assert!(server.as_str().unwrap().starts_with("smp://"), "{server}");
    assert_eq!(*server, moved["result"]["connectionStats"]["rcvQueuesInfo"][0]["rcvServer"]);
}

#[test]
fn the_random_profile_of_an_invitation_is_set_and_dropped_once_and_only_while_nobody_joined() {
    let mut p = Pair::new();
    let link = p.raw(p.alice, "/_connect 1")["result"]["connLinkInvitation"]["connFullLink"].clone();
    let prohibited = |answer: &str| answer.contains("connectionIncognitoChangeProhibited");
    assert!(prohibited(&p.cmd(p.alice, "/_set incognito :1 off")));
    assert_eq!(p.cmd(p.alice, "/_set incognito :1 on"), "connectionIncognitoUpdated");
    assert!(prohibited(&p.cmd(p.alice, "/_set incognito :1 on")));
    assert_eq!(p.cmd(p.alice, "/_set incognito :1 off"), "connectionIncognitoUpdated");
    p.net.set_offline(p.alice, true);
    assert_eq!(p.cmd(p.bob, &format!("/_connect 1 {}", link.as_str().unwrap())), "sentConfirmation");
    assert!(prohibited(&p.cmd(p.bob, "/_set incognito :1 on")));
}

#[test]
fn a_link_shows_the_profile_that_its_invitation_has_now() {
    let mut p = Pair::new();
    let link = p.raw(p.alice, "/_connect 1")["result"]["connLinkInvitation"]["connShortLink"].clone();
    let plan = format!("/_connect plan 1 {}", link.as_str().unwrap());
    let shown = |p: &mut Pair| {
        let plan = p.raw(p.bob, &plan);
        plan["result"]["connectionPlan"]["invitationLinkPlan"]["contactSLinkData_"]["profile"].clone()
    };
    let own = shown(&mut p);
    assert_eq!(own["displayName"], "alice");
    let random = p.raw(p.alice, "/_set incognito :1 on")["result"]["customUserProfile"]["displayName"].clone();
    assert!(random.is_string());
    assert_eq!(shown(&mut p)["displayName"], random);
    // The link's content is at the server: while it cannot be changed, nothing is.
    p.net.set_server(false);
    assert!(p.cmd(p.alice, "/_set incognito :1 off").contains("BROKER"));
    p.net.set_server(true);
    assert_eq!(shown(&mut p)["displayName"], random);
    assert_eq!(p.cmd(p.alice, "/_set incognito :1 off"), "connectionIncognitoUpdated");
    assert_eq!(shown(&mut p), own);
}
