//! What the simulated network holds: plain data, no behaviour beyond looking things up. One [`Core`] is one database.

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
    /// What it was opened as.
    pub prefix: String,
    /// The database key.
    pub key: String,
    /// Whether it speaks as cores before 7 do, where that differs.
    pub before_7: bool,
    /// Whether the store is open.
    pub open: bool,
    /// Whether a process holds it (a crash takes it away).
    pub started: bool,
    /// Between `/_app suspend` and `/_app activate`.
    pub suspended: bool,
    /// Whether the first use of the message server was announced in this session.
    pub host_up: bool,
    /// Whether this core reaches the network at all: a fault of its side.
    pub offline: bool,
    /// What is to happen to its commands.
    pub(crate) traps: crate::faults::Traps,
    /// Transfers that wait for the core to run, and their next step.
    pub halted: Vec<(i64, usize)>,
    /// Connections with a message that waits for room among the events, once for each message.
    pub stalled: VecDeque<i64>,
    pub files_folder: Option<String>,
    pub temp_folder: Option<String>,
    pub assets_folder: Option<String>,
    pub session: Session,
    /// Whether the first use of the file relay was announced in this session.
    pub relay_up: bool,
    /// After a change of the key, or the end of the database: it has to be opened anew.
    pub changed: bool,
    /// The next to open it finds a new one.
    pub deleted: bool,
    /// What the next to open it finds instead: an archive was imported.
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
    /// The connections' ids in the database, those of failed attempts among them: the next is one more than the highest.
    pub conn_numbers: BTreeSet<i64>,
    /// The links that could not be joined, and the ids that were given to it: another attempt has the same.
    pub failed_joins: BTreeMap<String, i64>,
    pub last_version: i64,
    /// What `recv` gives out, oldest first.
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

    /// A connection whose queue there is still.
    pub fn alive(&mut self, id: i64) -> Option<&mut Conn> {
        self.conns.get_mut(&id).filter(|c| c.status != ConnStatus::Deleted)
    }

    pub fn remove_conn(&mut self, id: i64) -> Option<Conn> {
        let c = self.conns.remove(&id)?;
        self.conn_numbers.remove(&c.number);
        Some(c)
    }

    /// A connection that is no contact yet, by its id in the database.
    pub fn pending(&self, user: i64, number: i64) -> Option<i64> {
        let found = |c: &&Conn| c.number == number && c.user == user && c.entity == Entity::Pending;
        self.conns.values().find(found).map(|c| c.id)
    }

    pub fn new_item_id(&mut self) -> i64 {
        self.last_item += 1;
        self.last_item
    }

    /// The connection of a contact, when it has one.
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
    /// This user as JSON, while nothing changes it.
    pub cached: Option<Arc<str>>,
    /// As answers still show it: some settings are stored without changing the user that the core holds in memory.
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
    /// Before such a setting changes: what answers go on showing.
    pub fn remember(&mut self) {
        self.in_memory.get_or_insert(UserFlags {
            rcpts_contacts: self.rcpts_contacts,
            rcpts_groups: self.rcpts_groups,
            auto_accept_member_contacts: self.auto_accept_member_contacts,
        });
    }
}

/// What chats have in common.
#[derive(Debug, Clone, Default)]
pub struct Chat {
    /// By id.
    pub items: Vec<Item>,
    /// How many of them are unread.
    pub unread: usize,
    pub unread_flag: bool,
    /// Reactions of members that came before the message they are for.
    pub early: Vec<EarlyReaction>,
}

impl Chat {
    /// An item by id: they stand in the order of their ids.
    pub fn item(&self, id: i64) -> Option<&Item> {
        self.items.get(self.items.binary_search_by_key(&id, |i| i.id).ok()?)
    }

    /// The same, to change it.
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

/// What the user wants of a chat.
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
    /// The messages were deleted together, and none came since.
    pub chat_deleted: bool,
    pub prepared: Option<Prepared>,
    /// The member that this contact is made of, until it is connected.
    pub member: Option<i64>,
    /// The member's invitation to talk directly: the group and the member.
    pub group_inv: Option<(i64, i64)>,
    pub group_inv_started: bool,
    pub chat: Chat,
    /// The user itself, or an entry that comes with the program: neither is listed.
    pub special: bool,
    /// The JSON before and after the time of the last message, while nothing changes it.
    pub cached: Option<(Arc<str>, Arc<str>)>,
}

/// A contact known from its link only, before it is connected to.
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
    /// Which no other connection of this core ever has.
    pub id: i64,
    /// The id in the database, which another may have later.
    pub number: i64,
    pub user: i64,
    pub agent_id: Arc<str>,
    pub entity: Entity,
    pub status: ConnStatus,
    /// The other end, once known.
    pub peer: Option<(CoreId, i64)>,
    pub via_link: Option<i64>,
    pub via_uri: bool,
    /// Of a member who came by a group's link, or of one's own way into a group by its link.
    pub via_group_link: bool,
    pub group_link_id: Option<Arc<str>>,
    /// Members introduced by others stand one level lower.
    pub level: i64,
    pub via_contact: Option<i64>,
    /// The version of the protocol that both ends speak.
    pub version: i64,
    /// Post-quantum ratchets are for contacts.
    pub pq: bool,
    pub x_contact_id: Option<Arc<str>>,
    pub incognito: Option<i64>,
    pub incognito_profile: Option<Profile>,
    pub initiated: bool,
    /// The server did not answer yet that the queue is secured.
    pub joining: bool,
    pub alias: String,
    pub pq_snd: Option<bool>,
    pub pq_rcv: Option<bool>,
    pub created: Ts,
    pub updated: Ts,
    /// The link made for it or used by it.
    pub link: Option<(String, Option<String>)>,
    /// The queue id under which others reach it.
    pub queue: Option<String>,
    pub code: Option<(String, Ts)>,
    /// How often the other end's queue was gone.
    pub auth_errors: i64,
    /// Its own code, for comparing by eye.
    pub own_code: Option<String>,
    /// What waits to be sent.
    pub outbox: VecDeque<Outgoing>,
    /// What the server holds for this end.
    pub inbox: VecDeque<Arrived>,
    /// How many messages the other end sent that came here, or were found to be lost.
    pub received: i64,
    /// How many of them the server lost since the last that came.
    pub lost: i64,
}

/// A message on its way out, with the items whose status it decides.
#[derive(Debug, Clone)]
pub struct Outgoing {
    pub wire: Wire,
    pub items: Vec<i64>,
}

/// A message held by the server, with the time it came there.
#[derive(Debug, Clone)]
pub struct Arrived {
    pub wire: Wire,
    pub at: Ts,
}

/// What ends of a connection say to each other.
#[derive(Debug, Clone)]
pub enum Wire {
    /// Somebody asks to connect.
    Request {
        from: (CoreId, i64),
        profile: Arc<Profile>,
        x_contact_id: Arc<str>,
        /// What the requester says with it.
        message: Option<(Arc<str>, Content)>,
        /// The welcome message it saw on the way.
        welcome: Option<Arc<str>>,
    },
    /// The other end agrees, and who it is.
    Confirm {
        from: (CoreId, i64),
        profile: Arc<Profile>,
    },
    /// The connection works.
    Hello,
    Message(Box<Message>),
    /// Messages of one command: sent, received and acknowledged as one.
    Batch(Vec<Wire>),
    Update {
        shared: Arc<str>,
        content: Content,
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
    /// A step of a queue's move or of a ratchet's renewal.
    Queue(QueueStep),
    Group(Box<GroupWire>),
    File(Box<FileWire>),
}

/// What the ends of a connection exchange to move a queue (the first four) or to renew the ratchet.
#[derive(Debug, Clone, Copy)]
pub enum QueueStep {
    /// The mover has a new queue.
    Add,
    /// The other end secured it.
    Secure,
    /// The mover says to use it.
    Use,
    /// The other end uses it.
    Test,
    /// New keys.
    Key,
    /// And those of the other end.
    KeyBack,
    /// The new ratchet works.
    Ready,
    /// At both ends.
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
    /// The one who quotes it.
    Sender,
    /// The one who is written to.
    Receiver,
    /// A member of the group.
    Member(Arc<str>),
}

/// What a quoting message says of what it quotes.
#[derive(Debug, Clone)]
pub struct QuoteRef {
    pub shared: Option<Arc<str>>,
    pub sent_at: Ts,
    /// Who sent what is quoted.
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
    /// The group that it leads into.
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
