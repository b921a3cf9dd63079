//! Each method sends the command that was recorded with a real core, and understands what that answered.

#![allow(clippy::expect_used, clippy::panic, reason = "what fails here fails a test")]

mod common;

use std::num::NonZeroU32;
use std::time::Duration;

use common::{fails, json, nothing, ok, recorded, sends, word};
use simplex_api::types::*;
use simplex_api::types::{cmd, response};
use simplex_api::*;

const USER: UserId = UserId(1);
const CONTACT: ContactId = ContactId(4);
const GROUP: GroupId = GroupId(1);

fn members(ids: &[i64]) -> NonEmpty<GroupMemberId> {
    NonEmpty::new(ids.iter().copied().map(GroupMemberId).collect()).expect("members")
}

fn items(ids: &[i64]) -> NonEmpty<ChatItemId> {
    NonEmpty::new(ids.iter().copied().map(ChatItemId).collect()).expect("items")
}

#[tokio::test]
async fn address() {
    let link = ok("create_user_address", async |api| api.create_user_address(USER).await).await;
    assert!(link.link().starts_with("https://127.0.0.1/a#"));
    let error = fails("create_user_address_twice", async |api| api.create_user_address(USER).await).await;
    assert!(error.is_duplicate() && !error.is_not_found());
    ok("delete_user_address", async |api| api.delete_user_address(USER).await).await;
    let address = ok("get_user_address", async |api| api.get_user_address(USER).await).await;
    assert!(address.expect("an address").link().starts_with("https://127.0.0.1/a#"));
    let none = ok("get_user_address_none", async |api| api.get_user_address(USER).await).await;
    assert!(none.is_none());
    let shown = ok("set_profile_address", async |api| api.set_profile_address(USER, true).await).await;
    assert_eq!(shown.expect("a change").update_successes, 0);
    let same = sends(
        "set_profile_address, shown already",
        "/_profile_address 1 on",
        &recorded("update_profile_same").answer,
        async |api| api.set_profile_address(USER, true).await,
    );
    assert!(same.await.expect("an answer").is_none());
    let settings = AddressSettings::new().with_auto_accept(AutoAccept::new());
    let link = ok("set_address_settings", async |api| api.set_address_settings(USER, settings).await).await;
    assert!(link.address_settings.auto_accept.is_some());
    ok("add_address_short_link", async |api| api.add_address_short_link(USER).await).await;
}

#[tokio::test]
async fn users() {
    let user = ok("get_active_user", async |api| api.get_active_user().await).await;
    assert_eq!(user.expect("a user").local_display_name, "alice");
    assert!(ok("get_active_user_none", async |api| api.get_active_user().await).await.is_none());
    let profile = Profile::new("alice", "Alice A").with_short_descr("first user");
    let user = ok("create_active_user", async |api| api.create_active_user(Some(profile)).await).await;
    assert_eq!(user.user_id, USER);
    let profile = Profile::new("plain", "");
    let error = fails("create_active_user_exists", async |api| api.create_active_user(Some(profile)).await).await;
    assert!(error.is_duplicate());
    assert!(ok("list_users", async |api| api.list_users().await).await.is_empty());
    ok("set_active_user", async |api| api.set_active_user(USER, None).await).await;
    let profile = Profile::new("alice", "Alice Liddell");
    let change = ok("update_profile", async |api| api.update_profile(USER, profile).await).await;
    assert!(change.is_some());
    let profile = Profile::new("alice", "");
    assert!(ok("update_profile_same", async |api| api.update_profile(USER, profile).await).await.is_none());
    let prefs = Preferences::new().with_full_delete(SimplePreference::new(FeatureAllowed::Always));
    ok("set_contact_prefs", async |api| api.set_contact_prefs(CONTACT, prefs).await).await;
    ok("set_auto_accept_member_contacts", async |api| api.set_auto_accept_member_contacts(USER, true).await).await;
    ok("set_contact_receipts", async |api| api.set_contact_receipts(USER, true, true).await).await;
    ok("set_group_receipts", async |api| api.set_group_receipts(USER, true, true).await).await;
    ok("set_all_receipts", async |api| api.set_all_receipts(false).await).await;
    let error = fails("different_user", async |api| api.read_user(UserId(9)).await).await;
    assert!(error.is_different_active_user());
}

#[tokio::test]
async fn messages() {
    let sent = ok("send_messages", async |api| api.send_text_message(CONTACT, "hi incognito", None).await).await;
    assert!(sent.is_complete());
    assert_eq!((sent.len(), sent[0].text()), (1, Some("hi incognito")));
    let quoted = Some(ChatItemId(9999));
    let error = fails("send_bad_quote", async |api| api.send_text_message(CONTACT, "bad quote", quoted).await).await;
    assert!(error.is_not_found() && !error.may_have_been_carried_out());

    let item = ChatItemId(8);
    let update = ok("update_chat_item", async |api| api.update_chat_item(CONTACT, item, "first, edited").await).await;
    assert!(matches!(&update, ItemUpdate::Updated(item) if item.text() == Some("first, edited")));
    let update =
        ok("update_chat_item_same", async |api| api.update_chat_item(CONTACT, item, "first, edited").await).await;
    assert!(matches!(update, ItemUpdate::NotChanged(_)));
    fails("update_chat_item_not_own", async |api| api.update_chat_item(CONTACT, item, "not mine").await).await;

    let mode = CiDeleteMode::Broadcast;
    let deleted = ok("delete_chat_items", async |api| api.delete_chat_items(CONTACT, items(&[9]), mode).await).await;
    assert_eq!(deleted.len(), 1);
    let thumb = MsgReaction::emoji("👍");
    let reaction = thumb.clone();
    let reaction =
        ok("chat_item_reaction", async |api| api.chat_item_reaction(GROUP, ChatItemId(26), true, reaction).await);
    assert_eq!(reaction.await.as_text(), "👍");
    let reacted =
        ok("get_reaction_members", async |api| api.get_reaction_members(USER, GROUP, ChatItemId(65), thumb).await);
    assert_eq!(reacted.await.len(), 2);
    let plan = ok("plan_forward", async |api| api.plan_forward_chat_items(CONTACT, items(&[12])).await).await;
    assert_eq!(plan.chat_item_ids, [ChatItemId(12)]);
    let forwarded =
        ok("forward", async |api| api.forward_chat_items(CONTACT, CONTACT, items(&[12]), Some(5)).await).await;
    assert_eq!(forwarded.len(), 1);
    let notes = NonEmpty::try_from(vec![ComposedMessage::text("note one"), ComposedMessage::text("note two")]);
    let notes = notes.expect("notes");
    let notes = ok("create_notes", async |api| api.create_chat_items(NoteFolderId(1), notes).await).await;
    assert_eq!(notes.len(), 2);
    assert_eq!(notes[0].chat_ref(), Some(ChatRef::Local(NoteFolderId(1))));
}

/// Two of three messages were taken; the large one, in the middle, was not.
#[tokio::test]
async fn a_send_that_failed_in_part_tells_what_became_of_each_message() {
    let messages: Vec<ComposedMessage> = json::<Vec<serde_json::Value>>("partial_send")
        .into_iter()
        .map(|message| ComposedMessage::text(message["msgContent"]["text"].as_str().expect("a text")))
        .collect();
    assert_eq!(messages.len(), 3);
    let command = cmd::SendMessages::new(CONTACT.into(), NonEmpty::new(messages).expect("messages"));
    // The api would refuse the large message: the command itself does not.
    let answer = ok("partial_send", async |api| api.call(&command).await).await;
    assert_eq!(answer.chat_items.len(), 2);
    let core = core::mock::MockCore::new(|_| &*recorded("partial_send").answer);
    let api = ChatApi::new(std::sync::Arc::new(core.clone()));
    assert!(matches!(api.send(&command).await, Err(ApiError::TooLarge { index: 1, .. })));
    let edit = api.update_chat_item(CONTACT, ChatItemId(8), "a".repeat(16_000)).await;
    assert!(matches!(edit, Err(ApiError::TooLarge { index: 0, .. })));
    assert!(core.sent().is_empty());

    let as_group = cmd::SendMessages::new(CONTACT.into(), ComposedMessage::text("x").into()).with_as_group(true);
    assert!(matches!(nothing(async |api| api.send(&as_group).await).await, ApiError::NotSent { .. }));
    let support = ChatRef::scoped(GROUP, GroupChatScope::MemberSupport(None));
    let as_group = cmd::SendMessages::new(support, ComposedMessage::text("x").into()).with_as_group(true);
    assert!(matches!(nothing(async |api| api.send(&as_group).await).await, ApiError::NotSent { .. }));

    let texts = ["p ok 1", "another that fails", "p ok 2"].map(ComposedMessage::text).to_vec();
    let sent = api.send_messages(CONTACT, NonEmpty::new(texts).expect("messages")).await.expect("an answer");
    assert!(!sent.is_complete());
    assert_eq!(sent.outcomes(), [SendOutcome::Sent(0), SendOutcome::NotSent, SendOutcome::Sent(1)]);
    assert_eq!(sent.item_of(2).and_then(AChatItem::text), Some("p ok 2"));
    assert!(sent.item_of(1).is_none());
    // A text is no file, whatever stands with that.
    let text = |text| ComposedMessage::text(text);
    let messages = vec![text("p ok 1"), ComposedMessage::file("/tmp/report.pdf", "p ok 2"), text("p ok 2")];
    let sent = api.send_messages(CONTACT, NonEmpty::new(messages).expect("messages")).await.expect("an answer");
    assert_eq!(sent.outcomes(), [SendOutcome::Sent(0), SendOutcome::NotSent, SendOutcome::Sent(1)]);
}

#[tokio::test]
async fn an_item_that_cannot_be_read_is_no_message_that_was_not_sent() {
    let answer = recorded("partial_send").answer.replacen(r#""itemTs":""#, r#""itemTs":"in "#, 1);
    assert_ne!(answer, recorded("partial_send").answer);
    let text = answer.clone();
    let api = ChatApi::new(std::sync::Arc::new(core::mock::MockCore::new(move |_| text.clone())));
    let texts = ["p ok 1", "p ok 2"].map(ComposedMessage::text).to_vec();
    let messages = NonEmpty::new(texts).expect("messages");
    let error = api.send_messages(CONTACT, messages).await.expect_err("an item too few");
    assert!(matches!(error, ApiError::Unexpected { .. }) && error.may_have_been_carried_out(), "{error}");
    assert!(error.to_string().contains("chatItems[0].chatItem.meta.itemTs"), "{error}");
    assert_eq!(error.raw_answer(), Some(&*answer));
    let item = NonEmpty::one(ChatItemId(4));
    let error = api.forward_chat_items(CONTACT, CONTACT, item, None).await.expect_err("an item too few");
    assert!(error.may_have_been_carried_out(), "{error}");
}

#[tokio::test]
async fn chats() {
    ok("list_contacts", async |api| api.list_contacts(USER).await).await;
    let error = fails("not_started", async |api| api.list_contacts(USER).await).await;
    assert!(error.is_chat_not_started());
    let chats = ok("get_chats", async |api| api.get_chats(USER, 1, false).await).await;
    assert!(chats[0].chat_ref().is_some());
    let query = cmd::GetChats::new(USER)
        .with_pagination(PaginationByTime::Last { count: 10 })
        .with_query(ChatListQuery::filters(true, false));
    ok("get_chats_unread", async |api| api.find_chats(&query).await).await;
    let last = |count| ChatPagination::Last { count };
    ok("get_chat", async |api| api.get_chat(CONTACT, last(20)).await).await;
    let chat = ok("get_chat_initial", async |api| api.get_chat(CONTACT, ChatPagination::Initial { count: 4 }).await);
    assert!(chat.await.chat_items.len() > 1);
    let found = ok("search_chat", async |api| api.search_chat(CONTACT, last(5), "needle").await).await;
    assert!(found.chat_items.iter().all(|item| item.text().is_some_and(|text| text.contains("needle"))));
    let found = ok("get_chat_items", async |api| api.get_chat_items(last(3), Some("needle")).await).await;
    assert_eq!(found.len(), 3);
    let info = ok("get_chat_item_info", async |api| api.get_chat_item_info(CONTACT, ChatItemId(8)).await).await;
    assert_eq!(info.item_versions.len(), 3);
    let info = ok("get_chat_item_info_group", async |api| api.get_chat_item_info(GROUP, ChatItemId(65)).await).await;
    let statuses = info.member_delivery_statuses.expect("statuses");
    assert!(matches!(statuses[0].member_delivery_status, GroupSndStatus::Rcvd { .. }), "{statuses:?}");
    ok("read_chat_items", async |api| api.read_chat_items(CONTACT, items(&[9, 11])).await).await;
    ok("read_chat", async |api| api.read_chat(CONTACT).await).await;
    let support = ChatRef::scoped(GROUP, GroupChatScope::MemberSupport(Some(GroupMemberId(2))));
    ok("read_support_chat", async |api| api.read_chat(support).await).await;
    ok("read_user", async |api| api.read_user(USER).await).await;
    ok("set_chat_unread", async |api| api.set_chat_unread(CONTACT, true).await).await;
    let info = ok("clear_chat", async |api| api.clear_chat(CONTACT).await).await;
    assert_eq!(info.chat_ref(), Some(CONTACT.into()));
    let full = |notify| ChatDeleteMode::Full { notify };
    let gone = ok("delete_contact", async |api| api.delete_chat(CONTACT, full(true)).await).await;
    assert!(matches!(gone, ChatDeletion::Contact(_)));
    let pending = ChatRef::Connection(ConnectionId(4));
    let gone = ok("delete_connection", async |api| api.delete_chat(pending, full(false)).await).await;
    assert!(matches!(gone, ChatDeletion::Connection(_)));
    let gone = ok("delete_group", async |api| api.delete_chat(GROUP, full(true)).await).await;
    assert!(matches!(gone, ChatDeletion::Group(_)));
    let settings = ChatSettings::new(MsgFilter::All).with_send_rcpts(false);
    ok("set_chat_settings", async |api| api.set_chat_settings(CONTACT, settings).await).await;
}

#[tokio::test]
async fn groups_are_listed_by_cores_of_either_spelling() {
    let core = core::mock::MockCore::new(|request: &Request| match request.text() {
        "/_groups 1" => &*recorded("list_groups_new").answer,
        "/_groups1" => &*recorded("list_groups_old").answer,
        "/_groups 1 @4 team" | "/_groups1 @4 team" => {
            r#"{"error":{"type":"error","errorType":{"type":"noActiveUser"}}}"#
        }
        other => panic!("{other}"),
    });
    let api = ChatApi::new(std::sync::Arc::new(core.clone()));
    api.list_groups(USER, None, None).await.expect("groups");
    assert_eq!(core.sent(), ["/_groups 1", "/_groups1"]);
    assert!(api.list_groups(USER, Some(CONTACT), Some("team")).await.expect_err("no user").is_no_active_user());
    assert_eq!(core.sent().len(), 3);
}

#[tokio::test]
async fn tags_and_times() {
    ok("get_chat_tags", async |api| api.get_chat_tags(USER).await).await;
    let tag = |text: &str, emoji: &str| ChatTagData::new(text).with_emoji(emoji);
    let tags = ok("create_chat_tag", async |api| api.create_chat_tag(tag("work", "📁")).await).await;
    assert_eq!((tags.len(), &*tags[0].chat_tag_text), (1, "work"));
    let id = ChatTagId(1);
    ok("update_chat_tag", async |api| api.update_chat_tag(id, tag("office", "💼")).await).await;
    ok("delete_chat_tag", async |api| api.delete_chat_tag(id).await).await;
    let ids = |ids: [i64; 2]| NonEmpty::new(ids.map(ChatTagId).to_vec()).expect("ids");
    ok("reorder_chat_tags", async |api| api.reorder_chat_tags(ids([2, 1])).await).await;
    let tags = ok("set_chat_tags", async |api| api.set_chat_tags(CONTACT, Some(ids([1, 2]))).await).await;
    assert_eq!(tags, [ChatTagId(1), ChatTagId(2)]);
    assert!(ok("set_chat_tags_none", async |api| api.set_chat_tags(CONTACT, None).await).await.is_empty());
    assert_eq!(ok("get_chat_item_ttl", async |api| api.get_chat_item_ttl(USER).await).await, None);
    ok("set_chat_item_ttl", async |api| api.set_chat_item_ttl(USER, NonZeroU32::new(86_400)).await).await;
    ok("set_chat_ttl", async |api| api.set_chat_ttl(USER, CONTACT, NonZeroU32::new(604_800)).await).await;
    ok("reset_chat_ttl", async |api| api.reset_chat_ttl(USER, CONTACT).await).await;
}

#[tokio::test]
async fn files() {
    let taken = ok("receive_file", async |api| api.receive_file(FileId(1)).await).await;
    assert!(matches!(taken, FileAcceptance::Accepted(_)));
    let command = cmd::ReceiveFile::new(FileId(8))
        .with_user_approved_relays(true)
        .with_store_encrypted(false)
        .with_file_inline(false)
        .with_file_path("/sxrec/30-files-xftp/bob_custom.bin");
    ok("accept_file", async |api| api.accept_file(&command).await).await;
    let command = cmd::ReceiveFile::new(FileId(1));
    let error = fails("receive_file_again", async |api| api.accept_file(&command).await).await;
    assert!(error.is_duplicate());
    let stopped = ok("cancel_sent_file", async |api| api.cancel_file(FileId(1)).await).await;
    assert!(matches!(stopped, FileCancellation::Sent(Some(_))));
    let stopped = ok("cancel_received_file", async |api| api.cancel_file(FileId(3)).await).await;
    assert!(matches!(stopped, FileCancellation::Received(Some(_))));
    let status = ok("get_file_status", async |api| api.get_file_status(FileId(1)).await).await;
    assert!(status.is_some());
    let meta = ok("upload", async |api| api.upload_standalone_file(USER, word("upload", 2)).await).await;
    assert_eq!(meta.file_size, 700_000);
    ok("download", async |api| api.download_standalone_file(USER, word("download", 2), word("download", 3)).await)
        .await;
    ok("download_info", async |api| api.standalone_file_info(word("download_info", 2)).await).await;
    ok("set_file_paths", async |api| api.set_file_paths(json("set_file_paths")).await).await;
    ok("set_files_folder", async |api| api.set_files_folder("/sxrec/f").await).await;
    ok("set_temp_folder", async |api| api.set_temp_folder("/sxrec/t").await).await;
}

#[tokio::test]
async fn groups() {
    let profile = |name: &str| GroupProfile::new(name, "");
    ok("new_group", async |api| api.new_group(USER, profile("grp")).await).await;
    ok("new_incognito_group", async |api| api.new_incognito_group(USER, profile("incog")).await).await;
    ok("update_group_profile", async |api| api.update_group_profile(GROUP, json("update_group_profile")).await).await;
    ok("add_member", async |api| api.add_member(GROUP, CONTACT, GroupMemberRole::Member).await).await;
    ok("join_group", async |api| api.join_group(GROUP).await).await;
    let member = GroupMemberId(2);
    ok("accept_member", async |api| api.accept_member(GROUP, member, GroupMemberRole::Member).await).await;
    ok("set_members_role", async |api| api.set_members_role(GROUP, members(&[3]), GroupMemberRole::Member).await).await;
    let gone = ok("remove_members", async |api| api.remove_members(GROUP, members(&[4]), false).await).await;
    assert_eq!(gone.len(), 1);
    ok("leave_group", async |api| api.leave_group(GROUP).await).await;
    ok("list_members", async |api| api.list_members(GROUP).await).await;
    let info: response::GroupInfo = ok("get_group_info", async |api| api.get_group_info(GROUP).await).await;
    assert_eq!(info.group_summary.expect("a summary").current_members, 3);
    let info = ok("get_group_member_info", async |api| api.get_group_member_info(GROUP, member).await).await;
    assert!(info.connection_stats.is_some());
    let group = ok("set_group_alias", async |api| api.set_group_alias(GROUP, Some("my group")).await).await;
    assert_eq!(group.local_alias, "my group");
    ok("delete_member_support_chat", async |api| api.delete_member_support_chat(GROUP, member).await).await;
    let link = ok("create_group_link", async |api| api.create_group_link(GROUP, GroupMemberRole::Member).await).await;
    assert!(link.link().starts_with("https://127.0.0.1/g#"));
    let observer = GroupMemberRole::Observer;
    ok("set_group_link_member_role", async |api| api.set_group_link_member_role(GROUP, observer).await).await;
    ok("delete_group_link", async |api| api.delete_group_link(GROUP).await).await;
    assert!(ok("get_group_link", async |api| api.get_group_link_str(GROUP).await).await.is_some());
    assert!(ok("get_group_link_none", async |api| api.get_group_link(GROUP).await).await.is_none());
    ok("add_group_short_link", async |api| api.add_group_short_link(GROUP).await).await;
    ok("create_member_contact", async |api| api.create_member_contact(GROUP, GroupMemberId(3)).await).await;
    sends(
        "invite_member_contact",
        r#"/_invite member contact @4 json {"type":"text","text":"hello carol directly"}"#,
        &recorded("invite_member_contact").answer,
        async |api| api.send_member_contact_invitation(CONTACT, Some("hello carol directly".into())).await,
    )
    .await
    .expect("an invitation");
    ok("accept_member_contact", async |api| api.accept_member_contact(CONTACT).await).await;
}

#[tokio::test]
async fn connections() {
    let link = ok("create_link", async |api| api.create_link(USER).await).await;
    assert!(link.link().starts_with("https://127.0.0.1/i#"));
    ok("create_link_incognito", async |api| api.create_invitation(USER, true).await).await;
    let (plan, _) = ok("connect_plan", async |api| api.connect_plan(USER, word("connect_plan", 3)).await).await;
    assert!(matches!(plan, ConnectionPlan::ContactAddress { .. }));
    // The core would say `invalidConnReq`; what is plainly no link does not get there.
    let error = nothing(async |api| api.connect_plan(USER, "abc").await).await;
    assert!(matches!(error, ApiError::Text(_)));
    let full = |name: &str, at| CreatedConnLink::new(word(name, at));
    let name = "connect_invitation";
    let made = ok(name, async |api| api.connect(USER, full(name, 2), false).await).await;
    assert!(matches!(made, Connecting::Invitation(_)));
    let name = "connect_address";
    let made = ok(name, async |api| api.connect(USER, full(name, 2), false).await).await;
    assert!(matches!(made, Connecting::Contact(_)));
    let name = "connect_incognito";
    ok(name, async |api| api.connect(USER, full(name, 3), true).await).await;
    let name = "connect_known";
    let made = ok(name, async |api| api.connect(USER, full(name, 2), false).await).await;
    assert!(matches!(made, Connecting::AlreadyExists(_)));
    let name = "connect_active_plan";
    let made = ok(name, async |api| api.connect_active_user(word(name, 1), false).await).await;
    assert!(matches!(made, Connecting::Plan(_)));
    let name = "connect_active_incognito";
    let made = ok(name, async |api| api.connect_active_user(word(name, 2), true).await).await;
    assert!(matches!(made, Connecting::Invitation(_)));
    let made = ok("connect_prepared", async |api| api.connect_prepared_contact(ContactId(5), false, None).await).await;
    assert_eq!(made.contact_id, ContactId(5));
}

#[tokio::test]
async fn requests_and_contacts() {
    let request = ContactRequestId(1);
    ok("accept_request", async |api| api.accept_contact_request(request).await).await;
    let error = fails("accept_request_unknown", async |api| api.accept_contact_request(request).await).await;
    assert!(error.is_not_found());
    let refused = fails("accept_request_incognito", async |api| api.accept_contact_request_incognito(request).await);
    assert!(!refused.await.is_not_parsed());
    ok("reject_request", async |api| api.reject_contact_request(request).await).await;
    let info = ok("get_contact_info", async |api| api.get_contact_info(CONTACT).await).await;
    assert!(info.connection_stats.expect("stats").ratchet_sync_supported);
    let unknown = fails("get_contact_info_unknown", async |api| api.get_contact_info(ContactId(99)).await).await;
    assert!(unknown.is_not_found());
    let code = ok("get_contact_code", async |api| api.get_contact_code(CONTACT).await).await;
    assert!(ok("verify_contact_right", async |api| api.verify_contact(CONTACT, Some(&code)).await).await);
    assert!(!ok("verify_contact_wrong", async |api| api.verify_contact(CONTACT, Some("12345")).await).await);
    let member = GroupMemberId(2);
    ok("get_group_member_code", async |api| api.get_group_member_code(GROUP, member).await).await;
    assert!(!ok("verify_group_member", async |api| api.verify_group_member(GROUP, member, None).await).await);
    let contact = ok("set_contact_alias", async |api| api.set_contact_alias(CONTACT, Some("My friend Bob")).await);
    assert_eq!(contact.await.profile.local_alias, "My friend Bob");
    let pending = ConnectionId(1);
    ok("set_connection_alias", async |api| api.set_connection_alias(pending, None).await).await;
    ok("set_connection_incognito", async |api| api.set_connection_incognito(pending, true).await).await;
    ok("switch_contact", async |api| api.switch_contact(CONTACT).await).await;
    ok("switch_group_member", async |api| api.switch_group_member(GROUP, member).await).await;
    fails("abort_switch", async |api| api.abort_switch_contact(CONTACT).await).await;
    ok("sync_contact", async |api| api.sync_contact_ratchet(CONTACT, true).await).await;
    ok("sync_group_member", async |api| api.sync_group_member_ratchet(GROUP, member, true).await).await;
    ok("enable_contact", async |api| api.enable_contact(CONTACT).await).await;
    ok("contact_queue_info", async |api| api.contact_queue_info(CONTACT).await).await;
    let error = fails("contact_queue_info_no_network", async |api| api.contact_queue_info(CONTACT).await).await;
    assert!(error.is_network() && error.is_temporary() && error.may_have_been_carried_out());
    ok("group_member_queue_info", async |api| api.group_member_queue_info(GROUP, member).await).await;
}

#[tokio::test]
async fn server() {
    let version = ok("version", async |api| api.version().await).await;
    assert_eq!(version.version, "6.4.5.1");
    ok("start_chat", async |api| api.start_chat().await).await;
    ok("start_chat_again", async |api| api.start_chat().await).await;
    ok("stop_chat", async |api| api.stop_chat().await).await;
    assert!(ok("is_chat_running", async |api| api.is_chat_running().await).await);
    assert!(!ok("is_chat_stopped", async |api| api.is_chat_running().await).await);
    ok("activate_chat", async |api| api.activate_chat().await).await;
    ok("suspend_chat", async |api| api.suspend_chat(Duration::from_micros(100)).await).await;
    let servers = ok("get_user_servers", async |api| api.get_user_servers(USER).await).await;
    assert_eq!(servers.len(), 3);
    let name = "set_user_servers";
    let wanted = || NonEmpty::new(json::<Vec<UserOperatorServers>>("set_user_servers")).expect("servers");
    ok(name, async |api| api.set_user_servers(USER, wanted()).await).await;
    let found = ok("validate_servers", async |api| api.validate_servers(USER, wanted()).await).await;
    assert!(found.server_errors.is_empty());
    assert!(ok("test_server", async |api| api.test_server(USER, word("test_server", 3)).await).await.is_none());
    let failing = "test_server_failing";
    let failure = ok(failing, async |api| api.test_server(USER, word(failing, 3)).await).await;
    assert_eq!(failure.expect("a failure").test_step, "connect");
    let error = fails("test_server_bad", async |api| api.test_server(USER, "smp://bad").await).await;
    assert!(error.is_not_parsed());
    ok("get_server_operators", async |api| api.get_server_operators().await).await;
    ok("get_usage_conditions", async |api| api.get_usage_conditions().await).await;
    ok("get_network_config", async |api| api.get_network_config().await).await;
    ok("set_network_config", async |api| api.set_network_config(json("set_network_config")).await).await;
    ok("set_network_info", async |api| api.set_network_info(json("set_network_info")).await).await;
    ok("get_network_statuses", async |api| api.get_network_statuses().await).await;
    ok("reconnect", async |api| api.reconnect_all_servers().await).await;
    ok("resubscribe", async |api| api.resubscribe_all_connections().await).await;
    let subs = ok("get_subscriptions", async |api| api.get_subscriptions().await).await;
    assert_eq!(subs.active_subs.values().sum::<i64>(), 1);
    let total = ok("get_subscriptions_total", async |api| api.get_subscriptions_total(USER).await).await;
    assert_eq!(total.subs_total.ss_pending, 2);
    ok("get_servers_summary", async |api| api.get_servers_summary(USER).await).await;
    ok("reset_servers_stats", async |api| api.reset_servers_stats().await).await;
    ok("get_queues_info", async |api| api.get_queues_info().await).await;
    ok("get_workers", async |api| api.get_workers_summary().await).await;
    ok("list_remote_hosts", async |api| api.list_remote_hosts().await).await;
    ok("list_remote_ctrls", async |api| api.list_remote_ctrls().await).await;
    ok("stop_remote_ctrl", async |api| api.stop_remote_ctrl().await).await;
}

#[tokio::test]
async fn database() {
    let config = || ArchiveConfig::new("/sxrec/35-database/a.zip");
    assert!(ok("export_archive", async |api| api.export_archive(config()).await).await.is_empty());
    fails("export_archive_running", async |api| api.export_archive(config()).await).await;
    ok("import_archive", async |api| api.import_archive(config()).await).await;
    ok("set_database_key", async |api| api.set_database_key("", "").await).await;
    let error = nothing(async |api| api.set_database_key("k1", "k2 with space 'q'").await).await;
    assert!(matches!(error, ApiError::NotSent { .. }));
    assert!(ok("test_database_key", async |api| api.test_database_key("k1").await).await);
    assert!(!ok("test_database_key_wrong", async |api| api.test_database_key("zz").await).await);
    ok("delete_storage", async |api| api.delete_storage().await).await;
}
