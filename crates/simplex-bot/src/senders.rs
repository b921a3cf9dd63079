//! Who may speak, and how often: cooldown, allow and block lists, as middleware.

use std::collections::{HashMap, HashSet};
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

/// Somebody who sends: a contact, or a member of a group.
///
/// The core uses the ids of deleted contacts again: with its time of creation, a new contact is not taken for an old one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Sender(Who, i64);

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
enum Who {
    Contact(ContactId),
    Member(GroupMemberId),
}

impl Sender {
    /// Who sent a message; `None` for what a channel says as such.
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

/// Lets each sender through so often in so much time; what is more is dropped, as handled.
///
/// A message that is handled again, as its handler failed or did not end, is let through again and not counted twice.
///
/// Handlers with [`Exempt`] as [`meta`](crate::Router::meta) are not counted.
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
pub struct Cooldown {
    most: u32,
    per: Duration,
    saying: Option<Draft>,
    senders: Mutex<HashMap<Sender, Window>>,
    memory: Option<Memory>,
}

/// Where windows outlast the process.
struct Memory {
    name: String,
    store: Arc<dyn Store>,
}

#[derive(Debug, Clone)]
struct Window {
    begin: Instant,
    /// The messages that were let through.
    through: Vec<i64>,
    /// How many were too many.
    more: u32,
    /// Those of this and earlier windows whose handlers have not ended well: they may come again.
    open: Vec<i64>,
}

impl Window {
    fn new(open: Vec<i64>) -> Self {
        Self { begin: Instant::now(), through: Vec::new(), more: 0, open }
    }
}

/// So many messages of a sender are known to be let through when they come again after their window.
const OPEN: usize = 100;

/// What becomes of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Counted {
    /// It is let through, as it was before.
    Again,
    Through,
    /// It is the first that is too many.
    First,
    TooMany,
}

/// A handler that [`Cooldown`] does not count.
#[derive(Debug, Clone, Copy)]
pub struct Exempt;

/// Windows that are over are dropped when there are so many senders.
const MANY: usize = 1024;

impl Cooldown {
    /// At most `most` messages of a sender in `per`.
    pub fn per_sender(most: u32, per: Duration) -> Self {
        Self { most, per, saying: None, senders: Mutex::default(), memory: None }
    }

    /// Answers the first message that is too many, once until the time is over.
    pub fn saying(mut self, text: impl Into<Draft>) -> Self {
        self.saying = Some(text.into());
        self
    }

    /// Remembers under a name how often everybody was let through, over restarts: for long times, as one voucher a day.
    /// For short ones it is not worth a change of the store with every message.
    pub fn remembered(mut self, name: &str, store: impl Store) -> Self {
        self.memory = Some(Memory { name: name.to_owned(), store: Arc::new(store) });
        self
    }

    /// Counts a message in its sender's window.
    async fn count(&self, sender: Sender, item: i64) -> Result<Counted, StoreError> {
        let Some(memory) = &self.memory else { return Ok(self.count_here(sender, item)) };
        if !lock(&self.senders).contains_key(&sender)
            && let Some(window) = memory.load(sender).await?
        {
            lock(&self.senders).entry(sender).or_insert(window);
        }
        let counted = self.count_here(sender, item);
        let window = lock(&self.senders).get(&sender).cloned();
        // The others change nothing.
        if let (Counted::Through | Counted::First, Some(window)) = (counted, window) {
            memory.save(sender, &window).await?;
        }
        Ok(counted)
    }

    fn count_here(&self, sender: Sender, item: i64) -> Counted {
        let now = Instant::now();
        let mut senders = lock(&self.senders);
        if senders.len() >= MANY {
            senders.retain(|_, window| now - window.begin < self.per);
        }
        let window = senders.entry(sender).or_insert_with(|| Window::new(Vec::new()));
        if now - window.begin >= self.per {
            *window = Window::new(std::mem::take(&mut window.open));
        }
        if window.through.contains(&item) || window.open.contains(&item) {
            Counted::Again
        } else if window.through.len() < self.most as usize {
            window.through.push(item);
            // Those that were given up stay there until others take their place.
            if window.open.len() >= OPEN {
                window.open.remove(0);
            }
            window.open.push(item);
            Counted::Through
        } else {
            window.more = window.more.saturating_add(1);
            if window.more == 1 { Counted::First } else { Counted::TooMany }
        }
    }

    /// A message that was let through does not come again.
    fn ended(&self, sender: Sender, item: i64) {
        if let Some(window) = lock(&self.senders).get_mut(&sender) {
            window.open.retain(|open| *open != item);
        }
    }
}

impl Memory {
    fn key(&self, sender: Sender) -> String {
        format!("cooldown/{}/{sender}", self.name)
    }

    async fn load(&self, sender: Sender) -> Result<Option<Window>, StoreError> {
        let Some(stored) = self.store.load(&self.key(sender)).await? else { return Ok(None) };
        let age = Duration::from_secs(Clock.now().saturating_sub(stored.saved));
        // A time from before this machine began is over, whatever it was.
        let window = Instant::now().checked_sub(age).zip(serde_json::from_str(&stored.state).ok());
        Ok(window.map(|(begin, (through, more))| Window { begin, open: Vec::clone(&through), through, more }))
    }

    async fn save(&self, sender: Sender, window: &Window) -> Result<(), StoreError> {
        let saved = Clock.now().saturating_sub(window.begin.elapsed().as_secs());
        let state = serde_json::to_string(&(&window.through, window.more));
        let state = state.map_err(|error| StoreError::new("write a cooldown", error))?;
        self.store.save(&self.key(sender), Stored { version: 0, state, saved }).await
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

/// A list of senders, to allow or to block. Cloning it gives another handle to the same list.
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

/// Where a list outlasts the process.
struct Kept {
    key: String,
    store: Arc<dyn Store>,
    /// One change after another.
    changing: tokio::sync::Mutex<()>,
}

impl SenderList {
    /// An empty list, forgotten with the process.
    pub fn new() -> Self {
        Self::default()
    }

    /// A list that is kept in a store under a name. It is one value there: for some thousand senders.
    ///
    /// # Errors
    /// [`BotError::Store`] when it cannot be read.
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

    /// Adds the sender of a message; says whether they are new there.
    ///
    /// # Errors
    /// [`BotError::Store`] when that is not kept; the list is as it was then.
    pub async fn add(&self, message: &Message) -> Result<bool, BotError> {
        let Some(sender) = Sender::of(message) else { return Ok(false) };
        self.change(|senders| senders.insert(sender)).await
    }

    /// Takes the sender of a message off; says whether they were there.
    ///
    /// # Errors
    /// As [`add`](Self::add).
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

    /// Whether the sender of a message is on it.
    pub fn has(&self, message: &Message) -> bool {
        Sender::of(message).is_some_and(|sender| lock(&self.senders).contains(&sender))
    }

    /// Drops messages of those who are not on the list.
    pub fn allow(&self) -> Gate {
        Gate { list: self.clone(), allow: true }
    }

    /// Drops messages of those who are on the list.
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

/// A [`SenderList`] at work: made by [`allow`](SenderList::allow) and [`block`](SenderList::block).
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
