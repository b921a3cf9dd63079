//! Ways into a group: a contact's invitation, a link, a business address.

use std::sync::Arc;

use base64ct::{Base64, Encoding};

use crate::commands::group_items::{Invitation, group_event};
use crate::commands::groups::Invited;
use crate::commands::messages::Draft;
use crate::content::{Allow, Content, Preferences, Profile, feature};
use crate::cx::Cx;
use crate::deliver::By;
use crate::ids;
use crate::json::{Js, Json};
use crate::parser::{AddressSettings, ChatRef, GroupProfile, Role, Scope};
use crate::render;
use crate::state::{Asked, ConnStatus, Delivery, Dir, Entity, GroupWire, InvitedBy, Item, MemberInfo, Status, Wire};
use crate::time::Ts;

impl Cx<'_> {
    /// A contact sends an invitation to a group.
    pub(crate) fn on_group_invitation(&mut self, user: i64, conn: i64, contact: i64, w: GroupWire, at: Ts) {
        // Contacts send nothing else about groups.
        let GroupWire::Invite { profile, host, invited, answer_at, shared, business } = w else { return };
        let (member_id, role) = invited;
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
                let host_id = self.core.members.next();
                let by = InvitedBy::Contact(contact);
                let invited = Invited { member_id, role, status: "invited", by, host: host_id };
                let g = self.add_group(user, profile.clone(), Some(invited), None);
                self.fill_host(g, host_id, host, Some(contact), "invited");
                if let Some(gr) = self.core.groups.get_mut(&g) {
                    gr.invited_by = Some((contact, answer_at));
                    gr.business = business;
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
        self.add_with_event(user, chat, &item);
        self.event("receivedGroupInvitation", user, |j, core| {
            render::put_group_info(j, core, group);
            j.key("contact");
            render::put_contact(j, core, contact);
            j.str("fromMemberRole", host_role.as_str()).str("memberRole", role.as_str());
        });
        if crate::commands::messages::sends_receipts(self.core, contact) {
            self.send(conn, Wire::Receipt { shared: vec![shared] });
        }
    }

    /// Adds the host of a group to which the user was invited, whose row comes before that of the user's membership.
    fn fill_host(&mut self, group: i64, id: i64, host: MemberInfo, contact: Option<i64>, status: &'static str) {
        let made = self.add_member(group, host, "host", status, None, contact);
        if let Some(mut m) = self.core.members.remove(&made) {
            m.id = id;
            self.core.members.insert(m);
        }
    }

    /// Somebody asks to join through the group's link, perhaps after having seen its welcome.
    pub(super) fn on_group_request(&mut self, user: i64, link: i64, group: i64, role: Role, asked: Asked) {
        let Some(g) = self.core.groups.get(&group) else { return };
        let review = g.profile.admission.as_ref().and_then(|a| a.get("review")).is_some();
        let group_profile = Arc::clone(&g.profile);
        let own = g.membership;
        let status = if review { "pending_review" } else { "accepted" };
        let member_id = ids::id16(&mut self.sh.rng);
        let info = MemberInfo { member_id: member_id.clone(), role, profile: asked.profile };
        let member = self.add_member(group, info, "invitee", status, Some(own), None);
        let conn = self.member_conn(member, ConnStatus::New);
        self.set_conn(conn, |c| {
            c.peer = Some(asked.from);
            c.via_link = Some(link);
            c.via_group_link = true;
            c.welcomed = asked.welcome.is_some();
        });
        let scope = if review { Scope::Support(Some(member)) } else { Scope::Main };
        let body = group_event(false, "invited via your group link", "invitedViaGroupLink", |_| {});
        let by = By { user, group, member };
        self.member_note(by, scope, body, true);
        self.member_event("acceptingGroupJoinRequestMember", by);
        if let Some(host) = self.own_info(group) {
            let wire = GroupWire::LinkInvite {
                profile: group_profile,
                host,
                invited: (member_id, role),
                from: (self.me, conn),
                pending: review,
                business: None,
            };
            self.send(conn, wire);
        }
    }

    /// Somebody asks for a business chat, which is a new group.
    pub(super) fn on_business_request(&mut self, user: i64, link: i64, asked: Asked, settings: &AddressSettings) {
        let Asked { from, profile, x_contact_id: x, message, welcome } = asked;
        if let Some(group) = self.core.groups.values().find(|g| g.asked_by.as_ref() == Some(&x)).map(|g| g.id) {
            self.event("businessRequestAlreadyAccepted", user, |j, core| {
                render::put_group_info(j, core, group);
            });
            return;
        }
        let Some(u) = self.core.users.get(&user) else { return };
        let own_profile = u.profile.clone();
        let customer_id = ids::id16(&mut self.sh.rng);
        let own_id = ids::id16(&mut self.sh.rng);
        let prefs = business_preferences(own_profile.preferences.as_ref());
        let chat = |kind: &str| -> Arc<str> {
            format!(r#"{{"chatType":"{kind}","businessId":"{own_id}","customerId":"{customer_id}"}}"#).into()
        };
        let shown = business_profile(&profile, prefs.clone());
        let group = self.add_group(user, Arc::new(shown), None, None);
        if let Some(g) = self.core.groups.get_mut(&group) {
            g.business = Some(chat("customer"));
            g.asked_by = Some(x);
        }
        let own = self.core.groups.get(&group).map(|g| g.membership);
        if let Some(mut m) = own.and_then(|own| self.core.members.get_mut(&own)) {
            m.member_id = own_id.clone();
        }
        let mut shown = (*profile).clone();
        shown.preferences = None;
        let info = MemberInfo { member_id: customer_id.clone(), role: Role::Member, profile: Arc::new(shown) };
        let member = self.add_member(group, info, "invitee", "accepted", own, None);
        let conn = self.member_conn(member, ConnStatus::New);
        self.set_conn(conn, |c| {
            c.peer = Some(from);
            c.via_link = Some(link);
        });
        self.group_first_items(user, group, Scope::Main, Dir::GroupSnd);
        let at = ChatRef::Group(group, Scope::Main);
        let banner = self.banner(Dir::GroupSnd);
        self.add_item(at, banner);
        if let (Some(shared), Some(content)) = (&welcome, &settings.auto_reply) {
            let item = self.message_item(Dir::GroupSnd, content.clone(), Some(shared.clone()), None);
            self.add_item(at, item);
        }
        if let Some((shared, content)) = message {
            let item = self.message_item(Dir::GroupRcv(member), content, Some(shared), None);
            self.add_with_event(user, at, &item);
        }
        self.event("acceptingBusinessRequest", user, |j, core| {
            render::put_group_info(j, core, group);
        });
        let Some(host) = self.own_info(group) else { return };
        let wire = GroupWire::LinkInvite {
            profile: Arc::new(business_profile(&own_profile, prefs)),
            host,
            invited: (customer_id.clone(), Role::Member),
            from: (self.me, conn),
            pending: false,
            business: Some(chat("business")),
        };
        self.send(conn, wire);
        if let (Some(content), None) = (settings.auto_reply.clone(), welcome) {
            self.welcome_customer(user, at, (member, conn), content);
        }
    }

    /// Sends the welcome to a customer who is not in the group yet.
    fn welcome_customer(&mut self, user: i64, at: ChatRef, to: (i64, i64), content: Content) {
        let (mut item, message) = self.store(at, Draft::plain(content));
        if let Some(i) = self.core.item_mut(at, item.id) {
            i.delivery = vec![(to.0, Delivery::New)];
            item.delivery.clone_from(&i.delivery);
        }
        self.event_new_items(user, at, std::slice::from_ref(&item));
        self.send_items(to.1, Wire::Message(message), vec![item.id]);
    }

    /// The group behind a link answers.
    pub(crate) fn on_link_invite(&mut self, user: i64, conn: i64, w: GroupWire) {
        let GroupWire::LinkInvite { profile, host, invited, from, pending, business } = w else { return };
        let status = if pending { "pending_review" } else { "accepted" };
        let is_business = business.is_some();
        let (group, host_id) = match self.core.conns.get(&conn).map(|c| c.entity) {
            Some(Entity::Member(host_id)) => match self.answer_prepared(host_id, host, invited, status, profile) {
                Some(group) => (group, host_id),
                None => return,
            },
            _ => self.add_linked(user, conn, host, invited, status, profile),
        };
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
        if let Some(mut m) = self.core.members.get_mut(&host_id) {
            m.conn = Some(conn);
            // The host's version becomes known with its first message.
            m.version = 1;
        }
        self.event("groupLinkConnecting", user, |j, core| {
            render::put_group_and(j, core, group, &[("hostMember", host_id)]);
        });
        self.send(conn, GroupWire::Accept { from: (self.me, conn) });
    }

    /// Adds a group that was joined by its link, and its host: returns both.
    fn add_linked(
        &mut self,
        user: i64,
        conn: i64,
        host: MemberInfo,
        (member_id, role): (Arc<str>, Role),
        status: &'static str,
        profile: Arc<GroupProfile>,
    ) -> (i64, i64) {
        let host_id = self.core.members.next();
        let incognito =
            self.core.conns.get(&conn).and_then(|c| Some((c.incognito?, (**c.incognito_profile.as_ref()?).clone())));
        let invited = Invited { member_id, role, status, by: InvitedBy::Unknown, host: host_id };
        let group = self.add_group(user, profile, Some(invited), incognito);
        self.fill_host(group, host_id, host, None, "accepted");
        (group, host_id)
    }

    /// The host of a prepared group answers: now it is known, and who the user is there. Returns the group.
    fn answer_prepared(
        &mut self,
        host_id: i64,
        host: MemberInfo,
        (member_id, role): (Arc<str>, Role),
        status: &'static str,
        profile: Arc<GroupProfile>,
    ) -> Option<i64> {
        let group = self.core.members.get(&host_id)?.group;
        let g = self.core.groups.get(&group).filter(|g| g.prepared.is_some())?;
        let (user, own) = (g.user, g.membership);
        let (changed, renamed) = (*g.profile != profile, g.profile.display_name != profile.display_name);
        if self.core.members.get(&own)?.status != "unknown" {
            return None;
        }
        if changed {
            let name = renamed.then(|| self.free_name(user, &profile.display_name));
            let g = self.core.groups.get_mut(&group)?;
            g.profile = profile.into();
            g.name = name.unwrap_or_else(|| g.name.clone());
        }
        let mut m = self.core.members.get_mut(&own)?;
        (m.member_id, m.role, m.status) = (member_id, role, status);
        drop(m);
        let name = self.free_name(user, &host.profile.display_name);
        let mut m = self.core.members.get_mut(&host_id)?;
        (m.member_id, m.role, m.profile, m.name) = (host.member_id, host.role, host.profile, name);
        drop(m);
        Some(group)
    }

    /// Adds the host of a prepared group, whose name and id are not known yet.
    pub(crate) fn unknown_host(&mut self, group: i64, id: i64) {
        let random = ids::random(&mut self.sh.rng, 16);
        let name = self.core.groups.get(&group).map(|g| g.name.clone()).unwrap_or_default();
        let member_id = Base64::encode_string(format!("{name}_unknown_host_{random}").as_bytes()).into();
        let shown = random.chars().take(7).collect::<String>();
        let host = MemberInfo { member_id, role: Role::Admin, profile: Arc::new(Profile::named(&shown)) };
        self.fill_host(group, id, host, None, "accepted");
    }
}

/// The profile of a business chat: each side sees the other's name.
pub(crate) fn business_profile(p: &Profile, preferences: Json) -> GroupProfile {
    GroupProfile {
        display_name: p.display_name.clone(),
        full_name: p.full_name.clone(),
        short_descr: p.short_descr.clone(),
        description: None,
        image: p.image.clone(),
        preferences: Some(preferences),
        admission: None,
        other: Vec::new(),
    }
}

/// The preferences of a business chat: some of them follow the user's own preferences, if there are any.
pub(crate) fn business_preferences(own: Option<&Preferences>) -> Json {
    let on = |i: usize, default: bool| match own {
        Some(p) => p.features.get(i).copied().flatten().map_or(i == feature::REACTIONS, |p| p.allow != Allow::No),
        None => default,
    };
    let ttl = own.and_then(|p| p.features[feature::TIMED]).and_then(|p| p.ttl);
    let deleter = own.is_none().then_some("moderator");
    let mut j = Js::new();
    j.obj();
    for (name, on, ttl, role) in [
        ("timedMessages", on(feature::TIMED, false), ttl, None),
        ("directMessages", false, None, None),
        ("fullDelete", on(feature::FULL_DELETE, true), None, deleter),
        ("reactions", on(feature::REACTIONS, true), None, None),
        ("voice", on(feature::VOICE, false), None, None),
        ("files", true, None, None),
        ("simplexLinks", true, None, None),
        ("reports", false, None, None),
        ("history", true, None, None),
    ] {
        j.key(name).obj().str("enable", if on { "on" } else { "off" }).opt_num("ttl", ttl).opt_str("role", role).end();
    }
    if let Some(commands) = own.and_then(|p| p.commands.as_ref()) {
        j.json("commands", commands);
    }
    j.end();
    Json::parse(&j.done()).unwrap_or(Json::Null)
}
