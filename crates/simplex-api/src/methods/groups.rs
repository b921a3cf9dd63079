//! Groups: members, roles, profile, support chats, relays.

use simplex_types::types::{
    Contact, GroupInfo, GroupLink, GroupMember, GroupMemberRole, GroupMemberSettings, GroupProfile, GroupRelay,
    MsgContent, StoreError,
};
use simplex_types::{ChatRelayId, ContactId, GroupId, GroupMemberId, NonEmpty, UserId, cmd, response};

use crate::{ApiError, ChatApi, PublicGroup, RelaysAdded};

/// Groups: members, roles, profile, support chats, relays.
impl ChatApi {
    /// Creates a group, as oneself.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn new_group(&self, user: UserId, profile: GroupProfile) -> Result<GroupInfo, ApiError> {
        Ok(*self.call(&cmd::NewGroup::new(user, profile)).await?.group_info)
    }

    /// Creates a group under a random profile.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn new_incognito_group(&self, user: UserId, profile: GroupProfile) -> Result<GroupInfo, ApiError> {
        Ok(*self.call(&cmd::NewGroup::new(user, profile).with_incognito(true)).await?.group_info)
    }

    /// Creates a public group, or channel, that relays serve: those that the user's servers are listed with
    /// ([`get_user_servers`](Self::get_user_servers)).
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn new_public_group(
        &self,
        user: UserId,
        relays: NonEmpty<ChatRelayId>,
        profile: GroupProfile,
        incognito: bool,
    ) -> Result<PublicGroup, ApiError> {
        match self.call(&cmd::NewPublicGroup::new(user, relays, profile).with_incognito(incognito)).await? {
            cmd::NewPublicGroupResponse::PublicGroupCreated(answer) => Ok(PublicGroup::Created {
                group: answer.group_info,
                link: answer.group_link,
                relays: answer.group_relays,
            }),
            cmd::NewPublicGroupResponse::PublicGroupCreationFailed(answer) => {
                Ok(PublicGroup::Failed(answer.add_relay_results))
            }
        }
    }

    /// The relays that serve a group.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn get_group_relays(&self, group: GroupId) -> Result<Vec<GroupRelay>, ApiError> {
        Ok(self.call(&cmd::GetGroupRelays::new(group)).await?.group_relays)
    }

    /// Adds relays to a group.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn add_group_relays(
        &self,
        group: GroupId,
        relays: NonEmpty<ChatRelayId>,
    ) -> Result<RelaysAdded, ApiError> {
        match self.call(&cmd::AddGroupRelays::new(group, relays)).await? {
            cmd::AddGroupRelaysResponse::GroupRelaysAdded(answer) => Ok(RelaysAdded::Added {
                group: answer.group_info,
                link: answer.group_link,
                relays: answer.group_relays,
            }),
            cmd::AddGroupRelaysResponse::GroupRelaysAddFailed(answer) => {
                Ok(RelaysAdded::Failed(answer.add_relay_results))
            }
        }
    }

    /// Lets a group be served by this user, a relay.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn allow_relay_group(&self, group: GroupId) -> Result<GroupInfo, ApiError> {
        Ok(*self.call(&cmd::AllowRelayGroup::new(group)).await?.group_info)
    }

    /// Replaces the group's profile and tells the members, also when it is the same. What is left out is erased.
    ///
    /// # Errors
    /// As [`call`](Self::call); `groupUserRole` without the right.
    pub async fn update_group_profile(&self, group: GroupId, profile: GroupProfile) -> Result<GroupInfo, ApiError> {
        Ok(*self.call(&cmd::UpdateGroupProfile::new(group, profile)).await?.to_group)
    }

    /// Invites a contact; again, as long as it has not joined.
    ///
    /// # Errors
    /// As [`call`](Self::call); `groupDuplicateMember`, `groupUserRole`.
    pub async fn add_member(
        &self,
        group: GroupId,
        contact: ContactId,
        role: GroupMemberRole,
    ) -> Result<GroupMember, ApiError> {
        Ok(*self.call(&cmd::AddMember::new(group, contact, role)).await?.member)
    }

    /// Joins a group that one was invited to.
    ///
    /// # Errors
    /// As [`call`](Self::call); `groupAlreadyJoined`.
    pub async fn join_group(&self, group: GroupId) -> Result<GroupInfo, ApiError> {
        Ok(*self.call(&cmd::JoinGroup::new(group)).await?.group_info)
    }

    /// Lets a member in who waits for approval or review.
    ///
    /// # Errors
    /// As [`call`](Self::call); `commandError` for one who does not wait.
    pub async fn accept_member(
        &self,
        group: GroupId,
        member: GroupMemberId,
        role: GroupMemberRole,
    ) -> Result<GroupMember, ApiError> {
        Ok(*self.call(&cmd::AcceptMember::new(group, member, role)).await?.member)
    }

    /// Gives members a role.
    ///
    /// # Errors
    /// As [`call`](Self::call); `groupUserRole`, `groupMemberNotFound`.
    pub async fn set_members_role(
        &self,
        group: GroupId,
        members: NonEmpty<GroupMemberId>,
        role: GroupMemberRole,
    ) -> Result<Vec<GroupMember>, ApiError> {
        Ok(self.call(&cmd::MembersRole::new(group, members, role)).await?.members)
    }

    /// Hides members' messages from everybody, or ends that. They are not told.
    ///
    /// # Errors
    /// As [`call`](Self::call); `groupUserRole`, `groupMemberNotFound`.
    pub async fn block_members_for_all(
        &self,
        group: GroupId,
        members: NonEmpty<GroupMemberId>,
        blocked: bool,
    ) -> Result<Vec<GroupMember>, ApiError> {
        Ok(self.call(&cmd::BlockMembersForAll::new(group, members).with_blocked(blocked)).await?.members)
    }

    /// Removes members, with their messages if asked. One unknown id fails all.
    ///
    /// # Errors
    /// As [`call`](Self::call); `groupUserRole`, `groupMemberNotFound`.
    pub async fn remove_members(
        &self,
        group: GroupId,
        members: NonEmpty<GroupMemberId>,
        with_messages: bool,
    ) -> Result<Vec<GroupMember>, ApiError> {
        Ok(self.call(&cmd::RemoveMembers::new(group, members).with_with_messages(with_messages)).await?.members)
    }

    /// Leaves a group; its chat stays.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn leave_group(&self, group: GroupId) -> Result<GroupInfo, ApiError> {
        Ok(*self.call(&cmd::LeaveGroup::new(group)).await?.group_info)
    }

    /// The members of a group, those who left too.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn list_members(&self, group: GroupId) -> Result<Vec<GroupMember>, ApiError> {
        Ok(self.call(&cmd::ListMembers::new(group)).await?.group.members)
    }

    /// A group, and how many members it has.
    ///
    /// # Errors
    /// As [`call`](Self::call); `groupNotFound`.
    pub async fn get_group_info(&self, group: GroupId) -> Result<response::GroupInfo, ApiError> {
        self.call(&cmd::GroupInfo::new(group)).await
    }

    /// A member, and the state of the connection.
    ///
    /// # Errors
    /// As [`call`](Self::call); `groupMemberNotFound`.
    pub async fn get_group_member_info(
        &self,
        group: GroupId,
        member: GroupMemberId,
    ) -> Result<response::GroupMemberInfo, ApiError> {
        self.call(&cmd::GroupMemberInfo::new(group, member)).await
    }

    /// Whether a member's messages are shown here.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn set_member_settings(
        &self,
        group: GroupId,
        member: GroupMemberId,
        settings: GroupMemberSettings,
    ) -> Result<(), ApiError> {
        self.call(&cmd::SetMemberSettings::new(group, member, settings)).await.map(drop)
    }

    /// One's own name for a group; nobody is told. `None` takes it away.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn set_group_alias(&self, group: GroupId, alias: Option<&str>) -> Result<GroupInfo, ApiError> {
        let mut command = cmd::SetGroupAlias::new(group);
        command.local_alias = alias.map(str::to_owned);
        Ok(*self.call(&command).await?.to_group)
    }

    /// Deletes the support chat with a member.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn delete_member_support_chat(
        &self,
        group: GroupId,
        member: GroupMemberId,
    ) -> Result<GroupMember, ApiError> {
        Ok(*self.call(&cmd::DeleteMemberSupportChat::new(group, member)).await?.member)
    }

    /// Creates the group's link; who joins by it gets this role.
    ///
    /// # Errors
    /// As [`call`](Self::call); `duplicateGroupLink`; `groupMemberInitialRole` for a role that a link cannot give.
    pub async fn create_group_link(&self, group: GroupId, role: GroupMemberRole) -> Result<GroupLink, ApiError> {
        Ok(self.call(&cmd::CreateGroupLink::new(group, role)).await?.group_link)
    }

    /// Changes the role that the group's link gives.
    ///
    /// # Errors
    /// As [`call`](Self::call); `groupLinkNotFound`, `groupMemberInitialRole`.
    pub async fn set_group_link_member_role(
        &self,
        group: GroupId,
        role: GroupMemberRole,
    ) -> Result<GroupLink, ApiError> {
        Ok(self.call(&cmd::GroupLinkMemberRole::new(group, role)).await?.group_link)
    }

    /// Deletes the group's link.
    ///
    /// # Errors
    /// As [`call`](Self::call); `groupLinkNotFound`.
    pub async fn delete_group_link(&self, group: GroupId) -> Result<(), ApiError> {
        self.call(&cmd::DeleteGroupLink::new(group)).await.map(drop)
    }

    /// The group's link; `None` when there is none.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn get_group_link(&self, group: GroupId) -> Result<Option<GroupLink>, ApiError> {
        match self.call(&cmd::GetGroupLink::new(group)).await {
            Ok(answer) => Ok(Some(answer.group_link)),
            Err(error) if matches!(error.store_error(), Some(StoreError::GroupLinkNotFound { .. })) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The group's link as text, the short one where there is one; `None` when there is none.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn get_group_link_str(&self, group: GroupId) -> Result<Option<String>, ApiError> {
        Ok(self.get_group_link(group).await?.map(|link| link.link().to_owned()))
    }

    /// Gives a group's link of old a short one.
    ///
    /// # Errors
    /// As [`call`](Self::call); `groupLinkNotFound`.
    pub async fn add_group_short_link(&self, group: GroupId) -> Result<GroupLink, ApiError> {
        Ok(self.call(&cmd::AddGroupShortLink::new(group)).await?.group_link)
    }

    /// Makes a contact of a member; it is connected by
    /// [`send_member_contact_invitation`](Self::send_member_contact_invitation).
    ///
    /// # Errors
    /// As [`call`](Self::call); `commandError` when there is one, or the group does not allow it.
    pub async fn create_member_contact(&self, group: GroupId, member: GroupMemberId) -> Result<Contact, ApiError> {
        Ok(*self.call(&cmd::CreateMemberContact::new(group, member)).await?.contact)
    }

    /// Invites a member that a contact was made of, with a message if there is one.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn send_member_contact_invitation(
        &self,
        contact: ContactId,
        message: Option<MsgContent>,
    ) -> Result<Contact, ApiError> {
        let mut command = cmd::SendMemberContactInvitation::new(contact);
        command.msg_content = message;
        Ok(*self.call(&command).await?.contact)
    }

    /// Accepts the contact that a member offers.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn accept_member_contact(&self, contact: ContactId) -> Result<Contact, ApiError> {
        Ok(*self.call(&cmd::AcceptMemberContact::new(contact)).await?.contact)
    }
}
