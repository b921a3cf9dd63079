//! How commands name chats, and pages of chats and items.

use std::fmt::{self, Display};

use crate::scalar::{ChatItemId, ConnectionId, ContactId, GroupId, GroupMemberId, NoteFolderId, Timestamp};

/// A chat, as commands name it: `@5`, `#7`, `#7(_support:3)`, `*1`, `:3`.
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
