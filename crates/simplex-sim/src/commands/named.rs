//! Messages to chats that are given by name, and to all contacts.

use super::Answer;
use crate::commands::messages::Draft;
use crate::content::Content;
use crate::cx::Cx;
use crate::parser::{ChatName, ChatRef, Composed, Scope};
use crate::render::{self, Envelope, error};
use crate::state::{ConnStatus, ContactStatus, Dir};

impl Cx<'_> {
    pub(crate) fn by_name(&self, name: &ChatName) -> Result<ChatRef, Envelope> {
        let user = self.active()?;
        match name {
            ChatName::Direct(n) => self
                .core
                .contacts
                .values()
                .find(|c| c.user == user && c.name == *n)
                .map(|c| ChatRef::Direct(c.id))
                .ok_or_else(|| error::chat_str("contactNotFound", "contactName", n)),
            ChatName::Group(n) => self.group_by_name(n).map(|id| ChatRef::Group(id, Scope::Main)),
            ChatName::Local => self
                .core
                .notes
                .values()
                .find(|n| n.user == user)
                .map(|n| ChatRef::Local(n.id))
                .ok_or_else(|| error::store("noteFolderNotFound")),
        }
    }

    pub(super) fn send_named(&mut self, name: &ChatName, text: &str) -> Answer {
        let chat = self.by_name(name)?;
        if let Some((from, text)) = text.strip_prefix("<- ").and_then(|t| t.split_once(' ')) {
            let from = self.by_name(&ChatName::Direct(from.trim_start_matches('@').to_owned()))?;
            let item = self.find_text(from, text, true).or_else(|_| self.find_text(from, text, false))?;
            return self.forward(chat, from, &[item], None);
        }
        let m = Composed::plain(Content::text(text));
        match chat {
            ChatRef::Local(id) => self.create_notes(id, vec![m]),
            _ => self.send_messages(chat, false, None, vec![m]),
        }
    }

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
        let found = self
            .core
            .chat(chat)
            .and_then(|c| {
                c.items.iter().rev().find(|i| by(i.dir) && i.content().is_some() && i.text().starts_with(quoted))
            })
            .map(|i| i.id);
        let Some(id) = found else {
            return Err(error::store_str("chatItemNotFoundByText", "text", quoted));
        };
        let m = Composed { quoted: Some(id), ..Composed::plain(Content::text(text)) };
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
            j.raw("msgContent", &content.json).num("successes", contacts.len()).num("failures", 0);
            render::put_ts(j, "timestamp", now);
        })
    }
}
