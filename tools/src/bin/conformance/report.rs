//! The figures.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::compare::Outcome;
use crate::deviations::Deviations;
use crate::rules::out_of_scope;

#[derive(Default, Clone, Copy)]
struct Share {
    equal: usize,
    all: usize,
}

impl Share {
    fn add(&mut self, equal: bool) {
        self.all += 1;
        self.equal += usize::from(equal);
    }

    fn percent(self) -> f64 {
        if self.all == 0 { 100.0 } else { 100.0 * self.equal as f64 / self.all as f64 }
    }
}

#[derive(Default)]
pub struct Report {
    pub deviations: Deviations,
    scenarios: Vec<(String, bool, Share, usize)>,
    commands: BTreeMap<String, Share>,
    tags: BTreeMap<String, Share>,
}

impl Report {
    pub fn add(&mut self, name: &str, counted: bool, o: Outcome) {
        let mut share = Share::default();
        for c in o.answers.iter().filter(|c| !out_of_scope(&c.what)) {
            share.add(c.equal);
            if counted {
                self.commands.entry(c.what.clone()).or_default().add(c.equal);
            }
        }
        for c in o.events.iter().filter(|c| !out_of_scope(&c.what)) {
            share.add(c.equal);
            if counted {
                self.tags.entry(c.what.clone()).or_default().add(c.equal);
            }
        }
        let differs = o.answers.iter().chain(&o.events).filter(|c| !c.equal && !out_of_scope(&c.what));
        let lines: BTreeSet<usize> = differs.map(|c| c.line).collect();
        if !lines.is_empty() {
            self.deviations.lines.insert(name.to_owned(), lines);
        }
        let extra = o.extra.into_iter().filter(|(tag, _)| !out_of_scope(tag));
        let mut more = 0;
        for (tag, n) in extra {
            more += n;
            self.deviations.extra.insert((name.to_owned(), tag), n);
        }
        self.scenarios.push((name.to_owned(), counted, share, more));
    }

    /// The scenarios replayed.
    pub fn names(&self) -> impl Iterator<Item = &String> {
        self.scenarios.iter().map(|(name, ..)| name)
    }

    /// Prints all figures and returns the mean over commands and tags.
    pub fn print(&self) -> f64 {
        println!("scenario: equal lines of all, share; events that only the simulator has");
        for (name, counted, s, extra) in &self.scenarios {
            let note = if *counted { "" } else { "  (not in the mean)" };
            println!("  {name}: {}/{} {:.1} %, {extra} extra{note}", s.equal, s.all, s.percent());
        }
        for (title, map) in [("command", &self.commands), ("event", &self.tags)] {
            println!("{title}: equal of all, share");
            for (what, s) in map {
                println!("  {what}: {}/{} {:.1} %", s.equal, s.all, s.percent());
            }
        }
        let all: Vec<f64> = self.commands.values().chain(self.tags.values()).map(|s| s.percent()).collect();
        let mean = all.iter().sum::<f64>() / all.len().max(1) as f64;
        let lines = self.commands.values().chain(self.tags.values()).fold(Share::default(), |mut a, s| {
            a.all += s.all;
            a.equal += s.equal;
            a
        });
        println!("all lines: {}/{} {:.1} %", lines.equal, lines.all, lines.percent());
        println!("mean over {} commands and tags: {mean:.1} %", all.len());
        mean
    }
}

/// Where two values differ: the path and both texts, only the first few.
fn differences(path: &str, a: &Value, b: &Value, out: &mut Vec<String>) {
    if a == b || out.len() >= 5 {
        return;
    }
    match (a, b) {
        (Value::Object(x), Value::Object(y)) => {
            for (k, v) in x {
                differences(&format!("{path}.{k}"), v, y.get(k).unwrap_or(&Value::Null), out);
            }
            for (k, v) in y.iter().filter(|(k, _)| !x.contains_key(*k)) {
                differences(&format!("{path}.{k}"), &Value::Null, v, out);
            }
        }
        (Value::Array(x), Value::Array(y)) if x.len() == y.len() => {
            for (i, (v, w)) in x.iter().zip(y).enumerate() {
                differences(&format!("{path}[{i}]"), v, w, out);
            }
        }
        _ => {
            let short = |v: &Value| v.to_string().chars().take(120).collect::<String>();
            out.push(format!("{path}: {} | {}", short(a), short(b)));
        }
    }
}

pub fn show(name: &str, o: &Outcome) {
    println!("{name}: the core's value | the simulator's");
    for c in o.answers.iter().chain(&o.events).filter(|c| !c.equal && !out_of_scope(&c.what)) {
        println!("{name}:{} {} {}", c.line, c.who, c.what);
        let parse = |s: &str| serde_json::from_str(s).unwrap_or(Value::Null);
        let mut out = Vec::new();
        differences("", &parse(&c.recorded), &parse(&c.simulated), &mut out);
        for d in out {
            println!("    {d}");
        }
    }
    for (tag, n) in &o.extra {
        println!("{name}: {n} more {tag} in the simulator");
    }
}
