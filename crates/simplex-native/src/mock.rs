//! A mock [`CoreLib`] for tests of the layers above: a closure returns the answers, and the test pushes the events.

use std::collections::VecDeque;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use bytes::Bytes;

use crate::{CallError, Confirm, Controller, CoreLib, CryptoArgs, Db, FileError, OpenError};

type Script = dyn Fn(&str) -> Option<String> + Send + Sync;

/// A mock library, whose answers and events come from a test. Clones share their state.
#[derive(Clone)]
pub struct MockLib(Arc<Shared>);

struct Shared {
    script: Box<Script>,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    events: VecDeque<Option<Bytes>>,
    calls: Vec<String>,
    open_answer: Option<String>,
    close_answer: String,
}

impl MockLib {
    /// Creates a library that answers each command with what `script` returns; `None` stands for a null pointer. `script`
    /// runs on the calling thread, and may block it. It is called for `/_stop`, too.
    pub fn new(script: impl Fn(&str) -> Option<String> + Send + Sync + 'static) -> Self {
        Self(Arc::new(Shared { script: Box::new(script), state: Mutex::default(), changed: Condvar::new() }))
    }

    /// Creates a library that answers `/_stop` with `chatStopped`, and every other command with
    /// `{"result":{"type":"cmdOk"}}`.
    pub fn ok() -> Self {
        Self::new(|command| {
            let tag = if command == "/_stop" { "chatStopped" } else { "cmdOk" };
            Some(format!(r#"{{"result":{{"type":"{tag}"}}}}"#))
        })
    }

    /// Adds an event to be received. It can be any bytes, also invalid UTF-8 or JSON.
    pub fn push_event(&self, event: impl Into<Bytes>) {
        self.state().events.push_back(Some(event.into()));
        self.0.changed.notify_all();
    }

    /// Adds a null pointer to be received, after the events added before.
    pub fn push_null(&self) {
        self.state().events.push_back(None);
        self.0.changed.notify_all();
    }

    /// Sets the answer to opening a database, by default `{"type":"ok"}`.
    pub fn answer_open(&self, answer: impl Into<String>) {
        self.state().open_answer = Some(answer.into());
    }

    /// Sets the error message that closing the database returns; by default it succeeds.
    pub fn answer_close(&self, answer: impl Into<String>) {
        self.state().close_answer = answer.into();
    }

    /// Returns the calls so far, in order: `open`, `close`, or the text of a command.
    pub fn calls(&self) -> Vec<String> {
        self.state().calls.clone()
    }

    /// Returns how many events have not been received yet.
    pub fn waiting_events(&self) -> usize {
        self.state().events.len()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn log(&self, call: impl Into<String>) {
        self.state().calls.push(call.into());
        self.0.changed.notify_all();
    }
}

impl std::fmt::Debug for MockLib {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("MockLib")
    }
}

fn failed(path: &Path, error: &std::io::Error) -> FileError {
    FileError::Core { path: path.into(), reason: error.to_string() }
}

impl CoreLib for MockLib {
    fn open(&self, db: &Db, _: Confirm) -> Result<Arc<dyn Controller>, OpenError> {
        self.log("open");
        if let Some(answer) = &self.state().open_answer {
            OpenError::from_answer(answer.as_bytes(), db)?;
        }
        Ok(Arc::new(self.clone()))
    }

    fn read_file(&self, path: &Path, _: &CryptoArgs) -> Result<Bytes, FileError> {
        std::fs::read(path).map(Bytes::from).map_err(|error| failed(path, &error))
    }

    fn decrypt_file(&self, from: &Path, _: &CryptoArgs, to: &Path) -> Result<(), FileError> {
        std::fs::copy(from, to).map(|_| ()).map_err(|error| failed(from, &error))
    }
}

impl Controller for MockLib {
    fn send_cmd(&self, command: &str) -> Result<Bytes, CallError> {
        self.log(command);
        (self.0.script)(command).map(Bytes::from).ok_or(CallError::Null { function: "chat_send_cmd" })
    }

    fn recv_msg_wait(&self, wait: Duration) -> Result<Option<Bytes>, CallError> {
        let until = Instant::now() + wait;
        let mut state = self.state();
        loop {
            if let Some(event) = state.events.pop_front() {
                return event.map(Some).ok_or(CallError::Null { function: "chat_recv_msg_wait" });
            }
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Ok(None);
            }
            state = self.0.changed.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    fn close_store(&self) -> Result<(), CallError> {
        self.log("close");
        match self.state().close_answer.clone() {
            reason if reason.is_empty() => Ok(()),
            reason => Err(CallError::Store { reason }),
        }
    }

    fn write_file(&self, path: &Path, data: &[u8]) -> Result<CryptoArgs, FileError> {
        std::fs::write(path, data).map(|()| CryptoArgs::new("key", "nonce")).map_err(|error| failed(path, &error))
    }

    fn encrypt_file(&self, from: &Path, to: &Path) -> Result<CryptoArgs, FileError> {
        std::fs::copy(from, to).map(|_| CryptoArgs::new("key", "nonce")).map_err(|error| failed(from, &error))
    }
}
