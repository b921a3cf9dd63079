use simplex_bot::prelude::*;

fn main() {
    let _ = Bot::new("bot").on_event(async |_: String, _: ChatApi| {});
}
