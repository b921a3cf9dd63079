//! Sent messages, and what can still be done with them.

use std::fmt;
use std::future::IntoFuture;
use std::pin::Pin;
use std::time::Duration;

use crate::chat::Chat;
use crate::draft::{Draft, is_blank};
use crate::error::{BotError, Outcome};
use crate::runtime::Awaited;
use crate::types::{
    AChatItem, ChatItemId, ChatPagination, CiDeleteMode, CiFileStatus, CiStatus, Event, MsgContent, NonEmpty, SndError,
    UpdatedMessage, cmd,
};
use crate::wait::{Watcher, bytes, settle};

/// A message that the core accepted for sending. It may not be delivered yet.
///
/// A text that was too long for one message is one `Sent` with several parts.
///
/// ```
/// # use simplex_bot::prelude::*;
/// async fn count(chat: Chat) -> Result<(), BotError> {
///     let sent = chat.send("0 %").await?;
///     sent.edit("100 %").await?;
///     sent.delete().await
/// }
/// # let _: Router = Router::new().command("count", "", count);
/// ```
///
/// After a restart there is only what the program stored: the chat's [`Chat::chat_ref`] and the [`id`](Self::id). These
/// are enough to have it again, by [`Chat::sent`]:
///
/// ```
/// # use simplex_bot::prelude::*;
/// use simplex_bot::types::{ChatItemId, ChatRef};
///
/// async fn solved(api: ChatApi, chat: ChatRef, issue: ChatItemId) -> Result<(), BotError> {
///     if let Some(issue) = Chat::new(api, chat).sent(issue).await? {
///         issue.edit(Markdown::new().plain("Broken door: ").bold("solved")).await?;
///     }
///     Ok(())
/// }
/// ```
#[derive(Clone)]
pub struct Sent {
    chat: Chat,
    first: Box<AChatItem>,
    rest: Vec<AChatItem>,
}

/// The result of an edit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edited {
    /// The message now has the new text.
    Changed,
    /// It had that text already; nothing was sent.
    NotChanged,
}

impl Sent {
    /// `None` if nothing was sent.
    pub(crate) fn new(chat: Chat, items: Vec<AChatItem>) -> Option<Self> {
        let mut items = items.into_iter();
        Some(Self { chat, first: Box::new(items.next()?), rest: items.collect() })
    }

    /// Fails if there are fewer parts than there were to be.
    pub(crate) fn all(self, of: usize) -> Outcome {
        let parts = self.parts().count();
        if parts < of { Err(BotError::PartlySent { sent: Box::new(self), parts, of }) } else { Ok(self) }
    }

    /// The id of the message, or of its first part, in the bot's database.
    ///
    /// A program that stores it, to know what answers quote, may get an answer before it has stored it: a handler that
    /// does not find the id can return an error, and is run again a second later ([`Retry`](crate::Retry)).
    pub fn id(&self) -> ChatItemId {
        self.first.id()
    }

    /// The message, or its first part, as the core describes it.
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

    /// Edits the message, within 24 hours after it was sent. Of several parts, the first is changed; a text replaces the
    /// caption of a picture, a video, a voice message or a file.
    ///
    /// # Errors
    /// [`BotError::Api`] if the core does not accept it; [`BotError::Empty`] if nothing would be left of it.
    ///
    /// # Cancel safety
    /// Not cancel safe: the change may still be sent if the future is dropped.
    pub async fn edit(&self, text: impl Into<Draft>) -> Result<Edited, BotError> {
        let Draft { content, mentions, .. } = text.into();
        let content = recaptioned(self.first.chat_item.msg_content(), content);
        if is_blank(&content) {
            return Err(BotError::Empty);
        }
        update(&self.chat, self.id(), UpdatedMessage::new(content).with_mentions(mentions), false).await
    }

    /// Deletes the message for everybody, within 24 hours after it was sent: people then see that it was deleted.
    ///
    /// # Errors
    /// [`BotError::Api`] if the core does not delete it.
    ///
    /// # Cancel safety
    /// Not cancel safe: the message may still be deleted if the future is dropped.
    pub async fn delete(&self) -> Result<(), BotError> {
        self.delete_as(CiDeleteMode::Broadcast).await
    }

    /// Deletes the message in the bot's own database; others keep it. Not in a channel that the bot owns: cores since
    /// 7.0 refuse it there.
    ///
    /// # Errors
    /// Same as [`delete`](Self::delete).
    ///
    /// # Cancel safety
    /// Same as [`delete`](Self::delete).
    pub async fn delete_here(&self) -> Result<(), BotError> {
        self.delete_as(CiDeleteMode::Internal).await
    }

    /// Waits until it is delivered to the devices of all recipients, by default for at most a minute.
    ///
    /// ```
    /// # use simplex_bot::prelude::*;
    /// async fn report(chat: Chat) -> Result<(), BotError> {
    ///     chat.send("build 4711 failed").await?.delivered().timeout(Duration::from_secs(10)).await
    /// }
    /// ```
    ///
    /// Works inside handlers and jobs, and for what was sent in a chat of [`Handle::chat`](crate::Handle::chat) or of a
    /// [`Client`](crate::Client).
    pub fn delivered(&self) -> Delivered<'_> {
        Delivered { sent: self, timeout: Duration::from_secs(60) }
    }

    /// Waits until its file is uploaded to the servers, by default for at most an hour. From there, recipients can get
    /// it whether the bot runs or not.
    ///
    /// ```
    /// # use simplex_bot::prelude::*;
    /// async fn backup(chat: Chat) -> Result<(), BotError> {
    ///     let sent = chat.send(Draft::file("./backup.tar")).await?;
    ///     sent.uploaded().on_progress(|done, of| println!("{done} of {of} bytes")).await
    /// }
    /// # let _: Router = Router::new().command("backup", "", backup);
    /// ```
    ///
    /// Works inside handlers and jobs, and for what was sent in a chat of [`Handle::chat`](crate::Handle::chat) or of a
    /// [`Client`](crate::Client).
    pub fn uploaded(&self) -> Uploaded<'_> {
        Uploaded { sent: self, timeout: Duration::from_secs(3600), progress: None }
    }

    async fn delete_as(&self, mode: CiDeleteMode) -> Result<(), BotError> {
        let mut items = NonEmpty::one(self.id());
        for part in &self.rest {
            items.push(part.id());
        }
        Ok(self.chat.api().delete_chat_items(self.chat.chat_ref(), items, mode).await.map(drop)?)
    }
}

/// A text as the caption of what was sent: as the whole content, it would take the place of a picture or file, which
/// clients then no longer show.
fn recaptioned(sent: Option<&MsgContent>, content: MsgContent) -> MsgContent {
    use MsgContent::{File, Image, Text, Video, Voice};
    match (content, sent) {
        (Text { text, .. }, Some(sent @ (Image { .. } | Video { .. } | Voice { .. } | File { .. }))) => {
            Draft::new(sent.clone()).captioned(text).content
        }
        (content, _) => content,
    }
}

async fn update(chat: &Chat, item: ChatItemId, message: UpdatedMessage, live: bool) -> Result<Edited, BotError> {
    let command = cmd::UpdateChatItem::new(chat.chat_ref(), item, message).with_live_message(live);
    Ok(match chat.api().call(&command).await? {
        cmd::UpdateChatItemResponse::ChatItemNotChanged(_) => Edited::NotChanged,
        _ => Edited::Changed,
    })
}

impl fmt::Debug for Sent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sent").field("chat", &self.chat).field("item", &self.id()).finish_non_exhaustive()
    }
}

/// A delivery to wait for, made by [`Sent::delivered`].
///
/// Awaiting it fails with [`BotError::Undelivered`] if the core gave the message up, and with [`BotError::Wait`] if the
/// time is over or the bot stops. After [`BotError::Wait`], the message may still be delivered: a recipient who is
/// offline gets it when they come back.
///
/// # Cancel safety
/// Cancel safe.
#[derive(Debug)]
#[must_use = "nothing is waited for until it is awaited"]
pub struct Delivered<'a> {
    sent: &'a Sent,
    timeout: Duration,
}

impl Delivered<'_> {
    /// Sets how long to wait; one minute by default.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    async fn wait(self) -> Result<(), BotError> {
        let chat = &self.sent.chat;
        let items: Vec<_> = self.sent.parts().map(AChatItem::id).collect();
        let parts = items.clone();
        let is_mine = move |event: &Event| match event {
            Event::ChatItemsStatusesUpdated(event) => {
                event.chat_items.iter().any(|changed| parts.contains(&changed.id()))
            }
            _ => false,
        };
        let look = async || {
            for &item in &items {
                let failed = |why| BotError::Undelivered { chat: chat.chat_ref(), item, why };
                let page = match chat.api().get_chat(chat.chat_ref(), ChatPagination::Around { item, count: 1 }).await {
                    Err(error) if error.is_not_found() => return Err(failed("it is deleted")),
                    page => page?,
                };
                let found = page.chat_items.into_iter().find(|found| found.id() == item);
                let status = found.map(|found| found.meta.item_status).ok_or_else(|| failed("it is deleted"))?;
                match status {
                    status if is_deleted(&status) => return Err(failed("its recipient deleted the contact")),
                    status if status.is_failed() => return Err(failed("the core gave it up")),
                    status if status.is_delivered() => {}
                    _ => return Ok(None),
                }
            }
            Ok(Some(()))
        };
        settle(
            &chat.waits()?,
            &["chatItemsStatusesUpdated"],
            self.timeout,
            Awaited::Delivery(chat.chat_ref(), self.sent.id()),
            is_mine,
            look,
        )
        .await
    }
}

/// Whether a message was given up because its recipient deleted the contact.
fn is_deleted(status: &CiStatus) -> bool {
    match status {
        CiStatus::SndError { agent_error, .. } => matches!(**agent_error, SndError::Auth),
        // As older cores stored it.
        CiStatus::SndErrorAuth => true,
        _ => false,
    }
}

impl<'a> IntoFuture for Delivered<'a> {
    type Output = Result<(), BotError>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'a>>;
    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.wait())
    }
}

/// An upload to wait for, made by [`Sent::uploaded`].
///
/// Awaiting it fails with [`BotError::Upload`] if the message has no file, or its file was cancelled or cannot be sent,
/// and with [`BotError::Wait`] if the time is over or the bot stops; the core then continues the upload.
///
/// # Cancel safety
/// Cancel safe.
#[must_use = "nothing is waited for until it is awaited"]
pub struct Uploaded<'a> {
    sent: &'a Sent,
    timeout: Duration,
    progress: Option<Watcher>,
}

impl Uploaded<'_> {
    /// Sets how long to wait; one hour by default.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets a callback for progress: bytes sent, and total bytes, which are more than the file's size, as it is
    /// encrypted and padded.
    pub fn on_progress(mut self, watcher: impl Fn(u64, u64) + Send + Sync + 'static) -> Self {
        self.progress = Some(Box::new(watcher));
        self
    }

    async fn wait(self) -> Result<(), BotError> {
        const TAGS: &[&str] = &["sndFileCompleteXFTP", "sndFileError", "sndFileProgressXFTP"];
        let failed = |reason: &str| BotError::Upload(reason.to_owned());
        let file = self.sent.first.chat_item.file.as_ref().ok_or_else(|| failed("the message has none"))?.file_id;
        let chat = &self.sent.chat;
        let is_mine = move |event: &Event| match event {
            Event::SndFileCompleteXftp(event) => event.file_transfer_meta.file_id == file,
            Event::SndFileError(event) => event.file_transfer_meta.file_id == file,
            Event::SndFileProgressXftp(event) => event.file_transfer_meta.file_id == file,
            _ => false,
        };
        let look = async || match chat.api().get_file_status(file).await? {
            Some(CiFileStatus::SndComplete) => Ok(Some(())),
            Some(CiFileStatus::SndCancelled) => Err(failed("it was cancelled")),
            Some(CiFileStatus::SndError { .. }) => Err(failed("the servers do not take it")),
            Some(CiFileStatus::SndTransfer { snd_progress, snd_total, .. }) => {
                if let Some(tell) = &self.progress {
                    tell(bytes(snd_progress), bytes(snd_total));
                }
                Ok(None)
            }
            _ => Ok(None),
        };
        settle(&chat.waits()?, TAGS, self.timeout, Awaited::Upload(file), is_mine, look).await
    }
}

impl fmt::Debug for Uploaded<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Uploaded").field("sent", &self.sent).field("timeout", &self.timeout).finish_non_exhaustive()
    }
}

impl<'a> IntoFuture for Uploaded<'a> {
    type Output = Result<(), BotError>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'a>>;
    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.wait())
    }
}

/// A live message, which people see being written; made by [`Chat::live`].
///
/// While it is written, a text that is too long for one message is shown up to where it would be cut. If it is dropped
/// without [`finish`](Self::finish), it stays marked as being written.
#[derive(Debug)]
#[must_use = "a live message stays marked as being written until it is finished"]
pub struct Live {
    sent: Sent,
    /// How it was sent: the messages that continue it are sent in the same way.
    ttl: Option<i64>,
    as_channel: bool,
}

impl Live {
    pub(crate) async fn begin(chat: &Chat, draft: Draft) -> Outcome<Self> {
        let (ttl, as_channel) = (draft.ttl_seconds(), draft.as_channel);
        let (mut first, _) = draft.into_messages();
        first.quoted_item_id = None;
        let items = chat.send_messages(NonEmpty::one(first), ttl, as_channel, true).await?;
        let sent = Sent::new(chat.clone(), items).ok_or(BotError::NothingSent)?;
        Ok(Self { sent, ttl, as_channel })
    }

    /// Replaces the text that is shown so far.
    ///
    /// # Errors
    /// [`BotError::Api`] if the core does not accept it.
    ///
    /// # Cancel safety
    /// Same as [`Sent::edit`].
    pub async fn update(&self, text: impl Into<Draft>) -> Result<Edited, BotError> {
        update(&self.sent.chat, self.sent.id(), text.into().into_edit().0, true).await
    }

    /// Finishes the message with this text. What is too long for one message is continued in further ones.
    ///
    /// # Errors
    /// [`BotError::Api`] if the core does not accept it, or the further messages; [`BotError::PartlySent`] if it
    /// accepted only some of them.
    ///
    /// # Cancel safety
    /// Same as [`Sent::edit`].
    pub async fn finish(self, text: impl Into<Draft>) -> Outcome {
        let Self { mut sent, ttl, as_channel } = self;
        let (message, rest) = text.into().into_edit();
        update(&sent.chat, sent.id(), message, false).await?;
        let Ok(messages) = NonEmpty::try_from(rest) else { return Ok(sent) };
        let of = 1 + messages.len();
        sent.rest = sent.chat.send_messages(messages, ttl, as_channel, false).await?;
        sent.all(of)
    }
}
