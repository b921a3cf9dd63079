//! The network of this process, in real time: calls block, as those of the real library do. No unsafe code here.

use std::io;
use std::net::TcpStream;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use serde_json::json;
use simplex_sim::{CoreId, EVENT_QUEUE, Network, Settings, Ts};

use crate::hub::Hub;

/// The network of this process.
pub(crate) struct Local {
    net: Mutex<Network>,
    changed: Condvar,
}

/// Where the cores of this process run.
pub(crate) enum Host {
    /// In this process.
    Local(Box<Local>),
    /// In another process, which several processes share.
    Hub(Hub),
}

/// One open controller.
pub(crate) struct Controller {
    pub core: CoreId,
    /// The hub keeps the core running as long as this connection is open.
    pub _held: Option<TcpStream>,
}

/// The host, created at first use: `SIMPLEX_SIM_HUB` (an address) selects a hub, `SIMPLEX_SIM_STATE` (a file) stores
/// the network of this process, `SIMPLEX_SIM_VERSION` is the answer to `/version`. If the host cannot be created, the
/// process prints why to standard error and exits, as the real library does when it cannot continue.
pub(crate) fn host() -> &'static Host {
    static HOST: OnceLock<Host> = OnceLock::new();
    HOST.get_or_init(|| {
        let mut settings =
            Settings { seed: u64::try_from(Ts::real().0).unwrap_or(0), begin: Ts::real(), ..Settings::default() };
        if let Ok(version) = std::env::var("SIMPLEX_SIM_VERSION") {
            settings.version = version;
        }
        if let Ok(address) = std::env::var("SIMPLEX_SIM_HUB") {
            return Host::Hub(Hub::new(address));
        }
        let net = match std::env::var_os("SIMPLEX_SIM_STATE") {
            None => Network::new(settings),
            Some(file) => Network::stored(settings, Path::new(&file)).unwrap_or_else(|e| {
                eprintln!("the simulated network in {}: {e}", file.display());
                std::process::exit(1);
            }),
        };
        Host::Local(Box::new(Local { net: Mutex::new(net), changed: Condvar::new() }))
    })
}

/// Why a database is not open, in the core's format: its key is wrong, or there is no hub.
fn not_opened(path: &str, hub: Option<io::Error>) -> String {
    let file = json!(format!("{path}_chat.db"));
    let Some(error) = hub else { return format!(r#"{{"type":"errorNotADatabase","dbFile":{file}}}"#) };
    let reason = json!(format!("the simulated network's hub does not answer ({error})"));
    format!(r#"{{"type":"errorSQL","dbFile":{file},"migrationSQLError":{reason}}}"#)
}

impl Host {
    /// Opens a database: returns the outcome in the core's format, and the controller if the database is open.
    pub(crate) fn migrate(&self, path: &str, key: &str, confirm: &str) -> (String, Option<Controller>) {
        if !matches!(confirm, "yesUp" | "yesUpDown" | "error" | "console") {
            return (r#"{"type":"invalidConfirmation"}"#.into(), None);
        }
        let opened = match self {
            Host::Local(l) => Ok(l.current().open(path, key).ok().map(|core| Controller { core, _held: None })),
            Host::Hub(h) => h.open(path, key),
        };
        match opened {
            Ok(Some(c)) => (r#"{"type":"ok"}"#.into(), Some(c)),
            Ok(None) => (not_opened(path, None), None),
            Err(e) => (not_opened(path, Some(e)), None),
        }
    }

    /// Sends a command and waits for its answer.
    pub(crate) fn send(&self, c: &Controller, command: &str) -> String {
        match self {
            Host::Local(l) => l.send(c, command),
            Host::Hub(h) => h.send(c.core, command),
        }
    }

    /// The next event; `None` if none comes in time. A negative wait never ends; without a wait, no event is taken.
    pub(crate) fn receive(&self, c: &Controller, micros: i32) -> Option<Arc<str>> {
        if micros == 0 {
            return None;
        }
        match self {
            Host::Local(l) => l.receive(c, micros),
            Host::Hub(h) => h.receive(c.core, micros),
        }
    }

    pub(crate) fn close(&self, c: &Controller) {
        match self {
            Host::Local(l) => l.current().close(c.core),
            Host::Hub(h) => h.close(c.core),
        }
    }

    pub(crate) fn reopen(&self, c: &Controller) {
        match self {
            Host::Local(l) => l.current().reopen(c.core),
            Host::Hub(h) => h.reopen(c.core),
        }
    }
}

impl Local {
    /// The network, with its clock moved to the real time.
    fn current(&self) -> MutexGuard<'_, Network> {
        let mut net = self.net.lock().unwrap_or_else(PoisonError::into_inner);
        net.advance(Ts::real());
        net
    }

    /// Sends a command and waits for its answer.
    fn send(&self, c: &Controller, command: &str) -> String {
        let mut net = self.current();
        loop {
            if let Some(answer) = net.command(c.core, command) {
                drop(net);
                self.changed.notify_all();
                return answer;
            }
            net = self.pause(net, Duration::from_secs(1));
        }
    }

    /// The next event; `None` if none comes in time. A negative wait never ends.
    fn receive(&self, c: &Controller, micros: i32) -> Option<Arc<str>> {
        let until = u64::try_from(micros).ok().map(|m| Instant::now() + Duration::from_micros(m));
        let mut net = self.current();
        loop {
            let full = net.events(c.core) >= EVENT_QUEUE;
            if let Some(event) = net.take_event(c.core) {
                // With the room for more, messages were delivered whose senders may wait for what follows.
                if full {
                    self.changed.notify_all();
                }
                return Some(event);
            }
            let left = match until {
                Some(u) => u.saturating_duration_since(Instant::now()),
                None => Duration::from_secs(60),
            };
            if left.is_zero() {
                return None;
            }
            net = self.pause(net, left);
        }
    }

    /// Waits until something changes or the network's next step is due, but no longer than `most`.
    fn pause<'a>(&'a self, net: MutexGuard<'a, Network>, most: Duration) -> MutexGuard<'a, Network> {
        let due = net.next_step().map(|ts| Duration::from_nanos(u64::try_from(ts.0 - Ts::real().0).unwrap_or(0)));
        let wait = due.map_or(most, |d| d.min(most)).max(Duration::from_micros(50));
        let (mut net, _) = self.changed.wait_timeout(net, wait).unwrap_or_else(PoisonError::into_inner);
        net.advance(Ts::real());
        net
    }
}
