//! What every core promises, whichever face it has: the loaded library, a CLI's WebSocket, the simulated one in process.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

use std::collections::VecDeque;
use std::path::Path;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use futures_util::poll;
use simplex_bot::core::native::lib::Db;
use simplex_bot::core::native::{Confirm, LibSource, NativeCore, NativeOptions, RuntimeOptions, load};
use simplex_bot::core::websocket::{WebSocketCore, WebSocketOptions};
use simplex_bot::core::{ChatCore, CoreError, CoreEvent, Frame, FrameOutcome, Request, Urgency};
use simplex_e2e::{DEADLINE, cli, simulated_library};
use simplex_sim::{EVENT_QUEUE, Settings, SimNetwork};
use tokio::task::JoinSet;
use tokio::time::timeout;

/// A face under test and another core on the same network.
struct Pair {
    alice: Arc<dyn ChatCore>,
    bob: Arc<dyn ChatCore>,
    /// Commands run side by side, so that one that hangs holds up no other.
    concurrent: bool,
    /// A slow consumer's events are kept up to a bound.
    bounded: bool,
    _tasks: JoinSet<()>,
}

async fn native(folder: &Path) -> Pair {
    let library = load(LibSource::path(simulated_library()), RuntimeOptions::default(), |_| {}).await.unwrap();
    let open = async |name| {
        let db = Db::sqlite(folder.join(name));
        let mut options = NativeOptions::default();
        options.events.events = 500;
        NativeCore::open(library.clone(), db, Confirm::YesUp, options).await.unwrap()
    };
    Pair {
        alice: Arc::new(open("alice").await),
        bob: Arc::new(open("bob").await),
        concurrent: true,
        bounded: true,
        _tasks: JoinSet::new(),
    }
}

async fn simulated(_: &Path) -> Pair {
    let network = SimNetwork::new(Settings::default());
    let open = |name| -> Arc<dyn ChatCore> { Arc::new(network.open(name, "").unwrap()) };
    Pair { alice: open("alice"), bob: open("bob"), concurrent: true, bounded: false, _tasks: JoinSet::new() }
}

async fn websocket(folder: &Path) -> Pair {
    let Pair { alice, bob, .. } = simulated(folder).await;
    let (url, tasks) = cli::serve(alice).await;
    let mut options = WebSocketOptions::default();
    options.events.events = 500;
    let alice = Arc::new(WebSocketCore::connect(url, options).await.unwrap());
    Pair { alice, bob, concurrent: false, bounded: true, _tasks: tasks }
}

async fn send(core: &Arc<dyn ChatCore>, command: &str) -> Frame {
    core.send(Request::new(command).unwrap()).await.unwrap()
}

/// The next event of the tag; what comes before it is left out.
async fn event(core: &Arc<dyn ChatCore>, tag: &str) -> Frame {
    let next = async {
        loop {
            match core.recv().await {
                Some(CoreEvent::Frame(frame)) if frame.tag() == tag => return frame,
                Some(_) => {}
                None => panic!("no {tag} before the end"),
            }
        }
    };
    timeout(DEADLINE, next).await.unwrap_or_else(|_| panic!("no {tag} in time"))
}

fn json(frame: &Frame) -> serde_json::Value {
    serde_json::from_str(frame.body()).unwrap()
}

/// Two users, started and connected; returns alice's and bob's reference of the other.
async fn connect(pair: &Pair) -> (String, String) {
    for (core, name) in [(&pair.alice, "alice"), (&pair.bob, "bob")] {
        let profile = format!(r#"{{"profile":{{"displayName":"{name}","fullName":""}},"pastTimestamp":false}}"#);
        assert_eq!(send(core, &format!("/_create user {profile}")).await.tag(), "activeUser");
        assert_eq!(send(core, "/_start main=on").await.tag(), "chatStarted");
    }
    let address = json(&send(&pair.alice, "/_address 1").await);
    let link = address["connLinkContact"]["connFullLink"].as_str().unwrap().to_owned();
    let settings = r#"{"businessAddress":false,"autoAccept":{"acceptIncognito":false}}"#;
    send(&pair.alice, &format!("/_address_settings 1 {settings}")).await;
    send(&pair.bob, &format!("/_connect 1 {link}")).await;
    let (mut references, cores) = (Vec::new(), [&pair.alice, &pair.bob]);
    for core in cores {
        let connected = json(&event(core, "contactConnected").await);
        references.push(format!("@{}", connected["contact"]["contactId"]));
    }
    let bob = references.pop().unwrap();
    (references.pop().unwrap(), bob)
}

async fn say(core: &Arc<dyn ChatCore>, to: &str, text: &str) {
    let content = format!(r#"[{{"msgContent":{{"type":"text","text":"{text}"}},"mentions":{{}}}}]"#);
    assert_eq!(send(core, &format!("/_send {to} json {content}")).await.tag(), "newChatItems");
}

/// The text of a received message.
fn text_of(frame: &Frame) -> Option<String> {
    let items = json(frame);
    let content = &items["chatItems"][0]["chatItem"]["content"];
    (content["type"] == "rcvMsgContent").then(|| content["msgContent"]["text"].as_str().unwrap().to_owned())
}

/// The text of the next received message.
async fn heard(core: &Arc<dyn ChatCore>) -> String {
    loop {
        if let Some(text) = text_of(&event(core, "newChatItems").await) {
            return text;
        }
    }
}

async fn answers_and_chat_errors_are_frames(pair: Pair) {
    let error = send(&pair.alice, "/u").await;
    assert_eq!((error.outcome(), error.tag()), (FrameOutcome::Error, "error"));
    assert_eq!(json(&error)["errorType"]["type"], "noActiveUser");
    let error = send(&pair.alice, "/no such command").await;
    assert_eq!(json(&error)["errorType"]["type"], "commandError");
    assert_eq!(send(&pair.alice, "/version").await.tag(), "versionInfo");
}

async fn errors_of_background_work_are_frames(pair: Pair) {
    let (bob_for_alice, alice_for_bob) = connect(&pair).await;
    send(&pair.bob, &format!("/_delete {alice_for_bob} full notify=off")).await;
    say(&pair.alice, &bob_for_alice, "is anybody there?").await;
    let error = event(&pair.alice, "errorAgent").await;
    assert_eq!(error.outcome(), FrameOutcome::Error);
    assert_eq!(json(&error)["agentError"]["smpErr"]["type"], "AUTH");
}

async fn many_commands_get_each_their_own_answer(pair: Pair) {
    connect(&pair).await;
    let mut tasks = JoinSet::new();
    for n in 0..200 {
        let core = Arc::clone(&pair.alice);
        tasks.spawn(async move {
            if n % 2 == 0 {
                assert_eq!(json(&send(&core, "/u").await)["user"]["localDisplayName"], "alice");
            } else {
                let error = json(&send(&core, &format!("/_get chat @{} count=1", 1000 + n)).await);
                assert_eq!(error["storeError"]["contactId"], 1000 + n, "{error}");
            }
        });
    }
    while let Some(task) = tasks.join_next().await {
        task.unwrap();
    }
}

async fn messages_come_once_and_in_order_though_receives_are_cancelled(pair: Pair) {
    let (_, alice_for_bob) = connect(&pair).await;
    for n in 0..100 {
        say(&pair.bob, &alice_for_bob, &format!("message {n}")).await;
    }
    let mut early = VecDeque::new();
    for n in 0..100 {
        // A receive that is dropped while it waits takes nothing with it.
        let mut receive = pair.alice.recv();
        if let Poll::Ready(Some(CoreEvent::Frame(frame))) = poll!(&mut receive) {
            early.extend(text_of(&frame));
        }
        drop(receive);
        let next = match early.pop_front() {
            Some(next) => next,
            None => heard(&pair.alice).await,
        };
        assert_eq!(next, format!("message {n}"));
    }
}

/// A page of the core's own list of bob's messages, oldest first, and the id of its first item.
async fn page(core: &Arc<dyn ChatCore>, chat: &str, page: &str) -> (Vec<String>, Option<u64>) {
    let chat = json(&send(core, &format!("/_get chat {chat} {page}")).await);
    let items = chat["chat"]["chatItems"].as_array().unwrap();
    let texts = items.iter().filter_map(|item| item["content"]["msgContent"]["text"].as_str());
    (texts.map(str::to_owned).collect(), items.first().and_then(|item| item["meta"]["itemId"].as_u64()))
}

/// The latest of bob's messages in the core's own list, oldest first.
async fn stored(core: &Arc<dyn ChatCore>, chat: &str, count: usize) -> Vec<String> {
    let (mut texts, mut first) = page(core, chat, &format!("count={}", count.min(500))).await;
    while let Some(id) = first
        && texts.len() < count
    {
        let (mut older, next) = page(core, chat, &format!("before={id} count=500")).await;
        first = next;
        older.append(&mut texts);
        texts = older;
    }
    texts.split_off(texts.len().saturating_sub(count))
}

/// A face may let events go when nobody takes them, but says so in their place; the database has the messages.
async fn an_unread_flood_is_bounded_and_none_of_its_messages_lost(pair: Pair) {
    let chats = connect(&pair).await;
    // Bob reads: only what alice leaves unread is in question.
    let bob_reads = async { while pair.bob.recv().await.is_some() {} };
    tokio::select! {
        () = unread_flood(&pair, chats) => {}
        () = bob_reads => panic!("the end of bob's events"),
    }
}

async fn unread_flood(pair: &Pair, (bob_for_alice, alice_for_bob): (String, String)) {
    // So many that the core's own queue cannot hold them: once the last is stored, more than alice's buffer has room for
    // have left the core, and have reached it before the answer that says so.
    // `SIMPLEX_FLOOD=50000 cargo test --release -p simplex-e2e --test contract flood` is the long form of it.
    let messages = std::env::var("SIMPLEX_FLOOD").map_or(6_000, |count| count.parse().unwrap());
    assert!(messages > EVENT_QUEUE as u64 + 1_000, "too few to be a flood");
    for first in (0..messages).step_by(500) {
        let content = |n| format!(r#"{{"msgContent":{{"type":"text","text":"m{n}"}},"mentions":{{}}}}"#);
        let batch = Vec::from_iter((first..first + 500).map(content)).join(",");
        send(&pair.bob, &format!("/_send {alice_for_bob} json [{batch}]")).await;
    }
    let all = async {
        while stored(&pair.alice, &bob_for_alice, 1).await != [format!("m{}", messages - 1)] {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    // In process nobody reads on the consumer's behalf: a core whose queue is full takes no more until it has room.
    if pair.bounded {
        timeout(DEADLINE + Duration::from_millis(messages), all).await.unwrap();
    }
    // What comes is in order, and what is missing is missing at a gap.
    let (mut next, mut kept, mut gap) = (0, 0, 0);
    while next < messages {
        let patience = if gap > 0 { Duration::from_millis(500) } else { DEADLINE };
        match timeout(patience, pair.alice.recv()).await {
            Ok(Some(CoreEvent::Lagged { events })) => gap += events,
            Ok(Some(CoreEvent::Frame(frame))) if frame.tag() == "newChatItems" => {
                let Some(text) = text_of(&frame) else { continue };
                let number = text[1..].parse::<u64>().unwrap();
                assert!(number == next || gap > 0 && number > next, "m{number} in place of m{next}");
                (next, kept) = (number + 1, kept + 1);
            }
            Ok(Some(_)) => {}
            // The end is part of the gap.
            Err(_) if gap > 0 => break,
            other => panic!("after m{next} came {other:?}"),
        }
    }
    assert!(kept + gap >= messages, "{kept} messages and gaps of {gap}");
    assert_eq!(gap > 0, pair.bounded, "{kept} messages and gaps of {gap}");
    let expected = Vec::from_iter((0..messages).map(|n| format!("m{n}")));
    assert_eq!(stored(&pair.alice, &bob_for_alice, expected.len()).await, expected);
}

async fn a_hung_command_ends_by_its_deadline_and_holds_up_none_where_they_run_side_by_side(pair: Pair) {
    connect(&pair).await;
    assert_eq!(send(&pair.alice, "/_app suspend 0").await.tag(), "cmdOk");
    // Of the network: it waits until the core is active again, and fails then, for there is an address.
    let hang = |timeout| Request::new("/_address 1").unwrap().with_timeout(timeout);
    if pair.concurrent {
        let hung = {
            let (core, hang) = (Arc::clone(&pair.alice), hang(DEADLINE));
            tokio::spawn(async move { core.send(hang).await })
        };
        let control = Request::new("/u").unwrap().with_urgency(Urgency::Control);
        assert_eq!(pair.alice.send(control).await.unwrap().tag(), "activeUser");
        assert_eq!(send(&pair.alice, "/u").await.tag(), "activeUser");
        let late = pair.alice.send(hang(Duration::from_millis(50))).await;
        assert!(matches!(late, Err(CoreError::Timeout { .. })), "{late:?}");
        assert!(!hung.is_finished());
        send(&pair.alice, "/_app activate").await;
        assert_eq!(hung.await.unwrap().unwrap().outcome(), FrameOutcome::Error);
    } else {
        let late = pair.alice.send(hang(Duration::from_millis(50))).await;
        assert!(matches!(late, Err(CoreError::Timeout { .. })), "{late:?}");
    }
}

async fn closing_ends_all_and_can_be_done_twice(pair: Pair) {
    connect(&pair).await;
    let waiting = {
        let core = Arc::clone(&pair.alice);
        tokio::spawn(async move { while core.recv().await.is_some() {} })
    };
    pair.alice.close(DEADLINE).await.unwrap();
    pair.alice.close(DEADLINE).await.unwrap();
    timeout(DEADLINE, waiting).await.unwrap().unwrap();
    assert!(pair.alice.recv().await.is_none());
    let late = pair.alice.send(Request::new("/u").unwrap()).await;
    assert!(matches!(late, Err(CoreError::Closed { .. })), "{late:?}");
}

async fn what_was_received_before_closing_is_still_there(pair: Pair) {
    let (_, alice_for_bob) = connect(&pair).await;
    say(&pair.bob, &alice_for_bob, "first").await;
    assert_eq!(heard(&pair.alice).await, "first");
    pair.alice.close(DEADLINE).await.unwrap();
    // What is left of events ends, and does not block.
    timeout(DEADLINE, async { while pair.alice.recv().await.is_some() {} }).await.unwrap();
}

async fn stopping_is_refused_where_it_would_end_what_is_not_ours(pair: Pair) {
    connect(&pair).await;
    let stop = pair.alice.send(Request::new("/_stop").unwrap()).await;
    match pair.alice.owns_chat() {
        true => assert_eq!(stop.unwrap().tag(), "chatStopped"),
        false => assert!(matches!(stop, Err(CoreError::Refused { .. })), "{stop:?}"),
    }
    assert_eq!(send(&pair.alice, "/u").await.tag(), "activeUser");
}

macro_rules! contract {
    ($($promise:ident,)*) => {
        contract!(native: $($promise)*);
        contract!(websocket: $($promise)*);
        contract!(simulated: $($promise)*);
    };
    ($face:ident: $($promise:ident)*) => {
        mod $face {
            $(
                #[tokio::test]
                async fn $promise() {
                    let folder = tempfile::tempdir().unwrap();
                    super::$promise(super::$face(folder.path()).await).await;
                }
            )*
        }
    };
}

contract!(
    answers_and_chat_errors_are_frames,
    errors_of_background_work_are_frames,
    many_commands_get_each_their_own_answer,
    messages_come_once_and_in_order_though_receives_are_cancelled,
    an_unread_flood_is_bounded_and_none_of_its_messages_lost,
    a_hung_command_ends_by_its_deadline_and_holds_up_none_where_they_run_side_by_side,
    closing_ends_all_and_can_be_done_twice,
    what_was_received_before_closing_is_still_there,
    stopping_is_refused_where_it_would_end_what_is_not_ours,
);
