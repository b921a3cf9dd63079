//! Squares numbers. The first bot to read; `cargo run -p simplex-examples --bin squaring_bot` runs it.

use simplex_bot::prelude::*;

#[tokio::main]
async fn main() -> Result<(), BotError> {
    simplex_examples::squaring_bot().run().await
}
