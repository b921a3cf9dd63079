//! Chat items.

use std::sync::Arc;

use crate::content::Content;
use crate::json::Json;
use crate::parser::ChatRef;
use crate::time::Ts;

/// For how many hours messages can be edited, and deleted for everybody. The core deletes a little longer than it says.
pub const EDITABLE_HOURS: i64 = 24;
pub const DELETABLE_HOURS: i64 = EDITABLE_HOURS + 6;

/// The direction of an item, and the kind of chat it is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dir {
    DirectSnd,
    DirectRcv,
    LocalSnd,
    GroupSnd,
    /// From a member, by its id in this database.
    GroupRcv(i64),
}

impl Dir {
    /// The direction of what the user sends to a chat.
    pub fn sent_to(chat: ChatRef) -> Self {
        match chat {
            ChatRef::Group(..) => Dir::GroupSnd,
            ChatRef::Local(_) => Dir::LocalSnd,
            ChatRef::Direct(_) | ChatRef::Connection(_) => Dir::DirectSnd,
        }
    }

    pub fn sent(self) -> bool {
        matches!(self, Dir::DirectSnd | Dir::LocalSnd | Dir::GroupSnd)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Status {
    SndNew,
    SndSent { complete: bool },
    SndRcvd { complete: bool },
    SndErrorAuth,
    SndWarningQuota,
    RcvNew,
    RcvRead,
}

impl Status {
    pub fn json(&self) -> &'static str {
        match self {
            Status::SndNew => r#"{"type":"sndNew"}"#,
            Status::SndSent { complete: true } => r#"{"type":"sndSent","sndProgress":"complete"}"#,
            Status::SndSent { complete: false } => r#"{"type":"sndSent","sndProgress":"partial"}"#,
            Status::SndRcvd { complete: true } => r#"{"type":"sndRcvd","msgRcptStatus":"ok","sndProgress":"complete"}"#,
            Status::SndRcvd { complete: false } => r#"{"type":"sndRcvd","msgRcptStatus":"ok","sndProgress":"partial"}"#,
            Status::SndErrorAuth => r#"{"type":"sndError","agentError":{"type":"auth"}}"#,
            Status::SndWarningQuota => r#"{"type":"sndWarning","agentError":{"type":"quota"}}"#,
            Status::RcvNew => r#"{"type":"rcvNew"}"#,
            Status::RcvRead => r#"{"type":"rcvRead"}"#,
        }
    }
}

/// The content of an item.
#[derive(Debug, Clone)]
pub enum Body {
    /// A message from a person.
    Msg(Content),
    /// An item that the core itself added: the text shown and the content's JSON.
    Own { text: Arc<str>, json: Arc<str> },
}

#[derive(Debug, Clone)]
pub struct Quote {
    /// Its id in this database; absent when the quoted item is not stored here.
    pub item: Option<i64>,
    pub shared: Option<Arc<str>>,
    pub sent_at: Ts,
    /// The direction of the quoted item; absent when its author is not known here.
    pub dir: Option<Dir>,
    pub content: Content,
}

#[derive(Debug, Clone)]
pub struct Reaction {
    pub reaction: Json,
    /// When the user reacted.
    pub mine: Option<Ts>,
    /// Who else reacted (a member's id, or 0 for the contact), and when.
    pub others: Vec<(i64, Ts)>,
}

/// How far a group message got to one member.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Delivery {
    New,
    Sent,
    Received,
}

#[derive(Debug, Clone)]
pub struct Version {
    pub id: i64,
    pub content: Content,
    pub ts: Ts,
    pub created: Ts,
}

#[derive(Debug, Clone)]
pub struct Item {
    pub id: i64,
    pub dir: Dir,
    pub ts: Ts,
    pub body: Body,
    pub status: Status,
    /// Sent by the user, or marked read by a command. Items that the core itself added as read do not count.
    pub viewed: bool,
    pub via_proxy: Option<bool>,
    pub shared: Option<Arc<str>>,
    pub edited: bool,
    pub live: bool,
    /// JSON of `itemDeleted`.
    pub deleted: Option<Arc<str>>,
    /// Seconds to live, and the time of expiry once that is known.
    pub timed: Option<(i64, Option<Ts>)>,
    /// JSON of `itemForwarded`.
    pub forwarded: Option<Arc<str>>,
    /// The member that passed on another member's message.
    pub forwarded_by: Option<i64>,
    /// Members named in the text: the name used, and the member's id in the group.
    pub mentions: Vec<(String, Arc<str>)>,
    /// How far a message got to each member.
    pub delivery: Vec<(i64, Delivery)>,
    /// The file that goes with it.
    pub file: Option<i64>,
    pub user_mention: bool,
    pub formatted: Option<Arc<str>>,
    pub quote: Option<Box<Quote>>,
    pub reactions: Vec<Reaction>,
    pub versions: Vec<Version>,
    pub created: Ts,
    pub updated: Ts,
}

impl Item {
    pub fn new(id: i64, dir: Dir, ts: Ts, body: Body, status: Status, now: Ts) -> Self {
        Self {
            id,
            dir,
            ts,
            viewed: dir.sent() && matches!(body, Body::Msg(_)),
            body,
            status,
            via_proxy: None,
            shared: None,
            edited: false,
            live: false,
            deleted: None,
            timed: None,
            forwarded: None,
            forwarded_by: None,
            mentions: Vec::new(),
            delivery: Vec::new(),
            file: None,
            user_mention: false,
            formatted: None,
            quote: None,
            reactions: Vec::new(),
            versions: Vec::new(),
            created: now,
            updated: now,
        }
    }

    pub fn text(&self) -> &str {
        match &self.body {
            Body::Msg(c) => &c.text,
            Body::Own { text, .. } => text,
        }
    }

    /// Replaces the content of a message.
    pub fn set_content(&mut self, content: Content) {
        self.formatted = crate::markdown::formatted(&content.text).map(Into::into);
        self.body = Body::Msg(content);
    }

    /// Whether it is an own message that is not older than some hours: only those can be changed for others.
    pub fn own_within(&self, hours: i64, now: Ts) -> bool {
        let fresh = now.0.saturating_sub(self.ts.0) < hours * 3600 * 1_000_000_000;
        self.dir.sent() && self.content().is_some() && self.deleted.is_none() && fresh
    }

    pub fn has_link(&self) -> bool {
        self.formatted.as_deref().is_some_and(|f| f.contains("\"uri\""))
    }

    /// Starts the time of a disappearing message, if it has not started; returns when it ends.
    pub fn start_timer(&mut self, now: Ts) -> Option<Ts> {
        let (ttl, at @ None) = self.timed.as_mut()? else { return None };
        *at = Some(now.plus_secs(*ttl));
        *at
    }

    /// Leaves nothing of a moderated message but its mark.
    pub fn leave_mark(&mut self) {
        let json = if self.dir.sent() { r#"{"type":"sndModerated"}"# } else { r#"{"type":"rcvModerated"}"# };
        self.body = Body::Own { text: "moderated".into(), json: json.into() };
        self.formatted = None;
        self.live = false;
        self.versions.clear();
    }

    /// The message content, when it has one.
    pub fn content(&self) -> Option<&Content> {
        match &self.body {
            Body::Msg(c) => Some(c),
            Body::Own { .. } => None,
        }
    }
}
