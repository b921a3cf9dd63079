//! Chats that the program deletes: the core uses the ids of contacts again, so nothing of the old one may be left for
//! the new one.

use std::sync::{Arc, OnceLock, Weak};

use async_trait::async_trait;

use crate::api::{ApiError, Call, Layer, Next};
use crate::core::{Frame, Outcome};
use crate::types::{ChatRef, ContactId, GroupId};

use super::Engine;

/// Sees every command of the program, and drops the lanes of chats that are deleted.
#[derive(Debug, Clone, Default)]
pub(crate) struct Gone(Arc<OnceLock<Weak<Engine>>>);

impl Gone {
    /// From here on there are lanes.
    pub(crate) fn begin(&self, engine: &Arc<Engine>) {
        // Begun once.
        let _ = self.0.set(Arc::downgrade(engine));
    }
}

#[async_trait]
impl Layer for Gone {
    async fn call(&self, call: Call, next: Next<'_>) -> Result<Frame, ApiError> {
        let deleted = deleted(call.request().text());
        let answer = next.run(call).await?;
        if let (Some(chat), Outcome::Result) = (deleted, answer.outcome())
            && let Some(engine) = self.0.get().and_then(Weak::upgrade)
        {
            engine.drop_chat(chat);
        }
        Ok(answer)
    }
}

/// The contact or group that a command deletes, and not only its messages.
fn deleted(command: &str) -> Option<ChatRef> {
    let chat = command.strip_prefix("/_delete ")?;
    let (chat, mode) = chat.split_once(' ').unwrap_or((chat, ""));
    match (chat.strip_prefix('@'), chat.strip_prefix('#')) {
        // A group is deleted whole, whatever the mode.
        (Some(_), _) if mode.starts_with("messages") => None,
        (Some(contact), _) => Some(ChatRef::Direct(ContactId(contact.parse().ok()?))),
        (_, Some(group)) => Some(ChatRef::group(GroupId(group.parse().ok()?))),
        _ => None,
    }
}

impl Engine {
    /// Drops what waits to be handled of a chat, and who waits for its messages; support chats of a group among it.
    fn drop_chat(&self, gone: ChatRef) {
        let of_it = |chat: ChatRef| match (gone, chat) {
            (ChatRef::Group(gone, _), ChatRef::Group(group, _)) => gone == group,
            _ => gone == chat,
        };
        self.waiters.drop_chats(|key| of_it(key.chat));
        if let Some(turns) = &self.turns {
            turns.set_gone(|key| of_it(key.chat));
        }
        let items = self.lanes.drop_items(|key| of_it(key.chat));
        self.meters.queued.decrement(items.len() as f64);
        self.journal.end(&items);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_commands_that_delete_the_chat_itself_are_seen() {
        let contact = |id| Some(ChatRef::Direct(ContactId(id)));
        for (command, chat) in [
            ("/_delete @4 full notify=on", contact(4)),
            ("/_delete @4", contact(4)),
            ("/_delete @4 entity", contact(4)),
            ("/_delete @4 messages", None),
            ("/_delete #7 full notify=off", Some(ChatRef::group(GroupId(7)))),
            ("/_delete #7 messages", Some(ChatRef::group(GroupId(7)))),
            ("/_delete :3", None),
            ("/_delete item @4 5 internal", None),
            ("/_delete user 1 del_smp=on", None),
            ("/_delete_address 1", None),
        ] {
            assert_eq!(deleted(command), chat, "{command}");
        }
    }
}
