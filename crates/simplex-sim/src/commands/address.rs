//! Addresses.

use std::sync::Arc;

use super::Answer;
use crate::cx::Cx;
use crate::ids;
use crate::parser::{AddressSettings, Role};
use crate::render::{self, Envelope, error};
use crate::shared::{Target, TargetKind};
use crate::state::{ConnStatus, Core, Entity, UserLink};

impl Cx<'_> {
    fn address_of(&self, user: i64) -> Result<i64, Envelope> {
        self.core
            .links
            .values()
            .find(|l| l.user == user && l.group.is_none())
            .map(|l| l.id)
            .ok_or_else(|| error::store("userContactLinkNotFound"))
    }

    pub(super) fn create_address(&mut self, user: Option<i64>) -> Answer {
        let user = self.user(user)?;
        if self.address_of(user).is_ok() {
            return Err(error::store("duplicateContactLink"));
        }
        self.use_network(user)?;
        let id = self.new_link(user, None);
        self.answer("userContactLinkCreated", user, |j, core| {
            if let Some(link) = core.links.get(&id) {
                j.key("connLinkContact");
                render::put_link(j, &link.full, Some(&link.short));
            }
        })
    }

    /// Creates a link of the user, and publishes it in the network: an address, or a link into a group, with the
    /// group's link id and the role of those who join by it.
    pub(super) fn new_link(&mut self, user: i64, group: Option<(i64, Arc<str>, Role)>) -> i64 {
        let server = self.server(user);
        let link_id = group.as_ref().map(|(_, link_id, _)| link_id.clone());
        let links = ids::links(&mut self.sh.rng, &server, false, link_id.as_deref());
        let id = Core::next(&self.core.links);
        let conn = self.new_conn(user, Entity::Link(id), ConnStatus::Ready);
        let target = Target {
            core: self.me,
            conn,
            full: links.full.clone(),
            short: links.short.clone(),
            kind: if group.is_some() { TargetKind::Group } else { TargetKind::Address },
            profile: self.wire_profile(user, None),
            business: false,
            message: None,
            group: group.as_ref().map(|(group, link_id, _)| (self.group_profile_json(*group), link_id.clone())),
        };
        self.sh.publish(&links, target);
        self.core.links.insert(
            id,
            UserLink {
                id,
                user,
                conn,
                full: links.full,
                short: links.short,
                queue: links.queue,
                short_queue: links.short_queue,
                settings: AddressSettings::default(),
                group,
            },
        );
        id
    }

    /// Deletes a link of the user, which leads to nobody then.
    pub(super) fn drop_link(&mut self, id: i64) {
        let Some(link) = self.core.links.remove(&id) else { return };
        self.sh.links.remove(&link.queue);
        self.sh.links.remove(&link.short_queue);
        self.delete_conn(link.conn);
    }

    pub(super) fn delete_address(&mut self, user: Option<i64>) -> Answer {
        let user = self.user(user)?;
        let id = self.address_of(user)?;
        self.drop_link(id);
        if let Some(u) = self.core.users.get_mut(&user).filter(|u| u.profile.contact_link.is_some()) {
            u.profile.contact_link = None;
            u.cached = None;
        }
        self.answer("userContactLinkDeleted", user, |_, _| {})
    }

    pub(super) fn show_address(&mut self, user: Option<i64>) -> Answer {
        let user = self.user(user)?;
        let id = self.address_of(user)?;
        self.link_answer("userContactLink", user, id)
    }

    fn link_answer(&mut self, tag: &str, user: i64, id: i64) -> Answer {
        self.answer(tag, user, |j, core| {
            j.key("contactLink");
            if let Some(l) = core.links.get(&id) {
                render::put_user_link(j, l);
            }
        })
    }

    pub(super) fn profile_address(&mut self, user: i64, on: bool) -> Answer {
        let user = self.user(Some(user))?;
        let id = self.address_of(user)?;
        let link = self.core.links.get(&id).map(|l| l.short.clone()).filter(|_| on);
        let Some(u) = self.core.users.get(&user) else { return Err(error::chat("noActiveUser")) };
        let mut profile = u.profile.clone();
        profile.contact_link = link;
        self.update_profile(user, profile)
    }

    pub(super) fn address_settings(&mut self, user: Option<i64>, settings: AddressSettings) -> Answer {
        let user = self.user(user)?;
        let id = self.address_of(user)?;
        if settings.auto_accept == Some(true) {
            return Err(error::command("incognito not allowed for address with short link data"));
        }
        // The content of the short link is stored at the server.
        self.use_network(user)?;
        if let Some(l) = self.core.links.get_mut(&id) {
            for key in [&l.queue, &l.short_queue] {
                if let Some(t) = self.sh.links.get_mut(key) {
                    t.business = settings.business;
                    t.message = settings.auto_reply.clone();
                }
            }
            l.settings = settings;
        }
        self.link_answer("userContactLinkUpdated", user, id)
    }
}
