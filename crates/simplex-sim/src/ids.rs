//! Ids, keys and links that look like the core's, drawn from the network's own generator.

use std::sync::Arc;

use base64ct::{Base64, Encoding};
use fastrand::Rng;

const URL64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// This many random characters of the URL alphabet.
pub(crate) fn random(rng: &mut Rng, n: usize) -> String {
    (0..n).map(|_| char::from(URL64[rng.usize(..64)])).collect()
}

/// Base64 of sixteen random characters: message and connection ids.
pub(crate) fn id16(rng: &mut Rng) -> Arc<str> {
    let bytes: [u8; 16] = std::array::from_fn(|_| URL64[rng.usize(..64)]);
    Base64::encode_string(&bytes).into()
}

/// A group link's id.
pub(crate) fn link_id(rng: &mut Rng) -> String {
    format!("{}==", random(rng, 22))
}

/// The security code of two ends of a connection: the same for both.
pub(crate) fn code(a: (usize, i64), b: (usize, i64)) -> String {
    let seed = format!("{a:?}{b:?}").bytes().fold(3u64, |h, x| h.wrapping_mul(1_099_511_628_211) ^ u64::from(x));
    let mut rng = Rng::with_seed(seed);
    (0..18).map(|_| format!("{:05}", rng.u32(..100_000))).collect::<Vec<_>>().join(" ")
}

/// A queue's links: the full one, the short one, and the two keys under which a server finds it.
pub(crate) struct Links {
    pub full: String,
    pub short: String,
    pub queue: String,
    pub short_queue: String,
}

/// Splits `smp://key@host:port`, or the address of a file relay.
fn server_parts(server: &str) -> (&str, &str, &str) {
    let rest = server.split_once("://").map_or(server, |(_, rest)| rest);
    let (key, at) = rest.split_once('@').unwrap_or((rest, "localhost"));
    let (host, port) = at.split_once(':').unwrap_or((at, "5223"));
    (key, host, port)
}

/// The host of a server, as `hostConnected` names it.
pub(crate) fn host(server: &str) -> &str {
    server_parts(server).1
}

/// New links for an address (`invitation` false) or an invitation; `group` marks a group's link.
pub(crate) fn links(rng: &mut Rng, server: &str, invitation: bool, group: Option<&str>) -> Links {
    let (key, host, port) = server_parts(server);
    let queue = random(rng, 32);
    let dh = format!("MCowBQYDK2VuAyEA{}%253D", random(rng, 43));
    let smp =
        format!("smp%3A%2F%2F{}%40{host}%3A{port}%2F{queue}%23%2F%3Fv%3D1-4%26dh%3D{dh}", key.replace('=', "%3D"));
    let short_key = key.trim_end_matches('=');
    let (full, short, short_queue) = if invitation {
        let (k1, k2) = (random(rng, 75), random(rng, 75));
        let (a, b) = (random(rng, 32), random(rng, 43));
        let x3dh = format!("MEIwBQYDK2VvAzkA{k1}%3D%2CMEIwBQYDK2VvAzkA{k2}%3D");
        (
            format!("simplex:/invitation#/?v=2-7&smp={smp}%26q%3Dm%26k%3Ds&e2e=v%3D2-3%26x3dh%3D{x3dh}"),
            format!("https://{host}/i#{a}/{b}?p={port}&c={short_key}"),
            format!("{a}/{b}"),
        )
    } else {
        let a = random(rng, 43);
        let (data, letter) = match group {
            Some(id) => (format!("&data=%7B%22groupLinkId%22%3A%22{id}%22%7D"), 'g'),
            None => (String::new(), 'a'),
        };
        (
            format!("simplex:/contact#/?v=2-7&smp={smp}%26q%3Dc{data}"),
            format!("https://{host}/{letter}#{a}?p={port}&c={short_key}"),
            a,
        )
    };
    Links { full, short, queue, short_queue }
}

/// What the text of a link says about its target: the key of its queue, and whether the link is a short one.
pub(crate) struct LinkKey {
    pub key: String,
    pub short: bool,
    pub invitation: bool,
}

/// Reads a link; `None` when it is not one.
pub(crate) fn link_key(link: &str) -> Option<LinkKey> {
    let full = link.strip_prefix("simplex:/").or_else(|| {
        link.strip_prefix("https://simplex.chat/")
            .filter(|r| r.starts_with("contact#/") || r.starts_with("invitation#/"))
    });
    if let Some(rest) = full.filter(|r| r.contains("#/?")) {
        let invitation = rest.starts_with("invitation");
        if !invitation && !rest.starts_with("contact") {
            return None;
        }
        let smp = rest.split_once("smp=")?.1;
        let at = smp.find("%40")?;
        let after = smp.get(at..)?.split_once("%2F")?.1;
        let (key, queue) = after.split_once("%23")?;
        // The queue's key must be complete.
        let dh = queue.split_once("dh%3D").map_or("", |(_, d)| d.split("%26").next().unwrap_or_default());
        if dh.trim_end_matches("%253D").contains('%') {
            return None;
        }
        let key = key.to_owned();
        return Some(LinkKey { key, short: false, invitation });
    }
    let rest = link.strip_prefix("https://").or_else(|| link.strip_prefix("simplex:/"))?;
    let (before, after) = rest.split_once('#')?;
    let kind = before.rsplit('/').next()?;
    if !matches!(kind, "a" | "g" | "i" | "c" | "r") {
        return None;
    }
    let key = after.split('?').next().filter(|k| k.len() >= 20)?.to_owned();
    Some(LinkKey { key, short: true, invitation: kind == "i" })
}

/// A stand-in for the hash of a password: good only for comparing passwords.
pub(crate) fn fake_hash(password: &str) -> String {
    let mut rng = Rng::with_seed(password.bytes().fold(7u64, |h, b| h.wrapping_mul(1_099_511_628_211) ^ u64::from(b)));
    random(&mut rng, 43)
}

const FIRST: [&str; 12] = [
    "Amazed", "Brisk", "Candid", "Dapper", "Eager", "Fluent", "Gentle", "Hearty", "Jolly", "Lucid", "Mellow", "Nimble",
];
const SECOND: [&str; 12] = [
    "Anchor", "Beacon", "Canyon", "Dolphin", "Ember", "Falcon", "Garnet", "Harbour", "Island", "Juniper", "Kestrel",
    "Lantern",
];

/// A made-up name, for incognito profiles.
pub(crate) fn name(rng: &mut Rng) -> String {
    format!("{}{}", FIRST[rng.usize(..FIRST.len())], SECOND[rng.usize(..SECOND.len())])
}
