//! Somebody who talks to bots, with a core of their own.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use simplex_sim::SimCore;
use tokio::time::timeout;

use crate::api::ChatApi;
use crate::core::{ChatCore, CoreEvent};
use crate::draft::Draft;
use crate::types::{
    AChatItem, ChatInfo, ChatItemId, ChatRef, CiContent, CiFile, Event, GroupId, GroupMemberRole, GroupProfile,
    MsgContent, MsgReaction, NonEmpty, UserId, cmd,
};

use super::bot::TestBot;
use super::{Conversation, DEADLINE, TestNetwork};

/// Somebody with a core of their own. What they do is what a user's client does; what they expect, they see.
///
/// [`send`](Self::send) and [`expect`](Self::expect) are about the chat that they opened last: with the bot that they
/// connected to, or the group that they joined.
pub struct Person {
    name: String,
    core: Arc<SimCore>,
    api: ChatApi,
    user: UserId,
    conversation: Conversation,
    state: Mutex<State>,
    patience: Duration,
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

/// Something that a person saw.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Heard {
    /// A message.
    Message {
        /// The chat that it came in.
        chat: ChatRef,
        /// Its id in the person's database.
        item: ChatItemId,
        /// Who sent it, as the person sees them.
        from: String,
        /// What it says.
        content: Box<MsgContent>,
        /// The file that came with it.
        file: Option<Box<CiFile>>,
    },
    /// A message says something else now.
    Edited {
        /// Its id.
        item: ChatItemId,
        /// What it says.
        text: String,
    },
    /// A message was deleted.
    Deleted {
        /// Its id.
        item: ChatItemId,
    },
    /// Somebody reacted to a message.
    Reaction {
        /// The emoji.
        emoji: String,
        /// Whether it was added, or taken back.
        added: bool,
    },
    /// Somebody is a contact now.
    Connected {
        /// The chat with them.
        chat: ChatRef,
    },
    /// The person is in a group now.
    Joined {
        /// The group.
        group: GroupId,
    },
    /// An event of another kind.
    Other(Box<Event>),
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
        let core = Arc::new(network.net.open(&format!("person {name}"), "").expect("a database without a key"));
        let profile = serde_json::json!({"profile": {"displayName": name, "fullName": ""}, "pastTimestamp": false});
        let created = core.raw(&format!("/_create user {profile}"));
        let created: serde_json::Value = serde_json::from_str(&created).expect("an answer");
        let user = created.pointer("/result/user/userId").and_then(serde_json::Value::as_i64);
        core.raw("/_start main=on");
        Self {
            name: name.to_owned(),
            api: ChatApi::new(Arc::clone(&core) as Arc<dyn ChatCore>),
            core,
            user: UserId(user.expect("a user")),
            conversation: network.conversation.clone(),
            state: Mutex::default(),
            patience: DEADLINE,
        }
    }

    /// What they are called.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The commands of their core, for what this has no words for.
    pub fn api(&self) -> &ChatApi {
        &self.api
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
        if let Err(error) = self.api.connect_active_user(link, false).await {
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
        let created = async {
            let group = self.api.new_group(self.user, GroupProfile::new(name, "")).await?;
            let link = self.api.create_group_link(group.group_id, role).await?;
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
        join(&self.api, group).await;
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
            let members = self.api.list_members(group).await?;
            let found = members.iter().find(|known| known.member_profile.display_name == member);
            let Some(found) = found else { self.conversation.fail(&format!("the group has no member {member}")) };
            self.api.set_members_role(group, NonEmpty::one(found.group_member_id), role).await
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
        let sent = crate::chat::Chat::new(self.api.clone(), self.open_chat()).send(draft).await;
        match sent {
            Ok(sent) => self.state().last_sent = Some(sent.id()),
            Err(error) => self.conversation.fail(&format!("{} cannot send: {error}", self.name)),
        }
    }

    /// Has the message that was sent last say something else.
    ///
    /// # Panics
    /// When nothing was sent, or the core does not take it.
    pub async fn edits_last(&self, text: &str) {
        self.note(format!("{} edits: {text}", self.name));
        let item = self.last_sent();
        if let Err(error) = self.api.update_chat_item(self.open_chat(), item, text).await {
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
        let deleted = self.api.delete_chat_items(self.open_chat(), items, crate::types::CiDeleteMode::Broadcast).await;
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
        if let Err(error) = self.api.call(&command).await {
            self.conversation.fail(&format!("{} cannot react: {error}", self.name));
        }
    }

    /// Expects this text as the next message in the open chat.
    ///
    /// # Panics
    /// When another message comes, or none in time.
    pub async fn expect(&self, text: &str) {
        let (content, _) = self.next_message(&format!("“{text}”")).await;
        let said = content.as_text().unwrap_or_default();
        if said != text {
            self.conversation.fail(&format!("{} expected “{text}” and heard “{said}”", self.name));
        }
    }

    /// Expects a message with this in its text as the next one in the open chat, and gives its text.
    ///
    /// # Panics
    /// When another message comes, or none in time.
    pub async fn expect_containing(&self, part: &str) -> String {
        let (content, _) = self.next_message(&format!("something with “{part}”")).await;
        let said = content.as_text().unwrap_or_default().to_owned();
        if !said.contains(part) {
            self.conversation.fail(&format!("{} expected something with “{part}” and heard “{said}”", self.name));
        }
        said
    }

    /// Expects a message of any kind as the next one in the open chat.
    ///
    /// # Panics
    /// When none comes in time.
    pub async fn expect_message(&self) -> MsgContent {
        self.next_message("a message").await.0
    }

    /// Expects a message with a file as the next one in the open chat.
    ///
    /// # Panics
    /// When another message comes, or none in time.
    pub async fn expect_file(&self) -> CiFile {
        match self.next_message("a file").await {
            (_, Some(file)) => *file,
            (content, None) => {
                self.conversation.fail(&format!("{} expected a file and heard {}", self.name, shown(&content)))
            }
        }
    }

    /// Expects a message to be changed to this text.
    ///
    /// # Panics
    /// When that does not happen in time.
    pub async fn expect_edit(&self, text: &str) {
        let edited = self.wait_for("an edit", |heard| match heard {
            Heard::Edited { text, .. } => Some(text.clone()),
            _ => None,
        });
        let said = edited.await;
        if said != text {
            self.conversation.fail(&format!("{} expected the edit “{text}” and saw “{said}”", self.name));
        }
    }

    /// Expects a message to be deleted.
    ///
    /// # Panics
    /// When that does not happen in time.
    pub async fn expect_deletion(&self) {
        self.wait_for("a deletion", |heard| matches!(heard, Heard::Deleted { .. }).then_some(())).await;
    }

    /// Expects this reaction.
    ///
    /// # Panics
    /// When another comes, or none in time.
    pub async fn expect_reaction(&self, emoji: &str) {
        let reaction = self.wait_for("a reaction", |heard| match heard {
            Heard::Reaction { emoji, added: true } => Some(emoji.clone()),
            _ => None,
        });
        let seen = reaction.await;
        if seen != emoji {
            self.conversation.fail(&format!("{} expected {emoji} and saw {seen}", self.name));
        }
    }

    /// Expects something of any kind, for what this has no words for.
    ///
    /// # Panics
    /// When it does not come in time.
    pub async fn expect_any<T>(&self, what: &str, test: impl Fn(&Heard) -> Option<T>) -> T {
        self.wait_for(what, test).await
    }

    /// Expects that no message comes in the open chat for so long, by the test's clock.
    ///
    /// # Panics
    /// When one comes.
    pub async fn expect_silence(&self, duration: Duration) {
        let chat = self.open_chat();
        if let Ok((content, _)) = timeout(duration, self.next_in(chat)).await {
            self.conversation.fail(&format!("{} expected silence and heard {}", self.name, shown(&content)));
        }
        self.note(format!("({} hears nothing for {duration:?})", self.name));
    }

    /// Loses the network: what is sent to them waits.
    ///
    /// # Panics
    /// Never, with the simulated core.
    pub async fn goes_offline(&self) {
        self.note(format!("({} goes offline)", self.name));
        self.api.stop_chat().await.expect("a stopped chat");
    }

    /// Has the network again.
    ///
    /// # Panics
    /// Never, with the simulated core.
    pub async fn comes_back(&self) {
        self.note(format!("({} comes back)", self.name));
        self.api.start_chat().await.expect("a started chat");
    }

    async fn next_message(&self, what: &str) -> (MsgContent, Option<Box<CiFile>>) {
        let chat = self.open_chat();
        match timeout(self.patience, self.next_in(chat)).await {
            Ok(heard) => heard,
            Err(_) => self.conversation.fail(&format!("{} expected {what} and heard nothing", self.name)),
        }
    }

    async fn next_in(&self, chat: ChatRef) -> (MsgContent, Option<Box<CiFile>>) {
        let next = |heard: &Heard| match heard {
            Heard::Message { chat: place, item, content, file, .. } if *place == chat => {
                Some((*item, MsgContent::clone(content), file.clone()))
            }
            _ => None,
        };
        let (item, content, file) = self.take(next).await;
        self.state().last_heard = Some(item);
        (content, file)
    }

    async fn wait_for<T>(&self, what: &str, test: impl Fn(&Heard) -> Option<T>) -> T {
        match timeout(self.patience, self.take(test)).await {
            Ok(found) => found,
            Err(_) => self.conversation.fail(&format!("{} expected {what}, in vain", self.name)),
        }
    }

    /// The first thing that `test` takes, of what came already or comes; the others stay.
    async fn take<T>(&self, test: impl Fn(&Heard) -> Option<T>) -> T {
        loop {
            let found = {
                let mut state = self.state();
                let found = state.heard.iter().enumerate().find_map(|(at, heard)| test(heard).map(|value| (at, value)));
                found.map(|(at, value)| {
                    state.heard.remove(at);
                    value
                })
            };
            match found {
                Some(value) => return value,
                None => self.hear().await,
            }
        }
    }

    /// Takes the next event of the core.
    async fn hear(&self) {
        let Some(event) = self.core.recv().await else {
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

    fn open_chat(&self) -> ChatRef {
        let open = self.state().chat;
        open.unwrap_or_else(|| self.conversation.fail(&format!("{} has no chat open", self.name)))
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

fn heard(event: Event) -> Vec<Heard> {
    match event {
        Event::NewChatItems(event) => event.chat_items.into_iter().filter_map(message).collect(),
        Event::ChatItemUpdated(event) => {
            let text = event.chat_item.text().unwrap_or_default().to_owned();
            vec![Heard::Edited { item: event.chat_item.id(), text }]
        }
        Event::ChatItemsDeleted(event) => event
            .chat_item_deletions
            .iter()
            .map(|deletion| Heard::Deleted { item: deletion.deleted_chat_item.id() })
            .collect(),
        Event::ChatItemReaction(event) => {
            let emoji = event.reaction.chat_reaction.reaction.as_text().to_owned();
            vec![Heard::Reaction { emoji, added: event.added }]
        }
        Event::ContactConnected(event) => vec![Heard::Connected { chat: ChatRef::Direct(event.contact.contact_id) }],
        Event::UserJoinedGroup(event) => vec![Heard::Joined { group: event.group_info.group_id }],
        other => vec![Heard::Other(Box::new(other))],
    }
}

fn message(item: AChatItem) -> Option<Heard> {
    let from = item.chat_item.sender().map(|member| member.member_profile.display_name.clone());
    let from = from.unwrap_or_else(|| match &item.chat_info {
        ChatInfo::Direct { contact, .. } => contact.profile.display_name.clone(),
        other => other.name(),
    });
    let chat = item.chat_ref()?;
    let id = item.id();
    match item.chat_item.content {
        CiContent::RcvMsgContent { msg_content, .. } => {
            Some(Heard::Message { chat, item: id, from, content: msg_content, file: item.chat_item.file })
        }
        _ => None,
    }
}

fn shown(content: &MsgContent) -> String {
    match (content, content.as_text().unwrap_or_default()) {
        (MsgContent::Text { .. }, text) => text.to_owned(),
        (other, text) => format!("[{}] {text}", other.tag().as_str()),
    }
}

impl fmt::Debug for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Person").field("name", &self.name).finish_non_exhaustive()
    }
}
