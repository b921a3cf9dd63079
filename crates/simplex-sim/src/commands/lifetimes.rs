//! How long the messages of chats are kept.

use super::Answer;
use crate::cx::Cx;
use crate::parser::{ChatName, ChatRef};
use crate::render::error;

impl Cx<'_> {
    pub(super) fn set_chat_ttl(&mut self, user: i64, chat: ChatRef, ttl: Option<i64>) -> Answer {
        let user = self.user(Some(user))?;
        self.known_chat(chat)?;
        match chat {
            ChatRef::Direct(id) => {
                self.set_contact(id, |c| c.ttl = ttl);
            }
            ChatRef::Group(id, _) => {
                if let Some(g) = self.core.groups.get_mut(&id) {
                    g.ttl = ttl;
                }
            }
            _ => return Err(error::command("not supported")),
        }
        self.ok_user(user)
    }

    pub(super) fn get_chat_ttl(&mut self, name: &ChatName) -> Answer {
        let user = self.active()?;
        let ttl = match self.by_name(name)? {
            ChatRef::Direct(id) => self.core.contacts.get(&id).and_then(|c| c.ttl),
            ChatRef::Group(id, _) => self.core.groups.get(&id).and_then(|g| g.ttl),
            _ => None,
        };
        self.answer("chatItemTTL", user, |j, _| {
            j.opt_num("chatItemTTL", ttl);
        })
    }

    pub(super) fn set_ttl(&mut self, user: Option<i64>, ttl: Option<i64>) -> Answer {
        let user = self.user(user)?;
        if let Some(u) = self.core.users.get_mut(&user) {
            u.ttl = ttl;
        }
        self.ok_user(user)
    }

    pub(super) fn get_ttl(&mut self, user: Option<i64>) -> Answer {
        let user = self.user(user)?;
        let ttl = self.core.users.get(&user).and_then(|u| u.ttl);
        self.answer("chatItemTTL", user, |j, _| {
            j.num("chatItemTTL", ttl.unwrap_or(0));
        })
    }
}
