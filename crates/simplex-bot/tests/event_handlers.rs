//! Which handlers of events run, and in which order; over a scripted core.

mod common;
mod scripted;

use std::sync::Arc;

use common::{Seen, next, seen};
use simplex_bot::core::mock::MockCore;
use simplex_bot::prelude::*;
use simplex_bot::types::event::NewChatItems;
use simplex_bot::types::{Event, Unknown};
use tokio::sync::mpsc::UnboundedReceiver;

use scripted::{answer, message};

const NEW_KIND: &str = r#"{"result":{"type":"kindOfTomorrow","user":{"userId":1}}}"#;

fn bot() -> (MockCore, Bot<Seen>, UnboundedReceiver<String>) {
    let core = MockCore::new(answer);
    let (seen, heard) = seen();
    (core.clone(), Bot::new("bot").core(Arc::new(core)).state(seen), heard)
}

/// A handler that says what it was registered as, and which event it got.
macro_rules! says {
    ($kind:ty, $name:literal) => {
        async |event: $kind, State(seen): State<Seen>| {
            let _ = event;
            seen.send($name.to_owned()).unwrap();
        }
    };
}

#[tokio::test]
async fn handlers_run_in_the_order_of_registration_whatever_they_are_for() {
    let (core, bot, mut heard) = bot();
    let nested = Router::new().on_event(says!(NewChatItems, "nested 1")).on_event(says!(Event, "nested 2"));
    let bot = bot
        .on_event(says!(Event, "all"))
        .on_event(says!(NewChatItems, "kind"))
        .nest(nested)
        .on_event_tagged("newChatItems", says!(Event, "tag"))
        .on_event_tagged("kindOfTomorrow", says!(Event, "tag of tomorrow"))
        .on_event(says!(Unknown, "unknown"))
        .on_event(says!(NewChatItems, "kind again"));
    let bot = bot.start().await.unwrap();
    core.push_event(message(4, 1, "x"));
    for name in ["all", "kind", "nested 1", "nested 2", "tag", "kind again"] {
        assert_eq!(next(&mut heard).await, name);
    }
    core.push_event(NEW_KIND);
    for name in ["all", "nested 2", "tag of tomorrow", "unknown"] {
        assert_eq!(next(&mut heard).await, name);
    }
    bot.stop().await.unwrap();
    assert_eq!(heard.recv().await, None);
}

/// Events that no handler wants are not decoded: each of these must say for itself which it wants.
#[tokio::test]
async fn a_handler_of_events_needs_no_other_beside_it() {
    type With = fn(Bot<Seen>) -> Bot<Seen>;
    let alone: [(With, &[&str]); 3] = [
        (|bot| bot.on_event(says!(Event, "all")), &["all", "all"]),
        (|bot| bot.on_event(says!(Unknown, "unknown")), &["unknown"]),
        (|bot| bot.on_event_tagged("kindOfTomorrow", says!(Event, "tag")), &["tag"]),
    ];
    for (with, told) in alone {
        let (core, bot, mut heard) = bot();
        let bot = with(bot).start().await.unwrap();
        core.push_event(message(4, 1, "x"));
        core.push_event(NEW_KIND);
        for name in told {
            assert_eq!(next(&mut heard).await, *name);
        }
        bot.stop().await.unwrap();
        assert_eq!(heard.recv().await, None);
    }
}

/// Before it is a future: in a function that is not async, or while its parameters are extracted.
#[tokio::test]
async fn a_handler_that_panics_at_once_keeps_no_other_from_running_and_nor_does_the_hook() {
    let (core, bot, mut heard) = bot();
    fn panics(_: NewChatItems) -> std::future::Ready<()> {
        panic!("at once");
    }
    let (failures, mut told) = seen();
    let bot = bot.on_event(says!(NewChatItems, "before")).on_event(panics).on_event(says!(NewChatItems, "after"));
    let bot = bot.on_event_error(move |_, failure| {
        failures.send(failure.to_string()).unwrap();
        panic!("the hook, too");
    });
    let bot = bot.start().await.unwrap();
    for item in [1, 2] {
        core.push_event(message(4, item, "x"));
        assert_eq!([next(&mut heard).await, next(&mut heard).await], ["before", "after"]);
        assert_eq!(next(&mut told).await, "the handler panicked: at once");
    }
    bot.stop().await.unwrap();
}
