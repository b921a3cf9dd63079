//! Sends news to subscribers. `EDITORS_PASSWORD=… cargo run -p simplex-examples --bin news` runs it.

use std::sync::Arc;

use simplex_bot::prelude::*;
use simplex_bot::senders::SenderList;
use simplex_bot::store::SqliteStore;

#[tokio::main]
async fn main() -> Result<(), BotError> {
    let password =
        std::env::var("EDITORS_PASSWORD").map_err(|error| BotError::Config(format!("EDITORS_PASSWORD: {error}")))?;
    let journal = Arc::new(SqliteStore::open("./news_states.db").await?);
    let editors = SenderList::kept_in("editors", Arc::clone(&journal)).await?;
    simplex_examples::news(simplex_examples::Desk { password, editors, journal }).db(Db::sqlite("./news")).run().await
}
