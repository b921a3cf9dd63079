//! Connections: links, requests, verification, repair.

use simplex_types::types::{
    AChat, ConnectionPlan, ConnectionStats, Contact, ContactShortLinkData, CreatedConnLink, MsgContent,
    PendingContactConnection,
};
use simplex_types::{ConnectionId, ContactId, ContactRequestId, GroupId, GroupMemberId, UserId, cmd, response};

use crate::{ApiError, ChatApi, Connecting};

/// Connections: links, requests, verification, repair.
impl ChatApi {
    /// Creates a one-time invitation, as oneself. [`link`](CreatedConnLink::link) is what to hand on.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn create_link(&self, user: UserId) -> Result<CreatedConnLink, ApiError> {
        Ok(self.create_invitation(user, false).await?.conn_link_invitation)
    }

    /// Creates a one-time invitation, under a random profile if asked, with its pending connection.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn create_invitation(&self, user: UserId, incognito: bool) -> Result<response::Invitation, ApiError> {
        self.call(&cmd::AddContact::new(user).with_incognito(incognito)).await
    }

    /// What connecting by a link would do: nothing is done.
    ///
    /// # Errors
    /// As [`call`](Self::call); [`ApiError::Text`] or `invalidConnReq` for what is no link.
    pub async fn connect_plan(&self, user: UserId, link: &str) -> Result<(ConnectionPlan, CreatedConnLink), ApiError> {
        let answer = self.call(&cmd::ConnectPlan::new(user, link)).await?;
        Ok((answer.connection_plan, answer.conn_link))
    }

    /// Connects by a link that was planned, under a random profile if asked. Without a link, see
    /// [`create_link`](Self::create_link).
    ///
    /// # Errors
    /// As [`call`](Self::call); an agent's `AUTH` for a link that is used up, deleted, or one's own.
    pub async fn connect(&self, user: UserId, link: CreatedConnLink, incognito: bool) -> Result<Connecting, ApiError> {
        match self.call(&cmd::Connect::new(user, link).with_incognito(incognito)).await? {
            cmd::ConnectResponse::SentConfirmation(answer) => Ok(Connecting::Invitation(answer.connection)),
            cmd::ConnectResponse::SentInvitation(answer) => Ok(Connecting::Contact(answer.connection)),
            cmd::ConnectResponse::ContactAlreadyExists(answer) => Ok(Connecting::AlreadyExists(answer.contact)),
        }
    }

    /// Connects the active profile by a link, under a random profile if asked. A link that is one's own, known or in
    /// need of a decision is answered with its plan.
    ///
    /// # Errors
    /// As [`call`](Self::call); [`ApiError::Text`] or `invalidConnReq` for what is no link.
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

    /// Makes a chat of a planned link, to be connected by [`connect_prepared_contact`](Self::connect_prepared_contact).
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn prepare_contact(
        &self,
        user: UserId,
        link: CreatedConnLink,
        data: ContactShortLinkData,
    ) -> Result<AChat, ApiError> {
        Ok(self.call(&cmd::PrepareContact::new(user, link, data)).await?.chat)
    }

    /// Connects a prepared contact, with a message in the request if there is one.
    ///
    /// # Errors
    /// As [`call`](Self::call).
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
        }
    }

    /// Accepts a contact request, as oneself.
    ///
    /// # Errors
    /// As [`call`](Self::call); `contactRequestNotFound`.
    pub async fn accept_contact_request(&self, request: ContactRequestId) -> Result<Contact, ApiError> {
        Ok(*self.call(&cmd::AcceptContact::new(request)).await?.contact)
    }

    /// Accepts a contact request under a random profile.
    ///
    /// # Errors
    /// As [`call`](Self::call); `commandError` for an address whose short link shows the profile.
    pub async fn accept_contact_request_incognito(&self, request: ContactRequestId) -> Result<Contact, ApiError> {
        Ok(*self.call(&cmd::AcceptContact::new(request).with_incognito(true)).await?.contact)
    }

    /// Rejects a contact request; who asked is not told. A request that was accepted already is rejected too: the
    /// contact goes.
    ///
    /// # Errors
    /// As [`call`](Self::call); `contactRequestNotFound`.
    pub async fn reject_contact_request(&self, request: ContactRequestId) -> Result<(), ApiError> {
        self.call(&cmd::RejectContact::new(request)).await.map(drop)
    }

    /// A contact, the state of the connection, and the random profile that it knows, if so.
    ///
    /// # Errors
    /// As [`call`](Self::call); `contactNotFound`.
    pub async fn get_contact_info(&self, contact: ContactId) -> Result<response::ContactInfo, ApiError> {
        self.call(&cmd::ContactInfo::new(contact)).await
    }

    /// The code that both sides of a connection see when nobody is in between.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn get_contact_code(&self, contact: ContactId) -> Result<String, ApiError> {
        Ok(self.call(&cmd::GetContactCode::new(contact)).await?.connection_code)
    }

    /// The same for a member.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn get_group_member_code(&self, group: GroupId, member: GroupMemberId) -> Result<String, ApiError> {
        Ok(self.call(&cmd::GetGroupMemberCode::new(group, member)).await?.connection_code)
    }

    /// Marks a connection verified if the code is the right one; `None` takes the mark away.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn verify_contact(&self, contact: ContactId, code: Option<&str>) -> Result<bool, ApiError> {
        let mut command = cmd::VerifyContact::new(contact);
        command.connection_code = code.map(str::to_owned);
        Ok(self.call(&command).await?.verified)
    }

    /// The same for a member.
    ///
    /// # Errors
    /// As [`call`](Self::call).
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

    /// One's own name for a contact, who is not told. `None` takes it away.
    ///
    /// # Errors
    /// As [`call`](Self::call); `contactNotFound`.
    pub async fn set_contact_alias(&self, contact: ContactId, alias: Option<&str>) -> Result<Contact, ApiError> {
        let mut command = cmd::SetContactAlias::new(contact);
        command.local_alias = alias.map(str::to_owned);
        Ok(*self.call(&command).await?.to_contact)
    }

    /// The same for a pending connection.
    ///
    /// # Errors
    /// As [`call`](Self::call); `pendingConnectionNotFound`.
    pub async fn set_connection_alias(
        &self,
        connection: ConnectionId,
        alias: Option<&str>,
    ) -> Result<PendingContactConnection, ApiError> {
        let mut command = cmd::SetConnectionAlias::new(connection);
        command.local_alias = alias.map(str::to_owned);
        Ok(self.call(&command).await?.to_connection)
    }

    /// Whether who takes a pending invitation will see a random profile.
    ///
    /// # Errors
    /// As [`call`](Self::call); `connectionIncognitoChangeProhibited`, `pendingConnectionNotFound`.
    pub async fn set_connection_incognito(
        &self,
        connection: ConnectionId,
        incognito: bool,
    ) -> Result<PendingContactConnection, ApiError> {
        Ok(self.call(&cmd::SetConnectionIncognito::new(connection).with_incognito(incognito)).await?.to_connection)
    }

    /// Moves the connection to another queue, or server.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn switch_contact(&self, contact: ContactId) -> Result<ConnectionStats, ApiError> {
        Ok(self.call(&cmd::SwitchContact::new(contact)).await?.connection_stats)
    }

    /// The same for a member.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn switch_group_member(
        &self,
        group: GroupId,
        member: GroupMemberId,
    ) -> Result<ConnectionStats, ApiError> {
        Ok(self.call(&cmd::SwitchGroupMember::new(group, member)).await?.connection_stats)
    }

    /// Stops a move that has not gone too far.
    ///
    /// # Errors
    /// As [`call`](Self::call); an agent's `PROHIBITED` when there is nothing to stop.
    pub async fn abort_switch_contact(&self, contact: ContactId) -> Result<ConnectionStats, ApiError> {
        Ok(self.call(&cmd::AbortSwitchContact::new(contact)).await?.connection_stats)
    }

    /// The same for a member.
    ///
    /// # Errors
    /// As [`call`](Self::call); an agent's `PROHIBITED` when there is nothing to stop.
    pub async fn abort_switch_group_member(
        &self,
        group: GroupId,
        member: GroupMemberId,
    ) -> Result<ConnectionStats, ApiError> {
        Ok(self.call(&cmd::AbortSwitchGroupMember::new(group, member)).await?.connection_stats)
    }

    /// Renegotiates the encryption of a connection.
    ///
    /// # Errors
    /// As [`call`](Self::call); an agent's `PROHIBITED` when it is in order and not forced.
    pub async fn sync_contact_ratchet(&self, contact: ContactId, force: bool) -> Result<ConnectionStats, ApiError> {
        Ok(self.call(&cmd::SyncContactRatchet::new(contact).with_force(force)).await?.connection_stats)
    }

    /// The same for a member.
    ///
    /// # Errors
    /// As [`call`](Self::call); an agent's `PROHIBITED` when it is in order and not forced.
    pub async fn sync_group_member_ratchet(
        &self,
        group: GroupId,
        member: GroupMemberId,
        force: bool,
    ) -> Result<ConnectionStats, ApiError> {
        Ok(self.call(&cmd::SyncGroupMemberRatchet::new(group, member).with_force(force)).await?.connection_stats)
    }

    /// Sends to a contact again that was given up after too many failures.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn enable_contact(&self, contact: ContactId) -> Result<(), ApiError> {
        self.call(&cmd::EnableContact::new(contact)).await.map(drop)
    }

    /// The same for a member.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn enable_group_member(&self, group: GroupId, member: GroupMemberId) -> Result<(), ApiError> {
        self.call(&cmd::EnableGroupMember::new(group, member)).await.map(drop)
    }

    /// What the server says of the queue of a connection.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn contact_queue_info(&self, contact: ContactId) -> Result<response::QueueInfo, ApiError> {
        self.call(&cmd::ContactQueueInfo::new(contact)).await
    }

    /// The same for a member.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn group_member_queue_info(
        &self,
        group: GroupId,
        member: GroupMemberId,
    ) -> Result<response::QueueInfo, ApiError> {
        self.call(&cmd::GroupMemberQueueInfo::new(group, member)).await
    }
}
