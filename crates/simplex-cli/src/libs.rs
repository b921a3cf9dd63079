//! The core's library: fetched into the user's cache, where a bot finds it.

use std::io::{IsTerminal, Write};
use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use simplex_native::locate::{LIBS_DIR, VERSION, named_folder};
use simplex_native::{Backend, LibSource, Libsimplex, LocateError, Progress, RuntimeOptions};

/// What can be done with the library.
#[derive(Debug, Subcommand)]
pub enum Task {
    /// Fetch it, unless it is there already, and print its path. Works in a Dockerfile's RUN.
    Fetch(Fetch),
    /// Print the folder that it is in, or would be fetched into.
    Path(Which),
    /// Check that it is there and loads on this machine.
    Verify(Which),
}

impl Task {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        match self {
            Self::Fetch(fetch) => fetch.run(),
            Self::Path(which) => {
                say!("{}", which.source().folder()?.display())?;
                Ok(())
            }
            Self::Verify(which) => {
                say!("{} loads", which.verify()?.display())?;
                Ok(())
            }
        }
    }
}

/// Which library.
#[derive(Debug, Args)]
pub struct Which {
    /// The database that it uses: sqlite or postgres.
    #[arg(long, default_value_t)]
    backend: Backend,
    /// The core's version.
    #[arg(long, default_value = VERSION)]
    version: String,
    /// Another platform than this one, such as macos-aarch64.
    #[arg(long)]
    platform: Option<String>,
}

impl Default for Which {
    fn default() -> Self {
        Self { backend: Backend::default(), version: VERSION.to_owned(), platform: None }
    }
}

impl Which {
    fn source(&self) -> LibSource {
        let source = LibSource::default().version(&self.version).backend(self.backend);
        match &self.platform {
            Some(platform) => source.platform(platform),
            None => source,
        }
    }

    /// Where the library is, without fetching it.
    ///
    /// # Errors
    /// When it is not there.
    pub fn find(&self) -> anyhow::Result<PathBuf> {
        let mut there = LibSource::path(self.source().folder()?);
        if let Some(platform) = &self.platform {
            there = there.platform(platform);
        }
        match there.locate(|_| {}) {
            Ok(found) => Ok(found.path),
            Err(LocateError::NotThere { tried }) => {
                let tried: Vec<_> = tried.iter().map(|path| path.display().to_string()).collect();
                bail!("the library is not at {}; `simplex libs fetch` fetches it", tried.join(" or "))
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Loads the library in this process.
    ///
    /// # Errors
    /// When it is not there, or does not load.
    pub fn verify(&self) -> anyhow::Result<PathBuf> {
        let path = self.find()?;
        let library = Libsimplex::open(&path, Some(self.backend), RuntimeOptions::small());
        library.with_context(|| {
            let path = path.display();
            format!(
                "{path} does not load; if the system has what it needs, `simplex libs fetch --force` fetches it again"
            )
        })?;
        Ok(path)
    }
}

/// Fetch the core's library.
///
/// It is taken from SIMPLEX_LIBS_DIR if that is set, else from the cache, else from its release or SIMPLEX_LIBS_MIRROR.
#[derive(Debug, Args)]
pub struct Fetch {
    #[command(flatten)]
    which: Which,
    /// The SHA-256 that the archive must have.
    #[arg(long)]
    sha256: Option<String>,
    /// Fetch it again, even if it is in the cache.
    #[arg(long)]
    force: bool,
    /// Only print the folder of the library, which may not be there yet.
    #[arg(long)]
    path: bool,
}

impl Fetch {
    /// Fetches it, and prints where it is.
    ///
    /// # Errors
    /// When it cannot be fetched; says how to do it by hand.
    pub fn run(self) -> anyhow::Result<()> {
        if named_folder().is_some() && (self.force || self.sha256.is_some()) {
            bail!("the library is taken as it is from the folder in {LIBS_DIR}: unset {LIBS_DIR} to have it fetched");
        }
        let mut source = self.which.source();
        if let Some(sha256) = self.sha256 {
            source = source.sha256(sha256);
        }
        if self.force {
            source = source.force();
        }
        if self.path {
            say!("{}", source.folder()?.display())?;
            return Ok(());
        }
        let bar = ProgressBar::hidden();
        let style = "{wide_bar} {bytes}/{total_bytes} {bytes_per_sec} {eta}";
        bar.set_style(ProgressStyle::with_template(style).context("the bar's template")?);
        let terminal = std::io::stderr().is_terminal();
        let found = source.locate(|progress| match progress {
            Progress::Downloading { bytes, total } => {
                if terminal && bar.is_hidden() {
                    bar.set_draw_target(ProgressDrawTarget::stderr());
                }
                bar.set_length(total.unwrap_or(bytes));
                bar.set_position(bytes);
            }
            Progress::Waiting => tell("another process is fetching the library: waiting for it"),
            Progress::Retrying { reason } => bar.suspend(|| tell(&format!("trying again: {reason}"))),
            Progress::Unpacking => bar.finish_and_clear(),
            _ => {}
        })?;
        say!("{}", found.path.display())?;
        Ok(())
    }
}

/// Tells something beside the output. It may be that nobody reads it.
fn tell(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}
