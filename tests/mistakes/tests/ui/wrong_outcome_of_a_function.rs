use simplex_bot::prelude::*;

fn main() {
    let _ = Bot::new("bot").on(any(), count);
}

async fn count(msg: Message) -> Option<simplex_bot::Sent> {
    msg.reply("hi").await.ok()
}
