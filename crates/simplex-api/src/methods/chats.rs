//! Chats: list, read, mark, clear, delete, settings, tags.

use std::collections::BTreeMap;
use std::num::NonZeroU32;

use simplex_core::Urgency;
use simplex_types::types::{
    AChat, AChatItem, ChatDeleteMode, ChatInfo, ChatItemInfo, ChatListQuery, ChatPagination, ChatRef, ChatSettings,
    ChatTag, ChatTagData, Contact, GroupInfo, PaginationByTime,
};
use simplex_types::{ChatItemId, ChatTagId, ContactId, GroupId, NonEmpty, RawJson, UserId, cmd};

use crate::{ApiError, ChatApi, ChatDeletion};

/// Chats: list, read, mark, clear, delete, settings, tags.
impl ChatApi {
    /// All contacts, in one answer.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn list_contacts(&self, user: UserId) -> Result<Vec<Contact>, ApiError> {
        Ok(self.call(&cmd::ListContacts::new(user)).await?.contacts)
    }

    /// All groups, in one answer; only those with a contact, or whose name has `search` in it.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn list_groups(
        &self,
        user: UserId,
        with: Option<ContactId>,
        search: Option<&str>,
    ) -> Result<Vec<GroupInfo>, ApiError> {
        let mut command = cmd::ListGroups::new(user);
        command.contact_id = with;
        command.search = search.map(str::to_owned);
        Ok(self.call(&command).await?.groups)
    }

    /// The latest chats, newest first; with `unread`, only those that have something unread.
    /// [`find_chats`](Self::find_chats) has all options.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn get_chats(&self, user: UserId, count: u32, unread: bool) -> Result<Vec<AChat>, ApiError> {
        let mut command = cmd::GetChats::new(user).with_pagination(PaginationByTime::Last { count });
        if unread {
            command = command.with_query(ChatListQuery::filters(false, true));
        }
        self.find_chats(&command).await
    }

    /// Chats by time, state or name, and pending connections.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn find_chats(&self, command: &cmd::GetChats) -> Result<Vec<AChat>, ApiError> {
        Ok(self.call(command).await?.chats)
    }

    /// Items of a chat, in ascending order of time. Counts of unread items are filled in for
    /// [`Initial`](ChatPagination::Initial) and [`Around`](ChatPagination::Around) only.
    ///
    /// # Errors
    /// As [`call`](Self::call); `chatItemNotFound` for the item of a page.
    pub async fn get_chat(&self, chat: impl Into<ChatRef>, page: ChatPagination) -> Result<AChat, ApiError> {
        Ok(self.call(&cmd::GetChat::new(chat.into(), page)).await?.chat)
    }

    /// Items of a chat whose text has `search` in it.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn search_chat(
        &self,
        chat: impl Into<ChatRef>,
        page: ChatPagination,
        search: &str,
    ) -> Result<AChat, ApiError> {
        Ok(self.call(&cmd::GetChat::new(chat.into(), page).with_search(search)).await?.chat)
    }

    /// Items of all chats, the latest last.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn get_chat_items(&self, page: ChatPagination, search: Option<&str>) -> Result<Vec<AChatItem>, ApiError> {
        let mut command = cmd::GetChatItems::new(page);
        command.search = search.map(str::to_owned);
        Ok(self.call(&command).await?.chat_items)
    }

    /// An item's versions, and in a group how far it came with each member.
    ///
    /// # Errors
    /// As [`call`](Self::call); `chatItemNotFound`.
    pub async fn get_chat_item_info(
        &self,
        chat: impl Into<ChatRef>,
        item: ChatItemId,
    ) -> Result<ChatItemInfo, ApiError> {
        Ok(self.call(&cmd::GetChatItemInfo::new(chat.into(), item)).await?.chat_item_info)
    }

    /// Marks items read. Unknown ids and items that are read already are no error.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn read_chat_items(&self, chat: impl Into<ChatRef>, items: NonEmpty<ChatItemId>) -> Result<(), ApiError> {
        self.call_as(&cmd::ChatItemsRead::new(chat.into(), items), Urgency::Control).await.map(drop)
    }

    /// Marks all of a chat read.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn read_chat(&self, chat: impl Into<ChatRef>) -> Result<(), ApiError> {
        self.call_as(&cmd::ChatRead::new(chat.into()), Urgency::Control).await.map(drop)
    }

    /// Marks all chats of a profile read.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn read_user(&self, user: UserId) -> Result<(), ApiError> {
        self.call_as(&cmd::UserRead::new(user), Urgency::Control).await.map(drop)
    }

    /// Flags a chat as unread, or takes the flag away. Reading the chat does not.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn set_chat_unread(&self, chat: impl Into<ChatRef>, unread: bool) -> Result<(), ApiError> {
        self.call(&cmd::ChatUnread::new(chat.into()).with_unread_chat(unread)).await.map(drop)
    }

    /// Deletes all items of a chat, here only.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn clear_chat(&self, chat: impl Into<ChatRef>) -> Result<ChatInfo, ApiError> {
        Ok(self.call(&cmd::ClearChat::new(chat.into())).await?.chat_info)
    }

    /// Deletes a contact, a group or a pending connection, or what of a contact `mode` says. For the messages of a group
    /// alone there is [`clear_chat`](Self::clear_chat).
    ///
    /// # Errors
    /// As [`call`](Self::call); `groupUserRole` for a group that one is a member of and does not own: leave it first. A
    /// `mode` that would leave a part of a group is refused: the core deletes groups whole.
    pub async fn delete_chat(&self, chat: impl Into<ChatRef>, mode: ChatDeleteMode) -> Result<ChatDeletion, ApiError> {
        match self.call(&cmd::DeleteChat::new(chat.into(), mode)).await? {
            cmd::DeleteChatResponse::ContactDeleted(answer) => Ok(ChatDeletion::Contact(answer.contact)),
            cmd::DeleteChatResponse::ContactConnectionDeleted(answer) => {
                Ok(ChatDeletion::Connection(Box::new(answer.connection)))
            }
            cmd::DeleteChatResponse::GroupDeletedUser(answer) => Ok(ChatDeletion::Group(answer.group_info)),
        }
    }

    /// Replaces notifications, receipts and favourite of a contact or group.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn set_chat_settings(&self, chat: impl Into<ChatRef>, settings: ChatSettings) -> Result<(), ApiError> {
        self.call(&cmd::SetChatSettings::new(chat.into(), settings)).await.map(drop)
    }

    /// Replaces a contact's custom data, an object; `None` clears it.
    /// [`merge_contact_custom_data`](Self::merge_contact_custom_data) changes a part.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn set_contact_custom_data(&self, contact: ContactId, data: Option<RawJson>) -> Result<(), ApiError> {
        let mut command = cmd::SetContactCustomData::new(contact);
        command.custom_data = data;
        self.call(&command).await.map(drop)
    }

    /// Replaces a group's custom data, an object; `None` clears it.
    /// [`merge_group_custom_data`](Self::merge_group_custom_data) changes a part.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn set_group_custom_data(&self, group: GroupId, data: Option<RawJson>) -> Result<(), ApiError> {
        let mut command = cmd::SetGroupCustomData::new(group);
        command.custom_data = data;
        self.call(&command).await.map(drop)
    }

    /// Sets one key of a contact's custom data, as `contact` has it, and keeps the others. Two at once overwrite each
    /// other.
    ///
    /// # Errors
    /// As [`call`](Self::call); [`ApiError::NotSent`] when what is there is no object.
    pub async fn merge_contact_custom_data(
        &self,
        contact: &Contact,
        key: &str,
        value: RawJson,
    ) -> Result<(), ApiError> {
        self.set_contact_custom_data(contact.contact_id, merged(contact.custom_data.as_ref(), key, value)?).await
    }

    /// Sets one key of a group's custom data, as `group` has it, and keeps the others. Two at once overwrite each
    /// other.
    ///
    /// # Errors
    /// As [`call`](Self::call); [`ApiError::NotSent`] when what is there is no object.
    pub async fn merge_group_custom_data(&self, group: &GroupInfo, key: &str, value: RawJson) -> Result<(), ApiError> {
        self.set_group_custom_data(group.group_id, merged(group.custom_data.as_ref(), key, value)?).await
    }

    /// The tags that there are.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn get_chat_tags(&self, user: UserId) -> Result<Vec<ChatTag>, ApiError> {
        Ok(self.call(&cmd::GetChatTags::new(user)).await?.user_tags)
    }

    /// Creates a tag; all tags come back.
    ///
    /// # Errors
    /// As [`call`](Self::call); `dBException` for a tag that exists.
    pub async fn create_chat_tag(&self, tag: ChatTagData) -> Result<Vec<ChatTag>, ApiError> {
        Ok(self.call(&cmd::CreateChatTag::new(tag)).await?.user_tags)
    }

    /// Changes a tag.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn update_chat_tag(&self, id: ChatTagId, tag: ChatTagData) -> Result<(), ApiError> {
        self.call(&cmd::UpdateChatTag::new(id, tag)).await.map(drop)
    }

    /// Deletes a tag.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn delete_chat_tag(&self, id: ChatTagId) -> Result<(), ApiError> {
        self.call(&cmd::DeleteChatTag::new(id)).await.map(drop)
    }

    /// Puts the tags in this order.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn reorder_chat_tags(&self, ids: NonEmpty<ChatTagId>) -> Result<(), ApiError> {
        self.call(&cmd::ReorderChatTags::new(ids)).await.map(drop)
    }

    /// Replaces the tags of a chat; `None` takes all away.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn set_chat_tags(
        &self,
        chat: impl Into<ChatRef>,
        ids: Option<NonEmpty<ChatTagId>>,
    ) -> Result<Vec<ChatTagId>, ApiError> {
        let mut command = cmd::SetChatTags::new(chat.into());
        command.chat_tag_ids = ids;
        Ok(self.call(&command).await?.chat_tags)
    }

    /// After how many seconds items are deleted here; `None` when they are kept.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn get_chat_item_ttl(&self, user: UserId) -> Result<Option<i64>, ApiError> {
        Ok(self.call(&cmd::GetChatItemTtl::new(user)).await?.chat_item_ttl.filter(|ttl| *ttl > 0))
    }

    /// Sets after how many seconds items are deleted here; `None` keeps them.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn set_chat_item_ttl(&self, user: UserId, ttl: Option<NonZeroU32>) -> Result<(), ApiError> {
        self.call(&cmd::SetChatItemTtl::new(user, ttl.map_or(0, |ttl| ttl.get().into()))).await.map(drop)
    }

    /// The same for one chat; `None` keeps its items, whatever the user's setting is.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn set_chat_ttl(
        &self,
        user: UserId,
        chat: impl Into<ChatRef>,
        ttl: Option<NonZeroU32>,
    ) -> Result<(), ApiError> {
        self.call(&cmd::SetChatTtl::new(user, chat.into(), ttl.map_or(0, |ttl| ttl.get().into()))).await.map(drop)
    }

    /// Takes a chat's own setting away.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn reset_chat_ttl(&self, user: UserId, chat: impl Into<ChatRef>) -> Result<(), ApiError> {
        self.call(&cmd::ResetChatTtl::new(user, chat.into())).await.map(drop)
    }
}

/// Custom data with one key set.
fn merged(data: Option<&RawJson>, key: &str, value: RawJson) -> Result<Option<RawJson>, ApiError> {
    let wrong = |error: serde_json::Error| ApiError::NotSent {
        command: "the change of custom data".to_owned(),
        reason: format!("what is there is no object: {error}"),
    };
    let mut object: BTreeMap<String, RawJson> =
        data.map(RawJson::decode).transpose().map_err(wrong)?.unwrap_or_default();
    object.insert(key.to_owned(), value);
    RawJson::from_value(&object).map(Some).map_err(wrong)
}
