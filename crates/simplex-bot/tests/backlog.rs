//! What is a bot's to handle of what its database has: not what was there before it, nor what a group shows it as history.

mod common;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use common::{World, changing, next, nothing_more, say, seen, tell, telling, telling_of, unread, until};
use simplex_bot::Backlog;
use simplex_bot::core::{CoreEvent, Frame};
use simplex_bot::prelude::*;
use simplex_bot::types::Timestamp;

#[tokio::test]
async fn history_is_marked_and_handled_on_request_only() {
    for handled in [false, true] {
        let world = World::new();
        let (seen, mut heard) = seen();
        let bot = world.bot().state(seen);
        let bot = if handled { bot.handle_history() } else { bot };
        let bot = bot.on(text(), tell).start().await.unwrap();
        let alice = world.person("alice", &bot).await;
        let group = r#"/_group 1 {"displayName":"old","fullName":"","groupPreferences":{"history":{"enable":"on"}}}"#;
        assert!(alice.core.raw(group).contains("groupCreated"));
        let say = |text: &str| {
            alice
                .core
                .raw(&format!(r#"/_send #1 json [{{"msgContent":{{"type":"text","text":"{text}"}},"mentions":{{}}}}]"#))
        };
        say("before 1");
        say("before 2");
        let link: serde_json::Value = serde_json::from_str(&alice.core.raw("/_create link #1 member")).unwrap();
        let link = link["result"]["groupLink"]["connLinkContact"]["connFullLink"].as_str().unwrap();
        bot.api().raw(&format!("/_connect 1 {link}")).await.unwrap();
        let there = async |count: usize| {
            let Ok(chat) = bot.api().raw("/_get chat #1 count=20").await else { return false };
            chat.to_string().matches("\"before ").count() >= count
        };
        until(async || there(2).await).await;
        until(async || say("now").contains("sndNew")).await;
        if handled {
            assert_eq!([next(&mut heard).await, next(&mut heard).await], ["before 1", "before 2"]);
        }
        assert_eq!(next(&mut heard).await, "now");
        until(async || {
            bot.api().raw("/_get chat #1 initial=1").await.unwrap()["chat"]["chatStats"]["unreadCount"] == 0
        })
        .await;
        nothing_more(bot, &mut heard).await;
    }
}

#[tokio::test]
async fn what_a_member_passes_on_is_history_only_from_before_the_bot_came() {
    let world = World::new();
    let core = world.deaf();
    let (bot, mut heard) = telling_of(world.bot_on(core.clone())).await;
    let alice = world.person("alice", &bot).await;
    bot.api().raw(r#"/_group 1 {"displayName":"ours","fullName":""}"#).await.unwrap();
    bot.api().raw("/_add #1 4 member").await.unwrap();
    until(async || alice.core.raw("/_join #1").contains("userAcceptedGroupSent")).await;
    let hello = r##"/_send #1 json [{"msgContent":{"type":"text","text":"hello"},"mentions":{}}]"##;
    until(async || alice.core.raw(hello).contains("newChatItems")).await;
    assert_eq!(next(&mut heard).await, "hello");
    // The same, as if somebody else had passed it on: one sent before the group was there for the bot, one after.
    let user = bot.api().raw("/user").await.unwrap()["user"].clone();
    let chat = bot.api().raw("/_get chat #1 count=1").await.unwrap()["chat"].clone();
    let (info, item) = (&chat["chatInfo"], &chat["chatItems"][0]);
    for (id, text, sent) in [(900, "old", "2001-01-01T00:00:00Z"), (901, "live", "2099-01-01T00:00:00Z")] {
        let mut item = item.clone();
        item["meta"]["itemId"] = id.into();
        item["meta"]["itemTs"] = sent.into();
        item["meta"]["itemStatus"] = serde_json::json!({"type": "rcvNew"});
        item["meta"]["forwardedByMember"] = 7.into();
        item["content"] = serde_json::json!({"type": "rcvMsgContent", "msgContent": {"type": "text", "text": text}});
        let event = serde_json::json!({"result": {
            "type": "newChatItems", "user": user, "chatItems": [{"chatInfo": info, "chatItem": item}],
        }});
        core.says(CoreEvent::Frame(Frame::parse(event.to_string())));
    }
    assert!(next(&mut heard).await.starts_with("live"));
    nothing_more(bot, &mut heard).await;
}

/// `OLD=10000 cargo test -p simplex-bot --test promises years -- --nocapture` says how long it takes.
#[tokio::test]
async fn a_database_of_years_is_left_alone_and_all_of_it_is_handled_on_request() {
    let old: usize = std::env::var("OLD").ok().and_then(|old| old.parse().ok()).unwrap_or(10_000);
    let world = World::new();
    let bot = world.bot().start().await.unwrap();
    let alice = world.person("alice", &bot).await;
    bot.stop().await.unwrap();
    // A core whose events nobody takes stores no more than its queue holds, and sends nothing once that is full.
    let send = |text: &str| {
        alice.send(text);
        while alice.core.try_event().is_some() {}
    };
    let mut left = old;
    while left > 0 {
        let some = left.min(2_000);
        world.while_nobody_listens(|_| (0..some).for_each(|n| send(&n.to_string())));
        left -= some;
    }
    let folder = tempfile::tempdir().unwrap();
    let start = async |backlog: Backlog, name: &str| {
        let handled = Arc::new(AtomicUsize::new(0));
        async fn count(_: TextMessage, State(handled): State<Arc<AtomicUsize>>) {
            handled.fetch_add(1, Ordering::SeqCst);
        }
        let bot = world.bot().state_file(folder.path().join(name)).backlog(backlog).state(Arc::clone(&handled));
        (bot.on(text(), count).start().await.unwrap(), handled)
    };
    let began = std::time::Instant::now();
    for _ in 0..2 {
        let (bot, handled) = start(Backlog::SinceFirstRun, "first").await;
        // One that is new, so that looking back is over when it is handled and marked: it comes before.
        send("new");
        until(async || handled.load(Ordering::SeqCst) > 0 && unread(&bot, 4).await as usize == old).await;
        bot.stop().await.unwrap();
        assert_eq!(handled.load(Ordering::SeqCst), 1);
    }
    println!("left alone, twice: {:?}", began.elapsed());
    let began = std::time::Instant::now();
    let (bot, handled) = start(Backlog::All, "second").await;
    until(async || handled.load(Ordering::SeqCst) == old).await;
    until(async || unread(&bot, 4).await == 0).await;
    println!("all {old} handled and marked: {:?}", began.elapsed());
    bot.stop().await.unwrap();
    assert_eq!(handled.load(Ordering::SeqCst), old);
}

#[tokio::test(start_paused = true)]
async fn what_came_late_to_the_database_is_left_alone_too() {
    let world = World::new();
    let bot = world.bot().start().await.unwrap();
    let (alice, carol) = (world.person("alice", &bot).await, world.person("carol", &bot).await);
    let group = bot.api().raw(r#"/_group 1 {"displayName":"ours","fullName":""}"#).await.unwrap();
    assert_eq!(group["groupInfo"]["groupId"], 1);
    bot.api().raw("/_add #1 5 member").await.unwrap();
    until(async || carol.core.raw("/_join #1").contains("userAcceptedGroupSent")).await;
    until(async || bot.api().raw("/_members #1").await.unwrap().to_string().contains("\"connected\"")).await;
    bot.stop().await.unwrap();
    // Sent first, stored last.
    carol.send("old, to the bot");
    say(&carol.core, "#1", "old, to the group");
    tokio::time::sleep(Duration::from_secs(5)).await;
    (0..110).for_each(|n| _ = alice.send(&n.to_string()));
    world.while_nobody_listens(|_| {});
    let (bot, mut heard) = telling(&world).await;
    alice.send("new");
    assert_eq!(next(&mut heard).await, "new");
    nothing_more(bot, &mut heard).await;
    let (bot, mut heard) = telling(&world).await;
    alice.send("new again");
    assert_eq!(next(&mut heard).await, "new again recovered");
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn a_time_may_say_what_is_handled() {
    let world = World::new();
    let (bot, mut heard) = telling(&world).await;
    let alice = world.person("alice", &bot).await;
    nothing_more(bot, &mut heard).await;
    let mut chat = serde_json::Value::Null;
    world.while_nobody_listens(|core| {
        alice.send("old");
        chat = serde_json::from_str(&core.raw("/_get chat @4 count=1")).unwrap();
    });
    let folder = tempfile::tempdir().unwrap();
    let start = async |since: SystemTime, name: &str| {
        let (seen, heard) = seen();
        let bot = world.bot().state_file(folder.path().join(name)).backlog(Backlog::Since(since)).state(seen);
        (bot.on(text(), tell).start().await.unwrap(), heard)
    };
    let written: Timestamp =
        serde_json::from_value(chat["result"]["chat"]["chatItems"][0]["meta"]["createdAt"].clone()).unwrap();
    let written = SystemTime::from(written);
    for (later, name) in [(Duration::from_secs(1 << 40), "long after"), (Duration::from_millis(1), "just after")] {
        let (bot, mut heard) = start(written + later, name).await;
        // What is old would come before it.
        alice.send("live");
        assert!(next(&mut heard).await.starts_with("live"));
        nothing_more(bot, &mut heard).await;
    }
    let (bot, mut heard) = start(written, "then").await;
    assert_eq!(next(&mut heard).await, "old recovered");
    nothing_more(bot, &mut heard).await;
}

#[tokio::test(start_paused = true)]
async fn what_comes_while_old_messages_are_gone_over_is_handled_though_its_time_is_not_come() {
    let world = World::new();
    let (bot, mut heard) = telling(&world).await;
    let alice = Arc::new(world.person("alice", &bot).await);
    nothing_more(bot, &mut heard).await;
    world.while_nobody_listens(|_| assert!(alice.send("old") > 0));
    // It is stored and told of between the look at the chat and the page that it is on.
    let writes = Arc::clone(&alice);
    let core = changing(Arc::new(world.net.open("bot", "").unwrap()), move |core, request| {
        let writes = Arc::clone(&writes);
        async move {
            if request.text() == "/_get chat @4 initial=1" {
                writes.send("live");
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
            core.send(request).await
        }
    });
    let (seen, mut heard) = seen();
    let since = SystemTime::now() + Duration::from_secs(1 << 30);
    let bot = world.bot_on(core).backlog(Backlog::Since(since)).state(seen).on(text(), tell);
    let bot = bot.start().await.unwrap();
    assert_eq!(next(&mut heard).await, "live recovered");
    bot.stop().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn what_came_while_a_bot_on_a_core_of_its_own_was_away_is_handled() {
    let world = World::new();
    let (bot, mut heard) = telling_of(Bot::new("bot").core(world.located())).await;
    let alice = world.person("alice", &bot).await;
    nothing_more(bot, &mut heard).await;
    world.while_nobody_listens(|_| _ = alice.send("missed"));
    let (bot, mut heard) = telling_of(Bot::new("bot").core(world.located())).await;
    assert_eq!(next(&mut heard).await, "missed recovered");
    nothing_more(bot, &mut heard).await;
    assert!(world.state_file().with_file_name("data").join("bot_bot.state").exists());
}

#[tokio::test(start_paused = true)]
async fn another_database_under_the_same_name_begins_anew() {
    let world = World::new();
    let (bot, mut heard) = telling(&world).await;
    let alice = world.person("alice", &bot).await;
    for n in 0..20 {
        alice.send(&n.to_string());
        next(&mut heard).await;
    }
    nothing_more(bot, &mut heard).await;
    // The same file, beside a database that was made a second later: its ids begin anew.
    tokio::time::sleep(Duration::from_millis(1100)).await;
    let other = World::new();
    let start = async || {
        let (seen, heard) = seen();
        let core = Arc::new(other.net.open("bot", "").unwrap());
        let bot = Bot::new("bot").core(core).state_file(world.state_file()).state(seen);
        (bot.on(text(), tell).start().await.unwrap(), heard)
    };
    let (bot, mut heard) = start().await;
    let bob = other.person("bob", &bot).await;
    nothing_more(bot, &mut heard).await;
    other.while_nobody_listens(|_| {
        bob.send("missed");
    });
    let (bot, mut heard) = start().await;
    assert_eq!(next(&mut heard).await, "missed recovered");
    nothing_more(bot, &mut heard).await;
}

#[tokio::test(start_paused = true)]
async fn of_many_chats_with_old_messages_a_first_run_reads_those_that_changed_last() {
    let world = World::new();
    let bot = world.bot().state_file(world.state_file().with_extension("other")).start().await.unwrap();
    let mut people = Vec::new();
    for n in 0..20 {
        people.push(world.person(&format!("person{n}"), &bot).await);
    }
    bot.stop().await.unwrap();
    for person in &people {
        world.while_nobody_listens(|_| _ = person.send("old"));
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    let core = world.deaf();
    let (seen, mut heard) = seen();
    let bot = world.bot().core(core.clone()).state(seen).on(text(), tell);
    let bot = bot.start().await.unwrap();
    assert_eq!(core.sent("/_get chat @").len(), 1);
    nothing_more(bot, &mut heard).await;
}
