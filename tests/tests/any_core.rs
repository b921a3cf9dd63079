//! What is promised, on any core: a bot process with a loaded library, and people to talk to it.
//!
//! By default the library is the simulated one, on a network in this process. To try a real one, with its servers:
//!
//! ```text
//! CORE_LIBS=/folder/of/libsimplex CORE_SERVERS="smp://… xftp://…" KILLS=20 \
//!     cargo test -p simplex-e2e --test any_core -- --nocapture --test-threads 1
//! ```
//!
//! Without `CORE_SERVERS`, a real core uses the servers that come with it.

#![cfg(unix)]
#![expect(clippy::expect_used, clippy::unwrap_used, reason = "what fails here fails a test")]

use std::collections::HashSet;
use std::fs::File;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use simplex_bot::core::ChatCore;
use simplex_bot::core::native::lib::Db;
use simplex_bot::core::native::{Confirm, LibSource, NativeCore, NativeOptions, RuntimeOptions, load};
use simplex_bot::types::event::{ContactConnected, ContactUpdated, NewChatItems};
use simplex_bot::types::{
    AddressSettings, AutoAccept, ChatRef, CiContent, ConnStatus, GroupMemberRole, GroupProfile, MsgContent,
};
use simplex_bot::{Chat, Client, Draft, Events};
use simplex_e2e::simulated_library;
use simplex_sim::{Settings, SimNetwork, serve_hub};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::time::{sleep, timeout};

/// A real network may need it.
const PATIENCE: Duration = Duration::from_secs(120);
/// Items of a chat that are marked together at most, as the bot does it.
const BATCH: usize = 100;

/// Where the bot and its people are, and what a bot process needs to be there.
struct World {
    libs: PathBuf,
    servers: Vec<String>,
    /// The simulated network, unless the core is a real one.
    simulated: Option<(SimNetwork, String)>,
    folder: TempDir,
}

impl World {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let servers = std::env::var("CORE_SERVERS").unwrap_or_default();
        let servers = servers.split_whitespace().map(str::to_owned).collect();
        if let Some(libs) = std::env::var_os("CORE_LIBS") {
            return Self { libs: libs.into(), servers, simulated: None, folder };
        }
        let libs = tokio::task::spawn_blocking(simulated_library).await.unwrap();
        let net = SimNetwork::new(Settings::default());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let hub = listener.local_addr().unwrap().to_string();
        tokio::spawn(serve_hub(listener, net.clone()));
        Self { libs, servers, simulated: Some((net, hub)), folder }
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().unwrap().to_owned()
    }

    fn bot(&self, work: u64) -> Child {
        let mut command = Command::new(env!("CARGO_BIN_EXE_echoing_bot"));
        if let Some((_, hub)) = &self.simulated {
            command.env("SIMPLEX_SIM_HUB", hub);
        }
        command
            .env("SIM_LIBS", &self.libs)
            .env("BOT_DB", self.path("bot"))
            .env("BOT_SERVERS", self.servers.join(" "))
            .env("WORK_MS", work.to_string())
            .stdout(File::create(self.path("shown")).unwrap())
            .stdin(Stdio::null())
            .spawn()
            .unwrap()
    }

    /// A bot that serves, and the address that it shows.
    async fn serving_bot(&self, work: u64) -> (Child, String) {
        let bot = self.bot(work);
        let shown = async {
            loop {
                let shown = std::fs::read_to_string(self.path("shown")).unwrap_or_default();
                match shown.split_once(" is at ").and_then(|(_, link)| link.split_once('\n')) {
                    Some((link, _)) => return link.to_owned(),
                    None => sleep(Duration::from_millis(20)).await,
                }
            }
        };
        let address = timeout(PATIENCE, shown).await.expect("the bot shows its address");
        (bot, address)
    }

    async fn client(&self, name: &str) -> Client {
        let core: Arc<dyn ChatCore> = match &self.simulated {
            Some((net, _)) => Arc::new(net.open(&self.path(name), "").unwrap()),
            None => {
                let library = load(LibSource::path(&self.libs), RuntimeOptions::default(), |_| {}).await.unwrap();
                let db = Db::sqlite(self.path(name));
                Arc::new(NativeCore::open(library, db, Confirm::YesUp, NativeOptions::default()).await.unwrap())
            }
        };
        let client = Client::over(if name == "bot" { "echo" } else { name }, core).await.unwrap();
        if !self.servers.is_empty() {
            client.api().use_servers(client.user().user_id, &self.servers).await.unwrap();
        }
        client
    }

    async fn person(&self, name: &str, address: &str) -> Person {
        let client = self.client(name).await;
        let events = client.events();
        let chat = client.connect_to(address).timeout(PATIENCE).await.unwrap();
        Person { chat, events, sent: 0, answers: Vec::new(), client }
    }

    /// A bot that serves, and a person whom it has answered.
    async fn answered(&self) -> (Child, Person) {
        let (bot, address) = self.serving_bot(0).await;
        let mut alice = self.person("alice", &address).await;
        alice.send().await;
        alice.is_answered().await;
        (bot, alice)
    }
}

struct Person {
    client: Client,
    chat: Chat,
    events: Events<NewChatItems>,
    sent: usize,
    answers: Vec<usize>,
}

impl Person {
    async fn send(&mut self) {
        self.chat.send(self.sent.to_string()).await.unwrap();
        self.sent += 1;
    }

    fn take(&mut self, event: &NewChatItems) {
        for item in &event.chat_items {
            if let CiContent::RcvMsgContent { msg_content, .. } = &item.chat_item.content
                && let MsgContent::Text { text, .. } = &**msg_content
                && let Some(answer) = text.strip_prefix("re ")
            {
                self.answers.push(answer.parse().unwrap());
            }
        }
    }

    /// Takes answers for so long.
    async fn listen(&mut self, time: Duration) {
        let until = tokio::time::Instant::now() + time;
        while let Ok(Some(event)) = tokio::time::timeout_at(until, self.events.next()).await {
            self.take(&event);
        }
    }

    fn unanswered(&self) -> usize {
        self.sent - self.answers.iter().collect::<HashSet<_>>().len()
    }

    async fn is_answered(&mut self) {
        let answered = async {
            while self.unanswered() > 0 {
                let event = self.events.next().await.expect("the person's core goes on");
                self.take(&event);
            }
        };
        let in_time = timeout(PATIENCE, answered).await.is_ok();
        assert!(in_time, "{} of {} are not answered: {:?}", self.unanswered(), self.sent, self.answers);
    }
}

fn end(bot: &mut Child, signal: &str) {
    assert!(Command::new("kill").args([signal, &bot.id().to_string()]).status().unwrap().success());
    let status = bot.wait().unwrap();
    assert!(signal == "-KILL" || status.success(), "{status}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_while_it_is_away_is_answered_once_and_in_order() {
    let world = World::new().await;
    let (mut bot, mut alice) = world.answered().await;
    for _ in 0..3 {
        end(&mut bot, "-TERM");
        for _ in 0..5 {
            alice.send().await;
        }
        (bot, _) = world.serving_bot(0).await;
        alice.is_answered().await;
    }
    alice.listen(Duration::from_secs(1)).await;
    end(&mut bot, "-TERM");
    assert_eq!(alice.answers, (0..16).collect::<Vec<_>>());
    alice.client.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_again_and_again_it_answers_every_message_in_order() {
    let kills = std::env::var("KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(3);
    for work in [0, 50, 300] {
        let world = World::new().await;
        let (mut bot, address) = world.serving_bot(work).await;
        let mut people = Vec::new();
        for name in ["alice", "bob", "carol"] {
            people.push(world.person(name, &address).await);
        }
        // A real core takes longer to start.
        let (least, most) = if world.simulated.is_some() { (60, 700) } else { (500, 4000) };
        let mut dice = fastrand::Rng::with_seed(work);
        for _ in 0..kills {
            let until = Instant::now() + Duration::from_millis(dice.u64(least..most));
            while Instant::now() < until {
                for person in &mut people {
                    if person.unanswered() < 20 {
                        person.send().await;
                    }
                    person.listen(Duration::from_millis(5)).await;
                }
            }
            end(&mut bot, "-KILL");
            bot = world.bot(work);
        }
        let (mut sent, mut twice, mut disordered) = (0, 0, 0);
        for person in &mut people {
            person.is_answered().await;
            let mut first: Vec<usize> = Vec::new();
            for answer in &person.answers {
                if first.contains(answer) { twice += 1 } else { first.push(*answer) }
            }
            disordered += first.windows(2).filter(|pair| pair[0] > pair[1]).count();
            sent += person.sent;
        }
        println!(
            "handlers of {work} ms, {kills} kills: {sent} sent, {twice} answered twice, {disordered} out of order"
        );
        end(&mut bot, "-KILL");
        assert_eq!(disordered, 0);
        assert!(twice <= kills * (people.len() + BATCH));
        for person in people {
            person.client.close().await.unwrap();
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_database_with_old_messages_it_answers_the_new_ones_only() {
    let world = World::new().await;
    let before = world.client("bot").await;
    let user = before.user().user_id;
    let link = before.api().create_user_address(user).await.unwrap();
    let settings = AddressSettings::new().with_auto_accept(AutoAccept::new());
    before.api().set_address_settings(user, settings).await.unwrap();
    let mut old = before.events::<NewChatItems>();
    let mut alice = world.person("alice", &link.conn_full_link).await;
    for sent in 0..5 {
        alice.chat.send(format!("old {sent}")).await.unwrap();
    }
    let mut arrived = 0;
    while arrived < 5 {
        let event = timeout(PATIENCE, old.next()).await.unwrap().unwrap();
        let received = |item: &CiContent| matches!(item, CiContent::RcvMsgContent { .. });
        arrived += event.chat_items.iter().filter(|item| received(&item.chat_item.content)).count();
    }
    before.close().await.unwrap();
    let (mut bot, _) = world.serving_bot(0).await;
    alice.send().await;
    alice.is_answered().await;
    alice.listen(Duration::from_secs(1)).await;
    end(&mut bot, "-TERM");
    assert_eq!(alice.answers, [0]);
    alice.client.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_with_nothing_changed_tells_people_nothing() {
    let world = World::new().await;
    let (mut bot, mut alice) = world.answered().await;
    let mut updates = alice.client.events::<ContactUpdated>();
    for _ in 0..2 {
        end(&mut bot, "-TERM");
        (bot, _) = world.serving_bot(0).await;
        // An update would come before the answer, as it was sent before it.
        alice.send().await;
        alice.is_answered().await;
    }
    assert!(timeout(Duration::from_millis(200), updates.next()).await.is_err());
    end(&mut bot, "-TERM");
    alice.client.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn in_a_group_it_answers_in_order_also_what_came_while_it_was_away() {
    let world = World::new().await;
    let (mut bot, address) = world.serving_bot(0).await;
    let mut alice = world.person("alice", &address).await;
    let ChatRef::Direct(contact) = alice.chat.chat_ref() else { panic!("{}", alice.chat.chat_ref()) };
    let api = alice.client.api();
    let profile = GroupProfile::new("friends", "");
    let group = api.new_group(alice.client.user().user_id, profile).await.unwrap().group_id;
    let joined = async {
        api.add_member(group, contact, GroupMemberRole::Member).await.unwrap();
        while !api
            .list_members(group)
            .await
            .unwrap()
            .iter()
            .any(|member| member.active_conn.as_ref().is_some_and(|conn| conn.conn_status == ConnStatus::Ready))
        {
            sleep(Duration::from_millis(50)).await;
        }
    };
    timeout(PATIENCE, joined).await.expect("the bot joins");
    alice.chat = alice.client.chat(ChatRef::group(group));
    for _ in 0..5 {
        alice.send().await;
    }
    alice.is_answered().await;
    end(&mut bot, "-TERM");
    for _ in 0..5 {
        alice.send().await;
    }
    (bot, _) = world.serving_bot(0).await;
    alice.is_answered().await;
    alice.listen(Duration::from_secs(1)).await;
    end(&mut bot, "-TERM");
    assert_eq!(alice.answers, (0..10).collect::<Vec<_>>());
    alice.client.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn files_are_received_whole_into_any_folder() {
    let world = World::new().await;
    let bob = world.client("bob").await;
    let user = bob.user().user_id;
    let link = bob.api().create_user_address(user).await.unwrap();
    let settings = AddressSettings::new().with_auto_accept(AutoAccept::new());
    bob.api().set_address_settings(user, settings).await.unwrap();
    let mut connected = bob.events::<ContactConnected>();
    let alice = world.person("alice", &link.conn_full_link).await;
    let contact = timeout(PATIENCE, connected.next()).await.unwrap().unwrap().contact.contact_id;
    let from_alice = bob.chat(contact);
    // A core can rename a file within one file system only.
    let near = world.folder.path().join("inbox");
    let far = tempfile::tempdir_in("/dev/shm").unwrap_or_else(|_| tempfile::tempdir().unwrap());
    for (inbox, size) in [(near, 1000), (far.path().join("inbox"), 3 << 20)] {
        let (path, content) = (world.path("sent.bin"), vec![size as u8; size]);
        std::fs::write(&path, &content).unwrap();
        let wait = from_alice.next_message().timeout(PATIENCE);
        let (message, sent) = tokio::join!(wait, alice.chat.send(Draft::file(&path)));
        sent.unwrap();
        let file = message.unwrap().receive().into_folder(&inbox).timeout(PATIENCE).await.unwrap();
        assert_eq!(file.path.parent(), Some(&*inbox));
        assert!(std::fs::read(file.path).unwrap() == content, "{size} bytes");
    }
    alice.client.close().await.unwrap();
    bob.close().await.unwrap();
}
