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
    /// Returns all contacts, in one answer; also those who deleted this one, to whom nothing can be sent: their
    /// `contact_status` is `Deleted`.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn list_contacts(&self, user: UserId) -> Result<Vec<Contact>, ApiError> {
        Ok(self.call(&cmd::ListContacts::new(user)).await?.contacts)
    }

    /// Returns all groups, in one answer; optionally only those with a contact, or with `search` in their name.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
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

    /// Returns the latest chats, newest first; with `unread`, only those with something unread. All of them come in one
    /// answer if `count` is `u32::MAX`: pages by time would miss chats that changed at the same time.
    /// [`find_chats`](Self::find_chats) has all options.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn get_chats(&self, user: UserId, count: u32, unread: bool) -> Result<Vec<AChat>, ApiError> {
        let mut command = cmd::GetChats::new(user).with_pagination(PaginationByTime::Last { count });
        if unread {
            command = command.with_query(ChatListQuery::filters(false, true));
        }
        self.find_chats(&command).await
    }

    /// Finds chats by time, state or name, and pending connections.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn find_chats(&self, command: &cmd::GetChats) -> Result<Vec<AChat>, ApiError> {
        Ok(self.call(command).await?.chats)
    }

    /// Returns items of a chat, oldest first. Counts of unread items are filled in only for
    /// [`Initial`](ChatPagination::Initial) and [`Around`](ChatPagination::Around).
    ///
    /// All items of a chat, from the latest page to the first:
    ///
    /// ```
    /// use simplex_api::types::{ChatPagination, ChatRef};
    /// use simplex_api::{ApiError, ChatApi};
    ///
    /// async fn count(api: &ChatApi, chat: ChatRef) -> Result<usize, ApiError> {
    ///     let (mut count, mut page) = (0, ChatPagination::Last { count: 100 });
    ///     loop {
    ///         let items = api.get_chat(chat, page).await?.chat_items;
    ///         let Some(first) = items.first() else { return Ok(count) };
    ///         page = ChatPagination::Before { item: first.id(), count: 100 };
    ///         count += items.len();
    ///     }
    /// }
    /// ```
    ///
    /// A group's support chats are not part of it. Each has a reference of its own: [`ChatRef::scoped`], for the members
    /// of [`list_members`](Self::list_members) that have a `support_chat`. A pending connection has no items.
    ///
    /// # Errors
    /// Same as [`call`](Self::call); `chatItemNotFound` for the item that a page refers to.
    pub async fn get_chat(&self, chat: impl Into<ChatRef>, page: ChatPagination) -> Result<AChat, ApiError> {
        Ok(self.call(&cmd::GetChat::new(chat.into(), page)).await?.chat)
    }

    /// Returns items of a chat whose text contains `search`.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn search_chat(
        &self,
        chat: impl Into<ChatRef>,
        page: ChatPagination,
        search: &str,
    ) -> Result<AChat, ApiError> {
        Ok(self.call(&cmd::GetChat::new(chat.into(), page).with_search(search)).await?.chat)
    }

    /// Returns items of all chats, the latest last.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn get_chat_items(&self, page: ChatPagination, search: Option<&str>) -> Result<Vec<AChatItem>, ApiError> {
        let mut command = cmd::GetChatItems::new(page);
        command.search = search.map(str::to_owned);
        Ok(self.call(&command).await?.chat_items)
    }

    /// Returns an item's versions and, in a group, its delivery status for each member.
    ///
    /// # Errors
    /// Same as [`call`](Self::call); `chatItemNotFound`.
    pub async fn get_chat_item_info(
        &self,
        chat: impl Into<ChatRef>,
        item: ChatItemId,
    ) -> Result<ChatItemInfo, ApiError> {
        Ok(self.call(&cmd::GetChatItemInfo::new(chat.into(), item)).await?.chat_item_info)
    }

    /// Marks items as read. Unknown ids and items that are already read are not an error.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn read_chat_items(&self, chat: impl Into<ChatRef>, items: NonEmpty<ChatItemId>) -> Result<(), ApiError> {
        self.call_as(&cmd::ChatItemsRead::new(chat.into(), items), Urgency::Control).await.map(drop)
    }

    /// Marks all items of a chat as read.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn read_chat(&self, chat: impl Into<ChatRef>) -> Result<(), ApiError> {
        self.call_as(&cmd::ChatRead::new(chat.into()), Urgency::Control).await.map(drop)
    }

    /// Marks all chats of a profile as read.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn read_user(&self, user: UserId) -> Result<(), ApiError> {
        self.call_as(&cmd::UserRead::new(user), Urgency::Control).await.map(drop)
    }

    /// Sets or clears the unread flag of a chat. Reading the chat does not clear it.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn set_chat_unread(&self, chat: impl Into<ChatRef>, unread: bool) -> Result<(), ApiError> {
        self.call(&cmd::ChatUnread::new(chat.into()).with_unread_chat(unread)).await.map(drop)
    }

    /// Deletes all items of a chat, on this side only.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn clear_chat(&self, chat: impl Into<ChatRef>) -> Result<ChatInfo, ApiError> {
        Ok(self.call(&cmd::ClearChat::new(chat.into())).await?.chat_info)
    }

    /// Deletes a contact, a group or a pending connection; for a contact, `mode` says what is deleted. To delete only
    /// the messages of a group, use [`clear_chat`](Self::clear_chat).
    ///
    /// # Errors
    /// Same as [`call`](Self::call); `groupUserRole` for a group that you are a member of but do not own: leave it
    /// first. A `mode` that would keep a part of a group is refused: the core deletes groups as a whole.
    pub async fn delete_chat(&self, chat: impl Into<ChatRef>, mode: ChatDeleteMode) -> Result<ChatDeletion, ApiError> {
        match self.call(&cmd::DeleteChat::new(chat.into(), mode)).await? {
            cmd::DeleteChatResponse::ContactDeleted(answer) => Ok(ChatDeletion::Contact(answer.contact)),
            cmd::DeleteChatResponse::ContactConnectionDeleted(answer) => {
                Ok(ChatDeletion::Connection(Box::new(answer.connection)))
            }
            cmd::DeleteChatResponse::GroupDeletedUser(answer) => Ok(ChatDeletion::Group(answer.group_info)),
        }
    }

    /// Replaces the settings of a contact or group: notifications, receipts and favourite.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn set_chat_settings(&self, chat: impl Into<ChatRef>, settings: ChatSettings) -> Result<(), ApiError> {
        self.call(&cmd::SetChatSettings::new(chat.into(), settings)).await.map(drop)
    }

    /// Replaces a contact's custom data, an object; `None` clears it.
    /// [`merge_contact_custom_data`](Self::merge_contact_custom_data) changes a single key.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn set_contact_custom_data(&self, contact: ContactId, data: Option<RawJson>) -> Result<(), ApiError> {
        let mut command = cmd::SetContactCustomData::new(contact);
        command.custom_data = data;
        self.call(&command).await.map(drop)
    }

    /// Replaces a group's custom data, an object; `None` clears it.
    /// [`merge_group_custom_data`](Self::merge_group_custom_data) changes a single key.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn set_group_custom_data(&self, group: GroupId, data: Option<RawJson>) -> Result<(), ApiError> {
        let mut command = cmd::SetGroupCustomData::new(group);
        command.custom_data = data;
        self.call(&command).await.map(drop)
    }

    /// Sets one key of a contact's custom data, as found in `contact`, and keeps the others. Concurrent calls
    /// overwrite each other.
    ///
    /// # Errors
    /// Same as [`call`](Self::call); [`ApiError::NotSent`] if the existing data is not an object.
    pub async fn merge_contact_custom_data(
        &self,
        contact: &Contact,
        key: &str,
        value: RawJson,
    ) -> Result<(), ApiError> {
        self.set_contact_custom_data(contact.contact_id, merged(contact.custom_data.as_ref(), key, value)?).await
    }

    /// Sets one key of a group's custom data, as found in `group`, and keeps the others. Concurrent calls overwrite
    /// each other.
    ///
    /// # Errors
    /// Same as [`call`](Self::call); [`ApiError::NotSent`] if the existing data is not an object.
    pub async fn merge_group_custom_data(&self, group: &GroupInfo, key: &str, value: RawJson) -> Result<(), ApiError> {
        self.set_group_custom_data(group.group_id, merged(group.custom_data.as_ref(), key, value)?).await
    }

    /// Returns all tags.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn get_chat_tags(&self, user: UserId) -> Result<Vec<ChatTag>, ApiError> {
        Ok(self.call(&cmd::GetChatTags::new(user)).await?.user_tags)
    }

    /// Creates a tag, and returns all tags.
    ///
    /// # Errors
    /// Same as [`call`](Self::call); `dBException` for a tag that exists.
    pub async fn create_chat_tag(&self, tag: ChatTagData) -> Result<Vec<ChatTag>, ApiError> {
        Ok(self.call(&cmd::CreateChatTag::new(tag)).await?.user_tags)
    }

    /// Changes a tag.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn update_chat_tag(&self, id: ChatTagId, tag: ChatTagData) -> Result<(), ApiError> {
        self.call(&cmd::UpdateChatTag::new(id, tag)).await.map(drop)
    }

    /// Deletes a tag.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn delete_chat_tag(&self, id: ChatTagId) -> Result<(), ApiError> {
        self.call(&cmd::DeleteChatTag::new(id)).await.map(drop)
    }

    /// Puts the tags into this order.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn reorder_chat_tags(&self, ids: NonEmpty<ChatTagId>) -> Result<(), ApiError> {
        self.call(&cmd::ReorderChatTags::new(ids)).await.map(drop)
    }

    /// Replaces the tags of a chat; `None` removes all.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn set_chat_tags(
        &self,
        chat: impl Into<ChatRef>,
        ids: Option<NonEmpty<ChatTagId>>,
    ) -> Result<Vec<ChatTagId>, ApiError> {
        let mut command = cmd::SetChatTags::new(chat.into());
        command.chat_tag_ids = ids;
        Ok(self.call(&command).await?.chat_tags)
    }

    /// Returns after how many seconds items are deleted on this side; `None` if they are kept.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn get_chat_item_ttl(&self, user: UserId) -> Result<Option<i64>, ApiError> {
        Ok(self.call(&cmd::GetChatItemTtl::new(user)).await?.chat_item_ttl.filter(|ttl| *ttl > 0))
    }

    /// Sets after how many seconds items are deleted on this side; `None` keeps them.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn set_chat_item_ttl(&self, user: UserId, ttl: Option<NonZeroU32>) -> Result<(), ApiError> {
        self.call(&cmd::SetChatItemTtl::new(user, ttl.map_or(0, |ttl| ttl.get().into()))).await.map(drop)
    }

    /// Like [`set_chat_item_ttl`](Self::set_chat_item_ttl), for one chat; `None` keeps its items, whatever the user's
    /// setting.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn set_chat_ttl(
        &self,
        user: UserId,
        chat: impl Into<ChatRef>,
        ttl: Option<NonZeroU32>,
    ) -> Result<(), ApiError> {
        self.call(&cmd::SetChatTtl::new(user, chat.into(), ttl.map_or(0, |ttl| ttl.get().into()))).await.map(drop)
    }

    /// Removes a chat's own setting, so that the user's applies.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn reset_chat_ttl(&self, user: UserId, chat: impl Into<ChatRef>) -> Result<(), ApiError> {
        self.call(&cmd::ResetChatTtl::new(user, chat.into())).await.map(drop)
    }
}

/// Custom data with one key set.
fn merged(data: Option<&RawJson>, key: &str, value: RawJson) -> Result<Option<RawJson>, ApiError> {
    let wrong = |error: serde_json::Error| {
        ApiError::not_sent("the change of custom data", format!("what is there is no object: {error}"))
    };
    let mut object: BTreeMap<String, RawJson> =
        data.map(RawJson::decode).transpose().map_err(wrong)?.unwrap_or_default();
    object.insert(key.to_owned(), value);
    RawJson::from_value(&object).map(Some).map_err(wrong)
}
