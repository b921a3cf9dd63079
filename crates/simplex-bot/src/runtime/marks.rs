//! Marking read what was handled: in batches per chat, repeated until the core takes it.

use std::collections::HashMap;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep_until};

use crate::api::ChatApi;
use crate::types::{ChatItemId, ChatRef, NonEmpty};

/// A batch of one chat is sent when it is this large …
const BATCH: usize = 100;
/// … or this old.
const AGE: Duration = Duration::from_millis(100);
/// Between two attempts to mark the same items.
const RETRY: Duration = Duration::from_secs(1);
/// Items that wait for the marker before lanes wait for it.
const WAITING: usize = 4096;

/// Where lanes leave the ids of items that were handled.
#[derive(Debug, Clone)]
pub(crate) struct Marks {
    handled: mpsc::Sender<(ChatRef, ChatItemId)>,
}

impl Marks {
    /// Starts the marker. It ends, everything marked, when the last `Marks` is dropped.
    pub(crate) fn start(api: ChatApi) -> (Self, JoinHandle<()>) {
        let (handled, items) = mpsc::channel(WAITING);
        (Self { handled }, tokio::spawn(mark_all(api, items)))
    }

    /// Takes one handled item.
    pub(crate) async fn add(&self, chat: ChatRef, item: ChatItemId) {
        // The marker outlives every lane; without it the item stays unread, which the promise allows.
        let _ = self.handled.send((chat, item)).await;
    }
}

async fn mark_all(api: ChatApi, mut items: mpsc::Receiver<(ChatRef, ChatItemId)>) {
    let mut batches: HashMap<ChatRef, Vec<ChatItemId>> = HashMap::new();
    let mut due: Option<Instant> = None;
    loop {
        let flush = async {
            match due {
                Some(at) => sleep_until(at).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            received = items.recv() => match received {
                Some((chat, item)) => {
                    let batch = batches.entry(chat).or_default();
                    batch.push(item);
                    if batch.len() >= BATCH {
                        let full = std::mem::take(batch);
                        if let Some(left) = mark(&api, chat, full).await {
                            batches.insert(chat, left);
                            due = Some(Instant::now() + RETRY);
                        } else {
                            batches.remove(&chat);
                        }
                    }
                    due = due.or_else(|| Some(Instant::now() + AGE));
                }
                None => break,
            },
            () = flush => {
                due = None;
                for (chat, batch) in std::mem::take(&mut batches) {
                    if let Some(left) = mark(&api, chat, batch).await {
                        batches.insert(chat, left);
                        due = Some(Instant::now() + RETRY);
                    }
                }
            }
        }
    }
    for (chat, batch) in batches {
        if mark(&api, chat, batch).await.is_some() {
            tracing::warn!(%chat, "some handled messages stay unread: they will be handled again");
        }
    }
}

/// Marks one batch; gives it back when that failed in a way that may pass.
async fn mark(api: &ChatApi, chat: ChatRef, batch: Vec<ChatItemId>) -> Option<Vec<ChatItemId>> {
    let items = NonEmpty::new(batch.clone())?;
    match api.read_chat_items(chat, items).await {
        Ok(()) => None,
        // The chat is gone, and its items with it.
        Err(error) if error.is_not_found() => None,
        Err(error) => {
            tracing::warn!(%chat, %error, items = batch.len(), "cannot mark messages read");
            Some(batch)
        }
    }
}
