//! Receiving files.

mod names;

use std::fmt;
use std::future::IntoFuture;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::time::Duration;

use crate::api::{ApiError, FileAcceptance};
use crate::error::BotError;
use crate::message::Message;
use crate::runtime::{Awaited, Waits};
use crate::types::{ChatErrorType, ChatPagination, CiFile, CiFileStatus, CryptoFile, Event, FileError, FileId, cmd};
use crate::wait::{Watcher, bytes, settle};

use names::{can_move, free_path, leads_elsewhere, put_into};

/// The default timeout for receiving a file.
const PATIENCE: Duration = Duration::from_secs(3600);
/// The default limit for a file's size: the largest that the protocol allows.
const LARGEST: u64 = 1 << 30;

/// More than the padding of any file on the servers: files are stored there in chunks, of four megabytes at most.
const PADDING: u64 = 2 << 20;
/// By how much an encrypted file is larger than its content.
const SEAL: u64 = 16;
const LARGER: &str = "it is larger than its sender said";

const TAGS: &[&str] = &["rcvFileComplete", "rcvFileError", "rcvFileSndCancelled", "rcvFileProgressXFTP"];

impl Message {
    /// Receives the file that came with the message; awaiting it returns the file once all of it is here.
    ///
    /// The file is put [`into_folder`](Receive::into_folder), or else into the folder beside the database where files
    /// under way are ([`temp_folder`](crate::core::ChatCore::temp_folder)), and stays there. If that is not known (with
    /// PostgreSQL, or a CLI that was not started here), the core chooses the folder, which may be a temporary one. If
    /// the file's name is then a path to another folder, it is received only into a folder that the bot sets; and so is
    /// every file if the core was given a folder for files ([`set_files_folder`](crate::ChatApi::set_files_folder)),
    /// because it does not say where that is.
    ///
    /// ```
    /// # use simplex_bot::prelude::*;
    /// async fn keep(msg: FileMessage) -> Result<(), BotError> {
    ///     let file = msg.receive().into_folder("./inbox").at_most(10 << 20).await?;
    ///     println!("{} bytes in {}", file.size, file.path.display());
    ///     Ok(())
    /// }
    /// # let _: Router = Router::new().on(file(), keep);
    /// ```
    pub fn receive(&self) -> Receive<'_> {
        Receive {
            message: self,
            folder: None,
            at_most: LARGEST,
            encrypted: false,
            any_server: true,
            timeout: PATIENCE,
            progress: None,
        }
    }
}

/// A file to be received, made by [`Message::receive`].
///
/// # Errors
/// [`BotError::File`] if the message has none, its sender took it back, its servers do not have it, or it cannot be put
/// into the folder; [`BotError::FileTooLarge`]; [`BotError::Wait`] if the time is over or the bot stops, while the core
/// goes on: receiving it again waits for the rest; [`BotError::Api`] if the core does not accept it.
///
/// # Cancel safety
/// Not cancel safe: the file may still be received if the future is dropped.
#[must_use = "nothing is received until it is awaited"]
pub struct Receive<'a> {
    message: &'a Message,
    folder: Option<PathBuf>,
    at_most: u64,
    encrypted: bool,
    any_server: bool,
    timeout: Duration,
    progress: Option<Watcher>,
}

/// A file that was received.
#[derive(Clone)]
#[non_exhaustive]
pub struct ReceivedFile {
    /// Its path. The content there is encrypted if the [`source`](Self::source) has a key.
    pub path: PathBuf,
    /// Its size in bytes, as its sender said and the core checked.
    pub size: u64,
    /// The file as commands take it: with its key if it is stored encrypted.
    pub source: CryptoFile,
}

// Without the path: it contains the name that the sender gave the file.
impl fmt::Debug for ReceivedFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReceivedFile").field("size", &self.size).field("source", &self.source).finish_non_exhaustive()
    }
}

impl<'a> Receive<'a> {
    /// Puts the file into a folder, which is created if necessary, under its sender's name for it, made safe: without
    /// folders, a leading dot or hyphen, and characters that cannot be seen or that file systems refuse. If that name
    /// is taken, a number is added. If the folder is on another file system or mount than the database, the core keeps
    /// a copy beside that, and a message that is handled again has its file put there once more, under a further name.
    pub fn into_folder(mut self, folder: impl Into<PathBuf>) -> Self {
        self.folder = Some(folder.into());
        self
    }

    /// Refuses a file that is larger than this many bytes ([`BotError::FileTooLarge`]), or larger than its sender said;
    /// one gigabyte by default.
    ///
    /// ```
    /// # use simplex_bot::prelude::*;
    /// async fn keep(msg: FileMessage) -> Outcome {
    ///     match msg.receive().into_folder("./inbox").at_most(10 << 20).await {
    ///         Ok(file) => msg.reply(format!("I have all {} bytes of it.", file.size)).await,
    ///         Err(BotError::FileTooLarge { .. }) => msg.reply("That is too large: 10 MB at most, please.").await,
    ///         Err(error) => Err(error),
    ///     }
    /// }
    /// # let _: Router = Router::new().on(file(), keep);
    /// ```
    pub fn at_most(mut self, bytes: u64) -> Self {
        self.at_most = bytes;
        self
    }

    /// Keeps the stored file encrypted. A file that was received before stays as it is stored: plain, or encrypted,
    /// as apps do it. The library of the core decrypts it:
    ///
    /// ```no_run
    /// use simplex_bot::ReceivedFile;
    /// # #[cfg(feature = "native")]
    /// use simplex_bot::core::native::lib::{CoreLib, CryptoArgs};
    /// # #[cfg(feature = "native")]
    /// use simplex_bot::core::native::{LibSource, RuntimeOptions, load};
    ///
    /// # #[cfg(feature = "native")]
    /// async fn print(file: &ReceivedFile) -> Result<(), Box<dyn std::error::Error>> {
    ///     if let Some(args) = &file.source.crypto_args {
    ///         let library = load(LibSource::default(), RuntimeOptions::default(), |_| {}).await?;
    ///         let content = library.read_file(&file.path, &CryptoArgs::new(&args.file_key, &args.file_nonce))?;
    ///         println!("{} bytes", content.len());
    ///     }
    ///     Ok(())
    /// }
    /// ```
    pub fn encrypted(mut self) -> Self {
        self.encrypted = true;
        self
    }

    /// Downloads only from servers that are in the bot's settings: others would learn its network address.
    pub fn known_servers_only(mut self) -> Self {
        self.any_server = false;
        self
    }

    /// Sets how long to wait; one hour by default.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets a callback for progress: bytes received, and total bytes. It is not async: what is shown in the chat is edited
    /// beside it, as fast as edits are taken.
    ///
    /// ```
    /// # use simplex_bot::prelude::*;
    /// use simplex_bot::prelude::tokio::sync::watch;
    ///
    /// async fn keep(msg: FileMessage) -> Outcome<()> {
    ///     let shown = msg.reply("0 %").await?;
    ///     let (tell, mut told) = watch::channel(0);
    ///     let tell = move |done, of: u64| _ = tell.send_replace(100 * done / of.max(1));
    ///     let receive = async { msg.receive().into_folder("./inbox").on_progress(tell).await };
    ///     let show = async {
    ///         while told.changed().await.is_ok() {
    ///             let percent = *told.borrow_and_update();
    ///             shown.edit(format!("{percent} %")).await?;
    ///         }
    ///         Ok::<_, BotError>(())
    ///     };
    ///     let (file, edits) = tokio::join!(receive, show);
    ///     shown.edit(format!("I have all {} bytes of it.", file?.size)).await?;
    ///     edits
    /// }
    /// # let _: Router = Router::new().on(file(), keep);
    /// ```
    pub fn on_progress(mut self, watcher: impl Fn(u64, u64) + Send + Sync + 'static) -> Self {
        self.progress = Some(Box::new(watcher));
        self
    }

    async fn run(self) -> Result<ReceivedFile, BotError> {
        let failed = |reason: &str| BotError::File(reason.to_owned());
        let file = self.message.file().ok_or_else(|| failed("the message has none"))?;
        let size = u64::try_from(file.file_size).unwrap_or(u64::MAX);
        if size > self.at_most {
            return Err(BotError::FileTooLarge { size, at_most: self.at_most });
        }
        let waits = self.message.chat().waits()?;
        // The core resolves relative paths in a folder of its own.
        let folder = self.folder.as_deref().map(std::path::absolute).transpose();
        let folder = folder.map_err(|error| failed(&error.to_string()))?;
        self.accept(file, folder.as_deref()).await?;
        self.wait(&waits, file.file_id, size).await?;
        let mut source = self.source().await?.ok_or_else(|| failed("the core does not say where it is"))?;
        let mut path = PathBuf::from(&source.file_path);
        // From the program's own folder, it would be one of its files: senders choose names.
        if !is_whole(&source.file_path) {
            return Err(failed(
                "it is in the folder that the core was given for files (`set_files_folder`), and the core does not say \
                 which that is: a file that was accepted with `into_folder(…)` from the start is elsewhere",
            ));
        }
        if is_larger(path.clone(), size).await {
            return Err(failed(LARGER));
        }
        // The file was received before, into another folder, or the core could not move it to this one.
        if let Some(folder) = folder.filter(|folder| path.parent() != Some(folder)) {
            path = put_into(&path, folder.clone(), &file.file_name).await.map_err(|error| {
                // Without the file's own path: it contains the name that the sender gave the file.
                BotError::File(format!("it is here, but cannot be put into {}: {error}", folder.display()))
            })?;
        }
        source.file_path = path.to_string_lossy().into_owned();
        Ok(ReceivedFile { path, size, source })
    }

    /// Has the core receive the file directly into its final place, where a message that is handled again finds it, if
    /// the core can put it there.
    async fn accept(&self, file: &CiFile, mut folder: Option<&Path>) -> Result<(), BotError> {
        // The core moves the file there from where it keeps those under way, which it can do within one mount only. To
        // another one, the file is copied when it is here. The core's own choice may be on another one, too.
        let under_way = self.message.api().core().temp_folder();
        if let Some(from) = &under_way {
            let reached = match folder {
                Some(to) => can_move(from.clone(), to.to_owned()).await,
                None => false,
            };
            if !reached {
                folder = Some(from);
            }
        }
        let mut number = 0;
        loop {
            let mut command = cmd::ReceiveFile::new(file.file_id).with_user_approved_relays(self.any_server);
            if self.encrypted {
                command = command.with_store_encrypted(true);
            }
            if let Some(folder) = folder {
                let free = free_path(folder.to_owned(), file.file_name.clone(), number).await;
                let (path, at) = free
                    .map_err(|error| BotError::File(format!("it cannot be put into {}: {error}", folder.display())))?;
                number = at + 1;
                command.file_path = path.to_str().map(str::to_owned);
            }
            // If the core chooses the place itself, it may trust a path in the sender's name for the file.
            if command.file_path.is_none() && leads_elsewhere(&file.file_name) {
                return Err(BotError::File("its name leads elsewhere: it is received `into_folder(…)` only".into()));
            }
            return match self.message.api().accept_file(&command).await {
                Ok(FileAcceptance::SenderCancelled(_)) => Err(BotError::File("its sender took it back".into())),
                Ok(_) => Ok(()),
                // Something else has just taken the name: try the next one.
                Err(error) if matches!(error.error_type(), Some(ChatErrorType::FileAlreadyExists { .. })) => continue,
                // The path of the folder cannot be written in a command.
                Err(ApiError::Text(_)) if folder.is_some() => {
                    folder = None;
                    continue;
                }
                // Receiving began before a restart, and may have ended since.
                Err(error) if matches!(error.error_type(), Some(ChatErrorType::FileAlreadyReceiving { .. })) => Ok(()),
                Err(error) => Err(error.into()),
            };
        }
    }

    async fn wait(&self, waits: &Waits, file: FileId, size: u64) -> Result<(), BotError> {
        let look = async || {
            let status = self.message.api().get_file_status(file).await?;
            match status {
                Some(CiFileStatus::RcvComplete) => Ok(Some(())),
                Some(CiFileStatus::RcvCancelled) => Err(BotError::File("it was cancelled".into())),
                Some(CiFileStatus::RcvError { rcv_file_error, .. }) => {
                    Err(BotError::File(why_not_received(&rcv_file_error).into()))
                }
                // The file's servers become known only after it is accepted: if they are others, it becomes an
                // invitation again.
                Some(CiFileStatus::RcvInvitation | CiFileStatus::RcvAborted) => {
                    Err(BotError::File(match self.any_server {
                        true => "it was cancelled".into(),
                        false => "it is on servers that are none of the bot's".into(),
                    }))
                }
                // Some cores trust the size in the file's description, whatever the message said.
                Some(CiFileStatus::RcvTransfer { rcv_total, .. })
                    if bytes(rcv_total) > size.saturating_add(PADDING) =>
                {
                    match self.message.api().cancel_file(file).await {
                        Ok(_) => Err(BotError::File(LARGER.into())),
                        // It was completed in the meantime: its size is checked on disk.
                        Err(error) if matches!(error.error_type(), Some(ChatErrorType::FileCancel { .. })) => Ok(None),
                        Err(error) => Err(error.into()),
                    }
                }
                Some(CiFileStatus::RcvTransfer { rcv_progress, rcv_total, .. }) => {
                    if let Some(tell) = &self.progress {
                        tell(bytes(rcv_progress), bytes(rcv_total));
                    }
                    Ok(None)
                }
                _ => Ok(None),
            }
        };
        settle(waits, TAGS, self.timeout, Awaited::File(file), move |event| is_about(event, file), look).await
    }

    /// Where the core put the file, according to the message as it is now.
    async fn source(&self) -> Result<Option<CryptoFile>, BotError> {
        let (chat, item) = (self.message.chat_ref(), self.message.id());
        let page = self.message.api().get_chat(chat, ChatPagination::Around { item, count: 1 }).await?;
        let found = page.chat_items.into_iter().find(|found| found.id() == item);
        Ok(found.and_then(|found| found.file).and_then(|file| file.file_source))
    }
}

/// What went wrong, in words: the core's own may contain a path, with the name that the sender gave the file.
fn why_not_received(error: &FileError) -> &'static str {
    match error {
        FileError::Auth | FileError::NoFile => "its servers do not have it, or not any more",
        FileError::Blocked { .. } => "its server blocked it",
        FileError::Relay { .. } => "its server cannot be reached, or does not understand this core",
        _ => "the core could not receive it; is there room, and the right to write?",
    }
}

fn is_about(event: &Event, file: FileId) -> bool {
    let of_item = |item: &crate::types::AChatItem| item.chat_item.file.as_ref().is_some_and(|of| of.file_id == file);
    match event {
        Event::RcvFileComplete(event) => of_item(&event.chat_item),
        Event::RcvFileSndCancelled(event) => of_item(&event.chat_item),
        Event::RcvFileError(event) => event.rcv_file_transfer.file_id == file,
        Event::RcvFileProgressXftp(event) => event.rcv_file_transfer.file_id == file,
        _ => false,
    }
}

/// Whether a path from the core begins at a root.
fn is_whole(path: &str) -> bool {
    // A core elsewhere may run on Windows.
    let has_drive = matches!(path.as_bytes(), [letter, b':', b'\\' | b'/', ..] if letter.is_ascii_alphabetic());
    has_drive || Path::new(path).has_root()
}

/// Whether a file is larger than it may be; then it is deleted. A file that is not on this machine is not checked.
async fn is_larger(path: PathBuf, size: u64) -> bool {
    let look = move || {
        let larger = path.is_absolute()
            && path.metadata().is_ok_and(|file| file.is_file() && file.len() > size.saturating_add(SEAL));
        if larger && let Err(error) = std::fs::remove_file(&path) {
            tracing::warn!(%error, "a file that is larger than its sender said is not deleted");
        }
        larger
    };
    tokio::task::spawn_blocking(look).await.unwrap_or(false)
}

impl<'a> IntoFuture for Receive<'a> {
    type Output = Result<ReceivedFile, BotError>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'a>>;
    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

impl fmt::Debug for Receive<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Receive")
            .field("message", &self.message)
            .field("at_most", &self.at_most)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::{is_whole, why_not_received};
    use crate::types::FileError;

    #[test]
    fn a_path_of_another_system_is_whole() {
        assert!(["/home/bot/a.txt", r"C:\Users\bot\a.txt", "d:/a.txt"].into_iter().all(is_whole));
        assert!(!["a.txt", "C:a.txt", "a/b.txt", "ab:/c", ":/a", ""].into_iter().any(is_whole));
    }

    #[test]
    fn a_full_disk_is_not_blamed_on_servers() {
        let why = |json: &str| why_not_received(&serde_json::from_str::<FileError>(json).unwrap());
        let full =
            why(r#"{"type":"other","fileError":"INTERNAL {internalErr = \"/x/name.txt: No space left on device\"}"}"#);
        assert!(full.contains("is there room") && !full.contains("name.txt"), "{full}");
        assert!(why(r#"{"type":"auth"}"#).contains("do not have it"));
        assert!(why(r#"{"type":"relay","srvError":{"type":"host"}}"#).contains("cannot be reached"));
    }
}
