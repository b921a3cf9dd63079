//! Contacts, and the addresses and requests by which people become contacts.

use std::sync::Arc;

use super::{Chat, ChatSettings, CoreId};
use crate::content::{Preferences, Profile};
use crate::json::Json;
use crate::parser::{AddressSettings, Role};
use crate::time::Ts;

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
    pub group: Option<(i64, Arc<str>, Role)>,
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
