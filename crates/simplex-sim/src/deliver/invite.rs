//! Ways into a group: a contact's invitation, a link, a business address.

use std::sync::Arc;

use crate::commands::group_items::{Invitation, group_event};
use crate::content::Profile;
use crate::cx::Cx;
use crate::ids;
use crate::parser::{AddressSettings, ChatRef, GroupProfile, Role, Scope};
use crate::render;
use crate::state::{
    ConnStatus, CoreId, Delivery, Dir, Entity, GroupWire, InvitedBy, Item, MemberInfo, Message, Status, Wire, WireScope,
};
use crate::time::Ts;

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
}
