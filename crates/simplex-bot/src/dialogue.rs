//! Dialogues: conversations of several steps whose state is typed, stored, and outlasts a restart.
//!
//! The states are an enum with [`#[derive(Dialogue)]`](derive@crate::Dialogue), which makes a type of each state; a
//! handler says with its first parameter which state it is for, and goes on to another:
//!
//! ```
//! use serde::{Deserialize, Serialize};
//! use simplex_bot::dialogue::{Dialogue, Session, Sessions, Step};
//! use simplex_bot::prelude::*;
//! use simplex_bot::store::MemoryStore;
//! # use simplex_bot::testing::TestNetwork;
//!
//! #[derive(Dialogue, Clone, Serialize, Deserialize)]
//! #[dialogue(timeout = "1h")]
//! enum Order {
//!     #[dialogue(to(Quantity))]
//!     Item,
//!     Quantity { item: String },
//! }
//!
//! async fn begin(msg: Message, session: Session<Order>) -> Outcome {
//!     session.set(Order::Item).await?;
//!     msg.reply("What do you want?").await
//! }
//!
//! async fn item(step: Step<OrderItem>, msg: TextMessage) -> Outcome {
//!     step.to(OrderQuantity { item: msg.text().to_owned() }).await?;
//!     msg.reply("How many?").await
//! }
//!
//! async fn quantity(step: Step<OrderQuantity>, msg: TextMessage, Parsed(count): Parsed<u32>) -> Outcome {
//!     let OrderQuantity { item } = step.end().await?;
//!     msg.reply(format!("{count} of {item}: ordered.")).await
//! }
//!
//! fn shop() -> Bot {
//!     Bot::new("Shop")
//!         .outer(Sessions::<Order>::new(MemoryStore::new()))
//!         .command("order", "Order something", begin)
//!         .step(text(), item)
//!         .step(text().parse::<u32>(), quantity)
//! }
//!
//! # simplex_bot::testing::run(async {
//! # let net = TestNetwork::new();
//! # let alice = net.person("alice").connects_to(&net.start(shop).await).await;
//! # for (sent, answer) in [("/order", "What do you want?"), ("apples", "How many?"), ("3", "3 of apples: ordered.")] {
//! #     alice.send(sent).await;
//! #     alice.expect(answer).await;
//! # }
//! # });
//! ```
//!
//! Without the derive, [`Dialogue`] is a few lines, and [`in_state`] is the filter.

mod step;

use std::marker::PhantomData;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::time::Instant;

/// A state of an older version, for [`Dialogue::upgrade`].
pub use serde_json::Value as Json;

use crate::draft::Draft;
use crate::error::BotError;
use crate::extract::{Cx, Extract};
use crate::filter::{Filter, Kind, Scope, Value, when};
use crate::handler::HandlerError;
use crate::message::Message;
use crate::middleware::{Flow, Middleware, Next};
use crate::store::{Store, StoreError, Stored};

pub use simplex_bot_macros::Dialogue;
pub(crate) use step::Stepped;
pub use step::{DialogueState, LeadsTo, Step};

/// The states of a conversation; implemented by [`#[derive(Dialogue)]`](derive@crate::Dialogue).
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a dialogue",
    note = "it is an enum with `#[derive(Dialogue, Clone, Serialize, Deserialize)]`"
)]
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

    /// How long this state waits for the next message; unset, as long as
    /// [`Sessions::expires_after`] says.
    fn timeout(&self) -> Option<Duration> {
        None
    }
}

/// Loads the state of each conversation before its messages are routed: for [`outer`](crate::Bot::outer).
///
/// A conversation is with one person in one chat: every member of a group has their own.
pub struct Sessions<D> {
    store: Arc<dyn Store>,
    expiry: Option<Duration>,
    expired: Option<Draft>,
    dialogue: PhantomData<fn() -> D>,
}

impl<D: Dialogue> Sessions<D> {
    /// Conversations whose states are in `store`.
    pub fn new(store: impl Store) -> Self {
        Self { store: Arc::new(store), expiry: None, expired: None, dialogue: PhantomData }
    }

    /// Ends conversations in which nothing was said for so long, but those in a state with a time of its own.
    pub fn expires_after(mut self, expiry: Duration) -> Self {
        self.expiry = Some(expiry);
        self
    }

    /// Says this to whoever writes after the time of their conversation was over; the message is handled then, as
    /// outside of a conversation.
    pub fn when_expired(mut self, text: impl Into<Draft>) -> Self {
        self.expired = Some(text.into());
        self
    }

    async fn load(&self, key: &str) -> Result<Loaded<D>, StoreError> {
        let Some(stored) = self.store.load(key).await? else { return Ok(Loaded::Nothing) };
        let Some(state) = read::<D>(&stored) else {
            self.store.remove(key).await?;
            return Ok(Loaded::Nothing);
        };
        let age = Clock.now().saturating_sub(stored.saved);
        if state.timeout().or(self.expiry).is_some_and(|expiry| age >= expiry.as_secs()) {
            self.store.remove(key).await?;
            return Ok(Loaded::Expired);
        }
        Ok(Loaded::State(state))
    }
}

enum Loaded<D> {
    Nothing,
    Expired,
    State(D),
}

fn read<D: Dialogue>(stored: &Stored) -> Option<D> {
    let state = serde_json::from_str(&stored.state).ok()?;
    let state = if stored.version == D::VERSION { state } else { D::upgrade(stored.version, state)? };
    serde_json::from_value(state).ok()
}

impl<D: Dialogue> Middleware for Sessions<D> {
    async fn handle(&self, message: Message, next: Next) -> Flow {
        let key = key_of::<D>(&message);
        let state = match self.load(&key).await? {
            Loaded::State(state) => Some(state),
            Loaded::Nothing => None,
            Loaded::Expired => {
                if let Some(text) = &self.expired {
                    message.reply(text.clone()).await?;
                }
                None
            }
        };
        let session = Session { key: key.into(), state: Arc::new(Mutex::new(state)), store: Arc::clone(&self.store) };
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
}

impl<D> Clone for Session<D> {
    fn clone(&self) -> Self {
        Self { key: Arc::clone(&self.key), state: Arc::clone(&self.state), store: Arc::clone(&self.store) }
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
    pub async fn set(&self, state: impl Into<D>) -> Result<(), BotError> {
        let state = state.into();
        let text = serde_json::to_string(&state).map_err(|error| StoreError::new("write the state", error))?;
        self.store.save(&self.key, Stored { version: D::VERSION, state: text, saved: Clock.now() }).await?;
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
pub(crate) struct NoSessions(&'static str);

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

/// The time of day, as far on as tokio's clock is: where a test's own clock is ahead of the real one, so is this.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clock;

impl Clock {
    /// Seconds since 1970.
    pub(crate) fn now(self) -> u64 {
        let (own, real) = (Instant::now().into_std(), std::time::Instant::now());
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let now = (now + own.saturating_duration_since(real)).saturating_sub(real.saturating_duration_since(own));
        now.as_secs()
    }
}
