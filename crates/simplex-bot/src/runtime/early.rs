//! Messages of people who are not connected yet: those sent with their request, and their greetings. Also the welcome
//! message of an address that the program made a chat from (`/_prepare contact`), which no event reports.
//!
//! Nothing can be sent to people before they are connected. So their messages are left unread in the core's database,
//! and are read from there once they can be answered.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

use crate::types::{ChatInfo, ConnStatus, ContactStatus};

use super::{Delivery, Engine, Key};

/// The most chats that are remembered one by one; with more, every chat that becomes ready is looked at.
const MOST: usize = 10_000;

/// The chats whose messages wait.
#[derive(Debug, Default)]
pub(super) struct Early(Mutex<Waiting>);

#[derive(Debug, Default)]
struct Waiting {
    chats: HashSet<Key>,
    more: bool,
}

impl Early {
    /// Notes that a chat has a message that waits; `false` if that was known.
    pub(super) fn note(&self, key: Key) -> bool {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.chats.len() >= MOST {
            return !std::mem::replace(&mut waiting.more, true);
        }
        waiting.chats.insert(key)
    }

    /// Whether a chat that can be answered now may have a message that waited.
    pub(super) fn is_over(&self, key: Key) -> bool {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.chats.remove(&key) || waiting.more
    }
}

/// Whether a chat is with somebody who is not connected yet.
pub(super) fn is_early(info: &ChatInfo) -> bool {
    let ChatInfo::Direct { contact, .. } = info else { return false };
    match &contact.active_conn {
        Some(connection) => matches!(
            connection.conn_status,
            // `Failed` is only a connection that was never made; it may still be made.
            ConnStatus::New
                | ConnStatus::Prepared
                | ConnStatus::Joined
                | ConnStatus::Requested
                | ConnStatus::Accepted
                | ConnStatus::Failed { .. }
        ),
        None => {
            let prepared = contact.prepared_contact.is_some() && contact.contact_status == ContactStatus::Active;
            prepared || contact.contact_request_id.is_some()
        }
    }
}

impl Engine {
    /// Whether messages may wait in the database until they can be answered.
    pub(super) fn leaves_early_ones(&self) -> bool {
        self.options.delivery != Delivery::Off
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::{ChatRef, ContactId, UserId};

    #[test]
    fn with_more_chats_than_are_remembered_every_chat_is_looked_at() {
        let early = Early::default();
        let key = |id| Key { user: UserId(1), chat: ChatRef::Direct(ContactId(id)) };
        let most = i64::try_from(MOST).unwrap();
        assert!((0..most).all(|id| early.note(key(id))) && !early.is_over(key(most)));
        assert!(early.note(key(most)) && !early.note(key(most + 1)));
        assert!((0..most + 2).all(|id| early.is_over(key(id))));
    }
}
