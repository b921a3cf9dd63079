//! Groups: making them, inviting, roles, leaving.

use std::sync::Arc;

use super::Answer;
use super::users::check_name;
use crate::content::{Content, Profile};
use crate::ids;
use crate::json::Js;
use crate::network::{Cx, find_item};
use crate::parser::{ChatRef, GroupProfile, Role, Scope};
use crate::render::{self, Envelope, GROUP_FEATURES, error};
use crate::state::{
    Body, Chat, ConnStatus, Core, Dir, Entity, Group, GroupWire, InvitedBy, Item, Member, MemberInfo, Status, Wire,
    WireScope,
};
use crate::time::Ts;

pub(crate) const GROUP_E2EE: &str = "This conversation is protected by end-to-end encryption with perfect forward \
                                     secrecy, repudiation and break-in recovery.";

/// A group's invitation as items carry it.
pub(crate) struct Invitation<'a> {
    pub sent: bool,
    pub group: i64,
    pub member: i64,
    pub name: &'a str,
    pub profile: &'a GroupProfile,
    pub role: Role,
    pub status: &'a str,
}

impl Invitation<'_> {
    pub fn body(&self) -> Body {
        let mut j = Js::new();
        j.obj()
            .tag(if self.sent { "sndGroupInvitation" } else { "rcvGroupInvitation" })
            .key("groupInvitation")
            .obj()
            .num("groupId", self.group)
            .num("groupMemberId", self.member)
            .str("localDisplayName", self.name)
            .key("groupProfile");
        render::put_group_profile(&mut j, self.profile);
        j.str("status", self.status).end().str("memberRole", self.role.as_str()).end();
        let verb = if self.sent { "sent" } else { "received" };
        let full =
            if self.profile.full_name.is_empty() { String::new() } else { format!(" ({})", self.profile.full_name) };
        let text =
            format!("{verb} invitation to join group {}{full} as {}", self.profile.display_name, self.role.as_str());
        Body::Own { text: text.into(), json: j.done().into() }
    }
}

/// An item about an event in a group.
pub(crate) fn group_event(sent: bool, text: &str, inner: impl FnOnce(&mut Js)) -> Body {
    let (tag, key) = if sent { ("sndGroupEvent", "sndGroupEvent") } else { ("rcvGroupEvent", "rcvGroupEvent") };
    let mut j = Js::new();
    j.obj().tag(tag).key(key).obj();
    inner(&mut j);
    j.end().end();
    Body::Own { text: text.into(), json: j.done().into() }
}

pub(crate) fn group_feature_body(sent: bool, i: usize, profile: &GroupProfile) -> Body {
    let (name, title, ..) = GROUP_FEATURES.get(i).copied().unwrap_or(GROUP_FEATURES[0]);
    let pref = render::group_pref(profile, name);
    let state = if pref.on { "on" } else { "off" };
    let mut text = format!("{title}: {state}");
    if let (true, Some(ttl)) = (pref.on && name == "timedMessages", pref.ttl) {
        text.push_str(&format!(" ({})", super::connect::duration_text(ttl)));
    }
    if let (true, Some(role)) = (pref.on, &pref.role) {
        text.push_str(&format!(" for {role}s"));
    }
    let mut j = Js::new();
    j.obj().tag(if sent { "sndGroupFeature" } else { "rcvGroupFeature" }).str("groupFeature", name).key("preference");
    let shown = render::GroupPref { on: pref.on, role: None, ttl: None };
    render::put_group_pref(&mut j, &shown);
    if name == "timedMessages" && pref.on {
        j.opt_num("param", pref.ttl);
    }
    j.opt_str("memberRole_", pref.role.as_deref().filter(|_| pref.on)).end();
    Body::Own { text: text.into(), json: j.done().into() }
}

impl Cx<'_> {
    pub(crate) fn group_of(&self, id: i64) -> Result<i64, Envelope> {
        let user = self.active()?;
        match self.core.groups.get(&id) {
            Some(g) if g.user == user => Ok(user),
            _ => Err(error::store_id("groupNotFound", "groupId", id)),
        }
    }

    pub(crate) fn own_member(&self, group: i64) -> Option<&Member> {
        self.core.members.get(&self.core.groups.get(&group)?.membership)
    }

    fn role_error(&mut self, group: i64, role: Role) -> Envelope {
        error::chat_with("groupUserRole", |j| {
            j.key("groupInfo");
            render::put_group(j, self.core, group);
            j.str("requiredRole", role.as_str());
        })
    }

    pub(crate) fn need_role(&mut self, group: i64, role: Role) -> Result<(), Envelope> {
        let own = self.own_member(group).map_or(Role::Observer, |m| m.role);
        if own < role { Err(self.role_error(group, role)) } else { Ok(()) }
    }

    pub(super) fn new_group(&mut self, user: Option<i64>, incognito: bool, profile: GroupProfile) -> Answer {
        let user = self.user(user)?;
        check_name(&profile.display_name)?;
        let own = if incognito {
            let p = Profile::named(&ids::name(&mut self.sh.rng));
            Some((self.core.new_profile_id(), p))
        } else {
            None
        };
        let id = self.add_group(user, Arc::new(profile), Role::Owner, "creator", InvitedBy::User, None, own);
        let at = ChatRef::Group(id, Scope::Main);
        let banner = self.banner(Dir::GroupSnd);
        self.add_item(at, banner.clone());
        self.event_new_items(user, at, &[banner]);
        let answer = self.answer("groupCreated", user, |j, core| {
            j.key("groupInfo");
            render::put_group(j, core, id);
        });
        self.group_first_items(user, id, Dir::GroupSnd);
        answer
    }

    pub(crate) fn banner(&mut self, dir: Dir) -> Item {
        let now = self.sh.tick();
        let id = self.core.new_item_id();
        let body = Body::Own { text: "chat banner".into(), json: r#"{"type":"chatBanner"}"#.into() };
        Item::new(id, dir, Ts(0), body, Status::SndNew, now)
    }

    /// What the core writes into a new group: encryption, features.
    pub(crate) fn group_first_items(&mut self, user: i64, id: i64, dir: Dir) {
        let at = ChatRef::Group(id, Scope::Main);
        let Some(profile) = self.core.groups.get(&id).map(|g| g.profile.clone()) else { return };
        let tag = if dir.sent() { "sndGroupE2EEInfo" } else { "rcvGroupE2EEInfo" };
        let json = format!(r#"{{"type":"{tag}","e2eeInfo":{{"pqEnabled":false}}}}"#);
        let e2ee = self.own_item(dir, Body::Own { text: GROUP_E2EE.into(), json: json.into() });
        self.add_item(at, e2ee.clone());
        self.event_new_items(user, at, &[e2ee]);
        let mut features = Vec::new();
        for i in 0..9 {
            let item = self.own_item(dir, group_feature_body(dir.sent(), i, &profile));
            self.add_item(at, item.clone());
            features.push(item);
        }
        self.event_new_items(user, at, &features);
    }

    #[allow(clippy::too_many_arguments, reason = "one argument per column of the new rows")]
    pub(crate) fn add_group(
        &mut self,
        user: i64,
        profile: Arc<GroupProfile>,
        role: Role,
        status: &'static str,
        invited_by: InvitedBy,
        member_id: Option<(Arc<str>, i64)>,
        incognito: Option<(i64, Profile)>,
    ) -> i64 {
        let now = self.sh.tick();
        let id = Core::next(&self.core.groups);
        let name = self.free_name(user, &profile.display_name);
        let membership = Core::next(&self.core.members);
        let (own_contact, own_profile, own_name, shown) = match self.core.users.get(&user) {
            Some(u) => (u.contact, u.profile_id, u.name.clone(), Arc::new(u.profile.clone())),
            None => return 0,
        };
        let (member_id, invited_by_member) = match member_id {
            Some((m, by)) => (m, Some(by)),
            None => (ids::id16(&mut self.sh.rng), None),
        };
        let (profile_id, mname, mprofile, incognito_id) = match incognito {
            Some((pid, p)) => (pid, p.display_name.clone(), Arc::new(p), Some(pid)),
            None => (own_profile, own_name, shown, None),
        };
        self.core.members.insert(
            membership,
            Member {
                id: membership,
                group: id,
                index: 0,
                member_id,
                role,
                category: "user",
                status,
                show: true,
                blocked: false,
                invited_by,
                invited_by_member,
                name: mname,
                profile: mprofile,
                profile_id,
                contact: Some(own_contact),
                contact_profile: own_profile,
                conn: None,
                version: 16,
                created: now,
                updated: now,
                support: None,
                incognito: incognito_id,
            },
        );
        self.core.groups.insert(
            id,
            Group {
                id,
                user,
                name,
                profile,
                alias: String::new(),
                membership,
                settings: Default::default(),
                created: now,
                updated: now,
                chat_ts: now,
                tags: Vec::new(),
                ttl: None,
                custom: None,
                business: None,
                via_link: None,
                profile_changed: false,
                chat: Chat::default(),
                support: Default::default(),
                invited_by: None,
            },
        );
        id
    }

    #[allow(clippy::too_many_arguments, reason = "one argument per column of the new row")]
    pub(crate) fn add_member(
        &mut self,
        group: i64,
        info: (Arc<str>, Role, Arc<Profile>),
        category: &'static str,
        status: &'static str,
        invited_by: InvitedBy,
        invited_by_member: Option<i64>,
        contact: Option<i64>,
    ) -> i64 {
        let now = self.sh.tick();
        let user = self.core.groups.get(&group).map_or(0, |g| g.user);
        let (name, profile, profile_id) = match contact.and_then(|c| self.core.contacts.get(&c)) {
            Some(c) => (c.name.clone(), c.profile.clone(), c.profile_id),
            None => {
                let name = self.free_name(user, &info.2.display_name);
                (name, info.2, self.core.new_profile_id())
            }
        };
        let id = Core::next(&self.core.members);
        let index = i64::try_from(self.core.members.values().filter(|m| m.group == group).count()).unwrap_or(0);
        self.core.members.insert(
            id,
            Member {
                id,
                group,
                index,
                member_id: info.0,
                role: info.1,
                category,
                status,
                show: true,
                blocked: false,
                invited_by,
                invited_by_member,
                name,
                profile,
                profile_id,
                contact,
                contact_profile: profile_id,
                conn: None,
                version: 16,
                created: now,
                updated: now,
                support: None,
                incognito: None,
            },
        );
        id
    }

    /// The user's profile as groups see it: without preferences.
    pub(crate) fn member_profile(&self, group: i64) -> Arc<Profile> {
        let Some(m) = self.own_member(group) else { return Arc::default() };
        let user = self.core.groups.get(&group).map_or(0, |g| g.user);
        let mut p = match (m.incognito, self.core.users.get(&user)) {
            (None, Some(u)) => u.profile.clone(),
            _ => (*m.profile).clone(),
        };
        p.preferences = None;
        p.contact_link = None;
        Arc::new(p)
    }

    pub(crate) fn own_info(&self, group: i64) -> Option<MemberInfo> {
        let m = self.own_member(group)?;
        Some(MemberInfo { member_id: m.member_id.clone(), role: m.role, profile: self.member_profile(group) })
    }

    /// A member's new connection.
    pub(crate) fn member_conn(&mut self, member: i64, status: ConnStatus) -> i64 {
        let user = self.core.members.get(&member).and_then(|m| self.core.groups.get(&m.group)).map_or(0, |g| g.user);
        let conn = self.new_conn(user, Entity::Member(member), status);
        if let Some(m) = self.core.members.get_mut(&member) {
            m.conn = Some(conn);
        }
        conn
    }

    pub(super) fn add_to_group(&mut self, group: i64, contact: i64, role: Role) -> Answer {
        let user = self.group_of(group)?;
        let Some(c) = self.core.contacts.get(&contact).filter(|c| c.user == user) else {
            return Err(Self::contact_not_found(contact));
        };
        let (contact_conn, info) = (c.conn, (c.profile.clone(), c.name.clone()));
        self.need_role(group, Role::Admin.max(role.min(Role::Owner)))?;
        let existing = self
            .core
            .members
            .values()
            .find(|m| m.group == group && m.contact == Some(contact) && m.category != "user")
            .map(|m| (m.id, m.status));
        let own = self.own_member(group).map(|m| m.id);
        let member = match existing {
            Some((id, "invited")) => id,
            Some((_, status)) if !matches!(status, "left" | "removed" | "deleted") => {
                return Err(error::chat_with("groupDuplicateMember", |j| {
                    j.str("contactName", &info.1);
                }));
            }
            _ => {
                let mid = ids::id16(&mut self.sh.rng);
                self.add_member(group, (mid, role, info.0), "invitee", "invited", InvitedBy::User, own, Some(contact))
            }
        };
        let answer = self.answer("sentGroupInvitation", user, |j, core| {
            j.key("groupInfo");
            render::put_group(j, core, group);
            j.key("contact");
            render::put_contact(j, core, contact);
            j.key("member");
            render::put_member(j, core, member, true);
        });
        let conn = match self.core.members.get(&member).and_then(|m| m.conn) {
            Some(c) => c,
            None => self.member_conn(member, ConnStatus::New),
        };
        let Some(g) = self.core.groups.get(&group) else { return answer };
        let (profile, m) = (g.profile.clone(), self.core.members.get(&member));
        let Some((member_id, role, name)) = m.map(|m| (m.member_id.clone(), m.role, m.name.clone())) else {
            return answer;
        };
        let body =
            Invitation { sent: true, group, member, name: &name, profile: &profile, role, status: "pending" }.body();
        let at = ChatRef::Direct(contact);
        let mut item = self.own_item(Dir::DirectSnd, body);
        let shared = ids::id16(&mut self.sh.rng);
        item.shared = Some(shared.clone());
        self.add_item(at, item.clone());
        self.event_new_items(user, at, std::slice::from_ref(&item));
        if let (Some(k), Some(host)) = (contact_conn, self.own_info(group)) {
            let wire =
                GroupWire::Invite { profile, host, invited: (member_id, role), answer_at: (self.me, conn), shared };
            self.send(k, Wire::Group(Box::new(wire)), Some(item.id));
        }
        answer
    }

    pub(super) fn join_group(&mut self, group: i64) -> Answer {
        let user = self.group_of(group)?;
        let Some((contact, peer)) = self.core.groups.get(&group).and_then(|g| g.invited_by) else {
            return Err(error::store("groupAlreadyJoined"));
        };
        if self.own_member(group).is_none_or(|m| m.status != "invited") {
            return Err(error::store("groupAlreadyJoined"));
        }
        self.set_membership(group, "accepted");
        let host = self.core.members.values().find(|m| m.group == group && m.category == "host").map(|m| m.id);
        if let Some(host) = host {
            let conn = self.member_conn(host, ConnStatus::Joined);
            self.set_conn(conn, |c| c.peer = Some(peer));
            self.send(conn, Wire::Group(Box::new(GroupWire::Accept { from: (self.me, conn) })), None);
        }
        // The newest invitation shows that it was taken.
        let at = ChatRef::Direct(contact);
        let now = self.sh.tick();
        let found = render::chat_mut(self.core, at).and_then(|c| {
            c.items.iter_mut().rev().find(|i| {
                matches!(&i.body, Body::Own { json, .. } if json.contains("rcvGroupInvitation")
                    && json.contains(&format!("\"groupId\":{group},")))
            })
        });
        if let Some(item) = found {
            if let Body::Own { json, .. } = &mut item.body {
                *json = json.replace("\"status\":\"pending\"", "\"status\":\"accepted\"").into();
            }
            let copy = item.clone();
            self.event("chatItemUpdated", user, |j, core| {
                j.key("chatItem");
                render::put_item_in_chat(j, core, at, &copy, now);
            });
        }
        self.answer("userAcceptedGroupSent", user, |j, core| {
            j.key("groupInfo");
            render::put_group(j, core, group);
        })
    }

    pub(crate) fn set_membership(&mut self, group: i64, status: &'static str) {
        let now = self.sh.tick();
        let id = self.core.groups.get(&group).map(|g| g.membership);
        if let Some(m) = id.and_then(|id| self.core.members.get_mut(&id)) {
            m.status = status;
            m.updated = now;
        }
    }

    pub(crate) fn set_member_status(&mut self, member: i64, status: &'static str) {
        let now = self.sh.tick();
        if let Some(m) = self.core.members.get_mut(&member) {
            m.status = status;
            m.updated = now;
        }
    }

    pub(super) fn list_members(&mut self, group: i64) -> Answer {
        let user = self.group_of(group)?;
        self.answer("groupMembers", user, |j, core| {
            j.key("group").obj().key("groupInfo");
            render::put_group(j, core, group);
            j.key("members").arr();
            let ids: Vec<i64> =
                core.members.values().filter(|m| m.group == group && m.category != "user").map(|m| m.id).collect();
            for id in ids {
                j.elem("");
                render::put_member(j, core, id, true);
            }
            j.end_arr().end();
        })
    }

    pub(super) fn list_groups(&mut self, user: Option<i64>, search: Option<&str>) -> Answer {
        let user = self.user(user)?;
        let search = search.map(str::to_lowercase).unwrap_or_default();
        let ids: Vec<i64> = self
            .core
            .groups
            .values()
            .filter(|g| g.user == user)
            .filter(|g| {
                [&g.name, &g.profile.display_name, &g.profile.full_name]
                    .iter()
                    .any(|n| n.to_lowercase().contains(&search))
            })
            .map(|g| g.id)
            .collect();
        self.answer("groupsList", user, |j, core| {
            j.key("groups").arr();
            for id in ids {
                j.elem("");
                // 6.4.5.1 wraps the group; 7.0.2 does not.
                render::put_group(j, core, id);
            }
            j.end_arr();
        })
    }

    pub(crate) fn group_by_name(&self, name: &str) -> Result<i64, Envelope> {
        let user = self.active()?;
        self.core.groups.values().find(|g| g.user == user && g.name == name).map(|g| g.id).ok_or_else(|| {
            error::store_with("groupNotFoundByName", |j| {
                j.str("groupName", name);
            })
        })
    }

    fn find_members(&self, group: i64, ids: &[i64]) -> Result<(), Envelope> {
        for id in ids {
            if self.core.members.get(id).is_none_or(|m| m.group != group || m.category == "user") {
                return Err(error::store_id("groupMemberNotFound", "groupMemberId", *id));
            }
        }
        Ok(())
    }

    /// The connections to those of a group who get a message.
    pub(crate) fn group_targets(&self, group: i64, scope: Scope) -> Vec<(i64, i64)> {
        self.core
            .members
            .values()
            .filter(|m| m.group == group && m.category != "user")
            .filter(|m| match scope {
                Scope::Main => m.current() && !m.pending(),
                Scope::Support(None) => m.current() && m.role >= Role::Moderator,
                Scope::Support(Some(id)) => {
                    (m.id == id && (m.current() || m.pending())) || (m.current() && m.role >= Role::Moderator)
                }
            })
            .filter_map(|m| {
                let conn = m.conn?;
                let ready = self.core.conns.get(&conn)?.status == ConnStatus::Ready;
                ready.then_some((m.id, conn))
            })
            .collect()
    }

    pub(crate) fn tell_group(&mut self, group: i64, scope: Scope, wire: &Wire) {
        for (_, conn) in self.group_targets(group, scope) {
            self.send(conn, wire.clone(), None);
        }
    }

    /// An item about something the user did in a group: stored, told as an event.
    pub(crate) fn group_note(&mut self, user: i64, group: i64, body: Body) -> Arc<str> {
        let at = ChatRef::Group(group, Scope::Main);
        let mut item = self.own_item(Dir::GroupSnd, body);
        let shared = ids::id16(&mut self.sh.rng);
        item.shared = Some(shared.clone());
        self.add_item(at, item.clone());
        self.event_new_items(user, at, &[item]);
        shared
    }

    pub(super) fn member_roles(&mut self, group: i64, members: &[i64], role: Role) -> Answer {
        let user = self.group_of(group)?;
        self.find_members(group, members)?;
        let highest = members
            .iter()
            .filter_map(|id| self.core.members.get(id))
            .map(|m| m.role)
            .max()
            .unwrap_or(Role::Observer)
            .max(role)
            .max(Role::Admin);
        self.need_role(group, highest)?;
        for id in members {
            let Some(m) = self.core.members.get_mut(id) else { continue };
            let old = m.role;
            m.role = role;
            let (mid, name, profile) = (m.member_id.clone(), m.name.clone(), m.profile.clone());
            if old == role {
                continue;
            }
            let body = group_event(true, &format!("changed role of {name} to {}", role.as_str()), |j| {
                j.tag("memberRole").num("groupMemberId", *id).key("profile");
                put_plain_profile(j, &profile);
                j.str("role", role.as_str());
            });
            let shared = self.group_note(user, group, body);
            let wire = Wire::Group(Box::new(GroupWire::Role { member: mid, role, shared }));
            self.tell_group(group, Scope::Main, &wire);
        }
        let members = members.to_vec();
        self.answer("membersRoleUser", user, |j, core| {
            j.key("groupInfo");
            render::put_group(j, core, group);
            put_members(j, core, "members", &members);
            j.str("toRole", role.as_str());
        })
    }

    pub(super) fn block_members(&mut self, group: i64, members: &[i64], blocked: bool) -> Answer {
        let user = self.group_of(group)?;
        self.find_members(group, members)?;
        self.need_role(group, Role::Moderator)?;
        for id in members {
            let Some(m) = self.core.members.get_mut(id) else { continue };
            m.blocked = blocked;
            let (mid, name, profile) = (m.member_id.clone(), m.name.clone(), m.profile.clone());
            let verb = if blocked { "blocked" } else { "unblocked" };
            let body = group_event(true, &format!("{verb} {name}"), |j| {
                j.tag("memberBlocked").num("groupMemberId", *id).key("profile");
                put_plain_profile(j, &profile);
                j.bool("blocked", blocked);
            });
            let shared = self.group_note(user, group, body);
            let wire = Wire::Group(Box::new(GroupWire::Block { member: mid, blocked, shared }));
            // The one blocked is not told.
            for (m, conn) in self.group_targets(group, Scope::Main) {
                if m != *id {
                    self.send(conn, wire.clone(), None);
                }
            }
        }
        let members = members.to_vec();
        self.answer("membersBlockedForAllUser", user, |j, core| {
            j.key("groupInfo");
            render::put_group(j, core, group);
            put_members(j, core, "members", &members);
            j.bool("blocked", blocked);
        })
    }

    pub(super) fn remove_members(&mut self, group: i64, members: &[i64], messages: bool) -> Answer {
        let user = self.group_of(group)?;
        self.find_members(group, members)?;
        let highest = members
            .iter()
            .filter_map(|id| self.core.members.get(id))
            .map(|m| m.role)
            .max()
            .unwrap_or(Role::Observer)
            .max(Role::Moderator);
        self.need_role(group, highest)?;
        let mut conns = Vec::new();
        for id in members {
            let Some(m) = self.core.members.get(id) else { continue };
            let (mid, name, profile, status) = (m.member_id.clone(), m.name.clone(), m.profile.clone(), m.status);
            if status == "invited" {
                let m = self.core.members.remove(id);
                if let Some(c) = m.and_then(|m| m.conn) {
                    conns.push(c);
                }
                continue;
            }
            let body = group_event(true, &format!("removed {name}"), |j| {
                j.tag("memberDeleted").num("groupMemberId", *id).key("profile");
                put_plain_profile(j, &profile);
            });
            let shared = self.group_note(user, group, body);
            let wire = Wire::Group(Box::new(GroupWire::Remove { member: mid, messages, shared }));
            self.tell_group(group, Scope::Main, &wire);
            if let Some(c) = self.core.members.get(id).and_then(|m| m.conn) {
                if self.core.members.get(id).is_some_and(|m| m.pending()) {
                    self.send(c, wire, None);
                }
                conns.push(c);
            }
            self.set_member_status(*id, "removed");
            if messages {
                self.moderate_all(group, *id, None);
            }
        }
        let members = members.to_vec();
        let answer = self.answer("userDeletedMembers", user, |j, core| {
            j.key("groupInfo");
            render::put_group(j, core, group);
            put_members(j, core, "members", &members);
            j.bool("withMessages", messages);
        });
        self.flush_and_delete(conns);
        answer
    }

    /// Deletes connections after what waits in them has gone out.
    pub(crate) fn flush_and_delete(&mut self, conns: Vec<i64>) {
        for c in &conns {
            let Some(conn) = self.core.conns.get_mut(c) else { continue };
            let (peer, waiting) = (conn.peer, std::mem::take(&mut conn.outbox));
            if let Some(peer) = peer {
                for out in waiting {
                    self.sh.say_last(peer, out.wire);
                }
            }
        }
        self.said_too_late(&conns, true);
        self.delete_conns(&conns);
    }

    /// Marks all messages of a member as moderated.
    pub(crate) fn moderate_all(&mut self, group: i64, member: i64, by: Option<i64>) {
        let now = self.sh.tick();
        let json = self.moderated_json(by, now);
        if let Some(g) = self.core.groups.get_mut(&group) {
            for i in g.chat.items.iter_mut().filter(|i| i.dir == Dir::GroupRcv(member) && i.content().is_some()) {
                i.deleted = Some(json.clone());
            }
        }
    }

    pub(crate) fn moderated_json(&self, by: Option<i64>, at: Ts) -> Arc<str> {
        let mut j = Js::new();
        j.obj().tag("moderated");
        render::put_ts(&mut j, "deletedTs", at);
        if let Some(by) = by {
            j.key("byGroupMember");
            render::put_member(&mut j, self.core, by, false);
        }
        j.end();
        j.done().into()
    }

    pub(super) fn leave_group(&mut self, group: i64) -> Answer {
        let user = self.group_of(group)?;
        let body = group_event(true, "left", |j| {
            j.tag("userLeft");
        });
        let shared = self.group_note(user, group, body);
        let wire = Wire::Group(Box::new(GroupWire::Leave { shared }));
        self.tell_group(group, Scope::Main, &wire);
        self.set_membership(group, "left");
        let answer = self.answer("leftMemberUser", user, |j, core| {
            j.key("groupInfo");
            render::put_group(j, core, group);
        });
        self.drop_group_link(group);
        let conns = self.group_conns(group);
        self.flush_and_delete(conns);
        answer
    }

    pub(crate) fn group_conns(&self, group: i64) -> Vec<i64> {
        self.core.members.values().filter(|m| m.group == group).filter_map(|m| m.conn).collect()
    }

    /// `/_delete #…`
    pub(super) fn delete_group(&mut self, group: i64, full: bool) -> Answer {
        let user = self.group_of(group)?;
        let current = self.own_member(group).is_some_and(|m| m.current());
        let owner = self.own_member(group).is_some_and(|m| m.role == Role::Owner);
        if current && !owner {
            return Err(self.role_error(group, Role::Owner));
        }
        let _ = full;
        if current {
            let shared = ids::id16(&mut self.sh.rng);
            let wire = Wire::Group(Box::new(GroupWire::Delete { shared }));
            self.tell_group(group, Scope::Main, &wire);
        }
        let answer = self.answer("groupDeletedUser", user, |j, core| {
            j.key("groupInfo");
            render::put_group(j, core, group);
        });
        self.drop_group_link(group);
        let conns = self.group_conns(group);
        self.flush_and_delete(conns);
        self.core.groups.remove(&group);
        let gone: Vec<Member> = self.core.members.extract_if(.., |_, m| m.group == group).map(|(_, m)| m).collect();
        for m in gone {
            if m.contact.is_none() || m.incognito.is_some() {
                self.core.profile_ids.remove(&m.profile_id);
            }
        }
        answer
    }

    pub(super) fn group_info(&mut self, group: i64) -> Answer {
        let user = self.group_of(group)?;
        self.answer("groupInfo", user, |j, core| {
            j.key("groupInfo");
            render::put_group(j, core, group);
            j.key("groupSummary").obj().num("currentMembers", render::current_members(core, group)).end();
        })
    }

    pub(super) fn member_info(&mut self, group: i64, member: i64) -> Answer {
        let user = self.group_of(group)?;
        self.find_members(group, &[member])?;
        self.answer("groupMemberInfo", user, |j, core| {
            j.key("groupInfo");
            render::put_group(j, core, group);
            j.key("member");
            render::put_member(j, core, member, true);
            put_connection_stats(j, core, core.members.get(&member).and_then(|m| m.conn));
        })
    }

    pub(super) fn member_settings(&mut self, group: i64, member: i64, show: bool) -> Answer {
        let user = self.group_of(group)?;
        self.find_members(group, &[member])?;
        if let Some(m) = self.core.members.get_mut(&member) {
            m.show = show;
        }
        self.ok_user(user)
    }

    pub(super) fn set_group_alias(&mut self, group: i64, alias: String) -> Answer {
        let user = self.group_of(group)?;
        if let Some(g) = self.core.groups.get_mut(&group) {
            g.alias = alias;
        }
        self.answer("groupAliasUpdated", user, |j, core| {
            j.key("toGroup");
            render::put_group(j, core, group);
        })
    }

    pub(super) fn set_group_custom(&mut self, group: i64, data: Option<crate::json::Json>) -> Answer {
        let user = self.group_of(group)?;
        if let Some(g) = self.core.groups.get_mut(&group) {
            g.custom = data;
        }
        self.ok_user(user)
    }

    /// Whether the user may write into a part of a group.
    pub(crate) fn may_write(&mut self, group: i64, scope: Scope) -> Result<(), Envelope> {
        let Some((current, pending, role)) = self.own_member(group).map(|m| (m.current(), m.pending(), m.role)) else {
            return Err(error::store_id("groupNotFound", "groupId", group));
        };
        if let Scope::Support(Some(id)) = scope {
            self.find_members(group, &[id])?;
        }
        match scope {
            Scope::Main if !current || pending => Err(error::command("not current member")),
            Scope::Main if role < Role::Author => Err(self.role_error(group, Role::Author)),
            Scope::Support(_) if !current && !pending => Err(error::command("not current member")),
            Scope::Support(None) if role >= Role::Moderator => Err(error::command("no admins support this message")),
            Scope::Support(Some(_)) if role < Role::Moderator => Err(self.role_error(group, Role::Moderator)),
            _ => Ok(()),
        }
    }

    /// The scope as it travels.
    pub(crate) fn wire_scope(&self, group: i64, scope: Scope) -> WireScope {
        match scope {
            Scope::Main => WireScope::Main,
            Scope::Support(None) => {
                self.own_member(group).map_or(WireScope::Main, |m| WireScope::Support(m.member_id.clone()))
            }
            Scope::Support(Some(id)) => {
                self.core.members.get(&id).map_or(WireScope::Main, |m| WireScope::Support(m.member_id.clone()))
            }
        }
    }

    /// Whether messages of a kind may be sent into a group.
    pub(crate) fn group_allows(&self, group: i64, content: &Content, file: bool) -> Result<(), Envelope> {
        let Some(g) = self.core.groups.get(&group) else { return Ok(()) };
        let own = self.own_member(group).map_or(Role::Observer, |m| m.role);
        let may = |name: &str| {
            let p = render::group_pref(&g.profile, name);
            p.on && p.role.as_deref().and_then(read_role).is_none_or(|r| own >= r)
        };
        if &*content.kind == "voice" && !may("voice") {
            return Err(error::command("feature not allowed Voice messages"));
        }
        if &*content.kind != "voice" && file && !may("files") {
            return Err(error::command("feature not allowed Files and media"));
        }
        let formatted = crate::markdown::formatted(&content.text);
        if formatted.is_some_and(|f| f.contains("simplexLink")) && !may("simplexLinks") {
            return Err(error::command("feature not allowed SimpleX links"));
        }
        Ok(())
    }

    /// How far a message got to a member, and with that its status.
    pub(crate) fn delivered(&mut self, member: i64, item: i64, to: crate::state::Delivery) {
        use crate::state::Delivery;
        let Some(group) = self.core.members.get(&member).map(|m| m.group) else { return };
        let Some(at) = self.group_item_chat(group, item) else { return };
        let Some(i) = render::chat_mut(self.core, at).and_then(|c| find_item(&mut c.items, item)) else { return };
        if let Some(d) = i.delivery.iter_mut().find(|d| d.0 == member) {
            d.1 = d.1.max(to);
        }
        let all = |d: Delivery| i.delivery.iter().all(|x| x.1 >= d);
        let any = |d: Delivery| i.delivery.iter().any(|x| x.1 >= d);
        let status = if any(Delivery::Received) {
            Status::SndRcvd { complete: all(Delivery::Received) }
        } else {
            Status::SndSent { complete: all(Delivery::Sent) }
        };
        self.set_status(at, item, status);
    }

    /// Which part of a group an item stands in.
    pub(crate) fn group_item_chat(&self, group: i64, item: i64) -> Option<ChatRef> {
        let g = self.core.groups.get(&group)?;
        if g.chat.items.iter().rev().any(|i| i.id == item) {
            return Some(ChatRef::Group(group, Scope::Main));
        }
        let scope = g.support.iter().find(|(_, c)| c.items.iter().rev().any(|i| i.id == item))?.0;
        Some(ChatRef::Group(group, Scope::Support(*scope)))
    }
}

pub(crate) fn read_role(s: &str) -> Option<Role> {
    [Role::Observer, Role::Author, Role::Member, Role::Moderator, Role::Admin, Role::Owner]
        .into_iter()
        .find(|r| r.as_str() == s)
}

/// A profile without preferences, as events about members carry it.
pub(crate) fn put_plain_profile(j: &mut Js, p: &Profile) {
    let mut p = p.clone();
    p.preferences = None;
    p.put(j);
}

fn put_members(j: &mut Js, core: &Core, key: &str, ids: &[i64]) {
    j.key(key).arr();
    for id in ids {
        j.elem("");
        render::put_member(j, core, *id, true);
    }
    j.end_arr();
}

/// What is known of a connection's queues.
pub(crate) fn put_connection_stats(j: &mut Js, core: &Core, conn: Option<i64>) {
    if let Some(c) = conn.and_then(|c| core.conns.get(&c)) {
        let server = core.users.get(&c.user).and_then(|u| u.smp.first().cloned()).unwrap_or_default();
        j.key("connectionStats_").obj().num("connAgentVersion", 7).key("rcvQueuesInfo").arr().obj();
        j.str("rcvServer", &server).bool("canAbortSwitch", false).end().end_arr();
        j.key("sndQueuesInfo").arr().obj().str("sndServer", &server).bool("canAbortSwitch", false).end().end_arr();
        j.str("ratchetSyncState", "ok").bool("ratchetSyncSupported", true).end();
    }
}
