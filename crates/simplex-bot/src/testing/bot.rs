//! A bot on the simulated network.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use tempfile::TempDir;

use crate::api::ChatApi;
use crate::bot::{Bot, Running};
use crate::core::ChatCore;
use crate::error::BotError;

use super::cores::Face;
use super::mortal::Mortal;
use super::person::{Group, join};
use super::{Conversation, Names, TestNetwork};

type Starting = Pin<Box<dyn Future<Output = Result<Running, BotError>>>>;

/// A bot that runs on a [`TestNetwork`].
pub struct TestBot {
    name: String,
    names: Names,
    face: Face,
    conversation: Conversation,
    start: Box<dyn Fn(Arc<dyn ChatCore>) -> Starting>,
    core: Arc<Mortal>,
    /// The bot's own files beside its database, kept for its next start.
    folder: TempDir,
    /// Always `Some` between two calls.
    running: Option<Running>,
}

impl TestBot {
    pub(super) async fn start<S: Send + Sync + 'static>(
        network: &TestNetwork,
        make: impl Fn() -> Bot<S> + 'static,
    ) -> Result<Self, String> {
        let name = make().name().to_owned();
        if !network.names.take(database(&name)) {
            return Err(format!("there is a bot {name} already: two need two names, and one may stop or be restarted"));
        }
        let folder = tempfile::Builder::new().prefix("simplex-test-").tempdir().expect("a temporary folder");
        let file = folder.path().join("bot.state");
        let conversation = network.conversation.clone();
        let start = Box::new(move |core| {
            let bot = make().state_file(&file).core(core);
            let witness = conversation.witness(bot.name());
            Box::pin(bot.witness(witness).start()) as Starting
        });
        let core = open(&network.face, &name, &network.conversation).await;
        let mut bot = Self {
            name,
            names: network.names.clone(),
            face: network.face.clone(),
            conversation: network.conversation.clone(),
            start,
            core,
            folder,
            running: None,
        };
        bot.run().await?;
        Ok(bot)
    }

    async fn run(&mut self) -> Result<(), String> {
        let running = (self.start)(Arc::clone(&self.core) as Arc<dyn ChatCore>).await;
        self.running = Some(running.map_err(|error| format!("{} did not start: {error}", self.name))?);
        Ok(())
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
            self.core = open(&self.face, &self.name, &self.conversation).await;
            self.run().await
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
            self.run().await
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
        self.core = open(&self.face, &self.name, &self.conversation).await;
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
async fn open(face: &Face, name: &str, conversation: &Conversation) -> Arc<Mortal> {
    Arc::new(Mortal::new(face.open(&database(name)).await, name.to_owned(), conversation.clone()))
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
