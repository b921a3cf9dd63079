//! Invitations and requests.

use std::sync::Arc;

use super::Answer;
use super::plans::Plan;
use crate::content::{Content, Profile};
use crate::cx::Cx;
use crate::ids;
use crate::render::{self, error};
use crate::shared::{Target, TargetKind};
use crate::state::{Asked, ConnStatus, Entity, Wire};

impl Cx<'_> {
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
            return self.contact_answer("contactAlreadyExists", user, contact);
        }
        self.use_network(user).inspect_err(|_| self.failed_join(link))?;
        let own = matches!(plan, Plan::InvitationOwn);
        let dead = |t: &Target| own || matches!(t.kind, TargetKind::Invitation { used: true });
        let Some(target) = target.filter(|t| !dead(t)) else {
            self.failed_join(link);
            return Err(self.auth_error(user));
        };
        let number = self.core.failed_joins.remove(link);
        if let Some(number) = number {
            self.core.conn_numbers.remove(&number);
        }
        match target.kind {
            TargetKind::Invitation { .. } => self.join_invitation(user, incognito, &key, target, link),
            TargetKind::Address | TargetKind::Group => self.request_contact(user, incognito, target),
        }
    }

    /// A connection that could not be joined stays in the database, where the next attempt finds it.
    fn failed_join(&mut self, link: &str) {
        if !self.core.failed_joins.contains_key(link) {
            let number = self.core.new_conn_number();
            self.core.failed_joins.insert(link.to_owned(), number);
        }
    }

    pub(crate) fn make_incognito(&mut self, conn: i64) -> Profile {
        let profile = Profile::named(&ids::name(&mut self.sh.rng));
        let id = self.core.new_profile_id();
        self.set_conn(conn, |c| {
            c.incognito = Some(id);
            c.incognito_profile = Some(Box::new(profile.clone()));
        });
        profile
    }

    /// The profile shown through a connection that has no contact yet.
    pub(super) fn conn_profile(&self, user: i64, conn: i64) -> Arc<Profile> {
        match self.core.conns.get(&conn).and_then(|c| c.incognito_profile.clone()) {
            Some(mut p) => {
                p.preferences = Some(crate::content::Preferences::default().full());
                Arc::from(p)
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
        self.sh.publish(&links, target);
        self.set_conn(conn, |c| {
            c.link = Some((links.full.clone(), Some(links.short.clone())));
            c.queue = Some(links.queue);
        });
        self.answer("invitation", user, |j, core| {
            j.key("connLinkInvitation");
            render::put_link(j, &links.full, Some(&links.short));
            j.key("connection");
            render::put_pending(j, core, conn);
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
        self.sh.use_invitation(&target);
        let conn = self.new_conn(user, Entity::Pending, ConnStatus::SndReady);
        let custom = incognito.then(|| self.make_incognito(conn));
        let short = key.short.then(|| target.short.clone());
        let full = if key.short { target.full.clone() } else { link.to_owned() };
        self.set_conn(conn, |c| {
            c.peer = Some((target.core, target.conn));
            c.link = Some((full, short));
        });
        let profile = self.conn_profile(user, conn);
        self.send(conn, Wire::Confirm { from: (self.me, conn), profile });
        self.pending_answer("sentConfirmation", user, conn, custom)
    }

    fn pending_answer(&mut self, tag: &str, user: i64, conn: i64, custom: Option<Profile>) -> Answer {
        self.answer(tag, user, |j, core| {
            j.key("connection");
            render::put_pending(j, core, conn);
            if let Some(p) = custom {
                j.key("customUserProfile");
                p.put(j);
            }
        })
    }

    fn request_contact(&mut self, user: i64, incognito: bool, target: Target) -> Answer {
        // For the other side, a repeated request is the same request.
        let before = self
            .core
            .conns
            .values()
            .find(|c| c.user == user && c.queue.as_deref() == Some(&target.full))
            .filter(|c| target.kind == TargetKind::Address || c.entity == Entity::Pending)
            .and_then(|c| c.x_contact_id.clone());
        let x = before.unwrap_or_else(|| ids::id16(&mut self.sh.rng));
        let conn = self.new_conn(user, Entity::Pending, ConnStatus::Joined);
        let custom = incognito.then(|| self.make_incognito(conn));
        self.send_request(user, conn, &target, x, None, None);
        self.pending_answer("sentInvitation", user, conn, custom)
    }

    /// Asks the owner of an address or a group link, perhaps with a message, after having seen the welcome.
    pub(super) fn send_request(
        &mut self,
        user: i64,
        conn: i64,
        target: &Target,
        x_contact_id: Arc<str>,
        message: Option<(Arc<str>, Content)>,
        welcome: Option<Arc<str>>,
    ) {
        self.set_conn(conn, |c| {
            c.via_uri = true;
            c.x_contact_id = Some(x_contact_id.clone());
            c.queue = Some(target.full.clone());
            c.peer = Some((target.core, target.conn));
            c.group_link_id = target.group.as_ref().map(|(_, id)| id.clone());
        });
        let mut profile = self.conn_profile(user, conn);
        if target.kind == TargetKind::Group {
            // Members do not see each other's preferences.
            Arc::make_mut(&mut profile).preferences = None;
        }
        let from = (self.me, conn);
        self.send(conn, Asked { from, profile, x_contact_id, message, welcome });
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
        self.send(conn, Wire::Hello);
        self.contact_answer("acceptingContactRequest", user, contact)
    }

    /// Connects a contact whose request was accepted; the caller sends the messages that follow.
    pub(crate) fn accept_request(&mut self, request: i64, contact: i64) -> i64 {
        let Some(r) = self.core.requests.get(&request) else { return 0 };
        let (user, link, peer) = (r.user, r.link, r.from);
        let conn = self.new_conn(user, Entity::Contact(contact), ConnStatus::New);
        self.set_conn(conn, |c| {
            c.peer = Some(peer);
            c.via_link = Some(link);
        });
        self.set_contact(contact, |c| c.conn = Some(conn));
        let profile = self.wire_profile(user, Some(contact));
        self.send(conn, Wire::Confirm { from: (self.me, conn), profile });
        conn
    }

    pub(super) fn reject_contact(&mut self, request: i64) -> Answer {
        let user = self.active()?;
        let Some(r) = self.core.requests.get(&request).filter(|r| r.user == user).cloned() else {
            return Err(error::store_id("contactRequestNotFound", "contactRequestId", request));
        };
        self.core.requests.remove(&request);
        let answer = self.answer("contactRequestRejected", user, |j, core| {
            j.key("contactRequest");
            render::put_request(j, &r);
            if let Some(id) = r.contact {
                j.key("contact_");
                render::put_contact(j, core, id);
            }
        });
        if let Some(conn) = r.contact.and_then(|id| self.forget_contact(id)).and_then(|c| c.conn) {
            self.core.remove_conn(conn);
        }
        answer
    }
}
