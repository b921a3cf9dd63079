//! Filters by where a message was sent, and by whom.

use crate::message::Message;
use crate::types::{ChatRef, ContactId, GroupId, GroupMemberId, GroupMemberRole};

use super::{Anything, Filter, OneOf, Place};

macro_rules! places {
    ($($(#[$doc:meta])* $function:ident $name:ident $place:ident |$message:ident| $test:expr;)*) => {$(
        $(#[$doc])*
        pub fn $function() -> $name {
            $name
        }

        #[doc = concat!("See [`", stringify!($function), "`].")]
        #[derive(Debug, Clone, Copy)]
        pub struct $name;

        impl Filter for $name {
            type Content = Anything;
            type Value = ();
            fn check(&self, $message: &Message) -> Option<()> {
                $test.then_some(())
            }
            fn place(&self) -> Place {
                Place::$place
            }
        }
    )*};
}

places! {
    /// Passes messages in groups, including business chats and support chats.
    in_group InGroup Groups |message| message.is_group();
    /// Passes messages in chats with a contact.
    in_direct InDirect Contacts |message| !message.is_group();
    /// Passes messages in support chats, between a group's member and its moderators.
    in_support InSupport Groups |message| message.is_support();
    /// Passes messages in business chats: the groups that people get into by a business address. In a group of somebody
    /// else that the bot was invited to, whoever made it says that it is one, and who its customer is.
    in_business InBusiness Groups |message| message.business().is_some();
    /// Passes messages that the customer of a business chat sent.
    from_customer FromCustomer Groups |message| message.is_from_customer();
    /// Passes messages that an agent of the business, not the customer, sent in a business chat ([`in_business`]).
    from_agent FromAgent Groups |message| message.business().is_some() && !message.is_from_customer();
    /// Passes messages in groups that mention the bot by name.
    mentions_me MentionsMe Groups |message| message.mentions_me();
    /// Passes messages that quote one of the bot's.
    replies_to_me RepliesToMe Anywhere |message| message.replies_to_me();
    /// Passes messages with a file, whatever their content.
    with_file WithFile Anywhere |message| message.item().file.is_some();
    /// Passes messages that a group sent as history, from before the bot joined ([`Message::is_history`]).
    from_history FromHistory Anywhere |message| message.is_history();
}

/// Passes messages in chats with one of these contacts.
///
/// The core reuses the ids of deleted contacts and groups. For permissions, a
/// [`SenderList`](crate::senders::SenderList) is better: it does not mistake a new contact for an old one.
pub fn from_contact(contacts: impl Into<OneOf<ContactId>>) -> FromContact {
    FromContact(contacts.into())
}

/// Passes messages in one of these groups.
pub fn of_group(groups: impl Into<OneOf<GroupId>>) -> OfGroup {
    OfGroup(groups.into())
}

/// Passes messages from one of these group members.
pub fn from_member(members: impl Into<OneOf<GroupMemberId>>) -> FromMember {
    FromMember(members.into())
}

/// Passes messages in groups whose sender has one of these roles there, or [`at_least`] some role.
///
/// Anybody is the owner of a group of their own: if the bot joins groups of strangers, roles are for what concerns the
/// group alone. For more than that, add [`of_group`], or keep a [`SenderList`](crate::senders::SenderList).
///
/// There are no roles in a chat with a contact, nor for what a channel posts in its own name: the filter does not pass.
pub fn from_role(roles: impl Into<Roles>) -> FromRole {
    FromRole(roles.into())
}

/// This role and higher ones, for [`from_role`].
pub fn at_least(role: GroupMemberRole) -> Roles {
    Roles::AtLeast(role)
}

/// Roles in a group: some, or all from one upwards.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Roles {
    /// Any of these.
    OneOf(OneOf<GroupMemberRole>),
    /// This one and higher ones.
    AtLeast(GroupMemberRole),
}

impl Roles {
    /// Whether the role is among them. A role that this version of the library does not know is not.
    pub fn has(&self, role: &GroupMemberRole) -> bool {
        match self {
            Self::OneOf(roles) => roles.has(role),
            Self::AtLeast(least) => role >= least && !matches!(role, GroupMemberRole::Unknown(_)),
        }
    }
}

impl From<GroupMemberRole> for Roles {
    fn from(role: GroupMemberRole) -> Self {
        Self::OneOf(role.into())
    }
}

impl<const N: usize> From<[GroupMemberRole; N]> for Roles {
    fn from(roles: [GroupMemberRole; N]) -> Self {
        Self::OneOf(roles.into())
    }
}

/// See [`from_contact`].
#[derive(Debug, Clone)]
pub struct FromContact(OneOf<ContactId>);
/// See [`of_group`].
#[derive(Debug, Clone)]
pub struct OfGroup(OneOf<GroupId>);
/// See [`from_member`].
#[derive(Debug, Clone)]
pub struct FromMember(OneOf<GroupMemberId>);
/// See [`from_role`].
#[derive(Debug, Clone)]
pub struct FromRole(Roles);

impl Filter for FromContact {
    type Content = Anything;
    type Value = ();
    fn check(&self, message: &Message) -> Option<()> {
        match message.chat_ref() {
            ChatRef::Direct(contact) => self.0.has(&contact).then_some(()),
            _ => None,
        }
    }
    fn place(&self) -> Place {
        Place::Contacts
    }
}

impl Filter for OfGroup {
    type Content = Anything;
    type Value = ();
    fn check(&self, message: &Message) -> Option<()> {
        match message.chat_ref() {
            ChatRef::Group(group, _) => self.0.has(&group).then_some(()),
            _ => None,
        }
    }
    fn place(&self) -> Place {
        Place::Groups
    }
}

impl Filter for FromMember {
    type Content = Anything;
    type Value = ();
    fn check(&self, message: &Message) -> Option<()> {
        self.0.has(&message.member()?.group_member_id).then_some(())
    }
    fn place(&self) -> Place {
        Place::Groups
    }
}

impl Filter for FromRole {
    type Content = Anything;
    type Value = ();
    fn check(&self, message: &Message) -> Option<()> {
        self.0.has(message.role()?).then_some(())
    }
    fn place(&self) -> Place {
        Place::Groups
    }
}
