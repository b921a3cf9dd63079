//! Lanes by a key of the bot's own keep every promise of delivery.

#![expect(clippy::unwrap_used, reason = "what fails here fails a test")]

mod common;
mod scripted;

use std::collections::HashMap;
use std::future::{IntoFuture, poll_fn};
use std::sync::{Arc, Mutex};
use std::task::Poll;
use std::time::Duration;

use simplex_bot::core::mock::MockCore;
use simplex_bot::core::{ChatCore, CoreEvent};
use simplex_bot::prelude::*;
use simplex_bot::senders::Sender;
use simplex_bot::types::ContactId;
use simplex_bot::types::event::{ContactConnected, JoinedGroupMember};
use simplex_bot::{Backlog, Retry, Running};
use tokio::sync::Semaphore;

use common::{Heard, Seen, World, in_group, next, say, seen, unread, until};
use scripted::{answer, connected, message};

/// Tells which handlers begin, and lets them end.
#[derive(Clone)]
struct Gates {
    seen: Seen,
    gates: Arc<Mutex<HashMap<String, Arc<Semaphore>>>>,
}

impl Gates {
    fn new() -> (Self, Heard) {
        let (seen, heard) = seen();
        (Self { seen, gates: Arc::default() }, heard)
    }

    fn gate(&self, text: &str) -> Arc<Semaphore> {
        let new = || Arc::new(Semaphore::new(0));
        Arc::clone(self.gates.lock().unwrap().entry(text.to_owned()).or_insert_with(new))
    }

    fn open(&self, text: &str) {
        self.gate(text).add_permits(1);
    }
}

/// A text that begins with a small letter waits for its gate.
async fn gated(msg: TextMessage, State(gates): State<Gates>) {
    let text = msg.text().to_owned();
    gates.seen.send(text.clone()).unwrap();
    if text.starts_with(char::is_lowercase) {
        gates.gate(&text).acquire().await.unwrap().forget();
    }
}

/// The first letter of a text, small or not.
fn letter(msg: &Message) -> Option<char> {
    msg.text().chars().next().map(|letter| letter.to_ascii_lowercase())
}

async fn bot(with: impl FnOnce(Bot<Gates>) -> Bot<Gates>) -> (MockCore, Running, Gates, Heard) {
    let core = MockCore::new(answer);
    let (gates, heard) = Gates::new();
    let bot = Bot::new("bot").core(Arc::new(core.clone())).retry(Retry::never()).lane_by(letter).state(gates.clone());
    (core, with(bot).start().await.unwrap(), gates, heard)
}

/// The items that were marked read, in order.
fn marked(core: &MockCore) -> Vec<i64> {
    let sent = core.sent();
    let marks = sent.iter().filter_map(|sent| sent.strip_prefix("/_read chat items "));
    let mut items: Vec<i64> =
        marks.flat_map(|mark| mark.split_once(' ').unwrap().1.split(',')).map(|item| item.parse().unwrap()).collect();
    items.sort_unstable();
    items
}

#[tokio::test]
async fn messages_of_one_chat_with_different_keys_go_side_by_side_and_each_key_in_order() {
    let (core, running, gates, mut heard) = bot(|bot| bot.on(text(), gated)).await;
    for (item, text) in (1..).zip(["a1", "a2", "B1", "b2", "B3"]) {
        core.push_event(message(4, item, text));
    }
    let mut begun = [next(&mut heard).await, next(&mut heard).await, next(&mut heard).await];
    begun.sort();
    assert_eq!(begun, ["B1", "a1", "b2"]);
    // What is handled is marked, though something before it in the chat is not.
    until(async || marked(&core) == [3]).await;
    gates.open("b2");
    assert_eq!(next(&mut heard).await, "B3");
    gates.open("a1");
    assert_eq!(next(&mut heard).await, "a2");
    gates.open("a2");
    until(async || marked(&core) == [1, 2, 3, 4, 5]).await;
    running.stop().await.unwrap();
}

#[tokio::test]
async fn chats_with_one_key_share_a_lane() {
    let (core, running, gates, mut heard) = bot(|bot| bot.on(text(), gated)).await;
    core.push_event(message(4, 1, "a1"));
    assert_eq!(next(&mut heard).await, "a1");
    core.push_event(message(5, 2, "A2"));
    core.push_event(message(6, 3, "B"));
    assert_eq!(next(&mut heard).await, "B");
    gates.open("a1");
    assert_eq!(next(&mut heard).await, "A2");
    until(async || marked(&core) == [1, 2, 3]).await;
    running.stop().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn one_that_is_stuck_holds_up_its_own_chat_at_most_and_memory_is_bounded() {
    let (core, running, gates, mut heard) = bot(|bot| bot.queue(2000).on(text(), gated)).await;
    (1..=1000).for_each(|item| core.push_event(message(4, item, "a")));
    core.push_event(message(5, 2000, "B"));
    let mut begun = [next(&mut heard).await, next(&mut heard).await];
    begun.sort();
    assert_eq!(begun, ["B", "a"]);
    tokio::time::sleep(Duration::from_secs(1)).await;
    let health = running.handle().health().unwrap();
    // 64 are handed out, and one is on its way to be.
    assert_eq!((health.queued, health.messages_left), (1000 - 65, 0), "{health:?}");
    gates.gate("a").add_permits(1000);
    assert!(running.stop().await.is_ok());
}

#[tokio::test(start_paused = true)]
async fn no_more_are_in_hand_of_many_chats_than_may_be_queued() {
    const PEOPLE: usize = 60;
    let world = World::new();
    let (gates, mut heard) = Gates::new();
    let bot = world.bot().lane_by(|_| ()).in_flight(1).queue(10).state(gates.clone()).on(text(), gated);
    let bot = bot.start().await.unwrap();
    let mut people = Vec::new();
    for n in 0..PEOPLE {
        people.push(world.person(&format!("person{n}"), &bot).await);
    }
    people.iter().for_each(|person| _ = person.send("a"));
    let health = || bot.handle().health().unwrap();
    tokio::time::sleep(Duration::from_secs(1)).await;
    // As many are handed out as may be in hand, and each lane that is worked on or reads has one that waits for that.
    assert!(health().behind >= PEOPLE - 2 * 11 - 1, "{:?}", health());
    gates.gate("a").add_permits(PEOPLE);
    for _ in 0..PEOPLE {
        assert_eq!(next(&mut heard).await, "a");
    }
    until(async || health().lanes == 0).await;
    assert!(heard.try_recv().is_err(), "each once");
    bot.stop().await.unwrap();
}

#[tokio::test]
async fn handlers_of_events_wait_for_the_messages_before_and_hold_up_those_after() {
    async fn told(_: ContactConnected, State(gates): State<Gates>) {
        gates.seen.send("event".into()).unwrap();
        gates.gate("event").acquire().await.unwrap().forget();
    }
    let (core, running, gates, mut heard) = bot(|bot| bot.on(text(), gated).on_event(told)).await;
    core.push_event(message(4, 1, "a"));
    core.push_event(message(4, 2, "b"));
    core.push_event(connected(4));
    core.push_event(message(4, 3, "C"));
    let mut begun = [next(&mut heard).await, next(&mut heard).await];
    begun.sort();
    assert_eq!(begun, ["a", "b"]);
    gates.open("a");
    gates.open("b");
    assert_eq!(next(&mut heard).await, "event");
    assert!(heard.try_recv().is_err());
    gates.open("event");
    assert_eq!(next(&mut heard).await, "C");
    running.stop().await.unwrap();
}

#[tokio::test]
async fn handlers_of_what_was_found_wait_for_the_messages_before_too() {
    async fn joined(_: JoinedGroupMember, State(gates): State<Gates>) {
        gates.seen.send("joined".into()).unwrap();
    }
    let world = World::new();
    let core = world.deaf();
    let (gates, mut heard) = Gates::new();
    let bot = world.bot().core(Arc::clone(&core) as Arc<dyn ChatCore>).lane_by(letter).state(gates.clone());
    let running = bot.on(text(), gated).on_event(joined).start().await.unwrap();
    let (alice, bob) = (world.person("alice", &running).await, world.person("bob", &running).await);
    in_group(&running, &alice).await;
    assert_eq!(next(&mut heard).await, "joined");
    say(&alice.core, "#1", "a");
    assert_eq!(next(&mut heard).await, "a");
    core.loses_events();
    running.api().raw("/_add #1 5 member").await.unwrap();
    until(async || bob.core.raw("/_join #1").contains("userAcceptedGroupSent")).await;
    until(async || {
        let members = running.api().list_members(1.into()).await.unwrap();
        members.iter().filter(|member| member.member_status.as_str() == "connected").count() == 2
    })
    .await;
    core.hears_again(CoreEvent::Lagged { events: 1 });
    let members = || core.sent("/_members").len();
    let before = members();
    until(async || members() > before).await;
    until(async || running.handle().health().unwrap().queued == 0).await;
    assert!(heard.try_recv().is_err());
    gates.open("a");
    assert_eq!(next(&mut heard).await, "joined");
    running.stop().await.unwrap();
}

#[tokio::test]
async fn a_handler_that_waited_goes_on_in_the_lane_of_its_message() {
    async fn asks(msg: TextMessage, chat: Chat, State(gates): State<Gates>) -> Outcome<()> {
        gates.seen.send(msg.text().to_owned()).unwrap();
        if msg.text() == "ask" {
            let answer = chat.next_message().timeout(Duration::from_secs(20)).await?;
            gates.seen.send(format!("answer {}", answer.text())).unwrap();
            gates.gate("answered").acquire().await.unwrap().forget();
        }
        Ok(())
    }
    let (core, running, gates, mut heard) = bot(|bot| bot.in_flight(2).lane_by(Sender::of).on(text(), asks)).await;
    core.push_event(message(4, 1, "ask"));
    assert_eq!(next(&mut heard).await, "ask");
    core.push_event(message(4, 2, "yes"));
    core.push_event(message(4, 3, "after"));
    assert_eq!(next(&mut heard).await, "answer yes");
    core.push_event(message(5, 4, "other"));
    assert_eq!(next(&mut heard).await, "other");
    assert!(heard.try_recv().is_err(), "the lane is the handler's until it ends");
    gates.open("answered");
    assert_eq!(next(&mut heard).await, "after");
    until(async || marked(&core) == [1, 2, 3, 4]).await;
    running.stop().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn an_answer_of_another_lane_gives_the_handler_its_own() {
    async fn asks(msg: TextMessage, chat: Chat, State(gates): State<Gates>) -> Outcome<()> {
        if msg.text() != "ask" {
            gated(msg, State(gates)).await;
            return Ok(());
        }
        gates.seen.send("ask".into()).unwrap();
        let answer = chat.next_message().await?;
        gates.seen.send(format!("answer {}", answer.text())).unwrap();
        gates.gate("answered").acquire().await.unwrap().forget();
        Ok(())
    }
    let (core, running, gates, mut heard) = bot(|bot| bot.on(text(), asks)).await;
    core.push_event(message(4, 1, "ask"));
    assert_eq!(next(&mut heard).await, "ask");
    core.push_event(message(4, 2, "B1"));
    assert_eq!(next(&mut heard).await, "answer B1");
    core.push_event(message(4, 3, "A2"));
    core.push_event(message(4, 4, "B2"));
    assert_eq!(next(&mut heard).await, "B2");
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert!(heard.try_recv().is_err(), "the lane is the handler's until it ends");
    gates.open("answered");
    assert_eq!(next(&mut heard).await, "A2");
    until(async || marked(&core) == [1, 2, 3, 4]).await;
    running.stop().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_is_given_back_is_for_the_next_who_waits_as_it_is_then() {
    async fn asks(msg: TextMessage, chat: Chat, State(gates): State<Gates>) -> Outcome<()> {
        gates.seen.send(msg.text().to_owned()).unwrap();
        match msg.text() {
            "/wait" => gates.seen.send(format!("answer {}", chat.next_message().await?.text())).unwrap(),
            "ask" => drop(chat.ask("Well?").await?),
            _ => {}
        }
        Ok(())
    }
    let world = World::new();
    let core = world.net.open("bot", "").unwrap();
    let id = core.id();
    let (gates, mut heard) = Gates::new();
    let bot = world.bot_on(Arc::new(core)).retry(Retry::never()).lane_by(|_| ()).state(gates);
    let running = bot.on(text(), asks).start().await.unwrap();
    let alice = world.person("alice", &running).await;
    world.net.with(|net| {
        net.slow_next(id, "/_send", Duration::from_secs(5));
        net.fail_next(id, "/_send", simplex_sim::Failure::DatabaseBusy);
    });
    alice.send("ask");
    assert_eq!(next(&mut heard).await, "ask");
    // No answer to a question, as it is a command.
    alice.send("/wait");
    assert_eq!(next(&mut heard).await, "/wait");
    let yes = alice.send("yes");
    tokio::time::sleep(Duration::from_secs(1)).await;
    alice.edit(yes, "no");
    assert_eq!(next(&mut heard).await, "answer no");
    running.stop().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn of_two_waits_the_one_that_ended_goes_on_in_the_lane_that_came_with_the_answer_to_the_other() {
    async fn asks(msg: TextMessage, chat: Chat, State(gates): State<Gates>) -> Outcome<()> {
        if msg.text() != "ask" {
            gated(msg, State(gates)).await;
            return Ok(());
        }
        gates.seen.send("ask".into()).unwrap();
        let nobody = Chat::new(msg.api().clone(), ContactId(9));
        let ends = nobody.next_message().timeout(Duration::from_secs(1)).into_future();
        let (ended, answer) = tokio::join!(ends, chat.next_message().into_future());
        gates.seen.send(format!("{}, {}", answer?.text(), ended.unwrap_err())).unwrap();
        Ok(())
    }
    let (core, running, gates, mut heard) = bot(|bot| bot.lane_by(|_| ()).on(text(), asks)).await;
    core.push_event(message(4, 1, "ask"));
    assert_eq!(next(&mut heard).await, "ask");
    core.push_event(message(5, 2, "a"));
    assert_eq!(next(&mut heard).await, "a");
    // Handed out before the wait for nobody ends, whose handler then comes after it.
    core.push_event(message(4, 3, "Yes"));
    tokio::time::sleep(Duration::from_secs(2)).await;
    gates.open("a");
    assert_eq!(next(&mut heard).await, "Yes, no message that was waited for came in @9 within 1s");
    core.push_event(message(5, 4, "After"));
    assert_eq!(next(&mut heard).await, "After");
    running.stop().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn what_was_overtaken_is_found_by_the_next_run_and_nothing_is_handled_twice() {
    let world = World::new();
    let (gates, mut heard) = Gates::new();
    let bot = || world.bot().backlog(Backlog::All).lane_by(letter).state(gates.clone()).on(text(), gated);
    let running = bot().drain(Duration::from_millis(500)).start().await.unwrap();
    let alice = world.person("alice", &running).await;
    for text in ["a1", "A2", "B1", "B2"] {
        alice.send(text);
    }
    let mut begun = [next(&mut heard).await, next(&mut heard).await, next(&mut heard).await];
    begun.sort();
    assert_eq!(begun, ["B1", "B2", "a1"]);
    until(async || unread(&running, 4).await == 2).await;
    // The handler that is stuck has to be cancelled; what waited for it was never begun.
    running.stop().await.unwrap_err();
    assert!(heard.try_recv().is_err());
    let running = bot().start().await.unwrap();
    assert_eq!(next(&mut heard).await, "a1");
    gates.open("a1");
    assert_eq!(next(&mut heard).await, "A2");
    until(async || unread(&running, 4).await == 0).await;
    running.stop().await.unwrap();
    assert!(heard.try_recv().is_err());
}

#[tokio::test(start_paused = true)]
async fn what_waits_for_its_turn_is_seen_as_it_is_when_it_comes() {
    let world = World::new();
    let (gates, mut heard) = Gates::new();
    let bot = world.bot().lane_by(|_| ()).state(gates.clone()).on(text(), gated);
    let running = bot.start().await.unwrap();
    let alice = world.person("alice", &running).await;
    alice.send("first");
    assert_eq!(next(&mut heard).await, "first");
    let late = alice.send("Late");
    let gone = alice.send("Gone");
    // Both are handed out, and wait.
    tokio::time::sleep(Duration::from_secs(1)).await;
    alice.edit(late, "Edited");
    alice.delete(gone);
    alice.send("Last");
    tokio::time::sleep(Duration::from_secs(1)).await;
    gates.open("first");
    assert_eq!(next(&mut heard).await, "Edited");
    assert_eq!(next(&mut heard).await, "Last");
    until(async || unread(&running, 4).await == 0).await;
    running.stop().await.unwrap();
    assert!(heard.try_recv().is_err());
}

#[tokio::test(start_paused = true)]
async fn what_changes_before_it_is_handed_out_is_seen_as_it_is_when_its_turn_comes() {
    let world = World::new();
    let (gates, mut heard) = Gates::new();
    let running = world.bot().lane_by(|_| ()).state(gates.clone()).on(text(), gated).start().await.unwrap();
    let alice = world.person("alice", &running).await;
    alice.send("first");
    assert_eq!(next(&mut heard).await, "first");
    // As many as a chat may have handed out, one that is on its way to be, and one that is queued.
    (2..=65).for_each(|_| _ = alice.send("Filler"));
    let late = alice.send("Late");
    until(async || running.handle().health().unwrap().queued == 1).await;
    alice.edit(late, "Edited");
    tokio::time::sleep(Duration::from_secs(1)).await;
    gates.open("first");
    for _ in 2..=65 {
        assert_eq!(next(&mut heard).await, "Filler");
    }
    assert_eq!(next(&mut heard).await, "Edited");
    running.stop().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn of_a_deleted_contact_or_a_cleared_chat_nothing_is_handled_that_waits_for_its_turn_but_of_others_is() {
    for gone in ["/_delete @4 full notify=off", "/_clear chat @4"] {
        nothing_is_handled_after(gone).await;
    }
}

async fn nothing_is_handled_after(gone: &str) {
    let world = World::new();
    let (gates, mut heard) = Gates::new();
    let running = world.bot().lane_by(|_| ()).state(gates.clone()).on(text(), gated).start().await.unwrap();
    let (alice, bob) = (world.person("alice", &running).await, world.person("bob", &running).await);
    bob.send("first");
    assert_eq!(next(&mut heard).await, "first");
    alice.send("Gone");
    bob.send("Last");
    tokio::time::sleep(Duration::from_secs(1)).await;
    running.api().raw(gone).await.unwrap();
    gates.open("first");
    assert_eq!(next(&mut heard).await, "Last");
    until(async || running.handle().health().unwrap().lanes == 0).await;
    running.stop().await.unwrap();
    assert!(heard.try_recv().is_err());
}

#[tokio::test(start_paused = true)]
async fn what_waits_for_its_turn_at_a_stop_stays_unread() {
    let (core, running, gates, mut heard) = bot(|bot| bot.on(text(), gated)).await;
    core.push_event(message(4, 1, "a"));
    core.push_event(message(4, 2, "A"));
    assert_eq!(next(&mut heard).await, "a");
    tokio::time::sleep(Duration::from_secs(1)).await;
    let handle = running.handle();
    handle.stop();
    tokio::time::sleep(Duration::from_secs(1)).await;
    gates.open("a");
    running.stop().await.unwrap();
    assert_eq!((marked(&core), heard.try_recv().ok()), (vec![1], None));
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_is_given_up_at_a_stop_stays_unread() {
    async fn asks(msg: TextMessage, chat: Chat, State(gates): State<Gates>) {
        gates.seen.send(msg.text().to_owned()).unwrap();
        if msg.text() == "ask" {
            // It never looks at its answer.
            let question = chat.next_message();
            let mut answer = question.into_future();
            poll_fn(|cx| Poll::Ready(answer.as_mut().poll(cx).is_ready())).await;
            gates.gate("ask").acquire().await.unwrap().forget();
        }
    }
    let (core, running, gates, mut heard) = bot(|bot| bot.lane_by(|_| ()).on(text(), asks)).await;
    core.push_event(message(4, 1, "ask"));
    assert_eq!(next(&mut heard).await, "ask");
    core.push_event(message(4, 2, "yes"));
    tokio::time::sleep(Duration::from_secs(1)).await;
    running.handle().stop();
    tokio::time::sleep(Duration::from_secs(1)).await;
    gates.open("ask");
    running.stop().await.unwrap();
    assert_eq!((marked(&core), heard.try_recv().ok()), (vec![1], None));
}

#[tokio::test(start_paused = true)]
async fn a_handler_that_waited_in_vain_goes_on_when_its_lane_is_free() {
    async fn asks(msg: TextMessage, api: ChatApi, State(gates): State<Gates>) {
        if msg.text() != "Ask" {
            return gated(msg, State(gates)).await;
        }
        gates.seen.send("Ask".into()).unwrap();
        let waited = Chat::new(api, ContactId(5)).next_message().timeout(Duration::from_secs(1)).await;
        gates.seen.send(format!("answered: {}", waited.is_ok())).unwrap();
    }
    let (core, running, gates, mut heard) = bot(|bot| bot.on(text(), asks)).await;
    core.push_event(message(4, 1, "Ask"));
    assert_eq!(next(&mut heard).await, "Ask");
    core.push_event(message(4, 2, "a"));
    assert_eq!(next(&mut heard).await, "a");
    tokio::time::sleep(Duration::from_secs(5)).await;
    assert!(heard.try_recv().is_err(), "another has the lane");
    gates.open("a");
    assert_eq!(next(&mut heard).await, "answered: false");
    until(async || marked(&core) == [1, 2]).await;
    running.stop().await.unwrap();
}

#[tokio::test]
async fn a_function_that_panics_leaves_the_message_in_its_chats_lane() {
    let (core, running, gates, mut heard) =
        bot(|bot| bot.lane_by(|msg| assert!(msg.text() != "a", "a test")).on(text(), gated)).await;
    core.push_event(message(4, 1, "a"));
    core.push_event(message(4, 2, "B"));
    let mut begun = [next(&mut heard).await, next(&mut heard).await];
    begun.sort();
    assert_eq!(begun, ["B", "a"]);
    gates.open("a");
    until(async || marked(&core) == [1, 2]).await;
    running.stop().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn what_waits_for_room_is_seen_as_it_is_when_its_turn_comes() {
    for change in ["edited", "deleted", "its chat is deleted"] {
        let world = World::new();
        let (gates, mut heard) = Gates::new();
        let bot = world.bot().lane_by(|_| ()).state(gates.clone()).on(text(), gated);
        let running = bot.start().await.unwrap();
        let alice = world.person("alice", &running).await;
        alice.send("first");
        assert_eq!(next(&mut heard).await, "first");
        // As many as a chat may have handed out, and one more.
        (2..=64).for_each(|_| _ = alice.send("Filler"));
        let late = alice.send("Late");
        tokio::time::sleep(Duration::from_secs(1)).await;
        let expected = match change {
            "its chat is deleted" => {
                running.api().raw("/_delete @4 full notify=off").await.unwrap();
                vec![]
            }
            _ => {
                match change {
                    "edited" => alice.edit(late, "Edited"),
                    _ => alice.delete(late),
                }
                alice.send("Last");
                let seen = ["Edited", "Last"];
                [vec!["Filler"; 63], seen[usize::from(change == "deleted")..].to_vec()].concat()
            }
        };
        tokio::time::sleep(Duration::from_secs(1)).await;
        gates.open("first");
        for text in expected {
            assert_eq!(next(&mut heard).await, text, "{change}");
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
        running.stop().await.unwrap();
        assert_eq!(heard.try_recv().ok(), None, "{change}");
    }
}
