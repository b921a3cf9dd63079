//! Middleware: what runs around routing, and around handlers.
//!
//! There are two rings. [`Router::outer`](crate::Router::outer) is around routing: it sees every message that gets into
//! its router, before any filter, and can attach data for filters and handlers. [`Router::layer`](crate::Router::layer)
//! is around handlers: it sees only messages that a handler was found for, and the value attached to that handler
//! ([`Router::meta`](crate::Router::meta)). In both, the first registered is outermost, and the rings of a router are
//! outside those of the routers nested in it.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use crate::handler::HandlerError;
use crate::message::Message;
use crate::typed_values::TypedValues;

/// Whether a message was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Routed {
    /// A handler took it, or a middleware in its place.
    Taken,
    /// No handler here matches it.
    Unmatched,
}

/// The outcome of a message: whether it was taken, or the error that its handler returned.
pub type Flow = Result<Routed, HandlerError>;

pub(crate) type FlowFuture = Pin<Box<dyn Future<Output = Flow> + Send>>;
pub(crate) type Rest = Box<dyn FnOnce(Message) -> FlowFuture + Send>;

/// A middleware: runs around routing or around a handler.
///
/// It can continue with `next.run(message)`, with the same message or another; stop, by returning without that; look at
/// the outcome of the message, or swallow an error. An async function or closure of these two parameters is a
/// middleware too, unless it captures something: a middleware that needs data, such as a clone of what is in the bot's
/// state, is a struct that has it.
///
/// ```
/// use std::sync::{Arc, Mutex};
/// use std::time::Instant;
///
/// use simplex_bot::prelude::*;
/// use simplex_bot::{Flow, Middleware, Next};
///
/// /// Notes how long handlers take.
/// struct Timed(Arc<Mutex<Vec<Duration>>>);
///
/// impl Middleware for Timed {
///     async fn handle(&self, message: Message, next: Next) -> Flow {
///         let begin = Instant::now();
///         let flow = next.run(message).await;
///         self.0.lock().unwrap().push(begin.elapsed());
///         flow
///     }
/// }
///
/// let times = Arc::default();
/// let bot = Bot::new("bot").layer(Timed(Arc::clone(&times))).state(times).on(any(), async |_: Message| {});
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a middleware",
    note = "implement `Middleware` for it, or give an async function of `(Message, Next)` that returns a `Flow`"
)]
pub trait Middleware: Send + Sync + 'static {
    /// Handles a message; `next` runs what comes after.
    fn handle(&self, message: Message, next: Next) -> impl Future<Output = Flow> + Send;
}

impl<F, Fut> Middleware for F
where
    F: Fn(Message, Next) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Flow> + Send,
{
    fn handle(&self, message: Message, next: Next) -> impl Future<Output = Flow> + Send {
        self(message, next)
    }
}

/// What comes after a middleware: further ones, and the handler.
pub struct Next {
    rest: Rest,
    meta: Arc<TypedValues>,
}

impl Next {
    /// Continues with `message`.
    ///
    /// # Errors
    /// The handler's, or that of a middleware in between.
    ///
    /// # Cancel safety
    /// Same as the handler.
    pub async fn run(self, message: Message) -> Flow {
        (self.rest)(message).await
    }

    /// The value that [`Router::meta`](crate::Router::meta) attached to the handler. `None` in the outer ring, where
    /// there is no handler yet.
    pub fn meta<T: 'static>(&self) -> Option<&T> {
        self.meta.get()
    }
}

impl fmt::Debug for Next {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Next")
    }
}

/// A type-erased middleware.
pub(crate) trait Layer: Send + Sync {
    fn enter(self: Arc<Self>, message: Message, next: Next) -> FlowFuture;
}

impl<M: Middleware> Layer for M {
    fn enter(self: Arc<Self>, message: Message, next: Next) -> FlowFuture {
        Box::pin(async move { self.handle(message, next).await })
    }
}

/// Puts `layers` around `end`, the first outermost.
pub(crate) fn around(layers: &[Arc<dyn Layer>], meta: &Arc<TypedValues>, end: Rest) -> Rest {
    layers.iter().rev().fold(end, |rest, layer| {
        let layer = Arc::clone(layer);
        let meta = Arc::clone(meta);
        Box::new(move |message| layer.enter(message, Next { rest, meta }))
    })
}
