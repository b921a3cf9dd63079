//! The test kit itself, by the squaring bot of the sketches: nothing is lost by a kill, failures show the conversation.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "what fails here fails a test")]

mod failures;
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

/// What a test says that fails.
fn failure(test: impl AsyncFnOnce()) -> String {
    let failed = std::panic::catch_unwind(AssertUnwindSafe(|| run(test())));
    *failed.expect_err("a failure").downcast::<String>().expect("a text")
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
