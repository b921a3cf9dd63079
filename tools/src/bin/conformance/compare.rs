//! Compares answers one to one, and events in order per chat.

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;

use crate::replay::{Line, Run};
use crate::rules::normalise;

/// One compared line.
pub struct Compared {
    pub line: usize,
    pub who: String,
    /// The command's first words, or the event's tag.
    pub what: String,
    pub equal: bool,
    pub recorded: String,
    pub simulated: String,
}

pub struct Outcome {
    pub answers: Vec<Compared>,
    pub events: Vec<Compared>,
    /// Events that only the simulator has, by tag.
    pub extra: BTreeMap<String, usize>,
}

fn normal(text: &str) -> Value {
    let mut v: Value = serde_json::from_str(text).unwrap_or(Value::String(text.to_owned()));
    normalise(&mut v);
    v
}

/// A command's words: `/_get chat`, `/_send`, `@name`.
pub fn words(text: &str) -> String {
    let mut out = String::new();
    for (i, w) in text.split_whitespace().enumerate() {
        let name = if i == 0 { w.trim_start_matches('/') } else { w };
        if i == 0 && w.starts_with(['@', '#', '!', '>', '\\']) {
            return "(by name)".into();
        }
        if i > 2 || name.is_empty() || !name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_') {
            break;
        }
        if i > 0 {
            out.push(' ');
        }
        out.push_str(w);
    }
    if out.is_empty() { "(none)".into() } else { out }
}

/// An event's tag; `(call)` for items and updates about a call in a chat.
pub fn tag(text: &str) -> String {
    let v: Value = serde_json::from_str(text).unwrap_or_default();
    let r = &v["result"];
    let item = r.pointer("/chatItems/0/chatItem").or_else(|| r.pointer("/chatItem/chatItem"));
    let content = item.and_then(|i| i.pointer("/content/type")).and_then(Value::as_str);
    let of_call = r["errorMessage"].as_str().is_some_and(|m| m.starts_with("x.call."));
    if of_call || matches!(content, Some("sndCall" | "rcvCall")) {
        return "(call)".into();
    }
    match v.get("result") {
        Some(r) => r["type"].as_str().unwrap_or("?").to_owned(),
        None => "(error)".into(),
    }
}

/// The contact or group that a message is about.
fn chat(v: &Value) -> Option<String> {
    match v {
        Value::Object(m) => {
            let id = |key: &str, beside: &str| m.get(key).and_then(Value::as_i64).filter(|_| m.contains_key(beside));
            let contact = id("contactId", "mergedPreferences").map(|id| format!("@{id}"));
            let group = || id("groupId", "membership").map(|id| format!("#{id}"));
            contact.or_else(group).or_else(|| m.values().find_map(chat))
        }
        Value::Array(a) => a.iter().find_map(chat),
        _ => None,
    }
}

/// The stream of a party that an event belongs to: the protocol fixes the order only within one stream.
fn stream(v: &Value) -> String {
    let tag = v["result"]["type"].as_str().unwrap_or("error");
    match chat(v) {
        // Status updates of sent and of received messages may come in either order.
        Some(chat) if tag == "chatItemsStatusesUpdated" => {
            let status = v.pointer("/result/chatItems/0/chatItem/meta/itemStatus/type");
            format!("{chat} {tag} {}", status.map(Value::to_string).unwrap_or_default())
        }
        // Files, and messages of different members of a group, may come in any order.
        Some(chat) if chat.starts_with('#') || tag.contains("File") => {
            let who = v.pointer("/result/chatItems/0/chatItem/chatDir/groupMember/groupMemberId");
            format!("{chat} {tag} {}", who.map(Value::to_string).unwrap_or_default())
        }
        Some(chat) => chat,
        None => tag.to_owned(),
    }
}

pub fn compare(lines: &[Line], run: &Run) -> Outcome {
    let (events, extra) = compared_events(lines, run);
    Outcome { answers: compared_answers(lines, run), events, extra }
}

fn compared_answers(lines: &[Line], run: &Run) -> Vec<Compared> {
    let commands: HashMap<(&str, i64), &Line> =
        lines.iter().filter(|l| l.dir == "cmd").filter_map(|l| l.id.map(|id| ((l.who.as_str(), id), l))).collect();
    let mut answers = Vec::new();
    for l in lines.iter().filter(|l| l.dir == "resp") {
        let Some(id) = l.id else { continue };
        let Some(cmd) = commands.get(&(l.who.as_str(), id)) else { continue };
        let simulated = run.answers.get(&(l.who.clone(), id)).cloned().unwrap_or_default();
        let (a, b) = (normal(&l.text), normal(&simulated));
        answers.push(Compared {
            line: l.number,
            who: l.who.clone(),
            what: words(&cmd.text),
            equal: a == b,
            recorded: a.to_string(),
            simulated: b.to_string(),
        });
    }
    answers
}

fn compared_events(lines: &[Line], run: &Run) -> (Vec<Compared>, BTreeMap<String, usize>) {
    let mut events = Vec::new();
    let mut extra = BTreeMap::new();
    let mut recorded: BTreeMap<(String, String), Vec<(&Line, Value)>> = BTreeMap::new();
    for l in lines.iter().filter(|l| l.dir == "event") {
        let v = normal(&l.text);
        recorded.entry((l.who.clone(), stream(&v))).or_default().push((l, v));
    }
    let mut simulated: BTreeMap<(String, String), Vec<Value>> = BTreeMap::new();
    for (who, list) in &run.events {
        for e in list {
            let v = normal(e);
            simulated.entry((who.clone(), stream(&v))).or_default().push(v);
        }
    }
    for (key, rec) in recorded {
        let sim = simulated.remove(&key).unwrap_or_default();
        let pairs = align(&rec, &sim);
        let left: Vec<&Value> =
            sim.iter().enumerate().filter(|(i, _)| !pairs.contains(&Some(*i))).map(|(_, s)| s).collect();
        for ((l, v), p) in rec.iter().zip(&pairs) {
            // The simulated event that probably corresponds to it, to be shown.
            let guess = match p {
                Some(p) => sim.get(*p),
                None => left.iter().copied().find(|s| s["result"]["type"] == v["result"]["type"]),
            };
            events.push(Compared {
                line: l.number,
                who: l.who.clone(),
                what: tag(&l.text),
                equal: p.is_some(),
                recorded: v.to_string(),
                simulated: guess.map(Value::to_string).unwrap_or_default(),
            });
        }
        for s in left {
            *extra.entry(tag(&s.to_string())).or_insert(0) += 1;
        }
    }
    for list in simulated.values() {
        for s in list {
            *extra.entry(tag(&s.to_string())).or_insert(0) += 1;
        }
    }
    events.sort_by_key(|c| c.line);
    (events, extra)
}

/// The longest common subsequence of two streams: for each recorded event the equal simulated one.
fn align(rec: &[(&Line, Value)], sim: &[Value]) -> Vec<Option<usize>> {
    let (n, m) = (rec.len(), sim.len());
    let mut best = vec![vec![0u32; m + 1]; n + 1];
    for i in (0..n).rev() {
        for j in (0..m).rev() {
            best[i][j] = if rec[i].1 == sim[j] { best[i + 1][j + 1] + 1 } else { best[i + 1][j].max(best[i][j + 1]) };
        }
    }
    let mut out = vec![None; n];
    let (mut i, mut j) = (0, 0);
    while i < n && j < m {
        if rec[i].1 == sim[j] {
            out[i] = Some(j);
            i += 1;
            j += 1;
        } else if best[i + 1][j] >= best[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    out
}
