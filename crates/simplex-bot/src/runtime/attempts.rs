//! Handling a message: each attempt, and what follows from its outcome. The lane's worker ([`super::worker`]) calls
//! this, and [`super::run`] runs the handler.

use std::future::poll_fn;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, SemaphorePermit};
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

use crate::extract::is_hopeless;
use crate::handler::{caught, discard};
use crate::message::Message;
use crate::types::ChatPagination;

use super::catchup::is_unread;
use super::profiles::is_gone;
use super::run::{Run, Stretch, rest, watched};
use super::seat::{Here, poll_as};
use super::waits::Shown;
use super::worker::give_turn;
use super::{Attempt, Delivery, Engine, Failure, Job, Key, marks, reconcile, weight};

/// Handles a message as it is in the database now.
pub(super) async fn refreshed(engine: &Arc<Engine>, key: Key, message: Message) {
    let item = message.id().0;
    match before_stop(engine, now(engine, key, message)).await {
        Some(Some(message)) => handle(engine, key, message).await,
        // Gone: there is nothing to handle.
        Some(None) => engine.passed_over(key, item),
        None => not_repeated(engine, key, item),
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
        Err(error) if is_gone(&error) => None,
        Err(error) => {
            tracing::warn!(chat = %key.chat, item = %id, %error, "cannot look at a changed message; it is handled as it came");
            Some(message)
        }
    }
}

/// Handles a message, with all its retries if its chat waits for them.
pub(super) async fn handle(engine: &Arc<Engine>, key: Key, message: Message) {
    let item = message.id().0;
    if is_skipped(engine, &message) {
        return engine.passed_over(key, item);
    }
    // Before anybody gets it, a wait included.
    let message = match engine.marks_before() && is_unread(&message.item().meta) {
        true => Box::pin(marked_before(engine, key, message)).await,
        false => Some(message),
    };
    let Some(message) = message else { return };
    match engine.waiters.show(engine, key, &message) {
        Shown::Unwanted => {}
        Shown::Taken => return,
        Shown::TakenHere(turn, given_back) => {
            Box::pin(give_turn(engine, turn)).await;
            let Some(mut given_back) = given_back else { return };
            // If the handler gives it back later, it goes into its lane.
            given_back.close();
            if let Ok(message) = given_back.try_recv() {
                // Other waits may want it; and it is read again, because it may have changed meanwhile.
                Box::pin(refreshed(engine, key, message)).await;
            }
            return;
        }
    }
    if !engine.wants_messages {
        return engine.lanes.settle(key, &[item]);
    }
    if let Some(file) = message.file() {
        reconcile::watch_received(engine, key, item, file);
    }
    let Some(delay) = attempt(engine, key, &message).await else { return };
    // A lane that reads from the database ends that first: others are to read while it waits.
    if engine.turns.is_none() && engine.lanes.reads(key) {
        return engine.put(key, Job::Again(message, delay), Some(item), true);
    }
    Box::pin(repeat_here(engine, key, message, delay)).await;
}

/// Marks a message, and returns it as it is then; `None` if it is not to be handled.
async fn marked_before(engine: &Arc<Engine>, key: Key, message: Message) -> Option<Message> {
    let item = message.id().0;
    engine.lanes.waits(key, item);
    let marked = marks::mark_before(engine, key, item).await;
    let changed = engine.lanes.begins(item);
    if !marked {
        match engine.stopping.is_cancelled() {
            true => engine.lanes.leave(key, item),
            // It is gone.
            false => engine.lanes.settle(key, &[item]),
        }
        return None;
    }
    engine.in_time().await;
    if !changed {
        return Some(message);
    }
    let now = now(engine, key, message).await.filter(|message| !is_skipped(engine, message));
    if now.is_none() {
        engine.done(key, item);
    }
    now
}

/// Whether a message is one that the bot does not handle.
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
        message = match before_stop(engine, now(engine, key, message)).await {
            Some(Some(message)) if !is_skipped(engine, &message) => message,
            Some(_) => return engine.done(key, item),
            None => return not_repeated(engine, key, item),
        };
        match attempt(engine, key, &message).await {
            Some(longer) => delay = longer,
            None => return,
        }
    }
}

/// Waits before a retry; `false` when the bot stops.
pub(super) async fn pause(engine: &Engine, delay: Duration) -> bool {
    before_stop(engine, sleep(delay)).await.is_some() && connected(engine).await
}

/// Waits while the core is not reached: an attempt would fail, and messages would be given up for what is no fault of
/// theirs. `false` when the bot stops.
async fn connected(engine: &Engine) -> bool {
    let mut connected = engine.counts.connected.subscribe();
    before_stop(engine, connected.wait_for(|connected| *connected)).await.is_some()
}

/// Waits for something that has no more use when the bot stops: so a core that hangs does not delay the stop.
pub(super) async fn before_stop<T>(engine: &Engine, something: impl Future<Output = T>) -> Option<T> {
    before(&engine.stopping, something).await
}

pub(super) async fn before<T>(end: &CancellationToken, something: impl Future<Output = T>) -> Option<T> {
    tokio::select! {
        biased;
        () = end.cancelled() => None,
        done = something => Some(done),
    }
}

/// The bot stops before it handles a message, once more or at all: that is left to the next run, if it finds the message
/// unread.
pub(super) fn not_repeated(engine: &Engine, key: Key, item: i64) {
    match engine.options.delivery {
        Delivery::AtLeastOnce => engine.lanes.leave(key, item),
        // Marked when it is handled for the first time.
        Delivery::AtMostOnce if !engine.journal.has_begun(item) => engine.lanes.leave(key, item),
        Delivery::AtMostOnce | Delivery::Off => engine.forget(key, item),
    }
}

/// Handles a message once; returns the delay before it is handled again here.
async fn attempt(engine: &Arc<Engine>, key: Key, message: &Message) -> Option<Duration> {
    let item = message.id().0;
    let late;
    let at_once = engine.counts.is_connected().then(|| engine.permits.try_acquire().ok()).flatten();
    let (permit, message) = match at_once {
        Some(permit) => (Some(permit), message),
        None => {
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
    // Filters, and what a handler does before its future is polled, run as the handler, too.
    let lane = engine.turns.as_ref().map(|turns| turns.lane_of(key, message));
    let units = weight::of_message(message);
    let here = Here { engine: Arc::clone(engine), key: Some(key), lane, units, seat: None };
    let (started, seat) =
        span.in_scope(|| watched(engine, suspect, || poll_as(here, || caught(|| (engine.dispatch)(message)))));
    let mut cut_off = false;
    let outcome = match started {
        Ok(Some(future)) => {
            let mut run = Run { seat, lane, units, suspect, ..Run::new(engine, future, span.clone()) };
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
        Err(text) => Err(Failure::Panic(text)),
    };
    drop(permit);
    span.in_scope(|| finish(engine, key, message, outcome, cut_off))
}

/// Waits for the core and for a permit, and returns it with the message as it is then; `None` if that is gone, or the bot
/// stops.
async fn wait_to_begin<'a>(
    engine: &'a Arc<Engine>,
    key: Key,
    message: &Message,
) -> Option<(Option<SemaphorePermit<'a>>, Message)> {
    let item = message.id().0;
    let mut changed = false;
    loop {
        engine.lanes.waits(key, item);
        let (permit, away) = permit_to_begin(engine).await;
        // What changed while the core was not reached is not known.
        changed |= engine.lanes.begins(item) || away;
        // A message that still waits when the bot stops stays unread.
        if engine.stopping.is_cancelled() && !engine.marks_before() {
            not_repeated(engine, key, item);
            return None;
        }
        if !changed {
            return Some((permit, message.clone()));
        }
        let look = now(engine, key, message.clone());
        // What is marked already is handled, also while the bot stops.
        let now = if engine.marks_before() { Some(look.await) } else { before_stop(engine, look).await };
        let Some(now) = now else {
            not_repeated(engine, key, item);
            return None;
        };
        if !engine.counts.is_connected() && !engine.stopping.is_cancelled() {
            // It may have failed for that.
            continue;
        }
        let now = now.filter(|message| !is_skipped(engine, message));
        if now.is_none() {
            engine.done(key, item);
        }
        return Some((permit, now?));
    }
}

/// Waits for the core and for a permit, and returns whether the core was not reached meanwhile. No permit is held while it
/// is not: others may have their handlers end.
pub(super) async fn permit_to_begin(engine: &Engine) -> (Option<SemaphorePermit<'_>>, bool) {
    let mut away = false;
    loop {
        if !engine.counts.is_connected() {
            away = true;
            Box::pin(connected(engine)).await;
        }
        let permit = engine.permit().await;
        if engine.counts.is_connected() || engine.stopping.is_cancelled() {
            return (permit, away);
        }
    }
}

/// The rest of a handler that left its lane to wait.
async fn outside(engine: Arc<Engine>, key: Key, mut run: Run, message: Message) {
    let Some(outcome) = rest(&engine, key, &mut run).await else { return };
    let cut_off = run.is_cut_off(&outcome);
    // Before its message is put in front: an answer that the handler did not take is put there first, so it comes after
    // it.
    run.drop_future();
    let again = run.span.in_scope(|| finish(&engine, key, &message, outcome, cut_off));
    // Before the lane goes on, so that the retry is the next thing that the lane does.
    if let Some(delay) = again {
        let item = Some(message.id().0);
        engine.put(key, Job::Again(message, delay), item, true);
    }
    run.end(&engine, cut_off);
}

/// Decides what follows for a message whose handler ended; returns the delay if its lane is to wait for the next
/// attempt.
fn finish(
    engine: &Arc<Engine>,
    key: Key,
    message: &Message,
    outcome: Result<(), Failure>,
    cut_off: bool,
) -> Option<Duration> {
    let again = follow(engine, key, message, &outcome, cut_off);
    discard("an error", outcome);
    again
}

fn follow(
    engine: &Arc<Engine>,
    key: Key,
    message: &Message,
    outcome: &Result<(), Failure>,
    cut_off: bool,
) -> Option<Duration> {
    let item = message.id().0;
    let Err(failure) = outcome else {
        if message.handler().is_empty() {
            engine.witness(Some(message), &"no handler took it");
            tracing::debug!("no handler took it");
        } else {
            tracing::debug!("handled");
        }
        engine.done(key, item);
        return None;
    };
    if cut_off {
        tracing::info!("the bot stops while the handler waits: its message stays unread for the next run");
        engine.journal.take_back(item);
        engine.lanes.leave(key, item);
        return None;
    }
    engine.counts.failed.add(1);
    engine.meters.failed(failure);
    engine.witness(Some(message), failure);
    let retry = engine.options.retry;
    let number = engine.journal.failures(item).saturating_add(1);
    // A person who did not answer is not asked again.
    let unanswered = matches!(failure, Failure::Unanswered(_));
    // What the message does not have, it does not have the next time either.
    let hopeless = matches!(failure, Failure::Error(error) if is_hopeless(&**error));
    let times = if hopeless { 0 } else { retry.times };
    let again = (number <= times && !unanswered).then(|| retry.delay(number));
    let attempt = Attempt { number, of: times.saturating_add(1).max(number), again };
    tell(message, || (engine.on_error)(message, failure, attempt));
    if unanswered {
        engine.done(key, item);
        return None;
    }
    // After the hook: if the hook ends the process, that counts as a death, and only few deaths are allowed.
    engine.journal.fail(item);
    let Some(delay) = again else {
        give_up(engine, key, message, failure);
        return None;
    };
    if retry.hold_chat {
        return Some(delay);
    }
    // Messages that wait for a retry are in no queue: without a limit, anybody who makes a handler fail could fill the
    // memory.
    let most = u32::try_from(engine.options.queue.max(1)).unwrap_or(u32::MAX);
    let units = weight::of_message(message).min(most);
    let Ok(place) = Arc::clone(&engine.repetitions).try_acquire_many_owned(units) else { return Some(delay) };
    repeat(engine, key, message.clone(), delay, place);
    None
}

/// Handles a message again after a delay.
fn repeat(engine: &Arc<Engine>, key: Key, message: Message, delay: Duration, place: OwnedSemaphorePermit) {
    let engine = Arc::clone(engine);
    engine.clone().tasks.spawn(async move {
        let (_place, item) = (place, message.id().0);
        tokio::select! {
            biased;
            goes_on = pause(&engine, delay) => match goes_on {
                true => engine.put(key, Job::Again(message, Duration::ZERO), Some(item), false),
                false => not_repeated(&engine, key, item),
            },
            () = engine.cancel.cancelled() => {}
        }
    });
}

/// Gives up a message that cannot be handled: it is not retried.
fn give_up(engine: &Arc<Engine>, key: Key, message: &Message, failure: &Failure) {
    engine.counts.given_up.add(1);
    engine.witness(Some(message), &format_args!("the message is given up: {failure}"));
    tell(message, || (engine.on_poison)(message, failure));
    engine.done(key, message.id().0);
}

fn tell(message: &Message, hook: impl FnOnce()) {
    if caught(hook).is_err() {
        tracing::error!(chat = %message.chat_ref(), item = %message.id(), "the error hook panicked");
    }
}
