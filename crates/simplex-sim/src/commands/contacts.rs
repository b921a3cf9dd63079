//! Contacts, and the items that the core itself adds to their chats.

use std::sync::Arc;

use super::Answer;
use crate::commands::users::blank_contact;
use crate::content::{Allow, FEATURES, Pref, Profile, feature};
use crate::cx::Cx;
use crate::json::Js;
use crate::parser::ChatRef;
use crate::preferences::{Enabled, merged};
use crate::render;
use crate::state::{Body, Contact, Core, Dir, Item, Status};
use crate::time::Ts;

impl Cx<'_> {
    pub(super) fn list_contacts(&mut self, user: i64) -> Answer {
        let user = self.user(Some(user))?;
        let mut ids: Vec<(Ts, i64)> = self
            .core
            .contacts
            .values()
            .filter(|c| {
                c.user == user
                    && !c.special
                    && c.conn.is_some()
                    && c.status != crate::state::ContactStatus::DeletedByUser
            })
            .map(|c| (c.chat_ts, c.id))
            .collect();
        // The core's order: by when their chats were last active.
        ids.sort_unstable();
        self.answer("contactsList", user, |j, core| {
            j.key("contacts").arr();
            for (_, id) in ids {
                render::put_contact(j, core, id);
            }
            j.end_arr();
        })
    }

    /// A name that nobody else has for this user: the wanted one, or with the number after the highest that others of
    /// this name have.
    pub(crate) fn free_name(&mut self, user: i64, wanted: &str) -> String {
        let numbered = format!("{wanted}_");
        let mut alike = self.core.names.range(numbered.clone()..).take_while(|name| name.starts_with(&numbered));
        // Most names are new: then there is no need to look through all that there are.
        let new = !self.core.names.contains(wanted) && alike.next().is_none();
        let name = if new { wanted.to_owned() } else { self.numbered_name(user, wanted) };
        self.core.names.insert(name.clone());
        name
    }

    fn numbered_name(&self, user: i64, wanted: &str) -> String {
        let contacts =
            self.core.contacts.values().filter(|c| c.user == user).map(|c| (&c.name, &c.profile.display_name));
        let groups = self.core.groups.values().filter(|g| g.user == user).map(|g| (&g.name, &g.profile.display_name));
        let members = self.core.members.values().filter(|m| m.contact.is_none() && m.name.starts_with(wanted));
        let members = members.filter(|m| self.core.groups.get(&m.group).is_some_and(|g| g.user == user));
        let all = contacts.chain(groups).chain(members.map(|m| (&m.name, &m.profile.display_name)));
        let alike: Vec<(&String, &String)> = all.filter(|(name, _)| name.starts_with(wanted)).collect();
        let number = |name: &str| name.strip_prefix(wanted)?.strip_prefix('_')?.parse::<u32>().ok();
        let of_name = alike.iter().filter(|(_, own)| *own == wanted);
        let first = of_name.map(|(name, _)| number(name).unwrap_or(0).saturating_add(1)).max().unwrap_or(0);
        let mut names = (first..).map(|n| if n == 0 { wanted.to_owned() } else { format!("{wanted}_{n}") });
        // Somebody else may be called like this.
        names.find(|name| alike.iter().all(|(taken, _)| *taken != name)).unwrap_or_default()
    }

    pub(crate) fn new_contact(&mut self, user: i64, profile: Arc<Profile>) -> i64 {
        let now = self.sh.tick();
        let id = Core::next(&self.core.contacts);
        let profile_id = self.core.new_profile_id();
        let name = self.free_name(user, &profile.display_name);
        let contact: Contact = blank_contact(id, user, &name, profile_id, profile, now);
        self.core.contacts.insert(id, contact);
        id
    }

    /// Removes a contact, whose id the next one may get. Members that it was in groups stay who they are: according to
    /// the core's sources, they keep its profile.
    pub(crate) fn forget_contact(&mut self, id: i64) -> Option<Contact> {
        let contact = self.core.contacts.remove(&id)?;
        let of = self.core.members.values().filter(|m| m.contact == Some(id)).map(|m| m.id).collect::<Vec<_>>();
        // One that was made from a member has its profile, too.
        if self.core.members.values().all(|m| m.profile_id != contact.profile_id) {
            self.core.profile_ids.remove(&contact.profile_id);
        }
        for member in of {
            if let Some(mut m) = self.core.members.get_mut(&member) {
                m.contact = None;
            }
        }
        Some(contact)
    }

    /// The items that the core itself adds to a new chat, each inner list with one event: with or without the
    /// post-quantum ratchet, or while that is not known yet.
    pub(crate) fn first_items(&mut self, contact: i64, quantum: Option<bool>) -> Vec<Vec<Item>> {
        let at = ChatRef::Direct(contact);
        let merged = match self.core.contacts.get(&contact) {
            Some(c) => merged(self.core, c),
            None => return Vec::new(),
        };
        let mut out = Vec::new();
        if self.core.contacts.get(&contact).is_some_and(|c| c.chat.items.is_empty()) {
            out.push(vec![self.banner(Dir::DirectSnd)]);
        }
        out.push(vec![self.e2ee_item(quantum)]);
        let mut features = Vec::new();
        for (i, f) in merged.into_iter().enumerate() {
            if matches!(i, feature::FILES) || i > feature::CALLS {
                continue;
            }
            let body = feature_body("rcvChatFeature", i, f.enabled, f.user.ttl);
            features.push(self.own_item(Dir::DirectRcv, body));
        }
        out.push(features);
        for item in out.iter().flatten() {
            self.add_item(at, item.clone());
        }
        out
    }

    /// The item about a contact's encryption.
    pub(crate) fn e2ee_item(&mut self, quantum: Option<bool>) -> Item {
        let (text, info) = match quantum {
            Some(true) => (E2EE, r#"{"pqEnabled":true}"#),
            Some(false) => (crate::commands::group_items::GROUP_E2EE, r#"{"pqEnabled":false}"#),
            None => ("This conversation is protected by end-to-end encryption", "{}"),
        };
        let json = format!(r#"{{"type":"rcvDirectE2EEInfo","e2eeInfo":{info}}}"#);
        self.own_item(Dir::DirectRcv, Body::Own { text: text.into(), json: json.into() })
    }

    /// An item that the core itself adds, already read.
    pub(crate) fn own_item(&mut self, dir: Dir, body: Body) -> Item {
        let now = self.sh.tick();
        let id = self.core.new_item_id();
        let status = if dir.sent() { Status::SndNew } else { Status::RcvRead };
        Item::new(id, dir, now, body, status, now)
    }
}

const E2EE: &str = "This conversation is protected by quantum resistant end-to-end encryption. It has perfect forward \
                    secrecy, repudiation and quantum resistant break-in recovery.";

/// An item about the setting of a feature.
pub(crate) fn feature_body(tag: &str, i: usize, enabled: Enabled, ttl: Option<i64>) -> Body {
    let (name, title, _) = FEATURES.get(i).copied().unwrap_or(FEATURES[0]);
    let state = match (enabled.for_user, enabled.for_contact) {
        (true, true) if i == feature::TIMED => match ttl {
            Some(ttl) => format!("enabled ({})", duration_text(ttl)),
            None => "allowed".into(),
        },
        (true, true) => "enabled".into(),
        (false, false) => "off".into(),
        (true, false) => "enabled for you".into(),
        (false, true) => "enabled for contact".into(),
    };
    let mut j = Js::new();
    j.obj().tag(tag).str("feature", name).key("enabled");
    render::put_enabled(&mut j, enabled);
    j.opt_num("param", ttl.filter(|_| i == feature::TIMED && enabled.for_user && enabled.for_contact)).end();
    Body::Own { text: format!("{title}: {state}").into(), json: j.done().into() }
}

/// An item about somebody's preference for a feature that is not in force.
pub(crate) fn preference_body(by_user: bool, i: usize, pref: Pref) -> Body {
    let (name, title, _) = FEATURES.get(i).copied().unwrap_or(FEATURES[0]);
    let who = if by_user { "you " } else { "" };
    let (verb, ttl) = if pref.allow == Allow::No { ("cancelled", None) } else { ("offered", pref.ttl) };
    let time = ttl.filter(|_| i == feature::TIMED).map(|t| format!(" ({})", duration_text(t))).unwrap_or_default();
    let mut j = Js::new();
    j.obj()
        .tag(if by_user { "sndChatPreference" } else { "rcvChatPreference" })
        .str("feature", name)
        .str("allowed", pref.allow.as_str())
        .opt_num("param", ttl.filter(|_| i == feature::TIMED))
        .end();
    Body::Own { text: format!("{who}{verb} {title}{time}").into(), json: j.done().into() }
}

/// A time to live in words.
pub(crate) fn duration_text(secs: i64) -> String {
    if secs == 0 {
        return "0 sec".into();
    }
    let (mins, s) = (secs / 60, secs % 60);
    let (hours, m) = (mins / 60, mins % 60);
    let (days, h) = (hours / 24, hours % 24);
    let (months, d) = (days / 30, days % 30);
    let several = |n: i64, unit: &str| if n == 1 { format!("1 {unit}") } else { format!("{n} {unit}s") };
    let parts = [
        (months, several(months, "month")),
        (
            d,
            match d {
                7 => "1 week".into(),
                14 => "2 weeks".into(),
                d => several(d, "day"),
            },
        ),
        (h, several(h, "hour")),
        (m, format!("{m} min")),
        (s, format!("{s} sec")),
    ];
    let shown: Vec<String> = parts.into_iter().filter(|(n, _)| *n != 0).map(|(_, text)| text).collect();
    shown.join(" ")
}
