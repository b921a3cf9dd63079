//! The times of dialogues: conversations end by the clock, whatever happens meanwhile.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "what fails here fails a test")]

mod troubles;

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use simplex_bot::Handle;
use simplex_bot::dialogue::{Dialogue, Session, Sessions, Step};
use simplex_bot::prelude::*;
use simplex_bot::store::{MemoryStore, Store, Stored};
use simplex_bot::testing::{Heard, Person, TestBot, TestNetwork};
use simplex_bot::types::{Event, GroupMemberRole};

/// Waits for longer than any time here.
fn somebody(net: &TestNetwork, name: &str) -> Person {
    net.person(name).patience(Duration::from_secs(300))
}

/// Asks again once, then gives up; one state's handler fails.
#[derive(Dialogue, Clone, Serialize, Deserialize)]
#[dialogue(timeout = "1m")]
enum Quiz {
    Question {
        asked: u32,
    },
    #[dialogue(to())]
    Broken,
    #[dialogue(to())]
    BrokenAtOnce,
    #[dialogue(to(), timeout = "10s")]
    Plain,
    #[dialogue(to(), timeout = "10s")]
    Asking,
}

async fn too_late(step: Step<QuizQuestion>, chat: Chat, api: ChatApi, bot: Handle, State(most): State<u32>) -> Outcome {
    assert!(api.get_active_user().await?.is_some());
    assert!(bot.health().is_some_and(|health| health.lanes > 0));
    if step.asked == most {
        return chat.send("Never mind.").await;
    }
    let asked = step.asked + 1;
    step.to(QuizQuestion { asked }).await?;
    chat.send("Still there?").await
}

/// Panics before there is anything to wait for.
fn broken_at_once(_: Step<QuizBrokenAtOnce>) -> std::future::Ready<()> {
    panic!("as a test may")
}

fn quiz(store: Arc<dyn Store>) -> Bot<u32> {
    Bot::new("quiz")
        .dialogue(Sessions::<Quiz>::new(store).when_expired("Over."))
        .state(2)
        .command("begin", "", async |session: Session<Quiz>, msg: Message| -> Outcome {
            session.set(QuizQuestion { asked: 1 }).await?;
            msg.reply("2 + 2?").await
        })
        .command("break", "", async |session: Session<Quiz>| session.set(QuizBroken).await)
        .command("break_at_once", "", async |session: Session<Quiz>| session.set(QuizBrokenAtOnce).await)
        .command("plain", "", async |session: Session<Quiz>| session.set(QuizPlain).await)
        .command("ask", "", async |session: Session<Quiz>| session.set(QuizAsking).await)
        .command("wait", "", async |chat: Chat| -> Outcome {
            tokio::time::sleep(Duration::from_secs(90)).await;
            chat.send("Waited.").await
        })
        .step(text().exactly("4"), async |step: Step<QuizQuestion>, chat: Chat| -> Outcome {
            step.end().await?;
            chat.send("Right.").await
        })
        .on_step_timeout(too_late)
        .on_step_timeout(async |_: Step<QuizBroken>| -> Outcome { panic!("as a test may") })
        .on_step_timeout(broken_at_once)
        .on_step_timeout(async |_: Step<QuizAsking>, chat: Chat| -> Outcome {
            let answer = chat.ask("Go on?").await?;
            chat.send(format!("{answer}, then.")).await
        })
        .on(any(), async |msg: Message| msg.reply("/begin").await)
}

fn kept_quiz(store: &Arc<dyn Store>) -> impl Fn() -> Bot<u32> + 'static {
    let store = Arc::clone(store);
    move || quiz(Arc::clone(&store))
}

/// The quiz at work, with its store, and somebody who takes part.
async fn quizzing() -> (Arc<dyn Store>, TestBot, Person) {
    let store: Arc<dyn Store> = Arc::new(MemoryStore::new());
    let net = TestNetwork::new();
    let bot = net.start(kept_quiz(&store)).await;
    let alice = somebody(&net, "alice").connects_to(&bot).await;
    (store, bot, alice)
}

#[simplex_bot::test]
async fn a_timeout_comes_by_the_clock_in_the_lane_of_its_chat() {
    let store: Arc<dyn Store> = Arc::new(MemoryStore::new());
    let net = TestNetwork::new();
    let bot = net.start(kept_quiz(&store)).await;
    let (alice, bob) = (somebody(&net, "alice").connects_to(&bot).await, somebody(&net, "bob").connects_to(&bot).await);
    alice.send("/begin").await;
    alice.expect("2 + 2?").await;
    alice.expect_silence(Duration::from_secs(58)).await;
    alice.expect("Still there?").await;
    // The handler went on, to a state with the same time, from which it goes nowhere.
    alice.expect_silence(Duration::from_secs(58)).await;
    alice.expect("Never mind.").await;
    alice.send("4").await;
    alice.expect("/begin").await;
    // An answer in time is the end of it.
    alice.send("/begin").await;
    alice.expect("2 + 2?").await;
    alice.send("4").await;
    alice.expect("Right.").await;
    alice.expect_silence(Duration::from_secs(3600)).await;
    // Behind what its chat is busy with, and beside all other chats.
    for person in [&alice, &bob] {
        person.send("/begin").await;
        person.expect("2 + 2?").await;
    }
    alice.send("/wait").await;
    bob.expect("Still there?").await;
    alice.expect("Waited.").await;
    alice.expect("Still there?").await;
    assert_eq!(store.keys("quiz/").await.unwrap().len(), 2);
    bob.expect("Never mind.").await;
    alice.expect("Never mind.").await;
    assert_eq!(store.keys("").await.unwrap(), [""; 0]);
}

#[simplex_bot::test]
async fn a_handler_of_a_timeout_that_fails_leaves_nobody_stuck() {
    let (store, _bot, alice) = quizzing().await;
    for command in ["/break", "/break_at_once"] {
        alice.send(command).await;
        alice.expect_silence(Duration::from_secs(50)).await;
        assert_eq!(store.keys("").await.unwrap().len(), 1);
        alice.expect_silence(Duration::from_secs(20)).await;
        assert_eq!(store.keys("").await.unwrap(), [""; 0], "{command}");
    }
    alice.send("/plain").await;
    alice.expect("Over.").await;
    alice.send("hello").await;
    alice.expect("/begin").await;
}

#[simplex_bot::test]
async fn a_handler_of_a_timeout_that_hangs_is_cut_off_and_begins_anew_at_the_next_start() {
    let store: Arc<dyn Store> = Arc::new(MemoryStore::new());
    let kept = Arc::clone(&store);
    let runs = Arc::new(AtomicU32::new(0));
    let made = move || {
        Bot::new("quiz")
            .handler_timeout(Duration::from_secs(30))
            .dialogue(Sessions::<Quiz>::new(Arc::clone(&kept)))
            .state(Arc::clone(&runs))
            .command("plain", "", async |session: Session<Quiz>| session.set(QuizPlain).await)
            .on_step_timeout(async |_: Step<QuizPlain>, chat: Chat, State(runs): State<Arc<AtomicU32>>| -> Outcome {
                if runs.fetch_add(1, Ordering::Relaxed) == 0 {
                    std::future::pending::<()>().await;
                }
                chat.send("Over.").await
            })
            .on(any(), async |msg: Message| msg.reply("Hello.").await)
    };
    let net = TestNetwork::new();
    let mut bot = net.start(made).await;
    let alice = somebody(&net, "alice").connects_to(&bot).await;
    alice.send("/plain").await;
    // What comes meanwhile waits for the handler to be cut off, 40 seconds after the command.
    alice.expect_silence(Duration::from_secs(20)).await;
    alice.send("hello").await;
    alice.expect_silence(Duration::from_secs(15)).await;
    alice.expect("Hello.").await;
    alice.expect_silence(Duration::from_secs(600)).await;
    bot.restarted().await;
    alice.expect("Over.").await;
    assert_eq!(store.keys("").await.unwrap(), [""; 0]);
}

#[simplex_bot::test]
async fn a_handler_of_a_timeout_may_ask() {
    let store: Arc<dyn Store> = Arc::new(MemoryStore::new());
    let net = TestNetwork::new();
    let made = kept_quiz(&store);
    // One place for handlers: who waits must give it back.
    let bot = net.start(move || made().in_flight(1)).await;
    let alice = somebody(&net, "alice").connects_to(&bot).await;
    alice.send("/ask").await;
    alice.expect("Go on?").await;
    alice.send("/plain").await;
    alice.expect("Over.").await;
    alice.send("Yes").await;
    alice.expect("Yes, then.").await;
    assert_eq!(store.keys("").await.unwrap(), [""; 0]);
}

#[simplex_bot::test]
async fn a_handler_of_a_timeout_that_the_stop_cuts_off_while_it_waits_begins_anew_at_the_next_start() {
    let (store, mut bot, alice) = quizzing().await;
    alice.send("/ask").await;
    alice.expect("Go on?").await;
    bot.restarted().await;
    alice.expect("Go on?").await;
    alice.send("Yes").await;
    alice.expect("Yes, then.").await;
    assert_eq!(store.keys("").await.unwrap(), [""; 0]);
}

#[simplex_bot::test]
async fn a_message_whose_conversation_the_stop_keeps_from_its_end_is_handled_after_it_at_the_next_start() {
    let (_, mut bot, alice) = quizzing().await;
    alice.send("/ask").await;
    alice.send("/wait").await;
    alice.send("/begin").await;
    alice.expect("Waited.").await;
    alice.expect("Go on?").await;
    bot.restarted().await;
    alice.expect("Go on?").await;
    alice.send("Yes").await;
    alice.expect("Yes, then.").await;
    alice.expect("2 + 2?").await;
}

#[simplex_bot::test]
async fn a_conversation_that_begins_while_the_end_of_another_waits_is_not_ended_with_it() {
    let (_, _bot, alice) = quizzing().await;
    alice.send("/ask").await;
    alice.expect("Go on?").await;
    alice.send("/begin").await;
    alice.expect("2 + 2?").await;
    alice.send("Yes").await;
    alice.expect("Yes, then.").await;
    alice.send("4").await;
    alice.expect("Right.").await;
}

/// A message that was there before the end of a conversation comes after it nevertheless.
#[simplex_bot::test]
async fn a_conversation_that_is_over_ends_before_the_message_that_comes_too_late() {
    let (store, mut bot, alice) = quizzing().await;
    // In the lane, before the time is over.
    alice.send("/begin").await;
    alice.expect("2 + 2?").await;
    alice.send("/wait").await;
    alice.send("/begin").await;
    alice.expect("Waited.").await;
    alice.expect("Still there?").await;
    alice.expect("2 + 2?").await;
    // In the database, when the bot starts.
    tokio::time::sleep(Duration::from_secs(1)).await;
    bot.killed().await;
    alice.send("/begin").await;
    tokio::time::sleep(Duration::from_secs(600)).await;
    bot.restarted().await;
    alice.expect("Still there?").await;
    alice.expect("2 + 2?").await;
    alice.send("4").await;
    alice.expect("Right.").await;
    assert_eq!(store.keys("").await.unwrap(), [""; 0]);
    // Once, also when its handler lets the lane go on to where the end waits.
    alice.send("/ask").await;
    alice.send("/wait").await;
    alice.send("hello").await;
    alice.expect("Waited.").await;
    alice.expect("Go on?").await;
    alice.send("Yes").await;
    alice.expect("Yes, then.").await;
    alice.expect("/begin").await;
    alice.expect_silence(Duration::from_secs(100)).await;
}

#[simplex_bot::test]
async fn a_time_that_is_over_while_the_bot_stops_is_told_by_the_next_run() {
    let store: Arc<dyn Store> = Arc::new(MemoryStore::new());
    let net = TestNetwork::new();
    let made = kept_quiz(&store);
    let bot = net.start(move || made().drain(Duration::from_secs(120))).await;
    let (alice, bob) = (somebody(&net, "alice").connects_to(&bot).await, somebody(&net, "bob").connects_to(&bot).await);
    alice.send("/begin").await;
    alice.expect("2 + 2?").await;
    bob.send("/wait").await;
    alice.expect_silence(Duration::from_secs(5)).await;
    // Its stop takes until bob's handler has waited, longer than alice has time.
    bot.stop().await;
    bob.expect("Waited.").await;
    alice.expect_silence(Duration::from_secs(1)).await;
    let _next = net.start(kept_quiz(&store)).await;
    alice.expect("Still there?").await;
}

#[simplex_bot::test]
async fn what_came_due_while_the_bot_was_away_is_made_up_for() {
    let store: Arc<dyn Store> = Arc::new(MemoryStore::new());
    let net = TestNetwork::new();
    let mut bot = net.start(kept_quiz(&store)).await;
    let (alice, bob) = (somebody(&net, "alice").connects_to(&bot).await, somebody(&net, "bob").connects_to(&bot).await);
    for person in [&alice, &bob] {
        person.send("/begin").await;
        person.expect("2 + 2?").await;
        person.expect_silence(Duration::from_secs(1)).await;
    }
    // A contact with the id of one who is gone is somebody else.
    let keys = store.keys("quiz/").await.unwrap();
    assert_eq!(keys.len(), 2, "{keys:?}");
    let id = |key: &str| key.split('/').nth(2).unwrap().to_owned();
    let (first, state) = (&keys[0], store.load(&keys[0]).await.unwrap().unwrap());
    let another = format!("quiz/1/{}/2020-01-01T00:00:00Z", id(first));
    store.save(&another, state.clone()).await.unwrap();
    store.save("quiz/1/@99/2020-01-01T00:00:00Z", state).await.unwrap();
    store.save("quiz/what is this", Stored { version: 0, state: "?".into(), saved: 0 }).await.unwrap();
    bot.killed().await;
    tokio::time::sleep(Duration::from_secs(600)).await;
    bot.restarted().await;
    for person in [&alice, &bob] {
        person.expect("Still there?").await;
        person.expect("Never mind.").await;
        person.expect_silence(Duration::from_secs(600)).await;
    }
    assert_eq!(store.keys("").await.unwrap(), ["quiz/what is this"]);
}

#[simplex_bot::test]
async fn in_a_group_every_member_has_a_time_of_their_own() {
    let store: Arc<dyn Store> = Arc::new(MemoryStore::new());
    let net = TestNetwork::new();
    let mut bot = net.start(kept_quiz(&store)).await;
    let alice = somebody(&net, "alice");
    let group = alice.creates_group("team", GroupMemberRole::Member).await;
    bot.joins(&group).await;
    alice.expect_any("the bot", |heard| joined(heard, "quiz")).await;
    alice.send("/begin").await;
    alice.expect("2 + 2?").await;
    alice.expect("Still there?").await;
    bot.restarted().await;
    alice.expect("Never mind.").await;
    alice.send("4").await;
    alice.expect("/begin").await;
}

fn joined(heard: &Heard, name: &str) -> Option<()> {
    let Heard::Other(event) = heard else { return None };
    matches!(&**event, Event::JoinedGroupMember(joined) if joined.member.member_profile.display_name == name)
        .then_some(())
}

#[derive(Dialogue, Clone, Serialize, Deserialize)]
enum Offer {
    #[dialogue(timeout = "10s")]
    Open,
}

#[simplex_bot::test]
async fn a_time_is_over_behind_the_message_that_is_handled_also_in_lanes_of_the_bots_own() {
    let net = TestNetwork::new();
    let bot = net
        .start(|| {
            Bot::new("market")
                .lane_by(|msg| msg.text().to_owned())
                .dialogue(Sessions::<Offer>::new(MemoryStore::new()))
                .on(any(), async |msg: Message, session: Session<Offer>| -> Outcome {
                    session.set(Offer::Open).await?;
                    tokio::time::sleep(Duration::from_secs(60)).await;
                    msg.reply("Looked.").await
                })
                .on_step_timeout(async |_: Step<OfferOpen>, chat: Chat| chat.send("Over.").await)
        })
        .await;
    let alice = net.person("alice").connects_to(&bot).await.patience(Duration::from_secs(300));
    alice.send("look").await;
    alice.expect("Looked.").await;
    alice.expect("Over.").await;
}

#[simplex_bot::test]
async fn what_answered_a_handler_of_a_timeout_that_the_stop_cuts_off_is_not_lost() {
    let store: Arc<dyn Store> = Arc::new(MemoryStore::new());
    let net = TestNetwork::new();
    let make = move || {
        Bot::new("market")
            .dialogue(Sessions::<Offer>::new(Arc::clone(&store)))
            .command("open", "", async |session: Session<Offer>| session.set(Offer::Open).await)
            .on(any(), async |msg: Message| msg.reply(format!("Heard {}.", msg.text())).await)
            .on_step_timeout(async |_: Step<OfferOpen>, chat: Chat| -> Outcome {
                let name = chat.ask("Name?").await?;
                let price = chat.ask("Price?").await?;
                chat.send(format!("{name}: {price}.")).await
            })
    };
    let mut bot = net.start(make).await;
    let alice = somebody(&net, "alice").connects_to(&bot).await;
    alice.send("/open").await;
    alice.expect("Name?").await;
    alice.send("Boat").await;
    alice.expect("Price?").await;
    bot.restarted().await;
    alice.expect("Name?").await;
    alice.send("Ship").await;
    alice.expect("Price?").await;
    alice.send("9").await;
    alice.expect("Ship: 9.").await;
    alice.expect("Heard Boat.").await;
}
