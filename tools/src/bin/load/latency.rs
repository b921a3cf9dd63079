//! How the handlers of one chat affect other chats: measures the time from sending a message to its handler's first
//! step.

use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use simplex_bot::Retry;
use simplex_bot::core::native::lib::{Controller, Libsimplex};
use simplex_bot::prelude::*;

use crate::people::{Person, library, open};

const CHATS: usize = 50;
const MESSAGES: usize = 1000;
const GAP: Duration = Duration::from_millis(2);
/// Runs of each kind; the best one counts, since other work on the machine slows some of them down.
const ROUNDS: usize = 3;

static BEGAN: LazyLock<Instant> = LazyLock::new(Instant::now);

type Seen = Arc<Mutex<Vec<Duration>>>;

/// Hangs or panics on request; otherwise the text is the time at which it was sent.
#[expect(clippy::panic, reason = "a handler that panics is what is looked at")]
async fn measure(msg: TextMessage, State(seen): State<Seen>) {
    let now = BEGAN.elapsed();
    match msg.text() {
        "hang" => std::future::pending().await,
        "panic" => panic!("as it was told"),
        text => {
            let sent = text.parse().map_or(now, Duration::from_nanos);
            seen.lock().unwrap_or_else(PoisonError::into_inner).push(now.saturating_sub(sent));
        }
    }
}

/// The trouble in one chat meanwhile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trouble {
    None,
    Hangs,
    Panics,
}

pub async fn run() -> anyhow::Result<()> {
    std::panic::set_hook(Box::new(|_| {}));
    let library = library().await?;
    let mut best = [Duration::MAX; 3];
    for round in 0..ROUNDS {
        for (at, trouble) in [Trouble::None, Trouble::Hangs, Trouble::Panics].into_iter().enumerate() {
            let (p50, p99) = latencies(&library, trouble).await?;
            println!("round {round}, trouble in one chat {trouble:?}: others p50 {p50:?}, p99 {p99:?}");
            if let Some(best) = best.get_mut(at) {
                *best = p99.min(*best);
            }
        }
    }
    let [without, hangs, panics] = best;
    let bound = without.mul_f64(1.2) + Duration::from_millis(1);
    println!(
        "p99 without {without:?}, beside a handler that hangs {hangs:?}, beside one that panics {panics:?}; bound {bound:?}"
    );
    ensure!(hangs <= bound && panics <= bound, "others are held up");
    Ok(())
}

/// The latencies of the other chats: median and 99th percentile.
async fn latencies(library: &Libsimplex, trouble: Trouble) -> anyhow::Result<(Duration, Duration)> {
    let folder = tempfile::tempdir()?;
    let seen = Seen::default();
    let bot = Bot::new("measured").db(Db::sqlite(folder.path().join("bot"))).state(Arc::clone(&seen));
    let bot = bot.drain(Duration::from_secs(1)).retry(Retry::never()).on_error(|_, _| {}).on_poison(|_, _| {});
    let bot = bot.on(text(), measure).start().await?;
    let address = bot.address().context("the bot has no address")?.to_owned();
    let person = |n: usize| -> anyhow::Result<Person<Arc<dyn Controller>>> {
        let name = format!("p{n}");
        Person::connect(open(library, folder.path().join(&name))?, &name, &address)
    };
    // This blocks only the main thread, which is not one of the runtime's workers.
    let people: Vec<_> = (0..CHATS).map(person).collect::<anyhow::Result<_>>()?;
    let one = person(CHATS)?;
    let mut due = Instant::now();
    for (n, someone) in people.iter().cycle().take(MESSAGES).enumerate() {
        match trouble {
            Trouble::Hangs if n == 100 => drop(one.write("hang")?),
            // These messages wait behind the handler that hangs.
            Trouble::Hangs if n > 100 && n % 10 == 0 => drop(one.write("0")?),
            Trouble::Panics if n % 5 == 0 => drop(one.write("panic")?),
            _ => {}
        }
        someone.write(&BEGAN.elapsed().as_nanos().to_string())?;
        due += GAP;
        std::thread::sleep(due.saturating_duration_since(Instant::now()));
    }
    if trouble == Trouble::Panics {
        one.write(&BEGAN.elapsed().as_nanos().to_string())?;
    }
    let expected = MESSAGES + usize::from(trouble == Trouble::Panics);
    let all = tokio::time::timeout(Duration::from_secs(10), async {
        while seen.lock().unwrap_or_else(PoisonError::into_inner).len() < expected {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    });
    ensure!(all.await.is_ok(), "not all were handled: {:?}", bot.handle().health());
    let stopped = bot.stop().await;
    ensure!(
        stopped.is_ok() || (trouble == Trouble::Hangs && matches!(stopped, Err(BotError::DrainTimeout { .. }))),
        "the stop: {stopped:?}"
    );
    let mut seen = std::mem::take(&mut *seen.lock().unwrap_or_else(PoisonError::into_inner));
    seen.sort();
    let at = |part: usize| seen.get(seen.len() * part / 100).copied().unwrap_or_default();
    Ok((at(50), at(99)))
}
