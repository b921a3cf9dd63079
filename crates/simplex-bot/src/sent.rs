//! What was sent, and what can still be done with it.

use std::fmt;

use crate::api::ChatApi;
use crate::chat::Chat;
use crate::draft::Draft;
use crate::error::{BotError, Outcome};
use crate::types::{AChatItem, ChatItemId, ChatRef, CiDeleteMode, MsgContent, NonEmpty, UpdatedMessage, cmd};

/// A message that the core took to be sent. It may still be under way.
///
/// A text that was too long for one message is one `Sent` of several parts.
#[derive(Clone)]
pub struct Sent {
    api: ChatApi,
    chat: ChatRef,
    first: Box<AChatItem>,
    rest: Vec<AChatItem>,
}

/// What became of an edit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edited {
    /// The message says the new text now.
    Changed,
    /// It said so already; nobody is told.
    NotChanged,
}

impl Sent {
    /// `None` if nothing was sent.
    pub(crate) fn new(api: ChatApi, chat: ChatRef, items: Vec<AChatItem>) -> Option<Self> {
        let mut items = items.into_iter();
        Some(Self { api, chat, first: Box::new(items.next()?), rest: items.collect() })
    }

    /// The id of the message in the bot's database: of its first part.
    pub fn id(&self) -> ChatItemId {
        self.first.chat_item.meta.item_id
    }

    /// The message as the core describes it: its first part.
    pub fn item(&self) -> &AChatItem {
        &self.first
    }

    /// All parts, as the core describes them.
    pub fn parts(&self) -> impl Iterator<Item = &AChatItem> {
        std::iter::once(&*self.first).chain(&self.rest)
    }

    /// The chat that it was sent to.
    pub fn chat(&self) -> Chat {
        Chat::new(self.api.clone(), self.chat)
    }

    /// Has the message say something else; within 24 hours. Of several parts, the first is changed.
    ///
    /// # Errors
    /// [`BotError::Api`] when the core does not take it.
    ///
    /// # Cancel safety
    /// Not cancel safe: the change may be sent when the future is dropped.
    pub async fn edit(&self, text: impl Into<Draft>) -> Result<Edited, BotError> {
        self.update(text.into(), false).await
    }

    async fn update(&self, draft: Draft, live: bool) -> Result<Edited, BotError> {
        let message = UpdatedMessage::new(draft.content).with_mentions(draft.mentions);
        let command = cmd::UpdateChatItem::new(self.chat, self.id(), message).with_live_message(live);
        Ok(match self.api.call(&command).await? {
            cmd::UpdateChatItemResponse::ChatItemNotChanged(_) => Edited::NotChanged,
            _ => Edited::Changed,
        })
    }

    /// Deletes the message for everybody, within 24 hours: what people see then is that it was deleted.
    ///
    /// # Errors
    /// [`BotError::Api`] when the core does not do it.
    ///
    /// # Cancel safety
    /// Not cancel safe: the message may be deleted when the future is dropped.
    pub async fn delete(&self) -> Result<(), BotError> {
        self.delete_as(CiDeleteMode::Broadcast).await
    }

    /// Deletes the message in the bot's own database; others keep it.
    ///
    /// # Errors
    /// As [`delete`](Self::delete).
    ///
    /// # Cancel safety
    /// As [`delete`](Self::delete).
    pub async fn delete_here(&self) -> Result<(), BotError> {
        self.delete_as(CiDeleteMode::Internal).await
    }

    async fn delete_as(&self, mode: CiDeleteMode) -> Result<(), BotError> {
        let mut items = NonEmpty::one(self.id());
        for part in &self.rest {
            items.push(part.chat_item.meta.item_id);
        }
        Ok(self.api.call(&cmd::DeleteChatItem::new(self.chat, items, mode)).await.map(drop)?)
    }
}

impl fmt::Debug for Sent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sent").field("chat", &self.chat).field("item", &self.id()).finish_non_exhaustive()
    }
}

/// A message that people see being written: made by [`Chat::live`].
///
/// Dropped without [`finish`](Self::finish), it stays marked as being written.
#[derive(Debug)]
#[must_use = "a live message stays marked as being written until it is finished"]
pub struct Live(Sent);

impl Live {
    pub(crate) async fn begin(chat: &Chat, text: String) -> Outcome<Self> {
        chat.send_as(Draft::from(MsgContent::text(text)), true).await.map(Self)
    }

    /// Shows more of it, or something else.
    ///
    /// # Errors
    /// [`BotError::Api`] when the core does not take it.
    pub async fn update(&self, text: impl Into<Draft>) -> Result<Edited, BotError> {
        self.0.update(text.into(), true).await
    }

    /// Ends the writing with this text.
    ///
    /// # Errors
    /// [`BotError::Api`] when the core does not take it.
    pub async fn finish(self, text: impl Into<Draft>) -> Outcome {
        self.0.update(text.into(), false).await?;
        Ok(self.0)
    }
}
