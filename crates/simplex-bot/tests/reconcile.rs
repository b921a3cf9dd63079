//! What happened while a bot was away and left no unread item: told at its start, once, and marked.

#![expect(clippy::unwrap_used, reason = "what fails here fails a test")]

mod common;

use std::sync::Arc;
use std::time::Duration;

use common::{Deaf, Heard, Seen, World, changing, next, nothing_more, seen, until};
use simplex_bot::core::{ChatCore, CoreError, CoreEvent, Frame, Request};
use simplex_bot::prelude::*;
use simplex_bot::types::ContactId;
use simplex_bot::types::event::{
    AcceptingBusinessRequest, ChatItemUpdated, ConnectedToGroupMember, ContactConnected, JoinedGroupMember,
    RcvFileComplete, ReceivedContactRequest, ReceivedGroupInvitation, SndFileCompleteXftp, SndFileProgressXftp,
    UserJoinedGroup,
};
use simplex_bot::{Condition, Reconciled, Running, WaitError};
use simplex_sim::SimCore;
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

#[tokio::test(start_paused = true)]
async fn what_was_found_is_not_told_again_by_its_own_event_unless_that_comes_long_after() {
    let world = World::new();
    let core = Deaf::new(world.net.open("bot", "").unwrap());
    let (bot, mut heard) = telling_of(world.bot().core(Arc::clone(&core) as Arc<dyn ChatCore>)).await;
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
async fn a_process_that_dies_in_a_handler_is_told_again() {
    let world = World::new();
    let (bot, mut heard) = telling(&world).await;
    let address = bot.address().unwrap().to_owned();
    looked(&world).await;
    nothing_more(bot, &mut heard).await;
    let alice = person(&world, "alice");
    let core = world.net.open("bot", "").unwrap();
    core.raw("/_start main=on");
    alice.raw(&format!("/_connect 1 {address}"));
    waits_for(&core, "contactConnected").await;
    let (seen_1, mut heard) = seen();
    async fn stuck(event: ContactConnected, State(seen): State<Seen>) {
        seen.send(event.contact.local_display_name.clone()).unwrap();
        std::future::pending::<()>().await;
    }
    let bot = world.bot().drain(Duration::from_millis(100)).state(seen_1).on_event(stuck).start().await.unwrap();
    assert_eq!(next(&mut heard).await, "alice");
    assert!(matches!(bot.stop().await, Err(BotError::DrainTimeout { .. })));
    let (bot, mut heard) = telling(&world).await;
    assert_eq!(next(&mut heard).await, "connected alice (found)");
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn a_stop_while_a_handler_asks_is_told_again() {
    let world = World::new();
    let (bot, mut heard) = telling(&world).await;
    looked(&world).await;
    nothing_more(bot, &mut heard).await;
    async fn asks(event: ContactConnected, api: ChatApi, State(seen): State<Seen>) -> Outcome<()> {
        seen.send("asking".into()).unwrap();
        Chat::new(api, event.contact.contact_id).ask("Who are you?").await?;
        Ok(())
    }
    let (seen, mut heard) = seen();
    let failures = seen.clone();
    let bot = world.bot().state(seen).on_event(asks);
    let bot = bot.on_event_error(move |_, failure| failures.send(failure.to_string()).unwrap()).start().await.unwrap();
    world.person("alice", &bot).await;
    assert_eq!(next(&mut heard).await, "asking");
    nothing_more(bot, &mut heard).await;
    let (bot, mut heard) = telling(&world).await;
    assert_eq!(next(&mut heard).await, "connected alice (found)");
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn a_handler_that_asks_only_when_the_bot_stops_already_is_told_again() {
    let world = World::new();
    let (bot, mut heard) = telling(&world).await;
    looked(&world).await;
    nothing_more(bot, &mut heard).await;
    async fn asks(
        event: ContactConnected,
        api: ChatApi,
        State((seen, gate)): State<(Seen, Arc<Notify>)>,
    ) -> Outcome<()> {
        seen.send("begun".into()).unwrap();
        gate.notified().await;
        Chat::new(api, event.contact.contact_id).next_message().await?;
        Ok(())
    }
    let (seen, mut heard) = seen();
    let (failures, gate) = (seen.clone(), Arc::new(Notify::new()));
    let bot = world.bot().state((seen, Arc::clone(&gate))).on_event(asks);
    let bot = bot.on_event_error(move |_, failure| failures.send(failure.to_string()).unwrap()).start().await.unwrap();
    world.person("alice", &bot).await;
    assert_eq!(next(&mut heard).await, "begun");
    let handle = bot.handle();
    handle.stop();
    until(async || handle.health().is_none_or(|health| health.condition == Condition::Stopping)).await;
    gate.notify_one();
    nothing_more(bot, &mut heard).await;
    let (bot, mut heard) = telling(&world).await;
    assert_eq!(next(&mut heard).await, "connected alice (found)");
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn a_handler_of_an_event_that_asks_gives_back_its_place_and_is_not_told_again() {
    let world = World::new();
    let (bot, mut heard) = telling(&world).await;
    looked(&world).await;
    nothing_more(bot, &mut heard).await;
    async fn asks(event: ContactConnected, api: ChatApi, State(seen): State<Seen>) -> Outcome<()> {
        let name = event.contact.local_display_name.clone();
        seen.send(format!("{name} is asked")).unwrap();
        let answer: String = Chat::new(api, event.contact.contact_id).ask("Who are you?").await?;
        seen.send(format!("{name} is {answer}")).unwrap();
        Ok(())
    }
    let (seen, mut heard) = seen();
    // One place for handlers, and two who ask.
    let bot = world.bot().in_flight(1).state(seen).on_event(asks).start().await.unwrap();
    let alice = world.person("alice", &bot).await;
    assert_eq!(next(&mut heard).await, "alice is asked");
    let bob = world.person("bob", &bot).await;
    assert_eq!(next(&mut heard).await, "bob is asked");
    for (person, name) in [(bob, "bob"), (alice, "alice")] {
        until(async || person.core.raw("/_get chat @4 count=1").contains("Who are you?")).await;
        person.send("well");
        assert_eq!(next(&mut heard).await, format!("{name} is well"));
    }
    nothing_more(bot, &mut heard).await;
    let (bot, mut heard) = telling(&world).await;
    bot.api().raw("/user").await.unwrap();
    looked(&world).await;
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
    Deaf::new(world.net.open("bot", "").unwrap())
}

#[tokio::test]
async fn what_a_handler_that_asks_was_told_is_not_found_meanwhile() {
    let world = World::new();
    let core = after_a_first_look(&world).await;
    async fn asks(event: ContactConnected, api: ChatApi, State(seen): State<Seen>) -> Outcome<()> {
        seen.send(event.contact.local_display_name.clone()).unwrap();
        Chat::new(api, event.contact.contact_id).ask("Who are you?").await?;
        Ok(())
    }
    let (seen, mut heard) = seen();
    let bot =
        world.bot().core(Arc::clone(&core) as Arc<dyn ChatCore>).state(seen).on_event(asks).start().await.unwrap();
    world.person("alice", &bot).await;
    assert_eq!(next(&mut heard).await, "alice");
    let looked_until = || {
        let state = std::fs::read_to_string(world.state_file()).unwrap();
        state.lines().rfind(|line| line.starts_with("L 1 c ")).unwrap().to_owned()
    };
    core.loses_events();
    world.person("bob", &bot).await;
    let before = looked_until();
    core.hears_again(CoreEvent::Reconnected);
    assert_eq!(next(&mut heard).await, "bob");
    until(async || looked_until() != before).await;
    // Nor by the look after that, to which all is old that was not open.
    core.says(CoreEvent::Reconnected);
    until(async || bot.handle().health().unwrap().reconnects == 2).await;
    nothing_more(bot, &mut heard).await;
    let (bot, mut heard) = telling(&world).await;
    let mut found = [next(&mut heard).await, next(&mut heard).await];
    found.sort();
    assert_eq!(found, ["connected alice (found)", "connected bob (found)"]);
    nothing_more(bot, &mut heard).await;
}

#[tokio::test(start_paused = true)]
async fn handlers_that_hang_do_not_hold_up_what_is_found_later() {
    let world = World::new();
    let (bot, mut heard) = telling(&world).await;
    let address = bot.address().unwrap().to_owned();
    looked(&world).await;
    nothing_more(bot, &mut heard).await;
    // More than are told of at the same time.
    const HANGING: usize = 33;
    let core = world.net.open("bot", "").unwrap();
    core.raw("/_start main=on");
    for n in 0..HANGING {
        person(&world, &format!("hangs {n}")).raw(&format!("/_connect 1 {address}"));
        waits_for(&core, "contactConnected").await;
    }
    async fn hangs(event: ContactConnected, State(seen): State<Seen>) {
        seen.send(event.contact.local_display_name.clone()).unwrap();
        if event.contact.local_display_name.starts_with("hangs") {
            std::future::pending::<()>().await;
        }
    }
    let (seen, mut heard) = seen();
    let core = Deaf::new(world.net.open("bot", "").unwrap());
    let bot = world.bot().core(Arc::clone(&core) as Arc<dyn ChatCore>).drain(Duration::from_secs(1)).state(seen);
    let bot = bot.on_event(hangs).start().await.unwrap();
    let mut found = std::collections::BTreeSet::new();
    for _ in 0..32 {
        assert!(found.insert(next(&mut heard).await));
    }
    core.loses_events();
    world.person("bob", &bot).await;
    core.hears_again(CoreEvent::Reconnected);
    // As long as a look waits at most: for a place, and for their ends.
    tokio::time::sleep(Duration::from_secs(120)).await;
    assert!(found.insert(next(&mut heard).await));
    assert!(found.insert(next(&mut heard).await));
    assert!(found.contains("bob") && found.len() == HANGING + 1, "{found:?}");
    assert!(matches!(bot.stop().await, Err(BotError::DrainTimeout { handlers: HANGING, .. })));
    assert_eq!(heard.recv().await, None);
}

#[tokio::test]
async fn groups_and_their_members_are_told() {
    let world = World::new();
    let (bot, mut heard) = telling(&world).await;
    let alice = world.person("alice", &bot).await;
    assert_eq!(next(&mut heard).await, "connected alice");
    let api = bot.api().clone();
    let own = api.raw(r#"/_group 1 {"displayName":"bots","fullName":""}"#).await.unwrap();
    let own = own["groupInfo"]["groupId"].as_i64().unwrap();
    looked(&world).await;
    nothing_more(bot, &mut heard).await;
    // Away: invited by alice, and alice joins the bot's group.
    let core = world.net.open("bot", "").unwrap();
    core.raw("/_start main=on");
    assert!(core.raw(&format!("/_add #{own} 4 member")).contains("sentGroupInvitation"));
    waits_for(&alice.core, "receivedGroupInvitation").await;
    let joined = alice.core.raw("/_join #1");
    assert!(joined.contains("userAcceptedGroupSent"), "{joined}");
    waits_for(&core, "joinedGroupMember").await;
    let made = alice.core.raw(r#"/_group 1 {"displayName":"people","fullName":""}"#);
    assert!(made.contains("groupCreated"), "{made}");
    assert!(alice.core.raw("/_add #2 4 member").contains("sentGroupInvitation"));
    waits_for(&core, "receivedGroupInvitation").await;
    let (bot, mut heard) = telling(&world).await;
    let mut found = [next(&mut heard).await, next(&mut heard).await, next(&mut heard).await];
    found.sort();
    // It joined at once, and that is told by the core.
    assert_eq!(found, ["alice joined bots (found)", "in people of alice", "invited to people by alice (found)"]);
    nothing_more(bot, &mut heard).await;
    let (bot, mut heard) = telling(&world).await;
    bot.api().list_groups(bot.user().user_id, None, None).await.unwrap();
    looked(&world).await;
    nothing_more(bot, &mut heard).await;
}

#[tokio::test(start_paused = true)]
async fn who_was_invited_before_a_look_that_passed_their_group_over_is_told() {
    let world = World::new();
    let (bot, mut heard) = telling(&world).await;
    let (alice, bob) = (world.person("alice", &bot).await, world.person("bob", &bot).await);
    for (group, name, contact) in [(1, "ours", 4), (2, "later", 5)] {
        bot.api().raw(&format!(r#"/_group 1 {{"displayName":"{name}","fullName":""}}"#)).await.unwrap();
        bot.api().raw(&format!("/_add #{group} {contact} member")).await.unwrap();
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    looked(&world).await;
    assert_eq!([next(&mut heard).await, next(&mut heard).await], ["connected alice", "connected bob"]);
    nothing_more(bot, &mut heard).await;
    let look = || {
        let state = std::fs::read_to_string(world.state_file()).unwrap();
        state.lines().find(|line| line.starts_with("L 1 m ")).unwrap().to_owned()
    };
    // Only the later group changes before the look in between.
    for (joining, found) in [
        (None, None),
        (Some(&bob), Some("bob joined later (found)")),
        (Some(&alice), Some("alice joined ours (found)")),
    ] {
        let core = world.net.open("bot", "").unwrap();
        core.raw("/_start main=on");
        if let Some(person) = joining {
            assert!(person.core.raw("/_join #1").contains("userAcceptedGroupSent"));
            waits_for(&core, "joinedGroupMember").await;
        }
        let before = look();
        let (bot, mut heard) = telling(&world).await;
        if let Some(found) = found {
            assert_eq!(next(&mut heard).await, found);
        }
        until(async || look() != before).await;
        nothing_more(bot, &mut heard).await;
    }
}

/// A core whose first group is a channel: whoever is called relay is one, and members are not connected to each other.
async fn channel(core: Arc<dyn ChatCore>, request: Request) -> Result<Frame, CoreError> {
    let command = request.text().to_owned();
    let answer = core.send(request).await?;
    let mut text: serde_json::Value = serde_json::from_str(answer.text()).unwrap();
    if command.starts_with("/_groups") {
        text["result"]["groups"][0]["useRelays"] = true.into();
    } else if command == "/_members #1" {
        for member in text["result"]["group"]["members"].as_array_mut().unwrap() {
            if member["localDisplayName"] == "relay" {
                member["memberRole"] = "relay".into();
            } else {
                member.as_object_mut().unwrap().remove("activeConn");
            }
        }
    } else {
        return Ok(answer);
    }
    Ok(Frame::parse(text.to_string()))
}

#[tokio::test]
async fn of_a_channel_neither_relays_nor_those_who_are_not_connected_are_waited_for() {
    let world = World::new();
    let (bot, mut heard) = telling(&world).await;
    let address = bot.address().unwrap().to_owned();
    let mut people = Vec::new();
    for name in ["relay", "bob", "carol"] {
        let person = person(&world, name);
        person.raw(&format!("/_connect 1 {address}"));
        assert_eq!(next(&mut heard).await, format!("connected {name}"));
        people.push(person);
    }
    looked(&world).await;
    nothing_more(bot, &mut heard).await;
    let until_when = || {
        let state = std::fs::read_to_string(world.state_file()).unwrap();
        state.lines().rfind(|line| line.starts_with("L 1 m ")).unwrap().to_owned()
    };
    let before = until_when();
    world.while_nobody_listens(|core| {
        for (group, members) in [(1, vec![4, 5]), (2, vec![6])] {
            core.raw(&format!(r#"/_group 1 {{"displayName":"group{group}","fullName":""}}"#));
            for contact in members {
                core.raw(&format!("/_add #{group} {contact} member"));
            }
        }
        people.iter().for_each(|person| assert!(person.raw("/_join #1").contains("userAcceptedGroupSent")));
    });
    let (bot, mut heard) =
        telling_of(world.bot().core(changing(Arc::new(world.net.open("bot", "").unwrap()), channel))).await;
    assert_eq!(next(&mut heard).await, "carol joined group2 (found)");
    until(async || until_when() != before).await;
    nothing_more(bot, &mut heard).await;
    let state = std::fs::read_to_string(world.state_file()).unwrap();
    assert!(!state.contains("O 1 m"), "{state}");
}

#[tokio::test]
async fn one_who_waited_for_a_review_is_told_that_it_is_in() {
    let world = World::new();
    let (bot, mut heard) = telling(&world).await;
    let alice = person(&world, "alice");
    alice.raw(r#"/_group 1 {"displayName":"knock","fullName":"","memberAdmission":{"review":"all"}}"#);
    let link: serde_json::Value = serde_json::from_str(&alice.raw("/_create link #1 member")).unwrap();
    let link = link["result"]["groupLink"]["connLinkContact"]["connFullLink"].as_str().unwrap();
    bot.api().raw(&format!("/_connect 1 {link}")).await.unwrap();
    // By the same event: that it is there, and waits.
    assert_eq!(next(&mut heard).await, "in knock of alice");
    looked(&world).await;
    nothing_more(bot, &mut heard).await;
    // It waits still: no news.
    let (bot, mut heard) = telling(&world).await;
    bot.api().raw("/_groups 1").await.unwrap();
    looked(&world).await;
    nothing_more(bot, &mut heard).await;
    let core = world.net.open("bot", "").unwrap();
    core.raw("/_start main=on");
    let accepted = alice.raw("/_accept member #1 2 member");
    assert!(accepted.contains("memberAccepted"), "{accepted}");
    waits_for(&core, "userJoinedGroup").await;
    let (bot, mut heard) = telling(&world).await;
    assert_eq!(next(&mut heard).await, "in knock of alice (found)");
    nothing_more(bot, &mut heard).await;
    let (bot, mut heard) = telling(&world).await;
    bot.api().raw("/_groups 1").await.unwrap();
    looked(&world).await;
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn a_group_that_was_joined_and_who_came_after_are_told() {
    let world = World::new();
    let start = async || {
        let (seen, heard) = seen();
        async fn met(event: ConnectedToGroupMember, found: Reconciled, State(seen): State<Seen>) {
            let group = event.group_info.local_display_name;
            seen.send(format!("{} is in {group}{}", event.member.local_display_name, late(found))).unwrap();
        }
        (world.bot().state(seen).on_event(joined).on_event(met).start().await.unwrap(), heard)
    };
    let (bot, mut heard) = start().await;
    looked(&world).await;
    nothing_more(bot, &mut heard).await;
    let (alice, bob) = (person(&world, "alice"), person(&world, "bob"));
    alice.raw(r#"/_group 1 {"displayName":"people","fullName":""}"#);
    let link: serde_json::Value = serde_json::from_str(&alice.raw("/_create link #1 member")).unwrap();
    let link = link["result"]["groupLink"]["connLinkContact"]["connFullLink"].as_str().unwrap();
    let core = world.net.open("bot", "").unwrap();
    core.raw("/_start main=on");
    core.raw(&format!("/_connect 1 {link}"));
    waits_for(&core, "userJoinedGroup").await;
    bob.raw(&format!("/_connect 1 {link}"));
    waits_for(&core, "connectedToGroupMember").await;
    let (bot, mut heard) = start().await;
    let mut found = [next(&mut heard).await, next(&mut heard).await];
    found.sort();
    assert_eq!(found, ["bob is in people (found)", "in people of alice (found)"]);
    nothing_more(bot, &mut heard).await;
    let (bot, mut heard) = start().await;
    looked(&world).await;
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn a_customer_who_was_accepted_while_the_bot_was_away_is_told() {
    let world = World::new();
    let start = async || {
        let (seen, heard) = seen();
        async fn customer(event: AcceptingBusinessRequest, found: Reconciled, State(seen): State<Seen>) {
            seen.send(format!("customer {}{}", event.group_info.local_display_name, late(found))).unwrap();
        }
        let bot = world.bot().business_address().state(seen).on_event(customer);
        (bot.start().await.unwrap(), heard)
    };
    let (bot, mut heard) = start().await;
    let address = bot.address().unwrap().to_owned();
    until(async || std::fs::read_to_string(world.state_file()).unwrap_or_default().contains("\nL 1 c ")).await;
    nothing_more(bot, &mut heard).await;
    let alice = person(&world, "alice");
    let core = world.net.open("bot", "").unwrap();
    core.raw("/_start main=on");
    alice.raw(&format!("/_connect 1 {address}"));
    waits_for(&core, "acceptingBusinessRequest").await;
    let (bot, mut heard) = start().await;
    assert_eq!(next(&mut heard).await, "customer alice (found)");
    let bob = person(&world, "bob");
    bob.raw(&format!("/_connect 1 {address}"));
    assert_eq!(next(&mut heard).await, "customer bob");
    nothing_more(bot, &mut heard).await;
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
        let bot = world.bot().core(core).allow_files().state(seen).on_event(going).on_event(gone);
        (bot.start().await.unwrap(), heard)
    };
    let core = Deaf::new(world.net.open("bot", "").unwrap());
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

#[tokio::test(start_paused = true)]
async fn an_invitation_is_marked_read_after_its_handlers() {
    let world = World::new();
    let (seen, mut heard) = seen();
    async fn look(_: ReceivedGroupInvitation, api: ChatApi, State(seen): State<Seen>) {
        tokio::time::sleep(Duration::from_millis(300)).await;
        let chat = api.raw("/_get chat @4 initial=1").await.unwrap();
        seen.send(chat["chat"]["chatStats"]["unreadCount"].to_string()).unwrap();
    }
    let bot = world.bot().state(seen).on(text(), async || {}).on_event(look).start().await.unwrap();
    let alice = world.person("alice", &bot).await;
    alice.core.raw(r#"/_group 1 {"displayName":"people","fullName":""}"#);
    assert!(alice.core.raw("/_add #1 4 member").contains("sentGroupInvitation"));
    assert_eq!(next(&mut heard).await, "1");
    until(async || common::unread(&bot, 4).await == 0).await;
    bot.stop().await.unwrap();
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
        let core = Deaf::new(world.net.open("bot", "").unwrap());
        let (bot, mut heard) = telling_of(world.bot().core(Arc::clone(&core) as Arc<dyn ChatCore>)).await;
        // The look at members comes after.
        until(async || !core.sent("/_groups").is_empty()).await;
        nothing_more(bot, &mut heard).await;
        core.sent("/_get chats").len()
    };
    look().await;
    assert_eq!(look().await, 1);
}

#[tokio::test]
async fn a_stop_while_a_handler_asks_is_a_failure_of_an_event_that_is_not_told_again() {
    let world = World::new();
    async fn asks(_: ChatItemUpdated, api: ChatApi, State(seen): State<Seen>) -> Outcome<()> {
        seen.send("asking".into()).unwrap();
        Chat::new(api, ContactId(4)).ask("Why?").await?;
        Ok(())
    }
    let (seen, mut heard) = seen();
    let failures = seen.clone();
    let bot = world.bot().state(seen).on_event(asks);
    let bot = bot.on_event_error(move |_, failure| failures.send(failure.to_string()).unwrap()).start().await.unwrap();
    let alice = world.person("alice", &bot).await;
    let item = alice.send("hello");
    alice.edit(item, "hi");
    assert_eq!(next(&mut heard).await, "asking");
    bot.stop().await.unwrap();
    assert_eq!(next(&mut heard).await, format!("the handler failed: {}", WaitError::Stopping));
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
