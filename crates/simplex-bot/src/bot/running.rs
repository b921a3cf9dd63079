//! A running bot: its handles, and how it ends.

use std::fmt;
use std::sync::{Arc, OnceLock, Weak};
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::starting::Served;
use crate::api::{ChatApi, CoreError};
use crate::chat::Chat;
use crate::error::BotError;
use crate::runtime::{Engine, Health, Runtime, Waits, current_engine, inside_handler, long_after};
use crate::schedule::Jobs;
use crate::signals::Signals;
use crate::types::{ChatRef, User};
use crate::wait::FAR;

/// The time for closing the core when a bot did not start.
pub(super) const CLOSE: Duration = Duration::from_secs(5);
/// The minimum time for closing the core when a bot stops: the core's receiver alone may take half a second to end.
const CLOSE_AT_LEAST: Duration = Duration::from_millis(1500);

/// What a running bot and its handles share.
pub(super) struct Shared {
    pub(super) api: ChatApi,
    pub(super) user: User,
    pub(super) address: Option<String>,
    #[cfg(feature = "health")]
    pub(super) health_address: Option<std::net::SocketAddr>,
    /// Weak: the lock on the state file must end with the runtime, even if somebody still has a handle.
    pub(super) engine: Weak<Engine>,
    pub(super) drain: Duration,
    /// The time within which to stop, set when the bot is asked to stop.
    pub(super) stop: watch::Sender<Option<Duration>>,
    /// Cancelled when the stop must no longer wait for handlers.
    pub(super) force: CancellationToken,
    /// The one task that serves, stops and closes: every handle joins it.
    pub(super) supervisor: TaskTracker,
    pub(super) end: OnceLock<End>,
}

// Without the address: whoever knows it can write to the bot.
impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shared").field("user", &self.user.user_id).field("end", &self.end.get()).finish_non_exhaustive()
    }
}

/// A handle to a running bot, for other tasks and threads, and for its own handlers, which take it as a parameter. Cloning
/// is cheap.
///
/// ```
/// use simplex_bot::Handle;
/// use simplex_bot::filter::of_group;
/// use simplex_bot::prelude::*;
/// use simplex_bot::types::GroupId;
///
/// const OPERATORS: GroupId = GroupId(1);
///
/// async fn status(msg: Message, bot: Handle) -> Outcome {
///     let waiting = bot.health().map_or(0, |health| health.queued);
///     msg.reply(format!("{waiting} messages wait.")).await
/// }
///
/// // What runs has the drain time to end, this handler, too.
/// let operators = Router::new()
///     .guard(of_group(OPERATORS))
///     .command("status", "How it is", status)
///     .command("stop", "Stop the bot", async |bot: Handle| bot.stop());
/// let bot = Bot::new("bot").nest(operators);
/// ```
#[derive(Debug, Clone)]
pub struct Handle {
    pub(super) shared: Arc<Shared>,
}

impl Handle {
    pub(super) fn new(shared: Shared) -> Self {
        Self { shared: Arc::new(shared) }
    }

    /// That of the bot whose handler or job is being polled on this thread.
    pub(crate) fn current() -> Option<Self> {
        current_engine()?.handle().cloned()
    }

    /// The commands of the bot's core.
    pub fn api(&self) -> &ChatApi {
        &self.shared.api
    }

    /// The profile that the bot acts as, for commands that ask for it. Of a bot that serves
    /// [every profile](crate::Bot::every_profile), it is the bot's own: [`ChatApi::user_id`] tells a handler which one it
    /// acts as.
    ///
    /// ```
    /// # use simplex_bot::prelude::*;
    /// use simplex_bot::Handle;
    ///
    /// async fn count(msg: Message, bot: Handle) -> Outcome {
    ///     let contacts = bot.api().list_contacts(bot.user().user_id).await?;
    ///     msg.reply(format!("I know {} people.", contacts.len())).await
    /// }
    /// # let _: Router = Router::new().command("count", "", count);
    /// ```
    pub fn user(&self) -> &User {
        &self.shared.user
    }

    /// A chat to write to from outside of the bot's handlers, such as from a web server in the same program, or from the
    /// handlers of another bot: give each of two bots a `OnceLock<Handle>` in its state, and set it once the other runs.
    /// What can be waited for in handlers can be waited for there, too: an answer, which no handler gets then, a
    /// delivery, an upload. But no handler of that chat may await the task that waits for an answer: it would hold up the answer.
    ///
    /// ```
    /// use simplex_bot::Handle;
    /// use simplex_bot::prelude::*;
    /// use simplex_bot::types::ContactId;
    ///
    /// async fn alert(bot: &Handle, on_duty: ContactId) -> Result<bool, BotError> {
    ///     let chat = bot.chat(on_duty);
    ///     chat.send("The disk is full.").await?.delivered().timeout(Duration::from_mins(5)).await?;
    ///     let answer = chat.ask("Shall I restart it?").timeout(Duration::from_mins(5)).await?;
    ///     Ok(answer == "yes")
    /// }
    /// # simplex_bot::testing::run(async {
    /// #     let net = simplex_bot::testing::TestNetwork::new();
    /// #     let bot = net.start(|| Bot::new("watch").on(text(), async |msg: TextMessage| msg.reply("Yes what?").await)).await;
    /// #     let alice = net.person("alice").connects_to(&bot).await;
    /// #     let handle = bot.running().handle();
    /// #     let (restart, ()) = tokio::join!(alert(&handle, ContactId(4)), async {
    /// #         alice.expect("The disk is full.").await;
    /// #         alice.expect("Shall I restart it?").await;
    /// #         alice.send("yes").await;
    /// #     });
    /// #     assert!(restart.unwrap());
    /// #     alice.expect_silence(Duration::from_secs(10)).await;
    /// # });
    /// ```
    pub fn chat(&self, chat: impl Into<ChatRef>) -> Chat {
        Chat::new(self.shared.api.clone(), chat).with_waits(self.waits())
    }

    /// For waiting for messages and events outside of handlers.
    pub(crate) fn waits(&self) -> Waits {
        Waits::of(Weak::clone(&self.shared.engine))
    }

    /// The bot's health; `None` once it has ended.
    pub fn health(&self) -> Option<Health> {
        self.shared.engine.upgrade().map(|engine| Health::of(&engine))
    }

    /// Asks the bot to stop, within the time set by [`Bot::drain`](crate::Bot::drain). Returns at once; from then on,
    /// no handler of a message starts, only those of events that are queued. Later calls have no effect.
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
    /// a handler or a job of this bot: the bot would in turn wait for it.
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

    /// What runs, for a test that looks at it without keeping it.
    #[cfg(feature = "test")]
    pub(crate) fn engine(&self) -> Weak<Engine> {
        Weak::clone(&self.shared.engine)
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
        let _ = tokio::time::timeout(CLOSE, gone).await;
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
    /// From here on, the bot serves until it is asked to stop or its core ends.
    pub(super) fn begin(
        handle: Handle,
        runtime: Runtime,
        jobs: Jobs,
        served: Served,
        last: impl Future<Output = ()> + Send + 'static,
    ) -> Self {
        let shared = &handle.shared;
        tracing::info!(bot = shared.user.profile.display_name, "the bot serves");
        shared.supervisor.spawn(supervise(runtime, jobs, Arc::clone(shared), served, last));
        shared.supervisor.close();
        Self { handle }
    }

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

    /// A [`Handle`] for other tasks and threads.
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

    /// Serves until Ctrl-C, SIGTERM or, on Linux, SIGHUP, or until the bot ends for another reason; then stops as
    /// [`Bot::run`](crate::Bot::run) does, also at a second signal. If the bot stops already when this is called, the
    /// next signal counts as the second. What runs beside it, as below, is cut off; if it has to end in order, before
    /// the bot, wait for [`stop_signal`](crate::stop_signal) first.
    ///
    /// ```no_run
    /// # use simplex_bot::prelude::*;
    /// # async fn serve_http(_: ChatApi) -> Result<(), BotError> { Ok(()) }
    /// # async fn run(bot: Bot) -> Result<(), BotError> {
    /// let running = bot.db(Db::sqlite("./bridge")).start().await?;
    /// let (api, handle) = (running.api().clone(), running.handle());
    /// tokio::select! {
    ///     stopped = running.until_signal() => stopped,
    ///     served = serve_http(api) => {
    ///         handle.stop();
    ///         handle.join().await.and(served)
    ///     }
    /// }
    /// # }
    /// ```
    ///
    /// # Errors
    /// Same as [`Handle::join`]; [`BotError::Signals`].
    ///
    /// # Cancel safety
    /// From this call on, signals no longer end the process. If the future is dropped, the bot goes on; its
    /// [`Handle`] stops it.
    pub fn until_signal(self) -> impl Future<Output = Result<(), BotError>> + Send {
        let is_asked = self.handle.shared.stop.borrow().is_some();
        let signals = if is_asked { Signals::since_left() } else { Signals::new() };
        async move { self.until(signals.map_err(BotError::Signals)?).await }
    }

    pub(super) async fn until(self, mut signals: Signals) -> Result<(), BotError> {
        let handle = self.handle;
        if handle.shared.stop.borrow().is_some() {
            signals.had_the_first();
        } else {
            tokio::select! {
                ended = handle.join() => return ended,
                () = signals.next() => handle.stop(),
            }
        }
        tokio::select! {
            ended = handle.join() => ended,
            () = signals.next() => {
                handle.shared.force.cancel();
                handle.join().await
            }
        }
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
    tracing::info!(bot = shared.user.profile.display_name, "the bot stops");
    let began = Instant::now();
    let asked = *stop.borrow();
    let (ended, drain) = (ended && asked.is_none(), asked.unwrap_or(shared.drain).min(FAR));
    // The last fifth of the time, at most two seconds, is for marking messages as read and for closing the core.
    let reserve = (drain / 5).min(Duration::from_secs(2));
    let deadline = began + drain;
    jobs.halt();
    let stopped = runtime.stop(deadline - reserve, deadline - reserve / 2, shared.force.cancelled()).await;
    jobs.finish(deadline - reserve / 2, shared.force.cancelled()).await;
    let left = match shared.force.is_cancelled() {
        true => CLOSE_AT_LEAST,
        false => deadline.saturating_duration_since(Instant::now()).max(CLOSE_AT_LEAST),
    };
    let closed = tokio::select! {
        closed = core.close(left) => closed,
        // A core that exceeds its own deadline must not hold up the stop, and one that hangs not a forced one.
        () = tokio::time::sleep(left + reserve / 2) => Err(CoreError::Timeout { command: "close".into(), after: left }),
        () = long_after(shared.force.cancelled(), 2 * CLOSE_AT_LEAST) => {
            Err(CoreError::Timeout { command: "close".into(), after: 2 * CLOSE_AT_LEAST })
        }
    };
    last.await;
    drop(served);
    let end = match closed {
        _ if ended => End::Core,
        _ if stopped.cancelled > 0 => End::Drain { handlers: stopped.cancelled, after: began.elapsed() },
        Err(error) => End::Close(error),
        Ok(()) => End::Well,
    };
    tracing::info!(bot = shared.user.profile.display_name, after = ?began.elapsed(), "the bot has ended");
    // Cannot fail: nothing else sets it.
    let _ = shared.end.set(end);
}

/// How a bot ended.
#[derive(Debug, Clone)]
pub(super) enum End {
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

#[cfg(test)]
mod tests {
    use async_trait::async_trait;
    use simplex_sim::{SimCore, SimNetwork};

    use super::*;
    use crate::Bot;
    use crate::core::{ChatCore, CoreEvent, Frame, Request};

    /// A core that does not close.
    #[derive(Debug)]
    struct Stays(SimCore);

    #[async_trait]
    impl ChatCore for Stays {
        async fn send(&self, request: Request) -> Result<Frame, CoreError> {
            self.0.send(request).await
        }
        async fn recv(&self) -> Option<CoreEvent> {
            self.0.recv().await
        }
        async fn close(&self, _: Duration) -> Result<(), CoreError> {
            std::future::pending().await
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_core_that_does_not_close_holds_up_no_start_that_failed() {
        let core = SimNetwork::new(simplex_sim::Settings::default()).open("bot", "").unwrap();
        let started = Bot::new("bot").image("no picture").core(Arc::new(Stays(core))).start();
        let failed = tokio::time::timeout(2 * CLOSE, started).await.expect("an end").unwrap_err();
        assert!(matches!(failed, BotError::Config(_)), "{failed:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn a_core_that_does_not_close_holds_up_no_stop_that_is_forced() {
        for before in [Duration::ZERO, Duration::from_secs(60)] {
            let core = SimNetwork::new(simplex_sim::Settings::default()).open("bot", "").unwrap();
            let bot = Bot::new("bot").core(Arc::new(Stays(core))).drain(Duration::from_secs(3600));
            let handle = bot.start().await.unwrap().handle();
            handle.stop();
            tokio::time::sleep(before).await;
            let began = Instant::now();
            handle.shared.force.cancel();
            let ended = handle.join().await;
            assert!(matches!(ended, Err(BotError::Core(CoreError::Timeout { .. }))), "{ended:?}");
            assert!(began.elapsed() < CLOSE, "{:?}", began.elapsed());
        }
    }
}
