//! The network: cores, the servers between them, a clock and a seeded generator. It is a state machine without threads
//! or real time: every step happens in [`Network::command`] or [`Network::advance`], in an order that the seed fixes.

use std::sync::Arc;

use crate::cx::Cx;
use crate::journal::{Input, only_looks};
use crate::parser::{self, ChatName, ChatRef, Command};
use crate::render::{Envelope, error};
use crate::shared::{Shared, Step};
use crate::state::{Arrived, Core, CoreId, Status, Wire, take_first};
use crate::time::Ts;

/// How many events a core's queue holds. While it is full, the core receives nothing more, and commands that send
/// messages are not answered.
pub const EVENT_QUEUE: usize = 4096;
/// How many undelivered messages a server holds for each queue.
pub const SERVER_QUEUE: usize = 128;

/// The settings of a network.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The seed of all random choices.
    pub seed: u64,
    /// The time at which its clock starts.
    pub begin: Ts,
    /// The core's version, as `/version` returns it.
    pub version: String,
    /// The message server that cores use by default.
    pub smp: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            seed: 0,
            begin: Ts::BEGIN,
            version: "7.0.2.0".into(),
            smp: "smp://c2ltdWxhdGVkLXNlcnZlci1vZi10aGUtdGVzdC1uZXQ=@localhost:5223".into(),
        }
    }
}

impl Settings {
    /// Whether the version is before 7: such a core behaves as recorded where it differs from 7.
    fn before_7(&self) -> bool {
        let major = self.version.split('.').next().and_then(|major| major.parse::<u32>().ok());
        major.is_some_and(|major| major < 7)
    }
}

/// A command as the recorded core spells it, where that differs: 6.4 reads only `/_groups1`, while the client of 7
/// relies on the documented `/_groups 1`.
fn older_spelling(text: &str) -> Option<String> {
    Some(format!("/_groups{}", text.strip_prefix("/_groups ")?))
}

/// A simulated SimpleX network.
#[derive(Debug)]
pub struct Network {
    pub(crate) cores: Vec<Core>,
    pub(crate) sh: Shared,
    pub(crate) journal: Option<crate::journal::Journal>,
}

impl Network {
    /// Creates an empty network.
    pub fn new(settings: Settings) -> Self {
        Self { cores: Vec::new(), sh: Shared::new(settings), journal: None }
    }

    /// Opens a database by name, creating it if it does not exist.
    ///
    /// # Errors
    /// [`WrongKey`] if it exists with another key.
    pub fn open(&mut self, prefix: &str, key: &str) -> Result<CoreId, WrongKey> {
        self.note(|| Input::Open(prefix.to_owned(), key.to_owned()));
        let before_7 = self.sh.settings.before_7();
        self.sh.openings += 1;
        let opening = self.sh.openings;
        if let Some(id) = self.cores.iter().position(|c| c.prefix == prefix) {
            self.take_import(id);
            if let Some(core) = self.cores.get_mut(id) {
                if core.key != key && !core.deleted {
                    return Err(WrongKey);
                }
                if core.deleted {
                    core.replaced_by(Core { prefix: prefix.to_owned(), before_7, ..Core::default() });
                    core.key = key.to_owned();
                }
                core.changed = false;
                core.open = true;
                core.opening = opening;
            }
            // Another process has the database now: what the last one held in memory is gone.
            self.kill(id);
            return Ok(id);
        }
        let (prefix, key) = (prefix.to_owned(), key.to_owned());
        self.cores.push(Core { prefix, key, before_7, open: true, opening, ..Core::default() });
        Ok(self.cores.len() - 1)
    }

    /// The time of the network's clock.
    pub fn now(&self) -> Ts {
        self.sh.now
    }

    /// When the next step that needs no command is due, if there is one.
    pub fn next_step(&self) -> Option<Ts> {
        self.sh.next_step()
    }

    /// Moves the clock forward, and runs the steps that become due. It never goes back: an earlier time leaves it.
    pub fn advance(&mut self, to: Ts) {
        let due = self.next_step().is_some_and(|ts| ts <= to);
        while let Some(ts) = self.next_step().filter(|ts| *ts <= to) {
            self.sh.now = self.sh.now.max(ts);
            self.run_due();
        }
        if due {
            self.note(|| Input::Advance(to.0));
        } else if to > self.sh.now {
            self.note_moved(to);
        }
        self.sh.now = self.sh.now.max(to);
    }

    /// Runs a command of a core, and everything that follows from it at once. Returns `None` if the core does not
    /// answer yet; then call it again after something has changed.
    pub fn command(&mut self, core: CoreId, text: &str) -> Option<Envelope> {
        let at = self.sh.now.0;
        if let Some(reason) = self.broken() {
            return Some(not_kept(reason));
        }
        let Some(mut cx) = self.cx(core) else { return Some(error::chat("noActiveUser")) };
        if let Some(answer) = cx.trapped(text) {
            return answer.map(|answer| cx.spelled(answer));
        }
        let spelled = older_spelling(text).filter(|_| !cx.core.before_7);
        let answer = match parser::parse(spelled.as_deref().unwrap_or(text)) {
            // From version 7 on, only events tell of this.
            Ok(Command::NetworkStatuses) if !cx.core.before_7 => return Some(error::not_parsed()),
            Ok(command) => {
                let session = &cx.core.session;
                let full = session.started && cx.core.events.len() >= EVENT_QUEUE;
                if session.suspended && needs_network(&command) || full && needs_room(&command) {
                    return None;
                }
                let looks = only_looks(&command);
                let answer = cx.run(command).unwrap_or_else(|error| cx.spelled(error));
                if looks {
                    return Some(answer);
                }
                answer
            }
            Err(_) => return Some(error::not_parsed()),
        };
        self.run_due();
        self.note(|| Input::Command(core, at, text.to_owned()));
        Some(self.broken().map_or(answer, not_kept))
    }

    /// Takes the next event of a core.
    pub fn take_event(&mut self, core: CoreId) -> Option<Arc<str>> {
        if self.broken().is_some() {
            return None;
        }
        let c = self.cores.get_mut(core)?;
        let was_full = c.events.len() >= EVENT_QUEUE;
        let event = c.events.pop_front();
        if event.is_some() {
            self.note_taken(core);
        }
        if was_full {
            self.fill(core);
            self.note(|| Input::Take(core, 0));
        }
        event
    }

    /// Delivers messages that waited for room in the event queue, as far as there is room now.
    fn fill(&mut self, core: CoreId) {
        while self.events(core) < EVENT_QUEUE {
            let Some(conn) = self.cores.get_mut(core).and_then(|c| c.stalled.pop_front()) else { return };
            self.sh.at(self.sh.now, Step::Deliver(core, conn));
            self.run_due();
        }
    }

    /// How many events of a core wait to be taken.
    pub fn events(&self, core: CoreId) -> usize {
        self.cores.get(core).map_or(0, |c| c.events.len())
    }

    /// Closes the database of a core.
    pub fn close(&mut self, core: CoreId) {
        self.note(|| Input::Close(core));
        if let Some(c) = self.cores.get_mut(core) {
            c.open = false;
        }
    }

    /// Opens a closed database again.
    pub fn reopen(&mut self, core: CoreId) {
        self.note(|| Input::Reopen(core));
        if let Some(c) = self.cores.get_mut(core) {
            c.open = true;
        }
    }

    /// Kills a core as `kill -9` does: what is stored stays, events not taken are lost, and nobody is notified.
    pub fn crash(&mut self, core: CoreId) {
        self.note(|| Input::Crash(core));
        self.kill(core);
    }

    /// The opening that a core is open by: it changes when another process opens the database.
    #[cfg(feature = "serve")]
    pub(crate) fn opening(&self, core: CoreId) -> Option<u64> {
        self.cores.get(core).map(|c| c.opening)
    }

    fn kill(&mut self, core: CoreId) {
        if let Some(c) = self.cores.get_mut(core) {
            c.events.clear();
            c.traps.crash_after = None;
            c.session = Default::default();
            for u in c.users.values_mut() {
                u.in_memory = None;
            }
        }
    }

    /// A core at work, if there is one with this id.
    pub(crate) fn cx(&mut self, core: CoreId) -> Option<Cx<'_>> {
        Some(Cx { core: self.cores.get_mut(core)?, me: core, sh: &mut self.sh })
    }

    /// Runs the steps that are due now.
    pub(crate) fn run_due(&mut self) {
        for ((peer, conn), wire) in std::mem::take(&mut self.sh.last_words) {
            let now = self.sh.now;
            if let Some(p) = self.cores.get_mut(peer).and_then(|p| p.alive(conn)) {
                p.inbox.push_back(Arrived { wire, at: now });
                self.sh.at(now, Step::Deliver(peer, conn));
            }
        }
        while let Some(step) = self.sh.take_due() {
            if let Some(core) = step.core()
                && self.cores.get_mut(core).is_some_and(Core::crash_due)
            {
                self.kill(core);
            }
            self.run_step(step);
        }
    }

    fn run_step(&mut self, step: Step) {
        match step {
            Step::Idle => {}
            Step::Send(core, conn) => self.run_send(core, conn),
            Step::Deliver(core, conn) => self.run_deliver(core, conn),
            Step::Joined(core, conn) => {
                if self.online(core)
                    && let Some(mut cx) = self.cx(core)
                {
                    cx.on_joined(conn);
                }
            }
            Step::Transfer(core, file, attempt, step) => {
                if let Some(mut cx) = self.cx(core) {
                    cx.transfer(file, attempt, step);
                }
            }
            Step::Expire(core, item) => {
                if let Some(mut cx) = self.cx(core) {
                    cx.expire(item);
                }
            }
        }
    }

    fn online(&self, core: CoreId) -> bool {
        self.sh.server_up
            && self.cores.get(core).is_some_and(|c| c.session.started && !c.session.suspended && !c.offline)
    }

    fn run_send(&mut self, core: CoreId, conn: i64) {
        while self.online(core) {
            let Some(c) = self.cores.get_mut(core).and_then(|c| c.conns.get_mut(&conn)) else { return };
            let Some((peer, peer_conn)) = c.peer else { return };
            let Some(out) = take_first(&mut c.outbox) else { return };
            let now = self.sh.now;
            let at = now.plus(self.sh.delay);
            let reader = self.cores.get_mut(peer);
            let unread = reader.as_ref().is_some_and(|p| p.orphans.contains(&peer_conn)).then_some(false);
            let full = reader.and_then(|p| p.alive(peer_conn)).map(|p| p.inbox.len() >= SERVER_QUEUE).or(unread);
            let told = !matches!(out.wire, Wire::Receipt { .. });
            let joining = matches!(out.wire, Wire::Confirm { .. });
            let status = match full {
                None => Status::SndErrorAuth,
                Some(true) => {
                    let items = out.items.clone();
                    if let Some(c) = self.cores.get_mut(core).and_then(|c| c.conns.get_mut(&conn)) {
                        c.outbox.push_front(out);
                    }
                    if let Some(mut cx) = self.cx(core) {
                        cx.sent_status(conn, &items, Status::SndWarningQuota);
                    }
                    return;
                }
                Some(false) => {
                    if let Some(p) = self.cores.get_mut(peer).and_then(|p| p.conns.get_mut(&peer_conn)) {
                        p.inbox.push_back(Arrived { wire: out.wire, at: now });
                    }
                    self.sh.at(at, Step::Deliver(peer, peer_conn));
                    Status::SndSent { complete: true }
                }
            };
            let gone = status == Status::SndErrorAuth;
            let Some(mut cx) = self.cx(core) else { return };
            if !out.items.is_empty() {
                cx.sent_status(conn, &out.items, status);
            }
            if gone && told {
                cx.peer_gone(conn, joining);
            }
        }
    }

    fn run_deliver(&mut self, core: CoreId, conn: i64) {
        // A core that comes back online is woken with everything that waits for it.
        if !self.online(core) {
            return;
        }
        let Some(c) = self.cores.get_mut(core) else { return };
        if c.events.len() >= EVENT_QUEUE {
            c.stalled.push_back(conn);
            return;
        }
        let Some(k) = c.alive(conn) else { return };
        let was_full = k.inbox.len() >= SERVER_QUEUE;
        let Some(arrived) = take_first(&mut k.inbox) else { return };
        if let (true, Some((p, pc))) = (was_full, k.peer) {
            self.sh.at(self.sh.now, Step::Send(p, pc));
        }
        if let Some(mut cx) = self.cx(core) {
            cx.receive(conn, arrived.wire, arrived.at);
        }
    }
}

/// The answer of a core whose database can no longer be written.
fn not_kept(reason: &str) -> Envelope {
    error::database(&format!("SQLite3 returned ErrorIO: {reason}"))
}

/// Commands that hang while the chat is suspended.
fn needs_network(c: &Command) -> bool {
    matches!(
        c,
        Command::CreateAddress { .. }
            | Command::DeleteAddress { .. }
            | Command::Connect { .. }
            | Command::ConnectPlan { .. }
            | Command::AcceptContact { .. }
    )
}

/// Commands that hang while the queue of events is full: those that send messages or add an event. What only connects or
/// reads is answered.
fn needs_room(c: &Command) -> bool {
    match c {
        // Notes are sent to nobody.
        Command::SendNamed { name, .. } | Command::SendFileNamed { name, .. } => *name != ChatName::Local,
        Command::Forward { to, .. } => !matches!(to, ChatRef::Local(_)),
        Command::Send { .. }
        | Command::SendQuote { .. }
        | Command::Broadcast { .. }
        | Command::Report { .. }
        | Command::DebugEvent { .. } => true,
        _ => false,
    }
}

/// The database exists with another key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the database exists with another key")]
pub struct WrongKey;
