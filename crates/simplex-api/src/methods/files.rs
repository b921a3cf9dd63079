//! Files: receive, cancel, upload and download without a chat, folders.

use serde::Deserialize;
use simplex_types::types::{AppFilePaths, CiFileStatus, FileTransferMeta, RcvFileTransfer};
use simplex_types::{FileId, RawJson, UserId, cmd};

use crate::{ApiError, ChatApi, FileAcceptance, FileCancellation};

/// Files: receive, cancel, upload and download without a chat, folders.
impl ChatApi {
    /// Receives a file into the user's folder, also from unknown servers. [`accept_file`](Self::accept_file) has all
    /// options.
    ///
    /// # Errors
    /// Same as [`call`](Self::call); `fileAlreadyReceiving`, `fileCancelled`.
    pub async fn receive_file(&self, file: FileId) -> Result<FileAcceptance, ApiError> {
        self.accept_file(&cmd::ReceiveFile::new(file).with_user_approved_relays(true)).await
    }

    /// Receives a file with all options: to a path, encrypted, from known servers only.
    ///
    /// # Errors
    /// Same as [`call`](Self::call); `fileAlreadyReceiving`, `fileCancelled`, `fileNotApproved` for unknown servers.
    pub async fn accept_file(&self, command: &cmd::ReceiveFile) -> Result<FileAcceptance, ApiError> {
        match self.call(command).await? {
            cmd::ReceiveFileResponse::RcvFileAccepted(answer) => {
                Ok(FileAcceptance::Accepted(Box::new(answer.chat_item)))
            }
            cmd::ReceiveFileResponse::RcvFileAcceptedSndCancelled(answer) => {
                Ok(FileAcceptance::SenderCancelled(answer.rcv_file_transfer))
            }
        }
    }

    /// Cancels sending or receiving a file.
    ///
    /// # Errors
    /// Same as [`call`](Self::call); `fileCancel` if it is already cancelled.
    pub async fn cancel_file(&self, file: FileId) -> Result<FileCancellation, ApiError> {
        match self.call(&cmd::CancelFile::new(file)).await? {
            cmd::CancelFileResponse::SndFileCancelled(answer) => Ok(FileCancellation::Sent(answer.chat_item)),
            cmd::CancelFileResponse::RcvFileCancelled(answer) => Ok(FileCancellation::Received(answer.chat_item)),
        }
    }

    /// Returns the progress of a chat's file; `None` if the core does not report it, as for a file without a chat.
    ///
    /// # Errors
    /// Same as [`call`](Self::call); `fileNotFound`.
    pub async fn get_file_status(&self, file: FileId) -> Result<Option<CiFileStatus>, ApiError> {
        let cmd::FileStatusResponse::FileTransferStatusXftp(answer) = self.call(&cmd::FileStatus::new(file)).await?
        else {
            return Ok(None);
        };
        // The answer is a pair: the user and the item.
        let item = answer.data.get(1).and_then(|item| item.decode::<WithFile>().ok());
        Ok(item.and_then(|item| item.chat_item.file).map(|file| file.file_status))
    }

    /// Uploads a file without a chat. The event
    /// [`SndStandaloneFileComplete`](simplex_types::event::SndStandaloneFileComplete) has links to it, the `rcv_uris`: one
    /// for each recipient.
    ///
    /// # Errors
    /// Same as [`call`](Self::call); `fileNotFound`.
    pub async fn upload_standalone_file(&self, user: UserId, path: &str) -> Result<FileTransferMeta, ApiError> {
        Ok(self.call(&cmd::UploadStandaloneFile::new(user, plain_path(path))).await?.file_transfer_meta)
    }

    /// Downloads a file by its link, to a path on the file system of the core's temporary folder; the event
    /// [`RcvStandaloneFileComplete`](simplex_types::event::RcvStandaloneFileComplete) reports the end.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn download_standalone_file(
        &self,
        user: UserId,
        link: &str,
        path: &str,
    ) -> Result<RcvFileTransfer, ApiError> {
        Ok(*self.call(&cmd::DownloadStandaloneFile::new(user, link, plain_path(path))).await?.rcv_file_transfer)
    }

    /// Returns what a file's link says about the file, if anything.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn standalone_file_info(&self, link: &str) -> Result<Option<RawJson>, ApiError> {
        Ok(self.call(&cmd::StandaloneFileInfo::new(link)).await?.file_meta)
    }

    /// Sets the folders for stored files, temporary files and assets.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn set_file_paths(&self, paths: AppFilePaths) -> Result<(), ApiError> {
        self.call(&cmd::SetAppFilePaths::new(paths)).await.map(drop)
    }

    /// Sets the folder where files are stored.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn set_files_folder(&self, path: &str) -> Result<(), ApiError> {
        self.call(&cmd::SetFilesFolder::new(path)).await.map(drop)
    }

    /// Sets the folder for temporary files; before [`start_chat`](Self::start_chat), which begins to use it. The core
    /// moves received files from there to their place, which it can do within one file system and mount only.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn set_temp_folder(&self, path: &str) -> Result<(), ApiError> {
        self.call(&cmd::SetTempFolder::new(path)).await.map(drop)
    }

    /// Sets whether received files are stored encrypted.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn set_encrypt_local_files(&self, on: bool) -> Result<(), ApiError> {
        self.call(&cmd::SetEncryptLocalFiles::new().with_encrypt(on)).await.map(drop)
    }
}

/// A path that the parser cannot take for the key of an encrypted file.
fn plain_path(path: &str) -> String {
    if path.starts_with("key=") { format!("./{path}") } else { path.to_owned() }
}

/// As much of a chat item as the file's status needs: reading the whole record would be built here for this alone.
#[derive(Deserialize)]
struct WithFile {
    #[serde(rename = "chatItem")]
    chat_item: Inner,
}

#[derive(Deserialize)]
struct Inner {
    file: Option<File>,
}

#[derive(Deserialize)]
struct File {
    #[serde(rename = "fileStatus")]
    file_status: CiFileStatus,
}
