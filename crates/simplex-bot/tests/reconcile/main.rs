//! What happened while a bot was away and left no unread item: told at its start, once, and marked.

#![expect(clippy::unwrap_used, reason = "what fails here fails a test")]

#[path = "../common/mod.rs"]
mod common;
mod groups;
mod handlers;

use std::sync::Arc;
use std::time::Duration;

use common::{Deaf, Heard, Seen, World, changing, failing, next, nothing_more, seen, until};
use simplex_bot::core::{ChatCore, CoreError, CoreEvent, Frame, Request};
use simplex_bot::prelude::*;
use simplex_bot::types::ContactId;
use simplex_bot::types::event::{
    AcceptingBusinessRequest, ChatItemUpdated, ConnectedToGroupMember, ContactConnected, JoinedGroupMember,
    RcvFileComplete, ReceivedContactRequest, ReceivedGroupInvitation, SndFileCompleteXftp, SndFileProgressXftp,
    UserJoinedGroup,
};
use simplex_bot::{Condition, Reconciled, Running, WaitError};
use simplex_sim::{Failure, SimCore};
use tokio::sync::Notify;
use tokio::time::timeout;

fn late(reconciled: Reconciled) -> &'static str {
    if reconciled.0 { " (found)" } else { "" }
}

async fn request(event: ReceivedContactRequest, found: Reconciled, State(seen): State<Seen>) {
    let request = event.contact_request;
    seen.send(format!("request {} of {}{}", request.contact_request_id, request.local_display_name, late(found)))
        .unwrap();
}

async fn connected(event: ContactConnected, found: Reconciled, State(seen): State<Seen>) {
    seen.send(format!("connected {}{}", event.contact.local_display_name, late(found))).unwrap();
}

async fn invited(event: ReceivedGroupInvitation, found: Reconciled, api: ChatApi, State(seen): State<Seen>) {
    let by = event.contact.local_display_name;
    seen.send(format!("invited to {} by {by}{}", event.group_info.local_display_name, late(found))).unwrap();
    api.join_group(event.group_info.group_id).await.unwrap();
}

async fn joined(event: UserJoinedGroup, found: Reconciled, State(seen): State<Seen>) {
    let host = event.host_member.local_display_name;
    seen.send(format!("in {} of {host}{}", event.group_info.local_display_name, late(found))).unwrap();
}

async fn member(event: JoinedGroupMember, found: Reconciled, State(seen): State<Seen>) {
    let group = event.group_info.local_display_name;
    seen.send(format!("{} joined {group}{}", event.member.local_display_name, late(found))).unwrap();
}

/// A bot that tells what it is told.
async fn telling(world: &World) -> (Running, Heard) {
    telling_of(world.bot()).await
}

async fn telling_of(bot: Bot) -> (Running, Heard) {
    let (seen, heard) = seen();
    let bot = bot.auto_accept(true).state(seen);
    let bot = bot.on_event(request).on_event(connected).on_event(invited).on_event(joined).on_event(member);
    (bot.start().await.unwrap(), heard)
}

/// The look at the state that a start begins with is over.
async fn looked(world: &World) {
    let looked = async || {
        let state = std::fs::read_to_string(world.state_file()).unwrap_or_default();
        state.contains("\nL 1 c ") && state.contains("\nL 1 m ")
    };
    until(looked).await;
}

fn person(world: &World, name: &str) -> SimCore {
    let core = world.net.open(name, "").unwrap();
    core.raw(&format!(r#"/_create user {{"profile":{{"displayName":"{name}","fullName":""}},"pastTimestamp":false}}"#));
    core.raw("/_start main=on");
    core
}

async fn waits_for(core: &SimCore, tag: &str) {
    let tag = format!("\"type\":\"{tag}\"");
    let comes = async {
        while !core.try_event().is_some_and(|event| event.contains(&tag)) {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    timeout(common::DEADLINE, comes).await.unwrap();
}

#[tokio::test]
async fn a_first_run_tells_nothing_of_what_was_there() {
    let world = World::new();
    // A database that was used without handlers of events.
    let bot = world.bot().start().await.unwrap();
    let address = bot.address().unwrap().to_owned();
    world.person("alice", &bot).await;
    bot.stop().await.unwrap();
    let (bot, mut heard) = telling(&world).await;
    looked(&world).await;
    // What comes is told, and not as found.
    let bob = person(&world, "bob");
    bob.raw(&format!("/_connect 1 {address}"));
    assert_eq!(next(&mut heard).await, "connected bob");
    nothing_more(bot, &mut heard).await;
    // Nor is it told again.
    let (bot, mut heard) = telling(&world).await;
    bot.api().raw("/user").await.unwrap();
    looked(&world).await;
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn contacts_that_were_accepted_while_the_bot_was_away_are_told_at_its_start_once() {
    let world = World::new();
    let (bot, mut heard) = telling(&world).await;
    let address = bot.address().unwrap().to_owned();
    looked(&world).await;
    nothing_more(bot, &mut heard).await;
    let (alice, bob) = (person(&world, "alice"), person(&world, "bob"));
    let core = world.net.open("bot", "").unwrap();
    core.raw("/_start main=on");
    alice.raw(&format!("/_connect 1 {address}"));
    bob.raw(&format!("/_connect 1 {address}"));
    waits_for(&alice, "contactConnected").await;
    waits_for(&bob, "contactConnected").await;
    waits_for(&core, "contactConnected").await;
    waits_for(&core, "contactConnected").await;
    drop(world.net.open("bot", "").unwrap());
    let (bot, mut heard) = telling(&world).await;
    let mut found = [next(&mut heard).await, next(&mut heard).await];
    found.sort();
    assert_eq!(found, ["connected alice (found)", "connected bob (found)"]);
    nothing_more(bot, &mut heard).await;
    let (bot, mut heard) = telling(&world).await;
    let carol = person(&world, "carol");
    carol.raw(&format!("/_connect 1 {address}"));
    assert_eq!(next(&mut heard).await, "connected carol");
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn more_chats_than_one_list_has_are_looked_at() {
    const CHATS: usize = 510;
    let world = World::new();
    let (bot, mut heard) = telling(&world).await;
    let address = bot.address().unwrap().to_owned();
    looked(&world).await;
    nothing_more(bot, &mut heard).await;
    let core = world.net.open("bot", "").unwrap();
    core.raw("/_start main=on");
    for n in 0..CHATS {
        person(&world, &format!("person{n}")).raw(&format!("/_connect 1 {address}"));
        waits_for(&core, "contactConnected").await;
    }
    drop(world.net.open("bot", "").unwrap());
    let (bot, mut heard) = telling(&world).await;
    let mut found = std::collections::HashSet::new();
    while found.len() < CHATS {
        assert!(found.insert(next(&mut heard).await));
    }
    nothing_more(bot, &mut heard).await;
}

#[tokio::test(start_paused = true)]
async fn what_was_found_is_not_told_again_by_its_own_event_unless_that_comes_long_after() {
    let world = World::new();
    let core = world.deaf();
    let (bot, mut heard) = telling_of(world.bot_on(core.clone())).await;
    looked(&world).await;
    let connected = async |name: &str| {
        let user = bot.api().raw("/user").await.unwrap()["user"].take();
        let chats = bot.api().raw("/_get chats 1 count=9").await.unwrap();
        let mut people = chats["chats"].as_array().unwrap().iter().map(|chat| &chat["chatInfo"]["contact"]);
        let contact = people.find(|contact| contact["localDisplayName"] == name).unwrap();
        let event = serde_json::json!({"type": "contactConnected", "user": user, "contact": contact});
        CoreEvent::Frame(Frame::parse(serde_json::json!({"result": event}).to_string()))
    };
    core.loses_events();
    for name in ["alice", "bob"] {
        world.person(name, &bot).await;
    }
    core.says(CoreEvent::Lagged { events: 2 });
    let mut found = [next(&mut heard).await, next(&mut heard).await];
    found.sort();
    assert_eq!(found, ["connected alice (found)", "connected bob (found)"]);
    core.says(connected("alice").await);
    tokio::time::sleep(Duration::from_secs(20)).await;
    core.says(connected("bob").await);
    assert_eq!(next(&mut heard).await, "connected bob");
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn requests_that_wait_are_told_at_the_start_and_those_accepted_meanwhile_as_contacts() {
    let world = World::new();
    let start = async || {
        let (seen, heard) = seen();
        let bot = world.bot().auto_accept(false).state(seen).on_event(request).on_event(connected);
        (bot.start().await.unwrap(), heard)
    };
    let looked = async || {
        until(async || std::fs::read_to_string(world.state_file()).unwrap_or_default().contains("\nL 1 c ")).await
    };
    let (bot, mut heard) = start().await;
    let address = bot.address().unwrap().to_owned();
    looked().await;
    nothing_more(bot, &mut heard).await;
    let alice = person(&world, "alice");
    world.while_nobody_listens(|_| {
        alice.raw(&format!("/_connect 1 {address}"));
    });
    let (bot, mut heard) = start().await;
    assert_eq!(next(&mut heard).await, "request 1 of alice (found)");
    nothing_more(bot, &mut heard).await;
    // It waits still, and is not told again; accepted while the bot is away, it is a contact.
    let (bot, mut heard) = start().await;
    bot.api().raw("/_contacts 1").await.unwrap();
    nothing_more(bot, &mut heard).await;
    let core = world.net.open("bot", "").unwrap();
    core.raw("/_start main=on");
    assert!(core.raw("/_accept 1").contains("acceptingContactRequest"));
    waits_for(&core, "contactConnected").await;
    let (bot, mut heard) = start().await;
    assert_eq!(next(&mut heard).await, "connected alice (found)");
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn what_came_while_nobody_wanted_it_is_not_told_later() {
    let world = World::new();
    let (bot, mut heard) = telling(&world).await;
    looked(&world).await;
    nothing_more(bot, &mut heard).await;
    let bot = world.bot().start().await.unwrap();
    world.person("alice", &bot).await;
    bot.stop().await.unwrap();
    assert!(!std::fs::read_to_string(world.state_file()).unwrap().contains("\nL 1 "));
    let (bot, mut heard) = telling(&world).await;
    looked(&world).await;
    nothing_more(bot, &mut heard).await;
}

/// A bot on a core that can be deaf, after a run in which it looked for the first time.
async fn after_a_first_look(world: &World) -> Arc<Deaf> {
    let (bot, mut heard) = telling(world).await;
    looked(world).await;
    nothing_more(bot, &mut heard).await;
    world.deaf()
}

#[tokio::test(start_paused = true)]
async fn a_file_that_went_unnoticed_is_told() {
    let world = World::new();
    let start = async |core: Arc<dyn ChatCore>| {
        let (seen, heard) = seen();
        async fn going(event: SndFileProgressXftp, State(seen): State<Seen>) {
            seen.send(format!("{} goes", event.file_transfer_meta.file_name)).unwrap();
        }
        async fn gone(event: SndFileCompleteXftp, found: Reconciled, State(seen): State<Seen>) {
            seen.send(format!("{} went{}", event.file_transfer_meta.file_name, late(found))).unwrap();
        }
        let bot = world.bot_on(core).allow_files().state(seen).on_event(going).on_event(gone);
        (bot.start().await.unwrap(), heard)
    };
    let core = world.deaf();
    let (bot, mut heard) = start(Arc::clone(&core) as Arc<dyn ChatCore>).await;
    world.person("alice", &bot).await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.bin");
    std::fs::write(&path, vec![7; 3 << 20]).unwrap();
    let file = format!(
        r#"/_send @4 json [{{"msgContent":{{"type":"file","text":""}},"mentions":{{}},"fileSource":{{"filePath":"{}"}}}}]"#,
        path.display()
    );
    bot.api().raw(&file).await.unwrap();
    assert_eq!(next(&mut heard).await, "a.bin goes");
    core.loses_events();
    until(async || bot.api().raw("/_get chat @4 count=1").await.unwrap().to_string().contains("sndComplete")).await;
    bot.stop().await.unwrap();
    let (bot, mut heard) = start(Arc::new(world.net.open("bot", "").unwrap())).await;
    assert_eq!(next(&mut heard).await, "a.bin went (found)");
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn a_file_that_came_while_the_bot_was_away_is_told() {
    let world = World::new();
    let start = async || {
        let (seen, heard) = seen();
        async fn complete(event: RcvFileComplete, found: Reconciled, State(seen): State<Seen>) {
            let file = event.chat_item.chat_item.file.unwrap();
            seen.send(format!("{} came{}", file.file_name, late(found))).unwrap();
        }
        async fn offered(msg: Message, State(seen): State<Seen>) {
            let file = msg.file().unwrap();
            seen.send(format!("{} {}", file.file_name, file.file_id)).unwrap();
        }
        let bot = world.bot().allow_files().state(seen).on(file(), offered).on_event(complete);
        (bot.start().await.unwrap(), heard)
    };
    let (bot, mut heard) = start().await;
    let alice = world.person("alice", &bot).await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.bin");
    std::fs::write(&path, [7; 5000]).unwrap();
    let sent = alice.core.raw(&format!(
        r#"/_send @4 json [{{"msgContent":{{"type":"file","text":""}},"mentions":{{}},"fileSource":{{"filePath":"{}"}}}}]"#,
        path.display()
    ));
    assert!(sent.contains("newChatItems"), "{sent}");
    let offered = next(&mut heard).await;
    let (name, file) = offered.split_once(' ').unwrap();
    assert_eq!(name, "a.bin");
    nothing_more(bot, &mut heard).await;
    let core = world.net.open("bot", "").unwrap();
    core.raw("/_start main=on");
    let target = folder.path().join("b.bin");
    let accepted = core.raw(&format!("/freceive {file} {}", target.display()));
    assert!(accepted.contains("rcvFileAccepted"), "{accepted}");
    waits_for(&core, "rcvFileComplete").await;
    let (bot, mut heard) = start().await;
    assert_eq!(next(&mut heard).await, "a.bin came (found)");
    nothing_more(bot, &mut heard).await;
    let (bot, mut heard) = start().await;
    bot.api().raw("/user").await.unwrap();
    nothing_more(bot, &mut heard).await;
}

#[tokio::test(start_paused = true)]
async fn a_file_that_nobody_wants_is_not_looked_at_for_ever() {
    const DAY: Duration = Duration::from_secs(86_400);
    let world = World::new();
    let start = async || {
        let core = world.deaf();
        let (seen, heard) = seen();
        let offered = async |State(seen): State<Seen>| seen.send("offered".to_owned()).unwrap();
        let bot = world.bot_on(core.clone()).allow_files().state(seen);
        let bot = bot.on(file(), offered).on_event(async |_: RcvFileComplete| {});
        (bot.start().await.unwrap(), heard, core)
    };
    let (bot, mut heard, core) = start().await;
    let alice = world.person("alice", &bot).await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.bin");
    std::fs::write(&path, [7; 5000]).unwrap();
    let sent = alice.core.raw(&format!(
        r#"/_send @4 json [{{"msgContent":{{"type":"file","text":""}},"mentions":{{}},"fileSource":{{"filePath":"{}"}}}}]"#,
        path.display()
    ));
    assert!(sent.contains("newChatItems"), "{sent}");
    assert_eq!(next(&mut heard).await, "offered");
    let looks = |core: &Deaf| core.sent("/_get chat @4 around").len();
    tokio::time::sleep(2 * DAY).await;
    assert!(looks(&core) >= 47, "{}", looks(&core));
    nothing_more(bot, &mut heard).await;
    let (bot, mut heard, core) = start().await;
    tokio::time::sleep(6 * DAY).await;
    let all = looks(&core);
    assert!(all >= 5 * 24, "{all}");
    tokio::time::sleep(DAY).await;
    assert_eq!(looks(&core), all);
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn what_will_come_to_no_event_is_not_looked_for_again() {
    let world = World::new();
    let (bot, mut heard) = telling(&world).await;
    let alice = world.person("alice", &bot).await;
    assert_eq!(next(&mut heard).await, "connected alice");
    // The oldest chats: contacts that come with the program, and a group that the bot left.
    alice.core.raw(r#"/_group 1 {"displayName":"people","fullName":""}"#);
    assert!(alice.core.raw("/_add #1 4 member").contains("sentGroupInvitation"));
    assert_eq!(next(&mut heard).await, "invited to people by alice");
    assert_eq!(next(&mut heard).await, "in people of alice");
    bot.api().raw("/_leave #1").await.unwrap();
    for n in 0..510 {
        bot.api().raw(&format!(r#"/_group 1 {{"displayName":"own {n}","fullName":""}}"#)).await.unwrap();
    }
    nothing_more(bot, &mut heard).await;
    let look = async || {
        let core = world.deaf();
        let (bot, mut heard) = telling_of(world.bot_on(core.clone())).await;
        // The look at members comes after.
        until(async || !core.sent("/_groups").is_empty()).await;
        nothing_more(bot, &mut heard).await;
        core.sent("/_get chats").len()
    };
    look().await;
    assert_eq!(look().await, 1);
}

#[tokio::test(start_paused = true)]
async fn who_waits_for_long_is_looked_at_without_all_who_came_since() {
    let world = World::new();
    let start = async || {
        let core = world.deaf();
        let (seen, heard) = seen();
        let bot = world.bot_on(core.clone()).auto_accept(false).state(seen).on_event(request).on_event(connected);
        let bot = bot.on_event(joined).on_event(async |_: ReceivedGroupInvitation| {});
        (bot.start().await.unwrap(), heard, core)
    };
    let hour = async || tokio::time::sleep(Duration::from_secs(3600)).await;
    let (bot, mut heard, _) = start().await;
    let [alice, bob, carol] = ["alice", "bob", "carol"].map(|name| person(&world, name));
    for (number, who, name) in [(1, &alice, "alice"), (2, &bob, "bob"), (3, &carol, "carol")] {
        who.raw(&format!("/_connect 1 {}", bot.address().unwrap()));
        assert_eq!(next(&mut heard).await, format!("request {number} of {name}"));
    }
    // Alice is accepted and away, Bob waits, and the bot does not take Carol's invitation.
    alice.raw("/_stop");
    bot.api().raw("/_accept 1").await.unwrap();
    bot.api().raw("/_accept 3").await.unwrap();
    assert_eq!(next(&mut heard).await, "connected carol");
    carol.raw(r#"/_group 1 {"displayName":"people","fullName":""}"#);
    assert!(carol.raw("/_add #1 4 member").contains("sentGroupInvitation"));
    hour().await;
    for n in 0..510 {
        bot.api().raw(&format!(r#"/_group 1 {{"displayName":"own {n}","fullName":""}}"#)).await.unwrap();
    }
    hour().await;
    nothing_more(bot, &mut heard).await;
    let (bot, mut heard, core) = start().await;
    let pages = || core.sent("/_get chats").iter().filter(|command| command.contains("before=")).count();
    hour().await;
    let first = pages();
    hour().await;
    assert_eq!(pages(), first);
    // What cannot be looked at once is looked at again.
    for _ in 0..4 {
        let bad = r#"{"error":{"type":"errorStore","storeError":{"type":"badChatItem","itemId":1}}}"#.to_owned();
        world.net.with(|net| net.fail_next(core.id(), "/_get chat ", Failure::Answer(bad)));
    }
    hour().await;
    assert!(core.sent("/_get chat ").len() >= 6, "{:?}", core.sent("/_get chat "));
    nothing_more(bot, &mut heard).await;
    let core = world.net.open("bot", "").unwrap();
    core.raw("/_start main=on");
    alice.raw("/_start main=on");
    waits_for(&core, "contactConnected").await;
    assert!(core.raw("/_accept 2").contains("acceptingContactRequest"));
    waits_for(&core, "contactConnected").await;
    assert!(core.raw("/_join #1").contains("userAcceptedGroupSent"));
    waits_for(&core, "userJoinedGroup").await;
    let (bot, mut heard, _) = start().await;
    let mut found = [next(&mut heard).await, next(&mut heard).await, next(&mut heard).await];
    found.sort();
    assert_eq!(found, ["connected alice (found)", "connected bob (found)", "in people of carol (found)"]);
    nothing_more(bot, &mut heard).await;
}

#[tokio::test(start_paused = true)]
async fn how_far_a_file_came_is_told_as_it_is_when_its_handler_has_time() {
    let world = World::new();
    let (seen, mut heard) = seen();
    let gate = Arc::new(Notify::new());
    async fn going(event: SndFileProgressXftp, State((seen, gate)): State<(Seen, Arc<Notify>)>) {
        seen.send(format!("{} of {}", event.sent_size, event.total_size)).unwrap();
        gate.notified().await;
    }
    let bot = world.bot().allow_files().state((seen, Arc::clone(&gate))).on_event(going).start().await.unwrap();
    world.person("alice", &bot).await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.bin");
    std::fs::write(&path, vec![7; 20 << 20]).unwrap();
    let file = format!(
        r#"/_send @4 json [{{"msgContent":{{"type":"file","text":""}},"mentions":{{}},"fileSource":{{"filePath":"{}"}}}}]"#,
        path.display()
    );
    bot.api().raw(&file).await.unwrap();
    assert_ne!(next(&mut heard).await, "1 of 1");
    until(async || bot.api().raw("/_get chat @4 count=1").await.unwrap().to_string().contains("sndComplete")).await;
    assert!(bot.handle().health().unwrap().events_replaced > 1);
    gate.notify_one();
    assert_eq!(next(&mut heard).await, "1 of 1");
    gate.notify_one();
    nothing_more(bot, &mut heard).await;
}

#[tokio::test(start_paused = true)]
async fn who_was_not_connected_at_a_look_is_told_of_as_a_contact_whatever_came_since() {
    for accepted in [false, true] {
        let world = World::new();
        let start = async || {
            let (seen, heard) = seen();
            let bot = world.bot().auto_accept(false).state(seen).on_event(request).on_event(connected);
            (bot.start().await.unwrap(), heard)
        };
        let look = || {
            let state = std::fs::read_to_string(world.state_file()).unwrap_or_default();
            state.lines().rfind(|line| line.starts_with("L 1 c ")).map(str::to_owned)
        };
        let (bot, mut heard) = start().await;
        until(async || look().is_some()).await;
        let alice = person(&world, "alice");
        alice.raw(&format!("/_connect 1 {}", bot.address().unwrap()));
        assert_eq!(next(&mut heard).await, "request 1 of alice");
        alice.raw("/_stop");
        if accepted {
            bot.api().raw("/_accept 1").await.unwrap();
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
        bot.api().raw(r#"/_group 1 {"displayName":"later","fullName":""}"#).await.unwrap();
        nothing_more(bot, &mut heard).await;
        let before = look();
        let (bot, mut heard) = start().await;
        until(async || look() != before).await;
        nothing_more(bot, &mut heard).await;
        let core = world.net.open("bot", "").unwrap();
        core.raw("/_start main=on");
        alice.raw("/_start main=on");
        if !accepted {
            assert!(core.raw("/_accept 1").contains("acceptingContactRequest"));
        }
        waits_for(&core, "contactConnected").await;
        let (bot, mut heard) = start().await;
        assert_eq!(next(&mut heard).await, "connected alice (found)");
        nothing_more(bot, &mut heard).await;
    }
}

#[tokio::test]
async fn what_an_event_told_that_found_no_room_is_found() {
    let world = World::new();
    let (seen, mut heard) = seen();
    let gate = Arc::new(Notify::new());
    type Shared = State<(Seen, Arc<Notify>)>;
    async fn waits(msg: TextMessage, State((seen, gate)): Shared) {
        seen.send(msg.text().to_owned()).unwrap();
        gate.notified().await;
    }
    async fn connected(event: ContactConnected, found: Reconciled, State((seen, _)): Shared) {
        seen.send(format!("connected {}{}", event.contact.local_display_name, late(found))).unwrap();
    }
    // Two chats may be worked on.
    let bot = world.bot().in_flight(1).queue(1).state((seen, Arc::clone(&gate))).on(text(), waits);
    let bot = bot.on_event(connected).start().await.unwrap();
    let health = || bot.handle().health().unwrap();
    until(async || std::fs::read_to_string(world.state_file()).unwrap_or_default().contains("\nL 1 c ")).await;
    let mut people = Vec::new();
    for name in ["alice", "bob"] {
        people.push(world.person(name, &bot).await);
        assert_eq!(next(&mut heard).await, format!("connected {name}"));
    }
    until(async || health().lanes == 0).await;
    people.iter().for_each(|person| _ = person.send("wait"));
    assert_eq!(next(&mut heard).await, "wait");
    until(async || health().lanes == 2).await;
    world.person("carol", &bot).await;
    until(async || health().events_dropped == 1).await;
    gate.notify_one();
    gate.notify_one();
    let mut then = [next(&mut heard).await, next(&mut heard).await];
    then.sort();
    assert_eq!(then, ["connected carol (found)", "wait"]);
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn when_much_was_told_the_state_is_looked_at_so_that_it_is_not_remembered_without_end() {
    const MUCH: usize = 4096;
    let world = World::new();
    let core = world.deaf();
    let (bot, mut heard) = telling_of(world.bot().core(Arc::clone(&core) as Arc<dyn ChatCore>)).await;
    looked(&world).await;
    world.person("alice", &bot).await;
    assert_eq!(next(&mut heard).await, "connected alice");
    let looks = || core.sent("/_get chats 1 count=500").len();
    let user = bot.api().raw("/user").await.unwrap()["user"].take();
    let contact = bot.api().raw("/_contacts 1").await.unwrap()["contacts"][0].take();
    let event = serde_json::json!({"result": {"type": "contactConnected", "user": user, "contact": contact}});
    let event = event.to_string();
    let before = looks();
    for n in 1..MUCH {
        assert_eq!(looks(), before);
        let event = event.replace("\"contactId\":4", &format!("\"contactId\":{}", 4 + n));
        core.says(CoreEvent::Frame(Frame::parse(event)));
        assert_eq!(next(&mut heard).await, "connected alice");
    }
    until(async || looks() > before).await;
    nothing_more(bot, &mut heard).await;
}
