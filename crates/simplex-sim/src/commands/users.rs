//! Users, starting and stopping.

use std::sync::Arc;

use super::Answer;
use crate::content::{Profile, valid_name};
use crate::cx::Cx;
use crate::ids;
use crate::render::{self, Envelope, error};
use crate::state::{Chat, ConnStatus, Contact, ContactStatus, Core, Entity, Notes, User, UserFlags};

/// The contacts that come with the app.
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

    fn unread_of_user(&self, user: i64) -> usize {
        let direct: usize = self.core.contacts.values().filter(|c| c.user == user).map(|c| c.chat.unread).sum();
        let groups: usize = self.core.groups.values().filter(|g| g.user == user).map(|g| g.chat.unread).sum();
        direct + groups
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
        if let Some(u) = self.core.users.values().find(|u| u.name == profile.display_name) {
            let name = &profile.display_name;
            // The error must not reveal a hidden user.
            return Err(if u.hidden.is_some() && self.core.active != Some(u.id) {
                error::chat_with("invalidDisplayName", |j| {
                    j.str("displayName", name).str("validName", "");
                })
            } else {
                error::chat_str("userExists", "contactName", name)
            });
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
                flags: UserFlags { rcpts_contacts: true, rcpts_groups: true, auto_accept_member_contacts: false },
                profile_updated: None,
                hidden: None,
                ttl: None,
                smp: Vec::new(),
                xftp: Vec::new(),
                unused_servers: Vec::new(),
                cached: None,
                in_memory: None,
            },
        );
        let mut own = blank_contact(contact, id, &name, profile_id, Arc::new(profile), now);
        own.special = true;
        own.used = false;
        self.core.names.insert(name);
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
            self.core.names.insert(name.to_owned());
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
        if !self.core.session.started {
            return Err(error::chat("chatNotStarted"));
        }
        self.check_password(id, password)?;
        let order = self.core.users.values().map(|u| u.order).max().unwrap_or(0) + 1;
        if let Some(user) = self.core.users.get_mut(&id) {
            user.order = order;
        }
        self.make_active(id);
        self.answer("activeUser", id, |_, _| {})
    }

    fn user_row(&mut self, id: i64) -> Result<&mut User, Envelope> {
        self.core.users.get_mut(&id).ok_or_else(|| error::chat("userUnknown"))
    }

    /// A hidden user needs its password, unless it is the active one and no password is given.
    fn check_password(&mut self, id: i64, password: Option<&str>) -> Result<(), Envelope> {
        let active = self.core.active;
        let hidden = self.user_row(id)?.hidden.as_deref();
        match (hidden, password) {
            (None, _) => Ok(()),
            (Some(_), None) if active == Some(id) => Ok(()),
            (Some(h), Some(p)) if h == p => Ok(()),
            _ => Err(error::chat("userUnknown")),
        }
    }

    /// Changes whether a user is hidden, and whether it shows notifications.
    fn set_privacy(&mut self, id: i64, hidden: Option<String>, show: bool) -> Answer {
        let active = self.active()?;
        let u = self.user_row(id)?;
        u.hidden = hidden;
        u.show_ntfs = show;
        u.cached = None;
        let user = render::user_json(self.core, active);
        let updated = render::user_json(self.core, id);
        let mut j = render::result("userPrivacy");
        j.raw("user", &user).raw("updatedUser", &updated);
        Ok(render::finish(j))
    }

    pub(super) fn hide_user(&mut self, id: i64, password: &str) -> Answer {
        let visible = self.core.users.values().filter(|u| u.hidden.is_none()).count();
        if self.user_row(id)?.hidden.is_some() {
            return Err(of_user("userAlreadyHidden", id));
        }
        if password.is_empty() {
            return Err(of_user("emptyUserPassword", id));
        }
        if visible <= 1 {
            return Err(of_user("cantHideLastUser", id));
        }
        self.set_privacy(id, Some(password.to_owned()), false)
    }

    pub(super) fn unhide_user(&mut self, id: i64, password: &str) -> Answer {
        if self.user_row(id)?.hidden.is_none() {
            return Err(of_user("userNotHidden", id));
        }
        if password.is_empty() {
            return Err(of_user("emptyUserPassword", id));
        }
        self.check_password(id, Some(password))?;
        self.set_privacy(id, None, true)
    }

    pub(super) fn mute_user(&mut self, id: i64, show: bool) -> Answer {
        if self.user_row(id)?.hidden.is_some() {
            return Err(of_user("hiddenUserAlwaysMuted", id));
        }
        self.set_privacy(id, None, show)
    }

    pub(super) fn delete_user(&mut self, id: i64, password: Option<&str>) -> Answer {
        self.active()?;
        self.check_password(id, password)?;
        let others = self.core.users.values().any(|u| u.id != id && u.hidden.is_none());
        if self.core.active == Some(id) && others {
            return Err(of_user("cantDeleteActiveUser", id));
        }
        let conns: Vec<i64> = self.core.conns.values().filter(|c| c.user == id).map(|c| c.id).collect();
        let me = self.me;
        self.sh.links.retain(|_, t| t.core != me || !conns.contains(&t.conn));
        self.delete_conns(&conns);
        let mut j = render::result("agentUserDeleted");
        j.str("agentUserId", &id.to_string());
        self.emit(render::finish(j));
        let contacts = self.core.contacts.values().filter(|c| c.user == id).map(|c| c.profile_id);
        let mut profiles: Vec<i64> = contacts.collect();
        self.core.users.remove(&id);
        self.core.contacts.retain(|_, c| c.user != id);
        self.core.tags.retain(|_, t| t.user != id);
        self.core.files.retain(|_, f| f.user != id);
        self.core.notes.retain(|_, n| n.user != id);
        self.core.links.retain(|_, l| l.user != id);
        self.core.requests.retain(|_, r| r.user != id);
        let groups: Vec<i64> = self.core.groups.values().filter(|g| g.user == id).map(|g| g.id).collect();
        self.core.groups.retain(|_, g| g.user != id);
        for group in groups {
            profiles.extend(self.core.members.remove_group(group).iter().map(|m| m.profile_id));
        }
        for profile in profiles {
            self.core.profile_ids.remove(&profile);
        }
        for c in conns {
            self.core.remove_conn(c);
        }
        if self.core.active == Some(id) {
            self.core.active = None;
        }
        self.ok()
    }

    pub(super) fn start(&mut self) -> Answer {
        let active = self.active()?;
        if self.core.session.started {
            return Ok(render::bare("chatRunning"));
        }
        if self.core.changed {
            return Err(error::chat("chatStoreChanged"));
        }
        self.core.session.started = true;
        self.announce(active);
        self.wake_me();
        Ok(render::bare("chatStarted"))
    }

    pub(super) fn activate(&mut self, restore: bool) -> Answer {
        let active = self.active()?;
        self.core.session.suspended = false;
        if restore {
            self.announce(active);
        }
        self.wake_me();
        self.ok()
    }

    /// Drops the connection to the server and makes it again.
    pub(super) fn reconnect(&mut self) {
        let Some(active) = self.core.active.filter(|_| self.core.session.host_up) else { return };
        let (conns, server) = (self.core.ready_conns(), self.server(active));
        for (tag, up) in [("hostDisconnected", false), ("hostConnected", true)] {
            self.host_event(tag, "smp", &server);
            self.status_event(up, &server, &conns);
        }
    }

    /// The events at the start: the host, if there is anything to receive, and the state of the connections. From version
    /// 7 on, connections that wait for the server are told of once they do not any more.
    pub(super) fn announce(&mut self, active: i64) {
        let users: Vec<i64> =
            std::iter::once(active).chain(self.core.users.keys().copied().filter(|u| *u != active)).collect();
        let reachable = self.reachable();
        for user in users {
            let has_conns = self.core.conns.values().any(|c| c.user == user && c.status != ConnStatus::Deleted);
            if has_conns && reachable {
                let _ = self.use_network(user);
            }
            let list: Vec<_> = self
                .core
                .conns
                .values()
                .filter(|c| c.user == user && c.status == ConnStatus::Ready && !matches!(c.entity, Entity::Link(_)))
                .map(|c| c.agent_id.clone())
                .collect();
            if !self.core.before_7 {
                if reachable && !list.is_empty() {
                    let server = self.server(user);
                    self.status_event(true, &server, &list);
                }
                continue;
            }
            if user != active && !has_conns {
                continue;
            }
            let json = render::user_json(self.core, user);
            let mut j = render::result("networkStatuses");
            j.raw("user_", &json).key("networkStatuses").arr();
            for id in list {
                j.obj().str("agentConnId", &id).key("networkStatus");
                j.value(if reachable {
                    r#"{"type":"connected"}"#
                } else {
                    r#"{"type":"error","connectionError":"network"}"#
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
        for id in self.core.ready_conns() {
            j.obj().str("agentConnId", &id).raw("networkStatus", r#"{"type":"connected"}"#).end();
        }
        j.end_arr();
        Ok(render::finish(j))
    }
}

/// An error about a user.
fn of_user(tag: &str, id: i64) -> Envelope {
    error::chat_with(tag, |j| {
        j.num("userId", id);
    })
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
        chat_deleted: false,
        prepared: None,
        member: None,
        group_inv: None,
        group_inv_started: false,
        chat: Chat::default(),
        special: false,
        cached: None,
    }
}
