//! Type-erased handlers: for messages, failures and schedules, and bound to a state of their own.

use std::any::type_name;
use std::marker::PhantomData;
use std::sync::Arc;

use crate::extract::Cx;
use crate::filter::{Anything, Filter, Scope};
use crate::handler::{Handler, HandlerFuture, HandlerOf};
use crate::message::Message;
use crate::runtime::Failure;
use crate::schedule::{Clockwork, OnTick};

use super::Failed;

pub(crate) type Ready<I, S> = Box<dyn FnOnce(I, &S) -> HandlerFuture + Send>;

/// A type-erased handler, for messages, events or failures.
pub(crate) trait Leaf<I, S>: Send + Sync {
    /// Returns what starts the handler, if the handler takes `input`.
    fn prepare(&self, input: &I) -> Option<Ready<I, S>>;

    /// The name of the handler in the program.
    fn name(&self) -> &'static str;

    /// Starts the handler at once if it takes `input`: for callers with nothing to do between the two steps.
    fn start(&self, input: &I, state: &S) -> Option<HandlerFuture>
    where
        I: Clone,
    {
        self.prepare(input).map(|ready| ready(input.clone(), state))
    }
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

impl<F, A, S, H> Leaf<Message, S> for Filtered<F, H, A>
where
    F: Filter,
    A: 'static,
    H: Handler<A, Scope<F::Content, F::Value>, S>,
{
    fn name(&self) -> &'static str {
        type_name::<H>()
    }

    fn prepare(&self, message: &Message) -> Option<Ready<Message, S>> {
        let value = self.filter.check(message)?;
        let handler = Arc::clone(&self.handler);
        Some(Box::new(move |message, state| handler.call(Cx { subject: &message, value: &value, state })))
    }

    fn start(&self, message: &Message, state: &S) -> Option<HandlerFuture> {
        let value = self.filter.check(message)?;
        Some(self.handler.call(Cx { subject: message, value: &value, state }))
    }
}

pub(super) struct Hooked<H, A> {
    hook: Arc<H>,
    args: PhantomData<fn() -> A>,
}

impl<H, A> Hooked<H, A> {
    pub(super) fn new(hook: H) -> Self {
        Self { hook: Arc::new(hook), args: PhantomData }
    }
}

impl<A: 'static, S, H: HandlerOf<Failure, A, Scope<Anything>, S>> Leaf<Failed, S> for Hooked<H, A> {
    fn name(&self) -> &'static str {
        type_name::<H>()
    }

    fn prepare(&self, _: &Failed) -> Option<Ready<Failed, S>> {
        let hook = Arc::clone(&self.hook);
        Some(Box::new(move |failed, state| {
            hook.call(failed.failure, Cx { subject: &failed.message, value: &(), state })
        }))
    }
}

pub(super) struct Ticked<H, A> {
    job: Arc<H>,
    args: PhantomData<fn() -> A>,
}

impl<H, A> Ticked<H, A> {
    pub(super) fn new(job: H) -> Self {
        Self { job: Arc::new(job), args: PhantomData }
    }
}

impl<A: 'static, S, H: Handler<A, OnTick, S>> Leaf<Clockwork, S> for Ticked<H, A> {
    fn name(&self) -> &'static str {
        type_name::<H>()
    }

    fn prepare(&self, _: &Clockwork) -> Option<Ready<Clockwork, S>> {
        let job = Arc::clone(&self.job);
        Some(Box::new(move |clockwork, state| job.call(Cx { subject: &clockwork, value: &(), state })))
    }
}

/// A handler with its own state, for a bot that has another state.
pub(super) struct Bound<I, S> {
    state: Arc<S>,
    inner: Arc<dyn Leaf<I, S>>,
}

impl<I, S> Bound<I, S> {
    pub(super) fn new(inner: Arc<dyn Leaf<I, S>>, state: &Arc<S>) -> Self {
        Self { state: Arc::clone(state), inner }
    }
}

impl<I: 'static, S: Send + Sync + 'static, T> Leaf<I, T> for Bound<I, S> {
    fn name(&self) -> &'static str {
        self.inner.name()
    }

    fn prepare(&self, input: &I) -> Option<Ready<I, T>> {
        let ready = self.inner.prepare(input)?;
        let state = Arc::clone(&self.state);
        Some(Box::new(move |input, _| ready(input, &state)))
    }

    fn start(&self, input: &I, _: &T) -> Option<HandlerFuture>
    where
        I: Clone,
    {
        self.inner.start(input, &self.state)
    }
}
