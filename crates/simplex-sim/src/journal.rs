//! A network that outlives its process. What comes in from outside - commands, the clock, faults, what files held - is
//! appended to a file before it is answered; opening the file carries it all out again, which gives the same network,
//! since nothing else decides what happens. A line that a kill cut short is left out: its command was never answered.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Seek, Write};
use std::path::Path;
use std::time::Duration;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::network::{Network, Settings};
use crate::state::CoreId;
use crate::time::Ts;

/// The version of the file's form.
const VERSION: u32 = 1;

/// One thing that came in.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Input {
    Header {
        version: u32,
        seed: u64,
        begin: i64,
        core: String,
        smp: String,
    },
    Advance(i64),
    Open(String, String),
    Command(CoreId, i64, String),
    Take(CoreId, usize),
    Crash(CoreId),
    CrashAfter(CoreId, u32),
    Close(CoreId),
    Reopen(CoreId),
    Offline(CoreId, bool),
    Server(bool),
    Delay(u64),
    LoseFiles,
    /// What the world answered during the input that follows.
    World(Vec<Value>),
}

/// Where inputs are kept.
#[derive(Debug)]
pub(crate) struct Journal {
    file: File,
    /// How many events were taken from a core since the last line.
    taken: Vec<(CoreId, usize)>,
}

/// What the network asks of the world around it: files, and keys for them.
#[derive(Debug, Default)]
pub(crate) struct World {
    /// Answers of the past, while the past is carried out again.
    past: RefCell<VecDeque<Value>>,
    replaying: bool,
    recording: bool,
    said: RefCell<Vec<Value>>,
}

impl World {
    /// Asks the world, or remembers what it said.
    pub fn ask<T: Serialize + DeserializeOwned + Default>(&self, ask: impl FnOnce() -> T) -> T {
        if self.replaying {
            let said = self.past.borrow_mut().pop_front();
            return said.and_then(|v| serde_json::from_value(v).ok()).unwrap_or_default();
        }
        let answer = ask();
        if self.recording {
            self.said.borrow_mut().push(serde_json::to_value(&answer).unwrap_or_default());
        }
        answer
    }
}

fn broken(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what.to_owned())
}

impl Network {
    /// A network that is kept in a file; the settings count for a new one only. What ran when it was left was killed.
    ///
    /// # Errors
    /// When the file cannot be read or written, or is of another version.
    pub fn stored(settings: Settings, path: &Path) -> io::Result<Self> {
        let mut file = File::options().read(true).append(true).create(true).open(path)?;
        let mut reader = BufReader::new(&file);
        let mut network: Option<Network> = None;
        let (mut line, mut good) = (Vec::new(), 0);
        loop {
            line.clear();
            let n = reader.read_until(b'\n', &mut line)?;
            if n == 0 || line.last() != Some(&b'\n') {
                break;
            }
            let input: Input = serde_json::from_slice(&line).map_err(|_| broken("a line that is no input"))?;
            good += n as u64;
            match (&mut network, input) {
                (None, Input::Header { version: VERSION, seed, begin, core, smp }) => {
                    let mut net = Network::new(Settings { seed, begin: Ts(begin), version: core, smp });
                    net.sh.world.replaying = true;
                    network = Some(net);
                }
                (None, _) => return Err(broken("not a simulated network of this version")),
                (Some(net), input) => net.replay(input),
            }
        }
        let fresh = network.is_none();
        let mut net = network.unwrap_or_else(|| Network::new(settings));
        // What a kill cut short goes.
        file.set_len(good)?;
        file.seek(io::SeekFrom::End(0))?;
        net.sh.world.replaying = false;
        net.sh.world.recording = true;
        net.journal = Some(Journal { file, taken: Vec::new() });
        if fresh {
            let s = &net.sh.settings;
            let (seed, begin, core, smp) = (s.seed, s.begin.0, s.version.clone(), s.smp.clone());
            net.note(|| Input::Header { version: VERSION, seed, begin, core, smp });
        }
        for core in 0..net.cores.len() {
            net.crash(core);
        }
        Ok(net)
    }

    fn replay(&mut self, input: Input) {
        match input {
            Input::Header { .. } => {}
            Input::World(said) => self.sh.world.past.borrow_mut().extend(said),
            Input::Advance(to) => self.advance(Ts(to)),
            Input::Open(prefix, key) => {
                let _ = self.open(&prefix, &key);
            }
            Input::Command(core, at, text) => {
                self.advance(Ts(at));
                let _ = self.command(core, &text);
            }
            Input::Take(core, n) => {
                for _ in 0..n {
                    let _ = self.take_event(core);
                }
            }
            Input::Crash(core) => self.crash(core),
            Input::CrashAfter(core, n) => self.crash_after(core, n),
            Input::Close(core) => self.close(core),
            Input::Reopen(core) => self.reopen(core),
            Input::Offline(core, is) => self.set_offline(core, is),
            Input::Server(up) => self.set_server(up),
            Input::LoseFiles => self.lose_files(),
            Input::Delay(nanos) => self.set_delay(Duration::from_nanos(nanos)),
        }
    }

    /// Keeps an input, when the network is kept. A file that takes no more ends the keeping.
    pub(crate) fn note(&mut self, input: impl FnOnce() -> Input) {
        let Some(journal) = &mut self.journal else { return };
        let mut lines = Vec::new();
        let mut put = |i: &Input| {
            if let Ok(mut line) = serde_json::to_vec(i) {
                line.push(b'\n');
                lines.append(&mut line);
            }
        };
        for (core, n) in journal.taken.drain(..) {
            put(&Input::Take(core, n));
        }
        let said = std::mem::take(&mut *self.sh.world.said.borrow_mut());
        if !said.is_empty() {
            put(&Input::World(said));
        }
        put(&input());
        if journal.file.write_all(&lines).is_err() {
            self.journal = None;
        }
    }

    /// Keeps that an event was taken; written with the next input.
    pub(crate) fn note_taken(&mut self, core: CoreId) {
        let Some(journal) = &mut self.journal else { return };
        match journal.taken.iter_mut().find(|(c, _)| *c == core) {
            Some((_, n)) => *n += 1,
            None => journal.taken.push((core, 1)),
        }
    }
}
