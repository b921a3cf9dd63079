use simplex_bot::prelude::*;
use simplex_bot::types::event::ContactConnected;

fn main() {
    let _ = Bot::new("bot").on_event(greet);
}

async fn greet(_: ContactConnected, _: Message) {}
