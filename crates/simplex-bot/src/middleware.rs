//! Middleware: what happens around routing, and around handlers.
//!
//! There are two rings. [`Router::outer`](crate::Router::outer) is around routing: it sees every message that gets into
//! its router, before any filter does, and may put data beside it for filters and handlers.
//! [`Router::layer`](crate::Router::layer) is around handlers: it sees the messages that a handler was found for, and
//! what that handler says of itself ([`Router::meta`](crate::Router::meta)). In both, what was registered first is
//! outermost, and the rings of a router are outside those of the routers nested in it.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use crate::data::TypedValues;
use crate::handler::HandlerError;
use crate::message::Message;

/// Whether a message was for somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Routed {
    /// A handler took it, or a middleware did in its place.
    Taken,
    /// There is no handler for it here.
    Unmatched,
}

/// What became of a message: whether somebody took it, or the error that its handler ended with.
pub type Flow = Result<Routed, HandlerError>;

pub(crate) type FlowFuture = Pin<Box<dyn Future<Output = Flow> + Send>>;
pub(crate) type Rest = Box<dyn FnOnce(Message) -> FlowFuture + Send>;

/// A step around routing or around a handler.
///
/// It may go on with `next.run(message)`, with the same message or another; stop, by returning without that; look at
/// what became of the message, or swallow an error. An async function or closure of these two parameters is a
/// middleware too.
///
/// ```
/// use simplex_bot::prelude::*;
/// use simplex_bot::{Flow, Middleware, Next};
///
/// /// Measures how long handlers take.
/// struct Timed;
///
/// impl Middleware for Timed {
///     async fn handle(&self, message: Message, next: Next) -> Flow {
///         let begin = std::time::Instant::now();
///         let flow = next.run(message).await;
///         eprintln!("{:?}", begin.elapsed());
///         flow
///     }
/// }
///
/// # let _: Router =
/// Router::new().layer(Timed).on(any(), async |_: Message| {});
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a middleware",
    note = "implement `Middleware` for it, or give an async function of `(Message, Next)` that returns a `Flow`"
)]
pub trait Middleware: Send + Sync + 'static {
    /// Handles a message on its way.
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

/// What comes after a middleware.
pub struct Next {
    rest: Rest,
    meta: Arc<TypedValues>,
}

impl Next {
    /// Goes on with `message`.
    ///
    /// # Errors
    /// The handler's, or that of a middleware on the way.
    ///
    /// # Cancel safety
    /// As the handler's.
    pub async fn run(self, message: Message) -> Flow {
        (self.rest)(message).await
    }

    /// What the handler says of itself: a value given with [`Router::meta`](crate::Router::meta). In the outer ring
    /// there is no handler yet, and nothing to be had.
    pub fn meta<T: 'static>(&self) -> Option<&T> {
        self.meta.get()
    }
}

impl fmt::Debug for Next {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Next")
    }
}

/// A middleware behind a pointer.
pub(crate) trait Layer: Send + Sync {
    fn enter(self: Arc<Self>, message: Message, next: Next) -> FlowFuture;
}

impl<M: Middleware> Layer for M {
    fn enter(self: Arc<Self>, message: Message, next: Next) -> FlowFuture {
        Box::pin(async move { self.handle(message, next).await })
    }
}

/// `end` with `layers` around it, the first outermost.
pub(crate) fn around(layers: &[Arc<dyn Layer>], meta: &Arc<TypedValues>, end: Rest) -> Rest {
    layers.iter().rev().fold(end, |rest, layer| {
        let layer = Arc::clone(layer);
        let meta = Arc::clone(meta);
        Box::new(move |message| layer.enter(message, Next { rest, meta }))
    })
}
