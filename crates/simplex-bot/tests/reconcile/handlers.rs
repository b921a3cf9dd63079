//! Handlers that ask, hang or are cut off while they are told.

use super::*;

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
    // Told is what all its handlers were told.
    let bot = world.bot().drain(Duration::from_millis(100)).state(seen_1).on_event(connected).on_event(stuck);
    let bot = bot.start().await.unwrap();
    assert_eq!(next(&mut heard).await, "connected alice (found)");
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

#[tokio::test(start_paused = true)]
async fn who_asks_when_the_core_cannot_be_reached_is_accepted_once_it_can() {
    let world = World::new();
    let core = after_a_first_look(&world).await;
    async fn accepts(event: ReceivedContactRequest, api: ChatApi, State(seen): State<Seen>) -> Outcome<()> {
        seen.send(event.contact_request.local_display_name.clone()).unwrap();
        api.accept_contact_request(event.contact_request.contact_request_id).await?;
        seen.send("accepted".into()).unwrap();
        Ok(())
    }
    let (seen, mut heard) = seen();
    let failures = seen.clone();
    let bot = world.bot_on(core.clone()).auto_accept(false).state(seen).on_event(accepts);
    let bot = bot.on_event_error(move |_, failure| failures.send(failure.to_string()).unwrap()).start().await.unwrap();
    // The look of the start is over.
    tokio::time::sleep(Duration::from_secs(1)).await;
    core.refuses(Some("/_accept "));
    let alice = person(&world, "alice");
    alice.raw(&format!("/_connect 1 {}", bot.address().unwrap()));
    assert_eq!(next(&mut heard).await, "alice");
    assert!(next(&mut heard).await.contains("cannot be reached"));
    core.says(CoreEvent::Disconnected { reason: "the CLI ended".into() });
    core.refuses(None);
    core.says(CoreEvent::Reconnected);
    assert_eq!([next(&mut heard).await, next(&mut heard).await], ["alice", "accepted"]);
    waits_for(&alice, "contactConnected").await;
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
async fn what_a_handler_that_asks_was_told_is_not_found_meanwhile() {
    let world = World::new();
    let core = after_a_first_look(&world).await;
    async fn asks(event: ContactConnected, api: ChatApi, State(seen): State<Seen>) -> Outcome<()> {
        seen.send(event.contact.local_display_name.clone()).unwrap();
        Chat::new(api, event.contact.contact_id).ask("Who are you?").await?;
        Ok(())
    }
    let (seen, mut heard) = seen();
    let bot = world.bot_on(core.clone()).state(seen).on_event(asks).start().await.unwrap();
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
    const HANGING: usize = 40;
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
    let core = world.deaf();
    let bot = world.bot_on(core.clone()).drain(Duration::from_secs(1)).state(seen);
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
    while found.len() <= HANGING {
        assert!(found.insert(heard.try_recv().unwrap()));
    }
    assert!(found.contains("bob") && found.len() == HANGING + 1, "{found:?}");
    assert!(matches!(bot.stop().await, Err(BotError::DrainTimeout { handlers: HANGING, .. })));
    assert_eq!(heard.recv().await, None);
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
