//! The client without async, for synchronous programs.
//!
//! ```
//! # use simplex_bot::{BotError, blocking};
//! # use simplex_bot::prelude::*;
//! fn tell(me: &blocking::Client, link: &str) -> Result<(), BotError> {
//!     let ops = me.connect_to(link, Duration::from_mins(2))?;
//!     ops.send("build 4711 failed")?.delivered(Duration::from_mins(1))
//! }
//!
//! # fn script(link: &str) -> Result<(), BotError> {
//! let me = blocking::Client::open("ci", Db::sqlite("./ci"))?;
//! tell(&me, link)?;
//! me.close()
//! # }
//! # let threads = tokio::runtime::Runtime::new().unwrap();
//! # let (net, bot) = threads.block_on(async {
//! #     let net = simplex_bot::testing::TestNetwork::new();
//! #     let bot = net.start(|| Bot::new("ops").on(any(), async |_: Message| {})).await;
//! #     (net, bot)
//! # });
//! # let core = std::sync::Arc::new(net.simulation().open("ci", "").unwrap());
//! # let me = blocking::Client::over("ci", core)?;
//! # tell(&me, bot.address())?;
//! # me.close()?;
//! # threads.block_on(bot.stop());
//! # Ok::<_, BotError>(())
//! ```
//!
//! Do not use it in async code, where it would block the thread that polls it: its calls fail there with
//! [`BotError::Misplaced`] (tokio's own message appears on standard error; with `panic = "abort"`, the process ends),
//! and [`Client::run`], [`Client::close`] and the drop of a client panic. Use [`crate::Client`] there.

use std::panic::catch_unwind;
use std::sync::Arc;
use std::time::Duration;

use tokio::runtime::{Handle, Runtime};

use crate::core::ChatCore;
#[cfg(feature = "native")]
use crate::core::native::lib::Db;
use crate::draft::Draft;
use crate::error::BotError;
use crate::message::Message;
use crate::types::ChatRef;

/// Like [`crate::Client`], with calls that block until they are done.
#[derive(Debug)]
pub struct Client {
    client: crate::Client,
    runtime: Arc<Runtime>,
}

/// Like [`crate::Chat`], with calls that block until they are done.
#[derive(Debug, Clone)]
pub struct Chat {
    chat: crate::Chat,
    runtime: Arc<Runtime>,
}

/// Like [`crate::Sent`], with calls that block until they are done.
#[derive(Debug, Clone)]
pub struct Sent {
    sent: crate::Sent,
    runtime: Arc<Runtime>,
}

/// Fails in async code. In `spawn_blocking`, there is a runtime, too, but blocking is allowed: only tokio knows, and it
/// panics.
fn may_block() -> Result<(), BotError> {
    let Ok(around) = Handle::try_current() else { return Ok(()) };
    catch_unwind(|| around.block_on(async {})).map_err(|_| {
        BotError::Misplaced(
            "a call of `blocking::Client` would block the thread of the async code that it is in: use `Client` there, or \
             `tokio::task::spawn_blocking`"
                .into(),
        )
    })
}

fn runtime() -> Result<Arc<Runtime>, BotError> {
    let built = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
    built.map(Arc::new).map_err(|error| BotError::Config(format!("threads cannot be started: {error}")))
}

impl Client {
    /// Same as [`crate::Client::open`].
    ///
    /// # Errors
    /// Same as there.
    #[cfg(feature = "native")]
    pub fn open(name: impl Into<String>, db: Db) -> Result<Self, BotError> {
        may_block()?;
        let runtime = runtime()?;
        let client = runtime.block_on(crate::Client::open(name, db))?;
        Ok(Self { client, runtime })
    }

    /// Same as [`crate::Client::over`].
    ///
    /// # Errors
    /// Same as there.
    pub fn over(name: impl Into<String>, core: Arc<dyn ChatCore>) -> Result<Self, BotError> {
        may_block()?;
        let runtime = runtime()?;
        let client = runtime.block_on(crate::Client::over(name, core))?;
        Ok(Self { client, runtime })
    }

    /// Connects by a link.
    ///
    /// # Errors
    /// Same as [`Connect`](crate::Connect).
    pub fn connect_to(&self, link: &str, timeout: Duration) -> Result<Chat, BotError> {
        may_block()?;
        let connect = async { self.client.connect_to(link).timeout(timeout).await };
        self.runtime.block_on(connect).map(|chat| Chat { chat, runtime: Arc::clone(&self.runtime) })
    }

    /// The chat with a contact or of a group that is already known.
    pub fn chat(&self, chat: impl Into<ChatRef>) -> Chat {
        Chat { chat: self.client.chat(chat), runtime: Arc::clone(&self.runtime) }
    }

    /// Runs anything else that the async client does: `me.run(async |me| me.next_event::<Event>(timeout).await)`.
    ///
    /// # Panics
    /// In async code.
    pub fn run<T>(&self, something: impl AsyncFnOnce(&crate::Client) -> T) -> T {
        self.runtime.block_on(async { something(&self.client).await })
    }

    /// Closes the core in order.
    ///
    /// # Errors
    /// Same as [`crate::Client::close`].
    ///
    /// # Panics
    /// In async code, as the drop of a client does.
    pub fn close(self) -> Result<(), BotError> {
        self.runtime.block_on(self.client.close())
    }
}

impl Chat {
    /// The chat as commands refer to it, and for what [`Client::run`] does in it:
    ///
    /// ```no_run
    /// # use std::time::Duration;
    /// # use simplex_bot::{BotError, blocking};
    /// fn next(me: &blocking::Client, chat: &blocking::Chat) -> Result<String, BotError> {
    ///     let patience = Duration::from_secs(10);
    ///     let next = me.run(async |me| me.chat(chat.chat_ref()).next_message().timeout(patience).await)?;
    ///     Ok(next.text().to_owned())
    /// }
    /// ```
    pub fn chat_ref(&self) -> ChatRef {
        self.chat.chat_ref()
    }

    /// Sends a message.
    ///
    /// # Errors
    /// Same as [`crate::Chat::send`].
    pub fn send(&self, message: impl Into<Draft>) -> Result<Sent, BotError> {
        may_block()?;
        let sent = self.runtime.block_on(self.chat.send(message))?;
        Ok(Sent { sent, runtime: Arc::clone(&self.runtime) })
    }

    /// Sends a message, and waits for the next one in this chat.
    ///
    /// # Errors
    /// Same as [`Ask`](crate::Ask).
    pub fn send_and_wait(&self, message: impl Into<Draft>, timeout: Duration) -> Result<Message, BotError> {
        may_block()?;
        let answer = async { self.chat.send_and_wait(message).timeout(timeout).await };
        self.runtime.block_on(answer)
    }
}

impl Sent {
    /// Waits until it is delivered.
    ///
    /// # Errors
    /// Same as [`Delivered`](crate::Delivered).
    pub fn delivered(&self, timeout: Duration) -> Result<(), BotError> {
        may_block()?;
        self.runtime.block_on(async { self.sent.delivered().timeout(timeout).await })
    }

    /// Waits until its file is uploaded.
    ///
    /// # Errors
    /// Same as [`Uploaded`](crate::Uploaded).
    pub fn uploaded(&self, timeout: Duration) -> Result<(), BotError> {
        may_block()?;
        self.runtime.block_on(async { self.sent.uploaded().timeout(timeout).await })
    }
}
