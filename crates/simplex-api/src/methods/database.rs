//! The database: archives and its key. The chat must be stopped.

use simplex_types::types::{ArchiveConfig, ChatError, DbEncryptionConfig};
use simplex_types::{RawJson, cmd};

use crate::{ApiError, ChatApi};

/// The database: archives and its key. The chat must be stopped.
impl ChatApi {
    /// Writes the database and all files to an archive, and returns errors for files that could not be added.
    ///
    /// # Errors
    /// Same as [`call`](Self::call); `chatNotStopped`; `exception` if the archive cannot be written.
    pub async fn export_archive(&self, config: ArchiveConfig) -> Result<Vec<RawJson>, ApiError> {
        Ok(self.call(&cmd::ExportArchive::new(config)).await?.archive_errors)
    }

    /// Replaces the database and all files by those of an archive, and returns errors for files that could not be
    /// imported. Reopen the database afterwards.
    ///
    /// # Errors
    /// Same as [`call`](Self::call); `chatNotStopped`; `exception` if the archive cannot be read.
    pub async fn import_archive(&self, config: ArchiveConfig) -> Result<Vec<RawJson>, ApiError> {
        Ok(self.call(&cmd::ImportArchive::new(config)).await?.archive_errors)
    }

    /// Re-encrypts the database with another key; an empty key means none. A key is ASCII without blanks. Reopen the
    /// database afterwards.
    ///
    /// # Errors
    /// Same as [`call`](Self::call); `chatNotStopped`; `errorDatabase` for a wrong key; [`ApiError::NotSent`] for an
    /// invalid key.
    pub async fn set_database_key(&self, current: &str, new: &str) -> Result<(), ApiError> {
        if [current, new].iter().any(|key| !key.bytes().all(|byte| byte.is_ascii_graphic())) {
            let reason = "a key has blanks or characters that are not of ASCII, which the core does not read";
            return Err(ApiError::not_sent("APIStorageEncryption", reason));
        }
        self.call(&cmd::StorageEncryption::new(DbEncryptionConfig::new(current, new))).await.map(drop)
    }

    /// Whether a key opens the database.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn test_database_key(&self, key: &str) -> Result<bool, ApiError> {
        match self.call(&cmd::TestStorageEncryption::new(key)).await {
            Ok(_) => Ok(true),
            Err(error) if matches!(error.chat_error(), Some(ChatError::ErrorDatabase { .. })) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Deletes the database and all files.
    ///
    /// # Errors
    /// Same as [`call`](Self::call); `chatNotStopped`.
    pub async fn delete_storage(&self) -> Result<(), ApiError> {
        self.call(&cmd::DeleteStorage::new()).await.map(drop)
    }
}
