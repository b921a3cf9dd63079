//! How a bot starts.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use tokio::sync::watch;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::running::{CLOSE, Handle, Running, Shared};
use super::{Bot, Source};
use crate::api::{ChatApi, CoreError};
use crate::command::{CommandEntry, keep_in_groups};
use crate::core::ChatCore;
#[cfg(feature = "native")]
use crate::core::native::{NativeCore, NativeOptions, RuntimeOptions, load};
#[cfg(feature = "health")]
use crate::endpoint::Bound;
use crate::error::BotError;
use crate::message::Message;
use crate::runtime::{
    AttemptHook, Backlog, Baseline, Delivery, Engine, Failure, Gone, Journal, Meters, Parts, Runtime, first_baseline,
    is_hidden,
};
use crate::schedule::Jobs;
use crate::setup;
use crate::signals::Signals;
use crate::terminal;
use crate::types::{User, UserId, bot_command};

impl<S: Send + Sync + 'static> Bot<S> {
    /// Opens the core, updates user, address and profile to what the bot is set to, and starts serving: for a bot inside
    /// a program that does other things, too. Signals and the log are left to the program: see
    /// [`Running::until_signal`].
    ///
    /// # Errors
    /// [`BotError`] if any of that fails; the core is then closed again. [`BotError::AlreadyServing`] if another bot
    /// serves the database or the core, [`BotError::Misplaced`] outside of a tokio runtime.
    ///
    /// # Cancel safety
    /// If the future is dropped, what was opened is closed in the background.
    pub async fn start(mut self) -> Result<Running, BotError> {
        inside_tokio()?;
        let core = open(&mut self).await?;
        self.serve(core).await
    }

    /// [`start`](Self::start)s the bot, shows its address, and serves until Ctrl-C, SIGTERM or, on Linux, SIGHUP; then lets
    /// running handlers end, and closes the core. A second signal cancels the handlers that still run
    /// and, if the core hangs, gives it up after a few seconds. A signal while the bot starts ends it, too, without an
    /// error. Under `nohup`, the SIGHUP of a closed terminal is ignored.
    ///
    /// # Errors
    /// [`BotError`] if the bot does not start, if its core ends, or if handlers had to be cancelled.
    ///
    /// # Cancel safety
    /// If the future is dropped, a running bot goes on until its core ends; one that is starting is closed in the
    /// background.
    pub async fn run(mut self) -> Result<(), BotError> {
        inside_tokio()?;
        log_to_stderr(self.setting.options.log_contacts || self.setting.options.log_network);
        if self.router.is_idle() {
            tracing::warn!("the bot has no handlers: what people write to it is left unread");
        }
        let mut signals = Signals::new().map_err(BotError::Signals)?;
        let name = self.setting.identity.name.clone();
        let core = tokio::select! {
            core = open(&mut self) => core?,
            () = signals.next() => return Ok(()),
        };
        let started = tokio::select! {
            running = self.serve(Arc::clone(&core)) => Some(running?),
            () = signals.next() => None,
        };
        let Some(running) = started else {
            return Ok(close(&*core).await?);
        };
        if let Some(address) = running.address() {
            terminal::show_address(&name, address);
        }
        running.until(signals).await
    }

    async fn serve(self, core: Arc<dyn ChatCore>) -> Result<Running, BotError> {
        // Fails before the core could be closed below: a core that another bot serves is not ours to close.
        let served = Served::begin(&core)?;
        let gone = Gone::default();
        let api = ChatApi::new(Arc::clone(&core)).with_layer(gone.clone());
        match self.prepare(&api, served, gone).await {
            Ok(running) => Ok(running),
            Err(error) => {
                // The caller gets the first error, not one from closing.
                let _ = close(&*core).await;
                Err(error)
            }
        }
    }

    async fn prepare(self, api: &ChatApi, served: Served, gone: Gone) -> Result<Running, BotError> {
        self.setting.check()?;
        let Self { setting, router, state } = self;
        #[cfg(feature = "health")]
        let bound = match &setting.health {
            Some(place) => Some(place.bind().await?),
            None => None,
        };
        let new_meters = || Meters::new(&setting.identity.name);
        #[cfg(feature = "health")]
        let (meters, counts, commands) = bound.as_ref().map_or_else(new_meters, |bound| bound.recording(new_meters));
        #[cfg(not(feature = "health"))]
        let (meters, counts, commands) = new_meters();
        let api = &api.clone().with_layer(commands);
        let journal = match setting.state_file.or_else(|| beside(&**api.core())) {
            Some(path) => Journal::open(&path)?,
            None => Journal::in_memory(),
        };
        let start = Baseline::now();
        let router = if setting.identity.group_menus { keep_in_groups(router) } else { router };
        let commands = router.command_list();
        let routes = Arc::new(router.build(state)?);
        let ready = setup::prepare(api, &setting.identity, &commands, &journal).await?;
        let api = &match setting.options.every_profile || setting.identity.person {
            true => api.for_user(ready.user.user_id),
            false => api.clone(),
        };
        let own = ready.user.user_id;
        let users = if setting.options.every_profile { api.list_users().await? } else { Vec::new() };
        let users: Vec<_> = users.into_iter().map(|info| *info.user).collect();
        let first_run = journal.baseline().is_none();
        let wants_messages = routes.wants_messages();
        if first_run && wants_messages && setting.options.delivery != Delivery::Off {
            if !journal.is_kept() && setting.options.backlog == Backlog::SinceFirstRun {
                tracing::warn!(
                    "the bot has no state file: it will not handle what arrives while it does not run; name one with \
                     `.state_file(…)`"
                );
            }
            journal.set_baseline(first_baseline(&views(api, own, &users), start).await);
        }
        let mut events = routes.events();
        if let (Some(events), Some(hook)) = (&mut events, setting.on_event_error) {
            events.on_error = hook;
        }
        // The dialogues need this before the first message is handled.
        let tell = routes.tell();
        let nothing_missed = first_run && setting.options.backlog == Backlog::SinceFirstRun;
        let engine = Engine::new(Parts {
            api: api.clone(),
            user: own,
            users,
            dispatch: routes.dispatch(),
            on_error: match setting.on_error {
                Some(hook) => Box::new(move |message, failure, _| hook(message, failure)),
                None => log_failures(&commands),
            },
            on_poison: setting.on_poison.unwrap_or_else(|| Box::new(log_poison)),
            on_notice: setting.on_notice,
            witness: setting.witness,
            events,
            wants_messages,
            options: setting.options,
            lane_by: setting.lane_by,
            journal,
            meters,
            counts,
        });
        gone.begin(&engine);
        let handle = Handle::new(Shared {
            api: api.clone(),
            user: ready.user,
            address: ready.address,
            #[cfg(feature = "health")]
            health_address: bound.as_ref().map(Bound::address),
            engine: Arc::downgrade(&engine),
            drain: setting.drain,
            stop: watch::Sender::new(None),
            force: CancellationToken::new(),
            supervisor: TaskTracker::new(),
            end: OnceLock::new(),
        });
        engine.set_handle(handle.clone());
        #[cfg(feature = "health")]
        let endpoint = bound.map(|bound| bound.serve(Arc::downgrade(&engine)));
        let last = async move {
            #[cfg(feature = "health")]
            if let Some(endpoint) = endpoint {
                endpoint.end().await;
            }
        };
        let runtime = Runtime::start(Arc::clone(&engine), nothing_missed);
        let jobs = Jobs::start(routes.jobs(api), routes.dialogues(), &tell, &engine);
        Ok(Running::begin(handle, runtime, jobs, served, last))
    }
}

/// Opens the core.
async fn open<S>(bot: &mut Bot<S>) -> Result<Arc<dyn ChatCore>, BotError>
where
    S: Send + Sync + 'static,
{
    let setting = &mut bot.setting;
    match setting.source.take() {
        #[cfg(feature = "native")]
        Some(Source::Native(db)) => {
            // Before a library is fetched and a database created for a bot that cannot start.
            bot.router.check()?;
            setting.check()?;
            let library = setting.library.take().unwrap_or_default();
            let library = load(library, RuntimeOptions::default(), terminal::fetching()).await?;
            let core = NativeCore::open(library, db, setting.confirm, NativeOptions::default()).await?;
            Ok(Arc::new(core))
        }
        Some(Source::Given(core)) => Ok(core),
        None => {
            Err(BotError::Config("the bot has no database; give it one with `.db(Db::sqlite(\"./my_bot\"))`".into()))
        }
    }
}

/// The path of the bot's own file beside its database, if it is known where that is.
fn beside(core: &dyn ChatCore) -> Option<PathBuf> {
    let mut path = core.database()?.to_owned().into_os_string();
    path.push("_bot.state");
    Some(path.into())
}

/// Closes the core of a bot that did not start. One that exceeds its own deadline must not hold up the program.
async fn close(core: &dyn ChatCore) -> Result<(), CoreError> {
    let late = |_| CoreError::Timeout { command: "close".into(), after: CLOSE };
    timeout(CLOSE + CLOSE / 5, core.close(CLOSE)).await.map_err(late)?
}

/// Views of the profiles that the bot serves: its own, and of all `users` those that are not hidden from it.
fn views(api: &ChatApi, own: UserId, users: &[User]) -> Vec<(UserId, ChatApi)> {
    let others = users.iter().filter(|user| user.user_id != own && !is_hidden(user, own));
    let others = others.map(|user| (user.user_id, api.for_user(user.user_id)));
    std::iter::once((own, api.clone())).chain(others).collect()
}

/// Checks for a tokio runtime: without one, the first use of tokio would panic, and not say what to do.
pub(crate) fn inside_tokio() -> Result<(), BotError> {
    tokio::runtime::Handle::try_current().map(drop).map_err(|_| {
        BotError::Misplaced(
            "bots and clients run inside of tokio: put `#[tokio::main]` above an `async fn main`, or run this by \
             `block_on` of a `tokio::runtime::Runtime`; `blocking::Client` does without"
                .into(),
        )
    })
}

/// Logs warnings to standard error, unless the program has a subscriber of its own: a bot that fails silently is of no
/// use to anybody.
fn log_to_stderr(more: bool) {
    #[cfg(feature = "log")]
    {
        let level = if more { tracing::Level::INFO } else { tracing::Level::WARN };
        // If writing to standard error fails, do not report that to standard error: it would panic.
        let log = tracing_subscriber::fmt().with_writer(std::io::stderr).with_ansi(false).log_internal_errors(false);
        let _ = log.with_max_level(level).try_init();
    }
    #[cfg(not(feature = "log"))]
    let _ = more;
}

/// Logs each failed attempt. Of the message's text, only the keyword is logged, and only of the bot's own commands.
fn log_failures(commands: &[CommandEntry]) -> AttemptHook {
    let keywords: HashSet<String> = commands.iter().flat_map(CommandEntry::names).map(str::to_owned).collect();
    Box::new(move |message, failure, attempt| {
        let keyword = bot_command(message.text()).map(|(keyword, _)| keyword);
        let command = keyword.filter(|keyword| keywords.contains(*keyword));
        let (chat, item, handler) = (message.chat_ref(), message.id(), message.handler());
        if let Failure::Unanswered(error) = failure {
            return tracing::info!(%chat, %item, handler, command, "nobody is asked again: {error}");
        }
        let next = match attempt.again {
            Some(delay) => format!("it is handled again in {delay:?}"),
            None => "that was the last attempt".to_owned(),
        };
        let attempt = format_args!("{} of {}", attempt.number, attempt.of);
        tracing::error!(%chat, %item, handler, command, %attempt, "{failure}; {next}");
    })
}

fn log_poison(message: &Message, failure: &Failure) {
    let handler = message.handler();
    let (chat, item) = (message.chat_ref(), message.id());
    tracing::error!(%chat, %item, handler, "the message is given up, and not handled again: {failure}");
}

/// The addresses of the cores that bots of this process serve.
static SERVED: Mutex<Vec<usize>> = Mutex::new(Vec::new());

/// Marks a core as served by a bot, because a core has only one consumer of its events.
pub(super) struct Served(usize);

impl Served {
    fn begin(core: &Arc<dyn ChatCore>) -> Result<Self, BotError> {
        let address = Arc::as_ptr(core).cast::<()>() as usize;
        let mut served = SERVED.lock().unwrap_or_else(PoisonError::into_inner);
        if served.contains(&address) {
            return Err(BotError::AlreadyServing { what: "the core, in this process,".into() });
        }
        served.push(address);
        Ok(Self(address))
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        SERVED.lock().unwrap_or_else(PoisonError::into_inner).retain(|address| *address != self.0);
    }
}
