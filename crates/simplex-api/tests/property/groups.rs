//! Groups and members.

use simplex_api::types::cmd;
use simplex_api::types::*;
use simplex_sim::parser as sim;

use crate::args::{Args, Case, case};

pub fn groups(args: &Args, cases: &mut Vec<Case>) {
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
