//! The user's profile and preferences, and who gets their changes.

use std::sync::Arc;

use super::Answer;
use super::users::check_name;
use crate::commands::contacts::{feature_body, preference_body};
use crate::content::{Allow, FEATURES, Pref, Preferences, Profile, feature};
use crate::cx::Cx;
use crate::parser::{ChatName, ChatRef};
use crate::preferences::{Features, Merged, merged};
use crate::render::{self, error};
use crate::state::{Conn, ConnStatus, Contact, ContactStatus, Dir, Item, Wire};
use crate::time::Ts;

impl Cx<'_> {
    pub(super) fn profile_answer(&mut self, tag: &str) -> Answer {
        let user = self.active()?;
        self.answer(tag, user, |j, core| {
            if let Some(u) = core.users.get(&user) {
                j.key("profile");
                u.profile.put(j);
            }
        })
    }

    pub(super) fn set_profile(&mut self, user: Option<i64>, profile: Profile) -> Answer {
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
        self.update_profile(user, profile)
    }

    /// Changes the user's profile and sends it to the contacts who see it.
    pub(crate) fn update_profile(&mut self, user: i64, profile: Profile) -> Answer {
        let Some(u) = self.core.users.get(&user) else { return Err(error::chat("noActiveUser")) };
        if u.profile == profile {
            return self.answer("userProfileNoChange", user, |_, _| {});
        }
        let from = u.profile.clone();
        let now = self.sh.tick();
        let seen = self.contacts_who_see(user);
        self.change_profile(user, &from, &profile, now);
        let (told, changed) = self.tell_contacts(user, seen);
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
                render::put_contact(j, core, id);
            }
            j.end_arr().end();
        })
    }

    /// The contacts who see the user's own profile, with their features and the profile that they get, in the core's
    /// order: by when their chats were last active.
    fn contacts_who_see(&self, user: i64) -> Vec<(i64, Features, Arc<Profile>)> {
        let sees = |c: &&Contact| {
            let ready = |k: &Conn| k.status == ConnStatus::Ready && k.incognito.is_none();
            c.user == user
                && !c.special
                && c.status == ContactStatus::Active
                && self.core.conn_of(c.id).is_some_and(ready)
        };
        let mut seen: Vec<&Contact> = self.core.contacts.values().filter(sees).collect();
        seen.sort_by_key(|c| (c.chat_ts, c.id));
        seen.into_iter().map(|c| (c.id, merged(self.core, c), self.updated_profile(user, c.id))).collect()
    }

    /// Changes the user's profile wherever this database and the user's links show it.
    fn change_profile(&mut self, user: i64, from: &Profile, profile: &Profile, now: Ts) {
        let renamed = from.display_name != profile.display_name
            || from.full_name != profile.full_name
            || from.image != profile.image
            || from.short_descr != profile.short_descr;
        let Some(u) = self.core.users.get_mut(&user) else { return };
        u.profile = profile.clone();
        if renamed {
            u.profile_updated = Some(now);
        }
        u.name.clone_from(&profile.display_name);
        u.in_memory = None;
        u.cached = None;
        let own = u.contact;
        self.core.names.insert(profile.display_name.clone());
        self.set_contact(own, |c| {
            c.name.clone_from(&profile.display_name);
            c.profile = Arc::new(profile.clone());
        });
        for g in self.core.groups.values_mut().filter(|g| g.user == user) {
            if let Some(mut m) = self.core.members.get_mut(&g.membership).filter(|m| !m.incognito()) {
                m.name.clone_from(&profile.display_name);
                m.profile = Arc::new(profile.clone());
            }
            g.profile_changed |= renamed;
        }
        let shown = self.wire_profile(user, None);
        for t in self.sh.links.values_mut().filter(|t| t.core == self.me) {
            if self.core.conns.get(&t.conn).is_some_and(|c| c.user == user && c.incognito.is_none()) {
                t.profile = shown.clone();
            }
        }
        for c in self.core.contacts.values_mut().filter(|c| c.user == user) {
            c.cached = None;
        }
    }

    /// Sends a new profile to the contacts for whom it changed, whose features and profile until then are given. Returns
    /// how many these are, and those with whom the features changed.
    fn tell_contacts(&mut self, user: i64, seen: Vec<(i64, Features, Arc<Profile>)>) -> (i64, Vec<i64>) {
        let mut told = 0;
        let (mut changed, mut items) = (Vec::new(), Vec::new());
        let now = self.sh.tick();
        for (id, features, shown) in seen {
            let profile = self.updated_profile(user, id);
            if profile == shown {
                continue;
            }
            let Some(conn) = self.core.contacts.get(&id).and_then(|c| c.conn) else { continue };
            told += 1;
            self.send(conn, Wire::Profile { profile });
            if self.core.contacts.get(&id).is_some_and(|c| merged(self.core, c) != features) {
                changed.push(id);
                items.extend(self.feature_items(id, &features, true).into_iter().map(|i| (id, i)));
            }
        }
        // All items are written at the same time.
        for (id, _) in &items {
            if let Some(c) = self.core.contacts.get_mut(id) {
                c.chat_ts = now;
            }
        }
        if told > 0 {
            let now = self.sh.now;
            self.event("newChatItems", user, |j, core| {
                j.key("chatItems").arr();
                for (id, i) in &items {
                    render::put_fresh_item(j, core, ChatRef::Direct(*id), i, now);
                }
                j.end_arr();
            });
        }
        (told, changed)
    }

    /// The profile that others get: with all preferences, overridden by those made for this contact.
    pub(crate) fn wire_profile(&self, user: i64, contact: Option<i64>) -> Arc<Profile> {
        let Some(u) = self.core.users.get(&user) else { return Arc::default() };
        let conn = contact.and_then(|c| self.core.conn_of(c));
        let mut profile = match conn.and_then(|c| c.incognito_profile.as_deref()) {
            Some(p) => p.clone(),
            None => u.profile.clone(),
        };
        let own = profile.preferences.take().unwrap_or_default();
        let over = contact.and_then(|c| self.core.contacts.get(&c)).map(|c| c.prefs.clone()).unwrap_or_default();
        profile.preferences = Some(own.with(&over).full());
        Arc::new(profile)
    }

    /// The profile that a contact gets after a change, without the user's own setting of how long messages live.
    fn updated_profile(&self, user: i64, contact: i64) -> Arc<Profile> {
        let mut profile = self.wire_profile(user, Some(contact));
        let own = self.core.contacts.get(&contact).and_then(|c| c.prefs.features[feature::TIMED]).and_then(|p| p.ttl);
        if let Some(p) = Arc::make_mut(&mut profile).preferences.as_mut()
            && let Some(timed) = p.features[feature::TIMED].as_mut()
        {
            timed.ttl = own;
        }
        profile
    }

    pub(super) fn set_prefs(&mut self, contact: i64, prefs: Preferences) -> Answer {
        let at = ChatRef::Direct(contact);
        let (user, conn) = self.contact_conn(contact)?;
        let Some(before) = self.core.contacts.get(&contact).map(|c| merged(self.core, c)) else {
            return Err(error::contact_not_found(contact));
        };
        let from = render::contact_json(self.core, contact);
        let shown = self.updated_profile(user, contact);
        self.set_contact(contact, |c| c.prefs = prefs);
        let profile = self.updated_profile(user, contact);
        if profile != shown {
            let items = self.feature_items(contact, &before, true);
            self.event_new_items(user, at, &items);
            self.send(conn, Wire::Profile { profile });
        }
        self.answer("contactPrefsUpdated", user, |j, core| {
            j.raw("fromContact", &from).key("toContact");
            render::put_contact(j, core, contact);
        })
    }

    /// Items about features whose state changed since `before`, or for which the preferences changed.
    pub(crate) fn feature_items(&mut self, contact: i64, before: &Features, by_user: bool) -> Vec<Item> {
        let Some(after) = self.core.contacts.get(&contact).map(|c| merged(self.core, c)) else {
            return Vec::new();
        };
        let (tag, dir) = if by_user { ("sndChatFeature", Dir::DirectSnd) } else { ("rcvChatFeature", Dir::DirectRcv) };
        let state = |f: &Merged| (f.enabled, f.user.ttl.filter(|_| f.enabled.for_user));
        let wanted = |f: &Merged| {
            let p = if by_user { f.user } else { f.contact };
            Pref { allow: p.allow, ttl: p.ttl.filter(|_| p.allow != Allow::No) }
        };
        let mut out = Vec::new();
        for (i, (a, b)) in after.iter().zip(before).enumerate() {
            if matches!(i, feature::FILES) || i > feature::CALLS || i >= FEATURES.len() {
                continue;
            }
            let body = if state(a) != state(b) {
                feature_body(tag, i, a.enabled, state(a).1)
            } else if wanted(a) != wanted(b) {
                preference_body(by_user, i, wanted(a))
            } else {
                continue;
            };
            let item = self.own_item(dir, body);
            self.add_item(ChatRef::Direct(contact), item.clone());
            out.push(item);
        }
        out
    }

    /// Members who are no contacts get a new profile with the next message.
    pub(crate) fn tell_new_profile(&mut self, group: i64) {
        let Some(g) = self.core.groups.get_mut(&group).filter(|g| g.profile_changed) else { return };
        g.profile_changed = false;
        let profile = self.member_profile(group);
        self.tell_group(group, crate::parser::Scope::Main, crate::state::GroupWire::Profile { profile });
    }

    /// Updates members that are contacts to the contact's name and profile.
    pub(crate) fn members_follow(&mut self, contact: i64) {
        let Some((name, profile, pid)) =
            self.core.contacts.get(&contact).map(|c| (c.name.clone(), c.profile.clone(), c.profile_id))
        else {
            return;
        };
        let follow = self.core.members.values().filter(|m| m.contact == Some(contact) && m.category != "user");
        for id in follow.map(|m| m.id).collect::<Vec<_>>() {
            let Some(mut m) = self.core.members.get_mut(&id) else { continue };
            m.name.clone_from(&name);
            m.profile = profile.clone();
            m.profile_id = pid;
            m.contact_profile = pid;
        }
    }

    pub(super) fn edit_own_profile(&mut self, edit: impl FnOnce(&mut Profile)) -> Answer {
        let user = self.active()?;
        let Some(mut p) = self.core.users.get(&user).map(|u| u.profile.clone()) else {
            return Err(error::chat("noActiveUser"));
        };
        edit(&mut p);
        self.update_profile(user, p)
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
                    return Err(error::contact_not_found(id));
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
}
