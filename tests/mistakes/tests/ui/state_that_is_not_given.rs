use simplex_bot::prelude::*;

#[derive(Clone)]
struct Store;

fn main() {
    let _ = Bot::new("bot").on(any(), count);
}

async fn count(_: Message, State(_store): State<Store>) {}
