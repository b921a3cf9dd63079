use simplex_bot::prelude::*;

#[simplex_bot::debug_handler(state = u32)]
async fn handle(_: Message, _: State<u32>) {}

fn main() {}
