//! A network in a file: what a kill leaves is what the real core's database would hold.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]

use std::io::Write as _;
use std::path::{Path, PathBuf};

use serde_json::Value;
use simplex_sim::{CoreId, Network, Settings};

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("simplex-sim-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn open(file: &Path) -> (Network, CoreId, CoreId) {
    let mut net = Network::stored(Settings::default(), file).unwrap();
    let (a, b) = (net.open("alice", "").unwrap(), net.open("bob", "").unwrap());
    (net, a, b)
}

fn ask(net: &mut Network, core: CoreId, text: &str) -> Value {
    let v: Value = serde_json::from_str(&net.command(core, text).unwrap()).unwrap();
    assert!(v.get("result").is_some(), "{text}: {v}");
    v["result"].clone()
}

fn connected(net: &mut Network, a: CoreId, b: CoreId) {
    for (core, name) in [(a, "alice"), (b, "bob")] {
        let user =
            format!(r#"/_create user {{"profile":{{"displayName":"{name}","fullName":""}},"pastTimestamp":false}}"#);
        ask(net, core, &user);
        ask(net, core, "/_start main=on");
    }
    let link = ask(net, b, "/_address 1")["connLinkContact"]["connFullLink"].as_str().unwrap().to_owned();
    ask(net, b, r#"/_address_settings 1 {"businessAddress":false,"autoAccept":{"acceptIncognito":false}}"#);
    ask(net, a, &format!("/_connect 1 {link}"));
}

fn send(net: &mut Network, core: CoreId, text: &str) {
    let cmd = format!(r#"/_send @4 json [{{"msgContent":{{"type":"text","text":"{text}"}},"mentions":{{}}}}]"#);
    ask(net, core, &cmd);
}

#[test]
fn a_received_message_that_was_not_read_is_unread_after_a_kill() {
    let folder = Folder::new("unread");
    let file = folder.0.join("network");
    let (mut net, a, b) = open(&file);
    connected(&mut net, a, b);
    send(&mut net, a, "one");
    send(&mut net, a, "two");
    let before = ask(&mut net, b, "/_get chat @4 count=100");
    // No farewell: the process is gone.
    drop(net);

    let (mut net, _, b) = open(&file);
    ask(&mut net, b, "/_start main=on");
    let after = ask(&mut net, b, "/_get chat @4 count=100");
    assert_eq!(before["chat"]["chatItems"], after["chat"]["chatItems"]);
    let unread = ask(&mut net, b, r#"/_get chats 1 count=10 {"type":"filters","favorite":false,"unread":true}"#);
    assert_eq!(unread["chats"][0]["chatStats"]["unreadCount"], 2);
    let events: Vec<String> = std::iter::from_fn(|| net.take_event(b)).map(|e| e.to_string()).collect();
    assert!(events.iter().all(|e| !e.contains("newChatItems")), "an event came again: {events:?}");
}

#[test]
fn a_message_on_its_way_arrives_after_a_kill_of_everybody() {
    let folder = Folder::new("way");
    let file = folder.0.join("network");
    let (mut net, a, b) = open(&file);
    connected(&mut net, a, b);
    ask(&mut net, b, "/_stop");
    send(&mut net, a, "while you were away");
    drop(net);

    let (mut net, a, b) = open(&file);
    for core in [a, b] {
        ask(&mut net, core, "/_start main=on");
    }
    let events: Vec<String> = std::iter::from_fn(|| net.take_event(b)).map(|e| e.to_string()).collect();
    assert_eq!(events.iter().filter(|e| e.contains("while you were away")).count(), 1);
}

#[test]
fn what_the_server_lost_stays_lost() {
    let folder = Folder::new("lost");
    let file = folder.0.join("network");
    let (mut net, a, b) = open(&file);
    connected(&mut net, a, b);
    net.set_offline(b, true);
    send(&mut net, a, "lost");
    net.lose_messages();
    drop(net);

    let (mut net, a, b) = open(&file);
    for core in [a, b] {
        ask(&mut net, core, "/_start main=on");
    }
    net.set_offline(b, false);
    send(&mut net, a, "after");
    let page = ask(&mut net, b, "/_get chat @4 count=2");
    assert_eq!(page["chat"]["chatItems"][0]["content"]["type"], "rcvIntegrityError");
    assert_eq!(page["chat"]["chatItems"][1]["meta"]["itemText"], "after");
}

#[test]
fn a_line_that_a_kill_cut_short_is_left_out() {
    let folder = Folder::new("torn");
    let file = folder.0.join("network");
    let (mut net, a, b) = open(&file);
    connected(&mut net, a, b);
    send(&mut net, a, "whole");
    drop(net);
    let whole = std::fs::metadata(&file).unwrap().len();
    std::fs::File::options().append(true).open(&file).unwrap().write_all(br#"{"Command":[0,17"#).unwrap();

    let (mut net, _, b) = open(&file);
    ask(&mut net, b, "/_start main=on");
    let page = ask(&mut net, b, "/_get chat @4 count=1");
    assert_eq!(page["chat"]["chatItems"][0]["meta"]["itemText"], "whole");
    assert!(std::fs::metadata(&file).unwrap().len() > whole);
}

/// Cuts the file behind and within each of its lines from the given byte on, as a kill may, and goes on from there: what
/// was kept comes first, and opening the file again gives what was answered.
fn check_cuts(file: &Path, from: usize, more: &[&str]) {
    let page = |net: &mut Network, core| net.command(core, "/_get chat @4 count=100").unwrap().to_string();
    let names = |page: &str| -> Vec<String> {
        let page: Value = serde_json::from_str(page).unwrap();
        let items = page["result"]["chat"]["chatItems"].as_array().cloned().unwrap_or_default();
        items.iter().map(|item| format!("{} {}", item["meta"]["itemId"], item["meta"]["itemText"])).collect()
    };
    let whole = std::fs::read(file).unwrap();
    let (mut net, a, _) = open(file);
    let all = names(&page(&mut net, a));
    drop(net);
    let mut cuts = Vec::new();
    let mut begin = from;
    for line in whole[from..].split_inclusive(|byte| *byte == b'\n') {
        cuts.extend([begin + line.len() / 2, begin + line.len()]);
        begin += line.len();
    }
    for cut in cuts {
        std::fs::write(file, &whole[..cut]).unwrap();
        let (mut net, a, _) = open(file);
        let kept = names(&page(&mut net, a));
        assert!(all.starts_with(&kept), "cut at {cut}: {kept:?}");
        for command in more {
            net.command(a, command).unwrap();
        }
        let before = page(&mut net, a);
        drop(net);
        let (mut net, a, _) = open(file);
        net.command(a, "/_start main=on").unwrap();
        assert_eq!(page(&mut net, a), before, "cut at {cut}");
    }
}

#[test]
fn what_belongs_to_an_input_that_a_kill_cut_off_is_left_out_with_it() {
    let folder = Folder::new("cuts");
    let file = folder.0.join("network");
    let (mut net, a, b) = open(&file);
    connected(&mut net, a, b);
    let note = folder.0.join("note");
    let offer = format!("/f @bob {}", note.display());
    for text in ["one", "longer"] {
        std::fs::write(&note, text).unwrap();
        assert!(net.take_event(a).is_some());
        assert!(net.take_event(b).is_some());
        ask(&mut net, a, &offer);
        send(&mut net, b, text);
        net.advance(net.now().plus(std::time::Duration::from_secs(60)));
        net.set_offline(b, text == "one");
    }
    drop(net);
    let kept = std::fs::read_to_string(&file).unwrap();
    for input in ["World", "Take", "Advance"] {
        assert!(kept.contains(&format!("{{\"{input}\":")), "no {input}: {kept}");
    }
    std::fs::write(&note, "the longest").unwrap();
    check_cuts(&file, kept.find('\n').unwrap() + 1, &["/_start main=on", &offer, "@bob more"]);
}

#[test]
fn another_file_is_refused() {
    let folder = Folder::new("junk");
    let file = folder.0.join("network");
    std::fs::write(&file, "{\"some\":\"thing\"}\n").unwrap();
    assert!(Network::stored(Settings::default(), &file).is_err());
}

#[test]
fn a_file_that_is_no_network_is_refused_and_stays_as_it_is() {
    let folder = Folder::new("other");
    let file = folder.0.join("settings.json");
    // A line that does not end is what a kill leaves.
    std::fs::write(&file, r#"{"some":"thing"}"#).unwrap();
    assert!(Network::stored(Settings::default(), &file).is_err());
    assert_eq!(std::fs::read_to_string(&file).unwrap(), r#"{"some":"thing"}"#);
    // A kill within the first line leaves a network that has not begun.
    for begun in ["{\"He", "{\"Header\":{\"version\""] {
        std::fs::write(&file, begun).unwrap();
        open(&file);
    }
}

#[test]
fn a_network_of_another_version_is_refused_with_what_to_do_and_stays_as_it_is() {
    let folder = Folder::new("version");
    let file = folder.0.join("network");
    let old = "{\"Header\":{\"version\":1,\"seed\":0,\"begin\":0,\"core\":\"\",\"smp\":\"\"}}\n";
    std::fs::write(&file, old).unwrap();
    let refused = Network::stored(Settings::default(), &file).unwrap_err().to_string();
    assert!(refused.contains("another version") && refused.contains("begin a new file"), "{refused}");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), old);
}

/// While a queue of events is full, messages wait; what they do to files, once there is room, is replayed with them.
#[test]
fn what_an_event_that_is_taken_does_to_files_is_kept_with_it() {
    let folder = Folder::new("taken");
    let file = folder.0.join("network");
    let (mut net, a, b) = open(&file);
    connected(&mut net, a, b);
    ask(&mut net, b, &format!("/_files_folder {}", folder.0.display()));
    ask(&mut net, a, "/xftp xftp://c29tZWJvZHkgZWxzZSdzIHJlbGF5IGluIHRoaXMgdGVzdA==@relay.example:443");
    let note = folder.0.join("note");
    std::fs::write(&note, "note").unwrap();
    let offer = format!("/f @bob {}", note.display());
    ask(&mut net, a, &offer);
    // Bob accepts the file before he knows where it is: on a relay that he does not allow.
    ask(&mut net, b, "/freceive 1");
    while net.events(b) < simplex_sim::EVENT_QUEUE {
        ask(&mut net, b, r#"/debug event {"type":"cmdOk"}"#);
    }
    let later = net.now().plus(std::time::Duration::from_secs(1));
    net.advance(later);
    let accepted = folder.0.join("note_1");
    assert!(accepted.exists());
    let full = std::fs::read(&file).unwrap().len();
    assert!(net.take_event(b).is_some());
    assert!(!accepted.exists(), "the file was refused once there was room for the event");
    ask(&mut net, a, &offer);
    let before = ask(&mut net, a, "/_get chat @4 count=100");
    drop(net);

    let (mut net, a, _) = open(&file);
    ask(&mut net, a, "/_start main=on");
    let after = ask(&mut net, a, "/_get chat @4 count=100");
    assert_eq!(before["chat"]["chatItems"], after["chat"]["chatItems"]);
    drop(net);
    check_cuts(&file, full, &["/_start main=on", &offer]);
}

#[test]
fn what_happens_between_commands_has_the_same_time_when_the_file_is_opened_again() {
    let folder = Folder::new("times");
    let file = folder.0.join("network");
    let page = |net: &mut Network, core| ask(net, core, "/_get chat @4 count=100")["chat"]["chatItems"].clone();
    let before = {
        let (mut net, a, b) = open(&file);
        connected(&mut net, a, b);
        net.set_offline(b, true);
        send(&mut net, a, "while away");
        net.advance(net.now().plus(std::time::Duration::from_secs(60)));
        net.set_offline(b, false);
        page(&mut net, b)
    };
    let (mut net, _, b) = open(&file);
    ask(&mut net, b, "/_start main=on");
    assert_eq!(page(&mut net, b), before);
}

#[test]
fn a_clock_that_is_set_back_does_not_set_the_network_back() {
    let folder = Folder::new("back");
    let file = folder.0.join("network");
    let (mut net, a, _) = open(&file);
    let begin = net.now();
    for seconds in [60, 30] {
        net.advance(begin.plus(std::time::Duration::from_secs(seconds)));
    }
    net.set_offline(a, true);
    let now = net.now();
    assert_eq!(now, begin.plus(std::time::Duration::from_secs(60)));
    drop(net);
    assert_eq!(open(&file).0.now(), now);
}
