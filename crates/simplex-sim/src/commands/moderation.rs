//! Admission of members, support chats, reports and moderation.

use super::Answer;
use crate::commands::group_items::{group_event, put_plain_profile};
use crate::content::Content;
use crate::cx::Cx;
use crate::json::{Js, Json};
use crate::parser::{ChatRef, Role, Scope};
use crate::render::{self, error};
use crate::state::{Dir, GroupWire, Item, Wire};
use crate::time::Ts;

impl Cx<'_> {
    pub(super) fn accept_member(&mut self, group: i64, member: i64, role: Role) -> Answer {
        let user = self.group_of(group)?;
        let Some(m) = self.core.members.get(&member).filter(|m| m.group == group) else {
            return Err(error::store_id("groupMemberNotFound", "groupMemberId", member));
        };
        if !m.pending() {
            return Err(error::command(
                "member should be pending approval and invitee, or pending review and not invitee",
            ));
        }
        let (mid, profile) = (m.member_id.clone(), m.profile.clone());
        if let Some(m) = self.core.members.get_mut(&member) {
            m.role = role;
        }
        if let Some(conn) = self.core.members.get(&member).and_then(|m| m.conn) {
            let wire = GroupWire::Accepted { member: mid, role };
            self.send(conn, Wire::Group(Box::new(wire)));
        }
        self.set_member_status(member, "connected");
        let body = group_event(false, "connected", |j| {
            j.tag("memberConnected");
        });
        self.member_note(user, group, Scope::Main, member, body, true);
        let answer = self.answer("memberAccepted", user, |j, core| {
            render::put_group_and_member(j, core, group, member);
        });
        let at = ChatRef::Group(group, Scope::Support(Some(member)));
        let body = group_event(true, "you accepted this member", |j| {
            j.tag("memberAccepted").num("groupMemberId", member).key("profile");
            put_plain_profile(j, &profile);
        });
        let item = self.own_item(Dir::GroupSnd, body);
        self.add_item(at, item.clone());
        self.event_new_items(user, at, &[item]);
        self.introduce(group, member);
        answer
    }

    pub(super) fn support_chats(&mut self, name: &str) -> Answer {
        let group = self.group_by_name(name)?;
        let user = self.active()?;
        self.answer("memberSupportChats", user, |j, core| {
            j.key("groupInfo");
            render::put_group(j, core, group);
            j.key("members").arr();
            let ids: Vec<i64> = core
                .members
                .values()
                .filter(|m| m.group == group && m.category != "user" && m.support.is_some())
                .map(|m| m.id)
                .collect();
            for id in ids {
                j.elem("");
                render::put_member(j, core, id, true);
            }
            j.end_arr();
        })
    }

    pub(super) fn delete_member_support(&mut self, group: i64, member: i64) -> Answer {
        let user = self.group_of(group)?;
        let Some(m) = self.core.members.get(&member).filter(|m| m.group == group) else {
            return Err(error::store_id("groupMemberNotFound", "groupMemberId", member));
        };
        if m.pending() {
            return Err(error::command("member is pending"));
        }
        self.drop_support(group, member);
        self.answer("memberSupportChatDeleted", user, |j, core| {
            render::put_group_and_member(j, core, group, member);
        })
    }

    /// Deletes the messages of a member's support chat. According to the core's sources, this happens when a member
    /// leaves, too.
    pub(crate) fn drop_support(&mut self, group: i64, member: i64) {
        if let Some(m) = self.core.members.get_mut(&member) {
            m.support = None;
        }
        if let Some(g) = self.core.groups.get_mut(&group) {
            g.support.remove(&Some(member));
        }
    }

    /// Reports a message to the moderators.
    pub(super) fn report(&mut self, group: i64, item: i64, reason: &str, text: &str) -> Answer {
        let chat = ChatRef::Group(group, Scope::Main);
        let user = self.group_of(group)?;
        let allowed = self.core.groups.get(&group).is_some_and(|g| render::group_pref(&g.profile, "reports").on);
        if !allowed {
            return Err(error::command("feature not allowed Member reports"));
        }
        let (quote_ref, quote) = self.quote(chat, item)?;
        let mut j = Js::new();
        j.obj().tag("report").str("text", text).str("reason", reason).end();
        let Some(content) = Json::parse(&j.done()).as_ref().and_then(Content::read) else {
            return Err(error::command("Failed reading: empty"));
        };
        let mut draft = crate::commands::messages::Draft::plain(content);
        draft.quote = Some(quote);
        draft.quote_ref = Some(quote_ref);
        let at = ChatRef::Group(group, Scope::Support(None));
        let item = self.post(at, draft);
        self.items_answer(user, at, &[item])
    }

    /// Deletes messages of members for everybody.
    pub(super) fn moderate(&mut self, group: i64, items: &[i64]) -> Answer {
        let user = self.group_of(group)?;
        self.need_role(group, Role::Moderator)?;
        let chat = ChatRef::Group(group, Scope::Main);
        let now = self.sh.tick();
        let full = self.core.groups.get(&group).is_some_and(|g| render::group_pref(&g.profile, "fullDelete").on);
        let mut list: Vec<(Item, Option<Item>)> = Vec::new();
        for id in items {
            let found = render::chat(self.core, chat).and_then(|c| c.item(*id));
            let Some((shared, dir)) = found.and_then(|i| i.shared.clone().map(|s| (s, i.dir))) else {
                return Err(error::store_id("chatItemNotFound", "itemId", *id));
            };
            let Dir::GroupRcv(author) = dir else { return Err(error::chat("invalidChatItemDelete")) };
            let author_id = self.core.members.get(&author).map(|m| m.member_id.clone()).unwrap_or_else(|| "".into());
            let json = self.moderated_json(group, None, now);
            list.extend(self.delete_here(chat, *id, !full, now, Some(&json)));
            let wire = Wire::Group(Box::new(GroupWire::Moderate { shared, author: author_id }));
            self.tell_group(group, Scope::Main, &wire);
        }
        let now = self.sh.now;
        self.answer("chatItemsDeleted", user, |j, core| {
            crate::commands::items::put_deletions(j, core, chat, &list, true, false, now);
        })
    }

    pub(super) fn reaction_members(&mut self, group: i64, item: i64, reaction: &Json) -> Answer {
        let user = self.group_of(group)?;
        let chat = ChatRef::Group(group, Scope::Main);
        let Some(found) = render::chat(self.core, chat).and_then(|c| c.item(item)) else {
            return Err(error::store_id("chatItemNotFound", "itemId", item));
        };
        let own = self.core.groups.get(&group).map_or(0, |g| g.membership);
        let mut given: Vec<(i64, Ts)> = Vec::new();
        if let Some(r) = found.reactions.iter().find(|r| r.reaction == *reaction) {
            given.extend(r.others.iter().copied());
            given.extend(r.mine.map(|ts| (own, ts)));
        }
        given.sort_by_key(|g| g.1);
        self.answer("reactionMembers", user, |j, core| {
            j.key("memberReactions").arr();
            for (m, ts) in given {
                j.obj().key("groupMember");
                render::put_member(j, core, m, true);
                render::put_ts(j, "reactionTs", ts);
                j.end();
            }
            j.end_arr();
        })
    }
}
