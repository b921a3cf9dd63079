//! Rounds over a WebSocket: the connection goes through a proxy that cuts, freezes and slows it.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, bail, ensure};
use simplex_core::native::Libsimplex;
use simplex_core::websocket::WebSocketOptions;
use simplex_core::{ChatCore, CoreError, CoreEvent, Request, WebSocketCore};
use simplex_e2e::cli;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::timeout;

use crate::DEADLINE;
use crate::pair::{Hearing, Peer, begin, many_commands, open, send};

/// What the proxy does with the bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Line {
    Good,
    /// Ends the connection.
    Cut,
    /// Keeps the connection but passes nothing on; ends it when the line is good again.
    Frozen,
    /// Passes on little at a time.
    Slow,
}

/// The deadline of a command on a line that breaks.
const PATIENCE: Duration = Duration::from_secs(2);

pub struct Soak {
    core: Arc<WebSocketCore>,
    peer: Peer,
    reference: String,
    hearing: Hearing,
    line: watch::Sender<Line>,
    tasks: Vec<JoinSet<()>>,
    rounds: [u64; 5],
}

impl Soak {
    pub async fn begin(library: &Libsimplex, folder: &Path) -> anyhow::Result<Self> {
        let behind = Arc::new(open(library, folder, "carol").await?);
        begin(&*behind, "carol").await?;
        let (url, server) = cli::serve(behind).await;
        let (line, condition) = watch::channel(Line::Good);
        let (url, proxy) = proxy(url, condition).await?;
        let mut options = WebSocketOptions::default();
        options.min_backoff = Duration::from_millis(5);
        options.max_backoff = Duration::from_millis(100);
        options.ping_interval = Duration::from_millis(200);
        options.ping_timeout = Duration::from_millis(500);
        options.connect_timeout = Duration::from_secs(1);
        let core = Arc::new(WebSocketCore::connect(url, options).await?);
        let (peer, reference) = Peer::connect(library, folder, "dave", &*core).await?;
        let tasks = vec![server, proxy];
        Ok(Self { core, peer, reference, hearing: Hearing::default(), line, tasks, rounds: [0; 5] })
    }

    pub async fn round(&mut self) -> anyhow::Result<()> {
        let kind = fastrand::usize(..self.rounds.len());
        let done = match kind {
            0 => self.burst(Line::Good).await.context("a burst"),
            1 => self.burst(Line::Slow).await.context("a slow line"),
            2 => self.broken(Line::Cut).await.context("a cut line"),
            3 => self.broken(Line::Frozen).await.context("a frozen line"),
            _ => many_commands(&self.core, 100).await.context("commands cut short"),
        };
        self.line.send_replace(Line::Good);
        done?;
        self.rounds[kind] += 1;
        Ok(())
    }

    pub fn figures(&self) -> String {
        format!(
            "{} messages, {} times connected again; rounds: {:?} (bursts, slow, cut, frozen, commands)",
            self.peer.sent, self.hearing.reconnected, self.rounds
        )
    }

    pub async fn end(self) -> anyhow::Result<()> {
        self.core.close(DEADLINE).await?;
        self.peer.end().await?;
        for mut tasks in self.tasks {
            tasks.shutdown().await;
        }
        Ok(())
    }

    async fn listen(&mut self) -> anyhow::Result<()> {
        self.hearing.all(&*self.core, &self.reference, self.peer.sent).await
    }

    async fn burst(&mut self, line: Line) -> anyhow::Result<()> {
        self.line.send_replace(line);
        self.peer.say(fastrand::u64(1..50)).await?;
        self.listen().await
    }

    /// Breaks the line while messages and commands are in flight; everything must work once it is good again.
    async fn broken(&mut self, line: Line) -> anyhow::Result<()> {
        self.peer.say(fastrand::u64(0..20)).await?;
        let mut commands = JoinSet::new();
        for _ in 0..20 {
            let core = Arc::clone(&self.core);
            commands.spawn(async move {
                // A silent line is not given up before the commands on it reach their deadlines.
                let request = Request::new("/u").map_err(|_| ())?.with_timeout(PATIENCE);
                core.send(request).await.map_err(|error| {
                    let told = matches!(
                        error,
                        CoreError::Interrupted { .. } | CoreError::Unavailable { .. } | CoreError::Timeout { .. }
                    );
                    assert!(told, "a command on a broken line ended with {error}");
                })
            });
        }
        tokio::time::sleep(Duration::from_micros(fastrand::u64(..2_000))).await;
        self.line.send_replace(line);
        self.until_event("the break", |event| matches!(event, CoreEvent::Disconnected { .. })).await?;
        self.line.send_replace(Line::Good);
        self.until_event("the new connection", |event| matches!(event, CoreEvent::Reconnected)).await?;
        while let Some(command) = commands.join_next().await {
            command?.ok();
        }
        ensure!(send(&*self.core, "/u").await?.tag() == "activeUser", "no answer on the new connection");
        self.hearing.catch_up(&*self.core, &self.reference, self.peer.sent).await
    }

    async fn until_event(&mut self, what: &str, wanted: impl Fn(&CoreEvent) -> bool) -> anyhow::Result<()> {
        loop {
            match timeout(DEADLINE, self.core.recv()).await.with_context(|| format!("{what} was not told"))? {
                Some(event) => {
                    let found = wanted(&event);
                    self.hearing.take(Some(event))?;
                    if found {
                        return Ok(());
                    }
                }
                None => bail!("the core ended"),
            }
        }
    }
}

/// Passes connections on to `url`, depending on the state of the line.
async fn proxy(url: String, line: watch::Receiver<Line>) -> anyhow::Result<(String, JoinSet<()>)> {
    let target = url.trim_start_matches("ws://").to_owned();
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = format!("ws://{}", listener.local_addr()?);
    let mut tasks = JoinSet::new();
    tasks.spawn(async move {
        let mut connections = JoinSet::new();
        while let Ok((client, _)) = listener.accept().await {
            let Ok(server) = TcpStream::connect(&target).await else { continue };
            connections.spawn(pass(client, server, line.clone()));
            while connections.try_join_next().is_some() {}
        }
    });
    Ok((address, tasks))
}

async fn pass(client: TcpStream, server: TcpStream, mut line: watch::Receiver<Line>) {
    let (mut from_client, mut to_client) = client.into_split();
    let (mut from_server, mut to_server) = server.into_split();
    let (there, back, mut frozen) = (line.clone(), line.clone(), line.clone());
    tokio::select! {
        () = copy(&mut from_client, &mut to_server, there) => {}
        () = copy(&mut from_server, &mut to_client, back) => {}
        _ = line.wait_for(|line| *line == Line::Cut) => {}
        () = async {
            frozen.wait_for(|line| *line == Line::Frozen).await.ok();
            frozen.wait_for(|line| *line == Line::Good).await.ok();
        } => {}
    }
}

async fn copy(
    from: &mut (impl AsyncReadExt + Unpin),
    to: &mut (impl AsyncWriteExt + Unpin),
    mut line: watch::Receiver<Line>,
) {
    let mut buffer = [0; 4096];
    loop {
        if line.wait_for(|line| *line != Line::Frozen).await.is_err() {
            return;
        }
        let slow = *line.borrow() == Line::Slow;
        let room = if slow { 512 } else { buffer.len() };
        match from.read(&mut buffer[..room]).await {
            Ok(0) | Err(_) => return,
            Ok(read) => {
                if slow {
                    tokio::time::sleep(Duration::from_micros(200)).await;
                }
                if line.wait_for(|line| *line != Line::Frozen).await.is_err()
                    || to.write_all(&buffer[..read]).await.is_err()
                {
                    return;
                }
            }
        }
    }
}
