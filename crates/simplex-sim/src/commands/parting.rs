//! The end of connections, and what is reported about it.

use crate::cx::Cx;
use crate::ids;
use crate::render::{self, error};
use crate::state::{Conn, ConnStatus, Entity, Wire};

impl Cx<'_> {
    /// Gives up a connection, and notifies the other end if asked to.
    pub(crate) fn part(&mut self, conn: i64, notify: bool) {
        if notify {
            self.send_last(conn, Wire::Deleted);
        }
        self.delete_conn(conn);
    }

    /// Deletes connections after their queued messages have been sent.
    pub(crate) fn flush_and_delete(&mut self, mut conns: Vec<i64>) {
        conns.retain(|c| self.core.alive(*c).is_some());
        for c in &conns {
            let Some(conn) = self.core.conns.get_mut(c) else { continue };
            let (peer, waiting) = (conn.peer, std::mem::take(&mut conn.outbox));
            if let Some(peer) = peer {
                for out in waiting {
                    self.sh.last_words.push((peer, out.wire));
                }
            }
        }
        self.said_too_late(&conns, true);
        self.delete_conns(&conns);
    }

    /// Deletes a connection and its queue, and emits the agent's event about that.
    pub(crate) fn delete_conn(&mut self, conn: i64) {
        self.delete_conns(&[conn]);
    }

    /// Reports last messages that arrive through connections which are deleted already.
    pub(crate) fn said_too_late(&mut self, conns: &[i64], first: bool) {
        for (i, id) in conns.iter().enumerate() {
            let Some(agent) = self.core.conns.get(id).map(|c| c.agent_id.clone()) else { continue };
            let with = |j: &mut crate::json::Js| {
                j.str("agentConnId", &agent);
            };
            let error = if first && i == 0 {
                error::chat_with("noConnectionUser", with)
            } else {
                error::store_with("connectionNotFound", with)
            };
            self.emit(error);
        }
    }

    /// Deletes connections; the agent reports all of them at once.
    pub(crate) fn delete_conns(&mut self, conns: &[i64]) -> Vec<Conn> {
        let mut gone = Vec::new();
        for id in conns {
            if self.core.conns.get(id).is_none_or(|c| c.status == ConnStatus::Deleted && c.peer.is_none()) {
                continue;
            }
            let Some(c) = self.core.remove_conn(*id) else { continue };
            if let Some(p) = c.incognito.filter(|_| !matches!(c.entity, Entity::Member(_))) {
                self.core.profile_ids.remove(&p);
            }
            gone.push(c);
        }
        if gone.is_empty() {
            return gone;
        }
        let mut j = render::result("agentRcvQueuesDeleted");
        j.key("deletedRcvQueues").arr();
        for c in &gone {
            let server = self.server(c.user);
            let queue = ids::random(&mut self.sh.rng, 32);
            j.obj().str("agentConnId", &c.agent_id).str("server", &server).str("agentQueueId", &queue).end();
        }
        j.end_arr();
        self.emit(render::finish(j));
        let mut j = render::result("agentConnsDeleted");
        j.strs("agentConnIds", gone.iter().map(|c| &c.agent_id));
        self.emit(render::finish(j));
        let (members, gone): (Vec<Conn>, Vec<Conn>) =
            gone.into_iter().partition(|c| matches!(c.entity, Entity::Member(_)));
        for c in members {
            self.keep_deleted(c);
        }
        gone
    }

    /// The agent drops a connection, while the contact or member that it belongs to still shows it.
    pub(crate) fn keep_deleted(&mut self, mut c: Conn) {
        c.status = ConnStatus::Deleted;
        c.peer = None;
        c.outbox.clear();
        c.inbox.clear();
        self.core.conn_numbers.insert(c.number);
        self.core.conns.insert(c.id, Box::new(c));
    }
}
