//! Connection plans: what a link leads to.

use super::Answer;
use crate::cx::Cx;
use crate::ids;
use crate::json::Js;
use crate::render::{self, Envelope, error};
use crate::shared::{Target, TargetKind};
use crate::state::{ConnStatus, Entity};

/// What a link leads to for a user.
pub(super) enum Plan {
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
    pub(super) fn read_link(link: &str) -> Result<ids::LinkKey, Envelope> {
        ids::link_key(link).ok_or_else(|| error::chat("invalidConnReq"))
    }

    pub(super) fn auth_error(&self, user: i64) -> Envelope {
        error::smp_auth(&self.server(user))
    }

    /// The connection plan of a link. A full link is not looked up at its server: only a short one can be found
    /// missing.
    pub(super) fn plan(&self, user: i64, key: &ids::LinkKey) -> Result<(Plan, Option<Target>), Envelope> {
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
            if let Some(group) = self.prepared_group(user, &full).filter(|_| key.short) {
                return Ok((Plan::GroupKnown(group), target));
            }
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

    pub(super) fn plan_answer(&mut self, user: i64, key: &ids::LinkKey, link: &str) -> Answer {
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
}

fn put_link_data(j: &mut Js, t: &Target) {
    j.key("contactSLinkData_").obj().key("profile");
    t.profile.put(j);
    j.opt_raw("message", t.message.as_ref().map(|m| &*m.json)).bool("business", t.business).end();
}
