//! Messages: send, edit, delete, react, forward, report.

use simplex_types::types::{
    AChatItem, AciReaction, ChatItemDeletion, ChatRef, CiDeleteMode, ComposedMessage, MemberReaction, MsgReaction,
    ReportReason, UpdatedMessage,
};
use simplex_types::{ChatItemId, GroupId, NoChatRef, NonEmpty, NoteFolderId, UserId, cmd, response};

use crate::text::check_sizes;
use crate::{ApiError, ChatApi, ItemUpdate, MAX_TEXT, Sent, split_text};

/// Messages: send, edit, delete, react, forward, report.
impl ChatApi {
    /// Sends messages to a chat; [`send`](Self::send) has all options. They are under way when this answers. Fewer
    /// items come back than there were messages when some could not be sent: see [`Sent`].
    ///
    /// # Errors
    /// As [`call`](Self::call); [`ApiError::TooLarge`]; a quoted item or a file that does not exist fails all messages.
    pub async fn send_messages(
        &self,
        chat: impl Into<ChatRef>,
        messages: NonEmpty<ComposedMessage>,
    ) -> Result<Sent, ApiError> {
        self.send(&cmd::SendMessages::new(chat.into(), messages)).await
    }

    /// Sends a text, as a reply where there is an item to reply to.
    ///
    /// # Errors
    /// As [`call`](Self::call); [`ApiError::TooLarge`]: [`split_text`] gives pieces that fit.
    pub async fn send_text_message(
        &self,
        chat: impl Into<ChatRef>,
        text: impl Into<String>,
        in_reply_to: Option<ChatItemId>,
    ) -> Result<Sent, ApiError> {
        let mut message = ComposedMessage::text(text);
        message.quoted_item_id = in_reply_to;
        self.send_messages(chat, NonEmpty::one(message)).await
    }

    /// Replies to an item in its own chat.
    ///
    /// # Errors
    /// As [`call`](Self::call); [`ApiError::TooLarge`]; [`ApiError::NotSent`] for an item of a contact request.
    pub async fn send_text_reply(&self, item: &AChatItem, text: impl Into<String>) -> Result<Sent, ApiError> {
        let Some(chat) = item.chat_ref() else {
            return Err(ApiError::NotSent { command: "APISendMessages".to_owned(), reason: NoChatRef.to_string() });
        };
        self.send_text_message(chat, text, Some(item.id())).await
    }

    /// Sends a text of any length, in as many messages as it takes.
    ///
    /// # Errors
    /// As [`call`](Self::call); [`ApiError::NotSent`] for a text of white space.
    pub async fn send_split_text(&self, chat: impl Into<ChatRef>, text: &str) -> Result<Sent, ApiError> {
        let pieces = split_text(text, MAX_TEXT).into_iter().map(ComposedMessage::text).collect();
        let Some(messages) = NonEmpty::new(pieces) else {
            return Err(ApiError::NotSent {
                command: "APISendMessages".to_owned(),
                reason: "the text is empty".to_owned(),
            });
        };
        self.send_messages(chat, messages).await
    }

    /// Edits a message of one's own, for 24 hours after sending.
    ///
    /// # Errors
    /// As [`call`](Self::call); `invalidChatItemUpdate`; [`ApiError::TooLarge`].
    pub async fn update_chat_item(
        &self,
        chat: impl Into<ChatRef>,
        item: ChatItemId,
        message: impl Into<UpdatedMessage>,
    ) -> Result<ItemUpdate, ApiError> {
        self.update_live_chat_item(chat, item, message, false).await
    }

    /// Changes a message that was sent live; the last change is one with `live` off.
    ///
    /// # Errors
    /// As [`call`](Self::call); `invalidChatItemUpdate`; [`ApiError::TooLarge`].
    pub async fn update_live_chat_item(
        &self,
        chat: impl Into<ChatRef>,
        item: ChatItemId,
        message: impl Into<UpdatedMessage>,
        live: bool,
    ) -> Result<ItemUpdate, ApiError> {
        let message = message.into();
        check_sizes(&[ComposedMessage::new(message.msg_content.clone())])?;
        let command = cmd::UpdateChatItem::new(chat.into(), item, message).with_live_message(live);
        match self.call(&command).await? {
            cmd::UpdateChatItemResponse::ChatItemUpdated(answer) => Ok(ItemUpdate::Updated(answer.chat_item)),
            cmd::UpdateChatItemResponse::ChatItemNotChanged(answer) => Ok(ItemUpdate::NotChanged(answer.chat_item)),
        }
    }

    /// Deletes items, here or for everybody. Ids that do not exist are left out, and told by an event `chatErrors`. Since 7.0 who owns
    /// a channel deletes from its history in place of here.
    ///
    /// # Errors
    /// As [`call`](Self::call); `invalidChatItemDelete` for what is not one's own, or too old, in everybody's chat.
    pub async fn delete_chat_items(
        &self,
        chat: impl Into<ChatRef>,
        items: NonEmpty<ChatItemId>,
        mode: CiDeleteMode,
    ) -> Result<Vec<ChatItemDeletion>, ApiError> {
        Ok(self.call(&cmd::DeleteChatItem::new(chat.into(), items, mode)).await?.chat_item_deletions)
    }

    /// Deletes members' messages for everybody: moderation.
    ///
    /// # Errors
    /// As [`call`](Self::call); `groupUserRole` without the right.
    pub async fn delete_member_chat_item(
        &self,
        group: GroupId,
        items: NonEmpty<ChatItemId>,
    ) -> Result<Vec<ChatItemDeletion>, ApiError> {
        Ok(self.call(&cmd::DeleteMemberChatItem::new(group, items)).await?.chat_item_deletions)
    }

    /// Adds or takes back a reaction; at most 3 to an item.
    ///
    /// # Errors
    /// As [`call`](Self::call); `commandError` when it is there already, or not, or not allowed.
    pub async fn chat_item_reaction(
        &self,
        chat: impl Into<ChatRef>,
        item: ChatItemId,
        add: bool,
        reaction: MsgReaction,
    ) -> Result<AciReaction, ApiError> {
        Ok(*self.call(&cmd::ChatItemReaction::new(chat.into(), item, reaction).with_add(add)).await?.reaction)
    }

    /// Who reacted so to an item in a group.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn get_reaction_members(
        &self,
        user: UserId,
        group: GroupId,
        item: ChatItemId,
        reaction: MsgReaction,
    ) -> Result<Vec<MemberReaction>, ApiError> {
        Ok(self.call(&cmd::GetReactionMembers::new(user, group, item, reaction)).await?.member_reactions)
    }

    /// Which of the items can be forwarded, and what is to be decided first.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn plan_forward_chat_items(
        &self,
        from: impl Into<ChatRef>,
        items: NonEmpty<ChatItemId>,
    ) -> Result<response::ForwardPlan, ApiError> {
        self.call(&cmd::PlanForwardChatItems::new(from.into(), items)).await
    }

    /// Forwards items. Those that do not exist are left out, and told by an event `chatErrors`. `ttl` in seconds.
    ///
    /// # Errors
    /// As [`call`](Self::call); `invalidForward`.
    pub async fn forward_chat_items(
        &self,
        to: impl Into<ChatRef>,
        from: impl Into<ChatRef>,
        items: NonEmpty<ChatItemId>,
        ttl: Option<i64>,
    ) -> Result<Vec<AChatItem>, ApiError> {
        let mut command = cmd::ForwardChatItems::new(to.into(), from.into(), items);
        command.ttl = ttl;
        Ok(self.call(&command).await?.chat_items)
    }

    /// Writes notes to oneself.
    ///
    /// # Errors
    /// As [`call`](Self::call); `noteFolderNotFound`.
    pub async fn create_chat_items(
        &self,
        notes: NoteFolderId,
        messages: NonEmpty<ComposedMessage>,
    ) -> Result<Vec<AChatItem>, ApiError> {
        Ok(self.call(&cmd::CreateChatItems::new(notes, messages)).await?.chat_items)
    }

    /// Reports a message to the group's moderators, and to nobody else.
    ///
    /// # Errors
    /// As [`call`](Self::call); `commandError` where reports are not allowed or nobody could get them.
    pub async fn report_message(
        &self,
        group: GroupId,
        item: ChatItemId,
        reason: ReportReason,
        text: Option<&str>,
    ) -> Result<Vec<AChatItem>, ApiError> {
        let mut command = cmd::ReportMessage::new(group, item, reason);
        command.report_text = text.map(str::to_owned);
        Ok(self.call(&command).await?.chat_items)
    }
}
