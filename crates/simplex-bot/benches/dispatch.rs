//! What a bot costs beside the core: an event on its way to its handler, and one that nobody wants.

#![allow(clippy::expect_used, missing_docs, reason = "a bench")]

#[path = "../tests/scripted/mod.rs"]
mod scripted;

use std::hint::black_box;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use simplex_bot::core::mock::MockCore;
use simplex_bot::core::{CoreEvent, Frame};
use simplex_bot::prelude::*;
use simplex_bot::types::ChatItem;
use simplex_bot::types::event::ContactConnected;
use tokio::runtime::Runtime;

use scripted::{answer, connected, item_of, message};

/// Events that are made at a time, so that making them is not measured.
const MADE: u64 = 500;
const CHATS: i64 = 50;

fn runtime() -> Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime")
}

/// How often a handler was entered, and when last: nanoseconds.
#[derive(Default)]
struct Entered {
    count: AtomicUsize,
    at: AtomicU64,
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
                    black_box(ChatItem::decode_first(item_of(&frame)));
                }
            })
        });
    });
    // Each event is decoded once more beside, so that what is left is of the same moment: this machine or that, busy or not.
    group.bench_function("from the core to its handler, beyond decoding", |b| {
        let runtime = runtime();
        let core = MockCore::new(answer);
        let began = Instant::now();
        let entered = Arc::new(Entered::default());
        let bot = Bot::new("bot").core(Arc::new(core.clone())).state((began, Arc::clone(&entered)));
        let bot = bot.on(text(), async |_: TextMessage, State((began, entered)): State<(Instant, Arc<Entered>)>| {
            entered.at.store(began.elapsed().as_nanos() as u64, Ordering::Relaxed);
            entered.count.fetch_add(1, Ordering::Relaxed);
        });
        let running = runtime.block_on(bot.start()).expect("started");
        b.iter_custom(|iters| {
            let beyond = runtime.block_on(async {
                let mut beyond = 0;
                for _ in 0..iters {
                    next += 1;
                    let frame = Frame::parse(text_of(next));
                    let item = item_of(&frame);
                    let before = began.elapsed();
                    black_box(ChatItem::decode_first(item));
                    let decoding = began.elapsed() - before;
                    let expected = entered.count.load(Ordering::Relaxed) + 1;
                    let pushed = began.elapsed();
                    core.push(CoreEvent::Frame(frame));
                    until(&entered.count, expected).await;
                    beyond += entered.at.load(Ordering::Relaxed) as i64 - (pushed + decoding).as_nanos() as i64;
                }
                beyond
            });
            // Below nothing where the decoding beside it was disturbed; of no time at all criterion shows nothing.
            Duration::from_nanos(u64::try_from(beyond).unwrap_or(0).max(1))
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
