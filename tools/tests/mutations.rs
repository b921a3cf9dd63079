//! A sample of recorded messages, each of their places changed once; `cargo xtask mutate` tries others.

use simplex_tools::mutations::{Places, Report, check};
use simplex_tools::recording::message;

#[test]
fn a_change_costs_what_was_changed_and_no_more() {
    let (mut places, mut report) = (Places::default(), Report::default());
    for line in include_str!("data/sample.jsonl").lines() {
        let recorded = message(line).unwrap();
        check(&recorded.text, recorded.event, 1, &mut places, &mut report);
    }
    assert!(report.tried > 1000, "only {} changes", report.tried);
    let failures: Vec<String> = report.failures.iter().map(ToString::to_string).collect();
    assert!(failures.is_empty(), "{} of {}:\n{}", failures.len(), report.tried, failures.join("\n"));
}
