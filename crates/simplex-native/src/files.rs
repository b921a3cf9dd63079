//! Keys and errors of the files that the core encrypts.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

/// The key and nonce of an encrypted file. `Debug` does not print them.
#[derive(Clone)]
pub struct CryptoArgs {
    /// The key, base64url.
    pub file_key: SecretString,
    /// The nonce, base64url.
    pub file_nonce: SecretString,
}

impl CryptoArgs {
    /// Wraps a key and a nonce in the core's format (`cryptoArgs`).
    pub fn new(file_key: impl Into<String>, file_nonce: impl Into<String>) -> Self {
        Self { file_key: SecretString::from(file_key.into()), file_nonce: SecretString::from(file_nonce.into()) }
    }

    /// Reads the answer of `chat_write_file` and `chat_encrypt_file`.
    pub(crate) fn from_answer(answer: &[u8], path: &Path) -> Result<Self, FileError> {
        let failed = |reason: String| FileError::Core { path: path.into(), reason };
        let text = String::from_utf8_lossy(answer);
        let value: Value =
            serde_json::from_str(&text).map_err(|_| failed("the library's answer is not JSON".to_owned()))?;
        if let Some(args) = value.get("cryptoArgs") {
            let part = |key| args.get(key).and_then(Value::as_str);
            if let (Some(key), Some(nonce)) = (part("fileKey"), part("fileNonce")) {
                return Ok(Self::new(key, nonce));
            }
        }
        let reason = value.get("writeError").and_then(Value::as_str).unwrap_or("an answer without a key");
        Err(failed(reason.to_owned()))
    }
}

impl PartialEq for CryptoArgs {
    fn eq(&self, other: &Self) -> bool {
        self.file_key.expose_secret() == other.file_key.expose_secret()
            && self.file_nonce.expose_secret() == other.file_nonce.expose_secret()
    }
}

impl fmt::Debug for CryptoArgs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CryptoArgs(…)")
    }
}

/// Why an encrypted file was not written or read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FileError {
    /// The path is not UTF-8, which would make the core end the process, or has a NUL, where the core would cut it
    /// off; or it is not ASCII, and no database was opened, so that the core would take it for another one.
    #[error("the core cannot take the path {path:?}: {why}")]
    Path {
        /// The path.
        path: PathBuf,
        /// Why not.
        why: &'static str,
    },
    /// The key or nonce has a NUL, and cannot be passed as a C string.
    #[error("the key or nonce for {} has a NUL", path.display())]
    Key {
        /// The file.
        path: PathBuf,
    },
    /// The data is too large for one call.
    #[error("{bytes} bytes are too many for one call (2 GiB at most): encrypt the file in place instead")]
    TooLarge {
        /// The size of the data.
        bytes: usize,
    },
    /// The core reported an error, such as a wrong key, a missing file or a full disk.
    #[error("{}: {reason}", path.display())]
    Core {
        /// The file that the call was made for; the core's message may be about the other file of the call.
        path: PathBuf,
        /// The core's message.
        reason: String,
    },
    /// The file cannot be made in its folder, or cannot be put in its place there.
    #[error("{} cannot be written: {reason}", path.display())]
    NotPlaced {
        /// The file.
        path: PathBuf,
        /// The system's message.
        reason: String,
    },
    /// The library returned a null pointer.
    #[error("the core's library returned nothing for {}", path.display())]
    Null {
        /// The file.
        path: PathBuf,
    },
    /// The call was not made, or no answer came.
    #[error("no answer from the core for {}: {reason}", path.display())]
    NoAnswer {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
}

/// Has `write` write a file under another name beside `to`, and puts it in its place when it is whole. If `write` fails,
/// what it wrote is removed, and what was at `to` stays.
pub(crate) fn whole<T>(to: &Path, write: impl FnOnce(&Path) -> Result<T, FileError>) -> Result<T, FileError> {
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    let failed = |error: std::io::Error| FileError::NotPlaced { path: to.into(), reason: error.to_string() };
    let metadata = match std::fs::metadata(to) {
        // A pipe or a device, which cannot be replaced, or a folder, of which the core knows what to say.
        Ok(metadata) if !metadata.is_file() => return write(to),
        Ok(metadata) => Some(metadata),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        Err(error) => return Err(failed(error)),
    };
    // What a link leads to need not be there yet. No system follows more links than this.
    let mut place = to.to_owned();
    for _ in 0..64 {
        let Ok(target) = std::fs::read_link(&place) else { break };
        place = place.with_file_name(target);
    }
    let part = loop {
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let part = place.with_file_name(format!(".{}-{number}.part", std::process::id()));
        match std::fs::File::create_new(&part) {
            Ok(_) => break part,
            // A killed process of the same number left it, or one in another container writes it.
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(failed(error)),
        }
    };
    let permitted = metadata.map_or(Ok(()), |metadata| std::fs::set_permissions(&part, metadata.permissions()));
    let written = permitted.map_err(failed).and_then(|()| write(&part));
    let placed = written.and_then(|value| std::fs::rename(&part, &place).map(|()| value).map_err(failed));
    if placed.is_err() {
        std::fs::remove_file(&part).ok();
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_keys_or_errors_and_keys_do_not_print() {
        let path = Path::new("f");
        let args =
            CryptoArgs::from_answer(br#"{"type":"result","cryptoArgs":{"fileKey":"KKK","fileNonce":"NNN"}}"#, path)
                .unwrap();
        assert_eq!((args.file_key.expose_secret(), args.file_nonce.expose_secret()), ("KKK", "NNN"));
        assert!(!format!("{args:?}").contains("KKK"));
        for bad in [&b"{\"type\":\"error\",\"writeError\":\"no space\"}"[..], b"", b"\xff", b"{\"cryptoArgs\":{}}"] {
            assert!(matches!(CryptoArgs::from_answer(bad, path), Err(FileError::Core { .. })));
        }
    }

    #[test]
    fn what_a_killed_process_left_is_in_nobodys_way() {
        let folder = tempfile::tempdir().unwrap();
        // In a container, the next process may have the same number.
        for number in 0..20 {
            std::fs::write(folder.path().join(format!(".{}-{number}.part", std::process::id())), "left").unwrap();
        }
        let to = folder.path().join("file");
        whole(&to, |part| std::fs::write(part, "whole").map_err(|_| FileError::Null { path: part.into() })).unwrap();
        assert_eq!(std::fs::read(to).unwrap(), b"whole");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 21);
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_a_link_leads_to_is_made() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::create_dir(at("sub")).unwrap();
        // By way of another link, too.
        std::os::unix::fs::symlink("sub/c", at("between")).unwrap();
        for (link, target) in [("a", "sub/a".into()), ("b", at("sub/b")), ("c", "between".into())] {
            std::os::unix::fs::symlink(&target, at(link)).unwrap();
            whole(&at(link), |part| std::fs::write(part, link).map_err(|_| FileError::Null { path: part.into() }))
                .unwrap();
            assert!(at(link).is_symlink());
            assert_eq!(std::fs::read(at("sub").join(link)).unwrap(), link.as_bytes());
        }
        std::os::unix::fs::symlink("circle", at("circle")).unwrap();
        let unplaced = whole(&at("circle"), |_| Ok(())).unwrap_err();
        assert!(matches!(unplaced, FileError::NotPlaced { .. }) && at("circle").is_symlink(), "{unplaced}");
    }
}
