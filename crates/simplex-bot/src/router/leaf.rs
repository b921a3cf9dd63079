//! Type-erased handlers, what is known of them, and how they are bound to a state of their own.

use std::any::{TypeId, type_name};
use std::marker::PhantomData;
use std::sync::Arc;

use crate::command::CommandEntry;
use crate::extract::Cx;
use crate::filter::{Anything, Filter, Place, Scope};
use crate::handler::{Handler, HandlerFuture};
use crate::message::Message;
use crate::runtime::Failure;
use crate::typed_values::TypedValues;

pub(crate) type Ready<S> = Box<dyn FnOnce(Message, &S) -> HandlerFuture + Send>;

/// A type-erased handler of messages.
pub(crate) trait Leaf<S>: Send + Sync {
    /// Returns what starts the handler, if the handler takes `message`.
    fn prepare(&self, message: &Message) -> Option<Ready<S>>;

    /// The name of the handler in the program.
    fn name(&self) -> &'static str;

    /// Starts the handler at once if it takes `message`: for callers with nothing to do between the two steps.
    fn start(&self, message: &Message, state: &S) -> Option<HandlerFuture> {
        self.prepare(message).map(|ready| ready(message.clone(), state))
    }
}

/// A handler with its commands and its metadata.
pub(super) struct Entry<S> {
    pub(super) leaf: Box<dyn Leaf<S>>,
    pub(super) commands: Vec<CommandEntry>,
    pub(super) meta: TypedValues,
    /// What is known of the content of its messages.
    pub(super) content: TypeId,
    /// Where its messages are sent.
    pub(super) place: Place,
    /// Whether it takes all messages with that content.
    pub(super) takes_all: bool,
    /// If it is for commands, and for all who send them: their keywords.
    pub(super) keywords: Vec<String>,
}

impl<S> Entry<S> {
    pub(super) fn new(leaf: impl Leaf<S> + 'static) -> Self {
        Self {
            leaf: Box::new(leaf),
            commands: Vec::new(),
            meta: TypedValues::default(),
            content: TypeId::of::<Anything>(),
            place: Place::Anywhere,
            takes_all: false,
            keywords: Vec::new(),
        }
    }
}

/// A type-erased handler of anything else: an event, a timeout, a due time. Those that may not take it return an
/// `Option`.
pub(crate) type Start<I, S, R> = Arc<dyn Fn(&I, &S) -> R + Send + Sync>;

/// A type-erased error hook.
pub(crate) type Hook<S> = Arc<dyn Fn(Failure, &Message, &S) -> HandlerFuture + Send + Sync>;

/// The same handler with its own state, for a bot that has another state.
pub(super) fn bound<I: 'static, S: Send + Sync + 'static, T: 'static, R: 'static>(
    start: Start<I, S, R>,
    state: &Arc<S>,
) -> Start<I, T, R> {
    let state = Arc::clone(state);
    Arc::new(move |input, _| start(input, &state))
}

pub(super) struct Filtered<F, H, A> {
    filter: F,
    handler: Arc<H>,
    args: PhantomData<fn() -> A>,
}

impl<F, H, A> Filtered<F, H, A> {
    pub(super) fn new(filter: F, handler: H) -> Self {
        Self { filter, handler: Arc::new(handler), args: PhantomData }
    }
}

impl<F, A, S, H> Leaf<S> for Filtered<F, H, A>
where
    F: Filter,
    A: 'static,
    H: Handler<A, Scope<F::Content, F::Value>, S>,
{
    fn name(&self) -> &'static str {
        type_name::<H>()
    }

    fn prepare(&self, message: &Message) -> Option<Ready<S>> {
        let value = self.filter.check(message)?;
        let handler = Arc::clone(&self.handler);
        Some(Box::new(move |message, state| handler.call(Cx { subject: &message, value: &value, state })))
    }

    fn start(&self, message: &Message, state: &S) -> Option<HandlerFuture> {
        let value = self.filter.check(message)?;
        Some(self.handler.call(Cx { subject: message, value: &value, state }))
    }
}

/// A handler of messages with its own state, for a bot that has another state.
pub(super) struct Bound<S> {
    pub(super) state: Arc<S>,
    pub(super) inner: Box<dyn Leaf<S>>,
}

impl<S: Send + Sync + 'static, T> Leaf<T> for Bound<S> {
    fn name(&self) -> &'static str {
        self.inner.name()
    }

    fn prepare(&self, message: &Message) -> Option<Ready<T>> {
        let ready = self.inner.prepare(message)?;
        let state = Arc::clone(&self.state);
        Some(Box::new(move |message, _| ready(message, &state)))
    }

    fn start(&self, message: &Message, _: &T) -> Option<HandlerFuture> {
        self.inner.start(message, &self.state)
    }
}

/// A type-erased filter.
pub(super) trait Guard: Send + Sync {
    fn passes(&self, message: &Message) -> bool;
}

impl<F: Filter> Guard for F {
    fn passes(&self, message: &Message) -> bool {
        self.check(message).is_some()
    }
}
