//! Chat items, and the chats that contain them.

use super::{Stats, put_contact, put_notes_info, put_pending, put_stats, put_ts};
use crate::json::Js;
use crate::parser::ChatRef;
use crate::state::{Body, Core, Dir, EDITABLE_HOURS, Item, Quote};
use crate::time::Ts;

/// A chat as `chatInfo`.
pub(crate) fn put_chat_info(j: &mut Js, core: &mut Core, chat: ChatRef) {
    match chat {
        ChatRef::Direct(id) => {
            j.obj().tag("direct").key("contact");
            put_contact(j, core, id);
            j.end();
        }
        ChatRef::Local(id) => match core.notes.get(&id) {
            Some(n) => put_notes_info(j, n),
            None => {
                j.obj().end();
            }
        },
        ChatRef::Connection(id) => {
            j.obj().tag("contactConnection").key("contactConnection");
            put_pending(j, core, id);
            j.end();
        }
        ChatRef::Group(id, scope) => {
            j.obj().tag("group").key("groupInfo");
            super::put_group(j, core, id);
            super::put_scope(j, core, scope);
            j.end();
        }
    }
}

/// `{"chatInfo":…,"chatItem":…}`, as events and answers carry items.
pub(crate) fn put_item_in_chat(j: &mut Js, core: &mut Core, at: ChatRef, item: &Item, now: Ts) {
    put_in_chat(j, core, at, item, now, false);
}

/// Like [`put_item_in_chat`], for an item that has just arrived: it shows the author's connection.
pub(crate) fn put_fresh_item(j: &mut Js, core: &mut Core, at: ChatRef, item: &Item, now: Ts) {
    put_in_chat(j, core, at, item, now, true);
}

fn put_in_chat(j: &mut Js, core: &mut Core, at: ChatRef, item: &Item, now: Ts, fresh: bool) {
    j.obj().key("chatInfo");
    put_chat_info(j, core, at);
    j.key("chatItem");
    put_item(j, core, at, item, now, fresh);
    j.end();
}

/// The direction of an item; it shows the author's connection if the item has just arrived.
pub(crate) fn put_dir(j: &mut Js, core: &Core, dir: Dir, fresh: bool) {
    match dir {
        Dir::DirectSnd => j.value(r#"{"type":"directSnd"}"#),
        Dir::DirectRcv => j.value(r#"{"type":"directRcv"}"#),
        Dir::LocalSnd => j.value(r#"{"type":"localSnd"}"#),
        Dir::GroupSnd => j.value(r#"{"type":"groupSnd"}"#),
        Dir::GroupRcv(id) => {
            j.obj().tag("groupRcv").key("groupMember");
            super::put_member(j, core, id, fresh);
            j.end()
        }
    };
}

pub(crate) fn put_item(j: &mut Js, core: &Core, at: ChatRef, item: &Item, now: Ts, fresh: bool) {
    let own = item.own_within(EDITABLE_HOURS, now);
    j.obj().key("chatDir");
    put_dir(j, core, item.dir, fresh);
    j.key("meta").obj().num("itemId", item.id);
    put_ts(j, "itemTs", item.ts);
    j.str("itemText", item.text())
        .raw("itemStatus", item.status.json())
        .opt_bool("sentViaProxy", item.via_proxy)
        .opt_str("itemSharedMsgId", item.shared.as_deref())
        .opt_raw("itemForwarded", item.forwarded.as_deref())
        .opt_raw("itemDeleted", item.deleted.as_deref())
        .bool("itemEdited", item.edited);
    if let Some((ttl, at)) = item.timed {
        j.key("itemTimed").obj().num("ttl", ttl);
        if let Some(at) = at {
            put_ts(j, "deleteAt", at);
        }
        j.end();
    }
    j.opt_bool("itemLive", item.live.then_some(true))
        .bool("userMention", item.user_mention)
        .bool("hasLink", item.has_link())
        .bool("deletable", own)
        .bool("editable", own && item.forwarded.is_none())
        .opt_num("forwardedByMember", item.forwarded_by)
        .bool("showGroupAsSender", false);
    put_ts(j, "createdAt", item.created);
    put_ts(j, "updatedAt", item.updated);
    j.end();
    match &item.body {
        Body::Msg(c) => {
            j.key("content")
                .obj()
                .tag(if item.dir.sent() { "sndMsgContent" } else { "rcvMsgContent" })
                .raw("msgContent", &c.json)
                .end();
        }
        Body::Own { json, .. } => {
            j.raw("content", json);
        }
    }
    put_mentions(j, core, at, item);
    j.opt_raw("formattedText", item.formatted.as_deref());
    if let Some(q) = &item.quote {
        // The quoted author's connection is shown only if it is also the author of this item.
        put_quote(j, core, at, q, fresh && q.dir == Some(item.dir));
    }
    j.key("reactions").arr();
    for r in &item.reactions {
        j.obj()
            .json("reaction", &r.reaction)
            .bool("userReacted", r.mine.is_some())
            .num("totalReacted", r.others.len() + usize::from(r.mine.is_some()))
            .end();
    }
    j.end_arr();
    if let Some(f) = item.file.and_then(|id| core.files.get(&id)) {
        j.key("file");
        super::put_file(j, f);
    }
    j.end();
}

fn put_mentions(j: &mut Js, core: &Core, at: ChatRef, item: &Item) {
    j.key("mentions").obj();
    for (name, member_id) in &item.mentions {
        j.key_escaped(name).obj().str("memberId", member_id);
        if let ChatRef::Group(group, _) = at
            && let Some(m) = core.members.by_member_id(group, member_id)
        {
            j.key("memberRef")
                .obj()
                .num("groupMemberId", m.id)
                .str("displayName", &m.profile.display_name)
                .str("memberRole", m.role.as_str())
                .end();
        }
        j.end();
    }
    j.end();
}

/// Whether an item is still in a chat, or in any part of the same group.
fn is_there(core: &Core, at: ChatRef, id: i64) -> bool {
    match at {
        ChatRef::Group(group, _) => core
            .groups
            .get(&group)
            .is_some_and(|g| std::iter::once(&g.chat).chain(g.support.values()).any(|c| c.item(id).is_some())),
        _ => core.item(at, id).is_some(),
    }
}

fn put_quote(j: &mut Js, core: &Core, at: ChatRef, q: &Quote, fresh: bool) {
    j.key("quotedItem").obj();
    if let Some(dir) = q.dir {
        j.key("chatDir");
        put_dir(j, core, dir, fresh);
    }
    j.opt_num("itemId", q.item.filter(|id| is_there(core, at, *id))).opt_str("sharedMsgId", q.shared.as_deref());
    put_ts(j, "sentAt", q.sent_at);
    j.raw("content", &q.content.json);
    let formatted = crate::markdown::formatted(&q.content.text);
    j.opt_raw("formattedText", formatted.as_deref());
    j.end();
}

/// A chat with items and statistics: one entry of a list, or one page.
pub(crate) fn put_chat<'a>(
    j: &mut Js,
    core: &mut Core,
    at: ChatRef,
    items: impl IntoIterator<Item = &'a Item>,
    stats: Stats,
    now: Ts,
) {
    j.obj().key("chatInfo");
    put_chat_info(j, core, at);
    j.key("chatItems");
    put_items(j, core, at, items, now);
    put_stats(j, stats);
    j.end();
}

fn put_items<'a>(j: &mut Js, core: &Core, at: ChatRef, items: impl IntoIterator<Item = &'a Item>, now: Ts) {
    j.arr();
    for i in items {
        put_item(j, core, at, i, now, false);
    }
    j.end_arr();
}

/// A list of items on its own.
pub(crate) fn items(core: &Core, at: ChatRef, items: &[Item], now: Ts) -> String {
    let mut j = Js::new();
    put_items(&mut j, core, at, items, now);
    j.done()
}
