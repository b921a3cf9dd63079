//! Marking items and chats read, and chats unread.

use super::Answer;
use crate::cx::Cx;
use crate::parser::{ChatRef, Scope};
use crate::render::{self, error};
use crate::shared::Step;
use crate::state::Status;

impl Cx<'_> {
    pub(super) fn read_items(&mut self, at: ChatRef, items: &[i64]) -> Answer {
        let user = self.active()?;
        if let ChatRef::Connection(_) | ChatRef::Local(_) = at {
            return Err(error::command("not supported"));
        }
        if self.owner(at) != Some(user) {
            return Err(match at {
                ChatRef::Group(id, _) => error::store_id("userNotFoundByGroupId", "groupId", id),
                ChatRef::Direct(id) => error::store_id("userNotFoundByContactId", "contactId", id),
                _ => error::command("not supported"),
            });
        }
        for id in items {
            self.mark_read(at, *id);
        }
        self.answer("itemsReadForChat", user, |j, core| {
            j.key("chatInfo");
            render::put_chat_info(j, core, at);
        })
    }

    /// Marks an item read; for a disappearing one, its time starts now.
    fn mark_read(&mut self, at: ChatRef, id: i64) {
        let now = self.sh.tick();
        let Some(chat) = self.core.chat_mut(at) else { return };
        let Some(item) = chat.item_mut(id).filter(|i| i.status == Status::RcvNew) else { return };
        item.status = Status::RcvRead;
        item.viewed = true;
        item.updated = now;
        let due = if item.live { None } else { item.start_timer(now) };
        let (dir, mention) = (item.dir, item.user_mention);
        chat.unread = chat.unread.saturating_sub(1);
        self.less_in_support(at, dir, mention);
        if let Some(t) = due {
            self.sh.at(t, Step::Expire(self.me, id));
        }
    }

    pub(super) fn read_chat(&mut self, at: ChatRef) -> Answer {
        if let ChatRef::Connection(_) = at {
            return Err(error::command("not supported"));
        }
        let user = self.active()?;
        if let (ChatRef::Direct(id), false) = (at, self.owner(at) == Some(user)) {
            return Err(error::store_id("userNotFoundByContactId", "contactId", id));
        }
        self.known_chat(at)?;
        self.read_all(at);
        if let ChatRef::Group(group, Scope::Support(member)) = at {
            let id = member.or_else(|| self.core.groups.get(&group).map(|g| g.membership)).unwrap_or(0);
            if let Some(s) = self.core.members.get_mut(&id).as_mut().and_then(|m| m.support.as_mut()) {
                s.unread = 0;
                s.attention = 0;
                s.mentions = 0;
            }
            return self.answer("memberSupportChatRead", user, |j, core| {
                render::put_group_and_member(j, core, group, id);
            });
        }
        self.ok_user(user)
    }

    fn read_all(&mut self, at: ChatRef) {
        let unread: Vec<i64> = self
            .core
            .chat(at)
            .map(|c| c.items.iter().filter(|i| i.status == Status::RcvNew).map(|i| i.id).collect())
            .unwrap_or_default();
        for id in unread {
            self.mark_read(at, id);
        }
    }

    pub(super) fn read_user(&mut self, user: Option<i64>) -> Answer {
        let user = self.user(user)?;
        let contacts = self.core.contacts.values().filter(|c| c.user == user).map(|c| ChatRef::Direct(c.id));
        let groups = self.core.groups.values().filter(|g| g.user == user);
        let chats: Vec<ChatRef> = contacts.chain(groups.map(|g| ChatRef::Group(g.id, Scope::Main))).collect();
        for at in chats {
            self.read_all(at);
        }
        self.ok_user(user)
    }

    pub(super) fn unread_chat(&mut self, at: ChatRef, on: bool) -> Answer {
        let user = self.known_chat(at)?;
        if let Some(c) = self.core.chat_mut(at) {
            c.unread_flag = on;
        }
        self.ok_user(user)
    }
}
