//! Moving a connection to a new queue, and renewing its ratchet.

use super::Answer;
use crate::cx::Cx;
use crate::deliver::Place;
use crate::parser::ChatRef;
use crate::render::{self, error};
use crate::state::{Body, Dir, QueueStep, Status};

impl Cx<'_> {
    /// Moves a connection to a new queue, with an event at both ends for each phase.
    pub(super) fn switch_queue(&mut self, chat: ChatRef, member: Option<i64>) -> Answer {
        let (user, conn) = self.chat_conn(chat, member)?;
        let place = Place { user, chat, dir: Dir::sent_to(chat), conn };
        let answer = self.queue_answer("SwitchStarted", place, member, "ok", &[(Some("switch_started"), true)]);
        self.switch_event(place, member, true, "started", Some("sending_qadd"));
        self.conn_item(place, member, ConnNote::Switch("started"));
        self.send(conn, QueueStep::Add);
        answer
    }

    pub(super) fn sync_ratchet(&mut self, chat: ChatRef, member: Option<i64>, force: bool) -> Answer {
        let (user, conn) = self.chat_conn(chat, member)?;
        if !force {
            return Err(error::agent_prohibited("synchronizeRatchet: not allowed"));
        }
        let place = Place { user, chat, dir: Dir::sent_to(chat), conn };
        let answer = self.queue_answer("RatchetSyncStarted", place, member, "started", &[(None, false)]);
        self.conn_item(place, member, ConnNote::Ratchet("started"));
        self.send(conn, QueueStep::Key);
        answer
    }

    /// Handles a step of moving a queue, or of renewing a ratchet, by the other end.
    pub(crate) fn on_queue_step(&mut self, p: Place, step: QueueStep) {
        let member = match p.dir {
            Dir::GroupRcv(m) => Some(m),
            _ => None,
        };
        let mine = Place { dir: Dir::sent_to(p.chat), ..p };
        let next = match step {
            QueueStep::Add => {
                self.switch_event(p, member, false, "started", Some("sending_qkey"));
                self.conn_item(p, member, ConnNote::Switch("started"));
                self.switch_event(p, member, false, "confirmed", Some("sending_qkey"));
                Some(QueueStep::Secure)
            }
            QueueStep::Secure => {
                self.switch_event(p, member, true, "confirmed", Some("sending_qadd"));
                self.switch_event(p, member, true, "secured", Some("sending_quse"));
                Some(QueueStep::Use)
            }
            QueueStep::Use => {
                self.switch_event(p, member, false, "secured", Some("sending_qtest"));
                self.switch_event(p, member, false, "completed", None);
                self.conn_item(p, member, ConnNote::Switch("completed"));
                Some(QueueStep::Test)
            }
            QueueStep::Test => {
                self.switch_event(p, member, true, "completed", None);
                self.conn_item(mine, member, ConnNote::Switch("completed"));
                None
            }
            QueueStep::Key => self.ratchet_event(p, member, "agreed", Some(QueueStep::KeyBack)),
            QueueStep::KeyBack => self.ratchet_event(p, member, "agreed", Some(QueueStep::Ready)),
            QueueStep::Ready => self.ratchet_event(p, member, "ok", Some(QueueStep::ReadyBack)),
            QueueStep::ReadyBack => self.ratchet_event(p, member, "ok", None),
        };
        if let Some(next) = next {
            self.send(p.conn, next);
        }
    }

    fn queue_answer(
        &mut self,
        what: &str,
        p: Place,
        member: Option<i64>,
        ratchet: &str,
        rcv: &[(Option<&str>, bool)],
    ) -> Answer {
        let tag = if member.is_some() { format!("groupMember{what}") } else { format!("contact{what}") };
        let stats = self.stats_json(p.conn, ratchet, rcv, &[None]);
        self.answer(&tag, p.user, |j, core| {
            put_entity(j, core, p.chat, member);
            j.raw("connectionStats", &stats);
        })
    }

    /// Information about a connection's queues while nothing happens to them.
    pub(super) fn settled_stats(&self, conn: i64) -> String {
        self.stats_json(conn, "ok", &[(None, false)], &[None])
    }

    /// Information about a connection's queues: those for receiving (their move, and whether it can be stopped) and for
    /// sending.
    fn stats_json(&self, conn: i64, ratchet: &str, rcv: &[(Option<&str>, bool)], snd: &[Option<&str>]) -> String {
        let user = self.core.conns.get(&conn).map_or(0, |c| c.user);
        let server = self.server(user);
        let mut j = crate::json::Js::new();
        j.obj().num("connAgentVersion", 7).key("rcvQueuesInfo").arr();
        for (status, abort) in rcv {
            j.obj().str("rcvServer", &server).opt_str("rcvSwitchStatus", *status).bool("canAbortSwitch", *abort).end();
        }
        j.end_arr().key("sndQueuesInfo").arr();
        for status in snd {
            j.obj().str("sndServer", &server).opt_str("sndSwitchStatus", *status).bool("canAbortSwitch", false).end();
        }
        j.end_arr().str("ratchetSyncState", ratchet).bool("ratchetSyncSupported", true).end();
        j.done()
    }

    /// Reports a phase of moving a queue; during the move there are two queues.
    fn switch_event(&mut self, p: Place, member: Option<i64>, mine: bool, phase: &str, status: Option<&str>) {
        let abort = status == Some("sending_qadd");
        let stats = match (status, mine) {
            (None, _) => self.settled_stats(p.conn),
            (_, true) => self.stats_json(p.conn, "ok", &[(status, abort), (None, false)], &[None]),
            (_, false) => self.stats_json(p.conn, "ok", &[(None, false)], &[status, None]),
        };
        let tag = if member.is_some() { "groupMemberSwitch" } else { "contactSwitch" };
        self.event(tag, p.user, |j, core| {
            put_entity(j, core, p.chat, member);
            j.key("switchProgress")
                .obj()
                .str("queueDirection", if mine { "rcv" } else { "snd" })
                .str("switchPhase", phase)
                .raw("connectionStats", &stats)
                .end();
        });
    }

    /// Reports a ratchet's new state: an event and an item.
    fn ratchet_event(
        &mut self,
        p: Place,
        member: Option<i64>,
        state: &'static str,
        next: Option<QueueStep>,
    ) -> Option<QueueStep> {
        let stats = self.stats_json(p.conn, state, &[(None, false)], &[None]);
        let tag = if member.is_some() { "groupMemberRatchetSync" } else { "contactRatchetSync" };
        self.event(tag, p.user, |j, core| {
            put_entity(j, core, p.chat, member);
            j.key("ratchetSyncProgress").obj().str("ratchetSyncStatus", state).raw("connectionStats", &stats).end();
        });
        self.conn_item(p, member, ConnNote::Ratchet(state));
        next
    }

    /// An item about a connection's queue or ratchet.
    fn conn_item(&mut self, p: Place, member: Option<i64>, note: ConnNote) {
        let sent = p.dir.sent();
        let of = member.and_then(|m| self.core.members.get(&m)).filter(|_| sent).map(|m| (m.id, m.name.clone()));
        let of_name = of.as_ref().map(|(_, n)| format!(" for {n}")).unwrap_or_default();
        let text = match (note, sent) {
            (ConnNote::Switch("started"), true) => format!("started changing address{of_name}..."),
            (ConnNote::Switch(_), true) => format!("you changed address{of_name}"),
            (ConnNote::Switch("started"), false) => "started changing address for you...".to_owned(),
            (ConnNote::Switch(_), false) => "changed address for you".to_owned(),
            (ConnNote::Ratchet("started"), _) => format!("connection synchronization started{of_name}"),
            (ConnNote::Ratchet("agreed"), _) => format!("connection synchronization agreed{of_name}"),
            (ConnNote::Ratchet(_), _) => format!("connection synchronized{of_name}"),
        };
        let tag = if sent { "sndConnEvent" } else { "rcvConnEvent" };
        let mut j = crate::json::Js::new();
        j.obj().tag(tag).key(tag).obj();
        match note {
            ConnNote::Switch(phase) => j.tag("switchQueue").str("phase", phase),
            ConnNote::Ratchet(state) => j.tag("ratchetSync").str("syncStatus", state),
        };
        if let Some(m) = of.and_then(|(id, _)| self.core.members.get(&id)) {
            j.key("member").obj().num("groupMemberId", m.id).key("profile");
            m.profile.put(&mut j);
            j.end();
        }
        j.end().end();
        let mut item = self.own_item(p.dir, Body::Own { text: text.into(), json: j.done().into() });
        if !sent {
            item.status = Status::RcvNew;
        }
        self.add_with_event(p.user, p.chat, &item);
    }
}

/// The content of an item about a connection.
#[derive(Clone, Copy)]
enum ConnNote {
    Switch(&'static str),
    Ratchet(&'static str),
}

/// The contact, or the group and its member, that a connection belongs to.
fn put_entity(j: &mut crate::json::Js, core: &mut crate::state::Core, chat: ChatRef, member: Option<i64>) {
    match (chat, member) {
        (ChatRef::Group(g, _), Some(m)) => render::put_group_and_member(j, core, g, m),
        (ChatRef::Direct(id), _) => {
            j.key("contact");
            render::put_contact(j, core, id);
        }
        _ => {}
    }
}
