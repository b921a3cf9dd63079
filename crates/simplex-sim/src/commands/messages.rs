//! Sending.

use std::sync::Arc;

use super::Answer;
use crate::content::{Content, feature};
use crate::cx::{Cx, find_item};
use crate::ids;
use crate::parser::{ChatName, ChatRef, Composed};
use crate::render::{self, Envelope, error};
use crate::state::{
    Body, ConnStatus, ContactStatus, Delivery, Dir, FileOffer, Item, Message, Quote, QuoteRef, QuotedBy, Status, Wire,
    WireScope,
};

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

/// Whether receipts go to a contact.
pub(crate) fn sends_receipts(core: &crate::state::Core, contact: i64) -> bool {
    core.contacts.get(&contact).is_some_and(|c| {
        c.settings.receipts.unwrap_or_else(|| core.users.get(&c.user).is_some_and(|u| u.rcpts_contacts))
    })
}
