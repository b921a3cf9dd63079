//! Keeps the door of a group. `cargo run -p simplex-examples --bin admission` runs it.

use simplex_bot::prelude::*;

#[tokio::main]
async fn main() -> Result<(), BotError> {
    simplex_examples::admission().db(Db::sqlite("./admission")).run().await
}
