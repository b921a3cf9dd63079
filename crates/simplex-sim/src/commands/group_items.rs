//! Items that the core itself adds to groups.

use std::sync::Arc;

use crate::content::{Profile, titled};
use crate::cx::Cx;
use crate::ids;
use crate::json::Js;
use crate::parser::{ChatRef, GroupProfile, Role, Scope};
use crate::render::{self, GROUP_FEATURES};
use crate::state::{Body, Dir, Item, Status};
use crate::time::Ts;

pub(crate) const GROUP_E2EE: &str = "This conversation is protected by end-to-end encryption with perfect forward \
                                     secrecy, repudiation and break-in recovery.";

/// A group invitation, as items hold it.
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
        let group = titled(&self.profile.display_name, &self.profile.full_name);
        let text = format!("{verb} invitation to join group {group} as {}", self.role.as_str());
        Body::Own { text: text.into(), json: j.done().into() }
    }
}

impl Cx<'_> {
    pub(crate) fn banner(&mut self, dir: Dir) -> Item {
        let now = self.sh.tick();
        let id = self.core.new_item_id();
        let body = Body::Own { text: "chat banner".into(), json: r#"{"type":"chatBanner"}"#.into() };
        Item::new(id, dir, Ts(0), body, Status::SndNew, now)
    }

    /// The items that the core adds to a new group, or to a part of it: encryption, features. A prepared group shows its
    /// features already.
    pub(crate) fn group_first_items(&mut self, user: i64, id: i64, scope: Scope, dir: Dir) {
        let at = ChatRef::Group(id, scope);
        let Some(prepared) = self.core.groups.get(&id).map(|g| g.prepared.is_some()) else { return };
        let tag = if dir.sent() { "sndGroupE2EEInfo" } else { "rcvGroupE2EEInfo" };
        let json = format!(r#"{{"type":"{tag}","e2eeInfo":{{"pqEnabled":false}}}}"#);
        let e2ee = self.own_item(dir, Body::Own { text: GROUP_E2EE.into(), json: json.into() });
        self.add_with_event(user, at, &e2ee);
        if !prepared {
            let features = self.group_feature_items(id, scope, dir);
            self.event_new_items(user, at, &features);
        }
    }

    /// Stores the items about a group's features, and returns them.
    pub(crate) fn group_feature_items(&mut self, id: i64, scope: Scope, dir: Dir) -> Vec<Item> {
        let Some(profile) = self.core.groups.get(&id).map(|g| Arc::clone(&g.profile)) else { return Vec::new() };
        let mut features = Vec::new();
        for i in 0..render::SHOWN_FEATURES {
            let item = self.own_item(dir, group_feature_body(dir.sent(), i, &profile));
            self.add_item(ChatRef::Group(id, scope), item.clone());
            features.push(item);
        }
        features
    }

    /// Stores an item about something that the user did in a group, and emits an event.
    pub(crate) fn group_note(&mut self, user: i64, group: i64, body: Body) -> Arc<str> {
        self.group_notes(user, group, vec![body]).pop().unwrap_or_else(|| "".into())
    }

    /// Like [`Self::group_note`], for several things done at once: one event.
    pub(crate) fn group_notes(&mut self, user: i64, group: i64, bodies: Vec<Body>) -> Vec<Arc<str>> {
        self.scope_notes(user, group, Scope::Main, bodies)
    }

    /// Like [`Self::group_notes`], in a part of a group.
    pub(crate) fn scope_notes(&mut self, user: i64, group: i64, scope: Scope, bodies: Vec<Body>) -> Vec<Arc<str>> {
        let at = ChatRef::Group(group, scope);
        let mut items = Vec::with_capacity(bodies.len());
        for body in bodies {
            let mut item = self.own_item(Dir::GroupSnd, body);
            item.shared = Some(ids::id16(&mut self.sh.rng));
            self.add_item(at, item.clone());
            items.push(item);
        }
        if !items.is_empty() {
            self.event_new_items(user, at, &items);
        }
        items.into_iter().filter_map(|i| i.shared).collect()
    }
}

/// An item about an event in a group.
pub(crate) fn group_event(sent: bool, text: &str, tag: &str, more: impl FnOnce(&mut Js)) -> Body {
    let kind = if sent { "sndGroupEvent" } else { "rcvGroupEvent" };
    let mut j = Js::new();
    j.obj().tag(kind).key(kind).obj().tag(tag);
    more(&mut j);
    j.end().end();
    Body::Own { text: text.into(), json: j.done().into() }
}

/// An item about what somebody did to a member.
pub(crate) fn member_body(
    sent: bool,
    text: &str,
    tag: &str,
    member: i64,
    profile: &Profile,
    more: impl FnOnce(&mut Js),
) -> Body {
    group_event(sent, text, tag, |j| {
        j.num("groupMemberId", member).key("profile");
        put_plain_profile(j, profile);
        more(j);
    })
}

pub(crate) fn role_body(sent: bool, member: i64, profile: &Profile, role: Role) -> Body {
    let text = format!("changed role of {} to {}", profile.titled(), role.as_str());
    member_body(sent, &text, "memberRole", member, profile, |j| {
        j.str("role", role.as_str());
    })
}

pub(crate) fn blocked_body(sent: bool, member: i64, profile: &Profile, blocked: bool) -> Body {
    let verb = if blocked { "blocked" } else { "unblocked" };
    member_body(sent, &format!("{verb} {}", profile.titled()), "memberBlocked", member, profile, |j| {
        j.bool("blocked", blocked);
    })
}

pub(crate) fn removed_body(sent: bool, member: i64, profile: &Profile) -> Body {
    member_body(sent, &format!("removed {}", profile.titled()), "memberDeleted", member, profile, |_| {})
}

pub(crate) fn group_feature_body(sent: bool, i: usize, profile: &GroupProfile) -> Body {
    let (name, title, ..) = GROUP_FEATURES.get(i).copied().unwrap_or(GROUP_FEATURES[0]);
    let pref = render::group_pref(profile, name);
    let state = if pref.on { "on" } else { "off" };
    let mut text = format!("{title}: {state}");
    if let (true, Some(ttl)) = (pref.on && name == "timedMessages", pref.ttl) {
        text.push_str(&format!(" ({})", crate::commands::contacts::duration_text(ttl)));
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

/// A profile without preferences, as in events about members.
pub(crate) fn put_plain_profile(j: &mut Js, p: &Profile) {
    j.obj();
    p.put_members(j, false);
    j.end();
}

/// An item that says that the group's profile changed.
pub(crate) fn updated_body(sent: bool, profile: &GroupProfile) -> Body {
    group_event(sent, "group profile updated", "groupUpdated", |j| {
        j.key("groupProfile");
        render::put_group_profile(j, profile);
    })
}
