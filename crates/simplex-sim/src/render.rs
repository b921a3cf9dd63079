//! The JSON of the core's concepts, one builder for each. Everything that 7.0.2 requires is present; nothing is `null`.

mod contact;
pub(crate) mod error;
mod file;
mod group;
mod item;

use std::sync::Arc;

pub(crate) use contact::*;
pub(crate) use file::*;
pub(crate) use group::*;
pub(crate) use item::*;

use crate::json::Js;
use crate::state::{Core, User, UserFlags};
use crate::time::Ts;

/// A whole answer or event: its envelope is `result` or `error`.
pub(crate) type Envelope = String;

/// Begins `{"result":{"type":…`.
pub(crate) fn result(tag: &str) -> Js {
    result_in(String::with_capacity(4096), tag)
}

/// Like [`result`], in the memory of a text that is not needed any more.
pub(crate) fn result_in(memory: String, tag: &str) -> Js {
    let mut j = Js::again(memory);
    j.obj().key("result").obj().tag(tag);
    j
}

/// Ends what [`result`] began.
pub(crate) fn finish(mut j: Js) -> Envelope {
    j.end().end();
    j.done()
}

/// An answer or event without fields.
pub(crate) fn bare(tag: &str) -> Envelope {
    finish(result(tag))
}

/// Begins an answer about a user.
pub(crate) fn of_user(tag: &str, user: &str) -> Js {
    let mut j = result(tag);
    j.raw("user", user);
    j
}

/// A time as the core writes it.
pub(crate) fn put_ts(j: &mut Js, k: &str, ts: Ts) {
    j.key(k);
    let buf = j.buf();
    buf.push('"');
    ts.write(buf);
    buf.push('"');
}

/// A user of a core, from its cache if nothing changed.
pub(crate) fn user_json(core: &mut Core, id: i64) -> Arc<str> {
    let active = core.active == Some(id);
    let Some(user) = core.users.get_mut(&id) else { return Arc::from("{}") };
    if let Some(cached) = &user.cached {
        return cached.clone();
    }
    let text: Arc<str> = put_user(user, user.flags, active).into();
    user.cached = Some(text.clone());
    text
}

/// A user as answers show it: with the settings that the core holds in memory.
pub(crate) fn user_in_memory(core: &mut Core, id: i64) -> Arc<str> {
    let active = core.active == Some(id);
    match core.users.get(&id).and_then(|u| Some((u, u.in_memory?))) {
        Some((u, flags)) => put_user(u, flags, active).into(),
        None => user_json(core, id),
    }
}

fn put_user(u: &User, flags: UserFlags, active: bool) -> String {
    let mut j = Js::new();
    j.obj()
        .num("userId", u.id)
        .str("agentUserId", &u.id.to_string())
        .num("userContactId", u.contact)
        .str("localDisplayName", &u.name);
    j.key("profile");
    put_local_profile(&mut j, u.profile_id, &u.profile, "");
    j.key("fullPreferences");
    u.profile.preferences.clone().unwrap_or_default().full().put(&mut j);
    j.bool("activeUser", active).num("activeOrder", u.order);
    if let Some(pwd) = &u.hidden {
        j.key("viewPwdHash").obj().str("hash", &crate::ids::fake_hash(pwd)).str("salt", "c2ltdWxhdGVk").end();
    }
    j.bool("showNtfs", u.show_ntfs)
        .bool("sendRcptsContacts", flags.rcpts_contacts)
        .bool("sendRcptsSmallGroups", flags.rcpts_groups)
        .bool("autoAcceptMemberContacts", flags.auto_accept_member_contacts);
    if let Some(ts) = u.profile_updated {
        put_ts(&mut j, "userMemberProfileUpdatedAt", ts);
    }
    j.bool("userChatRelay", false).bool("clientService", false).end();
    j.done()
}

/// A profile with its id in the database and the alias that the user gave it.
pub(crate) fn put_local_profile(j: &mut Js, id: i64, p: &crate::content::Profile, alias: &str) {
    j.obj().num("profileId", id);
    p.put_members(j, true);
    j.str("localAlias", alias).end();
}

/// The numbers of a chat's unread items, as lists show them.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Stats {
    pub unread: usize,
    pub mentions: usize,
    pub reports: usize,
    pub min_unread: i64,
    pub flag: bool,
}

pub(crate) fn put_stats(j: &mut Js, s: Stats) {
    j.key("chatStats")
        .obj()
        .num("unreadCount", s.unread)
        .num("unreadMentions", s.mentions)
        .num("reportsCount", s.reports)
        .num("minUnreadItemId", s.min_unread)
        .bool("unreadChat", s.flag)
        .end();
}
