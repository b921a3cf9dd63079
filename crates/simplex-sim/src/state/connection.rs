//! One end of a connection, with what it sends and what the server holds for it.

use std::collections::VecDeque;
use std::sync::Arc;

use super::{CoreId, Wire};
use crate::content::Profile;
use crate::time::Ts;

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
    /// Whoever asks to join by it has seen the welcome already.
    pub welcomed: bool,
    /// Members introduced by others are one level lower.
    pub level: i64,
    pub via_contact: Option<i64>,
    /// The version of the protocol that both ends speak.
    pub version: i64,
    /// Whether it uses the post-quantum ratchet, as contacts do.
    pub pq: bool,
    pub x_contact_id: Option<Arc<str>>,
    pub incognito: Option<i64>,
    pub incognito_profile: Option<Box<Profile>>,
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

/// Takes the first element of a queue. One that is empty then gives its memory back: most connections are idle.
pub fn take_first<T>(queue: &mut VecDeque<T>) -> Option<T> {
    let first = queue.pop_front();
    if queue.is_empty() {
        *queue = VecDeque::new();
    }
    first
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
