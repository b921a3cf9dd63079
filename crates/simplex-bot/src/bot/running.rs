//! A running bot: starting, stopping, and everything in between except messages.

use std::collections::HashSet;
use std::fmt;
use std::future::Future;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::{Instant, timeout};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::{Bot, open};
use crate::api::{ChatApi, CoreError};
use crate::command::{CommandEntry, command_of, keep_in_groups};
use crate::core::ChatCore;
#[cfg(feature = "health")]
use crate::endpoint::Bound;
use crate::error::BotError;
use crate::message::Message;
use crate::runtime::{
    AttemptHook, Backlog, Baseline, Delivery, Engine, Failure, Gone, Health, Journal, Meters, Parts, Runtime, Waits,
    first_baseline, inside_handler, is_hidden,
};
use crate::schedule::Jobs;
use crate::setup;
use crate::signals::Signals;
use crate::terminal;
use crate::types::User;
use crate::wait::FAR;

/// The time for closing the core when a bot did not start.
const CLOSE: Duration = Duration::from_secs(5);
/// The minimum time for closing the core when a bot stops: the core's receiver alone may take half a second to end.
const CLOSE_AT_LEAST: Duration = Duration::from_millis(1500);
impl<S: Send + Sync + 'static> Bot<S> {
    /// Opens the core, updates user, address and profile to what the bot is set to, and starts serving.
    ///
    /// # Errors
    /// [`BotError`] if any of that fails; the core is then closed again. [`BotError::AlreadyServing`] if another bot
    /// serves the database or the core, [`BotError::Misplaced`] outside of a tokio runtime.
    ///
    /// # Cancel safety
    /// If the future is dropped, what was opened is closed in the background.
    pub async fn start(mut self) -> Result<Running, BotError> {
        inside_tokio()?;
        let opened = open(&mut self).await?;
        self.serve(opened).await
    }

    /// [`start`](Self::start)s the bot, shows its address, and serves until Ctrl-C, SIGTERM or SIGHUP; then lets
    /// running handlers end, and closes the core. A second signal cancels the handlers that still run. Under `nohup`,
    /// the SIGHUP of a closed terminal is ignored.
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
        let mut signals = Signals::new().map_err(BotError::Signals)?;
        let name = self.setting.identity.name.clone();
        let opened = tokio::select! {
            opened = open(&mut self) => opened?,
            () = signals.next() => return Ok(()),
        };
        let core = Arc::clone(&opened.0);
        let started = tokio::select! {
            running = self.serve(opened) => Some(running?),
            () = signals.next() => None,
        };
        let Some(running) = started else {
            return Ok(core.close(CLOSE).await?);
        };
        if let Some(address) = running.address() {
            terminal::show_address(&name, address);
        }
        let handle = running.handle();
        tokio::select! {
            ended = handle.join() => return ended,
            () = signals.next() => handle.stop(),
        }
        tokio::select! {
            ended = handle.join() => ended,
            () = signals.next() => {
                handle.shared.force.cancel();
                handle.join().await
            }
        }
    }

    async fn serve(self, (core, beside): (Arc<dyn ChatCore>, Option<std::path::PathBuf>)) -> Result<Running, BotError> {
        // Fails before the core could be closed below: a core that another bot serves is not ours to close.
        let served = Served::begin(&core)?;
        let gone = Gone::default();
        let api = ChatApi::new(Arc::clone(&core)).with_layer(gone.clone());
        match self.prepare(&api, served, gone, beside).await {
            Ok(running) => Ok(running),
            Err(error) => {
                // The caller gets the first error, not one from closing.
                let _ = core.close(CLOSE).await;
                Err(error)
            }
        }
    }

    async fn prepare(
        self,
        api: &ChatApi,
        served: Served,
        gone: Gone,
        beside: Option<std::path::PathBuf>,
    ) -> Result<Running, BotError> {
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
        let journal = match setting.state_file.or(beside) {
            Some(path) => Journal::open(&path)?,
            None => Journal::in_memory(),
        };
        let start = Baseline::now();
        let router = if setting.identity.group_menus { keep_in_groups(router) } else { router };
        let commands = router.command_list();
        let routes = Arc::new(router.build(state)?);
        let ready = setup::prepare(api, &setting.identity, &commands).await?;
        let api = &match setting.options.every_profile {
            true => api.for_user(ready.user.user_id),
            false => api.clone(),
        };
        if journal.is_kept()
            && let Some(made) = setup::made(api, &ready.user).await
        {
            journal.is_beside(made);
        }
        let own = ready.user.user_id;
        let mut others = if setting.options.every_profile { api.list_users().await? } else { Vec::new() };
        others.retain(|info| info.user.user_id != own);
        let (hidden, others): (Vec<_>, Vec<_>) = others.into_iter().partition(|info| is_hidden(&info.user, own));
        let first_run = journal.baseline().is_none();
        let wants_messages = routes.wants_messages();
        if first_run && wants_messages && setting.options.delivery != Delivery::Off {
            let mut views = vec![(own, api.clone())];
            views.extend(others.iter().map(|info| (info.user.user_id, api.for_user(info.user.user_id))));
            journal.set_baseline(first_baseline(&views, start).await);
        }
        let mut events = routes.events();
        if let (Some(events), Some(hook)) = (&mut events, setting.on_event_error) {
            events.on_error = hook;
        }
        // The dialogues need this before the first message is handled.
        let tell = routes.tell();
        let runtime = Runtime::start(Parts {
            api: api.clone(),
            user: own,
            hidden: hidden.iter().map(|info| info.user.user_id).collect(),
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
            first_run: first_run && setting.options.backlog == Backlog::SinceFirstRun,
        });
        gone.begin(runtime.engine());
        let shared = Arc::new(Shared {
            api: api.clone(),
            user: ready.user,
            address: ready.address,
            #[cfg(feature = "health")]
            health_address: bound.as_ref().map(Bound::address),
            engine: Arc::downgrade(runtime.engine()),
            drain: setting.drain,
            stop: watch::Sender::new(None),
            force: CancellationToken::new(),
            supervisor: TaskTracker::new(),
            end: OnceLock::new(),
        });
        #[cfg(feature = "health")]
        let endpoint = bound.map(|bound| bound.serve(Arc::downgrade(runtime.engine())));
        let last = async move {
            #[cfg(feature = "health")]
            if let Some(endpoint) = endpoint {
                endpoint.end().await;
            }
        };
        let jobs = Jobs::start(routes.jobs(api), routes.dialogues(), &tell, runtime.engine());
        shared.supervisor.spawn(supervise(runtime, jobs, Arc::clone(&shared), served, last));
        shared.supervisor.close();
        Ok(Running { handle: Handle { shared } })
    }
}

/// Checks for a tokio runtime: without one, the first use of tokio would panic, and not say what to do.
fn inside_tokio() -> Result<(), BotError> {
    tokio::runtime::Handle::try_current().map(drop).map_err(|_| {
        BotError::Misplaced(
            "bots and clients run inside of tokio: put `#[tokio::main]` above an `async fn main`, or run this by \
             `block_on` of a `tokio::runtime::Runtime`; `blocking::Client` does without"
                .into(),
        )
    })
}

/// Serves until the bot is asked to stop or the core ends, then closes everything.
async fn supervise(
    mut runtime: Runtime,
    jobs: Jobs,
    shared: Arc<Shared>,
    served: Served,
    last: impl Future<Output = ()>,
) {
    let mut stop = shared.stop.subscribe();
    let core = Arc::clone(shared.api.core());
    let ended = tokio::select! {
        () = runtime.core_ended() => true,
        _ = stop.wait_for(Option::is_some) => false,
    };
    let began = Instant::now();
    let asked = *stop.borrow();
    let (ended, drain) = (ended && asked.is_none(), asked.unwrap_or(shared.drain).min(FAR));
    // The last fifth of the time, at most two seconds, is for marking messages as read and for closing the core.
    let reserve = (drain / 5).min(Duration::from_secs(2));
    let deadline = began + drain;
    jobs.halt();
    let stopped = runtime.stop(deadline - reserve, deadline - reserve / 2, shared.force.cancelled()).await;
    jobs.finish(deadline - reserve / 2, shared.force.cancelled()).await;
    let left = deadline.saturating_duration_since(Instant::now()).max(CLOSE_AT_LEAST);
    // A core that exceeds its own deadline must not hold up the stop.
    let closed = timeout(left + reserve / 2, core.close(left)).await;
    let closed = closed.unwrap_or_else(|_| Err(CoreError::Timeout { command: "close".into(), after: left }));
    last.await;
    drop(served);
    let end = match closed {
        _ if ended => End::Core,
        _ if stopped.cancelled > 0 => End::Drain { handlers: stopped.cancelled, after: began.elapsed() },
        Err(error) => End::Close(error),
        Ok(()) => End::Well,
    };
    // Cannot fail: nothing else sets it.
    let _ = shared.end.set(end);
}

/// How a bot ended.
#[derive(Debug, Clone)]
enum End {
    Well,
    Core,
    Drain { handlers: usize, after: Duration },
    Close(CoreError),
}

impl From<End> for Result<(), BotError> {
    fn from(end: End) -> Self {
        match end {
            End::Well => Ok(()),
            End::Core => Err(BotError::CoreEnded),
            End::Drain { handlers, after } => Err(BotError::DrainTimeout { handlers, after }),
            End::Close(error) => Err(error.into()),
        }
    }
}

/// Logs warnings to standard error, unless the program has a subscriber of its own: a bot that fails silently is of no
/// use to anybody.
fn log_to_stderr(more: bool) {
    #[cfg(feature = "log")]
    {
        let level = if more { tracing::Level::INFO } else { tracing::Level::WARN };
        // If writing to standard error fails, do not report that to standard error: it would panic.
        let log = tracing_subscriber::fmt().with_writer(std::io::stderr).log_internal_errors(false);
        let _ = log.with_max_level(level).try_init();
    }
    #[cfg(not(feature = "log"))]
    let _ = more;
}

/// Logs each failed attempt. Of the message's text, only the keyword is logged, and only of the bot's own commands.
fn log_failures(commands: &[CommandEntry]) -> AttemptHook {
    let keywords: HashSet<String> = commands.iter().flat_map(CommandEntry::names).map(str::to_owned).collect();
    Box::new(move |message, failure, attempt| {
        let keyword = command_of(message.text()).map(|(keyword, _)| keyword);
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
struct Served(usize);

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

struct Shared {
    api: ChatApi,
    user: User,
    address: Option<String>,
    #[cfg(feature = "health")]
    health_address: Option<std::net::SocketAddr>,
    /// Weak: the lock on the state file must end with the runtime, even if somebody still has a handle.
    engine: Weak<Engine>,
    drain: Duration,
    /// The time within which to stop, set when the bot is asked to stop.
    stop: watch::Sender<Option<Duration>>,
    /// Cancelled when the stop must no longer wait for handlers.
    force: CancellationToken,
    /// The one task that serves, stops and closes: every handle joins it.
    supervisor: TaskTracker,
    end: OnceLock<End>,
}

// Without the address: whoever knows it can write to the bot.
impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shared").field("user", &self.user.user_id).field("end", &self.end.get()).finish_non_exhaustive()
    }
}

/// A handle to stop a bot from anywhere: another task, another thread, one of its own handlers. Cloning is cheap.
#[derive(Debug, Clone)]
pub struct Handle {
    shared: Arc<Shared>,
}

impl Handle {
    /// The commands of the bot's core.
    pub fn api(&self) -> &ChatApi {
        &self.shared.api
    }

    /// The bot's health; `None` once it has ended.
    pub fn health(&self) -> Option<Health> {
        self.shared.engine.upgrade().map(|engine| Health::of(&engine))
    }

    /// Asks the bot to stop, within the time set by [`Bot::drain`](crate::Bot::drain). Returns at once; from then on,
    /// no handler starts. Later calls have no effect.
    pub fn stop(&self) {
        self.stop_within(self.shared.drain);
    }

    fn stop_within(&self, drain: Duration) {
        self.shared.stop.send_if_modified(|stop| {
            let first = stop.is_none();
            stop.get_or_insert(drain);
            first
        });
        if let Some(engine) = self.shared.engine.upgrade() {
            engine.halt();
        }
    }

    /// Waits until the bot has ended, for whatever reason.
    ///
    /// # Errors
    /// [`BotError::DrainTimeout`] if handlers had to be cancelled; their messages stay unread. [`BotError::CoreEnded`]
    /// if the core ended by itself, [`BotError::Core`] if it did not close. [`BotError::EndInHandler`], at once, inside
    /// a handler of this bot: the bot would in turn wait for the handler.
    ///
    /// # Cancel safety
    /// Cancel safe.
    pub async fn join(&self) -> Result<(), BotError> {
        if self.shared.engine.upgrade().is_some_and(|engine| inside_handler(&engine)) {
            return Err(BotError::EndInHandler);
        }
        self.shared.supervisor.wait().await;
        // If no end was recorded, the bot's task was dropped together with its tokio runtime.
        self.shared.end.get().cloned().unwrap_or(End::Core).into()
    }

    /// Ends the bot as a killed process ends: its handlers and jobs are cut off where they are. Its core must be one
    /// that no longer answers.
    #[cfg(feature = "test")]
    pub(crate) async fn kill(&self) {
        if let Some(engine) = self.shared.engine.upgrade() {
            engine.cut_off().await;
        }
        // The test expects the errors that cutting off causes.
        let _ = self.drain(Duration::ZERO).await;
        // Its last tasks hold the lock on the state file until they see that the bot stops.
        let gone = async {
            while self.shared.engine.strong_count() > 0 {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        };
        let _ = timeout(CLOSE, gone).await;
    }

    /// Stops the bot within this time, and waits for its end.
    ///
    /// # Errors
    /// Same as [`join`](Self::join).
    ///
    /// # Cancel safety
    /// Once polled, the bot stops even if the future is dropped.
    pub async fn drain(&self, deadline: Duration) -> Result<(), BotError> {
        self.stop_within(deadline);
        self.join().await
    }
}

/// A running bot.
///
/// If it is dropped without [`stop`](Self::stop), the bot goes on until its core ends or a [`Handle`] stops it.
#[derive(Debug)]
pub struct Running {
    handle: Handle,
}

impl Running {
    /// The commands of the bot's core.
    pub fn api(&self) -> &ChatApi {
        &self.handle.shared.api
    }

    /// The profile that the bot acts as.
    pub fn user(&self) -> &User {
        &self.handle.shared.user
    }

    /// The address that people connect to: the short link if there is one.
    pub fn address(&self) -> Option<&str> {
        self.handle.shared.address.as_deref()
    }

    /// The address of the health endpoint, if the bot has one. Needs the feature `health`.
    #[cfg(feature = "health")]
    pub fn health_address(&self) -> Option<std::net::SocketAddr> {
        self.handle.shared.health_address
    }

    /// For waiting for messages and events outside of handlers.
    pub(crate) fn waits(&self) -> Waits {
        Waits::of(Weak::clone(&self.handle.shared.engine))
    }

    /// A [`Handle`] to stop the bot from anywhere.
    pub fn handle(&self) -> Handle {
        self.handle.clone()
    }

    /// Waits until the bot has ended, by a [`Handle`] or because its core ended.
    ///
    /// # Errors
    /// Same as [`Handle::join`].
    ///
    /// # Cancel safety
    /// Same as [`Handle::join`].
    pub async fn join(self) -> Result<(), BotError> {
        self.handle.join().await
    }

    /// Stops the bot: takes no more messages, ends waits, lets running handlers end, marks what they handled, closes
    /// the core.
    ///
    /// # Errors
    /// Same as [`Handle::join`].
    ///
    /// # Cancel safety
    /// The bot stops from this call on, even if the future is dropped.
    pub fn stop(self) -> impl Future<Output = Result<(), BotError>> + Send {
        self.handle.stop();
        async move { self.handle.join().await }
    }
}
