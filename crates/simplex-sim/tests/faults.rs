//! What the protocol promises holds under faults: nothing lost, nothing doubled, order kept per chat.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::needless_range_loop, reason = "a test")]

mod common;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::PathBuf;
use std::time::Duration;

use serde_json::Value;
use simplex_sim::{CoreId, Network, Settings};

use common::Commands;

const NAMES: [&str; 4] = ["ann", "ben", "cat", "dan"];
const PARTIES: std::ops::Range<usize> = 0..NAMES.len();
const EMOJI: [&str; 3] = ["👍", "🚀", "✅"];
/// Instead of a receiver: the group.
const GROUP: usize = 99;

/// One message as its sender's core took it.
#[derive(Debug, Default)]
struct Sent {
    from: usize,
    to: usize,
    /// What it says now; the first word never changes.
    text: String,
    deleted: bool,
    quotes: Option<String>,
    file: bool,
    /// Who gave what.
    reactions: BTreeSet<(usize, &'static str)>,
}

struct World {
    net: Network,
    rng: fastrand::Rng,
    /// By their first words, in the order they were sent.
    sent: Vec<(String, Sent)>,
    /// First words that came as events, by receiver.
    seen: HashMap<usize, Vec<String>>,
    contact: HashMap<(usize, usize), i64>,
    group: HashMap<usize, i64>,
    folder: PathBuf,
}

fn word(text: &str) -> &str {
    text.split(' ').next().unwrap_or_default()
}

fn text_of(item: &Value) -> Option<&str> {
    item["content"]["msgContent"]["text"].as_str()
}

impl Commands for World {
    fn net(&mut self) -> &mut Network {
        &mut self.net
    }
}

impl World {
    fn new(seed: u64) -> Self {
        let mut w = Self {
            net: Network::new(Settings { seed, ..Settings::default() }),
            rng: fastrand::Rng::with_seed(seed),
            sent: Vec::new(),
            seen: HashMap::new(),
            contact: HashMap::new(),
            group: HashMap::new(),
            folder: PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("faults-{seed}")),
        };
        std::fs::create_dir_all(&w.folder).unwrap();
        let mut links = Vec::new();
        for name in NAMES {
            let core = w.net.open(name, "").unwrap();
            let profile = format!(r#"{{"displayName":"{name}","fullName":""}}"#);
            w.ok(core, &format!(r#"/_create user {{"profile":{profile},"pastTimestamp":false}}"#));
            w.ok(core, "/_start main=on");
            let link = w.ok(core, "/_address 1")["connLinkContact"]["connFullLink"].as_str().unwrap().to_owned();
            w.ok(core, r#"/_address_settings 1 {"businessAddress":false,"autoAccept":{"acceptIncognito":false}}"#);
            links.push(link);
        }
        for from in PARTIES {
            for to in PARTIES.filter(|to| *to > from) {
                w.ok(from, &format!("/_connect 1 {}", links[to]));
            }
        }
        for a in PARTIES {
            let list = w.ok(a, "/_contacts 1");
            for c in list["contacts"].as_array().unwrap() {
                let name = c["localDisplayName"].as_str().unwrap();
                let Some(b) = NAMES.iter().position(|n| *n == name) else { continue };
                w.contact.insert((a, b), c["contactId"].as_i64().unwrap());
            }
        }
        let g = w.ok(0, r#"/_group 1 {"displayName":"team","fullName":""}"#)["groupInfo"]["groupId"].as_i64().unwrap();
        w.group.insert(0, g);
        for b in PARTIES.skip(1) {
            let contact = w.contact[&(0, b)];
            w.ok(0, &format!("/_add #{g} {contact} member"));
            w.ok(b, "/_join #1");
            w.group.insert(b, 1);
        }
        for a in PARTIES {
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
                    let text = content["msgContent"]["text"].as_str().unwrap();
                    self.seen.entry(core).or_default().push(word(text).to_owned());
                }
            }
        }
    }

    fn start(&mut self, core: CoreId) {
        let a = self.raw(core, "/_start main=on");
        assert!(a.get("result").is_some(), "{a}");
    }

    /// The chat of a party in which something to or from another stands.
    fn chat(&self, at: usize, other: usize) -> String {
        if other == GROUP { format!("#{}", self.group[&at]) } else { format!("@{}", self.contact[&(at, other)]) }
    }

    /// The items of a chat, when the core runs.
    fn items(&mut self, at: usize, chat: &str) -> Vec<Value> {
        let page = self.raw(at, &format!("/_get chat {chat} count=1000"));
        page["result"]["chat"]["chatItems"].as_array().cloned().unwrap_or_default()
    }

    /// Those who have a message, and the chat it stands in there.
    fn places(&self, s: &Sent) -> Vec<(usize, String)> {
        let others = PARTIES.filter(|p| *p != s.from && (s.to == GROUP || s.to == *p));
        let mut out = vec![(s.from, self.chat(s.from, s.to))];
        out.extend(others.map(|p| (p, self.chat(p, if s.to == GROUP { GROUP } else { s.from }))));
        out
    }

    fn send(&mut self) {
        let from = self.rng.usize(PARTIES);
        let to = if self.rng.bool() { GROUP } else { (from + self.rng.usize(1..NAMES.len())) % NAMES.len() };
        let chat = self.chat(from, to);
        let text = format!("{}-{}", NAMES[from], self.sent.len());
        let file = self.rng.u32(0..12) == 0;
        let (mut more, mut kind, mut quotes) = (String::new(), "text", None);
        if file {
            let path = self.folder.join(&text);
            std::fs::write(&path, text.repeat(50)).unwrap();
            more = format!(r#","fileSource":{{"filePath":"{}"}}"#, path.display());
            kind = "file";
        } else if self.rng.u32(0..4) == 0 {
            let items = self.items(from, &chat);
            let said: Vec<&Value> =
                items.iter().filter(|i| text_of(i).is_some() && i["meta"]["itemDeleted"].is_null()).collect();
            if let Some(item) = self.rng.choice(said) {
                more = format!(r#","quotedItemId":{}"#, item["meta"]["itemId"]);
                quotes = text_of(item).map(str::to_owned);
            }
        }
        let content = format!(r#"{{"type":"{kind}","text":"{text}"}}"#);
        let answer =
            self.raw(from, &format!(r#"/_send {chat} json [{{"msgContent":{content},"mentions":{{}}{more}}}]"#));
        // A core that does not run refuses; whatever it took, it delivers.
        if answer.get("result").is_some() {
            self.sent.push((text.clone(), Sent { from, to, text, quotes, file, ..Sent::default() }));
        }
    }

    /// Something is done to a message: by its sender, or a reaction of anybody who has it.
    fn change(&mut self) {
        if self.sent.is_empty() {
            return;
        }
        let at = self.rng.usize(0..self.sent.len());
        let (name, s) = &self.sent[at];
        let (name, places, gone, file) = (name.clone(), self.places(s), s.deleted, s.file);
        let what = self.rng.u32(0..4);
        let (who, chat) = if what < 2 { places[0].clone() } else { self.rng.choice(places).unwrap() };
        let items = self.items(who, &chat);
        let Some(item) = items.iter().find(|i| text_of(i).is_some_and(|t| word(t) == name)) else { return };
        let id = &item["meta"]["itemId"];
        match what {
            0 if !file => {
                let text = format!("{name} edit {}", self.rng.u32(..));
                let content = format!(r#"{{"msgContent":{{"type":"text","text":"{text}"}},"mentions":{{}}}}"#);
                if self.raw(who, &format!("/_update item {chat} {id} json {content}")).get("result").is_some() {
                    self.sent[at].1.text = text;
                }
            }
            1 if !file && self.rng.bool() => {
                let deleted = self.raw(who, &format!("/_delete item {chat} {id} broadcast")).get("result").is_some();
                self.sent[at].1.deleted |= deleted;
            }
            _ if !gone => {
                let emoji = EMOJI[self.rng.usize(..EMOJI.len())];
                let add = !self.sent[at].1.reactions.contains(&(who, emoji));
                let on = if add { "on" } else { "off" };
                let cmd = format!(r#"/_reaction {chat} {id} {on} {{"type":"emoji","emoji":"{emoji}"}}"#);
                if self.raw(who, &cmd).get("result").is_some() {
                    let given = &mut self.sent[at].1.reactions;
                    if add {
                        given.insert((who, emoji))
                    } else {
                        given.remove(&(who, emoji))
                    };
                }
            }
            _ => {}
        }
    }

    fn step(&mut self) {
        let a = self.rng.usize(PARTIES);
        match self.rng.u32(0..100) {
            0..=29 => self.send(),
            30..=49 => self.change(),
            50..=57 => self.net.crash(a),
            58..=61 => {
                let n = self.rng.u32(0..4);
                self.net.crash_after(a, n);
            }
            62..=71 => self.start(a),
            72..=77 => {
                let offline = self.rng.bool();
                self.net.set_offline(a, offline);
            }
            78..=82 => {
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
        // Twice, since a crash that was still to come may have happened on the way.
        for _ in 0..3 {
            for a in PARTIES {
                self.net.set_offline(a, false);
                self.start(a);
            }
            let to = self.net.now().plus(Duration::from_secs(60));
            self.net.advance(to);
        }
        for a in PARTIES {
            self.drain(a);
        }
    }

    /// Everybody fetches the files they were sent.
    fn fetch(&mut self, seed: u64) {
        let files: Vec<_> =
            self.sent.iter().filter(|(_, s)| s.file).map(|(n, s)| (n.clone(), self.places(s))).collect();
        let mut wanted = Vec::new();
        for (name, places) in files {
            for (at, chat) in places.into_iter().skip(1) {
                let items = self.items(at, &chat);
                let item = items.iter().find(|i| text_of(i) == Some(&name)).unwrap();
                let path = self.folder.join(format!("{name}-of-{at}"));
                let _ = std::fs::remove_file(&path);
                self.ok(at, &format!("/freceive {} {}", item["file"]["fileId"], path.display()));
                wanted.push((path, name.repeat(50)));
            }
        }
        let to = self.net.now().plus(Duration::from_secs(60));
        self.net.advance(to);
        for (path, content) in wanted {
            assert_eq!(std::fs::read_to_string(&path).unwrap(), content, "seed {seed}: {}", path.display());
        }
    }

    /// What everybody has is what was sent, and no more.
    fn check(&mut self, seed: u64) {
        let sent = std::mem::take(&mut self.sent);
        let mut wanted: BTreeMap<(usize, String, usize), Vec<&str>> = BTreeMap::new();
        for (name, s) in &sent {
            for (at, chat) in self.places(s) {
                wanted.entry((at, chat, s.from)).or_default().push(name);
            }
        }
        for ((at, chat, from), names) in &wanted {
            let who = format!("seed {seed}: what {} has of {} in {chat}", NAMES[*at], NAMES[*from]);
            let items = self.items(*at, chat);
            let of_sender = |i: &&Value| text_of(i).is_some_and(|t| t.starts_with(NAMES[*from]));
            let has: Vec<&str> = items.iter().filter(of_sender).map(|i| word(text_of(i).unwrap())).collect();
            assert_eq!(has, *names, "{who}");
            for item in items.iter().filter(of_sender) {
                let name = word(text_of(item).unwrap());
                let (_, s) = sent.iter().find(|(n, _)| n == name).unwrap();
                assert_eq!(text_of(item).unwrap(), s.text, "{who}");
                assert_eq!(!item["meta"]["itemDeleted"].is_null(), s.deleted, "{who}: {name}");
                assert_eq!(item["quotedItem"]["content"]["text"].as_str(), s.quotes.as_deref(), "{who}: {name}");
                if s.deleted {
                    continue;
                }
                let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
                s.reactions.iter().for_each(|(_, e)| *counts.entry(e).or_default() += 1);
                let given: BTreeMap<&str, u64> = item["reactions"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|r| (r["reaction"]["emoji"].as_str().unwrap(), r["totalReacted"].as_u64().unwrap()))
                    .collect();
                assert_eq!(given, counts, "{who}: reactions to {name}");
            }
        }
        for (core, words) in &self.seen {
            let unique: BTreeSet<&String> = words.iter().collect();
            assert_eq!(unique.len(), words.len(), "seed {seed}: {} saw an event twice", NAMES[*core]);
        }
        assert!(!sent.is_empty(), "seed {seed}: nothing was sent");
    }
}

fn run(seed: u64) {
    let mut w = World::new(seed);
    for _ in 0..160 {
        w.step();
    }
    w.finish();
    w.fetch(seed);
    w.check(seed);
    std::fs::remove_dir_all(&w.folder).unwrap();
}

#[test]
fn nothing_is_lost_or_doubled_or_reordered_in_random_conversations() {
    (10_000..10_012).for_each(run);
}

/// The whole suite: `cargo test --release -p simplex-sim --test faults -- --ignored`.
#[test]
#[ignore = "long: a thousand random conversations"]
fn nothing_is_lost_or_doubled_or_reordered_in_a_thousand_random_conversations() {
    (0..1_000).for_each(run);
}
