//! A received message, and the same narrowed to a kind of content.

use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, LazyLock};

use crate::api::ChatApi;
use crate::chat::Chat;
use crate::error::Outcome;
use crate::extract::{Cx, Extract};
use crate::filter::{self, Scope};
use crate::handler::HandlerError;
use crate::types::{
    AChatItem, ChatInfo, ChatItem, ChatItemId, ChatRef, CiContent, CiDirection, GroupChatScope, GroupChatScopeInfo,
    MsgContent,
};

/// A message that somebody sent to the bot, in a chat with a contact or in a group.
///
/// Cloning is cheap. Its `Debug` shows ids, not what was written.
#[derive(Clone)]
pub struct Message(Arc<Received>);

struct Received {
    api: ChatApi,
    chat: ChatRef,
    info: Arc<ChatInfo>,
    item: ChatItem,
    recovered: bool,
}

impl Message {
    /// The message in `item`, if it is one that was received in a chat that can be answered.
    pub(crate) fn received(api: &ChatApi, item: AChatItem) -> Option<Self> {
        Self::new(api, Arc::new(item.chat_info), item.chat_item, false)
    }

    /// The same for an item that was read from the database, with the chat that it was read from.
    pub(crate) fn from_chat(api: &ChatApi, info: Arc<ChatInfo>, item: ChatItem, recovered: bool) -> Option<Self> {
        Self::new(api, info, item, recovered)
    }

    fn new(api: &ChatApi, info: Arc<ChatInfo>, item: ChatItem, recovered: bool) -> Option<Self> {
        if !matches!(item.content, CiContent::RcvMsgContent { .. }) {
            return None;
        }
        let chat = chat_ref(&info)?;
        Some(Self(Arc::new(Received { api: api.clone(), chat, info, item, recovered })))
    }

    /// Whether the message was found in the database, and not handled when it arrived: the bot did not run then, or
    /// had no room for it.
    pub fn is_recovered(&self) -> bool {
        self.0.recovered
    }

    /// Whether the message was edited since it was sent first.
    pub fn is_edited(&self) -> bool {
        self.0.item.meta.item_edited
    }

    /// Whether the message is deleted; such messages are handled only when the bot asks for them.
    pub fn is_deleted(&self) -> bool {
        self.0.item.meta.item_deleted.is_some()
    }

    /// The id of the message in the bot's database.
    pub fn id(&self) -> ChatItemId {
        self.0.item.meta.item_id
    }

    /// The text: of a text message, or the caption of an image, a file, …; empty if there is none.
    pub fn text(&self) -> &str {
        text_of(self.content())
    }

    /// What was sent.
    pub fn content(&self) -> &MsgContent {
        match &self.0.item.content {
            CiContent::RcvMsgContent { msg_content, .. } => msg_content,
            // Never: `received` takes nothing else.
            _ => &NOTHING,
        }
    }

    /// The name that the sender gave themselves: of the contact, or of the group member.
    pub fn sender_name(&self) -> &str {
        match (&self.0.item.chat_dir, &*self.0.info) {
            (CiDirection::GroupRcv { group_member, .. }, _) => &group_member.member_profile.display_name,
            (_, ChatInfo::Direct { contact, .. }) => &contact.profile.display_name,
            _ => "",
        }
    }

    /// The chat that it was sent in.
    pub fn chat(&self) -> Chat {
        Chat::new(self.0.api.clone(), self.0.chat)
    }

    /// Whether it was sent in a group.
    pub fn is_group(&self) -> bool {
        matches!(*self.0.info, ChatInfo::Group { .. })
    }

    /// The chat as the core describes it.
    pub fn chat_info(&self) -> &ChatInfo {
        &self.0.info
    }

    /// The message as the core describes it.
    pub fn item(&self) -> &ChatItem {
        &self.0.item
    }

    /// The commands of the core, typed.
    pub fn api(&self) -> &ChatApi {
        &self.0.api
    }

    /// Answers with a text that quotes this message.
    ///
    /// # Errors
    /// [`BotError::Api`](crate::BotError::Api) when the core does not take it.
    ///
    /// # Cancel safety
    /// Not cancel safe: the answer may be sent when the future is dropped.
    pub async fn reply(&self, text: impl Into<String>) -> Outcome {
        self.chat().send_quoting(text.into(), self.id()).await
    }

    /// How commands name the chat.
    pub fn chat_ref(&self) -> ChatRef {
        self.0.chat
    }
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Message").field("chat", &self.0.chat).field("item", &self.id()).finish_non_exhaustive()
    }
}

/// A message that the core took to be sent. It may still be under way.
#[derive(Clone)]
pub struct Sent {
    item: AChatItem,
}

impl Sent {
    pub(crate) fn new(item: AChatItem) -> Self {
        Self { item }
    }

    /// The id of the message in the bot's database.
    pub fn id(&self) -> ChatItemId {
        self.item.chat_item.meta.item_id
    }

    /// The message as the core describes it.
    pub fn item(&self) -> &AChatItem {
        &self.item
    }
}

impl fmt::Debug for Sent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sent").field("item", &self.id()).finish_non_exhaustive()
    }
}

static NOTHING: LazyLock<MsgContent> = LazyLock::new(|| MsgContent::text(""));

/// How commands name the chat, if it is one that can be written to.
pub(crate) fn chat_ref(info: &ChatInfo) -> Option<ChatRef> {
    match info {
        ChatInfo::Direct { contact, .. } => Some(ChatRef::Direct(contact.contact_id)),
        ChatInfo::Group { group_info, group_chat_scope, .. } => {
            let scope = match group_chat_scope {
                None => None,
                Some(GroupChatScopeInfo::MemberSupport { group_member, .. }) => {
                    Some(GroupChatScope::MemberSupport(group_member.as_ref().map(|member| member.group_member_id)))
                }
                // A part of a group that this library cannot name cannot be answered in either.
                Some(_) => return None,
            };
            Some(ChatRef::Group(group_info.group_id, scope))
        }
        _ => None,
    }
}

fn text_of(content: &MsgContent) -> &str {
    match content {
        MsgContent::Text { text, .. }
        | MsgContent::Link { text, .. }
        | MsgContent::Image { text, .. }
        | MsgContent::Video { text, .. }
        | MsgContent::Voice { text, .. }
        | MsgContent::File { text, .. }
        | MsgContent::Report { text, .. }
        | MsgContent::Chat { text, .. } => text,
        _ => "",
    }
}

macro_rules! narrowed {
    ($($(#[$doc:meta])* $name:ident by $scope:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone)]
        pub struct $name(Message);

        impl Deref for $name {
            type Target = Message;
            fn deref(&self) -> &Message {
                &self.0
            }
        }

        impl<V: Clone + Send + Sync + 'static, S> Extract<Scope<filter::$scope, V>, S> for $name {
            fn extract(cx: &Cx<'_, V, S>) -> Result<Self, HandlerError> {
                Ok(Self(cx.message().clone()))
            }
        }
    )*};
}

narrowed! {
    /// A message of text only, let through by [`text()`](crate::filter::text).
    TextMessage by IsText;
}
