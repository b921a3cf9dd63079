//! Reads the generated modules of the official Python client.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command as Process;

use anyhow::{Context, anyhow, bail, ensure};
use indexmap::IndexMap;
use sha2::{Digest, Sha256};

use super::ir::{Command, Fields, Part, Schema, Type};

/// The SHA-256 of the wheels, as of their first download.
const DIGESTS: &[(&str, &str)] = &[
    ("6.5.1", "2818bc694b9000a815c4ac9a4a3395e2460ba2c9462b1834d4f5ad3a97f12654"),
    ("6.5.2", "0579015b755c046690516317a04f308378aa4ef4a4de46bf89443d7ca8c34d5a"),
    ("6.5.4", "5f71f518cf615677ab370ae3b04d5f2c18ba0a8aa6279a9eec6dfa98cbc1ebf2"),
    ("7.0.0", "78191fba84126f1eabdbfbb3d1d9ee452acc98c7f352d01f7c030cab6f87ae44"),
    ("7.0.2", "4b0e09e3b827d0b670ac7566ec0922f47d06794556635c201102bf4969350431"),
];

/// Imports a wheel: a file, or a version to download.
pub fn import(wheel: &str) -> anyhow::Result<Schema> {
    let file = if Path::new(wheel).exists() { PathBuf::from(wheel) } else { download(wheel)? };
    let bytes = std::fs::read(&file).with_context(|| format!("reading {}", file.display()))?;
    let digest: String = Sha256::digest(&bytes).iter().map(|b| format!("{b:02x}")).collect();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes))?;
    let name = file.file_name().and_then(|n| n.to_str()).unwrap_or_default();
    let version = name.split('-').nth(1).ok_or_else(|| anyhow!("{name} is not named like a wheel"))?.to_owned();
    match DIGESTS.iter().find(|(v, _)| *v == version) {
        Some((_, known)) => ensure!(*known == digest, "{name} has the digest {digest}, not {known}"),
        None => eprintln!("{name} was not seen before: to know it again, put its digest into DIGESTS ({})", file!()),
    }
    let mut module = |name: &str| -> anyhow::Result<String> {
        let mut text = String::new();
        archive.by_name(&format!("simplex_chat/types/{name}.py"))?.read_to_string(&mut text)?;
        Ok(text)
    };
    parse(
        version,
        format!("wheel sha256:{digest}"),
        &module("_types")?,
        &module("_commands")?,
        &module("_responses")?,
        &module("_events")?,
    )
}

fn download(version: &str) -> anyhow::Result<PathBuf> {
    let folder = crate::root().join("target").join("wheels");
    let status = Process::new("pip")
        .args(["download", "--quiet", "--no-deps", "--only-binary=:all:", "--dest"])
        .arg(&folder)
        .arg(format!("simplex-chat=={version}"))
        .status()
        .context("running pip")?;
    ensure!(status.success(), "pip could not download simplex-chat {version}");
    let start = format!("simplex_chat-{version}-");
    for entry in std::fs::read_dir(&folder)? {
        let path = entry?.path();
        if path.file_name().and_then(|n| n.to_str()).is_some_and(|n| n.starts_with(&start)) {
            return Ok(path);
        }
    }
    bail!("pip left no wheel of simplex-chat {version} in {}", folder.display())
}

/// Reads the four modules.
pub fn parse(
    version: String,
    source: String,
    types: &str,
    commands: &str,
    responses: &str,
    events: &str,
) -> anyhow::Result<Schema> {
    let (responses, response_tags) = messages(responses, "ChatResponse_Tag").context("in _responses.py")?;
    let (events, _) = messages(events, "ChatEvent_Tag").context("in _events.py")?;
    let schema = Schema {
        version,
        source,
        commands: self::commands(&unwrapped(commands), &response_tags).context("in _commands.py")?,
        responses,
        events,
        types: self::types(types).context("in _types.py")?,
    };
    schema.check()?;
    Ok(schema)
}

/// A class: its name, and its members with annotations and comments.
struct Class {
    name: String,
    members: Vec<(String, String)>,
}

impl Class {
    fn tag(&self) -> Option<&str> {
        let (_, annotation) = self.members.iter().find(|(name, _)| name == "type")?;
        annotation.strip_prefix("Literal[\"")?.strip_suffix("\"]")
    }

    fn fields(&self) -> anyhow::Result<Fields> {
        self.members
            .iter()
            .filter(|(name, annotation)| !(name == "type" && annotation.starts_with("Literal[")))
            .map(|(name, annotation)| {
                let ty = field_type(annotation).with_context(|| format!("{}.{name}: {annotation}", self.name))?;
                Ok((name.clone(), ty))
            })
            .collect()
    }
}

fn classes(text: &str) -> Vec<Class> {
    let mut classes: Vec<Class> = Vec::new();
    let mut inside = false;
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("class ").and_then(|l| l.strip_suffix("(TypedDict):")) {
            classes.push(Class { name: name.to_owned(), members: Vec::new() });
            inside = true;
        } else if let Some((name, _)) = line.split_once(" = TypedDict(") {
            // A class in the functional form, which is used when a member's name is a Python keyword.
            classes.push(Class { name: name.to_owned(), members: Vec::new() });
            inside = true;
        } else if let Some(member) = line.strip_prefix("    ").filter(|_| inside) {
            if let (Some(class), Some((name, annotation))) = (classes.last_mut(), member.split_once(": ")) {
                let annotation = match annotation.split_once(",  # ") {
                    Some((ty, comment)) => format!("{ty}  # {comment}"),
                    None => annotation.trim_end_matches(',').to_owned(),
                };
                class.members.push((name.trim_matches('"').to_owned(), annotation));
            }
        } else {
            inside = false;
        }
    }
    classes
}

/// `NotRequired[int]  # int64` → `int64?`.
fn field_type(annotation: &str) -> anyhow::Result<String> {
    let (ty, comment) = match annotation.split_once("  # ") {
        Some((ty, comment)) => (ty.trim(), comment.trim()),
        None => (annotation.trim(), ""),
    };
    let (ty, optional) = match ty.strip_prefix("NotRequired[").and_then(|t| t.strip_suffix(']')) {
        Some(inner) => (inner, "?"),
        None => (ty, ""),
    };
    Ok(format!("{}{optional}", plain_type(ty, comment)?))
}

fn plain_type(ty: &str, comment: &str) -> anyhow::Result<String> {
    if let Some(inner) = ty.strip_prefix("list[").and_then(|t| t.strip_suffix(']')) {
        let more = if comment.contains("non-empty") { "+" } else { "" };
        let comment = comment.trim_end_matches("non-empty").trim_end_matches(", ");
        return Ok(format!("[{}]{more}", plain_type(inner, comment)?));
    }
    if ty == "dict[str, object]" {
        return Ok("object".into());
    }
    if let Some(inner) = ty.strip_prefix("dict[str, ").and_then(|t| t.strip_suffix(']')) {
        let comment = comment.split_once(" : ").map_or("", |(_, value)| value);
        return Ok(format!("{{{}}}", plain_type(inner, comment)?));
    }
    Ok(match (ty, comment) {
        ("int", "int64" | "int" | "word32") => comment.into(),
        ("str", "ISO-8601 timestamp") => "timestamp".into(),
        ("str", "") => "string".into(),
        ("bool", "") => "bool".into(),
        ("float", _) => "double".into(),
        (named, _) => {
            let named = named.trim_matches('"').trim_start_matches("T.");
            ensure!(named.starts_with(|c: char| c.is_ascii_uppercase()), "a type that is not understood");
            named.into()
        }
    })
}

fn literals(line: &str) -> Vec<String> {
    line.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

/// The fields of each tag, in order, and the tag of each class.
type Messages = (IndexMap<String, Fields>, IndexMap<String, String>);

fn messages(text: &str, tags: &str) -> anyhow::Result<Messages> {
    let classes = classes(text);
    let line = text.lines().find(|l| l.starts_with(tags)).ok_or_else(|| anyhow!("no {tags}"))?;
    let by_class: IndexMap<String, String> =
        classes.iter().filter_map(|c| Some((c.name.clone(), c.tag()?.to_owned()))).collect();
    let mut found = IndexMap::new();
    for tag in literals(line) {
        let class = classes.iter().find(|c| c.tag() == Some(&tag)).ok_or_else(|| anyhow!("no class for {tag}"))?;
        found.insert(tag, class.fields()?);
    }
    Ok((found, by_class))
}

fn types(text: &str) -> anyhow::Result<IndexMap<String, Type>> {
    let classes = classes(text);
    let mut types = IndexMap::new();
    let mut unions: IndexMap<String, Vec<String>> = IndexMap::new();
    for line in text.lines() {
        let Some((name, value)) = line.split_once(" = ") else { continue };
        if !name.starts_with(|c: char| c.is_ascii_uppercase()) {
            continue;
        }
        if let Some(union) = name.strip_suffix("_Tag") {
            unions.insert(union.into(), literals(value));
        } else if value.starts_with("Literal[") {
            types.insert(name.to_owned(), Type::Enum(literals(value)));
        }
    }
    for (name, tags) in &unions {
        let mut members = IndexMap::new();
        for tag in tags {
            let class = format!("{name}_{tag}");
            let class = classes.iter().find(|c| c.name == class).ok_or_else(|| anyhow!("no class {class}"))?;
            members.insert(tag.clone(), class.fields()?);
        }
        types.insert(name.clone(), Type::Union(members));
    }
    for class in classes.iter().filter(|c| c.tag().is_none()) {
        types.insert(class.name.clone(), Type::Record(class.fields()?));
    }
    types.sort_keys();
    Ok(types)
}

/// Joins values that are wrapped in parentheses over several lines into one line each.
fn unwrapped(text: &str) -> String {
    let (mut out, mut lines) = (String::new(), text.lines());
    while let Some(line) = lines.next() {
        match line.strip_suffix(" = (") {
            Some(name) => {
                let value: Vec<&str> = lines.by_ref().take_while(|line| *line != ")").map(str::trim).collect();
                out += &format!("{name} = {}", value.join(" "));
            }
            None => out += line,
        }
        out.push('\n');
    }
    out
}

fn commands(text: &str, tags: &IndexMap<String, String>) -> anyhow::Result<IndexMap<String, Command>> {
    let classes = classes(text);
    let mut found = IndexMap::new();
    let (mut category, mut network, mut comment) = (String::new(), String::new(), String::new());
    let (mut syntax, mut name) = (Vec::new(), String::new());
    for line in text.lines() {
        if let Some(text) = line.strip_prefix("# ") {
            if let Some(usage) = text.strip_prefix("Network usage: ") {
                network = usage.trim_end_matches('.').to_owned();
            } else if comment.is_empty() {
                comment = text.to_owned();
            } else {
                // Two comment lines in a row: a heading of a group and its text.
                category = std::mem::take(&mut comment).trim().to_owned();
            }
        } else if let Some(class) = line.strip_prefix("class ").and_then(|l| l.strip_suffix("(TypedDict):")) {
            name = class.to_owned();
            comment.clear();
        } else if let Some(expression) = line.strip_prefix("    return ") {
            syntax = parts(expression).with_context(|| format!("{name}: {expression}"))?;
        } else if let Some((command, answers)) = line.split_once("_Response = ") {
            let class = classes.iter().find(|c| c.name == command).ok_or_else(|| anyhow!("no class {command}"))?;
            let mut responses = Vec::new();
            for answer in answers.split(" | ") {
                let class = answer.trim_start_matches("CR.");
                let tag = tags.get(class).ok_or_else(|| anyhow!("{command}: no response {class}"))?;
                if tag != "chatCmdError" {
                    responses.push(tag.clone());
                }
            }
            found.insert(
                command.to_owned(),
                Command {
                    category: category.clone(),
                    network: network.clone(),
                    params: class.fields()?,
                    syntax: std::mem::take(&mut syntax),
                    responses,
                },
            );
        } else if line.is_empty() && !comment.is_empty() && !comment.ends_with('\n') {
            comment.push('\n');
        }
    }
    Ok(found)
}

/// Splits at a separator outside brackets and quotes.
fn split<'a>(text: &'a str, separator: &str) -> Vec<&'a str> {
    let (mut depth, mut quoted, mut start, mut found) = (0i32, false, 0, Vec::new());
    for (at, c) in text.char_indices() {
        match c {
            '\'' => quoted = !quoted,
            '(' | '[' if !quoted => depth += 1,
            ')' | ']' if !quoted => depth -= 1,
            _ => {}
        }
        if depth == 0 && !quoted && text[at..].starts_with(separator) && at >= start {
            found.push(&text[start..at]);
            start = at + separator.len();
        }
    }
    found.push(&text[start..]);
    found
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> Option<&'a str> {
    text.strip_prefix(start)?.strip_suffix(end)
}

/// The parameter in `self['x']` or `self.get('x')`, or in the pages `x`.
fn param(text: &str) -> Option<String> {
    let name = |text: &str| text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') && !text.is_empty();
    let plain = Some(text).filter(|text| name(text));
    between(text, "self['", "']").or_else(|| between(text, "self.get('", "')")).or(plain).map(str::to_owned)
}

/// The text in `'…'`.
fn quoted(text: &str) -> Option<&str> {
    between(text, "'", "'").filter(|inner| !inner.contains('\''))
}

/// Reads a Python expression for a command's text.
pub fn parts(expression: &str) -> anyhow::Result<Vec<Part>> {
    split(expression, " + ").into_iter().map(part).collect()
}

fn part(term: &str) -> anyhow::Result<Part> {
    if let Some(text) = quoted(term) {
        return Ok(Part::Text(text.into()));
    }
    if let Some(name) = param(term).or_else(|| between(term, "str(", ")").and_then(param)) {
        return Ok(Part::Param(name));
    }
    if let Some(name) = between(term, "json.dumps(", ")").and_then(param) {
        return Ok(Part::Json(name));
    }
    if let Some(name) = between(term, "','.join(map(str, ", "))").and_then(param) {
        return Ok(Part::List(name));
    }
    if let Some(name) = term
        .strip_prefix("T.")
        .and_then(|t| t.split_once("_cmd_string("))
        .and_then(|(_, t)| param(t.strip_suffix(')')?))
    {
        return Ok(Part::Str(name));
    }
    if let Some(inner) = between(term, "(", ")") {
        if let [then, otherwise] = split(inner, " else ")[..]
            && let [then, condition] = split(then, " if ")[..]
        {
            if let Some(name) = condition.strip_suffix(" is not None").and_then(param) {
                ensure!(otherwise == "''", "an optional piece with a text for its absence");
                return Ok(Part::Opt(name, parts(between(then, "(", ")").unwrap_or(then))?));
            }
            let (then, condition, otherwise) = match condition.strip_prefix("not ") {
                Some(condition) => (otherwise, condition, then),
                None => (then, condition, otherwise),
            };
            let name = param(condition).ok_or_else(|| anyhow!("a condition that is not understood: {condition}"))?;
            return match (quoted(then), quoted(otherwise)) {
                (Some("on"), Some("off")) => Ok(Part::OnOff(name)),
                (Some(then), Some("")) => Ok(Part::Flag(name, then.into())),
                (Some(""), Some(otherwise)) => Ok(Part::NotFlag(name, otherwise.into())),
                _ => bail!("a choice that is not understood: {inner}"),
            };
        }
        return match &parts(inner)?[..] {
            [one] => Ok(one.clone()),
            _ => bail!("a group that is not understood: {inner}"),
        };
    }
    bail!("a term that is not understood: {term}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn schema(types: &str, answers: &str) -> anyhow::Result<Schema> {
        let commands = format!(
            "# Chat commands\n# All about chats.\n\n# Leave.\n# Network usage: no.\nclass Leave(TypedDict):\n    pass\n\n\n\
             def Leave_cmd_string(self: Leave) -> str:\n    return '/leave'\n\nLeave_Response = {answers}\n"
        );
        let responses = "class CmdOk(TypedDict):\n    type: Literal[\"cmdOk\"]\n\n\
                         class Left(TypedDict):\n    type: Literal[\"left\"]\n\n\
                         ChatResponse_Tag = Literal[\"cmdOk\", \"left\"]\n";
        let events = "ChatEvent_Tag = Literal[\"x\"]\nclass X(TypedDict):\n    type: Literal[\"x\"]\n";
        parse("9.0.0".into(), "test".into(), types, &commands, responses, events)
    }

    const RANGE: &str =
        "Range = TypedDict(\"Range\", {\n    \"from\": int,  # int64\n    \"name\": NotRequired[str],\n})\n\n";

    #[test]
    fn members_may_be_named_like_words_of_the_language() {
        let schema = schema(RANGE, "CR.Left").unwrap();
        let Type::Record(fields) = &schema.types["Range"] else { panic!("{:?}", schema.types) };
        assert_eq!(format!("{fields:?}"), r#"{"from": "int64", "name": "string?"}"#);
    }

    #[test]
    fn a_type_that_is_not_there_is_told() {
        let types = format!("{RANGE}class Mark(TypedDict):\n    at: list[list[\"Rang\"]]\n");
        let error = schema(&types, "CR.Left").unwrap_err().to_string();
        assert_eq!(error, "Mark.at: there is no type Rang");
    }

    #[test]
    fn a_condition_may_be_turned_around() {
        let flag = |text: &str| parts(text).unwrap().remove(0);
        let sent = Part::NotFlag("sent".into(), " sent=off".into());
        assert_eq!(flag("(' sent=off' if not self['sent'] else '')"), sent);
        assert_eq!(flag("('' if self['sent'] else ' sent=off')"), sent);
        assert_eq!(flag("('' if not self['x'] else ' x=on')"), Part::Flag("x".into(), " x=on".into()));
        assert!(parts("('a' if self['x'] > 1 else '')").is_err());
    }

    #[test]
    fn answers_may_stand_on_several_lines() {
        for answers in ["CR.CmdOk | CR.Left", "(\n    CR.CmdOk\n    | CR.Left\n)"] {
            assert_eq!(schema(RANGE, answers).unwrap().commands["Leave"].responses, ["cmdOk", "left"]);
        }
        assert!(schema(RANGE, "CR.Other").unwrap_err().to_string().contains("_commands.py"));
    }
}
