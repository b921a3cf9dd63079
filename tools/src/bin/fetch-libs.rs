//! Fetches the core's library into the user's cache, where a bot finds it, like `simplex libs fetch`.

use clap::Parser;
use simplex_cli::libs::Fetch;

#[derive(Parser)]
#[command(name = "cargo xtask fetch-libs")]
struct Cli {
    #[command(flatten)]
    fetch: Fetch,
}

fn main() -> anyhow::Result<()> {
    Cli::parse().fetch.run()
}
