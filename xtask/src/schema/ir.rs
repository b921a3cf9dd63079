//! The intermediate form of an API: facts only, the same from both sources.

use anyhow::ensure;
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

/// Fields by their wire names, each with its type: `int`, `int64`, `word32`, `double`, `bool`, `string`, `timestamp`,
/// `object` (any JSON object), the name of a type, `[T]` (list), `[T]+` (list that is not empty), `{T}` (map from
/// strings); a `?` at the end means that the field may be absent.
pub type Fields = IndexMap<String, String>;

/// One release's API.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Schema {
    /// The release.
    pub version: String,
    /// Where it was read from: `wheel` with the file's SHA-256, or `docs`.
    pub source: String,
    /// Commands, by upstream's names.
    pub commands: IndexMap<String, Command>,
    /// Answers, by their tags.
    pub responses: IndexMap<String, Fields>,
    /// Events, by their tags.
    pub events: IndexMap<String, Fields>,
    /// Named types.
    pub types: IndexMap<String, Type>,
}

/// A command.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Command {
    /// Upstream's group of commands.
    pub category: String,
    /// How it uses the network: `no`, `background` (continues after the answer) or `interactive` (the answer waits).
    pub network: String,
    /// Its parameters.
    pub params: Fields,
    /// Its text.
    pub syntax: Vec<Part>,
    /// The tags of its possible answers, apart from errors.
    pub responses: Vec<String>,
}

/// A piece of a command's text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// Literal text.
    Text(String),
    /// A parameter as plain text.
    Param(String),
    /// A parameter in the syntax of its type.
    Str(String),
    /// A parameter as JSON.
    Json(String),
    /// A list, joined by commas.
    List(String),
    /// `on` or `off`.
    OnOff(String),
    /// A text that is present when the parameter is true.
    Flag(String, String),
    /// A text that is present when the parameter is false.
    NotFlag(String, String),
    /// Parts that are present when the parameter is.
    Opt(String, Vec<Part>),
}

/// A named type.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Type {
    /// An object.
    Record(Fields),
    /// An object whose variants are distinguished by its `type`.
    Union(IndexMap<String, Fields>),
    /// A string out of a fixed set.
    Enum(Vec<String>),
}

/// The named type within a field's type, if any.
pub fn named(ty: &str) -> Option<&str> {
    let name = ty.trim_matches(['[', ']', '{', '}', '?', '+']);
    name.starts_with(|c: char| c.is_ascii_uppercase()).then_some(name)
}

impl Schema {
    /// Checks that the schema is complete: what the reader did not understand would be missing here.
    pub fn check(&self) -> anyhow::Result<()> {
        for (what, count) in [
            ("commands", self.commands.len()),
            ("responses", self.responses.len()),
            ("events", self.events.len()),
            ("types", self.types.len()),
        ] {
            ensure!(count > 0, "there are no {what}");
        }
        let known = |owner: &str, fields: &Fields| -> anyhow::Result<()> {
            for (field, ty) in fields {
                let missing = named(ty).filter(|name| !self.types.contains_key(*name));
                ensure!(missing.is_none(), "{owner}.{field}: there is no type {}", missing.unwrap_or_default());
            }
            Ok(())
        };
        for (name, command) in &self.commands {
            known(name, &command.params)?;
        }
        for (tag, fields) in self.responses.iter().chain(&self.events) {
            known(tag, fields)?;
        }
        for (name, ty) in &self.types {
            match ty {
                Type::Record(fields) => known(name, fields)?,
                Type::Union(members) => {
                    for (tag, fields) in members {
                        known(&format!("{name}.{tag}"), fields)?;
                    }
                }
                Type::Enum(_) => {}
            }
        }
        Ok(())
    }

    /// How many commands, types and so on there are.
    pub fn counts(&self) -> String {
        let count = |f: fn(&Type) -> bool| self.types.values().filter(|t| f(t)).count();
        let members: usize =
            self.types.values().map(|t| if let Type::Union(members) = t { members.len() } else { 0 }).sum();
        format!(
            "{} commands, {} responses, {} events, {} types ({} records, {} unions with {members} members, {} enums)",
            self.commands.len(),
            self.responses.len(),
            self.events.len(),
            self.types.len(),
            count(|t| matches!(t, Type::Record(_))),
            count(|t| matches!(t, Type::Union(_))),
            count(|t| matches!(t, Type::Enum(_))),
        )
    }
}
