//! What errors say: what was tried, with what, and what to do.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "what fails here fails a test")]

use simplex_bot::prelude::*;
use simplex_bot::testing::TestNetwork;

/// Each part is said by the error, and by what a `main` prints of it.
#[track_caller]
fn says(error: &BotError, parts: &[&str]) {
    let (shown, printed) = (error.to_string(), format!("{error:?}"));
    for part in parts {
        assert!(shown.contains(part) && printed.contains(part), "`{part}` is missing: {shown}");
    }
}

#[simplex_bot::test]
async fn a_call_in_the_wrong_place_does_not_say_that_the_bot_cannot_start() {
    let net = TestNetwork::new();
    let moderates = async |msg: TextMessage| msg.reply(msg.moderate().await.unwrap_err().to_string()).await;
    let asks = async |msg: TextMessage| {
        let chat = Chat::new(msg.api().clone(), msg.chat_ref());
        let asked = tokio::spawn(async move { chat.ask("Who?").await.map(drop).unwrap_err() }).await.unwrap();
        assert!(matches!(asked, BotError::Misplaced(_)));
        msg.reply(asked.to_string()).await
    };
    let bot = net.start(move || Bot::new("bot").on(text().exactly("moderate"), moderates).on(text(), asks)).await;
    let alice = net.person("alice").connects_to(&bot).await;
    for (text, parts) in [
        ("moderate", ["message ", "@4", "in_group()"]),
        ("ask", ["nothing can be waited for in @4", "a handler", "Client::chat"]),
    ] {
        alice.send(text).await;
        let content = alice.expect_message().await;
        let said = content.as_text().unwrap();
        assert!(!said.contains("cannot start"), "{said}");
        parts.iter().for_each(|part| assert!(said.contains(part), "{said}"));
    }
    says(&Bot::new("bot").start().await.unwrap_err(), &["cannot start", "no database", ".db("]);
}
