//! Sends back whatever it gets, files too.

use std::path::PathBuf;

use simplex_bot::prelude::*;

/// The folder for received files. Each is deleted once it is sent back, so strangers cannot fill the disk.
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
        // Only errors of the file are reported. After others (the bot stops, say) the message is handled again.
        Err(BotError::FileTooLarge { .. }) => return msg.reply("Sorry: that file is too large.").await,
        Err(BotError::File(_)) => return msg.reply("Sorry: I did not get that file.").await,
        received => received?,
    };
    let sent = msg.chat().send(Draft::new(msg.content().clone()).with_file(&received.path)).await?;
    sent.uploaded().await?;
    std::fs::remove_file(&received.path).map_err(|error| BotError::File(error.to_string()))?;
    Ok(sent)
}
