//! Contact requests, handshakes, and what contacts send about themselves.

use std::sync::Arc;

use crate::commands::messages::Draft;
use crate::content::{Content, Pref, Preferences, Profile, feature};
use crate::cx::Cx;
use crate::deliver::{By, Sent};
use crate::ids;
use crate::json::Js;
use crate::parser::ChatRef;
use crate::preferences::merged;
use crate::render;
use crate::shared::Step;
use crate::state::{Asked, Body, ConnStatus, ContactStatus, Core, CoreId, Dir, Entity, Request, Status, Wire};
use crate::time::Ts;

impl Cx<'_> {
    pub(super) fn on_request(&mut self, user: i64, link: i64, asked: Asked) {
        let settings = self.core.links.get(&link).map(|l| l.settings.clone()).unwrap_or_default();
        if settings.business && settings.auto_accept.is_some() {
            return self.on_business_request(user, link, asked, &settings);
        }
        let now = self.sh.tick();
        let agent_id = ids::id16(&mut self.sh.rng);
        let known = self.core.asked.get(&asked.x_contact_id).and_then(|id| self.core.requests.get_mut(id));
        let before = known.filter(|r| r.x_contact_id == asked.x_contact_id);
        let new = before.is_none();
        let id = match before {
            Some(r) if r.accepted => {
                if let Some(contact) = r.contact {
                    self.contact_event("contactRequestAlreadyAccepted", user, contact);
                }
                return;
            }
            Some(r) => {
                r.agent_id = agent_id;
                r.updated = now;
                r.from = asked.from;
                r.id
            }
            None => self.add_request(user, link, &asked, agent_id, now),
        };
        let Some(contact) = self.core.requests.get(&id).and_then(|r| r.contact) else { return };
        let at = ChatRef::Direct(contact);
        let Asked { message, welcome, .. } = asked;
        let mut first = None;
        if new && (message.is_some() || welcome.is_some()) {
            if let (Some(shared), Some(text)) = (&welcome, settings.auto_reply.clone()) {
                let item = self.message_item(Dir::DirectSnd, text, Some(shared.clone()), None);
                self.add_with_event(user, at, &item);
            }
            if let Some((shared, content)) = &message {
                let mut item = self.message_item(Dir::DirectRcv, content.clone(), Some(shared.clone()), None);
                self.add_item(at, item.clone());
                // The event shows the item without its shared id.
                item.shared = None;
                self.event_new_items(user, at, std::slice::from_ref(&item));
                first = Some(item);
            }
            if let Some(r) = self.core.requests.get_mut(&id) {
                r.welcome = welcome;
                r.shared = message.map(|m| m.0);
            }
        }
        match settings.auto_accept {
            Some(_) => self.auto_accept(user, id, contact),
            None => {
                let stats = crate::commands::chats::stats(self.core.chat(at));
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

    fn add_request(&mut self, user: i64, link: i64, asked: &Asked, agent_id: Arc<str>, now: Ts) -> i64 {
        let id = Core::next(&self.core.requests);
        let contact = self.new_contact(user, asked.profile.clone());
        let (mut name, mut profile_id) = (asked.profile.display_name.clone(), 0);
        self.set_contact(contact, |c| {
            c.request = Some(id);
            name.clone_from(&c.name);
            profile_id = c.profile_id;
        });
        self.core.asked.insert(asked.x_contact_id.clone(), id);
        self.core.requests.insert(
            id,
            Request {
                id,
                user,
                link,
                contact: Some(contact),
                agent_id,
                from: asked.from,
                name,
                profile_id,
                profile: asked.profile.clone(),
                x_contact_id: asked.x_contact_id.clone(),
                created: now,
                updated: now,
                accepted: false,
                shared: None,
                welcome: None,
            },
        );
        self.first_items(contact, Some(true));
        id
    }

    fn auto_accept(&mut self, user: i64, request: i64, contact: i64) {
        if let Some(r) = self.core.requests.get_mut(&request) {
            r.accepted = true;
        }
        let conn = self.accept_request(request, contact);
        self.contact_event("acceptingContactRequest", user, contact);
        self.set_conn(conn, |c| c.joining = true);
        self.sh.at(self.sh.now, Step::Joined(self.me, conn));
    }

    /// The queue of a contact that is accepted automatically is secured: now everything that waited for it is sent.
    pub(crate) fn on_joined(&mut self, conn: i64) {
        let Some((user, link)) = self.core.conns.get(&conn).filter(|c| c.joining).map(|c| (c.user, c.via_link)) else {
            return;
        };
        let Some(Entity::Contact(contact)) = self.core.conns.get(&conn).map(|c| c.entity) else { return };
        self.set_conn(conn, |c| {
            c.joining = false;
            c.status = ConnStatus::SndReady;
        });
        self.contact_event("contactSndReady", user, contact);
        // The welcome that the requester has seen already is not sent again.
        let request = self.core.contacts.get(&contact).and_then(|c| self.core.requests.get(&c.request?));
        let welcomed = request.is_some_and(|r| r.welcome.is_some());
        let welcome = link.and_then(|l| self.core.links.get(&l)).and_then(|l| l.settings.auto_reply.clone());
        if let Some(content) = welcome.filter(|_| !welcomed) {
            self.send_own(user, conn, contact, content);
        }
        self.send(conn, Wire::Hello);
    }

    /// Sends a message that no command asked for, and reports it as an event.
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
    pub(super) fn on_confirm(&mut self, user: i64, conn: i64, from: (CoreId, i64), profile: Arc<Profile>) {
        let contact = self.new_contact(user, profile);
        self.set_contact(contact, |c| c.conn = Some(conn));
        let Some(status) = self.core.conns.get(&conn).map(|c| c.status) else { return };
        self.set_conn(conn, |c| {
            c.peer = Some(from);
            c.entity = Entity::Contact(contact);
            if status != ConnStatus::SndReady {
                c.status = ConnStatus::Requested;
                c.initiated = true;
            }
        });
        self.contact_event("contactConnecting", user, contact);
        if status == ConnStatus::New {
            // The side that made the invitation answers with its own profile.
            let profile = self.wire_profile(user, Some(contact));
            self.send(conn, Wire::Confirm { from: (self.me, conn), profile });
        }
        self.send(conn, Wire::Hello);
    }

    /// An existing contact gets its connection: one made through a group, or a prepared one.
    pub(crate) fn on_confirm_again(
        &mut self,
        user: i64,
        conn: i64,
        contact: i64,
        from: (CoreId, i64),
        profile: Arc<Profile>,
    ) {
        let status = self.core.conns.get(&conn).map(|c| c.status);
        let inviting = status == Some(ConnStatus::New);
        self.set_conn(conn, |c| {
            c.peer = Some(from);
            c.version = 16;
            if c.status != ConnStatus::SndReady {
                c.status = ConnStatus::Requested;
            }
        });
        let before = render::contact_json(self.core, contact);
        let from_member = self.core.contacts.get(&contact).is_some_and(|c| c.member.is_some() || c.group_inv.is_some());
        let changed = self.core.contacts.get(&contact).is_some_and(|c| c.profile != profile);
        self.set_contact(contact, |c| c.profile = profile);
        self.members_follow(contact);
        let prepared = self.core.contacts.get(&contact).is_some_and(|c| c.prepared.is_some());
        if prepared && !changed {
            // The prepared contact is shown like this already: no event.
        } else if from_member || prepared {
            self.event("contactUpdated", user, |j, core| {
                j.raw("fromContact", &before).key("toContact");
                render::put_contact(j, core, contact);
            });
        } else {
            self.contact_event("contactConnecting", user, contact);
        }
        self.set_contact(contact, |c| {
            c.member = None;
            c.grp_inv_sent = false;
        });
        if inviting {
            let profile = self.wire_profile(user, Some(contact));
            self.send(conn, Wire::Confirm { from: (self.me, conn), profile });
        }
        self.send(conn, Wire::Hello);
    }

    pub(super) fn on_hello(&mut self, user: i64, conn: i64, contact: i64) {
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
        // When the contact was prepared, it was not known whether the address supports post-quantum encryption.
        let prepared = self.core.contacts.get(&contact).and_then(|c| c.prepared.as_ref());
        if prepared.is_some_and(|p| !p.invitation) {
            let item = self.e2ee_item(Some(quantum));
            self.add_with_event(user, ChatRef::Direct(contact), &item);
        }
        if !has_first {
            for items in self.first_items(contact, Some(quantum)) {
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

    pub(super) fn on_profile(&mut self, user: i64, contact: i64, profile: Arc<Profile>) {
        let chat = ChatRef::Direct(contact);
        let Some(c) = self.core.contacts.get(&contact) else { return };
        let before = merged(self.core, c);
        let old = c.profile.clone();
        if old == profile {
            return;
        }
        let name = if old.display_name == profile.display_name {
            c.name.clone()
        } else {
            self.free_name(user, &profile.display_name)
        };
        let from = render::contact_json(self.core, contact);
        let same = old.looks_as(&profile);
        let ttl = profile.preferences.as_ref().and_then(|p| p.effective(feature::TIMED).ttl);
        let own = self.core.users.get(&user).and_then(|u| u.profile.preferences.as_ref());
        let default =
            own.map_or_else(|| Preferences::default().effective(feature::TIMED), |p| p.effective(feature::TIMED));
        self.set_contact(contact, |c| {
            c.profile = profile.clone();
            c.name = name;
            // The time to live is the one that the contact set last.
            let own = c.prefs.features[feature::TIMED];
            if own.and_then(|p| p.ttl) != ttl {
                c.prefs.features[feature::TIMED] = match own {
                    Some(p) => Some(Pref { ttl, ..p }),
                    None => (default.ttl != ttl).then_some(Pref { ttl, ..default }),
                };
            }
        });
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
            self.add_with_event(user, chat, &item);
        }
        let items = self.feature_items(contact, &before, false);
        self.event_new_items(user, chat, &items);
        self.event("contactUpdated", user, |j, core| {
            j.raw("fromContact", &from).key("toContact");
            render::put_contact(j, core, contact);
        });
    }

    pub(super) fn on_deleted(&mut self, user: i64, conn: i64, contact: i64) {
        let chat = ChatRef::Direct(contact);
        self.set_contact(contact, |c| c.status = ContactStatus::Deleted);
        self.set_conn(conn, |c| c.status = ConnStatus::Deleted);
        let body = Body::Own {
            text: "contact deleted".into(),
            json: r#"{"type":"rcvDirectEvent","rcvDirectEvent":{"type":"contactDeleted"}}"#.into(),
        };
        let mut item = self.own_item(Dir::DirectRcv, body);
        item.shared = Some(ids::id16(&mut self.sh.rng));
        self.add_with_event(user, chat, &item);
        self.contact_event("contactDeletedByContact", user, contact);
        self.emit(render::error::no_connection());
        // The agent drops the connection; the contact still shows it.
        for c in self.delete_conns(&[conn]) {
            self.keep_deleted(c);
        }
        self.touch(contact);
    }

    /// Stores an item about messages of a contact or a member, given by their numbers, that never came.
    pub(super) fn skipped(&mut self, user: i64, of: Entity, from: i64, to: i64, at: Ts) {
        let range = if from == to { from.to_string() } else { format!("{from}..{to}") };
        let mut j = Js::new();
        j.obj().tag("rcvIntegrityError").key("msgError").obj().tag("msgSkipped");
        j.num("fromMsgId", from).num("toMsgId", to).end().end();
        let body = Body::Own { text: format!("skipped message ID {range}").into(), json: j.done().into() };
        match of {
            Entity::Contact(contact) => {
                let mut item = self.own_item(Dir::DirectRcv, body);
                item.ts = at.whole_second();
                item.status = Status::RcvNew;
                let chat = ChatRef::Direct(contact);
                self.add_with_event(user, chat, &item);
            }
            Entity::Member(member) => {
                let Some(group) = self.core.members.get(&member).map(|m| m.group) else { return };
                let scope = self.scope_with(group, member);
                self.member_item(By { user, group, member }, scope, body, false, Some(Sent { at, shared: None }));
            }
            _ => {}
        }
    }
}
