//! Members of groups: their rows and connections, roles, blocks, removal.

use std::sync::Arc;

use super::Answer;
use crate::commands::group_items::{blocked_body, removed_body, role_body};
use crate::content::Profile;
use crate::cx::Cx;
use crate::json::Js;
use crate::parser::{Role, Scope};
use crate::render::{self, Envelope, error};
use crate::state::{ConnStatus, Core, Dir, Entity, GroupWire, InvitedBy, Member, MemberInfo, Status};
use crate::time::Ts;

impl Cx<'_> {
    pub(crate) fn add_member(
        &mut self,
        group: i64,
        info: MemberInfo,
        category: &'static str,
        status: &'static str,
        invited_by_member: Option<i64>,
        contact: Option<i64>,
    ) -> i64 {
        let now = self.sh.tick();
        let user = self.core.groups.get(&group).map_or(0, |g| g.user);
        let (name, profile, profile_id) = match contact.and_then(|c| self.core.contacts.get(&c)) {
            Some(c) => (c.name.clone(), c.profile.clone(), c.profile_id),
            None => {
                let name = self.free_name(user, &info.profile.display_name);
                (name, info.profile, self.core.new_profile_id())
            }
        };
        let id = self.core.members.next();
        let index = i64::try_from(self.core.members.rows_of(group)).unwrap_or(0);
        self.core.members.insert(Member {
            id,
            group,
            index,
            member_id: info.member_id,
            role: info.role,
            category,
            status,
            show: true,
            blocked: false,
            invited_by: if category == "invitee" { InvitedBy::User } else { InvitedBy::Unknown },
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
            shown: Default::default(),
        });
        id
    }

    /// The user's profile as groups see it, without preferences.
    pub(crate) fn member_profile(&self, group: i64) -> Arc<Profile> {
        let Some(m) = self.own_member(group) else { return Arc::default() };
        let user = self.core.groups.get(&group).map_or(0, |g| g.user);
        let mut p = match self.core.users.get(&user) {
            Some(u) if !m.incognito() => u.profile.clone(),
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

    /// Creates a member's connection.
    pub(crate) fn member_conn(&mut self, member: i64, status: ConnStatus) -> i64 {
        let user = self.core.members.get(&member).and_then(|m| self.core.groups.get(&m.group)).map_or(0, |g| g.user);
        let conn = self.new_conn(user, Entity::Member(member), status);
        if let Some(mut m) = self.core.members.get_mut(&member) {
            m.conn = Some(conn);
        }
        conn
    }

    pub(crate) fn set_member_status(&mut self, member: i64, status: &'static str) {
        let now = self.sh.tick();
        if let Some(mut m) = self.core.members.get_mut(&member) {
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
            let ids: Vec<i64> = core.members.of(group).filter(|m| m.category != "user").map(|m| m.id).collect();
            for id in ids {
                render::put_member(j, core, id, true);
            }
            j.end_arr().end();
        })
    }

    pub(super) fn group_member(&self, group: i64, member: i64) -> Result<&Member, Envelope> {
        let found = self.core.members.get(&member).filter(|m| m.group == group);
        found.ok_or_else(|| error::member_not_found(member))
    }

    pub(super) fn find_members(&self, group: i64, ids: &[i64]) -> Result<(), Envelope> {
        for id in ids {
            if self.core.members.get(id).is_none_or(|m| m.group != group || m.category == "user") {
                return Err(error::member_not_found(*id));
            }
        }
        Ok(())
    }

    pub(super) fn member_info(&mut self, group: i64, member: i64) -> Answer {
        let user = self.group_of(group)?;
        self.find_members(group, &[member])?;
        let conn = self.core.members.get(&member).and_then(|m| m.conn).filter(|c| self.core.conns.contains_key(c));
        let stats = conn.map(|c| self.settled_stats(c));
        self.answer("groupMemberInfo", user, |j, core| {
            render::put_group_and_member(j, core, group, member);
            j.opt_raw("connectionStats_", stats.as_deref());
        })
    }

    pub(super) fn member_settings(&mut self, group: i64, member: i64, show: bool) -> Answer {
        let user = self.group_of(group)?;
        self.find_members(group, &[member])?;
        if let Some(mut m) = self.core.members.get_mut(&member) {
            m.show = show;
        }
        self.ok_user(user)
    }

    /// The members that a command selects, by several ids, in the order of the member list, and the highest role among
    /// them.
    fn choose_members(&self, group: i64, ids: &[i64], what: Option<&str>) -> Result<(Vec<Member>, Role), Envelope> {
        if let Some(what) = what.filter(|_| self.own_member(group).is_some_and(|m| ids.contains(&m.id))) {
            return Err(error::command(&format!("can't {what} self")));
        }
        let chosen = |m: &&Member| m.category != "user" && ids.contains(&m.id);
        let chosen: Vec<Member> = self.core.members.of(group).filter(chosen).cloned().collect();
        if chosen.len() != ids.len() {
            return Err(error::chat("groupMemberNotFound"));
        }
        let highest = chosen.iter().map(|m| m.role).max().unwrap_or(Role::Observer);
        Ok((chosen, highest))
    }

    pub(super) fn member_roles(&mut self, group: i64, members: &[i64], role: Role) -> Answer {
        let user = self.group_of(group)?;
        let (chosen, highest) = self.choose_members(group, members, Some("change role for"))?;
        if chosen.len() > 1 && highest.max(role) >= Role::Admin {
            return Err(error::command(
                "can't change role of multiple members when admins selected, or new role is admin",
            ));
        }
        if chosen.iter().any(Member::pending) {
            return Err(error::command("can't change role of members pending approval"));
        }
        self.need_role(group, highest.max(role).max(Role::Admin))?;
        let (invited, current): (Vec<Member>, Vec<Member>) =
            chosen.into_iter().filter(|m| m.role != role).partition(|m| m.status == "invited");
        let mut changed = Vec::new();
        for m in &invited {
            self.set_member_role(m.id, role);
            if let Some(contact) = m.contact {
                self.send_invitation(user, group, contact, m.id);
            }
            changed.push(m.id);
        }
        let bodies = current.iter().map(|m| role_body(true, m.id, &m.profile, role));
        let shared = self.group_notes(user, group, bodies.collect());
        for (m, shared) in current.iter().zip(shared) {
            self.tell_group(group, Scope::Main, GroupWire::Role { member: m.member_id.clone(), role, shared });
            self.set_member_role(m.id, role);
            changed.push(m.id);
        }
        self.answer("membersRoleUser", user, |j, core| {
            render::put_group_info(j, core, group);
            put_members(j, core, "members", &changed);
            j.str("toRole", role.as_str());
        })
    }

    pub(crate) fn set_member_role(&mut self, member: i64, role: Role) {
        if let Some(mut m) = self.core.members.get_mut(&member) {
            m.role = role;
        }
    }

    pub(super) fn block_members(&mut self, group: i64, members: &[i64], blocked: bool) -> Answer {
        let user = self.group_of(group)?;
        let (chosen, highest) = self.choose_members(group, members, Some("block/unblock"))?;
        if chosen.len() > 1 && highest >= Role::Admin {
            return Err(error::command("can't block/unblock multiple members when admins selected"));
        }
        if chosen.iter().any(Member::pending) {
            return Err(error::command("can't block/unblock members pending approval"));
        }
        self.need_role(group, highest.max(Role::Moderator))?;
        let bodies = chosen.iter().map(|m| blocked_body(true, m.id, &m.profile, blocked));
        let shared = self.group_notes(user, group, bodies.collect());
        for (m, shared) in chosen.iter().zip(shared) {
            let wire = GroupWire::Block { member: m.member_id.clone(), blocked, shared };
            // The blocked members themselves are not notified.
            for (id, conn) in self.group_targets(group, Scope::Main) {
                if !members.contains(&id) {
                    self.send(conn, wire.clone());
                }
            }
            if let Some(mut m) = self.core.members.get_mut(&m.id) {
                m.blocked = blocked;
            }
        }
        let ids: Vec<i64> = chosen.iter().map(|m| m.id).collect();
        self.answer("membersBlockedForAllUser", user, |j, core| {
            render::put_group_info(j, core, group);
            put_members(j, core, "members", &ids);
            j.bool("blocked", blocked);
        })
    }

    pub(super) fn remove_members(&mut self, group: i64, members: &[i64], messages: bool) -> Answer {
        let user = self.group_of(group)?;
        let (mut chosen, highest) = self.choose_members(group, members, None)?;
        if chosen.len() > 1 && highest >= Role::Admin {
            return Err(error::command("can't remove multiple members when admins selected"));
        }
        self.need_role(group, highest.max(Role::Admin))?;
        // The core processes its list from the end, and members who were only invited first.
        chosen.reverse();
        let (invited, current): (Vec<Member>, Vec<Member>) = chosen.into_iter().partition(|m| m.status == "invited");
        let mut conns: Vec<i64> = invited.iter().filter_map(|m| m.conn).collect();
        let body = |m: &Member| removed_body(true, m.id, &m.profile);
        let (pending, joined): (Vec<Member>, Vec<Member>) = current.iter().cloned().partition(Member::pending);
        let mut shared = self.group_notes(user, group, joined.iter().map(body).collect());
        for m in &pending {
            shared.extend(self.scope_notes(user, group, Scope::Support(Some(m.id)), vec![body(m)]));
        }
        let current: Vec<Member> = joined.into_iter().chain(pending).collect();
        for (m, shared) in current.iter().zip(shared) {
            // Only the moderators know who waits to be admitted.
            let (scope, member) = (self.scope_with(group, m.id), m.member_id.clone());
            self.tell_group(group, scope, GroupWire::Remove { member, messages, shared });
            conns.extend(self.core.members.get(&m.id).and_then(|m| m.conn));
        }
        for m in &invited {
            self.set_member_status(m.id, "removed");
        }
        let own = self.own_id(group);
        for m in &current {
            self.set_member_status(m.id, "removed");
            if messages {
                self.moderate_all(group, Dir::GroupRcv(m.id), own);
            }
        }
        let ids: Vec<i64> = invited.iter().chain(&current).map(|m| m.id).collect();
        let answer = self.answer("userDeletedMembers", user, |j, core| {
            render::put_group_info(j, core, group);
            put_members(j, core, "members", &ids);
            j.bool("withMessages", messages);
        });
        for m in &current {
            self.drop_support(group, m.id);
        }
        self.flush_and_delete(conns);
        for m in &invited {
            self.core.members.remove(&m.id);
            if let Some(c) = m.conn {
                self.core.remove_conn(c);
            }
        }
        answer
    }

    /// Deletes everything of a member, or the user's own messages, when that member is removed together with them.
    pub(crate) fn moderate_all(&mut self, group: i64, of: Dir, by: i64) {
        let now = self.sh.tick();
        let json = self.moderated_json(group, by, now);
        let full = self.deletes_fully(group, by);
        let before_7 = self.core.before_7;
        let Some(g) = self.core.groups.get_mut(&group) else { return };
        let mut files = Vec::new();
        for chat in std::iter::once(&mut g.chat).chain(g.support.values_mut()) {
            files.extend(chat.items.iter().filter(|i| i.dir == of).filter_map(|i| i.file));
            if full && !before_7 {
                chat.items.retain(|i| i.dir != of);
                chat.unread = chat.items.iter().filter(|i| i.status == Status::RcvNew).count();
            } else {
                for i in chat.items.iter_mut().filter(|i| i.dir == of) {
                    i.deleted = Some(json.clone());
                    if full {
                        i.leave_mark();
                    }
                }
            }
        }
        for file in files {
            self.let_file_go(Some(file), !full);
        }
    }

    /// The mark of an item that a member moderated.
    pub(crate) fn moderated_json(&self, group: i64, by: i64, at: Ts) -> Arc<str> {
        let mut j = Js::new();
        j.obj().tag("moderated");
        render::put_ts(&mut j, "deletedTs", at);
        if self.core.members.get(&by).is_some_and(|m| m.group == group) {
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
        render::put_member(j, core, *id, true);
    }
    j.end_arr();
}
