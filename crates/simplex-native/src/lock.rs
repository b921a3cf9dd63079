//! The lock file of a database: the core itself lets two processes open one database, which harms both.
//!
//! The lock of a SQLite database lies beside it. That of a PostgreSQL database lies in the user's cache folder: it only
//! keeps apart the processes of one user on one machine; others cannot be seen from here.

use std::cmp::Reverse;
use std::ffi::OsString;
use std::fs::{File, OpenOptions, TryLockError};
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use secrecy::ExposeSecret;

use crate::locate::user_cache;
use crate::{Db, OpenError};

/// Held while the database is open; the system releases it when the process ends, however it ends. A lock that was
/// passed to `mem::forget` is held until then.
#[derive(Debug)]
pub(crate) struct DbLock {
    number: u64,
}

/// The locks that this process holds, each with its file: the system does not say which process holds a lock.
static HELD: Mutex<Vec<(u64, PathBuf, File)>> = Mutex::new(Vec::new());

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
                let name = format!(
                    "{:016x}.lock",
                    fingerprint(&[&without_password(connection.expose_secret()), schema_prefix])
                );
                Self::take_file(schema_prefix.into(), folder.join(name))
            }
        }
    }

    fn take_file(prefix: PathBuf, lock: PathBuf) -> Result<Self, OpenError> {
        let failed = |source| OpenError::Lock { lock: lock.clone(), source };
        if let Some(folder) = lock.parent() {
            std::fs::create_dir_all(folder).map_err(failed)?;
        }
        // The file stays when the lock is released: if it were removed, a third process could lock a new file of that
        // name.
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(&lock).map_err(failed)?;
        // The same file can have several paths.
        let path = lock.canonicalize().map_err(failed)?;
        let mut held = HELD.lock().unwrap_or_else(PoisonError::into_inner);
        match file.try_lock() {
            Ok(()) => {
                let number = held.iter().map(|(number, ..)| number + 1).max().unwrap_or(0);
                held.push((number, path, file));
                Ok(Self { number })
            }
            Err(TryLockError::WouldBlock) => {
                Err(OpenError::InUse { prefix, here: held.iter().any(|(_, held, _)| *held == path), lock })
            }
            Err(TryLockError::Error(source)) => Err(failed(source)),
        }
    }
}

impl Drop for DbLock {
    fn drop(&mut self) {
        HELD.lock().unwrap_or_else(PoisonError::into_inner).retain(|(number, ..)| *number != self.number);
    }
}

/// A connection string without its password, which does not identify the database; nothing made of it is stored.
fn without_password(connection: &str) -> String {
    let mut text = connection.to_owned();
    // postgresql://user:password@host/database
    if let (Some(scheme), Some(host)) = (text.find("://"), text.rfind('@'))
        && let Some(colon) = text.get(scheme + 3..host).and_then(|user| user.find(':'))
    {
        text.replace_range(scheme + 3 + colon..host, "");
    }
    let is_url = ["postgresql://", "postgres://"].iter().any(|scheme| connection.starts_with(scheme));
    // host=h password='a b' dbname=d, or a URL's ?password=p&…; there may also be an sslpassword.
    let (mut rest, mut shown) = (&*text, String::new());
    while let Some((before, after)) = rest.split_once("password") {
        shown.push_str(before);
        rest = match after.trim_start().strip_prefix('=') {
            Some(value) if is_url => value.find('&').and_then(|end| value.get(end..)).unwrap_or_default(),
            Some(value) => after_value(value.trim_start()),
            None => {
                shown.push_str("password");
                after
            }
        };
    }
    shown + rest
}

/// What follows the value that a text of `key=value` pairs begins with. In one without quotes, a blank counts as part of
/// it unless a key follows: a password with a blank needs quotes, and may be without them by mistake.
fn after_value(text: &str) -> &str {
    let is_quoted = text.starts_with('\'');
    let mut chars = text.char_indices().skip(usize::from(is_quoted));
    while let Some((at, c)) = chars.next() {
        let after = text.get(at + c.len_utf8()..).unwrap_or_default();
        match c {
            '\\' => drop(chars.next()),
            '\'' if is_quoted => return after,
            _ if !is_quoted && c.is_ascii_whitespace() && begins_with_key(after) => {
                return text.get(at..).unwrap_or_default();
            }
            _ => {}
        }
    }
    ""
}

fn begins_with_key(text: &str) -> bool {
    let key = text.trim_start();
    let rest = key.trim_start_matches(|c: char| c.is_ascii_lowercase() || c == '_');
    rest.len() < key.len() && rest.trim_start().starts_with('=')
}

/// A message without what it quotes of the password in a connection string: one with an `@` or the like that is not escaped
/// is taken apart, and a part of it for a host or a port.
pub(crate) fn without_parts_of_password(message: &str, connection: &str) -> String {
    let parts = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric()).filter(|part| part.len() > 2).map(str::to_owned).collect()
    };
    let shown = parts(&without_password(connection));
    let mut secret = parts(connection);
    secret.retain(|part| !shown.contains(part) && part != "password");
    // A part of a longer one would leave the rest of that.
    secret.sort_by_key(|part| Reverse(part.len()));
    secret.iter().fold(message.to_owned(), |message, part| message.replace(part, "…"))
}

/// A short name for texts (FNV-1a): the same in every build, unlike that of the standard hasher.
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
    fn who_has_a_database_open_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let take = |name: &str| DbLock::take(&Db::sqlite(folder.path().join(name))).unwrap_err().to_string();
        std::fs::create_dir(folder.path().join("sub")).unwrap();
        let lock = DbLock::take(&Db::sqlite(folder.path().join("bot"))).unwrap();
        for name in ["bot", "sub/../bot"] {
            let said = take(name);
            assert!(said.contains("this process") && !said.contains("another process"), "{said}");
        }
        drop(lock);
        // Locked as another process would: not through `DbLock`.
        let other = File::options().write(true).open(folder.path().join("bot_bot.lock")).unwrap();
        other.lock().unwrap();
        let said = take("bot");
        assert!(said.contains("another process") && !said.contains("this process"), "{said}");
    }

    #[test]
    fn a_password_is_no_part_of_a_databases_name() {
        for (connection, rest) in [
            ("postgresql://u:p@h/d", "postgresql://u@h/d"),
            ("postgresql://u@h:5432/d", "postgresql://u@h:5432/d"),
            ("postgresql://h:5432/d", "postgresql://h:5432/d"),
            ("postgresql://h/d?password=p&user=u", "postgresql://h/d?&user=u"),
            ("host=h password='a b' dbname=d", "host=h  dbname=d"),
            ("host=h password=é", "host=h "),
            ("host=h password = p dbname=d", "host=h  dbname=d"),
            ("password=' a\\'b\\\\' dbname=d", " dbname=d"),
            ("password=a\\ b&c dbname=d", " dbname=d"),
            ("password=two words and=one user = u", " and=one user = u"),
            ("password=two words", ""),
            ("host=h password", "host=h password"),
            ("password='a", ""),
            ("sslpassword=a password=b dbname=d", "ssl  dbname=d"),
        ] {
            assert_eq!(without_password(connection), rest);
        }
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
            std::fs::remove_file(
                file.with_file_name(format!("{:016x}.lock", fingerprint(&[&without_password(&connection), schema]))),
            )
            .unwrap();
        }
    }
}
