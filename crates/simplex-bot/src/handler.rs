//! What a handler is: an async function whose parameters say what it needs.

use std::any::Any;
use std::error::Error;
use std::future::{Future, ready};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll};

use crate::extract::{Cx, Extract};
use crate::filter::Narrowing;
use crate::runtime::Failure;

/// Any error a handler may end with.
pub type HandlerError = Box<dyn Error + Send + Sync>;

/// A handler's future, boxed: ends with what became of the update.
pub type HandlerFuture = Pin<Box<dyn Future<Output = Result<(), HandlerError>> + Send>>;

/// What a handler may return: nothing, or a `Result` of anything with any error.
#[diagnostic::on_unimplemented(
    message = "a handler cannot end with `{Self}`",
    label = "neither `()` nor a `Result` whose error is an `Error`"
)]
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
/// ```
/// use simplex_bot::prelude::*;
/// use simplex_bot::types::GroupMember;
///
/// async fn square(msg: TextMessage, Parsed(n): Parsed<f64>) -> Outcome {
///     msg.reply(format!("{}", n * n)).await
/// }
///
/// async fn count(chat: Chat, who: Option<GroupMember>, State(limit): State<u32>) -> Result<(), BotError> {
///     let who = who.map(|member| member.local_display_name).unwrap_or_default();
///     chat.send(format!("{who}: at most {limit}")).await?;
///     Ok(())
/// }
///
/// let bot = Bot::new("bot").state(10_u32).on(text().parse::<f64>(), square).on(any(), count);
/// ```
///
/// Implemented for functions and non-capturing async closures of up to eight parameters, each of which is an
/// [`Extract`] of the filter's narrowing `N` and the bot's state `S`. Where the compiler's message is not clear,
/// [`#[debug_handler]`](crate::debug_handler) on the function says which parameter is wrong.
#[diagnostic::on_unimplemented(
    message = "this function cannot handle what its filter lets through",
    label = "not a handler for `{N}` with the state `{S}`",
    note = "a handler is an async function or an async closure that captures nothing",
    note = "each parameter must be something the filter or the state provides: `TextMessage` needs `text()`, \
            `Parsed<T>` needs `.parse::<T>()`, `State<T>` needs `.state(…)` before this line",
    note = "it returns `()` or a `Result` whose error is an `Error`",
    note = "`#[simplex_bot::debug_handler]` on the function says which parameter is wrong"
)]
pub trait Handler<Args, N: Narrowing, S>: Send + Sync + 'static {
    /// Starts handling. Parameters are taken from `cx` before this returns; the future owns them.
    fn call(&self, cx: Cx<'_, N, S>) -> HandlerFuture;
}

/// An async function whose first parameter is given to it (an event, a command, a failure) and whose others are as
/// those of a [`Handler`].
#[diagnostic::on_unimplemented(
    message = "this function cannot handle what it is registered for",
    label = "not a function of that and of what `{N}` and the state `{S}` provide",
    note = "the first parameter is what is handled: an event, an enum with `#[derive(Commands)]`, a `Failure`",
    note = "the others, up to seven, are extracted: `Chat`, `ChatApi`, `State<T>`, …",
    note = "it is an async function or an async closure that captures nothing"
)]
pub trait HandlerOf<First, Args, N: Narrowing, S>: Send + Sync + 'static {
    /// Starts handling. Parameters are taken from `cx` before this returns; the future owns them.
    fn call(&self, first: First, cx: Cx<'_, N, S>) -> HandlerFuture;
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
            fn call(&self, cx: Cx<'_, N, S>) -> HandlerFuture {
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

macro_rules! handler_of {
    ($($arg:ident)*) => {
        impl<Func, Fut, First, N, S, $($arg,)*> HandlerOf<First, ($($arg,)*), N, S> for Func
        where
            Func: Fn(First, $($arg),*) -> Fut + Send + Sync + 'static,
            Fut: Future + Send + 'static,
            Fut::Output: IntoOutcome,
            N: Narrowing,
            $($arg: Extract<N, S>,)*
        {
            #[allow(non_snake_case, unused_variables)]
            fn call(&self, first: First, cx: Cx<'_, N, S>) -> HandlerFuture {
                $(let $arg = match $arg::extract(&cx) {
                    Ok(value) => value,
                    Err(error) => return Box::pin(ready(Err(error))),
                };)*
                let future = self(first, $($arg),*);
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
handler_of!();
handler_of!(A);
handler_of!(A B);
handler_of!(A B C);
handler_of!(A B C D);
handler_of!(A B C D E);
handler_of!(A B C D E F);
handler_of!(A B C D E F G);

/// A future whose panic is an outcome.
pub(crate) struct Contained<T>(Pin<Box<dyn Future<Output = Result<T, HandlerError>> + Send>>);

impl<T> Contained<T> {
    pub(crate) fn new(future: Pin<Box<dyn Future<Output = Result<T, HandlerError>> + Send>>) -> Self {
        Self(future)
    }
}

impl<T> Future for Contained<T> {
    type Output = Result<T, Failure>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        // After a panic the future is not polled again: nothing that it broke is seen by anybody.
        match catch_unwind(AssertUnwindSafe(|| self.0.as_mut().poll(cx))) {
            Ok(poll) => poll.map_err(Failure::Error),
            Err(panic) => Poll::Ready(Err(Failure::Panic(panic_text(&*panic)))),
        }
    }
}

pub(crate) fn panic_text(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("(a panic without a text)").to_owned()
}

/// A failure as the error it was, so that nothing is wrapped twice.
pub(crate) fn error_of(failure: Failure) -> HandlerError {
    match failure {
        Failure::Error(error) => error,
        other => other.into(),
    }
}
