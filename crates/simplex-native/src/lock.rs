//! The lock file of a database: the core itself lets two processes open one database, and both lose then.
//!
//! It lies beside a SQLite database. That of a PostgreSQL database lies in the user's cache folder, so it keeps apart
//! what one user runs on one machine; nothing here can see the others.

use std::ffi::OsString;
use std::fs::{File, OpenOptions, TryLockError};
use std::path::PathBuf;

use secrecy::ExposeSecret;

use crate::locate::user_cache;
use crate::{Db, OpenError};

/// Held while the database is open; the system lets it go when the process ends, however it ends.
#[derive(Debug)]
pub(crate) struct DbLock(#[allow(dead_code)] File);

impl DbLock {
    /// Takes the lock of a database.
    pub(crate) fn take(db: &Db) -> Result<Self, OpenError> {
        match db {
            Db::Sqlite { prefix, .. } => {
                let mut name = OsString::from(prefix);
                name.push("_bot.lock");
                Self::take_file(prefix.clone(), name.into())
            }
            Db::Postgres { connection, schema_prefix } => {
                let folder = user_cache().unwrap_or_else(std::env::temp_dir).join("simplex-chat/locks");
                let name = format!("{:016x}.lock", fingerprint(&[connection.expose_secret(), schema_prefix]));
                Self::take_file(schema_prefix.into(), folder.join(name))
            }
        }
    }

    fn take_file(prefix: PathBuf, lock: PathBuf) -> Result<Self, OpenError> {
        let failed = |source| OpenError::Lock { lock: lock.clone(), source };
        if let Some(folder) = lock.parent() {
            std::fs::create_dir_all(folder).map_err(failed)?;
        }
        // The file stays when the lock goes: removing it would let a third process lock another file of that name.
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(&lock).map_err(failed)?;
        match file.try_lock() {
            Ok(()) => Ok(Self(file)),
            Err(TryLockError::WouldBlock) => Err(OpenError::InUse { prefix, lock }),
            Err(TryLockError::Error(source)) => Err(failed(source)),
        }
    }
}

/// A name for texts that must not be read from it (FNV-1a): the same in every build, as the standard hasher is not.
fn fingerprint(texts: &[&str]) -> u64 {
    let bytes = texts.iter().flat_map(|text| text.bytes().chain([0]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_is_locked_until_it_is_let_go() {
        let folder = tempfile::tempdir().unwrap();
        let take = |name| DbLock::take(&Db::sqlite(folder.path().join(name)));
        let lock = take("deep/er/bot").unwrap();
        assert!(matches!(take("deep/er/bot"), Err(OpenError::InUse { .. })));
        take("deep/er/other").unwrap();
        drop(lock);
        take("deep/er/bot").unwrap();
    }

    #[test]
    fn so_is_one_on_a_server_whose_name_tells_nothing() {
        let connection = format!("postgresql://u:secret@h/{}", std::process::id());
        let take = |schema| DbLock::take(&Db::postgres(&connection, schema));
        let lock = take("bot").unwrap();
        let Err(OpenError::InUse { lock: file, .. }) = take("bot") else { panic!("locked twice") };
        assert!(!file.to_string_lossy().contains("secret"));
        take("other").unwrap();
        drop(lock);
        take("bot").unwrap();
        for schema in ["bot", "other"] {
            std::fs::remove_file(file.with_file_name(format!("{:016x}.lock", fingerprint(&[&connection, schema]))))
                .unwrap();
        }
    }
}
