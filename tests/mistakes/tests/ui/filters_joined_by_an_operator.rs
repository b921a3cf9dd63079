use simplex_bot::prelude::*;

fn main() {
    let _ = Bot::new("bot").on(text() && in_group(), async |_: TextMessage| {});
}
