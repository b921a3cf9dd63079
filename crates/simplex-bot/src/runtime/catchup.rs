//! Reading messages from the core's database that were missed or found no room.

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::Deserialize;

use crate::api::{ApiError, ChatApi};
use crate::filter::Roles;
use crate::message::{Message, chat_ref};
use crate::types::{
    AChat, ChatItem, ChatPagination, ChatRef, CiMeta, CiStatus, GroupChatScope, GroupInfo, GroupMember,
    GroupMemberRole, PaginationByTime, StoreError, Timestamp, UserId, cmd,
};

use super::attempts::{before_stop, pause};
use super::early::is_early;
use super::journal::Baseline;
use super::lanes::Behind;
use super::profiles::is_gone;
use super::{Delivery, Engine, Key, Options, marks, worker};

/// How many chats of a list are read at once.
pub(super) const CHATS: u32 = 500;
/// How many items of a chat are read at once: the least, however many chats are read in parallel, and the most.
const ITEMS: (usize, usize) = (10, 400);
/// The most unfinished messages of a chat that are checked again while it is read: each check is a command, and the
/// people who write decide how many there are.
const SIDE_BY_SIDE: usize = 10;
/// The most passes over a chat at a time, for one whose items are deleted while it is read.
const PASSES: usize = 10;

pub(super) fn is_unread(meta: &CiMeta) -> bool {
    matches!(meta.item_status, CiStatus::RcvNew)
}

/// Whether a message is still being written, according to the core.
pub(super) fn is_live(meta: &CiMeta) -> bool {
    meta.item_live == Some(true)
}

/// Finds the highest item id from before `start`, for the first run on a database.
///
/// All profiles share one sequence of item ids; `views` are those of the profiles that are served.
pub(crate) async fn first_baseline(views: &[(UserId, ChatApi)], start: Baseline) -> Baseline {
    let mut item = Some(0);
    for (user, api) in views {
        // If it is unknown for one profile, only the time is used: too low an id would make old messages new.
        item = item.zip(highest_before(api, *user, start.time).await).map(|(item, highest)| item.max(highest));
    }
    Baseline { item, ..start }
}

/// The highest id from before `time` in a profile, 0 if there is none; `None` if the core does not say.
async fn highest_before(api: &ChatApi, user: UserId, time: i64) -> Option<i64> {
    let latest = api.raw("/_get items count=100").await.ok()?;
    let items = latest["chatItems"].as_array()?;
    if items.is_empty() {
        return Some(0);
    }
    // Two fields of each, read by hand: decoding whole records from a `Value` would be compiled for this line alone.
    let mut metas: Vec<(i64, i64)> = items.iter().filter_map(|item| id_and_time(&item["chatItem"]["meta"])).collect();
    let highest = |metas: &[(i64, i64)]| metas.iter().filter(|(_, created)| *created < time).max().copied();
    // These are the latest by sending time. An item that was stored last may be older; it matters if it is unread.
    for (chat, changed) in unread_chats(api, user).await.ok()? {
        // What is stored in a chat changes it: if it changed earlier, it has nothing higher. So of many chats, of which
        // the latest comes first, only few are read.
        let changed = changed.map(|time| time.as_unix_millis());
        if highest(&metas).is_some_and(|(_, created)| changed.is_some_and(|changed| changed < created)) {
            continue;
        }
        let latest = api.get_chat(chat, ChatPagination::Last { count: 100 }).await.ok()?.chat_items;
        metas.extend(latest.iter().map(|item| (item.meta.item_id.0, item.meta.created_at.as_unix_millis())));
    }
    let highest = highest(&metas).map(|(id, _)| id);
    // If all of them were made since: earlier items have lower ids.
    let lowest = metas.iter().map(|(id, _)| id.saturating_sub(1)).min();
    highest.or(lowest)
}

fn id_and_time(meta: &serde_json::Value) -> Option<(i64, i64)> {
    let created = Timestamp::deserialize(&meta["createdAt"]).ok()?;
    Some((meta["itemId"].as_i64()?, created.as_unix_millis()))
}

/// The chats that have something unread, each with the time of its last change.
pub(super) async fn unread_chats(api: &ChatApi, user: UserId) -> Result<Vec<(ChatRef, Option<Timestamp>)>, ApiError> {
    // In the order of the list, so that tests are deterministic; some chats are on two pages.
    let (mut found, mut known) = (Vec::new(), HashSet::new());
    let mut page = PaginationByTime::Last { count: CHATS };
    loop {
        let query = crate::types::ChatListQuery::filters(false, true);
        let command = cmd::GetChats::new(user).with_pagination(page).with_query(query);
        let chats = api.call(&command).await?.chats;
        let unread = chats.iter().filter(|chat| chat.chat_stats.unread_count > 0);
        let unread = unread.filter_map(|chat| Some((chat_ref(&chat.chat_info)?, last_change(chat))));
        found.extend(unread.filter(|(chat, _)| known.insert(*chat)));
        match next_page(page, &chats) {
            Some(next) => page = next,
            None => return Ok(found),
        }
    }
}

/// The next page of a list of chats, if this one is full.
///
/// The core returns the chats before a time, and several may have changed at the same time. So the chats of the page's
/// last time are requested once more; and if the whole page has one time, with a larger page.
pub(super) fn next_page(page: PaginationByTime, chats: &[AChat]) -> Option<PaginationByTime> {
    let times: Vec<_> = chats.iter().filter_map(last_change).collect();
    page_after(page, chats.len(), &times)
}

fn page_after(page: PaginationByTime, chats: usize, times: &[Timestamp]) -> Option<PaginationByTime> {
    let count = match page {
        PaginationByTime::Last { count } | PaginationByTime::Before { count, .. } => count,
        _ => return None,
    };
    if chats < count as usize {
        return None;
    }
    let moment = |time: &Timestamp| (time.as_unix_seconds(), time.subsec_nanos());
    let last = moment(times.last()?);
    let twice = count.saturating_mul(2);
    // Never from a later time again, or paging would not end.
    let is_earlier = |time: &Timestamp| match &page {
        PaginationByTime::Before { time: before, .. } => moment(time) < moment(before),
        _ => true,
    };
    Some(match (times.iter().rev().find(|time| moment(time) > last && is_earlier(time)), page) {
        (Some(time), _) => PaginationByTime::Before { time: *time, count: CHATS },
        (None, PaginationByTime::Before { time, .. }) => PaginationByTime::Before { time, count: twice },
        (None, _) => PaginationByTime::Last { count: twice },
    })
}

/// Whether members of a group wait for an answer of its moderators.
pub(super) fn wants_attention(group: &GroupInfo) -> bool {
    group.members_require_attention > 0
}

/// Whether all support chats were looked at since events were last missed.
#[derive(Debug, Default)]
pub(super) struct SupportChats {
    missed: AtomicU64,
    looked: AtomicU64,
}

impl SupportChats {
    /// Events were missed.
    pub(super) fn miss(&self) {
        self.missed.fetch_add(1, Ordering::Relaxed);
    }

    /// For a look that begins: the number to pass to `looked` at its end; `None` if there is nothing to look for.
    pub(super) fn missed(&self) -> Option<u64> {
        let missed = self.missed.load(Ordering::Relaxed);
        (self.looked.load(Ordering::Relaxed) != missed).then_some(missed)
    }

    pub(super) fn looked(&self, missed: u64) {
        self.looked.store(missed, Ordering::Relaxed);
    }
}

/// Makes the support chats with unread messages be read, in some groups: the core does not count them with their
/// groups.
///
/// Even where nobody waits for an answer, something may be unread: for the core an answer of any moderator ends the
/// waiting. But looking at the members of every group takes long.
pub(super) async fn read_support_chats(
    engine: &Arc<Engine>,
    user: UserId,
    of: impl Fn(&GroupInfo) -> bool,
) -> Result<(), ApiError> {
    let api = engine.api(user);
    let unread = |member: &GroupMember| member.support_chat.as_ref().is_some_and(|chat| chat.unread > 0);
    let mut looked = Ok(());
    for group in api.list_groups(user, None, None).await?.into_iter().filter(of) {
        let GroupInfo { group_id, membership, .. } = group;
        let scope = |member| ChatRef::scoped(group_id, GroupChatScope::MemberSupport(member));
        let read = |member| engine.read_behind(Key { user, chat: scope(member) });
        if unread(&membership) {
            read(None);
        }
        if Roles::AtLeast(GroupMemberRole::Moderator).has(&membership.member_role) {
            let members = match api.list_members(group_id).await {
                Ok(members) => members,
                // The group was deleted meanwhile.
                Err(error) if error.is_not_found() => continue,
                // A group that cannot be looked at does not keep the others from it.
                Err(error) => {
                    looked = Err(error);
                    continue;
                }
            };
            members.iter().filter(|member| unread(member)).for_each(|member| read(Some(member.group_member_id)));
        }
    }
    looked
}

/// The time by which the core orders the list of chats.
pub(super) fn last_change(chat: &AChat) -> Option<Timestamp> {
    use crate::types::ChatInfo;
    match &chat.chat_info {
        ChatInfo::Direct { contact, .. } => contact.chat_ts.or(Some(contact.updated_at)),
        ChatInfo::Group { group_info, .. } => group_info.chat_ts.or(Some(group_info.updated_at)),
        _ => chat.chat_items.last().map(|item| item.meta.item_ts),
    }
}

/// Handles the unread messages of a chat from the database, until there are none and none was left meanwhile.
pub(super) async fn read_chat(engine: &Arc<Engine>, key: Key) {
    for n in 1..=PASSES {
        match pass(engine, key).await {
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
            // Short, because what is queued in the lane and other chats that are to be read wait for this.
            Err(error) => {
                tracing::warn!(chat = %key.chat, %error, "cannot read missed messages; will try again");
                pause(engine, std::time::Duration::from_secs(1)).await;
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
    let Some(mut page) = first_page(engine, key, behind).await? else { return Ok(Pass::Ended) };
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
            let Some(now) = engine.lanes.left(key) else { return Ok(Pass::Ended) };
            if !engine.lanes.admit(key, id) {
                return Ok(Pass::Ended);
            }
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
        let count = items_at_once(engine);
        let Some(next) = get(engine, key, ChatPagination::After { item: last, count }).await? else {
            return Ok(Pass::Ended);
        };
        page = next;
        // If the core returned a page that is not after `last`, this would never end.
        let again = page.chat_items.iter().any(|item| item.meta.item_id == last);
        let full = page.chat_items.len() >= count as usize;
        if again || !full && !page.chat_items.iter().any(|item| is_unread(&item.meta)) {
            break;
        }
        // A message that was unfinished when its page was read, but is finished now, comes before what follows.
        if page.chat_items.iter().any(|item| is_fresh(engine, item, behind)) {
            for &item in &unfinished {
                let around = get(engine, key, ChatPagination::Around { item, count: 1 }).await?;
                let Some(around) = around else { return Ok(Pass::Ended) };
                if around.chat_items.iter().any(|here| here.meta.item_id == item && !is_live(&here.meta)) {
                    return Ok(Pass::Found);
                }
            }
        }
    }
    Ok(if found > 0 { Pass::Found } else { Pass::Nothing { left } })
}

/// The page with the first unread item; `None` when the bot stops.
async fn around_unread(engine: &Engine, key: Key) -> Result<Option<AChat>, ApiError> {
    let Some(page) = get(engine, key, ChatPagination::Initial { count: 1 }).await? else { return Ok(None) };
    // Since 6.5 it is the page around the item that was viewed last, which may be the bot's own answer: the first
    // unread item may be before it.
    let item = page.chat_stats.min_unread_item_id;
    if item.0 > 0 && !page.chat_items.iter().any(|here| here.meta.item_id == item) {
        return get(engine, key, ChatPagination::Around { item, count: 1 }).await;
    }
    Ok(Some(page))
}

/// The page with the first message to be handled; `None` when the bot stops or the lane is to wait for a retry.
async fn first_page(engine: &Arc<Engine>, key: Key, behind: Behind) -> Result<Option<AChat>, ApiError> {
    if engine.options.delivery != Delivery::Off {
        match around_unread(engine, key).await {
            Ok(None) => return Ok(None),
            Ok(Some(page)) => {
                let first = page.chat_items.iter().find(|item| is_unread(&item.meta));
                let old = |item: &ChatItem| !is_mine(engine, &item.meta, behind);
                if !first.is_some_and(old) {
                    return Ok(Some(page));
                }
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
    let count = items_at_once(engine);
    let end = engine.looked_at.until(key);
    let is_further = |item: &ChatItem| {
        let id = item.meta.item_id.0;
        if behind.missed { id > end && is_mine(engine, &item.meta, behind) } else { id >= behind.first }
    };
    let is_due = |page: &AChat| page.chat_items.iter().any(|item| is_due(engine, item, behind));
    let is_left = |item: &ChatItem| is_unread(&item.meta) && is_mine(engine, &item.meta, behind);
    let has_left = |page: &AChat| page.chat_items.iter().any(is_left);
    // As times are whole seconds, what the core notes when a group is joined may lie behind messages of that second, and
    // fill a page.
    let mut one_more = true;
    let mut back_from = |page: &AChat| {
        let is_further = page.chat_items.iter().any(is_further) || std::mem::take(&mut one_more);
        page.chat_items.first().filter(|_| is_further).map(|item| item.meta.item_id)
    };
    let Some(mut begin) = get(engine, key, ChatPagination::Last { count }).await? else { return Ok(None) };
    let highest = begin.chat_items.iter().map(|item| item.meta.item_id.0).max();
    let changed = last_change(&begin);
    let mut found = is_due(&begin);
    let mut left = has_left(&begin);
    let mut back = back_from(&begin);
    while let Some(item) = back {
        let Some(page) = get(engine, key, ChatPagination::Before { item, count }).await? else { return Ok(None) };
        // The same for a page that is not before `item`.
        back = back_from(&page).filter(|first| *first != item);
        left |= has_left(&page);
        if is_due(&page) {
            (begin, found) = (page, true);
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
    Ok(Some(begin))
}

/// For chats with unread messages older than the bot: up to which item a look found nothing to handle, and when the chat
/// had changed last.
#[derive(Debug, Default)]
pub(super) struct LookedAt(Mutex<HashMap<Key, (i64, Option<Timestamp>)>>);

impl LookedAt {
    fn until(&self, key: Key) -> i64 {
        self.lock().get(&key).map_or(0, |(item, _)| *item)
    }

    /// Whether nothing was stored in a chat since that look, going by the time of its last change now: all that is
    /// unread is older than the bot.
    pub(super) fn is_unchanged(&self, key: Key, changed: Option<Timestamp>) -> bool {
        changed.is_some() && self.lock().get(&key).is_some_and(|(_, then)| *then == changed)
    }

    fn set(&self, key: Key, item: i64, changed: Option<Timestamp>) {
        self.lock().insert(key, (item, changed));
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Key, (i64, Option<Timestamp>)>> {
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

/// A page of a chat; `None` when the bot stops.
async fn get(engine: &Engine, key: Key, page: ChatPagination) -> Result<Option<AChat>, ApiError> {
    before_stop(engine, async { engine.api(key.user).get_chat(key.chat, page).await }).await.transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: u32) -> Timestamp {
        serde_json::from_str(&format!("\"2026-01-01T00:00:{second:02}Z\"")).unwrap()
    }

    /// Pages through chats that changed at these seconds, as the core does; returns how often each was seen.
    fn paged(seconds: &[u32]) -> Vec<usize> {
        let mut sorted: Vec<(u32, usize)> = seconds.iter().copied().zip(0..).collect();
        sorted.sort_by_key(|(second, _)| std::cmp::Reverse(*second));
        let mut seen = vec![0; seconds.len()];
        let mut page = PaginationByTime::Last { count: CHATS };
        for _ in 0..100 {
            let (before, count) = match page {
                PaginationByTime::Before { time, count } => (time.as_unix_seconds(), count),
                PaginationByTime::Last { count } => (i64::MAX, count),
                _ => break,
            };
            let chats = sorted.iter().filter(|(second, _)| at(*second).as_unix_seconds() < before);
            let chats: Vec<_> = chats.take(count as usize).collect();
            chats.iter().for_each(|(_, n)| seen[*n] += 1);
            let times: Vec<_> = chats.iter().map(|(second, _)| at(*second)).collect();
            match page_after(page, chats.len(), &times) {
                Some(next) => page = next,
                None => return seen,
            }
        }
        panic!("never at an end");
    }

    #[test]
    fn chats_that_changed_at_the_same_moment_are_not_passed_over() {
        let full = CHATS as usize;
        // A page ends among the chats of second 5; or a whole page has one time: the first, one in between, the last.
        for run in [[30, 40], [full - 3, 20], [1, 3 * full], [full, full], [2 * full + 1, 5], [0, 0]] {
            let seconds: Vec<u32> = [(9, run[0]), (5, run[1]), (2, full + 7)]
                .into_iter()
                .flat_map(|(second, count)| std::iter::repeat_n(second, count))
                .collect();
            let seen = paged(&seconds);
            assert!(seen.iter().all(|times| *times >= 1), "{run:?}");
        }
    }

    #[test]
    fn a_list_that_begins_anew_comes_to_its_end_too() {
        // As from a core that ignores the time, or orders by another one.
        let chats: Vec<_> = (0..50).rev().map(at).cycle().take(3 * CHATS as usize).collect();
        let mut page = PaginationByTime::Last { count: CHATS };
        for _ in 0..100 {
            let (PaginationByTime::Last { count } | PaginationByTime::Before { count, .. }) = page else { break };
            let given = chats.get(..count as usize).unwrap_or(&chats);
            match page_after(page, given.len(), given) {
                Some(next) => page = next,
                None => return,
            }
        }
        panic!("never at an end");
    }

    #[test]
    fn the_list_is_at_its_end_with_a_page_that_is_not_full() {
        let page = PaginationByTime::Last { count: CHATS };
        assert_eq!(page_after(page, CHATS as usize - 1, &[at(1), at(0)]), None);
        assert_eq!(page_after(page, 0, &[]), None);
    }
}
