//! Messages changed in one place each, and whether decoding bears it: no panic, nothing lost but what was changed.

use std::collections::HashMap;
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

use serde_json::Value;
use serde_json::value::RawValue;
use simplex_types::Frame;

use crate::recording::Message;

/// A step into a value.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Key(String),
    Index(usize),
}

/// A value within a text.
struct Node {
    path: Vec<Step>,
    /// Where it is.
    range: Range<usize>,
    /// Where it is with its key, for members of objects.
    member: Option<Range<usize>>,
    /// The same for all values that stand alike in messages alike.
    place: u64,
}

/// How a value is changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Taken out.
    Removed,
    /// Its key is another.
    Renamed,
    /// It is of another type.
    Retyped,
    /// It is null.
    Null,
    /// A string is another: a tag, a value of an enum, a free text.
    Text,
    /// An object has one more field.
    Added,
}

const CHANGES: [Change; 6] =
    [Change::Removed, Change::Renamed, Change::Retyped, Change::Null, Change::Text, Change::Added];

/// A change that decoding did not bear.
#[derive(Debug)]
pub struct Failure {
    /// What was changed, and how.
    pub change: String,
    /// What came of it.
    pub problem: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.change, self.problem)
    }
}

/// What all changes of a message came to.
#[derive(Debug, Default)]
pub struct Report {
    /// How many changes were tried.
    pub tried: usize,
    /// How many of them made the whole message undecodable: changes to what it cannot be without.
    pub undecodable: Vec<String>,
    /// What decoding did not bear.
    pub failures: Vec<Failure>,
}

/// In how many messages each place was changed.
///
/// Every change has a whole message decoded, and the larger messages are, the more there is to change in them. But the same
/// places come again and again: a place is where a value stands, by the keys and the tags on the way to it.
#[derive(Debug, Default)]
pub struct Places(HashMap<u64, usize>);

impl Places {
    fn is_due(&mut self, place: u64, each: usize) -> bool {
        let tried = self.0.entry(place).or_default();
        *tried += 1;
        *tried <= each
    }
}

/// Changes each value of a message in each way, unless its place was changed in `each` messages before.
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

/// A path as decoding names it.
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

/// Whether a key is no field's: somebody's name, or a server's.
fn is_free(path: &[Step], key: &str) -> bool {
    path.last() == Some(&Step::Key("mentions".to_owned())) || !key.chars().all(|c| c.is_alphanumeric() || c == '_')
}

/// A key that is no field's, as decoding names it.
fn nameless(key: &str) -> String {
    format!("<{} bytes>", key.len())
}

/// A place within another.
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

/// An object's keys and values, undecoded and in order.
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

/// The text with one change; none where the change does not apply.
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
            Some(match (before.strip_suffix(','), after.strip_prefix(',')) {
                (Some(before), _) => format!("{before}{after}"),
                (None, Some(after)) => format!("{before}{after}"),
                (None, None) => format!("{before}{after}"),
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
    /// Something is lost that need not be.
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
    // A WebSocket's error is a frame's body by itself.
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
        // What is lost is said to be; the rest is compared. A list within is lost before what it is in.
        remove(&mut raw, &lost_steps(path, &lost.part));
    }
    let tag = frame.tag();
    let nullary = change == Change::Added;
    compare(&raw, &again, tag, &mut Vec::new(), nullary).map_or(Ok(()), loss)
}

/// The steps of a shown path. Members' names are not shown: those are found by the changed path, which is known in steps.
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

/// What of `raw` is not in `again`.
fn compare(raw: &Value, again: &Value, tag: &str, path: &mut Vec<Step>, nullary: bool) -> Option<String> {
    match (raw, again) {
        (Value::Object(a), Value::Object(b)) => {
            for (key, value) in a {
                let Some(other) = b.get(key) else {
                    // Null is absent; what a member without fields has besides its tag is not looked at; 6.4 lists
                    // groups beside their summaries, later versions put those into the groups.
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
        // Null is absent, and absent may have a default.
        (Value::Null, _) => None,
        _ => (raw != again).then(|| format!("{} is {again}, not {raw}", shown(path))),
    }
}
