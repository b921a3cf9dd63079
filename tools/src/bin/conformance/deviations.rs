//! The committed list of deviations, `DEVIATIONS.md`: it contains every line that differs and every rule of the
//! comparison, with its reason. The check reports what is missing in it, and what is listed but no longer true.
//!
//! A line that differs is a number in an item such as ``- `04-name`: 17, 23``; an event that only the simulator has is
//! `` - `04-name`: newChatItems 2 ``. The prose around these items can be anything.

use std::collections::{BTreeMap, BTreeSet};

use crate::report::Report;
use crate::rules;

const LIST: &str = include_str!("DEVIATIONS.md");

/// The differences: the recorded lines of each scenario, and how many events of each tag only the simulator has.
#[derive(Debug, Default, PartialEq)]
pub struct Deviations {
    pub lines: BTreeMap<String, BTreeSet<usize>>,
    pub extra: BTreeMap<(String, String), usize>,
}

impl Deviations {
    /// The list as it is committed.
    fn committed() -> Self {
        let mut list = Self::default();
        for line in LIST.lines() {
            let Some((name, rest)) = line.strip_prefix("- `").and_then(|l| l.split_once("`: ")) else { continue };
            for part in rest.split(", ") {
                match part.split_once(' ') {
                    None => {
                        if let Ok(line) = part.parse() {
                            list.lines.entry(name.to_owned()).or_default().insert(line);
                        }
                    }
                    Some((tag, count)) => {
                        if let Ok(count) = count.parse() {
                            list.extra.insert((name.to_owned(), tag.to_owned()), count);
                        }
                    }
                }
            }
        }
        list
    }
}

/// Where the committed list differs from the findings, for the scenarios that were replayed.
pub fn check(report: &Report) -> Vec<String> {
    let (listed, found) = (Deviations::committed(), &report.deviations);
    let mut out = Vec::new();
    for name in report.names() {
        let none = BTreeSet::new();
        let (l, f) = (listed.lines.get(name).unwrap_or(&none), found.lines.get(name).unwrap_or(&none));
        out.extend(f.difference(l).map(|n| format!("{name}:{n} differs and is not listed")));
        out.extend(l.difference(f).map(|n| format!("{name}:{n} is listed and does not differ")));
    }
    let of_run = |(name, _): &&(String, String)| report.names().any(|n| n == name);
    for key in found.extra.keys().chain(listed.extra.keys()).filter(of_run).collect::<BTreeSet<_>>() {
        let (f, l) = (found.extra.get(key).copied().unwrap_or(0), listed.extra.get(key).copied().unwrap_or(0));
        if f != l {
            out.push(format!("{}: {f} {} only in the simulator, {l} listed", key.0, key.1));
        }
    }
    for (what, why) in rules::all() {
        let stands = |line: &str| line.contains(&format!("`{what}`")) && line.contains(why);
        if !LIST.lines().any(stands) {
            out.push(format!("the rule `{what}` ({why}) is not listed"));
        }
    }
    out
}
