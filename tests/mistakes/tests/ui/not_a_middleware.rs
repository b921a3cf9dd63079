use simplex_bot::prelude::*;

struct Logger;

fn main() {
    let _ = Bot::new("bot").layer(Logger);
}
