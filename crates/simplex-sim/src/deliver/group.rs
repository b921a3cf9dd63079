//! What members of a group send, and the items and events that result.

use std::sync::Arc;

use crate::commands::group_items::group_event;
use crate::cx::Cx;
use crate::deliver::{By, Place, Sent};
use crate::parser::{ChatRef, Scope};
use crate::render;
use crate::state::{Body, Delivery, Dir, GroupWire, Item, Member, Message, Status, SupportChat};
use crate::time::Ts;

impl Cx<'_> {
    pub(crate) fn on_group_wire(&mut self, user: i64, conn: i64, member: i64, w: GroupWire, at: Ts) {
        let Some(group) = self.core.members.get(&member).map(|m| m.group) else { return };
        if matches!(w, GroupWire::LinkInvite { .. }) {
            return self.on_link_invite(user, conn, w);
        }
        if !matches!(w, GroupWire::Connected)
            && let Some(mut m) = self.core.members.get_mut(&member)
        {
            m.version = 16;
        }
        let by = By { user, group, member };
        let sent = |shared| Sent { at, shared: Some(shared) };
        match w {
            GroupWire::Accept { from } => self.on_accept(by, conn, from),
            GroupWire::Connected => self.on_connected(by, conn),
            GroupWire::New { member: info, pending, shared } => self.on_new_member(by, info, pending, sent(shared)),
            GroupWire::Intro { member: info } => self.on_intro(group, member, info),
            GroupWire::Offer { to, from } => self.on_offer(group, member, &to, from),
            GroupWire::Forward { member: id, from } => self.on_forward(group, member, &id, from),
            GroupWire::History { author, message, at: sent } => {
                self.on_history(by, conn, &author, message, sent);
            }
            GroupWire::Role { member: id, role, shared } => self.on_role(by, &id, role, sent(shared)),
            GroupWire::Block { member: id, blocked, shared } => self.on_block(by, &id, blocked, sent(shared)),
            GroupWire::Remove { member: id, messages, shared } => self.on_remove(by, &id, messages, sent(shared)),
            GroupWire::Leave { shared } => self.on_leave(by, sent(shared)),
            GroupWire::Delete { shared } => self.on_group_deleted(by, sent(shared)),
            GroupWire::Info { profile, shared } => self.on_group_info(by, profile, sent(shared)),
            GroupWire::Moderate { shared, author } => self.on_moderate(by, shared, author, at),
            GroupWire::Accepted { member: id, role } => self.on_member_accepted(by, &id, role),
            GroupWire::DirectInvite { from, message } => self.on_direct_invite(user, group, member, from, message, at),
            GroupWire::LinkMember => self.send(conn, GroupWire::Probe),
            GroupWire::Probe => {
                if self.find_contact(user, group, member) {
                    self.send(conn, GroupWire::ProbeOk);
                }
            }
            GroupWire::ProbeOk => {
                self.find_contact(user, group, member);
            }
            GroupWire::Profile { profile } => self.on_member_profile(by, profile),
            GroupWire::Invite { .. } | GroupWire::LinkInvite { .. } => {}
        }
    }

    pub(super) fn by_member_id(&self, group: i64, id: &str) -> Option<i64> {
        self.core.members.by_member_id(group, id).map(|m| m.id)
    }

    pub(super) fn member_event(&mut self, tag: &str, by: By) {
        self.event(tag, by.user, |j, core| {
            render::put_group_and_member(j, core, by.group, by.member);
        });
    }

    /// The part of a group for items about a member, and for what that member sends about the group: whoever waits to be
    /// admitted has nothing but the support chat.
    pub(crate) fn scope_with(&self, group: i64, member: i64) -> Scope {
        if self.own_member(group).is_some_and(Member::pending) {
            return Scope::Support(None);
        }
        let pending = self.core.members.get(&member).is_some_and(Member::pending);
        if pending { Scope::Support(Some(member)) } else { Scope::Main }
    }

    /// An item from a member that the core itself adds.
    pub(crate) fn member_note(&mut self, by: By, scope: Scope, body: Body, read: bool) {
        self.member_item(by, scope, body, read, None);
    }

    /// Like [`Self::member_note`], about what a message says.
    pub(super) fn member_item(&mut self, by: By, scope: Scope, body: Body, read: bool, sent: Option<Sent>) {
        let chat = ChatRef::Group(by.group, scope);
        let mut item = self.own_item(Dir::GroupRcv(by.member), body);
        if !read {
            item.status = Status::RcvNew;
        }
        if let Some(sent) = sent {
            item.shared = sent.shared;
            item.ts = sent.at.whole_second();
        }
        self.open_support(chat, item.created);
        self.add_item(chat, item.clone());
        // The event shows the support chat as it was before this item.
        self.event_new_items(by.user, chat, std::slice::from_ref(&item));
        self.support_activity(chat, &item);
    }

    /// The member that a support chat belongs to, if the chat is one.
    fn support_member(&self, chat: ChatRef) -> Option<i64> {
        let ChatRef::Group(group, Scope::Support(member)) = chat else { return None };
        member.or_else(|| self.core.groups.get(&group).map(|g| g.membership))
    }

    /// Creates a support chat, or sets when it was last active.
    pub(super) fn open_support(&mut self, chat: ChatRef, now: Ts) {
        let Some(mut m) = self.support_member(chat).and_then(|id| self.core.members.get_mut(&id)) else { return };
        let blank = SupportChat { ts: now, unread: 0, attention: 0, mentions: 0, last_from_member: None };
        m.support.get_or_insert(blank).ts = now;
    }

    /// Creates a support chat once somebody looks at it.
    pub(crate) fn look_into_support(&mut self, chat: ChatRef, now: Ts) {
        let of = self.support_member(chat).and_then(|id| self.core.members.get(&id));
        if of.is_some_and(|m| m.support.is_none()) {
            self.open_support(chat, now);
        }
    }

    /// Updates the numbers of a support chat, which lists of such chats show, after an item was added.
    pub(crate) fn support_activity(&mut self, chat: ChatRef, item: &Item) {
        self.open_support(chat, item.created);
        let ChatRef::Group(_, Scope::Support(of)) = chat else { return };
        let Some(id) = self.support_member(chat) else { return };
        let Some(mut m) = self.core.members.get_mut(&id) else { return };
        let Some(s) = m.support.as_mut() else { return };
        if item.status == Status::RcvNew {
            s.unread += 1;
            if of.is_some() && item.dir == Dir::GroupRcv(id) {
                s.attention += 1;
                if item.content().is_some() {
                    s.last_from_member = Some(item.ts);
                }
            }
            if item.user_mention {
                s.mentions += 1;
            }
        }
    }

    /// Updates the numbers of a support chat after an unread item was read or deleted.
    pub(crate) fn less_in_support(&mut self, chat: ChatRef, dir: Dir, mention: bool) {
        let ChatRef::Group(_, Scope::Support(of)) = chat else { return };
        let Some(mut m) = self.support_member(chat).and_then(|id| self.core.members.get_mut(&id)) else { return };
        let Some(s) = m.support.as_mut() else { return };
        let less = |n: i64, counted: bool| (n - i64::from(counted)).max(0);
        s.unread = less(s.unread, true);
        s.attention = less(s.attention, of.is_some_and(|id| dir == Dir::GroupRcv(id)));
        s.mentions = less(s.mentions, mention);
    }

    /// What moderators see of somebody who waits to be admitted.
    pub(super) fn pending_body() -> Body {
        group_event(false, "new member wants to join the group", "newMemberPendingReview", |_| {})
    }

    pub(crate) fn connected_body() -> Body {
        group_event(false, "connected", "memberConnected", |_| {})
    }

    fn on_history(&mut self, by: By, conn: i64, author: &str, m: Message, sent: Ts) {
        let By { user, group, member: host } = by;
        let Some(member) = self.by_member_id(group, author) else { return };
        let p = Place { user, chat: ChatRef::Group(group, Scope::Main), dir: Dir::GroupRcv(member), conn };
        let Some(stored) = self.store_message(p, m, sent) else { return };
        let chat = p.chat;
        let mut copy = stored;
        if let Some(i) = self.core.chat_mut(chat).and_then(|c| c.items.back_mut()) {
            i.forwarded_by = Some(host);
            copy = i.clone();
        }
        if !self.moderated_early(p, &copy) {
            self.event_new_items(user, chat, &[copy]);
        }
    }

    pub(crate) fn on_member_receipt(&mut self, member: i64, shared: &[Arc<str>]) {
        let Some(group) = self.core.members.get(&member).map(|m| m.group) else { return };
        let chat = ChatRef::Group(group, Scope::Main);
        let items: Vec<i64> = shared.iter().filter_map(|s| self.find_in(chat, s)).map(|(_, id)| id).collect();
        self.delivered(member, &items, Delivery::Received);
    }
}
