//! The state of the simulated network: plain data, with no behaviour beyond look-ups. One [`Core`] is one database.

mod connection;
mod contact;
mod file;
mod group;
mod item;
mod members;
mod session;
mod wire;

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::sync::Arc;

pub use connection::*;
pub use contact::*;
pub use file::*;
pub use group::*;
pub use item::*;
pub use members::*;
pub use session::*;
pub use wire::*;

use crate::content::Profile;
use crate::json::Json;
use crate::parser::{ChatRef, Scope};
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
    /// Which opening, of all databases, it was opened by last.
    pub opening: u64,
    /// Whether this core is cut off from the network by an injected fault.
    pub offline: bool,
    /// Injected faults for its commands.
    pub(crate) traps: crate::faults::Traps,
    /// Transfers that wait until the core runs, and the next step of each.
    pub(crate) halted: Vec<(i64, crate::shared::Attempt, usize)>,
    /// Items whose time ended while the core did not run.
    pub overdue: Vec<i64>,
    /// Connections with a message that waits for room in the event queue, one entry for each message.
    pub stalled: VecDeque<i64>,
    pub session: Session,
    /// Set after a change of the key or the deletion of the database: it has to be opened anew.
    pub changed: bool,
    /// The next open finds a new, empty database.
    pub deleted: bool,
    /// What the next open finds instead, since an archive was imported.
    pub imported: Option<Box<(CoreId, Core)>>,
    pub users: BTreeMap<i64, User>,
    pub active: Option<i64>,
    pub contacts: BTreeMap<i64, Contact>,
    pub conns: BTreeMap<i64, Box<Conn>>,
    pub requests: BTreeMap<i64, Request>,
    /// The latest request of each person, which may be gone.
    pub asked: HashMap<Arc<str>, i64>,
    pub links: BTreeMap<i64, UserLink>,
    pub notes: BTreeMap<i64, Notes>,
    pub groups: BTreeMap<i64, Group>,
    pub members: Members,
    pub tags: BTreeMap<i64, Tag>,
    pub files: BTreeMap<i64, File>,
    /// Ids of profiles in use: the next is one more than the highest.
    pub profile_ids: BTreeSet<i64>,
    /// Local names that were given, also those no longer in use.
    pub names: BTreeSet<String>,
    pub last_item: i64,
    pub last_conn: i64,
    /// The connections' ids in the database, also those of failed attempts: the next is one more than the highest.
    pub conn_numbers: BTreeSet<i64>,
    /// Links that could not be joined, with the ids that those attempts got: another attempt gets the same id.
    pub failed_joins: BTreeMap<String, i64>,
    /// Connections of a database that was deleted or replaced: their queues are still at the server, unread.
    pub orphans: BTreeSet<i64>,
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
        self.conns.get_mut(&id).map(|c| &mut **c).filter(|c| c.status != ConnStatus::Deleted)
    }

    /// The agent's ids of the connections that work.
    pub fn ready_conns(&self) -> Vec<Arc<str>> {
        self.conns.values().filter(|c| c.status == ConnStatus::Ready).map(|c| c.agent_id.clone()).collect()
    }

    /// What follows on this database when it is deleted, or when another takes its place.
    pub fn replaced_by(&mut self, mut next: Core) {
        let before = self.orphans.iter().chain(self.conns.keys());
        next.orphans = before.filter(|id| !next.conns.contains_key(id)).copied().collect();
        // Others may still send to the connections that there were.
        next.last_conn = next.last_conn.max(self.last_conn);
        *self = next;
    }

    pub fn remove_conn(&mut self, id: i64) -> Option<Conn> {
        let c = self.conns.remove(&id)?;
        self.conn_numbers.remove(&c.number);
        Some(*c)
    }

    /// A connection that is no contact yet, found by its id in the database.
    pub fn pending(&self, user: i64, number: i64) -> Option<i64> {
        let found = |c: &&Conn| c.number == number && c.user == user && c.entity == Entity::Pending;
        self.conns.values().map(|c| &**c).find(found).map(|c| c.id)
    }

    pub fn new_item_id(&mut self) -> i64 {
        self.last_item += 1;
        self.last_item
    }

    /// A chat, if it has items.
    pub fn chat(&self, at: ChatRef) -> Option<&Chat> {
        match at {
            ChatRef::Direct(id) => self.contacts.get(&id).map(|c| &c.chat),
            ChatRef::Local(id) => self.notes.get(&id).map(|n| &n.chat),
            ChatRef::Group(id, Scope::Main) => self.groups.get(&id).map(|g| &g.chat),
            ChatRef::Group(id, Scope::Support(member)) => self.groups.get(&id)?.support.get(&member),
            ChatRef::Connection(_) => None,
        }
    }

    /// Like [`Self::chat`], for changing it: this creates a support chat.
    pub fn chat_mut(&mut self, at: ChatRef) -> Option<&mut Chat> {
        match at {
            ChatRef::Direct(id) => self.contacts.get_mut(&id).map(|c| &mut c.chat),
            ChatRef::Local(id) => self.notes.get_mut(&id).map(|n| &mut n.chat),
            ChatRef::Group(id, Scope::Main) => self.groups.get_mut(&id).map(|g| &mut g.chat),
            ChatRef::Group(id, Scope::Support(member)) => {
                self.groups.get_mut(&id).map(|g| g.support.entry(member).or_default())
            }
            ChatRef::Connection(_) => None,
        }
    }

    /// An item of a chat.
    pub fn item(&self, at: ChatRef, id: i64) -> Option<&Item> {
        self.chat(at)?.item(id)
    }

    /// Like [`Self::item`], for changing it.
    pub fn item_mut(&mut self, at: ChatRef, id: i64) -> Option<&mut Item> {
        self.chat_mut(at)?.item_mut(id)
    }

    /// The connection of a contact, if it has one.
    pub fn conn_of(&self, contact: i64) -> Option<&Conn> {
        self.conns.get(&self.contacts.get(&contact)?.conn?).map(|c| &**c)
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
    pub flags: UserFlags,
    pub profile_updated: Option<Ts>,
    pub hidden: Option<String>,
    pub ttl: Option<i64>,
    pub smp: Vec<String>,
    pub xftp: Vec<String>,
    /// Servers of both kinds that are kept but not used.
    pub unused_servers: Vec<String>,
    /// This user as JSON, valid until something changes it.
    pub cached: Option<Arc<str>>,
    /// The flags that answers still show: a change is stored without changing the user that the core holds in memory.
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
    /// Called before a flag changes: keeps the values that answers continue to show.
    pub fn remember(&mut self) {
        self.in_memory.get_or_insert(self.flags);
    }
}

/// What all kinds of chats have in common.
#[derive(Debug, Clone, Default)]
pub struct Chat {
    /// Sorted by id. Messages that disappear leave in the order in which they came.
    pub items: VecDeque<Item>,
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

/// A tag that the user gives to chats.
#[derive(Debug, Clone)]
pub struct Tag {
    pub id: i64,
    pub user: i64,
    pub emoji: Option<String>,
    pub text: String,
    pub order: i64,
}
