//! What the in-process core costs over the library's own calls: a command's round trip, and events from the C face to an
//! async consumer beside a plain loop that receives, scans and frees.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use serde::Deserialize;
use serde_json::value::RawValue;
use simplex_core::native::lib::{Confirm, CoreLib, Db};
use simplex_core::{ChatCore, CoreEvent, Request};

/// The least that routing must know of an event, borrowed.
#[derive(Deserialize)]
struct Envelope<'a> {
    #[serde(borrow)]
    result: Head<'a>,
}

#[derive(Deserialize)]
struct Head<'a> {
    #[serde(rename = "type")]
    tag: &'a str,
    user: Option<User>,
    #[serde(rename = "chatItems", borrow)]
    items: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct User {
    #[serde(rename = "userId")]
    user_id: i64,
}

fn benches(c: &mut Criterion) {
    let folder = tempfile::tempdir().unwrap();
    let lib = common::library(folder.path());
    let wait = Duration::from_millis(500);
    let runtimes = [
        ("current_thread", tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()),
        ("multi_thread", tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()),
    ];

    let mut group = c.benchmark_group("command");
    let plain = lib.open(&Db::sqlite(folder.path().join("plain")), Confirm::YesUp).unwrap();
    group.bench_function("library", |b| b.iter(|| plain.send_cmd("/u").unwrap()));
    for (name, runtime) in &runtimes {
        let core = runtime.block_on(common::open(&lib, folder.path()));
        group.bench_function(*name, |b| {
            b.to_async(runtime).iter(|| async { core.send(Request::new("/u").unwrap()).await.unwrap() });
        });
        runtime.block_on(core.close(wait * 10)).unwrap();
        // What the machine asks for going to another thread and back, with nothing done there.
        let (calls, served) = std::sync::mpsc::channel::<tokio::sync::oneshot::Sender<()>>();
        let thread = std::thread::spawn(move || served.into_iter().for_each(|answer| answer.send(()).unwrap()));
        group.bench_function(format!("{name}, an empty thread"), |b| {
            b.to_async(runtime).iter(|| async {
                let (answer, answered) = tokio::sync::oneshot::channel();
                calls.send(answer).unwrap();
                answered.await.unwrap();
            });
        });
        drop(calls);
        thread.join().unwrap();
    }
    group.finish();

    let mut group = c.benchmark_group("events");
    group.throughput(Throughput::Elements(1)).measurement_time(Duration::from_secs(8));
    let flood = |n: u64| format!("/flood {n} {}", common::EVENT);
    group.bench_function("plain loop", |b| {
        b.iter_custom(|n| {
            let start = Instant::now();
            plain.send_cmd(&flood(n)).unwrap();
            for _ in 0..n {
                let text = plain.recv_msg_wait(wait).unwrap().unwrap();
                let text = std::str::from_utf8(&text).unwrap();
                let seen: Envelope<'_> = serde_json::from_str(text).unwrap();
                black_box((seen.result.tag, seen.result.user.map(|u| u.user_id), seen.result.items));
            }
            start.elapsed()
        });
    });
    for (name, runtime) in &runtimes {
        let core = runtime.block_on(common::open(&lib, folder.path()));
        group.bench_function(*name, |b| {
            b.to_async(runtime).iter_custom(|n| {
                let core = &core;
                async move {
                    let start = Instant::now();
                    core.send(Request::new(flood(n)).unwrap()).await.unwrap();
                    let mut left = n;
                    while left > 0 {
                        match core.recv().await.unwrap() {
                            CoreEvent::Frame(frame) => {
                                black_box((frame.tag(), frame.user_id(), frame.body()));
                                left -= 1;
                            }
                            CoreEvent::Lagged { events } => left = left.saturating_sub(events),
                            _ => {}
                        }
                    }
                    start.elapsed()
                }
            });
        });
        runtime.block_on(core.close(wait * 10)).unwrap();
    }
    group.finish();
}

criterion_group!(native, benches);
criterion_main!(native);
