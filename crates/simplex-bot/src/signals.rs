//! The signals that end a program, as something to wait for.

use std::io;
use std::sync::{Mutex, PoisonError};

use crate::bot::inside_tokio;
use crate::error::BotError;

/// Waits for a signal that ends the program, as [`Running::until_signal`](crate::Running::until_signal) does: Ctrl-C,
/// SIGTERM or, on Linux, SIGHUP. For programs in which something else has to end before the bot, such as a web server
/// whose requests write to chats. What ends first needs a deadline: a further signal has its effect only when
/// [`until_signal`](crate::Running::until_signal) is called; on Windows, one that came before has none.
///
/// ```no_run
/// use simplex_bot::prelude::*;
/// use simplex_bot::stop_signal;
///
/// # async fn serve_http(_: ChatApi, until: impl Future<Output = ()>) -> Result<(), BotError> { until.await; Ok(()) }
/// # async fn run(bot: Bot) -> Result<(), BotError> {
/// let running = bot.db(Db::sqlite("./bridge")).start().await?;
/// let (signal, bot, handle) = (stop_signal()?, running.handle(), running.handle());
/// let end = async move {
///     tokio::select! {
///         () = signal => {}
///         _ = bot.join() => {} // the bot has ended by itself
///     }
/// };
/// let served = serve_http(running.api().clone(), end).await; // such as axum's `with_graceful_shutdown(end)`
/// handle.stop();
/// running.until_signal().await.and(served) // a second signal cancels the handlers that still run
/// # }
/// ```
///
/// # Errors
/// [`BotError::Signals`]; [`BotError::Misplaced`] outside of a tokio runtime.
///
/// # Cancel safety
/// Cancel safe. From this call on, signals no longer end the process, even if the future is dropped; on Windows, from when
/// the future is first polled.
pub fn stop_signal() -> Result<impl Future<Output = ()> + Send + 'static, BotError> {
    inside_tokio()?;
    let mut signals = Signals::new().map_err(BotError::Signals)?;
    Ok(async move {
        signals.next().await;
        *LEFT.lock().unwrap_or_else(PoisonError::into_inner) = Some(signals);
    })
}

/// What a [`stop_signal`] heard its signal by: it hears what comes until it is waited for again.
static LEFT: Mutex<Option<Signals>> = Mutex::new(None);

/// SIGINT, SIGTERM and, on Linux, SIGHUP; only Ctrl-C on systems without them.
pub(crate) struct Signals {
    #[cfg(unix)]
    interrupt: tokio::signal::unix::Signal,
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
    #[cfg(unix)]
    hangup: Option<tokio::signal::unix::Signal>,
}

impl Signals {
    /// Takes the signals over from the system, which would otherwise end the process at once.
    pub(crate) fn new() -> io::Result<Self> {
        #[cfg(unix)]
        {
            use tokio::signal::unix::{SignalKind, signal};
            // Under `nohup`, the program must outlive its terminal.
            let hangup = if is_hangup_ignored() { None } else { Some(signal(SignalKind::hangup())?) };
            let (interrupt, terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
            Ok(Self { interrupt, terminate, hangup })
        }
        #[cfg(not(unix))]
        Ok(Self {})
    }

    /// The same, with what came since a [`stop_signal`] ended.
    pub(crate) fn since_left() -> io::Result<Self> {
        let left = LEFT.lock().unwrap_or_else(PoisonError::into_inner).take();
        left.map_or_else(Self::new, Ok)
    }

    /// From here on, a SIGHUP is the second of a terminal that closes.
    pub(crate) fn had_the_first(&mut self) {
        #[cfg(unix)]
        {
            self.hangup = None;
        }
    }

    /// Waits for the next signal.
    pub(crate) async fn next(&mut self) {
        #[cfg(unix)]
        {
            let hangup = async {
                match &mut self.hangup {
                    Some(hangup) => hangup.recv().await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                _ = self.interrupt.recv() => {}
                _ = self.terminate.recv() => {}
                // When a terminal closes, the shell and the system both send this signal: the second one says nothing
                // new.
                _ = hangup => self.hangup = None,
            }
        }
        #[cfg(not(unix))]
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

/// Whether the program was started with SIGHUP ignored. If the system does not say, SIGHUP is left as it is.
#[cfg(unix)]
fn is_hangup_ignored() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    // One bit for each signal, from the lowest; SIGHUP is the first.
    ignored.and_then(|bits| u64::from_str_radix(bits.trim(), 16).ok()).is_none_or(|bits| bits & 1 == 1)
}
