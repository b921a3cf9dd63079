//! Connects groups with a program that speaks HTTP, inside of a program that has other things to do.
//! `TOKEN=… HOOK_URL=http://127.0.0.1:8098/ cargo run -p simplex-examples --bin bridge` runs it;
//! `curl -H "Authorization: Bearer $TOKEN" -d 'build failed' http://127.0.0.1:8099/groups/1` writes to a group.

use std::future::IntoFuture;

use simplex_bot::prelude::*;
use simplex_examples::{Bridge, bridge, way_in};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let set = |name| std::env::var(name).map_err(|error| format!("{name}: {error}"));
    let (hook, token) = (set("HOOK_URL")?, set("TOKEN")?);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:8099").await?;
    let way = Bridge { hook, token: token.clone(), http: reqwest::Client::new() };
    let running = bridge(way).db(Db::sqlite("./bridge")).start().await?;
    println!("The bot's address: {}", running.address().unwrap_or("none"));
    let serving = axum::serve(listener, way_in(running.api().clone(), &token));
    let bot = running.handle();
    tokio::select! {
        stopped = running.until_signal() => Ok(stopped?),
        served = serving.into_future() => {
            bot.stop();
            bot.join().await?;
            Ok(served?)
        }
    }
}
