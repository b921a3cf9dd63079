use simplex_bot::prelude::*;

enum Admin {
    Rules,
}

fn main() {
    let _ = Bot::new("bot").commands(async |_: Admin, _: Message| {});
}
