use simplex_bot::prelude::*;

fn main() {
    let _ = Bot::new("bot").on(text(), async |msg: TextMessage| msg.reply("hello"));
}
