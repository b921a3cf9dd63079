//! A group's profile, links, reviews, moderation, and direct talks between its members.

use std::sync::Arc;

use super::Answer;
use super::groups::{group_event, group_feature_body, put_plain_profile};
use super::users::check_name;
use crate::content::Content;
use crate::deliver_group::{changed_features, same_but_preferences, updated_body};
use crate::ids;
use crate::json::{Js, Json};
use crate::network::{Cx, Target, TargetKind};
use crate::parser::{ChatRef, GroupProfile, Role, Scope};
use crate::render::{self, Envelope, GROUP_FEATURES, error};
use crate::state::{Body, ConnStatus, Core, Dir, Entity, GroupWire, Item, Status, UserLink, Wire};
use crate::time::Ts;

impl Cx<'_> {
    /// Changes a group's profile here; gives the old one.
    pub(crate) fn change_group(&mut self, group: i64, profile: Arc<GroupProfile>) -> Option<Arc<GroupProfile>> {
        let now = self.sh.tick();
        let (user, old_name) = self.core.groups.get(&group).map(|g| (g.user, g.profile.display_name.clone()))?;
        let name = (old_name != profile.display_name).then(|| self.free_name(user, &profile.display_name));
        let g = self.core.groups.get_mut(&group)?;
        let old = std::mem::replace(&mut g.profile, profile);
        if let Some(name) = name {
            g.name = name;
        }
        g.updated = now;
        Some(old)
    }

    pub(super) fn set_group_profile(&mut self, group: i64, profile: GroupProfile) -> Answer {
        let user = self.group_of(group)?;
        self.need_role(group, Role::Owner)?;
        check_name(&profile.display_name)?;
        let profile = Arc::new(profile);
        let mut from = Js::new();
        render::put_group(&mut from, self.core, group);
        let from = from.done();
        let Some(old) = self.change_group(group, profile.clone()) else {
            return Err(error::store_id("groupNotFound", "groupId", group));
        };
        let shared = ids::id16(&mut self.sh.rng);
        let wire = Wire::Group(Box::new(GroupWire::Info { profile: profile.clone(), shared: shared.clone() }));
        self.tell_group(group, Scope::Main, &wire);
        self.refresh_group_link(group);
        let answer = self.answer("groupUpdated", user, |j, core| {
            j.raw("fromGroup", &from).key("toGroup");
            render::put_group(j, core, group);
        });
        let features = changed_features(&old, &profile);
        let at = ChatRef::Group(group, Scope::Main);
        if !same_but_preferences(&old, &profile) || !features.is_empty() {
            let mut item = self.own_item(Dir::GroupSnd, updated_body(true, &profile));
            item.shared = Some(shared);
            self.add_item(at, item.clone());
            self.event_new_items(user, at, &[item]);
        }
        for i in features {
            let item = self.own_item(Dir::GroupSnd, group_feature_body(true, i, &profile));
            self.add_item(at, item.clone());
            self.event_new_items(user, at, &[item]);
        }
        answer
    }

    fn edit_profile(&mut self, name: &str, edit: impl FnOnce(&mut GroupProfile)) -> Answer {
        let group = self.group_by_name(name)?;
        let Some(mut p) = self.core.groups.get(&group).map(|g| (*g.profile).clone()) else {
            return Err(error::store_id("groupNotFound", "groupId", group));
        };
        edit(&mut p);
        self.set_group_profile(group, p)
    }

    pub(super) fn show_group_profile(&mut self, name: &str) -> Answer {
        let group = self.group_by_name(name)?;
        let user = self.active()?;
        self.answer("groupProfile", user, |j, core| {
            j.key("groupInfo");
            render::put_group(j, core, group);
        })
    }

    pub(super) fn rename_group(&mut self, name: &str, to: &str, full: &str) -> Answer {
        self.edit_profile(name, |p| {
            p.display_name = to.to_owned();
            p.full_name = full.to_owned();
        })
    }

    pub(super) fn set_welcome(&mut self, name: &str, text: Option<String>) -> Answer {
        self.edit_profile(name, |p| p.description = text)
    }

    pub(super) fn show_welcome(&mut self, name: &str) -> Answer {
        let group = self.group_by_name(name)?;
        let user = self.active()?;
        self.answer("groupDescription", user, |j, core| {
            j.key("groupInfo");
            render::put_group(j, core, group);
        })
    }

    pub(super) fn set_group_feature(
        &mut self,
        feature: &str,
        name: &str,
        on: bool,
        role: Option<Role>,
        ttl: Option<i64>,
    ) -> Answer {
        self.edit_profile(name, |p| {
            // The core writes all features out once one is set by name.
            let mut members = Vec::new();
            for (f, ..) in GROUP_FEATURES {
                let mut pref = render::group_pref(p, f);
                if f == feature {
                    pref.on = on;
                    pref.role = role.map(|r| r.as_str().to_owned());
                    pref.ttl = ttl.or(pref.ttl);
                }
                let mut j = Js::new();
                render::put_group_pref(&mut j, &pref);
                members.push((f.to_owned(), Json::parse(&j.done()).unwrap_or(Json::Null)));
            }
            let commands = p.preferences.as_ref().and_then(|p| p.get("commands")).cloned();
            members.push(("commands".into(), commands.unwrap_or(Json::Arr(Vec::new()))));
            p.preferences = Some(Json::Obj(members));
        })
    }

    pub(super) fn set_admission(&mut self, name: &str, all: bool) -> Answer {
        self.edit_profile(name, |p| {
            p.admission = all.then(|| Json::Obj(vec![("review".into(), Json::Str("all".into()))]));
        })
    }

    fn group_link(&mut self, group: i64) -> Result<i64, Envelope> {
        let found =
            self.core.links.values().find(|l| l.group.as_ref().is_some_and(|(g, ..)| *g == group)).map(|l| l.id);
        found.ok_or_else(|| {
            let mut j = Js::new();
            j.obj().key("error").obj().tag("errorStore").key("storeError").obj().tag("groupLinkNotFound");
            j.key("groupInfo");
            render::put_group(&mut j, self.core, group);
            j.end().end().end();
            j.done()
        })
    }

    fn initial_role(&mut self, group: i64, role: Role) -> Result<(), Envelope> {
        if role > Role::Member {
            return Err(error::chat_with("groupMemberInitialRole", |j| {
                j.key("groupInfo");
                render::put_group(j, self.core, group);
                j.str("initialRole", role.as_str());
            }));
        }
        Ok(())
    }

    pub(super) fn create_group_link(&mut self, group: i64, role: Role) -> Answer {
        let user = self.group_of(group)?;
        self.need_role(group, Role::Admin)?;
        self.initial_role(group, role)?;
        if self.group_link(group).is_ok() {
            return Err(error::store_with("duplicateGroupLink", |j| {
                j.key("groupInfo");
                render::put_group(j, self.core, group);
            }));
        }
        self.use_network(user)?;
        let link_id: Arc<str> = ids::link_id(&mut self.sh.rng).into();
        let server = self.server(user);
        let links = ids::links(&mut self.sh.rng, &server, false, Some(&link_id));
        let id = Core::next(&self.core.links);
        let conn = self.new_conn(user, Entity::Link(id), ConnStatus::Ready);
        let profile = self.wire_profile(user, None);
        let target = Target {
            core: self.me,
            conn,
            full: links.full.clone(),
            short: links.short.clone(),
            kind: TargetKind::Group,
            profile,
            group: Some((self.group_profile_json(group), link_id.clone())),
            business: false,
            message: None,
        };
        self.sh.links.insert(links.queue.clone(), target.clone());
        self.sh.links.insert(links.short_queue.clone(), target);
        self.core.links.insert(
            id,
            UserLink {
                id,
                user,
                conn,
                full: links.full,
                short: links.short,
                queue: links.queue,
                short_queue: links.short_queue,
                settings: Default::default(),
                group: Some((group, link_id, role)),
            },
        );
        self.group_link_answer("groupLinkCreated", user, group, id)
    }

    fn group_profile_json(&self, group: i64) -> Arc<str> {
        let mut j = Js::new();
        if let Some(g) = self.core.groups.get(&group) {
            render::put_group_profile(&mut j, &g.profile);
        }
        j.done().into()
    }

    /// What short links show follows the group's profile.
    fn refresh_group_link(&mut self, group: i64) {
        let json = self.group_profile_json(group);
        let conn =
            self.core.links.values().find(|l| l.group.as_ref().is_some_and(|(g, ..)| *g == group)).map(|l| l.conn);
        let me = self.me;
        for t in self.sh.links.values_mut().filter(|t| t.core == me && Some(t.conn) == conn) {
            if let Some((p, _)) = &mut t.group {
                *p = json.clone();
            }
        }
    }

    fn group_link_answer(&mut self, tag: &str, user: i64, group: i64, id: i64) -> Answer {
        self.answer(tag, user, |j, core| {
            j.key("groupInfo");
            render::put_group(j, core, group);
            j.key("groupLink");
            if let Some(l) = core.links.get(&id) {
                render::put_group_link(j, l);
            }
        })
    }

    pub(super) fn set_group_link_role(&mut self, group: i64, role: Role) -> Answer {
        let user = self.group_of(group)?;
        let id = self.group_link(group)?;
        self.initial_role(group, role)?;
        if let Some((_, _, r)) = self.core.links.get_mut(&id).and_then(|l| l.group.as_mut()) {
            *r = role;
        }
        self.group_link_answer("groupLink", user, group, id)
    }

    pub(super) fn get_group_link(&mut self, group: i64) -> Answer {
        let user = self.group_of(group)?;
        let id = self.group_link(group)?;
        self.group_link_answer("groupLink", user, group, id)
    }

    pub(super) fn delete_group_link(&mut self, group: i64) -> Answer {
        let user = self.group_of(group)?;
        self.group_link(group)?;
        self.drop_group_link(group);
        self.answer("groupLinkDeleted", user, |j, core| {
            j.key("groupInfo");
            render::put_group(j, core, group);
        })
    }

    pub(crate) fn drop_group_link(&mut self, group: i64) {
        let Ok(id) = self.group_link(group) else { return };
        if let Some(l) = self.core.links.remove(&id) {
            self.sh.links.remove(&l.queue);
            self.sh.links.remove(&l.short_queue);
            self.delete_conn(l.conn);
        }
    }

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
            self.send(conn, Wire::Group(Box::new(wire)), None);
        }
        self.set_member_status(member, "connected");
        let body = group_event(false, "connected", |j| {
            j.tag("memberConnected");
        });
        self.member_note(user, group, Scope::Main, member, body, true);
        let answer = self.answer("memberAccepted", user, |j, core| {
            j.key("groupInfo");
            render::put_group(j, core, group);
            j.key("member");
            render::put_member(j, core, member, true);
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
        let Some(m) = self.core.members.get_mut(&member).filter(|m| m.group == group) else {
            return Err(error::store_id("groupMemberNotFound", "groupMemberId", member));
        };
        if m.pending() {
            return Err(error::command("member is pending"));
        }
        m.support = None;
        if let Some(g) = self.core.groups.get_mut(&group) {
            g.support.remove(&Some(member));
        }
        self.answer("memberSupportChatDeleted", user, |j, core| {
            j.key("groupInfo");
            render::put_group(j, core, group);
            j.key("member");
            render::put_member(j, core, member, true);
        })
    }

    /// Tells the moderators of a message.
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
        let mut draft = super::messages::Draft::plain(content);
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
            let found = render::chat(self.core, chat).and_then(|c| c.items.iter().find(|i| i.id == *id));
            let Some((shared, dir)) = found.and_then(|i| i.shared.clone().map(|s| (s, i.dir))) else {
                return Err(error::store_id("chatItemNotFound", "itemId", *id));
            };
            let Dir::GroupRcv(author) = dir else { return Err(error::chat("invalidChatItemDelete")) };
            let author_id = self.core.members.get(&author).map(|m| m.member_id.clone()).unwrap_or_else(|| "".into());
            let json = self.moderated_json(None, now);
            list.extend(self.delete_here(chat, *id, !full, now, Some(&json)));
            let wire = Wire::Group(Box::new(GroupWire::Moderate { shared, author: author_id }));
            self.tell_group(group, Scope::Main, &wire);
        }
        let now = self.sh.now;
        self.answer("chatItemsDeleted", user, |j, core| {
            super::messages::put_deletions(j, core, chat, &list, true, false, now);
        })
    }

    pub(super) fn reaction_members(&mut self, group: i64, item: i64, reaction: &Json) -> Answer {
        let user = self.group_of(group)?;
        let chat = ChatRef::Group(group, Scope::Main);
        let Some(found) = render::chat(self.core, chat).and_then(|c| c.items.iter().find(|i| i.id == item)) else {
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

    /// The code that both ends of a connection show.
    fn code_of(&mut self, conn: i64) -> String {
        if let Some(code) = self.core.conns.get(&conn).and_then(|c| c.own_code.clone()) {
            return code;
        }
        let Some((core, peer)) = self.core.conns.get(&conn).and_then(|c| c.peer) else { return String::new() };
        let (a, b) = ((self.me, conn), (core, peer));
        let code = ids::code(a.min(b), a.max(b));
        if let Some(c) = self.core.conns.get_mut(&conn) {
            c.own_code = Some(code.clone());
        }
        code
    }

    pub(super) fn member_code(&mut self, group: i64, member: i64) -> Answer {
        let user = self.group_of(group)?;
        let conn = self.core.members.get(&member).filter(|m| m.group == group).and_then(|m| m.conn);
        let Some(conn) = conn else {
            return Err(error::store_id("groupMemberNotFound", "groupMemberId", member));
        };
        let code = self.code_of(conn);
        self.answer("groupMemberCode", user, |j, core| {
            j.key("groupInfo");
            render::put_group(j, core, group);
            j.key("member");
            render::put_member(j, core, member, true);
            j.str("connectionCode", &code);
        })
    }

    pub(super) fn verify_member(&mut self, group: i64, member: i64, code: Option<&str>) -> Answer {
        let user = self.group_of(group)?;
        let conn = self.core.members.get(&member).filter(|m| m.group == group).and_then(|m| m.conn);
        let Some(conn) = conn else {
            return Err(error::store_id("groupMemberNotFound", "groupMemberId", member));
        };
        self.verify(user, conn, code)
    }

    fn verify(&mut self, user: i64, conn: i64, code: Option<&str>) -> Answer {
        let expected = self.code_of(conn);
        let now = self.sh.tick();
        let same = code.is_some_and(|c| c.split_whitespace().eq(expected.split_whitespace()));
        self.set_conn(conn, |c| c.code = same.then(|| (expected.clone(), now)));
        self.answer("connectionVerified", user, |j, _| {
            j.bool("verified", same).str("expectedCode", &expected);
        })
    }

    fn contact_conn(&self, contact: i64) -> Result<(i64, i64), Envelope> {
        let user = self.known_chat(ChatRef::Direct(contact))?;
        match self.core.contacts.get(&contact).and_then(|c| c.conn) {
            Some(conn) => Ok((user, conn)),
            None => Err(error::chat_with("contactNotActive", |_| {})),
        }
    }

    pub(super) fn contact_code(&mut self, contact: i64) -> Answer {
        let (user, conn) = self.contact_conn(contact)?;
        let code = self.code_of(conn);
        self.answer("contactCode", user, |j, core| {
            j.key("contact");
            render::put_contact(j, core, contact);
            j.str("connectionCode", &code);
        })
    }

    pub(super) fn verify_contact(&mut self, contact: i64, code: Option<&str>) -> Answer {
        let (user, conn) = self.contact_conn(contact)?;
        self.verify(user, conn, code)
    }

    pub(super) fn contact_info(&mut self, contact: i64) -> Answer {
        let user = self.known_chat(ChatRef::Direct(contact))?;
        if self.core.conn_of(contact).is_some_and(|c| c.status == ConnStatus::Deleted) {
            return Err(error::no_connection());
        }
        self.answer("contactInfo", user, |j, core| {
            j.key("contact");
            render::put_contact(j, core, contact);
            super::groups::put_connection_stats(j, core, core.contacts.get(&contact).and_then(|c| c.conn));
        })
    }

    pub(super) fn create_member_contact(&mut self, group: i64, member: i64) -> Answer {
        let user = self.group_of(group)?;
        let Some(m) = self.core.members.get(&member).filter(|m| m.group == group) else {
            return Err(error::store_id("groupMemberNotFound", "groupMemberId", member));
        };
        let allowed = self.core.groups.get(&group).is_some_and(|g| render::group_pref(&g.profile, "directMessages").on);
        if !allowed {
            return Err(error::command("direct messages not allowed"));
        }
        if m.contact.is_some() || self.core.contacts.values().any(|c| c.member == Some(member)) {
            return Err(error::command("member contact already exists"));
        }
        let contact = self.contact_of_member(user, member);
        let conn = self.new_conn(user, Entity::Contact(contact), ConnStatus::New);
        self.set_conn(conn, |c| {
            c.level = 1;
            c.pq = false;
            c.initiated = true;
        });
        if let Some(c) = self.core.contacts.get_mut(&contact) {
            c.conn = Some(conn);
            c.cached = None;
        }
        let banner = self.banner(Dir::DirectSnd);
        self.add_item(ChatRef::Direct(contact), banner);
        self.answer("newMemberContact", user, |j, core| {
            j.key("contact");
            render::put_contact(j, core, contact);
            j.key("groupInfo");
            render::put_group(j, core, group);
            j.key("member");
            render::put_member(j, core, member, true);
        })
    }

    /// A contact made of a member: it has the member's name and profile.
    pub(crate) fn contact_of_member(&mut self, user: i64, member: i64) -> i64 {
        let Some(m) = self.core.members.get(&member).cloned() else { return 0 };
        let now = self.sh.tick();
        let id = Core::next(&self.core.contacts);
        let mut c = super::users::blank_contact(id, user, &m.name, m.profile_id, m.profile, now);
        c.member = Some(member);
        self.core.contacts.insert(id, c);
        id
    }

    pub(super) fn invite_member_contact(&mut self, contact: i64, content: Option<Content>) -> Answer {
        let user = self.known_chat(ChatRef::Direct(contact))?;
        let Some(c) = self.core.contacts.get_mut(&contact) else { return Err(Self::contact_not_found(contact)) };
        let Some(member) = c.member.filter(|_| !c.grp_inv_sent) else {
            return Err(error::store_id("memberContactGroupMemberNotFound", "contactId", contact));
        };
        c.grp_inv_sent = true;
        c.cached = None;
        let conn = c.conn;
        let Some((group, member_conn)) = self.core.members.get(&member).map(|m| (m.group, m.conn)) else {
            return Err(error::store_id("groupMemberNotFound", "groupMemberId", member));
        };
        if let Some(m) = self.core.members.get_mut(&member) {
            m.contact = Some(contact);
        }
        let answer = self.answer("newMemberContactSentInv", user, |j, core| {
            j.key("contact");
            render::put_contact(j, core, contact);
            j.key("groupInfo");
            render::put_group(j, core, group);
            j.key("member");
            render::put_member(j, core, member, true);
        });
        let mut message = None;
        if let Some(content) = content {
            let at = ChatRef::Direct(contact);
            let now = self.sh.tick();
            let id = self.core.new_item_id();
            let shared = ids::id16(&mut self.sh.rng);
            let mut item = Item::new(id, Dir::DirectSnd, now, Body::Msg(content.clone()), Status::SndNew, now);
            item.shared = Some(shared.clone());
            self.add_item(at, item.clone());
            self.event_new_items(user, at, &[item]);
            message = Some((shared, content));
        }
        if let (Some(mc), Some(conn)) = (member_conn, conn) {
            let me = self.me;
            let wire = GroupWire::DirectInvite { from: (me, conn), message };
            self.send(mc, Wire::Group(Box::new(wire)), None);
        }
        answer
    }

    /// A member wants to talk directly.
    pub(crate) fn on_direct_invite(
        &mut self,
        user: i64,
        group: i64,
        member: i64,
        from: (crate::state::CoreId, i64),
        message: Option<(Arc<str>, Content)>,
        at: Ts,
    ) {
        let contact = match self.core.members.get(&member).and_then(|m| m.contact) {
            Some(c) => c,
            None => self.contact_of_member(user, member),
        };
        if let Some(c) = self.core.contacts.get_mut(&contact) {
            c.member = None;
        }
        let conn = self.new_conn(user, Entity::Contact(contact), ConnStatus::Prepared);
        self.set_conn(conn, |c| {
            c.level = 1;
            c.pq = false;
            c.peer = Some(from);
        });
        if let Some(c) = self.core.contacts.get_mut(&contact) {
            c.conn = Some(conn);
            c.group_inv = Some((group, member));
            c.cached = None;
        }
        if let Some(m) = self.core.members.get_mut(&member) {
            m.contact = Some(contact);
        }
        let chat = ChatRef::Direct(contact);
        let banner = self.banner(Dir::DirectSnd);
        self.add_item(chat, banner.clone());
        self.event_new_items(user, chat, &[banner]);
        let profile = self.core.groups.get(&group).map(|g| g.profile.clone());
        if let Some(profile) = profile {
            let mut j = Js::new();
            j.obj().tag("rcvDirectEvent").key("rcvDirectEvent").obj().tag("groupInvLinkReceived").key("groupProfile");
            render::put_group_profile(&mut j, &profile);
            j.end().end();
            let text = format!("requested connection from group {}", profile.display_name);
            let mut item = self.own_item(Dir::DirectRcv, Body::Own { text: text.into(), json: j.done().into() });
            item.status = Status::RcvNew;
            self.add_item(chat, item.clone());
            self.event_new_items(user, chat, &[item]);
        }
        let body = group_event(false, "started direct connection with you", |j| {
            j.tag("memberCreatedContact");
        });
        self.member_note(user, group, Scope::Main, member, body, true);
        self.event("newMemberContactReceivedInv", user, |j, core| {
            j.key("contact");
            render::put_contact(j, core, contact);
            j.key("groupInfo");
            render::put_group(j, core, group);
            j.key("member");
            render::put_member(j, core, member, true);
        });
        if let Some((shared, content)) = message {
            let now = self.sh.tick();
            let id = self.core.new_item_id();
            let mut item = Item::new(id, Dir::DirectRcv, at.whole_second(), Body::Msg(content), Status::RcvNew, now);
            item.shared = Some(shared);
            self.add_item(chat, item.clone());
            self.event_new_items(user, chat, &[item]);
        }
    }

    pub(super) fn accept_member_contact(&mut self, contact: i64) -> Answer {
        let (user, conn) = self.contact_conn(contact)?;
        if self.core.conns.get(&conn).is_none_or(|c| c.status != ConnStatus::Prepared) {
            return Err(error::command("no group direct invitation to accept"));
        }
        self.set_conn(conn, |c| c.status = ConnStatus::SndReady);
        if let Some(c) = self.core.contacts.get_mut(&contact) {
            c.group_inv_started = true;
            c.cached = None;
        }
        let profile = self.wire_profile(user, Some(contact));
        let me = self.me;
        self.send(conn, Wire::Confirm { from: (me, conn), profile }, None);
        self.send(conn, Wire::Hello, None);
        self.answer("memberContactAccepted", user, |j, core| {
            j.key("contact");
            render::put_contact(j, core, contact);
        })
    }

    /// A contact that exists already is connected: through a group, or a prepared one.
    pub(crate) fn on_confirm_again(
        &mut self,
        user: i64,
        conn: i64,
        contact: i64,
        from: (crate::state::CoreId, i64),
        profile: Arc<crate::content::Profile>,
    ) {
        let status = self.core.conns.get(&conn).map(|c| c.status);
        let inviting = status == Some(ConnStatus::New);
        self.set_conn(conn, |c| {
            c.peer = Some(from);
            c.version = 16;
            if c.status != ConnStatus::SndReady {
                c.status = ConnStatus::Requested;
            }
        });
        let mut before = Js::new();
        render::put_contact(&mut before, self.core, contact);
        let before = before.done();
        let from_member = self.core.contacts.get(&contact).is_some_and(|c| c.member.is_some() || c.group_inv.is_some());
        if let Some(c) = self.core.contacts.get_mut(&contact) {
            c.profile = profile;
            c.cached = None;
        }
        self.members_follow(contact);
        if from_member {
            self.event("contactUpdated", user, |j, core| {
                j.raw("fromContact", &before).key("toContact");
                render::put_contact(j, core, contact);
            });
        } else {
            self.contact_event("contactConnecting", user, contact);
        }
        if let Some(c) = self.core.contacts.get_mut(&contact) {
            c.member = None;
            c.grp_inv_sent = false;
            c.cached = None;
        }
        if inviting {
            let profile = self.wire_profile(user, Some(contact));
            let me = self.me;
            self.send(conn, Wire::Confirm { from: (me, conn), profile }, None);
            self.send(conn, Wire::Hello, None);
        } else if status != Some(ConnStatus::SndReady) {
            self.send(conn, Wire::Hello, None);
        }
    }
}
