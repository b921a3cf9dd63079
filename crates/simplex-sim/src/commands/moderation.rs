//! Admission of members, support chats, reports and moderation.

use std::sync::Arc;

use super::Answer;
use crate::commands::group_items::member_body;
use crate::content::Content;
use crate::cx::Cx;
use crate::deliver::By;
use crate::json::{Js, Json};
use crate::parser::{ChatRef, DeleteMode, Role, Scope};
use crate::render::{self, Envelope, error};
use crate::state::{Core, Dir, GroupWire, Item, Status};
use crate::time::Ts;

impl Cx<'_> {
    pub(super) fn accept_member(&mut self, group: i64, member: i64, role: Role) -> Answer {
        let user = self.group_of(group)?;
        let m = self.group_member(group, member)?;
        let (pending, mid, profile) = (m.pending(), m.member_id.clone(), m.profile.clone());
        self.need_role(group, Role::Moderator)?;
        if !pending {
            return Err(error::command(
                "member should be pending approval and invitee, or pending review and not invitee",
            ));
        }
        self.tell_group(group, Scope::Support(Some(member)), GroupWire::Accepted { member: mid, role });
        self.admit(group, member, role);
        self.member_note(By { user, group, member }, Scope::Main, Self::connected_body(), true);
        let answer = self.answer("memberAccepted", user, |j, core| {
            render::put_group_and_member(j, core, group, member);
        });
        let at = ChatRef::Group(group, Scope::Support(Some(member)));
        let body = member_body(true, "you accepted this member", "memberAccepted", member, &profile, |_| {});
        let item = self.own_item(Dir::GroupSnd, body);
        self.add_with_event(user, at, &item);
        self.introduce_admitted(group, member);
        answer
    }

    /// Notes that a member who waited was admitted.
    pub(crate) fn admit(&mut self, group: i64, member: i64, role: Role) {
        let met = self.group_targets(group, Scope::Support(Some(member))).iter().any(|(id, _)| *id == member);
        self.set_member_role(member, role);
        self.set_member_status(member, if met { "connected" } else { "announced" });
    }

    /// Who invited a member that was admitted introduces it to those who do not know it yet, and sends it the history.
    pub(crate) fn introduce_admitted(&mut self, group: i64, member: i64) {
        if self.core.members.get(&member).is_some_and(|m| m.category == "invitee") {
            self.introduce(group, member);
            self.send_history(group, member);
        }
    }

    pub(super) fn support_chats(&mut self, name: &str) -> Answer {
        let group = self.group_by_name(name)?;
        let user = self.active()?;
        self.answer("memberSupportChats", user, |j, core| {
            render::put_group_info(j, core, group);
            j.key("members").arr();
            let ids: Vec<i64> =
                core.members.of(group).filter(|m| m.category != "user" && m.support.is_some()).map(|m| m.id).collect();
            for id in ids {
                render::put_member(j, core, id, true);
            }
            j.end_arr();
        })
    }

    pub(super) fn delete_member_support(&mut self, group: i64, member: i64) -> Answer {
        let user = self.group_of(group)?;
        let m = self.group_member(group, member)?;
        if m.support.is_none() {
            return Err(error::command("member has no support chat"));
        }
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
        if let Some(mut m) = self.core.members.get_mut(&member) {
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
        if !self.group_has(group, "reports") {
            return Err(error::command("feature not allowed Member reports"));
        }
        let content = Content::report(text, reason);
        let (quote_ref, quote) = self.quote(chat, item, &content)?;
        let mut draft = crate::commands::messages::Draft::plain(content);
        draft.quote = Some(quote);
        draft.quote_ref = Some(quote_ref);
        let at = ChatRef::Group(group, Scope::Support(None));
        let item = self.post(at, draft);
        self.items_answer(user, at, &[item])
    }

    /// Deletes messages for everybody, as a moderator; reports, which only moderators have, for those.
    pub(super) fn moderate(&mut self, group: i64, items: &[i64], of: Scope) -> Answer {
        let user = self.group_of(group)?;
        let now = self.sh.tick();
        let own = self.own_member(group).map(|m| (m.id, m.role, m.member_id.clone()));
        let (own, own_role, own_id) = own.unwrap_or((0, Role::Observer, "".into()));
        let (mut found, mut errors) = (Vec::new(), Vec::new());
        for id in items {
            let place = self.group_item_chat(group, *id);
            let Some((chat, item)) = place.and_then(|at| Some((at, self.core.item(at, *id)?))) else {
                errors.push(error::item_not_found(*id));
                continue;
            };
            let author = match item.dir {
                Dir::GroupRcv(m) => self.core.members.get(&m).filter(|m| own_role >= m.role).map(|m| &m.member_id),
                _ => Some(&own_id),
            };
            found.push(item.shared.clone().zip(author.cloned()).map(|(shared, author)| (chat, *id, shared, author)));
        }
        self.emit_errors(&errors);
        let Some(found) = found.into_iter().collect::<Option<Vec<_>>>() else {
            return Err(error::chat("invalidChatItemDelete"));
        };
        self.need_role(group, Role::Moderator)?;
        for (_, _, shared, author) in &found {
            self.tell_group(group, of, GroupWire::Moderate { shared: shared.clone(), author: author.clone() });
        }
        let shared: Vec<Arc<str>> = found.iter().map(|f| f.2.clone()).collect();
        self.archive_reports(group, &shared, own, true);
        let mut list = Vec::new();
        for (chat, id, ..) in found {
            list.extend(self.moderate_here(chat, group, id, own, now));
        }
        self.deleted_answer(user, group, &list)
    }

    /// The answer about deleted items of a group, which does not say in which part of it they were.
    fn deleted_answer(&mut self, user: i64, group: i64, list: &[(Item, Option<Item>)]) -> Answer {
        let now = self.sh.now;
        let answer = self.answer("chatItemsDeleted", user, |j, core| {
            let chat = ChatRef::Group(group, Scope::Main);
            crate::commands::items::put_deletions(j, core, chat, list, true, false, now);
        });
        self.let_files_of(list);
        answer
    }

    /// Deletes reports that the user received as a moderator.
    pub(super) fn delete_reports(&mut self, group: i64, items: &[i64], mode: DeleteMode) -> Answer {
        let user = self.group_of(group)?;
        if mode == DeleteMode::Broadcast {
            self.only_reports(group, items)?;
            return self.moderate(group, items, Scope::Support(None));
        }
        let missing = items.iter().filter(|id| self.group_item_chat(group, **id).is_none());
        let missing: Vec<Envelope> = missing.map(|id| error::item_not_found(*id)).collect();
        self.emit_errors(&missing);
        self.only_reports(group, items)?;
        let (now, mut list) = (self.sh.tick(), Vec::new());
        for id in items {
            let Some(chat) = self.group_item_chat(group, *id) else { continue };
            list.extend(self.delete_here(chat, *id, mode == DeleteMode::InternalMark, now, None));
        }
        self.deleted_answer(user, group, &list)
    }

    fn only_reports(&self, group: i64, items: &[i64]) -> Result<(), Envelope> {
        let found = |id: &i64| self.core.chat(self.group_item_chat(group, *id)?)?.item(*id);
        match items.iter().filter_map(found).all(received_report) {
            true => Ok(()),
            false => Err(error::command("some items are not received reports")),
        }
    }

    /// Marks all reports that the user received as a moderator as dealt with.
    pub(super) fn archive_received(&mut self, group: i64) -> Answer {
        let user = self.group_of(group)?;
        let own = self.own_id(group);
        let ids = self.archive(group, own, received_report);
        self.answer("groupChatItemsDeleted", user, |j, core| put_archived(j, core, group, &ids, own, true))
    }

    /// Marks an item as moderated; returns it as it was and as it is now. If the moderator's deletions are full, only
    /// the mark is left of it.
    pub(crate) fn moderate_here(
        &mut self,
        chat: ChatRef,
        group: i64,
        id: i64,
        by: i64,
        at: Ts,
    ) -> Option<(Item, Option<Item>)> {
        let json = self.moderated_json(group, by, at);
        let (before, mut after) = self.delete_here(chat, id, true, at, Some(&json))?;
        if self.deletes_fully(group, by) {
            let item = self.core.item_mut(chat, id)?;
            item.leave_mark();
            after = Some(item.clone());
            if before.status == Status::RcvNew {
                self.less_in_support(chat, before.dir, before.user_mention);
            }
        }
        Some((before, after))
    }

    /// Marks the reports about moderated messages as dealt with.
    pub(crate) fn archive_reports(&mut self, group: i64, of: &[Arc<str>], by: i64, by_user: bool) {
        let about = |item: &Item| item.quote.as_ref().and_then(|q| q.shared.as_ref()).is_some_and(|s| of.contains(s));
        let ids = self.archive(group, by, about);
        if let (false, Some(user)) = (ids.is_empty(), self.core.groups.get(&group).map(|g| g.user)) {
            self.event("groupChatItemsDeleted", user, |j, core| put_archived(j, core, group, &ids, by, by_user));
        }
    }

    fn archive(&mut self, group: i64, by: i64, which: impl Fn(&Item) -> bool) -> Vec<i64> {
        let json = self.moderated_json(group, by, self.sh.now);
        let Some(g) = self.core.groups.get_mut(&group) else { return Vec::new() };
        let mut ids = Vec::new();
        for item in g.support.values_mut().flat_map(|c| &mut c.items) {
            if item.deleted.is_none() && is_report(item) && which(item) {
                item.deleted = Some(json.clone());
                ids.push(item.id);
            }
        }
        ids
    }

    pub(super) fn reaction_members(&mut self, group: i64, item: i64, reaction: &Json) -> Answer {
        let user = self.group_of(group)?;
        let chat = ChatRef::Group(group, Scope::Main);
        let Some(found) = self.core.item(chat, item) else {
            return Err(error::item_not_found(item));
        };
        let own = self.own_id(group);
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

fn is_report(item: &Item) -> bool {
    item.content().is_some_and(|c| &*c.kind == "report")
}

fn received_report(item: &Item) -> bool {
    is_report(item) && !item.dir.sent()
}

fn put_archived(j: &mut Js, core: &Core, group: i64, ids: &[i64], by: i64, by_user: bool) {
    render::put_group_info(j, core, group);
    j.nums("chatItemIDs", ids.iter().copied()).bool("byUser", by_user).key("member_");
    render::put_member(j, core, by, true);
}
