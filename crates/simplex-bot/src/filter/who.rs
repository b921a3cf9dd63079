//! Filters by where a message was sent, and by whom.

use crate::message::Message;

use super::{Anything, Filter, Scope};

/// Passes messages of groups.
pub fn in_group() -> InGroup {
    InGroup
}

/// Passes messages of chats with a contact.
pub fn in_direct() -> InDirect {
    InDirect
}

/// See [`in_group`].
#[derive(Debug, Clone, Copy)]
pub struct InGroup;
/// See [`in_direct`].
#[derive(Debug, Clone, Copy)]
pub struct InDirect;

impl Filter for InGroup {
    type Scope = Scope<Anything>;
    fn check(&self, message: &Message) -> Option<()> {
        message.is_group().then_some(())
    }
}

impl Filter for InDirect {
    type Scope = Scope<Anything>;
    fn check(&self, message: &Message) -> Option<()> {
        (!message.is_group()).then_some(())
    }
}
