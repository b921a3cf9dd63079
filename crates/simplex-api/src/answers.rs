//! Answers that have alternatives, as values.

use simplex_types::types::{
    AChatItem, AddRelayResult, ConnectionPlan, Contact, CreatedConnLink, GroupInfo, GroupLink, GroupRelay,
    PendingContactConnection, RcvFileTransfer,
};

/// What became of an edit.
#[derive(Debug, Clone, PartialEq)]
pub enum ItemUpdate {
    /// The item is changed, and the others are told.
    Updated(AChatItem),
    /// It says so already; nobody is told.
    NotChanged(AChatItem),
}

impl ItemUpdate {
    /// The item, changed or not.
    pub fn into_item(self) -> AChatItem {
        match self {
            Self::Updated(item) | Self::NotChanged(item) => item,
        }
    }
}

/// What became of taking a file.
#[derive(Debug, Clone, PartialEq)]
pub enum FileAcceptance {
    /// The file is under way; events tell the rest.
    Accepted(Box<AChatItem>),
    /// The sender has taken it back.
    SenderCancelled(Box<RcvFileTransfer>),
}

/// Which way a file that was stopped had gone. There is no item for a file without a chat.
#[derive(Debug, Clone, PartialEq)]
pub enum FileCancellation {
    /// To others.
    Sent(Option<Box<AChatItem>>),
    /// To us. It can be received again.
    Received(Option<Box<AChatItem>>),
}

/// What became of connecting by a link.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Connecting {
    /// By a one-time invitation; the connection is being made.
    Invitation(PendingContactConnection),
    /// By an address or a group's link; a request is under way.
    Contact(PendingContactConnection),
    /// There is a contact already by this address.
    AlreadyExists(Box<Contact>),
    /// Nothing was done: the link is one's own, known, or needs a decision.
    Plan(Box<(ConnectionPlan, CreatedConnLink)>),
    /// A prepared contact is being connected.
    ToContact(Box<Contact>),
    /// A prepared group is being joined.
    ToGroup(Box<GroupInfo>),
}

/// What was deleted.
#[derive(Debug, Clone, PartialEq)]
pub enum ChatDeletion {
    /// A contact, or its messages.
    Contact(Box<Contact>),
    /// A connection that was no contact yet.
    Connection(Box<PendingContactConnection>),
    /// A group.
    Group(Box<GroupInfo>),
}

/// What became of a public group.
#[derive(Debug, Clone, PartialEq)]
pub enum PublicGroup {
    /// It is there.
    Created {
        /// The group.
        group: Box<GroupInfo>,
        /// Its link.
        link: GroupLink,
        /// The relays that serve it.
        relays: Vec<GroupRelay>,
    },
    /// No relay would serve it.
    Failed(Vec<AddRelayResult>),
}

/// What became of adding relays.
#[derive(Debug, Clone, PartialEq)]
pub enum RelaysAdded {
    /// These serve the group now.
    Added {
        /// The group.
        group: Box<GroupInfo>,
        /// Its link.
        link: GroupLink,
        /// All of its relays.
        relays: Vec<GroupRelay>,
    },
    /// None was added.
    Failed(Vec<AddRelayResult>),
}
