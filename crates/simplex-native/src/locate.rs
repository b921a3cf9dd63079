//! Finding the library: in a folder given by the environment, in the cache, or by downloading it.

use std::env::consts::{ARCH, OS};
use std::ffi::OsString;
use std::fmt;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use secrecy::SecretString;

/// The core version that this crate is made for.
pub const VERSION: &str = "7.0.2";
/// The environment variable for a folder that contains the library; the folder is used as it is.
pub const LIBS_DIR: &str = "SIMPLEX_LIBS_DIR";
/// The environment variable for a mirror to download from: it replaces the release's address up to the version.
pub const LIBS_MIRROR: &str = "SIMPLEX_LIBS_MIRROR";

/// The database that a library is built for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Backend {
    /// SQLite files, through SQLCipher.
    #[default]
    Sqlite,
    /// A PostgreSQL server; Linux on x86-64 only.
    Postgres,
}

impl fmt::Display for Backend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
        })
    }
}

impl FromStr for Backend {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "sqlite" => Ok(Self::Sqlite),
            "postgres" => Ok(Self::Postgres),
            other => Err(format!("`{other}` is no backend: sqlite or postgres")),
        }
    }
}

/// Where to get the library from. [`LibSource::default`] is right for most bots: the folder in `SIMPLEX_LIBS_DIR` if
/// it is set, then the cache, then the release.
#[must_use = "nothing is loaded until it is asked for"]
#[derive(Debug, Clone)]
pub struct LibSource {
    pub(crate) place: Place,
    pub(crate) version: String,
    pub(crate) backend: Backend,
    pub(crate) platform: String,
    pub(crate) cache: Option<PathBuf>,
    /// Secret, because the address may contain a password.
    pub(crate) mirror: Option<SecretString>,
    pub(crate) sha256: Option<String>,
    pub(crate) force: bool,
    #[cfg(feature = "download")]
    pub(crate) pace: crate::download::Pace,
}

#[derive(Debug, Clone)]
pub(crate) enum Place {
    /// The environment's folder, the cache, the release.
    Search,
    /// A folder, or the file itself.
    Path(PathBuf),
}

impl Default for LibSource {
    fn default() -> Self {
        Self {
            place: Place::Search,
            version: VERSION.to_owned(),
            backend: Backend::default(),
            platform: format!("{OS}-{ARCH}"),
            cache: None,
            mirror: None,
            sha256: None,
            force: false,
            #[cfg(feature = "download")]
            pace: Default::default(),
        }
    }
}

/// A library file that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Found {
    /// The file's path.
    pub path: PathBuf,
    /// Its backend, if the location determines it.
    pub backend: Option<Backend>,
}

/// Progress of a download.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Progress {
    /// Another process is downloading the same library; this one waits for it.
    Waiting,
    /// Downloading the archive.
    Downloading {
        /// Bytes so far, including those of earlier runs.
        bytes: u64,
        /// The total size, if the server reports it.
        total: Option<u64>,
    },
    /// An attempt failed; another follows.
    Retrying {
        /// The reason, for humans.
        reason: String,
    },
    /// The archive is complete; it is verified and unpacked.
    Unpacking,
    /// The library is installed.
    Installed,
}

impl LibSource {
    /// Uses an existing library, given by its file or the folder that contains it.
    pub fn path(path: impl Into<PathBuf>) -> Self {
        Self { place: Place::Path(path.into()), ..Self::default() }
    }

    /// Uses another release version than [`VERSION`].
    pub fn version(mut self, version: impl Into<String>) -> Self {
        self.version = version.into();
        self
    }

    /// Uses the library of another backend.
    pub fn backend(mut self, backend: Backend) -> Self {
        self.backend = backend;
        self
    }

    /// Uses the library of another platform, such as `macos-aarch64`, to copy it there.
    pub fn platform(mut self, platform: impl Into<String>) -> Self {
        self.platform = platform.into();
        self
    }

    /// Uses another cache folder than the user's.
    pub fn cache(mut self, folder: impl Into<PathBuf>) -> Self {
        self.cache = Some(folder.into());
        self
    }

    /// Downloads from another place; `https`, or `http` on this machine.
    pub fn mirror(mut self, address: impl Into<String>) -> Self {
        self.mirror = Some(SecretString::from(address.into()));
        self
    }

    /// Sets the SHA-256 that the archive must have, in hexadecimal. A cached library that is known to come from
    /// another archive is downloaded again.
    pub fn sha256(mut self, digest: impl Into<String>) -> Self {
        self.sha256 = Some(digest.into());
        self
    }

    /// Downloads the library again even if it is cached.
    pub fn force(mut self) -> Self {
        self.force = true;
        self
    }

    /// Finds the library, and downloads it if necessary. Blocks; `progress` is called during the download.
    ///
    /// # Errors
    /// [`LocateError`], which says what was tried and what to do manually.
    pub fn locate(&self, mut progress: impl FnMut(Progress)) -> Result<Found, LocateError> {
        match (&self.place, named_folder()) {
            (Place::Path(path), _) => self.in_folder(path, None),
            (Place::Search, Some(folder)) => self.in_folder(&folder, None).map_err(|error| match error {
                LocateError::NotThere { tried } => LocateError::NotInNamed { folder, tried },
                other => other,
            }),
            (Place::Search, None) => self.cached(&mut progress),
        }
    }

    /// The library in the cache, downloaded if necessary.
    pub(crate) fn cached(&self, progress: &mut dyn FnMut(Progress)) -> Result<Found, LocateError> {
        let folder = self.cache_folder()?;
        if let Some(value) = self.sha256.clone().filter(|stated| !is_digest(stated)) {
            return Err(LocateError::Name { what: "SHA-256", value, rule: "64 hexadecimal digits" });
        }
        if self.wants_cached(&folder)
            && let Ok(found) = self.in_folder(&folder, Some(self.backend))
        {
            return Ok(found);
        }
        self.fetch_into(&folder, progress)?;
        self.in_folder(&folder, Some(self.backend))
    }

    /// The folder that contains the library, or that it would be downloaded into.
    ///
    /// # Errors
    /// Same as [`LibSource::cache_folder`].
    pub fn folder(&self) -> Result<PathBuf, LocateError> {
        match &self.place {
            Place::Path(path) => Ok(path.clone()),
            Place::Search => named_folder().map_or_else(|| self.cache_folder(), Ok),
        }
    }

    /// The folder of this library in the cache, whether it exists or not.
    ///
    /// # Errors
    /// [`LocateError::NoCache`] if the user has no known cache folder, [`LocateError::Name`] for a version or platform
    /// that could lead out of it.
    pub fn cache_folder(&self) -> Result<PathBuf, LocateError> {
        for (what, value) in [("version", &self.version), ("platform", &self.platform)] {
            let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_');
            if value.is_empty() || value.starts_with('.') || !value.bytes().all(plain) {
                let rule = "letters, digits, dots, hyphens and underscores, and no dot at its start";
                return Err(LocateError::Name { what, value: value.clone(), rule });
            }
        }
        let base = match &self.cache {
            Some(cache) => cache.clone(),
            None => user_cache().ok_or(LocateError::NoCache)?.join("simplex-chat"),
        };
        let mut folder = format!("v{}", self.version);
        // The folders of the official clients are for this platform; those for another platform are kept apart.
        if self.platform != format!("{OS}-{ARCH}") {
            folder = format!("{folder}-{}", self.platform);
        }
        Ok(base.join(folder).join(self.backend.to_string()))
    }

    /// Whether a library in this folder of the cache may be used: not if it came from another archive than the stated
    /// one.
    pub(crate) fn wants_cached(&self, folder: &Path) -> bool {
        let other = self.sha256.as_ref().zip(self.recorded(folder));
        !self.force && other.is_none_or(|(stated, recorded)| stated.eq_ignore_ascii_case(&recorded))
    }

    /// The digest of the archive that the library in this folder of the cache came from, if that is known.
    pub(crate) fn recorded(&self, folder: &Path) -> Option<String> {
        let text = std::fs::read_to_string(folder.with_file_name(format!("{}.sha256", self.backend))).ok()?;
        // If a full disk or a killed process left the digest incomplete, there is none.
        Some(text.trim().to_owned()).filter(|digest| is_digest(digest))
    }

    pub(crate) fn in_folder(&self, place: &Path, backend: Option<Backend>) -> Result<Found, LocateError> {
        let name = match self.platform.split('-').next() {
            Some("macos") => "libsimplex.dylib",
            Some("windows") => "libsimplex.dll",
            _ => "libsimplex.so",
        };
        let mut tried = vec![place.join(name), place.join("libs").join(name)];
        if place.is_file() {
            tried.insert(0, place.to_owned());
        }
        let mut unreadable = None;
        for path in &tried {
            match std::fs::metadata(path) {
                Ok(metadata) if metadata.is_file() => return Ok(Found { path: path.clone(), backend }),
                Err(source) if !matches!(source.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
                    unreadable = Some(LocateError::Unreadable { path: path.clone(), source });
                }
                _ => {}
            }
        }
        Err(unreadable.unwrap_or(LocateError::NotThere { tried }))
    }

    #[cfg(not(feature = "download"))]
    fn fetch_into(&self, folder: &Path, _: &mut dyn FnMut(Progress)) -> Result<(), LocateError> {
        Err(LocateError::NotFetched {
            folder: folder.into(),
            url: String::new(),
            reason: "this build cannot fetch".to_owned(),
        })
    }
}

/// Whether a text is a SHA-256 in hexadecimal.
fn is_digest(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// The folder in the environment's [`LIBS_DIR`], if it is set and not empty.
pub fn named_folder() -> Option<PathBuf> {
    variable(LIBS_DIR).map(PathBuf::from)
}

/// A variable of the environment; an empty one counts as not set.
pub(crate) fn variable(name: &str) -> Option<OsString> {
    std::env::var_os(name).filter(|value| !value.is_empty())
}

/// The user's cache folder, as the official clients choose it.
pub(crate) fn user_cache() -> Option<PathBuf> {
    let in_home = |folder| Some(std::env::home_dir()?.join(folder));
    // A path that is not from the root would be another folder for each working folder.
    let named = |name| variable(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let cache = match OS {
        "windows" => named("LOCALAPPDATA"),
        "macos" => in_home("Library/Caches"),
        _ => named("XDG_CACHE_HOME").or_else(|| in_home(".cache")),
    };
    cache.filter(|path| path.is_absolute())
}

/// Why there is no library to load.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LocateError {
    /// The library is not in the given folder.
    #[error(
        "there is no library at {}: name the file or the folder it is in; `LibSource::default()` finds or fetches one",
        list(tried)
    )]
    NotThere {
        /// The files that were looked for.
        tried: Vec<PathBuf>,
    },
    /// The library is not in the folder given by the environment.
    #[error(
        "{LIBS_DIR} is {}, but there is no library at {}: set it to the folder that the library is in, or unset it to \
         have the cached or released one",
        folder.display(), list(tried)
    )]
    NotInNamed {
        /// The variable's value.
        folder: PathBuf,
        /// The files that were looked for.
        tried: Vec<PathBuf>,
    },
    /// Whether the library is there cannot be seen: most often, this user may not look into its folder.
    #[error("the library cannot be looked for at {}: {source}; may this user read its folder?", path.display())]
    Unreadable {
        /// The file that was looked for.
        path: PathBuf,
        /// The system's message.
        source: std::io::Error,
    },
    /// Neither the environment nor the home folder determines a cache folder.
    #[error(
        "there is no cache folder: set HOME (LOCALAPPDATA on Windows) to a path from the root, or {LIBS_DIR} to a folder \
         with the library"
    )]
    NoCache,
    /// A version or platform that is not a plain name, or a digest that is none.
    #[error("`{value}` is not a valid {what}: it has {rule}")]
    Name {
        /// What the name was for.
        what: &'static str,
        /// The invalid name.
        value: String,
        /// What a valid one has.
        rule: &'static str,
    },
    /// The library could not be downloaded. The message says how to do it manually.
    #[error("{}", by_hand(folder, url, reason))]
    NotFetched {
        /// The folder where the library would be.
        folder: PathBuf,
        /// The address that was requested.
        url: String,
        /// The reason.
        reason: String,
    },
    /// The release has no library for this platform.
    #[error(
        "there is no library for {platform} ({url} does not exist): run the simplex-chat CLI and connect to it over WebSocket, or build the library and set SIMPLEX_LIBS_DIR"
    )]
    NoSuchRelease {
        /// The platform.
        platform: String,
        /// The address that was requested.
        url: String,
    },
    /// The archive does not have the expected digest.
    #[error(
        "the archive from {url} has the SHA-256 {found}, not {expected}: it was changed on its way or at its source, and is \
         not used; if its source states that digest, give it (`LibSource::sha256`, `simplex libs fetch --sha256`)"
    )]
    Digest {
        /// The archive's address.
        url: String,
        /// The actual digest.
        found: String,
        /// The expected digest.
        expected: String,
    },
    /// The archive is damaged or malicious, or is none.
    #[error("the archive from {url} is not used: {reason}")]
    Archive {
        /// The archive's address.
        url: String,
        /// What is wrong with the archive.
        reason: String,
    },
    /// The mirror is neither `https` nor on this machine.
    #[error("the mirror {url} is not used: it must be https, or http on this machine")]
    Mirror {
        /// The address.
        url: String,
    },
    /// Files in the cache could not be read or written.
    #[error(
        "the cache cannot be used: {}: {source}; is there room, and the right to write? Or set {LIBS_DIR} to a folder \
         with the library",
        path.display()
    )]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// The system's message.
        source: std::io::Error,
    },
}

fn list(paths: &[PathBuf]) -> String {
    paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(" or ")
}

fn by_hand(folder: &Path, url: &str, reason: &str) -> String {
    let folder = folder.display();
    match url {
        "" => format!(
            "there is no library at {folder}: {reason}. Run `simplex libs fetch`, or set SIMPLEX_LIBS_DIR to a folder with it"
        ),
        url => format!(
            "the library could not be fetched from {url}: {reason}. By hand: download that file elsewhere, unpack its `libs` folder into {folder}; or set SIMPLEX_LIBS_DIR to a folder with the library"
        ),
    }
}
