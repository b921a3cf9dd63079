//! The lock file beside a database: the core itself lets two processes open one database, and both lose then.

use std::ffi::OsString;
use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

use crate::OpenError;

/// Held while the database is open; the system lets it go when the process ends, however it ends.
#[derive(Debug)]
pub(crate) struct DbLock(#[allow(dead_code)] File);

impl DbLock {
    pub(crate) fn take(prefix: &Path) -> Result<Self, OpenError> {
        let mut name = OsString::from(prefix);
        name.push("_bot.lock");
        let lock = PathBuf::from(name);
        let failed = |source| OpenError::Lock { lock: lock.clone(), source };
        if let Some(folder) = lock.parent() {
            std::fs::create_dir_all(folder).map_err(failed)?;
        }
        // The file stays when the lock goes: removing it would let a third process lock another file of that name.
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(&lock).map_err(failed)?;
        match file.try_lock() {
            Ok(()) => Ok(Self(file)),
            Err(TryLockError::WouldBlock) => Err(OpenError::InUse { prefix: prefix.into(), lock }),
            Err(TryLockError::Error(source)) => Err(failed(source)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_is_locked_until_it_is_let_go() {
        let folder = tempfile::tempdir().unwrap();
        let prefix = folder.path().join("deep/er/bot");
        let lock = DbLock::take(&prefix).unwrap();
        assert!(matches!(DbLock::take(&prefix), Err(OpenError::InUse { .. })));
        DbLock::take(&folder.path().join("deep/er/other")).unwrap();
        drop(lock);
        DbLock::take(&prefix).unwrap();
    }
}
