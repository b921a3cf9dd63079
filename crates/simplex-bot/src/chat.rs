//! A chat that the bot can write to.

use std::fmt;

use crate::api::ChatApi;
use crate::error::{BotError, Outcome};
use crate::message::Sent;
use crate::types::{ChatItemId, ChatRef, ComposedMessage, MsgContent};

/// A chat with a contact, or a group.
#[derive(Clone)]
pub struct Chat {
    api: ChatApi,
    chat: ChatRef,
}

impl Chat {
    pub(crate) fn new(api: ChatApi, chat: ChatRef) -> Self {
        Self { api, chat }
    }

    /// How commands name the chat.
    pub fn chat_ref(&self) -> ChatRef {
        self.chat
    }

    /// Sends a text.
    ///
    /// # Errors
    /// [`BotError::Api`] when the core does not take it.
    ///
    /// # Cancel safety
    /// Not cancel safe: the text may be sent when the future is dropped.
    pub async fn send(&self, text: impl Into<String>) -> Outcome {
        self.send_message(ComposedMessage::new(MsgContent::text(text))).await
    }

    pub(crate) async fn send_quoting(&self, text: String, quoted: ChatItemId) -> Outcome {
        self.send_message(ComposedMessage::new(MsgContent::text(text)).with_quoted_item_id(quoted)).await
    }

    async fn send_message(&self, message: ComposedMessage) -> Outcome {
        let sent = self.api.send_messages(self.chat, message.into()).await?;
        sent.into_iter().next().map(Sent::new).ok_or(BotError::NothingSent)
    }
}

impl fmt::Debug for Chat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Chat").field(&self.chat).finish()
    }
}
