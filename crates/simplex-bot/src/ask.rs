//! Questions inside handlers: ask, wait for the answer, go on.

use std::fmt::{self, Display};
use std::future::IntoFuture;
use std::pin::Pin;
use std::str::FromStr;
use std::time::Duration;

use crate::chat::Chat;
use crate::draft::Draft;
use crate::error::BotError;
use crate::markdown::Markdown;
use crate::message::Message;
use crate::runtime::{Asked, WaitError, Waits};
use crate::types::bot_command;

/// The default timeout of an answer.
const PATIENCE: Duration = Duration::from_secs(600);

type Reader<T> = Box<dyn Fn(&Message) -> Result<T, String> + Send + Sync>;

impl Chat {
    /// Asks a question, and waits for the next message of the same person in this chat; commands are not taken as
    /// answers, except by a [`Client`](crate::Client), which has no handlers for them. In a group, that person is the
    /// member whom the chat [is for](Self::with_member): for the chat of a message, its sender. If several questions are
    /// open, an answer that quotes one of them is for that one, once the core has said that the question is sent, and any
    /// other answer is for the one that waits longest.
    ///
    /// Meanwhile the handler gives up its place, and other messages are handled. The question is kept in memory: after
    /// a restart, the message that began it is handled again, and so is an event that is [found](crate::Reconciled) then,
    /// such as that of a member who joined: both ask once more. For what has to survive a restart, use a
    /// [dialogue](crate::dialogue); [`Sessions::of`](crate::dialogue::Sessions::of) begins one for an event.
    ///
    /// If a question gets no answer, or none that can be read, and the handler returns that error, it is not retried as
    /// after other errors, and asks nobody again: its message counts as handled, and the error hook is called with
    /// [`Failure::Unanswered`](crate::Failure::Unanswered). To say something in that case, match on the error:
    ///
    /// ```
    /// # use simplex_bot::prelude::*;
    /// # use simplex_bot::WaitError;
    /// async fn survey(chat: Chat) -> Outcome {
    ///     match chat.ask("How was it?").await {
    ///         Ok(answer) => chat.send(format!("{answer}? Thank you.")).await,
    ///         Err(BotError::Wait(WaitError::Timeout { .. })) => chat.send("Another time, then.").await,
    ///         Err(error) => Err(error),
    ///     }
    /// }
    /// # let _: Router = Router::new().command("survey", "Tell us", survey);
    /// ```
    ///
    /// ```
    /// # use simplex_bot::prelude::*;
    /// async fn signup(chat: Chat) -> Outcome {
    ///     let name = chat.ask("Your name?").timeout(Duration::from_mins(5)).await?;
    ///     let age: u8 = chat.ask("Your age?").parse().retries(3).await?;
    ///     chat.send(format!("Welcome, {name} ({age})")).await
    /// }
    /// # let _: Router = Router::new().command("signup", "Sign up", signup);
    /// ```
    pub fn ask(&self, question: impl Into<Draft>) -> Ask<'_, String> {
        Ask {
            chat: self,
            question: Some(question.into()),
            timeout: PATIENCE,
            retries: 0,
            again: None,
            reader: Box::new(|message| Ok(message.text().to_owned())),
            refusal: str::to_owned,
        }
    }

    /// Waits for the next message in this chat that [`ask`](Self::ask) takes as an answer, without asking anything.
    ///
    /// A handler misses nothing in its chat between one such wait and the next, unless the bot has other
    /// [lanes](crate::Bot::lane_by) than chats. So it can take what all members of a group say:
    ///
    /// ```
    /// # use simplex_bot::prelude::*;
    /// use simplex_bot::types::GroupInfo;
    ///
    /// async fn quiz(group: GroupInfo, api: ChatApi) -> Outcome {
    ///     let chat = Chat::new(api, group.group_id); // for no member: anyone may answer
    ///     chat.send("The capital of France?").await?;
    ///     let first = async {
    ///         loop {
    ///             let msg = chat.next_message().await?;
    ///             if msg.text().eq_ignore_ascii_case("paris") {
    ///                 return Ok::<_, BotError>(msg);
    ///             }
    ///             msg.react("👎").await?;
    ///         }
    ///     };
    ///     match tokio::time::timeout(Duration::from_secs(30), first).await {
    ///         Ok(first) => first?.reply("You were first!").await,
    ///         Err(_) => chat.send("Time is over: Paris.").await,
    ///     }
    /// }
    /// # use simplex_bot::testing::TestNetwork;
    /// # simplex_bot::testing::run(async {
    /// # let net = TestNetwork::new();
    /// # let bot = net.start(|| Bot::new("bot").command("quiz", "", quiz)).await;
    /// # let (alice, bob) = (net.person("alice"), net.person("bob"));
    /// # let team = alice.creates_group("team", simplex_bot::types::GroupMemberRole::Member).await;
    /// # bot.joins(&team).await;
    /// # bob.joins(&team).await;
    /// # bob.expect_member("bot").await;
    /// # alice.send("/quiz").await;
    /// # alice.expect("The capital of France?").await;
    /// # for wrong in ["Rome", "Bonn", "Oslo"] {
    /// #     alice.send(wrong).await;
    /// # }
    /// # bob.send("Paris").await;
    /// # alice.expect("Paris").await;
    /// # alice.expect("You were first!").await;
    /// # alice.send("/quiz").await;
    /// # alice.expect("The capital of France?").await;
    /// # alice.expect("Time is over: Paris.").await;
    /// # });
    /// ```
    pub fn next_message(&self) -> Ask<'_, Message> {
        let reader: Reader<Message> = Box::new(|message| Ok(message.clone()));
        Ask { chat: self, question: None, timeout: PATIENCE, retries: 0, again: None, reader, refusal: str::to_owned }
    }

    /// Sends a message, and waits for the next one in this chat, as [`next_message`](Self::next_message) does.
    pub fn send_and_wait(&self, message: impl Into<Draft>) -> Ask<'_, Message> {
        Ask { question: Some(message.into()), ..self.next_message() }
    }
}

/// A question to be asked; awaiting it returns the answer.
///
/// Fails with [`BotError::Wait`] if the time is over, no answer could be read, the bot stops, or the chat is deleted.
///
/// # Cancel safety
/// Not cancel safe: the question may still be sent if the future is dropped. An answer that it did not take is handled
/// like any message.
#[must_use = "nothing is asked until it is awaited"]
pub struct Ask<'a, T> {
    chat: &'a Chat,
    question: Option<Draft>,
    timeout: Duration,
    retries: u32,
    again: Option<Draft>,
    reader: Reader<T>,
    /// What is said of an answer that was not read, for this reason.
    refusal: fn(&str) -> String,
}

impl<'a, T> Ask<'a, T> {
    /// Sets how long to wait for each answer; ten minutes by default.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Parses answers as a `U`, whose error tells the person what is wrong; that of a number is for programmers:
    /// `.or_say("A number, please.")` is better.
    pub fn parse<U>(self) -> Ask<'a, U>
    where
        U: FromStr,
        U::Err: Display,
    {
        let parsed = self.read(|message| message.text().trim().parse().map_err(|error: U::Err| error.to_string()));
        Ask { refusal: |reason| format!("That does not fit: {reason}."), ..parsed }
    }

    /// Reads answers with a function; its error is sent to the person who answered, as it is, and as plain text.
    ///
    /// A command such as `/cancel` is handled meanwhile, but does not take the question back. Let people do so in words:
    ///
    /// ```
    /// # use simplex_bot::prelude::*;
    /// fn name(msg: &Message) -> Result<Option<String>, String> {
    ///     match msg.text().trim() {
    ///         "cancel" => Ok(None),
    ///         name if name.chars().count() < 3 => Err("That is too short.".into()),
    ///         name => Ok(Some(name.into())),
    ///     }
    /// }
    ///
    /// async fn signup(chat: Chat) -> Outcome {
    ///     match chat.ask("Your name? You can also say “cancel”.").read(name).retries(2).await? {
    ///         Some(name) => chat.send(format!("Welcome, {name}.")).await,
    ///         None => chat.send("Another time, then.").await,
    ///     }
    /// }
    /// # fn bot() -> Bot { Bot::new("bot").command("signup", "Sign up", signup) }
    /// # use simplex_bot::testing::TestNetwork;
    /// # simplex_bot::testing::run(async {
    /// # let net = TestNetwork::new();
    /// # let alice = net.person("alice").connects_to(&net.start(bot).await).await;
    /// # alice.send("/signup").await;
    /// # alice.expect("Your name? You can also say “cancel”.").await;
    /// # alice.send("al").await;
    /// # alice.expect("That is too short.").await;
    /// # alice.send("cancel").await;
    /// # alice.expect("Another time, then.").await;
    /// # });
    /// ```
    pub fn read<U>(self, reader: impl Fn(&Message) -> Result<U, String> + Send + Sync + 'static) -> Ask<'a, U> {
        let Self { chat, question, timeout, retries, again, .. } = self;
        Ask { chat, question, timeout, retries, again, reader: Box::new(reader), refusal: str::to_owned }
    }

    /// Asks again up to this many times, if an answer cannot be read.
    pub fn retries(mut self, retries: u32) -> Self {
        self.retries = retries;
        self
    }

    /// Sends this if an answer cannot be read, instead of the reason.
    pub fn or_say(mut self, again: impl Into<Draft>) -> Self {
        self.again = Some(again.into());
        self
    }

    async fn run(self) -> Result<T, BotError> {
        let asked = Asked::default();
        let waits = self.chat.waits()?.asking(&asked);
        let (chat, sender) = (self.chat.chat_ref(), self.chat.sender());
        // A client has no handlers of commands.
        let commands = self.chat.own_waits().is_some_and(Waits::are_of_client);
        let is_answer = move |message: &Message| {
            let same = sender.is_none() || message.member().map(|member| member.group_member_id) == sender;
            same && (commands || bot_command(message.text()).is_none())
        };
        let mut question = self.question;
        let mut answers = 0_u32;
        loop {
            // Start waiting before the question is sent: the answer may come before sending returns.
            let next = waits.message(chat, self.timeout, is_answer);
            tokio::pin!(next);
            let next = match question.take() {
                Some(question) => {
                    let sending = self.chat.send(question);
                    tokio::pin!(sending);
                    tokio::select! {
                        biased;
                        next = &mut next => {
                            sending.await?;
                            next
                        }
                        sent = &mut sending => {
                            asked.add(&sent?);
                            next.await
                        }
                    }
                }
                None => next.await,
            };
            answers = answers.saturating_add(1);
            // Only after the question was sent: if sending fails, nobody was asked, and the message is not an answer.
            match (self.reader)(&next?.take().with_waits(self.chat.own_waits())) {
                Ok(value) => return Ok(value),
                Err(reason) if answers > self.retries => {
                    return Err(WaitError::NotUnderstood { answers, reason }.into());
                }
                Err(reason) => {
                    // As plain text: the reason may contain what people wrote.
                    let why = || Markdown::new().plain(&(self.refusal)(&reason)).into();
                    question = Some(self.again.clone().unwrap_or_else(why)).filter(|again| !again.is_empty());
                }
            }
        }
    }
}

impl<'a, T: Send + 'a> IntoFuture for Ask<'a, T> {
    type Output = Result<T, BotError>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'a>>;
    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

impl<T> fmt::Debug for Ask<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ask").field("chat", &self.chat).field("timeout", &self.timeout).finish_non_exhaustive()
    }
}
