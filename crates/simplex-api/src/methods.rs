//! The methods: one call each.

use simplex_core::Urgency;
use simplex_types::cmd;
use simplex_types::types::{
    AChat, AChatItem, AddressSettings, ChatErrorType, ChatListQuery, ChatPagination, ChatRef, ComposedMessage,
    CoreVersionInfo, CreatedConnLink, NewUser, PaginationByTime, Profile, StoreError, User, UserContactLink,
};
use simplex_types::{ChatItemId, NonEmpty, UserId};

use crate::{ApiError, ChatApi};

/// Every method sends one command. Its errors are those of [`ChatApi::call`], and as there, dropping the future does
/// not take the command back.
impl ChatApi {
    /// The core's version.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn version(&self) -> Result<CoreVersionInfo, ApiError> {
        Ok(self.call(&cmd::ShowVersion::new()).await?.version_info)
    }

    /// The active profile; `None` in a database that has no user yet.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn get_active_user(&self) -> Result<Option<User>, ApiError> {
        match self.call(&cmd::ShowActiveUser::new()).await {
            Ok(active) => Ok(Some(*active.user)),
            Err(error) if matches!(error.error_type(), Some(ChatErrorType::NoActiveUser)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Creates a user with this profile, or with a random one, and makes it the active one.
    ///
    /// # Errors
    /// As [`call`](Self::call); `userExists` for a name that is taken.
    pub async fn create_active_user(&self, profile: Option<Profile>) -> Result<User, ApiError> {
        let mut user = NewUser::new();
        user.profile = profile.map(Box::new);
        Ok(*self.call(&cmd::CreateActiveUser::new(user)).await?.user)
    }

    /// Starts the chat: connections are made and events flow. Harmless when it runs already.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn start_chat(&self) -> Result<(), ApiError> {
        self.call(&cmd::StartChat::new()).await.map(drop)
    }

    /// Stops the chat. Not for a CLI that somebody else started: it would end.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn stop_chat(&self) -> Result<(), ApiError> {
        self.call_as(&cmd::StopChat::new(), Urgency::Control).await.map(drop)
    }

    /// The user's address and its settings; `None` when there is no address.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn get_user_address(&self, user: UserId) -> Result<Option<UserContactLink>, ApiError> {
        match self.call(&cmd::ShowMyAddress::new(user)).await {
            Ok(link) => Ok(Some(link.contact_link)),
            Err(error) if matches!(error.store_error(), Some(StoreError::UserContactLinkNotFound)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Creates the user's address.
    ///
    /// # Errors
    /// As [`call`](Self::call); `duplicateContactLink` when there is one.
    pub async fn create_user_address(&self, user: UserId) -> Result<CreatedConnLink, ApiError> {
        Ok(self.call(&cmd::CreateMyAddress::new(user)).await?.conn_link_contact)
    }

    /// Replaces the settings of the user's address.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn set_address_settings(&self, user: UserId, settings: AddressSettings) -> Result<(), ApiError> {
        self.call(&cmd::SetAddressSettings::new(user, settings)).await.map(drop)
    }

    /// Replaces the user's profile, and tells every contact when that changes it.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn update_profile(&self, user: UserId, profile: Profile) -> Result<cmd::UpdateProfileResponse, ApiError> {
        self.call(&cmd::UpdateProfile::new(user, profile)).await
    }

    /// Sends messages to a chat. They are under way when this answers; fewer come back than were given when some
    /// could not be sent, and an event tells why.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn send_messages(
        &self,
        chat: ChatRef,
        messages: NonEmpty<ComposedMessage>,
    ) -> Result<Vec<AChatItem>, ApiError> {
        Ok(self.call(&cmd::SendMessages::new(chat, messages)).await?.chat_items)
    }

    /// The latest chats, newest first; with `unread`, only those that have something unread.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn get_chats(&self, user: UserId, count: u32, unread: bool) -> Result<Vec<AChat>, ApiError> {
        let mut command = cmd::GetChats::new(user).with_pagination(PaginationByTime::Last { count });
        if unread {
            command = command.with_query(ChatListQuery::filters(false, true));
        }
        Ok(self.call(&command).await?.chats)
    }

    /// Items of a chat, in ascending order of time.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn get_chat(&self, chat: ChatRef, page: ChatPagination) -> Result<AChat, ApiError> {
        Ok(self.call(&cmd::GetChat::new(chat, page)).await?.chat)
    }

    /// Marks items read. Unknown ids and items that are read already are no error.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn read_chat_items(&self, chat: ChatRef, items: NonEmpty<ChatItemId>) -> Result<(), ApiError> {
        self.call_as(&cmd::ChatItemsRead::new(chat, items), Urgency::Control).await.map(drop)
    }
}
