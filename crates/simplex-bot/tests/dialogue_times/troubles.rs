//! The times of dialogues whose states cannot be read or saved, or say what cannot be.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use simplex_bot::Retry;
use simplex_bot::dialogue::{Dialogue, Session, Sessions};
use simplex_bot::prelude::*;
use simplex_bot::schedule::now;
use simplex_bot::store::{MemoryStore, Store, StoreError, Stored};
use simplex_bot::testing::TestNetwork;

use crate::{kept_quiz, quiz, quizzing, somebody};

/// A store that cannot be read, or written, for a while.
#[derive(Default)]
struct Failing {
    store: MemoryStore,
    reading: AtomicBool,
    writing: AtomicBool,
    listing: AtomicBool,
}

#[async_trait::async_trait]
impl Store for Failing {
    async fn load(&self, key: &str) -> Result<Option<Stored>, StoreError> {
        match self.reading.load(Ordering::Relaxed) {
            true => Err(StoreError::new("read", "as a test wants it")),
            false => self.store.load(key).await,
        }
    }
    async fn save(&self, key: &str, state: Stored) -> Result<(), StoreError> {
        match self.writing.load(Ordering::Relaxed) {
            true => Err(StoreError::new("write", "as a test wants it")),
            false => self.store.save(key, state).await,
        }
    }
    async fn remove(&self, key: &str) -> Result<(), StoreError> {
        self.store.remove(key).await
    }
    async fn keys(&self, prefix: &str) -> Result<Vec<String>, StoreError> {
        match self.listing.load(Ordering::Relaxed) {
            true => Err(StoreError::new("list", "as a test wants it")),
            false => self.store.keys(prefix).await,
        }
    }
}

#[simplex_bot::test]
async fn a_time_that_is_over_while_the_store_cannot_be_read_is_told_later() {
    let failing = Arc::new(Failing::default());
    let store: Arc<dyn Store> = Arc::clone(&failing) as _;
    let net = TestNetwork::new();
    let mut bot = net.start(kept_quiz(&store)).await;
    let alice = somebody(&net, "alice").connects_to(&bot).await;
    for restarts in [false, true] {
        alice.send("/plain").await;
        alice.expect_silence(Duration::from_secs(5)).await;
        failing.reading.store(true, Ordering::Relaxed);
        if restarts {
            bot.restarted().await;
        }
        alice.expect_silence(Duration::from_secs(100)).await;
        failing.reading.store(false, Ordering::Relaxed);
        alice.expect("Over.").await;
        assert_eq!(store.keys("").await.unwrap(), [""; 0]);
    }
}

#[simplex_bot::test]
async fn a_time_that_is_over_while_the_store_cannot_be_listed_is_told_later() {
    let failing = Arc::new(Failing::default());
    let store: Arc<dyn Store> = Arc::clone(&failing) as _;
    let net = TestNetwork::new();
    let mut bot = net.start(kept_quiz(&store)).await;
    let [alice, bob] = ["alice", "bob"].map(|name| somebody(&net, name).connects_to(&bot));
    let (alice, bob) = (alice.await, bob.await);
    alice.send("/plain").await;
    alice.expect_silence(Duration::from_secs(5)).await;
    failing.listing.store(true, Ordering::Relaxed);
    bot.restarted().await;
    alice.expect_silence(Duration::from_secs(100)).await;
    // Those that begin meanwhile end in time, and others do not wait for them.
    for _ in 0..2 {
        bob.send("/plain").await;
        bob.expect("Over.").await;
    }
    failing.listing.store(false, Ordering::Relaxed);
    bob.send("/plain").await;
    alice.expect("Over.").await;
    bob.expect("Over.").await;
    assert_eq!(store.keys("").await.unwrap(), [""; 0]);
}

#[simplex_bot::test]
async fn a_clock_that_was_ahead_gives_nobody_more_time() {
    let (store, mut bot, alice) = quizzing().await;
    alice.send("/begin").await;
    alice.expect("2 + 2?").await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    bot.killed().await;
    let key = store.keys("quiz/").await.unwrap().remove(0);
    let mut stored = store.load(&key).await.unwrap().unwrap();
    stored.saved += 365 * 86_400;
    store.save(&key, stored).await.unwrap();
    bot.restarted().await;
    alice.expect_silence(Duration::from_secs(50)).await;
    alice.expect("Still there?").await;
}

#[simplex_bot::test]
async fn a_conversation_that_cannot_go_on_ends_by_the_time_of_the_state_it_is_in() {
    let failing = Arc::new(Failing::default());
    let store: Arc<dyn Store> = Arc::clone(&failing) as _;
    let net = TestNetwork::new();
    let made = kept_quiz(&store);
    let alice = somebody(&net, "alice").connects_to(&net.start(move || made().retry(Retry::never())).await).await;
    alice.send("/plain").await;
    alice.expect_silence(Duration::from_secs(5)).await;
    failing.writing.store(true, Ordering::Relaxed);
    alice.send("/begin").await;
    let began = now();
    alice.expect("Over.").await;
    // Not after the minute of the state that it did not go on to.
    assert!(now().duration_since(began).unwrap() < Duration::from_secs(10));
}

/// A store that has saved a state long before it says so.
struct SaysLate(MemoryStore);

#[async_trait::async_trait]
impl Store for SaysLate {
    async fn load(&self, key: &str) -> Result<Option<Stored>, StoreError> {
        self.0.load(key).await
    }
    async fn save(&self, key: &str, state: Stored) -> Result<(), StoreError> {
        self.0.save(key, state).await?;
        tokio::time::sleep(Duration::from_secs(3600)).await;
        Ok(())
    }
    async fn remove(&self, key: &str) -> Result<(), StoreError> {
        self.0.remove(key).await
    }
    async fn keys(&self, prefix: &str) -> Result<Vec<String>, StoreError> {
        self.0.keys(prefix).await
    }
}

#[simplex_bot::test]
async fn a_state_whose_handler_is_cut_off_while_it_is_saved_has_its_time() {
    let net = TestNetwork::new();
    let made = || quiz(Arc::new(SaysLate(MemoryStore::new()))).handler_timeout(Duration::from_secs(5));
    let alice = somebody(&net, "alice").connects_to(&net.start(move || made().retry(Retry::never())).await).await;
    alice.send("/plain").await;
    alice.expect("Over.").await;
}

/// Its states of an older version make it panic.
#[derive(Dialogue, Clone, Serialize, Deserialize)]
#[dialogue(version = 1, upgrade = panics, timeout = "10s")]
enum Fragile {
    Waiting,
}

fn panics(_: u32, _: Json) -> Option<Json> {
    panic!("as a test may")
}

#[simplex_bot::test]
async fn a_state_that_panics_when_it_is_read_does_not_keep_others_from_their_end() {
    let store: Arc<dyn Store> = Arc::new(MemoryStore::new());
    let kept = Arc::clone(&store);
    let net = TestNetwork::new();
    let mut bot = net
        .start(move || {
            let sessions = Sessions::<Fragile>::new(Arc::clone(&kept)).when_expired("Over.");
            Bot::new("bot")
                .dialogue(sessions)
                .on(any(), async |session: Session<Fragile>| session.set(FragileWaiting).await)
        })
        .await;
    let alice = somebody(&net, "alice").connects_to(&bot).await;
    bot.killed().await;
    let old = Stored { version: 0, state: "\"Waiting\"".into(), saved: 0 };
    store.save("fragile/1/@99/2020-01-01T00:00:00Z", old).await.unwrap();
    bot.restarted().await;
    alice.send("hi").await;
    alice.expect("Over.").await;
}
