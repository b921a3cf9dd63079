//! Serves a simulated network over loopback: one core behind a WebSocket, as the CLI of `simplex-chat` does, and the
//! whole network to other processes that load the simulated library (`SIMPLEX_SIM_HUB=127.0.0.1:PORT`).

use std::net::Ipv4Addr;
use std::path::PathBuf;

use anyhow::Context;
use clap::Parser;
use simplex_sim::{Settings, SimNetwork, Ts, serve_hub, serve_websocket};
use tokio::net::TcpListener;

#[derive(Parser)]
#[command(name = "sim-serve", about = "A simulated SimpleX network for other processes, over loopback")]
struct Cli {
    /// Serve one core as the CLI does, on this port; 0 takes any.
    #[arg(long)]
    port: Option<u16>,
    /// Serve the network to simulated libraries in other processes, on this port; 0 takes any.
    #[arg(long)]
    hub: Option<u16>,
    /// The version that the cores report.
    #[arg(long, default_value = "7.0.2.0")]
    core_version: String,
    /// The database of the core that the WebSocket serves.
    #[arg(long, default_value = "simplex_v1")]
    database: String,
    /// The name of its user, who is created if there is none.
    #[arg(long, default_value = "bot")]
    name: String,
    /// Store the network in this file; it survives a kill.
    #[arg(long)]
    state: Option<PathBuf>,
    /// The seed of all random choices.
    #[arg(long, default_value_t = 0)]
    seed: u64,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let cli = Cli::parse();
    let settings = Settings { seed: cli.seed, begin: Ts::real(), version: cli.core_version, ..Settings::default() };
    let network = match &cli.state {
        None => SimNetwork::new(settings),
        Some(file) => {
            SimNetwork::stored(settings, file).with_context(|| format!("opening the state in {}", file.display()))?
        }
    };
    let hub = async {
        let Some(port) = cli.hub else { return std::future::pending().await };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.context("listening for the hub")?;
        println!("hub {}", listener.local_addr()?);
        serve_hub(listener, network.clone()).await.context("serving the hub")
    };
    let websocket = async {
        let Some(port) = cli.port else { return std::future::pending().await };
        let core = network.open(&cli.database, "").context("opening the database")?;
        if !core.raw("/u").starts_with(r#"{"result"#) {
            let name = serde_json::to_string(&cli.name)?;
            let create =
                format!(r#"/_create user {{"profile":{{"displayName":{name},"fullName":""}},"pastTimestamp":false}}"#);
            let answer = core.raw(&create);
            anyhow::ensure!(answer.starts_with(r#"{"result"#), "the user was not made: {answer}");
        }
        core.raw("/_start main=on");
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.context("listening for WebSockets")?;
        println!("websocket ws://{}", listener.local_addr()?);
        serve_websocket(listener, core).await.context("serving the WebSocket")
    };
    anyhow::ensure!(cli.port.is_some() || cli.hub.is_some(), "nothing to serve: give --port, --hub or both");
    tokio::select! {
        ended = hub => ended,
        ended = websocket => ended,
        _ = tokio::signal::ctrl_c() => Ok(()),
    }
}
