//! What a handler's parameters may be.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

use crate::api::ChatApi;
use crate::bot::Handle;
use crate::chat::Chat;
use crate::error::{BotError, causes};
use crate::filter::{Kind, Narrowing, Scope, Subject, Value};
use crate::handler::HandlerError;
use crate::message::Message;
use crate::types::{Contact, GroupInfo, GroupMember};

/// What parameters are extracted from: the message or event that is handled, the filter's value, and the bot's state.
pub struct Cx<'a, N: Narrowing, S> {
    pub(crate) subject: &'a N::Subject,
    pub(crate) value: &'a N::Value,
    pub(crate) state: &'a S,
}

impl<'a, N: Narrowing, S> Cx<'a, N, S> {
    /// The message or event that is handled.
    pub fn subject(&self) -> &'a N::Subject {
        self.subject
    }

    /// The value that the filter made of it.
    pub fn value(&self) -> &'a N::Value {
        self.value
    }

    /// The bot's state.
    pub fn state(&self) -> &'a S {
        self.state
    }
}

impl<N: Narrowing, S> fmt::Debug for Cx<'_, N, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Cx")
    }
}

/// A type that a handler can have as a parameter, under the narrowing `N` and with the bot's state `S`.
///
/// Implemented for [`Message`] and its narrowed forms, [`Chat`], [`ChatApi`], [`Handle`], `GroupInfo`, `GroupMember`,
/// `Contact`, [`Parsed`], [`Args`], [`Captures`], [`State`], [`Data`], [`Session`](crate::dialogue::Session), and `Option`
/// of any.
/// Your own take a few lines:
///
/// ```
/// use simplex_bot::prelude::*;
/// use simplex_bot::filter::{Kind, Scope, Value};
/// use simplex_bot::{Cx, Extract, HandlerError};
///
/// /// The words of a message.
/// struct Words(Vec<String>);
///
/// impl<C: Kind, V: Value, S> Extract<Scope<C, V>, S> for Words {
///     fn extract(cx: &Cx<'_, Scope<C, V>, S>) -> Result<Self, HandlerError> {
///         Ok(Self(cx.subject().text().split_whitespace().map(str::to_owned).collect()))
///     }
/// }
///
/// let bot = Bot::new("bot").on(any(), async |msg: Message, Words(words): Words| {
///     msg.reply(format!("{} words", words.len())).await
/// });
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a parameter of this handler",
    label = "neither the filter (`{N}`) nor the state (`{S}`) provides `{Self}`",
    note = "a handler owns its parameters. Of a message there are `Message`, `TextMessage` under `text()` and its like, `Chat`, \
            `Parsed<T>` under `.parse::<T>()`, `Args` under `.command(…)`; always `ChatApi`, `Handle`, `State<T>`, `Option` of any",
    note = "an event, a `Step<T>` and an enum of commands are first parameters, under `.on_event(…)`, `.step(…)` and `.commands(…)`",
    note = "event handlers and scheduled jobs have no message: with `ChatApi`, `Chat::new` makes a chat to write to",
    note = "the documentation of `Extract` lists all of them, and shows how to write your own"
)]
pub trait Extract<N: Narrowing, S>: Sized + Send {
    /// Extracts the parameter.
    ///
    /// # Errors
    /// Anything that keeps the handler from running for this message; it becomes the outcome of the message.
    fn extract(cx: &Cx<'_, N, S>) -> Result<Self, HandlerError>;
}

impl<C: Kind, V: Value, S> Extract<Scope<C, V>, S> for Message {
    fn extract(cx: &Cx<'_, Scope<C, V>, S>) -> Result<Self, HandlerError> {
        Ok(cx.subject.clone())
    }
}

impl<C: Kind, V: Value, S> Extract<Scope<C, V>, S> for Chat {
    fn extract(cx: &Cx<'_, Scope<C, V>, S>) -> Result<Self, HandlerError> {
        Ok(cx.subject.chat())
    }
}

impl<N: Narrowing, S> Extract<N, S> for ChatApi {
    fn extract(cx: &Cx<'_, N, S>) -> Result<Self, HandlerError> {
        Ok(cx.subject.api().clone())
    }
}

impl<N: Narrowing, S> Extract<N, S> for Handle {
    fn extract(_: &Cx<'_, N, S>) -> Result<Self, HandlerError> {
        Self::current().ok_or_else(|| {
            BotError::Misplaced("only handlers and jobs of a running bot have its `Handle`".into()).into()
        })
    }
}

/// The error of a parameter that the message does not have, such as the group of one that was sent elsewhere. It never
/// will: the message is not handled again.
#[derive(Debug, thiserror::Error)]
#[error("the message was not sent {0}; a filter keeps such messages from this handler")]
struct Elsewhere(&'static str);

/// Whether an error is, or wraps, one that a handler fails with however often the message is handled.
pub(crate) fn is_hopeless(error: &(dyn Error + 'static)) -> bool {
    causes(error).any(|error| error.is::<Elsewhere>() || matches!(error.downcast_ref(), Some(BotError::Empty)))
}

impl<C: Kind, V: Value, S> Extract<Scope<C, V>, S> for GroupInfo {
    fn extract(cx: &Cx<'_, Scope<C, V>, S>) -> Result<Self, HandlerError> {
        cx.subject.group().cloned().ok_or_else(|| Elsewhere("in a group").into())
    }
}

impl<C: Kind, V: Value, S> Extract<Scope<C, V>, S> for GroupMember {
    fn extract(cx: &Cx<'_, Scope<C, V>, S>) -> Result<Self, HandlerError> {
        cx.subject.member().cloned().ok_or_else(|| Elsewhere("by a group's member").into())
    }
}

impl<C: Kind, V: Value, S> Extract<Scope<C, V>, S> for Contact {
    fn extract(cx: &Cx<'_, Scope<C, V>, S>) -> Result<Self, HandlerError> {
        cx.subject.contact().cloned().ok_or_else(|| Elsewhere("in a chat with a contact").into())
    }
}

impl<N: Narrowing, S, T: Extract<N, S>> Extract<N, S> for Option<T> {
    /// `None` where the message has no such thing.
    fn extract(cx: &Cx<'_, N, S>) -> Result<Self, HandlerError> {
        Ok(T::extract(cx).ok())
    }
}

/// The value that a filter made: with `.parse::<T>()` from a text, with `.map(…)` from a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parsed<T>(pub T);

impl<C: Kind, T: Clone + Send + Sync + 'static, S> Extract<Scope<C, Self>, S> for Parsed<T> {
    fn extract(cx: &Cx<'_, Scope<C, Self>, S>) -> Result<Self, HandlerError> {
        Ok(cx.value.clone())
    }
}

/// What follows a command's keyword, trimmed.
///
/// In a program that has an `Args` of its own, such as one for its command line, this one is `simplex_bot::Args`: what a
/// module defines or imports by name goes before what the prelude brings.
#[derive(Clone, PartialEq, Eq)]
pub struct Args(pub Arc<str>);

// Without the text: people wrote it.
impl fmt::Debug for Args {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Args(<{} bytes>)", self.0.len())
    }
}

impl<C: Kind, S> Extract<Scope<C, Self>, S> for Args {
    fn extract(cx: &Cx<'_, Scope<C, Self>, S>) -> Result<Self, HandlerError> {
        Ok(cx.value.clone())
    }
}

/// The groups that a regular expression matched; group 0 is the whole match.
///
/// Made by `.regex(…)`, of a text or of a command.
#[derive(Clone, PartialEq, Eq)]
pub struct Captures(pub(crate) Arc<[Option<Box<str>>]>);

// Without the text: people wrote it.
impl fmt::Debug for Captures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Captures(<{} groups>)", self.0.len())
    }
}

impl Captures {
    /// The text that the group matched; `None` if it took no part in the match.
    pub fn get(&self, group: usize) -> Option<&str> {
        self.0.get(group)?.as_deref()
    }
}

impl<C: Kind, S> Extract<Scope<C, Self>, S> for Captures {
    fn extract(cx: &Cx<'_, Scope<C, Self>, S>) -> Result<Self, HandlerError> {
        Ok(cx.value.clone())
    }
}

/// A value that middleware attached to the message with [`Message::put`].
///
/// ```
/// use simplex_bot::prelude::*;
/// use simplex_bot::{Flow, Next};
///
/// #[derive(Clone)]
/// struct Language(&'static str);
///
/// let bot = Bot::new("bot")
///     .outer(async |msg: Message, next: Next| -> Flow {
///         msg.put(Language(if msg.text().is_ascii() { "en" } else { "?" }));
///         next.run(msg).await
///     })
///     .on(text(), async |msg: TextMessage, Data(Language(language)): Data<Language>| msg.reply(language).await);
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Data<T>(pub T);

/// The error of a handler that takes data which no middleware attached.
#[derive(Debug, thiserror::Error)]
#[error("no middleware put a `{0}` beside the message")]
struct NoData(&'static str);

impl<C: Kind, V: Value, T: Clone + Send + Sync + 'static, S> Extract<Scope<C, V>, S> for Data<T> {
    fn extract(cx: &Cx<'_, Scope<C, V>, S>) -> Result<Self, HandlerError> {
        cx.subject.get().map(Self).ok_or_else(|| NoData(std::any::type_name::<T>()).into())
    }
}

/// The bot's state, or a part of it, set with `.state(…)`; without that, a handler that takes it does not compile.
///
/// Each handler gets a clone: put values that are expensive to clone, or that handlers change, into an [`Arc`] (of a
/// `Mutex`, …).
///
/// ```
/// use std::sync::Arc;
/// use simplex_bot::prelude::*;
/// use simplex_bot::FromRef;
///
/// struct Shop { stock: Arc<Vec<String>> }
///
/// impl FromRef<Shop> for Arc<Vec<String>> {
///     fn from_ref(shop: &Shop) -> Self {
///         Arc::clone(&shop.stock)
///     }
/// }
///
/// async fn list(msg: Message, State(stock): State<Arc<Vec<String>>>) -> Outcome {
///     msg.reply(stock.join(", ")).await
/// }
///
/// let shop = Shop { stock: Arc::default() };
/// let bot = Bot::new("Shop").state(shop).command("list", "What there is", list);
/// ```
#[derive(Debug, Clone, Copy)]
pub struct State<T>(pub T);

/// How a part is taken from the bot's state. Implemented for the whole state; implement it for the parts of yours.
#[diagnostic::on_unimplemented(
    message = "the bot's state `{S}` has no `{Self}`",
    note = "give it with `.state(…)` before this handler, or implement `FromRef<{S}>` for `{Self}`"
)]
pub trait FromRef<S>: Sized + Send {
    /// Takes the part.
    fn from_ref(state: &S) -> Self;
}

impl<S: Clone + Send> FromRef<S> for S {
    fn from_ref(state: &S) -> Self {
        state.clone()
    }
}

impl<N: Narrowing, S, T: FromRef<S>> Extract<N, S> for State<T> {
    fn extract(cx: &Cx<'_, N, S>) -> Result<Self, HandlerError> {
        Ok(Self(T::from_ref(cx.state)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::MemberRef;
    use crate::file::ReceivedFile;
    use crate::markdown::Markdown;
    use crate::types::CryptoFile;

    #[test]
    fn what_people_wrote_is_not_shown_for_debugging() {
        let path = "/inbox/a secret.txt";
        let file = ReceivedFile { path: path.into(), size: 1, source: CryptoFile::new(path) };
        for shown in [
            format!("{:?}", Args("a secret".into())),
            format!("{:?}", Captures([Some("a secret".into())].into())),
            format!("{:?}", MemberRef::Name("a secret".into())),
            format!("{:?}", Markdown::new().plain("a secret")),
            format!("{file:?}"),
        ] {
            assert!(!shown.contains("secret"), "{shown}");
        }
    }
}
