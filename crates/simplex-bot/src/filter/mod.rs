//! Filters: which messages a handler is for, and what it may take of them.
//!
//! A filter checks a message and narrows its type: what `text()` lets through can be taken as a
//! [`TextMessage`](crate::TextMessage), what `.parse::<f64>()` lets through has a [`Parsed<f64>`](crate::Parsed).

mod content;
mod who;

use std::marker::PhantomData;

use crate::message::Message;

pub use content::*;
pub use who::*;

/// What a filter's messages are known to be: their content (`C`, a marker) and a value that the filter made (`V`).
pub struct Scope<C, V = ()>(PhantomData<(C, V)>);

/// Messages of any content.
pub struct Anything;

/// What a filter says of the messages it lets through.
pub trait Narrowing: 'static {
    /// A value made by the filter, for the handler to take.
    type Value: Clone + Send + Sync + 'static;
}

impl<C: 'static, V: Clone + Send + Sync + 'static> Narrowing for Scope<C, V> {
    type Value = V;
}

/// A test of a message that may narrow it.
pub trait Filter: Send + Sync + 'static {
    /// What the messages that pass are known to be.
    type Scope: Narrowing;

    /// Lets `message` pass with the filter's value, or not.
    fn check(&self, message: &Message) -> Option<<Self::Scope as Narrowing>::Value>;

    /// Both must pass; the narrowing is this one's.
    fn and<F: Filter>(self, other: F) -> And<Self, F>
    where
        Self: Sized,
    {
        And(self, other)
    }

    /// Either must pass. Both must narrow to the same.
    fn or<F: Filter<Scope = Self::Scope>>(self, other: F) -> Or<Self, F>
    where
        Self: Sized,
    {
        Or(self, other)
    }
}

/// Passes what `filter` does not let pass.
pub fn not<F: Filter>(filter: F) -> Not<F> {
    Not(filter)
}

/// Passes everything.
pub fn any() -> Any {
    Any
}

/// Passes what `test` says.
pub fn when<F: Fn(&Message) -> bool + Send + Sync + 'static>(test: F) -> When<F> {
    When(test)
}

/// See [`Filter::and`].
pub struct And<F, G>(F, G);
/// See [`Filter::or`].
pub struct Or<F, G>(F, G);
/// See [`not`].
pub struct Not<F>(F);
/// See [`any`].
pub struct Any;
/// See [`when`].
pub struct When<F>(F);

impl<F: Filter, G: Filter> Filter for And<F, G> {
    type Scope = F::Scope;
    fn check(&self, message: &Message) -> Option<<F::Scope as Narrowing>::Value> {
        let value = self.0.check(message)?;
        self.1.check(message).map(|_| value)
    }
}

impl<F: Filter, G: Filter<Scope = F::Scope>> Filter for Or<F, G> {
    type Scope = F::Scope;
    fn check(&self, message: &Message) -> Option<<F::Scope as Narrowing>::Value> {
        self.0.check(message).or_else(|| self.1.check(message))
    }
}

impl<F: Filter> Filter for Not<F> {
    type Scope = Scope<Anything>;
    fn check(&self, message: &Message) -> Option<()> {
        self.0.check(message).is_none().then_some(())
    }
}

impl Filter for Any {
    type Scope = Scope<Anything>;
    fn check(&self, _: &Message) -> Option<()> {
        Some(())
    }
}

impl<F: Fn(&Message) -> bool + Send + Sync + 'static> Filter for When<F> {
    type Scope = Scope<Anything>;
    fn check(&self, message: &Message) -> Option<()> {
        (self.0)(message).then_some(())
    }
}
