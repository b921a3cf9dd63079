//! A simulated network for the tests of bots: people talk to the bot as users do, in milliseconds and without a network.
//!
//! ```
//! use simplex_bot::prelude::*;
//! use simplex_bot::testing::TestNetwork;
//!
//! fn bot() -> Bot {
//!     Bot::new("Squaring bot").welcome("Send me a number.").on(text().parse::<f64>(), square)
//! }
//!
//! async fn square(msg: TextMessage, Parsed(n): Parsed<f64>) -> Outcome {
//!     msg.reply(format!("{n} * {n} = {}", n * n)).await
//! }
//!
//! // What `#[simplex_bot::test] async fn squares() { … }` does:
//! simplex_bot::testing::run(async {
//!     let net = TestNetwork::new();
//!     let mut bot = net.start(bot).await;
//!     let alice = net.person("alice").connects_to(&bot).await;
//!     alice.expect("Send me a number.").await;
//!     alice.send("7").await;
//!     bot.killed_and_restarted().await; // nothing is lost
//!     alice.expect("7 * 7 = 49").await;
//! });
//! ```
//!
//! # Your first bot's test, in five minutes
//!
//! 1. Enable the feature, for tests only:
//!
//!    ```toml
//!    [dev-dependencies]
//!    simplex-bot = { version = "0.1", features = ["test"] }
//!    ```
//! 2. Move the code that makes the bot out of `main` into a function, as `bot()` above. [`TestNetwork::start`] calls it
//!    again whenever the bot is restarted, so what it opens (a store, a file) is opened as when the program starts. It
//!    may be an `async fn` that returns a `Result`.
//! 3. Write a test from the point of view of people: `#[simplex_bot::test] async fn squares() { … }` with the lines
//!    above. [`send`](Person::send) sends a message to the chat that the person opened last; [`expect`](Person::expect)
//!    checks the next message there, word for word, [`expect_containing`](Person::expect_containing) a part of it.
//! 4. Run `cargo test`. The clock is the test's own: an hour passes in no time when nobody has anything to do, and an
//!    expected message that does not come fails the test at once. The failure prints the conversation, with what went
//!    wrong in the bot at the place where it did: a handler that failed, a message that no handler took.
//!
//!    ```text
//!    alice expected “7 * 7 = 49” and heard nothing for 60s
//!      at tests/squaring_bot.rs:23:11
//!    The conversation so far:
//!      alice connects
//!      Squaring bot → alice: Send me a number.
//!      alice: 7
//!      ! Squaring bot, at “7”: the handler panicked: attempt to multiply with overflow (my_bot::square)
//!      …
//!    ```
//! 5. Then test what is hard to try by hand: groups, edits and reactions, files, people who are offline, a crash.
//!
//! In a group, several people and the bot meet:
//!
//! ```
//! use simplex_bot::prelude::*;
//! use simplex_bot::testing::TestNetwork;
//! use simplex_bot::types::GroupMemberRole;
//!
//! fn bot() -> Bot {
//!     Bot::new("Echo").on(text(), async |msg: TextMessage| msg.reply(msg.text()).await)
//! }
//!
//! # simplex_bot::testing::run(async {
//! let net = TestNetwork::new();
//! let bot = net.start(bot).await;
//! let alice = net.person("alice");
//! let team = alice.creates_group("team", GroupMemberRole::Member).await;
//! let bob = net.person("bob");
//! bob.joins(&team).await;
//! bot.joins(&team).await;
//! alice.send("hello").await;
//! alice.expect("hello").await;
//! bob.expect("hello").await; // from alice
//! bob.expect("hello").await; // from the bot
//! bob.expect_member("Echo").await;
//! bob.send("me, too").await;
//! alice.expect("me, too").await;
//! alice.expect("me, too").await;
//! # });
//! ```
//!
//! [`simulation`](TestNetwork::simulation) gives access to the network underneath, to inject faults: servers that stop,
//! slow messages, commands that fail, a core that dies at a step.
//!
//! ```
//! use simplex_bot::prelude::*;
//! use simplex_bot::testing::{Failure, TestNetwork};
//!
//! fn bot() -> Bot {
//!     Bot::new("Echo").on(text(), async |msg: TextMessage| msg.reply(msg.text()).await)
//! }
//!
//! # simplex_bot::testing::run(async {
//! let net = TestNetwork::new();
//! let mut bot = net.start(bot).await;
//! let alice = net.person("alice").connects_to(&bot).await;
//!
//! // The bot's next send fails: the message is handled again.
//! net.simulation().with(|net| net.fail_next(bot.core_id(), "/_send", Failure::DatabaseBusy));
//! alice.send("hello").await;
//! alice.expect("hello").await;
//!
//! // No server: messages wait.
//! net.simulation().with(|net| net.set_server(false));
//! alice.send("anybody there?").await;
//! alice.expect_silence(Duration::from_mins(10)).await;
//! net.simulation().with(|net| net.set_server(true));
//! alice.expect("anybody there?").await;
//!
//! // The bot is down while alice writes: it answers when it is up again. What it handled is marked read soon after; if
//! // it were killed before that, it would answer twice.
//! alice.expect_silence(Duration::from_secs(1)).await;
//! bot.killed().await;
//! alice.send("still there?").await;
//! bot.restarted().await;
//! alice.expect("still there?").await;
//!
//! // Alice is offline when the answer is sent.
//! alice.send("see you").await;
//! alice.goes_offline().await;
//! alice.comes_back().await;
//! alice.expect("see you").await;
//! # });
//! ```
//!
//! The time of day, [`schedule::now`](crate::schedule::now), is the test's own as well: it starts with the year 2026 (a
//! Thursday), and advances when the test waits, be it by `tokio::time::sleep(…)` or [`Person::expect_silence`]. So a
//! test of a cron job, or of a reminder that survives a restart, is the same on every day.
//!
//! A job that runs every second does so 86,400 times in a day of the test. `tokio::time::advance(…)` leaves out the
//! time in between: for the bot, the machine was asleep.
//!
//! A test runs in the same way every time, unless the bot leaves something to chance, as `tokio::select!` does without
//! `biased;`. [`TestNetwork::with_seed`] gives another run: other ids, keys and names. For what these methods do not
//! cover, use [`Person::api`]; [`Person::expect_any`] sees every event. A [`Client`](crate::Client) is tested over
//! [`TestNetwork::core`]. Failures are panics that name the line of the test; this module is for tests only. A method
//! that returns a future is used like an `async fn`: it does nothing until it is awaited.

#![allow(clippy::panic, clippy::expect_used, reason = "what fails here fails a test")]

mod bot;
mod clock;
mod conversation;
mod cores;
mod killable;
mod person;
mod store;

use std::collections::HashSet;
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use simplex_sim::{Settings, SimNetwork};

use conversation::Conversation;
use cores::Backend;

pub use bot::{Made, TestBot};
pub(crate) use clock::now;
pub use clock::run;
#[cfg(test)]
pub(crate) use clock::{set_clock_back, set_clock_forward};
pub use cores::Cores;
pub use person::{Group, Heard, Person};
pub use simplex_sim::{CoreId, Failure};
pub use store::check_store;

use crate::core::ChatCore;

/// The default time to wait for anything, by the test's clock.
const DEADLINE: Duration = Duration::from_secs(60);

/// A network of simulated cores in this process, or of [other cores](Self::over).
#[derive(Debug, Clone)]
pub struct TestNetwork {
    backend: Backend,
    conversation: Conversation,
    names: Names,
}

impl Default for TestNetwork {
    fn default() -> Self {
        Self::new()
    }
}

impl TestNetwork {
    /// An empty network. Every run of it is the same.
    pub fn new() -> Self {
        Self::with_seed(0)
    }

    /// An empty network whose random choices (ids, keys, delays) follow from `seed`.
    pub fn with_seed(seed: u64) -> Self {
        let settings = Settings { seed, ..Settings::default() };
        Self::of(Backend::Simulated(SimNetwork::new(settings)))
    }

    /// A network of other cores: those of a loaded library, or of CLIs. It runs in real time, so its tests need a
    /// runtime of their own (`#[tokio::test(flavor = "multi_thread")]`).
    pub fn over(cores: impl Cores) -> Self {
        Self::of(Backend::Other(Arc::new(cores)))
    }

    fn of(backend: Backend) -> Self {
        Self { backend, conversation: Conversation::default(), names: Names::default() }
    }

    /// Whether its cores are simulated in this process: then time is the test's own.
    pub fn is_simulated(&self) -> bool {
        matches!(self.backend, Backend::Simulated(_))
    }

    /// Opens a core, for what is neither a bot nor a person, such as a [`Client`](crate::Client). If the name was used
    /// before, it is that database again, and a core that was still open for it is dead.
    ///
    /// ```
    /// use simplex_bot::prelude::*;
    /// use simplex_bot::testing::TestNetwork;
    ///
    /// /// Of the program: tells a contact something.
    /// async fn tell(me: &Client, name: &str, text: &str) -> Result<(), BotError> {
    ///     let contacts = me.api().list_contacts(me.user().user_id).await?;
    ///     let known = contacts.iter().find(|contact| contact.local_display_name == name);
    ///     let contact = known.ok_or_else(|| BotError::NotConnected(format!("nobody is called {name}")))?;
    ///     me.chat(contact.contact_id).send(text).await?.delivered().await
    /// }
    ///
    /// # simplex_bot::testing::run(async {
    /// let net = TestNetwork::new();
    /// let me = Client::over("ci", net.core("ci").await).await?;
    /// let link = me.api().create_link(me.user().user_id).await?;
    /// let alice = net.person("alice").connects_by(link.link()).await;
    /// tell(&me, "alice", "build 4711 failed").await?;
    /// alice.expect("build 4711 failed").await;
    /// # me.close().await
    /// # }).unwrap();
    /// ```
    ///
    /// # Panics
    /// When the database was given a key: `net.simulation().open(name, key)` opens it.
    pub async fn core(&self, name: &str) -> Arc<dyn ChatCore> {
        self.backend.open(name).await
    }

    /// Starts a bot. `make` makes it as the program does when it starts, and again when the bot is restarted. After the
    /// bot [stopped](TestBot::stop), another one with its name, for example of the next version, uses its database, but
    /// not its state file: what came in between is left alone, as in a first run.
    ///
    /// If making the bot waits for something, such as a store, `make` returns a future of a `Result`:
    ///
    /// ```
    /// # #[cfg(feature = "sqlite")]
    /// # simplex_bot::testing::run(async {
    /// use std::path::PathBuf;
    ///
    /// use simplex_bot::prelude::*;
    /// use simplex_bot::senders::SenderList;
    /// use simplex_bot::store::SqliteStore;
    /// use simplex_bot::testing::TestNetwork;
    ///
    /// async fn bot(states: PathBuf) -> Result<Bot, BotError> {
    ///     let blocked = SenderList::kept_in("blocked", SqliteStore::open(states).await?).await?;
    ///     Ok(Bot::new("Echo").outer(blocked.block()).on(text(), async |msg: TextMessage| msg.reply(msg.text()).await))
    /// }
    ///
    /// # let folder = tempfile::tempdir().unwrap();
    /// # let states = folder.path().join("states.db");
    /// let net = TestNetwork::new();
    /// let mut bot = net.start(move || bot(states.clone())).await;
    /// # bot.restarted().await;
    /// # });
    /// ```
    ///
    /// # Panics
    /// When the bot is not made, does not start, or another one with its name exists.
    #[track_caller]
    pub fn start<B: Made + 'static>(&self, make: impl Fn() -> B + 'static) -> impl Future<Output = TestBot> {
        self.conversation.step(TestBot::start(self, make))
    }

    /// Creates a person with a core of their own, connected to nobody. For two who are shown by one name, change the
    /// name of one with [`update_profile`](crate::api::ChatApi::update_profile).
    ///
    /// # Panics
    /// When a person with this name exists, or the core takes no such name.
    #[track_caller]
    pub fn person(&self, name: &str) -> Person {
        if !self.names.take(format!("person {name}")) {
            self.conversation.fail(&format!("there is a person {name} already: two need two names"));
        }
        Person::new(self, name)
    }

    /// The simulated network underneath, to inject faults.
    ///
    /// # Panics
    /// When it is a network of [other cores](Self::over).
    #[track_caller]
    pub fn simulation(&self) -> &SimNetwork {
        match &self.backend {
            Backend::Simulated(net) => net,
            Backend::Other(_) => panic!("the network is of other cores than simulated ones"),
        }
    }
}

/// The names of databases in use: opening one again would kill the core that has it open.
#[derive(Debug, Clone, Default)]
struct Names(Arc<Mutex<HashSet<String>>>);

impl Names {
    fn take(&self, name: String) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(name)
    }

    fn give_back(&self, name: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(name);
    }
}
