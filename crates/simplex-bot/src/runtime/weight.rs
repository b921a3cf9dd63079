//! How much memory messages take that are in no queue: those of handlers that wait for somebody, those that are to be
//! handled again, and those that are read from the database. People decide what they write, so a limit on the number of
//! messages is no limit on memory: the core makes a formatted part of every few characters, and a text of 15 KB takes
//! more than a megabyte.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::Serialize;

use crate::message::Message;
use crate::types::{ChatItem, CiContent, CiDirection, FormattedText, MsgContent};

use super::Key;

/// Memory is counted in units: so much takes a handler of a usual message, with its task and the message's event.
const UNIT: usize = 8 << 10;

/// About how many bytes an item takes beyond those of a usual one.
fn bytes(item: &ChatItem) -> usize {
    let own = match &item.content {
        CiContent::RcvMsgContent { msg_content, .. } | CiContent::SndMsgContent { msg_content, .. } => {
            of_content(msg_content)
        }
        _ => 0,
    };
    let quoted = item.quoted_item.as_deref().map_or(0, |quoted| {
        of_content(&quoted.content)
            + of_parts(quoted.formatted_text.as_deref())
            + quoted.chat_dir.as_ref().map_or(0, of_sender)
    });
    // The text is in the item twice.
    item.meta.item_text.len() + own + quoted + of_parts(item.formatted_text.as_deref()) + of_sender(&item.chat_dir)
}

fn of_parts(parts: Option<&[FormattedText]>) -> usize {
    parts.map_or(0, |parts| parts.len() * (size_of::<FormattedText>() + 32))
}

fn of_content(content: &MsgContent) -> usize {
    let beside = match content {
        MsgContent::Image { image, .. } | MsgContent::Video { image, .. } => image.len(),
        MsgContent::Link { preview, .. } => of_json(preview),
        MsgContent::Chat { chat_link, .. } => of_json(chat_link),
        // Its text is kept once more when somebody asks for it.
        MsgContent::Unknown(unknown) => 2 * unknown.json().get().len(),
        _ => 0,
    };
    content.as_text().map_or(0, str::len) + beside
}

/// Each message in a group has its sender's whole profile.
fn of_sender(direction: &CiDirection) -> usize {
    let CiDirection::GroupRcv { group_member, .. } = direction else { return 0 };
    let profile = &group_member.member_profile;
    let texts = [&profile.short_descr, &profile.description, &profile.image];
    texts.into_iter().flatten().map(String::len).sum::<usize>() + profile.preferences.as_ref().map_or(0, of_json)
}

/// For what is rarely there, or small: about as much as its JSON.
fn of_json(value: &impl Serialize) -> usize {
    serde_json::to_vec(value).map_or(0, |json| json.len())
}

/// How many units a message takes. One from an event keeps the whole event, with the pictures of its chat.
pub(super) fn of_message(message: &Message) -> u32 {
    units(bytes(message.item()) + message.event_bytes())
}

/// How many units something takes that has these bytes beyond the usual.
pub(super) fn units(bytes: usize) -> u32 {
    u32::try_from(bytes / UNIT).unwrap_or(u32::MAX).saturating_add(1)
}

/// The most units of the handlers of one chat that wait.
pub(super) const MOST: u32 = 1_000;
/// The most of all chats: a bot may well ask tens of thousands of people something at the same time.
const MOST_TOGETHER: u32 = 1 << 16;

/// What the handlers that wait take.
#[derive(Debug, Default)]
pub(super) struct Parking(Mutex<Taken>);

#[derive(Debug, Default)]
struct Taken {
    of: HashMap<Key, u32>,
    together: u32,
}

impl Parking {
    /// Takes room for a handler; `false` if there is none. The more the others have, the less one chat may, so that
    /// hundreds of chats whose handlers wait do not keep another from it.
    pub(super) fn take(&self, key: Key, units: u32) -> bool {
        let mut taken = self.taken();
        let before = taken.of.get(&key).copied().unwrap_or(0);
        let (here, left) = (before.saturating_add(units), MOST_TOGETHER.saturating_sub(taken.together));
        // In proportion to the square of what the others leave.
        let (all, open) = (u64::from(MOST_TOGETHER), u64::from(left.saturating_add(before)));
        let share = u64::from(MOST) * open / all * open / all;
        let fits = units <= left && u64::from(here) <= share.max(1);
        if fits {
            taken.of.insert(key, here);
            taken.together += units;
        }
        fits
    }

    /// Gives back what was taken.
    pub(super) fn give_back(&self, key: Key, units: u32) {
        let mut taken = self.taken();
        taken.together = taken.together.saturating_sub(units);
        if let Some(here) = taken.of.get_mut(&key) {
            *here = here.saturating_sub(units);
            if *here == 0 {
                taken.of.remove(&key);
            }
        }
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// About how many bytes the pages take that are being handled.
#[derive(Debug, Default)]
pub(super) struct Pages(pub(super) AtomicUsize);

/// About how many times its text a page takes once it is decoded: six times if it is of short formatted parts, hardly more
/// than once if it is of pictures.
const DECODED: usize = 4;
/// The most bytes of a page.
const PAGE: usize = 8 << 20;
/// With more than this in all pages, each next one has one item.
const PAGES: usize = 64 << 20;
/// How many times as many items as the one before it a page may have: a few small ones do not say that the next are. If
/// they are not, it is read again with so many times fewer.
const GROWTH: u32 = 4;

impl Pages {
    /// How many items like those of this page may be in it, or in the next one.
    pub(super) fn most(&self, page: &Page<'_>) -> u32 {
        let bytes = page.bytes.load(Ordering::Relaxed);
        let others = self.0.load(Ordering::Relaxed).saturating_sub(bytes);
        if others > PAGES {
            return 1;
        }
        let most = PAGE * page.items as usize / bytes.max(1);
        u32::try_from(most).unwrap_or(u32::MAX).clamp(1, GROWTH.saturating_mul(page.items)).min(page.limit)
    }
}

/// A page that is being handled, or, until the next is there, was.
#[derive(Debug)]
pub(super) struct Page<'a> {
    pages: &'a Pages,
    bytes: AtomicUsize,
    /// How many items it has; at first, how many it may have.
    pub(super) items: u32,
    /// How many items it, and those after it, have at most: larger ones got no answer.
    limit: u32,
    /// Whether it has all that it may have: there may be more.
    pub(super) full: bool,
}

impl<'a> Page<'a> {
    /// One that is still to come, of so many items.
    pub(super) fn of(pages: &'a Pages, items: u32) -> Self {
        Self { pages, bytes: AtomicUsize::new(0), items, limit: u32::MAX, full: false }
    }

    /// The one after it, of at most so many items.
    pub(super) fn next(&self, most: u32) -> Self {
        let mut next = Self::of(self.pages, most.min(self.pages.most(self)));
        next.limit = self.limit;
        next
    }

    /// The same with fewer items, as it was too large.
    pub(super) fn fewer(&self) -> Self {
        self.next((self.items / GROWTH).max(1))
    }

    /// The same with fewer items, as it got no answer.
    pub(super) fn fewer_from_now_on(&self) -> Self {
        let mut fewer = self.fewer();
        fewer.limit = fewer.items;
        fewer
    }

    /// It is there, as a text of so many bytes; returns whether it may be decoded. One item always may.
    pub(super) fn comes(&self, text: usize) -> bool {
        let bytes = DECODED.saturating_mul(text);
        self.pages.0.fetch_add(bytes, Ordering::Relaxed);
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
        self.items == 1 || self.pages.most(self) >= self.items
    }

    /// It has so many items.
    pub(super) fn has(mut self, items: usize) -> Self {
        self.full = items >= self.items as usize;
        self.items = u32::try_from(items).unwrap_or(u32::MAX).max(1);
        self
    }
}

impl Drop for Page<'_> {
    fn drop(&mut self) {
        self.pages.0.fetch_sub(*self.bytes.get_mut(), Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::{ChatRef, ContactId, UserId};

    fn item(parts: usize) -> ChatItem {
        let event = include_str!("../../tests/message.json").trim_end();
        let mut event: serde_json::Value = serde_json::from_str(event).unwrap();
        let mut item = event["result"]["chatItems"][0]["chatItem"].take();
        item["formattedText"] = vec![serde_json::json!({"format": {"type": "bold"}, "text": "a"}); parts].into();
        serde_json::from_value(item).unwrap()
    }

    #[test]
    fn all_that_people_choose_is_counted() {
        let large = "x".repeat(50_000);
        let profile = serde_json::json!({"displayName": "a", "fullName": "", "image": large});
        let group = serde_json::json!({"displayName": "a", "fullName": "", "description": large});
        let preview = |member: &str| {
            let mut preview = serde_json::json!({"uri": "", "title": "", "description": "", "image": ""});
            preview[member] = large.as_str().into();
            serde_json::json!({"type": "link", "text": "", "preview": preview})
        };
        let chat = |link: serde_json::Value| serde_json::json!({"type": "chat", "text": "", "chatLink": link});
        let contents = [
            serde_json::json!({"type": "text", "text": large}),
            serde_json::json!({"type": "image", "text": "", "image": large}),
            preview("uri"),
            preview("title"),
            preview("description"),
            preview("image"),
            chat(serde_json::json!({"type": "contact", "connLink": "", "profile": profile})),
            chat(serde_json::json!({"type": "group", "connLink": "", "groupProfile": group})),
            serde_json::json!({"type": "new", "text": "", "new": large}),
        ];
        let usual = serde_json::to_value(item(0)).unwrap();
        let member = serde_json::json!({"type": "groupRcv", "groupMember": {
            "groupMemberId": 1, "groupId": 1, "memberId": "", "memberRole": "member", "memberCategory": "invitee",
            "memberStatus": "connected", "invitedBy": {"type": "unknown"}, "memberContactProfileId": 1,
            "memberProfile": profile,
        }});
        let mut items = Vec::new();
        let mut with = |change: &dyn Fn(&mut serde_json::Value)| {
            let mut item = usual.clone();
            change(&mut item);
            items.push(item);
        };
        for content in &contents {
            for tag in ["rcvMsgContent", "sndMsgContent"] {
                with(&|item| item["content"] = serde_json::json!({"type": tag, "msgContent": content}));
            }
            let sent = "2026-01-01T00:00:00Z";
            with(&|item| item["quotedItem"] = serde_json::json!({"sentAt": sent, "content": content}));
        }
        with(&|item| item["chatDir"] = member.clone());
        for item in items {
            let text = item.to_string().replace(&large, "…");
            let item: ChatItem = serde_json::from_value(item).unwrap();
            assert!((50_000..110_000).contains(&bytes(&item)), "{} {text}", bytes(&item));
        }
    }

    #[test]
    fn after_large_items_and_beside_them_pages_are_short() {
        let pages = Pages::default();
        let page = |items, text| {
            let page = Page::of(&pages, items);
            (page.comes(text), page.has(items as usize))
        };
        let (fits, usual) = page(10, 10_000);
        assert!(fits && usual.full);
        assert_eq!(pages.most(&usual), 40, "what follows may be larger");
        assert_eq!(pages.most(&Page::of(&pages, 1)), 4);
        let (fits, one) = page(1, 1 << 20);
        assert_eq!((fits, pages.most(&one)), (true, 2));
        assert!(!page(3, 3 << 20).0);
        let large: Vec<_> = (0..8).map(|_| page(2, 2 << 20)).collect();
        assert!(large.iter().all(|(fits, _)| *fits));
        assert_eq!(pages.most(&usual), 1);
        assert!(!page(2, 2_000).0 && page(1, 1 << 20).0);
        drop(large);
        assert_eq!(pages.most(&usual), 40);
        drop((usual, one));
        assert_eq!(pages.0.into_inner(), 0);
    }

    #[test]
    fn many_chats_together_leave_room_for_another_one() {
        let parking = Parking::default();
        let key = |id| Key { user: UserId(1), chat: ChatRef::Direct(ContactId(id)) };
        let takes_all = |id, units| std::iter::from_fn(|| parking.take(key(id), units).then_some(())).count();
        assert_eq!(takes_all(0, 1), 1_000);
        assert!((1..500).all(|id| takes_all(id, 1) > 0));
        assert!(!parking.take(key(1_000), 100), "those of large messages first");
        assert!(takes_all(1_000, 1) > 0);
        assert!(parking.taken().together < MOST_TOGETHER);
        (0..=1_000).for_each(|id| {
            while parking.taken().of.contains_key(&key(id)) {
                parking.give_back(key(id), 1)
            }
        });
        assert_eq!(parking.taken().together, 0);
        assert!(parking.take(key(1), MOST), "the largest, alone");
        assert!(!parking.take(key(1), 1));
    }
}
