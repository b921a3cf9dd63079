//! Filters: which messages a handler is for, and what it can take from them.
//!
//! A filter checks a message and narrows its type: what `text()` lets through can be taken as a
//! [`TextMessage`](crate::TextMessage), what `.parse::<f64>()` lets through has a [`Parsed<f64>`](crate::Parsed).
//!
//! Several values in one filter mean *or*, filters joined with [`and`](Filter::and) must all pass:
//!
//! ```
//! use simplex_bot::prelude::*;
//! use simplex_bot::types::GroupMemberRole;
//!
//! let yes = text().exactly(["yes", "y"]);
//! let picture = image().or(video());
//! let moderated = in_group().and(picture).and(not(from_role(at_least(GroupMemberRole::Moderator))));
//! # let _: Router = Router::new().on(yes, async |_: TextMessage| {}).on(moderated, async |_: Message| {});
//! ```
//!
//! A filter that is chosen while the program runs, such as by its configuration, is a box:
//!
//! ```
//! use simplex_bot::filter::Anything;
//! use simplex_bot::prelude::*;
//!
//! fn served(only_in_groups: bool) -> Box<dyn Filter<Content = Anything, Value = ()>> {
//!     if only_in_groups { Box::new(in_group()) } else { Box::new(any()) }
//! }
//!
//! let bot = Bot::new("bot").on(text().and(served(true)), async |msg: TextMessage| msg.reply(msg.text()).await);
//! ```

mod command;
mod content;
mod who;

use std::marker::PhantomData;

use crate::api::ChatApi;
use crate::extract::{Args, Captures, Parsed};
use crate::message::Message;

pub use command::*;
pub use content::*;
pub use who::*;

/// What is known of messages that pass a filter: their content (`C`, a marker) and a value that the filter made (`V`).
#[derive(Debug)]
pub struct Scope<C, V = ()>(PhantomData<(C, V)>);

/// A message or event that is being handled; it has the core that it came from.
pub trait Subject {
    /// The commands of that core.
    fn api(&self) -> &ChatApi;
}

impl Subject for Message {
    fn api(&self) -> &ChatApi {
        self.api()
    }
}

/// What is known, at compile time, of the message or event that is handled.
pub trait Narrowing: 'static {
    /// A message, or an event.
    type Subject: Subject;
    /// A value made by the filter, for the handler to take.
    type Value;
}

impl<C: Kind, V: Value> Narrowing for Scope<C, V> {
    type Subject = Message;
    type Value = V;
}

/// A marker for the content that messages are known to have.
pub trait Kind: 'static {
    /// What is known of messages that are of both kinds: this kind, unless it is [`Anything`].
    type And<C: Kind>: Kind;
}

/// Messages of any content.
#[derive(Debug, Clone, Copy)]
pub struct Anything;

impl Kind for Anything {
    type And<C: Kind> = C;
}

/// Messages of one kind or the other.
#[derive(Debug)]
pub struct EitherOf<A, B>(PhantomData<(A, B)>);

impl<A: Kind, B: Kind> Kind for EitherOf<A, B> {
    type And<C: Kind> = Self;
}

/// Implemented if all messages known as `Self` are `K`.
#[diagnostic::on_unimplemented(
    message = "the filter does not make sure that the message is of this kind",
    label = "messages known as `{Self}` need not be `{K}`",
    note = "`TextMessage` needs `text()`, `ImageMessage` needs `image()`, and so on; `Message` is for all"
)]
pub trait Is<K>: Kind {}

impl<K, A: Is<K>, B: Is<K>> Is<K> for EitherOf<A, B> {}

/// A value that a filter makes: `()`, [`Parsed`], [`Args`] or [`Captures`].
pub trait Value: Clone + Send + Sync + 'static {
    /// The combined value of two filters: the first that is not `()`.
    type And<V: Value>: Value;

    /// Combines the values of two filters.
    fn and<V: Value>(self, other: V) -> Self::And<V>;
}

impl Value for () {
    type And<V: Value> = V;
    fn and<V: Value>(self, other: V) -> V {
        other
    }
}

macro_rules! value {
    ($([$($generic:ident)?] $name:ty)*) => {$(
        impl$(<$generic: Clone + Send + Sync + 'static>)? Value for $name {
            type And<V: Value> = Self;
            fn and<V: Value>(self, _: V) -> Self {
                self
            }
        }
    )*};
}

value! { [T] Parsed<T> [] Args [] Captures }

/// Where messages are sent, as far as filters tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Place {
    /// Anywhere, or it is not known where.
    #[default]
    Anywhere,
    /// In chats with contacts only.
    Contacts,
    /// In groups only.
    Groups,
}

impl Place {
    /// Where messages are that are in both places; `None` if there are none.
    pub(crate) fn and(self, other: Self) -> Option<Self> {
        match (self, other) {
            (Self::Anywhere, place) | (place, Self::Anywhere) => Some(place),
            (one, other) => (one == other).then_some(one),
        }
    }
}

/// A check of a message, which may narrow its type.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a filter",
    note = "filters are made by `text()`, `text().exactly(\"hello\")`, `image()`, `in_group()`, `when(|msg| …)` and their like, \
            and combined with `.and(…)`, `.or(…)` and `not(…)`"
)]
pub trait Filter: Send + Sync + 'static {
    /// What is known of messages that pass; [`Anything`] if the filter does not look at their content.
    type Content: Kind;
    /// The value that the filter makes; `()` if none.
    type Value: Value;

    /// Returns the filter's value if `message` passes.
    fn check(&self, message: &Message) -> Option<Self::Value>;

    /// Why the filter can never work: an invalid regular expression or command. Checked before a bot starts.
    fn problem(&self) -> Option<String> {
        None
    }

    /// Whether all messages of [`Content`](Self::Content) pass. A handler for some of them that is registered after such
    /// a filter's would never run: a bot that has one does not start.
    fn passes_all(&self) -> bool {
        false
    }

    /// Where all messages that pass are sent. A bot does not start if a filter is for groups and for chats with contacts
    /// at once, or for what the guards of its router do not let in. A box, which a configuration may have chosen, is for
    /// [`Anywhere`](Place::Anywhere).
    fn place(&self) -> Place {
        Place::Anywhere
    }

    /// Passes if both filters pass; what either knows of the message is known.
    fn and<F: Filter>(self, other: F) -> And<Self, F>
    where
        Self: Sized,
    {
        And(self, other)
    }

    /// Passes if either filter passes; both must make the same type of value.
    fn or<F: Filter<Value = Self::Value>>(self, other: F) -> Or<Self, F>
    where
        Self: Sized,
    {
        Or(self, other)
    }

    /// Passes if the filter passes and `make` returns a value, which the handler can take as [`Parsed<T>`].
    fn map<T, M>(self, make: M) -> Map<Self, M>
    where
        Self: Sized,
        T: Clone + Send + Sync + 'static,
        M: Fn(&Message) -> Option<T> + Send + Sync + 'static,
    {
        Map(self, make)
    }
}

/// Passes messages that `filter` does not pass.
///
/// A filter that does not apply does not pass: `not(from_role(…))` passes messages in chats with a contact, and posts of a
/// channel in its own name.
pub fn not<F: Filter>(filter: F) -> Not<F> {
    Not(filter)
}

/// Passes every message.
pub fn any() -> Any {
    Any
}

/// Passes messages for which `test` returns `true`.
pub fn when<F: Fn(&Message) -> bool + Send + Sync + 'static>(test: F) -> When<F> {
    When(test)
}

/// See [`Filter::and`].
#[derive(Debug, Clone)]
pub struct And<F, G>(F, G);
/// See [`Filter::or`].
#[derive(Debug, Clone)]
pub struct Or<F, G>(F, G);
/// See [`Filter::map`].
#[derive(Debug, Clone)]
pub struct Map<F, M>(F, M);
/// See [`not`].
#[derive(Debug, Clone)]
pub struct Not<F>(F);
/// See [`any`].
#[derive(Debug, Clone, Copy)]
pub struct Any;
/// See [`when`].
#[derive(Debug, Clone)]
pub struct When<F>(F);

impl<F: Filter + ?Sized> Filter for Box<F> {
    type Content = F::Content;
    type Value = F::Value;
    fn check(&self, message: &Message) -> Option<F::Value> {
        (**self).check(message)
    }
    fn problem(&self) -> Option<String> {
        (**self).problem()
    }
    fn passes_all(&self) -> bool {
        (**self).passes_all()
    }
}

impl<F: Filter, G: Filter> Filter for And<F, G> {
    type Content = <F::Content as Kind>::And<G::Content>;
    type Value = <F::Value as Value>::And<G::Value>;
    fn check(&self, message: &Message) -> Option<Self::Value> {
        let value = self.0.check(message)?;
        self.1.check(message).map(|other| value.and(other))
    }
    fn problem(&self) -> Option<String> {
        let nowhere = || {
            let is_nowhere = self.0.place().and(self.1.place()).is_none();
            is_nowhere.then(|| "a filter is for groups and for chats with contacts: no message passes it".to_owned())
        };
        self.0.problem().or_else(|| self.1.problem()).or_else(nowhere)
    }
    fn place(&self) -> Place {
        self.0.place().and(self.1.place()).unwrap_or_default()
    }
}

impl<F: Filter, G: Filter<Value = F::Value>> Filter for Or<F, G> {
    type Content = EitherOf<F::Content, G::Content>;
    type Value = F::Value;
    fn check(&self, message: &Message) -> Option<F::Value> {
        self.0.check(message).or_else(|| self.1.check(message))
    }
    fn problem(&self) -> Option<String> {
        self.0.problem().or_else(|| self.1.problem())
    }
    fn place(&self) -> Place {
        if self.0.place() == self.1.place() { self.0.place() } else { Place::Anywhere }
    }
}

impl<F, T, M> Filter for Map<F, M>
where
    F: Filter,
    T: Clone + Send + Sync + 'static,
    M: Fn(&Message) -> Option<T> + Send + Sync + 'static,
{
    type Content = F::Content;
    type Value = Parsed<T>;
    fn check(&self, message: &Message) -> Option<Parsed<T>> {
        self.0.check(message)?;
        (self.1)(message).map(Parsed)
    }
    fn problem(&self) -> Option<String> {
        self.0.problem()
    }
    fn place(&self) -> Place {
        self.0.place()
    }
}

impl<F: Filter> Filter for Not<F> {
    type Content = Anything;
    type Value = ();
    fn check(&self, message: &Message) -> Option<()> {
        self.0.check(message).is_none().then_some(())
    }
    fn problem(&self) -> Option<String> {
        self.0.problem()
    }
}

impl Filter for Any {
    type Content = Anything;
    type Value = ();
    fn check(&self, _: &Message) -> Option<()> {
        Some(())
    }
    fn passes_all(&self) -> bool {
        true
    }
}

impl<F: Fn(&Message) -> bool + Send + Sync + 'static> Filter for When<F> {
    type Content = Anything;
    type Value = ();
    fn check(&self, message: &Message) -> Option<()> {
        (self.0)(message).then_some(())
    }
}

/// One or several values, any of which matches: `5`, `[5, 6]`, a `Vec`.
#[derive(Debug, Clone)]
pub struct OneOf<T>(Vec<T>);

impl<T: PartialEq> OneOf<T> {
    pub(crate) fn has(&self, value: &T) -> bool {
        self.0.contains(value)
    }
}

impl OneOf<String> {
    pub(crate) fn has_text(&self, text: &str) -> bool {
        self.0.iter().any(|known| known == text)
    }
}

impl<T> From<T> for OneOf<T> {
    fn from(value: T) -> Self {
        Self(vec![value])
    }
}

impl<T, const N: usize> From<[T; N]> for OneOf<T> {
    fn from(values: [T; N]) -> Self {
        Self(values.into())
    }
}

impl<T> From<Vec<T>> for OneOf<T> {
    fn from(values: Vec<T>) -> Self {
        Self(values)
    }
}

impl From<&str> for OneOf<String> {
    fn from(value: &str) -> Self {
        Self(vec![value.to_owned()])
    }
}

impl<const N: usize> From<[&str; N]> for OneOf<String> {
    fn from(values: [&str; N]) -> Self {
        Self(values.map(str::to_owned).into())
    }
}
