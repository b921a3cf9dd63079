//! Files between two people: what is sent, kept by relays, encrypted.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]

mod common;

use std::path::PathBuf;
use std::time::Duration;

use serde_json::{Value, json};
use simplex_sim::{CoreId, Network, Settings};

use common::Commands;

/// Two people who are connected; each has the other as contact 4.
struct Pair {
    net: Network,
    alice: CoreId,
    bob: CoreId,
    folder: PathBuf,
}

impl Commands for Pair {
    fn net(&mut self) -> &mut Network {
        &mut self.net
    }
}

impl Pair {
    fn new(test: &str) -> Self {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(test);
        let _ = std::fs::remove_dir_all(&folder);
        let mut net = Network::new(Settings::default());
        let [alice, bob] = ["alice", "bob"].map(|name| net.open(name, "").unwrap());
        let mut p = Self { net, alice, bob, folder };
        for (core, name) in [(alice, "alice"), (bob, "bob")] {
            let profile = json!({"profile": {"displayName": name, "fullName": ""}, "pastTimestamp": false});
            p.ok(core, &format!("/_create user {profile}"));
            p.ok(core, "/_start main=on");
            let folder = p.folder.join(name);
            std::fs::create_dir_all(&folder).unwrap();
            p.ok(core, &format!("/_files_folder {}", folder.display()));
        }
        let link = p.ok(alice, "/_connect 1")["connLinkInvitation"]["connFullLink"].clone();
        p.ok(bob, &format!("/_connect 1 {}", link.as_str().unwrap()));
        p
    }

    /// Alice sends a file of hers, and it is uploaded.
    fn offer(&mut self, name: &str) {
        std::fs::write(self.folder.join("alice").join(name), name).unwrap();
        self.ok(self.alice, &format!("/f @bob {name}"));
        self.later(Duration::from_secs(5));
    }

    fn later(&mut self, by: Duration) {
        let to = self.net.now().plus(by);
        self.net.advance(to);
    }

    fn events(&mut self, core: CoreId) -> Vec<Value> {
        std::iter::from_fn(|| self.net.take_event(core)).map(|e| serde_json::from_str(&e).unwrap()).collect()
    }
}

#[test]
fn a_file_larger_than_a_gigabyte_is_not_sent() {
    let mut p = Pair::new("large");
    let file = std::fs::File::create(p.folder.join("alice/large")).unwrap();
    // Without content: this takes no room on the disk.
    file.set_len((1 << 30) + 1).unwrap();
    let error = p.refused(p.alice, "/f @bob large");
    assert_eq!(error["errorType"], json!({"type": "fileSize", "filePath": "large"}));
    file.set_len(1 << 30).unwrap();
    p.ok(p.alice, "/f @bob large");
}

#[test]
fn a_relay_keeps_a_file_for_two_days() {
    let mut p = Pair::new("kept");
    p.offer("first");
    p.offer("second");
    p.later(Duration::from_secs(48 * 3600 - 60));
    p.events(p.bob);
    p.ok(p.bob, "/freceive 1 approved_relays=on");
    p.later(Duration::from_secs(5));
    assert_eq!(p.events(p.bob).last().unwrap()["result"]["type"], "rcvFileComplete");
    p.later(Duration::from_secs(60));
    p.ok(p.bob, "/freceive 2 approved_relays=on");
    p.later(Duration::from_secs(5));
    let last = p.events(p.bob).pop().unwrap();
    assert_eq!(last["result"]["type"], "rcvFileError");
    assert_eq!(last["result"]["agentError"]["xftpErr"]["type"], "AUTH");
}

/// A core prefers `Downloads` in somebody's home; this one is for tests.
#[test]
fn a_file_that_is_received_without_a_folder_is_among_the_temporary_ones() {
    let mut p = Pair::new("temporary");
    p.offer("note");
    // A new process has no folder for files.
    p.bob = p.net.open("bob", "").unwrap();
    let folder = p.folder.join("bob/under way");
    p.ok(p.bob, &format!("/_temp_folder {}", folder.display()));
    p.ok(p.bob, "/_start main=on");
    let accepted = p.ok(p.bob, "/freceive 1 approved_relays=on");
    let path = folder.join("note");
    assert_eq!(accepted["chatItem"]["chatItem"]["file"]["fileSource"]["filePath"], path.to_str().unwrap());
    p.later(Duration::from_secs(5));
    assert_eq!(std::fs::read(path).unwrap(), b"note");
}

/// As recorded (30-files-xftp). The seed of the network decides on the key.
#[test]
fn an_encrypted_file_has_the_key_that_it_was_accepted_with() {
    let [first, again] = ["encrypted", "encrypted-again"].map(|test| {
        let mut p = Pair::new(test);
        p.offer("note");
        let accepted = p.ok(p.bob, "/freceive 1 approved_relays=on encrypt=on");
        let crypto = |of: &Value| of["chatItem"]["chatItem"]["file"]["fileSource"]["cryptoArgs"].clone();
        let keys = crypto(&accepted);
        p.later(Duration::from_secs(5));
        let complete = p.events(p.bob).pop().unwrap()["result"].clone();
        assert_eq!((&complete["type"], crypto(&complete)), (&json!("rcvFileComplete"), keys.clone()));
        let [key, nonce] = ["fileKey", "fileNonce"].map(|k| keys[k].as_str().unwrap().to_owned());
        let stored = p.folder.join("bob/note");
        assert_eq!(simplex_sim::crypt::read_file(stored.to_str().unwrap(), &key, &nonce).unwrap(), b"note");
        keys
    });
    assert_eq!(first, again);
}
