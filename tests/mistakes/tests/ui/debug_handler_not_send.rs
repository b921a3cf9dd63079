use simplex_bot::prelude::*;
use std::rc::Rc;

#[simplex_bot::debug_handler]
async fn handle(msg: Message) -> Outcome {
    let count = Rc::new(1);
    let sent = msg.reply("hi").await;
    drop(count);
    sent
}

fn main() {}
