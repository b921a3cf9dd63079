//! A scripted [`ChatCore`] for tests of the layers above: a closure answers commands, and the test pushes events.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_trait::async_trait;

use crate::events::{EventBuffer, EventLimits};
use crate::{ChatCore, CoreError, CoreEvent, Frame, Request};

/// The scripted answer to a command.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Answer {
    /// A text as the library returns it: `{"result":…}` or `{"error":…}`.
    Json(String),
    /// The same, after a delay on tokio's clock.
    After(Duration, String),
    /// This error instead of an answer.
    Fail(CoreError),
    /// No answer until the deadline: the request's own, or one minute.
    Never,
}

impl From<&str> for Answer {
    fn from(json: &str) -> Self {
        Self::Json(json.to_owned())
    }
}

impl From<String> for Answer {
    fn from(json: String) -> Self {
        Self::Json(json)
    }
}

/// A scripted core for tests. Clones share everything.
///
/// ```
/// use simplex_core::mock::MockCore;
/// use simplex_core::{ChatCore, Request};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let core = MockCore::new(|request| match request.text() {
///     "/_start" => r#"{"result":{"type":"chatStarted"}}"#,
///     _ => r#"{"error":{"type":"error","errorType":{"type":"noActiveUser"}}}"#,
/// });
/// assert_eq!(core.send(Request::new("/_start")?).await?.tag(), "chatStarted");
/// assert_eq!(core.sent(), ["/_start"]);
/// core.push_event(r#"{"result":{"type":"chatSuspended"}}"#);
/// assert!(core.recv().await.is_some());
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct MockCore(Arc<Shared>);

struct Shared {
    script: Box<dyn Fn(&Request) -> Answer + Send + Sync>,
    events: EventBuffer,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    sent: Vec<String>,
    closed: bool,
}

impl MockCore {
    /// Creates a core that answers each command with `script`.
    pub fn new<A: Into<Answer>>(script: impl Fn(&Request) -> A + Send + Sync + 'static) -> Self {
        Self::with_limits(EventLimits::default(), script)
    }

    /// Like [`new`](Self::new), with different limits for the event buffer.
    pub fn with_limits<A: Into<Answer>>(
        limits: EventLimits,
        script: impl Fn(&Request) -> A + Send + Sync + 'static,
    ) -> Self {
        let script = Box::new(move |request: &Request| script(request).into());
        Self(Arc::new(Shared { script, events: EventBuffer::new(limits), state: Mutex::default() }))
    }

    /// Makes an event available, given as the text that the library returns.
    pub fn push_event(&self, json: impl Into<String>) {
        self.0.events.push(Frame::parse(json.into()).into());
    }

    /// Makes any [`CoreEvent`] available, such as [`CoreEvent::Disconnected`].
    pub fn push(&self, event: CoreEvent) {
        self.0.events.push(event);
    }

    /// The commands received so far, in order.
    pub fn sent(&self) -> Vec<String> {
        self.state().sent.clone()
    }

    /// Whether the core was closed.
    pub fn is_closed(&self) -> bool {
        self.state().closed
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for MockCore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MockCore").field("sent", &self.state().sent.len()).finish_non_exhaustive()
    }
}

#[async_trait]
impl ChatCore for MockCore {
    async fn send(&self, request: Request) -> Result<Frame, CoreError> {
        {
            let mut state = self.state();
            if state.closed {
                return Err(CoreError::Closed { reason: "it was asked to close".to_owned() });
            }
            state.sent.push(request.text().to_owned());
        }
        let after = request.timeout().unwrap_or(Duration::from_secs(60));
        match (self.0.script)(&request) {
            Answer::Json(json) => Ok(Frame::parse(json)),
            Answer::After(delay, json) if delay < after => {
                tokio::time::sleep(delay).await;
                Ok(Frame::parse(json))
            }
            Answer::Fail(error) => Err(error),
            Answer::After(..) | Answer::Never => {
                tokio::time::sleep(after).await;
                Err(CoreError::Timeout { command: request.words().to_owned(), after })
            }
        }
    }

    async fn recv(&self) -> Option<CoreEvent> {
        self.0.events.recv().await
    }

    fn take_ready(&self, most: usize, into: &mut VecDeque<CoreEvent>) {
        self.0.events.take_ready(most, into);
    }

    async fn close(&self, _: Duration) -> Result<(), CoreError> {
        self.state().closed = true;
        self.0.events.end();
        Ok(())
    }
}
