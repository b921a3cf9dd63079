//! What carries a message from the core to its handler: intake, a lane per chat, marks.
//!
//! Intake never waits for handlers. A lane handles its messages one after another, and is a task only while it has
//! some. A handler that fails or panics is an outcome of its message; the lane goes on.

mod intake;
mod lanes;
mod marks;

use std::any::Any;
use std::fmt;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::api::ChatApi;
use crate::error::BotError;
use crate::handler::{HandlerError, HandlerFuture};
use crate::message::Message;
use crate::types::{ChatRef, UserId};

use lanes::{Lanes, Pushed};
use marks::Marks;

/// Finds the handler of a message and starts it.
pub(crate) type Dispatch = Box<dyn Fn(&Message) -> Option<HandlerFuture> + Send + Sync>;
/// Is told of every message whose handling failed.
pub(crate) type ErrorHook = Box<dyn Fn(&Message, &Failure) + Send + Sync>;

/// Why a message was not handled well.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Failure {
    /// The handler ended with an error.
    #[error("the handler failed: {0}")]
    Error(HandlerError),
    /// The handler panicked.
    #[error("the handler panicked: {0}")]
    Panic(String),
}

/// What a runtime is made of.
pub(crate) struct Parts {
    pub(crate) api: ChatApi,
    pub(crate) user: UserId,
    pub(crate) dispatch: Dispatch,
    pub(crate) on_error: ErrorHook,
    /// Whether any handler wants messages; without one they are left alone.
    pub(crate) wants_messages: bool,
    /// Handlers that may run at the same time.
    pub(crate) in_flight: usize,
}

/// The part of a runtime that its tasks share.
struct Engine {
    parts: Parts,
    lanes: Lanes<LaneKey, Message>,
    permits: Semaphore,
    lane_tasks: TaskTracker,
    /// No more intake.
    stop: CancellationToken,
    /// No more handlers.
    cancel: CancellationToken,
    marks: Marks,
}

/// The key of a lane: the chat, with its scope.
type LaneKey = ChatRef;

/// A running runtime.
#[derive(Debug)]
pub(crate) struct Runtime {
    engine: Arc<Engine>,
    intake: JoinHandle<()>,
    marker: JoinHandle<()>,
}

impl Runtime {
    pub(crate) fn start(parts: Parts) -> Self {
        let (marks, marker) = Marks::start(parts.api.clone());
        let engine = Arc::new(Engine {
            permits: Semaphore::new(parts.in_flight),
            parts,
            lanes: Lanes::new(),
            lane_tasks: TaskTracker::new(),
            stop: CancellationToken::new(),
            cancel: CancellationToken::new(),
            marks,
        });
        let intake = tokio::spawn(intake::run(Arc::clone(&engine)));
        Self { engine, intake, marker }
    }

    /// Ends when the core ended.
    pub(crate) async fn core_ended(&mut self) {
        // The intake task does not panic; were it aborted with the program, there is nobody left to tell.
        let _ = (&mut self.intake).await;
    }

    /// Stops: no more intake, running handlers have `drain` to end, marks are flushed.
    pub(crate) async fn stop(self, drain: Duration, force: impl Future<Output = ()>) -> Result<(), BotError> {
        let Self { engine, mut intake, marker } = self;
        engine.stop.cancel();
        if !intake.is_finished() {
            let _ = (&mut intake).await;
        }
        let left = engine.lanes.clear();
        if left > 0 {
            tracing::info!(messages = left, "messages that were queued stay unread for the next run");
        }
        engine.lane_tasks.close();
        let drained = tokio::select! {
            drained = timeout(drain, engine.lane_tasks.wait()) => drained.is_ok(),
            () = force => false,
        };
        let cancelled = if drained { 0 } else { engine.lane_tasks.len() };
        engine.cancel.cancel();
        engine.lane_tasks.wait().await;
        drop(engine);
        let _ = marker.await;
        if cancelled == 0 { Ok(()) } else { Err(BotError::DrainTimeout { handlers: cancelled, after: drain }) }
    }
}

impl fmt::Debug for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Engine").field("user", &self.parts.user).finish_non_exhaustive()
    }
}

impl Engine {
    /// Puts a message at the end of its lane.
    fn queue(self: &Arc<Self>, message: Message) {
        let key = message.chat_ref();
        if self.lanes.push(&key, message) == Pushed::Opened {
            self.lane_tasks.spawn(Arc::clone(self).work(key));
        }
    }

    /// Works on a lane until it is empty.
    async fn work(self: Arc<Self>, key: LaneKey) {
        while let Some(message) = self.lanes.next(&key) {
            tokio::select! {
                biased;
                () = self.cancel.cancelled() => return,
                () = self.handle(&message) => {}
            }
            self.marks.add(key, message.id()).await;
        }
    }

    /// Handles one message, whatever becomes of it.
    async fn handle(&self, message: &Message) {
        // Closed never: the semaphore lives as long as the engine.
        let _permit = self.permits.acquire().await;
        let started = catch_unwind(AssertUnwindSafe(|| (self.parts.dispatch)(message)));
        let outcome = match started {
            Ok(Some(future)) => Contained(future).await,
            Ok(None) => return,
            Err(panic) => Err(Failure::Panic(panic_text(&*panic))),
        };
        if let Err(failure) = outcome {
            let told = catch_unwind(AssertUnwindSafe(|| (self.parts.on_error)(message, &failure)));
            if told.is_err() {
                tracing::error!(chat = %message.chat_ref(), item = %message.id(), "the error hook panicked");
            }
        }
    }
}

/// A handler's future whose panic is an outcome.
struct Contained(HandlerFuture);

impl Future for Contained {
    type Output = Result<(), Failure>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        // After a panic the future is not polled again: nothing that it broke is seen by anybody.
        match catch_unwind(AssertUnwindSafe(|| self.0.as_mut().poll(cx))) {
            Ok(poll) => poll.map_err(Failure::Error),
            Err(panic) => Poll::Ready(Err(Failure::Panic(panic_text(&*panic)))),
        }
    }
}

fn panic_text(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("(a panic without a text)").to_owned()
}
