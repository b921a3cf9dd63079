//! People of the simulated network who write to a bot.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use simplex_bot::core::native::lib::{CoreLib, Db};
use simplex_bot::core::native::{Confirm, LibSource, Libsimplex, RuntimeOptions, load};
use simplex_bot::core::{Frame, FrameOutcome, native::lib::Controller};
use simplex_bot::types::{ChatItemId, ChatRef, Command, ComposedMessage, Event, MsgContent, cmd};
use simplex_sim::SimCore;

/// The longest single wait.
pub const PATIENCE: Duration = Duration::from_secs(120);

/// A core that answers at once.
pub trait Core: Send {
    fn send(&self, command: &str) -> anyhow::Result<Frame>;
    fn event(&self) -> anyhow::Result<Option<Frame>>;
}

impl Core for Arc<dyn Controller> {
    fn send(&self, command: &str) -> anyhow::Result<Frame> {
        Ok(Frame::parse(self.send_cmd(command)?))
    }

    fn event(&self) -> anyhow::Result<Option<Frame>> {
        Ok(self.recv_msg_wait(Duration::from_micros(1))?.map(Frame::parse))
    }
}

impl Core for SimCore {
    fn send(&self, command: &str) -> anyhow::Result<Frame> {
        Ok(Frame::parse(self.raw(command)))
    }

    fn event(&self) -> anyhow::Result<Option<Frame>> {
        Ok(self.try_event().map(|event| Frame::parse(event.as_bytes().to_vec())))
    }
}

/// The library that SIMPLEX_LIBS_DIR names.
pub async fn library() -> anyhow::Result<Libsimplex> {
    Ok(load(LibSource::default(), RuntimeOptions::default(), |_| {}).await?)
}

/// A database in the library.
pub fn open(library: &Libsimplex, path: std::path::PathBuf) -> anyhow::Result<Arc<dyn Controller>> {
    Ok(library.open(&Db::sqlite(path), Confirm::YesUp)?)
}

/// A person who is connected to the bot.
pub struct Person<C> {
    core: C,
    bot: ChatRef,
}

impl<C: Core> Person<C> {
    /// Makes a profile and connects to `address`.
    pub fn connect(core: C, name: &str, address: &str) -> anyhow::Result<Self> {
        let profile = format!(r#"{{"profile":{{"displayName":"{name}","fullName":""}},"pastTimestamp":false}}"#);
        for command in [format!("/_create user {profile}"), "/_start main=on".into(), format!("/_connect 1 {address}")]
        {
            done(core.send(&command)?)?;
        }
        let began = Instant::now();
        while began.elapsed() < PATIENCE {
            let Some(event) = core.event()? else {
                std::thread::sleep(Duration::from_millis(1));
                continue;
            };
            if event.tag() == "contactConnected"
                && let Event::ContactConnected(event) = Event::decode(&event)?.value
            {
                return Ok(Self { core, bot: event.contact.contact_id.into() });
            }
        }
        bail!("{name} was not connected")
    }

    /// Writes to the bot.
    pub fn write(&self, text: &str) -> anyhow::Result<ChatItemId> {
        let message = ComposedMessage::new(MsgContent::text(text));
        let answer = self.call(&cmd::SendMessages::new(self.bot, message.into()))?;
        // The first id in the answer would be the chat's; the item's id is in its `meta`.
        let (_, rest) = answer.text().split_once(r#""meta":{"itemId":"#).context("no item in the answer to a send")?;
        Ok(ChatItemId(rest.split(',').next().unwrap_or_default().parse()?))
    }

    /// Sends another command.
    pub fn call(&self, command: &impl Command) -> anyhow::Result<Frame> {
        done(self.core.send(&command.text()?)?)
    }

    /// The chat with the bot, on this person's side.
    pub fn bot(&self) -> ChatRef {
        self.bot
    }

    /// The texts that came from the bot since the last call.
    pub fn read(&self) -> anyhow::Result<Vec<String>> {
        let mut texts = Vec::new();
        while let Some(event) = self.core.event()? {
            if event.tag() == "newChatItems"
                && event.text().contains(r#""content":{"type":"rcvMsgContent""#)
                && let Some((_, text)) = event.text().split_once(r#""itemText":""#)
            {
                texts.push(text.split('"').next().unwrap_or_default().to_owned());
            }
        }
        Ok(texts)
    }
}

fn done(answer: Frame) -> anyhow::Result<Frame> {
    anyhow::ensure!(answer.outcome() == FrameOutcome::Result, "the core refuses: {}", answer.text());
    Ok(answer)
}
