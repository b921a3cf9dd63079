//! Two bots in one process. `cargo run -p simplex-examples --bin two_bots` runs them.

use simplex_bot::prelude::*;

#[tokio::main]
async fn main() -> Result<(), BotError> {
    let squaring = simplex_examples::squaring_bot().db(Db::sqlite("./two_squaring"));
    let reminder = simplex_examples::reminder().db(Db::sqlite("./two_reminder"));
    tokio::try_join!(squaring.run(), reminder.run()).map(drop)
}
