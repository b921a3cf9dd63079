//! Dialogues: conversations of several steps whose state is typed, stored, and outlasts a restart.
//!
//! ```
//! use serde::{Deserialize, Serialize};
//! use simplex_bot::dialogue::{Dialogue, Session, Sessions, in_state};
//! use simplex_bot::prelude::*;
//! use simplex_bot::store::MemoryStore;
//!
//! #[derive(Clone, Serialize, Deserialize)]
//! enum Order {
//!     Item,
//!     Quantity { item: String },
//! }
//!
//! impl Dialogue for Order {
//!     const NAME: &str = "order";
//! }
//!
//! async fn begin(msg: Message, session: Session<Order>) -> Outcome {
//!     session.set(Order::Item).await?;
//!     msg.reply("What do you want?").await
//! }
//!
//! async fn item(msg: TextMessage, session: Session<Order>) -> Outcome {
//!     session.set(Order::Quantity { item: msg.text().to_owned() }).await?;
//!     msg.reply("How many?").await
//! }
//!
//! async fn quantity(msg: TextMessage, session: Session<Order>, Parsed(count): Parsed<u32>) -> Outcome {
//!     let Some(Order::Quantity { item }) = session.state() else { return msg.reply("/order, please").await };
//!     session.end().await?;
//!     msg.reply(format!("{count} of {item}: ordered.")).await
//! }
//!
//! let bot = Bot::new("Shop")
//!     .outer(Sessions::<Order>::new(MemoryStore::new()))
//!     .command("order", "Order something", begin)
//!     .on(text().and(in_state(|state: &Order| matches!(state, Order::Item))), item)
//!     .on(text().parse::<u32>().and(in_state(|state: &Order| matches!(state, Order::Quantity { .. }))), quantity);
//! ```

use std::marker::PhantomData;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;
use tokio::time::Instant;

use crate::error::BotError;
use crate::extract::{Cx, Extract};
use crate::filter::{Filter, Kind, Scope, Value, when};
use crate::handler::HandlerError;
use crate::message::Message;
use crate::middleware::{Flow, Middleware, Next};
use crate::store::{Store, StoreError, Stored};

/// The states of a conversation.
pub trait Dialogue: Clone + Serialize + DeserializeOwned + Send + Sync + 'static {
    /// What its states are kept under: two dialogues of a bot have two names.
    const NAME: &str;

    /// Counts up when states are written in another way; older ones go through [`upgrade`](Self::upgrade).
    const VERSION: u32 = 0;

    /// A state of an older version as one of this version; `None` ends the conversation.
    ///
    /// States that do not fit, of a newer version among them, end the conversation too: nobody is stuck in one.
    fn upgrade(version: u32, state: Json) -> Option<Json> {
        let _ = (version, state);
        None
    }
}

/// Loads the state of each conversation before its messages are routed: for [`outer`](crate::Bot::outer).
///
/// A conversation is with one person in one chat: every member of a group has their own.
pub struct Sessions<D> {
    store: Arc<dyn Store>,
    expiry: Option<Duration>,
    clock: Clock,
    dialogue: PhantomData<fn() -> D>,
}

impl<D: Dialogue> Sessions<D> {
    /// Conversations whose states are in `store`.
    pub fn new(store: impl Store) -> Self {
        Self { store: Arc::new(store), expiry: None, clock: Clock::new(), dialogue: PhantomData }
    }

    /// Ends conversations in which nothing was said for so long.
    pub fn expires_after(mut self, expiry: Duration) -> Self {
        self.expiry = Some(expiry);
        self
    }

    async fn load(&self, key: &str) -> Result<Option<D>, StoreError> {
        let Some(stored) = self.store.load(key).await? else { return Ok(None) };
        let age = self.clock.now().saturating_sub(stored.saved);
        let expired = self.expiry.is_some_and(|expiry| age >= expiry.as_secs());
        let state = if expired { None } else { read(&stored) };
        if state.is_none() {
            self.store.remove(key).await?;
        }
        Ok(state)
    }
}

fn read<D: Dialogue>(stored: &Stored) -> Option<D> {
    let state = serde_json::from_str(&stored.state).ok()?;
    let state = if stored.version == D::VERSION { state } else { D::upgrade(stored.version, state)? };
    serde_json::from_value(state).ok()
}

impl<D: Dialogue> Middleware for Sessions<D> {
    async fn handle(&self, message: Message, next: Next) -> Flow {
        let key = key_of::<D>(&message);
        let state = self.load(&key).await?;
        let session = Session {
            key: key.into(),
            state: Arc::new(Mutex::new(state)),
            store: Arc::clone(&self.store),
            clock: self.clock,
        };
        message.put(session);
        next.run(message).await
    }
}

/// Contacts' ids are used again after their deletion: the time of creation tells them apart.
fn key_of<D: Dialogue>(message: &Message) -> String {
    let chat = message.chat_ref();
    match (message.member(), message.contact()) {
        (Some(member), _) => format!("{}/{chat}/{}/{}", D::NAME, member.group_member_id, member.created_at),
        (None, Some(contact)) => format!("{}/{chat}/{}", D::NAME, contact.created_at),
        (None, None) => format!("{}/{chat}", D::NAME),
    }
}

/// A conversation, as a handler's parameter; needs [`Sessions`] as middleware.
pub struct Session<D> {
    key: Arc<str>,
    state: Arc<Mutex<Option<D>>>,
    store: Arc<dyn Store>,
    clock: Clock,
}

impl<D> Clone for Session<D> {
    fn clone(&self) -> Self {
        Self {
            key: Arc::clone(&self.key),
            state: Arc::clone(&self.state),
            store: Arc::clone(&self.store),
            clock: self.clock,
        }
    }
}

impl<D: Dialogue> Session<D> {
    /// The state; `None` outside of a conversation.
    pub fn state(&self) -> Option<D> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Goes on to another state, or begins.
    ///
    /// # Errors
    /// [`BotError::Store`] when it is not kept.
    pub async fn set(&self, state: D) -> Result<(), BotError> {
        let text = serde_json::to_string(&state).map_err(|error| StoreError::new("write the state", error))?;
        self.store.save(&self.key, Stored { version: D::VERSION, state: text, saved: self.clock.now() }).await?;
        *self.state.lock().unwrap_or_else(PoisonError::into_inner) = Some(state);
        Ok(())
    }

    /// Ends the conversation.
    ///
    /// # Errors
    /// [`BotError::Store`] when it is still kept.
    pub async fn end(&self) -> Result<(), BotError> {
        self.store.remove(&self.key).await?;
        *self.state.lock().unwrap_or_else(PoisonError::into_inner) = None;
        Ok(())
    }
}

/// A handler takes a session, and no middleware loads it.
#[derive(Debug, thiserror::Error)]
#[error("the bot has no sessions of the dialogue `{0}`: put `.outer(Sessions::<…>::new(store))` around its handlers")]
struct NoSessions(&'static str);

impl<C: Kind, V: Value, D: Dialogue, S> Extract<Scope<C, V>, S> for Session<D> {
    fn extract(cx: &Cx<'_, Scope<C, V>, S>) -> Result<Self, HandlerError> {
        cx.subject().get().ok_or_else(|| NoSessions(D::NAME).into())
    }
}

/// Passes messages of conversations whose state `test` takes.
pub fn in_state<D: Dialogue>(
    test: impl Fn(&D) -> bool + Send + Sync + 'static,
) -> impl Filter<Content = crate::filter::Anything, Value = ()> {
    when(move |message| {
        let session: Option<Session<D>> = message.get();
        session.and_then(|session| session.state()).is_some_and(|state| test(&state))
    })
}

/// The time of day, moved on by tokio's clock: a test's paused clock is a paused time of day.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clock {
    begin: Duration,
    since: Instant,
}

impl Clock {
    pub(crate) fn new() -> Self {
        let begin = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        Self { begin, since: Instant::now() }
    }

    /// Seconds since 1970.
    pub(crate) fn now(&self) -> u64 {
        (self.begin + self.since.elapsed()).as_secs()
    }
}
