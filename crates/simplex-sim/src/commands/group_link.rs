//! Links into groups.

use std::sync::Arc;

use super::Answer;
use crate::cx::Cx;
use crate::ids;
use crate::parser::Role;
use crate::render::{self, Envelope, error};
use crate::state::UserLink;

impl Cx<'_> {
    fn link_of(&self, group: i64) -> Option<&UserLink> {
        self.core.links.values().find(|l| l.group.as_ref().is_some_and(|(g, ..)| *g == group))
    }

    fn group_link(&mut self, group: i64) -> Result<i64, Envelope> {
        let found = self.link_of(group).map(|l| l.id);
        found.ok_or_else(|| error::store_with("groupLinkNotFound", |j| render::put_group_info(j, self.core, group)))
    }

    fn initial_role(&mut self, group: i64, role: Role) -> Result<(), Envelope> {
        if role > Role::Member {
            return Err(error::chat_with("groupMemberInitialRole", |j| {
                render::put_group_info(j, self.core, group);
                j.str("initialRole", role.as_str());
            }));
        }
        Ok(())
    }

    pub(super) fn create_group_link(&mut self, group: i64, role: Role) -> Answer {
        let user = self.group_of(group)?;
        self.need_role(group, Role::Admin)?;
        self.initial_role(group, role)?;
        if self.group_link(group).is_ok() {
            return Err(error::store_with("duplicateGroupLink", |j| {
                render::put_group_info(j, self.core, group);
            }));
        }
        self.use_network(user)?;
        let link_id: Arc<str> = ids::link_id(&mut self.sh.rng).into();
        let id = self.new_link(user, Some((group, link_id, role)));
        self.group_link_answer("groupLinkCreated", user, group, id)
    }

    pub(super) fn group_profile_json(&self, group: i64) -> Arc<str> {
        self.core.groups.get(&group).map(|g| g.profile.json.clone()).unwrap_or_default()
    }

    /// Updates the short link's content after a change of the group's profile.
    pub(super) fn refresh_group_link(&mut self, group: i64) {
        let json = self.group_profile_json(group);
        let (conn, me) = (self.link_of(group).map(|l| l.conn), self.me);
        for t in self.sh.links.values_mut().filter(|t| t.core == me && Some(t.conn) == conn) {
            if let Some((p, _)) = &mut t.group {
                *p = json.clone();
            }
        }
    }

    fn group_link_answer(&mut self, tag: &str, user: i64, group: i64, id: i64) -> Answer {
        self.answer(tag, user, |j, core| {
            render::put_group_info(j, core, group);
            j.key("groupLink");
            if let Some(l) = core.links.get(&id) {
                render::put_group_link(j, l);
            }
        })
    }

    pub(super) fn set_group_link_role(&mut self, group: i64, role: Role) -> Answer {
        let user = self.group_of(group)?;
        let id = self.group_link(group)?;
        self.initial_role(group, role)?;
        if let Some((_, _, r)) = self.core.links.get_mut(&id).and_then(|l| l.group.as_mut()) {
            *r = role;
        }
        self.group_link_answer("groupLink", user, group, id)
    }

    pub(super) fn get_group_link(&mut self, group: i64) -> Answer {
        let user = self.group_of(group)?;
        let id = self.group_link(group)?;
        self.group_link_answer("groupLink", user, group, id)
    }

    pub(super) fn delete_group_link(&mut self, group: i64) -> Answer {
        let user = self.group_of(group)?;
        self.group_link(group)?;
        self.drop_group_link(group);
        self.group_answer("groupLinkDeleted", user, group)
    }

    pub(crate) fn drop_group_link(&mut self, group: i64) {
        if let Some(id) = self.link_of(group).map(|l| l.id) {
            self.drop_link(id);
        }
    }
}
