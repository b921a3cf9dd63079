//! Every method of [`ChatApi`], one after the other: it takes each documented answer of its command as a value, gives the
//! core's own error typed, an answer that it does not know with its raw text, and the transport's error as it is. A
//! method that is not in the table fails [`no_method_is_left_out`].

#![allow(clippy::expect_used, clippy::panic, reason = "what fails here fails a test")]

mod common;

use std::future::Future;
use std::path::Path;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use common::part;
use common::schema::{answer, documented};
use simplex_api::core::mock::{Answer, MockCore};
use simplex_api::types::cmd;
use simplex_api::types::*;
use simplex_api::*;

const USER: UserId = UserId(1);
const CONTACT: ContactId = ContactId(4);
const GROUP: GroupId = GroupId(1);
const MEMBER: GroupMemberId = GroupMemberId(2);
const ITEM: ChatItemId = ChatItemId(8);
const REQUEST: ContactRequestId = ContactRequestId(3);
const CONNECTION: ConnectionId = ConnectionId(6);
const NOTES: NoteFolderId = NoteFolderId(1);
const FILE: FileId = FileId(9);
const TAG: ChatTagId = ChatTagId(1);
const RELAY: ChatRelayId = ChatRelayId(7);
const ROLE: GroupMemberRole = GroupMemberRole::Member;
const PAGE: ChatPagination = ChatPagination::Last { count: 3 };
const LINK: &str = "https://smp.example/a#key";
const SERVER: &str = "smp://key@smp.example";

fn one<T>(element: T) -> NonEmpty<T> {
    NonEmpty::one(element)
}

fn profile() -> GroupProfile {
    GroupProfile::new("team", "")
}

fn object() -> RawJson {
    RawJson::new("{}").expect("JSON")
}

fn servers() -> NonEmpty<UserOperatorServers> {
    one(UserOperatorServers::new(vec![UserServer::new(SERVER)], vec![]))
}

fn contact() -> Contact {
    serde_json::from_str(&part("get_contact_info", &["contact"])).expect("a contact")
}

fn group() -> GroupInfo {
    serde_json::from_str(&part("get_group_info", &["groupInfo"])).expect("a group")
}

fn item() -> AChatItem {
    let items: Vec<AChatItem> = serde_json::from_str(&part("send_messages", &["chatItems"])).expect("items");
    items.into_iter().next().expect("an item")
}

type Outcome = Pin<Box<dyn Future<Output = Result<(), ApiError>> + Send>>;

struct Method {
    name: &'static str,
    call: fn(ChatApi) -> Outcome,
}

macro_rules! methods {
    ($($name:ident($($argument:expr),*);)*) => {
        &[$(Method {
            name: stringify!($name),
            call: |api| Box::pin(async move { api.$name($($argument),*).await.map(drop) }),
        }),*]
    };
}

const METHODS: &[Method] = methods! {
    create_user_address(USER);
    delete_user_address(USER);
    get_user_address(USER);
    set_address_settings(USER, AddressSettings::new());
    add_address_short_link(USER);
    list_contacts(USER);
    list_groups(USER, None, None);
    get_chats(USER, 5, true);
    find_chats(&cmd::GetChats::new(USER));
    get_chat(CONTACT, PAGE);
    search_chat(GROUP, PAGE, "word");
    get_chat_items(PAGE, None);
    get_chat_item_info(CONTACT, ITEM);
    read_chat_items(CONTACT, one(ITEM));
    read_chat(CONTACT);
    read_user(USER);
    set_chat_unread(CONTACT, true);
    clear_chat(CONTACT);
    delete_chat(CONTACT, ChatDeleteMode::Messages);
    set_chat_settings(CONTACT, ChatSettings::new(MsgFilter::All));
    set_contact_custom_data(CONTACT, None);
    set_group_custom_data(GROUP, None);
    merge_contact_custom_data(&contact(), "key", object());
    merge_group_custom_data(&group(), "key", object());
    get_chat_tags(USER);
    create_chat_tag(ChatTagData::new("work"));
    update_chat_tag(TAG, ChatTagData::new("work"));
    delete_chat_tag(TAG);
    reorder_chat_tags(one(TAG));
    set_chat_tags(CONTACT, None);
    get_chat_item_ttl(USER);
    set_chat_item_ttl(USER, None);
    set_chat_ttl(USER, CONTACT, None);
    reset_chat_ttl(USER, CONTACT);
    create_link(USER);
    create_invitation(USER, true);
    connect_plan(USER, LINK);
    connect(USER, CreatedConnLink::new(LINK), false);
    connect_active_user(LINK, false);
    prepare_contact(USER, CreatedConnLink::new(LINK), ContactShortLinkData::new(Profile::new("a", "")));
    connect_prepared_contact(CONTACT, false, None);
    prepare_group(USER, CreatedConnLink::new(LINK), true, GroupShortLinkData::new(profile()));
    connect_prepared_group(GROUP, false, None);
    accept_contact_request(REQUEST);
    accept_contact_request_incognito(REQUEST);
    reject_contact_request(REQUEST);
    get_contact_info(CONTACT);
    get_contact_code(CONTACT);
    get_group_member_code(GROUP, MEMBER);
    verify_contact(CONTACT, None);
    verify_group_member(GROUP, MEMBER, Some("12345"));
    set_contact_alias(CONTACT, Some("alias"));
    set_connection_alias(CONNECTION, None);
    set_connection_incognito(CONNECTION, true);
    switch_contact(CONTACT);
    switch_group_member(GROUP, MEMBER);
    abort_switch_contact(CONTACT);
    abort_switch_group_member(GROUP, MEMBER);
    sync_contact_ratchet(CONTACT, true);
    sync_group_member_ratchet(GROUP, MEMBER, false);
    enable_contact(CONTACT);
    enable_group_member(GROUP, MEMBER);
    contact_queue_info(CONTACT);
    group_member_queue_info(GROUP, MEMBER);
    export_archive(ArchiveConfig::new("/a.zip"));
    import_archive(ArchiveConfig::new("/a.zip"));
    set_database_key("", "key");
    test_database_key("key");
    delete_storage();
    receive_file(FILE);
    accept_file(&cmd::ReceiveFile::new(FILE));
    cancel_file(FILE);
    get_file_status(FILE);
    upload_standalone_file(USER, "/f");
    download_standalone_file(USER, LINK, "/f");
    standalone_file_info(LINK);
    set_file_paths(AppFilePaths::new("/f", "/t", "/a"));
    set_files_folder("/f");
    set_temp_folder("/t");
    set_encrypt_local_files(true);
    new_group(USER, profile());
    new_incognito_group(USER, profile());
    new_public_group(USER, one(RELAY), profile(), false);
    get_group_relays(GROUP);
    add_group_relays(GROUP, one(RELAY));
    allow_relay_group(GROUP);
    test_chat_relay(USER, LINK);
    update_group_profile(GROUP, profile());
    add_member(GROUP, CONTACT, ROLE);
    join_group(GROUP);
    accept_member(GROUP, MEMBER, ROLE);
    set_members_role(GROUP, one(MEMBER), ROLE);
    block_members_for_all(GROUP, one(MEMBER), true);
    remove_members(GROUP, one(MEMBER), false);
    leave_group(GROUP);
    list_members(GROUP);
    get_group_info(GROUP);
    get_group_member_info(GROUP, MEMBER);
    set_member_settings(GROUP, MEMBER, GroupMemberSettings::new());
    set_group_alias(GROUP, None);
    delete_member_support_chat(GROUP, MEMBER);
    create_group_link(GROUP, ROLE);
    set_group_link_member_role(GROUP, ROLE);
    delete_group_link(GROUP);
    get_group_link(GROUP);
    get_group_link_str(GROUP);
    add_group_short_link(GROUP);
    create_member_contact(GROUP, MEMBER);
    send_member_contact_invitation(CONTACT, None);
    accept_member_contact(CONTACT);
    send_messages(CONTACT, one(ComposedMessage::text("hi")));
    send(&cmd::SendMessages::new(CONTACT.into(), one(ComposedMessage::text("hi"))));
    send_text_message(CONTACT, "hi", None);
    send_text_reply(&item(), "hi");
    send_split_text(CONTACT, "hi");
    update_chat_item(CONTACT, ITEM, "hi");
    update_live_chat_item(CONTACT, ITEM, "hi", true);
    delete_chat_items(CONTACT, one(ITEM), CiDeleteMode::Broadcast);
    delete_member_chat_item(GROUP, one(ITEM));
    chat_item_reaction(CONTACT, ITEM, true, MsgReaction::emoji("👍"));
    get_reaction_members(USER, GROUP, ITEM, MsgReaction::emoji("👍"));
    plan_forward_chat_items(CONTACT, one(ITEM));
    forward_chat_items(GROUP, CONTACT, one(ITEM), None);
    create_chat_items(NOTES, one(ComposedMessage::text("hi")));
    report_message(GROUP, ITEM, ReportReason::Spam, None);
    archive_received_reports(GROUP);
    delete_received_reports(GROUP, one(ITEM), CiDeleteMode::Internal);
    version();
    start_chat();
    stop_chat();
    is_chat_running();
    activate_chat();
    suspend_chat(Duration::from_micros(100));
    get_user_servers(USER);
    set_user_servers(USER, servers());
    validate_servers(USER, servers());
    test_server(USER, SERVER);
    get_server_operators();
    get_usage_conditions();
    get_network_config();
    set_network_config(object());
    set_network_info(UserNetworkInfo::new(UserNetworkType::Wifi));
    get_network_statuses();
    reconnect_all_servers();
    resubscribe_all_connections();
    get_subscriptions();
    get_subscriptions_total(USER);
    get_servers_summary(USER);
    reset_servers_stats();
    get_queues_info();
    get_workers_summary();
    list_remote_hosts();
    list_remote_ctrls();
    stop_remote_ctrl();
    get_active_user();
    create_active_user(None);
    list_users();
    set_active_user(USER, None);
    delete_user(USER, true, None);
    update_profile(USER, Profile::new("a", ""));
    set_profile_address(USER, true);
    set_contact_prefs(CONTACT, Preferences::new());
    set_auto_accept_member_contacts(USER, true);
    hide_user(USER, "secret");
    unhide_user(USER, "secret");
    mute_user(USER);
    unmute_user(USER);
    set_contact_receipts(USER, true, false);
    set_group_receipts(USER, true, false);
    set_all_receipts(true);
};

/// Notes the command's name on its way.
#[derive(Debug)]
struct Named(Arc<Mutex<Option<String>>>);

#[async_trait]
impl Layer for Named {
    async fn call(&self, call: Call, next: Next<'_>) -> Result<Frame, ApiError> {
        *self.0.lock().expect("a name") = Some(call.name().to_owned());
        next.run(call.with_timeout(Duration::from_secs(1))).await
    }
}

impl Method {
    /// Calls it over a core that always answers so; its command's name comes along.
    async fn over(&self, answer: impl Into<Answer>) -> (String, Result<(), ApiError>) {
        let answer = answer.into();
        let core = MockCore::new(move |_| answer.clone());
        let name = Arc::default();
        let api = ChatApi::new(Arc::new(core.clone())).with_layer(Named(Arc::clone(&name)));
        let result = (self.call)(api).await;
        assert_eq!(core.sent().len(), 1, "{}: {:?}", self.name, core.sent());
        let name = name.lock().expect("a name").take();
        (name.expect("a command"), result)
    }

    /// Upstream's name of its command.
    async fn command(&self) -> String {
        self.over(r#"{"result":{"type":"cmdOk"}}"#).await.0
    }
}

#[test]
fn no_method_is_left_out() {
    let methods = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/methods");
    let files = std::fs::read_dir(methods).expect("a folder").map(|file| file.expect("a file").path());
    let sources: String = files.map(|file| std::fs::read_to_string(file).expect("a source")).collect();
    let sources = sources + include_str!("../src/send.rs");
    let mut there: Vec<&str> =
        sources.split("pub async fn ").skip(1).filter_map(|method| method.split('(').next()).collect();
    let mut tested: Vec<&str> = METHODS.iter().map(|method| method.name).collect();
    there.sort_unstable();
    tested.sort_unstable();
    assert_eq!(there, tested);
    for row in include_str!("../METHODS.md").split('`').filter_map(|word| word.strip_prefix("ChatApi::")) {
        assert!(tested.contains(&row) || matches!(row, "call" | "raw" | "core"), "{row}");
    }
}

#[tokio::test]
async fn each_documented_answer_is_a_value() {
    let mut answers = 0;
    for method in METHODS {
        for (tag, answer) in documented(&method.command().await) {
            let (_, result) = method.over(answer.as_str()).await;
            result.unwrap_or_else(|error| panic!("{} answered with {tag}: {error}\n{answer}", method.name));
            answers += 1;
        }
    }
    assert!(answers > METHODS.len());
}

#[tokio::test]
async fn the_cores_own_error_comes_typed() {
    const BUSY: &str = r#"{"error":{"type":"errorStore","storeError":{"type":"dBBusyError","message":"busy"}}}"#;
    const DOWN: &str = r#"{"error":{"type":"errorAgent","agentError":{"type":"BROKER","brokerAddress":"smp://a@b","brokerErr":{"type":"TIMEOUT"}},"agentConnId":""}}"#;
    const GONE: &str = r#"{"error":{"type":"errorStore","storeError":{"type":"groupNotFound","groupId":1}}}"#;
    for method in METHODS {
        let error = async |json: &str| {
            method.over(json).await.1.err().unwrap_or_else(|| panic!("{} takes {json}", method.name))
        };
        let busy = error(BUSY).await;
        assert!(matches!(busy.store_error(), Some(StoreError::DbBusyError { .. })), "{}: {busy}", method.name);
        assert!(busy.is_temporary() && !busy.is_network() && !busy.is_not_found(), "{}", method.name);
        let down = error(DOWN).await;
        assert!(down.is_network() && down.is_temporary(), "{}: {down}", method.name);
        let gone = error(GONE).await;
        assert!(gone.is_not_found() && !gone.is_temporary(), "{}: {gone}", method.name);
    }
}

#[tokio::test]
async fn what_fails_on_the_network_may_succeed_later_also_by_a_proxy() {
    let broker = |error: &str| format!(r#"{{"type":"BROKER","brokerAddress":"a","brokerErr":{{"type":"{error}"}}}}"#);
    let proxied = |error: &str| format!(r#"{{"type":"PROXY","proxyErr":{error}}}"#);
    let relay = |error: &str| proxied(&format!(r#"{{"type":"BROKER","brokerErr":{{"type":"{error}"}}}}"#));
    let smp = |error: &str| format!(r#"{{"type":"SMP","serverAddress":"a","smpErr":{error}}}"#);
    let by_proxy = |error: &str| {
        let error = format!(r#"{{"type":"protocolError","protocolErr":{error}}}"#);
        format!(r#"{{"type":"PROXY","proxyServer":"a","relayServer":"b","proxyErr":{error}}}"#)
    };
    let xftp = |error: &str| format!(r#"{{"type":"XFTP","serverAddress":"a","xftpErr":{{"type":"{error}"}}}}"#);
    for (agent_error, network, temporary) in [
        (broker("TIMEOUT"), true, true),
        (broker("HOST"), true, false),
        (xftp("TIMEOUT"), true, true),
        (xftp("AUTH"), false, false),
        (smp(&relay("TIMEOUT")), true, true),
        (smp(&relay("HOST")), true, false),
        (smp(&proxied(r#"{"type":"BASIC_AUTH"}"#)), false, false),
        (smp(r#"{"type":"AUTH"}"#), false, false),
        (by_proxy(&relay("TIMEOUT")), true, true),
        (by_proxy(&proxied(r#"{"type":"NO_SESSION"}"#)), true, true),
        (by_proxy(&proxied(r#"{"type":"BASIC_AUTH"}"#)), true, false),
        (r#"{"type":"INACTIVE"}"#.to_owned(), false, true),
    ] {
        let core = MockCore::new({
            let agent_error = agent_error.clone();
            move |_| format!(r#"{{"error":{{"type":"errorAgent","agentError":{agent_error},"agentConnId":""}}}}"#)
        });
        let error = ChatApi::new(Arc::new(core)).connect_plan(USER, LINK).await.expect_err("an error");
        assert_eq!((error.is_network(), error.is_temporary()), (network, temporary), "{agent_error}");
    }
}

#[tokio::test]
async fn an_error_that_may_come_after_the_deed_claims_no_failure() {
    for (error, may) in [
        (r#"{"type":"errorStore","storeError":{"type":"dBBusyError","message":"busy"}}"#, true),
        (r#"{"type":"errorStore","storeError":{"type":"dBException","message":"disk is full"}}"#, true),
        (r#"{"type":"errorStore","storeError":{"type":"internalError","message":"no rows"}}"#, true),
        (r#"{"type":"errorStore","storeError":{"type":"ofLater"}}"#, true),
        (r#"{"type":"errorStore","storeError":{"type":"largeMsg"}}"#, false),
        (r#"{"type":"error","errorType":{"type":"exception","message":"disk is full"}}"#, true),
        (r#"{"type":"error","errorType":{"type":"internalError","message":"no rows"}}"#, true),
        (r#"{"type":"error","errorType":{"type":"ofLater"}}"#, true),
        (r#"{"type":"error","errorType":{"type":"chatNotStarted"}}"#, false),
        (r#"{"type":"errorDatabase","databaseError":{"type":"errorExport"}}"#, false),
        (r#"{"type":"ofLater"}"#, true),
    ] {
        let core = MockCore::new(move |_| format!(r#"{{"error":{error}}}"#));
        let sent = ChatApi::new(Arc::new(core)).send_text_message(CONTACT, "hi", None).await;
        assert_eq!(sent.expect_err("an error").may_have_been_carried_out(), may, "{error}");
    }
}

#[tokio::test]
async fn an_error_names_the_chat_of_a_command_and_nothing_else_that_is_in_it() {
    let core = MockCore::new(|_| r#"{"error":{"type":"error","errorType":{"type":"internalError"}}}"#);
    let api = ChatApi::new(Arc::new(core));
    for (text, named) in [
        ("/_get chat @4 count=1", "/_get chat @4"),
        ("/_get chat #7(_support:3) count=1", "/_get chat #7(_support:3)"),
        ("/_get chat #7(secret) count=1", "/_get chat"),
        ("/_get chat #7(_support:secret) count=1", "/_get chat"),
        ("/tail @secret 5", "/tail"),
        ("/_connect 1 secret", "/_connect"),
    ] {
        let error = api.raw(text).await.expect_err("an error").to_string();
        assert!(error.starts_with(&format!("`{named}` failed")), "{error}");
    }
}

#[tokio::test]
async fn an_answer_that_is_not_known_comes_with_its_text_and_claims_no_failure() {
    let other = answer("chatCleared");
    for method in METHODS {
        let command = method.command().await;
        for text in [r#"{"result":{"type":"ofLater","field":1}}"#, r#"{"result":{}}"#, "not JSON", &other] {
            if text == other && documented(&command).iter().any(|(tag, _)| tag == "chatCleared") {
                continue;
            }
            let (_, result) = method.over(text).await;
            let error = result.err().unwrap_or_else(|| panic!("{} takes {text}", method.name));
            assert!(matches!(error, ApiError::Unexpected { .. }), "{}: {error}", method.name);
            assert_eq!(error.raw_answer(), Some(text), "{}", method.name);
            assert!(error.may_have_been_carried_out(), "{}", method.name);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn no_answer_is_the_transports_error() {
    for method in METHODS {
        let (_, result) = method.over(Answer::Never).await;
        let error = result.expect_err("no answer");
        assert!(matches!(error, ApiError::Core(CoreError::Timeout { .. })), "{}: {error}", method.name);
        assert!(error.may_have_been_carried_out(), "{}", method.name);
        let (_, result) = method.over(Answer::Fail(CoreError::Closed { reason: "test".into() })).await;
        assert!(matches!(result, Err(ApiError::Core(CoreError::Closed { .. }))), "{}", method.name);
    }
}
