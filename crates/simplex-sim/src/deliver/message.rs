//! Messages, and what changes them afterwards: edits, deletions, reactions, receipts.

use std::sync::Arc;

use crate::commands::items::{add_version, change_reaction, put_reaction_event};
use crate::commands::messages::sends_receipts;
use crate::content::{Content, feature};
use crate::cx::Cx;
use crate::deliver::Place;
use crate::json::{Js, Json};
use crate::parser::{ChatRef, Scope};
use crate::render;
use crate::shared::Step;
use crate::state::{Body, ConnStatus, Dir, EarlyReaction, Item, Message, Quote, QuotedBy, Status, Update, WireScope};
use crate::time::Ts;

impl Cx<'_> {
    /// A new item with a message of a person; one that was received at some time is unread.
    pub(crate) fn message_item(
        &mut self,
        dir: Dir,
        content: Content,
        shared: Option<Arc<str>>,
        at: Option<Ts>,
    ) -> Item {
        let now = self.sh.tick();
        let id = self.core.new_item_id();
        let status = if dir.sent() { Status::SndNew } else { Status::RcvNew };
        let mut item = Item::new(id, dir, at.map_or(now, Ts::whole_second), Body::Msg(content), status, now);
        item.formatted = crate::markdown::formatted(item.text()).map(Into::into);
        item.shared = shared;
        item
    }

    /// The id by which the members of a group know the user.
    fn own_member_id(&self, chat: ChatRef) -> Option<Arc<str>> {
        let ChatRef::Group(group, _) = chat else { return None };
        self.own_member(group).map(|m| m.member_id.clone())
    }

    /// The part of a group that a message is for: the place within it.
    fn scoped(&mut self, p: Place, scope: &WireScope) -> Place {
        let (ChatRef::Group(g, _), WireScope::Support(member_id)) = (p.chat, scope) else { return p };
        let own = self.own_member(g).is_some_and(|m| m.member_id == *member_id);
        let member = self.by_member_id(g, member_id);
        Place { chat: ChatRef::Group(g, Scope::Support(member.filter(|_| !own))), ..p }
    }

    pub(super) fn on_message(&mut self, p: Place, mut m: Message, at: Ts) -> Option<Arc<str>> {
        let p = self.scoped(p, &m.scope);
        m.ttl = m.ttl.filter(|_| self.may_disappear(p.chat));
        self.set_conn_early(p.conn);
        let shared = m.shared.clone();
        let item = self.store_message(p, m, at)?;
        if !self.moderated_early(p, &item) {
            self.event_new_items(p.user, p.chat, std::slice::from_ref(&item));
        }
        let receipts = match p.chat {
            ChatRef::Direct(id) => sends_receipts(self.core, id),
            ChatRef::Group(id, _) => self.group_receipts(id),
            _ => false,
        };
        receipts.then_some(shared)
    }

    fn group_receipts(&self, group: i64) -> bool {
        let Some(g) = self.core.groups.get(&group) else { return false };
        let small = self.core.members.count(group) <= 20;
        let user = self.core.users.get(&g.user).is_some_and(|u| u.flags.rcpts_groups);
        g.settings.receipts.unwrap_or(user && small)
    }

    /// Stores a received message as unread.
    pub(crate) fn store_message(&mut self, p: Place, m: Message, at: Ts) -> Option<Item> {
        let blocked = matches!(p.dir, Dir::GroupRcv(by) if self.core.members.get(&by).is_some_and(|m| m.blocked));
        let refused = if blocked { None } else { self.refused(p, &m.content, m.file.is_some()) };
        let mut item = self.message_item(p.dir, m.content, Some(m.shared.clone()), Some(at));
        let now = item.created;
        item.live = m.live && !blocked;
        item.timed = m.ttl.map(|t| (t, None));
        if m.forwarded {
            item.forwarded = Some(r#"{"type":"unknown"}"#.into());
        }
        let own = self.own_member_id(p.chat);
        let author = match p.dir {
            Dir::GroupRcv(author) => self.core.members.get(&author),
            _ => None,
        };
        let hidden = author.and_then(|m| match (m.blocked, m.show) {
            (true, _) => Some("blockedByAdmin"),
            (false, false) => Some("blocked"),
            _ => None,
        });
        // Whoever is blocked mentions nobody.
        item.mentions = if hidden.is_some() { Vec::new() } else { m.mentions };
        item.user_mention = item.mentions.iter().any(|(_, id)| Some(id) == own.as_ref());
        if let Some(q) = m.quote {
            let here = q.shared.as_deref().and_then(|s| match p.chat {
                // A report quotes a message of the group itself.
                ChatRef::Group(g, of) if of != Scope::Main => {
                    self.find_shared(p.chat, s).or_else(|| self.find_shared(ChatRef::Group(g, Scope::Main), s))
                }
                chat => self.find_shared(chat, s),
            });
            let dir = match (&q.by, p.chat) {
                (QuotedBy::Member(id), ChatRef::Group(..)) if Some(id) == own.as_ref() => {
                    item.user_mention = true;
                    Some(Dir::GroupSnd)
                }
                (QuotedBy::Member(id), ChatRef::Group(g, _)) => self.by_member_id(g, id).map(Dir::GroupRcv),
                (QuotedBy::Sender, _) => Some(p.dir),
                _ => Some(Dir::DirectSnd),
            };
            item.quote = Some(Box::new(Quote {
                item: here,
                shared: q.shared,
                sent_at: q.sent_at.whole_second(),
                dir,
                content: q.content,
            }));
        }
        if let Some(tag) = hidden {
            let mut j = Js::new();
            j.obj().tag(tag);
            render::put_ts(&mut j, "deletedTs", now);
            j.end();
            item.deleted = Some(j.done().into());
            if tag == "blockedByAdmin" {
                item.status = Status::RcvRead;
            }
        }
        if let Some(body) = refused {
            (item.body, item.formatted, item.live, item.timed) = (body, None, false, None);
        } else if let Some(offer) = m.file {
            item.file = Some(self.offered_file(p, item.id, offer));
        }
        if let ChatRef::Group(g, _) = p.chat
            && let Some(group) = self.core.groups.get_mut(&g)
        {
            for e in group.chat.early.extract_if(.., |e| *e.shared == *m.shared) {
                let _ = change_reaction(&mut item, &e.reaction, e.add, Some(e.by), e.at);
            }
        }
        self.add_item(p.chat, item.clone());
        self.support_activity(p.chat, &item);
        Some(item)
    }

    /// A message may come before the handshake is finished.
    fn set_conn_early(&mut self, conn: i64) {
        if self.core.conns.get(&conn).is_some_and(|c| c.status == ConnStatus::Requested) {
            self.set_conn(conn, |c| {
                c.status = ConnStatus::Accepted;
                c.pq_rcv = Some(c.pq);
            });
        }
    }

    pub(crate) fn find_shared(&self, chat: ChatRef, shared: &str) -> Option<i64> {
        self.core.chat(chat)?.items.iter().rev().find(|i| i.shared.as_deref() == Some(shared)).map(|i| i.id)
    }

    pub(super) fn on_update(&mut self, p: Place, update: Update, at: Ts) {
        let Update { shared, content, mentions, live, ttl, scope } = update;
        let p = self.scoped(p, &scope);
        let own = self.own_member_id(p.chat);
        let (user, chat) = (p.user, p.chat);
        if let (ChatRef::Group(group, _), Dir::GroupRcv(by)) = (chat, p.dir)
            && self.prohibits_links(group, by, &content).is_some()
        {
            return self.message_error(user, "warning", "x.msg.update ignored: feature not allowed SimpleX links");
        }
        let ttl = ttl.filter(|_| self.may_disappear(chat));
        let now = self.sh.tick();
        let ts = at.whole_second();
        let mut last_version = self.core.last_version;
        let copy = match self.find_shared(chat, &shared) {
            Some(id) => {
                let Some(item) = self.core.item_mut(chat, id) else {
                    return;
                };
                if item.content().is_none() {
                    let who = if matches!(chat, ChatRef::Direct(_)) { "contact" } else { "group member" };
                    let message = format!("x.msg.update: {who} attempted invalid message update");
                    return self.message_error(user, "error", &message);
                }
                if !item.live {
                    last_version = add_version(item, &content, last_version, now, ts);
                    item.edited = true;
                }
                let finished = item.live && !live;
                item.live = live && item.live;
                // The time of a disappearing message that was read before it was finished starts now.
                let due = (finished && item.status == Status::RcvRead).then(|| item.start_timer(now)).flatten();
                item.mentions = mentions;
                item.set_content(content);
                let copy = item.clone();
                self.core.last_version = last_version;
                if let Some(at) = due {
                    self.sh.at(at, Step::Expire(self.me, id));
                }
                copy
            }
            None => {
                // The message was deleted here before: the edit brings it back.
                let mut item = self.message_item(p.dir, content, Some(shared), Some(at));
                item.edited = true;
                item.user_mention = mentions.iter().any(|(_, id)| Some(id) == own.as_ref());
                item.mentions = mentions;
                item.live = live;
                item.timed = ttl.map(|t| (t, None));
                self.add_item(chat, item.clone());
                item
            }
        };
        self.event("chatItemUpdated", user, |j, core| {
            j.key("chatItem");
            render::put_item_in_chat(j, core, chat, &copy, now);
        });
    }

    /// Finds the item with a shared id in a chat, or in another part of the same group.
    pub(crate) fn find_in(&self, chat: ChatRef, shared: &str) -> Option<(ChatRef, i64)> {
        if let Some(id) = self.find_shared(chat, shared) {
            return Some((chat, id));
        }
        let ChatRef::Group(g, _) = chat else { return None };
        let mut parts = self.core.groups.get(&g)?.support.keys().map(|m| ChatRef::Group(g, Scope::Support(*m)));
        parts.find_map(|at| Some((at, self.find_shared(at, shared)?)))
    }

    pub(super) fn on_delete(&mut self, p: Place, shared: &str, at: Ts) {
        let Some((chat, id)) = self.find_in(p.chat, shared) else { return self.deleted_not_found(p, shared) };
        let full = match chat {
            ChatRef::Direct(id) => self.enabled(id, feature::FULL_DELETE).for_contact,
            ChatRef::Group(id, _) => matches!(p.dir, Dir::GroupRcv(by) if self.deletes_fully(id, by)),
            _ => false,
        };
        if self.core.item(chat, id).is_some_and(|i| i.deleted.is_some()) {
            // Somebody deleted it before: a moderator, or the user.
            let who = if matches!(chat, ChatRef::Direct(_)) { "contact" } else { "member" };
            return self.message_error(p.user, "error", &format!("x.msg.del: {who} attempted invalid message delete"));
        }
        self.sh.tick();
        let Some(pair) = self.delete_here(chat, id, !full, at.whole_second(), None) else { return };
        let list = [pair];
        self.deleted_event(p.user, chat, &list, false);
        self.let_files_of(&list);
    }

    /// Reports that the message to be deleted is not here any more.
    fn deleted_not_found(&mut self, p: Place, shared: &str) {
        let ChatRef::Direct(contact) = p.chat else { return };
        self.event("chatItemDeletedNotFound", p.user, |j, core| {
            j.key("contact");
            render::put_contact(j, core, contact);
            j.str("sharedMsgId", shared);
        });
    }

    pub(super) fn on_reaction(&mut self, p: Place, shared: &str, add: bool, reaction: &Json, at: Ts) {
        let by = match p.dir {
            Dir::GroupRcv(m) => m,
            _ => 0,
        };
        if !self.may_be_reacted_to(p.chat) {
            return;
        }
        let Some((chat, id)) = self.find_in(p.chat, shared) else {
            if let ChatRef::Group(g, _) = p.chat
                && let Some(group) = self.core.groups.get_mut(&g)
            {
                let (shared, reaction, at) = (shared.into(), reaction.clone(), at.whole_second());
                group.chat.early.push(EarlyReaction { shared, by, reaction, add, at });
            }
            return;
        };
        let Some(item) = self.core.item_mut(chat, id) else { return };
        if item.content().is_none() || item.deleted.is_some() {
            return;
        }
        if change_reaction(item, reaction, add, Some(by), at.whole_second()).is_err() {
            return;
        }
        let copy = item.clone();
        self.event("chatItemReaction", p.user, |j, core| {
            put_reaction_event(j, core, chat, &copy, p.dir, add, reaction, at.whole_second());
        });
    }

    pub(super) fn on_receipt(&mut self, contact: i64, shared: &[Arc<str>]) {
        let chat = ChatRef::Direct(contact);
        let items: Vec<i64> = shared.iter().filter_map(|s| self.find_shared(chat, s)).collect();
        self.set_statuses(chat, &items, &Status::SndRcvd { complete: true });
    }
}
