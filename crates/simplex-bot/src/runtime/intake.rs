//! The only consumer of the core's events: looks at tag, profile and chat, and queues what is wanted in its lane.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use tokio::time::{Instant, sleep, sleep_until};

use crate::api::ApiError;
use crate::core::{CoreEvent, Frame, FrameOutcome};
use crate::message::Message;
use crate::setup;
use crate::types::{ChatRef, ConnectionId, Event, UserId};

use super::attempts::before_stop;
use super::early::is_early;
use super::glance::{glance, is_change, is_prepared, of_chat};
use super::gone::support;
use super::lanes::News;
use super::notices::{self, Notice};
use super::{Engine, Job, Key, catchup, reconcile, unread, worker};

/// The pause before looking back again after a failure.
const LOOK_AGAIN: Duration = Duration::from_secs(10);
/// How often missed messages are looked for even if events come well: the core cancels its own read of an event when
/// the wait for it times out, and an event that comes at that very moment may be lost.
const NOW_AND_THEN: Duration = Duration::from_secs(3600);
/// Once no other event is pending, an event reaches the intake well within this time.
const LATE: Duration = Duration::from_secs(5);
/// The most events that are taken at once.
const BATCH: usize = 64;
/// How many items are remembered as lately read from the database; as many before them are, too.
const REMEMBERED: usize = 100_000;

/// Runs until the bot stops or the core ends.
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
            // Checked before the events, which may come without a pause.
            () = due => {
                let is_routine = again.is_none();
                // Events about things that no list of unread chats shows may be lost, too.
                if is_routine {
                    engine.support_chats.miss();
                }
                look_back(&engine, &mut again).await;
                let is_due = match is_routine {
                    // One that failed is repeated as it is.
                    true => !engine.looking_at_state.is_failing(),
                    // What kept the chats from being listed may have kept the state from being looked at.
                    false => again.is_none(),
                };
                if is_due {
                    engine.look.notify_one();
                }
                routine = Instant::now() + NOW_AND_THEN;
                continue;
            }
            event = core.recv() => event,
            // Only when there is nothing to receive.
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
        // Events after a gap are not taken until it is known which chats missed messages: their order would be lost.
        CoreEvent::Lagged { events } => {
            engine.counts.lagged.add(events);
            engine.notice(Notice::Lagged { events });
            engine.support_chats.miss();
            look_back(engine, again).await;
            engine.look.notify_one();
        }
        CoreEvent::Disconnected { reason } => {
            engine.counts.connected.send_replace(false);
            engine.notice(Notice::Disconnected { reason });
        }
        CoreEvent::Reconnected => {
            engine.counts.connected.send_replace(true);
            engine.counts.reconnects.add(1);
            engine.out_of_trouble();
            // While it was not reached, it refused nothing.
            engine.counts.marked(true);
            engine.notice(Notice::Reconnected);
            // A CLI may have been replaced meanwhile. The intake does not wait for the answer.
            let asking = Arc::clone(engine);
            engine.tasks.spawn(async move {
                let api = asking.api(asking.profiles.own());
                before_stop(&asking, setup::check_version(&api)).await;
            });
            engine.support_chats.miss();
            look_back(engine, again).await;
            engine.look.notify_one();
        }
        _ => {}
    }
}

/// Finds the chats that have something unread, and makes their lanes read it.
async fn look_back(engine: &Arc<Engine>, again: &mut Option<Instant>) {
    *again = None;
    if !engine.looks_back() {
        return;
    }
    let looking = async {
        let mut looked = Ok(());
        for user in engine.profiles.ids().await? {
            // A profile that cannot be looked at does not keep the others from it.
            looked = looked.and(look_back_in(engine, user).await);
        }
        looked
    };
    let Some(looked) = before_stop(engine, looking).await else { return };
    match looked {
        Ok(()) => engine.looking_back.worked(None),
        Err(error) => {
            engine.looking_back.failed(None, &error);
            *again = Some(Instant::now() + LOOK_AGAIN);
        }
    }
}

async fn look_back_in(engine: &Arc<Engine>, user: UserId) -> Result<(), ApiError> {
    let found = unread::unread_chats(&engine.api(user), user).await?;
    let found = found.into_iter().map(|(chat, changed)| (Key { user, chat }, changed));
    let found = found.filter(|(key, changed)| !engine.looked_at.is_unchanged(*key, *changed));
    found.for_each(|(key, _)| engine.read_behind(key));
    // The other support chats are looked at in parallel with the events: see `reconcile`. There it is repeated if it fails,
    // and said; meanwhile only support chats are unsure.
    let _ = unread::read_support_chats(engine, user, unread::wants_attention).await;
    Ok(())
}

/// Whether a chat may have missed messages that are not known yet.
fn is_unsure(engine: &Engine, chat: ChatRef, unsure: bool) -> bool {
    unsure
        || (matches!(chat, ChatRef::Group(_, Some(_)))
            && engine.looks_back()
            && engine.support_chats.missed().is_some())
}

/// Takes an event. While it is unknown which chats have missed messages, new ones are read from the database: earlier
/// ones may be there.
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
    // The tag of an error is the kind of the error; for handlers all errors are one kind of event.
    let tag = if frame.outcome() == FrameOutcome::Error { "chatError" } else { frame.tag() };
    notices::at_event(engine, tag, &frame);
    // If nothing is queued or left in the database, a change matters only to the handlers of its own event.
    if is_change(tag) && !engine.lanes.is_empty() && touch(engine, user, frame.body()) {
        if tag == "chatItemUpdated" && engine.looks_back() {
            take_edited(engine, user, frame.body());
        }
        return;
    }
    if matches!(tag, "deletedMember" | "leftMember" | "groupChatItemsDeleted") && !engine.lanes.is_empty() {
        touch_many(engine, &frame);
    }
    let wanted = engine.events.as_ref().is_some_and(|events| (events.wants)(tag));
    if engine.waiters.want_event(tag)
        && let Some(event) = worker::decode(&frame)
    {
        engine.waiters.show_event(tag, &Arc::new(event));
    }
    if wanted {
        let (key, news) = lane_of(user, tag, &frame);
        engine.offer_event(key, news, frame.text().len(), Job::Frame(frame.clone()));
    }
    match tag {
        "chatItemUpdated" if engine.looks_back() => take_edited(engine, user, frame.body()),
        "sndFileProgressXFTP" => reconcile::watch_sent(engine, user, &frame),
        // The chat's unread items are read from the database after the handlers of this event, in the same lane.
        "contactSndReady" | "contactConnected" if engine.wants_messages || engine.waiters.want_messages() => {
            let (key, _) = lane_of(user, tag, &frame);
            if engine.early.is_over(key) || engine.leaves_early_ones() && is_prepared(frame.body()) {
                engine.read_behind(key);
            }
        }
        "receivedGroupInvitation" if marks_invitations(engine) => engine.read_behind(lane_of(user, tag, &frame).0),
        _ => {}
    }
    // If nobody wants messages, none is decoded or marked.
    if tag == "newChatItems" && (engine.wants_messages || engine.waiters.want_messages()) {
        take_items(engine, user, frame, unsure);
    }
}

/// Notes a change of queued items; returns whether their chat is behind, so that the database will show the change.
fn touch(engine: &Arc<Engine>, user: UserId, body: &str) -> bool {
    let Some((chat, items)) = of_chat(body) else { return false };
    let key = Key { user, chat };
    for item in items {
        engine.lanes.set_stale(key, item);
        if let Some(turns) = &engine.turns {
            turns.set_stale(item);
        }
    }
    engine.lanes.left(key).is_some()
}

/// Takes a message that an edit makes one to be handled: a message that was deleted here becomes unread again, and a
/// live message is finished. No other event reports that.
fn take_edited(engine: &Arc<Engine>, user: UserId, body: &str) {
    let Some(seen) = glance(body).filter(|seen| seen.received && seen.unread) else { return };
    if seen.live {
        engine.live.goes_on(seen.item);
    } else if !engine.lanes.knows(seen.item) {
        engine.live.ends(seen.item);
        engine.read_behind(Key { user, chat: seen.chat });
    }
}

/// Notes items that are deleted without an event for each: the messages of a member whom moderators remove, the support
/// chat of a member who is no longer in the group (the core's sources between 6.5 and 7.0), and reports.
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
            let items: Vec<i64> = event.chat_item_ids.iter().map(|item| item.0).collect();
            engine.look_again(ChatRef::group(event.group_info.group_id), &items);
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
            // An edit will say when it is finished.
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

/// Whether the items of invitations are marked only after the handlers of the event, which comes after the item.
fn marks_invitations(engine: &Engine) -> bool {
    engine.wanted.invitation && engine.looks_back()
}

/// The lane for the handlers of an event: that of the event's chat, or the profile's own. And what the event is the
/// latest news of: the status of an item, the progress of a file.
fn lane_of(user: UserId, tag: &str, frame: &Frame) -> (Key, Option<News>) {
    let (chat, items) = of_chat(frame.body()).unwrap_or((ChatRef::Connection(ConnectionId(0)), Vec::new()));
    let news = match (tag, items.as_slice()) {
        ("chatItemsStatusesUpdated", [item]) => Some(('s', *item)),
        ("sndFileProgressXFTP" | "rcvFileProgressXFTP", [item]) => Some(('p', *item)),
        _ => None,
    };
    (Key { user, chat }, news)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::ContactId;

    #[test]
    fn of_the_status_of_an_item_and_of_how_far_a_file_came_the_latest_is_news() {
        let frame = Frame::parse(include_str!("../../tests/message.json").trim_end().to_owned());
        let key = Key { user: UserId(1), chat: ChatRef::Direct(ContactId(4)) };
        for (tag, news) in [
            ("chatItemsStatusesUpdated", Some(('s', 8))),
            ("sndFileProgressXFTP", Some(('p', 8))),
            ("rcvFileProgressXFTP", Some(('p', 8))),
            ("chatItemUpdated", None),
            ("rcvFileComplete", None),
        ] {
            assert_eq!(lane_of(UserId(1), tag, &frame), (key, news), "{tag}");
        }
    }
}
