//! Scenario 46: commands from several sides at once.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use simplex_core::{ChatCore, CoreError, Request};
use simplex_sim::{EVENT_QUEUE, SERVER_QUEUE, Settings, SimCore, SimNetwork};

fn ok(core: &SimCore, command: &str) -> Value {
    let v: Value = serde_json::from_str(&core.raw(command)).unwrap();
    assert!(v.get("result").is_some(), "{command}: {v}");
    v["result"].clone()
}

/// Two people who are connected; each has the other as contact 4.
fn pair() -> (Arc<SimCore>, Arc<SimCore>) {
    let net = SimNetwork::new(Settings::default());
    let [alice, bob] = ["alice", "bob"].map(|name| {
        let core = net.open(name, "").unwrap();
        ok(
            &core,
            &format!(r#"/_create user {{"profile":{{"displayName":"{name}","fullName":""}},"pastTimestamp":false}}"#),
        );
        ok(&core, "/_start main=on");
        Arc::new(core)
    });
    let link = ok(&alice, "/_connect 1")["connLinkInvitation"]["connFullLink"].as_str().unwrap().to_owned();
    ok(&bob, &format!("/_connect 1 {link}"));
    (alice, bob)
}

fn texts(core: &SimCore) -> Vec<String> {
    let page = ok(core, "/_get chat @4 count=1000");
    let items = page["chat"]["chatItems"].as_array().unwrap().clone();
    items.iter().filter_map(|i| i["content"]["msgContent"]["text"].as_str().map(str::to_owned)).collect()
}

/// Runs the same with each of some numbers, each on a thread of its own.
fn at_once<T: Send + 'static>(
    core: &Arc<SimCore>,
    what: impl Fn(&SimCore, usize) -> T + Send + Sync + 'static,
) -> Vec<T> {
    let what = Arc::new(what);
    let threads: Vec<_> = (0..4)
        .map(|n| {
            let (core, what) = (core.clone(), what.clone());
            std::thread::spawn(move || what(&core, n))
        })
        .collect();
    threads.into_iter().map(|t| t.join().unwrap()).collect()
}

#[tokio::test]
async fn s46_each_threads_order_is_kept_and_both_sides_have_the_same() {
    let (alice, bob) = pair();
    at_once(&alice, |core, n| {
        for k in 0..20 {
            ok(
                core,
                &format!(r#"/_send @4 json [{{"msgContent":{{"type":"text","text":"{n}-{k}"}},"mentions":{{}}}}]"#),
            );
        }
    });
    let sent = texts(&alice);
    assert_eq!(sent, texts(&bob));
    for n in 0..4 {
        let of_one: Vec<&String> = sent.iter().filter(|t| t.starts_with(&format!("{n}-"))).collect();
        let wanted: Vec<String> = (0..20).map(|k| format!("{n}-{k}")).collect();
        assert!(of_one.into_iter().eq(&wanted), "thread {n}");
    }
}

#[tokio::test]
async fn s46_of_deletions_at_once_one_wins_and_all_edits_come_in_the_order_of_their_answers() {
    let (alice, bob) = pair();
    let send = |text: &str| {
        let cmd = format!(r#"/_send @4 json [{{"msgContent":{{"type":"text","text":"{text}"}},"mentions":{{}}}}]"#);
        ok(&alice, &cmd)["chatItems"][0]["chatItem"]["meta"]["itemId"].as_i64().unwrap()
    };
    let gone = send("to be deleted");
    let answers = at_once(&alice, move |core, _| core.raw(&format!("/_delete item @4 {gone} broadcast")));
    assert_eq!(answers.iter().filter(|a| a.contains("chatItemsDeleted")).count(), 1);
    assert_eq!(answers.iter().filter(|a| a.contains("invalidChatItemDelete")).count(), 3);

    let item = send("to be edited");
    while bob.try_event().is_some() {}
    let order = Arc::new(std::sync::Mutex::new(Vec::new()));
    let answered = order.clone();
    at_once(&alice, move |core, n| {
        let mut order = answered.lock().unwrap();
        let text = format!("edit {n}");
        ok(
            core,
            &format!(
                r#"/_update item @4 {item} json {{"msgContent":{{"type":"text","text":"{text}"}},"mentions":{{}}}}"#
            ),
        );
        order.push(text);
    });
    let told: Vec<String> = std::iter::from_fn(|| bob.try_event())
        .map(|e| serde_json::from_str::<Value>(&e).unwrap())
        .filter(|e| e["result"]["type"] == "chatItemUpdated")
        .map(|e| e["result"]["chatItem"]["chatItem"]["meta"]["itemText"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(told, *order.lock().unwrap());
}

#[tokio::test]
async fn s46_two_readers_share_the_events_each_goes_to_one() {
    let (alice, bob) = pair();
    while bob.try_event().is_some() {}
    for n in 0..40 {
        ok(&alice, &format!(r#"/_send @4 json [{{"msgContent":{{"type":"text","text":"e{n}"}},"mentions":{{}}}}]"#));
    }
    let read = at_once(&bob, |core, _| std::iter::from_fn(|| core.try_event()).collect::<Vec<_>>());
    let all: Vec<_> = read.into_iter().flatten().filter(|e| e.contains("newChatItems")).collect();
    assert_eq!(all.len(), 40);
    for n in 0..40 {
        assert_eq!(all.iter().filter(|e| e.contains(&format!(r#""text":"e{n}""#))).count(), 1, "e{n}");
    }
}

#[tokio::test(start_paused = true)]
async fn whoever_waits_is_told_what_follows_when_another_takes_an_event_from_a_full_queue() {
    let (alice, bob) = pair();
    for n in 0..=EVENT_QUEUE {
        ok(&alice, &format!(r#"/_send @4 json [{{"msgContent":{{"type":"text","text":"{n}"}},"mentions":{{}}}}]"#));
        while alice.try_event().is_some() {}
    }
    let waiting = alice.clone();
    let receipt = tokio::spawn(async move { waiting.next_event().await });
    tokio::task::yield_now().await;
    assert!(bob.try_event().is_some());
    let receipt = tokio::time::timeout(Duration::from_secs(60), receipt).await.unwrap().unwrap().unwrap();
    assert!(receipt.contains("sndRcvd"), "{receipt}");
}

/// Fills the queue of bob's events with messages, and has more wait at the server.
fn flood(alice: &SimCore) {
    for n in 0..EVENT_QUEUE + SERVER_QUEUE {
        ok(alice, &format!("@bob {n}"));
        while alice.try_event().is_some() {}
    }
}

#[tokio::test(start_paused = true)]
async fn who_takes_no_events_waits_for_the_answer_to_a_message_until_the_deadline() {
    let (alice, bob) = pair();
    flood(&alice);
    let begun = tokio::time::Instant::now();
    let hung = bob.send(Request::new("@alice hi").unwrap().with_timeout(Duration::from_secs(5))).await;
    assert!(matches!(hung, Err(CoreError::Timeout { .. })), "{hung:?}");
    assert_eq!(begun.elapsed(), Duration::from_secs(5));
    assert_eq!(bob.send(Request::new("/u").unwrap()).await.unwrap().tag(), "activeUser");
    assert!(!texts(&alice).contains(&"hi".to_owned()), "what was given up is not sent");
}

#[tokio::test(start_paused = true)]
async fn who_takes_events_meanwhile_gets_every_answer() {
    let (alice, bob) = pair();
    flood(&alice);
    let answers: Vec<_> = (0..50)
        .map(|n| {
            let bob = bob.clone();
            tokio::spawn(async move { bob.send(Request::new(format!("@alice {n}")).unwrap()).await })
        })
        .collect();
    let (reading, mut events) = (bob.clone(), 0);
    let answered = async {
        for answer in answers {
            assert_eq!(answer.await.unwrap().unwrap().tag(), "newChatItems");
        }
    };
    tokio::select! {
        () = answered => {}
        () = async { while reading.recv().await.is_some() { events += 1 } } => panic!("the end of bob's events"),
    }
    assert!(events > SERVER_QUEUE, "they were answered before there was room: {events}");
}
