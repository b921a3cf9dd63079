use simplex_bot::prelude::*;

fn main() {
    let _ = Bot::new("bot").on(text(), echo);
}

async fn echo(msg: TextMessage, text: String) -> Outcome {
    msg.reply(text).await
}
