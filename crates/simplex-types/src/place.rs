//! Which chats and items a message is about, read from the bytes without decoding it: for routing.

use crate::types::{ChatRef, GroupChatScope};
use crate::{ChatItemId, ConnectionId, ContactId, Frame, GroupId, GroupMemberId, NoteFolderId, skim};

/// A chat that a message is about, and the item in it, if any.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Place {
    /// The chat.
    pub chat: ChatRef,
    /// The item.
    pub item: Option<ChatItemId>,
}

impl Frame {
    /// The chats and items that the message is about, in its order: one for each of its items, or else the one contact
    /// or group that it names. Empty for messages about none of these, if the ids cannot be read, and for a part of a
    /// group that the schema does not know.
    ///
    /// This walks over the text once more.
    pub fn places(&self) -> Vec<Place> {
        let mut places = Vec::new();
        let mut found = Found::default();
        // Text that cannot be read ends the walk: what was found before counts.
        walk(self.body(), 0, At::Body, &mut found, &mut places);
        if places.is_empty() {
            places.extend(found.place());
        }
        places
    }
}

/// The ids found so far.
#[derive(Default)]
struct Found {
    chat: Option<ChatRef>,
    scope: Option<GroupChatScope>,
    item: Option<ChatItemId>,
}

impl Found {
    fn place(&self) -> Option<Place> {
        let chat = match (self.chat?, self.scope) {
            (ChatRef::Group(id, None), scope) => ChatRef::Group(id, scope),
            (chat, _) => chat,
        };
        Some(Place { chat, item: self.item })
    }

    fn id(&mut self, at: At, id: i64) {
        match at {
            At::ContactId => self.chat = Some(ChatRef::Direct(ContactId(id))),
            At::GroupId => self.chat = Some(ChatRef::group(GroupId(id))),
            At::NotesId => self.chat = Some(ChatRef::Local(NoteFolderId(id))),
            At::ConnectionId => self.chat = Some(ChatRef::Connection(ConnectionId(id))),
            At::ItemId => self.item = Some(ChatItemId(id)),
            At::MemberId => self.scope = Some(GroupChatScope::MemberSupport(Some(GroupMemberId(id)))),
            _ => {}
        }
    }
}

/// Where in the message the walk is.
#[derive(Clone, Copy)]
enum At {
    Body,
    /// A list of chat items, or of objects that contain one each.
    Items,
    /// An item of a chat, with its chat.
    Item,
    /// An object that contains an item: a deletion, a reaction.
    Holder,
    ChatInfo,
    Scope,
    ScopeType,
    ScopeMember,
    Contact,
    Group,
    Notes,
    Connection,
    ChatItem,
    Meta,
    ContactId,
    GroupId,
    NotesId,
    ConnectionId,
    ItemId,
    MemberId,
}

impl At {
    fn step(self, key: &str) -> Option<Self> {
        Some(match (self, key) {
            (Self::Body, "chatItems" | "chatItemDeletions") => Self::Items,
            (Self::Body, "chatItem" | "chatItem_" | "reaction") => Self::Item,
            (Self::Body, "chat" | "chat_") => Self::Holder,
            (Self::Body, "contact" | "toContact") => Self::Contact,
            (Self::Body, "groupInfo" | "toGroup") => Self::Group,
            (Self::Body | Self::Item | Self::Holder, "chatInfo") => Self::ChatInfo,
            (Self::Item, "deletedChatItem") => Self::Holder,
            (Self::Item | Self::Holder, "chatItem") => Self::ChatItem,
            (Self::Item, "chatReaction") => Self::Holder,
            (Self::ChatItem, "meta") => Self::Meta,
            (Self::Meta, "itemId") => Self::ItemId,
            (Self::ChatInfo, "contact") => Self::Contact,
            (Self::ChatInfo, "groupInfo") => Self::Group,
            (Self::ChatInfo, "groupChatScope") => Self::Scope,
            (Self::ChatInfo, "noteFolder") => Self::Notes,
            (Self::ChatInfo, "contactConnection") => Self::Connection,
            (Self::Scope, "type") => Self::ScopeType,
            (Self::Scope, "groupMember_") => Self::ScopeMember,
            (Self::ScopeMember, "groupMemberId") => Self::MemberId,
            (Self::Contact, "contactId") => Self::ContactId,
            (Self::Group, "groupId") => Self::GroupId,
            (Self::Notes, "noteFolderId") => Self::NotesId,
            (Self::Connection, "pccConnId") => Self::ConnectionId,
            _ => return None,
        })
    }
}

/// Walks the value that begins at `from`, and returns where it ends. Recurses only as deep as [`At`] has steps.
fn walk(text: &str, from: usize, at: At, found: &mut Found, places: &mut Vec<Place>) -> Option<usize> {
    match text.as_bytes().get(from)? {
        b'{' => {
            if matches!(at, At::Scope) {
                found.scope = Some(GroupChatScope::MemberSupport(None));
            }
            skim::object(text, from, |key, from| match at.step(key) {
                Some(at) => walk(text, from, at, found, places),
                None => skim::value(text, from),
            })
        }
        b'[' if matches!(at, At::Items) => skim::list(text, from, |from| {
            let mut found = Found::default();
            let end = walk(text, from, At::Item, &mut found, places)?;
            places.extend(found.place());
            Some(end)
        }),
        _ => {
            let end = skim::value(text, from)?;
            // A part of a group that is not known is neither the whole group nor another part.
            if matches!(at, At::ScopeType) && text.get(from..end) != Some("\"memberSupport\"") {
                found.chat = None;
            }
            if let Some(id) = text.get(from..end).and_then(|id| id.parse().ok()).filter(|id| *id >= 0) {
                found.id(at, id);
            }
            Some(end)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(body: &str) -> Vec<String> {
        let frame = Frame::parse(format!("{{\"result\":{body}}}"));
        frame.places().iter().map(|p| format!("{} {}", p.chat, p.item.map_or(0, |id| id.0))).collect()
    }

    #[test]
    fn every_item_has_its_place() {
        let item = |chat: &str, id: u32| format!(r#"{{"chatInfo":{chat},"chatItem":{{"meta":{{"itemId":{id}}}}}}}"#);
        let direct = item(r#"{"type":"direct","contact":{"contactId":4}}"#, 9);
        let group = item(r#"{"type":"group","groupInfo":{"groupId":2,"membership":{"groupId":3}}}"#, 10);
        let support = item(
            r#"{"type":"group","groupInfo":{"groupId":2},"groupChatScope":{"type":"memberSupport","groupMember_":{"groupMemberId":7}}}"#,
            11,
        );
        assert_eq!(
            places(&format!(r#"{{"type":"newChatItems","chatItems":[{direct},{group},{support},5]}}"#)),
            ["@4 9", "#2 10", "#2(_support:7) 11"]
        );
        assert_eq!(places(&format!(r#"{{"type":"chatItemUpdated","chatItem":{group}}}"#)), ["#2 10"]);
        let later = support.replace("memberSupport", "reports");
        assert!(places(&format!(r#"{{"type":"chatItemUpdated","chatItem":{later}}}"#)).is_empty());
        let deleted = format!(r#"{{"deletedChatItem":{direct},"toChatItem":{group}}}"#);
        assert_eq!(places(&format!(r#"{{"type":"chatItemsDeleted","chatItemDeletions":[{deleted}]}}"#)), ["@4 9"]);
        let reaction = r#"{"chatInfo":{"type":"direct","contact":{"contactId":4}},"chatReaction":{"chatItem":{"meta":{"itemId":10}}}}"#;
        assert_eq!(places(&format!(r#"{{"type":"chatItemReaction","reaction":{reaction}}}"#)), ["@4 10"]);
    }

    #[test]
    fn a_message_without_items_is_about_its_contact_or_group() {
        assert_eq!(places(r#"{"type":"contactConnected","contact":{"contactId":4}}"#), ["@4 0"]);
        assert_eq!(places(r#"{"type":"userJoinedGroup","groupInfo":{"groupId":4}}"#), ["#4 0"]);
        assert!(places(r#"{"type":"hostConnected"}"#).is_empty());
        assert!(places(r#"{"type":"x","contact":{"contactId":"4"}}"#).is_empty());
        assert!(places(r#"{"type":"x","contact":{"contactId":-4}}"#).is_empty());
    }
}
