//! What a bot remembers beside the core's database: when it first ran on it, whether it is making its address, which
//! messages it began to handle, and what it knows of the state ([`known`](super::known)).
//!
//! An append-only text file, one small write per attempt and no sync: it has to outlive the process, not the machine.
//! It is written anew when it has grown. A lock on it keeps two bots from serving one database.
//!
//! When a process dies, each message that was being handled may be the cause, but usually none is. So such a message is
//! *suspect* when it is handled again: then each stretch in which its handler executes is noted. A handler that ends
//! the process does so in such a stretch, each time; a kill from outside hits one by chance only, and hardly ever
//! several in a row.

use std::collections::{HashMap, HashSet};
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::error::BotError;
use crate::schedule::now_in_seconds;
use crate::store::{behind_links, make_folder, successor};
use crate::types::{CiMeta, UserId};

use super::known::{Fact, Known, Look, Place, Seen};

/// The first line of the file.
const MAGIC: &str = "simplex-bot 1";
/// The number of lines after which the file is written anew.
const LONG: usize = 8192;

/// From when on messages are the bot's to handle: those that were in the database before are not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Baseline {
    /// When the bot first ran, in milliseconds since 1970.
    pub(crate) time: i64,
    /// The highest item id at that time, if it is known.
    pub(crate) item: Option<i64>,
}

impl Baseline {
    /// Now, without an item id.
    pub(crate) fn now() -> Self {
        Self { time: millis(SystemTime::now()), item: None }
    }

    fn line(&self) -> String {
        format!("since {} {}\n", self.time, self.item.unwrap_or(-1))
    }

    /// Whether an item came after it. Ids are exact; a clock may be set back or forward.
    pub(crate) fn is_before(&self, meta: &CiMeta) -> bool {
        match self.item {
            Some(item) => meta.item_id.0 > item,
            None => meta.created_at.as_unix_millis() >= self.time,
        }
    }
}

pub(crate) fn millis(time: SystemTime) -> i64 {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO).as_millis();
    i64::try_from(since).unwrap_or(i64::MAX)
}

/// How often the handling of a message began, and how often its handler failed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Attempts {
    pub(crate) begun: u32,
    pub(crate) failed: u32,
    /// How often in a row the process died while the handler of the message, already suspect, was executing.
    pub(crate) caught: u32,
    polling: bool,
}

impl Attempts {
    /// How often the process died while the message was being handled, as far as is known before it begins again.
    pub(crate) fn deaths(&self) -> u32 {
        self.begun.saturating_sub(self.failed)
    }

    /// A stretch without an end was the process's last; an attempt that ended in another way clears the message.
    fn settle(&mut self) {
        self.caught = if std::mem::take(&mut self.polling) { self.caught.saturating_add(1) } else { 0 };
    }

    fn line(&self, item: i64) -> String {
        let Self { begun, failed, caught, polling } = self;
        format!("a{item} {begun} {failed} {caught} {}\n", u8::from(*polling))
    }
}

/// The content of the file.
#[derive(Debug, Default)]
struct Stored {
    /// The database that it belongs to: when that was made, in milliseconds since 1970.
    database: Option<i64>,
    baseline: Option<Baseline>,
    /// Whether the bot began to make its address, and has not set it up yet.
    making_address: bool,
    attempts: HashMap<i64, Attempts>,
    known: Known,
}

/// The file, or the same content in memory only.
#[derive(Debug, Default)]
pub(crate) struct Journal {
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    /// Where it is kept, if not only in memory.
    path: Option<PathBuf>,
    /// `None` also if it could not be opened again.
    file: Option<File>,
    /// Holds the lock, on a file of its own: the journal's file is replaced when it is written anew.
    _lock: Option<File>,
    lines: usize,
    stored: Stored,
    /// Writing failed; logged once.
    broken: bool,
}

impl Journal {
    /// A journal that is lost when the process ends.
    pub(crate) fn in_memory() -> Self {
        Self::default()
    }

    /// Opens or creates the file.
    ///
    /// # Errors
    /// [`BotError::AlreadyServing`] when another bot has it, [`BotError::StateFile`] when it cannot be used.
    pub(crate) fn open(path: &Path) -> Result<Self, BotError> {
        let failed = |error| BotError::StateFile { path: path.to_owned(), error };
        // By a link, the file itself is locked and replaced.
        let path = &behind_links(path);
        let mut lock_path = path.as_os_str().to_owned();
        lock_path.push(".lock");
        make_folder(path).map_err(failed)?;
        let lock = OpenOptions::new().create(true).append(true).open(lock_path).map_err(failed)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(BotError::AlreadyServing { what: format!("the state file {}", path.display()) });
            }
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
        let is_new = !path.exists();
        let mut text = String::new();
        let mut file = OpenOptions::new().create(true).append(true).read(true).open(path).map_err(failed)?;
        file.read_to_string(&mut text).map_err(failed)?;
        if is_of_another(&text) {
            return Err(failed(io::Error::new(io::ErrorKind::InvalidData, "it is no state file of a bot")));
        }
        let stored = read(&text);
        // A crash of the machine, soon after the file was written anew, may leave it empty or full of zeros. What was
        // missed is not to count as old then: the first run made the lock's file, and none writes to it.
        let is_lost = !is_new && (text.is_empty() || text.starts_with('\0')) && stored.baseline.is_none();
        let first_run = lock.metadata().and_then(|file| file.modified()).ok().filter(|_| is_lost);
        let (path, file, lines) = (Some(path.to_owned()), Some(file), text.lines().count());
        let mut inner = Inner { path, file, _lock: Some(lock), lines, stored, broken: false };
        // A line that was cut short must not run into the next; a new file begins with the line that says what it is.
        match text.as_bytes().last() {
            None => inner.append(&format!("{MAGIC}\n")),
            Some(b'\n') => {}
            Some(_) => inner.append("\n"),
        }
        let journal = Self { inner: Mutex::new(inner) };
        if let Some(time) = first_run {
            journal.set_baseline(Baseline { time: millis(time), item: None });
        }
        Ok(journal)
    }

    /// Whether it outlives the process.
    pub(crate) fn is_kept(&self) -> bool {
        self.lock().path.is_some()
    }

    /// Whether the content is known to belong to the database that was made at this time.
    pub(crate) fn is_of(&self, database: i64) -> bool {
        self.lock().stored.database == Some(database)
    }

    /// Makes sure that the content belongs to the database that was made at this time; forgets that of another
    /// database.
    pub(crate) fn is_beside(&self, database: i64) {
        let mut inner = self.lock();
        match inner.stored.database.replace(database) {
            Some(known) if known == database => {}
            Some(_) => {
                tracing::warn!("the bot's state file is of another database: it begins anew");
                inner.stored = Stored { database: Some(database), ..Stored::default() };
                inner.written(Inner::rewrite);
            }
            None => inner.append(&format!("D {database}\n")),
        }
    }

    /// From when on messages are the bot's; `None` on the first run.
    pub(crate) fn baseline(&self) -> Option<Baseline> {
        self.lock().stored.baseline
    }

    /// Remembers from when on messages are the bot's.
    pub(crate) fn set_baseline(&self, baseline: Baseline) {
        let mut inner = self.lock();
        inner.stored.baseline = Some(baseline);
        inner.append(&baseline.line());
    }

    /// Whether the bot died, or failed, while it made its address: then that is still to be set up.
    pub(crate) fn is_making_address(&self) -> bool {
        self.lock().stored.making_address
    }

    /// Notes that the bot begins to make its address, or has set it up.
    pub(crate) fn make_address(&self, begins: bool) {
        let mut inner = self.lock();
        inner.stored.making_address = begins;
        inner.append_one('A', i64::from(begins));
    }

    /// Notes that an item's handler is about to begin, and returns the attempts before.
    pub(crate) fn begin(&self, item: i64) -> Attempts {
        let mut inner = self.lock();
        let attempts = inner.stored.attempts.entry(item).or_default();
        attempts.settle();
        let before = *attempts;
        attempts.begun = attempts.begun.saturating_add(1);
        inner.append_one('b', item);
        before
    }

    /// Whether an item's handler began before, in this process or another.
    pub(crate) fn has_begun(&self, item: i64) -> bool {
        self.lock().stored.attempts.contains_key(&item)
    }

    /// How often an item's handler has failed.
    pub(crate) fn failures(&self, item: i64) -> u32 {
        self.lock().stored.attempts.get(&item).map_or(0, |attempts| attempts.failed)
    }

    /// Notes that an item's handler failed.
    pub(crate) fn fail(&self, item: i64) {
        let mut inner = self.lock();
        let attempts = inner.stored.attempts.entry(item).or_default();
        attempts.failed = attempts.failed.saturating_add(1);
        inner.append_one('f', item);
    }

    /// An item's handler was cut off by the stop: this attempt does not count.
    pub(crate) fn take_back(&self, item: i64) {
        let mut inner = self.lock();
        let Some(attempts) = inner.stored.attempts.get_mut(&item) else { return };
        attempts.begun = attempts.begun.saturating_sub(1);
        let line = attempts.line(item);
        inner.append(&line);
    }

    /// Notes that the handler of a suspect item begins to execute, or pauses.
    pub(crate) fn poll(&self, item: i64, polling: bool) {
        let mut inner = self.lock();
        if let Some(attempts) = inner.stored.attempts.get_mut(&item) {
            attempts.polling = polling;
            inner.append_one(if polling { 'p' } else { 'q' }, item);
        }
    }

    /// Forgets items: they are marked read in the database, or need no more handling.
    pub(crate) fn end(&self, items: &[i64]) {
        let mut inner = self.lock();
        let mut line = String::from("e");
        for item in items {
            if inner.stored.attempts.remove(item).is_some() {
                line.push_str(&format!("{item} "));
            }
        }
        if line.len() > 1 {
            line.push('\n');
            inner.append(&line);
        }
    }

    /// Up to when the state was looked at; `None` before the first look.
    pub(crate) fn looked_until(&self, user: UserId, look: Look) -> Option<i64> {
        self.lock().stored.known.until(user, look)
    }

    /// What the last look saw and whose event had not come yet.
    pub(crate) fn left_open(&self, user: UserId, look: Look) -> HashSet<Fact> {
        self.lock().stored.known.open(user, look)
    }

    /// Whether a fact that holds now is still to be told to handlers.
    pub(crate) fn is_new(&self, user: UserId, fact: Fact) -> bool {
        self.lock().stored.known.is_new(user, fact)
    }

    /// A fact was told to handlers; returns how many were since the last look.
    pub(crate) fn tell(&self, user: UserId, fact: Fact) -> usize {
        let mut inner = self.lock();
        if let Some(line) = inner.stored.known.tell(user, fact) {
            inner.append(&line);
        }
        inner.stored.known.told(user, fact.kind.look())
    }

    /// Everything that a look at the state saw was told.
    pub(crate) fn looked(&self, user: UserId, look: Look, seen: Seen) {
        let mut inner = self.lock();
        inner.stored.known.looked(user, look, seen);
        inner.written(Inner::rewrite);
    }

    /// Forgets a look that no handler needs any more: if one does later, it begins anew.
    pub(crate) fn forget_look(&self, look: Look) {
        let mut inner = self.lock();
        if inner.stored.known.forget(look) {
            inner.written(Inner::rewrite);
        }
    }

    /// Remembers a file whose transfer is under way.
    pub(crate) fn watch(&self, file: i64, place: Place) {
        let mut inner = self.lock();
        if let Some(line) = inner.stored.known.watch(file, place, now_in_seconds()) {
            inner.append(&line);
        }
    }

    /// The files whose transfer is under way, as far as is known, each with the time at which it was first seen, in
    /// seconds since 1970.
    pub(crate) fn files(&self) -> Vec<(i64, Place, u64)> {
        self.lock().stored.known.files()
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    fn append_one(&mut self, what: char, item: i64) {
        if self.path.is_none() {
            return;
        }
        // On the stack: this runs for every message.
        let mut line = [0_u8; 24];
        let mut rest = line.as_mut_slice();
        // It fits: a sign and nineteen digits at most.
        let _ = writeln!(rest, "{what}{item}");
        let used = 24 - rest.len();
        self.append(std::str::from_utf8(line.get(..used).unwrap_or_default()).unwrap_or_default());
    }

    fn append(&mut self, line: &str) {
        self.lines += 1;
        if self.lines > LONG {
            return self.written(Self::rewrite);
        }
        self.written(|inner| {
            // After a failed write the file is written anew as a whole, with the lost lines, unless it cannot be
            // replaced.
            if inner.broken && inner.rewrite().is_ok() {
                return Ok(());
            }
            match &mut inner.file {
                // The write that failed may have left a part of a line.
                Some(file) if inner.broken => file.write_all(format!("\n{line}").as_bytes()),
                // One write, so that a line is there whole or not at all when the process dies.
                Some(file) => file.write_all(line.as_bytes()),
                None if inner.path.is_some() => Err(io::ErrorKind::NotFound.into()),
                None => Ok(()),
            }
        });
    }

    /// Writes the file anew, with what still matters.
    fn rewrite(&mut self) -> io::Result<()> {
        self.lines = 0;
        let Some(path) = &self.path else { return Ok(()) };
        let mut text = format!("{MAGIC}\n");
        let Stored { database, baseline, making_address, attempts, known } = &self.stored;
        if let Some(database) = database {
            text.push_str(&format!("D {database}\n"));
        }
        if let Some(baseline) = baseline {
            text.push_str(&baseline.line());
        }
        if *making_address {
            text.push_str("A1\n");
        }
        known.write(&mut text);
        for (item, attempts) in attempts {
            text.push_str(&attempts.line(*item));
        }
        let (new, mut file) = successor(path)?;
        file.write_all(text.as_bytes())?;
        drop(file);
        // The old file is closed first: not every Windows file system replaces an open one.
        self.file = None;
        let replaced = std::fs::rename(&new, path);
        self.file = Some(OpenOptions::new().append(true).open(path)?);
        replaced
    }

    fn written(&mut self, write: impl FnOnce(&mut Self) -> io::Result<()>) {
        match write(self) {
            Ok(()) => self.broken = false,
            Err(error) if !self.broken => {
                self.broken = true;
                tracing::error!(%error, "the bot's state file cannot be written: attempts are not remembered");
            }
            Err(_) => {}
        }
    }
}

/// Whether a file is not the state of a bot: it would be lost when it is written anew. A state file that a crash of the
/// machine left empty or full of zeros, or with its first line cut short, is accepted.
fn is_of_another(text: &str) -> bool {
    let first = text.lines().next().unwrap_or_default();
    !MAGIC.starts_with(first) && !first.starts_with("simplex-bot ") && !first.starts_with('\0')
}

/// Reads the content of a file. Lines that are not understood, such as one that was cut short, are skipped.
fn read(text: &str) -> Stored {
    let Stored { mut database, mut baseline, mut making_address, mut attempts, mut known } = Stored::default();
    for line in text.lines().filter(|line| line.is_ascii() && !line.is_empty()) {
        let (what, rest) = line.split_at(1);
        let mut numbers = rest.split(' ').map(str::parse::<i64>);
        match what {
            "b" | "f" | "p" | "q" => {
                let Some(Ok(item)) = numbers.next() else { continue };
                let of_item = attempts.entry(item).or_default();
                match what {
                    "p" | "q" => of_item.polling = what == "p",
                    "f" => of_item.failed = of_item.failed.saturating_add(1),
                    _ => {
                        of_item.settle();
                        of_item.begun = of_item.begun.saturating_add(1);
                    }
                }
            }
            "e" => {
                for item in numbers.flatten() {
                    attempts.remove(&item);
                }
            }
            "a" => {
                let mut count = || numbers.next()?.ok();
                let (Some(item), Some(begun), Some(failed), Some(caught), Some(polling)) =
                    (count(), count(), count(), count(), count())
                else {
                    continue;
                };
                let count = |n: i64| u32::try_from(n).unwrap_or(0);
                let of_item = Attempts {
                    begun: count(begun),
                    failed: count(failed),
                    caught: count(caught),
                    polling: polling == 1,
                };
                attempts.insert(item, of_item);
            }
            // Lines that do not fit are of a file that was cut short, or of a later version.
            "L" | "O" | "K" | "F" | "G" => drop(known.read(line)),
            "D" => database = rest.trim().parse().ok(),
            "A" => making_address = rest == "1",
            _ => {
                let Some(since) = line.strip_prefix("since ") else { continue };
                if let Some((Ok(time), Ok(item))) = since.split_once(' ').map(|(t, i)| (t.parse(), i.parse::<i64>())) {
                    baseline = Some(Baseline { time, item: (item >= 0).then_some(item) });
                }
            }
        }
    }
    Stored { database, baseline, making_address, attempts, known }
}

#[cfg(test)]
mod tests;
