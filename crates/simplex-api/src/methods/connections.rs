//! Connections: links, requests, verification, repair.

use simplex_types::types::{
    AChat, ConnectionPlan, ConnectionStats, Contact, ContactShortLinkData, CreatedConnLink, GroupInfo,
    GroupShortLinkData, MsgContent, PendingContactConnection,
};
use simplex_types::{ConnectionId, ContactId, ContactRequestId, GroupId, GroupMemberId, UserId, cmd, response};

use crate::{ApiError, ChatApi, Connecting};

/// Connections: links, requests, verification, repair.
impl ChatApi {
    /// Creates a one-time invitation, under your own profile. [`link`](CreatedConnLink::link) is the text to share.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn create_link(&self, user: UserId) -> Result<CreatedConnLink, ApiError> {
        Ok(self.create_invitation(user, false).await?.conn_link_invitation)
    }

    /// Creates a one-time invitation, optionally under a random profile, and returns it with its pending connection.
    ///
    /// The connection of the contact who uses it has the same id (`active_conn`, in the event `ContactConnected`): that
    /// tells who came by which invitation, and so whatever the program noted with it.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn create_invitation(&self, user: UserId, incognito: bool) -> Result<response::Invitation, ApiError> {
        self.call(&cmd::AddContact::new(user).with_incognito(incognito)).await
    }

    /// Returns what connecting by a link would do, without doing it.
    ///
    /// # Errors
    /// Same as [`call`](Self::call); [`ApiError::Text`] or `invalidConnReq` if the text is not a link.
    pub async fn connect_plan(&self, user: UserId, link: &str) -> Result<(ConnectionPlan, CreatedConnLink), ApiError> {
        let answer = self.call(&cmd::ConnectPlan::new(user, link)).await?;
        Ok((answer.connection_plan, answer.conn_link))
    }

    /// Connects by a planned link, optionally under a random profile. To connect without a link, see
    /// [`create_link`](Self::create_link).
    ///
    /// # Errors
    /// Same as [`call`](Self::call); an agent's `AUTH` if the link is used up, deleted, or your own.
    pub async fn connect(&self, user: UserId, link: CreatedConnLink, incognito: bool) -> Result<Connecting, ApiError> {
        match self.call(&cmd::Connect::new(user, link).with_incognito(incognito)).await? {
            cmd::ConnectResponse::SentConfirmation(answer) => Ok(Connecting::Invitation(answer.connection)),
            cmd::ConnectResponse::SentInvitation(answer) => Ok(Connecting::Contact(answer.connection)),
            cmd::ConnectResponse::ContactAlreadyExists(answer) => Ok(Connecting::AlreadyExists(answer.contact)),
        }
    }

    /// Connects the active profile by a link, optionally under a random profile. If the link is your own, already
    /// known, or needs a decision, its plan is returned instead.
    ///
    /// # Errors
    /// Same as [`call`](Self::call); [`ApiError::Text`] or `invalidConnReq` if the text is not a link.
    pub async fn connect_active_user(&self, link: &str, incognito: bool) -> Result<Connecting, ApiError> {
        match self.call(&cmd::ConnectLink::new(link).with_incognito(incognito)).await? {
            cmd::ConnectLinkResponse::SentConfirmation(answer) => Ok(Connecting::Invitation(answer.connection)),
            cmd::ConnectLinkResponse::SentInvitation(answer) => Ok(Connecting::Contact(answer.connection)),
            cmd::ConnectLinkResponse::ContactAlreadyExists(answer) => Ok(Connecting::AlreadyExists(answer.contact)),
            cmd::ConnectLinkResponse::ConnectionPlan(answer) => {
                Ok(Connecting::Plan(Box::new((answer.connection_plan, answer.conn_link))))
            }
            cmd::ConnectLinkResponse::SentInvitationToContact(answer) => Ok(Connecting::ToContact(answer.contact)),
            cmd::ConnectLinkResponse::StartedConnectionToContact(answer) => Ok(Connecting::ToContact(answer.contact)),
            cmd::ConnectLinkResponse::StartedConnectionToGroup(answer) => Ok(Connecting::ToGroup(answer.group_info)),
        }
    }

    /// Creates a chat for a planned link; [`connect_prepared_contact`](Self::connect_prepared_contact) connects it.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn prepare_contact(
        &self,
        user: UserId,
        link: CreatedConnLink,
        data: ContactShortLinkData,
    ) -> Result<AChat, ApiError> {
        Ok(self.call(&cmd::PrepareContact::new(user, link, data)).await?.chat)
    }

    /// Connects a prepared contact, optionally with a message in the request. For one that is connected, or being
    /// connected, nothing is sent.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn connect_prepared_contact(
        &self,
        contact: ContactId,
        incognito: bool,
        message: Option<MsgContent>,
    ) -> Result<Contact, ApiError> {
        let mut command = cmd::ConnectPreparedContact::new(contact).with_incognito(incognito);
        command.msg_content = message;
        match self.call(&command).await? {
            cmd::ConnectPreparedContactResponse::StartedConnectionToContact(answer) => Ok(*answer.contact),
            cmd::ConnectPreparedContactResponse::SentInvitationToContact(answer) => Ok(*answer.contact),
            cmd::ConnectPreparedContactResponse::ContactAlreadyExists(answer) => Ok(*answer.contact),
        }
    }

    /// Creates a chat for the planned link of a group or a channel, with what the plan says about it: `direct` is false
    /// for a channel, which is reached through its relays. [`connect_prepared_group`](Self::connect_prepared_group) joins
    /// it; a channel cannot be joined otherwise.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn prepare_group(
        &self,
        user: UserId,
        link: CreatedConnLink,
        direct: bool,
        data: GroupShortLinkData,
    ) -> Result<AChat, ApiError> {
        Ok(self.call(&cmd::PrepareGroup::new(user, link, data).with_direct_link(direct)).await?.chat)
    }

    /// Joins a prepared group or channel, optionally with a message to its hosts.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn connect_prepared_group(
        &self,
        group: GroupId,
        incognito: bool,
        message: Option<MsgContent>,
    ) -> Result<GroupInfo, ApiError> {
        let mut command = cmd::ConnectPreparedGroup::new(group).with_incognito(incognito);
        command.msg_content = message;
        Ok(*self.call(&command).await?.group_info)
    }

    /// Accepts a contact request, under your own profile.
    ///
    /// Besides the event [`ReceivedContactRequest`](crate::types::event::ReceivedContactRequest), a request that waits is
    /// a chat of [`get_chats`](Self::get_chats), with a contact that has a `contact_request_id` and no `active_conn`;
    /// [`list_contacts`](Self::list_contacts) leaves it out.
    ///
    /// # Errors
    /// Same as [`call`](Self::call); `contactRequestNotFound`.
    pub async fn accept_contact_request(&self, request: ContactRequestId) -> Result<Contact, ApiError> {
        Ok(*self.call(&cmd::AcceptContact::new(request)).await?.contact)
    }

    /// Accepts a contact request under a random profile.
    ///
    /// # Errors
    /// Same as [`call`](Self::call); `commandError` for an address whose short link shows the profile.
    pub async fn accept_contact_request_incognito(&self, request: ContactRequestId) -> Result<Contact, ApiError> {
        Ok(*self.call(&cmd::AcceptContact::new(request).with_incognito(true)).await?.contact)
    }

    /// Rejects a contact request; the sender is not informed. This works for accepted requests, too: the contact is
    /// then deleted.
    ///
    /// # Errors
    /// Same as [`call`](Self::call); `contactRequestNotFound`.
    pub async fn reject_contact_request(&self, request: ContactRequestId) -> Result<(), ApiError> {
        self.call(&cmd::RejectContact::new(request)).await.map(drop)
    }

    /// Returns a contact, the state of its connection, and the random profile that the contact knows, if any.
    ///
    /// # Errors
    /// Same as [`call`](Self::call); `contactNotFound`.
    pub async fn get_contact_info(&self, contact: ContactId) -> Result<response::ContactInfo, ApiError> {
        self.call(&cmd::ContactInfo::new(contact)).await
    }

    /// Returns the security code of a connection: it is the same on both sides unless someone is in between.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn get_contact_code(&self, contact: ContactId) -> Result<String, ApiError> {
        Ok(self.call(&cmd::GetContactCode::new(contact)).await?.connection_code)
    }

    /// Like [`get_contact_code`](Self::get_contact_code), for a group member.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn get_group_member_code(&self, group: GroupId, member: GroupMemberId) -> Result<String, ApiError> {
        Ok(self.call(&cmd::GetGroupMemberCode::new(group, member)).await?.connection_code)
    }

    /// Marks a connection as verified if the code is correct; `None` removes the mark.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn verify_contact(&self, contact: ContactId, code: Option<&str>) -> Result<bool, ApiError> {
        let mut command = cmd::VerifyContact::new(contact);
        command.connection_code = code.map(str::to_owned);
        Ok(self.call(&command).await?.verified)
    }

    /// Like [`verify_contact`](Self::verify_contact), for a group member.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn verify_group_member(
        &self,
        group: GroupId,
        member: GroupMemberId,
        code: Option<&str>,
    ) -> Result<bool, ApiError> {
        let mut command = cmd::VerifyGroupMember::new(group, member);
        command.connection_code = code.map(str::to_owned);
        Ok(self.call(&command).await?.verified)
    }

    /// Sets your own name for a contact, who is not informed. `None` removes it.
    ///
    /// # Errors
    /// Same as [`call`](Self::call); `contactNotFound`.
    pub async fn set_contact_alias(&self, contact: ContactId, alias: Option<&str>) -> Result<Contact, ApiError> {
        let mut command = cmd::SetContactAlias::new(contact);
        command.local_alias = alias.map(str::to_owned);
        Ok(*self.call(&command).await?.to_contact)
    }

    /// Like [`set_contact_alias`](Self::set_contact_alias), for a pending connection.
    ///
    /// # Errors
    /// Same as [`call`](Self::call); `pendingConnectionNotFound`.
    pub async fn set_connection_alias(
        &self,
        connection: ConnectionId,
        alias: Option<&str>,
    ) -> Result<PendingContactConnection, ApiError> {
        let mut command = cmd::SetConnectionAlias::new(connection);
        command.local_alias = alias.map(str::to_owned);
        Ok(self.call(&command).await?.to_connection)
    }

    /// Sets whether the person who accepts a pending invitation will see a random profile.
    ///
    /// # Errors
    /// Same as [`call`](Self::call); `connectionIncognitoChangeProhibited`, `pendingConnectionNotFound`.
    pub async fn set_connection_incognito(
        &self,
        connection: ConnectionId,
        incognito: bool,
    ) -> Result<PendingContactConnection, ApiError> {
        Ok(self.call(&cmd::SetConnectionIncognito::new(connection).with_incognito(incognito)).await?.to_connection)
    }

    /// Moves a contact's connection to another queue or server.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn switch_contact(&self, contact: ContactId) -> Result<ConnectionStats, ApiError> {
        Ok(self.call(&cmd::SwitchContact::new(contact)).await?.connection_stats)
    }

    /// Like [`switch_contact`](Self::switch_contact), for a group member.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn switch_group_member(
        &self,
        group: GroupId,
        member: GroupMemberId,
    ) -> Result<ConnectionStats, ApiError> {
        Ok(self.call(&cmd::SwitchGroupMember::new(group, member)).await?.connection_stats)
    }

    /// Aborts a move, unless it has gone too far.
    ///
    /// # Errors
    /// Same as [`call`](Self::call); an agent's `PROHIBITED` if there is nothing to abort.
    pub async fn abort_switch_contact(&self, contact: ContactId) -> Result<ConnectionStats, ApiError> {
        Ok(self.call(&cmd::AbortSwitchContact::new(contact)).await?.connection_stats)
    }

    /// Like [`abort_switch_contact`](Self::abort_switch_contact), for a group member.
    ///
    /// # Errors
    /// Same as [`call`](Self::call); an agent's `PROHIBITED` if there is nothing to abort.
    pub async fn abort_switch_group_member(
        &self,
        group: GroupId,
        member: GroupMemberId,
    ) -> Result<ConnectionStats, ApiError> {
        Ok(self.call(&cmd::AbortSwitchGroupMember::new(group, member)).await?.connection_stats)
    }

    /// Renegotiates the encryption of a contact's connection.
    ///
    /// # Errors
    /// Same as [`call`](Self::call); an agent's `PROHIBITED` if the encryption is in order and `force` is false.
    pub async fn sync_contact_ratchet(&self, contact: ContactId, force: bool) -> Result<ConnectionStats, ApiError> {
        Ok(self.call(&cmd::SyncContactRatchet::new(contact).with_force(force)).await?.connection_stats)
    }

    /// Like [`sync_contact_ratchet`](Self::sync_contact_ratchet), for a group member.
    ///
    /// # Errors
    /// Same as [`call`](Self::call); an agent's `PROHIBITED` if the encryption is in order and `force` is false.
    pub async fn sync_group_member_ratchet(
        &self,
        group: GroupId,
        member: GroupMemberId,
        force: bool,
    ) -> Result<ConnectionStats, ApiError> {
        Ok(self.call(&cmd::SyncGroupMemberRatchet::new(group, member).with_force(force)).await?.connection_stats)
    }

    /// Re-enables sending to a contact that was given up after too many failures.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn enable_contact(&self, contact: ContactId) -> Result<(), ApiError> {
        self.call(&cmd::EnableContact::new(contact)).await.map(drop)
    }

    /// Like [`enable_contact`](Self::enable_contact), for a group member.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn enable_group_member(&self, group: GroupId, member: GroupMemberId) -> Result<(), ApiError> {
        self.call(&cmd::EnableGroupMember::new(group, member)).await.map(drop)
    }

    /// Returns what the server reports about the queue of a contact's connection.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn contact_queue_info(&self, contact: ContactId) -> Result<response::QueueInfo, ApiError> {
        self.call(&cmd::ContactQueueInfo::new(contact)).await
    }

    /// Like [`contact_queue_info`](Self::contact_queue_info), for a group member.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn group_member_queue_info(
        &self,
        group: GroupId,
        member: GroupMemberId,
    ) -> Result<response::QueueInfo, ApiError> {
        self.call(&cmd::GroupMemberQueueInfo::new(group, member)).await
    }
}
