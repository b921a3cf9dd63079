//! States in an SQLite database.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use rusqlite::{Connection, ErrorCode, OptionalExtension};
use tokio::sync::Mutex;

use super::{Store, StoreError, Stored, in_file, make_folder};

/// The application id that marks a database as such a store: "SXBT".
const APPLICATION: i32 = 0x5358_4254;
/// The version of its tables.
const VERSION: i32 = 1;
/// How long to wait for another process that holds the database locked.
const BUSY: Duration = Duration::from_secs(5);

/// A store in an SQLite database of its own: for any number of states, and for several processes at once.
///
/// A saved state is on disk: neither a kill nor a loss of power takes it back. SQLite is built into the program. Do not
/// use the core's database, which only the core should write to: a database of something else is refused. Needs the
/// feature `sqlite`.
///
/// ```
/// use simplex_bot::store::{SqliteStore, Store};
///
/// # simplex_bot::testing::run(async {
/// # let folder = tempfile::tempdir()?;
/// # let path = folder.path().join("states.db");
/// let store = SqliteStore::open(path).await?;
/// assert!(store.load("nobody").await?.is_none());
/// # Ok::<_, Box<dyn std::error::Error>>(()) }).unwrap();
/// ```
#[derive(Clone)]
pub struct SqliteStore(Arc<Mutex<Connection>>);

impl SqliteStore {
    /// Opens a database, or creates a new one, with the folder that it is in.
    ///
    /// # Errors
    /// [`StoreError`] if it cannot be opened, is not a database, belongs to something else, or has a newer version.
    ///
    /// # Cancel safety
    /// Cancel safe: at most, the database was made.
    pub async fn open(path: impl Into<PathBuf>) -> Result<Self, StoreError> {
        let path = path.into();
        let opened = tokio::task::spawn_blocking(move || open(&path)).await;
        let connection = opened.map_err(|error| StoreError::new("open its database", error))??;
        Ok(Self(Arc::new(Mutex::new(connection))))
    }

    /// Does something with the database, off the async threads: one call after another. Work that has begun is
    /// completed even if the caller no longer waits for it.
    async fn run<T: Send + 'static>(
        &self,
        what: &'static str,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, StoreError> {
        let connection = Arc::clone(&self.0).lock_owned().await;
        let done = tokio::task::spawn_blocking(move || work(&connection)).await;
        done.map_err(|error| StoreError::new(what, error))?.map_err(|error| StoreError::new(what, error))
    }
}

fn open(path: &std::path::Path) -> Result<Connection, StoreError> {
    let refused = |why: &dyn fmt::Display| StoreError::new("open its database", in_file(path, why));
    let failed = |error: rusqlite::Error| refused(&error);
    // A URI's folder is not that of the path.
    if !path.as_os_str().as_encoded_bytes().starts_with(b"file:") {
        make_folder(path).map_err(|error| refused(&error))?;
    }
    let mut connection = Connection::open(path).map_err(failed)?;
    connection.busy_timeout(BUSY).map_err(failed)?;
    let change = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate).map_err(failed)?;
    let number = |pragma| change.pragma_query_value(None, pragma, |row| row.get::<_, i32>(0)).map_err(failed);
    let tables: i64 = change.query_row("SELECT count(*) FROM sqlite_master", [], |row| row.get(0)).map_err(failed)?;
    match (number("application_id")?, number("user_version")?) {
        (APPLICATION, VERSION) => {}
        (APPLICATION, newer) => {
            return Err(refused(&format_args!("it is of version {newer}, this knows {VERSION}")));
        }
        (0, 0) if tables == 0 => {
            let table = "CREATE TABLE states (
                key TEXT PRIMARY KEY, version INTEGER NOT NULL, state TEXT NOT NULL, saved INTEGER NOT NULL
            ) WITHOUT ROWID";
            change.execute_batch(table).map_err(failed)?;
            change.pragma_update(None, "application_id", APPLICATION).map_err(failed)?;
            change.pragma_update(None, "user_version", VERSION).map_err(failed)?;
        }
        _ => return Err(refused(&"it is a database of something else")),
    }
    change.commit().map_err(failed)?;
    // With WAL, readers and a writer do not wait for each other. If the file system does not support it, the journal
    // mode stays as it was; also if another process is using the database just now, until it is opened again.
    connection.busy_timeout(Duration::ZERO).map_err(failed)?;
    match connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(())) {
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) => {}
        changed => changed.map_err(failed)?,
    }
    connection.busy_timeout(BUSY).map_err(failed)?;
    connection.pragma_update(None, "synchronous", "FULL").map_err(failed)?;
    Ok(connection)
}

#[async_trait]
impl Store for SqliteStore {
    async fn load(&self, key: &str) -> Result<Option<Stored>, StoreError> {
        let key = key.to_owned();
        self.run("load a state", move |connection| {
            let mut found = connection.prepare_cached("SELECT version, state, saved FROM states WHERE key = ?1")?;
            let stored = found.query_row([key], |row| {
                let saved: i64 = row.get(2)?;
                Ok(Stored { version: row.get(0)?, state: row.get(1)?, saved: u64::try_from(saved).unwrap_or(0) })
            });
            stored.optional()
        })
        .await
    }

    async fn save(&self, key: &str, state: Stored) -> Result<(), StoreError> {
        let key = key.to_owned();
        self.run("save a state", move |connection| {
            let mut save = connection.prepare_cached(
                "INSERT INTO states (key, version, state, saved) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (key) DO UPDATE SET version = ?2, state = ?3, saved = ?4",
            )?;
            let saved = i64::try_from(state.saved).unwrap_or(i64::MAX);
            save.execute((key, state.version, state.state, saved)).map(drop)
        })
        .await
    }

    async fn remove(&self, key: &str) -> Result<(), StoreError> {
        let key = key.to_owned();
        self.run("remove a state", move |connection| {
            connection.prepare_cached("DELETE FROM states WHERE key = ?1")?.execute([key]).map(drop)
        })
        .await
    }

    async fn keys(&self, prefix: &str) -> Result<Vec<String>, StoreError> {
        let prefix = prefix.to_owned();
        self.run("look through its states", move |connection| {
            // SQLite orders keys by their bytes, as Rust orders strings: from the prefix on, those that begin with it
            // come first.
            let mut found = connection.prepare_cached("SELECT key FROM states WHERE key >= ?1 ORDER BY key")?;
            let keys = found.query_map([&prefix], |row| row.get::<_, String>(0))?;
            keys.take_while(|key| key.as_ref().map_or(true, |key| key.starts_with(&prefix))).collect()
        })
        .await
    }
}

impl fmt::Debug for SqliteStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SqliteStore")
    }
}
