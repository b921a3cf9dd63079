//! Rounds in this process: bursts, cancelled commands, hung commands, overload, regular and irregular shutdown.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, ensure};
use simplex_core::native::{Libsimplex, NativeCore};
use simplex_core::{ChatCore, CoreError, Request, Urgency};
use tokio::task::JoinSet;
use tokio::time::timeout;

use crate::DEADLINE;
use crate::pair::{Hearing, Peer, begin, many_commands, open, send};

pub struct Soak {
    library: Libsimplex,
    folder: PathBuf,
    core: Arc<NativeCore>,
    peer: Peer,
    reference: String,
    hearing: Hearing,
    first: (u64, u64),
    rounds: [u64; 8],
}

impl Soak {
    pub async fn begin(library: &Libsimplex, folder: &Path) -> anyhow::Result<Self> {
        let core = Arc::new(open(library, folder, "alice").await?);
        begin(&*core, "alice").await?;
        let (peer, reference) = Peer::connect(library, folder, "bob", &*core).await?;
        Ok(Self {
            library: library.clone(),
            folder: folder.into(),
            core,
            peer,
            reference,
            hearing: Hearing::default(),
            first: weight()?,
            rounds: [0; 8],
        })
    }

    pub async fn round(&mut self) -> anyhow::Result<()> {
        let kind = fastrand::usize(..self.rounds.len());
        let done = match kind {
            0 => self.burst().await.context("a burst"),
            1 => many_commands(&self.core, 200).await.context("commands cut short"),
            2 => self.hang().await.context("hung commands"),
            3 => self.overload().await.context("an overload"),
            4 => self.reopen().await.context("an end in order"),
            5 => self.drop_it().await.context("an end out of order"),
            6 => self.cancel().await.context("receives cut short"),
            _ => self.close_on_hung().await.context("an end while commands hang"),
        };
        done?;
        self.rounds[kind] += 1;
        check_weight(self.first, self.peer.sent)
    }

    pub fn figures(&self) -> String {
        format!(
            "{} messages, {} events let go; rounds: {:?} (bursts, commands, hangs, overloads, reopened, dropped, cancelled, closed on hung)",
            self.peer.sent, self.hearing.lagged, self.rounds
        )
    }

    pub async fn end(self) -> anyhow::Result<()> {
        self.core.close(DEADLINE).await?;
        self.peer.end().await
    }

    async fn burst(&mut self) -> anyhow::Result<()> {
        self.peer.say(fastrand::u64(1..100)).await?;
        self.listen().await
    }

    async fn listen(&mut self) -> anyhow::Result<()> {
        self.hearing.all(&*self.core, &self.reference, self.peer.sent).await
    }

    /// Starts commands that hang until `/_app activate`.
    async fn hung(&self, count: u32) -> anyhow::Result<JoinSet<Result<(), CoreError>>> {
        send(&*self.core, "/_app suspend 0").await?;
        let mut tasks = JoinSet::new();
        for _ in 0..count {
            let (core, request) = (Arc::clone(&self.core), Request::new("/_address 1")?);
            tasks.spawn(async move { core.send(request).await.map(drop) });
        }
        Ok(tasks)
    }

    async fn hang(&mut self) -> anyhow::Result<()> {
        let mut hung = self.hung(fastrand::u32(1..12)).await?;
        for _ in 0..10 {
            let control = Request::new("/u")?.with_urgency(Urgency::Control).with_timeout(Duration::from_secs(10));
            self.core.send(control).await?;
        }
        self.core.send(Request::new("/_app activate")?.with_urgency(Urgency::Control)).await?;
        while let Some(task) = hung.join_next().await {
            task??;
        }
        Ok(())
    }

    async fn overload(&mut self) -> anyhow::Result<()> {
        self.peer.say(fastrand::u64(200..400)).await?;
        self.listen().await
    }

    async fn reopen(&mut self) -> anyhow::Result<()> {
        self.core.close(DEADLINE).await?;
        ensure!(matches!(self.core.send(Request::new("/u")?).await, Err(CoreError::Closed { .. })), "not closed");
        self.hearing.gap = true;
        self.peer.say(fastrand::u64(0..50)).await?;
        self.start_again().await
    }

    async fn drop_it(&mut self) -> anyhow::Result<()> {
        self.peer.say(fastrand::u64(0..50)).await?;
        // No other handle is left, so replacing this one drops the core.
        let spare = open(&self.library, &self.folder, "spare").await?;
        drop(std::mem::replace(&mut self.core, Arc::new(spare)));
        self.hearing.gap = true;
        let spare = Arc::clone(&self.core);
        self.start_again().await?;
        spare.close(DEADLINE).await?;
        Ok(())
    }

    async fn start_again(&mut self) -> anyhow::Result<()> {
        self.core = Arc::new(open(&self.library, &self.folder, "alice").await?);
        send(&*self.core, "/_start main=on").await?;
        self.hearing.catch_up(&*self.core, &self.reference, self.peer.sent).await
    }

    async fn cancel(&mut self) -> anyhow::Result<()> {
        for _ in 0..100 {
            let wait = Duration::from_micros(fastrand::u64(..200));
            if let Ok(event) = timeout(wait, self.core.recv()).await {
                self.hearing.take(event)?;
            }
            if fastrand::bool() {
                self.peer.say(1).await?;
            }
        }
        self.listen().await
    }

    async fn close_on_hung(&mut self) -> anyhow::Result<()> {
        let mut hung = self.hung(fastrand::u32(1..12)).await?;
        tokio::task::yield_now().await;
        self.core.close(Duration::from_secs(2)).await?;
        while let Some(task) = hung.join_next().await {
            let end = task?;
            let told = matches!(end, Err(CoreError::Interrupted { .. } | CoreError::Closed { .. }) | Ok(()));
            ensure!(told, "a hung command ended with {end:?}");
        }
        self.hearing.gap = true;
        self.start_again().await
    }
}

/// The memory, in bytes, and the number of threads of this process.
fn weight() -> anyhow::Result<(u64, u64)> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let field = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name))?;
        line.split_whitespace().next()?.parse::<u64>().ok()
    };
    Ok((field("VmRSS:").context("VmRSS")? * 1024, field("Threads:").context("Threads")?))
}

/// Memory may grow by what the simulated network itself keeps for each message, plus a margin.
fn check_weight(first: (u64, u64), messages: u64) -> anyhow::Result<()> {
    let (bytes, threads) = weight()?;
    let allowed = first.0 + messages * 24 * 1024 + (64 << 20);
    ensure!(bytes < allowed, "memory went from {} to {bytes} bytes with {messages} messages", first.0);
    // Those of four cores, and of cores whose hung commands are still running.
    ensure!(threads < 60, "{threads} threads run");
    Ok(())
}
