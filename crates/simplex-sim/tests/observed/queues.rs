//! Scenarios 20, 25 and 31: moving queues, renewing ratchets, and files without a chat.

use std::path::PathBuf;
use std::time::Duration;

use serde_json::Value;

use super::Pair;
use crate::common::Commands;

/// The phases of an event's progress, as its receiver was told them.
fn phases(events: &[Value], tag: &str, key: &str, field: &str) -> Vec<String> {
    let of_tag = events.iter().filter(|e| e["result"]["type"] == tag);
    of_tag.map(|e| e["result"][key][field].as_str().unwrap().to_owned()).collect()
}

#[test]
fn s20_a_queue_moves_in_phases_that_both_ends_are_told() {
    let mut p = Pair::new();
    let (alice, bob) = (p.alice, p.bob);
    p.events(alice);
    p.events(bob);
    let answer = p.ok(alice, "/_switch @4");
    assert_eq!(answer["type"], "contactSwitchStarted");
    assert_eq!(answer["connectionStats"]["rcvQueuesInfo"][0]["rcvSwitchStatus"], "switch_started");
    let (mine, theirs) = (p.events(alice), p.events(bob));
    let phase = |e: &[Value]| phases(e, "contactSwitch", "switchProgress", "switchPhase");
    assert_eq!(phase(&mine), ["started", "confirmed", "secured", "completed"]);
    assert_eq!(phase(&theirs), ["started", "confirmed", "secured", "completed"]);
    let direction = |e: &[Value]| phases(e, "contactSwitch", "switchProgress", "queueDirection");
    assert_eq!(direction(&mine)[0], "rcv");
    assert_eq!(direction(&theirs)[0], "snd");
    // Messages go through as before.
    p.send(bob, "by the new queue");
    assert_eq!(p.texts(alice), ["by the new queue"]);
    let abort = p.raw(alice, "/_abort switch @4");
    assert_eq!(abort["error"]["agentError"]["type"], "CMD");
}

#[test]
fn s20_a_ratchet_is_renewed_when_forced() {
    let mut p = Pair::new();
    let (alice, bob) = (p.alice, p.bob);
    p.events(alice);
    p.events(bob);
    assert_eq!(p.raw(alice, "/_sync @4")["error"]["agentError"]["cmdErr"]["type"], "PROHIBITED");
    assert_eq!(p.ok(alice, "/_sync @4 force=on")["type"], "contactRatchetSyncStarted");
    for core in [alice, bob] {
        let events = p.events(core);
        let states = phases(&events, "contactRatchetSync", "ratchetSyncProgress", "ratchetSyncStatus");
        assert_eq!(states, ["agreed", "ok"]);
    }
    p.send(alice, "with new keys");
    assert_eq!(p.texts(bob), ["with new keys"]);
}

#[test]
fn s31_a_file_without_a_chat_is_fetched_by_its_link() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("s31");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let (from, to) = (folder.join("from.bin"), folder.join("to.bin"));
    std::fs::write(&from, vec![3; 70_000]).unwrap();
    let mut p = Pair::new();
    let (alice, bob) = (p.alice, p.bob);
    p.events(alice);
    assert_eq!(p.ok(alice, &format!("/_upload 1 {}", from.display()))["type"], "sndStandaloneFileCreated");
    let to_later = p.net.now().plus(Duration::from_secs(5));
    p.net.advance(to_later);
    let events = p.events(alice);
    let done = events.iter().find(|e| e["result"]["type"] == "sndStandaloneFileComplete").unwrap();
    // There is no item to show it by. Not recorded: the shape is the core's sources'.
    let file = done["result"]["fileTransferMeta"]["fileId"].as_i64().unwrap();
    let status = p.ok(alice, &format!("/fstatus {file}"));
    assert_eq!((&status["type"], &status["data"][1][0]["type"]), (&"fileTransferStatus".into(), &"snd".into()));
    let link = done["result"]["rcvURIs"][0].as_str().unwrap().to_owned();
    assert_eq!(p.ok(bob, &format!("/_download info {link}"))["type"], "standaloneFileInfo");
    p.ok(bob, &format!("/_download 1 {link} {}", to.display()));
    let to_later = p.net.now().plus(Duration::from_secs(5));
    p.net.advance(to_later);
    assert!(p.tags(bob).contains(&"rcvStandaloneFileComplete".to_owned()));
    assert_eq!(std::fs::read(&to).unwrap(), vec![3; 70_000]);
}
