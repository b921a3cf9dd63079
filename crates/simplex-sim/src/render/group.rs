//! Groups and their members.

use super::{put_conn, put_link, put_local_profile, put_settings, put_ts};
use crate::json::{Js, Json};
use crate::parser::{GroupProfile, Role, Scope};
use crate::state::{ConnStatus, Core, InvitedBy, Member, UserLink};

/// The features of a group in the core's order: name, title, whether it is on by default.
pub(crate) const GROUP_FEATURES: [(&str, &str, bool); 10] = [
    ("timedMessages", "Disappearing messages", false),
    ("directMessages", "Direct messages", false),
    ("fullDelete", "Full deletion", false),
    ("reactions", "Message reactions", true),
    ("voice", "Voice messages", true),
    ("files", "Files and media", true),
    ("simplexLinks", "SimpleX links", true),
    ("reports", "Member reports", true),
    ("history", "Recent history", false),
    ("sessions", "Chat sessions", false),
];

/// How many of these features, the first ones, a group has items about.
pub(crate) const SHOWN_FEATURES: usize = 9;

/// The title of a feature, as people see it.
pub(crate) fn group_feature_title(feature: &str) -> &'static str {
    GROUP_FEATURES.iter().find(|f| f.0 == feature).map_or("", |f| f.1)
}

/// The setting of a feature in a group's profile.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct GroupPref {
    pub on: bool,
    pub role: Option<String>,
    pub ttl: Option<i64>,
}

pub(crate) fn group_pref(profile: &GroupProfile, name: &str) -> GroupPref {
    let default = GROUP_FEATURES.iter().find(|f| f.0 == name).is_some_and(|f| f.2);
    let p = profile.preferences.as_ref().and_then(|p| p.get(name));
    let on = p.and_then(|p| p.get("enable")).and_then(Json::str).map_or(default, |e| e == "on");
    let role = p.and_then(|p| p.get("role")).and_then(Json::str).map(str::to_owned);
    let mut ttl = p.and_then(|p| p.get("ttl")).and_then(Json::int);
    if name == "timedMessages" && p.is_none() {
        ttl = Some(86_400);
    }
    GroupPref { on, role, ttl }
}

pub(crate) fn put_group_pref(j: &mut Js, p: &GroupPref) {
    j.obj()
        .str("enable", if p.on { "on" } else { "off" })
        .opt_num("ttl", p.ttl)
        .opt_str("role", p.role.as_deref())
        .end();
}

pub(crate) fn put_group_profile(j: &mut Js, p: &GroupProfile) {
    j.obj()
        .str("displayName", &p.display_name)
        .str("fullName", &p.full_name)
        .opt_str("shortDescr", p.short_descr.as_deref())
        .opt_str("description", p.description.as_deref())
        .opt_str("image", p.image.as_deref());
    for (k, v) in &p.other {
        j.json(k, v);
    }
    j.opt_json("groupPreferences", p.preferences.as_ref()).opt_json("memberAdmission", p.admission.as_ref()).end();
}

pub(crate) fn put_full_prefs(j: &mut Js, p: &GroupProfile) {
    j.obj();
    for (name, ..) in GROUP_FEATURES.iter().take(SHOWN_FEATURES) {
        j.key(name);
        put_group_pref(j, &group_pref(p, name));
    }
    // Only in 7.0.2.
    j.raw("support", r#"{"enable":"on"}"#);
    j.key("sessions");
    put_group_pref(j, &group_pref(p, "sessions"));
    j.raw("comments", r#"{"enable":"off"}"#).raw("signMessages", r#"{"enable":"off"}"#);
    match p.preferences.as_ref().and_then(|p| p.get("commands")) {
        Some(c) => j.json("commands", c),
        None => j.raw("commands", "[]"),
    };
    j.end();
}

pub(crate) fn put_group(j: &mut Js, core: &Core, id: i64) {
    let Some(g) = core.groups.get(&id) else {
        j.obj().end();
        return;
    };
    j.obj().num("groupId", g.id).bool("useRelays", false).str("localDisplayName", &g.name).key("groupProfile");
    j.value(&g.profile.json);
    j.str("localAlias", &g.alias).opt_raw("businessChat", g.business.as_deref());
    j.raw("fullGroupPreferences", &g.profile.preferences);
    j.key("membership");
    put_membership(j, core, g.membership);
    put_settings(j, &g.settings);
    put_ts(j, "createdAt", g.created);
    put_ts(j, "updatedAt", g.updated);
    put_ts(j, "chatTs", g.chat_ts);
    put_ts(j, "userMemberProfileSentAt", g.created);
    j.nums("chatTags", g.tags.iter().copied()).opt_num("chatItemTTL", g.ttl).opt_json("customData", g.custom.as_ref());
    if let Some(p) = &g.prepared {
        j.key("preparedGroup").obj().key("connLinkToConnect");
        put_link(j, &p.full, Some(&p.short));
        j.bool("connLinkPreparedConnection", p.started)
            .bool("connLinkStartedConnection", p.started)
            .opt_str("welcomeSharedMsgId", p.welcome_shared.as_deref())
            .opt_str("requestSharedMsgId", p.request_shared.as_deref())
            .end();
    }
    let mut attention = 0;
    for m in core.members.noted(id) {
        // Whoever invited a member counts it once it is there.
        let ready = || m.conn.and_then(|c| core.conns.get(&c)).is_some_and(|c| c.status == ConnStatus::Ready);
        let waits = m.pending() && (m.category != "invitee" || ready());
        let asks = waits || m.current() && m.support.is_some_and(|s| s.attention > 0);
        attention += i64::from(m.category != "user" && asks);
    }
    j.key("groupSummary").obj().num("currentMembers", core.members.count(id)).end();
    j.num("membersRequireAttention", attention);
    j.opt_str("viaGroupLinkUri", g.via_link.as_deref()).end();
}

/// A group as it is now, to be shown beside what becomes of it.
pub(crate) fn group_json(core: &Core, id: i64) -> String {
    let mut j = Js::new();
    put_group(&mut j, core, id);
    j.done()
}

/// A group and one of its members, which begin most answers and events about members.
pub(crate) fn put_group_and_member(j: &mut Js, core: &Core, group: i64, member: i64) {
    put_group_and(j, core, group, &[("member", member)]);
}

/// A group, which begins most answers and events about it.
pub(crate) fn put_group_info(j: &mut Js, core: &Core, group: i64) {
    j.key("groupInfo");
    put_group(j, core, group);
}

/// A group and members of it, each under its name.
pub(crate) fn put_group_and(j: &mut Js, core: &Core, group: i64, members: &[(&str, i64)]) {
    put_group_info(j, core, group);
    for (name, id) in members {
        j.key(name);
        put_member(j, core, *id, true);
    }
}

/// The user's own membership, as it was written before if it has not changed.
fn put_membership(j: &mut Js, core: &Core, id: i64) {
    let plain = |m: &&Member| {
        let alias = m.contact.and_then(|c| core.contacts.get(&c)).map(|c| &*c.alias);
        m.conn.is_none() && alias.is_none_or(str::is_empty)
    };
    let Some(m) = core.members.get(&id).filter(plain) else { return put_member(j, core, id, true) };
    let shown = m.shown.get_or_init(|| {
        let mut j = Js::new();
        put_member_of(&mut j, core, m, true);
        j.done().into()
    });
    j.value(shown);
}

/// A member; its connection is left out where the core does not load it.
pub(crate) fn put_member(j: &mut Js, core: &Core, id: i64, with_conn: bool) {
    let Some(m) = core.members.get(&id) else {
        j.obj().end();
        return;
    };
    put_member_of(j, core, m, with_conn);
}

pub(crate) fn put_member_of(j: &mut Js, core: &Core, m: &Member, with_conn: bool) {
    j.obj()
        .num("groupMemberId", m.id)
        .num("groupId", m.group)
        .num("indexInGroup", m.index)
        .str("memberId", &m.member_id)
        .str("memberRole", m.role.as_str())
        .str("memberCategory", m.category)
        .str("memberStatus", m.status)
        .key("memberSettings")
        .obj()
        .bool("showMessages", m.show)
        .end()
        .bool("blockedByAdmin", m.blocked)
        .key("invitedBy")
        .obj();
    match m.invited_by {
        InvitedBy::User => j.tag("user"),
        InvitedBy::Contact(id) => j.tag("contact").num("byContactId", id),
        InvitedBy::Unknown => j.tag("unknown"),
    };
    j.end()
        .opt_num("invitedByGroupMemberId", m.invited_by_member)
        .str("localDisplayName", &m.name)
        .key("memberProfile");
    let alias = m.contact.and_then(|c| core.contacts.get(&c)).map(|c| c.alias.clone()).unwrap_or_default();
    put_local_profile(j, m.profile_id, &m.profile, &alias);
    j.opt_num("memberContactId", m.contact).num("memberContactProfileId", m.contact_profile);
    if let Some(c) = m.conn.filter(|_| with_conn).and_then(|c| core.conns.get(&c)) {
        j.key("activeConn");
        put_conn(j, c, core.before_7);
    }
    j.key("memberChatVRange").obj().num("minVersion", 1).num("maxVersion", m.version).end();
    put_ts(j, "createdAt", m.created);
    put_ts(j, "updatedAt", m.updated);
    if let Some(s) = m.support {
        j.key("supportChat").obj();
        put_ts(j, "chatTs", s.ts);
        j.num("unread", s.unread).num("memberAttention", s.attention).num("mentions", s.mentions);
        if let Some(ts) = s.last_from_member {
            put_ts(j, "lastMsgFromMemberTs", ts);
        }
        j.end();
    }
    j.end();
}

/// The scope of a group chat: nothing for the group itself.
pub(crate) fn put_scope(j: &mut Js, core: &Core, scope: Scope) {
    if let Scope::Support(member) = scope {
        j.key("groupChatScope").obj().tag("memberSupport");
        if let Some(id) = member {
            j.key("groupMember_");
            put_member(j, core, id, true);
        }
        j.end();
    }
}

pub(crate) fn put_group_link(j: &mut Js, l: &UserLink) {
    let (id, role) = l.group.as_ref().map_or(("", Role::Member), |(_, id, role)| (id, *role));
    j.obj().num("userContactLinkId", l.id).key("connLinkContact");
    put_link(j, &l.full, Some(&l.short));
    j.bool("shortLinkDataSet", true)
        .bool("shortLinkLargeDataSet", true)
        .str("groupLinkId", id)
        .str("acceptMemberRole", role.as_str())
        .end();
}
