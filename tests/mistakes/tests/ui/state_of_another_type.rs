use simplex_bot::prelude::*;

fn main() {
    let _ = Bot::new("bot").state(3_u64).on(any(), count);
}

async fn count(_: Message, State(_limit): State<u32>) {}
