//! A CLI that is started here and started again when it ends.

use std::collections::VecDeque;
use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

#[cfg(unix)]
use rustix::process::{Pid, Signal, kill_process_group};
use secrecy::{ExposeSecret, SecretString};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, BufReader};
use tokio::net::TcpListener;
use tokio::process::{Child, Command};
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout_at};

use super::connection::{self, Socket};
use super::{ConnectError, WebSocketOptions};
use crate::Frame;

/// The number of output lines that are kept for an error message.
const KEPT_LINES: usize = 20;
/// The maximum length of an output line, in bytes; longer ones are cut into several.
const LINE: u64 = 16 * 1024;
/// How long a CLI must live after the first answer on its port: if another program has the port, the CLI ends at once.
const SETTLED: Duration = Duration::from_secs(1);
/// How long to read the output of a CLI after it has ended.
const LAST_WORDS: Duration = Duration::from_secs(1);
/// How far apart the end of a CLI and that of its connection may be noticed. The connection has what it wrote last; its
/// exit status says why it ended.
pub(super) const APART: Duration = Duration::from_millis(500);

/// How to start a CLI.
#[derive(Clone)]
#[non_exhaustive]
pub struct CliOptions {
    /// The program, `simplex-chat` by default.
    pub program: PathBuf,
    /// The prefix of the database (`-d`). A database of an older version is migrated without asking (`-y`).
    pub database: PathBuf,
    /// The database's key (`-k`). The CLI takes it only on its command line, where other users of the machine can see
    /// it; an in-process core does not have this problem.
    pub key: SecretString,
    /// The port on this machine (`-p`); 0 for any free one. A program that is killed leaves its CLI running: with a
    /// fixed port, its next start fails and names the port; with 0, a second CLI runs on the same database.
    pub port: u16,
    /// The name of the bot that is created if the database has no user (`--create-bot-display-name`).
    pub create_bot: Option<String>,
    /// Whether that bot accepts files (`--create-bot-allow-files`).
    pub allow_files: bool,
    /// SMP servers, instead of the preset ones (`-s`).
    pub smp_servers: Vec<String>,
    /// XFTP servers, instead of the preset ones (`--xftp-server`).
    pub xftp_servers: Vec<String>,
    /// Further arguments, passed on unchanged.
    pub arguments: Vec<OsString>,
}

impl CliOptions {
    /// `simplex-chat` on a database, at any free port.
    pub fn new(database: impl Into<PathBuf>) -> Self {
        Self {
            program: "simplex-chat".into(),
            database: database.into(),
            key: SecretString::default(),
            port: 0,
            create_bot: None,
            allow_files: false,
            smp_servers: Vec::new(),
            xftp_servers: Vec::new(),
            arguments: Vec::new(),
        }
    }

    fn command(&self, port: u16) -> Command {
        let mut command = Command::new(&self.program);
        command.arg("-d").arg(&self.database).arg("-p").arg(port.to_string());
        // Otherwise it asks at its terminal, finds none, and ends.
        command.arg("-y");
        if !self.key.expose_secret().is_empty() {
            command.arg("-k").arg(self.key.expose_secret());
        }
        if let Some(name) = &self.create_bot {
            command.arg("--create-bot-display-name").arg(name);
            if self.allow_files {
                command.arg("--create-bot-allow-files");
            }
        }
        for (flag, servers) in [("-s", &self.smp_servers), ("--xftp-server", &self.xftp_servers)] {
            if !servers.is_empty() {
                command.arg(flag).arg(servers.join(" "));
            }
        }
        command.args(&self.arguments);
        #[cfg(unix)]
        if let Some(locale) = utf8_locale(|name| std::env::var_os(name)) {
            command.env("LC_ALL", locale);
        }
        // So that a Ctrl-C at the terminal reaches only this process, which then ends the CLI in order.
        #[cfg(unix)]
        command.process_group(0);
        // CREATE_NEW_PROCESS_GROUP.
        #[cfg(windows)]
        command.creation_flags(0x200);
        // Otherwise it reads from the terminal.
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
        command
    }
}

/// The locale for a CLI that would have one of another encoding, or none, as in a container: there, it ends when it prints
/// a name that is not ASCII, such as the bot's at its start, and cannot make a file of such a name. One of UTF-8 that is set
/// stays: what is there of `C.UTF-8` is not known either.
#[cfg(unix)]
fn utf8_locale(variable: impl Fn(&str) -> Option<OsString>) -> Option<&'static str> {
    // In this order, the first that is set counts.
    let mut named = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().filter_map(variable).filter(|value| !value.is_empty());
    let named = named.next().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    let utf8 = if cfg!(target_os = "macos") { "en_US.UTF-8" } else { "C.UTF-8" };
    (!named.contains("utf-8") && !named.contains("utf8")).then_some(utf8)
}

impl fmt::Debug for CliOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CliOptions")
            .field("program", &self.program)
            .field("database", &self.database)
            .field("encrypted", &!self.key.expose_secret().is_empty())
            .field("port", &self.port)
            .finish_non_exhaustive()
    }
}

/// A CLI that runs or has ended.
pub(super) struct Cli {
    options: CliOptions,
    url: String,
    port: u16,
    child: Child,
    output: Arc<Mutex<VecDeque<String>>>,
    readers: JoinSet<()>,
    /// Whether it has ever answered: from then on, its output may contain what people send.
    answered: bool,
    /// Whether its current process has answered: if that refuses connections now, it is broken, not just starting.
    listened: bool,
    /// Whether it was told to stop over its connection.
    pub(super) asked: bool,
}

impl Cli {
    /// Starts a CLI and connects to it.
    pub(super) async fn start(
        mut options: CliOptions,
        connect: &WebSocketOptions,
        deadline: Instant,
    ) -> Result<(Self, Socket, Option<Frame>), ConnectError> {
        crate::fix(&mut options.database);
        let port = free_port(options.port).await?;
        let (child, output, readers) = launch(&options, port)?;
        let url = format!("ws://127.0.0.1:{port}");
        let mut cli =
            Self { options, url, port, child, output, readers, answered: false, listened: false, asked: false };
        let (socket, first) = cli.connect(connect, deadline).await.map_err(|error| match error {
            // It runs but does not listen yet.
            ConnectError::Unreachable { url, .. } => ConnectError::Timeout { url, after: connect.connect_timeout },
            other => other,
        })?;
        cli.answered = true;
        Ok((cli, socket, first))
    }

    pub(super) fn url(&self) -> &str {
        &self.url
    }

    pub(super) fn database(&self) -> &Path {
        &self.options.database
    }

    /// Reconnects, and restarts the CLI if it has ended. A CLI that accepts a connection but does not answer as a core, or
    /// that no longer accepts connections, is killed.
    pub(super) async fn again(
        &mut self,
        connect: &WebSocketOptions,
        deadline: Instant,
    ) -> Result<(Socket, Option<Frame>), ConnectError> {
        if !matches!(self.child.try_wait(), Ok(None)) {
            free_port(self.port).await?;
            (self.child, self.output, self.readers) = launch(&self.options, self.port)?;
            self.listened = false;
        }
        let opened = self.connect(connect, deadline).await;
        let dead = match &opened {
            Err(ConnectError::Timeout { .. } | ConnectError::NotACore { .. }) => true,
            Err(ConnectError::Unreachable { .. }) => self.listened,
            _ => false,
        };
        if dead {
            tracing::warn!("the CLI does not answer: it is killed");
            self.kill();
        }
        opened
    }

    /// Tries until it answers, ends, or the deadline passes. The answer may come from another program that has its port.
    async fn connect(
        &mut self,
        connect: &WebSocketOptions,
        deadline: Instant,
    ) -> Result<(Socket, Option<Frame>), ConnectError> {
        let mut pause = Duration::from_millis(10);
        loop {
            let opened = async {
                let opened = connection::open(&self.url, connect, deadline).await?;
                tokio::time::sleep(SETTLED).await;
                Ok(opened)
            };
            let error = tokio::select! {
                status = self.child.wait() => return Err(self.ended(status).await),
                opened = opened => match opened {
                    Ok(opened) => {
                        self.listened = true;
                        return Ok(opened);
                    }
                    Err(error) => error,
                },
            };
            let unreachable = matches!(error, ConnectError::Unreachable { .. });
            if !unreachable && let Ok(status) = tokio::time::timeout(APART, self.child.wait()).await {
                return Err(self.ended(status).await);
            }
            if !unreachable || Instant::now() + pause >= deadline {
                return Err(error);
            }
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(Duration::from_millis(250));
        }
    }

    async fn ended(&mut self, status: std::io::Result<ExitStatus>) -> ConnectError {
        let status = status.map_or_else(|error| error.to_string(), |status| status.to_string());
        let program = self.options.program.display().to_string();
        if self.answered {
            return ConnectError::Ended { program, status, output: String::new() };
        }
        self.last_words(Instant::now() + LAST_WORDS).await;
        let output = self.output.lock().unwrap_or_else(PoisonError::into_inner);
        let output = Vec::from_iter(output.iter().map(String::as_str)).join(" | ");
        ConnectError::Ended { program, status, output }
    }

    /// Waits for it to exit and describes how it did.
    pub(super) async fn exited(&mut self) -> String {
        match self.child.wait().await {
            Ok(status) => format!("the CLI ended ({status})"),
            Err(error) => format!("the CLI is lost: {error}"),
        }
    }

    /// Waits for it to end for half of the time left, then kills it. If it could not be told to stop over its connection,
    /// or does not end in that time, it is first sent a signal, on systems that have signals, and has half of the time
    /// that is then left.
    pub(super) async fn end(mut self: Box<Self>, by: Instant) {
        let mut ended = self.asked && self.ends_soon(by).await;
        if !ended && self.terminate() {
            ended = self.ends_soon(by).await;
        }
        if !ended {
            tracing::warn!("the CLI does not end: it is killed");
            self.kill();
            timeout_at(by, self.child.wait()).await.ok();
        }
        self.last_words(by.min(Instant::now() + LAST_WORDS)).await;
    }

    /// Whether it ends within half of the time left.
    async fn ends_soon(&mut self, by: Instant) -> bool {
        let half = by.saturating_duration_since(Instant::now()) / 2;
        tokio::time::timeout(half, self.child.wait()).await.is_ok()
    }

    /// Waits until its whole output is read. A process that it started may keep the output open, so there is a deadline.
    async fn last_words(&mut self, by: Instant) {
        while timeout_at(by, self.readers.join_next()).await.is_ok_and(|joined| joined.is_some()) {}
    }

    #[cfg(unix)]
    fn terminate(&self) -> bool {
        self.signal(Signal::TERM)
    }

    #[cfg(not(unix))]
    fn terminate(&self) -> bool {
        false
    }

    #[cfg(unix)]
    fn kill(&mut self) {
        self.signal(Signal::KILL);
    }

    #[cfg(not(unix))]
    fn kill(&mut self) {
        self.child.start_kill().ok();
    }

    /// Sends a signal to its process group, because the program may be a script that runs the CLI.
    #[cfg(unix)]
    fn signal(&self, signal: Signal) -> bool {
        // There is no process id once the end was seen.
        let group = self.child.id().and_then(|id| Pid::from_raw(i32::try_from(id).ok()?));
        group.is_some_and(|group| kill_process_group(group, signal).is_ok())
    }
}

impl Drop for Cli {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Returns the port, or any free one for 0. Fails if it is taken: otherwise, the bot would talk to the program that has it.
async fn free_port(port: u16) -> Result<u16, ConnectError> {
    let taken = |error: std::io::Error| ConnectError::PortTaken { port, reason: error.to_string() };
    let listener = TcpListener::bind(("127.0.0.1", port)).await.map_err(taken)?;
    Ok(listener.local_addr().map_err(taken)?.port())
}

type Launched = (Child, Arc<Mutex<VecDeque<String>>>, JoinSet<()>);

fn launch(options: &CliOptions, port: u16) -> Result<Launched, ConnectError> {
    let mut command = options.command(port);
    // It takes a folder for files under way only from the start, and does not create it.
    let folder = crate::temp_beside(&options.database);
    if std::fs::create_dir_all(&folder).is_ok() {
        command.env(if cfg!(windows) { "TMP" } else { "TMPDIR" }, folder);
    }
    let mut child = command.spawn().map_err(|error| ConnectError::Start {
        program: options.program.display().to_string(),
        reason: error.to_string(),
    })?;
    let output = Arc::new(Mutex::new(VecDeque::new()));
    let mut readers = JoinSet::new();
    if let Some(stdout) = child.stdout.take() {
        readers.spawn(follow(stdout, options.key.clone(), output.clone()));
    }
    if let Some(stderr) = child.stderr.take() {
        readers.spawn(follow(stderr, options.key.clone(), output.clone()));
    }
    Ok((child, output, readers))
}

/// Passes the CLI's output to tracing, at trace level only, because it contains what people send.
async fn follow(stream: impl AsyncRead + Unpin, key: SecretString, kept: Arc<Mutex<VecDeque<String>>>) {
    let mut stream = BufReader::new(stream);
    let mut line = Vec::new();
    loop {
        line.clear();
        match (&mut stream).take(LINE).read_until(b'\n', &mut line).await {
            Ok(0) | Err(_) => return,
            Ok(_) => {}
        }
        let text = without_key(String::from_utf8_lossy(&line).trim_end(), key.expose_secret());
        tracing::trace!(target: "simplex_core::cli", "{text}");
        let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() == KEPT_LINES {
            kept.pop_front();
        }
        kept.push_back(text);
    }
}

/// A line of the CLI's output without the database's key, which is in the statement that sets it, with escapes of its own.
fn without_key(line: &str, key: &str) -> String {
    if key.is_empty() {
        return line.to_owned();
    }
    // A line at a time, as it is read.
    let line = key.lines().filter(|part| !part.is_empty()).fold(line.to_owned(), |line, part| line.replace(part, "…"));
    match line.split_once("PRAGMA key") {
        Some((before, rest)) => format!("{before}PRAGMA key…{}", rest.rsplit_once("';").map_or("", |(_, after)| after)),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::CliOptions;

    /// A CLI that is to let a bot take files without a bot to create does not start.
    #[test]
    fn only_a_bot_that_is_created_may_take_files() {
        let mut cli = CliOptions::new("bot");
        cli.allow_files = true;
        let arguments = |cli: &CliOptions| {
            let command = cli.command(5225);
            Vec::from_iter(command.as_std().get_args().map(|argument| argument.to_str().unwrap())).join(" ")
        };
        assert_eq!(arguments(&cli), "-d bot -p 5225 -y");
        cli.create_bot = Some("Bot".to_owned());
        assert!(arguments(&cli).ends_with("-y --create-bot-display-name Bot --create-bot-allow-files"));
    }
}
