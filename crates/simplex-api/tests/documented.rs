//! Commands that neither the recordings nor the simulated core have: their answers are put together as documented, of
//! recorded parts.

#![allow(clippy::expect_used, clippy::panic, reason = "what fails here fails a test")]

mod common;

use common::{made, part, recorded, sends};
use simplex_api::types::*;
use simplex_api::*;

const USER: UserId = UserId(1);
const GROUP: GroupId = GroupId(1);
const MEMBER: GroupMemberId = GroupMemberId(2);

fn group() -> (&'static str, String) {
    ("groupInfo", part("get_group_info", &["groupInfo"]))
}

fn relays() -> (&'static str, String) {
    let relay = r#"{"groupRelayId":3,"groupMemberId":2,"userChatRelay":{"chatRelayId":7,"address":"https://relay/r#x","name":"r","domains":[],"preset":false,"enabled":true,"deleted":false,"relayProfile":{"displayName":"r","fullName":""}},"relayStatus":"active","relayCap":{}}"#;
    ("groupRelays", format!("[{relay}]"))
}

fn failed() -> (&'static str, String) {
    ("addRelayResults", "[]".to_owned())
}

#[tokio::test]
async fn channels_and_their_relays() {
    let ids = || NonEmpty::try_from(vec![ChatRelayId(7), ChatRelayId(8)]).expect("ids");
    let servers = r#"[{"smpServers":[],"xftpServers":[],"chatRelays":[{"chatRelayId":7,"address":"https://relay/r#x","relayProfile":{"displayName":"r","fullName":""},"domains":[],"preset":true,"enabled":true,"deleted":false}]}]"#;
    let answer = made("userServers", &[("userServers", servers.to_owned())]);
    let known = sends("known", "/_servers 1", answer, async |api| api.get_user_servers(USER).await).await;
    let known = known.expect("servers");
    assert_eq!(known[0].chat_relays.as_ref().expect("relays")[0].chat_relay_id, ChatRelayId(7));
    assert_eq!(serde_json::to_string(&known).expect("JSON"), servers);

    let link = ("groupLink", part("get_group_link", &["groupLink"]));
    let profile = || GroupProfile::new("news", "");
    let command = r#"/_public group 1 incognito=on 7,8 {"displayName":"news","fullName":""}"#;
    let answer = made("publicGroupCreated", &[group(), link.clone(), relays()]);
    let made_group =
        sends("created", command, answer, async |api| api.new_public_group(USER, ids(), profile(), true).await);
    assert!(matches!(made_group.await, Ok(PublicGroup::Created { relays, .. }) if relays.len() == 1));
    let answer = made("publicGroupCreationFailed", &[failed()]);
    let command = r#"/_public group 1 7,8 {"displayName":"news","fullName":""}"#;
    let made_group =
        sends("not created", command, answer, async |api| api.new_public_group(USER, ids(), profile(), false).await);
    assert!(matches!(made_group.await, Ok(PublicGroup::Failed(_))));

    // 6.5 does not say what a relay is capable of.
    let of_old = ("groupRelays", relays().1.replace(",\"relayCap\":{}", ""));
    assert_ne!(of_old, relays());
    for relays in [relays(), of_old] {
        let answer = made("groupRelays", &[group(), relays]);
        let found = sends("relays", "/_get relays #1", answer, async |api| api.get_group_relays(GROUP).await).await;
        assert_eq!(found.expect("relays").len(), 1);
    }
    let command = "/_add relays #1 7,8";
    let answer = made("groupRelaysAdded", &[group(), link, relays()]);
    let added = sends("added", command, answer, async |api| api.add_group_relays(GROUP, ids()).await).await;
    assert!(matches!(added, Ok(RelaysAdded::Added { .. })));
    let answer = made("groupRelaysAddFailed", &[failed()]);
    let added = sends("not added", command, answer, async |api| api.add_group_relays(GROUP, ids()).await).await;
    assert!(matches!(added, Ok(RelaysAdded::Failed(_))));
    let answer = made("relayGroupAllowed", &[group()]);
    let allowed = sends("allowed", "/_relay allow #1", answer, async |api| api.allow_relay_group(GROUP).await).await;
    assert_eq!(allowed.expect("a group").group_id, GROUP);
    let failure = r#"{"rtfStep":"connect","rtfDescription":"no"}"#.to_owned();
    let answer = made("chatRelayTestResult", &[("relayTestFailure", failure)]);
    let command = "/_relay test 1 https://relay/r#x";
    let tested = sends("test", command, answer, async |api| api.test_chat_relay(USER, "https://relay/r#x").await).await;
    let tested = tested.expect("an answer");
    assert!(tested.relay_test_failure.is_some() && tested.relay_profile.is_none());
}

#[tokio::test]
async fn groups_and_channels_prepared_from_links() {
    let data = || GroupShortLinkData::new(GroupProfile::new("news", ""));
    let answer = &*recorded("prepare_contact").answer;
    for (direct, flag) in [(true, ""), (false, " direct=off")] {
        let link = CreatedConnLink::new("simplex:/contact#/?x=1").with_conn_short_link("https://smp/c#b");
        let command = format!(
            r#"/_prepare group 1 simplex:/contact#/?x=1 https://smp/c#b{flag} {{"groupProfile":{{"displayName":"news","fullName":""}}}}"#
        );
        sends("prepare", &command, answer, async |api| api.prepare_group(USER, link, direct, data()).await)
            .await
            .expect("a chat");
    }
    let answer = made("startedConnectionToGroup", &[group()]);
    let command = r#"/_connect group #1 incognito=on json {"type":"text","text":"hi"}"#;
    let joined = sends("join", command, answer, async |api| {
        api.connect_prepared_group(GROUP, true, Some(MsgContent::text("hi"))).await
    });
    assert_eq!(joined.await.expect("a group").group_id, GROUP);
}

#[tokio::test]
async fn the_rest() {
    let member = ("member", part("get_group_member_info", &["member"]));
    let stats = ("connectionStats", part("switch_group_member", &["connectionStats"]));
    let answer = made("groupMemberSwitchAborted", &[group(), member, stats.clone()]);
    let command = "/_abort switch #1 2";
    sends("abort", command, answer, async |api| api.abort_switch_group_member(GROUP, MEMBER).await)
        .await
        .expect("stats");
    let contact = ("contact", part("get_contact_info", &["contact"]));
    let answer = made("contactSwitchAborted", &[contact, stats]);
    sends("abort", "/_abort switch @4", answer, async |api| api.abort_switch_contact(ContactId(4)).await)
        .await
        .expect("stats");
    let ok = &*recorded("enable_contact").answer;
    sends("enable", "/_enable #1 2", ok, async |api| api.enable_group_member(GROUP, MEMBER).await).await.expect("ok");
    let command = r#"/_member settings #1 2 {"showMessages":true}"#;
    let settings = GroupMemberSettings::new().with_show_messages(true);
    sends("settings", command, ok, async |api| api.set_member_settings(GROUP, MEMBER, settings).await)
        .await
        .expect("ok");
    sends("encrypt", "/_files_encrypt on", ok, async |api| api.set_encrypt_local_files(true).await).await.expect("ok");
    let answer = &*recorded("prepare_contact").answer;
    let link = CreatedConnLink::new("simplex:/contact#/?x=1").with_conn_short_link("https://smp/a#b");
    let data = ContactShortLinkData::new(Profile::new("alice", ""));
    let command = r#"/_prepare contact 1 simplex:/contact#/?x=1 https://smp/a#b {"profile":{"displayName":"alice","fullName":""},"business":false}"#;
    sends("prepare", command, answer, async |api| api.prepare_contact(USER, link, data).await).await.expect("a chat");
    let answer = &*recorded("send_messages").answer;
    let spam = ReportReason::Spam;
    let command = "/_report #1 65 reason=spam look at this";
    sends("report", command, answer, async |api| {
        api.report_message(GROUP, ChatItemId(65), spam, Some("look at this")).await
    })
    .await
    .expect("an item");
    let archived = [group(), ("chatItemIDs", "[65]".to_owned()), ("byUser", "true".to_owned())];
    let answer = made("groupChatItemsDeleted", &archived);
    let command = "/_archive reports #1";
    let ids = sends("archive", command, answer, async |api| api.archive_received_reports(GROUP).await).await;
    assert_eq!(ids.expect("ids"), [ChatItemId(65)]);
    let answer = &*recorded("delete_chat_items").answer;
    let reports = NonEmpty::try_from(vec![ChatItemId(65), ChatItemId(66)]).expect("ids");
    let mode = CiDeleteMode::Broadcast;
    let command = "/_delete reports #1 65,66 broadcast";
    sends("reports", command, answer, async |api| api.delete_received_reports(GROUP, reports, mode).await)
        .await
        .expect("deletions");
    let path = "key=of nothing";
    let command = "/_upload 1 ./key=of nothing";
    let answer = &*recorded("upload").answer;
    sends("upload", command, answer, async |api| api.upload_standalone_file(USER, path).await).await.expect("a file");
    let command = "/_download 1 simplex:/file#x ./key=of nothing";
    let answer = &*recorded("download").answer;
    let link = "simplex:/file#x";
    sends("download", command, answer, async |api| api.download_standalone_file(USER, link, path).await)
        .await
        .expect("a file");
}

#[tokio::test]
async fn a_file_without_a_chat_has_no_status_of_a_chats_file() {
    let (user, meta) = (part("get_active_user", &["user"]), part("upload", &["fileTransferMeta"]));
    let transfer = format!(r#"{{"type":"snd","fileTransferMeta":{meta},"sndFileTransfers":[]}}"#);
    let answer = format!(r#"{{"result":{{"type":"fileTransferStatus","data":[{user},[{transfer},[3]]]}}}}"#);
    let status = sends("status", "/fstatus 5", answer.leak(), async |api| api.get_file_status(FileId(5)).await).await;
    assert_eq!(status.expect("an answer"), None);
}

#[tokio::test]
async fn a_prepared_contact_that_is_connected_already_is_answered_as_it_is() {
    let contact = ("contact", part("get_contact_info", &["contact"]));
    let answer = made("contactAlreadyExists", &[contact]);
    let command = "/_connect contact @5";
    let connected =
        sends("connect", command, answer, async |api| api.connect_prepared_contact(ContactId(5), false, None).await);
    assert_eq!(connected.await.expect("a contact").contact_id, ContactId(4));
}
