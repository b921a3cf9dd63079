//! Following messages to their recipients.

#![allow(clippy::expect_used, clippy::panic, reason = "what fails here fails a test")]

mod common;

use std::sync::Arc;
use std::time::Duration;

use common::recorded;
use simplex_api::core::mock::MockCore;
use simplex_api::types::*;
use simplex_api::{ChatApi, DeliveryError, DeliveryTracker};

const WAIT: Duration = Duration::from_secs(60);

async fn sent_item() -> AChatItem {
    let api = ChatApi::new(Arc::new(MockCore::new(|_| &*recorded("send_messages").answer)));
    let sent = api.send_text_message(ContactId(4), "hi incognito", None).await.expect("sent");
    sent.into_iter().next().expect("an item")
}

fn status(id: ChatItemId, status: &str) -> Frame {
    Frame::parse(format!(
        r#"{{"result":{{"type":"chatItemsStatusesUpdated","chatItems":[{{"chatInfo":{{"type":"direct"}},"chatItem":{{"meta":{{"itemTs":"2026-01-01T00:00:00Z","itemId":{id},"itemStatus":{status}}}}}}}]}}}}"#
    ))
}

const SENT: &str = r#"{"type":"sndSent","sndProgress":"complete"}"#;
const TO_SOME: &str = r#"{"type":"sndRcvd","msgRcptStatus":"ok","sndProgress":"partial"}"#;
const RECEIVED: &str = r#"{"type":"sndRcvd","msgRcptStatus":"ok","sndProgress":"complete"}"#;
const WARNED: &str = r#"{"type":"sndWarning","agentError":{"type":"quota"}}"#;
const FAILED: &str = r#"{"type":"sndErrorAuth"}"#;

#[tokio::test(start_paused = true)]
async fn an_item_is_followed_from_new_to_delivered() {
    let (tracker, item) = (DeliveryTracker::default(), sent_item().await);
    let delivery = tracker.track(&item).expect("followed");
    assert_eq!(delivery.status().tag().as_str(), "sndNew");
    let waits = {
        let delivery = delivery.clone();
        async move { delivery.delivered(WAIT).await }
    };
    let waits = tokio::spawn(waits);
    for text in [SENT, TO_SOME, RECEIVED] {
        tracker.observe(&status(item.id(), text));
        tokio::task::yield_now().await;
    }
    assert!(waits.await.expect("no panic").expect("delivered").is_delivered());
    assert!(delivery.sent(WAIT).await.expect("sent before").is_sent());
}

#[tokio::test(start_paused = true)]
async fn an_item_that_does_not_fit_leaves_the_statuses_of_the_others() {
    let (tracker, item) = (DeliveryTracker::default(), sent_item().await);
    let delivery = tracker.track(&item).expect("followed");
    let event = status(item.id(), RECEIVED);
    for unfit in [r#"{"chatItem":{"meta":{"itemId":"x"}}}"#, r#"{"chatInfo":{}}"#, "5", "null"] {
        let text = event.text().replace("\"chatItems\":[", &format!("\"chatItems\":[{unfit},"));
        tracker.observe(&Frame::parse(text));
        assert!(delivery.status().is_delivered(), "{unfit}");
        tracker.observe(&status(item.id(), SENT));
    }
}

#[tokio::test(start_paused = true)]
async fn an_event_that_is_faster_than_the_caller_is_not_missed() {
    let (tracker, item) = (DeliveryTracker::default(), sent_item().await);
    tracker.observe(&status(item.id(), SENT));
    tracker.observe(&status(item.id(), RECEIVED));
    let delivery = tracker.track(&item).expect("followed");
    // Of several statuses, however far apart, the latest counts.
    let mut other = item.clone();
    other.chat_item.meta.item_id = ChatItemId(1_000);
    tracker.observe(&status(other.id(), SENT));
    (2_000..2_100).for_each(|id| tracker.observe(&status(ChatItemId(id), SENT)));
    tracker.observe(&status(other.id(), RECEIVED));
    assert!(tracker.track(&other).expect("followed").status().is_delivered());
    // The longest time that there is, too.
    for within in [WAIT, Duration::MAX] {
        delivery.delivered(within).await.expect("delivered");
    }
}

#[tokio::test(start_paused = true)]
async fn an_item_can_be_followed_by_several_and_anew() {
    let (tracker, item) = (DeliveryTracker::default(), sent_item().await);
    let (first, second) = (tracker.track(&item).expect("followed"), tracker.track(&item).expect("followed"));
    tracker.observe(&status(item.id(), SENT));
    assert!(first.status().is_sent() && second.status().is_sent());
    drop((first, second));
    // Nobody follows it now: its next status is kept all the same.
    tracker.observe(&status(item.id(), RECEIVED));
    assert!(tracker.track(&item).expect("followed").status().is_delivered());
}

#[tokio::test(start_paused = true)]
async fn waits_end_at_failures_and_deadlines() {
    let (tracker, item) = (DeliveryTracker::default(), sent_item().await);
    let delivery = tracker.track(&item).expect("followed");
    tracker.observe(&status(item.id(), SENT));
    let error = delivery.delivered(WAIT).await.expect_err("nobody received it");
    assert!(matches!(&error, DeliveryError::Timeout { status, .. } if status.is_sent()), "{error}");
    assert_eq!(error.to_string(), format!("the item {} was not seen delivered within 60s; it is sndSent", item.id()));
    // Nor is a warning the end, such as that the recipient's queue is full.
    tracker.observe(&status(item.id(), WARNED));
    assert!(matches!(delivery.sent(WAIT).await, Err(DeliveryError::Timeout { .. })));
    tracker.observe(&status(item.id(), TO_SOME));
    assert!(delivery.sent(WAIT).await.is_ok() && !delivery.status().is_delivered());
    tracker.observe(&status(item.id(), FAILED));
    assert!(matches!(delivery.delivered(WAIT).await, Err(DeliveryError::Failed { .. })));
    // Other events, and what is none, change nothing.
    tracker.observe(&Frame::parse(r#"{"result":{"type":"chatItemsStatusesUpdated","chatItems":[{}]}}"#));
    tracker.observe(&Frame::parse("nonsense"));
    assert!(delivery.status().is_failed());
}

#[tokio::test(start_paused = true)]
async fn memory_is_bounded() {
    let (tracker, item) = (DeliveryTracker::new(2), sent_item().await);
    let item = |id: i64| {
        let mut item = item.clone();
        item.chat_item.meta.item_id = ChatItemId(id);
        item
    };
    for id in 0..1000 {
        tracker.observe(&status(ChatItemId(id), SENT));
    }
    assert_eq!(format!("{tracker:?}"), "DeliveryTracker { followed: 0, recent: 2 }");
    let first = tracker.track(&item(1)).expect("followed");
    let _second = tracker.track(&item(2)).expect("followed");
    assert_eq!(tracker.track(&item(3)).expect_err("full"), DeliveryError::Full { most: 2 });
    drop(first);
    tracker.track(&item(3)).expect("followed: nobody waits for the first any more");
}

/// Through the simulated core: statuses as it tells them.
#[tokio::test(start_paused = true)]
async fn a_message_through_the_simulated_network_is_seen_delivered() {
    use simplex_api::ChatCore;
    use simplex_api::core::CoreEvent;
    let network = simplex_sim::SimNetwork::new(simplex_sim::Settings::default());
    let mut people = Vec::new();
    for name in ["alice", "bob"] {
        let core = Arc::new(network.open(name, "").expect("a database"));
        let api = ChatApi::new(core.clone());
        api.create_active_user(Some(Profile::new(name, ""))).await.expect("a user");
        api.start_chat().await.expect("started");
        people.push((core, api));
    }
    let [(alice_core, alice), (_bob_core, bob)] = &people[..] else { panic!("two people") };
    let link = alice.create_link(UserId(1)).await.expect("a link");
    bob.connect_active_user(link.link(), false).await.expect("connecting");
    let tracker = DeliveryTracker::default();
    let contact = tokio::time::timeout(WAIT, async {
        loop {
            let Some(CoreEvent::Frame(frame)) = alice_core.recv().await else { panic!("the core ended") };
            if let Event::ContactConnected(event) = Event::decode(&frame).expect("an event").value {
                break event.contact.contact_id;
            }
        }
    });
    let contact = contact.await.expect("connected");
    let sent = alice.send_text_message(contact, "hello", None).await.expect("sent");
    let delivery = tracker.track(&sent[0]).expect("followed");
    let owner = async {
        loop {
            let Some(CoreEvent::Frame(frame)) = alice_core.recv().await else { panic!("the core ended") };
            tracker.observe(&frame);
        }
    };
    tokio::select! {
        result = delivery.delivered(WAIT) => assert!(result.expect("delivered").is_delivered()),
        () = owner => {}
    }
}
