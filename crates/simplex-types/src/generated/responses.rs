//! Written by `cargo xtask codegen`; change the schema or the overlay instead.

#[allow(unused_imports)]
use std::collections::BTreeMap;

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

record!(ChatItemReaction tag "chatItemReaction" { user "user" req, added "added" auto, reaction "reaction" req,  });

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

record!(ChatItemsDeleted tag "chatItemsDeleted" { user "user" req, chat_item_deletions "chatItemDeletions" list, by_user "byUser" auto, timed "timed" auto,  });

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

record!(GroupDeletedUser tag "groupDeletedUser" { user "user" req, group_info "groupInfo" req, msg_signed "msgSigned" auto,  });

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

record!(GroupUpdated tag "groupUpdated" { user "user" req, from_group "fromGroup" req, to_group "toGroup" req, member "member_" opt, msg_signed "msgSigned" auto,  });

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

record!(MembersBlockedForAllUser tag "membersBlockedForAllUser" { user "user" req, group_info "groupInfo" req, members "members" list, blocked "blocked" auto, msg_signed "msgSigned" auto,  });

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

record!(MembersRoleUser tag "membersRoleUser" { user "user" req, group_info "groupInfo" req, members "members" list, to_role "toRole" req, msg_signed "msgSigned" auto,  });

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

record!(UserDeletedMembers tag "userDeletedMembers" { user "user" req, group_info "groupInfo" req, members "members" list, with_messages "withMessages" auto, msg_signed "msgSigned" auto,  });

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

/// The response `chatItems`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ChatItems {
    /// `user`.
    pub user: Box<types::User>,
    /// `chatItems`.
    pub chat_items: Vec<types::AChatItem>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(ChatItems tag "chatItems" { user "user" req, chat_items "chatItems" list,  });

/// The response `chatItemInfo`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ChatItemInfo {
    /// `user`.
    pub user: Box<types::User>,
    /// `chatItem`.
    pub chat_item: types::AChatItem,
    /// `chatItemInfo`.
    pub chat_item_info: types::ChatItemInfo,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(ChatItemInfo tag "chatItemInfo" { user "user" req, chat_item "chatItem" req, chat_item_info "chatItemInfo" req,  });

/// The response `memberSupportChatRead`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct MemberSupportChatRead {
    /// `user`.
    pub user: Box<types::User>,
    /// `groupInfo`.
    pub group_info: Box<types::GroupInfo>,
    /// `member`.
    pub member: Box<types::GroupMember>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(MemberSupportChatRead tag "memberSupportChatRead" { user "user" req, group_info "groupInfo" req, member "member" req,  });

/// The response `forwardPlan`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ForwardPlan {
    /// `user`.
    pub user: Box<types::User>,
    /// `itemsCount`.
    pub items_count: i64,
    /// `chatItemIds`.
    pub chat_item_ids: Vec<ChatItemId>,
    /// `forwardConfirmation`.
    pub forward_confirmation: Option<types::ForwardConfirmation>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(ForwardPlan tag "forwardPlan" { user "user" req, items_count "itemsCount" req, chat_item_ids "chatItemIds" list, forward_confirmation "forwardConfirmation" opt,  });

/// The response `reactionMembers`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ReactionMembers {
    /// `user`.
    pub user: Box<types::User>,
    /// `memberReactions`.
    pub member_reactions: Vec<types::MemberReaction>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(ReactionMembers tag "reactionMembers" { user "user" req, member_reactions "memberReactions" list,  });

/// The response `groupChatItemsDeleted`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GroupChatItemsDeleted {
    /// `user`.
    pub user: Box<types::User>,
    /// `groupInfo`.
    pub group_info: Box<types::GroupInfo>,
    /// `chatItemIDs`.
    pub chat_item_ids: Vec<ChatItemId>,
    /// `byUser`.
    pub by_user: bool,
    /// `member_`.
    pub member: Option<Box<types::GroupMember>>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(GroupChatItemsDeleted tag "groupChatItemsDeleted" { user "user" req, group_info "groupInfo" req, chat_item_ids "chatItemIDs" list, by_user "byUser" auto, member "member_" opt,  });

/// The response `chatRelayTestResult`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ChatRelayTestResult {
    /// `user`.
    pub user: Box<types::User>,
    /// `relayProfile`.
    pub relay_profile: Option<types::RelayProfile>,
    /// `relayTestFailure`.
    pub relay_test_failure: Option<RawJson>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(ChatRelayTestResult tag "chatRelayTestResult" { user "user" req, relay_profile "relayProfile" opt, relay_test_failure "relayTestFailure" opt,  });

/// The response `contactInfo`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ContactInfo {
    /// `user`.
    pub user: Box<types::User>,
    /// `contact`.
    pub contact: Box<types::Contact>,
    /// `connectionStats_`.
    pub connection_stats: Option<types::ConnectionStats>,
    /// `customUserProfile`.
    pub custom_user_profile: Option<Box<types::Profile>>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(ContactInfo tag "contactInfo" { user "user" req, contact "contact" req, connection_stats "connectionStats_" opt, custom_user_profile "customUserProfile" opt,  });

/// The response `groupInfo`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GroupInfo {
    /// `user`.
    pub user: Box<types::User>,
    /// `groupInfo`.
    pub group_info: Box<types::GroupInfo>,
    /// `groupSummary`.
    pub group_summary: Option<types::GroupSummary>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(GroupInfo tag "groupInfo" { user "user" req, group_info "groupInfo" req, group_summary "groupSummary" opt,  });

/// The response `groupMemberInfo`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GroupMemberInfo {
    /// `user`.
    pub user: Box<types::User>,
    /// `groupInfo`.
    pub group_info: Box<types::GroupInfo>,
    /// `member`.
    pub member: Box<types::GroupMember>,
    /// `connectionStats_`.
    pub connection_stats: Option<types::ConnectionStats>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(GroupMemberInfo tag "groupMemberInfo" { user "user" req, group_info "groupInfo" req, member "member" req, connection_stats "connectionStats_" opt,  });

/// The response `contactCode`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ContactCode {
    /// `user`.
    pub user: Box<types::User>,
    /// `contact`.
    pub contact: Box<types::Contact>,
    /// `connectionCode`.
    pub connection_code: String,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(ContactCode tag "contactCode" { user "user" req, contact "contact" req, connection_code "connectionCode" req,  });

/// The response `groupMemberCode`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GroupMemberCode {
    /// `user`.
    pub user: Box<types::User>,
    /// `groupInfo`.
    pub group_info: Box<types::GroupInfo>,
    /// `member`.
    pub member: Box<types::GroupMember>,
    /// `connectionCode`.
    pub connection_code: String,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(GroupMemberCode tag "groupMemberCode" { user "user" req, group_info "groupInfo" req, member "member" req, connection_code "connectionCode" req,  });

/// The response `connectionVerified`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ConnectionVerified {
    /// `user`.
    pub user: Box<types::User>,
    /// `verified`.
    pub verified: bool,
    /// `expectedCode`.
    pub expected_code: String,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(ConnectionVerified tag "connectionVerified" { user "user" req, verified "verified" auto, expected_code "expectedCode" req,  });

/// The response `queueInfo`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct QueueInfo {
    /// `user`.
    pub user: Box<types::User>,
    /// `rcvMsgInfo`.
    pub rcv_msg_info: Option<RawJson>,
    /// `queueInfo`.
    pub queue_info: RawJson,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(QueueInfo tag "queueInfo" { user "user" req, rcv_msg_info "rcvMsgInfo" opt, queue_info "queueInfo" req,  });

/// The response `contactSwitchStarted`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ContactSwitchStarted {
    /// `user`.
    pub user: Box<types::User>,
    /// `contact`.
    pub contact: Box<types::Contact>,
    /// `connectionStats`.
    pub connection_stats: types::ConnectionStats,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(ContactSwitchStarted tag "contactSwitchStarted" { user "user" req, contact "contact" req, connection_stats "connectionStats" req,  });

/// The response `groupMemberSwitchStarted`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GroupMemberSwitchStarted {
    /// `user`.
    pub user: Box<types::User>,
    /// `groupInfo`.
    pub group_info: Box<types::GroupInfo>,
    /// `member`.
    pub member: Box<types::GroupMember>,
    /// `connectionStats`.
    pub connection_stats: types::ConnectionStats,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(GroupMemberSwitchStarted tag "groupMemberSwitchStarted" { user "user" req, group_info "groupInfo" req, member "member" req, connection_stats "connectionStats" req,  });

/// The response `contactRatchetSyncStarted`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ContactRatchetSyncStarted {
    /// `user`.
    pub user: Box<types::User>,
    /// `contact`.
    pub contact: Box<types::Contact>,
    /// `connectionStats`.
    pub connection_stats: types::ConnectionStats,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(ContactRatchetSyncStarted tag "contactRatchetSyncStarted" { user "user" req, contact "contact" req, connection_stats "connectionStats" req,  });

/// The response `groupMemberRatchetSyncStarted`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GroupMemberRatchetSyncStarted {
    /// `user`.
    pub user: Box<types::User>,
    /// `groupInfo`.
    pub group_info: Box<types::GroupInfo>,
    /// `member`.
    pub member: Box<types::GroupMember>,
    /// `connectionStats`.
    pub connection_stats: types::ConnectionStats,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(GroupMemberRatchetSyncStarted tag "groupMemberRatchetSyncStarted" { user "user" req, group_info "groupInfo" req, member "member" req, connection_stats "connectionStats" req,  });

/// The response `contactSwitchAborted`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ContactSwitchAborted {
    /// `user`.
    pub user: Box<types::User>,
    /// `contact`.
    pub contact: Box<types::Contact>,
    /// `connectionStats`.
    pub connection_stats: types::ConnectionStats,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(ContactSwitchAborted tag "contactSwitchAborted" { user "user" req, contact "contact" req, connection_stats "connectionStats" req,  });

/// The response `groupMemberSwitchAborted`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GroupMemberSwitchAborted {
    /// `user`.
    pub user: Box<types::User>,
    /// `groupInfo`.
    pub group_info: Box<types::GroupInfo>,
    /// `member`.
    pub member: Box<types::GroupMember>,
    /// `connectionStats`.
    pub connection_stats: types::ConnectionStats,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(GroupMemberSwitchAborted tag "groupMemberSwitchAborted" { user "user" req, group_info "groupInfo" req, member "member" req, connection_stats "connectionStats" req,  });

/// The response `contactAliasUpdated`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ContactAliasUpdated {
    /// `user`.
    pub user: Box<types::User>,
    /// `toContact`.
    pub to_contact: Box<types::Contact>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(ContactAliasUpdated tag "contactAliasUpdated" { user "user" req, to_contact "toContact" req,  });

/// The response `groupAliasUpdated`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GroupAliasUpdated {
    /// `user`.
    pub user: Box<types::User>,
    /// `toGroup`.
    pub to_group: Box<types::GroupInfo>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(GroupAliasUpdated tag "groupAliasUpdated" { user "user" req, to_group "toGroup" req,  });

/// The response `connectionAliasUpdated`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ConnectionAliasUpdated {
    /// `user`.
    pub user: Box<types::User>,
    /// `toConnection`.
    pub to_connection: types::PendingContactConnection,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(ConnectionAliasUpdated tag "connectionAliasUpdated" { user "user" req, to_connection "toConnection" req,  });

/// The response `connectionIncognitoUpdated`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ConnectionIncognitoUpdated {
    /// `user`.
    pub user: Box<types::User>,
    /// `toConnection`.
    pub to_connection: types::PendingContactConnection,
    /// `customUserProfile`.
    pub custom_user_profile: Option<Box<types::Profile>>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(ConnectionIncognitoUpdated tag "connectionIncognitoUpdated" { user "user" req, to_connection "toConnection" req, custom_user_profile "customUserProfile" opt,  });

/// The response `chatTags`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ChatTags {
    /// `user`.
    pub user: Box<types::User>,
    /// `userTags`.
    pub user_tags: Vec<types::ChatTag>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(ChatTags tag "chatTags" { user "user" req, user_tags "userTags" list,  });

/// The response `tagsUpdated`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct TagsUpdated {
    /// `user`.
    pub user: Box<types::User>,
    /// `userTags`.
    pub user_tags: Vec<types::ChatTag>,
    /// `chatTags`.
    pub chat_tags: Vec<ChatTagId>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(TagsUpdated tag "tagsUpdated" { user "user" req, user_tags "userTags" list, chat_tags "chatTags" list,  });

/// The response `chatItemTTL`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ChatItemTtl {
    /// `user`.
    pub user: Box<types::User>,
    /// `chatItemTTL`.
    pub chat_item_ttl: Option<i64>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(ChatItemTtl tag "chatItemTTL" { user "user" req, chat_item_ttl "chatItemTTL" opt,  });

/// The response `userPrivacy`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UserPrivacy {
    /// `user`.
    pub user: Box<types::User>,
    /// `updatedUser`.
    pub updated_user: Box<types::User>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(UserPrivacy tag "userPrivacy" { user "user" req, updated_user "updatedUser" req,  });

/// The response `newMemberContact`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct NewMemberContact {
    /// `user`.
    pub user: Box<types::User>,
    /// `contact`.
    pub contact: Box<types::Contact>,
    /// `groupInfo`.
    pub group_info: Box<types::GroupInfo>,
    /// `member`.
    pub member: Box<types::GroupMember>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(NewMemberContact tag "newMemberContact" { user "user" req, contact "contact" req, group_info "groupInfo" req, member "member" req,  });

/// The response `newMemberContactSentInv`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct NewMemberContactSentInv {
    /// `user`.
    pub user: Box<types::User>,
    /// `contact`.
    pub contact: Box<types::Contact>,
    /// `groupInfo`.
    pub group_info: Box<types::GroupInfo>,
    /// `member`.
    pub member: Box<types::GroupMember>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(NewMemberContactSentInv tag "newMemberContactSentInv" { user "user" req, contact "contact" req, group_info "groupInfo" req, member "member" req,  });

/// The response `memberContactAccepted`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct MemberContactAccepted {
    /// `user`.
    pub user: Box<types::User>,
    /// `contact`.
    pub contact: Box<types::Contact>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(MemberContactAccepted tag "memberContactAccepted" { user "user" req, contact "contact" req,  });

/// The response `newPreparedChat`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct NewPreparedChat {
    /// `user`.
    pub user: Box<types::User>,
    /// `chat`.
    pub chat: types::AChat,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(NewPreparedChat tag "newPreparedChat" { user "user" req, chat "chat" req,  });

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

/// The response `startedConnectionToGroup`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct StartedConnectionToGroup {
    /// `user`.
    pub user: Box<types::User>,
    /// `groupInfo`.
    pub group_info: Box<types::GroupInfo>,
    /// `customUserProfile`.
    pub custom_user_profile: Option<Box<types::Profile>>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(StartedConnectionToGroup tag "startedConnectionToGroup" { user "user" req, group_info "groupInfo" req, custom_user_profile "customUserProfile" opt,  });

/// The response `sentInvitationToContact`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SentInvitationToContact {
    /// `user`.
    pub user: Box<types::User>,
    /// `contact`.
    pub contact: Box<types::Contact>,
    /// `customUserProfile`.
    pub custom_user_profile: Option<Box<types::Profile>>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(SentInvitationToContact tag "sentInvitationToContact" { user "user" req, contact "contact" req, custom_user_profile "customUserProfile" opt,  });

/// The response `memberSupportChatDeleted`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct MemberSupportChatDeleted {
    /// `user`.
    pub user: Box<types::User>,
    /// `groupInfo`.
    pub group_info: Box<types::GroupInfo>,
    /// `member`.
    pub member: Box<types::GroupMember>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(MemberSupportChatDeleted tag "memberSupportChatDeleted" { user "user" req, group_info "groupInfo" req, member "member" req,  });

/// The response `sndStandaloneFileCreated`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SndStandaloneFileCreated {
    /// `user`.
    pub user: Box<types::User>,
    /// `fileTransferMeta`.
    pub file_transfer_meta: types::FileTransferMeta,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(SndStandaloneFileCreated tag "sndStandaloneFileCreated" { user "user" req, file_transfer_meta "fileTransferMeta" req,  });

/// The response `rcvStandaloneFileCreated`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct RcvStandaloneFileCreated {
    /// `user`.
    pub user: Box<types::User>,
    /// `rcvFileTransfer`.
    pub rcv_file_transfer: Box<types::RcvFileTransfer>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(RcvStandaloneFileCreated tag "rcvStandaloneFileCreated" { user "user" req, rcv_file_transfer "rcvFileTransfer" req,  });

/// The response `standaloneFileInfo`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct StandaloneFileInfo {
    /// `fileMeta`.
    pub file_meta: Option<RawJson>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(StandaloneFileInfo tag "standaloneFileInfo" { file_meta "fileMeta" opt,  });

/// The response `fileTransferStatusXFTP`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct FileTransferStatusXftp {
    /// `data`.
    pub data: Vec<RawJson>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(FileTransferStatusXftp tag "fileTransferStatusXFTP" { data "data" list,  });

/// The response `fileTransferStatus`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct FileTransferStatus {
    /// `data`.
    pub data: Vec<RawJson>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(FileTransferStatus tag "fileTransferStatus" { data "data" list,  });

/// The response `archiveExported`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ArchiveExported {
    /// `archiveErrors`.
    pub archive_errors: Vec<RawJson>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(ArchiveExported tag "archiveExported" { archive_errors "archiveErrors" list,  });

/// The response `archiveImported`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ArchiveImported {
    /// `archiveErrors`.
    pub archive_errors: Vec<RawJson>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(ArchiveImported tag "archiveImported" { archive_errors "archiveErrors" list,  });

/// The response `userServers`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UserServers {
    /// `user`.
    pub user: Box<types::User>,
    /// `userServers`.
    pub user_servers: Vec<types::UserOperatorServers>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(UserServers tag "userServers" { user "user" req, user_servers "userServers" list,  });

/// The response `userServersValidation`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UserServersValidation {
    /// `user`.
    pub user: Option<Box<types::User>>,
    /// `serverErrors`.
    pub server_errors: Vec<RawJson>,
    /// `serverWarnings`.
    pub server_warnings: Option<Vec<RawJson>>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(UserServersValidation tag "userServersValidation" { user "user" opt, server_errors "serverErrors" list, server_warnings "serverWarnings" optlist,  });

/// The response `serverTestResult`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ServerTestResult {
    /// `user`.
    pub user: Box<types::User>,
    /// `testServer`.
    pub test_server: String,
    /// `testFailure`.
    pub test_failure: Option<Box<types::ProtocolTestFailure>>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(ServerTestResult tag "serverTestResult" { user "user" req, test_server "testServer" req, test_failure "testFailure" opt,  });

/// The response `serverOperatorConditions`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ServerOperatorConditions {
    /// `conditions`.
    pub conditions: RawJson,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(ServerOperatorConditions tag "serverOperatorConditions" { conditions "conditions" req,  });

/// The response `usageConditions`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UsageConditions {
    /// `usageConditions`.
    pub usage_conditions: RawJson,
    /// `conditionsText`.
    pub conditions_text: Option<String>,
    /// `acceptedConditions`.
    pub accepted_conditions: Option<RawJson>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(UsageConditions tag "usageConditions" { usage_conditions "usageConditions" req, conditions_text "conditionsText" opt, accepted_conditions "acceptedConditions" opt,  });

/// The response `agentServersSummary`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AgentServersSummary {
    /// `user`.
    pub user: Box<types::User>,
    /// `serversSummary`.
    pub servers_summary: RawJson,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(AgentServersSummary tag "agentServersSummary" { user "user" req, servers_summary "serversSummary" req,  });

/// The response `networkConfig`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct NetworkConfig {
    /// `networkConfig`.
    pub network_config: RawJson,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(NetworkConfig tag "networkConfig" { network_config "networkConfig" req,  });

/// The response `agentSubs`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AgentSubs {
    /// `activeSubs`.
    pub active_subs: BTreeMap<String, i64>,
    /// `pendingSubs`.
    pub pending_subs: BTreeMap<String, i64>,
    /// `removedSubs`.
    pub removed_subs: RawJson,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(AgentSubs tag "agentSubs" { active_subs "activeSubs" map, pending_subs "pendingSubs" map, removed_subs "removedSubs" req,  });

/// The response `agentSubsTotal`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AgentSubsTotal {
    /// `user`.
    pub user: Box<types::User>,
    /// `subsTotal`.
    pub subs_total: types::SmpServerSubs,
    /// `hasSession`.
    pub has_session: bool,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(AgentSubsTotal tag "agentSubsTotal" { user "user" req, subs_total "subsTotal" req, has_session "hasSession" auto,  });

/// The response `agentQueuesInfo`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AgentQueuesInfo {
    /// `agentQueuesInfo`.
    pub agent_queues_info: RawJson,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(AgentQueuesInfo tag "agentQueuesInfo" { agent_queues_info "agentQueuesInfo" req,  });

/// The response `agentWorkersSummary`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AgentWorkersSummary {
    /// `agentWorkersSummary`.
    pub agent_workers_summary: RawJson,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(AgentWorkersSummary tag "agentWorkersSummary" { agent_workers_summary "agentWorkersSummary" req,  });

/// The response `remoteHostList`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct RemoteHostList {
    /// `remoteHosts`.
    pub remote_hosts: Vec<RawJson>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(RemoteHostList tag "remoteHostList" { remote_hosts "remoteHosts" list,  });

/// The response `remoteCtrlList`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct RemoteCtrlList {
    /// `remoteCtrls`.
    pub remote_ctrls: Vec<RawJson>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(RemoteCtrlList tag "remoteCtrlList" { remote_ctrls "remoteCtrls" list,  });

/// An answer of the core to a command.
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
    /// `chatItems`. Not documented upstream.
    ChatItems(Box<ChatItems>),
    /// `chatItemInfo`. Not documented upstream.
    ChatItemInfo(Box<ChatItemInfo>),
    /// `memberSupportChatRead`. Not documented upstream.
    MemberSupportChatRead(Box<MemberSupportChatRead>),
    /// `forwardPlan`. Not documented upstream.
    ForwardPlan(Box<ForwardPlan>),
    /// `reactionMembers`. Not documented upstream.
    ReactionMembers(Box<ReactionMembers>),
    /// `groupChatItemsDeleted`. Not documented upstream.
    GroupChatItemsDeleted(Box<GroupChatItemsDeleted>),
    /// `chatRelayTestResult`. Not documented upstream.
    ChatRelayTestResult(Box<ChatRelayTestResult>),
    /// `contactInfo`. Not documented upstream.
    ContactInfo(Box<ContactInfo>),
    /// `groupInfo`. Not documented upstream.
    GroupInfo(Box<GroupInfo>),
    /// `groupMemberInfo`. Not documented upstream.
    GroupMemberInfo(Box<GroupMemberInfo>),
    /// `contactCode`. Not documented upstream.
    ContactCode(Box<ContactCode>),
    /// `groupMemberCode`. Not documented upstream.
    GroupMemberCode(Box<GroupMemberCode>),
    /// `connectionVerified`. Not documented upstream.
    ConnectionVerified(Box<ConnectionVerified>),
    /// `queueInfo`. Not documented upstream.
    QueueInfo(Box<QueueInfo>),
    /// `contactSwitchStarted`. Not documented upstream.
    ContactSwitchStarted(Box<ContactSwitchStarted>),
    /// `groupMemberSwitchStarted`. Not documented upstream.
    GroupMemberSwitchStarted(Box<GroupMemberSwitchStarted>),
    /// `contactRatchetSyncStarted`. Not documented upstream.
    ContactRatchetSyncStarted(Box<ContactRatchetSyncStarted>),
    /// `groupMemberRatchetSyncStarted`. Not documented upstream.
    GroupMemberRatchetSyncStarted(Box<GroupMemberRatchetSyncStarted>),
    /// `contactSwitchAborted`. Not documented upstream.
    ContactSwitchAborted(Box<ContactSwitchAborted>),
    /// `groupMemberSwitchAborted`. Not documented upstream.
    GroupMemberSwitchAborted(Box<GroupMemberSwitchAborted>),
    /// `contactAliasUpdated`. Not documented upstream.
    ContactAliasUpdated(Box<ContactAliasUpdated>),
    /// `groupAliasUpdated`. Not documented upstream.
    GroupAliasUpdated(Box<GroupAliasUpdated>),
    /// `connectionAliasUpdated`. Not documented upstream.
    ConnectionAliasUpdated(Box<ConnectionAliasUpdated>),
    /// `connectionIncognitoUpdated`. Not documented upstream.
    ConnectionIncognitoUpdated(Box<ConnectionIncognitoUpdated>),
    /// `chatTags`. Not documented upstream.
    ChatTags(Box<ChatTags>),
    /// `tagsUpdated`. Not documented upstream.
    TagsUpdated(Box<TagsUpdated>),
    /// `chatItemTTL`. Not documented upstream.
    ChatItemTtl(Box<ChatItemTtl>),
    /// `userPrivacy`. Not documented upstream.
    UserPrivacy(Box<UserPrivacy>),
    /// `newMemberContact`. Not documented upstream.
    NewMemberContact(Box<NewMemberContact>),
    /// `newMemberContactSentInv`. Not documented upstream.
    NewMemberContactSentInv(Box<NewMemberContactSentInv>),
    /// `memberContactAccepted`. Not documented upstream.
    MemberContactAccepted(Box<MemberContactAccepted>),
    /// `newPreparedChat`. Not documented upstream.
    NewPreparedChat(Box<NewPreparedChat>),
    /// `startedConnectionToContact`. Not documented upstream.
    StartedConnectionToContact(Box<StartedConnectionToContact>),
    /// `startedConnectionToGroup`. Not documented upstream.
    StartedConnectionToGroup(Box<StartedConnectionToGroup>),
    /// `sentInvitationToContact`. Not documented upstream.
    SentInvitationToContact(Box<SentInvitationToContact>),
    /// `memberSupportChatDeleted`. Not documented upstream.
    MemberSupportChatDeleted(Box<MemberSupportChatDeleted>),
    /// `sndStandaloneFileCreated`. Not documented upstream.
    SndStandaloneFileCreated(Box<SndStandaloneFileCreated>),
    /// `rcvStandaloneFileCreated`. Not documented upstream.
    RcvStandaloneFileCreated(Box<RcvStandaloneFileCreated>),
    /// `standaloneFileInfo`. Not documented upstream.
    StandaloneFileInfo(Box<StandaloneFileInfo>),
    /// `fileTransferStatusXFTP`. Not documented upstream.
    FileTransferStatusXftp(Box<FileTransferStatusXftp>),
    /// `fileTransferStatus`. Not documented upstream.
    FileTransferStatus(Box<FileTransferStatus>),
    /// `archiveExported`. Not documented upstream.
    ArchiveExported(Box<ArchiveExported>),
    /// `archiveImported`. Not documented upstream.
    ArchiveImported(Box<ArchiveImported>),
    /// `userServers`. Not documented upstream.
    UserServers(Box<UserServers>),
    /// `userServersValidation`. Not documented upstream.
    UserServersValidation(Box<UserServersValidation>),
    /// `serverTestResult`. Not documented upstream.
    ServerTestResult(Box<ServerTestResult>),
    /// `serverOperatorConditions`. Not documented upstream.
    ServerOperatorConditions(Box<ServerOperatorConditions>),
    /// `usageConditions`. Not documented upstream.
    UsageConditions(Box<UsageConditions>),
    /// `agentServersSummary`. Not documented upstream.
    AgentServersSummary(Box<AgentServersSummary>),
    /// `networkConfig`. Not documented upstream.
    NetworkConfig(Box<NetworkConfig>),
    /// `agentSubs`. Not documented upstream.
    AgentSubs(Box<AgentSubs>),
    /// `agentSubsTotal`. Not documented upstream.
    AgentSubsTotal(Box<AgentSubsTotal>),
    /// `agentQueuesInfo`. Not documented upstream.
    AgentQueuesInfo(Box<AgentQueuesInfo>),
    /// `agentWorkersSummary`. Not documented upstream.
    AgentWorkersSummary(Box<AgentWorkersSummary>),
    /// `remoteHostList`. Not documented upstream.
    RemoteHostList(Box<RemoteHostList>),
    /// `remoteCtrlList`. Not documented upstream.
    RemoteCtrlList(Box<RemoteCtrlList>),
    /// A tag that the schema does not know.
    Unknown(Unknown),
}

messages!(answers Response, ResponseTag { AcceptingContactRequest "acceptingContactRequest";ActiveUser "activeUser";ChatItemNotChanged "chatItemNotChanged";ChatItemReaction "chatItemReaction";ChatItemUpdated "chatItemUpdated";ChatItemsDeleted "chatItemsDeleted";ChatRunning "chatRunning";ChatStarted "chatStarted";ChatStopped "chatStopped";CmdOk "cmdOk";ChatCmdError "chatCmdError";ConnectionPlan "connectionPlan";ContactAlreadyExists "contactAlreadyExists";ContactConnectionDeleted "contactConnectionDeleted";ContactDeleted "contactDeleted";ContactPrefsUpdated "contactPrefsUpdated";ContactRequestRejected "contactRequestRejected";ContactsList "contactsList";GroupDeletedUser "groupDeletedUser";GroupLink "groupLink";GroupLinkCreated "groupLinkCreated";GroupLinkDeleted "groupLinkDeleted";GroupCreated "groupCreated";PublicGroupCreated "publicGroupCreated";PublicGroupCreationFailed "publicGroupCreationFailed";GroupRelays "groupRelays";GroupRelaysAdded "groupRelaysAdded";GroupRelaysAddFailed "groupRelaysAddFailed";RelayGroupAllowed "relayGroupAllowed";GroupMembers "groupMembers";GroupUpdated "groupUpdated";GroupsList "groupsList";Invitation "invitation";LeftMemberUser "leftMemberUser";MemberAccepted "memberAccepted";MembersBlockedForAllUser "membersBlockedForAllUser";MembersRoleUser "membersRoleUser";NewChatItems "newChatItems";RcvFileAccepted "rcvFileAccepted";RcvFileAcceptedSndCancelled "rcvFileAcceptedSndCancelled";RcvFileCancelled "rcvFileCancelled";SentConfirmation "sentConfirmation";SentGroupInvitation "sentGroupInvitation";SentInvitation "sentInvitation";SndFileCancelled "sndFileCancelled";UserAcceptedGroupSent "userAcceptedGroupSent";UserContactLink "userContactLink";UserContactLinkCreated "userContactLinkCreated";UserContactLinkDeleted "userContactLinkDeleted";UserContactLinkUpdated "userContactLinkUpdated";UserDeletedMembers "userDeletedMembers";UserProfileUpdated "userProfileUpdated";UserProfileNoChange "userProfileNoChange";UsersList "usersList";ApiChats "apiChats";ApiChat "apiChat";ItemsReadForChat "itemsReadForChat";VersionInfo "versionInfo";NetworkStatuses "networkStatuses";ChatCleared "chatCleared";ChatItems "chatItems";ChatItemInfo "chatItemInfo";MemberSupportChatRead "memberSupportChatRead";ForwardPlan "forwardPlan";ReactionMembers "reactionMembers";GroupChatItemsDeleted "groupChatItemsDeleted";ChatRelayTestResult "chatRelayTestResult";ContactInfo "contactInfo";GroupInfo "groupInfo";GroupMemberInfo "groupMemberInfo";ContactCode "contactCode";GroupMemberCode "groupMemberCode";ConnectionVerified "connectionVerified";QueueInfo "queueInfo";ContactSwitchStarted "contactSwitchStarted";GroupMemberSwitchStarted "groupMemberSwitchStarted";ContactRatchetSyncStarted "contactRatchetSyncStarted";GroupMemberRatchetSyncStarted "groupMemberRatchetSyncStarted";ContactSwitchAborted "contactSwitchAborted";GroupMemberSwitchAborted "groupMemberSwitchAborted";ContactAliasUpdated "contactAliasUpdated";GroupAliasUpdated "groupAliasUpdated";ConnectionAliasUpdated "connectionAliasUpdated";ConnectionIncognitoUpdated "connectionIncognitoUpdated";ChatTags "chatTags";TagsUpdated "tagsUpdated";ChatItemTtl "chatItemTTL";UserPrivacy "userPrivacy";NewMemberContact "newMemberContact";NewMemberContactSentInv "newMemberContactSentInv";MemberContactAccepted "memberContactAccepted";NewPreparedChat "newPreparedChat";StartedConnectionToContact "startedConnectionToContact";StartedConnectionToGroup "startedConnectionToGroup";SentInvitationToContact "sentInvitationToContact";MemberSupportChatDeleted "memberSupportChatDeleted";SndStandaloneFileCreated "sndStandaloneFileCreated";RcvStandaloneFileCreated "rcvStandaloneFileCreated";StandaloneFileInfo "standaloneFileInfo";FileTransferStatusXftp "fileTransferStatusXFTP";FileTransferStatus "fileTransferStatus";ArchiveExported "archiveExported";ArchiveImported "archiveImported";UserServers "userServers";UserServersValidation "userServersValidation";ServerTestResult "serverTestResult";ServerOperatorConditions "serverOperatorConditions";UsageConditions "usageConditions";AgentServersSummary "agentServersSummary";NetworkConfig "networkConfig";AgentSubs "agentSubs";AgentSubsTotal "agentSubsTotal";AgentQueuesInfo "agentQueuesInfo";AgentWorkersSummary "agentWorkersSummary";RemoteHostList "remoteHostList";RemoteCtrlList "remoteCtrlList"; });

/// The tag of an [`Response`].
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
    /// `chatItems`.
    ChatItems,
    /// `chatItemInfo`.
    ChatItemInfo,
    /// `memberSupportChatRead`.
    MemberSupportChatRead,
    /// `forwardPlan`.
    ForwardPlan,
    /// `reactionMembers`.
    ReactionMembers,
    /// `groupChatItemsDeleted`.
    GroupChatItemsDeleted,
    /// `chatRelayTestResult`.
    ChatRelayTestResult,
    /// `contactInfo`.
    ContactInfo,
    /// `groupInfo`.
    GroupInfo,
    /// `groupMemberInfo`.
    GroupMemberInfo,
    /// `contactCode`.
    ContactCode,
    /// `groupMemberCode`.
    GroupMemberCode,
    /// `connectionVerified`.
    ConnectionVerified,
    /// `queueInfo`.
    QueueInfo,
    /// `contactSwitchStarted`.
    ContactSwitchStarted,
    /// `groupMemberSwitchStarted`.
    GroupMemberSwitchStarted,
    /// `contactRatchetSyncStarted`.
    ContactRatchetSyncStarted,
    /// `groupMemberRatchetSyncStarted`.
    GroupMemberRatchetSyncStarted,
    /// `contactSwitchAborted`.
    ContactSwitchAborted,
    /// `groupMemberSwitchAborted`.
    GroupMemberSwitchAborted,
    /// `contactAliasUpdated`.
    ContactAliasUpdated,
    /// `groupAliasUpdated`.
    GroupAliasUpdated,
    /// `connectionAliasUpdated`.
    ConnectionAliasUpdated,
    /// `connectionIncognitoUpdated`.
    ConnectionIncognitoUpdated,
    /// `chatTags`.
    ChatTags,
    /// `tagsUpdated`.
    TagsUpdated,
    /// `chatItemTTL`.
    ChatItemTtl,
    /// `userPrivacy`.
    UserPrivacy,
    /// `newMemberContact`.
    NewMemberContact,
    /// `newMemberContactSentInv`.
    NewMemberContactSentInv,
    /// `memberContactAccepted`.
    MemberContactAccepted,
    /// `newPreparedChat`.
    NewPreparedChat,
    /// `startedConnectionToContact`.
    StartedConnectionToContact,
    /// `startedConnectionToGroup`.
    StartedConnectionToGroup,
    /// `sentInvitationToContact`.
    SentInvitationToContact,
    /// `memberSupportChatDeleted`.
    MemberSupportChatDeleted,
    /// `sndStandaloneFileCreated`.
    SndStandaloneFileCreated,
    /// `rcvStandaloneFileCreated`.
    RcvStandaloneFileCreated,
    /// `standaloneFileInfo`.
    StandaloneFileInfo,
    /// `fileTransferStatusXFTP`.
    FileTransferStatusXftp,
    /// `fileTransferStatus`.
    FileTransferStatus,
    /// `archiveExported`.
    ArchiveExported,
    /// `archiveImported`.
    ArchiveImported,
    /// `userServers`.
    UserServers,
    /// `userServersValidation`.
    UserServersValidation,
    /// `serverTestResult`.
    ServerTestResult,
    /// `serverOperatorConditions`.
    ServerOperatorConditions,
    /// `usageConditions`.
    UsageConditions,
    /// `agentServersSummary`.
    AgentServersSummary,
    /// `networkConfig`.
    NetworkConfig,
    /// `agentSubs`.
    AgentSubs,
    /// `agentSubsTotal`.
    AgentSubsTotal,
    /// `agentQueuesInfo`.
    AgentQueuesInfo,
    /// `agentWorkersSummary`.
    AgentWorkersSummary,
    /// `remoteHostList`.
    RemoteHostList,
    /// `remoteCtrlList`.
    RemoteCtrlList,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

tags!(ResponseTag { AcceptingContactRequest "acceptingContactRequest", ActiveUser "activeUser", ChatItemNotChanged "chatItemNotChanged", ChatItemReaction "chatItemReaction", ChatItemUpdated "chatItemUpdated", ChatItemsDeleted "chatItemsDeleted", ChatRunning "chatRunning", ChatStarted "chatStarted", ChatStopped "chatStopped", CmdOk "cmdOk", ChatCmdError "chatCmdError", ConnectionPlan "connectionPlan", ContactAlreadyExists "contactAlreadyExists", ContactConnectionDeleted "contactConnectionDeleted", ContactDeleted "contactDeleted", ContactPrefsUpdated "contactPrefsUpdated", ContactRequestRejected "contactRequestRejected", ContactsList "contactsList", GroupDeletedUser "groupDeletedUser", GroupLink "groupLink", GroupLinkCreated "groupLinkCreated", GroupLinkDeleted "groupLinkDeleted", GroupCreated "groupCreated", PublicGroupCreated "publicGroupCreated", PublicGroupCreationFailed "publicGroupCreationFailed", GroupRelays "groupRelays", GroupRelaysAdded "groupRelaysAdded", GroupRelaysAddFailed "groupRelaysAddFailed", RelayGroupAllowed "relayGroupAllowed", GroupMembers "groupMembers", GroupUpdated "groupUpdated", GroupsList "groupsList", Invitation "invitation", LeftMemberUser "leftMemberUser", MemberAccepted "memberAccepted", MembersBlockedForAllUser "membersBlockedForAllUser", MembersRoleUser "membersRoleUser", NewChatItems "newChatItems", RcvFileAccepted "rcvFileAccepted", RcvFileAcceptedSndCancelled "rcvFileAcceptedSndCancelled", RcvFileCancelled "rcvFileCancelled", SentConfirmation "sentConfirmation", SentGroupInvitation "sentGroupInvitation", SentInvitation "sentInvitation", SndFileCancelled "sndFileCancelled", UserAcceptedGroupSent "userAcceptedGroupSent", UserContactLink "userContactLink", UserContactLinkCreated "userContactLinkCreated", UserContactLinkDeleted "userContactLinkDeleted", UserContactLinkUpdated "userContactLinkUpdated", UserDeletedMembers "userDeletedMembers", UserProfileUpdated "userProfileUpdated", UserProfileNoChange "userProfileNoChange", UsersList "usersList", ApiChats "apiChats", ApiChat "apiChat", ItemsReadForChat "itemsReadForChat", VersionInfo "versionInfo", NetworkStatuses "networkStatuses", ChatCleared "chatCleared", ChatItems "chatItems", ChatItemInfo "chatItemInfo", MemberSupportChatRead "memberSupportChatRead", ForwardPlan "forwardPlan", ReactionMembers "reactionMembers", GroupChatItemsDeleted "groupChatItemsDeleted", ChatRelayTestResult "chatRelayTestResult", ContactInfo "contactInfo", GroupInfo "groupInfo", GroupMemberInfo "groupMemberInfo", ContactCode "contactCode", GroupMemberCode "groupMemberCode", ConnectionVerified "connectionVerified", QueueInfo "queueInfo", ContactSwitchStarted "contactSwitchStarted", GroupMemberSwitchStarted "groupMemberSwitchStarted", ContactRatchetSyncStarted "contactRatchetSyncStarted", GroupMemberRatchetSyncStarted "groupMemberRatchetSyncStarted", ContactSwitchAborted "contactSwitchAborted", GroupMemberSwitchAborted "groupMemberSwitchAborted", ContactAliasUpdated "contactAliasUpdated", GroupAliasUpdated "groupAliasUpdated", ConnectionAliasUpdated "connectionAliasUpdated", ConnectionIncognitoUpdated "connectionIncognitoUpdated", ChatTags "chatTags", TagsUpdated "tagsUpdated", ChatItemTtl "chatItemTTL", UserPrivacy "userPrivacy", NewMemberContact "newMemberContact", NewMemberContactSentInv "newMemberContactSentInv", MemberContactAccepted "memberContactAccepted", NewPreparedChat "newPreparedChat", StartedConnectionToContact "startedConnectionToContact", StartedConnectionToGroup "startedConnectionToGroup", SentInvitationToContact "sentInvitationToContact", MemberSupportChatDeleted "memberSupportChatDeleted", SndStandaloneFileCreated "sndStandaloneFileCreated", RcvStandaloneFileCreated "rcvStandaloneFileCreated", StandaloneFileInfo "standaloneFileInfo", FileTransferStatusXftp "fileTransferStatusXFTP", FileTransferStatus "fileTransferStatus", ArchiveExported "archiveExported", ArchiveImported "archiveImported", UserServers "userServers", UserServersValidation "userServersValidation", ServerTestResult "serverTestResult", ServerOperatorConditions "serverOperatorConditions", UsageConditions "usageConditions", AgentServersSummary "agentServersSummary", NetworkConfig "networkConfig", AgentSubs "agentSubs", AgentSubsTotal "agentSubsTotal", AgentQueuesInfo "agentQueuesInfo", AgentWorkersSummary "agentWorkersSummary", RemoteHostList "remoteHostList", RemoteCtrlList "remoteCtrlList",  });
