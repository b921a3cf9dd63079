//! Histories at random: people write, are seen writing, edit, react and delete while the bot is slow, fails, asks, loses
//! events, cannot mark, is stopped and killed, and while the program deletes chats. However it went, in the end every
//! message was handled, and in each run at most once and in order, before its edits are told; or, where it is marked
//! before or left alone, in one run only.
//!
//! `HISTORIES=1000..9000 cargo test -p simplex-bot --test histories` goes through other seeds than the usual ones.

#![expect(clippy::panic, clippy::unwrap_used, reason = "what fails here fails a test")]

#[path = "../common/mod.rs"]
mod common;
mod deletions;
mod lives;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use common::{DEADLINE, Deaf, World};
use fastrand::Rng;
use simplex_bot::core::CoreEvent;
use simplex_bot::prelude::*;
use simplex_bot::types::UserId;
use simplex_bot::{Delivery, Retry, Running};
use simplex_sim::Failure as Fault;
use simplex_sim::{Settings, SimCore};
use tokio::time::{sleep, timeout};

use lives::{Lanes, Life, Name, Options, Story, edited, handle, read};

/// What a handler does with a message, by its last letter.
const WAYS: [&str; 9] = ["quick", "quick", "replies", "sleeps", "fails", "panics", "hangs", "deletes", "asks"];

/// Somebody who writes.
struct Writer {
    /// What they call their chat.
    chat: &'static str,
    core: Arc<SimCore>,
    /// The chat, in their own database.
    to: String,
    /// The bot's profile that they write to, and what the chat is in its database.
    profile: UserId,
    seen_as: String,
    sent: Vec<(i64, Name, &'static str)>,
    /// What they are seen writing.
    live: Option<i64>,
}

impl Writer {
    fn next(&self) -> Name {
        (self.chat.to_owned(), u32::try_from(self.sent.len()).unwrap())
    }

    fn send(&mut self, way: &'static str) -> Name {
        self.finish();
        let name = self.next();
        let id = common::say(&self.core, &self.to, &format!("{} {} {way}", name.0, name.1));
        self.sent.push((id, name.clone(), way));
        name
    }

    /// Begins a message that is seen being written.
    fn begin(&mut self) {
        self.finish();
        let (chat, number) = self.next();
        self.live = Some(common::say(&self.core, &format!("{} live=on", self.to), &format!("{chat} {number} writes")));
    }

    fn finish(&mut self) {
        let Some(id) = self.live.take() else { return };
        let name = self.next();
        let way = ["quick", "sleeps", "fails", "hangs"][self.sent.len() % 4];
        self.update(id, &format!("{} {} {way}", name.0, name.1));
        self.sent.push((id, name, way));
    }

    fn update(&self, id: i64, text: &str) {
        let content = format!(r#"{{"msgContent":{{"type":"text","text":"{text}"}},"mentions":{{}}}}"#);
        self.core.raw(&format!("/_update item {} {id} json {content}", self.to));
    }
}

struct History {
    rng: Rng,
    world: World,
    writers: Vec<Writer>,
    story: Arc<Story>,
    lives: Vec<Arc<Life>>,
    /// How many guests came.
    guests: u32,
    options: Options,
}

impl History {
    fn tell(&mut self, what: &str) {
        if let Some(life) = self.lives.last() {
            life.note(&format!("    - {what}"));
        }
    }

    /// The bot's core, as a new process has it.
    fn opens(&mut self) -> Arc<Deaf> {
        self.lives.push(Arc::default());
        self.world.deaf()
    }

    async fn start(&mut self, core: &Arc<Deaf>) -> Result<Running, BotError> {
        let life = Arc::clone(self.lives.last().unwrap());
        let Options { queue, in_flight, hold_chat, delivery, lanes, drain, .. } = self.options;
        let retry = Retry::times(20).backoff(Duration::from_millis(30));
        let bot = self.world.bot_on(core.clone()).every_profile();
        let bot = match lanes {
            Lanes::OfChats => bot,
            Lanes::One => bot.lane_by(|_| ()),
            Lanes::Two => bot.lane_by(|message| (message.chat_ref(), read(message.text()).unwrap().0.1 % 2)),
        };
        bot.queue(queue)
            .in_flight(in_flight)
            .delivery(delivery)
            .handler_timeout(Duration::from_secs(2))
            .retry(if hold_chat { retry.hold_chat() } else { retry })
            .state((life, Arc::clone(&self.story)))
            .on_error(|_, _| {})
            .on_poison(|message, failure| panic!("given up {}: {failure}", message.text()))
            .drain(drain)
            .on(text(), handle)
            .on_event(edited)
            .start()
            .await
    }

    /// The next command of a kind, whichever, fails, takes its time, or gets an answer that nobody understands.
    fn disturbs(&mut self, core: &Deaf) {
        let commands = [
            "/_read",
            "/_get chats",
            "/_get chat",
            "/_get items",
            "/_send",
            "/_groups",
            "/_members",
            "/_user",
            "/users",
        ];
        let command = commands[self.rng.usize(..commands.len())];
        if self.options.rough && self.rng.u32(..4) == 0 {
            // What is marked with an answer that nobody understands counts as marked.
            if command == "/_read" || self.rng.bool() {
                let by = Duration::from_secs(self.rng.u64(1..200));
                self.tell(&format!("slow {command} {by:?}"));
                return self.world.net.with(|net| net.slow_next(core.id(), command, by));
            }
            self.tell(&format!("surprise {command}"));
            let answer = Fault::Answer(r#"{"result":{"type":"surprise"}}"#.to_owned());
            return self.world.net.with(|net| net.fail_next(core.id(), command, answer));
        }
        if self.rng.bool() {
            self.tell(&format!("fails {command}"));
            self.world.net.with(|net| net.fail_next(core.id(), command, Fault::DatabaseBusy));
        } else {
            let by = Duration::from_millis(self.rng.u64(1..900));
            self.tell(&format!("slow {command} {by:?}"));
            self.world.net.with(|net| net.slow_next(core.id(), command, by));
        }
    }

    /// Something happens.
    async fn step(&mut self, bot: &Running, core: &Deaf) {
        let writer = self.rng.usize(..self.writers.len());
        if self.options.rough {
            match self.rng.u32(..40) {
                0 => return self.clears(bot, writer).await,
                1 => return self.has_a_new_guest(bot).await,
                _ => {}
            }
        }
        let rng = &mut self.rng;
        match rng.u32(..100) {
            0..50 => {
                let times = if rng.u32(..8) == 0 { rng.u32(1..30) } else { 1 };
                for _ in 0..times {
                    // Where a chat has two lanes, an answer need not be in the lane of who asked.
                    let ways = WAYS.len() - usize::from(self.options.lanes == Lanes::Two);
                    let way = WAYS[self.rng.usize(..ways)];
                    let name = self.writers[writer].send(way);
                    self.tell(&format!("sent {name:?} {way}"));
                    self.lives.last().unwrap().sent.lock().unwrap().insert(name);
                }
            }
            50..60 => {
                let writer = &self.writers[writer];
                let Some((id, name, way)) = rng.choice(&writer.sent).cloned() else { return };
                // For a core, an edit of what it has deleted is a new message.
                if way == "deletes" || self.story.deleted.lock().unwrap().contains(&name) {
                    return;
                }
                writer.update(id, &format!("{} {} {way} edited", name.0, name.1));
                self.tell(&format!("edited {name:?}"));
            }
            60..62 => {
                let writer = &self.writers[writer];
                let Some((id, name, _)) = rng.choice(&writer.sent).cloned() else { return };
                let reaction = r#"{"type":"emoji","emoji":"👍"}"#;
                writer.core.raw(&format!("/_reaction {} {id} on {reaction}", writer.to));
                self.tell(&format!("reacted to {name:?}"));
            }
            62..65 => {
                let writer = &self.writers[writer];
                let Some((id, name, _)) = rng.choice(&writer.sent).cloned() else { return };
                writer.core.raw(&format!("/_delete item {} {id} broadcast", writer.to));
                self.tell(&format!("deleted {name:?}"));
                self.story.deleted.lock().unwrap().insert(name);
            }
            65..75 => {
                let millis = rng.u64(1..400);
                self.tell(&format!("{millis} ms pass"));
                sleep(Duration::from_millis(millis)).await;
            }
            75..80 => {
                self.tell("events get lost");
                self.lives.last().unwrap().misses.store(true, Ordering::Relaxed);
                core.loses_events();
            }
            80..86 => {
                self.tell("events come again");
                // Without those that nobody had taken yet.
                self.lives.last().unwrap().misses.store(true, Ordering::Relaxed);
                if self.rng.bool() {
                    core.says(CoreEvent::Disconnected { reason: "on purpose".to_owned() });
                    core.hears_again(CoreEvent::Reconnected);
                } else {
                    core.hears_again(CoreEvent::Lagged { events: 1 });
                }
            }
            86..98 => self.disturbs(core),
            98 => {
                self.writers[writer].begin();
                self.tell(&format!("begins {:?}", self.writers[writer].next()));
            }
            _ => {
                let offline = rng.bool();
                self.tell(&format!("offline {offline}"));
                self.world.net.with(|net| net.set_offline(core.id(), offline));
            }
        }
    }

    /// The bot handles what there is, and nothing disturbs it.
    async fn settles(&mut self, bot: &Running, core: &Deaf) {
        self.writers.iter_mut().for_each(Writer::finish);
        self.tell("settles");
        self.world.net.with(|net| net.set_offline(core.id(), false));
        core.hears_again(CoreEvent::Lagged { events: 1 });
        let mut left = Vec::new();
        let settled = async {
            loop {
                sleep(Duration::from_millis(200)).await;
                left.clear();
                for writer in &self.writers {
                    let api = bot.api().for_user(writer.profile);
                    let chat = api.raw(&format!("/_get chat {} initial=1", writer.seen_as)).await;
                    // It may fail, by a fault that was left over.
                    if chat.ok().and_then(|chat| chat["chat"]["chatStats"]["unreadCount"].as_i64()) != Some(0) {
                        left.push(writer.chat);
                    }
                }
                // Where messages are left alone they stay unread.
                let all = left.is_empty() || self.options.delivery == Delivery::Off;
                if all && bot.handle().health().unwrap().lanes == 0 {
                    return;
                }
            }
        };
        let in_time = timeout(50 * DEADLINE, settled).await.is_ok();
        assert!(in_time, "not all was handled in {left:?}: {:?}", bot.handle().health());
    }

    /// What must be true of all lives.
    fn check(&self) {
        let unfinished = self.story.unfinished.lock().unwrap();
        assert!(unfinished.is_empty() || self.options.delivery == Delivery::Off, "handled unfinished: {unfinished:?}");
        let lane = |(chat, message): &Name| match self.options.lanes {
            Lanes::Two => format!("{chat}, {}", message % 2),
            _ => chat.clone(),
        };
        let mut first = BTreeMap::<String, Vec<u32>>::new();
        let mut lives = HashMap::<Name, usize>::new();
        let mut edited = HashSet::new();
        let cleared = self.story.cleared.lock().unwrap();
        for (number, life) in self.lives.iter().enumerate() {
            let mut last = HashMap::new();
            edited.extend(life.edited_before.lock().unwrap().iter().cloned());
            for name in life.begun.lock().unwrap().iter().filter(|name| !cleared.contains(name)) {
                let before = last.insert(lane(name), name.1);
                assert!(before < Some(name.1), "life {number}: {name:?} began after {before:?}");
                assert!(!edited.contains(name), "life {number}: {name:?} began after it was told that it was edited");
                *lives.entry(name.clone()).or_default() += 1;
                if lives[name] == 1 {
                    first.entry(lane(name)).or_default().push(name.1);
                }
            }
            for (name, times) in life.done.lock().unwrap().iter().filter(|(name, _)| !cleared.contains(name)) {
                assert!(*times <= 1, "life {number}: {name:?} handled {times} times");
            }
        }
        for (lane, messages) in &first {
            assert!(messages.is_sorted(), "{lane} began in this order over all lives: {messages:?}");
        }
        for (_, name, way) in self.writers.iter().flat_map(|writer| &writer.sent) {
            let done = self.lives.iter().any(|life| life.done.lock().unwrap().contains_key(name));
            match self.options.delivery {
                Delivery::AtMostOnce | Delivery::Off => {
                    assert!(lives.get(name) < Some(&2), "{name:?} {way} began in two lives")
                }
                _ => assert!(
                    done || self.story.deleted.lock().unwrap().contains(name),
                    "{name:?} {way} was never handled"
                ),
            }
        }
    }
}

impl Drop for History {
    fn drop(&mut self) {
        if std::thread::panicking() {
            println!("{:?}", self.options);
            for (number, life) in self.lives.iter().enumerate() {
                println!("life {number}\n{}", life.notes.lock().unwrap());
            }
        }
    }
}

/// Each life of the bot has a runtime of its own: what is dropped with it ends as with the process.
fn in_a_life<T>(life: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
    runtime.block_on(life)
}

/// Two profiles; the address of the second, which accepts whoever comes.
fn two_profiles(world: &World) -> String {
    let core = world.net.open("bot", "").unwrap();
    for name in ["shop", "bot"] {
        core.raw(&format!(
            r#"/_create user {{"profile":{{"displayName":"{name}","fullName":""}},"pastTimestamp":false}}"#
        ));
    }
    core.raw("/_start main=on");
    core.raw("/_user 1");
    let address: serde_json::Value = serde_json::from_str(&core.raw("/_address 1")).unwrap();
    core.raw(r#"/_address_settings 1 {"businessAddress":false,"autoAccept":{"acceptIncognito":false}}"#);
    address["result"]["connLinkContact"]["connFullLink"].as_str().unwrap().to_owned()
}

fn member(answer: &serde_json::Value) -> Option<i64> {
    let members = answer["group"]["members"].as_array()?;
    let connected = members.iter().find(|member| member["memberStatus"] == "connected")?;
    connected["groupMemberId"].as_i64()
}

async fn begins(seed: u64) -> History {
    let mut rng = Rng::with_seed(seed);
    let options = Options::new(&mut rng, !seed.is_multiple_of(2));
    let version = if seed.is_multiple_of(3) { "6.4.5.1" } else { "7.0.2.0" };
    let world = World::with(Settings { version: version.to_owned(), ..Settings::default() });
    let shop = two_profiles(&world);
    let (writers, story, lives) = (Vec::new(), Arc::default(), Vec::new());
    let mut history = History { rng, world, writers, story, lives, guests: 0, options };
    let core = history.opens();
    let bot = history.start(&core).await.unwrap();
    let own = bot.user().user_id;
    let address = bot.address().unwrap().to_owned();
    let mut writes = |chat, core: &Arc<SimCore>, to: &str, profile, seen_as: &str| {
        let (core, to, seen_as) = (Arc::clone(core), to.to_owned(), seen_as.to_owned());
        history.writers.push(Writer { chat, core, to, profile, seen_as, sent: Vec::new(), live: None });
    };
    let alice = Arc::new(history.world.person_at("alice", &address).await.core);
    let bob = Arc::new(history.world.person_at("bob", &address).await.core);
    let carol = Arc::new(history.world.person_at("carol", &shop).await.core);
    let contact = async |name: &str, profile| {
        let contacts = bot.api().for_user(profile).list_contacts(profile).await.unwrap();
        format!("@{}", contacts.iter().find(|contact| contact.local_display_name == name).unwrap().contact_id)
    };
    let (alice_there, bob_there) = (contact("alice", own).await, contact("bob", own).await);
    writes("alice", &alice, "@4", own, &alice_there);
    writes("bob", &bob, "@4", own, &bob_there);
    writes("carol", &carol, "@4", UserId(1), &contact("carol", UserId(1)).await);
    // A group of Alice's, in which the bot is a member, and a word with it aside.
    alice.raw(r#"/_group 1 {"displayName":"people","fullName":""}"#);
    alice.raw("/_add #1 4 member");
    common::until(async || bot.api().raw("/_join #1").await.is_ok()).await;
    let members = || serde_json::from_str::<serde_json::Value>(&alice.raw("/_members #1")).unwrap();
    common::until(async || member(&members()["result"]).is_some()).await;
    writes("people", &alice, "#1", own, "#1");
    let aside = format!("#1(_support:{})", member(&members()["result"]).unwrap());
    writes("aside", &alice, &aside, own, "#1(_support)");
    // A group of the bot's, and a member who asks those who lead it for help.
    bot.api().raw(&format!(r#"/_group {own} {{"displayName":"club","fullName":""}}"#)).await.unwrap();
    bot.api().raw(&format!("/_add #2 {} member", &bob_there[1..])).await.unwrap();
    common::until(async || bob.raw("/_join #1").contains("userAcceptedGroupSent")).await;
    let members = async || bot.api().raw("/_members #2").await.unwrap();
    common::until(async || member(&members().await).is_some()).await;
    writes("club", &bob, "#1", own, "#2");
    let help = format!("#2(_support:{})", member(&members().await).unwrap());
    writes("help", &bob, "#1(_support)", own, &help);
    bot.stop().await.unwrap();
    history
}

fn check(seed: u64) {
    let mut history = in_a_life(begins(seed));
    for _ in 0..history.rng.u32(1..5) {
        in_a_life(async {
            let core = history.opens();
            if history.rng.u32(..4) == 0 {
                history.disturbs(&core);
                history.disturbs(&core);
            }
            let patience = if history.rng.u32(..6) == 0 { history.rng.u64(1..300) } else { 10_000 };
            let Ok(Ok(bot)) = timeout(Duration::from_millis(patience), history.start(&core)).await else {
                history.tell("does not start");
                history.world.net.with(|net| net.crash(core.id()));
                return;
            };
            for _ in 0..history.rng.u32(1..40) {
                history.step(&bot, &core).await;
                if history.rng.u32(..4) > 0 {
                    let millis = history.rng.u64(..60);
                    sleep(Duration::from_millis(millis)).await;
                }
            }
            if history.rng.bool() {
                history.tell("is stopped");
                // It may fail, where marks are made to fail.
                bot.stop().await.ok();
            } else {
                history.tell("is killed");
                history.world.net.with(|net| net.crash(core.id()));
            }
        });
    }
    in_a_life(async {
        for _ in 0..2 {
            let (bot, core) = loop {
                let core = history.opens();
                // It may fail, by faults that were left over.
                if let Ok(bot) = history.start(&core).await {
                    break (bot, core);
                }
                assert!(history.lives.len() < 30, "it does not start any more");
            };
            history.settles(&bot, &core).await;
            bot.stop().await.unwrap();
        }
    });
    history.check();
    let after = history.lives.last().unwrap().notes.lock().unwrap().clone();
    assert_eq!(after, "    - settles\n", "handled again after a clean stop");
}

#[test]
fn however_it_went_every_message_is_handled_once_in_each_run_and_in_order() {
    let range = std::env::var("HISTORIES").unwrap_or_else(|_| "0..120".to_owned());
    let (from, to) = range.split_once("..").unwrap();
    // The last one is of support chats that get to wait for an answer between two looks.
    for seed in (from.parse().unwrap()..to.parse().unwrap()).chain([466]) {
        println!("seed {seed}");
        check(seed);
    }
}
