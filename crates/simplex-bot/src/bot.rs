//! A bot: what it is called, where it keeps its data, and what it does with messages.

mod register;

use std::fmt;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use crate::api::ChatApi;
use crate::core::ChatCore;
#[cfg(feature = "native")]
use crate::core::native::lib::Db;
#[cfg(feature = "native")]
use crate::core::native::{Confirm, LibSource, NativeCore, NativeOptions, RuntimeOptions, load};
use crate::error::BotError;
use crate::message::Message;
use crate::router::Router;
use crate::runtime::{Failure, Parts, Runtime};
use crate::setup::{self, Identity};
use crate::signals::Signals;
use crate::terminal;
use crate::types::{MsgContent, User};

/// Handlers that run at the same time, unless told otherwise.
const IN_FLIGHT: usize = 256;
/// The time that running handlers have to end when the bot stops, unless told otherwise.
const DRAIN: Duration = Duration::from_secs(10);
/// The time that the core has to close, after the handlers ended.
const CLOSE: Duration = Duration::from_secs(10);

/// Where the core comes from.
enum Source {
    #[cfg(feature = "native")]
    Native(Db, Box<LibSource>, RuntimeOptions),
    Given(Arc<dyn ChatCore>),
}

/// A bot in the making.
///
/// `S` is its state: what handlers may take as [`State`](crate::State).
///
/// ```no_run
/// # use simplex_bot::prelude::*;
/// # async fn run() -> Result<(), BotError> {
/// Bot::new("Echo")
///     .db(Db::sqlite("./echo"))
///     .on(text(), async |msg: TextMessage| msg.reply(msg.text()).await)
///     .run()
///     .await
/// # }
/// ```
#[must_use = "a bot does nothing until it is run"]
pub struct Bot<S = ()> {
    source: Option<Source>,
    identity: Identity,
    router: Router<S>,
    state: S,
    on_error: Option<ErrorHook>,
    in_flight: usize,
    drain: Duration,
}

type ErrorHook = Box<dyn Fn(&Message, &Failure) + Send + Sync>;

impl Bot {
    /// A bot with this name, as people see it.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            source: None,
            identity: Identity::bot(name.into()),
            router: Router::new(),
            state: (),
            on_error: None,
            in_flight: IN_FLIGHT,
            drain: DRAIN,
        }
    }

    /// Gives the bot a state, for handlers to take (parts of) as [`State`](crate::State).
    ///
    /// Handlers that are registered from here on may use it.
    pub fn state<S: Send + Sync + 'static>(self, state: S) -> Bot<S> {
        Bot {
            source: self.source,
            identity: self.identity,
            router: self.router.with_state(()),
            state,
            on_error: self.on_error,
            in_flight: self.in_flight,
            drain: self.drain,
        }
    }
}

impl<S: Send + Sync + 'static> Bot<S> {
    /// Keeps the bot's data in this database, with the core in this process.
    ///
    /// The library is taken from the folder in `SIMPLEX_LIBS_DIR`, else from the cache, else it is fetched once.
    #[cfg(feature = "native")]
    pub fn db(mut self, db: Db) -> Self {
        let (library, options) = match self.source {
            Some(Source::Native(_, library, options)) => (library, options),
            _ => Default::default(),
        };
        self.source = Some(Source::Native(db, library, options));
        self
    }

    /// Takes the core's library from elsewhere than [`db`](Self::db) does. Call `db` first.
    #[cfg(feature = "native")]
    pub fn library(mut self, library: LibSource) -> Self {
        if let Some(Source::Native(_, from, _)) = &mut self.source {
            **from = library;
        }
        self
    }

    /// Uses a core that is open already: over WebSocket, simulated, or one's own.
    pub fn core(mut self, core: Arc<dyn ChatCore>) -> Self {
        self.source = Some(Source::Given(core));
        self
    }

    /// What new contacts are sent at once. Unset, whatever the address says already stays.
    pub fn welcome(mut self, text: impl Into<String>) -> Self {
        self.identity.welcome = Some(MsgContent::text(text));
        self
    }

    /// Is told of every message whose handling failed, in place of a line in the log.
    pub fn on_error(mut self, hook: impl Fn(&Message, &Failure) + Send + Sync + 'static) -> Self {
        self.on_error = Some(Box::new(hook));
        self
    }

    /// How many handlers may run at the same time; 256 unless set, at least 1.
    pub fn in_flight(mut self, handlers: usize) -> Self {
        self.in_flight = handlers.max(1);
        self
    }

    /// The time that running handlers have to end when the bot stops; 10 s unless set.
    pub fn drain(mut self, deadline: Duration) -> Self {
        self.drain = deadline;
        self
    }

    /// Opens the core, brings user, address and profile to what the bot says, and serves.
    ///
    /// # Errors
    /// [`BotError`] when any of that fails; the core is closed again then.
    ///
    /// # Cancel safety
    /// When the future is dropped, what was opened is closed in the background.
    pub async fn start(mut self) -> Result<Running, BotError> {
        let core = open(self.source.take()).await?;
        self.serve(core).await
    }

    /// [`start`](Self::start)s, shows the address, and serves until Ctrl-C or SIGTERM: then running handlers may end,
    /// and the core is closed. A second signal does not wait for handlers.
    ///
    /// # Errors
    /// [`BotError`] when the bot does not start, when its core ends, or when handlers had to be cancelled.
    pub async fn run(mut self) -> Result<(), BotError> {
        log_to_stderr();
        let mut signals = Signals::new().map_err(BotError::Signals)?;
        let name = self.identity.name.clone();
        let core = tokio::select! {
            core = open(self.source.take()) => core?,
            () = signals.next() => return Ok(()),
        };
        let started = tokio::select! {
            running = self.serve(Arc::clone(&core)) => Some(running?),
            () = signals.next() => None,
        };
        let Some(mut running) = started else {
            return Ok(core.close(CLOSE).await?);
        };
        if let Some(address) = running.address() {
            terminal::show_address(&name, address);
        }
        tokio::select! {
            () = signals.next() => running.stop_unless(signals.next()).await,
            () = running.core_ended() => {
                running.stop().await?;
                Err(BotError::CoreEnded)
            }
        }
    }

    async fn serve(self, core: Arc<dyn ChatCore>) -> Result<Running, BotError> {
        let api = ChatApi::new(Arc::clone(&core));
        let ready = match setup::prepare(&api, &self.identity, &self.router.commands()).await {
            Ok(ready) => ready,
            Err(error) => {
                // What failed first is what the caller is told.
                let _ = core.close(CLOSE).await;
                return Err(error);
            }
        };
        let Self { router, state, on_error, in_flight, drain, .. } = self;
        let wants_messages = !router.is_empty();
        let runtime = Runtime::start(Parts {
            api: api.clone(),
            user: ready.user.user_id,
            dispatch: Box::new(move |message| router.dispatch(message, &state)),
            on_error: on_error.unwrap_or_else(|| Box::new(log_failure)),
            wants_messages,
            in_flight,
        });
        Ok(Running { api, user: ready.user, address: ready.address, runtime, drain })
    }
}

impl<S> fmt::Debug for Bot<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bot").field("name", &self.identity.name).finish_non_exhaustive()
    }
}

async fn open(source: Option<Source>) -> Result<Arc<dyn ChatCore>, BotError> {
    match source {
        #[cfg(feature = "native")]
        Some(Source::Native(db, library, options)) => {
            let library = load(*library, options, terminal::Fetching::default().into_observer()).await?;
            Ok(Arc::new(NativeCore::open(library, db, Confirm::YesUp, NativeOptions::default()).await?))
        }
        Some(Source::Given(core)) => Ok(core),
        None => Err(BotError::Config("it has no database; give it one with `.db(Db::sqlite(\"./my_bot\"))`".into())),
    }
}

/// Warnings go to standard error, unless the program has a subscriber of its own: a bot that fails in silence is of no
/// use to anybody.
fn log_to_stderr() {
    #[cfg(feature = "log")]
    let _ = tracing_subscriber::fmt().with_writer(std::io::stderr).with_max_level(tracing::Level::WARN).try_init();
}

fn log_failure(message: &Message, failure: &Failure) {
    tracing::error!(chat = %message.chat().chat_ref(), item = %message.id(), "{failure}");
}

/// A bot that serves.
///
/// Dropped without [`stop`](Self::stop), it goes on until its core ends.
#[derive(Debug)]
pub struct Running {
    api: ChatApi,
    user: User,
    address: Option<String>,
    runtime: Runtime,
    drain: Duration,
}

impl Running {
    /// The commands of the bot's core.
    pub fn api(&self) -> &ChatApi {
        &self.api
    }

    /// The profile that the bot acts as.
    pub fn user(&self) -> &User {
        &self.user
    }

    /// The address that people connect to: the short link, where there is one.
    pub fn address(&self) -> Option<&str> {
        self.address.as_deref()
    }

    /// Returns when the core ended by itself.
    ///
    /// # Cancel safety
    /// Cancel safe.
    pub async fn core_ended(&mut self) {
        self.runtime.core_ended().await;
    }

    /// Stops: takes no more messages, lets running handlers end, marks what they handled, closes the core.
    ///
    /// # Errors
    /// [`BotError::DrainTimeout`] when handlers had to be cancelled; their messages stay unread. The core is closed
    /// nevertheless. [`BotError::Core`] when it did not close.
    pub async fn stop(self) -> Result<(), BotError> {
        self.stop_unless(std::future::pending()).await
    }

    /// [`stop`](Self::stop)s, but waits for handlers no longer when `force` is ready.
    async fn stop_unless(self, force: impl Future<Output = ()>) -> Result<(), BotError> {
        let core = Arc::clone(self.api.core());
        let drained = self.runtime.stop(self.drain, force).await;
        core.close(CLOSE).await?;
        drained
    }
}
