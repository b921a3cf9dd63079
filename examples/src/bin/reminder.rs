//! Reminds people of things. `cargo run -p simplex-examples --bin reminder` runs it.

use simplex_bot::prelude::*;

#[tokio::main]
async fn main() -> Result<(), BotError> {
    simplex_examples::reminder().db(Db::sqlite("./reminder")).run().await
}
