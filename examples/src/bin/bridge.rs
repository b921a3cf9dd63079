//! Connects groups with a program that speaks HTTP, inside of a program that has other things to do.
//! `TOKEN=… HOOK_URL=http://127.0.0.1:8098/ cargo run -p simplex-examples --bin bridge` runs it;
//! `curl -H "Authorization: Bearer $TOKEN" -d 'build failed' http://127.0.0.1:8099/groups/1` writes to a group.

use std::future::IntoFuture;

use simplex_bot::prelude::*;
use simplex_bot::stop_signal;
use simplex_examples::{Bridge, bridge, way_in};
use tokio::sync::oneshot;

/// Where other programs write to groups.
const ADDRESS: &str = "127.0.0.1:8099";
/// How long requests that have begun may take when the program is to end.
const PATIENCE: Duration = Duration::from_secs(5);

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let set = |name| std::env::var(name).map_err(|error| format!("{name}: {error}"));
    let (hook, token) = (set("HOOK_URL")?, set("TOKEN")?);
    let listener = tokio::net::TcpListener::bind(ADDRESS).await.map_err(|error| format!("{ADDRESS}: {error}"))?;
    let way = Bridge { hook, token: token.clone(), http: reqwest::Client::new() };
    let running = bridge(way).db(Db::sqlite("./bridge")).start().await?;
    println!("The bot's address: {}", running.address().unwrap_or("none"));
    let (signal, bot, handle) = (stop_signal()?, running.handle(), running.handle());
    let (end, ending) = oneshot::channel::<()>();
    let stop = async move {
        tokio::select! {
            () = signal => {}
            _ = bot.join() => {}
        }
        drop(end);
    };
    let serving = axum::serve(listener, way_in(running.api().clone(), &token)).with_graceful_shutdown(stop);
    // Requests that have begun are answered before the bot stops, unless they take too long or another signal comes.
    let too_long = async {
        let _ = ending.await;
        let signal = stop_signal()?;
        tokio::select! {
            () = signal => {}
            () = tokio::time::sleep(PATIENCE) => {}
        }
        Ok::<_, BotError>(())
    };
    let served = tokio::select! {
        served = serving.into_future() => served.map_err(Into::into),
        cut_off = too_long => cut_off.map_err(Into::into),
    };
    // The next signal cancels the handlers that still run.
    handle.stop();
    running.until_signal().await?;
    served
}
