//! The process that the tests kill: it answers each text after `WORK_MS`, joins groups, and dies on the text `deadly`.
//! A message that it gives up on is written to a file next to its database.

#![forbid(unsafe_code)]

use std::time::Duration;

use simplex_bot::core::native::LibSource;
use simplex_bot::prelude::*;
use simplex_bot::types::event::ReceivedGroupInvitation;

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
    let servers = std::env::var("BOT_SERVERS").unwrap_or_default();
    let given_up = format!("{database}.given_up");
    Bot::new("echo")
        .db(Db::sqlite(database))
        .library(LibSource::path(setting("SIM_LIBS")?))
        .servers(servers.split_whitespace())
        .state(work)
        .on(text(), echo)
        .on_event(async |event: ReceivedGroupInvitation, api: ChatApi| api.join_group(event.group_info.group_id).await)
        .on_poison(move |message, failure| {
            let _ = std::fs::write(&given_up, format!("{}: {failure}", message.text()));
        })
        .run()
        .await
}
