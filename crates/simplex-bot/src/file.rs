//! Receiving files.

use std::fmt;
use std::future::IntoFuture;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::time::Duration;

use crate::api::FileAcceptance;
use crate::error::BotError;
use crate::message::Message;
use crate::runtime::{Awaited, Waits};
use crate::types::{ChatPagination, CiFile, CiFileStatus, CryptoFile, Event, FileId, cmd};
use crate::wait::settle;

/// How long a file may take, unless told otherwise.
const PATIENCE: Duration = Duration::from_secs(3600);
/// The largest file that is taken, unless told otherwise: what the protocol allows.
const LARGEST: u64 = 1 << 30;

const TAGS: &[&str] = &["rcvFileComplete", "rcvFileError", "rcvFileSndCancelled", "rcvFileProgressXFTP"];

type Watcher = Box<dyn Fn(u64, u64) + Send + Sync>;

impl Message {
    /// Receives the file that came with the message: awaited, it gives the file once it is there, whole.
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

/// A file to be received: made by [`Message::receive`].
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
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ReceivedFile {
    /// Where it is.
    pub path: PathBuf,
    /// How many bytes it has, as its sender said and the core checked.
    pub size: u64,
    /// The file as commands take it: with its key, where it lies encrypted.
    pub source: CryptoFile,
}

impl<'a> Receive<'a> {
    /// Puts the file into a folder, under its sender's name for it; a number is added where there is one of that name.
    pub fn into_folder(mut self, folder: impl AsRef<Path>) -> Self {
        self.folder = Some(folder.as_ref().to_owned());
        self
    }

    /// Takes no file larger than so many bytes.
    pub fn at_most(mut self, bytes: u64) -> Self {
        self.at_most = bytes;
        self
    }

    /// Keeps the file encrypted where it lies.
    pub fn encrypted(mut self) -> Self {
        self.encrypted = true;
        self
    }

    /// Fetches from servers that the bot has in its settings only: others learn its network address.
    pub fn known_servers_only(mut self) -> Self {
        self.any_server = false;
        self
    }

    /// Waits so long, in place of an hour.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Tells of progress: bytes that are here, bytes in all.
    pub fn on_progress(mut self, watcher: impl Fn(u64, u64) + Send + Sync + 'static) -> Self {
        self.progress = Some(Box::new(watcher));
        self
    }

    async fn run(self) -> Result<ReceivedFile, BotError> {
        let failed = |reason: &str| BotError::File(reason.to_owned());
        let file = self.message.file().ok_or_else(|| failed("the message has none"))?;
        let size = u64::try_from(file.file_size).unwrap_or(u64::MAX);
        if size > self.at_most {
            return Err(BotError::File(format!(
                "it has {size} bytes, more than the {} that are taken; `.at_most(…)` takes more",
                self.at_most
            )));
        }
        let waits = self.message.chat().waits()?;
        self.accept(file).await?;
        self.wait(&waits, file.file_id).await?;
        let source = self.source().await?.ok_or_else(|| failed("the core does not say where it is"))?;
        let mut path = PathBuf::from(&source.file_path);
        if let Some(folder) = &self.folder {
            path = tidy(&path, folder, &file.file_name).await.map_err(|error| {
                // Its own path has the name that its sender gave it.
                BotError::File(format!("it is here, but cannot be put into {}: {error}", folder.display()))
            })?;
        }
        let mut source = source;
        source.file_path = path.to_string_lossy().into_owned();
        Ok(ReceivedFile { path, size, source })
    }

    async fn accept(&self, file: &CiFile) -> Result<(), BotError> {
        let mut command = cmd::ReceiveFile::new(file.file_id).with_user_approved_relays(self.any_server);
        if self.encrypted {
            command = command.with_store_encrypted(true);
        }
        match self.message.api().accept_file(&command).await {
            Ok(FileAcceptance::SenderCancelled(_)) => Err(BotError::File("its sender took it back".into())),
            Ok(_) => Ok(()),
            // It is under way, or here: from before a restart.
            Err(error) if error.chat_error().is_some_and(|error| error.summary().contains("fileAlreadyReceiving")) => {
                Ok(())
            }
            Err(error) => Err(error.into()),
        }
    }

    async fn wait(&self, waits: &Waits, file: FileId) -> Result<(), BotError> {
        let look = async || {
            let status = self.message.api().get_file_status(file).await?;
            match status {
                Some(CiFileStatus::RcvComplete) => Ok(Some(())),
                Some(CiFileStatus::RcvCancelled) => Err(BotError::File("it was cancelled".into())),
                Some(CiFileStatus::RcvError { .. }) => Err(BotError::File("it cannot be had from its servers".into())),
                Some(CiFileStatus::RcvTransfer { rcv_progress, rcv_total, .. }) => {
                    if let Some(tell) = &self.progress {
                        let bytes = |n: i64| u64::try_from(n).unwrap_or(0);
                        tell(bytes(rcv_progress), bytes(rcv_total));
                    }
                    Ok(None)
                }
                _ => Ok(None),
            }
        };
        settle(waits, TAGS, self.timeout, Awaited::File(file), move |event| is_about(event, file), look).await
    }

    /// Where the core put it, as the message says now.
    async fn source(&self) -> Result<Option<CryptoFile>, BotError> {
        let (chat, item) = (self.message.chat_ref(), self.message.id());
        let page = self.message.api().get_chat(chat, ChatPagination::Around { item, count: 1 }).await?;
        let found = page.chat_items.into_iter().find(|found| found.id() == item);
        Ok(found.and_then(|found| found.file).and_then(|file| file.file_source))
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

/// Moves a file into a folder, under a name that leads nowhere else and that no other file there has.
async fn tidy(from: &Path, folder: &Path, name: &str) -> std::io::Result<PathBuf> {
    let (from, folder, name) = (from.to_owned(), folder.to_owned(), safe_name(name));
    let moved = tokio::task::spawn_blocking(move || {
        std::fs::create_dir_all(&folder)?;
        let (stem, extension) = match name.rsplit_once('.') {
            Some((stem, extension)) if !stem.is_empty() => (stem.to_owned(), format!(".{extension}")),
            _ => (name, String::new()),
        };
        for number in 0.. {
            let suffix = if number == 0 { String::new() } else { format!("_{number}") };
            let to = folder.join(format!("{stem}{suffix}{extension}"));
            // The name is taken by making it: two that are moved at once do not meet.
            match std::fs::OpenOptions::new().write(true).create_new(true).open(&to) {
                Ok(_) => {}
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => continue,
                Err(error) => return Err(error),
            }
            // To another file system it has to be copied.
            if std::fs::rename(&from, &to).is_err() {
                std::fs::copy(&from, &to)?;
                std::fs::remove_file(&from)?;
            }
            return Ok(to);
        }
        Err(std::io::ErrorKind::AlreadyExists.into())
    });
    moved.await.unwrap_or_else(|error| Err(std::io::Error::other(error)))
}

/// A sender's name for a file, as one of ours: no folders, no control characters, no hidden file.
fn safe_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last.chars().filter(|c| !c.is_control() && !"<>:\"|?*".contains(*c)).take(120).collect();
    let clean = clean.trim_matches(|c: char| c == '.' || c.is_whitespace());
    if clean.is_empty() { "file".to_owned() } else { clean.to_owned() }
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
    use super::safe_name;

    #[test]
    fn names_of_strangers_lead_nowhere() {
        for (name, safe) in [
            ("report.pdf", "report.pdf"),
            ("../../etc/passwd", "passwd"),
            ("..\\boot.ini", "boot.ini"),
            (".bashrc", "bashrc"),
            ("a\nb\0c:d", "abcd"),
            ("..", "file"),
            ("", "file"),
        ] {
            assert_eq!(safe_name(name), safe, "{name:?}");
        }
    }
}
