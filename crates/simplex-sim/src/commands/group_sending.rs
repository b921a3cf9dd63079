//! Which members get a message, who may write, and how far a message got.

use crate::content::Content;
use crate::cx::Cx;
use crate::parser::{ChatRef, Role, Scope};
use crate::render::{self, Envelope, error};
use crate::state::{ConnStatus, Delivery, Status, Wire, WireScope};

impl Cx<'_> {
    /// The members who get a message to a group, with their connections.
    pub(crate) fn group_targets(&self, group: i64, scope: Scope) -> Vec<(i64, i64)> {
        self.core
            .members
            .of(group)
            .filter(|m| m.category != "user")
            .filter(|m| match scope {
                Scope::Main => m.current() && !m.pending(),
                Scope::Support(None) => m.current() && m.role >= Role::Moderator,
                Scope::Support(Some(id)) => {
                    (m.id == id && (m.current() || m.pending())) || (m.current() && m.role >= Role::Moderator)
                }
            })
            .filter_map(|m| {
                let conn = m.conn?;
                let ready = self.core.conns.get(&conn)?.status == ConnStatus::Ready;
                ready.then_some((m.id, conn))
            })
            .collect()
    }

    /// Sends something that is not an item to the members who get the messages of a part of a group.
    pub(crate) fn tell_group(&mut self, group: i64, scope: Scope, wire: impl Into<Wire>) {
        self.tell_chat(ChatRef::Group(group, scope), wire);
    }

    /// Whether the user may write into a part of a group.
    pub(crate) fn may_write(&mut self, group: i64, scope: Scope) -> Result<(), Envelope> {
        let Some((current, pending, role)) = self.own_member(group).map(|m| (m.current(), m.pending(), m.role)) else {
            return Err(error::group_not_found(group));
        };
        if let Scope::Support(Some(id)) = scope {
            self.find_members(group, &[id])?;
        }
        match scope {
            Scope::Main if !current || pending => Err(error::command("not current member")),
            Scope::Main if role < Role::Author => Err(self.role_error(group, Role::Author)),
            Scope::Support(_) if !current && !pending => Err(error::command("not current member")),
            Scope::Support(None) if role >= Role::Moderator => Err(error::command("no admins support this message")),
            Scope::Support(Some(_)) if role < Role::Moderator => Err(self.role_error(group, Role::Moderator)),
            _ => Ok(()),
        }
    }

    /// The scope as it is sent on the wire.
    pub(crate) fn wire_scope(&self, group: i64, scope: Scope) -> WireScope {
        match scope {
            Scope::Main => WireScope::Main,
            Scope::Support(None) => {
                self.own_member(group).map_or(WireScope::Main, |m| WireScope::Support(m.member_id.clone()))
            }
            Scope::Support(Some(id)) => {
                self.core.members.get(&id).map_or(WireScope::Main, |m| WireScope::Support(m.member_id.clone()))
            }
        }
    }

    /// Whether the user may send a message into a group, as far as its features are concerned.
    pub(crate) fn group_allows(&self, at: (i64, Scope), content: &Content, file: bool) -> Result<(), Envelope> {
        let own = self.own_id(at.0);
        self.group_prohibits(at, own, content, file).map_or(Ok(()), not_allowed)
    }

    /// Whether SimpleX links may be sent into a group, if there are any.
    pub(crate) fn group_allows_links(&self, group: i64, content: &Content) -> Result<(), Envelope> {
        let own = self.own_id(group);
        self.prohibits_links(group, own, content).map_or(Ok(()), not_allowed)
    }

    /// The feature for which a message of a member is prohibited in a part of a group. According to the core's sources,
    /// files and links are allowed in support chats.
    pub(crate) fn group_prohibits(
        &self,
        (group, scope): (i64, Scope),
        member: i64,
        content: &Content,
        file: bool,
    ) -> Option<&'static str> {
        let voice = &*content.kind == "voice";
        if voice && !self.member_may(group, member, "voice") {
            return Some("voice");
        }
        if scope != Scope::Main {
            return None;
        }
        if file && !voice && !self.member_may(group, member, "files") {
            return Some("files");
        }
        self.prohibits_links(group, member, content)
    }

    /// The feature for which the links in a message of a member are prohibited, if they are.
    pub(crate) fn prohibits_links(&self, group: i64, member: i64, content: &Content) -> Option<&'static str> {
        let linked = || crate::markdown::formatted(&content.text).is_some_and(|f| f.contains("simplexLink"));
        (!self.member_may(group, member, "simplexLinks") && linked()).then_some("simplexLinks")
    }

    /// Whether messages that a member deletes are deleted fully, rather than marked.
    pub(crate) fn deletes_fully(&self, group: i64, member: i64) -> bool {
        self.member_may(group, member, "fullDelete")
    }

    /// Whether a feature of a group is on.
    pub(crate) fn group_has(&self, group: i64, feature: &str) -> bool {
        self.core.groups.get(&group).is_some_and(|g| render::group_pref(&g.profile, feature).on)
    }

    /// Whether a feature of a group is on for a member.
    pub(crate) fn member_may(&self, group: i64, member: i64, feature: &str) -> bool {
        let (Some(g), Some(m)) = (self.core.groups.get(&group), self.core.members.get(&member)) else { return false };
        let p = render::group_pref(&g.profile, feature);
        p.on && p.role.as_deref().and_then(Role::read).is_none_or(|r| m.role >= r)
    }

    /// Records how far messages got to a member, and updates their status accordingly.
    pub(crate) fn delivered(&mut self, member: i64, items: &[i64], to: Delivery) {
        let Some(group) = self.core.members.get(&member).map(|m| m.group) else { return };
        // Messages that are sent together are in the same part of a group.
        let Some(at) = items.first().and_then(|i| self.group_item_chat(group, *i)) else { return };
        let now = self.sh.tick();
        let Some(chat) = self.core.chat_mut(at) else { return };
        let mut changed = Vec::new();
        for id in items {
            let Some(i) = chat.item_mut(*id) else { continue };
            if let Some(d) = i.delivery.iter_mut().find(|d| d.0 == member) {
                d.1 = d.1.max(to);
            }
            let all = |d: Delivery| i.delivery.iter().all(|x| x.1 >= d);
            let status = if i.delivery.iter().any(|x| x.1 >= Delivery::Received) {
                Status::SndRcvd { complete: all(Delivery::Received) }
            } else {
                Status::SndSent { complete: all(Delivery::Sent) }
            };
            if i.status != status {
                i.status = status;
                i.updated = now;
                changed.push(i.clone());
            }
        }
        self.statuses_event(at, &changed, now);
    }

    /// The part of a group that contains an item.
    pub(crate) fn group_item_chat(&self, group: i64, item: i64) -> Option<ChatRef> {
        let g = self.core.groups.get(&group)?;
        if g.chat.item(item).is_some() {
            return Some(ChatRef::Group(group, Scope::Main));
        }
        let scope = g.support.iter().find(|(_, c)| c.item(item).is_some())?.0;
        Some(ChatRef::Group(group, Scope::Support(*scope)))
    }
}

fn not_allowed(feature: &str) -> Result<(), Envelope> {
    Err(error::command(&format!("feature not allowed {}", render::group_feature_title(feature))))
}
