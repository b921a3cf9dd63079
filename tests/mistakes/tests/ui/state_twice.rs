use simplex_bot::prelude::*;

fn main() {
    let _ = Bot::new("bot").state(3_u32).state("a name");
}
