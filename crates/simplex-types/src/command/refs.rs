//! References to chats, and pages of chats and items, in commands.

use std::fmt::{self, Display};
use std::str::FromStr;

use serde::de::{Deserializer, Error};
use serde::ser::Serializer;
use serde::{Deserialize, Serialize};

use crate::scalar::{ChatItemId, ConnectionId, ContactId, GroupId, GroupMemberId, NoteFolderId, Timestamp};
use crate::wire::Key;

/// A reference to a chat in commands: `@5`, `#7`, `#7(_support:3)`, `*1`, `:3`.
///
/// It is parsed from this text and displayed as it, also by serde: for configuration, or data that a bot stores. The
/// ids belong to one database, and mean other chats in another.
///
/// ```
/// use simplex_types::{ChatRef, ContactId, GroupChatScope, GroupId, GroupMemberId};
///
/// let admins: ChatRef = "#7".parse()?;
/// assert_eq!(admins, ChatRef::group(GroupId(7)));
/// assert_eq!("#7(_support:3)".parse(), Ok(ChatRef::scoped(GroupId(7), GroupChatScope::MemberSupport(Some(GroupMemberId(3))))));
///
/// assert_eq!(serde_json::to_string(&[ChatRef::from(ContactId(5)), admins])?, r##"["@5","#7"]"##);
/// assert_eq!(serde_json::from_str::<ChatRef>(r##""#7""##)?, admins);
///
/// let error = "alice".parse::<ChatRef>().unwrap_err();
/// assert_eq!(error.to_string(), "not a chat as commands name it (@5, #7, #7(_support), #7(_support:3), *1 or :3)");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ChatRef {
    /// A contact's chat.
    Direct(ContactId),
    /// A group's chat, or a part of it.
    Group(GroupId, Option<GroupChatScope>),
    /// The local notes.
    Local(NoteFolderId),
    /// A connection that is not a contact yet; it can be deleted, but not written to.
    Connection(ConnectionId),
}

impl ChatRef {
    /// A group's chat.
    pub fn group(id: GroupId) -> Self {
        Self::Group(id, None)
    }

    /// A part of a group's chat.
    pub fn scoped(id: GroupId, scope: GroupChatScope) -> Self {
        Self::Group(id, Some(scope))
    }

    fn parse(text: &str) -> Option<Self> {
        let (kind, id) = text.split_at_checked(1)?;
        match kind {
            "@" => id.parse().ok().map(Self::Direct),
            "#" => match id.split_once('(') {
                None => id.parse().ok().map(Self::group),
                Some((id, scope)) => {
                    let member = match scope.strip_prefix("_support")?.strip_suffix(')')? {
                        "" => None,
                        member => Some(member.strip_prefix(':')?.parse().ok()?),
                    };
                    id.parse().ok().map(|id| Self::scoped(id, GroupChatScope::MemberSupport(member)))
                }
            },
            "*" => id.parse().ok().map(Self::Local),
            ":" => id.parse().ok().map(Self::Connection),
            _ => None,
        }
    }
}

impl From<ContactId> for ChatRef {
    fn from(id: ContactId) -> Self {
        Self::Direct(id)
    }
}

impl From<GroupId> for ChatRef {
    fn from(id: GroupId) -> Self {
        Self::group(id)
    }
}

impl Display for ChatRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Direct(id) => write!(f, "@{id}"),
            Self::Group(id, None) => write!(f, "#{id}"),
            Self::Group(id, Some(scope)) => write!(f, "#{id}{scope}"),
            Self::Local(id) => write!(f, "*{id}"),
            Self::Connection(id) => write!(f, ":{id}"),
        }
    }
}

/// The error for a text that is not a [`ChatRef`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidChatRef;

impl Display for InvalidChatRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a chat as commands name it (@5, #7, #7(_support), #7(_support:3), *1 or :3)")
    }
}

impl std::error::Error for InvalidChatRef {}

impl FromStr for ChatRef {
    type Err = InvalidChatRef;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text).ok_or(InvalidChatRef)
    }
}

impl<'de> Deserialize<'de> for ChatRef {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Key::deserialize(deserializer)?.0.parse().map_err(D::Error::custom)
    }
}

impl Serialize for ChatRef {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A part of a group's chat that not every member sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum GroupChatScope {
    /// The support chat of a member with the moderators; without an id, your own.
    MemberSupport(Option<GroupMemberId>),
}

impl Display for GroupChatScope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MemberSupport(None) => f.write_str("(_support)"),
            Self::MemberSupport(Some(id)) => write!(f, "(_support:{id})"),
        }
    }
}

/// What is kept when a chat is deleted. A group is always deleted as a whole, and its members are informed: a command
/// that would keep a part of it is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ChatDeleteMode {
    /// Nothing is kept.
    Full {
        /// Whether the other side is informed.
        notify: bool,
    },
    /// The messages are kept; the contact is deleted.
    Entity {
        /// Whether the other side is informed.
        notify: bool,
    },
    /// The contact is kept; the messages are deleted.
    Messages,
}

impl Display for ChatDeleteMode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (word, notify) = match self {
            Self::Full { notify } => ("full", *notify),
            Self::Entity { notify } => ("entity", *notify),
            Self::Messages => ("messages", true),
        };
        f.write_str(word)?;
        if notify { Ok(()) } else { f.write_str(" notify=off") }
    }
}

/// A page of the list of chats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PaginationByTime {
    /// The latest chats.
    Last {
        /// The maximum number.
        count: u32,
    },
    /// Chats before a time.
    Before {
        /// The time.
        time: Timestamp,
        /// The maximum number.
        count: u32,
    },
    /// Chats after a time.
    After {
        /// The time.
        time: Timestamp,
        /// The maximum number.
        count: u32,
    },
}

impl Display for PaginationByTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Last { count } => write!(f, "count={count}"),
            Self::Before { time, count } => write!(f, "before={time} count={count}"),
            Self::After { time, count } => write!(f, "after={time} count={count}"),
        }
    }
}

/// A page of a chat's items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ChatPagination {
    /// The latest items.
    Last {
        /// The maximum number.
        count: u32,
    },
    /// Items after an item.
    After {
        /// The item.
        item: ChatItemId,
        /// The maximum number.
        count: u32,
    },
    /// Items before an item.
    Before {
        /// The item.
        item: ChatItemId,
        /// The maximum number.
        count: u32,
    },
    /// Items on both sides of an item.
    Around {
        /// The item.
        item: ChatItemId,
        /// The maximum number on each side.
        count: u32,
    },
    /// If something is unread: items on both sides of the first unread one or, since 6.5, of the one that was last
    /// viewed, read or written. Otherwise the latest items. The counts say which item is the first unread one.
    Initial {
        /// The maximum number on each side.
        count: u32,
    },
}

impl Display for ChatPagination {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Last { count } => write!(f, "count={count}"),
            Self::After { item, count } => write!(f, "after={item} count={count}"),
            Self::Before { item, count } => write!(f, "before={item} count={count}"),
            Self::Around { item, count } => write!(f, "around={item} count={count}"),
            Self::Initial { count } => write!(f, "initial={count}"),
        }
    }
}

crate::show::show_as_debug!(ChatRef, GroupChatScope, ChatDeleteMode, PaginationByTime, ChatPagination);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Any chat, of any id that a text can hold.
    fn chat() -> impl Strategy<Value = ChatRef> {
        let scope =
            proptest::option::of(any::<i64>()).prop_map(|id| GroupChatScope::MemberSupport(id.map(GroupMemberId)));
        prop_oneof![
            any::<i64>().prop_map(|id| ChatRef::Direct(ContactId(id))),
            (any::<i64>(), proptest::option::of(scope)).prop_map(|(id, scope)| ChatRef::Group(GroupId(id), scope)),
            any::<i64>().prop_map(|id| ChatRef::Local(NoteFolderId(id))),
            any::<i64>().prop_map(|id| ChatRef::Connection(ConnectionId(id))),
        ]
    }

    proptest! {
        #[test]
        fn a_chat_is_read_as_it_was_written(chat in chat()) {
            prop_assert_eq!(chat.to_string().parse(), Ok(chat));
            let json = serde_json::to_value(chat)?;
            prop_assert_eq!(json.as_str(), Some(&*chat.to_string()));
            prop_assert_eq!(serde_json::from_value::<ChatRef>(json)?, chat);
        }
    }

    #[test]
    fn texts_close_to_a_chat_are_no_chat() {
        for text in
            ["", "@", "5", "@ 5", "@5 ", "@alice", "é5", "#7(", "#7()", "#7(_support", "#7(_support:)", "@7(_support)"]
        {
            assert_eq!(text.parse::<ChatRef>(), Err(InvalidChatRef), "{text:?}");
        }
    }
}
