//! Scenario 42: kills at random moments of a receiver that reads its events at once.

use std::time::Duration;

use super::Pair;
use crate::common::Commands;

/// As many messages as were recorded.
const MESSAGES: usize = 45;

fn run(seed: u64) {
    let mut p = Pair::new();
    let (alice, bob) = (p.alice, p.bob);
    let mut rng = fastrand::Rng::with_seed(seed);
    let (mut seen, mut kills) = (Vec::new(), 0);
    let read = |p: &mut Pair, seen: &mut Vec<String>| {
        for e in p.events(bob) {
            for i in e["result"]["chatItems"].as_array().into_iter().flatten() {
                let content = &i["chatItem"]["content"];
                if e["result"]["type"] == "newChatItems" && content["type"] == "rcvMsgContent" {
                    seen.push(content["msgContent"]["text"].as_str().unwrap().to_owned());
                }
            }
        }
    };
    for n in 0..MESSAGES {
        if rng.u32(0..4) == 0 {
            p.net.crash_after(bob, rng.u32(0..3));
        }
        p.send(alice, &format!("k{n}"));
        // A consumer reads at once, unless the kill comes between the message and the reading.
        if rng.bool() {
            read(&mut p, &mut seen);
        }
        if rng.u32(0..6) == 0 {
            p.net.crash(bob);
        }
        if !p.net.is_running(bob) {
            kills += 1;
            p.ok(bob, "/_start main=on");
        }
    }
    if !p.net.is_running(bob) {
        kills += 1;
        p.ok(bob, "/_start main=on");
    }
    let to = p.net.now().plus(Duration::from_secs(5));
    p.net.advance(to);
    if !p.net.is_running(bob) {
        p.ok(bob, "/_start main=on");
    }
    read(&mut p, &mut seen);
    let wanted: Vec<String> = (0..MESSAGES).map(|n| format!("k{n}")).collect();
    assert_eq!(p.texts(bob), wanted, "seed {seed}: stored once each, in order");
    let mut once = seen.clone();
    once.dedup();
    once.sort_by_key(|t| t[1..].parse::<usize>().unwrap());
    assert_eq!(once, seen, "seed {seed}: told at most once each, in order");
    assert!(kills > 0, "seed {seed}: nobody was killed");
}

#[test]
fn s42_what_kills_at_random_moments_leave_is_stored_once_and_in_order() {
    for seed in 0..20 {
        run(seed);
    }
}
