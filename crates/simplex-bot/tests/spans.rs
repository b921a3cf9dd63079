//! What a bot tells of itself in spans and the log. Alone in their process: what a thread of another test has no
//! subscriber for, tracing may take to be of interest to nobody.

#![expect(clippy::unwrap_used, reason = "what fails here fails a test")]

mod common;
mod scripted;

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use simplex_bot::command::ArgReader;
use simplex_bot::core::mock::MockCore;
use simplex_bot::core::{CoreEvent, Frame, Request};
use simplex_bot::dialogue::{Dialogue, Session, Sessions, Step};
use simplex_bot::prelude::*;
use simplex_bot::store::MemoryStore;
use simplex_bot::types::event::ContactConnected;
use simplex_bot::types::{ComposedMessage, ContactId, Event, GroupId, cmd};
use simplex_bot::{Backlog, Delivery, Retry};
use simplex_sim::{Settings, SimNetwork};
use tokio::time::{sleep, timeout};
use tracing::Level;
use tracing::subscriber::DefaultGuard;

use common::World;
use scripted::{answer, connected, message};

const SOON: Duration = Duration::from_secs(10);

/// What a subscriber writes.
#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl io::Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        io::Write::write(&mut *self.0.lock().unwrap(), bytes)
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What has a log written, while no other test's is.
type Guard = (DefaultGuard, MutexGuard<'static, ()>);

/// A log, and the guard that has it written.
fn logged() -> (Written, Guard) {
    logged_from(Level::INFO)
}

fn logged_from(level: Level) -> (Written, Guard) {
    // One at a time, and before anything is logged: what first is while another test has a subscriber, or adds one, tracing
    // may take to be of interest to nobody, or to that test alone.
    static ONE: Mutex<()> = Mutex::new(());
    let one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    let written = Written::default();
    let writer = written.clone();
    let log = tracing_subscriber::fmt().with_writer(move || writer.clone()).with_ansi(false);
    (written, (tracing::subscriber::set_default(log.with_max_level(level).finish()), one))
}

async fn until(condition: impl Fn() -> bool) {
    let condition = async {
        while !condition() {
            sleep(Duration::from_millis(5)).await;
        }
    };
    timeout(SOON, condition).await.unwrap();
}

#[tokio::test]
async fn a_handler_that_blocks_its_thread_is_warned_of() {
    async fn blocking(msg: TextMessage) {
        // Not before it awaited something: nothing else is polled in its place.
        tokio::task::yield_now().await;
        match msg.text() {
            // Blocks, which is what is tested.
            "block" => std::thread::sleep(Duration::from_millis(300)),
            _ => sleep(Duration::from_millis(300)).await,
        }
    }
    let (written, _guard) = logged();
    let core = MockCore::new(answer);
    let running = Bot::new("bot").core(Arc::new(core.clone())).on(text(), blocking).start().await.unwrap();
    core.push(CoreEvent::Frame(Frame::parse(message(4, 7, "wait"))));
    core.push(CoreEvent::Frame(Frame::parse(message(4, 8, "block"))));
    until(|| running.handle().health().unwrap().handled == 2).await;
    running.stop().await.unwrap();
    let log = String::from_utf8(written.0.lock().unwrap().clone()).unwrap();
    let warned: Vec<_> = log.lines().filter(|line| line.contains("blocked its thread")).collect();
    assert!(warned.len() == 1 && warned[0].contains("WARN message{chat=@4 item=8 handler=\"spans::"), "{log}");
}

#[tokio::test]
async fn a_handled_message_has_a_span_that_says_which_and_never_what_was_written() {
    async fn noting(_: TextMessage) -> Result<(), &'static str> {
        tokio::task::yield_now().await;
        tracing::info!("noted");
        Err("no good")
    }
    let (written, _guard) = logged();
    let core = MockCore::new(answer);
    let bot = Bot::new("bot").core(Arc::new(core.clone())).retry(Retry::times(1).backoff(Duration::from_millis(5)));
    let fails = async |_: Message| Err::<(), _>("bad");
    let warns = async |msg: Message, Args(name): Args| MemberRef::Name(name.to_string()).resolve(&msg).await.map(drop);
    let reads = async |Args(args): Args| ArgReader::new(&args).finish().map_err(HandlerError::from);
    let bot = bot.nest(Router::new().on(text(), noting)).command("fail", "", fails).command("warn", "", warns);
    let bot = bot.command("read", "", reads);
    let running = bot.start().await.unwrap();
    core.push(CoreEvent::Frame(Frame::parse(message(4, 7, "a secret"))));
    core.push(CoreEvent::Frame(Frame::parse(message(4, 8, "/fail a secret"))));
    core.push(CoreEvent::Frame(Frame::parse(message(4, 9, "/warn a secret"))));
    core.push(CoreEvent::Frame(Frame::parse(message(4, 10, "/read a secret"))));
    until(|| running.handle().health().unwrap().given_up == 4).await;
    running.stop().await.unwrap();
    let log = String::from_utf8(written.0.lock().unwrap().clone()).unwrap();
    let noted = log.lines().find(|line| line.ends_with("noted")).unwrap();
    assert!(noted.contains("message{chat=@4 item=7 handler=\"spans::") && noted.contains("noting"), "{noted}");
    let failed = |error: &str| {
        let lines = log.lines().filter(|line| line.contains("ERROR") && line.contains(error));
        lines.map(|line| line.split_once("ERROR").unwrap().1).collect::<Vec<_>>()
    };
    let said = failed("no good");
    assert!(said.iter().all(|line| line.contains("chat=@4 item=7 handler=\"spans::")), "{said:?}");
    assert!(said[0].contains("no good; it is handled again in 5ms") && said[0].contains("attempt=1 of 2"), "{said:?}");
    assert!(said[1].contains("no good; that was the last attempt") && said[1].contains("attempt=2 of 2"), "{said:?}");
    assert!(said[2].contains("given up, and not handled again: the handler failed: no good"), "{said:?}");
    let said = failed("bad");
    assert!(said[0].contains("item=8") && said[0].contains("command=\"fail\" attempt=1 of 2"), "{said:?}");
    assert!(!log.contains("a secret"));
}

#[tokio::test]
async fn a_hook_for_failed_event_handlers_that_panics_is_told_of_also_if_the_handler_waited() {
    let (written, _guard) = logged();
    let core = MockCore::new(answer);
    let waits = async |_: Event, api: ChatApi| {
        Chat::new(api, ContactId(4)).next_message().timeout(Duration::from_millis(5)).await.map(drop)
    };
    let bot = Bot::new("bot").core(Arc::new(core.clone())).on_event_tagged("tick", waits);
    let running = bot.on_event_error(|_, _| panic!("no good")).start().await.unwrap();
    core.push(CoreEvent::Frame(Frame::parse(r#"{"result":{"type":"tick"}}"#.to_owned())));
    let log = || String::from_utf8(written.0.lock().unwrap().clone()).unwrap();
    until(|| log().lines().any(|line| line.contains("ERROR") && line.contains("the error hook panicked"))).await;
    running.stop().await.unwrap();
}

#[tokio::test]
async fn a_handler_of_an_event_has_a_span_that_says_of_which() {
    let (written, _guard) = logged();
    let core = MockCore::new(answer);
    let bot = Bot::new("bot").core(Arc::new(core.clone()));
    let running = bot.on_event(async |_: ContactConnected| tracing::info!("noted")).start().await.unwrap();
    core.push_event(connected(9));
    let log = || String::from_utf8(written.0.lock().unwrap().clone()).unwrap();
    until(|| log().contains("noted")).await;
    running.stop().await.unwrap();
    assert!(log().contains("INFO event{chat=@9 tag=\"contactConnected\"}"), "{}", log());
}

#[tokio::test(start_paused = true)]
async fn the_timeout_of_a_conversation_has_a_span_that_says_of_which_chat() {
    #[derive(Dialogue, Clone, Serialize, Deserialize)]
    #[dialogue(timeout = "1m")]
    enum Order {
        Begun,
    }
    let (written, _guard) = logged();
    let core = MockCore::new(|request| {
        let text = request.text();
        if !text.starts_with("/_get chat @4 ") {
            return answer(request);
        }
        // The same contact as in the message.
        let message = message(4, 7, "hello");
        let part = |from: &str, to: &str| message.split_once(from).unwrap().1.split_once(to).unwrap().0.to_owned();
        let (user, info) = (part("\"user\":", ",\"chatItems\""), part("\"chatInfo\":", ",\"chatItem\":"));
        let stats = r#"{"unreadCount":0,"unreadMentions":0,"reportsCount":0,"minUnreadItemId":0,"unreadChat":false}"#;
        let chat = format!(r#"{{"chatInfo":{info},"chatItems":[],"chatStats":{stats}}}"#);
        format!(r#"{{"result":{{"type":"apiChat","user":{user},"chat":{chat}}}}}"#)
    });
    let bot = Bot::new("bot").core(Arc::new(core.clone())).dialogue(Sessions::<Order>::new(MemoryStore::new()));
    let bot = bot.on(text(), async |order: Session<Order>| order.set(OrderBegun).await);
    let running = bot.on_step_timeout(async |_: Step<OrderBegun>| tracing::info!("too late")).start().await.unwrap();
    core.push(CoreEvent::Frame(Frame::parse(message(4, 7, "hello"))));
    sleep(Duration::from_secs(120)).await;
    running.stop().await.unwrap();
    let log = String::from_utf8(written.0.lock().unwrap().clone()).unwrap();
    let told: Vec<_> = log.lines().filter(|line| line.ends_with("too late")).collect();
    assert!(told.len() == 1 && told[0].contains("INFO timeout{chat=@4}"), "{log}");
}

#[tokio::test]
async fn parts_of_events_that_do_not_fit_are_warned_of_and_never_with_what_was_written() {
    let (written, _guard) = logged();
    let core = MockCore::new(answer);
    let handles = async |msg: TextMessage| assert!(msg.contact().is_some());
    let bot = Bot::new("bot").core(Arc::new(core.clone())).on(text(), handles).on_event(async |_: ContactConnected| {});
    let running = bot.start().await.unwrap();
    let with = |event: String, from: &str, to: &str| {
        let changed = event.replace(from, to);
        assert_ne!(changed, event);
        core.push_event(changed);
    };
    let name = |event: String| with(event, "\"localDisplayName\":\"alice\"", r#""localDisplayName":["a secret"]"#);
    // Of an item, of the description of its chat, and of an event that is no message.
    with(message(4, 7, "hello"), "\"mentions\":{}", r#""mentions":{},"formattedText":"a secret""#);
    name(message(4, 8, "hello"));
    name(connected(9));
    let log = || String::from_utf8(written.0.lock().unwrap().clone()).unwrap();
    until(|| running.handle().health().unwrap().handled == 2).await;
    until(|| log().lines().filter(|line| line.contains("a part of an event was lost")).count() >= 3).await;
    running.stop().await.unwrap();
    let log = log();
    for path in ["chatItems[0].chatItem.formattedText\"", "contact.localDisplayName\""] {
        let named = log.lines().any(|line| line.contains("WARN") && line.contains("was lost") && line.contains(path));
        assert!(named, "{path}: {log}");
    }
    assert!(!log.contains("secret"), "{log}");
}

#[tokio::test]
async fn a_bot_that_will_not_handle_what_it_misses_says_so() {
    let said = async |bot: Bot| {
        let (written, _guard) = logged();
        bot.on(text(), async |_: Message| {}).start().await.unwrap().stop().await.unwrap();
        let log = String::from_utf8(written.0.lock().unwrap().clone()).unwrap();
        log.contains("WARN") && log.contains("the bot has no state file")
    };
    let folder = tempfile::tempdir().unwrap();
    let bot = || Bot::new("bot").core(Arc::new(MockCore::new(answer)));
    assert!(said(bot()).await);
    assert!(!said(bot().state_file(folder.path().join("bot.state"))).await);
    assert!(!said(bot().delivery(Delivery::Off)).await);
    assert!(!said(bot().backlog(Backlog::All)).await);
}

#[tokio::test]
async fn a_bot_that_finds_the_state_file_of_another_database_says_so() {
    let net = SimNetwork::new(Settings::default());
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bot.state");
    let said = async || {
        let (written, _guard) = logged();
        let bot = Bot::new("bot").core(Arc::new(net.open("bot", "").unwrap())).state_file(&path);
        bot.on(text(), async |_: Message| {}).start().await.unwrap().stop().await.unwrap();
        let log = String::from_utf8(written.0.lock().unwrap().clone()).unwrap();
        log.lines().any(|line| line.contains("WARN") && line.contains("the bot's state file is of another database"))
    };
    assert_eq!([said().await, said().await], [false, false]);
    std::fs::write(&path, "simplex-bot 1\nD 5\nsince 5 100\nb7\n").unwrap();
    assert_eq!([said().await, said().await], [true, false]);
    let state = std::fs::read_to_string(&path).unwrap();
    assert!(state.lines().all(|line| !["D 5", "since 5 100", "b7"].contains(&line)), "{state}");
}

#[tokio::test]
async fn the_log_tells_what_became_of_a_message_and_when_the_bot_serves_and_never_what_was_written() {
    let (written, _guard) = logged_from(Level::TRACE);
    let core = MockCore::new(answer);
    let bot = Bot::new("bot").core(Arc::new(core.clone())).on(text().exactly("secret one"), async |_: TextMessage| {});
    let running = bot.start().await.unwrap();
    core.push(CoreEvent::Frame(Frame::parse(message(4, 7, "secret one"))));
    core.push(CoreEvent::Frame(Frame::parse(message(4, 8, "secret two"))));
    until(|| running.handle().health().unwrap().handled == 2).await;
    running.stop().await.unwrap();
    let log = String::from_utf8(written.0.lock().unwrap().clone()).unwrap();
    let has = |parts: [&str; 2]| log.lines().any(|line| parts.iter().all(|part| line.contains(part)));
    for parts in [
        ["INFO", "the bot serves bot=\"bot\""],
        ["DEBUG message{chat=@4 item=7 handler=\"spans::", "handled"],
        ["DEBUG message{chat=@4 item=8}", "no handler took it"],
        ["INFO", "the bot stops bot=\"bot\""],
        ["INFO", "the bot has ended bot=\"bot\""],
    ] {
        assert!(has(parts), "{parts:?}: {log}");
    }
    assert!(!log.contains("secret"), "{log}");
}

#[tokio::test]
async fn an_older_core_is_warned_of_with_what_it_lacks_and_its_errors_say_so() {
    let (written, _guard) = logged();
    let core = MockCore::new(|request| answer(request).replace("7.0.2.0", "6.4.5.1"));
    let running = Bot::new("bot").core(Arc::new(core)).on(text(), async || {}).start().await.unwrap();
    let api = running.api().clone();
    let error = api.get_group_relays(GroupId(3)).await.unwrap_err();
    let message = ComposedMessage::text("hello");
    let signed = cmd::SendMessages::new(ContactId(4).into(), message.into()).with_sign_messages(true);
    let signed = api.send(&signed).await.unwrap_err();
    let newer = api.get_network_config().await.unwrap_err();
    running.stop().await.unwrap();
    let log = String::from_utf8(written.0.lock().unwrap().clone()).unwrap();
    let warned: Vec<_> = log.lines().filter(|line| line.contains("another version")).collect();
    assert!(warned.len() == 1 && warned[0].contains("core=\"6.4.5.1\"") && warned[0].contains("WARN"), "{log}");
    assert!(warned[0].contains("APIGetGroupRelays (since 6.5), "), "{log}");
    assert!(!warned[0].contains("until"), "{log}");
    assert!(error.to_string().starts_with("`APIGetGroupRelays (since 6.5) #3` failed: "), "{error}");
    let parameters = "`APISendMessages [asGroup (since 6.5), signMessages (since 7.0)] @4` failed: ";
    assert!(signed.to_string().starts_with(parameters), "{signed}");
    assert!(newer.to_string().starts_with("`APIGetNetworkConfig` failed: "), "{newer}");
}

#[tokio::test]
async fn a_conversation_whose_state_was_changed_without_a_new_version_is_told_of() {
    #[derive(Clone, Serialize, Deserialize)]
    struct Before {
        item: String,
    }
    impl Dialogue for Before {
        const NAME: &str = "order";
    }
    #[derive(Clone, Serialize, Deserialize)]
    struct After {
        items: Vec<String>,
    }
    impl Dialogue for After {
        const NAME: &str = "order";
    }
    let store = Arc::new(MemoryStore::new());
    let handles = async |bot: Bot, item: i64| {
        let core = MockCore::new(answer);
        let running = bot.core(Arc::new(core.clone())).start().await.unwrap();
        core.push(CoreEvent::Frame(Frame::parse(message(4, item, "hello"))));
        until(|| running.handle().health().unwrap().handled == 1).await;
        running.stop().await.unwrap();
    };
    let begin = async |order: Session<Before>| order.set(Before { item: "a secret".into() }).await;
    let order = || Bot::new("bot").dialogue(Sessions::<Before>::new(Arc::clone(&store)));
    let (written, _guard) = logged();
    handles(order().on(text(), begin), 7).await;
    handles(order().on(text(), async |_: TextMessage| {}), 8).await;
    let orders = Bot::new("bot").dialogue(Sessions::<After>::new(Arc::clone(&store)));
    handles(orders.on(text(), async |_: TextMessage| {}), 9).await;
    let log = String::from_utf8(written.0.lock().unwrap().clone()).unwrap();
    let warned: Vec<_> = log.lines().filter(|line| line.contains("its stored state")).collect();
    assert!(
        warned.len() == 1 && warned[0].contains("WARN") && warned[0].contains("dialogue=\"order\" version=0"),
        "{log}"
    );
    assert!(!log.contains("a secret"), "{log}");
}

/// What `run` writes where the program has no log of its own: without spans, as they are of level `INFO`.
#[tokio::test]
async fn a_log_of_warnings_alone_says_of_a_failure_which_and_never_what_was_written() {
    let (written, _guard) = logged_from(Level::WARN);
    let core = MockCore::new(answer);
    let bot = Bot::new("bot").core(Arc::new(core.clone())).retry(Retry::never());
    let bot = bot
        .command("fail", "", async |_: Message| Err::<(), _>("bad"))
        .on(text(), async |_: TextMessage| Err::<(), _>("worse"));
    let running = bot.start().await.unwrap();
    core.push(CoreEvent::Frame(Frame::parse(message(4, 7, "/fail a secret"))));
    core.push(CoreEvent::Frame(Frame::parse(message(4, 8, "/secret of mine"))));
    until(|| running.handle().health().unwrap().given_up == 2).await;
    running.stop().await.unwrap();
    let log = String::from_utf8(written.0.lock().unwrap().clone()).unwrap();
    for (error, parts) in [
        ("failed: bad; that", ["chat=@4 item=7 handler=\"spans::", "command=\"fail\""]),
        ("failed: worse; that", ["chat=@4 item=8 handler=\"spans::", "attempt=1 of 1"]),
        ("not handled again: the handler failed: bad", ["chat=@4 item=7", "handler=\"spans::"]),
    ] {
        let line = log.lines().find(|line| line.contains(error)).unwrap();
        assert!(parts.iter().all(|part| line.contains(part)), "{line}");
    }
    assert!(!log.contains("secret"), "{log}");
}

#[tokio::test]
async fn contacts_and_the_network_are_logged_if_that_is_asked_for() {
    let logged_by = async |set: fn(Bot) -> Bot| {
        let (written, _guard) = logged();
        let core = MockCore::new(answer);
        let running = set(Bot::new("bot").core(Arc::new(core.clone()))).start().await.unwrap();
        core.push_event(connected(9));
        core.push_event(connected(9).replace("contactConnected", "contactDeletedByContact"));
        core.push_event(connected(9).replace("contactConnected", "acceptingContactRequest"));
        for tag in ["hostConnected", "hostDisconnected"] {
            let event = r#"{"result":{"type":"TAG","protocol":"smp","transportHost":"smp.example"}}"#;
            core.push_event(event.replace("TAG", tag));
        }
        core.push(CoreEvent::Reconnected);
        until(|| running.handle().health().unwrap().reconnects == 1).await;
        running.stop().await.unwrap();
        let log = String::from_utf8(written.0.lock().unwrap().clone()).unwrap();
        let said = [
            ("INFO", "a contact is connected name="),
            ("INFO", "a contact deleted the bot name="),
            ("INFO", "somebody who asked to connect is accepted name="),
            ("INFO", "connected to the server smp.example"),
            ("WARN", "the connection to the server smp.example is lost"),
        ];
        said.map(|(level, what)| log.lines().any(|line| line.contains(level) && line.contains(what)))
    };
    assert_eq!(logged_by(|bot| bot).await, [false; 5]);
    assert_eq!(logged_by(Bot::log_contacts).await, [true, true, true, false, false]);
    assert_eq!(logged_by(Bot::log_network).await, [false, false, false, true, true]);
}

#[tokio::test]
async fn a_core_that_comes_back_as_another_version_is_warned_of() {
    let (written, _guard) = logged();
    let older = Arc::new(AtomicBool::new(false));
    let core = MockCore::new({
        let older = Arc::clone(&older);
        move |request: &Request| match older.load(Ordering::SeqCst) {
            true => answer(request).replace("7.0.2.0", "6.4.5.1"),
            false => answer(request),
        }
    });
    let running = Bot::new("bot").core(Arc::new(core.clone())).start().await.unwrap();
    let warnings = || String::from_utf8_lossy(&written.0.lock().unwrap()).matches("another version").count();
    for (is_older, warned) in [(false, 0), (true, 1), (false, 1), (true, 2)] {
        older.store(is_older, Ordering::SeqCst);
        let asked = || core.sent().iter().filter(|sent| *sent == "/version").count();
        let before = asked();
        core.push(CoreEvent::Reconnected);
        until(|| asked() > before).await;
        until(|| warnings() == warned).await;
    }
    running.stop().await.unwrap();
    assert_eq!(warnings(), 2);
    let log = String::from_utf8(written.0.lock().unwrap().clone()).unwrap();
    assert!(log.contains("core=\"6.4.5.1\"") && log.contains("APIGetGroupRelays (since 6.5), "), "{log}");
}

#[tokio::test(start_paused = true)]
async fn a_core_that_fails_on_and_on_is_warned_of_more_and_more_rarely_and_it_is_said_when_it_works_again() {
    let (written, _guard) = logged();
    let world = World::new();
    let core = world.deaf();
    let (bot, mut heard) = common::telling_of(world.bot_on(core.clone())).await;
    let people = [world.person("alice", &bot).await, world.person("bob", &bot).await];
    let lines = |what: &str| String::from_utf8_lossy(&written.0.lock().unwrap()).matches(what).count();
    for (fails, what) in [("/_get chat ", "read missed messages"), ("/_read ", "mark messages read")] {
        let (cannot, can_again) = (format!("cannot {what}"), format!("can {what} again"));
        core.refuses(Some(fails));
        core.loses_events();
        for person in &people {
            person.send("hello");
        }
        core.hears_again(CoreEvent::Lagged { events: 2 });
        sleep(Duration::from_mins(2)).await;
        assert!(core.sent(fails).len() >= 100, "{:?}", core.sent(fails).len());
        assert!((1..=10).contains(&lines(&cannot)), "{}", lines(&cannot));
        assert_eq!(lines(&can_again), 0);
        core.refuses(None);
        for _ in &people {
            assert_eq!(common::next(&mut heard).await, "hello recovered");
        }
        sleep(Duration::from_secs(10)).await;
        assert_eq!(lines(&can_again), 1);
    }
    bot.stop().await.unwrap();
}

#[tokio::test]
async fn a_core_of_another_version_is_warned_of_and_serves() {
    for (version, warned) in [("7.0.2.0", false), ("7.0.20.0", true), ("7.1.0.0", true)] {
        let (written, _guard) = logged();
        let core = MockCore::new(move |request: &Request| answer(request).replace("7.0.2.0", version));
        Bot::new("bot").core(Arc::new(core)).start().await.unwrap().stop().await.unwrap();
        let log = String::from_utf8(written.0.lock().unwrap().clone()).unwrap();
        let told = log.lines().any(|line| line.contains("WARN") && line.contains(&format!("core=\"{version}\"")));
        assert_eq!(told, warned, "{log}");
    }
}
