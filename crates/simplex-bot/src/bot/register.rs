//! How handlers are registered on a bot: each method calls the one of the same name on the bot's [`Router`], where it
//! is described in full.

use crate::command::Commands;
use crate::dialogue::{Dialogue, DialogueState, OnTimeout, Sessions, Step};
use crate::events::{EventKind, OnEvent};
use crate::extract::Args;
use crate::filter::{Anything, Filter, Scope};
use crate::handler::{Handler, HandlerOf};
use crate::middleware::Middleware;
use crate::router::Router;
use crate::schedule::{OnTick, Schedule};
use crate::types::Event;

use super::Bot;

impl<S: Send + Sync + 'static> Bot<S> {
    /// Registers a handler for `/keyword`, and shows it with its description in the command menu of people's clients.
    ///
    /// Give the keyword without its slash. Commands are tried before the handlers of [`on`](Self::on).
    pub fn command<A, H>(self, keyword: &str, description: &str, handler: H) -> Self
    where
        A: 'static,
        H: Handler<A, Scope<Anything, Args>, S>,
    {
        self.routing(|router| router.command(keyword, description, handler))
    }

    /// Registers a handler for the commands of an enum with [`#[derive(Commands)]`](derive@crate::Commands), which is
    /// the handler's first parameter.
    pub fn commands<C, A, H>(self, handler: H) -> Self
    where
        C: Commands,
        A: 'static,
        H: HandlerOf<C, A, Scope<Anything>, S>,
    {
        self.routing(|router| router.commands(handler))
    }

    /// Registers a handler for messages that pass `filter`. The first handler whose filter passes takes the message; a
    /// bot with a handler that could [never run](Router::on), because an earlier one takes them all, does not start.
    pub fn on<F, A, H>(self, filter: F, handler: H) -> Self
    where
        F: Filter,
        A: 'static,
        H: Handler<A, Scope<F::Content, F::Value>, S>,
    {
        self.routing(|router| router.on(filter, handler))
    }

    /// Registers a handler for messages that pass `filter` in one state of a [dialogue](crate::dialogue); the type of
    /// the handler's first parameter says which state.
    pub fn step<T, F, A, H>(self, filter: F, handler: H) -> Self
    where
        T: DialogueState,
        F: Filter,
        A: 'static,
        H: HandlerOf<Step<T>, A, Scope<F::Content, F::Value>, S>,
    {
        self.routing(|router| router.step(filter, handler))
    }

    /// Adds a [dialogue](crate::dialogue), with the store that keeps its conversations.
    pub fn dialogue<D: Dialogue>(self, sessions: Sessions<D>) -> Self {
        self.routing(|router| router.dialogue(sessions))
    }

    /// Registers a handler for the timeout of a state; the type of the handler's first parameter says which state.
    pub fn on_step_timeout<T, A, H>(self, handler: H) -> Self
    where
        T: DialogueState,
        A: 'static,
        H: HandlerOf<Step<T>, A, OnTimeout, S>,
    {
        self.routing(|router| router.on_step_timeout(handler))
    }

    /// Registers a handler for one kind of event; the type of the handler's first parameter says which kind.
    pub fn on_event<E, A, H>(self, handler: H) -> Self
    where
        E: EventKind,
        A: 'static,
        H: HandlerOf<E, A, OnEvent, S>,
    {
        self.routing(|router| router.on_event(handler))
    }

    /// Registers a handler for events with this tag, for those that have no type of their own.
    pub fn on_event_tagged<A, H>(self, tag: &str, handler: H) -> Self
    where
        A: 'static,
        H: HandlerOf<Event, A, OnEvent, S>,
    {
        self.routing(|router| router.on_event_tagged(tag, handler))
    }

    /// Attaches a value to the handler that was registered last, for middleware to read.
    pub fn meta<T: Send + Sync + 'static>(self, value: T) -> Self {
        self.routing(|router| router.meta(value))
    }

    /// Nests `router`: its handlers are tried at this place among the others.
    pub fn nest(self, router: Router<S>) -> Self {
        self.routing(|outer| outer.nest(router))
    }

    /// Adds `middleware` around routing: it sees every message.
    pub fn outer(self, middleware: impl Middleware) -> Self {
        self.routing(|router| router.outer(middleware))
    }

    /// Adds `middleware` around every handler.
    pub fn layer(self, middleware: impl Middleware) -> Self {
        self.routing(|router| router.layer(middleware))
    }

    /// Runs a job on a schedule: see [`schedule`](crate::schedule).
    pub fn schedule<A, H>(self, schedule: Schedule, job: H) -> Self
    where
        A: 'static,
        H: Handler<A, OnTick, S>,
    {
        self.routing(|router| router.schedule(schedule, job))
    }

    /// Runs all matching message handlers, then all matching commands, instead of only the first that matches.
    pub fn run_all(self) -> Self {
        self.routing(Router::run_all)
    }

    fn routing(mut self, change: impl FnOnce(Router<S>) -> Router<S>) -> Self {
        self.router = change(self.router);
        self
    }
}
