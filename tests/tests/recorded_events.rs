//! Recorded events through the C interface into a bot: handlers see who wrote what, and bad events cost only themselves.

#![expect(clippy::unwrap_used, reason = "what fails here fails a test")]

use simplex_bot::core::native::LibSource;
use simplex_bot::core::native::lib::Db;
use simplex_bot::prelude::*;
use simplex_e2e::{DEADLINE, recorded_events, scripted_library};
use tokio::sync::mpsc;
use tokio::time::timeout;

type Seen = mpsc::Sender<(String, String, bool)>;

async fn note(msg: TextMessage, State(seen): State<Seen>) {
    seen.send((msg.sender_name().to_owned(), msg.text().to_owned(), msg.is_group())).await.unwrap();
}

#[tokio::test]
async fn handlers_see_recorded_messages_and_bad_events_between_change_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let recorded = recorded_events();
    let mut events = Vec::new();
    for event in recorded.lines() {
        events.push(event.to_owned());
        events.push(r#"{"result":{"type":"newChatItems","user":{"userId":1},"chatItems":[{"chat"#.to_owned());
        events.push(r#"{"result":{"type":"somethingNew","user":{"userId":1},"what":[1,{"deep":null}]}}"#.to_owned());
        events.push(event.replace(r#""itemId":"#, r#""itemNumber":"#));
    }
    scripted_library(folder.path(), &events.join("\n"));

    let (seen, mut received) = mpsc::channel(16);
    let bot = Bot::new("alice")
        .state(seen)
        .on(text(), note)
        .db(Db::sqlite(folder.path().join("bot")))
        .library(LibSource::path(folder.path()))
        .start()
        .await
        .unwrap();

    let mut all = Vec::new();
    while all.len() < 4 {
        all.push(timeout(DEADLINE, received.recv()).await.unwrap().unwrap());
    }
    // Chats are independent: the order holds within each.
    let (groups, direct): (Vec<_>, Vec<_>) = all.into_iter().partition(|(_, _, group)| *group);
    let texts = |seen: Vec<(String, String, bool)>| seen.into_iter().map(|(a, b, _)| (a, b)).collect::<Vec<_>>();
    let alice = |text: &str| ("alice".to_owned(), text.to_owned());
    assert_eq!(texts(direct), [alice("plain"), alice("line1\nline2")]);
    assert_eq!(texts(groups), [alice("desc"), alice("from alice")]);

    bot.stop().await.unwrap();
    assert!(received.recv().await.is_none(), "no handler ran for the others");
    let log = std::fs::read_to_string(folder.path().join("log")).unwrap();
    assert!(log.lines().any(|line| line.starts_with("/_read chat items @4 ")), "{log}");
    assert_eq!(log.lines().last(), Some("(closed)"), "{log}");
}
