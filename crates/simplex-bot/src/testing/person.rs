//! A person who talks to bots, with a core of their own.

mod expect;
mod groups;
mod heard;

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::OnceCell;

use crate::api::{ChatApi, Connecting};
use crate::client::{Lead, lead};
use crate::core::{ChatCore, CoreEvent};
use crate::draft::Draft;
use crate::markdown::Markdown;
use crate::message::of_reaction;
use crate::types::{ChatItemId, ChatRef, CiFile, Event, MsgContent, MsgReaction, NonEmpty, Profile, UserId, cmd};

use super::bot::TestBot;
use super::conversation::Conversation;
use super::cores::Backend;
use super::{DEADLINE, TestNetwork};

pub use groups::Group;
pub(super) use groups::join;
pub use heard::Heard;
use heard::heard;
pub(super) use heard::shown;

/// A person with a core of their own. They do what a user's client does, and expect what a user sees.
///
/// [`send`](Self::send) and [`expect`](Self::expect) are about the chat that the person opened last: with the bot that
/// they connected to, or of the group that they joined.
pub struct Person {
    name: String,
    backend: Backend,
    /// Opened when the person first does something.
    client: OnceCell<Client>,
    conversation: Conversation,
    state: Mutex<State>,
    /// Held by the expectation that takes the next event.
    hearing: tokio::sync::Mutex<()>,
    patience: Duration,
}

struct Client {
    api: ChatApi,
    user: UserId,
}

#[derive(Default)]
struct State {
    /// The chat that is open.
    chat: Option<ChatRef>,
    /// What the person saw and the test did not expect yet.
    heard: VecDeque<Heard>,
    /// The latest message that was sent, the latest that was expected, and the latest that was reacted to.
    last_sent: Option<ChatItemId>,
    last_heard: Option<ChatItemId>,
    last_reacted: Option<ChatItemId>,
}

/// Connects by a link. Returns the chat that it leads to if that is there already.
async fn connect(api: &ChatApi, link: &str) -> Result<Option<ChatRef>, String> {
    match api.connect_active_user(link, false).await.map_err(|error| error.to_string())? {
        Connecting::AlreadyExists(contact) => Ok(Some(contact.contact_id.into())),
        Connecting::Plan(plan) => match lead(&plan.0) {
            Lead::Known(chat) => Ok(Some(chat)),
            Lead::UnderWay(_) => Ok(None),
            Lead::Nowhere(_) => Err("the link is one's own, or used up".to_owned()),
        },
        _ => Ok(None),
    }
}

impl Person {
    #[track_caller]
    pub(super) fn new(network: &TestNetwork, name: &str) -> Self {
        Self {
            name: name.to_owned(),
            backend: network.backend.clone(),
            client: match &network.backend {
                // A simulated core opens without waiting, so that `api` works before the person has done anything.
                Backend::Simulated(net) => OnceCell::new_with(Some(match simulated(net, name) {
                    Ok(client) => client,
                    Err(why) => network.conversation.fail(&format!("nobody can be called “{name}”: {why}")),
                })),
                Backend::Other(_) => OnceCell::new(),
            },
            conversation: network.conversation.clone(),
            state: Mutex::default(),
            hearing: tokio::sync::Mutex::default(),
            patience: DEADLINE,
        }
    }

    async fn client(&self) -> Result<&Client, String> {
        let open = async || {
            let core = self.backend.open(&format!("person {}", self.name)).await;
            let api = ChatApi::new(core);
            let user = match api.get_active_user().await {
                Ok(Some(user)) => Ok(user),
                Ok(None) => api.create_active_user(Some(Profile::new(self.name.clone(), ""))).await,
                Err(error) => Err(error),
            };
            let started = api.start_chat().await;
            match (user, started) {
                (Ok(user), Ok(_)) => Ok(Client { api, user: user.user_id }),
                (Err(error), _) | (_, Err(error)) => Err(format!("{} has no profile: {error}", self.name)),
            }
        };
        self.client.get_or_try_init(open).await
    }

    /// The person's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The commands of the person's core, for what these methods do not cover.
    ///
    /// # Panics
    /// Before the person did anything, on a network of other cores than simulated ones in this process.
    #[track_caller]
    pub fn api(&self) -> &ChatApi {
        match self.client.get() {
            Some(client) => &client.api,
            None => self.conversation.fail(&format!("{} has done nothing yet", self.name)),
        }
    }

    /// Sets how long to wait for what is expected, by the test's clock; one minute by default.
    #[must_use]
    pub fn patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// Connects to a bot by its address, and opens the chat; at once, if they are connected already.
    ///
    /// # Panics
    /// When the connection is not made in time.
    #[track_caller]
    pub fn connects_to(self, bot: &TestBot) -> impl Future<Output = Self> {
        self.connects_by(bot.address())
    }

    /// Connects by a link to a contact, a business or a group, and opens the chat.
    ///
    /// # Panics
    /// When the connection is not made in time.
    #[track_caller]
    pub fn connects_by(self, link: &str) -> impl Future<Output = Self> {
        self.conversation.clone().step(async move {
            self.note(format!("{} connects", self.name));
            let known = connect(&self.client().await?.api, link).await;
            let known = known.map_err(|error| format!("{} cannot connect: {error}", self.name))?;
            let connected = |heard: &Heard| match heard {
                Heard::Connected { chat } => Some(*chat),
                Heard::Joined { group } => Some(ChatRef::group(*group)),
                _ => None,
            };
            let opened = match known {
                Some(chat) => chat,
                None => self.wait_for("to be connected", connected).await?,
            };
            self.state().chat = Some(opened);
            Ok(self)
        })
    }

    /// Sends a message to the open chat.
    ///
    /// # Panics
    /// When the core does not accept it.
    #[track_caller]
    pub fn send(&self, message: impl Into<Draft>) -> impl Future<Output = ()> {
        self.conversation.step(self.says(message.into()))
    }

    /// Sends a message to the open chat, quoting the message that was expected last.
    ///
    /// # Panics
    /// When nothing was heard, or the core does not accept it.
    #[track_caller]
    pub fn replies(&self, message: impl Into<Draft>) -> impl Future<Output = ()> {
        let draft = message.into();
        self.conversation.step(async move {
            let item = self.last_heard("reply to")?;
            self.says(draft.quoting_item(item)).await
        })
    }

    /// Sends a text to the open group that begins with a mention of this member: `@bot hello`.
    ///
    /// # Panics
    /// When there is no such member, or the core does not accept it.
    #[track_caller]
    pub fn mentions(&self, member: &str, text: &str) -> impl Future<Output = ()> {
        self.conversation.step(async move {
            let found = self.member(member).await?;
            self.says(Markdown::new().mention(&found).raw(&format!(" {text}")).into()).await
        })
    }

    async fn says(&self, draft: Draft) -> Result<(), String> {
        self.note(format!("{}: {}", self.name, shown(&draft.content)));
        let chat = crate::chat::Chat::new(self.client().await?.api.clone(), self.chat()?);
        let sending = chat.send(draft);
        tokio::pin!(sending);
        // A core whose queue of events is full answers only once they are taken.
        let sent = loop {
            tokio::select! {
                biased;
                sent = &mut sending => break sent,
                heard = self.hear_in_turn() => heard?,
            }
        };
        let sent = sent.map_err(|error| format!("{} cannot send: {error}", self.name))?;
        self.state().last_sent = Some(sent.id());
        Ok(())
    }

    /// Opens another chat of the person: of a group, a support chat in it, or with another contact.
    ///
    /// ```
    /// # use simplex_bot::testing::Person;
    /// use simplex_bot::types::{ChatRef, GroupChatScope};
    ///
    /// /// A member's own support chat in the open group; a moderator's is `MemberSupport(Some(member))`.
    /// fn opens_support(bob: &Person) {
    ///     let ChatRef::Group(group, _) = bob.open_chat() else { panic!("no group") };
    ///     bob.opens(ChatRef::scoped(group, GroupChatScope::MemberSupport(None)));
    /// }
    /// ```
    pub fn opens(&self, chat: impl Into<ChatRef>) {
        self.state().chat = Some(chat.into());
    }

    /// The open chat.
    ///
    /// # Panics
    /// When none is.
    #[track_caller]
    pub fn open_chat(&self) -> ChatRef {
        match self.chat() {
            Ok(chat) => chat,
            Err(why) => self.conversation.fail(&why),
        }
    }

    /// Edits the message that was sent last: to a text, or any other content.
    ///
    /// # Panics
    /// When nothing was sent, or the core does not accept it.
    #[track_caller]
    pub fn edits_last(&self, content: impl Into<MsgContent>) -> impl Future<Output = ()> {
        let content = content.into();
        self.conversation.step(async move {
            self.note(format!("{} edits: {}", self.name, shown(&content)));
            let item = self.last_sent()?;
            let edited = self.client().await?.api.update_chat_item(self.chat()?, item, content).await;
            edited.map(drop).map_err(|error| format!("{} cannot edit: {error}", self.name))
        })
    }

    /// Deletes the message that was sent last, for everybody.
    ///
    /// # Panics
    /// When nothing was sent, or the core does not accept it.
    #[track_caller]
    pub fn deletes_last(&self) -> impl Future<Output = ()> {
        self.conversation.step(async move {
            self.note(format!("{} deletes", self.name));
            let items = NonEmpty::one(self.last_sent()?);
            let api = &self.client().await?.api;
            let deleted = api.delete_chat_items(self.chat()?, items, crate::types::CiDeleteMode::Broadcast).await;
            deleted.map(drop).map_err(|error| format!("{} cannot delete: {error}", self.name))
        })
    }

    /// Reacts to the message that was expected last.
    ///
    /// # Panics
    /// When nothing was heard, or the core does not accept it.
    #[track_caller]
    pub fn reacts(&self, emoji: &str) -> impl Future<Output = ()> {
        self.conversation.step(async move {
            self.note(format!("{} reacts: {emoji}", self.name));
            let item = self.last_heard("react to")?;
            self.sets_reaction(item, emoji, true).await?;
            self.state().last_reacted = Some(item);
            Ok(())
        })
    }

    /// Takes back a reaction to the message that the person reacted to last.
    ///
    /// # Panics
    /// When the person did not react to any, or the core does not accept it.
    #[track_caller]
    pub fn unreacts(&self, emoji: &str) -> impl Future<Output = ()> {
        self.conversation.step(async move {
            self.note(format!("{} takes back: {emoji}", self.name));
            let item = self.state().last_reacted.ok_or_else(|| format!("{} has not reacted to anything", self.name))?;
            self.sets_reaction(item, emoji, false).await
        })
    }

    async fn sets_reaction(&self, item: ChatItemId, emoji: &str, add: bool) -> Result<(), String> {
        let reaction = MsgReaction::emoji(of_reaction(emoji));
        let reacted = self.client().await?.api.chat_item_reaction(self.chat()?, item, add, reaction).await;
        reacted.map(drop).map_err(|error| format!("{} cannot react: {error}", self.name))
    }

    /// Receives a file, and returns its contents.
    ///
    /// # Panics
    /// When the file is not received in time.
    #[track_caller]
    pub fn receives(&self, file: &CiFile) -> impl Future<Output = Vec<u8>> {
        self.conversation.step(async move {
            self.note(format!("{} receives {}", self.name, file.file_name));
            let cannot = |error: &dyn fmt::Display| format!("{} cannot receive {}: {error}", self.name, file.file_name);
            let folder = tempfile::tempdir().map_err(|error| cannot(&error))?;
            let path = folder.path().join("file");
            let command = cmd::ReceiveFile::new(file.file_id).with_user_approved_relays(true);
            let command = command.with_file_path(path.to_string_lossy().into_owned());
            self.client().await?.api.accept_file(&command).await.map_err(|error| cannot(&error))?;
            let received = |heard: &Heard| {
                let Heard::Other(event) = heard else { return None };
                let Event::RcvFileComplete(event) = &**event else { return None };
                let complete = event.chat_item.chat_item.file.as_ref()?;
                (complete.file_id == file.file_id).then_some(())
            };
            self.wait_for(&format!("the file {}", file.file_name), received).await?;
            std::fs::read(&path).map_err(|error| cannot(&error))
        })
    }

    /// Goes offline: messages to the person wait.
    ///
    /// # Panics
    /// Never, with the simulated core.
    #[track_caller]
    pub fn goes_offline(&self) -> impl Future<Output = ()> {
        self.conversation.step(async move {
            self.note(format!("({} goes offline)", self.name));
            let stopped = self.client().await?.api.stop_chat().await;
            stopped.map(drop).map_err(|error| format!("{} cannot go offline: {error}", self.name))
        })
    }

    /// Comes back online.
    ///
    /// # Panics
    /// Never, with the simulated core.
    #[track_caller]
    pub fn comes_back(&self) -> impl Future<Output = ()> {
        self.conversation.step(async move {
            self.note(format!("({} comes back)", self.name));
            let started = self.client().await?.api.start_chat().await;
            started.map(drop).map_err(|error| format!("{} cannot come back: {error}", self.name))
        })
    }

    /// Like [`Self::hear`], while an expectation may take events, too.
    async fn hear_in_turn(&self) -> Result<(), String> {
        let _turn = self.hearing.lock().await;
        self.hear().await
    }

    /// Takes the next event of the core.
    async fn hear(&self) -> Result<(), String> {
        let event = self.client().await?.api.core().recv().await;
        let event = event.ok_or_else(|| format!("the core of {} ended", self.name))?;
        let CoreEvent::Frame(frame) = event else { return Ok(()) };
        let Ok(event) = Event::decode(&frame) else { return Ok(()) };
        for heard in heard(event.value) {
            match &heard {
                Heard::Message { from, content, .. } => {
                    self.note(format!("{from} → {}: {}", self.name, shown(content)));
                }
                Heard::Edited { text, .. } => self.note(format!("→ {}, edited: {text}", self.name)),
                Heard::Deleted { .. } => self.note(format!("→ {}: (deleted)", self.name)),
                Heard::Other(event) if matches!(**event, Event::DeletedMemberUser(_)) => {
                    self.note(format!("→ {}: (removed from the group)", self.name));
                }
                Heard::Reaction { emoji, .. } => self.note(format!("→ {}: {emoji}", self.name)),
                _ => {}
            }
            self.state().heard.push_back(heard);
        }
        Ok(())
    }

    fn chat(&self) -> Result<ChatRef, String> {
        self.state()
            .chat
            .ok_or_else(|| format!("{} has no chat open: connect to a bot, or join a group, first", self.name))
    }

    fn last_sent(&self) -> Result<ChatItemId, String> {
        self.state().last_sent.ok_or_else(|| format!("{} has sent nothing", self.name))
    }

    fn last_heard(&self, what: &str) -> Result<ChatItemId, String> {
        self.state().last_heard.ok_or_else(|| format!("{} has nothing to {what}: expect a message first", self.name))
    }

    fn note(&self, line: String) {
        self.conversation.note(line);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Fails with the core's answer if it does not take the name.
fn simulated(net: &simplex_sim::SimNetwork, name: &str) -> Result<Client, serde_json::Value> {
    let core = net.open(&format!("person {name}"), "").expect("a database without a key");
    let profile = serde_json::json!({"profile": {"displayName": name, "fullName": ""}, "pastTimestamp": false});
    let created = core.raw(&format!("/_create user {profile}"));
    let created: serde_json::Value = serde_json::from_str(&created).expect("an answer");
    let user = created.pointer("/result/user/userId").and_then(serde_json::Value::as_i64);
    let user = UserId(user.ok_or(created)?);
    core.raw("/_start main=on");
    Ok(Client { api: ChatApi::new(Arc::new(core) as Arc<dyn ChatCore>), user })
}

impl fmt::Debug for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Person").field("name", &self.name).finish_non_exhaustive()
    }
}
