//! Members of groups: their rows and connections, roles, blocks, removal.

use std::sync::Arc;

use super::Answer;
use crate::commands::codes::put_connection_stats;
use crate::commands::group_items::{group_event, put_plain_profile};
use crate::content::Profile;
use crate::cx::Cx;
use crate::json::Js;
use crate::parser::{Role, Scope};
use crate::render::{self, Envelope, error};
use crate::state::{ConnStatus, Core, Dir, Entity, GroupWire, InvitedBy, Member, MemberInfo, Wire};
use crate::time::Ts;

impl Cx<'_> {
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

    pub(super) fn find_members(&self, group: i64, ids: &[i64]) -> Result<(), Envelope> {
        for id in ids {
            if self.core.members.get(id).is_none_or(|m| m.group != group || m.category == "user") {
                return Err(error::store_id("groupMemberNotFound", "groupMemberId", *id));
            }
        }
        Ok(())
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
}

fn put_members(j: &mut Js, core: &Core, key: &str, ids: &[i64]) {
    j.key(key).arr();
    for id in ids {
        j.elem("");
        render::put_member(j, core, *id, true);
    }
    j.end_arr();
}
