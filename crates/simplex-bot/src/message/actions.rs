//! What a bot does with a message: reply, react, forward, delete.

use crate::draft::Draft;
use crate::error::{BotError, Outcome};
use crate::sent::Sent;
use crate::types::{ChatRef, CiDeleteMode, GroupId, MsgReaction, NonEmpty, cmd};

use super::Message;

impl Message {
    /// Replies with a text, or anything that converts to a [`Draft`], quoting this message unless it is deleted.
    ///
    /// # Errors
    /// [`BotError::Api`] if the core does not accept it.
    ///
    /// # Cancel safety
    /// Not cancel safe: the answer may still be sent if the future is dropped.
    pub async fn reply(&self, answer: impl Into<Draft>) -> Outcome {
        self.chat().send(answer.into().quoting(self)).await
    }

    /// Reacts with an emoji: one of 👍 👎 😀 😂 😢 ❤ 🚀 ✅, at most three per message.
    ///
    /// What others react with comes as an event, which says who it was, and to which message:
    ///
    /// ```
    /// use simplex_bot::prelude::*;
    /// use simplex_bot::types::CiDirection;
    /// use simplex_bot::types::event::ChatItemReaction;
    ///
    /// async fn vote(event: ChatItemReaction, api: ChatApi) -> Outcome<()> {
    ///     let (emoji, vote) = (event.reaction.as_text(), &event.reaction.chat_reaction);
    ///     // In a chat with a contact, there is no member: it is `DirectRcv`.
    ///     let CiDirection::GroupRcv { group_member, .. } = &vote.chat_dir else { return Ok(()) };
    ///     let Some(chat) = event.reaction.chat_info.chat_ref() else { return Ok(()) };
    ///     let change = if event.added { "for" } else { "no longer for" };
    ///     let text = Markdown::new().mention(group_member).plain(&format!(" is {change} {emoji}"));
    ///     Chat::new(api, chat).send(Draft::from(text).quoting_item(vote.chat_item.id())).await?;
    ///     Ok(())
    /// }
    /// # use simplex_bot::testing::TestNetwork;
    /// # use simplex_bot::types::GroupMemberRole;
    /// # simplex_bot::testing::run(async {
    /// # let net = TestNetwork::new();
    /// # let bot = net.start(|| {
    /// #     Bot::new("bot").on_event(vote).command("poll", "", async |msg: Message| msg.chat().send("Yes?").await)
    /// # });
    /// # let bot = bot.await;
    /// # let alice = net.person("alice");
    /// # bot.joins(&alice.creates_group("team", GroupMemberRole::Member).await).await;
    /// # alice.expect_member("bot").await;
    /// # alice.send("/poll").await;
    /// # alice.expect("Yes?").await;
    /// # alice.reacts("👍").await;
    /// # alice.expect_containing("is for 👍").await;
    /// # });
    /// ```
    ///
    /// An event that the bot missed, because it was killed for example, does not come again. The core has the reaction
    /// all the same: [`get_reaction_members`](crate::ChatApi::get_reaction_members) lists who in a group has reacted
    /// with an emoji so far.
    ///
    /// # Errors
    /// [`BotError::NoSuchReaction`] for another emoji; [`BotError::Api`] if the core does not accept it, such as the
    /// same reaction twice, or reactions that the chat does not allow.
    ///
    /// # Cancel safety
    /// Not cancel safe: the reaction may still be sent if the future is dropped.
    pub async fn react(&self, emoji: &str) -> Result<(), BotError> {
        self.set_reaction(emoji, true).await
    }

    /// Removes a reaction.
    ///
    /// # Errors
    /// Same as [`react`](Self::react).
    ///
    /// # Cancel safety
    /// Same as [`react`](Self::react).
    pub async fn unreact(&self, emoji: &str) -> Result<(), BotError> {
        self.set_reaction(emoji, false).await
    }

    async fn set_reaction(&self, emoji: &str, add: bool) -> Result<(), BotError> {
        let reaction = MsgReaction::emoji(of_reaction(emoji));
        let reacted = self.api().chat_item_reaction(self.chat_ref(), self.id(), add, reaction).await;
        reacted.map(drop).map_err(|error| match error.is_not_parsed() {
            true => BotError::NoSuchReaction { error },
            false => error.into(),
        })
    }

    /// Forwards the message to another chat, with its file if that was received.
    ///
    /// ```
    /// # use simplex_bot::prelude::*;
    /// use simplex_bot::types::GroupId;
    ///
    /// # let _: Router<GroupId> =
    /// Router::new().on(in_direct(), async |msg: Message, State(team): State<GroupId>| msg.forward(team).await);
    /// ```
    ///
    /// # Errors
    /// [`BotError::Api`] if the core does not accept it; [`BotError::NothingSent`] if the message is gone.
    ///
    /// # Cancel safety
    /// Not cancel safe: the message may still be sent if the future is dropped.
    pub async fn forward(&self, to: impl Into<ChatRef>) -> Outcome {
        self.forward_to(to.into(), false).await
    }

    /// Forwards the message to a channel that the bot owns, as the channel: see
    /// [`Draft::as_channel`](crate::Draft::as_channel).
    ///
    /// # Errors
    /// Same as [`forward`](Self::forward).
    ///
    /// # Cancel safety
    /// Same as [`forward`](Self::forward).
    pub async fn forward_as_channel(&self, channel: GroupId) -> Outcome {
        self.forward_to(channel.into(), true).await
    }

    async fn forward_to(&self, to: ChatRef, as_channel: bool) -> Outcome {
        let command =
            cmd::ForwardChatItems::new(to, self.chat_ref(), NonEmpty::one(self.id())).with_as_group(as_channel);
        let items = self.api().call(&command).await?.chat_items;
        Sent::new(self.chat_at(to), items).ok_or(BotError::NothingSent)
    }

    /// Deletes the message in the bot's own database; its sender keeps it. Not in a channel that the bot owns: cores
    /// since 7.0 refuse it there.
    ///
    /// # Errors
    /// [`BotError::Api`] if the core does not delete it.
    ///
    /// # Cancel safety
    /// Not cancel safe: the message may still be deleted if the future is dropped.
    pub async fn delete_here(&self) -> Result<(), BotError> {
        let items = NonEmpty::one(self.id());
        Ok(self.api().delete_chat_items(self.chat_ref(), items, CiDeleteMode::Internal).await.map(drop)?)
    }

    /// Deletes the message for all members of the group, as a moderator.
    ///
    /// # Errors
    /// [`BotError::Misplaced`] outside of groups; [`BotError::Api`] if the bot's role does not allow it.
    ///
    /// # Cancel safety
    /// Same as [`delete_here`](Self::delete_here).
    pub async fn moderate(&self) -> Result<(), BotError> {
        let ChatRef::Group(group, _) = self.chat_ref() else {
            let (item, chat) = (self.id(), self.chat_ref());
            return Err(BotError::Misplaced(format!(
                "message {item} of {chat} cannot be moderated: only those of groups can, which `in_group()` lets through; \
                 `delete_here` deletes any for the bot alone"
            )));
        };
        Ok(self.api().delete_member_chat_item(group, NonEmpty::one(self.id())).await.map(drop)?)
    }
}

/// An emoji as reactions have it: the core knows the heart without the variation selector that keyboards add after it.
pub(crate) fn of_reaction(emoji: &str) -> &str {
    emoji.trim_end_matches('\u{fe0f}')
}
