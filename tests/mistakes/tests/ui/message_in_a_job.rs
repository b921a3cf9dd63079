use std::time::Duration;

use simplex_bot::prelude::*;
use simplex_bot::schedule::every;

fn main() {
    let _ = Bot::new("bot").schedule(every(Duration::from_secs(60)), async |msg: Message| msg.reply("hello").await);
}
