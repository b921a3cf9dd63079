//! Reports on weekdays at nine. `cargo run -p simplex-examples --bin morning_report` runs it.

use std::sync::Arc;

use simplex_bot::prelude::*;
use simplex_bot::store::SqliteStore;

#[tokio::main]
async fn main() -> Result<(), BotError> {
    let store = SqliteStore::open("./morning_report_states.db").await?;
    simplex_examples::morning_report(Arc::new(store)).db(Db::sqlite("./morning_report")).run().await
}
