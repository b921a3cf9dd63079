//! Answers customers on a business address. `cargo run -p simplex-examples --bin support_desk` runs it.

use simplex_bot::prelude::*;

#[tokio::main]
async fn main() -> Result<(), BotError> {
    simplex_examples::support_desk().db(Db::sqlite("./support")).run().await
}
