//! What was sent, and what can still be done with it.

use std::fmt;

use std::future::IntoFuture;
use std::pin::Pin;
use std::time::Duration;

use crate::chat::Chat;
use crate::draft::Draft;
use crate::error::{BotError, Outcome};
use crate::types::{
    AChatItem, ChatItemId, ChatPagination, CiDeleteMode, Event, MsgContent, NonEmpty, UpdatedMessage, cmd,
};
use crate::wait::settle;

/// A message that the core took to be sent. It may still be under way.
///
/// A text that was too long for one message is one `Sent` of several parts.
#[derive(Clone)]
pub struct Sent {
    chat: Chat,
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
    pub(crate) fn new(chat: Chat, items: Vec<AChatItem>) -> Option<Self> {
        let mut items = items.into_iter();
        Some(Self { chat, first: Box::new(items.next()?), rest: items.collect() })
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
        self.chat.clone()
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
        let command = cmd::UpdateChatItem::new(self.chat.chat_ref(), self.id(), message).with_live_message(live);
        Ok(match self.chat.api().call(&command).await? {
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

    /// Waits until it is delivered to the devices of all recipients, for a minute unless told otherwise.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use simplex_bot::prelude::*;
    /// async fn report(chat: Chat) -> Result<(), BotError> {
    ///     chat.send("build 4711 failed").await?.delivered().timeout(Duration::from_secs(10)).await
    /// }
    /// ```
    ///
    /// Inside handlers, and of what a [`Client`](crate::Client) sent.
    pub fn delivered(&self) -> Delivered<'_> {
        Delivered { sent: self, timeout: Duration::from_secs(60) }
    }

    async fn delete_as(&self, mode: CiDeleteMode) -> Result<(), BotError> {
        let mut items = NonEmpty::one(self.id());
        for part in &self.rest {
            items.push(part.chat_item.meta.item_id);
        }
        Ok(self.chat.api().call(&cmd::DeleteChatItem::new(self.chat.chat_ref(), items, mode)).await.map(drop)?)
    }
}

impl fmt::Debug for Sent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sent").field("chat", &self.chat).field("item", &self.id()).finish_non_exhaustive()
    }
}

/// A delivery to wait for: made by [`Sent::delivered`].
///
/// Awaited, it ends with [`BotError::Undelivered`] when the core gave the message up, and with [`BotError::Wait`] when
/// the time is over or the bot stops. It may still be delivered later, then: a recipient who is offline gets it when
/// they come back.
#[derive(Debug)]
#[must_use = "nothing is waited for until it is awaited"]
pub struct Delivered<'a> {
    sent: &'a Sent,
    timeout: Duration,
}

impl Delivered<'_> {
    /// Waits so long, in place of a minute.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    async fn wait(self) -> Result<(), BotError> {
        let (chat, item) = (&self.sent.chat, self.sent.id());
        let is_mine = move |event: &Event| match event {
            Event::ChatItemsStatusesUpdated(event) => event.chat_items.iter().any(|changed| changed.id() == item),
            _ => false,
        };
        let look = async || {
            let page = chat.api().get_chat(chat.chat_ref(), ChatPagination::Around { item, count: 1 }).await?;
            let found = page.chat_items.into_iter().find(|found| found.id() == item);
            let status = found.map(|found| found.meta.item_status).ok_or(BotError::Undelivered)?;
            match status {
                status if status.is_failed() => Err(BotError::Undelivered),
                status if status.is_delivered() => Ok(Some(())),
                _ => Ok(None),
            }
        };
        settle(&chat.waits()?, &["chatItemsStatusesUpdated"], self.timeout, is_mine, look).await
    }
}

impl<'a> IntoFuture for Delivered<'a> {
    type Output = Result<(), BotError>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'a>>;
    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.wait())
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
