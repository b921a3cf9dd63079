//! What the program itself deletes: no event reports it.
//!
//! The core reuses the ids of contacts, so nothing of a deleted chat may be left for a new one. Messages that are
//! deleted while they wait for their handler are read again before it runs, as are those that other people delete.

use std::sync::{Arc, OnceLock, Weak};

use async_trait::async_trait;

use crate::api::{ApiError, Call, Layer, Next};
use crate::core::{Frame, FrameOutcome};
use crate::message::chat_ref;
use crate::types::{ChatRef, ContactId, GroupChatScope, GroupId, GroupMemberId, Response};

use super::{Engine, Key};

/// Sees every command of the program, and drops what is pending for deleted chats and messages.
#[derive(Debug, Clone, Default)]
pub(crate) struct Gone(Arc<OnceLock<Weak<Engine>>>);

impl Gone {
    /// Sets the engine: from here on there are lanes.
    pub(crate) fn begin(&self, engine: &Arc<Engine>) {
        // Called once.
        let _ = self.0.set(Arc::downgrade(engine));
    }
}

#[async_trait]
impl Layer for Gone {
    async fn call(&self, call: Call, next: Next<'_>) -> Result<Frame, ApiError> {
        let command = call.request().text();
        let (deleted, keeps) = (deleted(command), keeps_contact(command));
        let answer = next.run(call).await?;
        if let (Some(deleted), FrameOutcome::Result) = (deleted.or_else(|| answered(&answer, keeps)), answer.outcome())
            && let Some(engine) = self.0.get().and_then(Weak::upgrade)
        {
            match deleted {
                Deleted::Chat(chat) => engine.drop_chat(chat),
                Deleted::Messages(chat, items) => engine.look_again(chat, &items),
            }
        }
        Ok(answer)
    }
}

/// What a command deletes.
#[derive(Debug, PartialEq)]
enum Deleted {
    /// A contact or a group, and not only its messages.
    Chat(ChatRef),
    /// These messages of a contact or a group; if there are none, it is unknown which.
    Messages(ChatRef, Vec<i64>),
}

fn deleted(command: &str) -> Option<Deleted> {
    let words = &mut command.split(' ');
    let mut next = || words.next().unwrap_or_default();
    let of_items = |items: &str| items.split(',').filter_map(|item| item.parse().ok()).collect();
    match next() {
        "/_delete" => match next() {
            "item" | "reports" => Some(Deleted::Messages(chat(next())?, of_items(next()))),
            "member" if next() == "item" => Some(Deleted::Messages(chat(next())?, of_items(next()))),
            // `chat`.
            "member" => match (chat(next())?, next().parse()) {
                (ChatRef::Group(group, _), Ok(member)) => {
                    Some(Deleted::Messages(support(group, GroupMemberId(member)), Vec::new()))
                }
                _ => None,
            },
            // A group is deleted whole, whatever the mode.
            word => match chat(word)? {
                contact @ ChatRef::Direct(_) if next() == "messages" => Some(Deleted::Messages(contact, Vec::new())),
                chat => Some(Deleted::Chat(chat)),
            },
        },
        "/_archive" if next() == "reports" => Some(Deleted::Messages(chat(next())?, Vec::new())),
        "/_clear" if next() == "chat" => Some(Deleted::Messages(chat(next())?, Vec::new())),
        _ => None,
    }
}

/// What an answer says was deleted, by a command that may give no id: one that names its chat, or the rejection of a
/// request whose contact was accepted before. `keeps` is whether the contact itself stays.
fn answered(answer: &Frame, keeps: bool) -> Option<Deleted> {
    let tags = ["contactRequestRejected", "contactDeleted", "groupDeletedUser", "chatCleared", "userDeletedMembers"];
    if !tags.contains(&answer.tag()) {
        return None;
    }
    match Response::decode(answer).ok()?.value {
        Response::ContactRequestRejected(rejected) => Some(Deleted::Chat(rejected.contact?.contact_id.into())),
        Response::ContactDeleted(deleted) if keeps => {
            Some(Deleted::Messages(deleted.contact.contact_id.into(), Vec::new()))
        }
        Response::ContactDeleted(deleted) => Some(Deleted::Chat(deleted.contact.contact_id.into())),
        Response::GroupDeletedUser(deleted) => Some(Deleted::Chat(deleted.group_info.group_id.into())),
        Response::ChatCleared(cleared) => Some(Deleted::Messages(chat_ref(&cleared.chat_info)?, Vec::new())),
        // Even if their messages are kept, removed members take their support chats with them.
        Response::UserDeletedMembers(removed) => {
            Some(Deleted::Messages(ChatRef::group(removed.group_info.group_id), Vec::new()))
        }
        _ => None,
    }
}

/// Whether a command that deletes a contact by its name deletes its messages only: the answer is the same. A name with a
/// space ends with a quotation mark.
fn keeps_contact(command: &str) -> bool {
    command.trim_end().ends_with(" messages")
}

/// The contact or group that a command names; with a group, also a part of it.
fn chat(word: &str) -> Option<ChatRef> {
    let id = word.get(1..)?;
    let id = id.split_once('(').map_or(id, |(id, _)| id).parse().ok()?;
    match word.as_bytes().first()? {
        b'@' => Some(ChatRef::Direct(ContactId(id))),
        b'#' => Some(ChatRef::group(GroupId(id))),
        _ => None,
    }
}

/// The support chat of a member with the group's moderators.
pub(super) fn support(group: GroupId, member: GroupMemberId) -> ChatRef {
    ChatRef::scoped(group, GroupChatScope::MemberSupport(Some(member)))
}

/// Whether a lane belongs to a chat: support chats belong to their group.
fn is_of(chat: ChatRef, key: &Key) -> bool {
    match (chat, key.chat) {
        (ChatRef::Group(of, None), ChatRef::Group(group, _)) => of == group,
        (of, chat) => of == chat,
    }
}

impl Engine {
    /// Drops what is pending for a chat, and the waits for its messages; with a group, also those of its support chats.
    fn drop_chat(&self, gone: ChatRef) {
        self.waiters.drop_chats(|key| is_of(gone, key));
        if let Some(turns) = &self.turns {
            turns.set_gone(|key| is_of(gone, key));
        }
        let items = self.lanes.drop_items(|key| is_of(gone, key));
        self.meters.queued.decrement(items.len() as f64);
        self.journal.end(&items);
    }

    /// Makes messages that wait be read again before they are handled: these, or all of the chat.
    pub(super) fn look_again(&self, chat: ChatRef, items: &[i64]) {
        let is_one = |key: &Key, item: i64| is_of(chat, key) && (items.is_empty() || items.contains(&item));
        self.lanes.set_all_stale(|key| is_of(chat, key), is_one);
        if let Some(turns) = &self.turns {
            turns.set_all_stale(is_one);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_command_deletes_is_seen() {
        let contact = |id| ChatRef::Direct(ContactId(id));
        let group = |id| ChatRef::group(GroupId(id));
        for (command, expected) in [
            ("/_delete @4 full notify=on", Some(Deleted::Chat(contact(4)))),
            ("/_delete @4", Some(Deleted::Chat(contact(4)))),
            ("/_delete @4 entity", Some(Deleted::Chat(contact(4)))),
            ("/_delete @4 messages", Some(Deleted::Messages(contact(4), vec![]))),
            ("/_delete #7 full notify=off", Some(Deleted::Chat(group(7)))),
            ("/_delete #7 messages", Some(Deleted::Chat(group(7)))),
            ("/_delete :3", None),
            ("/_delete item @4 5,6 internal", Some(Deleted::Messages(contact(4), vec![5, 6]))),
            ("/_delete item #7(_support:3) 5 broadcast", Some(Deleted::Messages(group(7), vec![5]))),
            ("/_delete item *1 5 internal", None),
            ("/_delete member item #7 5,6", Some(Deleted::Messages(group(7), vec![5, 6]))),
            ("/_delete reports #7 5 broadcast", Some(Deleted::Messages(group(7), vec![5]))),
            ("/_archive reports #7", Some(Deleted::Messages(group(7), vec![]))),
            ("/_delete member chat #7 3", Some(Deleted::Messages(support(GroupId(7), GroupMemberId(3)), vec![]))),
            ("/_delete member chat #7", None),
            ("/_clear chat @4", Some(Deleted::Messages(contact(4), vec![]))),
            ("/_delete user 1 del_smp=on", None),
            ("/_delete_address 1", None),
            ("/_delete", None),
            ("/_delete ä", None),
        ] {
            assert_eq!(deleted(command), expected, "{command}");
        }
    }

    #[test]
    fn what_was_deleted_by_its_name_is_seen_in_the_answer() {
        let event = include_str!("../../tests/message.json");
        let mut event = serde_json::from_str::<serde_json::Value>(event).unwrap()["result"].take();
        let contact = event["chatItems"][0]["chatInfo"]["contact"].take();
        let answer =
            serde_json::json!({"result": {"type": "contactDeleted", "user": event["user"], "contact": contact}});
        let answer = Frame::parse(answer.to_string());
        let contact = ChatRef::Direct(ContactId(4));
        for (command, expected) in [
            ("/delete @alice", Deleted::Chat(contact)),
            ("/d alice entity notify=off", Deleted::Chat(contact)),
            ("/d 'of messages'", Deleted::Chat(contact)),
            ("/delete @alice messages", Deleted::Messages(contact, vec![])),
        ] {
            assert_eq!(deleted(command), None);
            assert_eq!(answered(&answer, keeps_contact(command)), Some(expected), "{command}");
        }
    }
}
