//! The database to open, and every outcome of opening it.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

use crate::Backend;
use crate::lock::without_parts_of_password;

/// The database of a core.
#[derive(Clone)]
#[non_exhaustive]
pub enum Db {
    /// Two SQLite files: `<prefix>_chat.db` and `<prefix>_agent.db`. Missing folders are created.
    Sqlite {
        /// The prefix of the paths, such as `data/bot`.
        prefix: PathBuf,
        /// The SQLCipher key; empty for an unencrypted database.
        key: SecretString,
    },
    /// A PostgreSQL database, for libraries of that backend.
    Postgres {
        /// The connection string, such as `postgresql://user@/database`.
        connection: SecretString,
        /// The prefix of the schema names.
        schema_prefix: String,
    },
}

impl Db {
    /// An unencrypted SQLite database.
    pub fn sqlite(prefix: impl Into<PathBuf>) -> Self {
        Self::Sqlite { prefix: prefix.into(), key: SecretString::default() }
    }

    /// An encrypted SQLite database.
    pub fn sqlite_encrypted(prefix: impl Into<PathBuf>, key: impl Into<String>) -> Self {
        Self::Sqlite { prefix: prefix.into(), key: SecretString::from(key.into()) }
    }

    /// A PostgreSQL database.
    pub fn postgres(connection: impl Into<String>, schema_prefix: impl Into<String>) -> Self {
        Self::Postgres { connection: SecretString::from(connection.into()), schema_prefix: schema_prefix.into() }
    }

    /// The backend that the library must have for this database.
    pub fn backend(&self) -> Backend {
        match self {
            Self::Sqlite { .. } => Backend::Sqlite,
            Self::Postgres { .. } => Backend::Postgres,
        }
    }

    fn secret(&self) -> &str {
        match self {
            Self::Sqlite { key, .. } => key.expose_secret(),
            Self::Postgres { connection, .. } => connection.expose_secret(),
        }
    }
}

impl fmt::Debug for Db {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite { prefix, key } => f
                .debug_struct("Sqlite")
                .field("prefix", prefix)
                .field("encrypted", &!key.expose_secret().is_empty())
                .finish(),
            Self::Postgres { schema_prefix, .. } => {
                f.debug_struct("Postgres").field("schema_prefix", schema_prefix).finish_non_exhaustive()
            }
        }
    }
}

/// Which migrations may run without asking. The core's fourth mode, which asks on the terminal, is not offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Confirm {
    /// Migrations to a newer schema.
    #[default]
    YesUp,
    /// Migrations to a newer schema, and back to an older one, which can lose data.
    YesUpDown,
    /// No migrations.
    Error,
}

impl Confirm {
    /// The mode as the library spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::YesUp => "yesUp",
            Self::YesUpDown => "yesUpDown",
            Self::Error => "error",
        }
    }
}

/// Why a database could not be opened.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// The database is already open, in another process or elsewhere in this one.
    #[error("the database {} is open {}; its lock is {}", prefix.display(), who(*here), lock.display())]
    InUse {
        /// The database.
        prefix: PathBuf,
        /// The lock file.
        lock: PathBuf,
        /// Whether this process has it open, rather than another.
        here: bool,
    },
    /// The lock file beside the database cannot be created.
    #[error("cannot lock the database with {}: {source}; are it and its folder writable?", lock.display())]
    Lock {
        /// The lock file.
        lock: PathBuf,
        /// The system's message.
        source: std::io::Error,
    },
    /// The core would end the process on this text, or open another database.
    #[error("the core cannot take {value:?} as a database's {what}: {why}")]
    Text {
        /// What the text was for.
        what: &'static str,
        /// The text, made printable; never a secret.
        value: String,
        /// The reason.
        why: &'static str,
    },
    /// The library has the other backend.
    #[error(
        "the library is built for {library}, the database is {database}: fetch the {database} library, or change the database"
    )]
    Backend {
        /// The library's backend.
        library: Backend,
        /// The database's backend.
        database: Backend,
    },
    /// The key is wrong or missing, or was given for an unencrypted database; or the file is not a database.
    #[error("{db_file} cannot be read: the key is wrong or missing, or the file is not a database of the core")]
    WrongKey {
        /// The file.
        db_file: String,
    },
    /// The schema is older than the library, and [`Confirm`] does not allow migrating it.
    #[error("{db_file} needs {} migrations up (from {}): back it up, then open with Confirm::YesUp", migrations.len(), first(migrations))]
    UpgradeNeeded {
        /// The file.
        db_file: String,
        /// The names of the migrations.
        migrations: Vec<String>,
    },
    /// The schema is newer than the library, but can be migrated back.
    #[error(
        "{db_file} was written by a newer core ({} migrations, from {}): use a newer library, or back it up and open with Confirm::YesUpDown",
        migrations.len(), first(migrations)
    )]
    NewerDatabase {
        /// The file.
        db_file: String,
        /// The names of the migrations to revert.
        migrations: Vec<String>,
    },
    /// The schema has diverged from the library's, and cannot be migrated to it.
    #[error("{db_file} cannot be migrated ({reason}): use the library version that wrote it, or a newer one")]
    Incompatible {
        /// The file.
        db_file: String,
        /// The core's message.
        reason: String,
    },
    /// SQL, the file system, or the connection to the server failed.
    #[error("{db_file} cannot be opened: {reason}; {}", sql_advice(*backend))]
    Sql {
        /// The database's backend.
        backend: Backend,
        /// The file, or the prefix of the schema names.
        db_file: String,
        /// The core's message.
        reason: String,
    },
    /// An outcome that this crate does not know.
    #[error("the database cannot be opened: the core answered {answer}")]
    Other {
        /// The core's answer, without secrets.
        answer: String,
    },
    /// The library returned a null pointer.
    #[error("the database cannot be opened: the library gave no answer")]
    Null,
    /// The core did not open the database in time. If it still opens, it is closed again.
    #[error("the database did not open within {0:?}; a large migration may need a longer deadline")]
    Timeout(Duration),
    /// No thread could be started, or it died.
    #[error("the thread that opens the database failed: {0}")]
    Thread(std::io::Error),
}

/// Its message: `unwrap`, and a `main` that returns it in a box, print that.
impl fmt::Debug for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

fn who(here: bool) -> &'static str {
    match here {
        true => {
            "in this process already: use or close what has it open (what was dropped without being closed has, until \
                 the process ends), or give this one a database of its own"
        }
        false => "in another process: stop that, or give this one a database of its own",
    }
}

fn sql_advice(backend: Backend) -> &'static str {
    match backend {
        Backend::Sqlite => "check the path, its rights, the free space, and that no other program has it open",
        Backend::Postgres => "check the connection string, the user's rights, and that the server runs",
    }
}

fn first(names: &[String]) -> &str {
    names.first().map_or("?", String::as_str)
}

impl OpenError {
    /// Parses the library's answer to opening `db`; `Ok` means that the database is open.
    ///
    /// # Errors
    /// The outcome, if it is another one.
    pub fn from_answer(answer: &[u8], db: &Db) -> Result<(), Self> {
        let text = String::from_utf8_lossy(answer);
        let clean = |text: &str| {
            let text = match db.secret() {
                "" => text.to_owned(),
                secret => text.replace(secret, "…"),
            };
            let text = match db {
                Db::Sqlite { .. } => text,
                Db::Postgres { connection, .. } => without_parts_of_password(&text, connection.expose_secret()),
            };
            // In the statement that sets it, the key has quotes and escapes, so that searching for the plain key fails.
            match text.split_once("PRAGMA key") {
                Some((before, key)) => format!("{before}PRAGMA key…{}", key.rsplit('\'').next().unwrap_or_default()),
                None => text,
            }
        };
        let other = || Self::Other { answer: clean(&text) };
        let Ok(value) = serde_json::from_str::<Value>(&text) else { return Err(other()) };
        let string = |value: &Value, key: &str| value.get(key).and_then(Value::as_str).map(clean);
        let db_file = || string(&value, "dbFile").unwrap_or_default();
        Err(match value.get("type").and_then(Value::as_str) {
            Some("ok") => return Ok(()),
            Some("errorNotADatabase") => Self::WrongKey { db_file: db_file() },
            Some("errorSQL") => {
                let reason = string(&value, "migrationSQLError").unwrap_or_default();
                Self::Sql { backend: db.backend(), db_file: db_file(), reason }
            }
            Some("errorMigration") => {
                let Some(error) = value.get("migrationError") else { return Err(other()) };
                let names = |key: &str| -> Vec<String> {
                    let items = error.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
                    let name = |item: &Value| item.as_str().map(clean).or_else(|| string(item, "upName"));
                    items.iter().filter_map(name).collect()
                };
                match error.get("type").and_then(Value::as_str) {
                    Some("upgrade") => Self::UpgradeNeeded { db_file: db_file(), migrations: names("upMigrations") },
                    Some("downgrade") => {
                        Self::NewerDatabase { db_file: db_file(), migrations: names("downMigrations") }
                    }
                    Some("migrationError") => {
                        let reason = error.get("mtrError").unwrap_or(error).to_string();
                        Self::Incompatible { db_file: db_file(), reason: clean(&reason) }
                    }
                    _ => other(),
                }
            }
            _ => other(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(answer: &str) -> Result<(), OpenError> {
        OpenError::from_answer(answer.as_bytes(), &Db::sqlite_encrypted("/data/bot", "top secret"))
    }

    #[test]
    fn every_recorded_outcome_has_an_error_of_its_own() {
        read(r#"{"type":"ok"}"#).unwrap();
        assert!(matches!(
            read(r#"{"type":"errorNotADatabase","dbFile":"/data/bot_chat.db"}"#),
            Err(OpenError::WrongKey { db_file }) if db_file == "/data/bot_chat.db"
        ));
        let up = r#"{"type":"errorMigration","dbFile":"f","migrationError":{"type":"upgrade","upMigrations":[{"upName":"20250802_chat_peer_type","withDown":true}]}}"#;
        assert!(
            matches!(read(up), Err(OpenError::UpgradeNeeded { migrations, .. }) if migrations == ["20250802_chat_peer_type"])
        );
        let down = r#"{"type":"errorMigration","dbFile":"f","migrationError":{"type":"downgrade","downMigrations":["29990101_future"]}}"#;
        assert!(
            matches!(read(down), Err(OpenError::NewerDatabase { migrations, .. }) if migrations == ["29990101_future"])
        );
        let no_down = r#"{"type":"errorMigration","dbFile":"f","migrationError":{"type":"migrationError","mtrError":{"type":"noDown","dbMigrations":["29990102_nodown"]}}}"#;
        assert!(
            matches!(read(no_down), Err(OpenError::Incompatible { reason, .. }) if reason.contains("29990102_nodown"))
        );
        let sql = r#"{"type":"errorSQL","dbFile":"/proc/nope/db_chat.db","migrationSQLError":"createDirectory: does not exist"}"#;
        assert!(matches!(read(sql), Err(OpenError::Sql { reason, .. }) if reason.contains("createDirectory")));
        for odd in [r#"{"type":"invalidConfirmation"}"#, r#"{"type":"agentError"}"#, "", "null", "[", "\u{0}"] {
            assert!(matches!(read(odd), Err(OpenError::Other { .. })), "{odd}");
        }
        let bytes = b"{\"type\":\"errorSQL\",\"dbFile\":\"caf\xff\",\"migrationSQLError\":\"locked\"}";
        let error = OpenError::from_answer(bytes, &Db::sqlite("p"));
        assert!(matches!(error, Err(OpenError::Sql { reason, .. }) if reason == "locked"));
    }

    /// What a `main` prints that returns it in a box.
    #[test]
    fn its_debug_is_its_advice_too() {
        let error = read(r#"{"type":"errorNotADatabase","dbFile":"/data/bot_chat.db"}"#).unwrap_err();
        assert_eq!(format!("{error:?}"), error.to_string());
    }

    #[test]
    fn keys_show_nowhere() {
        let db = Db::sqlite_encrypted("p", "top secret");
        let error =
            read(r#"{"type":"errorSQL","dbFile":"f","migrationSQLError":"PRAGMA key = 'top secret'"}"#).unwrap_err();
        let postgres = Db::postgres("postgresql://u:top secret@h/d", "s");
        for shown in [format!("{db:?}"), format!("{postgres:?}"), error.to_string(), format!("{error:?}")] {
            assert!(!shown.contains("top secret"), "{shown}");
        }
    }

    #[test]
    fn nor_does_one_that_the_core_writes_otherwise() {
        let db = Db::sqlite_encrypted("p", "it's \"quoted\" ä");
        // A quote is doubled in SQL; the error shows the statement with escapes of its own.
        let said = r#"SQLite3 returned ErrorIO while attempting to perform exec "PRAGMA key = 'it''s \"quoted\" \228';": disk I/O error"#;
        let sql = serde_json::json!({ "type": "errorSQL", "dbFile": "f", "migrationSQLError": said });
        let other = serde_json::json!({ "type": "agentError", "agentError": said });
        for answer in [sql, other] {
            let error = OpenError::from_answer(answer.to_string().as_bytes(), &db).unwrap_err();
            for shown in [error.to_string(), format!("{error:?}")] {
                assert!(!shown.contains("it'") && !shown.contains("quoted") && !shown.contains("228"), "{shown}");
                assert!(shown.contains("ErrorIO") && shown.contains("disk I/O error"), "{shown}");
            }
        }
    }

    #[test]
    fn nor_does_a_part_of_a_password_that_is_taken_for_a_host() {
        let db = Db::postgres("postgresql://bot:pass@w0rd/more@db.example/bots", "s");
        let said = "could not translate host name \"w0rd/more@db.example\" to address; invalid integer value \"pass\"";
        let answer = serde_json::json!({ "type": "errorSQL", "dbFile": "s", "migrationSQLError": said });
        let error = OpenError::from_answer(answer.to_string().as_bytes(), &db).unwrap_err().to_string();
        assert!(!error.contains("w0rd") && !error.contains("more") && !error.contains("pass"), "{error}");
        assert!(error.contains("could not translate host name") && error.contains("db.example"), "{error}");
        assert!(error.contains("check the connection string") && !error.contains("free space"), "{error}");
        // One part may be in another.
        let db = Db::postgres("postgresql://bot:word@mywordlist@db.example/bots", "s");
        let answer = r#"{"type":"errorSQL","dbFile":"s","migrationSQLError":"no host \"mywordlist@db.example\""}"#;
        let error = OpenError::from_answer(answer.as_bytes(), &db).unwrap_err().to_string();
        assert!(error.contains("no host \"…@db.example\""), "{error}");
        // One with a blank, without the quotes that it needs.
        let db = Db::postgres("host=db.example password=open sesame now dbname=bots", "s");
        let said = "missing \"=\" after \"sesame\" in connection info string";
        let answer = serde_json::json!({ "type": "errorSQL", "dbFile": "s", "migrationSQLError": said });
        let error = OpenError::from_answer(answer.to_string().as_bytes(), &db).unwrap_err().to_string();
        assert!(!error.contains("sesame") && error.contains("missing \"=\" after"), "{error}");
    }
}
