//! Whatever is put into a command, the core reads what was meant, or the command is refused here: the simulated core's
//! parser, which recorded malformed commands hold to the real one, is the judge.

#![allow(clippy::expect_used, clippy::panic, reason = "what fails here fails a test")]

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use simplex_api::Request;
use simplex_api::types::*;
use simplex_api::types::{Command, cmd};
use simplex_sim::Json;
use simplex_sim::content::{self, Content};
use simplex_sim::parser::{self as sim, parse};

/// What a command is made of.
#[derive(Debug, Clone)]
struct Args {
    ids: [i64; 3],
    list: Vec<i64>,
    on: [bool; 3],
    text: String,
    other: String,
    number: u32,
    role: usize,
    chat: usize,
}

/// A command's text or why there is none, and what the core has to read.
struct Case {
    name: &'static str,
    text: Result<String, String>,
    meant: sim::Command,
}

fn case<C: Command>(command: &C, meant: sim::Command) -> Case {
    let text = command.text().map_err(|error| error.to_string());
    let text = text.and_then(|text| match Request::new(text) {
        Ok(request) => Ok(request.text().to_owned()),
        Err(error) => Err(error.to_string()),
    });
    Case { name: C::NAME, text, meant }
}

impl Args {
    fn roles(&self) -> (GroupMemberRole, sim::Role) {
        match self.role % 5 {
            0 => (GroupMemberRole::Observer, sim::Role::Observer),
            1 => (GroupMemberRole::Member, sim::Role::Member),
            2 => (GroupMemberRole::Moderator, sim::Role::Moderator),
            3 => (GroupMemberRole::Admin, sim::Role::Admin),
            _ => (GroupMemberRole::Owner, sim::Role::Owner),
        }
    }

    fn chats(&self) -> (ChatRef, sim::ChatRef) {
        let [a, b, _] = self.ids;
        match self.chat % 6 {
            0 => (ContactId(a).into(), sim::ChatRef::Direct(a)),
            1 => (GroupId(a).into(), sim::ChatRef::Group(a, sim::Scope::Main)),
            2 => (
                ChatRef::scoped(GroupId(a), GroupChatScope::MemberSupport(None)),
                sim::ChatRef::Group(a, sim::Scope::Support(None)),
            ),
            3 => (
                ChatRef::scoped(GroupId(a), GroupChatScope::MemberSupport(Some(GroupMemberId(b)))),
                sim::ChatRef::Group(a, sim::Scope::Support(Some(b))),
            ),
            4 => (ChatRef::Local(NoteFolderId(a)), sim::ChatRef::Local(a)),
            _ => (ChatRef::Connection(ConnectionId(a)), sim::ChatRef::Connection(a)),
        }
    }

    fn items(&self) -> NonEmpty<ChatItemId> {
        NonEmpty::new(self.list.iter().copied().map(ChatItemId).collect()).expect("a list with elements")
    }

    fn members(&self) -> NonEmpty<GroupMemberId> {
        NonEmpty::new(self.list.iter().copied().map(GroupMemberId).collect()).expect("a list with elements")
    }

    fn tags(&self) -> NonEmpty<ChatTagId> {
        NonEmpty::new(self.list.iter().copied().map(ChatTagId).collect()).expect("a list with elements")
    }

    fn pages(&self) -> (ChatPagination, sim::Page) {
        let (item, count) = (self.ids[2], self.number);
        let size = count as usize;
        let id = ChatItemId(item);
        match self.chat % 5 {
            0 => (ChatPagination::Last { count }, sim::Page::Last(size)),
            1 => (ChatPagination::After { item: id, count }, sim::Page::After(item, size)),
            2 => (ChatPagination::Before { item: id, count }, sim::Page::Before(item, size)),
            3 => (ChatPagination::Around { item: id, count }, sim::Page::Around(item, size)),
            _ => (ChatPagination::Initial { count }, sim::Page::Initial(size)),
        }
    }

    fn some_text(&self) -> Option<String> {
        self.on[0].then(|| self.text.clone())
    }
}

fn people(args: &Args, cases: &mut Vec<Case>) {
    use sim::Command as S;
    let Args { ids: [user, id, other_id], on: [on, also, _], text, other, .. } = args;
    let (user, id, other_id, on, also) = (*user, *id, *other_id, *on, *also);
    let (uid, contact) = (UserId(user), ContactId(id));
    let mut add = |case| cases.push(case);
    add(case(&cmd::ShowActiveUser::new(), S::ShowActiveUser));
    add(case(&cmd::ListUsers::new(), S::ListUsers));
    let profile = Profile::new(text, other).with_short_descr(text);
    let meant =
        content::Profile { full_name: other.clone(), short_descr: Some(text.clone()), ..content::Profile::named(text) };
    let new_user = NewUser::new().with_profile(profile.clone()).with_past_timestamp(on);
    add(case(&cmd::CreateActiveUser::new(new_user), S::CreateUser { profile: Some(meant.clone()), past: on }));
    add(case(&cmd::UpdateProfile::new(uid, profile), S::SetProfile { user: Some(user), profile: meant }));
    let password = args.some_text();
    let mut command = cmd::SetActiveUser::new(uid);
    command.view_pwd = password.clone();
    add(case(&command, S::SetActiveUser { user, password: password.clone() }));
    let mut command = cmd::DeleteUser::new(uid).with_del_smp_queues(also);
    command.view_pwd = password.clone();
    add(case(&command, S::DeleteUser { user, delete_queues: also, password }));
    add(case(&cmd::HideUser::new(uid, text), S::HideUser { user, password: text.clone() }));
    add(case(&cmd::UnhideUser::new(uid, text), S::UnhideUser { user, password: text.clone() }));
    add(case(&cmd::MuteUser::new(uid), S::MuteUser { user, show: false }));
    add(case(&cmd::UnmuteUser::new(uid), S::MuteUser { user, show: true }));
    add(case(&cmd::CreateMyAddress::new(uid), S::CreateAddress { user: Some(user) }));
    add(case(&cmd::DeleteMyAddress::new(uid), S::DeleteAddress { user: Some(user) }));
    add(case(&cmd::ShowMyAddress::new(uid), S::ShowAddress { user: Some(user) }));
    add(case(&cmd::AddMyAddressShortLink::new(uid), S::ShortLinkAddress { user }));
    add(case(&cmd::SetProfileAddress::new(uid).with_enable(on), S::ProfileAddress { user, on }));
    let settings = AddressSettings::new()
        .with_business_address(on)
        .with_auto_accept(AutoAccept::new().with_accept_incognito(also))
        .with_auto_reply(MsgContent::text(text));
    let meant = sim::AddressSettings { business: on, auto_accept: Some(also), auto_reply: Some(Content::text(text)) };
    add(case(&cmd::SetAddressSettings::new(uid, settings), S::AddressSettings { user: Some(user), settings: meant }));
    add(case(&cmd::ConnectPlan::new(uid, text), S::ConnectPlan { user, link: text.clone() }));
    let connect =
        |link: Option<&String>| S::Connect { user: Some(user), incognito: on, link: link.cloned(), plan_first: false };
    add(case(&cmd::AddContact::new(uid).with_incognito(on), connect(None)));
    let link = CreatedConnLink::new(text);
    let command = cmd::Connect::new(uid, link.clone()).with_incognito(on);
    add(case(&command, connect(Some(text))));
    let command = cmd::ConnectLink::new(text).with_incognito(on);
    let meant = S::Connect { user: None, incognito: on, link: Some(text.clone()), plan_first: true };
    add(case(&command, meant));
    let mut command = cmd::ConnectPreparedContact::new(contact).with_incognito(also);
    command.msg_content = args.some_text().map(MsgContent::text);
    let content = args.some_text().map(|text| Content::text(&text));
    add(case(&command, S::ConnectPrepared { contact: id, incognito: also, content: content.clone() }));
    add(case(
        &cmd::AcceptContact::new(ContactRequestId(id)).with_incognito(on),
        S::AcceptContact { request: id, incognito: on },
    ));
    add(case(&cmd::RejectContact::new(ContactRequestId(id)), S::RejectContact { request: id }));
    add(case(&cmd::ListContacts::new(uid), S::ListContacts { user }));
    let alias = args.some_text();
    let empty = alias.clone().unwrap_or_default();
    let mut command = cmd::SetContactAlias::new(contact);
    command.local_alias = alias.clone();
    add(case(&command, S::SetContactAlias { contact: id, alias: empty.clone() }));
    let mut command = cmd::SetGroupAlias::new(GroupId(id));
    command.local_alias = alias.clone();
    add(case(&command, S::SetGroupAlias { group: id, alias: empty.clone() }));
    let mut command = cmd::SetConnectionAlias::new(ConnectionId(id));
    command.local_alias = alias;
    add(case(&command, S::SetConnAlias { conn: id, alias: empty }));
    add(case(
        &cmd::SetConnectionIncognito::new(ConnectionId(id)).with_incognito(on),
        S::SetConnIncognito { conn: id, on },
    ));
    let json = serde_json::json!({ text.as_str(): other.as_str() });
    let meant = Json::parse(&json.to_string());
    let data = RawJson::from_value(&json).expect("JSON");
    let command = cmd::SetContactCustomData::new(contact).with_custom_data(data.clone());
    add(case(&command, S::SetContactCustom { contact: id, data: meant.clone() }));
    let command = cmd::SetGroupCustomData::new(GroupId(id)).with_custom_data(data);
    add(case(&command, S::SetGroupCustom { group: id, data: meant }));
    add(case(&cmd::SetContactCustomData::new(contact), S::SetContactCustom { contact: id, data: None }));
    let receipts = |of| S::SetReceipts { of, user: Some(user), on, clear: also };
    let command = cmd::SetUserContactReceipts::new(uid).with_enable(on).with_clear_overrides(also);
    add(case(&command, receipts(sim::ReceiptsOf::Contacts)));
    let command = cmd::SetUserGroupReceipts::new(uid).with_enable(on).with_clear_overrides(also);
    add(case(&command, receipts(sim::ReceiptsOf::Groups)));
    let meant = S::SetReceipts { of: sim::ReceiptsOf::All, user: None, on, clear: false };
    add(case(&cmd::SetAllContactReceipts::new().with_enable(on), meant));
    let command = cmd::SetUserAutoAcceptMemberContacts::new(uid).with_on_off(on);
    add(case(&command, S::AutoAcceptMemberContacts { user, on }));
    add(case(&cmd::ContactInfo::new(contact), S::ContactInfo { contact: id }));
    add(case(&cmd::GetContactCode::new(contact), S::ContactCode { contact: id }));
    let code = args.some_text();
    let mut command = cmd::VerifyContact::new(contact);
    command.connection_code = code.clone();
    add(case(&command, S::VerifyContact { contact: id, code: code.clone() }));
    let mut command = cmd::VerifyGroupMember::new(GroupId(id), GroupMemberId(other_id));
    command.connection_code = code.clone();
    add(case(&command, S::VerifyMember { group: id, member: other_id, code }));
    let mut command = cmd::SendMemberContactInvitation::new(contact);
    command.msg_content = args.some_text().map(MsgContent::text);
    add(case(&command, S::InviteMemberContact { contact: id, content }));
}

fn messages(args: &Args, cases: &mut Vec<Case>) {
    use sim::Command as S;
    let Args { ids: [user, id, item], list, on: [on, also, _], text, other, .. } = args;
    let (user, id, item, on, also) = (*user, *id, *item, *on, *also);
    let (chat, meant_chat) = args.chats();
    let ttl = on.then_some(i64::from(args.number));
    let mut add = |case| cases.push(case);
    let mut message = ComposedMessage::file(CryptoFile::new(other), text).mentioning(other, GroupMemberId(id));
    message.quoted_item_id = also.then_some(ChatItemId(item));
    let meant = sim::Composed {
        file: Some(sim::FileSource { path: other.clone(), crypto: None }),
        quoted: also.then_some(item),
        content: Content::read(
            &Json::parse(&serde_json::json!({"type": "file", "text": text}).to_string()).expect("JSON"),
        )
        .expect("a content"),
        mentions: vec![(other.clone(), id)],
    };
    let texts = sim::Composed { file: None, quoted: None, content: Content::text(text), mentions: vec![] };
    let both = NonEmpty::new(vec![message, ComposedMessage::text(text)]).expect("two");
    let meant = vec![meant, texts.clone()];
    let mut command = cmd::SendMessages::new(chat, both.clone()).with_live_message(also);
    command.ttl = ttl;
    add(case(&command, S::Send { chat: meant_chat, live: also, ttl, messages: meant.clone() }));
    let command = cmd::CreateChatItems::new(NoteFolderId(id), both);
    add(case(&command, S::CreateNotes { folder: id, messages: meant }));
    let command = cmd::UpdateChatItem::new(chat, ChatItemId(item), text.as_str().into()).with_live_message(also);
    add(case(&command, S::UpdateItem { chat: meant_chat, item, live: also, message: texts }));
    let items = list.clone();
    for (mode, meant) in [
        (CiDeleteMode::Broadcast, sim::DeleteMode::Broadcast),
        (CiDeleteMode::Internal, sim::DeleteMode::Internal),
        (CiDeleteMode::InternalMark, sim::DeleteMode::InternalMark),
    ] {
        let command = cmd::DeleteChatItem::new(chat, args.items(), mode);
        add(case(&command, S::DeleteItem { chat: meant_chat, items: items.clone(), mode: meant }));
    }
    let command = cmd::DeleteMemberChatItem::new(GroupId(id), args.items());
    add(case(&command, S::DeleteMemberItem { group: id, items: items.clone() }));
    let thumb = Json::parse(r#"{"type":"emoji","emoji":"👍"}"#).expect("JSON");
    let reaction = MsgReaction::emoji("👍");
    let command = cmd::ChatItemReaction::new(chat, ChatItemId(item), reaction.clone()).with_add(on);
    add(case(&command, S::React { chat: meant_chat, item, add: on, reaction: thumb.clone() }));
    let command = cmd::GetReactionMembers::new(UserId(user), GroupId(id), ChatItemId(item), reaction);
    add(case(&command, S::ReactionMembers { user, group: id, item, reaction: thumb }));
    let command = cmd::PlanForwardChatItems::new(chat, args.items());
    add(case(&command, S::PlanForward { from: meant_chat, items: items.clone() }));
    let mut command = cmd::ForwardChatItems::new(ContactId(id).into(), chat, args.items());
    command.ttl = ttl;
    let to = sim::ChatRef::Direct(id);
    add(case(&command, S::Forward { to, from: meant_chat, items: items.clone(), ttl }));
    let mut command = cmd::ReportMessage::new(GroupId(id), ChatItemId(item), ReportReason::Spam);
    command.report_text = args.some_text();
    let meant_text = args.some_text().unwrap_or_default();
    add(case(&command, S::Report { group: id, item, reason: "spam".into(), text: meant_text }));
    add(case(&cmd::ChatItemsRead::new(chat, args.items()), S::ReadItems { chat: meant_chat, items }));
}

fn chats(args: &Args, cases: &mut Vec<Case>) {
    use sim::Command as S;
    let Args { ids: [user, id, item], list, on: [on, also, more], text, other, .. } = args;
    let (user, id, item, on, also, more) = (*user, *id, *item, *on, *also, *more);
    let uid = UserId(user);
    let (chat, meant_chat) = args.chats();
    let (page, meant_page) = args.pages();
    let mut add = |case| cases.push(case);
    let mut command = cmd::GetChat::new(chat, page);
    command.search = args.some_text();
    command.content_tag = also.then_some(ContentFilter::Report);
    let content = also.then(|| "report".to_owned());
    add(case(&command, S::GetChat { chat: meant_chat, content, page: meant_page, search: args.some_text() }));
    let mut command = cmd::GetChatItems::new(page);
    command.search = args.some_text();
    add(case(&command, S::GetItems { page: meant_page, search: args.some_text() }));
    add(case(&cmd::ChatRead::new(chat), S::ReadChat { chat: meant_chat }));
    add(case(&cmd::UserRead::new(uid), S::ReadUser { user: Some(user) }));
    add(case(&cmd::ChatUnread::new(chat).with_unread_chat(on), S::UnreadChat { chat: meant_chat, on }));
    add(case(&cmd::ClearChat::new(chat), S::ClearChat { chat: meant_chat }));
    add(case(&cmd::GetChatItemInfo::new(chat, ChatItemId(item)), S::ItemInfo { chat: meant_chat, item }));
    for (mode, meant) in [
        (ChatDeleteMode::Full { notify: on }, sim::ChatDelete::Full(on)),
        (ChatDeleteMode::Entity { notify: on }, sim::ChatDelete::Entity(on)),
        (ChatDeleteMode::Messages, sim::ChatDelete::Messages),
    ] {
        add(case(&cmd::DeleteChat::new(chat, mode), S::DeleteChat { chat: meant_chat, mode: meant }));
    }
    let count = args.number;
    let command = cmd::GetChats::new(uid)
        .with_pending_connections(on)
        .with_pagination(PaginationByTime::Last { count })
        .with_query(ChatListQuery::filters(also, more));
    let page = sim::ChatsPage::Last(Some(count as usize));
    let query = sim::ChatsQuery::Filters { favorite: also, unread: more };
    add(case(&command, S::GetChats { user, connections: on, page: page.clone(), query: Some(query) }));
    let command = cmd::GetChats::new(uid)
        .with_pagination(PaginationByTime::Last { count })
        .with_query(ChatListQuery::search(text));
    let query = sim::ChatsQuery::Search(text.clone());
    add(case(&command, S::GetChats { user, connections: false, page, query: Some(query) }));
    let mut command = cmd::ListGroups::new(uid);
    command.search = args.some_text();
    command.contact_id = also.then_some(ContactId(id));
    let contact = also.then_some(id);
    // Both spellings of the command have to be read so.
    let mut groups = case(&command, S::ListGroups { user, contact, search: args.some_text() });
    groups.text = groups.text.map(|text| text.replacen("/_groups ", "/_groups", 1));
    add(groups);
    add(case(&cmd::GetChatTags::new(uid), S::GetTags { user }));
    let tag = ChatTagData::new(text).with_emoji(other);
    add(case(&cmd::CreateChatTag::new(tag.clone()), S::CreateTag { emoji: Some(other.clone()), text: text.clone() }));
    let meant = S::UpdateTag { tag: id, emoji: Some(other.clone()), text: text.clone() };
    add(case(&cmd::UpdateChatTag::new(ChatTagId(id), tag), meant));
    add(case(&cmd::DeleteChatTag::new(ChatTagId(id)), S::DeleteTag { tag: id }));
    add(case(&cmd::ReorderChatTags::new(args.tags()), S::ReorderTags { tags: list.clone() }));
    let mut command = cmd::SetChatTags::new(chat);
    command.chat_tag_ids = on.then(|| args.tags());
    let tags = if on { list.clone() } else { vec![] };
    add(case(&command, S::SetTags { chat: meant_chat, tags }));
    add(case(&cmd::GetChatItemTtl::new(uid), S::GetTtl { user: Some(user) }));
    let mut command = cmd::ReceiveFile::new(FileId(id)).with_user_approved_relays(on);
    command.store_encrypted = also.then_some(more);
    command.file_path = args.some_text();
    let encrypt = also.then_some(more);
    add(case(&command, S::ReceiveFile { file: id, approved: on, encrypt, path: args.some_text() }));
    add(case(&cmd::CancelFile::new(FileId(id)), S::CancelFile { file: id }));
    add(case(&cmd::FileStatus::new(FileId(id)), S::FileStatus { file: id }));
    let folders = |files: Option<&String>, temp: Option<&String>, assets: Option<&String>| S::SetFolders {
        files: files.cloned(),
        temp: temp.cloned(),
        assets: assets.cloned(),
    };
    add(case(&cmd::SetFilesFolder::new(text), folders(Some(text), None, None)));
    add(case(&cmd::SetTempFolder::new(text), folders(None, Some(text), None)));
    let paths = AppFilePaths::new(text, other, text);
    add(case(&cmd::SetAppFilePaths::new(paths), folders(Some(text), Some(other), Some(text))));
    add(case(&cmd::ExportArchive::new(ArchiveConfig::new(text)), S::ExportDb { path: text.clone() }));
    add(case(&cmd::TestStorageEncryption::new(text), S::TestKey { key: text.clone() }));
}

fn groups(args: &Args, cases: &mut Vec<Case>) {
    use sim::Command as S;
    let Args { ids: [user, id, member], list, on: [on, also, _], text, other, .. } = args;
    let (user, id, other_id, on, also) = (*user, *id, *member, *on, *also);
    let (group, member) = (GroupId(id), GroupMemberId(other_id));
    let (role, meant_role) = args.roles();
    let mut add = |case| cases.push(case);
    let mut profile = GroupProfile::new(text, other);
    profile.description = also.then(|| text.clone());
    let meant = || sim::GroupProfile {
        display_name: text.clone(),
        full_name: other.clone(),
        short_descr: None,
        description: also.then(|| text.clone()),
        image: None,
        preferences: None,
        admission: None,
        other: vec![],
    };
    let command = cmd::NewGroup::new(UserId(user), profile.clone()).with_incognito(on);
    add(case(&command, S::NewGroup { user, incognito: on, profile: meant() }));
    add(case(&cmd::UpdateGroupProfile::new(group, profile), S::SetGroupProfile { group: id, profile: meant() }));
    let command = cmd::AddMember::new(group, ContactId(other_id), role.clone());
    add(case(&command, S::AddMember { group: id, contact: other_id, role: meant_role }));
    add(case(&cmd::JoinGroup::new(group), S::JoinGroup { group: id }));
    let command = cmd::AcceptMember::new(group, member, role.clone());
    add(case(&command, S::AcceptMember { group: id, member: other_id, role: meant_role }));
    let command = cmd::DeleteMemberSupportChat::new(group, member);
    add(case(&command, S::DeleteMemberSupport { group: id, member: other_id }));
    let members = list.clone();
    let command = cmd::MembersRole::new(group, args.members(), role.clone());
    add(case(&command, S::MemberRoles { group: id, members: members.clone(), role: meant_role }));
    let command = cmd::BlockMembersForAll::new(group, args.members()).with_blocked(on);
    add(case(&command, S::BlockMembers { group: id, members: members.clone(), blocked: on }));
    let command = cmd::RemoveMembers::new(group, args.members()).with_with_messages(on);
    add(case(&command, S::RemoveMembers { group: id, members, messages: on }));
    add(case(&cmd::LeaveGroup::new(group), S::LeaveGroup { group: id }));
    add(case(&cmd::ListMembers::new(group), S::ListMembers { group: id }));
    let command = cmd::CreateGroupLink::new(group, role.clone());
    add(case(&command, S::CreateGroupLink { group: id, role: meant_role }));
    let command = cmd::GroupLinkMemberRole::new(group, role);
    add(case(&command, S::SetGroupLinkRole { group: id, role: meant_role }));
    add(case(&cmd::DeleteGroupLink::new(group), S::DeleteGroupLink { group: id }));
    add(case(&cmd::GetGroupLink::new(group), S::GetGroupLink { group: id }));
    add(case(&cmd::AddGroupShortLink::new(group), S::ShortGroupLink { group: id }));
    add(case(&cmd::GroupInfo::new(group), S::GroupInfo { group: id }));
    add(case(&cmd::GroupMemberInfo::new(group, member), S::MemberInfo { group: id, member: other_id }));
    add(case(&cmd::GetGroupMemberCode::new(group, member), S::MemberCode { group: id, member: other_id }));
    let command = cmd::CreateMemberContact::new(group, member);
    add(case(&command, S::CreateMemberContact { group: id, member: other_id }));
    add(case(&cmd::AcceptMemberContact::new(ContactId(id)), S::AcceptMemberContact { contact: id }));
}

fn rest(args: &Args, cases: &mut Vec<Case>) {
    use sim::Command as S;
    let Args { ids: [user, id, other_id], on: [on, also, _], text, other, number, .. } = args;
    let (user, id, other_id, on, also) = (*user, *id, *other_id, *on, *also);
    let (uid, contact, group, member) = (UserId(user), ContactId(id), GroupId(id), GroupMemberId(other_id));
    let (direct, in_group) = (sim::ChatRef::Direct(id), sim::ChatRef::Group(id, sim::Scope::Main));
    let (chat, meant_chat) = args.chats();
    let mut add = |case| cases.push(case);
    add(case(&cmd::StartChat::new(), S::Start));
    add(case(&cmd::StopChat::new(), S::Stop));
    add(case(&cmd::ShowVersion::new(), S::Version));
    add(case(&cmd::CheckChatRunning::new(), S::CheckRunning));
    add(case(&cmd::GetNetworkStatuses::new(), S::NetworkStatuses));
    add(case(&cmd::ResubscribeAllConnections::new(), S::ResubscribeAll));
    add(case(&cmd::ActivateChat::new(), S::Activate { restore: true }));
    add(case(&cmd::SuspendChat::new(i64::from(*number)), S::Suspend));
    let prefs = Preferences::new().with_full_delete(SimplePreference::new(FeatureAllowed::Always));
    let mut meant = content::Preferences::default();
    meant.features[content::feature::FULL_DELETE] = Some(content::Pref { allow: content::Allow::Always, ttl: None });
    add(case(&cmd::SetContactPrefs::new(contact, prefs), S::SetPrefs { contact: id, prefs: meant }));
    let settings = ChatSettings::new(MsgFilter::Mentions).with_favorite(on).with_send_rcpts(also);
    let meant = format!(r#"{{"enableNtfs":"mentions","sendRcpts":{also},"favorite":{on}}}"#);
    let meant = Json::parse(&meant).expect("JSON");
    add(case(&cmd::SetChatSettings::new(chat, settings), S::SetChatSettings { chat: meant_chat, settings: meant }));
    let settings = GroupMemberSettings::new().with_show_messages(on);
    let command = cmd::SetMemberSettings::new(group, member, settings);
    add(case(&command, S::MemberSettings { group: id, member: other_id, show: on }));
    let ttl = i64::from(*number) + 1;
    add(case(&cmd::SetChatItemTtl::new(uid, ttl), S::SetTtl { user: Some(user), ttl: Some(ttl) }));
    let command = cmd::SetChatTtl::new(uid, contact.into(), ttl);
    add(case(&command, S::SetChatTtl { user, chat: direct, ttl: Some(Some(ttl)) }));
    let command = cmd::ResetChatTtl::new(uid, group.into());
    add(case(&command, S::SetChatTtl { user, chat: in_group, ttl: None }));
    add(case(&cmd::SwitchContact::new(contact), S::SwitchQueue { chat: direct, member: None }));
    let of_member = Some(other_id);
    let command = cmd::SwitchGroupMember::new(group, member);
    add(case(&command, S::SwitchQueue { chat: in_group, member: of_member }));
    add(case(&cmd::AbortSwitchContact::new(contact), S::AbortSwitch { chat: direct, member: None }));
    let command = cmd::AbortSwitchGroupMember::new(group, member);
    add(case(&command, S::AbortSwitch { chat: in_group, member: of_member }));
    let command = cmd::SyncContactRatchet::new(contact).with_force(on);
    add(case(&command, S::SyncRatchet { chat: direct, member: None, force: on }));
    let command = cmd::SyncGroupMemberRatchet::new(group, member).with_force(on);
    add(case(&command, S::SyncRatchet { chat: in_group, member: of_member, force: on }));
    add(case(&cmd::EnableContact::new(contact), S::EnableSending { chat: direct }));
    let data = ContactShortLinkData::new(Profile::new("a", "b"));
    let meant = Json::parse(&serde_json::to_string(&data).expect("JSON"));
    let command = cmd::PrepareContact::new(uid, CreatedConnLink::new(text), data);
    add(case(&command, S::PrepareContact { user, link: text.clone(), data: meant }));
    let config = DbEncryptionConfig::new(text, other);
    add(case(&cmd::StorageEncryption::new(config), S::EncryptDb { current: text.clone(), new: other.clone() }));
    add(case(&cmd::DeleteStorage::new(), S::DeleteDb));
}

fn cases(args: &Args) -> Vec<Case> {
    let mut cases = Vec::new();
    rest(args, &mut cases);
    people(args, &mut cases);
    messages(args, &mut cases);
    chats(args, &mut cases);
    groups(args, &mut cases);
    cases
}

/// Texts of which a careless client makes another command.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => "[a-z]{1,6}",
        2 => any::<String>(),
        4 => prop::sample::select(vec![
            " ", "  ", "\n", "\r\n", "\t", "\0", "\u{b}", "\u{85}", "\u{a0}", "\u{2028}", "\"", "'", "\\", "\\u0000",
            "😀", "👨‍👩‍👧‍👦", "\u{202e}", "\u{200b}", "\u{feff}", "مرحبا", "i", "incognito", "incognito=on", "on", "off",
            "live=on", "ttl=1", "json", "text", "search=", "count=1", "content=report", "notify=off", "messages=on",
            "encrypt=on", "approved_relays=on", "inline=on", "key=a", "nonce=b", "@1", "#1", "*1", ":1", "(_support)",
            "default", "member", "/_stop", "/quit", ",", "1", "-1", "{", "}", "[", "]", "null", "https://a/b#c",
            "simplex:/contact#/?v=2", "smp://a@b", "author",
        ]).prop_map(str::to_owned),
    ];
    prop_oneof![
        20 => prop::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat()),
        1 => prop::sample::select(vec!["x", " ", "\n", "\"", "😀", "\u{202e}"])
            .prop_map(|c| c.repeat(100_000 / c.len())),
    ]
}

fn args() -> impl Strategy<Value = Args> {
    let id = prop_oneof![Just(0), 1..20i64, Just(i64::MAX), -3..0i64, Just(i64::MIN)];
    (
        prop::array::uniform3(id.clone()),
        prop::collection::vec(id, 1..4),
        prop::array::uniform3(any::<bool>()),
        hostile(),
        hostile(),
        any::<u32>(),
        0..5usize,
        0..30usize,
    )
        .prop_map(|(ids, list, on, text, other, number, role, chat)| Args {
            ids,
            list,
            on,
            text,
            other,
            number,
            role,
            chat,
        })
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 256,
        rng_seed: RngSeed::Fixed(0x51ED),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn a_command_is_read_as_it_was_meant_or_refused(args in args()) {
        for Case { name, text, meant } in cases(&args) {
            if let Ok(text) = text {
                let start: String = text.chars().take(200).collect();
                prop_assert!(parse(&text) == Ok(meant), "{}: {:?} is read otherwise", name, start);
            }
        }
    }
}

/// Commands that the simulated core does not read. Each has ids, words of ours and JSON only, or one text whose checks
/// are those of a command above.
const NOT_SIMULATED: [&str; 31] = [
    "APINewPublicGroup",
    "APIGetGroupRelays",
    "APIAddGroupRelays",
    "APIAllowRelayGroup",
    "APIContactQueueInfo",
    "APIGroupMemberQueueInfo",
    "APIEnableGroupMember",
    "APIUploadStandaloneFile",
    "APIDownloadStandaloneFile",
    "APIStandaloneFileInfo",
    "APISetEncryptLocalFiles",
    "APIImportArchive",
    "APIGetUserServers",
    "APISetUserServers",
    "APIValidateServers",
    "APITestProtoServer",
    "APIGetServerOperators",
    "APIGetUsageConditions",
    "GetAgentServersSummary",
    "ResetAgentServersStats",
    "APIGetNetworkConfig",
    "APISetNetworkConfig",
    "APISetNetworkInfo",
    "ReconnectAllServers",
    "GetAgentSubs",
    "GetAgentSubsTotal",
    "GetAgentQueuesInfo",
    "GetAgentWorkers",
    "ListRemoteHosts",
    "ListRemoteCtrls",
    "StopRemoteCtrl",
];

#[test]
fn every_command_is_judged() {
    let args = Args {
        ids: [1, 2, 3],
        list: vec![4],
        on: [true; 3],
        text: "https://a/b".into(),
        other: "b".into(),
        number: 5,
        role: 0,
        chat: 0,
    };
    let judged: Vec<&str> = cases(&args).iter().map(|case| case.name).collect();
    let generated = include_str!("../../simplex-types/src/generated/commands.rs");
    let all = generated.lines().filter_map(|line| line.trim().strip_prefix("const NAME: &'static str = \""));
    for name in all.map(|name| name.trim_end_matches("\";")) {
        let simulated = judged.contains(&name);
        assert!(simulated != NOT_SIMULATED.contains(&name), "{name}: judged {simulated}");
    }
}

#[test]
fn nothing_harmless_is_refused() {
    let links = ["https://smp.example/a#key", "simplex:/contact#/?v=2-7&smp=smp%3A%2F%2Fkey%40host%2Fid"];
    let texts = ["one", "two words", "ünïcödé 😀", "it's \"quoted\"", "مرحبا بالعالم", "half = 1/2"];
    for (at, text) in texts.into_iter().chain(links).enumerate() {
        for on in [true, false] {
            let args = Args {
                ids: [1, 7, i64::MAX],
                list: vec![3, 4],
                on: [on, true, false],
                text: text.to_owned(),
                other: "a file name.txt".to_owned(),
                number: 20,
                role: at,
                chat: at,
            };
            for case in cases(&args) {
                let link = ["APIConnectPlan", "APIConnect", "Connect", "APIPrepareContact", "TestStorageEncryption"]
                    .contains(&case.name);
                let notes = case.name == "APISendMessages" && [4, 5].contains(&(at % 6));
                if (link && !links.contains(&text)) || notes {
                    continue;
                }
                let text = case.text.unwrap_or_else(|error| panic!("{}: {error}", case.name));
                assert_eq!(parse(&text), Ok(case.meant), "{}: {text}", case.name);
            }
        }
    }
}

#[test]
fn words_that_the_core_does_not_take_are_refused() {
    let unknown = |role: &str| {
        cmd::JoinGroup::new(GroupId(1)).text().is_ok()
            && cmd::AddMember::new(GroupId(1), ContactId(2), role.into()).text().is_ok()
    };
    for role in ["author", "relay", "member 5", "member\n", "", "own er", "\0"] {
        assert!(!unknown(role), "{role:?}");
    }
    assert!(unknown("owner") && unknown("archivist"), "a role of a later core passes");
    for target in ["i", "incognito", "ixyz", "incognito=on", "on"] {
        assert!(cmd::ConnectLink::new(target).text().is_err(), "{target}");
        let link = CreatedConnLink::new(target);
        assert!(cmd::Connect::new(UserId(1), link).text().is_err(), "{target}");
    }
    let key = "key=abc nonce=def /etc/passwd";
    assert!(cmd::UploadStandaloneFile::new(UserId(1), key).text().is_err());
    let notes = ChatRef::Local(NoteFolderId(1));
    assert!(cmd::SendMessages::new(notes, ComposedMessage::text("x").into()).text().is_err());
    let list = RawJson::new("[1]").expect("JSON");
    assert!(cmd::SetContactCustomData::new(ContactId(1)).with_custom_data(list).text().is_err());
}

/// The judge itself: it takes and refuses what the real core took and refused, in all recordings that are at hand.
#[test]
fn the_judge_agrees_with_the_real_core() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/transcripts");
    let Ok(files) = std::fs::read_dir(folder) else {
        println!("skipped: there are no recordings in {folder}");
        return;
    };
    let (mut agreed, mut unread, mut wrong) = (0, 0, Vec::new());
    for file in files.map(|file| file.expect("a file").path()).filter(|file| file.extension() == Some("jsonl".as_ref()))
    {
        if file.file_name().is_some_and(|name| name.to_string_lossy().starts_with("50")) {
            continue; // A CLI's WebSocket: the frames are others.
        }
        let mut asked = std::collections::HashMap::new();
        for line in std::fs::read_to_string(&file).expect("a recording").lines() {
            let line: serde_json::Value = serde_json::from_str(line).expect("a line");
            let key = (line["who"].to_string(), line["id"].to_string());
            let text = line["text"].as_str().unwrap_or_default().to_owned();
            match line["dir"].as_str() {
                Some("cmd") => drop(asked.insert(key, text)),
                Some("resp") => {
                    let Some(command) = asked.remove(&key).filter(|command| !command.contains("\\x")) else { continue };
                    let refused = text.contains(r#""commandError","message":"Failed reading: empty""#);
                    match (parse(&command), refused) {
                        (Ok(_), false) | (Err(_), true) => agreed += 1,
                        // Commands that the simulated core does not have.
                        (Err(_), false) => unread += 1,
                        // Not in the core that was recorded; not a command of ours; keys that `set_database_key` refuses.
                        _ if ["/_set custom", "/debug", "/_db encryption"].iter().any(|c| command.starts_with(c)) => {}
                        (Ok(_), true) => wrong.push(command),
                    }
                }
                _ => {}
            }
        }
    }
    println!("{agreed} commands are read or refused as recorded; {unread} are not simulated");
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(agreed > 1000);
}
