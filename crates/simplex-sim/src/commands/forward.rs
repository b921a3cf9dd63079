//! Messages by name, to all, and passed on.

use crate::commands::messages::Draft;
use crate::cx::Cx;
use std::sync::Arc;

use super::Answer;
use crate::content::Content;
use crate::json::{Js, Json};
use crate::parser::{ChatName, ChatRef, FileSource, Scope};
use crate::render::{self, error};
use crate::state::{ConnStatus, ContactStatus, Dir, Item};

impl Cx<'_> {
    pub(super) fn send_quote(
        &mut self,
        name: &ChatName,
        member: Option<&str>,
        own: bool,
        quoted: &str,
        text: &str,
    ) -> Answer {
        let chat = self.by_name(name)?;
        let by = |dir: Dir| match (dir, member) {
            (Dir::GroupRcv(m), Some(name)) => self.core.members.get(&m).is_some_and(|m| m.name == name),
            (_, Some(_)) => false,
            (d, None) => d.sent() == own,
        };
        let found = render::chat(self.core, chat)
            .and_then(|c| {
                c.items.iter().rev().find(|i| by(i.dir) && i.content().is_some() && i.text().starts_with(quoted))
            })
            .map(|i| i.id);
        let Some(id) = found else {
            return Err(error::store_with("chatItemNotFoundByText", |j| {
                j.str("text", quoted);
            }));
        };
        let m = crate::parser::Composed {
            file: None,
            quoted: Some(id),
            content: Content::text(text),
            mentions: Vec::new(),
        };
        self.send_messages(chat, false, None, vec![m])
    }

    /// The same message to all contacts.
    pub(super) fn broadcast(&mut self, text: &str) -> Answer {
        let user = self.active()?;
        let now = self.sh.tick();
        let contacts: Vec<i64> = self
            .core
            .contacts
            .values()
            .filter(|c| c.user == user && !c.special && c.status == ContactStatus::Active)
            .filter(|c| self.core.conn_of(c.id).is_some_and(|k| k.status == ConnStatus::Ready))
            .map(|c| c.id)
            .collect();
        let content = Content::text(text);
        for id in &contacts {
            self.post(ChatRef::Direct(*id), Draft::plain(content.clone()));
        }
        self.answer("broadcastSent", user, |j, _| {
            j.raw("msgContent", &content.json)
                .num("successes", i64::try_from(contacts.len()).unwrap_or(0))
                .num("failures", 0);
            render::put_ts(j, "timestamp", now);
        })
    }

    pub(super) fn plan_forward(&mut self, from: ChatRef, items: &[i64]) -> Answer {
        let user = self.known_chat(from)?;
        let ids: Vec<i64> = items
            .iter()
            .copied()
            .filter(|id| {
                render::chat(self.core, from).is_some_and(|c| {
                    c.items.iter().any(|i| i.id == *id && i.content().is_some() && i.deleted.is_none())
                })
            })
            .collect();
        let here = |id: &i64| render::chat(self.core, from).is_some_and(|c| c.items.iter().any(|i| i.id == *id));
        let missing: Vec<String> = items.iter().filter(|id| !here(id)).map(|id| Self::item_missing(*id)).collect();
        self.emit_errors(&missing);
        self.answer("forwardPlan", user, |j, _| {
            j.num("itemsCount", i64::try_from(items.len()).unwrap_or(0)).key("chatItemIds").arr();
            for id in ids {
                j.elem_num(id);
            }
            j.end_arr();
        })
    }

    pub(super) fn forward(&mut self, to: ChatRef, from: ChatRef, items: &[i64], ttl: Option<i64>) -> Answer {
        let user = self.known_chat(from)?;
        self.known_chat(to)?;
        let mut errors = Vec::new();
        let mut sent: Vec<Item> = Vec::new();
        for id in items {
            let found = render::chat(self.core, from).and_then(|c| c.items.iter().find(|i| i.id == *id)).cloned();
            let Some((item, content)) = found.and_then(|i| i.content().cloned().map(|c| (i, c))) else {
                errors.push(Self::item_missing(*id));
                continue;
            };
            let mut draft = Draft::plain(content);
            draft.timed = ttl;
            // What was forwarded before keeps where it first came from.
            draft.forwarded = item.forwarded.clone().or_else(|| Some(self.forwarded_json(from, &item)));
            draft.file = item.file.and_then(|f| self.copy_file(user, f));
            sent.push(match to {
                ChatRef::Local(_) => self.note_of(to, draft),
                _ => self.post(to, draft),
            });
        }
        self.emit_errors(&errors);
        self.items_answer(user, to, &sent)
    }

    fn item_missing(id: i64) -> String {
        format!(r#"{{"type":"errorStore","storeError":{{"type":"chatItemNotFound","itemId":{id}}}}}"#)
    }

    /// The item that another was forwarded from, when it is still here.
    pub(super) fn forwarded_from(&self, item: &Item) -> Option<(ChatRef, Item)> {
        let v = Json::parse(item.forwarded.as_deref()?)?;
        let id = |key: &str| v.get(key).and_then(Json::int);
        let chat = match (id("contactId"), id("groupId")) {
            (Some(c), _) => ChatRef::Direct(c),
            (_, Some(g)) => ChatRef::Group(g, Scope::Main),
            _ => return None,
        };
        let from = id("chatItemId")?;
        Some((chat, render::chat(self.core, chat)?.items.iter().find(|i| i.id == from)?.clone()))
    }

    /// A file goes on as a copy of its own.
    fn copy_file(&mut self, user: i64, file: i64) -> Option<i64> {
        let f = self.core.files.get(&file).cloned()?;
        let name = self.free_file_name(&f.name);
        let (from, to) = (self.file_path(f.path.as_deref()?), self.file_path(&name));
        self.sh.world.ask(|| std::fs::copy(&from, &to).is_ok()).then_some(())?;
        let source = FileSource { path: name, crypto: f.crypto };
        Some(self.new_sent_file(user, f.size, &source))
    }

    fn note_of(&mut self, to: ChatRef, d: Draft) -> Item {
        let now = self.sh.tick();
        let id = self.core.new_item_id();
        let status = crate::state::Status::SndNew;
        let mut item = Item::new(id, Dir::LocalSnd, now, crate::state::Body::Msg(d.content), status, now);
        item.formatted = crate::markdown::formatted(item.text()).map(Into::into);
        item.forwarded = d.forwarded;
        self.add_item(to, item.clone());
        item
    }

    /// Where a forwarded message came from, as only the one who forwards it sees.
    fn forwarded_json(&self, from: ChatRef, item: &Item) -> Arc<str> {
        let dir = if item.dir.sent() { "snd" } else { "rcv" };
        let mut j = Js::new();
        j.obj();
        match from {
            ChatRef::Direct(id) => {
                let name = self.core.contacts.get(&id).map(|c| c.name.clone()).unwrap_or_default();
                j.tag("contact").str("chatName", &name).str("msgDir", dir).num("contactId", id);
            }
            ChatRef::Group(id, Scope::Main) | ChatRef::Group(id, _) => {
                let name = self.core.groups.get(&id).map(|g| g.name.clone()).unwrap_or_default();
                j.tag("group").str("chatName", &name).str("msgDir", dir).num("groupId", id);
            }
            _ => {
                j.tag("unknown").end();
                return j.done().into();
            }
        }
        j.num("chatItemId", item.id).end();
        j.done().into()
    }
}
