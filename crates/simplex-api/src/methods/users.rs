//! Profiles: create, switch, change, hide, delete.

use simplex_types::types::{Contact, NewUser, Preferences, Profile, User, UserInfo, UserProfileUpdateSummary};
use simplex_types::{ContactId, UserId, cmd};

use crate::{ApiError, ChatApi};

/// Profiles: create, switch, change, hide, delete.
impl ChatApi {
    /// Returns the active profile; `None` if the database has no user yet.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn get_active_user(&self) -> Result<Option<User>, ApiError> {
        match self.call(&cmd::ShowActiveUser::new()).await {
            Ok(active) => Ok(Some(*active.user)),
            Err(error) if error.is_no_active_user() => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Creates a user with this profile, or with a random one, and makes it active.
    ///
    /// # Errors
    /// Same as [`call`](Self::call); `userExists` if the name is taken, `invalidDisplayName` with the nearest valid
    /// name.
    pub async fn create_active_user(&self, profile: Option<Profile>) -> Result<User, ApiError> {
        let mut user = NewUser::new();
        user.profile = profile.map(Box::new);
        Ok(*self.call(&cmd::CreateActiveUser::new(user)).await?.user)
    }

    /// Returns all profiles with their counts of unread items, including hidden ones, which should not be displayed.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn list_users(&self) -> Result<Vec<UserInfo>, ApiError> {
        Ok(self.call(&cmd::ListUsers::new()).await?.users)
    }

    /// Makes a profile active; a hidden one needs its password. To use several at the same time, see
    /// [`for_user`](Self::for_user).
    ///
    /// # Errors
    /// Same as [`call`](Self::call); `userUnknown` for an unknown profile or a wrong password.
    pub async fn set_active_user(&self, user: UserId, password: Option<&str>) -> Result<User, ApiError> {
        let mut command = cmd::SetActiveUser::new(user);
        command.view_pwd = password.map(str::to_owned);
        Ok(*self.call(&command).await?.user)
    }

    /// Deletes a profile with all of its chats, and with `delete_queues` also its queues on the servers. The active
    /// profile can be deleted only if it is the last.
    ///
    /// # Errors
    /// Same as [`call`](Self::call); `cantDeleteActiveUser`.
    pub async fn delete_user(&self, user: UserId, delete_queues: bool, password: Option<&str>) -> Result<(), ApiError> {
        let mut command = cmd::DeleteUser::new(user).with_del_smp_queues(delete_queues);
        command.view_pwd = password.map(str::to_owned);
        self.call(&command).await.map(drop)
    }

    /// Replaces the profile and informs every contact. Returns `None` if nothing has changed; then nobody is informed.
    ///
    /// Start from the current profile ([`LocalProfile::to_profile`](crate::types::LocalProfile::to_profile)): fields
    /// that are left out are erased.
    ///
    /// The core answers when it has written to all contacts, and sends nothing else meanwhile: with thousands of them,
    /// give it more time than other commands ([`Deadlines`](crate::Deadlines)).
    ///
    /// # Errors
    /// Same as [`call`](Self::call); `duplicateName` if a contact has the name.
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

    /// Shows the address in the profile, or hides it, and informs every contact. Returns `None` if nothing has
    /// changed.
    ///
    /// # Errors
    /// Same as [`call`](Self::call); `userContactLinkNotFound` if there is no address.
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

    /// Replaces the preferences for one contact (what is allowed in the chat), and informs the contact.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn set_contact_prefs(&self, contact: ContactId, preferences: Preferences) -> Result<Contact, ApiError> {
        Ok(*self.call(&cmd::SetContactPrefs::new(contact, preferences)).await?.to_contact)
    }

    /// Sets whether contacts that group members offer are accepted automatically.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn set_auto_accept_member_contacts(&self, user: UserId, on: bool) -> Result<(), ApiError> {
        self.call(&cmd::SetUserAutoAcceptMemberContacts::new(user).with_on_off(on)).await.map(drop)
    }

    /// Hides a profile behind a password. Its events still arrive.
    ///
    /// # Errors
    /// Same as [`call`](Self::call); `cantHideLastUser`, `userAlreadyHidden`, `emptyUserPassword`.
    pub async fn hide_user(&self, user: UserId, password: &str) -> Result<User, ApiError> {
        Ok(*self.call(&cmd::HideUser::new(user, password)).await?.updated_user)
    }

    /// Makes a hidden profile visible again.
    ///
    /// # Errors
    /// Same as [`call`](Self::call); `userNotHidden`, `userUnknown` for a wrong password.
    pub async fn unhide_user(&self, user: UserId, password: &str) -> Result<User, ApiError> {
        Ok(*self.call(&cmd::UnhideUser::new(user, password)).await?.updated_user)
    }

    /// Mutes a profile. Its events still arrive.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn mute_user(&self, user: UserId) -> Result<User, ApiError> {
        Ok(*self.call(&cmd::MuteUser::new(user)).await?.updated_user)
    }

    /// Reverts [`mute_user`](Self::mute_user).
    ///
    /// # Errors
    /// Same as [`call`](Self::call); `hiddenUserAlwaysMuted`.
    pub async fn unmute_user(&self, user: UserId) -> Result<User, ApiError> {
        Ok(*self.call(&cmd::UnmuteUser::new(user)).await?.updated_user)
    }

    /// Sets whether receipts are sent to contacts; `for_all` includes contacts with their own setting.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn set_contact_receipts(&self, user: UserId, on: bool, for_all: bool) -> Result<(), ApiError> {
        self.call(&cmd::SetUserContactReceipts::new(user).with_enable(on).with_clear_overrides(for_all)).await.map(drop)
    }

    /// Sets whether receipts are sent to small groups; `for_all` includes groups with their own setting.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn set_group_receipts(&self, user: UserId, on: bool, for_all: bool) -> Result<(), ApiError> {
        self.call(&cmd::SetUserGroupReceipts::new(user).with_enable(on).with_clear_overrides(for_all)).await.map(drop)
    }

    /// Sets whether receipts are sent, for all profiles.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn set_all_receipts(&self, on: bool) -> Result<(), ApiError> {
        self.call(&cmd::SetAllContactReceipts::new().with_enable(on)).await.map(drop)
    }
}
