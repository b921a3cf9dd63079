//! A sample of recorded messages, changed in a sample of places; `cargo xtask mutate` tries all.

use simplex_tools::mutations::{Report, check};
use simplex_tools::recording::message;

/// One change in so many is tried.
const STRIDE: usize = 7;

#[test]
fn a_change_costs_what_was_changed_and_no_more() {
    let mut report = Report::default();
    for line in include_str!("data/sample.jsonl").lines() {
        let recorded = message(line).unwrap();
        check(&recorded.text, recorded.event, STRIDE, &mut report);
    }
    assert!(report.tried > 1000, "only {} changes", report.tried);
    let failures: Vec<String> = report.failures.iter().map(ToString::to_string).collect();
    assert!(failures.is_empty(), "{} of {}:\n{}", failures.len(), report.tried, failures.join("\n"));
}
