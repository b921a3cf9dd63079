//! What the official clients get wrong, one test each.
//!
//! Their clients' waits (`connect_to`, `send_and_wait`) and filters by name are not of this layer.

#![allow(clippy::expect_used, clippy::panic, reason = "what fails here fails a test")]

mod common;

use std::sync::Arc;
use std::time::Duration;

use common::{made, ok, part, recorded, sends, word};
use simplex_api::core::mock::{Answer, MockCore};
use simplex_api::types::*;
use simplex_api::types::{Command, cmd};
use simplex_api::*;

const USER: UserId = UserId(1);
const CONTACT: ContactId = ContactId(4);

#[tokio::test]
async fn an_edit_that_changes_nothing_is_no_error() {
    let item = ChatItemId(8);
    let update =
        ok("update_chat_item_same", async |api| api.update_chat_item(CONTACT, item, "first, edited").await).await;
    assert!(matches!(update, ItemUpdate::NotChanged(_)));
}

#[tokio::test]
async fn a_file_that_its_sender_took_back_is_no_error() {
    let answer = made("rcvFileAcceptedSndCancelled", &[("rcvFileTransfer", part("download", &["rcvFileTransfer"]))]);
    let command = "/freceive 9 approved_relays=on";
    let taken = sends("receive", command, answer, async |api| api.receive_file(FileId(9)).await).await;
    assert!(matches!(taken, Ok(FileAcceptance::SenderCancelled(file)) if file.file_id == FileId(9)));
}

#[tokio::test]
async fn a_profile_that_is_the_same_is_no_error() {
    let same = ok("update_profile_same", async |api| api.update_profile(USER, Profile::new("alice", "")).await).await;
    assert!(same.is_none());
    let answer = &*recorded("update_profile_same").answer;
    let shown =
        sends("shown", "/_profile_address 1 on", answer, async |api| api.set_profile_address(USER, true).await).await;
    assert!(shown.expect("an answer").is_none());
}

#[tokio::test]
async fn a_pending_connection_can_be_deleted() {
    let pending = ChatRef::Connection(ConnectionId(4));
    let mode = ChatDeleteMode::Full { notify: false };
    let gone = ok("delete_connection", async |api| api.delete_chat(pending, mode).await).await;
    assert!(matches!(gone, ChatDeletion::Connection(_)));
}

#[tokio::test]
async fn a_link_that_is_known_is_answered_with_its_plan_or_contact() {
    let name = "connect_active_plan";
    let made = ok(name, async |api| api.connect_active_user(word(name, 1), false).await).await;
    assert!(matches!(made, Connecting::Plan(_)));
    let name = "connect_known";
    let made = ok(name, async |api| api.connect(USER, CreatedConnLink::new(word(name, 2)), false).await).await;
    assert!(matches!(made, Connecting::AlreadyExists(_)));
}

#[tokio::test]
async fn a_reaction_succeeds() {
    let thumb = MsgReaction::emoji("👍");
    let reaction =
        ok("chat_item_reaction", async |api| api.chat_item_reaction(GroupId(1), ChatItemId(26), true, thumb).await);
    assert_eq!(reaction.await.as_text(), "👍");
}

#[test]
fn incognito_reaches_the_core() {
    let link = CreatedConnLink::new("simplex:/contact#/?x=1");
    for (text, expected) in [
        (cmd::AddContact::new(USER).with_incognito(true).text(), "/_connect 1 incognito=on"),
        (cmd::Connect::new(USER, link).with_incognito(true).text(), "/_connect 1 incognito=on simplex:/contact#/?x=1"),
        (cmd::ConnectLink::new("https://a/b").with_incognito(true).text(), "/connect incognito https://a/b"),
        (cmd::AcceptContact::new(ContactRequestId(3)).with_incognito(true).text(), "/_accept incognito=on 3"),
        (
            cmd::NewGroup::new(USER, GroupProfile::new("g", "")).with_incognito(true).text(),
            r#"/_group 1 incognito=on {"displayName":"g","fullName":""}"#,
        ),
    ] {
        assert_eq!(text.expect("a command"), expected);
    }
}

#[test]
fn what_their_methods_leave_out_can_be_said() {
    let scoped = ChatRef::scoped(GroupId(2), GroupChatScope::MemberSupport(Some(GroupMemberId(5))));
    let message = ComposedMessage::text("@bob look").mentioning("bob", GroupMemberId(5));
    let command = cmd::SendMessages::new(scoped, message.clone().into()).with_ttl(60).with_sign_messages(true);
    let json = r#"[{"msgContent":{"type":"text","text":"@bob look"},"mentions":{"bob":5}}]"#;
    assert_eq!(command.text().expect("a command"), format!("/_send #2(_support:5) ttl=60 sign=on json {json}"));
    let mut update = UpdatedMessage::from("@bob look");
    update.mentions.insert("bob".into(), GroupMemberId(5));
    let text = cmd::UpdateChatItem::new(scoped, ChatItemId(9), update).text().expect("a command");
    assert!(text.starts_with("/_update item #2(_support:5) 9 json ") && text.contains(r#""mentions":{"bob":5}"#));
    let command = cmd::ForwardChatItems::new(GroupId(2).into(), ContactId(4).into(), ChatItemId(9).into());
    assert_eq!(command.with_as_group(true).text().expect("a command"), "/_forward #2 as_group=on @4 9");
    let command = cmd::ReceiveFile::new(FileId(3)).with_store_encrypted(true).with_file_path("/tmp/a file");
    assert_eq!(command.text().expect("a command"), "/freceive 3 encrypt=on /tmp/a file");
}

#[test]
fn a_profile_sent_back_keeps_what_is_not_known() {
    let local = r#"{"profileId":1,"displayName":"a","fullName":"","localAlias":"","description":"d","pronouns":"x"}"#;
    let local: LocalProfile = serde_json::from_str(local).expect("a profile");
    let back = serde_json::to_value(local.to_profile()).expect("JSON");
    assert_eq!(back["description"], "d");
    assert_eq!(back["pronouns"], "x");
    assert!(back.get("profileId").is_none());
}

#[test]
fn an_error_among_the_events_is_an_event() {
    let frame =
        Frame::parse(r#"{"error":{"type":"errorStore","storeError":{"type":"connectionNotFound","agentConnId":"x"}}}"#);
    assert!(matches!(Event::decode(&frame).expect("an event").value, Event::ChatError(_)));
}

#[tokio::test(start_paused = true)]
async fn commands_run_side_by_side() {
    let answer = &recorded("list_contacts").answer;
    let slow = move |_: &Request| Answer::After(Duration::from_millis(500), answer.clone());
    let api = ChatApi::new(Arc::new(MockCore::new(slow)));
    let start = tokio::time::Instant::now();
    let mut all = tokio::task::JoinSet::new();
    for _ in 0..50 {
        let api = api.clone();
        all.spawn(async move { api.list_contacts(USER).await.is_ok() });
    }
    assert!(all.join_all().await.into_iter().all(|ok| ok));
    assert_eq!(start.elapsed(), Duration::from_millis(500));
}

#[tokio::test]
async fn a_sent_message_is_never_claimed_to_have_failed() {
    // The answer lacks what no item can be without.
    let answer = made("newChatItems", &[("chatItems", r#"{"later":"shape"}"#.to_owned())]);
    let api = ChatApi::new(Arc::new(MockCore::new(move |_| answer)));
    let error = api.send_text_message(CONTACT, "once", None).await.expect_err("an answer of a later core");
    assert!(matches!(error, ApiError::Unexpected { .. }) && error.may_have_been_carried_out(), "{error}");
    assert_eq!(error.raw_answer(), Some(answer));
    assert!(error.to_string().contains("may have been carried out"), "{error}");
}
