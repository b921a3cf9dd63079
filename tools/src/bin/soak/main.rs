//! Runs the core for a long time with random faults: on the loaded library (SIMPLEX_LIBS_DIR), and over a WebSocket
//! whose connection is cut, frozen and slowed. Each round ends with checks: each command has an outcome, each message
//! came once and in order (or a gap was reported), nothing leaks. At the end it prints a line of figures, or what
//! broke.

mod native;
mod pair;
mod websocket;

use std::time::{Duration, Instant};

use anyhow::Context;
use clap::Parser;
use simplex_core::native::{LibSource, RuntimeOptions, load};

/// Run the core for a long time, with random faults.
#[derive(Parser)]
#[command(name = "cargo xtask soak")]
struct Cli {
    /// How long to run.
    #[arg(long, default_value_t = 3600)]
    seconds: u64,
    /// The seed of the faults; use the seed of a failed run to repeat it.
    #[arg(long)]
    seed: Option<u64>,
}

/// The longest single wait.
const DEADLINE: Duration = Duration::from_secs(60);

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let cli = Cli::parse();
    let seed = cli.seed.unwrap_or_else(|| fastrand::u64(..));
    fastrand::seed(seed);
    println!("seed {seed}, {} s", cli.seconds);
    let library = load(LibSource::default(), RuntimeOptions::default(), |_| {}).await?;
    let folder = tempfile::tempdir()?;
    let until = Instant::now() + Duration::from_secs(cli.seconds);
    let run = async {
        let mut native = native::Soak::begin(&library, folder.path()).await?;
        let mut websocket = websocket::Soak::begin(&library, folder.path()).await?;
        while Instant::now() < until {
            native.round().await.context("in process")?;
            websocket.round().await.context("over WebSocket")?;
        }
        let figures = format!("in process: {}; over WebSocket: {}", native.figures(), websocket.figures());
        native.end().await?;
        websocket.end().await?;
        anyhow::Ok(figures)
    };
    let figures = run.await.with_context(|| format!("seed {seed}"))?;
    println!("{figures}");
    Ok(())
}
