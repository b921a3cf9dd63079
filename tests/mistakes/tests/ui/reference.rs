use simplex_bot::prelude::*;

fn main() {
    let _ = Bot::new("bot").on(any(), count);
}

async fn count(_: &Message) {}
