//! What changed between two releases.

use std::fmt::Write;

use indexmap::IndexMap;

use super::ir::{Fields, Schema, Type};

/// A list of what `to` added, removed and changed.
pub fn diff(from: &Schema, to: &Schema) -> String {
    let mut out = format!("{} → {}\n", from.version, to.version);
    let mut section = |title: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            let _ = writeln!(out, "\n{title}");
            for line in lines {
                let _ = writeln!(out, "  {line}");
            }
        }
    };
    section(
        "commands",
        compare(&from.commands, &to.commands, |a, b| {
            let mut changes = fields(&a.params, &b.params);
            if a.syntax != b.syntax {
                changes.push("syntax".into());
            }
            if a.network != b.network {
                changes.push(format!("network {} → {}", a.network, b.network));
            }
            changes.extend(list(&a.responses, &b.responses).into_iter().map(|c| format!("response {c}")));
            changes
        }),
    );
    section("responses", compare(&from.responses, &to.responses, fields));
    section("events", compare(&from.events, &to.events, fields));
    section("types", compare(&from.types, &to.types, types));
    out
}

fn types(a: &Type, b: &Type) -> Vec<String> {
    match (a, b) {
        (Type::Record(a), Type::Record(b)) => fields(a, b),
        (Type::Union(a), Type::Union(b)) => compare(a, b, fields),
        (Type::Enum(a), Type::Enum(b)) => list(a, b),
        _ => vec![format!("{} → {}", kind(a), kind(b))],
    }
}

fn kind(ty: &Type) -> &'static str {
    match ty {
        Type::Record(_) => "record",
        Type::Union(_) => "union",
        Type::Enum(_) => "enum",
    }
}

fn fields(a: &Fields, b: &Fields) -> Vec<String> {
    compare(a, b, |a, b| if a == b { vec![] } else { vec![format!("{a} → {b}")] })
}

fn list(a: &[String], b: &[String]) -> Vec<String> {
    let removed = a.iter().filter(|x| !b.contains(x)).map(|x| format!("- {x}"));
    let added = b.iter().filter(|x| !a.contains(x)).map(|x| format!("+ {x}"));
    removed.chain(added).collect()
}

fn compare<T>(
    a: &IndexMap<String, T>,
    b: &IndexMap<String, T>,
    changes: impl Fn(&T, &T) -> Vec<String>,
) -> Vec<String> {
    let mut lines: Vec<String> = a.keys().filter(|k| !b.contains_key(*k)).map(|k| format!("- {k}")).collect();
    for (key, new) in b {
        match a.get(key) {
            None => lines.push(format!("+ {key}")),
            Some(old) => {
                let changes = changes(old, new);
                if !changes.is_empty() {
                    lines.push(format!("~ {key}: {}", changes.join(", ")));
                }
            }
        }
    }
    lines
}
