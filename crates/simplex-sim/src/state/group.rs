//! Groups, their members, tags and files.

use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use super::{Chat, ChatSettings, CoreId, Message};
use crate::content::{Content, Profile};
use crate::json::{Js, Json};
use crate::parser::{GroupProfile, Role};
use crate::render;
use crate::time::Ts;

#[derive(Debug, Clone)]
pub struct Group {
    pub id: i64,
    pub user: i64,
    pub name: String,
    pub profile: ShownProfile,
    pub alias: String,
    /// The user's own membership, by its id.
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
    /// The contact request that this customer's group was made for.
    pub asked_by: Option<Arc<str>>,
    pub via_link: Option<String>,
    /// The user's profile changed since the last message to this group.
    pub profile_changed: bool,
    pub chat: Chat,
    /// Support chats: the user's own (`None`) and, for moderators, those of members.
    pub support: BTreeMap<Option<i64>, Chat>,
    /// The contact that sent the invitation, until it is accepted, and the queue to answer at.
    pub invited_by: Option<(i64, (CoreId, i64))>,
}

/// A group's profile, with what every event about the group shows of it: its JSON and that of all its preferences.
#[derive(Debug, Clone)]
pub struct ShownProfile {
    profile: Arc<GroupProfile>,
    pub json: Arc<str>,
    pub preferences: Arc<str>,
}

impl From<Arc<GroupProfile>> for ShownProfile {
    fn from(profile: Arc<GroupProfile>) -> Self {
        let (mut json, mut preferences) = (Js::new(), Js::new());
        render::put_group_profile(&mut json, &profile);
        render::put_full_prefs(&mut preferences, &profile);
        Self { profile, json: json.done().into(), preferences: preferences.done().into() }
    }
}

impl Deref for ShownProfile {
    type Target = Arc<GroupProfile>;

    fn deref(&self) -> &Arc<GroupProfile> {
        &self.profile
    }
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
    /// The support chat: when it was last active, its unread messages and mentions, and whether it needs attention.
    pub support: Option<SupportChat>,
    /// The id of the random profile that the user joined with, if any.
    pub incognito: Option<i64>,
    /// The JSON of the user's own membership, which every event about the group shows; a change drops it.
    pub shown: OnceLock<Arc<str>>,
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

    /// Whether this member still waits to be admitted.
    pub fn pending(&self) -> bool {
        matches!(self.status, "pending_approval" | "pending_review")
    }

    /// Whether the group's number of members includes this one.
    pub fn counts(&self) -> bool {
        let gone = || matches!(self.status, "left" | "removed" | "deleted" | "group_deleted" | "rejected" | "invited");
        self.current() || self.category == "user" && !gone()
    }

    /// Whether this member may require attention.
    pub fn noted(&self) -> bool {
        self.pending() || self.support.is_some_and(|s| s.attention > 0)
    }
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
    /// Its path, as the item shows it.
    pub path: Option<String>,
    pub crypto: Option<(String, String)>,
    pub status: FileStatus,
    pub sent: bool,
    /// The chat and the item that it belongs to.
    pub chat: Option<(crate::parser::ChatRef, i64)>,
    /// The upload's key, by which the receiver asks the relay for the file.
    pub upload: Option<Arc<str>>,
    /// Whether the receiver may fetch it already.
    pub ready: bool,
    /// The member who sent it.
    pub member: Option<i64>,
    /// The relay that stores it.
    pub relay: String,
    pub agent_id: Arc<str>,
    /// The transfer that runs, if one does.
    pub attempt: u64,
    pub cancelled: bool,
    /// Whether the user allows a download from a relay that is not among the user's own.
    pub approved: bool,
    /// For a file without a chat: which part it plays for its link.
    pub standalone: Option<Standalone>,
}

impl File {
    /// A file that somebody offers, and of which nothing was received yet.
    pub fn offered(id: i64, user: i64, name: String, size: u64, upload: Arc<str>, agent_id: Arc<str>) -> Self {
        Self {
            id,
            user,
            name,
            size,
            path: None,
            crypto: None,
            status: FileStatus::RcvInvitation,
            sent: false,
            chat: None,
            upload: Some(upload),
            ready: false,
            member: None,
            relay: String::new(),
            agent_id,
            attempt: 0,
            cancelled: false,
            approved: false,
            standalone: None,
        }
    }
}

/// A file without a chat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standalone {
    /// Uploaded for anybody with a link to it.
    File,
    /// The small file behind such a link; it points to the actual file.
    Redirect { to: i64 },
    /// Downloaded by such a link; its size according to the link.
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
