//! Histories at random: people write, edit and delete while the bot is slow, fails, asks, loses events, cannot mark, is
//! stopped and killed. However it went, in the end every message was handled, and in each run at most once and in order;
//! or, where it is marked before or left alone, in one run only.
//!
//! `HISTORIES=1000..9000 cargo test -p simplex-bot --test histories` goes through other seeds than the usual ones.

#![expect(clippy::panic, clippy::unwrap_used, reason = "what fails here fails a test")]

mod common;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Write as _;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use common::{DEADLINE, Deaf, Person, World};
use fastrand::Rng;
use simplex_bot::core::{ChatCore, CoreEvent};
use simplex_bot::prelude::*;
use simplex_bot::{Delivery, Retry, Running};
use simplex_sim::Failure as Fault;
use simplex_sim::SimCore;
use tokio::time::{sleep, timeout};

/// What a handler does with a message, by its last letter.
const WAYS: [&str; 8] = ["quick", "quick", "replies", "sleeps", "fails", "panics", "hangs", "asks"];

/// One life of the bot: what its handlers noted.
#[derive(Debug, Default)]
struct Life {
    /// Each message's first handling or taking, in order.
    begun: Mutex<Vec<Name>>,
    done: Mutex<HashMap<Name, u32>>,
    /// Everything, for whoever has to find out what went wrong.
    notes: Mutex<String>,
}

/// A message: its chat (`alice`, `bob`, `people`), and its number there.
type Name = (String, u32);

impl Life {
    fn note(&self, what: &str) {
        writeln!(self.notes.lock().unwrap(), "{what}").unwrap();
    }

    fn begins(&self, name: &Name) {
        let mut begun = self.begun.lock().unwrap();
        if !begun.contains(name) {
            begun.push(name.clone());
        }
    }

    fn ends(&self, name: &Name) {
        *self.done.lock().unwrap().entry(name.clone()).or_default() += 1;
    }
}

/// What outlives the bot's lives.
#[derive(Debug, Default)]
struct Story {
    /// Messages whose handler has failed once already.
    failed: Mutex<HashSet<Name>>,
}

type Shared = State<(Arc<Life>, Arc<Story>)>;

/// `alice 7 sleeps`, with ` edited` behind it once it was.
fn read(text: &str) -> Option<(Name, &str)> {
    let mut words = text.split(' ');
    let name = (words.next()?.to_owned(), words.next()?.parse().ok()?);
    Some((name, words.next()?))
}

async fn handle(msg: TextMessage, State((life, story)): Shared) -> Outcome<()> {
    let (name, way) = read(msg.text()).unwrap();
    let recovered = if msg.is_recovered() { " (recovered)" } else { "" };
    life.note(&format!("begins {name:?} {way}{recovered}"));
    life.begins(&name);
    match way {
        "replies" => drop(msg.reply("well").await?),
        "sleeps" => sleep(Duration::from_millis(40)).await,
        "fails" if story.failed.lock().unwrap().insert(name.clone()) => {
            sleep(Duration::from_millis(10)).await;
            return Err(BotError::NothingSent);
        }
        "panics" if story.failed.lock().unwrap().insert(name.clone()) => {
            // As a panic, but without its message on the terminal.
            std::panic::resume_unwind(Box::new("on purpose"))
        }
        "hangs" if story.failed.lock().unwrap().insert(name.clone()) => std::future::pending().await,
        "asks" => match msg.chat().ask("And?").timeout(Duration::from_millis(500)).await {
            Ok(answer) => {
                let (answer, _) = read(&answer).unwrap();
                life.note(&format!("takes {answer:?} for {name:?}"));
                life.begins(&answer);
                life.ends(&answer);
            }
            Err(BotError::Wait(simplex_bot::WaitError::Timeout { .. })) => {}
            Err(error) => return Err(error),
        },
        _ => {}
    }
    life.note(&format!("ends {name:?}"));
    life.ends(&name);
    Ok(())
}

/// Somebody who writes.
struct Writer {
    /// What they call their chat.
    chat: &'static str,
    core: Arc<SimCore>,
    /// The chat, in their own database.
    to: &'static str,
    sent: Vec<(i64, Name, &'static str)>,
}

impl Writer {
    fn send(&mut self, way: &'static str) -> Name {
        let name = (self.chat.to_owned(), u32::try_from(self.sent.len()).unwrap());
        let text = format!("{} {} {way}", name.0, name.1);
        let content = format!(r#"[{{"msgContent":{{"type":"text","text":"{text}"}},"mentions":{{}}}}]"#);
        let answer = self.core.raw(&format!("/_send {} json {content}", self.to));
        let answer: serde_json::Value = serde_json::from_str(&answer).unwrap();
        let id = answer["result"]["chatItems"][0]["chatItem"]["meta"]["itemId"].as_i64().unwrap();
        self.sent.push((id, name.clone(), way));
        name
    }
}

/// How the bot is set up, the same in all lives.
#[derive(Debug)]
struct Options {
    queue: usize,
    in_flight: usize,
    hold_chat: bool,
    delivery: Delivery,
    lanes: Lanes,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lanes {
    OfChats,
    /// One for all.
    One,
    /// Two of each chat, by the numbers of messages.
    Two,
}

impl Options {
    fn new(rng: &mut Rng) -> Self {
        Self {
            queue: if rng.bool() { rng.usize(1..6) } else { 4096 },
            in_flight: if rng.bool() { rng.usize(1..4) } else { 256 },
            hold_chat: rng.u32(..3) == 0,
            delivery: match rng.u32(..6) {
                0 => Delivery::AtMostOnce,
                1 => Delivery::Off,
                _ => Delivery::AtLeastOnce,
            },
            lanes: [Lanes::OfChats, Lanes::OfChats, Lanes::One, Lanes::Two][rng.usize(..4)],
        }
    }
}

struct History {
    rng: Rng,
    world: World,
    writers: Vec<Writer>,
    story: Arc<Story>,
    lives: Vec<Arc<Life>>,
    deleted: HashSet<Name>,
    options: Options,
}

impl History {
    fn tell(&mut self, what: &str) {
        if let Some(life) = self.lives.last() {
            life.note(&format!("    - {what}"));
        }
    }

    async fn start(&mut self) -> (Running, Arc<Deaf>) {
        let life = Arc::new(Life::default());
        self.lives.push(Arc::clone(&life));
        let core = Deaf::new(self.world.net.open("bot", "").unwrap());
        let Options { queue, in_flight, hold_chat, delivery, lanes } = self.options;
        let retry = Retry::times(20).backoff(Duration::from_millis(30));
        let bot = self.world.bot().core(Arc::clone(&core) as Arc<dyn ChatCore>);
        let bot = match lanes {
            Lanes::OfChats => bot,
            Lanes::One => bot.lane_by(|_| ()),
            Lanes::Two => bot.lane_by(|message| (message.chat_ref(), read(message.text()).unwrap().0.1 % 2)),
        };
        let bot = bot
            .queue(queue)
            .in_flight(in_flight)
            .delivery(delivery)
            .handler_timeout(Duration::from_secs(2))
            .retry(if hold_chat { retry.hold_chat() } else { retry })
            .state((life, Arc::clone(&self.story)))
            .on_error(|_, _| {})
            .on_poison(|message, failure| panic!("given up {}: {failure}", message.text()))
            .on(text(), handle);
        (bot.start().await.unwrap(), core)
    }

    /// Something happens.
    async fn step(&mut self, core: &Deaf) {
        let rng = &mut self.rng;
        let bot = core.id();
        let commands = ["/_read", "/_get chats", "/_get chat", "/_get items", "/_send", "/_groups", "/_members"];
        let writer = rng.usize(..self.writers.len());
        match rng.u32(..100) {
            0..50 => {
                let times = if rng.u32(..8) == 0 { rng.u32(1..30) } else { 1 };
                for _ in 0..times {
                    // Where a chat has two lanes, an answer need not be in the lane of who asked.
                    let ways = WAYS.len() - usize::from(self.options.lanes == Lanes::Two);
                    let way = WAYS[self.rng.usize(..ways)];
                    let name = self.writers[writer].send(way);
                    self.tell(&format!("sent {name:?} {way}"));
                }
            }
            50..60 => {
                let writer = &self.writers[writer];
                let Some((id, name, way)) = rng.choice(&writer.sent).cloned() else { return };
                if self.deleted.contains(&name) {
                    return;
                }
                let text = format!("{} {} {way} edited", name.0, name.1);
                let content = format!(r#"{{"msgContent":{{"type":"text","text":"{text}"}},"mentions":{{}}}}"#);
                writer.core.raw(&format!("/_update item {} {id} json {content}", writer.to));
                self.tell(&format!("edited {name:?}"));
            }
            60..65 => {
                let writer = &self.writers[writer];
                let Some((id, name, _)) = rng.choice(&writer.sent).cloned() else { return };
                writer.core.raw(&format!("/_delete item {} {id} broadcast", writer.to));
                self.tell(&format!("deleted {name:?}"));
                self.deleted.insert(name);
            }
            65..75 => {
                let millis = rng.u64(1..400);
                self.tell(&format!("{millis} ms pass"));
                sleep(Duration::from_millis(millis)).await;
            }
            75..80 => {
                self.tell("events get lost");
                core.loses_events();
            }
            80..86 => {
                self.tell("events come again");
                if self.rng.bool() {
                    core.says(CoreEvent::Disconnected { reason: "on purpose".to_owned() });
                    core.hears_again(CoreEvent::Reconnected);
                } else {
                    core.hears_again(CoreEvent::Lagged { events: 1 });
                }
            }
            86..93 => {
                let command = commands[rng.usize(..commands.len())];
                self.tell(&format!("fails {command}"));
                self.world.net.with(|net| net.fail_next(bot, command, Fault::DatabaseBusy));
            }
            93..98 => {
                let command = commands[rng.usize(..commands.len())];
                let by = Duration::from_millis(rng.u64(1..900));
                self.tell(&format!("slow {command} {by:?}"));
                self.world.net.with(|net| net.slow_next(bot, command, by));
            }
            _ => {
                let offline = rng.bool();
                self.tell(&format!("offline {offline}"));
                self.world.net.with(|net| net.set_offline(bot, offline));
            }
        }
    }

    /// The bot handles what there is, and nothing disturbs it.
    async fn settles(&mut self, bot: &Running, core: &Deaf) {
        self.tell("settles");
        self.world.net.with(|net| net.set_offline(core.id(), false));
        core.hears_again(CoreEvent::Lagged { events: 1 });
        let chats = ["@4", "@5", "#1"];
        let settled = async {
            loop {
                sleep(Duration::from_millis(200)).await;
                let mut unread = 0;
                for chat in chats {
                    let chat = bot.api().raw(&format!("/_get chat {chat} initial=1")).await;
                    // It may fail, by a fault that was left over.
                    unread += chat.map_or(1, |chat| chat["chat"]["chatStats"]["unreadCount"].as_i64().unwrap());
                }
                // Where messages are left alone they stay unread.
                let all = unread == 0 || self.options.delivery == Delivery::Off;
                if all && bot.handle().health().unwrap().lanes == 0 {
                    return;
                }
            }
        };
        let in_time = timeout(50 * DEADLINE, settled).await.is_ok();
        assert!(in_time, "not all was handled: {:?}", bot.handle().health());
    }

    /// What must be true of all lives.
    fn check(&self) {
        let lane = |(chat, message): &Name| match self.options.lanes {
            Lanes::Two => format!("{chat}, {}", message % 2),
            _ => chat.clone(),
        };
        let mut first = BTreeMap::<String, Vec<u32>>::new();
        let mut lives = HashMap::<Name, usize>::new();
        for (number, life) in self.lives.iter().enumerate() {
            let mut last = HashMap::new();
            for name in &*life.begun.lock().unwrap() {
                let before = last.insert(lane(name), name.1);
                assert!(before < Some(name.1), "life {number}: {name:?} began after {before:?}");
                *lives.entry(name.clone()).or_default() += 1;
                if lives[name] == 1 {
                    first.entry(lane(name)).or_default().push(name.1);
                }
            }
            for (name, times) in &*life.done.lock().unwrap() {
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
                _ => assert!(done || self.deleted.contains(name), "{name:?} {way} was never handled"),
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

async fn begins(seed: u64) -> History {
    let mut rng = Rng::with_seed(seed);
    let world = World::new();
    let options = Options::new(&mut rng);
    let mut history = History {
        rng,
        world,
        writers: Vec::new(),
        story: Arc::default(),
        lives: Vec::new(),
        deleted: HashSet::new(),
        options,
    };
    let (bot, _) = history.start().await;
    for chat in ["alice", "bob"] {
        let Person { core } = history.world.person(chat, &bot).await;
        history.writers.push(Writer { chat, core: Arc::new(core), to: "@4", sent: Vec::new() });
    }
    let founder = Arc::clone(&history.writers[0].core);
    founder.raw(r#"/_group 1 {"displayName":"people","fullName":""}"#);
    founder.raw("/_add #1 4 member");
    common::until(async || bot.api().raw("/_join #1").await.is_ok()).await;
    common::until(async || founder.raw("/_members #1").contains(r#""memberStatus":"connected""#)).await;
    history.writers.push(Writer { chat: "people", core: founder, to: "#1", sent: Vec::new() });
    bot.stop().await.unwrap();
    history
}

fn check(seed: u64) {
    let mut history = in_a_life(begins(seed));
    for _ in 0..history.rng.u32(1..5) {
        in_a_life(async {
            let (bot, core) = history.start().await;
            for _ in 0..history.rng.u32(1..40) {
                history.step(&core).await;
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
        let (bot, core) = history.start().await;
        history.settles(&bot, &core).await;
        bot.stop().await.unwrap();
        let (bot, core) = history.start().await;
        history.settles(&bot, &core).await;
        bot.stop().await.unwrap();
    });
    history.check();
    let after = history.lives.last().unwrap().notes.lock().unwrap().clone();
    assert_eq!(after, "    - settles\n", "handled again after a clean stop");
}

#[test]
fn however_it_went_every_message_is_handled_once_in_each_run_and_in_order() {
    let range = std::env::var("HISTORIES").unwrap_or_else(|_| "0..120".to_owned());
    let (from, to) = range.split_once("..").unwrap();
    // The last one is of a group that is written in during the second in which the bot joins it.
    for seed in (from.parse().unwrap()..to.parse().unwrap()).chain([11217]) {
        println!("seed {seed}");
        check(seed);
    }
}
