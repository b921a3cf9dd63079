//! Users, starting and stopping.

use crate::cx::Cx;
use std::sync::Arc;

use super::Answer;
use crate::content::{Profile, valid_name};
use crate::ids;
use crate::render::{self, Envelope, error};
use crate::state::{Chat, Contact, ContactStatus, Core, Notes, User};

/// The contacts that come with the program.
const PRESETS: [(&str, &str, bool); 2] = [
    ("SimpleX Status", "Public status of the servers and of the network", true),
    ("Ask SimpleX Team", "Questions about the program and suggestions", false),
];

impl Cx<'_> {
    pub(super) fn show_user(&mut self) -> Answer {
        let user = self.active()?;
        self.answer("activeUser", user, |_, _| {})
    }

    pub(super) fn list_users(&mut self) -> Answer {
        let mut j = render::result("usersList");
        j.key("users").arr();
        for id in self.core.users.keys().copied().collect::<Vec<_>>() {
            let unread = self.unread_of_user(id);
            let user = render::user_json(self.core, id);
            j.obj().raw("user", &user).num("unreadCount", unread).end();
        }
        j.end_arr();
        Ok(render::finish(j))
    }

    fn unread_of_user(&self, user: i64) -> i64 {
        let direct: usize = self.core.contacts.values().filter(|c| c.user == user).map(|c| c.chat.unread).sum();
        let groups: usize = self.core.groups.values().filter(|g| g.user == user).map(|g| g.chat.unread).sum();
        let n = direct + groups;
        i64::try_from(n).unwrap_or(i64::MAX)
    }

    pub(super) fn version(&mut self) -> Answer {
        let mut j = render::result("versionInfo");
        j.key("versionInfo")
            .obj()
            .str("version", &self.sh.settings.version)
            .str("simplexmqVersion", "6.5.0.1")
            .str("simplexmqCommit", "")
            .end()
            .raw("chatMigrations", "[]")
            .raw("agentMigrations", "[]");
        Ok(render::finish(j))
    }

    pub(super) fn create_user(&mut self, profile: Option<Profile>) -> Answer {
        let mut profile = profile.unwrap_or_else(|| Profile::named(&ids::name(&mut self.sh.rng)));
        check_name(&profile.display_name)?;
        if self.core.users.values().any(|u| u.name == profile.display_name) {
            return Err(error::chat_with("userExists", |j| {
                j.str("contactName", &profile.display_name);
            }));
        }
        profile.contact_link = None;
        let now = self.sh.tick();
        let id = Core::next(&self.core.users);
        let order = self.core.users.values().map(|u| u.order).max().unwrap_or(0) + 1;
        let profile_id = self.core.new_profile_id();
        let contact = Core::next(&self.core.contacts);
        let name = profile.display_name.clone();
        self.core.users.insert(
            id,
            User {
                id,
                contact,
                profile_id,
                name: name.clone(),
                profile: profile.clone(),
                order,
                show_ntfs: true,
                rcpts_contacts: true,
                rcpts_groups: true,
                auto_accept_member_contacts: false,
                profile_updated: None,
                hidden: None,
                ttl: None,
                smp: Vec::new(),
                xftp: Vec::new(),
                cached: None,
                in_memory: None,
            },
        );
        let mut own = blank_contact(contact, id, &name, profile_id, Arc::new(profile), now);
        own.special = true;
        own.used = false;
        self.core.contacts.insert(contact, own);
        for (name, descr, is_bot) in PRESETS {
            let mut p = Profile::named(name);
            p.short_descr = Some(descr.into());
            p.contact_link = Some(ids::links(&mut self.sh.rng, &self.sh.settings.smp, false, None).full);
            p.peer_type = is_bot.then(|| "bot".into());
            let now = self.sh.tick();
            let profile_id = self.core.new_profile_id();
            let contact = Core::next(&self.core.contacts);
            let mut preset = blank_contact(contact, id, name, profile_id, Arc::new(p), now);
            preset.special = true;
            self.core.contacts.insert(contact, preset);
        }
        let folder = Core::next(&self.core.notes);
        let created = now.whole_second();
        self.core.notes.insert(
            folder,
            Notes { id: folder, user: id, created, chat_ts: created, favorite: false, chat: Chat::default() },
        );
        self.make_active(id);
        self.answer("activeUser", id, |_, _| {})
    }

    fn make_active(&mut self, id: i64) {
        self.core.active = Some(id);
        for u in self.core.users.values_mut() {
            u.in_memory = None;
            u.cached = None;
        }
    }

    pub(super) fn set_active_user(&mut self, id: i64, password: Option<&str>) -> Answer {
        let order = self.core.users.values().map(|u| u.order).max().unwrap_or(0) + 1;
        let Some(user) = self.core.users.get_mut(&id) else {
            return Err(error::store_id("userNotFound", "userId", id));
        };
        if user.hidden.as_deref().is_some_and(|h| password != Some(h)) {
            return Err(error::chat("userUnknown"));
        }
        if self.core.active != Some(id) {
            user.order = order;
        }
        self.make_active(id);
        self.answer("activeUser", id, |_, _| {})
    }

    fn user_row(&mut self, id: i64) -> Result<&mut User, Envelope> {
        self.core.users.get_mut(&id).ok_or_else(|| error::store_id("userNotFound", "userId", id))
    }

    fn user_privacy(&mut self, id: i64) -> Answer {
        let active = self.active()?;
        let user = render::user_json(self.core, active);
        let updated = render::user_json(self.core, id);
        let mut j = render::result("userPrivacy");
        j.raw("user", &user).raw("updatedUser", &updated);
        Ok(render::finish(j))
    }

    pub(super) fn hide_user(&mut self, id: i64, password: &str) -> Answer {
        let visible = self.core.users.values().filter(|u| u.hidden.is_none()).count();
        let u = self.user_row(id)?;
        if password.is_empty() {
            return Err(error::chat_with("emptyUserPassword", |j| {
                j.num("userId", id);
            }));
        }
        if u.hidden.is_some() {
            return Err(error::chat_with("userAlreadyHidden", |j| {
                j.num("userId", id);
            }));
        }
        if visible <= 1 {
            return Err(error::chat_with("cantHideLastUser", |j| {
                j.num("userId", id);
            }));
        }
        u.hidden = Some(password.to_owned());
        u.show_ntfs = false;
        u.cached = None;
        self.user_privacy(id)
    }

    pub(super) fn unhide_user(&mut self, id: i64, password: &str) -> Answer {
        let u = self.user_row(id)?;
        match &u.hidden {
            None => {
                return Err(error::chat_with("userNotHidden", |j| {
                    j.num("userId", id);
                }));
            }
            Some(p) if p != password => return Err(error::chat("userUnknown")),
            Some(_) => {}
        }
        u.hidden = None;
        u.show_ntfs = true;
        u.cached = None;
        self.user_privacy(id)
    }

    pub(super) fn mute_user(&mut self, id: i64, show: bool) -> Answer {
        let u = self.user_row(id)?;
        u.show_ntfs = show;
        u.cached = None;
        self.user_privacy(id)
    }

    pub(super) fn delete_user(&mut self, id: i64, password: Option<&str>) -> Answer {
        let others = self.core.users.len() > 1;
        let active = self.active()?;
        let u = self.user_row(id)?;
        if u.hidden.as_deref().is_some_and(|h| password != Some(h)) {
            return Err(error::chat("userUnknown"));
        }
        if active == id && others {
            return Err(error::chat_with("cantDeleteActiveUser", |j| {
                j.num("userId", id);
            }));
        }
        let conns: Vec<i64> = self.core.conns.values().filter(|c| c.user == id).map(|c| c.id).collect();
        let me = self.me;
        self.sh.links.retain(|_, t| t.core != me || !conns.contains(&t.conn));
        let answer = self.ok_user(active);
        self.delete_conns(&conns);
        let mut j = render::result("agentUserDeleted");
        j.str("agentUserId", &id.to_string());
        self.emit(render::finish(j));
        self.core.users.remove(&id);
        self.core.contacts.retain(|_, c| c.user != id);
        self.core.notes.retain(|_, n| n.user != id);
        self.core.links.retain(|_, l| l.user != id);
        self.core.requests.retain(|_, r| r.user != id);
        let groups: Vec<i64> = self.core.groups.values().filter(|g| g.user == id).map(|g| g.id).collect();
        self.core.groups.retain(|_, g| g.user != id);
        self.core.members.retain(|_, m| !groups.contains(&m.group));
        if active == id {
            self.core.active = None;
        }
        answer
    }

    pub(super) fn start(&mut self) -> Answer {
        let active = self.active()?;
        if self.core.started {
            return Ok(render::finish(render::result("chatRunning")));
        }
        if self.core.changed {
            return Err(error::chat("chatStoreChanged"));
        }
        self.core.started = true;
        self.announce(active);
        self.wake_me();
        Ok(render::finish(render::result("chatStarted")))
    }

    pub(super) fn activate(&mut self, restore: bool) -> Answer {
        let active = self.active()?;
        self.core.suspended = false;
        if restore {
            self.announce(active);
        }
        self.wake_me();
        self.ok()
    }

    /// What is told at start: the host, when there is anything to receive, and the state of the connections.
    /// Drops the connection to the server and makes it again.
    pub(super) fn reconnect(&mut self) {
        let Some(active) = self.core.active.filter(|_| self.core.host_up) else { return };
        let ready = self.core.conns.values().filter(|c| c.status == crate::state::ConnStatus::Ready);
        let conns: Vec<_> = ready.map(|c| c.agent_id.clone()).collect();
        let host = ids::host(&self.server(active));
        for (tag, status) in [("hostDisconnected", "disconnected"), ("hostConnected", "connected")] {
            let mut j = render::result(tag);
            j.str("protocol", "smp").str("transportHost", &host);
            self.emit(render::finish(j));
            let mut j = render::result("networkStatus");
            j.key("networkStatus").obj().tag(status).end().key("connections").arr();
            for c in &conns {
                j.elem_str(c);
            }
            j.end_arr();
            self.emit(render::finish(j));
        }
    }

    pub(super) fn announce(&mut self, active: i64) {
        let users: Vec<i64> =
            std::iter::once(active).chain(self.core.users.keys().copied().filter(|u| *u != active)).collect();
        let has_conns = !self.core.conns.is_empty();
        let reachable = self.sh.server_up && !self.core.offline;
        if has_conns && reachable {
            let _ = self.use_network(active);
        }
        for user in users {
            let list: Vec<_> = self
                .core
                .conns
                .values()
                .filter(|c| c.user == user && c.status == crate::state::ConnStatus::Ready)
                .map(|c| c.agent_id.clone())
                .collect();
            if user != active && list.is_empty() && !self.core.conns.values().any(|c| c.user == user) {
                continue;
            }
            let json = render::user_json(self.core, user);
            let mut j = render::result("networkStatuses");
            j.raw("user_", &json).key("networkStatuses").arr();
            for id in list {
                j.obj().str("agentConnId", &id).key("networkStatus");
                j.raw_value(if reachable {
                    r#"{"type":"connected"}"#
                } else {
                    r#"{"type":"error","connectionError":"BROKER NETWORK"}"#
                });
                j.end();
            }
            j.end_arr();
            self.emit(render::finish(j));
        }
    }

    pub(super) fn network_statuses(&mut self) -> Answer {
        let mut j = render::result("networkStatuses");
        j.key("networkStatuses").arr();
        for c in self.core.conns.values().filter(|c| c.status == crate::state::ConnStatus::Ready) {
            j.obj().str("agentConnId", &c.agent_id).raw("networkStatus", r#"{"type":"connected"}"#).end();
        }
        j.end_arr();
        Ok(render::finish(j))
    }
}

pub(crate) fn check_name(name: &str) -> Result<(), String> {
    let valid = valid_name(name);
    if valid == name && !name.is_empty() {
        return Ok(());
    }
    Err(error::chat_with("invalidDisplayName", |j| {
        j.str("displayName", name).str("validName", &valid);
    }))
}

/// A contact with nothing but a name.
pub(crate) fn blank_contact(
    id: i64,
    user: i64,
    name: &str,
    profile_id: i64,
    profile: Arc<Profile>,
    now: crate::time::Ts,
) -> Contact {
    Contact {
        id,
        user,
        name: name.to_owned(),
        profile_id,
        profile,
        alias: String::new(),
        conn: None,
        used: true,
        status: ContactStatus::Active,
        settings: Default::default(),
        prefs: Default::default(),
        created: now,
        updated: now,
        chat_ts: now,
        request: None,
        grp_inv_sent: false,
        tags: Vec::new(),
        ttl: None,
        custom: None,
        prepared: None,
        member: None,
        group_inv: None,
        group_inv_started: false,
        chat: Chat::default(),
        special: false,
        cached: None,
    }
}
