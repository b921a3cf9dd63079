//! The exported functions that need no database: texts, names, servers, links.

use std::ffi::{c_char, c_int, c_void};

use simplex_sim::functions;

use crate::abi::{guarded, text};

/// How many bytes a text takes in JSON.
///
/// # Safety
/// `s` is null or NUL-terminated, and stays unchanged during the call.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chat_json_length(s: *const c_char) -> c_int {
    // SAFETY: the caller promises what `text` asks for.
    let s = unsafe { text(s) };
    c_int::try_from(functions::json_length(&s)).unwrap_or(c_int::MAX)
}

/// The valid name nearest to a text.
///
/// # Safety
/// `name` is null or NUL-terminated, and stays unchanged during the call.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chat_valid_name(name: *const c_char) -> *mut c_char {
    // SAFETY: the caller promises what `text` asks for.
    let name = unsafe { text(name) };
    guarded("", || simplex_sim::content::valid_name(&name))
}

/// The formatted parts of a text.
///
/// # Safety
/// `s` is null or NUL-terminated, and stays unchanged during the call.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chat_parse_markdown(s: *const c_char) -> *mut c_char {
    // SAFETY: the caller promises what `text` asks for.
    let s = unsafe { text(s) };
    guarded("", || functions::parse_markdown(&s))
}

/// The parts of a server's address.
///
/// # Safety
/// `address` is null or NUL-terminated, and stays unchanged during the call.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chat_parse_server(address: *const c_char) -> *mut c_char {
    // SAFETY: the caller promises what `text` asks for.
    let address = unsafe { text(address) };
    guarded("", || functions::parse_server(&address))
}

/// A link without tracking parameters. In the recordings, the `safe` argument made no difference.
///
/// # Safety
/// `uri` is null or NUL-terminated, and stays unchanged during the call.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chat_parse_uri(uri: *const c_char, _safe: c_int) -> *mut c_char {
    // SAFETY: the caller promises what `text` asks for.
    let uri = unsafe { text(uri) };
    guarded("", || functions::parse_uri(&uri))
}

/// The hash of a hidden profile's password.
///
/// # Safety
/// The strings are null or NUL-terminated, and stay unchanged during the call.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chat_password_hash(password: *const c_char, salt: *const c_char) -> *mut c_char {
    // SAFETY: the caller promises what `text` asks for.
    let (password, salt) = unsafe { (text(password), text(salt)) };
    guarded("", || functions::password_hash(&password, &salt))
}

/// No remote device is ever connected, and the answer says so.
#[unsafe(no_mangle)]
pub extern "C" fn chat_send_remote_cmd(_ctrl: *mut c_void, host: c_int, _cmd: *const c_char) -> *mut c_char {
    guarded("", || functions::no_remote_host(host))
}
