//! Sends back what it is sent, files too.

use std::path::PathBuf;

use simplex_bot::prelude::*;

/// Where received files lie until they are sent back.
#[derive(Clone)]
pub struct Inbox(pub PathBuf);

/// The bot, with its folder for files.
pub fn echo_files(inbox: PathBuf) -> Bot<Inbox> {
    Bot::new("Echo")
        .welcome("I send back what you send me, up to 10 MB.")
        .allow_files()
        .state(Inbox(inbox))
        .on(with_file(), echo_file)
        .on(text(), async |msg: TextMessage| msg.reply(msg.text()).await)
}

async fn echo_file(msg: Message, State(inbox): State<Inbox>) -> Outcome {
    let received = match msg.receive().into_folder(&inbox.0).at_most(10 << 20).await {
        Ok(received) => received,
        Err(error) => return msg.reply(format!("Sorry: {error}.")).await,
    };
    msg.chat().send(Draft::new(msg.content().clone()).with_file(&received.path)).await
}
