//! Editing, deleting and reacting, and information about an item.

use super::Answer;
use super::messages::{MAX_ENCODED, encoded_size, no_mentions};
use crate::content::{Content, feature};
use crate::cx::Cx;
use crate::json::{Js, Json};
use crate::parser::{ChatName, ChatRef, Composed, DeleteMode, Role, Scope};
use crate::render::{self, Envelope, error};
use crate::shared::Step;
use crate::state::{
    DELETABLE_HOURS, Delivery, Dir, EDITABLE_HOURS, Item, Reaction, Status, Update, Version, Wire, WireScope,
};
use crate::time::Ts;

impl Cx<'_> {
    pub(super) fn update_item(&mut self, chat: ChatRef, item: i64, live: bool, message: Composed) -> Answer {
        let user = self.known_chat(chat)?;
        match chat {
            ChatRef::Group(g, scope) => {
                if scope == Scope::Main {
                    self.need_role(g, Role::Author)?;
                }
                self.group_allows_links(g, &message.content)?;
            }
            _ => no_mentions(std::slice::from_ref(&message))?,
        }
        let now = self.sh.tick();
        let mut last_version = self.core.last_version;
        let notes = matches!(chat, ChatRef::Local(_));
        let Some(found) = self.core.item(chat, item) else {
            return Err(error::item_not_found(item));
        };
        let sent = found.own_within(EDITABLE_HOURS, now) && found.forwarded.is_none();
        let editable = if notes { found.deleted.is_none() } else { sent };
        let (Some(old), was_live) = (found.content().filter(|_| editable), found.live) else {
            return Err(error::chat("invalidChatItemUpdate"));
        };
        if *old == message.content && !was_live {
            let copy = found.clone();
            return self.answer("chatItemNotChanged", user, |j, core| {
                j.key("chatItem");
                render::put_item_in_chat(j, core, chat, &copy, now);
            });
        }
        let mentions = self.member_mentions(chat, &message)?;
        let content = message.content;
        if encoded_size(&content, None) > MAX_ENCODED {
            return Err(error::store("largeMsg"));
        }
        match chat {
            ChatRef::Direct(id) => self.may_send(id)?,
            ChatRef::Group(g, scope) => self.may_write(g, scope)?,
            _ => {}
        }
        let Some(found) = self.core.item_mut(chat, item) else {
            return Err(error::item_not_found(item));
        };
        if !was_live {
            last_version = add_version(found, &content, last_version, now, now);
            found.edited = true;
        }
        found.live = live && was_live;
        // The time of a disappearing message starts once it is finished.
        let due = if was_live && !found.live { found.start_timer(now) } else { None };
        found.mentions.clone_from(&mentions);
        found.set_content(content.clone());
        let copy = found.clone();
        self.core.last_version = last_version;
        if let Some(at) = due {
            self.sh.at(at, Step::Expire(self.me, item));
        }
        if let Some(shared) = copy.shared.clone() {
            let scope = match chat {
                ChatRef::Group(g, s) => self.wire_scope(g, s),
                _ => WireScope::Main,
            };
            let ttl = copy.timed.map(|t| t.0);
            self.tell_chat(chat, Update { shared, content, mentions, live: copy.live, ttl, scope });
        }
        self.answer("chatItemUpdated", user, |j, core| {
            j.key("chatItem");
            render::put_item_in_chat(j, core, chat, &copy, now);
        })
    }

    pub(crate) fn find_text(&self, chat: ChatRef, text: &str, sent: bool) -> Result<i64, Envelope> {
        self.core
            .chat(chat)
            .and_then(|c| {
                c.items
                    .iter()
                    .rev()
                    .find(|i| i.dir.sent() == sent && i.content().is_some() && i.text().starts_with(text))
            })
            .map(|i| i.id)
            .ok_or_else(|| error::store_str("chatItemNotFoundByText", "text", text))
    }

    pub(super) fn edit_named(&mut self, name: &ChatName, from: &str, text: &str) -> Answer {
        let chat = self.by_name(name)?;
        let item = self.find_text(chat, from, true)?;
        let message = Composed::plain(Content::text(text));
        self.update_item(chat, item, false, message)
    }

    pub(super) fn delete_named(&mut self, name: &ChatName, text: &str) -> Answer {
        let chat = self.by_name(name)?;
        let item = self.find_text(chat, text, true)?;
        self.delete_items(chat, &[item], DeleteMode::Broadcast)
    }

    pub(super) fn delete_items(&mut self, chat: ChatRef, items: &[i64], mode: DeleteMode) -> Answer {
        let user = self.known_chat(chat)?;
        let now = self.sh.tick();
        if mode == DeleteMode::Broadcast {
            self.still_member(chat)?;
        }
        let mut found = Vec::new();
        let mut errors = Vec::new();
        for id in items {
            match self.core.item(chat, *id) {
                Some(i) => found.push((*id, i.own_within(DELETABLE_HOURS, now))),
                None => errors.push(error::item_not_found(*id)),
            }
        }
        let local = matches!(chat, ChatRef::Local(_));
        if mode == DeleteMode::Broadcast && !local && found.iter().any(|(_, own)| !own) {
            return Err(error::chat("invalidChatItemDelete"));
        }
        if let (DeleteMode::Broadcast, ChatRef::Direct(id), false) = (mode, chat, found.is_empty()) {
            self.may_send(id)?;
        }
        self.emit_errors(&errors);
        let full = match chat {
            ChatRef::Direct(id) => self.enabled(id, feature::FULL_DELETE).for_user,
            ChatRef::Group(id, _) => self.own_member(id).is_some_and(|m| self.deletes_fully(id, m.id)),
            _ => false,
        };
        let mark = match mode {
            DeleteMode::Broadcast => !full && !local,
            DeleteMode::InternalMark => true,
            DeleteMode::Internal => false,
        };
        let mut deletions = Vec::new();
        for (id, _) in found {
            let shared = self.core.item(chat, id).and_then(|i| i.shared.clone());
            deletions.extend(self.delete_here(chat, id, mark, now, None));
            if let (DeleteMode::Broadcast, Some(shared)) = (mode, shared) {
                self.tell_chat(chat, Wire::Delete { shared });
            }
        }
        let now = self.sh.now;
        let answer =
            self.answer("chatItemsDeleted", user, |j, core| put_deletions(j, core, chat, &deletions, true, false, now));
        self.let_files_of(&deletions);
        answer
    }

    /// Reports items that others deleted, or whose time has ended: those count as deleted by the user.
    pub(crate) fn deleted_event(&mut self, user: i64, chat: ChatRef, list: &[(Item, Option<Item>)], timed: bool) {
        let now = self.sh.now;
        self.event("chatItemsDeleted", user, |j, core| put_deletions(j, core, chat, list, timed, timed, now));
    }

    /// Lets go of the files of deleted items, which are given as they were and as they are now.
    pub(crate) fn let_files_of(&mut self, deletions: &[(Item, Option<Item>)]) {
        for (was, is) in deletions {
            self.let_file_go(was.file, is.as_ref().is_some_and(|is| is.content().is_some()));
        }
    }

    /// Deletes or marks an item here; returns it as it was and as it is now.
    pub(crate) fn delete_here(
        &mut self,
        chat: ChatRef,
        id: i64,
        mark: bool,
        at: Ts,
        moderated: Option<&str>,
    ) -> Option<(Item, Option<Item>)> {
        let c = self.core.chat_mut(chat)?;
        let pos = c.items.binary_search_by_key(&id, |i| i.id).ok()?;
        if mark {
            let item = c.items.get_mut(pos)?;
            let before = item.clone();
            let kind = match chat {
                ChatRef::Direct(_) => "direct",
                ChatRef::Local(_) => "local",
                _ => "group",
            };
            let json = match moderated {
                Some(m) => m.to_owned(),
                None => {
                    let mut j = Js::new();
                    j.obj().tag("deleted");
                    render::put_ts(&mut j, "deletedTs", at);
                    j.str("chatType", kind).end();
                    j.done()
                }
            };
            item.deleted = Some(json.into());
            return Some((before, Some(item.clone())));
        }
        let item = c.items.remove(pos)?;
        if item.status == Status::RcvNew {
            c.unread = c.unread.saturating_sub(1);
            self.less_in_support(chat, item.dir, item.user_mention);
        }
        Some((item, None))
    }

    /// Fails for a group that the user is no member of, or not yet.
    fn still_member(&self, chat: ChatRef) -> Result<(), Envelope> {
        match chat {
            ChatRef::Group(g, Scope::Main) if self.own_member(g).is_none_or(|m| !m.current()) => {
                Err(error::command("not current member"))
            }
            _ => Ok(()),
        }
    }

    pub(super) fn react(&mut self, chat: ChatRef, item: i64, add: bool, reaction: Json) -> Answer {
        let user = self.known_chat(chat)?;
        if matches!(chat, ChatRef::Local(_)) {
            return Err(error::command("not supported"));
        }
        let Some(found) = self.core.item(chat, item) else {
            return Err(error::item_not_found(item));
        };
        let (shared, shown) = (found.shared.is_some(), found.content().is_some() && found.deleted.is_none());
        self.still_member(chat)?;
        if !shared {
            let direct = matches!(chat, ChatRef::Direct(_));
            let why = if direct { "reaction not possible - no shared item ID" } else { "invalid reaction" };
            return Err(error::command(why));
        }
        let allowed = match chat {
            ChatRef::Direct(id) => self.enabled(id, feature::REACTIONS).for_user,
            ChatRef::Group(id, _) => self.group_has(id, "reactions"),
            _ => false,
        };
        if !allowed {
            return Err(error::command("feature not allowed Message reactions"));
        }
        if !shown {
            return Err(error::command("reaction not allowed - chat item has no content"));
        }
        if let ChatRef::Direct(id) = chat {
            self.may_send(id)?;
        }
        let now = self.sh.tick();
        let Some(found) = self.core.item_mut(chat, item) else {
            return Err(error::item_not_found(item));
        };
        change_reaction(found, &reaction, add, None, now).map_err(error::command)?;
        let copy = found.clone();
        if let Some(shared) = copy.shared.clone() {
            self.tell_chat(chat, Wire::React { shared, add, reaction: reaction.clone() });
        }
        let dir = Dir::sent_to(chat);
        self.answer("chatItemReaction", user, |j, core| {
            put_reaction_event(j, core, chat, &copy, dir, add, &reaction, now);
        })
    }

    pub(super) fn item_info(&mut self, chat: ChatRef, item: i64) -> Answer {
        let user = self.known_chat(chat)?;
        let now = self.sh.now;
        let Some(found) = self.core.item(chat, item).cloned() else {
            return Err(error::item_not_found(item));
        };
        let from = self.forwarded_from(&found);
        self.answer("chatItemInfo", user, |j, core| {
            j.key("chatItem");
            render::put_item_in_chat(j, core, chat, &found, now);
            j.key("chatItemInfo").obj().key("itemVersions").arr();
            for v in found.versions.iter().rev() {
                put_version(j, v);
            }
            if let (true, Some(content)) = (found.versions.is_empty(), found.content()) {
                put_version(
                    j,
                    &Version { id: found.id, content: content.clone(), ts: found.ts, created: found.created },
                );
            }
            j.end_arr();
            if !found.delivery.is_empty() {
                j.key("memberDeliveryStatuses").arr();
                for (m, d) in &found.delivery {
                    j.obj().num("groupMemberId", *m).key("memberDeliveryStatus");
                    j.value(match d {
                        Delivery::New => r#"{"type":"new"}"#,
                        Delivery::Sent => r#"{"type":"sent"}"#,
                        Delivery::Received => r#"{"type":"rcvd","msgRcptStatus":"ok"}"#,
                    });
                    j.bool("sentViaProxy", false).end();
                }
                j.end_arr();
            }
            if let Some((chat, item)) = from {
                j.key("forwardedFromChatItem");
                render::put_item_in_chat(j, core, chat, &item, now);
            }
            j.end();
        })
    }

    /// An item's time to live has ended: it disappears, with an event, once the core runs.
    pub(crate) fn expire(&mut self, item: i64) {
        if !self.core.session.started || self.core.session.suspended {
            return self.core.overdue.push(item);
        }
        let direct = self.core.contacts.keys().map(|id| ChatRef::Direct(*id));
        let groups = self.core.groups.values().flat_map(|g| {
            let support = g.support.keys().map(|member| Scope::Support(*member));
            std::iter::once(Scope::Main).chain(support).map(|scope| ChatRef::Group(g.id, scope))
        });
        let chats = direct.chain(groups).collect::<Vec<_>>();
        let now = self.sh.now;
        for chat in chats {
            let due = self.core.item(chat, item).is_some_and(|i| i.timed.and_then(|t| t.1).is_some_and(|at| at <= now));
            if !due {
                continue;
            }
            let Some((gone, _)) = self.delete_here(chat, item, false, now, None) else { continue };
            let Some(user) = self.owner(chat) else { return };
            let list = [(gone, None)];
            self.deleted_event(user, chat, &list, true);
            return self.let_files_of(&list);
        }
    }
}

fn put_version(j: &mut Js, v: &Version) {
    j.obj().num("chatItemVersionId", v.id).raw("msgContent", &v.content.json);
    render::put_ts(j, "itemVersionTs", v.ts);
    render::put_ts(j, "createdAt", v.created);
    j.end();
}

/// Keeps a new content of an item among its versions, and with the first one the original; returns the last version.
pub(crate) fn add_version(item: &mut Item, content: &Content, mut last: i64, now: Ts, ts: Ts) -> i64 {
    let original = item.content().filter(|_| item.versions.is_empty()).cloned().map(|content| (content, item.ts));
    for (content, ts) in original.into_iter().chain([(content.clone(), ts)]) {
        last += 1;
        item.versions.push(Version { id: last, content, ts, created: now.whole_second() });
    }
    last
}

/// Adds or removes a reaction of the user or of somebody else.
pub(crate) fn change_reaction(
    item: &mut Item,
    r: &Json,
    add: bool,
    by: Option<i64>,
    at: Ts,
) -> Result<(), &'static str> {
    let given = |x: &&Reaction| by.map_or(x.mine.is_some(), |by| x.others.iter().any(|o| o.0 == by));
    let has = item.reactions.iter().any(|x| x.reaction == *r && given(&x));
    match (add, has) {
        (true, true) => return Err("reaction already added"),
        (false, false) => return Err("reaction already removed"),
        (true, false) if item.reactions.iter().filter(given).count() >= 3 => return Err("too many reactions"),
        _ => {}
    }
    if item.reactions.iter().all(|x| x.reaction != *r) {
        item.reactions.push(Reaction { reaction: r.clone(), mine: None, others: Vec::new() });
    }
    if let Some(x) = item.reactions.iter_mut().find(|x| x.reaction == *r) {
        match by {
            None => x.mine = add.then_some(at),
            Some(by) if add => x.others.push((by, at)),
            Some(by) => x.others.retain(|o| o.0 != by),
        }
    }
    item.reactions.retain(|x| x.mine.is_some() || !x.others.is_empty());
    Ok(())
}

#[allow(clippy::too_many_arguments, reason = "one argument per member of the event")]
pub(crate) fn put_reaction_event(
    j: &mut Js,
    core: &mut crate::state::Core,
    chat: ChatRef,
    item: &Item,
    by: Dir,
    add: bool,
    reaction: &Json,
    at: Ts,
) {
    j.bool("added", add).key("reaction").obj().key("chatInfo");
    render::put_chat_info(j, core, chat);
    j.key("chatReaction").obj().key("chatDir");
    render::put_dir(j, core, by, true);
    j.key("chatItem");
    render::put_item(j, core, chat, item, at, false);
    render::put_ts(j, "sentAt", at);
    j.json("reaction", reaction).end().end();
}

pub(crate) fn put_deletions(
    j: &mut Js,
    core: &mut crate::state::Core,
    chat: ChatRef,
    list: &[(Item, Option<Item>)],
    by_user: bool,
    timed: bool,
    now: Ts,
) {
    j.key("chatItemDeletions").arr();
    for (was, is) in list {
        j.obj().key("deletedChatItem");
        render::put_item_in_chat(j, core, chat, was, now);
        if let Some(is) = is {
            j.key("toChatItem");
            render::put_item_in_chat(j, core, chat, is, now);
        }
        j.end();
    }
    j.end_arr().bool("byUser", by_user).bool("timed", timed);
}
