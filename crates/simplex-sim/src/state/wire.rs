//! What the ends of a connection send to each other.

use std::sync::Arc;

use super::CoreId;
use crate::content::{Content, Profile};
use crate::json::Json;
use crate::parser::{GroupProfile, Role};
use crate::time::Ts;

/// What the ends of a connection send to each other.
#[derive(Debug, Clone)]
pub enum Wire {
    /// Somebody asks to connect.
    Request(Box<Asked>),
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
    Update(Box<Update>),
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

/// What somebody who asks to connect sends.
#[derive(Debug, Clone)]
pub struct Asked {
    pub from: (CoreId, i64),
    pub profile: Arc<Profile>,
    pub x_contact_id: Arc<str>,
    /// The requester's message.
    pub message: Option<(Arc<str>, Content)>,
    /// The welcome message that the requester saw before.
    pub welcome: Option<Arc<str>>,
}

impl From<Asked> for Wire {
    fn from(asked: Asked) -> Self {
        Wire::Request(Box::new(asked))
    }
}

/// What an edit makes of a message.
#[derive(Debug, Clone)]
pub struct Update {
    pub shared: Arc<str>,
    pub content: Content,
    pub mentions: Vec<(String, Arc<str>)>,
    pub live: bool,
    pub ttl: Option<i64>,
    pub scope: WireScope,
}

impl From<Update> for Wire {
    fn from(update: Update) -> Self {
        Wire::Update(Box::new(update))
    }
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

/// Which part of a group a message on the wire is for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum WireScope {
    #[default]
    Main,
    /// The support chat of a member.
    Support(Arc<str>),
}

/// How messages on the wire describe a member.
#[derive(Debug, Clone)]
pub struct MemberInfo {
    pub member_id: Arc<str>,
    pub role: Role,
    pub profile: Arc<Profile>,
}

/// What members of a group send to each other.
#[derive(Debug, Clone)]
pub enum GroupWire {
    /// An invitation to a contact.
    Invite {
        profile: Arc<GroupProfile>,
        host: MemberInfo,
        invited: (Arc<str>, Role),
        answer_at: (CoreId, i64),
        shared: Arc<str>,
        business: Option<Arc<str>>,
    },
    /// The invited contact joins.
    Accept { from: (CoreId, i64) },
    /// The group that a link leads to, sent to somebody who asked to join.
    LinkInvite {
        profile: Arc<GroupProfile>,
        host: MemberInfo,
        invited: (Arc<str>, Role),
        from: (CoreId, i64),
        pending: bool,
        business: Option<Arc<str>>,
    },
    /// The connection to the host works.
    Connected,
    /// Tells an existing member about a new one, who may still wait to be admitted.
    New { member: MemberInfo, pending: bool, shared: Arc<str> },
    /// Tells a new member about an existing one.
    Intro { member: MemberInfo },
    /// A new member offers a queue to an existing member, through the host.
    Offer { to: Arc<str>, from: (CoreId, i64) },
    /// The host passes that offer on.
    Forward { member: Arc<str>, from: (CoreId, i64) },
    /// A message of another member, passed on to a new one.
    History { author: Arc<str>, message: Message, at: Ts },
    /// A role changed.
    Role { member: Arc<str>, role: Role, shared: Arc<str> },
    /// A member was blocked for all, or unblocked.
    Block { member: Arc<str>, blocked: bool, shared: Arc<str> },
    /// A member was removed.
    Remove { member: Arc<str>, messages: bool, shared: Arc<str> },
    /// The sender left.
    Leave { shared: Arc<str> },
    /// The group was deleted.
    Delete { shared: Arc<str> },
    /// The group's profile.
    Info { profile: Arc<GroupProfile>, shared: Arc<str> },
    /// A moderator deletes a message of a member.
    Moderate { shared: Arc<str>, author: Arc<str> },
    /// A pending member was admitted.
    Accepted { member: Arc<str>, role: Role },
    /// The sender wants to talk to a member directly.
    DirectInvite { from: (CoreId, i64), message: Option<(Arc<str>, Content)> },
    /// The sender's profile changed.
    Profile { profile: Arc<Profile> },
    /// The host's profile, for a member who joined by its link: both then check whether they are contacts already.
    LinkMember,
    /// The member who joined asks.
    Probe,
    /// The host found its contact.
    ProbeOk,
}

/// What a message says about its file.
#[derive(Debug, Clone)]
pub struct FileOffer {
    pub name: String,
    pub size: u64,
    pub upload: Arc<str>,
}

/// What is sent about files apart from their messages.
#[derive(Debug, Clone)]
pub enum FileWire {
    /// The upload is done: the file can be fetched.
    Ready { shared: Arc<str>, upload: Arc<str>, relay: String },
    /// The sender cancelled it.
    Cancel { shared: Arc<str> },
}
