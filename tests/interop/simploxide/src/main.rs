//! Connects to a CLI's WebSocket at the given port, prints its address, and squares numbers until it is told `/die`.

use std::error::Error;
use std::sync::Arc;

use simploxide_client::prelude::*;
use simploxide_client::ws::{self, ClientResult};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let port: u16 = std::env::args().nth(1).ok_or("which port?")?.parse()?;
    let (bot, events) =
        ws::BotBuilder::new("Squaring bot", port).auto_accept_with("Send me a number.").connect().await?;
    println!("{}", bot.address().await?);
    events.into_dispatcher(bot).on(new_messages).dispatch().await?;
    Ok(())
}

async fn new_messages(event: Arc<NewChatItems>, bot: ws::Bot) -> ClientResult<StreamEvents> {
    for (chat, message, content) in event.chat_items.filter_messages() {
        let text = content.text().map(|t| t.trim().to_owned()).unwrap_or_default();
        if text == "/die" {
            return Ok(StreamEvents::Break);
        }
        let answer = match text.parse::<i64>() {
            Ok(n) => format!("Squared: {}", n.saturating_mul(n)),
            Err(_) => "Not a number.".to_owned(),
        };
        bot.send_msg(chat, answer).reply_to(message).await?;
    }
    Ok(StreamEvents::Continue)
}
