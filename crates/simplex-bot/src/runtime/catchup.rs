//! Reading messages from the core's database that were missed or found no room.

use std::collections::HashMap;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::sleep;

use crate::api::ApiError;
use crate::core::CoreError;
use crate::message::Message;
use crate::types::{AChat, ChatItem, ChatItemId, ChatPagination, CiMeta, CiStatus, StoreError, Timestamp, cmd};

use super::attempts::{before_stop, pause};
use super::early::is_early;
use super::lanes::Behind;
use super::profiles::is_gone;
use super::unread::last_change;
use super::weight::Page;
use super::{Delivery, Engine, Key, Options, marks, worker};

/// How many items of a chat are read at once: the least, however many chats are read in parallel, and the most. At first,
/// and of large items, it is fewer.
const ITEMS: (usize, usize) = (10, 400);
/// The most unfinished messages of a chat that are checked again while it is read: each check is a command, and the
/// people who write decide how many there are.
const SIDE_BY_SIDE: usize = 10;
/// The most passes over a chat at a time, for one whose items are deleted while it is read.
const PASSES: usize = 10;
/// The pause before a chat that could not be read is read again: short, because what is queued in its lane and other chats
/// that are to be read wait for this.
const AGAIN: Duration = Duration::from_secs(1);

pub(super) fn is_unread(meta: &CiMeta) -> bool {
    matches!(meta.item_status, CiStatus::RcvNew)
}

/// Whether a message is still being written, according to the core.
pub(super) fn is_live(meta: &CiMeta) -> bool {
    meta.item_live == Some(true)
}

/// Handles the unread messages of a chat from the database, until there are none and none was left meanwhile.
pub(super) async fn read_chat(engine: &Arc<Engine>, key: Key) {
    for n in 1..=PASSES {
        let passed = pass(engine, key).await;
        if passed.is_ok() {
            engine.reading.worked(Some(key.chat));
        }
        match passed {
            Ok(Pass::Found) => {}
            Ok(Pass::Nothing { left }) => {
                if engine.lanes.caught_up(key, left) {
                    return;
                }
            }
            Ok(Pass::Ended) => return,
            // The item at which a page was to begin is gone. Try again: it is unlikely to happen each time.
            Err(error) if n < PASSES && is_item_gone(&error) => {}
            // The chat is gone.
            Err(error) if is_gone(&error) && !is_item_gone(&error) => {
                let left = engine.lanes.left(key).map_or(0, |behind| behind.left);
                if engine.lanes.caught_up(key, left) {
                    return;
                }
            }
            Err(error) => {
                engine.reading.failed(Some(key.chat), &error);
                before_stop(engine, sleep(AGAIN)).await;
                return;
            }
        }
    }
}

fn is_item_gone(error: &ApiError) -> bool {
    error.chat_error().is_some_and(|error| error.summary().ends_with("chatItemNotFound"))
}

/// The result of one pass over a chat.
enum Pass {
    /// Something was handled: there may be more before it.
    Found,
    /// There was nothing to handle; `left` is the lane's number of left items from before the pass looked.
    Nothing { left: u64 },
    /// No more items are accepted, or other lanes are to read first, or the lane waits for a retry.
    Ended,
}

/// Goes over a chat once, from its first unread message to its end.
async fn pass(engine: &Arc<Engine>, key: Key) -> Result<Pass, ApiError> {
    // When the bot stops, the code that stops it takes care of the marks.
    let Some(_) = before_stop(engine, marks::flush_chat(engine, key)).await else { return Ok(Pass::Ended) };
    // Taken before the page is read, so that changes during the read are noticed.
    let Some(mut behind) = engine.lanes.left(key) else { return Ok(Pass::Ended) };
    // Items that are left from here on may be on a page that was already passed before their events came.
    let left = behind.left;
    let Some((mut page, mut size)) = first_page(engine, key, behind).await? else { return Ok(Pass::Ended) };
    if engine.leaves_early_ones() && is_early(&page.chat_info) {
        // One more pass if the chat is noted only now: no event would report a connection that was made before that.
        let noted = engine.early.note(key);
        return Ok(if noted { Pass::Found } else { Pass::Nothing { left } });
    }
    let mut found = 0;
    let mut unfinished = Vec::new();
    loop {
        // Servers give times in whole seconds: a message may be placed before what the bot wrote in the same second.
        let unread = page.chat_items.iter().rev().find(|item| is_unread(&item.meta));
        let last = unread.or(page.chat_items.last()).map(|item| item.meta.item_id);
        let info = Arc::new(page.chat_info);
        for item in page.chat_items {
            if !is_fresh(engine, &item, behind) {
                if unfinished.len() < SIDE_BY_SIDE && is_live(&item.meta) && is_due(engine, &item, behind) {
                    unfinished.push(item.meta.item_id);
                }
                continue;
            }
            let id = item.meta.item_id.0;
            // A chat that is no longer behind was deleted, and the page shows the deleted one.
            let Some(now) = engine.lanes.admit(key, id) else { return Ok(Pass::Ended) };
            found += 1;
            let stale = now.changes != behind.changes;
            match Message::from_chat(&engine.api(key.user), Arc::clone(&info), item, true) {
                Some(message) => worker::give(engine, key, message, stale).await,
                // Nothing to handle: an invitation, a notice of the core.
                None => engine.passed_over(key, id),
            }
            if !worker::work_aside(engine, key).await {
                return Ok(Pass::Ended);
            }
        }
        let Some(last) = last else { break };
        // Otherwise this would not end while somebody writes faster than the bot handles.
        let (least, _) = ITEMS;
        if found >= least && engine.lanes.others_wait() {
            return Ok(Pass::Ended);
        }
        let Some(now) = engine.lanes.left(key) else { return Ok(Pass::Ended) };
        behind = now;
        let after = |count| ChatPagination::After { item: last, count };
        let Some(next) = get(engine, key, size.next(items_at_once(engine)), after).await? else {
            return Ok(Pass::Ended);
        };
        // Only now: while the page was read, others were to know of about as much.
        (page, size) = next;
        // If the core returned a page that is not after `last`, this would never end.
        let again = page.chat_items.iter().any(|item| item.meta.item_id == last);
        if again || !size.full && !page.chat_items.iter().any(|item| is_unread(&item.meta)) {
            break;
        }
        // A message that was unfinished when its page was read, but is finished now, comes before what follows.
        if page.chat_items.iter().any(|item| is_fresh(engine, item, behind)) {
            for &item in &unfinished {
                let Some((around, _)) = get_around(engine, key, item).await? else { return Ok(Pass::Ended) };
                if around.chat_items.iter().any(|here| here.meta.item_id == item && !is_live(&here.meta)) {
                    return Ok(Pass::Found);
                }
            }
        }
    }
    Ok(if found > 0 { Pass::Found } else { Pass::Nothing { left } })
}

/// The page with the first unread item; `None` when the bot stops.
async fn around_unread(engine: &Engine, key: Key) -> Result<Got<'_>, ApiError> {
    let initial = |count| ChatPagination::Initial { count };
    let Some((page, size)) = get(engine, key, Page::of(&engine.pages, 1), initial).await? else { return Ok(None) };
    // Since 6.5 it is the page around the item that was viewed last, which may be the bot's own answer: the first
    // unread item may be before it.
    let item = page.chat_stats.min_unread_item_id;
    if item.0 > 0 && !page.chat_items.iter().any(|here| here.meta.item_id == item) {
        return get_around(engine, key, item).await;
    }
    Ok(Some((page, size)))
}

/// The page with the first message to be handled; `None` when the bot stops or the lane is to wait for a retry.
async fn first_page(engine: &Arc<Engine>, key: Key, behind: Behind) -> Result<Got<'_>, ApiError> {
    let mut before = Page::of(&engine.pages, 1);
    if engine.options.delivery != Delivery::Off {
        match around_unread(engine, key).await {
            Ok(None) => return Ok(None),
            Ok(Some((page, size))) => {
                let first = page.chat_items.iter().find(|item| is_unread(&item.meta));
                let old = |item: &ChatItem| !is_mine(engine, &item.meta, behind);
                if !first.is_some_and(old) {
                    return Ok(Some((page, size)));
                }
                before = size;
            }
            // The core returns no page around an item that it cannot read, but it returns pages that merely contain it.
            Err(error) if matches!(error.store_error(), Some(StoreError::BadChatItem { .. })) => {
                tracing::warn!(chat = %key.chat, %error, "an unread item that the core cannot read");
            }
            Err(error) => return Err(error),
        }
    }
    // Unread messages from before the bot's time stay unread, and the core cannot return the page after them. So: go
    // back from the end of the chat, to the first left item if nothing else was missed, or else to the bot's time or to
    // where nothing was to be handled the last time. A page with nothing to handle does not end this: it may hold only
    // the bot's own answers.
    let end = engine.looked_at.until(key);
    let is_further = |item: &ChatItem| {
        let id = item.meta.item_id.0;
        if behind.missed { id > end && is_mine(engine, &item.meta, behind) } else { id >= behind.first }
    };
    let is_due = |page: &AChat| page.chat_items.iter().any(|item| is_due(engine, item, behind));
    let is_left = |item: &ChatItem| is_unread(&item.meta) && is_mine(engine, &item.meta, behind);
    let has_left = |page: &AChat| page.chat_items.iter().any(is_left);
    // As times are whole seconds, what the core notes when a group is joined may lie behind messages of that second, and
    // fill a page: so this goes on over what two pages have at most.
    let mut more = 2 * items_at_once(engine) as usize;
    let mut back_from = |page: &AChat| {
        if !page.chat_items.iter().any(is_further) {
            more = more.saturating_sub(page.chat_items.len());
        }
        page.chat_items.first().filter(|_| more > 0).map(|item| item.meta.item_id)
    };
    let last = |count| ChatPagination::Last { count };
    let Some((mut begin, mut size)) = get(engine, key, before.next(items_at_once(engine)), last).await? else {
        return Ok(None);
    };
    drop(before);
    let highest = begin.chat_items.iter().map(|item| item.meta.item_id.0).max();
    let changed = last_change(&begin);
    let mut found = is_due(&begin);
    let mut left = has_left(&begin);
    let mut back = back_from(&begin);
    // Of the latest page, if it is not `begin`.
    let mut latest: Option<Page<'_>> = None;
    while let Some(item) = back {
        let next = latest.as_ref().unwrap_or(&size).next(items_at_once(engine));
        let before = |count| ChatPagination::Before { item, count };
        let Some((page, of_page)) = get(engine, key, next, before).await? else { return Ok(None) };
        // The same for a page that is not before `item`.
        back = back_from(&page).filter(|first| *first != item);
        left |= has_left(&page);
        if is_due(&page) {
            (begin, size, found, latest) = (page, of_page, true, None);
        } else {
            latest = Some(of_page);
        }
        // Handlers that continue do not wait until a long chat has been read.
        if !worker::work_aside(engine, key).await {
            return Ok(None);
        }
    }
    if behind.missed && !found {
        // With something unread that is being handled, the next look reads the chat again.
        engine.looked_at.set(key, highest.unwrap_or(0), changed.filter(|_| !left));
    }
    Ok(Some((begin, size)))
}

/// For chats with unread messages older than the bot: where the latest look found nothing to handle.
#[derive(Debug, Default)]
pub(super) struct LookedAt(Mutex<HashMap<Key, Looked>>);

#[derive(Debug, Default)]
struct Looked {
    /// The last item of the chat.
    until: i64,
    /// When the chat had changed last, if everything unread in it is older than the bot.
    changed: Option<Timestamp>,
    /// Whether the look before found the same: of some items, the core stores the time of the change first.
    twice: bool,
}

impl LookedAt {
    fn until(&self, key: Key) -> i64 {
        self.lock().get(&key).map_or(0, |looked| looked.until)
    }

    /// Whether nothing was stored in a chat since, going by the time of its last change now.
    pub(super) fn is_unchanged(&self, key: Key, changed: Option<Timestamp>) -> bool {
        changed.is_some() && self.lock().get(&key).is_some_and(|looked| looked.twice && looked.changed == changed)
    }

    fn set(&self, key: Key, until: i64, changed: Option<Timestamp>) {
        let mut looked = self.lock();
        let before = looked.entry(key).or_default();
        let twice = before.changed == changed;
        *before = Looked { until, changed, twice };
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Key, Looked>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether an item is to be handled now. If nothing was missed, an item whose event has not come yet waits for that
/// event: others of its chat may come before it.
fn is_fresh(engine: &Engine, item: &ChatItem, behind: Behind) -> bool {
    let told = behind.missed || item.meta.item_id.0 <= engine.told.load(Ordering::Relaxed);
    told && is_due(engine, item, behind) && !(is_live(&item.meta) && engine.live.is_going_on(item.meta.item_id.0))
}

/// Whether an item is to be handled: now, when its event comes, or, for a live message, when it is finished.
fn is_due(engine: &Engine, item: &ChatItem, behind: Behind) -> bool {
    is_unread(&item.meta) && is_mine(engine, &item.meta, behind) && !engine.lanes.knows(item.meta.item_id.0)
}

/// Whether an item came in the bot's time; all that were left in this run did.
fn is_mine(engine: &Engine, meta: &CiMeta, behind: Behind) -> bool {
    // If the bot marks nothing, only the ids of left items show what is new.
    meta.item_id.0 >= behind.first || (engine.options.delivery != Delivery::Off && engine.is_new(meta))
}

/// How many chats are read in parallel: at least as many as handlers may run; or more, as long as the smallest pages of
/// all together hold no more items than may be queued.
pub(super) fn side_by_side(options: &Options) -> usize {
    let (least, _) = ITEMS;
    (options.queue / least).max(options.in_flight).max(1)
}

/// How many items of a chat are read at once: all chats that are being read hold about as many as may be queued.
fn items_at_once(engine: &Engine) -> u32 {
    let (least, most) = ITEMS;
    let share = engine.options.queue / engine.lanes.reading().max(1);
    // It fits: the largest page is a small number.
    u32::try_from(share.clamp(least, most)).unwrap_or(u32::MAX)
}

/// A page of a chat, and what it takes; `None` when the bot stops.
type Got<'a> = Option<(AChat, Page<'a>)>;

/// Reads a page. One that turns out too large is not decoded, but read again with fewer items; so is one that gets no
/// answer, which may be too large for the connection, or take too long to read.
async fn get<'a>(
    engine: &Engine,
    key: Key,
    mut size: Page<'a>,
    page: impl Fn(u32) -> ChatPagination,
) -> Result<Got<'a>, ApiError> {
    loop {
        let command = cmd::GetChat::new(key.chat, page(size.items));
        let fits = |bytes| size.comes(bytes);
        let answer = before_stop(engine, async { engine.api(key.user).call_if(&command, fits).await }).await;
        match answer {
            None => return Ok(None),
            Some(Ok(answer)) => {
                let items = answer.chat.chat_items.len();
                return Ok(Some((answer.chat, size.has(items))));
            }
            Some(Err(ApiError::Unexpected { .. })) if size.items > 1 => size = size.fewer(),
            Some(Err(error @ ApiError::Core(CoreError::Timeout { .. } | CoreError::Interrupted { .. })))
                if size.items > 1 =>
            {
                engine.reading.failed(Some(key.chat), &error);
                size = size.fewer_from_now_on();
                // An answer that is too large may have cost the connection.
                if !pause(engine, AGAIN).await {
                    return Ok(None);
                }
            }
            Some(Err(error)) => return Err(error),
        }
    }
}

async fn get_around(engine: &Engine, key: Key, item: ChatItemId) -> Result<Got<'_>, ApiError> {
    get(engine, key, Page::of(&engine.pages, 1), |count| ChatPagination::Around { item, count }).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::{ChatRef, ContactId, UserId};

    #[test]
    fn a_chat_is_passed_over_only_after_two_looks_at_it_as_it_is() {
        let looked_at = LookedAt::default();
        let key = Key { user: UserId(1), chat: ChatRef::Direct(ContactId(4)) };
        let [early, late] = ["09", "10"].map(|second| {
            let time = format!("\"2026-01-01T00:00:{second}Z\"");
            serde_json::from_str::<Timestamp>(&time).ok()
        });
        looked_at.set(key, 5, early);
        assert!(!looked_at.is_unchanged(key, early));
        looked_at.set(key, 5, early);
        assert!(looked_at.is_unchanged(key, early));
        assert!(!looked_at.is_unchanged(key, late) && !looked_at.is_unchanged(key, None));
        looked_at.set(key, 6, late);
        assert!(!looked_at.is_unchanged(key, late));
    }
}
