//! Routers: order, nesting, guards, the two rings, error hooks, commands.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "what fails here fails a test")]

use std::sync::{Arc, Mutex};
use std::time::Duration;

use simplex_bot::prelude::*;
use simplex_bot::testing::{Heard, Person, TestNetwork};
use simplex_bot::types::event::ChatItemUpdated;
use simplex_bot::types::{ChatPagination, GroupMemberRole, Profile};
use simplex_bot::{Flow, Middleware, Next, Retry, Routed};

type Log = Arc<Mutex<Vec<String>>>;

/// Notes when it is entered and left.
struct Noted(&'static str, Log);

impl Middleware for Noted {
    async fn handle(&self, message: Message, next: Next) -> Flow {
        let meta = next.meta::<&'static str>().copied().unwrap_or("-");
        self.note(format!("> {} {meta}", self.0));
        let flow = next.run(message).await;
        self.note(match &flow {
            Ok(routed) => format!("< {} {routed:?}", self.0),
            Err(error) => format!("< {} {error}", self.0),
        });
        flow
    }
}

impl Noted {
    fn note(&self, line: String) {
        self.1.lock().expect("a lock").push(line);
    }
}

fn taken(log: &Log) -> Vec<String> {
    std::mem::take(&mut log.lock().expect("a lock"))
}

#[simplex_bot::test]
async fn rings_are_entered_from_outside_in_and_left_from_inside_out() {
    let log = Log::default();
    let net = TestNetwork::new();
    let make = {
        let log = Arc::clone(&log);
        move || {
            let noted = |name| Noted(name, Arc::clone(&log));
            Bot::new("bot")
                .layer(noted("layer 1"))
                .outer(noted("outer 1"))
                .outer(noted("outer 2"))
                .layer(noted("layer 2"))
                .nest(
                    Router::new()
                        .guard(text())
                        .outer(noted("inner outer"))
                        .layer(noted("inner layer"))
                        .on(text().exactly("fail"), async |_: Message| Err::<(), _>("broken"))
                        .meta("fails")
                        .on(text().exactly("hi"), async |msg: Message| msg.reply("hello").await)
                        .meta("greets"),
                )
        }
    };
    let bot = net.start(make).await;
    let alice = net.person("alice").connects_to(&bot).await;
    alice.send("hi").await;
    alice.expect("hello").await;
    bot.running().api().get_active_user().await.expect("a user");
    alice.send("nobody").await;
    alice.expect_silence(Duration::from_secs(1)).await;
    let outer = ["> outer 1 -", "> outer 2 -", "> inner outer -"];
    let inner = ["> layer 1 greets", "> layer 2 greets", "> inner layer greets"];
    let out = [
        "< inner layer Taken",
        "< layer 2 Taken",
        "< layer 1 Taken",
        "< inner outer Taken",
        "< outer 2 Taken",
        "< outer 1 Taken",
    ];
    let lost = ["< inner outer Unmatched", "< outer 2 Unmatched", "< outer 1 Unmatched"];
    assert_eq!(taken(&log), [&outer[..], &inner, &out, &outer, &lost].concat());
    assert_eq!(Routed::Taken, Routed::Taken);
}

fn nested() -> Bot {
    let admin = Router::new()
        .guard(any_text())
        .command("stats", "Numbers", async |msg: Message| msg.reply("42").await)
        .on(text().exactly("fail"), async |_: Message| Err::<(), _>("on purpose"))
        .on(text().exactly("panic"), async |_: Message| -> () { panic!("oh dear") })
        .on_error(async |failure: Failure, chat: Chat| chat.send(format!("hook: {failure}")).await);
    Bot::new("bot")
        .on(text().exactly("first"), async |msg: Message| msg.reply("before the nested").await)
        .nest(admin)
        .on(any(), async |msg: Message| msg.reply("after the nested").await)
}

#[simplex_bot::test]
async fn routers_nest_in_order_and_catch_their_own_failures() {
    let net = TestNetwork::new();
    let alice = net.person("alice").connects_to(&net.start(nested).await).await;
    for (sent, answer) in [
        ("first", "before the nested"),
        ("/stats", "42"),
        ("fail", "hook: the handler failed: on purpose"),
        ("panic", "hook: the handler panicked: oh dear"),
        ("other", "after the nested"),
        ("/unknown", "after the nested"),
    ] {
        alice.send(sent).await;
        alice.expect(answer).await;
    }
}

fn middleware() -> Bot {
    Bot::new("bot")
        .layer(async |msg: Message, next: Next| -> Flow {
            match msg.text() {
                "stop" => {
                    msg.reply("stopped").await?;
                    Ok(Routed::Taken)
                }
                "swallow" => {
                    let failed = next.run(msg.clone()).await;
                    msg.reply(format!("swallowed: {}", failed.is_err())).await?;
                    Ok(Routed::Taken)
                }
                _ => next.run(msg).await,
            }
        })
        .on(text().exactly("swallow"), async |_: Message| Err::<(), _>("an error"))
        .on(any(), async |msg: Message| msg.reply("handled").await)
}

#[simplex_bot::test]
async fn middleware_may_stop_and_swallow() {
    let net = TestNetwork::new();
    let alice = net.person("alice").connects_to(&net.start(middleware).await).await;
    for (sent, answer) in [("stop", "stopped"), ("swallow", "swallowed: true"), ("else", "handled")] {
        alice.send(sent).await;
        alice.expect(answer).await;
    }
}

/// Says the first message when it is asked for it again.
#[derive(Default)]
struct Again(Mutex<Option<Message>>);

impl Middleware for Again {
    async fn handle(&self, message: Message, next: Next) -> Flow {
        let first = self.0.lock().expect("a lock").get_or_insert_with(|| message.clone()).clone();
        next.run(if message.text() == "again" { first } else { message }).await
    }
}

#[simplex_bot::test]
async fn middleware_may_put_another_message_in_the_place_of_one() {
    let net = TestNetwork::new();
    for outer in [true, false] {
        let make = move || {
            let bot = Bot::new(if outer { "outer" } else { "layer" });
            let bot = if outer { bot.outer(Again::default()) } else { bot.layer(Again::default()) };
            bot.on(any(), async |msg: Message| msg.chat().send(format!("You said {}.", msg.text())).await)
        };
        let name = if outer { "alice" } else { "bob" };
        let person = net.person(name).connects_to(&net.start(make).await).await;
        for (sent, answer) in [("hello", "You said hello."), ("bye", "You said bye."), ("again", "You said hello.")] {
            person.send(sent).await;
            person.expect(answer).await;
        }
    }
}

/// Not async: it panics before there is anything to wait for.
fn panics_at_once(_: Message) -> std::future::Ready<()> {
    panic!("at once")
}

fn all() -> Bot {
    Bot::new("bot")
        .run_all()
        .command("x", "", async |msg: Message| msg.reply("command").await)
        .on(any(), async |msg: Message| msg.reply("one").await)
        .on(any(), async |_: Message| -> () { panic!("the others run nevertheless") })
        .on(any(), panics_at_once)
        .on(when(|_| panic!("a filter, too")), async |msg: Message| msg.reply("never").await)
        .nest(Router::new().guard(when(|_| panic!("and a guard"))).on(any(), async || {}))
        .on(text(), async |msg: Message| msg.reply("two").await)
}

#[simplex_bot::test]
async fn run_all_runs_messages_then_commands() {
    let net = TestNetwork::new();
    let alice = net.person("alice").connects_to(&net.start(all).await).await;
    alice.send("/x").await;
    for answer in ["one", "two", "command"] {
        alice.expect(answer).await;
    }
}

#[simplex_bot::test]
async fn run_all_has_the_middleware_around_each_and_the_first_failure_is_the_outcome() {
    let log = Log::default();
    let net = TestNetwork::new();
    let make = {
        let log = Arc::clone(&log);
        move || {
            Bot::new("bot")
                .run_all()
                .retry(Retry::never())
                .outer(Noted("outer", Arc::clone(&log)))
                .layer(Noted("layer", Arc::clone(&log)))
                .command("x", "", async |msg: Message| msg.reply("command").await)
                .nest(Router::new().on(any(), panics_at_once))
                .on(any(), async |_: Message| Err::<(), _>("second"))
        }
    };
    let alice = net.person("alice").connects_to(&net.start(make).await).await;
    alice.send("/x").await;
    alice.expect("command").await;
    alice.expect_silence(Duration::from_secs(1)).await;
    let each = ["> layer -", "> layer -", "< layer second", "> layer -", "< layer Taken"];
    assert_eq!(taken(&log), [&["> outer -"], &each[..], &["< outer the handler panicked: at once"]].concat());
}

/// The error of a router's hook goes to that of the router around it, and then to the bot's.
#[simplex_bot::test]
async fn what_fails_in_a_hook_goes_to_the_hook_around_it() {
    let net = TestNetwork::new();
    let make = || {
        let inner = Router::new()
            .on(any(), async |_: Message| Err::<(), _>("first"))
            .on_error(async |failure: Failure| Err::<(), _>(format!("inner: {failure}")));
        let outer = Router::new()
            .nest(inner)
            .on_error(async |failure: Failure, chat: Chat| chat.send(failure.to_string()).await);
        Bot::new("bot").nest(outer)
    };
    let alice = net.person("alice").connects_to(&net.start(make).await).await;
    alice.send("hello").await;
    alice.expect("the handler failed: inner: the handler failed: first").await;
}

#[derive(Commands)]
enum Shop {
    /// Show what there is
    #[command(alias = "ls", menu = "Shop")]
    List { page: Option<u32> },
    /// Buy something
    #[command(menu = "Shop")]
    Buy {
        item: String,
        count: u32,
        #[command(rest)]
        note: Option<String>,
    },
    /// Ban a member
    #[command(role = Moderator)]
    Ban { member: MemberRef },
    #[command(flatten, menu = "Other")]
    Other(Other),
}

#[derive(Commands)]
enum Other {
    /// The rules
    Rules,
    #[command(hidden, name = "debug")]
    DebugInfo(String, bool),
}

async fn shop(command: Shop, msg: Message, State(name): State<&'static str>) -> Outcome {
    msg.reply(match command {
        Shop::List { page } => format!("{name}: page {}", page.unwrap_or(1)),
        Shop::Buy { item, count, note } => format!("{count} of {item}, {}", note.unwrap_or_else(|| "no note".into())),
        Shop::Ban { member } => format!("{member} is banned"),
        Shop::Other(Other::Rules) => "be kind".to_owned(),
        Shop::Other(Other::DebugInfo(what, on)) => format!("{what} {on}"),
    })
    .await
}

#[simplex_bot::test]
async fn commands_are_parsed_or_answered_with_their_usage() {
    let net = TestNetwork::new();
    let bot = net.start(|| Bot::new("shop").state("shop").commands(shop)).await;
    let alice = net.person("alice").connects_to(&bot).await;
    for (sent, answer) in [
        ("/list", "shop: page 1"),
        ("/ls 3", "shop: page 3"),
        ("/ls three", "“three” is not a valid page: invalid digit found in string.\nUsage: /list [page]"),
        ("/buy 'red apples' 2", "2 of red apples, no note"),
        ("/buy apples 2 ripe ones, please", "2 of apples, ripe ones, please"),
        ("/buy apples", "count is missing.\nUsage: /buy <item> <count> [note…]"),
        ("/buy 'apples", "A quotation mark is not closed.\nUsage: /buy <item> <count> [note…]"),
        ("/rules now", "There is more than the command takes: “now”.\nUsage: /rules"),
        // What they wrote is no formatting and no command of the bot's.
        (
            "/list '1\n/ban *all*'",
            "“1\n\u{2060}/ban \u{2060}*all*” is not a valid page: invalid digit found in string.\nUsage: /list [page]",
        ),
        ("/rules", "be kind"),
        ("/debug cache true", "cache true"),
        ("/ban @bob", "You can use /ban in groups only."),
    ] {
        alice.send(sent).await;
        alice.expect(answer).await;
    }
    assert_eq!(
        Shop::help(),
        "/list [page]: Show what there is\n/buy <item> <count> [note…]: Buy something\n/ban <member>: Ban a member\n/rules: The rules"
    );
    let user = bot.api().get_active_user().await.expect("an answer").expect("a user");
    let menu = user.profile.preferences.as_ref().and_then(|preferences| preferences.commands.clone());
    let menu = serde_json::to_value(menu).expect("JSON");
    assert_eq!(
        menu,
        serde_json::json!([
            {"type":"menu","label":"Shop","commands":[
                {"type":"command","keyword":"list","label":"Show what there is","params":"[page]"},
                {"type":"command","keyword":"buy","label":"Buy something","params":"<item> <count> [note…]"}]},
            {"type":"menu","label":"Other","commands":[{"type":"command","keyword":"rules","label":"The rules"}]}
        ])
    );
}

#[simplex_bot::test]
async fn members_are_named_as_they_call_themselves() {
    fn make() -> Bot {
        Bot::new("bot").command("who", "", async |msg: Message, Args(name): Args| {
            let member = name.parse::<MemberRef>().unwrap().resolve(&msg).await;
            msg.reply(member.map_or_else(|error| error.to_string(), |member| member.local_display_name)).await
        })
    }
    async fn called_bob(net: &TestNetwork, name: &str) -> Person {
        let person = net.person(name);
        let me = person.api().get_active_user().await.unwrap().unwrap().user_id;
        person.api().update_profile(me, Profile::new("bob", "")).await.unwrap();
        person
    }
    let net = TestNetwork::new();
    let bot = net.start(make).await;
    let (alice, _contact) = (net.person("alice"), net.person("bob").connects_to(&bot).await);
    let group = alice.creates_group("team", GroupMemberRole::Member).await;
    bot.joins(&group).await;
    let (robert, roberta) = (called_bob(&net, "robert").await, called_bob(&net, "roberta").await);
    robert.joins(&group).await;
    alice.expect_member("bob").await;
    // The bot has a contact of that name.
    for name in ["@bob", "@bob_1"] {
        alice.send(format!("/who {name}")).await;
        alice.expect("bob_1").await;
    }
    roberta.joins(&group).await;
    alice.expect_member("bob").await;
    for (name, answer) in
        [("@bob", "no such member, or more than one"), ("@bob_2", "bob_2"), ("@eve", "no such member")]
    {
        alice.send(format!("/who {name}")).await;
        alice.expect_containing(answer).await;
    }
    // Who left is nobody whom a name means.
    roberta.leaves().await;
    tokio::time::sleep(Duration::from_secs(10)).await;
    alice.send("/who @bob").await;
    alice.expect("bob_1").await;
}

#[simplex_bot::test]
async fn answers_can_be_edited_deleted_reacted_to_and_written_live() {
    fn make() -> Bot {
        Bot::new("bot")
            .on(text().exactly("edit"), async |msg: Message| -> Result<(), BotError> {
                let sent = msg.reply("first").await?;
                sent.edit("second").await?;
                Ok(())
            })
            .on(text().exactly("delete"), async |msg: Message| -> Result<(), BotError> {
                msg.reply("gone soon").await?.delete().await
            })
            .on(text().exactly("react"), async |msg: Message| msg.react("❤️").await)
            .on(text().exactly("live"), async |chat: Chat| -> Outcome {
                let live = chat.live("Thinking").await?;
                live.update("Thinking harder").await?;
                live.finish("42").await
            })
            .on(text().exactly("long"), async |msg: Message| msg.reply("word ".repeat(5_000)).await)
            .on(text().exactly("markdown"), async |msg: Message| {
                msg.reply(Markdown::new().bold("Sum").plain(" of *all*")).await
            })
    }
    let net = TestNetwork::new();
    let alice = net.person("alice").connects_to(&net.start(make).await).await;
    alice.send("edit").await;
    alice.expect("first").await;
    alice.expect_edit("second").await;
    alice.send("delete").await;
    alice.expect("gone soon").await;
    alice.expect_deletion().await;
    alice.send("react").await;
    alice.expect_reaction("❤").await;
    alice.send("live").await;
    alice.expect("Thinking").await;
    alice.expect_edit("Thinking harder").await;
    alice.expect_edit("42").await;
    alice.send("long").await;
    let parts = [alice.expect_containing("word").await, alice.expect_containing("word").await];
    assert_eq!(parts.join(" ").split(' ').count(), 5_000);
    alice.send("markdown").await;
    alice.expect("*Sum* of \u{2060}*all*").await;
}

#[simplex_bot::test]
async fn what_is_deleted_meanwhile_is_answered_without_a_quote() {
    fn make() -> Bot {
        Bot::new("bot").retry(Retry::never()).on(any(), async |msg: Message| -> Outcome {
            match msg.text() {
                "here" => msg.delete_here().await?,
                _ => tokio::time::sleep(Duration::from_secs(10)).await,
            }
            msg.reply(format!("{} is gone", msg.text())).await
        })
    }
    let net = TestNetwork::new();
    let alice = net.person("alice").connects_to(&net.start(make).await).await;
    alice.send("here").await;
    alice.expect("here is gone").await;
    alice.send("there").await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    alice.deletes_last().await;
    alice.expect("there is gone").await;
    alice.expect_silence(Duration::from_secs(60)).await;
}

#[simplex_bot::test]
async fn a_live_message_that_gets_too_long_ends_in_further_ones() {
    fn make() -> Bot {
        Bot::new("bot").on(any(), async |chat: Chat| -> Result<(), BotError> {
            let words = |word: &str| word.repeat(5_000);
            let live = chat.live(words("what ")).await?;
            live.update(words("word ")).await?;
            let sent = live.finish(words("last ")).await?;
            assert_eq!(sent.parts().count(), 2);
            Ok(())
        })
    }
    let net = TestNetwork::new();
    let alice = net.person("alice").connects_to(&net.start(make).await).await;
    alice.send("go on").await;
    alice.expect_containing("what").await;
    let mut edits = Vec::new();
    for _ in 0..2 {
        let edit = |heard: &Heard| match heard {
            Heard::Edited { item, text, .. } => Some((*item, text.clone())),
            _ => None,
        };
        edits.push(alice.expect_any("an edit", edit).await);
    }
    assert!(edits[0].1.starts_with("word word"));
    let (item, first) = &edits[1];
    let rest = alice.expect_containing("last").await;
    assert_eq!(format!("{first} {rest}"), "last ".repeat(5_000).trim());
    let around = ChatPagination::Around { item: *item, count: 1 };
    let page = alice.api().get_chat(alice.open_chat(), around).await.unwrap();
    let shown = page.chat_items.iter().find(|shown| shown.id() == *item).unwrap();
    assert_eq!(shown.meta.item_live, None, "it is no longer marked as being written");
}

#[simplex_bot::test]
async fn an_edit_is_a_message_too_for_the_handlers_of_its_event() {
    fn make() -> Bot {
        Bot::new("bot").on(text(), async |msg: TextMessage| msg.reply("read").await).on_event(
            async |event: ChatItemUpdated, api: ChatApi| -> Result<(), BotError> {
                if let Some(msg) = Message::received(&api, event.chat_item).filter(|msg| text().check(msg).is_some()) {
                    msg.reply(format!("{} now says {}", msg.sender_name(), msg.text())).await?;
                }
                Ok(())
            },
        )
    }
    let net = TestNetwork::new();
    let alice = net.person("alice").connects_to(&net.start(make).await).await;
    alice.send("7").await;
    alice.expect("read").await;
    alice.edits_last("8").await;
    alice.expect("alice now says 8").await;
}

/// Who takes all of the prelude and all of the types, as many do, can use every name: two of one name are an error to
/// come.
#[deny(ambiguous_glob_imports)]
#[allow(dead_code, unused_imports, reason = "it is there to be compiled")]
mod names {
    use simplex_bot::prelude::*;
    use simplex_bot::types::event::*;
    use simplex_bot::types::*;

    type All = (
        (Args, Bot, BotError, Chat, ChatApi, ChatLinkMessage, Data<u8>, Draft, Failure, FileMessage, ImageMessage),
        (LinkMessage, Markdown, MemberRef, Message, Outcome, Parsed<u8>, ReportMessage, Router, State<u8>, TextMessage),
        (UnknownMessage, VideoMessage, VoiceMessage),
    );

    fn filters() -> impl Filter {
        let content = any().and(any_text()).and(chat_link()).and(file()).and(image()).and(link()).and(report());
        let content = content.and(text()).and(unknown_content()).and(video()).and(voice()).and(with_file());
        let place = in_business().and(in_direct()).and(in_group()).and(in_support()).and(of_group(GroupId(1)));
        let who = from_agent().and(from_contact(ContactId(1))).and(from_customer()).and(from_history());
        let who = who.and(from_member(GroupMemberId(1))).and(from_role(at_least(GroupMemberRole::Member)));
        let how = mentions_me().and(replies_to_me()).and(not(when(|_| true))).and(command("help"));
        content.and(place).and(who).and(how)
    }
}
