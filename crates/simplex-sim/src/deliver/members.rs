//! Roles, blocks, removals, departures, and changes of the group itself.

use std::sync::Arc;

use crate::commands::group_items::{
    blocked_body, group_event, group_feature_body, put_plain_profile, removed_body, role_body, updated_body,
};
use crate::commands::group_profile::{changed_features, same_but_preferences};
use crate::content::Profile;
use crate::cx::Cx;
use crate::deliver::{By, Place, Sent};
use crate::parser::{ChatRef, GroupProfile, Role, Scope};
use crate::render;
use crate::state::{Dir, EarlyModeration, Item};
use crate::time::Ts;

impl Cx<'_> {
    pub(super) fn on_role(&mut self, by: By, id: &str, role: Role, sent: Sent) {
        let By { user, group, .. } = by;
        let Some(member) = self.by_member_id(group, id) else { return };
        let own = self.own_id(group) == member;
        let Some(mut m) = self.core.members.get_mut(&member) else { return };
        let (from, profile) = (std::mem::replace(&mut m.role, role), m.profile.clone());
        drop(m);
        let body = if own {
            group_event(false, &format!("changed your role to {}", role.as_str()), "userRole", |j| {
                j.str("role", role.as_str());
            })
        } else {
            role_body(false, member, &profile, role)
        };
        self.member_item(by, Scope::Main, body, !own, Some(sent));
        self.event("memberRole", user, |j, core| {
            render::put_group_and(j, core, group, &[("byMember", by.member), ("member", member)]);
            j.str("fromRole", from.as_str()).str("toRole", role.as_str());
        });
    }

    pub(super) fn on_block(&mut self, by: By, id: &str, blocked: bool, sent: Sent) {
        let By { user, group, .. } = by;
        let Some(member) = self.by_member_id(group, id) else { return };
        let Some(mut m) = self.core.members.get_mut(&member) else { return };
        m.blocked = blocked;
        let profile = m.profile.clone();
        drop(m);
        self.member_item(by, Scope::Main, blocked_body(false, member, &profile, blocked), true, Some(sent));
        self.event("memberBlockedForAll", user, |j, core| {
            render::put_group_and(j, core, group, &[("byMember", by.member), ("member", member)]);
            j.bool("blocked", blocked);
        });
    }

    pub(super) fn on_remove(&mut self, by: By, id: &str, messages: bool, sent: Sent) {
        let By { user, group, .. } = by;
        let Some(member) = self.by_member_id(group, id) else { return };
        let own = self.own_id(group) == member;
        if own {
            if messages {
                self.moderate_all(group, Dir::GroupSnd, by.member);
            }
            let body = group_event(false, "removed you", "userDeleted", |_| {});
            let scope = self.scope_with(group, by.member);
            self.member_item(by, scope, body, false, Some(sent));
            self.set_membership(group, "removed");
            self.event("deletedMemberUser", user, |j, core| {
                render::put_group_and_member(j, core, group, by.member);
                j.bool("withMessages", messages);
            });
            self.drop_group_link(group);
            let conns = self.group_conns(group);
            self.delete_conns(&conns);
            return;
        }
        let Some(profile) = self.core.members.get(&member).map(|m| m.profile.clone()) else { return };
        if messages {
            self.moderate_all(group, Dir::GroupRcv(member), by.member);
        }
        self.member_item(by, Scope::Main, removed_body(false, member, &profile), true, Some(sent));
        self.set_member_status(member, "removed");
        self.event("deletedMember", user, |j, core| {
            render::put_group_and(j, core, group, &[("byMember", by.member), ("deletedMember", member)]);
            j.bool("withMessages", messages);
        });
        self.drop_support(group, member);
        if let Some(c) = self.core.members.get(&member).and_then(|m| m.conn) {
            self.delete_conns(&[c]);
        }
    }

    pub(super) fn on_leave(&mut self, by: By, sent: Sent) {
        let By { group, member, .. } = by;
        let body = group_event(false, "left", "memberLeft", |_| {});
        let scope = self.scope_with(group, member);
        self.member_item(by, scope, body, true, Some(sent));
        self.set_member_status(member, "left");
        self.member_event("leftMember", by);
        self.drop_support(group, member);
        self.emit(render::error::no_connection());
        if let Some(c) = self.core.members.get(&member).and_then(|m| m.conn) {
            self.delete_conns(&[c]);
        }
    }

    pub(super) fn on_group_deleted(&mut self, by: By, sent: Sent) {
        let group = by.group;
        let body = group_event(false, "deleted group", "groupDeleted", |_| {});
        self.member_item(by, Scope::Main, body, false, Some(sent));
        self.set_membership(group, "deleted");
        self.member_event("groupDeleted", by);
        self.drop_group_link(group);
        let conns = self.group_conns(group);
        self.delete_conns(&conns);
    }

    pub(super) fn on_group_info(&mut self, by: By, profile: Arc<GroupProfile>, sent: Sent) {
        let By { user, group, member } = by;
        let from = render::group_json(self.core, group);
        if self.core.groups.get(&group).is_none_or(|g| *g.profile == profile) {
            return;
        }
        let Some(old) = self.change_group(group, profile.clone()) else { return };
        self.event("groupUpdated", user, |j, core| {
            j.raw("fromGroup", &from).key("toGroup");
            render::put_group(j, core, group);
            j.key("member_");
            render::put_member(j, core, member, true);
        });
        let features = changed_features(&old, &profile);
        if !same_but_preferences(&old, &profile) {
            let body = updated_body(false, &profile);
            self.member_item(by, Scope::Main, body, true, Some(sent));
        }
        for i in features {
            let item = self.own_item(Dir::GroupRcv(member), group_feature_body(false, i, &profile));
            let chat = ChatRef::Group(group, Scope::Main);
            self.add_with_event(user, chat, &item);
        }
    }

    pub(super) fn on_moderate(&mut self, by: By, shared: Arc<str>, author: Arc<str>, at: Ts) {
        let By { user, group, member: by } = by;
        let main = ChatRef::Group(group, Scope::Main);
        if !self.may_moderate(group, by, &author) {
            return;
        }
        let at = at.whole_second();
        let Some((chat, id)) = self.find_in(main, &shared) else {
            // The message is on its way: the deletion is remembered for it.
            if let Some(chat) = self.core.chat_mut(main) {
                chat.early_moderations.push(EarlyModeration { shared, author, by, at });
            }
            return;
        };
        self.sh.tick();
        let Some(pair) = self.moderate_here(chat, group, id, by, at) else { return };
        let list = [pair];
        self.deleted_event(user, chat, &list, false);
        self.let_files_of(&list);
        self.archive_reports(group, &[shared], by, false);
    }

    /// Whether a member may delete messages of an author for everybody.
    fn may_moderate(&self, group: i64, by: i64, author: &str) -> bool {
        let of = self.by_member_id(group, author).and_then(|id| self.core.members.get(&id)).map(|m| m.role);
        self.core.members.get(&by).is_some_and(|m| m.role >= of.unwrap_or(Role::Observer).max(Role::Moderator))
    }

    /// A moderator's deletion that came before the message: it arrives deleted.
    pub(super) fn moderated_early(&mut self, p: Place, item: &Item) -> bool {
        // A prohibited message is not looked for.
        if item.content().is_none() {
            return false;
        }
        let (ChatRef::Group(group, _), Dir::GroupRcv(author)) = (p.chat, p.dir) else { return false };
        let Some(author) = self.core.members.get(&author).filter(|m| !m.blocked).map(|m| m.member_id.clone()) else {
            return false;
        };
        let Some(chat) = self.core.chat_mut(ChatRef::Group(group, Scope::Main)) else { return false };
        let same = |e: &EarlyModeration| Some(&e.shared) == item.shared.as_ref() && e.author == author;
        let Some(at) = chat.early_moderations.iter().position(same) else { return false };
        let early = chat.early_moderations.remove(at);
        if !self.may_moderate(group, early.by, &author) {
            return false;
        }
        let Some((before, Some(after))) = self.moderate_here(p.chat, group, item.id, early.by, early.at) else {
            return false;
        };
        let (marked, list) = (after.content().is_some(), [(before, Some(after.clone()))]);
        if marked {
            self.deleted_event(p.user, p.chat, &list, false);
        } else {
            self.event_new_items(p.user, p.chat, &[after]);
        }
        self.let_files_of(&list);
        true
    }

    pub(super) fn on_member_profile(&mut self, by: By, profile: Arc<Profile>) {
        let By { user, group, member } = by;
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
        if let Some(mut m) = self.core.members.get_mut(&member) {
            m.profile = profile.clone();
            m.name = name;
        }
        let body = group_event(false, "updated profile", "memberProfileUpdated", |j| {
            j.key("fromProfile");
            put_plain_profile(j, &old);
            j.key("toProfile");
            put_plain_profile(j, &profile);
        });
        self.member_note(by, Scope::Main, body, true);
        self.event("groupMemberUpdated", user, |j, core| {
            render::put_group_info(j, core, group);
            j.key("fromMember");
            render::put_member_of(j, core, &before, true);
            j.key("toMember");
            render::put_member(j, core, member, true);
        });
    }
}
