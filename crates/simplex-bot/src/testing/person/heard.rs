//! What a person sees.

use crate::types::{AChatItem, ChatInfo, ChatItemId, ChatRef, CiContent, CiFile, Event, GroupId, MsgContent};

/// Something that a person saw.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Heard {
    /// A message.
    Message {
        /// The chat that it came in.
        chat: ChatRef,
        /// Its id in the person's database.
        item: ChatItemId,
        /// Who sent it, as the person sees them.
        from: String,
        /// Its content.
        content: Box<MsgContent>,
        /// The file that came with it.
        file: Option<Box<CiFile>>,
    },
    /// A message was edited.
    Edited {
        /// The chat that it is in.
        chat: ChatRef,
        /// Its id.
        item: ChatItemId,
        /// Its new text.
        text: String,
    },
    /// A message was deleted.
    Deleted {
        /// The chat that it is in.
        chat: ChatRef,
        /// Its id.
        item: ChatItemId,
    },
    /// Somebody reacted to a message.
    Reaction {
        /// The chat that it is in.
        chat: ChatRef,
        /// The emoji.
        emoji: String,
        /// Whether it was added, or removed.
        added: bool,
    },
    /// Somebody is a contact now.
    Connected {
        /// The chat with them.
        chat: ChatRef,
    },
    /// The person is in a group now.
    Joined {
        /// The group.
        group: GroupId,
    },
    /// An event of another kind.
    Other(Box<Event>),
}

/// What a person sees of an event.
pub(super) fn heard(event: Event) -> Vec<Heard> {
    match event {
        Event::NewChatItems(event) => event.chat_items.into_iter().filter_map(message).collect(),
        Event::ChatItemUpdated(event) => {
            let text = event.chat_item.text().unwrap_or_default().to_owned();
            let edited = |chat| Heard::Edited { chat, item: event.chat_item.id(), text };
            event.chat_item.chat_ref().map(edited).into_iter().collect()
        }
        Event::ChatItemsDeleted(event) => event
            .chat_item_deletions
            .iter()
            .filter_map(|deletion| {
                let deleted = &deletion.deleted_chat_item;
                Some(Heard::Deleted { chat: deleted.chat_ref()?, item: deleted.id() })
            })
            .collect(),
        Event::ChatItemReaction(event) => {
            let emoji = event.reaction.chat_reaction.reaction.as_text().to_owned();
            let reaction = |chat| Heard::Reaction { chat, emoji, added: event.added };
            event.reaction.chat_info.chat_ref().map(reaction).into_iter().collect()
        }
        Event::ContactConnected(event) => vec![Heard::Connected { chat: ChatRef::Direct(event.contact.contact_id) }],
        Event::UserJoinedGroup(event) => vec![Heard::Joined { group: event.group_info.group_id }],
        other => vec![Heard::Other(Box::new(other))],
    }
}

fn message(item: AChatItem) -> Option<Heard> {
    let from = item.chat_item.sender().map(|member| member.member_profile.display_name.clone());
    let from = from.unwrap_or_else(|| match &item.chat_info {
        ChatInfo::Direct { contact, .. } => contact.profile.display_name.clone(),
        other => other.name(),
    });
    let chat = item.chat_ref()?;
    let id = item.id();
    match item.chat_item.content {
        CiContent::RcvMsgContent { msg_content, .. } => {
            Some(Heard::Message { chat, item: id, from, content: msg_content, file: item.chat_item.file })
        }
        _ => None,
    }
}

/// A content as it is shown in the printed conversation.
pub(in super::super) fn shown(content: &MsgContent) -> String {
    match (content, content.as_text().unwrap_or_default()) {
        (MsgContent::Text { .. }, text) => text.to_owned(),
        (other, text) => format!("[{}] {text}", other.tag().as_str()),
    }
}
