//! Sending.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Answer;
use crate::content::{Content, feature};
use crate::cx::Cx;
use crate::ids;
use crate::parser::{ChatRef, Composed};
use crate::preferences::merged;
use crate::render::{self, Envelope, error};
use crate::shared::Step;
use crate::state::{
    ConnStatus, ContactStatus, Delivery, Dir, FileOffer, Item, Message, Quote, QuoteRef, QuotedBy, Wire, WireScope,
};

/// Members that a message mentions: the name used, and the id that all members know.
type Mentions = Vec<(String, Arc<str>)>;

/// The largest encoded message, in bytes. The envelope takes some of them, and so does a quoted message.
pub(super) const MAX_ENCODED: usize = 15_602;
const MAX_MENTIONS: usize = 3;
const ENVELOPE_BYTES: usize = 81;
const QUOTE_BYTES: usize = 110;

impl Cx<'_> {
    /// Whether such a contact exists and is not the user.
    fn may_write_to(&mut self, id: i64) -> Result<(), Envelope> {
        let user = self.active()?;
        if self.core.contacts.get(&id).is_none_or(|c| c.user != user) {
            return Err(error::contact_not_found(id));
        }
        let own = self.core.users.get(&user).is_some_and(|u| u.contact == id);
        if own && self.core.conn_of(id).is_none() {
            return Err(error::chat_with("directMessagesProhibited", |j| {
                j.str("direction", "snd").key("contact");
                render::put_contact(j, self.core, id);
            }));
        }
        Ok(())
    }

    /// Whether a message may be sent to a contact now.
    pub(super) fn may_send(&mut self, id: i64) -> Result<(), Envelope> {
        let active = self.core.contacts.get(&id).is_some_and(|c| c.status == ContactStatus::Active);
        let ready = self.core.conn_of(id).is_some_and(|k| matches!(k.status, ConnStatus::Ready | ConnStatus::SndReady));
        if active && ready {
            return Ok(());
        }
        Err(error::chat_with("contactNotReady", |j| {
            j.key("contact");
            render::put_contact(j, self.core, id);
        }))
    }

    pub(super) fn send_messages(
        &mut self,
        chat: ChatRef,
        live: bool,
        ttl: Option<i64>,
        messages: Vec<Composed>,
    ) -> Answer {
        let user = self.active()?;
        let mut mentioned = Vec::with_capacity(messages.len());
        for m in &messages {
            mentioned.push(self.member_mentions(chat, m)?);
        }
        let timed = self.check_send(chat, live, ttl, &messages)?;
        let mut sizes = Vec::with_capacity(messages.len());
        for m in &messages {
            sizes.push(m.file.as_ref().map(|f| self.check_file(f)).transpose()?);
        }
        let mut quotes = Vec::with_capacity(messages.len());
        for m in &messages {
            quotes.push(m.quoted.map(|q| self.quote(chat, q, &m.content)).transpose()?);
        }
        if let ChatRef::Direct(id) = chat {
            self.may_send(id)?;
        }
        let mut drafts = Vec::with_capacity(messages.len());
        let mut errors = Vec::new();
        for (((m, mentions), quote), size) in messages.into_iter().zip(mentioned).zip(quotes).zip(sizes) {
            if encoded_size(&m.content, quote.as_ref().map(|(q, _)| &q.content)) > MAX_ENCODED {
                errors.push(error::store("largeMsg"));
                drafts.push(None);
                continue;
            }
            let (quote_ref, quote) = quote.map_or((None, None), |(r, q)| (Some(r), Some(q)));
            let file = size.zip(m.file).map(|(size, source)| self.new_sent_file(user, size, &source));
            drafts.push(Some(Draft {
                content: m.content,
                quote,
                quote_ref,
                timed,
                live,
                mentions,
                file,
                forwarded: None,
            }));
        }
        let nothing = drafts.iter().all(Option::is_none);
        if !nothing || errors.len() > 1 {
            self.emit_errors(&errors);
        }
        if nothing {
            return Err(error::store("largeMsg"));
        }
        let sent = self.post_all(chat, drafts);
        self.items_answer(user, chat, &sent)
    }

    /// Why a message cannot be sent to a chat, or else the time to live of messages there.
    fn check_send(
        &mut self,
        chat: ChatRef,
        live: bool,
        ttl: Option<i64>,
        messages: &[Composed],
    ) -> Result<Option<i64>, Envelope> {
        if messages.iter().any(|m| &*m.content.kind == "report") {
            return Err(error::command("sending reports via this API is not supported"));
        }
        if matches!(chat, ChatRef::Direct(_)) {
            no_mentions(messages)?;
        }
        let quotes = messages.iter().filter(|m| m.quoted.is_some()).count();
        if messages.len() > 1 && (live || quotes > 1) {
            return Err(error::command("invalid multi send: live and more than one quote not supported"));
        }
        self.allowed(chat, ttl, messages.iter().map(|m| (&m.content, m.file.is_some())))
    }

    /// Why messages, of which some have files, are not allowed in a chat, or else their time to live there.
    pub(super) fn allowed<'a>(
        &mut self,
        chat: ChatRef,
        ttl: Option<i64>,
        mut messages: impl Iterator<Item = (&'a Content, bool)>,
    ) -> Result<Option<i64>, Envelope> {
        Ok(match chat {
            ChatRef::Direct(id) => {
                self.may_write_to(id)?;
                let Some(contact) = self.core.contacts.get(&id) else { return Err(error::contact_not_found(id)) };
                let merged = merged(self.core, contact);
                if messages.any(|(content, _)| &*content.kind == "voice") && !merged[feature::VOICE].enabled.for_user {
                    return Err(error::command("feature not allowed Voice messages"));
                }
                let pref = &merged[feature::TIMED];
                if pref.enabled.for_user { ttl.or(pref.user.ttl) } else { None }
            }
            ChatRef::Group(id, scope) => {
                self.known_chat(chat)?;
                self.may_write(id, scope)?;
                for (content, file) in messages {
                    self.group_allows((id, scope), content, file)?;
                }
                let pref = self.core.groups.get(&id).map(|g| render::group_pref(&g.profile, "timedMessages"));
                match pref {
                    Some(p) if p.on => ttl.or(p.ttl),
                    _ => None,
                }
            }
            _ => return Err(error::command("not supported")),
        })
    }

    /// Members mentioned in a message: the name used, and the id that all members know. The text must show each of them,
    /// and none twice.
    pub(super) fn member_mentions(&self, chat: ChatRef, message: &Composed) -> Result<Mentions, Envelope> {
        let (ChatRef::Group(group, _), false) = (chat, message.mentions.is_empty()) else { return Ok(Vec::new()) };
        self.known_chat(chat)?;
        let Some(text) = crate::markdown::formatted(&message.content.text) else { return Ok(Vec::new()) };
        let ids: BTreeSet<i64> = message.mentions.iter().map(|m| m.1).collect();
        let shown = message.mentions.iter().all(|m| text.contains(&crate::markdown::mention_json(&m.0)));
        if !shown || ids.len() != message.mentions.len() || ids.len() > MAX_MENTIONS {
            return Err(error::store("invalidMention"));
        }
        let known = |(name, id): &(String, i64)| {
            let member = self.core.members.get(id).filter(|m| m.group == group);
            let missing = || error::member_not_found(*id);
            Ok((name.clone(), member.ok_or_else(missing)?.member_id.clone()))
        };
        message.mentions.iter().map(known).collect()
    }

    /// Stores a message as sent and queues it for sending.
    pub(crate) fn post(&mut self, chat: ChatRef, draft: Draft) -> Item {
        let (item, message) = self.store(chat, draft);
        for conn in self.targets(chat) {
            self.send_items(conn, Wire::Message(message.clone()), vec![item.id]);
        }
        item
    }

    /// Like [`Self::post`] for the messages of one command: those that fit into one batch are sent together. A message
    /// that could not be sent separates two batches.
    pub(super) fn post_all(&mut self, chat: ChatRef, drafts: Vec<Option<Draft>>) -> Vec<Item> {
        let (mut items, mut pieces, mut full) = (Vec::new(), vec![Vec::new()], 0);
        let mut stored = Vec::new();
        for draft in drafts {
            stored.push(draft.map(|d| self.store(chat, d)));
        }
        // The core fills its batches from the end.
        for entry in stored.into_iter().rev() {
            let Some((item, message)) = entry else {
                pieces.push(Vec::new());
                full = 0;
                continue;
            };
            let size = encoded_size(&message.content, message.quote.as_ref().map(|q| &q.content));
            // Counts the commas between messages and the brackets around them.
            if full > 0 && full + size + 3 > MAX_ENCODED {
                pieces.push(Vec::new());
                full = 0;
            }
            full += size + usize::from(full > 0);
            if let Some(piece) = pieces.last_mut() {
                piece.push((item.id, Wire::Message(message)));
            }
            items.push(item);
        }
        items.reverse();
        let targets = self.targets(chat);
        for piece in pieces.iter_mut().rev() {
            piece.reverse();
            let ids: Vec<i64> = piece.iter().map(|(id, _)| *id).collect();
            for conn in &targets {
                let wire = match piece.as_slice() {
                    [] => continue,
                    [(_, one)] => one.clone(),
                    many => Wire::Batch(many.iter().map(|(_, w)| w.clone()).collect()),
                };
                self.send_items(*conn, wire, ids.clone());
            }
        }
        items
    }

    /// The connections for messages to a chat.
    fn targets(&self, chat: ChatRef) -> Vec<i64> {
        match chat {
            ChatRef::Direct(id) => self.core.contacts.get(&id).and_then(|c| c.conn).into_iter().collect(),
            ChatRef::Group(id, scope) => self.group_targets(id, scope).into_iter().map(|(_, conn)| conn).collect(),
            _ => Vec::new(),
        }
    }

    /// Stores a message as sent, and returns it with its wire form; the upload of its file begins.
    pub(crate) fn store(&mut self, chat: ChatRef, d: Draft) -> (Item, Box<Message>) {
        let shared = ids::id16(&mut self.sh.rng);
        let dir = Dir::sent_to(chat);
        let mut item = self.message_item(dir, d.content.clone(), Some(shared.clone()), None);
        let (item_id, now) = (item.id, item.created);
        item.live = d.live;
        item.timed = d.timed.map(|t| (t, (!d.live).then(|| now.plus_secs(t))));
        if let Some((_, Some(at))) = item.timed {
            self.sh.at(at, Step::Expire(self.me, item_id));
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
        let scope = match chat {
            ChatRef::Group(id, scope) => {
                self.tell_new_profile(id);
                let members = self.group_targets(id, scope).into_iter();
                item.delivery = members.map(|(member, _)| (member, Delivery::New)).collect();
                self.wire_scope(id, scope)
            }
            _ => WireScope::Main,
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
        if let Some(file) = d.file {
            self.begin_transfer(file);
        }
        (item, Box::new(message))
    }

    /// Reports the errors of a command that succeeded only in part.
    pub(super) fn emit_errors(&mut self, errors: &[Envelope]) {
        if errors.is_empty() {
            return;
        }
        let mut j = render::result("chatErrors");
        j.key("chatErrors").arr();
        for e in errors {
            j.value(error::inner(e));
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

    /// The quote of an item in a message: as it is sent, and as it is shown here.
    pub(crate) fn quote(&self, at: ChatRef, id: i64, message: &Content) -> Result<(QuoteRef, Quote), Envelope> {
        let Some(item) = self.core.item(at, id) else {
            return Err(error::item_not_found(id));
        };
        let Some(content) = item.content().filter(|_| item.deleted.is_none()).cloned() else {
            return Err(error::store("invalidQuote"));
        };
        let (dir, shared, sent_at, file) = (item.dir, item.shared.clone(), item.ts, item.file);
        let file = file.and_then(|id| self.core.files.get(&id)).map(|f| f.name.as_str());
        let content = content.quoted_in(message, file);
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

    pub(super) fn create_notes(&mut self, folder: i64, messages: Vec<Composed>) -> Answer {
        let user = self.active()?;
        if self.core.notes.get(&folder).is_none_or(|n| n.user != user) {
            return Err(error::store_id("noteFolderNotFound", "noteFolderId", folder));
        }
        no_mentions(&messages)?;
        let at = ChatRef::Local(folder);
        let mut items = Vec::new();
        for m in messages {
            let item = self.message_item(Dir::LocalSnd, m.content, None, None);
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
            ChatRef::Direct(id) if !ok => Err(error::contact_not_found(id)),
            ChatRef::Group(id, _) if !ok => Err(error::group_not_found(id)),
            ChatRef::Local(id) if !ok => Err(error::store_id("noteFolderNotFound", "noteFolderId", id)),
            ChatRef::Connection(_) => Err(error::command("not supported")),
            _ => Ok(user),
        }
    }

    /// Sends something that is not an item to all receivers of a chat.
    pub(crate) fn tell_chat(&mut self, chat: ChatRef, wire: impl Into<Wire>) {
        let wire = wire.into();
        for conn in self.targets(chat) {
            self.send(conn, wire.clone());
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

/// The size of an encoded message on the wire.
pub(super) fn encoded_size(content: &Content, quoted: Option<&Content>) -> usize {
    ENVELOPE_BYTES + content.json.len() + quoted.map_or(0, |q| QUOTE_BYTES + q.json.len())
}

/// Only messages in groups can mention members.
pub(super) fn no_mentions(messages: &[Composed]) -> Result<(), Envelope> {
    if messages.iter().any(|m| !m.mentions.is_empty()) {
        return Err(error::command("mentions are not supported in this chat"));
    }
    Ok(())
}

/// Whether receipts go to a contact.
pub(crate) fn sends_receipts(core: &crate::state::Core, contact: i64) -> bool {
    core.contacts.get(&contact).is_some_and(|c| {
        c.settings.receipts.unwrap_or_else(|| core.users.get(&c.user).is_some_and(|u| u.flags.rcpts_contacts))
    })
}
