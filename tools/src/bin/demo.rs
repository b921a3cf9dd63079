//! `cargo xtask demo`: the squaring bot on a simulated network, with the person at the terminal as its contact.
//!
//! The library in `SIMPLEX_LIBS_DIR` is loaded like the real one; bot and person are two databases in it. Lines that
//! are piped in are sent one by one, each after the answer to the previous one.

use std::io::ErrorKind::BrokenPipe;
use std::io::{BufRead, IsTerminal, Write};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, bail};
use simplex_bot::ChatApi;
use simplex_bot::core::native::lib::Db;
use simplex_bot::core::native::{Confirm, LibSource, NativeCore, NativeOptions, RuntimeOptions, load};
use simplex_bot::core::{ChatCore, CoreEvent};
use simplex_bot::terminal::qr_code;
use simplex_bot::types::{
    AChatItem, ChatInfo, ChatItemId, ChatRef, CiContent, ComposedMessage, Event, MsgContent, Profile, cmd,
};
use tokio::sync::mpsc;
use tokio::time::timeout;

/// Like `println!`, which panics where this is an error.
macro_rules! say {
    ($($text:tt)*) => {
        Write::write_fmt(&mut std::io::stdout(), format_args!("{}\n", format_args!($($text)*)))
    };
}

/// The bot answers at once; this is for machines under load.
const PATIENCE: Duration = Duration::from_secs(30);
const CLOSE: Duration = Duration::from_secs(5);

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let folder = tempfile::tempdir().context("a folder for the databases")?;
    match demo(folder.path()).await {
        // Nobody reads the output any more.
        Err(error) if error.downcast_ref().is_some_and(|error: &std::io::Error| error.kind() == BrokenPipe) => Ok(()),
        ended => ended,
    }
}

async fn demo(folder: &std::path::Path) -> anyhow::Result<()> {
    say!("This is a simulated network: nothing leaves this process.\n")?;
    let bot = squaring_bot::squaring_bot().db(Db::sqlite(folder.join("bot"))).start().await?;
    let address = bot.address().context("the bot has no address")?.to_owned();
    say!("Squaring bot is at {address}")?;
    if let Some(code) = qr_code(&address) {
        say!("{code}")?;
    }
    let chatted = chat(folder, &address).await;
    bot.stop().await?;
    chatted
}

/// Lets the person at the terminal chat with the bot until the end of input or Ctrl-C.
async fn chat(folder: &std::path::Path, address: &str) -> anyhow::Result<()> {
    let person = Person::connect(folder, address).await?;
    let interactive = std::io::stdin().is_terminal();
    if interactive {
        say!("Type to the bot; Ctrl-D ends.")?;
    }
    let mut lines = read_lines();
    loop {
        prompt(interactive)?;
        let line = tokio::select! {
            line = lines.recv() => line,
            () = interrupted() => None,
        };
        let Some(line) = line else { break };
        if line.trim().is_empty() {
            continue;
        }
        if !interactive {
            say!("you> {line}")?;
        }
        let sent = person.send(&line).await?;
        say!("bot> {}", person.answer_to(sent).await?)?;
    }
    if interactive {
        say!("")?;
    }
    person.core.close(CLOSE).await?;
    Ok(())
}

fn prompt(interactive: bool) -> std::io::Result<()> {
    if interactive {
        print!("you> ");
        std::io::stdout().flush()?;
    }
    Ok(())
}

/// Lines of standard input, read on a thread: a read cannot be cancelled, so the thread runs until the process ends.
fn read_lines() -> mpsc::Receiver<String> {
    let (lines, receiver) = mpsc::channel(1);
    std::thread::spawn(move || {
        for line in std::io::stdin().lock().lines().map_while(Result::ok) {
            if lines.blocking_send(line).is_err() {
                return;
            }
        }
    });
    receiver
}

async fn interrupted() {
    // If the signal cannot be used, the end of input still ends the chat.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}

/// The person at the terminal: a contact of the bot, with a database of their own.
struct Person {
    core: Arc<NativeCore>,
    api: ChatApi,
    bot: ChatRef,
}

impl Person {
    /// Makes a profile, connects to the address, and shows the bot's first message.
    async fn connect(folder: &std::path::Path, address: &str) -> anyhow::Result<Self> {
        let library = load(LibSource::default(), RuntimeOptions::default(), |_| {}).await?;
        let db = Db::sqlite(folder.join("you"));
        let core = Arc::new(NativeCore::open(library, db, Confirm::YesUp, NativeOptions::default()).await?);
        let api = ChatApi::new(core.clone());
        api.create_active_user(Some(Profile::new("you", ""))).await?;
        api.start_chat().await?;
        api.call(&cmd::ConnectLink::new(address)).await.context("connecting to the bot")?;
        let welcome = next_message(&core, |_| true).await.context("the bot did not connect")?;
        say!("bot> {}", welcome.text)?;
        Ok(Self { core, api, bot: welcome.chat })
    }

    /// Sends a text to the bot.
    async fn send(&self, text: &str) -> anyhow::Result<ChatItemId> {
        let message = ComposedMessage::new(MsgContent::text(text));
        let sent = self.api.send_messages(self.bot, message.into()).await?;
        let Some(item) = sent.first() else { bail!("the message was not sent") };
        Ok(item.chat_item.meta.item_id)
    }

    /// The bot's answer to a message: the text that quotes it.
    async fn answer_to(&self, sent: ChatItemId) -> anyhow::Result<String> {
        let answer = next_message(&self.core, |received| received.quoted == Some(sent)).await;
        Ok(answer.context("the bot did not answer")?.text)
    }
}

/// A text that the person received.
struct Received {
    chat: ChatRef,
    text: String,
    quoted: Option<ChatItemId>,
}

/// The next text for which `wanted` holds; others are skipped.
async fn next_message(core: &NativeCore, wanted: impl Fn(&Received) -> bool) -> anyhow::Result<Received> {
    timeout(PATIENCE, async {
        loop {
            match core.recv().await {
                Some(CoreEvent::Frame(frame)) if frame.tag() == "newChatItems" => {
                    let Event::NewChatItems(event) = Event::decode(&frame)?.value else { continue };
                    if let Some(found) = event.chat_items.into_iter().filter_map(received).find(&wanted) {
                        return Ok(found);
                    }
                }
                Some(_) => {}
                None => bail!("the core ended"),
            }
        }
    })
    .await?
}

fn received(item: AChatItem) -> Option<Received> {
    let ChatInfo::Direct { contact, .. } = &item.chat_info else { return None };
    let CiContent::RcvMsgContent { msg_content, .. } = &item.chat_item.content else { return None };
    let MsgContent::Text { text, .. } = &**msg_content else { return None };
    let quoted = item.chat_item.quoted_item.as_ref().and_then(|quote| quote.item_id);
    Some(Received { chat: ChatRef::Direct(contact.contact_id), text: text.clone(), quoted })
}
