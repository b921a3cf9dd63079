//! Dialogues: states that are typed and kept. The times that they have: `dialogue_times`.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "what fails here fails a test")]

use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use simplex_bot::dialogue::{Dialogue, Session, Sessions, Step, in_state};
use simplex_bot::prelude::*;
use simplex_bot::store::{MemoryStore, Store, StoreError, Stored};
use simplex_bot::testing::{Person, TestNetwork};
use simplex_bot::types::event::ConnectedToGroupMember;
use simplex_bot::types::{ChatDeleteMode, ContactId, GroupId, GroupMemberRole};

/// Written without the derive.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
enum Order {
    Item,
    Quantity { item: String },
}

impl Dialogue for Order {
    const NAME: &str = "order";
    const VERSION: u32 = 2;
    fn upgrade(version: u32, state: Json) -> Option<Json> {
        // Version 1 had a bare string for the item.
        (version == 1).then(|| serde_json::json!({"Quantity": {"item": state}}))
    }
}

async fn item(msg: TextMessage, session: Session<Order>) -> Outcome {
    session.set(Order::Quantity { item: msg.text().to_owned() }).await?;
    msg.reply("How many?").await
}

async fn quantity(msg: TextMessage, session: Session<Order>, Parsed(count): Parsed<u32>) -> Outcome {
    let Some(Order::Quantity { item }) = session.state() else { return msg.reply("?").await };
    session.end().await?;
    msg.reply(format!("{count} of {item}")).await
}

fn shop(store: Arc<dyn Store>) -> Bot {
    Bot::new("shop")
        .dialogue(Sessions::<Order>::new(store).expires_after(Duration::from_secs(3600)))
        .command("order", "Order", async |msg: Message, session: Session<Order>| -> Outcome {
            session.set(Order::Item).await?;
            msg.reply("What?").await
        })
        .on(text().and(in_state(|state: &Order| *state == Order::Item)), item)
        .on(text().parse::<u32>().and(in_state(|state: &Order| matches!(state, Order::Quantity { .. }))), quantity)
        .on(in_state(|_: &Order| true), async |msg: Message| msg.reply("A number, please.").await)
        .on(any(), async |msg: Message| msg.reply("/order").await)
}

#[simplex_bot::test]
async fn a_dialogue_outlasts_a_restart_and_expires() {
    let store: Arc<dyn Store> = Arc::new(MemoryStore::new());
    let net = TestNetwork::new();
    let mut bot = net
        .start({
            let store = Arc::clone(&store);
            move || shop(Arc::clone(&store))
        })
        .await;
    let alice = net.person("alice").connects_to(&bot).await;
    alice.send("/order").await;
    alice.expect("What?").await;
    alice.send("apples").await;
    alice.expect("How many?").await;
    bot.restarted().await;
    alice.send("many").await;
    alice.expect("A number, please.").await;
    alice.send("3").await;
    alice.expect("3 of apples").await;
    alice.send("3").await;
    alice.expect("/order").await;
    alice.send("/order").await;
    alice.expect("What?").await;
    alice.expect_silence(Duration::from_secs(3601)).await;
    alice.send("pears").await;
    alice.expect("/order").await;
}

#[simplex_bot::test]
async fn a_new_contact_is_not_in_the_dialogue_of_a_deleted_one() {
    let store: Arc<dyn Store> = Arc::new(MemoryStore::new());
    let net = TestNetwork::new();
    let bot = net.start(move || shop(Arc::clone(&store))).await;
    let alice = net.person("alice").connects_to(&bot).await;
    alice.send("/order").await;
    alice.expect("What?").await;
    let id = async || bot.api().list_contacts(bot.running().user().user_id).await.unwrap()[0].contact_id;
    let gone = id().await;
    bot.api().delete_chat(gone, ChatDeleteMode::Full { notify: false }).await.unwrap();
    let bob = net.person("bob").connects_to(&bot).await;
    assert_eq!(id().await, gone);
    bob.send("apples").await;
    bob.expect("/order").await;
}

#[simplex_bot::test]
async fn a_new_contact_is_not_told_of_the_end_of_a_deleted_ones_conversation() {
    const HOUR: Duration = Duration::from_secs(3600);
    fn shop() -> Bot {
        let orders = Sessions::<Order>::new(MemoryStore::new()).expires_after(HOUR).when_expired("Over.");
        Bot::new("shop").dialogue(orders).on(any(), async |session: Session<Order>| session.set(Order::Item).await)
    }
    let net = TestNetwork::new();
    let bot = net.start(shop).await;
    net.person("alice").connects_to(&bot).await.send("hi").await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    let id = async || bot.api().list_contacts(bot.running().user().user_id).await.unwrap()[0].contact_id;
    let gone = id().await;
    bot.api().delete_chat(gone, ChatDeleteMode::Full { notify: false }).await.unwrap();
    let bob = net.person("bob").connects_to(&bot).await;
    assert_eq!(id().await, gone);
    bob.expect_silence(2 * HOUR).await;
}

#[simplex_bot::test]
async fn a_conversation_without_a_time_goes_with_its_contact() {
    /// As the one above, but for ever.
    fn patient(store: Arc<dyn Store>) -> Bot {
        let begin = async |session: Session<Order>| session.set(Order::Item).await;
        Bot::new("shop").dialogue(Sessions::<Order>::new(store)).on(any(), begin)
    }
    let store: Arc<dyn Store> = Arc::new(MemoryStore::new());
    let net = TestNetwork::new();
    let kept = Arc::clone(&store);
    let mut bot = net.start(move || patient(Arc::clone(&kept))).await;
    for name in ["alice", "bob", "carol"] {
        net.person(name).connects_to(&bot).await.send("hi").await;
    }
    tokio::time::sleep(Duration::from_secs(1)).await;
    let before = store.keys("").await.unwrap();
    assert_eq!(before.len(), 3);
    bot.api().delete_chat(ContactId(5), ChatDeleteMode::Full { notify: false }).await.unwrap();
    bot.restarted().await;
    tokio::time::sleep(Duration::from_secs(60)).await;
    assert_eq!(store.keys("").await.unwrap(), [before[0].clone(), before[2].clone()]);
}

/// Old states are upgraded; those that cannot be leave nobody stuck.
struct Preset(u32, &'static str);

#[async_trait::async_trait]
impl Store for Preset {
    async fn load(&self, _: &str) -> Result<Option<Stored>, StoreError> {
        Ok(Some(Stored { version: self.0, state: self.1.to_owned(), saved: u64::MAX }))
    }
    async fn save(&self, _: &str, _: Stored) -> Result<(), StoreError> {
        Ok(())
    }
    async fn remove(&self, _: &str) -> Result<(), StoreError> {
        Ok(())
    }
    async fn keys(&self, _: &str) -> Result<Vec<String>, StoreError> {
        Ok(Vec::new())
    }
}

#[simplex_bot::test]
async fn states_of_other_versions_are_upgraded_or_end() {
    for (version, state, answer) in [
        (2, r#"{"Quantity":{"item":"apples"}}"#, "3 of apples"),
        (1, r#""pears""#, "3 of pears"),
        (0, r#""pears""#, "/order"),
        (2, r#"{"Gone":1}"#, "/order"),
        (3, r#"{"Future":1}"#, "/order"),
        (2, "not JSON", "/order"),
    ] {
        let net = TestNetwork::new();
        let bot = net.start(move || shop(Arc::new(Preset(version, state)))).await;
        let alice = net.person("alice").connects_to(&bot).await;
        alice.send("3").await;
        alice.expect(answer).await;
    }
}

/// The same with the derive.
#[derive(Dialogue, Debug, Clone, Serialize, Deserialize)]
#[dialogue(name = "orders", version = 1, upgrade = upgraded, timeout = "1h")]
enum Orders {
    #[dialogue(to(Quantity))]
    Item,
    #[dialogue(timeout = "2m")]
    Quantity { item: String },
    #[dialogue(to())]
    Address(String, u32),
}

fn upgraded(version: u32, state: Json) -> Option<Json> {
    (version == 0).then(|| serde_json::json!({"Quantity": {"item": state}}))
}

async fn orders_item(step: Step<OrdersItem>, msg: TextMessage) -> Outcome {
    step.to(OrdersQuantity { item: msg.text().to_owned() }).await?;
    msg.reply("How many?").await
}

async fn orders_quantity(step: Step<OrdersQuantity>, msg: TextMessage, Parsed(count): Parsed<u32>) -> Outcome {
    if count == 0 {
        return msg.reply(format!("No {}?", step.item)).await;
    }
    let item = step.item.clone();
    step.to(OrdersAddress(item, count)).await?;
    msg.reply("Where to?").await
}

async fn orders_address(step: Step<OrdersAddress>, msg: TextMessage) -> Outcome {
    let OrdersAddress(item, count) = step.end().await?;
    msg.reply(format!("{count} {item} to {}", msg.text())).await
}

fn orders(store: Arc<dyn Store>) -> Bot {
    let conversation = Router::new()
        .step(text(), orders_item)
        .step(text().parse(), orders_quantity)
        .step(text(), orders_address)
        .on(in_state(|_: &Orders| true), async |msg: Message| msg.reply("I do not understand.").await);
    Bot::new("shop")
        .dialogue(Sessions::<Orders>::new(store).when_expired("That took too long."))
        .command("order", "Order", async |msg: Message, session: Session<Orders>| -> Outcome {
            session.set(OrdersItem).await?;
            msg.reply("What?").await
        })
        .nest(conversation)
        .on(any(), async |msg: Message| msg.reply("/order").await)
}

/// Waits for longer than any time here.
fn somebody(net: &TestNetwork, name: &str) -> Person {
    net.person(name).patience(Duration::from_secs(300))
}

#[simplex_bot::test]
async fn a_derived_dialogue_goes_from_state_to_state_and_each_has_its_time() {
    let store: Arc<dyn Store> = Arc::new(MemoryStore::new());
    let net = TestNetwork::new();
    let mut bot = net.start(move || orders(Arc::clone(&store))).await;
    let alice = somebody(&net, "alice").connects_to(&bot).await;
    let says = async |sent: &str, answers: &[&str]| {
        alice.send(sent).await;
        for answer in answers {
            alice.expect(answer).await;
        }
    };
    says("hello", &["/order"]).await;
    says("/order", &["What?"]).await;
    // An hour for this state, two minutes for the next.
    tokio::time::sleep(Duration::from_secs(3500)).await;
    says("apples", &["How many?"]).await;
    says("many", &["I do not understand."]).await;
    says("0", &["No apples?"]).await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    bot.killed_and_restarted().await;
    says("3", &["Where to?"]).await;
    says("1 Road", &["3 apples to 1 Road"]).await;
    says("1 Road", &["/order"]).await;
    says("/order", &["What?"]).await;
    says("pears", &["How many?"]).await;
    // Nobody has to say anything for the time to be over.
    alice.expect("That took too long.").await;
    says("3", &["/order"]).await;
}

/// Asks those who join a group after it.
fn doorkeeper(store: Arc<dyn Store>) -> Bot<Sessions<Orders>> {
    let sessions = Sessions::<Orders>::new(store).expires_after(Duration::from_secs(60));
    Bot::new("doorkeeper")
        .state(sessions.clone())
        .dialogue(sessions)
        .on_event(
            async |event: ConnectedToGroupMember,
                   api: ChatApi,
                   State(orders): State<Sessions<Orders>>|
                   -> Outcome<()> {
                if event.member.member_role == GroupMemberRole::Owner {
                    return Ok(());
                }
                let chat = Chat::new(api, event.group_info.group_id).with_member(event.member.group_member_id);
                orders.of(&chat).await?.set(OrdersItem).await?;
                chat.send("What?").await?;
                Ok(())
            },
        )
        .step(text(), orders_item)
        .on(any(), async |msg: Message| msg.reply("Not you.").await)
}

#[simplex_bot::test]
async fn a_conversation_that_an_event_began_is_with_who_joined_and_outlasts_a_restart() {
    let store: Arc<dyn Store> = Arc::new(MemoryStore::new());
    let net = TestNetwork::new();
    let mut bot = net.start(move || doorkeeper(Arc::clone(&store))).await;
    let owner = somebody(&net, "owner").connects_to(&bot).await;
    let group = owner.creates_group("club", GroupMemberRole::Member).await;
    bot.joins(&group).await;
    let bob = somebody(&net, "bob");
    bob.joins(&group).await;
    bob.expect("What?").await;
    owner.expect("What?").await;
    owner.send("apples").await;
    owner.expect("Not you.").await;
    bot.restarted().await;
    for heard in ["apples", "Not you."] {
        bob.expect(heard).await;
    }
    bob.send("pears").await;
    bob.expect("How many?").await;
}

#[simplex_bot::test]
async fn a_conversation_in_a_group_is_with_somebody() {
    let net = TestNetwork::new();
    let bot = net.start(|| doorkeeper(Arc::new(MemoryStore::new()))).await;
    let sessions = Sessions::<Orders>::new(MemoryStore::new());
    let error = sessions.of(&Chat::new(bot.api().clone(), GroupId(1))).await.unwrap_err().to_string();
    assert!(error.contains("with_member"), "{error}");
}

#[test]
fn what_the_derive_says_is_what_the_enum_says() {
    assert_eq!((Orders::NAME, Orders::VERSION), ("orders", 1));
    assert_eq!(Orders::Item.timeout(), Some(Duration::from_secs(3600)));
    assert_eq!(Orders::from(OrdersQuantity { item: String::new() }).timeout(), Some(Duration::from_secs(120)));
    let old = Orders::upgrade(0, serde_json::json!("pears"));
    assert_eq!(old, Some(serde_json::json!({"Quantity": {"item": "pears"}})));
}

#[simplex_bot::test]
async fn a_dialogue_that_is_kept_nowhere_does_not_start() {
    let net = TestNetwork::new();
    let bot = Bot::new("shop").step(text(), orders_item).step(text(), orders_address);
    let error = bot.core(net.core("shop").await).start().await.unwrap_err().to_string();
    assert_eq!(error.matches("the dialogue `orders` is not kept anywhere").count(), 1, "{error}");
}

#[simplex_bot::test]
async fn two_dialogues_of_one_name_do_not_start() {
    /// Named as another is, in another module.
    #[derive(Dialogue, Clone, Serialize, Deserialize)]
    #[dialogue(name = "orders")]
    enum Others {
        Name,
    }
    let net = TestNetwork::new();
    let store = Arc::new(MemoryStore::new());
    let others = Router::new().dialogue(Sessions::<Others>::new(Arc::clone(&store)));
    let bot = Bot::new("shop").dialogue(Sessions::<Orders>::new(store)).nest(others).on(any(), async |_: Message| {});
    let error = bot.core(net.core("shop").await).start().await.err().unwrap().to_string();
    assert!(error.contains("two dialogues are called `orders`"), "{error}");
}

#[simplex_bot::test]
async fn a_step_beside_its_dialogue_fails_aloud() {
    let net = TestNetwork::new();
    let kept = || Router::new().guard(in_group()).dialogue(Sessions::<Orders>::new(MemoryStore::new()));
    let router = || {
        Router::new()
            .step(text(), orders_item)
            .on_error(async |failure: Failure, msg: Message| msg.reply(failure.to_string()).await)
    };
    let bot = net.start(move || Bot::new("shop").nest(kept()).nest(router())).await;
    let alice = somebody(&net, "alice").connects_to(&bot).await;
    alice.send("apples").await;
    alice.expect_containing("the dialogue `orders` is not kept anywhere").await;
}
