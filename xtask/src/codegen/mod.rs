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
        ("src/generated/mod.rs", generator.module(VERSION)),
        ("src/generated/records.rs", generator.records()?),
        ("src/generated/unions.rs", generator.unions()?),
        ("src/generated/enums.rs", generator.enums()?),
        ("src/generated/events.rs", generator.messages("event", &model.schema.events)?),
        ("src/generated/responses.rs", generator.messages("response", &model.schema.responses)?),
        ("src/generated/commands.rs", commands::commands(&generator)?),
        ("tests/commands/made.rs", commands::test_maker(&generator)?),
    ];
    let folder = crate::root().join("crates/simplex-types");
    let mut stale = Vec::new();
    for (name, text) in files {
        let text = format(&text).with_context(|| format!("formatting {name}"))?;
        let file = folder.join(name);
        if std::fs::read_to_string(&file).is_ok_and(|old| old == text) {
            continue;
        }
        if args.check {
            stale.push(name);
        } else {
            std::fs::write(&file, text).with_context(|| format!("writing {}", file.display()))?;
        }
    }
    // Last, so that the code of a new command exists when its method is to be written.
    let file = crate::root().join("crates/simplex-api/METHODS.md");
    let table = parity::table(&model).context("the table of methods")?;
    if !std::fs::read_to_string(&file).is_ok_and(|old| old == table) {
        if args.check {
            stale.push("METHODS.md");
        } else {
            std::fs::write(&file, table).with_context(|| format!("writing {}", file.display()))?;
        }
    }
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
