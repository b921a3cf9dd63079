//! What a core does with what arrives at one of its connections.

use std::sync::Arc;

use crate::commands::messages::{
    Draft, add_version, change_reaction, new_version, put_deletions, put_reaction_event, sends_receipts,
};
use crate::content::{Content, Pref, Profile, feature};
use crate::ids;
use crate::json::{Js, Json};
use crate::network::{Cx, find_item};
use crate::parser::{AddressSettings, ChatRef, Scope};
use crate::render;
use crate::state::{
    Body, ConnStatus, ContactStatus, Core, CoreId, Dir, Entity, Item, Message, Quote, QuotedBy, Request, Status, Wire,
    WireScope,
};
use crate::time::Ts;

/// Where something arrived: whose chat it is, and on which side the sender stands.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    pub user: i64,
    pub chat: ChatRef,
    pub dir: Dir,
    pub conn: i64,
}

impl Cx<'_> {
    pub(crate) fn receive(&mut self, conn: i64, wire: Wire, at: Ts) {
        let Some((user, entity)) = self.core.conns.get(&conn).map(|c| (c.user, c.entity)) else { return };
        let place = match entity {
            Entity::Contact(id) => Some(Place { user, chat: ChatRef::Direct(id), dir: Dir::DirectRcv, conn }),
            Entity::Member(id) => self.core.members.get(&id).map(|m| Place {
                user,
                chat: ChatRef::Group(m.group, Scope::Main),
                dir: Dir::GroupRcv(id),
                conn,
            }),
            _ => None,
        };
        match (entity, place, wire) {
            (Entity::Link(link), _, Wire::Request { from, profile, x_contact_id, message, welcome }) => {
                match self.core.links.get(&link).and_then(|l| l.group.clone()) {
                    Some((group, link_id, role)) => {
                        self.on_group_request(user, link, group, link_id, role, (from, profile, x_contact_id));
                    }
                    None => self.on_request(user, link, (from, profile, x_contact_id), message, welcome),
                }
            }
            (Entity::Pending, _, Wire::Confirm { from, profile }) => self.on_confirm(user, conn, from, profile),
            (Entity::Pending, _, Wire::Group(w)) => self.on_link_invite(user, conn, *w),
            (Entity::Contact(id), _, Wire::Confirm { from, profile }) => {
                self.on_confirm_again(user, conn, id, from, profile);
            }
            (Entity::Contact(id), _, Wire::Hello) => self.on_hello(user, conn, id),
            (Entity::Contact(id), _, Wire::Group(w)) => self.on_group_invitation(user, conn, id, *w, at),
            (Entity::Member(id), _, Wire::Confirm { from, .. }) => self.on_member_confirm(conn, id, from),
            (Entity::Member(id), _, Wire::Hello) => self.on_member_hello(id),
            (Entity::Member(id), _, Wire::Group(w)) => self.on_group_wire(user, conn, id, *w, at),
            (Entity::Member(id), _, Wire::Receipt { shared }) => self.on_member_receipt(id, &shared),
            (_, Some(p), Wire::Message(m)) => self.on_message(p, *m, at),
            (_, Some(p), Wire::Update { shared, content, live, ttl, scope }) => {
                self.on_update(p, &shared, content, live, ttl, &scope, at);
            }
            (_, Some(p), Wire::Delete { shared }) => self.on_delete(p, &shared, at),
            (_, Some(p), Wire::React { shared, add, reaction }) => self.on_reaction(p, &shared, add, &reaction, at),
            (Entity::Contact(id), _, Wire::Receipt { shared }) => self.on_receipt(id, &shared),
            (Entity::Contact(id), _, Wire::Profile { profile }) => self.on_profile(user, id, profile),
            (Entity::Contact(id), _, Wire::Deleted) => self.on_deleted(user, conn, id),
            (_, Some(p), Wire::File(w)) => self.on_file(p, *w),
            (_, Some(p), Wire::Queue(step)) => self.on_queue_step(p, step),
            _ => {}
        }
    }

    fn on_request(
        &mut self,
        user: i64,
        link: i64,
        asked: ((CoreId, i64), Arc<Profile>, Arc<str>),
        message: Option<(Arc<str>, Content)>,
        welcome: Option<Arc<str>>,
    ) {
        let settings = self.core.links.get(&link).map(|l| l.settings.clone()).unwrap_or_default();
        let (from, profile, x) = asked;
        if settings.business && settings.auto_accept.is_some() {
            return self.on_business_request(user, link, from, profile, &settings);
        }
        let now = self.sh.tick();
        let agent_id = ids::id16(&mut self.sh.rng);
        let before = self.core.requests.values_mut().find(|r| r.x_contact_id == x);
        let new = before.is_none();
        let id = match before {
            Some(r) if r.accepted => return,
            Some(r) => {
                r.agent_id = agent_id;
                r.updated = now;
                r.from = from;
                r.id
            }
            None => self.add_request(user, link, from, profile, x, agent_id, now),
        };
        let Some(contact) = self.core.requests.get(&id).and_then(|r| r.contact) else { return };
        let at = ChatRef::Direct(contact);
        let mut first = None;
        if new && (message.is_some() || welcome.is_some()) {
            if let (Some(shared), Some(text)) = (&welcome, settings.auto_reply.clone()) {
                let now = self.sh.tick();
                let item = self.message_item(Dir::DirectSnd, text, shared, now);
                self.add_item(at, item.clone());
                self.event_new_items(user, at, &[item]);
            }
            if let Some((shared, content)) = &message {
                let now = self.sh.tick();
                let mut item = self.message_item(Dir::DirectRcv, content.clone(), shared, now);
                item.status = Status::RcvNew;
                self.add_item(at, item.clone());
                first = Some(item);
            }
            if let Some(r) = self.core.requests.get_mut(&id) {
                r.welcome = welcome;
                r.shared = message.map(|m| m.0);
            }
        }
        match settings.auto_accept {
            Some(_) => self.auto_accept(user, id, contact, &settings),
            None => {
                let stats = crate::commands::chats::stats(render::chat(self.core, at));
                self.event("receivedContactRequest", user, |j, core| {
                    if let Some(r) = core.requests.get(&id) {
                        j.key("contactRequest");
                        render::put_request(j, r);
                    }
                    j.key("chat_");
                    render::put_chat(j, core, at, first.as_ref(), stats, now);
                });
            }
        }
    }

    fn message_item(&mut self, dir: Dir, content: Content, shared: &Arc<str>, now: Ts) -> Item {
        let id = self.core.new_item_id();
        let mut item = Item::new(id, dir, now, Body::Msg(content), Status::SndNew, now);
        item.shared = Some(shared.clone());
        item.formatted = crate::markdown::formatted(item.text()).map(Into::into);
        item
    }

    #[allow(clippy::too_many_arguments, reason = "one argument per column of the new row")]
    fn add_request(
        &mut self,
        user: i64,
        link: i64,
        from: (CoreId, i64),
        profile: Arc<Profile>,
        x: Arc<str>,
        agent_id: Arc<str>,
        now: Ts,
    ) -> i64 {
        let id = Core::next(&self.core.requests);
        let contact = self.new_contact(user, profile.clone());
        let (mut name, mut profile_id) = (profile.display_name.clone(), 0);
        if let Some(c) = self.core.contacts.get_mut(&contact) {
            c.request = Some(id);
            c.cached = None;
            name.clone_from(&c.name);
            profile_id = c.profile_id;
        }
        self.core.requests.insert(
            id,
            Request {
                id,
                user,
                link,
                contact: Some(contact),
                agent_id,
                from,
                name,
                profile_id,
                profile,
                x_contact_id: x,
                created: now,
                updated: now,
                accepted: false,
                shared: None,
                welcome: None,
            },
        );
        self.first_items(contact);
        id
    }

    fn auto_accept(&mut self, user: i64, request: i64, contact: i64, settings: &AddressSettings) {
        if let Some(r) = self.core.requests.get_mut(&request) {
            r.accepted = true;
        }
        let conn = self.accept_request(request, contact);
        self.contact_event("acceptingContactRequest", user, contact);
        self.set_conn(conn, |c| c.status = ConnStatus::SndReady);
        self.contact_event("contactSndReady", user, contact);
        if let Some(content) = settings.auto_reply.clone() {
            self.send_own(user, conn, contact, content);
        }
        self.send(conn, Wire::Hello, None);
    }

    /// Sends a message that no command asked for: it is told as an event.
    pub(crate) fn send_own(&mut self, user: i64, conn: i64, contact: i64, content: Content) {
        let at = ChatRef::Direct(contact);
        let item = self.post(at, Draft::plain(content));
        self.event_new_items(user, at, std::slice::from_ref(&item));
        self.set_conn(conn, |c| c.pq_snd = Some(c.pq));
    }

    pub(crate) fn contact_event(&mut self, tag: &str, user: i64, contact: i64) {
        self.event(tag, user, |j, core| {
            j.key("contact");
            render::put_contact(j, core, contact);
        });
    }

    /// The other end agreed: it becomes a contact.
    fn on_confirm(&mut self, user: i64, conn: i64, from: (CoreId, i64), profile: Arc<Profile>) {
        let contact = self.new_contact(user, profile);
        if let Some(c) = self.core.contacts.get_mut(&contact) {
            c.conn = Some(conn);
        }
        let Some(status) = self.core.conns.get(&conn).map(|c| c.status) else { return };
        self.set_conn(conn, |c| {
            c.peer = Some(from);
            c.entity = Entity::Contact(contact);
            if status != ConnStatus::SndReady {
                c.status = ConnStatus::Requested;
                c.initiated = true;
            }
        });
        self.touch(contact);
        self.contact_event("contactConnecting", user, contact);
        if status == ConnStatus::New {
            // The one who invited answers with its own profile.
            let profile = self.wire_profile(user, Some(contact));
            let from = (self.me, conn);
            self.send(conn, Wire::Confirm { from, profile }, None);
        }
        if status != ConnStatus::SndReady {
            self.send(conn, Wire::Hello, None);
        }
    }

    fn on_hello(&mut self, user: i64, conn: i64, contact: i64) {
        self.set_conn(conn, |c| {
            c.status = ConnStatus::Ready;
            c.pq_snd = Some(c.pq);
            c.pq_rcv = Some(c.pq);
            c.pq = true;
        });
        let quantum = self.core.conns.get(&conn).is_some_and(|c| c.pq_snd == Some(true));
        let custom = self.core.conns.get(&conn).and_then(|c| c.incognito_profile.clone());
        self.event("contactConnected", user, |j, core| {
            j.key("contact");
            render::put_contact(j, core, contact);
            if let Some(p) = custom {
                j.key("userCustomProfile");
                p.put(j);
            }
        });
        let has_first = self.core.contacts.get(&contact).is_some_and(|c| {
            c.chat.items.iter().any(|i| matches!(&i.body, Body::Own { json, .. } if json.contains("rcvDirectE2EEInfo")))
        });
        if !has_first {
            for items in self.first_items_of(contact, quantum) {
                self.event_new_items(user, ChatRef::Direct(contact), &items);
            }
        }
        self.set_conn(conn, |c| {
            c.initiated = false;
            if c.pq_snd == Some(false) {
                c.pq_snd = None;
                c.pq_rcv = None;
            }
        });
    }

    /// The part of a group that a message is for, and the place with it.
    fn scoped(&mut self, p: Place, scope: &WireScope) -> Place {
        let (ChatRef::Group(g, _), WireScope::Support(member_id)) = (p.chat, scope) else { return p };
        let own = self.own_member(g).is_some_and(|m| m.member_id == *member_id);
        let member = self.core.members.values().find(|m| m.group == g && m.member_id == *member_id).map(|m| m.id);
        Place { chat: ChatRef::Group(g, Scope::Support(member.filter(|_| !own))), ..p }
    }

    fn on_message(&mut self, p: Place, m: Message, at: Ts) {
        let p = self.scoped(p, &m.scope);
        self.set_conn_early(p.conn);
        let shared = m.shared.clone();
        let Some(item) = self.store_message(p, m, at) else { return };
        self.event_new_items(p.user, p.chat, std::slice::from_ref(&item));
        let receipts = match p.chat {
            ChatRef::Direct(id) => sends_receipts(self.core, id),
            ChatRef::Group(id, _) => self.group_receipts(id),
            _ => false,
        };
        if receipts {
            self.send(p.conn, Wire::Receipt { shared }, None);
        }
    }

    fn group_receipts(&self, group: i64) -> bool {
        let Some(g) = self.core.groups.get(&group) else { return false };
        let small = self.core.members.values().filter(|m| m.group == group).count() <= 20;
        let user = self.core.users.get(&g.user).is_some_and(|u| u.rcpts_groups);
        g.settings.receipts.unwrap_or(user && small)
    }

    /// Stores a received message as unread.
    pub(crate) fn store_message(&mut self, p: Place, m: Message, at: Ts) -> Option<Item> {
        let now = self.sh.tick();
        let id = self.core.new_item_id();
        let mut item = Item::new(id, p.dir, at.whole_second(), Body::Msg(m.content), Status::RcvNew, now);
        item.formatted = crate::markdown::formatted(item.text()).map(Into::into);
        item.shared = Some(m.shared.clone());
        item.live = m.live;
        item.timed = m.ttl.map(|t| (t, None));
        if m.forwarded {
            item.forwarded = Some(r#"{"type":"unknown"}"#.into());
        }
        let own = match p.chat {
            ChatRef::Group(g, _) => self.own_member(g).map(|m| m.member_id.clone()),
            _ => None,
        };
        item.user_mention = own.is_some() && m.mentions.iter().any(|(_, id)| Some(id) == own.as_ref());
        item.mentions = m.mentions;
        if let Some(q) = m.quote {
            let here = q.shared.as_deref().and_then(|s| self.find_shared(p.chat, s));
            let dir = match (&q.by, p.chat) {
                (QuotedBy::Member(id), ChatRef::Group(g, _)) if Some(id) == own.as_ref() => {
                    let _ = g;
                    item.user_mention = true;
                    Some(Dir::GroupSnd)
                }
                (QuotedBy::Member(id), ChatRef::Group(g, _)) => {
                    let m = self.core.members.values().find(|m| m.group == g && m.member_id == *id);
                    m.map(|m| Dir::GroupRcv(m.id))
                }
                (QuotedBy::Sender, _) => Some(p.dir),
                _ => Some(Dir::DirectSnd),
            };
            item.quote = Some(Box::new(Quote {
                item: here,
                shared: q.shared,
                sent_at: q.sent_at.whole_second(),
                dir,
                content: q.content,
            }));
        }
        if let Dir::GroupRcv(member) = p.dir
            && let Some(m) = self.core.members.get(&member)
        {
            if m.blocked {
                let mut j = Js::new();
                j.obj().tag("blockedByAdmin");
                render::put_ts(&mut j, "deletedTs", now);
                j.end();
                item.deleted = Some(j.done().into());
                item.status = Status::RcvRead;
            } else if !m.show {
                let mut j = Js::new();
                j.obj().tag("blocked");
                render::put_ts(&mut j, "deletedTs", now);
                j.end();
                item.deleted = Some(j.done().into());
            }
        }
        if let Some(offer) = m.file {
            item.file = Some(self.offered_file(p, id, offer));
        }
        self.add_item(p.chat, item.clone());
        self.support_activity(p, &item, now);
        Some(item)
    }

    /// A message may come before the handshake's end.
    fn set_conn_early(&mut self, conn: i64) {
        if self.core.conns.get(&conn).is_some_and(|c| c.status == ConnStatus::Requested) {
            self.set_conn(conn, |c| {
                c.status = ConnStatus::Accepted;
                c.pq_rcv = Some(c.pq);
            });
        }
    }

    pub(crate) fn find_shared(&self, chat: ChatRef, shared: &str) -> Option<i64> {
        render::chat(self.core, chat)?.items.iter().rev().find(|i| i.shared.as_deref() == Some(shared)).map(|i| i.id)
    }

    #[allow(clippy::too_many_arguments, reason = "one argument per member of the message")]
    fn on_update(
        &mut self,
        p: Place,
        shared: &Arc<str>,
        content: Content,
        live: bool,
        ttl: Option<i64>,
        scope: &WireScope,
        at: Ts,
    ) {
        let p = self.scoped(p, scope);
        let (user, chat) = (p.user, p.chat);
        let now = self.sh.tick();
        let ts = at.whole_second();
        let last = self.core.last_version;
        let copy = match self.find_shared(chat, shared) {
            Some(id) => {
                let Some(item) = render::chat_mut(self.core, chat).and_then(|c| find_item(&mut c.items, id)) else {
                    return;
                };
                let Some(old) = item.content().cloned() else { return };
                let mut made = 0;
                if !item.live {
                    let first = item.ts;
                    made = add_version(item, old, last, now, first);
                    made += new_version(item, &content, last + made, now, ts);
                    item.edited = true;
                }
                item.live = live && item.live;
                item.formatted = crate::markdown::formatted(&content.text).map(Into::into);
                item.body = Body::Msg(content);
                let copy = item.clone();
                self.core.last_version += made;
                copy
            }
            None => {
                // Deleted here before: the edit brings it back.
                let id = self.core.new_item_id();
                let mut item = Item::new(id, p.dir, ts, Body::Msg(content), Status::RcvNew, now);
                item.shared = Some(shared.clone());
                item.edited = true;
                item.live = live;
                item.timed = ttl.map(|t| (t, None));
                item.formatted = crate::markdown::formatted(item.text()).map(Into::into);
                self.add_item(chat, item.clone());
                item
            }
        };
        self.event("chatItemUpdated", user, |j, core| {
            j.key("chatItem");
            render::put_item_in_chat(j, core, chat, &copy, now);
        });
    }

    /// The item of a shared id in a chat, or in another part of the same group.
    pub(crate) fn find_in(&self, chat: ChatRef, shared: &str) -> Option<(ChatRef, i64)> {
        if let Some(id) = self.find_shared(chat, shared) {
            return Some((chat, id));
        }
        let ChatRef::Group(g, _) = chat else { return None };
        let scopes: Vec<Scope> = self.core.groups.get(&g)?.support.keys().map(|m| Scope::Support(*m)).collect();
        scopes
            .into_iter()
            .find_map(|s| self.find_shared(ChatRef::Group(g, s), shared).map(|id| (ChatRef::Group(g, s), id)))
    }

    fn on_delete(&mut self, p: Place, shared: &str, at: Ts) {
        let Some((chat, id)) = self.find_in(p.chat, shared) else { return };
        let full = match chat {
            ChatRef::Direct(id) => {
                self.core.contacts.get(&id).is_some_and(|c| render::merged(self.core, c)[feature::FULL_DELETE].3.1)
            }
            ChatRef::Group(id, _) => {
                self.core.groups.get(&id).is_some_and(|g| render::group_pref(&g.profile, "fullDelete").on)
            }
            _ => false,
        };
        let now = self.sh.tick();
        let Some(pair) = self.delete_here(chat, id, !full, at.whole_second(), None) else { return };
        self.cancel_offered(pair.0.file);
        let list = [pair];
        self.event("chatItemsDeleted", p.user, |j, core| put_deletions(j, core, chat, &list, false, false, now));
    }

    fn on_reaction(&mut self, p: Place, shared: &str, add: bool, reaction: &Json, at: Ts) {
        let Some((chat, id)) = self.find_in(p.chat, shared) else { return };
        let by = match p.dir {
            Dir::GroupRcv(m) => m,
            _ => 0,
        };
        let Some(item) = render::chat_mut(self.core, chat).and_then(|c| find_item(&mut c.items, id)) else { return };
        if change_reaction(item, reaction, add, Some(by), at.whole_second()).is_err() {
            return;
        }
        let copy = item.clone();
        self.event("chatItemReaction", p.user, |j, core| {
            put_reaction_event(j, core, chat, &copy, p.dir, add, reaction, at.whole_second());
        });
    }

    fn on_receipt(&mut self, contact: i64, shared: &str) {
        let chat = ChatRef::Direct(contact);
        if let Some(id) = self.find_shared(chat, shared) {
            self.set_status(chat, id, Status::SndRcvd { complete: true });
        }
    }

    fn on_profile(&mut self, user: i64, contact: i64, profile: Arc<Profile>) {
        let chat = ChatRef::Direct(contact);
        let Some(c) = self.core.contacts.get(&contact) else { return };
        let before = render::merged(self.core, c);
        let old = c.profile.clone();
        if old == profile {
            return;
        }
        let name = if old.display_name == profile.display_name {
            c.name.clone()
        } else {
            self.free_name(user, &profile.display_name)
        };
        let mut from = Js::new();
        render::put_contact(&mut from, self.core, contact);
        let from = from.done();
        let same = old.same_person(&profile);
        let ttl = profile.preferences.as_ref().and_then(|p| p.effective(feature::TIMED).ttl);
        if let Some(c) = self.core.contacts.get_mut(&contact) {
            c.profile = profile.clone();
            c.name = name;
            // The time to live follows what the contact set last.
            if before[feature::TIMED].0.ttl != ttl && before[feature::TIMED].2.ttl != ttl {
                c.prefs.features[feature::TIMED] = Some(Pref { allow: before[feature::TIMED].0.allow, ttl });
            }
            c.cached = None;
        }
        self.members_follow(contact);
        if !same {
            let mut j = Js::new();
            j.obj().tag("rcvDirectEvent").key("rcvDirectEvent").obj().tag("profileUpdated").key("fromProfile");
            old.put(&mut j);
            j.key("toProfile");
            profile.put(&mut j);
            j.end().end();
            let body = Body::Own { text: "updated profile".into(), json: j.done().into() };
            let item = self.own_item(Dir::DirectRcv, body);
            self.add_item(chat, item.clone());
            self.event_new_items(user, chat, &[item]);
        }
        let items = self.feature_items(contact, &before, false);
        self.event_new_items(user, chat, &items);
        self.event("contactUpdated", user, |j, core| {
            j.raw("fromContact", &from).key("toContact");
            render::put_contact(j, core, contact);
        });
    }

    fn on_deleted(&mut self, user: i64, conn: i64, contact: i64) {
        let chat = ChatRef::Direct(contact);
        if let Some(c) = self.core.contacts.get_mut(&contact) {
            c.status = ContactStatus::Deleted;
        }
        self.set_conn(conn, |c| c.status = ConnStatus::Deleted);
        let body = Body::Own {
            text: "contact deleted".into(),
            json: r#"{"type":"rcvDirectEvent","rcvDirectEvent":{"type":"contactDeleted"}}"#.into(),
        };
        let mut item = self.own_item(Dir::DirectRcv, body);
        item.shared = Some(ids::id16(&mut self.sh.rng));
        self.add_item(chat, item.clone());
        self.event_new_items(user, chat, &[item]);
        self.contact_event("contactDeletedByContact", user, contact);
        self.emit(render::error::no_connection());
        // The agent forgets the connection; the contact still shows it.
        for mut c in self.delete_conns(&[conn]) {
            c.peer = None;
            c.outbox.clear();
            c.inbox.clear();
            self.core.conns.insert(c.id, c);
        }
        self.touch(contact);
    }

    /// Gives up a connection, telling the other end or not.
    pub(crate) fn part(&mut self, conn: i64, notify: bool) {
        if notify {
            self.send_last(conn, Wire::Deleted);
        }
        self.delete_conn(conn);
    }
}
