//! A chat that the bot can write to.

use std::fmt;

use crate::api::{ApiError, ChatApi};
use crate::draft::Draft;
use crate::error::{BotError, Outcome};
use crate::message::Message;
use crate::runtime::Waits;
use crate::sent::{Live, Sent};
use crate::types::{
    AChatItem, ChatItemId, ChatRef, CiContent, ComposedMessage, GroupMemberId, NonEmpty, StoreError, cmd,
};

/// A chat with a contact, or a group.
#[derive(Clone)]
pub struct Chat {
    api: ChatApi,
    chat: ChatRef,
    /// In a group, the member whose answers are waited for: the one who wrote.
    sender: Option<GroupMemberId>,
    /// For waiting outside of handlers: in chats of a client.
    waits: Option<Waits>,
}

impl Chat {
    /// A chat by its reference: for handlers of events and jobs, which have no message to reply to.
    ///
    /// ```
    /// # use simplex_bot::prelude::*;
    /// use simplex_bot::types::event::ContactConnected;
    ///
    /// # let _: Router =
    /// Router::new().on_event(async |event: ContactConnected, api: ChatApi| {
    ///     Chat::new(api, event.contact.contact_id).send("There you are.").await
    /// });
    /// ```
    pub fn new(api: ChatApi, chat: impl Into<ChatRef>) -> Self {
        Self { api, chat: chat.into(), sender: None, waits: None }
    }

    /// The same group chat, for questions to one of its members: messages of others are then not taken as answers, but
    /// handled as usual. The chat of a group message is already for its sender; one that is made by [`new`](Self::new)
    /// takes an answer from anyone.
    ///
    /// ```
    /// # use simplex_bot::prelude::*;
    /// use simplex_bot::types::event::JoinedGroupMember;
    ///
    /// async fn ask(event: JoinedGroupMember, api: ChatApi) -> Outcome {
    ///     let chat = Chat::new(api, event.group_info.group_id).with_member(event.member.group_member_id);
    ///     let answer: u8 = chat.ask("How much is 2 and 2?").parse().retries(2).timeout(Duration::from_mins(5)).await?;
    ///     chat.send(if answer == 4 { "Welcome!" } else { "No." }).await
    /// }
    /// # let _: Router = Router::new().on_event(ask);
    /// ```
    #[must_use]
    pub fn with_member(self, member: GroupMemberId) -> Self {
        self.with_sender(Some(member))
    }

    pub(crate) fn with_sender(mut self, sender: Option<GroupMemberId>) -> Self {
        self.sender = sender;
        self
    }

    pub(crate) fn with_waits(mut self, waits: Waits) -> Self {
        self.waits = Some(waits);
        self
    }

    pub(crate) fn sender(&self) -> Option<GroupMemberId> {
        self.sender
    }

    /// For waiting outside of handlers, if the chat is one for that.
    pub(crate) fn own_waits(&self) -> Option<&Waits> {
        self.waits.as_ref()
    }

    /// For waiting in the profile of its commands: outside of handlers if the chat is one for that, else in the handler or
    /// the job that is running.
    pub(crate) fn waits(&self) -> Result<Waits, BotError> {
        let waits = self.waits.clone().or_else(Waits::current).map(|waits| waits.in_profile(self.api.user_id()));
        waits.ok_or_else(|| {
            BotError::Misplaced(format!(
                "nothing can be waited for in {} from here: wait inside a handler or a job, not in a task that it \
                 spawned, or in a chat of `Handle::chat` or `Client::chat`",
                self.chat
            ))
        })
    }

    /// The chat as commands refer to it.
    pub fn chat_ref(&self) -> ChatRef {
        self.chat
    }

    /// The typed commands of the core.
    pub fn api(&self) -> &ChatApi {
        &self.api
    }

    /// The message with this id that somebody sent in this chat, from the chat's history or an event; `None` if the chat
    /// has none, or it is one's own, as [`sent`](Self::sent) returns them. Where answers can be waited for in this chat, its
    /// file can be waited for, too: that is how a client receives files.
    ///
    /// ```
    /// # use simplex_bot::prelude::*;
    /// use simplex_bot::types::event::NewChatItems;
    ///
    /// async fn keep_files(me: &Client) -> Result<(), BotError> {
    ///     let mut events = me.events::<NewChatItems>();
    ///     while let Some(event) = events.next().await {
    ///         for item in event.chat_items.iter().filter(|item| item.chat_item.file.is_some()) {
    ///             let Some(chat) = item.chat_ref() else { continue };
    ///             let Some(msg) = me.chat(chat).message(item.id()).await? else { continue };
    ///             msg.receive().into_folder("./inbox").await?;
    ///         }
    ///     }
    ///     Ok(())
    /// }
    /// ```
    ///
    /// # Errors
    /// [`BotError::Api`] if the core does not look for it.
    ///
    /// # Cancel safety
    /// Cancel safe.
    pub async fn message(&self, item: ChatItemId) -> Result<Option<Message>, BotError> {
        let found = self.item(item).await?;
        let message = found.and_then(|found| Message::in_chat(&self.api, self.chat, found));
        Ok(message.map(|message| message.with_waits(self.own_waits())))
    }

    /// The message with this id that was sent to this chat, to edit or delete it, or to wait for its delivery: for a
    /// program that stored its [id](Sent::id), as after a restart. `None` if the chat has none, or it is somebody else's.
    ///
    /// # Errors
    /// [`BotError::Api`] if the core does not look for it.
    ///
    /// # Cancel safety
    /// Cancel safe.
    pub async fn sent(&self, item: ChatItemId) -> Result<Option<Sent>, BotError> {
        let found = self.item(item).await?;
        let own = found.filter(|found| matches!(found.chat_item.content, CiContent::SndMsgContent { .. }));
        Ok(own.and_then(|own| Sent::new(self.clone(), vec![own])))
    }

    async fn item(&self, item: ChatItemId) -> Result<Option<AChatItem>, BotError> {
        match self.api.call(&cmd::GetChatItemInfo::new(self.chat, item)).await {
            Err(error) if matches!(error.store_error(), Some(StoreError::ChatItemNotFound { .. })) => Ok(None),
            found => Ok(Some(found?.chat_item)),
        }
    }

    /// Sends a text, or anything that converts to a [`Draft`].
    ///
    /// # Errors
    /// [`BotError::Api`] if the core does not accept it; [`BotError::PartlySent`] if it accepted only the first parts
    /// of a text that is too long for one message; [`BotError::Empty`] for a text without a word;
    /// [`BotError::Misplaced`] for [`Draft::as_channel`] where there is no channel.
    ///
    /// # Cancel safety
    /// Not cancel safe: the message may still be sent if the future is dropped.
    pub async fn send(&self, message: impl Into<Draft>) -> Outcome {
        let mut draft = message.into();
        if draft.is_empty() {
            return Err(BotError::Empty);
        }
        let as_channel = draft.as_channel;
        if let Some(item) = draft.quoted_by_id() {
            let found = self.item(item).await?;
            draft.set_quoted(found.as_ref().and_then(|found| found.chat_item.msg_content()));
        }
        let ttl = draft.ttl_seconds();
        let (first, rest) = draft.into_messages();
        let mut messages = NonEmpty::one(first);
        rest.into_iter().for_each(|message| messages.push(message));
        let of = messages.len();
        let items = self.send_messages(messages, ttl, as_channel, false).await?;
        Sent::new(self.clone(), items).ok_or(BotError::NothingSent)?.all(of)
    }

    /// Starts a live message, which people see being written: a text, or a [`Draft`] of one. It quotes nothing, because
    /// the core takes no quotes in live messages.
    ///
    /// ```
    /// # use simplex_bot::prelude::*;
    /// # async fn think() -> String { "42".into() }
    /// async fn answer(chat: Chat) -> Outcome {
    ///     let live = chat.live("Thinking…").await?;
    ///     let answer = think().await;
    ///     live.finish(answer).await
    /// }
    /// ```
    ///
    /// A text that comes word by word is updated once in a while: each update is a message to all who read it.
    ///
    /// ```
    /// # use simplex_bot::prelude::*;
    /// use simplex_bot::prelude::tokio::sync::mpsc::Receiver;
    /// use simplex_bot::prelude::tokio::time::Instant;
    ///
    /// async fn pass_on(chat: Chat, mut words: Receiver<String>) -> Outcome {
    ///     let live = chat.live("…").await?;
    ///     let (mut text, mut shown) = (String::new(), Instant::now());
    ///     while let Some(word) = words.recv().await {
    ///         text.push_str(&word);
    ///         if shown.elapsed() >= Duration::from_secs(1) {
    ///             live.update(&text).await?;
    ///             shown = Instant::now();
    ///         }
    ///     }
    ///     live.finish(text).await
    /// }
    /// ```
    ///
    /// What comes in the chat meanwhile is handled after that. If the handler waits for the
    /// [next message](Self::next_message), too, it gets that at once, and commands are handled beside it:
    ///
    /// ```
    /// # use simplex_bot::prelude::*;
    /// use simplex_bot::prelude::tokio::sync::mpsc::Receiver;
    ///
    /// /// Returns the message that cut the answer short: it is to be answered next.
    /// async fn pass_on(chat: &Chat, mut words: Receiver<String>) -> Outcome<Option<Message>> {
    ///     let live = chat.live("…").await?;
    ///     let mut text = String::new();
    ///     let later = async { chat.next_message().await };
    ///     tokio::pin!(later);
    ///     let later = loop {
    ///         tokio::select! {
    ///             later = &mut later => break Some(later),
    ///             word = words.recv() => match word {
    ///                 Some(word) => text.push_str(&word),
    ///                 None => break None,
    ///             },
    ///         }
    ///     };
    ///     live.finish(text).await?;
    ///     later.transpose()
    /// }
    ///
    /// # fn think(about: &str) -> Receiver<String> {
    /// #     let (words, told) = tokio::sync::mpsc::channel(1);
    /// #     let about = about.to_owned();
    /// #     tokio::spawn(async move {
    /// #         for _ in 0..3 {
    /// #             tokio::time::sleep(Duration::from_secs(10)).await;
    /// #             let _ = words.send(format!("{about}. ")).await;
    /// #         }
    /// #     });
    /// #     told
    /// # }
    /// async fn answer(msg: TextMessage) -> Outcome<()> {
    ///     let mut asked = Some(msg.into_message());
    ///     while let Some(msg) = asked {
    ///         asked = pass_on(&msg.chat(), think(msg.text())).await?;
    ///     }
    ///     Ok(())
    /// }
    /// # fn bot() -> Bot {
    /// #     Bot::new("bot").command("model", "", async |msg: Message| msg.reply("Slow").await).on(text(), answer)
    /// # }
    /// # simplex_bot::testing::run(async {
    /// #     let net = simplex_bot::testing::TestNetwork::new();
    /// #     let alice = net.person("alice").connects_to(&net.start(bot).await).await;
    /// #     alice.send("One").await;
    /// #     alice.expect("…").await;
    /// #     alice.expect_silence(Duration::from_secs(15)).await;
    /// #     alice.send("/model").await;
    /// #     alice.expect("Slow").await;
    /// #     alice.send("Two").await;
    /// #     alice.expect_edit("One. ").await;
    /// #     alice.expect("…").await;
    /// #     alice.expect_edit("Two. Two. Two. ").await;
    /// # });
    /// ```
    ///
    /// # Errors
    /// [`BotError::Api`] if the core does not accept it; [`BotError::Misplaced`] for [`Draft::as_channel`] where there
    /// is no channel.
    ///
    /// # Cancel safety
    /// Not cancel safe: the message may still be sent if the future is dropped.
    pub async fn live(&self, text: impl Into<Draft>) -> Outcome<Live> {
        Live::begin(self, text.into()).await
    }

    /// Sends messages as they are; returns those that the core accepted.
    pub(crate) async fn send_messages(
        &self,
        messages: NonEmpty<ComposedMessage>,
        ttl: Option<i64>,
        as_channel: bool,
        live: bool,
    ) -> Result<Vec<AChatItem>, BotError> {
        if as_channel && !matches!(self.chat, ChatRef::Group(_, None)) {
            return Err(BotError::Misplaced(format!("nothing can be said as a channel in {}: it is none", self.chat)));
        }
        let mut command = cmd::SendMessages::new(self.chat, messages).with_as_group(as_channel).with_live_message(live);
        command.ttl = ttl;
        let answer = match self.api.call(&command).await {
            Err(error) if is_without_quote(&error) => {
                let mut messages = command.composed_messages.into_vec();
                messages.iter_mut().for_each(|message| message.quoted_item_id = None);
                command.composed_messages = NonEmpty::new(messages).ok_or(error)?;
                self.api.call(&command).await
            }
            answer => answer,
        };
        Ok(answer?.chat_items)
    }
}

/// Whether the message to quote is deleted, so that nothing was sent. An answer without a quote is better than none.
fn is_without_quote(error: &ApiError) -> bool {
    matches!(error.store_error(), Some(StoreError::InvalidQuote | StoreError::ChatItemNotFound { .. }))
}

impl fmt::Debug for Chat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Chat").field(&self.chat).finish()
    }
}
