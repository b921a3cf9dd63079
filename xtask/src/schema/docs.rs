//! Reads upstream's pages on the API (`bots/api`: COMMANDS.md, EVENTS.md, TYPES.md).

use std::path::Path;

use anyhow::{Context, anyhow, bail, ensure};
use indexmap::IndexMap;

use super::ir::{Command, Fields, Part, Schema, Type};
use super::wheel;

/// Imports a folder of pages; they do not say which release they describe.
pub fn import(folder: &Path, version: &str) -> anyhow::Result<Schema> {
    let page = |name: &str| {
        let file = folder.join(name);
        std::fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))
    };
    let types = types(&page("TYPES.md")?).context("in TYPES.md")?;
    let (commands, responses) = commands(&page("COMMANDS.md")?, &types).context("in COMMANDS.md")?;
    let events = events(&page("EVENTS.md")?).context("in EVENTS.md")?;
    Ok(Schema { version: version.into(), source: "docs".into(), commands, responses, events, types })
}

/// The sections under headings of a level: heading and text.
fn sections<'a>(page: &'a str, mark: &str) -> Vec<(&'a str, &'a str)> {
    let mut found = Vec::new();
    let mut rest = page;
    while let Some(at) = rest.find(mark) {
        let section = &rest[at + mark.len()..];
        let end = section.find(mark).unwrap_or(section.len());
        if let Some((heading, text)) = section[..end].split_once('\n') {
            found.push((heading.trim(), text));
        }
        rest = &section[end..];
    }
    found
}

/// The text between a bold title and the next one.
fn titled<'a>(section: &'a str, title: &str) -> Option<&'a str> {
    let text = section.split_once(&format!("**{title}**:"))?.1;
    Some(text.split("\n**").next().unwrap_or(text).split("\n---").next().unwrap_or(text))
}

fn field(line: &str) -> anyhow::Result<Option<(String, String)>> {
    let Some((name, ty)) = line.strip_prefix("- ").and_then(|l| l.split_once(": ")) else { return Ok(None) };
    if name == "type" && ty.starts_with('"') {
        return Ok(None);
    }
    Ok(Some((name.to_owned(), field_type(ty).with_context(|| line.to_owned())?)))
}

fn fields(text: &str) -> anyhow::Result<Fields> {
    text.lines().filter_map(|line| field(line).transpose()).collect()
}

/// `[[Name](./TYPES.md#name)]?` → `[Name]?`.
fn field_type(text: &str) -> anyhow::Result<String> {
    let mut ty = text.trim();
    let mut plain = String::new();
    // A link: its text alone.
    while let Some((before, link)) = ty.split_once("](") {
        let (head, name) = before.rsplit_once('[').ok_or_else(|| anyhow!("a link that does not begin"))?;
        plain.push_str(head);
        plain.push_str(name);
        ty = link.split_once(')').ok_or_else(|| anyhow!("a link that does not end"))?.1;
    }
    plain.push_str(ty);
    let (inner, optional) = plain.strip_suffix('?').map_or((&*plain, ""), |inner| (inner, "?"));
    Ok(format!("{}{optional}", plain_type(inner)?))
}

fn plain_type(ty: &str) -> anyhow::Result<String> {
    if let Some(inner) = ty.strip_prefix('[').and_then(|t| t.strip_suffix(']')) {
        return Ok(format!("[{}]", plain_type(inner)?));
    }
    if let Some(inner) = ty.strip_prefix("{string : ").and_then(|t| t.strip_suffix('}')) {
        return Ok(format!("{{{}}}", plain_type(inner)?));
    }
    Ok(match ty {
        "int" | "int64" | "word32" | "double" | "bool" | "string" => ty.into(),
        "UTCTime" => "timestamp".into(),
        "JSONObject" => "object".into(),
        name => {
            ensure!(
                name.starts_with(|c: char| c.is_ascii_uppercase()) && name.chars().all(char::is_alphanumeric),
                "the type {name}"
            );
            name.into()
        }
    })
}

/// Messages one after another, each with its tag: `Name:` or a heading, then fields.
fn members(text: &str) -> anyhow::Result<IndexMap<String, Fields>> {
    let mut found: IndexMap<String, Fields> = IndexMap::new();
    for line in text.lines() {
        if let Some(tag) = line.strip_prefix("- type: \"").and_then(|l| l.strip_suffix('"')) {
            found.insert(tag.to_owned(), Fields::new());
        } else if let Some((name, ty)) = field(line)? {
            let (_, fields) = found.last_mut().ok_or_else(|| anyhow!("a field before a tag: {line}"))?;
            fields.insert(name, ty);
        }
    }
    Ok(found)
}

fn types(page: &str) -> anyhow::Result<IndexMap<String, Type>> {
    let mut types = IndexMap::new();
    for (name, text) in sections(page, "\n## ") {
        let ty = if let Some(text) = titled(text, "Record type") {
            Type::Record(fields(text)?)
        } else if let Some(text) = titled(text, "Discriminated union type") {
            Type::Union(members(text)?)
        } else if let Some(text) = titled(text, "Enum type") {
            let values = text.lines().filter_map(|l| l.strip_prefix("- \"")?.strip_suffix('"'));
            Type::Enum(values.map(str::to_owned).collect())
        } else {
            bail!("what {name} is");
        };
        types.insert(name.to_owned(), ty);
    }
    types.sort_keys();
    Ok(types)
}

fn events(page: &str) -> anyhow::Result<IndexMap<String, Fields>> {
    let mut events = IndexMap::new();
    for (name, text) in sections(page, "\n### ") {
        let text = titled(text, "Record type").ok_or_else(|| anyhow!("no fields of {name}"))?;
        events.extend(members(text)?);
    }
    Ok(events)
}

type Commands = (IndexMap<String, Command>, IndexMap<String, Fields>);

fn commands(page: &str, types: &IndexMap<String, Type>) -> anyhow::Result<Commands> {
    let (mut commands, mut responses) = (IndexMap::new(), IndexMap::new());
    for (category, group) in sections(page, "\n## ") {
        for (name, text) in sections(group, "\n### ") {
            let command = command(category, text, types, &mut responses).with_context(|| name.to_owned())?;
            commands.insert(name.to_owned(), command);
        }
    }
    Ok((commands, responses))
}

fn command(
    category: &str,
    text: &str,
    types: &IndexMap<String, Type>,
    responses: &mut IndexMap<String, Fields>,
) -> anyhow::Result<Command> {
    let network = text.split_once("*Network usage*: ").and_then(|(_, t)| t.split_once('.')).map(|(usage, _)| usage);
    let params = titled(text, "Parameters").map(fields).transpose()?.unwrap_or_default();
    let syntax = titled(text, "Syntax").ok_or_else(|| anyhow!("no syntax"))?;
    let mut syntax = match syntax.split_once("```python\n").and_then(|(_, t)| t.split_once(" # Python")) {
        Some((expression, _)) => wheel::parts(expression)?,
        None => {
            let block = syntax.split("```").nth(1).ok_or_else(|| anyhow!("no syntax"))?;
            vec![Part::Text(block.trim().into())]
        }
    };
    own_syntax(&mut syntax, &params, types);
    let answers = members(titled(text, "Responses").ok_or_else(|| anyhow!("no responses"))?)?;
    let tags = answers.keys().filter(|tag| *tag != "chatCmdError").cloned().collect();
    for (tag, fields) in answers {
        responses.entry(tag).or_insert(fields);
    }
    Ok(Command {
        category: category.into(),
        network: network.ok_or_else(|| anyhow!("no network usage"))?.into(),
        params,
        syntax,
        responses: tags,
    })
}

/// The pages write `str(x)` for plain values and for types with a syntax of their own alike.
fn own_syntax(parts: &mut [Part], params: &Fields, types: &IndexMap<String, Type>) {
    for part in parts {
        match part {
            Part::Param(name) => {
                let ty = params.get(name.as_str()).map(|ty| ty.trim_end_matches('?'));
                if ty.and_then(|ty| types.get(ty)).is_some_and(|ty| !matches!(ty, Type::Enum(_))) {
                    *part = Part::Str(name.clone());
                }
            }
            Part::Opt(_, parts) => own_syntax(parts, params, types),
            _ => {}
        }
    }
}
