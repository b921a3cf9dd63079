//! Plans, invitations, requests and contacts.

use std::sync::Arc;

use super::Answer;
use super::users::blank_contact;
use crate::content::{FEATURES, Profile, feature};
use crate::ids;
use crate::json::Js;
use crate::network::{Cx, Target, TargetKind};
use crate::parser::ChatRef;
use crate::render::{self, Envelope, error};
use crate::state::{Body, ConnStatus, Contact, Core, Dir, Entity, Item, Status, Wire};
use crate::time::Ts;

/// What a link leads to for a user.
enum Plan {
    AddressOk,
    AddressOwn,
    AddressConnecting,
    AddressKnown(i64),
    InvitationOk,
    InvitationOwn,
    InvitationConnecting,
    GroupOk,
    GroupOwn(i64),
    GroupConnecting,
    GroupKnown(i64),
}

impl Cx<'_> {
    fn read_link(link: &str) -> Result<ids::LinkKey, Envelope> {
        ids::link_key(link).ok_or_else(|| error::chat("invalidConnReq"))
    }

    fn auth_error(&self, user: i64) -> Envelope {
        error::smp_auth(&self.server(user))
    }

    /// The plan for a link. A full link is not looked up at its server: only a short one is found missing.
    fn plan(&self, user: i64, key: &ids::LinkKey) -> Result<(Plan, Option<Target>), Envelope> {
        let target = self.sh.links.get(&key.key).cloned();
        let used = matches!(target.as_ref().map(|t| &t.kind), Some(TargetKind::Invitation { used: true }));
        let own = target
            .as_ref()
            .is_some_and(|t| t.core == self.me && self.core.conns.get(&t.conn).is_some_and(|c| c.user == user));
        if key.invitation {
            let mine = target.as_ref().map(|t| t.full.as_str());
            let joined = self.core.conns.values().find(|c| {
                c.user == user
                    && c.link.as_ref().is_some_and(|(f, _)| Some(f.as_str()) == mine)
                    && c.status != ConnStatus::New
            });
            let plan = match joined {
                Some(c) if c.entity == Entity::Pending && !own => Plan::InvitationConnecting,
                _ if own && !used => Plan::InvitationOwn,
                _ if key.short && (used || target.is_none()) => return Err(self.auth_error(user)),
                _ => Plan::InvitationOk,
            };
            return Ok((plan, target));
        }
        if let Some(t) = target.as_ref().filter(|t| t.kind == TargetKind::Group) {
            let own_group = self.core.links.values().find(|l| l.conn == t.conn && t.core == self.me);
            if let Some((group, ..)) = own_group.and_then(|l| l.group.clone()).filter(|_| own) {
                return Ok((Plan::GroupOwn(group), target));
            }
            let full = t.full.clone();
            let mut plan = Plan::GroupOk;
            for c in self.core.conns.values().filter(|c| c.user == user && c.queue.as_deref() == Some(&*full)) {
                match c.entity {
                    Entity::Member(m) => {
                        if let Some(m) = self.core.members.get(&m)
                            && self.own_member(m.group).is_some_and(|o| o.current() && o.status == "connected")
                        {
                            return Ok((Plan::GroupKnown(m.group), target));
                        }
                        plan = Plan::GroupConnecting;
                    }
                    _ => plan = Plan::GroupConnecting,
                }
            }
            return Ok((plan, target));
        }
        if own {
            return Ok((Plan::AddressOwn, target));
        }
        if target.is_none() && key.short {
            return Err(self.auth_error(user));
        }
        let full = target.as_ref().map(|t| t.full.as_str()).unwrap_or_default();
        let via = self.core.conns.values().filter(|c| c.user == user && c.queue.as_deref() == Some(full));
        let mut connecting = false;
        for c in via {
            match c.entity {
                Entity::Contact(id) => return Ok((Plan::AddressKnown(id), target)),
                _ => connecting = true,
            }
        }
        Ok((if connecting { Plan::AddressConnecting } else { Plan::AddressOk }, target))
    }

    pub(super) fn connect_plan(&mut self, user: i64, link: &str) -> Answer {
        let user = self.user(Some(user))?;
        let key = Self::read_link(link)?;
        self.plan_answer(user, &key, link)
    }

    fn plan_answer(&mut self, user: i64, key: &ids::LinkKey, link: &str) -> Answer {
        let (plan, target) = self.plan(user, key)?;
        if key.short && !matches!(plan, Plan::AddressOwn | Plan::InvitationOwn | Plan::GroupOwn(_)) {
            self.use_network(user)?;
        }
        self.answer("connectionPlan", user, |j, core| {
            j.key("connLink");
            match &target {
                Some(t) if key.short => render::put_link(j, &t.full, Some(&t.short)),
                _ => render::put_link(j, link, None),
            }
            let (kind, field) = match plan {
                Plan::InvitationOk | Plan::InvitationOwn | Plan::InvitationConnecting => {
                    ("invitationLink", "invitationLinkPlan")
                }
                Plan::GroupOk | Plan::GroupOwn(_) | Plan::GroupConnecting | Plan::GroupKnown(_) => {
                    ("groupLink", "groupLinkPlan")
                }
                _ => ("contactAddress", "contactAddressPlan"),
            };
            j.key("connectionPlan").obj().tag(kind).key(field).obj();
            match plan {
                Plan::AddressOk | Plan::InvitationOk => {
                    j.tag("ok");
                    if let (true, Some(t)) = (key.short, &target) {
                        put_link_data(j, t);
                    }
                }
                Plan::AddressOwn | Plan::InvitationOwn => {
                    j.tag("ownLink");
                }
                Plan::AddressConnecting => {
                    j.tag("connectingConfirmReconnect");
                }
                Plan::InvitationConnecting => {
                    j.tag("connecting");
                }
                Plan::GroupOk => {
                    j.tag("ok");
                    if let (true, Some((profile, _))) = (key.short, target.as_ref().and_then(|t| t.group.as_ref())) {
                        j.key("groupSLinkData_").obj().raw("groupProfile", profile).end();
                    }
                }
                Plan::GroupConnecting => {
                    j.tag("connectingConfirmReconnect");
                }
                Plan::GroupOwn(id) => {
                    j.tag("ownLink").key("groupInfo");
                    render::put_group(j, core, id);
                }
                Plan::GroupKnown(id) => {
                    j.tag("known").key("groupInfo");
                    render::put_group(j, core, id);
                }
                Plan::AddressKnown(id) => {
                    j.tag("known").key("contact");
                    render::put_contact(j, core, id);
                }
            }
            j.end().end();
        })
    }

    pub(super) fn connect(
        &mut self,
        user: Option<i64>,
        incognito: bool,
        link: Option<&str>,
        plan_first: bool,
    ) -> Answer {
        let user = self.user(user)?;
        let Some(link) = link else { return self.invite(user, incognito) };
        let key = Self::read_link(link)?;
        let (plan, target) = self.plan(user, &key)?;
        if plan_first && !matches!(plan, Plan::AddressOk | Plan::InvitationOk | Plan::GroupOk) {
            return self.plan_answer(user, &key, link);
        }
        if let Plan::AddressKnown(contact) = plan {
            return self.answer("contactAlreadyExists", user, |j, core| {
                j.key("contact");
                render::put_contact(j, core, contact);
            });
        }
        self.use_network(user)?;
        let Some(target) = target else {
            // The attempt leaves a gap in the connections' ids.
            self.core.last_conn += 1;
            return Err(self.auth_error(user));
        };
        match target.kind {
            TargetKind::Invitation { used } => {
                if used || matches!(plan, Plan::InvitationOwn) {
                    self.core.last_conn += 1;
                    return Err(self.auth_error(user));
                }
                self.join_invitation(user, incognito, &key, target, link)
            }
            TargetKind::Address | TargetKind::Group => self.request_contact(user, incognito, target),
        }
    }

    pub(crate) fn make_incognito(&mut self, conn: i64) -> Profile {
        let profile = Profile::named(&ids::name(&mut self.sh.rng));
        let id = self.core.new_profile_id();
        self.set_conn(conn, |c| {
            c.incognito = Some(id);
            c.incognito_profile = Some(profile.clone());
        });
        profile
    }

    /// The profile shown through a connection that has no contact yet.
    fn conn_profile(&self, user: i64, conn: i64) -> Arc<Profile> {
        match self.core.conns.get(&conn).and_then(|c| c.incognito_profile.clone()) {
            Some(mut p) => {
                p.preferences = Some(crate::content::Preferences::default().full());
                Arc::new(p)
            }
            None => self.wire_profile(user, None),
        }
    }

    fn invite(&mut self, user: i64, incognito: bool) -> Answer {
        self.use_network(user)?;
        let server = self.server(user);
        let links = ids::links(&mut self.sh.rng, &server, true, None);
        let conn = self.new_conn(user, Entity::Pending, ConnStatus::New);
        if incognito {
            self.make_incognito(conn);
        }
        let target = Target {
            core: self.me,
            conn,
            full: links.full.clone(),
            short: links.short.clone(),
            kind: TargetKind::Invitation { used: false },
            profile: self.conn_profile(user, conn),
            business: false,
            message: None,
            group: None,
        };
        self.sh.links.insert(links.queue.clone(), target.clone());
        self.sh.links.insert(links.short_queue, target);
        self.set_conn(conn, |c| {
            c.link = Some((links.full.clone(), Some(links.short.clone())));
            c.queue = Some(links.queue);
        });
        self.answer("invitation", user, |j, core| {
            j.key("connLinkInvitation");
            render::put_link(j, &links.full, Some(&links.short));
            j.key("connection");
            if let Some(c) = core.conns.get(&conn) {
                render::put_pending(j, c);
            }
        })
    }

    fn join_invitation(
        &mut self,
        user: i64,
        incognito: bool,
        key: &ids::LinkKey,
        target: Target,
        link: &str,
    ) -> Answer {
        for t in self.sh.links.values_mut().filter(|t| t.core == target.core && t.conn == target.conn) {
            t.kind = TargetKind::Invitation { used: true };
        }
        let conn = self.new_conn(user, Entity::Pending, ConnStatus::SndReady);
        let custom = incognito.then(|| self.make_incognito(conn));
        let short = key.short.then(|| target.short.clone());
        let full = if key.short { target.full.clone() } else { link.to_owned() };
        self.set_conn(conn, |c| {
            c.peer = Some((target.core, target.conn));
            c.link = Some((full, short));
        });
        let profile = self.conn_profile(user, conn);
        let from = (self.me, conn);
        self.send(conn, Wire::Confirm { from, profile }, None);
        self.send(conn, Wire::Hello, None);
        self.pending_answer("sentConfirmation", user, conn, custom)
    }

    fn pending_answer(&mut self, tag: &str, user: i64, conn: i64, custom: Option<Profile>) -> Answer {
        self.answer(tag, user, |j, core| {
            j.key("connection");
            if let Some(c) = core.conns.get(&conn) {
                render::put_pending(j, c);
            }
            if let Some(p) = custom {
                j.key("customUserProfile");
                p.put(j);
            }
        })
    }

    fn request_contact(&mut self, user: i64, incognito: bool, target: Target) -> Answer {
        // Asking again is the same request for the other side.
        let before = self
            .core
            .conns
            .values()
            .find(|c| c.user == user && c.entity == Entity::Pending && c.queue.as_deref() == Some(&target.full))
            .and_then(|c| c.x_contact_id.clone());
        let x = before.unwrap_or_else(|| ids::id16(&mut self.sh.rng));
        let conn = self.new_conn(user, Entity::Pending, ConnStatus::Joined);
        let custom = incognito.then(|| self.make_incognito(conn));
        self.set_conn(conn, |c| {
            c.via_uri = true;
            c.x_contact_id = Some(x.clone());
            c.queue = Some(target.full.clone());
            c.peer = Some((target.core, target.conn));
            c.group_link_id = target.group.as_ref().map(|(_, id)| id.clone());
        });
        let mut profile = self.conn_profile(user, conn);
        if target.kind == TargetKind::Group {
            // Members see each other without preferences.
            Arc::make_mut(&mut profile).preferences = None;
        }
        let from = (self.me, conn);
        self.send(conn, Wire::Request { from, profile, x_contact_id: x, message: None, welcome: None }, None);
        self.pending_answer("sentInvitation", user, conn, custom)
    }

    pub(super) fn accept_contact(&mut self, request: i64, incognito: bool) -> Answer {
        let user = self.active()?;
        let Some(r) = self.core.requests.get_mut(&request).filter(|r| r.user == user) else {
            return Err(error::store_id("contactRequestNotFound", "contactRequestId", request));
        };
        if incognito {
            return Err(error::command("incognito not allowed for address with short link data"));
        }
        if r.accepted {
            return Err(error::agent_prohibited(&format!(
                "SEInvitationNotFound acceptContact', invitationId = \"{}\"",
                r.agent_id
            )));
        }
        r.accepted = true;
        let Some(contact) = r.contact else { return Err(error::command("not supported")) };
        let conn = self.accept_request(request, contact);
        self.set_conn(conn, |c| c.status = ConnStatus::SndReady);
        self.send(conn, Wire::Hello, None);
        self.answer("acceptingContactRequest", user, |j, core| {
            j.key("contact");
            render::put_contact(j, core, contact);
        })
    }

    /// Connects a contact whose request was accepted; the caller sends what follows.
    pub(crate) fn accept_request(&mut self, request: i64, contact: i64) -> i64 {
        let Some(r) = self.core.requests.get(&request) else { return 0 };
        let (user, link, peer) = (r.user, r.link, r.from);
        let conn = self.new_conn(user, Entity::Contact(contact), ConnStatus::New);
        self.set_conn(conn, |c| {
            c.peer = Some(peer);
            c.via_link = Some(link);
        });
        if let Some(c) = self.core.contacts.get_mut(&contact) {
            c.conn = Some(conn);
            c.cached = None;
        }
        let profile = self.wire_profile(user, Some(contact));
        let from = (self.me, conn);
        self.send(conn, Wire::Confirm { from, profile }, None);
        conn
    }

    pub(super) fn reject_contact(&mut self, request: i64) -> Answer {
        let user = self.active()?;
        let Some(r) = self.core.requests.remove(&request) else {
            return Err(error::store_id("contactRequestNotFound", "contactRequestId", request));
        };
        let answer = self.answer("contactRequestRejected", user, |j, core| {
            j.key("contactRequest");
            render::put_request(j, &r);
            if let Some(id) = r.contact {
                j.key("contact_");
                render::put_contact(j, core, id);
            }
        });
        if let Some(c) = r.contact.and_then(|id| self.core.contacts.remove(&id)) {
            self.core.profile_ids.remove(&c.profile_id);
            if let Some(conn) = c.conn {
                self.core.conns.remove(&conn);
            }
        }
        answer
    }

    pub(super) fn list_contacts(&mut self, user: i64) -> Answer {
        let user = self.user(Some(user))?;
        let ids: Vec<i64> = self
            .core
            .contacts
            .values()
            .filter(|c| {
                c.user == user
                    && !c.special
                    && c.conn.is_some()
                    && c.status != crate::state::ContactStatus::DeletedByUser
            })
            .map(|c| c.id)
            .collect();
        self.answer("contactsList", user, |j, core| {
            j.key("contacts").arr();
            for id in ids {
                j.elem("");
                render::put_contact(j, core, id);
            }
            j.end_arr();
        })
    }

    /// A name that nobody else has for this user: the one wanted, or with a number after it.
    pub(crate) fn free_name(&self, user: i64, wanted: &str) -> String {
        let taken = |name: &str| {
            self.core.contacts.values().any(|c| c.user == user && c.name == name)
                || self.core.groups.values().any(|g| g.user == user && g.name == name)
                || self.core.members.values().any(|m| {
                    m.contact.is_none()
                        && m.name == name
                        && self.core.groups.get(&m.group).is_some_and(|g| g.user == user)
                })
                || self.core.requests.values().any(|r| r.user == user && r.contact.is_none() && r.name == name)
        };
        if !taken(wanted) {
            return wanted.to_owned();
        }
        let mut n = 1;
        loop {
            let name = format!("{wanted}_{n}");
            if !taken(&name) {
                return name;
            }
            n += 1;
        }
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

    /// What the core itself writes into a new chat: each inner list is one event.
    pub(crate) fn first_items(&mut self, contact: i64) -> Vec<Vec<Item>> {
        self.first_items_of(contact, true)
    }

    /// As [`Self::first_items`], with or without the post-quantum ratchet.
    pub(crate) fn first_items_of(&mut self, contact: i64, quantum: bool) -> Vec<Vec<Item>> {
        let at = ChatRef::Direct(contact);
        let merged = match self.core.contacts.get(&contact) {
            Some(c) => render::merged(self.core, c),
            None => return Vec::new(),
        };
        let mut out = Vec::new();
        if self.core.contacts.get(&contact).is_some_and(|c| c.chat.items.is_empty()) {
            let now = self.sh.tick();
            let id = self.core.new_item_id();
            let body = Body::Own { text: "chat banner".into(), json: r#"{"type":"chatBanner"}"#.into() };
            out.push(vec![Item::new(id, Dir::DirectSnd, Ts(0), body, Status::SndNew, now)]);
        }
        let text = if quantum { E2EE } else { super::groups::GROUP_E2EE };
        let json = format!(r#"{{"type":"rcvDirectE2EEInfo","e2eeInfo":{{"pqEnabled":{quantum}}}}}"#);
        let e2ee = Body::Own { text: text.into(), json: json.into() };
        out.push(vec![self.own_item(Dir::DirectRcv, e2ee)]);
        let mut features = Vec::new();
        for (i, (pref, _, _, enabled)) in merged.into_iter().enumerate() {
            if matches!(i, feature::FILES) || i > feature::CALLS {
                continue;
            }
            let body = feature_body("rcvChatFeature", i, enabled, pref.ttl);
            features.push(self.own_item(Dir::DirectRcv, body));
        }
        out.push(features);
        for item in out.iter().flatten() {
            self.add_item(at, item.clone());
        }
        out
    }

    /// An item of the core's own, read already.
    pub(crate) fn own_item(&mut self, dir: Dir, body: Body) -> Item {
        let now = self.sh.tick();
        let id = self.core.new_item_id();
        let status = if dir.sent() { Status::SndNew } else { Status::RcvRead };
        Item::new(id, dir, now, body, status, now)
    }
}

const E2EE: &str = "This conversation is protected by quantum resistant end-to-end encryption. It has perfect forward \
                    secrecy, repudiation and quantum resistant break-in recovery.";

/// An item that says what a feature is set to.
pub(crate) fn feature_body(tag: &str, i: usize, enabled: (bool, bool), ttl: Option<i64>) -> Body {
    let (name, title, _) = FEATURES.get(i).copied().unwrap_or(FEATURES[0]);
    let state = match enabled {
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
    j.obj().tag(tag).str("feature", name).raw("enabled", &render::enabled_json(enabled));
    if i == feature::TIMED && enabled == (true, true) {
        j.opt_num("param", ttl);
    }
    j.end();
    Body::Own { text: format!("{title}: {state}").into(), json: j.done().into() }
}

/// A time to live in words.
pub(crate) fn duration_text(secs: i64) -> String {
    let (n, unit) = match secs {
        s if s % (30 * 86_400) == 0 && s > 0 => (s / (30 * 86_400), "month"),
        s if s % (7 * 86_400) == 0 && s > 0 => (s / (7 * 86_400), "week"),
        s if s % 86_400 == 0 && s > 0 => (s / 86_400, "day"),
        s if s % 3600 == 0 && s > 0 => (s / 3600, "hour"),
        s if s % 60 == 0 && s > 0 => (s / 60, "min"),
        s => (s, "sec"),
    };
    match (n, unit) {
        (1, "min" | "sec") | (_, "min" | "sec") => format!("{n} {unit}"),
        (1, _) => format!("1 {unit}"),
        _ => format!("{n} {unit}s"),
    }
}

fn put_link_data(j: &mut Js, t: &Target) {
    j.key("contactSLinkData_").obj().key("profile");
    t.profile.put(j);
    j.opt_raw("message", t.message.as_ref().map(|m| &*m.json)).bool("business", t.business).end();
}
