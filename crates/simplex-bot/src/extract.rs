//! What a handler's parameters may be.

use std::sync::Arc;

use crate::api::ChatApi;
use crate::chat::Chat;
use crate::filter::{Narrowing, Scope};
use crate::handler::HandlerError;
use crate::message::Message;

/// What a parameter may be taken from: the message, the value of the filter, the bot's state.
pub struct Cx<'a, V, S> {
    pub(crate) message: &'a Message,
    pub(crate) value: &'a V,
    pub(crate) state: &'a S,
}

impl<V, S> Cx<'_, V, S> {
    /// The message to handle.
    pub fn message(&self) -> &Message {
        self.message
    }

    /// What the filter made of it.
    pub fn value(&self) -> &V {
        self.value
    }

    /// The bot's state.
    pub fn state(&self) -> &S {
        self.state
    }
}

/// Something a handler can have as a parameter, under the narrowing `N` and with the bot's state `S`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a parameter of this handler",
    label = "neither the filter (`{N}`) nor the state (`{S}`) provides `{Self}`"
)]
pub trait Extract<N: Narrowing, S>: Sized + Send {
    /// Takes the parameter.
    ///
    /// # Errors
    /// Whatever makes the handler impossible for this message; it becomes the outcome of the message.
    fn extract(cx: &Cx<'_, N::Value, S>) -> Result<Self, HandlerError>;
}

impl<N: Narrowing, S> Extract<N, S> for Message {
    fn extract(cx: &Cx<'_, N::Value, S>) -> Result<Self, HandlerError> {
        Ok(cx.message.clone())
    }
}

impl<N: Narrowing, S> Extract<N, S> for Chat {
    fn extract(cx: &Cx<'_, N::Value, S>) -> Result<Self, HandlerError> {
        Ok(cx.message.chat())
    }
}

impl<N: Narrowing, S> Extract<N, S> for ChatApi {
    fn extract(cx: &Cx<'_, N::Value, S>) -> Result<Self, HandlerError> {
        Ok(cx.message.api().clone())
    }
}

/// The value that `.parse::<T>()` made of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parsed<T>(pub T);

impl<C: 'static, T: Clone + Send + Sync + 'static, S> Extract<Scope<C, Parsed<T>>, S> for Parsed<T> {
    fn extract(cx: &Cx<'_, Parsed<T>, S>) -> Result<Self, HandlerError> {
        Ok(cx.value.clone())
    }
}

/// What stands behind a command's keyword, trimmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Args(pub Arc<str>);

impl<C: 'static, S> Extract<Scope<C, Args>, S> for Args {
    fn extract(cx: &Cx<'_, Args, S>) -> Result<Self, HandlerError> {
        Ok(cx.value.clone())
    }
}

/// A part of the bot's state, given with `.state(…)`.
#[derive(Debug, Clone, Copy)]
pub struct State<T>(pub T);

/// How a part is taken from a state: the state itself, or what an application implements for its own.
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
    fn extract(cx: &Cx<'_, N::Value, S>) -> Result<Self, HandlerError> {
        Ok(Self(T::from_ref(cx.state)))
    }
}
