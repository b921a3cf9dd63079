//! Contacts prepared from a link: shown before they are connected to.

use super::Answer;
use crate::content::Content;
use crate::cx::Cx;
use crate::ids;
use crate::parser::ChatRef;
use crate::render::error;
use crate::shared::{Target, TargetKind};
use crate::state::{Asked, ConnStatus, Dir, Entity, Item, Prepared, Wire};

impl Cx<'_> {
    pub(super) fn prepare_contact(&mut self, user: i64, link: &str) -> Answer {
        let user = self.user(Some(user))?;
        let key = Self::read_link(link)?;
        let Some(t) = self.sh.links.get(&key.key).cloned() else {
            return Err(self.auth_error(user));
        };
        if t.business {
            return self.prepare_business(user, &t);
        }
        let contact = self.new_contact(user, t.profile.clone());
        let shared = t.message.as_ref().map(|_| ids::id16(&mut self.sh.rng));
        if let Some(c) = self.core.contacts.get_mut(&contact) {
            c.prepared = Some(Prepared {
                full: t.full.clone(),
                short: Some(t.short.clone()),
                invitation: matches!(t.kind, TargetKind::Invitation { .. }),
                welcome_shared: shared.clone(),
                request_shared: None,
            });
        }
        let at = ChatRef::Direct(contact);
        let known = matches!(t.kind, TargetKind::Invitation { .. }).then_some(true);
        self.first_items(contact, known);
        if let (Some(content), Some(shared)) = (t.message, shared) {
            let item = self.message_item(Dir::DirectRcv, content, Some(shared), None);
            self.add_item(at, item);
        }
        let last = self.core.chat(at).and_then(|c| c.items.back()).filter(|i| i.content().is_some()).cloned();
        self.prepared_answer(user, at, last.as_ref())
    }

    pub(super) fn connect_prepared(&mut self, contact: i64, incognito: bool, content: Option<Content>) -> Answer {
        let user = self.known_chat(ChatRef::Direct(contact))?;
        let Some(p) = self.core.contacts.get(&contact).and_then(|c| c.prepared.clone()) else {
            return Err(error::command("contact doesn't have link to connect"));
        };
        if self.core.conn_of(contact).is_some() {
            return self.contact_answer("contactAlreadyExists", user, contact);
        }
        self.use_network(user)?;
        let target = ids::link_key(&p.full).and_then(|k| self.sh.links.get(&k.key).cloned());
        let free = |t: &Target| t.kind != TargetKind::Invitation { used: true };
        let Some(target) = target.filter(free) else { return Err(self.auth_error(user)) };
        let at = ChatRef::Direct(contact);
        let status = if p.invitation { ConnStatus::SndReady } else { ConnStatus::Joined };
        let conn = self.new_conn(user, Entity::Contact(contact), status);
        if incognito {
            self.make_incognito(conn);
        }
        let x = ids::id16(&mut self.sh.rng);
        self.set_conn(conn, |c| {
            c.version = 8;
            c.via_uri = !p.invitation;
            c.queue = Some(target.full.clone());
            c.peer = Some((target.core, target.conn));
            c.initiated = !p.invitation;
            if !p.invitation {
                c.x_contact_id = Some(x.clone());
            }
        });
        self.set_contact(contact, |c| c.conn = Some(conn));
        let profile = self.wire_profile(user, Some(contact));
        let from = (self.me, conn);
        let mut message = None;
        if let Some(content) = content {
            let shared = ids::id16(&mut self.sh.rng);
            let item = self.message_item(Dir::DirectSnd, content.clone(), None, None);
            self.add_item(at, Item { shared: Some(shared.clone()), ..item.clone() });
            self.set_contact(contact, |c| {
                if let Some(p) = &mut c.prepared {
                    p.request_shared = Some(shared.clone());
                }
            });
            self.event_new_items(user, at, &[item]);
            message = Some((shared, content));
        }
        if p.invitation {
            self.sh.use_invitation(&target);
            self.send(conn, Wire::Confirm { from, profile });
        } else {
            let welcome = p.welcome_shared;
            self.send(conn, Asked { from, profile, x_contact_id: x, message, welcome });
        }
        self.contact_answer("startedConnectionToContact", user, contact)
    }
}
