//! The arguments of commands: chats, messages, pages, roles, profiles.

use crate::content::Content;
use crate::json::Json;
use crate::time::Ts;

/// The chat that a command is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ChatRef {
    /// `@4`
    Direct(i64),
    /// `#7`, with its scope
    Group(i64, Scope),
    /// `*1`: private notes
    Local(i64),
    /// `:3`: a connection that is not a contact yet
    Connection(i64),
}

/// The part of a group that a command is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Scope {
    /// The group itself.
    #[default]
    Main,
    /// `(_support)`: the support chat with the moderators, or `(_support:5)`: the one of a member.
    Support(Option<i64>),
}

/// A chat by its name, as people type it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChatName {
    /// `@name`
    Direct(String),
    /// `#name`
    Group(String),
    /// `*`
    Local,
}

/// A file to send.
#[derive(Debug, Clone, PartialEq)]
pub struct FileSource {
    /// Its path, absolute or relative to the files folder.
    pub path: String,
    /// Its key and nonce, if it is stored encrypted.
    pub crypto: Option<(String, String)>,
}

/// One message of a send command.
#[derive(Debug, Clone, PartialEq)]
pub struct Composed {
    /// Its file.
    pub file: Option<FileSource>,
    /// The item that it quotes.
    pub quoted: Option<i64>,
    /// Its content.
    pub content: Content,
    /// The members mentioned in the text: the name that is used, and the member's id.
    pub mentions: Vec<(String, i64)>,
}

impl Composed {
    /// A message with nothing but its content.
    pub fn plain(content: Content) -> Self {
        Self { file: None, quoted: None, content, mentions: Vec::new() }
    }
}

/// How an item is deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeleteMode {
    /// For all members of the chat.
    Broadcast,
    /// Only in this database, without leaving a mark.
    Internal,
    /// Only in this database, leaving a mark.
    InternalMark,
}

/// How a chat is deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChatDelete {
    /// With the connection; whether the other side is notified.
    Full(bool),
    /// Only the connection; whether the other side is notified.
    Entity(bool),
    /// Only the messages.
    Messages,
}

/// Which page of a chat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    /// The last items, at most this many.
    Last(usize),
    /// At most this many items after the given one.
    After(i64, usize),
    /// At most this many items before the given one.
    Before(i64, usize),
    /// At most this many items on each side of the given one.
    Around(i64, usize),
    /// At most this many items on each side of the last viewed one; with cores before 7, of the first unread one.
    Initial(usize),
}

/// Which chats are listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChatsPage {
    /// All chats, or at most this many of the latest.
    Last(Option<usize>),
    /// At most this many after a time.
    After(Ts, usize),
    /// At most this many before a time.
    Before(Ts, usize),
}

/// How a list of chats is filtered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChatsQuery {
    /// Only some kinds of chats.
    Filters {
        /// Only favourites.
        favorite: bool,
        /// Only unread ones.
        unread: bool,
    },
    /// Only chats with this text in their name.
    Search(String),
}

/// A role in a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Can only read.
    Observer,
    /// Author; not accepted by any command.
    Author,
    /// Can write.
    Member,
    /// Can moderate.
    Moderator,
    /// Can administer.
    Admin,
    /// Owns the group.
    Owner,
}

impl Role {
    /// Its name in the core's commands and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Observer => "observer",
            Role::Author => "author",
            Role::Member => "member",
            Role::Moderator => "moderator",
            Role::Admin => "admin",
            Role::Owner => "owner",
        }
    }

    /// Parses its name in the core's JSON.
    pub fn read(s: &str) -> Option<Self> {
        [Role::Observer, Role::Author, Role::Member, Role::Moderator, Role::Admin, Role::Owner]
            .into_iter()
            .find(|r| r.as_str() == s)
    }
}

/// The settings of an address.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct AddressSettings {
    /// Whether it is a business address: each customer gets a group of their own.
    pub business: bool,
    /// Whether contacts are accepted automatically, and if so, whether under a random profile.
    pub auto_accept: Option<bool>,
    /// The message that is sent to new contacts.
    pub auto_reply: Option<Content>,
}

/// The chats that a setting of delivery receipts is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReceiptsOf {
    /// All chats.
    All,
    /// Contacts.
    Contacts,
    /// Small groups.
    Groups,
}

/// The profile of a group, as commands contain it.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupProfile {
    /// The name shown.
    pub display_name: String,
    /// The long name.
    pub full_name: String,
    /// A short description.
    pub short_descr: Option<String>,
    /// The welcome message for new members.
    pub description: Option<String>,
    /// A picture.
    pub image: Option<String>,
    /// The group's preferences, as JSON.
    pub preferences: Option<Json>,
    /// How new members are admitted, as JSON.
    pub admission: Option<Json>,
    /// JSON members that the simulator passes on without interpreting them.
    pub other: Vec<(String, Json)>,
}
