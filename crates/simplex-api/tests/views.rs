//! Several profiles in one database: whatever goes through a view is done as its profile.

#![allow(clippy::expect_used, clippy::panic, reason = "what fails here fails a test")]

use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use simplex_api::core::CoreEvent;
use simplex_api::types::*;
use simplex_api::{ApiError, ChatApi, ChatCore, Connecting, CoreError, Deadlines, Request};
use simplex_core::mock::{Answer, MockCore};
use simplex_sim::{Settings, SimCore, SimNetwork};
use tokio::sync::oneshot;
use tokio::task::JoinSet;

const OK: &str = r#"{"result":{"type":"cmdOk"}}"#;

/// A core with nothing but an active user. Commands take a while, and note who was active when they were carried out.
#[derive(Debug, Default)]
struct Users {
    active: AtomicI64,
    switches: AtomicUsize,
    under_way: AtomicUsize,
    most_under_way: AtomicUsize,
    done: Mutex<Vec<(i64, String)>>,
}

impl Users {
    fn done(&self) -> Vec<(i64, String)> {
        self.done.lock().expect("the notes").clone()
    }
}

#[async_trait]
impl ChatCore for Users {
    async fn send(&self, request: Request) -> Result<Frame, CoreError> {
        let text = request.text().to_owned();
        if let Some(user) = text.strip_prefix("/_user ") {
            assert_eq!(self.under_way.load(Ordering::SeqCst), 0, "switched under somebody's command");
            tokio::time::sleep(Duration::from_millis(1)).await;
            self.active.store(user.parse().expect("an id"), Ordering::SeqCst);
            self.switches.fetch_add(1, Ordering::SeqCst);
            return Ok(Frame::parse(include_str!("active_user.json").trim()));
        }
        let now = self.under_way.fetch_add(1, Ordering::SeqCst) + 1;
        self.most_under_way.fetch_max(now, Ordering::SeqCst);
        tokio::time::sleep(Duration::from_millis(2)).await;
        let active = self.active.load(Ordering::SeqCst);
        let meant: i64 = text.rsplit(' ').next().and_then(|id| id.parse().ok()).expect("an id");
        self.under_way.fetch_sub(1, Ordering::SeqCst);
        if meant != active {
            return Ok(Frame::parse(format!(
                r#"{{"error":{{"type":"error","errorType":{{"type":"differentActiveUser","commandUserId":{meant},"activeUserId":{active}}}}}}}"#
            )));
        }
        self.done.lock().expect("the notes").push((active, text));
        Ok(Frame::parse(OK))
    }

    async fn recv(&self) -> Option<CoreEvent> {
        None
    }

    async fn close(&self, _: Duration) -> Result<(), CoreError> {
        Ok(())
    }
}

#[tokio::test(start_paused = true)]
async fn two_views_at_once_never_mix_and_share_the_core_within_a_profile() {
    let core = Arc::new(Users::default());
    let api = ChatApi::new(core.clone());
    let mut tasks = JoinSet::new();
    for at in 0..200 {
        let user = UserId(1 + at % 2);
        let view = api.for_user(user);
        tasks.spawn(async move { view.read_user(user).await });
    }
    while let Some(result) = tasks.join_next().await {
        result.expect("no panic").expect("done as the right profile");
    }
    let done = core.done();
    assert_eq!(done.len(), 200);
    assert!(done.iter().all(|(active, text)| text == &format!("/_read user {active}")));
    assert!(core.most_under_way.load(Ordering::SeqCst) > 1, "commands of one profile run side by side");
}

#[tokio::test(start_paused = true)]
async fn a_view_whose_profile_is_active_costs_no_switch() {
    let core = Arc::new(Users::default());
    let api = ChatApi::new(core.clone());
    let (first, second) = (api.for_user(UserId(1)), api.for_user(UserId(2)));
    assert_eq!((first.user_id(), api.user_id()), (Some(UserId(1)), None));
    for _ in 0..10 {
        first.read_user(UserId(1)).await.expect("done");
    }
    assert_eq!(core.switches.load(Ordering::SeqCst), 1);
    second.read_user(UserId(2)).await.expect("done");
    first.read_user(UserId(1)).await.expect("done");
    assert_eq!(core.switches.load(Ordering::SeqCst), 3);
}

#[tokio::test(start_paused = true)]
async fn a_view_finds_back_when_somebody_else_switched() {
    let core = Arc::new(Users::default());
    let api = ChatApi::new(core.clone());
    let view = api.for_user(UserId(1));
    view.read_user(UserId(1)).await.expect("done");
    // Through the same api: known.
    api.set_active_user(UserId(2), None).await.expect("switched");
    view.read_user(UserId(1)).await.expect("done");
    // Behind its back: the core refuses, and the view switches and repeats.
    core.active.store(2, Ordering::SeqCst);
    view.read_user(UserId(1)).await.expect("done");
    assert_eq!(core.done().len(), 3);
    // As another than oneself: refused, and not repeated.
    let switches = core.switches.load(Ordering::SeqCst);
    let error = view.read_user(UserId(2)).await.expect_err("another's command");
    assert!(error.is_different_active_user());
    assert_eq!((core.done().len(), core.switches.load(Ordering::SeqCst)), (3, switches));
}

/// A core that carries out what it was sent, whether or not somebody waits for it: the first switch slower than others.
#[derive(Debug, Default)]
struct Slow {
    active: Arc<AtomicI64>,
    switches: AtomicUsize,
    carried_out: Mutex<JoinSet<()>>,
}

#[async_trait]
impl ChatCore for Slow {
    async fn send(&self, request: Request) -> Result<Frame, CoreError> {
        let takes = match (request.text().strip_prefix("/_user "), self.switches.load(Ordering::SeqCst)) {
            (Some(_), 0) => 100,
            (Some(_), _) => 10,
            (None, _) => 1,
        };
        let active = self.active.clone();
        let user = request.text().strip_prefix("/_user ").map(|user| user.parse().expect("an id"));
        self.switches.fetch_add(usize::from(user.is_some()), Ordering::SeqCst);
        let (answer, answered) = oneshot::channel();
        self.carried_out.lock().expect("the tasks").spawn(async move {
            tokio::time::sleep(Duration::from_millis(takes)).await;
            let now = user.inspect(|user| active.store(*user, Ordering::SeqCst));
            let now = now.unwrap_or_else(|| active.load(Ordering::SeqCst));
            let text = include_str!("active_user.json").trim();
            answer.send(Frame::parse(text.replace(r#""userId":1"#, &format!(r#""userId":{now}"#)))).ok();
        });
        Ok(answered.await.expect("an answer"))
    }

    async fn recv(&self) -> Option<CoreEvent> {
        None
    }

    async fn close(&self, _: Duration) -> Result<(), CoreError> {
        Ok(())
    }
}

#[tokio::test(start_paused = true)]
async fn a_switch_that_nobody_waits_for_any_more_is_not_overtaken_by_the_next() {
    for (first_by_a_view, second_by_a_view) in [(true, true), (true, false), (false, true), (false, false)] {
        let core = Arc::new(Slow::default());
        let api = ChatApi::new(core.clone());
        let (first, second) = (api.for_user(UserId(1)), api.for_user(UserId(2)));
        let cut_off = Duration::from_millis(50);
        let cut_off = match first_by_a_view {
            true => tokio::time::timeout(cut_off, first.get_active_user()).await.is_err(),
            false => tokio::time::timeout(cut_off, api.set_active_user(UserId(1), None)).await.is_err(),
        };
        assert!(cut_off);
        let asked = if second_by_a_view { &second } else { &api };
        if !second_by_a_view {
            api.set_active_user(UserId(2), None).await.expect("switched");
        }
        for _ in 0..100 {
            let user = asked.get_active_user().await.expect("an answer").expect("a user");
            assert_eq!(user.user_id, UserId(2));
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_switch_that_was_cut_off_leaves_no_view_sure_of_its_profile() {
    for by_a_view in [true, false] {
        let core = Arc::new(Slow::default());
        let api = ChatApi::new(core.clone());
        let (first, second) = (api.for_user(UserId(1)), api.for_user(UserId(2)));
        first.get_active_user().await.expect("an answer");
        let cut_off = Duration::from_millis(5);
        let cut_off = match by_a_view {
            true => tokio::time::timeout(cut_off, second.get_active_user()).await.is_err(),
            false => tokio::time::timeout(cut_off, api.set_active_user(UserId(2), None)).await.is_err(),
        };
        assert!(cut_off);
        for _ in 0..100 {
            let user = first.get_active_user().await.expect("an answer").expect("a user");
            assert_eq!(user.user_id, UserId(1));
        }
    }
}

#[tokio::test(start_paused = true)]
async fn what_may_make_another_profile_active_is_known_by_its_text() {
    for command in [
        "/_user 2",
        "/user work",
        "/u work",
        "/_create user {}",
        "/create user work",
        "/create bot work",
        "/create chat relay user work",
        "/_delete user 1 del_smp=on",
        "/delete user work",
        "/_db import {}",
        "/_db delete",
        "/db import {}",
        "/db delete",
    ] {
        let core = MockCore::new(|request: &Request| match request.text() {
            "/_user 1" => include_str!("active_user.json").trim(),
            _ => OK,
        });
        let api = ChatApi::new(Arc::new(core.clone()));
        let view = api.for_user(UserId(1));
        for through in [&api, &view] {
            view.read_user(UserId(1)).await.expect("done");
            through.raw(command).await.expect("done");
        }
        view.read_user(UserId(1)).await.expect("done");
        let (switch, read) = ("/_user 1", "/_read user 1");
        assert_eq!(core.sent(), [switch, read, command, switch, read, command, switch, read]);
    }
}

/// With the chat stopped, the core makes no profile active: a view that knows that its own is must not ask for it again.
#[tokio::test(start_paused = true)]
async fn an_export_and_a_new_key_leave_the_profile_active() {
    for command in ["/_db export {}", "/_db encryption {}"] {
        let core = MockCore::new(|request: &Request| match request.text() {
            "/_user 1" => include_str!("active_user.json").trim(),
            "/_stop" => r#"{"result":{"type":"chatStopped"}}"#,
            _ => OK,
        });
        let view = ChatApi::new(Arc::new(core.clone())).for_user(UserId(1));
        view.stop_chat().await.expect("stopped");
        view.raw(command).await.expect("done");
        view.read_user(UserId(1)).await.expect("done");
        assert_eq!(core.sent(), ["/_user 1", "/_stop", command, "/_read user 1"]);
    }
}

/// With the chat stopped, only its start lets the core make a profile active again.
#[tokio::test(start_paused = true)]
async fn a_refused_switch_locks_no_view_out_of_a_stopped_chat_nor_of_its_start() {
    let core = SimNetwork::new(Settings::default()).open("bot", "").expect("a database");
    let api = ChatApi::new(Arc::new(core));
    let user = api.create_active_user(Some(Profile::new("first", ""))).await.expect("a user").user_id;
    let other = api.create_active_user(Some(Profile::new("other", ""))).await.expect("a user").user_id;
    let (view, others) = (api.for_user(user), api.for_user(other));
    view.start_chat().await.expect("started");
    view.get_chats(user, 1, false).await.expect("done");
    view.stop_chat().await.expect("stopped");
    assert!(others.get_chats(other, 1, false).await.expect_err("the chat is stopped").is_chat_not_started());
    view.get_chats(user, 1, false).await.expect("still active");
    assert!(api.set_active_user(other, None).await.expect_err("the chat is stopped").is_chat_not_started());
    view.get_chats(user, 1, false).await.expect("still active");
    // Another is active from its creation.
    api.create_active_user(Some(Profile::new("third", ""))).await.expect("a user");
    assert!(view.get_chats(user, 1, false).await.expect_err("the chat is stopped").is_chat_not_started());
    view.start_chat().await.expect("started");
    for (view, user) in [(&view, user), (&others, other)] {
        view.get_chats(user, 1, false).await.expect("done");
    }
}

#[tokio::test(start_paused = true)]
async fn nothing_is_sent_as_a_profile_that_the_core_does_not_make_active() {
    let core = MockCore::new(|request: &Request| match request.text() {
        "/_user 2" => r#"{"error":{"type":"error","errorType":{"type":"userUnknown"}}}"#,
        _ => OK,
    });
    let view = ChatApi::new(Arc::new(core.clone())).for_user(UserId(2));
    for _ in 0..2 {
        assert!(matches!(view.read_user(UserId(2)).await, Err(ApiError::Chat { .. })));
    }
    assert_eq!(core.sent(), ["/_user 2", "/_user 2"]);
}

#[tokio::test(start_paused = true)]
async fn a_hidden_profile_is_made_active_with_its_password() {
    let core = MockCore::new(|request: &Request| match request.text().starts_with("/_user ") {
        true => include_str!("active_user.json").trim(),
        false => OK,
    });
    let view = ChatApi::new(Arc::new(core.clone())).for_hidden_user(UserId(1), "secret");
    view.read_user(UserId(1)).await.expect("done");
    assert_eq!(core.sent(), [r#"/_user 1 "secret""#, "/_read user 1"]);
    assert!(!format!("{view:?}").contains("secret"));
}

#[tokio::test(start_paused = true)]
async fn waiting_for_another_profiles_command_ends_by_the_deadline() {
    let core = MockCore::new(|request: &Request| match request.text() {
        "/_user 1" => Answer::Json(include_str!("active_user.json").trim().to_owned()),
        _ => Answer::Never,
    });
    let api = ChatApi::new(Arc::new(core.clone()));
    let deadlines = |local| Deadlines { local: Duration::from_secs(local), network: Duration::from_secs(60) };
    let first = api.for_user(UserId(1)).with_layer(deadlines(600));
    let second = api.for_user(UserId(2));
    let quick = second.clone().with_layer(deadlines(5));
    let waits = async |view: &ChatApi| {
        let began = tokio::time::Instant::now();
        let error = view.read_user(UserId(2)).await.expect_err("not sent");
        assert!(matches!(error, ApiError::Core(CoreError::Unavailable { .. })), "{error}");
        began.elapsed().as_secs()
    };
    let (hung, quick, of_its_own) = tokio::join!(first.read_user(UserId(1)), waits(&quick), waits(&second));
    assert!(matches!(hung, Err(ApiError::Core(CoreError::Timeout { .. }))));
    assert_eq!((quick, of_its_own), (5, 60));
    assert_eq!(core.sent(), ["/_user 1", "/_read user 1"]);
}

#[tokio::test(start_paused = true)]
async fn a_commands_deadline_is_for_the_switch_before_it_too() {
    for hung in ["/_user 1", "/_read user 1"] {
        let core = MockCore::new(move |request: &Request| match request.text() {
            text if text == hung => Answer::Never,
            _ => Answer::After(Duration::from_secs(3), include_str!("active_user.json").trim().to_owned()),
        });
        let deadlines = Deadlines { local: Duration::from_secs(5), network: Duration::from_secs(60) };
        let view = ChatApi::new(Arc::new(core)).for_user(UserId(1)).with_layer(deadlines);
        let began = tokio::time::Instant::now();
        let error = view.read_user(UserId(1)).await.expect_err("no answer");
        assert_eq!(began.elapsed(), Duration::from_secs(5), "{hung}");
        // A command that waited for its profile in vain was not sent.
        assert_eq!(error.may_have_been_carried_out(), hung == "/_read user 1", "{error}");
        assert_eq!(matches!(error, ApiError::Core(CoreError::Unavailable { .. })), hung == "/_user 1", "{error}");
        assert!(error.to_string().contains("`/_read user`"), "{error}");
    }
}

#[tokio::test]
async fn a_command_whose_switch_got_an_answer_that_is_not_understood_was_not_sent() {
    let core = MockCore::new(|_: &Request| r#"{"result":{"type":"surprise"}}"#);
    let view = ChatApi::new(Arc::new(core.clone())).for_user(UserId(1));
    let error = view.read_user(UserId(1)).await.expect_err("not sent");
    assert_eq!(core.sent(), ["/_user 1"]);
    assert!(!error.may_have_been_carried_out(), "{error}");
    assert!(error.to_string().contains("`/_read user`"), "{error}");
}

const DEADLINE: Duration = Duration::from_secs(600);

async fn person(network: &SimNetwork, name: &str, link: &str) -> (Arc<SimCore>, ChatApi) {
    let core = Arc::new(network.open(name, "").expect("a database"));
    let api = ChatApi::new(core.clone());
    api.create_active_user(Some(Profile::new(name, ""))).await.expect("a user");
    api.start_chat().await.expect("started");
    let connecting = api.connect_active_user(link, false).await.expect("connecting");
    assert!(matches!(connecting, Connecting::Contact(_)));
    (core, api)
}

/// The texts received until there are `count`, each with the name of who sent it.
async fn received(core: &SimCore, count: usize) -> Vec<(String, String)> {
    let all = async {
        let mut texts = Vec::new();
        while texts.len() < count {
            let Some(CoreEvent::Frame(frame)) = core.recv().await else { panic!("the core ended") };
            let Event::NewChatItems(event) = Event::decode(&frame).expect("an event").value else { continue };
            for item in event.chat_items {
                if let (CiContent::RcvMsgContent { .. }, Some(text)) = (&item.chat_item.content, item.text()) {
                    texts.push((item.sender_name(), text.to_owned()));
                }
            }
        }
        texts
    };
    tokio::time::timeout(DEADLINE, all).await.expect("all texts in time")
}

#[tokio::test(start_paused = true)]
async fn a_bot_with_two_profiles_in_one_database_never_mixes_them() {
    let network = SimNetwork::new(Settings::default());
    let core = Arc::new(network.open("bot", "").expect("a database"));
    let api = ChatApi::new(core.clone());
    let mut profiles = Vec::new();
    for name in ["Sales", "Support"] {
        let user = api.create_active_user(Some(Profile::new(name, ""))).await.expect("a user").user_id;
        if profiles.is_empty() {
            api.start_chat().await.expect("started");
        }
        let view = api.for_user(user);
        let link = view.create_user_address(user).await.expect("an address");
        let settings = AddressSettings::new().with_auto_accept(AutoAccept::new());
        view.set_address_settings(user, settings).await.expect("set");
        let (customer, _) = person(&network, &format!("customer of {name}"), link.link()).await;
        profiles.push((name, user, view, customer));
    }
    // Each profile has one contact, once connected.
    let mut contacts = Vec::new();
    let connected = async {
        while contacts.len() < 2 {
            let Some(CoreEvent::Frame(frame)) = core.recv().await else { panic!("the core ended") };
            if let Event::ContactConnected(event) = Event::decode(&frame).expect("an event").value {
                contacts.push((event.user.user_id, event.contact.contact_id));
            }
        }
    };
    tokio::time::timeout(DEADLINE, connected).await.expect("both connected");

    let mut tasks = JoinSet::new();
    for at in 0..40 {
        for (name, user, view, _) in &profiles {
            let contact = contacts.iter().find(|(owner, _)| owner == user).expect("a contact").1;
            let (view, user, text) = (view.clone(), *user, format!("{name} {at}"));
            tasks.spawn(async move {
                view.send_text_message(contact, text, None).await.expect("sent");
                // What depends on nothing but the active profile.
                view.get_active_user().await.expect("an answer").expect("a user").user_id == user
            });
        }
    }
    while let Some(right) = tasks.join_next().await {
        assert!(right.expect("no panic"), "another profile was active");
    }
    for (name, user, view, customer) in &profiles {
        let texts = received(customer, 40).await;
        assert!(texts.iter().all(|(from, text)| *from == format!("@{name}") && text.starts_with(name)), "{texts:?}");
        assert_eq!(view.list_contacts(*user).await.expect("contacts").len(), 1);
    }
}
