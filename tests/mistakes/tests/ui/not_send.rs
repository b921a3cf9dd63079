use simplex_bot::prelude::*;
use std::rc::Rc;

fn main() {
    let _ = Bot::new("bot").on(any(), count);
}

async fn count(msg: Message) -> Outcome {
    let count = Rc::new(1);
    let sent = msg.reply("hi").await;
    drop(count);
    sent
}
