//! Asks people a few questions. `cargo run -p simplex-examples --bin survey` runs it.

use std::sync::Arc;

use simplex_bot::prelude::*;
use simplex_bot::store::SqliteStore;

#[tokio::main]
async fn main() -> Result<(), BotError> {
    let store = SqliteStore::open("./survey_states.db").await?;
    simplex_examples::survey(Arc::new(store)).db(Db::sqlite("./survey")).run().await
}
