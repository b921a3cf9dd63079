//! What a bot costs beside the core: an event on its way to its handler, and one that nobody wants.

#![allow(clippy::expect_used, missing_docs, reason = "a bench")]

#[path = "../tests/scripted/mod.rs"]
mod scripted;

use std::hint::black_box;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use simplex_bot::core::mock::MockCore;
use simplex_bot::core::{CoreEvent, Frame};
use simplex_bot::prelude::*;
use simplex_bot::types::Event;
use simplex_bot::types::event::ContactConnected;
use tokio::runtime::Runtime;

use scripted::{answer, connected, message};

/// Events that are made at a time, so that making them is not measured.
const MADE: u64 = 500;
const CHATS: i64 = 50;

fn runtime() -> Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime")
}

/// Yields until so many were seen.
async fn until(seen: &AtomicUsize, expected: usize) {
    while seen.load(Ordering::Relaxed) < expected {
        tokio::task::yield_now().await;
    }
}

/// Goes through `iters` events in portions: `make` some from the item id that they begin with, and measure `run`.
fn portions<T>(iters: u64, next: &mut i64, make: impl Fn(i64) -> T, mut run: impl FnMut(Vec<T>)) -> Duration {
    let mut took = Duration::ZERO;
    let mut left = iters;
    while left > 0 {
        let count = left.min(MADE);
        let made: Vec<T> = (0..count as i64).map(|n| make(*next + n)).collect();
        *next += count as i64;
        left -= count;
        let began = Instant::now();
        run(made);
        took += began.elapsed();
    }
    took
}

fn text_of(item: i64) -> String {
    message(item % CHATS, item, "x")
}

fn handled(c: &mut Criterion) {
    let mut group = c.benchmark_group("a message that is handled");
    let mut next = 1000;
    group.bench_function("decoding alone", |b| {
        let make = |item| Frame::parse(text_of(item));
        b.iter_custom(|iters| {
            portions(iters, &mut next, make, |frames| {
                for frame in frames {
                    black_box(Event::decode(&frame)).ok();
                }
            })
        });
    });
    group.bench_function("decoding, and all the way to its handler", |b| {
        let runtime = runtime();
        let core = MockCore::new(answer);
        let entered = Arc::new(AtomicUsize::new(0));
        let bot = Bot::new("bot").core(Arc::new(core.clone())).state(Arc::clone(&entered));
        let bot = bot.on(text(), async |_: TextMessage, State(entered): State<Arc<AtomicUsize>>| {
            entered.fetch_add(1, Ordering::Relaxed);
        });
        let running = runtime.block_on(bot.start()).expect("started");
        let make = |item| Frame::parse(text_of(item));
        b.iter_custom(|iters| {
            portions(iters, &mut next, make, |frames| {
                runtime.block_on(async {
                    let mut expected = entered.load(Ordering::Relaxed);
                    for frame in frames {
                        core.push(CoreEvent::Frame(frame));
                        expected += 1;
                        until(&entered, expected).await;
                    }
                });
            })
        });
        runtime.block_on(running.stop()).expect("stopped");
    });
    group.finish();
}

fn unwanted(c: &mut Criterion) {
    let mut group = c.benchmark_group("an event that nobody wants");
    let mut next = 1000;
    group.bench_function("the first pass alone", |b| {
        b.iter_custom(|iters| {
            portions(iters, &mut next, text_of, |texts| {
                for text in texts {
                    black_box(Frame::parse(text));
                }
            })
        });
    });
    group.bench_function("the first pass, and through the bot", |b| {
        let runtime = runtime();
        let core = MockCore::new(answer);
        let seen = Arc::new(AtomicUsize::new(0));
        let bot = Bot::new("bot").core(Arc::new(core.clone())).state(Arc::clone(&seen));
        let bot = bot.on_event(async |_: ContactConnected, State(seen): State<Arc<AtomicUsize>>| {
            seen.fetch_add(1, Ordering::Relaxed);
        });
        let running = runtime.block_on(bot.start()).expect("started");
        b.iter_custom(|iters| {
            portions(iters, &mut next, text_of, |texts| {
                runtime.block_on(async {
                    let expected = seen.load(Ordering::Relaxed) + 1;
                    for text in texts {
                        core.push_event(text);
                    }
                    // One at the end that is wanted: when it was handled, the others have passed.
                    core.push_event(connected(4));
                    until(&seen, expected).await;
                });
            })
        });
        runtime.block_on(running.stop()).expect("stopped");
    });
    group.finish();
}

criterion_group!(benches, handled, unwanted);
criterion_main!(benches);
