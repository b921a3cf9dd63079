//! A bot process killed again and again answers every message, in order, and hardly any twice.
//!
//! `KILLS=200 cargo test -p simplex-e2e --test killed -- --nocapture` says how it went.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "what fails here fails a test")]

use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use simplex_e2e::simulated_library;
use simplex_sim::{Settings, SimCore, SimNetwork, serve_hub};
use tokio::net::TcpListener;
use tokio::time::{sleep, timeout};

const PATIENCE: Duration = Duration::from_secs(60);
/// Items of a chat that are marked together at most, as the bot does it.
const BATCH: usize = 100;

/// The network, in this process, and what a bot process needs to be on it.
struct World {
    net: SimNetwork,
    hub: String,
    libs: std::path::PathBuf,
    folder: tempfile::TempDir,
}

impl World {
    async fn new() -> Self {
        let libs = tokio::task::spawn_blocking(simulated_library).await.unwrap();
        let net = SimNetwork::new(Settings::default());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let hub = listener.local_addr().unwrap().to_string();
        tokio::spawn(serve_hub(listener, net.clone()));
        Self { net, hub, libs, folder: tempfile::tempdir().unwrap() }
    }

    /// With a bot that ran and was killed, and its address.
    async fn begun() -> (Self, String) {
        let world = Self::new().await;
        let mut bot = world.bot(0);
        sleep(Duration::from_millis(1500)).await;
        bot.kill().unwrap();
        bot.wait().unwrap();
        let address = timeout(PATIENCE, world.address()).await.unwrap();
        (world, address)
    }

    fn prefix(&self) -> String {
        self.folder.path().join("bot").to_str().unwrap().to_owned()
    }

    fn bot(&self, work: u64) -> Child {
        self.set(&mut Command::new(env!("CARGO_BIN_EXE_echoing_bot")), work).stdout(Stdio::null()).spawn().unwrap()
    }

    fn set<'a>(&self, command: &'a mut Command, work: u64) -> &'a mut Command {
        command
            .env("SIMPLEX_SIM_HUB", &self.hub)
            .env("SIM_LIBS", &self.libs)
            .env("BOT_DB", self.prefix())
            .env("WORK_MS", work.to_string())
    }

    /// The address of a bot that runs, by its core's own word.
    async fn address(&self) -> String {
        loop {
            let id = self.net.with(|net| net.open(&self.prefix(), "")).unwrap();
            self.net.with(|net| net.command(id, "/_start main=on"));
            let shown = self.net.with(|net| net.command(id, "/_show_address 1")).unwrap_or_default();
            let shown: serde_json::Value = serde_json::from_str(&shown).unwrap_or_default();
            if let Some(link) = shown["result"]["contactLink"]["connLinkContact"]["connFullLink"].as_str() {
                return link.to_owned();
            }
            sleep(Duration::from_millis(100)).await;
        }
    }

    fn person(&self, name: &str, address: &str) -> Person {
        let core = self.net.open(name, "").unwrap();
        core.raw(&format!(
            r#"/_create user {{"profile":{{"displayName":"{name}","fullName":""}},"pastTimestamp":false}}"#
        ));
        core.raw("/_start main=on");
        core.raw(&format!("/_connect 1 {address}"));
        Person { core, sent: 0, answers: Vec::new() }
    }
}

struct Person {
    core: SimCore,
    sent: usize,
    answers: Vec<usize>,
}

impl Person {
    fn send(&mut self) {
        let answer = self.core.raw(&format!(
            r#"/_send @4 json [{{"msgContent":{{"type":"text","text":"{}"}},"mentions":{{}}}}]"#,
            self.sent
        ));
        if answer.contains("\"newChatItems\"") {
            self.sent += 1;
        }
    }

    fn listen(&mut self) {
        while let Some(event) = self.core.try_event() {
            if event.contains("\"directRcv\"")
                && let Some((_, text)) = event.split_once("\"itemText\":\"re ")
            {
                self.answers.push(text.split('"').next().unwrap().parse().unwrap());
            }
        }
    }

    fn is_answered(&self) -> bool {
        let mut seen = vec![false; self.sent];
        self.answers.iter().for_each(|answer| seen[*answer] = true);
        seen.into_iter().all(|seen| seen)
    }
}

/// A small generator: kills at moments that a failing run can be repeated with.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, from: u64, to: u64) -> Duration {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        Duration::from_millis(from + self.0 % (to - from))
    }
}

async fn killed_again_and_again(work: u64, kills: usize) {
    let (world, address) = World::begun().await;
    let mut bot = world.bot(work);
    let mut people: Vec<Person> = (0..10).map(|n| world.person(&format!("p{n}"), &address)).collect();
    sleep(Duration::from_millis(1500)).await;
    let mut dice = Dice(0x5eed + work);
    for _ in 0..kills {
        let until = Instant::now() + dice.roll(60, 700);
        while Instant::now() < until {
            for person in &mut people {
                // As many as are answered, so that there is always something under way and never a flood.
                if person.sent < person.answers.len() + 20 {
                    person.send();
                }
                person.listen();
            }
            sleep(Duration::from_millis(15)).await;
        }
        bot.kill().unwrap();
        bot.wait().unwrap();
        bot = world.bot(work);
    }
    let answered = async {
        while !people.iter().all(Person::is_answered) {
            people.iter_mut().for_each(Person::listen);
            sleep(Duration::from_millis(20)).await;
        }
    };
    let in_time = timeout(PATIENCE, answered).await.is_ok();
    let sent: usize = people.iter().map(|person| person.sent).sum();
    let mut twice = 0;
    let mut disordered = 0;
    for person in &people {
        let mut first: Vec<usize> = Vec::new();
        for answer in &person.answers {
            if first.contains(answer) { twice += 1 } else { first.push(*answer) }
        }
        disordered += first.windows(2).filter(|pair| pair[0] > pair[1]).count();
    }
    println!("handlers of {work} ms, {kills} kills: {sent} sent, {twice} answered twice, {disordered} out of order");
    bot.kill().unwrap();
    bot.wait().unwrap();
    assert!(in_time, "some were never answered");
    assert_eq!(disordered, 0);
    assert!(twice <= kills * (people.len() + BATCH));
    assert!(sent > kills);
}

fn kills() -> usize {
    std::env::var("KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(5)
}

#[tokio::test(flavor = "multi_thread")]
async fn handlers_that_take_no_time() {
    killed_again_and_again(0, kills()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn handlers_that_take_a_while() {
    killed_again_and_again(50, kills()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn handlers_that_take_long() {
    killed_again_and_again(300, kills()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_kills_the_process_is_given_up_and_the_next_is_answered() {
    let (world, address) = World::begun().await;
    let mut bot = world.bot(0);
    let mut alice = world.person("alice", &address);
    sleep(Duration::from_millis(1500)).await;
    alice.core.raw(r#"/_send @4 json [{"msgContent":{"type":"text","text":"deadly"},"mentions":{}}]"#);
    alice.send();
    let mut deaths = 0;
    timeout(PATIENCE, async {
        while !alice.is_answered() {
            if bot.try_wait().unwrap().is_some() {
                deaths += 1;
                bot = world.bot(0);
            }
            alice.listen();
            sleep(Duration::from_millis(10)).await;
        }
    })
    .await
    .expect("the message after the deadly one is answered");
    assert!((2..=5).contains(&deaths), "{deaths}");
    // Told while the next was still unanswered: they are of one chat.
    let given_up = std::fs::read_to_string(format!("{}.given_up", world.prefix())).unwrap();
    assert_eq!(given_up, format!("deadly: the process died {deaths} times while this message was being handled"));
    bot.kill().unwrap();
    bot.wait().unwrap();
}

/// As a service manager does it: what runs is answered, what waits is the next run's, and nothing is answered twice.
#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_is_asked_to_end_lets_a_hundred_handlers_end_and_loses_nothing() {
    let (world, address) = World::begun().await;
    let mut bot = world.bot(1500);
    let mut people: Vec<Person> = (0..100).map(|n| world.person(&format!("p{n}"), &address)).collect();
    let sent = async |people: &mut [Person], count: usize| {
        while !people.iter().all(|person| person.sent >= count) {
            // Not taken before they are connected.
            people.iter_mut().filter(|person| person.sent < count).for_each(Person::send);
            sleep(Duration::from_millis(10)).await;
        }
    };
    timeout(PATIENCE, sent(&mut people, 2)).await.unwrap();
    sleep(Duration::from_millis(700)).await;
    let asked = Instant::now();
    let told = Command::new("kill").args(["-TERM", &bot.id().to_string()]).status().unwrap();
    assert!(told.success());
    let ended = async {
        loop {
            match bot.try_wait().unwrap() {
                Some(status) => return status,
                None => sleep(Duration::from_millis(10)).await,
            }
        }
    };
    let status = timeout(PATIENCE, ended).await.unwrap();
    println!("ended after {:?}: {status}", asked.elapsed());
    assert!(status.success() && asked.elapsed() < Duration::from_secs(10));
    people.iter_mut().for_each(Person::listen);
    let answered: usize = people.iter().map(|person| person.answers.len()).sum();
    assert!((100..200).contains(&answered), "{answered} were answered before the end");
    let mut bot = world.bot(0);
    let all = async {
        while !people.iter().all(Person::is_answered) {
            people.iter_mut().for_each(Person::listen);
            sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(PATIENCE, all).await.unwrap();
    bot.kill().unwrap();
    bot.wait().unwrap();
    assert!(people.iter().all(|person| person.answers == [0, 1]));
}

/// Nothing can be shown any more, and the bot ends in order; under `nohup` it goes on until it is asked to end.
#[tokio::test(flavor = "multi_thread")]
async fn a_process_whose_terminal_is_closed_ends_in_order() {
    let world = World::new().await;
    let mut cases = vec![("trap '' HUP; ", &["-HUP", "-TERM"][..])];
    // What ignores a signal passes that on to all that it starts, and nobody can take it back.
    let mine = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = mine.lines().find_map(|line| line.strip_prefix("SigIgn:")).unwrap_or_default();
    match u64::from_str_radix(ignored.trim(), 16) {
        Ok(bits) if bits & 1 == 0 => cases.push(("", &["-HUP"][..])),
        _ => println!("left out: this test runs where SIGHUP is ignored"),
    }
    for (before, signals) in cases {
        let script = format!("{before}exec \"$0\"");
        let mut shell = Command::new("sh");
        let shell = shell.args(["-c", &script, env!("CARGO_BIN_EXE_echoing_bot")]);
        let mut bot = world.set(shell, 0).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop((bot.stdout.take(), bot.stderr.take()));
        for signal in signals {
            sleep(Duration::from_millis(1500)).await;
            assert_eq!(bot.try_wait().unwrap(), None, "before {signal}");
            assert!(Command::new("kill").args([signal, &*bot.id().to_string()]).status().unwrap().success());
        }
        let ended = tokio::task::spawn_blocking(move || bot.wait());
        let status = timeout(PATIENCE, ended).await.unwrap().unwrap().unwrap();
        assert!(status.success(), "{status}");
    }
}
