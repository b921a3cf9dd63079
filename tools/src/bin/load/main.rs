//! Puts bots under load on the simulated network and checks what they promise: answers in time and in order, no chat
//! delayed by another one's handler, bounded memory. Prints figures; fails if a promise is broken.
//!
//! The library in SIMPLEX_LIBS_DIR is loaded like the real one.

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
    /// A handler that never ends, and one that always panics: they must not affect other chats.
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
        /// The peak memory that the bot's process may use, in MB.
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
