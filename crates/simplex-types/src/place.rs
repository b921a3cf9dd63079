//! Which chats and items a message is about, read from the bytes without decoding it: for routing.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::types::{ChatRef, GroupChatScope};
use crate::wire::Key;
use crate::{ChatItemId, ConnectionId, ContactId, Frame, GroupId, GroupMemberId, NoteFolderId};

/// A chat that a message is about, and the item in it, if it is about one.
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
    /// or group that it names. Empty for messages about neither, and where the ids cannot be read.
    ///
    /// Costs one more walk over the text.
    pub fn places(&self) -> Vec<Place> {
        let mut places = Vec::new();
        let mut deserializer = serde_json::Deserializer::from_str(self.body());
        let mut found = Found::default();
        // What cannot be read is not found.
        let _ = Walk { at: At::Body, found: &mut found, places: &mut places }.deserialize(&mut deserializer);
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
}

/// Where in the message the walk is.
#[derive(Clone, Copy)]
enum At {
    Body,
    /// Items of chats, or what holds one each.
    Items,
    /// An item of a chat, with its chat.
    Item,
    /// What an item is in: a deletion, a reaction.
    Holder,
    ChatInfo,
    Scope,
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

struct Walk<'w> {
    at: At,
    found: &'w mut Found,
    places: &'w mut Vec<Place>,
}

impl<'de> DeserializeSeed<'de> for Walk<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Walk<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("anything")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        if matches!(self.at, At::Scope) {
            self.found.scope = Some(GroupChatScope::MemberSupport(None));
        }
        while let Some(Key(key)) = map.next_key()? {
            match self.at.step(&key) {
                Some(at) => map.next_value_seed(Walk { at, found: &mut *self.found, places: &mut *self.places })?,
                None => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        if !matches!(self.at, At::Items) {
            while seq.next_element::<IgnoredAny>()?.is_some() {}
            return Ok(());
        }
        loop {
            let mut found = Found::default();
            let walk = Walk { at: At::Item, found: &mut found, places: &mut *self.places };
            if seq.next_element_seed(walk)?.is_none() {
                return Ok(());
            }
            self.places.extend(found.place());
        }
    }

    fn visit_u64<E>(self, id: u64) -> Result<(), E> {
        let Ok(id) = i64::try_from(id) else { return Ok(()) };
        let found = self.found;
        match self.at {
            At::ContactId => found.chat = Some(ChatRef::Direct(ContactId(id))),
            At::GroupId => found.chat = Some(ChatRef::group(GroupId(id))),
            At::NotesId => found.chat = Some(ChatRef::Local(NoteFolderId(id))),
            At::ConnectionId => found.chat = Some(ChatRef::Connection(ConnectionId(id))),
            At::ItemId => found.item = Some(ChatItemId(id)),
            At::MemberId => found.scope = Some(GroupChatScope::MemberSupport(Some(GroupMemberId(id)))),
            _ => {}
        }
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
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
    }
}
