//! The library loaded and called: the only `unsafe` code.
//!
//! What the arguments below lean on, once:
//! - *The library stays.* It is never unloaded (its runtime cannot be), so its functions are valid for ever.
//! - *Signatures* are those of the library's C header, the same in all releases from 6.4 to 7.0.
//! - *Texts*: every returned pointer is null, or a NUL-terminated buffer made by `malloc` that is the caller's.
//! - *Threads*: every function may be called from any thread and by several at once. Two exceptions are kept by this
//!   module: initialisation runs once, under a lock; a store is not closed while a receive runs.

use std::ffi::{CStr, CString, c_char, c_int, c_void};
use std::fmt;
use std::mem::ManuallyDrop;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::ptr::{self, NonNull};
use std::sync::atomic::{AtomicPtr, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use libloading::Library;
use secrecy::ExposeSecret;

use crate::lock::DbLock;
use crate::{Backend, CallError, Confirm, Controller, CoreLib, CryptoArgs, Db, FileError, OpenError, binary};

type Ctrl = *mut c_void;
type FreeFn = unsafe extern "C" fn(*mut c_void);

/// The library's functions.
struct Functions {
    hs_init_with_rtsopts: unsafe extern "C" fn(*mut c_int, *mut *mut *mut c_char),
    hs_thread_done: Option<unsafe extern "C" fn()>,
    chat_migrate_init: unsafe extern "C" fn(*const c_char, *const c_char, *const c_char, *mut Ctrl) -> *mut c_char,
    chat_close_store: unsafe extern "C" fn(Ctrl) -> *mut c_char,
    chat_send_cmd: unsafe extern "C" fn(Ctrl, *const c_char) -> *mut c_char,
    chat_recv_msg_wait: unsafe extern "C" fn(Ctrl, c_int) -> *mut c_char,
    chat_write_file: unsafe extern "C" fn(Ctrl, *const c_char, *const u8, c_int) -> *mut c_char,
    chat_read_file: unsafe extern "C" fn(*const c_char, *const c_char, *const c_char) -> *mut u8,
    chat_encrypt_file: unsafe extern "C" fn(Ctrl, *const c_char, *const c_char) -> *mut c_char,
    chat_decrypt_file: unsafe extern "C" fn(*const c_char, *const c_char, *const c_char, *const c_char) -> *mut c_char,
    /// The `free` that the library itself is bound to: a host may have an allocator of its own.
    free: FreeFn,
}

struct Loaded {
    path: PathBuf,
    backend: Option<Backend>,
    functions: Functions,
    /// Never dropped: the runtime inside cannot be unloaded.
    _library: ManuallyDrop<Library>,
}

/// The one library of this process. A second would bring a second runtime, and they share symbols.
static LOADED: Mutex<Option<Arc<Loaded>>> = Mutex::new(None);

/// The core's library, loaded and initialised. Cloning is cheap.
#[derive(Clone)]
pub struct Libsimplex(Arc<Loaded>);

/// How the library's runtime manages memory.
///
/// The defaults are those of the official clients. With `allocation_mib` 4 and no `heap_mib`, ten controllers take a
/// third less memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct RuntimeOptions {
    /// The allocation area, in MiB (`-A`): garbage is collected each time so much was allocated.
    pub allocation_mib: NonZeroU32,
    /// The size of heap that collections may grow into, in MiB (`-H`).
    pub heap_mib: Option<NonZeroU32>,
    /// Collects without stopping the core for long (`-xn`); not on Windows, where the runtime has no such collector.
    pub non_moving: bool,
}

impl Default for RuntimeOptions {
    fn default() -> Self {
        let mib = const { NonZeroU32::new(64).unwrap() };
        Self { allocation_mib: mib, heap_mib: Some(mib), non_moving: true }
    }
}

impl RuntimeOptions {
    /// For small servers: less memory, more collections.
    pub fn small() -> Self {
        Self { allocation_mib: const { NonZeroU32::new(4).unwrap() }, heap_mib: None, non_moving: true }
    }

    fn arguments(self) -> Vec<String> {
        let mut arguments = vec!["simplex".to_owned(), "+RTS".to_owned(), format!("-A{}m", self.allocation_mib)];
        if let Some(mib) = self.heap_mib {
            arguments.push(format!("-H{mib}m"));
        }
        if self.non_moving && !cfg!(windows) {
            arguments.push("-xn".to_owned());
        }
        arguments.push("--install-signal-handlers=no".to_owned());
        arguments
    }
}

/// Why a library is not loaded.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LoadError {
    /// There is no such file.
    #[error("there is no library at {}: fetch it, or point SIMPLEX_LIBS_DIR at the folder that holds it", path.display())]
    NotFound {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// It cannot be read.
    #[error("the library {} cannot be read: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// It is built for another system or processor.
    #[error("the library {} is built for {found}, this process runs on {wanted}: fetch the one for {wanted}", path.display())]
    WrongPlatform {
        /// The file.
        path: PathBuf,
        /// What it is built for.
        found: String,
        /// What is needed.
        wanted: String,
    },
    /// The system's loader refuses it: damaged, or a library beside it is missing.
    #[error("the library {} cannot be loaded: {reason}; are the libraries that came with it beside it?", path.display())]
    Loader {
        /// The file.
        path: PathBuf,
        /// What the loader says.
        reason: String,
    },
    /// It is not a library of the core, or of a version that lacks functions.
    #[error("the library {} lacks {}: is it a libsimplex of version 6.4 or later?", path.display(), names.join(", "))]
    MissingSymbols {
        /// The file.
        path: PathBuf,
        /// All that are missing.
        names: Vec<&'static str>,
    },
    /// One process holds one library.
    #[error("this process has {} loaded already and cannot load {} too: use one per process", loaded.display(), asked.display())]
    AlreadyLoaded {
        /// The one that is loaded.
        loaded: PathBuf,
        /// The one that was asked for.
        asked: PathBuf,
    },
    /// It could not be found or fetched.
    #[error(transparent)]
    Locate(#[from] crate::LocateError),
    /// No thread could be started for it.
    #[error("no thread can be started to load the library: {0}")]
    Thread(std::io::Error),
}

impl Libsimplex {
    /// Finds the library, fetches it if need be, and loads it.
    ///
    /// # Errors
    /// [`LoadError`], which says what was tried and what to do.
    pub fn load(
        source: &crate::LibSource,
        options: RuntimeOptions,
        progress: impl FnMut(crate::Progress),
    ) -> Result<Self, LoadError> {
        let found = source.locate(progress)?;
        Self::open(&found.path, found.backend, options)
    }

    /// Loads the library file at `path` and starts its runtime. The first caller's options hold; later callers get the
    /// same library, however many race.
    ///
    /// # Errors
    /// [`LoadError`]; after an error another library can be loaded.
    pub fn open(path: &Path, backend: Option<Backend>, options: RuntimeOptions) -> Result<Self, LoadError> {
        let path = std::fs::canonicalize(path).map_err(|source| match source.kind() {
            std::io::ErrorKind::NotFound => LoadError::NotFound { path: path.into() },
            _ => LoadError::Unreadable { path: path.into(), source },
        })?;
        let mut loaded = LOADED.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(loaded) = &*loaded {
            return match loaded.path == path {
                true => Ok(Self(loaded.clone())),
                false => Err(LoadError::AlreadyLoaded { loaded: loaded.path.clone(), asked: path }),
            };
        }
        let new = Arc::new(Loaded::load(path, backend)?);
        new.start_runtime(options);
        *loaded = Some(new.clone());
        tracing::debug!(path = %new.path.display(), "library loaded");
        Ok(Self(new))
    }

    /// The file that is loaded.
    pub fn path(&self) -> &Path {
        &self.0.path
    }

    /// Its backend, where known: a folder that was given says nothing of it.
    pub fn backend(&self) -> Option<Backend> {
        self.0.backend
    }
}

impl fmt::Debug for Libsimplex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Libsimplex").field("path", &self.0.path).field("backend", &self.0.backend).finish()
    }
}

impl Loaded {
    fn load(path: PathBuf, backend: Option<Backend>) -> Result<Self, LoadError> {
        let wanted = format!("{}-{}", std::env::consts::OS, std::env::consts::ARCH);
        match binary::platform_of(&path) {
            Ok(Some(found)) if found != wanted => return Err(LoadError::WrongPlatform { path, found, wanted }),
            Ok(_) => {}
            Err(source) => return Err(LoadError::Unreadable { path, source }),
        }
        let library = open_library(&path).map_err(|error| LoadError::Loader {
            path: path.clone(),
            reason: std::error::Error::source(&error).unwrap_or(&error).to_string(),
        })?;
        let mut missing = Vec::new();
        let functions = Functions::resolve(&library, &mut missing);
        match functions {
            Some(functions) => Ok(Self { path, backend, functions, _library: ManuallyDrop::new(library) }),
            None => Err(LoadError::MissingSymbols { path, names: missing }),
        }
    }

    /// Starts the library's runtime. Called once, under the lock of [`LOADED`].
    fn start_runtime(&self, options: RuntimeOptions) {
        let arguments: Vec<CString> = options.arguments().into_iter().filter_map(|a| CString::new(a).ok()).collect();
        let mut count = c_int::try_from(arguments.len()).unwrap_or(c_int::MAX);
        let mut pointers: Vec<*mut c_char> = arguments.into_iter().map(CString::into_raw).collect();
        pointers.push(ptr::null_mut());
        // The runtime keeps the arguments: they are given away for ever, and held so that no leak is seen in them.
        static HELD: AtomicPtr<*mut c_char> = AtomicPtr::new(ptr::null_mut());
        let mut argv = Box::leak(pointers.into_boxed_slice()).as_mut_ptr();
        HELD.store(argv, Ordering::Relaxed);
        // SAFETY: count and argv describe an argument vector as a C `main` has it, which lives for ever; the options in
        // it are built from numbers, so the runtime knows them all (it would end the process on others). No other call
        // has been made into the library, and none can be before this returns: whoever gets a `Libsimplex` gets it
        // after the lock.
        unsafe { (self.functions.hs_init_with_rtsopts)(&mut count, &mut argv) };
    }

    /// Takes a returned text.
    ///
    /// # Safety
    /// `text` must be null or a text that a function of this library has just returned, and nobody else may have it.
    unsafe fn take(&self, text: *mut c_char) -> Option<CText> {
        let text = NonNull::new(text)?;
        // SAFETY: a NUL-terminated text by the caller's promise.
        let len = unsafe { CStr::from_ptr(text.as_ptr()) }.count_bytes();
        Some(CText { start: text.cast(), offset: 0, len, free: self.functions.free })
    }
}

/// A buffer of the library's, freed on drop.
struct CText {
    start: NonNull<u8>,
    /// Where what is of interest begins.
    offset: usize,
    len: usize,
    free: FreeFn,
}

// SAFETY: the buffer has one owner, is never written again, and C's `free` may be called from any thread.
unsafe impl Send for CText {}

impl AsRef<[u8]> for CText {
    fn as_ref(&self) -> &[u8] {
        // SAFETY: the makers of a `CText` saw `offset + len` bytes of a live buffer that this value owns; nobody writes
        // to it. The slice lives as long as the borrow of the owner.
        unsafe { std::slice::from_raw_parts(self.start.as_ptr().add(self.offset), self.len) }
    }
}

impl Drop for CText {
    fn drop(&mut self) {
        // SAFETY: the buffer came from the library's `malloc`, `free` is that allocator's, and this is the one owner.
        unsafe { (self.free)(self.start.as_ptr().cast()) };
    }
}

/// Local scope, and deep binding where there is such a thing: with local scope alone a host that links SQLite itself
/// captures the library's `sqlite3_*` calls.
#[cfg(unix)]
fn open_library(path: &Path) -> Result<Library, libloading::Error> {
    use libloading::os::unix;
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    const DEEP_BIND: c_int = 0x8;
    #[cfg(not(all(target_os = "linux", target_env = "gnu")))]
    const DEEP_BIND: c_int = 0;
    // SAFETY: loading runs the library's initialisers. That is what the caller asks for: the file is the one it named
    // or that was fetched and verified. It is never unloaded, so nothing runs at unloading.
    unsafe { unix::Library::open(Some(path), unix::RTLD_NOW | unix::RTLD_LOCAL | DEEP_BIND) }.map(Library::from)
}

/// The libraries beside it are found with it.
#[cfg(windows)]
fn open_library(path: &Path) -> Result<Library, libloading::Error> {
    use libloading::os::windows;
    // SAFETY: as on Unix.
    unsafe { windows::Library::load_with_flags(path, windows::LOAD_WITH_ALTERED_SEARCH_PATH) }.map(Library::from)
}

impl Functions {
    /// All functions, or `None` with the names of those that are not there.
    fn resolve(library: &Library, missing: &mut Vec<&'static str>) -> Option<Self> {
        /// The address of a function as the function type `T`.
        ///
        /// # Safety
        /// `T` must be the type of the library's function of that name.
        unsafe fn symbol<T: Copy>(library: &Library, name: &'static str) -> Option<T> {
            // SAFETY: the type is right by the caller's promise.
            unsafe { library.get::<T>(name) }.ok().map(|symbol| *symbol)
        }
        macro_rules! required {
            ($name:ident) => {{
                // SAFETY: the field of that name has the type of the library's header (see the module's head).
                let found = unsafe { symbol(library, stringify!($name)) };
                if found.is_none() {
                    missing.push(stringify!($name));
                }
                found
            }};
        }
        let hs_init_with_rtsopts = required!(hs_init_with_rtsopts);
        let chat_migrate_init = required!(chat_migrate_init);
        let chat_close_store = required!(chat_close_store);
        let chat_send_cmd = required!(chat_send_cmd);
        let chat_recv_msg_wait = required!(chat_recv_msg_wait);
        let chat_write_file = required!(chat_write_file);
        let chat_read_file = required!(chat_read_file);
        let chat_encrypt_file = required!(chat_encrypt_file);
        let chat_decrypt_file = required!(chat_decrypt_file);
        #[cfg(unix)]
        // Looked up from the library: in it, then in what it links, which is the order of its own calls.
        let free = required!(free);
        #[cfg(windows)]
        let free = Some(ucrt_free as FreeFn);
        Some(Self {
            hs_init_with_rtsopts: hs_init_with_rtsopts?,
            // SAFETY: as above; it is optional.
            hs_thread_done: unsafe { symbol(library, "hs_thread_done") },
            chat_migrate_init: chat_migrate_init?,
            chat_close_store: chat_close_store?,
            chat_send_cmd: chat_send_cmd?,
            chat_recv_msg_wait: chat_recv_msg_wait?,
            chat_write_file: chat_write_file?,
            chat_read_file: chat_read_file?,
            chat_encrypt_file: chat_encrypt_file?,
            chat_decrypt_file: chat_decrypt_file?,
            free: free?,
        })
    }
}

#[cfg(windows)]
unsafe extern "C" {
    // The library is built against the universal C runtime, which the Rust toolchain links too.
    #[link_name = "free"]
    fn ucrt_free(buffer: *mut c_void);
}

impl CoreLib for Libsimplex {
    fn open(&self, db: &Db, confirm: Confirm) -> Result<Arc<dyn Controller>, OpenError> {
        if let Some(library) = self.0.backend.filter(|backend| *backend != db.backend()) {
            return Err(OpenError::Backend { library, database: db.backend() });
        }
        let (place, what, secret, secret_what) = match db {
            Db::Sqlite { prefix, key } => {
                let value = || prefix.to_string_lossy().into_owned();
                let why = "it is not UTF-8";
                let text = prefix.to_str().ok_or_else(|| OpenError::Text { what: "path", value: value(), why })?;
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
        let lock = match db {
            Db::Sqlite { prefix, .. } => Some(DbLock::take(prefix)?),
            Db::Postgres { .. } => None,
        };
        let mut ctrl: Ctrl = ptr::null_mut();
        // SAFETY: three NUL-terminated texts that live through the call, UTF-8 as the core needs; `ctrl` is written
        // to at most. The answer is taken at once.
        let answer = unsafe {
            let f = &self.0.functions;
            self.0.take((f.chat_migrate_init)(path.as_ptr(), key.as_ptr(), confirm.as_ptr(), &mut ctrl))
        };
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
        let (c_path, (key, nonce)) = (c_path(path)?, c_keys(path, args)?);
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
        let len = usize::try_from(len).unwrap_or(usize::MAX);
        // The buffer has `len` bytes after these five.
        Ok(Bytes::from_owner(CText { start, offset: 5, len, free: self.0.functions.free }))
    }

    fn decrypt_file(&self, from: &Path, args: &CryptoArgs, to: &Path) -> Result<(), FileError> {
        let (c_from, (key, nonce), c_to) = (c_path(from)?, c_keys(from, args)?, c_path(to)?);
        // SAFETY: four NUL-terminated texts that live through the call; the paths are UTF-8.
        let answer = unsafe {
            let f = &self.0.functions;
            self.0.take((f.chat_decrypt_file)(c_from.as_ptr(), key.as_ptr(), nonce.as_ptr(), c_to.as_ptr()))
        };
        let answer = answer.ok_or_else(|| FileError::Null { path: from.into() })?;
        match answer.as_ref() {
            b"" => Ok(()),
            reason => {
                let reason = String::from_utf8_lossy(reason).into_owned();
                // A wrong key is found at the end, when the garbage is written.
                if reason.contains("InvalidAuthTag") {
                    std::fs::remove_file(to).ok();
                }
                Err(FileError::Core { path: from.into(), reason })
            }
        }
    }

    fn thread_done(&self) {
        if let Some(done) = self.0.functions.hs_thread_done {
            // SAFETY: takes nothing. It frees the runtime's record of this thread, which is made anew should the
            // thread call again.
            unsafe { done() };
        }
    }
}

/// Set in `receives` once the store is closed.
const CLOSED: usize = 1 << (usize::BITS - 1);

struct NativeController {
    lib: Arc<Loaded>,
    ctrl: NonNull<c_void>,
    /// How many receives run; `CLOSED` in it when none may begin.
    receives: AtomicUsize,
    /// Let go when the store is closed.
    lock: Mutex<Option<DbLock>>,
}

// SAFETY: `ctrl` is a stable pointer of the library, made by a successful `chat_migrate_init`, valid for the life of the
// process (there is no call that frees it), and fit for calls from any thread. It is not reached but through the calls.
unsafe impl Send for NativeController {}
// SAFETY: as above; the calls may run side by side, but closing beside a receive, which `receives` rules out.
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
        // A wait of 0 would give nothing, a negative one would never end; half an hour fits an i32 of microseconds.
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
        let answer = answer.ok_or(CallError::Null { function: "chat_close_store" })?;
        match answer.as_ref() {
            b"" => {
                *lock = None;
                Ok(())
            }
            reason => Err(CallError::Store { reason: String::from_utf8_lossy(reason).into_owned() }),
        }
    }

    fn write_file(&self, path: &Path, data: &[u8]) -> Result<CryptoArgs, FileError> {
        let len = c_int::try_from(data.len()).map_err(|_| FileError::TooLarge { bytes: data.len() })?;
        let c_path = c_path(path)?;
        // SAFETY: `ctrl` is a live controller; the path is NUL-terminated UTF-8; `data` has `len` bytes, which the call
        // reads only, and a negative length cannot be.
        let answer = unsafe {
            let f = &self.lib.functions;
            self.lib.take((f.chat_write_file)(self.ctrl.as_ptr(), c_path.as_ptr(), data.as_ptr(), len))
        };
        CryptoArgs::from_answer(answer.ok_or_else(|| FileError::Null { path: path.into() })?.as_ref(), path)
    }

    fn encrypt_file(&self, from: &Path, to: &Path) -> Result<CryptoArgs, FileError> {
        let (c_from, c_to) = (c_path(from)?, c_path(to)?);
        // SAFETY: `ctrl` is a live controller; the paths are NUL-terminated UTF-8.
        let answer = unsafe {
            let f = &self.lib.functions;
            self.lib.take((f.chat_encrypt_file)(self.ctrl.as_ptr(), c_from.as_ptr(), c_to.as_ptr()))
        };
        CryptoArgs::from_answer(answer.ok_or_else(|| FileError::Null { path: from.into() })?.as_ref(), from)
    }
}

/// The library ends the process on a path that is not UTF-8.
fn c_path(path: &Path) -> Result<CString, FileError> {
    let text = path.to_str().ok_or_else(|| FileError::Path { path: path.into(), why: "it is not UTF-8" })?;
    CString::new(text).map_err(|_| FileError::Path { path: path.into(), why: "it has a NUL" })
}

fn c_keys(path: &Path, args: &CryptoArgs) -> Result<(CString, CString), FileError> {
    let text = |secret: &str| CString::new(secret).map_err(|_| FileError::Key { path: path.into() });
    Ok((text(args.file_key.expose_secret())?, text(args.file_nonce.expose_secret())?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runtime_arguments_are_those_of_the_official_clients() {
        let arguments = RuntimeOptions::default().arguments();
        let expected = ["simplex", "+RTS", "-A64m", "-H64m", "-xn", "--install-signal-handlers=no"];
        assert_eq!(
            arguments,
            if cfg!(windows) { [&expected[..4], &expected[5..]].concat() } else { expected.to_vec() }
        );
        assert!(RuntimeOptions::small().arguments().contains(&"-A4m".to_owned()));
    }
}
