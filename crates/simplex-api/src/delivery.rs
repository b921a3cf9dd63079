//! Tracking sent items until they are delivered.

use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::Deserialize;
use simplex_types::types::{AChatItem, CiStatus};
use simplex_types::{ChatItemId, Frame, RawJson};
use tokio::sync::watch;
use tokio::time::timeout;

/// Tracks the delivery of sent items by the core's events. Clones share their state.
///
/// The owner of the core's events passes each of them to [`observe`](Self::observe). Memory is bounded: the tracker
/// keeps the latest statuses of items that nobody follows yet, because an event may arrive before the call to
/// [`track`](Self::track), and only a limited number of items can be followed at once.
///
/// ```
/// use std::time::Duration;
/// use simplex_api::types::ContactId;
/// use simplex_api::{ChatApi, DeliveryTracker};
///
/// async fn example(api: ChatApi, tracker: DeliveryTracker, contact: ContactId) -> Result<(), Box<dyn std::error::Error>> {
///     let sent = api.send_text_message(contact, "build 4711 failed", None).await?;
///     for item in &sent {
///         tracker.track(item)?.delivered(Duration::from_mins(1)).await?;
///     }
///     Ok(())
/// }
/// ```
#[derive(Clone)]
pub struct DeliveryTracker(Arc<Mutex<State>>);

struct State {
    followed: HashMap<ChatItemId, watch::Sender<CiStatus>>,
    recent: VecDeque<(ChatItemId, CiStatus)>,
    most: usize,
}

/// Why an item was not seen to be delivered.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum DeliveryError {
    /// The core gave up on the item: for example, the recipient has deleted the contact.
    #[error("the item {item} cannot be delivered: {}", status.tag())]
    Failed {
        /// The item.
        item: ChatItemId,
        /// Its last status, with the reason.
        status: CiStatus,
    },
    /// The item did not get this far by the deadline. It still may: a recipient who is offline gets it later.
    #[error("the item {item} was not seen delivered within {after:?}; it is {}", status.tag())]
    Timeout {
        /// The item.
        item: ChatItemId,
        /// The deadline that passed.
        after: Duration,
        /// Its last status.
        status: CiStatus,
    },
    /// The maximum number of items is already being followed.
    #[error("{most} items are being followed already")]
    Full {
        /// The maximum.
        most: usize,
    },
}

impl Default for DeliveryTracker {
    /// Creates a tracker for up to 4,096 items at once.
    fn default() -> Self {
        Self::new(4096)
    }
}

impl DeliveryTracker {
    /// Creates a tracker that follows up to `most` items at once, and keeps as many statuses of other items.
    pub fn new(most: usize) -> Self {
        let (followed, recent) = (HashMap::new(), VecDeque::new());
        Self(Arc::new(Mutex::new(State { followed, recent, most: most.max(1) })))
    }

    /// Processes an event. All events except item statuses are skipped by their tag.
    pub fn observe(&self, frame: &Frame) {
        if frame.tag() != "chatItemsStatusesUpdated" {
            return;
        }
        let items = match serde_json::from_str::<StatusesUpdated<Item>>(frame.body()) {
            Ok(event) => event.chat_items,
            // What does not fit is no status that anybody could wait for; the others of the event are.
            Err(_) => match serde_json::from_str::<StatusesUpdated<RawJson>>(frame.body()) {
                Ok(event) => event.chat_items.iter().filter_map(|item| item.decode().ok()).collect(),
                Err(_) => return,
            },
        };
        let mut state = self.state();
        for item in items {
            state.note(item.chat_item.meta.item_id, item.chat_item.meta.item_status);
        }
    }

    /// Follows an item, starting from the latest status reported by an event, or else from the item's own.
    ///
    /// # Errors
    /// [`DeliveryError::Full`].
    pub fn track(&self, item: &AChatItem) -> Result<Delivery, DeliveryError> {
        let id = item.id();
        let mut state = self.state();
        if let Some(sender) = state.followed.get(&id) {
            return Ok(Delivery { item: id, status: sender.subscribe() });
        }
        if state.followed.len() >= state.most {
            state.followed.retain(|_, sender| sender.receiver_count() > 0);
            if state.followed.len() >= state.most {
                return Err(DeliveryError::Full { most: state.most });
            }
        }
        let known = state.recent.iter().rposition(|(known, _)| *known == id);
        let known = known.and_then(|at| state.recent.remove(at)).map(|(_, status)| status);
        let (sender, status) = watch::channel(known.unwrap_or_else(|| item.chat_item.meta.item_status.clone()));
        state.followed.insert(id, sender);
        Ok(Delivery { item: id, status })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn note(&mut self, item: ChatItemId, status: CiStatus) {
        if let Some(sender) = self.followed.get(&item) {
            if sender.receiver_count() > 0 {
                sender.send_replace(status);
                return;
            }
            self.followed.remove(&item);
        }
        if let Some(known) = self.recent.iter_mut().rev().take(64).find(|(known, _)| *known == item) {
            known.1 = status;
            return;
        }
        if self.recent.len() >= self.most {
            self.recent.pop_front();
        }
        self.recent.push_back((item, status));
    }
}

impl fmt::Debug for DeliveryTracker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.state();
        f.debug_struct("DeliveryTracker")
            .field("followed", &state.followed.len())
            .field("recent", &state.recent.len())
            .finish()
    }
}

/// A sent item that is being tracked.
#[derive(Debug, Clone)]
pub struct Delivery {
    item: ChatItemId,
    status: watch::Receiver<CiStatus>,
}

impl Delivery {
    /// The id of the item.
    pub fn item(&self) -> ChatItemId {
        self.item
    }

    /// The latest known status.
    pub fn status(&self) -> CiStatus {
        self.status.borrow().clone()
    }

    /// Waits until the servers of all recipients have the item or, in a group, the device of at least one: see
    /// [`CiStatus::is_sent`].
    ///
    /// # Errors
    /// [`DeliveryError::Failed`], [`DeliveryError::Timeout`].
    ///
    /// # Cancel safety
    /// Cancel safe.
    pub async fn sent(&self, within: Duration) -> Result<CiStatus, DeliveryError> {
        self.until(CiStatus::is_sent, within).await
    }

    /// Waits until the devices of all recipients have the item. This needs delivery receipts, which are on by default
    /// for contacts and small groups.
    ///
    /// # Errors
    /// [`DeliveryError::Failed`], [`DeliveryError::Timeout`].
    ///
    /// # Cancel safety
    /// Cancel safe.
    pub async fn delivered(&self, within: Duration) -> Result<CiStatus, DeliveryError> {
        self.until(CiStatus::is_delivered, within).await
    }

    /// Waits for a status for which `wanted` returns true.
    ///
    /// # Errors
    /// [`DeliveryError::Failed`], [`DeliveryError::Timeout`].
    ///
    /// # Cancel safety
    /// Cancel safe.
    pub async fn until(&self, wanted: impl Fn(&CiStatus) -> bool, within: Duration) -> Result<CiStatus, DeliveryError> {
        let mut status = self.status.clone();
        let seen = timeout(within, status.wait_for(|status| wanted(status) || status.is_failed())).await;
        match seen {
            Ok(Ok(status)) if wanted(&status) => Ok(status.clone()),
            Ok(Ok(status)) => Err(DeliveryError::Failed { item: self.item, status: status.clone() }),
            // The tracker is gone: no more will be known, by the deadline or later.
            Ok(Err(_)) | Err(_) => {
                Err(DeliveryError::Timeout { item: self.item, after: within, status: self.status() })
            }
        }
    }
}

/// As much of the event as statuses need: one pass, without the chats and contents around them.
#[derive(Deserialize)]
struct StatusesUpdated<T> {
    #[serde(rename = "chatItems")]
    chat_items: Vec<T>,
}

#[derive(Deserialize)]
struct Item {
    #[serde(rename = "chatItem")]
    chat_item: Inner,
}

#[derive(Deserialize)]
struct Inner {
    meta: Meta,
}

#[derive(Deserialize)]
struct Meta {
    #[serde(rename = "itemId")]
    item_id: ChatItemId,
    #[serde(rename = "itemStatus")]
    item_status: CiStatus,
}
