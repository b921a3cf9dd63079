//! Loading the library, and, in `calls`, calling it: the only `unsafe` code.
//!
//! The safety arguments below rely on these facts:
//! - *The library stays.* It is never unloaded (its runtime cannot be), so its functions stay valid.
//! - *Signatures* are those of the library's C header, the same in all releases from 6.4 to 7.0.
//! - *Texts*: every returned pointer is null, or a NUL-terminated buffer made by `malloc` that the caller owns. The buffer
//!   of `chat_read_file` begins with a byte: after 0 come a length in four bytes and so many bytes, after 1 a text.
//! - *Arguments* are read, or written, during the call only. The one exception is the runtime's argument vector.
//! - *Controllers* are never freed. Commands on one whose store is closed, or is being closed, are answered from memory
//!   or with an error of the core.
//! - *Threads*: every function may be called from any thread and by several at once. This module enforces two
//!   exceptions: initialisation runs once, under a lock; a store is not closed while a receive runs.

mod calls;

use std::ffi::{CString, c_char, c_int, c_void};
use std::fmt;
use std::mem::ManuallyDrop;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::ptr;
use std::sync::atomic::{AtomicBool, AtomicPtr, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use libloading::Library;

use crate::{Backend, binary};

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
    /// The `free` that the library itself uses: the host program may have an allocator of its own.
    free: FreeFn,
}

struct Loaded {
    path: PathBuf,
    backend: Option<Backend>,
    functions: Functions,
    /// Whether it was asked to open a database, which makes it read all texts as UTF-8. Until then it reads paths in the
    /// locale's encoding, and leaves out what is not of it: in a container without a locale, all that is not ASCII.
    reads_utf8: AtomicBool,
    /// Never dropped: the runtime inside cannot be unloaded.
    _library: ManuallyDrop<Library>,
}

/// The one library of this process. A second one would bring a second runtime, and the two would share symbols.
static LOADED: Mutex<Option<Arc<Loaded>>> = Mutex::new(None);

/// The core's library, loaded and initialised. Cloning is cheap.
#[derive(Clone)]
pub struct Libsimplex(Arc<Loaded>);

/// How the library's runtime manages memory.
///
/// The defaults are those of the official clients. With `allocation_mib` 4 and no `heap_mib`, ten controllers use a
/// third less memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct RuntimeOptions {
    /// The allocation area, in MiB (`-A`): garbage is collected each time this much has been allocated.
    pub allocation_mib: NonZeroU32,
    /// The heap size that collections may grow into, in MiB (`-H`).
    pub heap_mib: Option<NonZeroU32>,
    /// Collects garbage without long pauses (`-xn`); not on Windows, where the runtime has no such collector.
    pub non_moving: bool,
}

impl Default for RuntimeOptions {
    fn default() -> Self {
        let mib = const { NonZeroU32::new(64).unwrap() };
        Self { allocation_mib: mib, heap_mib: Some(mib), non_moving: true }
    }
}

impl RuntimeOptions {
    /// Options for small servers: less memory, more collections.
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

/// Why the library could not be loaded.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum LoadError {
    /// The file does not exist.
    #[error("there is no library at {}: fetch it, or point SIMPLEX_LIBS_DIR at the folder that holds it", path.display())]
    NotFound {
        /// The path.
        path: PathBuf,
    },
    /// The file cannot be read.
    #[error("the library {} cannot be read: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The system's message.
        source: std::io::Error,
    },
    /// The library is built for another operating system or processor.
    #[error("the library {} is built for {found}, this process runs on {wanted}: fetch the one for {wanted}", path.display())]
    WrongPlatform {
        /// The file.
        path: PathBuf,
        /// What it is built for.
        found: String,
        /// What is needed.
        wanted: String,
    },
    /// The system's loader rejects the library: it is damaged, or a library that it needs is missing, beside it or on
    /// the system.
    #[error("the library {} cannot be loaded: {reason}; {}", path.display(), loader_advice(cfg!(target_env = "musl")))]
    Loader {
        /// The file.
        path: PathBuf,
        /// The loader's message.
        reason: String,
    },
    /// The file is not a library of the core, or is of a version that lacks functions.
    #[error("the library {} lacks {}: is it a libsimplex of version 6.4 or later?", path.display(), names.join(", "))]
    MissingSymbols {
        /// The file.
        path: PathBuf,
        /// All missing functions.
        names: Vec<&'static str>,
    },
    /// Another library is already loaded: a process can load only one.
    #[error("this process has {} loaded already and cannot load {} too: use one per process", loaded.display(), asked.display())]
    AlreadyLoaded {
        /// The library that is loaded.
        loaded: PathBuf,
        /// The library that was requested.
        asked: PathBuf,
    },
    /// The library could not be found or downloaded.
    #[error(transparent)]
    Locate(#[from] crate::LocateError),
    /// No thread could be started, or it died.
    #[error("the thread that loads the library failed: {0}")]
    Thread(std::io::Error),
}

/// Its message: `unwrap`, and a `main` that returns it in a box, print that.
impl fmt::Debug for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

fn loader_advice(musl: bool) -> &'static str {
    match musl {
        true => {
            "this program is built for musl, but a release's library needs glibc: build it for a `-gnu` target, or run \
             the simplex-chat CLI and connect to it over WebSocket"
        }
        false => "are the libraries that came with it beside it, and those installed that it needs of the system?",
    }
}

impl Libsimplex {
    /// Finds the library, downloads it if necessary, and loads it.
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

    /// Loads the library file at `path` and starts its runtime. The options of the first caller apply; later callers
    /// get the same library, even if several race.
    ///
    /// # Errors
    /// [`LoadError`]; after an error, another library can be loaded.
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

    /// The file that was loaded.
    pub fn path(&self) -> &Path {
        &self.0.path
    }

    /// Its backend, if known: a given folder does not determine it.
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
        let library = ManuallyDrop::new(open_library(&path).map_err(|error| LoadError::Loader {
            path: path.clone(),
            reason: std::error::Error::source(&error).unwrap_or(&error).to_string(),
        })?);
        let mut missing = Vec::new();
        let functions = Functions::resolve(&library, &mut missing);
        match functions {
            Some(functions) => {
                Ok(Self { path, backend, functions, reads_utf8: AtomicBool::new(false), _library: library })
            }
            None => Err(LoadError::MissingSymbols { path, names: missing }),
        }
    }

    /// Starts the library's runtime. Called once, under the lock of [`LOADED`].
    fn start_runtime(&self, options: RuntimeOptions) {
        let arguments: Vec<CString> = options.arguments().into_iter().filter_map(|a| CString::new(a).ok()).collect();
        let mut count = c_int::try_from(arguments.len()).unwrap_or(c_int::MAX);
        let mut pointers: Vec<*mut c_char> = arguments.into_iter().map(CString::into_raw).collect();
        pointers.push(ptr::null_mut());
        // The runtime keeps the arguments: they are never freed, and `HELD` points to them so that no leak is reported.
        static HELD: AtomicPtr<*mut c_char> = AtomicPtr::new(ptr::null_mut());
        let mut argv = Box::leak(pointers.into_boxed_slice()).as_mut_ptr();
        HELD.store(argv, Ordering::Relaxed);
        // SAFETY: count and argv describe an argument vector as a C `main` gets it, and it is never freed; the two
        // variables themselves are changed during the call only. The options are built from numbers, so the runtime
        // knows them all (it would end the process on others). No other call has been made into the library, and none
        // can be before this returns: a `Libsimplex` is handed out only after this, under the lock.
        unsafe { (self.functions.hs_init_with_rtsopts)(&mut count, &mut argv) };
    }
}

/// Local scope, and deep binding where it exists: with local scope alone, the library's `sqlite3_*` calls would go to
/// the SQLite of a host that links it itself.
#[cfg(unix)]
fn open_library(path: &Path) -> Result<Library, libloading::Error> {
    use libloading::os::unix;
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    const DEEP_BIND: c_int = 0x8;
    #[cfg(not(all(target_os = "linux", target_env = "gnu")))]
    const DEEP_BIND: c_int = 0;
    // SAFETY: loading runs the library's initialisers. That is what the caller asks for: the file is the one that the
    // caller named, or one that was fetched and verified. It is never unloaded, so nothing runs at unloading.
    unsafe { unix::Library::open(Some(path), unix::RTLD_NOW | unix::RTLD_LOCAL | DEEP_BIND) }.map(Library::from)
}

/// With this flag, the loader also finds the libraries that lie beside it.
#[cfg(windows)]
fn open_library(path: &Path) -> Result<Library, libloading::Error> {
    use libloading::os::windows;
    // SAFETY: as on Unix.
    unsafe { windows::Library::load_with_flags(path, windows::LOAD_WITH_ALTERED_SEARCH_PATH) }.map(Library::from)
}

impl Functions {
    /// All functions, or `None` if the library lacks some; `missing` then has their names.
    fn resolve(library: &Library, missing: &mut Vec<&'static str>) -> Option<Self> {
        /// The address of a function, as the function type `T`.
        ///
        /// # Safety
        /// `T` must be the type of the library's function of that name.
        unsafe fn symbol<T: Copy>(library: &Library, name: &'static str) -> Option<T> {
            // SAFETY: the type is right by the caller's promise, and `None` of a function type is null, which a symbol may
            // be, too.
            unsafe { library.get::<Option<T>>(name) }.ok().and_then(|symbol| *symbol)
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
        // Looked up in the library, then in what it links: the order in which its own calls are resolved.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_library_that_the_loader_rejects_is_named_with_what_it_may_lack() {
        let reason = "libgmp.so.10: cannot open shared object file".to_owned();
        let said = LoadError::Loader { path: "libsimplex.so".into(), reason }.to_string();
        assert!(said.contains("libgmp") && said.contains("beside it") && said.contains("of the system"), "{said}");
        assert!(loader_advice(true).contains("glibc"));
    }

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
