//! Bots under load on the simulated network, and whether they keep what is promised: answers in time and in order, nobody
//! held up by somebody else's handler, bounded memory. Prints figures; ends with an error when a promise is broken.
//!
//! The library in SIMPLEX_LIBS_DIR is loaded as the real one is.

mod crowd;
mod crowd_bot;
mod latency;
mod people;
mod slow;

use anyhow::Context;
use clap::Parser;

/// Bots under load on the simulated network.
#[derive(Parser)]
#[command(name = "cargo xtask load")]
enum Cli {
    /// Handlers that take 50 ms: 200 chats with a message each, answered within 100 ms; 20 chats with five, in order.
    Slow,
    /// What a handler that never ends, and one that always panics, do to the others: nothing.
    Latency,
    /// 100,000 messages of 1,000 chats that arrive at once, with edits, deletions and reactions among them; the bot in a
    /// process of its own.
    Crowd {
        /// People who write to the bot.
        #[arg(long, default_value_t = 1000)]
        chats: usize,
        /// Messages of each; at most 100.
        #[arg(long, default_value_t = 100)]
        each: usize,
        /// What the bot's process may take at its highest, in MB.
        #[arg(long, default_value_t = 150)]
        memory: u64,
    },
    /// The bot of `crowd`.
    #[command(hide = true)]
    CrowdBot { folder: std::path::PathBuf },
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    match Cli::parse() {
        Cli::Slow => slow::run().await,
        Cli::Latency => latency::run().await,
        Cli::Crowd { chats, each, memory } => {
            anyhow::ensure!(each <= 100, "the simulated server keeps no more for one chat");
            crowd::run(chats, each, memory).await
        }
        Cli::CrowdBot { folder } => crowd_bot::run(&folder).await,
    }
    .context("a promise is broken")
}
