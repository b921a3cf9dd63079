//! How fast a network in this process is, and how much memory many users take: `cargo run --release -p simplex-sim
//! --example speed [talk | long | users | group [NUMBER]]`; everything without an argument.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    reason = "a measurement"
)]

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

/// A group of so many members, who came by its link, and one message to all.
fn group(members: usize) {
    let mut net = Network::new(Settings::default());
    let (before, begin) = (resident_mib(), Instant::now());
    let owner = user(&mut net, "owner");
    net.command(owner, r#"/_group 1 {"displayName":"crowd","fullName":""}"#).unwrap();
    let made: Value = serde_json::from_str(&net.command(owner, "/_create link #1 member").unwrap()).unwrap();
    let join =
        format!("/_connect 1 {}", made["result"]["groupLink"]["connLinkContact"]["connFullLink"].as_str().unwrap());
    let mut all = vec![owner];
    let mut events = 0;
    for n in 1..members {
        let u = user(&mut net, &format!("member{n}"));
        net.command(u, &join).unwrap();
        all.push(u);
        events += all.iter().map(|c| drain(&mut net, *c)).sum::<usize>();
    }
    println!(
        "a group of {members} built: {} MiB more, {:.2} s, {events} events",
        resident_mib() - before,
        begin.elapsed().as_secs_f64()
    );
    let begin = Instant::now();
    net.command(owner, r#"/_send #1 json [{"msgContent":{"type":"text","text":"hello"},"mentions":{}}]"#).unwrap();
    events = all.iter().map(|c| drain(&mut net, *c)).sum();
    println!("one message to all of them: {:.1} ms, {events} events", begin.elapsed().as_secs_f64() * 1e3);
}

/// Many messages in one chat, read in pages from both ends.
fn long(messages: usize) {
    let mut net = Network::new(Settings::default());
    let (alice, bob) = (user(&mut net, "alice"), user(&mut net, "bob"));
    let link = address(&mut net, bob);
    net.command(alice, &format!("/_connect 1 {link}")).unwrap();
    let (before, begin) = (resident_mib(), Instant::now());
    for n in 0..messages {
        let cmd = format!(r#"/_send @4 json [{{"msgContent":{{"type":"text","text":"{n}"}},"mentions":{{}}}}]"#);
        net.command(alice, &cmd).unwrap();
        drain(&mut net, alice);
        drain(&mut net, bob);
    }
    println!(
        "{messages} messages in one chat: {} MiB more, {:.2} s",
        resident_mib() - before,
        begin.elapsed().as_secs_f64()
    );
    let begin = Instant::now();
    let (mut after, mut pages) = (1, 0);
    loop {
        let page: Value =
            serde_json::from_str(&net.command(bob, &format!("/_get chat @4 after={after} count=100")).unwrap())
                .unwrap();
        let items = page["result"]["chat"]["chatItems"].as_array().unwrap();
        let Some(last) = items.last() else { break };
        after = last["chatItem"]["meta"]["itemId"].as_i64().or(last["meta"]["itemId"].as_i64()).unwrap();
        pages += 1;
    }
    println!("paged: {pages} pages, {:.2} s", begin.elapsed().as_secs_f64());
    let begin = Instant::now();
    for n in 0..1000 {
        net.command(bob, &format!("/_read chat items @4 {}", 10 + n)).unwrap();
    }
    println!("1000 marked read: {:.2} s", begin.elapsed().as_secs_f64());
}

/// Two people who answer each other.
fn talk(rounds: usize) {
    let mut net = Network::new(Settings::default());
    let (alice, bob) = (user(&mut net, "alice"), user(&mut net, "bob"));
    let link = address(&mut net, bob);
    net.command(alice, &format!("/_connect 1 {link}")).unwrap();
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
    println!("{:.0} round trips a second ({events} events, {bytes} bytes of answers)", rounds as f64 / took);
}

/// Users who all write to one bot.
fn users(number: usize) {
    let mut net = Network::new(Settings::default());
    let before = resident_mib();
    let begin = Instant::now();
    let bot = user(&mut net, "bot");
    let link = address(&mut net, bot);
    for n in 0..number {
        let u = user(&mut net, &format!("user{n}"));
        net.command(u, &format!("/_connect 1 {link}")).unwrap();
        let send = r#"/_send @4 json [{"msgContent":{"type":"text","text":"hello"},"mentions":{}}]"#;
        net.command(u, send).unwrap();
        drain(&mut net, u);
        drain(&mut net, bot);
    }
    println!(
        "{number} users connected to one bot, one message each: {} MiB more, {:.1} s",
        resident_mib() - before,
        begin.elapsed().as_secs_f64()
    );
}

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let number = args.get(2).and_then(|n| n.parse().ok());
    for (name, run, usual) in
        [("talk", talk as fn(usize), 100_000), ("long", long, 10_000), ("users", users, 10_000), ("group", group, 500)]
    {
        if args.get(1).is_none_or(|only| only == name) {
            run(number.unwrap_or(usual));
        }
    }
}
