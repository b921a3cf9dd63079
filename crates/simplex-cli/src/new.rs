//! A new bot: a package with the bot, its test, a README, a Dockerfile and a systemd unit.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow, bail};
use clap::Args;

#[derive(Debug, Args)]
pub(crate) struct New {
    /// The folder of the new package, which is named like it: lower-case letters, digits, hyphens.
    path: PathBuf,
    /// Depend on a checkout of this project instead of a published release. Needed until a release is published.
    #[arg(long)]
    checkout: Option<PathBuf>,
}

const FILES: &[(&str, &str)] = &[
    ("Cargo.toml", include_str!("template/Cargo.toml.in")),
    ("src/lib.rs", include_str!("template/lib.rs.in")),
    ("src/main.rs", include_str!("template/main.rs.in")),
    ("tests/bot.rs", include_str!("template/test.rs.in")),
    ("README.md", include_str!("template/README.md.in")),
    ("Dockerfile", include_str!("template/Dockerfile.in")),
    ("@NAME@.service", include_str!("template/unit.service.in")),
    (".gitignore", "/target\n/data\n"),
    (".dockerignore", "/target\n/data\n"),
];

/// Names that are in use: words and crates of the language, cargo's folders, crates that a bot depends on.
const TAKEN: &str = "abstract as async await become box break const continue crate do dyn else enum extern false final \
    fn for gen if impl in let loop macro match mod move mut override priv pub ref return self static struct super trait \
    true try type typeof unsafe unsized use virtual where while yield alloc core proc-macro std test build deps examples \
    incremental tokio simplex-api simplex-bot simplex-bot-macros simplex-core simplex-native simplex-sim simplex-types";

impl New {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let name = self.path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        let valid = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if !name.starts_with(|c: char| c.is_ascii_lowercase()) || !name.chars().all(valid) {
            bail!(
                "`{name}` is not a valid name for a package: use lower-case letters, digits and hyphens, beginning with a letter"
            );
        }
        if TAKEN.split_whitespace().any(|taken| taken == name) {
            bail!("a package `{name}` cannot be built: the name is taken by Rust, or by what the bot is built with");
        }
        let source = match &self.checkout {
            Some(checkout) => Source::checkout(checkout)?,
            None => Source::release(),
        };
        self.create()?;
        self.write(&name, &source).inspect_err(|_| {
            // Left half made, it would be in the way of another try.
            let _ = fs::remove_dir_all(&self.path);
        })?;
        let path = self.path.display().to_string();
        let folder = as_word(&path);
        // Not an option of `cd`.
        let dot = if path.starts_with('-') { "./" } else { "" };
        say!("Created {path}.\n\n  cd {dot}{folder}\n  cargo test\n  cargo run\n{}", source.note)?;
        Ok(())
    }

    /// Creates the folder, in which nothing can be then that is not the new bot's.
    fn create(&self) -> anyhow::Result<()> {
        let path = self.path.display();
        self.path
            .parent()
            .map_or(Ok(()), fs::create_dir_all)
            .with_context(|| format!("creating a folder for {path}"))?;
        fs::create_dir(&self.path).map_err(|error| match error.kind() {
            ErrorKind::AlreadyExists => anyhow!("{path} already exists"),
            _ => anyhow!(error).context(format!("creating {path}")),
        })
    }

    fn write(&self, name: &str, source: &Source) -> anyhow::Result<()> {
        for (path, text) in FILES {
            let fill = |text: &str| {
                text.replace("@NAME@", name)
                    .replace("@CRATE@", &name.replace('-', "_"))
                    .replace("@DEPENDENCY@", &source.dependency)
                    .replace("@TOOL@", &source.tool)
                    .replace("@CONTEXT@", &source.context)
                    .replace("@NOTE@", &source.note)
            };
            write(&self.path.join(fill(path)), &fill(text))?;
        }
        Ok(())
    }
}

/// Where the new package gets the library from, as written into its files.
struct Source {
    /// The dependency, without its braces.
    dependency: String,
    /// The Dockerfile lines that install the command `simplex`, and the core's library through it.
    tool: String,
    /// The `docker build` option for files outside of the package.
    context: String,
    /// What users have to know about it: a paragraph, or nothing.
    note: String,
}

impl Source {
    fn release() -> Self {
        let version = env!("CARGO_PKG_VERSION");
        Self {
            dependency: format!("version = {version:?}"),
            tool: format!("RUN cargo install --locked simplex-cli --version {version} && simplex libs fetch"),
            context: String::new(),
            note: format!(
                "\nIt depends on the release {version} of simplex-bot, and so does the Dockerfile: until that is published,\n\
                 neither builds. With a checkout of the project, `simplex new --checkout DIR` creates a bot that does.\n"
            ),
        }
    }

    fn checkout(path: &Path) -> anyhow::Result<Self> {
        let path = fs::canonicalize(path).with_context(|| format!("{}", path.display()))?;
        let (library, tool) = (path.join("crates/simplex-bot"), path.join("crates/simplex-cli"));
        if !library.is_dir() {
            bail!("{} is not a checkout of this project", path.display());
        }
        if path.to_str().is_none_or(|path| path.contains(char::is_control)) {
            bail!("{path:?} is not UTF-8, or has a line break or the like in it, so that no file can name it");
        }
        let [root, library, tool] = [&path, &library, &tool].map(|path| path.display().to_string());
        let (root, tool) = (as_word(&root), as_word(&tool));
        Ok(Self {
            dependency: format!("path = {}", as_string(&library)),
            // At the same path in the image, since `Cargo.toml` looks for it there. Docker reads the string as a shell
            // reads a word.
            tool: format!(
                "COPY --from=checkout [\".\", {}]\n\
                 RUN cargo install --locked --path {tool} && simplex libs fetch",
                as_string(&root)
            ),
            context: format!("--build-context checkout={root} "),
            note: format!("\nIt depends on the checkout in {}, which has to stay there.\n", path.display()),
        })
    }
}

/// A text as a string of TOML and JSON.
fn as_string(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A path as a word of a shell.
fn as_word(path: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "/.-_+,:=@".contains(c) || (cfg!(windows) && c == '\\');
    if path.chars().all(plain) {
        path.to_owned()
    } else if cfg!(windows) {
        // The only quotation marks that all shells there take; no path has one.
        format!("\"{path}\"")
    } else {
        format!("'{}'", path.replace('\'', r"'\''"))
    }
}

fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    let folder = path.parent().context("a folder")?;
    fs::create_dir_all(folder).with_context(|| format!("creating {}", folder.display()))?;
    fs::write(path, text).with_context(|| format!("writing {}", path.display()))
}
