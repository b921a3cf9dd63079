//! A bot and people on a simulated network.

#![allow(dead_code, reason = "not every test uses all of it")]
#![allow(clippy::expect_used, clippy::unwrap_used, reason = "what fails here fails a test")]

use std::collections::VecDeque;
use std::fmt;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use simplex_bot::Running;
use simplex_bot::core::{ChatCore, CoreError, CoreEvent, Frame, Request};
use simplex_bot::prelude::*;
use simplex_sim::{CoreId, Settings, SimCore, SimNetwork};
use tokio::sync::{Notify, mpsc};
use tokio::time::timeout;

/// No test waits longer for anything.
pub const DEADLINE: Duration = Duration::from_secs(20);

/// A network with the bot's database in it, and the bot's own file beside it.
pub struct World {
    pub net: SimNetwork,
    folder: tempfile::TempDir,
}

impl World {
    pub fn new() -> Self {
        Self::with(Settings::default())
    }

    pub fn with(settings: Settings) -> Self {
        Self { net: SimNetwork::new(settings), folder: tempfile::tempdir().unwrap() }
    }

    /// The bot on its database, as a process that begins anew.
    pub fn bot(&self) -> Bot {
        self.bot_on(Arc::new(self.net.open("bot", "").unwrap()))
    }

    /// The bot on a core of its database that is open already.
    pub fn bot_on(&self, core: Arc<dyn ChatCore>) -> Bot {
        Bot::new("bot").core(core).state_file(self.state_file())
    }

    /// A core of the bot's database that says where that lies.
    pub fn located(&self) -> Arc<Located> {
        let core = Arc::new(self.net.open("bot", "").unwrap());
        Arc::new(Located { core, database: self.folder.path().join("data/bot") })
    }

    /// A core of the bot's database whose events can get lost.
    pub fn deaf(&self) -> Arc<Deaf> {
        Deaf::new(self.net.open("bot", "").unwrap())
    }

    /// The bot's own file.
    pub fn state_file(&self) -> PathBuf {
        self.folder.path().join("bot.state")
    }

    /// The bot's core runs and stores what arrives, but nobody takes its events; then the process dies.
    pub fn while_nobody_listens(&self, happens: impl FnOnce(&SimCore)) {
        let core = self.net.open("bot", "").unwrap();
        core.raw("/_start main=on");
        happens(&core);
        drop(self.net.open("bot", "").unwrap());
    }

    /// Somebody who is a contact of the bot.
    pub async fn person(&self, name: &str, bot: &Running) -> Person {
        self.person_at(name, bot.address().unwrap()).await
    }

    /// Somebody who is a contact of whoever has this address.
    pub async fn person_at(&self, name: &str, address: &str) -> Person {
        let core = self.net.open(name, "").unwrap();
        core.raw(&format!(
            r#"/_create user {{"profile":{{"displayName":"{name}","fullName":""}},"pastTimestamp":false}}"#
        ));
        core.raw("/_start main=on");
        core.raw(&format!("/_connect 1 {address}"));
        let connected = async {
            while !core.try_event().is_some_and(|event| event.contains("\"contactConnected\"")) {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        };
        timeout(DEADLINE, connected).await.unwrap();
        Person { core }
    }
}

/// A core that notes the commands, and whose events get lost on the way to the bot, or its commands fail, when it is told so.
#[derive(Debug)]
pub struct Deaf {
    core: SimCore,
    deaf: AtomicBool,
    held: AtomicBool,
    injected: Mutex<VecDeque<CoreEvent>>,
    more: Notify,
    sent: Mutex<Vec<String>>,
    /// Commands that begin so fail.
    refused: Mutex<Option<&'static str>>,
}

impl Deaf {
    fn new(core: SimCore) -> Arc<Self> {
        Arc::new(Self {
            core,
            deaf: AtomicBool::new(false),
            held: AtomicBool::new(false),
            injected: Mutex::default(),
            more: Notify::new(),
            sent: Mutex::default(),
            refused: Mutex::default(),
        })
    }

    /// Which core of the network it is.
    pub fn id(&self) -> CoreId {
        self.core.id()
    }

    /// Lets events get lost from now on.
    pub fn loses_events(&self) {
        self.deaf.store(true, Ordering::SeqCst);
    }

    /// Lets them through again, after this one.
    pub fn hears_again(&self, first: CoreEvent) {
        self.says(first);
        self.hears();
    }

    /// Lets them through again, without a word of what got lost.
    pub fn hears(&self) {
        // What nobody had taken yet is lost, too.
        while self.core.try_event().is_some() {}
        self.deaf.store(false, Ordering::SeqCst);
    }

    /// Keeps events back from now on, or lets them through, the kept ones first.
    pub fn holds(&self, held: bool) {
        self.held.store(held, Ordering::SeqCst);
        self.more.notify_one();
    }

    /// Has commands that begin so fail, until it is told of none.
    pub fn refuses(&self, begin: Option<&'static str>) {
        *self.refused.lock().unwrap() = begin;
    }

    /// The commands that began so.
    pub fn sent(&self, begin: &str) -> Vec<String> {
        self.sent.lock().unwrap().iter().filter(|text| text.starts_with(begin)).cloned().collect()
    }

    pub fn says(&self, event: CoreEvent) {
        self.injected.lock().unwrap().push_back(event);
        self.more.notify_one();
    }
}

#[async_trait::async_trait]
impl ChatCore for Deaf {
    async fn send(&self, request: Request) -> Result<Frame, CoreError> {
        self.sent.lock().unwrap().push(request.text().to_owned());
        if self.refused.lock().unwrap().is_some_and(|begin| request.text().starts_with(begin)) {
            return Err(CoreError::Unavailable { reason: "not now".into() });
        }
        self.core.send(request).await
    }

    async fn recv(&self) -> Option<CoreEvent> {
        loop {
            if let Some(event) = self.injected.lock().unwrap().pop_front() {
                return Some(event);
            }
            tokio::select! {
                biased;
                () = self.more.notified() => {}
                event = self.core.recv(), if !self.held.load(Ordering::SeqCst) => match event {
                    Some(CoreEvent::Frame(_)) if self.deaf.load(Ordering::SeqCst) => {}
                    other => return other,
                },
            }
        }
    }

    async fn close(&self, deadline: Duration) -> Result<(), CoreError> {
        self.core.close(deadline).await
    }
}

/// A core to which `send` hands the commands on, changed or answered otherwise on the way.
pub fn changing<F>(
    core: Arc<dyn ChatCore>,
    send: impl Fn(Arc<dyn ChatCore>, Request) -> F + Send + Sync + 'static,
) -> Arc<dyn ChatCore>
where
    F: Future<Output = Result<Frame, CoreError>> + Send + 'static,
{
    Arc::new(Changing { core, send: Box::new(move |core, request| Box::pin(send(core, request))) })
}

type Answered = Pin<Box<dyn Future<Output = Result<Frame, CoreError>> + Send>>;

struct Changing {
    core: Arc<dyn ChatCore>,
    send: Box<dyn Fn(Arc<dyn ChatCore>, Request) -> Answered + Send + Sync>,
}

impl fmt::Debug for Changing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.core.fmt(f)
    }
}

#[async_trait::async_trait]
impl ChatCore for Changing {
    async fn send(&self, request: Request) -> Result<Frame, CoreError> {
        (self.send)(Arc::clone(&self.core), request).await
    }

    async fn recv(&self) -> Option<CoreEvent> {
        self.core.recv().await
    }

    async fn close(&self, deadline: Duration) -> Result<(), CoreError> {
        self.core.close(deadline).await
    }
}

/// A core that says where its database lies.
#[derive(Debug)]
pub struct Located {
    pub core: Arc<dyn ChatCore>,
    pub database: PathBuf,
}

#[async_trait::async_trait]
impl ChatCore for Located {
    async fn send(&self, request: Request) -> Result<Frame, CoreError> {
        self.core.send(request).await
    }

    async fn recv(&self) -> Option<CoreEvent> {
        self.core.recv().await
    }

    async fn close(&self, deadline: Duration) -> Result<(), CoreError> {
        self.core.close(deadline).await
    }

    fn database(&self) -> Option<&Path> {
        Some(&self.database)
    }
}

/// Somebody with a core of their own, whose first contact is the bot.
pub struct Person {
    pub core: SimCore,
}

impl Person {
    /// Sends a text to the bot, and gives the id of the message in the sender's database.
    pub fn send(&self, text: &str) -> i64 {
        say(&self.core, "@4", text)
    }

    /// Edits a message to the bot, or finishes one that is seen being written.
    pub fn edit(&self, item: i64, text: &str) {
        self.update(item, "", text);
    }

    /// Begins a message that the bot sees being written, and gives its id in the sender's database.
    pub fn begin(&self, text: &str) -> i64 {
        say(&self.core, "@4 live=on", text)
    }

    /// Goes on with a message that is seen being written.
    pub fn go_on(&self, item: i64, text: &str) {
        self.update(item, "live=on ", text);
    }

    fn update(&self, item: i64, live: &str, text: &str) {
        let content = format!(r#"{{"msgContent":{{"type":"text","text":"{text}"}},"mentions":{{}}}}"#);
        let answer = self.core.raw(&format!("/_update item @4 {item} {live}json {content}"));
        assert!(answer.contains("chatItemUpdated"), "{answer}");
    }

    /// Deletes a message to the bot, on both sides.
    pub fn delete(&self, item: i64) {
        let answer = self.core.raw(&format!("/_delete item @4 {item} broadcast"));
        assert!(answer.contains("chatItemsDeleted"), "{answer}");
    }
}

/// Sends a text to a chat, and gives the id of the message in the sender's database.
pub fn say(core: &SimCore, chat: &str, text: &str) -> i64 {
    let content = format!(r#"[{{"msgContent":{{"type":"text","text":"{text}"}},"mentions":{{}}}}]"#);
    let answer = core.raw(&format!("/_send {chat} json {content}"));
    assert!(answer.contains("newChatItems"), "{answer}");
    let answer: serde_json::Value = serde_json::from_str(&answer).unwrap();
    answer["result"]["chatItems"][0]["chatItem"]["meta"]["itemId"].as_i64().unwrap()
}

/// Where handlers say what they see.
pub type Seen = mpsc::UnboundedSender<String>;
pub type Heard = mpsc::UnboundedReceiver<String>;

pub fn seen() -> (Seen, Heard) {
    mpsc::unbounded_channel()
}

/// The next thing that handlers saw.
pub async fn next(heard: &mut Heard) -> String {
    timeout(DEADLINE, heard.recv()).await.expect("something in time").expect("a sender")
}

/// Waits until something is so.
pub async fn until(mut so: impl AsyncFnMut() -> bool) {
    timeout(DEADLINE, async {
        while !so().await {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    })
    .await
    .expect("it became so in time");
}

/// How many messages of the bot's chat with its contact are unread.
pub async fn unread(bot: &Running, contact: i64) -> i64 {
    let chat = bot.api().raw(&format!("/_get chat @{contact} initial=1")).await.unwrap();
    chat["chat"]["chatStats"]["unreadCount"].as_i64().unwrap()
}

/// A bot that tells what it is told.
pub async fn telling(world: &World) -> (Running, Heard) {
    telling_of(world.bot()).await
}

/// The same of a bot that is set up in some way.
pub async fn telling_of(bot: Bot) -> (Running, Heard) {
    let (seen, heard) = seen();
    (bot.state(seen).on(text(), tell).start().await.unwrap(), heard)
}

/// Stops a bot whose handlers saw nothing more.
pub async fn nothing_more(bot: Running, heard: &mut Heard) {
    bot.stop().await.unwrap();
    assert_eq!(heard.recv().await, None);
}

/// The bot's core has so many messages of its first contact.
pub async fn stored(bot: &Running, last: &str) {
    until(async || bot.api().raw("/_get chat @4 count=1").await.unwrap().to_string().contains(last)).await;
}

/// Tells the text, and where it came from.
pub async fn tell(msg: TextMessage, State(seen): State<Seen>) {
    let how = if msg.is_recovered() { " recovered" } else { "" };
    seen.send(format!("{}{how}", msg.text())).unwrap();
}

/// Tells the text; `first` then waits for the gate to open.
pub async fn first_waits(msg: TextMessage, State((seen, gate)): State<(Seen, Arc<Notify>)>) {
    seen.send(msg.text().to_owned()).unwrap();
    if msg.text() == "first" {
        gate.notified().await;
    }
}

/// An event that tells at once of the latest messages in the bot's database, so many of each chat.
pub async fn together(bot: &Running, chats: &[(&str, i64)]) -> CoreEvent {
    let user = bot.api().raw("/user").await.unwrap()["user"].take();
    let mut items = Vec::new();
    for (chat, count) in chats {
        let chat = bot.api().raw(&format!("/_get chat {chat} count={count}")).await.unwrap()["chat"].take();
        let of_chat = chat["chatItems"].as_array().unwrap().iter();
        items.extend(of_chat.map(|item| serde_json::json!({"chatInfo": chat["chatInfo"], "chatItem": item})));
    }
    let event = serde_json::json!({"result": {"type": "newChatItems", "user": user, "chatItems": items}});
    CoreEvent::Frame(Frame::parse(event.to_string()))
}

/// The bot's core, which fails at commands that begin so.
pub fn failing(world: &World, begin: &'static str) -> Arc<Deaf> {
    let core = world.deaf();
    core.refuses(Some(begin));
    core
}

/// Makes a group of the bot's with somebody in it.
pub async fn in_group(bot: &Running, person: &Person) {
    bot.api().raw(r#"/_group 1 {"displayName":"ours","fullName":""}"#).await.unwrap();
    bot.api().raw("/_add #1 4 member").await.unwrap();
    until(async || person.core.raw("/_join #1").contains("userAcceptedGroupSent")).await;
    until(async || {
        bot.api().list_members(1.into()).await.unwrap().iter().any(|m| m.member_status.as_str() == "connected")
    })
    .await;
}

/// What cannot be dropped without a panic: as what a panic is of, and as an error.
#[derive(Debug, Clone)]
pub struct Panics;

impl fmt::Display for Panics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("panics when it is dropped")
    }
}

impl std::error::Error for Panics {}

impl Drop for Panics {
    #[allow(clippy::panic, reason = "for that, it is here")]
    fn drop(&mut self) {
        panic!("on purpose");
    }
}
