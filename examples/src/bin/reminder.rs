//! Reminds people of things. `cargo run -p simplex-examples --bin reminder` runs it.

use std::sync::Arc;

use simplex_bot::prelude::*;
use simplex_bot::store::SqliteStore;

#[tokio::main]
async fn main() -> Result<(), BotError> {
    let store = SqliteStore::open("./reminder_reminders.db").await?;
    simplex_examples::reminder(Arc::new(store)).db(Db::sqlite("./reminder")).run().await
}
