//! The database: archives and its key. The chat must be stopped.

use simplex_types::types::{ArchiveConfig, ChatError, DbEncryptionConfig};
use simplex_types::{RawJson, cmd};

use crate::{ApiError, ChatApi};

/// The database: archives and its key. The chat must be stopped.
impl ChatApi {
    /// Writes the database to an archive, with all files in the folders of [`set_file_paths`](Self::set_file_paths), and
    /// returns errors for files that could not be added. The core needs the folder for assets, and the folder
    /// `wallpapers` in it:
    ///
    /// ```
    /// # use simplex_api::ChatApi;
    /// use simplex_api::types::{AppFilePaths, ArchiveConfig};
    ///
    /// async fn back_up(api: &ChatApi, data: &str) -> Result<(), Box<dyn std::error::Error>> {
    ///     let folder = |name: &str| format!("{data}/{name}");
    ///     for name in ["files", "temp", "assets/wallpapers"] {
    ///         std::fs::create_dir_all(folder(name))?;
    ///     }
    ///     api.set_file_paths(AppFilePaths::new(folder("files"), folder("temp"), folder("assets"))).await?;
    ///     api.stop_chat().await?;
    ///     let errors = api.export_archive(ArchiveConfig::new(folder("backup.zip"))).await?;
    ///     println!("{} files are missing", errors.len());
    ///     api.start_chat().await?;
    ///     Ok(())
    /// }
    /// # let data = std::env::temp_dir().join(format!("simplex-api-back-up-{}", std::process::id()));
    /// # tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
    /// #     let api = ChatApi::new(std::sync::Arc::new(simplex_sim::SimNetwork::new(simplex_sim::Settings::default()).open("me", "").unwrap()));
    /// #     api.create_active_user(None).await.unwrap();
    /// #     back_up(&api, data.to_str().unwrap()).await.unwrap();
    /// # });
    /// # assert!(data.join("backup.zip").exists());
    /// # std::fs::remove_dir_all(data).unwrap();
    /// ```
    ///
    /// # Errors
    /// Same as [`call`](Self::call); `chatNotStopped`; `exception` if the archive cannot be written, whose message, which
    /// may have paths in it, is in [`error_type`](ApiError::error_type) only.
    pub async fn export_archive(&self, config: ArchiveConfig) -> Result<Vec<RawJson>, ApiError> {
        Ok(self.call(&cmd::ExportArchive::new(config)).await?.archive_errors)
    }

    /// Replaces the database and all files by those of an archive, and returns errors for files that could not be
    /// imported. Reopen the database afterwards.
    ///
    /// # Errors
    /// Same as [`call`](Self::call); `chatNotStopped`; `exception` if the archive cannot be read, as for
    /// [`export_archive`](Self::export_archive).
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

    /// Whether a key opens the database. For a database without one, the core cannot be asked.
    ///
    /// # Errors
    /// Same as [`call`](Self::call); [`ApiError::Text`] for an empty key.
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
