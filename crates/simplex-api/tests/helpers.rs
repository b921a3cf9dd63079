//! The helpers on types, which the official clients have as `util`.

#![allow(clippy::expect_used, clippy::panic, reason = "what fails here fails a test")]

mod common;

use common::{ok, part};
use simplex_api::types::*;

fn info(json: &str) -> ChatInfo {
    serde_json::from_str(json).expect("a chat")
}

fn item(text: &str) -> ChatItem {
    let recorded = part("send_messages", &["chatItems"]);
    let items: Vec<AChatItem> = serde_json::from_str(&recorded).expect("items");
    let mut item = items.into_iter().next().expect("an item").chat_item;
    let content = serde_json::json!({"type": "rcvMsgContent", "msgContent": {"type": "text", "text": text}});
    item.content = serde_json::from_value(content).expect("a content");
    item
}

#[test]
fn chats_have_names_and_references() {
    let contact = part("get_contact_info", &["contact"]);
    let direct = info(&format!(r#"{{"type":"direct","contact":{contact}}}"#));
    assert_eq!((&*direct.name(), direct.chat_ref()), ("@bob", Some(ContactId(4).into())));
    let group = part("get_group_info", &["groupInfo"]);
    let whole = info(&format!(r#"{{"type":"group","groupInfo":{group}}}"#));
    assert_eq!((&*whole.name(), whole.chat_ref()), ("#renamed2", Some(GroupId(1).into())));
    let member = part("get_group_member_info", &["member"]);
    let scope = format!(r#""groupChatScope":{{"type":"memberSupport","groupMember_":{member}}}"#);
    let support = info(&format!(r#"{{"type":"group","groupInfo":{group},{scope}}}"#));
    let scope = GroupChatScope::MemberSupport(Some(GroupMemberId(2)));
    assert_eq!(
        (&*support.name(), support.chat_ref()),
        ("#renamed2(support bob)", Some(ChatRef::scoped(GroupId(1), scope)))
    );
    let own = info(&format!(r#"{{"type":"group","groupInfo":{group},"groupChatScope":{{"type":"memberSupport"}}}}"#));
    assert_eq!(own.name(), "#renamed2(support)");
    assert_eq!(own.chat_ref(), Some(ChatRef::scoped(GroupId(1), GroupChatScope::MemberSupport(None))));
    // What was said in a part that is not known is not for the whole group.
    let later = r#""groupChatScope":{"type":"reports","groupMember_":{"groupMemberId":2}}"#;
    let later = info(&format!(r#"{{"type":"group","groupInfo":{group},{later}}}"#));
    assert_eq!(ChatRef::try_from(&later), Err(NoChatRef));
    // A member who cannot be read is not oneself.
    let scope = r#""groupChatScope":{"type":"memberSupport","groupMember_":{}}"#;
    let unread = ChatInfo::decode_first(&format!(r#"{{"type":"group","groupInfo":{group},{scope}}}"#));
    assert!(matches!(unread.value, ChatInfo::Group { .. }) && unread.lost[0].kept);
    assert_eq!(unread.value.chat_ref(), None);
    let request = part("reject_request", &["contactRequest"]);
    let request = info(&format!(r#"{{"type":"contactRequest","contactRequest":{request}}}"#));
    assert!(request.name().starts_with("request from @"));
    assert_eq!(ChatRef::try_from(&request), Err(NoChatRef));
    let pending = part("set_connection_alias", &["toConnection"]);
    let pending = info(&format!(r#"{{"type":"contactConnection","contactConnection":{pending}}}"#));
    assert_eq!(
        (&*pending.name(), pending.chat_ref()),
        ("pending connection", Some(ChatRef::Connection(ConnectionId(1))))
    );
    let later = info(r#"{"type":"swarm","swarm":{}}"#);
    assert_eq!((&*later.name(), later.chat_ref()), ("<swarm>", None));
}

#[tokio::test]
async fn items_have_texts_and_senders() {
    let notes = ok("create_notes", async |api| {
        let notes = vec![ComposedMessage::text("note one"), ComposedMessage::text("note two")];
        api.create_chat_items(NoteFolderId(1), NonEmpty::try_from(notes).expect("notes")).await
    });
    let notes = notes.await;
    assert_eq!((&*notes[0].sender_name(), notes[0].text()), ("private notes", Some("note one")));
    let mut later = item("");
    let content = serde_json::json!({"type": "rcvMsgContent", "msgContent": {"type": "poll", "text": "which?"}});
    later.content = serde_json::from_value(content).expect("a content");
    later.meta.item_text = "which?".into();
    assert_eq!(later.text(), Some("which?"), "content of a later core");
}

#[test]
fn commands_are_told_from_paths_and_their_parameters_may_span_lines() {
    for (text, command) in [
        ("/help", Some(("help", ""))),
        ("  /ban @bob  for spam ", Some(("ban", "@bob  for spam"))),
        ("/note first\nsecond", Some(("note", "first\nsecond"))),
        ("/note\nfirst", Some(("note", "first"))),
        ("/été_2 x", Some(("été_2", "x"))),
        ("/usr/bin", None),
        ("//", None),
        ("/", None),
        ("https://example.org/x", None),
        ("no /command", None),
        ("", None),
    ] {
        assert_eq!(item(text).bot_command(), command, "{text:?}");
    }
}
