use simplex_bot::prelude::*;

#[simplex_bot::debug_handler]
async fn handle(_: &Message) {}

fn main() {}
