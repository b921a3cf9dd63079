//! The core run for long, with faults at random: on the loaded library (SIMPLEX_LIBS_DIR), and over a WebSocket whose
//! connection is cut, frozen and slowed. After each round what was promised is checked: each command has its outcome, each
//! message came once and in order (or a gap was told), nothing is kept. Ends with a line of figures, or with what broke.

mod native;
mod pair;
mod websocket;

use std::time::{Duration, Instant};

use anyhow::Context;
use clap::Parser;
use simplex_core::native::{LibSource, RuntimeOptions, load};

/// Run the core for long, with faults at random.
#[derive(Parser)]
#[command(name = "cargo xtask soak")]
struct Cli {
    /// For how long.
    #[arg(long, default_value_t = 3600)]
    seconds: u64,
    /// The seed of the faults; a run that broke is begun again with its seed.
    #[arg(long)]
    seed: Option<u64>,
}

/// No wait is longer.
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
