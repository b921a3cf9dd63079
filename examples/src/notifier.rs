//! Sends somebody a message, once, and waits until it arrived: for scripts and CI.

use simplex_bot::prelude::*;

/// Sends `text` to the person that `link` leads to.
pub async fn notify(me: &Client, link: &str, text: &str) -> Result<(), BotError> {
    let chat = me.connect_to(link).timeout(Duration::from_mins(2)).await?;
    chat.send(text).await?.delivered().timeout(Duration::from_mins(1)).await
}
