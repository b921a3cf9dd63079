//! Answers with several alternatives, as enums.

use simplex_types::types::{
    AChatItem, AddRelayResult, ConnectionPlan, Contact, CreatedConnLink, GroupInfo, GroupLink, GroupRelay,
    PendingContactConnection, RcvFileTransfer,
};

/// The result of an edit.
#[derive(Debug, Clone, PartialEq)]
pub enum ItemUpdate {
    /// The item was changed, and the recipients are informed.
    Updated(AChatItem),
    /// The item already has this content; nothing is sent.
    NotChanged(AChatItem),
}

impl ItemUpdate {
    /// Returns the item, changed or not.
    pub fn into_item(self) -> AChatItem {
        match self {
            Self::Updated(item) | Self::NotChanged(item) => item,
        }
    }
}

/// The result of accepting a file.
#[derive(Debug, Clone, PartialEq)]
pub enum FileAcceptance {
    /// The file is being received; events report the rest.
    Accepted(Box<AChatItem>),
    /// The sender has cancelled the file.
    SenderCancelled(Box<RcvFileTransfer>),
}

/// Whether a cancelled file was being sent or received. A file without a chat has no item.
#[derive(Debug, Clone, PartialEq)]
pub enum FileCancellation {
    /// It was being sent.
    Sent(Option<Box<AChatItem>>),
    /// It was being received. It can be received again.
    Received(Option<Box<AChatItem>>),
}

/// The result of connecting by a link.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Connecting {
    /// Connecting by a one-time invitation.
    Invitation(PendingContactConnection),
    /// Connecting by an address or a group link: a request has been sent.
    Contact(PendingContactConnection),
    /// There already is a contact for this address.
    AlreadyExists(Box<Contact>),
    /// Nothing was done: the link is your own, already known, or needs a decision.
    Plan(Box<(ConnectionPlan, CreatedConnLink)>),
    /// Connecting to a prepared contact.
    ToContact(Box<Contact>),
    /// Joining a prepared group.
    ToGroup(Box<GroupInfo>),
}

/// What was deleted.
#[derive(Debug, Clone, PartialEq)]
pub enum ChatDeletion {
    /// A contact, or its messages.
    Contact(Box<Contact>),
    /// A connection that was not a contact yet.
    Connection(Box<PendingContactConnection>),
    /// A group.
    Group(Box<GroupInfo>),
}

/// The result of creating a public group.
#[derive(Debug, Clone, PartialEq)]
pub enum PublicGroup {
    /// The group was created.
    Created {
        /// The group.
        group: Box<GroupInfo>,
        /// Its link.
        link: GroupLink,
        /// The relays that serve it.
        relays: Vec<GroupRelay>,
    },
    /// No relay accepted the group.
    Failed(Vec<AddRelayResult>),
}

/// The result of adding relays.
#[derive(Debug, Clone, PartialEq)]
pub enum RelaysAdded {
    /// The relays were added.
    Added {
        /// The group.
        group: Box<GroupInfo>,
        /// Its link.
        link: GroupLink,
        /// All of its relays.
        relays: Vec<GroupRelay>,
    },
    /// No relay was added.
    Failed(Vec<AddRelayResult>),
}
