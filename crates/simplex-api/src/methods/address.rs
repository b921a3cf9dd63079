//! The address that people connect to, and its settings.

use simplex_types::types::{AddressSettings, CreatedConnLink, StoreError, UserContactLink};
use simplex_types::{UserId, cmd};

use crate::{ApiError, ChatApi};

/// The address that people connect to, and its settings.
impl ChatApi {
    /// Creates the user's address.
    ///
    /// # Errors
    /// Same as [`call`](Self::call); `duplicateContactLink` if there already is one.
    pub async fn create_user_address(&self, user: UserId) -> Result<CreatedConnLink, ApiError> {
        Ok(self.call(&cmd::CreateMyAddress::new(user)).await?.conn_link_contact)
    }

    /// Deletes the user's address; contacts stay.
    ///
    /// # Errors
    /// Same as [`call`](Self::call); `userContactLinkNotFound`.
    pub async fn delete_user_address(&self, user: UserId) -> Result<(), ApiError> {
        self.call(&cmd::DeleteMyAddress::new(user)).await.map(drop)
    }

    /// Returns the user's address and its settings; `None` if there is no address.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn get_user_address(&self, user: UserId) -> Result<Option<UserContactLink>, ApiError> {
        match self.call(&cmd::ShowMyAddress::new(user)).await {
            Ok(link) => Ok(Some(link.contact_link)),
            Err(error) if matches!(error.store_error(), Some(StoreError::UserContactLinkNotFound)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Replaces the settings of the user's address: settings that are left out are erased.
    ///
    /// # Errors
    /// Same as [`call`](Self::call); `userContactLinkNotFound`.
    pub async fn set_address_settings(
        &self,
        user: UserId,
        settings: AddressSettings,
    ) -> Result<UserContactLink, ApiError> {
        Ok(self.call(&cmd::SetAddressSettings::new(user, settings)).await?.contact_link)
    }

    /// Adds a short link to an old address.
    ///
    /// # Errors
    /// Same as [`call`](Self::call); `userContactLinkNotFound`.
    pub async fn add_address_short_link(&self, user: UserId) -> Result<UserContactLink, ApiError> {
        Ok(self.call(&cmd::AddMyAddressShortLink::new(user)).await?.contact_link)
    }
}
