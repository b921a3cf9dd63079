//! Sends news to subscribers. `cargo run -p simplex-examples --bin news` runs it.

use simplex_bot::prelude::*;

#[tokio::main]
async fn main() -> Result<(), BotError> {
    simplex_examples::news(simplex_examples::Editor("editor")).db(Db::sqlite("./news")).run().await
}
