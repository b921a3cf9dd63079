//! Two bots in one process. `cargo run -p simplex-examples --bin two_bots` runs them.

use std::sync::Arc;

use simplex_bot::prelude::*;
use simplex_bot::store::SqliteStore;

#[tokio::main]
async fn main() -> Result<(), BotError> {
    let squaring = squaring_bot::squaring_bot().db(Db::sqlite("./two_squaring"));
    let store = SqliteStore::open("./two_reminder_reminders.db").await?;
    let reminder = simplex_examples::reminder(Arc::new(store)).db(Db::sqlite("./two_reminder"));
    tokio::try_join!(squaring.run(), reminder.run()).map(drop)
}
