//! What a bot finds in the core's database: what it missed, and what found no room.

#![expect(clippy::unwrap_used, reason = "what fails here fails a test")]

#[path = "../common/mod.rs"]
mod common;
mod pages;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use common::{
    Deaf, Heard, Person, Seen, World, failing, in_group, next, nothing_more, say, seen, stored, tell, telling,
    telling_of, unread, until,
};
use simplex_bot::core::{CoreEvent, Frame};
use simplex_bot::prelude::*;
use simplex_bot::types::event::ReceivedContactRequest;
use simplex_bot::{Condition, Delivery, Notice, Retry, Running, Trouble};
use tokio::sync::Notify;
use tokio::time::Instant;

/// A database with unread messages in it that are older than the bot.
async fn used_before(world: &World, old: usize) -> Person {
    let bot = world.bot().state_file(world.state_file().with_extension("other")).start().await.unwrap();
    let alice = world.person("alice", &bot).await;
    bot.stop().await.unwrap();
    world.while_nobody_listens(|_| {
        for n in 0..old {
            alice.send(&format!("old {n}"));
        }
    });
    alice
}

#[tokio::test]
async fn after_a_gap_what_was_missed_is_handled() {
    let world = World::new();
    let core = world.deaf();
    let (seen, mut heard) = seen();
    let notices = seen.clone();
    let bot = world.bot_on(core.clone()).state(seen).on(text(), tell);
    let bot = bot.on_notice(move |notice| {
        if let Notice::Lagged { events } = notice {
            notices.send(format!("{events} lost")).unwrap();
        }
    });
    let bot = bot.start().await.unwrap();
    let alice = world.person("alice", &bot).await;
    core.loses_events();
    for n in 0..120 {
        alice.send(&n.to_string());
    }
    stored(&bot, "119").await;
    core.hears_again(CoreEvent::Lagged { events: 120 });
    assert_eq!(next(&mut heard).await, "120 lost");
    for n in 0..120 {
        assert_eq!(next(&mut heard).await, format!("{n} recovered"));
    }
    assert_eq!(bot.handle().health().unwrap().lagged, 120);
    // Not all chats are listed for that.
    let lists = core.sent("/_get chats ");
    assert!(!lists.is_empty() && lists.iter().all(|list| list.contains(r#""unread":true"#)), "{lists:?}");
    alice.send("after");
    assert!(next(&mut heard).await.starts_with("after"));
    nothing_more(bot, &mut heard).await;
}

#[tokio::test(start_paused = true)]
async fn a_chat_that_cannot_be_read_does_not_hold_up_others_for_long() {
    let world = World::new();
    let core = world.deaf();
    let (seen, mut heard) = seen();
    let bot = world.bot_on(core.clone()).in_flight(1).queue(1).state(seen);
    let bot = bot.on(text(), tell).start().await.unwrap();
    let (alice, bob) = (world.person("alice", &bot).await, world.person("bob", &bot).await);
    core.loses_events();
    bob.send("bob");
    until(async || bot.api().raw("/_get chat @5 count=1").await.unwrap().to_string().contains("bob")).await;
    // Later, so that it is read first.
    alice.send("alice");
    stored(&bot, "alice").await;
    core.refuses(Some("/_get chat @4"));
    core.hears_again(CoreEvent::Lagged { events: 2 });
    let began = Instant::now();
    assert_eq!(next(&mut heard).await, "bob recovered");
    assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
    core.refuses(None);
    assert_eq!(next(&mut heard).await, "alice recovered");
    nothing_more(bot, &mut heard).await;
}

#[tokio::test(start_paused = true)]
async fn a_chat_that_waits_for_a_message_that_is_repeated_does_not_hold_up_the_reading_of_others() {
    let world = World::new();
    let core = world.deaf();
    let (seen, mut heard) = seen();
    async fn third_time(msg: TextMessage, State((seen, times)): State<(Seen, Arc<AtomicUsize>)>) {
        seen.send(msg.text().to_owned()).unwrap();
        assert!(msg.text() != "alice" || times.fetch_add(1, Ordering::SeqCst) > 1, "on purpose");
    }
    let retry = Retry::default().backoff(Duration::from_secs(10)).hold_chat();
    let bot = world.bot().core(core.clone()).in_flight(1).queue(1).retry(retry);
    let bot = bot.state((seen, Arc::default())).on_error(|_, _| {}).on(text(), third_time).start().await.unwrap();
    let (alice, bob) = (world.person("alice", &bot).await, world.person("bob", &bot).await);
    core.loses_events();
    bob.send("bob");
    until(async || bot.api().raw("/_get chat @5 count=1").await.unwrap().to_string().contains("bob")).await;
    // Later, so that it is read first.
    alice.send("alice");
    alice.send("after");
    stored(&bot, "after").await;
    core.hears_again(CoreEvent::Lagged { events: 3 });
    let began = Instant::now();
    assert_eq!([next(&mut heard).await, next(&mut heard).await], ["alice", "bob"]);
    assert!(began.elapsed() < Duration::from_secs(1), "{:?}", began.elapsed());
    for (expected, after) in [("alice", 10), ("alice", 30), ("after", 30)] {
        assert_eq!((heard.recv().await.unwrap().as_str(), began.elapsed().as_secs()), (expected, after));
    }
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn after_a_reconnect_what_was_missed_is_handled() {
    let world = World::new();
    let core = world.deaf();
    let (seen, mut heard) = seen();
    let notices = seen.clone();
    let bot = world.bot_on(core.clone()).state(seen).on(text(), tell);
    let bot = bot.on_notice(move |notice| match notice {
        Notice::Disconnected { reason } => notices.send(format!("lost: {reason}")).unwrap(),
        Notice::Reconnected => notices.send("again".into()).unwrap(),
        Notice::Trouble(trouble) => notices.send(trouble.to_string()).unwrap(),
        _ => {}
    });
    let bot = bot.start().await.unwrap();
    let handle = bot.handle();
    let alice = world.person("alice", &bot).await;
    let full =
        r#"{"error":{"type":"errorStore","storeError":{"type":"dBException","message":"database or disk is full"}}}"#;
    core.says(CoreEvent::Frame(Frame::parse(full.to_owned())));
    assert_eq!(next(&mut heard).await, Trouble::DiskFull.to_string());
    core.loses_events();
    core.says(CoreEvent::Disconnected { reason: "the CLI ended".into() });
    assert_eq!(next(&mut heard).await, "lost: the CLI ended");
    assert_eq!(handle.health().unwrap().condition, Condition::Disconnected);
    alice.send("missed");
    stored(&bot, "missed").await;
    core.hears_again(CoreEvent::Reconnected);
    assert_eq!(next(&mut heard).await, "again");
    // Before anything is marked, which would tell as well that the trouble is over.
    assert_eq!(handle.health().unwrap().condition, Condition::Serving);
    assert_eq!(next(&mut heard).await, "missed recovered");
    let health = handle.health().unwrap();
    assert_eq!((health.condition, health.reconnects), (Condition::Serving, 1));
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn messages_deleted_while_they_are_read_do_not_stop_the_reading() {
    let world = World::new();
    let (bot, mut heard) = telling(&world).await;
    let alice = world.person("alice", &bot).await;
    nothing_more(bot, &mut heard).await;
    world.while_nobody_listens(|_| {
        for n in 0..250 {
            alice.send(&n.to_string());
        }
    });
    let (seen, mut heard) = seen();
    /// Deletes what comes after it, beyond the end of the page that it is on.
    async fn deletes(msg: TextMessage, State(seen): State<Seen>) -> Outcome<()> {
        if msg.text() == "50" {
            let doomed: Vec<_> = (1..=100).map(|n| (msg.id().0 + n).to_string()).collect();
            msg.api().raw(&format!("/_delete item @4 {} internal", doomed.join(","))).await?;
        }
        seen.send(msg.text().to_owned()).unwrap();
        Ok(())
    }
    // A hundred are read at once.
    let bot = world.bot().queue(100).state(seen).on(text(), deletes).start().await.unwrap();
    for n in (0..=50).chain(151..250) {
        assert_eq!(next(&mut heard).await, n.to_string());
    }
    until(async || unread(&bot, 4).await == 0).await;
    nothing_more(bot, &mut heard).await;
}

#[tokio::test(start_paused = true)]
async fn a_message_whose_event_got_lost_is_found_within_the_hour() {
    let world = World::new();
    let core = world.deaf();
    let (bot, mut heard) = telling_of(world.bot_on(core.clone())).await;
    let alice = world.person("alice", &bot).await;
    core.loses_events();
    alice.send("lost");
    stored(&bot, "lost").await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    core.hears();
    alice.send("heard");
    assert_eq!(next(&mut heard).await, "heard");
    let begun = Instant::now();
    assert_eq!(heard.recv().await.unwrap(), "lost recovered");
    assert!(begun.elapsed() <= Duration::from_secs(3600));
    nothing_more(bot, &mut heard).await;
}

/// A bot that has lost two events without a word: a question in a support chat, which nobody waits for an answer to any more,
/// and a request to connect.
async fn has_lost_what_no_list_shows(world: &World) -> (Arc<Deaf>, Running, Heard) {
    let core = world.deaf();
    let (seen, heard) = seen();
    let bot = world.bot_on(core.clone()).state(seen).on(text(), tell).on_event(asked);
    let bot = bot.start().await.unwrap();
    let alice = world.person("alice", &bot).await;
    in_group(&bot, &alice).await;
    bot.api().raw(r#"/_address_settings 1 {"businessAddress":false}"#).await.unwrap();
    core.loses_events();
    say(&alice.core, "#1(_support)", "help");
    let members = bot.api().list_members(1.into()).await.unwrap();
    let aside = format!("#1(_support:{})", members[0].group_member_id);
    until(async || bot.api().raw(&format!("/_get chat {aside} count=1")).await.unwrap().to_string().contains("help"))
        .await;
    let content = r#"[{"msgContent":{"type":"text","text":"soon"},"mentions":{}}]"#;
    bot.api().raw(&format!("/_send {aside} json {content}")).await.unwrap();
    bot.api().raw(&format!("/_get chat {aside} count=1")).await.unwrap();
    assert_eq!(bot.api().list_groups(1.into(), None, None).await.unwrap()[0].members_require_attention, 0);
    asks(world, bot.address().unwrap());
    until(async || bot.api().raw("/_get chats 1 count=9").await.unwrap().to_string().contains("bob")).await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    (core, bot, heard)
}

#[tokio::test(start_paused = true)]
async fn what_no_list_of_unread_chats_shows_is_looked_for_within_the_hour_too() {
    let world = World::new();
    let (core, bot, mut heard) = has_lost_what_no_list_shows(&world).await;
    core.hears();
    let both = async { [heard.recv().await.unwrap(), heard.recv().await.unwrap()] };
    let mut found = tokio::time::timeout(Duration::from_secs(3700), both).await.unwrap();
    found.sort();
    assert_eq!(found, ["bob asks", "help recovered"]);
    nothing_more(bot, &mut heard).await;
}

#[tokio::test(start_paused = true)]
async fn what_no_list_of_unread_chats_shows_is_looked_for_after_a_gap_and_after_a_reconnect() {
    for event in [CoreEvent::Lagged { events: 2 }, CoreEvent::Reconnected] {
        let world = World::new();
        let (core, bot, mut heard) = has_lost_what_no_list_shows(&world).await;
        core.hears_again(event);
        let mut found = [next(&mut heard).await, next(&mut heard).await];
        found.sort();
        assert_eq!(found, ["bob asks", "help recovered"]);
        nothing_more(bot, &mut heard).await;
    }
}

#[tokio::test(start_paused = true)]
async fn what_no_list_of_unread_chats_shows_is_looked_for_as_soon_as_a_core_that_failed_for_long_works_again() {
    let world = World::new();
    let (core, bot, mut heard) = has_lost_what_no_list_shows(&world).await;
    core.refuses(Some("/_"));
    core.hears_again(CoreEvent::Lagged { events: 2 });
    // By then the looks at the state have become rare.
    tokio::time::sleep(Duration::from_secs(700)).await;
    core.refuses(None);
    let both = async { [heard.recv().await.unwrap(), heard.recv().await.unwrap()] };
    let mut found = tokio::time::timeout(Duration::from_secs(30), both).await.unwrap();
    found.sort();
    assert_eq!(found, ["bob asks", "help recovered"]);
    nothing_more(bot, &mut heard).await;
}

async fn asked(event: ReceivedContactRequest, State(seen): State<Seen>) {
    seen.send(format!("{} asks", event.contact_request.local_display_name)).unwrap();
}

/// Bob asks to be connected.
fn asks(world: &World, address: &str) {
    let bob = world.net.open("bob", "").unwrap();
    bob.raw(r#"/_create user {"profile":{"displayName":"bob","fullName":""},"pastTimestamp":false}"#);
    bob.raw("/_start main=on");
    bob.raw(&format!("/_connect 1 {address}"));
}

#[tokio::test]
async fn a_support_chat_that_cannot_be_looked_at_does_not_keep_the_state_from_it() {
    let world = World::new();
    let start = async |core: Arc<Deaf>| {
        let (seen, heard) = seen();
        let bot = world.bot_on(core).state(seen).on(text(), tell).on_event(asked);
        (bot.start().await.unwrap(), heard)
    };
    let (bot, mut heard) = start(world.deaf()).await;
    let alice = world.person("alice", &bot).await;
    in_group(&bot, &alice).await;
    bot.api().raw(r#"/_address_settings 1 {"businessAddress":false}"#).await.unwrap();
    let address = bot.address().unwrap().to_owned();
    nothing_more(bot, &mut heard).await;
    world.while_nobody_listens(|_| asks(&world, &address));
    let (bot, mut heard) = start(failing(&world, "/_members")).await;
    assert_eq!(next(&mut heard).await, "bob asks");
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn more_chats_than_one_list_has_are_looked_at() {
    const CHATS: usize = 510;
    let world = World::new();
    let (bot, mut heard) = telling(&world).await;
    let mut people = Vec::new();
    for n in 0..CHATS {
        people.push(world.person(&format!("person {n}"), &bot).await);
    }
    nothing_more(bot, &mut heard).await;
    world.while_nobody_listens(|_| {
        for (n, person) in people.iter().enumerate() {
            person.send(&n.to_string());
        }
    });
    let (bot, mut heard) = telling(&world).await;
    let mut handled = Vec::new();
    while handled.len() < CHATS {
        handled.push(next(&mut heard).await.trim_end_matches(" recovered").parse::<usize>().unwrap());
    }
    handled.sort_unstable();
    assert!(handled.into_iter().eq(0..CHATS));
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn what_was_left_is_found_behind_the_answers_to_what_was_not() {
    let world = World::new();
    let alice = used_before(&world, 3).await;
    let (seen, mut heard) = seen();
    let gate = Arc::new(Notify::new());
    // So many answers that a page read from the end of the chat shows nothing else.
    async fn answers(msg: TextMessage, State((seen, gate)): State<(Seen, Arc<Notify>)>) -> Outcome<()> {
        if msg.text() == "0" {
            gate.notified().await;
        }
        for _ in 0..3 {
            msg.reply("seen").await?;
        }
        seen.send(msg.text().to_owned()).unwrap();
        Ok(())
    }
    let bot = world.bot().queue(16).state((seen, Arc::clone(&gate))).on(text(), answers).start().await.unwrap();
    for n in 0..60 {
        alice.send(&n.to_string());
    }
    until(async || bot.handle().health().unwrap().messages_left >= 40).await;
    gate.notify_one();
    for n in 0..60 {
        assert_eq!(next(&mut heard).await, n.to_string());
    }
    until(async || unread(&bot, 4).await == 3).await;
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn what_is_unread_before_an_answer_of_the_run_before_is_found() {
    let world = World::new();
    let (bot, mut heard) = telling(&world).await;
    let alice = world.person("alice", &bot).await;
    nothing_more(bot, &mut heard).await;
    // The process died after an answer to the first of them, before anything was marked; the last one came later.
    world.while_nobody_listens(|core| {
        for n in 0..4 {
            alice.send(&n.to_string());
        }
        for n in 0..2 {
            let answer = format!(r#"[{{"msgContent":{{"type":"text","text":"answer {n}"}},"mentions":{{}}}}]"#);
            core.raw(&format!("/_send @4 json {answer}"));
        }
        alice.send("4");
    });
    let (bot, mut heard) = telling(&world).await;
    for n in 0..5 {
        assert_eq!(next(&mut heard).await, format!("{n} recovered"));
    }
    until(async || unread(&bot, 4).await == 0).await;
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn a_first_run_that_cannot_look_at_the_database_goes_by_time() {
    let world = World::new();
    let alice = used_before(&world, 3).await;
    let core = failing(&world, "/_get items");
    let (bot, mut heard) = telling_of(world.bot_on(core)).await;
    alice.send("new");
    assert_eq!(next(&mut heard).await, "new");
    nothing_more(bot, &mut heard).await;
    // What the database had before is not taken for new by the next run either, which looks back before it receives.
    let (bot, mut heard) = telling(&world).await;
    alice.send("newer");
    assert!(next(&mut heard).await.starts_with("newer"));
    until(async || unread(&bot, 4).await == 3).await;
    nothing_more(bot, &mut heard).await;
}

#[tokio::test(start_paused = true)]
async fn what_comes_while_the_bot_cannot_look_back_is_handled_after_what_was_missed() {
    let world = World::new();
    let (bot, mut heard) = telling(&world).await;
    let alice = world.person("alice", &bot).await;
    nothing_more(bot, &mut heard).await;
    world.while_nobody_listens(|_| assert!(alice.send("missed") > 0));
    let core = failing(&world, "/_get chats");
    let (bot, mut heard) = telling_of(world.bot_on(core)).await;
    alice.send("new");
    assert_eq!([next(&mut heard).await, next(&mut heard).await], ["missed recovered", "new recovered"]);
    nothing_more(bot, &mut heard).await;
}

#[tokio::test(start_paused = true)]
async fn a_list_of_chats_that_is_not_to_be_had_is_asked_for_again_soon() {
    let world = World::new();
    let (bot, mut heard) = telling(&world).await;
    let alice = world.person("alice", &bot).await;
    nothing_more(bot, &mut heard).await;
    world.while_nobody_listens(|_| assert!(alice.send("missed") > 0));
    let core = failing(&world, "/_get chats");
    let (bot, mut heard) = telling_of(world.bot_on(core.clone())).await;
    until(async || !core.sent("/_get chats").is_empty()).await;
    core.refuses(None);
    assert_eq!(next(&mut heard).await, "missed recovered");
    until(async || unread(&bot, 4).await == 0).await;
    // From then on nothing is looked for that an event tells of.
    alice.send("new");
    assert_eq!(next(&mut heard).await, "new");
    nothing_more(bot, &mut heard).await;
}

#[tokio::test(start_paused = true)]
async fn what_comes_to_a_group_in_the_second_of_an_answer_is_handled_before_what_comes_later() {
    let world = World::new();
    let (bot, mut heard) = telling(&world).await;
    let alice = world.person("alice", &bot).await;
    alice.core.raw(r#"/_group 1 {"displayName":"people","fullName":""}"#);
    alice.core.raw("/_add #1 4 member");
    until(async || bot.api().raw("/_join #1").await.is_ok()).await;
    until(async || alice.core.raw("/_members #1").contains(r#""memberStatus":"connected""#)).await;
    nothing_more(bot, &mut heard).await;
    let send = |text: &str| _ = say(&alice.core, "#1", text);
    world.while_nobody_listens(|_| ["1", "2", "3"].map(send).into_iter().collect());
    let (seen_2, mut heard) = seen();
    let gate = Arc::new(Notify::new());
    async fn answers(msg: TextMessage, State((seen, gate)): State<(Seen, Arc<Notify>)>) -> Outcome<()> {
        seen.send(msg.text().to_owned()).unwrap();
        match msg.text() {
            "1" => drop(msg.reply("well").await?),
            "3" => gate.notified().await,
            _ => {}
        }
        Ok(())
    }
    let bot = world.bot().state((seen_2, Arc::clone(&gate))).on(text(), answers).start().await.unwrap();
    for expected in ["1", "2", "3"] {
        assert_eq!(next(&mut heard).await, expected);
    }
    // The servers' clocks show whole seconds: the core puts the first of these before the answer.
    send("4");
    tokio::time::sleep(Duration::from_secs(1)).await;
    send("5");
    gate.notify_one();
    assert_eq!([next(&mut heard).await, next(&mut heard).await], ["4", "5"]);
    nothing_more(bot, &mut heard).await;
}

#[tokio::test(start_paused = true)]
async fn with_delivery_off_slow_handlers_see_what_found_no_room_once() {
    let world = World::new();
    let (seen, mut heard) = seen();
    async fn slow(msg: TextMessage, State(seen): State<Seen>) {
        seen.send(msg.text().to_owned()).unwrap();
        // Longer than what was read is remembered while nothing is received.
        tokio::time::sleep(Duration::from_secs(12)).await;
    }
    let bot = world.bot().delivery(Delivery::Off).queue(2).state(seen).on(text(), slow).start().await.unwrap();
    let alice = world.person("alice", &bot).await;
    for n in 0..8 {
        alice.send(&n.to_string());
    }
    let bob = world.person("bob", &bot).await;
    for n in 0..8 {
        assert_eq!(next(&mut heard).await, n.to_string());
        if n == 3 {
            bob.send("bob");
            assert_eq!(next(&mut heard).await, "bob");
        }
    }
    let handle = bot.handle();
    until(async || handle.health().unwrap().lanes == 0).await;
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn what_waits_for_an_answer_is_not_found_by_looking_back() {
    let world = World::new();
    let core = world.deaf();
    let (seen, mut heard) = seen();
    async fn asks(msg: TextMessage, chat: Chat, State(seen): State<Seen>) -> Outcome<()> {
        seen.send(msg.text().to_owned()).unwrap();
        let answer: String = chat.ask("sure?").timeout(Duration::from_secs(60)).await?;
        seen.send(format!("answered {answer}")).unwrap();
        Ok(())
    }
    let bot = world.bot_on(core.clone()).state(seen).on(text(), asks);
    let bot = bot.start().await.unwrap();
    let alice = world.person("alice", &bot).await;
    alice.send("begin");
    assert_eq!(next(&mut heard).await, "begin");
    until(async || alice.core.raw("/_get chat @4 count=1").contains("sure?")).await;
    core.says(CoreEvent::Lagged { events: 1 });
    let handle = bot.handle();
    until(async || handle.health().unwrap().lagged == 1 && handle.health().unwrap().behind == 0).await;
    alice.send("yes");
    assert_eq!(next(&mut heard).await, "answered yes");
    until(async || unread(&bot, 4).await == 0).await;
    nothing_more(bot, &mut heard).await;
}
