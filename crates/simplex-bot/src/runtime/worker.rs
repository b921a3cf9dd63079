//! The worker of a lane: does one thing after another, even when one fails.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::Arc;

use tokio::sync::oneshot;

use crate::api::{ApiError, CoreError};
use crate::core::Frame;
use crate::error::{BotError, causes};
use crate::handler::{caught, discard};
use crate::message::Message;
use crate::types::{ChatItem, Event, Lost};

use super::attempts::{before, handle, not_repeated, pause, permit_to_begin, refreshed};
use super::glance::{Parts, is_change, of_chat};
use super::lanes::{Entry, Next};
use super::meters::Raised;
use super::reconcile::Telling;
use super::run::{Run, Stretch, rest};
use super::seat::{Hold, hold, without_lane};
use super::turns::{Meanwhile, Room, Turn, Turns};
use super::{Delivery, Engine, Failure, Job, Key, Own, catchup, reconcile, weight};

/// Works on a lane until it closes.
///
/// Every message in an idle lane starts a worker, so its future is kept small: a large future is copied on its way into
/// its task, and is slow to allocate.
pub(super) fn work(engine: Arc<Engine>, key: Key, mut next: Next<Job>) -> impl Future<Output = ()> + Send {
    let open = Raised::one(&engine.meters.lanes);
    async move {
        // Nothing new begins after the time for handlers is over.
        while !engine.cancel.is_cancelled() {
            let reads = matches!(next, Next::Behind);
            let step = match std::mem::replace(&mut next, Next::Closed) {
                Next::Job(entry) => step(&engine, key, entry),
                Next::Behind => Step::Rare(Box::pin(catchup::read_chat(&engine, key))),
                Next::Closed => break,
            };
            let done = pin!(take(&engine, key, step));
            // The step comes first: if it ends at once, checking for cancellation costs nothing.
            tokio::select! {
                biased;
                () = done => {}
                () = engine.cancel.cancelled() => break,
            }
            next = engine.next(key);
            if reads {
                engine.has_read();
            }
        }
        drop(open);
    }
}

/// Does what is queued in a lane that reads from the database: handlers that continue, events, retries. Returns whether
/// the lane may read on: not if it is to wait for a retry, because others are to read meanwhile.
pub(super) async fn work_aside(engine: &Arc<Engine>, key: Key) -> bool {
    while let Some(entry) = engine.next_aside(key) {
        if matches!(&entry.job, Job::Again(_, delay) if !delay.is_zero()) {
            engine.put(key, entry.job, entry.item, true);
            return false;
        }
        take(engine, key, step(engine, key, entry)).await;
    }
    true
}

/// What the worker does with one entry of its lane.
enum Step<'a> {
    Nothing,
    Message {
        message: Message,
        stale: bool,
    },
    Event(Frame),
    /// Boxed: its future is larger than all others, and every worker would reserve that space.
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
        Job::Frame(frame) => Step::Event(frame),
        Job::Found(found) => Step::Rare(Box::pin(async move {
            let _before = handed_out_before(engine, key).await;
            if let Some(found) = reconcile::still_new(engine, *found) {
                run_event_handlers(engine, key, &found.event, 0, true).await;
            }
        })),
        Job::Own(own) => Step::Rare(Box::pin(async move {
            let _before = handed_out_before(engine, key).await;
            run_own(engine, key, own).await;
        })),
        Job::Turn(turn) => Step::Rare(Box::pin(give_turn(engine, turn))),
    }
}

/// Whether an event is a change of an item that a stop left unread: the next run handles the item as it is then.
fn is_of_left(engine: &Engine, frame: &Frame) -> bool {
    engine.options.delivery != Delivery::Off
        && engine.lanes.is_ended()
        && is_change(frame.tag())
        && of_chat(frame.body())
            .is_some_and(|(_, items)| !items.is_empty() && items.iter().all(|item| engine.lanes.is_left(*item)))
}

async fn take(engine: &Arc<Engine>, key: Key, step: Step<'_>) {
    match step {
        Step::Nothing => {}
        Step::Message { message, stale } => give(engine, key, message, stale).await,
        Step::Event(frame) => {
            let _before = handed_out_before(engine, key).await;
            // A look at the state may have found already what the event reports.
            if !is_of_left(engine, &frame)
                && let Some(event) = decode(&frame)
                && !reconcile::was_found(engine, &event)
            {
                run_event_handlers(engine, key, &Arc::new(event), frame.text().len(), false).await;
            }
        }
        Step::Rare(rare) => rare.await,
    }
}

/// Handles a message: here, or in the lane that the bot chooses for it, once its chat has room.
pub(super) async fn give(engine: &Arc<Engine>, key: Key, message: Message, stale: bool) {
    match &engine.turns {
        None if stale || engine.lanes.has_changed(key, message.id().0) => {
            Box::pin(refreshed(engine, key, message)).await;
        }
        None => handle(engine, key, message).await,
        Some(turns) => Box::pin(hand_out(engine, turns, key, message, stale)).await,
    }
}

async fn hand_out(engine: &Arc<Engine>, turns: &Arc<Turns>, key: Key, message: Message, stale: bool) {
    let item = message.id().0;
    let units = weight::of_message(&message);
    let mut turn = turns.take(key, turns.lane_of(key, &message), item, units).await;
    // After the turns began to note its changes, so that none is missed.
    let stale = stale || engine.lanes.has_changed(key, item);
    let engine = Arc::clone(engine);
    engine.clone().tasks.spawn(async move {
        let handled = async {
            match turn.come().await {
                _ if engine.stopping.is_cancelled() => not_repeated(&engine, key, item),
                Meanwhile::Gone => engine.forget(key, item),
                Meanwhile::Nothing if !stale => handle(&engine, key, message).await,
                _ => Box::pin(refreshed(&engine, key, message)).await,
            }
        };
        before(&engine.cancel, handled).await;
        drop(turn);
    });
}

/// In a chat whose messages are handed out: waits until the earlier ones are done, and holds back the later ones.
async fn handed_out_before(engine: &Engine, key: Key) -> Option<Room> {
    let turns = engine.turns.as_ref()?;
    let room = Box::pin(turns.all_of(key)).await;
    engine.in_time().await;
    Some(room)
}

/// Lets a handler continue when its turn comes.
pub(super) fn give_turn_in(engine: &Arc<Engine>, mut place: Turn, turn: oneshot::Sender<Hold>) {
    let engine = Arc::clone(engine);
    engine.clone().tasks.spawn(async move {
        let given = async {
            place.come().await;
            give_turn(&engine, turn).await;
        };
        before(&engine.cancel, given).await;
        drop(place);
    });
}

/// Decodes an event, and warns of the parts that did not fit.
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

/// Warns of a part that did not fit.
pub(crate) fn warn_of(lost: &Lost) {
    tracing::warn!(path = lost.path, reason = lost.reason, "a part of an event was lost");
}

/// The only message in an event. The rest of the event is decoded only when somebody looks at it.
fn decode_one(engine: &Arc<Engine>, key: Key, frame: Frame, parts: Parts) -> Option<Message> {
    let api = &engine.api(key.user);
    if let Some(item) = frame.body().get(parts.chat_item..).and_then(ChatItem::decode_first) {
        return Message::in_event(api, key.chat, frame, parts.chat_info, item);
    }
    let Event::NewChatItems(event) = decode(&frame)? else { return None };
    event.chat_items.into_iter().find_map(|item| Message::received(api, item))
}

/// Lets a handler that waited continue inside its lane, and waits until it has left again.
pub(super) async fn give_turn(engine: &Arc<Engine>, turn: oneshot::Sender<Hold>) {
    let _permit = engine.permit().await;
    let (hold, held) = hold();
    if turn.send(hold).is_ok() {
        held.released().await;
    }
}

/// Runs the handlers that want an event, one after another.
async fn run_event_handlers(engine: &Arc<Engine>, key: Key, event: &Arc<Event>, bytes: usize, found: bool) {
    let Some(events) = &engine.events else { return };
    let handlers = without_lane(Arc::clone(engine), || (events.start)(&engine.api(key.user), event, found));
    let telling = Telling::of(engine, key.user, event, handlers.len());
    for future in handlers {
        let (permit, _) = permit_to_begin(engine).await;
        let span = tracing::info_span!("event", chat = %key.chat, tag = event.tag().as_str());
        let (units, comes_again) = (weight::units(bytes), telling.is_some());
        let mut run = Run { units, comes_again, ..Run::new(engine, future, span) };
        match poll_fn(|cx| run.poll_inside(engine, key, cx)).await {
            Stretch::Ended(outcome) => event_ended(engine, run, event, outcome, telling.as_deref()),
            Stretch::Left => {
                drop(permit);
                let (engine, event, telling) = (Arc::clone(engine), Arc::clone(event), telling.clone());
                engine.clone().tasks.spawn(async move {
                    if let Some(outcome) = rest(&engine, key, &mut run).await {
                        event_ended(&engine, run, &event, outcome, telling.as_deref());
                    }
                });
            }
        }
    }
}

fn event_ended(engine: &Engine, run: Run, event: &Event, outcome: Result<(), Failure>, telling: Option<&Telling>) {
    if !run.end_of_event(engine, &outcome) {
        if let (Err(failure), Some(events)) = (&outcome, &engine.events) {
            engine.witness(None, &format_args!("{}: {failure}", event.tag().as_str()));
            if caught(|| (events.on_error)(event, failure)).is_err() {
                tracing::error!(tag = event.tag().as_str(), "the error hook panicked");
            }
        }
        // What the state shows is found again once the core is there again: a request, for one, would wait for ever.
        if let Some(telling) = telling
            && !outcome.as_ref().is_err_and(is_unreached)
        {
            telling.one_ended(engine);
        }
    }
    discard("an error", outcome);
}

/// Whether a handler failed because the core was not reached. Not if that broke off while it carried out a command: that may
/// be what ends the core, each time again.
fn is_unreached(failure: &Failure) -> bool {
    let Failure::Error(error) = failure else { return false };
    causes(&**error).any(|error| {
        matches!(error.downcast_ref(), Some(CoreError::Unavailable { .. }))
            || matches!(error.downcast_ref(), Some(ApiError::Core(CoreError::Unavailable { .. })))
            || matches!(
                error.downcast_ref(),
                Some(
                    BotError::Core(CoreError::Unavailable { .. })
                        | BotError::Api(ApiError::Core(CoreError::Unavailable { .. }))
                )
            )
    })
}

/// Does work of the bot's own.
async fn run_own(engine: &Arc<Engine>, key: Key, own: Own) {
    let (permit, _) = permit_to_begin(engine).await;
    let span = tracing::info_span!("timeout", chat = %key.chat);
    let mut run = Run::new(engine, own(engine.api(key.user).into_owned()), span);
    match poll_fn(|cx| run.poll_inside(engine, key, cx)).await {
        Stretch::Ended(outcome) => own_ended(engine, key, run, outcome),
        Stretch::Left => {
            drop(permit);
            let engine = Arc::clone(engine);
            engine.clone().tasks.spawn(async move {
                if let Some(outcome) = rest(&engine, key, &mut run).await {
                    own_ended(&engine, key, run, outcome);
                }
            });
        }
    }
}

fn own_ended(engine: &Engine, key: Key, run: Run, outcome: Result<(), Failure>) {
    // As with the handler of an event: if the stop cuts it off, the next run begins it anew.
    if !run.end_of_event(engine, &outcome)
        && let Err(failure) = &outcome
    {
        engine.witness(None, &format_args!("the end of a conversation: {failure}"));
        tracing::error!(chat = %key.chat, "the end of a conversation: {failure}");
    }
    discard("an error", outcome);
}
