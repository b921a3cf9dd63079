//! Answers as the schema documents them, for commands by name: with everything that must be there, and no more.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde_json::{Map, Value, json};

struct Schema {
    commands: HashMap<String, Vec<String>>,
    responses: Map<String, Value>,
    types: Map<String, Value>,
}

static SCHEMA: LazyLock<Schema> = LazyLock::new(|| {
    let read = |text: &str| serde_json::from_str::<Value>(text).expect("JSON");
    let mut schema = Schema { commands: HashMap::new(), responses: Map::new(), types: Map::new() };
    let overlays =
        [include_str!("../../../../schema/overlay.json"), include_str!("../../../../schema/overlay-api.json")]
            .map(read);
    schema.take(&read(include_str!("../../../../schema/simplex-chat-7.0.2.json")));
    for define in overlays.iter().flat_map(|overlay| list(&overlay["define"])) {
        schema.take(define);
    }
    for correction in overlays.iter().flat_map(|overlay| list(&overlay["corrections"])) {
        schema.correct(correction);
    }
    schema
});

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn names(value: &Value) -> Vec<String> {
    list(value).filter_map(Value::as_str).map(str::to_owned).collect()
}

impl Schema {
    fn take(&mut self, part: &Value) {
        for (name, command) in part["commands"].as_object().into_iter().flatten() {
            self.commands.insert(name.clone(), names(&command["responses"]));
        }
        self.responses.extend(part["responses"].as_object().cloned().unwrap_or_default());
        self.types.extend(part["types"].as_object().cloned().unwrap_or_default());
    }

    fn correct(&mut self, correction: &Value) {
        if let (Some(name), Some(_)) = (correction["command"].as_str(), correction.get("responses")) {
            self.commands.insert(name.to_owned(), names(&correction["responses"]));
        }
        let Some(name) = correction["type"].as_str() else { return };
        if let Some(values) = correction.get("values") {
            self.types.insert(name.to_owned(), json!({ "enum": values }));
        }
        for (field, kind) in correction["fields"].as_object().into_iter().flatten() {
            let (name, member) = name.split_once('.').map_or((name, None), |(name, member)| (name, Some(member)));
            let part = match member {
                Some(member) => &mut self.types[name]["union"][member],
                None => &mut self.types[name]["record"],
            };
            part[field] = kind.clone();
        }
    }

    fn fields(&self, fields: &Value) -> Map<String, Value> {
        let fields = fields.as_object().into_iter().flatten();
        let needed = fields.filter_map(|(name, kind)| Some((name, kind.as_str().filter(|kind| !kind.ends_with('?'))?)));
        needed.map(|(name, kind)| (name.clone(), self.value(kind))).collect()
    }

    fn value(&self, kind: &str) -> Value {
        if let Some(element) = kind.strip_prefix('[') {
            // A list that may be empty is: it need not end otherwise.
            return element.strip_suffix("]+").map_or(json!([]), |element| json!([self.value(element)]));
        }
        match kind {
            _ if kind.starts_with('{') => json!({}),
            "int" | "int64" | "word32" => json!(1),
            "double" => json!(0.5),
            "bool" => json!(false),
            "string" => json!("text"),
            "timestamp" => json!("2026-11-21T03:17:01Z"),
            "object" => json!({}),
            name => self.named(name),
        }
    }

    fn named(&self, name: &str) -> Value {
        let kind = self.types.get(name).unwrap_or_else(|| panic!("no type {name}"));
        if let Some(record) = kind.get("record") {
            return Value::Object(self.fields(record));
        }
        if let Some(values) = kind.get("enum") {
            return values[0].clone();
        }
        let (tag, fields) = kind["union"].as_object().and_then(|members| members.iter().next()).expect("a member");
        let mut made = Map::from_iter([("type".to_owned(), json!(tag))]);
        made.extend(self.fields(fields));
        Value::Object(made)
    }
}

/// The documented answers of a command, each with its tag.
pub fn documented(command: &str) -> Vec<(String, String)> {
    let tags = SCHEMA.commands.get(command).unwrap_or_else(|| panic!("no command {command}"));
    tags.iter().map(|tag| (tag.clone(), answer(tag))).collect()
}

/// An answer of this tag.
pub fn answer(tag: &str) -> String {
    let fields = SCHEMA.responses.get(tag).unwrap_or_else(|| panic!("no answer {tag}"));
    let mut body = Map::from_iter([("type".to_owned(), json!(tag))]);
    body.extend(SCHEMA.fields(fields));
    json!({ "result": body }).to_string()
}
