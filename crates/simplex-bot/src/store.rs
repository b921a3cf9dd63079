//! Stores for state: in memory, in a file, in an SQLite database (feature `sqlite`), or your own, which
//! `testing::check_store` tests.
//!
//! Dialogues, schedules, broadcasts, sender lists and cooldowns keep their state here, each under its own name: one
//! store is enough for a bot. Two bots need two: each has its own contacts, and would treat the other's as deleted.
//!
//! A bot can keep state of its own there, too, under keys that begin with a name that nothing else uses:
//!
//! ```
//! use std::sync::Arc;
//!
//! use simplex_bot::prelude::*;
//! use simplex_bot::store::{MemoryStore, Store, Stored};
//!
//! async fn count(msg: Message, State(store): State<Arc<dyn Store>>) -> Result<(), HandlerError> {
//!     let key = format!("visits/{}", msg.chat_ref());
//!     let visits: u32 = match store.load(&key).await? {
//!         Some(stored) => stored.decode()?,
//!         None => 0,
//!     };
//!     store.save(&key, Stored::new(&(visits + 1))?).await?;
//!     msg.reply(format!("That was message {}.", visits + 1)).await?;
//!     Ok(())
//! }
//!
//! # use simplex_bot::testing::TestNetwork;
//! fn bot(store: Arc<dyn Store>) -> Bot<Arc<dyn Store>> {
//!     Bot::new("Counter").state(store).on(any(), count)
//! }
//! # simplex_bot::testing::run(async {
//! # let (net, store) = (TestNetwork::new(), MemoryStore::new());
//! # let mut bot = net.start(move || bot(Arc::new(store.clone()))).await;
//! # let alice = net.person("alice").connects_to(&bot).await;
//! # alice.send("hello").await;
//! # alice.expect("That was message 1.").await;
//! # bot.restarted().await;
//! # alice.send("hello").await;
//! # alice.expect("That was message 2.").await;
//! # });
//! ```

#[cfg(feature = "sqlite")]
mod sqlite;

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Bound;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use async_trait::async_trait;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use tokio::sync::{Mutex, OwnedMutexGuard};

use crate::schedule::now_in_seconds;

#[cfg(feature = "sqlite")]
pub use sqlite::SqliteStore;

/// A stored state.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stored {
    /// The version of the state's format.
    pub version: u32,
    /// The state, as JSON.
    pub state: String,
    /// When it was saved, in seconds since 1970.
    pub saved: u64,
}

// Without the state: it may hold what people wrote.
impl fmt::Debug for Stored {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = format_args!("<{} bytes>", self.state.len());
        let Self { version, saved, .. } = self;
        f.debug_struct("Stored").field("version", version).field("state", &state).field("saved", saved).finish()
    }
}

impl Stored {
    /// A state to be saved: `value` as JSON, with version 0, as of now.
    ///
    /// # Errors
    /// [`StoreError`] if the value cannot be written as JSON.
    pub fn new(value: &(impl Serialize + ?Sized)) -> Result<Self, StoreError> {
        let state = serde_json::to_string(value).map_err(|error| StoreError::new("write the state", error))?;
        Ok(Self { version: 0, state, saved: now_in_seconds() })
    }

    /// Reads the value back.
    ///
    /// # Errors
    /// [`StoreError`] if the state is not a `T`.
    pub fn decode<T: DeserializeOwned>(&self) -> Result<T, StoreError> {
        serde_json::from_str(&self.state).map_err(|error| StoreError::new("read the state", error))
    }
}

/// Why a store operation failed.
#[derive(thiserror::Error)]
#[error("the store cannot {what}: {reason}")]
pub struct StoreError {
    /// What was attempted.
    pub what: &'static str,
    /// Why it failed.
    pub reason: String,
}

/// Its message: `unwrap`, and a `main` that returns it in a box, print that.
impl fmt::Debug for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl StoreError {
    /// Makes an error of a store.
    pub fn new(what: &'static str, reason: impl ToString) -> Self {
        Self { what, reason: reason.to_string() }
    }
}

/// Stores states by key.
///
/// A state is loaded as it was saved; a save replaces; removing a missing key is not an error. Keys are any text.
///
/// # Cancel safety
/// If a future is dropped, the key has its old or its new state, and nothing in between.
#[async_trait]
pub trait Store: Send + Sync + 'static {
    /// Loads the state of a key.
    ///
    /// # Errors
    /// [`StoreError`] if it cannot be read.
    async fn load(&self, key: &str) -> Result<Option<Stored>, StoreError>;

    /// Saves a state under a key.
    ///
    /// # Errors
    /// [`StoreError`] if it is not saved.
    async fn save(&self, key: &str, state: Stored) -> Result<(), StoreError>;

    /// Removes a key.
    ///
    /// # Errors
    /// [`StoreError`] if it is still there.
    async fn remove(&self, key: &str) -> Result<(), StoreError>;

    /// The keys that begin with `prefix`, in any order; a bot goes through them when it starts.
    ///
    /// # Errors
    /// [`StoreError`] if they cannot be listed.
    async fn keys(&self, prefix: &str) -> Result<Vec<String>, StoreError>;
}

/// The keys of a sorted map that begin with `prefix`.
fn keys_of(states: &BTreeMap<String, Stored>, prefix: &str) -> Vec<String> {
    let from = states.range::<str, _>((Bound::Included(prefix), Bound::Unbounded));
    from.map(|(key, _)| key).take_while(|key| key.starts_with(prefix)).cloned().collect()
}

/// A store in memory: states are lost when the program ends. Clones share them.
#[derive(Debug, Clone, Default)]
pub struct MemoryStore(Arc<Mutex<BTreeMap<String, Stored>>>);

impl MemoryStore {
    /// An empty store.
    pub fn new() -> Self {
        Self::default()
    }
}

#[async_trait]
impl Store for MemoryStore {
    async fn load(&self, key: &str) -> Result<Option<Stored>, StoreError> {
        Ok(self.0.lock().await.get(key).cloned())
    }

    async fn save(&self, key: &str, state: Stored) -> Result<(), StoreError> {
        self.0.lock().await.insert(key.to_owned(), state);
        Ok(())
    }

    async fn remove(&self, key: &str) -> Result<(), StoreError> {
        self.0.lock().await.remove(key);
        Ok(())
    }

    async fn keys(&self, prefix: &str) -> Result<Vec<String>, StoreError> {
        Ok(keys_of(&*self.0.lock().await, prefix))
    }
}

/// A store in one JSON file, which is replaced atomically at each change: good for some thousand states. After a crash,
/// it is either the old file or the new one. Clones share it.
#[derive(Debug, Clone)]
pub struct FileStore {
    path: Arc<Path>,
    states: Arc<Mutex<BTreeMap<String, Stored>>>,
}

impl FileStore {
    /// Opens the file, or creates a new one, with the folder that it is in. Use one store per file: a second would not
    /// see the first's changes.
    ///
    /// # Errors
    /// [`StoreError`] if the file cannot be read, or was not written by a `FileStore`.
    ///
    /// # Cancel safety
    /// Cancel safe: at most, the folder was made.
    pub async fn open(path: impl Into<PathBuf>) -> Result<Self, StoreError> {
        let named: PathBuf = path.into();
        let name = named.clone();
        let failed = move |error: &dyn fmt::Display| StoreError::new("open its file", in_file(&name, error));
        let opened = tokio::task::spawn_blocking(move || {
            // Behind a symbolic link, the file itself is replaced, and not the link.
            let path = behind_links(&named);
            let bytes = make_folder(&path).and_then(|()| std::fs::read(&path));
            (path, bytes)
        });
        let (path, bytes) = opened.await.map_err(|error| failed(&error))?;
        let states = match bytes {
            Ok(bytes) => serde_json::from_slice(&bytes).map_err(|error| failed(&error))?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => BTreeMap::new(),
            Err(error) => return Err(failed(&error)),
        };
        Ok(Self { path: path.into(), states: Arc::new(Mutex::new(states)) })
    }

    /// Changes the states in memory after the file, and only if that was written; also if the caller no longer waits.
    async fn change(&self, change: impl FnOnce(&mut BTreeMap<String, Stored>)) -> Result<(), StoreError> {
        let states = Arc::clone(&self.states).lock_owned().await;
        let mut next = states.clone();
        change(&mut next);
        let path = Arc::clone(&self.path);
        let written = tokio::task::spawn_blocking(move || write(&path, states, next)).await;
        let failed = |error: &dyn fmt::Display| StoreError::new("write its file", in_file(&self.path, error));
        written.map_err(|error| failed(&error))?.map_err(|error| failed(&error))
    }
}

/// Makes the folder of a file, as the core does for its database.
pub(crate) fn make_folder(path: &Path) -> std::io::Result<()> {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => std::fs::create_dir_all(folder),
        _ => Ok(()),
    }
}

/// The file that a path leads to by symbolic links, whether it is there yet or not.
pub(crate) fn behind_links(path: &Path) -> PathBuf {
    let mut path = path.to_owned();
    // No system follows more links than this: in a circle, the file cannot be opened.
    for _ in 0..64 {
        let Ok(target) = std::fs::read_link(&path) else { break };
        path = path.with_file_name(target);
    }
    path.canonicalize().unwrap_or(path)
}

/// Creates the file that is to take the place of another, with that one's permissions: it may be for its owner alone.
pub(crate) fn successor(path: &Path) -> std::io::Result<(PathBuf, std::fs::File)> {
    let mut new = path.as_os_str().to_owned();
    new.push(".new");
    // One that a killed process left has permissions of its own.
    match std::fs::remove_file(&new) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let old = std::fs::metadata(path).ok().map(|old| old.permissions());
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    // Nobody else may open it before it has the other's.
    #[cfg(unix)]
    if old.is_some() {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    let file = options.open(&new)?;
    if let Some(old) = old
        // Not every file system has permissions to set.
        && old != file.metadata()?.permissions()
    {
        file.set_permissions(old)?;
    }
    Ok((new.into(), file))
}

/// The text of an error, with the path of the file.
fn in_file(path: &Path, error: &dyn fmt::Display) -> String {
    format!("{}: {error}", path.display())
}

fn write(
    path: &Path,
    mut states: OwnedMutexGuard<BTreeMap<String, Stored>>,
    next: BTreeMap<String, Stored>,
) -> std::io::Result<()> {
    let bytes = serde_json::to_vec(&next)?;
    let (new, mut file) = successor(path)?;
    std::io::Write::write_all(&mut file, &bytes)?;
    file.sync_all()?;
    std::fs::rename(&new, path)?;
    *states = next;
    Ok(())
}

#[async_trait]
impl Store for FileStore {
    async fn load(&self, key: &str) -> Result<Option<Stored>, StoreError> {
        Ok(self.states.lock().await.get(key).cloned())
    }

    async fn save(&self, key: &str, state: Stored) -> Result<(), StoreError> {
        self.change(|states| drop(states.insert(key.to_owned(), state))).await
    }

    async fn remove(&self, key: &str) -> Result<(), StoreError> {
        if self.load(key).await?.is_none() {
            return Ok(());
        }
        self.change(|states| drop(states.remove(key))).await
    }

    async fn keys(&self, prefix: &str) -> Result<Vec<String>, StoreError> {
        Ok(keys_of(&*self.states.lock().await, prefix))
    }
}

#[async_trait]
impl<S: Store + ?Sized> Store for Arc<S> {
    async fn load(&self, key: &str) -> Result<Option<Stored>, StoreError> {
        (**self).load(key).await
    }

    async fn save(&self, key: &str, state: Stored) -> Result<(), StoreError> {
        (**self).save(key, state).await
    }

    async fn remove(&self, key: &str) -> Result<(), StoreError> {
        (**self).remove(key).await
    }

    async fn keys(&self, prefix: &str) -> Result<Vec<String>, StoreError> {
        (**self).keys(prefix).await
    }
}
