//! What a handler is: an async function whose parameters say what it needs.

use std::error::Error;
use std::future::{Future, ready};
use std::pin::Pin;

use crate::extract::{Cx, Extract};
use crate::filter::Narrowing;

/// Any error a handler may end with.
pub type HandlerError = Box<dyn Error + Send + Sync>;

/// A handler's future, boxed: ends with what became of the update.
pub type HandlerFuture = Pin<Box<dyn Future<Output = Result<(), HandlerError>> + Send>>;

/// What a handler may return: nothing, or a `Result` of anything with any error.
pub trait IntoOutcome {
    /// The outcome without its value.
    ///
    /// # Errors
    /// The handler's own error.
    fn into_outcome(self) -> Result<(), HandlerError>;
}

impl IntoOutcome for () {
    fn into_outcome(self) -> Result<(), HandlerError> {
        Ok(())
    }
}

impl<T, E: Into<HandlerError>> IntoOutcome for Result<T, E> {
    fn into_outcome(self) -> Result<(), HandlerError> {
        self.map(drop).map_err(Into::into)
    }
}

/// An async function that can handle what a filter lets through.
///
/// Implemented for functions and non-capturing async closures of up to eight parameters, each of which is an
/// [`Extract`] of the filter's narrowing `N` and the bot's state `S`.
#[diagnostic::on_unimplemented(
    message = "this function cannot handle what its filter lets through",
    label = "not a handler for `{N}` with the state `{S}`",
    note = "a handler is an async function or an async closure that captures nothing",
    note = "each parameter must be something the filter or the state provides: `TextMessage` needs `text()`, \
            `Parsed<T>` needs `.parse::<T>()`, `State<T>` needs `.state(…)` before this line",
    note = "it returns `()` or a `Result` whose error is an `Error`"
)]
pub trait Handler<Args, N: Narrowing, S>: Send + Sync + 'static {
    /// Starts handling. Parameters are taken from `cx` before this returns; the future owns them.
    fn call(&self, cx: Cx<'_, N::Value, S>) -> HandlerFuture;
}

macro_rules! handler {
    ($($arg:ident)*) => {
        impl<Func, Fut, N, S, $($arg,)*> Handler<($($arg,)*), N, S> for Func
        where
            Func: Fn($($arg),*) -> Fut + Send + Sync + 'static,
            Fut: Future + Send + 'static,
            Fut::Output: IntoOutcome,
            N: Narrowing,
            $($arg: Extract<N, S>,)*
        {
            #[allow(non_snake_case, unused_variables)]
            fn call(&self, cx: Cx<'_, N::Value, S>) -> HandlerFuture {
                $(let $arg = match $arg::extract(&cx) {
                    Ok(value) => value,
                    Err(error) => return Box::pin(ready(Err(error))),
                };)*
                let future = self($($arg),*);
                Box::pin(async move { future.await.into_outcome() })
            }
        }
    };
}

handler!();
handler!(A);
handler!(A B);
handler!(A B C);
handler!(A B C D);
handler!(A B C D E);
handler!(A B C D E F);
handler!(A B C D E F G);
handler!(A B C D E F G H);
