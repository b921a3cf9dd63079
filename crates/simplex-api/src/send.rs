//! Sending messages, and the outcome of each.

use std::ops::Deref;

use simplex_types::cmd;
use simplex_types::types::{AChatItem, ChatRef, ComposedMessage};

use crate::text::check_sizes;
use crate::{ApiError, ChatApi};

/// The result of sending messages: dereferences to the items that the core created, in order.
///
/// The core may send only some of several messages. It answers with the items that it created, in the order of the
/// messages, without saying which message each belongs to. The reasons for failures come in an event `chatErrors`,
/// which does not say it either. So items are matched to messages by content; if that is ambiguous, the outcome is
/// [`Unknown`](SendOutcome::Unknown).
#[derive(Debug, Clone, PartialEq)]
pub struct Sent {
    items: Vec<AChatItem>,
    outcomes: Vec<SendOutcome>,
}

/// The outcome of one message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SendOutcome {
    /// The message is on its way, as the item with this index.
    Sent(usize),
    /// The message was not sent.
    NotSent,
    /// Other messages have the same content, and not all of them were sent.
    Unknown,
}

impl Sent {
    fn new(messages: &[ComposedMessage], items: Vec<AChatItem>) -> Self {
        let outcomes = outcomes(messages.len(), items.len(), |message, item| {
            messages.get(message).zip(items.get(item)).is_some_and(|(message, item)| same(message, item))
        });
        Self { items, outcomes }
    }

    /// The outcome of each message, in the order in which they were given.
    pub fn outcomes(&self) -> &[SendOutcome] {
        &self.outcomes
    }

    /// Whether all messages are on their way.
    pub fn is_complete(&self) -> bool {
        self.items.len() == self.outcomes.len()
    }

    /// The item of the message with this index, if it is known to be on its way.
    pub fn item_of(&self, message: usize) -> Option<&AChatItem> {
        match self.outcomes.get(message)? {
            SendOutcome::Sent(item) => self.items.get(*item),
            _ => None,
        }
    }
}

impl Deref for Sent {
    type Target = [AChatItem];
    fn deref(&self) -> &[AChatItem] {
        &self.items
    }
}

impl IntoIterator for Sent {
    type Item = AChatItem;
    type IntoIter = std::vec::IntoIter<AChatItem>;
    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

impl<'a> IntoIterator for &'a Sent {
    type Item = &'a AChatItem;
    type IntoIter = std::slice::Iter<'a, AChatItem>;
    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}

fn same(message: &ComposedMessage, item: &AChatItem) -> bool {
    item.chat_item.msg_content().is_some_and(|content| {
        content.tag() == message.msg_content.tag() && content.as_text() == message.msg_content.as_text()
    })
}

/// The items are some of the messages, in order. Two ways to see them so are tried, as early and as late as can be:
/// where both agree there is no other.
fn outcomes(messages: usize, items: usize, same: impl Fn(usize, usize) -> bool) -> Vec<SendOutcome> {
    if messages == items {
        return (0..items).map(SendOutcome::Sent).collect();
    }
    let mut early = Vec::with_capacity(items);
    for message in 0..messages {
        if early.len() < items && same(message, early.len()) {
            early.push(message);
        }
    }
    let mut late = Vec::with_capacity(items);
    for message in (0..messages).rev() {
        if late.len() < items && same(message, items - 1 - late.len()) {
            late.push(message);
        }
    }
    late.reverse();
    if early.len() < items {
        return vec![SendOutcome::Unknown; messages];
    }
    (0..messages)
        .map(|message| {
            let mut outcome = SendOutcome::NotSent;
            for (item, (early, late)) in early.iter().zip(&late).enumerate() {
                if early == late && *early == message {
                    return SendOutcome::Sent(item);
                }
                if (*early..=*late).contains(&message) && same(message, item) {
                    outcome = SendOutcome::Unknown;
                }
            }
            outcome
        })
        .collect()
}

impl ChatApi {
    /// Sends messages with all options of the core: live, disappearing, signed, as the channel.
    ///
    /// When this returns, the messages are on their way, not yet delivered: see
    /// [`DeliveryTracker`](crate::DeliveryTracker).
    ///
    /// # Errors
    /// Same as [`call`](Self::call); [`ApiError::TooLarge`] before anything is sent. If a quoted item or a file does
    /// not exist, none of the messages is sent.
    pub async fn send(&self, command: &cmd::SendMessages) -> Result<Sent, ApiError> {
        if command.as_group && !matches!(command.send_ref, ChatRef::Group(_, None)) {
            let reason = "only a group, and no support chat in one, can be written to as the channel";
            return Err(ApiError::not_sent("APISendMessages", reason));
        }
        check_sizes(&command.composed_messages)?;
        let answer = self.call(command).await?;
        Ok(Sent::new(&command.composed_messages, answer.chat_items))
    }
}

#[cfg(test)]
mod tests {
    use super::SendOutcome::{NotSent, Sent, Unknown};
    use super::outcomes;

    fn of(messages: &str, items: &str) -> Vec<super::SendOutcome> {
        let (messages, items) = (messages.as_bytes(), items.as_bytes());
        outcomes(messages.len(), items.len(), |message, item| messages[message] == items[item])
    }

    #[test]
    fn the_outcome_of_each_message_is_what_its_content_proves() {
        assert_eq!(of("abc", "abc"), [Sent(0), Sent(1), Sent(2)]);
        assert_eq!(of("abc", "ac"), [Sent(0), NotSent, Sent(1)]);
        assert_eq!(of("abc", ""), [NotSent, NotSent, NotSent]);
        assert_eq!(of("aab", "ab"), [Unknown, Unknown, Sent(1)]);
        assert_eq!(of("aba", "a"), [Unknown, NotSent, Unknown]);
        assert_eq!(of("aba", "ba"), [NotSent, Sent(0), Sent(1)]);
        assert_eq!(of("abc", "x"), [Unknown, Unknown, Unknown]);
    }
}
