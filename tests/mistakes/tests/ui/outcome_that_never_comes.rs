use simplex_bot::prelude::*;

fn main() {
    let _ = Bot::new("bot").on(any(), async |_: Message| todo!());
}
