//! Profiles: create, switch, change, hide, delete.

use simplex_types::types::{Contact, NewUser, Preferences, Profile, User, UserInfo, UserProfileUpdateSummary};
use simplex_types::{ContactId, UserId, cmd};

use crate::{ApiError, ChatApi};

/// Profiles: create, switch, change, hide, delete.
impl ChatApi {
    /// The active profile; `None` in a database that has no user yet.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn get_active_user(&self) -> Result<Option<User>, ApiError> {
        match self.call(&cmd::ShowActiveUser::new()).await {
            Ok(active) => Ok(Some(*active.user)),
            Err(error) if error.is_no_active_user() => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Creates a user with this profile, or with a random one, and makes it the active one.
    ///
    /// # Errors
    /// As [`call`](Self::call); `userExists` for a name that is taken, `invalidDisplayName` with the nearest name that
    /// is valid.
    pub async fn create_active_user(&self, profile: Option<Profile>) -> Result<User, ApiError> {
        let mut user = NewUser::new();
        user.profile = profile.map(Box::new);
        Ok(*self.call(&cmd::CreateActiveUser::new(user)).await?.user)
    }

    /// All profiles with their counts of unread items; hidden ones too, which are to be kept from view.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn list_users(&self) -> Result<Vec<UserInfo>, ApiError> {
        Ok(self.call(&cmd::ListUsers::new()).await?.users)
    }

    /// Makes a profile the active one; a hidden one needs its password. See [`for_user`](Self::for_user) for acting as
    /// several.
    ///
    /// # Errors
    /// As [`call`](Self::call); `userUnknown` for an unknown profile or a wrong password.
    pub async fn set_active_user(&self, user: UserId, password: Option<&str>) -> Result<User, ApiError> {
        let mut command = cmd::SetActiveUser::new(user);
        command.view_pwd = password.map(str::to_owned);
        Ok(*self.call(&command).await?.user)
    }

    /// Deletes a profile with all of its chats; `delete_queues` also from the servers. The active one can only be
    /// deleted when it is the last.
    ///
    /// # Errors
    /// As [`call`](Self::call); `cantDeleteActiveUser`.
    pub async fn delete_user(&self, user: UserId, delete_queues: bool, password: Option<&str>) -> Result<(), ApiError> {
        let mut command = cmd::DeleteUser::new(user).with_del_smp_queues(delete_queues);
        command.view_pwd = password.map(str::to_owned);
        self.call(&command).await.map(drop)
    }

    /// Replaces the profile and tells every contact; `None` when it is the same, and nobody is told.
    ///
    /// Start from the one that is there ([`LocalProfile::to_profile`](crate::types::LocalProfile::to_profile)): what is
    /// left out is erased.
    ///
    /// # Errors
    /// As [`call`](Self::call); `duplicateName` when a contact has the name.
    pub async fn update_profile(
        &self,
        user: UserId,
        profile: Profile,
    ) -> Result<Option<UserProfileUpdateSummary>, ApiError> {
        match self.call(&cmd::UpdateProfile::new(user, profile)).await? {
            cmd::UpdateProfileResponse::UserProfileUpdated(updated) => Ok(Some(updated.update_summary)),
            cmd::UpdateProfileResponse::UserProfileNoChange(_) => Ok(None),
        }
    }

    /// Shows the address in the profile, or hides it, and tells every contact; `None` when it is so already.
    ///
    /// # Errors
    /// As [`call`](Self::call); `userContactLinkNotFound` without an address.
    pub async fn set_profile_address(
        &self,
        user: UserId,
        shown: bool,
    ) -> Result<Option<UserProfileUpdateSummary>, ApiError> {
        match self.call(&cmd::SetProfileAddress::new(user).with_enable(shown)).await? {
            cmd::SetProfileAddressResponse::UserProfileUpdated(updated) => Ok(Some(updated.update_summary)),
            cmd::SetProfileAddressResponse::UserProfileNoChange(_) => Ok(None),
        }
    }

    /// Replaces what is allowed in the chat with one contact, and tells it.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn set_contact_prefs(&self, contact: ContactId, preferences: Preferences) -> Result<Contact, ApiError> {
        Ok(*self.call(&cmd::SetContactPrefs::new(contact, preferences)).await?.to_contact)
    }

    /// Whether contacts that members of groups offer are accepted at once.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn set_auto_accept_member_contacts(&self, user: UserId, on: bool) -> Result<(), ApiError> {
        self.call(&cmd::SetUserAutoAcceptMemberContacts::new(user).with_on_off(on)).await.map(drop)
    }

    /// Hides a profile behind a password. Its events still come.
    ///
    /// # Errors
    /// As [`call`](Self::call); `cantHideLastUser`, `userAlreadyHidden`, `emptyUserPassword`.
    pub async fn hide_user(&self, user: UserId, password: &str) -> Result<User, ApiError> {
        Ok(*self.call(&cmd::HideUser::new(user, password)).await?.updated_user)
    }

    /// Shows a hidden profile again.
    ///
    /// # Errors
    /// As [`call`](Self::call); `userNotHidden`, `userUnknown` for a wrong password.
    pub async fn unhide_user(&self, user: UserId, password: &str) -> Result<User, ApiError> {
        Ok(*self.call(&cmd::UnhideUser::new(user, password)).await?.updated_user)
    }

    /// Mutes a profile. Its events still come.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn mute_user(&self, user: UserId) -> Result<User, ApiError> {
        Ok(*self.call(&cmd::MuteUser::new(user)).await?.updated_user)
    }

    /// Ends [`mute_user`](Self::mute_user).
    ///
    /// # Errors
    /// As [`call`](Self::call); `hiddenUserAlwaysMuted`.
    pub async fn unmute_user(&self, user: UserId) -> Result<User, ApiError> {
        Ok(*self.call(&cmd::UnmuteUser::new(user)).await?.updated_user)
    }

    /// Whether contacts are sent receipts; `for_all` also those that have a setting of their own.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn set_contact_receipts(&self, user: UserId, on: bool, for_all: bool) -> Result<(), ApiError> {
        self.call(&cmd::SetUserContactReceipts::new(user).with_enable(on).with_clear_overrides(for_all)).await.map(drop)
    }

    /// Whether small groups are sent receipts; `for_all` also those that have a setting of their own.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn set_group_receipts(&self, user: UserId, on: bool, for_all: bool) -> Result<(), ApiError> {
        self.call(&cmd::SetUserGroupReceipts::new(user).with_enable(on).with_clear_overrides(for_all)).await.map(drop)
    }

    /// Whether receipts are sent, for all profiles.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn set_all_receipts(&self, on: bool) -> Result<(), ApiError> {
        self.call(&cmd::SetAllContactReceipts::new().with_enable(on)).await.map(drop)
    }
}
