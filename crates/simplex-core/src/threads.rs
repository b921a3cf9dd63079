//! The threads that call into the library for one open database.
//!
//! They are long-lived, because the library keeps a record of every thread that ever called it. A thread that ends tells
//! the library.

use std::collections::VecDeque;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use simplex_native::{CallError, Confirm, Controller, CoreLib, Db, OpenError};
use tokio::sync::{Semaphore, oneshot, watch};

use crate::events::EventBuffer;
use crate::native::NativeOptions;
use crate::{CoreError, CoreEvent, DROP_DEADLINE, FAR, Frame, FrameOutcome, Urgency};

/// The longest wait of one receive call, and so the longest time until the receiver notices a stop.
const RECEIVE_WAIT: Duration = Duration::from_millis(500);
/// A receive call that returns within this time did not wait: the event was ready.
const READY: Duration = Duration::from_micros(20);
/// The wait for the next event while earlier ones are held back from the consumer: the shortest that the core can do,
/// which takes some 50 µs if no event comes. With a wait of zero, the core returns before it looks.
const GLIMPSE: Duration = Duration::from_micros(1);
/// The number of events that are received without a pause before the consumer is woken.
const TOGETHER: u32 = 32;
/// How long to spin for the answer of the only command in flight: for quick commands, waking two threads takes longer.
const GLANCE: Duration = Duration::from_micros(30);
/// The number of commands that are not spun for after one that took longer than [`GLANCE`].
const UNHURRIED: u32 = 4;
/// The maximum number of control commands that wait for a thread.
const QUEUED_CONTROL: usize = 256;
/// The maximum number of commands that wait, whatever the options say.
const MAX_QUEUED: usize = 1 << 20;

type Job = Box<dyn FnOnce(&dyn CoreLib, &dyn Controller) + Send>;

/// Why a call was not made, or has no result.
#[derive(Debug)]
pub(crate) enum Unanswered {
    /// It was not made.
    Refused(String),
    /// It may have been made.
    Interrupted(String),
}

/// The threads of one database, from opening it to closing it.
pub(crate) struct Threads {
    shared: Arc<Shared>,
    /// The result of ending, once it has ended.
    ended: watch::Receiver<Option<Result<(), CoreError>>>,
    /// The thread that opens the database, runs control commands, and closes the database.
    keeper: Mutex<Option<JoinHandle<()>>>,
}

struct Shared {
    lib: Arc<dyn CoreLib>,
    /// The most command threads.
    command_threads: usize,
    events: EventBuffer,
    stop_receiver: AtomicBool,
    /// Commands, other than control commands, whose answers somebody waits for.
    in_flight: AtomicU32,
    /// How many of the next commands are not spun for.
    unhurried: AtomicU32,
    work: Mutex<Work>,
    /// Signals that there is work for a command thread, or that it is time to end.
    for_commands: Condvar,
    /// The same for the keeper; also signals that a command thread has ended.
    for_keeper: Condvar,
    room: Arc<Semaphore>,
    control_room: Arc<Semaphore>,
}

#[derive(Default)]
struct Work {
    controller: Option<Arc<dyn Controller>>,
    normal: VecDeque<Job>,
    control: VecDeque<Job>,
    /// All command threads; `alive` of them run, `idle` of those wait for work.
    threads: Vec<JoinHandle<()>>,
    alive: usize,
    idle: usize,
    /// Set when the end is requested: when it should be over.
    end_by: Option<Instant>,
}

impl fmt::Debug for Threads {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Threads").field("ended", &self.ended.borrow().is_some()).finish_non_exhaustive()
    }
}

impl Threads {
    /// Opens the database on the thread that will close it.
    pub(crate) async fn open(
        lib: Arc<dyn CoreLib>,
        db: Db,
        confirm: Confirm,
        options: NativeOptions,
    ) -> Result<Self, OpenError> {
        let shared = Arc::new(Shared {
            events: EventBuffer::new(options.events),
            stop_receiver: AtomicBool::new(false),
            in_flight: AtomicU32::new(0),
            unhurried: AtomicU32::new(0),
            work: Mutex::default(),
            for_commands: Condvar::new(),
            for_keeper: Condvar::new(),
            room: Arc::new(Semaphore::new(options.queued_commands.clamp(1, MAX_QUEUED))),
            control_room: Arc::new(Semaphore::new(QUEUED_CONTROL)),
            command_threads: options.command_threads.max(1),
            lib,
        });
        let (opened_tx, opened) = oneshot::channel();
        let (ended_tx, ended) = watch::channel(None);
        let keeper = {
            let shared = shared.clone();
            let work = move || {
                let lib = shared.lib.clone();
                let result = keep(&shared, &db, confirm, opened_tx);
                lib.thread_done();
                ended_tx.send_replace(result);
            };
            std::thread::Builder::new().name("simplex-core".to_owned()).spawn(work).map_err(OpenError::Thread)?
        };
        // From here on, dropping this future drops `threads`, and the keeper then closes what it has opened.
        let threads = Self { shared, ended, keeper: Mutex::new(Some(keeper)) };
        match tokio::time::timeout(options.open_timeout, opened).await {
            Ok(Ok(result)) => result.map(|()| threads),
            Ok(Err(_)) => Err(OpenError::Thread(std::io::Error::other("it died"))),
            Err(_) => Err(OpenError::Timeout(options.open_timeout)),
        }
    }

    pub(crate) fn events(&self) -> &EventBuffer {
        &self.shared.events
    }

    /// Runs `call` on a thread that may block. If this future is dropped while the call still waits for a thread, the
    /// call is not made.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        urgency: Urgency,
        call: impl FnOnce(&dyn CoreLib, &dyn Controller) -> T + Send + 'static,
    ) -> Result<T, Unanswered> {
        let refused = || Unanswered::Refused("it was asked to close".to_owned());
        let control = urgency == Urgency::Control;
        let room = if control { &self.shared.control_room } else { &self.shared.room };
        let permit = room.clone().acquire_owned().await.map_err(|_| refused())?;
        let (tx, rx) = oneshot::channel();
        let started = Arc::new(AtomicBool::new(false));
        let job: Job = {
            let started = started.clone();
            Box::new(move |lib, controller| {
                drop(permit);
                if !tx.is_closed() {
                    started.store(true, Ordering::Relaxed);
                    tx.send(call(lib, controller)).ok();
                }
            })
        };
        let in_flight = (!control).then(|| InFlight::new(&self.shared.in_flight));
        self.shared.submit(job, control).map_err(Unanswered::Refused)?;
        if in_flight.as_ref().is_some_and(|command| command.alone) {
            self.shared.glance(&rx);
        }
        let mut ended = self.ended.clone();
        tokio::select! {
            biased;
            result = rx => result.map_err(|_| match started.load(Ordering::Relaxed) {
                true => Unanswered::Interrupted("the call to the core panicked".to_owned()),
                false => refused(),
            }),
            _ = ended.wait_for(Option::is_some) => {
                Err(Unanswered::Interrupted("the core was closed meanwhile".to_owned()))
            }
        }
    }

    pub(crate) async fn close(&self, deadline: Duration) -> Result<(), CoreError> {
        self.shared.begin_end(deadline);
        let mut ended = self.ended.clone();
        let error = match tokio::time::timeout(deadline, ended.wait_for(Option::is_some)).await {
            Ok(Ok(result)) => {
                // The result is the last thing that the keeper sends, so this join does not block.
                if let Some(keeper) = self.keeper.lock().unwrap_or_else(PoisonError::into_inner).take() {
                    keeper.join().ok();
                }
                return result.clone().unwrap_or(Ok(()));
            }
            Ok(Err(_)) => CoreError::Closed { reason: "the thread that closes the core died".to_owned() },
            Err(_) => {
                tracing::error!(?deadline, "the core does not end: it is abandoned, its database left open");
                CoreError::Timeout { command: "/_stop".to_owned(), after: deadline }
            }
        };
        self.shared.stop_receiver.store(true, Ordering::Release);
        self.shared.events.end();
        Err(error)
    }
}

impl Drop for Threads {
    fn drop(&mut self) {
        if self.shared.begin_end(DROP_DEADLINE) && self.shared.work().controller.is_some() {
            tracing::warn!("the core was dropped without being closed: it is closed in the background");
        }
    }
}

/// Counts a command from its submission until nobody waits for it.
struct InFlight<'a> {
    count: &'a AtomicU32,
    /// Whether no other command was in flight. If there are others, the processor has better things to do than to spin.
    alone: bool,
}

impl<'a> InFlight<'a> {
    fn new(count: &'a AtomicU32) -> Self {
        Self { count, alone: count.fetch_add(1, Ordering::Relaxed) == 0 }
    }
}

impl Drop for InFlight<'_> {
    fn drop(&mut self) {
        self.count.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Shared {
    fn work(&self) -> MutexGuard<'_, Work> {
        self.work.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Queues a job, and starts a thread for it if needed.
    fn submit(self: &Arc<Self>, job: Job, control: bool) -> Result<(), String> {
        let mut work = self.work();
        if work.end_by.is_some() {
            return Err("it was asked to close".to_owned());
        }
        if control {
            work.control.push_back(job);
            drop(work);
            self.for_keeper.notify_one();
            return Ok(());
        }
        work.normal.push_back(job);
        if work.idle < work.normal.len() && work.alive < self.command_threads {
            let shared = self.clone();
            let name = format!("simplex-cmd-{}", work.alive);
            match std::thread::Builder::new().name(name).spawn(move || shared.serve_commands()) {
                Ok(thread) => {
                    work.threads.push(thread);
                    work.alive += 1;
                }
                Err(error) if work.alive == 0 => {
                    work.normal.pop_back();
                    return Err(format!("no thread can be started for its commands: {error}"));
                }
                Err(error) => tracing::warn!(%error, threads = work.alive, "no further command thread"),
            }
        }
        drop(work);
        self.for_commands.notify_one();
        Ok(())
    }

    /// Spins for an answer, as long as it may come sooner than it takes to wake two threads.
    fn glance<T>(&self, answer: &oneshot::Receiver<T>) {
        let unhurried = self.unhurried.load(Ordering::Relaxed);
        if unhurried > 0 {
            // A race makes the count off by one, which does no harm.
            return self.unhurried.store(unhurried - 1, Ordering::Relaxed);
        }
        let began = Instant::now();
        while answer.is_empty() {
            if began.elapsed() > GLANCE {
                return self.unhurried.store(UNHURRIED, Ordering::Relaxed);
            }
            std::hint::spin_loop();
        }
    }

    /// Requests the end; false if it was requested before. Queued jobs are dropped, except control jobs, which still run.
    fn begin_end(&self, deadline: Duration) -> bool {
        let mut work = self.work();
        if work.end_by.is_some() {
            return false;
        }
        work.end_by = Some(Instant::now() + deadline.min(FAR));
        let dropped = std::mem::take(&mut work.normal);
        drop(work);
        drop(dropped);
        self.for_commands.notify_all();
        self.for_keeper.notify_all();
        true
    }

    /// The main loop of a command thread.
    fn serve_commands(self: Arc<Self>) {
        /// Updates the count when the thread ends, also by a panic.
        struct Alive<'a>(&'a Shared);
        impl Drop for Alive<'_> {
            fn drop(&mut self) {
                self.0.lib.thread_done();
                self.0.work().alive -= 1;
                self.0.for_keeper.notify_all();
            }
        }
        let alive = Alive(&self);
        let Some(controller) = self.work().controller.clone() else { return };
        loop {
            let mut work = self.work();
            let job = loop {
                if work.end_by.is_some() {
                    return;
                }
                if let Some(job) = work.normal.pop_front() {
                    break job;
                }
                work.idle += 1;
                work = self.for_commands.wait(work).unwrap_or_else(PoisonError::into_inner);
                work.idle -= 1;
            };
            drop(work);
            carry_out(job, &*alive.0.lib, &*controller);
        }
    }

    /// The main loop of the receiver thread.
    fn receive(&self, controller: &dyn Controller) {
        /// Tells the consumer that the receiver has ended, also by a panic.
        struct End<'a>(&'a Shared);
        impl Drop for End<'_> {
            fn drop(&mut self) {
                if std::thread::panicking() {
                    self.0.events.push(CoreEvent::Disconnected { reason: "the receiving thread died".to_owned() });
                }
                self.0.events.end();
                self.0.lib.thread_done();
            }
        }
        let _end = End(self);
        let mut failures = 0u32;
        // Events that the consumer was not woken for: waking costs more than receiving. The consumer is woken at once for
        // an event that the receiver had to wait for, and after the last event of a burst.
        let mut untold = 0u32;
        while !self.stop_receiver.load(Ordering::Acquire) {
            let asked = Instant::now();
            match controller.recv_msg_wait(if untold > 0 { GLIMPSE } else { RECEIVE_WAIT }) {
                Ok(Some(text)) => {
                    failures = 0;
                    untold += 1;
                    let waited = asked.elapsed() > READY;
                    if waited {
                        // Before parsing, because a sleeping thread takes longer to wake than parsing takes.
                        self.events.wake();
                    }
                    self.events.push_quietly(Frame::parse(text).into());
                    if waited || untold >= TOGETHER {
                        self.events.wake();
                        untold = 0;
                    }
                }
                Ok(None) => {
                    if untold > 0 {
                        self.events.wake();
                        untold = 0;
                    }
                }
                Err(CallError::Closed) => break,
                Err(error) => {
                    tracing::error!(%error, "receiving failed");
                    if failures == 0 {
                        self.events.push(Frame::parse(simplex_native::Bytes::new()).into());
                        untold = 0;
                    }
                    // A library that fails does so at once: without a pause, this would spin.
                    failures = failures.saturating_add(1);
                    std::thread::sleep(RECEIVE_WAIT.min(Duration::from_millis(1) * failures));
                }
            }
        }
    }
}

/// The main function of the keeper: opens the database, starts the receiver, runs control jobs, ends everything in order.
fn keep(
    shared: &Arc<Shared>,
    db: &Db,
    confirm: Confirm,
    opened: oneshot::Sender<Result<(), OpenError>>,
) -> Option<Result<(), CoreError>> {
    let controller = match shared.lib.open(db, confirm) {
        Ok(controller) => controller,
        Err(error) => {
            opened.send(Err(error)).ok();
            return Some(Ok(()));
        }
    };
    let receiver = {
        let (shared, controller) = (shared.clone(), controller.clone());
        std::thread::Builder::new().name("simplex-recv".to_owned()).spawn(move || shared.receive(&*controller))
    };
    let receiver = match receiver {
        Ok(receiver) => receiver,
        Err(error) => {
            controller.close_store().ok();
            opened.send(Err(OpenError::Thread(error))).ok();
            return Some(Ok(()));
        }
    };
    shared.work().controller = Some(controller.clone());
    opened.send(Ok(())).ok();
    serve_control(shared, &*controller);
    Some(end(shared, &*controller, receiver))
}

/// Runs a job. A panic in it must not end the thread: other jobs wait for it, and the keeper has to close the database.
fn carry_out(job: Job, lib: &dyn CoreLib, controller: &dyn Controller) {
    catch_unwind(AssertUnwindSafe(|| job(lib, controller))).ok();
}

fn serve_control(shared: &Shared, controller: &dyn Controller) {
    loop {
        let mut work = shared.work();
        let job = loop {
            if let Some(job) = work.control.pop_front() {
                break job;
            }
            if work.end_by.is_some() {
                return;
            }
            work = shared.for_keeper.wait(work).unwrap_or_else(PoisonError::into_inner);
        };
        drop(work);
        carry_out(job, &*shared.lib, controller);
    }
}

/// Stops the chat, joins the receiver, closes the store, in this order.
fn end(shared: &Shared, controller: &dyn Controller, receiver: JoinHandle<()>) -> Result<(), CoreError> {
    // The receiver still runs, so that a full event queue does not hold up the stop.
    let stopped = match controller.send_cmd("/_stop").map(Frame::parse) {
        Ok(answer) if answer.outcome() == FrameOutcome::Result => Ok(()),
        Ok(answer) => Err(format!("the chat did not stop: {}", answer.text())),
        Err(error) => Err(format!("the chat did not stop: {error}")),
    };
    shared.stop_receiver.store(true, Ordering::Release);
    receiver.join().ok();
    // The store is not closed while the chat runs.
    stopped.map_err(|reason| CoreError::Store { reason })?;
    let left = join_commands(shared);
    if left > 0 {
        tracing::warn!(threads = left, "commands hang in the core: its store is closed under them");
    }
    controller.close_store().map_err(|error| CoreError::Store { reason: error.to_string() })
}

/// Waits for running commands for half of the time that is left, and joins the threads if all have ended. Threads that
/// hang in the core cannot be ended; returns how many there are.
fn join_commands(shared: &Shared) -> usize {
    let mut work = shared.work();
    let now = Instant::now();
    let until = now + work.end_by.map_or(Duration::ZERO, |by| by.saturating_duration_since(now) / 2);
    while work.alive > 0 {
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            break;
        }
        work = shared.for_keeper.wait_timeout(work, left).unwrap_or_else(PoisonError::into_inner).0;
    }
    let (alive, threads) = (work.alive, std::mem::take(&mut work.threads));
    drop(work);
    if alive == 0 {
        for thread in threads {
            thread.join().ok();
        }
    }
    alive
}
