//! Groups and their members.

use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use super::{Chat, ChatSettings, CoreId};
use crate::content::Profile;
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
    /// The link that it was prepared from, before the user asked to join by it.
    pub prepared: Option<PreparedGroup>,
    /// The contact that sent the invitation, until it is accepted, and the queue to answer at.
    pub invited_by: Option<(i64, (CoreId, i64))>,
}

/// What a group was prepared from.
#[derive(Debug, Clone)]
pub struct PreparedGroup {
    pub full: String,
    pub short: String,
    /// The user asked to join.
    pub started: bool,
    pub welcome_shared: Option<Arc<str>>,
    pub request_shared: Option<Arc<str>>,
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
    /// Whether the user joined with a random profile.
    pub fn incognito(&self) -> bool {
        self.profile_id != self.contact_profile
    }

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
        let gone = || {
            matches!(self.status, "left" | "removed" | "deleted" | "group_deleted" | "rejected" | "invited" | "unknown")
        };
        self.current() || self.category == "user" && !gone()
    }

    /// Whether this member may require attention.
    pub fn noted(&self) -> bool {
        self.pending() || self.support.is_some_and(|s| s.attention > 0)
    }
}
