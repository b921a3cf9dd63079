//! Trouble of the core, and what its health says of it.

use super::*;

#[tokio::test]
async fn trouble_of_the_core_is_told_and_seen_until_it_works_again() {
    let core = MockCore::new(answer);
    let (seen, mut heard) = seen();
    let notices = seen.clone();
    async fn error(event: ChatError, State(seen): State<Seen>) {
        seen.send(event.chat_error.summary()).unwrap();
    }
    let bot = bot(&core, seen).on(text(), async || {}).on_event(error).on_notice(move |notice| {
        notices.send(notice.to_string()).unwrap();
    });
    let bot = bot.start().await.unwrap();
    let handle = bot.handle();
    let condition = || handle.health().unwrap().condition;
    let message_full = "SQLite3 returned ErrorFull while attempting to perform step: database or disk is full";
    core.push_event(format!(
        r#"{{"error":{{"type":"errorStore","storeError":{{"type":"dBException","message":"{message_full}"}}}}}}"#
    ));
    assert_eq!(next(&mut heard).await, Trouble::DiskFull.to_string());
    assert_eq!(next(&mut heard).await, "errorStore/dBException");
    assert_eq!((condition(), handle.health().unwrap().troubles), (Condition::Trouble, 1));
    // Noise is told to handlers, and is no trouble.
    core.push_event(r#"{"error":{"type":"error","errorType":{"type":"noConnectionUser","agentConnId":"x"}}}"#);
    assert_eq!(next(&mut heard).await, "error/noConnectionUser");
    assert_eq!(handle.health().unwrap().troubles, 1);
    core.push_event(message(4, 1, "x"));
    until(async || condition() == Condition::Serving).await;
    core.push_event(r#"{"result":{"type":"hostDisconnected","protocol":"smp","transportHost":"smp.example"}}"#);
    assert_eq!(next(&mut heard).await, "the connection to the server smp.example is lost");
    core.push_event(
        r#"{"error":{"type":"errorAgent","agentError":{"type":"CRITICAL","offerRestart":true,"criticalErr":"x"}}}"#,
    );
    assert_eq!(next(&mut heard).await, Trouble::Critical { restart: true }.to_string());
    bot.stop().await.unwrap();
}

/// A full disk is reported for each connection that has a message: thousands of lines would not help.
#[tokio::test(start_paused = true)]
async fn trouble_that_goes_on_is_told_more_and_more_rarely_until_the_core_works_again() {
    let core = MockCore::new(answer);
    let (seen, mut heard) = seen();
    let notices = seen.clone();
    let bot = bot(&core, seen).on(text(), async || {}).on_notice(move |notice| {
        notices.send(notice.to_string()).unwrap();
    });
    let bot = bot.start().await.unwrap();
    let health = || bot.handle().health().unwrap();
    let full = || {
        core.push_event(
            r#"{"error":{"type":"errorStore","storeError":{"type":"dBException","message":"database or disk is full"}}}"#,
        );
    };
    (0..1000).for_each(|_| full());
    until(async || health().troubles == 1000).await;
    let mut told = 0;
    while let Ok(notice) = heard.try_recv() {
        assert_eq!(notice, Trouble::DiskFull.to_string());
        told += 1;
    }
    assert_eq!(told, 10);
    core.push_event(
        r#"{"error":{"type":"errorAgent","agentError":{"type":"CRITICAL","offerRestart":true,"criticalErr":"x"}}}"#,
    );
    assert_eq!(next(&mut heard).await, Trouble::Critical { restart: true }.to_string(), "another one is news");
    core.push_event(message(4, 1, "x"));
    until(async || health().condition == Condition::Serving).await;
    full();
    assert_eq!(next(&mut heard).await, Trouble::DiskFull.to_string(), "and so is it when the core had worked");
    (0..2).for_each(|_| full());
    until(async || health().troubles == 1004).await;
    assert_eq!(heard.try_recv().unwrap(), Trouble::DiskFull.to_string(), "the second");
    assert!(heard.try_recv().is_err(), "not the third");
    tokio::time::sleep(Duration::from_secs(3600)).await;
    full();
    assert_eq!(next(&mut heard).await, Trouble::DiskFull.to_string(), "nobody writes to this bot, but it was quiet");
    bot.stop().await.unwrap();
}

/// Every message would be handled again after a restart: whoever watches has to know, also if the core says nothing.
#[tokio::test(start_paused = true)]
async fn a_core_that_marks_nothing_for_long_is_in_trouble() {
    let refuses = Arc::new(AtomicBool::new(true));
    let told = Arc::clone(&refuses);
    let core = MockCore::new(move |request: &Request| {
        match request.text().starts_with("/_read") && told.load(Ordering::Relaxed) {
            true => BUSY.to_owned(),
            false => answer(request),
        }
    });
    let (seen, mut heard) = seen();
    let bot = bot(&core, seen).on(text(), tell).start().await.unwrap();
    let handle = bot.handle();
    let condition = || handle.health().unwrap().condition;
    core.push_event(message(4, 1, "x"));
    next(&mut heard).await;
    until(async || marks(&core).len() > 5).await;
    assert_eq!(condition(), Condition::Serving, "it may pass");
    until(async || condition() == Condition::Trouble).await;
    refuses.store(false, Ordering::Relaxed);
    until(async || condition() == Condition::Serving).await;
    bot.stop().await.unwrap();
}

/// A supervisor that restarts a bot in trouble would do so for ever.
#[tokio::test(start_paused = true)]
async fn a_chat_that_can_never_be_marked_is_no_trouble_of_the_core() {
    let core = MockCore::new(|request: &Request| match request.text().starts_with("/_read chat items @4") {
        true => r#"{"error":{"type":"errorStore","storeError":{"type":"badChatItem","itemId":4}}}"#.to_owned(),
        false => answer(request),
    });
    let (seen, mut heard) = seen();
    let bot = bot(&core, seen).on(text(), tell).start().await.unwrap();
    for contact in [4, 5] {
        core.push_event(message(contact, contact, "x"));
        next(&mut heard).await;
    }
    tokio::time::sleep(Duration::from_secs(60)).await;
    assert!(marks(&core).len() > 30, "{:?}", marks(&core));
    assert_eq!(bot.handle().health().unwrap().condition, Condition::Serving);
    bot.stop().await.unwrap();
}

/// While the core was not reached it refused nothing.
#[tokio::test(start_paused = true)]
async fn marks_that_failed_while_the_core_was_not_reached_are_no_trouble_once_it_is() {
    let core = MockCore::new(|request: &Request| match request.text().starts_with("/_read") {
        true => Answer::Fail(CoreError::Unavailable { reason: "the CLI ended".to_owned() }),
        false => answer(request).into(),
    });
    let (seen, mut heard) = seen();
    let bot = bot(&core, seen).on(text(), tell).start().await.unwrap();
    let handle = bot.handle();
    core.push_event(message(4, 1, "x"));
    next(&mut heard).await;
    core.push(CoreEvent::Disconnected { reason: "the CLI ended".to_owned() });
    tokio::time::sleep(Duration::from_secs(60)).await;
    core.push(CoreEvent::Reconnected);
    until(async || handle.health().unwrap().reconnects == 1).await;
    assert_eq!(handle.health().unwrap().condition, Condition::Serving);
    bot.stop().await.unwrap();
}

/// The CLI was started again, which is what helps most.
#[tokio::test]
async fn a_core_that_is_there_again_is_not_in_trouble_any_more() {
    let core = MockCore::new(answer);
    let (seen, mut heard) = seen();
    let notices = seen.clone();
    let bot = bot(&core, seen).on_notice(move |notice| {
        notices.send(notice.to_string()).unwrap();
        // Nothing that a hook does may end the bot.
        panic!("the hook panics");
    });
    let bot = bot.start().await.unwrap();
    let handle = bot.handle();
    let condition = || handle.health().unwrap().condition;
    core.push_event(
        r#"{"error":{"type":"errorAgent","agentError":{"type":"CRITICAL","offerRestart":false,"criticalErr":"x"}}}"#,
    );
    assert_eq!(next(&mut heard).await, Trouble::Critical { restart: false }.to_string());
    assert_eq!(condition(), Condition::Trouble);
    let reason = "the CLI ended".to_owned();
    core.push(CoreEvent::Disconnected { reason });
    assert_eq!(next(&mut heard).await, "the connection to the core is gone: the CLI ended");
    assert_eq!(condition(), Condition::Disconnected);
    core.push(CoreEvent::Reconnected);
    assert_eq!(next(&mut heard).await, Notice::Reconnected.to_string());
    assert_eq!(condition(), Condition::Serving);
    core.push_event(r#"{"result":{"type":"hostConnected","protocol":"smp","transportHost":"smp.example"}}"#);
    assert_eq!(next(&mut heard).await, "connected to the server smp.example");
    bot.stop().await.unwrap();
}
