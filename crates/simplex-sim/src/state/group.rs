//! Groups, their members, tags and files.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Chat, ChatSettings, CoreId, Message};
use crate::content::{Content, Profile};
use crate::json::Json;
use crate::parser::{GroupProfile, Role};
use crate::time::Ts;

#[derive(Debug, Clone)]
pub struct Group {
    pub id: i64,
    pub user: i64,
    pub name: String,
    pub profile: Arc<GroupProfile>,
    pub alias: String,
    /// One's own membership, by its id.
    pub membership: i64,
    pub settings: ChatSettings,
    pub created: Ts,
    pub updated: Ts,
    pub chat_ts: Ts,
    pub tags: Vec<i64>,
    pub ttl: Option<i64>,
    pub custom: Option<Json>,
    /// JSON of `businessChat`.
    pub business: Option<Arc<str>>,
    /// The request that a customer's group was made for.
    pub asked_by: Option<Arc<str>>,
    pub via_link: Option<String>,
    /// The user's profile changed since the last message.
    pub profile_changed: bool,
    pub chat: Chat,
    /// Talks with moderators: one's own (`None`) and, for moderators, those of members.
    pub support: BTreeMap<Option<i64>, Chat>,
    /// The contact that invited, until the invitation is accepted, and the queue to answer at.
    pub invited_by: Option<(i64, (CoreId, i64))>,
}

/// How somebody came into a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InvitedBy {
    User,
    Contact(i64),
    Unknown,
}

#[derive(Debug, Clone)]
pub struct Member {
    pub id: i64,
    pub group: i64,
    pub index: i64,
    pub member_id: Arc<str>,
    pub role: Role,
    pub category: &'static str,
    pub status: &'static str,
    pub show: bool,
    pub blocked: bool,
    pub invited_by: InvitedBy,
    pub invited_by_member: Option<i64>,
    pub name: String,
    pub profile: Arc<Profile>,
    pub profile_id: i64,
    pub contact: Option<i64>,
    pub contact_profile: i64,
    pub conn: Option<i64>,
    /// The newest version of the protocol that this member is known to speak.
    pub version: i64,
    pub created: Ts,
    pub updated: Ts,
    /// When the talk with the moderators was last active, its unread ones and mentions, and whether it asks for them.
    pub support: Option<SupportChat>,
    /// Messages of others that came before this member was introduced are kept by the sender's id.
    pub incognito: Option<i64>,
}

#[derive(Debug, Clone, Copy)]
pub struct SupportChat {
    pub ts: Ts,
    pub unread: i64,
    pub attention: i64,
    pub mentions: i64,
    pub last_from_member: Option<Ts>,
}

impl Member {
    /// Whether messages go to this member.
    pub fn current(&self) -> bool {
        matches!(
            self.status,
            "connected" | "complete" | "creator" | "announced" | "accepted" | "introduced" | "intro-inv"
        )
    }

    /// Whether this member waits to be let in.
    pub fn pending(&self) -> bool {
        matches!(self.status, "pending_approval" | "pending_review")
    }
}

/// Which part of a group a message on the wire is for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum WireScope {
    #[default]
    Main,
    /// The talk of a member with the moderators.
    Support(Arc<str>),
}

/// Who somebody is in a group, on the wire.
#[derive(Debug, Clone)]
pub struct MemberInfo {
    pub member_id: Arc<str>,
    pub role: Role,
    pub profile: Arc<Profile>,
}

/// What members of a group say to each other.
#[derive(Debug, Clone)]
pub enum GroupWire {
    /// An invitation to a contact.
    Invite {
        profile: Arc<GroupProfile>,
        host: MemberInfo,
        invited: (Arc<str>, Role),
        answer_at: (CoreId, i64),
        shared: Arc<str>,
    },
    /// The invited one joins.
    Accept { from: (CoreId, i64) },
    /// The group that a link leads into, for one who asked to join.
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
    /// A new member, told to one who is there.
    New { member: MemberInfo, shared: Arc<str> },
    /// A member who is there, told to a new one.
    Intro { member: MemberInfo },
    /// A new member offers a queue to one who is there, through the host.
    Offer { to: Arc<str>, from: (CoreId, i64) },
    /// That offer, passed on.
    Forward { member: Arc<str>, from: (CoreId, i64) },
    /// A message of another member, passed on to a new one.
    History { author: Arc<str>, message: Message, at: Ts },
    /// A role changed.
    Role { member: Arc<str>, role: Role, shared: Arc<str> },
    /// A member was blocked for all, or is no more.
    Block { member: Arc<str>, blocked: bool, shared: Arc<str> },
    /// A member was removed.
    Remove { member: Arc<str>, messages: bool, shared: Arc<str> },
    /// The sender left.
    Leave { shared: Arc<str> },
    /// The group is no more.
    Delete { shared: Arc<str> },
    /// The group's profile.
    Info { profile: Arc<GroupProfile>, shared: Arc<str> },
    /// A moderator deletes a message of a member.
    Moderate { shared: Arc<str>, author: Arc<str> },
    /// A pending member was let in.
    Accepted { member: Arc<str>, role: Role },
    /// The sender wants to talk to a member directly.
    DirectInvite { from: (CoreId, i64), message: Option<(Arc<str>, Content)> },
    /// The sender's profile changed.
    Profile { profile: Arc<Profile> },
    /// The host's profile, for one who came by its link: both find out whether they are contacts already.
    LinkMember,
    /// The one who came asks.
    Probe,
    /// The host found its contact.
    ProbeOk,
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

/// A file of an item.
#[derive(Debug, Clone)]
pub struct File {
    pub id: i64,
    pub user: i64,
    pub name: String,
    pub size: u64,
    /// Where it lies, as the item shows it.
    pub path: Option<String>,
    pub crypto: Option<(String, String)>,
    pub status: FileStatus,
    pub sent: bool,
    /// The chat it belongs to, and the item.
    pub chat: Option<(crate::parser::ChatRef, i64)>,
    /// The upload's key: what the receiver asks the relay for.
    pub upload: Option<Arc<str>>,
    /// Whether the receiver may ask for it already.
    pub ready: bool,
    /// The member who sent it.
    pub member: Option<i64>,
    /// The relay it lies on.
    pub relay: String,
    pub agent_id: Arc<str>,
    pub cancelled: bool,
    /// Whether the user lets it come from a relay that is not among the user's own.
    pub approved: bool,
    /// Of a file without a chat: what stands at its end of the link that leads to it.
    pub standalone: Option<Standalone>,
}

/// A file without a chat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standalone {
    /// Uploaded for whoever has a link to it.
    File,
    /// The small file behind such a link: it leads to the file.
    Redirect { to: i64 },
    /// Fetched by such a link; its size there.
    Download { size: u64 },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileStatus {
    SndStored,
    SndTransfer(i64, i64),
    SndComplete,
    SndCancelled,
    RcvInvitation,
    RcvAccepted,
    RcvTransfer(i64, i64),
    RcvComplete,
    RcvCancelled,
    RcvError,
}

/// What a message says of its file.
#[derive(Debug, Clone)]
pub struct FileOffer {
    pub name: String,
    pub size: u64,
    pub upload: Arc<str>,
}

/// What is said of files apart from their messages.
#[derive(Debug, Clone)]
pub enum FileWire {
    /// The upload is done: the file can be fetched.
    Ready { shared: Arc<str>, upload: Arc<str>, relay: String },
    /// The sender took it back.
    Cancel { shared: Arc<str> },
}
