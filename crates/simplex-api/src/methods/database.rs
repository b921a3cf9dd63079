//! The database: archives and its key. The chat has to be stopped.

use simplex_types::types::{ArchiveConfig, DbEncryptionConfig};
use simplex_types::{RawJson, cmd};

use crate::{ApiError, ChatApi};

/// The database: archives and its key. The chat has to be stopped.
impl ChatApi {
    /// Writes database and files to an archive; files that could not be added come back.
    ///
    /// # Errors
    /// As [`call`](Self::call); `chatNotStopped`; `exception` when the archive cannot be written.
    pub async fn export_archive(&self, config: ArchiveConfig) -> Result<Vec<RawJson>, ApiError> {
        Ok(self.call(&cmd::ExportArchive::new(config)).await?.archive_errors)
    }

    /// Replaces database and files by an archive's; files that could not be taken come back. Open the database anew
    /// after that.
    ///
    /// # Errors
    /// As [`call`](Self::call); `chatNotStopped`; `exception` when the archive cannot be read.
    pub async fn import_archive(&self, config: ArchiveConfig) -> Result<Vec<RawJson>, ApiError> {
        Ok(self.call(&cmd::ImportArchive::new(config)).await?.archive_errors)
    }

    /// Encrypts the database with another key; no key is an empty one. A key is ASCII without blanks. Open the database
    /// anew after that.
    ///
    /// # Errors
    /// As [`call`](Self::call); `chatNotStopped`; `errorDatabase` for a wrong key;
    /// [`ApiError::NotSent`] for a key that is none.
    pub async fn set_database_key(&self, current: &str, new: &str) -> Result<(), ApiError> {
        if [current, new].iter().any(|key| !key.bytes().all(|byte| byte.is_ascii_graphic())) {
            let reason = "a key has blanks or characters that are not of ASCII, which the core does not read";
            return Err(ApiError::NotSent { command: "APIStorageEncryption".to_owned(), reason: reason.to_owned() });
        }
        self.call(&cmd::StorageEncryption::new(DbEncryptionConfig::new(current, new))).await.map(drop)
    }

    /// Whether a key opens the database.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn test_database_key(&self, key: &str) -> Result<bool, ApiError> {
        match self.call(&cmd::TestStorageEncryption::new(key)).await {
            Ok(_) => Ok(true),
            Err(error) if error.is_database_key() => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Deletes the database and all files.
    ///
    /// # Errors
    /// As [`call`](Self::call); `chatNotStopped`.
    pub async fn delete_storage(&self) -> Result<(), ApiError> {
        self.call(&cmd::DeleteStorage::new()).await.map(drop)
    }
}
