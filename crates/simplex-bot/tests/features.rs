//! What docs/features.md links to has an example in its documentation.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "what fails here fails a test")]

use std::path::Path;

/// The documentation of an item in a source file: of the module, when the name is the file's.
fn documentation(source: &str, name: &str, file: &str) -> Option<String> {
    if file == name || file == format!("{name}/mod") {
        return Some(source.lines().take_while(|line| line.starts_with("//!")).collect::<Vec<_>>().join("\n"));
    }
    let lines: Vec<&str> = source.lines().collect();
    let item = name.rsplit("::").next()?;
    let snake = item.chars().fold(String::new(), |mut snake, c| {
        if c.is_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.extend(c.to_lowercase());
        snake
    });
    let declares = |line: &str| {
        let line = line.trim_start();
        let kinds = ["pub struct ", "pub trait ", "pub enum ", "pub fn ", "pub async fn "];
        let named = |rest: &str, name: &str| {
            rest.strip_prefix(name).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
        };
        kinds.iter().any(|kind| {
            line.strip_prefix(kind).is_some_and(|rest| named(rest, item) || source.contains("proc_macro") && named(rest, &snake))
        })
            // In a macro's list of filters.
            || named(line, item) && line.contains(" = MsgContent::")
    };
    let at = lines.iter().position(|line| declares(line))?;
    // Attributes may stand between.
    let is_end = |line: &str| line.is_empty() || line.ends_with(['{', '}', ';']);
    let above = lines[..at].iter().rev().map(|line| line.trim_start());
    let block: Vec<&str> = above
        .take_while(|line| line.starts_with("///") || !is_end(line))
        .filter(|line| line.starts_with("///"))
        .collect();
    Some(block.into_iter().rev().collect::<Vec<_>>().join("\n"))
}

#[test]
fn every_feature_has_an_example_that_is_compiled() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs");
    let Ok(table) = std::fs::read_to_string(docs.join("features.md")) else {
        return eprintln!("left out: the documentation of the project is not here");
    };
    let (mut missing, mut links) = (Vec::new(), 0);
    for link in table.split("[`").skip(1) {
        let (name, rest) = link.split_once("`](").expect("a link");
        let path = docs.join(rest.split_once(')').expect("a link").0);
        let source = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let file = path.with_extension("");
        let file = file.iter().rev().take(2).map(|part| part.to_string_lossy().into_owned()).collect::<Vec<_>>();
        let file = if file[0] == "mod" { format!("{}/mod", file[1]) } else { file[0].clone() };
        links += 1;
        match documentation(&source, name, &file) {
            None => missing.push(format!("{name} is not in {}", path.display())),
            Some(text) if !text.contains("```") => missing.push(format!("{name} has no example")),
            Some(text) if text.contains("```ignore") => {
                missing.push(format!("{name} has an example that is not compiled"))
            }
            Some(_) => {}
        }
    }
    assert!(links > 30 && missing.is_empty(), "of {links}:\n{}", missing.join("\n"));
}
