//! What a handler is: an async function whose parameters say what it needs.

use std::error::Error;
use std::future::{Future, ready};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll};

use crate::extract::{Cx, Extract};
use crate::filter::Narrowing;
use crate::runtime::Failure;

/// Any error that a handler may return.
pub type HandlerError = Box<dyn Error + Send + Sync>;

/// A handler's future, boxed; its output is the outcome of the message or event.
pub type HandlerFuture = Pin<Box<dyn Future<Output = Result<(), HandlerError>> + Send>>;

/// What a handler may return: nothing, or a `Result` with any value and any error.
#[diagnostic::on_unimplemented(
    message = "a handler cannot return `{Self}`",
    label = "neither `()` nor a `Result` whose error is an `Error`",
    note = "an error must be `Send` and `Sync`: `Box<dyn Error>` is not, but `HandlerError` is, for any error",
    note = "if it is a `Future`, an `.await` is missing",
    note = "if it is `!`, as of `todo!()`, a closure says what it would return: `async |msg: Message| -> Outcome {{ todo!() }}`"
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

// Otherwise the compiler says what the error is not, in several errors, instead of the words above.
#[diagnostic::do_not_recommend]
impl<T, E: Into<HandlerError>> IntoOutcome for Result<T, E> {
    fn into_outcome(self) -> Result<(), HandlerError> {
        self.map(drop).map_err(Into::into)
    }
}

/// An async function that handles what a filter lets through.
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
/// A message whose handler returns an error, or panics, is handled again, by default up to three times more
/// ([`Bot::retry`](crate::Bot::retry)): what the handler did before that is done again, too. One that was sent where a
/// parameter does not exist, such as the `GroupInfo` in a chat with a contact, is given up at once. In a program that
/// is built with `panic = "abort"`, a panic ends the process instead, and with it all handlers.
///
/// A handler must not block its thread: `std::thread::sleep`, a long computation or a blocking request hold up others
/// that would run there. Wait with `tokio::time::sleep(…).await`, and give the rest to `tokio::task::spawn_blocking`. A
/// handler that blocks for a quarter of a second is logged as a warning.
///
/// A handler that sleeps or waits for another service holds up its chat: what comes there meanwhile is handled when it
/// has ended. While it waits for an answer ([`Chat::ask`](crate::Chat::ask)), a delivery or a file, it does not. What
/// is to be done much later, such as ending a ban, is not for a handler to wait for: store it, and let a
/// [job](crate::schedule) look for what is due. That also outlasts the process.
///
/// A handler is called for many messages at once. An `async` closure that captures values cannot be; one that returns a
/// future can, if it gives each call what it needs:
///
/// ```
/// # use simplex_bot::prelude::*;
/// let answers = [("red", "stop".to_owned()), ("green", "go".to_owned())];
/// let bot = answers.into_iter().fold(Bot::new("Lights"), |bot, (light, answer)| {
///     bot.on(text().exactly(light), move |msg: TextMessage| {
///         let answer = answer.clone();
///         async move { msg.reply(answer).await }
///     })
/// });
/// # simplex_bot::testing::run(async {
/// #     let bot = std::cell::Cell::new(Some(bot));
/// #     let net = simplex_bot::testing::TestNetwork::new();
/// #     let alice = net.person("alice").connects_to(&net.start(move || bot.take().unwrap()).await).await;
/// #     alice.send("green").await;
/// #     alice.expect("go").await;
/// # });
/// ```
///
/// Implemented for functions and closures of up to eight parameters that return a future, and for async closures that
/// capture no values. Each parameter must be an [`Extract`] of the filter's narrowing `N` and the bot's state `S`. The
/// compiler names a parameter that is not; to check a function by itself, before it is registered, use
/// [`#[debug_handler]`](crate::debug_handler).
#[diagnostic::on_unimplemented(
    message = "a handler is an async function of at most eight parameters",
    label = "not async, or of too many parameters",
    note = "it is an `async fn` or an `async` closure that captures nothing: what it needs is given to the bot with \
            `.state(…)`, and taken as `State<T>`"
)]
pub trait Handler<Args, N: Narrowing, S>: Send + Sync + 'static {
    /// Calls the handler. Parameters are extracted from `cx` before this returns; the future owns them.
    fn call(&self, cx: Cx<'_, N, S>) -> HandlerFuture;
}

/// An async function whose first parameter is given to it (an event, a command, a failure); the others are extracted as
/// for a [`Handler`].
#[diagnostic::on_unimplemented(
    message = "a handler of this kind is an async function of what it handles and at most seven other parameters",
    label = "not async, not of what is handled, or of too many parameters",
    note = "the first parameter is what is handled: an event, an enum with `#[derive(Commands)]`, a `Step<T>`, a `Failure`",
    note = "it is an `async fn` or an `async` closure that captures nothing: what it needs is given to the bot with \
            `.state(…)`, and taken as `State<T>`"
)]
pub trait HandlerOf<First, Args, N: Narrowing, S>: Send + Sync + 'static {
    /// Calls the handler. Parameters are extracted from `cx` before this returns; the future owns them.
    fn call(&self, first: First, cx: Cx<'_, N, S>) -> HandlerFuture;
}

// The parts of a handler are separate bounds. `Function` has only what depends on the function's parameters, so that
// the compiler can infer these, and then names the parameter that is wrong, or the value that is not `Send`.

/// An async function of these parameters.
pub trait Function<Args>: Send + Sync + 'static {
    type Future: Future;
    fn start(&self, args: Args) -> Self::Future;
}

/// An async function of this first parameter and these others.
pub trait FunctionOf<First, Args>: Send + Sync + 'static {
    type Future: Future;
    fn start(&self, first: First, args: Args) -> Self::Future;
}

/// Parameters that can be extracted.
pub trait Parameters<N: Narrowing, S>: Sized {
    fn extract(cx: &Cx<'_, N, S>) -> Result<Self, HandlerError>;
}

impl<Func, Args, N, S> Handler<Args, N, S> for Func
where
    Func: Function<Args>,
    Func::Future: Future<Output: IntoOutcome> + Send + 'static,
    Args: Parameters<N, S>,
    N: Narrowing,
{
    fn call(&self, cx: Cx<'_, N, S>) -> HandlerFuture {
        match Args::extract(&cx) {
            Ok(args) => boxed(self.start(args)),
            Err(error) => Box::pin(ready(Err(error))),
        }
    }
}

impl<Func, First, Args, N, S> HandlerOf<First, Args, N, S> for Func
where
    Func: FunctionOf<First, Args>,
    Func::Future: Future<Output: IntoOutcome> + Send + 'static,
    Args: Parameters<N, S>,
    N: Narrowing,
{
    fn call(&self, first: First, cx: Cx<'_, N, S>) -> HandlerFuture {
        match Args::extract(&cx) {
            Ok(args) => boxed(self.start(first, args)),
            Err(error) => Box::pin(ready(Err(error))),
        }
    }
}

fn boxed(future: impl Future<Output: IntoOutcome> + Send + 'static) -> HandlerFuture {
    Box::pin(async move { future.await.into_outcome() })
}

macro_rules! function {
    ($($arg:ident)*) => {
        #[allow(non_snake_case)]
        impl<Func, Fut, $($arg,)*> Function<($($arg,)*)> for Func
        where
            Func: Fn($($arg),*) -> Fut + Send + Sync + 'static,
            Fut: Future,
        {
            type Future = Fut;

            fn start(&self, ($($arg,)*): ($($arg,)*)) -> Fut {
                self($($arg),*)
            }
        }

        impl<N: Narrowing, S, $($arg: Extract<N, S>,)*> Parameters<N, S> for ($($arg,)*) {
            #[allow(unused_variables)]
            fn extract(cx: &Cx<'_, N, S>) -> Result<Self, HandlerError> {
                Ok(($($arg::extract(cx)?,)*))
            }
        }
    };
}

macro_rules! function_of {
    ($($arg:ident)*) => {
        #[allow(non_snake_case)]
        impl<Func, Fut, First, $($arg,)*> FunctionOf<First, ($($arg,)*)> for Func
        where
            Func: Fn(First, $($arg),*) -> Fut + Send + Sync + 'static,
            Fut: Future,
        {
            type Future = Fut;

            fn start(&self, first: First, ($($arg,)*): ($($arg,)*)) -> Fut {
                self(first, $($arg),*)
            }
        }
    };
}

function!();
function!(A);
function!(A B);
function!(A B C);
function!(A B C D);
function!(A B C D E);
function!(A B C D E F);
function!(A B C D E F G);
function!(A B C D E F G H);
function_of!();
function_of!(A);
function_of!(A B);
function_of!(A B C);
function_of!(A B C D);
function_of!(A B C D E);
function_of!(A B C D E F);
function_of!(A B C D E F G);

/// A future whose panic becomes an error.
pub(crate) struct Contained<T>(Pin<Box<dyn Future<Output = Result<T, HandlerError>> + Send>>);

impl<T> Contained<T> {
    pub(crate) fn new(future: Pin<Box<dyn Future<Output = Result<T, HandlerError>> + Send>>) -> Self {
        Self(future)
    }
}

impl<T> Future for Contained<T> {
    type Output = Result<T, Failure>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        // After a panic the future is not polled again.
        caught(|| self.0.as_mut().poll(cx).map_err(Failure::of))
            .unwrap_or_else(|text| Poll::Ready(Err(Failure::Panic(text))))
    }
}

/// Runs code of the program's own; the error is the text of its panic. What the panic left broken is for nobody to see.
pub(crate) fn caught<T>(code: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(code)).map_err(|panic| {
        let text = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
        let text = text.unwrap_or("(a panic without a text)").to_owned();
        // A panic may be of any value, also of one that panics when it is dropped; and that panic may be, too.
        if let Err(another) = catch_unwind(AssertUnwindSafe(|| drop(panic))) {
            std::mem::forget(another);
        }
        text
    })
}

/// Drops a value of the program's own, which may panic at that.
pub(crate) fn discard(what: &str, value: impl Sized) {
    if let Err(text) = caught(|| drop(value)) {
        tracing::error!("dropping {what} panicked: {text}");
    }
}

/// A failure as the original error, so that nothing is wrapped twice.
pub(crate) fn error_of(failure: Failure) -> HandlerError {
    match failure {
        Failure::Error(error) | Failure::Unanswered(error) => error,
        other => other.into(),
    }
}
