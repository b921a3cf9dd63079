//! Typed commands of the SimpleX Chat core, over any [`ChatCore`].
//!
//! [`ChatApi::call`] sends one command and decodes its answer. The methods are thin wrappers around it. They are named
//! as in the official clients, in snake case and without the prefix `api_`; [every command and every official method
//! has a counterpart](parity). Commands that are not typed go through [`ChatApi::raw`]. [`Layer`]s wrap every call,
//! [`ChatApi::for_user`] binds an API to one of several profiles, and [`DeliveryTracker`] follows what was sent.
//! Nothing here is specific to bots.
//!
//! ```
//! use simplex_api::types::{ChatPagination, ContactId};
//! use simplex_api::{ApiError, ChatApi, ItemUpdate};
//!
//! async fn example(api: &ChatApi, contact: ContactId) -> Result<(), ApiError> {
//!     let sent = api.send_text_message(contact, "Hello", None).await?;
//!     for item in &sent {
//!         match api.update_chat_item(contact, item.id(), "Hello there").await? {
//!             ItemUpdate::Updated(_) => {}
//!             ItemUpdate::NotChanged(_) => println!("it said so already"),
//!         }
//!     }
//!     let page = api.get_chat(contact, ChatPagination::Last { count: 20 }).await?;
//!     println!("{} items", page.chat_items.len());
//!     Ok(())
//! }
//! ```
//!
//! Events come from the core itself, in process and over WebSocket alike, to one consumer:
//!
//! ```
//! use simplex_api::core::CoreEvent;
//! use simplex_api::types::{CiContent, Event, UserId};
//! use simplex_api::{ApiError, ChatApi};
//!
//! /// Answers what people write, until the core is closed.
//! async fn answer(api: &ChatApi, user: UserId) -> Result<(), ApiError> {
//!     api.start_chat().await?;
//!     while let Some(event) = api.core().recv().await {
//!         let frame = match event {
//!             CoreEvent::Frame(frame) => frame,
//!             // Events were lost. The messages among them are unread in the database.
//!             CoreEvent::Lagged { .. } | CoreEvent::Reconnected => {
//!                 let unread = api.get_chats(user, u32::MAX, true).await?;
//!                 println!("look at {} chats", unread.len());
//!                 continue;
//!             }
//!             _ => continue,
//!         };
//!         // What cannot be decoded, such as an event that is none, must not end the loop.
//!         let Ok(event) = Event::decode(&frame) else { continue };
//!         match event.value {
//!             Event::NewChatItems(new) => {
//!                 for item in &new.chat_items {
//!                     if let CiContent::RcvMsgContent { .. } = item.chat_item.content {
//!                         api.send_text_reply(item, "I heard you.").await?;
//!                     }
//!                 }
//!             }
//!             Event::ChatError(error) => eprintln!("in the background: {}", error.chat_error),
//!             _ => {}
//!         }
//!     }
//!     Ok(())
//! }
//! # tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().unwrap().block_on(async {
//! #     use std::{sync::Arc, time::Duration};
//! #     let net = simplex_sim::SimNetwork::new(simplex_sim::Settings::default());
//! #     let open = |name| ChatApi::new(Arc::new(net.open(name, "").unwrap()));
//! #     let (bot, bob) = (open("bot"), open("bob"));
//! #     let bots = bot.create_active_user(None).await.unwrap().user_id;
//! #     bob.create_active_user(None).await.unwrap();
//! #     bot.start_chat().await.unwrap();
//! #     bob.start_chat().await.unwrap();
//! #     let link = bot.create_link(bots).await.unwrap();
//! #     bob.connect_active_user(link.link(), false).await.unwrap();
//! #     let talk = async {
//! #         loop {
//! #             let Some(CoreEvent::Frame(frame)) = bob.core().recv().await else { panic!("the core ended") };
//! #             match Event::decode(&frame).unwrap().value {
//! #                 Event::ContactConnected(event) => {
//! #                     bob.send_text_message(event.contact.contact_id, "hello", None).await.unwrap();
//! #                 }
//! #                 Event::NewChatItems(event) if event.chat_items[0].text() == Some("I heard you.") => break,
//! #                 _ => {}
//! #             }
//! #         }
//! #         bot.core().close(Duration::from_secs(5)).await.unwrap();
//! #     };
//! #     tokio::join!(async { answer(&bot, bots).await.unwrap() }, talk);
//! # });
//! ```

#![forbid(unsafe_code)]
#![warn(missing_debug_implementations)]

mod answers;
mod call;
mod delivery;
mod error;
mod layers;
mod methods;
mod send;
mod servers;
mod text;
mod users;

#[doc = include_str!("../METHODS.md")]
pub mod parity {}

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

pub use simplex_core as core;
pub use simplex_core::{ChatCore, CoreError, RefusedCommand, Request, Urgency};
pub use simplex_types as types;
use simplex_types::{Command, Decoded, Frame, FrameOutcome, UserId};

pub use answers::*;
pub use call::{Call, Layer, Next};
pub use delivery::{Delivery, DeliveryError, DeliveryTracker};
pub use error::ApiError;
pub use layers::*;
pub use send::{SendOutcome, Sent};
pub use servers::is_server_address;
pub use text::{MAX_ENCODED_MESSAGE, MAX_TEXT, encoded_len, message_len, split_text};

use users::{ActiveUser, Bound};

/// The typed commands of one core. Cloning is cheap; clones share the core.
///
/// # Cancel safety
/// Dropping the future of a method does not undo its command, which may still be executed.
#[derive(Clone)]
pub struct ChatApi {
    core: Arc<dyn ChatCore>,
    /// Outermost first.
    layers: Arc<[Arc<dyn Layer>]>,
    active: Arc<ActiveUser>,
    bound: Option<Bound>,
}

impl ChatApi {
    /// Creates the API of `core`.
    ///
    /// Views of single profiles ([`for_user`](Self::for_user)) are coordinated only if they come from the same
    /// `ChatApi`: make one for each core, and clone it.
    pub fn new(core: Arc<dyn ChatCore>) -> Self {
        Self { core, layers: Arc::new([]), active: Arc::default(), bound: None }
    }

    /// Adds a layer around each call, inside the layers already present: the first is the outermost.
    ///
    /// ```
    /// # #[cfg(all(feature = "pace", feature = "retry"))] // features of this crate
    /// # mod layered {
    /// use std::num::NonZeroU32;
    ///
    /// use simplex_api::{ChatApi, Pace, Retry, Trace};
    ///
    /// fn with_layers(api: ChatApi) -> ChatApi {
    ///     // The trace sees a command once, however often it is tried again; each try waits for its turn.
    ///     let api = api.with_layer(Trace).with_layer(Retry::default());
    ///     api.with_layer(Pace::per_second(NonZeroU32::MIN))
    /// }
    /// # }
    /// ```
    #[must_use]
    pub fn with_layer(mut self, layer: impl Layer) -> Self {
        self.layers = self.layers.iter().cloned().chain([Arc::new(layer) as Arc<dyn Layer>]).collect();
        self
    }

    /// Returns a view of one of several profiles in the database: commands sent through it are executed with that
    /// profile active, or not at all.
    ///
    /// The core has one active profile. A view activates its own profile if necessary, and keeps it active until the
    /// answer: commands of one profile run concurrently, while those of other profiles wait. So a command that hangs
    /// holds up the other profiles until its deadline, or until the deadlines of their commands, which then fail with
    /// [`CoreError::Unavailable`], as does a command whose profile does not become active in time. If its profile is
    /// already active, a view costs no extra command. A future that is dropped before its answer releases the profile,
    /// although the core may still be executing the command; the core refuses commands that name a user or a chat of
    /// another profile. If the core is still activating a profile, the next change of profiles waits for that.
    #[must_use]
    pub fn for_user(&self, user: UserId) -> Self {
        Self { bound: Some(Bound::new(user, None)), ..self.clone() }
    }

    /// Like [`for_user`](Self::for_user), but for a hidden profile.
    #[must_use]
    pub fn for_hidden_user(&self, user: UserId, password: impl Into<String>) -> Self {
        Self { bound: Some(Bound::new(user, Some(password.into()))), ..self.clone() }
    }

    /// The profile of this view; `None` if it is not bound to a profile, as in a bot that serves only one: there,
    /// [`get_active_user`](Self::get_active_user) tells.
    pub fn user_id(&self) -> Option<UserId> {
        self.bound.as_ref().map(Bound::user)
    }

    /// The underlying core: for its events, and to close it.
    pub fn core(&self) -> &Arc<dyn ChatCore> {
        &self.core
    }

    /// Sends a command and waits for its answer.
    ///
    /// # Errors
    /// [`ApiError`]: the core's own error, an answer that cannot be decoded, no answer, or a command that was not
    /// sent.
    ///
    /// # Cancel safety
    /// Dropping the future does not undo the command.
    pub async fn call<C: Command + Sync>(&self, command: &C) -> Result<C::Response, ApiError> {
        self.call_as(command, Urgency::Normal).await
    }

    /// Like [`call`](Self::call), but decodes an answer only if it `fits`, by its size in bytes: decoded, it takes several
    /// times as much memory.
    ///
    /// # Errors
    /// Same as [`call`](Self::call); [`ApiError::Unexpected`] for an answer that does not fit.
    ///
    /// # Cancel safety
    /// Same as [`call`](Self::call).
    pub async fn call_if<C: Command + Sync>(
        &self,
        command: &C,
        fits: impl Fn(usize) -> bool + Sync,
    ) -> Result<C::Response, ApiError> {
        self.answered(command, Urgency::Normal, &fits).await
    }

    /// Like [`call`](Self::call), for commands that must pass when others hang.
    ///
    /// Not async itself, which would take more of the depth that the compiler allows.
    pub(crate) fn call_as<C: Command + Sync>(
        &self,
        command: &C,
        urgency: Urgency,
    ) -> impl Future<Output = Result<C::Response, ApiError>> {
        self.answered(command, urgency, &|_| true)
    }

    async fn answered<C: Command + Sync>(
        &self,
        command: &C,
        urgency: Urgency,
        fits: &(dyn Fn(usize) -> bool + Sync),
    ) -> Result<C::Response, ApiError> {
        let answer = match self.call_text::<C>(command.text()?, urgency, fits).await {
            Err(error) if error.is_not_parsed() => match command.older_text()? {
                Some(text) => self.call_text::<C>(text, urgency, fits).await,
                None => Err(error),
            },
            answer => answer,
        };
        // Written anew, so that what goes well costs nothing.
        answer.map_err(|error| {
            let error = if error.is_not_parsed() { error.with_releases() } else { error };
            error.in_chat_of(&command.text().unwrap_or_default())
        })
    }

    async fn call_text<C: Command>(
        &self,
        text: String,
        urgency: Urgency,
        fits: &(dyn Fn(usize) -> bool + Sync),
    ) -> Result<C::Response, ApiError> {
        let call = Call::typed::<C>(Request::new(text)?.with_urgency(urgency));
        let frame = self.run(call).await?;
        if !fits(frame.text().len()) {
            return Err(ApiError::unexpected(C::NAME, &frame, "it is too large"));
        }
        let Decoded { value, lost } = simplex_types::answer::<C>(&frame)?;
        for lost in lost {
            // The items are the messages that were sent: with one less, one of them would seem not to be.
            if frame.tag() == "newChatItems" && !lost.part.contains('.') {
                let reason = format!("it does not fit the schema at {}: {}", lost.path, lost.reason);
                return Err(ApiError::unexpected(C::NAME, &frame, reason));
            }
            tracing::warn!(command = C::NAME, path = lost.path, reason = lost.reason, "a part of an answer was lost");
        }
        Ok(value)
    }

    /// Sends a command as text and returns its answer as JSON: the object inside the envelope.
    ///
    /// # Errors
    /// Same as [`call`](Self::call). A text that the core would misread, or that would end it, is refused.
    ///
    /// # Cancel safety
    /// Same as [`call`](Self::call).
    pub async fn raw(&self, command: &str) -> Result<serde_json::Value, ApiError> {
        let call = Call::raw(Request::new(command)?);
        let name = call.name().to_owned();
        let answer = self.run(call).await.and_then(|frame| match frame.outcome() {
            FrameOutcome::Result => serde_json::from_str(frame.body())
                .map_err(|error| ApiError::unexpected(&name, &frame, format!("its JSON cannot be read: {error}"))),
            FrameOutcome::Error => Err(ApiError::from_error_frame(&name, &frame)),
            _ => Err(ApiError::unexpected(&name, &frame, "not an answer of the core")),
        });
        answer.map_err(|error| error.in_chat_of(command))
    }

    /// Boxed, so that what a program nests around its commands has most of the depth that the compiler allows.
    fn run(&self, call: Call) -> Pin<Box<dyn Future<Output = Result<Frame, ApiError>> + Send + '_>> {
        match self.layers.is_empty() {
            true => Box::pin(self.send_now(call)),
            false => Box::pin(Next::first(self).run(call)),
        }
    }

    /// Below the layers: hands a command to the core, as the profile that this is a view of.
    async fn send_now(&self, call: Call) -> Result<Frame, ApiError> {
        let request = call.into_request();
        match &self.bound {
            Some(bound) => self.active.send_as(&self.core, bound, request).await,
            None => self.active.send(&self.core, request).await,
        }
    }
}

impl fmt::Debug for ChatApi {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ChatApi")
            .field("core", &self.core)
            .field("layers", &self.layers)
            .field("user", &self.user_id())
            .finish()
    }
}

/// The tag of a frame for messages: never empty.
fn tag_of(frame: &Frame) -> String {
    if frame.tag().is_empty() { "(no tag)".to_owned() } else { frame.tag().to_owned() }
}
