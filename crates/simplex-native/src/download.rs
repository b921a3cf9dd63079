//! Downloading the library's archive: interrupted downloads are resumed, and the archive is verified, unpacked and
//! moved into place in one step.
//!
//! Several processes may need the same library: one downloads it, the others wait. A killed process leaves behind at
//! most a partial archive, which the next one resumes, or folders under other names, which the next one removes or, if one
//! was the library that was being replaced, puts back.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use secrecy::ExposeSecret;
use sha2::{Digest, Sha256};
use ureq::http::{HeaderValue, StatusCode, Uri, header};

use crate::locate::{LIBS_MIRROR, variable};
use crate::unpack::{NotUnpacked, unpack};
use crate::{Backend, LibSource, LocateError, Progress};

const RELEASES: &str = "https://github.com/simplex-chat/simplex-chat-libs/releases/download";

/// SHA-256 of archives whose digest is known. The digests of others are recorded when they are first fetched.
const KNOWN: &[(&str, &str)] = &[(
    "v7.0.2/simplex-chat-libs-linux-x86_64.zip",
    "235e8afc1942f098e6ad27b7e2947eced0a670e2ed35f064d802b71bbcfc1610",
)];

/// The largest archive that is accepted: a larger one could fill the disk.
const MAX_ARCHIVE: u64 = 1 << 30;
/// How long to wait for another process that fetches the same library.
const MAX_WAIT: Duration = Duration::from_secs(60 * 60);
/// The fewest bytes that a connection must bring in the time of [`Pace::stall`]: with less, it would go on for days.
const SLOWEST: u64 = 16 << 10;
/// The name of the file with the digest in the folder of a library that another one replaces.
const DIGEST: &str = "sha256";
/// The most tries in a row that bring nothing.
const MAX_FRUITLESS: u32 = 5;
/// The most tries in all, even if each brings something: with a server that always cuts, the download must end, too.
const MAX_TRIES: u32 = 200;

/// The waits of a download.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pace {
    /// If no byte comes for this long, or hardly any, the connection is given up.
    pub(crate) stall: Duration,
    /// The pause before the second try; it is doubled up to sixteen times this.
    pub(crate) pause: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self { stall: Duration::from_secs(30), pause: Duration::from_millis(500) }
    }
}

impl LibSource {
    pub(crate) fn fetch_into(&self, folder: &Path, progress: &mut dyn FnMut(Progress)) -> Result<(), LocateError> {
        let fetch = Fetch::new(self, folder)?;
        let _lock = fetch.lock(progress)?;
        fetch.put_back()?;
        // Another process may have been faster.
        if self.wants_cached(folder) && self.in_folder(folder, None).is_ok() {
            return Ok(());
        }
        let mut again = true;
        loop {
            let (archive, digest, resumed) = fetch.download(progress)?;
            progress(Progress::Unpacking);
            match fetch.install(&archive, &digest) {
                // Without a known digest, damage from an earlier run, or of a file that was replaced meanwhile, is found
                // only here. That archive is removed now: start again, once.
                Err(LocateError::Archive { reason, .. }) if resumed && std::mem::take(&mut again) => {
                    progress(Progress::Retrying { reason });
                }
                Err(error) => return Err(error),
                Ok(()) => break,
            }
        }
        progress(Progress::Installed);
        Ok(())
    }
}

/// One library that is being fetched into `folder`; its other files lie beside that folder.
struct Fetch<'a> {
    source: &'a LibSource,
    folder: &'a Path,
    url: String,
    /// The archive's name in the release, with the version.
    name: String,
}

/// Why a try did not bring the whole archive.
enum Failure {
    /// Worth another try.
    Again(String),
    /// Not worth another try.
    Final(LocateError),
}

impl From<LocateError> for Failure {
    fn from(error: LocateError) -> Self {
        Self::Final(error)
    }
}

impl<'a> Fetch<'a> {
    fn new(source: &'a LibSource, folder: &'a Path) -> Result<Self, LocateError> {
        let suffix = if source.backend == Backend::Postgres { "-postgres" } else { "" };
        let name = format!("v{}/simplex-chat-libs-{}{suffix}.zip", source.version, source.platform);
        // An error, so that the value is not silently ignored in favor of another place.
        let no_text = |_| LocateError::Mirror { url: format!("of {LIBS_MIRROR}, which is not UTF-8,") };
        let named = variable(LIBS_MIRROR).map(|value| value.into_string().map_err(no_text)).transpose()?;
        let mirror = source.mirror.as_ref().map(ExposeSecret::expose_secret).or(named.as_deref());
        let base = mirror.unwrap_or(RELEASES).trim_end_matches('/');
        let url = format!("{base}/{name}");
        let fetch = Self { source, folder, url, name };
        match fetch.url.parse::<Uri>() {
            Ok(uri) if uri.scheme_str() == Some("https") || (uri.scheme_str() == Some("http") && is_local(&uri)) => {
                Ok(fetch)
            }
            _ => Err(LocateError::Mirror { url: fetch.shown() }),
        }
    }

    /// A file beside the folder, such as `sqlite.zip.part`.
    fn beside(&self, suffix: &str) -> PathBuf {
        let mut name = self.folder.file_name().unwrap_or_default().to_owned();
        name.push(suffix);
        self.folder.with_file_name(name)
    }

    /// The address without the password that a mirror's address may have.
    fn shown(&self) -> String {
        match self.url.rsplit_once('@') {
            Some((before, rest)) => {
                let scheme = before.split_once("://").map(|(scheme, _)| format!("{scheme}://")).unwrap_or_default();
                format!("{scheme}…@{rest}")
            }
            None => self.url.clone(),
        }
    }

    fn not_fetched(&self, reason: impl Into<String>) -> LocateError {
        LocateError::NotFetched { folder: self.folder.into(), url: self.shown(), reason: reason.into() }
    }

    /// Waits until no other process fetches this library. The lock ends with the file, and with the process.
    fn lock(&self, progress: &mut dyn FnMut(Progress)) -> Result<File, LocateError> {
        let path = self.beside(".lock");
        let failed = |source| LocateError::Io { path: path.clone(), source };
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).map_err(failed)?;
        }
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(&path).map_err(failed)?;
        let until = Instant::now() + MAX_WAIT;
        let mut told = false;
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(file),
                Err(TryLockError::Error(source)) => return Err(failed(source)),
                Err(TryLockError::WouldBlock) if Instant::now() > until => {
                    return Err(self.not_fetched(format!("another process has been fetching it for {MAX_WAIT:?}")));
                }
                Err(TryLockError::WouldBlock) => {
                    if !std::mem::replace(&mut told, true) {
                        progress(Progress::Waiting);
                    }
                    std::thread::sleep(Duration::from_millis(100));
                }
            }
        }
    }

    /// Downloads the whole archive and verifies it; returns its path, its digest and whether it came in parts.
    fn download(&self, progress: &mut dyn FnMut(Progress)) -> Result<(PathBuf, String, bool), LocateError> {
        let part = self.beside(".zip.part");
        let agent = self.agent()?;
        let (mut fruitless, mut tries) = (0, 0);
        loop {
            let before = size(&part);
            // The part from an earlier try may be the fault: the archive gets one more try from the start.
            let resumed = before > 0;
            let failure = match self.try_once(&agent, &part, progress).and_then(|()| self.verify(&part)) {
                Ok(digest) => return Ok((part, digest, resumed)),
                Err(failure) => failure,
            };
            let reason = match failure {
                Failure::Again(reason) => reason,
                Failure::Final(error @ (LocateError::Digest { .. } | LocateError::Archive { .. })) if resumed => {
                    error.to_string()
                }
                Failure::Final(error) => return Err(error),
            };
            tries += 1;
            fruitless = if size(&part) > before { 0 } else { fruitless + 1 };
            if fruitless >= MAX_FRUITLESS || tries >= MAX_TRIES {
                return Err(self.not_fetched(format!("{reason} ({tries} tries)")));
            }
            progress(Progress::Retrying { reason });
            std::thread::sleep(self.source.pace.pause * (1 << fruitless.min(4)));
        }
    }

    /// The proxy that the environment names. If the first one cannot be used, that is an error, and no reason to ask another
    /// or none.
    fn proxy(&self) -> Result<Option<ureq::Proxy>, LocateError> {
        // In the order in which `try_from_env` goes through them; it passes over those that it cannot read.
        let names = ["ALL_PROXY", "all_proxy", "HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"];
        let named = names.into_iter().find_map(|name| Some((name, variable(name)?)));
        match named {
            Some((name, value)) if value.to_str().is_none_or(|value| ureq::Proxy::new(value).is_err()) => Err(self
                .not_fetched(format!(
                    "{name} is not the address of a proxy, such as http://HOST:PORT or socks5h://HOST:PORT"
                ))),
            _ => Ok(ureq::Proxy::try_from_env()),
        }
    }

    fn agent(&self) -> Result<ureq::Agent, LocateError> {
        let stall = Some(self.source.pace.stall);
        let https = self.url.starts_with("https:");
        let config = ureq::Agent::config_builder()
            // An http address is on this machine (see `new`): it needs no proxy.
            .proxy(if https { self.proxy()? } else { None })
            // A release's address redirects to where the file lies; never from https to http.
            .https_only(https)
            .http_status_as_error(false)
            .user_agent(concat!("simplex-native/", env!("CARGO_PKG_VERSION")))
            .timeout_resolve(stall)
            .timeout_connect(stall)
            .timeout_recv_response(stall)
            .timeout_per_read(stall);
        Ok(config.build().new_agent())
    }

    /// One request, from the end of the partial archive on.
    fn try_once(&self, agent: &ureq::Agent, part: &Path, progress: &mut dyn FnMut(Progress)) -> Result<(), Failure> {
        let etag_file = self.beside(".zip.etag");
        let mut have = size(part);
        let mut request = agent.get(&self.url);
        if have > 0 {
            request = request.header(header::RANGE, format!("bytes={have}-"));
            // Ask for the rest of the same file, or for all of the file that has replaced it.
            if let Ok(Ok(etag)) = std::fs::read(&etag_file).map(HeaderValue::try_from) {
                request = request.header(header::IF_RANGE, etag);
            }
        }
        let response = request.call().map_err(|error| {
            let is_asked = |proxy: &&ureq::Proxy| self.url.parse().is_ok_and(|url| !proxy.is_no_proxy(&url));
            let proxy = agent.config().proxy().filter(is_asked);
            let by = proxy.map(|proxy| format!(", by the proxy {}:{}", proxy.host(), proxy.port()));
            Failure::Again(format!("{error}{}", by.unwrap_or_default()))
        })?;
        let status = response.status();
        let text = |name| response.headers().get(name).and_then(|value| value.to_str().ok());
        let range = text(header::CONTENT_RANGE).and_then(|value| value.strip_prefix("bytes "));
        let length = text(header::CONTENT_LENGTH).and_then(|value| value.parse::<u64>().ok());
        let total = match status {
            StatusCode::OK => {
                have = 0;
                length
            }
            StatusCode::PARTIAL_CONTENT => {
                let start = range.and_then(|range| range.split('-').next()?.parse().ok());
                if start != Some(have) {
                    remove(part)?;
                    return Err(Failure::Again("the server sent another part than the one asked for".to_owned()));
                }
                range
                    .and_then(|range| range.split('/').nth(1)?.parse().ok())
                    .or(length.map(|length| have.saturating_add(length)))
            }
            StatusCode::RANGE_NOT_SATISFIABLE => {
                // Either the whole archive is here, or something else is.
                let total = range.and_then(|range| range.strip_prefix("*/")?.parse::<u64>().ok());
                if have > 0 && total == Some(have) {
                    return Ok(());
                }
                remove(part)?;
                return Err(Failure::Again("the partial archive did not fit the server's".to_owned()));
            }
            StatusCode::NOT_FOUND | StatusCode::GONE => {
                let platform = format!("{} with {}", self.source.platform, self.source.backend);
                return Err(LocateError::NoSuchRelease { platform, url: self.shown() }.into());
            }
            status => {
                let passes = matches!(status, StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_MANY_REQUESTS);
                let reason = format!("the server answered {status}");
                return Err(match passes || status.is_server_error() {
                    true => Failure::Again(reason),
                    false => self.not_fetched(reason).into(),
                });
            }
        };
        if let Some(total) = total.filter(|total| *total > MAX_ARCHIVE) {
            return Err(self.not_fetched(format!("it has {total} bytes")).into());
        }
        match text(header::ETAG).filter(|etag| !etag.starts_with("W/")) {
            Some(etag) => std::fs::write(&etag_file, etag).map_err(|source| io(part, source))?,
            None => remove(&etag_file)?,
        }
        self.receive(response.into_body().into_reader(), part, have, total, progress)
    }

    /// Writes what comes behind the bytes that the partial archive has.
    fn receive(
        &self,
        mut body: impl Read,
        part: &Path,
        mut have: u64,
        total: Option<u64>,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<(), Failure> {
        let io = |source| io(part, source);
        let mut file = OpenOptions::new().create(true).truncate(false).write(true).open(part).map_err(io)?;
        file.set_len(have).map_err(io)?;
        file.seek(std::io::SeekFrom::End(0)).map_err(io)?;
        let mut buffer = vec![0; 64 * 1024];
        progress(Progress::Downloading { bytes: have, total });
        let (mut since, mut had) = (Instant::now(), have);
        loop {
            let read = match body.read(&mut buffer) {
                Ok(0) => break,
                Ok(read) => read,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(Failure::Again(format!("the connection broke ({error})"))),
            };
            file.write_all(buffer.get(..read).unwrap_or_default()).map_err(io)?;
            have += read as u64;
            if have > MAX_ARCHIVE {
                remove(part)?;
                return Err(self.not_fetched("it does not end").into());
            }
            progress(Progress::Downloading { bytes: have, total });
            if since.elapsed() > self.source.pace.stall {
                if have - had < SLOWEST {
                    return Err(Failure::Again(format!("{} bytes came within {:?}", have - had, since.elapsed())));
                }
                (since, had) = (Instant::now(), have);
            }
        }
        match total {
            Some(total) if have != total => {
                Err(Failure::Again(format!("the connection ended after {have} of {total} bytes")))
            }
            _ => Ok(()),
        }
    }

    /// Compares the archive with the digest that was stated, is known, or was recorded; returns the archive's own
    /// digest. What is no archive at all has an error of its own.
    fn verify(&self, archive: &Path) -> Result<String, Failure> {
        let mut hasher = Sha256::new();
        let mut file = File::open(archive).map_err(|error| io(archive, error))?;
        let mut start = Vec::new();
        Read::by_ref(&mut file).take(2).read_to_end(&mut start).map_err(|error| io(archive, error))?;
        if start != b"PK" {
            remove(archive)?;
            let reason = "the server sent something else than an archive, such as a page to log in".to_owned();
            return Err(LocateError::Archive { url: self.shown(), reason }.into());
        }
        hasher.update(&start);
        std::io::copy(&mut file, &mut hasher).map_err(|error| io(archive, error))?;
        let found: String = hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        let known = || KNOWN.iter().find(|(name, _)| *name == self.name).map(|(_, digest)| (*digest).to_owned());
        let earlier = || self.source.recorded(self.folder);
        match self.source.sha256.clone().or_else(known).or_else(earlier) {
            Some(expected) if !expected.eq_ignore_ascii_case(&found) => {
                remove(archive)?;
                Err(LocateError::Digest { url: self.shown(), found, expected }.into())
            }
            _ => Ok(found),
        }
    }

    /// Unpacks beside the folder, puts the result in its place with one rename, and records the digest.
    fn install(&self, archive: &Path, digest: &str) -> Result<(), LocateError> {
        let (new, old) = (self.beside(".new"), self.beside(".old"));
        for left in [&new, &old] {
            remove_folder(left)?;
        }
        std::fs::create_dir(&new).map_err(|error| io(&new, error))?;
        let refuse = |reason: String| {
            remove(archive)?;
            remove_folder(&new)?;
            Err(LocateError::Archive { url: self.shown(), reason })
        };
        match unpack(archive, &new) {
            Ok(()) => {}
            Err(NotUnpacked::Archive(reason)) => return refuse(reason),
            Err(NotUnpacked::Disk(source)) => {
                // A full disk has no room for a half-unpacked library.
                remove_folder(&new).ok();
                return Err(io(&new, source));
            }
        }
        if self.source.in_folder(&new, None).is_err() {
            return refuse("the library is not in it".to_owned());
        }
        // Moved away first: a digest must never lie beside what came from another archive, whenever this process is
        // killed.
        let recorded = self.beside(".sha256");
        if self.folder.exists() {
            std::fs::rename(self.folder, &old).map_err(|error| io(self.folder, error))?;
            if recorded.exists() {
                std::fs::rename(&recorded, old.join(DIGEST)).map_err(|error| io(&recorded, error))?;
            }
        }
        remove(&recorded)?;
        std::fs::rename(&new, self.folder).map_err(|error| io(self.folder, error))?;
        std::fs::write(&recorded, format!("{digest}\n")).map_err(|error| io(&recorded, error))?;
        remove_folder(&old)?;
        remove(archive)?;
        remove(&self.beside(".zip.etag"))
    }

    /// Puts back a library, and its digest, that a process was killed while replacing: there may be no other to be had.
    fn put_back(&self) -> Result<(), LocateError> {
        let (old, recorded) = (self.beside(".old"), self.beside(".sha256"));
        if self.folder.exists() || !old.exists() {
            return Ok(());
        }
        let digest = old.join(DIGEST);
        if digest.exists() {
            std::fs::rename(&digest, &recorded).map_err(|error| io(&recorded, error))?;
        }
        std::fs::rename(&old, self.folder).map_err(|error| io(self.folder, error))
    }
}

fn is_local(uri: &Uri) -> bool {
    let host = uri.host().unwrap_or_default().trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

fn io(path: &Path, source: std::io::Error) -> LocateError {
    LocateError::Io { path: path.into(), source }
}

fn size(path: &Path) -> u64 {
    std::fs::metadata(path).map_or(0, |metadata| metadata.len())
}

fn remove(path: &Path) -> Result<(), LocateError> {
    match std::fs::remove_file(path) {
        Err(source) if source.kind() != std::io::ErrorKind::NotFound => Err(io(path, source)),
        _ => Ok(()),
    }
}

fn remove_folder(path: &Path) -> Result<(), LocateError> {
    match std::fs::remove_dir_all(path) {
        Err(source) if source.kind() != std::io::ErrorKind::NotFound => Err(io(path, source)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
