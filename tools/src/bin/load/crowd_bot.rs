//! The bot that a crowd writes to, in its own process. It remembers what it saw of each message and of the events about
//! it, and on request compares that with the core's database.

use std::collections::HashMap;
use std::io::{BufRead, Write};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use anyhow::Context;
use serde::{Deserialize, Serialize};
use simplex_bot::prelude::*;
use simplex_bot::types::event::{ChatItemReaction, ChatItemUpdated, ChatItemsDeleted};
use simplex_bot::types::{ChatItem, ChatItemId, ChatPagination, ChatRef, CiContent};
use tokio::sync::mpsc;

const WORK: Duration = Duration::from_millis(10);

/// What the bot knows about a message.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
struct Known {
    handled: u8,
    edited: bool,
    deleted: bool,
    reacted: bool,
}

#[derive(Default)]
struct Memory {
    items: HashMap<ChatItemId, Known>,
    /// The number in the last message of each chat.
    last: HashMap<ChatRef, usize>,
    disordered: usize,
}

type Shared = Arc<Mutex<Memory>>;

fn memory(shared: &Shared) -> MutexGuard<'_, Memory> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The state of the bot.
#[derive(Serialize, Deserialize, Debug, Clone, Copy)]
pub struct Report {
    /// Finished messages, including those that were deleted before their turn.
    pub done: u64,
    pub queued: usize,
    pub behind: usize,
    pub twice: usize,
    pub disordered: usize,
    /// Other events that were dropped because the queue was full.
    pub dropped: u64,
    /// The peak memory of the process, in kB.
    pub peak_kb: u64,
    /// Messages for which the bot's knowledge differs from the database, set by a comparison.
    pub differ: usize,
    pub compared: usize,
}

pub async fn run(folder: &Path) -> anyhow::Result<()> {
    let shared = Shared::default();
    let bot = Bot::new("crowd").db(Db::sqlite(folder.join("bot"))).state(Arc::clone(&shared));
    let bot = bot.on(text(), handle).on_event(edited).on_event(deleted).on_event(reacted).start().await?;
    let mut out = std::io::stdout();
    writeln!(out, "{}", bot.address().context("no address")?)?;
    let mut lines = lines();
    while let Some(line) = lines.recv().await {
        let health = bot.handle().health().context("the bot ended")?;
        let (differ, compared) = if line == "compare" { compare(bot.api(), &shared).await? } else { (0, 0) };
        let report = {
            let memory = memory(&shared);
            Report {
                done: health.handled,
                queued: health.queued,
                behind: health.behind,
                twice: memory.items.values().filter(|known| known.handled > 1).count(),
                disordered: memory.disordered,
                dropped: health.events_dropped,
                peak_kb: peak_kb()?,
                differ,
                compared,
            }
        };
        writeln!(out, "{}", serde_json::to_string(&report)?)?;
    }
    bot.stop().await?;
    Ok(())
}

/// Lines of standard input, read on a thread: a read cannot be cancelled, so the thread runs until the process ends.
fn lines() -> mpsc::Receiver<String> {
    let (lines, receiver) = mpsc::channel(1);
    std::thread::spawn(move || {
        for line in std::io::stdin().lock().lines().map_while(Result::ok) {
            if lines.blocking_send(line).is_err() {
                return;
            }
        }
    });
    receiver
}

async fn handle(msg: TextMessage, State(shared): State<Shared>) {
    {
        let mut memory = memory(&shared);
        let number = msg.text().split(' ').next().and_then(|number| number.parse().ok()).unwrap_or(0);
        if memory.last.insert(msg.chat_ref(), number).is_some_and(|last| last >= number) {
            memory.disordered += 1;
        }
        let known = memory.items.entry(msg.id()).or_default();
        *known = Known { handled: known.handled.saturating_add(1), ..of(msg.item()) };
    }
    tokio::time::sleep(WORK).await;
}

async fn edited(event: ChatItemUpdated, State(shared): State<Shared>) {
    change(&shared, event.chat_item.chat_item.meta.item_id, |known| known.edited = true);
}

async fn deleted(event: ChatItemsDeleted, State(shared): State<Shared>) {
    for deletion in &event.chat_item_deletions {
        change(&shared, deletion.deleted_chat_item.chat_item.meta.item_id, |known| known.deleted = true);
    }
}

async fn reacted(event: ChatItemReaction, State(shared): State<Shared>) {
    change(&shared, event.reaction.chat_reaction.chat_item.meta.item_id, |known| known.reacted = event.added);
}

fn change(shared: &Shared, item: ChatItemId, change: impl FnOnce(&mut Known)) {
    if let Some(known) = memory(shared).items.get_mut(&item) {
        change(known);
    }
}

fn of(item: &ChatItem) -> Known {
    Known {
        handled: 0,
        edited: item.meta.item_text.ends_with("edited"),
        deleted: item.meta.item_deleted.is_some(),
        reacted: !item.reactions.is_empty(),
    }
}

/// For how many messages the bot's knowledge differs from the database, and how many were compared.
async fn compare(api: &ChatApi, shared: &Shared) -> anyhow::Result<(usize, usize)> {
    let (mut differ, mut compared) = (0, 0);
    let chats: Vec<ChatRef> = memory(shared).last.keys().copied().collect();
    for chat in chats {
        let page = api.get_chat(chat, ChatPagination::Last { count: 1000 }).await?;
        for item in page.chat_items {
            let (CiContent::RcvMsgContent { .. }, id) = (&item.content, item.meta.item_id) else { continue };
            compared += 1;
            let stored = of(&item);
            let known = memory(shared).items.get(&id).map(|known| Known { handled: 0, ..*known });
            let same = match known {
                // Either it was never handled, or the bot has dropped it because it was deleted.
                None => stored.deleted,
                Some(known) if stored.deleted => known.deleted,
                Some(known) => known == stored,
            };
            if !same {
                differ += 1;
                eprintln!("{chat} {id}: known {known:?}, stored {stored:?}");
            }
        }
    }
    Ok((differ, compared))
}

fn peak_kb() -> anyhow::Result<u64> {
    let status =
        std::fs::read_to_string("/proc/self/status").context("the size of a process is known on Linux only")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).context("no VmHWM")?;
    Ok(line.trim().trim_end_matches(" kB").parse()?)
}
