//! The api's methods through the simulated core, loaded as the real one is.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "what fails here fails a test")]

use std::num::NonZeroU32;
use std::path::Path;
use std::sync::Arc;

use simplex_bot::api::types::*;
use simplex_bot::api::{ChatApi, ChatDeletion, Connecting, FileAcceptance, FileCancellation, ItemUpdate, SendOutcome};
use simplex_bot::core::native::lib::Db;
use simplex_bot::core::native::{Confirm, LibSource, NativeCore, NativeOptions, RuntimeOptions, load};
use simplex_bot::core::{ChatCore, CoreEvent};
use simplex_e2e::{DEADLINE, simulated_library};
use tokio::time::timeout;

struct Party {
    core: Arc<dyn ChatCore>,
    api: ChatApi,
    user: UserId,
}

impl Party {
    async fn open(folder: &Path, name: &str) -> Self {
        let library = load(LibSource::path(simulated_library()), RuntimeOptions::default(), |_| {}).await.unwrap();
        let db = Db::sqlite(folder.join(name));
        let core = NativeCore::open(library, db, Confirm::YesUp, NativeOptions::default()).await.unwrap();
        let core: Arc<dyn ChatCore> = Arc::new(core);
        let api = ChatApi::new(Arc::clone(&core));
        assert!(api.get_active_user().await.unwrap().is_none());
        let user = api.create_active_user(Some(Profile::new(name, ""))).await.unwrap().user_id;
        assert!(!api.is_chat_running().await.unwrap());
        api.start_chat().await.unwrap();
        assert!(api.is_chat_running().await.unwrap());
        Self { core, api, user }
    }

    /// The next event that `wanted` takes something from.
    async fn next<T>(&self, mut wanted: impl FnMut(Event) -> Option<T>) -> T {
        let next = async {
            loop {
                let Some(CoreEvent::Frame(frame)) = self.core.recv().await else { panic!("the core ended") };
                if let Some(found) = wanted(Event::decode(&frame).unwrap().value) {
                    return found;
                }
            }
        };
        timeout(DEADLINE, next).await.expect("the event in time")
    }

    /// The next message with this text.
    async fn receive(&self, text: &str) -> AChatItem {
        self.next(|event| match event {
            Event::NewChatItems(event) => event.chat_items.into_iter().find(|item| {
                matches!(item.chat_item.content, CiContent::RcvMsgContent { .. }) && item.text() == Some(text)
            }),
            _ => None,
        })
        .await
    }

    async fn connected(&self) -> ContactId {
        self.next(|event| match event {
            Event::ContactConnected(event) => Some(event.contact.contact_id),
            _ => None,
        })
        .await
    }
}

async fn pair(folder: &Path) -> (Party, Party) {
    (Party::open(folder, "alice").await, Party::open(folder, "bob").await)
}

/// Two parties and the contact that each is to the other.
async fn contacts(folder: &Path) -> (Party, Party, ContactId, ContactId) {
    let (alice, bob) = pair(folder).await;
    let link = alice.api.create_link(alice.user).await.unwrap();
    let made = bob.api.connect_active_user(link.link(), false).await.unwrap();
    assert!(matches!(made, Connecting::Invitation(_)));
    let (of_alice, of_bob) = (alice.connected().await, bob.connected().await);
    (alice, bob, of_alice, of_bob)
}

fn one<T>(element: T) -> NonEmpty<T> {
    NonEmpty::one(element)
}

#[tokio::test]
async fn profiles() {
    let folder = tempfile::tempdir().unwrap();
    let alice = Party::open(folder.path(), "alice").await;
    let (api, user) = (&alice.api, alice.user);
    assert!(api.version().await.unwrap().version.starts_with(char::is_numeric));
    let error = api.create_active_user(Some(Profile::new("alice", ""))).await.unwrap_err();
    assert!(error.is_duplicate(), "{error}");
    assert!(api.update_profile(user, Profile::new("alice", "Alice Liddell")).await.unwrap().is_some());
    assert!(api.update_profile(user, Profile::new("alice", "Alice Liddell")).await.unwrap().is_none());
    let second = api.create_active_user(Some(Profile::new("second", ""))).await.unwrap().user_id;
    assert_eq!(api.list_users().await.unwrap().len(), 2);
    let error = api.list_contacts(user).await.unwrap_err();
    assert!(error.is_different_active_user());
    api.hide_user(second, "secret").await.unwrap();
    api.set_active_user(user, None).await.unwrap();
    api.set_active_user(second, Some("wrong")).await.unwrap_err();
    assert_eq!(api.for_hidden_user(second, "secret").get_active_user().await.unwrap().unwrap().user_id, second);
    api.set_active_user(user, None).await.unwrap();
    api.unhide_user(second, "secret").await.unwrap();
    api.mute_user(second).await.unwrap();
    api.unmute_user(second).await.unwrap();
    api.set_contact_receipts(user, true, false).await.unwrap();
    api.set_group_receipts(user, true, true).await.unwrap();
    api.set_all_receipts(true).await.unwrap();
    api.set_auto_accept_member_contacts(user, true).await.unwrap();
    api.set_chat_item_ttl(user, NonZeroU32::new(3600)).await.unwrap();
    assert_eq!(api.get_chat_item_ttl(user).await.unwrap(), Some(3600));
    api.set_chat_item_ttl(user, None).await.unwrap();
    assert_eq!(api.get_chat_item_ttl(user).await.unwrap(), None);
    api.delete_user(second, true, None).await.unwrap();
    assert_eq!(api.list_users().await.unwrap().len(), 1);
    api.stop_chat().await.unwrap();
    assert!(api.list_contacts(user).await.unwrap_err().is_chat_not_started());
    alice.core.close(DEADLINE).await.unwrap();
}

#[tokio::test]
async fn addresses_and_requests() {
    let folder = tempfile::tempdir().unwrap();
    let (alice, bob) = pair(folder.path()).await;
    let (api, user) = (&alice.api, alice.user);
    assert!(api.get_user_address(user).await.unwrap().is_none());
    assert!(api.delete_user_address(user).await.unwrap_err().is_not_found());
    let link = api.create_user_address(user).await.unwrap();
    assert!(api.create_user_address(user).await.unwrap_err().is_duplicate());
    assert_eq!(api.get_user_address(user).await.unwrap().unwrap().link(), link.link());
    assert!(api.set_profile_address(user, true).await.unwrap().is_some());
    api.add_address_short_link(user).await.unwrap();

    let (plan, _) = bob.api.connect_plan(bob.user, link.link()).await.unwrap();
    assert!(matches!(plan, ConnectionPlan::ContactAddress { .. }));
    bob.api.connect_plan(bob.user, "https://nowhere").await.unwrap_err();
    assert!(matches!(bob.api.connect(bob.user, link.clone(), false).await.unwrap(), Connecting::Contact(_)));
    let request = async || {
        alice
            .next(|event| match event {
                Event::ReceivedContactRequest(event) => Some(event.contact_request.contact_request_id),
                _ => None,
            })
            .await
    };
    let asked = request().await;
    api.accept_contact_request(asked).await.unwrap();
    assert!(api.accept_contact_request(ContactRequestId(999)).await.unwrap_err().is_not_found());
    bob.connected().await;
    assert!(matches!(bob.api.connect(bob.user, link.clone(), false).await.unwrap(), Connecting::AlreadyExists(_)));
    assert!(matches!(bob.api.connect_active_user(link.link(), false).await.unwrap(), Connecting::Plan(_)));

    let carol = Party::open(folder.path(), "carol").await;
    carol.api.connect(carol.user, link, true).await.unwrap();
    api.reject_contact_request(request().await).await.unwrap();
    let settings = AddressSettings::new().with_auto_accept(AutoAccept::new());
    assert!(api.set_address_settings(user, settings).await.unwrap().address_settings.auto_accept.is_some());
    api.delete_user_address(user).await.unwrap();

    let pending = api.create_invitation(user, false).await.unwrap().connection.pcc_conn_id;
    assert_eq!(api.set_connection_alias(pending, Some("for dave")).await.unwrap().local_alias, "for dave");
    assert!(api.set_connection_incognito(pending, true).await.unwrap().custom_user_profile_id.is_some());
    let gone = api.delete_chat(ChatRef::Connection(pending), ChatDeleteMode::Full { notify: false }).await.unwrap();
    assert!(matches!(gone, ChatDeletion::Connection(_)));
    assert!(api.set_connection_alias(pending, None).await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn messages() {
    let folder = tempfile::tempdir().unwrap();
    let (alice, bob, bobs, alices) = contacts(folder.path()).await;
    let api = &alice.api;
    let sent = api.send_text_message(bobs, "first", None).await.unwrap();
    let first = sent[0].id();
    let got = bob.receive("first").await;
    bob.api.send_text_reply(&got, "answer").await.unwrap();
    let answer = alice.receive("answer").await;
    assert!(answer.chat_item.quoted_item.is_some());
    assert!(matches!(api.update_chat_item(bobs, first, "changed").await.unwrap(), ItemUpdate::Updated(_)));
    assert!(matches!(api.update_chat_item(bobs, first, "changed").await.unwrap(), ItemUpdate::NotChanged(_)));
    api.update_chat_item(bobs, answer.id(), "not mine").await.unwrap_err();
    let reaction = api.chat_item_reaction(bobs, answer.id(), true, MsgReaction::emoji("👍")).await.unwrap();
    assert_eq!(reaction.as_text(), "👍");
    api.chat_item_reaction(bobs, answer.id(), true, MsgReaction::emoji("👍")).await.unwrap_err();

    let live = cmd::SendMessages::new(bobs.into(), one("typing".into())).with_live_message(true);
    let live = api.send(&live).await.unwrap()[0].id();
    assert!(matches!(api.update_live_chat_item(bobs, live, "typing on", true).await.unwrap(), ItemUpdate::Updated(_)));
    let done = api.update_live_chat_item(bobs, live, "typed", false).await.unwrap().into_item();
    assert_ne!(done.chat_item.meta.item_live, Some(true));
    let timed = cmd::SendMessages::new(bobs.into(), one("soon gone".into())).with_ttl(3600);
    assert!(api.send(&timed).await.unwrap()[0].chat_item.meta.item_timed.is_some());

    let long = "All work and no play. ".repeat(2_000);
    assert!(api.send_text_message(bobs, &long, None).await.is_err());
    let pieces = api.send_split_text(bobs, &long).await.unwrap();
    assert_eq!((pieces.len(), pieces.is_complete()), (3, true));
    assert_eq!(pieces.outcomes()[2], SendOutcome::Sent(2));
    let error = api.send_text_message(bobs, "quotes nothing", Some(ChatItemId(9_999))).await.unwrap_err();
    assert!(error.is_not_found());
    assert!(api.send_text_message(ContactId(99), "nobody", None).await.unwrap_err().is_not_found());

    assert_eq!(api.plan_forward_chat_items(bobs, one(first)).await.unwrap().chat_item_ids, [first]);
    assert_eq!(api.forward_chat_items(bobs, bobs, one(first), None).await.unwrap().len(), 1);
    let notes = NoteFolderId(1);
    let note = api.create_chat_items(notes, one("remember".into())).await.unwrap();
    assert_eq!(note[0].chat_ref(), Some(ChatRef::Local(notes)));
    let gone = api.delete_chat_items(bobs, one(first), CiDeleteMode::Broadcast).await.unwrap();
    assert_eq!(gone.len(), 1);
    let versions = api.get_chat_item_info(bobs, live).await.unwrap().item_versions;
    assert!(!versions.is_empty());

    let chat = bob.api.get_chat(alices, ChatPagination::Initial { count: 10 }).await.unwrap();
    assert!(chat.chat_stats.unread_count > 0);
    bob.api.read_chat_items(alices, one(got.id())).await.unwrap();
    bob.api.read_chat(alices).await.unwrap();
    bob.api.read_user(bob.user).await.unwrap();
    bob.api.set_chat_unread(alices, true).await.unwrap();
    let unread = bob.api.get_chats(bob.user, 20, true).await.unwrap();
    assert_eq!(unread.len(), 1, "flagged as unread");
    let found = bob.api.search_chat(alices, ChatPagination::Last { count: 5 }, "typed").await.unwrap();
    assert_eq!(found.chat_items.len(), 1);
    assert!(!bob.api.get_chat_items(ChatPagination::Last { count: 3 }, None).await.unwrap().is_empty());
    bob.api.clear_chat(alices).await.unwrap();
    let empty = bob.api.get_chat(alices, ChatPagination::Last { count: 10 }).await.unwrap();
    // The banner of the chat stays.
    assert!(empty.chat_items.iter().all(|item| item.msg_content().is_none()), "{:?}", empty.chat_items);
}

#[tokio::test]
async fn contacts_tags_and_settings() {
    let folder = tempfile::tempdir().unwrap();
    let (alice, bob, bobs, alices) = contacts(folder.path()).await;
    let (api, user) = (&alice.api, alice.user);
    assert_eq!(api.list_contacts(user).await.unwrap().len(), 1);
    assert!(api.list_groups(user, None, None).await.unwrap().is_empty());
    assert_eq!(api.set_contact_alias(bobs, Some("Bobby")).await.unwrap().profile.local_alias, "Bobby");
    let prefs = Preferences::new().with_voice(SimplePreference::new(FeatureAllowed::No));
    api.set_contact_prefs(bobs, prefs).await.unwrap();
    api.set_chat_settings(bobs, ChatSettings::new(MsgFilter::None).with_favorite(true)).await.unwrap();
    let query = cmd::GetChats::new(user).with_query(ChatListQuery::filters(true, false));
    assert_eq!(api.find_chats(&query).await.unwrap().len(), 1);
    let contact = api.get_contact_info(bobs).await.unwrap().contact;
    api.merge_contact_custom_data(&contact, "visits", RawJson::new("1").unwrap()).await.unwrap();
    let contact = api.get_contact_info(bobs).await.unwrap().contact;
    api.merge_contact_custom_data(&contact, "name", RawJson::new("\"x\"").unwrap()).await.unwrap();
    let contact = api.get_contact_info(bobs).await.unwrap().contact;
    assert_eq!(contact.custom_data.unwrap().get(), r#"{"name":"x","visits":1}"#);
    api.set_contact_custom_data(bobs, None).await.unwrap();
    assert!(api.get_contact_info(bobs).await.unwrap().contact.custom_data.is_none());
    let code = api.get_contact_code(bobs).await.unwrap();
    assert_eq!(code, bob.api.get_contact_code(alices).await.unwrap());
    assert!(api.verify_contact(bobs, Some(&code)).await.unwrap());
    assert!(!api.verify_contact(bobs, Some("12345")).await.unwrap());
    api.switch_contact(bobs).await.unwrap();
    api.sync_contact_ratchet(bobs, true).await.unwrap();
    api.enable_contact(bobs).await.unwrap();
    api.set_chat_ttl(user, bobs, NonZeroU32::new(60)).await.unwrap();
    api.reset_chat_ttl(user, bobs).await.unwrap();
    assert!(api.get_contact_info(ContactId(99)).await.unwrap_err().is_not_found());

    let tags = api.create_chat_tag(ChatTagData::new("work").with_emoji("📁")).await.unwrap();
    let tag = tags[0].chat_tag_id;
    api.create_chat_tag(ChatTagData::new("work").with_emoji("📁")).await.unwrap_err();
    api.update_chat_tag(tag, ChatTagData::new("office").with_emoji("💼")).await.unwrap();
    assert_eq!(api.set_chat_tags(bobs, Some(one(tag))).await.unwrap(), [tag]);
    api.reorder_chat_tags(one(tag)).await.unwrap();
    assert_eq!(api.get_chat_tags(user).await.unwrap()[0].chat_tag_text, "office");
    assert!(api.set_chat_tags(bobs, None).await.unwrap().is_empty());
    api.delete_chat_tag(tag).await.unwrap();

    let full = ChatDeleteMode::Full { notify: true };
    assert!(matches!(api.delete_chat(bobs, full).await.unwrap(), ChatDeletion::Contact(_)));
    assert!(api.list_contacts(user).await.unwrap().is_empty());
    assert!(api.delete_chat(bobs, full).await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn groups() {
    let folder = tempfile::tempdir().unwrap();
    let (alice, bob, bobs, _) = contacts(folder.path()).await;
    let (api, user) = (&alice.api, alice.user);
    let group = api.new_group(user, GroupProfile::new("team", "")).await.unwrap().group_id;
    assert!(api.get_group_link(group).await.unwrap().is_none());
    let link = api.create_group_link(group, GroupMemberRole::Member).await.unwrap();
    assert!(api.create_group_link(group, GroupMemberRole::Member).await.unwrap_err().is_duplicate());
    assert_eq!(api.get_group_link_str(group).await.unwrap().as_deref(), Some(link.link()));
    api.set_group_link_member_role(group, GroupMemberRole::Observer).await.unwrap();
    api.delete_group_link(group).await.unwrap();

    let member = api.add_member(group, bobs, GroupMemberRole::Member).await.unwrap().group_member_id;
    let invited = bob
        .next(|event| match event {
            Event::ReceivedGroupInvitation(event) => Some(event.group_info.group_id),
            _ => None,
        })
        .await;
    bob.api.join_group(invited).await.unwrap();
    assert!(bob.api.join_group(invited).await.unwrap_err().is_duplicate());
    alice.next(|event| matches!(event, Event::JoinedGroupMember(_)).then_some(())).await;
    assert_eq!(api.list_members(group).await.unwrap().len(), 1);
    assert!(api.add_member(group, bobs, GroupMemberRole::Member).await.unwrap_err().is_duplicate());
    assert_eq!(api.list_groups(user, None, Some("team")).await.unwrap().len(), 1);
    assert_eq!(api.get_group_info(group).await.unwrap().group_info.group_id, group);
    api.get_group_member_info(group, member).await.unwrap();
    assert_eq!(api.set_group_alias(group, Some("ours")).await.unwrap().local_alias, "ours");
    let profile = GroupProfile::new("team", "The team");
    assert_eq!(api.update_group_profile(group, profile).await.unwrap().group_profile.full_name, "The team");
    let info = api.get_group_info(group).await.unwrap().group_info;
    api.merge_group_custom_data(&info, "plan", RawJson::new("\"free\"").unwrap()).await.unwrap();
    api.set_group_custom_data(group, None).await.unwrap();
    api.set_member_settings(group, member, GroupMemberSettings::new().with_show_messages(true)).await.unwrap();
    let code = api.get_group_member_code(group, member).await.unwrap();
    assert!(api.verify_group_member(group, member, Some(&code)).await.unwrap());
    api.switch_group_member(group, member).await.unwrap();
    api.sync_group_member_ratchet(group, member, true).await.unwrap();

    bob.api.send_text_message(invited, "to the team", None).await.unwrap();
    let item = alice.receive("to the team").await;
    assert_eq!(item.sender_name(), "#team @bob");
    api.chat_item_reaction(group, item.id(), true, MsgReaction::emoji("🚀")).await.unwrap();
    let reacted = api.get_reaction_members(user, group, item.id(), MsgReaction::emoji("🚀")).await.unwrap();
    assert_eq!(reacted.len(), 1);
    assert_eq!(api.delete_member_chat_item(group, one(item.id())).await.unwrap().len(), 1);

    let promoted = api.set_members_role(group, one(member), GroupMemberRole::Admin).await.unwrap();
    assert_eq!(promoted[0].member_role, GroupMemberRole::Admin);
    assert_eq!(api.block_members_for_all(group, one(member), true).await.unwrap().len(), 1);
    assert!(api.remove_members(group, one(GroupMemberId(999)), false).await.unwrap_err().is_not_found());
    assert_eq!(api.remove_members(group, one(member), true).await.unwrap().len(), 1);
    let full = ChatDeleteMode::Full { notify: true };
    assert!(matches!(api.delete_chat(group, full).await.unwrap(), ChatDeletion::Group(_)));
    let other = api.new_incognito_group(user, GroupProfile::new("masked", "")).await.unwrap().group_id;
    api.leave_group(other).await.unwrap();
}

#[tokio::test]
async fn files() {
    let folder = tempfile::tempdir().unwrap();
    let (alice, bob, bobs, _) = contacts(folder.path()).await;
    for (party, name) in [(&alice, "alice"), (&bob, "bob")] {
        let path = |kind: &str| {
            let path = folder.path().join(format!("{name} {kind}"));
            std::fs::create_dir_all(&path).unwrap();
            path.to_str().unwrap().to_owned()
        };
        let (files, temp) = (path("files"), path("temp"));
        party.api.set_file_paths(AppFilePaths::new(&files, &temp, &temp)).await.unwrap();
        party.api.set_files_folder(&files).await.unwrap();
        party.api.set_temp_folder(&temp).await.unwrap();
    }
    std::fs::write(folder.path().join("alice files/report.txt"), vec![b'x'; 1000]).unwrap();
    let error = alice.api.send_messages(bobs, one(ComposedMessage::file("none.txt", ""))).await.unwrap_err();
    assert!(error.is_not_found());
    alice.api.send_messages(bobs, one(ComposedMessage::file("report.txt", "the report"))).await.unwrap();
    let item = bob.receive("the report").await;
    let file = item.chat_item.file.unwrap().file_id;
    assert!(bob.api.get_file_status(file).await.unwrap().is_some());
    assert!(matches!(bob.api.receive_file(file).await.unwrap(), FileAcceptance::Accepted(_)));
    assert!(bob.api.receive_file(file).await.is_err());
    bob.next(|event| matches!(event, Event::RcvFileComplete(_)).then_some(())).await;
    assert!(bob.api.receive_file(FileId(999)).await.unwrap_err().is_not_found());
    alice.api.send_messages(bobs, one(ComposedMessage::file("report.txt", "again"))).await.unwrap();
    let item = bob.receive("again").await;
    let file = item.chat_item.file.unwrap().file_id;
    let sent = alice.api.get_chat(bobs, ChatPagination::Last { count: 1 }).await.unwrap().chat_items;
    let sent = sent[0].file.as_ref().unwrap().file_id;
    assert!(matches!(alice.api.cancel_file(sent).await.unwrap(), FileCancellation::Sent(_)));
    alice.api.cancel_file(sent).await.unwrap_err();
    bob.next(|event| matches!(event, Event::RcvFileSndCancelled(_)).then_some(())).await;
    assert!(bob.api.receive_file(file).await.is_err());
}
