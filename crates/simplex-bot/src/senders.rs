//! Who may write, and how often: cooldown, allow and block lists, as middleware.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::time::Instant;

use crate::dialogue::Clock;
use crate::draft::Draft;
use crate::error::BotError;
use crate::message::Message;
use crate::middleware::{Flow, Middleware, Next, Routed};
use crate::store::{Store, StoreError, Stored};
use crate::types::{ContactId, GroupMemberId, Timestamp};
use crate::wait::FAR;

/// A sender: a contact, or a member of a group.
///
/// The core reuses the ids of deleted contacts. A sender therefore includes the time of creation, so that a new contact
/// is not mistaken for an old one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Sender(Who, i64);

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
enum Who {
    Contact(ContactId),
    Member(GroupMemberId),
}

impl Sender {
    /// The sender of a message; `None` for a message that was sent as a channel.
    pub fn of(message: &Message) -> Option<Self> {
        let created = Timestamp::as_unix_millis;
        match (message.member(), message.contact()) {
            (Some(member), _) => Some(Self(Who::Member(member.group_member_id), created(&member.created_at))),
            (None, Some(contact)) => Some(Self(Who::Contact(contact.contact_id), created(&contact.created_at))),
            (None, None) => None,
        }
    }
}

impl fmt::Display for Sender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Who::Contact(contact) => write!(f, "contact/{contact}/{}", self.1),
            Who::Member(member) => write!(f, "member/{member}/{}", self.1),
        }
    }
}

/// Limits how many messages of each sender get through in a time window; others are dropped, and count as handled.
///
/// A message that is handled again, because its handler failed or did not end, gets through again and is not counted
/// twice.
///
/// Handlers with [`Exempt`] as their [`meta`](crate::Router::meta) are not counted.
///
/// ```
/// # use std::time::Duration;
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
        let Ok((through, noticed)) = serde_json::from_str::<(Vec<i64>, _)>(&stored.state) else { return Ok(None) };
        // If the window was saved by a clock that was ahead, its true end is unknown: it counts as ended.
        let left = Clock.now().checked_sub(stored.saved).map(|age| per.saturating_sub(Duration::from_secs(age)));
        let end = Instant::now() + left.unwrap_or_default();
        Ok(Some(Window { end, open: through.clone(), through, noticed }))
    }

    /// Saves a window, with the time at which it began.
    async fn save(&self, sender: Sender, window: &Window, per: Duration) -> Result<(), StoreError> {
        let left = window.end.saturating_duration_since(Instant::now());
        let saved = Clock.now().saturating_sub(per.saturating_sub(left).as_secs());
        let state = serde_json::to_string(&(&window.through, window.noticed));
        let state = state.map_err(|error| StoreError::new("write a cooldown", error))?;
        self.store.save(&self.key(sender), Stored { version: 0, state, saved }).await
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
                && stored.saved.saturating_add(per.as_secs()) < Clock.now()
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

/// A list of senders, to allow or to block. Clones share the same list.
///
/// ```
/// # use simplex_bot::prelude::*;
/// use simplex_bot::senders::SenderList;
///
/// # async fn bot(store: impl simplex_bot::store::Store) -> Result<(), BotError> {
/// let blocked = SenderList::kept_in("blocked", store).await?;
/// let bot = Bot::new("bot")
///     .state(blocked.clone())
///     .outer(blocked.block())
///     .command("leave_me_alone", "No more answers", async |msg: Message, State(list): State<SenderList>| {
///         list.add(&msg).await
///     });
/// # drop(bot); Ok(()) }
/// ```
#[derive(Clone, Default)]
pub struct SenderList {
    senders: Arc<Mutex<HashSet<Sender>>>,
    kept: Option<Arc<Kept>>,
}

/// The store in which a list outlasts the process.
struct Kept {
    key: String,
    store: Arc<dyn Store>,
    /// Makes changes happen one after another.
    changing: tokio::sync::Mutex<()>,
}

impl SenderList {
    /// An empty list, lost when the process ends.
    pub fn new() -> Self {
        Self::default()
    }

    /// A list that is kept in a store under a name. It is one value there, good for some thousand senders. Use a name
    /// for one list and its clones only: two lists with one name do not see each other's changes, and undo them.
    ///
    /// # Errors
    /// [`BotError::Store`] if it cannot be read.
    pub async fn kept_in(name: &str, store: impl Store) -> Result<Self, BotError> {
        let key = format!("senders/{name}");
        let senders: HashSet<Sender> = match store.load(&key).await? {
            Some(stored) => {
                serde_json::from_str(&stored.state).map_err(|error| StoreError::new("read a list", error))?
            }
            None => HashSet::new(),
        };
        let kept = Kept { key, store: Arc::new(store), changing: tokio::sync::Mutex::default() };
        Ok(Self { senders: Arc::new(Mutex::new(senders)), kept: Some(Arc::new(kept)) })
    }

    /// Adds the sender of a message; returns whether the sender was not on the list before.
    ///
    /// # Errors
    /// [`BotError::Store`] if the change is not saved; the list then stays as it was.
    ///
    /// # Cancel safety
    /// Not cancel safe: if the future is dropped, the change may still be saved, but only take effect at the next
    /// start.
    pub async fn add(&self, message: &Message) -> Result<bool, BotError> {
        let Some(sender) = Sender::of(message) else { return Ok(false) };
        self.change(|senders| senders.insert(sender)).await
    }

    /// Removes the sender of a message; returns whether the sender was on the list.
    ///
    /// # Errors
    /// Same as [`add`](Self::add).
    ///
    /// # Cancel safety
    /// Same as [`add`](Self::add).
    pub async fn remove(&self, message: &Message) -> Result<bool, BotError> {
        let Some(sender) = Sender::of(message) else { return Ok(false) };
        self.change(|senders| senders.remove(&sender)).await
    }

    async fn change(&self, change: impl FnOnce(&mut HashSet<Sender>) -> bool) -> Result<bool, BotError> {
        let Some(kept) = &self.kept else { return Ok(change(&mut lock(&self.senders))) };
        let _turn = kept.changing.lock().await;
        let mut next = lock(&self.senders).clone();
        if !change(&mut next) {
            return Ok(false);
        }
        let mut sorted: Vec<_> = next.iter().collect();
        sorted.sort_unstable();
        let state = serde_json::to_string(&sorted).map_err(|error| StoreError::new("write a list", error))?;
        kept.store.save(&kept.key, Stored { version: 0, state, saved: Clock.now() }).await?;
        *lock(&self.senders) = next;
        Ok(true)
    }

    /// Whether the sender of a message is on the list.
    pub fn has(&self, message: &Message) -> bool {
        Sender::of(message).is_some_and(|sender| lock(&self.senders).contains(&sender))
    }

    /// Makes middleware that drops messages of senders who are not on the list.
    pub fn allow(&self) -> Gate {
        Gate { list: self.clone(), allow: true }
    }

    /// Makes middleware that drops messages of senders who are on the list.
    pub fn block(&self) -> Gate {
        Gate { list: self.clone(), allow: false }
    }
}

impl fmt::Debug for SenderList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kept = self.kept.as_ref().map(|kept| &kept.key);
        f.debug_struct("SenderList").field("senders", &lock(&self.senders).len()).field("kept", &kept).finish()
    }
}

/// The middleware of a [`SenderList`], made by [`allow`](SenderList::allow) and [`block`](SenderList::block).
#[derive(Debug, Clone)]
pub struct Gate {
    list: SenderList,
    allow: bool,
}

impl Middleware for Gate {
    async fn handle(&self, message: Message, next: Next) -> Flow {
        if self.list.has(&message) == self.allow { next.run(message).await } else { Ok(Routed::Taken) }
    }
}

// Nothing that can panic runs under these locks.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

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
