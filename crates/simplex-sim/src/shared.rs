//! What the cores of a network share: the clock, the generator, the servers with their links and files, and the steps to
//! come.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::sync::Arc;
use std::time::Duration;

use fastrand::Rng;

use crate::content::{Content, Profile};
use crate::ids::Links;
use crate::journal::World;
use crate::network::Settings;
use crate::state::{Core, CoreId, Wire};
use crate::time::Ts;

/// What a link leads to, as its server knows it.
#[derive(Debug, Clone)]
pub(crate) struct Target {
    pub core: CoreId,
    pub conn: i64,
    pub full: String,
    pub short: String,
    pub kind: TargetKind,
    /// The owner's profile as the short link shows it.
    pub profile: Arc<Profile>,
    /// The group that it leads to: its profile as JSON, and the link's id.
    pub group: Option<(Arc<str>, Arc<str>)>,
    pub business: bool,
    pub message: Option<Content>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum TargetKind {
    Address,
    Group,
    /// A one-time link, and whether it was used.
    Invitation {
        used: bool,
    },
}

/// How far the clock advances with each thing that is stored.
const TICK: Duration = Duration::from_micros(1);

/// Tells the transfers of a file from each other, and from those of files that had its id before.
pub(crate) type Attempt = u64;

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Step {
    /// A connection has something to send.
    Send(CoreId, i64),
    /// A connection may have something to receive.
    Deliver(CoreId, i64),
    /// The server secured a queue that was joined.
    Joined(CoreId, i64),
    /// An item's time to live has ended.
    Expire(CoreId, i64),
    /// The next step of a file's transfer.
    Transfer(CoreId, i64, Attempt, usize),
    /// Does nothing itself, but makes waiting callers look again.
    Idle,
}

impl Step {
    /// The core that takes this step.
    pub fn core(&self) -> Option<CoreId> {
        match *self {
            Step::Send(core, _)
            | Step::Deliver(core, _)
            | Step::Joined(core, _)
            | Step::Expire(core, _)
            | Step::Transfer(core, ..) => Some(core),
            Step::Idle => None,
        }
    }
}

/// Files on relays, which keep them for 48 hours.
#[derive(Debug, Default)]
pub(crate) struct Uploads(HashMap<Arc<str>, (Ts, Arc<[u8]>)>);

impl Uploads {
    /// How long a relay keeps a file.
    const KEPT: Duration = Duration::from_secs(48 * 3600);

    pub fn put(&mut self, key: Arc<str>, bytes: Arc<[u8]>, now: Ts) {
        self.0.retain(|_, (until, _)| *until > now);
        self.0.insert(key, (now.plus(Self::KEPT), bytes));
    }

    pub fn get(&self, key: &str, now: Ts) -> Option<Arc<[u8]>> {
        self.0.get(key).filter(|(until, _)| *until > now).map(|(_, bytes)| bytes.clone())
    }

    pub fn remove(&mut self, key: &str) {
        self.0.remove(key);
    }

    pub fn clear(&mut self) {
        self.0.clear();
    }
}

/// What cores share.
#[derive(Debug)]
pub(crate) struct Shared {
    pub rng: Rng,
    pub now: Ts,
    pub settings: Settings,
    pub links: HashMap<String, Target>,
    pub server_up: bool,
    pub delay: Duration,
    steps: BinaryHeap<Reverse<(Ts, u64, Step)>>,
    seq: u64,
    /// Memory for the next event's text.
    pub scratch: String,
    /// The last messages of connections that were given up, and their receivers.
    pub last_words: Vec<((CoreId, i64), Wire)>,
    pub uploads: Uploads,
    /// How often a database was opened.
    pub openings: u64,
    /// How often a file's transfer began.
    attempts: Attempt,
    /// Archives of databases: the core that each was made from, and its state then.
    pub archives: Vec<(CoreId, Core)>,
    pub world: World,
}

impl Shared {
    pub fn new(settings: Settings) -> Self {
        Self {
            rng: Rng::with_seed(settings.seed),
            now: settings.begin,
            settings,
            links: HashMap::new(),
            server_up: true,
            delay: Duration::ZERO,
            steps: BinaryHeap::new(),
            seq: 0,
            scratch: String::new(),
            last_words: Vec::new(),
            uploads: Uploads::default(),
            openings: 0,
            attempts: 0,
            archives: Vec::new(),
            world: World::default(),
        }
    }

    /// Makes a target known at the server by both of its links.
    pub fn publish(&mut self, links: &Links, target: Target) {
        self.links.insert(links.queue.clone(), target.clone());
        self.links.insert(links.short_queue.clone(), target);
    }

    /// Notes that somebody joined by an invitation, by whichever of its links.
    pub fn use_invitation(&mut self, of: &Target) {
        for t in self.links.values_mut().filter(|t| t.core == of.core && t.conn == of.conn) {
            t.kind = TargetKind::Invitation { used: true };
        }
    }

    /// Another transfer of a file begins.
    pub fn attempt(&mut self) -> Attempt {
        self.attempts += 1;
        self.attempts
    }

    /// The time. It advances with every call, so that no two stored things have the same time.
    pub fn tick(&mut self) -> Ts {
        self.now = self.now.plus(TICK);
        self.now
    }

    /// Schedules a step.
    pub fn at(&mut self, ts: Ts, step: Step) {
        self.seq += 1;
        self.steps.push(Reverse((ts, self.seq, step)));
    }

    /// When the next step is due, if there is one.
    pub fn next_step(&self) -> Option<Ts> {
        self.steps.peek().map(|Reverse((ts, ..))| *ts)
    }

    /// Takes the next step, if it is due.
    pub fn take_due(&mut self) -> Option<Step> {
        self.next_step().filter(|ts| *ts <= self.now)?;
        self.steps.pop().map(|Reverse((.., step))| step)
    }
}
