//! The one consumer of the core's events: looks at tag, profile and chat, queues what somebody wants in its lane.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use tokio::time::{Instant, sleep, sleep_until};

use crate::core::{CoreEvent, Frame, Outcome};
use crate::message::Message;
use crate::types::{ChatRef, ConnectionId, Event};

use super::glance::{glance, of_chat};
use super::{Delivery, Engine, Job, Key, catchup, worker};

/// When looking back failed, it is tried again after so long.
const LOOK_AGAIN: Duration = Duration::from_secs(10);
/// Events reach the intake well within this time, once no other event waits.
const LATE: Duration = Duration::from_secs(5);
/// So many items are remembered as read from the database.
const REMEMBERED: usize = 200_000;

/// Runs until it is told to stop or the core ends.
pub(super) async fn run(engine: Arc<Engine>, first_run: bool) {
    let core = Arc::clone(engine.api.core());
    let mut again = None;
    if !first_run {
        look_back(&engine, &mut again).await;
    }
    loop {
        let due = async {
            match again {
                Some(at) => sleep_until(at).await,
                None => std::future::pending().await,
            }
        };
        let event = tokio::select! {
            biased;
            () = engine.stopping.cancelled() => return,
            event = core.recv() => event,
            () = due => {
                look_back(&engine, &mut again).await;
                continue;
            }
            // Not before there is nothing to receive.
            () = sleep(LATE), if engine.lanes.remembered() > 0 => {
                engine.lanes.forget();
                continue;
            }
        };
        match event {
            Some(CoreEvent::Frame(frame)) => {
                engine.meters.events.increment(1);
                take(&engine, frame);
            }
            // What comes after a gap is not taken before it is known which chats have one: their order would be lost.
            Some(CoreEvent::Lagged { events }) => {
                engine.counts.lagged.add(events);
                tracing::warn!(
                    events,
                    "the core was faster than the bot; messages among them are read from its database"
                );
                look_back(&engine, &mut again).await;
            }
            Some(CoreEvent::Disconnected { reason }) => {
                engine.counts.disconnected.store(true, Ordering::Relaxed);
                tracing::warn!(%reason, "the connection to the core is gone");
            }
            Some(CoreEvent::Reconnected) => {
                engine.counts.disconnected.store(false, Ordering::Relaxed);
                engine.counts.reconnects.add(1);
                tracing::info!("connected to the core again");
                look_back(&engine, &mut again).await;
            }
            Some(_) => {}
            None => return,
        }
        // A flood of events must not keep the handlers from this thread.
        tokio::task::coop::consume_budget().await;
    }
}

/// Finds out which chats have something unread, and lets their lanes read it.
async fn look_back(engine: &Arc<Engine>, again: &mut Option<Instant>) {
    *again = None;
    if !engine.wants_messages || engine.options.delivery == Delivery::Off {
        return;
    }
    let found = tokio::select! {
        () = engine.stopping.cancelled() => return,
        found = catchup::unread_chats(engine) => found,
    };
    match found {
        Ok(chats) => chats.into_iter().for_each(|key| engine.read_behind(key)),
        Err(error) => {
            tracing::warn!(%error, "cannot look for missed messages; will look again");
            *again = Some(Instant::now() + LOOK_AGAIN);
        }
    }
    let support = tokio::select! {
        () = engine.stopping.cancelled() => return,
        found = catchup::unread_support_chats(engine) => found,
    };
    match support {
        Ok(chats) => chats.into_iter().for_each(|key| engine.read_behind(key)),
        Err(error) => tracing::warn!(%error, "cannot look for missed messages in support chats"),
    }
}

fn take(engine: &Arc<Engine>, frame: Frame) {
    match frame.outcome() {
        Outcome::Result => {}
        // What the core's background work reports is noise to a bot, more often than not.
        Outcome::Error => tracing::debug!(tag = frame.tag(), "an error of the core's background work"),
        _ => return tracing::warn!(bytes = frame.text().len(), "the core sent something that is not an event"),
    }
    if frame.user_id().is_some_and(|user| user != engine.user) {
        return;
    }
    if engine.lanes.remembered() > REMEMBERED {
        engine.lanes.forget();
    }
    let tag = frame.tag();
    // Where nothing is queued or left in the database, a change is nobody's but its own handlers'.
    let changes = matches!(tag, "chatItemUpdated" | "chatItemsDeleted" | "chatItemReaction");
    if changes && !engine.lanes.is_empty() && touch(engine, frame.body()) {
        return;
    }
    let wanted = engine.events.as_ref().is_some_and(|events| (events.wants)(tag));
    if engine.waiters.want_event(tag) {
        if let Some(event) = worker::decode(&frame) {
            let event = Arc::new(event);
            engine.waiters.show_event(tag, &event);
            if wanted {
                engine.offer(lane_of(engine, &frame), None, frame.text().len(), Job::Event(event));
            }
        }
    } else if wanted {
        engine.offer(lane_of(engine, &frame), None, frame.text().len(), Job::Frame(frame.clone()));
    }
    // Without anybody who wants messages, nothing is decoded, and nothing marked.
    if tag == "newChatItems" && (engine.wants_messages || engine.waiters.want_messages()) {
        take_items(engine, frame);
    }
}

/// Notes a change of items that are queued; whether their chat is behind, so that the database will tell.
fn touch(engine: &Arc<Engine>, body: &str) -> bool {
    let Some((chat, items)) = of_chat(body) else { return false };
    let key = engine.key(chat);
    for item in items {
        engine.lanes.set_stale(key, item);
    }
    engine.lanes.is_behind(key)
}

fn take_items(engine: &Arc<Engine>, frame: Frame) {
    let bytes = frame.text().len();
    if let Some(seen) = glance(frame.body()) {
        let key = engine.key(seen.chat);
        engine.told.fetch_max(seen.item, Ordering::Relaxed);
        if seen.received {
            engine.offer(key, Some(seen.item), bytes, Job::Item(frame));
        } else if seen.unread {
            engine.offer(key, Some(seen.item), 0, Job::Mark);
        }
        return;
    }
    let Some(Event::NewChatItems(event)) = worker::decode(&frame) else { return };
    let each = bytes / event.chat_items.len().max(1);
    for item in event.chat_items {
        let Some(chat) = crate::message::chat_ref(&item.chat_info) else { continue };
        let (id, unread) = (item.chat_item.meta.item_id.0, catchup::is_unread(&item.chat_item.meta));
        engine.told.fetch_max(id, Ordering::Relaxed);
        match Message::received(&engine.api, item) {
            Some(message) => engine.offer(engine.key(chat), Some(id), each, Job::Message(message)),
            None if unread => engine.offer(engine.key(chat), Some(id), 0, Job::Mark),
            None => {}
        }
    }
}

/// The lane for the handlers of an event: the chat's that it is about, or the profile's own.
fn lane_of(engine: &Engine, frame: &Frame) -> Key {
    let chat = of_chat(frame.body()).map(|(chat, _)| chat);
    engine.key(chat.unwrap_or(ChatRef::Connection(ConnectionId(0))))
}
