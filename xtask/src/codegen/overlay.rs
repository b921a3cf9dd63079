//! The overlay: corrects what upstream's generator gets wrong or hides. Each entry has its reason.

use std::collections::BTreeMap;

use anyhow::{Context, anyhow, bail, ensure};
use indexmap::IndexMap;
use serde::Deserialize;

use crate::schema::ir::{Command, Fields, Part, Schema, Type};

/// The files of the overlay: one for the types, and one for the commands that upstream does not document.
const FILES: [&str; 2] = ["overlay.json", "overlay-api.json"];

/// One file of the overlay, or all of them together.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Overlay {
    /// The id type of each field that is an id.
    pub ids: BTreeMap<String, String>,
    /// Names that the naming rules would not produce.
    pub names: BTreeMap<String, String>,
    corrections: Vec<Correction>,
    define: Vec<Define>,
    defaults: Vec<Defaults>,
    capabilities: Vec<Capability>,
}

/// What only some releases of the core read.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Capability {
    #[serde(rename = "reason")]
    _reason: String,
    /// The first release that reads it.
    pub since: Option<String>,
    /// The last release that reads it.
    pub until: Option<String>,
    /// Commands, or parameters of commands: `Command.parameter`.
    pub what: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Correction {
    #[serde(rename = "reason")]
    _reason: String,
    r#type: Option<String>,
    event: Option<String>,
    response: Option<String>,
    command: Option<String>,
    /// Fields to add or retype.
    #[serde(default)]
    fields: Fields,
    /// Fields that have a decoder of their own (`older.rs`).
    #[serde(default)]
    read: BTreeMap<String, String>,
    /// The values of an enum.
    values: Option<Vec<String>>,
    /// Members to add to a union.
    #[serde(default)]
    members: IndexMap<String, Fields>,
    /// Members of a union to leave out.
    #[serde(default)]
    drop: Vec<String>,
    /// Bare strings that stand for a member of a union without fields.
    #[serde(default)]
    bare: BTreeMap<String, String>,
    #[serde(default)]
    manual: bool,
    #[serde(default)]
    ordered: bool,
    /// Parameters to add or retype, or to leave out (null).
    #[serde(default)]
    params: IndexMap<String, Option<String>>,
    syntax: Option<Vec<Part>>,
    /// The text for older cores, which do not know `syntax` yet.
    older: Option<Vec<Part>>,
    responses: Option<Vec<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Define {
    #[serde(rename = "reason")]
    _reason: String,
    #[serde(default)]
    commands: IndexMap<String, Command>,
    #[serde(default)]
    responses: IndexMap<String, Fields>,
    #[serde(default)]
    events: IndexMap<String, Fields>,
    #[serde(default)]
    types: IndexMap<String, Type>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Defaults {
    #[serde(rename = "reason")]
    _reason: String,
    /// JSON by `Type.field`, `Union.member.field`, `event tag.field` or `response tag.field`.
    values: IndexMap<String, serde_json::Value>,
}

/// What is generated: the corrected schema, and what it does not contain.
pub struct Model {
    pub schema: Schema,
    pub ids: BTreeMap<String, String>,
    pub names: BTreeMap<String, String>,
    /// Types written by hand.
    pub manual: Vec<String>,
    /// Enums whose values are ordered.
    pub ordered: Vec<String>,
    /// Bare spellings by union.
    pub bare: BTreeMap<String, BTreeMap<String, String>>,
    /// Defaults by `Owner.field`.
    pub defaults: BTreeMap<String, String>,
    /// Fields that have a decoder of their own, by `Owner.field`.
    pub read: BTreeMap<String, String>,
    /// The texts of commands for older cores, where they differ.
    pub older: BTreeMap<String, Vec<Part>>,
    /// Commands, responses, events and types that upstream does not document.
    pub undocumented: Vec<String>,
    pub capabilities: Vec<Capability>,
}

impl Overlay {
    pub fn load() -> anyhow::Result<Self> {
        let mut all = Self::default();
        for name in FILES {
            let file = crate::root().join("schema").join(name);
            let text = std::fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))?;
            let next: Self = serde_json::from_str(&text).with_context(|| format!("reading {}", file.display()))?;
            all.ids.extend(next.ids);
            all.names.extend(next.names);
            all.corrections.extend(next.corrections);
            all.define.extend(next.define);
            all.defaults.extend(next.defaults);
            all.capabilities.extend(next.capabilities);
        }
        Ok(all)
    }

    pub fn apply(self, mut schema: Schema) -> anyhow::Result<Model> {
        let mut undocumented = Vec::new();
        for define in self.define {
            let documented = (define.commands.keys().filter(|k| schema.commands.contains_key(*k)))
                .chain(define.responses.keys().filter(|k| schema.responses.contains_key(*k)))
                .chain(define.events.keys().filter(|k| schema.events.contains_key(*k)))
                .chain(define.types.keys().filter(|k| schema.types.contains_key(*k)));
            let documented: Vec<&str> = documented.map(String::as_str).collect();
            // The overlay's entry would replace what upstream documents now.
            ensure!(
                documented.is_empty(),
                "the overlay defines what upstream documents, or defines it twice: {}",
                documented.join(", ")
            );
            undocumented.extend(define.commands.keys().map(|k| format!("command {k}")));
            undocumented.extend(define.responses.keys().map(|k| format!("response {k}")));
            undocumented.extend(define.events.keys().map(|k| format!("event {k}")));
            undocumented.extend(define.types.keys().map(|k| format!("type {k}")));
            schema.commands.extend(define.commands);
            schema.responses.extend(define.responses);
            schema.events.extend(define.events);
            schema.types.extend(define.types);
        }
        let (mut manual, mut ordered, mut bare) = (Vec::new(), Vec::new(), BTreeMap::new());
        let (mut read, mut older) = (BTreeMap::new(), BTreeMap::new());
        for c in self.corrections {
            let owner = [&c.command, &c.event, &c.response, &c.r#type].into_iter().flatten().next();
            for (field, how) in c.read {
                read.insert(format!("{}.{field}", owner.map_or("", |o| o)), how);
            }
            if let Some(name) = &c.command {
                let command = schema.commands.get_mut(name).ok_or_else(|| anyhow!("no command {name}"))?;
                for (param, ty) in c.params {
                    match ty {
                        Some(ty) => command.params.insert(param, ty),
                        None => command.params.shift_remove(&param),
                    };
                }
                if let Some(syntax) = c.syntax {
                    command.syntax = syntax;
                }
                if let Some(syntax) = c.older {
                    older.insert(name.clone(), syntax);
                }
                if let Some(responses) = c.responses {
                    command.responses = responses;
                }
            } else if let Some(tag) = &c.event {
                schema.events.get_mut(tag).ok_or_else(|| anyhow!("no event {tag}"))?.extend(c.fields);
            } else if let Some(tag) = &c.response {
                schema.responses.get_mut(tag).ok_or_else(|| anyhow!("no response {tag}"))?.extend(c.fields);
            } else if let Some(name) = &c.r#type {
                if c.manual {
                    manual.push(name.clone());
                }
                if c.ordered {
                    ordered.push(name.clone());
                }
                let ty = match name.split_once('.') {
                    Some((union, member)) => {
                        let Some(Type::Union(members)) = schema.types.get_mut(union) else { bail!("no union {union}") };
                        members.get_mut(member).ok_or_else(|| anyhow!("no member {name}"))?.extend(c.fields);
                        continue;
                    }
                    None => schema.types.get_mut(name).ok_or_else(|| anyhow!("no type {name}"))?,
                };
                match ty {
                    Type::Record(fields) => fields.extend(c.fields),
                    Type::Union(members) => {
                        members.retain(|tag, _| !c.drop.contains(tag));
                        members.extend(c.members);
                        if !c.bare.is_empty() {
                            bare.insert(name.clone(), c.bare);
                        }
                    }
                    Type::Enum(values) => {
                        if let Some(new) = c.values {
                            *values = new;
                        }
                    }
                }
            } else {
                bail!("a correction of nothing");
            }
        }
        for what in self.capabilities.iter().flat_map(|capability| &capability.what) {
            let (name, param) = what.split_once('.').unzip();
            let command = schema.commands.get(name.unwrap_or(what)).ok_or_else(|| anyhow!("no command of {what}"))?;
            ensure!(param.is_none_or(|param| command.params.contains_key(param)), "no parameter {what}");
        }
        schema.types.sort_keys();
        let defaults = self.defaults.into_iter().flat_map(|d| d.values).map(|(k, v)| (k, v.to_string())).collect();
        Ok(Model {
            schema,
            ids: self.ids,
            names: self.names,
            manual,
            ordered,
            bare,
            defaults,
            read,
            older,
            undocumented,
            capabilities: self.capabilities,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_upstream_documents_meanwhile_is_not_defined_again() {
        let overlay = |text: &str| serde_json::from_str::<Overlay>(text).unwrap();
        let schema = || crate::schema::load("7.0.2").unwrap();
        let define = r#"{ "define": [{ "reason": "", "events": { "contactConnected": {}, "somebodyCame": {} } }] }"#;
        let error = overlay(define).apply(schema()).err().unwrap().to_string();
        assert!(error.ends_with("twice: contactConnected"), "{error}");
        let define = r#"{ "define": [{ "reason": "", "events": { "somebodyCame": {} } }] }"#;
        assert_eq!(overlay(define).apply(schema()).unwrap().undocumented, ["event somebodyCame"]);
    }

    #[test]
    fn capabilities_are_of_commands_that_there_are() {
        for (what, problem) in [
            ("APISendMessages.signMessages", None),
            ("APISendMessages", None),
            ("APISendMessage", Some("no command of APISendMessage")),
            ("APISendMessages.signs", Some("no parameter APISendMessages.signs")),
        ] {
            let overlay = format!(r#"{{ "capabilities": [{{ "reason": "", "since": "7.0", "what": ["{what}"] }}] }}"#);
            let overlay: Overlay = serde_json::from_str(&overlay).unwrap();
            let error = overlay.apply(crate::schema::load("7.0.2").unwrap()).err().map(|error| error.to_string());
            assert_eq!(error.as_deref(), problem);
        }
    }
}
