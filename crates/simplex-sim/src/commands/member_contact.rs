//! Direct chats between members of a group.

use std::sync::Arc;

use super::Answer;
use crate::commands::group_items::group_event;
use crate::content::Content;
use crate::cx::Cx;
use crate::deliver::By;
use crate::ids;
use crate::json::Js;
use crate::parser::{ChatRef, Scope};
use crate::render::{self, error};
use crate::state::{Body, ConnStatus, Core, Dir, Entity, GroupWire, Status, Wire};
use crate::time::Ts;

impl Cx<'_> {
    pub(super) fn create_member_contact(&mut self, group: i64, member: i64) -> Answer {
        let user = self.group_of(group)?;
        let m = self.group_member(group, member)?;
        let own = self.own_id(group);
        if !self.member_may(group, own, "directMessages") {
            return Err(error::command("direct messages not allowed"));
        }
        if m.contact.is_some() || self.core.contacts.values().any(|c| c.member == Some(member)) {
            return Err(error::command("member contact already exists"));
        }
        let contact = self.contact_of_member(user, member);
        let conn = self.new_conn(user, Entity::Contact(contact), ConnStatus::New);
        self.set_conn(conn, |c| {
            c.level = 1;
            c.pq = false;
            c.initiated = true;
        });
        self.set_contact(contact, |c| c.conn = Some(conn));
        let banner = self.banner(Dir::DirectSnd);
        self.add_item(ChatRef::Direct(contact), banner);
        self.answer("newMemberContact", user, |j, core| {
            j.key("contact");
            render::put_contact(j, core, contact);
            render::put_group_and_member(j, core, group, member);
        })
    }

    /// Makes a contact of a member, with the member's name and profile.
    pub(crate) fn contact_of_member(&mut self, user: i64, member: i64) -> i64 {
        let Some(m) = self.core.members.get(&member).cloned() else { return 0 };
        let now = self.sh.tick();
        let id = Core::next(&self.core.contacts);
        let mut c = crate::commands::users::blank_contact(id, user, &m.name, m.profile_id, m.profile, now);
        c.member = Some(member);
        self.core.contacts.insert(id, c);
        id
    }

    pub(super) fn invite_member_contact(&mut self, contact: i64, content: Option<Content>) -> Answer {
        let user = self.known_chat(ChatRef::Direct(contact))?;
        let Some(c) = self.core.contacts.get_mut(&contact) else { return Err(error::contact_not_found(contact)) };
        let Some(member) = c.member.filter(|_| !c.grp_inv_sent) else {
            return Err(error::store_id("memberContactGroupMemberNotFound", "contactId", contact));
        };
        c.grp_inv_sent = true;
        c.cached = None;
        let conn = c.conn;
        let Some((group, member_conn)) = self.core.members.get(&member).map(|m| (m.group, m.conn)) else {
            return Err(error::member_not_found(member));
        };
        if let Some(mut m) = self.core.members.get_mut(&member) {
            m.contact = Some(contact);
        }
        let answer = self.answer("newMemberContactSentInv", user, |j, core| {
            j.key("contact");
            render::put_contact(j, core, contact);
            render::put_group_and_member(j, core, group, member);
        });
        let mut message = None;
        if let Some(content) = content {
            let at = ChatRef::Direct(contact);
            let shared = ids::id16(&mut self.sh.rng);
            let item = self.message_item(Dir::DirectSnd, content.clone(), Some(shared.clone()), None);
            self.add_with_event(user, at, &item);
            message = Some((shared, content));
        }
        if let (Some(mc), Some(conn)) = (member_conn, conn) {
            self.send(mc, GroupWire::DirectInvite { from: (self.me, conn), message });
        }
        answer
    }

    /// A member asks for a direct chat.
    pub(crate) fn on_direct_invite(
        &mut self,
        user: i64,
        group: i64,
        member: i64,
        from: (crate::state::CoreId, i64),
        message: Option<(Arc<str>, Content)>,
        at: Ts,
    ) {
        if !self.member_may(group, member, "directMessages") {
            return self.message_error(user, "error", "x.grp.direct.inv: direct messages not allowed");
        }
        if self.core.members.get(&member).is_some_and(|m| m.blocked || !m.show) {
            return self.message_error(user, "warning", "x.grp.direct.inv: member is blocked (ignoring)");
        }
        let contact = match self.core.members.get(&member).and_then(|m| m.contact) {
            Some(c) => c,
            None => self.contact_of_member(user, member),
        };
        if let Some(c) = self.core.contacts.get_mut(&contact) {
            c.member = None;
        }
        let conn = self.new_conn(user, Entity::Contact(contact), ConnStatus::Prepared);
        self.set_conn(conn, |c| {
            c.level = 1;
            c.pq = false;
            c.peer = Some(from);
        });
        self.set_contact(contact, |c| {
            c.conn = Some(conn);
            c.group_inv = Some((group, member));
        });
        if let Some(mut m) = self.core.members.get_mut(&member) {
            m.contact = Some(contact);
        }
        let chat = ChatRef::Direct(contact);
        let banner = self.banner(Dir::DirectSnd);
        self.add_with_event(user, chat, &banner);
        let profile = self.core.groups.get(&group).map(|g| Arc::clone(&g.profile));
        if let Some(profile) = profile {
            let mut j = Js::new();
            j.obj().tag("rcvDirectEvent").key("rcvDirectEvent").obj().tag("groupInvLinkReceived").key("groupProfile");
            render::put_group_profile(&mut j, &profile);
            j.end().end();
            let text = format!("requested connection from group {}", profile.display_name);
            let mut item = self.own_item(Dir::DirectRcv, Body::Own { text: text.into(), json: j.done().into() });
            item.status = Status::RcvNew;
            self.add_with_event(user, chat, &item);
        }
        let body = group_event(false, "started direct connection with you", "memberCreatedContact", |_| {});
        self.member_note(By { user, group, member }, Scope::Main, body, true);
        self.event("newMemberContactReceivedInv", user, |j, core| {
            j.key("contact");
            render::put_contact(j, core, contact);
            render::put_group_and_member(j, core, group, member);
        });
        if let Some((shared, content)) = message {
            let item = self.message_item(Dir::DirectRcv, content, Some(shared), Some(at));
            self.add_with_event(user, chat, &item);
        }
    }

    pub(super) fn accept_member_contact(&mut self, contact: i64) -> Answer {
        let (user, conn) = self.contact_conn(contact)?;
        if self.core.conns.get(&conn).is_none_or(|c| c.status != ConnStatus::Prepared) {
            return Err(error::command("no group direct invitation to accept"));
        }
        self.set_conn(conn, |c| c.status = ConnStatus::SndReady);
        self.set_contact(contact, |c| c.group_inv_started = true);
        let profile = self.wire_profile(user, Some(contact));
        self.send(conn, Wire::Confirm { from: (self.me, conn), profile });
        self.contact_answer("memberContactAccepted", user, contact)
    }
}
