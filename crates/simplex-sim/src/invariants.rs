//! Whatever people do, the numbers that are kept beside chats and members are those of what is stored, every answer and
//! event is JSON, nothing panics, and the same seed gives the same answers and events.

use fastrand::Rng;
use serde_json::Value;

use crate::network::{Network, Settings};
use crate::state::{Chat, Core, CoreId, Status};

fn check_chat(what: &str, chat: &Chat) {
    let ids: Vec<i64> = chat.items.iter().map(|i| i.id).collect();
    assert!(ids.windows(2).all(|w| w[0] < w[1]), "{what}: {ids:?}");
    let unread = chat.items.iter().filter(|i| i.status == Status::RcvNew).count();
    assert_eq!(chat.unread, unread, "{what}");
}

fn check(core: &Core) {
    for c in core.contacts.values() {
        check_chat(&format!("{} @{}", core.prefix, c.id), &c.chat);
        assert!(core.profile_ids.contains(&c.profile_id), "{} @{}", core.prefix, c.id);
        assert!(c.conn.is_none_or(|k| core.conns.contains_key(&k)), "{} @{}", core.prefix, c.id);
    }
    for g in core.groups.values() {
        let what = format!("{} #{}", core.prefix, g.id);
        check_chat(&what, &g.chat);
        for (member, chat) in &g.support {
            check_chat(&format!("{what} {member:?}"), chat);
        }
        for m in core.members.of(g.id) {
            assert!(m.contact.is_none_or(|c| core.contacts.contains_key(&c)), "{what}: {m:?}");
            assert!(core.profile_ids.contains(&m.profile_id), "{what}: {m:?}");
            assert!(m.conn.is_none_or(|k| core.conns.contains_key(&k)), "{what}: {m:?}");
        }
    }
    let numbers = core.conns.values().map(|c| c.number);
    assert!(numbers.clone().all(|n| core.conn_numbers.contains(&n)), "{}", core.prefix);
    for f in core.files.values() {
        assert!(core.users.contains_key(&f.user), "{}: {f:?}", core.prefix);
    }
}

struct Crowd {
    net: Network,
    rng: Rng,
    said: Vec<String>,
    /// All answers and events.
    heard: Vec<String>,
}

impl Crowd {
    fn run(&mut self, core: CoreId, command: &str) -> Value {
        self.said.push(format!("{core} {command}"));
        let answer = self.net.command(core, command).unwrap_or_default();
        let value = serde_json::from_str(&answer).unwrap_or_default();
        self.heard.push(answer);
        value
    }

    fn drain(&mut self) {
        for core in 0..self.net.cores.len() {
            while let Some(event) = self.net.take_event(core) {
                serde_json::from_str::<Value>(&event).unwrap();
                self.heard.push(event.to_string());
            }
        }
    }

    fn user(&mut self, name: &str) {
        let core = self.net.open(name, "").unwrap();
        let profile = format!(r#"{{"displayName":"{name}","fullName":""}}"#);
        self.run(core, &format!(r#"/_create user {{"profile":{profile},"pastTimestamp":false}}"#));
        self.run(core, "/_start main=on");
    }

    /// All become contacts of each other, and members of a group of the first one.
    fn meet(&mut self) {
        let everybody = self.net.cores.len();
        for (a, b) in (0..everybody).flat_map(|a| (a + 1..everybody).map(move |b| (a, b))) {
            let link = self.run(a, "/_connect 1")["result"]["connLinkInvitation"]["connFullLink"].clone();
            self.run(b, &format!("/_connect 1 {}", link.as_str().unwrap()));
        }
        let features =
            r#"{"directMessages":{"enable":"on"},"reports":{"enable":"on"},"timedMessages":{"enable":"on"}}"#;
        self.run(0, &format!(r#"/_group 1 {{"displayName":"team","fullName":"","groupPreferences":{features}}}"#));
        let link = self.run(0, "/_create link #1 member")["result"]["groupLink"]["connLinkContact"].clone();
        for core in 1..everybody {
            self.run(core, &format!("/_connect 1 {}", link["connFullLink"].as_str().unwrap()));
        }
        self.drain();
    }

    /// The links that lead to somebody now.
    fn link(&mut self) -> String {
        let mut links: Vec<String> = self.net.sh.links.values().map(|t| t.full.clone()).collect();
        links.sort();
        self.rng.choice(&links).cloned().unwrap_or_default()
    }

    fn step(&mut self) {
        let core = self.rng.usize(..self.net.cores.len());
        let c = &self.net.cores[core];
        let (contacts, groups): (Vec<i64>, Vec<i64>) =
            (c.contacts.keys().copied().collect(), c.groups.keys().copied().collect());
        // The first three contacts come with the user.
        let contact = self.rng.choice(contacts.into_iter().skip(3)).unwrap_or(4);
        let group = self.rng.choice(groups).unwrap_or(1);
        let members: Vec<i64> = c.members.of(group).map(|m| m.id).collect();
        let member = self.rng.choice(members).unwrap_or(1);
        let other = self.rng.choice(c.contacts.keys().copied().collect::<Vec<_>>()).unwrap_or(4);
        let (at, chat) = match self.rng.u8(..8) {
            0..=3 => (format!("@{contact}"), c.contacts.get(&contact).map(|c| &c.chat)),
            4..=6 => (format!("#{group}"), c.groups.get(&group).map(|g| &g.chat)),
            _ => {
                let support = c.groups.get(&group).and_then(|g| g.support.get(&Some(member)));
                (format!("#{group}(_support:{member})"), support)
            }
        };
        let ids: Vec<i64> = chat.map(|c| c.items.iter().map(|i| i.id).collect()).unwrap_or_default();
        let late = ids.len().saturating_sub(6);
        let item = self.rng.choice(ids.into_iter().skip(late)).unwrap_or(1);
        let word = ["hi", "*you*", "so", "@alice there"][self.rng.usize(..4)];
        let text = format!(r#"{{"msgContent":{{"type":"text","text":"{word}"}},"mentions":{{}}}}"#);
        let on = ["on", "off"][self.rng.usize(..2)];
        let role = ["observer", "member", "moderator", "admin"][self.rng.usize(..4)];
        let pref = |name: &str| format!(r#""{name}":{{"enable":"{on}"}}"#);
        let link = self.link();
        let command = match self.rng.u8(..68) {
            0..=9 => format!("/_send {at} json [{text}]"),
            10 => format!("/_send {at} ttl=5 json [{text},{text}]"),
            11 => format!("/_send {at} live=on json [{text}]"),
            12..=13 => format!(r#"/_send {at} json [{{"quotedItemId":{item},{}]"#, &text[1..]),
            14..=15 => format!("/_update item {at} {item} live={on} json {text}"),
            16 => format!("/_delete item {at} {item} broadcast"),
            17 => format!("/_delete item {at} {item} internal"),
            18 => format!("/_delete item {at} {item} internalMark"),
            19 => format!("/_delete member item #{group} {item}"),
            20..=21 => format!(r#"/_reaction {at} {item} {on} {{"type":"emoji","emoji":"👍"}}"#),
            22..=24 => format!("/_read chat items {at} {item}"),
            25 => format!("/_read chat {at}"),
            26 => "/read user".to_owned(),
            27 => format!("/_clear chat {at}"),
            28 => format!("/_forward {at} @{contact} {item}"),
            29 => format!("/_forward {at} #{group} {item}"),
            30 => format!("/_delete @{contact} {}", ["full", "entity", "messages"][self.rng.usize(..3)]),
            31 => format!("/_delete #{group}"),
            32 => format!("/_leave #{group}"),
            33 => format!("/_remove #{group} {member} messages={on}"),
            34 => format!("/_block #{group} {member} blocked={on}"),
            35 => format!("/_member role #{group} {member} {role}"),
            36..=37 => format!("/_add #{group} {other} {role}"),
            38..=39 => format!("/_join #{group}"),
            40 => r#"/_group 1 {"displayName":"team","fullName":""}"#.to_owned(),
            41..=42 => format!("/_create link #{group} member"),
            43..=46 => format!("/_connect 1 {link}"),
            47 => "/_connect 1".to_owned(),
            48 => "/_address 1".to_owned(),
            49 => r#"/_address_settings 1 {"businessAddress":false,"autoAccept":{"acceptIncognito":false}}"#.to_owned(),
            50 => format!("/_accept {}", self.rng.u8(1..4)),
            51 => format!("/_reject {}", self.rng.u8(1..4)),
            52 => "/_delete_address 1".to_owned(),
            53 => format!(
                r#"/_group_profile #{group} {{"displayName":"team","fullName":"","groupPreferences":{{{},{},{}}}}}"#,
                pref("fullDelete"),
                pref("directMessages"),
                pref("reactions"),
            ),
            54 => {
                format!(r#"/_profile 1 {{"displayName":"{}","fullName":""}}"#, ["ann", "bo", "cy"][self.rng.usize(..3)])
            }
            55 => format!("/_create member contact #{group} {member}"),
            56 => format!("/_invite member contact @{contact}"),
            57 => format!("/_accept member contact @{contact}"),
            58 => format!("/_get chat {at} initial=10"),
            59 => format!("/_report #{group} {item} reason=spam"),
            60 => "/_stop".to_owned(),
            61 => format!("/_archive reports #{group}"),
            64..=65 => {
                format!(r#"/_prepare group 1 {link} {{"groupProfile":{{"displayName":"team","fullName":""}}}}"#)
            }
            66 => format!("/_connect group #{group}"),
            67 => format!("/_connect group #{group} incognito=on"),
            _ => format!(
                r#"/_set prefs @{contact} {{"fullDelete":{{"allow":"{}"}}}}"#,
                ["yes", "always"][self.rng.usize(..2)]
            ),
        };
        self.run(core, &command);
        match self.rng.u8(..24) {
            0 => self.net.set_offline(core, self.rng.bool()),
            1 => self.net.crash(core),
            2 => self.net.lose_messages(),
            3 => {
                let later = self.net.now().plus(std::time::Duration::from_secs(3));
                self.net.advance(later);
            }
            // Most of the time, all are there.
            _ => {
                for core in 0..self.net.cores.len() {
                    if self.rng.u8(..4) > 0 {
                        self.net.set_offline(core, false);
                        self.run(core, "/_start main=on");
                    }
                }
            }
        }
    }
}

/// Returns all answers and events.
fn history(seed: u64) -> Vec<String> {
    let net = Network::new(Settings { seed, ..Settings::default() });
    let mut crowd = Crowd { net, rng: Rng::with_seed(seed), said: Vec::new(), heard: Vec::new() };
    for name in ["alice", "bob", "carol", "dave"] {
        crowd.user(name);
    }
    crowd.meet();
    for _ in 0..300 {
        let done = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            crowd.step();
            crowd.drain();
            crowd.net.cores.iter().for_each(check);
        }));
        if let Err(panic) = done {
            let tail = crowd.said.len().saturating_sub(12);
            eprintln!("seed {seed}:\n{}", crowd.said[tail..].join("\n"));
            std::panic::resume_unwind(panic);
        }
    }
    crowd.heard
}

#[test]
fn what_is_counted_is_what_is_there() {
    for seed in 0..60 {
        history(seed);
    }
}

#[test]
fn the_same_seed_gives_the_same_answers_and_events_byte_for_byte() {
    for seed in 0..6 {
        let [once, again] = [(), ()].map(|()| history(seed));
        assert!(once.len() > 1000, "{}", once.len());
        let other = once.iter().zip(&again).find(|(a, b)| a != b);
        assert!(other.is_none() && once.len() == again.len(), "seed {seed}: {other:?}");
    }
}
