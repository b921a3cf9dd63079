//! Files encrypted like the core's: XSalsa20 and Poly1305, with the tag at the end. Keys come from an insecure random
//! generator: this is for tests only. Those of a network's own files come from its seed.

use std::fs;
use std::io;
use std::path::Path;

use base64ct::{Base64Url, Base64UrlUnpadded, Encoding};
use crypto_secretbox::aead::{AeadInPlace, KeyInit};
use crypto_secretbox::{Nonce, Tag, XSalsa20Poly1305};
use fastrand::Rng;

use crate::json::Js;

const TAG: usize = 16;

/// An I/O error in the core's wording.
fn io_text(path: &str, call: &str, e: &io::Error) -> String {
    let what = match e.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => "does not exist (No such file or directory)",
        io::ErrorKind::IsADirectory if call == "openBinaryFile" => "inappropriate type (is a directory)",
        io::ErrorKind::IsADirectory => "inappropriate type (Is a directory)",
        io::ErrorKind::PermissionDenied => "permission denied (Permission denied)",
        io::ErrorKind::InvalidFilename => "invalid argument (File name too long)",
        _ => "failed (input/output error)",
    };
    format!("{path}: {call}: {what}")
}

/// A new key and nonce, as answers name them.
pub(crate) fn new_key(rng: &mut Rng) -> (String, String) {
    let (mut key, mut nonce) = ([0u8; 32], [0u8; 24]);
    rng.fill(&mut key);
    rng.fill(&mut nonce);
    (Base64Url::encode_string(&key), Base64Url::encode_string(&nonce))
}

/// Encrypts bytes: returns what is to be stored.
pub(crate) fn seal(data: &[u8], key: &str, nonce: &str) -> Result<Vec<u8>, String> {
    let key: [u8; 32] = decode(key)?;
    let nonce: [u8; 24] = decode(nonce)?;
    let mut out = data.to_vec();
    let cipher = XSalsa20Poly1305::new(&key.into());
    if let Ok(tag) = cipher.encrypt_in_place_detached(&Nonce::from(nonce), b"", &mut out) {
        out.extend_from_slice(&tag);
    }
    Ok(out)
}

/// Encrypts bytes with a new key into a file: returns the core's answer, in which errors name the file `named`.
fn sealed_into(path: &str, data: &[u8], named: &str) -> String {
    let (key, nonce) = new_key(&mut Rng::new());
    let stored = seal(data, &key, &nonce);
    let result = stored.and_then(|s| fs::write(path, s).map_err(|e| io_text(named, "withBinaryFile", &e)));
    written(result.map(|()| (key, nonce)))
}

fn decode<const N: usize>(text: &str) -> Result<[u8; N], String> {
    if text.is_empty() {
        return Err("not enough input".into());
    }
    let bytes = Base64UrlUnpadded::decode_vec(text.trim_end_matches('='))
        .map_err(|_| "Failed reading: Base64-encoded bytestring has invalid size".to_owned())?;
    bytes.try_into().map_err(|_| "Failed reading: invalid length".to_owned())
}

/// Decrypts bytes; returns the result even when the tag does not match, and whether it does.
fn open(stored: &[u8], key: &str, nonce: &str) -> Result<(Vec<u8>, bool), String> {
    let key: [u8; 32] = decode(key)?;
    let nonce: [u8; 24] = decode(nonce)?;
    let at = stored.len().checked_sub(TAG).ok_or("FTCEFileIOError \"file is too short\"")?;
    let (data, tag) = stored.split_at(at);
    let mut out = data.to_vec();
    let cipher = XSalsa20Poly1305::new(&key.into());
    let ok = cipher.decrypt_in_place_detached(&Nonce::from(nonce), b"", &mut out, Tag::from_slice(tag)).is_ok();
    Ok((out, ok))
}

fn written(result: Result<(String, String), String>) -> String {
    let mut j = Js::new();
    j.obj();
    match result {
        Ok((key, nonce)) => {
            j.tag("result").key("cryptoArgs").obj().str("fileKey", &key).str("fileNonce", &nonce).end();
        }
        Err(e) => {
            j.tag("error").str("writeError", &e);
        }
    }
    j.end();
    j.done()
}

/// `chat_write_file`: writes bytes to an encrypted file, and returns the core's answer.
pub fn write_file(path: &str, data: &[u8]) -> String {
    sealed_into(path, data, path)
}

/// `chat_encrypt_file`: encrypts a file into another one, and returns the core's answer. As in the core, errors of the
/// target file name the source file.
pub fn encrypt_file(from: &str, to: &str) -> String {
    match fs::read(from) {
        Ok(data) => sealed_into(to, &data, from),
        Err(e) => written(Err(io_text(from, "withBinaryFile", &e))),
    }
}

/// `chat_read_file`: decrypts a file, and returns its contents.
///
/// # Errors
/// The core's error message.
pub fn read_file(path: &str, key: &str, nonce: &str) -> Result<Vec<u8>, String> {
    decode::<32>(key)?;
    decode::<24>(nonce)?;
    if Path::new(path).is_dir() {
        return Err(io_text(path, "openBinaryFile", &io::Error::from(io::ErrorKind::IsADirectory)));
    }
    let stored = fs::read(path).map_err(|e| io_text(path, "openBinaryFile", &e))?;
    match open(&stored, key, nonce)? {
        (data, true) => Ok(data),
        (_, false) => Err("FTCEInvalidAuthTag".into()),
    }
}

/// `chat_decrypt_file`: decrypts a file into another one. As in the core, a wrong key leaves a file with garbage.
///
/// # Errors
/// The core's error message.
pub fn decrypt_file(from: &str, key: &str, nonce: &str, to: &str) -> Result<(), String> {
    decode::<32>(key)?;
    decode::<24>(nonce)?;
    let stored = fs::read(from).map_err(|e| io_text(from, "withBinaryFile", &e))?;
    let (data, ok) = open(&stored, key, nonce)?;
    fs::write(to, data).map_err(|e| io_text(from, "withBinaryFile", &e))?;
    if ok { Ok(()) } else { Err("FTCEInvalidAuthTag".into()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_with_its_key_and_no_other() {
        let mut rng = Rng::with_seed(1);
        let (key, nonce) = new_key(&mut rng);
        let stored = seal(b"hello", &key, &nonce).unwrap();
        assert_eq!(stored.len(), 5 + TAG);
        assert_eq!(open(&stored, &key, &nonce).unwrap(), (b"hello".to_vec(), true));
        let (other, _) = new_key(&mut rng);
        assert!(!open(&stored, &other, &nonce).unwrap().1);
        assert_eq!(open(&stored, "", &nonce).unwrap_err(), "not enough input");
    }
}
