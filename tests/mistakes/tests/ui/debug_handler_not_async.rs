use simplex_bot::prelude::*;

#[simplex_bot::debug_handler]
fn handle(_: Message) {}

fn main() {}
