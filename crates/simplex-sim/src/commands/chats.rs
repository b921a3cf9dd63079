//! Lists of chats, pages of items, and clearing and deleting chats.

use super::Answer;
use crate::cx::Cx;
use crate::json::Js;
use crate::parser::{ChatDelete, ChatName, ChatRef, ChatsPage, ChatsQuery, Page, Scope};
use crate::render::{self, Stats, error};
use crate::state::{Chat, ContactStatus, Core, Dir, Entity, Item, Status};
use crate::time::Ts;

fn min_unread(chat: &Chat) -> i64 {
    if chat.unread == 0 {
        return 0;
    }
    chat.items.iter().find(|i| i.status == Status::RcvNew).map_or(0, |i| i.id)
}

pub(crate) fn stats(chat: Option<&Chat>) -> Stats {
    chat.map_or_else(Stats::default, |c| Stats {
        unread: c.unread,
        mentions: match c.unread {
            0 => 0,
            _ => c.items.iter().filter(|i| i.user_mention && i.status == Status::RcvNew).count(),
        },
        reports: 0,
        min_unread: min_unread(c),
        flag: c.unread_flag,
    })
}

/// Whether a list of chats that is asked for includes a chat with these names.
fn is_listed(query: Option<&ChatsQuery>, chat: &Chat, is_favorite: bool, names: &[&str]) -> bool {
    match query {
        None => true,
        Some(ChatsQuery::Filters { favorite, unread }) => {
            let is_unread = chat.unread > 0 || chat.unread_flag;
            (!favorite && !unread) || (*favorite && is_favorite) || (*unread && is_unread)
        }
        Some(ChatsQuery::Search(text)) => {
            let text = text.to_lowercase();
            names.iter().any(|name| name.to_lowercase().contains(&text))
        }
    }
}

/// The items of a chat with one kind of content; the reports of a group, whichever part of it they are in.
fn items_of_kind<'a>(core: &'a Core, at: ChatRef, kind: &str) -> Vec<&'a Item> {
    let is_one = |i: &&Item| match i.content() {
        Some(_) if kind == "link" && i.has_link() => true,
        content => content.is_some_and(|c| &*c.kind == kind),
    };
    let mut items: Vec<&Item> = match at {
        ChatRef::Group(group, Scope::Main) if kind == "report" => {
            let group = core.groups.get(&group).into_iter();
            let chats = group.flat_map(|g| std::iter::once(&g.chat).chain(g.support.values()));
            chats.flat_map(|c| &c.items).filter(is_one).collect()
        }
        _ => core.chat(at).into_iter().flat_map(|c| &c.items).filter(is_one).collect(),
    };
    items.sort_by_key(|i| i.id);
    items
}

/// The same as a chat of its own.
fn of_kind(core: &Core, at: ChatRef, kind: &str) -> Chat {
    let items = items_of_kind(core, at, kind);
    let unread = items.iter().filter(|i| i.status == Status::RcvNew).count();
    Chat { items: items.into_iter().cloned().collect(), unread, ..Chat::default() }
}

/// How many reports a moderator got that nobody dealt with.
fn active_reports(core: &Core, at: ChatRef) -> usize {
    match at {
        ChatRef::Group(_, Scope::Main) => {
            items_of_kind(core, at, "report").iter().filter(|i| !i.dir.sent() && i.deleted.is_none()).count()
        }
        _ => 0,
    }
}

impl Cx<'_> {
    pub(crate) fn get_chats(
        &mut self,
        user: i64,
        connections: bool,
        page: ChatsPage,
        query: Option<&ChatsQuery>,
    ) -> Answer {
        let user = self.user(Some(user))?;
        let list = self.chats_page(user, connections, page, query);
        let now = self.sh.now;
        self.answer("apiChats", user, |j, core| put_chats(j, core, list, now))
    }

    /// `/chats`: the same list, without the user.
    pub(super) fn last_chats(&mut self, count: Option<usize>) -> Answer {
        let user = self.active()?;
        let list = self.chats_page(user, false, ChatsPage::Last(count), None);
        let mut j = render::result("chats");
        put_chats(&mut j, self.core, list, self.sh.now);
        Ok(render::finish(j))
    }

    fn chats_page(
        &self,
        user: i64,
        connections: bool,
        page: ChatsPage,
        query: Option<&ChatsQuery>,
    ) -> Vec<(Ts, ChatRef)> {
        let own = self.core.users.get(&user).map(|u| u.contact);
        let contacts = self.core.contacts.values().filter(|c| c.user == user && Some(c.id) != own);
        let contacts = contacts
            .filter(|c| is_listed(query, &c.chat, c.settings.favorite, &[&c.name, &c.profile.full_name, &c.alias]))
            .map(|c| (c.chat_ts, ChatRef::Direct(c.id)));
        let notes = self.core.notes.values().filter(|n| n.user == user);
        let notes =
            notes.filter(|n| is_listed(query, &n.chat, n.favorite, &[""])).map(|n| (n.chat_ts, ChatRef::Local(n.id)));
        let groups = self.core.groups.values().filter(|g| g.user == user);
        let groups = groups
            .filter(|g| is_listed(query, &g.chat, g.settings.favorite, &[&g.name, &g.profile.full_name]))
            .map(|g| (g.chat_ts, ChatRef::Group(g.id, Scope::Main)));
        let pending = self.core.conns.values().filter(|_| connections && query.is_none());
        let pending = pending
            .filter(|c| c.user == user && c.entity == Entity::Pending)
            .map(|c| (c.updated, ChatRef::Connection(c.id)));
        let mut list: Vec<(Ts, ChatRef)> = contacts.chain(notes).chain(groups).chain(pending).collect();
        list.sort_by_key(|c| std::cmp::Reverse(c.0));
        match page {
            ChatsPage::Last(Some(n)) => list.truncate(n),
            ChatsPage::Last(None) => {}
            ChatsPage::Before(ts, n) => {
                list.retain(|c| c.0 < ts);
                list.truncate(n);
            }
            ChatsPage::After(ts, n) => {
                list.retain(|c| c.0 > ts);
                let skip = list.len().saturating_sub(n);
                list.drain(..skip);
            }
        }
        list
    }

    pub(super) fn get_chat(&mut self, at: ChatRef, content: Option<&str>, page: Page, search: Option<&str>) -> Answer {
        if matches!(at, ChatRef::Connection(_)) {
            return Err(error::command("not supported"));
        }
        let user = self.known_chat(at)?;
        if self.core.before_7 && content.is_some() && !matches!(at, ChatRef::Group(..)) {
            return Err(error::command("content filter not supported"));
        }
        if let ChatRef::Group(_, Scope::Support(Some(_))) = at {
            // Looking at a support chat creates it.
            self.look_into_support(at, self.sh.now);
        }
        let now = self.sh.now;
        let none = Chat::default();
        let only = content.map(|kind| of_kind(self.core, at, kind));
        let chat = only.as_ref().or_else(|| self.core.chat(at)).unwrap_or(&none);
        let (items, nav) = pick(at, chat, page, search, self.core.before_7)?;
        let items: Vec<Item> = items.into_iter().cloned().collect();
        let stats = match page {
            Page::Around(..) | Page::Initial(_) => {
                let unread = chat.items.iter().filter(|i| i.status == Status::RcvNew);
                let min_unread = unread.min_by_key(|i| place(at, i)).map_or(0, |i| i.id);
                Stats { min_unread, reports: active_reports(self.core, at), ..stats(Some(chat)) }
            }
            _ => Stats::default(),
        };
        // The member in the items is still shown as before the look.
        let listed = render::items(self.core, at, &items, now);
        self.count_attention(at, &items);
        self.answer("apiChat", user, |j, core| {
            j.key("chat").obj().key("chatInfo");
            render::put_chat_info(j, core, at);
            j.raw("chatItems", &listed);
            render::put_stats(j, stats);
            j.end();
            if let Some((unread, total)) = nav {
                j.key("navInfo").obj().num("afterUnread", unread).num("afterTotal", total).end();
            }
        })
    }

    /// After a look at a member's support chat, counts again how many items there wait for an answer.
    fn count_attention(&mut self, at: ChatRef, items: &[Item]) {
        let ChatRef::Group(_, Scope::Support(Some(member))) = at else { return };
        let new = |i: &&Item| i.dir == Dir::GroupRcv(member) && i.status == Status::RcvNew;
        let waiting = items.iter().rev().take_while(new).count();
        if let Some(s) = self.core.members.get_mut(&member).as_mut().and_then(|m| m.support.as_mut()) {
            s.attention = i64::try_from(waiting).unwrap_or(0);
        }
    }

    /// Items of all chats, or of one.
    pub(super) fn get_items(&mut self, of: Option<&ChatName>, page: Page, search: Option<&str>) -> Answer {
        let user = self.active()?;
        let only = of.map(|name| self.by_name(name)).transpose()?;
        let chats: Vec<ChatRef> = match only {
            Some(at) => vec![at],
            None => {
                let c = self.core.contacts.values().filter(|c| c.user == user).map(|c| ChatRef::Direct(c.id));
                let n = self.core.notes.values().filter(|n| n.user == user).map(|n| ChatRef::Local(n.id));
                let g = self.core.groups.values().filter(|g| g.user == user);
                c.chain(n).chain(g.map(|g| ChatRef::Group(g.id, Scope::Main))).collect()
            }
        };
        let mut all: Vec<(ChatRef, &Item)> = Vec::new();
        for at in chats {
            if let Some(c) = self.core.chat(at) {
                all.extend(c.items.iter().filter(|i| matches(i, search)).map(|i| (at, i)));
            }
        }
        // Sorted by the sender's time, unlike the items of one contact.
        all.sort_by_key(|(_, i)| (i.ts, i.id));
        let position = |id: i64| all.iter().position(|(_, i)| i.id == id).ok_or_else(|| error::item_not_found(id));
        let (from, to) = match page {
            Page::Last(n) | Page::Initial(n) => (all.len().saturating_sub(n), all.len()),
            Page::After(id, n) => {
                let p = position(id)? + 1;
                (p, (p + n).min(all.len()))
            }
            Page::Before(id, n) => {
                let p = position(id)?;
                (p.saturating_sub(n), p)
            }
            Page::Around(id, n) => {
                let p = position(id)?;
                (p.saturating_sub(n), (p + n + 1).min(all.len()))
            }
        };
        let now = self.sh.now;
        let list = all.get(from..to).unwrap_or_default().iter().map(|(at, i)| (*at, (*i).clone())).collect::<Vec<_>>();
        self.answer("chatItems", user, |j, core| {
            if let Some(of) = of {
                let (kind, name) = match of {
                    ChatName::Direct(name) => ("direct", &**name),
                    ChatName::Group(name) => ("group", &**name),
                    ChatName::Local => ("local", ""),
                };
                j.key("chatName_").obj().str("chatType", kind).str("chatName", name).end();
            }
            j.key("chatItems").arr();
            for (at, i) in &list {
                render::put_item_in_chat(j, core, *at, i, now);
            }
            j.end_arr();
        })
    }

    /// A group is cleared together with its support chats, which cannot be cleared alone.
    pub(super) fn clear_chat(&mut self, at: ChatRef) -> Answer {
        let user = self.known_chat(at)?;
        match at {
            ChatRef::Group(_, Scope::Support(_)) => return Err(error::command("not supported")),
            ChatRef::Group(group, Scope::Main) => {
                if let Some(g) = self.core.groups.get_mut(&group) {
                    std::iter::once(&mut g.chat).chain(g.support.values_mut()).for_each(Chat::clear);
                }
                self.let_files_go(|chat| matches!(chat, ChatRef::Group(id, _) if id == group));
            }
            _ => {
                if let Some(c) = self.core.chat_mut(at) {
                    c.clear();
                }
                self.let_files_go(|chat| chat == at);
            }
        }
        self.answer("chatCleared", user, |j, core| {
            j.key("chatInfo");
            render::put_chat_info(j, core, at);
        })
    }

    pub(super) fn delete_chat(&mut self, at: ChatRef, mode: ChatDelete) -> Answer {
        let user = self.active()?;
        match at {
            ChatRef::Direct(id) => {
                self.known_chat(at)?;
                self.delete_contact(user, id, mode)
            }
            ChatRef::Connection(id) => {
                let Some(id) = self.core.pending(user, id) else {
                    return Err(error::store_id("pendingConnectionNotFound", "connId", id));
                };
                let answer = self.answer("contactConnectionDeleted", user, |j, core| {
                    j.key("connection");
                    render::put_pending(j, core, id);
                });
                let me = self.me;
                self.sh.links.retain(|_, t| t.core != me || t.conn != id);
                self.delete_conn(id);
                answer
            }
            ChatRef::Group(id, _) => self.delete_group(id),
            ChatRef::Local(_) => Err(error::command("not supported")),
        }
    }

    fn delete_contact(&mut self, user: i64, id: i64, mode: ChatDelete) -> Answer {
        let at = ChatRef::Direct(id);
        let conn = self.core.contacts.get(&id).and_then(|c| c.conn);
        match mode {
            ChatDelete::Messages => {
                self.set_contact(id, |c| {
                    c.chat.clear();
                    c.chat_deleted = true;
                });
                self.let_files_go(|chat| chat == at);
                self.contact_answer("contactDeleted", user, id)
            }
            ChatDelete::Full(notify) | ChatDelete::Entity(notify) => {
                let full = matches!(mode, ChatDelete::Full(_));
                self.set_contact(id, |c| {
                    if !full {
                        c.status = ContactStatus::DeletedByUser;
                    }
                });
                let before = self.contact_answer("contactDeleted", user, id);
                if let Some(conn) = conn {
                    if notify {
                        self.said_too_late(&[conn], false);
                    }
                    self.part(conn, notify);
                }
                if full {
                    self.forget_contact(id);
                    self.core.requests.retain(|_, r| r.contact != Some(id));
                    self.let_files_go(|chat| chat == at);
                    return before;
                }
                self.set_contact(id, |c| c.conn = None);
                self.contact_answer("contactDeleted", user, id)
            }
        }
    }

    pub(super) fn last_item_id(&mut self, name: Option<&ChatName>) -> Answer {
        let user = self.active()?;
        let only = name.map(|n| self.by_name(n)).transpose()?;
        let last = match only {
            Some(at) => self.core.chat(at).and_then(|c| c.items.back()).map(|i| i.id),
            None => Some(self.core.last_item).filter(|i| *i > 0),
        };
        let json = render::user_json(self.core, user);
        let mut j = render::result("chatItemId");
        j.key("data").arr().value(&json);
        match last {
            Some(id) => j.elem_num(id),
            None => j.value("null"),
        };
        j.end_arr();
        Ok(render::finish(j))
    }
}

fn put_chats(j: &mut Js, core: &mut Core, list: Vec<(Ts, ChatRef)>, now: Ts) {
    j.key("chats").arr();
    for (_, at) in list {
        let chat = core.chat(at);
        let stats = Stats { reports: active_reports(core, at), ..stats(chat) };
        let last = chat.and_then(|c| c.items.iter().max_by_key(|i| place(at, i))).cloned();
        render::put_chat(j, core, at, last.as_ref(), stats, now);
    }
    j.end_arr();
}

/// The sort key of an item in its chat.
fn place(at: ChatRef, i: &Item) -> (Ts, i64) {
    match at {
        // Groups are sorted by the sender's time, others by the time of storing.
        ChatRef::Group(..) => (i.ts, i.id),
        _ => (i.created, i.id),
    }
}

fn matches(i: &Item, search: Option<&str>) -> bool {
    search.is_none_or(|s| s.is_empty() || i.text().to_lowercase().contains(&s.to_lowercase()))
}

type Picked<'a> = (Vec<&'a Item>, Option<(usize, usize)>);

/// The items of a page, sorted by time, and the items after them.
fn pick<'a>(
    at: ChatRef,
    chat: &'a Chat,
    page: Page,
    search: Option<&str>,
    before_7: bool,
) -> Result<Picked<'a>, String> {
    let mut all: Vec<&Item> = chat.items.iter().filter(|i| matches(i, search)).collect();
    all.sort_by_key(|i| place(at, i));
    let key =
        |id: i64| chat.items.iter().find(|i| i.id == id).map(|i| place(at, i)).ok_or_else(|| error::item_not_found(id));
    let after = |to: usize| {
        let rest = all.get(to..).unwrap_or_default();
        Some((rest.iter().filter(|i| i.status == Status::RcvNew).count(), rest.len()))
    };
    let slice = |from: usize, to: usize| all.get(from..to).unwrap_or_default().to_vec();
    Ok(match page {
        Page::Last(n) => (slice(all.len().saturating_sub(n), all.len()), None),
        Page::After(id, n) => {
            let k = key(id)?;
            let p = all.partition_point(|i| place(at, i) <= k);
            (slice(p, (p + n).min(all.len())), None)
        }
        Page::Before(id, n) => {
            let k = key(id)?;
            let p = all.partition_point(|i| place(at, i) < k);
            (slice(p.saturating_sub(n), p), None)
        }
        Page::Around(id, n) => {
            let k = key(id)?;
            let p = all.partition_point(|i| place(at, i) < k);
            let to = (p + n + 1).min(all.len());
            (slice(p.saturating_sub(n), to), after(to))
        }
        Page::Initial(n) => match all.iter().position(|i| i.status == Status::RcvNew) {
            Some(first) => {
                // According to the core's sources, since 6.5: around the last viewed item, wherever the first unread
                // one is.
                let viewed = all.iter().rposition(|i| i.viewed).filter(|_| !before_7);
                let p = viewed.unwrap_or(first);
                let to = (p + n + 1).min(all.len());
                (slice(p.saturating_sub(n), to), after(to))
            }
            None => (slice(all.len().saturating_sub(n), all.len()), None),
        },
    })
}
