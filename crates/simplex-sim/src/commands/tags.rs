//! Tags of chats.

use super::Answer;
use crate::cx::Cx;
use crate::json::Js;
use crate::parser::ChatRef;
use crate::render::error;
use crate::state::{Core, Tag};

impl Cx<'_> {
    pub(super) fn get_tags(&mut self, user: i64) -> Answer {
        let user = self.user(Some(user))?;
        self.tags_answer(user)
    }

    fn tags_answer(&mut self, user: i64) -> Answer {
        self.answer("chatTags", user, |j, core| put_tags(j, core, user))
    }

    fn tag_exists(&self, user: i64, emoji: Option<&str>, text: &str, but: i64) -> bool {
        self.core.tags.values().any(|t| {
            t.user == user && t.id != but && (t.text == text || (emoji.is_some() && t.emoji.as_deref() == emoji))
        })
    }

    pub(super) fn create_tag(&mut self, emoji: Option<String>, text: String) -> Answer {
        let user = self.active()?;
        if self.tag_exists(user, emoji.as_deref(), &text, 0) {
            let column = if emoji.is_some() { "chat_tag_emoji" } else { "chat_tag_text" };
            return Err(error::database(&format!(
                "SQLite3 returned ErrorConstraint while attempting to perform step: UNIQUE constraint failed: \
                     chat_tags.user_id, chat_tags.{column}"
            )));
        }
        let id = Core::next(&self.core.tags);
        self.core.tags.insert(id, Tag { id, user, emoji, text, order: id });
        self.tags_answer(user)
    }

    pub(super) fn update_tag(&mut self, tag: i64, emoji: Option<String>, text: String) -> Answer {
        let user = self.active()?;
        if let Some(t) = self.core.tags.get_mut(&tag) {
            t.emoji = emoji;
            t.text = text;
        }
        self.ok_user(user)
    }

    pub(super) fn delete_tag(&mut self, tag: i64) -> Answer {
        let user = self.active()?;
        self.core.tags.remove(&tag);
        for c in self.core.contacts.values_mut() {
            c.tags.retain(|t| *t != tag);
            c.cached = None;
        }
        for g in self.core.groups.values_mut() {
            g.tags.retain(|t| *t != tag);
        }
        self.ok_user(user)
    }

    pub(super) fn reorder_tags(&mut self, tags: &[i64]) -> Answer {
        let user = self.active()?;
        for (i, id) in (0i64..).zip(tags) {
            if let Some(t) = self.core.tags.get_mut(id) {
                t.order = i;
            }
        }
        self.ok_user(user)
    }

    pub(super) fn set_tags(&mut self, chat: ChatRef, mut tags: Vec<i64>) -> Answer {
        let user = self.known_chat(chat)?;
        if tags.iter().any(|t| !self.core.tags.contains_key(t)) {
            return Err(error::database(
                "SQLite3 returned ErrorConstraint while attempting to perform step: FOREIGN KEY constraint failed",
            ));
        }
        tags.sort_unstable();
        let list = tags.clone();
        match chat {
            ChatRef::Direct(id) => {
                self.set_contact(id, |c| c.tags = tags);
            }
            ChatRef::Group(id, _) => {
                if let Some(g) = self.core.groups.get_mut(&id) {
                    g.tags = tags;
                }
            }
            _ => return Err(error::command("not supported")),
        }
        self.answer("tagsUpdated", user, |j, core| {
            put_tags(j, core, user);
            j.nums("chatTags", list);
        })
    }
}

fn put_tags(j: &mut Js, core: &Core, user: i64) {
    let mut tags: Vec<&Tag> = core.tags.values().filter(|t| t.user == user).collect();
    tags.sort_by_key(|t| t.order);
    j.key("userTags").arr();
    for t in tags {
        j.obj().num("chatTagId", t.id).str("chatTagText", &t.text).opt_str("chatTagEmoji", t.emoji.as_deref()).end();
    }
    j.end_arr();
}
