//! How late an event is seen after silence: from when it is available in the library to an async consumer. And how long
//! a trivial command takes beside one of two seconds.
//!
//! `cargo bench -p simplex-core --bench idle` takes about three minutes; `-- --quick` takes the shortest silence only.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::sync::Arc;
use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};
use simplex_core::native::Confirm;
use simplex_core::native::lib::{Controller, CoreLib, Db};
use simplex_core::{ChatCore, CoreEvent, NativeCore, Request};

/// Microseconds of silence, and how many samples of it.
const SILENCES: [(u64, usize); 4] = [(100_000, 200), (1_000_000, 20), (5_000_000, 5), (15_000_000, 5)];

fn now() -> i64 {
    let now = clock_gettime(ClockId::Monotonic);
    now.tv_sec * 1_000_000_000 + now.tv_nsec
}

/// How long ago the event's own time is, in milliseconds; `None` for an event without.
fn age(text: &str) -> Option<f64> {
    let seen = now();
    let at = text.split_once("\"at\":")?.1.trim_end_matches('}').parse::<i64>().ok()?;
    Some((seen - at) as f64 / 1e6)
}

/// The same by a thread that blocks in the library's own call: what the machine allows just now.
fn floor(plain: &dyn Controller, silence: u64) -> f64 {
    plain.send_cmd(&format!("/later {silence}")).unwrap();
    loop {
        if let Some(text) = plain.recv_msg_wait(Duration::from_millis(500)).unwrap() {
            return age(std::str::from_utf8(&text).unwrap()).unwrap();
        }
    }
}

fn show(name: &str, silence: u64, mut seen: Vec<f64>) {
    seen.sort_by(f64::total_cmp);
    let at = |part: usize| seen[(seen.len() - 1) * part / 100];
    let (silence, n) = (silence as f64 / 1e6, seen.len());
    println!(
        "{name} after {silence:>4} s: n {n:>3}, p50 {:.3} ms, p99 {:.3} ms, max {:.3} ms",
        at(50),
        at(99),
        at(100)
    );
}

async fn sample(core: &NativeCore, silence: u64) -> f64 {
    core.send(Request::new(format!("/later {silence}")).unwrap()).await.unwrap();
    loop {
        if let Some(CoreEvent::Frame(frame)) = core.recv().await
            && let Some(age) = age(frame.text())
        {
            return age;
        }
    }
}

fn main() {
    let quick = std::env::args().any(|argument| argument == "--quick");
    let folder = tempfile::tempdir().unwrap();
    let lib = common::library(folder.path());
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let core = Arc::new(common::open(&lib, folder.path()).await);
        let plain = lib.open(&Db::sqlite(folder.path().join("plain")), Confirm::YesUp).unwrap();
        for (silence, samples) in SILENCES.into_iter().take(if quick { 1 } else { usize::MAX }) {
            let (mut floors, mut seen) = (Vec::new(), Vec::new());
            for _ in 0..samples {
                floors.push(tokio::task::block_in_place(|| floor(&*plain, silence)));
                seen.push(sample(&core, silence).await);
            }
            show("the library's call", silence, floors);
            show("async consumer    ", silence, seen);
        }
        let slow = tokio::spawn({
            let core = core.clone();
            async move { core.send(Request::new("/slow 2000").unwrap()).await }
        });
        let mut seen = Vec::new();
        while !slow.is_finished() {
            let start = now();
            core.send(Request::new("/u").unwrap()).await.unwrap();
            seen.push((now() - start) as f64 / 1e6);
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        seen.sort_by(f64::total_cmp);
        let (n, max) = (seen.len(), seen[seen.len() - 1]);
        println!("a trivial command beside one of 2 s: n {n}, p50 {:.3} ms, max {max:.3} ms", seen[n / 2]);
        core.close(Duration::from_secs(5)).await.unwrap();
    });
}
