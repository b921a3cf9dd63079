//! The network of this process, with real time: calls block, as the real library's do. No unsafe code here.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use simplex_sim::{CoreId, Network, Settings, Ts};

/// The network of this process.
pub(crate) struct Host {
    net: Mutex<Network>,
    changed: Condvar,
}

/// One open controller.
pub(crate) struct Controller {
    pub core: CoreId,
}

fn now() -> Ts {
    let nanos = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_nanos());
    Ts(i64::try_from(nanos).unwrap_or(i64::MAX))
}

/// The host, made at first use.
pub(crate) fn host() -> &'static Host {
    static HOST: OnceLock<Host> = OnceLock::new();
    HOST.get_or_init(|| {
        let mut settings = Settings { seed: u64::try_from(now().0).unwrap_or(0), begin: now(), ..Settings::default() };
        if let Ok(version) = std::env::var("SIMPLEX_SIM_VERSION") {
            settings.version = version;
        }
        Host { net: Mutex::new(Network::new(settings)), changed: Condvar::new() }
    })
}

impl Host {
    /// The network, its clock at the real time.
    fn current(&self) -> MutexGuard<'_, Network> {
        let mut net = self.net.lock().unwrap_or_else(PoisonError::into_inner);
        net.advance(now());
        net
    }

    /// Opens a database: the outcome as the core writes it, and the controller when it is open.
    pub(crate) fn migrate(&self, path: &str, key: &str, confirm: &str) -> (String, Option<Controller>) {
        if !matches!(confirm, "yesUp" | "yesUpDown" | "error" | "console") {
            return (r#"{"type":"invalidConfirmation"}"#.into(), None);
        }
        match self.current().open(path, key) {
            Ok(core) => (r#"{"type":"ok"}"#.into(), Some(Controller { core })),
            Err(_) => {
                let mut file = String::new();
                for c in format!("{path}_chat.db").chars() {
                    match c {
                        '"' | '\\' => file.extend(['\\', c]),
                        c if c.is_control() => {}
                        c => file.push(c),
                    }
                }
                (format!(r#"{{"type":"errorNotADatabase","dbFile":"{file}"}}"#), None)
            }
        }
    }

    /// Sends a command and waits for its answer.
    pub(crate) fn send(&self, c: &Controller, command: &str) -> String {
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

    /// The next event; `None` after a wait without one. A negative wait never ends.
    pub(crate) fn receive(&self, c: &Controller, micros: i32) -> Option<Arc<str>> {
        let until = u64::try_from(micros).ok().map(|m| Instant::now() + Duration::from_micros(m));
        let mut net = self.current();
        if micros == 0 {
            return None;
        }
        loop {
            if let Some(event) = net.take_event(c.core) {
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

    /// Waits until something changed, the network's own next step is due, or so long.
    fn pause<'a>(&'a self, net: MutexGuard<'a, Network>, most: Duration) -> MutexGuard<'a, Network> {
        let due = net.next_step().map(|ts| Duration::from_nanos(u64::try_from(ts.0 - now().0).unwrap_or(0)));
        let wait = due.map_or(most, |d| d.min(most)).max(Duration::from_micros(50));
        let (mut net, _) = self.changed.wait_timeout(net, wait).unwrap_or_else(PoisonError::into_inner);
        net.advance(now());
        net
    }

    pub(crate) fn close(&self, c: &Controller) {
        self.current().close(c.core);
    }

    pub(crate) fn reopen(&self, c: &Controller) {
        self.current().reopen(c.core);
    }
}
