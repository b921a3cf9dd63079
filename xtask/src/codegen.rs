//! `cargo xtask codegen`: the code of simplex-types, from the schema and the overlay, and the table of methods.

mod commands;
mod names;
mod overlay;
mod parity;
mod types;

use std::io::Write;
use std::process::{Command, Stdio};

use anyhow::{Context, bail, ensure};

/// The release whose API is generated.
const VERSION: &str = "7.0.2";

#[derive(clap::Args)]
pub struct Args {
    /// Only say whether the committed code differs.
    #[arg(long)]
    check: bool,
}

pub fn run(args: &Args) -> anyhow::Result<()> {
    let model = overlay::Overlay::load()?.apply(crate::schema::load(VERSION)?)?;
    let generator = types::Generator::new(&model);
    let files = [
        ("simplex-types/src/generated/mod.rs", generator.module(VERSION)?),
        ("simplex-types/src/generated/records.rs", generator.records()?),
        ("simplex-types/src/generated/unions.rs", generator.unions()?),
        ("simplex-types/src/generated/enums.rs", generator.enums()?),
        ("simplex-types/src/generated/events.rs", generator.messages("event", &model.schema.events)?),
        ("simplex-types/src/generated/responses.rs", generator.messages("response", &model.schema.responses)?),
        ("simplex-types/src/generated/commands.rs", commands::commands(&generator)?),
        ("simplex-types/tests/commands/made.rs", commands::test_maker(&generator)?),
    ];
    let crates = crate::root().join("crates");
    let mut stale = Vec::new();
    let mut put = |name: &'static str, text: String| {
        let file = crates.join(name);
        if std::fs::read_to_string(&file).is_ok_and(|old| old == text) {
            return Ok(());
        }
        if args.check {
            stale.push(name);
            return Ok(());
        }
        std::fs::write(&file, text).with_context(|| format!("writing {}", file.display()))
    };
    for (name, text) in files {
        put(name, format(&text).with_context(|| format!("formatting {name}"))?)?;
    }
    // Last, so that the code of a new command exists when its method is to be written.
    put("simplex-api/METHODS.md", parity::table(&model).context("the table of methods")?)?;
    ensure!(stale.is_empty(), "generated code differs from the schema: {}; run cargo xtask codegen", stale.join(", "));
    Ok(())
}

fn format(text: &str) -> anyhow::Result<String> {
    let mut child = Command::new("rustfmt")
        .args(["--edition", "2024", "--config-path"])
        .arg(crate::root())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("running rustfmt")?;
    let mut stdin = child.stdin.take().context("rustfmt's input")?;
    let input = text.to_owned();
    let writer = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    let output = child.wait_with_output()?;
    let written = writer.join();
    if !output.status.success() || !matches!(written, Ok(Ok(()))) {
        std::fs::write(crate::root().join("target").join("unformatted.rs"), text)?;
        bail!("rustfmt does not take the generated code (see target/unformatted.rs)");
    }
    Ok(String::from_utf8(output.stdout)?)
}
