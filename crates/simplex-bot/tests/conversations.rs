//! Conversations of several steps: questions, clients, deliveries, broadcasts, who may speak.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "what fails here fails a test")]

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use simplex_bot::broadcast::{Broadcast, SendOutcome, Unclear};
use simplex_bot::core::{ChatCore, CoreError, CoreEvent, Frame, Request};
use simplex_bot::prelude::*;
use simplex_bot::senders::{Cooldown, Exempt, SenderList};
use simplex_bot::store::{MemoryStore, Store, Stored};
use simplex_bot::testing::{Heard, TestNetwork};
use simplex_bot::types::event::{ConnectedToGroupMember, ContactConnected, NewChatItems};
use simplex_bot::types::{
    ChatDeleteMode, ChatPagination, ChatRef, Contact, Event, GroupChatScope, GroupMemberCategory, GroupMemberRole,
    GroupProfile, MsgContent,
};
use simplex_bot::{Client, EventKind, Retry, WaitError, Wanted};

async fn signup(chat: Chat) -> Outcome {
    let name = chat.ask("Your name?").timeout(Duration::from_secs(300)).await?;
    let age: u8 = chat.ask("Your age?").parse().retries(2).or_say("A number, please.").await?;
    chat.send(format!("Welcome, {name} ({age})")).await
}

fn asking() -> Bot {
    Bot::new("bot")
        .command("signup", "Sign up", signup)
        .command("ping", "", async |msg: Message| msg.reply("pong").await)
        .on(any(), async |msg: Message| msg.reply("not asked").await)
}

#[simplex_bot::test]
async fn a_handler_asks_and_others_go_on_meanwhile() {
    let net = TestNetwork::new();
    let bot = net.start(asking).await;
    let (alice, bob) = (net.person("alice").connects_to(&bot).await, net.person("bob").connects_to(&bot).await);
    alice.send("/signup").await;
    alice.expect("Your name?").await;
    bob.send("hello").await;
    bob.expect("not asked").await;
    alice.send("/ping").await;
    alice.expect("pong").await;
    alice.send("Alice").await;
    alice.expect("Your age?").await;
    alice.send("old").await;
    alice.expect("A number, please.").await;
    alice.send("42").await;
    alice.expect("Welcome, Alice (42)").await;
    alice.send("hello").await;
    alice.expect("not asked").await;
}

#[simplex_bot::test]
async fn a_message_that_is_repeated_answers_no_question_asked_meanwhile() {
    fn failing() -> Bot<Arc<AtomicBool>> {
        Bot::new("bot")
            .state(Arc::new(AtomicBool::new(false)))
            .retry(Retry::times(1).backoff(Duration::from_secs(60)))
            .command("signup", "Sign up", signup)
            .on(any(), async |msg: Message, State(again): State<Arc<AtomicBool>>| -> Outcome {
                if !again.swap(true, Ordering::SeqCst) {
                    return Err(BotError::Config("the first time it fails".into()));
                }
                msg.reply("at last").await
            })
    }
    let net = TestNetwork::new();
    let bot = net.start(failing).await;
    let alice = net.person("alice").connects_to(&bot).await;
    alice.send("fails").await;
    alice.send("/signup").await;
    alice.expect("Your name?").await;
    tokio::time::sleep(Duration::from_secs(61)).await;
    alice.expect("at last").await;
    alice.send("Alice").await;
    alice.expect("Your age?").await;
}

#[simplex_bot::test]
async fn in_a_group_the_one_who_was_asked_answers() {
    let net = TestNetwork::new();
    let bot = net.start(asking).await;
    let alice = net.person("alice");
    let group = alice.creates_group("team", GroupMemberRole::Member).await;
    bot.joins(&group).await;
    alice.expect_any("the bot", |heard| is_join(heard, "bot")).await;
    let bob = net.person("bob");
    bob.joins(&group).await;
    alice.send("/signup").await;
    alice.expect("Your name?").await;
    bob.send("Bob").await;
    alice.expect("Bob").await;
    alice.expect("not asked").await;
    alice.send("Alice").await;
    alice.expect("Your age?").await;
    bob.send("7").await;
    alice.expect("7").await;
    alice.expect("not asked").await;
    alice.send("42").await;
    alice.expect("Welcome, Alice (42)").await;
}

#[simplex_bot::test]
async fn a_member_may_be_asked_who_has_not_written() {
    fn captcha() -> Bot {
        async fn ask(event: ConnectedToGroupMember, api: ChatApi) -> Outcome<()> {
            if event.member.member_category == GroupMemberCategory::Post {
                let chat = Chat::new(api, event.group_info.group_id).with_member(event.member.group_member_id);
                let sum: u8 = chat.ask("2 and 2?").parse().retries(1).await?;
                chat.send(format!("{sum}")).await?;
            }
            Ok(())
        }
        Bot::new("bot").on_event(ask).on(any(), async |msg: Message| msg.reply("not asked").await)
    }
    let net = TestNetwork::new();
    let bot = net.start(captcha).await;
    let alice = net.person("alice");
    let group = alice.creates_group("team", GroupMemberRole::Member).await;
    bot.joins(&group).await;
    alice.expect_member("bot").await;
    let carol = net.person("carol");
    carol.joins(&group).await;
    alice.expect("2 and 2?").await;
    alice.send("5").await;
    alice.expect("not asked").await;
    carol.send("four").await;
    alice.expect("four").await;
    alice.expect("That does not fit: invalid digit found in string.").await;
    carol.send("4").await;
    alice.expect("4").await;
    alice.expect("4").await;
}

#[simplex_bot::test]
async fn in_a_support_chat_it_is_answered_there() {
    let net = TestNetwork::new();
    let bot = net.start(asking).await;
    let alice = net.person("alice");
    let group = alice.creates_group("team", GroupMemberRole::Member).await;
    bot.joins(&group).await;
    alice.expect_any("the bot", |heard| is_join(heard, "bot")).await;
    alice.gives_role("bot", GroupMemberRole::Moderator).await;
    let carol = net.person("carol");
    carol.joins(&group).await;
    let ChatRef::Group(id, _) = carol.open_chat() else { panic!("a group is open") };
    let (everybody, support) = (ChatRef::group(id), ChatRef::scoped(id, GroupChatScope::MemberSupport(None)));
    for (here, elsewhere) in [(support, everybody), (everybody, support)] {
        carol.opens(here);
        carol.send("/signup").await;
        carol.expect("Your name?").await;
        carol.opens(elsewhere);
        carol.send("elsewhere").await;
        carol.expect("not asked").await;
        carol.opens(here);
        carol.send("Carol").await;
        carol.expect("Your age?").await;
        carol.send("42").await;
        carol.expect("Welcome, Carol (42)").await;
    }
}

fn is_join(heard: &Heard, name: &str) -> Option<()> {
    use simplex_bot::types::Event;
    let Heard::Other(event) = heard else { return None };
    matches!(&**event, Event::JoinedGroupMember(joined) if joined.member.member_profile.display_name == name)
        .then_some(())
}

fn guarded() -> Bot<SenderList> {
    let blocked = SenderList::new();
    Bot::new("bot")
        .state(blocked.clone())
        .outer(blocked.block())
        .layer(Cooldown::per_sender(2, Duration::from_secs(10)).saying("Not so fast."))
        .command("free", "", async |msg: Message| msg.reply("free").await)
        .meta(Exempt)
        .command("block", "", async |msg: Message, State(list): State<SenderList>| -> Outcome {
            list.add(&msg).await?;
            msg.reply("blocked").await
        })
        .on(any(), async |msg: Message| msg.reply("ok").await)
}

#[simplex_bot::test]
async fn who_is_too_fast_waits_and_who_is_blocked_is_not_heard() {
    let net = TestNetwork::new();
    let bot = net.start(guarded).await;
    let (alice, bob) = (net.person("alice").connects_to(&bot).await, net.person("bob").connects_to(&bot).await);
    for answer in ["ok", "ok", "Not so fast."] {
        alice.send("hi").await;
        alice.expect(answer).await;
    }
    alice.send("hi").await;
    alice.expect_silence(Duration::from_secs(1)).await;
    alice.send("/free").await;
    alice.expect("free").await;
    bob.send("hi").await;
    bob.expect("ok").await;
    tokio::time::sleep(Duration::from_secs(10)).await;
    alice.send("hi").await;
    alice.expect("ok").await;
    alice.send("/block").await;
    alice.expect("blocked").await;
    alice.send("/free").await;
    alice.expect_silence(Duration::from_secs(3600)).await;
}

/// A core that does not take the first message with this in it.
#[derive(Debug)]
struct Refuses(Arc<dyn ChatCore>, &'static str, AtomicBool);

#[async_trait::async_trait]
impl ChatCore for Refuses {
    async fn send(&self, request: Request) -> Result<Frame, CoreError> {
        if request.text().contains(self.1) && !self.2.swap(true, Ordering::Relaxed) {
            return Err(CoreError::Timeout { command: "/_send".into(), after: Duration::from_secs(1) });
        }
        self.0.send(request).await
    }
    async fn recv(&self) -> Option<CoreEvent> {
        self.0.recv().await
    }
    async fn close(&self, deadline: Duration) -> Result<(), CoreError> {
        self.0.close(deadline).await
    }
}

#[simplex_bot::test]
async fn a_notice_that_was_not_sent_is_said_when_its_message_comes_again() {
    let net = TestNetwork::new();
    let core = Refuses(net.core("bot").await, "Not so fast.", AtomicBool::new(false));
    let bot = guarded().core(Arc::new(core)).start().await.unwrap();
    let alice = net.person("alice").connects_by(bot.address().unwrap()).await;
    for answer in ["ok", "ok", "Not so fast."] {
        alice.send("hi").await;
        alice.expect(answer).await;
    }
    alice.send("hi").await;
    alice.expect_silence(Duration::from_secs(5)).await;
    bot.stop().await.unwrap();
}

#[simplex_bot::test]
async fn a_client_connects_asks_and_sees_the_delivery() {
    let net = TestNetwork::new();
    let bot = net.start(|| Bot::new("echo").on(text(), async |msg: TextMessage| msg.reply(msg.text()).await)).await;
    let core = net.simulation().open("client", "").unwrap();
    let me = Client::over("ci", Arc::new(core)).await.unwrap();
    let chat = me.connect_to(bot.address()).timeout(Duration::from_secs(60)).await.unwrap();
    let answer = chat.send_and_wait("hello").timeout(Duration::from_secs(60)).await.unwrap();
    assert_eq!(answer.text(), "hello");
    let sent = chat.send("again").await.unwrap();
    sent.delivered().timeout(Duration::from_secs(60)).await.unwrap();
    // The address is known: the same chat, at once.
    let same = me.connect_to(bot.address()).await.unwrap();
    assert_eq!(same.chat_ref(), chat.chat_ref());
    assert_eq!(me.user().profile.peer_type, None);
    assert!(me.api().get_user_address(me.user().user_id).await.unwrap().is_none());
    me.close().await.unwrap();
}

/// A core that takes a link as one of a chat that is known, but has no connection yet.
#[derive(Debug)]
struct KnownUnconnected(Arc<dyn ChatCore>);

impl KnownUnconnected {
    async fn answer(&self, command: String) -> (Frame, serde_json::Value) {
        let frame = self.0.send(Request::new(command).unwrap()).await.unwrap();
        let answer = serde_json::from_str(frame.text()).unwrap();
        (frame, answer)
    }
}

#[async_trait::async_trait]
impl ChatCore for KnownUnconnected {
    async fn send(&self, request: Request) -> Result<Frame, CoreError> {
        let Some(link) = request.text().strip_prefix("/connect ") else { return self.0.send(request).await };
        let (_, plan) = self.answer(format!("/_connect plan 1 {link}")).await;
        if plan["result"]["connectionPlan"]["type"] == "groupLink" {
            self.0.send(request).await?;
            loop {
                let (_, groups) = self.answer("/_groups1".to_owned()).await;
                if let Some(group) = groups["result"]["groups"].get(0) {
                    let user = &groups["result"]["user"];
                    let began =
                        serde_json::json!({"type": "startedConnectionToGroup", "user": user, "groupInfo": group});
                    return Ok(Frame::parse(serde_json::json!({ "result": began }).to_string()));
                }
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        }
        let links = &plan["result"]["connLink"];
        let (full, short) = (links["connFullLink"].as_str().unwrap(), links["connShortLink"].as_str().unwrap());
        let data = &plan["result"]["connectionPlan"]["contactAddressPlan"]["contactSLinkData_"];
        let (_, prepared) = self.answer(format!("/_prepare contact 1 {full} {short} {data}")).await;
        let contact = &prepared["result"]["chat"]["chatInfo"]["contact"]["contactId"];
        let (began, _) = self.answer(format!("/_connect contact @{contact}")).await;
        assert!(began.text().contains("startedConnectionToContact"), "{}", began.text());
        Ok(began)
    }
    async fn recv(&self) -> Option<CoreEvent> {
        self.0.recv().await
    }
    async fn close(&self, deadline: Duration) -> Result<(), CoreError> {
        self.0.close(deadline).await
    }
}

#[simplex_bot::test]
async fn a_chat_that_is_known_but_not_connected_is_waited_for_too() {
    let net = TestNetwork::new();
    let bot = net.start(|| Bot::new("echo").on(text(), async |msg: TextMessage| msg.reply(msg.text()).await)).await;
    let me = Client::over("ci", Arc::new(KnownUnconnected(net.core("client").await))).await.unwrap();
    let chat = me.connect_to(bot.address()).await.unwrap();
    assert_eq!(chat.send_and_wait("hello").await.unwrap().text(), "hello");
    let carol = net.person("carol");
    let user = carol.api().get_active_user().await.unwrap().unwrap().user_id;
    let group = carol.api().new_group(user, GroupProfile::new("news", "")).await.unwrap().group_id;
    let link = carol.api().create_group_link(group, GroupMemberRole::Member).await.unwrap();
    let chat = me.connect_to(link.link()).await.unwrap();
    chat.send("hello, all").await.unwrap();
    carol.opens(ChatRef::group(group));
    assert_eq!(carol.expect_message().await.as_text(), Some("hello, all"));
    me.close().await.unwrap();
}

/// A core that lists contacts slowly.
#[derive(Debug)]
struct SlowLists(Arc<dyn ChatCore>, Duration);

#[async_trait::async_trait]
impl ChatCore for SlowLists {
    async fn send(&self, request: Request) -> Result<Frame, CoreError> {
        if request.text().starts_with("/_contacts") {
            tokio::time::sleep(self.1).await;
        }
        self.0.send(request).await
    }
    async fn recv(&self) -> Option<CoreEvent> {
        self.0.recv().await
    }
    async fn close(&self, deadline: Duration) -> Result<(), CoreError> {
        self.0.close(deadline).await
    }
}

#[simplex_bot::test]
async fn looking_for_a_connection_may_take_long_but_no_longer_than_the_wait() {
    let net = TestNetwork::new();
    let bot = net.start(|| Bot::new("bot").on(any(), async |_: Message| {})).await;
    for (takes, timeout, connects) in [(10, Duration::MAX, true), (3600, Duration::from_secs(60), false)] {
        let core = SlowLists(net.core(&format!("client{takes}")).await, Duration::from_secs(takes));
        let me = Client::over("ci", Arc::new(core)).await.unwrap();
        let began = tokio::time::Instant::now();
        let connected = me.connect_to(bot.address()).timeout(timeout).await;
        match connects {
            true => assert!(connected.is_ok(), "{connected:?}"),
            false => assert!(matches!(connected, Err(BotError::Wait(WaitError::Timeout { .. }))), "{connected:?}"),
        }
        assert!(began.elapsed() <= Duration::from_secs(60), "{:?}", began.elapsed());
        me.close().await.unwrap();
    }
}

#[simplex_bot::test]
async fn a_handler_that_connects_by_a_client_holds_nobody_up_and_hears_of_the_stop() {
    async fn connects(msg: Message, Args(link): Args, State(me): State<Arc<Client>>) -> Outcome {
        let asked = async {
            let chat = me.connect_to(&link).timeout(Duration::from_secs(3600)).await?;
            chat.send_and_wait("Who is there?").await
        };
        let said = asked.await.map_or_else(|error| error.to_string(), |answer| answer.text().to_owned());
        msg.reply(said).await
    }
    let net = TestNetwork::new();
    let me = Arc::new(Client::over("ci", net.core("client").await).await.unwrap());
    let carol = net.person("carol");
    let user = carol.api().get_active_user().await.unwrap().unwrap().user_id;
    let link = async || carol.api().create_link(user).await.unwrap().conn_full_link;
    let (first, second) = (link().await, link().await);
    let bot = net
        .start(move || {
            Bot::new("bot")
                .in_flight(1)
                .state(Arc::clone(&me))
                .command("connect", "", connects)
                .on(any(), async |msg: Message| msg.reply("read").await)
        })
        .await;
    let (alice, bob) = (net.person("alice").connects_to(&bot).await, net.person("bob").connects_to(&bot).await);
    carol.goes_offline().await;
    alice.send(format!("/connect {first}")).await;
    alice.send("hi").await;
    alice.expect("read").await;
    bob.send("hi").await;
    bob.expect("read").await;
    carol.comes_back().await;
    let connected = |heard: &Heard| if let Heard::Connected { chat } = heard { Some(*chat) } else { None };
    carol.opens(carol.expect_any("the client", connected).await);
    carol.expect("Who is there?").await;
    bob.send("hi").await;
    bob.expect("read").await;
    carol.send("carol").await;
    alice.expect("carol").await;
    carol.goes_offline().await;
    alice.send(format!("/connect {second}")).await;
    alice.send("hi").await;
    alice.expect("read").await;
    bot.stop().await;
    alice.expect("the bot stops: nothing is waited for any more").await;
}

#[simplex_bot::test]
async fn a_client_follows_events_until_it_is_closed() {
    let net = TestNetwork::new();
    let bot = net.start(|| Bot::new("echo").on(text(), async |msg: TextMessage| msg.reply(msg.text()).await)).await;
    let me = Client::over("ci", net.core("client").await).await.unwrap();
    let (mut all, mut connected) = (me.events::<Event>(), me.events::<ContactConnected>());
    let mut items = me.events::<NewChatItems>();
    let chat = me.connect_to(bot.address()).await.unwrap();
    assert_eq!(connected.next().await.unwrap().contact.profile.display_name, "echo");
    for n in 0..1100 {
        chat.send_and_wait(n.to_string()).await.unwrap();
    }
    assert!(all.next().await.is_some());
    // Slow as it was, it missed what had no room; what had is there, in order.
    assert!(items.missed() >= 76, "{}", items.missed());
    let first = items.next().await.unwrap();
    assert!(first.chat_items[0].id() < items.next().await.unwrap().chat_items[0].id());
    me.close().await.unwrap();
    let mut left = 0;
    while items.next().await.is_some() {
        left += 1;
    }
    assert_eq!(left, 1022);
    assert!(connected.next().await.is_none());
}

/// A kind of event whose reading panics.
#[derive(Debug)]
struct Panics;

impl EventKind for Panics {
    const TAGS: &'static [&'static str] = &["newChatItems"];

    fn wanted() -> Wanted {
        Wanted::Tag("newChatItems")
    }

    fn of(_: &Event) -> Option<Self> {
        panic!("on purpose")
    }
}

#[simplex_bot::test]
async fn a_kind_of_event_that_panics_does_so_where_it_is_waited_for() {
    let net = TestNetwork::new();
    let bot = net.start(|| Bot::new("echo").on(text(), async |msg: TextMessage| msg.reply(msg.text()).await)).await;
    let me = Arc::new(Client::over("ci", Arc::new(net.simulation().open("client", "").unwrap())).await.unwrap());
    let chat = me.connect_to(bot.address()).await.unwrap();
    let waiting = Arc::clone(&me);
    let panics = tokio::spawn(async move { waiting.next_event::<Panics>(Duration::from_secs(60)).await });
    assert_eq!(chat.send_and_wait("1").await.unwrap().text(), "1");
    assert!(panics.await.unwrap_err().is_panic());
    assert_eq!(chat.send_and_wait("2").await.unwrap().text(), "2");
    Arc::into_inner(me).unwrap().close().await.unwrap();
}

/// A core that says for a while that a message, once it is known which, is not delivered.
#[derive(Debug)]
struct LateDelivery(Arc<dyn ChatCore>, Arc<(OnceLock<String>, AtomicU32)>);

#[async_trait::async_trait]
impl ChatCore for LateDelivery {
    async fn send(&self, request: Request) -> Result<Frame, CoreError> {
        let (late, looks) = &*self.1;
        let is_late = late.get().is_some_and(|end| request.text().ends_with(end));
        let answer = self.0.send(request).await?;
        if !is_late || looks.fetch_add(1, Ordering::Relaxed) >= 3 {
            return Ok(answer);
        }
        let text = answer.text();
        assert!(text.contains(r#""itemStatus":{"type":"sndRcvd""#), "{text}");
        Ok(Frame::parse(text.replace(r#""itemStatus":{"type":"sndRcvd""#, r#""itemStatus":{"type":"sndSent""#)))
    }
    async fn recv(&self) -> Option<CoreEvent> {
        self.0.recv().await
    }
    async fn close(&self, deadline: Duration) -> Result<(), CoreError> {
        self.0.close(deadline).await
    }
}

#[simplex_bot::test]
async fn a_long_text_is_delivered_when_all_of_its_parts_are() {
    let net = TestNetwork::new();
    let bot = net.start(|| Bot::new("bot").on(any(), async |_: Message| {})).await;
    let late = Arc::<(OnceLock<String>, AtomicU32)>::default();
    let core = LateDelivery(net.core("client").await, Arc::clone(&late));
    let me = Client::over("ci", Arc::new(core)).await.unwrap();
    let sent = me.connect_to(bot.address()).await.unwrap().send("word ".repeat(6_000)).await.unwrap();
    let last = sent.parts().last().unwrap().chat_item.meta.item_id;
    assert_ne!(last, sent.id());
    tokio::time::sleep(Duration::from_secs(10)).await;
    late.0.set(format!(" around={last} count=1")).unwrap();
    sent.delivered().await.unwrap();
    assert!(late.1.load(Ordering::Relaxed) > 3);
    me.close().await.unwrap();
}

#[simplex_bot::test]
async fn what_is_not_delivered_is_told_by_the_deadline() {
    let net = TestNetwork::new();
    let bot = net.start(|| Bot::new("echo").on(any(), async |_: Message| {})).await;
    let me = Client::over("ci", Arc::new(net.simulation().open("client", "").unwrap())).await.unwrap();
    let chat = me.connect_to(bot.address()).await.unwrap();
    bot.api().stop_chat().await.unwrap();
    let error = chat.send("hello").await.unwrap().delivered().timeout(Duration::from_secs(5)).await.unwrap_err();
    assert!(matches!(error, BotError::Wait(WaitError::Timeout { .. })), "{error}");
}

#[test]
fn the_client_works_without_async() {
    let threads = tokio::runtime::Runtime::new().unwrap();
    let (net, bot) = threads.block_on(async {
        let net = TestNetwork::new();
        let bot = net.start(|| Bot::new("echo").on(text(), async |msg: TextMessage| msg.reply(msg.text()).await)).await;
        (net, bot)
    });
    let me = simplex_bot::blocking::Client::over("ci", Arc::new(net.simulation().open("client", "").unwrap())).unwrap();
    let chat = me.connect_to(bot.address()).unwrap();
    assert_eq!(chat.send_and_wait("hello", Duration::from_secs(20)).unwrap().text(), "hello");
    chat.send("again").unwrap().delivered().unwrap();
    me.close().unwrap();
    threads.block_on(bot.stop());
}

#[simplex_bot::test]
async fn a_broadcast_reaches_who_has_the_id_of_somebody_deleted() {
    let net = TestNetwork::new();
    let bot = net.start(|| Bot::new("news").on(any(), async |_: Message| {})).await;
    let store = Arc::new(MemoryStore::new());
    let news = async || {
        let contacts = bot.api().list_contacts(bot.running().user().user_id).await.unwrap();
        let to: Vec<_> = contacts.iter().map(|contact| contact.contact_id).collect();
        let report = Broadcast::new("1", "news").to(to.clone()).journal(Arc::clone(&store)).send(bot.api()).await;
        assert_eq!(report.unwrap().sent(), 1);
        to
    };
    let alice = net.person("alice").connects_to(&bot).await;
    let to = news().await;
    alice.expect("news").await;
    // Once more, nobody gets anything.
    assert_eq!(news().await, to);
    alice.expect_silence(Duration::from_secs(1)).await;
    bot.api().delete_chat(to[0], ChatDeleteMode::Full { notify: false }).await.unwrap();
    let report = Broadcast::new("1", "news").to(to.clone()).journal(Arc::clone(&store)).send(bot.api()).await.unwrap();
    assert_eq!(report.sent(), 1, "it was sent, whoever is deleted since");
    let bob = net.person("bob").connects_to(&bot).await;
    assert_eq!(news().await, to);
    bob.expect("news").await;
}

#[simplex_bot::test]
async fn a_broadcast_reaches_all_and_goes_on_where_it_was() {
    let net = TestNetwork::new();
    let bot = net.start(|| Bot::new("news").on(any(), async |_: Message| {})).await;
    let mut people = Vec::new();
    for name in ["alice", "bob", "carol"] {
        people.push(net.person(name).connects_to(&bot).await);
    }
    let contacts = bot.api().list_contacts(bot.running().user().user_id).await.unwrap();
    let to: Vec<_> = contacts.iter().map(|contact| contact.contact_id).collect();
    assert_eq!(to.len(), 3);
    let store = Arc::new(MemoryStore::new());
    let begin = tokio::time::Instant::now();
    let first =
        Broadcast::new("1", "news").to(to[..2].to_vec()).pace(Duration::from_secs(5)).journal(Arc::clone(&store));
    let report = first.send(bot.api()).await.unwrap();
    assert_eq!((report.sent(), begin.elapsed().as_secs()), (2, 5));
    // One died in the middle: who was being sent to is left out, or sent again.
    let state = format!("[{},\"Unclear\"]", contacts[1].created_at.as_unix_millis());
    let unclear = Stored { version: 0, state, saved: 0 };
    store.save(&format!("broadcast/1/@{}", to[1]), unclear).await.unwrap();
    let steps = Arc::new(std::sync::Mutex::new(Vec::new()));
    let watcher = Arc::clone(&steps);
    let report = Broadcast::new("1", "news")
        .to(to.clone())
        .to([simplex_bot::types::ContactId(99)])
        .journal(Arc::clone(&store))
        .on_progress(move |done, of| watcher.lock().unwrap().push((done, of)))
        .send(bot.api())
        .await
        .unwrap();
    assert_eq!(report.sent(), 2, "{report:?}");
    assert_eq!(*steps.lock().unwrap(), [(1, 4), (2, 4), (3, 4), (4, 4)]);
    let report = Broadcast::new("1", "news").to(to.clone()).journal(store).unclear(Unclear::SendAgain).send(bot.api());
    assert_eq!(report.await.unwrap().sent(), 3);
    for (person, copies) in people.iter().zip([1, 2, 1]) {
        for _ in 0..copies {
            person.expect("news").await;
        }
        person.expect_silence(Duration::from_secs(1)).await;
    }
}

/// A core whose answer to a message that is sent gets lost, once.
#[derive(Debug)]
struct LosesAnswer(Arc<dyn ChatCore>, AtomicBool);

#[async_trait::async_trait]
impl ChatCore for LosesAnswer {
    async fn send(&self, request: Request) -> Result<Frame, CoreError> {
        let is_sent = request.text().starts_with("/_send");
        let answer = self.0.send(request).await;
        if is_sent && !self.1.swap(true, Ordering::Relaxed) {
            return Err(CoreError::Timeout { command: "/_send".into(), after: Duration::from_secs(1) });
        }
        answer
    }
    async fn recv(&self) -> Option<CoreEvent> {
        self.0.recv().await
    }
    async fn close(&self, deadline: Duration) -> Result<(), CoreError> {
        self.0.close(deadline).await
    }
}

#[simplex_bot::test]
async fn a_broadcast_does_not_send_again_what_may_have_been_sent() {
    let net = TestNetwork::new();
    let bot = net.start(|| Bot::new("bot").on(text(), async |msg: Message| msg.react("👍").await)).await;
    let core = LosesAnswer(net.core("client").await, AtomicBool::new(false));
    let me = Client::over("ci", Arc::new(core)).await.unwrap();
    let chat = me.connect_to(bot.address()).await.unwrap().chat_ref();
    let store = Arc::new(MemoryStore::new());
    let news = || Broadcast::new("1", "news").to([chat]).journal(Arc::clone(&store));
    let outcome = async |news: Broadcast| news.send(me.api()).await.unwrap().outcomes.remove(0).1;
    assert_eq!(outcome(news()).await, SendOutcome::Unclear);
    assert_eq!(outcome(news()).await, SendOutcome::Unclear);
    assert!(matches!(outcome(news().unclear(Unclear::SendAgain)).await, SendOutcome::Sent(_)));
    me.close().await.unwrap();
}

/// A quote has the preview of a picture in it, too.
#[simplex_bot::test]
async fn what_is_large_is_quoted_where_there_is_room_for_it_and_answered_where_not() {
    let net = TestNetwork::new();
    let bot = net
        .start(|| {
            Bot::new("bot").on(any(), async |msg: Message| -> Outcome {
                msg.reply("short").await?;
                msg.reply("long ".repeat(1_500)).await?;
                msg.reply(MsgContent::image("a picture", "x".repeat(9_000))).await
            })
        })
        .await;
    let alice = net.person("alice").connects_to(&bot).await;
    for (sent, quoted) in [
        (MsgContent::text("hi"), [true, true, true]),
        (MsgContent::image("", "x".repeat(14_000)), [true, false, false]),
        (MsgContent::text("x".repeat(14_998)), [false, false, false]),
    ] {
        alice.send(sent).await;
        for begin in ["short", "long", "a picture"] {
            alice.expect_containing(begin).await;
        }
        let page = alice.api().get_chat(alice.open_chat(), ChatPagination::Last { count: 3 }).await.unwrap();
        let are_quoted: Vec<_> = page.chat_items.iter().map(|item| item.quoted_item.is_some()).collect();
        assert_eq!(are_quoted, quoted);
    }
}

#[simplex_bot::test]
async fn a_message_is_forwarded() {
    let net = TestNetwork::new();
    let bot = net
        .start(|| {
            Bot::new("relay").on(text(), async |msg: TextMessage, from: Contact, api: ChatApi| -> Outcome {
                let user = api.get_active_user().await?.expect("a user").user_id;
                let others = api.list_contacts(user).await?;
                let other = others.iter().find(|other| other.contact_id != from.contact_id).expect("another");
                let sent = msg.forward(other.contact_id).await?;
                assert_eq!(sent.chat().chat_ref(), other.contact_id.into());
                msg.reply("Forwarded.").await
            })
        })
        .await;
    let (alice, bob) = (net.person("alice").connects_to(&bot).await, net.person("bob").connects_to(&bot).await);
    alice.send("for *bob*").await;
    alice.expect("Forwarded.").await;
    bob.expect("for *bob*").await;
}
