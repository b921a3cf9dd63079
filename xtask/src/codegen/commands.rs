//! Commands: a record for each, with its text and its answers.

use std::fmt::Write;

use anyhow::{Context, anyhow, bail};

use super::names;
use super::types::{Field, Generator, qualify};
use crate::schema::ir::{Command, Part};

pub fn commands(generator: &Generator<'_>) -> anyhow::Result<String> {
    let mut out = String::from(
        "//! Written by `cargo xtask codegen`; change the schema or the overlay instead.\n\n\
         use crate::command::{Command, CommandTextError, Network, NonEmpty, Text, answers};\n\
         use crate::response;\nuse crate::scalar::*;\nuse crate::types;\n\n",
    );
    for (name, command) in &generator.model.schema.commands {
        one(generator, &mut out, name, command).with_context(|| format!("the command {name}"))?;
    }
    Ok(out)
}

/// Generates the code with which the tests make commands from generated parameters.
pub fn test_maker(generator: &Generator<'_>) -> anyhow::Result<String> {
    let mut out = String::from(
        "//! Written by `cargo xtask codegen`; change the schema or the overlay instead.\n\n\
         use simplex_types::{AnswerError, Command, CommandTextError, Frame, answer, cmd};\n\nuse crate::Params;\nuse crate::answers::{Checked, checked};\n\n\
         /// The text of a command with some parameters; none for a name that is not a command's.\n\
         pub fn text(name: &str, params: &Params<'_>) -> Option<Result<String, CommandTextError>> {\nSome(match name {\n",
    );
    for (upstream, command) in &generator.model.schema.commands {
        let name = names::command(upstream, &generator.model.names);
        let (mut arguments, mut sets) = (Vec::new(), String::new());
        for f in parameters(generator, command)? {
            let read = match &*f.inner {
                ty if ty.starts_with("NonEmpty<") => "non_empty",
                "types::ChatRef" => "chat_ref",
                "types::ChatDeleteMode" => "delete_mode",
                "types::PaginationByTime" => "chats_page",
                "types::ChatPagination" => "items_page",
                _ => "get",
            };
            let wire = &f.wire;
            if f.optional {
                let _ = write!(sets, "if params.has({wire:?}) {{ c.{} = Some(params.{read}({wire:?})); }}", f.name);
            } else if f.ty == "bool" {
                let _ = write!(sets, "c.{} = params.flag({wire:?});", f.name);
            } else if f.inner == "String" {
                arguments.push(format!("params.get::<String>({wire:?})"));
            } else {
                arguments.push(format!("params.{read}({wire:?})"));
            }
        }
        let arguments = arguments.join(", ");
        let _ = if sets.is_empty() {
            writeln!(out, "{upstream:?} => cmd::{name}::new({arguments}).text(),")
        } else {
            writeln!(out, "{upstream:?} => {{ let mut c = cmd::{name}::new({arguments}); {sets} c.text() }}")
        };
    }
    out.push_str("_ => return None,\n})\n}\n");
    let (mut table, mut arms) = (String::new(), String::new());
    for (upstream, command) in &generator.model.schema.commands {
        let name = names::command(upstream, &generator.model.names);
        let Some(Part::Text(start)) = command.syntax.first() else { bail!("{upstream} does not begin with a text") };
        let documented = !generator.model.undocumented.contains(&format!("command {upstream}"));
        let _ = write!(table, "({upstream:?}, {start:?}, {:?}, {documented}),", next(command));
        let _ = write!(arms, "{upstream:?} => answer::<cmd::{name}>(frame).map(checked),");
    }
    let _ = writeln!(
        out,
        "/// Commands: their names, how their texts begin, what comes next, and whether upstream documents them.\n\
         pub const COMMANDS: &[(&str, &str, &str, bool)] = &[{table}];\n\n\
         /// Reads the answer to a command.\n\
         pub fn read(name: &str, frame: &Frame) -> Option<Result<Checked, AnswerError>> {{\nSome(match name {{ {arms} _ => return None }})\n}}"
    );
    Ok(out)
}

/// What follows a command's first text: `number`, `chat`, `object`, `list`, `end` or `any`.
fn next(command: &Command) -> &'static str {
    let plain = |name: &String| match command.params.get(name).map(|ty| &**ty) {
        Some("int64" | "int") => "number",
        _ => "any",
    };
    match command.syntax.get(1) {
        None => "end",
        Some(Part::Param(name)) => plain(name),
        Some(Part::Str(name)) if command.params.get(name).is_some_and(|ty| ty == "ChatRef") => "chat",
        Some(Part::Json(_)) => "object",
        Some(_) => "any",
    }
}

fn parameters(generator: &Generator<'_>, command: &Command) -> anyhow::Result<Vec<Field>> {
    let mut fields = Vec::new();
    for (wire, ty) in &command.params {
        let optional = ty.ends_with('?');
        let mut inner = qualify(&generator.rust(ty, wire)?);
        if ty.trim_end_matches('?').ends_with('+') {
            inner = inner.replacen("Vec<", "NonEmpty<", 1);
        }
        fields.push(Field {
            name: names::snake(wire),
            wire: wire.clone(),
            ty: if optional { format!("Option<{inner}>") } else { inner.clone() },
            inner,
            optional,
            kind: "req".into(),
            default: None,
        });
    }
    Ok(fields)
}

fn one(generator: &Generator<'_>, out: &mut String, upstream: &str, command: &Command) -> anyhow::Result<()> {
    let name = names::command(upstream, &generator.model.names);
    let fields = parameters(generator, command)?;
    let undocumented = generator.model.undocumented.contains(&format!("command {upstream}"));
    let note = if undocumented { "Not documented upstream." } else { "Documented upstream." };
    let answers: Vec<String> = command.responses.iter().map(|tag| format!("`{tag}`")).collect();
    let _ = writeln!(
        out,
        "/// `{}`\n///\n/// Network: {}. Answers: {}. {note}\n#[derive(Clone, PartialEq)]\n#[non_exhaustive]\npub struct {name} {{",
        notation(&command.syntax),
        command.network,
        answers.join(", ")
    );
    for f in &fields {
        let _ = writeln!(out, "/// `{}`.\npub {}: {},", f.wire, f.name, f.ty);
    }
    out.push_str("}\n\n");
    generator.constructor(out, &name, &fields, &[]);
    if let Some(param) = command.params.keys().find(|param| !is_in(&command.syntax, param)) {
        // Otherwise callers could set it, but it would never be sent.
        bail!(
            "the parameter {param} is not in the command's text: the overlay has to add it there, or to leave it out"
        );
    }
    let mut text = String::new();
    write_parts(&mut text, &command.syntax, &fields, &mut Vec::new(), false)?;
    let network = match command.network.as_str() {
        "no" => "No",
        "background" => "Background",
        "interactive" => "Interactive",
        other => bail!("the network use {other}"),
    };
    let response = match &command.responses[..] {
        [tag] => format!("response::{}", generator.camel(tag)),
        tags => {
            let union = format!("{name}Response");
            // Exhaustive: an answer more is one that callers have to decide about, and no other answer is let through.
            let _ = writeln!(out, "/// The answers to [`{name}`].\n#[derive(Clone, PartialEq)]\npub enum {union} {{");
            let mut list = String::new();
            for tag in tags {
                let variant = generator.camel(tag);
                let _ = writeln!(out, "/// `{tag}`.\n{variant}(Box<response::{variant}>),");
                let _ = write!(list, "{variant} {tag:?};");
            }
            let _ = writeln!(out, "}}\n\nanswers!({union} {{ {list} }});\n");
            union
        }
    };
    let mut older = String::new();
    if let Some(syntax) = generator.model.older.get(upstream) {
        let mut text = String::new();
        write_parts(&mut text, syntax, &fields, &mut Vec::new(), false)?;
        let _ = writeln!(
            older,
            "fn older_text(&self) -> Result<Option<String>, CommandTextError> {{\nlet mut text = Text::new({upstream:?});\n{text}text.finish().map(Some)\n}}"
        );
    }
    let tags: Vec<String> = command.responses.iter().map(|tag| format!("{tag:?}")).collect();
    let _ = writeln!(
        out,
        "impl Command for {name} {{\n\
         type Response = {response};\n\
         const NAME: &'static str = {upstream:?};\n\
         const NETWORK: Network = Network::{network};\n\
         const ANSWERS: &'static [&'static str] = &[{}];\n\
         fn text(&self) -> Result<String, CommandTextError> {{\nlet {}text = Text::new({upstream:?});\n{text}text.finish()\n}}\n{older}}}\n",
        tags.join(", "),
        if text.is_empty() { "" } else { "mut " },
    );
    let shown: Vec<String> = fields.iter().map(|f| format!("({:?}, &self.{})", f.name, f.name)).collect();
    let _ = writeln!(
        out,
        "impl std::fmt::Debug for {name} {{\nfn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {{\ncrate::show::fields(f, {name:?}, &[{}])\n}}\n}}\n",
        shown.join(", ")
    );
    Ok(())
}

/// Whether a parameter occurs in a text.
fn is_in(parts: &[Part], param: &str) -> bool {
    parts.iter().any(|part| match part {
        Part::Text(_) => false,
        Part::Opt(name, inner) => name == param || is_in(inner, param),
        Part::Param(name)
        | Part::Str(name)
        | Part::Json(name)
        | Part::List(name)
        | Part::OnOff(name)
        | Part::Flag(name, _)
        | Part::NotFlag(name, _) => name == param,
    })
}

/// The syntax as one line: `<x>` is a value, `[…]` may be absent.
pub fn notation(parts: &[Part]) -> String {
    parts
        .iter()
        .map(|part| match part {
            Part::Text(text) => text.clone(),
            Part::Param(name) => format!("<{name}>"),
            Part::Str(name) => format!("<{name}>"),
            Part::Json(name) => format!("<json({name})>"),
            Part::List(name) => format!("<{name}[0]>[,<{name}[1]>...]"),
            Part::OnOff(_) => "on|off".into(),
            Part::Flag(_, text) | Part::NotFlag(_, text) => format!("[{text}]"),
            Part::Opt(_, parts) => format!("[{}]", notation(parts)),
        })
        .collect()
}

/// How a text is written in a command: links, addresses and keys are one word, all others go on to the command's end.
fn text_kind(param: &str) -> &'static str {
    let ends = |ends: &[&str]| ends.iter().any(|end| param.trim_end_matches('_').ends_with(end));
    if ends(&["Target", "Link", "Server"]) {
        "link"
    } else if ends(&["Key"]) {
        "key"
    } else {
        "rest"
    }
}

/// `guards` are words that the parser would recognise where a free text is written.
/// `bound`: the parameters are variables, those of an option that is set.
fn write_parts(
    out: &mut String,
    parts: &[Part],
    fields: &[Field],
    guards: &mut Vec<String>,
    bound: bool,
) -> anyhow::Result<()> {
    let field = |name: &str| fields.iter().find(|f| f.wire == name).ok_or_else(|| anyhow!("no parameter {name}"));
    let value = |f: &Field| if bound { f.name.clone() } else { format!("&self.{}", f.name) };
    for (at, part) in parts.iter().enumerate() {
        match part {
            Part::Text(text) => {
                let _ = writeln!(out, "text.literal({text:?});");
            }
            Part::Param(name) => {
                let f = field(name)?;
                if f.inner == "String" {
                    if name == "filePath" {
                        // An encrypted file is written with its key first.
                        guards.push("key=".into());
                    }
                    // Right after a name and its `=`, all of it is the value.
                    let named = at > 0 && matches!(&parts[at - 1], Part::Text(text) if text.ends_with('='));
                    let guards = if named { &[] } else { guards.as_slice() };
                    let _ = writeln!(out, "text.{}({name:?}, {}, &{guards:?})?;", text_kind(name), value(f));
                } else if f.inner.starts_with("types::") {
                    let _ = writeln!(out, "text.choice({name:?}, {}.as_str())?;", value(f).trim_start_matches('&'));
                } else {
                    let _ = writeln!(out, "text.number({name:?}, {})?;", value(f));
                }
            }
            Part::Str(name) => {
                let f = field(name)?;
                if f.inner == "types::CreatedConnLink" {
                    let _ = writeln!(out, "text.conn_link({name:?}, {}, &{guards:?})?;", value(f));
                } else {
                    let method = if name == "sendRef" { "send_ref" } else { "argument" };
                    let _ = writeln!(out, "text.{method}({name:?}, {})?;", value(f));
                }
            }
            Part::Json(name) => {
                let f = field(name)?;
                let method = if f.inner == "RawJson" { "object" } else { "json" };
                let _ = writeln!(out, "text.{method}({name:?}, {})?;", value(f));
            }
            Part::List(name) => {
                let _ = writeln!(out, "text.list({name:?}, {})?;", value(field(name)?));
            }
            Part::OnOff(name) => {
                let f = field(name)?;
                let value = if bound { format!("*{}", f.name) } else { format!("self.{}", f.name) };
                let _ = writeln!(out, "text.on_off({value});");
            }
            Part::Flag(name, text) => {
                let _ = writeln!(out, "if self.{} {{ text.literal({text:?}); }}", field(name)?.name);
                guards.push(text.trim().trim_end_matches("on").to_owned());
                if text == " incognito" {
                    // The parser also recognises it by its first letter.
                    guards.push("i".into());
                }
            }
            Part::NotFlag(name, text) => {
                let _ = writeln!(out, "if !self.{} {{ text.literal({text:?}); }}", field(name)?.name);
            }
            Part::Opt(name, inner) => {
                let f = field(name)?;
                let _ = writeln!(out, "if let Some({}) = &self.{} {{", f.name, f.name);
                write_parts(out, inner, fields, guards, true)?;
                out.push_str("}\n");
                if let [Part::Text(text), ..] = &inner[..]
                    && at + 1 < parts.len()
                    && !text.trim().is_empty()
                {
                    guards.push(text.trim().to_owned());
                }
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codegen::overlay::Overlay;

    #[test]
    fn a_parameter_that_would_never_be_sent_is_told() {
        let mut schema = crate::schema::load(crate::codegen::VERSION).unwrap();
        let (name, command) = schema.commands.first_mut().unwrap();
        let told = format!("the command {name}: the parameter quietly is not in");
        command.params.insert("quietly".into(), "bool".into());
        let model = Overlay::load().unwrap().apply(schema).unwrap();
        let error = format!("{:#}", commands(&Generator::new(&model)).unwrap_err());
        assert!(error.starts_with(&told), "{error}");
    }
}
