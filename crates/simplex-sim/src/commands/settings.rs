//! Profiles, preferences and settings.

use std::sync::Arc;

use super::Answer;
use super::connect::feature_body;
use super::users::check_name;
use crate::content::{FEATURES, Pref, Preferences, Profile, feature};
use crate::deliver::Place;
use crate::ids;
use crate::json::Json;
use crate::network::Cx;
use crate::parser::{ChatName, ChatRef, ReceiptsOf};
use crate::render::{self, error};
use crate::state::{Body, ConnStatus, ContactStatus, Dir, Entity, Item, QueueStep, Status, Wire};

impl Cx<'_> {
    pub(super) fn show_profile(&mut self) -> Answer {
        let user = self.active()?;
        self.answer("userProfile", user, |j, core| {
            if let Some(u) = core.users.get(&user) {
                j.key("profile");
                u.profile.put(j);
            }
        })
    }

    pub(super) fn set_profile(&mut self, user: Option<i64>, mut profile: Profile) -> Answer {
        let user = self.user(user)?;
        check_name(&profile.display_name)?;
        let taken = self.core.contacts.values().any(|c| {
            c.user == user
                && c.name == profile.display_name
                && self.core.users.get(&user).map(|u| u.contact) != Some(c.id)
        });
        let Some(u) = self.core.users.get(&user) else { return Err(error::chat("noActiveUser")) };
        if taken && u.name != profile.display_name {
            return Err(error::store("duplicateName"));
        }
        if profile.contact_link.is_none() {
            profile.contact_link = None;
        }
        self.update_profile(user, profile)
    }

    /// Changes the user's profile and tells the contacts who see it.
    pub(crate) fn update_profile(&mut self, user: i64, profile: Profile) -> Answer {
        let Some(u) = self.core.users.get_mut(&user) else { return Err(error::chat("noActiveUser")) };
        if u.profile == profile {
            return self.answer("userProfileNoChange", user, |_, _| {});
        }
        let now = self.sh.tick();
        let before: Vec<_> = self
            .core
            .contacts
            .values()
            .filter(|c| c.user == user && !c.special)
            .map(|c| (c.id, render::merged(self.core, c)))
            .collect();
        let Some(u) = self.core.users.get_mut(&user) else { return Err(error::chat("noActiveUser")) };
        let from = std::mem::replace(&mut u.profile, profile.clone());
        let renamed = from.display_name != profile.display_name
            || from.full_name != profile.full_name
            || from.image != profile.image
            || from.short_descr != profile.short_descr;
        if renamed {
            u.profile_updated = Some(now);
        }
        u.name.clone_from(&profile.display_name);
        u.in_memory = None;
        u.cached = None;
        let own = u.contact;
        let name = u.name.clone();
        if let Some(c) = self.core.contacts.get_mut(&own) {
            c.name = name;
            c.profile = Arc::new(profile.clone());
            c.cached = None;
        }
        let groups: Vec<i64> = self.core.groups.values().filter(|g| g.user == user).map(|g| g.membership).collect();
        for m in groups {
            if let Some(m) = self.core.members.get_mut(&m).filter(|m| m.incognito.is_none()) {
                m.name.clone_from(&profile.display_name);
                m.profile = Arc::new(profile.clone());
            }
        }
        if renamed {
            for g in self.core.groups.values_mut().filter(|g| g.user == user) {
                g.profile_changed = true;
            }
        }
        let me = self.me;
        let shown = self.wire_profile(user, None);
        for t in self.sh.links.values_mut().filter(|t| t.core == me) {
            if self.core.conns.get(&t.conn).is_some_and(|c| c.user == user && c.incognito.is_none()) {
                t.profile = shown.clone();
            }
        }
        let contacts: Vec<i64> = self
            .core
            .contacts
            .values_mut()
            .filter(|c| c.user == user)
            .map(|c| {
                c.cached = None;
                c.id
            })
            .collect();
        let mut told = 0;
        for id in contacts {
            let Some(conn) = self.core.conn_of(id).filter(|k| k.status == ConnStatus::Ready && k.incognito.is_none())
            else {
                continue;
            };
            if self.core.contacts.get(&id).is_none_or(|c| c.status != ContactStatus::Active) {
                continue;
            }
            let conn = conn.id;
            told += 1;
            let profile = self.wire_profile(user, Some(id));
            self.send(conn, Wire::Profile { profile }, None);
        }
        let mut changed = Vec::new();
        let mut items = Vec::new();
        for (id, merged) in before {
            let now_merged = self.core.contacts.get(&id).map(|c| render::merged(self.core, c));
            if now_merged.is_some_and(|m| m != merged) {
                changed.push(id);
                items.extend(self.feature_items(id, &merged, true).into_iter().map(|i| (ChatRef::Direct(id), i)));
            }
        }
        if told > 0 {
            let now = self.sh.now;
            self.event("newChatItems", user, |j, core| {
                j.key("chatItems").arr();
                for (at, i) in &items {
                    render::put_fresh_item(j, core, *at, i, now);
                }
                j.end_arr();
            });
        }
        self.answer("userProfileUpdated", user, |j, core| {
            j.key("fromProfile");
            from.put(j);
            j.key("toProfile");
            profile.put(j);
            j.key("updateSummary")
                .obj()
                .num("updateSuccesses", told)
                .num("updateFailures", 0)
                .key("changedContacts")
                .arr();
            for id in changed {
                j.elem("");
                render::put_contact(j, core, id);
            }
            j.end_arr().end();
        })
    }

    pub(super) fn set_prefs(&mut self, contact: i64, prefs: Preferences) -> Answer {
        let at = ChatRef::Direct(contact);
        let user = self.known_chat(at)?;
        let Some(before) = self.core.contacts.get(&contact).map(|c| render::merged(self.core, c)) else {
            return Err(Self::contact_not_found(contact));
        };
        let mut from = crate::json::Js::new();
        render::put_contact(&mut from, self.core, contact);
        let from = from.done();
        let changed = self.core.contacts.get(&contact).is_some_and(|c| c.prefs != prefs);
        if let Some(c) = self.core.contacts.get_mut(&contact) {
            c.prefs = prefs;
            c.cached = None;
        }
        if changed {
            let items = self.feature_items(contact, &before, true);
            self.event_new_items(user, at, &items);
            if let Some(conn) = self.core.contacts.get(&contact).and_then(|c| c.conn) {
                let profile = self.wire_profile(user, Some(contact));
                self.send(conn, Wire::Profile { profile }, None);
            }
        }
        self.answer("contactPrefsUpdated", user, |j, core| {
            j.raw("fromContact", &from).key("toContact");
            render::put_contact(j, core, contact);
        })
    }

    /// Items about features whose state changed since `before`.
    pub(crate) fn feature_items(
        &mut self,
        contact: i64,
        before: &[(Pref, bool, Pref, (bool, bool)); 7],
        by_user: bool,
    ) -> Vec<Item> {
        let Some(after) = self.core.contacts.get(&contact).map(|c| render::merged(self.core, c)) else {
            return Vec::new();
        };
        let mut out = Vec::new();
        for (i, (a, b)) in after.iter().zip(before).enumerate() {
            if matches!(i, feature::FILES) || i > feature::CALLS || i >= FEATURES.len() {
                continue;
            }
            if a.3 == b.3 && a.0.ttl == b.0.ttl && a.2.ttl == b.2.ttl {
                continue;
            }
            let (tag, dir) =
                if by_user { ("sndChatFeature", Dir::DirectSnd) } else { ("rcvChatFeature", Dir::DirectRcv) };
            let ttl = if by_user { a.0.ttl } else { a.2.ttl };
            let item = self.own_item(dir, feature_body(tag, i, a.3, ttl));
            self.add_item(ChatRef::Direct(contact), item.clone());
            out.push(item);
        }
        out
    }

    /// Members who are no contacts learn of a new profile with the next message.
    pub(crate) fn tell_new_profile(&mut self, group: i64) {
        let Some(g) = self.core.groups.get_mut(&group).filter(|g| g.profile_changed) else { return };
        g.profile_changed = false;
        let profile = self.member_profile(group);
        let wire = Wire::Group(Box::new(crate::state::GroupWire::Profile { profile }));
        self.tell_group(group, crate::parser::Scope::Main, &wire);
    }

    /// Members that are contacts have the contact's name and profile.
    pub(crate) fn members_follow(&mut self, contact: i64) {
        let Some((name, profile, pid)) =
            self.core.contacts.get(&contact).map(|c| (c.name.clone(), c.profile.clone(), c.profile_id))
        else {
            return;
        };
        for m in self.core.members.values_mut().filter(|m| m.contact == Some(contact) && m.category != "user") {
            m.name.clone_from(&name);
            m.profile = profile.clone();
            m.profile_id = pid;
            m.contact_profile = pid;
        }
    }

    pub(super) fn show_image(&mut self) -> Answer {
        let user = self.active()?;
        self.answer("userProfileImage", user, |j, core| {
            if let Some(u) = core.users.get(&user) {
                j.key("profile");
                u.profile.put(j);
            }
        })
    }

    pub(super) fn edit_own_profile(&mut self, edit: impl FnOnce(&mut Profile)) -> Answer {
        let user = self.active()?;
        let Some(mut p) = self.core.users.get(&user).map(|u| u.profile.clone()) else {
            return Err(error::chat("noActiveUser"));
        };
        edit(&mut p);
        self.update_profile(user, p)
    }

    /// The connection of a chat or of a member.
    pub(super) fn chat_conn(&self, chat: ChatRef, member: Option<i64>) -> Result<(i64, i64), String> {
        let user = self.known_chat(chat)?;
        let conn = match (chat, member) {
            (ChatRef::Direct(id), _) => self.core.contacts.get(&id).and_then(|c| c.conn),
            (_, Some(m)) => self.core.members.get(&m).and_then(|m| m.conn),
            _ => None,
        };
        conn.map(|c| (user, c)).ok_or_else(|| error::chat("contactNotActive"))
    }

    /// Moves a connection to a new queue; both ends are told of each phase.
    pub(super) fn switch_queue(&mut self, chat: ChatRef, member: Option<i64>) -> Answer {
        let (user, conn) = self.chat_conn(chat, member)?;
        let place = Place { user, chat, dir: sent_side(chat), conn };
        let answer = self.queue_answer("SwitchStarted", place, member, "ok", &[(Some("switch_started"), true)]);
        self.switch_event(place, member, true, "started", Some("sending_qadd"));
        self.conn_item(place, member, ConnNote::Switch("started"));
        self.send(conn, Wire::Queue(QueueStep::Add), None);
        answer
    }

    pub(super) fn sync_ratchet(&mut self, chat: ChatRef, member: Option<i64>, force: bool) -> Answer {
        let (user, conn) = self.chat_conn(chat, member)?;
        if !force {
            return Err(error::agent_prohibited("synchronizeRatchet: not allowed"));
        }
        let place = Place { user, chat, dir: sent_side(chat), conn };
        let answer = self.queue_answer("RatchetSyncStarted", place, member, "started", &[(None, false)]);
        self.conn_item(place, member, ConnNote::Ratchet("started"));
        self.send(conn, Wire::Queue(QueueStep::Key), None);
        answer
    }

    /// A step of a queue's move, or of a ratchet's renewal, that the other end took.
    pub(crate) fn on_queue_step(&mut self, p: Place, step: QueueStep) {
        let member = match p.dir {
            Dir::GroupRcv(m) => Some(m),
            _ => None,
        };
        let mine = Place { dir: sent_side(p.chat), ..p };
        let next = match step {
            QueueStep::Add => {
                self.switch_event(p, member, false, "started", Some("sending_qkey"));
                self.conn_item(p, member, ConnNote::Switch("started"));
                self.switch_event(p, member, false, "confirmed", Some("sending_qkey"));
                Some(QueueStep::Secure)
            }
            QueueStep::Secure => {
                self.switch_event(p, member, true, "confirmed", Some("sending_qadd"));
                self.switch_event(p, member, true, "secured", Some("sending_quse"));
                Some(QueueStep::Use)
            }
            QueueStep::Use => {
                self.switch_event(p, member, false, "secured", Some("sending_qtest"));
                self.switch_event(p, member, false, "completed", None);
                self.conn_item(p, member, ConnNote::Switch("completed"));
                Some(QueueStep::Test)
            }
            QueueStep::Test => {
                self.switch_event(p, member, true, "completed", None);
                self.conn_item(mine, member, ConnNote::Switch("completed"));
                None
            }
            QueueStep::Key => self.ratchet_event(p, member, "agreed", Some(QueueStep::KeyBack)),
            QueueStep::KeyBack => self.ratchet_event(p, member, "agreed", Some(QueueStep::Ready)),
            QueueStep::Ready => self.ratchet_event(p, member, "ok", Some(QueueStep::ReadyBack)),
            QueueStep::ReadyBack => self.ratchet_event(p, member, "ok", None),
        };
        if let Some(next) = next {
            self.send(p.conn, Wire::Queue(next), None);
        }
    }

    fn queue_answer(
        &mut self,
        what: &str,
        p: Place,
        member: Option<i64>,
        ratchet: &str,
        rcv: &[(Option<&str>, bool)],
    ) -> Answer {
        let tag = if member.is_some() { format!("groupMember{what}") } else { format!("contact{what}") };
        let stats = self.stats_json(p.conn, ratchet, rcv, &[None]);
        self.answer(&tag, p.user, |j, core| {
            put_entity(j, core, p.chat, member);
            j.raw("connectionStats", &stats);
        })
    }

    /// What is known of a connection's queues: to receive with (their move, and whether it can be stopped) and to send.
    fn stats_json(&self, conn: i64, ratchet: &str, rcv: &[(Option<&str>, bool)], snd: &[Option<&str>]) -> String {
        let user = self.core.conns.get(&conn).map_or(0, |c| c.user);
        let server = self.server(user);
        let mut j = crate::json::Js::new();
        j.obj().num("connAgentVersion", 7).key("rcvQueuesInfo").arr();
        for (status, abort) in rcv {
            j.obj().str("rcvServer", &server).opt_str("rcvSwitchStatus", *status).bool("canAbortSwitch", *abort).end();
        }
        j.end_arr().key("sndQueuesInfo").arr();
        for status in snd {
            j.obj().str("sndServer", &server).opt_str("sndSwitchStatus", *status).bool("canAbortSwitch", false).end();
        }
        j.end_arr().str("ratchetSyncState", ratchet).bool("ratchetSyncSupported", true).end();
        j.done()
    }

    /// A phase of a queue's move; while it lasts there are two queues.
    fn switch_event(&mut self, p: Place, member: Option<i64>, mine: bool, phase: &str, status: Option<&str>) {
        let abort = status == Some("sending_qadd");
        let stats = match (status, mine) {
            (None, _) => self.stats_json(p.conn, "ok", &[(None, false)], &[None]),
            (_, true) => self.stats_json(p.conn, "ok", &[(status, abort), (None, false)], &[None]),
            (_, false) => self.stats_json(p.conn, "ok", &[(None, false)], &[status, None]),
        };
        let tag = if member.is_some() { "groupMemberSwitch" } else { "contactSwitch" };
        self.event(tag, p.user, |j, core| {
            put_entity(j, core, p.chat, member);
            j.key("switchProgress")
                .obj()
                .str("queueDirection", if mine { "rcv" } else { "snd" })
                .str("switchPhase", phase)
                .raw("connectionStats", &stats)
                .end();
        });
    }

    /// A ratchet's new state: an event and an item.
    fn ratchet_event(
        &mut self,
        p: Place,
        member: Option<i64>,
        state: &'static str,
        next: Option<QueueStep>,
    ) -> Option<QueueStep> {
        let stats = self.stats_json(p.conn, state, &[(None, false)], &[None]);
        let tag = if member.is_some() { "groupMemberRatchetSync" } else { "contactRatchetSync" };
        self.event(tag, p.user, |j, core| {
            put_entity(j, core, p.chat, member);
            j.key("ratchetSyncProgress").obj().str("ratchetSyncStatus", state).raw("connectionStats", &stats).end();
        });
        self.conn_item(p, member, ConnNote::Ratchet(state));
        next
    }

    /// An item about a connection's queue or ratchet.
    fn conn_item(&mut self, p: Place, member: Option<i64>, note: ConnNote) {
        let sent = p.dir.sent();
        let of = member.and_then(|m| self.core.members.get(&m)).filter(|_| sent).map(|m| (m.id, m.name.clone()));
        let of_name = of.as_ref().map(|(_, n)| format!(" for {n}")).unwrap_or_default();
        let text = match (note, sent) {
            (ConnNote::Switch("started"), true) => format!("started changing address{of_name}..."),
            (ConnNote::Switch(_), true) => format!("you changed address{of_name}"),
            (ConnNote::Switch("started"), false) => "started changing address for you...".to_owned(),
            (ConnNote::Switch(_), false) => "changed address for you".to_owned(),
            (ConnNote::Ratchet("started"), _) => format!("connection synchronization started{of_name}"),
            (ConnNote::Ratchet("agreed"), _) => format!("connection synchronization agreed{of_name}"),
            (ConnNote::Ratchet(_), _) => format!("connection synchronized{of_name}"),
        };
        let tag = if sent { "sndConnEvent" } else { "rcvConnEvent" };
        let mut j = crate::json::Js::new();
        j.obj().tag(tag).key(tag).obj();
        match note {
            ConnNote::Switch(phase) => j.tag("switchQueue").str("phase", phase),
            ConnNote::Ratchet(state) => j.tag("ratchetSync").str("syncStatus", state),
        };
        if let Some(m) = of.and_then(|(id, _)| self.core.members.get(&id)) {
            j.key("member").obj().num("groupMemberId", m.id).key("profile");
            m.profile.put(&mut j);
            j.end();
        }
        j.end().end();
        let mut item = self.own_item(p.dir, Body::Own { text: text.into(), json: j.done().into() });
        if !sent {
            item.status = Status::RcvNew;
        }
        self.add_item(p.chat, item.clone());
        self.event_new_items(p.user, p.chat, &[item]);
    }

    /// Sets one feature by name: for a contact, or in the profile.
    pub(super) fn set_feature(&mut self, feature: usize, contact: Option<&str>, allow: Option<Pref>) -> Answer {
        let user = self.active()?;
        match contact {
            Some(name) => {
                let ChatRef::Direct(id) = self.by_name(&ChatName::Direct(name.to_owned()))? else {
                    return Err(error::command("not supported"));
                };
                let Some(mut prefs) = self.core.contacts.get(&id).map(|c| c.prefs.clone()) else {
                    return Err(Self::contact_not_found(id));
                };
                if let Some(slot) = prefs.features.get_mut(feature) {
                    let ttl = slot.and_then(|s| s.ttl);
                    *slot = allow.map(|a| Pref { ttl: a.ttl.or(ttl), ..a });
                }
                self.set_prefs(id, prefs)
            }
            None => {
                let Some(mut profile) = self.core.users.get(&user).map(|u| u.profile.clone()) else {
                    return Err(error::chat("noActiveUser"));
                };
                let mut prefs = profile.preferences.take().unwrap_or_default();
                if let Some(slot) = prefs.features.get_mut(feature) {
                    *slot = allow;
                }
                profile.preferences = Some(prefs);
                self.update_profile(user, profile)
            }
        }
    }

    pub(super) fn set_contact_alias(&mut self, contact: i64, alias: String) -> Answer {
        let user = self.known_chat(ChatRef::Direct(contact))?;
        if let Some(c) = self.core.contacts.get_mut(&contact) {
            c.alias = alias;
            c.cached = None;
        }
        self.answer("contactAliasUpdated", user, |j, core| {
            j.key("toContact");
            render::put_contact(j, core, contact);
        })
    }

    fn pending(&self, conn: i64) -> Result<i64, String> {
        let user = self.active()?;
        self.core
            .conns
            .get(&conn)
            .filter(|c| c.user == user && c.entity == Entity::Pending)
            .map(|_| user)
            .ok_or_else(|| error::store_id("pendingConnectionNotFound", "connId", conn))
    }

    pub(super) fn set_conn_alias(&mut self, conn: i64, alias: String) -> Answer {
        let user = self.pending(conn)?;
        let now = self.sh.tick();
        self.set_conn(conn, |c| {
            c.alias = alias;
            c.updated = now;
        });
        self.answer("connectionAliasUpdated", user, |j, core| {
            j.key("toConnection");
            if let Some(c) = core.conns.get(&conn) {
                render::put_pending(j, c);
            }
        })
    }

    pub(super) fn set_conn_incognito(&mut self, conn: i64, on: bool) -> Answer {
        let user = self.pending(conn)?;
        let now = self.sh.tick();
        let profile = on.then(|| Profile::named(&ids::name(&mut self.sh.rng)));
        let id = on.then(|| self.core.new_profile_id());
        let before = self.core.conns.get(&conn).and_then(|c| c.incognito);
        if let (None, Some(old)) = (id, before) {
            self.core.profile_ids.remove(&old);
        }
        self.set_conn(conn, |c| {
            c.incognito = id;
            c.incognito_profile.clone_from(&profile);
            c.updated = now;
        });
        self.answer("connectionIncognitoUpdated", user, |j, core| {
            j.key("toConnection");
            if let Some(c) = core.conns.get(&conn) {
                render::put_pending(j, c);
            }
            if let Some(p) = profile {
                j.key("customUserProfile");
                p.put(j);
            }
        })
    }

    pub(super) fn set_contact_custom(&mut self, contact: i64, data: Option<Json>) -> Answer {
        let user = self.known_chat(ChatRef::Direct(contact))?;
        if let Some(c) = self.core.contacts.get_mut(&contact) {
            c.custom = data;
            c.cached = None;
        }
        self.ok_user(user)
    }

    pub(super) fn set_receipts(&mut self, of: ReceiptsOf, user: Option<i64>, on: bool, clear: bool) -> Answer {
        let named = user.is_some();
        let user = self.user(user)?;
        let users: Vec<i64> =
            if of == ReceiptsOf::All { self.core.users.keys().copied().collect() } else { vec![user] };
        for id in users {
            if let Some(u) = self.core.users.get_mut(&id) {
                u.remember();
                if of != ReceiptsOf::Groups {
                    u.rcpts_contacts = on;
                }
                if of != ReceiptsOf::Contacts {
                    u.rcpts_groups = on;
                }
                u.cached = None;
            }
        }
        if clear {
            for c in self.core.contacts.values_mut().filter(|c| c.user == user) {
                c.settings.receipts = None;
                c.cached = None;
            }
        }
        if named { self.ok_user(user) } else { self.ok() }
    }

    pub(super) fn set_contact_receipts(&mut self, name: &ChatName, on: Option<bool>) -> Answer {
        let user = self.active()?;
        let chat = self.by_name(name)?;
        self.change_settings(chat, |s| s.receipts = on);
        self.ok_user(user)
    }

    pub(super) fn mute_chat(&mut self, name: &ChatName, on: bool) -> Answer {
        let user = self.active()?;
        let chat = self.by_name(name)?;
        self.change_settings(chat, |s| s.ntfs = if on { "all" } else { "none" });
        self.ok_user(user)
    }

    fn change_settings(&mut self, chat: ChatRef, change: impl FnOnce(&mut crate::state::ChatSettings)) {
        match chat {
            ChatRef::Direct(id) => {
                if let Some(c) = self.core.contacts.get_mut(&id) {
                    change(&mut c.settings);
                    c.cached = None;
                }
            }
            ChatRef::Group(id, _) => {
                if let Some(g) = self.core.groups.get_mut(&id) {
                    change(&mut g.settings);
                }
            }
            _ => {}
        }
    }

    pub(super) fn set_chat_settings(&mut self, chat: ChatRef, v: &Json) -> Answer {
        let user = self.known_chat(chat)?;
        let ntfs = match v.get("enableNtfs").and_then(Json::str) {
            Some("all") => "all",
            Some("mentions") => "mentions",
            Some("none") => "none",
            _ => return Err(error::command("Failed reading: empty")),
        };
        let Some(favorite) = v.get("favorite").and_then(Json::bool) else {
            return Err(error::command("Failed reading: empty"));
        };
        let receipts = v.get("sendRcpts").and_then(Json::bool);
        let settings = crate::state::ChatSettings { ntfs, receipts, favorite };
        self.change_settings(chat, |s| *s = settings);
        self.ok_user(user)
    }

    pub(super) fn set_auto_accept_members(&mut self, user: i64, on: bool) -> Answer {
        let user = self.user(Some(user))?;
        if let Some(u) = self.core.users.get_mut(&user) {
            u.remember();
            u.auto_accept_member_contacts = on;
            u.cached = None;
        }
        self.ok_user(user)
    }

    pub(super) fn set_servers(&mut self, protocol: &str, servers: Vec<String>) -> Answer {
        let user = self.active()?;
        if let Some(u) = self.core.users.get_mut(&user) {
            if protocol == "smp" {
                u.smp = servers;
            } else {
                u.xftp = servers;
            }
        }
        self.ok()
    }

    pub(super) fn show_servers(&mut self, protocol: &str) -> Answer {
        let user = self.active()?;
        let Some(u) = self.core.users.get(&user) else { return Err(error::chat("noActiveUser")) };
        let servers = if protocol == "smp" { u.smp.clone() } else { u.xftp.clone() };
        self.answer("userServers", user, |j, _| {
            j.key("userServers").arr().obj();
            for (key, list) in [("smpServers", protocol == "smp"), ("xftpServers", protocol == "xftp")] {
                j.key(key).arr();
                if list {
                    for (i, s) in servers.iter().enumerate() {
                        j.obj()
                            .num("serverId", i64::try_from(i).unwrap_or(0) + 1)
                            .str("server", s)
                            .bool("preset", false)
                            .bool("enabled", true)
                            .bool("deleted", false)
                            .end();
                    }
                }
                j.end_arr();
            }
            j.end().end_arr();
        })
    }
}

/// What an item about a connection says.
#[derive(Clone, Copy)]
enum ConnNote {
    Switch(&'static str),
    Ratchet(&'static str),
}

/// The user's own side of a chat.
fn sent_side(chat: ChatRef) -> Dir {
    if matches!(chat, ChatRef::Group(..)) { Dir::GroupSnd } else { Dir::DirectSnd }
}

/// The contact, or the group and its member, that a connection is of.
fn put_entity(j: &mut crate::json::Js, core: &mut crate::state::Core, chat: ChatRef, member: Option<i64>) {
    match (chat, member) {
        (ChatRef::Group(g, _), Some(m)) => {
            j.key("groupInfo");
            render::put_group(j, core, g);
            j.key("member");
            render::put_member(j, core, m, true);
        }
        (ChatRef::Direct(id), _) => {
            j.key("contact");
            render::put_contact(j, core, id);
        }
        _ => {}
    }
}
