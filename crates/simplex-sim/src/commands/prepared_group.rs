//! Groups prepared from a link: shown before the user asks to join. What these commands do follows the core's sources.

use std::sync::Arc;

use base64ct::{Base64, Encoding};

use super::Answer;
use crate::commands::groups::Invited;
use crate::content::Content;
use crate::cx::Cx;
use crate::deliver::{business_preferences, business_profile};
use crate::ids;
use crate::json::Json;
use crate::parser::{ChatRef, GroupProfile, Role, Scope};
use crate::render::{self, error};
use crate::shared::{Target, TargetKind};
use crate::state::{ConnStatus, Dir, Entity, InvitedBy, Item, PreparedGroup};

impl Cx<'_> {
    /// Channels, which are reached through relays, are not simulated.
    pub(super) fn prepare_group(&mut self, user: i64, link: &str, direct: bool, data: &Json) -> Answer {
        let user = self.user(Some(user))?;
        let key = Self::read_link(link)?;
        let Some(profile) = data.get("groupProfile").and_then(crate::parser::group_profile) else {
            return Err(error::not_parsed());
        };
        if !direct {
            return Err(error::command("not supported"));
        }
        let target = self.sh.links.get(&key.key).filter(|t| t.kind == TargetKind::Group).cloned();
        let Some(target) = target else { return Err(self.auth_error(user)) };
        let welcome = profile.description.as_deref().map(Content::text);
        self.prepare_from(user, &target, profile, welcome)
    }

    /// A business address is prepared as the group that it makes for each customer.
    pub(super) fn prepare_business(&mut self, user: i64, target: &Target) -> Answer {
        let preferences = business_preferences(target.profile.preferences.as_ref());
        let profile = business_profile(&target.profile, preferences);
        self.prepare_from(user, target, profile, target.message.clone())
    }

    fn prepare_from(&mut self, user: i64, target: &Target, profile: GroupProfile, welcome: Option<Content>) -> Answer {
        let host = self.core.members.next();
        let invited =
            Invited { member_id: "".into(), role: Role::Member, status: "unknown", by: InvitedBy::Unknown, host };
        let group = self.add_group(user, Arc::new(profile), Some(invited), None);
        self.unknown_host(group, host);
        let shared = welcome.as_ref().map(|_| ids::id16(&mut self.sh.rng));
        let own = self.own_id(group);
        let Some(g) = self.core.groups.get_mut(&group) else { return Err(error::group_not_found(group)) };
        g.prepared = Some(PreparedGroup {
            full: target.full.clone(),
            short: target.short.clone(),
            started: false,
            welcome_shared: shared.clone(),
            request_shared: None,
        });
        let own_id: Arc<str> = Base64::encode_string(format!("{}_user_unknown_id", g.name).as_bytes()).into();
        if let Some(mut m) = self.core.members.get_mut(&own) {
            m.member_id = own_id.clone();
        }
        if target.business {
            let host_id = self.core.members.get(&host).map(|m| m.member_id.clone()).unwrap_or_default();
            let business = format!(r#"{{"chatType":"business","businessId":"{host_id}","customerId":"{own_id}"}}"#);
            if let Some(g) = self.core.groups.get_mut(&group) {
                g.business = Some(business.into());
            }
        }
        let at = ChatRef::Group(group, Scope::Main);
        let banner = self.banner(Dir::GroupSnd);
        self.add_item(at, banner);
        self.group_feature_items(group, Scope::Main, Dir::GroupRcv(host));
        let last = welcome.map(|content| self.message_item(Dir::GroupRcv(host), content, shared, None));
        if let Some(item) = &last {
            self.add_item(at, item.clone());
        }
        self.prepared_answer(user, at, last.as_ref())
    }

    /// The group that was prepared from a link.
    pub(super) fn prepared_group(&self, user: i64, full: &str) -> Option<i64> {
        let mut groups = self.core.groups.values().filter(|g| g.user == user);
        let found = groups.find(|g| g.prepared.as_ref().is_some_and(|p| p.full == full))?;
        let gone = |status: &str| matches!(status, "left" | "removed" | "deleted" | "group_deleted" | "rejected");
        self.own_member(found.id).filter(|m| !gone(m.status)).map(|_| found.id)
    }

    pub(super) fn connect_prepared_group(&mut self, group: i64, incognito: bool, content: Option<Content>) -> Answer {
        let user = self.group_of(group)?;
        let Some(p) = self.core.groups.get(&group).and_then(|g| g.prepared.clone()) else {
            return Err(error::command("group doesn't have link to connect"));
        };
        let said = content.map(|content| {
            let shared = p.request_shared.clone().unwrap_or_else(|| ids::id16(&mut self.sh.rng));
            (shared, content)
        });
        // To ask again sends nothing.
        if !p.started {
            self.ask_to_join(user, group, incognito, &p, said.clone())?;
        }
        if let Some(g) = self.core.groups.get_mut(&group).and_then(|g| g.prepared.as_mut()) {
            g.started = true;
            g.request_shared = said.as_ref().map(|s| s.0.clone()).or(p.request_shared);
        }
        if let Some((shared, content)) = said {
            let at = ChatRef::Group(group, Scope::Main);
            let item = self.message_item(Dir::GroupSnd, content, Some(shared), None);
            self.add_with_event(user, at, &item);
        }
        let custom = self.core.members.of(group).find(|m| m.category == "host").and_then(|m| m.conn);
        let custom = custom.and_then(|c| self.core.conns.get(&c)?.incognito_profile.clone());
        self.answer("startedConnectionToGroup", user, |j, core| {
            render::put_group_info(j, core, group);
            if let Some(p) = custom {
                j.key("customUserProfile");
                p.put(j);
            }
        })
    }

    fn ask_to_join(
        &mut self,
        user: i64,
        group: i64,
        incognito: bool,
        p: &PreparedGroup,
        message: Option<(Arc<str>, Content)>,
    ) -> Result<(), render::Envelope> {
        self.use_network(user)?;
        let target = ids::link_key(&p.full).and_then(|k| self.sh.links.get(&k.key).cloned());
        let Some(target) = target else { return Err(self.auth_error(user)) };
        let host = self.core.members.of(group).find(|m| m.category == "host").map(|m| m.id);
        let Some(host) = host else { return Err(error::group_not_found(group)) };
        let conn = self.new_conn(user, Entity::Member(host), ConnStatus::Joined);
        if let Some(mut m) = self.core.members.get_mut(&host) {
            m.conn = Some(conn);
        }
        if incognito {
            let shown = self.make_incognito(conn);
            let profile_id = self.core.conns.get(&conn).and_then(|c| c.incognito);
            let own = self.own_id(group);
            if let (Some(mut m), Some(id)) = (self.core.members.get_mut(&own), profile_id) {
                (m.name, m.profile, m.profile_id) = (shown.display_name.clone(), Arc::new(shown), id);
            }
        }
        let x = ids::id16(&mut self.sh.rng);
        self.send_request(user, conn, &target, x, message, p.welcome_shared.clone());
        Ok(())
    }

    /// A chat that was prepared, with its welcome, if it has one.
    pub(super) fn prepared_answer(&mut self, user: i64, at: ChatRef, last: Option<&Item>) -> Answer {
        let now = self.sh.now;
        self.answer("newPreparedChat", user, |j, core| {
            j.key("chat");
            let unread = usize::from(last.is_some());
            let min_unread = last.map_or(0, |item| item.id);
            let stats = render::Stats { unread, min_unread, ..Default::default() };
            render::put_chat(j, core, at, last, stats, now);
        })
    }
}
