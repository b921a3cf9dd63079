//! Sending, editing, deleting and reacting.

use super::Answer;
use crate::content::{Content, feature};
use crate::ids;
use crate::json::{Js, Json};
use crate::network::{Cx, find_item};
use crate::parser::{ChatName, ChatRef, Composed, DeleteMode};
use crate::render::{self, Envelope, error};
use crate::state::{
    Body, ConnStatus, ContactStatus, Dir, Item, Message, Quote, QuoteRef, Reaction, Status, Version, Wire,
};
use crate::time::Ts;

/// An encoded message may have so many bytes; what surrounds the content takes some of them.
const MAX_ENCODED: usize = 15_602;
const ENVELOPE_BYTES: usize = 130;

impl Cx<'_> {
    pub(crate) fn contact_not_found(id: i64) -> Envelope {
        error::store_id("contactNotFound", "contactId", id)
    }

    /// Whether a message may be sent to a contact now.
    fn may_send(&mut self, id: i64) -> Result<i64, Envelope> {
        let user = self.active()?;
        let Some(c) = self.core.contacts.get(&id).filter(|c| c.user == user) else {
            return Err(Self::contact_not_found(id));
        };
        let own = self.core.users.get(&user).is_some_and(|u| u.contact == id);
        let conn = c
            .conn
            .and_then(|k| self.core.conns.get(&k))
            .filter(|k| matches!(k.status, ConnStatus::Ready | ConnStatus::SndReady));
        match conn {
            Some(k) if c.status == ContactStatus::Active => Ok(k.id),
            _ if own => Err(error::chat_with("directMessagesProhibited", |j| {
                j.str("direction", "snd").key("contact");
                render::put_contact(j, self.core, id);
            })),
            _ => Err(error::chat_with("contactNotReady", |j| {
                j.key("contact");
                render::put_contact(j, self.core, id);
            })),
        }
    }

    pub(super) fn send_messages(
        &mut self,
        chat: ChatRef,
        live: bool,
        ttl: Option<i64>,
        messages: Vec<Composed>,
    ) -> Answer {
        let id = match chat {
            ChatRef::Direct(id) => id,
            ChatRef::Group(id, _) => return Err(error::store_id("groupNotFound", "groupId", id)),
            _ => return Err(error::command("not supported")),
        };
        let user = self.active()?;
        let conn = self.may_send(id)?;
        if live && (messages.len() > 1 || messages.iter().any(|m| m.quoted.is_some())) {
            return Err(error::command("invalid multi send: live and more than one message"));
        }
        let Some(contact) = self.core.contacts.get(&id) else { return Err(Self::contact_not_found(id)) };
        let merged = render::merged(self.core, contact);
        for m in &messages {
            if &*m.content.kind == "report" {
                return Err(error::command("sending reports is only allowed in groups"));
            }
            if &*m.content.kind == "voice" && !merged[feature::VOICE].3.0 {
                return Err(error::command("feature not allowed Voice messages"));
            }
        }
        let pref = &merged[feature::TIMED];
        let timed = if pref.3.0 { ttl.or(pref.0.ttl.filter(|_| pref.2.ttl.is_some())) } else { None };
        let mut sent = Vec::with_capacity(messages.len());
        let mut errors = Vec::new();
        let mut prepared = Vec::with_capacity(messages.len());
        for m in messages {
            let quote = match m.quoted {
                Some(q) => Some(self.quote(chat, q)?),
                None => None,
            };
            prepared.push((m, quote));
        }
        let single = prepared.len() == 1;
        for (m, quote) in prepared {
            if m.content.json.len() + ENVELOPE_BYTES > MAX_ENCODED {
                if single {
                    return Err(error::store("largeMsg"));
                }
                errors.push(r#"{"type":"errorStore","storeError":{"type":"largeMsg"}}"#.to_owned());
                continue;
            }
            let now = self.sh.tick();
            let shared = ids::id16(&mut self.sh.rng);
            let item_id = self.core.new_item_id();
            let mut item = Item::new(item_id, Dir::DirectSnd, now, Body::Msg(m.content.clone()), Status::SndNew, now);
            item.shared = Some(shared.clone());
            item.live = live;
            item.formatted = crate::markdown::formatted(&m.content.text).map(Into::into);
            item.timed = timed.map(|t| (t, (!live).then(|| now.plus_secs(t))));
            if let (Some((_, Some(at))), me) = (item.timed, self.me) {
                self.sh.expire_at(at, me, item_id);
            }
            let (quote_ref, quote) = quote.map_or((None, None), |(r, q)| (Some(r), Some(Box::new(q))));
            item.quote = quote;
            self.add_item(chat, item.clone());
            sent.push(item);
            let message = Message { shared, content: m.content, quote: quote_ref, ttl: timed, live, forwarded: false };
            self.send(conn, Wire::Message(Box::new(message)), Some(item_id));
        }
        self.emit_errors(&errors);
        self.items_answer(user, chat, &sent)
    }

    /// Errors of a command that succeeded in part.
    pub(crate) fn emit_errors(&mut self, errors: &[String]) {
        if errors.is_empty() {
            return;
        }
        let mut j = render::result("chatErrors");
        j.key("chatErrors").arr();
        for e in errors {
            j.elem(e);
        }
        j.end_arr();
        self.emit(render::finish(j));
    }

    pub(crate) fn items_answer(&mut self, user: i64, at: ChatRef, items: &[Item]) -> Answer {
        let now = self.sh.now;
        self.answer("newChatItems", user, |j, core| {
            j.key("chatItems").arr();
            for i in items {
                render::put_item_in_chat(j, core, at, i, now);
            }
            j.end_arr();
        })
    }

    /// What a message says of an item that it answers, and how it shows here.
    fn quote(&mut self, at: ChatRef, id: i64) -> Result<(QuoteRef, Quote), Envelope> {
        let item = render::chat_mut(self.core, at).and_then(|c| find_item(&mut c.items, id));
        let Some((item, content)) = item.and_then(|i| i.content().cloned().map(|c| (i, c))) else {
            return Err(error::store_id("chatItemNotFound", "itemId", id));
        };
        let own = item.dir.sent();
        let r = QuoteRef { shared: item.shared.clone(), sent_at: item.ts, by_sender: own, content: content.clone() };
        let q = Quote { item: Some(id), shared: item.shared.clone(), sent_at: item.ts, own, content };
        Ok((r, q))
    }

    pub(crate) fn by_name(&self, name: &ChatName) -> Result<ChatRef, Envelope> {
        let user = self.active()?;
        match name {
            ChatName::Direct(n) => self
                .core
                .contacts
                .values()
                .find(|c| c.user == user && c.name == *n)
                .map(|c| ChatRef::Direct(c.id))
                .ok_or_else(|| {
                    error::store_with("contactNotFoundByName", |j| {
                        j.str("contactName", n);
                    })
                }),
            ChatName::Group(n) => Err(error::store_with("groupNotFoundByName", |j| {
                j.str("groupName", n);
            })),
            ChatName::Local => self
                .core
                .notes
                .values()
                .find(|n| n.user == user)
                .map(|n| ChatRef::Local(n.id))
                .ok_or_else(|| error::store("noteFolderNotFound")),
        }
    }

    pub(super) fn send_named(&mut self, name: &ChatName, text: &str) -> Answer {
        let chat = self.by_name(name)?;
        let m = Composed { file: None, quoted: None, content: Content::text(text), mentions: Vec::new() };
        match chat {
            ChatRef::Local(id) => self.create_notes(id, vec![m]),
            _ => self.send_messages(chat, false, None, vec![m]),
        }
    }

    pub(super) fn create_notes(&mut self, folder: i64, messages: Vec<Composed>) -> Answer {
        let user = self.active()?;
        if self.core.notes.get(&folder).is_none_or(|n| n.user != user) {
            return Err(error::store_id("noteFolderNotFound", "noteFolderId", folder));
        }
        let at = ChatRef::Local(folder);
        let mut items = Vec::new();
        for m in messages {
            let now = self.sh.tick();
            let id = self.core.new_item_id();
            let mut item =
                Item::new(id, Dir::LocalSnd, now, Body::Msg(m.content), Status::SndSent { complete: true }, now);
            item.formatted = crate::markdown::formatted(item.text()).map(Into::into);
            self.add_item(at, item.clone());
            items.push(item);
        }
        self.items_answer(user, at, &items)
    }

    /// The chat of a command about items, which must be the active user's.
    pub(crate) fn known_chat(&self, chat: ChatRef) -> Result<i64, Envelope> {
        let user = self.active()?;
        let ok = self.owner(chat) == Some(user);
        match chat {
            ChatRef::Direct(id) if !ok => Err(Self::contact_not_found(id)),
            ChatRef::Group(id, _) if !ok => Err(error::store_id("groupNotFound", "groupId", id)),
            ChatRef::Local(id) if !ok => Err(error::store_id("noteFolderNotFound", "noteFolderId", id)),
            ChatRef::Connection(_) => Err(error::command("not supported")),
            _ => Ok(user),
        }
    }

    fn conn_of_chat(&self, chat: ChatRef) -> Option<i64> {
        match chat {
            ChatRef::Direct(id) => self.core.contacts.get(&id)?.conn,
            _ => None,
        }
    }

    pub(super) fn update_item(&mut self, chat: ChatRef, item: i64, live: bool, content: Content) -> Answer {
        let user = self.known_chat(chat)?;
        let now = self.sh.tick();
        let last_version = self.core.last_version;
        let Some(found) = render::chat_mut(self.core, chat).and_then(|c| find_item(&mut c.items, item)) else {
            return Err(error::store_id("chatItemNotFound", "itemId", item));
        };
        let Some(old) = found.content().cloned().filter(|_| found.dir.sent() && found.deleted.is_none()) else {
            return Err(error::chat("invalidChatItemUpdate"));
        };
        if old == content && !found.live {
            let copy = found.clone();
            return self.answer("chatItemNotChanged", user, |j, core| {
                j.key("chatItem");
                render::put_item_in_chat(j, core, chat, &copy, now);
            });
        }
        let was_live = found.live;
        let mut made = 0;
        if !was_live {
            made = add_version(found, old, last_version, now, found.ts);
            made += new_version(found, &content, last_version + made, now, now);
            found.edited = true;
        }
        found.live = live && was_live;
        found.formatted = crate::markdown::formatted(&content.text).map(Into::into);
        found.body = Body::Msg(content.clone());
        let copy = found.clone();
        self.core.last_version += made;
        if let (Some(conn), Some(shared)) = (self.conn_of_chat(chat), copy.shared.clone()) {
            self.send(conn, Wire::Update { shared, content, live: copy.live, ttl: copy.timed.map(|t| t.0) }, None);
        }
        self.answer("chatItemUpdated", user, |j, core| {
            j.key("chatItem");
            render::put_item_in_chat(j, core, chat, &copy, now);
        })
    }

    fn find_text(&self, chat: ChatRef, text: &str, sent: bool) -> Result<i64, Envelope> {
        render::chat(self.core, chat)
            .and_then(|c| {
                c.items
                    .iter()
                    .rev()
                    .find(|i| i.dir.sent() == sent && i.content().is_some() && i.text().starts_with(text))
            })
            .map(|i| i.id)
            .ok_or_else(|| {
                error::store_with("chatItemNotFoundByText", |j| {
                    j.str("text", text);
                })
            })
    }

    pub(super) fn edit_named(&mut self, name: &ChatName, from: &str, text: &str) -> Answer {
        let chat = self.by_name(name)?;
        let item = self.find_text(chat, from, true)?;
        self.update_item(chat, item, false, Content::text(text))
    }

    pub(super) fn delete_named(&mut self, name: &ChatName, text: &str) -> Answer {
        let chat = self.by_name(name)?;
        let item = self.find_text(chat, text, true)?;
        self.delete_items(chat, &[item], DeleteMode::Broadcast)
    }

    pub(super) fn delete_items(&mut self, chat: ChatRef, items: &[i64], mode: DeleteMode) -> Answer {
        let user = self.known_chat(chat)?;
        let now = self.sh.tick();
        let mut found = Vec::new();
        let mut errors = Vec::new();
        for id in items {
            match render::chat_mut(self.core, chat).and_then(|c| find_item(&mut c.items, *id)) {
                Some(i) => found.push((*id, i.dir.sent() && i.content().is_some() && i.deleted.is_none())),
                None => errors.push(format!(
                    r#"{{"type":"errorStore","storeError":{{"type":"chatItemNotFound","itemId":{id}}}}}"#
                )),
            }
        }
        let local = matches!(chat, ChatRef::Local(_));
        if mode == DeleteMode::Broadcast && !local && found.iter().any(|(_, own)| !own) {
            return Err(error::chat("invalidChatItemDelete"));
        }
        self.emit_errors(&errors);
        let full = match chat {
            ChatRef::Direct(id) => {
                self.core.contacts.get(&id).is_some_and(|c| render::merged(self.core, c)[feature::FULL_DELETE].3.0)
            }
            _ => false,
        };
        let mark = match mode {
            DeleteMode::Broadcast => !full && !local,
            DeleteMode::InternalMark => true,
            DeleteMode::Internal => false,
        };
        let mut deletions = Vec::new();
        for (id, _) in found {
            let shared = render::chat(self.core, chat)
                .and_then(|c| c.items.iter().rev().find(|i| i.id == id))
                .and_then(|i| i.shared.clone());
            deletions.extend(self.delete_here(chat, id, mark, now, None));
            if let (DeleteMode::Broadcast, Some(conn), Some(shared)) = (mode, self.conn_of_chat(chat), shared) {
                self.send(conn, Wire::Delete { shared }, None);
            }
        }
        let now = self.sh.now;
        self.answer("chatItemsDeleted", user, |j, core| put_deletions(j, core, chat, &deletions, true, false, now))
    }

    /// Deletes or marks an item here: what it was, and what it is now.
    pub(crate) fn delete_here(
        &mut self,
        chat: ChatRef,
        id: i64,
        mark: bool,
        at: Ts,
        moderated: Option<&str>,
    ) -> Option<(Item, Option<Item>)> {
        let c = render::chat_mut(self.core, chat)?;
        let pos = c.items.iter().rposition(|i| i.id == id)?;
        if mark {
            let item = c.items.get_mut(pos)?;
            let before = item.clone();
            let kind = match chat {
                ChatRef::Direct(_) => "direct",
                ChatRef::Local(_) => "local",
                _ => "group",
            };
            let json = match moderated {
                Some(m) => m.to_owned(),
                None => {
                    let mut j = Js::new();
                    j.obj().tag("deleted");
                    render::put_ts(&mut j, "deletedTs", at);
                    j.str("chatType", kind).end();
                    j.done()
                }
            };
            item.deleted = Some(json.into());
            return Some((before, Some(item.clone())));
        }
        let item = c.items.remove(pos);
        if item.status == Status::RcvNew {
            c.unread = c.unread.saturating_sub(1);
        }
        Some((item, None))
    }

    pub(super) fn react(&mut self, chat: ChatRef, item: i64, add: bool, reaction: Json) -> Answer {
        let user = self.known_chat(chat)?;
        if let ChatRef::Direct(id) = chat {
            let Some(c) = self.core.contacts.get(&id) else { return Err(Self::contact_not_found(id)) };
            if !render::merged(self.core, c)[feature::REACTIONS].3.0 {
                return Err(error::command("feature not allowed Message reactions"));
            }
        } else {
            return Err(error::command("not supported"));
        }
        let now = self.sh.tick();
        let Some(found) = render::chat_mut(self.core, chat).and_then(|c| find_item(&mut c.items, item)) else {
            return Err(error::store_id("chatItemNotFound", "itemId", item));
        };
        if found.content().is_none() || found.deleted.is_some() {
            return Err(error::command("reaction not allowed - chat item has no content"));
        }
        change_reaction(found, &reaction, add, true).map_err(error::command)?;
        let copy = found.clone();
        if let (Some(conn), Some(shared)) = (self.conn_of_chat(chat), copy.shared.clone()) {
            self.send(conn, Wire::React { shared, add, reaction: reaction.clone() }, None);
        }
        self.answer("chatItemReaction", user, |j, core| {
            put_reaction_event(j, core, chat, &copy, Dir::DirectSnd, add, &reaction, now);
        })
    }

    pub(super) fn item_info(&mut self, chat: ChatRef, item: i64) -> Answer {
        let user = self.known_chat(chat)?;
        let now = self.sh.now;
        let Some(found) = render::chat_mut(self.core, chat).and_then(|c| find_item(&mut c.items, item)).cloned() else {
            return Err(error::store_id("chatItemNotFound", "itemId", item));
        };
        self.answer("chatItemInfo", user, |j, core| {
            j.key("chatItem");
            render::put_item_in_chat(j, core, chat, &found, now);
            j.key("chatItemInfo").obj().key("itemVersions").arr();
            for v in found.versions.iter().rev() {
                put_version(j, v);
            }
            if let (true, Some(content)) = (found.versions.is_empty(), found.content()) {
                put_version(
                    j,
                    &Version { id: found.id, content: content.clone(), ts: found.ts, created: found.created },
                );
            }
            j.end_arr().end();
        })
    }

    /// An item's time is over: it disappears, and that is told.
    pub(crate) fn expire(&mut self, item: i64) {
        let chats = self.core.contacts.keys().map(|id| ChatRef::Direct(*id)).collect::<Vec<_>>();
        let now = self.sh.now;
        for chat in chats {
            let due = render::chat(self.core, chat)
                .and_then(|c| c.items.iter().rev().find(|i| i.id == item))
                .is_some_and(|i| i.timed.and_then(|t| t.1).is_some_and(|at| at <= now));
            if !due {
                continue;
            }
            let Some((gone, _)) = self.delete_here(chat, item, false, now, None) else { continue };
            let Some(user) = self.owner(chat) else { return };
            let list = [(gone, None)];
            self.event("chatItemsDeleted", user, |j, core| {
                put_deletions(j, core, chat, &list, true, true, now);
            });
            return;
        }
    }
}

fn put_version(j: &mut Js, v: &Version) {
    j.obj().num("chatItemVersionId", v.id).raw("msgContent", &v.content.json);
    render::put_ts(j, "itemVersionTs", v.ts);
    render::put_ts(j, "createdAt", v.created);
    j.end();
}

/// Keeps what an item said at first, when its first change comes; how many versions that made.
pub(crate) fn add_version(item: &mut Item, old: Content, last: i64, now: Ts, ts: Ts) -> i64 {
    if !item.versions.is_empty() {
        return 0;
    }
    item.versions.push(Version { id: last + 1, content: old, ts, created: now.whole_second() });
    1
}

pub(crate) fn new_version(item: &mut Item, content: &Content, last: i64, now: Ts, ts: Ts) -> i64 {
    item.versions.push(Version { id: last + 1, content: content.clone(), ts, created: now.whole_second() });
    1
}

/// Adds or takes back a reaction.
pub(crate) fn change_reaction(item: &mut Item, r: &Json, add: bool, mine: bool) -> Result<(), &'static str> {
    let given = item.reactions.iter().filter(|x| x.mine).count();
    let pos = item.reactions.iter().position(|x| x.reaction == *r);
    let has = pos.and_then(|p| item.reactions.get(p)).is_some_and(|x| if mine { x.mine } else { x.others > 0 });
    match (add, has) {
        (true, true) => return Err("reaction already added"),
        (false, false) => return Err("reaction already removed"),
        (true, false) if mine && given >= 3 => return Err("too many reactions"),
        _ => {}
    }
    if pos.is_none() {
        item.reactions.push(Reaction { reaction: r.clone(), mine: false, others: 0 });
    }
    if let Some(x) = item.reactions.iter_mut().find(|x| x.reaction == *r) {
        if mine {
            x.mine = add;
        } else {
            x.others = if add { x.others + 1 } else { x.others.saturating_sub(1) };
        }
    }
    item.reactions.retain(|x| x.mine || x.others > 0);
    Ok(())
}

#[allow(clippy::too_many_arguments, reason = "one argument per member of the event")]
pub(crate) fn put_reaction_event(
    j: &mut Js,
    core: &mut crate::state::Core,
    chat: ChatRef,
    item: &Item,
    by: Dir,
    add: bool,
    reaction: &Json,
    at: Ts,
) {
    j.bool("added", add).key("reaction").obj().key("chatInfo");
    render::put_chat_info(j, core, chat);
    j.key("chatReaction").obj().raw("chatDir", by.json()).key("chatItem");
    render::put_item(j, item, at);
    render::put_ts(j, "sentAt", at);
    j.json("reaction", reaction).end().end();
}

pub(crate) fn put_deletions(
    j: &mut Js,
    core: &mut crate::state::Core,
    chat: ChatRef,
    list: &[(Item, Option<Item>)],
    by_user: bool,
    timed: bool,
    now: Ts,
) {
    j.key("chatItemDeletions").arr();
    for (was, is) in list {
        j.obj().key("deletedChatItem");
        render::put_item_in_chat(j, core, chat, was, now);
        if let Some(is) = is {
            j.key("toChatItem");
            render::put_item_in_chat(j, core, chat, is, now);
        }
        j.end();
    }
    j.end_arr().bool("byUser", by_user).bool("timed", timed);
}

/// Whether receipts go to a contact.
pub(crate) fn sends_receipts(core: &crate::state::Core, contact: i64) -> bool {
    core.contacts.get(&contact).is_some_and(|c| {
        c.settings.receipts.unwrap_or_else(|| core.users.get(&c.user).is_some_and(|u| u.rcpts_contacts))
    })
}
