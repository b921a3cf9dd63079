//! The state of the simulated network: plain data, with no behaviour beyond look-ups. One [`Core`] is one database.

mod group;
mod item;
mod session;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

pub use group::*;
pub use item::*;
pub use session::*;

use crate::content::{Content, Preferences, Profile};
use crate::json::Json;
use crate::parser::AddressSettings;
use crate::time::Ts;

/// Index of a core in its network.
pub type CoreId = usize;

/// One database and the process that has it open, if any.
#[derive(Debug, Clone, Default)]
pub struct Core {
    /// The name under which it was opened.
    pub prefix: String,
    /// The database key.
    pub key: String,
    /// Whether it behaves like cores before version 7, where these differ.
    pub before_7: bool,
    /// Whether the store is open.
    pub open: bool,
    /// Whether a process has it running (a crash ends that).
    pub started: bool,
    /// Between `/_app suspend` and `/_app activate`.
    pub suspended: bool,
    /// Whether the first use of the message server was announced in this session.
    pub host_up: bool,
    /// Whether this core is cut off from the network by an injected fault.
    pub offline: bool,
    /// Injected faults for its commands.
    pub(crate) traps: crate::faults::Traps,
    /// Transfers that wait until the core runs, and the next step of each.
    pub halted: Vec<(i64, usize)>,
    /// Connections with a message that waits for room in the event queue, one entry for each message.
    pub stalled: VecDeque<i64>,
    pub files_folder: Option<String>,
    pub temp_folder: Option<String>,
    pub assets_folder: Option<String>,
    pub session: Session,
    /// Whether the first use of the file relay was announced in this session.
    pub relay_up: bool,
    /// Set after a change of the key or the deletion of the database: it has to be opened anew.
    pub changed: bool,
    /// The next open finds a new, empty database.
    pub deleted: bool,
    /// What the next open finds instead, since an archive was imported.
    pub imported: Option<Box<(CoreId, Core)>>,
    pub users: BTreeMap<i64, User>,
    pub active: Option<i64>,
    pub contacts: BTreeMap<i64, Contact>,
    pub conns: BTreeMap<i64, Conn>,
    pub requests: BTreeMap<i64, Request>,
    pub links: BTreeMap<i64, UserLink>,
    pub notes: BTreeMap<i64, Notes>,
    pub groups: BTreeMap<i64, Group>,
    pub members: BTreeMap<i64, Member>,
    pub tags: BTreeMap<i64, Tag>,
    pub files: BTreeMap<i64, File>,
    /// Ids of profiles in use: the next is one more than the highest.
    pub profile_ids: BTreeSet<i64>,
    pub last_item: i64,
    pub last_conn: i64,
    /// The connections' ids in the database, also those of failed attempts: the next is one more than the highest.
    pub conn_numbers: BTreeSet<i64>,
    /// Links that could not be joined, with the ids that those attempts got: another attempt gets the same id.
    pub failed_joins: BTreeMap<String, i64>,
    pub last_version: i64,
    /// Events for `recv`, oldest first.
    pub events: VecDeque<Arc<str>>,
}

impl Core {
    /// The next id of a table whose ids are SQLite row ids: one more than the highest in use.
    pub fn next<T>(table: &BTreeMap<i64, T>) -> i64 {
        table.last_key_value().map_or(1, |(k, _)| k + 1)
    }

    pub fn new_profile_id(&mut self) -> i64 {
        let id = self.profile_ids.last().map_or(1, |k| k + 1);
        self.profile_ids.insert(id);
        id
    }

    pub fn new_conn_number(&mut self) -> i64 {
        let id = self.conn_numbers.last().map_or(1, |k| k + 1);
        self.conn_numbers.insert(id);
        id
    }

    /// A connection whose queue still exists.
    pub fn alive(&mut self, id: i64) -> Option<&mut Conn> {
        self.conns.get_mut(&id).filter(|c| c.status != ConnStatus::Deleted)
    }

    pub fn remove_conn(&mut self, id: i64) -> Option<Conn> {
        let c = self.conns.remove(&id)?;
        self.conn_numbers.remove(&c.number);
        Some(c)
    }

    /// A connection that is no contact yet, found by its id in the database.
    pub fn pending(&self, user: i64, number: i64) -> Option<i64> {
        let found = |c: &&Conn| c.number == number && c.user == user && c.entity == Entity::Pending;
        self.conns.values().find(found).map(|c| c.id)
    }

    pub fn new_item_id(&mut self) -> i64 {
        self.last_item += 1;
        self.last_item
    }

    /// The connection of a contact, if it has one.
    pub fn conn_of(&self, contact: i64) -> Option<&Conn> {
        self.conns.get(&self.contacts.get(&contact)?.conn?)
    }
}

/// A user profile of a database.
#[derive(Debug, Clone)]
pub struct User {
    pub id: i64,
    pub contact: i64,
    pub profile_id: i64,
    pub name: String,
    pub profile: Profile,
    pub order: i64,
    pub show_ntfs: bool,
    pub rcpts_contacts: bool,
    pub rcpts_groups: bool,
    pub auto_accept_member_contacts: bool,
    pub profile_updated: Option<Ts>,
    pub hidden: Option<String>,
    pub ttl: Option<i64>,
    pub smp: Vec<String>,
    pub xftp: Vec<String>,
    /// Servers of both kinds that are kept but not used.
    pub unused_servers: Vec<String>,
    /// This user as JSON, valid until something changes it.
    pub cached: Option<Arc<str>>,
    /// The settings that answers still show: some are stored without changing the user that the core holds in memory.
    pub in_memory: Option<UserFlags>,
}

/// The settings of a user that the core stores but does not read back.
#[derive(Debug, Clone, Copy)]
pub struct UserFlags {
    pub rcpts_contacts: bool,
    pub rcpts_groups: bool,
    pub auto_accept_member_contacts: bool,
}

impl User {
    /// Called before such a setting changes: keeps the values that answers continue to show.
    pub fn remember(&mut self) {
        self.in_memory.get_or_insert(UserFlags {
            rcpts_contacts: self.rcpts_contacts,
            rcpts_groups: self.rcpts_groups,
            auto_accept_member_contacts: self.auto_accept_member_contacts,
        });
    }
}

/// What all kinds of chats have in common.
#[derive(Debug, Clone, Default)]
pub struct Chat {
    /// Sorted by id.
    pub items: Vec<Item>,
    /// How many of them are unread.
    pub unread: usize,
    pub unread_flag: bool,
    /// Reactions of members that came before the message that they belong to.
    pub early: Vec<EarlyReaction>,
    /// Moderators' deletions that came before the message.
    pub early_moderations: Vec<EarlyModeration>,
}

impl Chat {
    /// Finds an item by its id: the items are sorted by id.
    pub fn item(&self, id: i64) -> Option<&Item> {
        self.items.get(self.items.binary_search_by_key(&id, |i| i.id).ok()?)
    }

    /// Like [`Self::item`], for changing it.
    pub fn item_mut(&mut self, id: i64) -> Option<&mut Item> {
        let at = self.items.binary_search_by_key(&id, |i| i.id).ok()?;
        self.items.get_mut(at)
    }

    /// Deletes the messages; the banner at the top stays.
    pub fn clear(&mut self) {
        self.items.retain(|i| matches!(&i.body, Body::Own { json, .. } if json.contains(r#""chatBanner""#)));
        self.unread = 0;
    }
}

#[derive(Debug, Clone)]
pub struct EarlyReaction {
    pub shared: Arc<str>,
    pub by: i64,
    pub reaction: Json,
    pub add: bool,
    pub at: Ts,
}

#[derive(Debug, Clone)]
pub struct EarlyModeration {
    pub shared: Arc<str>,
    /// The author's id, known to all members.
    pub author: Arc<str>,
    pub by: i64,
    pub at: Ts,
}

/// The user's settings of a chat.
#[derive(Debug, Clone, PartialEq)]
pub struct ChatSettings {
    pub ntfs: &'static str,
    pub receipts: Option<bool>,
    pub favorite: bool,
}

impl Default for ChatSettings {
    fn default() -> Self {
        Self { ntfs: "all", receipts: None, favorite: false }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContactStatus {
    Active,
    Deleted,
    DeletedByUser,
}

#[derive(Debug, Clone)]
pub struct Contact {
    pub id: i64,
    pub user: i64,
    pub name: String,
    pub profile_id: i64,
    pub profile: Arc<Profile>,
    pub alias: String,
    pub conn: Option<i64>,
    pub used: bool,
    pub status: ContactStatus,
    pub settings: ChatSettings,
    pub prefs: Preferences,
    pub created: Ts,
    pub updated: Ts,
    pub chat_ts: Ts,
    pub request: Option<i64>,
    pub grp_inv_sent: bool,
    pub tags: Vec<i64>,
    pub ttl: Option<i64>,
    pub custom: Option<Json>,
    /// All messages were deleted at once, and none came since.
    pub chat_deleted: bool,
    pub prepared: Option<Prepared>,
    /// The member that this contact was made from, until it is connected.
    pub member: Option<i64>,
    /// The member's invitation to a direct chat: the group and the member.
    pub group_inv: Option<(i64, i64)>,
    pub group_inv_started: bool,
    pub chat: Chat,
    /// The user itself, or an entry that comes with the app: neither is listed.
    pub special: bool,
    /// The JSON before and after the time of the last message, valid until something changes it.
    pub cached: Option<(Arc<str>, Arc<str>)>,
}

/// A contact that is known only from its link, before connecting to it.
#[derive(Debug, Clone)]
pub struct Prepared {
    pub full: String,
    pub short: Option<String>,
    pub invitation: bool,
    pub welcome_shared: Option<Arc<str>>,
    pub request_shared: Option<Arc<str>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConnStatus {
    New,
    Joined,
    Requested,
    Accepted,
    SndReady,
    Ready,
    Prepared,
    Deleted,
}

impl ConnStatus {
    pub fn as_str(self) -> &'static str {
        match self {
            ConnStatus::New => "new",
            ConnStatus::Joined => "joined",
            ConnStatus::Requested => "requested",
            ConnStatus::Accepted => "accepted",
            ConnStatus::SndReady => "snd-ready",
            ConnStatus::Ready => "ready",
            ConnStatus::Prepared => "prepared",
            ConnStatus::Deleted => "deleted",
        }
    }
}

/// What a connection belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entity {
    /// Nothing yet: it is listed as a pending connection.
    Pending,
    Contact(i64),
    /// An address or a group link, by its id.
    Link(i64),
    Member(i64),
}

#[derive(Debug, Clone)]
pub struct Conn {
    /// Unique: no other connection of this core ever gets this id.
    pub id: i64,
    /// The id in the database, which a later connection may get again.
    pub number: i64,
    pub user: i64,
    pub agent_id: Arc<str>,
    pub entity: Entity,
    pub status: ConnStatus,
    /// The other end, once known.
    pub peer: Option<(CoreId, i64)>,
    pub via_link: Option<i64>,
    pub via_uri: bool,
    /// For a member who came by the group's link, or for the user's own way into a group by its link.
    pub via_group_link: bool,
    pub group_link_id: Option<Arc<str>>,
    /// Members introduced by others are one level lower.
    pub level: i64,
    pub via_contact: Option<i64>,
    /// The version of the protocol that both ends speak.
    pub version: i64,
    /// Whether it uses the post-quantum ratchet, as contacts do.
    pub pq: bool,
    pub x_contact_id: Option<Arc<str>>,
    pub incognito: Option<i64>,
    pub incognito_profile: Option<Profile>,
    pub initiated: bool,
    /// The server has not confirmed yet that the queue is secured.
    pub joining: bool,
    pub alias: String,
    pub pq_snd: Option<bool>,
    pub pq_rcv: Option<bool>,
    pub created: Ts,
    pub updated: Ts,
    /// The link that was made for it, or that it was joined by.
    pub link: Option<(String, Option<String>)>,
    /// The id of the queue by which others reach it.
    pub queue: Option<String>,
    pub code: Option<(String, Ts)>,
    /// How often the queue at the other end was found missing.
    pub auth_errors: i64,
    /// Its own code, for people to compare.
    pub own_code: Option<String>,
    /// Messages that wait to be sent.
    pub outbox: VecDeque<Outgoing>,
    /// Messages that the server holds for this end.
    pub inbox: VecDeque<Arrived>,
    /// How many of the other end's messages came here, or were found to be lost.
    pub received: i64,
    /// How many of them the server lost since the last one that came.
    pub lost: i64,
}

/// An outgoing message, with the items whose status depends on it.
#[derive(Debug, Clone)]
pub struct Outgoing {
    pub wire: Wire,
    pub items: Vec<i64>,
}

/// A message held by the server, with the time when it came there.
#[derive(Debug, Clone)]
pub struct Arrived {
    pub wire: Wire,
    pub at: Ts,
}

/// What the ends of a connection send to each other.
#[derive(Debug, Clone)]
pub enum Wire {
    /// Somebody asks to connect.
    Request {
        from: (CoreId, i64),
        profile: Arc<Profile>,
        x_contact_id: Arc<str>,
        /// The requester's message.
        message: Option<(Arc<str>, Content)>,
        /// The welcome message that the requester saw before.
        welcome: Option<Arc<str>>,
    },
    /// The other end agrees, and sends its profile.
    Confirm {
        from: (CoreId, i64),
        profile: Arc<Profile>,
    },
    /// The connection works.
    Hello,
    Message(Box<Message>),
    /// Messages of one command: sent, received and acknowledged together.
    Batch(Vec<Wire>),
    Update {
        shared: Arc<str>,
        content: Content,
        mentions: Vec<(String, Arc<str>)>,
        live: bool,
        ttl: Option<i64>,
        scope: WireScope,
    },
    Delete {
        shared: Arc<str>,
    },
    React {
        shared: Arc<str>,
        add: bool,
        reaction: Json,
    },
    /// Messages were received and stored.
    Receipt {
        shared: Vec<Arc<str>>,
    },
    Profile {
        profile: Arc<Profile>,
    },
    Deleted,
    /// A step of moving a queue or of renewing a ratchet.
    Queue(QueueStep),
    Group(Box<GroupWire>),
    File(Box<FileWire>),
}

/// What the ends of a connection exchange to move a queue (the first four) or to renew the ratchet.
#[derive(Debug, Clone, Copy)]
pub enum QueueStep {
    /// The end that moves has a new queue.
    Add,
    /// The other end secured that queue.
    Secure,
    /// The end that moves asks to use it.
    Use,
    /// The other end uses it now.
    Test,
    /// New keys.
    Key,
    /// The new keys of the other end.
    KeyBack,
    /// The new ratchet works.
    Ready,
    /// The other end confirms that.
    ReadyBack,
}

/// A new message on the wire.
#[derive(Debug, Clone)]
pub struct Message {
    pub shared: Arc<str>,
    pub content: Content,
    pub quote: Option<QuoteRef>,
    pub ttl: Option<i64>,
    pub live: bool,
    pub forwarded: bool,
    pub mentions: Vec<(String, Arc<str>)>,
    pub scope: WireScope,
    pub file: Option<FileOffer>,
}

/// Who sent a quoted message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QuotedBy {
    /// The author of the message that quotes it.
    Sender,
    /// The receiver of the message that quotes it.
    Receiver,
    /// A member of the group.
    Member(Arc<str>),
}

/// What a message says about the message that it quotes.
#[derive(Debug, Clone)]
pub struct QuoteRef {
    pub shared: Option<Arc<str>>,
    pub sent_at: Ts,
    /// Who sent the quoted message.
    pub by: QuotedBy,
    pub content: Content,
}

/// An address of a user, or the link of a group.
#[derive(Debug, Clone)]
pub struct UserLink {
    pub id: i64,
    pub user: i64,
    pub conn: i64,
    pub full: String,
    pub short: String,
    pub queue: String,
    pub short_queue: String,
    pub settings: AddressSettings,
    /// The group that it leads to.
    pub group: Option<(i64, Arc<str>, crate::parser::Role)>,
}

/// Somebody who asked to be a contact.
#[derive(Debug, Clone)]
pub struct Request {
    pub id: i64,
    pub user: i64,
    pub link: i64,
    pub contact: Option<i64>,
    pub agent_id: Arc<str>,
    pub from: (CoreId, i64),
    pub name: String,
    pub profile_id: i64,
    pub profile: Arc<Profile>,
    pub x_contact_id: Arc<str>,
    pub created: Ts,
    pub updated: Ts,
    pub accepted: bool,
    pub shared: Option<Arc<str>>,
    pub welcome: Option<Arc<str>>,
}

/// Notes to oneself.
#[derive(Debug, Clone)]
pub struct Notes {
    pub id: i64,
    pub user: i64,
    pub created: Ts,
    pub chat_ts: Ts,
    pub favorite: bool,
    pub chat: Chat,
}
