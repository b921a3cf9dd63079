//! While the core is not reached.

use super::*;

/// Neither what waited for another handler to end when the core went away, nor what is never repeated.
#[tokio::test(start_paused = true)]
async fn no_handler_begins_while_the_core_is_not_reached() {
    let core = MockCore::new(answer);
    let (seen, mut heard) = seen();
    let gate = Arc::new(Notify::new());
    let opens = Arc::clone(&gate);
    let first_waits = move |msg: TextMessage, State(seen): State<Seen>| {
        let opens = Arc::clone(&opens);
        async move {
            seen.send(msg.text().to_owned()).unwrap();
            if msg.text() == "first" {
                opens.notified().await;
            }
        }
    };
    let changed =
        async |_: ChatItemsStatusesUpdated, State(seen): State<Seen>| seen.send("an event".to_owned()).unwrap();
    let bot = bot(&core, seen).in_flight(1).on(text(), first_waits).on_event(changed).start().await.unwrap();
    let handle = bot.handle();
    core.push_event(message(4, 1, "first"));
    assert_eq!(next(&mut heard).await, "first");
    core.push_event(message(5, 2, "waits"));
    until(async || handle.health().unwrap().lanes == 2).await;
    core.push(CoreEvent::Disconnected { reason: "the CLI ended".to_owned() });
    core.push_event(status(6, 3));
    until(async || handle.health().unwrap().lanes == 3).await;
    gate.notify_one();
    tokio::time::sleep(Duration::from_hours(1)).await;
    assert!(heard.is_empty());
    core.push(CoreEvent::Reconnected);
    let mut then = [next(&mut heard).await, next(&mut heard).await];
    then.sort();
    assert_eq!(then, ["an event", "waits"]);
    bot.stop().await.unwrap();
}

/// A CLI that is replaced, and upgrades its database, is away for longer than the retries of a message take.
#[tokio::test(start_paused = true)]
async fn nothing_is_given_up_while_the_core_is_not_reached() {
    let core = MockCore::new(answer);
    let (seen, mut heard) = seen();
    let (given_up, gone) = (seen.clone(), Arc::new(Notify::new()));
    let noticed = Arc::clone(&gone);
    let in_hand = move |msg: TextMessage, State(seen): State<Seen>, bot: Handle| {
        let noticed = Arc::clone(&noticed);
        async move {
            seen.send(msg.text().to_owned()).unwrap();
            if msg.text() == "in hand" {
                noticed.notified().await;
            }
            match bot.health().is_some_and(|health| health.condition == Condition::Disconnected) {
                true => Err(BotError::Misplaced("no command is answered".into())),
                false => Ok(()),
            }
        }
    };
    let bot = bot(&core, seen).on(text(), in_hand).on_poison(move |msg, _| {
        given_up.send(format!("gave up {}", msg.text())).unwrap();
    });
    let bot = bot.start().await.unwrap();
    let handle = bot.handle();
    core.push_event(message(4, 1, "in hand"));
    assert_eq!(next(&mut heard).await, "in hand");
    core.push(CoreEvent::Disconnected { reason: "the CLI ended".to_owned() });
    until(async || handle.health().unwrap().condition == Condition::Disconnected).await;
    core.push_event(message(5, 2, "waits"));
    gone.notify_one();
    tokio::time::sleep(Duration::from_hours(1)).await;
    assert!(heard.is_empty());
    core.push(CoreEvent::Reconnected);
    gone.notify_one();
    let mut handled = [next(&mut heard).await, next(&mut heard).await];
    handled.sort();
    assert_eq!(handled, ["in hand", "waits"]);
    until(async || marks(&core).len() == 2).await;
    // A stop does not wait for a core that does not come back.
    core.push(CoreEvent::Disconnected { reason: "the CLI ended".to_owned() });
    until(async || handle.health().unwrap().condition == Condition::Disconnected).await;
    core.push_event(message(5, 3, "unread"));
    until(async || handle.health().unwrap().lanes == 1).await;
    let began = Instant::now();
    bot.stop().await.unwrap();
    assert!(began.elapsed() < Duration::from_secs(2) && heard.is_empty(), "{:?}", began.elapsed());
}
