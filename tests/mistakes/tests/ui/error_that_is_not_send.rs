use std::error::Error;

use simplex_bot::prelude::*;

async fn answer(msg: Message) -> Result<(), Box<dyn Error>> {
    msg.reply("hello").await?;
    Ok(())
}

fn main() {
    let _ = Bot::new("bot").on(any(), answer);
}
