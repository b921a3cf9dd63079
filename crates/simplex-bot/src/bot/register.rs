//! What a bot does with what it receives: every method here is the one of its [`Router`], which says more of each.

use crate::command::Commands;
use crate::dialogue::{Dialogue, DialogueState, OnTimeout, Sessions, Step};
use crate::events::{EventKind, OnEvent};
use crate::extract::Args;
use crate::filter::{Anything, Filter, Scope};
use crate::handler::{Handler, HandlerOf};
use crate::middleware::Middleware;
use crate::router::Router;
#[cfg(feature = "test")]
use crate::runtime::Witness;
use crate::schedule::{OnTick, Schedule};
use crate::types::Event;

use super::Bot;

impl<S: Send + Sync + 'static> Bot<S> {
    /// Handles `/keyword`, and shows it with its description in the command menu of people's clients.
    ///
    /// The keyword is given without its slash. Commands are tried before the handlers of [`on`](Self::on).
    pub fn command<A, H>(self, keyword: &str, description: &str, handler: H) -> Self
    where
        A: 'static,
        H: Handler<A, Scope<Anything, Args>, S>,
    {
        self.routing(|router| router.command(keyword, description, handler))
    }

    /// Handles the commands of an enum with [`#[derive(Commands)]`](derive@crate::Commands): the handler's first
    /// parameter.
    pub fn commands<C, A, H>(self, handler: H) -> Self
    where
        C: Commands,
        A: 'static,
        H: HandlerOf<C, A, Scope<Anything>, S>,
    {
        self.routing(|router| router.commands(handler))
    }

    /// Handles the messages that `filter` lets through. Of several handlers the first whose filter passes takes it.
    pub fn on<F, A, H>(self, filter: F, handler: H) -> Self
    where
        F: Filter,
        A: 'static,
        H: Handler<A, Scope<F::Content, F::Value>, S>,
    {
        self.routing(|router| router.on(filter, handler))
    }

    /// Handles the messages that `filter` lets through in one state of a [dialogue](crate::dialogue): the handler's
    /// first parameter says which.
    pub fn step<T, F, A, H>(self, filter: F, handler: H) -> Self
    where
        T: DialogueState,
        F: Filter,
        A: 'static,
        H: HandlerOf<Step<T>, A, Scope<F::Content, F::Value>, S>,
    {
        self.routing(|router| router.step(filter, handler))
    }

    /// Keeps the conversations of a [dialogue](crate::dialogue).
    pub fn dialogue<D: Dialogue>(self, sessions: Sessions<D>) -> Self {
        self.routing(|router| router.dialogue(sessions))
    }

    /// Handles the end of the time that a conversation may stay in a state: the handler's first parameter says in which.
    pub fn on_step_timeout<T, A, H>(self, handler: H) -> Self
    where
        T: DialogueState,
        A: 'static,
        H: HandlerOf<Step<T>, A, OnTimeout, S>,
    {
        self.routing(|router| router.on_step_timeout(handler))
    }

    /// Handles a kind of event: the handler's first parameter says which.
    pub fn on_event<E, A, H>(self, handler: H) -> Self
    where
        E: EventKind,
        A: 'static,
        H: HandlerOf<E, A, OnEvent, S>,
    {
        self.routing(|router| router.on_event(handler))
    }

    /// Handles the events with a tag, for those that have no record of their own.
    pub fn on_event_tagged<A, H>(self, tag: &str, handler: H) -> Self
    where
        A: 'static,
        H: HandlerOf<Event, A, OnEvent, S>,
    {
        self.routing(|router| router.on_event_tagged(tag, handler))
    }

    /// Has the handler that was registered last say something of itself, for middleware to read.
    pub fn meta<T: Send + Sync + 'static>(self, value: T) -> Self {
        self.routing(|router| router.meta(value))
    }

    /// Tries the handlers of `router` where this stands among the others.
    pub fn nest(self, router: Router<S>) -> Self {
        self.routing(|outer| outer.nest(router))
    }

    /// Puts `middleware` around routing: it sees every message.
    pub fn outer(self, middleware: impl Middleware) -> Self {
        self.routing(|router| router.outer(middleware))
    }

    /// Puts `middleware` around every handler.
    pub fn layer(self, middleware: impl Middleware) -> Self {
        self.routing(|router| router.layer(middleware))
    }

    /// Does something by the clock: see [`schedule`](crate::schedule).
    pub fn schedule<A, H>(self, schedule: Schedule, job: H) -> Self
    where
        A: 'static,
        H: Handler<A, OnTick, S>,
    {
        self.routing(|router| router.schedule(schedule, job))
    }

    /// Runs all message handlers that match, then all commands that do, in place of the first that matches.
    pub fn run_all(self) -> Self {
        self.routing(Router::run_all)
    }

    /// What it is called.
    #[cfg(feature = "test")]
    pub(crate) fn name(&self) -> &str {
        &self.setting.identity.name
    }

    /// Has what does not go well told to a test.
    #[cfg(feature = "test")]
    pub(crate) fn witness(mut self, witness: Witness) -> Self {
        self.setting.witness = Some(witness);
        self
    }

    /// Without an address, not shown as a bot: for a [`Client`](crate::Client).
    pub(crate) fn person(mut self) -> Self {
        self.setting.identity.person = true;
        self
    }

    fn routing(mut self, change: impl FnOnce(Router<S>) -> Router<S>) -> Self {
        self.router = change(self.router);
        self
    }
}
