//! What happens to a received message: each promise over a simulated core.

#![expect(clippy::unwrap_used, reason = "what fails here fails a test")]

mod common;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use common::{
    DEADLINE, Seen, World, changing, next, nothing_more, seen, stored, tell, telling, telling_of, together, unread,
    until,
};
use simplex_bot::core::{ChatCore, CoreError, Frame, Request};
use simplex_bot::prelude::*;
use simplex_bot::types::event::NewChatItems;
use simplex_bot::types::{CiContentTag, UserId};
use simplex_bot::{Backlog, Condition, Delivery};
use simplex_sim::EVENT_QUEUE;
use tokio::sync::{Notify, Semaphore};
use tokio::time::timeout;

/// Tells what it handles; the first, once the gate opens.
async fn first_waits(msg: TextMessage, State((seen, gate)): State<(Seen, Arc<Notify>)>) {
    if msg.text() == "0" {
        gate.notified().await;
    }
    seen.send(msg.text().to_owned()).unwrap();
}

#[tokio::test]
async fn what_is_handled_is_marked_read() {
    let world = World::new();
    let (bot, mut heard) = telling(&world).await;
    let alice = world.person("alice", &bot).await;
    alice.send("one");
    assert_eq!(next(&mut heard).await, "one");
    until(async || unread(&bot, 4).await == 0).await;
    nothing_more(bot, &mut heard).await;
    // There is nothing more to remember of it.
    let state = std::fs::read_to_string(world.state_file()).unwrap();
    let begun = state.lines().filter_map(|line| line.strip_prefix('b')).collect::<Vec<_>>();
    let ended = state.lines().filter_map(|line| line.strip_prefix('e')?.strip_suffix(' ')).collect::<Vec<_>>();
    assert!(begun.len() == 1 && begun == ended, "{state}");
}

#[tokio::test]
async fn what_no_handler_takes_is_marked_too() {
    let world = World::new();
    let bot = world.bot().on(text().parse::<i32>(), async || {}).start().await.unwrap();
    let alice = world.person("alice", &bot).await;
    alice.send("not a number");
    until(async || unread(&bot, 4).await == 0).await;
    bot.stop().await.unwrap();
}

/// A server lost what waited there, and the core says so by an item that nobody wrote.
#[tokio::test]
async fn a_notice_of_lost_messages_is_told_marked_and_in_nobodys_way() {
    let world = World::new();
    let core = world.net.open("bot", "").unwrap();
    let bot_core = core.id();
    let lose = |alice: &common::Person, text: &str| {
        world.net.with(|net| net.set_offline(bot_core, true));
        alice.send("lost");
        world.net.with(|net| net.lose_messages());
        world.net.with(|net| net.set_offline(bot_core, false));
        alice.send(text);
    };
    async fn notice(event: NewChatItems, State(seen): State<Seen>) {
        for item in
            event.chat_items.iter().filter(|item| item.chat_item.content.tag() == CiContentTag::RcvIntegrityError)
        {
            seen.send(item.chat_item.meta.item_text.clone()).unwrap();
        }
    }
    let (seen, mut heard) = seen();
    let bot = world.bot().state(seen.clone()).on(text(), tell).on_event(notice).start().await.unwrap();
    let alice = world.person("alice", &bot).await;
    alice.send("one");
    assert_eq!(next(&mut heard).await, "one");
    lose(&alice, "two");
    // The message need not wait for what is told of events, nor they for it.
    let mut both = [next(&mut heard).await, next(&mut heard).await];
    both.sort();
    assert!(both[0].starts_with("skipped message ID ") && both[1] == "two", "{both:?}");
    until(async || unread(&bot, 4).await == 0).await;
    bot.stop().await.unwrap();

    // What was missed meanwhile is found, with notices among it.
    world.while_nobody_listens(|_| {
        lose(&alice, "three");
        lose(&alice, "four");
    });
    let bot = world.bot().state(seen).on(text(), tell).on_event(notice).start().await.unwrap();
    assert_eq!([next(&mut heard).await, next(&mut heard).await], ["three recovered", "four recovered"]);
    until(async || unread(&bot, 4).await == 0).await;
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn what_was_missed_is_handled_at_the_next_start_in_order_and_once() {
    let world = World::new();
    let (bot, mut heard) = telling(&world).await;
    let alice = world.person("alice", &bot).await;
    alice.send("0");
    assert_eq!(next(&mut heard).await, "0");
    nothing_more(bot, &mut heard).await;
    world.while_nobody_listens(|_| {
        for n in 1..=250 {
            alice.send(&n.to_string());
        }
    });
    let (bot, mut heard) = telling(&world).await;
    for n in 1..=250 {
        assert_eq!(next(&mut heard).await, format!("{n} recovered"));
    }
    alice.send("after");
    assert!(next(&mut heard).await.starts_with("after"));
    nothing_more(bot, &mut heard).await;
    let (bot, mut heard) = telling(&world).await;
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn a_first_run_answers_nothing_of_what_was_there_unless_told_to() {
    let world = World::new();
    // A database that has been used, with unread messages.
    let bot = world.bot().start().await.unwrap();
    let alice = world.person("alice", &bot).await;
    bot.stop().await.unwrap();
    world.while_nobody_listens(|_| {
        for n in 0..300 {
            alice.send(&format!("old {n}"));
        }
    });
    let folder = tempfile::tempdir().unwrap();
    let start = async |seen: Seen, backlog: Backlog, name: &str| {
        let bot = world.bot().state_file(folder.path().join(name)).backlog(backlog).state(seen);
        bot.on(text(), tell).start().await.unwrap()
    };
    let (seen_1, mut heard) = seen();
    let bot = start(seen_1, Backlog::SinceFirstRun, "first").await;
    alice.send("new");
    assert_eq!(next(&mut heard).await, "new");
    nothing_more(bot, &mut heard).await;
    // What is missed from then on is found among the old.
    world.while_nobody_listens(|_| {
        for n in 0..150 {
            alice.send(&format!("missed {n}"));
        }
    });
    let (seen_2, mut heard) = seen();
    let bot = start(seen_2, Backlog::SinceFirstRun, "first").await;
    for n in 0..150 {
        assert_eq!(next(&mut heard).await, format!("missed {n} recovered"));
    }
    until(async || unread(&bot, 4).await == 300).await;
    nothing_more(bot, &mut heard).await;
    let (seen_3, mut heard) = seen();
    let bot = start(seen_3, Backlog::All, "second").await;
    for n in 0..300 {
        assert_eq!(next(&mut heard).await, format!("old {n} recovered"));
    }
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn past_the_budget_messages_of_many_chats_stay_in_the_database_too() {
    const PEOPLE: usize = 60;
    let world = World::new();
    let (seen, mut heard) = seen();
    let gate = Arc::new(Notify::new());
    let bot = world.bot().in_flight(1).queue(10).state((seen, Arc::clone(&gate))).on(text(), first_waits);
    let bot = bot.start().await.unwrap();
    let mut people = Vec::new();
    for n in 0..PEOPLE {
        people.push(world.person(&format!("person{n}"), &bot).await);
    }
    for (n, person) in people.iter().enumerate() {
        person.send(&n.to_string());
        person.send(&format!("{n} again"));
    }
    let health = || bot.handle().health().unwrap();
    until(async || health().messages_left as usize >= 2 * PEOPLE - 2 * 10 - 1).await;
    assert!(health().behind >= PEOPLE - 11, "{:?}", health());
    gate.notify_one();
    let mut next_of = vec![0; PEOPLE];
    for _ in 0..2 * PEOPLE {
        let text = next(&mut heard).await;
        let (n, again) = text.split_once(' ').map_or((text.as_str(), 0), |(n, _)| (n, 1));
        let count = &mut next_of[n.parse::<usize>().unwrap()];
        assert_eq!(*count, again, "in order, and once");
        *count += 1;
    }
    until(async || health().lanes == 0).await;
    nothing_more(bot, &mut heard).await;
}

/// While its queue of events is full, a core answers nobody who sends: only taking events makes room.
#[tokio::test]
async fn more_messages_at_once_than_a_core_has_room_for_are_all_answered() {
    const MANY: usize = EVENT_QUEUE + 1_000;
    let world = World::new();
    let bot = world.bot().on(text(), async |msg: TextMessage| msg.reply(msg.text()).await).start().await.unwrap();
    let alice = world.person("alice", &bot).await;
    for n in 0..MANY {
        alice.send(&n.to_string());
        while alice.core.try_event().is_some() {}
    }
    let mut answered = 0;
    while answered < MANY {
        let event = timeout(DEADLINE, alice.core.next_event()).await.expect("an answer in time").unwrap();
        answered += usize::from(event.contains("\"rcvMsgContent\""));
    }
    bot.stop().await.unwrap();
}

#[tokio::test]
async fn who_writes_on_and_on_does_not_keep_others_from_being_read() {
    let world = World::new();
    let (seen, mut heard) = seen();
    let gate = Arc::new(Semaphore::new(0));
    async fn alice_waits(msg: TextMessage, State((seen, gate)): State<(Seen, Arc<Semaphore>)>) {
        seen.send(msg.text().to_owned()).unwrap();
        if msg.text() == "alice" {
            gate.acquire().await.unwrap().forget();
        }
    }
    let bot = world.bot().in_flight(1).queue(1).state((seen, Arc::clone(&gate))).on(text(), alice_waits);
    let bot = bot.start().await.unwrap();
    let [alice, bob, carol] = ["alice", "bob", "carol"].map(|name| world.person(name, &bot));
    let (alice, bob, carol) = (alice.await, bob.await, carol.await);
    let left = async |count| until(async || bot.handle().health().unwrap().messages_left == count).await;
    (0..20).for_each(|_| _ = alice.send("alice"));
    left(18).await;
    // One that was in hand, one that was queued, and one that is read.
    for _ in 0..2 {
        assert_eq!(next(&mut heard).await, "alice");
        gate.add_permits(1);
    }
    assert_eq!(next(&mut heard).await, "alice");
    bob.send("bob");
    carol.send("carol");
    left(19).await;
    let mut others = Vec::new();
    let mut more = 0;
    while others.len() < 2 {
        assert!(more < 100, "only {others:?}");
        more += 1;
        alice.send("alice");
        gate.add_permits(1);
        match next(&mut heard).await {
            text if text == "alice" => {}
            text => others.push(text),
        }
    }
    gate.add_permits(1000);
    // The others of hers, each once: two less were handled than she sent meanwhile.
    for _ in 0..20 - 3 + 2 {
        assert_eq!(next(&mut heard).await, "alice");
    }
    until(async || bot.handle().health().unwrap().lanes == 0).await;
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn chats_whose_handlers_wait_for_answers_keep_no_other_from_being_read() {
    const PEOPLE: usize = 30;
    let world = World::new();
    let (seen, mut heard) = seen();
    let gate = Arc::new(Notify::new());
    async fn asks(msg: TextMessage, chat: Chat, State((seen, gate)): State<(Seen, Arc<Notify>)>) -> Outcome<()> {
        if msg.text() == "0" {
            gate.notified().await;
        }
        seen.send(msg.text().to_owned()).unwrap();
        let answer = chat.next_message().timeout(Duration::from_secs(3600)).await?;
        seen.send(format!("{} to {}", answer.text(), msg.text())).unwrap();
        Ok(())
    }
    let bot =
        world.bot().in_flight(1).queue(1).state((seen, Arc::clone(&gate))).on(text(), asks).start().await.unwrap();
    let mut people = Vec::new();
    for n in 0..PEOPLE {
        people.push(world.person(&format!("person{n}"), &bot).await);
    }
    people.iter().enumerate().for_each(|(n, person)| _ = person.send(&n.to_string()));
    let health = || bot.handle().health().unwrap();
    until(async || health().behind >= PEOPLE - 3).await;
    gate.notify_one();
    let mut all = Vec::new();
    for _ in 0..PEOPLE {
        all.push(next(&mut heard).await.parse::<usize>().unwrap());
    }
    all.sort_unstable();
    assert!(all.into_iter().eq(0..PEOPLE), "each once");
    people.iter().for_each(|person| _ = person.send("answer"));
    let mut answers: Vec<_> = Vec::new();
    for _ in 0..PEOPLE {
        answers.push(next(&mut heard).await);
    }
    answers.sort_unstable();
    let mut expected: Vec<_> = (0..PEOPLE).map(|n| format!("answer to {n}")).collect();
    expected.sort_unstable();
    assert_eq!(answers, expected);
    until(async || health().lanes == 0).await;
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn past_the_budget_messages_are_read_from_the_database_in_order() {
    let world = World::new();
    let (seen, mut heard) = seen();
    let gate = Arc::new(Notify::new());
    let bot = world.bot().queue(16).state((seen, Arc::clone(&gate))).on(text(), first_waits).start().await.unwrap();
    let alice = world.person("alice", &bot).await;
    let bob = world.person("bob", &bot).await;
    for n in 0..500 {
        alice.send(&n.to_string());
    }
    // Another chat finds room meanwhile.
    bob.send("bob");
    assert_eq!(next(&mut heard).await, "bob");
    gate.notify_one();
    for n in 0..500 {
        assert_eq!(next(&mut heard).await, n.to_string());
        if n == 300 {
            alice.send("500");
        }
    }
    assert_eq!(next(&mut heard).await, "500");
    until(async || unread(&bot, 4).await == 0).await;
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn past_the_budget_messages_that_are_told_of_together_are_read_from_the_database() {
    let world = World::new();
    let core = world.deaf();
    let (bot, mut heard) = telling_of(world.bot_on(core.clone()).queue(1)).await;
    let alice = world.person("alice", &bot).await;
    core.loses_events();
    (0..4).for_each(|n| _ = alice.send(&n.to_string()));
    stored(&bot, "\"3\"").await;
    core.hears_again(together(&bot, &[("@4", 4)]).await);
    for expected in ["0", "1", "2 recovered", "3 recovered"] {
        assert_eq!(next(&mut heard).await, expected);
    }
    until(async || unread(&bot, 4).await == 0).await;
    nothing_more(bot, &mut heard).await;
}

#[tokio::test(start_paused = true)]
async fn a_late_message_is_seen_as_it_is_now_and_a_deleted_one_is_not_seen() {
    let world = World::new();
    let (seen, mut heard) = seen();
    let gate = Arc::new(Notify::new());
    async fn first_waits(msg: TextMessage, State((seen, gate)): State<(Seen, Arc<Notify>)>) {
        if msg.text() == "first" {
            gate.notified().await;
        }
        seen.send(format!("{} {}", msg.text(), msg.is_edited())).unwrap();
    }
    let bot = world.bot().state((seen, Arc::clone(&gate))).on(text(), first_waits).start().await.unwrap();
    let alice = world.person("alice", &bot).await;
    alice.send("first");
    let edited = alice.send("second");
    let deleted = alice.send("third");
    alice.edit(edited, "changed");
    alice.delete(deleted);
    alice.send("last");
    // The bot's core has told all of it.
    until(async || bot.api().raw("/_get chat @4 count=1").await.unwrap().to_string().contains("last")).await;
    tokio::time::sleep(Duration::from_millis(50)).await;
    gate.notify_one();
    for expected in ["first false", "changed true", "last false"] {
        assert_eq!(next(&mut heard).await, expected);
    }
    until(async || unread(&bot, 4).await == 0).await;
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn at_most_once_marks_before_it_handles() {
    let world = World::new();
    let (seen, mut heard) = seen();
    async fn ask(msg: TextMessage, State(seen): State<Seen>) {
        let chat = msg.api().raw("/_get chat @4 initial=1").await.unwrap();
        seen.send(chat["chat"]["chatStats"]["unreadCount"].to_string()).unwrap();
    }
    let bot = world.bot().delivery(Delivery::AtMostOnce).state(seen).on(text(), ask).start().await.unwrap();
    world.person("alice", &bot).await.send("hello");
    assert_eq!(next(&mut heard).await, "0");
    until(async || bot.handle().health().unwrap().handled == 1).await;
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn with_delivery_off_nothing_is_marked_or_looked_for() {
    let world = World::new();
    let off = async |seen: Seen| {
        world.bot().delivery(Delivery::Off).backlog(Backlog::All).state(seen).on(text(), tell).start().await.unwrap()
    };
    let (seen_1, mut heard) = seen();
    let bot = off(seen_1).await;
    let alice = world.person("alice", &bot).await;
    alice.send("hello");
    assert_eq!(next(&mut heard).await, "hello");
    nothing_more(bot, &mut heard).await;
    let (seen_2, mut heard) = seen();
    let bot = off(seen_2).await;
    alice.send("again");
    assert_eq!(next(&mut heard).await, "again");
    assert_eq!(unread(&bot, 4).await, 2);
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn with_delivery_off_what_finds_no_room_is_handled_too_and_once() {
    let world = World::new();
    let (seen, mut heard) = seen();
    let gate = Arc::new(Notify::new());
    let bot = world.bot().delivery(Delivery::Off).queue(16).state((seen, Arc::clone(&gate)));
    let bot = bot.on(text(), first_waits).start().await.unwrap();
    let alice = world.person("alice", &bot).await;
    for n in 0..200 {
        alice.send(&n.to_string());
    }
    gate.notify_one();
    for n in 0..200 {
        assert_eq!(next(&mut heard).await, n.to_string());
    }
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn with_delivery_off_what_came_before_is_not_found_with_what_finds_no_room() {
    let world = World::new();
    let gate = Arc::new(Notify::new());
    let start = async || {
        let (seen, heard) = seen();
        let bot = world.bot().delivery(Delivery::Off).queue(4).state((seen, Arc::clone(&gate)));
        (bot.on(text(), first_waits).start().await.unwrap(), heard)
    };
    let (bot, mut heard) = start().await;
    let alice = world.person("alice", &bot).await;
    alice.send("before");
    assert_eq!(next(&mut heard).await, "before");
    nothing_more(bot, &mut heard).await;
    world.while_nobody_listens(|_| assert!(alice.send("missed") > 0));
    let (bot, mut heard) = start().await;
    for n in 0..12 {
        alice.send(&n.to_string());
    }
    until(async || bot.handle().health().unwrap().messages_left > 0).await;
    gate.notify_one();
    for n in 0..12 {
        assert_eq!(next(&mut heard).await, n.to_string());
    }
    nothing_more(bot, &mut heard).await;
}

/// A core that answers no settings of an address.
async fn no_settings(core: Arc<dyn ChatCore>, request: Request) -> Result<Frame, CoreError> {
    match request.text() {
        text if text.starts_with("/_address_settings") => {
            Err(CoreError::Timeout { command: "/_address_settings".into(), after: Duration::ZERO })
        }
        _ => core.send(request).await,
    }
}

/// Or a bot whose first start was cut short would never accept anybody.
#[tokio::test]
async fn an_address_whose_settings_were_not_set_is_still_a_new_one() {
    let world = World::new();
    world.bot_on(changing(Arc::new(world.net.open("bot", "").unwrap()), no_settings)).start().await.unwrap_err();
    let shown = async || {
        let bot = world.bot().start().await.unwrap();
        let settings = bot.api().get_user_address(UserId(1)).await.unwrap().unwrap().address_settings;
        bot.stop().await.unwrap();
        settings
    };
    assert!(shown().await.auto_accept.is_some());
    world.while_nobody_listens(|core| drop(core.raw(r#"/_address_settings 1 {"businessAddress":false}"#)));
    assert!(shown().await.auto_accept.is_none(), "it is not new any more");
    std::fs::write(world.state_file(), "simplex-bot 1\nD 5\nA1\n").unwrap();
    assert!(shown().await.auto_accept.is_none(), "what was under way in another database is not in this one");
}

#[tokio::test]
async fn a_bot_forgets_what_it_knows_only_if_the_core_says_twice_that_its_database_is_another() {
    // The wrong answer comes at the first start, or at the next.
    for wrong_at in [0, 1] {
        let world = World::new();
        let start = async |n| {
            let wrong = AtomicBool::new(n == wrong_at);
            let core = changing(Arc::new(world.net.open("bot", "").unwrap()), move |core, request| {
                let is_wrong = request.text().starts_with("/_get chat *1 ") && wrong.swap(false, Ordering::SeqCst);
                async move {
                    let frame = core.send(request).await?;
                    let earlier = || frame.text().replace(r#""createdAt":"20"#, r#""createdAt":"19"#);
                    Ok(if is_wrong { Frame::parse(earlier()) } else { frame })
                }
            });
            telling_of(world.bot_on(core)).await
        };
        let (bot, mut heard) = start(0).await;
        let alice = world.person("alice", &bot).await;
        nothing_more(bot, &mut heard).await;
        world.while_nobody_listens(|_| _ = alice.send("missed"));
        let (bot, mut heard) = start(1).await;
        assert_eq!(next(&mut heard).await, "missed recovered");
        nothing_more(bot, &mut heard).await;
    }
}

#[tokio::test]
async fn a_restart_with_nothing_changed_changes_nothing_and_what_is_not_mentioned_stays() {
    let world = World::new();
    let changes = async |set: fn(Bot) -> Bot| {
        let core = world.deaf();
        let bot = world.bot_on(core.clone()).about("A bot").full_name("Bot the bot");
        let bot = set(bot.command("help", "Helps", async || {}));
        bot.start().await.unwrap().stop().await.unwrap();
        ["/_profile", "/_address", "/_set prefs", "/_create", "/_pa"].map(|begin| core.sent(begin)).concat()
    };
    assert!(!changes(|bot| bot.welcome("Hello").allow_files()).await.is_empty());
    assert_eq!(changes(|bot| bot.welcome("Hello").allow_files()).await, [""; 0]);
    // Neither the welcome nor files are mentioned.
    assert_eq!(changes(|bot| bot).await, [""; 0]);
    world.while_nobody_listens(|core| {
        let address = core.raw("/_show_address 1");
        assert!(address.contains("Hello"), "{address}");
    });
    let last = changes(Bot::no_welcome).await;
    assert!(matches!(last.as_slice(), [one] if one.starts_with("/_address_settings")), "{last:?}");
}

#[tokio::test]
async fn a_bot_uses_the_servers_that_it_names_from_its_address_on() {
    const SERVER: &str = "smp://LcJUMfVhwD8yxjAiSaDzzGF3-kLG4Uh0Fl_ZIjrRwjI@smp.example.org";
    let world = World::new();
    let sent = async |server: &str| {
        let core = world.deaf();
        let bot = world.bot_on(core.clone()).servers([server]);
        let started = bot.start().await;
        let sent = ["/_servers 1 ", "/_address 1"].map(|begin| core.sent(begin)).concat();
        started.map(|bot| (bot, sent))
    };
    let (bot, first) = sent(SERVER).await.unwrap();
    assert!(matches!(first.as_slice(), [servers, address] if servers.contains(SERVER) && address == "/_address 1"));
    assert!(bot.address().unwrap().contains("smp.example.org"), "{:?}", bot.address());
    bot.stop().await.unwrap();
    let (bot, second) = sent(SERVER).await.unwrap();
    assert_eq!(second, [""; 0]);
    bot.stop().await.unwrap();
    let wrong = sent("smp.example.org").await.unwrap_err().to_string();
    assert!(wrong.contains("server 1 of `.servers(…)` is not an address like `smp://fingerprint@host`"), "{wrong}");
}

#[tokio::test]
async fn a_bot_uses_its_proxy_from_before_the_chat_starts() {
    let world = World::new();
    for other in ["me:secret@", ":9050", "127.0.0.1", "[::1]:9050", "me:secret@127.0.0.1:9050", "@:9050"] {
        world.bot().socks_proxy(other).start().await.unwrap().stop().await.unwrap();
    }
    let core = world.deaf();
    let bot = world.bot_on(core.clone()).socks_proxy("127.0.0.1:9050");
    let bot = bot.start().await.unwrap();
    let sent = core.sent("/");
    let at = |begin: &str| sent.iter().position(|command| command.starts_with(begin)).unwrap();
    assert!(at("/_network {") < at("/_start"), "{sent:?}");
    let config = bot.api().get_network_config().await.unwrap();
    assert!(config.get().contains(r#""socksProxy":"127.0.0.1:9050""#), "{config:?}");
    assert!(config.get().contains(r#""smpPingCount":3"#), "{config:?}");
    bot.stop().await.unwrap();
}

#[tokio::test]
async fn a_bot_tells_how_it_is() {
    let world = World::new();
    let (bot, mut heard) = telling(&world).await;
    let handle = bot.handle();
    world.person("alice", &bot).await.send("one");
    assert_eq!(next(&mut heard).await, "one");
    until(async || handle.health().unwrap().lanes == 0).await;
    let health = handle.health().unwrap();
    assert_eq!((health.handled, health.failed, health.condition), (1, 0, Condition::Serving));
    nothing_more(bot, &mut heard).await;
    assert_eq!(handle.health(), None);
}
