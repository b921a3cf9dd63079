//! What is done by the clock, by a clock of the test's own.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "what fails here fails a test")]

mod common;

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::SystemTime;

use common::Panics;
use simplex_bot::Handle;
use simplex_bot::prelude::*;
use simplex_bot::schedule::{self, Missed, Schedule, Tick, at, cron, every};
use simplex_bot::store::{MemoryStore, Store, StoreError, Stored};
use simplex_bot::testing::TestNetwork;
use simplex_bot::types::ContactId;
use tokio::sync::mpsc;

type Ran = Arc<Mutex<Vec<Tick>>>;

fn clock(schedule: Schedule, ran: Ran) -> Bot<Ran> {
    Bot::new("clock").state(ran).schedule(schedule, async |tick: Tick, State(ran): State<Ran>, _: ChatApi| {
        ran.lock().unwrap().push(tick);
        if ran.lock().unwrap().len() == 2 { Err("one failure does not end it") } else { Ok(()) }
    })
}

fn now() -> u64 {
    schedule::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs()
}

async fn run(schedule: Schedule, time: Duration) -> Vec<Tick> {
    let ran = Ran::default();
    let net = TestNetwork::new();
    let shared = Arc::clone(&ran);
    let bot = net.start(move || clock(schedule.clone(), Arc::clone(&shared))).await;
    tokio::time::sleep(time).await;
    bot.stop().await;
    let ran = ran.lock().unwrap().clone();
    tokio::time::sleep(time).await;
    ran
}

#[simplex_bot::test]
async fn a_job_runs_every_so_often_until_the_bot_stops() {
    let ran = run(every(Duration::from_secs(60)), Duration::from_secs(301)).await;
    assert_eq!(ran.len(), 5);
    assert!(ran.windows(2).all(|pair| pair[1].due - pair[0].due == 60));
}

#[simplex_bot::test]
async fn no_job_begins_while_a_bot_that_stops_lets_a_handler_end() {
    let ran = Ran::default();
    let net = TestNetwork::new();
    let shared = Arc::clone(&ran);
    let slow = async |_: Message| tokio::time::sleep(Duration::from_secs(300)).await;
    let bot = net.start(move || {
        clock(every(Duration::from_secs(60)), Arc::clone(&shared)).drain(Duration::from_secs(3600)).on(any(), slow)
    });
    let bot = bot.await;
    net.person("alice").connects_to(&bot).await.send("hi").await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    bot.stop().await;
    assert_eq!(ran.lock().unwrap().len(), 0);
}

#[simplex_bot::test]
async fn a_job_that_panics_before_it_waits_or_when_its_error_is_dropped_runs_again_the_next_time() {
    // No async function: this is done before there is a future.
    fn panics(State(ran): State<Ran>, tick: Tick) -> std::future::Ready<()> {
        ran.lock().unwrap().push(tick);
        panic!("as a test may")
    }
    async fn fails(State(ran): State<Ran>, tick: Tick) -> Result<(), Panics> {
        ran.lock().unwrap().push(tick);
        Err(Panics)
    }
    let ran = Ran::default();
    let net = TestNetwork::new();
    let shared = Arc::clone(&ran);
    let minute = Duration::from_secs(60);
    let bot = net.start(move || {
        Bot::new("clock").state(Arc::clone(&shared)).schedule(every(minute), panics).schedule(every(minute), fails)
    });
    let bot = bot.await;
    tokio::time::sleep(Duration::from_secs(121)).await;
    bot.stop().await;
    // Both of them twice: neither is due more often.
    assert_eq!(ran.lock().unwrap().len(), 4);
}

#[simplex_bot::test]
async fn a_clock_that_was_ahead_does_not_silence_a_job() {
    let store = Arc::new(MemoryStore::new());
    let last = Stored { version: 0, state: String::new(), saved: now() + 100_000 };
    store.save("schedule/report", last).await.unwrap();
    let ran = run(every(Duration::from_secs(60)).remembered("report", store), Duration::from_secs(301)).await;
    assert_eq!(ran.len(), 5);
}

#[simplex_bot::test]
async fn a_job_of_one_time_runs_once() {
    assert_eq!(run(at(schedule::now() + Duration::from_secs(100)), Duration::from_secs(1000)).await.len(), 1);
}

/// Or a job that looks for what is due by then would not find it.
#[simplex_bot::test]
async fn a_job_of_one_time_does_not_run_before_it() {
    let (net, time, ran) =
        (TestNetwork::new(), schedule::now() + Duration::from_millis(1500), Arc::<Mutex<_>>::default());
    let shared = Arc::clone(&ran);
    let bot = net.start(move || {
        let job = async |State(ran): State<Arc<Mutex<Vec<SystemTime>>>>| ran.lock().unwrap().push(schedule::now());
        Bot::new("clock").state(Arc::clone(&shared)).schedule(at(time), job)
    });
    let bot = bot.await;
    tokio::time::sleep(Duration::from_secs(5)).await;
    bot.stop().await;
    let ran = ran.lock().unwrap();
    assert!(matches!(ran.as_slice(), [then] if *then >= time), "{time:?}: {ran:?}");
}

#[simplex_bot::test]
async fn a_job_of_a_time_that_has_passed_does_not_run() {
    assert_eq!(run(at(schedule::now() - Duration::from_secs(100)), Duration::from_secs(1000)).await.len(), 0);
}

#[simplex_bot::test]
async fn missed_times_are_skipped_or_made_up_for_once() {
    for (missed, runs, first_missed) in [(Missed::Skip, 1, false), (Missed::RunOnce, 2, true)] {
        let store = Arc::new(MemoryStore::new());
        let begin = now();
        let last = Stored { version: 0, state: String::new(), saved: begin - 100_000 };
        store.save("schedule/report", last).await.unwrap();
        let schedule = every(Duration::from_secs(3600)).remembered("report", Arc::clone(&store)).missed(missed);
        let ran = run(schedule, Duration::from_secs(3700)).await;
        assert_eq!((ran.len(), ran[0].missed), (runs, first_missed), "{missed:?}");
        assert!(store.load("schedule/report").await.unwrap().unwrap().saved >= begin);
    }
}

#[simplex_bot::test]
async fn a_period_goes_on_after_a_skipped_time_across_restarts() {
    let (store, ran, net) = (Arc::new(MemoryStore::new()), Ran::default(), TestNetwork::new());
    let last = Stored { version: 0, state: String::new(), saved: now() - 150 };
    store.save("schedule/report", last).await.unwrap();
    let shared = Arc::clone(&ran);
    let daily = move || every(Duration::from_secs(100)).remembered("report", Arc::clone(&store));
    let mut bot = net.start(move || clock(daily(), Arc::clone(&shared))).await;
    for _ in 0..3 {
        tokio::time::sleep(Duration::from_secs(70)).await;
        bot.restarted().await;
    }
    bot.stop().await;
    assert_eq!(ran.lock().unwrap().len(), 2);
}

/// A bot that did not run as long as it is to its job's first time: what it missed is known from its first start.
#[simplex_bot::test]
async fn what_is_missed_before_the_first_time_is_made_up_for_too() {
    // In this order: the second begins when the first's time is long over.
    for schedule in [at(schedule::now() + Duration::from_secs(3600)), every(Duration::from_secs(3600))] {
        let schedule = schedule.remembered("report", MemoryStore::new()).missed(Missed::RunOnce);
        let ran = Ran::default();
        let net = TestNetwork::new();
        let shared = Arc::clone(&ran);
        let mut bot = net.start(move || clock(schedule.clone(), Arc::clone(&shared))).await;
        tokio::time::sleep(Duration::from_secs(1800)).await;
        bot.killed().await;
        tokio::time::sleep(Duration::from_secs(3600)).await;
        bot.restarted().await;
        tokio::time::sleep(Duration::from_secs(60)).await;
        bot.stop().await;
        let ran = ran.lock().unwrap().clone();
        assert!(matches!(ran[..], [Tick { missed: true, .. }]), "{ran:?}");
    }
}

/// A store that cannot be read the first few times.
struct Failing {
    store: MemoryStore,
    left: AtomicU32,
}

#[async_trait::async_trait]
impl Store for Failing {
    async fn load(&self, key: &str) -> Result<Option<Stored>, StoreError> {
        match self.left.load(Ordering::Relaxed) {
            0 => self.store.load(key).await,
            left => {
                self.left.store(left - 1, Ordering::Relaxed);
                Err(StoreError::new("read", "as a test wants it"))
            }
        }
    }
    async fn save(&self, key: &str, state: Stored) -> Result<(), StoreError> {
        self.store.save(key, state).await
    }
    async fn remove(&self, key: &str) -> Result<(), StoreError> {
        self.store.remove(key).await
    }
    async fn keys(&self, prefix: &str) -> Result<Vec<String>, StoreError> {
        self.store.keys(prefix).await
    }
}

#[simplex_bot::test]
async fn a_missed_time_is_made_up_for_once_the_store_can_be_read() {
    let store = MemoryStore::new();
    let last = Stored { version: 0, state: String::new(), saved: now() - 1000 };
    store.save("schedule/report", last).await.unwrap();
    let failing = Arc::new(Failing { store, left: AtomicU32::new(2) });
    let due = schedule::now() - Duration::from_secs(500);
    let schedule = at(due).remembered("report", Arc::clone(&failing)).missed(Missed::RunOnce);
    let ran = run(schedule, Duration::from_secs(600)).await;
    assert!(matches!(ran[..], [Tick { missed: true, .. }]), "{ran:?}");
    assert_eq!(failing.left.load(Ordering::Relaxed), 0);
}

#[simplex_bot::test]
async fn cron_runs_on_the_days_of_its_zone() {
    let week = Duration::from_secs(7 * 86_400);
    assert_eq!(run(cron("0 9 * * Mon-Fri", "Europe/London"), week).await.len(), 5);
    assert_eq!(run(cron("30 2 * * *", "Asia/Kolkata"), week).await.len(), 7);
}

#[simplex_bot::test]
async fn a_schedule_that_is_none_is_said_before_the_bot_starts() {
    for (schedule, part) in [
        (cron("61 9 * * *", "Europe/London"), "61 9"),
        (cron("0 9 * * *", "Europe/Atlantis"), "Atlantis"),
        (cron("0 9 31 2 *", "Europe/London"), "no day is as the cron pattern `0 9 31 2 *` says"),
        (every(Duration::ZERO), "no time"),
        (every(Duration::from_millis(1500)), "whole seconds"),
    ] {
        let core = Arc::new(TestNetwork::new().simulation().open("bot", "").unwrap());
        let error = Bot::new("clock").core(core).schedule(schedule, async || {}).start().await.unwrap_err();
        assert!(error.to_string().contains(part), "{error}");
    }
}

/// Asks its contact, and tells how it went.
async fn survey(api: ChatApi, State(told): State<mpsc::UnboundedSender<String>>) -> Result<(), BotError> {
    let chat = Chat::new(api, ContactId(4));
    chat.send("It is time.").await?.delivered().await?;
    let answer = chat.ask("How is it?").timeout(Duration::from_mins(5)).await;
    told.send(answer.unwrap_or_else(|error| error.to_string())).unwrap();
    Ok(())
}

#[simplex_bot::test]
async fn a_job_waits_as_a_handler_does_and_a_stop_ends_that() {
    let (tell, mut told) = mpsc::unbounded_channel();
    let made = move || {
        let others = async |msg: TextMessage| msg.reply("Not the job's?").await;
        Bot::new("bot").state(tell.clone()).schedule(every(Duration::from_mins(10)), survey).on(text(), others)
    };
    let net = TestNetwork::new();
    let bot = net.start(made).await;
    let alice = net.person("alice").patience(Duration::from_hours(1)).connects_to(&bot).await;
    for answers in [true, false] {
        alice.expect("It is time.").await;
        alice.expect("How is it?").await;
        if answers {
            alice.send("Fine.").await;
            assert_eq!(told.recv().await.unwrap(), "Fine.");
            alice.expect_silence(Duration::from_mins(1)).await;
        }
    }
    bot.stop().await;
    assert!(told.recv().await.unwrap().contains("stop"));
}

/// Asks, and fails if that fails.
async fn asks(api: ChatApi, State(told): State<mpsc::UnboundedSender<String>>) -> Result<(), BotError> {
    let answer = Chat::new(api, ContactId(4)).ask("Well?").timeout(Duration::from_mins(5)).await?;
    told.send(answer).unwrap();
    Ok(())
}

#[simplex_bot::test]
async fn a_job_whose_wait_is_ended_by_a_stop_has_not_run() {
    let (tell, mut told) = mpsc::unbounded_channel();
    let store = Arc::new(MemoryStore::new());
    let made = move || {
        let hourly = every(Duration::from_hours(1)).remembered("job", Arc::clone(&store)).missed(Missed::RunOnce);
        Bot::new("bot").state(tell.clone()).schedule(hourly, asks)
    };
    let net = TestNetwork::new();
    let mut bot = net.start(made).await;
    let alice = net.person("alice").patience(Duration::from_hours(2)).connects_to(&bot).await;
    alice.expect("Well?").await;
    bot.restarted().await;
    // At once, although its next time is far.
    let alice = alice.patience(Duration::from_mins(1));
    alice.expect("Well?").await;
    alice.send("Yes.").await;
    assert_eq!(told.recv().await.unwrap(), "Yes.");
    alice.expect_silence(Duration::from_mins(30)).await;
    bot.stop().await;
}

#[simplex_bot::test]
async fn a_job_that_waits_for_the_end_of_its_bot_is_told_so() {
    let (tell, mut told) = mpsc::unbounded_channel();
    // Also when all but the job has ended.
    let job = async |bot: Handle, State(tell): State<mpsc::UnboundedSender<String>>| {
        bot.stop();
        tokio::time::sleep(Duration::from_secs(2)).await;
        tell.send(bot.join().await.unwrap_err().to_string()).unwrap();
    };
    let net = TestNetwork::new();
    let bot = net.start(move || Bot::new("bot").state(tell.clone()).schedule(every(Duration::from_secs(1)), job)).await;
    assert_eq!(told.recv().await.unwrap(), BotError::EndInHandler.to_string());
    bot.stop().await;
}
