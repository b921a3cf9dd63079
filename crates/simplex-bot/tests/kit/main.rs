//! The test kit itself, by the squaring bot of the sketches: nothing is lost by a kill, failures show the conversation.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "what fails here fails a test")]

mod groups;

use std::panic::AssertUnwindSafe;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, UNIX_EPOCH};

use simplex_bot::Retry;
use simplex_bot::prelude::*;
use simplex_bot::schedule::{every, now};
use simplex_bot::senders::SenderList;
use simplex_bot::store::SqliteStore;
use simplex_bot::testing::{TestNetwork, run};
use simplex_bot::types::event::{ChatItemReaction, LeftMember};
use simplex_bot::types::{ChatRef, ContactId, GroupChatScope, GroupMemberRole, GroupProfile, NonEmpty};

fn bot() -> Bot {
    Bot::new("Squaring bot")
        .welcome("Send me a number, I'll square it.")
        .command("help", "What I do", async |msg: Message| msg.reply("Send a number.").await)
        .on(text().parse::<f64>(), square)
        .on(text(), async |msg: TextMessage| msg.reply("Send me a number, like 7 or 3.14.").await)
}

async fn square(msg: TextMessage, Parsed(n): Parsed<f64>) -> Outcome {
    msg.reply(format!("{n} * {n} = {}", n * n)).await
}

#[simplex_bot::test]
async fn squares() {
    let net = TestNetwork::new();
    let bot = net.start(bot).await;
    let alice = net.person("alice").connects_to(&bot).await;
    alice.expect("Send me a number, I'll square it.").await;
    for (sent, answer) in
        [("7", "7 * 7 = 49"), ("/help", "Send a number."), ("seven", "Send me a number, like 7 or 3.14.")]
    {
        alice.send(sent).await;
        alice.expect(answer).await;
    }
    bot.stop().await;
}

#[simplex_bot::test]
async fn who_connects_again_is_in_the_same_chat() {
    let net = TestNetwork::new();
    let bot = net.start(bot).await;
    let alice = net.person("alice").connects_to(&bot).await;
    alice.expect("Send me a number, I'll square it.").await;
    let (chat, bob) = (alice.open_chat(), net.person("bob"));
    let team = bob.creates_group("team", GroupMemberRole::Member).await;
    alice.joins(&team).await;
    let group = alice.open_chat();
    let alice = alice.connects_to(&bot).await;
    assert_eq!(alice.open_chat(), chat);
    alice.joins(&team).await;
    assert_eq!(alice.open_chat(), group);
}

/// The least that a test of a bot does: `time target/debug/deps/kit-* --exact hello` says how long that takes.
#[simplex_bot::test]
async fn hello() {
    let net = TestNetwork::new();
    let bot =
        net.start(|| Bot::new("Polite bot").on(text(), async |msg: TextMessage| msg.reply("Hello, you!").await)).await;
    let alice = net.person("alice").connects_to(&bot).await;
    alice.send("hello").await;
    alice.expect("Hello, you!").await;
}

/// Each message has two events, which say how far it came: more than a core's queue of events holds, and a core whose queue
/// is full answers nobody who sends.
#[simplex_bot::test]
async fn a_person_may_send_much_before_anything_is_expected() {
    let net = TestNetwork::new();
    let bot = || Bot::new("Patient bot").on(text().exactly("last"), async |msg: Message| msg.reply("Enough!").await);
    let bot = net.start(bot).await;
    let alice = net.person("alice").connects_to(&bot).await;
    for n in 0..2_100 {
        alice.send(n.to_string()).await;
    }
    alice.send("last").await;
    alice.expect("Enough!").await;
}

#[simplex_bot::test]
async fn a_person_who_is_offline_gets_the_answer_later() {
    let net = TestNetwork::new();
    let bot = net.start(bot).await;
    let alice = net.person("alice").connects_to(&bot).await;
    alice.expect("Send me a number, I'll square it.").await;
    alice.send("7").await;
    alice.goes_offline().await;
    alice.comes_back().await;
    alice.expect("7 * 7 = 49").await;
    alice.expect_silence(Duration::from_secs(3600)).await;
}

#[simplex_bot::test]
async fn nothing_is_lost_by_a_kill_or_a_stop() {
    let net = TestNetwork::new();
    let mut bot = net.start(bot).await;
    let alice = net.person("alice").connects_to(&bot).await;
    alice.expect("Send me a number, I'll square it.").await;
    // Received by the core, and told to nobody any more.
    alice.send("8").await;
    bot.killed_and_restarted().await;
    alice.expect("8 * 8 = 64").await;
    // What was handled is marked within this time; a kill before that has it handled again.
    tokio::time::sleep(Duration::from_secs(1)).await;
    // Sent while the bot is away.
    bot.killed().await;
    alice.send("9").await;
    bot.restarted().await;
    alice.expect("9 * 9 = 81").await;
    bot.restarted().await;
    alice.send("10").await;
    alice.expect("10 * 10 = 100").await;
    alice.expect_silence(Duration::from_secs(60)).await;
}

#[test]
fn a_failure_shows_the_conversation() {
    let failed = std::panic::catch_unwind(AssertUnwindSafe(|| {
        run(async {
            let net = TestNetwork::new();
            let bot = net.start(bot).await;
            let alice = net.person("alice").connects_to(&bot).await;
            alice.expect("Send me a number, I'll square it.").await;
            alice.send("7").await;
            alice.expect("7 * 7 = 50").await;
        });
    }));
    let text = failed.expect_err("a failure");
    let text = text.downcast_ref::<String>().expect("a text");
    for part in ["expected “7 * 7 = 50” and heard “7 * 7 = 49”", "alice: 7\n", "Squaring bot → alice: 7 * 7 = 49"]
    {
        assert!(text.contains(part), "{text}");
    }
}

#[test]
fn a_failure_shows_who_waits_to_be_accepted() {
    let failed = std::panic::catch_unwind(AssertUnwindSafe(|| {
        run(async {
            let net = TestNetwork::new();
            let bot = net.start(|| bot().auto_accept(false)).await;
            net.person("alice").connects_to(&bot).await;
        });
    }));
    let text = failed.expect_err("a failure");
    let text = text.downcast_ref::<String>().expect("a text");
    assert!(text.contains("alice connects\n  alice → Squaring bot: (asks to be accepted)\n"), "{text}");
}

#[test]
fn what_does_not_come_fails_at_once() {
    let begin = std::time::Instant::now();
    let failed = std::panic::catch_unwind(AssertUnwindSafe(|| {
        run(async {
            let net = TestNetwork::new();
            let alice = net.person("alice").connects_to(&net.start(bot).await).await;
            alice.expect("Send me a number, I'll square it.").await;
            alice.expect("more").await;
        });
    }));
    let text = failed.expect_err("a failure");
    let text = text.downcast_ref::<String>().expect("a text");
    assert!(text.contains("alice expected “more” and heard nothing for 60s"), "{text}");
    assert!(begin.elapsed() < Duration::from_secs(20), "a minute of the test's clock is no time");
}

/// What a test says that fails.
fn failure(test: impl AsyncFnOnce()) -> String {
    let failed = std::panic::catch_unwind(AssertUnwindSafe(|| run(test())));
    *failed.expect_err("a failure").downcast::<String>().expect("a text")
}

/// A bot that does everything wrong.
fn wrong() -> Bot {
    let sulks = Router::new()
        .command("sulk", "", async || Err::<(), _>("no"))
        .on_error(async |_: Failure, chat: Chat| chat.send("Something broke.").await);
    Bot::new("Wrong")
        .retry(Retry::never())
        .handler_timeout(Duration::from_secs(5))
        .command("fail", "", async || Err::<(), _>("out of tea"))
        .command("panic", "", async || -> () { panic!("at the disco") })
        .command("sleep", "", async || tokio::time::sleep(Duration::from_secs(3600)).await)
        .nest(sulks)
        .on_event(async |_: ChatItemReaction| Err::<(), _>("no feelings"))
        .schedule(every(Duration::from_secs(10)), async || Err::<(), _>("no time"))
}

#[test]
fn a_failure_shows_what_went_wrong_in_the_bot() {
    let text = failure(async || {
        let net = TestNetwork::new();
        let alice = net.person("alice").connects_to(&net.start(wrong).await).await;
        for sent in ["hello", "/fail", "/panic", "/sleep", "/sulk"] {
            alice.send(sent).await;
        }
        alice.expect("Something broke.").await;
        alice.reacts("👍").await;
        alice.expect("anything").await;
    });
    let lines = [
        "! Wrong, at “hello”: no handler took it\n",
        "! Wrong, at “/fail”: the handler failed: out of tea (kit::wrong::",
        "! Wrong, at “/fail”: the message is given up: ",
        "! Wrong, at “/panic”: the handler panicked: at the disco (kit::wrong::",
        "! Wrong, at “/sleep”: the handler did not end within 5s (kit::wrong::",
        "! Wrong, at “/sulk”: the handler failed: no (kit::wrong::",
        "Wrong → alice: Something broke.\n",
        "! Wrong: chatItemReaction: the handler failed: no feelings\n",
        "! Wrong: a scheduled job failed: the handler failed: no time\n",
    ];
    let mut rest = text.as_str();
    for line in lines {
        rest = rest.split_once(line).unwrap_or_else(|| panic!("{line} is not there, or not in its place: {text}")).1;
    }
}

#[test]
fn a_failure_shows_the_end_of_a_long_conversation() {
    let text = failure(async || {
        let net = TestNetwork::new();
        let alice = net.person("alice").connects_to(&net.start(|| Bot::new("Deaf")).await).await;
        for n in 0..300 {
            alice.send(format!("number {n}")).await;
        }
        alice.expect("What?").await;
    });
    let lines: Vec<_> = text.lines().filter(|line| line.contains("number")).collect();
    assert_eq!(lines.len(), 200);
    assert!(text.contains("lines before\n  alice: number 100\n") && lines[199].ends_with("number 299"), "{text}");
}

#[test]
fn a_failure_shows_what_waits_behind_a_handler() {
    let slow = || {
        Bot::new("Slow").command("mute", "", async || tokio::time::sleep(Duration::from_mins(5)).await).command(
            "warn",
            "",
            async |msg: Message| msg.reply("Warned.").await,
        )
    };
    let text = failure(async || {
        let net = TestNetwork::new();
        let alice = net.person("alice").connects_to(&net.start(slow).await).await;
        for sent in ["/mute", "/warn"] {
            alice.send(sent).await;
        }
        alice.expect("Warned.").await;
    });
    let waits = "! Slow: what came and waits, as behind a handler of its chat that has not ended: 1\n";
    assert!(text.contains(&format!("alice: /warn\n  {waits}")), "{text}");
    // Nothing waits behind a handler that waits for somebody.
    let asks = || Bot::new("Asks").on(any(), async |chat: Chat| chat.ask("Who?").await.map(drop));
    let text = failure(async || {
        let net = TestNetwork::new();
        let alice = net.person("alice").connects_to(&net.start(asks).await).await;
        alice.send("hello").await;
        alice.expect("Who?").await;
        alice.expect("more").await;
    });
    assert!(text.ends_with("Asks → alice: Who?\n"), "{text}");
}

#[test]
fn a_failure_names_the_line_of_the_test() {
    let net = TestNetwork::new;
    let mut lines = Vec::new();
    let mut fails = |line: u32, text: String| lines.push((line, text));
    // Each on one line.
    fails(line!(), failure(async || net().person("alice").expect("hello").await));
    fails(line!(), failure(async || net().person("alice").expect_silence(Duration::ZERO).await));
    fails(line!(), failure(async || net().person("alice").expect_any("a pony", |_| None::<()>).await));
    fails(line!(), failure(async || net().person("alice").send("hello").await));
    fails(line!(), failure(async || net().person("alice").replies("hello").await));
    fails(line!(), failure(async || drop(net().person("alice").connects_by("no link").await)));
    fails(line!(), failure(async || assert_eq!(net().person("alice").open_chat(), ContactId(1).into())));
    fails(line!(), failure(async || drop(net().start(|| Bot::new("")).await)));
    fails(line!(), failure(async || drop(net().person("Bo's"))));
    for (line, text) in lines {
        assert!(text.contains(&format!("\n  at {}:{line}:", file!())), "{line}: {text}");
    }
}

#[test]
fn a_test_that_waits_for_what_never_comes_fails() {
    let text = failure(async || {
        let net = TestNetwork::new();
        let _bot = net.start(bot).await;
        std::future::pending::<()>().await;
    });
    assert!(text.contains("waits for something that never comes"), "{text}");
}

#[test]
fn a_message_in_a_chat_that_is_not_open_is_told_of() {
    let text = failure(async || {
        let net = TestNetwork::new();
        let alice = net.person("alice").connects_to(&net.start(bot).await).await;
        alice.creates_group("team", GroupMemberRole::Member).await;
        alice.expect("Send me a number, I'll square it.").await;
    });
    assert!(text.contains("heard nothing for 60s in #1, but in @4, which is not open: see `opens`"), "{text}");
}

#[test]
fn a_long_message_does_not_hide_the_conversation() {
    let text = failure(async || {
        let net = TestNetwork::new();
        let alice = net.person("alice").connects_to(&net.start(bot).await).await;
        alice.send("ü".repeat(5000)).await;
        alice.expect("more").await;
    });
    assert!(text.contains("ü…\n") && text.contains("Squaring bot → alice: ") && text.len() < 3000, "{text}");
}

#[test]
fn what_cannot_be_seen_is_shown() {
    let text = failure(async || {
        let net = TestNetwork::new();
        let sum = || Bot::new("Sum").on(any(), async |msg: Message| msg.reply(Markdown::new().plain("3 * 4")).await);
        let alice = net.person("alice").connects_to(&net.start(sum).await).await;
        alice.send("hello").await;
        alice.expect("3 * 4").await;
    });
    assert!(text.starts_with(r"alice expected “3 * 4” and heard “3 \u{2060}* 4”"), "{text}");
}

#[test]
fn two_of_a_name_are_refused() {
    let text = failure(async || {
        let net = TestNetwork::new();
        let _alice = net.person("alice");
        net.person("alice");
    });
    assert!(text.starts_with("there is a person alice already"), "{text}");
    let text = failure(async || {
        let net = TestNetwork::new();
        let _first = net.start(bot).await;
        net.start(bot).await;
    });
    assert!(text.starts_with("there is a bot Squaring bot already"), "{text}");
}

/// A bot that answers everybody once, and remembers whom.
async fn terse(states: PathBuf, made: Arc<AtomicU32>) -> Result<Bot, BotError> {
    made.fetch_add(1, Ordering::Relaxed);
    let blocked = SenderList::kept_in("blocked", SqliteStore::open(states).await?).await?;
    let list = blocked.clone();
    Ok(Bot::new("bot").outer(blocked.block()).on(any(), move |msg: Message| {
        let list = list.clone();
        async move {
            list.add(&msg).await?;
            msg.reply("Yes.").await
        }
    }))
}

#[simplex_bot::test]
async fn a_bot_that_opens_a_store_is_made_once_for_each_start() {
    let folder = tempfile::tempdir().unwrap();
    let (states, made) = (folder.path().join("states.db"), Arc::new(AtomicU32::new(0)));
    let net = TestNetwork::new();
    let count = Arc::clone(&made);
    let mut bot = net.start(move || terse(states.clone(), Arc::clone(&count))).await;
    assert_eq!(made.load(Ordering::Relaxed), 1);
    let alice = net.person("alice").connects_to(&bot).await;
    alice.send("hello").await;
    alice.expect("Yes.").await;
    bot.restarted().await;
    assert_eq!(made.load(Ordering::Relaxed), 2);
    alice.send("hello?").await;
    alice.expect_silence(Duration::from_secs(1)).await;
    bot.killed_and_restarted().await;
    assert_eq!(made.load(Ordering::Relaxed), 3);
}

#[test]
fn why_a_bot_was_not_made_is_told() {
    let text = failure(async || {
        let net = TestNetwork::new();
        // A file is no folder.
        net.start(|| terse(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml/states.db").into(), Arc::default())).await;
    });
    assert!(text.starts_with("a bot was not made: ") && text.contains("Cargo.toml/states.db"), "{text}");
}

#[simplex_bot::test]
async fn a_bot_that_stopped_is_followed_by_another_on_its_database() {
    let net = TestNetwork::new();
    let before = net.start(bot).await;
    let alice = net.person("alice").connects_to(&before).await;
    alice.expect("Send me a number, I'll square it.").await;
    before.stop().await;
    let _after =
        net.start(|| Bot::new("Squaring bot").on(any(), async |msg: Message| msg.reply("No more.").await)).await;
    alice.send("7").await;
    alice.expect("No more.").await;
}

#[simplex_bot::test]
async fn the_time_of_day_is_the_tests_own_and_that_of_messages() {
    let begin = UNIX_EPOCH + Duration::from_secs(1_767_225_600);
    assert_eq!(now(), begin);
    let net = TestNetwork::new();
    let bot = net.start(|| {
        Bot::new("Clock").on(any(), async |msg: Message| {
            let said = Duration::from_millis(msg.item().meta.item_ts.as_unix_millis().unsigned_abs());
            assert!(now().duration_since(UNIX_EPOCH + said).unwrap() < Duration::from_secs(2));
            msg.reply("It is late.").await
        })
    });
    let alice = net.person("alice").connects_to(&bot.await).await;
    alice.expect_silence(Duration::from_secs(30 * 86_400)).await;
    alice.send("What time is it?").await;
    alice.expect("It is late.").await;
    let passed = now().duration_since(begin).unwrap().as_secs();
    assert!((30 * 86_400..30 * 86_400 + 60).contains(&passed), "{passed}");
}

/// Moderates: pictures and those whose name is called go.
fn moderator() -> Bot {
    Bot::new("Moderator")
        .on(text().exactly("spam"), async |msg: Message| msg.moderate().await)
        .command("remove", "A member", async |msg: Message, Args(name): Args| {
            let member = MemberRef::Name(name.to_string()).resolve(&msg).await?;
            msg.api().remove_members(member.group_id, NonEmpty::one(member.group_member_id), false).await?;
            Ok::<_, BotError>(())
        })
        .on(text(), async |msg: TextMessage| msg.reply(format!("{}!", msg.text())).await)
}

#[simplex_bot::test]
async fn a_person_may_expect_several_things_at_once() {
    async fn answers(msg: Message) -> Outcome {
        msg.react("👍").await?;
        let sent = msg.reply("one").await?;
        sent.edit("two").await?;
        Ok(sent)
    }
    let net = TestNetwork::new();
    let alice = net.person("alice").connects_to(&net.start(|| Bot::new("bot").on(text(), answers)).await).await;
    for _ in 0..2 {
        let ((), (), (), ()) = tokio::join!(
            alice.send("hello"),
            alice.expect_edit("two"),
            alice.expect_reaction("👍"),
            alice.expect("one")
        );
        let ((), (), (), ()) = tokio::join!(
            alice.expect("one"),
            alice.expect_reaction("👍"),
            alice.expect_edit("two"),
            alice.send("again")
        );
    }
}

#[simplex_bot::test]
async fn a_heart_is_one_as_keyboards_write_it() {
    const HEART: &str = "❤\u{fe0f}";
    async fn loves(event: ChatItemReaction, api: ChatApi) -> Outcome<()> {
        let item = event.reaction.chat_reaction.chat_item.id();
        Chat::new(api, ContactId(4)).send(Draft::from("So you do!").quoting_item(item)).await.map(drop)
    }
    let net = TestNetwork::new();
    let bot =
        net.start(|| Bot::new("bot").on(text(), async |msg: Message| msg.react(HEART).await).on_event(loves)).await;
    let alice = net.person("alice").connects_to(&bot).await;
    alice.send("hello").await;
    alice.expect_reaction(HEART).await;
    bot.api().send_text_message(ContactId(4), "And you?", None).await.unwrap();
    alice.expect("And you?").await;
    alice.reacts(HEART).await;
    alice.expect("So you do!").await;
}

#[simplex_bot::test]
async fn a_reaction_is_taken_back() {
    let net = TestNetwork::new();
    let bot = net.start(|| {
        Bot::new("bot").on(text(), async |msg: Message| msg.reply("Like it?").await).on_event(
            async |event: ChatItemReaction, api: ChatApi| {
                let change = if event.added { "added" } else { "taken back" };
                Chat::new(api, ContactId(4)).send(format!("{} {change}", event.reaction.as_text())).await
            },
        )
    });
    let alice = net.person("alice").connects_to(&bot.await).await;
    alice.send("hello").await;
    alice.expect("Like it?").await;
    alice.reacts("👍").await;
    alice.expect("👍 added").await;
    alice.unreacts("👍").await;
    alice.expect("👍 taken back").await;
}

#[test]
fn what_does_not_happen_fails_and_says_how_long_that_was_waited_for() {
    let said = failure(async || {
        let net = TestNetwork::new();
        let alice = net.person("alice").patience(Duration::from_secs(5));
        alice.accepts_invitation().await;
    });
    assert!(said.contains("alice expected to be invited to a group, and that did not happen in 5s"), "{said}");
}

/// Under `#[tokio::test]`.
#[test]
fn a_test_that_waits_in_real_time_is_told_how_not_to() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let failed = std::panic::catch_unwind(AssertUnwindSafe(|| {
        runtime.block_on(async {
            let net = TestNetwork::new();
            let alice = net.person("alice").patience(Duration::from_millis(1));
            alice.creates_group("team", GroupMemberRole::Member).await;
            alice.expect("hello").await;
        });
    }));
    let said = failed.unwrap_err().downcast_ref::<String>().unwrap().clone();
    assert!(said.contains("heard nothing for 1ms of real time: under `#[simplex_bot::test]`"), "{said}");
}

#[simplex_bot::test]
async fn what_is_in_a_file_is_seen() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("report.txt");
    std::fs::write(&path, "all is well").expect("a file");
    let net = TestNetwork::new();
    let bot = net.start(move || {
        let bot = Bot::new("Reporter").allow_files().state(path.clone());
        bot.on(any(), async |msg: Message, State(path): State<PathBuf>| msg.reply(Draft::file(&path)).await)
    });
    let alice = net.person("alice").connects_to(&bot.await).await;
    alice.send("well?").await;
    let file = alice.expect_file().await;
    assert_eq!(alice.receives(&file).await, b"all is well");
}

#[simplex_bot::test]
async fn what_a_killed_bot_was_doing_is_cut_off() {
    type Done = Arc<AtomicU32>;
    const MOMENT: Duration = Duration::from_secs(5);
    fn bot(done: &Done) -> Bot<Done> {
        let long = async |State(done): State<Done>| {
            tokio::time::sleep(MOMENT).await;
            done.fetch_add(1, Ordering::Relaxed);
        };
        let asks = async |chat: Chat, State(done): State<Done>| {
            let _ = chat.ask("Well?").await;
            done.fetch_add(1, Ordering::Relaxed);
        };
        Bot::new("bot")
            .state(Arc::clone(done))
            .on(text().exactly("sleep"), long)
            .on(text(), asks)
            .schedule(every(Duration::from_secs(1)), long)
    }
    let (net, done) = (TestNetwork::new(), Done::default());
    let mut bot = net
        .start({
            let done = Arc::clone(&done);
            move || bot(&done)
        })
        .await;
    let (alice, bob) = (net.person("alice").connects_to(&bot).await, net.person("bob").connects_to(&bot).await);
    bob.send("ask").await;
    bob.expect("Well?").await;
    alice.send("sleep").await;
    alice.expect_silence(MOMENT / 2).await;
    bot.killed().await;
    tokio::time::sleep(2 * MOMENT).await;
    assert_eq!(done.load(Ordering::Relaxed), 0);
    // Nothing of it was handled.
    bot.restarted().await;
    bob.expect("Well?").await;
    alice.expect_silence(2 * MOMENT).await;
    assert!(done.load(Ordering::Relaxed) > 0);
}

#[simplex_bot::test]
async fn a_bot_is_killed_at_once_though_a_message_waits_to_be_handled_again() {
    let net = TestNetwork::new();
    let retry = Retry::times(1).backoff(Duration::from_secs(3600));
    let bot = net.start(move || Bot::new("bot").retry(retry).on(text(), async || Err::<(), _>("no")));
    let mut bot = bot.await;
    let alice = net.person("alice").connects_to(&bot).await;
    alice.send("fail").await;
    alice.expect_silence(Duration::from_secs(5)).await;
    let began = tokio::time::Instant::now();
    bot.killed().await;
    // What goes on beside it, such as jobs, has no time for anything.
    assert!(began.elapsed() < Duration::from_millis(100), "{:?}", began.elapsed());
}
