//! Reads upstream's pages on the API (`bots/api`: COMMANDS.md, EVENTS.md, TYPES.md).
//!
//! Text that is not understood is an error: if it were skipped, it would look as if the release no longer had it.

use std::path::Path;

use anyhow::{Context, anyhow, bail, ensure};
use indexmap::IndexMap;

use super::ir::{Command, Fields, Part, Schema, Type};
use super::wheel;

/// Imports a folder of pages; they do not say which release they describe.
pub fn import(folder: &Path, version: &str) -> anyhow::Result<Schema> {
    let page = |name: &str| {
        let file = folder.join(name);
        let text = std::fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))?;
        anyhow::Ok(text.replace("\r\n", "\n"))
    };
    let types = types(&page("TYPES.md")?).context("in TYPES.md")?;
    let (commands, responses) = commands(&page("COMMANDS.md")?, &types).context("in COMMANDS.md")?;
    let events = events(&page("EVENTS.md")?).context("in EVENTS.md")?;
    let schema = Schema { version: version.into(), source: "docs".into(), commands, responses, events, types };
    schema.check()?;
    Ok(schema)
}

/// Checks that everything in a page's table of contents was read, each entry once.
fn all_read<'a>(page: &str, read: impl Iterator<Item = &'a str>) -> anyhow::Result<()> {
    let mut left: Vec<&str> = Vec::new();
    for line in page.lines().take_while(|line| *line != "---") {
        left.extend(line.trim_start().strip_prefix("- [").and_then(|l| l.split_once("](#")).map(|(name, _)| name));
    }
    for name in read {
        let at = left.iter().position(|listed| *listed == name);
        left.swap_remove(at.with_context(|| format!("{name} is not listed at the top, or there twice"))?);
    }
    ensure!(left.is_empty(), "listed at the top, but not there: {}", left.join(", "));
    Ok(())
}

/// The sections under headings of one level: heading and text.
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

/// Whether a line is an element of a list.
fn is_element(line: &str) -> bool {
    line.trim_start().starts_with(['-', '*'])
}

fn field(line: &str) -> anyhow::Result<(String, String)> {
    let (name, ty) =
        line.strip_prefix("- ").and_then(|l| l.split_once(": ")).ok_or_else(|| anyhow!("not a field: {line}"))?;
    Ok((name.to_owned(), field_type(ty).with_context(|| line.to_owned())?))
}

fn fields(text: &str) -> anyhow::Result<Fields> {
    let mut fields = Fields::new();
    for line in text.lines().filter(|line| is_element(line)) {
        let (name, ty) = field(line)?;
        ensure!(fields.insert(name, ty).is_none(), "a field that is there twice: {line}");
    }
    Ok(fields)
}

/// `[[Name](./TYPES.md#name)]?` → `[Name]?`.
fn field_type(text: &str) -> anyhow::Result<String> {
    let mut ty = text.trim();
    let mut plain = String::new();
    // Of a link, only the text is kept.
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
                "a type that is not understood: {name}"
            );
            name.into()
        }
    })
}

/// Messages in sequence, each with its tag: `Name:` or a heading, then its fields.
fn members(text: &str) -> anyhow::Result<IndexMap<String, Fields>> {
    let mut found: IndexMap<String, Fields> = IndexMap::new();
    let mut current = None;
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        if !is_element(line) {
            current = None;
        } else if let Some(tag) = line.trim_end().strip_prefix("- type: \"").and_then(|l| l.strip_suffix('"')) {
            ensure!(found.insert(tag.to_owned(), Fields::new()).is_none(), "a tag that is there twice: {line}");
            current = Some(tag);
        } else {
            let fields = current.and_then(|tag| found.get_mut(tag));
            let (name, ty) = field(line)?;
            let fields = fields.ok_or_else(|| anyhow!("a field before a tag: {line}"))?;
            ensure!(fields.insert(name, ty).is_none(), "a field that is there twice: {line}");
        }
    }
    Ok(found)
}

fn types(page: &str) -> anyhow::Result<IndexMap<String, Type>> {
    let mut types = IndexMap::new();
    let sections = sections(page, "\n## ");
    all_read(page, sections.iter().map(|(name, _)| *name))?;
    for (name, text) in sections {
        types.insert(name.to_owned(), ty(text).with_context(|| name.to_owned())?);
    }
    types.sort_keys();
    Ok(types)
}

fn ty(text: &str) -> anyhow::Result<Type> {
    Ok(if let Some(text) = titled(text, "Record type") {
        Type::Record(fields(text)?)
    } else if let Some(text) = titled(text, "Discriminated union type") {
        Type::Union(members(text)?)
    } else if let Some(text) = titled(text, "Enum type") {
        let value = |line: &str| Some(line.trim_end().strip_prefix("- \"")?.strip_suffix('"')?.to_owned());
        let lines = text.lines().filter(|line| is_element(line));
        let values = lines.map(|line| value(line).ok_or_else(|| anyhow!("not a value: {line}")));
        Type::Enum(values.collect::<anyhow::Result<_>>()?)
    } else {
        bail!("neither a record, nor a union, nor an enum");
    })
}

fn events(page: &str) -> anyhow::Result<IndexMap<String, Fields>> {
    let mut events = IndexMap::new();
    let sections = sections(page, "\n### ");
    all_read(page, sections.iter().map(|(name, _)| *name))?;
    for (name, text) in sections {
        let text = titled(text, "Record type").ok_or_else(|| anyhow!("no fields of {name}"))?;
        for (tag, fields) in members(text).with_context(|| name.to_owned())? {
            ensure!(events.insert(tag, fields).is_none(), "the tag of {name} is another's too");
        }
    }
    Ok(events)
}

type Commands = (IndexMap<String, Command>, IndexMap<String, Fields>);

fn commands(page: &str, types: &IndexMap<String, Type>) -> anyhow::Result<Commands> {
    let (mut commands, mut responses) = (IndexMap::new(), IndexMap::new());
    all_read(page, sections(page, "\n### ").iter().map(|(name, _)| *name))?;
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
            ensure!(!block.contains(['<', '[']), "a syntax with parameters, and no expression in Python");
            vec![Part::Text(block.trim().into())]
        }
    };
    own_syntax(&mut syntax, &params, types);
    let answers = members(titled(text, "Responses").ok_or_else(|| anyhow!("no responses"))?)?;
    let tags = answers.keys().filter(|tag| *tag != "chatCmdError").cloned().collect();
    for (tag, fields) in answers {
        let known = responses.entry(tag).or_insert_with(|| fields.clone());
        ensure!(*known == fields, "an answer that has other fields with another command: {fields:?}, {known:?}");
    }
    Ok(Command {
        category: category.into(),
        network: network.ok_or_else(|| anyhow!("no network usage"))?.into(),
        params,
        syntax,
        responses: tags,
    })
}

/// The pages write `str(x)` both for plain values and for types with their own syntax; this tells them apart.
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

#[cfg(test)]
mod tests {
    use super::*;

    const TYPES: &str = "# API Types\n\n- [Kind](#kind)\n- [Part](#part)\n- [Where](#where)\n\n---\n\n\
        ## Kind\n\n**Enum type**:\n- \"one\"\n- \"two\"\n\n\n---\n\n\
        ## Part\n\n**Discriminated union type**:\n\nText:\n- type: \"text\"\n- text: string\n\nFile:\n- type: \"file\"\n- size: int64\n\n\n---\n\n\
        ## Where\n\n**Record type**:\n- kind: [Kind](#kind)\n- parts: [[Part](#part)]?\n";
    const COMMANDS: &str = "# API Commands\n\n[Chat commands](#chat-commands)\n- [Go](#go)\n\n---\n\n\n## Chat commands\n\nAll about chats.\n\n\n\
        ### Go\n\nGo there.\n\n*Network usage*: no.\n\n**Parameters**:\n- to: [Where](./TYPES.md#where)\n\n**Syntax**:\n\n\
        ```\n/go <json(to)>\n```\n\n```python\n'/go ' + json.dumps(to) # Python\n```\n\n\
        **Responses**:\n\nGone: There.\n- type: \"gone\"\n- at: UTCTime\n\nChatCmdError: Command error.\n- type: \"chatCmdError\"\n\n---\n";
    const EVENTS: &str = "# API Events\n\n[Chat events](#chat-events)\n- Main event\n  - [Came](#came)\n\n---\n\n\n## Chat events\n\n\
        ### Came\n\nSomebody came.\n\n**Record type**:\n- type: \"came\"\n- from: [Where](./TYPES.md#where)\n\n---\n";

    fn import(change: (&str, &str)) -> anyhow::Result<Schema> {
        let folder = std::env::temp_dir().join(format!("xtask-docs-{}", std::process::id()));
        std::fs::create_dir_all(&folder)?;
        for (name, page) in [("TYPES.md", TYPES), ("COMMANDS.md", COMMANDS), ("EVENTS.md", EVENTS)] {
            std::fs::write(folder.join(name), page.replace(change.0, change.1))?;
        }
        let imported = super::import(&folder, "9.0.0");
        std::fs::remove_dir_all(&folder)?;
        imported
    }

    /// One test, since all its pages are in one folder.
    #[test]
    fn what_is_not_understood_is_told_and_not_left_out() {
        let whole = import(("# API", "# API")).unwrap();
        assert_eq!(
            whole.counts(),
            "1 commands, 2 responses, 1 events, 3 types (1 records, 1 unions with 2 members, 1 enums)"
        );
        let lines = import(("\n", "\r\n")).unwrap();
        assert_eq!(lines, whole);
        for (from, to, told) in [
            ("- kind: [", "* kind: [", "not a field: * kind"),
            ("- kind: [", "  - kind: [", "not a field:   - kind"),
            ("- kind: [", "- kind:[", "not a field: - kind:["),
            (
                "- kind: [Kind](#kind)\n",
                "- kind: [Kind](#kind)\n- kind: bool\n",
                "a field that is there twice: - kind: bool",
            ),
            ("size: int64", "size: word64", "a type that is not understood: word64"),
            ("[Kind](#kind)\n- parts", "[Sort](#sort)\n- parts", "Where.kind: there is no type Sort"),
            ("- \"two\"", "- two", "not a value: - two"),
            ("- type: \"file\"\n", "", "a field before a tag: - size: int64"),
            ("- type: \"file\"", "- type: \"text\"", "a tag that is there twice"),
            ("**Enum type**", "**Tuple type**", "neither a record, nor a union, nor an enum"),
            ("- [Kind](#kind)\n", "", "Kind is not listed at the top"),
            ("### Go\n", "#### Go\n", "listed at the top, but not there: Go"),
            ("```python\n", "```\n", "a syntax with parameters, and no expression in Python"),
            ("**Record type**:\n- type: \"came\"", "- type: \"came\"", "no fields of Came"),
            (EVENTS, "", "there are no events"),
        ] {
            let error = format!("{:#}", import((from, to)).expect_err(told));
            assert!(error.contains(told), "{from:?} → {to:?}: {error}");
        }
    }
}
