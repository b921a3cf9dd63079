//! Sends back whatever it gets. `cargo run -p simplex-examples --bin echo_files` runs it.

use simplex_bot::prelude::*;

#[tokio::main]
async fn main() -> Result<(), BotError> {
    simplex_examples::echo_files("./echo_inbox".into()).db(Db::sqlite("./echo")).run().await
}
