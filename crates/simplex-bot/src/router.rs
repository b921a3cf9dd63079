//! Which handler a message goes to: commands first, then message handlers, in the order of registration; the first
//! that matches takes it.

use std::marker::PhantomData;
use std::sync::Arc;

use crate::extract::{Args, Cx};
use crate::filter::{Anything, Filter, Scope};
use crate::handler::{Handler, HandlerFuture};
use crate::message::Message;

/// A set of handlers for a bot with the state `S`.
pub struct Router<S = ()> {
    commands: Vec<Command<S>>,
    messages: Vec<Arc<dyn Route<S>>>,
}

struct Command<S> {
    keyword: Box<str>,
    description: Box<str>,
    handler: Arc<dyn CommandRoute<S>>,
}

/// A command as it is shown in a client's menu.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CommandEntry {
    /// What is typed after the slash.
    pub keyword: String,
    /// What people read beside it.
    pub description: String,
}

impl<S> Default for Router<S> {
    fn default() -> Self {
        Self { commands: Vec::new(), messages: Vec::new() }
    }
}

impl<S: Send + Sync + 'static> Router<S> {
    /// An empty router.
    pub fn new() -> Self {
        Self::default()
    }

    /// Handles the messages that `filter` lets through.
    pub fn on<F, A, H>(mut self, filter: F, handler: H) -> Self
    where
        F: Filter,
        A: 'static,
        H: Handler<A, F::Scope, S>,
    {
        self.messages.push(Arc::new(Filtered { filter, handler, args: PhantomData }));
        self
    }

    /// Handles `/keyword`, and shows it with its description in the command menu of people's clients.
    ///
    /// The keyword is given without its slash: letters, digits and underscores.
    pub fn command<A, H>(mut self, keyword: &str, description: &str, handler: H) -> Self
    where
        A: 'static,
        H: Handler<A, Scope<Anything, Args>, S>,
    {
        self.commands.push(Command {
            keyword: keyword.trim_start_matches('/').into(),
            description: description.into(),
            handler: Arc::new(Commanded { handler, args: PhantomData }),
        });
        self
    }

    /// The commands in the order of registration.
    pub fn commands(&self) -> Vec<CommandEntry> {
        self.commands
            .iter()
            .map(|c| CommandEntry { keyword: c.keyword.to_string(), description: c.description.to_string() })
            .collect()
    }

    /// Whether there is nothing that could handle a message.
    pub fn is_empty(&self) -> bool {
        self.commands.is_empty() && self.messages.is_empty()
    }

    /// The same handlers in a bot whose state they do not use.
    pub(crate) fn with_state<T: Send + Sync + 'static>(self, state: S) -> Router<T> {
        let state = Arc::new(state);
        Router {
            commands: self
                .commands
                .into_iter()
                .map(|c| Command {
                    keyword: c.keyword,
                    description: c.description,
                    handler: Arc::new(Bound { inner: c.handler, state: Arc::clone(&state) }),
                })
                .collect(),
            messages: self
                .messages
                .into_iter()
                .map(|inner| Arc::new(Bound { inner, state: Arc::clone(&state) }) as Arc<dyn Route<T>>)
                .collect(),
        }
    }

    /// Starts the handler that `message` is for, if there is one.
    pub(crate) fn dispatch(&self, message: &Message, state: &S) -> Option<HandlerFuture> {
        if let Some((keyword, args)) = command_of(message.text())
            && let Some(command) = self.commands.iter().find(|c| *c.keyword == *keyword)
        {
            return Some(command.handler.start(message, &Args(args.into()), state));
        }
        self.messages.iter().find_map(|route| route.start(message, state))
    }
}

/// The keyword and the trimmed parameters of a text that is a command: a slash, then letters, digits or underscores up
/// to white space or the end.
pub(crate) fn command_of(text: &str) -> Option<(&str, &str)> {
    let rest = text.trim().strip_prefix('/')?;
    let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
    let (keyword, args) = rest.split_at(end);
    let valid = !keyword.is_empty() && keyword.chars().all(|c| c.is_alphanumeric() || c == '_');
    valid.then_some((keyword, args.trim()))
}

trait Route<S>: Send + Sync {
    fn start(&self, message: &Message, state: &S) -> Option<HandlerFuture>;
}

trait CommandRoute<S>: Send + Sync {
    fn start(&self, message: &Message, args: &Args, state: &S) -> HandlerFuture;
}

struct Filtered<F, H, A> {
    filter: F,
    handler: H,
    args: PhantomData<fn() -> A>,
}

impl<F: Filter, A: 'static, S, H: Handler<A, F::Scope, S>> Route<S> for Filtered<F, H, A> {
    fn start(&self, message: &Message, state: &S) -> Option<HandlerFuture> {
        let value = self.filter.check(message)?;
        Some(self.handler.call(Cx { message, value: &value, state }))
    }
}

struct Commanded<H, A> {
    handler: H,
    args: PhantomData<fn() -> A>,
}

impl<A: 'static, S, H: Handler<A, Scope<Anything, Args>, S>> CommandRoute<S> for Commanded<H, A> {
    fn start(&self, message: &Message, args: &Args, state: &S) -> HandlerFuture {
        self.handler.call(Cx { message, value: args, state })
    }
}

/// A route with its state, for a bot that has another.
struct Bound<R: ?Sized, S> {
    state: Arc<S>,
    inner: Arc<R>,
}

impl<S: Send + Sync, T> Route<T> for Bound<dyn Route<S>, S> {
    fn start(&self, message: &Message, _: &T) -> Option<HandlerFuture> {
        self.inner.start(message, &self.state)
    }
}

impl<S: Send + Sync, T> CommandRoute<T> for Bound<dyn CommandRoute<S>, S> {
    fn start(&self, message: &Message, args: &Args, _: &T) -> HandlerFuture {
        self.inner.start(message, args, &self.state)
    }
}

#[cfg(test)]
mod tests {
    use super::command_of;

    #[test]
    fn commands_are_keywords_and_urls_are_not() {
        assert_eq!(command_of("/help"), Some(("help", "")));
        assert_eq!(command_of(" /ban  @bob for\nspam "), Some(("ban", "@bob for\nspam")));
        assert_eq!(command_of("/помощь да"), Some(("помощь", "да")));
        for text in ["help", "/", "/ help", "/a/b", "//x", "/a-b", ""] {
            assert_eq!(command_of(text), None, "{text}");
        }
    }
}
