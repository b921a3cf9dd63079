//! What the protocol promises holds under faults: nothing lost, nothing doubled, order kept per chat.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::needless_range_loop, reason = "a test")]

use std::collections::HashMap;
use std::time::Duration;

use serde_json::Value;
use simplex_sim::{CoreId, Network, Settings};

const NAMES: [&str; 3] = ["ann", "ben", "cat"];

struct World {
    net: Network,
    rng: fastrand::Rng,
    /// Texts by sender and receiver, in the order they were sent. Receiver 9 is the group.
    sent: HashMap<(usize, usize), Vec<String>>,
    /// Texts that came as events, by receiver.
    seen: HashMap<usize, Vec<String>>,
    contact: HashMap<(usize, usize), i64>,
    group: HashMap<usize, i64>,
    count: usize,
}

impl World {
    fn raw(&mut self, core: CoreId, text: &str) -> Value {
        serde_json::from_str(&self.net.command(core, text).unwrap()).unwrap()
    }

    fn ok(&mut self, core: CoreId, text: &str) -> Value {
        let v = self.raw(core, text);
        assert!(v.get("result").is_some(), "{text}: {v}");
        v["result"].clone()
    }

    fn new(seed: u64) -> Self {
        let mut w = Self {
            net: Network::new(Settings { seed, ..Settings::default() }),
            rng: fastrand::Rng::with_seed(seed),
            sent: HashMap::new(),
            seen: HashMap::new(),
            contact: HashMap::new(),
            group: HashMap::new(),
            count: 0,
        };
        let mut links = Vec::new();
        for name in NAMES {
            let core = w.net.open(name, "").unwrap();
            w.ok(
                core,
                &format!(
                    r#"/_create user {{"profile":{{"displayName":"{name}","fullName":""}},"pastTimestamp":false}}"#
                ),
            );
            w.ok(core, "/_start main=on");
            let link = w.ok(core, "/_address 1")["connLinkContact"]["connFullLink"].as_str().unwrap().to_owned();
            w.ok(core, r#"/_address_settings 1 {"businessAddress":false,"autoAccept":{"acceptIncognito":false}}"#);
            links.push(link);
        }
        for (from, to) in [(0, 1), (0, 2), (1, 2)] {
            w.ok(from, &format!("/_connect 1 {}", links[to]));
        }
        for a in 0..3 {
            let list = w.ok(a, "/_contacts 1");
            for c in list["contacts"].as_array().unwrap() {
                let name = c["localDisplayName"].as_str().unwrap();
                let Some(b) = NAMES.iter().position(|n| *n == name) else { continue };
                w.contact.insert((a, b), c["contactId"].as_i64().unwrap());
            }
        }
        let g = w.ok(0, r#"/_group 1 {"displayName":"team","fullName":""}"#)["groupInfo"]["groupId"].as_i64().unwrap();
        w.group.insert(0, g);
        for b in 1..3 {
            let contact = w.contact[&(0, b)];
            w.ok(0, &format!("/_add #{g} {contact} member"));
            w.ok(b, "/_join #1");
            w.group.insert(b, 1);
        }
        for a in 0..3 {
            w.drain(a);
        }
        w.seen.clear();
        w
    }

    fn drain(&mut self, core: CoreId) {
        while let Some(e) = self.net.take_event(core) {
            let v: Value = serde_json::from_str(&e).unwrap();
            if v["result"]["type"] != "newChatItems" {
                continue;
            }
            for item in v["result"]["chatItems"].as_array().unwrap() {
                let content = &item["chatItem"]["content"];
                if content["type"] == "rcvMsgContent" {
                    self.seen.entry(core).or_default().push(content["msgContent"]["text"].as_str().unwrap().to_owned());
                }
            }
        }
    }

    fn start(&mut self, core: CoreId) {
        let a = self.raw(core, "/_start main=on");
        assert!(a.get("result").is_some(), "{a}");
    }

    fn step(&mut self) {
        let a = self.rng.usize(0..3);
        let b = (a + self.rng.usize(1..3)) % 3;
        match self.rng.u32(0..100) {
            0..=44 => {
                self.count += 1;
                let group = self.rng.bool();
                let text = format!("{}-{}", NAMES[a], self.count);
                let to = if group { format!("#{}", self.group[&a]) } else { format!("@{}", self.contact[&(a, b)]) };
                let answer = self.raw(
                    a,
                    &format!(
                        r#"/_send {to} json [{{"msgContent":{{"type":"text","text":"{text}"}},"mentions":{{}}}}]"#
                    ),
                );
                // A core that does not run refuses; whatever it took, it delivers.
                if answer.get("result").is_some() {
                    self.sent.entry((a, if group { 9 } else { b })).or_default().push(text);
                }
            }
            45..=54 => self.net.crash(a),
            55..=59 => {
                let n = self.rng.u32(0..4);
                self.net.crash_after(a, n);
            }
            60..=69 => self.start(a),
            70..=76 => {
                let offline = self.rng.bool();
                self.net.set_offline(a, offline);
            }
            77..=82 => {
                let up = self.rng.bool();
                self.net.set_server(up);
            }
            83..=85 => {
                let delay = Duration::from_millis(self.rng.u64(0..5_000));
                self.net.set_delay(delay);
            }
            86..=93 => {
                let to = self.net.now().plus(Duration::from_millis(self.rng.u64(0..10_000)));
                self.net.advance(to);
            }
            _ => self.drain(a),
        }
    }

    fn finish(&mut self) {
        self.net.set_server(true);
        for a in 0..3 {
            self.net.set_offline(a, false);
            self.start(a);
        }
        for _ in 0..2 {
            let to = self.net.now().plus(Duration::from_secs(60));
            self.net.advance(to);
        }
        // A crash that was still to come may have happened on the way.
        for a in 0..3 {
            self.start(a);
        }
        let to = self.net.now().plus(Duration::from_secs(60));
        self.net.advance(to);
        for a in 0..3 {
            self.drain(a);
        }
    }

    /// The texts that a party has from another in a chat, in its order.
    fn has(&mut self, at: usize, from: usize, chat: &str) -> Vec<String> {
        let page = self.ok(at, &format!("/_get chat {chat} count=1000"));
        let items = page["chat"]["chatItems"].as_array().unwrap();
        items
            .iter()
            .filter(|i| i["content"]["type"] == "rcvMsgContent")
            .map(|i| i["content"]["msgContent"]["text"].as_str().unwrap().to_owned())
            .filter(|t| t.starts_with(NAMES[from]))
            .collect()
    }
}

fn run(seed: u64) {
    let mut w = World::new(seed);
    for _ in 0..120 {
        w.step();
    }
    w.finish();
    for a in 0..3 {
        for b in (0..3).filter(|b| *b != a) {
            let sent = w.sent.get(&(a, b)).cloned().unwrap_or_default();
            let chat = format!("@{}", w.contact[&(b, a)]);
            assert_eq!(w.has(b, a, &chat), sent, "seed {seed}: what {} has from {}", NAMES[b], NAMES[a]);
            let sent = w.sent.get(&(a, 9)).cloned().unwrap_or_default();
            let chat = format!("#{}", w.group[&b]);
            assert_eq!(w.has(b, a, &chat), sent, "seed {seed}: what {} has of {} in the group", NAMES[b], NAMES[a]);
        }
    }
    for (core, texts) in &w.seen {
        let mut unique = texts.clone();
        unique.sort();
        unique.dedup();
        assert_eq!(unique.len(), texts.len(), "seed {seed}: {} saw an event twice", NAMES[*core]);
    }
    let all: usize = w.sent.values().map(Vec::len).sum();
    assert!(all > 0, "seed {seed}: nothing was sent");
}

#[test]
fn nothing_is_lost_or_doubled_or_reordered_in_a_thousand_random_conversations() {
    for seed in 0..1_000 {
        run(seed);
    }
}
