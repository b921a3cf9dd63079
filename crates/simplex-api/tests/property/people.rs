//! Profiles, addresses, contacts, connections.

use simplex_api::types::cmd;
use simplex_api::types::*;
use simplex_sim::Json;
use simplex_sim::content::{self, Content};
use simplex_sim::parser as sim;

use crate::args::{Args, Case, case};

pub fn people(args: &Args, cases: &mut Vec<Case>) {
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
