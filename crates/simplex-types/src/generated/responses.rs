//! Written by `cargo xtask codegen`; change the schema or the overlay instead.

use crate::scalar::*;
#[allow(unused_imports)]
use crate::types;
use crate::wire::{messages, record, tags};

/// The response `acceptingContactRequest`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AcceptingContactRequest {
    /// `user`.
    pub user: Box<types::User>,
    /// `contact`.
    pub contact: Box<types::Contact>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(AcceptingContactRequest tag "acceptingContactRequest" { user "user" req, contact "contact" req,  });

/// The response `activeUser`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ActiveUser {
    /// `user`.
    pub user: Box<types::User>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(ActiveUser tag "activeUser" { user "user" req,  });

/// The response `chatItemNotChanged`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ChatItemNotChanged {
    /// `user`.
    pub user: Box<types::User>,
    /// `chatItem`.
    pub chat_item: types::AChatItem,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(ChatItemNotChanged tag "chatItemNotChanged" { user "user" req, chat_item "chatItem" req,  });

/// The response `chatItemReaction`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ChatItemReaction {
    /// `user`.
    pub user: Box<types::User>,
    /// `added`.
    pub added: bool,
    /// `reaction`.
    pub reaction: Box<types::AciReaction>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(ChatItemReaction tag "chatItemReaction" { user "user" req, added "added" req, reaction "reaction" req,  });

/// The response `chatItemUpdated`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ChatItemUpdated {
    /// `user`.
    pub user: Box<types::User>,
    /// `chatItem`.
    pub chat_item: types::AChatItem,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(ChatItemUpdated tag "chatItemUpdated" { user "user" req, chat_item "chatItem" req,  });

/// The response `chatItemsDeleted`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ChatItemsDeleted {
    /// `user`.
    pub user: Box<types::User>,
    /// `chatItemDeletions`.
    pub chat_item_deletions: Vec<types::ChatItemDeletion>,
    /// `byUser`.
    pub by_user: bool,
    /// `timed`.
    pub timed: bool,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(ChatItemsDeleted tag "chatItemsDeleted" { user "user" req, chat_item_deletions "chatItemDeletions" list, by_user "byUser" req, timed "timed" req,  });

/// The response `chatRunning`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ChatRunning {
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(ChatRunning tag "chatRunning" {  });

/// The response `chatStarted`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ChatStarted {
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(ChatStarted tag "chatStarted" {  });

/// The response `chatStopped`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ChatStopped {
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(ChatStopped tag "chatStopped" {  });

/// The response `cmdOk`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct CmdOk {
    /// `user_`.
    pub user: Option<Box<types::User>>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(CmdOk tag "cmdOk" { user "user_" opt,  });

/// The response `chatCmdError`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ChatCmdError {
    /// `chatError`.
    pub chat_error: types::ChatError,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(ChatCmdError tag "chatCmdError" { chat_error "chatError" req,  });

/// The response `connectionPlan`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ConnectionPlan {
    /// `user`.
    pub user: Box<types::User>,
    /// `connLink`.
    pub conn_link: types::CreatedConnLink,
    /// `planSimplexName`.
    pub plan_simplex_name: Option<types::SimplexNameInfo>,
    /// `otherSimplexName`.
    pub other_simplex_name: Option<types::SimplexNameInfo>,
    /// `connectionPlan`.
    pub connection_plan: types::ConnectionPlan,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(ConnectionPlan tag "connectionPlan" { user "user" req, conn_link "connLink" req, plan_simplex_name "planSimplexName" opt, other_simplex_name "otherSimplexName" opt, connection_plan "connectionPlan" req,  });

/// The response `contactAlreadyExists`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ContactAlreadyExists {
    /// `user`.
    pub user: Box<types::User>,
    /// `contact`.
    pub contact: Box<types::Contact>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(ContactAlreadyExists tag "contactAlreadyExists" { user "user" req, contact "contact" req,  });

/// The response `contactConnectionDeleted`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ContactConnectionDeleted {
    /// `user`.
    pub user: Box<types::User>,
    /// `connection`.
    pub connection: types::PendingContactConnection,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(ContactConnectionDeleted tag "contactConnectionDeleted" { user "user" req, connection "connection" req,  });

/// The response `contactDeleted`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ContactDeleted {
    /// `user`.
    pub user: Box<types::User>,
    /// `contact`.
    pub contact: Box<types::Contact>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(ContactDeleted tag "contactDeleted" { user "user" req, contact "contact" req,  });

/// The response `contactPrefsUpdated`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ContactPrefsUpdated {
    /// `user`.
    pub user: Box<types::User>,
    /// `fromContact`.
    pub from_contact: Box<types::Contact>,
    /// `toContact`.
    pub to_contact: Box<types::Contact>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(ContactPrefsUpdated tag "contactPrefsUpdated" { user "user" req, from_contact "fromContact" req, to_contact "toContact" req,  });

/// The response `contactRequestRejected`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ContactRequestRejected {
    /// `user`.
    pub user: Box<types::User>,
    /// `contactRequest`.
    pub contact_request: types::UserContactRequest,
    /// `contact_`.
    pub contact: Option<Box<types::Contact>>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(ContactRequestRejected tag "contactRequestRejected" { user "user" req, contact_request "contactRequest" req, contact "contact_" opt,  });

/// The response `contactsList`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ContactsList {
    /// `user`.
    pub user: Box<types::User>,
    /// `contacts`.
    pub contacts: Vec<types::Contact>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(ContactsList tag "contactsList" { user "user" req, contacts "contacts" list,  });

/// The response `groupDeletedUser`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GroupDeletedUser {
    /// `user`.
    pub user: Box<types::User>,
    /// `groupInfo`.
    pub group_info: Box<types::GroupInfo>,
    /// `msgSigned`.
    pub msg_signed: bool,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(GroupDeletedUser tag "groupDeletedUser" { user "user" req, group_info "groupInfo" req, msg_signed "msgSigned" def = "false",  });

/// The response `groupLink`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GroupLink {
    /// `user`.
    pub user: Box<types::User>,
    /// `groupInfo`.
    pub group_info: Box<types::GroupInfo>,
    /// `groupLink`.
    pub group_link: types::GroupLink,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(GroupLink tag "groupLink" { user "user" req, group_info "groupInfo" req, group_link "groupLink" req,  });

/// The response `groupLinkCreated`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GroupLinkCreated {
    /// `user`.
    pub user: Box<types::User>,
    /// `groupInfo`.
    pub group_info: Box<types::GroupInfo>,
    /// `groupLink`.
    pub group_link: types::GroupLink,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(GroupLinkCreated tag "groupLinkCreated" { user "user" req, group_info "groupInfo" req, group_link "groupLink" req,  });

/// The response `groupLinkDeleted`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GroupLinkDeleted {
    /// `user`.
    pub user: Box<types::User>,
    /// `groupInfo`.
    pub group_info: Box<types::GroupInfo>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(GroupLinkDeleted tag "groupLinkDeleted" { user "user" req, group_info "groupInfo" req,  });

/// The response `groupCreated`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GroupCreated {
    /// `user`.
    pub user: Box<types::User>,
    /// `groupInfo`.
    pub group_info: Box<types::GroupInfo>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(GroupCreated tag "groupCreated" { user "user" req, group_info "groupInfo" req,  });

/// The response `publicGroupCreated`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct PublicGroupCreated {
    /// `user`.
    pub user: Box<types::User>,
    /// `groupInfo`.
    pub group_info: Box<types::GroupInfo>,
    /// `groupLink`.
    pub group_link: types::GroupLink,
    /// `groupRelays`.
    pub group_relays: Vec<types::GroupRelay>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(PublicGroupCreated tag "publicGroupCreated" { user "user" req, group_info "groupInfo" req, group_link "groupLink" req, group_relays "groupRelays" list,  });

/// The response `publicGroupCreationFailed`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct PublicGroupCreationFailed {
    /// `user`.
    pub user: Box<types::User>,
    /// `addRelayResults`.
    pub add_relay_results: Vec<types::AddRelayResult>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(PublicGroupCreationFailed tag "publicGroupCreationFailed" { user "user" req, add_relay_results "addRelayResults" list,  });

/// The response `groupRelays`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GroupRelays {
    /// `user`.
    pub user: Box<types::User>,
    /// `groupInfo`.
    pub group_info: Box<types::GroupInfo>,
    /// `groupRelays`.
    pub group_relays: Vec<types::GroupRelay>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(GroupRelays tag "groupRelays" { user "user" req, group_info "groupInfo" req, group_relays "groupRelays" list,  });

/// The response `groupRelaysAdded`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GroupRelaysAdded {
    /// `user`.
    pub user: Box<types::User>,
    /// `groupInfo`.
    pub group_info: Box<types::GroupInfo>,
    /// `groupLink`.
    pub group_link: types::GroupLink,
    /// `groupRelays`.
    pub group_relays: Vec<types::GroupRelay>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(GroupRelaysAdded tag "groupRelaysAdded" { user "user" req, group_info "groupInfo" req, group_link "groupLink" req, group_relays "groupRelays" list,  });

/// The response `groupRelaysAddFailed`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GroupRelaysAddFailed {
    /// `user`.
    pub user: Box<types::User>,
    /// `addRelayResults`.
    pub add_relay_results: Vec<types::AddRelayResult>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(GroupRelaysAddFailed tag "groupRelaysAddFailed" { user "user" req, add_relay_results "addRelayResults" list,  });

/// The response `relayGroupAllowed`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct RelayGroupAllowed {
    /// `user`.
    pub user: Box<types::User>,
    /// `groupInfo`.
    pub group_info: Box<types::GroupInfo>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(RelayGroupAllowed tag "relayGroupAllowed" { user "user" req, group_info "groupInfo" req,  });

/// The response `groupMembers`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GroupMembers {
    /// `user`.
    pub user: Box<types::User>,
    /// `group`.
    pub group: types::Group,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(GroupMembers tag "groupMembers" { user "user" req, group "group" req,  });

/// The response `groupUpdated`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GroupUpdated {
    /// `user`.
    pub user: Box<types::User>,
    /// `fromGroup`.
    pub from_group: Box<types::GroupInfo>,
    /// `toGroup`.
    pub to_group: Box<types::GroupInfo>,
    /// `member_`.
    pub member: Option<Box<types::GroupMember>>,
    /// `msgSigned`.
    pub msg_signed: bool,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(GroupUpdated tag "groupUpdated" { user "user" req, from_group "fromGroup" req, to_group "toGroup" req, member "member_" opt, msg_signed "msgSigned" def = "false",  });

/// The response `groupsList`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GroupsList {
    /// `user`.
    pub user: Box<types::User>,
    /// `groups`.
    pub groups: Vec<types::GroupInfo>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(GroupsList tag "groupsList" { user "user" req, groups "groups" groups,  });

/// The response `invitation`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Invitation {
    /// `user`.
    pub user: Box<types::User>,
    /// `connLinkInvitation`.
    pub conn_link_invitation: types::CreatedConnLink,
    /// `connection`.
    pub connection: types::PendingContactConnection,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(Invitation tag "invitation" { user "user" req, conn_link_invitation "connLinkInvitation" req, connection "connection" req,  });

/// The response `leftMemberUser`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct LeftMemberUser {
    /// `user`.
    pub user: Box<types::User>,
    /// `groupInfo`.
    pub group_info: Box<types::GroupInfo>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(LeftMemberUser tag "leftMemberUser" { user "user" req, group_info "groupInfo" req,  });

/// The response `memberAccepted`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct MemberAccepted {
    /// `user`.
    pub user: Box<types::User>,
    /// `groupInfo`.
    pub group_info: Box<types::GroupInfo>,
    /// `member`.
    pub member: Box<types::GroupMember>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(MemberAccepted tag "memberAccepted" { user "user" req, group_info "groupInfo" req, member "member" req,  });

/// The response `membersBlockedForAllUser`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct MembersBlockedForAllUser {
    /// `user`.
    pub user: Box<types::User>,
    /// `groupInfo`.
    pub group_info: Box<types::GroupInfo>,
    /// `members`.
    pub members: Vec<types::GroupMember>,
    /// `blocked`.
    pub blocked: bool,
    /// `msgSigned`.
    pub msg_signed: bool,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(MembersBlockedForAllUser tag "membersBlockedForAllUser" { user "user" req, group_info "groupInfo" req, members "members" list, blocked "blocked" req, msg_signed "msgSigned" def = "false",  });

/// The response `membersRoleUser`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct MembersRoleUser {
    /// `user`.
    pub user: Box<types::User>,
    /// `groupInfo`.
    pub group_info: Box<types::GroupInfo>,
    /// `members`.
    pub members: Vec<types::GroupMember>,
    /// `toRole`.
    pub to_role: types::GroupMemberRole,
    /// `msgSigned`.
    pub msg_signed: bool,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(MembersRoleUser tag "membersRoleUser" { user "user" req, group_info "groupInfo" req, members "members" list, to_role "toRole" req, msg_signed "msgSigned" def = "false",  });

/// The response `newChatItems`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct NewChatItems {
    /// `user`.
    pub user: Box<types::User>,
    /// `chatItems`.
    pub chat_items: Vec<types::AChatItem>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(NewChatItems tag "newChatItems" { user "user" req, chat_items "chatItems" list,  });

/// The response `rcvFileAccepted`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct RcvFileAccepted {
    /// `user`.
    pub user: Box<types::User>,
    /// `chatItem`.
    pub chat_item: types::AChatItem,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(RcvFileAccepted tag "rcvFileAccepted" { user "user" req, chat_item "chatItem" req,  });

/// The response `rcvFileAcceptedSndCancelled`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct RcvFileAcceptedSndCancelled {
    /// `user`.
    pub user: Box<types::User>,
    /// `rcvFileTransfer`.
    pub rcv_file_transfer: Box<types::RcvFileTransfer>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(RcvFileAcceptedSndCancelled tag "rcvFileAcceptedSndCancelled" { user "user" req, rcv_file_transfer "rcvFileTransfer" req,  });

/// The response `rcvFileCancelled`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct RcvFileCancelled {
    /// `user`.
    pub user: Box<types::User>,
    /// `chatItem_`.
    pub chat_item: Option<Box<types::AChatItem>>,
    /// `rcvFileTransfer`.
    pub rcv_file_transfer: Box<types::RcvFileTransfer>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(RcvFileCancelled tag "rcvFileCancelled" { user "user" req, chat_item "chatItem_" opt, rcv_file_transfer "rcvFileTransfer" req,  });

/// The response `sentConfirmation`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SentConfirmation {
    /// `user`.
    pub user: Box<types::User>,
    /// `connection`.
    pub connection: types::PendingContactConnection,
    /// `customUserProfile`.
    pub custom_user_profile: Option<Box<types::Profile>>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(SentConfirmation tag "sentConfirmation" { user "user" req, connection "connection" req, custom_user_profile "customUserProfile" opt,  });

/// The response `sentGroupInvitation`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SentGroupInvitation {
    /// `user`.
    pub user: Box<types::User>,
    /// `groupInfo`.
    pub group_info: Box<types::GroupInfo>,
    /// `contact`.
    pub contact: Box<types::Contact>,
    /// `member`.
    pub member: Box<types::GroupMember>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(SentGroupInvitation tag "sentGroupInvitation" { user "user" req, group_info "groupInfo" req, contact "contact" req, member "member" req,  });

/// The response `sentInvitation`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SentInvitation {
    /// `user`.
    pub user: Box<types::User>,
    /// `connection`.
    pub connection: types::PendingContactConnection,
    /// `customUserProfile`.
    pub custom_user_profile: Option<Box<types::Profile>>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(SentInvitation tag "sentInvitation" { user "user" req, connection "connection" req, custom_user_profile "customUserProfile" opt,  });

/// The response `sndFileCancelled`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SndFileCancelled {
    /// `user`.
    pub user: Box<types::User>,
    /// `chatItem_`.
    pub chat_item: Option<Box<types::AChatItem>>,
    /// `fileTransferMeta`.
    pub file_transfer_meta: types::FileTransferMeta,
    /// `sndFileTransfers`.
    pub snd_file_transfers: Vec<types::SndFileTransfer>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(SndFileCancelled tag "sndFileCancelled" { user "user" req, chat_item "chatItem_" opt, file_transfer_meta "fileTransferMeta" req, snd_file_transfers "sndFileTransfers" list,  });

/// The response `userAcceptedGroupSent`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UserAcceptedGroupSent {
    /// `user`.
    pub user: Box<types::User>,
    /// `groupInfo`.
    pub group_info: Box<types::GroupInfo>,
    /// `hostContact`.
    pub host_contact: Option<Box<types::Contact>>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(UserAcceptedGroupSent tag "userAcceptedGroupSent" { user "user" req, group_info "groupInfo" req, host_contact "hostContact" opt,  });

/// The response `userContactLink`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UserContactLink {
    /// `user`.
    pub user: Box<types::User>,
    /// `contactLink`.
    pub contact_link: types::UserContactLink,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(UserContactLink tag "userContactLink" { user "user" req, contact_link "contactLink" req,  });

/// The response `userContactLinkCreated`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UserContactLinkCreated {
    /// `user`.
    pub user: Box<types::User>,
    /// `connLinkContact`.
    pub conn_link_contact: types::CreatedConnLink,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(UserContactLinkCreated tag "userContactLinkCreated" { user "user" req, conn_link_contact "connLinkContact" req,  });

/// The response `userContactLinkDeleted`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UserContactLinkDeleted {
    /// `user`.
    pub user: Box<types::User>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(UserContactLinkDeleted tag "userContactLinkDeleted" { user "user" req,  });

/// The response `userContactLinkUpdated`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UserContactLinkUpdated {
    /// `user`.
    pub user: Box<types::User>,
    /// `contactLink`.
    pub contact_link: types::UserContactLink,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(UserContactLinkUpdated tag "userContactLinkUpdated" { user "user" req, contact_link "contactLink" req,  });

/// The response `userDeletedMembers`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UserDeletedMembers {
    /// `user`.
    pub user: Box<types::User>,
    /// `groupInfo`.
    pub group_info: Box<types::GroupInfo>,
    /// `members`.
    pub members: Vec<types::GroupMember>,
    /// `withMessages`.
    pub with_messages: bool,
    /// `msgSigned`.
    pub msg_signed: bool,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(UserDeletedMembers tag "userDeletedMembers" { user "user" req, group_info "groupInfo" req, members "members" list, with_messages "withMessages" req, msg_signed "msgSigned" def = "false",  });

/// The response `userProfileUpdated`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UserProfileUpdated {
    /// `user`.
    pub user: Box<types::User>,
    /// `fromProfile`.
    pub from_profile: types::Profile,
    /// `toProfile`.
    pub to_profile: types::Profile,
    /// `updateSummary`.
    pub update_summary: types::UserProfileUpdateSummary,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(UserProfileUpdated tag "userProfileUpdated" { user "user" req, from_profile "fromProfile" req, to_profile "toProfile" req, update_summary "updateSummary" req,  });

/// The response `userProfileNoChange`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UserProfileNoChange {
    /// `user`.
    pub user: Box<types::User>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(UserProfileNoChange tag "userProfileNoChange" { user "user" req,  });

/// The response `usersList`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UsersList {
    /// `users`.
    pub users: Vec<types::UserInfo>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(UsersList tag "usersList" { users "users" list,  });

/// The response `apiChats`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ApiChats {
    /// `user`.
    pub user: Box<types::User>,
    /// `chats`.
    pub chats: Vec<types::AChat>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(ApiChats tag "apiChats" { user "user" req, chats "chats" list,  });

/// The response `apiChat`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ApiChat {
    /// `user`.
    pub user: Box<types::User>,
    /// `chat`.
    pub chat: types::AChat,
    /// `navInfo`.
    pub nav_info: Option<types::NavigationInfo>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(ApiChat tag "apiChat" { user "user" req, chat "chat" req, nav_info "navInfo" opt,  });

/// The response `itemsReadForChat`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ItemsReadForChat {
    /// `user`.
    pub user: Box<types::User>,
    /// `chatInfo`.
    pub chat_info: types::ChatInfo,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(ItemsReadForChat tag "itemsReadForChat" { user "user" req, chat_info "chatInfo" req,  });

/// The response `versionInfo`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct VersionInfo {
    /// `versionInfo`.
    pub version_info: types::CoreVersionInfo,
    /// `chatMigrations`.
    pub chat_migrations: Vec<types::UpMigration>,
    /// `agentMigrations`.
    pub agent_migrations: Vec<types::UpMigration>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(VersionInfo tag "versionInfo" { version_info "versionInfo" req, chat_migrations "chatMigrations" list, agent_migrations "agentMigrations" list,  });

/// The response `networkStatuses`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct NetworkStatuses {
    /// `user_`.
    pub user: Option<Box<types::User>>,
    /// `networkStatuses`.
    pub network_statuses: Vec<types::ConnNetworkStatus>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(NetworkStatuses tag "networkStatuses" { user "user_" opt, network_statuses "networkStatuses" list,  });

/// The response `chatCleared`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ChatCleared {
    /// `user`.
    pub user: Box<types::User>,
    /// `chatInfo`.
    pub chat_info: types::ChatInfo,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(ChatCleared tag "chatCleared" { user "user" req, chat_info "chatInfo" req,  });

/// The response `startedConnectionToContact`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct StartedConnectionToContact {
    /// `user`.
    pub user: Box<types::User>,
    /// `contact`.
    pub contact: Box<types::Contact>,
    /// `customUserProfile`.
    pub custom_user_profile: Option<Box<types::Profile>>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(StartedConnectionToContact tag "startedConnectionToContact" { user "user" req, contact "contact" req, custom_user_profile "customUserProfile" opt,  });

/// A response: what the core answers to a command.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum Response {
    /// `acceptingContactRequest`.
    AcceptingContactRequest(Box<AcceptingContactRequest>),
    /// `activeUser`.
    ActiveUser(Box<ActiveUser>),
    /// `chatItemNotChanged`.
    ChatItemNotChanged(Box<ChatItemNotChanged>),
    /// `chatItemReaction`.
    ChatItemReaction(Box<ChatItemReaction>),
    /// `chatItemUpdated`.
    ChatItemUpdated(Box<ChatItemUpdated>),
    /// `chatItemsDeleted`.
    ChatItemsDeleted(Box<ChatItemsDeleted>),
    /// `chatRunning`.
    ChatRunning(Box<ChatRunning>),
    /// `chatStarted`.
    ChatStarted(Box<ChatStarted>),
    /// `chatStopped`.
    ChatStopped(Box<ChatStopped>),
    /// `cmdOk`.
    CmdOk(Box<CmdOk>),
    /// `chatCmdError`.
    ChatCmdError(Box<ChatCmdError>),
    /// `connectionPlan`.
    ConnectionPlan(Box<ConnectionPlan>),
    /// `contactAlreadyExists`.
    ContactAlreadyExists(Box<ContactAlreadyExists>),
    /// `contactConnectionDeleted`.
    ContactConnectionDeleted(Box<ContactConnectionDeleted>),
    /// `contactDeleted`.
    ContactDeleted(Box<ContactDeleted>),
    /// `contactPrefsUpdated`.
    ContactPrefsUpdated(Box<ContactPrefsUpdated>),
    /// `contactRequestRejected`.
    ContactRequestRejected(Box<ContactRequestRejected>),
    /// `contactsList`.
    ContactsList(Box<ContactsList>),
    /// `groupDeletedUser`.
    GroupDeletedUser(Box<GroupDeletedUser>),
    /// `groupLink`.
    GroupLink(Box<GroupLink>),
    /// `groupLinkCreated`.
    GroupLinkCreated(Box<GroupLinkCreated>),
    /// `groupLinkDeleted`.
    GroupLinkDeleted(Box<GroupLinkDeleted>),
    /// `groupCreated`.
    GroupCreated(Box<GroupCreated>),
    /// `publicGroupCreated`.
    PublicGroupCreated(Box<PublicGroupCreated>),
    /// `publicGroupCreationFailed`.
    PublicGroupCreationFailed(Box<PublicGroupCreationFailed>),
    /// `groupRelays`.
    GroupRelays(Box<GroupRelays>),
    /// `groupRelaysAdded`.
    GroupRelaysAdded(Box<GroupRelaysAdded>),
    /// `groupRelaysAddFailed`.
    GroupRelaysAddFailed(Box<GroupRelaysAddFailed>),
    /// `relayGroupAllowed`.
    RelayGroupAllowed(Box<RelayGroupAllowed>),
    /// `groupMembers`.
    GroupMembers(Box<GroupMembers>),
    /// `groupUpdated`.
    GroupUpdated(Box<GroupUpdated>),
    /// `groupsList`.
    GroupsList(Box<GroupsList>),
    /// `invitation`.
    Invitation(Box<Invitation>),
    /// `leftMemberUser`.
    LeftMemberUser(Box<LeftMemberUser>),
    /// `memberAccepted`.
    MemberAccepted(Box<MemberAccepted>),
    /// `membersBlockedForAllUser`.
    MembersBlockedForAllUser(Box<MembersBlockedForAllUser>),
    /// `membersRoleUser`.
    MembersRoleUser(Box<MembersRoleUser>),
    /// `newChatItems`.
    NewChatItems(Box<NewChatItems>),
    /// `rcvFileAccepted`.
    RcvFileAccepted(Box<RcvFileAccepted>),
    /// `rcvFileAcceptedSndCancelled`.
    RcvFileAcceptedSndCancelled(Box<RcvFileAcceptedSndCancelled>),
    /// `rcvFileCancelled`.
    RcvFileCancelled(Box<RcvFileCancelled>),
    /// `sentConfirmation`.
    SentConfirmation(Box<SentConfirmation>),
    /// `sentGroupInvitation`.
    SentGroupInvitation(Box<SentGroupInvitation>),
    /// `sentInvitation`.
    SentInvitation(Box<SentInvitation>),
    /// `sndFileCancelled`.
    SndFileCancelled(Box<SndFileCancelled>),
    /// `userAcceptedGroupSent`.
    UserAcceptedGroupSent(Box<UserAcceptedGroupSent>),
    /// `userContactLink`.
    UserContactLink(Box<UserContactLink>),
    /// `userContactLinkCreated`.
    UserContactLinkCreated(Box<UserContactLinkCreated>),
    /// `userContactLinkDeleted`.
    UserContactLinkDeleted(Box<UserContactLinkDeleted>),
    /// `userContactLinkUpdated`.
    UserContactLinkUpdated(Box<UserContactLinkUpdated>),
    /// `userDeletedMembers`.
    UserDeletedMembers(Box<UserDeletedMembers>),
    /// `userProfileUpdated`.
    UserProfileUpdated(Box<UserProfileUpdated>),
    /// `userProfileNoChange`.
    UserProfileNoChange(Box<UserProfileNoChange>),
    /// `usersList`.
    UsersList(Box<UsersList>),
    /// `apiChats`.
    ApiChats(Box<ApiChats>),
    /// `apiChat`. Not documented upstream.
    ApiChat(Box<ApiChat>),
    /// `itemsReadForChat`. Not documented upstream.
    ItemsReadForChat(Box<ItemsReadForChat>),
    /// `versionInfo`. Not documented upstream.
    VersionInfo(Box<VersionInfo>),
    /// `networkStatuses`. Not documented upstream.
    NetworkStatuses(Box<NetworkStatuses>),
    /// `chatCleared`. Not documented upstream.
    ChatCleared(Box<ChatCleared>),
    /// `startedConnectionToContact`. Not documented upstream.
    StartedConnectionToContact(Box<StartedConnectionToContact>),
    /// One that the schema does not know.
    Unknown(Unknown),
}

messages!(Response, ResponseTag, self { AcceptingContactRequest "acceptingContactRequest";ActiveUser "activeUser";ChatItemNotChanged "chatItemNotChanged";ChatItemReaction "chatItemReaction";ChatItemUpdated "chatItemUpdated";ChatItemsDeleted "chatItemsDeleted";ChatRunning "chatRunning";ChatStarted "chatStarted";ChatStopped "chatStopped";CmdOk "cmdOk";ChatCmdError "chatCmdError";ConnectionPlan "connectionPlan";ContactAlreadyExists "contactAlreadyExists";ContactConnectionDeleted "contactConnectionDeleted";ContactDeleted "contactDeleted";ContactPrefsUpdated "contactPrefsUpdated";ContactRequestRejected "contactRequestRejected";ContactsList "contactsList";GroupDeletedUser "groupDeletedUser";GroupLink "groupLink";GroupLinkCreated "groupLinkCreated";GroupLinkDeleted "groupLinkDeleted";GroupCreated "groupCreated";PublicGroupCreated "publicGroupCreated";PublicGroupCreationFailed "publicGroupCreationFailed";GroupRelays "groupRelays";GroupRelaysAdded "groupRelaysAdded";GroupRelaysAddFailed "groupRelaysAddFailed";RelayGroupAllowed "relayGroupAllowed";GroupMembers "groupMembers";GroupUpdated "groupUpdated";GroupsList "groupsList";Invitation "invitation";LeftMemberUser "leftMemberUser";MemberAccepted "memberAccepted";MembersBlockedForAllUser "membersBlockedForAllUser";MembersRoleUser "membersRoleUser";NewChatItems "newChatItems";RcvFileAccepted "rcvFileAccepted";RcvFileAcceptedSndCancelled "rcvFileAcceptedSndCancelled";RcvFileCancelled "rcvFileCancelled";SentConfirmation "sentConfirmation";SentGroupInvitation "sentGroupInvitation";SentInvitation "sentInvitation";SndFileCancelled "sndFileCancelled";UserAcceptedGroupSent "userAcceptedGroupSent";UserContactLink "userContactLink";UserContactLinkCreated "userContactLinkCreated";UserContactLinkDeleted "userContactLinkDeleted";UserContactLinkUpdated "userContactLinkUpdated";UserDeletedMembers "userDeletedMembers";UserProfileUpdated "userProfileUpdated";UserProfileNoChange "userProfileNoChange";UsersList "usersList";ApiChats "apiChats";ApiChat "apiChat";ItemsReadForChat "itemsReadForChat";VersionInfo "versionInfo";NetworkStatuses "networkStatuses";ChatCleared "chatCleared";StartedConnectionToContact "startedConnectionToContact"; });

/// Which one an [`Response`] is.
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ResponseTag {
    /// `acceptingContactRequest`.
    AcceptingContactRequest,
    /// `activeUser`.
    ActiveUser,
    /// `chatItemNotChanged`.
    ChatItemNotChanged,
    /// `chatItemReaction`.
    ChatItemReaction,
    /// `chatItemUpdated`.
    ChatItemUpdated,
    /// `chatItemsDeleted`.
    ChatItemsDeleted,
    /// `chatRunning`.
    ChatRunning,
    /// `chatStarted`.
    ChatStarted,
    /// `chatStopped`.
    ChatStopped,
    /// `cmdOk`.
    CmdOk,
    /// `chatCmdError`.
    ChatCmdError,
    /// `connectionPlan`.
    ConnectionPlan,
    /// `contactAlreadyExists`.
    ContactAlreadyExists,
    /// `contactConnectionDeleted`.
    ContactConnectionDeleted,
    /// `contactDeleted`.
    ContactDeleted,
    /// `contactPrefsUpdated`.
    ContactPrefsUpdated,
    /// `contactRequestRejected`.
    ContactRequestRejected,
    /// `contactsList`.
    ContactsList,
    /// `groupDeletedUser`.
    GroupDeletedUser,
    /// `groupLink`.
    GroupLink,
    /// `groupLinkCreated`.
    GroupLinkCreated,
    /// `groupLinkDeleted`.
    GroupLinkDeleted,
    /// `groupCreated`.
    GroupCreated,
    /// `publicGroupCreated`.
    PublicGroupCreated,
    /// `publicGroupCreationFailed`.
    PublicGroupCreationFailed,
    /// `groupRelays`.
    GroupRelays,
    /// `groupRelaysAdded`.
    GroupRelaysAdded,
    /// `groupRelaysAddFailed`.
    GroupRelaysAddFailed,
    /// `relayGroupAllowed`.
    RelayGroupAllowed,
    /// `groupMembers`.
    GroupMembers,
    /// `groupUpdated`.
    GroupUpdated,
    /// `groupsList`.
    GroupsList,
    /// `invitation`.
    Invitation,
    /// `leftMemberUser`.
    LeftMemberUser,
    /// `memberAccepted`.
    MemberAccepted,
    /// `membersBlockedForAllUser`.
    MembersBlockedForAllUser,
    /// `membersRoleUser`.
    MembersRoleUser,
    /// `newChatItems`.
    NewChatItems,
    /// `rcvFileAccepted`.
    RcvFileAccepted,
    /// `rcvFileAcceptedSndCancelled`.
    RcvFileAcceptedSndCancelled,
    /// `rcvFileCancelled`.
    RcvFileCancelled,
    /// `sentConfirmation`.
    SentConfirmation,
    /// `sentGroupInvitation`.
    SentGroupInvitation,
    /// `sentInvitation`.
    SentInvitation,
    /// `sndFileCancelled`.
    SndFileCancelled,
    /// `userAcceptedGroupSent`.
    UserAcceptedGroupSent,
    /// `userContactLink`.
    UserContactLink,
    /// `userContactLinkCreated`.
    UserContactLinkCreated,
    /// `userContactLinkDeleted`.
    UserContactLinkDeleted,
    /// `userContactLinkUpdated`.
    UserContactLinkUpdated,
    /// `userDeletedMembers`.
    UserDeletedMembers,
    /// `userProfileUpdated`.
    UserProfileUpdated,
    /// `userProfileNoChange`.
    UserProfileNoChange,
    /// `usersList`.
    UsersList,
    /// `apiChats`.
    ApiChats,
    /// `apiChat`.
    ApiChat,
    /// `itemsReadForChat`.
    ItemsReadForChat,
    /// `versionInfo`.
    VersionInfo,
    /// `networkStatuses`.
    NetworkStatuses,
    /// `chatCleared`.
    ChatCleared,
    /// `startedConnectionToContact`.
    StartedConnectionToContact,
    /// One that the schema does not know.
    Unknown(Box<str>),
}

tags!(ResponseTag { AcceptingContactRequest "acceptingContactRequest", ActiveUser "activeUser", ChatItemNotChanged "chatItemNotChanged", ChatItemReaction "chatItemReaction", ChatItemUpdated "chatItemUpdated", ChatItemsDeleted "chatItemsDeleted", ChatRunning "chatRunning", ChatStarted "chatStarted", ChatStopped "chatStopped", CmdOk "cmdOk", ChatCmdError "chatCmdError", ConnectionPlan "connectionPlan", ContactAlreadyExists "contactAlreadyExists", ContactConnectionDeleted "contactConnectionDeleted", ContactDeleted "contactDeleted", ContactPrefsUpdated "contactPrefsUpdated", ContactRequestRejected "contactRequestRejected", ContactsList "contactsList", GroupDeletedUser "groupDeletedUser", GroupLink "groupLink", GroupLinkCreated "groupLinkCreated", GroupLinkDeleted "groupLinkDeleted", GroupCreated "groupCreated", PublicGroupCreated "publicGroupCreated", PublicGroupCreationFailed "publicGroupCreationFailed", GroupRelays "groupRelays", GroupRelaysAdded "groupRelaysAdded", GroupRelaysAddFailed "groupRelaysAddFailed", RelayGroupAllowed "relayGroupAllowed", GroupMembers "groupMembers", GroupUpdated "groupUpdated", GroupsList "groupsList", Invitation "invitation", LeftMemberUser "leftMemberUser", MemberAccepted "memberAccepted", MembersBlockedForAllUser "membersBlockedForAllUser", MembersRoleUser "membersRoleUser", NewChatItems "newChatItems", RcvFileAccepted "rcvFileAccepted", RcvFileAcceptedSndCancelled "rcvFileAcceptedSndCancelled", RcvFileCancelled "rcvFileCancelled", SentConfirmation "sentConfirmation", SentGroupInvitation "sentGroupInvitation", SentInvitation "sentInvitation", SndFileCancelled "sndFileCancelled", UserAcceptedGroupSent "userAcceptedGroupSent", UserContactLink "userContactLink", UserContactLinkCreated "userContactLinkCreated", UserContactLinkDeleted "userContactLinkDeleted", UserContactLinkUpdated "userContactLinkUpdated", UserDeletedMembers "userDeletedMembers", UserProfileUpdated "userProfileUpdated", UserProfileNoChange "userProfileNoChange", UsersList "usersList", ApiChats "apiChats", ApiChat "apiChat", ItemsReadForChat "itemsReadForChat", VersionInfo "versionInfo", NetworkStatuses "networkStatuses", ChatCleared "chatCleared", StartedConnectionToContact "startedConnectionToContact",  });
