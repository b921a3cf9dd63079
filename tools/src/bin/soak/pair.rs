//! Two connected cores: one under test, and a peer that numbers its messages.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, bail, ensure};
use simplex_core::native::lib::{Confirm, Db, OpenError};
use simplex_core::native::{Libsimplex, NativeCore, NativeOptions};
use simplex_core::{ChatCore, CoreError, CoreEvent, Frame, Request};
use tokio::task::JoinSet;
use tokio::time::timeout;

use crate::DEADLINE;

/// Opens a database with a small event queue, so that overload is part of the run. Waits while the database is in use.
pub async fn open(library: &Libsimplex, folder: &Path, name: &str) -> anyhow::Result<NativeCore> {
    let mut options = NativeOptions::default();
    options.events.events = 200;
    options.command_threads = 4;
    let attempts = async {
        loop {
            let db = Db::sqlite(folder.join(name));
            match NativeCore::open(library.clone(), db, Confirm::YesUp, options.clone()).await {
                Err(OpenError::InUse { .. }) => tokio::time::sleep(Duration::from_millis(10)).await,
                opened => return Ok(opened?),
            }
        }
    };
    timeout(DEADLINE, attempts).await.context("opening the database")?
}

pub async fn send(core: &dyn ChatCore, command: impl Into<String>) -> anyhow::Result<Frame> {
    Ok(core.send(Request::new(command)?).await?)
}

pub fn json(frame: &Frame) -> anyhow::Result<serde_json::Value> {
    Ok(serde_json::from_str(frame.body())?)
}

/// Makes the user of a fresh database and starts its chat.
pub async fn begin(core: &dyn ChatCore, name: &str) -> anyhow::Result<()> {
    let profile = format!(r#"{{"profile":{{"displayName":"{name}","fullName":""}},"pastTimestamp":false}}"#);
    send(core, format!("/_create user {profile}")).await?;
    send(core, "/_start main=on").await?;
    Ok(())
}

/// The peer of the core under test.
pub struct Peer {
    core: Arc<NativeCore>,
    /// The core under test, as the peer addresses it.
    reference: String,
    /// How many messages it has sent, which is the number of the last one.
    pub sent: u64,
    drain: JoinSet<()>,
}

impl Peer {
    /// Connects a new peer to `core`; returns it and how `core` addresses it.
    pub async fn connect(
        library: &Libsimplex,
        folder: &Path,
        name: &str,
        core: &dyn ChatCore,
    ) -> anyhow::Result<(Self, String)> {
        let peer = Arc::new(open(library, folder, name).await?);
        begin(&*peer, name).await?;
        let address = json(&send(core, "/_address 1").await?)?;
        let link = address["connLinkContact"]["connFullLink"].as_str().context("a link")?.to_owned();
        let settings = r#"{"businessAddress":false,"autoAccept":{"acceptIncognito":false}}"#;
        send(core, format!("/_address_settings 1 {settings}")).await?;
        send(&*peer, format!("/_connect 1 {link}")).await?;
        let (reference, back) = (connected(&*peer).await?, connected(core).await?);
        let mut drain = JoinSet::new();
        let drained = Arc::clone(&peer);
        drain.spawn(async move { while drained.recv().await.is_some() {} });
        Ok((Self { core: peer, reference, sent: 0, drain }, back))
    }

    /// Sends this many messages, one after another.
    pub async fn say(&mut self, count: u64) -> anyhow::Result<()> {
        for _ in 0..count {
            self.sent += 1;
            let content = format!(r#"[{{"msgContent":{{"type":"text","text":"m{}"}},"mentions":{{}}}}]"#, self.sent);
            let answer = send(&*self.core, format!("/_send {} json {content}", self.reference)).await?;
            ensure!(answer.tag() == "newChatItems", "sending answered {}", answer.text());
        }
        Ok(())
    }

    pub async fn end(mut self) -> anyhow::Result<()> {
        self.core.close(DEADLINE).await?;
        while self.drain.join_next().await.is_some() {}
        Ok(())
    }
}

async fn connected(core: &dyn ChatCore) -> anyhow::Result<String> {
    let event = async {
        loop {
            match core.recv().await {
                Some(CoreEvent::Frame(frame)) if frame.tag() == "contactConnected" => return json(&frame),
                Some(_) => {}
                None => bail!("the core ended"),
            }
        }
    };
    let event = timeout(DEADLINE, event).await.context("connecting")??;
    Ok(format!("@{}", event["contact"]["contactId"]))
}

/// Sends many commands at once, of which some are cut short and some are none: the others have their answers.
pub async fn many_commands<C: ChatCore>(core: &Arc<C>, most: u32) -> anyhow::Result<()> {
    let mut tasks = JoinSet::new();
    for _ in 0..fastrand::u32(1..most) {
        let core = Arc::clone(core);
        let (kind, micros) = (fastrand::u32(..4), fastrand::u64(..2_000));
        tasks.spawn(async move {
            let short = Duration::from_micros(micros);
            match kind {
                0 => drop(timeout(short, send(&*core, "/u")).await),
                1 => match core.send(Request::new("/u")?.with_timeout(short)).await {
                    Ok(_) | Err(CoreError::Timeout { .. } | CoreError::Unavailable { .. }) => {}
                    Err(error) => return Err(error.into()),
                },
                2 => drop(send(&*core, "/no such command {\"").await?),
                _ => ensure!(send(&*core, "/u").await?.tag() == "activeUser", "an answer of another command"),
            }
            anyhow::Ok(())
        });
    }
    while let Some(task) = tasks.join_next().await {
        task??;
    }
    Ok(())
}

/// Which of the numbered messages the core under test has seen.
#[derive(Debug, Default)]
pub struct Hearing {
    /// The number of the last one.
    pub last: u64,
    /// Events may be missing before the next one, since a gap or a broken connection was reported.
    pub gap: bool,
    pub lagged: u64,
    pub reconnected: u64,
}

impl Hearing {
    /// Waits until all sent messages were seen, as events or, after a gap, in the database.
    pub async fn all(&mut self, core: &dyn ChatCore, peer: &str, sent: u64) -> anyhow::Result<()> {
        self.until(core, sent).await?;
        if self.last < sent {
            self.catch_up(core, peer, sent).await?;
        }
        Ok(())
    }

    /// Takes events until the message with this number, or until a gap was reported and nothing more comes.
    async fn until(&mut self, core: &dyn ChatCore, number: u64) -> anyhow::Result<()> {
        while self.last < number {
            let patience = if self.gap { Duration::from_millis(300) } else { DEADLINE };
            match timeout(patience, core.recv()).await {
                Ok(event) => self.take(event)?,
                Err(_) if self.gap => return Ok(()),
                Err(_) => bail!("message {} did not come", self.last + 1),
            }
        }
        Ok(())
    }

    pub fn take(&mut self, event: Option<CoreEvent>) -> anyhow::Result<()> {
        match event {
            Some(CoreEvent::Frame(frame)) => {
                if let Some(number) = number(&frame)? {
                    let next = self.last + 1;
                    ensure!(number == next || self.gap && number > next, "message {number} came after {}", self.last);
                    (self.last, self.gap) = (number, false);
                }
            }
            Some(CoreEvent::Lagged { events }) => (self.lagged, self.gap) = (self.lagged + events, true),
            Some(CoreEvent::Reconnected) => (self.reconnected, self.gap) = (self.reconnected + 1, true),
            Some(_) => self.gap = true,
            None => bail!("the core ended"),
        }
        Ok(())
    }

    /// After a gap: the database has the last message, even if its event was lost.
    pub async fn catch_up(&mut self, core: &dyn ChatCore, peer: &str, sent: u64) -> anyhow::Result<()> {
        let look = async {
            loop {
                let chat = json(&send(core, format!("/_get chat {peer} count=1")).await?)?;
                let text = chat["chat"]["chatItems"][0]["content"]["msgContent"]["text"].as_str();
                if text == Some(&format!("m{sent}")) || sent == 0 {
                    return anyhow::Ok(());
                }
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        timeout(DEADLINE, look).await.with_context(|| format!("message {sent} is not in the database"))??;
        // Its event may still be on its way, and it comes before those of later messages.
        while let Ok(event) = timeout(Duration::from_millis(20), core.recv()).await {
            self.gap = true;
            self.take(event)?;
        }
        (self.last, self.gap) = (sent, false);
        Ok(())
    }
}

/// The number of a received message.
fn number(frame: &Frame) -> anyhow::Result<Option<u64>> {
    if frame.tag() != "newChatItems" {
        return Ok(None);
    }
    let items = json(frame)?;
    let content = &items["chatItems"][0]["chatItem"]["content"];
    if content["type"] != "rcvMsgContent" {
        return Ok(None);
    }
    let text = content["msgContent"]["text"].as_str().and_then(|text| text.strip_prefix('m'));
    Ok(Some(text.context("a numbered text")?.parse()?))
}
