//! Messages of people who are not connected yet: they wait until they can be answered.

#![expect(clippy::unwrap_used, reason = "what fails here fails a test")]

mod common;

use std::sync::Arc;

use common::{Heard, Seen, World, changing, next, nothing_more, say, seen, stored, together, unread, until};
use simplex_bot::prelude::*;
use simplex_bot::types::event::ReceivedContactRequest;
use simplex_bot::{Delivery, Retry, Running};
use simplex_sim::SimCore;
use tokio::sync::Notify;

/// Somebody.
fn person(world: &World, name: &str) -> SimCore {
    let core = world.net.open(name, "").unwrap();
    let profile = format!(r#"{{"profile":{{"displayName":"{name}","fullName":""}},"pastTimestamp":false}}"#);
    core.raw(&format!("/_create user {profile}"));
    core.raw("/_start main=on");
    core
}

/// The command that makes a chat of a planned address, not connected yet.
fn preparing(plan: &serde_json::Value) -> String {
    let link = &plan["connLink"];
    let (full, short) = (link["connFullLink"].as_str().unwrap(), link["connShortLink"].as_str().unwrap());
    let data = &plan["connectionPlan"]["contactAddressPlan"]["contactSLinkData_"];
    format!("/_prepare contact 1 {full} {short} {data}")
}

fn prepares(core: &SimCore, address: &str) {
    let plan: serde_json::Value = serde_json::from_str(&core.raw(&format!("/_connect plan 1 {address}"))).unwrap();
    let prepared = core.raw(&preparing(&plan["result"]));
    assert!(prepared.contains("newPreparedChat"), "{prepared}");
}

/// Somebody who asks to connect with a first message.
fn asks(world: &World, name: &str, address: &str, text: &str) -> SimCore {
    let core = person(world, name);
    prepares(&core, address);
    let asked = core.raw(&format!(r#"/_connect contact @4 text {text}"#));
    assert!(asked.contains("startedConnectionToContact"), "{asked}");
    core
}

/// The short link of a bot's address.
async fn address(bot: &Running) -> String {
    let address = bot.api().raw("/_show_address 1").await.unwrap();
    address["contactLink"]["connLinkContact"]["connShortLink"].as_str().unwrap().to_owned()
}

async fn answers(msg: TextMessage, State(seen): State<Seen>) -> Outcome<()> {
    let outcome = msg.reply("welcome").await;
    seen.send(format!("{} {}", msg.text(), if outcome.is_ok() { "answered" } else { "not answered" })).unwrap();
    outcome.map(drop)
}

async fn requested(event: ReceivedContactRequest, State(seen): State<Seen>) {
    seen.send(format!("request {}", event.contact_request.contact_request_id)).unwrap();
}

async fn answering(world: &World, accepts: bool) -> (Running, Heard) {
    let (seen, heard) = seen();
    let bot = world.bot().auto_accept(accepts).state(seen).on(text(), answers).on_event(requested);
    (bot.start().await.unwrap(), heard)
}

#[tokio::test]
async fn a_first_message_is_handled_once_its_sender_is_accepted() {
    let world = World::new();
    let (bot, mut heard) = answering(&world, false).await;
    let alice = asks(&world, "alice", &address(&bot).await, "may I?");
    assert_eq!(next(&mut heard).await, "request 1");
    assert_eq!(unread(&bot, 4).await, 1);
    bot.api().raw("/_accept 1").await.unwrap();
    assert_eq!(next(&mut heard).await, "may I? answered");
    until(async || alice.raw("/_get chat @4 count=1").contains("welcome")).await;
    until(async || unread(&bot, 4).await == 0).await;
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn a_first_message_to_a_bot_that_accepts_is_handled_when_it_can_be_answered() {
    let world = World::new();
    let (bot, mut heard) = answering(&world, true).await;
    let alice = asks(&world, "alice", &address(&bot).await, "hello");
    assert_eq!(next(&mut heard).await, "hello answered");
    until(async || alice.raw("/_get chat @4 count=1").contains("welcome")).await;
    until(async || unread(&bot, 4).await == 0).await;
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn with_delivery_off_a_first_message_waits_for_nothing_as_it_is_not_looked_for_later() {
    let world = World::new();
    let (seen, mut heard) = seen();
    let bot = world.bot().delivery(Delivery::Off).auto_accept(false).state(seen).on(text(), answers);
    let bot = bot.on_error(|_, _| {}).retry(Retry::never()).start().await.unwrap();
    asks(&world, "alice", &address(&bot).await, "may I?");
    assert_eq!(next(&mut heard).await, "may I? not answered");
    nothing_more(bot, &mut heard).await;
}

#[tokio::test]
async fn a_first_message_waits_over_a_restart() {
    let world = World::new();
    let (bot, mut heard) = answering(&world, false).await;
    let address = address(&bot).await;
    // The first look at the state, which tells nothing of what was there.
    let looked = async || std::fs::read_to_string(world.state_file()).unwrap_or_default().contains("\nL 1 c ");
    until(looked).await;
    nothing_more(bot, &mut heard).await;
    let mut alice = None;
    world.while_nobody_listens(|_| alice = Some(asks(&world, "alice", &address, "may I?")));
    let (bot, mut heard) = answering(&world, false).await;
    assert_eq!(next(&mut heard).await, "request 1");
    until(async || bot.handle().health().unwrap().lanes == 0).await;
    assert_eq!(unread(&bot, 4).await, 1);
    bot.api().raw("/_accept 1").await.unwrap();
    assert_eq!(next(&mut heard).await, "may I? answered");
    nothing_more(bot, &mut heard).await;
    drop(alice);
}

#[tokio::test]
async fn the_welcome_of_an_address_is_handled_once_the_bot_is_connected_to_it() {
    for meanwhile in [false, true] {
        let world = World::new();
        let shop = person(&world, "shop");
        let link: serde_json::Value = serde_json::from_str(&shop.raw("/_address 1")).unwrap();
        let link = link["result"]["connLinkContact"]["connShortLink"].as_str().unwrap();
        let accepts = r#"{"businessAddress":false,"autoAccept":{"acceptIncognito":false},"autoReply":{"type":"text","text":"here we are"}}"#;
        assert!(shop.raw(&format!("/_address_settings 1 {accepts}")).contains("userContactLinkUpdated"));
        let (mut bot, mut heard) = answering(&world, false).await;
        if meanwhile {
            nothing_more(bot, &mut heard).await;
            world.while_nobody_listens(|core| prepares(core, link));
            let core = world.deaf();
            let (seen, heard_then) = seen();
            let again = world.bot_on(core.clone()).state(seen).on(text(), answers);
            (bot, heard) = (again.start().await.unwrap(), heard_then);
            until(async || !core.sent("/_get chat @4").is_empty()).await;
        } else {
            let plan = bot.api().raw(&format!("/_connect plan 1 {link}")).await.unwrap();
            bot.api().raw(&preparing(&plan)).await.unwrap();
        }
        until(async || bot.handle().health().unwrap().lanes == 0).await;
        assert!(heard.try_recv().is_err(), "it cannot be answered yet");
        assert_eq!(unread(&bot, 4).await, 1);
        bot.api().raw("/_connect contact @4").await.unwrap();
        assert_eq!(next(&mut heard).await, "here we are answered");
        until(async || unread(&bot, 4).await == 0).await;
        nothing_more(bot, &mut heard).await;
    }
}

#[tokio::test]
async fn a_first_message_that_is_told_of_together_with_others_waits_too() {
    let world = World::new();
    let core = world.deaf();
    let (seen, mut heard) = seen();
    let bot = world.bot_on(core.clone()).auto_accept(false).state(seen);
    let bot = bot.on(text(), answers).start().await.unwrap();
    let address = address(&bot).await;
    let bob = asks(&world, "bob", &address, "bob");
    until(async || bot.api().raw("/_accept 1").await.is_ok()).await;
    assert_eq!(next(&mut heard).await, "bob answered");
    core.loses_events();
    let alice = asks(&world, "alice", &address, "may I?");
    until(async || bot.api().raw("/_get chat @5 count=1").await.is_ok_and(|c| c.to_string().contains("may I?"))).await;
    say(&bob, "@4", "hello");
    stored(&bot, "hello").await;
    core.hears_again(together(&bot, &[("@5", 1), ("@4", 1)]).await);
    assert_eq!(next(&mut heard).await, "hello answered");
    bot.api().raw("/_accept 2").await.unwrap();
    assert_eq!(next(&mut heard).await, "may I? answered");
    nothing_more(bot, &mut heard).await;
    drop(alice);
}

#[tokio::test]
async fn who_is_connected_while_the_chat_is_looked_at_is_not_waited_for() {
    let world = World::new();
    let (bot, mut heard) = answering(&world, false).await;
    let address = address(&bot).await;
    let bob = asks(&world, "bob", &address, "hi");
    assert_eq!(next(&mut heard).await, "request 1");
    bot.api().raw("/_accept 1").await.unwrap();
    assert_eq!(next(&mut heard).await, "hi answered");
    until(async || unread(&bot, 4).await == 0).await;
    nothing_more(bot, &mut heard).await;
    let mut alice = None;
    world.while_nobody_listens(|_| alice = Some(asks(&world, "alice", &address, "may I?")));
    // The page of her chat is from before she was connected, and comes after her event.
    let (read, goes_on) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let (is_read, may_go_on) = (Arc::clone(&read), Arc::clone(&goes_on));
    let core = changing(Arc::new(world.net.open("bot", "").unwrap()), move |core, request| {
        let (read, goes_on) = (Arc::clone(&read), Arc::clone(&goes_on));
        async move {
            let is_page = request.text().starts_with("/_get chat @5 initial=");
            let answer = core.send(request).await?;
            if is_page && !answer.text().contains("\"activeConn\"") {
                read.notify_one();
                goes_on.notified().await;
            }
            Ok(answer)
        }
    });
    let (seen, mut heard) = seen();
    let bot = world.bot_on(core).auto_accept(false).state(seen).on(text(), answers).start().await.unwrap();
    is_read.notified().await;
    bot.api().raw("/_accept 2").await.unwrap();
    let contact = async || bot.api().raw("/_get chat @5 count=1").await.unwrap().to_string();
    until(async || contact().await.contains(r#""connStatus":{"type":"ready"}"#)).await;
    say(&bob, "@4", "since");
    assert_eq!(next(&mut heard).await, "since answered");
    may_go_on.notify_one();
    assert_eq!(next(&mut heard).await, "may I? answered");
    nothing_more(bot, &mut heard).await;
}
