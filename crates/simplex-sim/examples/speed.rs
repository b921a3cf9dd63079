//! How fast a network in this process is, and how much memory many users take: `cargo run --release -p simplex-sim
//! --example speed [USERS]`.

#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::indexing_slicing, reason = "a measurement")]

use std::time::Instant;

use serde_json::Value;
use simplex_sim::{CoreId, Network, Settings};

fn user(net: &mut Network, name: &str) -> CoreId {
    let core = net.open(name, "").unwrap();
    let cmd = format!(r#"/_create user {{"profile":{{"displayName":"{name}","fullName":""}},"pastTimestamp":false}}"#);
    net.command(core, &cmd).unwrap();
    net.command(core, "/_start main=on").unwrap();
    core
}

fn address(net: &mut Network, core: CoreId) -> String {
    let v: Value = serde_json::from_str(&net.command(core, "/_address 1").unwrap()).unwrap();
    net.command(core, r#"/_address_settings 1 {"businessAddress":false,"autoAccept":{"acceptIncognito":false}}"#);
    v["result"]["connLinkContact"]["connFullLink"].as_str().unwrap().to_owned()
}

fn drain(net: &mut Network, core: CoreId) -> usize {
    std::iter::from_fn(|| net.take_event(core)).count()
}

fn resident_mib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|l| l.starts_with("VmRSS")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|n| n.parse::<u64>().ok()).unwrap_or(0) / 1024
}

fn main() {
    let users = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(10_000);
    let mut net = Network::new(Settings::default());
    let (alice, bob) = (user(&mut net, "alice"), user(&mut net, "bob"));
    let link = address(&mut net, bob);
    net.command(alice, &format!("/_connect 1 {link}")).unwrap();
    let rounds = 100_000;
    let begin = Instant::now();
    let (mut events, mut bytes) = (0, 0);
    for n in 0..rounds {
        for core in [alice, bob] {
            let cmd = format!(r#"/_send @4 json [{{"msgContent":{{"type":"text","text":"{n}"}},"mentions":{{}}}}]"#);
            bytes += net.command(core, &cmd).unwrap().len();
            events += drain(&mut net, alice) + drain(&mut net, bob);
        }
    }
    let took = begin.elapsed().as_secs_f64();
    println!("{:.0} round trips a second ({events} events, {bytes} bytes of answers)", f64::from(rounds) / took);

    let mut net = Network::new(Settings::default());
    let before = resident_mib();
    let begin = Instant::now();
    let bot = user(&mut net, "bot");
    let link = address(&mut net, bot);
    for n in 0..users {
        let u = user(&mut net, &format!("user{n}"));
        net.command(u, &format!("/_connect 1 {link}")).unwrap();
        let send = r#"/_send @4 json [{"msgContent":{"type":"text","text":"hello"},"mentions":{}}]"#;
        net.command(u, send).unwrap();
        drain(&mut net, u);
        drain(&mut net, bot);
    }
    println!(
        "{users} users connected to one bot, one message each: {} MiB more, {:.1} s",
        resident_mib() - before,
        begin.elapsed().as_secs_f64()
    );
}
