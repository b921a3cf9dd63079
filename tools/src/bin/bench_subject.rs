//! A subject for a benchmark of bot libraries over a stub core: a bot that counts, echoes, waits or asks, and prints
//! the result as one line. It uses only the public API, as the documentation shows it.

use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use anyhow::{Context, bail};
use simplex_bot::prelude::*;
use simplex_bot::types::event::ContactConnected;
use simplex_bot::{Delivery, Handle};
use tokio::sync::Notify;

/// Nanoseconds of the same clock that the stub uses.
fn now() -> i64 {
    let now = rustix::time::clock_gettime(rustix::time::ClockId::Monotonic);
    now.tv_sec * 1_000_000_000 + now.tv_nsec
}

fn number(name: &str, default: i64) -> i64 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(default)
}

struct Counted {
    expected: i64,
    handled: AtomicI64,
    done_at: AtomicI64,
    done: Notify,
    work: Duration,
}

impl Counted {
    fn one_more(&self) {
        if self.handled.fetch_add(1, Ordering::SeqCst) + 1 == self.expected {
            self.end();
        }
    }

    fn end(&self) {
        self.done_at.store(now(), Ordering::SeqCst);
        self.done.notify_one();
    }

    /// Waits until all messages are handled: the event that ends a run belongs to its own chat and overtakes the
    /// others.
    async fn settled(&self) {
        let mut before = -1;
        while before < self.expected {
            let handled = self.handled.load(Ordering::SeqCst);
            if handled == before {
                return;
            }
            before = handled;
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }
}

type Shared = State<Arc<Counted>>;

async fn count(_: TextMessage, State(counted): Shared) {
    counted.one_more();
}

async fn connected(_: ContactConnected, State(counted): Shared) {
    counted.end();
}

async fn echo(msg: TextMessage, State(counted): Shared) -> Outcome<()> {
    msg.reply(format!("t={}", now())).await?;
    counted.one_more();
    Ok(())
}

async fn work(msg: TextMessage, State(counted): Shared) -> Outcome<()> {
    let begun = now();
    tokio::time::sleep(counted.work).await;
    msg.reply(format!("t={begun}")).await?;
    counted.one_more();
    Ok(())
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let scenario = std::env::args().skip_while(|arg| arg != "--scenario").nth(1).context("--scenario NAME")?;
    let counted = Arc::new(Counted {
        expected: number("BENCH_EVENTS", 0),
        handled: AtomicI64::new(0),
        done_at: AtomicI64::new(0),
        done: Notify::new(),
        work: Duration::from_millis(number("BENCH_WORK_MS", 50).unsigned_abs()),
    });
    let db = std::env::var("BENCH_DB").context("BENCH_DB is not set")?;
    // The stub makes a new database in every process, so a state file next to an earlier one does not belong to it.
    match std::fs::remove_file(format!("{db}_bot.state")) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => bail!("the state of an earlier run: {error}"),
        _ => {}
    }
    let delivery = match std::env::var("BENCH_DELIVERY").as_deref() {
        Ok("off") => Delivery::Off,
        Ok("at-most-once") => Delivery::AtMostOnce,
        _ => Delivery::AtLeastOnce,
    };
    let bot = Bot::new("bench").db(Db::sqlite(db)).delivery(delivery).state(Arc::clone(&counted));
    let bot = match scenario.as_str() {
        "flood" => bot.on(text(), count).on_event(connected),
        "filtered" => bot.on_event(connected),
        "echo" => bot.on(text(), echo).on_event(connected),
        "slow" => bot.on(text(), work),
        "cmd" | "idle" => bot,
        "slow_alt" => return said(r#"{"skip": "not in this library"}"#),
        other => bail!("unknown scenario {other}"),
    };
    let running = bot.start().await?;
    let handle = running.handle();
    let mut begun = 0;
    match scenario.as_str() {
        "cmd" => {
            let commands = number("BENCH_CMDS", 10_000);
            begun = now();
            for _ in 0..commands {
                running.api().get_active_user().await?;
            }
            counted.handled.store(commands, Ordering::SeqCst);
            counted.end();
        }
        "idle" => {
            tokio::time::sleep(Duration::from_secs(number("BENCH_IDLE_S", 3).unsigned_abs())).await;
            counted.end();
        }
        "filtered" => counted.done.notified().await,
        _ => {
            counted.done.notified().await;
            counted.settled().await;
        }
    }
    stop(&handle).await?;
    let (handled, done) = (counted.handled.load(Ordering::SeqCst), counted.done_at.load(Ordering::SeqCst));
    said(&format!(r#"{{"handled": {handled}, "t_begin": {begun}, "t_done": {done}}}"#))
}

async fn stop(handle: &Handle) -> anyhow::Result<()> {
    handle.stop();
    Ok(handle.join().await?)
}

fn said(line: &str) -> anyhow::Result<()> {
    Ok(writeln!(std::io::stdout(), "{line}")?)
}
