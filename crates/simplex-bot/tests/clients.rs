//! Clients: whom they connect to, what they wait for, what they hear of.

#![expect(clippy::panic, clippy::unwrap_used, reason = "what fails here fails a test")]

mod common;

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use common::changing;
use simplex_bot::core::{ChatCore, CoreError, Frame, Request};
use simplex_bot::prelude::*;
use simplex_bot::testing::{Heard, TestNetwork};
use simplex_bot::types::event::{ContactConnected, NewChatItems, UserJoinedGroup};
use simplex_bot::types::{ChatRef, ContactId, Event, GroupMemberRole, GroupProfile, Profile};
use simplex_bot::{Client, EventKind, WaitError, Wanted};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};

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
    let connecting = format!("{:?}", me.connect_to("https://smp.example.org/i#hush"));
    assert!(!connecting.contains("hush") && connecting.contains("smp.example.org"), "{connecting}");
    // The address is known: the same chat, at once.
    let same = me.connect_to(bot.address()).await.unwrap();
    assert_eq!(same.chat_ref(), chat.chat_ref());
    assert_eq!(me.user().profile.peer_type, None);
    assert!(me.api().get_user_address(me.user().user_id).await.unwrap().is_none());
    me.close().await.unwrap();
}

#[simplex_bot::test]
async fn who_connects_is_known_by_the_invitation() {
    let net = TestNetwork::new();
    let me = Client::over("me", net.core("me").await).await.unwrap();
    let mut connected = me.events::<ContactConnected>();
    let mut by = Vec::new();
    for name in ["alice", "bob"] {
        let invitation = me.api().create_invitation(me.user().user_id, false).await.unwrap();
        by.push((invitation.connection.pcc_conn_id, name, invitation.conn_link_invitation.link().to_owned()));
    }
    let (alice, bob) = (net.person("alice"), net.person("bob"));
    // The later invitation is used first.
    let _people = (bob.connects_by(&by[1].2).await, alice.connects_by(&by[0].2).await);
    for _ in 0..2 {
        let contact = connected.next().await.unwrap().contact;
        let connection = contact.active_conn.unwrap().conn_id;
        let (_, name, _) = by.iter().find(|(id, ..)| *id == connection).unwrap();
        assert_eq!(contact.local_display_name, *name);
    }
    me.close().await.unwrap();
}

/// A program may act as another profile meanwhile: what the client does next is still done as its own.
#[simplex_bot::test]
async fn a_client_connects_as_its_own_profile_whichever_is_active() {
    let net = TestNetwork::new();
    let bot = net.start(|| Bot::new("echo").on(text(), async |msg: TextMessage| msg.reply(msg.text()).await)).await;
    let me = Client::over("me", net.core("client").await).await.unwrap();
    let other = me.api().create_active_user(Some(Profile::new("other", ""))).await.unwrap().user_id;
    let others = me.api().for_user(other);
    assert!(others.list_contacts(other).await.unwrap().is_empty());
    let chat = me.connect_to(bot.address()).await.unwrap();
    assert_eq!(chat.send_and_wait("hello").await.unwrap().text(), "hello");
    assert!(others.list_contacts(other).await.unwrap().is_empty());
    me.close().await.unwrap();
}

/// It waits from before it asks: a client has no handlers that would keep the answer.
#[simplex_bot::test]
async fn an_answer_may_come_before_the_core_says_that_the_question_is_sent() {
    async fn slow_to_say(core: Arc<dyn ChatCore>, request: Request) -> Result<Frame, CoreError> {
        let sends = request.text().starts_with("/_send ");
        let answer = core.send(request).await;
        if sends {
            sleep(Duration::from_secs(10)).await;
        }
        answer
    }
    let net = TestNetwork::new();
    let bot = net.start(|| Bot::new("echo").on(text(), async |msg: TextMessage| msg.reply(msg.text()).await)).await;
    let core = net.simulation().open("client", "").unwrap();
    let me = Client::over("ci", changing(Arc::new(core), slow_to_say)).await.unwrap();
    let chat = me.connect_to(bot.address()).await.unwrap();
    assert_eq!(chat.ask("hello").timeout(Duration::from_secs(60)).await.unwrap(), "hello");
    me.close().await.unwrap();
}

#[simplex_bot::test]
async fn a_client_takes_an_answer_that_is_a_command() {
    let net = TestNetwork::new();
    let bot = net.start(|| Bot::new("bot").on(any(), async |msg: Message| msg.chat().send("/start").await)).await;
    let me = Client::over("ci", net.core("client").await).await.unwrap();
    let chat = me.connect_to(bot.address()).await.unwrap();
    assert_eq!(chat.send_and_wait("hello").await.unwrap().text(), "/start");
    assert_eq!(chat.ask("hello").await.unwrap(), "/start");
    me.close().await.unwrap();
}

#[simplex_bot::test]
async fn a_client_waits_for_what_it_does_with_an_answer_too() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.txt");
    std::fs::write(&path, "all is well").unwrap();
    let net = TestNetwork::new();
    let bot = net.start(move || {
        Bot::new("bot")
            .state(path.clone())
            .on(text(), async |msg: Message, State(path): State<PathBuf>| msg.chat().send(Draft::file(&path)).await)
    });
    let bot = bot.await;
    let me = Client::over("ci", net.core("client").await).await.unwrap();
    let chat = me.connect_to(bot.address()).await.unwrap();
    let answer = chat.send_and_wait("report, please").await.unwrap();
    let file = answer.receive().into_folder(folder.path().join("inbox")).await.unwrap();
    assert_eq!(std::fs::read_to_string(&file.path).unwrap(), "all is well");
    answer.reply("Thanks.").await.unwrap().delivered().await.unwrap();
    let again = answer.chat().send_and_wait("again, please").await.unwrap();
    again.receive().into_folder(folder.path().join("inbox")).await.unwrap();
    me.close().await.unwrap();
}

#[simplex_bot::test]
async fn a_client_gets_the_file_of_a_message_that_came_before() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.txt");
    std::fs::write(&path, "all is well").unwrap();
    let net = TestNetwork::new();
    let me = Client::over("me", net.core("client").await).await.unwrap();
    let link = me.api().create_link(me.user().user_id).await.unwrap();
    let mut events = me.events::<NewChatItems>();
    let alice = net.person("alice").connects_by(link.link()).await;
    alice.send(Draft::file(&path)).await;
    let (chat, item) = loop {
        let event = events.next().await.unwrap();
        if let Some(item) = event.chat_items.iter().find(|item| item.chat_item.file.is_some()) {
            break (me.chat(item.chat_ref().unwrap()), item.id());
        }
    };
    let own = chat.send("hello").await.unwrap();
    let message = chat.message(item).await.unwrap().unwrap();
    let file = message.receive().into_folder(folder.path().join("inbox")).await.unwrap();
    assert_eq!(std::fs::read_to_string(&file.path).unwrap(), "all is well");
    alice.expect("hello").await;
    message.reply("Thanks.").await.unwrap().delivered().await.unwrap();
    assert!(chat.message(own.id()).await.unwrap().is_none());
    own.delete_here().await.unwrap();
    assert!(chat.message(own.id()).await.unwrap().is_none());
    assert!(me.chat(ContactId(99)).message(item).await.is_err());
    me.close().await.unwrap();
}

#[simplex_bot::test]
async fn who_connects_again_while_that_is_under_way_waits_for_it() {
    let net = TestNetwork::new();
    let mut bot = net.start(|| Bot::new("echo").on(any(), async |msg: Message| msg.reply(msg.text()).await)).await;
    let bob = net.person("bob");
    bob.creates_group("team", GroupMemberRole::Member).await;
    let user = bob.api().get_active_user().await.unwrap().unwrap().user_id;
    let group = bob.api().list_groups(user, None, None).await.unwrap()[0].group_id;
    let link = bob.api().get_group_link(group).await.unwrap().unwrap().link().to_owned();
    let me = Client::over("ci", net.core("client").await).await.unwrap();
    // Nobody is there to accept.
    let address = bot.address().to_owned();
    bot.killed().await;
    bob.goes_offline().await;
    for link in [&address, &link] {
        let late = me.connect_to(link).timeout(Duration::from_secs(10)).await;
        assert!(matches!(late, Err(BotError::Wait(WaitError::Timeout { .. }))), "{late:?}");
    }
    let (again, twice, group, ()) = tokio::join!(
        me.connect_to(&address).into_future(),
        me.connect_to(&address).into_future(),
        me.connect_to(&link).into_future(),
        async {
            bot.restarted().await;
            bob.comes_back().await;
        },
    );
    let chat = again.unwrap();
    assert_eq!(twice.unwrap().chat_ref(), chat.chat_ref());
    assert_eq!(chat.send_and_wait("hello").await.unwrap().text(), "hello");
    group.unwrap().send("hello").await.unwrap();
    me.close().await.unwrap();
}

/// A core that takes a link as one of a chat that is known, but has no connection yet.
async fn known_unconnected(core: Arc<dyn ChatCore>, request: Request) -> Result<Frame, CoreError> {
    let answer = async |command: String| {
        let frame = core.send(Request::new(command).unwrap()).await.unwrap();
        let answer: serde_json::Value = serde_json::from_str(frame.text()).unwrap();
        (frame, answer)
    };
    let Some(link) = request.text().strip_prefix("/connect ") else { return core.send(request).await };
    let (planned, plan) = answer(format!("/_connect plan 1 {link}")).await;
    if plan["result"]["connectionPlan"]["contactAddressPlan"]["type"] == "known" {
        return Ok(Frame::parse(planned.text().replace(r#""type":"known""#, r#""type":"connectingProhibit""#)));
    }
    if plan["result"]["connectionPlan"]["type"] == "groupLink" {
        core.send(request).await?;
        loop {
            let (_, groups) = answer("/_groups1".to_owned()).await;
            if let Some(group) = groups["result"]["groups"].get(0) {
                let user = &groups["result"]["user"];
                let began = serde_json::json!({"type": "startedConnectionToGroup", "user": user, "groupInfo": group});
                return Ok(Frame::parse(serde_json::json!({ "result": began }).to_string()));
            }
            sleep(Duration::from_millis(1)).await;
        }
    }
    let links = &plan["result"]["connLink"];
    let (full, short) = (links["connFullLink"].as_str().unwrap(), links["connShortLink"].as_str().unwrap());
    let data = &plan["result"]["connectionPlan"]["contactAddressPlan"]["contactSLinkData_"];
    let (_, prepared) = answer(format!("/_prepare contact 1 {full} {short} {data}")).await;
    let contact = &prepared["result"]["chat"]["chatInfo"]["contact"]["contactId"];
    let (began, _) = answer(format!("/_connect contact @{contact}")).await;
    assert!(began.text().contains("startedConnectionToContact"), "{}", began.text());
    Ok(began)
}

#[simplex_bot::test]
async fn a_chat_that_is_known_but_not_connected_is_waited_for_too() {
    let net = TestNetwork::new();
    let mut bot = net.start(|| Bot::new("echo").on(text(), async |msg: TextMessage| msg.reply(msg.text()).await)).await;
    let me = Client::over("ci", changing(net.core("client").await, known_unconnected)).await.unwrap();
    // Nobody is there to accept at first.
    let address = bot.address().to_owned();
    bot.killed().await;
    let began = Instant::now();
    let connected = async { (me.connect_to(&address).await.unwrap(), began.elapsed()) };
    let comes = async {
        sleep(Duration::from_secs(10)).await;
        bot.restarted().await;
    };
    let ((chat, after), ()) = tokio::join!(connected, comes);
    assert!(after >= Duration::from_secs(10), "{after:?}");
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

#[simplex_bot::test]
async fn a_connection_is_known_once_it_is_made_however_many_others_are_waited_for() {
    let net = TestNetwork::new();
    let mut bots = Vec::new();
    for n in 0..5 {
        bots.push(net.start(move || Bot::new(format!("bot{n}")).on(any(), async |_: Message| {})).await);
    }
    let others: Vec<_> = bots.iter().map(|bot| bot.address().to_owned()).collect();
    let mut bot = net.start(|| Bot::new("bot").on(any(), async |_: Message| {})).await;
    let bob = net.person("bob");
    bob.creates_group("team", GroupMemberRole::Member).await;
    let user = bob.api().get_active_user().await.unwrap().unwrap().user_id;
    let group = bob.api().list_groups(user, None, None).await.unwrap()[0].group_id;
    let link = bob.api().get_group_link(group).await.unwrap().unwrap().link().to_owned();
    let address = bot.address().to_owned();
    let (new, known) = (net.core("new").await, changing(net.core("known").await, known_unconnected));
    for bot in &mut bots {
        bot.killed().await;
    }
    // Twice, where the core says which chat it is with which a connection was begun already.
    for (core, times) in [(new, 1), (known, 2)] {
        let me = Arc::new(Client::over("ci", core).await.unwrap());
        bot.killed().await;
        bob.goes_offline().await;
        let (mut connected, mut joined) = (me.events::<ContactConnected>(), me.events::<UserJoinedGroup>());
        let mut waiting = JoinSet::new();
        for _ in 0..times {
            for other in others.clone() {
                let me = Arc::clone(&me);
                waiting.spawn(async move { me.connect_to(&other).await });
            }
            sleep(Duration::from_secs(1)).await;
        }
        let comes_to = async |link| {
            me.connect_to(link).await.unwrap();
            Instant::now()
        };
        let contact_heard = async {
            connected.next().await.unwrap();
            Instant::now()
        };
        let group_heard = async {
            joined.next().await.unwrap();
            Instant::now()
        };
        let come_back = async {
            // Between the looks: this wait is by now the youngest.
            sleep(Duration::from_millis(10_500)).await;
            bot.restarted().await;
            bob.comes_back().await;
        };
        let (contact, connected, group, joined, ()) =
            tokio::join!(comes_to(&address), contact_heard, comes_to(&link), group_heard, come_back);
        for after in [contact - connected, group - joined] {
            assert!(after < Duration::from_millis(100), "{after:?}");
        }
        assert_eq!(waiting.len(), times * others.len());
        waiting.shutdown().await;
        Arc::into_inner(me).unwrap().close().await.unwrap();
    }
}

#[simplex_bot::test]
async fn looking_for_a_connection_may_take_long_but_no_longer_than_the_wait() {
    let net = TestNetwork::new();
    let bot = net.start(|| Bot::new("bot").on(any(), async |_: Message| {})).await;
    for (takes, timeout, connects) in [(10, Duration::MAX, true), (3600, Duration::from_secs(60), false)] {
        let core = changing(net.core(&format!("client{takes}")).await, move |core, request| async move {
            if request.text().starts_with("/_contacts") {
                sleep(Duration::from_secs(takes)).await;
            }
            core.send(request).await
        });
        let me = Client::over("ci", core).await.unwrap();
        let began = Instant::now();
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
    const WANTED: Wanted = Wanted::Tags(&["newChatItems"]);

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

#[simplex_bot::test]
async fn a_long_text_is_delivered_when_all_of_its_parts_are() {
    let net = TestNetwork::new();
    let bot = net.start(|| Bot::new("bot").on(any(), async |_: Message| {})).await;
    // The core says for a while that a message, once it is known which, is not delivered.
    let late = Arc::<(OnceLock<String>, AtomicU32)>::default();
    let of_core = Arc::clone(&late);
    let core = changing(net.core("client").await, move |core, request| {
        let late = Arc::clone(&of_core);
        async move {
            let is_late = late.0.get().is_some_and(|end| request.text().ends_with(end));
            let answer = core.send(request).await?;
            if !is_late || late.1.fetch_add(1, Ordering::Relaxed) >= 3 {
                return Ok(answer);
            }
            let text = answer.text();
            assert!(text.contains(r#""itemStatus":{"type":"sndRcvd""#), "{text}");
            Ok(Frame::parse(text.replace(r#""itemStatus":{"type":"sndRcvd""#, r#""itemStatus":{"type":"sndSent""#)))
        }
    });
    let me = Client::over("ci", core).await.unwrap();
    let sent = me.connect_to(bot.address()).await.unwrap().send("word ".repeat(6_000)).await.unwrap();
    let last = sent.parts().last().unwrap().chat_item.meta.item_id;
    assert_ne!(last, sent.id());
    sleep(Duration::from_secs(10)).await;
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

#[simplex_bot::test]
async fn what_is_not_delivered_for_long_is_looked_at_more_and_more_rarely() {
    let net = TestNetwork::new();
    let bot = net.start(|| Bot::new("echo").on(any(), async |_: Message| {})).await;
    let looks = Arc::new(AtomicU32::new(0));
    let core = changing(net.core("client").await, {
        let looks = Arc::clone(&looks);
        move |core, request| {
            looks.fetch_add(u32::from(request.text().starts_with("/_get chat ")), Ordering::Relaxed);
            async move { core.send(request).await }
        }
    });
    let me = Client::over("ci", core).await.unwrap();
    let chat = me.connect_to(bot.address()).await.unwrap();
    bot.api().stop_chat().await.unwrap();
    let sent = chat.send("hello").await.unwrap();
    let minutes = async |count: u64| {
        looks.store(0, Ordering::Relaxed);
        sleep(Duration::from_secs(60 * count)).await;
        looks.load(Ordering::Relaxed)
    };
    let (delivered, ()) = tokio::join!(sent.delivered().timeout(Duration::from_secs(3600)), async {
        let first = minutes(1).await;
        assert!(first >= 20, "soon, if it is soon: {first}");
        let rest = minutes(58).await;
        assert!((50..150).contains(&rest), "{rest}");
    });
    assert!(matches!(delivered, Err(BotError::Wait(WaitError::Timeout { .. }))), "{delivered:?}");
}

#[simplex_bot::test]
async fn that_a_recipient_deleted_the_contact_is_told_as_why_nothing_is_delivered() {
    let net = TestNetwork::new();
    let me = Client::over("ci", net.core("client").await).await.unwrap();
    let mut connected = me.events::<ContactConnected>();
    let link = me.api().create_link(me.user().user_id).await.unwrap();
    let alice = net.person("alice").connects_by(link.link()).await;
    let chat = me.chat(connected.next().await.unwrap().contact.contact_id);
    alice.api().raw("/_delete @4 full notify=off").await.unwrap();
    let error = chat.send("hello").await.unwrap().delivered().await.unwrap_err();
    assert!(matches!(error, BotError::Undelivered { why: "its recipient deleted the contact", .. }), "{error}");
    me.close().await.unwrap();
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
    let patience = Duration::from_secs(20);
    let chat = me.connect_to(bot.address(), patience).unwrap();
    assert_eq!(chat.send_and_wait("hello", patience).unwrap().text(), "hello");
    chat.send("again").unwrap().delivered(patience).unwrap();
    let answer = me.run(async |me| me.chat(chat.chat_ref()).send_and_wait("once more").await).unwrap();
    assert_eq!(answer.chat_ref(), chat.chat_ref());
    let report = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(report.path(), "all is well").unwrap();
    let sent = chat.send(Draft::file(report.path())).unwrap();
    assert!(matches!(sent.uploaded(Duration::ZERO), Err(BotError::Wait(_))));
    sent.uploaded(patience).unwrap();
    assert!(matches!(chat.send("no file").unwrap().uploaded(patience), Err(BotError::Upload(_))));
    let user = me.run(async |me| me.api().get_active_user().await).unwrap().unwrap();
    assert_eq!(user.profile.display_name, "ci");
    me.close().unwrap();
    threads.block_on(bot.stop());
}
