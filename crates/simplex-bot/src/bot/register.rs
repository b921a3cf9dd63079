//! What a bot does with what it receives: every method here is the one of its [`Router`](crate::Router).

use crate::extract::Args;
use crate::filter::{Anything, Filter, Scope};
use crate::handler::Handler;

use super::Bot;

impl<S: Send + Sync + 'static> Bot<S> {
    /// Handles `/keyword`, and shows it with its description in the command menu of people's clients.
    ///
    /// The keyword is given without its slash. Commands are tried before the handlers of [`on`](Self::on).
    pub fn command<A, H>(mut self, keyword: &str, description: &str, handler: H) -> Self
    where
        A: 'static,
        H: Handler<A, Scope<Anything, Args>, S>,
    {
        self.router = self.router.command(keyword, description, handler);
        self
    }

    /// Handles the messages that `filter` lets through. Of several handlers the first whose filter passes takes it.
    pub fn on<F, A, H>(mut self, filter: F, handler: H) -> Self
    where
        F: Filter,
        A: 'static,
        H: Handler<A, F::Scope, S>,
    {
        self.router = self.router.on(filter, handler);
        self
    }
}
