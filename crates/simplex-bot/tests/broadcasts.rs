//! Broadcasts: whom they reach, how often, and how they go on.

#![expect(clippy::unwrap_used, reason = "what fails here fails a test")]

mod common;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use common::changing;
use simplex_bot::Client;
use simplex_bot::broadcast::{Broadcast, SendOutcome, Unclear, forget};
use simplex_bot::core::{CoreError, Frame};
use simplex_bot::prelude::*;
use simplex_bot::store::{MemoryStore, Store, Stored};
use simplex_bot::testing::{Person, TestBot, TestNetwork};
use simplex_bot::types::{ChatDeleteMode, Contact, ContactId};

/// Three people, and the contacts that they are to the bot.
async fn three(net: &TestNetwork, bot: &TestBot) -> (Vec<Person>, Vec<Contact>) {
    let mut people = Vec::new();
    for name in ["alice", "bob", "carol"] {
        people.push(net.person(name).connects_to(bot).await);
    }
    (people, bot.api().list_contacts(bot.running().user().user_id).await.unwrap())
}

#[simplex_bot::test]
async fn a_broadcast_reaches_who_has_the_id_of_somebody_deleted() {
    let net = TestNetwork::new();
    let bot = net.start(|| Bot::new("news").on(any(), async |_: Message| {})).await;
    let store = MemoryStore::new();
    let news = async || {
        let contacts = bot.api().list_contacts(bot.running().user().user_id).await.unwrap();
        let to: Vec<_> = contacts.iter().map(|contact| contact.contact_id).collect();
        let report = Broadcast::new("1", "news").to(to.clone()).journal(store.clone()).send(bot.api()).await;
        assert_eq!(report.unwrap().sent(), 1);
        to
    };
    let alice = net.person("alice").connects_to(&bot).await;
    let to = news().await;
    alice.expect("news").await;
    // Once more, nobody gets anything.
    assert_eq!(news().await, to);
    alice.expect_silence(Duration::from_secs(1)).await;
    bot.api().delete_chat(to[0], ChatDeleteMode::Full { notify: false }).await.unwrap();
    let report = Broadcast::new("1", "news").to(to.clone()).journal(store.clone()).send(bot.api()).await.unwrap();
    assert_eq!(report.sent(), 1, "it was sent, whoever is deleted since");
    let bob = net.person("bob").connects_to(&bot).await;
    assert_eq!(news().await, to);
    bob.expect("news").await;
}

#[simplex_bot::test]
async fn a_broadcast_reaches_all_and_goes_on_where_it_was() {
    let net = TestNetwork::new();
    let bot = net.start(|| Bot::new("news").on(any(), async |_: Message| {})).await;
    let (people, contacts) = three(&net, &bot).await;
    let to: Vec<_> = contacts.iter().map(|contact| contact.contact_id).collect();
    assert_eq!(to.len(), 3);
    let store = MemoryStore::new();
    let begin = tokio::time::Instant::now();
    let first = Broadcast::new("1", "news").to(to[..2].to_vec()).pace(Duration::from_secs(5)).journal(store.clone());
    let report = first.send(bot.api()).await.unwrap();
    assert_eq!((report.sent(), begin.elapsed().as_secs()), (2, 5));
    // One died in the middle: who was being sent to is left out, or sent again.
    let state = format!("[{},\"Unclear\"]", contacts[1].created_at.as_unix_millis());
    let unclear = Stored { version: 0, state, saved: 0 };
    store.save(&format!("broadcast/1/@{}", to[1]), unclear).await.unwrap();
    let steps = Arc::new(std::sync::Mutex::new(Vec::new()));
    let watcher = Arc::clone(&steps);
    let report = Broadcast::new("1", "news")
        .to(to.clone())
        .to([ContactId(99)])
        .journal(store.clone())
        .on_progress(move |done, of| watcher.lock().unwrap().push((done, of)))
        .send(bot.api())
        .await
        .unwrap();
    assert_eq!(report.sent(), 2, "{report:?}");
    assert_eq!(*steps.lock().unwrap(), [(1, 4), (2, 4), (3, 4), (4, 4)]);
    let report = Broadcast::new("1", "news").to(to.clone()).journal(store).unclear(Unclear::SendAgain).send(bot.api());
    assert_eq!(report.await.unwrap().sent(), 3);
    for (person, copies) in people.iter().zip([1, 2, 1]) {
        for _ in 0..copies {
            person.expect("news").await;
        }
        person.expect_silence(Duration::from_secs(1)).await;
    }
}

#[simplex_bot::test]
async fn a_broadcast_does_not_send_again_what_may_have_been_sent() {
    let net = TestNetwork::new();
    let bot = net.start(|| Bot::new("bot").on(text(), async |msg: Message| msg.react("👍").await)).await;
    let lost = Arc::new(AtomicBool::new(false));
    let core = changing(net.core("client").await, move |core, request| {
        let lost = Arc::clone(&lost);
        async move {
            let is_sent = request.text().starts_with("/_send");
            let answer = core.send(request).await;
            match is_sent && !lost.swap(true, Ordering::Relaxed) {
                true => Err(CoreError::Timeout { command: "/_send".into(), after: Duration::from_secs(1) }),
                false => answer,
            }
        }
    });
    let me = Client::over("ci", core).await.unwrap();
    let chat = me.connect_to(bot.address()).await.unwrap().chat_ref();
    let store = MemoryStore::new();
    let news = || Broadcast::new("1", "news").to([chat]).journal(store.clone());
    let outcome = async |news: Broadcast| news.send(me.api()).await.unwrap().outcomes.remove(0).1;
    assert_eq!(outcome(news()).await, SendOutcome::Unclear);
    assert_eq!(outcome(news()).await, SendOutcome::Unclear);
    assert!(matches!(outcome(news().unclear(Unclear::SendAgain)).await, SendOutcome::Sent(_)));
    me.close().await.unwrap();
}

#[simplex_bot::test]
async fn who_cannot_be_reached_now_is_told_from_who_is_gone() {
    let net = TestNetwork::new();
    let bot = net.start(|| Bot::new("bot")).await;
    let away = Arc::new(AtomicBool::new(false));
    let core = changing(net.core("client").await, move |core, request| {
        let is_away = request.text().starts_with("/_send") && !away.swap(true, Ordering::Relaxed);
        async move {
            match is_away {
                true => Err(CoreError::Unavailable { reason: "the CLI is away".into() }),
                false => core.send(request).await,
            }
        }
    });
    let me = Client::over("ci", core).await.unwrap();
    let chat = me.connect_to(bot.address()).await.unwrap().chat_ref();
    let store = MemoryStore::new();
    let news = || Broadcast::new("1", "news").to([chat, ContactId(99).into()]).journal(store.clone());
    let report = news().send(me.api()).await.unwrap();
    let is_temporary = |(_, outcome): &(_, _)| match outcome {
        SendOutcome::Failed { is_temporary, .. } => Some(*is_temporary),
        _ => None,
    };
    assert_eq!(report.outcomes.iter().map(is_temporary).collect::<Vec<_>>(), [Some(true), Some(false)]);
    let report = news().send(me.api()).await.unwrap();
    assert_eq!(report.outcomes.iter().map(is_temporary).collect::<Vec<_>>(), [None, Some(false)]);
    me.close().await.unwrap();
}

/// As of a later version, or of a file that somebody edited: the others get it all the same.
#[simplex_bot::test]
async fn an_entry_that_cannot_be_read_leaves_one_recipient_unclear() {
    let net = TestNetwork::new();
    let bot = net.start(|| Bot::new("news").on(any(), async |_: Message| {})).await;
    let (_people, contacts) = three(&net, &bot).await;
    let store = MemoryStore::new();
    let entry = Stored { version: 0, state: "[0,\"Postponed\"]".into(), saved: 0 };
    store.save(&format!("broadcast/1/@{}", contacts[1].contact_id), entry).await.unwrap();
    let to = contacts.iter().map(|contact| contact.contact_id);
    let report = Broadcast::new("1", "news").to(to).journal(store).send(bot.api()).await.unwrap();
    assert_eq!((report.sent(), &report.outcomes[1].1), (2, &SendOutcome::Unclear));
}

#[simplex_bot::test]
async fn a_broadcast_does_not_say_that_it_failed_where_nobody_knows() {
    let net = TestNetwork::new();
    let bot = net.start(|| Bot::new("bot").on(text(), async |msg: Message| msg.react("👍").await)).await;
    // The core does not say what it sent.
    let core = changing(net.core("client").await, |core, request| async move {
        let is_sent = request.text().starts_with("/_send");
        let answer = core.send(request).await?;
        if !is_sent {
            return Ok(answer);
        }
        let mut answer: serde_json::Value = serde_json::from_str(answer.text()).unwrap();
        answer["result"]["chatItems"] = serde_json::json!([]);
        Ok(Frame::parse(answer.to_string()))
    });
    let me = Client::over("ci", core).await.unwrap();
    let chat = me.connect_to(bot.address()).await.unwrap().chat_ref();
    let report = Broadcast::new("1", "news").to([chat]).send(me.api()).await.unwrap();
    assert_eq!(report.outcomes, [(chat, SendOutcome::Unclear)]);
    me.close().await.unwrap();
}

#[simplex_bot::test]
async fn a_broadcast_that_is_begun_twice_reaches_everybody_once() {
    let net = TestNetwork::new();
    let bot = net.start(|| Bot::new("news").on(any(), async |_: Message| {})).await;
    let (people, contacts) = three(&net, &bot).await;
    let to: Vec<_> = contacts.iter().map(|contact| contact.contact_id).collect();
    let store = MemoryStore::new();
    let news = || Broadcast::new("1", "news").to(to.clone()).journal(store.clone()).send(bot.api());
    let (first, second) = tokio::join!(news(), news());
    assert_eq!((first.unwrap().sent(), second.unwrap().sent()), (3, 3));
    for person in people {
        person.expect("news").await;
        person.expect_silence(Duration::from_secs(1)).await;
    }
}

#[simplex_bot::test]
async fn who_is_on_two_lists_is_one_recipient() {
    let net = TestNetwork::new();
    let bot = net.start(|| Bot::new("news").on(any(), async |_: Message| {})).await;
    let alice = net.person("alice").connects_to(&bot).await;
    let contacts = bot.api().list_contacts(bot.running().user().user_id).await.unwrap();
    let to: Vec<_> = contacts.iter().map(|contact| contact.contact_id).collect();
    let report = Broadcast::new("1", "news").to(to.clone()).to(to).send(bot.api()).await.unwrap();
    assert_eq!(report.outcomes.len(), 1);
    alice.expect("news").await;
    alice.expect_silence(Duration::from_secs(1)).await;
}

#[simplex_bot::test]
async fn a_broadcast_is_forgotten_on_request_when_nobody_got_it_for_long() {
    const DAY: Duration = Duration::from_secs(86_400);
    let net = TestNetwork::new();
    let bot = net.start(|| Bot::new("news").on(any(), async |_: Message| {})).await;
    let store = MemoryStore::new();
    let send = async |name: &str| {
        let contacts = bot.api().list_contacts(bot.running().user().user_id).await.unwrap();
        let to = contacts.iter().map(|contact| contact.contact_id);
        Broadcast::new(name, name).to(to).journal(store.clone()).send(bot.api()).await.unwrap();
    };
    let news = async |idle: u32| forget(&store, "news/", DAY * idle).await.unwrap();
    let alice = net.person("alice").patience(DAY).connects_to(&bot).await;
    for name in ["news/1", "news/1/more", "rules"] {
        send(name).await;
        alice.expect(name).await;
    }
    tokio::time::sleep(DAY * 20).await;
    let bob = net.person("bob").patience(DAY).connects_to(&bot).await;
    for name in ["news/1", "news/2"] {
        send(name).await;
        bob.expect(name).await;
    }
    alice.expect("news/2").await;
    tokio::time::sleep(DAY * 20).await;
    // Somebody got the first of them twenty days ago.
    assert_eq!((news(30).await, news(15).await, news(15).await), (1, 2, 0));
    for name in ["news/1", "news/2", "news/1/more"] {
        send(name).await;
        alice.expect(name).await;
    }
    send("rules").await;
    alice.expect_silence(DAY).await;
}

#[simplex_bot::test]
async fn a_broadcast_whose_bot_is_killed_goes_on_when_its_message_is_handled_again() {
    type Journal = MemoryStore;
    async fn news(msg: Message, State(journal): State<Journal>) -> Outcome {
        let user = msg.api().get_active_user().await?.unwrap().user_id;
        let to: Vec<_> = msg.api().list_contacts(user).await?.iter().map(|contact| contact.contact_id).collect();
        let news = Broadcast::new(msg.id().to_string(), "news").to(to).pace(Duration::from_secs(10));
        let report = news.journal(journal).send(msg.api()).await?;
        msg.reply(format!("Sent to {} of {}.", report.sent(), report.outcomes.len())).await
    }
    let (net, journal) = (TestNetwork::new(), Journal::default());
    let make = move || Bot::new("news").state(journal.clone()).command("send", "", news);
    let mut bot = net.start(make).await;
    let mut people = Vec::new();
    for name in ["alice", "bob", "carol", "dave"] {
        people.push(net.person(name).connects_to(&bot).await);
    }
    people[0].send("/send").await;
    // Two have it, the others wait for the pace.
    tokio::time::sleep(Duration::from_secs(15)).await;
    bot.killed_and_restarted().await;
    for person in &people {
        person.expect("news").await;
    }
    people[0].expect("Sent to 4 of 4.").await;
    for person in people {
        person.expect_silence(Duration::from_secs(60)).await;
    }
}
