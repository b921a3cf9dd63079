//! Groups: making them, inviting, joining, leaving.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Answer;
use super::users::check_name;
use crate::commands::group_items::{Invitation, group_event};
use crate::content::Profile;
use crate::cx::Cx;
use crate::ids;
use crate::parser::{ChatRef, GroupProfile, Role, Scope};
use crate::render::{self, Envelope, error};
use crate::state::{Body, Chat, ConnStatus, Core, Dir, Group, GroupWire, InvitedBy, Member, MemberInfo};

/// How somebody was invited to a group.
pub(crate) struct Invited {
    pub member_id: Arc<str>,
    pub role: Role,
    pub status: &'static str,
    pub by: InvitedBy,
    /// The row of the member who invited.
    pub host: i64,
}

impl Cx<'_> {
    pub(crate) fn group_of(&self, id: i64) -> Result<i64, Envelope> {
        let user = self.active()?;
        match self.core.groups.get(&id) {
            Some(g) if g.user == user => Ok(user),
            _ => Err(error::group_not_found(id)),
        }
    }

    pub(crate) fn own_member(&self, group: i64) -> Option<&Member> {
        self.core.members.get(&self.core.groups.get(&group)?.membership)
    }

    /// The id of the user's own membership.
    pub(crate) fn own_id(&self, group: i64) -> i64 {
        self.core.groups.get(&group).map_or(0, |g| g.membership)
    }

    pub(super) fn role_error(&mut self, group: i64, role: Role) -> Envelope {
        error::chat_with("groupUserRole", |j| {
            render::put_group_info(j, self.core, group);
            j.str("requiredRole", role.as_str());
        })
    }

    pub(crate) fn need_role(&mut self, group: i64, role: Role) -> Result<(), Envelope> {
        let own = self.own_member(group).map(|m| (m.role, m.status));
        match own {
            Some((own, status)) if own >= role => match status {
                "invited" => Err(error::chat_with("groupNotJoined", |j| {
                    render::put_group_info(j, self.core, group);
                })),
                "left" | "removed" | "deleted" => Err(error::chat("groupMemberUserRemoved")),
                "accepted" => Err(error::chat("groupMemberNotActive")),
                _ => Ok(()),
            },
            _ => Err(self.role_error(group, role)),
        }
    }

    pub(crate) fn group_by_name(&self, name: &str) -> Result<i64, Envelope> {
        let user = self.active()?;
        self.core
            .groups
            .values()
            .find(|g| g.user == user && g.name == name)
            .map(|g| g.id)
            .ok_or_else(|| error::store_str("groupNotFoundByName", "groupName", name))
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
        let id = self.add_group(user, Arc::new(profile), None, own);
        let at = ChatRef::Group(id, Scope::Main);
        let banner = self.banner(Dir::GroupSnd);
        self.add_with_event(user, at, &banner);
        let answer = self.group_answer("groupCreated", user, id);
        self.group_first_items(user, id, Scope::Main, Dir::GroupSnd);
        answer
    }

    /// Adds a group, in which the user is its owner or as it was invited.
    pub(crate) fn add_group(
        &mut self,
        user: i64,
        profile: Arc<GroupProfile>,
        invited: Option<Invited>,
        incognito: Option<(i64, Profile)>,
    ) -> i64 {
        let now = self.sh.tick();
        let id = Core::next(&self.core.groups);
        let name = self.free_name(user, &profile.display_name);
        // The row of the host who invited the user comes first.
        let membership = invited.as_ref().map_or_else(|| self.core.members.next(), |i| i.host + 1);
        let (own_contact, own_profile, own_name, shown) = match self.core.users.get(&user) {
            Some(u) => (u.contact, u.profile_id, u.name.clone(), Arc::new(u.profile.clone())),
            None => return 0,
        };
        let invited_by_member = invited.as_ref().map(|i| i.host);
        let Invited { member_id, role, status, by, .. } = invited.unwrap_or_else(|| Invited {
            member_id: ids::id16(&mut self.sh.rng),
            role: Role::Owner,
            status: "creator",
            by: InvitedBy::User,
            host: 0,
        });
        let (profile_id, mname, mprofile) = match incognito {
            Some((pid, p)) => (pid, p.display_name.clone(), Arc::new(p)),
            None => (own_profile, own_name, shown),
        };
        self.core.members.insert(Member {
            id: membership,
            group: id,
            index: 0,
            member_id,
            role,
            category: "user",
            status,
            show: true,
            blocked: false,
            invited_by: by,
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
            shown: Default::default(),
        });
        self.core.groups.insert(
            id,
            Group {
                id,
                user,
                name,
                profile: profile.into(),
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
                asked_by: None,
                via_link: None,
                profile_changed: false,
                chat: Chat::default(),
                support: Default::default(),
                prepared: None,
                invited_by: None,
            },
        );
        id
    }

    pub(super) fn add_to_group(&mut self, group: i64, contact: i64, role: Role) -> Answer {
        let user = self.group_of(group)?;
        let Some(c) = self.core.contacts.get(&contact).filter(|c| c.user == user) else {
            return Err(error::contact_not_found(contact));
        };
        let info = (c.profile.clone(), c.name.clone());
        self.need_role(group, Role::Admin.max(role.min(Role::Owner)))?;
        let existing = self
            .core
            .members
            .of(group)
            .find(|m| m.contact == Some(contact) && m.category != "user")
            .map(|m| (m.id, m.status));
        if existing.is_some_and(|(_, status)| !matches!(status, "invited" | "left" | "removed" | "deleted")) {
            return Err(error::chat_str("groupDuplicateMember", "contactName", &info.1));
        }
        self.may_send(contact)?;
        let own = self.own_member(group).map(|m| m.id);
        let member = match existing {
            Some((id, "invited")) => {
                self.set_member_role(id, role);
                id
            }
            _ => {
                let info = MemberInfo { member_id: ids::id16(&mut self.sh.rng), role, profile: info.0 };
                self.add_member(group, info, "invitee", "invited", own, Some(contact))
            }
        };
        let answer = self.answer("sentGroupInvitation", user, |j, core| {
            render::put_group_info(j, core, group);
            j.key("contact");
            render::put_contact(j, core, contact);
            j.key("member");
            render::put_member(j, core, member, true);
        });
        self.send_invitation(user, group, contact, member);
        answer
    }

    /// Sends an invitation to a contact that is already a member, or sends it again.
    pub(super) fn send_invitation(&mut self, user: i64, group: i64, contact: i64, member: i64) {
        let conn = match self.core.members.get(&member).and_then(|m| m.conn) {
            Some(c) => c,
            None => self.member_conn(member, ConnStatus::New),
        };
        let Some(g) = self.core.groups.get(&group) else { return };
        let (profile, business) = (Arc::clone(&g.profile), g.business.clone());
        let m = self.core.members.get(&member);
        let Some((member_id, role, name)) = m.map(|m| (m.member_id.clone(), m.role, m.name.clone())) else { return };
        let body =
            Invitation { sent: true, group, member, name: &name, profile: &profile, role, status: "pending" }.body();
        let at = ChatRef::Direct(contact);
        let mut item = self.own_item(Dir::DirectSnd, body);
        let shared = ids::id16(&mut self.sh.rng);
        item.shared = Some(shared.clone());
        self.add_with_event(user, at, &item);
        let contact_conn = self.core.contacts.get(&contact).and_then(|c| c.conn);
        if let (Some(k), Some(host)) = (contact_conn, self.own_info(group)) {
            let (invited, answer_at) = ((member_id, role), (self.me, conn));
            let wire = GroupWire::Invite { profile, host, invited, answer_at, shared, business };
            self.send_items(k, wire, vec![item.id]);
        }
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
        let host = self.core.members.of(group).find(|m| m.category == "host").map(|m| m.id);
        if let Some(host) = host {
            let conn = self.member_conn(host, ConnStatus::Joined);
            self.set_conn(conn, |c| c.peer = Some(peer));
            self.send(conn, GroupWire::Accept { from: (self.me, conn) });
        }
        self.invitation_became(user, contact, group, "accepted");
        self.group_answer("userAcceptedGroupSent", user, group)
    }

    pub(super) fn leave_group(&mut self, group: i64) -> Answer {
        let user = self.group_of(group)?;
        let body = group_event(true, "left", "userLeft", |_| {});
        let shared = self.group_note(user, group, body);
        self.tell_group(group, Scope::Main, GroupWire::Leave { shared });
        self.set_membership(group, "left");
        let answer = self.group_answer("leftMemberUser", user, group);
        self.drop_group_link(group);
        let conns = self.group_conns(group);
        self.flush_and_delete(conns);
        answer
    }

    pub(crate) fn group_conns(&self, group: i64) -> Vec<i64> {
        self.core.members.of(group).filter_map(|m| m.conn).collect()
    }

    /// `/_delete #…`
    pub(super) fn delete_group(&mut self, group: i64) -> Answer {
        let user = self.group_of(group)?;
        let current = self.own_member(group).is_some_and(|m| m.current());
        let owner = self.own_member(group).is_some_and(|m| m.role == Role::Owner);
        if current && !owner {
            return Err(self.role_error(group, Role::Owner));
        }
        if current {
            let shared = ids::id16(&mut self.sh.rng);
            self.tell_group(group, Scope::Main, GroupWire::Delete { shared });
        }
        if let Some((contact, _)) = self.core.groups.get(&group).and_then(|g| g.invited_by) {
            self.invitation_became(user, contact, group, "rejected");
        }
        let answer = self.group_answer("groupDeletedUser", user, group);
        self.drop_group_link(group);
        let conns = self.group_conns(group);
        self.flush_and_delete(conns);
        for c in self.group_conns(group) {
            self.core.remove_conn(c);
        }
        self.core.groups.remove(&group);
        self.let_files_go(|chat| matches!(chat, ChatRef::Group(id, _) if id == group));
        let gone = self.core.members.remove_group(group);
        for c in self.core.contacts.values_mut().filter(|c| gone.iter().any(|m| c.member == Some(m.id))) {
            c.member = None;
            c.cached = None;
        }
        // Contacts and members of other groups may share their profile.
        let mut kept: BTreeSet<i64> = self.core.contacts.values().map(|c| c.profile_id).collect();
        kept.extend(self.core.members.values().map(|m| m.profile_id));
        for m in gone.iter().filter(|m| !kept.contains(&m.profile_id)) {
            self.core.profile_ids.remove(&m.profile_id);
        }
        answer
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
                // 6.4.5.1 wraps the group; 7.0.2 does not.
                render::put_group(j, core, id);
            }
            j.end_arr();
        })
    }

    pub(super) fn group_info(&mut self, group: i64) -> Answer {
        let user = self.group_of(group)?;
        self.answer("groupInfo", user, |j, core| {
            render::put_group_info(j, core, group);
            j.key("groupSummary").obj().num("currentMembers", core.members.count(group)).end();
        })
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

    /// Updates the newest invitation to a group with its outcome.
    fn invitation_became(&mut self, user: i64, contact: i64, group: i64, status: &str) {
        let at = ChatRef::Direct(contact);
        let now = self.sh.tick();
        let of_group = format!("\"groupId\":{group},");
        let Some(chat) = self.core.chat_mut(at) else { return };
        for item in chat.items.iter_mut().rev() {
            let Body::Own { json, .. } = &mut item.body else { continue };
            if !json.contains("rcvGroupInvitation") || !json.contains(&of_group) {
                continue;
            }
            *json = json.replace("\"status\":\"pending\"", &format!("\"status\":\"{status}\"")).into();
            let copy = item.clone();
            self.event("chatItemUpdated", user, |j, core| {
                j.key("chatItem");
                render::put_item_in_chat(j, core, at, &copy, now);
            });
            return;
        }
    }

    pub(crate) fn set_membership(&mut self, group: i64, status: &'static str) {
        let now = self.sh.tick();
        let id = self.core.groups.get(&group).map(|g| g.membership);
        if let Some(mut m) = id.and_then(|id| self.core.members.get_mut(&id)) {
            m.status = status;
            m.updated = now;
        }
    }
}
