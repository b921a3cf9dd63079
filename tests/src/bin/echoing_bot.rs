//! The process that the tests kill: answers each text after `WORK_MS`, and dies of the text `deadly`. What it gives up is
//! written beside its database.

#![forbid(unsafe_code)]

use std::time::Duration;

use simplex_bot::core::native::LibSource;
use simplex_bot::prelude::*;

async fn echo(msg: TextMessage, State(work): State<Duration>) -> Outcome<()> {
    if msg.text() == "deadly" {
        std::process::abort();
    }
    if !work.is_zero() {
        tokio::time::sleep(work).await;
    }
    msg.chat().send(format!("re {}", msg.text())).await.map(drop)
}

#[tokio::main]
async fn main() -> Result<(), BotError> {
    let setting = |name: &str| std::env::var(name).map_err(|_| BotError::Config(format!("{name} is not set")));
    let work = Duration::from_millis(setting("WORK_MS")?.parse().unwrap_or(0));
    let database = setting("BOT_DB")?;
    let given_up = format!("{database}.given_up");
    Bot::new("echo")
        .db(Db::sqlite(database))
        .library(LibSource::path(setting("SIM_LIBS")?))
        .state(work)
        .on(text(), echo)
        .on_poison(move |message, failure| {
            let _ = std::fs::write(&given_up, format!("{}: {failure}", message.text()));
        })
        .run()
        .await
}
