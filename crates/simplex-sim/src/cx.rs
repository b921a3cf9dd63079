//! One core at work, with the state that it shares with the others.

use std::sync::Arc;

use crate::json::Js;
use crate::parser::ChatRef;
use crate::render::{self, Envelope, error};
use crate::shared::{Shared, Step};
use crate::state::{Conn, ConnStatus, Contact, Core, CoreId, Delivery, Entity, Item, Outgoing, Status, Wire};
use crate::time::Ts;

/// One core at work, with the state that it shares with the others.
pub(crate) struct Cx<'a> {
    pub core: &'a mut Core,
    pub me: CoreId,
    pub sh: &'a mut Shared,
}

impl Cx<'_> {
    pub fn emit(&mut self, event: Envelope) {
        let event = self.spelled(event);
        self.core.events.push_back(event.into());
    }

    /// An error in the spelling of the core's version.
    pub fn spelled(&self, envelope: Envelope) -> Envelope {
        if self.core.before_7 { envelope } else { error::with_connection(envelope) }
    }

    /// An event of a tag about a user.
    pub fn event(&mut self, tag: &str, user: i64, more: impl FnOnce(&mut Js, &mut Core)) {
        let user = render::user_json(self.core, user);
        let mut j = render::result_in(std::mem::take(&mut self.sh.scratch), tag);
        j.raw("user", &user);
        more(&mut j, self.core);
        let text = render::finish(j);
        self.core.events.push_back(text.as_str().into());
        self.sh.scratch = text;
    }

    /// Whether this core reaches its servers now.
    pub fn reachable(&self) -> bool {
        self.sh.server_up && !self.core.offline
    }

    /// Announces the first use of the message server in a session.
    pub fn use_network(&mut self, user: i64) -> Result<(), Envelope> {
        let server = self.server(user);
        if !self.reachable() {
            return Err(error::broker_network(&server));
        }
        if !self.core.session.host_up {
            self.core.session.host_up = true;
            self.host_event("hostConnected", "smp", &server);
        }
        Ok(())
    }

    /// Reports a connection to a server.
    pub fn host_event(&mut self, tag: &str, protocol: &str, server: &str) {
        let mut j = render::result(tag);
        j.str("protocol", protocol).str("transportHost", crate::ids::host(server));
        self.emit(render::finish(j));
    }

    /// Reports that connections, by the agent's ids, receive messages from a server, or that they wait for it.
    pub fn status_event(&mut self, up: bool, server: &str, conns: &[Arc<str>]) {
        let mut j;
        if self.core.before_7 {
            j = render::result("networkStatus");
            j.key("networkStatus").obj().tag(if up { "connected" } else { "disconnected" }).end();
        } else {
            j = render::result("subscriptionStatus");
            j.str("server", server).key("subscriptionStatus").obj().tag(if up { "active" } else { "pending" }).end();
        }
        j.strs("connections", conns);
        self.emit(render::finish(j));
    }

    pub fn server(&self, user: i64) -> String {
        self.core.users.get(&user).and_then(|u| u.smp.first().cloned()).unwrap_or_else(|| self.sh.settings.smp.clone())
    }

    /// Queues a message for sending through a connection.
    pub fn send(&mut self, conn: i64, wire: impl Into<Wire>) {
        self.send_items(conn, wire, Vec::new());
    }

    /// Like [`Self::send`], for items whose status depends on the message.
    pub fn send_items(&mut self, conn: i64, wire: impl Into<Wire>, items: Vec<i64>) {
        if let Some(c) = self.core.conns.get_mut(&conn) {
            c.outbox.push_back(Outgoing { wire: wire.into(), items });
            self.sh.at(self.sh.now, Step::Send(self.me, conn));
        }
    }

    /// Sends the last message of a connection: it goes out although the connection ends here.
    pub fn send_last(&mut self, conn: i64, wire: Wire) {
        if let Some(peer) = self.core.conns.get(&conn).and_then(|c| c.peer) {
            self.sh.last_words.push((peer, wire));
        }
    }

    /// Tries again everything that waits for this core, and everything that its peers hold for it.
    pub fn wake_me(&mut self) {
        let now = self.sh.now;
        self.core.stalled.clear();
        for (file, attempt, step) in std::mem::take(&mut self.core.halted) {
            self.sh.at(now, Step::Transfer(self.me, file, attempt, step));
        }
        for item in std::mem::take(&mut self.core.overdue) {
            self.sh.at(now, Step::Expire(self.me, item));
        }
        for conn in self.core.conns.values() {
            if conn.joining {
                self.sh.at(now, Step::Joined(self.me, conn.id));
            }
            for _ in 0..conn.inbox.len() {
                self.sh.at(now, Step::Deliver(self.me, conn.id));
            }
            if !conn.outbox.is_empty() {
                self.sh.at(now, Step::Send(self.me, conn.id));
            }
            if let Some((p, pc)) = conn.peer {
                self.sh.at(now, Step::Send(p, pc));
            }
        }
    }

    pub fn new_conn(&mut self, user: i64, entity: Entity, status: ConnStatus) -> i64 {
        self.core.last_conn += 1;
        let id = self.core.last_conn;
        let now = self.sh.tick();
        let number = self.core.new_conn_number();
        let conn = Conn {
            id,
            number,
            user,
            agent_id: crate::ids::id16(&mut self.sh.rng),
            entity,
            status,
            peer: None,
            via_link: None,
            via_uri: false,
            via_group_link: false,
            group_link_id: None,
            welcomed: false,
            level: 0,
            via_contact: None,
            version: 16,
            pq: !matches!(entity, Entity::Member(_)),
            x_contact_id: None,
            incognito: None,
            incognito_profile: None,
            initiated: false,
            joining: false,
            alias: String::new(),
            pq_snd: None,
            pq_rcv: None,
            created: now,
            updated: now,
            link: None,
            queue: None,
            code: None,
            auth_errors: 0,
            own_code: None,
            outbox: Default::default(),
            inbox: Default::default(),
            received: 0,
            lost: 0,
        };
        self.core.conns.insert(id, Box::new(conn));
        id
    }

    /// Changes a contact.
    pub fn set_contact(&mut self, id: i64, change: impl FnOnce(&mut Contact)) {
        if let Some(c) = self.core.contacts.get_mut(&id) {
            change(c);
            c.cached = None;
        }
    }

    /// Drops the cached JSON of a contact, after a change of something else that it shows.
    pub fn touch(&mut self, contact: i64) {
        self.set_contact(contact, |_| {});
    }

    /// Changes a connection.
    pub fn set_conn(&mut self, id: i64, change: impl FnOnce(&mut Conn)) {
        if let Some(c) = self.core.conns.get_mut(&id) {
            change(c);
            if let Entity::Contact(contact) = c.entity {
                self.touch(contact);
            }
        }
    }

    /// Adds an item to a chat, which becomes the most recent chat, unless the item only notes what others did: somebody
    /// joined a group, a profile changed.
    pub fn add_item(&mut self, at: ChatRef, item: Item) {
        let ts = item.created;
        let noticed = item.dir.sent() || item.status == Status::RcvNew || item.content().is_some();
        match at {
            ChatRef::Direct(id) => {
                if let Some(c) = self.core.contacts.get_mut(&id) {
                    let again = std::mem::take(&mut c.chat_deleted);
                    if again {
                        c.cached = None;
                    }
                    if again || noticed {
                        c.chat_ts = ts;
                    }
                }
            }
            ChatRef::Local(id) => {
                if let Some(n) = self.core.notes.get_mut(&id) {
                    n.chat_ts = ts;
                }
            }
            ChatRef::Group(id, _) => {
                if let Some(g) = self.core.groups.get_mut(&id).filter(|_| noticed) {
                    g.chat_ts = ts;
                }
            }
            ChatRef::Connection(_) => {}
        }
        if let Some(chat) = self.core.chat_mut(at) {
            if item.status == Status::RcvNew {
                chat.unread += 1;
            }
            chat.items.push_back(item);
        }
    }

    /// Adds an item to a chat, and reports it.
    pub fn add_with_event(&mut self, user: i64, at: ChatRef, item: &Item) {
        self.add_item(at, item.clone());
        self.event_new_items(user, at, std::slice::from_ref(item));
    }

    pub fn event_new_items(&mut self, user: i64, at: ChatRef, items: &[Item]) {
        let now = self.sh.now;
        self.event("newChatItems", user, |j, core| {
            j.key("chatItems").arr();
            for i in items {
                render::put_fresh_item(j, core, at, i, now);
            }
            j.end_arr();
        });
    }

    /// Changes the status of items that were sent together through a connection.
    pub fn sent_status(&mut self, conn: i64, items: &[i64], status: Status) {
        match self.core.conns.get(&conn).map(|c| c.entity) {
            Some(Entity::Contact(contact)) => self.set_statuses(ChatRef::Direct(contact), items, &status),
            Some(Entity::Member(member)) if matches!(status, Status::SndSent { .. }) => {
                self.delivered(member, items, Delivery::Sent);
            }
            _ => {}
        }
    }

    /// The queue at the other end of a contact's connection no longer exists. For groups the core reports nothing.
    pub fn peer_gone(&mut self, conn: i64, joining: bool) {
        let Some(Entity::Contact(contact)) = self.core.conns.get(&conn).map(|c| c.entity) else { return };
        let Some(user) = self.core.conns.get(&conn).map(|c| c.user) else { return };
        if joining {
            // There is nobody to send the next step of the handshake to.
            self.set_conn(conn, |c| {
                c.status = ConnStatus::Accepted;
                c.outbox.clear();
            });
        }
        let server = self.server(user);
        let mut j = Js::new();
        j.obj().key("error").obj().tag("errorAgent").key("agentError").obj().tag("SMP");
        j.str("serverAddress", &server).raw("smpErr", r#"{"type":"AUTH"}"#).end();
        j.key("connectionEntity_").obj().tag("rcvDirectMsgConnection").key("entityConnection");
        if let Some(c) = self.core.conns.get(&conn) {
            render::put_conn(&mut j, c, self.core.before_7);
        }
        j.key("contact");
        render::put_contact(&mut j, self.core, contact);
        j.end().end().end();
        self.emit(j.done());
        if !joining {
            self.set_conn(conn, |c| c.auth_errors += 1);
        }
    }

    /// Changes the status of sent items, and reports those whose status changed.
    pub fn set_statuses(&mut self, at: ChatRef, items: &[i64], status: &Status) {
        let now = self.sh.tick();
        let Some(chat) = self.core.chat_mut(at) else { return };
        let mut changed = Vec::new();
        for id in items {
            let Some(found) = chat.item_mut(*id) else { continue };
            // An item that was received does not go back to sent.
            if found.status == *status || found.status == (Status::SndRcvd { complete: true }) {
                continue;
            }
            found.status = status.clone();
            if matches!(at, ChatRef::Direct(_)) {
                found.via_proxy.get_or_insert(false);
            }
            found.updated = now;
            changed.push(found.clone());
        }
        self.statuses_event(at, &changed, now);
    }

    /// Emits the event about the new status of items, if there are any.
    pub fn statuses_event(&mut self, at: ChatRef, items: &[Item], now: Ts) {
        let Some(user) = self.owner(at).filter(|_| !items.is_empty()) else { return };
        self.event("chatItemsStatusesUpdated", user, |j, core| {
            j.key("chatItems").arr();
            for i in items {
                render::put_item_in_chat(j, core, at, i, now);
            }
            j.end_arr();
        });
    }

    /// The user that a chat belongs to.
    pub fn owner(&self, at: ChatRef) -> Option<i64> {
        match at {
            ChatRef::Direct(id) => self.core.contacts.get(&id).map(|c| c.user),
            ChatRef::Local(id) => self.core.notes.get(&id).map(|n| n.user),
            ChatRef::Connection(id) => self.core.conns.get(&id).map(|c| c.user),
            ChatRef::Group(id, _) => self.core.groups.get(&id).map(|g| g.user),
        }
    }
}
