//! The one consumer of the core's events: looks at tag, profile and chat, queues what somebody wants in its lane.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use tokio::time::{Instant, sleep, sleep_until};

use crate::api::ApiError;
use crate::core::{CoreEvent, Frame, FrameOutcome};
use crate::message::Message;
use crate::types::{ChatRef, ConnectionId, Event, UserId};

use super::early::is_early;
use super::glance::{glance, is_prepared, of_chat};
use super::gone::support;
use super::lanes::News;
use super::notices::{self, Notice};
use super::{Delivery, Engine, Job, Key, catchup, reconcile, worker};

/// When looking back failed, it is tried again after so long.
const LOOK_AGAIN: Duration = Duration::from_secs(10);
/// Missed messages are looked for so often, however well events come: the core breaks off its own reading of an event when
/// the time to wait for it is over, and one that comes in that very moment may be lost.
const NOW_AND_THEN: Duration = Duration::from_secs(3600);
/// Events reach the intake well within this time, once no other event waits.
const LATE: Duration = Duration::from_secs(5);
/// So many events are taken at once.
const BATCH: usize = 64;
/// So many items are remembered as read from the database, and as many before them.
const REMEMBERED: usize = 100_000;

/// Runs until it is told to stop or the core ends.
pub(super) async fn run(engine: Arc<Engine>, first_run: bool) {
    let core = Arc::clone(engine.api(engine.profiles.own()).core());
    let mut again = None;
    if !first_run {
        engine.support_chats.miss();
    }
    engine.look.notify_one();
    if !first_run {
        look_back(&engine, &mut again).await;
    }
    let mut ready = VecDeque::with_capacity(BATCH);
    let mut routine = Instant::now() + NOW_AND_THEN;
    loop {
        if let Some(event) = ready.pop_front() {
            see(&engine, event, &mut again).await;
            // A flood of events must not keep the handlers from this thread.
            tokio::task::coop::consume_budget().await;
            continue;
        }
        engine.lanes.forget_all_but(REMEMBERED);
        let due = sleep_until(again.unwrap_or(routine));
        let event = tokio::select! {
            biased;
            () = engine.stopping.cancelled() => return,
            // Before the events, which may never cease.
            () = due => {
                // What no list of unread chats shows may have got lost as well.
                if again.is_none() {
                    engine.support_chats.miss();
                    engine.look.notify_one();
                }
                look_back(&engine, &mut again).await;
                routine = Instant::now() + NOW_AND_THEN;
                continue;
            }
            event = core.recv() => event,
            // Not before there is nothing to receive.
            () = sleep(LATE), if engine.lanes.remembered() > 0 || !engine.lately.is_empty() => {
                engine.lanes.forget();
                engine.lately.forget();
                continue;
            }
        };
        let Some(event) = event else { return };
        ready.push_back(event);
        core.take_ready(BATCH, &mut ready);
    }
}

async fn see(engine: &Arc<Engine>, event: CoreEvent, again: &mut Option<Instant>) {
    match event {
        CoreEvent::Frame(frame) => {
            engine.meters.events.increment(1);
            take(engine, frame, again.is_some());
        }
        // What comes after a gap is not taken before it is known which chats have one: their order would be lost.
        CoreEvent::Lagged { events } => {
            engine.counts.lagged.add(events);
            engine.notice(Notice::Lagged { events });
            engine.support_chats.miss();
            look_back(engine, again).await;
            engine.look.notify_one();
        }
        CoreEvent::Disconnected { reason } => {
            engine.counts.disconnected.store(true, Ordering::Relaxed);
            engine.notice(Notice::Disconnected { reason });
        }
        CoreEvent::Reconnected => {
            engine.counts.disconnected.store(false, Ordering::Relaxed);
            engine.counts.reconnects.add(1);
            engine.out_of_trouble();
            engine.notice(Notice::Reconnected);
            engine.support_chats.miss();
            look_back(engine, again).await;
            engine.look.notify_one();
        }
        _ => {}
    }
}

/// Finds out which chats have something unread, and lets their lanes read it.
async fn look_back(engine: &Arc<Engine>, again: &mut Option<Instant>) {
    *again = None;
    if !engine.looks_back() {
        return;
    }
    let looking = async {
        let mut looked = Ok(());
        for user in engine.profiles.ids().await? {
            // One that cannot be looked at is not in the way of the others.
            looked = looked.and(look_back_in(engine, user).await);
        }
        looked
    };
    let looked = tokio::select! {
        () = engine.stopping.cancelled() => return,
        looked = looking => looked,
    };
    if let Err(error) = looked {
        tracing::warn!(%error, "cannot look for missed messages; will look again");
        *again = Some(Instant::now() + LOOK_AGAIN);
    }
}

async fn look_back_in(engine: &Arc<Engine>, user: UserId) -> Result<(), ApiError> {
    let found = catchup::unread_chats(&engine.api(user), user).await?;
    found.into_iter().for_each(|chat| engine.read_behind(Key { user, chat }));
    // The others are looked at beside the events: see `reconcile`.
    catchup::read_support_chats(engine, user, catchup::wants_attention).await
}

/// Whether a chat may have missed something that is not known of yet.
fn is_unsure(engine: &Engine, chat: ChatRef, unsure: bool) -> bool {
    unsure
        || (matches!(chat, ChatRef::Group(_, Some(_)))
            && engine.looks_back()
            && engine.support_chats.missed().is_some())
}

/// Takes an event. When it is not known which chats have missed something, messages are read from the database: what comes
/// before them may be there.
fn take(engine: &Arc<Engine>, frame: Frame, unsure: bool) {
    match frame.outcome() {
        FrameOutcome::Result => {}
        FrameOutcome::Error => notices::at_error(engine, &frame),
        _ => return tracing::warn!(bytes = frame.text().len(), "the core sent something that is not an event"),
    }
    let user = frame.user_id().unwrap_or(engine.profiles.own());
    if !engine.profiles.serves(user) {
        return;
    }
    // The tag of an error says which one; for handlers they are one kind of event.
    let tag = if frame.outcome() == FrameOutcome::Error { "chatError" } else { frame.tag() };
    notices::at_event(engine, tag, &frame);
    // Where nothing is queued or left in the database, a change is nobody's but its own handlers'.
    let changes = matches!(tag, "chatItemUpdated" | "chatItemsDeleted" | "chatItemReaction");
    if changes && !engine.lanes.is_empty() && touch(engine, user, frame.body()) {
        if tag == "chatItemUpdated" && engine.looks_back() {
            take_edited(engine, user, frame.body());
        }
        return;
    }
    if matches!(tag, "deletedMember" | "leftMember" | "groupChatItemsDeleted") && !engine.lanes.is_empty() {
        touch_many(engine, &frame);
    }
    let wanted = engine.events.as_ref().is_some_and(|events| (events.wants)(tag));
    if engine.waiters.want_event(tag) {
        if let Some(event) = worker::decode(&frame) {
            let event = Arc::new(event);
            engine.waiters.show_event(tag, &event);
            if wanted {
                let (key, news) = lane_of(user, tag, &frame);
                engine.offer_event(key, news, frame.text().len(), Job::Event(event));
            }
        }
    } else if wanted {
        let (key, news) = lane_of(user, tag, &frame);
        engine.offer_event(key, news, frame.text().len(), Job::Frame(frame.clone()));
    }
    match tag {
        "chatItemUpdated" if engine.looks_back() => take_edited(engine, user, frame.body()),
        "sndFileProgressXFTP" => reconcile::watch_sent(engine, user, &frame),
        // Its item is unread until it is read from the database: after the handlers, in the same lane.
        "contactSndReady" | "contactConnected" if engine.wants_messages || engine.waiters.want_messages() => {
            let (key, _) = lane_of(user, tag, &frame);
            if engine.early.is_over(key) || engine.leaves_early_ones() && is_prepared(frame.body()) {
                engine.read_behind(key);
            }
        }
        "receivedGroupInvitation" if marks_invitations(engine) => engine.read_behind(lane_of(user, tag, &frame).0),
        _ => {}
    }
    // Without anybody who wants messages, nothing is decoded, and nothing marked.
    if tag == "newChatItems" && (engine.wants_messages || engine.waiters.want_messages()) {
        take_items(engine, user, frame, unsure);
    }
}

/// Notes a change of items that are queued; whether their chat is behind, so that the database will tell.
fn touch(engine: &Arc<Engine>, user: UserId, body: &str) -> bool {
    let Some((chat, items)) = of_chat(body) else { return false };
    let key = Key { user, chat };
    for item in items {
        engine.lanes.set_stale(key, item);
        if let Some(turns) = &engine.turns {
            turns.set_stale(item);
        }
    }
    engine.lanes.is_behind(key)
}

/// What an edit makes a message to be handled: one that was deleted here becomes an unread one again, and one that was
/// seen being written is finished. No other event tells of that.
fn take_edited(engine: &Arc<Engine>, user: UserId, body: &str) {
    let Some(seen) = glance(body).filter(|seen| seen.received && seen.unread) else { return };
    if seen.live {
        engine.live.goes_on(seen.item);
    } else if !engine.lanes.knows(seen.item) {
        engine.live.ends(seen.item);
        engine.read_behind(Key { user, chat: seen.chat });
    }
}

/// Notes what is deleted without an event for each: the messages of a member whom moderators remove, the support chat of
/// one who is in the group no more (the core's sources between 6.5 and 7.0), and reports.
fn touch_many(engine: &Arc<Engine>, frame: &Frame) {
    match worker::decode(frame) {
        Some(Event::DeletedMember(event)) if event.with_messages => {
            engine.look_again(ChatRef::group(event.group_info.group_id), &[]);
        }
        Some(Event::DeletedMember(event)) => {
            engine.look_again(support(event.group_info.group_id, event.deleted_member.group_member_id), &[]);
        }
        Some(Event::LeftMember(event)) => {
            engine.look_again(support(event.group_info.group_id, event.member.group_member_id), &[]);
        }
        Some(Event::GroupChatItemsDeleted(event)) => {
            engine.look_again(ChatRef::group(event.group_info.group_id), &event.chat_item_i_ds);
        }
        _ => {}
    }
}

fn take_items(engine: &Arc<Engine>, user: UserId, frame: Frame, unsure: bool) {
    let bytes = frame.text().len();
    if let Some(seen) = glance(frame.body()) {
        let key = Key { user, chat: seen.chat };
        engine.told.fetch_max(seen.item, Ordering::Relaxed);
        if is_unsure(engine, key.chat, unsure) {
            engine.read_behind(key);
        } else if seen.received && seen.early && engine.leaves_early_ones() {
            engine.early.note(key);
        } else if seen.received && seen.live && engine.looks_back() && engine.live.goes_on(seen.item) {
            // An edit tells when it is finished.
        } else if seen.received {
            engine.offer(key, seen.item, bytes, Job::Item(frame, seen.parts));
        } else if seen.unread && !(seen.invites && marks_invitations(engine)) {
            engine.offer(key, seen.item, 0, Job::Mark);
        }
        return;
    }
    let Some(Event::NewChatItems(event)) = worker::decode(&frame) else { return };
    let each = bytes / event.chat_items.len().max(1);
    for item in event.chat_items {
        let Some(chat) = crate::message::chat_ref(&item.chat_info) else { continue };
        let (id, unread) = (item.chat_item.meta.item_id.0, catchup::is_unread(&item.chat_item.meta));
        engine.told.fetch_max(id, Ordering::Relaxed);
        let key = Key { user, chat };
        if is_unsure(engine, key.chat, unsure) {
            engine.read_behind(key);
            continue;
        }
        let early = is_early(&item.chat_info) && engine.leaves_early_ones();
        let live = catchup::is_live(&item.chat_item.meta) && engine.looks_back();
        match Message::received(&engine.api(user), item) {
            Some(_) if early => drop(engine.early.note(key)),
            Some(_) if live && engine.live.goes_on(id) => {}
            Some(message) => engine.offer(key, id, each, Job::Message(message)),
            None if unread => engine.offer(key, id, 0, Job::Mark),
            None => {}
        }
    }
}

/// Whether invitations are marked after the handlers of their event, which comes after their item.
fn marks_invitations(engine: &Engine) -> bool {
    engine.wanted.invitation && engine.wants_messages && engine.options.delivery != Delivery::Off
}

/// The lane for the handlers of an event: the chat's that it is about, or the profile's own. And what it is the latest
/// news of: an item's status, how far a file came.
fn lane_of(user: UserId, tag: &str, frame: &Frame) -> (Key, Option<News>) {
    let (chat, items) = of_chat(frame.body()).unwrap_or((ChatRef::Connection(ConnectionId(0)), Vec::new()));
    let news = match (tag, items.as_slice()) {
        ("chatItemsStatusesUpdated", [item]) => Some(('s', *item)),
        ("sndFileProgressXFTP" | "rcvFileProgressXFTP", [item]) => Some(('p', *item)),
        _ => None,
    };
    (Key { user, chat }, news)
}
