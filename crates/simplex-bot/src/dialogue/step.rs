//! Handlers of one state of a dialogue.

use std::fmt;
use std::future::ready;
use std::marker::PhantomData;
use std::ops::Deref;
use std::sync::Arc;

use crate::error::BotError;
use crate::extract::Cx;
use crate::filter::{Filter, Scope};
use crate::handler::HandlerOf;
use crate::message::Message;
use crate::router::{Leaf, Ready};

use super::{Dialogue, NoSessions, Session};

/// A state of a dialogue as a type of its own; [`#[derive(Dialogue)]`](derive@crate::Dialogue) makes one of each
/// variant.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a state of a dialogue",
    note = "`#[derive(Dialogue)]` on `enum Order` makes `OrderItem` of its variant `Item`: that is what `Step<…>` is of"
)]
pub trait DialogueState: Into<Self::Dialogue> + Clone + Send + Sync + 'static {
    /// The dialogue.
    type Dialogue: Dialogue;

    /// The dialogue's state, if it is this one.
    fn of(dialogue: &Self::Dialogue) -> Option<Self>;
}

/// Says that `Next` may follow this state: with `#[dialogue(to(…))]` on its variant only those named there, else any.
#[diagnostic::on_unimplemented(
    message = "the state `{Self}` does not lead to `{Next}`",
    note = "`#[dialogue(to(…))]` on its variant names the states that may follow"
)]
pub trait LeadsTo<Next> {}

/// A conversation in one of its states: the first parameter of a handler of [`Router::step`](crate::Router::step).
///
/// It dereferences to the state. The conversation stays in the state unless the handler moves it on [`to`](Self::to)
/// another or [`end`](Self::end)s it.
#[must_use]
pub struct Step<T: DialogueState> {
    state: T,
    session: Session<T::Dialogue>,
}

impl<T: DialogueState> fmt::Debug for Step<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Step").field(&self.session).finish()
    }
}

impl<T: DialogueState> Step<T> {
    /// The conversation, if it is in this state.
    pub(super) fn of(session: &Session<T::Dialogue>) -> Option<Self> {
        let state = T::of(&session.state()?)?;
        Some(Self { state, session: session.clone() })
    }

    /// Moves on to another state; returns this one, for its data.
    ///
    /// # Errors
    /// [`BotError::Store`] if the new state is not saved: the conversation is still in this one.
    ///
    /// # Cancel safety
    /// Same as [`Session::set`].
    pub async fn to<N>(self, next: N) -> Result<T, BotError>
    where
        N: DialogueState<Dialogue = T::Dialogue>,
        T: LeadsTo<N>,
    {
        self.session.set(next).await?;
        Ok(self.state)
    }

    /// Ends the conversation; returns its last state.
    ///
    /// # Errors
    /// [`BotError::Store`] if the state is still stored.
    ///
    /// # Cancel safety
    /// Same as [`Session::end`].
    pub async fn end(self) -> Result<T, BotError> {
        self.session.end().await?;
        Ok(self.state)
    }
}

impl<T: DialogueState> Deref for Step<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.state
    }
}

/// The handler of one state.
pub(crate) struct Stepped<T, F, H, A> {
    filter: F,
    handler: Arc<H>,
    args: PhantomData<fn(T) -> A>,
}

impl<T, F, H, A> Stepped<T, F, H, A> {
    pub(crate) fn new(filter: F, handler: H) -> Self {
        Self { filter, handler: Arc::new(handler), args: PhantomData }
    }
}

impl<T, F, A, S, H> Leaf<S> for Stepped<T, F, H, A>
where
    T: DialogueState,
    F: Filter,
    A: 'static,
    H: HandlerOf<Step<T>, A, Scope<F::Content, F::Value>, S>,
{
    fn name(&self) -> &'static str {
        std::any::type_name::<H>()
    }

    fn prepare(&self, message: &Message) -> Option<Ready<S>> {
        let session: Option<Session<T::Dialogue>> = message.get();
        let Some(session) = session else {
            // Without an error, the handler would silently never run, and its author would not learn why.
            self.filter.check(message)?;
            return Some(Box::new(|_, _| Box::pin(ready(Err(NoSessions(T::Dialogue::NAME).into())))));
        };
        let step = Step::of(&session)?;
        let value = self.filter.check(message)?;
        let handler = Arc::clone(&self.handler);
        Some(Box::new(move |message, state| handler.call(step, Cx { subject: &message, value: &value, state })))
    }
}
