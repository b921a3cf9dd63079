//! Dialogues: conversations of several steps whose state is typed, stored, and survives a restart.
//!
//! The states are an enum with [`#[derive(Dialogue)]`](derive@crate::Dialogue), which makes a type of each state. The
//! type of a handler's first parameter says which state it is for, and the handler moves the conversation on to
//! another:
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
//! async fn item(step: Step<OrderItem>, msg: TextMessage) -> Result<(), BotError> {
//!     msg.reply("How many?").await?;
//!     step.to(OrderQuantity { item: msg.text().to_owned() }).await.map(drop)
//! }
//!
//! async fn quantity(step: Step<OrderQuantity>, msg: TextMessage, Parsed(count): Parsed<u32>) -> Result<(), BotError> {
//!     msg.reply(format!("{count} of {}: ordered.", step.item)).await?;
//!     step.end().await.map(drop)
//! }
//!
//! fn shop() -> Bot {
//!     Bot::new("Shop")
//!         .dialogue(Sessions::<Order>::new(MemoryStore::new()))
//!         .command("order", "Order something", begin)
//!         .step(text(), item)
//!         .step(text().parse::<u32>(), quantity)
//!         .on_step_timeout(async |step: Step<OrderQuantity>, chat: Chat| {
//!             chat.send(format!("Your {} went back to the shelf.", step.item)).await
//!         })
//! }
//!
//! # simplex_bot::testing::run(async {
//! # let net = TestNetwork::new();
//! # let alice = net.person("alice").connects_to(&net.start(shop).await).await;
//! # for (sent, answer) in [("/order", "What do you want?"), ("apples", "How many?"), ("3", "3 of apples: ordered.")] {
//! #     alice.send(sent).await;
//! #     alice.expect(answer).await;
//! # }
//! # alice.send("/order").await;
//! # alice.expect("What do you want?").await;
//! # alice.send("pears").await;
//! # alice.expect("How many?").await;
//! # alice.expect_silence(Duration::from_secs(3590)).await;
//! # alice.expect("Your pears went back to the shelf.").await;
//! # });
//! ```
//!
//! A message whose handler fails, or is cut off, is handled again, in the state that the conversation has by then: a
//! handler should change the state last. A handler that waits for an answer ([`Chat::ask`](crate::Chat::ask)) lets
//! others of the same conversation run meanwhile, such as that of a command `/cancel`: what it sets afterwards replaces
//! theirs.
//!
//! If nobody answers within the timeout of a state, the conversation ends;
//! [`on_step_timeout`](crate::Bot::on_step_timeout) and [`Sessions::when_expired`] set what is done then. A timeout is
//! handled when its time comes, in the lane of the chat, and before a message that comes too late; timeouts that passed
//! while the bot was not running are handled when it starts.
//!
//! In a state without a timeout, a conversation stays until it moves on, however long that takes, or until its contact
//! or group is deleted, which is noticed when the bot next starts.
//!
//! [`Sessions::of`] begins a conversation without a message, for example when somebody connects or joins.
//!
//! Without the derive, implementing [`Dialogue`] takes a few lines, and [`in_state`] is the filter.

mod step;
mod times;

use std::fmt;
use std::marker::PhantomData;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A state of an older version, for [`Dialogue::upgrade`].
pub use serde_json::Value as Json;

use crate::api::ChatApi;
use crate::chat::Chat;
use crate::draft::Draft;
use crate::error::{BotError, with_causes};
use crate::extract::{Cx, Extract};
use crate::filter::{Filter, Kind, Scope, Value, when};
use crate::handler::{Contained, HandlerError, caught, error_of};
use crate::message::Message;
use crate::middleware::{FlowFuture, Layer, Next};
use crate::runtime::{Failure, Key, current_lane, is_cut_off};
use crate::schedule::now_in_seconds;
use crate::store::{Store, StoreError, Stored};
use crate::types::ChatRef;

pub use simplex_bot_macros::Dialogue;
pub(crate) use step::Stepped;
pub use step::{DialogueState, LeadsTo, Step};
use times::Whose;
pub use times::{OnTimeout, Overdue};
pub(crate) use times::{Tell, Timed, Times, timed_out, watch};

/// Seconds until the end of a conversation is tried again after the store or the core failed.
const LATER: u64 = 60;
/// How many conversations without a timeout are checked per second after the start.
const LOOKS: u64 = 10;

/// The states of a conversation; implemented by [`#[derive(Dialogue)]`](derive@crate::Dialogue).
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a dialogue",
    note = "it is an enum with `#[derive(Dialogue, Clone, Serialize, Deserialize)]`"
)]
pub trait Dialogue: Clone + Serialize + DeserializeOwned + Send + Sync + 'static {
    /// The name that its states are stored under; no two dialogues of a bot may share one: such a bot does not start.
    const NAME: &str;

    /// The version of the states' stored form: increase it when that changes. Older states go through
    /// [`upgrade`](Self::upgrade).
    const VERSION: u32 = 0;

    /// Converts a state of an older version to this one; `None` ends the conversation.
    ///
    /// States that do not fit, including those of a newer version, end the conversation too: nobody is stuck in one. A
    /// warning is logged for each.
    fn upgrade(version: u32, state: Json) -> Option<Json> {
        let _ = (version, state);
        None
    }

    /// How long a conversation may stay in this state; if `None`, as long as [`Sessions::expires_after`] says. In whole
    /// seconds: fractions are cut off.
    fn timeout(&self) -> Option<Duration> {
        None
    }
}

/// The conversations of a dialogue, and the store of their states, for [`Router::dialogue`](crate::Router::dialogue).
///
/// A conversation is with one person in one chat: each member of a group has their own. A clone is for the same
/// conversations; make it when the times are set.
#[must_use = "conversations are not kept until a router has them"]
#[derive(Clone)]
pub struct Sessions<D> {
    store: Arc<dyn Store>,
    expiry: Option<Duration>,
    expired: Option<Draft>,
    times: Arc<Times>,
    dialogue: PhantomData<fn() -> D>,
}

impl<D: Dialogue> Sessions<D> {
    /// Conversations whose states are kept in `store`. No two bots may keep a dialogue of the same name in one store:
    /// each would end the other's conversations, as those of contacts that do not exist.
    pub fn new(store: impl Store) -> Self {
        Self { store: Arc::new(store), expiry: None, expired: None, times: Arc::default(), dialogue: PhantomData }
    }

    /// Ends conversations that stay in a state for this long, unless the state has its own timeout.
    pub fn expires_after(mut self, expiry: Duration) -> Self {
        self.expiry = Some(expiry);
        self
    }

    /// Sends this when a conversation times out, unless a handler of
    /// [`on_step_timeout`](crate::Router::on_step_timeout) is for its state.
    pub fn when_expired(mut self, text: impl Into<Draft>) -> Self {
        self.expired = Some(text.into());
        self
    }

    /// The conversation in a chat, for handlers of events, which may begin one; in a group, that with the member whom the
    /// chat [is for](Chat::with_member).
    ///
    /// The handler of an event runs between those of its chat's messages. Elsewhere, as in a job, one of them may run
    /// meanwhile, and what is set last counts. A conversation that has timed out has no state here; one that is begun in
    /// its place before that is handled replaces it.
    ///
    /// ```
    /// # use serde::{Deserialize, Serialize};
    /// # use simplex_bot::dialogue::{Dialogue, Sessions, Step};
    /// # use simplex_bot::prelude::*;
    /// # use simplex_bot::store::MemoryStore;
    /// # use simplex_bot::testing::TestNetwork;
    /// use simplex_bot::types::event::ContactConnected;
    ///
    /// #[derive(Dialogue, Clone, Serialize, Deserialize)]
    /// enum Signup {
    ///     Name,
    /// }
    ///
    /// async fn begin(event: ContactConnected, api: ChatApi, State(signups): State<Sessions<Signup>>) -> Outcome {
    ///     let chat = Chat::new(api, event.contact.contact_id);
    ///     signups.of(&chat).await?.set(SignupName).await?;
    ///     chat.send("Your name?").await
    /// }
    ///
    /// fn club() -> Bot<Sessions<Signup>> {
    ///     let signups = Sessions::new(MemoryStore::new());
    ///     Bot::new("Club").state(signups.clone()).dialogue(signups).on_event(begin).step(text(), welcome)
    /// }
    ///
    /// async fn welcome(step: Step<SignupName>, msg: TextMessage) -> Outcome {
    ///     step.end().await?;
    ///     msg.reply(format!("Welcome, {}!", msg.text())).await
    /// }
    /// # simplex_bot::testing::run(async {
    /// #     let net = TestNetwork::new();
    /// #     let alice = net.person("alice").connects_to(&net.start(club).await).await;
    /// #     alice.expect("Your name?").await;
    /// #     alice.send("Alice").await;
    /// #     alice.expect("Welcome, Alice!").await;
    /// # });
    /// ```
    ///
    /// # Errors
    /// [`BotError::Api`] if there is no such contact or member, or the core does not answer; [`BotError::Store`] if the
    /// state cannot be read; [`BotError::Misplaced`] for a group without a member.
    ///
    /// # Cancel safety
    /// Cancel safe.
    pub async fn of(&self, chat: &Chat) -> Result<Session<D>, BotError> {
        if matches!(chat.chat_ref(), ChatRef::Group(..)) && chat.sender().is_none() {
            return Err(BotError::Misplaced(format!(
                "in {}, a conversation is with one of its members: say with whom by `Chat::with_member`",
                chat.chat_ref()
            )));
        }
        let whose = Whose::in_chat(chat).await?;
        let key: Arc<str> = whose.key(D::NAME).into();
        let state = match self.load(&key).await? {
            Loaded::State(state, _) => Some(state),
            Loaded::Nothing | Loaded::Overdue(_) => None,
        };
        Ok(self.session(key, Key { user: whose.user, chat: whose.chat }, state))
    }

    async fn load(&self, key: &str) -> Result<Loaded<D>, StoreError> {
        let Some(mut stored) = self.store.load(key).await? else { return Ok(Loaded::Nothing) };
        let Some(state) = read::<D>(&stored) else {
            self.store.remove(key).await?;
            // Without what is wrong with it, which may quote what people wrote.
            let why = "its stored state does not fit any more";
            tracing::warn!(dialogue = D::NAME, version = stored.version, "a conversation ended: {why}");
            return Ok(Loaded::Nothing);
        };
        // It was saved by a clock that was ahead: its timeout starts now.
        if stored.saved > now_in_seconds() && due(&state, self.expiry, 0).is_some() {
            stored.saved = now_in_seconds();
            self.store.save(key, stored.clone()).await?;
        }
        match due(&state, self.expiry, stored.saved) {
            Some(due) if due <= now_in_seconds() => Ok(Loaded::Overdue(state)),
            due => Ok(Loaded::State(state, due)),
        }
    }

    fn session(&self, key: Arc<str>, lane: Key, state: Option<D>) -> Session<D> {
        Session {
            key,
            lane,
            state: Arc::new(Mutex::new(state)),
            store: Arc::clone(&self.store),
            expiry: self.expiry,
            times: Arc::clone(&self.times),
        }
    }
}

impl<D: Dialogue> fmt::Debug for Sessions<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sessions").field("dialogue", &D::NAME).field("expiry", &self.expiry).finish_non_exhaustive()
    }
}

enum Loaded<D> {
    Nothing,
    /// With the time at which it times out.
    State(D, Option<u64>),
    Overdue(D),
}

/// When a state that was saved at `saved` times out.
fn due<D: Dialogue>(state: &D, expiry: Option<Duration>, saved: u64) -> Option<u64> {
    state.timeout().or(expiry).map(|time| saved.saturating_add(time.as_secs()))
}

fn read<D: Dialogue>(stored: &Stored) -> Option<D> {
    let state = serde_json::from_str(&stored.state).ok()?;
    let state = if stored.version == D::VERSION { state } else { D::upgrade(stored.version, state)? };
    serde_json::from_value(state).ok()
}

impl<D: Dialogue> Layer for Sessions<D> {
    fn enter(self: Arc<Self>, message: Message, next: Next) -> FlowFuture {
        Box::pin(async move {
            // Messages are handled only in lanes.
            let Some(lane) = current_lane() else { return next.run(message).await };
            let key: Arc<str> = Whose::of(lane.user, &message).key(D::NAME).into();
            let mut loaded = self.load(&key).await?;
            // The handling of the timeout may be queued in the lane behind this message, but it must come first.
            if let (Loaded::Overdue(_), Some(tell)) = (&loaded, self.times.tell(&key)) {
                if let Err(error) = self.end(Arc::clone(&key), lane, message.api().clone(), tell).await {
                    // The next run starts with the timeout again, and handles this message after it.
                    if is_cut_off() {
                        return Err(error);
                    }
                    tracing::error!(chat = %lane.chat, "the end of a conversation: {}", with_causes(&*error, ": "));
                }
                loaded = self.load(&key).await?;
            }
            let state = match loaded {
                Loaded::State(state, _) => Some(state),
                Loaded::Nothing | Loaded::Overdue(_) => None,
            };
            message.put(self.session(key, lane, state));
            next.run(message).await
        })
    }
}

#[async_trait]
impl<D: Dialogue> Timed for Sessions<D> {
    fn name(&self) -> &'static str {
        D::NAME
    }

    fn times(&self) -> &Times {
        &self.times
    }

    async fn recall(&self) -> bool {
        let keys = match self.store.keys(&format!("{}/", D::NAME)).await {
            Ok(keys) => keys,
            Err(error) => {
                tracing::error!(dialogue = D::NAME, %error, "it is not known which conversations wait; will look again");
                return false;
            }
        };
        // A conversation without a timeout ends with its contact or group: whether that still exists is checked
        // gradually.
        let (now, mut timeless) = (now_in_seconds(), 0);
        for key in keys {
            let Some(whose) = Whose::read(D::NAME, &key).filter(|_| !self.times.has_begun(&key)) else { continue };
            let lane = Key { user: whose.user, chat: whose.chat };
            let stored = match self.store.load(&key).await {
                Ok(Some(stored)) => stored,
                Ok(None) => continue,
                Err(error) => {
                    tracing::error!(dialogue = D::NAME, %error, "it is not known when a conversation is over");
                    // Check this conversation again later.
                    self.times.set(&key.into(), Some((now_in_seconds() + LATER, lane)));
                    continue;
                }
            };
            let due = || read::<D>(&stored).map(|state| due(&state, self.expiry, stored.saved));
            // The program's own code reads the state: if it panics, the other conversations must still end in time.
            let due = caught(due).unwrap_or_else(|_| {
                tracing::error!(dialogue = D::NAME, "a conversation's state made what reads it panic");
                None
            });
            let Some(due) = due else { continue };
            let due = match due {
                // It was saved by a clock that was ahead: check it now, in its lane.
                Some(_) if stored.saved > now => now,
                Some(due) => due,
                None => {
                    timeless += 1;
                    now + timeless / LOOKS
                }
            };
            self.times.set(&key.into(), Some((due, lane)));
        }
        true
    }

    async fn end(&self, key: Arc<str>, lane: Key, api: ChatApi, tell: Tell) -> Result<(), HandlerError> {
        // What fails now is tried again later.
        let later = || self.times.set(&key, Some((now_in_seconds() + LATER, lane)));
        let state = match self.load(&key).await.inspect_err(|_| later())? {
            Loaded::Overdue(state) => state,
            Loaded::Nothing => return Ok(()),
            Loaded::State(_, due) => {
                // The conversation has moved on in the meantime.
                self.times.set(&key, due.map(|due| (due, lane)));
                if due.is_none()
                    && let Some(whose) = Whose::read(D::NAME, &key)
                    && matches!(whose.is_there(&api).await, Ok(false))
                {
                    self.store.remove(&key).await?;
                }
                return Ok(());
            }
        };
        // Only once: either by the clock, or before a message that came too late.
        if !self.times.begin(&key) {
            return Ok(());
        }
        let session = self.session(Arc::clone(&key), lane, Some(state));
        let Some(whose) = Whose::read(D::NAME, &key) else { return Ok(session.end().await?) };
        if !whose.is_there(&api).await.inspect_err(|_| later())? {
            return Ok(session.end().await?);
        }
        let chat = Chat::new(api, lane.chat).with_sender(whose.member);
        let overdue = Overdue { chat: chat.clone(), session: Box::new(session.clone()) };
        // The program's code may also panic before it returns a future.
        let told = caught(|| tell(overdue));
        // From here on, the conversation has a state only if the handler moves on to one.
        *session.lock() = None;
        let outcome = match (told, &self.expired) {
            (Err(text), _) => Err(Failure::Panic(text).into()),
            (Ok(Some(handler)), _) => Contained::new(handler).await.map_err(error_of),
            (Ok(None), Some(text)) => chat.send(text.clone()).await.map(drop).map_err(HandlerError::from),
            (Ok(None), None) => Ok(()),
        };
        // As with a message whose handler is cut off by the stop: the next run starts it again.
        if outcome.is_err() && is_cut_off() {
            return outcome;
        }
        // If the handler waited, it released the lane: another conversation may have begun.
        if session.state().is_none() && matches!(self.load(&key).await?, Loaded::Overdue(_)) {
            session.end().await?;
        }
        outcome
    }
}

/// A conversation, as a handler's parameter; needs [`Router::dialogue`](crate::Router::dialogue) around the handler.
pub struct Session<D> {
    key: Arc<str>,
    lane: Key,
    state: Arc<Mutex<Option<D>>>,
    store: Arc<dyn Store>,
    expiry: Option<Duration>,
    times: Arc<Times>,
}

impl<D> Clone for Session<D> {
    fn clone(&self) -> Self {
        Self {
            key: Arc::clone(&self.key),
            lane: self.lane,
            state: Arc::clone(&self.state),
            store: Arc::clone(&self.store),
            expiry: self.expiry,
            times: Arc::clone(&self.times),
        }
    }
}

// Without the state: it holds what people wrote.
impl<D: Dialogue> fmt::Debug for Session<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").field("dialogue", &D::NAME).field("chat", &self.lane.chat).finish_non_exhaustive()
    }
}

impl<D: Dialogue> Session<D> {
    /// The current state; `None` if there is no conversation.
    pub fn state(&self) -> Option<D> {
        self.lock().clone()
    }

    fn lock(&self) -> MutexGuard<'_, Option<D>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Moves on to another state, or begins the conversation.
    ///
    /// # Errors
    /// [`BotError::Store`] if the state is not saved.
    ///
    /// # Cancel safety
    /// Not cancel safe: the state may still be saved if the future is dropped.
    pub async fn set(&self, state: impl Into<D>) -> Result<(), BotError> {
        let state = state.into();
        let stored = Stored { version: D::VERSION, ..Stored::new(&state)? };
        let due = due(&state, self.expiry, stored.saved).map(|due| (due, self.lane));
        // The handler may be cut off when the state is already saved: note its timeout first. If the state is not
        // saved, the one before keeps its own timeout.
        if let Some(due) = due {
            self.times.set_by(&self.key, due);
        }
        self.store.save(&self.key, stored).await?;
        self.times.set(&self.key, due);
        *self.lock() = Some(state);
        Ok(())
    }

    /// Ends the conversation.
    ///
    /// # Errors
    /// [`BotError::Store`] if the state is still stored.
    ///
    /// # Cancel safety
    /// Not cancel safe: the conversation may still be ended if the future is dropped.
    pub async fn end(&self) -> Result<(), BotError> {
        self.store.remove(&self.key).await?;
        self.times.set(&self.key, None);
        *self.lock() = None;
        Ok(())
    }
}

/// The error of a handler for a dialogue that no router around it has.
#[derive(Debug, thiserror::Error)]
#[error("the dialogue `{0}` is not kept anywhere: put `.dialogue(Sessions::<…>::new(store))` around its handlers")]
pub(crate) struct NoSessions(pub(crate) &'static str);

impl<C: Kind, V: Value, D: Dialogue, S> Extract<Scope<C, V>, S> for Session<D> {
    fn extract(cx: &Cx<'_, Scope<C, V>, S>) -> Result<Self, HandlerError> {
        cx.subject().get().ok_or_else(|| NoSessions(D::NAME).into())
    }
}

/// Passes messages in conversations for whose state `test` returns `true`.
///
/// It passes none where no router around has the [dialogue](crate::Router::dialogue). As a guard, it is for a router
/// nested in the one that has it: guards come before.
pub fn in_state<D: Dialogue>(
    test: impl Fn(&D) -> bool + Send + Sync + 'static,
) -> impl Filter<Content = crate::filter::Anything, Value = ()> {
    when(move |message| {
        let session: Option<Session<D>> = message.get();
        session.and_then(|session| session.state()).is_some_and(|state| test(&state))
    })
}
