//! Working on a lane: one thing after another, whatever becomes of it.

use std::any::Any;
use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::sync::{SemaphorePermit, oneshot};
use tokio::time::{Instant, Sleep, sleep};
use tracing::Span;

use crate::core::Frame;
use crate::handler::HandlerFuture;
use crate::message::Message;
use crate::types::{ChatItem, ChatPagination, Event, Lost};

use super::catchup::is_unread;
use super::glance::Parts;
use super::lanes::{Entry, Next};
use super::meters::Raised;
use super::reconcile::Telling;
use super::seat::{Here, Hold, Seat, hold, poll_as};
use super::turns::{Meanwhile, Room, Turn, Turns};
use super::waits::Shown;
use super::{Delivery, Engine, Failure, Job, Key, Own, catchup, marks, reconcile};

/// Works on a lane until it closes.
///
/// Every message that comes alone starts one of these, so it is kept small: a large future is copied on its way into
/// its task, and allocated slowly.
pub(super) fn work(engine: Arc<Engine>, key: Key, first: Option<Entry<Job>>) -> impl Future<Output = ()> + Send {
    let open = Raised::one(&engine.meters.lanes);
    let mut next = first.map_or_else(|| engine.next(key), Next::Job);
    async move {
        // What had not begun when the time was over does not begin.
        while !engine.cancel.is_cancelled() {
            let step = match std::mem::replace(&mut next, Next::Closed) {
                Next::Job(entry) => step(&engine, key, entry),
                Next::Behind => Step::Rare(Box::pin(catchup::read_chat(&engine, key))),
                Next::Closed => break,
            };
            let done = pin!(take(&engine, key, step));
            // What ends at once pays nothing for being stopped.
            tokio::select! {
                biased;
                () = done => {}
                () = engine.cancel.cancelled() => break,
            }
            next = engine.next(key);
        }
        drop(open);
    }
}

/// Does what waits in a lane that reads from the database: handlers that go on, events, repetitions.
pub(super) async fn work_aside(engine: &Arc<Engine>, key: Key) {
    while let Next::Job(entry) = engine.next_aside(key) {
        take(engine, key, step(engine, key, entry)).await;
    }
}

/// What a lane does with one thing that was in it.
enum Step<'a> {
    Nothing,
    Message {
        message: Message,
        stale: bool,
    },
    Event(Arc<Event>),
    /// Boxed: its future is larger than all the rest, and every worker would carry it.
    Rare(Pin<Box<dyn Future<Output = ()> + Send + 'a>>),
}

fn step(engine: &Arc<Engine>, key: Key, entry: Entry<Job>) -> Step<'_> {
    match entry.job {
        Job::Item(frame, parts) => match decode_one(engine, key, frame, parts) {
            Some(message) => Step::Message { message, stale: entry.stale },
            None => {
                engine.lanes.settle(key, entry.item.as_slice());
                Step::Nothing
            }
        },
        Job::Message(message) => Step::Message { message, stale: entry.stale },
        Job::Again(message, delay) => Step::Rare(Box::pin(async move {
            if pause(engine, delay).await {
                give(engine, key, message, true).await;
            } else {
                not_repeated(engine, key, message.id().0);
            }
        })),
        Job::Mark => {
            entry.item.into_iter().for_each(|item| engine.passed_over(key, item));
            Step::Nothing
        }
        Job::Event(event) => Step::Event(event),
        Job::Frame(frame) => decode(&frame).map_or(Step::Nothing, |event| Step::Event(Arc::new(event))),
        Job::Found(found) => Step::Rare(Box::pin(async move {
            let _before = handed_out_before(engine, key).await;
            if let Some(found) = reconcile::still_new(engine, *found) {
                run_event_handlers(engine, key, &found.event, true).await;
            }
        })),
        Job::Own(own) => Step::Rare(Box::pin(async move {
            let _before = handed_out_before(engine, key).await;
            run_own(engine, key, own).await;
        })),
        Job::Turn(turn) => Step::Rare(Box::pin(give_turn(engine, turn))),
    }
}

async fn take(engine: &Arc<Engine>, key: Key, step: Step<'_>) {
    match step {
        Step::Nothing => {}
        Step::Message { message, stale } => give(engine, key, message, stale).await,
        Step::Event(event) => {
            let _before = handed_out_before(engine, key).await;
            told_by_core(engine, key, &event).await;
        }
        Step::Rare(rare) => rare.await,
    }
}

/// Handles a message: here, or in the lane that the bot chooses for it, once its chat has room.
pub(super) async fn give(engine: &Arc<Engine>, key: Key, message: Message, stale: bool) {
    match &engine.turns {
        None if stale => Box::pin(refreshed(engine, key, message)).await,
        None => handle(engine, key, message).await,
        Some(turns) => Box::pin(hand_out(engine, turns, key, message, stale)).await,
    }
}

async fn hand_out(engine: &Arc<Engine>, turns: &Arc<Turns>, key: Key, message: Message, stale: bool) {
    let item = message.id().0;
    let mut turn = turns.take(key, turns.lane_of(key, &message), item).await;
    let engine_then = Arc::clone(engine);
    engine.tasks.spawn(async move {
        let engine = engine_then;
        let handled = async {
            match turn.come().await {
                // What waits when the bot stops stays unread.
                _ if engine.stopping.is_cancelled() => engine.lanes.settle(key, &[item]),
                Meanwhile::Gone => engine.lanes.settle(key, &[item]),
                Meanwhile::Nothing if !stale => handle(&engine, key, message).await,
                _ => Box::pin(refreshed(&engine, key, message)).await,
            }
        };
        tokio::select! {
            biased;
            () = engine.cancel.cancelled() => {}
            () = handled => {}
        }
        drop(turn);
    });
}

/// In the lane of a chat whose messages are handed out: waits for those before, and holds up those that come.
async fn handed_out_before(engine: &Engine, key: Key) -> Option<Room> {
    match &engine.turns {
        Some(turns) => Some(Box::pin(turns.all_of(key)).await),
        None => None,
    }
}

/// Lets a handler go on when its turn comes.
pub(super) fn give_turn_in(engine: &Arc<Engine>, mut place: Turn, turn: oneshot::Sender<Hold>) {
    let engine_then = Arc::clone(engine);
    engine.tasks.spawn(async move {
        let engine = engine_then;
        let given = async {
            place.come().await;
            give_turn(&engine, turn).await;
        };
        tokio::select! {
            biased;
            () = engine.cancel.cancelled() => {}
            () = given => {}
        }
        drop(place);
    });
}

/// Decodes an event, telling what of it did not fit.
pub(super) fn decode(frame: &Frame) -> Option<Event> {
    match Event::decode(frame) {
        Ok(decoded) => {
            decoded.lost.iter().for_each(warn_of);
            Some(decoded.value)
        }
        Err(error) => {
            tracing::warn!(%error, "an event cannot be decoded");
            None
        }
    }
}

/// Tells of a part that did not fit.
pub(crate) fn warn_of(lost: &Lost) {
    tracing::warn!(path = lost.path, reason = lost.reason, "a part of an event was lost");
}

/// The one message in an event. Of the rest only what somebody looks at is decoded.
fn decode_one(engine: &Arc<Engine>, key: Key, frame: Frame, parts: Parts) -> Option<Message> {
    let api = &engine.api(key.user);
    if let Some(item) = frame.body().get(parts.chat_item..).and_then(ChatItem::decode_first) {
        return Message::in_event(api, key.chat, frame, parts.chat_info, item);
    }
    let Event::NewChatItems(event) = decode(&frame)? else { return None };
    event.chat_items.into_iter().find_map(|item| Message::received(api, item))
}

/// Lets a handler go on that waited, and waits until it left again.
async fn give_turn(engine: &Arc<Engine>, turn: oneshot::Sender<Hold>) {
    // Closed never: the semaphore lives as long as the engine.
    let _permit = engine.permits.acquire().await;
    let (hold, held) = hold();
    if turn.send(hold).is_ok() {
        held.released().await;
    }
}

/// Handles a message as it is in the database now.
async fn refreshed(engine: &Arc<Engine>, key: Key, message: Message) {
    let item = message.id().0;
    match now(engine, key, message).await {
        Some(message) => handle(engine, key, message).await,
        // Gone: there is nothing to handle.
        None => engine.passed_over(key, item),
    }
}

/// A message as it is in the database now; `None` if it is gone.
async fn now(engine: &Arc<Engine>, key: Key, message: Message) -> Option<Message> {
    let (id, recovered) = (message.id(), message.is_recovered());
    let page = engine.api(key.user).get_chat(key.chat, ChatPagination::Around { item: id, count: 1 }).await;
    match page {
        Ok(chat) => {
            let info = Arc::new(chat.chat_info);
            let item = chat.chat_items.into_iter().find(|item| item.meta.item_id == id);
            item.and_then(|item| Message::from_chat(&engine.api(key.user), info, item, recovered))
        }
        Err(error) if error.is_not_found() => None,
        Err(error) => {
            tracing::warn!(chat = %key.chat, item = %id, %error, "cannot look at a changed message; it is handled as it came");
            Some(message)
        }
    }
}

/// Handles a message, again and again if its chat waits for that.
pub(super) async fn handle(engine: &Arc<Engine>, key: Key, message: Message) {
    let item = message.id().0;
    if is_skipped(engine, &message) {
        return engine.passed_over(key, item);
    }
    // Before anybody has it, also one who waits.
    let message = match engine.marks_before() && is_unread(&message.item().meta) {
        true => Box::pin(marked_before(engine, key, message)).await,
        false => Some(message),
    };
    let Some(message) = message else { return };
    match engine.waiters.show(engine, key, &message) {
        Shown::Unwanted if engine.wants_messages => {}
        Shown::Unwanted => return engine.lanes.settle(key, &[item]),
        Shown::Taken => return,
        Shown::TakenHere(turn) => return Box::pin(give_turn(engine, turn)).await,
    }
    if let Some(file) = message.file() {
        reconcile::watch_received(engine, key, item, file);
    }
    if let Some(delay) = attempt(engine, key, &message).await {
        Box::pin(repeat_here(engine, key, message, delay)).await;
    }
}

/// Marks a message, and gives it as it is then; `None` if it is not to be handled.
async fn marked_before(engine: &Arc<Engine>, key: Key, message: Message) -> Option<Message> {
    let item = message.id().0;
    engine.lanes.waits(key, item);
    let marked = marks::mark_before(engine, key, item).await;
    let changed = engine.lanes.begins(item);
    if !marked {
        engine.lanes.settle(key, &[item]);
        return None;
    }
    if !changed {
        return Some(message);
    }
    let now = now(engine, key, message).await.filter(|message| !is_skipped(engine, message));
    if now.is_none() {
        engine.done(key, item);
    }
    now
}

/// Whether a message is none that the bot handles.
fn is_skipped(engine: &Engine, message: &Message) -> bool {
    let meta = &message.item().meta;
    (!engine.options.history && message.is_history()) || (meta.item_deleted.is_some() && !engine.options.deleted)
}

/// Handles a message again, as it is in the database then, while its lane waits.
async fn repeat_here(engine: &Arc<Engine>, key: Key, mut message: Message, mut delay: Duration) {
    let item = message.id().0;
    loop {
        if !pause(engine, delay).await {
            return not_repeated(engine, key, item);
        }
        message = match now(engine, key, message).await {
            Some(message) if !is_skipped(engine, &message) => message,
            _ => return engine.done(key, item),
        };
        match attempt(engine, key, &message).await {
            Some(longer) => delay = longer,
            None => return,
        }
    }
}

/// Waits before a repetition; `false` when the bot stops.
async fn pause(engine: &Engine, delay: Duration) -> bool {
    tokio::select! {
        biased;
        () = engine.stopping.cancelled() => false,
        () = sleep(delay) => true,
    }
}

/// The stop comes before a repetition: that is the next run's, where it finds the message.
fn not_repeated(engine: &Engine, key: Key, item: i64) {
    match engine.options.delivery {
        Delivery::AtLeastOnce => engine.lanes.settle(key, &[item]),
        Delivery::AtMostOnce | Delivery::Off => engine.forget(key, item),
    }
}

/// Handles a message once; gives the time to wait before it is handled again here.
async fn attempt(engine: &Arc<Engine>, key: Key, message: &Message) -> Option<Duration> {
    let item = message.id().0;
    let late;
    let (permit, message) = match engine.permits.try_acquire() {
        Ok(permit) => (Some(permit), message),
        Err(_) => {
            let permit;
            (permit, late) = Box::pin(wait_to_begin(engine, key, message)).await?;
            (permit, &late)
        }
    };
    let before = engine.journal.begin(item);
    if engine.options.retry.is_deadly(before) {
        give_up(engine, key, message, &Failure::Deaths { times: before.deaths() });
        return None;
    }
    let suspect = (before.deaths() > 0).then_some(item);
    let span = tracing::info_span!("message", chat = %key.chat, item, handler = tracing::field::Empty);
    // Filters and what a handler does before it is polled run as the handler, too.
    let lane = engine.turns.as_ref().map(|turns| turns.lane_of(key, message));
    let here = Here { engine: Arc::clone(engine), key, lane, seat: None };
    let (started, seat) = span.in_scope(|| {
        watched(engine, suspect, || poll_as(here, || catch_unwind(AssertUnwindSafe(|| (engine.dispatch)(message)))))
    });
    let mut cut_off = false;
    let outcome = match started {
        Ok(Some(future)) => {
            let mut run = Run { seat, lane, suspect, ..Run::new(engine, future, span.clone()) };
            match poll_fn(|cx| run.poll_inside(engine, key, cx)).await {
                Stretch::Ended(outcome) => {
                    cut_off = run.is_cut_off(&outcome);
                    run.end(engine, cut_off);
                    outcome
                }
                Stretch::Left => {
                    drop(permit);
                    engine.tasks.spawn(outside(Arc::clone(engine), key, run, message.clone()));
                    return None;
                }
            }
        }
        Ok(None) => Ok(()),
        Err(panic) => Err(Failure::Panic(panic_text(&*panic))),
    };
    drop(permit);
    span.in_scope(|| finish(engine, key, message, outcome, cut_off))
}

/// Waits for a place, and gives it with the message as it is then; `None` if that is gone.
async fn wait_to_begin<'a>(
    engine: &'a Arc<Engine>,
    key: Key,
    message: &Message,
) -> Option<(Option<SemaphorePermit<'a>>, Message)> {
    let item = message.id().0;
    engine.lanes.waits(key, item);
    // Closed never: the semaphore lives as long as the engine.
    let permit = engine.permits.acquire().await.ok();
    let changed = engine.lanes.begins(item);
    // What waits when the bot stops stays unread.
    if engine.stopping.is_cancelled() && !engine.marks_before() {
        engine.lanes.settle(key, &[item]);
        return None;
    }
    if !changed {
        return Some((permit, message.clone()));
    }
    let now = now(engine, key, message.clone()).await.filter(|message| !is_skipped(engine, message));
    if now.is_none() {
        engine.done(key, item);
    }
    Some((permit, now?))
}

/// The rest of a handler that left its lane to wait.
async fn outside(engine: Arc<Engine>, key: Key, mut run: Run, message: Message) {
    let Some(outcome) = rest(&engine, key, &mut run).await else { return };
    let cut_off = run.is_cut_off(&outcome);
    // Before its message is put in front: an answer that it did not take comes after that.
    run.drop_future();
    let again = run.span.in_scope(|| finish(&engine, key, &message, outcome, cut_off));
    // Before the lane goes on, so that what it waits for is the next that it does.
    if let Some(delay) = again {
        let item = Some(message.id().0);
        engine.put(key, Job::Again(message, delay), item, true);
    }
    run.end(&engine, cut_off);
}

/// What becomes of a message whose handler ended; gives the time to wait if its lane is to wait for the next attempt.
fn finish(
    engine: &Arc<Engine>,
    key: Key,
    message: &Message,
    outcome: Result<(), Failure>,
    cut_off: bool,
) -> Option<Duration> {
    let item = message.id().0;
    let Err(failure) = outcome else {
        engine.done(key, item);
        return None;
    };
    if cut_off {
        tracing::info!("the bot stops while the handler waits: its message stays unread for the next run");
        engine.journal.take_back(item);
        engine.lanes.settle(key, &[item]);
        return None;
    }
    engine.counts.failed.add(1);
    engine.meters.failed(&failure);
    tell(&engine.on_error, message, &failure);
    let failures = engine.journal.fail(item);
    let retry = engine.options.retry;
    if failures > retry.times {
        give_up(engine, key, message, &failure);
        return None;
    }
    let delay = retry.delay(failures);
    if retry.hold_chat {
        return Some(delay);
    }
    repeat(engine, key, message.clone(), delay);
    None
}

/// Handles a message again after a while.
fn repeat(engine: &Arc<Engine>, key: Key, message: Message, delay: Duration) {
    let engine_then = Arc::clone(engine);
    engine.tasks.spawn(async move {
        let engine = engine_then;
        let item = message.id().0;
        if pause(&engine, delay).await {
            engine.put(key, Job::Again(message, Duration::ZERO), Some(item), false);
        } else {
            not_repeated(&engine, key, item);
        }
    });
}

/// A message that cannot be handled does not come again.
fn give_up(engine: &Arc<Engine>, key: Key, message: &Message, failure: &Failure) {
    engine.counts.given_up.add(1);
    tell(&engine.on_poison, message, failure);
    engine.done(key, message.id().0);
}

fn tell(hook: &super::ErrorHook, message: &Message, failure: &Failure) {
    if catch_unwind(AssertUnwindSafe(|| hook(message, failure))).is_err() {
        tracing::error!(chat = %message.chat_ref(), item = %message.id(), "the error hook panicked");
    }
}

/// Runs the handlers of an event, unless what it tells of was found already.
async fn told_by_core(engine: &Arc<Engine>, key: Key, event: &Arc<Event>) {
    if !reconcile::was_found(engine, event) {
        run_event_handlers(engine, key, event, false).await;
    }
}

/// Runs the handlers that want an event, one after another.
async fn run_event_handlers(engine: &Arc<Engine>, key: Key, event: &Arc<Event>, found: bool) {
    let Some(events) = &engine.events else { return };
    let started = catch_unwind(AssertUnwindSafe(|| (events.start)(&engine.api(key.user), event, found)));
    let told = |failure: &Failure| {
        if catch_unwind(AssertUnwindSafe(|| (events.on_error)(event, failure))).is_err() {
            tracing::error!(tag = event.tag().as_str(), "the error hook panicked");
        }
    };
    let handlers = match started {
        Ok(handlers) => handlers,
        Err(panic) => return told(&Failure::Panic(panic_text(&*panic))),
    };
    let telling = Telling::of(engine, key.user, event, handlers.len());
    for future in handlers {
        // Closed never: the semaphore lives as long as the engine.
        let permit = engine.permits.acquire().await;
        let span = tracing::info_span!("event", chat = %key.chat, tag = event.tag().as_str());
        let mut run = Run { comes_again: telling.is_some(), ..Run::new(engine, future, span) };
        match poll_fn(|cx| run.poll_inside(engine, key, cx)).await {
            Stretch::Ended(outcome) => {
                if run.end_of_event(engine, &outcome) {
                    continue;
                }
                if let Err(failure) = outcome {
                    told(&failure);
                }
                if let Some(telling) = &telling {
                    telling.one_ended(engine);
                }
            }
            Stretch::Left => {
                drop(permit);
                engine.tasks.spawn(event_outside(Arc::clone(engine), key, run, Arc::clone(event), telling.clone()));
            }
        }
    }
}

/// Does something of the bot's own.
async fn run_own(engine: &Arc<Engine>, key: Key, own: Own) {
    // Closed never: the semaphore lives as long as the engine.
    let permit = engine.permits.acquire().await;
    let span = tracing::info_span!("timeout", chat = %key.chat);
    let mut run = Run::new(engine, own(engine.api(key.user).into_owned()), span);
    match poll_fn(|cx| run.poll_inside(engine, key, cx)).await {
        Stretch::Ended(outcome) => {
            run.end(engine, false);
            own_ended(key, outcome);
        }
        Stretch::Left => {
            drop(permit);
            let engine = Arc::clone(engine);
            engine.clone().tasks.spawn(async move {
                if let Some(outcome) = rest(&engine, key, &mut run).await {
                    run.end(&engine, false);
                    own_ended(key, outcome);
                }
            });
        }
    }
}

fn own_ended(key: Key, outcome: Result<(), Failure>) {
    if let Err(failure) = outcome {
        tracing::error!(chat = %key.chat, "the end of a conversation: {failure}");
    }
}

/// The rest of a handler that left its lane to wait; `None` when it is cancelled.
async fn rest(engine: &Arc<Engine>, key: Key, run: &mut Run) -> Option<Result<(), Failure>> {
    let rest = async {
        loop {
            match poll_fn(|cx| run.poll_outside(engine, key, cx)).await {
                Some(outcome) => break outcome,
                None => {
                    if let Some(seat) = &run.seat {
                        seat.enter().await;
                    }
                }
            }
        }
    };
    tokio::select! {
        biased;
        () = engine.cancel.cancelled() => None,
        outcome = rest => Some(outcome),
    }
}

/// The rest of an event handler that left its lane to wait.
async fn event_outside(engine: Arc<Engine>, key: Key, mut run: Run, event: Arc<Event>, telling: Option<Arc<Telling>>) {
    let Some(outcome) = rest(&engine, key, &mut run).await else { return };
    if run.end_of_event(&engine, &outcome) {
        return;
    }
    if let (Err(failure), Some(events)) = (outcome, &engine.events) {
        let _ = catch_unwind(AssertUnwindSafe(|| (events.on_error)(&event, &failure)));
    }
    if let Some(telling) = telling {
        telling.one_ended(&engine);
    }
}

/// Runs code of a handler; for a suspect message so that it is known should it be the process's last.
fn watched<T>(engine: &Engine, suspect: Option<i64>, code: impl FnOnce() -> T) -> T {
    let Some(item) = suspect else { return code() };
    engine.journal.poll(item, true);
    let result = code();
    engine.journal.poll(item, false);
    result
}

/// A handler under way.
struct Run {
    future: HandlerFuture,
    seat: Option<Arc<Seat>>,
    /// The lane that the bot chose for the message.
    lane: Option<u64>,
    /// The item, if the process died before while it was being handled.
    suspect: Option<i64>,
    /// Whether the next run begins it anew if the stop ends it.
    comes_again: bool,
    /// The time that it may spend inside its lane at a stretch.
    limit: Option<Duration>,
    timer: Option<Pin<Box<Sleep>>>,
    began: Instant,
    span: Span,
}

/// How a stretch inside the lane ended.
enum Stretch {
    Ended(Result<(), Failure>),
    /// The handler waits, and has left its lane.
    Left,
}

impl Run {
    fn new(engine: &Engine, future: HandlerFuture, span: Span) -> Self {
        let limit = engine.options.handler_timeout;
        let comes_again = engine.options.delivery == Delivery::AtLeastOnce;
        let (seat, lane, suspect, timer, began) = (None, None, None, None, Instant::now());
        Self { future, seat, lane, suspect, comes_again, limit, timer, began, span }
    }

    /// Polls the handler; a panic is an outcome, and so is taking too long.
    fn poll(&mut self, engine: &Arc<Engine>, key: Key, cx: &mut Context<'_>) -> Poll<Result<(), Failure>> {
        let here = Here { engine: Arc::clone(engine), key, lane: self.lane, seat: self.seat.take() };
        let _entered = self.span.enter();
        // After a panic the future is not polled again: nothing that it broke is seen by anybody.
        let (polled, seat) = watched(engine, self.suspect, || {
            poll_as(here, || catch_unwind(AssertUnwindSafe(|| self.future.as_mut().poll(cx))))
        });
        self.seat = seat;
        match polled {
            Ok(Poll::Pending) => Poll::Pending,
            Ok(Poll::Ready(outcome)) => Poll::Ready(outcome.map_err(Failure::Error)),
            Err(panic) => Poll::Ready(Err(Failure::Panic(panic_text(&*panic)))),
        }
    }

    fn poll_inside(&mut self, engine: &Arc<Engine>, key: Key, cx: &mut Context<'_>) -> Poll<Stretch> {
        if let Poll::Ready(outcome) = self.poll(engine, key, cx) {
            return Poll::Ready(Stretch::Ended(outcome));
        }
        if self.is_outside() {
            self.timer = None;
            return Poll::Ready(Stretch::Left);
        }
        self.poll_limit(cx).map(|failure| Stretch::Ended(Err(failure)))
    }

    /// As outside of the lane: `None` when the handler has to enter it first.
    fn poll_outside(
        &mut self,
        engine: &Arc<Engine>,
        key: Key,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<(), Failure>>> {
        loop {
            if let Poll::Ready(outcome) = self.poll(engine, key, cx) {
                return Poll::Ready(Some(outcome));
            }
            let Some(seat) = self.seat.as_ref().filter(|seat| seat.is_outside_after_poll()) else { break };
            self.timer = None;
            if seat.is_astray() {
                return Poll::Ready(None);
            }
            if !seat.poll_lane(cx) {
                return Poll::Pending;
            }
        }
        self.poll_limit(cx).map(|failure| Some(Err(failure)))
    }

    fn is_outside(&self) -> bool {
        self.seat.as_ref().is_some_and(|seat| seat.is_outside_after_poll())
    }

    fn poll_limit(&mut self, cx: &mut Context<'_>) -> Poll<Failure> {
        let Some(limit) = self.limit else { return Poll::Pending };
        let timer = self.timer.get_or_insert_with(|| Box::pin(sleep(limit)));
        pin!(timer).poll(cx).map(|()| Failure::Timeout { after: limit })
    }

    /// Whether it failed after the stop had ended one of its waits: it is not to blame then, and begins anew in the next
    /// run.
    fn is_cut_off(&self, outcome: &Result<(), Failure>) -> bool {
        self.comes_again && outcome.is_err() && self.seat.as_ref().is_some_and(|seat| seat.is_cut_off())
    }

    /// The handler ended: what it has is dropped, while its lane waits.
    fn drop_future(&mut self) {
        if let Some(seat) = &self.seat {
            seat.begin_end();
        }
        let future = std::mem::replace(&mut self.future, Box::pin(std::future::pending()));
        // What it has is the handler's own, and may panic when it is dropped.
        if let Err(panic) = catch_unwind(AssertUnwindSafe(|| drop(future))) {
            self.span.in_scope(|| tracing::error!("dropping a handler panicked: {}", panic_text(&*panic)));
        }
    }

    /// The handler ended: what its waits took is handled, unless it is to come again, and its lane goes on.
    fn end(mut self, engine: &Engine, cut_off: bool) {
        engine.meters.handler.record(self.began.elapsed());
        self.drop_future();
        if let Some(seat) = &self.seat {
            for (key, item) in seat.taken() {
                match cut_off {
                    true => engine.lanes.settle(key, &[item]),
                    false => engine.done(key, item),
                }
            }
            seat.end();
        }
    }

    /// The same of an event's handler; whether it was cut off, so that the event is not told.
    fn end_of_event(self, engine: &Engine, outcome: &Result<(), Failure>) -> bool {
        let cut_off = self.is_cut_off(outcome);
        self.end(engine, cut_off);
        cut_off
    }
}

pub(super) fn panic_text(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("(a panic without a text)").to_owned()
}
