//! Tells somebody something: `cargo run -p simplex-examples --bin notifier <link> <text>`.

use simplex_bot::prelude::*;

#[tokio::main]
async fn main() -> Result<(), BotError> {
    let mut args = std::env::args().skip(1);
    let (Some(link), Some(text)) = (args.next(), args.next()) else {
        return Err(BotError::Config("give a link and a text".into()));
    };
    let me = Client::open("notifier", Db::sqlite("./notifier")).await?;
    let told = simplex_examples::notify(&me, &link, &text).await;
    told.and(me.close().await)
}
