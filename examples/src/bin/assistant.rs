//! Asks a language model. `cargo run -p simplex-examples --bin assistant` runs it.

use simplex_bot::prelude::*;

#[tokio::main]
async fn main() -> Result<(), BotError> {
    let url = std::env::var("MODEL_URL").unwrap_or_else(|_| "http://127.0.0.1:11434/api/generate".into());
    let model = simplex_examples::Model { url, http: Default::default() };
    simplex_examples::assistant(model).db(Db::sqlite("./assistant")).run().await
}
