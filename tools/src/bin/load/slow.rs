//! Handlers that take a while: chats do not wait for each other, and each stays in order.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use simplex_bot::Running;
use simplex_bot::core::native::lib::Controller;
use simplex_bot::prelude::*;

use crate::people::{PATIENCE, Person, library, open};

const WORK: Duration = Duration::from_millis(50);

/// When the last answer was sent, and the number of answers.
type Answered = Arc<Mutex<(Option<Instant>, usize)>>;

async fn work(msg: TextMessage, State(answered): State<Answered>) -> Outcome<()> {
    tokio::time::sleep(WORK).await;
    msg.reply(msg.text()).await?;
    let mut answered = answered.lock().unwrap_or_else(PoisonError::into_inner);
    *answered = (Some(Instant::now()), answered.1 + 1);
    Ok(())
}

pub async fn run() -> anyhow::Result<()> {
    let library = library().await?;
    let folder = tempfile::tempdir()?;
    let answered = Answered::default();
    let bot = Bot::new("slow").db(Db::sqlite(folder.path().join("bot"))).state(Arc::clone(&answered)).on(text(), work);
    let bot = bot.start().await?;
    let address = bot.address().context("the bot has no address")?.to_owned();
    let people = (0..200).map(|n| {
        let name = format!("p{n}");
        Person::connect(open(&library, folder.path().join(&name))?, &name, &address)
    });
    let people: Vec<_> = people.collect::<anyhow::Result<_>>()?;
    // The first round is a warm-up.
    round(&bot, &people, 1, &answered).await?;
    let took = round(&bot, &people, 1, &answered).await?;
    println!("200 chats, one message each, {WORK:?} of work: the last answer after {took:?}");
    ensure!(took <= 2 * WORK, "more than {:?}", 2 * WORK);
    let few = people.get(..20).unwrap_or_default();
    let took = round(&bot, few, 5, &answered).await?;
    println!("20 chats, five messages each: in order, the last answer after {took:?}");
    ensure!(took <= 6 * WORK, "more than {:?}", 6 * WORK);
    bot.stop().await?;
    Ok(())
}

/// Everybody writes `each` messages; returns the time to the last answer.
async fn round(
    bot: &Running,
    people: &[Person<Arc<dyn Controller>>],
    each: usize,
    answered: &Answered,
) -> anyhow::Result<Duration> {
    let state = || *answered.lock().unwrap_or_else(PoisonError::into_inner);
    let before = state().1;
    let began = Instant::now();
    // This blocks only the main thread, which is not one of the runtime's workers.
    (0..each).try_for_each(|n| people.iter().try_for_each(|person| person.write(&n.to_string()).map(drop)))?;
    while state().1 < before + each * people.len() {
        ensure!(began.elapsed() < PATIENCE, "not all are answered: {:?}", bot.handle().health());
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    let took = state().0.map_or(Duration::ZERO, |last| last - began);
    let expected: Vec<String> = (0..each).map(|n| n.to_string()).collect();
    for person in people {
        let texts = person.read()?;
        ensure!(texts == expected, "out of order, lost or twice: {texts:?}");
    }
    Ok(took)
}
