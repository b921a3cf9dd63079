//! Marking handled messages read: in batches per chat, retried until the core accepts it.

use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::sleep;

use crate::api::ApiError;
use crate::types::{ChatError, ChatErrorType, ChatItemId, NonEmpty, StoreError};

use super::attempts::pause;
use super::profiles::is_gone;
use super::{Engine, Key};

/// A chat is marked when this many of its items are handled …
pub(super) const BATCH: usize = 100;
/// … or when the first of them has waited this long.
const AGE: Duration = Duration::from_millis(100);
/// The pause between two attempts to mark the same items.
const RETRY: Duration = Duration::from_secs(1);
/// How many chats are marked at the same time.
const TOGETHER: usize = 8;

/// Marks until the handlers are drained, and then what is left.
pub(super) async fn run(engine: Arc<Engine>) {
    let mut pause = AGE;
    loop {
        tokio::select! {
            () = engine.unmarked.notified() => {}
            () = engine.drained.cancelled() => break,
        }
        tokio::select! {
            // After a failure the unmarked items alone may fill a batch, so a full batch does not end the pause.
            () = engine.batch.notified(), if pause == AGE => {}
            () = engine.drained.cancelled() => break,
            () = sleep(pause) => {}
        }
        pause = if flush(&engine).await { AGE } else { RETRY };
    }
    // Until the code that stops the bot has no more time for this.
    while !flush(&engine).await {
        sleep(RETRY / 5).await;
    }
}

/// Marks all handled items; returns whether that succeeded. Items that failed are left for the next time.
async fn flush(engine: &Arc<Engine>) -> bool {
    let mut well = true;
    let mut under_way = JoinSet::new();
    for (key, items) in engine.lanes.take_handled() {
        if under_way.len() >= TOGETHER {
            well &= matches!(under_way.join_next().await, Some(Ok(true)));
        }
        let engine = Arc::clone(engine);
        under_way.spawn(async move { mark(&engine, key, items).await });
    }
    while let Some(marked) = under_way.join_next().await {
        well &= matches!(marked, Ok(true));
    }
    well
}

/// Marks what is handled in one chat.
pub(super) async fn flush_chat(engine: &Engine, key: Key) -> bool {
    let items = engine.lanes.take_handled_of(key);
    items.is_empty() || mark(engine, key, items).await
}

/// Marks items of a chat, or hands them back.
async fn mark(engine: &Engine, key: Key, items: Vec<i64>) -> bool {
    let Some(ids) = NonEmpty::new(items.iter().map(|item| ChatItemId(*item)).collect()) else { return true };
    let given_back = HandBack { engine, key, items };
    if let Marked::Not = read(engine, key, ids).await {
        return false;
    }
    let items = given_back.keep();
    engine.journal.end(&items);
    engine.lanes.settle(key, &items);
    true
}

/// Marks an item before anybody gets it, with as many retries as needed: later items of its chat wait. Returns whether
/// the item is to be handled: not if it is gone, or the bot stops.
pub(super) async fn mark_before(engine: &Engine, key: Key, item: i64) -> bool {
    loop {
        match read(engine, key, NonEmpty::one(ChatItemId(item))).await {
            Marked::Read => return true,
            Marked::Gone => return false,
            Marked::Not => {}
        }
        if !pause(engine, RETRY).await {
            return false;
        }
    }
}

/// The result of marking items.
enum Marked {
    Read,
    /// The chat is gone, and its items with it.
    Gone,
    Not,
}

async fn read(engine: &Engine, key: Key, ids: NonEmpty<ChatItemId>) -> Marked {
    let marked = match engine.api(key.user).read_chat_items(key.chat, ids).await {
        Ok(()) => {
            engine.marking.worked(Some(key.chat));
            engine.out_of_trouble();
            Marked::Read
        }
        Err(error) if is_gone(&error) => Marked::Gone,
        // Probably carried out; if not, the next run finds the items unread.
        Err(error @ ApiError::Unexpected { .. }) => {
            tracing::warn!(chat = %key.chat, %error, "marking messages read");
            Marked::Read
        }
        Err(error) => {
            engine.marking.failed(Some(key.chat), &error);
            if is_of_core(&error) {
                engine.counts.marked(false);
            }
            return Marked::Not;
        }
    };
    engine.counts.marked(true);
    marked
}

/// Whether an error says that the core, or its database, does not work, and not only that one chat cannot be marked.
fn is_of_core(error: &ApiError) -> bool {
    let Some(error) = error.chat_error() else { return matches!(error, ApiError::Core(_)) };
    error.is_disk_full()
        || match error {
            ChatError::ErrorStore { store_error, .. } => matches!(
                **store_error,
                StoreError::DbException { .. } | StoreError::DbBusyError { .. } | StoreError::InternalError { .. }
            ),
            ChatError::Error { error_type, .. } => {
                matches!(**error_type, ChatErrorType::InternalError { .. } | ChatErrorType::Exception { .. })
            }
            _ => false,
        }
}

/// Hands back the items that were not marked, also when marking them is cancelled.
struct HandBack<'a> {
    engine: &'a Engine,
    key: Key,
    items: Vec<i64>,
}

impl HandBack<'_> {
    fn keep(mut self) -> Vec<i64> {
        std::mem::take(&mut self.items)
    }
}

impl Drop for HandBack<'_> {
    fn drop(&mut self) {
        for item in std::mem::take(&mut self.items) {
            if self.engine.lanes.handled(self.key, item) == 1 {
                self.engine.unmarked.notify_one();
            }
        }
    }
}
