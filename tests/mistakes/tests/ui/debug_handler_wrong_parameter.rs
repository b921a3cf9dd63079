use simplex_bot::prelude::*;

#[simplex_bot::debug_handler(text().parse::<f64>(), state = u32)]
async fn handle(_: TextMessage, _: Parsed<i64>, _: State<u32>) {}

fn main() {}
