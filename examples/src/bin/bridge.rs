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
    let bot = running.handle();
    tokio::select! {
        served = axum::serve(listener, way_in(running.api().clone(), &token)).into_future() => served?,
        _ = bot.join() => {}
        asked = asked_to_end() => asked?,
    }
    Ok(running.stop().await?)
}

/// Waits for Ctrl-C, or for what service managers send.
async fn asked_to_end() -> std::io::Result<()> {
    #[cfg(unix)]
    {
        let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
        tokio::select! {
            pressed = tokio::signal::ctrl_c() => pressed,
            _ = terminate.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await
}
