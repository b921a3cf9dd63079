//! Sending, editing, deleting and reacting.

use std::sync::Arc;

use super::Answer;
use crate::content::{Content, feature};
use crate::ids;
use crate::json::{Js, Json};
use crate::network::{Cx, find_item};
use crate::parser::{ChatName, ChatRef, Composed, DeleteMode};
use crate::render::{self, Envelope, error};
use crate::state::{
    Body, ConnStatus, ContactStatus, Delivery, Dir, FileOffer, Item, Message, Quote, QuoteRef, QuotedBy, Reaction,
    Status, Version, Wire, WireScope,
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
        let user = self.active()?;
        if let ChatRef::Direct(id) = chat {
            self.may_send(id)?;
            for f in messages.iter().filter_map(|m| m.file.as_ref()) {
                self.check_file(f)?;
            }
        }
        let timed = self.check_send(chat, live, ttl, &messages)?;
        let mut prepared = Vec::with_capacity(messages.len());
        for m in messages {
            let quote = match m.quoted {
                Some(q) => Some(self.quote(chat, q)?),
                None => None,
            };
            let file = match &m.file {
                Some(f) => Some(self.check_file(f)?),
                None => None,
            };
            prepared.push((m, quote, file));
        }
        let single = prepared.len() == 1;
        let mut sent = Vec::with_capacity(prepared.len());
        let mut errors = Vec::new();
        for (m, quote, file) in prepared {
            if m.content.json.len() + ENVELOPE_BYTES > MAX_ENCODED {
                if single {
                    return Err(error::store("largeMsg"));
                }
                errors.push(r#"{"type":"errorStore","storeError":{"type":"largeMsg"}}"#.to_owned());
                continue;
            }
            let mentions = self.member_mentions(&m.mentions);
            let (quote_ref, quote) = quote.map_or((None, None), |(r, q)| (Some(r), Some(q)));
            let file = file.map(|(size, source)| self.new_sent_file(user, size, &source));
            let draft = Draft { content: m.content, quote, quote_ref, timed, live, mentions, file, forwarded: None };
            sent.push(self.post(chat, draft));
        }
        self.emit_errors(&errors);
        let answer = self.items_answer(user, chat, &sent);
        if let ChatRef::Group(_, crate::parser::Scope::Support(Some(m))) = chat
            && let Some(s) = self.core.members.get_mut(&m).and_then(|m| m.support.as_mut())
        {
            // A moderator answered.
            s.attention = 0;
        }
        answer
    }

    /// What hinders sending to a chat, or how long the messages live.
    fn check_send(
        &mut self,
        chat: ChatRef,
        live: bool,
        ttl: Option<i64>,
        messages: &[Composed],
    ) -> Result<Option<i64>, Envelope> {
        let timed = match chat {
            ChatRef::Direct(id) => {
                self.may_send(id)?;
                let Some(contact) = self.core.contacts.get(&id) else { return Err(Self::contact_not_found(id)) };
                let merged = render::merged(self.core, contact);
                for m in messages {
                    if &*m.content.kind == "report" {
                        return Err(error::command("sending reports via this API is not supported"));
                    }
                    if &*m.content.kind == "voice" && !merged[feature::VOICE].3.0 {
                        return Err(error::command("feature not allowed Voice messages"));
                    }
                    if m.file.is_some() && &*m.content.kind != "voice" && !merged[feature::FILES].3.0 {
                        return Err(error::command("feature not allowed Files and media"));
                    }
                }
                let pref = &merged[feature::TIMED];
                if pref.3.0 { ttl.or(pref.0.ttl) } else { None }
            }
            ChatRef::Group(id, scope) => {
                self.known_chat(chat)?;
                self.may_write(id, scope)?;
                for m in messages {
                    if &*m.content.kind == "report" {
                        return Err(error::command("sending reports via this API is not supported"));
                    }
                    self.group_allows(id, &m.content, m.file.is_some())?;
                }
                let pref = self.core.groups.get(&id).map(|g| render::group_pref(&g.profile, "timedMessages"));
                match pref {
                    Some(p) if p.on => ttl.or(p.ttl),
                    _ => None,
                }
            }
            _ => return Err(error::command("not supported")),
        };
        if live && (messages.len() > 1 || messages.iter().any(|m| m.quoted.is_some())) {
            return Err(error::command("invalid multi send: live and more than one message"));
        }
        Ok(timed)
    }

    /// Members named in a message: the name used, and the id that all know.
    fn member_mentions(&self, mentions: &[(String, i64)]) -> Vec<(String, Arc<str>)> {
        mentions
            .iter()
            .filter_map(|(n, id)| self.core.members.get(id).map(|m| (n.clone(), m.member_id.clone())))
            .collect()
    }

    /// Stores a message as sent and puts it on its way.
    pub(crate) fn post(&mut self, chat: ChatRef, d: Draft) -> Item {
        let now = self.sh.tick();
        let shared = ids::id16(&mut self.sh.rng);
        let item_id = self.core.new_item_id();
        let dir = if matches!(chat, ChatRef::Group(..)) { Dir::GroupSnd } else { Dir::DirectSnd };
        let mut item = Item::new(item_id, dir, now, Body::Msg(d.content.clone()), Status::SndNew, now);
        item.shared = Some(shared.clone());
        item.live = d.live;
        item.formatted = crate::markdown::formatted(&d.content.text).map(Into::into);
        item.timed = d.timed.map(|t| (t, (!d.live).then(|| now.plus_secs(t))));
        if let Some((_, Some(at))) = item.timed {
            self.sh.expire_at(at, self.me, item_id);
        }
        item.quote = d.quote.map(Box::new);
        item.mentions = d.mentions.clone();
        item.file = d.file;
        item.forwarded = d.forwarded;
        let forwarded = item.forwarded.is_some();
        let offer = d.file.and_then(|id| {
            let f = self.core.files.get_mut(&id)?;
            f.chat = Some((chat, item_id));
            Some(FileOffer { name: f.name.clone(), size: f.size, upload: f.upload.clone()? })
        });
        let (targets, scope) = match chat {
            ChatRef::Direct(id) => {
                (self.core.contacts.get(&id).and_then(|c| c.conn).into_iter().collect(), WireScope::Main)
            }
            ChatRef::Group(id, scope) => {
                self.tell_new_profile(id);
                let members = self.group_targets(id, scope);
                item.delivery = members.iter().map(|(m, _)| (*m, Delivery::New)).collect();
                (members.into_iter().map(|(_, c)| c).collect::<Vec<_>>(), self.wire_scope(id, scope))
            }
            _ => (Vec::new(), WireScope::Main),
        };
        self.add_item(chat, item.clone());
        let message = Message {
            shared,
            content: d.content,
            quote: d.quote_ref,
            ttl: d.timed,
            live: d.live,
            forwarded,
            mentions: d.mentions,
            scope,
            file: offer,
        };
        let message = Box::new(message);
        for conn in targets {
            self.send(conn, Wire::Message(message.clone()), Some(item_id));
        }
        if let Some(file) = d.file {
            self.upload(file);
        }
        item
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
    pub(crate) fn quote(&mut self, at: ChatRef, id: i64) -> Result<(QuoteRef, Quote), Envelope> {
        let item = render::chat_mut(self.core, at).and_then(|c| find_item(&mut c.items, id));
        let Some((item, content)) = item.and_then(|i| i.content().cloned().map(|c| (i, c))) else {
            return Err(error::store_id("chatItemNotFound", "itemId", id));
        };
        let (dir, shared, sent_at) = (item.dir, item.shared.clone(), item.ts);
        let by = match (dir, at) {
            (Dir::GroupSnd, ChatRef::Group(g, _)) => {
                self.own_member(g).map_or(QuotedBy::Sender, |m| QuotedBy::Member(m.member_id.clone()))
            }
            (Dir::GroupRcv(m), _) => {
                self.core.members.get(&m).map_or(QuotedBy::Receiver, |m| QuotedBy::Member(m.member_id.clone()))
            }
            (d, _) if d.sent() => QuotedBy::Sender,
            _ => QuotedBy::Receiver,
        };
        let r = QuoteRef { shared: shared.clone(), sent_at, by, content: content.clone() };
        let q = Quote { item: Some(id), shared, sent_at, dir: Some(dir), content };
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
                    error::chat_with("contactNotFound", |j| {
                        j.str("contactName", n);
                    })
                }),
            ChatName::Group(n) => self.group_by_name(n).map(|id| ChatRef::Group(id, crate::parser::Scope::Main)),
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
        if let Some((from, text)) = text.strip_prefix("<- ").and_then(|t| t.split_once(' ')) {
            let from = self.by_name(&ChatName::Direct(from.trim_start_matches('@').to_owned()))?;
            let item = self.find_text(from, text, true).or_else(|_| self.find_text(from, text, false))?;
            return self.forward(chat, from, &[item], None);
        }
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
            let mut item = Item::new(id, Dir::LocalSnd, now, Body::Msg(m.content), Status::SndNew, now);
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

    /// Sends something that is no item to those of a chat.
    pub(crate) fn tell_chat(&mut self, chat: ChatRef, wire: Wire) {
        match chat {
            ChatRef::Direct(id) => {
                if let Some(conn) = self.core.contacts.get(&id).and_then(|c| c.conn) {
                    self.send(conn, wire, None);
                }
            }
            ChatRef::Group(id, scope) => self.tell_group(id, scope, &wire),
            _ => {}
        }
    }

    pub(super) fn update_item(&mut self, chat: ChatRef, item: i64, live: bool, content: Content) -> Answer {
        let user = self.known_chat(chat)?;
        if let ChatRef::Group(g, scope) = chat {
            self.may_write(g, scope)?;
        }
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
        if let Some(shared) = copy.shared.clone() {
            let scope = match chat {
                ChatRef::Group(g, s) => self.wire_scope(g, s),
                _ => WireScope::Main,
            };
            let ttl = copy.timed.map(|t| t.0);
            self.tell_chat(chat, Wire::Update { shared, content, live: copy.live, ttl, scope });
        }
        self.answer("chatItemUpdated", user, |j, core| {
            j.key("chatItem");
            render::put_item_in_chat(j, core, chat, &copy, now);
        })
    }

    pub(crate) fn find_text(&self, chat: ChatRef, text: &str, sent: bool) -> Result<i64, Envelope> {
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
            ChatRef::Group(id, _) => {
                self.core.groups.get(&id).is_some_and(|g| render::group_pref(&g.profile, "fullDelete").on)
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
            if let (DeleteMode::Broadcast, Some(shared)) = (mode, shared) {
                self.tell_chat(chat, Wire::Delete { shared });
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
        let allowed = match chat {
            ChatRef::Direct(id) => {
                self.core.contacts.get(&id).is_some_and(|c| render::merged(self.core, c)[feature::REACTIONS].3.0)
            }
            ChatRef::Group(id, _) => {
                self.core.groups.get(&id).is_some_and(|g| render::group_pref(&g.profile, "reactions").on)
            }
            _ => return Err(error::command("not supported")),
        };
        if !allowed {
            return Err(error::command("feature not allowed Message reactions"));
        }
        let now = self.sh.tick();
        let Some(found) = render::chat_mut(self.core, chat).and_then(|c| find_item(&mut c.items, item)) else {
            return Err(error::store_id("chatItemNotFound", "itemId", item));
        };
        if found.shared.is_none() {
            return Err(error::command("reaction not possible - no shared item ID"));
        }
        if found.content().is_none() || found.deleted.is_some() {
            return Err(error::command("reaction not allowed - chat item has no content"));
        }
        change_reaction(found, &reaction, add, None, now).map_err(error::command)?;
        let copy = found.clone();
        if let Some(shared) = copy.shared.clone() {
            self.tell_chat(chat, Wire::React { shared, add, reaction: reaction.clone() });
        }
        let dir = if matches!(chat, ChatRef::Group(..)) { Dir::GroupSnd } else { Dir::DirectSnd };
        self.answer("chatItemReaction", user, |j, core| {
            put_reaction_event(j, core, chat, &copy, dir, add, &reaction, now);
        })
    }

    pub(super) fn item_info(&mut self, chat: ChatRef, item: i64) -> Answer {
        let user = self.known_chat(chat)?;
        let now = self.sh.now;
        let Some(found) = render::chat_mut(self.core, chat).and_then(|c| find_item(&mut c.items, item)).cloned() else {
            return Err(error::store_id("chatItemNotFound", "itemId", item));
        };
        let from = self.forwarded_from(&found);
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
            j.end_arr();
            if !found.delivery.is_empty() {
                j.key("memberDeliveryStatuses").arr();
                for (m, d) in &found.delivery {
                    j.obj().num("groupMemberId", *m).key("memberDeliveryStatus");
                    j.raw_value(match d {
                        Delivery::New => r#"{"type":"new"}"#,
                        Delivery::Sent => r#"{"type":"sent"}"#,
                        Delivery::Received => r#"{"type":"rcvd","msgRcptStatus":"ok"}"#,
                    });
                    j.bool("sentViaProxy", false).end();
                }
                j.end_arr();
            }
            if let Some((chat, item)) = from {
                j.key("forwardedFromChatItem");
                render::put_item_in_chat(j, core, chat, &item, now);
            }
            j.end();
        })
    }

    /// An item's time is over: it disappears, and that is told.
    pub(crate) fn expire(&mut self, item: i64) {
        let direct = self.core.contacts.keys().map(|id| ChatRef::Direct(*id));
        let groups = self.core.groups.keys().map(|id| ChatRef::Group(*id, crate::parser::Scope::Main));
        let chats = direct.chain(groups).collect::<Vec<_>>();
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

/// Adds or takes back a reaction, of the user or of somebody else.
pub(crate) fn change_reaction(
    item: &mut Item,
    r: &Json,
    add: bool,
    by: Option<i64>,
    at: Ts,
) -> Result<(), &'static str> {
    let given =
        item.reactions.iter().filter(|x| by.map_or(x.mine.is_some(), |by| x.others.iter().any(|o| o.0 == by))).count();
    let pos = item.reactions.iter().position(|x| x.reaction == *r);
    let has = pos
        .and_then(|p| item.reactions.get(p))
        .is_some_and(|x| by.map_or(x.mine.is_some(), |by| x.others.iter().any(|o| o.0 == by)));
    match (add, has) {
        (true, true) => return Err("reaction already added"),
        (false, false) => return Err("reaction already removed"),
        (true, false) if given >= 3 => return Err("too many reactions"),
        _ => {}
    }
    if pos.is_none() {
        item.reactions.push(Reaction { reaction: r.clone(), mine: None, others: Vec::new() });
    }
    if let Some(x) = item.reactions.iter_mut().find(|x| x.reaction == *r) {
        match by {
            None => x.mine = add.then_some(at),
            Some(by) if add => x.others.push((by, at)),
            Some(by) => x.others.retain(|o| o.0 != by),
        }
    }
    item.reactions.retain(|x| x.mine.is_some() || !x.others.is_empty());
    Ok(())
}

/// A message about to be stored and sent.
pub(crate) struct Draft {
    pub content: Content,
    pub quote: Option<Quote>,
    pub quote_ref: Option<QuoteRef>,
    pub timed: Option<i64>,
    pub live: bool,
    pub mentions: Vec<(String, Arc<str>)>,
    pub file: Option<i64>,
    pub forwarded: Option<Arc<str>>,
}

impl Draft {
    /// A plain message.
    pub(crate) fn plain(content: Content) -> Self {
        Self {
            content,
            quote: None,
            quote_ref: None,
            timed: None,
            live: false,
            mentions: Vec::new(),
            file: None,
            forwarded: None,
        }
    }
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
    j.key("chatReaction").obj().key("chatDir");
    render::put_dir(j, core, by, true);
    j.key("chatItem");
    render::put_item(j, core, item, at, false);
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
