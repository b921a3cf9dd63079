//! The client of a hub: a network in another process. It sends lines of JSON over loopback. Each call uses a free
//! connection of its own, so that calls of several threads do not wait for each other.

use std::io::{self, BufRead, BufReader, Write};
use std::net::TcpStream;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde_json::json;
use simplex_sim::CoreId;

use crate::host::Controller;

const GONE: &str = r#"{"error":{"type":"error","errorType":{"type":"internalError","message":"the simulated network's hub is gone"}}}"#;
/// The longest single wait at the hub, in microseconds.
const WAIT: i32 = 1_000_000;

pub(crate) struct Hub {
    address: String,
    free: Mutex<Vec<BufReader<TcpStream>>>,
}

impl Hub {
    pub(crate) fn new(address: String) -> Self {
        Self { address, free: Mutex::default() }
    }

    fn dial(&self) -> io::Result<BufReader<TcpStream>> {
        let stream = TcpStream::connect(&self.address)?;
        stream.set_nodelay(true)?;
        Ok(BufReader::new(stream))
    }

    fn ask(via: &mut BufReader<TcpStream>, request: &serde_json::Value) -> io::Result<String> {
        via.get_mut().write_all(format!("{request}\n").as_bytes())?;
        let mut line = String::new();
        if via.read_line(&mut line)? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        line.truncate(line.trim_end_matches('\n').len());
        Ok(line)
    }

    fn call(&self, request: &serde_json::Value) -> io::Result<String> {
        let free = self.free.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut via = match free {
            Some(v) => v,
            None => self.dial()?,
        };
        let answer = Self::ask(&mut via, request)?;
        self.free.lock().unwrap_or_else(PoisonError::into_inner).push(via);
        Ok(answer)
    }

    /// Opens a database; `None` if its key is another. The controller holds the connection: when it ends, the hub knows
    /// that this process is gone.
    pub(crate) fn open(&self, path: &str, key: &str) -> io::Result<Option<Controller>> {
        let mut via = self.dial()?;
        let answer = Self::ask(&mut via, &json!(["open", path, key]))?;
        let opened = serde_json::from_str::<(String, CoreId)>(&answer).ok().filter(|(tag, _)| tag == "ok");
        Ok(opened.map(|(_, core)| Controller { core, _held: Some(via.into_inner()) }))
    }

    pub(crate) fn send(&self, core: CoreId, command: &str) -> String {
        self.call(&json!(["send", core, command])).unwrap_or_else(|_| GONE.to_owned())
    }

    pub(crate) fn receive(&self, core: CoreId, micros: i32) -> Option<Arc<str>> {
        let mut left = micros;
        loop {
            let wait = if left < 0 { WAIT } else { left.min(WAIT) };
            let Ok(event) = self.call(&json!(["recv", core, wait])) else {
                // Without an event, a core answers only after the wait. An immediate answer would make the receiver
                // spin.
                std::thread::sleep(Duration::from_micros(wait.unsigned_abs().into()));
                return None;
            };
            if !event.is_empty() {
                return Some(event.into());
            }
            if left >= 0 {
                left -= wait;
                if left <= 0 {
                    return None;
                }
            }
        }
    }

    pub(crate) fn close(&self, core: CoreId) {
        let _ = self.call(&json!(["close", core]));
    }

    pub(crate) fn reopen(&self, core: CoreId) {
        let _ = self.call(&json!(["reopen", core]));
    }
}
