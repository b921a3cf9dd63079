//! The bot over a scripted core: what it asks for at start, and what becomes of messages.

#![expect(clippy::unwrap_used, reason = "what fails here fails a test")]

use std::sync::Arc;
use std::time::Duration;

use simplex_bot::core::Request;
use simplex_bot::core::mock::MockCore;
use simplex_bot::prelude::*;
use simplex_bot::{BotError, Failure};
use tokio::sync::mpsc;
use tokio::time::timeout;

const USER: &str = r#"{"userId":1,"agentUserId":"1","userContactId":1,"localDisplayName":"bot","profile":{"profileId":1,"displayName":"bot","fullName":"","localAlias":"","peerType":"bot","preferences":{"calls":{"allow":"no"},"voice":{"allow":"no"},"files":{"allow":"no"}},"contactLink":"simplex:/contact#/?v=2-7&smp=a"},"fullPreferences":{"timedMessages":{"allow":"yes"},"fullDelete":{"allow":"no"},"reactions":{"allow":"yes"},"voice":{"allow":"no"},"files":{"allow":"no"},"calls":{"allow":"no"},"sessions":{"allow":"no"},"commands":[]},"activeUser":true,"activeOrder":1,"showNtfs":true,"sendRcptsContacts":true,"sendRcptsSmallGroups":true,"autoAcceptMemberContacts":false}"#;

/// A core whose bot is as it should be already.
fn answer(request: &Request) -> String {
    match request.text() {
        "/version" => r#"{"result":{"type":"versionInfo","versionInfo":{"version":"7.0.2.0","simplexmqVersion":"","simplexmqCommit":""},"chatMigrations":[],"agentMigrations":[]}}"#.to_owned(),
        "/user" => format!(r#"{{"result":{{"type":"activeUser","user":{USER}}}}}"#),
        "/_start main=on" => r#"{"result":{"type":"chatStarted"}}"#.to_owned(),
        "/_show_address 1" => format!(
            r#"{{"result":{{"type":"userContactLink","user":{USER},"contactLink":{{"userContactLinkId":1,"connLinkContact":{{"connFullLink":"simplex:/contact#/?v=2-7&smp=a"}},"shortLinkDataSet":false,"shortLinkLargeDataSet":false,"addressSettings":{{"businessAddress":false,"autoAccept":{{"acceptIncognito":false}}}}}}}}}}"#
        ),
        text if text.starts_with("/_read chat items ") => {
            format!(r#"{{"result":{{"type":"itemsReadForChat","user":{USER},"chatInfo":{{"type":"local","noteFolder":{{"noteFolderId":1,"userId":1,"createdAt":"2026-01-01T00:00:00Z","updatedAt":"2026-01-01T00:00:00Z","chatTs":"2026-01-01T00:00:00Z","favorite":false,"unread":false}}}}}}}}"#)
        }
        _ => r#"{"error":{"type":"error","errorType":{"type":"commandError","message":"Failed reading: empty"}}}"#.to_owned(),
    }
}

/// A received text, made from a recorded event.
fn message(contact: i64, item: i64, text: &str) -> String {
    include_str!("message.json")
        .trim_end()
        .replace("\"contactId\":4", &format!("\"contactId\":{contact}"))
        .replace("\"itemId\":8", &format!("\"itemId\":{item}"))
        .replace("\"text\":\"plain\"", &format!("\"text\":\"{text}\""))
}

type Seen = mpsc::Sender<String>;

async fn next(seen: &mut mpsc::Receiver<String>) -> String {
    timeout(Duration::from_secs(10), seen.recv()).await.unwrap().unwrap()
}

#[tokio::test]
async fn a_bot_that_is_as_it_should_be_changes_nothing_at_start() {
    let core = MockCore::new(answer);
    let bot = Bot::new("bot").core(Arc::new(core.clone())).on(any(), async || {}).start().await.unwrap();
    assert_eq!(core.sent(), ["/version", "/user", "/_start main=on", "/_show_address 1", "/_get items count=100"]);
    assert_eq!(bot.address(), Some("simplex:/contact#/?v=2-7&smp=a"));
    bot.stop().await.unwrap();
    assert!(core.is_closed());
}

#[tokio::test]
async fn a_bot_without_a_database_says_what_is_missing() {
    let error = Bot::new("bot").start().await.unwrap_err();
    assert!(matches!(error, BotError::Config(_)));
    assert!(error.to_string().contains(".db("), "{error}");
}

#[tokio::test]
async fn a_chat_is_handled_in_order_and_another_is_not_held_up() {
    let core = MockCore::new(answer);
    let (seen, mut heard) = mpsc::channel(16);
    let (release, held) = mpsc::channel::<()>(1);
    let held = Arc::new(tokio::sync::Mutex::new(held));
    type Shared = (Seen, Arc<tokio::sync::Mutex<mpsc::Receiver<()>>>);
    async fn handle(msg: TextMessage, State((seen, held)): State<Shared>) {
        if msg.text() == "slow" {
            held.lock().await.recv().await;
        }
        seen.send(format!("{} {}", msg.chat_ref(), msg.text())).await.unwrap();
    }
    let bot =
        Bot::new("bot").state((seen, held)).core(Arc::new(core.clone())).on(text(), handle).start().await.unwrap();
    for event in [message(4, 1, "slow"), message(4, 2, "after"), message(5, 3, "other")] {
        core.push_event(event);
    }
    assert_eq!(next(&mut heard).await, "@5 other");
    release.send(()).await.unwrap();
    assert_eq!(next(&mut heard).await, "@4 slow");
    assert_eq!(next(&mut heard).await, "@4 after");
    bot.stop().await.unwrap();
    let mut marks: Vec<_> = core.sent().into_iter().filter(|sent| sent.starts_with("/_read")).collect();
    marks.sort();
    assert!(marks.concat().contains("@5 3"), "{marks:?}");
    assert!(marks.concat().contains("@4 1"), "{marks:?}");
}

#[tokio::test]
async fn a_panic_and_an_error_are_outcomes_and_the_chat_goes_on() {
    let core = MockCore::new(answer);
    let (seen, mut heard) = mpsc::channel(16);
    async fn handle(msg: TextMessage, State(seen): State<Seen>) -> Result<(), std::num::ParseIntError> {
        if msg.text() == "panic" {
            panic!("on purpose");
        }
        let number: i32 = msg.text().parse()?;
        seen.send(number.to_string()).await.unwrap();
        Ok(())
    }
    let failures = seen.clone();
    let bot = Bot::new("bot")
        .state(seen)
        .core(Arc::new(core.clone()))
        .on(text(), handle)
        .on_error(move |message: &Message, failure: &Failure| {
            failures.try_send(format!("{}: {failure}", message.id())).unwrap();
        })
        .start()
        .await
        .unwrap();
    for event in [message(4, 1, "panic"), message(4, 2, "word"), message(4, 3, "7")] {
        core.push_event(event);
    }
    assert_eq!(next(&mut heard).await, "1: the handler panicked: on purpose");
    assert_eq!(next(&mut heard).await, "2: the handler failed: invalid digit found in string");
    assert_eq!(next(&mut heard).await, "7");
    bot.stop().await.unwrap();
}

#[tokio::test]
async fn without_a_handler_for_messages_nothing_is_marked() {
    let core = MockCore::new(answer);
    let bot = Bot::new("bot").core(Arc::new(core.clone())).start().await.unwrap();
    core.push_event(message(4, 1, "hello"));
    bot.stop().await.unwrap();
    assert!(!core.sent().iter().any(|sent| sent.starts_with("/_read")));
}
