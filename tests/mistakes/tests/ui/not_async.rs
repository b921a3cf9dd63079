use simplex_bot::prelude::*;

fn main() {
    let _ = Bot::new("bot").on(any(), |_: Message| {});
}
