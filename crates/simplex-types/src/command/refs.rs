//! How commands name chats, and pages of chats and items.

use std::fmt::{self, Display};
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::scalar::{ChatItemId, ConnectionId, ContactId, GroupId, GroupMemberId, NoteFolderId, Timestamp};

/// A chat, as commands name it: `@5`, `#7`, `#7(_support:3)`, `*1`, `:3`. Read and kept as this text, too.
///
/// ```
/// use simplex_types::{ChatRef, ContactId};
///
/// let chat = ChatRef::Direct(ContactId(5));
/// assert_eq!(chat.to_string(), "@5");
/// assert_eq!("@5".parse(), Ok(chat));
/// assert_eq!(serde_json::to_string(&chat).unwrap(), r#""@5""#);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ChatRef {
    /// A contact's chat.
    Direct(ContactId),
    /// A group's chat, or a part of it.
    Group(GroupId, Option<GroupChatScope>),
    /// Local notes.
    Local(NoteFolderId),
    /// A connection that is not a contact yet; can be deleted, not written to.
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

/// A text that names no chat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidChatRef;

impl Display for InvalidChatRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a chat such as @5, #7 or #7(_support:3)")
    }
}

impl std::error::Error for InvalidChatRef {}

impl FromStr for ChatRef {
    type Err = InvalidChatRef;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let read = || {
            let (kind, id) = text.split_at_checked(1)?;
            match (kind, id.split_once("(_support")) {
                ("@", None) => Some(Self::Direct(id.parse().ok()?)),
                ("*", None) => Some(Self::Local(id.parse().ok()?)),
                (":", None) => Some(Self::Connection(id.parse().ok()?)),
                ("#", None) => Some(Self::group(id.parse().ok()?)),
                ("#", Some((id, rest))) => {
                    let member = match rest.strip_suffix(')')? {
                        "" => None,
                        member => Some(member.strip_prefix(':')?.parse().ok()?),
                    };
                    Some(Self::scoped(id.parse().ok()?, GroupChatScope::MemberSupport(member)))
                }
                _ => None,
            }
        };
        read().ok_or(InvalidChatRef)
    }
}

impl Serialize for ChatRef {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ChatRef {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// A part of a group's chat that not every member sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum GroupChatScope {
    /// The support chat of a member with the moderators: one's own without an id.
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

/// What of a chat is left after its deletion. Of a group nothing is, and its members are told: a command that would leave
/// a part of one is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ChatDeleteMode {
    /// Nothing.
    Full {
        /// Whether the other side is told.
        notify: bool,
    },
    /// The messages; the contact goes.
    Entity {
        /// Whether the other side is told.
        notify: bool,
    },
    /// The contact; the messages go.
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

/// Which chats of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PaginationByTime {
    /// The latest so many.
    Last {
        /// How many.
        count: u32,
    },
    /// Those before a time.
    Before {
        /// The time.
        time: Timestamp,
        /// How many.
        count: u32,
    },
    /// Those after a time.
    After {
        /// The time.
        time: Timestamp,
        /// How many.
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

/// Which items of a chat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ChatPagination {
    /// The latest so many.
    Last {
        /// How many.
        count: u32,
    },
    /// Those after an item.
    After {
        /// The item.
        item: ChatItemId,
        /// How many.
        count: u32,
    },
    /// Those before an item.
    Before {
        /// The item.
        item: ChatItemId,
        /// How many.
        count: u32,
    },
    /// Those on both sides of an item.
    Around {
        /// The item.
        item: ChatItemId,
        /// How many.
        count: u32,
    },
    /// The first unread ones and those around, or the latest.
    Initial {
        /// How many.
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
    use super::*;

    #[test]
    fn a_chat_is_read_as_it_is_written() {
        let support = |member| ChatRef::scoped(GroupId(7), GroupChatScope::MemberSupport(member));
        for chat in [
            ChatRef::Direct(ContactId(5)),
            ChatRef::group(GroupId(7)),
            support(None),
            support(Some(GroupMemberId(3))),
            ChatRef::Local(NoteFolderId(1)),
            ChatRef::Connection(ConnectionId(3)),
        ] {
            assert_eq!(chat.to_string().parse(), Ok(chat));
        }
        for other in ["", "5", "@", "@x", "é5", "#7(_support", "#7(_support:)", "#7(_support)x", "@5(_support)"] {
            assert_eq!(other.parse::<ChatRef>(), Err(InvalidChatRef), "{other}");
        }
    }
}
