//! Asks people a few questions. `cargo run -p simplex-examples --bin survey` runs it.

use std::sync::Arc;

use simplex_bot::prelude::*;
use simplex_bot::store::FileStore;

#[tokio::main]
async fn main() -> Result<(), BotError> {
    let store = FileStore::open("./survey.json").await?;
    simplex_examples::survey(Arc::new(store)).db(Db::sqlite("./survey")).run().await
}
