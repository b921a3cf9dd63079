//! Injecting faults: offline cores, a server that is down, delays, crashes, commands that fail or are slow. All of
//! this is as reproducible as the rest of the network.

use std::time::Duration;

use crate::cx::Cx;
use crate::journal::Input;
use crate::network::Network;
use crate::render::{Envelope, error};
use crate::shared::Step;
use crate::state::{ConnStatus, Core, CoreId, Entity};

/// How a command fails, for [`Network::fail_next`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Failure {
    /// The server cannot be reached.
    Network,
    /// The server does not know the queue, or refuses access to it.
    Auth,
    /// The database is locked by another process.
    DatabaseBusy,
    /// The chat is not started.
    NotStarted,
    /// An error of the store with this tag, for example that something was not found.
    Store(String),
    /// An error of the core itself, with its message.
    Internal(String),
    /// This answer, verbatim.
    Answer(String),
}

impl Failure {
    fn envelope(&self, server: &str) -> Envelope {
        match self {
            Failure::Network => error::broker_network(server),
            Failure::Auth => error::smp_auth(server),
            Failure::DatabaseBusy => error::store_str("dBBusyError", "message", "SQLite3 returned ErrorBusy"),
            Failure::NotStarted => error::chat("chatNotStarted"),
            Failure::Store(tag) => error::store(tag),
            Failure::Internal(message) => error::chat_str("internalError", "message", message),
            Failure::Answer(text) => text.clone(),
        }
    }
}

/// What happens to commands of a core instead of their normal effect.
#[derive(Debug, Clone, Default)]
pub(crate) struct Traps {
    fail: Vec<(String, Failure)>,
    slow: Vec<(String, Duration, Option<crate::time::Ts>)>,
    /// The core is killed after this many steps of its own.
    pub crash_after: Option<u32>,
}

impl Network {
    /// Deletes all files on the file relays.
    pub fn lose_files(&mut self) {
        self.note(|| Input::LoseFiles);
        self.sh.uploads.clear();
    }

    /// Deletes all messages that wait at the servers, as a server that keeps them in memory does when it is killed.
    /// Their senders get no event. Before the next message from the same contact or member, the receiver's core stores
    /// an item `rcvIntegrityError` that says which messages are missing.
    ///
    /// Among the messages of members is what they tell each other about the group: a member who was just introduced may
    /// stay unknown. Steps of a connection that does not work yet are kept.
    pub fn lose_messages(&mut self) {
        for core in &mut self.cores {
            for conn in core.conns.values_mut() {
                if !matches!(conn.entity, Entity::Contact(_) | Entity::Member(_)) || conn.status != ConnStatus::Ready {
                    continue;
                }
                conn.lost += i64::try_from(conn.inbox.len()).unwrap_or(0);
                conn.inbox.clear();
                // Now the server has room for messages that the sender still holds.
                if let Some((peer, peer_conn)) = conn.peer {
                    self.sh.at(self.sh.now, Step::Send(peer, peer_conn));
                }
            }
        }
        self.run_due();
        self.note(|| Input::LoseMessages);
    }

    /// Disconnects a core from the network, or reconnects it. What it sends waits; what others send to it waits at the
    /// server.
    pub fn set_offline(&mut self, core: CoreId, offline: bool) {
        let Some(c) = self.cores.get_mut(core).filter(|c| c.offline != offline) else { return };
        c.offline = offline;
        if self.sh.server_up {
            self.reach(core, !offline);
        }
        self.run_due();
        self.note(|| Input::Offline(core, offline));
    }

    /// Stops the servers, or starts them again. Messages that wait at them are kept.
    pub fn set_server(&mut self, up: bool) {
        if self.sh.server_up == up {
            return;
        }
        self.sh.server_up = up;
        for core in 0..self.cores.len() {
            if self.cores.get(core).is_some_and(|c| !c.offline) {
                self.reach(core, up);
            }
        }
        self.run_due();
        self.note(|| Input::Server(up));
    }

    /// Sets how long every message takes from now on. Messages of one connection never overtake each other.
    pub fn set_delay(&mut self, delay: Duration) {
        self.sh.delay = delay;
        self.note(|| Input::Delay(u64::try_from(delay.as_nanos()).unwrap_or(u64::MAX)));
    }

    /// Kills a core (see [`Network::crash`]) after this many more steps of its own: sending or receiving a message, a
    /// part of a file, the expiry of an item. Zero kills it before the next step.
    pub fn crash_after(&mut self, core: CoreId, steps: u32) {
        if let Some(c) = self.cores.get_mut(core) {
            c.traps.crash_after = Some(steps);
        }
        self.note(|| Input::CrashAfter(core, steps));
    }

    /// Whether a core is running: started, and neither stopped nor killed since.
    pub fn is_running(&self, core: CoreId) -> bool {
        self.cores.get(core).is_some_and(|c| c.session.started)
    }

    /// Makes the next command that starts with `command` fail, without any effect.
    pub fn fail_next(&mut self, core: CoreId, command: &str, failure: Failure) {
        if let Some(c) = self.cores.get_mut(core) {
            c.traps.fail.push((command.to_owned(), failure));
        }
    }

    /// Delays the answer to the next command that starts with `command`; other commands may overtake it.
    pub fn slow_next(&mut self, core: CoreId, command: &str, by: Duration) {
        if let Some(c) = self.cores.get_mut(core) {
            c.traps.slow.push((command.to_owned(), by, None));
        }
    }

    /// Gives a core the events for losing or regaining the server.
    fn reach(&mut self, core: CoreId, reachable: bool) {
        let Some(mut cx) = self.cx(core).filter(|cx| cx.core.session.started && !cx.core.session.suspended) else {
            return;
        };
        let Some(active) = cx.core.active else { return };
        let conns = cx.core.ready_conns();
        let server = cx.server(active);
        if reachable {
            if !cx.core.conns.is_empty() {
                let _ = cx.use_network(active);
            }
        } else if std::mem::take(&mut cx.core.session.host_up) {
            cx.host_event("hostDisconnected", "smp", &server);
        }
        if !conns.is_empty() {
            cx.status_event(reachable, &server, &conns);
            if !reachable {
                cx.emit(error::broker_network(&server));
            }
        }
        if reachable {
            cx.wake_me();
        }
    }
}

impl Cx<'_> {
    /// What the traps do to a command: `Some(None)` when it is not to be answered yet.
    pub(crate) fn trapped(&mut self, text: &str) -> Option<Option<Envelope>> {
        if self.core.traps.fail.is_empty() && self.core.traps.slow.is_empty() {
            return None;
        }
        if let Some(at) = self.core.traps.slow.iter().position(|(p, ..)| text.starts_with(p)) {
            let now = self.sh.now;
            let (_, by, until) = self.core.traps.slow.get_mut(at)?;
            let until = *until.get_or_insert(now.plus(*by));
            if now < until {
                self.sh.at(until, Step::Idle);
                return Some(None);
            }
            self.core.traps.slow.remove(at);
        }
        let at = self.core.traps.fail.iter().position(|(p, _)| text.starts_with(p))?;
        let (_, failure) = self.core.traps.fail.remove(at);
        let server = self.server(self.core.active.unwrap_or_default());
        Some(Some(failure.envelope(&server)))
    }
}

impl Core {
    /// Counts down to the requested crash; true when it is due now.
    pub(crate) fn crash_due(&mut self) -> bool {
        match &mut self.traps.crash_after {
            None => false,
            Some(0) => {
                self.traps.crash_after = None;
                true
            }
            Some(n) => {
                *n -= 1;
                false
            }
        }
    }
}
