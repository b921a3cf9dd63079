use simplex_bot::prelude::*;

struct Store;

fn main() {
    let _ = Bot::new("bot").state(Store).on(any(), count);
}

async fn count(_: Message, State(_store): State<Store>) {}
