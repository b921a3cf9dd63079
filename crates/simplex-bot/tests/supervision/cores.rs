//! Cores that hang, end, or take long to close.

use super::*;

/// A core whose closing never ends, though it is told by when.
#[derive(Debug)]
struct Hung(MockCore);

#[async_trait::async_trait]
impl ChatCore for Hung {
    async fn send(&self, request: Request) -> Result<Frame, CoreError> {
        self.0.send(request).await
    }
    async fn recv(&self) -> Option<CoreEvent> {
        self.0.recv().await
    }
    async fn close(&self, _: Duration) -> Result<(), CoreError> {
        std::future::pending().await
    }
}

#[tokio::test(start_paused = true)]
async fn a_core_that_hangs_does_not_hold_up_the_end() {
    const DRAIN: Duration = Duration::from_secs(5);
    let core = MockCore::new(|request: &Request| match request.text() {
        hangs if hangs.starts_with("/_send") || hangs.starts_with("/_read") => Answer::Never,
        _ => answer(request).into(),
    });
    let (seen, mut heard): (Seen, Heard) = seen();
    async fn reply(msg: TextMessage, State(seen): State<Seen>) -> Outcome<()> {
        seen.send(msg.text().to_owned()).unwrap();
        if msg.text() == "answer" {
            msg.reply("x").await?;
        }
        Ok(())
    }
    let bot = Bot::new("bot").core(Arc::new(Hung(core.clone()))).state(seen).drain(DRAIN);
    let bot: Running = bot.on(text(), reply).start().await.unwrap();
    core.push_event(message(4, 1, "answer"));
    core.push_event(message(5, 2, "mark"));
    next(&mut heard).await;
    next(&mut heard).await;
    let began = Instant::now();
    let ended = bot.stop().await;
    assert!(matches!(ended, Err(BotError::DrainTimeout { handlers: 1, .. })), "{ended:?}");
    assert!(began.elapsed() <= DRAIN + Duration::from_millis(1500), "{:?}", began.elapsed());
}

#[tokio::test(start_paused = true)]
async fn a_stop_does_not_wait_for_a_core_that_hangs_while_missed_messages_are_looked_for() {
    let core = MockCore::new(|request: &Request| match request.text() {
        hangs if hangs.starts_with("/_get chats ") => Answer::Never,
        _ => answer(request).into(),
    });
    let (seen, _heard) = seen();
    let bot = bot(&core, seen).on(text(), async || {}).start().await.unwrap();
    core.push(CoreEvent::Lagged { events: 1 });
    until(async || core.sent().iter().any(|sent| sent.starts_with("/_get chats "))).await;
    let began = Instant::now();
    bot.stop().await.unwrap();
    assert!(began.elapsed() < Duration::from_secs(1), "{:?}", began.elapsed());
}

#[tokio::test(start_paused = true)]
async fn a_core_that_hangs_while_a_chat_is_read_is_no_handler_that_a_stop_waits_for() {
    for hangs in ["/_get chat @4 ", "/_read chat items @4 "] {
        let core = MockCore::new(move |request: &Request| match request.text().starts_with(hangs) {
            true => Answer::Never,
            false => answer(request).into(),
        });
        let (seen, mut heard) = seen();
        let bot = bot(&core, seen).on(text(), tell).start().await.unwrap();
        core.push_event(message(4, 1, "x"));
        next(&mut heard).await;
        // The list of chats is not to be had: what comes is read from the database, after what was handled is marked.
        core.push(CoreEvent::Lagged { events: 1 });
        core.push_event(message(4, 2, "y"));
        until(async || core.sent().iter().any(|sent| sent.starts_with(hangs))).await;
        let began = Instant::now();
        bot.stop().await.unwrap();
        // Marks have all the time that there is.
        assert!(hangs.starts_with("/_read") || began.elapsed() < Duration::from_secs(1), "{:?}", began.elapsed());
    }
}

#[tokio::test(start_paused = true)]
async fn a_mark_that_a_stop_cuts_off_before_a_chat_is_read_is_repeated() {
    let hung = AtomicBool::new(false);
    let core = MockCore::new(move |request: &Request| {
        match request.text().starts_with("/_read") && !hung.swap(true, Ordering::SeqCst) {
            true => Answer::Never,
            false => answer(request).into(),
        }
    });
    let (seen, mut heard) = seen();
    let bot = bot(&core, seen).on(text(), tell).start().await.unwrap();
    core.push_event(message(4, 1, "x"));
    next(&mut heard).await;
    core.push(CoreEvent::Lagged { events: 1 });
    core.push_event(message(4, 2, "y"));
    until(async || !marks(&core).is_empty()).await;
    bot.stop().await.unwrap();
    assert_eq!(marks(&core), ["/_read chat items @4 1"; 2]);
}

#[tokio::test(start_paused = true)]
async fn a_core_that_hangs_when_a_message_is_to_be_handled_again_is_no_handler_that_a_stop_waits_for() {
    for retry in [Retry::default(), Retry::default().hold_chat()] {
        let core = MockCore::new(move |request: &Request| match request.text().starts_with("/_get chat @4 ") {
            true => Answer::Never,
            false => answer(request).into(),
        });
        let (seen, mut heard) = seen();
        async fn fails(_: TextMessage, State(seen): State<Seen>) {
            seen.send("begun".into()).unwrap();
            panic!("on purpose");
        }
        let bot = bot(&core, seen).retry(retry).on_error(|_, _| {}).on(text(), fails).start().await.unwrap();
        core.push_event(message(4, 1, "x"));
        next(&mut heard).await;
        until(async || core.sent().iter().any(|sent| sent.starts_with("/_get chat @4 "))).await;
        let began = Instant::now();
        bot.stop().await.unwrap();
        assert!(began.elapsed() < Duration::from_secs(1), "{:?}", began.elapsed());
        assert_eq!(marks(&core), [""; 0]);
    }
}

#[tokio::test(start_paused = true)]
async fn a_core_that_hangs_when_a_changed_message_is_to_begin_is_no_handler_that_a_stop_waits_for() {
    let core = MockCore::new(move |request: &Request| match request.text().starts_with("/_get chat @5 ") {
        true => Answer::Never,
        false => answer(request).into(),
    });
    let (seen, mut heard) = seen();
    let gate = Arc::new(Notify::new());
    async fn waits(msg: TextMessage, State((seen, gate)): State<(Seen, Arc<Notify>)>) {
        seen.send(msg.text().to_owned()).unwrap();
        gate.notified().await;
    }
    let bot = Bot::new("bot").core(Arc::new(core.clone())).in_flight(1).state((seen, Arc::clone(&gate)));
    let bot = bot.on(text(), waits).start().await.unwrap();
    core.push_event(message(4, 1, "first"));
    assert_eq!(next(&mut heard).await, "first");
    core.push_event(message(5, 2, "second"));
    until(async || bot.handle().health().unwrap().lanes == 2).await;
    tokio::time::sleep(Duration::from_millis(10)).await;
    core.push_event(message(5, 2, "second").replace("newChatItems", "chatItemUpdated"));
    tokio::time::sleep(Duration::from_millis(10)).await;
    gate.notify_one();
    until(async || core.sent().iter().any(|sent| sent.starts_with("/_get chat @5 "))).await;
    let began = Instant::now();
    bot.stop().await.unwrap();
    assert!(began.elapsed() < Duration::from_secs(1), "{:?}", began.elapsed());
    assert_eq!(marks(&core), ["/_read chat items @4 1"]);
}

/// A core that needs a while to close, as one in this process may.
#[derive(Debug)]
struct SlowToClose(MockCore);

#[async_trait::async_trait]
impl ChatCore for SlowToClose {
    async fn send(&self, request: Request) -> Result<Frame, CoreError> {
        self.0.send(request).await
    }
    async fn recv(&self) -> Option<CoreEvent> {
        self.0.recv().await
    }
    async fn close(&self, deadline: Duration) -> Result<(), CoreError> {
        let takes = Duration::from_secs(1);
        tokio::time::sleep(takes.min(deadline)).await;
        if takes > deadline {
            return Err(CoreError::Timeout { command: "close".into(), after: deadline });
        }
        self.0.close(deadline).await
    }
}

#[tokio::test(start_paused = true)]
async fn the_core_has_time_to_close_after_a_handler_that_took_almost_all_of_it() {
    let core = MockCore::new(answer);
    let (seen, mut heard) = seen();
    async fn slow(_: TextMessage, State(seen): State<Seen>) {
        seen.send("begins".to_owned()).unwrap();
        tokio::time::sleep(Duration::from_millis(750)).await;
    }
    let bot = Bot::new("bot").core(Arc::new(SlowToClose(core.clone()))).state(seen).drain(Duration::from_secs(1));
    let bot = bot.on(text(), slow).start().await.unwrap();
    core.push_event(message(4, 1, "x"));
    assert_eq!(next(&mut heard).await, "begins");
    bot.stop().await.unwrap();
    assert!(core.is_closed());
}

/// A core that ends by itself.
#[derive(Debug)]
struct Ends(MockCore, Notify);

#[async_trait::async_trait]
impl ChatCore for Ends {
    async fn send(&self, request: Request) -> Result<Frame, CoreError> {
        self.0.send(request).await
    }
    async fn recv(&self) -> Option<CoreEvent> {
        tokio::select! {
            event = self.0.recv() => event,
            () = self.1.notified() => None,
        }
    }
    async fn close(&self, deadline: Duration) -> Result<(), CoreError> {
        self.0.close(deadline).await
    }
}

#[tokio::test(start_paused = true)]
async fn a_bot_whose_core_ended_does_not_try_to_mark_until_all_its_time_is_over() {
    let core = MockCore::new(|request: &Request| match request.text().starts_with("/_read") {
        true => Answer::Fail(CoreError::Closed { reason: "it ended".into() }),
        false => answer(request).into(),
    });
    let ends = Arc::new(Ends(core.clone(), Notify::new()));
    let (seen, mut heard) = seen();
    async fn tell(msg: TextMessage, State(seen): State<Seen>) {
        seen.send(msg.text().to_owned()).unwrap();
    }
    let bot = Bot::new("bot").core(Arc::clone(&ends) as Arc<dyn ChatCore>).state(seen).on(text(), tell);
    let bot = bot.start().await.unwrap();
    core.push_event(message(4, 1, "x"));
    next(&mut heard).await;
    let began = Instant::now();
    ends.1.notify_one();
    let ended = bot.join().await;
    assert!(matches!(ended, Err(BotError::CoreEnded)), "{ended:?}");
    assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
}
