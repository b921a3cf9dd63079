//! The buffer between the receiver, which gets events from the core, and their consumer. It is bounded in events and bytes,
//! and the receiver never waits for it.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use crate::{CoreEvent, Frame};

/// How much is buffered for a consumer that is slower than the core.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct EventLimits {
    /// The maximum number of events.
    pub events: usize,
    /// The maximum total size of their texts, in bytes.
    pub bytes: usize,
}

impl Default for EventLimits {
    fn default() -> Self {
        Self { events: 32_768, bytes: 64 << 20 }
    }
}

#[derive(Debug)]
pub(crate) struct EventBuffer {
    limits: EventLimits,
    state: Mutex<State>,
    changed: Notify,
}

#[derive(Debug, Default)]
struct State {
    queue: VecDeque<CoreEvent>,
    /// The last change of the connection that found no room. It comes after the gap, and is never lost: otherwise the
    /// consumer would not know how the connection is now.
    connection: Option<CoreEvent>,
    bytes: usize,
    ended: bool,
}

impl EventBuffer {
    pub(crate) fn new(limits: EventLimits) -> Self {
        Self { limits, state: Mutex::default(), changed: Notify::new() }
    }

    /// Adds an event, or counts it as lost when there is no room. Never waits.
    pub(crate) fn push(&self, event: CoreEvent) {
        self.push_quietly(event);
        self.wake();
    }

    /// Wakes the consumer for what was pushed quietly.
    pub(crate) fn wake(&self) {
        self.changed.notify_one();
    }

    /// Like [`push`](Self::push), but does not wake the consumer, which costs more than most events do; call
    /// [`wake`](Self::wake) for that.
    pub(crate) fn push_quietly(&self, event: CoreEvent) {
        let size = size_of(&event);
        let mut state = self.state();
        if state.ended {
            return;
        }
        let full = state.queue.len() >= self.limits.events || state.bytes + size > self.limits.bytes;
        // After a gap, room for a single event is of no use: the next gap would follow it. So the gap stays open until
        // half of the buffer is free.
        let half_full = full || state.queue.len() > self.limits.events / 2 || state.bytes > self.limits.bytes / 2;
        let is_frame = matches!(event, CoreEvent::Frame(_));
        match state.queue.back_mut() {
            Some(CoreEvent::Lagged { events }) if half_full && is_frame => *events += 1,
            Some(CoreEvent::Lagged { .. }) if half_full => state.connection = Some(event),
            Some(_) if full && is_frame => state.queue.push_back(CoreEvent::Lagged { events: 1 }),
            Some(_) if full => state.connection = Some(event),
            _ => {
                let connection = state.connection.take();
                state.queue.extend(connection);
                state.bytes += size;
                state.queue.push_back(event);
            }
        }
    }

    /// Ends the stream of events; those that are buffered can still be taken.
    pub(crate) fn end(&self) {
        self.state().ended = true;
        self.changed.notify_waiters();
    }

    /// The next event; `None` at the end. Cancel safe: an event is taken only by the poll that returns it.
    pub(crate) async fn recv(&self) -> Option<CoreEvent> {
        loop {
            // Created before looking, so that an end between looking and waiting is not missed.
            let changed = self.changed.notified();
            {
                let mut state = self.state();
                if let Some(event) = state.queue.pop_front().or_else(|| state.connection.take()) {
                    state.bytes -= size_of(&event);
                    return Some(event);
                }
                if state.ended {
                    return None;
                }
            }
            changed.await;
        }
    }

    /// Takes the events that are buffered, `most` of them at most.
    pub(crate) fn take_ready(&self, most: usize, into: &mut VecDeque<CoreEvent>) {
        let mut state = self.state();
        let count = state.queue.len().min(most);
        let taken: usize = state.queue.iter().take(count).map(size_of).sum();
        state.bytes -= taken;
        into.extend(state.queue.drain(..count));
        if count < most {
            into.extend(state.connection.take());
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn size_of(event: &CoreEvent) -> usize {
    match event {
        CoreEvent::Frame(frame) => frame.text().len(),
        _ => 0,
    }
}

impl From<Frame> for CoreEvent {
    fn from(frame: Frame) -> Self {
        Self::Frame(frame)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(n: usize) -> CoreEvent {
        Frame::parse(format!(r#"{{"result":{{"type":"e{n}"}}}}"#)).into()
    }

    async fn take(buffer: &EventBuffer) -> String {
        match buffer.recv().await {
            Some(CoreEvent::Frame(frame)) => frame.tag().to_owned(),
            Some(CoreEvent::Lagged { events }) => format!("lagged {events}"),
            other => format!("{other:?}"),
        }
    }

    #[tokio::test]
    async fn a_slow_consumer_sees_one_gap_where_events_are_missing() {
        let buffer = EventBuffer::new(EventLimits { events: 4, bytes: usize::MAX });
        for n in 0..10 {
            buffer.push(event(n));
        }
        for expected in ["e0", "e1"] {
            assert_eq!(take(&buffer).await, expected);
        }
        // Less than half is free: the gap grows.
        buffer.push(event(10));
        assert_eq!(take(&buffer).await, "e2");
        buffer.push(event(11));
        for expected in ["e3", "lagged 7", "e11"] {
            assert_eq!(take(&buffer).await, expected);
        }
        buffer.push(event(12));
        buffer.end();
        buffer.push(event(13));
        assert_eq!(take(&buffer).await, "e12");
        assert_eq!(take(&buffer).await, "None");
    }

    #[tokio::test]
    async fn how_the_connection_is_now_survives_a_gap() {
        let buffer = EventBuffer::new(EventLimits { events: 2, bytes: usize::MAX });
        let lose = || buffer.push(CoreEvent::Disconnected { reason: "gone".to_owned() });
        buffer.push(event(0));
        lose();
        buffer.push(CoreEvent::Reconnected);
        (1..4).for_each(|n| buffer.push(event(n)));
        let lost = r#"Some(Disconnected { reason: "gone" })"#;
        for expected in ["e0", lost, "lagged 3", "Some(Reconnected)"] {
            assert_eq!(take(&buffer).await, expected);
        }
        // What was lost and restored within a gap was restored; the next event comes after it.
        (4..7).for_each(|n| buffer.push(event(n)));
        lose();
        buffer.push(CoreEvent::Reconnected);
        assert_eq!(take(&buffer).await, "e4");
        assert_eq!(take(&buffer).await, "e5");
        buffer.push(event(7));
        let mut taken = VecDeque::new();
        buffer.take_ready(1, &mut taken);
        assert!(matches!(taken.pop_front(), Some(CoreEvent::Lagged { events: 1 })));
        buffer.take_ready(100, &mut taken);
        assert!(matches!(taken.pop_front(), Some(CoreEvent::Reconnected)));
        assert!(matches!(taken.pop_front(), Some(CoreEvent::Frame(_))));
        // Also when nothing comes after it.
        (8..11).for_each(|n| buffer.push(event(n)));
        lose();
        buffer.take_ready(100, &mut taken);
        assert!(matches!(taken.pop_back(), Some(CoreEvent::Disconnected { .. })), "{taken:?}");
        assert!(matches!(taken.pop_back(), Some(CoreEvent::Lagged { events: 1 })), "{taken:?}");
    }

    #[tokio::test]
    async fn bytes_are_bounded_too() {
        let one = size_of(&event(0));
        let buffer = EventBuffer::new(EventLimits { events: 1000, bytes: 3 * one });
        for n in 0..5 {
            buffer.push(event(n));
        }
        for expected in ["e0", "e1", "e2", "lagged 2"] {
            assert_eq!(take(&buffer).await, expected);
        }
        // All room is given back.
        for n in 5..8 {
            buffer.push(event(n));
        }
        for expected in ["e5", "e6", "e7"] {
            assert_eq!(take(&buffer).await, expected);
        }
        // After a gap there may be room for some events, but not for a large one: the gap grows.
        (1000..1005).for_each(|n| buffer.push(event(n)));
        for expected in ["e1000", "e1001"] {
            assert_eq!(take(&buffer).await, expected);
        }
        let large = format!(r#"{{"result":{{"type":"{}"}}}}"#, "e".repeat(4 * one));
        (0..3).for_each(|_| buffer.push(Frame::parse(large.clone()).into()));
        assert_eq!(take(&buffer).await, "lagged 6");
    }

    #[tokio::test]
    async fn a_cancelled_receive_loses_nothing() {
        let buffer = EventBuffer::new(EventLimits::default());
        for n in 0..100 {
            let mut receive = Box::pin(buffer.recv());
            assert!(futures_poll(receive.as_mut()).is_pending());
            buffer.push(event(n));
            drop(receive);
            assert_eq!(take(&buffer).await, format!("e{n}"));
        }
    }

    #[tokio::test]
    async fn what_is_here_is_taken_at_once_in_order_and_makes_room() {
        let one = size_of(&event(0));
        let buffer = EventBuffer::new(EventLimits { events: 1000, bytes: 5 * one });
        (0..5).for_each(|n| buffer.push(event(n)));
        assert_eq!(take(&buffer).await, "e0");
        let mut taken = VecDeque::new();
        buffer.take_ready(2, &mut taken);
        (5..8).for_each(|n| buffer.push(event(n)));
        buffer.take_ready(100, &mut taken);
        buffer.take_ready(100, &mut taken);
        let tags: Vec<_> = taken.iter().map(|event| format!("{event:?}")).collect();
        assert_eq!(tags.len(), 7, "{tags:?}");
        assert!((1..8).zip(&tags).all(|(n, tag)| tag.contains(&format!("\"e{n}\""))), "{tags:?}");
        buffer.end();
        assert_eq!(take(&buffer).await, "None");
    }

    fn futures_poll<F: Future>(future: std::pin::Pin<&mut F>) -> std::task::Poll<F::Output> {
        future.poll(&mut std::task::Context::from_waker(std::task::Waker::noop()))
    }
}
