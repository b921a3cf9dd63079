//! The one consumer of the core's events: looks at the tag, decodes what somebody wants, queues it in its lane.

use std::sync::Arc;

use crate::core::{CoreEvent, Frame, Outcome};
use crate::message::Message;
use crate::types::{Event, EventTag};

use super::Engine;

/// Runs until it is told to stop or the core ends.
pub(super) async fn run(engine: Arc<Engine>) {
    let core = Arc::clone(engine.parts.api.core());
    loop {
        let event = tokio::select! {
            biased;
            () = engine.stop.cancelled() => return,
            event = core.recv() => event,
        };
        match event {
            Some(CoreEvent::Frame(frame)) => take(&engine, &frame),
            Some(CoreEvent::Lagged { events }) => {
                tracing::warn!(
                    events,
                    "the core was faster than the bot; messages among them are unread in its database"
                );
            }
            Some(CoreEvent::Disconnected { reason }) => tracing::warn!(%reason, "the connection to the core is gone"),
            Some(CoreEvent::Reconnected) => tracing::info!("connected to the core again"),
            Some(_) => {}
            None => return,
        }
    }
}

fn take(engine: &Arc<Engine>, frame: &Frame) {
    match frame.outcome() {
        Outcome::Result => {}
        // What the core's background work reports is noise to a bot, more often than not.
        Outcome::Error => return tracing::debug!(tag = frame.tag(), "an error of the core's background work"),
        _ => return tracing::warn!(bytes = frame.text().len(), "the core sent something that is not an event"),
    }
    // Without a handler for messages, nothing is decoded, and nothing marked.
    if !engine.parts.wants_messages
        || frame.tag() != EventTag::NewChatItems.as_str()
        || frame.user_id() != Some(engine.parts.user)
    {
        return;
    }
    match Event::decode(frame) {
        Ok(decoded) => {
            for lost in decoded.lost {
                tracing::warn!(path = lost.path, reason = lost.reason, "a part of an event was lost");
            }
            if let Event::NewChatItems(event) = decoded.value {
                for message in
                    event.chat_items.into_iter().filter_map(|item| Message::received(&engine.parts.api, item))
                {
                    engine.queue(message);
                }
            }
        }
        Err(error) => tracing::warn!(%error, "an event cannot be decoded"),
    }
}
