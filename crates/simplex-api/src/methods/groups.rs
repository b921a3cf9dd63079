//! Groups: members, roles, profile, support chats, relays.

use simplex_types::types::{
    Contact, GroupInfo, GroupLink, GroupMember, GroupMemberRole, GroupMemberSettings, GroupProfile, GroupRelay,
    MsgContent, StoreError,
};
use simplex_types::{ChatRelayId, ContactId, GroupId, GroupMemberId, NonEmpty, UserId, cmd, response};

use crate::{ApiError, ChatApi, PublicGroup, RelaysAdded};

/// Groups: members, roles, profile, support chats, relays.
impl ChatApi {
    /// Creates a group, under your own profile.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn new_group(&self, user: UserId, profile: GroupProfile) -> Result<GroupInfo, ApiError> {
        Ok(*self.call(&cmd::NewGroup::new(user, profile)).await?.group_info)
    }

    /// Creates a group under a random profile.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn new_incognito_group(&self, user: UserId, profile: GroupProfile) -> Result<GroupInfo, ApiError> {
        Ok(*self.call(&cmd::NewGroup::new(user, profile).with_incognito(true)).await?.group_info)
    }

    /// Creates a public group, or channel, which is served by relays: those in the user's server settings
    /// ([`get_user_servers`](Self::get_user_servers)).
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
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

    /// Returns the relays that serve a group.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn get_group_relays(&self, group: GroupId) -> Result<Vec<GroupRelay>, ApiError> {
        Ok(self.call(&cmd::GetGroupRelays::new(group)).await?.group_relays)
    }

    /// Adds relays to a group.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
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

    /// As a relay, agrees to serve a group.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn allow_relay_group(&self, group: GroupId) -> Result<GroupInfo, ApiError> {
        Ok(*self.call(&cmd::AllowRelayGroup::new(group)).await?.group_info)
    }

    /// Tests the address of a chat relay; the answer holds the relay's profile, as far as its link was read, and what
    /// failed.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn test_chat_relay(
        &self,
        user: UserId,
        address: &str,
    ) -> Result<response::ChatRelayTestResult, ApiError> {
        self.call(&cmd::TestChatRelay::new(user, address)).await
    }

    /// Replaces the group's profile and informs the members, even if nothing has changed. Fields that are left out are
    /// erased.
    ///
    /// # Errors
    /// Same as [`call`](Self::call); `groupUserRole` without the necessary role.
    pub async fn update_group_profile(&self, group: GroupId, profile: GroupProfile) -> Result<GroupInfo, ApiError> {
        Ok(*self.call(&cmd::UpdateGroupProfile::new(group, profile)).await?.to_group)
    }

    /// Invites a contact, or repeats the invitation as long as the contact has not joined.
    ///
    /// # Errors
    /// Same as [`call`](Self::call); `groupDuplicateMember`, `groupUserRole`.
    pub async fn add_member(
        &self,
        group: GroupId,
        contact: ContactId,
        role: GroupMemberRole,
    ) -> Result<GroupMember, ApiError> {
        Ok(*self.call(&cmd::AddMember::new(group, contact, role)).await?.member)
    }

    /// Joins a group that you were invited to.
    ///
    /// # Errors
    /// Same as [`call`](Self::call); `groupAlreadyJoined`.
    pub async fn join_group(&self, group: GroupId) -> Result<GroupInfo, ApiError> {
        Ok(*self.call(&cmd::JoinGroup::new(group)).await?.group_info)
    }

    /// Admits a member who is waiting for approval or review.
    ///
    /// # Errors
    /// Same as [`call`](Self::call); `commandError` if the member is not waiting.
    pub async fn accept_member(
        &self,
        group: GroupId,
        member: GroupMemberId,
        role: GroupMemberRole,
    ) -> Result<GroupMember, ApiError> {
        Ok(*self.call(&cmd::AcceptMember::new(group, member, role)).await?.member)
    }

    /// Sets the role of members.
    ///
    /// # Errors
    /// Same as [`call`](Self::call); `groupUserRole`, `groupMemberNotFound`.
    pub async fn set_members_role(
        &self,
        group: GroupId,
        members: NonEmpty<GroupMemberId>,
        role: GroupMemberRole,
    ) -> Result<Vec<GroupMember>, ApiError> {
        Ok(self.call(&cmd::MembersRole::new(group, members, role)).await?.members)
    }

    /// Blocks members' messages for everybody, or unblocks them. The members are not informed.
    ///
    /// # Errors
    /// Same as [`call`](Self::call); `groupUserRole`, `groupMemberNotFound`.
    pub async fn block_members_for_all(
        &self,
        group: GroupId,
        members: NonEmpty<GroupMemberId>,
        blocked: bool,
    ) -> Result<Vec<GroupMember>, ApiError> {
        Ok(self.call(&cmd::BlockMembersForAll::new(group, members).with_blocked(blocked)).await?.members)
    }

    /// Removes members, [`NonEmpty::one`] or several, optionally with their messages. A single unknown id fails the
    /// whole command.
    ///
    /// # Errors
    /// Same as [`call`](Self::call); `groupUserRole`, `groupMemberNotFound`.
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
    /// Same as [`call`](Self::call).
    pub async fn leave_group(&self, group: GroupId) -> Result<GroupInfo, ApiError> {
        Ok(*self.call(&cmd::LeaveGroup::new(group)).await?.group_info)
    }

    /// Returns the members of a group, including those who have left, without the profile itself, which is the group's
    /// [`membership`](simplex_types::types::GroupInfo::membership). Who is there:
    ///
    /// ```
    /// # use simplex_api::{ApiError, ChatApi};
    /// use simplex_api::types::{GroupId, GroupMember};
    ///
    /// async fn present(api: &ChatApi, group: GroupId) -> Result<Vec<GroupMember>, ApiError> {
    ///     let mut members = api.list_members(group).await?;
    ///     members.retain(|member| !member.is_gone());
    ///     Ok(members)
    /// }
    /// ```
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn list_members(&self, group: GroupId) -> Result<Vec<GroupMember>, ApiError> {
        Ok(self.call(&cmd::ListMembers::new(group)).await?.group.members)
    }

    /// Returns a group, and its number of members.
    ///
    /// # Errors
    /// Same as [`call`](Self::call); `groupNotFound`.
    pub async fn get_group_info(&self, group: GroupId) -> Result<response::GroupInfo, ApiError> {
        self.call(&cmd::GroupInfo::new(group)).await
    }

    /// Returns a member, and the state of the connection to the member.
    ///
    /// # Errors
    /// Same as [`call`](Self::call); `groupMemberNotFound`.
    pub async fn get_group_member_info(
        &self,
        group: GroupId,
        member: GroupMemberId,
    ) -> Result<response::GroupMemberInfo, ApiError> {
        self.call(&cmd::GroupMemberInfo::new(group, member)).await
    }

    /// Sets whether a member's messages are shown on this side.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn set_member_settings(
        &self,
        group: GroupId,
        member: GroupMemberId,
        settings: GroupMemberSettings,
    ) -> Result<(), ApiError> {
        self.call(&cmd::SetMemberSettings::new(group, member, settings)).await.map(drop)
    }

    /// Sets your own name for a group; nobody is informed. `None` removes it.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn set_group_alias(&self, group: GroupId, alias: Option<&str>) -> Result<GroupInfo, ApiError> {
        let mut command = cmd::SetGroupAlias::new(group);
        command.local_alias = alias.map(str::to_owned);
        Ok(*self.call(&command).await?.to_group)
    }

    /// Deletes the support chat with a member.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn delete_member_support_chat(
        &self,
        group: GroupId,
        member: GroupMemberId,
    ) -> Result<GroupMember, ApiError> {
        Ok(*self.call(&cmd::DeleteMemberSupportChat::new(group, member)).await?.member)
    }

    /// Creates the group's link; people who join by it get this role.
    ///
    /// # Errors
    /// Same as [`call`](Self::call); `duplicateGroupLink`; `groupMemberInitialRole` for a role that a link cannot give.
    pub async fn create_group_link(&self, group: GroupId, role: GroupMemberRole) -> Result<GroupLink, ApiError> {
        Ok(self.call(&cmd::CreateGroupLink::new(group, role)).await?.group_link)
    }

    /// Changes the role of people who join by the group's link.
    ///
    /// # Errors
    /// Same as [`call`](Self::call); `groupLinkNotFound`, `groupMemberInitialRole`.
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
    /// Same as [`call`](Self::call); `groupLinkNotFound`.
    pub async fn delete_group_link(&self, group: GroupId) -> Result<(), ApiError> {
        self.call(&cmd::DeleteGroupLink::new(group)).await.map(drop)
    }

    /// Returns the group's link; `None` if there is none.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn get_group_link(&self, group: GroupId) -> Result<Option<GroupLink>, ApiError> {
        match self.call(&cmd::GetGroupLink::new(group)).await {
            Ok(answer) => Ok(Some(answer.group_link)),
            Err(error) if matches!(error.store_error(), Some(StoreError::GroupLinkNotFound { .. })) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Returns the group's link as text, the short one if available; `None` if there is no link.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn get_group_link_str(&self, group: GroupId) -> Result<Option<String>, ApiError> {
        Ok(self.get_group_link(group).await?.map(|link| link.link().to_owned()))
    }

    /// Adds a short link to an old group link.
    ///
    /// # Errors
    /// Same as [`call`](Self::call); `groupLinkNotFound`.
    pub async fn add_group_short_link(&self, group: GroupId) -> Result<GroupLink, ApiError> {
        Ok(self.call(&cmd::AddGroupShortLink::new(group)).await?.group_link)
    }

    /// Creates a contact from a member; [`send_member_contact_invitation`](Self::send_member_contact_invitation)
    /// connects it.
    ///
    /// # Errors
    /// Same as [`call`](Self::call); `commandError` if there already is one, or if the group does not allow it.
    pub async fn create_member_contact(&self, group: GroupId, member: GroupMemberId) -> Result<Contact, ApiError> {
        Ok(*self.call(&cmd::CreateMemberContact::new(group, member)).await?.contact)
    }

    /// Invites the member that a contact was created from, optionally with a message.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn send_member_contact_invitation(
        &self,
        contact: ContactId,
        message: Option<MsgContent>,
    ) -> Result<Contact, ApiError> {
        let mut command = cmd::SendMemberContactInvitation::new(contact);
        command.msg_content = message;
        Ok(*self.call(&command).await?.contact)
    }

    /// Accepts the contact that a member has offered.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn accept_member_contact(&self, contact: ContactId) -> Result<Contact, ApiError> {
        Ok(*self.call(&cmd::AcceptMemberContact::new(contact)).await?.contact)
    }
}
