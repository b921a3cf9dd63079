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
    /// Sends messages to a chat; [`send`](Self::send) has all options. When this returns, they are on their way. If
    /// some could not be sent, there are fewer items than messages: see [`Sent`].
    ///
    /// # Errors
    /// Same as [`call`](Self::call); [`ApiError::TooLarge`]. If a quoted item or a file does not exist, nothing is
    /// sent.
    pub async fn send_messages(
        &self,
        chat: impl Into<ChatRef>,
        messages: NonEmpty<ComposedMessage>,
    ) -> Result<Sent, ApiError> {
        self.send(&cmd::SendMessages::new(chat.into(), messages)).await
    }

    /// Sends a text, as a reply if `in_reply_to` is set.
    ///
    /// # Errors
    /// Same as [`call`](Self::call); [`ApiError::TooLarge`]: [`split_text`] returns pieces that fit.
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
    /// Same as [`call`](Self::call); [`ApiError::TooLarge`]; [`ApiError::NotSent`] for an item of a contact request.
    pub async fn send_text_reply(&self, item: &AChatItem, text: impl Into<String>) -> Result<Sent, ApiError> {
        let Some(chat) = item.chat_ref() else {
            return Err(ApiError::not_sent("APISendMessages", NoChatRef.to_string()));
        };
        self.send_text_message(chat, text, Some(item.id())).await
    }

    /// Sends a text of any length, split into as many messages as necessary.
    ///
    /// # Errors
    /// Same as [`call`](Self::call); [`ApiError::NotSent`] for a text of only white space.
    pub async fn send_split_text(&self, chat: impl Into<ChatRef>, text: &str) -> Result<Sent, ApiError> {
        let pieces = split_text(text, MAX_TEXT).into_iter().map(ComposedMessage::text).collect();
        let Some(messages) = NonEmpty::new(pieces) else {
            return Err(ApiError::not_sent("APISendMessages", "the text is empty"));
        };
        self.send_messages(chat, messages).await
    }

    /// Edits one of your own messages, up to 24 hours after sending. The new content takes the place of all of the old one:
    /// for another caption of a picture or file, it is the same content with another text.
    ///
    /// # Errors
    /// Same as [`call`](Self::call); `invalidChatItemUpdate`; [`ApiError::TooLarge`].
    pub async fn update_chat_item(
        &self,
        chat: impl Into<ChatRef>,
        item: ChatItemId,
        message: impl Into<UpdatedMessage>,
    ) -> Result<ItemUpdate, ApiError> {
        self.update_live_chat_item(chat, item, message, false).await
    }

    /// Updates a live message; the last update has `live` set to false.
    ///
    /// # Errors
    /// Same as [`call`](Self::call); `invalidChatItemUpdate`; [`ApiError::TooLarge`].
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

    /// Deletes items, for yourself or for everybody. Ids that do not exist are skipped, and reported by an event
    /// `chatErrors`. Since 7.0, the owner of a channel cannot delete for themselves only, but from the channel's
    /// history instead.
    ///
    /// # Errors
    /// Same as [`call`](Self::call); `invalidChatItemDelete` when deleting for everybody an item that is not yours, or
    /// is too old.
    pub async fn delete_chat_items(
        &self,
        chat: impl Into<ChatRef>,
        items: NonEmpty<ChatItemId>,
        mode: CiDeleteMode,
    ) -> Result<Vec<ChatItemDeletion>, ApiError> {
        Ok(self.call(&cmd::DeleteChatItem::new(chat.into(), items, mode)).await?.chat_item_deletions)
    }

    /// Deletes members' messages for everybody, as a moderator.
    ///
    /// # Errors
    /// Same as [`call`](Self::call); `groupUserRole` without the necessary role.
    pub async fn delete_member_chat_item(
        &self,
        group: GroupId,
        items: NonEmpty<ChatItemId>,
    ) -> Result<Vec<ChatItemDeletion>, ApiError> {
        Ok(self.call(&cmd::DeleteMemberChatItem::new(group, items)).await?.chat_item_deletions)
    }

    /// Adds or removes a reaction; an item has at most 3 of them.
    ///
    /// # Errors
    /// Same as [`call`](Self::call); `commandError` if the reaction is already there, is not there, or is not allowed.
    pub async fn chat_item_reaction(
        &self,
        chat: impl Into<ChatRef>,
        item: ChatItemId,
        add: bool,
        reaction: MsgReaction,
    ) -> Result<AciReaction, ApiError> {
        Ok(*self.call(&cmd::ChatItemReaction::new(chat.into(), item, reaction).with_add(add)).await?.reaction)
    }

    /// Returns who reacted to an item in a group with this reaction.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn get_reaction_members(
        &self,
        user: UserId,
        group: GroupId,
        item: ChatItemId,
        reaction: MsgReaction,
    ) -> Result<Vec<MemberReaction>, ApiError> {
        Ok(self.call(&cmd::GetReactionMembers::new(user, group, item, reaction)).await?.member_reactions)
    }

    /// Returns which of the items can be forwarded, and what must be decided first.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn plan_forward_chat_items(
        &self,
        from: impl Into<ChatRef>,
        items: NonEmpty<ChatItemId>,
    ) -> Result<response::ForwardPlan, ApiError> {
        self.call(&cmd::PlanForwardChatItems::new(from.into(), items)).await
    }

    /// Forwards items. Items that do not exist are skipped, and reported by an event `chatErrors`. `ttl` is in
    /// seconds.
    ///
    /// # Errors
    /// Same as [`call`](Self::call); `invalidForward`.
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

    /// Adds notes to your own note folder.
    ///
    /// # Errors
    /// Same as [`call`](Self::call); `noteFolderNotFound`.
    pub async fn create_chat_items(
        &self,
        notes: NoteFolderId,
        messages: NonEmpty<ComposedMessage>,
    ) -> Result<Vec<AChatItem>, ApiError> {
        Ok(self.call(&cmd::CreateChatItems::new(notes, messages)).await?.chat_items)
    }

    /// Reports a message to the group's moderators, and nobody else.
    ///
    /// # Errors
    /// Same as [`call`](Self::call); `commandError` if reports are not allowed, or nobody could receive them.
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

    /// As a moderator, marks all received reports of a group as dealt with; returns their ids.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn archive_received_reports(&self, group: GroupId) -> Result<Vec<ChatItemId>, ApiError> {
        Ok(self.call(&cmd::ArchiveReceivedReports::new(group)).await?.chat_item_ids)
    }

    /// Deletes reports that this user received as a moderator; with [`CiDeleteMode::Broadcast`], for all moderators.
    ///
    /// # Errors
    /// Same as [`call`](Self::call); `commandError` if one of the items is no received report.
    pub async fn delete_received_reports(
        &self,
        group: GroupId,
        reports: NonEmpty<ChatItemId>,
        mode: CiDeleteMode,
    ) -> Result<Vec<ChatItemDeletion>, ApiError> {
        Ok(self.call(&cmd::DeleteReceivedReports::new(group, reports, mode)).await?.chat_item_deletions)
    }
}
