//! Calling the library's functions: each text and pointer is checked on its way in, and owned on its way out.
//!
//! The safety arguments rely on the facts in the parent module's documentation.

use std::ffi::{CStr, CString, c_char, c_int, c_void};
use std::fmt;
use std::path::Path;
use std::ptr::{self, NonNull};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use secrecy::ExposeSecret;

use super::{Ctrl, FreeFn, Libsimplex, Loaded};
use crate::files::whole;
use crate::lock::DbLock;
use crate::{CallError, Confirm, Controller, CoreLib, CryptoArgs, Db, FileError, OpenError};

impl Loaded {
    /// Takes ownership of a returned text.
    ///
    /// # Safety
    /// `text` must be null or a text that a function of this library has just returned, and nobody else may own it.
    unsafe fn take(&self, text: *mut c_char) -> Option<CText> {
        let text = NonNull::new(text)?;
        // SAFETY: a NUL-terminated text by the caller's promise.
        let len = unsafe { CStr::from_ptr(text.as_ptr()) }.count_bytes();
        Some(CText { start: text.cast(), offset: 0, len, free: self.functions.free })
    }

    /// A path for a call that needs no database.
    fn c_path(&self, path: &Path) -> Result<CString, FileError> {
        if !path.as_os_str().is_ascii() && !self.reads_utf8.load(Ordering::Relaxed) {
            let why = "it is not ASCII, which the core reads only once a database was opened";
            return Err(FileError::Path { path: path.into(), why });
        }
        c_path(path)
    }
}

/// A buffer from the library, freed on drop.
struct CText {
    start: NonNull<u8>,
    /// Where the content begins.
    offset: usize,
    len: usize,
    free: FreeFn,
}

// SAFETY: the buffer has one owner, is never written again, and C's `free` may be called from any thread.
unsafe impl Send for CText {}

impl AsRef<[u8]> for CText {
    fn as_ref(&self) -> &[u8] {
        // SAFETY: when this `CText` was made, the buffer had `offset + len` bytes, in one allocation; this value owns it,
        // it is live, and nobody writes to it. The slice lives as long as the borrow of the owner.
        unsafe { std::slice::from_raw_parts(self.start.as_ptr().add(self.offset), self.len) }
    }
}

impl Drop for CText {
    fn drop(&mut self) {
        // SAFETY: the buffer came from the library's `malloc`, `free` is that allocator's, and this is the only owner.
        unsafe { (self.free)(self.start.as_ptr().cast()) };
    }
}

impl CoreLib for Libsimplex {
    fn open(&self, db: &Db, confirm: Confirm) -> Result<Arc<dyn Controller>, OpenError> {
        if let Some(library) = self.0.backend.filter(|backend| *backend != db.backend()) {
            return Err(OpenError::Backend { library, database: db.backend() });
        }
        let (place, what, secret, secret_what) = match db {
            Db::Sqlite { prefix, key } => {
                let refused = |why| OpenError::Text { what: "path", value: prefix.to_string_lossy().into_owned(), why };
                let text = prefix.to_str().ok_or_else(|| refused("it is not UTF-8"))?;
                // A setting that is missing, most likely: the files would be named `_chat.db`, in whatever folder.
                if text.is_empty() {
                    return Err(refused("it is empty"));
                }
                // The core would make a new database beside the one that is meant.
                if ["_chat.db", "_agent.db"].iter().any(|file| text.ends_with(file)) {
                    return Err(refused("give what its files begin with, without `_chat.db` or `_agent.db`"));
                }
                (text, "path", key, "key")
            }
            Db::Postgres { connection, schema_prefix } => {
                (schema_prefix.as_str(), "schema prefix", connection, "connection string")
            }
        };
        let nul = |what, value: &str| OpenError::Text { what, value: value.to_owned(), why: "it has a NUL" };
        let path = CString::new(place).map_err(|_| nul(what, place))?;
        let key = CString::new(secret.expose_secret()).map_err(|_| nul(secret_what, "…"))?;
        let confirm = CString::new(confirm.as_str()).map_err(|_| nul("confirmation", confirm.as_str()))?;
        let lock = Some(DbLock::take(db)?);
        let mut ctrl: Ctrl = ptr::null_mut();
        // SAFETY: three NUL-terminated texts that live through the call, UTF-8 as the core needs; the call may only
        // write to `ctrl`, which lives through it, too. The answer is taken at once.
        let answer = unsafe {
            let f = &self.0.functions;
            self.0.take((f.chat_migrate_init)(path.as_ptr(), key.as_ptr(), confirm.as_ptr(), &mut ctrl))
        };
        self.0.reads_utf8.store(true, Ordering::Relaxed);
        OpenError::from_answer(answer.ok_or(OpenError::Null)?.as_ref(), db)?;
        let ctrl = NonNull::new(ctrl).ok_or(OpenError::Null)?;
        Ok(Arc::new(NativeController {
            lib: self.0.clone(),
            ctrl,
            receives: AtomicUsize::new(0),
            lock: Mutex::new(lock),
        }))
    }

    fn read_file(&self, path: &Path, args: &CryptoArgs) -> Result<Bytes, FileError> {
        let (c_path, (key, nonce)) = (self.0.c_path(path)?, c_keys(path, args)?);
        // SAFETY: three NUL-terminated texts that live through the call; the path is UTF-8.
        let buffer = unsafe { (self.0.functions.chat_read_file)(c_path.as_ptr(), key.as_ptr(), nonce.as_ptr()) };
        let Some(start) = NonNull::new(buffer) else { return Err(FileError::Null { path: path.into() }) };
        // SAFETY: the buffer has at least its status byte.
        if unsafe { start.as_ptr().read() } != 0 {
            // SAFETY: status 1 is followed by a NUL-terminated text in the same buffer.
            let len = unsafe { CStr::from_ptr(start.as_ptr().add(1).cast()) }.count_bytes();
            let text = CText { start, offset: 1, len, free: self.0.functions.free };
            let reason = String::from_utf8_lossy(text.as_ref()).into_owned();
            return Err(FileError::Core { path: path.into(), reason });
        }
        // SAFETY: status 0 is followed by a length of four bytes, at an odd address, in the byte order of the machine.
        let len = unsafe { start.as_ptr().add(1).cast::<u32>().read_unaligned() };
        // The buffer has `len` bytes after these five. A `usize` has 32 bits at least where there is a library.
        Ok(Bytes::from_owner(CText { start, offset: 5, len: len as usize, free: self.0.functions.free }))
    }

    fn decrypt_file(&self, from: &Path, args: &CryptoArgs, to: &Path) -> Result<(), FileError> {
        let (c_from, (key, nonce)) = (self.0.c_path(from)?, c_keys(from, args)?);
        self.0.c_path(to)?;
        // The core finds a wrong key only at the end, after it has written garbage.
        whole(to, |to| {
            let c_to = self.0.c_path(to)?;
            // SAFETY: four NUL-terminated texts that live through the call; the paths are UTF-8.
            let answer = unsafe {
                let f = &self.0.functions;
                self.0.take((f.chat_decrypt_file)(c_from.as_ptr(), key.as_ptr(), nonce.as_ptr(), c_to.as_ptr()))
            };
            match answer.ok_or_else(|| FileError::Null { path: from.into() })?.as_ref() {
                b"" => Ok(()),
                reason => {
                    Err(FileError::Core { path: from.into(), reason: String::from_utf8_lossy(reason).into_owned() })
                }
            }
        })
    }

    fn thread_done(&self) {
        if let Some(done) = self.0.functions.hs_thread_done {
            // SAFETY: it takes no arguments. It frees the runtime's record of this thread, which the runtime makes
            // again if the thread makes another call.
            unsafe { done() };
        }
    }
}

/// The bit in `receives` that says that the store is closed.
const CLOSED: usize = 1 << (usize::BITS - 1);

struct NativeController {
    lib: Arc<Loaded>,
    ctrl: NonNull<c_void>,
    /// How many receives run, and the bit `CLOSED` when none may begin.
    receives: AtomicUsize,
    /// Released when the store is closed.
    lock: Mutex<Option<DbLock>>,
}

// SAFETY: `ctrl` is a stable pointer of the library, made by a successful `chat_migrate_init`, valid for the life of
// the process (there is no call that frees it), and usable from any thread. It is used only in the calls below.
unsafe impl Send for NativeController {}
// SAFETY: as above; the calls may run concurrently, except closing during a receive, which `receives` rules out.
unsafe impl Sync for NativeController {}

impl fmt::Debug for NativeController {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NativeController").field("library", &self.lib.path).finish_non_exhaustive()
    }
}

impl Controller for NativeController {
    fn send_cmd(&self, command: &str) -> Result<Bytes, CallError> {
        let command = CString::new(command).map_err(|error| CallError::Nul { at: error.nul_position() })?;
        // SAFETY: `ctrl` is a live controller; the command is NUL-terminated and lives through the call.
        let answer = unsafe { self.lib.take((self.lib.functions.chat_send_cmd)(self.ctrl.as_ptr(), command.as_ptr())) };
        answer.map(Bytes::from_owner).ok_or(CallError::Null { function: "chat_send_cmd" })
    }

    fn recv_msg_wait(&self, wait: Duration) -> Result<Option<Bytes>, CallError> {
        if self.receives.fetch_add(1, Ordering::SeqCst) & CLOSED != 0 {
            self.receives.fetch_sub(1, Ordering::SeqCst);
            return Err(CallError::Closed);
        }
        // A wait of 0 would return nothing, a negative one would never end; half an hour in microseconds fits an i32.
        let wait = wait.clamp(Duration::from_micros(1), Duration::from_secs(30 * 60));
        let micros = c_int::try_from(wait.as_micros()).unwrap_or(c_int::MAX);
        // SAFETY: `ctrl` is a live controller whose store is not closed, nor will be while `receives` counts this call.
        let event = unsafe { self.lib.take((self.lib.functions.chat_recv_msg_wait)(self.ctrl.as_ptr(), micros)) };
        self.receives.fetch_sub(1, Ordering::SeqCst);
        match event {
            Some(text) if text.len == 0 => Ok(None),
            Some(text) => Ok(Some(Bytes::from_owner(text))),
            None => Err(CallError::Null { function: "chat_recv_msg_wait" }),
        }
    }

    fn close_store(&self) -> Result<(), CallError> {
        let mut lock = self.lock.lock().unwrap_or_else(PoisonError::into_inner);
        match self.receives.compare_exchange(0, CLOSED, Ordering::SeqCst, Ordering::SeqCst) {
            Ok(_) => {}
            Err(receives) if receives & CLOSED != 0 => return Ok(()),
            Err(_) => return Err(CallError::Receiving),
        }
        // SAFETY: `ctrl` is a live controller; no receive runs on it and none will begin.
        let answer = unsafe { self.lib.take((self.lib.functions.chat_close_store)(self.ctrl.as_ptr())) };
        let failed = match answer.as_ref().map(AsRef::as_ref) {
            Some(b"") => {
                *lock = None;
                return Ok(());
            }
            Some(reason) => CallError::Store { reason: String::from_utf8_lossy(reason).into_owned() },
            None => CallError::Null { function: "chat_close_store" },
        };
        // The store is still open, and closing it can be tried again.
        self.receives.fetch_and(!CLOSED, Ordering::SeqCst);
        Err(failed)
    }

    fn write_file(&self, path: &Path, data: &[u8]) -> Result<CryptoArgs, FileError> {
        let len = c_int::try_from(data.len()).map_err(|_| FileError::TooLarge { bytes: data.len() })?;
        c_path(path)?;
        whole(path, |part| {
            let c_part = c_path(part)?;
            // SAFETY: `ctrl` is a live controller; the path is NUL-terminated UTF-8; `data` has `len` bytes, which the
            // call only reads, and `len` cannot be negative.
            let answer = unsafe {
                let f = &self.lib.functions;
                self.lib.take((f.chat_write_file)(self.ctrl.as_ptr(), c_part.as_ptr(), data.as_ptr(), len))
            };
            CryptoArgs::from_answer(answer.ok_or_else(|| FileError::Null { path: path.into() })?.as_ref(), path)
        })
    }

    fn encrypt_file(&self, from: &Path, to: &Path) -> Result<CryptoArgs, FileError> {
        let c_from = c_path(from)?;
        c_path(to)?;
        whole(to, |to| {
            let c_to = c_path(to)?;
            // SAFETY: `ctrl` is a live controller; the paths are NUL-terminated UTF-8.
            let answer = unsafe {
                let f = &self.lib.functions;
                self.lib.take((f.chat_encrypt_file)(self.ctrl.as_ptr(), c_from.as_ptr(), c_to.as_ptr()))
            };
            CryptoArgs::from_answer(answer.ok_or_else(|| FileError::Null { path: from.into() })?.as_ref(), from)
        })
    }
}

impl Drop for NativeController {
    /// A store that was not closed stays in use until the process ends, and its lock with it: nobody else may open it.
    fn drop(&mut self) {
        if let Some(lock) = self.lock.get_mut().unwrap_or_else(PoisonError::into_inner).take() {
            tracing::warn!("a database was left open: it stays locked until the process ends");
            std::mem::forget(lock);
        }
    }
}

/// Refuses a path that is not UTF-8: the library would end the process on it.
fn c_path(path: &Path) -> Result<CString, FileError> {
    let text = path.to_str().ok_or_else(|| FileError::Path { path: path.into(), why: "it is not UTF-8" })?;
    CString::new(text).map_err(|_| FileError::Path { path: path.into(), why: "it has a NUL" })
}

fn c_keys(path: &Path, args: &CryptoArgs) -> Result<(CString, CString), FileError> {
    let text = |secret: &str| CString::new(secret).map_err(|_| FileError::Key { path: path.into() });
    Ok((text(args.file_key.expose_secret())?, text(args.file_nonce.expose_secret())?))
}
