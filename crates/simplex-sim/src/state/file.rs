//! Files.

use std::sync::Arc;

use crate::parser::ChatRef;
use crate::shared::Attempt;

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
    pub chat: Option<(ChatRef, i64)>,
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
    pub(crate) attempt: Attempt,
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
