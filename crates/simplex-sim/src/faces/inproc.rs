//! The network in this process, for async clients. Time is tokio's: a paused clock pauses the network.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use simplex_core::{ChatCore, CoreError, CoreEvent, Frame, Request};
use tokio::sync::Notify;
use tokio::time::Instant;

use crate::network::{EVENT_QUEUE, Network, Settings, WrongKey};
use crate::state::CoreId;
use crate::time::Ts;

/// The deadline of commands that set none of their own.
const DEADLINE: Duration = Duration::from_secs(60);

/// A simulated network in this process. Clones are handles to the same network.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use simplex_core::ChatCore;
/// use simplex_sim::{Settings, SimNetwork};
///
/// let network = SimNetwork::new(Settings::default());
/// let alice = network.open("alice", "")?;
/// let answer = alice.raw(r#"/_create user {"profile":{"displayName":"alice","fullName":""},"pastTimestamp":false}"#);
/// assert!(answer.starts_with(r#"{"result":{"type":"activeUser""#));
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct SimNetwork {
    shared: Arc<SharedNet>,
}

#[derive(Debug)]
struct SharedNet {
    net: Mutex<Network>,
    /// Something happened: there are events, or answers that were held back.
    changed: Notify,
    begin: Instant,
    begin_ts: Ts,
}

impl SharedNet {
    fn lock(&self) -> MutexGuard<'_, Network> {
        self.net.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The network, with its clock moved to tokio's.
    fn current(&self) -> MutexGuard<'_, Network> {
        let mut net = self.lock();
        let now = self.begin_ts.plus(self.begin.elapsed());
        if now > net.now() {
            net.advance(now);
        }
        net
    }

    /// Takes the next event of a core. Where that makes room in a full queue, messages are delivered that waited for it,
    /// and others may wait for what follows.
    fn take_event(&self, core: CoreId) -> Option<Arc<str>> {
        let mut net = self.current();
        let full = net.events(core) >= EVENT_QUEUE;
        let event = net.take_event(core);
        drop(net);
        if full {
            self.changed.notify_waiters();
        }
        event
    }

    fn when(&self, ts: Ts) -> Instant {
        let nanos = ts.0.saturating_sub(self.begin_ts.0);
        self.begin + Duration::from_nanos(u64::try_from(nanos).unwrap_or(0))
    }
}

impl SimNetwork {
    /// Creates an empty network whose clock starts now.
    pub fn new(settings: Settings) -> Self {
        Self::over(Network::new(settings))
    }

    /// Opens or creates a network that is stored in a file (see [`Network::stored`]), whose clock continues from the
    /// real time.
    ///
    /// # Errors
    /// If the file cannot be used.
    pub fn stored(settings: Settings, file: &std::path::Path) -> std::io::Result<Self> {
        let mut net = Network::stored(settings, file)?;
        net.advance(Ts::real());
        Ok(Self::over(net))
    }

    fn over(net: Network) -> Self {
        let begin_ts = net.now();
        Self {
            shared: Arc::new(SharedNet {
                net: Mutex::new(net),
                changed: Notify::new(),
                begin: Instant::now(),
                begin_ts,
            }),
        }
    }

    /// Opens a database by name, creating it if it does not exist.
    ///
    /// # Errors
    /// [`WrongKey`] if it exists with another key.
    pub fn open(&self, prefix: &str, key: &str) -> Result<SimCore, WrongKey> {
        let core = self.shared.lock().open(prefix, key)?;
        Ok(SimCore { shared: self.shared.clone(), core, closed: AtomicBool::default() })
    }

    /// A handle to a core that is already open.
    #[cfg(feature = "serve")]
    pub(crate) fn core(&self, core: CoreId) -> SimCore {
        SimCore { shared: self.shared.clone(), core, closed: AtomicBool::default() }
    }

    /// Gives access to the network itself: faults, its clock, its seed.
    pub fn with<T>(&self, f: impl FnOnce(&mut Network) -> T) -> T {
        let out = f(&mut self.shared.current());
        self.shared.changed.notify_waiters();
        out
    }
}

/// One core of a network in this process.
#[derive(Debug)]
pub struct SimCore {
    shared: Arc<SharedNet>,
    core: CoreId,
    closed: AtomicBool,
}

impl SimCore {
    /// The id of this core in the network.
    pub fn id(&self) -> CoreId {
        self.core
    }

    /// Sends a command as text and returns the answer at once; an empty text if the core does not answer yet.
    pub fn raw(&self, command: &str) -> String {
        let answer = self.shared.current().command(self.core, command);
        self.shared.changed.notify_waiters();
        answer.unwrap_or_default()
    }

    /// Returns the next event as text, if there is one.
    pub fn try_event(&self) -> Option<Arc<str>> {
        self.shared.take_event(self.core)
    }

    /// Sends a command and waits for its answer.
    pub async fn answer(&self, command: &str) -> String {
        loop {
            let changed = self.shared.changed.notified();
            tokio::pin!(changed);
            changed.as_mut().enable();
            let answer = self.shared.current().command(self.core, command);
            if let Some(answer) = answer {
                self.shared.changed.notify_waiters();
                return answer;
            }
            self.changed(changed).await;
        }
    }

    /// Returns the next event as text; `None` once closed. No event is lost if the future is dropped.
    pub async fn next_event(&self) -> Option<Arc<str>> {
        loop {
            let changed = self.shared.changed.notified();
            tokio::pin!(changed);
            changed.as_mut().enable();
            if let Some(event) = self.shared.take_event(self.core) {
                return Some(event);
            }
            if self.is_closed() {
                return None;
            }
            self.changed(changed).await;
        }
    }

    fn is_closed(&self) -> bool {
        self.closed.load(Ordering::SeqCst)
    }

    /// Waits until something changed, or until the network's next step is due.
    async fn changed(&self, seen: std::pin::Pin<&mut tokio::sync::futures::Notified<'_>>) {
        let next = self.shared.lock().next_step().map(|ts| self.shared.when(ts));
        match next {
            Some(at) => {
                if tokio::time::timeout_at(at, seen).await.is_err() {
                    drop(self.shared.current());
                    self.shared.changed.notify_waiters();
                }
            }
            None => seen.await,
        }
    }
}

#[async_trait]
impl ChatCore for SimCore {
    async fn send(&self, request: Request) -> Result<Frame, CoreError> {
        let answer = async {
            if self.is_closed() {
                return Err(CoreError::Closed { reason: "closed by its owner".into() });
            }
            Ok(Frame::parse(self.answer(request.text()).await))
        };
        let deadline = request.timeout().unwrap_or(DEADLINE);
        tokio::time::timeout(deadline, answer)
            .await
            .unwrap_or_else(|_| Err(CoreError::Timeout { command: request.words().to_owned(), after: deadline }))
    }

    async fn recv(&self) -> Option<CoreEvent> {
        let event = self.next_event().await?;
        Some(CoreEvent::Frame(Frame::parse(event.as_bytes().to_vec())))
    }

    async fn close(&self, _deadline: Duration) -> Result<(), CoreError> {
        if !self.closed.swap(true, Ordering::SeqCst) {
            let mut net = self.shared.current();
            let _ = net.command(self.core, "/_stop");
            net.close(self.core);
        }
        self.shared.changed.notify_waiters();
        Ok(())
    }
}
