//! What the official clients' bots get wrong, one test each. Those of single commands are in simplex-api's
//! `tests/official_clients.rs`.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "what fails here fails a test")]

use std::sync::Arc;
use std::time::Duration;

use simplex_bot::Client;
use simplex_bot::prelude::*;
use simplex_bot::testing::TestNetwork;
use simplex_bot::types::{AddressSettings, AutoAccept, GroupMemberRole};
use simplex_sim::SimCore;
use tokio::time::Instant;

const MINUTE: Duration = Duration::from_secs(60);

fn echo() -> Bot {
    Bot::new("echo").on(text(), async |msg: TextMessage| msg.reply(msg.text()).await)
}

async fn client(net: &TestNetwork, name: &str) -> Client {
    Client::over(name, Arc::new(net.simulation().open(name, "").unwrap())).await.unwrap()
}

/// Where a client is reached by anybody.
async fn address(client: &Client) -> String {
    let user = client.user().user_id;
    let link = client.api().create_user_address(user).await.unwrap();
    let settings = AddressSettings::new().with_auto_accept(AutoAccept::new());
    client.api().set_address_settings(user, settings).await.unwrap();
    link.link().to_owned()
}

fn field<'a>(answer: &'a serde_json::Value, path: &str) -> &'a str {
    answer.pointer(path).and_then(serde_json::Value::as_str).unwrap_or_else(|| panic!("no {path} in {answer}"))
}

fn ask(core: &SimCore, command: &str) -> serde_json::Value {
    serde_json::from_str(&core.raw(command)).unwrap()
}

/// Theirs resolves with whoever connects next.
#[simplex_bot::test]
async fn connect_to_gives_the_one_that_was_connected_to() {
    let net = TestNetwork::new();
    let me = client(&net, "me").await;
    let mine = address(&me).await;
    // The other side of the invitation is away until somebody else has connected.
    let target = net.simulation().open("target", "").unwrap();
    ask(&target, r#"/_create user {"profile":{"displayName":"target","fullName":""},"pastTimestamp":false}"#);
    ask(&target, "/_start main=on");
    let invitation = ask(&target, "/_connect 1");
    let link = field(&invitation, "/result/connLinkInvitation/connFullLink").to_owned();
    ask(&target, "/_stop");
    let meanwhile = async {
        let bob = net.person("bob").connects_by(&mine).await;
        tokio::time::sleep(Duration::from_secs(10)).await;
        let contacts = me.api().list_contacts(me.user().user_id).await.unwrap();
        assert!(contacts.iter().any(|contact| contact.profile.display_name == "bob"));
        ask(&target, "/_start main=on");
        bob
    };
    let connecting = async { me.connect_to(&link).timeout(MINUTE).await };
    let (chat, _bob) = tokio::join!(connecting, meanwhile);
    let chat = chat.unwrap();
    let contacts = me.api().list_contacts(me.user().user_id).await.unwrap();
    let contact = contacts.iter().find(|contact| chat.chat_ref() == contact.contact_id.into()).expect("a contact");
    assert_eq!(contact.profile.display_name, "target");
    assert_eq!(contacts.len(), 2);
}

/// Theirs takes any message for the answer.
#[simplex_bot::test]
async fn send_and_wait_takes_the_answer_of_its_own_chat() {
    let net = TestNetwork::new();
    let me = client(&net, "me").await;
    let mine = address(&me).await;
    let bob = net.person("bob").connects_by(&mine).await;
    let bot = net
        .start(|| {
            Bot::new("slow").on(text(), async |msg: TextMessage| -> Outcome {
                tokio::time::sleep(Duration::from_secs(5)).await;
                msg.reply(format!("you said {}", msg.text())).await
            })
        })
        .await;
    let chat = me.connect_to(bot.address()).timeout(MINUTE).await.unwrap();
    let asking = async { chat.send_and_wait("hello").timeout(MINUTE).await };
    let (answer, ()) = tokio::join!(asking, async {
        tokio::time::sleep(Duration::from_secs(1)).await;
        bob.send("not an answer").await;
    });
    assert_eq!(answer.unwrap().text(), "you said hello");
}

/// Theirs always times out there.
#[simplex_bot::test]
async fn a_handler_can_wait_for_an_answer() {
    let net = TestNetwork::new();
    let bot = net
        .start(|| {
            Bot::new("bot").command("order", "", async |chat: Chat| -> Outcome {
                let what = chat.send_and_wait("What?").timeout(MINUTE).await?;
                chat.send(format!("{}, please", what.text())).await
            })
        })
        .await;
    let alice = net.person("alice").connects_to(&bot).await;
    alice.send("/order").await;
    alice.expect("What?").await;
    alice.send("apples").await;
    alice.expect("apples, please").await;
}

/// Theirs matches everything. Here a filter is a value: a name that is none does not compile (`tests/mistakes`), and what is
/// text within a filter and fits nothing lets nothing through.
#[simplex_bot::test]
async fn a_filter_by_a_name_that_nobody_has_lets_nothing_through() {
    let net = TestNetwork::new();
    let bot = net
        .start(|| {
            Bot::new("bot")
                .on(from_role(GroupMemberRole::from("ownr")), async |msg: Message| msg.reply("misspelt").await)
                .on(text().exactly("pign"), async |msg: Message| msg.reply("misspelt").await)
                .on(any(), async |msg: Message| msg.reply("else").await)
        })
        .await;
    let alice = net.person("alice").connects_to(&bot).await;
    alice.send("ping").await;
    alice.expect("else").await;
}

/// Theirs ends at the first error among the events.
#[simplex_bot::test]
async fn errors_among_the_events_end_nothing() {
    let net = TestNetwork::new();
    let bot = net.start(echo).await;
    let alice = net.person("alice").connects_to(&bot).await;
    let bob = net.person("bob").connects_to(&bot).await;
    // Bob leaves without a word: what is sent to him comes back as an error, among the events.
    let gone = ask(&net.simulation().open("person bob", "").unwrap(), "/_start main=on");
    assert_eq!(field(&gone, "/result/type"), "chatStarted");
    bob.api().raw("/_delete @4 full notify=off").await.unwrap();
    let contacts = bot.api().list_contacts(bot.running().user().user_id).await.unwrap();
    let of_bob = contacts.iter().find(|contact| contact.profile.display_name == "bob").expect("bob");
    bot.api().send_text_message(of_bob.contact_id, "anybody there?", None).await.unwrap();
    alice.send("still there?").await;
    alice.expect("still there?").await;
}

/// Theirs handles one message after another.
#[simplex_bot::test]
async fn a_slow_handler_holds_up_its_own_chat_only() {
    let net = TestNetwork::new();
    let bot = net
        .start(|| {
            Bot::new("bot").on(text(), async |msg: TextMessage| -> Outcome {
                if msg.text() == "slow" {
                    tokio::time::sleep(Duration::from_secs(3600)).await;
                }
                msg.reply(msg.text()).await
            })
        })
        .await;
    let mut people = Vec::new();
    for name in ["alice", "bob", "carol", "dave"] {
        people.push(net.person(name).connects_to(&bot).await);
    }
    let (alice, others) = people.split_first().expect("people");
    alice.send("slow").await;
    let begin = Instant::now();
    for person in others {
        person.send("quick").await;
        person.expect("quick").await;
    }
    assert!(begin.elapsed() < MINUTE, "{:?}", begin.elapsed());
}

/// Theirs never sees what was received before a crash.
#[simplex_bot::test]
async fn what_came_before_a_crash_is_answered_after_it() {
    let net = TestNetwork::new();
    let mut bot = net.start(echo).await;
    let alice = net.person("alice").connects_to(&bot).await;
    alice.send("one").await;
    bot.killed_and_restarted().await;
    alice.expect("one").await;
}
