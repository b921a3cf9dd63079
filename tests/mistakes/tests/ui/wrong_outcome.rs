use simplex_bot::prelude::*;

fn main() {
    let _ = Bot::new("bot").on(any(), async |msg: Message| msg.text().len());
}
