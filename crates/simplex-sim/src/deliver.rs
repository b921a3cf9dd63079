//! What a core does with messages that arrive at one of its connections.

mod contact;
mod group;
mod invite;
mod join;
mod members;
mod message;
mod prohibited;

use std::sync::Arc;

pub(crate) use invite::{business_preferences, business_profile};

use crate::cx::Cx;
use crate::parser::{ChatRef, Scope};
use crate::state::{Dir, Entity, Wire};
use crate::time::Ts;

/// Where a message arrived: the chat, and the direction.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    pub user: i64,
    pub chat: ChatRef,
    pub dir: Dir,
    pub conn: i64,
}

/// A member who did something in a group, and the user who is told of it.
#[derive(Clone, Copy)]
pub(crate) struct By {
    pub user: i64,
    pub group: i64,
    pub member: i64,
}

/// When a message about a group was sent, and the id that all members know it by, if it has one.
pub(crate) struct Sent {
    pub at: Ts,
    pub shared: Option<Arc<str>>,
}

impl Cx<'_> {
    /// A batch that arrives as one message is acknowledged as one.
    pub(crate) fn receive(&mut self, conn: i64, wire: Wire, at: Ts) {
        let mut receipts = Vec::new();
        self.count(conn, at);
        match wire {
            Wire::Batch(wires) => wires.into_iter().for_each(|w| self.receive_one(conn, w, at, &mut receipts)),
            wire => self.receive_one(conn, wire, at, &mut receipts),
        }
        if !receipts.is_empty() {
            self.send(conn, Wire::Receipt { shared: receipts });
        }
    }

    /// Counts arriving messages, and reports earlier ones that never came.
    fn count(&mut self, conn: i64, at: Ts) {
        let Some(c) = self.core.conns.get_mut(&conn) else { return };
        let (user, entity, from, lost) = (c.user, c.entity, c.received + 1, std::mem::take(&mut c.lost));
        c.received += lost + 1;
        if lost > 0 {
            self.skipped(user, entity, from, from + lost - 1, at);
        }
    }

    /// Adds messages for which a receipt is due to `receipts`.
    fn receive_one(&mut self, conn: i64, wire: Wire, at: Ts, receipts: &mut Vec<Arc<str>>) {
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
            (Entity::Link(link), _, Wire::Request(asked)) => {
                match self.core.links.get(&link).and_then(|l| l.group.clone()) {
                    Some((group, _, role)) => self.on_group_request(user, link, group, role, *asked),
                    None => self.on_request(user, link, *asked),
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
            (_, Some(p), Wire::Message(m)) => receipts.extend(self.on_message(p, *m, at)),
            (_, Some(p), Wire::Update(update)) => self.on_update(p, *update, at),
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
}
