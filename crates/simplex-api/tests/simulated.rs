//! Servers, the network, the agent, relays, archives: through a simulated core, which answers in the recorded shapes.

#![allow(clippy::expect_used, clippy::panic, reason = "what fails here fails a test")]

use std::sync::Arc;

use simplex_api::types::*;
use simplex_api::{ChatApi, ChatCore, RelaysAdded};
use simplex_sim::{Settings, SimCore, SimNetwork};

const USER: UserId = UserId(1);
/// The first contact that a user makes.
const OTHER: ContactId = ContactId(4);
const SERVER: &str = "smp://abcd@one.example";

fn api(core: SimCore) -> ChatApi {
    ChatApi::new(Arc::new(core) as Arc<dyn ChatCore>)
}

async fn open(net: &SimNetwork, name: &str) -> ChatApi {
    let api = api(net.open(name, "").expect("a database"));
    api.create_active_user(Some(Profile::new(name, ""))).await.expect("a user");
    api.start_chat().await.expect("a started chat");
    api
}

async fn pair(net: &SimNetwork) -> (ChatApi, ChatApi) {
    let (alice, bob) = (open(net, "alice").await, open(net, "bob").await);
    let link = alice.create_link(USER).await.expect("a link");
    bob.connect_active_user(link.link(), false).await.expect("a connection");
    (alice, bob)
}

#[tokio::test]
async fn servers_are_chosen_by_their_addresses() {
    let net = SimNetwork::new(Settings::default());
    let api = open(&net, "alice").await;
    assert!(api.use_servers(USER, [SERVER, "xftp://efgh@two.example"]).await.expect("servers"));
    assert!(!api.use_servers(USER, [SERVER]).await.expect("servers"));
    // The same one twice, however it is written.
    let twice = ["smp://ijkl@three.example", "smp://ijkl=@three.example:5223"];
    assert!(api.use_servers(USER, twice).await.expect("servers"));
    let operators = api.get_user_servers(USER).await.expect("servers");
    let all = operators.iter().flat_map(|of| of.smp_servers.iter().chain(&of.xftp_servers));
    let used: Vec<_> = all.filter(|server| server.enabled).map(|server| &*server.server).collect();
    assert_eq!(used, ["smp://ijkl@three.example", "xftp://efgh@two.example"]);
    let error = api.use_servers(USER, [SERVER, "nonsense"]).await.expect_err("no address");
    assert!(error.to_string().contains("server 2 "), "{error}");
}

#[tokio::test]
async fn a_proxy_is_set_and_taken_away() {
    let net = SimNetwork::new(Settings::default());
    let api = open(&net, "alice").await;
    let before = api.get_network_config().await.expect("settings");
    assert!(!api.use_socks_proxy(None).await.expect("no proxy"));
    assert!(api.use_socks_proxy(Some("127.0.0.1:9050")).await.expect("a proxy"));
    assert!(!api.use_socks_proxy(Some("127.0.0.1:9050")).await.expect("the same proxy"));
    assert!(api.use_socks_proxy(None).await.expect("no proxy"));
    let settings = |config: &RawJson| config.decode::<serde_json::Value>().expect("an object");
    assert_eq!(settings(&api.get_network_config().await.expect("settings")), settings(&before));
}

#[tokio::test]
async fn servers_are_replaced_and_kept_although_not_used() {
    let net = SimNetwork::new(Settings::default());
    let api = open(&net, "alice").await;
    let operators = api.get_user_servers(USER).await.expect("servers");
    assert_eq!(operators.iter().filter(|of| of.operator.is_some()).count(), 2);
    let used = UserServer::new(SERVER).with_enabled(true);
    let unused = UserServer::new("xftp://abcd@two.example");
    let gone = UserServer::new("smp://abcd@gone.example").with_enabled(true).with_deleted(true);
    let mine = || UserOperatorServers::new(vec![used.clone(), gone.clone()], vec![unused.clone()]);
    let errors = api.validate_servers(USER, NonEmpty::one(mine())).await.expect("an answer").server_errors;
    assert!(errors.is_empty());
    let twice = NonEmpty::new(vec![mine(), mine()]).expect("two");
    assert_eq!(api.validate_servers(USER, twice).await.expect("an answer").server_errors.len(), 2);
    api.set_user_servers(USER, NonEmpty::one(mine())).await.expect("set");
    let found = api.get_user_servers(USER).await.expect("servers");
    let found = found.iter().find(|of| of.operator.is_none()).expect("one's own");
    let shown = |of: &[UserServer]| of.iter().map(|s| (s.server.clone(), s.enabled)).collect::<Vec<_>>();
    assert_eq!(shown(&found.smp_servers), [(SERVER.to_owned(), true)]);
    assert_eq!(shown(&found.xftp_servers), [("xftp://abcd@two.example".to_owned(), false)]);
    assert!(api.test_server(USER, SERVER).await.expect("an answer").is_none());
    net.with(|net| net.set_server(false));
    let failure = api.test_server(USER, SERVER).await.expect("an answer").expect("a failure");
    assert_eq!(failure.test_step, "connect");
    let error = api.test_server(USER, "smp://bad").await.expect_err("no server");
    assert!(error.is_not_parsed());
    api.get_server_operators().await.expect("operators");
    api.get_usage_conditions().await.expect("conditions");
}

#[tokio::test]
async fn the_network_is_set_and_told_of() {
    let net = SimNetwork::new(Settings::default());
    let (alice, bob) = pair(&net).await;
    let config = alice.get_network_config().await.expect("a configuration");
    let changed = config.get().replace("\"smpPingCount\":3", "\"smpPingCount\":5");
    alice.set_network_config(RawJson::new(&*changed).expect("JSON")).await.expect("set");
    assert_eq!(alice.get_network_config().await.expect("a configuration").get(), changed);
    let empty = RawJson::new("{}").expect("JSON");
    assert!(alice.set_network_config(empty).await.expect_err("no configuration").is_not_parsed());
    alice.set_network_info(UserNetworkInfo::new(UserNetworkType::Wifi).with_online(true)).await.expect("told");
    let subs = alice.get_subscriptions().await.expect("subscriptions");
    assert_eq!((subs.active_subs.values().sum::<i64>(), subs.pending_subs.len()), (1, 0));
    let total = alice.get_subscriptions_total(USER).await.expect("a total");
    assert_eq!((total.subs_total.ss_active, total.subs_total.ss_pending, total.has_session), (1, 0, true));
    alice.get_servers_summary(USER).await.expect("a summary");
    alice.reset_servers_stats().await.expect("reset");
    alice.get_queues_info().await.expect("queues");
    alice.get_workers_summary().await.expect("workers");
    assert!(alice.list_remote_hosts().await.expect("hosts").is_empty());
    assert!(alice.list_remote_ctrls().await.expect("controls").is_empty());
    alice.stop_remote_ctrl().await.expect("stopped");
    alice.set_encrypt_local_files(true).await.expect("set");
    let gone = bob.contact_queue_info(ContactId(99)).await.expect_err("nobody");
    assert!(gone.is_not_found());
    let info = bob.contact_queue_info(OTHER).await.expect("a queue");
    assert!(info.queue_info.get().contains("\"qiSize\":0"), "{}", info.queue_info.get());
    net.with(|net| net.set_server(false));
    let down = bob.contact_queue_info(OTHER).await.expect_err("no server");
    assert!(down.is_network() && down.is_temporary());
    let pending = bob.get_subscriptions().await.expect("subscriptions").pending_subs;
    assert_eq!(pending.values().sum::<i64>(), 1);
}

#[tokio::test]
async fn channels_need_relays_and_there_are_none() {
    let net = SimNetwork::new(Settings::default());
    let api = open(&net, "alice").await;
    let relay = || NonEmpty::one(ChatRelayId(7));
    let profile = || GroupProfile::new("news", "");
    assert!(api.new_public_group(USER, relay(), profile(), false).await.expect_err("no relay").is_not_found());
    let group = api.new_group(USER, profile()).await.expect("a group").group_id;
    assert!(api.get_group_relays(group).await.expect("relays").is_empty());
    let added: Result<RelaysAdded, _> = api.add_group_relays(group, relay()).await;
    assert!(added.expect_err("no relay").is_not_found());
    assert_eq!(api.allow_relay_group(group).await.expect("a group").group_id, group);
    assert!(api.get_group_relays(GroupId(99)).await.expect_err("no group").is_not_found());
}

#[tokio::test]
async fn an_archive_takes_a_profile_to_another_database() {
    let folder = std::env::temp_dir().join(format!("simplex-api-archive-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("wallpapers")).expect("a folder");
    let place = |name: &str| folder.join(name).to_str().expect("a path").to_owned();
    let net = SimNetwork::new(Settings::default());
    let (alice, bob) = pair(&net).await;
    let paths = || AppFilePaths::new(place("."), place("."), place("."));
    alice.set_file_paths(paths()).await.expect("folders");
    let config = || ArchiveConfig::new(place("a.zip"));
    assert!(alice.export_archive(config()).await.expect_err("the chat runs").error_type().is_some());
    alice.stop_chat().await.expect("stopped");
    assert!(alice.export_archive(config()).await.expect("an archive").is_empty());
    bob.send_text_message(OTHER, "after the export", None).await.expect("sent");

    let other = api(net.open("another", "").expect("a database"));
    assert!(other.import_archive(ArchiveConfig::new(place("none.zip"))).await.is_err());
    other.import_archive(config()).await.expect("imported");
    assert!(other.get_active_user().await.expect("an answer").is_none(), "until it is opened anew");
    let moved = api(net.open("another", "").expect("a database"));
    assert_eq!(moved.get_active_user().await.expect("an answer").expect("a user").local_display_name, "alice");
    moved.start_chat().await.expect("started");
    let chat = moved.get_chat(OTHER, ChatPagination::Last { count: 10 }).await.expect("a chat");
    assert!(chat.chat_items.iter().any(|item| item.text() == Some("after the export")));
    moved.send_text_message(OTHER, "from the new place", None).await.expect("sent");
    let chat = bob.get_chat(OTHER, ChatPagination::Last { count: 1 }).await.expect("a chat");
    assert_eq!(chat.chat_items[0].text(), Some("from the new place"));
    std::fs::remove_dir_all(&folder).expect("removed");
}

#[tokio::test]
async fn an_error_is_printed_as_its_message_without_the_records_in_it() {
    let net = SimNetwork::new(Settings::default());
    let api = open(&net, "alice").await;
    let group = api.new_group(USER, GroupProfile::new("team", "")).await.expect("a group");
    let error = api.create_group_link(group.group_id, GroupMemberRole::Admin).await.expect_err("no such link");
    assert_eq!(format!("{error:?}"), error.to_string());
    assert!(error.to_string().contains("a link cannot give a role above `member`"), "{error}");
}
