//! Several profiles in one database: each is served as itself, or left alone.

#![expect(clippy::unwrap_used, reason = "what fails here fails a test")]

mod common;

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use common::{Heard, Person, Seen, World, changing, failing, first_waits, next, seen, telling_of, until};
use simplex_bot::prelude::*;
use simplex_bot::types::UserId;
use simplex_bot::types::event::{ContactConnected, RcvFileComplete};
use simplex_bot::{Backlog, Running};
use simplex_sim::SimCore;
use tokio::sync::Notify;
use tokio::time::timeout;

/// A database with the profiles `bot` and `shop`, of which the second is active; gives the address of the second.
fn two_profiles(world: &World) -> String {
    let core = world.net.open("bot", "").unwrap();
    for name in ["bot", "shop"] {
        let made = core.raw(&format!(
            r#"/_create user {{"profile":{{"displayName":"{name}","fullName":""}},"pastTimestamp":false}}"#
        ));
        assert!(made.contains("activeUser"), "{made}");
    }
    core.raw("/_start main=on");
    let made: serde_json::Value = serde_json::from_str(&core.raw("/_address 2")).unwrap();
    let link = made["result"]["connLinkContact"]["connFullLink"].as_str().unwrap().to_owned();
    let set = core.raw(r#"/_address_settings 2 {"businessAddress":false,"autoAccept":{"acceptIncognito":false}}"#);
    assert!(set.contains("userContactLinkUpdated"), "{set}");
    link
}

async fn answer(msg: TextMessage, api: ChatApi, State(seen): State<Seen>) -> Outcome<()> {
    // Others come between.
    tokio::time::sleep(Duration::from_millis(1)).await;
    let me = api.get_active_user().await?.unwrap().local_display_name;
    let own = api.user_id().unwrap();
    seen.send(format!("{me} {}", msg.text())).unwrap();
    msg.reply(format!("{own} {me} {}", msg.text())).await?;
    Ok(())
}

async fn connected(event: ContactConnected, api: ChatApi, State(seen): State<Seen>) {
    let me = api.get_active_user().await.unwrap().unwrap().local_display_name;
    seen.send(format!("{me} has {}", event.contact.local_display_name)).unwrap();
}

async fn serving(world: &World) -> (Running, Heard) {
    let (seen, heard) = seen();
    let failures = seen.clone();
    let bot = world.bot().every_profile().state(seen).on(text(), answer).on_event(connected);
    let bot = bot.on_error(move |_, failure| failures.send(failure.to_string()).unwrap());
    (bot.start().await.unwrap(), heard)
}

fn connect(world: &World, name: &str, address: &str) -> Person {
    let core = world.net.open(name, "").unwrap();
    core.raw(&format!(r#"/_create user {{"profile":{{"displayName":"{name}","fullName":""}},"pastTimestamp":false}}"#));
    core.raw("/_start main=on");
    core.raw(&format!("/_connect 1 {address}"));
    Person { core }
}

/// The texts of the next messages that somebody gets.
async fn texts(core: &SimCore, count: usize) -> Vec<String> {
    let mut texts = Vec::new();
    let come = async {
        while texts.len() < count {
            let Some(event) = core.try_event() else {
                tokio::time::sleep(Duration::from_millis(1)).await;
                continue;
            };
            let event: serde_json::Value = serde_json::from_str(&event).unwrap();
            let items = event["result"]["chatItems"].as_array().cloned().unwrap_or_default();
            let content = items.iter().map(|item| &item["chatItem"]["content"]);
            let received = content.filter(|content| content["type"] == "rcvMsgContent");
            texts.extend(received.map(|content| content["msgContent"]["text"].as_str().unwrap().to_owned()));
        }
    };
    timeout(common::DEADLINE, come).await.unwrap();
    texts
}

async fn all_read(bot: &Running) -> bool {
    for user in [UserId(1), UserId(2)] {
        if !bot.api().for_user(user).get_chats(user, 10, true).await.unwrap().is_empty() {
            return false;
        }
    }
    true
}

#[tokio::test]
async fn two_profiles_are_served_side_by_side_and_never_mixed() {
    const EACH: usize = 40;
    let world = World::new();
    let shop = two_profiles(&world);
    let (bot, mut heard) = serving(&world).await;
    // Its own profile is the one that is called so, whichever was active.
    assert_eq!((bot.user().user_id, bot.user().local_display_name.as_str()), (UserId(1), "bot"));
    let (alice, bob) = (connect(&world, "alice", bot.address().unwrap()), connect(&world, "bob", &shop));
    let mut came = [next(&mut heard).await, next(&mut heard).await];
    came.sort();
    assert_eq!(came, ["bot has alice", "shop has bob"]);
    for n in 0..EACH {
        alice.send(&format!("a{n}"));
        bob.send(&format!("b{n}"));
    }
    let expected =
        |profile: &str, letter: char| (0..EACH).map(|n| format!("{profile} {letter}{n}")).collect::<Vec<_>>();
    assert_eq!(texts(&alice.core, EACH).await, expected("1 bot", 'a'));
    assert_eq!(texts(&bob.core, EACH).await, expected("2 shop", 'b'));
    until(async || all_read(&bot).await).await;
    bot.stop().await.unwrap();
}

#[tokio::test]
async fn what_either_profile_missed_is_handled_as_it_at_the_next_start() {
    let world = World::new();
    let shop = two_profiles(&world);
    let (bot, mut heard) = serving(&world).await;
    let (alice, bob) = (connect(&world, "alice", bot.address().unwrap()), connect(&world, "bob", &shop));
    next(&mut heard).await;
    next(&mut heard).await;
    bot.stop().await.unwrap();
    world.while_nobody_listens(|_| {
        for n in 0..30 {
            alice.send(&format!("a{n}"));
            bob.send(&format!("b{n}"));
        }
    });
    let (bot, _heard) = serving(&world).await;
    assert_eq!(texts(&alice.core, 30).await.first().unwrap(), "1 bot a0");
    assert_eq!(texts(&bob.core, 30).await.last().unwrap(), "2 shop b29");
    until(async || all_read(&bot).await).await;
    bot.stop().await.unwrap();
}

#[tokio::test]
async fn a_file_that_either_profile_got_while_the_bot_was_away_is_told() {
    let world = World::new();
    let shop = two_profiles(&world);
    let start = async || {
        async fn offered(msg: Message, State(seen): State<Seen>) {
            seen.send(msg.file().unwrap().file_id.to_string()).unwrap();
        }
        async fn complete(event: RcvFileComplete, State(seen): State<Seen>) {
            seen.send(event.chat_item.chat_item.file.unwrap().file_name).unwrap();
        }
        let (seen, heard) = seen();
        let bot = world.bot().every_profile().allow_files().state(seen).on(file(), offered).on_event(complete);
        (bot.start().await.unwrap(), heard)
    };
    let folder = tempfile::tempdir().unwrap();
    let (bot, mut heard) = start().await;
    let mut files = Vec::new();
    for (name, address) in [("alice", bot.address().unwrap()), ("bob", shop.as_str())] {
        let person = world.person_at(name, address).await;
        let path = folder.path().join(name);
        std::fs::write(&path, [7; 5000]).unwrap();
        let sent = person.core.raw(&format!(
            r#"/_send @4 json [{{"msgContent":{{"type":"file","text":""}},"mentions":{{}},"fileSource":{{"filePath":"{}"}}}}]"#,
            path.display()
        ));
        assert!(sent.contains("newChatItems"), "{sent}");
        files.push(next(&mut heard).await);
    }
    bot.stop().await.unwrap();
    let core = world.net.open("bot", "").unwrap();
    core.raw("/_start main=on");
    for (user, file) in (1..).zip(files) {
        core.raw(&format!("/_user {user}"));
        let accepted = core.raw(&format!("/freceive {file} {}", folder.path().join(file.clone()).display()));
        assert!(accepted.contains("rcvFileAccepted"), "{accepted}");
        until(async || core.try_event().is_some_and(|event| event.contains("\"rcvFileComplete\""))).await;
    }
    let (bot, mut heard) = start().await;
    let mut told = [next(&mut heard).await, next(&mut heard).await];
    told.sort();
    assert_eq!(told, ["alice", "bob"]);
    bot.stop().await.unwrap();
}

#[tokio::test]
async fn what_another_profile_got_is_seen_as_it_is_when_its_turn_comes() {
    let world = World::new();
    let shop = two_profiles(&world);
    let (seen, mut heard) = seen();
    let gate = Arc::new(Notify::new());
    let bot = world.bot().every_profile().state((seen, Arc::clone(&gate))).on(text(), first_waits);
    let bot = bot.start().await.unwrap();
    let bob = world.person_at("bob", &shop).await;
    bob.send("first");
    assert_eq!(next(&mut heard).await, "first");
    let second = bob.send("second");
    bob.edit(second, "changed");
    bob.send("third");
    until(async || bot.handle().health().unwrap().queued == 2).await;
    gate.notify_one();
    assert_eq!([next(&mut heard).await, next(&mut heard).await], ["changed", "third"]);
    bot.stop().await.unwrap();
}

#[tokio::test]
async fn a_handler_asks_in_the_profile_of_its_message() {
    let world = World::new();
    let shop = two_profiles(&world);
    let (seen, mut heard) = seen();
    async fn asks(msg: TextMessage, chat: Chat, State(seen): State<Seen>) -> Outcome<()> {
        let answer: String = chat.ask("How many?").timeout(common::DEADLINE).await?;
        seen.send(format!("{} {answer}", msg.text())).unwrap();
        Ok(())
    }
    let bot = world.bot().every_profile().state(seen).on(text(), asks).on_event(connected).start().await.unwrap();
    let bob = connect(&world, "bob", &shop);
    assert_eq!(next(&mut heard).await, "shop has bob");
    bob.send("apples");
    assert_eq!(texts(&bob.core, 1).await, ["How many?"]);
    bob.send("three");
    assert_eq!(next(&mut heard).await, "apples three");
    until(async || all_read(&bot).await).await;
    bot.stop().await.unwrap();
}

#[tokio::test]
async fn a_handler_asks_somebody_of_another_profile() {
    let world = World::new();
    let shop = two_profiles(&world);
    let (seen, mut heard) = seen();
    async fn asks(msg: TextMessage, api: ChatApi, State(seen): State<Seen>) -> Outcome<()> {
        // Bob, whose chat is one of the other profile.
        let bob = api.for_user(UserId(2)).list_contacts(UserId(2)).await?.remove(0).contact_id;
        let answer: String = Chat::new(api.for_user(UserId(2)), bob).ask(msg.text()).timeout(common::DEADLINE).await?;
        seen.send(format!("{} {answer}", msg.text())).unwrap();
        Ok(())
    }
    let bot = world.bot().every_profile().state(seen).on(text(), asks).on_event(connected).start().await.unwrap();
    let (alice, bob) = (connect(&world, "alice", bot.address().unwrap()), connect(&world, "bob", &shop));
    let mut came = [next(&mut heard).await, next(&mut heard).await];
    came.sort();
    assert_eq!(came, ["bot has alice", "shop has bob"]);
    alice.send("How many?");
    assert_eq!(texts(&bob.core, 1).await, ["How many?"]);
    bob.send("three");
    assert_eq!(next(&mut heard).await, "How many? three");
    until(async || all_read(&bot).await).await;
    bot.stop().await.unwrap();
}

#[tokio::test]
async fn a_profile_that_cannot_be_looked_at_is_not_in_the_way_of_the_others() {
    let world = World::new();
    let shop = two_profiles(&world);
    let (bot, mut heard) = serving(&world).await;
    let bob = connect(&world, "bob", &shop);
    assert_eq!(next(&mut heard).await, "shop has bob");
    bot.stop().await.unwrap();
    world.while_nobody_listens(|_| assert!(bob.send("missed") > 0));
    let (seen, mut heard) = seen();
    let bot = world.bot_on(failing(&world, "/_get chats 1 ")).every_profile().state(seen).on(text(), answer);
    let bot = bot.start().await.unwrap();
    assert_eq!(next(&mut heard).await, "shop missed");
    bot.stop().await.unwrap();
}

#[tokio::test]
async fn a_profile_whose_state_cannot_be_looked_at_is_not_in_the_way_of_the_others() {
    let world = World::new();
    let shop = two_profiles(&world);
    let (bot, _heard) = serving(&world).await;
    until(async || std::fs::read_to_string(world.state_file()).unwrap().contains("\nL 2 c ")).await;
    bot.stop().await.unwrap();
    let core = world.net.open("bot", "").unwrap();
    core.raw("/_start main=on");
    connect(&world, "bob", &shop);
    until(async || core.try_event().is_some_and(|event| event.contains("\"contactConnected\""))).await;
    let (seen, mut heard) = seen();
    let bot = world.bot_on(failing(&world, "/_get chats 1 ")).every_profile().state(seen).on_event(connected);
    let bot = bot.start().await.unwrap();
    assert_eq!(next(&mut heard).await, "shop has bob");
    bot.stop().await.unwrap();
}

#[tokio::test]
async fn the_profiles_are_listed_once_when_the_bot_starts() {
    let world = World::new();
    let shop = two_profiles(&world);
    let (bot, _heard) = serving(&world).await;
    until(async || std::fs::read_to_string(world.state_file()).unwrap().contains("\nL 2 c ")).await;
    bot.stop().await.unwrap();
    let core = world.net.open("bot", "").unwrap();
    core.raw("/_start main=on");
    core.raw("/_user 1");
    let bob = connect(&world, "bob", &shop);
    until(async || core.try_event().is_some_and(|event| event.contains("\"contactConnected\""))).await;
    bob.send("missed");
    let lists = Arc::new(AtomicU32::new(0));
    let core = changing(Arc::new(core), {
        let lists = Arc::clone(&lists);
        move |core, request| {
            lists.fetch_add(u32::from(request.text() == "/users"), Ordering::Relaxed);
            async move { core.send(request).await }
        }
    });
    let (seen, mut heard) = seen();
    let bot = world.bot().core(core).every_profile().state(seen).on(text(), answer).on_event(connected);
    let bot = bot.start().await.unwrap();
    let mut came = [next(&mut heard).await, next(&mut heard).await];
    came.sort();
    assert_eq!(came, ["shop has bob", "shop missed"]);
    bot.stop().await.unwrap();
    assert_eq!(lists.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn a_first_run_leaves_what_every_profile_had() {
    let world = World::new();
    let shop = two_profiles(&world);
    let bob = connect(&world, "bob", &shop);
    let core = world.net.open("bot", "").unwrap();
    core.raw("/_start main=on");
    until(async || bob.core.try_event().is_some_and(|event| event.contains("\"contactConnected\""))).await;
    bob.send("old");
    until(async || core.raw("/_get chats 2 count=5").contains("\"old\"")).await;
    drop(core);
    let (bot, mut heard) = serving(&world).await;
    bob.send("new");
    assert_eq!(next(&mut heard).await, "shop new");
    bot.stop().await.unwrap();
    // And so does a later run, which looks at it.
    world.while_nobody_listens(|_| _ = bob.send("missed"));
    let (bot, mut heard) = serving(&world).await;
    assert_eq!(next(&mut heard).await, "shop missed");
    bot.stop().await.unwrap();
    assert_eq!(heard.recv().await, None);
}

#[tokio::test]
async fn other_profiles_are_left_alone_unless_asked_for() {
    let world = World::new();
    let shop = two_profiles(&world);
    let (bot, mut heard) = telling_of(world.bot().backlog(Backlog::All)).await;
    let (alice, bob) = (connect(&world, "alice", bot.address().unwrap()), connect(&world, "bob", &shop));
    let connected = async |person: &Person| {
        until(async || person.core.try_event().is_some_and(|event| event.contains("\"contactConnected\""))).await;
    };
    connected(&alice).await;
    connected(&bob).await;
    bob.send("for the shop");
    alice.send("for the bot");
    assert_eq!(next(&mut heard).await, "for the bot");
    bot.stop().await.unwrap();
    assert_eq!(heard.recv().await, None);
    let core = world.net.open("bot", "").unwrap();
    core.raw("/_start main=on");
    core.raw("/_user 2");
    let unread = core.raw(r#"/_get chats 2 count=5 {"type":"filters","favorite":false,"unread":true}"#);
    assert!(unread.contains("for the shop"), "{unread}");
}

#[tokio::test]
async fn where_several_profiles_are_none_is_renamed() {
    let world = World::new();
    two_profiles(&world);
    let bot = async |name: &str| Bot::new(name).core(Arc::new(world.net.open("bot", "").unwrap())).start().await;
    let error = bot("desk").await.unwrap_err();
    let BotError::NoSuchProfile { name, profiles } = &error else { panic!("{error}") };
    assert_eq!((name.as_str(), profiles.as_slice()), ("desk", ["bot".to_owned(), "shop".to_owned()].as_slice()));
    let users = bot("bot").await.unwrap().api().list_users().await.unwrap();
    let names: Vec<&str> = users.iter().map(|info| info.user.profile.display_name.as_str()).collect();
    assert_eq!(names, ["bot", "shop"]);
}

#[tokio::test]
async fn a_hidden_profile_is_left_alone_and_holds_up_no_other() {
    let world = World::new();
    let shop = two_profiles(&world);
    let core = world.net.open("bot", "").unwrap();
    core.raw("/_start main=on");
    let made = core.raw(r#"/_create user {"profile":{"displayName":"desk","fullName":""},"pastTimestamp":false}"#);
    assert!(made.contains("activeUser"), "{made}");
    let made: serde_json::Value = serde_json::from_str(&core.raw("/_address 3")).unwrap();
    let desk = made["result"]["connLinkContact"]["connFullLink"].as_str().unwrap().to_owned();
    core.raw(r#"/_address_settings 3 {"businessAddress":false,"autoAccept":{"acceptIncognito":false}}"#);
    let hidden = core.raw(r#"/_hide user 2 "secret""#);
    assert!(hidden.contains("viewPwdHash"), "{hidden}");
    let (bot, mut heard) = serving(&world).await;
    let (bob, carol) = (connect(&world, "bob", &shop), connect(&world, "carol", &desk));
    assert_eq!(next(&mut heard).await, "desk has carol");
    until(async || bob.core.try_event().is_some_and(|event| event.contains("\"contactConnected\""))).await;
    bob.send("for the hidden");
    carol.send("now");
    assert_eq!(next(&mut heard).await, "desk now");
    bot.stop().await.unwrap();
    world.while_nobody_listens(|_| {
        bob.send("for the hidden");
        carol.send("late");
    });
    let (bot, mut heard) = serving(&world).await;
    assert_eq!(next(&mut heard).await, "desk late");
    bot.stop().await.unwrap();
    assert_eq!(heard.recv().await, None);
}

#[tokio::test]
async fn what_is_handled_of_a_profile_that_is_deleted_meanwhile_holds_nobody_up() {
    let world = World::new();
    let address = two_profiles(&world);
    let (seen, mut heard) = seen();
    let gate = Arc::new(Notify::new());
    async fn waits(msg: TextMessage, State((seen, gate)): State<(Seen, Arc<Notify>)>) {
        seen.send(msg.text().to_owned()).unwrap();
        gate.notified().await;
    }
    let bot = world.bot().every_profile().state((seen, Arc::clone(&gate))).on(text(), waits).start().await.unwrap();
    let alice = world.person_at("alice", &address).await;
    alice.send("hello");
    assert_eq!(next(&mut heard).await, "hello");
    let me = bot.user().user_id;
    bot.api().raw(&format!("/_user {me}")).await.unwrap();
    bot.api().raw("/_delete user 2 del_smp=on").await.unwrap();
    gate.notify_one();
    until(async || bot.handle().health().unwrap().lanes == 0).await;
    bot.stop().await.unwrap();
}
