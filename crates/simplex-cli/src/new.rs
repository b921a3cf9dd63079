//! A new bot: a package with the bot, its test, a Dockerfile and a systemd unit.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::Args;

#[derive(Debug, Args)]
pub(crate) struct New {
    /// The folder and name of the new package: lower-case letters, digits, hyphens.
    path: PathBuf,
    /// Use a checkout of this project in place of its release.
    #[arg(long)]
    checkout: Option<PathBuf>,
}

const FILES: &[(&str, &str)] = &[
    ("Cargo.toml", include_str!("template/Cargo.toml.in")),
    ("src/lib.rs", include_str!("template/lib.rs.in")),
    ("src/main.rs", include_str!("template/main.rs.in")),
    ("tests/bot.rs", include_str!("template/test.rs.in")),
    ("Dockerfile", include_str!("template/Dockerfile.in")),
    ("@NAME@.service", include_str!("template/unit.service.in")),
    (".gitignore", "/target\n/data\n"),
    (".dockerignore", "/target\n/data\n"),
];

impl New {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let name = self.path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        let valid = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if !name.starts_with(|c: char| c.is_ascii_lowercase()) || !name.chars().all(valid) {
            bail!("`{name}` is no name for a package: lower-case letters, digits, hyphens, a letter first");
        }
        if self.path.exists() {
            bail!("{} is there already", self.path.display());
        }
        let (plain, test) = match &self.checkout {
            Some(checkout) => {
                let checkout = fs::canonicalize(checkout).with_context(|| format!("{}", checkout.display()))?;
                let path = checkout.join("crates/simplex-bot");
                if !path.is_dir() {
                    bail!("{} is no checkout of this project", checkout.display());
                }
                (format!("{{ path = {path:?} }}"), format!("{{ path = {path:?}, features = [\"test\"] }}"))
            }
            None => {
                let version = env!("CARGO_PKG_VERSION");
                (format!("\"{version}\""), format!("{{ version = \"{version}\", features = [\"test\"] }}"))
            }
        };
        for (path, text) in FILES {
            let fill = |text: &str| {
                text.replace("@NAME@", &name)
                    .replace("@CRATE@", &name.replace('-', "_"))
                    .replace("@DEPENDENCY@", &plain)
                    .replace("@TEST_DEPENDENCY@", &test)
            };
            write(&self.path.join(fill(path)), &fill(text))?;
        }
        println!("{} is made.\n\n  cd {0}\n  cargo test\n  cargo run", self.path.display());
        Ok(())
    }
}

fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    let folder = path.parent().context("a folder")?;
    fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
    fs::write(path, text).with_context(|| format!("writing {}", path.display()))
}
