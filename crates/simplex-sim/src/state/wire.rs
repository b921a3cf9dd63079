//! What the ends of a connection send to each other.

use std::sync::Arc;

use super::{CoreId, FileOffer, FileWire, GroupWire, WireScope};
use crate::content::{Content, Profile};
use crate::json::Json;
use crate::time::Ts;

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

impl From<GroupWire> for Wire {
    fn from(wire: GroupWire) -> Self {
        Wire::Group(Box::new(wire))
    }
}

impl From<FileWire> for Wire {
    fn from(wire: FileWire) -> Self {
        Wire::File(Box::new(wire))
    }
}

impl From<QueueStep> for Wire {
    fn from(step: QueueStep) -> Self {
        Wire::Queue(step)
    }
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
