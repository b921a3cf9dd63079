//! A received message.

mod actions;
mod narrowed;

use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, LazyLock, Mutex, OnceLock, PoisonError};
use std::time::{Duration, SystemTime};

use crate::api::ChatApi;
use crate::chat::Chat;
use crate::core::Frame;
use crate::runtime::{Waits, warn_of};
use crate::typed_values::TypedValues;
use crate::types::{
    AChatItem, BusinessChatInfo, ChatInfo, ChatItem, ChatItemId, ChatRef, CiContent, CiDirection, CiFile, CiQuote,
    Contact, GroupChatScope, GroupInfo, GroupMember, GroupMemberRole, MsgContent, Unknown,
};

#[cfg(feature = "test")]
pub(crate) use actions::of_reaction;
pub use narrowed::*;

/// A message that somebody sent to the bot, in a chat with a contact or in a group.
///
/// ```
/// # use simplex_bot::prelude::*;
/// async fn thank(msg: Message) -> Result<(), BotError> {
///     msg.react("👍").await?;
///     msg.reply(format!("Thank you, {}.", msg.sender_name())).await?;
///     if msg.is_group() {
///         msg.moderate().await?;
///     }
///     Ok(())
/// }
/// # let _: Router = Router::new().on(any(), thank);
/// ```
///
/// Cloning is cheap. Its `Debug` shows ids, not what was written.
#[derive(Clone)]
pub struct Message(Arc<Received>);

struct Received {
    api: ChatApi,
    chat: ChatRef,
    info: Info,
    item: ChatItem,
    recovered: bool,
    handler: OnceLock<&'static str>,
    /// The text of content of an unknown kind, once it was asked for.
    text: OnceLock<Box<str>>,
    data: Mutex<TypedValues>,
    /// For waiting outside of handlers, in a chat that is for that.
    waits: OnceLock<Waits>,
}

/// The chat of a message: its own copy, that of the page from which it was read, or the one in its event. The latter is
/// decoded on first access: it is most of the event, and many handlers do not need it.
enum Info {
    Own(ChatInfo),
    Shared(Arc<ChatInfo>),
    Later { frame: Frame, at: usize, info: OnceLock<ChatInfo> },
}

impl Deref for Info {
    type Target = ChatInfo;
    fn deref(&self) -> &ChatInfo {
        match self {
            Self::Own(info) => info,
            Self::Shared(info) => info,
            Self::Later { frame, at, info } => info.get_or_init(|| {
                let decoded = ChatInfo::decode_first(frame.body().get(*at..).unwrap_or_default());
                decoded.lost.iter().for_each(warn_of);
                decoded.value
            }),
        }
    }
}

impl Message {
    /// The message in an event's item, for event handlers; `None` if it is not a received message, or its chat cannot
    /// be answered. An edit, for example, comes as an event:
    ///
    /// ```
    /// # use simplex_bot::prelude::*;
    /// use simplex_bot::types::event::ChatItemUpdated;
    ///
    /// fn is_spam(msg: &Message) -> bool {
    ///     msg.is_group() && msg.text().contains("https://casino.example")
    /// }
    ///
    /// # let _: Router =
    /// Router::new().on(when(is_spam), async |msg: Message| msg.moderate().await).on_event(
    ///     async |event: ChatItemUpdated, api: ChatApi| match Message::received(&api, event.chat_item) {
    ///         Some(msg) if is_spam(&msg) => msg.moderate().await,
    ///         _ => Ok(()),
    ///     },
    /// );
    /// ```
    ///
    /// A message that was edited before its turn is handled as it is now, and its edit comes as an event, too: a program
    /// that counts something does so once for each [`id`](Self::id).
    ///
    /// Deletions come as [`ChatItemsDeleted`](crate::types::event::ChatItemsDeleted), with the messages that were deleted:
    /// by their senders, by moderators, or because their time was over.
    ///
    /// A client takes it from its chat, by [`Chat::message`](crate::Chat::message): then its file, too, can be waited for.
    pub fn received(api: &ChatApi, item: AChatItem) -> Option<Self> {
        let chat = chat_ref(&item.chat_info)?;
        Self::in_chat(api, chat, item)
    }

    /// The same for an item of a chat that is known.
    pub(crate) fn in_chat(api: &ChatApi, chat: ChatRef, item: AChatItem) -> Option<Self> {
        Self::new(api, chat, Info::Own(item.chat_info), item.chat_item, false)
    }

    /// The same for an item of an event of which the rest is not decoded: the description of its chat begins at `at` in
    /// the body.
    pub(crate) fn in_event(api: &ChatApi, chat: ChatRef, frame: Frame, at: usize, item: ChatItem) -> Option<Self> {
        Self::new(api, chat, Info::Later { frame, at, info: OnceLock::new() }, item, false)
    }

    /// The same for an item that was read from the database, with the chat from which it was read.
    pub(crate) fn from_chat(api: &ChatApi, info: Arc<ChatInfo>, item: ChatItem, recovered: bool) -> Option<Self> {
        Self::new(api, chat_ref(&info)?, Info::Shared(info), item, recovered)
    }

    fn new(api: &ChatApi, chat: ChatRef, info: Info, item: ChatItem, recovered: bool) -> Option<Self> {
        if !matches!(item.content, CiContent::RcvMsgContent { .. }) {
            return None;
        }
        Some(Self(Arc::new(Received {
            api: api.clone(),
            chat,
            info,
            item,
            recovered,
            handler: OnceLock::new(),
            text: OnceLock::new(),
            data: Mutex::default(),
            waits: OnceLock::new(),
        })))
    }

    /// How long the event is that is kept with the message.
    pub(crate) fn event_bytes(&self) -> usize {
        match &self.0.info {
            Info::Later { frame, .. } => frame.text().len(),
            Info::Own(_) | Info::Shared(_) => 0,
        }
    }

    /// Records the name of the handler that the message is for.
    pub(crate) fn is_for(&self, handler: &'static str) {
        let handler = self.0.handler.get_or_init(|| handler);
        tracing::Span::current().record("handler", handler);
    }

    /// The name of the first handler that the message was for; empty until one is found.
    pub(crate) fn handler(&self) -> &'static str {
        self.0.handler.get().copied().unwrap_or_default()
    }

    /// Whether the message was found in the database, and not handled when it arrived: the bot was not running or had
    /// no room for it, its sender was not connected yet, or it was seen being written.
    pub fn is_recovered(&self) -> bool {
        self.0.recovered
    }

    /// When it was sent, as the chat shows it; not by the bot's own clock, and in a group perhaps by that of a member who
    /// forwarded it.
    ///
    /// A handler may run much later, when the bot was away, and again after a failure: what is said to be “in ten minutes”
    /// counts from here, and not from [`schedule::now`](crate::schedule::now).
    pub fn sent_at(&self) -> SystemTime {
        let seconds = self.0.item.meta.item_ts.as_unix_seconds();
        let distance = Duration::from_secs(seconds.unsigned_abs());
        let time = if seconds < 0 {
            SystemTime::UNIX_EPOCH.checked_sub(distance)
        } else {
            SystemTime::UNIX_EPOCH.checked_add(distance)
        };
        // A sender may say any year, also one that the system's clock does not have.
        time.unwrap_or(SystemTime::UNIX_EPOCH)
    }

    /// Whether the message was edited after it was first sent.
    pub fn is_edited(&self) -> bool {
        self.0.item.meta.item_edited
    }

    /// Whether the message was deleted; such messages are handled only with
    /// [`Bot::handle_deleted`](crate::Bot::handle_deleted).
    pub fn is_deleted(&self) -> bool {
        self.0.item.meta.item_deleted.is_some()
    }

    /// Whether the group sent it to the bot as history: it was sent before the bot joined.
    ///
    /// Not every forwarded message is history: messages of members who are not connected to each other yet, and of
    /// members of a group with relays, are forwarded by others as well.
    pub fn is_history(&self) -> bool {
        let meta = &self.0.item.meta;
        meta.forwarded_by_member.is_some() && self.group().is_some_and(|group| meta.item_ts < group.created_at)
    }

    /// The id of the message in the bot's database.
    pub fn id(&self) -> ChatItemId {
        self.0.item.meta.item_id
    }

    /// The text of a text message, or the caption of an image, a file, …; for content of an unknown kind, the text that
    /// its sender's client adds for clients that do not know it. Empty if there is none.
    pub fn text(&self) -> &str {
        match self.content() {
            MsgContent::Unknown(unknown) => self.0.text.get_or_init(|| text_in(unknown)),
            content => content.as_text().unwrap_or_default(),
        }
    }

    /// The content that was sent.
    pub fn content(&self) -> &MsgContent {
        match &self.0.item.content {
            CiContent::RcvMsgContent { msg_content, .. } => msg_content,
            // Never happens: `received` takes nothing else.
            _ => &NOTHING,
        }
    }

    /// The name that the sender chose: the contact's or the group member's; the channel's for what was sent as the
    /// channel. Several people can have the same name, and anyone can change theirs: to know people again, use
    /// [`Sender::of`](crate::senders::Sender::of).
    pub fn sender_name(&self) -> &str {
        if let Some(member) = self.member() {
            return &member.member_profile.display_name;
        }
        match self.chat_info() {
            ChatInfo::Direct { contact, .. } => &contact.profile.display_name,
            ChatInfo::Group { group_info, .. } => &group_info.group_profile.display_name,
            _ => "",
        }
    }

    /// The chat that it was sent in.
    pub fn chat(&self) -> Chat {
        self.chat_at(self.0.chat).with_sender(self.member().map(|member| member.group_member_id))
    }

    fn chat_at(&self, chat: ChatRef) -> Chat {
        let chat = Chat::new(self.0.api.clone(), chat);
        match self.0.waits.get() {
            Some(waits) => chat.with_waits(waits.clone()),
            None => chat,
        }
    }

    /// The message of a chat in which answers can be waited for outside of handlers: so can what is done with it.
    pub(crate) fn with_waits(self, waits: Option<&Waits>) -> Self {
        if let Some(waits) = waits {
            // Those of its chat are there already if it was had from there before.
            let _ = self.0.waits.set(waits.clone());
        }
        self
    }

    /// Whether it was sent in a group.
    pub fn is_group(&self) -> bool {
        matches!(self.0.chat, ChatRef::Group(..))
    }

    /// The chat as the core describes it; [`ChatInfo::Unknown`] if that does not fit the schema. Decoded on first
    /// access, unless the message was read from the database.
    pub fn chat_info(&self) -> &ChatInfo {
        &self.0.info
    }

    /// The message as the core describes it.
    pub fn item(&self) -> &ChatItem {
        &self.0.item
    }

    /// The typed commands of the core.
    pub fn api(&self) -> &ChatApi {
        &self.0.api
    }

    /// The contact whose chat it is; `None` in a group.
    pub fn contact(&self) -> Option<&Contact> {
        let ChatRef::Direct(_) = self.0.chat else { return None };
        let ChatInfo::Direct { contact, .. } = self.chat_info() else { return None };
        Some(contact)
    }

    /// The group that it was sent in; `None` in a chat with a contact.
    pub fn group(&self) -> Option<&GroupInfo> {
        let ChatRef::Group(..) = self.0.chat else { return None };
        let ChatInfo::Group { group_info, .. } = self.chat_info() else { return None };
        Some(group_info)
    }

    /// The group member who sent it; `None` in a chat with a contact, and for what was sent as the channel.
    pub fn member(&self) -> Option<&GroupMember> {
        self.item().sender()
    }

    /// The sender's role in the group; `None` in a chat with a contact.
    pub fn role(&self) -> Option<&GroupMemberRole> {
        self.member().map(|member| &member.member_role)
    }

    /// Whether it was sent in a support chat, between a group's member and its moderators.
    pub fn is_support(&self) -> bool {
        matches!(self.0.chat, ChatRef::Group(_, Some(GroupChatScope::MemberSupport(_))))
    }

    /// The business chat that it was sent in, and who its customer is.
    pub fn business(&self) -> Option<&BusinessChatInfo> {
        self.group()?.business_chat.as_deref()
    }

    /// Whether the customer of a business chat sent it.
    pub fn is_from_customer(&self) -> bool {
        match (self.business(), self.member()) {
            (Some(business), Some(member)) => business.customer_id == member.member_id,
            _ => false,
        }
    }

    /// Whether it mentions the bot by name, in a group.
    pub fn mentions_me(&self) -> bool {
        let Some(group) = self.group() else { return false };
        self.item().mentions.values().any(|mention| mention.member_id == group.membership.member_id)
    }

    /// The message that it quotes. What that says is the word of this message's sender, whose client wrote the quote.
    /// What was really said is in the chat, as [`Chat::sent`] and [`Chat::message`] return it, if the quote has an
    /// `item_id`.
    pub fn quoted(&self) -> Option<&CiQuote> {
        self.item().quoted_item.as_deref()
    }

    /// Whether it quotes a message of the bot, as its sender says.
    pub fn replies_to_me(&self) -> bool {
        let direction = self.quoted().and_then(|quoted| quoted.chat_dir.as_ref());
        matches!(direction, Some(CiDirection::DirectSnd | CiDirection::GroupSnd))
    }

    /// The file that came with it.
    pub fn file(&self) -> Option<&CiFile> {
        self.item().file.as_deref()
    }

    /// Attaches a value to the message, replacing one of the same type: for filters, other middleware, and handlers,
    /// which take it as [`Data<T>`](crate::Data).
    pub fn put<T: Clone + Send + Sync + 'static>(&self, value: T) {
        self.data().put(value);
    }

    /// The value of this type that was attached to the message with [`put`](Self::put).
    pub fn get<T: Clone + Send + Sync + 'static>(&self) -> Option<T> {
        self.data().get().cloned()
    }

    // Only the application's `Clone` can panic under the lock: the list is intact then, too.
    fn data(&self) -> std::sync::MutexGuard<'_, TypedValues> {
        self.0.data.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The chat as commands refer to it.
    pub fn chat_ref(&self) -> ChatRef {
        self.0.chat
    }
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Message").field("chat", &self.0.chat).field("item", &self.id()).finish_non_exhaustive()
    }
}

static NOTHING: LazyLock<MsgContent> = LazyLock::new(|| MsgContent::text(""));

/// The chat as commands refer to it, if it can be written to.
pub(crate) fn chat_ref(info: &ChatInfo) -> Option<ChatRef> {
    info.chat_ref().filter(|chat| matches!(chat, ChatRef::Direct(_) | ChatRef::Group(..)))
}

/// When the chat's contact or group was created, in milliseconds since 1970: the core reuses the ids of deleted ones.
pub(crate) fn created_at(info: &ChatInfo) -> Option<i64> {
    match info {
        ChatInfo::Direct { contact, .. } => Some(contact.created_at.as_unix_millis()),
        ChatInfo::Group { group_info, .. } => Some(group_info.created_at.as_unix_millis()),
        _ => None,
    }
}

fn text_in(unknown: &Unknown) -> Box<str> {
    let json = serde_json::from_str::<serde_json::Value>(unknown.json().get());
    json.ok().and_then(|json| json.get("text")?.as_str().map(Into::into)).unwrap_or_default()
}
