//! Fetches the core's library into the user's cache, where a bot finds it.

use std::io::IsTerminal;

use anyhow::Context;
use clap::Parser;
use indicatif::{ProgressBar, ProgressStyle};
use simplex_native::locate::VERSION;
use simplex_native::{Backend, LibSource, Progress};

/// Fetch the core's library.
///
/// It is taken from SIMPLEX_LIBS_DIR if that is set, then from the cache, then from its release or SIMPLEX_LIBS_MIRROR.
#[derive(Parser)]
#[command(name = "cargo xtask fetch-libs")]
struct Cli {
    /// The database that it is for: sqlite or postgres.
    #[arg(long, default_value_t)]
    backend: Backend,
    /// The core's version.
    #[arg(long, default_value = VERSION)]
    version: String,
    /// Another platform than this one, such as macos-aarch64.
    #[arg(long)]
    platform: Option<String>,
    /// The SHA-256 that the archive must have.
    #[arg(long)]
    sha256: Option<String>,
    /// Fetch anew what is in the cache.
    #[arg(long)]
    force: bool,
    /// Only print the folder of the library, which may not be there yet.
    #[arg(long)]
    path: bool,
}

fn main() -> anyhow::Result<()> {
    let cli = Cli::parse();
    let mut source = LibSource::default().version(cli.version).backend(cli.backend);
    if let Some(platform) = cli.platform {
        source = source.platform(platform);
    }
    if let Some(sha256) = cli.sha256 {
        source = source.sha256(sha256);
    }
    if cli.force {
        source = source.force();
    }
    if cli.path {
        println!("{}", source.folder()?.display());
        return Ok(());
    }
    let bar = ProgressBar::hidden();
    let style = "{wide_bar} {bytes}/{total_bytes} {bytes_per_sec} {eta}";
    bar.set_style(ProgressStyle::with_template(style).context("the bar's template")?);
    let terminal = std::io::stderr().is_terminal();
    let found = source.locate(|progress| match progress {
        Progress::Downloading { bytes, total } => {
            if terminal && bar.is_hidden() {
                bar.set_draw_target(indicatif::ProgressDrawTarget::stderr());
            }
            bar.set_length(total.unwrap_or(bytes));
            bar.set_position(bytes);
        }
        Progress::Waiting => eprintln!("another process fetches the library: waiting for it"),
        Progress::Retrying { reason } => bar.suspend(|| eprintln!("trying again: {reason}")),
        Progress::Unpacking => bar.finish_and_clear(),
        _ => {}
    })?;
    println!("{}", found.path.display());
    Ok(())
}
