//! Start and stop, settings, repair, the database.

use simplex_api::types::cmd;
use simplex_api::types::*;
use simplex_sim::Json;
use simplex_sim::content;
use simplex_sim::parser as sim;

use crate::args::{Args, Case, case};

pub fn rest(args: &Args, cases: &mut Vec<Case>) {
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
    add(case(&command, S::SetChatTtl { user, chat: direct, ttl: Some(ttl) }));
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
    let data = GroupShortLinkData::new(GroupProfile::new("a", "b"));
    let meant = Json::parse(&serde_json::to_string(&data).expect("JSON")).expect("JSON");
    let command = cmd::PrepareGroup::new(uid, CreatedConnLink::new(text), data).with_direct_link(on);
    add(case(&command, S::PrepareGroup { user, link: text.clone(), direct: on, data: meant }));
    let command = cmd::ConnectPreparedGroup::new(group).with_incognito(on);
    add(case(&command, S::ConnectPreparedGroup { group: id, incognito: on, content: None }));
    add(case(&cmd::TestChatRelay::new(uid, text), S::TestRelay { user, address: text.clone() }));
    add(case(&cmd::ArchiveReceivedReports::new(group), S::ArchiveReports { group: id }));
    let command = cmd::DeleteReceivedReports::new(group, ChatItemId(other_id).into(), CiDeleteMode::InternalMark);
    let mode = sim::DeleteMode::InternalMark;
    add(case(&command, S::DeleteReports { group: id, items: vec![other_id], mode }));
    let config = DbEncryptionConfig::new(text, other);
    // The core takes printable ASCII for a key, and says so of others.
    let keys = S::EncryptDb { current: text.clone(), new: other.clone() };
    add(Case { core_refuses: true, ..case(&cmd::StorageEncryption::new(config), keys) });
    add(case(&cmd::DeleteStorage::new(), S::DeleteDb));
}
