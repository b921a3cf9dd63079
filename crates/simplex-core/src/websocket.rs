//! The core over the WebSocket of a `simplex-chat` CLI, either a running one or one that is started and supervised
//! here.
//!
//! Differences from the in-process core:
//!
//! | | in-process | CLI started here | CLI that is already running |
//! |---|---|---|---|
//! | commands | concurrent | one after another | one after another |
//! | [`Urgency::Control`](crate::Urgency) passes hung commands | yes | no | no |
//! | events while nobody is connected | - | wait in the CLI, lost when it ends | same, but others may take them |
//! | `/_stop` | stops the chat | ends the CLI; sent only by `close` | refused: it would end the CLI |
//! | `close` | stops the chat, closes the store | ends the CLI | ends the connection |
//! | encrypted files | yes | no | no |
//! | longest command | any | 32 MiB | 32 MiB |

mod cli;
mod connection;

use std::collections::VecDeque;
use std::collections::btree_map::{BTreeMap, Entry};
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use secrecy::SecretString;
use tokio::sync::{Semaphore, mpsc, oneshot, watch};
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout_at};

use crate::events::{EventBuffer, EventLimits};
use crate::{ChatCore, CoreError, CoreEvent, DROP_DEADLINE, Frame, Request, deadline_in};
use cli::Cli;
pub use cli::CliOptions;
use connection::{Peer, Socket};

/// Options of a connection to a CLI.
#[derive(Clone)]
#[non_exhaustive]
pub struct WebSocketOptions {
    /// Allows connections to other machines. The CLI has no authentication: put a proxy with TLS and a password in
    /// front of it.
    pub allow_remote: bool,
    /// The user and password for such a proxy.
    pub basic_auth: Option<(String, SecretString)>,
    /// A certificate (DER) that the proxy's certificate is signed with, in addition to the public ones.
    #[cfg(feature = "websocket-tls")]
    pub root_certificate: Option<Vec<u8>>,
    /// The deadline of connecting, and of the first answer of a CLI that is started.
    pub connect_timeout: Duration,
    /// The deadline of commands without their own.
    pub command_timeout: Duration,
    /// How often the connection is pinged.
    pub ping_interval: Duration,
    /// How long the connection may stay silent after that, and how long a write may take. While a command is in
    /// progress, this counts from the command's deadline: a CLI that is busy answers nothing else.
    pub ping_timeout: Duration,
    /// The delay before the first attempt to reconnect; doubled up to `max_backoff`, and randomised by half.
    pub min_backoff: Duration,
    /// The longest delay between attempts, five seconds by default: whoever writes meanwhile waits for it. After a
    /// connection that lasted at least this long, delays start at `min_backoff` again.
    pub max_backoff: Duration,
    /// The largest answer or event that is accepted, in bytes, 256 MiB by default. The limit is generous because a
    /// larger one ends the connection, and may well be requested again after reconnecting.
    pub max_message: usize,
    /// How many commands may be in progress at once; further ones wait until their deadline.
    pub queued_commands: usize,
    /// How many events are buffered for a consumer slower than the core.
    pub events: EventLimits,
}

impl Default for WebSocketOptions {
    fn default() -> Self {
        Self {
            allow_remote: false,
            basic_auth: None,
            #[cfg(feature = "websocket-tls")]
            root_certificate: None,
            connect_timeout: Duration::from_secs(30),
            command_timeout: Duration::from_secs(60),
            ping_interval: Duration::from_secs(30),
            ping_timeout: Duration::from_secs(10),
            min_backoff: Duration::from_millis(500),
            max_backoff: Duration::from_secs(5),
            max_message: 256 << 20,
            queued_commands: 256,
            events: EventLimits::default(),
        }
    }
}

impl fmt::Debug for WebSocketOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebSocketOptions")
            .field("allow_remote", &self.allow_remote)
            .field("basic_auth", &self.basic_auth.is_some())
            .finish_non_exhaustive()
    }
}

/// Why there is no connection to a CLI.
#[derive(Clone, thiserror::Error)]
#[non_exhaustive]
pub enum ConnectError {
    /// The address cannot be used, or not with these options.
    #[error("`{url}` cannot be connected to: {reason}")]
    Address {
        /// The address, without a password.
        url: String,
        /// The reason.
        reason: String,
    },
    /// Nothing listens there, or the connection broke.
    #[error("no connection to {url}: {reason}; is `simplex-chat -p PORT` running?")]
    Unreachable {
        /// The address.
        url: String,
        /// The system's message.
        reason: String,
    },
    /// The peer is not a CLI.
    #[error("what listens at {url} is not a simplex-chat CLI: {reason}")]
    NotACore {
        /// The address.
        url: String,
        /// What it did.
        reason: String,
    },
    /// The program could not be started.
    #[error("{program} cannot be started: {reason}; is it installed, and in the PATH?")]
    Start {
        /// The program.
        program: String,
        /// The system's message.
        reason: String,
    },
    /// The program ended before it answered.
    #[error("{program} ended ({status}) before it answered{colon}{output}", colon = if .output.is_empty() { "" } else { ": " })]
    Ended {
        /// The program.
        program: String,
        /// Its exit status.
        status: String,
        /// The last lines of its output. Empty if it had answered before, because it then prints what people send.
        output: String,
    },
    /// The CLI's port is already in use.
    #[error(
        "port {port} is taken ({reason}): end the process that has it, maybe a CLI that a killed program left, or choose another"
    )]
    PortTaken {
        /// The port.
        port: u16,
        /// The system's message.
        reason: String,
    },
    /// No answer in time.
    #[error(
        "no answer from {url} within {after:?}; a CLI that migrates a large database needs a longer `connect_timeout`"
    )]
    Timeout {
        /// The address.
        url: String,
        /// The deadline that passed.
        after: Duration,
    },
}

/// Its message: `unwrap`, and a `main` that returns it in a box, print that.
impl fmt::Debug for ConnectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A core over the WebSocket of a CLI.
///
/// ```no_run
/// use simplex_core::websocket::{WebSocketCore, WebSocketOptions};
/// use simplex_core::{ChatCore, Request};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let core = WebSocketCore::connect("ws://127.0.0.1:5225", WebSocketOptions::default()).await?;
/// println!("{}", core.send(Request::new("/version")?).await?.body());
/// # Ok(())
/// # }
/// ```
///
/// If the connection breaks, it is restored, until [`ChatCore::close`]. A core that is dropped without that is closed
/// in the background.
#[derive(Debug)]
pub struct WebSocketCore {
    shared: Arc<Shared>,
    close: watch::Sender<Option<Instant>>,
    task: tokio::sync::Mutex<Option<JoinHandle<()>>>,
    /// The database of a CLI that was started here.
    database: Option<PathBuf>,
}

/// State shared between callers and the connection's task.
struct Shared {
    url: String,
    options: WebSocketOptions,
    events: EventBuffer,
    pending: Mutex<BTreeMap<u64, Pending>>,
    next_id: AtomicU64,
    outgoing: mpsc::Sender<(u64, String)>,
    room: Semaphore,
    state: watch::Sender<State>,
}

/// A command that waits for its answer.
struct Pending {
    answer: oneshot::Sender<Result<Frame, CoreError>>,
    command: String,
    deadline: Instant,
    /// Whether it was written to the connection.
    written: bool,
}

#[derive(Debug, Clone)]
enum State {
    Connected,
    Disconnected(String),
    Closed,
}

impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shared").field("url", &self.url).field("state", &*self.state.borrow()).finish_non_exhaustive()
    }
}

impl WebSocketCore {
    /// Connects to a running CLI, such as `simplex-chat -p 5225` at `ws://127.0.0.1:5225`. This must be its only
    /// client: all clients of one CLI share its events. It should run with a locale of UTF-8, such as `LANG=C.UTF-8`:
    /// without one, as in a container, it ends at its start if the profile's name is not ASCII, and cannot make files of
    /// such names. And with a `TMPDIR` on the file system to which received files go: it cannot move them there from
    /// another one, and such a file never ends.
    ///
    /// # Errors
    /// [`ConnectError`] if the peer does not answer as a CLI does.
    ///
    /// # Cancel safety
    /// If the future is dropped, so is the connection.
    pub async fn connect(url: impl Into<String>, options: WebSocketOptions) -> Result<Self, ConnectError> {
        let url = url.into();
        connection::check_address(&url, &options)?;
        let deadline = deadline_in(options.connect_timeout);
        let (socket, first) = connection::open(&url, &options, deadline).await?;
        Ok(Self::run(url, options, socket, first, Peer::Remote))
    }

    /// Starts a CLI, waits until it answers, and restarts it whenever it ends. If this program is killed, the CLI
    /// keeps running: see [`CliOptions::port`].
    ///
    /// ```no_run
    /// use std::time::Duration;
    /// use simplex_core::ChatCore;
    /// use simplex_core::websocket::{CliOptions, WebSocketCore, WebSocketOptions};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let mut cli = CliOptions::new("data/bot");
    /// cli.create_bot = Some("Squaring bot".to_owned());
    /// let core = WebSocketCore::spawn(cli, WebSocketOptions::default()).await?;
    /// // Ends the CLI, too.
    /// core.close(Duration::from_secs(10)).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`ConnectError`], with the CLI's last output if it ends instead of answering.
    ///
    /// # Cancel safety
    /// If the future is dropped, the CLI is ended.
    pub async fn spawn(cli: CliOptions, options: WebSocketOptions) -> Result<Self, ConnectError> {
        let deadline = deadline_in(options.connect_timeout);
        let (cli, socket, first) = Cli::start(cli, &options, deadline).await?;
        Ok(Self::run(cli.url().to_owned(), options, socket, first, Peer::Own(Box::new(cli))))
    }

    /// Asks the task to end by then; false if it was asked before.
    fn begin_close(&self, by: Instant) -> bool {
        self.close.send_if_modified(|close| close.is_none() && close.replace(by).is_none())
    }

    fn run(url: String, options: WebSocketOptions, socket: Socket, first: Option<Frame>, peer: Peer) -> Self {
        let queued = options.queued_commands.clamp(1, 1 << 20);
        let (outgoing, queue) = mpsc::channel(queued);
        let (close, closing) = watch::channel(None);
        let database = match &peer {
            Peer::Own(cli) => Some(cli.database().to_owned()),
            Peer::Remote => None,
        };
        let shared = Arc::new(Shared {
            url,
            events: EventBuffer::new(options.events),
            pending: Mutex::default(),
            // 0 is used to check that it is a CLI.
            next_id: AtomicU64::new(1),
            outgoing,
            room: Semaphore::new(queued),
            state: watch::channel(State::Connected).0,
            options,
        });
        if let Some(frame) = first {
            shared.events.push(frame.into());
        }
        let task = tokio::spawn(connection::run(shared.clone(), socket, peer, queue, closing));
        Self { shared, close, task: tokio::sync::Mutex::new(Some(task)), database }
    }
}

impl Shared {
    fn pending(&self) -> MutexGuard<'_, BTreeMap<u64, Pending>> {
        self.pending.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Until when silence is normal: a CLI that is busy with a command and has received another one reads no further.
    fn busy_until(&self) -> Option<Instant> {
        let (mut pending, now) = (self.pending(), Instant::now());
        // Commands whose deadline has passed and that nobody waits for do not count.
        pending.retain(|_, pending| pending.deadline > now || !pending.answer.is_closed());
        pending.values().find(|pending| pending.written).map(|oldest| oldest.deadline)
    }

    /// Passes an answer to its command's caller, or an event to the consumer.
    fn take(&self, frame: Frame) {
        let Some(id) = frame.corr_id() else {
            self.events.push(frame.into());
            return;
        };
        let pending = id.parse().ok().and_then(|id: u64| self.pending().remove(&id));
        match pending {
            Some(pending) => {
                pending.answer.send(Ok(frame)).ok();
            }
            None if id == "0" => {}
            // Its caller no longer waits.
            None => tracing::debug!(tag = frame.tag(), "an answer that nobody waits for"),
        }
    }

    /// Fails all pending commands after the connection was lost. Those that were not written get the error that `unsent`
    /// makes of the reason.
    fn lose(&self, reason: &str, unsent: impl Fn(String) -> CoreError) {
        let pending = std::mem::take(&mut *self.pending());
        for Pending { answer, command, written, .. } in pending.into_values() {
            let reason = reason.to_owned();
            let error = match written {
                true => CoreError::Interrupted { command, reason },
                false => unsent(reason),
            };
            answer.send(Err(error)).ok();
        }
    }
}

/// Forgets a command whose caller went away, unless it was written: then the CLI is busy with it until its answer.
struct Forget<'a>(&'a Shared, u64);

impl Drop for Forget<'_> {
    fn drop(&mut self) {
        if let Entry::Occupied(pending) = self.0.pending().entry(self.1)
            && !pending.get().written
        {
            pending.remove();
        }
    }
}

#[async_trait]
impl ChatCore for WebSocketCore {
    async fn send(&self, request: Request) -> Result<Frame, CoreError> {
        let shared = &*self.shared;
        let after = request.timeout().unwrap_or(shared.options.command_timeout);
        let deadline = deadline_in(after);
        let command = request.words().to_owned();
        if request.text().split(' ').next() == Some("/_stop") {
            return Err(CoreError::Refused { command, why: "it ends the CLI: close the core instead" });
        }
        let closed = || CoreError::Closed { reason: "it was asked to close".to_owned() };
        match &*shared.state.borrow() {
            State::Connected if self.close.borrow().is_none() => {}
            State::Connected | State::Closed => return Err(closed()),
            State::Disconnected(reason) => return Err(CoreError::Unavailable { reason: reason.clone() }),
        }
        let busy = || CoreError::Unavailable {
            reason: format!("too many commands were under way for {after:?}, so `{command}` was not sent"),
        };
        let _room = timeout_at(deadline, shared.room.acquire()).await.map_err(|_| busy())?.map_err(|_| closed())?;
        let id = shared.next_id.fetch_add(1, Ordering::Relaxed);
        let text = serde_json::json!({ "corrId": id.to_string(), "cmd": request.text() }).to_string();
        if text.len() > connection::MAX_COMMAND {
            return Err(CoreError::Refused { command, why: "it is longer than 32 MiB" });
        }
        let (answer, answered) = oneshot::channel();
        shared.pending().insert(id, Pending { answer, command: command.clone(), deadline, written: false });
        let _forget = Forget(shared, id);
        timeout_at(deadline, shared.outgoing.send((id, text))).await.map_err(|_| busy())?.map_err(|_| closed())?;
        match timeout_at(deadline, answered).await {
            Ok(Ok(result)) => result,
            Ok(Err(_)) => Err(closed()),
            // Checked and removed under one lock, so that it is not written in between.
            Err(_) if shared.pending().remove(&id).is_some_and(|pending| !pending.written) => Err(busy()),
            Err(_) => Err(CoreError::Timeout { command, after }),
        }
    }

    async fn recv(&self) -> Option<CoreEvent> {
        self.shared.events.recv().await
    }

    fn take_ready(&self, most: usize, into: &mut VecDeque<CoreEvent>) {
        self.shared.events.take_ready(most, into);
    }

    async fn close(&self, deadline: Duration) -> Result<(), CoreError> {
        let until = deadline_in(deadline);
        self.begin_close(until);
        // Held across the wait so that a second caller waits too; the wait has a deadline.
        let late = || CoreError::Timeout { command: "close".to_owned(), after: deadline };
        let mut task = timeout_at(until, self.task.lock()).await.map_err(|_| late())?;
        let Some(running) = task.as_mut() else { return Ok(()) };
        // The task ends by the deadline itself, so this waits a little longer.
        let ended = timeout_at(until + Duration::from_millis(250), &mut *running).await;
        if ended.is_err() {
            running.abort();
        }
        *task = None;
        self.shared.events.end();
        ended.map(drop).map_err(|_| late())
    }

    fn owns_chat(&self) -> bool {
        self.database.is_some()
    }

    fn database(&self) -> Option<&Path> {
        self.database.as_deref()
    }
}

impl Drop for WebSocketCore {
    fn drop(&mut self) {
        if self.begin_close(deadline_in(DROP_DEADLINE)) {
            tracing::warn!(
                url = self.shared.url,
                "the core was dropped without being closed: it is closed in the background"
            );
        }
    }
}
