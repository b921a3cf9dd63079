//! Lists groups. `cargo run -p simplex-examples --bin directory` runs it.

use simplex_bot::prelude::*;

#[tokio::main]
async fn main() -> Result<(), BotError> {
    simplex_examples::directory().db(Db::sqlite("./directory")).run().await
}
