//! Keeps order in a group. `cargo run -p simplex-examples --bin moderation` runs it.

use simplex_bot::prelude::*;

#[tokio::main]
async fn main() -> Result<(), BotError> {
    simplex_examples::moderation().db(Db::sqlite("./moderation")).run().await
}
