//! Sends somebody a message, once, and waits until it arrived: for scripts and CI.

use std::time::Duration;

use simplex_bot::{BotError, Client};

/// Sends `text` to the person that `link` leads to.
pub async fn notify(me: &Client, link: &str, text: &str) -> Result<(), BotError> {
    let chat = me.connect_to(link).timeout(Duration::from_secs(120)).await?;
    chat.send(text).await?.delivered().timeout(Duration::from_secs(60)).await
}
