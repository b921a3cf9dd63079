//! Which chats have unread messages, and from when on messages are the bot's.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use serde::Deserialize;

use crate::api::{ApiError, ChatApi};
use crate::filter::Roles;
use crate::message::chat_ref;
use crate::types::{
    AChat, ChatPagination, ChatRef, GroupChatScope, GroupId, GroupInfo, GroupMember, GroupMemberRole, PaginationByTime,
    Timestamp, UserId, cmd,
};

use super::journal::Baseline;
use super::{Engine, Key};

/// How many chats of a list are read at once.
pub(super) const CHATS: u32 = 500;

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

/// The next page of a list of chats, if this one is about full.
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
    // The core leaves out chats that it cannot read, so that a page may be short of some before the last.
    if chats < (count as usize).div_ceil(2) {
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
            let Some(members) = members_of(&api, group_id, &mut looked).await else { continue };
            members.iter().filter(|member| unread(member)).for_each(|member| read(Some(member.group_member_id)));
        }
    }
    looked
}

/// The members of one group of several, all of which are looked at: `None` if it was deleted meanwhile, or cannot be
/// looked at, which must not keep the others from it.
pub(super) async fn members_of(
    api: &ChatApi,
    group: GroupId,
    looked: &mut Result<(), ApiError>,
) -> Option<Vec<GroupMember>> {
    match api.list_members(group).await {
        Ok(members) => return Some(members),
        Err(error) if error.is_not_found() => {}
        Err(error) => *looked = Err(error),
    }
    None
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

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: u32) -> Timestamp {
        let (minute, second) = (second / 60, second % 60);
        serde_json::from_str(&format!("\"2026-01-01T00:{minute:02}:{second:02}Z\"")).unwrap()
    }

    /// Pages through chats that changed at these seconds, as the core does; returns how often each was seen.
    fn paged(seconds: &[u32]) -> Vec<usize> {
        paged_without(seconds, None)
    }

    fn paged_without(seconds: &[u32], unreadable: Option<usize>) -> Vec<usize> {
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
            let chats: Vec<_> = chats.take(count as usize).filter(|(_, n)| Some(*n) != unreadable).collect();
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
    fn the_list_is_at_its_end_with_a_page_that_is_far_from_full() {
        let page = PaginationByTime::Last { count: CHATS };
        assert_eq!(page_after(page, (CHATS as usize).div_ceil(2) - 1, &[at(1), at(0)]), None);
        assert!(page_after(page, (CHATS as usize).div_ceil(2), &[at(1), at(0)]).is_some());
        assert_eq!(page_after(page, 0, &[]), None);
    }

    /// As the core leaves it out, and reports it in an event.
    #[test]
    fn a_chat_that_the_core_cannot_read_does_not_hide_the_next_page() {
        let full = CHATS as usize;
        let seconds: Vec<u32> = (0..3 * full).map(|n| u32::try_from(n).unwrap()).collect();
        for unreadable in [0, 1, full, 2 * full] {
            let seen = paged_without(&seconds, Some(unreadable));
            let expected: Vec<usize> = (0..seconds.len()).map(|n| usize::from(n != unreadable)).collect();
            let once: Vec<usize> = seen.into_iter().map(|times| times.min(1)).collect();
            assert!(once == expected, "{unreadable}");
        }
    }
}
