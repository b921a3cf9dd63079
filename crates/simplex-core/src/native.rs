//! The in-process core, over any [`CoreLib`].
//!
//! Each open database has one thread that only receives, a small set of command threads that are started on demand,
//! and one more thread that is reserved for [`Urgency::Control`]; this one also opens and closes the database.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use async_trait::async_trait;
pub use simplex_native::{self as lib, Confirm, LibSource, Libsimplex, LoadError, RuntimeOptions};
use simplex_native::{Bytes, CoreLib, CryptoArgs, Db, FileError, OpenError, Progress};
use tokio::sync::oneshot;
use tokio::time::timeout_at;

use crate::events::EventLimits;
use crate::threads::{Threads, Unanswered};
use crate::{ChatCore, CoreError, CoreEvent, Frame, Request, Urgency, deadline_in};

/// Options of an in-process core.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct NativeOptions {
    /// The maximum number of command threads, not counting the control thread. Each blocks in the core while its
    /// command runs.
    pub command_threads: usize,
    /// How many commands may be queued for a thread; further ones wait until there is room in the queue, or until
    /// their deadline.
    pub queued_commands: usize,
    /// The deadline of commands without their own.
    pub command_timeout: Duration,
    /// The deadline of opening, including migrations.
    pub open_timeout: Duration,
    /// How many events are buffered for a consumer slower than the core.
    pub events: EventLimits,
}

impl Default for NativeOptions {
    fn default() -> Self {
        Self {
            command_threads: 8,
            queued_commands: 256,
            command_timeout: Duration::from_secs(60),
            open_timeout: Duration::from_secs(600),
            events: EventLimits::default(),
        }
    }
}

/// An in-process core.
///
/// Close it with [`ChatCore::close`]. A core that is dropped without that is closed in the background, and errors go
/// unreported.
///
/// ```no_run
/// use std::time::Duration;
/// use simplex_core::native::lib::Db;
/// use simplex_core::native::{Confirm, LibSource, NativeCore, NativeOptions, RuntimeOptions, load};
/// use simplex_core::{ChatCore, Request};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let library = load(LibSource::default(), RuntimeOptions::default(), |progress| println!("{progress:?}")).await?;
/// let core = NativeCore::open(library, Db::sqlite("data/bot"), Confirm::YesUp, NativeOptions::default()).await?;
/// let version = core.send(Request::new("/version")?).await?;
/// println!("{}", version.body());
/// core.close(Duration::from_secs(10)).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct NativeCore {
    threads: Threads,
    command_timeout: Duration,
    /// The path of an SQLite database.
    database: Option<PathBuf>,
}

/// Finds, downloads and loads the library on a separate thread. `progress` is called from that thread.
///
/// With a channel it becomes a stream, which ends when loading ends:
///
/// ```no_run
/// use simplex_core::native::{LibSource, RuntimeOptions, load};
/// use tokio::sync::watch;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let (steps, mut seen) = watch::channel(None);
/// let loading = load(LibSource::default(), RuntimeOptions::default(), move |step| drop(steps.send_replace(Some(step))));
/// let show = async {
///     while seen.changed().await.is_ok() {
///         println!("{:?}", *seen.borrow_and_update());
///     }
/// };
/// let (library, ()) = tokio::join!(loading, show);
/// # library?;
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// [`LoadError`].
///
/// # Cancel safety
/// Dropping the future does not stop the download; it ends by its own deadlines.
pub async fn load(
    source: LibSource,
    options: RuntimeOptions,
    progress: impl FnMut(Progress) + Send + 'static,
) -> Result<Libsimplex, LoadError> {
    let (tx, rx) = oneshot::channel();
    let work = move || {
        let loaded = Libsimplex::load(&source, options, progress);
        if let Ok(library) = &loaded {
            library.thread_done();
        }
        tx.send(loaded).ok();
    };
    let thread = std::thread::Builder::new().name("simplex-load".to_owned()).spawn(work).map_err(LoadError::Thread)?;
    let loaded = rx.await;
    // It has sent its result or died, so it is about to end.
    thread.join().ok();
    loaded.unwrap_or_else(|_| Err(LoadError::Thread(std::io::Error::other("it died"))))
}

impl NativeCore {
    /// Opens a database and starts receiving. The chat itself is started by a command (`/_start`).
    ///
    /// # Errors
    /// [`OpenError`], with advice.
    ///
    /// # Cancel safety
    /// If the future is dropped, a database that still opens is closed again.
    pub async fn open(
        lib: impl CoreLib,
        mut db: Db,
        confirm: Confirm,
        options: NativeOptions,
    ) -> Result<Self, OpenError> {
        let command_timeout = options.command_timeout;
        let database = match &mut db {
            Db::Sqlite { prefix, .. } => {
                crate::fix(prefix);
                Some(prefix.clone())
            }
            _ => None,
        };
        let threads = Threads::open(Arc::new(lib), db, confirm, options).await?;
        Ok(Self { threads, command_timeout, database })
    }

    /// Writes `data` to an encrypted file and returns its key.
    ///
    /// # Errors
    /// [`FileError`]: a path that the core cannot take, data over 2 GiB, a file that cannot be written, no answer in
    /// time.
    ///
    /// # Cancel safety
    /// Not cancel safe: the file may still be written if the future is dropped.
    pub async fn write_file(&self, path: impl Into<PathBuf>, data: Bytes) -> Result<CryptoArgs, FileError> {
        self.file(path.into(), move |path, _, controller| controller.write_file(path, &data)).await
    }

    /// Encrypts a file into another and returns the key.
    ///
    /// # Errors
    /// Same as [`NativeCore::write_file`].
    ///
    /// # Cancel safety
    /// Same as [`NativeCore::write_file`].
    pub async fn encrypt_file(
        &self,
        from: impl Into<PathBuf>,
        to: impl Into<PathBuf>,
    ) -> Result<CryptoArgs, FileError> {
        let to = to.into();
        self.file(from.into(), move |from, _, controller| controller.encrypt_file(from, &to)).await
    }

    /// Reads an encrypted file.
    ///
    /// # Errors
    /// [`FileError`]: a wrong key, a file that cannot be read, no answer in time.
    ///
    /// # Cancel safety
    /// Cancel safe.
    pub async fn read_file(&self, path: impl Into<PathBuf>, args: CryptoArgs) -> Result<Bytes, FileError> {
        self.file(path.into(), move |path, lib, _| lib.read_file(path, &args)).await
    }

    /// Decrypts a file into another.
    ///
    /// # Errors
    /// Same as [`NativeCore::read_file`].
    ///
    /// # Cancel safety
    /// Same as [`NativeCore::write_file`].
    pub async fn decrypt_file(
        &self,
        from: impl Into<PathBuf>,
        args: CryptoArgs,
        to: impl Into<PathBuf>,
    ) -> Result<(), FileError> {
        let to = to.into();
        self.file(from.into(), move |from, lib, _| lib.decrypt_file(from, &args, &to)).await
    }

    async fn file<T: Send + 'static>(
        &self,
        path: PathBuf,
        call: impl FnOnce(&Path, &dyn CoreLib, &dyn lib::Controller) -> Result<T, FileError> + Send + 'static,
    ) -> Result<T, FileError> {
        let deadline = deadline_in(self.command_timeout);
        let call = {
            let path = path.clone();
            move |lib: &dyn CoreLib, controller: &dyn lib::Controller| call(&path, lib, controller)
        };
        let failed = |reason| FileError::NoAnswer { path, reason };
        match timeout_at(deadline, self.threads.run(Urgency::Normal, call)).await {
            Ok(Ok(result)) => result,
            Ok(Err(Unanswered::Refused(reason) | Unanswered::Interrupted(reason))) => Err(failed(reason)),
            Err(_) => Err(failed(format!("nothing within {:?}", self.command_timeout))),
        }
    }
}

#[async_trait]
impl ChatCore for NativeCore {
    async fn send(&self, request: Request) -> Result<Frame, CoreError> {
        let after = request.timeout().unwrap_or(self.command_timeout);
        let deadline = deadline_in(after);
        let command = request.words().to_owned();
        let urgency = request.urgency();
        // Set by the thread that makes the call or by the caller that gives up, whichever comes first, so that a command
        // that is reported as not sent is really not sent.
        let taken = Arc::new(AtomicBool::new(false));
        let call = {
            let taken = taken.clone();
            move |_: &dyn CoreLib, controller: &dyn lib::Controller| {
                let first = !taken.swap(true, Ordering::Relaxed);
                first.then(|| controller.send_cmd(request.text()).map(Frame::parse))
            }
        };
        match timeout_at(deadline, self.threads.run(urgency, call)).await {
            Ok(Ok(Some(Ok(answer)))) => Ok(answer),
            // The library returned no text: the command may have been executed.
            Ok(Ok(Some(Err(error)))) => Err(CoreError::Interrupted { command, reason: error.to_string() }),
            Ok(Err(Unanswered::Refused(reason))) => Err(CoreError::Closed { reason }),
            Ok(Err(Unanswered::Interrupted(reason))) => Err(CoreError::Interrupted { command, reason }),
            Err(_) if taken.swap(true, Ordering::Relaxed) => Err(CoreError::Timeout { command, after }),
            // Nobody else sets it.
            Ok(Ok(None)) | Err(_) => {
                let reason = format!("all its command threads were busy for {after:?}, so `{command}` was not sent");
                Err(CoreError::Unavailable { reason })
            }
        }
    }

    async fn recv(&self) -> Option<CoreEvent> {
        self.threads.events().recv().await
    }

    fn take_ready(&self, most: usize, into: &mut VecDeque<CoreEvent>) {
        self.threads.events().take_ready(most, into);
    }

    async fn close(&self, deadline: Duration) -> Result<(), CoreError> {
        self.threads.close(deadline).await
    }

    fn database(&self) -> Option<&Path> {
        self.database.as_deref()
    }
}
