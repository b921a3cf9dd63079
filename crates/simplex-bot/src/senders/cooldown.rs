//! How often somebody may write.

use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::time::Instant;

use crate::draft::Draft;
use crate::message::Message;
use crate::middleware::{Flow, Middleware, Next, Routed};
use crate::schedule::now_in_seconds;
use crate::store::{Store, StoreError, Stored};
use crate::wait::FAR;

use super::{Sender, lock};

/// Limits how many messages of each sender get through in a time window; others are dropped, and count as handled.
///
/// A message that is handled again, because its handler failed or did not end, gets through again and is not counted
/// twice.
///
/// Handlers with [`Exempt`] as their [`meta`](crate::Router::meta) are not counted.
///
/// ```
/// # use simplex_bot::prelude::*;
/// use simplex_bot::senders::{Cooldown, Exempt};
///
/// # let _: Router =
/// Router::new()
///     .layer(Cooldown::per_sender(5, Duration::from_secs(10)).saying("Not so fast."))
///     .command("help", "Help", async |msg: Message| msg.reply("…").await)
///     .meta(Exempt);
/// ```
#[must_use = "a cooldown counts nothing until it is a layer"]
pub struct Cooldown {
    most: u32,
    per: Duration,
    saying: Option<Draft>,
    windows: Mutex<Windows>,
    memory: Option<Memory>,
}

/// The store in which windows outlast the process.
struct Memory {
    name: String,
    store: Arc<dyn Store>,
    /// Nobody waits for this lock: a task that finds it taken skips the cleanup.
    old: tokio::sync::Mutex<Old>,
}

/// The state of the cleanup of expired windows.
#[derive(Default)]
struct Old {
    keys: Vec<String>,
    /// The keys are not listed again before this time.
    next: Option<Instant>,
}

#[derive(Default)]
struct Windows {
    of: HashMap<Sender, Window>,
    /// All windows, in the order in which they end.
    ends: BTreeSet<(Instant, Sender)>,
}

#[derive(Debug, Clone)]
struct Window {
    end: Instant,
    /// The messages that were let through.
    through: Vec<i64>,
    /// The first message over the limit. It is answered with the notice, again if it comes again because that failed.
    noticed: Option<i64>,
    /// Messages of this and earlier windows whose handlers have not succeeded: they may come again.
    open: Vec<i64>,
}

impl Windows {
    /// The window of a sender; a new one if the last has ended.
    fn of(&mut self, sender: Sender, per: Duration) -> &mut Window {
        let now = Instant::now();
        let window = self.of.entry(sender).or_insert_with(|| Window::until(now));
        if window.end <= now {
            self.ends.remove(&(window.end, sender));
            let open = std::mem::take(&mut window.open);
            *window = Window { open, ..Window::until(now + per) };
            self.ends.insert((window.end, sender));
        }
        window
    }

    /// Makes room for another window: drops those that have ended, or any if the store keeps them.
    fn make_room(&mut self, kept: bool) {
        let now = Instant::now();
        while self.of.len() >= MANY
            && let Some((end, sender)) = self.ends.first().copied().filter(|(end, _)| kept || *end <= now)
        {
            self.ends.remove(&(end, sender));
            self.of.remove(&sender);
        }
    }
}

impl Window {
    fn until(end: Instant) -> Self {
        Self { end, through: Vec::new(), noticed: None, open: Vec::new() }
    }
}

/// How many messages of a sender are remembered to be let through again if they come again after their window.
const OPEN: usize = 100;

/// What happens to a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Counted {
    /// It is let through again, because it was let through before.
    Again,
    Through,
    /// It is the first message over the limit.
    First,
    TooMany,
}

/// Exempts a handler from [`Cooldown`], as its [`meta`](crate::Router::meta).
#[derive(Debug, Clone, Copy)]
pub struct Exempt;

/// Windows that have ended are dropped when there are this many senders.
const MANY: usize = 1024;
/// The store is searched for windows that have ended no more often than this.
const RARELY: Duration = Duration::from_secs(3600);

impl fmt::Debug for Cooldown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cooldown").field("most", &self.most).field("per", &self.per).finish_non_exhaustive()
    }
}

impl Cooldown {
    /// Lets at most `most` messages of each sender through in a window of `per`.
    pub fn per_sender(most: u32, per: Duration) -> Self {
        Self { most, per: per.min(FAR), saying: None, windows: Mutex::default(), memory: None }
    }

    /// Sends this to a sender who exceeds the limit, once per window.
    pub fn saying(mut self, text: impl Into<Draft>) -> Self {
        self.saying = Some(text.into());
        self
    }

    /// Remembers the counts across restarts, under a name: for long windows, such as one voucher a day. For short ones
    /// it is not worth a write to the store with every message.
    ///
    /// Windows that have ended are removed little by little, as others write. Use a name for one cooldown only.
    pub fn remembered(mut self, name: &str, store: impl Store) -> Self {
        self.memory =
            Some(Memory { name: name.to_owned(), store: Arc::new(store), old: tokio::sync::Mutex::default() });
        self
    }

    /// Counts a message in its sender's window.
    async fn count(&self, sender: Sender, item: i64) -> Result<Counted, StoreError> {
        let Some(memory) = &self.memory else {
            return Ok(self.count_in(&mut lock(&self.windows), sender, None, item).0);
        };
        let here = {
            let windows = &mut *lock(&self.windows);
            windows.of.contains_key(&sender).then(|| self.count_in(windows, sender, None, item))
        };
        let (counted, window) = match here {
            Some(counted) => counted,
            None => {
                let known = memory.load(sender, self.per).await?;
                self.count_in(&mut lock(&self.windows), sender, known, item)
            }
        };
        if let Some(window) = window {
            memory.save(sender, &window, self.per).await?;
            if let Err(error) = memory.forget_some(self.per).await {
                tracing::warn!(cooldown = memory.name, %error, "what is over is not forgotten");
            }
        }
        Ok(counted)
    }

    /// Counts in memory, starting from `known`, the stored window, if there is none here; returns the window if it must
    /// be saved.
    fn count_in(
        &self,
        windows: &mut Windows,
        sender: Sender,
        known: Option<Window>,
        item: i64,
    ) -> (Counted, Option<Window>) {
        if !windows.of.contains_key(&sender) {
            windows.make_room(self.memory.is_some());
            if let Some(window) = known {
                windows.ends.insert((window.end, sender));
                windows.of.insert(sender, window);
            }
        }
        let window = windows.of(sender, self.per);
        let counted = if window.through.contains(&item) || window.open.contains(&item) {
            Counted::Again
        } else if window.through.len() < self.most as usize {
            window.through.push(item);
            // Messages that were given up stay there until others take their place.
            if window.open.len() >= OPEN {
                window.open.remove(0);
            }
            window.open.push(item);
            Counted::Through
        } else if *window.noticed.get_or_insert(item) == item {
            Counted::First
        } else {
            Counted::TooMany
        };
        // The other outcomes change nothing.
        let changed = matches!(counted, Counted::Through | Counted::First);
        (counted, (changed && self.memory.is_some()).then(|| window.clone()))
    }

    /// Records that a message that was let through was handled: it does not come again.
    fn ended(&self, sender: Sender, item: i64) {
        if let Some(window) = lock(&self.windows).of.get_mut(&sender) {
            window.open.retain(|open| *open != item);
        }
    }
}

impl Memory {
    fn prefix(&self) -> String {
        format!("cooldown/{}/", self.name)
    }

    fn key(&self, sender: Sender) -> String {
        self.prefix() + &sender.to_string()
    }

    async fn load(&self, sender: Sender, per: Duration) -> Result<Option<Window>, StoreError> {
        let Some(stored) = self.store.load(&self.key(sender)).await? else { return Ok(None) };
        let Ok((through, noticed)) = stored.decode::<(Vec<i64>, _)>() else { return Ok(None) };
        // If the window was saved by a clock that was ahead, its true end is unknown: it counts as ended.
        let left = now_in_seconds().checked_sub(stored.saved).map(|age| per.saturating_sub(Duration::from_secs(age)));
        let end = Instant::now() + left.unwrap_or_default();
        Ok(Some(Window { end, open: through.clone(), through, noticed }))
    }

    /// Saves a window, with the time at which it began.
    async fn save(&self, sender: Sender, window: &Window, per: Duration) -> Result<(), StoreError> {
        let left = window.end.saturating_duration_since(Instant::now());
        let saved = now_in_seconds().saturating_sub(per.saturating_sub(left).as_secs());
        let stored = Stored::new(&(&window.through, window.noticed))?;
        self.store.save(&self.key(sender), Stored { saved, ..stored }).await
    }

    /// Removes windows that have ended: more than are added, or the store would grow with everybody who ever wrote.
    async fn forget_some(&self, per: Duration) -> Result<(), StoreError> {
        let Ok(mut old) = self.old.try_lock() else { return Ok(()) };
        if old.keys.is_empty() && old.next.is_none_or(|next| next <= Instant::now()) {
            let prefix = self.prefix();
            old.keys = self.store.keys(&prefix).await?;
            // Another cooldown's name may begin with this one's.
            old.keys.retain(|key| key.strip_prefix(&prefix).is_some_and(|sender| sender.split('/').count() == 3));
            old.next = Some(Instant::now() + per.max(RARELY));
        }
        for _ in 0..2 {
            let Some(key) = old.keys.pop() else { break };
            // If its sender writes just now, the new window may be removed: after a restart, that window is lost.
            if let Some(stored) = self.store.load(&key).await?
                && stored.saved.saturating_add(per.as_secs()) < now_in_seconds()
            {
                self.store.remove(&key).await?;
            }
        }
        Ok(())
    }
}

impl Middleware for Cooldown {
    async fn handle(&self, message: Message, next: Next) -> Flow {
        let Some(sender) = Sender::of(&message).filter(|_| next.meta::<Exempt>().is_none()) else {
            return next.run(message).await;
        };
        let item = message.id().0;
        match self.count(sender, item).await? {
            Counted::Again | Counted::Through => {
                let flow = next.run(message).await;
                if flow.is_ok() {
                    self.ended(sender, item);
                }
                return flow;
            }
            Counted::First => {
                if let Some(saying) = &self.saying {
                    message.reply(saying.clone()).await?;
                }
            }
            Counted::TooMany => {}
        }
        Ok(Routed::Taken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::senders::Who;
    use crate::types::ContactId;

    #[tokio::test(start_paused = true)]
    async fn those_whose_time_is_over_make_room_for_others() {
        let sender = |n| Sender(Who::Contact(ContactId(n)), 0);
        let cooldown = Cooldown::per_sender(1, Duration::from_secs(60));
        let many = i64::try_from(MANY).unwrap_or(i64::MAX);
        let count = async |n, item| cooldown.count(sender(n), item).await.ok();
        let known = || {
            let windows = lock(&cooldown.windows);
            (windows.of.len(), windows.ends.len())
        };
        for n in 0..2 * many {
            assert_eq!(count(n, 1).await, Some(Counted::Through));
        }
        assert_eq!(count(0, 2).await, Some(Counted::First), "nobody's time is over");
        assert_eq!(known(), (2 * MANY, 2 * MANY));
        tokio::time::advance(Duration::from_secs(60)).await;
        assert_eq!(count(0, 2).await, Some(Counted::Through));
        assert_eq!(count(-1, 1).await, Some(Counted::Through));
        assert_eq!(known(), (MANY, MANY));
        assert_eq!(count(0, 3).await, Some(Counted::First));
    }

    #[tokio::test(start_paused = true)]
    async fn those_who_are_kept_elsewhere_make_room_before() {
        let sender = |n| Sender(Who::Contact(ContactId(n)), 0);
        let cooldown = Cooldown::per_sender(1, Duration::MAX).remembered("once", crate::store::MemoryStore::new());
        let many = i64::try_from(MANY).unwrap_or(i64::MAX);
        for item in 1..3 {
            for n in 0..2 * many {
                let counted = cooldown.count(sender(n), item).await.ok();
                assert_eq!(counted, Some(if item == 1 { Counted::Through } else { Counted::First }), "{n}");
            }
            assert_eq!(lock(&cooldown.windows).of.len(), MANY);
        }
    }
}
