//! What a core does with what members of a group say.

use std::sync::Arc;

use crate::commands::groups::{Invitation, group_event, group_feature_body, put_plain_profile};
use crate::content::Profile;
use crate::deliver::Place;
use crate::ids;
use crate::json::Js;
use crate::network::Cx;
use crate::parser::{AddressSettings, ChatRef, GroupProfile, Role, Scope};
use crate::render::{self, GROUP_FEATURES};
use crate::state::{
    Body, ConnStatus, CoreId, Delivery, Dir, Entity, GroupWire, InvitedBy, Item, MemberInfo, Message, Status,
    SupportChat, Wire, WireScope,
};
use crate::time::Ts;

/// New members get so many messages of the past.
const HISTORY: usize = 100;

impl Cx<'_> {
    /// A contact invites into a group.
    pub(crate) fn on_group_invitation(&mut self, user: i64, conn: i64, contact: i64, w: GroupWire, at: Ts) {
        // Nothing else about groups comes by a contact.
        if let GroupWire::Invite { profile, host, invited, answer_at, shared } = w {
            self.on_invite(user, conn, contact, (profile, host, invited, answer_at, shared), at);
        }
    }

    #[allow(clippy::type_complexity, reason = "the parts of one message")]
    fn on_invite(
        &mut self,
        user: i64,
        conn: i64,
        contact: i64,
        w: (Arc<GroupProfile>, MemberInfo, (Arc<str>, Role), (CoreId, i64), Arc<str>),
        at: Ts,
    ) {
        let (profile, host, (member_id, role), answer_at, shared) = w;
        let known = self
            .core
            .members
            .values()
            .find(|m| m.category == "user" && m.member_id == member_id && m.status == "invited")
            .map(|m| m.group);
        let host_role = host.role;
        let group = match known {
            Some(g) => g,
            None => {
                // The host comes first, then the user's own membership.
                let host_id = self.core.members.last_key_value().map_or(1, |(k, _)| k + 1);
                let placeholder = self.reserve_member(host_id, user);
                let g = self.add_group(
                    user,
                    profile.clone(),
                    role,
                    "invited",
                    InvitedBy::Contact(contact),
                    Some((member_id, host_id)),
                    None,
                );
                self.core.members.remove(&placeholder);
                self.fill_host(g, host_id, host, Some(contact), "invited");
                if let Some(gr) = self.core.groups.get_mut(&g) {
                    gr.invited_by = Some((contact, answer_at));
                }
                g
            }
        };
        let banner = self.banner(Dir::GroupSnd);
        self.add_item(ChatRef::Group(group, Scope::Main), banner);
        let Some((own, name)) = self.core.groups.get(&group).map(|g| (g.membership, g.name.clone())) else { return };
        let body =
            Invitation { sent: false, group, member: own, name: &name, profile: &profile, role, status: "pending" };
        let now = self.sh.tick();
        let id = self.core.new_item_id();
        let mut item = Item::new(id, Dir::DirectRcv, at.whole_second(), body.body(), Status::RcvNew, now);
        item.shared = Some(shared.clone());
        let chat = ChatRef::Direct(contact);
        self.add_item(chat, item.clone());
        self.event_new_items(user, chat, &[item]);
        self.event("receivedGroupInvitation", user, |j, core| {
            j.key("groupInfo");
            render::put_group(j, core, group);
            j.key("contact");
            render::put_contact(j, core, contact);
            j.str("fromMemberRole", host_role.as_str()).str("memberRole", role.as_str());
        });
        if crate::commands::messages::sends_receipts(self.core, contact) {
            self.send(conn, Wire::Receipt { shared }, None);
        }
    }

    /// Keeps a member's id free while the rows around it are made.
    fn reserve_member(&mut self, id: i64, user: i64) -> i64 {
        let _ = user;
        let m = crate::state::Member {
            id,
            group: -1,
            index: 0,
            member_id: "".into(),
            role: Role::Member,
            category: "host",
            status: "unknown",
            show: true,
            blocked: false,
            invited_by: InvitedBy::Unknown,
            invited_by_member: None,
            name: String::new(),
            profile: Arc::default(),
            profile_id: 0,
            contact: None,
            contact_profile: 0,
            conn: None,
            version: 16,
            created: Ts(0),
            updated: Ts(0),
            support: None,
            incognito: None,
        };
        self.core.members.insert(id, m);
        id
    }

    fn fill_host(&mut self, group: i64, id: i64, host: MemberInfo, contact: Option<i64>, status: &'static str) {
        let made = self.add_member(
            group,
            (host.member_id, host.role, host.profile),
            "host",
            status,
            InvitedBy::Unknown,
            None,
            contact,
        );
        if let Some(mut m) = self.core.members.remove(&made) {
            m.id = id;
            self.core.members.insert(id, m);
        }
    }

    /// Somebody asks to join by the group's link.
    pub(crate) fn on_group_request(
        &mut self,
        user: i64,
        link: i64,
        group: i64,
        link_id: Arc<str>,
        role: Role,
        asked: ((CoreId, i64), Arc<Profile>, Arc<str>),
    ) {
        let (from, profile, _) = asked;
        let _ = link_id;
        let Some(g) = self.core.groups.get(&group) else { return };
        let review = g.profile.admission.as_ref().and_then(|a| a.get("review")).is_some();
        let group_profile = g.profile.clone();
        let own = g.membership;
        let status = if review { "pending_review" } else { "accepted" };
        let member_id = ids::id16(&mut self.sh.rng);
        let member = self.add_member(
            group,
            (member_id.clone(), role, profile),
            "invitee",
            status,
            InvitedBy::User,
            Some(own),
            None,
        );
        let conn = self.member_conn(member, ConnStatus::New);
        self.set_conn(conn, |c| {
            c.peer = Some(from);
            c.via_link = Some(link);
            c.via_group_link = true;
        });
        let scope = if review { Scope::Support(Some(member)) } else { Scope::Main };
        let body = group_event(false, "invited via your group link", |j| {
            j.tag("invitedViaGroupLink");
        });
        self.member_note(user, group, scope, member, body, true);
        self.member_event("acceptingGroupJoinRequestMember", user, group, member);
        if let Some(host) = self.own_info(group) {
            let wire = GroupWire::LinkInvite {
                profile: group_profile,
                host,
                invited: (member_id, role),
                from: (self.me, conn),
                pending: review,
                business: None,
            };
            self.send(conn, Wire::Group(Box::new(wire)), None);
        }
    }

    /// Somebody asks for a business chat: a group of its own.
    pub(crate) fn on_business_request(
        &mut self,
        user: i64,
        link: i64,
        from: (CoreId, i64),
        profile: Arc<Profile>,
        settings: &AddressSettings,
    ) {
        let customer_id = ids::id16(&mut self.sh.rng);
        let own_id = ids::id16(&mut self.sh.rng);
        let prefs = crate::json::Json::parse(r#"{"directMessages":{"enable":"off"},"history":{"enable":"on"}}"#);
        let group_profile = GroupProfile {
            display_name: profile.display_name.clone(),
            full_name: profile.full_name.clone(),
            short_descr: profile.short_descr.clone(),
            description: None,
            image: profile.image.clone(),
            preferences: prefs.clone(),
            admission: None,
            other: Vec::new(),
        };
        let info =
            |own: &str| format!(r#"{{"chatType":"business","businessId":"{own}","customerId":"{customer_id}"}}"#);
        let group = self.add_group(user, Arc::new(group_profile), Role::Owner, "creator", InvitedBy::User, None, None);
        if let Some(own) = self.core.groups.get(&group).map(|g| g.membership)
            && let Some(m) = self.core.members.get_mut(&own)
        {
            m.member_id = own_id.clone();
        }
        if let Some(g) = self.core.groups.get_mut(&group) {
            g.business = Some(info(&own_id).into());
        }
        let own = self.own_member(group).map(|m| m.id);
        let mut shown = (*profile).clone();
        shown.preferences = None;
        let member = self.add_member(
            group,
            (customer_id.clone(), Role::Member, Arc::new(shown)),
            "invitee",
            "accepted",
            InvitedBy::User,
            own,
            None,
        );
        let conn = self.member_conn(member, ConnStatus::New);
        self.set_conn(conn, |c| {
            c.peer = Some(from);
            c.via_link = Some(link);
        });
        self.event("acceptingBusinessRequest", user, |j, core| {
            j.key("groupInfo");
            render::put_group(j, core, group);
        });
        let Some(u) = self.core.users.get(&user) else { return };
        let seen = GroupProfile {
            display_name: u.profile.display_name.clone(),
            full_name: u.profile.full_name.clone(),
            short_descr: u.profile.short_descr.clone(),
            description: None,
            image: u.profile.image.clone(),
            preferences: prefs,
            admission: None,
            other: Vec::new(),
        };
        let Some(host) = self.own_info(group) else { return };
        let wire = GroupWire::LinkInvite {
            profile: Arc::new(seen),
            host,
            invited: (customer_id.clone(), Role::Member),
            from: (self.me, conn),
            pending: false,
            business: Some(info(&own_id).into()),
        };
        self.send(conn, Wire::Group(Box::new(wire)), None);
        if let Some(content) = settings.auto_reply.clone() {
            let at = ChatRef::Group(group, Scope::Main);
            let mut item = self.post(at, crate::commands::messages::Draft::plain(content.clone()));
            if let Some(i) = render::chat_mut(self.core, at).and_then(|c| c.items.last_mut()) {
                i.delivery = vec![(member, Delivery::New)];
                item.delivery.clone_from(&i.delivery);
            }
            self.event_new_items(user, at, std::slice::from_ref(&item));
            let Some(shared) = item.shared.clone() else { return };
            let m = Message {
                shared,
                content,
                quote: None,
                ttl: None,
                live: false,
                forwarded: false,
                mentions: Vec::new(),
                scope: WireScope::Main,
                file: None,
            };
            self.send(conn, Wire::Message(Box::new(m)), Some(item.id));
        }
    }

    /// The group that a link leads into answers.
    pub(crate) fn on_link_invite(&mut self, user: i64, conn: i64, w: GroupWire) {
        let GroupWire::LinkInvite { profile, host, invited, from, pending, business } = w else { return };
        let host_id = self.core.members.last_key_value().map_or(1, |(k, _)| k + 1);
        let placeholder = self.reserve_member(host_id, user);
        let incognito = self.core.conns.get(&conn).and_then(|c| Some((c.incognito?, c.incognito_profile.clone()?)));
        let status = if pending { "pending_review" } else { "accepted" };
        let group =
            self.add_group(user, profile, invited.1, status, InvitedBy::Unknown, Some((invited.0, host_id)), incognito);
        self.core.members.remove(&placeholder);
        let is_business = business.is_some();
        self.fill_host(group, host_id, host, None, "accepted");
        let via = self.core.conns.get(&conn).and_then(|c| c.queue.clone());
        if let Some(g) = self.core.groups.get_mut(&group) {
            g.business = business;
            g.via_link = via;
        }
        self.set_conn(conn, |c| {
            c.peer = Some(from);
            c.entity = Entity::Member(host_id);
            c.status = ConnStatus::Requested;
            c.via_group_link = !is_business;
            c.initiated = true;
        });
        if let Some(m) = self.core.members.get_mut(&host_id) {
            m.conn = Some(conn);
            // The host's version is learnt with its first message.
            m.version = 1;
        }
        self.event("groupLinkConnecting", user, |j, core| {
            j.key("groupInfo");
            render::put_group(j, core, group);
            j.key("hostMember");
            render::put_member(j, core, host_id, true);
        });
        let me = self.me;
        self.send(conn, Wire::Group(Box::new(GroupWire::Accept { from: (me, conn) })), None);
    }

    fn member_event(&mut self, tag: &str, user: i64, group: i64, member: i64) {
        self.event(tag, user, |j, core| {
            j.key("groupInfo");
            render::put_group(j, core, group);
            j.key("member");
            render::put_member(j, core, member, true);
        });
    }

    /// An item from a member that the core itself puts there.
    pub(crate) fn member_note(
        &mut self,
        user: i64,
        group: i64,
        scope: Scope,
        member: i64,
        body: Body,
        read: bool,
    ) -> i64 {
        self.member_item(user, group, scope, member, body, read, None, None)
    }

    #[allow(clippy::too_many_arguments, reason = "the columns of the new row")]
    fn member_item(
        &mut self,
        user: i64,
        group: i64,
        scope: Scope,
        member: i64,
        body: Body,
        read: bool,
        shared: Option<Arc<str>>,
        at: Option<Ts>,
    ) -> i64 {
        let chat = ChatRef::Group(group, scope);
        let mut item = self.own_item(Dir::GroupRcv(member), body);
        if !read {
            item.status = Status::RcvNew;
        }
        item.shared = shared;
        if let Some(at) = at {
            item.ts = at.whole_second();
        }
        let id = item.id;
        self.add_item(chat, item.clone());
        if let Scope::Support(_) = scope {
            let now = item.created;
            self.support_activity(Place { user, chat, dir: Dir::GroupRcv(member), conn: 0 }, &item, now);
        }
        self.event_new_items(user, chat, &[item]);
        id
    }

    /// A talk with the moderators went on: what a list of such talks says of it.
    pub(crate) fn support_activity(&mut self, p: Place, item: &Item, now: Ts) {
        let ChatRef::Group(group, Scope::Support(member)) = p.chat else { return };
        let id = match member {
            Some(id) => id,
            None => match self.core.groups.get(&group) {
                Some(g) => g.membership,
                None => return,
            },
        };
        let Some(m) = self.core.members.get_mut(&id) else { return };
        let s = m.support.get_or_insert(SupportChat {
            ts: now,
            unread: 0,
            attention: 0,
            mentions: 0,
            last_from_member: None,
        });
        s.ts = now;
        if item.status == Status::RcvNew {
            s.unread += 1;
            if member.is_some() && item.dir == Dir::GroupRcv(id) {
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

    fn connected_body() -> Body {
        group_event(false, "connected", |j| {
            j.tag("memberConnected");
        })
    }

    pub(crate) fn on_group_wire(&mut self, user: i64, conn: i64, member: i64, w: GroupWire, at: Ts) {
        let Some(group) = self.core.members.get(&member).map(|m| m.group) else { return };
        if !matches!(w, GroupWire::Connected)
            && let Some(m) = self.core.members.get_mut(&member)
        {
            m.version = 16;
        }
        match w {
            GroupWire::Accept { from } => self.on_accept(user, conn, group, member, from),
            GroupWire::Connected => self.on_connected(user, conn, group, member),
            GroupWire::New { member: info, shared } => self.on_new_member(user, group, member, info, shared, at),
            GroupWire::Intro { member: info, .. } => self.on_intro(group, member, info),
            GroupWire::Offer { to, from } => self.on_offer(group, member, &to, from),
            GroupWire::Forward { member: id, from, .. } => self.on_forward(group, member, &id, from),
            GroupWire::History { author, message, at: sent } => {
                self.on_history(user, conn, group, member, &author, message, sent);
            }
            GroupWire::Role { member: id, role, shared } => self.on_role(user, group, member, &id, role, shared, at),
            GroupWire::Block { member: id, blocked, shared } => {
                self.on_block(user, group, member, &id, blocked, shared, at);
            }
            GroupWire::Remove { member: id, messages, shared } => {
                self.on_remove(user, group, member, &id, messages, shared, at);
            }
            GroupWire::Leave { shared } => self.on_leave(user, group, member, shared, at),
            GroupWire::Delete { shared } => self.on_group_deleted(user, group, member, shared, at),
            GroupWire::Info { profile, shared } => self.on_group_info(user, group, member, profile, shared, at),
            GroupWire::Moderate { shared, author } => self.on_moderate(user, group, member, &shared, &author, at),
            GroupWire::Accepted { member: id, role, .. } => self.on_member_accepted(user, group, member, &id, role),
            GroupWire::DirectInvite { from, message } => self.on_direct_invite(user, group, member, from, message, at),
            GroupWire::Profile { profile } => self.on_member_profile(user, group, member, profile),
            GroupWire::Invite { .. } | GroupWire::LinkInvite { .. } => {}
        }
    }

    fn by_member_id(&self, group: i64, id: &str) -> Option<i64> {
        self.core.members.values().find(|m| m.group == group && &*m.member_id == id).map(|m| m.id)
    }

    /// The invited one, or the one who asked, answers: it is connected.
    fn on_accept(&mut self, user: i64, conn: i64, group: i64, member: i64, from: (CoreId, i64)) {
        self.set_conn(conn, |c| {
            c.peer = Some(from);
            c.status = ConnStatus::Ready;
        });
        let pending = self.core.members.get(&member).is_some_and(|m| m.pending());
        if !pending {
            self.set_member_status(member, "accepted");
        }
        self.send(conn, Wire::Group(Box::new(GroupWire::Connected)), None);
        if pending {
            let scope = Scope::Support(Some(member));
            self.member_note(user, group, scope, member, Self::connected_body(), true);
            let body = group_event(false, "new member wants to join the group", |j| {
                j.tag("newMemberPendingReview");
            });
            self.member_note(user, group, scope, member, body, false);
            self.member_event("joinedGroupMember", user, group, member);
            return;
        }
        self.member_note(user, group, Scope::Main, member, Self::connected_body(), true);
        self.set_member_status(member, "connected");
        self.member_event("joinedGroupMember", user, group, member);
        self.introduce(group, member);
        self.find_contact(user, group, member);
    }

    /// Members whom a link brought together find out whether they are contacts already.
    fn find_contact(&mut self, user: i64, group: i64, member: i64) {
        let Some(m) = self.core.members.get(&member).filter(|m| m.contact.is_none()).cloned() else { return };
        let Some(conn) = m.conn.and_then(|c| self.core.conns.get(&c)) else { return };
        let (Some((peer, _)), true, None) = (conn.peer, conn.via_group_link, conn.incognito) else { return };
        let same = |c: &&crate::state::Contact| {
            c.user == user
                && c.status == crate::state::ContactStatus::Active
                && c.profile.same_person(&m.profile)
                && c.conn.and_then(|k| self.core.conns.get(&k)).is_some_and(|k| {
                    k.status == ConnStatus::Ready && k.incognito.is_none() && k.peer.is_some_and(|p| p.0 == peer)
                })
        };
        let Some(contact) = self.core.contacts.values().find(same).map(|c| c.id) else { return };
        self.event("contactAndMemberAssociated", user, |j, core| {
            j.key("contact");
            render::put_contact(j, core, contact);
            j.key("groupInfo");
            render::put_group(j, core, group);
            j.key("member");
            render::put_member(j, core, member, true);
            j.key("updatedContact");
            render::put_contact(j, core, contact);
        });
        self.core.profile_ids.remove(&m.profile_id);
        if let Some(m) = self.core.members.get_mut(&member) {
            m.contact = Some(contact);
        }
        self.members_follow(contact);
    }

    /// Tells those who are there of a new member, and it of them; then sends it the history.
    pub(crate) fn introduce(&mut self, group: i64, member: i64) {
        let Some(new) = self.core.members.get(&member).cloned() else { return };
        let Some(new_conn) = new.conn else { return };
        let mut shown = (*new.profile).clone();
        shown.preferences = None;
        let info = MemberInfo { member_id: new.member_id.clone(), role: new.role, profile: Arc::new(shown) };
        let shared = ids::id16(&mut self.sh.rng);
        for (id, conn) in self.group_targets(group, Scope::Main) {
            if id == member {
                continue;
            }
            let Some(m) = self.core.members.get(&id).filter(|m| m.status == "connected").cloned() else { continue };
            let wire = GroupWire::New { member: info.clone(), shared: shared.clone() };
            self.send(conn, Wire::Group(Box::new(wire)), None);
            let mut shown = (*m.profile).clone();
            shown.preferences = None;
            let there = MemberInfo { member_id: m.member_id, role: m.role, profile: Arc::new(shown) };
            self.send(new_conn, Wire::Group(Box::new(GroupWire::Intro { member: there })), None);
        }
        self.send_history(group, new_conn);
    }

    fn send_history(&mut self, group: i64, conn: i64) {
        let Some(g) = self.core.groups.get(&group) else { return };
        if !render::group_pref(&g.profile, "history").on {
            return;
        }
        let own = self.core.members.get(&g.membership).map(|m| m.member_id.clone()).unwrap_or_else(|| "".into());
        let mut past = Vec::new();
        for i in g.chat.items.iter().rev() {
            let (Some(content), None, Some(shared)) = (i.content(), &i.deleted, &i.shared) else { continue };
            let author = match i.dir {
                Dir::GroupRcv(m) => match self.core.members.get(&m) {
                    Some(m) => m.member_id.clone(),
                    None => continue,
                },
                _ => own.clone(),
            };
            let message = Message {
                shared: shared.clone(),
                content: content.clone(),
                quote: None,
                ttl: i.timed.map(|t| t.0),
                live: false,
                forwarded: false,
                mentions: i.mentions.clone(),
                scope: WireScope::Main,
                file: None,
            };
            past.push((author, message, i.ts));
            if past.len() == HISTORY {
                break;
            }
        }
        for (author, message, at) in past.into_iter().rev() {
            self.send(conn, Wire::Group(Box::new(GroupWire::History { author, message, at })), None);
        }
    }

    /// The host's connection works: the user is in the group.
    fn on_connected(&mut self, user: i64, conn: i64, group: i64, host: i64) {
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
            j.key("groupInfo");
            render::put_group(j, core, group);
            j.key("hostMember");
            render::put_member(j, core, host, true);
        });
        let scope = if pending { Scope::Support(None) } else { Scope::Main };
        self.joined_items(user, group, host, scope);
        if pending {
            let at = ChatRef::Group(group, scope);
            let body =
                group_event(true, "please wait for group moderators to review your request to join the group", |j| {
                    j.tag("userPendingReview");
                });
            let item = self.own_item(Dir::GroupSnd, body);
            self.add_item(at, item.clone());
            self.event_new_items(user, at, &[item]);
            let own = self.core.groups.get(&group).map_or(0, |g| g.membership);
            if let Some(m) = self.core.members.get_mut(&host) {
                m.version = 16;
            }
            self.event("memberAcceptedByOther", user, |j, core| {
                j.key("groupInfo");
                render::put_group(j, core, group);
                j.key("acceptingMember");
                render::put_member(j, core, host, true);
                j.key("member");
                render::put_member(j, core, own, true);
            });
            return;
        }
        self.describe(user, group, host);
        self.find_contact(user, group, host);
    }

    /// What a new member finds first: encryption, features, and that the host is connected.
    fn joined_items(&mut self, user: i64, group: i64, host: i64, scope: Scope) {
        let at = ChatRef::Group(group, scope);
        let Some(profile) = self.core.groups.get(&group).map(|g| g.profile.clone()) else { return };
        let dir = Dir::GroupRcv(host);
        let json = r#"{"type":"rcvGroupE2EEInfo","e2eeInfo":{"pqEnabled":false}}"#;
        let e2ee =
            self.own_item(dir, Body::Own { text: crate::commands::groups::GROUP_E2EE.into(), json: json.into() });
        if let Scope::Support(None) = scope {
            let now = e2ee.created;
            self.support_activity(Place { user, chat: at, dir, conn: 0 }, &e2ee, now);
        }
        self.add_item(at, e2ee.clone());
        self.event_new_items(user, at, &[e2ee]);
        let mut features = Vec::new();
        for i in 0..9.min(GROUP_FEATURES.len()) {
            let item = self.own_item(dir, group_feature_body(false, i, &profile));
            self.add_item(at, item.clone());
            features.push(item);
        }
        self.event_new_items(user, at, &features);
        if self.core.members.get(&host).is_some_and(|m| m.status == "connected") {
            self.member_note(user, group, scope, host, Self::connected_body(), true);
        }
    }

    /// The group's description comes as a message of the host.
    fn describe(&mut self, user: i64, group: i64, host: i64) {
        let Some(text) = self.core.groups.get(&group).and_then(|g| g.profile.description.clone()) else { return };
        let body = Body::Msg(crate::content::Content::text(&text));
        self.member_note(user, group, Scope::Main, host, body, false);
    }

    fn on_new_member(&mut self, user: i64, group: i64, host: i64, info: MemberInfo, shared: Arc<str>, at: Ts) {
        if self.by_member_id(group, &info.member_id).is_some() {
            return;
        }
        let profile = info.profile.clone();
        let member = self.add_member(
            group,
            (info.member_id, info.role, info.profile),
            "post",
            "announced",
            InvitedBy::Unknown,
            Some(host),
            None,
        );
        let name = self.core.members.get(&member).map(|m| m.name.clone()).unwrap_or_default();
        let body = group_event(false, &format!("added {name}"), |j| {
            j.tag("memberAdded").num("groupMemberId", member).key("profile");
            put_plain_profile(j, &profile);
        });
        self.member_item(user, group, Scope::Main, host, body, true, Some(shared), Some(at));
        self.event("joinedGroupMemberConnecting", user, |j, core| {
            j.key("groupInfo");
            render::put_group(j, core, group);
            j.key("hostMember");
            render::put_member(j, core, host, true);
            j.key("member");
            render::put_member(j, core, member, true);
        });
    }

    fn on_intro(&mut self, group: i64, host: i64, info: MemberInfo) {
        if self.by_member_id(group, &info.member_id).is_some() {
            return;
        }
        let to = info.member_id.clone();
        let member = self.add_member(
            group,
            (info.member_id, info.role, info.profile),
            "pre",
            "intro-inv",
            InvitedBy::Unknown,
            None,
            None,
        );
        let via = self.core.members.get(&host).and_then(|m| m.contact);
        let conn = self.member_conn(member, ConnStatus::New);
        self.set_conn(conn, |c| {
            c.level = 1;
            c.via_contact = via;
        });
        let from = (self.me, conn);
        if let Some(hc) = self.core.members.get(&host).and_then(|m| m.conn) {
            self.send(hc, Wire::Group(Box::new(GroupWire::Offer { to, from })), None);
        }
    }

    fn on_offer(&mut self, group: i64, member: i64, to: &str, from: (CoreId, i64)) {
        let Some(sender) = self.core.members.get(&member).map(|m| m.member_id.clone()) else { return };
        let conn = self.by_member_id(group, to).and_then(|id| self.core.members.get(&id)?.conn);
        if let Some(conn) = conn {
            let wire = GroupWire::Forward { member: sender, from };
            self.send(conn, Wire::Group(Box::new(wire)), None);
        }
    }

    fn on_forward(&mut self, group: i64, host: i64, id: &str, from: (CoreId, i64)) {
        let Some(member) = self.by_member_id(group, id) else { return };
        let via = self.core.members.get(&host).and_then(|m| m.contact);
        let conn = self.member_conn(member, ConnStatus::New);
        self.set_conn(conn, |c| {
            c.level = 1;
            c.via_contact = via;
            c.peer = Some(from);
        });
        self.set_member_status(member, "intro-inv");
        let profile = self.member_profile(group);
        let me = self.me;
        self.send(conn, Wire::Confirm { from: (me, conn), profile }, None);
    }

    pub(crate) fn on_member_confirm(&mut self, conn: i64, member: i64, from: (CoreId, i64)) {
        self.set_conn(conn, |c| {
            c.peer = Some(from);
            c.status = ConnStatus::Ready;
        });
        self.send(conn, Wire::Hello, None);
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
        self.member_note(user, group, Scope::Main, member, Self::connected_body(), true);
        self.member_event("connectedToGroupMember", user, group, member);
        self.set_member_status(member, "connected");
    }

    #[allow(clippy::too_many_arguments, reason = "the parts of one message")]
    fn on_history(&mut self, user: i64, conn: i64, group: i64, host: i64, author: &str, m: Message, sent: Ts) {
        let Some(member) = self.by_member_id(group, author) else { return };
        let p = Place { user, chat: ChatRef::Group(group, Scope::Main), dir: Dir::GroupRcv(member), conn };
        let Some(stored) = self.store_message(p, m, sent) else { return };
        let chat = p.chat;
        let mut copy = stored;
        if let Some(i) = render::chat_mut(self.core, chat).and_then(|c| c.items.last_mut()) {
            i.forwarded_by = Some(host);
            copy = i.clone();
        }
        self.event_new_items(user, chat, &[copy]);
    }

    pub(crate) fn on_member_receipt(&mut self, member: i64, shared: &str) {
        let Some(group) = self.core.members.get(&member).map(|m| m.group) else { return };
        let scopes: Vec<Scope> = std::iter::once(Scope::Main)
            .chain(self.core.groups.get(&group).into_iter().flat_map(|g| g.support.keys().map(|m| Scope::Support(*m))))
            .collect();
        for s in scopes {
            if let Some(id) = self.find_shared(ChatRef::Group(group, s), shared) {
                self.delivered(member, id, Delivery::Received);
                return;
            }
        }
    }

    #[allow(clippy::too_many_arguments, reason = "the parts of one message")]
    fn on_role(&mut self, user: i64, group: i64, by: i64, id: &str, role: Role, shared: Arc<str>, at: Ts) {
        let Some(member) = self.by_member_id(group, id) else { return };
        let own = self.core.groups.get(&group).is_some_and(|g| g.membership == member);
        let Some(m) = self.core.members.get_mut(&member) else { return };
        let from = std::mem::replace(&mut m.role, role);
        let (name, profile) = (m.name.clone(), m.profile.clone());
        let body = if own {
            group_event(false, &format!("changed your role to {}", role.as_str()), |j| {
                j.tag("userRole").str("role", role.as_str());
            })
        } else {
            group_event(false, &format!("changed role of {name} to {}", role.as_str()), |j| {
                j.tag("memberRole").num("groupMemberId", member).key("profile");
                put_plain_profile(j, &profile);
                j.str("role", role.as_str());
            })
        };
        self.member_item(user, group, Scope::Main, by, body, !own, Some(shared), Some(at));
        self.event("memberRole", user, |j, core| {
            j.key("groupInfo");
            render::put_group(j, core, group);
            j.key("byMember");
            render::put_member(j, core, by, true);
            j.key("member");
            render::put_member(j, core, member, true);
            j.str("fromRole", from.as_str()).str("toRole", role.as_str());
        });
    }

    #[allow(clippy::too_many_arguments, reason = "the parts of one message")]
    fn on_block(&mut self, user: i64, group: i64, by: i64, id: &str, blocked: bool, shared: Arc<str>, at: Ts) {
        let Some(member) = self.by_member_id(group, id) else { return };
        let Some(m) = self.core.members.get_mut(&member) else { return };
        m.blocked = blocked;
        let (name, profile) = (m.name.clone(), m.profile.clone());
        let verb = if blocked { "blocked" } else { "unblocked" };
        let body = group_event(false, &format!("{verb} {name}"), |j| {
            j.tag("memberBlocked").num("groupMemberId", member).key("profile");
            put_plain_profile(j, &profile);
            j.bool("blocked", blocked);
        });
        self.member_item(user, group, Scope::Main, by, body, true, Some(shared), Some(at));
        self.event("memberBlockedForAll", user, |j, core| {
            j.key("groupInfo");
            render::put_group(j, core, group);
            j.key("byMember");
            render::put_member(j, core, by, true);
            j.key("member");
            render::put_member(j, core, member, true);
            j.bool("blocked", blocked);
        });
    }

    #[allow(clippy::too_many_arguments, reason = "the parts of one message")]
    fn on_remove(&mut self, user: i64, group: i64, by: i64, id: &str, messages: bool, shared: Arc<str>, at: Ts) {
        let Some(member) = self.by_member_id(group, id) else { return };
        let own = self.core.groups.get(&group).is_some_and(|g| g.membership == member);
        if own {
            self.set_membership(group, "removed");
            let body = group_event(false, "removed you", |j| {
                j.tag("userDeleted");
            });
            self.member_item(user, group, Scope::Main, by, body, false, Some(shared), Some(at));
            self.event("deletedMemberUser", user, |j, core| {
                j.key("groupInfo");
                render::put_group(j, core, group);
                j.key("member");
                render::put_member(j, core, by, true);
                j.bool("withMessages", messages);
            });
            self.drop_group_link(group);
            let conns = self.group_conns(group);
            self.delete_conns(&conns);
            return;
        }
        let (name, profile) = match self.core.members.get(&member) {
            Some(m) => (m.name.clone(), m.profile.clone()),
            None => return,
        };
        if messages {
            self.moderate_all(group, member, Some(by));
        }
        let body = group_event(false, &format!("removed {name}"), |j| {
            j.tag("memberDeleted").num("groupMemberId", member).key("profile");
            put_plain_profile(j, &profile);
        });
        self.member_item(user, group, Scope::Main, by, body, true, Some(shared), Some(at));
        self.set_member_status(member, "removed");
        self.event("deletedMember", user, |j, core| {
            j.key("groupInfo");
            render::put_group(j, core, group);
            j.key("byMember");
            render::put_member(j, core, by, true);
            j.key("deletedMember");
            render::put_member(j, core, member, true);
            j.bool("withMessages", messages);
        });
        if let Some(c) = self.core.members.get(&member).and_then(|m| m.conn) {
            self.delete_conns(&[c]);
        }
    }

    fn on_leave(&mut self, user: i64, group: i64, member: i64, shared: Arc<str>, at: Ts) {
        let body = group_event(false, "left", |j| {
            j.tag("memberLeft");
        });
        self.member_item(user, group, Scope::Main, member, body, true, Some(shared), Some(at));
        self.set_member_status(member, "left");
        self.member_event("leftMember", user, group, member);
        self.emit(render::error::no_connection());
        if let Some(c) = self.core.members.get(&member).and_then(|m| m.conn) {
            self.delete_conns(&[c]);
        }
    }

    fn on_group_deleted(&mut self, user: i64, group: i64, member: i64, shared: Arc<str>, at: Ts) {
        let body = group_event(false, "deleted group", |j| {
            j.tag("groupDeleted");
        });
        self.member_item(user, group, Scope::Main, member, body, false, Some(shared), Some(at));
        self.set_membership(group, "deleted");
        self.member_event("groupDeleted", user, group, member);
        self.drop_group_link(group);
        let conns = self.group_conns(group);
        self.delete_conns(&conns);
    }

    fn on_group_info(
        &mut self,
        user: i64,
        group: i64,
        member: i64,
        profile: Arc<GroupProfile>,
        shared: Arc<str>,
        at: Ts,
    ) {
        let mut from = Js::new();
        render::put_group(&mut from, self.core, group);
        let from = from.done();
        let Some(old) = self.change_group(group, profile.clone()) else { return };
        self.event("groupUpdated", user, |j, core| {
            j.raw("fromGroup", &from).key("toGroup");
            render::put_group(j, core, group);
            j.key("member_");
            render::put_member(j, core, member, true);
        });
        let features = changed_features(&old, &profile);
        if !same_but_preferences(&old, &profile) || !features.is_empty() || old.preferences != profile.preferences {
            let body = updated_body(false, &profile);
            if !same_but_preferences(&old, &profile) || !features.is_empty() {
                self.member_item(user, group, Scope::Main, member, body, true, Some(shared), Some(at));
            }
        }
        for i in features {
            let item = self.own_item(Dir::GroupRcv(member), group_feature_body(false, i, &profile));
            let chat = ChatRef::Group(group, Scope::Main);
            self.add_item(chat, item.clone());
            self.event_new_items(user, chat, &[item]);
        }
    }

    fn on_moderate(&mut self, user: i64, group: i64, by: i64, shared: &str, author: &str, at: Ts) {
        let chat = ChatRef::Group(group, Scope::Main);
        let Some(id) = self.find_shared(chat, shared) else { return };
        let _ = author;
        let json = self.moderated_json(Some(by), at.whole_second());
        let full = self.core.groups.get(&group).is_some_and(|g| render::group_pref(&g.profile, "fullDelete").on);
        let now = self.sh.tick();
        let Some(pair) = self.delete_here(chat, id, !full, at, Some(&json)) else { return };
        let list = [pair];
        self.event("chatItemsDeleted", user, |j, core| {
            crate::commands::messages::put_deletions(j, core, chat, &list, false, false, now);
        });
    }

    /// A pending member was let in: the user, or another.
    fn on_member_accepted(&mut self, user: i64, group: i64, by: i64, id: &str, role: Role) {
        let Some(member) = self.by_member_id(group, id) else { return };
        let own = self.core.groups.get(&group).is_some_and(|g| g.membership == member);
        if let Some(m) = self.core.members.get_mut(&member) {
            m.role = role;
        }
        if !own {
            return;
        }
        self.set_membership(group, "connected");
        self.joined_without_host(user, group, by);
        for scope in [Scope::Main, Scope::Support(None)] {
            let body = group_event(false, "accepted you", |j| {
                j.tag("userAccepted");
            });
            self.member_note(user, group, scope, by, body, true);
        }
        self.event("userJoinedGroup", user, |j, core| {
            j.key("groupInfo");
            render::put_group(j, core, group);
            j.key("hostMember");
            render::put_member(j, core, by, true);
        });
        self.describe(user, group, by);
    }

    fn joined_without_host(&mut self, user: i64, group: i64, host: i64) {
        let at = ChatRef::Group(group, Scope::Main);
        let Some(profile) = self.core.groups.get(&group).map(|g| g.profile.clone()) else { return };
        let dir = Dir::GroupRcv(host);
        let json = r#"{"type":"rcvGroupE2EEInfo","e2eeInfo":{"pqEnabled":false}}"#;
        let e2ee =
            self.own_item(dir, Body::Own { text: crate::commands::groups::GROUP_E2EE.into(), json: json.into() });
        self.add_item(at, e2ee.clone());
        self.event_new_items(user, at, &[e2ee]);
        let mut features = Vec::new();
        for i in 0..9 {
            let item = self.own_item(dir, group_feature_body(false, i, &profile));
            self.add_item(at, item.clone());
            features.push(item);
        }
        self.event_new_items(user, at, &features);
    }

    fn on_member_profile(&mut self, user: i64, group: i64, member: i64, profile: Arc<Profile>) {
        let Some(m) = self.core.members.get(&member) else { return };
        let old = m.profile.clone();
        if old.same_person(&profile) || m.contact.is_some() {
            return;
        }
        let before = m.clone();
        let name = if old.display_name == profile.display_name {
            m.name.clone()
        } else {
            self.free_name(user, &profile.display_name)
        };
        if let Some(m) = self.core.members.get_mut(&member) {
            m.profile = profile.clone();
            m.name = name;
        }
        let body = group_event(false, "updated profile", |j| {
            j.tag("memberProfileUpdated").key("fromProfile");
            put_plain_profile(j, &old);
            j.key("toProfile");
            put_plain_profile(j, &profile);
        });
        self.member_note(user, group, Scope::Main, member, body, true);
        self.event("groupMemberUpdated", user, |j, core| {
            j.key("groupInfo");
            render::put_group(j, core, group);
            j.key("fromMember");
            render::put_member_of(j, core, &before, true);
            j.key("toMember");
            render::put_member(j, core, member, true);
        });
    }
}

/// Whether two profiles of a group differ in their preferences at most.
pub(crate) fn same_but_preferences(a: &GroupProfile, b: &GroupProfile) -> bool {
    GroupProfile { preferences: None, ..a.clone() } == GroupProfile { preferences: None, ..b.clone() }
}

/// Features whose setting changed, of those that a chat has items about.
pub(crate) fn changed_features(a: &GroupProfile, b: &GroupProfile) -> Vec<usize> {
    (0..9)
        .filter(|i| {
            let name = GROUP_FEATURES.get(*i).map_or("", |f| f.0);
            let (x, y) = (render::group_pref(a, name), render::group_pref(b, name));
            x.on != y.on || x.role != y.role || (x.on && x.ttl != y.ttl)
        })
        .collect()
}

/// An item that says that the group's profile changed.
pub(crate) fn updated_body(sent: bool, profile: &GroupProfile) -> Body {
    group_event(sent, "group profile updated", |j| {
        j.tag("groupUpdated").key("groupProfile");
        render::put_group_profile(j, profile);
    })
}
