//! What a core does with what arrives at one of its connections.

use std::sync::Arc;

use crate::commands::messages::{
    add_version, change_reaction, new_version, put_deletions, put_reaction_event, sends_receipts,
};
use crate::content::{Content, Profile, feature};
use crate::ids;
use crate::json::{Js, Json};
use crate::network::{Cx, find_item};
use crate::parser::{AddressSettings, ChatRef};
use crate::render;
use crate::state::{
    Body, ConnStatus, ContactStatus, Core, CoreId, Dir, Entity, Item, Message, Quote, Request, Status, Wire,
};
use crate::time::Ts;

impl Cx<'_> {
    pub(crate) fn receive(&mut self, conn: i64, wire: Wire, at: Ts) {
        let Some((user, entity)) = self.core.conns.get(&conn).map(|c| (c.user, c.entity)) else { return };
        match (entity, wire) {
            (Entity::Link(link), Wire::Request { from, profile, x_contact_id }) => {
                self.on_request(user, link, from, profile, x_contact_id);
            }
            (Entity::Pending, Wire::Confirm { from, profile }) => self.on_confirm(user, conn, from, profile),
            (Entity::Contact(id), Wire::Hello) => self.on_hello(user, conn, id),
            (Entity::Contact(id), Wire::Message(m)) => self.on_message(user, conn, id, *m, at),
            (Entity::Contact(id), Wire::Update { shared, content, live, ttl }) => {
                self.on_update(user, id, &shared, content, live, ttl, at);
            }
            (Entity::Contact(id), Wire::Delete { shared }) => self.on_delete(user, id, &shared, at),
            (Entity::Contact(id), Wire::React { shared, add, reaction }) => {
                self.on_reaction(user, id, &shared, add, &reaction, at);
            }
            (Entity::Contact(id), Wire::Receipt { shared }) => self.on_receipt(id, &shared),
            (Entity::Contact(id), Wire::Profile { profile }) => self.on_profile(user, id, profile),
            (Entity::Contact(id), Wire::Deleted) => self.on_deleted(user, conn, id),
            _ => {}
        }
    }

    fn on_request(&mut self, user: i64, link: i64, from: (CoreId, i64), profile: Arc<Profile>, x: Arc<str>) {
        let settings = self.core.links.get(&link).map(|l| l.settings.clone()).unwrap_or_default();
        let now = self.sh.tick();
        let agent_id = ids::id16(&mut self.sh.rng);
        let before = self.core.requests.values_mut().find(|r| r.x_contact_id == x);
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
        let contact = self.core.requests.get(&id).and_then(|r| r.contact);
        let Some(contact) = contact else { return };
        match settings.auto_accept {
            Some(_) => self.auto_accept(user, id, contact, &settings),
            None => self.event("receivedContactRequest", user, |j, core| {
                if let Some(r) = core.requests.get(&id) {
                    j.key("contactRequest");
                    render::put_request(j, r);
                }
                j.key("chat_");
                render::put_chat(j, core, ChatRef::Direct(contact), None, (0, 0, false), now);
            }),
        }
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
    fn send_own(&mut self, user: i64, conn: i64, contact: i64, content: Content) {
        let at = ChatRef::Direct(contact);
        let now = self.sh.tick();
        let shared = ids::id16(&mut self.sh.rng);
        let id = self.core.new_item_id();
        let mut item = Item::new(id, Dir::DirectSnd, now, Body::Msg(content.clone()), Status::SndNew, now);
        item.shared = Some(shared.clone());
        item.formatted = crate::markdown::formatted(&content.text).map(Into::into);
        self.add_item(at, item.clone());
        self.event_new_items(user, at, std::slice::from_ref(&item));
        self.set_conn(conn, |c| c.pq_snd = true);
        let m = Message { shared, content, quote: None, ttl: None, live: false, forwarded: false };
        self.send(conn, Wire::Message(Box::new(m)), Some(id));
    }

    fn contact_event(&mut self, tag: &str, user: i64, contact: i64) {
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
            c.pq_snd = true;
            c.pq_rcv = true;
        });
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
            for items in self.first_items(contact) {
                self.event_new_items(user, ChatRef::Direct(contact), &items);
            }
        }
        self.set_conn(conn, |c| c.initiated = false);
    }

    fn on_message(&mut self, user: i64, conn: i64, contact: i64, m: Message, at: Ts) {
        let chat = ChatRef::Direct(contact);
        self.set_conn_early(conn);
        let now = self.sh.tick();
        let id = self.core.new_item_id();
        let mut item = Item::new(id, Dir::DirectRcv, at.whole_second(), Body::Msg(m.content), Status::RcvNew, now);
        item.formatted = crate::markdown::formatted(item.text()).map(Into::into);
        item.shared = Some(m.shared.clone());
        item.live = m.live;
        item.timed = m.ttl.map(|t| (t, None));
        if m.forwarded {
            item.forwarded = Some(r#"{"type":"unknown"}"#.into());
        }
        item.quote = m.quote.map(|q| {
            let here = q.shared.as_deref().and_then(|s| self.find_shared(chat, s));
            Box::new(Quote {
                item: here,
                shared: q.shared,
                sent_at: q.sent_at.whole_second(),
                own: !q.by_sender,
                content: q.content,
            })
        });
        self.add_item(chat, item.clone());
        self.event_new_items(user, chat, std::slice::from_ref(&item));
        if sends_receipts(self.core, contact) {
            self.send(conn, Wire::Receipt { shared: m.shared }, None);
        }
    }

    /// A message may come before the handshake's end.
    fn set_conn_early(&mut self, conn: i64) {
        if self.core.conns.get(&conn).is_some_and(|c| c.status == ConnStatus::Requested) {
            self.set_conn(conn, |c| {
                c.status = ConnStatus::Accepted;
                c.pq_rcv = true;
            });
        }
    }

    fn find_shared(&self, chat: ChatRef, shared: &str) -> Option<i64> {
        render::chat(self.core, chat)?.items.iter().rev().find(|i| i.shared.as_deref() == Some(shared)).map(|i| i.id)
    }

    #[allow(clippy::too_many_arguments, reason = "one argument per member of the message")]
    fn on_update(
        &mut self,
        user: i64,
        contact: i64,
        shared: &Arc<str>,
        content: Content,
        live: bool,
        ttl: Option<i64>,
        at: Ts,
    ) {
        let chat = ChatRef::Direct(contact);
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
                let mut item = Item::new(id, Dir::DirectRcv, ts, Body::Msg(content), Status::RcvNew, now);
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

    fn on_delete(&mut self, user: i64, contact: i64, shared: &str, at: Ts) {
        let chat = ChatRef::Direct(contact);
        let Some(id) = self.find_shared(chat, shared) else { return };
        let full =
            self.core.contacts.get(&contact).is_some_and(|c| render::merged(self.core, c)[feature::FULL_DELETE].3.1);
        let now = self.sh.tick();
        let Some(pair) = self.delete_here(chat, id, !full, at.whole_second(), None) else { return };
        let list = [pair];
        self.event("chatItemsDeleted", user, |j, core| put_deletions(j, core, chat, &list, false, false, now));
    }

    fn on_reaction(&mut self, user: i64, contact: i64, shared: &str, add: bool, reaction: &Json, at: Ts) {
        let chat = ChatRef::Direct(contact);
        let Some(id) = self.find_shared(chat, shared) else { return };
        let Some(item) = render::chat_mut(self.core, chat).and_then(|c| find_item(&mut c.items, id)) else { return };
        if change_reaction(item, reaction, add, false).is_err() {
            return;
        }
        let copy = item.clone();
        self.event("chatItemReaction", user, |j, core| {
            put_reaction_event(j, core, chat, &copy, Dir::DirectRcv, add, reaction, at.whole_second());
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
        if let Some(c) = self.core.contacts.get_mut(&contact) {
            c.profile = profile.clone();
            c.name = name;
            c.cached = None;
        }
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
            c.cached = None;
        }
        let body = Body::Own {
            text: "contact deleted".into(),
            json: r#"{"type":"rcvDirectEvent","rcvDirectEvent":{"type":"contactDeleted"}}"#.into(),
        };
        let item = self.own_item(Dir::DirectRcv, body);
        self.add_item(chat, item.clone());
        self.event_new_items(user, chat, &[item]);
        self.contact_event("contactDeletedByContact", user, contact);
        self.delete_conn(conn);
        if let Some(c) = self.core.contacts.get_mut(&contact) {
            c.conn = None;
            c.cached = None;
        }
    }

    /// Gives up a connection, telling the other end or not.
    pub(crate) fn part(&mut self, conn: i64, notify: bool) {
        if notify {
            self.send_last(conn, Wire::Deleted);
        }
        self.delete_conn(conn);
    }
}
