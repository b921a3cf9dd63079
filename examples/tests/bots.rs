//! Each example, on a simulated network with three faces: in this process, as a loaded library, and as CLIs.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "what fails here fails a test")]

mod faces;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

use axum::http::{HeaderMap, StatusCode};
use simplex_bot::Client;
use simplex_bot::prelude::*;
use simplex_bot::schedule::now;
use simplex_bot::senders::SenderList;
use simplex_bot::store::{MemoryStore, Store, Stored};
use simplex_bot::testing::{Failure, Heard, Person, TestNetwork};
use simplex_bot::types::{
    ChatDeleteMode, ChatRef, ContactStatus, GroupChatScope, GroupMemberRole, GroupMemberStatus, MsgContent,
};
use simplex_examples::*;
use squaring_bot::squaring_bot;

async fn squaring(net: TestNetwork) {
    let alice = net.person("alice").connects_to(&net.start(squaring_bot).await).await;
    alice.expect("Send me a number, I'll square it.").await;
    alice.send("7").await;
    alice.expect("7 * 7 = 49").await;
}

async fn echo(net: TestNetwork) {
    let folder = tempfile::tempdir().unwrap();
    let inbox = folder.path().join("inbox");
    let kept = inbox.clone();
    let alice = net.person("alice").connects_to(&net.start(move || echo_files(inbox.clone())).await).await;
    alice.expect_containing("I send back").await;
    alice.send("hello").await;
    alice.expect("hello").await;
    let path = folder.path().join("note.txt");
    std::fs::write(&path, "a note").unwrap();
    alice.send(Draft::file(&path).captioned("keep this")).await;
    let file = alice.expect_file().await;
    assert_eq!((file.file_name.as_str(), file.file_size), ("note.txt", 6));
    eventually("an empty inbox", async || std::fs::read_dir(&kept).unwrap().next().is_none()).await;
}

async fn survey_goes_on_after_a_restart(net: TestNetwork) {
    let store: Arc<dyn Store> = Arc::new(MemoryStore::new());
    let mut bot = net.start(move || survey(Arc::clone(&store))).await;
    let alice = net.person("alice").connects_to(&bot).await;
    alice.expect_containing("/start").await;
    alice.send("/start").await;
    alice.expect("What is your name?").await;
    alice.send(MsgContent::image("", "data:image/jpg;base64,")).await;
    alice.expect("In words, please.").await;
    alice.send("Alice").await;
    alice.expect("How do you like this bot, from 1 to 5?").await;
    // What was handled is marked within this time; a kill before that has it handled again.
    tokio::time::sleep(Duration::from_secs(1)).await;
    bot.killed_and_restarted().await;
    for refused in ["very much", "6"] {
        alice.send(refused).await;
        alice.expect("A number from 1 to 5, please.").await;
    }
    alice.send("5").await;
    alice.expect("Thank you, Alice: 5 it is.").await;
    if net.is_simulated() {
        alice.send("/start").await;
        alice.expect("What is your name?").await;
        alice.expect_silence(Duration::from_secs(86_000)).await;
        tokio::time::sleep(Duration::from_secs(400)).await;
        alice.expect_containing("Another time").await;
    }
}

/// Waits until `ready`, which looks at what a bot does by and by.
async fn eventually(what: &str, mut ready: impl AsyncFnMut() -> bool) {
    let begin = tokio::time::Instant::now();
    while !ready().await {
        assert!(begin.elapsed() < Duration::from_secs(20), "{what} did not happen");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// A message with this text, whatever came before it.
fn said(text: &'static str) -> impl Fn(&Heard) -> Option<()> {
    move |heard| match heard {
        Heard::Message { content, .. } if content.as_text() == Some(text) => Some(()),
        _ => None,
    }
}

async fn moderation_warns_and_removes(net: TestNetwork) {
    let bot = net.start(moderation).await;
    let alice = net.person("alice");
    let group = alice.creates_group("team", GroupMemberRole::Member).await;
    let carol = net.person("carol");
    carol.joins(&group).await;
    bot.joins(&group).await;
    alice.expect_member("Moderator").await;
    carol.expect_member("Moderator").await;
    alice.gives_role("Moderator", GroupMemberRole::Admin).await;
    let bob = net.person("bob");
    bob.joins(&group).await;
    alice.expect_member("bob").await;
    bob.expect("Welcome, bob! /rules").await;
    // Who was there before the bot is not welcomed.
    carol.expect("Welcome, bob! /rules").await;
    bob.send("/warn @alice").await;
    bob.expect("Only members with the role moderator or higher may use /warn.").await;
    bob.send("/rules").await;
    bob.expect("Be kind. No pictures.").await;
    // However fast they come, and whatever stands below them.
    for caption in ["", "/rules", "", "/rules", "", "/rules", "", "/rules"] {
        bob.send(MsgContent::image(caption, "data:image/jpg;base64,")).await;
    }
    for _ in 0..8 {
        bob.expect_deletion().await;
    }
    bob.send("A text.").await;
    bob.edits_last(MsgContent::image("", "data:image/jpg;base64,")).await;
    bob.expect_deletion().await;
    alice.send("/warn @eve spam").await;
    alice
        .expect_any("no such member", |heard| match heard {
            Heard::Message { content, .. } => content.as_text()?.contains("no such member").then_some(()),
            _ => None,
        })
        .await;
    for answer in
        ["bob is warned (spam): 1 of 3.", "bob is warned (spam): 2 of 3.", "bob is removed after three warnings."]
    {
        alice.send("/warn @bob: spam").await;
        alice.expect_any(answer, said(answer)).await;
    }
    bob.expect_removal().await;
    let dave = net.person("~dave~");
    dave.joins(&group).await;
    dave.expect("Welcome, \u{2060}~dave~! /rules").await;
}

async fn support_desk_serves_customers(net: TestNetwork) {
    let bot = net.start(support_desk).await;
    let customer = net.person("carol").connects_to(&bot).await;
    for (asked, answer) in [
        ("What is the PRICE?", "A licence is free."),
        ("Why?", "I do not know. /human brings somebody who does."),
        ("/human", "Somebody will answer here soon."),
        ("/hours", "Monday to Friday, 9 to 17."),
    ] {
        customer.send(asked).await;
        // The welcome may come a second time, as the history of the chat.
        customer.expect_any(answer, said(answer)).await;
    }
    // Until the case is done, that is between them and people.
    for asked in ["Why?", "/hours"] {
        customer.send(asked).await;
    }
    let answer = customer.expect_any("opening hours", |heard| match heard {
        Heard::Message { content, .. } => {
            content.as_text().filter(|text| !text.starts_with("Hello!")).map(str::to_owned)
        }
        _ => None,
    });
    assert_eq!(answer.await, "Monday to Friday, 9 to 17.");
}

async fn news_reach_those_who_want_them(net: TestNetwork) {
    let desk = Desk { password: "s3same".into(), editors: SenderList::new(), journal: Arc::new(MemoryStore::new()) };
    let bot = net.start(move || news(desk.clone())).await;
    let editor = net.person("editor").connects_to(&bot).await;
    let (alice, bob) = (net.person("alice").connects_to(&bot).await, net.person("bob").connects_to(&bot).await);
    for person in [&editor, &alice, &bob] {
        person.expect_containing("You get our news").await;
    }
    bob.send("/stop").await;
    bob.expect_containing("No more news").await;
    for (sent, answer) in [("/send fake news", "Only editors send news."), ("/editor", "No."), ("/editor me", "No.")] {
        alice.send(sent).await;
        alice.expect(answer).await;
    }
    editor.send("/editor s3same").await;
    editor.expect("You may /send news.").await;
    editor.send("/send").await;
    editor.expect("Write /send and the news, please.").await;
    editor.send("/send We are open again!").await;
    editor.expect("Sent to 1 of 1.").await;
    alice.expect("We are open again!").await;
    bob.expect_silence(Duration::from_mins(1)).await;
    alice.api().delete_chat(alice.open_chat(), ChatDeleteMode::Full { notify: true }).await.unwrap();
    eventually("a contact who is gone", async || {
        let contacts = bot.api().list_contacts(bot.running().user().user_id).await.unwrap();
        contacts.iter().any(|contact| contact.contact_status == ContactStatus::Deleted)
    })
    .await;
    editor.send("/send And closed.").await;
    editor.expect("Sent to 0 of 0.").await;
}

async fn reminders_come_when_they_are_due(net: TestNetwork) {
    let store: Arc<dyn Store> = Arc::new(MemoryStore::new());
    let mut bot = net.start(move || reminder(Arc::clone(&store))).await;
    let alice = net.person("alice").connects_to(&bot).await;
    alice.expect("/remind 10m tea").await;
    // Where time is real, nobody waits ten minutes.
    alice.send(if net.is_simulated() { "/remind 10m the tea" } else { "/remind 1s the tea" }).await;
    alice.expect("I will.").await;
    if net.is_simulated() {
        alice.expect_silence(Duration::from_mins(5)).await;
        bot.killed_and_restarted().await;
        alice.expect_silence(Duration::from_secs(299)).await;
    }
    alice.expect("You wanted to be reminded of the tea.").await;
    for refused in ["/remind soon", "/remind 99999999999d the end"] {
        alice.send(refused).await;
        alice.expect_containing("Usage: /remind <after> <of…>").await;
    }
    if net.is_simulated() {
        // What was due while the bot was away comes late.
        alice.send("/remind 1d the cake").await;
        alice.expect("I will.").await;
        tokio::time::sleep(Duration::from_secs(1)).await;
        bot.killed().await;
        tokio::time::sleep(Duration::from_hours(7 * 24)).await;
        bot.restarted().await;
        alice.expect("You wanted to be reminded of the cake.").await;
        alice.expect_silence(Duration::from_hours(24)).await;
        // The time runs from when it was said, not from when the bot hears it.
        bot.killed().await;
        alice.send("/remind 1h the pie").await;
        tokio::time::sleep(Duration::from_mins(50)).await;
        bot.restarted().await;
        alice.expect("I will.").await;
        alice.expect_silence(Duration::from_secs(590)).await;
        alice.expect("You wanted to be reminded of the pie.").await;
        // A failure that passes delays it.
        alice.send("/remind 30s the jam").await;
        alice.expect("I will.").await;
        net.simulation().with(|net| net.fail_next(bot.core_id(), "/_send", Failure::DatabaseBusy));
        alice.expect("You wanted to be reminded of the jam.").await;
        for _ in 0..20 {
            alice.send("/remind 65535d /ban me").await;
            alice.expect("I will.").await;
        }
        alice.send("/remind 1m of more").await;
        alice.expect("That is all that I can keep in mind.").await;
        // That is no command of the bot's.
        let bob = net.person("bob").connects_to(&bot).await;
        bob.expect("/remind 10m tea").await;
        bob.send("/remind 1s /ban me").await;
        bob.expect("I will.").await;
        bob.expect("You wanted to be reminded of \u{2060}/ban me.").await;
    }
}

async fn directory_lists_groups_that_invite_it(net: TestNetwork) {
    let bot = net.start(directory).await;
    let alice = net.person("alice").connects_to(&bot).await;
    alice.expect_containing("Invite me").await;
    alice.send("/list").await;
    alice.expect("No group.").await;
    let me = alice.api().get_active_user().await.unwrap().unwrap().user_id;
    let contact = alice.api().list_contacts(me).await.unwrap().remove(0).contact_id;
    let reader = net.person("bob").connects_to(&bot).await;
    reader.expect_containing("Invite me").await;
    alice.creates_group("gardening", GroupMemberRole::Member).await;
    let groups = alice.api().list_groups(me, None, None).await.unwrap();
    alice.api().add_member(groups[0].group_id, contact, GroupMemberRole::Member).await.unwrap();
    alice.expect("This group is listed now.").await;
    reader.send("/find GARDEN").await;
    reader.expect("gardening (2 members)").await;
    reader.send("/find chess").await;
    reader.expect("No group.").await;
    // Who throws the bot out is not listed any more.
    alice.opens(groups[0].group_id);
    alice.removes(bot.name()).await;
    let user = bot.running().user().user_id;
    eventually("the removal", async || {
        let group = bot.api().list_groups(user, None, None).await.unwrap().remove(0);
        group.membership.member_status == GroupMemberStatus::Removed
    })
    .await;
    reader.send("/list").await;
    reader.expect("No group.").await;
}

async fn a_report_that_was_missed_comes_late(net: TestNetwork) {
    let store = Arc::new(MemoryStore::new());
    let kept: Arc<dyn Store> = store.clone();
    let mut bot = net.start(move || morning_report(Arc::clone(&kept))).await;
    let alice = net.person("alice").connects_to(&bot).await;
    alice.expect_containing("on weekdays at nine").await;
    alice.send("hello").await;
    alice.expect("I only report.").await;
    // As if the last one had been a week ago.
    let now = now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs();
    let stored = Stored { version: 0, state: String::new(), saved: now - 7 * 86_400 };
    store.save("schedule/morning", stored).await.unwrap();
    bot.restarted().await;
    alice.expect("All is well, late: 1 readers.").await;
    alice.expect_silence(Duration::from_secs(1)).await;
}

async fn two_bots_live_side_by_side(net: TestNetwork) {
    let store: Arc<dyn Store> = Arc::new(MemoryStore::new());
    let (squaring, reminding) = (net.start(squaring_bot).await, net.start(move || reminder(Arc::clone(&store))).await);
    let (alice, bob) = (
        net.person("alice").connects_to(&squaring).await,
        net.person("bob").patience(Duration::from_mins(2)).connects_to(&reminding).await,
    );
    alice.expect_containing("number").await;
    bob.expect_containing("/remind").await;
    alice.send("3").await;
    alice.expect("3 * 3 = 9").await;
    squaring.stop().await;
    bob.send("/remind 1s x").await;
    bob.expect("I will.").await;
    bob.expect_containing("reminded of x").await;
}

async fn notifier_waits_for_the_delivery(net: TestNetwork) {
    let bot = net.start(squaring_bot).await;
    let me = Client::over("ci", net.core("ci").await).await.unwrap();
    notify(&me, bot.address(), "build 4711 failed").await.unwrap();
    // The second time the contact is there.
    notify(&me, bot.address(), "and again").await.unwrap();
    me.close().await.unwrap();
}

/// Comes by the link of a group with a doorkeeper, and goes to the door.
async fn knocks(net: &TestNetwork, name: &str, link: &str) -> Person {
    let person = net.person(name).connects_by(link).await;
    let ChatRef::Group(group, _) = person.open_chat() else { panic!("a group is open") };
    person.opens(ChatRef::Group(group, Some(GroupChatScope::MemberSupport(None))));
    person.expect_containing("How much is").await;
    person
}

/// What “How much is two and three?” asks for.
fn sum(question: &str) -> usize {
    let words = ["nought", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    let number = |word: &str| words.iter().position(|known| *known == word.trim_end_matches('?'));
    question.split_whitespace().filter_map(number).sum()
}

async fn admission_lets_those_in_who_can_add(net: TestNetwork) {
    let bot = net.start(admission).await;
    let alice = net.person("alice").connects_to(&bot).await;
    alice.expect_containing("/open").await;
    alice.send("/open garden").await;
    let link = alice.expect_containing(":/").await;
    let carol = knocks(&net, "carol", &link).await;
    carol.send("let me in").await;
    let question = carol.expect_containing("No. How much is").await;
    carol.send(sum(&question).to_string()).await;
    carol.expect("Welcome in.").await;
    let mallory = knocks(&net, "mallory", &link).await;
    for answer in ["No. How much is", "No. How much is", "No. Goodbye."] {
        mallory.send("100").await;
        mallory.expect_containing(answer).await;
    }
    let members = async || {
        let user = bot.running().user().user_id;
        let group = bot.api().list_groups(user, None, None).await.unwrap().remove(0);
        let members = bot.api().list_members(group.group_id).await.unwrap();
        let inside = members.into_iter().filter(|member| member.member_status == GroupMemberStatus::Connected);
        inside.map(|member| member.member_profile.display_name).collect::<Vec<_>>()
    };
    eventually("carol alone inside", async || members().await == ["carol"]).await;
    for (name, answer) in [("field", ":/"), ("wood", ":/"), ("sea", "That is enough for now.")] {
        alice.send(format!("/open {name}")).await;
        alice.expect_containing(answer).await;
    }
}

/// A model that answers every prompt in capitals, once per connection.
/// Serves a model that says everything louder.
async fn model() -> String {
    let answer = async |body: String| {
        let body: serde_json::Value = serde_json::from_str(&body).unwrap();
        serde_json::json!({"response": body["prompt"].as_str().unwrap().to_uppercase()}).to_string()
    };
    serve(axum::Router::new().route("/", axum::routing::post(answer))).await
}

/// Serves over HTTP, on a port of its own; returns the address.
async fn serve(router: axum::Router) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://{address}/")
}

async fn assistant_shows_the_answer_of_its_model(net: TestNetwork) {
    let url = model().await;
    let bot = net.start(move || assistant(Model { url: url.clone(), http: reqwest::Client::new() })).await;
    let alice = net.person("alice").connects_to(&bot).await;
    alice.expect("Ask me anything.").await;
    alice.send("why?").await;
    alice.expect("…").await;
    alice.expect_edit("WHY?").await;
}

async fn bridge_posts_what_members_write_and_writes_what_is_posted(net: TestNetwork) {
    let (posted, mut posts) = tokio::sync::mpsc::channel(10);
    // The other side is down for the first request.
    let up = Arc::new(AtomicBool::new(false));
    let take = async move |headers: HeaderMap, body: String| {
        if !up.swap(true, Ordering::Relaxed) {
            return StatusCode::SERVICE_UNAVAILABLE;
        }
        assert_eq!(headers["authorization"], "Bearer secret");
        posted.send(serde_json::from_str::<serde_json::Value>(&body).unwrap()).await.unwrap();
        StatusCode::OK
    };
    let hook = serve(axum::Router::new().route("/", axum::routing::post(take))).await;
    let http = reqwest::Client::new();
    let way = Bridge { hook, token: "secret".into(), http: http.clone() };
    let bot = net.start(move || bridge(way.clone())).await;

    // Nobody but operators can add it to a group.
    let alice = net.person("alice").connects_to(&bot).await;
    let me = alice.api().get_active_user().await.unwrap().unwrap().user_id;
    let contact = alice.api().list_contacts(me).await.unwrap().remove(0).contact_id;
    alice.creates_group("team", GroupMemberRole::Member).await;
    let group = alice.api().list_groups(me, None, None).await.unwrap().remove(0).group_id;
    alice.opens(contact);
    alice.send("/operator guess").await;
    alice.expect("No.").await;
    alice.send("/operator secret").await;
    alice.expect_containing("Invite me").await;
    alice.opens(group);
    alice.api().add_member(group, contact, GroupMemberRole::Member).await.unwrap();
    alice.expect_member("Bridge").await;

    alice.send("on it").await;
    let bridge = alice.api().list_members(group).await.unwrap().remove(0).group_member_id;
    alice.opens(ChatRef::scoped(group, GroupChatScope::MemberSupport(Some(bridge))));
    alice.send("between us").await;
    alice.opens(group);
    alice.send("done").await;
    let mut ids = Vec::new();
    for text in ["on it", "done"] {
        let post = posts.recv().await.unwrap();
        assert_eq!((&post["from"], &post["text"]), (&"alice".into(), &text.into()));
        ids.push((post["group"].as_i64().unwrap(), post["id"].as_i64().unwrap()));
    }
    assert!(ids[0].0 == ids[1].0 && ids[0].1 < ids[1].1, "{ids:?}");

    let door = serve(way_in(bot.api().clone(), "secret")).await;
    let write = async |group: i64, token: &str, text: &str| {
        let request = http.post(format!("{door}groups/{group}")).bearer_auth(token).body(text.to_owned());
        request.send().await.unwrap().status().as_u16()
    };
    assert_eq!(write(ids[0].0, "secret", "build failed").await, 204);
    alice.expect("build failed").await;
    assert_eq!(write(ids[0].0, "guess", "no").await, 401);
    assert_eq!(write(4711, "secret", "no").await, 404);
    assert_eq!(write(ids[0].0, "secret", &"x".repeat(100_000)).await, 413);
}

faces::on_three_faces! {
    admission_lets_those_in_who_can_add,
    squaring,
    echo,
    survey_goes_on_after_a_restart,
    moderation_warns_and_removes,
    support_desk_serves_customers,
    news_reach_those_who_want_them,
    reminders_come_when_they_are_due,
    directory_lists_groups_that_invite_it,
    a_report_that_was_missed_comes_late,
    two_bots_live_side_by_side,
    notifier_waits_for_the_delivery,
}

/// By the clock of mornings, which only a test's own clock has the time for.
#[simplex_bot::test]
async fn reports_come_on_weekdays_and_late_after_a_weekend_off() {
    const DAY: Duration = Duration::from_hours(24);
    let store: Arc<dyn Store> = Arc::new(MemoryStore::new());
    let net = TestNetwork::new();
    let mut bot = net.start(move || morning_report(Arc::clone(&store))).await;
    let alice = net.person("alice").patience(4 * DAY).connects_to(&bot).await;
    alice.expect_containing("on weekdays at nine").await;
    alice.expect("All is well: 1 readers.").await;
    bot.killed().await;
    tokio::time::sleep(7 * DAY).await;
    bot.restarted().await;
    alice.expect("All is well, late: 1 readers.").await;
    alice.expect("All is well: 1 readers.").await;
}

#[simplex_bot::test]
async fn a_report_is_not_remembered_for_ever() {
    const DAY: Duration = Duration::from_hours(24);
    let store: Arc<dyn Store> = Arc::new(MemoryStore::new());
    let (net, kept) = (TestNetwork::new(), Arc::clone(&store));
    let bot = net.start(move || morning_report(Arc::clone(&kept))).await;
    let alice = net.person("alice").patience(4 * DAY).connects_to(&bot).await;
    alice.expect_containing("on weekdays at nine").await;
    for _ in 0..30 {
        alice.expect("All is well: 1 readers.").await;
    }
    let remembered = store.keys("broadcast/").await.unwrap().len();
    assert!((20..25).contains(&remembered), "{remembered}");
}

/// Time stands still here for sockets, too: what takes a while never comes.
#[simplex_bot::test]
async fn a_model_that_does_not_answer_is_told_once() {
    let model = || Model { url: "http://127.0.0.1:1/".into(), http: reqwest::Client::new() };
    let net = TestNetwork::new();
    let bot = net.start(move || assistant(model())).await;
    let alice = net.person("alice").patience(Duration::from_mins(10)).connects_to(&bot).await;
    alice.expect("Ask me anything.").await;
    alice.send("why?").await;
    alice.expect("…").await;
    alice.expect_edit("I cannot think right now; try again later.").await;
    alice.expect_silence(Duration::from_mins(10)).await;
}

/// Sockets do not know of a test's own clock: these are of real time.
macro_rules! on_real_time {
    ($($name:ident: $test:ident,)*) => {$(
        mod $name {
            #[tokio::test]
            async fn simulated() {
                super::$test(super::TestNetwork::new()).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn native() {
                super::$test(super::faces::native()).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn websocket() {
                super::$test(super::faces::websocket()).await;
            }
        }
    )*};
}

on_real_time! {
    assistant: assistant_shows_the_answer_of_its_model,
    bridge: bridge_posts_what_members_write_and_writes_what_is_posted,
}
