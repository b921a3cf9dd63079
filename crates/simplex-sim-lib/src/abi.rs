//! The exported functions. Each of them catches panics and returns an error in the core's format instead.
//!
//! Any number of threads may call at once, on one controller or on several: all state is behind locks, and a call on a
//! store that is or was closed meanwhile gets the core's error. No call keeps a pointer that it was given.

use std::ffi::{CStr, c_char, c_int, c_void};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr;
use std::sync::{Arc, Mutex, PoisonError};

use crate::host::{Controller, host};

const PANICKED: &str = r#"{"error":{"type":"error","errorType":{"type":"internalError","message":"the simulator failed on this command"}}}"#;

/// All controllers ever handed out. The interface has no call that frees one, so they live as long as the process.
static CONTROLLERS: Mutex<Vec<&'static Controller>> = Mutex::new(Vec::new());

/// Copies bytes into memory that C frees, followed by a NUL. Returns null if there is no memory.
pub(crate) fn give(bytes: &[u8]) -> *mut c_char {
    // SAFETY: malloc has no preconditions; its result is checked before use.
    let p = unsafe { libc::malloc(bytes.len() + 1) }.cast::<u8>();
    if p.is_null() {
        return ptr::null_mut();
    }
    // SAFETY: `p` points to `len + 1` fresh bytes that nothing else knows, so the copy of `len` bytes and the NUL after
    // them are in bounds and do not overlap `bytes`.
    unsafe {
        ptr::copy_nonoverlapping(bytes.as_ptr(), p, bytes.len());
        p.add(bytes.len()).write(0);
    }
    p.cast()
}

/// Reads text from C. As in the core, bytes that are not UTF-8 become `?`; null gives an empty text.
///
/// # Safety
/// `s` is null or points to a NUL-terminated string that stays unchanged during the call.
pub(crate) unsafe fn text(s: *const c_char) -> String {
    if s.is_null() {
        return String::new();
    }
    // SAFETY: not null, and the caller promises a NUL-terminated string.
    let bytes = unsafe { CStr::from_ptr(s) }.to_bytes();
    match std::str::from_utf8(bytes) {
        Ok(t) => t.to_owned(),
        Err(_) => {
            let mut out = String::new();
            for chunk in bytes.utf8_chunks() {
                out.push_str(chunk.valid());
                out.extend(chunk.invalid().iter().map(|_| '?'));
            }
            out
        }
    }
}

/// Runs a call and gives its result out; if it panics, `failed` instead.
pub(crate) fn guarded<T: AsRef<[u8]>>(failed: &str, call: impl FnOnce() -> T) -> *mut c_char {
    match catch_unwind(AssertUnwindSafe(call)) {
        Ok(out) => give(out.as_ref()),
        Err(_) => give(failed.as_bytes()),
    }
}

/// The controller behind a pointer, if `chat_migrate_init` gave it out. The pointer is compared, never followed.
fn controller(ctrl: *mut c_void) -> Option<&'static Controller> {
    let all = CONTROLLERS.lock().unwrap_or_else(PoisonError::into_inner);
    all.iter().copied().find(|c| ptr::eq(*c, ctrl.cast()))
}

/// Does nothing: there is no runtime to start.
#[unsafe(no_mangle)]
pub extern "C" fn hs_init_with_rtsopts(_argc: *mut c_int, _argv: *mut *mut *mut c_char) {}

/// Does nothing: there is no runtime to start.
#[unsafe(no_mangle)]
pub extern "C" fn hs_init(_argc: *mut c_int, _argv: *mut *mut *mut c_char) {}

/// Does nothing: no state is kept for threads.
#[unsafe(no_mangle)]
pub extern "C" fn hs_thread_done() {}

/// Opens a database and writes its controller.
///
/// # Safety
/// The strings are null or NUL-terminated, and stay unchanged during the call; `ctrl` is null or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chat_migrate_init(
    path: *const c_char,
    key: *const c_char,
    confirm: *const c_char,
    ctrl: *mut *mut c_void,
) -> *mut c_char {
    // SAFETY: the caller promises what `text` asks for.
    let (path, key, confirm) = unsafe { (text(path), text(key), text(confirm)) };
    guarded(PANICKED, || {
        let (out, opened) = host().migrate(&path, &key, &confirm);
        if let Some(c) = opened {
            let kept: &'static Controller = Box::leak(Box::new(c));
            CONTROLLERS.lock().unwrap_or_else(PoisonError::into_inner).push(kept);
            if !ctrl.is_null() {
                // SAFETY: not null, and the caller promises that it may be written.
                unsafe { ctrl.write(ptr::from_ref(kept).cast_mut().cast()) };
            }
        }
        out
    })
}

/// Like [`chat_migrate_init`]; whether the key is kept makes no difference here.
///
/// # Safety
/// As for [`chat_migrate_init`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chat_migrate_init_key(
    path: *const c_char,
    key: *const c_char,
    _keep_key: c_int,
    confirm: *const c_char,
    _background: c_int,
    ctrl: *mut *mut c_void,
) -> *mut c_char {
    // SAFETY: the caller promises what chat_migrate_init asks for.
    unsafe { chat_migrate_init(path, key, confirm, ctrl) }
}

/// Closes a store.
#[unsafe(no_mangle)]
pub extern "C" fn chat_close_store(ctrl: *mut c_void) -> *mut c_char {
    guarded(PANICKED, || {
        if let Some(c) = controller(ctrl) {
            host().close(c);
        }
        ""
    })
}

/// Opens a closed store again.
#[unsafe(no_mangle)]
pub extern "C" fn chat_reopen_store(ctrl: *mut c_void) -> *mut c_char {
    guarded(PANICKED, || {
        if let Some(c) = controller(ctrl) {
            host().reopen(c);
        }
        ""
    })
}

/// Sends a command and returns its answer.
///
/// # Safety
/// `cmd` is null or NUL-terminated, and stays unchanged during the call.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chat_send_cmd(ctrl: *mut c_void, cmd: *const c_char) -> *mut c_char {
    // SAFETY: the caller promises what `text` asks for.
    let cmd = unsafe { text(cmd) };
    guarded(PANICKED, || controller(ctrl).map(|c| host().send(c, &cmd)).unwrap_or_default())
}

/// Like [`chat_send_cmd`]: the simulated network needs no retries.
///
/// # Safety
/// As for [`chat_send_cmd`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chat_send_cmd_retry(ctrl: *mut c_void, cmd: *const c_char, _retries: c_int) -> *mut c_char {
    // SAFETY: the caller promises what chat_send_cmd asks for.
    unsafe { chat_send_cmd(ctrl, cmd) }
}

/// Returns the next event, or an empty string if none comes within this many microseconds.
#[unsafe(no_mangle)]
pub extern "C" fn chat_recv_msg_wait(ctrl: *mut c_void, micros: c_int) -> *mut c_char {
    guarded(PANICKED, || {
        let event = controller(ctrl).and_then(|c| host().receive(c, micros));
        event.map(Arc::<[u8]>::from).unwrap_or_default()
    })
}

/// Writes bytes into an encrypted file.
///
/// # Safety
/// `path` is null or NUL-terminated; `data` is null or points to `len` readable bytes, unless `len` is not positive. Both
/// stay unchanged during the call.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chat_write_file(
    _ctrl: *mut c_void,
    path: *const c_char,
    data: *const u8,
    len: c_int,
) -> *mut c_char {
    // SAFETY: the caller promises what `text` asks for.
    let path = unsafe { text(path) };
    let len = usize::try_from(len).unwrap_or(0);
    let bytes = if data.is_null() || len == 0 {
        &[]
    } else {
        // SAFETY: not null, and the caller promises `len` readable bytes that stay unchanged during the call, within which
        // the slice is used; an int is not more than a slice may have.
        unsafe { std::slice::from_raw_parts(data, len) }
    };
    guarded(PANICKED, || simplex_sim::crypt::write_file(&path, bytes))
}

/// Encrypts a file into another.
///
/// # Safety
/// The strings are null or NUL-terminated, and stay unchanged during the call.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chat_encrypt_file(_ctrl: *mut c_void, from: *const c_char, to: *const c_char) -> *mut c_char {
    // SAFETY: the caller promises what `text` asks for.
    let (from, to) = unsafe { (text(from), text(to)) };
    guarded(PANICKED, || simplex_sim::crypt::encrypt_file(&from, &to))
}

/// Reads an encrypted file. In the result, byte 0 is 0, then come four bytes of length in native order, then the data;
/// or byte 0 is 1 and the rest is a NUL-terminated error message.
///
/// # Safety
/// The strings are null or NUL-terminated, and stay unchanged during the call.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chat_read_file(path: *const c_char, key: *const c_char, nonce: *const c_char) -> *mut c_char {
    // SAFETY: the caller promises what `text` asks for.
    let (path, key, nonce) = unsafe { (text(path), text(key), text(nonce)) };
    guarded("\u{1}the simulator failed", || match simplex_sim::crypt::read_file(&path, &key, &nonce) {
        Ok(data) => {
            let len = u32::try_from(data.len()).unwrap_or(u32::MAX);
            [&[0][..], &len.to_ne_bytes(), &data].concat()
        }
        Err(e) => [&[1][..], e.as_bytes()].concat(),
    })
}

/// Decrypts a file into another: returns an empty text, or the error message.
///
/// # Safety
/// The strings are null or NUL-terminated, and stay unchanged during the call.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chat_decrypt_file(
    from: *const c_char,
    key: *const c_char,
    nonce: *const c_char,
    to: *const c_char,
) -> *mut c_char {
    // SAFETY: the caller promises what `text` asks for.
    let (from, key, nonce, to) = unsafe { (text(from), text(key), text(nonce), text(to)) };
    guarded(PANICKED, || simplex_sim::crypt::decrypt_file(&from, &key, &nonce, &to).err().unwrap_or_default())
}
