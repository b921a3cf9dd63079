//! The table of commands, official methods and our methods; it must be complete.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use anyhow::{Context, ensure};

use super::names;
use super::overlay::Model;

/// `crates/simplex-api/METHODS.md`.
pub fn table(model: &Model) -> anyhow::Result<String> {
    let root = crate::root();
    let mut sources = String::new();
    for folder in ["crates/simplex-api/src/methods", "crates/simplex-api/src"] {
        read(&root.join(folder), &mut sources)?;
    }
    let methods = methods(&sources);
    let mut out = String::from(
        "Every command of the core, and every method of the official clients (Node and Python), with what does it here.\n\n\
         Commands that upstream does not document are marked *; a command that only some releases of the \
         core read is marked with these. `ChatApi::call` takes a command itself, with all of its parameters.\n\n\
         | command | text | methods of `ChatApi` |\n|---|---|---|\n",
    );
    let mut missing = Vec::new();
    for (upstream, command) in &model.schema.commands {
        let record = names::command(upstream, &model.names);
        let Some(methods) = methods.get(&record) else {
            missing.push(format!("the command {upstream} has no method"));
            continue;
        };
        let of_release = model.capabilities.iter().find(|capability| capability.what.contains(upstream));
        let since = of_release.and_then(|capability| capability.since.as_ref()).map(|since| format!(", since {since}"));
        let until = of_release.and_then(|capability| capability.until.as_ref()).map(|until| format!(", until {until}"));
        let releases = since.into_iter().chain(until).collect::<String>();
        let mark = if model.undocumented.contains(&format!("command {upstream}")) { "*" } else { "" };
        let text = super::commands::notation(&command.syntax).replace('|', "\\|");
        let _ = writeln!(out, "| `{upstream}`{mark}{releases} | `{text}` | `{}` |", methods.join("`, `"));
    }
    out.push_str("\n| Node | Python | here |\n|---|---|---|\n");
    let official = root.join("schema").join("official-methods.tsv");
    let official = std::fs::read_to_string(&official).with_context(|| format!("reading {}", official.display()))?;
    for line in official.lines().skip(1) {
        let [node, python, here] = line.split('\t').collect::<Vec<_>>()[..] else {
            missing.push(format!("not a line of three: {line}"));
            continue;
        };
        if let Some((owner, name)) = here.split_once("::") {
            let mut sources = String::new();
            read(&root.join("crates").join(folder(owner)), &mut sources)?;
            if !sources.contains(&format!("fn {name}(")) {
                missing.push(format!("there is no {here}, which is to be {python} ({node})"));
            }
        }
        let code =
            |name: &str| if name == "-" || name.starts_with('(') { name.to_owned() } else { format!("`{name}`") };
        let _ = writeln!(out, "| {} | {} | {} |", code(node), code(python), code(here));
    }
    ensure!(missing.is_empty(), "{}", missing.join("; "));
    Ok(out)
}

/// Where a type's methods are.
fn folder(owner: &str) -> &'static str {
    match owner {
        "ChatApi" => "simplex-api/src/methods",
        "ChatCore" | "NativeCore" => "simplex-core/src",
        _ => "simplex-types/src/ext",
    }
}

/// The text of all source files in a folder, in the order of their names.
fn read(folder: &Path, text: &mut String) -> anyhow::Result<()> {
    let files = std::fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))?;
    let mut files: Vec<_> = files.map(|file| Ok(file?.path())).collect::<anyhow::Result<_>>()?;
    files.sort();
    for file in files.iter().filter(|file| file.extension().is_some_and(|end| end == "rs")) {
        text.push_str(&std::fs::read_to_string(file)?);
    }
    // The generic call, and other methods that are not for one command only.
    if folder.ends_with("methods") {
        text.push_str(&std::fs::read_to_string(folder.with_file_name("lib.rs"))?);
    }
    Ok(())
}

/// The methods that use each command, by its record.
fn methods(sources: &str) -> BTreeMap<String, Vec<String>> {
    let mut methods: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for method in sources.split("    pub async fn ").skip(1) {
        let name: String = method.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        let body = method.split("\n    }\n").next().unwrap_or_default();
        for used in body.split("cmd::").skip(1) {
            let record: String = used.chars().take_while(|c| c.is_alphanumeric()).collect();
            let users = methods.entry(record).or_default();
            if !users.contains(&name) {
                users.push(name.clone());
            }
        }
    }
    methods
}
