//! Changes messages in one place at a time and checks decoding: no panics, and nothing lost but the changed part.

use std::collections::HashMap;
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

use serde_json::Value;
use serde_json::value::RawValue;
use simplex_types::Frame;

use crate::recording::Message;

/// A step of the path to a value.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Key(String),
    Index(usize),
}

/// A value within a text.
struct Node {
    path: Vec<Step>,
    /// Its position.
    range: Range<usize>,
    /// Its position together with its key, for members of objects.
    member: Option<Range<usize>>,
    /// Equal for values in the same place of similar messages.
    place: u64,
}

/// How a value is changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// It is removed.
    Removed,
    /// Its key is changed.
    Renamed,
    /// It gets another type.
    Retyped,
    /// It becomes null.
    Null,
    /// A string gets another value: a tag, a value of an enum, a free text.
    Text,
    /// An object gets one more field.
    Added,
}

const CHANGES: [Change; 6] =
    [Change::Removed, Change::Renamed, Change::Retyped, Change::Null, Change::Text, Change::Added];

/// A change after which decoding did not do what it must.
#[derive(Debug)]
pub struct Failure {
    /// What was changed, and how.
    pub change: String,
    /// What went wrong.
    pub problem: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.change, self.problem)
    }
}

/// The result of all changes of a message.
#[derive(Debug, Default)]
pub struct Report {
    /// How many changes were tried.
    pub tried: usize,
    /// The changes that made the whole message undecodable, since it cannot do without the changed part.
    pub undecodable: Vec<String>,
    /// The changes after which decoding did not do what it must.
    pub failures: Vec<Failure>,
}

/// Counts in how many messages each place was changed.
///
/// Every change means decoding a whole message, and larger messages have more places to change. But the same places
/// occur again and again: a place is the position of a value, given by the keys and tags on the path to it.
#[derive(Debug, Default)]
pub struct Places(HashMap<u64, usize>);

impl Places {
    fn is_due(&mut self, place: u64, each: usize) -> bool {
        let tried = self.0.entry(place).or_default();
        *tried += 1;
        *tried <= each
    }
}

/// Changes each value of a message in each way, unless its place was already changed in `each` messages.
pub fn check(text: &str, event: bool, each: usize, places: &mut Places, report: &mut Report) {
    let mut nodes = Vec::new();
    walk(text, text, &mut Vec::new(), None, placed(0, &event), &mut nodes);
    let body =
        |path: &[Step]| matches!(path.first(), Some(Step::Key(key)) if ["result", "error", "resp"].contains(&&**key));
    let nodes = nodes.iter().filter(|n| body(&n.path) && places.is_due(n.place, each));
    for (node, change) in nodes.flat_map(|n| CHANGES.map(|c| (n, c))) {
        let Some(changed) = changed(text, node, change) else { continue };
        report.tried += 1;
        // The path within the body.
        let path = &node.path[1..];
        let name = format!("{} {change:?}", shown(path));
        let outcome = std::panic::catch_unwind(|| verify(&changed, event, path, change));
        match outcome {
            Ok(Ok(())) => {}
            Ok(Err(Problem::Undecodable(reason))) => report.undecodable.push(format!("{name}: {reason}")),
            Ok(Err(Problem::Loss(problem))) => report.failures.push(Failure { change: name, problem }),
            Err(_) => report.failures.push(Failure { change: name, problem: "panicked".into() }),
        }
    }
}

/// A path as the decoder writes it.
fn shown(path: &[Step]) -> String {
    let mut text = String::new();
    for (at, step) in path.iter().enumerate() {
        match step {
            Step::Key(key) => {
                let key = if is_free(&path[..at], key) { nameless(key) } else { key.clone() };
                text = if text.is_empty() { key } else { format!("{text}.{key}") };
            }
            Step::Index(index) => text += &format!("[{index}]"),
        }
    }
    text
}

/// Whether a key is not a field name but data: the name of a person or of a server.
fn is_free(path: &[Step], key: &str) -> bool {
    path.last() == Some(&Step::Key("mentions".to_owned())) || !key.chars().all(|c| c.is_alphanumeric() || c == '_')
}

/// A key that is not a field name, as the decoder writes it.
fn nameless(key: &str) -> String {
    format!("<{} bytes>", key.len())
}

/// Combines a place with a step inside it.
fn placed(within: u64, what: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    within.hash(&mut hasher);
    what.hash(&mut hasher);
    hasher.finish()
}

/// Finds every value in a text.
fn walk(
    whole: &str,
    value: &str,
    path: &mut Vec<Step>,
    member: Option<Range<usize>>,
    place: u64,
    nodes: &mut Vec<Node>,
) {
    let start = value.as_ptr() as usize - whole.as_ptr() as usize;
    nodes.push(Node { path: path.clone(), range: start..start + value.len(), member, place });
    let at = |part: &str| part.as_ptr() as usize - whole.as_ptr() as usize;
    if value.starts_with('{') {
        let Ok(members) = serde_json::from_str::<Members<'_>>(value) else { return };
        let tag = members.0.iter().find(|(key, raw)| *key == "\"type\"" && raw.starts_with('"'));
        let place = placed(place, &tag.map(|(_, tag)| tag));
        for (key, raw) in members.0 {
            let name = key.trim_matches('"');
            let place = placed(place, &if is_free(path, name) { "" } else { name });
            path.push(Step::Key(name.to_owned()));
            walk(whole, raw, path, Some(at(key)..at(raw) + raw.len()), place, nodes);
            path.pop();
        }
    } else if value.starts_with('[') {
        let Ok(elements) = serde_json::from_str::<Vec<&RawValue>>(value) else { return };
        for (index, raw) in elements.iter().enumerate() {
            path.push(Step::Index(index));
            walk(whole, raw.get(), path, None, placed(place, &"[]"), nodes);
            path.pop();
        }
    }
}

/// The keys and values of an object, undecoded and in order.
struct Members<'a>(Vec<(&'a str, &'a str)>);

impl<'de> serde::Deserialize<'de> for Members<'de> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct V;
        impl<'de> serde::de::Visitor<'de> for V {
            type Value = Members<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some((key, value)) = map.next_entry::<&RawValue, &RawValue>()? {
                    members.push((key.get(), value.get()));
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(V)
    }
}

/// The text with one change; `None` where the change does not apply.
fn changed(text: &str, node: &Node, change: Change) -> Option<String> {
    let value = &text[node.range.clone()];
    let put = |range: &Range<usize>, new: &str| format!("{}{new}{}", &text[..range.start], &text[range.end..]);
    if node.path.len() == 1 && change != Change::Added {
        return None;
    }
    match change {
        Change::Removed => {
            let range = node.member.as_ref().unwrap_or(&node.range);
            let (before, after) = (&text[..range.start], &text[range.end..]);
            Some(match before.strip_suffix(',') {
                Some(before) => format!("{before}{after}"),
                None => format!("{before}{}", after.strip_prefix(',').unwrap_or(after)),
            })
        }
        Change::Renamed => {
            let member = node.member.as_ref()?;
            Some(format!("{}\"zz{}", &text[..member.start], &text[member.start + 1..]))
        }
        Change::Retyped => Some(match value.as_bytes().first()? {
            b'"' | b'{' => put(&node.range, "42"),
            b'[' => put(&node.range, "{}"),
            _ => put(&node.range, "\"zz\""),
        }),
        Change::Null => (value != "null").then(|| put(&node.range, "null")),
        Change::Text => value.starts_with('"').then(|| put(&node.range, "\"zzOther\"")),
        Change::Added => {
            let rest = value.strip_prefix('{')?;
            let comma = if rest.trim_start().starts_with('}') { "" } else { "," };
            Some(put(&node.range, &format!("{}{comma}\"zzAdded\":{{\"a\":[1]}}}}", value.strip_suffix('}')?)))
        }
    }
}

enum Problem {
    /// The message does not decode, and its error says so.
    Undecodable(String),
    /// Something was lost without need.
    Loss(String),
}

fn verify(text: &str, event: bool, path: &[Step], change: Change) -> Result<(), Problem> {
    let loss = |problem: String| Err(Problem::Loss(problem));
    let frame = Frame::parse(text.to_owned());
    let (message, lost) = match Message::decode(&frame, event) {
        Ok(decoded) => decoded,
        Err(error) => {
            if error.frame().text() != text {
                return loss("the error does not have the message".into());
            }
            if path.iter().any(|step| matches!(step, Step::Index(_))) {
                return loss(format!("the neighbours are gone too: {error}"));
            }
            return Err(Problem::Undecodable(error.to_string()));
        }
    };
    let mut raw: Value = serde_json::from_str(frame.body()).map_err(|e| Problem::Loss(e.to_string()))?;
    let json = message.to_json().map_err(|e| Problem::Loss(e.to_string()))?;
    let again: Value = serde_json::from_str(&json).map_err(|e| Problem::Loss(e.to_string()))?;
    // For an error on a WebSocket, the error is the whole body of the frame.
    let path = match path {
        [Step::Key(key), rest @ ..] if key == "chatError" && text.contains("chatCmdError") => rest,
        path => path,
    };
    let changed = shown(path);
    for lost in lost.iter().rev() {
        if lost.part == "(the whole)" && lost.kept {
            continue;
        }
        if !changed.starts_with(&*lost.part) && !lost.part.starts_with(&changed) {
            return loss(format!("{} is lost: {} {}", lost.part, lost.path, lost.reason));
        }
        if lost.kept {
            continue;
        }
        // What the decoder reports as lost is removed, and the rest is compared. Inner lists are reported before outer
        // ones.
        remove(&mut raw, &lost_steps(path, &lost.part));
    }
    let tag = frame.tag();
    let nullary = change == Change::Added;
    compare(&raw, &again, tag, &mut Vec::new(), nullary).map_or(Ok(()), loss)
}

/// The steps of a written path. It does not show names of people: the changed path, which is known in steps, has them.
fn lost_steps(changed: &[Step], shown_path: &str) -> Vec<Step> {
    for end in 0..=changed.len() {
        if shown(&changed[..end]) == shown_path {
            return changed[..end].to_vec();
        }
    }
    let mut steps = Vec::new();
    for part in shown_path.split('.') {
        let mut pieces = part.split('[');
        steps.extend(pieces.next().filter(|key| !key.is_empty()).map(|key| Step::Key(key.to_owned())));
        steps.extend(pieces.filter_map(|i| i.trim_end_matches(']').parse().ok()).map(Step::Index));
    }
    steps
}

fn remove(value: &mut Value, path: &[Step]) {
    match (path, value) {
        ([Step::Key(key)], Value::Object(map)) => map.retain(|known, _| known != key && nameless(known) != *key),
        ([Step::Index(index)], Value::Array(list)) if *index < list.len() => {
            list.remove(*index);
        }
        ([Step::Key(key), rest @ ..], Value::Object(map)) => {
            if let Some(value) = map.get_mut(key) {
                remove(value, rest);
            }
        }
        ([Step::Index(index), rest @ ..], Value::Array(list)) => {
            if let Some(value) = list.get_mut(*index) {
                remove(value, rest);
            }
        }
        _ => {}
    }
}

/// The first part of `raw` that is not in `again`.
fn compare(raw: &Value, again: &Value, tag: &str, path: &mut Vec<Step>, nullary: bool) -> Option<String> {
    match (raw, again) {
        (Value::Object(a), Value::Object(b)) => {
            for (key, value) in a {
                let Some(other) = b.get(key) else {
                    // Null means absent; of a union member without fields, only the tag is compared; 6.4 lists groups
                    // next to their summaries, while later versions put the summaries into the groups.
                    let listed = tag == "groupsList" && path.len() == 2;
                    if value.is_null() || (nullary && key == "zzAdded" && b.len() == 1) || listed {
                        continue;
                    }
                    return Some(format!("{}.{key} is gone", shown(path)));
                };
                path.push(Step::Key(key.clone()));
                let problem = compare(value, other, tag, path, nullary);
                path.pop();
                if problem.is_some() {
                    return problem;
                }
            }
            None
        }
        (Value::Array(a), Value::Array(b)) => {
            if a.len() != b.len() {
                return Some(format!("{} has {} elements, not {}", shown(path), b.len(), a.len()));
            }
            for (index, (value, other)) in a.iter().zip(b).enumerate() {
                path.push(Step::Index(index));
                let problem = compare(value, other, tag, path, nullary);
                path.pop();
                if problem.is_some() {
                    return problem;
                }
            }
            None
        }
        // Before 7.0 a connection's status is a bare string.
        (Value::String(a), Value::Object(b)) => {
            let camel = if a == "snd-ready" { "sndReady" } else { a };
            (b.get("type").and_then(Value::as_str) != Some(camel)).then(|| format!("{} is another", shown(path)))
        }
        // Null means absent, and an absent field may have a default.
        (Value::Null, _) => None,
        _ => (raw != again).then(|| format!("{} is {again}, not {raw}", shown(path))),
    }
}
