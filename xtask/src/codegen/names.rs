//! Rust names for upstream's.

use std::collections::BTreeMap;

use heck::{ToSnakeCase, ToUpperCamelCase};

/// A type's or a member's name.
pub fn camel(name: &str, exceptions: &BTreeMap<String, String>) -> String {
    exceptions.get(name).cloned().unwrap_or_else(|| name.to_upper_camel_case())
}

/// A field's name.
pub fn snake(name: &str) -> String {
    // A plural of `ID` or `URI` is one word.
    match name.replace("IDs", "Ids").replace("URIs", "Uris").to_snake_case().as_str() {
        "type" => "kind".into(),
        other => other.to_owned(),
    }
}

/// A command's name: upstream's without its prefix.
pub fn command(name: &str, exceptions: &BTreeMap<String, String>) -> String {
    let plain = || name.strip_prefix("API").unwrap_or(name).to_upper_camel_case();
    exceptions.get(&format!("command {name}")).cloned().unwrap_or_else(plain)
}
