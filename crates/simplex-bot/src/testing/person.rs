//! Somebody who talks to bots, with a core of their own.

mod expect;
mod heard;

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::OnceCell;

use crate::api::ChatApi;
use crate::core::{ChatCore, CoreEvent};
use crate::draft::Draft;
use crate::types::{
    ChatItemId, ChatRef, Event, GroupMemberRole, GroupProfile, MsgReaction, NonEmpty, Profile, UserId, cmd,
};

use super::bot::TestBot;
use super::cores::Face;
use super::{Conversation, DEADLINE, TestNetwork};

pub use heard::Heard;
use heard::heard;
pub(super) use heard::shown;

/// Somebody with a core of their own. What they do is what a user's client does; what they expect, they see.
///
/// [`send`](Self::send) and [`expect`](Self::expect) are about the chat that they opened last: with the bot that they
/// connected to, or the group that they joined.
pub struct Person {
    name: String,
    face: Face,
    /// Open from the first thing that they do.
    client: OnceCell<Client>,
    conversation: Conversation,
    state: Mutex<State>,
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
    /// What came and was not expected yet.
    heard: VecDeque<Heard>,
    /// The latest message that was sent, and that was heard.
    last_sent: Option<ChatItemId>,
    last_heard: Option<ChatItemId>,
}

/// A group that somebody created, for others to join.
#[derive(Debug, Clone)]
pub struct Group {
    pub(super) name: String,
    pub(super) link: String,
}

/// Joins by link, for a person or a bot.
pub(super) async fn join(api: &ChatApi, group: &Group) {
    let joined = api.connect_active_user(&group.link, false).await;
    joined.unwrap_or_else(|error| panic!("nobody can join {}: {error}", group.name));
}

impl Person {
    pub(super) fn new(network: &TestNetwork, name: &str) -> Self {
        Self {
            name: name.to_owned(),
            face: network.face.clone(),
            client: match &network.face {
                // Nobody has to wait for this one: what is asked of it before it is used has an answer.
                Face::Simulated(net) => OnceCell::new_with(Some(simulated(net, name))),
                Face::Of(_) => OnceCell::new(),
            },
            conversation: network.conversation.clone(),
            state: Mutex::default(),
            patience: DEADLINE,
        }
    }

    async fn client(&self) -> &Client {
        let open = async || {
            let core = self.face.open(&format!("person {}", self.name)).await;
            let api = ChatApi::new(core);
            let user = match api.get_active_user().await {
                Ok(Some(user)) => Ok(user),
                Ok(None) => api.create_active_user(Some(Profile::new(self.name.clone(), ""))).await,
                Err(error) => Err(error),
            };
            let started = api.start_chat().await;
            match (user, started) {
                (Ok(user), Ok(_)) => Client { api, user: user.user_id },
                (Err(error), _) | (_, Err(error)) => {
                    self.conversation.fail(&format!("{} has no profile: {error}", self.name))
                }
            }
        };
        self.client.get_or_init(open).await
    }

    /// What they are called.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The commands of their core, for what this has no words for.
    ///
    /// # Panics
    /// Before they did anything, on a network of other cores than simulated ones in this process.
    pub fn api(&self) -> &ChatApi {
        match self.client.get() {
            Some(client) => &client.api,
            None => self.conversation.fail(&format!("{} has done nothing yet", self.name)),
        }
    }

    /// Waits so long for what is expected, in place of a minute; by the test's clock.
    pub fn patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// Connects to a bot by its address, and opens the chat.
    ///
    /// # Panics
    /// When the connection is not made in time.
    pub async fn connects_to(self, bot: &TestBot) -> Self {
        self.connects_by(bot.address()).await
    }

    /// Connects by a link: to a contact, to a business, to a group; and opens the chat.
    ///
    /// # Panics
    /// When the connection is not made in time.
    pub async fn connects_by(self, link: &str) -> Self {
        self.note(format!("{} connects", self.name));
        if let Err(error) = self.client().await.api.connect_active_user(link, false).await {
            self.conversation.fail(&format!("{} cannot connect: {error}", self.name));
        }
        let opened = self
            .wait_for("to be connected", |heard| match heard {
                Heard::Connected { chat } => Some(*chat),
                Heard::Joined { group } => Some(ChatRef::group(*group)),
                _ => None,
            })
            .await;
        self.state().chat = Some(opened);
        self
    }

    /// Creates a group whose new members get a role, and opens it.
    ///
    /// # Panics
    /// When it is not created.
    pub async fn creates_group(&self, name: &str, role: GroupMemberRole) -> Group {
        self.note(format!("{} creates the group {name}", self.name));
        let Client { api, user } = self.client().await;
        let created = async {
            let group = api.new_group(*user, GroupProfile::new(name, "")).await?;
            let link = api.create_group_link(group.group_id, role).await?;
            Ok::<_, crate::api::ApiError>((group.group_id, link))
        };
        let (group, link) = created
            .await
            .unwrap_or_else(|error| self.conversation.fail(&format!("{} cannot create {name}: {error}", self.name)));
        self.state().chat = Some(ChatRef::group(group));
        Group { name: name.to_owned(), link: link.link().to_owned() }
    }

    /// Joins a group, and opens it.
    ///
    /// # Panics
    /// When it is not joined in time.
    pub async fn joins(&self, group: &Group) {
        self.note(format!("{} joins {}", self.name, group.name));
        join(&self.client().await.api, group).await;
        let joined = self
            .wait_for("to have joined", |heard| match heard {
                Heard::Joined { group } => Some(*group),
                _ => None,
            })
            .await;
        self.state().chat = Some(ChatRef::group(joined));
    }

    /// Gives a member of the open group another role.
    ///
    /// # Panics
    /// When there is no such member, or it is not allowed.
    pub async fn gives_role(&self, member: &str, role: GroupMemberRole) {
        let ChatRef::Group(group, _) = self.open_chat() else { self.conversation.fail("the open chat is no group") };
        let given = async {
            let members = self.client().await.api.list_members(group).await?;
            let found = members.iter().find(|known| known.member_profile.display_name == member);
            let Some(found) = found else { self.conversation.fail(&format!("the group has no member {member}")) };
            self.client().await.api.set_members_role(group, NonEmpty::one(found.group_member_id), role).await
        };
        if let Err(error) = given.await {
            self.conversation.fail(&format!("{} cannot give {member} a role: {error}", self.name));
        }
    }

    /// Sends to the open chat.
    ///
    /// # Panics
    /// When the core does not take it.
    pub async fn send(&self, message: impl Into<Draft>) {
        let draft = message.into();
        self.note(format!("{}: {}", self.name, shown(&draft.content)));
        let sent = crate::chat::Chat::new(self.client().await.api.clone(), self.open_chat()).send(draft).await;
        match sent {
            Ok(sent) => self.state().last_sent = Some(sent.id()),
            Err(error) => self.conversation.fail(&format!("{} cannot send: {error}", self.name)),
        }
    }

    /// Sends to the open chat, quoting the message that was expected last.
    ///
    /// # Panics
    /// When nothing was heard, or the core does not take it.
    pub async fn replies(&self, message: impl Into<Draft>) {
        let Some(item) = self.state().last_heard else { self.conversation.fail("there is nothing to reply to") };
        self.send(message.into().quoting_item(item)).await;
    }

    /// Opens another chat that they have: of a group, a support chat in it, with another contact.
    pub fn opens(&self, chat: impl Into<ChatRef>) {
        self.state().chat = Some(chat.into());
    }

    /// The chat that is open.
    ///
    /// # Panics
    /// When none is.
    pub fn open_chat(&self) -> ChatRef {
        let open = self.state().chat;
        open.unwrap_or_else(|| self.conversation.fail(&format!("{} has no chat open", self.name)))
    }

    /// Has the message that was sent last say something else.
    ///
    /// # Panics
    /// When nothing was sent, or the core does not take it.
    pub async fn edits_last(&self, text: &str) {
        self.note(format!("{} edits: {text}", self.name));
        let item = self.last_sent();
        if let Err(error) = self.client().await.api.update_chat_item(self.open_chat(), item, text).await {
            self.conversation.fail(&format!("{} cannot edit: {error}", self.name));
        }
    }

    /// Deletes the message that was sent last, for everybody.
    ///
    /// # Panics
    /// When nothing was sent, or the core does not take it.
    pub async fn deletes_last(&self) {
        self.note(format!("{} deletes", self.name));
        let items = NonEmpty::one(self.last_sent());
        let deleted = self
            .client()
            .await
            .api
            .delete_chat_items(self.open_chat(), items, crate::types::CiDeleteMode::Broadcast)
            .await;
        if let Err(error) = deleted {
            self.conversation.fail(&format!("{} cannot delete: {error}", self.name));
        }
    }

    /// Reacts to the message that was expected last.
    ///
    /// # Panics
    /// When nothing was heard, or the core does not take it.
    pub async fn reacts(&self, emoji: &str) {
        self.note(format!("{} reacts: {emoji}", self.name));
        let Some(item) = self.state().last_heard else { self.conversation.fail("there is nothing to react to") };
        let command = cmd::ChatItemReaction::new(self.open_chat(), item, MsgReaction::emoji(emoji)).with_add(true);
        if let Err(error) = self.client().await.api.call(&command).await {
            self.conversation.fail(&format!("{} cannot react: {error}", self.name));
        }
    }

    /// Loses the network: what is sent to them waits.
    ///
    /// # Panics
    /// Never, with the simulated core.
    pub async fn goes_offline(&self) {
        self.note(format!("({} goes offline)", self.name));
        self.client().await.api.stop_chat().await.expect("a stopped chat");
    }

    /// Has the network again.
    ///
    /// # Panics
    /// Never, with the simulated core.
    pub async fn comes_back(&self) {
        self.note(format!("({} comes back)", self.name));
        self.client().await.api.start_chat().await.expect("a started chat");
    }

    /// Takes the next event of the core.
    async fn hear(&self) {
        let Some(event) = self.client().await.api.core().recv().await else {
            self.conversation.fail(&format!("the core of {} ended", self.name))
        };
        let CoreEvent::Frame(frame) = event else { return };
        let Ok(event) = Event::decode(&frame) else { return };
        for heard in heard(event.value) {
            match &heard {
                Heard::Message { from, content, .. } => {
                    self.note(format!("{from} → {}: {}", self.name, shown(content)));
                }
                Heard::Edited { text, .. } => self.note(format!("→ {}, edited: {text}", self.name)),
                Heard::Deleted { .. } => self.note(format!("→ {}: (deleted)", self.name)),
                Heard::Reaction { emoji, .. } => self.note(format!("→ {}: {emoji}", self.name)),
                _ => {}
            }
            self.state().heard.push_back(heard);
        }
    }

    fn last_sent(&self) -> ChatItemId {
        let last = self.state().last_sent;
        last.unwrap_or_else(|| self.conversation.fail(&format!("{} has sent nothing", self.name)))
    }

    fn note(&self, line: String) {
        self.conversation.note(line);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn simulated(net: &simplex_sim::SimNetwork, name: &str) -> Client {
    let core = net.open(&format!("person {name}"), "").expect("a database without a key");
    let profile = serde_json::json!({"profile": {"displayName": name, "fullName": ""}, "pastTimestamp": false});
    let created = core.raw(&format!("/_create user {profile}"));
    let created: serde_json::Value = serde_json::from_str(&created).expect("an answer");
    let user = created.pointer("/result/user/userId").and_then(serde_json::Value::as_i64);
    core.raw("/_start main=on");
    Client { api: ChatApi::new(Arc::new(core) as Arc<dyn ChatCore>), user: UserId(user.expect("a user")) }
}

impl fmt::Debug for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Person").field("name", &self.name).finish_non_exhaustive()
    }
}
