//! A new member arrives: at its host, at the other members, and the first items that it sees.

use std::sync::Arc;

use crate::commands::group_items::{group_event, member_body};
use crate::content::{Content, Profile};
use crate::cx::Cx;
use crate::deliver::{By, Sent};
use crate::ids;
use crate::json::Json;
use crate::parser::{ChatRef, Role, Scope};
use crate::render;
use crate::state::{
    Body, ConnStatus, Contact, ContactStatus, CoreId, Dir, FileOffer, FileStatus, FileWire, GroupWire, MemberInfo,
    Message, QuoteRef, QuotedBy, Status, Wire, WireScope,
};

/// How many past messages new members get.
const HISTORY: usize = 100;

/// A profile without preferences, as members see each other's.
fn plain(profile: &Arc<Profile>) -> Arc<Profile> {
    if profile.preferences.is_none() {
        return profile.clone();
    }
    Arc::new(Profile { preferences: None, ..Profile::clone(profile) })
}

impl Cx<'_> {
    /// The invited contact, or whoever asked to join, answers and is connected.
    pub(super) fn on_accept(&mut self, by: By, conn: i64, from: (CoreId, i64)) {
        let By { user, group, member } = by;
        self.set_conn(conn, |c| {
            c.peer = Some(from);
            c.status = ConnStatus::Ready;
        });
        let pending = self.core.members.get(&member).is_some_and(|m| m.pending());
        if !pending {
            self.set_member_status(member, "accepted");
        }
        self.send(conn, GroupWire::Connected);
        if pending {
            let scope = Scope::Support(Some(member));
            self.member_note(by, scope, Self::connected_body(), true);
            let chat = ChatRef::Group(group, scope);
            let mut item = self.own_item(Dir::GroupRcv(member), Self::pending_body());
            item.status = Status::RcvNew;
            self.add_with_event(user, chat, &item);
            self.member_event("joinedGroupMember", by);
            self.support_activity(chat, &item);
            self.introduce(group, member);
            return;
        }
        self.member_note(by, Scope::Main, Self::connected_body(), true);
        self.set_member_status(member, "connected");
        self.member_event("joinedGroupMember", by);
        if self.core.conns.get(&conn).is_some_and(|c| c.via_group_link) {
            self.send(conn, GroupWire::LinkMember);
        }
        self.introduce(group, member);
        self.send_history(group, member);
    }

    /// Members connected by a link check whether they are contacts already.
    pub(super) fn find_contact(&mut self, user: i64, group: i64, member: i64) -> bool {
        let Some(m) = self.core.members.get(&member).filter(|m| m.contact.is_none()).cloned() else { return false };
        let Some(conn) = m.conn.and_then(|c| self.core.conns.get(&c)) else { return false };
        let (Some((peer, _)), true, None) = (conn.peer, conn.via_group_link, conn.incognito) else { return false };
        let same = |c: &&Contact| {
            c.user == user
                && c.status == ContactStatus::Active
                && c.profile.same_person(&m.profile)
                && c.conn.and_then(|k| self.core.conns.get(&k)).is_some_and(|k| {
                    k.status == ConnStatus::Ready && k.incognito.is_none() && k.peer.is_some_and(|p| p.0 == peer)
                })
        };
        let Some(contact) = self.core.contacts.values().find(same).map(|c| c.id) else { return false };
        self.event("contactAndMemberAssociated", user, |j, core| {
            j.key("contact");
            render::put_contact(j, core, contact);
            render::put_group_and_member(j, core, group, member);
            j.key("updatedContact");
            render::put_contact(j, core, contact);
        });
        self.core.profile_ids.remove(&m.profile_id);
        if let Some(mut m) = self.core.members.get_mut(&member) {
            m.contact = Some(contact);
        }
        self.members_follow(contact);
        true
    }

    /// Introduces a new member to the existing ones, and them to it: one who waits to be admitted only to the moderators.
    /// Those who know each other already do not heed it.
    pub(crate) fn introduce(&mut self, group: i64, member: i64) {
        let Some(new) = self.core.members.get(&member).cloned() else { return };
        let Some(new_conn) = new.conn else { return };
        let info = MemberInfo { member_id: new.member_id.clone(), role: new.role, profile: plain(&new.profile) };
        let shared = ids::id16(&mut self.sh.rng);
        let pending = new.pending();
        for (id, conn) in self.group_targets(group, if pending { Scope::Support(None) } else { Scope::Main }) {
            if id == member {
                continue;
            }
            let Some(m) = self.core.members.get(&id).filter(|m| m.status == "connected") else { continue };
            let there = MemberInfo { member_id: m.member_id.clone(), role: m.role, profile: plain(&m.profile) };
            self.send(conn, GroupWire::New { member: info.clone(), pending, shared: shared.clone() });
            self.send(new_conn, GroupWire::Intro { member: there });
        }
    }

    /// Sends the messages from before the member came, and the group's welcome last. Messages that the
    /// member has got already, as the customer of a business has, are left out.
    pub(crate) fn send_history(&mut self, group: i64, member: i64) {
        let Some(conn) = self.core.members.get(&member).and_then(|m| m.conn) else { return };
        if !self.group_has(group, "history") || self.is_customer(group, member) {
            return;
        }
        let Some(g) = self.core.groups.get(&group) else { return };
        let own = self.core.members.get(&g.membership).map(|m| m.member_id.clone()).unwrap_or_else(|| "".into());
        let author = |dir: Dir| match dir {
            Dir::GroupRcv(m) => self.core.members.get(&m).filter(|m| !m.blocked).map(|m| m.member_id.clone()),
            _ => Some(own.clone()),
        };
        let mut past = Vec::new();
        for i in g.chat.items.iter().rev() {
            let (Some(content), None, Some(shared)) = (i.content(), &i.deleted, &i.shared) else { continue };
            let Some(by) = author(i.dir) else { continue };
            let offer = i.file.and_then(|f| self.offer_again(f));
            if i.delivery.iter().any(|(m, _)| *m == member) || (offer.is_none() && content.text.is_empty()) {
                continue;
            }
            let quote = i.quote.as_ref().and_then(|q| {
                let by = author(q.dir?)?;
                let (shared, sent_at, content) = (q.shared.clone(), q.sent_at, q.content.clone());
                Some(QuoteRef { shared, sent_at, by: QuotedBy::Member(by), content })
            });
            let message = Message {
                shared: shared.clone(),
                content: content.clone(),
                quote,
                ttl: i.timed.map(|t| t.0),
                live: false,
                forwarded: false,
                mentions: i.mentions.clone(),
                scope: WireScope::Main,
                file: offer.clone(),
            };
            past.push((by, message, i.ts, offer.is_some().then_some(i.file).flatten()));
            if past.len() == HISTORY {
                break;
            }
        }
        let welcomed = self.core.conns.get(&conn).is_some_and(|c| c.welcomed);
        let welcome = g.profile.description.clone().filter(|_| !welcomed);
        for (author, message, at, file) in past.into_iter().rev() {
            let shared = message.shared.clone();
            let ready =
                file.and_then(|f| self.core.files.get(&f)).and_then(|f| Some((f.upload.clone()?, f.relay.clone())));
            self.send(conn, GroupWire::History { author, message, at });
            if let Some((upload, relay)) = ready {
                self.send(conn, FileWire::Ready { shared, upload, relay });
            }
        }
        if let Some(text) = welcome {
            let message = Message {
                shared: ids::id16(&mut self.sh.rng),
                content: Content::text(&text),
                quote: None,
                ttl: None,
                live: false,
                forwarded: false,
                mentions: Vec::new(),
                scope: WireScope::Main,
                file: None,
            };
            self.send(conn, Wire::Message(Box::new(message)));
        }
    }

    fn is_customer(&self, group: i64, member: i64) -> bool {
        let business = self.core.groups.get(&group).and_then(|g| g.business.as_deref()).and_then(Json::parse);
        let customer = business.as_ref().and_then(|b| b.get("customerId")).and_then(Json::str);
        self.core.members.get(&member).is_some_and(|m| customer == Some(&*m.member_id))
    }

    /// Offers a file that can still be downloaded to members who join later.
    fn offer_again(&self, file: i64) -> Option<FileOffer> {
        let f =
            self.core.files.get(&file).filter(|f| !f.cancelled && (f.ready || f.status == FileStatus::SndComplete))?;
        Some(FileOffer { name: f.name.clone(), size: f.size, upload: f.upload.clone()? })
    }

    /// The host's connection works: the user is in the group.
    pub(super) fn on_connected(&mut self, by: By, conn: i64) {
        let By { user, group, member: host } = by;
        self.set_conn(conn, |c| c.status = ConnStatus::Ready);
        self.set_member_status(host, "connected");
        let pending = self.own_member(group).is_some_and(|m| m.pending());
        if !pending {
            self.set_membership(group, "connected");
        }
        if let Some(g) = self.core.groups.get_mut(&group) {
            g.invited_by = None;
        }
        self.event("userJoinedGroup", user, |j, core| {
            render::put_group_and(j, core, group, &[("hostMember", host)]);
        });
        let scope = if pending { Scope::Support(None) } else { Scope::Main };
        let at = ChatRef::Group(group, scope);
        self.open_support(at, self.sh.now);
        self.group_first_items(user, group, scope, Dir::GroupRcv(host));
        self.member_note(by, scope, Self::connected_body(), true);
        if pending {
            let body = group_event(
                true,
                "please wait for group moderators to review your request to join the group",
                "userPendingReview",
                |_| {},
            );
            let item = self.own_item(Dir::GroupSnd, body);
            self.add_with_event(user, at, &item);
            let own = self.own_id(group);
            if let Some(mut m) = self.core.members.get_mut(&host) {
                m.version = 16;
            }
            self.event("memberAcceptedByOther", user, |j, core| {
                render::put_group_and(j, core, group, &[("acceptingMember", host), ("member", own)]);
            });
            return;
        }
        self.describe(by);
    }

    /// The group's description, as a message of the host; if the group sends its history, the host sends it itself.
    fn describe(&mut self, host: By) {
        let Some(g) = self.core.groups.get(&host.group) else { return };
        if g.prepared.as_ref().is_some_and(|p| p.welcome_shared.is_some()) {
            return;
        }
        let Some(text) = g.profile.description.clone().filter(|_| !self.group_has(host.group, "history")) else {
            return;
        };
        let body = Body::Msg(Content::text(&text));
        self.member_note(host, Scope::Main, body, false);
    }

    pub(super) fn on_new_member(&mut self, by: By, info: MemberInfo, pending: bool, sent: Sent) {
        let By { user, group, member: host } = by;
        if self.by_member_id(group, &info.member_id).is_some() {
            return;
        }
        let (profile, at) = (info.profile.clone(), sent.at);
        let status = if pending { "pending_review" } else { "announced" };
        let member = self.add_member(group, info, "post", status, Some(host), None);
        let body = member_body(false, &format!("added {}", profile.titled()), "memberAdded", member, &profile, |_| {});
        let scope = self.scope_with(group, member);
        self.member_item(by, scope, body, true, Some(sent));
        if pending {
            self.member_item(by, scope, Self::pending_body(), false, Some(Sent { at, shared: None }));
        }
        self.event("joinedGroupMemberConnecting", user, |j, core| {
            render::put_group_and(j, core, group, &[("hostMember", host), ("member", member)]);
        });
    }

    pub(super) fn on_intro(&mut self, group: i64, host: i64, info: MemberInfo) {
        if self.by_member_id(group, &info.member_id).is_some() {
            return;
        }
        let to = info.member_id.clone();
        let member = self.add_member(group, info, "pre", "intro-inv", None, None);
        let via = self.core.members.get(&host).and_then(|m| m.contact);
        let conn = self.member_conn(member, ConnStatus::New);
        self.set_conn(conn, |c| {
            c.level = 1;
            c.via_contact = via;
        });
        let from = (self.me, conn);
        if let Some(hc) = self.core.members.get(&host).and_then(|m| m.conn) {
            self.send(hc, GroupWire::Offer { to, from });
        }
    }

    pub(super) fn on_offer(&mut self, group: i64, member: i64, to: &str, from: (CoreId, i64)) {
        let Some(sender) = self.core.members.get(&member).map(|m| m.member_id.clone()) else { return };
        let conn = self.by_member_id(group, to).and_then(|id| self.core.members.get(&id)?.conn);
        if let Some(conn) = conn {
            self.send(conn, GroupWire::Forward { member: sender, from });
        }
    }

    pub(super) fn on_forward(&mut self, group: i64, host: i64, id: &str, from: (CoreId, i64)) {
        let Some(member) = self.by_member_id(group, id) else { return };
        let via = self.core.members.get(&host).and_then(|m| m.contact);
        let conn = self.member_conn(member, ConnStatus::New);
        self.set_conn(conn, |c| {
            c.level = 1;
            c.via_contact = via;
            c.peer = Some(from);
        });
        if self.core.members.get(&member).is_some_and(|m| !m.pending()) {
            self.set_member_status(member, "intro-inv");
        }
        let profile = self.member_profile(group);
        self.send(conn, Wire::Confirm { from: (self.me, conn), profile });
    }

    pub(crate) fn on_member_confirm(&mut self, conn: i64, member: i64, from: (CoreId, i64)) {
        self.set_conn(conn, |c| {
            c.peer = Some(from);
            c.status = ConnStatus::Ready;
        });
        self.send(conn, Wire::Hello);
        self.members_connected(member);
    }

    pub(crate) fn on_member_hello(&mut self, member: i64) {
        if let Some(conn) = self.core.members.get(&member).and_then(|m| m.conn) {
            self.set_conn(conn, |c| c.status = ConnStatus::Ready);
        }
        self.members_connected(member);
    }

    fn members_connected(&mut self, member: i64) {
        let Some(group) = self.core.members.get(&member).map(|m| m.group) else { return };
        let Some(user) = self.core.groups.get(&group).map(|g| g.user) else { return };
        let scope = self.scope_with(group, member);
        let by = By { user, group, member };
        self.member_note(by, scope, Self::connected_body(), true);
        self.member_event("connectedToGroupMember", by);
        if self.core.members.get(&member).is_some_and(|m| !m.pending()) {
            self.set_member_status(member, "connected");
        }
    }

    /// Another moderator admitted a member.
    fn admitted_by(&mut self, by: By, member: i64, role: Role) {
        let By { user, group, .. } = by;
        self.admit(group, member, role);
        self.member_note(By { member, ..by }, Scope::Main, Self::connected_body(), true);
        let Some(profile) = self.core.members.get(&member).map(|m| m.profile.clone()) else { return };
        let body =
            member_body(false, &format!("accepted {}", profile.titled()), "memberAccepted", member, &profile, |_| {});
        self.member_note(by, Scope::Support(Some(member)), body, true);
        self.event("memberAcceptedByOther", user, |j, core| {
            render::put_group_and(j, core, group, &[("acceptingMember", by.member), ("member", member)]);
        });
        self.introduce_admitted(group, member);
    }

    /// A pending member was admitted: the user, or another one.
    pub(super) fn on_member_accepted(&mut self, by: By, id: &str, role: Role) {
        let By { user, group, .. } = by;
        let Some(member) = self.by_member_id(group, id) else { return };
        let own = self.own_id(group) == member;
        if !own {
            return self.admitted_by(by, member, role);
        }
        self.set_member_role(member, role);
        self.set_membership(group, "connected");
        self.group_first_items(user, group, Scope::Main, Dir::GroupRcv(by.member));
        self.describe(by);
        for scope in [Scope::Main, Scope::Support(None)] {
            let body = group_event(false, "accepted you", "userAccepted", |_| {});
            self.member_note(by, scope, body, true);
        }
        self.event("userJoinedGroup", user, |j, core| {
            render::put_group_and(j, core, group, &[("hostMember", by.member)]);
        });
    }
}
