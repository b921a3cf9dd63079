//! A bot: its name, where it keeps its data, and what it does with messages.

mod identity;
mod options;
mod register;
mod running;
mod starting;

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crate::core::ChatCore;
#[cfg(feature = "native")]
use crate::core::native::lib::Db;
#[cfg(feature = "native")]
use crate::core::native::{Confirm, LibSource};
#[cfg(feature = "health")]
use crate::endpoint::Listen;
use crate::error::BotError;
use crate::router::Router;
use crate::runtime::{ErrorHook, EventErrorHook, LaneBy, NoticeHook, Options, Witness};

pub(crate) use identity::Identity;
pub use running::{Handle, Running};
pub(crate) use starting::inside_tokio;

/// The default time that a bot has to stop.
const DRAIN: Duration = Duration::from_secs(10);

/// Where the core comes from.
enum Source {
    #[cfg(feature = "native")]
    Native(Db),
    Given(Arc<dyn ChatCore>),
}

/// Implemented by the state of a bot that has none yet, so that the compiler can explain a second call of `state`.
#[diagnostic::on_unimplemented(
    message = "this bot already has a state: `{Self}`",
    label = "a second state",
    note = "a bot has one state: for several values, use a struct, and implement `FromRef` for each part that handlers take"
)]
pub trait NoState {}

impl NoState for () {}

/// A bot to be run: its name, its database and its handlers.
///
/// `S` is the type of its state, which handlers can take as [`State`](crate::State).
///
/// ```
/// # use simplex_bot::prelude::*;
/// fn bot() -> Bot<&'static str> {
///     Bot::new("Greeter")
///         .welcome("Say something.")
///         .state("Good day")
///         .command("help", "What I do", async |msg: Message| msg.reply("I greet.").await)
///         .on(text(), async |msg: TextMessage, State(greeting): State<&'static str>| {
///             msg.reply(format!("{greeting}, {}!", msg.sender_name())).await
///         })
/// }
///
/// # async fn run() -> Result<(), BotError> {
/// bot().db(Db::sqlite("./greeter")).run().await
/// # }
/// # simplex_bot::testing::run(async {
/// #     let net = simplex_bot::testing::TestNetwork::new();
/// #     let alice = net.person("alice").connects_to(&net.start(bot).await).await;
/// #     alice.expect("Say something.").await;
/// #     alice.send("hello").await;
/// #     alice.expect("Good day, alice!").await;
/// # });
/// ```
#[must_use = "a bot does nothing until it is run"]
pub struct Bot<S = ()> {
    pub(crate) setting: Setting,
    router: Router<S>,
    state: S,
}

/// All of a bot except its handlers and their state.
pub(crate) struct Setting {
    source: Option<Source>,
    #[cfg(feature = "native")]
    library: Option<LibSource>,
    identity: Identity,
    options: Options,
    lane_by: Option<LaneBy>,
    on_error: Option<ErrorHook>,
    on_poison: Option<ErrorHook>,
    on_event_error: Option<EventErrorHook>,
    on_notice: Option<NoticeHook>,
    witness: Option<Witness>,
    pub(crate) state_file: Option<PathBuf>,
    drain: Duration,
    #[cfg(feature = "health")]
    health: Option<Listen>,
    #[cfg(feature = "native")]
    confirm: Confirm,
}

impl Setting {
    /// Finds what cannot work.
    ///
    /// # Errors
    /// [`BotError::Config`].
    fn check(&self) -> Result<(), BotError> {
        self.identity.check()?;
        #[cfg(feature = "health")]
        if let Some(place) = &self.health {
            place.address()?;
        }
        if self.options.handler_timeout.is_some_and(|limit| limit.is_zero()) {
            return Err(BotError::Config("no handler ends within no time: `.handler_timeout(…)` is zero".to_owned()));
        }
        Ok(())
    }
}

impl Bot {
    /// Creates a bot with this name, the one that people see.
    ///
    /// If the database has a single profile, that profile is given the name. If it has several, the bot is the one with
    /// the name; if none has it, the bot does not start.
    pub fn new(name: impl Into<String>) -> Self {
        let setting = Setting {
            source: None,
            #[cfg(feature = "native")]
            library: None,
            identity: Identity::bot(name.into()),
            options: Options::default(),
            lane_by: None,
            on_error: None,
            on_poison: None,
            on_event_error: None,
            on_notice: None,
            witness: None,
            state_file: None,
            drain: DRAIN,
            #[cfg(feature = "health")]
            health: None,
            #[cfg(feature = "native")]
            confirm: Confirm::YesUp,
        };
        Self { setting, router: Router::new(), state: () }
    }
}

impl<S: Send + Sync + 'static> Bot<S> {
    /// Sets the bot's state, which handlers can take, whole or in part, as [`State`](crate::State).
    ///
    /// Handlers that are registered from here on can use it. A bot has one state: for several values, make a struct and
    /// implement [`FromRef`](crate::FromRef) for its parts.
    pub fn state<T: Send + Sync + 'static>(self, state: T) -> Bot<T>
    where
        S: NoState,
    {
        Bot { setting: self.setting, router: self.router.with_state(self.state), state }
    }

    /// Keeps the bot's data in this database, with the core in this process.
    ///
    /// The core's library is loaded from the folder in `SIMPLEX_LIBS_DIR` if set, else from the cache, else it is
    /// downloaded once.
    #[cfg(feature = "native")]
    pub fn db(mut self, db: Db) -> Self {
        self.setting.source = Some(Source::Native(db));
        self
    }

    /// Takes the core's library from somewhere other than the default places, which [`db`](Self::db) describes.
    #[cfg(feature = "native")]
    pub fn library(mut self, library: LibSource) -> Self {
        self.setting.library = Some(library);
        self
    }

    /// Sets how the core may migrate a database of another version; by default it upgrades an older one.
    #[cfg(feature = "native")]
    pub fn migrations(mut self, confirm: Confirm) -> Self {
        self.setting.confirm = confirm;
        self
    }

    /// Uses a core that is already open: over WebSocket, simulated, or your own.
    ///
    /// If it says where its database is, it is told to keep files under way beside that
    /// ([`temp_folder`](ChatCore::temp_folder)), whatever it was told before. But if its chat was already started, it
    /// goes on with the folder it had: then a file whose place is on another file system or mount is never complete.
    ///
    /// To use a `simplex-chat` CLI instead of the in-process core, with the feature `websocket`:
    ///
    /// ```no_run
    /// # #[cfg(feature = "websocket")]
    /// # async fn run() -> Result<(), simplex_bot::BotError> {
    /// use std::sync::Arc;
    ///
    /// use simplex_bot::core::websocket::{CliOptions, WebSocketCore, WebSocketOptions};
    /// use simplex_bot::prelude::*;
    ///
    /// // Starts a CLI and keeps it running. `WebSocketCore::connect` uses one that is already running: then set a
    /// // `.state_file(…)`, too.
    /// let cli = WebSocketCore::spawn(CliOptions::new("./desk"), WebSocketOptions::default()).await?;
    /// Bot::new("Desk").core(Arc::new(cli)).on(any(), async |_: Message| {}).run().await
    /// # }
    /// ```
    pub fn core(mut self, core: Arc<dyn ChatCore>) -> Self {
        self.setting.source = Some(Source::Given(core));
        self
    }

    /// The bot's name.
    #[cfg(feature = "test")]
    pub(crate) fn name(&self) -> &str {
        &self.setting.identity.name
    }

    /// Lets a test see everything that goes wrong.
    #[cfg(feature = "test")]
    pub(crate) fn witness(mut self, witness: Witness) -> Self {
        self.setting.witness = Some(witness);
        self
    }

    /// Makes the bot a person: no address, not shown as a bot. For a [`Client`](crate::Client).
    pub(crate) fn person(mut self) -> Self {
        self.setting.identity.person = true;
        self
    }
}

impl<S> fmt::Debug for Bot<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bot").field("name", &self.setting.identity.name).finish_non_exhaustive()
    }
}
