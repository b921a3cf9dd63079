//! Who may speak, and how often: cooldown, allow and block lists, as middleware.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use crate::draft::Draft;
use crate::message::Message;
use crate::middleware::{Flow, Middleware, Next, Routed};
use crate::types::{ContactId, GroupMemberId, Timestamp};

/// Somebody who sends: a contact, or a member of a group.
///
/// The core uses the ids of deleted contacts again: with its time of creation, a new contact is not taken for an old one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Sender(Who, i64);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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

/// Lets each sender through so often in so much time; what is more is dropped, as handled.
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
}

#[derive(Debug, Clone, Copy)]
struct Window {
    begin: Instant,
    count: u32,
}

/// A handler that [`Cooldown`] does not count.
#[derive(Debug, Clone, Copy)]
pub struct Exempt;

/// Windows that are over are dropped when there are so many senders.
const MANY: usize = 1024;

impl Cooldown {
    /// At most `most` messages of a sender in `per`.
    pub fn per_sender(most: u32, per: Duration) -> Self {
        Self { most, per, saying: None, senders: Mutex::default() }
    }

    /// Answers the first message that is too many, once until the time is over.
    pub fn saying(mut self, text: impl Into<Draft>) -> Self {
        self.saying = Some(text.into());
        self
    }

    /// The number of this message in its sender's window.
    fn count(&self, sender: Sender) -> u32 {
        let now = Instant::now();
        let mut senders = lock(&self.senders);
        if senders.len() >= MANY {
            senders.retain(|_, window| now - window.begin < self.per);
        }
        let window = senders.entry(sender).or_insert(Window { begin: now, count: 0 });
        if now - window.begin >= self.per {
            *window = Window { begin: now, count: 0 };
        }
        window.count = window.count.saturating_add(1);
        window.count
    }
}

impl Middleware for Cooldown {
    async fn handle(&self, message: Message, next: Next) -> Flow {
        let Some(sender) = Sender::of(&message).filter(|_| next.meta::<Exempt>().is_none()) else {
            return next.run(message).await;
        };
        let count = self.count(sender);
        if count <= self.most {
            return next.run(message).await;
        }
        if let Some(saying) = self.saying.as_ref().filter(|_| count == self.most + 1) {
            message.reply(saying.clone()).await?;
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
/// let blocked = SenderList::new();
/// let bot = Bot::new("bot")
///     .state(blocked.clone())
///     .outer(blocked.block())
///     .command("leave_me_alone", "No more answers", async |msg: Message, State(list): State<SenderList>| {
///         list.add(&msg);
///     });
/// ```
#[derive(Debug, Clone, Default)]
pub struct SenderList(Arc<Mutex<HashSet<Sender>>>);

impl SenderList {
    /// An empty list.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the sender of a message; says whether they are new there.
    pub fn add(&self, message: &Message) -> bool {
        Sender::of(message).is_some_and(|sender| lock(&self.0).insert(sender))
    }

    /// Takes the sender of a message off; says whether they were there.
    pub fn remove(&self, message: &Message) -> bool {
        Sender::of(message).is_some_and(|sender| lock(&self.0).remove(&sender))
    }

    /// Whether the sender of a message is on it.
    pub fn has(&self, message: &Message) -> bool {
        Sender::of(message).is_some_and(|sender| lock(&self.0).contains(&sender))
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
