//! What a message allocates between its event and its handler, through everything that a bot does with it.

#![expect(clippy::unwrap_used, reason = "what fails here fails a test")]

mod scripted;

use std::future::pending;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use simplex_bot::core::mock::MockCore;
use simplex_bot::core::{CoreEvent, Frame};
use simplex_bot::prelude::*;
use simplex_bot::types::ChatItem;

use scripted::{answer, item_of, message};

const MESSAGES: usize = 500;
/// Tables of what is under way grow now and then; shared out among the messages, that is next to nothing.
const GROWTH: f64 = 0.05;

type Entered = State<Arc<AtomicUsize>>;
type Making = Bot<Arc<AtomicUsize>>;

/// Frames of messages, each of a chat of its own: every lane opens.
fn frames(from: usize, text: &str) -> Vec<Frame> {
    let frame = |n: usize| Frame::parse(message(n as i64, 10_000 + n as i64, text));
    (from..from + MESSAGES).map(frame).collect()
}

/// What each message allocates beyond its decoding. The handlers are to count, and never to end: what becomes of a
/// message afterwards is not looked at.
fn beyond_decoding(text: &str, with_handlers: impl FnOnce(Making) -> Making) -> f64 {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
    let core = MockCore::new(answer);
    let entered = Arc::new(AtomicUsize::new(0));
    let bot = Bot::new("bot").core(Arc::new(core.clone())).in_flight(2 * MESSAGES).drain(Duration::from_secs(1));
    let bot = with_handlers(bot.state(Arc::clone(&entered)));
    let running = runtime.block_on(bot.start()).unwrap();
    let pass = |from: usize| {
        let frames = frames(from, text);
        let all = allocation_counter::measure(|| {
            runtime.block_on(async {
                for (n, frame) in frames.into_iter().enumerate() {
                    core.push(CoreEvent::Frame(frame));
                    while entered.load(Ordering::Relaxed) <= from + n {
                        tokio::task::yield_now().await;
                    }
                }
            });
        });
        all.count_total
    };
    pass(0);
    let all = pass(MESSAGES);
    let frames = frames(0, text);
    let decoding = allocation_counter::measure(|| frames.iter().for_each(|frame| drop(decode(frame))));
    runtime.block_on(running.stop()).unwrap_err();
    let each = (all - decoding.count_total) as f64 / MESSAGES as f64;
    println!("{each:.2} allocations beyond the {} of decoding", decoding.count_total / MESSAGES as u64);
    each
}

fn decode(frame: &Frame) -> ChatItem {
    ChatItem::decode_first(item_of(frame)).unwrap()
}

async fn enter(_: TextMessage, State(entered): Entered) {
    entered.fetch_add(1, Ordering::Relaxed);
    pending().await
}

#[test]
fn a_message_reaches_its_handler_with_few_allocations() {
    let each = beyond_decoding("x", |bot| bot.on(text(), enter));
    assert!(each <= 4.0 + GROWTH, "{each} allocations");
}

#[test]
fn routers_guards_and_handlers_that_do_not_match_cost_none() {
    async fn never(_: Message) {}
    let each = beyond_decoding("x", |bot| {
        let inner = Router::new().guard(in_direct()).on(image(), never).on(text(), enter);
        bot.command("help", "", never).on(in_group(), never).nest(Router::new().nest(inner))
    });
    assert!(each <= 4.0 + GROWTH, "{each} allocations");
}

#[test]
fn a_command_reaches_its_handler_with_one_more() {
    async fn help(_: Args, State(entered): Entered) {
        entered.fetch_add(1, Ordering::Relaxed);
        pending().await
    }
    let each = beyond_decoding("/help me", |bot| bot.command("help", "", help).on(text(), enter));
    assert!(each <= 5.0 + GROWTH, "{each} allocations");
}
