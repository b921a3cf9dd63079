//! The native library of the SimpleX Chat core: finds, downloads, loads and calls it.
//!
//! The eight functions of the library are behind two traits that tests can implement: [`CoreLib`] opens a database,
//! and [`Controller`] is an open one. All calls block. Calls that would end or hang the process (texts with a NUL,
//! paths that are not UTF-8, closing while a receive runs) are refused with a typed error, and no wait is for ever.
//!
//! ```no_run
//! use std::time::Duration;
//! use simplex_native::{Confirm, CoreLib, Db, LibSource, Libsimplex, RuntimeOptions};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let library = Libsimplex::load(&LibSource::default(), RuntimeOptions::default(), |step| println!("{step:?}"))?;
//! let controller = library.open(&Db::sqlite("data/bot"), Confirm::YesUp)?;
//! println!("{:?}", controller.send_cmd("/version")?);
//! println!("{:?}", controller.recv_msg_wait(Duration::from_secs(1))?);
//! controller.send_cmd("/_stop")?;
//! controller.close_store()?;
//! # Ok(())
//! # }
//! ```
//!
//! All of the project's `unsafe` code that bots use is in [`library`], with its safety arguments. This crate has no
//! async code, and does not depend on the other crates.

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

/// The core's library. Opens databases, and reads encrypted files, which needs no database.
pub trait CoreLib: Debug + Send + Sync + 'static {
    /// Opens a database, creates it if it does not exist, and migrates it as far as `confirm` allows.
    ///
    /// # Errors
    /// [`OpenError`] for every outcome other than an open database.
    fn open(&self, db: &Db, confirm: Confirm) -> Result<Arc<dyn Controller>, OpenError>;

    /// Reads a file that [`Controller::write_file`] or the core wrote.
    ///
    /// # Errors
    /// [`FileError`] for a path that the core cannot take (until a database was opened, one that is not ASCII), a wrong
    /// key, or a file that cannot be read.
    fn read_file(&self, path: &Path, args: &CryptoArgs) -> Result<Bytes, FileError>;

    /// Decrypts a file into another, whole or not at all: after an error, what was at `to` before is there still.
    ///
    /// # Errors
    /// Same as [`CoreLib::read_file`], or if the file at `to` cannot be written.
    fn decrypt_file(&self, from: &Path, args: &CryptoArgs, to: &Path) -> Result<(), FileError>;

    /// Tells the library that the calling thread will make no more calls, so that it can free its record of the
    /// thread.
    fn thread_done(&self) {}
}

/// An open database, and the core that runs on it.
///
/// Many threads may send commands at once; each event goes to one receiver.
pub trait Controller: Debug + Send + Sync + 'static {
    /// Sends a command and blocks until its answer, which may take as long as the network does.
    ///
    /// # Errors
    /// [`CallError`] if the call was not made or returned nothing.
    fn send_cmd(&self, command: &str) -> Result<Bytes, CallError>;

    /// Returns the next event, or `None` if there was none within `wait` (clamped to 1 µs to 30 min).
    ///
    /// # Errors
    /// [`CallError`] if the call was not made or the library returned nothing.
    fn recv_msg_wait(&self, wait: Duration) -> Result<Option<Bytes>, CallError>;

    /// Closes the database. Stop the chat and end all receives first. Closing twice is harmless.
    ///
    /// # Errors
    /// [`CallError::Receiving`] while a receive runs, because the core might not survive it; [`CallError::Store`] with
    /// the core's message.
    fn close_store(&self) -> Result<(), CallError>;

    /// Writes `data` to an encrypted file, whole or not at all, and returns its key.
    ///
    /// # Errors
    /// [`FileError`] for a path that the core cannot take, data over 2 GiB, or a file that cannot be written.
    fn write_file(&self, path: &Path, data: &[u8]) -> Result<CryptoArgs, FileError>;

    /// Encrypts a file into another, whole or not at all, and returns the key.
    ///
    /// # Errors
    /// Same as [`Controller::write_file`].
    fn encrypt_file(&self, from: &Path, to: &Path) -> Result<CryptoArgs, FileError>;
}

/// A call that was not made, or returned nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CallError {
    /// The command contains a NUL, which ends a C string.
    #[error("the command has a NUL at byte {at}: the core would read it up to there only")]
    Nul {
        /// The position, in bytes.
        at: usize,
    },
    /// The library returned a null pointer, which happens when it is out of memory or broken.
    #[error("the core's library returned nothing from `{function}`")]
    Null {
        /// The name of the library's function.
        function: &'static str,
    },
    /// The store is closed, so there are no more events.
    #[error("the database is closed")]
    Closed,
    /// A receive is running: closing now could end the process.
    #[error("the database cannot be closed while its events are being received: end the receive first")]
    Receiving,
    /// The core could not close its database.
    #[error("the core could not close its database: {reason}")]
    Store {
        /// The core's message.
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
