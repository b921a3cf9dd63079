//! What commands speak of: chats, messages, pages, roles, profiles.

use crate::content::Content;
use crate::json::Json;

/// Which chat a command means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ChatRef {
    /// `@4`
    Direct(i64),
    /// `#7`, with its scope
    Group(i64, Scope),
    /// `*1`: notes to oneself
    Local(i64),
    /// `:3`: a connection that is not a contact yet
    Connection(i64),
}

/// The part of a group that a command means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Scope {
    /// The group itself.
    #[default]
    Main,
    /// `(_support)`: one's own talk with the moderators, or `(_support:5)`: that of a member.
    Support(Option<i64>),
}

/// A chat named by people.
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
    /// Where it lies, relative to the files folder or absolute.
    pub path: String,
    /// Key and nonce, when it lies there encrypted.
    pub crypto: Option<(String, String)>,
}

/// One message of a send command.
#[derive(Debug, Clone, PartialEq)]
pub struct Composed {
    /// The file that goes with it.
    pub file: Option<FileSource>,
    /// The item that it answers.
    pub quoted: Option<i64>,
    /// What it says.
    pub content: Content,
    /// Members named in the text, by the name used.
    pub mentions: Vec<(String, i64)>,
}

/// How an item is deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeleteMode {
    /// For everybody.
    Broadcast,
    /// Here, without a trace.
    Internal,
    /// Here, leaving a mark.
    InternalMark,
}

/// How a chat is deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChatDelete {
    /// With the connection; whether the other is told.
    Full(bool),
    /// The connection only; whether the other is told.
    Entity(bool),
    /// The messages only.
    Messages,
}

/// Which page of a chat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    /// The last so many.
    Last(usize),
    /// So many after an item.
    After(i64, usize),
    /// So many before an item.
    Before(i64, usize),
    /// So many on both sides of an item.
    Around(i64, usize),
    /// So many on both sides of the last viewed one; before 7, of the first unread one.
    Initial(usize),
}

/// Which chats are listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChatsPage {
    /// All, or the newest so many.
    Last(Option<usize>),
    /// Those after a time.
    After(String, usize),
    /// Those before a time.
    Before(String, usize),
}

/// Which chats are wanted of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChatsQuery {
    /// Favourites, unread ones.
    Filters {
        /// Only favourites.
        favorite: bool,
        /// Only unread ones.
        unread: bool,
    },
    /// By name.
    Search(String),
}

/// A role in a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Reads only.
    Observer,
    /// Author: no command takes it.
    Author,
    /// Writes.
    Member,
    /// Moderates.
    Moderator,
    /// Administers.
    Admin,
    /// Owns.
    Owner,
}

impl Role {
    /// As the core spells it.
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
}

/// Settings of an address.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct AddressSettings {
    /// Each contact gets a group of its own.
    pub business: bool,
    /// Accept without asking; whether with a random profile.
    pub auto_accept: Option<bool>,
    /// What is sent to those accepted.
    pub auto_reply: Option<Content>,
}

/// A member setting of receipts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReceiptsOf {
    /// All chats.
    All,
    /// Contacts.
    Contacts,
    /// Small groups.
    Groups,
}

/// A profile of a group as commands give it.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupProfile {
    /// The name shown.
    pub display_name: String,
    /// The long name.
    pub full_name: String,
    /// A line about it.
    pub short_descr: Option<String>,
    /// What new members are told.
    pub description: Option<String>,
    /// A picture.
    pub image: Option<String>,
    /// What is allowed.
    pub preferences: Option<Json>,
    /// Whether new members are reviewed.
    pub admission: Option<Json>,
    /// Members passed on unread.
    pub other: Vec<(String, Json)>,
}
