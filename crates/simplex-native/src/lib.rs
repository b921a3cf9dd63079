//! The native library of the SimpleX Chat core: found, fetched, loaded, called.
//!
//! The eight calls of the library are behind two traits that a test can implement: [`CoreLib`] opens a database and
//! [`Controller`] is an open one. All calls block. What would end or hang the process (texts with a NUL, paths that are
//! not UTF-8, a wait for ever, closing while a receive runs) is refused with a typed error before the call.
//!
//! All `unsafe` code of the project's bots is in [`library`], with its arguments. Nothing async lives here, and nothing
//! of the other crates.

mod binary;
pub mod db;
#[cfg(feature = "download")]
mod download;
pub mod files;
pub mod library;
pub mod locate;
mod lock;
#[cfg(feature = "mock")]
pub mod mock;
#[cfg(feature = "download")]
mod unpack;

use std::fmt::Debug;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

pub use bytes::Bytes;
pub use secrecy::{ExposeSecret, SecretString};

pub use db::{Confirm, Db, OpenError};
pub use files::{CryptoArgs, FileError};
pub use library::{Libsimplex, LoadError, RuntimeOptions};
pub use locate::{Backend, LibSource, LocateError, Progress};

/// A core's library. Open a database with it; read encrypted files, which needs no database.
pub trait CoreLib: Debug + Send + Sync + 'static {
    /// Opens a database, makes it where there is none, and migrates it as `confirm` allows.
    ///
    /// # Errors
    /// [`OpenError`] for every outcome that is not an open database.
    fn open(&self, db: &Db, confirm: Confirm) -> Result<Arc<dyn Controller>, OpenError>;

    /// Reads a file that [`Controller::write_file`] or the core wrote.
    ///
    /// # Errors
    /// [`FileError`] for a path the core cannot take, a wrong key, or a file that cannot be read.
    fn read_file(&self, path: &Path, args: &CryptoArgs) -> Result<Bytes, FileError>;

    /// Decrypts a file into another. After a wrong key the core leaves a file of garbage at `to`: it is removed.
    ///
    /// # Errors
    /// As [`CoreLib::read_file`].
    fn decrypt_file(&self, from: &Path, args: &CryptoArgs, to: &Path) -> Result<(), FileError>;

    /// Tells the library that the calling thread will not call again, so that its record of it goes.
    fn thread_done(&self) {}
}

/// An open database and the core that runs on it.
///
/// Commands may be sent by many threads at once; each event goes to one receiver.
pub trait Controller: Debug + Send + Sync + 'static {
    /// Sends a command and blocks until its answer, which may take as long as the network.
    ///
    /// # Errors
    /// [`CallError`] when there was no call or no answer.
    fn send_cmd(&self, command: &str) -> Result<Bytes, CallError>;

    /// The next event, or `None` when there was none within `wait` (taken as 1 µs to 30 min).
    ///
    /// # Errors
    /// [`CallError`] when there was no call or the library gave nothing.
    fn recv_msg_wait(&self, wait: Duration) -> Result<Option<Bytes>, CallError>;

    /// Closes the database. Stop the chat and end all receives first; closing twice is harmless.
    ///
    /// # Errors
    /// [`CallError::Receiving`] while a receive runs, which the core may not survive; [`CallError::Store`] with what the
    /// core says.
    fn close_store(&self) -> Result<(), CallError>;

    /// Writes `data` to an encrypted file and returns its key.
    ///
    /// # Errors
    /// [`FileError`] for a path the core cannot take, data over 2 GiB, or a file that cannot be written.
    fn write_file(&self, path: &Path, data: &[u8]) -> Result<CryptoArgs, FileError>;

    /// Encrypts a file into another and returns the key.
    ///
    /// # Errors
    /// As [`Controller::write_file`].
    fn encrypt_file(&self, from: &Path, to: &Path) -> Result<CryptoArgs, FileError>;
}

/// A call that was not made, or gave nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CallError {
    /// A C string ends at a NUL.
    #[error("the command has a NUL at byte {at}: the core would read it up to there only")]
    Nul {
        /// Where, in bytes.
        at: usize,
    },
    /// The library returned a null pointer, which it does when it is out of memory or broken.
    #[error("the core's library returned nothing from `{function}`")]
    Null {
        /// The library's function.
        function: &'static str,
    },
    /// The store is closed, so receiving is over.
    #[error("the database is closed")]
    Closed,
    /// Closing while a receive runs can end the process.
    #[error("the database cannot be closed while its events are being received: end the receive first")]
    Receiving,
    /// The core could not close its database.
    #[error("the core could not close its database: {reason}")]
    Store {
        /// What the core says.
        reason: String,
    },
}

impl<T: CoreLib + ?Sized> CoreLib for Arc<T> {
    fn open(&self, db: &Db, confirm: Confirm) -> Result<Arc<dyn Controller>, OpenError> {
        (**self).open(db, confirm)
    }

    fn read_file(&self, path: &Path, args: &CryptoArgs) -> Result<Bytes, FileError> {
        (**self).read_file(path, args)
    }

    fn decrypt_file(&self, from: &Path, args: &CryptoArgs, to: &Path) -> Result<(), FileError> {
        (**self).decrypt_file(from, args, to)
    }

    fn thread_done(&self) {
        (**self).thread_done();
    }
}
