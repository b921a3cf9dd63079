//! A bot on the simulated network.

use std::fmt::{self, Display};
use std::future::Future;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;

use simplex_sim::CoreId;
use tempfile::TempDir;

use crate::api::ChatApi;
use crate::bot::{Bot, Running};
use crate::core::ChatCore;
use crate::error::BotError;
use crate::runtime::Witness;

use super::conversation::Conversation;
use super::cores::Backend;
use super::killable::KillableCore;
use super::person::{Group, join};
use super::{Names, TestNetwork};

type Starting = Pin<Box<dyn Future<Output = Result<Running, BotError>>>>;
type Making = Pin<Box<dyn Future<Output = Result<Box<dyn Startable>, String>>>>;

/// What a function that makes a bot may return, for [`TestNetwork::start`]: a [`Bot`], or, if it opens stores, a future
/// of a `Result` with one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no bot that a test can start",
    label = "must return a `Bot`, or be async and return a `Result<Bot<…>, _>`"
)]
pub trait Made {
    /// The type of the bot's state.
    type State: Send + Sync + 'static;

    /// The bot, or why it could not be made.
    fn made(self) -> impl Future<Output = Result<Bot<Self::State>, String>>;
}

impl<S: Send + Sync + 'static> Made for Bot<S> {
    type State = S;

    async fn made(self) -> Result<Bot<S>, String> {
        Ok(self)
    }
}

impl<S: Send + Sync + 'static, E: Display, F: Future<Output = Result<Bot<S>, E>>> Made for F {
    type State = S;

    async fn made(self) -> Result<Bot<S>, String> {
        self.await.map_err(|error| error.to_string())
    }
}

/// A bot, whatever its state.
trait Startable {
    fn name(&self) -> &str;
    fn start(self: Box<Self>, core: Arc<dyn ChatCore>, file: PathBuf, witness: Witness) -> Starting;
}

impl<S: Send + Sync + 'static> Startable for Bot<S> {
    fn name(&self) -> &str {
        self.name()
    }

    fn start(self: Box<Self>, core: Arc<dyn ChatCore>, file: PathBuf, witness: Witness) -> Starting {
        Box::pin(self.state_file(file).core(core).witness(witness).start())
    }
}

/// A bot that runs on a [`TestNetwork`].
pub struct TestBot {
    name: String,
    names: Names,
    backend: Backend,
    conversation: Conversation,
    make: Box<dyn Fn() -> Making>,
    core: Arc<KillableCore>,
    id: Option<CoreId>,
    /// The bot's own files beside its database, kept for its next start.
    folder: TempDir,
    /// Always `Some` between two calls.
    running: Option<Running>,
}

impl TestBot {
    pub(super) async fn start<B: Made + 'static>(
        network: &TestNetwork,
        make: impl Fn() -> B + 'static,
    ) -> Result<Self, String> {
        let make: Box<dyn Fn() -> Making> = Box::new(move || {
            let made = make().made();
            Box::pin(async move { Ok(Box::new(made.await?) as Box<dyn Startable>) })
        });
        let first = make().await.map_err(|why| format!("a bot was not made: {why}"))?;
        let name = first.name().to_owned();
        if !network.names.take(database(&name)) {
            return Err(format!("there is a bot {name} already: two need two names, and one may stop or be restarted"));
        }
        let folder = tempfile::Builder::new().prefix("simplex-test-").tempdir().expect("a temporary folder");
        let (core, id) = open(&network.backend, &name, &network.conversation).await;
        let mut bot = Self {
            name,
            names: network.names.clone(),
            backend: network.backend.clone(),
            conversation: network.conversation.clone(),
            make,
            core,
            id,
            folder,
            running: None,
        };
        bot.run(first).await?;
        Ok(bot)
    }

    async fn run(&mut self, made: Box<dyn Startable>) -> Result<(), String> {
        let (core, file) = (Arc::clone(&self.core) as Arc<dyn ChatCore>, self.folder.path().join("bot.state"));
        let running = made.start(core, file, self.conversation.witness(&self.name)).await;
        let running = running.map_err(|error| format!("{} did not start: {error}", self.name))?;
        self.conversation.started(&self.name, running.handle().engine());
        self.running = Some(running);
        Ok(())
    }

    async fn run_again(&mut self) -> Result<(), String> {
        let made = (self.make)().await.map_err(|why| format!("{} was not made again: {why}", self.name))?;
        self.run(made).await
    }

    /// The bot's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The running bot.
    pub fn running(&self) -> &Running {
        self.running.as_ref().expect("a running bot")
    }

    /// The commands of its core.
    pub fn api(&self) -> &ChatApi {
        self.running().api()
    }

    /// Its core on the network underneath, for faults of this bot alone: see
    /// [`TestNetwork::simulation`](super::TestNetwork::simulation).
    ///
    /// # Panics
    /// When the network is of [other cores](super::TestNetwork::over).
    #[track_caller]
    pub fn core_id(&self) -> CoreId {
        let Some(id) = self.id else { self.conversation.fail("the network is of other cores than simulated ones") };
        id
    }

    /// The address that people connect to.
    ///
    /// # Panics
    /// When it has none.
    #[track_caller]
    pub fn address(&self) -> &str {
        let Some(address) = self.running().address() else {
            self.conversation.fail(&format!("{} has no address", self.name))
        };
        address
    }

    /// Joins a group by its link.
    ///
    /// # Panics
    /// When it cannot.
    #[track_caller]
    pub fn joins(&self, group: &Group) -> impl Future<Output = ()> {
        self.conversation.step(async move {
            self.conversation.note(format!("{} joins {}", self.name, group.name));
            join(self.api(), group).await.map(drop)
        })
    }

    /// Stops the bot in order: running handlers may end, and what they handled is marked.
    ///
    /// # Panics
    /// When the bot does not stop well.
    #[track_caller]
    pub fn stop(mut self) -> impl Future<Output = ()> {
        self.conversation.clone().step(async move { self.end().await })
    }

    async fn end(&mut self) -> Result<(), String> {
        let Some(running) = self.running.take() else { return Ok(()) };
        running.stop().await.map_err(|error| format!("{} did not stop well: {error}", self.name))
    }

    /// Stops the bot in order and starts it again on the same database.
    ///
    /// # Panics
    /// When the bot does not stop well, or does not start.
    #[track_caller]
    pub fn restarted(&mut self) -> impl Future<Output = ()> {
        self.conversation.clone().step(async {
            self.conversation.note(format!("({} stops and starts again)", self.name));
            self.end().await?;
            (self.core, self.id) = open(&self.backend, &self.name, &self.conversation).await;
            self.run_again().await
        })
    }

    /// Kills the bot, as a process is killed, and starts it again on the same database: what its handlers were doing is
    /// cut off, nothing is marked, and events that were not taken are lost.
    ///
    /// # Panics
    /// When the bot does not start.
    #[track_caller]
    pub fn killed_and_restarted(&mut self) -> impl Future<Output = ()> {
        self.conversation.clone().step(async {
            self.killed().await;
            self.run_again().await
        })
    }

    /// Kills the bot, as a process is killed; messages can then arrive before it is [`restarted`](Self::restarted).
    pub async fn killed(&mut self) {
        self.conversation.note(format!("({} is killed)", self.name));
        self.core.begin_to_die();
        if let Some(running) = self.running.take() {
            running.handle().kill().await;
        }
        self.core.die();
        (self.core, self.id) = open(&self.backend, &self.name, &self.conversation).await;
    }
}

fn database(name: &str) -> String {
    format!("bot {name}")
}

impl Drop for TestBot {
    fn drop(&mut self) {
        self.names.give_back(&database(&self.name));
    }
}

/// Opens a core; this kills a core that was open before for the same name.
async fn open(backend: &Backend, name: &str, conversation: &Conversation) -> (Arc<KillableCore>, Option<CoreId>) {
    let (core, id) = backend.open_with_id(&database(name)).await;
    (Arc::new(KillableCore::new(core, name.to_owned(), conversation.clone())), id)
}

impl fmt::Debug for TestBot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TestBot").field("name", &self.name).field("folder", &self.folder).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::filter::any;

    #[tokio::test(start_paused = true)]
    async fn a_test_leaves_no_files_behind() {
        let network = TestNetwork::new();
        let bot = network.start(|| Bot::new("bot").on(any(), async || {})).await;
        let folder = bot.folder.path().to_owned();
        assert!(folder.join("bot.state").exists());
        bot.stop().await;
        assert!(!folder.exists());
    }
}
