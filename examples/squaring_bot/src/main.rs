//! Squares numbers. The first bot to read; `cargo run -p squaring_bot` runs it.

use simplex_bot::prelude::*;

#[tokio::main]
async fn main() -> Result<(), BotError> {
    squaring_bot::squaring_bot().run().await
}
