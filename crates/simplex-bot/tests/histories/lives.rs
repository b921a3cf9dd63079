//! The lives of a bot: how it is set up, what its handlers do, and what they note.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use fastrand::Rng;
use simplex_bot::Delivery;
use simplex_bot::prelude::*;
use simplex_bot::types::event::ChatItemUpdated;
use tokio::time::sleep;

/// How the bot is set up, the same in all lives.
#[derive(Debug)]
pub struct Options {
    pub queue: usize,
    pub in_flight: usize,
    pub hold_chat: bool,
    pub delivery: Delivery,
    pub lanes: Lanes,
    pub drain: Duration,
    /// Whether the program deletes, too, and answers are late or make no sense.
    pub rough: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lanes {
    OfChats,
    /// One for all.
    One,
    /// Two of each chat, by the numbers of messages.
    Two,
}

impl Options {
    pub fn new(rng: &mut Rng, rough: bool) -> Self {
        Self {
            rough,
            queue: if rng.bool() { rng.usize(1..6) } else { 4096 },
            in_flight: if rng.bool() { rng.usize(1..4) } else { 256 },
            hold_chat: rng.u32(..3) == 0,
            delivery: match rng.u32(..6) {
                0 => Delivery::AtMostOnce,
                1 => Delivery::Off,
                _ => Delivery::AtLeastOnce,
            },
            lanes: [Lanes::OfChats, Lanes::OfChats, Lanes::One, Lanes::Two][rng.usize(..4)],
            drain: if rng.bool() { Duration::from_millis(rng.u64(1..200)) } else { Duration::from_secs(30) },
        }
    }
}

/// One life of the bot: what its handlers noted.
#[derive(Debug, Default)]
pub struct Life {
    /// Each message's first handling or taking, in order.
    pub begun: Mutex<Vec<Name>>,
    pub done: Mutex<HashMap<Name, u32>>,
    /// Messages that were sent in it.
    pub sent: Mutex<HashSet<Name>>,
    /// Messages that were told to be edited and had not begun.
    pub edited_before: Mutex<HashSet<Name>>,
    /// Whether events got lost.
    pub misses: AtomicBool,
    /// Everything, for whoever has to find out what went wrong.
    pub notes: Mutex<String>,
}

/// A message: its chat (`alice`, `people`), and its number there.
pub type Name = (String, u32);

impl Life {
    pub fn note(&self, what: &str) {
        writeln!(self.notes.lock().unwrap(), "{what}").unwrap();
    }

    fn begins(&self, name: &Name) {
        let mut begun = self.begun.lock().unwrap();
        if !begun.contains(name) {
            begun.push(name.clone());
        }
    }

    fn ends(&self, name: &Name) {
        *self.done.lock().unwrap().entry(name.clone()).or_default() += 1;
    }
}

/// What outlives the bot's lives.
#[derive(Debug, Default)]
pub struct Story {
    /// Messages whose handler has failed once already.
    failed: Mutex<HashSet<Name>>,
    /// Messages that somebody deleted.
    pub deleted: Mutex<HashSet<Name>>,
    /// Messages that the program deleted with their chat.
    pub cleared: Mutex<HashSet<Name>>,
    /// Messages that were handled while they were being written.
    pub unfinished: Mutex<HashSet<Name>>,
}

type Shared = State<(Arc<Life>, Arc<Story>)>;

/// An edit waits behind its message, unless the event of that was missed.
pub async fn edited(event: ChatItemUpdated, State((life, _)): Shared) {
    if let Some((name, _)) = read(&event.chat_item.chat_item.meta.item_text) {
        life.note(&format!("is told that {name:?} was edited"));
        let begun = life.begun.lock().unwrap().contains(&name);
        let told = life.sent.lock().unwrap().contains(&name) && !life.misses.load(Ordering::Relaxed);
        if told && !begun {
            life.edited_before.lock().unwrap().insert(name);
        }
    }
}

/// `alice 7 sleeps`, with ` edited` behind it once it was.
pub fn read(text: &str) -> Option<(Name, &str)> {
    let mut words = text.split(' ');
    let name = (words.next()?.to_owned(), words.next()?.parse().ok()?);
    Some((name, words.next()?))
}

pub async fn handle(msg: TextMessage, State((life, story)): Shared) -> Outcome<()> {
    let (name, way) = read(msg.text()).unwrap();
    let recovered = if msg.is_recovered() { " (recovered)" } else { "" };
    life.note(&format!("begins {name:?} {way}{recovered}"));
    life.begins(&name);
    match way {
        "replies" => drop(msg.reply("well").await?),
        "sleeps" => sleep(Duration::from_millis(40)).await,
        "fails" if story.failed.lock().unwrap().insert(name.clone()) => {
            sleep(Duration::from_millis(10)).await;
            return Err(BotError::NothingSent);
        }
        "panics" if story.failed.lock().unwrap().insert(name.clone()) => {
            // As a panic, but without its message on the terminal.
            std::panic::resume_unwind(Box::new("on purpose"))
        }
        "hangs" if story.failed.lock().unwrap().insert(name.clone()) => std::future::pending().await,
        "writes" => drop(story.unfinished.lock().unwrap().insert(name.clone())),
        "deletes" => {
            story.deleted.lock().unwrap().insert(name.clone());
            msg.delete_here().await?;
        }
        "asks" => match msg.chat().ask("And?").timeout(Duration::from_millis(500)).await {
            Ok(answer) => {
                let (answer, _) = read(&answer).unwrap();
                life.note(&format!("takes {answer:?} for {name:?}"));
                life.begins(&answer);
                life.ends(&answer);
            }
            Err(BotError::Wait(simplex_bot::WaitError::Timeout { .. })) => {}
            Err(error) => return Err(error),
        },
        _ => {}
    }
    life.note(&format!("ends {name:?}"));
    life.ends(&name);
    Ok(())
}
