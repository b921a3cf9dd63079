//! Records, unions, enums, events and responses.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use anyhow::{Context, anyhow};
use indexmap::IndexMap;

use super::names;
use super::overlay::{Capability, Model};
use crate::schema::ir::{Fields, Type, named};

/// From this size on, in bytes, the content of a union member is boxed, so that it does not make all others large.
const BOX_IN_UNION: usize = 40;
/// The same for optional fields of records: most are absent.
const BOX_OPTIONAL: usize = 128;
/// The same for the other fields of records.
const BOX_REQUIRED: usize = 320;

pub struct Generator<'a> {
    pub model: &'a Model,
    sizes: RefCell<BTreeMap<String, Option<usize>>>,
    /// Types that commands take: these get constructors.
    sent: BTreeSet<String>,
}

/// A field, ready to be written.
pub struct Field {
    pub name: String,
    pub wire: String,
    /// The Rust type, `Option` and all.
    pub ty: String,
    /// The Rust type without `Option`.
    pub inner: String,
    pub optional: bool,
    pub kind: String,
    pub default: Option<String>,
}

/// The type without its `?`.
fn required(ty: &str) -> (&str, bool) {
    ty.strip_suffix('?').map_or((ty, false), |inner| (inner, true))
}

impl<'a> Generator<'a> {
    pub fn new(model: &'a Model) -> Self {
        let mut sent = BTreeSet::new();
        let mut todo: Vec<String> = model
            .schema
            .commands
            .values()
            .flat_map(|c| c.params.values())
            .filter_map(|t| named(t))
            .map(str::to_owned)
            .collect();
        while let Some(name) = todo.pop() {
            if !sent.insert(name.clone()) {
                continue;
            }
            let fields: Vec<&Fields> = match model.schema.types.get(&name) {
                Some(Type::Record(fields)) => vec![fields],
                Some(Type::Union(members)) => members.values().collect(),
                _ => vec![],
            };
            todo.extend(fields.iter().flat_map(|f| f.values()).filter_map(|t| named(t)).map(str::to_owned));
        }
        Self { model, sizes: RefCell::default(), sent }
    }

    pub fn camel(&self, name: &str) -> String {
        names::camel(name, &self.model.names)
    }

    /// A rough size in bytes; a type that contains itself counts as infinite.
    fn size(&self, ty: &str) -> usize {
        let (ty, optional) = required(ty);
        match ty {
            "int" | "int64" | "word32" | "double" => 8 + if optional { 8 } else { 0 },
            "bool" => 1,
            "string" | "timestamp" => 24,
            "object" => 16,
            _ if ty.starts_with(['[', '{']) => 24,
            _ => self.named_size(ty),
        }
    }

    fn named_size(&self, name: &str) -> usize {
        const ENDLESS: usize = 1 << 20;
        if let Some(size) = self.sizes.borrow().get(name) {
            return size.unwrap_or(ENDLESS);
        }
        self.sizes.borrow_mut().insert(name.to_owned(), None);
        let held = |fields: &Fields, limit: usize, optional: usize| -> usize {
            8 + fields
                .values()
                .map(|ty| {
                    let size = self.size(ty);
                    let limit = if ty.ends_with('?') { optional } else { limit };
                    if named(ty).is_some() && !ty.starts_with(['[', '{']) && size > limit { 8 } else { size }
                })
                .sum::<usize>()
        };
        let size = match self.model.schema.types.get(name) {
            Some(Type::Record(fields)) => held(fields, BOX_REQUIRED, BOX_OPTIONAL),
            Some(Type::Union(members)) => {
                8 + members.values().map(|fields| held(fields, BOX_IN_UNION, BOX_IN_UNION)).max().unwrap_or(0)
            }
            Some(Type::Enum(_)) => 16,
            None => 24,
        };
        self.sizes.borrow_mut().insert(name.to_owned(), Some(size));
        size
    }

    /// The Rust type of a wire type, without the `?`.
    pub fn rust(&self, ty: &str, field: &str) -> anyhow::Result<String> {
        let (ty, _) = required(ty);
        if let Some(inner) = ty.strip_prefix('[') {
            let inner = inner.trim_end_matches('+').strip_suffix(']').ok_or_else(|| anyhow!("the type {ty}"))?;
            return Ok(format!("Vec<{}>", self.rust(inner, field)?));
        }
        if let Some(inner) = ty.strip_prefix('{').and_then(|t| t.strip_suffix('}')) {
            let id = if inner == "int64" { "GroupMemberId".into() } else { self.rust(inner, field)? };
            return Ok(format!("BTreeMap<String, {id}>"));
        }
        Ok(match ty {
            "int64" => self.model.ids.get(field).cloned().unwrap_or_else(|| "i64".into()),
            "int" | "word32" => "i64".into(),
            "double" => "f64".into(),
            "bool" => "bool".into(),
            "string" => "String".into(),
            "timestamp" => "Timestamp".into(),
            "object" => "RawJson".into(),
            name => {
                let hand = name == "ChatPagination" || self.model.manual.iter().any(|m| m == name);
                if !hand && !self.model.schema.types.contains_key(name) {
                    return Err(anyhow!("no type {name}"));
                }
                self.camel(name)
            }
        })
    }

    fn fields(&self, owner: &str, fields: &Fields, in_union: bool) -> anyhow::Result<Vec<Field>> {
        fields
            .iter()
            .map(|(wire, ty)| self.field(owner, wire, ty, in_union).with_context(|| format!("{owner}.{wire}")))
            .collect()
    }

    fn field(&self, owner: &str, wire: &str, ty: &str, in_union: bool) -> anyhow::Result<Field> {
        let (bare, optional) = required(ty);
        let mut inner = self.rust(ty, wire)?;
        let limit = match (in_union, optional) {
            (true, _) => BOX_IN_UNION,
            (false, true) => BOX_OPTIONAL,
            (false, false) => BOX_REQUIRED,
        };
        let list = bare.starts_with('[');
        let map = bare.starts_with('{');
        if !list && !map && named(bare).is_some() && self.size(bare) > limit {
            inner = format!("Box<{inner}>");
        }
        let default = self.model.defaults.get(&format!("{owner}.{wire}")).cloned();
        let own = self.model.read.get(&format!("{owner}.{wire}"));
        let kind = match (list, map, optional, default.is_some()) {
            (true, _, true, _) => "optlist",
            (true, _, false, true) => "deflist",
            // The content of a missing list is unknown, but within a type it is only one detail among many.
            (true, _, false, false) if owner.starts_with(|c: char| c.is_ascii_uppercase()) => "deflist",
            (true, _, false, false) => "list",
            (_, true, _, _) => "map",
            (_, _, true, _) => "opt",
            (_, _, false, true) if bare == "string" && default.as_deref() == Some("\"\"") => "auto",
            (_, _, false, true) if bare.starts_with("int") && default.as_deref() == Some("0") => "auto",
            (_, _, false, true) => "def",
            // An absent boolean is false.
            (_, _, false, false) if bare == "bool" => "auto",
            (_, _, false, false) => "req",
        };
        Ok(Field {
            name: names::snake(wire),
            wire: wire.to_owned(),
            ty: if optional { format!("Option<{inner}>") } else { inner.clone() },
            inner,
            optional,
            kind: own.map_or(kind, |own| own).to_owned(),
            default: default.filter(|_| kind == "def"),
        })
    }

    fn macro_fields(fields: &[Field]) -> String {
        let mut out = String::new();
        for f in fields {
            let default = f.default.as_ref().map(|d| format!(" = {d:?}")).unwrap_or_default();
            let _ = write!(out, "{} {:?} {}{default}, ", f.name, f.wire, f.kind);
        }
        out
    }

    fn note(&self, kind: &str, name: &str) -> &'static str {
        if self.model.undocumented.contains(&format!("{kind} {name}")) { " Not documented upstream." } else { "" }
    }

    const HEAD: &'static str = "//! Written by `cargo xtask codegen`; change the schema or the overlay instead.\n\n";

    pub fn module(&self, version: &str) -> anyhow::Result<String> {
        let release = |release: &Option<String>| match release {
            Some(release) => {
                let (major, minor) = release.split_once('.').with_context(|| format!("{release} is no release"))?;
                Ok(format!("Some(Release({}, {}))", major.parse::<u16>()?, minor.parse::<u16>()?))
            }
            None => anyhow::Ok("None".to_owned()),
        };
        let mut capabilities = String::new();
        for Capability { since, until, what, .. } in &self.model.capabilities {
            let (since, until) = (release(since)?, release(until)?);
            for what in what {
                let _ = writeln!(capabilities, "Capability {{ what: {what:?}, since: {since}, until: {until} }},");
            }
        }
        Ok(format!(
            "{}#![allow(clippy::large_enum_variant)]\n\nuse crate::capability::{{Capability, Release}};\n\n\
             pub mod commands;\npub mod enums;\npub mod events;\npub mod records;\npub mod responses;\npub mod unions;\n\n\
             /// The release of the core whose API these types are.\npub const SCHEMA_VERSION: &str = {version:?};\n\n\
             /// What only some releases of the core read.\npub const CAPABILITIES: &[Capability] = &[{capabilities}];\n",
            Self::HEAD
        ))
    }

    pub fn records(&self) -> anyhow::Result<String> {
        let mut out = format!(
            "{}use std::collections::BTreeMap;\n\nuse super::enums::*;\nuse super::unions::*;\nuse crate::scalar::*;\nuse crate::wire::record;\n\n",
            Self::HEAD
        );
        for (name, ty) in &self.model.schema.types {
            if let Type::Record(fields) = ty
                && !self.model.manual.contains(name)
            {
                let rust = self.camel(name);
                let _ = writeln!(out, "/// `{name}`.{}", self.note("type", name));
                self.record(&mut out, &rust, "", &self.fields(name, fields, false)?, self.sent.contains(name));
            }
        }
        Ok(out)
    }

    fn record(&self, out: &mut String, name: &str, tag: &str, fields: &[Field], constructor: bool) {
        let _ = writeln!(out, "#[derive(Clone, PartialEq)]\n#[non_exhaustive]\npub struct {name} {{");
        for f in fields {
            let _ = writeln!(out, "/// `{}`.\npub {}: {},", f.wire, f.name, f.ty);
        }
        let _ = writeln!(out, "/// Fields that the schema does not know.\npub extra: Extra,\n}}\n");
        if constructor {
            self.constructor(out, name, fields, &["extra: Extra::default()"]);
        }
        let _ = writeln!(out, "record!({name}{tag} {{ {} }});\n", Self::macro_fields(fields));
    }

    /// Writes `new` with the required fields, and a `with_…` for each other one.
    pub fn constructor(&self, out: &mut String, name: &str, fields: &[Field], rest: &[&str]) {
        let (free, needed): (Vec<&Field>, Vec<&Field>) =
            fields.iter().partition(|f| f.optional || f.ty == "bool" || f.ty.starts_with("BTreeMap<"));
        let argument = |f: &Field| {
            if f.inner == "String" || f.inner.starts_with("Box<") {
                format!("impl Into<{}>", f.inner)
            } else {
                f.inner.clone()
            }
        };
        let value = |f: &Field| {
            if f.inner == "String" || f.inner.starts_with("Box<") {
                format!("{}.into()", f.name)
            } else {
                f.name.clone()
            }
        };
        let params: Vec<String> = needed.iter().map(|f| format!("{}: {}", f.name, argument(f))).collect();
        let mut sets: Vec<String> = Vec::new();
        for f in fields {
            if needed.iter().any(|n| n.name == f.name) {
                let value = value(f);
                sets.push(if value == f.name { value } else { format!("{}: {value}", f.name) });
            } else if f.optional {
                sets.push(format!("{}: None", f.name));
            } else {
                sets.push(format!("{}: Default::default()", f.name));
            }
        }
        sets.extend(rest.iter().map(|r| (*r).to_owned()));
        let _ = writeln!(
            out,
            "impl {name} {{\n/// Creates it from the fields that must be given; all others are absent, empty or false.\npub fn new({}) -> Self {{ Self {{ {} }} }}",
            params.join(", "),
            sets.join(", ")
        );
        for f in free {
            let set = if f.optional { format!("Some({})", value(f)) } else { value(f) };
            let _ = writeln!(
                out,
                "\n/// Sets `{}`.\n#[must_use]\npub fn with_{}(mut self, {}: {}) -> Self {{ self.{} = {set}; self }}",
                f.wire,
                f.name,
                f.name,
                argument(f),
                f.name
            );
        }
        out.push_str("}\n\n");
        if needed.is_empty() {
            let _ = writeln!(out, "impl Default for {name} {{ fn default() -> Self {{ Self::new() }} }}\n");
        }
    }

    pub fn unions(&self) -> anyhow::Result<String> {
        let mut out = format!(
            "{}use super::enums::*;\nuse super::records::*;\nuse crate::scalar::*;\nuse crate::wire::{{tags, union}};\n\n",
            Self::HEAD
        );
        for (name, ty) in &self.model.schema.types {
            if let Type::Union(members) = ty
                && !self.model.manual.contains(name)
            {
                self.union(&mut out, name, members)?;
            }
        }
        Ok(out)
    }

    fn union(&self, out: &mut String, name: &str, members: &IndexMap<String, Fields>) -> anyhow::Result<()> {
        let rust = self.camel(name);
        let two_way = self.sent.contains(name);
        let (mut variants, mut macros, mut bare, mut make) =
            (String::new(), String::new(), String::new(), String::new());
        for (tag, fields) in members {
            let variant = self.camel(tag);
            let fields = self.fields(&format!("{name}.{tag}"), fields, true)?;
            let _ = writeln!(variants, "/// `{tag}`.");
            if fields.is_empty() && !two_way {
                let _ = writeln!(variants, "{variant},");
                let _ = write!(macros, "{variant} {tag:?};");
                let _ = write!(bare, "{tag:?} => {variant},");
            } else {
                let _ = writeln!(variants, "#[non_exhaustive]\n{variant} {{");
                for f in &fields {
                    let _ = writeln!(variants, "/// `{}`.\n{}: {},", f.wire, f.name, f.ty);
                }
                let _ = writeln!(variants, "/// Fields that the schema does not know.\nextra: Extra,\n}},");
                let _ = write!(macros, "{variant} {tag:?} {{ {} }};", Self::macro_fields(&fields));
            }
            if two_way {
                let argument = |f: &Field| {
                    if ["String", "Option<String>"].contains(&f.ty.as_str()) || f.ty.starts_with("Box<") {
                        format!("impl Into<{}>", f.ty)
                    } else {
                        f.ty.clone()
                    }
                };
                let params: Vec<String> = fields.iter().map(|f| format!("{}: {}", f.name, argument(f))).collect();
                let sets: Vec<String> = fields
                    .iter()
                    .map(
                        |f| if argument(f) == f.ty { f.name.clone() } else { format!("{}: {}.into()", f.name, f.name) },
                    )
                    .chain(["extra: Extra::default()".into()])
                    .collect();
                let method = names::snake(&variant);
                let _ = writeln!(
                    make,
                    "/// `{tag}`.\npub fn {method}({}) -> Self {{ Self::{variant} {{ {} }} }}\n",
                    params.join(", "),
                    sets.join(", ")
                );
            }
        }
        for (spelling, tag) in self.model.bare.get(name).into_iter().flatten() {
            let _ = write!(bare, "{spelling:?} => {},", self.camel(tag));
        }
        let _ = writeln!(
            out,
            "/// `{name}`.{}\n#[derive(Clone, PartialEq)]\n#[non_exhaustive]\npub enum {rust} {{\n{variants}/// A variant that the schema does not know.\nUnknown(Unknown),\n}}\n",
            self.note("type", name)
        );
        let _ = writeln!(out, "union!({rust}, {rust}Tag {{ {macros} }} bare {{ {bare} }});\n");
        if !make.is_empty() {
            let _ = writeln!(out, "impl {rust} {{\n{make}}}\n");
        }
        self.strings(out, &format!("{rust}Tag"), &format!("The tag of a [`{rust}`]."), members.keys(), false);
        Ok(())
    }

    fn strings<'s>(
        &self,
        out: &mut String,
        name: &str,
        doc: &str,
        values: impl Iterator<Item = &'s String>,
        ordered: bool,
    ) {
        let (mut variants, mut macros) = (String::new(), String::new());
        for value in values {
            let variant = self.camel(value);
            let _ = writeln!(variants, "/// `{value}`.\n{variant},");
            let _ = write!(macros, "{variant} {value:?}, ");
        }
        let tool = if name.ends_with("Tag") { "tags" } else { "strings" };
        let unknown = "/// A value that the schema does not know.\nUnknown(Box<str>),\n";
        let (derive, variants) = if ordered {
            ("Clone, PartialEq, Eq, Hash, PartialOrd, Ord", format!("{unknown}{variants}"))
        } else {
            ("Clone, PartialEq, Eq, Hash", format!("{variants}{unknown}"))
        };
        let _ = writeln!(
            out,
            "/// {doc}\n#[derive({derive})]\n#[non_exhaustive]\npub enum {name} {{\n{variants}}}\n\n{tool}!({name} {{ {macros} }});\n"
        );
    }

    pub fn enums(&self) -> anyhow::Result<String> {
        let mut out = format!("{}use crate::wire::strings;\n\n", Self::HEAD);
        for (name, ty) in &self.model.schema.types {
            if let Type::Enum(values) = ty {
                let doc = format!("`{name}`.{}", self.note("type", name));
                self.strings(&mut out, &self.camel(name), &doc, values.iter(), self.model.ordered.contains(name));
            }
        }
        Ok(out)
    }

    /// Events or responses: a record for each, and a union of all.
    pub fn messages(&self, kind: &str, messages: &IndexMap<String, Fields>) -> anyhow::Result<String> {
        let union = if kind == "event" { "Event" } else { "Response" };
        let mut out = format!(
            "{}#[allow(unused_imports)]\nuse std::collections::BTreeMap;\n\n#[allow(unused_imports)]\nuse crate::types;\nuse crate::scalar::*;\nuse crate::wire::{{messages, record, tags}};\n\n",
            Self::HEAD
        );
        let (mut variants, mut macros) = (String::new(), String::new());
        for (tag, fields) in messages {
            let name = self.camel(tag);
            let mut fields = self.fields(tag, fields, false)?;
            for f in &mut fields {
                f.ty = qualify(&f.ty);
            }
            let _ = writeln!(out, "/// The {kind} `{tag}`.{}", self.note(kind, tag));
            self.record(&mut out, &name, &format!(" tag {tag:?}"), &fields, false);
            let _ = writeln!(variants, "/// `{tag}`.{}\n{name}(Box<{name}>),", self.note(kind, tag));
            let _ = write!(macros, "{name} {tag:?};");
        }
        let article = if kind == "event" { "An event of the core." } else { "An answer of the core to a command." };
        let _ = writeln!(
            out,
            "/// {article}\n#[derive(Clone, PartialEq)]\n#[non_exhaustive]\npub enum {union} {{\n{variants}/// A tag that the schema does not know.\nUnknown(Unknown),\n}}\n"
        );
        let answers = if kind == "response" { "answers " } else { "" };
        let _ = writeln!(out, "messages!({answers}{union}, {union}Tag {{ {macros} }});\n");
        self.strings(&mut out, &format!("{union}Tag"), &format!("The tag of an [`{union}`]."), messages.keys(), false);
        Ok(out)
    }
}

/// Type names as seen from the modules of events, responses and commands, whose records may have the same names.
pub fn qualify(ty: &str) -> String {
    for wrapper in ["Option<", "Vec<", "Box<", "NonEmpty<"] {
        if let Some(inner) = ty.strip_prefix(wrapper).and_then(|t| t.strip_suffix('>')) {
            return format!("{wrapper}{}>", qualify(inner));
        }
    }
    let plain = ["i64", "f64", "bool", "String", "Timestamp", "RawJson"];
    if plain.contains(&ty) || ty.ends_with("Id") || ty.starts_with("BTreeMap<") {
        ty.to_owned()
    } else {
        format!("types::{ty}")
    }
}
