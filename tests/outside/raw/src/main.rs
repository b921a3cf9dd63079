//! Sends one command as text, and prints the answer: `SIMPLEX_LIBS_DIR=… outside-raw /users`.

use std::sync::Arc;
use std::time::Duration;

use simplex_api::core::native::lib::Db;
use simplex_api::core::native::{Confirm, LibSource, NativeCore, NativeOptions, RuntimeOptions, load};
use simplex_api::ChatApi;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let command = std::env::args().nth(1).unwrap_or_else(|| "/version".to_owned());
    let library = load(LibSource::default(), RuntimeOptions::default(), |_| {}).await?;
    let core = NativeCore::open(library, Db::sqlite("./raw"), Confirm::YesUp, NativeOptions::default()).await?;
    let api = ChatApi::new(Arc::new(core));
    println!("{}", api.raw(&command).await?);
    api.core().close(Duration::from_secs(5)).await?;
    Ok(())
}
