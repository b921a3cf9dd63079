//! The bot over a scripted core: what it asks for at start, and what becomes of messages.

#![expect(clippy::unwrap_used, reason = "what fails here fails a test")]

mod scripted;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use simplex_bot::core::Request;
use simplex_bot::core::mock::{Answer, MockCore};
use simplex_bot::prelude::*;
use simplex_bot::types::event::{ChatItemsStatusesUpdated, HostConnected, NewChatItems};
use simplex_bot::types::{ChatInfo, ChatRef, ContactId, Event, GroupChatScope, GroupId, Unknown};
use simplex_bot::{Backlog, BotError, Client, Delivery, Failure};
use tokio::sync::{Notify, mpsc};
use tokio::time::timeout;

use scripted::{answer, message};

type Seen = mpsc::Sender<String>;

async fn next(seen: &mut mpsc::Receiver<String>) -> String {
    timeout(Duration::from_secs(10), seen.recv()).await.unwrap().unwrap()
}

#[tokio::test]
async fn a_bot_that_is_as_it_should_be_changes_nothing_at_start() {
    let core = MockCore::new(answer);
    let bot = Bot::new("bot").core(Arc::new(core.clone())).on(any(), async || {}).start().await.unwrap();
    assert_eq!(core.sent(), ["/version", "/user", "/_start main=on", "/_show_address 1", "/_get items count=100"]);
    assert_eq!(bot.address(), Some("simplex:/contact#/?v=2-7&smp=a"));
    bot.stop().await.unwrap();
    assert!(core.is_closed());
}

/// The core answers only when it has sent the profile to each of maybe thousands of contacts.
#[tokio::test(start_paused = true)]
async fn a_profile_that_takes_long_to_go_to_everybody_is_waited_for() {
    let core = MockCore::new(|request: &Request| match request.text().starts_with("/_profile 1 ") {
        true => Answer::After(Duration::from_secs(20 * 60), answer(request)),
        false => answer(request).into(),
    });
    let bot = Bot::new("bot").about("New.").core(Arc::new(core.clone())).start().await.unwrap();
    assert!(core.sent().iter().any(|sent| sent.starts_with("/_profile 1 ")));
    bot.stop().await.unwrap();
}

#[tokio::test]
async fn a_bot_without_a_database_says_what_is_missing() {
    let error = Bot::new("bot").start().await.unwrap_err();
    assert!(matches!(error, BotError::Config(_)));
    assert!(error.to_string().contains(".db("), "{error}");
}

#[tokio::test]
async fn a_chat_is_handled_in_order_and_another_is_not_held_up() {
    let core = MockCore::new(answer);
    let (seen, mut heard) = mpsc::channel(16);
    let (release, held) = mpsc::channel::<()>(1);
    let held = Arc::new(tokio::sync::Mutex::new(held));
    type Shared = (Seen, Arc<tokio::sync::Mutex<mpsc::Receiver<()>>>);
    async fn handle(msg: TextMessage, State((seen, held)): State<Shared>) {
        if msg.text() == "slow" {
            held.lock().await.recv().await;
        }
        seen.send(format!("{} {}", msg.chat_ref(), msg.text())).await.unwrap();
    }
    let bot =
        Bot::new("bot").state((seen, held)).core(Arc::new(core.clone())).on(text(), handle).start().await.unwrap();
    for event in [message(4, 1, "slow"), message(4, 2, "after"), message(5, 3, "other")] {
        core.push_event(event);
    }
    assert_eq!(next(&mut heard).await, "@5 other");
    release.send(()).await.unwrap();
    assert_eq!(next(&mut heard).await, "@4 slow");
    assert_eq!(next(&mut heard).await, "@4 after");
    bot.stop().await.unwrap();
    let mut marks: Vec<_> = core.sent().into_iter().filter(|sent| sent.starts_with("/_read")).collect();
    marks.sort();
    assert!(marks.concat().contains("@5 3"), "{marks:?}");
    assert!(marks.concat().contains("@4 1"), "{marks:?}");
}

#[tokio::test]
async fn of_a_contact_that_the_core_does_not_delete_all_is_handled() {
    let core = MockCore::new(answer);
    let (tell, mut seen) = mpsc::channel(8);
    let gate = Arc::new(Notify::new());
    async fn handle(msg: TextMessage, State((seen, gate)): State<(Seen, Arc<Notify>)>) {
        seen.send(msg.text().to_owned()).await.unwrap();
        if msg.text() == "first" {
            gate.notified().await;
        }
    }
    let bot = Bot::new("bot").core(Arc::new(core.clone())).state((tell, Arc::clone(&gate))).on(text(), handle);
    let bot = bot.start().await.unwrap();
    core.push_event(message(4, 1, "first"));
    core.push_event(message(4, 2, "second"));
    assert_eq!(next(&mut seen).await, "first");
    let queued = async {
        while bot.handle().health().unwrap().queued != 1 {
            tokio::task::yield_now().await;
        }
    };
    timeout(Duration::from_secs(10), queued).await.unwrap();
    bot.api().raw("/_delete @4 full notify=off").await.unwrap_err();
    gate.notify_one();
    assert_eq!(next(&mut seen).await, "second");
    bot.stop().await.unwrap();
}

#[tokio::test]
async fn the_notes_are_a_lane_of_their_own_and_hold_no_messages() {
    let core = MockCore::new(answer);
    let (tell, mut seen) = mpsc::channel(8);
    async fn stuck(event: HostConnected, State(seen): State<Seen>) {
        seen.send(event.transport_host).await.unwrap();
        std::future::pending::<()>().await;
    }
    async fn noted(event: NewChatItems, State(seen): State<Seen>) {
        seen.send(event.chat_items[0].chat_info.chat_ref().unwrap().to_string()).await.unwrap();
    }
    async fn handle(msg: TextMessage, State(seen): State<Seen>) {
        seen.send(msg.text().to_owned()).await.unwrap();
    }
    let bot = Bot::new("bot").core(Arc::new(core.clone())).drain(Duration::ZERO).state(tell);
    let bot = bot.on(text(), handle).on_event(stuck).on_event(noted).start().await.unwrap();
    core.push_event(r#"{"result":{"type":"hostConnected","protocol":"smp","transportHost":"host"}}"#);
    assert_eq!(next(&mut seen).await, "host");
    let message = message(4, 1, "note");
    let (head, rest) = message.split_once("\"chatInfo\":").unwrap();
    let (_, item) = rest.split_once(",\"chatItem\":").unwrap();
    let time = "2026-01-01T00:00:00Z";
    let folder = format!(
        r#"{{"noteFolderId":1,"userId":1,"createdAt":"{time}","updatedAt":"{time}","chatTs":"{time}","favorite":false,"unread":false}}"#
    );
    let info = format!(r#""chatInfo":{{"type":"local","noteFolder":{folder}}},"chatItem":"#);
    core.push_event(format!("{head}{info}{}", item.replace("directRcv", "localRcv")));
    assert_eq!(next(&mut seen).await, "*1");
    let _ = bot.stop().await;
    assert_eq!(seen.recv().await, None);
}

#[tokio::test]
async fn a_panic_and_an_error_are_outcomes_and_the_chat_goes_on() {
    let core = MockCore::new(answer);
    let (seen, mut heard) = mpsc::channel(16);
    async fn handle(msg: TextMessage, State(seen): State<Seen>) -> Result<(), std::num::ParseIntError> {
        if msg.text() == "panic" {
            panic!("on purpose");
        }
        let number: i32 = msg.text().parse()?;
        seen.send(number.to_string()).await.unwrap();
        Ok(())
    }
    let failures = seen.clone();
    let bot = Bot::new("bot")
        .state(seen)
        .core(Arc::new(core.clone()))
        .on(text(), handle)
        .on_error(move |message: &Message, failure: &Failure| {
            failures.try_send(format!("{}: {failure}", message.id())).unwrap();
            panic!("the hook, too");
        })
        .start()
        .await
        .unwrap();
    for event in [message(4, 1, "panic"), message(4, 2, "word"), message(4, 3, "7")] {
        core.push_event(event);
    }
    assert_eq!(next(&mut heard).await, "1: the handler panicked: on purpose");
    assert_eq!(next(&mut heard).await, "2: the handler failed: invalid digit found in string");
    assert_eq!(next(&mut heard).await, "7");
    bot.stop().await.unwrap();
}

#[tokio::test]
async fn without_a_handler_for_messages_none_is_decoded_looked_for_or_marked() {
    let core = MockCore::new(answer);
    let (tell, mut seen) = mpsc::channel(8);
    async fn after(event: ChatItemsStatusesUpdated, State(seen): State<Seen>) {
        seen.send(event.chat_items.len().to_string()).await.unwrap();
    }
    let decoded = tell.clone();
    // Or a first run would look for nothing anyway.
    let bot = Bot::new("bot").core(Arc::new(core.clone())).backlog(Backlog::All).state(tell);
    let bot = bot.lane_by(move |message| decoded.try_send(format!("decoded {}", message.id())).unwrap());
    let bot = bot.on_event(after).start().await.unwrap();
    core.push_event(message(4, 1, "hello"));
    core.push_event(message(4, 2, "x").replace("\"newChatItems\"", "\"chatItemsStatusesUpdated\""));
    assert_eq!(next(&mut seen).await, "1");
    bot.stop().await.unwrap();
    let sent = core.sent();
    assert!(!sent.iter().any(|sent| sent.starts_with("/_read") || sent.starts_with("/_get chats")), "{sent:?}");
}

#[tokio::test(start_paused = true)]
async fn who_waits_for_a_message_without_handling_any_marks_that_one_alone() {
    let core = MockCore::new(answer);
    let client = Client::over("ci", Arc::new(core.clone())).await.unwrap();
    let chat = client.chat(ContactId(4));
    let waiting = tokio::spawn(async move { chat.next_message().await });
    tokio::time::sleep(Duration::from_secs(1)).await;
    let deleted =
        r#""itemDeleted":{"type":"deleted","deletedTs":"2026-01-01T00:00:00Z","chatType":"direct"},"itemEdited""#;
    let deleted = message(5, 1, "deleted").replace("\"itemEdited\"", deleted);
    let notice = r#""content":{"type":"rcvIntegrityError","msgError":{"type":"msgBadHash"}}"#;
    let content = r#""content":{"type":"rcvMsgContent","msgContent":{"type":"text","text":"notice"}}"#;
    let notice = message(5, 2, "notice").replace(content, notice);
    assert!(deleted != message(5, 1, "deleted") && notice != message(5, 2, "notice"));
    for event in [deleted, notice, message(5, 3, "other"), message(4, 4, "mine")] {
        core.push_event(event);
    }
    assert_eq!(waiting.await.unwrap().unwrap().text(), "mine");
    client.close().await.unwrap();
    let marks: Vec<_> = core.sent().into_iter().filter(|sent| sent.starts_with("/_read")).collect();
    assert_eq!(marks, ["/_read chat items @4 4"]);
}

#[tokio::test(start_paused = true)]
async fn who_waits_for_a_message_without_handling_any_marks_no_other_before_either() {
    let core = MockCore::new(answer);
    let bot = Bot::new("bot").core(Arc::new(core.clone())).delivery(Delivery::AtMostOnce);
    let bot = bot.on_event(async |_: HostConnected| {}).start().await.unwrap();
    let chat = bot.handle().chat(ContactId(4));
    let waiting = tokio::spawn(async move { chat.next_message().await });
    tokio::time::sleep(Duration::from_secs(1)).await;
    core.push_event(message(5, 1, "other"));
    core.push_event(message(4, 2, "mine"));
    assert_eq!(waiting.await.unwrap().unwrap().text(), "mine");
    bot.stop().await.unwrap();
    let marks: Vec<_> = core.sent().into_iter().filter(|sent| sent.starts_with("/_read")).collect();
    assert_eq!(marks, ["/_read chat items @4 2"]);
}

/// What a handler does not look at costs no message, and what it looks at is there as far as it fits.
#[tokio::test]
async fn a_message_whose_chat_does_not_fit_is_handled_all_the_same() {
    let core = MockCore::new(answer);
    let (seen, mut heard) = mpsc::channel(16);
    async fn handle(msg: TextMessage, State(seen): State<Seen>) {
        let chat = match msg.chat_info() {
            ChatInfo::Direct { contact, .. } => &contact.local_display_name,
            ChatInfo::Unknown(unknown) => unknown.tag(),
            _ => "?",
        };
        let of = (msg.chat_ref(), msg.text(), msg.contact().is_some(), chat);
        seen.send(format!("{of:?} by {:?}", msg.sender_name())).await.unwrap();
    }
    let bot = Bot::new("bot").state(seen).core(Arc::new(core.clone())).on(text(), handle).start().await.unwrap();
    let fits = message(4, 1, "a");
    let from = |message: String, to: &str| message.replace("\"localDisplayName\":\"alice\"", to);
    let spoilt = from(message(4, 2, "b"), "\"localDisplayName\":7");
    let broken = from(message(4, 3, "c"), "\"localDisplayName\":nonsense");
    assert!(spoilt != message(4, 2, "b"));
    for event in [fits, spoilt, broken] {
        core.push_event(event);
    }
    assert_eq!(next(&mut heard).await, r#"(Direct(ContactId(4)), "a", true, "alice") by "alice""#);
    assert_eq!(next(&mut heard).await, r#"(Direct(ContactId(4)), "b", true, "") by "alice""#);
    assert_eq!(next(&mut heard).await, r#"(Direct(ContactId(4)), "c", false, "undecodable") by """#);
    bot.stop().await.unwrap();
}

/// An item that does not fit is read once more, leniently, with the rest of its event.
#[tokio::test]
async fn a_part_of_a_message_that_does_not_fit_is_left_out() {
    let core = MockCore::new(answer);
    let (seen, mut heard) = mpsc::channel(16);
    async fn handle(msg: Message, State(seen): State<Seen>) {
        let formatted = msg.item().formatted_text.is_some();
        seen.send(format!("{} {formatted} {:?}", msg.text(), msg.sender_name())).await.unwrap();
    }
    let bot = Bot::new("bot").state(seen).core(Arc::new(core.clone())).on(any(), handle).start().await.unwrap();
    let with = |item: i64, part: &str| {
        message(4, item, "a").replace("\"mentions\":{}", &format!("\"mentions\":{{}},\"formattedText\":{part}"))
    };
    core.push_event(with(1, r#"[{"text":"a"}]"#));
    core.push_event(with(2, "7"));
    assert_eq!(next(&mut heard).await, r#"a true "alice""#);
    assert_eq!(next(&mut heard).await, r#"a false "alice""#);
    bot.stop().await.unwrap();
}

/// Older cores put a file where its name leads, out of their folder, too.
#[tokio::test]
async fn a_file_whose_name_leads_elsewhere_is_received_under_another_or_not_at_all() {
    let inbox = tempfile::tempdir().unwrap();
    let core = MockCore::new(answer);
    let (seen, mut heard) = mpsc::channel(16);
    let handle = async |msg: Message, State((seen, inbox)): State<(Seen, PathBuf)>| {
        let error = msg.receive().await.unwrap_err();
        seen.send(error.to_string()).await.unwrap();
        let _ = msg.receive().into_folder(inbox).await;
        seen.send("asked".into()).await.unwrap();
    };
    let folder = inbox.path().to_owned();
    let bot = Bot::new("bot").state((seen, folder.clone())).core(Arc::new(core.clone())).on(any(), handle);
    let bot = bot.start().await.unwrap();
    for (item, (name, error)) in [
        ("../../.ssh/authorized_keys", "leads elsewhere"),
        ("/etc/cron.d/x", "leads elsewhere"),
        ("..", "leads elsewhere"),
        ("note.txt", "commandError"),
    ]
    .into_iter()
    .enumerate()
    {
        let file = format!(
            r#""file":{{"fileId":1,"fileName":"{name}","fileSize":5,"fileStatus":{{"type":"rcvInvitation"}},"fileProtocol":"xftp"}}"#
        );
        let event = message(4, i64::try_from(item).unwrap() + 1, "here");
        core.push_event(event.replace(r#""mentions":{},"#, &format!(r#""mentions":{{}},{file},"#)));
        let said = next(&mut heard).await;
        assert!(said.contains(error), "{name}: {said}");
        assert_eq!(next(&mut heard).await, "asked");
    }
    bot.stop().await.unwrap();
    let asked: Vec<_> = core.sent().into_iter().filter(|sent| sent.starts_with("/freceive")).collect();
    let into = |name: &str| format!("/freceive 1 approved_relays=on {}", folder.join(name).display());
    let alone = "/freceive 1 approved_relays=on".to_owned();
    assert_eq!(asked, [into("authorized_keys"), into("x"), into("file"), alone, into("note.txt")]);
}

#[tokio::test]
async fn a_channel_says_what_it_is_to_say_where_there_is_one() {
    let core = MockCore::new(answer);
    let api = ChatApi::new(Arc::new(core.clone()));
    let draft = || Draft::from("news").as_channel();
    // This core is too old for channels.
    let error = Chat::new(api.clone(), GroupId(7)).send(draft()).await.unwrap_err();
    assert!(matches!(error, BotError::Api(error) if error.is_not_parsed()));
    let said = r#"/_send #7(as_group=on) json [{"msgContent":{"type":"text","text":"news"},"mentions":{}}]"#;
    assert_eq!(core.sent(), [said]);
    let support = ChatRef::scoped(GroupId(7), GroupChatScope::MemberSupport(None));
    for chat in [ContactId(4).into(), support] {
        let error = Chat::new(api.clone(), chat).send(draft()).await.unwrap_err();
        assert!(matches!(error, BotError::Misplaced(_)), "{error}");
    }
    assert_eq!(core.sent().len(), 1);
}

#[tokio::test]
async fn what_is_written_live_or_forwarded_may_be_the_channels_too() {
    let event = include_str!("../../simplex-types/tests/data/group.json").trim_end();
    let core = MockCore::new(move |request: &Request| match request.text() {
        text if text.starts_with("/_send ") => event.to_owned(),
        text if text.starts_with("/_update ") => {
            let mut answer: serde_json::Value = serde_json::from_str(event).unwrap();
            let item = answer["result"]["chatItems"][0].take();
            answer["result"] =
                serde_json::json!({"type": "chatItemUpdated", "user": answer["result"]["user"], "chatItem": item});
            answer.to_string()
        }
        _ => answer(request),
    });
    let api = ChatApi::new(Arc::new(core.clone()));
    let draft = || Draft::from("news").as_channel();
    let live = Chat::new(api.clone(), GroupId(7)).live(draft().vanishing(Duration::from_secs(60))).await.unwrap();
    live.finish("word ".repeat(5_000)).await.unwrap();
    let begun = |command: &String| command.split_once(" json ").unwrap().0.to_owned();
    let sent: Vec<_> = core.sent().iter().map(begun).collect();
    assert_eq!(sent, ["/_send #7(as_group=on) live=on ttl=60", "/_update item #7 2", "/_send #7(as_group=on) ttl=60"]);
    assert!(matches!(Chat::new(api.clone(), ContactId(4)).live(draft()).await, Err(BotError::Misplaced(_))));

    let mut item: serde_json::Value = serde_json::from_str(&message(4, 7, "news")).unwrap();
    let item = serde_json::from_value(item["result"]["chatItems"][0].take()).unwrap();
    Message::received(&api, item).unwrap().forward_as_channel(GroupId(7)).await.unwrap_err();
    assert_eq!(core.sent()[3..], ["/_forward #7 as_group=on @4 7"]);
}

#[tokio::test]
async fn the_sender_of_what_a_channel_says_is_the_channel() {
    let event = include_str!("../../simplex-types/tests/data/group.json").trim_end();
    let mut item = serde_json::from_str::<serde_json::Value>(event).unwrap()["result"]["chatItems"][0].take();
    item["chatItem"]["chatDir"] = serde_json::json!({"type": "channelRcv"});
    item["chatItem"]["content"] =
        serde_json::json!({"type": "rcvMsgContent", "msgContent": {"type": "text", "text": "news"}});
    let item = serde_json::from_str(&item.to_string()).unwrap();
    let msg = Message::received(&ChatApi::new(Arc::new(MockCore::new(answer))), item).unwrap();
    assert_eq!((msg.sender_name(), msg.text(), msg.member()), ("knock", "news", None));
}

#[tokio::test]
async fn a_running_bot_shows_nothing_of_its_address_but_to_who_asks() {
    let bot = Bot::new("bot").core(Arc::new(MockCore::new(answer))).on(any(), async |_: Message| {});
    let running = bot.start().await.unwrap();
    let address = running.address().unwrap().to_owned();
    let (_, secret) = address.split_once('#').unwrap();
    for shown in [format!("{running:?}"), format!("{:?}", running.handle())] {
        assert!(shown.contains("UserId(1)") && !shown.contains(secret), "{shown}");
    }
    running.stop().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_client_waits_for_any_event_and_for_those_that_the_library_does_not_know() {
    let core = MockCore::new(answer);
    let me = Client::over("ci", Arc::new(core.clone())).await.unwrap();
    let soon = Duration::from_secs(10);
    let mut new = me.events::<Unknown>();
    let comes = async {
        for tag in ["chatSuspended", "isNew"] {
            core.push_event(format!(r#"{{"result":{{"type":"{tag}"}}}}"#));
        }
    };
    let (any, unknown, ()) = tokio::join!(me.next_event::<Event>(soon), me.next_event::<Unknown>(soon), comes);
    assert_eq!(any.unwrap().tag().as_str(), "chatSuspended");
    assert_eq!((unknown.unwrap().tag(), new.next().await.unwrap().tag()), ("isNew", "isNew"));
    let none = me.next_event::<Unknown>(soon).await.unwrap_err();
    assert!(none.to_string().contains("no event that was waited for"), "{none}");
    me.close().await.unwrap();
}
