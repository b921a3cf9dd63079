//! Written by `cargo xtask codegen`; change the schema or the overlay instead.

#[allow(unused_imports)]
use std::collections::BTreeMap;

use crate::scalar::*;
#[allow(unused_imports)]
use crate::types;
use crate::wire::{messages, record, tags};

/// The event `contactConnected`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ContactConnected {
    /// `user`.
    pub user: Box<types::User>,
    /// `contact`.
    pub contact: Box<types::Contact>,
    /// `userCustomProfile`.
    pub user_custom_profile: Option<Box<types::Profile>>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(ContactConnected tag "contactConnected" { user "user" req, contact "contact" req, user_custom_profile "userCustomProfile" opt,  });

/// The event `contactUpdated`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ContactUpdated {
    /// `user`.
    pub user: Box<types::User>,
    /// `fromContact`.
    pub from_contact: Box<types::Contact>,
    /// `toContact`.
    pub to_contact: Box<types::Contact>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(ContactUpdated tag "contactUpdated" { user "user" req, from_contact "fromContact" req, to_contact "toContact" req,  });

/// The event `contactDeletedByContact`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ContactDeletedByContact {
    /// `user`.
    pub user: Box<types::User>,
    /// `contact`.
    pub contact: Box<types::Contact>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(ContactDeletedByContact tag "contactDeletedByContact" { user "user" req, contact "contact" req,  });

/// The event `receivedContactRequest`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ReceivedContactRequest {
    /// `user`.
    pub user: Box<types::User>,
    /// `contactRequest`.
    pub contact_request: types::UserContactRequest,
    /// `chat_`.
    pub chat: Option<types::AChat>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(ReceivedContactRequest tag "receivedContactRequest" { user "user" req, contact_request "contactRequest" req, chat "chat_" opt,  });

/// The event `newMemberContactReceivedInv`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct NewMemberContactReceivedInv {
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

record!(NewMemberContactReceivedInv tag "newMemberContactReceivedInv" { user "user" req, contact "contact" req, group_info "groupInfo" req, member "member" req,  });

/// The event `contactSndReady`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ContactSndReady {
    /// `user`.
    pub user: Box<types::User>,
    /// `contact`.
    pub contact: Box<types::Contact>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(ContactSndReady tag "contactSndReady" { user "user" req, contact "contact" req,  });

/// The event `newChatItems`.
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

/// The event `chatItemReaction`.
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

/// The event `chatItemsDeleted`.
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

/// The event `chatItemUpdated`.
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

/// The event `groupChatItemsDeleted`.
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

/// The event `chatItemsStatusesUpdated`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ChatItemsStatusesUpdated {
    /// `user`.
    pub user: Box<types::User>,
    /// `chatItems`.
    pub chat_items: Vec<types::AChatItem>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(ChatItemsStatusesUpdated tag "chatItemsStatusesUpdated" { user "user" req, chat_items "chatItems" list,  });

/// The event `receivedGroupInvitation`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ReceivedGroupInvitation {
    /// `user`.
    pub user: Box<types::User>,
    /// `groupInfo`.
    pub group_info: Box<types::GroupInfo>,
    /// `contact`.
    pub contact: Box<types::Contact>,
    /// `fromMemberRole`.
    pub from_member_role: types::GroupMemberRole,
    /// `memberRole`.
    pub member_role: types::GroupMemberRole,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(ReceivedGroupInvitation tag "receivedGroupInvitation" { user "user" req, group_info "groupInfo" req, contact "contact" req, from_member_role "fromMemberRole" req, member_role "memberRole" req,  });

/// The event `userJoinedGroup`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UserJoinedGroup {
    /// `user`.
    pub user: Box<types::User>,
    /// `groupInfo`.
    pub group_info: Box<types::GroupInfo>,
    /// `hostMember`.
    pub host_member: Box<types::GroupMember>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(UserJoinedGroup tag "userJoinedGroup" { user "user" req, group_info "groupInfo" req, host_member "hostMember" req,  });

/// The event `groupUpdated`.
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
    pub msg_signed: Option<types::MsgSigStatus>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(GroupUpdated tag "groupUpdated" { user "user" req, from_group "fromGroup" req, to_group "toGroup" req, member "member_" opt, msg_signed "msgSigned" opt,  });

/// The event `joinedGroupMember`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct JoinedGroupMember {
    /// `user`.
    pub user: Box<types::User>,
    /// `groupInfo`.
    pub group_info: Box<types::GroupInfo>,
    /// `member`.
    pub member: Box<types::GroupMember>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(JoinedGroupMember tag "joinedGroupMember" { user "user" req, group_info "groupInfo" req, member "member" req,  });

/// The event `memberRole`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct MemberRole {
    /// `user`.
    pub user: Box<types::User>,
    /// `groupInfo`.
    pub group_info: Box<types::GroupInfo>,
    /// `byMember`.
    pub by_member: Box<types::GroupMember>,
    /// `member`.
    pub member: Box<types::GroupMember>,
    /// `fromRole`.
    pub from_role: types::GroupMemberRole,
    /// `toRole`.
    pub to_role: types::GroupMemberRole,
    /// `msgSigned`.
    pub msg_signed: Option<types::MsgSigStatus>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(MemberRole tag "memberRole" { user "user" req, group_info "groupInfo" req, by_member "byMember" req, member "member" req, from_role "fromRole" req, to_role "toRole" req, msg_signed "msgSigned" opt,  });

/// The event `deletedMember`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct DeletedMember {
    /// `user`.
    pub user: Box<types::User>,
    /// `groupInfo`.
    pub group_info: Box<types::GroupInfo>,
    /// `byMember`.
    pub by_member: Box<types::GroupMember>,
    /// `deletedMember`.
    pub deleted_member: Box<types::GroupMember>,
    /// `withMessages`.
    pub with_messages: bool,
    /// `msgSigned`.
    pub msg_signed: Option<types::MsgSigStatus>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(DeletedMember tag "deletedMember" { user "user" req, group_info "groupInfo" req, by_member "byMember" req, deleted_member "deletedMember" req, with_messages "withMessages" auto, msg_signed "msgSigned" opt,  });

/// The event `leftMember`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct LeftMember {
    /// `user`.
    pub user: Box<types::User>,
    /// `groupInfo`.
    pub group_info: Box<types::GroupInfo>,
    /// `member`.
    pub member: Box<types::GroupMember>,
    /// `msgSigned`.
    pub msg_signed: Option<types::MsgSigStatus>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(LeftMember tag "leftMember" { user "user" req, group_info "groupInfo" req, member "member" req, msg_signed "msgSigned" opt,  });

/// The event `deletedMemberUser`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct DeletedMemberUser {
    /// `user`.
    pub user: Box<types::User>,
    /// `groupInfo`.
    pub group_info: Box<types::GroupInfo>,
    /// `member`.
    pub member: Box<types::GroupMember>,
    /// `withMessages`.
    pub with_messages: bool,
    /// `msgSigned`.
    pub msg_signed: Option<types::MsgSigStatus>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(DeletedMemberUser tag "deletedMemberUser" { user "user" req, group_info "groupInfo" req, member "member" req, with_messages "withMessages" auto, msg_signed "msgSigned" opt,  });

/// The event `groupDeleted`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GroupDeleted {
    /// `user`.
    pub user: Box<types::User>,
    /// `groupInfo`.
    pub group_info: Box<types::GroupInfo>,
    /// `member`.
    pub member: Box<types::GroupMember>,
    /// `msgSigned`.
    pub msg_signed: Option<types::MsgSigStatus>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(GroupDeleted tag "groupDeleted" { user "user" req, group_info "groupInfo" req, member "member" req, msg_signed "msgSigned" opt,  });

/// The event `connectedToGroupMember`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ConnectedToGroupMember {
    /// `user`.
    pub user: Box<types::User>,
    /// `groupInfo`.
    pub group_info: Box<types::GroupInfo>,
    /// `member`.
    pub member: Box<types::GroupMember>,
    /// `memberContact`.
    pub member_contact: Option<Box<types::Contact>>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(ConnectedToGroupMember tag "connectedToGroupMember" { user "user" req, group_info "groupInfo" req, member "member" req, member_contact "memberContact" opt,  });

/// The event `memberAcceptedByOther`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct MemberAcceptedByOther {
    /// `user`.
    pub user: Box<types::User>,
    /// `groupInfo`.
    pub group_info: Box<types::GroupInfo>,
    /// `acceptingMember`.
    pub accepting_member: Box<types::GroupMember>,
    /// `member`.
    pub member: Box<types::GroupMember>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(MemberAcceptedByOther tag "memberAcceptedByOther" { user "user" req, group_info "groupInfo" req, accepting_member "acceptingMember" req, member "member" req,  });

/// The event `memberBlockedForAll`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct MemberBlockedForAll {
    /// `user`.
    pub user: Box<types::User>,
    /// `groupInfo`.
    pub group_info: Box<types::GroupInfo>,
    /// `byMember`.
    pub by_member: Box<types::GroupMember>,
    /// `member`.
    pub member: Box<types::GroupMember>,
    /// `blocked`.
    pub blocked: bool,
    /// `msgSigned`.
    pub msg_signed: Option<types::MsgSigStatus>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(MemberBlockedForAll tag "memberBlockedForAll" { user "user" req, group_info "groupInfo" req, by_member "byMember" req, member "member" req, blocked "blocked" auto, msg_signed "msgSigned" opt,  });

/// The event `groupMemberUpdated`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GroupMemberUpdated {
    /// `user`.
    pub user: Box<types::User>,
    /// `groupInfo`.
    pub group_info: Box<types::GroupInfo>,
    /// `fromMember`.
    pub from_member: Box<types::GroupMember>,
    /// `toMember`.
    pub to_member: Box<types::GroupMember>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(GroupMemberUpdated tag "groupMemberUpdated" { user "user" req, group_info "groupInfo" req, from_member "fromMember" req, to_member "toMember" req,  });

/// The event `groupLinkDataUpdated`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GroupLinkDataUpdated {
    /// `user`.
    pub user: Box<types::User>,
    /// `groupInfo`.
    pub group_info: Box<types::GroupInfo>,
    /// `groupLink`.
    pub group_link: types::GroupLink,
    /// `groupRelays`.
    pub group_relays: Vec<types::GroupRelay>,
    /// `relaysChanged`.
    pub relays_changed: bool,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(GroupLinkDataUpdated tag "groupLinkDataUpdated" { user "user" req, group_info "groupInfo" req, group_link "groupLink" req, group_relays "groupRelays" list, relays_changed "relaysChanged" auto,  });

/// The event `groupRelayUpdated`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GroupRelayUpdated {
    /// `user`.
    pub user: Box<types::User>,
    /// `groupInfo`.
    pub group_info: Box<types::GroupInfo>,
    /// `member`.
    pub member: Box<types::GroupMember>,
    /// `groupRelay`.
    pub group_relay: types::GroupRelay,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(GroupRelayUpdated tag "groupRelayUpdated" { user "user" req, group_info "groupInfo" req, member "member" req, group_relay "groupRelay" req,  });

/// The event `rcvFileDescrReady`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct RcvFileDescrReady {
    /// `user`.
    pub user: Box<types::User>,
    /// `chatItem`.
    pub chat_item: types::AChatItem,
    /// `rcvFileTransfer`.
    pub rcv_file_transfer: Box<types::RcvFileTransfer>,
    /// `rcvFileDescr`.
    pub rcv_file_descr: types::RcvFileDescr,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(RcvFileDescrReady tag "rcvFileDescrReady" { user "user" req, chat_item "chatItem" req, rcv_file_transfer "rcvFileTransfer" req, rcv_file_descr "rcvFileDescr" req,  });

/// The event `rcvFileComplete`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct RcvFileComplete {
    /// `user`.
    pub user: Box<types::User>,
    /// `chatItem`.
    pub chat_item: types::AChatItem,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(RcvFileComplete tag "rcvFileComplete" { user "user" req, chat_item "chatItem" req,  });

/// The event `sndFileCompleteXFTP`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SndFileCompleteXftp {
    /// `user`.
    pub user: Box<types::User>,
    /// `chatItem`.
    pub chat_item: types::AChatItem,
    /// `fileTransferMeta`.
    pub file_transfer_meta: types::FileTransferMeta,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(SndFileCompleteXftp tag "sndFileCompleteXFTP" { user "user" req, chat_item "chatItem" req, file_transfer_meta "fileTransferMeta" req,  });

/// The event `rcvFileStart`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct RcvFileStart {
    /// `user`.
    pub user: Box<types::User>,
    /// `chatItem`.
    pub chat_item: types::AChatItem,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(RcvFileStart tag "rcvFileStart" { user "user" req, chat_item "chatItem" req,  });

/// The event `rcvFileSndCancelled`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct RcvFileSndCancelled {
    /// `user`.
    pub user: Box<types::User>,
    /// `chatItem`.
    pub chat_item: types::AChatItem,
    /// `rcvFileTransfer`.
    pub rcv_file_transfer: Box<types::RcvFileTransfer>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(RcvFileSndCancelled tag "rcvFileSndCancelled" { user "user" req, chat_item "chatItem" req, rcv_file_transfer "rcvFileTransfer" req,  });

/// The event `rcvFileAccepted`.
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

/// The event `rcvFileError`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct RcvFileError {
    /// `user`.
    pub user: Box<types::User>,
    /// `chatItem_`.
    pub chat_item: Option<Box<types::AChatItem>>,
    /// `agentError`.
    pub agent_error: types::AgentErrorType,
    /// `rcvFileTransfer`.
    pub rcv_file_transfer: Box<types::RcvFileTransfer>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(RcvFileError tag "rcvFileError" { user "user" req, chat_item "chatItem_" opt, agent_error "agentError" req, rcv_file_transfer "rcvFileTransfer" req,  });

/// The event `rcvFileWarning`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct RcvFileWarning {
    /// `user`.
    pub user: Box<types::User>,
    /// `chatItem_`.
    pub chat_item: Option<Box<types::AChatItem>>,
    /// `agentError`.
    pub agent_error: types::AgentErrorType,
    /// `rcvFileTransfer`.
    pub rcv_file_transfer: Box<types::RcvFileTransfer>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(RcvFileWarning tag "rcvFileWarning" { user "user" req, chat_item "chatItem_" opt, agent_error "agentError" req, rcv_file_transfer "rcvFileTransfer" req,  });

/// The event `sndFileError`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SndFileError {
    /// `user`.
    pub user: Box<types::User>,
    /// `chatItem_`.
    pub chat_item: Option<Box<types::AChatItem>>,
    /// `fileTransferMeta`.
    pub file_transfer_meta: types::FileTransferMeta,
    /// `errorMessage`.
    pub error_message: String,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(SndFileError tag "sndFileError" { user "user" req, chat_item "chatItem_" opt, file_transfer_meta "fileTransferMeta" req, error_message "errorMessage" req,  });

/// The event `sndFileWarning`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SndFileWarning {
    /// `user`.
    pub user: Box<types::User>,
    /// `chatItem_`.
    pub chat_item: Option<Box<types::AChatItem>>,
    /// `fileTransferMeta`.
    pub file_transfer_meta: types::FileTransferMeta,
    /// `errorMessage`.
    pub error_message: String,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(SndFileWarning tag "sndFileWarning" { user "user" req, chat_item "chatItem_" opt, file_transfer_meta "fileTransferMeta" req, error_message "errorMessage" req,  });

/// The event `acceptingContactRequest`.
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

/// The event `acceptingBusinessRequest`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AcceptingBusinessRequest {
    /// `user`.
    pub user: Box<types::User>,
    /// `groupInfo`.
    pub group_info: Box<types::GroupInfo>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(AcceptingBusinessRequest tag "acceptingBusinessRequest" { user "user" req, group_info "groupInfo" req,  });

/// The event `contactConnecting`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ContactConnecting {
    /// `user`.
    pub user: Box<types::User>,
    /// `contact`.
    pub contact: Box<types::Contact>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(ContactConnecting tag "contactConnecting" { user "user" req, contact "contact" req,  });

/// The event `businessLinkConnecting`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct BusinessLinkConnecting {
    /// `user`.
    pub user: Box<types::User>,
    /// `groupInfo`.
    pub group_info: Box<types::GroupInfo>,
    /// `hostMember`.
    pub host_member: Box<types::GroupMember>,
    /// `fromContact`.
    pub from_contact: Box<types::Contact>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(BusinessLinkConnecting tag "businessLinkConnecting" { user "user" req, group_info "groupInfo" req, host_member "hostMember" req, from_contact "fromContact" req,  });

/// The event `joinedGroupMemberConnecting`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct JoinedGroupMemberConnecting {
    /// `user`.
    pub user: Box<types::User>,
    /// `groupInfo`.
    pub group_info: Box<types::GroupInfo>,
    /// `hostMember`.
    pub host_member: Box<types::GroupMember>,
    /// `member`.
    pub member: Box<types::GroupMember>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(JoinedGroupMemberConnecting tag "joinedGroupMemberConnecting" { user "user" req, group_info "groupInfo" req, host_member "hostMember" req, member "member" req,  });

/// The event `sentGroupInvitation`.
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

/// The event `groupLinkConnecting`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GroupLinkConnecting {
    /// `user`.
    pub user: Box<types::User>,
    /// `groupInfo`.
    pub group_info: Box<types::GroupInfo>,
    /// `hostMember`.
    pub host_member: Box<types::GroupMember>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(GroupLinkConnecting tag "groupLinkConnecting" { user "user" req, group_info "groupInfo" req, host_member "hostMember" req,  });

/// The event `hostConnected`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct HostConnected {
    /// `protocol`.
    pub protocol: String,
    /// `transportHost`.
    pub transport_host: String,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(HostConnected tag "hostConnected" { protocol "protocol" req, transport_host "transportHost" req,  });

/// The event `hostDisconnected`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct HostDisconnected {
    /// `protocol`.
    pub protocol: String,
    /// `transportHost`.
    pub transport_host: String,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(HostDisconnected tag "hostDisconnected" { protocol "protocol" req, transport_host "transportHost" req,  });

/// The event `subscriptionStatus`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SubscriptionStatus {
    /// `server`.
    pub server: String,
    /// `subscriptionStatus`.
    pub subscription_status: types::SubscriptionStatus,
    /// `connections`.
    pub connections: Vec<String>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(SubscriptionStatus tag "subscriptionStatus" { server "server" req, subscription_status "subscriptionStatus" req, connections "connections" list,  });

/// The event `messageError`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct MessageError {
    /// `user`.
    pub user: Box<types::User>,
    /// `severity`.
    pub severity: String,
    /// `errorMessage`.
    pub error_message: String,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(MessageError tag "messageError" { user "user" req, severity "severity" req, error_message "errorMessage" req,  });

/// The event `chatError`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ChatError {
    /// `chatError`.
    pub chat_error: types::ChatError,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(ChatError tag "chatError" { chat_error "chatError" req,  });

/// The event `chatErrors`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ChatErrors {
    /// `chatErrors`.
    pub chat_errors: Vec<types::ChatError>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(ChatErrors tag "chatErrors" { chat_errors "chatErrors" list,  });

/// The event `networkStatus`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct NetworkStatus {
    /// `networkStatus`.
    pub network_status: types::NetworkStatus,
    /// `connections`.
    pub connections: Vec<String>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(NetworkStatus tag "networkStatus" { network_status "networkStatus" req, connections "connections" list,  });

/// The event `networkStatuses`. Not documented upstream.
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

/// The event `agentConnsDeleted`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AgentConnsDeleted {
    /// `agentConnIds`.
    pub agent_conn_ids: Vec<String>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(AgentConnsDeleted tag "agentConnsDeleted" { agent_conn_ids "agentConnIds" list,  });

/// The event `agentRcvQueuesDeleted`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AgentRcvQueuesDeleted {
    /// `deletedRcvQueues`.
    pub deleted_rcv_queues: Vec<types::DeletedRcvQueue>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(AgentRcvQueuesDeleted tag "agentRcvQueuesDeleted" { deleted_rcv_queues "deletedRcvQueues" list,  });

/// The event `acceptingGroupJoinRequestMember`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AcceptingGroupJoinRequestMember {
    /// `user`.
    pub user: Box<types::User>,
    /// `groupInfo`.
    pub group_info: Box<types::GroupInfo>,
    /// `member`.
    pub member: Box<types::GroupMember>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(AcceptingGroupJoinRequestMember tag "acceptingGroupJoinRequestMember" { user "user" req, group_info "groupInfo" req, member "member" req,  });

/// The event `contactAndMemberAssociated`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ContactAndMemberAssociated {
    /// `user`.
    pub user: Box<types::User>,
    /// `contact`.
    pub contact: Box<types::Contact>,
    /// `groupInfo`.
    pub group_info: Box<types::GroupInfo>,
    /// `member`.
    pub member: Box<types::GroupMember>,
    /// `updatedContact`.
    pub updated_contact: Box<types::Contact>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(ContactAndMemberAssociated tag "contactAndMemberAssociated" { user "user" req, contact "contact" req, group_info "groupInfo" req, member "member" req, updated_contact "updatedContact" req,  });

/// The event `contactAnotherClient`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ContactAnotherClient {
    /// `user`.
    pub user: Box<types::User>,
    /// `contact`.
    pub contact: Box<types::Contact>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(ContactAnotherClient tag "contactAnotherClient" { user "user" req, contact "contact" req,  });

/// The event `contactSwitch`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ContactSwitch {
    /// `user`.
    pub user: Box<types::User>,
    /// `contact`.
    pub contact: Box<types::Contact>,
    /// `switchProgress`.
    pub switch_progress: types::SwitchProgress,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(ContactSwitch tag "contactSwitch" { user "user" req, contact "contact" req, switch_progress "switchProgress" req,  });

/// The event `contactRatchetSync`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ContactRatchetSync {
    /// `user`.
    pub user: Box<types::User>,
    /// `contact`.
    pub contact: Box<types::Contact>,
    /// `ratchetSyncProgress`.
    pub ratchet_sync_progress: types::RatchetSyncProgress,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(ContactRatchetSync tag "contactRatchetSync" { user "user" req, contact "contact" req, ratchet_sync_progress "ratchetSyncProgress" req,  });

/// The event `groupMemberSwitch`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GroupMemberSwitch {
    /// `user`.
    pub user: Box<types::User>,
    /// `groupInfo`.
    pub group_info: Box<types::GroupInfo>,
    /// `member`.
    pub member: Box<types::GroupMember>,
    /// `switchProgress`.
    pub switch_progress: types::SwitchProgress,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(GroupMemberSwitch tag "groupMemberSwitch" { user "user" req, group_info "groupInfo" req, member "member" req, switch_progress "switchProgress" req,  });

/// The event `groupMemberRatchetSync`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GroupMemberRatchetSync {
    /// `user`.
    pub user: Box<types::User>,
    /// `groupInfo`.
    pub group_info: Box<types::GroupInfo>,
    /// `member`.
    pub member: Box<types::GroupMember>,
    /// `ratchetSyncProgress`.
    pub ratchet_sync_progress: types::RatchetSyncProgress,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(GroupMemberRatchetSync tag "groupMemberRatchetSync" { user "user" req, group_info "groupInfo" req, member "member" req, ratchet_sync_progress "ratchetSyncProgress" req,  });

/// The event `subscriptionEnd`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SubscriptionEnd {
    /// `user`.
    pub user: Box<types::User>,
    /// `connectionEntity`.
    pub connection_entity: types::ConnectionEntity,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(SubscriptionEnd tag "subscriptionEnd" { user "user" req, connection_entity "connectionEntity" req,  });

/// The event `chatSuspended`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ChatSuspended {
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(ChatSuspended tag "chatSuspended" {  });

/// The event `sndFileProgressXFTP`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SndFileProgressXftp {
    /// `user`.
    pub user: Box<types::User>,
    /// `chatItem_`.
    pub chat_item: Option<Box<types::AChatItem>>,
    /// `fileTransferMeta`.
    pub file_transfer_meta: types::FileTransferMeta,
    /// `sentSize`.
    pub sent_size: i64,
    /// `totalSize`.
    pub total_size: i64,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(SndFileProgressXftp tag "sndFileProgressXFTP" { user "user" req, chat_item "chatItem_" opt, file_transfer_meta "fileTransferMeta" req, sent_size "sentSize" req, total_size "totalSize" req,  });

/// The event `rcvFileProgressXFTP`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct RcvFileProgressXftp {
    /// `user`.
    pub user: Box<types::User>,
    /// `chatItem_`.
    pub chat_item: Option<Box<types::AChatItem>>,
    /// `receivedSize`.
    pub received_size: i64,
    /// `totalSize`.
    pub total_size: i64,
    /// `rcvFileTransfer`.
    pub rcv_file_transfer: Box<types::RcvFileTransfer>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(RcvFileProgressXftp tag "rcvFileProgressXFTP" { user "user" req, chat_item "chatItem_" opt, received_size "receivedSize" req, total_size "totalSize" req, rcv_file_transfer "rcvFileTransfer" req,  });

/// The event `sndStandaloneFileComplete`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SndStandaloneFileComplete {
    /// `user`.
    pub user: Box<types::User>,
    /// `fileTransferMeta`.
    pub file_transfer_meta: types::FileTransferMeta,
    /// `rcvURIs`.
    pub rcv_uris: Vec<String>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(SndStandaloneFileComplete tag "sndStandaloneFileComplete" { user "user" req, file_transfer_meta "fileTransferMeta" req, rcv_uris "rcvURIs" list,  });

/// The event `rcvStandaloneFileComplete`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct RcvStandaloneFileComplete {
    /// `user`.
    pub user: Box<types::User>,
    /// `targetPath`.
    pub target_path: String,
    /// `rcvFileTransfer`.
    pub rcv_file_transfer: Box<types::RcvFileTransfer>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(RcvStandaloneFileComplete tag "rcvStandaloneFileComplete" { user "user" req, target_path "targetPath" req, rcv_file_transfer "rcvFileTransfer" req,  });

/// An event of the core.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum Event {
    /// `contactConnected`.
    ContactConnected(Box<ContactConnected>),
    /// `contactUpdated`.
    ContactUpdated(Box<ContactUpdated>),
    /// `contactDeletedByContact`.
    ContactDeletedByContact(Box<ContactDeletedByContact>),
    /// `receivedContactRequest`.
    ReceivedContactRequest(Box<ReceivedContactRequest>),
    /// `newMemberContactReceivedInv`.
    NewMemberContactReceivedInv(Box<NewMemberContactReceivedInv>),
    /// `contactSndReady`.
    ContactSndReady(Box<ContactSndReady>),
    /// `newChatItems`.
    NewChatItems(Box<NewChatItems>),
    /// `chatItemReaction`.
    ChatItemReaction(Box<ChatItemReaction>),
    /// `chatItemsDeleted`.
    ChatItemsDeleted(Box<ChatItemsDeleted>),
    /// `chatItemUpdated`.
    ChatItemUpdated(Box<ChatItemUpdated>),
    /// `groupChatItemsDeleted`.
    GroupChatItemsDeleted(Box<GroupChatItemsDeleted>),
    /// `chatItemsStatusesUpdated`.
    ChatItemsStatusesUpdated(Box<ChatItemsStatusesUpdated>),
    /// `receivedGroupInvitation`.
    ReceivedGroupInvitation(Box<ReceivedGroupInvitation>),
    /// `userJoinedGroup`.
    UserJoinedGroup(Box<UserJoinedGroup>),
    /// `groupUpdated`.
    GroupUpdated(Box<GroupUpdated>),
    /// `joinedGroupMember`.
    JoinedGroupMember(Box<JoinedGroupMember>),
    /// `memberRole`.
    MemberRole(Box<MemberRole>),
    /// `deletedMember`.
    DeletedMember(Box<DeletedMember>),
    /// `leftMember`.
    LeftMember(Box<LeftMember>),
    /// `deletedMemberUser`.
    DeletedMemberUser(Box<DeletedMemberUser>),
    /// `groupDeleted`.
    GroupDeleted(Box<GroupDeleted>),
    /// `connectedToGroupMember`.
    ConnectedToGroupMember(Box<ConnectedToGroupMember>),
    /// `memberAcceptedByOther`.
    MemberAcceptedByOther(Box<MemberAcceptedByOther>),
    /// `memberBlockedForAll`.
    MemberBlockedForAll(Box<MemberBlockedForAll>),
    /// `groupMemberUpdated`.
    GroupMemberUpdated(Box<GroupMemberUpdated>),
    /// `groupLinkDataUpdated`.
    GroupLinkDataUpdated(Box<GroupLinkDataUpdated>),
    /// `groupRelayUpdated`.
    GroupRelayUpdated(Box<GroupRelayUpdated>),
    /// `rcvFileDescrReady`.
    RcvFileDescrReady(Box<RcvFileDescrReady>),
    /// `rcvFileComplete`.
    RcvFileComplete(Box<RcvFileComplete>),
    /// `sndFileCompleteXFTP`.
    SndFileCompleteXftp(Box<SndFileCompleteXftp>),
    /// `rcvFileStart`.
    RcvFileStart(Box<RcvFileStart>),
    /// `rcvFileSndCancelled`.
    RcvFileSndCancelled(Box<RcvFileSndCancelled>),
    /// `rcvFileAccepted`.
    RcvFileAccepted(Box<RcvFileAccepted>),
    /// `rcvFileError`.
    RcvFileError(Box<RcvFileError>),
    /// `rcvFileWarning`.
    RcvFileWarning(Box<RcvFileWarning>),
    /// `sndFileError`.
    SndFileError(Box<SndFileError>),
    /// `sndFileWarning`.
    SndFileWarning(Box<SndFileWarning>),
    /// `acceptingContactRequest`.
    AcceptingContactRequest(Box<AcceptingContactRequest>),
    /// `acceptingBusinessRequest`.
    AcceptingBusinessRequest(Box<AcceptingBusinessRequest>),
    /// `contactConnecting`.
    ContactConnecting(Box<ContactConnecting>),
    /// `businessLinkConnecting`.
    BusinessLinkConnecting(Box<BusinessLinkConnecting>),
    /// `joinedGroupMemberConnecting`.
    JoinedGroupMemberConnecting(Box<JoinedGroupMemberConnecting>),
    /// `sentGroupInvitation`.
    SentGroupInvitation(Box<SentGroupInvitation>),
    /// `groupLinkConnecting`.
    GroupLinkConnecting(Box<GroupLinkConnecting>),
    /// `hostConnected`.
    HostConnected(Box<HostConnected>),
    /// `hostDisconnected`.
    HostDisconnected(Box<HostDisconnected>),
    /// `subscriptionStatus`.
    SubscriptionStatus(Box<SubscriptionStatus>),
    /// `messageError`.
    MessageError(Box<MessageError>),
    /// `chatError`.
    ChatError(Box<ChatError>),
    /// `chatErrors`.
    ChatErrors(Box<ChatErrors>),
    /// `networkStatus`. Not documented upstream.
    NetworkStatus(Box<NetworkStatus>),
    /// `networkStatuses`. Not documented upstream.
    NetworkStatuses(Box<NetworkStatuses>),
    /// `agentConnsDeleted`. Not documented upstream.
    AgentConnsDeleted(Box<AgentConnsDeleted>),
    /// `agentRcvQueuesDeleted`. Not documented upstream.
    AgentRcvQueuesDeleted(Box<AgentRcvQueuesDeleted>),
    /// `acceptingGroupJoinRequestMember`. Not documented upstream.
    AcceptingGroupJoinRequestMember(Box<AcceptingGroupJoinRequestMember>),
    /// `contactAndMemberAssociated`. Not documented upstream.
    ContactAndMemberAssociated(Box<ContactAndMemberAssociated>),
    /// `contactAnotherClient`. Not documented upstream.
    ContactAnotherClient(Box<ContactAnotherClient>),
    /// `contactSwitch`. Not documented upstream.
    ContactSwitch(Box<ContactSwitch>),
    /// `contactRatchetSync`. Not documented upstream.
    ContactRatchetSync(Box<ContactRatchetSync>),
    /// `groupMemberSwitch`. Not documented upstream.
    GroupMemberSwitch(Box<GroupMemberSwitch>),
    /// `groupMemberRatchetSync`. Not documented upstream.
    GroupMemberRatchetSync(Box<GroupMemberRatchetSync>),
    /// `subscriptionEnd`. Not documented upstream.
    SubscriptionEnd(Box<SubscriptionEnd>),
    /// `chatSuspended`. Not documented upstream.
    ChatSuspended(Box<ChatSuspended>),
    /// `sndFileProgressXFTP`. Not documented upstream.
    SndFileProgressXftp(Box<SndFileProgressXftp>),
    /// `rcvFileProgressXFTP`. Not documented upstream.
    RcvFileProgressXftp(Box<RcvFileProgressXftp>),
    /// `sndStandaloneFileComplete`. Not documented upstream.
    SndStandaloneFileComplete(Box<SndStandaloneFileComplete>),
    /// `rcvStandaloneFileComplete`. Not documented upstream.
    RcvStandaloneFileComplete(Box<RcvStandaloneFileComplete>),
    /// A tag that the schema does not know.
    Unknown(Unknown),
}

messages!(Event, EventTag { ContactConnected "contactConnected";ContactUpdated "contactUpdated";ContactDeletedByContact "contactDeletedByContact";ReceivedContactRequest "receivedContactRequest";NewMemberContactReceivedInv "newMemberContactReceivedInv";ContactSndReady "contactSndReady";NewChatItems "newChatItems";ChatItemReaction "chatItemReaction";ChatItemsDeleted "chatItemsDeleted";ChatItemUpdated "chatItemUpdated";GroupChatItemsDeleted "groupChatItemsDeleted";ChatItemsStatusesUpdated "chatItemsStatusesUpdated";ReceivedGroupInvitation "receivedGroupInvitation";UserJoinedGroup "userJoinedGroup";GroupUpdated "groupUpdated";JoinedGroupMember "joinedGroupMember";MemberRole "memberRole";DeletedMember "deletedMember";LeftMember "leftMember";DeletedMemberUser "deletedMemberUser";GroupDeleted "groupDeleted";ConnectedToGroupMember "connectedToGroupMember";MemberAcceptedByOther "memberAcceptedByOther";MemberBlockedForAll "memberBlockedForAll";GroupMemberUpdated "groupMemberUpdated";GroupLinkDataUpdated "groupLinkDataUpdated";GroupRelayUpdated "groupRelayUpdated";RcvFileDescrReady "rcvFileDescrReady";RcvFileComplete "rcvFileComplete";SndFileCompleteXftp "sndFileCompleteXFTP";RcvFileStart "rcvFileStart";RcvFileSndCancelled "rcvFileSndCancelled";RcvFileAccepted "rcvFileAccepted";RcvFileError "rcvFileError";RcvFileWarning "rcvFileWarning";SndFileError "sndFileError";SndFileWarning "sndFileWarning";AcceptingContactRequest "acceptingContactRequest";AcceptingBusinessRequest "acceptingBusinessRequest";ContactConnecting "contactConnecting";BusinessLinkConnecting "businessLinkConnecting";JoinedGroupMemberConnecting "joinedGroupMemberConnecting";SentGroupInvitation "sentGroupInvitation";GroupLinkConnecting "groupLinkConnecting";HostConnected "hostConnected";HostDisconnected "hostDisconnected";SubscriptionStatus "subscriptionStatus";MessageError "messageError";ChatError "chatError";ChatErrors "chatErrors";NetworkStatus "networkStatus";NetworkStatuses "networkStatuses";AgentConnsDeleted "agentConnsDeleted";AgentRcvQueuesDeleted "agentRcvQueuesDeleted";AcceptingGroupJoinRequestMember "acceptingGroupJoinRequestMember";ContactAndMemberAssociated "contactAndMemberAssociated";ContactAnotherClient "contactAnotherClient";ContactSwitch "contactSwitch";ContactRatchetSync "contactRatchetSync";GroupMemberSwitch "groupMemberSwitch";GroupMemberRatchetSync "groupMemberRatchetSync";SubscriptionEnd "subscriptionEnd";ChatSuspended "chatSuspended";SndFileProgressXftp "sndFileProgressXFTP";RcvFileProgressXftp "rcvFileProgressXFTP";SndStandaloneFileComplete "sndStandaloneFileComplete";RcvStandaloneFileComplete "rcvStandaloneFileComplete"; });

/// The tag of an [`Event`].
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EventTag {
    /// `contactConnected`.
    ContactConnected,
    /// `contactUpdated`.
    ContactUpdated,
    /// `contactDeletedByContact`.
    ContactDeletedByContact,
    /// `receivedContactRequest`.
    ReceivedContactRequest,
    /// `newMemberContactReceivedInv`.
    NewMemberContactReceivedInv,
    /// `contactSndReady`.
    ContactSndReady,
    /// `newChatItems`.
    NewChatItems,
    /// `chatItemReaction`.
    ChatItemReaction,
    /// `chatItemsDeleted`.
    ChatItemsDeleted,
    /// `chatItemUpdated`.
    ChatItemUpdated,
    /// `groupChatItemsDeleted`.
    GroupChatItemsDeleted,
    /// `chatItemsStatusesUpdated`.
    ChatItemsStatusesUpdated,
    /// `receivedGroupInvitation`.
    ReceivedGroupInvitation,
    /// `userJoinedGroup`.
    UserJoinedGroup,
    /// `groupUpdated`.
    GroupUpdated,
    /// `joinedGroupMember`.
    JoinedGroupMember,
    /// `memberRole`.
    MemberRole,
    /// `deletedMember`.
    DeletedMember,
    /// `leftMember`.
    LeftMember,
    /// `deletedMemberUser`.
    DeletedMemberUser,
    /// `groupDeleted`.
    GroupDeleted,
    /// `connectedToGroupMember`.
    ConnectedToGroupMember,
    /// `memberAcceptedByOther`.
    MemberAcceptedByOther,
    /// `memberBlockedForAll`.
    MemberBlockedForAll,
    /// `groupMemberUpdated`.
    GroupMemberUpdated,
    /// `groupLinkDataUpdated`.
    GroupLinkDataUpdated,
    /// `groupRelayUpdated`.
    GroupRelayUpdated,
    /// `rcvFileDescrReady`.
    RcvFileDescrReady,
    /// `rcvFileComplete`.
    RcvFileComplete,
    /// `sndFileCompleteXFTP`.
    SndFileCompleteXftp,
    /// `rcvFileStart`.
    RcvFileStart,
    /// `rcvFileSndCancelled`.
    RcvFileSndCancelled,
    /// `rcvFileAccepted`.
    RcvFileAccepted,
    /// `rcvFileError`.
    RcvFileError,
    /// `rcvFileWarning`.
    RcvFileWarning,
    /// `sndFileError`.
    SndFileError,
    /// `sndFileWarning`.
    SndFileWarning,
    /// `acceptingContactRequest`.
    AcceptingContactRequest,
    /// `acceptingBusinessRequest`.
    AcceptingBusinessRequest,
    /// `contactConnecting`.
    ContactConnecting,
    /// `businessLinkConnecting`.
    BusinessLinkConnecting,
    /// `joinedGroupMemberConnecting`.
    JoinedGroupMemberConnecting,
    /// `sentGroupInvitation`.
    SentGroupInvitation,
    /// `groupLinkConnecting`.
    GroupLinkConnecting,
    /// `hostConnected`.
    HostConnected,
    /// `hostDisconnected`.
    HostDisconnected,
    /// `subscriptionStatus`.
    SubscriptionStatus,
    /// `messageError`.
    MessageError,
    /// `chatError`.
    ChatError,
    /// `chatErrors`.
    ChatErrors,
    /// `networkStatus`.
    NetworkStatus,
    /// `networkStatuses`.
    NetworkStatuses,
    /// `agentConnsDeleted`.
    AgentConnsDeleted,
    /// `agentRcvQueuesDeleted`.
    AgentRcvQueuesDeleted,
    /// `acceptingGroupJoinRequestMember`.
    AcceptingGroupJoinRequestMember,
    /// `contactAndMemberAssociated`.
    ContactAndMemberAssociated,
    /// `contactAnotherClient`.
    ContactAnotherClient,
    /// `contactSwitch`.
    ContactSwitch,
    /// `contactRatchetSync`.
    ContactRatchetSync,
    /// `groupMemberSwitch`.
    GroupMemberSwitch,
    /// `groupMemberRatchetSync`.
    GroupMemberRatchetSync,
    /// `subscriptionEnd`.
    SubscriptionEnd,
    /// `chatSuspended`.
    ChatSuspended,
    /// `sndFileProgressXFTP`.
    SndFileProgressXftp,
    /// `rcvFileProgressXFTP`.
    RcvFileProgressXftp,
    /// `sndStandaloneFileComplete`.
    SndStandaloneFileComplete,
    /// `rcvStandaloneFileComplete`.
    RcvStandaloneFileComplete,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

tags!(EventTag { ContactConnected "contactConnected", ContactUpdated "contactUpdated", ContactDeletedByContact "contactDeletedByContact", ReceivedContactRequest "receivedContactRequest", NewMemberContactReceivedInv "newMemberContactReceivedInv", ContactSndReady "contactSndReady", NewChatItems "newChatItems", ChatItemReaction "chatItemReaction", ChatItemsDeleted "chatItemsDeleted", ChatItemUpdated "chatItemUpdated", GroupChatItemsDeleted "groupChatItemsDeleted", ChatItemsStatusesUpdated "chatItemsStatusesUpdated", ReceivedGroupInvitation "receivedGroupInvitation", UserJoinedGroup "userJoinedGroup", GroupUpdated "groupUpdated", JoinedGroupMember "joinedGroupMember", MemberRole "memberRole", DeletedMember "deletedMember", LeftMember "leftMember", DeletedMemberUser "deletedMemberUser", GroupDeleted "groupDeleted", ConnectedToGroupMember "connectedToGroupMember", MemberAcceptedByOther "memberAcceptedByOther", MemberBlockedForAll "memberBlockedForAll", GroupMemberUpdated "groupMemberUpdated", GroupLinkDataUpdated "groupLinkDataUpdated", GroupRelayUpdated "groupRelayUpdated", RcvFileDescrReady "rcvFileDescrReady", RcvFileComplete "rcvFileComplete", SndFileCompleteXftp "sndFileCompleteXFTP", RcvFileStart "rcvFileStart", RcvFileSndCancelled "rcvFileSndCancelled", RcvFileAccepted "rcvFileAccepted", RcvFileError "rcvFileError", RcvFileWarning "rcvFileWarning", SndFileError "sndFileError", SndFileWarning "sndFileWarning", AcceptingContactRequest "acceptingContactRequest", AcceptingBusinessRequest "acceptingBusinessRequest", ContactConnecting "contactConnecting", BusinessLinkConnecting "businessLinkConnecting", JoinedGroupMemberConnecting "joinedGroupMemberConnecting", SentGroupInvitation "sentGroupInvitation", GroupLinkConnecting "groupLinkConnecting", HostConnected "hostConnected", HostDisconnected "hostDisconnected", SubscriptionStatus "subscriptionStatus", MessageError "messageError", ChatError "chatError", ChatErrors "chatErrors", NetworkStatus "networkStatus", NetworkStatuses "networkStatuses", AgentConnsDeleted "agentConnsDeleted", AgentRcvQueuesDeleted "agentRcvQueuesDeleted", AcceptingGroupJoinRequestMember "acceptingGroupJoinRequestMember", ContactAndMemberAssociated "contactAndMemberAssociated", ContactAnotherClient "contactAnotherClient", ContactSwitch "contactSwitch", ContactRatchetSync "contactRatchetSync", GroupMemberSwitch "groupMemberSwitch", GroupMemberRatchetSync "groupMemberRatchetSync", SubscriptionEnd "subscriptionEnd", ChatSuspended "chatSuspended", SndFileProgressXftp "sndFileProgressXFTP", RcvFileProgressXftp "rcvFileProgressXFTP", SndStandaloneFileComplete "sndStandaloneFileComplete", RcvStandaloneFileComplete "rcvStandaloneFileComplete",  });
