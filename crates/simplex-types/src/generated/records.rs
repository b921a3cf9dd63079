//! Written by `cargo xtask codegen`; change the schema or the overlay instead.

use std::collections::BTreeMap;

use super::enums::*;
use super::unions::*;
use crate::scalar::*;
use crate::wire::record;

/// `ACIReaction`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AciReaction {
    /// `chatInfo`.
    pub chat_info: ChatInfo,
    /// `chatReaction`.
    pub chat_reaction: CiReaction,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(AciReaction { chat_info "chatInfo" req, chat_reaction "chatReaction" req,  });

/// `AChat`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AChat {
    /// `chatInfo`.
    pub chat_info: ChatInfo,
    /// `chatItems`.
    pub chat_items: Vec<ChatItem>,
    /// `chatStats`.
    pub chat_stats: ChatStats,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(AChat { chat_info "chatInfo" req, chat_items "chatItems" deflist, chat_stats "chatStats" def = "{\"minUnreadItemId\":0}",  });

/// `AChatItem`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AChatItem {
    /// `chatInfo`.
    pub chat_info: ChatInfo,
    /// `chatItem`.
    pub chat_item: ChatItem,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(AChatItem { chat_info "chatInfo" req, chat_item "chatItem" req,  });

/// `AddRelayResult`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AddRelayResult {
    /// `relay`.
    pub relay: UserChatRelay,
    /// `relayError`.
    pub relay_error: Option<ChatError>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(AddRelayResult { relay "relay" req, relay_error "relayError" opt,  });

/// `AddressSettings`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AddressSettings {
    /// `businessAddress`.
    pub business_address: bool,
    /// `autoAccept`.
    pub auto_accept: Option<AutoAccept>,
    /// `autoReply`.
    pub auto_reply: Option<MsgContent>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

impl AddressSettings {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new() -> Self {
        Self { business_address: Default::default(), auto_accept: None, auto_reply: None, extra: Extra::default() }
    }

    /// Sets `businessAddress`.
    #[must_use]
    pub fn with_business_address(mut self, business_address: bool) -> Self {
        self.business_address = business_address;
        self
    }

    /// Sets `autoAccept`.
    #[must_use]
    pub fn with_auto_accept(mut self, auto_accept: AutoAccept) -> Self {
        self.auto_accept = Some(auto_accept);
        self
    }

    /// Sets `autoReply`.
    #[must_use]
    pub fn with_auto_reply(mut self, auto_reply: MsgContent) -> Self {
        self.auto_reply = Some(auto_reply);
        self
    }
}

impl Default for AddressSettings {
    fn default() -> Self {
        Self::new()
    }
}

record!(AddressSettings { business_address "businessAddress" auto, auto_accept "autoAccept" opt, auto_reply "autoReply" opt,  });

/// `AppFilePaths`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AppFilePaths {
    /// `appFilesFolder`.
    pub app_files_folder: String,
    /// `appTempFolder`.
    pub app_temp_folder: String,
    /// `appAssetsFolder`.
    pub app_assets_folder: String,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

impl AppFilePaths {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(
        app_files_folder: impl Into<String>,
        app_temp_folder: impl Into<String>,
        app_assets_folder: impl Into<String>,
    ) -> Self {
        Self {
            app_files_folder: app_files_folder.into(),
            app_temp_folder: app_temp_folder.into(),
            app_assets_folder: app_assets_folder.into(),
            extra: Extra::default(),
        }
    }
}

record!(AppFilePaths { app_files_folder "appFilesFolder" req, app_temp_folder "appTempFolder" req, app_assets_folder "appAssetsFolder" req,  });

/// `ArchiveConfig`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ArchiveConfig {
    /// `archivePath`.
    pub archive_path: String,
    /// `disableCompression`.
    pub disable_compression: Option<bool>,
    /// `parentTempDirectory`.
    pub parent_temp_directory: Option<String>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

impl ArchiveConfig {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(archive_path: impl Into<String>) -> Self {
        Self {
            archive_path: archive_path.into(),
            disable_compression: None,
            parent_temp_directory: None,
            extra: Extra::default(),
        }
    }

    /// Sets `disableCompression`.
    #[must_use]
    pub fn with_disable_compression(mut self, disable_compression: bool) -> Self {
        self.disable_compression = Some(disable_compression);
        self
    }

    /// Sets `parentTempDirectory`.
    #[must_use]
    pub fn with_parent_temp_directory(mut self, parent_temp_directory: impl Into<String>) -> Self {
        self.parent_temp_directory = Some(parent_temp_directory.into());
        self
    }
}

record!(ArchiveConfig { archive_path "archivePath" req, disable_compression "disableCompression" opt, parent_temp_directory "parentTempDirectory" opt,  });

/// `AutoAccept`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AutoAccept {
    /// `acceptIncognito`.
    pub accept_incognito: bool,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

impl AutoAccept {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new() -> Self {
        Self { accept_incognito: Default::default(), extra: Extra::default() }
    }

    /// Sets `acceptIncognito`.
    #[must_use]
    pub fn with_accept_incognito(mut self, accept_incognito: bool) -> Self {
        self.accept_incognito = accept_incognito;
        self
    }
}

impl Default for AutoAccept {
    fn default() -> Self {
        Self::new()
    }
}

record!(AutoAccept { accept_incognito "acceptIncognito" auto,  });

/// `BadgeInfo`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct BadgeInfo {
    /// `badgeType`.
    pub badge_type: BadgeType,
    /// `badgeExpiry`.
    pub badge_expiry: Option<Timestamp>,
    /// `badgeExtra`.
    pub badge_extra: String,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

impl BadgeInfo {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(badge_type: BadgeType, badge_extra: impl Into<String>) -> Self {
        Self { badge_type, badge_expiry: None, badge_extra: badge_extra.into(), extra: Extra::default() }
    }

    /// Sets `badgeExpiry`.
    #[must_use]
    pub fn with_badge_expiry(mut self, badge_expiry: Timestamp) -> Self {
        self.badge_expiry = Some(badge_expiry);
        self
    }
}

record!(BadgeInfo { badge_type "badgeType" req, badge_expiry "badgeExpiry" opt, badge_extra "badgeExtra" req,  });

/// `BadgeProof`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct BadgeProof {
    /// `badgeKeyIdx`.
    pub badge_key_idx: i64,
    /// `presHeader`.
    pub pres_header: String,
    /// `proof`.
    pub proof: String,
    /// `badgeInfo`.
    pub badge_info: BadgeInfo,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

impl BadgeProof {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(
        badge_key_idx: i64,
        pres_header: impl Into<String>,
        proof: impl Into<String>,
        badge_info: BadgeInfo,
    ) -> Self {
        Self {
            badge_key_idx,
            pres_header: pres_header.into(),
            proof: proof.into(),
            badge_info,
            extra: Extra::default(),
        }
    }
}

record!(BadgeProof { badge_key_idx "badgeKeyIdx" req, pres_header "presHeader" req, proof "proof" req, badge_info "badgeInfo" req,  });

/// `BlockingInfo`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct BlockingInfo {
    /// `reason`.
    pub reason: BlockingReason,
    /// `notice`.
    pub notice: Option<ClientNotice>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(BlockingInfo { reason "reason" req, notice "notice" opt,  });

/// `BusinessChatInfo`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct BusinessChatInfo {
    /// `chatType`.
    pub chat_type: BusinessChatType,
    /// `businessId`.
    pub business_id: String,
    /// `customerId`.
    pub customer_id: String,
    /// `businessDomain`.
    pub business_domain: Option<SimplexDomainClaim>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(BusinessChatInfo { chat_type "chatType" req, business_id "businessId" req, customer_id "customerId" req, business_domain "businessDomain" opt,  });

/// `CIFile`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct CiFile {
    /// `fileId`.
    pub file_id: FileId,
    /// `fileName`.
    pub file_name: String,
    /// `fileSize`.
    pub file_size: i64,
    /// `fileSource`.
    pub file_source: Option<CryptoFile>,
    /// `fileStatus`.
    pub file_status: CiFileStatus,
    /// `fileProtocol`.
    pub file_protocol: FileProtocol,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(CiFile { file_id "fileId" req, file_name "fileName" req, file_size "fileSize" req, file_source "fileSource" opt, file_status "fileStatus" req, file_protocol "fileProtocol" req,  });

/// `CIGroupInvitation`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct CiGroupInvitation {
    /// `groupId`.
    pub group_id: GroupId,
    /// `groupMemberId`.
    pub group_member_id: GroupMemberId,
    /// `localDisplayName`.
    pub local_display_name: String,
    /// `groupProfile`.
    pub group_profile: GroupProfile,
    /// `status`.
    pub status: CiGroupInvitationStatus,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(CiGroupInvitation { group_id "groupId" req, group_member_id "groupMemberId" req, local_display_name "localDisplayName" auto, group_profile "groupProfile" req, status "status" req,  });

/// `CIMention`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct CiMention {
    /// `memberId`.
    pub member_id: String,
    /// `memberRef`.
    pub member_ref: Option<CiMentionMember>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(CiMention { member_id "memberId" req, member_ref "memberRef" opt,  });

/// `CIMentionMember`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct CiMentionMember {
    /// `groupMemberId`.
    pub group_member_id: GroupMemberId,
    /// `displayName`.
    pub display_name: String,
    /// `localAlias`.
    pub local_alias: Option<String>,
    /// `memberRole`.
    pub member_role: GroupMemberRole,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(CiMentionMember { group_member_id "groupMemberId" req, display_name "displayName" auto, local_alias "localAlias" opt, member_role "memberRole" req,  });

/// `CIMeta`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct CiMeta {
    /// `itemId`.
    pub item_id: ChatItemId,
    /// `itemTs`.
    pub item_ts: Timestamp,
    /// `itemText`.
    pub item_text: String,
    /// `itemStatus`.
    pub item_status: CiStatus,
    /// `sentViaProxy`.
    pub sent_via_proxy: Option<bool>,
    /// `itemSharedMsgId`.
    pub item_shared_msg_id: Option<String>,
    /// `itemForwarded`.
    pub item_forwarded: Option<CiForwardedFrom>,
    /// `itemDeleted`.
    pub item_deleted: Option<CiDeleted>,
    /// `itemEdited`.
    pub item_edited: bool,
    /// `itemTimed`.
    pub item_timed: Option<CiTimed>,
    /// `itemLive`.
    pub item_live: Option<bool>,
    /// `userMention`.
    pub user_mention: bool,
    /// `hasLink`.
    pub has_link: bool,
    /// `deletable`.
    pub deletable: bool,
    /// `editable`.
    pub editable: bool,
    /// `forwardedByMember`.
    pub forwarded_by_member: Option<GroupMemberId>,
    /// `showGroupAsSender`.
    pub show_group_as_sender: bool,
    /// `msgVerified`.
    pub msg_verified: Option<MsgVerified>,
    /// `createdAt`.
    pub created_at: Timestamp,
    /// `updatedAt`.
    pub updated_at: Timestamp,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(CiMeta { item_id "itemId" req, item_ts "itemTs" req, item_text "itemText" auto, item_status "itemStatus" req, sent_via_proxy "sentViaProxy" opt, item_shared_msg_id "itemSharedMsgId" opt, item_forwarded "itemForwarded" opt, item_deleted "itemDeleted" opt, item_edited "itemEdited" auto, item_timed "itemTimed" opt, item_live "itemLive" opt, user_mention "userMention" auto, has_link "hasLink" auto, deletable "deletable" auto, editable "editable" auto, forwarded_by_member "forwardedByMember" opt, show_group_as_sender "showGroupAsSender" auto, msg_verified "msgVerified" opt, created_at "createdAt" def = "\"1970-01-01T00:00:00Z\"", updated_at "updatedAt" def = "\"1970-01-01T00:00:00Z\"",  });

/// `CIQuote`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct CiQuote {
    /// `chatDir`.
    pub chat_dir: Option<CiDirection>,
    /// `itemId`.
    pub item_id: Option<ChatItemId>,
    /// `sharedMsgId`.
    pub shared_msg_id: Option<String>,
    /// `sentAt`.
    pub sent_at: Timestamp,
    /// `content`.
    pub content: MsgContent,
    /// `formattedText`.
    pub formatted_text: Option<Vec<FormattedText>>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(CiQuote { chat_dir "chatDir" opt, item_id "itemId" opt, shared_msg_id "sharedMsgId" opt, sent_at "sentAt" req, content "content" req, formatted_text "formattedText" optlist,  });

/// `CIReaction`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct CiReaction {
    /// `chatDir`.
    pub chat_dir: CiDirection,
    /// `chatItem`.
    pub chat_item: ChatItem,
    /// `sentAt`.
    pub sent_at: Timestamp,
    /// `reaction`.
    pub reaction: MsgReaction,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(CiReaction { chat_dir "chatDir" req, chat_item "chatItem" req, sent_at "sentAt" req, reaction "reaction" req,  });

/// `CIReactionCount`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct CiReactionCount {
    /// `reaction`.
    pub reaction: MsgReaction,
    /// `userReacted`.
    pub user_reacted: bool,
    /// `totalReacted`.
    pub total_reacted: i64,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(CiReactionCount { reaction "reaction" req, user_reacted "userReacted" auto, total_reacted "totalReacted" auto,  });

/// `CITimed`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct CiTimed {
    /// `ttl`.
    pub ttl: i64,
    /// `deleteAt`.
    pub delete_at: Option<Timestamp>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(CiTimed { ttl "ttl" req, delete_at "deleteAt" opt,  });

/// `ChatItem`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ChatItem {
    /// `chatDir`.
    pub chat_dir: CiDirection,
    /// `meta`.
    pub meta: Box<CiMeta>,
    /// `content`.
    pub content: CiContent,
    /// `mentions`.
    pub mentions: BTreeMap<String, CiMention>,
    /// `formattedText`.
    pub formatted_text: Option<Vec<FormattedText>>,
    /// `quotedItem`.
    pub quoted_item: Option<Box<CiQuote>>,
    /// `reactions`.
    pub reactions: Vec<CiReactionCount>,
    /// `file`.
    pub file: Option<Box<CiFile>>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(ChatItem { chat_dir "chatDir" req, meta "meta" req, content "content" req, mentions "mentions" map, formatted_text "formattedText" optlist, quoted_item "quotedItem" opt, reactions "reactions" deflist, file "file" opt,  });

/// `ChatItemDeletion`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ChatItemDeletion {
    /// `deletedChatItem`.
    pub deleted_chat_item: AChatItem,
    /// `toChatItem`.
    pub to_chat_item: Option<Box<AChatItem>>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(ChatItemDeletion { deleted_chat_item "deletedChatItem" req, to_chat_item "toChatItem" opt,  });

/// `ChatItemInfo`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ChatItemInfo {
    /// `itemVersions`.
    pub item_versions: Vec<ChatItemVersion>,
    /// `memberDeliveryStatuses`.
    pub member_delivery_statuses: Option<Vec<MemberDeliveryStatus>>,
    /// `forwardedFromChatItem`.
    pub forwarded_from_chat_item: Option<Box<AChatItem>>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(ChatItemInfo { item_versions "itemVersions" deflist, member_delivery_statuses "memberDeliveryStatuses" optlist, forwarded_from_chat_item "forwardedFromChatItem" opt,  });

/// `ChatItemVersion`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ChatItemVersion {
    /// `chatItemVersionId`.
    pub chat_item_version_id: i64,
    /// `msgContent`.
    pub msg_content: MsgContent,
    /// `formattedText`.
    pub formatted_text: Option<Vec<FormattedText>>,
    /// `itemVersionTs`.
    pub item_version_ts: Timestamp,
    /// `createdAt`.
    pub created_at: Timestamp,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(ChatItemVersion { chat_item_version_id "chatItemVersionId" req, msg_content "msgContent" req, formatted_text "formattedText" optlist, item_version_ts "itemVersionTs" req, created_at "createdAt" req,  });

/// `ChatSettings`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ChatSettings {
    /// `enableNtfs`.
    pub enable_ntfs: MsgFilter,
    /// `sendRcpts`.
    pub send_rcpts: Option<bool>,
    /// `favorite`.
    pub favorite: bool,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

impl ChatSettings {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(enable_ntfs: MsgFilter) -> Self {
        Self { enable_ntfs, send_rcpts: None, favorite: Default::default(), extra: Extra::default() }
    }

    /// Sets `sendRcpts`.
    #[must_use]
    pub fn with_send_rcpts(mut self, send_rcpts: bool) -> Self {
        self.send_rcpts = Some(send_rcpts);
        self
    }

    /// Sets `favorite`.
    #[must_use]
    pub fn with_favorite(mut self, favorite: bool) -> Self {
        self.favorite = favorite;
        self
    }
}

record!(ChatSettings { enable_ntfs "enableNtfs" def = "\"all\"", send_rcpts "sendRcpts" opt, favorite "favorite" auto,  });

/// `ChatStats`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ChatStats {
    /// `unreadCount`.
    pub unread_count: i64,
    /// `unreadMentions`.
    pub unread_mentions: i64,
    /// `reportsCount`.
    pub reports_count: i64,
    /// `minUnreadItemId`.
    pub min_unread_item_id: ChatItemId,
    /// `unreadChat`.
    pub unread_chat: bool,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(ChatStats { unread_count "unreadCount" auto, unread_mentions "unreadMentions" auto, reports_count "reportsCount" auto, min_unread_item_id "minUnreadItemId" req, unread_chat "unreadChat" auto,  });

/// `ChatTag`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ChatTag {
    /// `chatTagId`.
    pub chat_tag_id: ChatTagId,
    /// `chatTagText`.
    pub chat_tag_text: String,
    /// `chatTagEmoji`.
    pub chat_tag_emoji: Option<String>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(ChatTag { chat_tag_id "chatTagId" req, chat_tag_text "chatTagText" req, chat_tag_emoji "chatTagEmoji" opt,  });

/// `ChatTagData`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ChatTagData {
    /// `emoji`.
    pub emoji: Option<String>,
    /// `text`.
    pub text: String,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

impl ChatTagData {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(text: impl Into<String>) -> Self {
        Self { emoji: None, text: text.into(), extra: Extra::default() }
    }

    /// Sets `emoji`.
    #[must_use]
    pub fn with_emoji(mut self, emoji: impl Into<String>) -> Self {
        self.emoji = Some(emoji.into());
        self
    }
}

record!(ChatTagData { emoji "emoji" opt, text "text" req,  });

/// `ChatWallpaper`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ChatWallpaper {
    /// `preset`.
    pub preset: Option<String>,
    /// `imageFile`.
    pub image_file: Option<String>,
    /// `background`.
    pub background: Option<String>,
    /// `tint`.
    pub tint: Option<String>,
    /// `scaleType`.
    pub scale_type: Option<ChatWallpaperScale>,
    /// `scale`.
    pub scale: Option<f64>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(ChatWallpaper { preset "preset" opt, image_file "imageFile" opt, background "background" opt, tint "tint" opt, scale_type "scaleType" opt, scale "scale" opt,  });

/// `ClientNotice`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ClientNotice {
    /// `ttl`.
    pub ttl: Option<i64>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(ClientNotice { ttl "ttl" opt,  });

/// `CommentsGroupPreference`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct CommentsGroupPreference {
    /// `enable`.
    pub enable: GroupFeatureEnabled,
    /// `duration`.
    pub duration: Option<i64>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

impl CommentsGroupPreference {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(enable: GroupFeatureEnabled) -> Self {
        Self { enable, duration: None, extra: Extra::default() }
    }

    /// Sets `duration`.
    #[must_use]
    pub fn with_duration(mut self, duration: i64) -> Self {
        self.duration = Some(duration);
        self
    }
}

record!(CommentsGroupPreference { enable "enable" def = "\"off\"", duration "duration" opt,  });

/// `ComposedMessage`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ComposedMessage {
    /// `fileSource`.
    pub file_source: Option<CryptoFile>,
    /// `quotedItemId`.
    pub quoted_item_id: Option<ChatItemId>,
    /// `msgContent`.
    pub msg_content: MsgContent,
    /// `mentions`.
    pub mentions: BTreeMap<String, GroupMemberId>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

impl ComposedMessage {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(msg_content: MsgContent) -> Self {
        Self {
            file_source: None,
            quoted_item_id: None,
            msg_content,
            mentions: Default::default(),
            extra: Extra::default(),
        }
    }

    /// Sets `fileSource`.
    #[must_use]
    pub fn with_file_source(mut self, file_source: CryptoFile) -> Self {
        self.file_source = Some(file_source);
        self
    }

    /// Sets `quotedItemId`.
    #[must_use]
    pub fn with_quoted_item_id(mut self, quoted_item_id: ChatItemId) -> Self {
        self.quoted_item_id = Some(quoted_item_id);
        self
    }

    /// Sets `mentions`.
    #[must_use]
    pub fn with_mentions(mut self, mentions: BTreeMap<String, GroupMemberId>) -> Self {
        self.mentions = mentions;
        self
    }
}

record!(ComposedMessage { file_source "fileSource" opt, quoted_item_id "quotedItemId" opt, msg_content "msgContent" req, mentions "mentions" map,  });

/// `ConnNetworkStatus`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ConnNetworkStatus {
    /// `agentConnId`.
    pub agent_conn_id: String,
    /// `networkStatus`.
    pub network_status: NetworkStatus,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(ConnNetworkStatus { agent_conn_id "agentConnId" req, network_status "networkStatus" req,  });

/// `Connection`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Connection {
    /// `connId`.
    pub conn_id: ConnectionId,
    /// `agentConnId`.
    pub agent_conn_id: String,
    /// `connChatVersion`.
    pub conn_chat_version: i64,
    /// `peerChatVRange`.
    pub peer_chat_v_range: VersionRange,
    /// `connLevel`.
    pub conn_level: i64,
    /// `viaContact`.
    pub via_contact: Option<ContactId>,
    /// `viaUserContactLink`.
    pub via_user_contact_link: Option<UserContactLinkId>,
    /// `viaGroupLink`.
    pub via_group_link: bool,
    /// `groupLinkId`.
    pub group_link_id: Option<String>,
    /// `xContactId`.
    pub x_contact_id: Option<String>,
    /// `customUserProfileId`.
    pub custom_user_profile_id: Option<ProfileId>,
    /// `connType`.
    pub conn_type: ConnType,
    /// `connStatus`.
    pub conn_status: ConnStatus,
    /// `contactConnInitiated`.
    pub contact_conn_initiated: bool,
    /// `localAlias`.
    pub local_alias: String,
    /// `entityId`.
    pub entity_id: Option<i64>,
    /// `connectionCode`.
    pub connection_code: Option<SecurityCode>,
    /// `pqSupport`.
    pub pq_support: bool,
    /// `pqEncryption`.
    pub pq_encryption: bool,
    /// `pqSndEnabled`.
    pub pq_snd_enabled: Option<bool>,
    /// `pqRcvEnabled`.
    pub pq_rcv_enabled: Option<bool>,
    /// `authErrCounter`.
    pub auth_err_counter: i64,
    /// `quotaErrCounter`.
    pub quota_err_counter: i64,
    /// `createdAt`.
    pub created_at: Timestamp,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(Connection { conn_id "connId" req, agent_conn_id "agentConnId" req, conn_chat_version "connChatVersion" auto, peer_chat_v_range "peerChatVRange" def = "{}", conn_level "connLevel" auto, via_contact "viaContact" opt, via_user_contact_link "viaUserContactLink" opt, via_group_link "viaGroupLink" auto, group_link_id "groupLinkId" opt, x_contact_id "xContactId" opt, custom_user_profile_id "customUserProfileId" opt, conn_type "connType" req, conn_status "connStatus" req, contact_conn_initiated "contactConnInitiated" auto, local_alias "localAlias" auto, entity_id "entityId" opt, connection_code "connectionCode" opt, pq_support "pqSupport" auto, pq_encryption "pqEncryption" auto, pq_snd_enabled "pqSndEnabled" opt, pq_rcv_enabled "pqRcvEnabled" opt, auth_err_counter "authErrCounter" auto, quota_err_counter "quotaErrCounter" auto, created_at "createdAt" def = "\"1970-01-01T00:00:00Z\"",  });

/// `ConnectionStats`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ConnectionStats {
    /// `connAgentVersion`.
    pub conn_agent_version: i64,
    /// `rcvQueuesInfo`.
    pub rcv_queues_info: Vec<RawJson>,
    /// `sndQueuesInfo`.
    pub snd_queues_info: Vec<RawJson>,
    /// `ratchetSyncState`.
    pub ratchet_sync_state: RatchetSyncState,
    /// `ratchetSyncSupported`.
    pub ratchet_sync_supported: bool,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(ConnectionStats { conn_agent_version "connAgentVersion" req, rcv_queues_info "rcvQueuesInfo" deflist, snd_queues_info "sndQueuesInfo" deflist, ratchet_sync_state "ratchetSyncState" req, ratchet_sync_supported "ratchetSyncSupported" auto,  });

/// `Contact`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Contact {
    /// `contactId`.
    pub contact_id: ContactId,
    /// `localDisplayName`.
    pub local_display_name: String,
    /// `profile`.
    pub profile: Box<LocalProfile>,
    /// `activeConn`.
    pub active_conn: Option<Box<Connection>>,
    /// `contactUsed`.
    pub contact_used: bool,
    /// `contactStatus`.
    pub contact_status: ContactStatus,
    /// `chatSettings`.
    pub chat_settings: ChatSettings,
    /// `userPreferences`.
    pub user_preferences: Preferences,
    /// `mergedPreferences`.
    pub merged_preferences: Box<ContactUserPreferences>,
    /// `createdAt`.
    pub created_at: Timestamp,
    /// `updatedAt`.
    pub updated_at: Timestamp,
    /// `chatTs`.
    pub chat_ts: Option<Timestamp>,
    /// `preparedContact`.
    pub prepared_contact: Option<PreparedContact>,
    /// `contactRequestId`.
    pub contact_request_id: Option<ContactRequestId>,
    /// `contactGroupMemberId`.
    pub contact_group_member_id: Option<GroupMemberId>,
    /// `contactGrpInvSent`.
    pub contact_grp_inv_sent: bool,
    /// `groupDirectInv`.
    pub group_direct_inv: Option<GroupDirectInvitation>,
    /// `chatTags`.
    pub chat_tags: Vec<ChatTagId>,
    /// `chatItemTTL`.
    pub chat_item_ttl: Option<i64>,
    /// `uiThemes`.
    pub ui_themes: Option<UiThemeEntityOverrides>,
    /// `chatDeleted`.
    pub chat_deleted: bool,
    /// `customData`.
    pub custom_data: Option<RawJson>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(Contact { contact_id "contactId" req, local_display_name "localDisplayName" auto, profile "profile" def = "{}", active_conn "activeConn" opt, contact_used "contactUsed" auto, contact_status "contactStatus" req, chat_settings "chatSettings" def = "{\"enableNtfs\":\"all\"}", user_preferences "userPreferences" def = "{}", merged_preferences "mergedPreferences" def = "{}", created_at "createdAt" def = "\"1970-01-01T00:00:00Z\"", updated_at "updatedAt" def = "\"1970-01-01T00:00:00Z\"", chat_ts "chatTs" opt, prepared_contact "preparedContact" opt, contact_request_id "contactRequestId" opt, contact_group_member_id "contactGroupMemberId" opt, contact_grp_inv_sent "contactGrpInvSent" auto, group_direct_inv "groupDirectInv" opt, chat_tags "chatTags" deflist, chat_item_ttl "chatItemTTL" opt, ui_themes "uiThemes" opt, chat_deleted "chatDeleted" auto, custom_data "customData" opt,  });

/// `ContactShortLinkData`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ContactShortLinkData {
    /// `profile`.
    pub profile: Profile,
    /// `message`.
    pub message: Option<MsgContent>,
    /// `business`.
    pub business: bool,
    /// `localBadge`.
    pub local_badge: Option<LocalBadge>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

impl ContactShortLinkData {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(profile: Profile) -> Self {
        Self { profile, message: None, business: Default::default(), local_badge: None, extra: Extra::default() }
    }

    /// Sets `message`.
    #[must_use]
    pub fn with_message(mut self, message: MsgContent) -> Self {
        self.message = Some(message);
        self
    }

    /// Sets `business`.
    #[must_use]
    pub fn with_business(mut self, business: bool) -> Self {
        self.business = business;
        self
    }

    /// Sets `localBadge`.
    #[must_use]
    pub fn with_local_badge(mut self, local_badge: LocalBadge) -> Self {
        self.local_badge = Some(local_badge);
        self
    }
}

record!(ContactShortLinkData { profile "profile" req, message "message" opt, business "business" auto, local_badge "localBadge" opt,  });

/// `ContactUserPreference`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ContactUserPreference {
    /// `enabled`.
    pub enabled: PrefEnabled,
    /// `userPreference`.
    pub user_preference: ContactUserPref,
    /// `contactPreference`.
    pub contact_preference: SimplePreference,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(ContactUserPreference { enabled "enabled" def = "{}", user_preference "userPreference" def = "{\"preference\":{\"allow\":\"no\"},\"type\":\"user\"}", contact_preference "contactPreference" def = "{\"allow\":\"no\"}",  });

/// `ContactUserPreferences`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ContactUserPreferences {
    /// `timedMessages`.
    pub timed_messages: ContactUserPreference,
    /// `fullDelete`.
    pub full_delete: ContactUserPreference,
    /// `reactions`.
    pub reactions: ContactUserPreference,
    /// `voice`.
    pub voice: ContactUserPreference,
    /// `files`.
    pub files: ContactUserPreference,
    /// `calls`.
    pub calls: ContactUserPreference,
    /// `sessions`.
    pub sessions: ContactUserPreference,
    /// `commands`.
    pub commands: Option<Vec<ChatBotCommand>>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(ContactUserPreferences { timed_messages "timedMessages" def = "{}", full_delete "fullDelete" def = "{}", reactions "reactions" def = "{}", voice "voice" def = "{}", files "files" def = "{}", calls "calls" def = "{}", sessions "sessions" def = "{}", commands "commands" optlist,  });

/// `CoreVersionInfo`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct CoreVersionInfo {
    /// `version`.
    pub version: String,
    /// `simplexmqVersion`.
    pub simplexmq_version: String,
    /// `simplexmqCommit`.
    pub simplexmq_commit: String,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(CoreVersionInfo { version "version" req, simplexmq_version "simplexmqVersion" req, simplexmq_commit "simplexmqCommit" req,  });

/// `CreatedConnLink`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct CreatedConnLink {
    /// `connFullLink`.
    pub conn_full_link: String,
    /// `connShortLink`.
    pub conn_short_link: Option<String>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

impl CreatedConnLink {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(conn_full_link: impl Into<String>) -> Self {
        Self { conn_full_link: conn_full_link.into(), conn_short_link: None, extra: Extra::default() }
    }

    /// Sets `connShortLink`.
    #[must_use]
    pub fn with_conn_short_link(mut self, conn_short_link: impl Into<String>) -> Self {
        self.conn_short_link = Some(conn_short_link.into());
        self
    }
}

record!(CreatedConnLink { conn_full_link "connFullLink" req, conn_short_link "connShortLink" opt,  });

/// `CryptoFile`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct CryptoFile {
    /// `filePath`.
    pub file_path: String,
    /// `cryptoArgs`.
    pub crypto_args: Option<CryptoFileArgs>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

impl CryptoFile {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(file_path: impl Into<String>) -> Self {
        Self { file_path: file_path.into(), crypto_args: None, extra: Extra::default() }
    }

    /// Sets `cryptoArgs`.
    #[must_use]
    pub fn with_crypto_args(mut self, crypto_args: CryptoFileArgs) -> Self {
        self.crypto_args = Some(crypto_args);
        self
    }
}

record!(CryptoFile { file_path "filePath" req, crypto_args "cryptoArgs" opt,  });

/// `CryptoFileArgs`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct CryptoFileArgs {
    /// `fileKey`.
    pub file_key: String,
    /// `fileNonce`.
    pub file_nonce: String,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

impl CryptoFileArgs {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(file_key: impl Into<String>, file_nonce: impl Into<String>) -> Self {
        Self { file_key: file_key.into(), file_nonce: file_nonce.into(), extra: Extra::default() }
    }
}

record!(CryptoFileArgs { file_key "fileKey" req, file_nonce "fileNonce" req,  });

/// `DBEncryptionConfig`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct DbEncryptionConfig {
    /// `currentKey`.
    pub current_key: String,
    /// `newKey`.
    pub new_key: String,
    /// `keepKey`.
    pub keep_key: Option<bool>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

impl DbEncryptionConfig {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(current_key: impl Into<String>, new_key: impl Into<String>) -> Self {
        Self { current_key: current_key.into(), new_key: new_key.into(), keep_key: None, extra: Extra::default() }
    }

    /// Sets `keepKey`.
    #[must_use]
    pub fn with_keep_key(mut self, keep_key: bool) -> Self {
        self.keep_key = Some(keep_key);
        self
    }
}

record!(DbEncryptionConfig { current_key "currentKey" req, new_key "newKey" req, keep_key "keepKey" opt,  });

/// `DeletedRcvQueue`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct DeletedRcvQueue {
    /// `agentConnId`.
    pub agent_conn_id: String,
    /// `server`.
    pub server: String,
    /// `agentQueueId`.
    pub agent_queue_id: String,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(DeletedRcvQueue { agent_conn_id "agentConnId" req, server "server" req, agent_queue_id "agentQueueId" req,  });

/// `DroppedMsg`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct DroppedMsg {
    /// `brokerTs`.
    pub broker_ts: Timestamp,
    /// `attempts`.
    pub attempts: i64,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(DroppedMsg { broker_ts "brokerTs" req, attempts "attempts" req,  });

/// `E2EInfo`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct E2eInfo {
    /// `public`.
    pub public: Option<bool>,
    /// `pqEnabled`.
    pub pq_enabled: Option<bool>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(E2eInfo { public "public" opt, pq_enabled "pqEnabled" opt,  });

/// `FileDescr`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct FileDescr {
    /// `fileDescrText`.
    pub file_descr_text: String,
    /// `fileDescrPartNo`.
    pub file_descr_part_no: i64,
    /// `fileDescrComplete`.
    pub file_descr_complete: bool,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(FileDescr { file_descr_text "fileDescrText" req, file_descr_part_no "fileDescrPartNo" req, file_descr_complete "fileDescrComplete" auto,  });

/// `FileInvitation`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct FileInvitation {
    /// `fileName`.
    pub file_name: String,
    /// `fileSize`.
    pub file_size: i64,
    /// `fileDigest`.
    pub file_digest: Option<String>,
    /// `fileConnReq`.
    pub file_conn_req: Option<String>,
    /// `fileInline`.
    pub file_inline: Option<InlineFileMode>,
    /// `fileDescr`.
    pub file_descr: Option<FileDescr>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(FileInvitation { file_name "fileName" req, file_size "fileSize" req, file_digest "fileDigest" opt, file_conn_req "fileConnReq" opt, file_inline "fileInline" opt, file_descr "fileDescr" opt,  });

/// `FileTransferMeta`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct FileTransferMeta {
    /// `fileId`.
    pub file_id: FileId,
    /// `xftpSndFile`.
    pub xftp_snd_file: Option<XftpSndFile>,
    /// `xftpRedirectFor`.
    pub xftp_redirect_for: Option<FileId>,
    /// `fileName`.
    pub file_name: String,
    /// `filePath`.
    pub file_path: String,
    /// `fileSize`.
    pub file_size: i64,
    /// `fileInline`.
    pub file_inline: Option<InlineFileMode>,
    /// `chunkSize`.
    pub chunk_size: i64,
    /// `cancelled`.
    pub cancelled: bool,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(FileTransferMeta { file_id "fileId" req, xftp_snd_file "xftpSndFile" opt, xftp_redirect_for "xftpRedirectFor" opt, file_name "fileName" req, file_path "filePath" req, file_size "fileSize" req, file_inline "fileInline" opt, chunk_size "chunkSize" req, cancelled "cancelled" auto,  });

/// `FormattedText`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct FormattedText {
    /// `format`.
    pub format: Option<Format>,
    /// `text`.
    pub text: String,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(FormattedText { format "format" opt, text "text" req,  });

/// `FullGroupPreferences`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct FullGroupPreferences {
    /// `timedMessages`.
    pub timed_messages: TimedMessagesGroupPreference,
    /// `directMessages`.
    pub direct_messages: RoleGroupPreference,
    /// `fullDelete`.
    pub full_delete: GroupPreference,
    /// `reactions`.
    pub reactions: GroupPreference,
    /// `voice`.
    pub voice: RoleGroupPreference,
    /// `files`.
    pub files: RoleGroupPreference,
    /// `simplexLinks`.
    pub simplex_links: RoleGroupPreference,
    /// `reports`.
    pub reports: GroupPreference,
    /// `history`.
    pub history: GroupPreference,
    /// `support`.
    pub support: SupportGroupPreference,
    /// `sessions`.
    pub sessions: RoleGroupPreference,
    /// `comments`.
    pub comments: CommentsGroupPreference,
    /// `signMessages`.
    pub sign_messages: GroupPreference,
    /// `commands`.
    pub commands: Vec<ChatBotCommand>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(FullGroupPreferences { timed_messages "timedMessages" def = "{\"enable\":\"off\"}", direct_messages "directMessages" def = "{\"enable\":\"off\"}", full_delete "fullDelete" def = "{\"enable\":\"off\"}", reactions "reactions" def = "{\"enable\":\"off\"}", voice "voice" def = "{\"enable\":\"off\"}", files "files" def = "{\"enable\":\"off\"}", simplex_links "simplexLinks" def = "{\"enable\":\"off\"}", reports "reports" def = "{\"enable\":\"off\"}", history "history" def = "{\"enable\":\"off\"}", support "support" def = "{\"enable\":\"off\"}", sessions "sessions" def = "{\"enable\":\"off\"}", comments "comments" def = "{\"enable\":\"off\"}", sign_messages "signMessages" def = "{\"enable\":\"off\"}", commands "commands" deflist,  });

/// `FullPreferences`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct FullPreferences {
    /// `timedMessages`.
    pub timed_messages: TimedMessagesPreference,
    /// `fullDelete`.
    pub full_delete: SimplePreference,
    /// `reactions`.
    pub reactions: SimplePreference,
    /// `voice`.
    pub voice: SimplePreference,
    /// `files`.
    pub files: SimplePreference,
    /// `calls`.
    pub calls: SimplePreference,
    /// `sessions`.
    pub sessions: SimplePreference,
    /// `commands`.
    pub commands: Vec<ChatBotCommand>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(FullPreferences { timed_messages "timedMessages" def = "{\"allow\":\"no\"}", full_delete "fullDelete" def = "{\"allow\":\"no\"}", reactions "reactions" def = "{\"allow\":\"no\"}", voice "voice" def = "{\"allow\":\"no\"}", files "files" def = "{\"allow\":\"no\"}", calls "calls" def = "{\"allow\":\"no\"}", sessions "sessions" def = "{\"allow\":\"no\"}", commands "commands" deflist,  });

/// `Group`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Group {
    /// `groupInfo`.
    pub group_info: Box<GroupInfo>,
    /// `members`.
    pub members: Vec<GroupMember>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(Group { group_info "groupInfo" req, members "members" deflist,  });

/// `GroupDirectInvitation`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GroupDirectInvitation {
    /// `groupDirectInvLink`.
    pub group_direct_inv_link: String,
    /// `fromGroupId_`.
    pub from_group_id: Option<GroupId>,
    /// `fromGroupMemberId_`.
    pub from_group_member_id: Option<GroupMemberId>,
    /// `fromGroupMemberConnId_`.
    pub from_group_member_conn_id: Option<ConnectionId>,
    /// `groupDirectInvStartedConnection`.
    pub group_direct_inv_started_connection: bool,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(GroupDirectInvitation { group_direct_inv_link "groupDirectInvLink" req, from_group_id "fromGroupId_" opt, from_group_member_id "fromGroupMemberId_" opt, from_group_member_conn_id "fromGroupMemberConnId_" opt, group_direct_inv_started_connection "groupDirectInvStartedConnection" auto,  });

/// `GroupInfo`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GroupInfo {
    /// `groupId`.
    pub group_id: GroupId,
    /// `useRelays`.
    pub use_relays: bool,
    /// `relayOwnStatus`.
    pub relay_own_status: Option<RelayStatus>,
    /// `localDisplayName`.
    pub local_display_name: String,
    /// `groupProfile`.
    pub group_profile: GroupProfile,
    /// `localAlias`.
    pub local_alias: String,
    /// `businessChat`.
    pub business_chat: Option<Box<BusinessChatInfo>>,
    /// `fullGroupPreferences`.
    pub full_group_preferences: Box<FullGroupPreferences>,
    /// `membership`.
    pub membership: Box<GroupMember>,
    /// `chatSettings`.
    pub chat_settings: ChatSettings,
    /// `createdAt`.
    pub created_at: Timestamp,
    /// `updatedAt`.
    pub updated_at: Timestamp,
    /// `chatTs`.
    pub chat_ts: Option<Timestamp>,
    /// `userMemberProfileSentAt`.
    pub user_member_profile_sent_at: Option<Timestamp>,
    /// `preparedGroup`.
    pub prepared_group: Option<PreparedGroup>,
    /// `chatTags`.
    pub chat_tags: Vec<ChatTagId>,
    /// `chatItemTTL`.
    pub chat_item_ttl: Option<i64>,
    /// `uiThemes`.
    pub ui_themes: Option<UiThemeEntityOverrides>,
    /// `customData`.
    pub custom_data: Option<RawJson>,
    /// `groupSummary`.
    pub group_summary: GroupSummary,
    /// `rosterVersion`.
    pub roster_version: Option<i64>,
    /// `membersRequireAttention`.
    pub members_require_attention: i64,
    /// `viaGroupLinkUri`.
    pub via_group_link_uri: Option<String>,
    /// `groupKeys`.
    pub group_keys: Option<GroupKeys>,
    /// `groupDomainVerified`.
    pub group_domain_verified: Option<bool>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(GroupInfo { group_id "groupId" req, use_relays "useRelays" auto, relay_own_status "relayOwnStatus" opt, local_display_name "localDisplayName" auto, group_profile "groupProfile" def = "{}", local_alias "localAlias" auto, business_chat "businessChat" opt, full_group_preferences "fullGroupPreferences" def = "{}", membership "membership" req, chat_settings "chatSettings" def = "{\"enableNtfs\":\"all\"}", created_at "createdAt" def = "\"1970-01-01T00:00:00Z\"", updated_at "updatedAt" def = "\"1970-01-01T00:00:00Z\"", chat_ts "chatTs" opt, user_member_profile_sent_at "userMemberProfileSentAt" opt, prepared_group "preparedGroup" opt, chat_tags "chatTags" deflist, chat_item_ttl "chatItemTTL" opt, ui_themes "uiThemes" opt, custom_data "customData" opt, group_summary "groupSummary" def = "{}", roster_version "rosterVersion" opt, members_require_attention "membersRequireAttention" auto, via_group_link_uri "viaGroupLinkUri" opt, group_keys "groupKeys" opt, group_domain_verified "groupDomainVerified" opt,  });

/// `GroupInfoSummary`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GroupInfoSummary {
    /// `groupInfo`.
    pub group_info: Box<GroupInfo>,
    /// `groupSummary`.
    pub group_summary: GroupSummary,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(GroupInfoSummary { group_info "groupInfo" req, group_summary "groupSummary" req,  });

/// `GroupKeys`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GroupKeys {
    /// `publicGroupId`.
    pub public_group_id: String,
    /// `groupRootKey`.
    pub group_root_key: GroupRootKey,
    /// `memberPrivKey`.
    pub member_priv_key: String,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(GroupKeys { public_group_id "publicGroupId" req, group_root_key "groupRootKey" req, member_priv_key "memberPrivKey" req,  });

/// `GroupLink`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GroupLink {
    /// `userContactLinkId`.
    pub user_contact_link_id: UserContactLinkId,
    /// `connLinkContact`.
    pub conn_link_contact: CreatedConnLink,
    /// `shortLinkDataSet`.
    pub short_link_data_set: bool,
    /// `shortLinkLargeDataSet`.
    pub short_link_large_data_set: bool,
    /// `groupLinkId`.
    pub group_link_id: String,
    /// `acceptMemberRole`.
    pub accept_member_role: GroupMemberRole,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(GroupLink { user_contact_link_id "userContactLinkId" req, conn_link_contact "connLinkContact" req, short_link_data_set "shortLinkDataSet" auto, short_link_large_data_set "shortLinkLargeDataSet" auto, group_link_id "groupLinkId" req, accept_member_role "acceptMemberRole" req,  });

/// `GroupLinkOwner`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GroupLinkOwner {
    /// `memberId`.
    pub member_id: String,
    /// `memberKey`.
    pub member_key: String,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(GroupLinkOwner { member_id "memberId" req, member_key "memberKey" req,  });

/// `GroupMember`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GroupMember {
    /// `groupMemberId`.
    pub group_member_id: GroupMemberId,
    /// `groupId`.
    pub group_id: GroupId,
    /// `indexInGroup`.
    pub index_in_group: i64,
    /// `memberId`.
    pub member_id: String,
    /// `memberRole`.
    pub member_role: GroupMemberRole,
    /// `memberCategory`.
    pub member_category: GroupMemberCategory,
    /// `memberStatus`.
    pub member_status: GroupMemberStatus,
    /// `memberSettings`.
    pub member_settings: GroupMemberSettings,
    /// `blockedByAdmin`.
    pub blocked_by_admin: bool,
    /// `invitedBy`.
    pub invited_by: InvitedBy,
    /// `invitedByGroupMemberId`.
    pub invited_by_group_member_id: Option<GroupMemberId>,
    /// `localDisplayName`.
    pub local_display_name: String,
    /// `memberProfile`.
    pub member_profile: Box<LocalProfile>,
    /// `memberContactId`.
    pub member_contact_id: Option<ContactId>,
    /// `memberContactProfileId`.
    pub member_contact_profile_id: ProfileId,
    /// `activeConn`.
    pub active_conn: Option<Box<Connection>>,
    /// `memberChatVRange`.
    pub member_chat_v_range: VersionRange,
    /// `createdAt`.
    pub created_at: Timestamp,
    /// `updatedAt`.
    pub updated_at: Timestamp,
    /// `supportChat`.
    pub support_chat: Option<GroupSupportChat>,
    /// `memberPubKey`.
    pub member_pub_key: Option<String>,
    /// `relayLink`.
    pub relay_link: Option<String>,
    /// `memberVerifiedCode`.
    pub member_verified_code: Option<SecurityCode>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(GroupMember { group_member_id "groupMemberId" req, group_id "groupId" req, index_in_group "indexInGroup" auto, member_id "memberId" req, member_role "memberRole" req, member_category "memberCategory" req, member_status "memberStatus" req, member_settings "memberSettings" def = "{\"showMessages\":true}", blocked_by_admin "blockedByAdmin" auto, invited_by "invitedBy" req, invited_by_group_member_id "invitedByGroupMemberId" opt, local_display_name "localDisplayName" auto, member_profile "memberProfile" def = "{}", member_contact_id "memberContactId" opt, member_contact_profile_id "memberContactProfileId" req, active_conn "activeConn" opt, member_chat_v_range "memberChatVRange" def = "{}", created_at "createdAt" def = "\"1970-01-01T00:00:00Z\"", updated_at "updatedAt" def = "\"1970-01-01T00:00:00Z\"", support_chat "supportChat" opt, member_pub_key "memberPubKey" opt, relay_link "relayLink" opt, member_verified_code "memberVerifiedCode" opt,  });

/// `GroupMemberAdmission`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GroupMemberAdmission {
    /// `review`.
    pub review: Option<MemberCriteria>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

impl GroupMemberAdmission {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new() -> Self {
        Self { review: None, extra: Extra::default() }
    }

    /// Sets `review`.
    #[must_use]
    pub fn with_review(mut self, review: MemberCriteria) -> Self {
        self.review = Some(review);
        self
    }
}

impl Default for GroupMemberAdmission {
    fn default() -> Self {
        Self::new()
    }
}

record!(GroupMemberAdmission { review "review" opt,  });

/// `GroupMemberRef`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GroupMemberRef {
    /// `groupMemberId`.
    pub group_member_id: GroupMemberId,
    /// `profile`.
    pub profile: Profile,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(GroupMemberRef { group_member_id "groupMemberId" req, profile "profile" req,  });

/// `GroupMemberSettings`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GroupMemberSettings {
    /// `showMessages`.
    pub show_messages: bool,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

impl GroupMemberSettings {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new() -> Self {
        Self { show_messages: Default::default(), extra: Extra::default() }
    }

    /// Sets `showMessages`.
    #[must_use]
    pub fn with_show_messages(mut self, show_messages: bool) -> Self {
        self.show_messages = show_messages;
        self
    }
}

impl Default for GroupMemberSettings {
    fn default() -> Self {
        Self::new()
    }
}

record!(GroupMemberSettings { show_messages "showMessages" auto,  });

/// `GroupPreference`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GroupPreference {
    /// `enable`.
    pub enable: GroupFeatureEnabled,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

impl GroupPreference {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(enable: GroupFeatureEnabled) -> Self {
        Self { enable, extra: Extra::default() }
    }
}

record!(GroupPreference { enable "enable" def = "\"off\"",  });

/// `GroupPreferences`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GroupPreferences {
    /// `timedMessages`.
    pub timed_messages: Option<TimedMessagesGroupPreference>,
    /// `directMessages`.
    pub direct_messages: Option<RoleGroupPreference>,
    /// `fullDelete`.
    pub full_delete: Option<GroupPreference>,
    /// `reactions`.
    pub reactions: Option<GroupPreference>,
    /// `voice`.
    pub voice: Option<RoleGroupPreference>,
    /// `files`.
    pub files: Option<RoleGroupPreference>,
    /// `simplexLinks`.
    pub simplex_links: Option<RoleGroupPreference>,
    /// `reports`.
    pub reports: Option<GroupPreference>,
    /// `history`.
    pub history: Option<GroupPreference>,
    /// `support`.
    pub support: Option<SupportGroupPreference>,
    /// `sessions`.
    pub sessions: Option<RoleGroupPreference>,
    /// `comments`.
    pub comments: Option<CommentsGroupPreference>,
    /// `signMessages`.
    pub sign_messages: Option<GroupPreference>,
    /// `commands`.
    pub commands: Option<Vec<ChatBotCommand>>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

impl GroupPreferences {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new() -> Self {
        Self {
            timed_messages: None,
            direct_messages: None,
            full_delete: None,
            reactions: None,
            voice: None,
            files: None,
            simplex_links: None,
            reports: None,
            history: None,
            support: None,
            sessions: None,
            comments: None,
            sign_messages: None,
            commands: None,
            extra: Extra::default(),
        }
    }

    /// Sets `timedMessages`.
    #[must_use]
    pub fn with_timed_messages(mut self, timed_messages: TimedMessagesGroupPreference) -> Self {
        self.timed_messages = Some(timed_messages);
        self
    }

    /// Sets `directMessages`.
    #[must_use]
    pub fn with_direct_messages(mut self, direct_messages: RoleGroupPreference) -> Self {
        self.direct_messages = Some(direct_messages);
        self
    }

    /// Sets `fullDelete`.
    #[must_use]
    pub fn with_full_delete(mut self, full_delete: GroupPreference) -> Self {
        self.full_delete = Some(full_delete);
        self
    }

    /// Sets `reactions`.
    #[must_use]
    pub fn with_reactions(mut self, reactions: GroupPreference) -> Self {
        self.reactions = Some(reactions);
        self
    }

    /// Sets `voice`.
    #[must_use]
    pub fn with_voice(mut self, voice: RoleGroupPreference) -> Self {
        self.voice = Some(voice);
        self
    }

    /// Sets `files`.
    #[must_use]
    pub fn with_files(mut self, files: RoleGroupPreference) -> Self {
        self.files = Some(files);
        self
    }

    /// Sets `simplexLinks`.
    #[must_use]
    pub fn with_simplex_links(mut self, simplex_links: RoleGroupPreference) -> Self {
        self.simplex_links = Some(simplex_links);
        self
    }

    /// Sets `reports`.
    #[must_use]
    pub fn with_reports(mut self, reports: GroupPreference) -> Self {
        self.reports = Some(reports);
        self
    }

    /// Sets `history`.
    #[must_use]
    pub fn with_history(mut self, history: GroupPreference) -> Self {
        self.history = Some(history);
        self
    }

    /// Sets `support`.
    #[must_use]
    pub fn with_support(mut self, support: SupportGroupPreference) -> Self {
        self.support = Some(support);
        self
    }

    /// Sets `sessions`.
    #[must_use]
    pub fn with_sessions(mut self, sessions: RoleGroupPreference) -> Self {
        self.sessions = Some(sessions);
        self
    }

    /// Sets `comments`.
    #[must_use]
    pub fn with_comments(mut self, comments: CommentsGroupPreference) -> Self {
        self.comments = Some(comments);
        self
    }

    /// Sets `signMessages`.
    #[must_use]
    pub fn with_sign_messages(mut self, sign_messages: GroupPreference) -> Self {
        self.sign_messages = Some(sign_messages);
        self
    }

    /// Sets `commands`.
    #[must_use]
    pub fn with_commands(mut self, commands: Vec<ChatBotCommand>) -> Self {
        self.commands = Some(commands);
        self
    }
}

impl Default for GroupPreferences {
    fn default() -> Self {
        Self::new()
    }
}

record!(GroupPreferences { timed_messages "timedMessages" opt, direct_messages "directMessages" opt, full_delete "fullDelete" opt, reactions "reactions" opt, voice "voice" opt, files "files" opt, simplex_links "simplexLinks" opt, reports "reports" opt, history "history" opt, support "support" opt, sessions "sessions" opt, comments "comments" opt, sign_messages "signMessages" opt, commands "commands" optlist,  });

/// `GroupProfile`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GroupProfile {
    /// `displayName`.
    pub display_name: String,
    /// `fullName`.
    pub full_name: String,
    /// `shortDescr`.
    pub short_descr: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// `image`.
    pub image: Option<String>,
    /// `publicGroup`.
    pub public_group: Option<PublicGroupProfile>,
    /// `groupPreferences`.
    pub group_preferences: Option<Box<GroupPreferences>>,
    /// `memberAdmission`.
    pub member_admission: Option<GroupMemberAdmission>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

impl GroupProfile {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(display_name: impl Into<String>, full_name: impl Into<String>) -> Self {
        Self {
            display_name: display_name.into(),
            full_name: full_name.into(),
            short_descr: None,
            description: None,
            image: None,
            public_group: None,
            group_preferences: None,
            member_admission: None,
            extra: Extra::default(),
        }
    }

    /// Sets `shortDescr`.
    #[must_use]
    pub fn with_short_descr(mut self, short_descr: impl Into<String>) -> Self {
        self.short_descr = Some(short_descr.into());
        self
    }

    /// Sets `description`.
    #[must_use]
    pub fn with_description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// Sets `image`.
    #[must_use]
    pub fn with_image(mut self, image: impl Into<String>) -> Self {
        self.image = Some(image.into());
        self
    }

    /// Sets `publicGroup`.
    #[must_use]
    pub fn with_public_group(mut self, public_group: PublicGroupProfile) -> Self {
        self.public_group = Some(public_group);
        self
    }

    /// Sets `groupPreferences`.
    #[must_use]
    pub fn with_group_preferences(mut self, group_preferences: impl Into<Box<GroupPreferences>>) -> Self {
        self.group_preferences = Some(group_preferences.into());
        self
    }

    /// Sets `memberAdmission`.
    #[must_use]
    pub fn with_member_admission(mut self, member_admission: GroupMemberAdmission) -> Self {
        self.member_admission = Some(member_admission);
        self
    }
}

record!(GroupProfile { display_name "displayName" auto, full_name "fullName" auto, short_descr "shortDescr" opt, description "description" opt, image "image" opt, public_group "publicGroup" opt, group_preferences "groupPreferences" opt, member_admission "memberAdmission" opt,  });

/// `GroupRelay`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GroupRelay {
    /// `groupRelayId`.
    pub group_relay_id: GroupRelayId,
    /// `groupMemberId`.
    pub group_member_id: GroupMemberId,
    /// `userChatRelay`.
    pub user_chat_relay: UserChatRelay,
    /// `relayStatus`.
    pub relay_status: RelayStatus,
    /// `relayLink`.
    pub relay_link: Option<String>,
    /// `relayCap`.
    pub relay_cap: RelayCapabilities,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(GroupRelay { group_relay_id "groupRelayId" req, group_member_id "groupMemberId" req, user_chat_relay "userChatRelay" req, relay_status "relayStatus" req, relay_link "relayLink" opt, relay_cap "relayCap" def = "{}",  });

/// `GroupShortLinkData`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GroupShortLinkData {
    /// `groupProfile`.
    pub group_profile: GroupProfile,
    /// `publicGroupData`.
    pub public_group_data: Option<PublicGroupData>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

impl GroupShortLinkData {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(group_profile: GroupProfile) -> Self {
        Self { group_profile, public_group_data: None, extra: Extra::default() }
    }

    /// Sets `publicGroupData`.
    #[must_use]
    pub fn with_public_group_data(mut self, public_group_data: PublicGroupData) -> Self {
        self.public_group_data = Some(public_group_data);
        self
    }
}

record!(GroupShortLinkData { group_profile "groupProfile" req, public_group_data "publicGroupData" opt,  });

/// `GroupShortLinkInfo`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GroupShortLinkInfo {
    /// `direct`.
    pub direct: bool,
    /// `groupRelays`.
    pub group_relays: Vec<String>,
    /// `publicGroupId`.
    pub public_group_id: Option<String>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(GroupShortLinkInfo { direct "direct" auto, group_relays "groupRelays" deflist, public_group_id "publicGroupId" opt,  });

/// `GroupSummary`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GroupSummary {
    /// `currentMembers`.
    pub current_members: i64,
    /// `publicMemberCount`.
    pub public_member_count: Option<i64>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(GroupSummary { current_members "currentMembers" auto, public_member_count "publicMemberCount" opt,  });

/// `GroupSupportChat`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GroupSupportChat {
    /// `chatTs`.
    pub chat_ts: Timestamp,
    /// `unread`.
    pub unread: i64,
    /// `memberAttention`.
    pub member_attention: i64,
    /// `mentions`.
    pub mentions: i64,
    /// `lastMsgFromMemberTs`.
    pub last_msg_from_member_ts: Option<Timestamp>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(GroupSupportChat { chat_ts "chatTs" req, unread "unread" auto, member_attention "memberAttention" auto, mentions "mentions" auto, last_msg_from_member_ts "lastMsgFromMemberTs" opt,  });

/// `LinkOwnerSig`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct LinkOwnerSig {
    /// `ownerId`.
    pub owner_id: Option<String>,
    /// `chatBinding`.
    pub chat_binding: String,
    /// `ownerSig`.
    pub owner_sig: String,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

impl LinkOwnerSig {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(chat_binding: impl Into<String>, owner_sig: impl Into<String>) -> Self {
        Self { owner_id: None, chat_binding: chat_binding.into(), owner_sig: owner_sig.into(), extra: Extra::default() }
    }

    /// Sets `ownerId`.
    #[must_use]
    pub fn with_owner_id(mut self, owner_id: impl Into<String>) -> Self {
        self.owner_id = Some(owner_id.into());
        self
    }
}

record!(LinkOwnerSig { owner_id "ownerId" opt, chat_binding "chatBinding" req, owner_sig "ownerSig" req,  });

/// `LinkPreview`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct LinkPreview {
    /// `uri`.
    pub uri: String,
    /// `title`.
    pub title: String,
    /// `description`.
    pub description: String,
    /// `image`.
    pub image: String,
    /// `content`.
    pub content: Option<LinkContent>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

impl LinkPreview {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(
        uri: impl Into<String>,
        title: impl Into<String>,
        description: impl Into<String>,
        image: impl Into<String>,
    ) -> Self {
        Self {
            uri: uri.into(),
            title: title.into(),
            description: description.into(),
            image: image.into(),
            content: None,
            extra: Extra::default(),
        }
    }

    /// Sets `content`.
    #[must_use]
    pub fn with_content(mut self, content: LinkContent) -> Self {
        self.content = Some(content);
        self
    }
}

record!(LinkPreview { uri "uri" req, title "title" req, description "description" req, image "image" req, content "content" opt,  });

/// `LocalBadge`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct LocalBadge {
    /// `badge`.
    pub badge: BadgeInfo,
    /// `status`.
    pub status: BadgeStatus,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

impl LocalBadge {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(badge: BadgeInfo, status: BadgeStatus) -> Self {
        Self { badge, status, extra: Extra::default() }
    }
}

record!(LocalBadge { badge "badge" req, status "status" req,  });

/// `LocalProfile`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct LocalProfile {
    /// `profileId`.
    pub profile_id: Option<ProfileId>,
    /// `displayName`.
    pub display_name: String,
    /// `fullName`.
    pub full_name: String,
    /// `shortDescr`.
    pub short_descr: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// `image`.
    pub image: Option<String>,
    /// `contactLink`.
    pub contact_link: Option<String>,
    /// `preferences`.
    pub preferences: Option<Box<Preferences>>,
    /// `peerType`.
    pub peer_type: Option<ChatPeerType>,
    /// `localBadge`.
    pub local_badge: Option<LocalBadge>,
    /// `localAlias`.
    pub local_alias: String,
    /// `contactDomain`.
    pub contact_domain: Option<SimplexDomainClaim>,
    /// `contactDomainVerified`.
    pub contact_domain_verified: Option<bool>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(LocalProfile { profile_id "profileId" opt, display_name "displayName" auto, full_name "fullName" auto, short_descr "shortDescr" opt, description "description" opt, image "image" opt, contact_link "contactLink" opt, preferences "preferences" opt, peer_type "peerType" opt, local_badge "localBadge" opt, local_alias "localAlias" auto, contact_domain "contactDomain" opt, contact_domain_verified "contactDomainVerified" opt,  });

/// `MemberDeliveryStatus`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct MemberDeliveryStatus {
    /// `groupMemberId`.
    pub group_member_id: GroupMemberId,
    /// `memberDeliveryStatus`.
    pub member_delivery_status: GroupSndStatus,
    /// `sentViaProxy`.
    pub sent_via_proxy: Option<bool>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(MemberDeliveryStatus { group_member_id "groupMemberId" req, member_delivery_status "memberDeliveryStatus" req, sent_via_proxy "sentViaProxy" opt,  });

/// `MemberReaction`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct MemberReaction {
    /// `groupMember`.
    pub group_member: Box<GroupMember>,
    /// `reactionTs`.
    pub reaction_ts: Timestamp,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(MemberReaction { group_member "groupMember" req, reaction_ts "reactionTs" req,  });

/// `NavigationInfo`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct NavigationInfo {
    /// `afterUnread`.
    pub after_unread: i64,
    /// `afterTotal`.
    pub after_total: i64,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(NavigationInfo { after_unread "afterUnread" auto, after_total "afterTotal" auto,  });

/// `NewUser`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct NewUser {
    /// `profile`.
    pub profile: Option<Box<Profile>>,
    /// `pastTimestamp`.
    pub past_timestamp: bool,
    /// `userChatRelay`.
    pub user_chat_relay: bool,
    /// `clientService`.
    pub client_service: bool,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

impl NewUser {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new() -> Self {
        Self {
            profile: None,
            past_timestamp: Default::default(),
            user_chat_relay: Default::default(),
            client_service: Default::default(),
            extra: Extra::default(),
        }
    }

    /// Sets `profile`.
    #[must_use]
    pub fn with_profile(mut self, profile: impl Into<Box<Profile>>) -> Self {
        self.profile = Some(profile.into());
        self
    }

    /// Sets `pastTimestamp`.
    #[must_use]
    pub fn with_past_timestamp(mut self, past_timestamp: bool) -> Self {
        self.past_timestamp = past_timestamp;
        self
    }

    /// Sets `userChatRelay`.
    #[must_use]
    pub fn with_user_chat_relay(mut self, user_chat_relay: bool) -> Self {
        self.user_chat_relay = user_chat_relay;
        self
    }

    /// Sets `clientService`.
    #[must_use]
    pub fn with_client_service(mut self, client_service: bool) -> Self {
        self.client_service = client_service;
        self
    }
}

impl Default for NewUser {
    fn default() -> Self {
        Self::new()
    }
}

record!(NewUser { profile "profile" opt, past_timestamp "pastTimestamp" auto, user_chat_relay "userChatRelay" auto, client_service "clientService" auto,  });

/// `NoteFolder`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct NoteFolder {
    /// `noteFolderId`.
    pub note_folder_id: NoteFolderId,
    /// `userId`.
    pub user_id: UserId,
    /// `createdAt`.
    pub created_at: Timestamp,
    /// `updatedAt`.
    pub updated_at: Timestamp,
    /// `chatTs`.
    pub chat_ts: Timestamp,
    /// `favorite`.
    pub favorite: bool,
    /// `unread`.
    pub unread: bool,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(NoteFolder { note_folder_id "noteFolderId" req, user_id "userId" req, created_at "createdAt" def = "\"1970-01-01T00:00:00Z\"", updated_at "updatedAt" def = "\"1970-01-01T00:00:00Z\"", chat_ts "chatTs" req, favorite "favorite" auto, unread "unread" auto,  });

/// `PendingContactConnection`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct PendingContactConnection {
    /// `pccConnId`.
    pub pcc_conn_id: ConnectionId,
    /// `pccAgentConnId`.
    pub pcc_agent_conn_id: String,
    /// `pccConnStatus`.
    pub pcc_conn_status: ConnStatus,
    /// `viaContactUri`.
    pub via_contact_uri: bool,
    /// `viaUserContactLink`.
    pub via_user_contact_link: Option<UserContactLinkId>,
    /// `groupLinkId`.
    pub group_link_id: Option<String>,
    /// `customUserProfileId`.
    pub custom_user_profile_id: Option<ProfileId>,
    /// `connLinkInv`.
    pub conn_link_inv: Option<CreatedConnLink>,
    /// `localAlias`.
    pub local_alias: String,
    /// `createdAt`.
    pub created_at: Timestamp,
    /// `updatedAt`.
    pub updated_at: Timestamp,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(PendingContactConnection { pcc_conn_id "pccConnId" req, pcc_agent_conn_id "pccAgentConnId" req, pcc_conn_status "pccConnStatus" req, via_contact_uri "viaContactUri" auto, via_user_contact_link "viaUserContactLink" opt, group_link_id "groupLinkId" opt, custom_user_profile_id "customUserProfileId" opt, conn_link_inv "connLinkInv" opt, local_alias "localAlias" auto, created_at "createdAt" def = "\"1970-01-01T00:00:00Z\"", updated_at "updatedAt" def = "\"1970-01-01T00:00:00Z\"",  });

/// `PrefEnabled`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct PrefEnabled {
    /// `forUser`.
    pub for_user: bool,
    /// `forContact`.
    pub for_contact: bool,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(PrefEnabled { for_user "forUser" auto, for_contact "forContact" auto,  });

/// `Preferences`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Preferences {
    /// `timedMessages`.
    pub timed_messages: Option<TimedMessagesPreference>,
    /// `fullDelete`.
    pub full_delete: Option<SimplePreference>,
    /// `reactions`.
    pub reactions: Option<SimplePreference>,
    /// `voice`.
    pub voice: Option<SimplePreference>,
    /// `files`.
    pub files: Option<SimplePreference>,
    /// `calls`.
    pub calls: Option<SimplePreference>,
    /// `sessions`.
    pub sessions: Option<SimplePreference>,
    /// `commands`.
    pub commands: Option<Vec<ChatBotCommand>>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

impl Preferences {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new() -> Self {
        Self {
            timed_messages: None,
            full_delete: None,
            reactions: None,
            voice: None,
            files: None,
            calls: None,
            sessions: None,
            commands: None,
            extra: Extra::default(),
        }
    }

    /// Sets `timedMessages`.
    #[must_use]
    pub fn with_timed_messages(mut self, timed_messages: TimedMessagesPreference) -> Self {
        self.timed_messages = Some(timed_messages);
        self
    }

    /// Sets `fullDelete`.
    #[must_use]
    pub fn with_full_delete(mut self, full_delete: SimplePreference) -> Self {
        self.full_delete = Some(full_delete);
        self
    }

    /// Sets `reactions`.
    #[must_use]
    pub fn with_reactions(mut self, reactions: SimplePreference) -> Self {
        self.reactions = Some(reactions);
        self
    }

    /// Sets `voice`.
    #[must_use]
    pub fn with_voice(mut self, voice: SimplePreference) -> Self {
        self.voice = Some(voice);
        self
    }

    /// Sets `files`.
    #[must_use]
    pub fn with_files(mut self, files: SimplePreference) -> Self {
        self.files = Some(files);
        self
    }

    /// Sets `calls`.
    #[must_use]
    pub fn with_calls(mut self, calls: SimplePreference) -> Self {
        self.calls = Some(calls);
        self
    }

    /// Sets `sessions`.
    #[must_use]
    pub fn with_sessions(mut self, sessions: SimplePreference) -> Self {
        self.sessions = Some(sessions);
        self
    }

    /// Sets `commands`.
    #[must_use]
    pub fn with_commands(mut self, commands: Vec<ChatBotCommand>) -> Self {
        self.commands = Some(commands);
        self
    }
}

impl Default for Preferences {
    fn default() -> Self {
        Self::new()
    }
}

record!(Preferences { timed_messages "timedMessages" opt, full_delete "fullDelete" opt, reactions "reactions" opt, voice "voice" opt, files "files" opt, calls "calls" opt, sessions "sessions" opt, commands "commands" optlist,  });

/// `PreparedContact`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct PreparedContact {
    /// `connLinkToConnect`.
    pub conn_link_to_connect: CreatedConnLink,
    /// `uiConnLinkType`.
    pub ui_conn_link_type: ConnectionMode,
    /// `welcomeSharedMsgId`.
    pub welcome_shared_msg_id: Option<String>,
    /// `requestSharedMsgId`.
    pub request_shared_msg_id: Option<String>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(PreparedContact { conn_link_to_connect "connLinkToConnect" req, ui_conn_link_type "uiConnLinkType" req, welcome_shared_msg_id "welcomeSharedMsgId" opt, request_shared_msg_id "requestSharedMsgId" opt,  });

/// `PreparedGroup`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct PreparedGroup {
    /// `connLinkToConnect`.
    pub conn_link_to_connect: CreatedConnLink,
    /// `connLinkPreparedConnection`.
    pub conn_link_prepared_connection: bool,
    /// `connLinkStartedConnection`.
    pub conn_link_started_connection: bool,
    /// `welcomeSharedMsgId`.
    pub welcome_shared_msg_id: Option<String>,
    /// `requestSharedMsgId`.
    pub request_shared_msg_id: Option<String>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(PreparedGroup { conn_link_to_connect "connLinkToConnect" req, conn_link_prepared_connection "connLinkPreparedConnection" auto, conn_link_started_connection "connLinkStartedConnection" auto, welcome_shared_msg_id "welcomeSharedMsgId" opt, request_shared_msg_id "requestSharedMsgId" opt,  });

/// `Profile`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Profile {
    /// `displayName`.
    pub display_name: String,
    /// `fullName`.
    pub full_name: String,
    /// `shortDescr`.
    pub short_descr: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// `image`.
    pub image: Option<String>,
    /// `contactLink`.
    pub contact_link: Option<String>,
    /// `preferences`.
    pub preferences: Option<Box<Preferences>>,
    /// `peerType`.
    pub peer_type: Option<ChatPeerType>,
    /// `badge`.
    pub badge: Option<Box<BadgeProof>>,
    /// `contactDomain`.
    pub contact_domain: Option<SimplexDomainClaim>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

impl Profile {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(display_name: impl Into<String>, full_name: impl Into<String>) -> Self {
        Self {
            display_name: display_name.into(),
            full_name: full_name.into(),
            short_descr: None,
            description: None,
            image: None,
            contact_link: None,
            preferences: None,
            peer_type: None,
            badge: None,
            contact_domain: None,
            extra: Extra::default(),
        }
    }

    /// Sets `shortDescr`.
    #[must_use]
    pub fn with_short_descr(mut self, short_descr: impl Into<String>) -> Self {
        self.short_descr = Some(short_descr.into());
        self
    }

    /// Sets `description`.
    #[must_use]
    pub fn with_description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// Sets `image`.
    #[must_use]
    pub fn with_image(mut self, image: impl Into<String>) -> Self {
        self.image = Some(image.into());
        self
    }

    /// Sets `contactLink`.
    #[must_use]
    pub fn with_contact_link(mut self, contact_link: impl Into<String>) -> Self {
        self.contact_link = Some(contact_link.into());
        self
    }

    /// Sets `preferences`.
    #[must_use]
    pub fn with_preferences(mut self, preferences: impl Into<Box<Preferences>>) -> Self {
        self.preferences = Some(preferences.into());
        self
    }

    /// Sets `peerType`.
    #[must_use]
    pub fn with_peer_type(mut self, peer_type: ChatPeerType) -> Self {
        self.peer_type = Some(peer_type);
        self
    }

    /// Sets `badge`.
    #[must_use]
    pub fn with_badge(mut self, badge: impl Into<Box<BadgeProof>>) -> Self {
        self.badge = Some(badge.into());
        self
    }

    /// Sets `contactDomain`.
    #[must_use]
    pub fn with_contact_domain(mut self, contact_domain: SimplexDomainClaim) -> Self {
        self.contact_domain = Some(contact_domain);
        self
    }
}

record!(Profile { display_name "displayName" auto, full_name "fullName" auto, short_descr "shortDescr" opt, description "description" opt, image "image" opt, contact_link "contactLink" opt, preferences "preferences" opt, peer_type "peerType" opt, badge "badge" opt, contact_domain "contactDomain" opt,  });

/// `ProtocolTestFailure`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ProtocolTestFailure {
    /// `testStep`.
    pub test_step: String,
    /// `testError`.
    pub test_error: AgentErrorType,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(ProtocolTestFailure { test_step "testStep" req, test_error "testError" req,  });

/// `PublicGroupAccess`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct PublicGroupAccess {
    /// `groupWebPage`.
    pub group_web_page: Option<String>,
    /// `groupDomainClaim`.
    pub group_domain_claim: Option<SimplexDomainClaim>,
    /// `domainWebPage`.
    pub domain_web_page: bool,
    /// `allowEmbedding`.
    pub allow_embedding: bool,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

impl PublicGroupAccess {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new() -> Self {
        Self {
            group_web_page: None,
            group_domain_claim: None,
            domain_web_page: Default::default(),
            allow_embedding: Default::default(),
            extra: Extra::default(),
        }
    }

    /// Sets `groupWebPage`.
    #[must_use]
    pub fn with_group_web_page(mut self, group_web_page: impl Into<String>) -> Self {
        self.group_web_page = Some(group_web_page.into());
        self
    }

    /// Sets `groupDomainClaim`.
    #[must_use]
    pub fn with_group_domain_claim(mut self, group_domain_claim: SimplexDomainClaim) -> Self {
        self.group_domain_claim = Some(group_domain_claim);
        self
    }

    /// Sets `domainWebPage`.
    #[must_use]
    pub fn with_domain_web_page(mut self, domain_web_page: bool) -> Self {
        self.domain_web_page = domain_web_page;
        self
    }

    /// Sets `allowEmbedding`.
    #[must_use]
    pub fn with_allow_embedding(mut self, allow_embedding: bool) -> Self {
        self.allow_embedding = allow_embedding;
        self
    }
}

impl Default for PublicGroupAccess {
    fn default() -> Self {
        Self::new()
    }
}

record!(PublicGroupAccess { group_web_page "groupWebPage" opt, group_domain_claim "groupDomainClaim" opt, domain_web_page "domainWebPage" auto, allow_embedding "allowEmbedding" auto,  });

/// `PublicGroupData`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct PublicGroupData {
    /// `publicMemberCount`.
    pub public_member_count: i64,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

impl PublicGroupData {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(public_member_count: i64) -> Self {
        Self { public_member_count, extra: Extra::default() }
    }
}

record!(PublicGroupData { public_member_count "publicMemberCount" req,  });

/// `PublicGroupProfile`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct PublicGroupProfile {
    /// `groupType`.
    pub group_type: GroupType,
    /// `groupLink`.
    pub group_link: String,
    /// `publicGroupId`.
    pub public_group_id: String,
    /// `publicGroupAccess`.
    pub public_group_access: Option<Box<PublicGroupAccess>>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

impl PublicGroupProfile {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(group_type: GroupType, group_link: impl Into<String>, public_group_id: impl Into<String>) -> Self {
        Self {
            group_type,
            group_link: group_link.into(),
            public_group_id: public_group_id.into(),
            public_group_access: None,
            extra: Extra::default(),
        }
    }

    /// Sets `publicGroupAccess`.
    #[must_use]
    pub fn with_public_group_access(mut self, public_group_access: impl Into<Box<PublicGroupAccess>>) -> Self {
        self.public_group_access = Some(public_group_access.into());
        self
    }
}

record!(PublicGroupProfile { group_type "groupType" req, group_link "groupLink" req, public_group_id "publicGroupId" req, public_group_access "publicGroupAccess" opt,  });

/// `RatchetSyncProgress`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct RatchetSyncProgress {
    /// `ratchetSyncStatus`.
    pub ratchet_sync_status: RatchetSyncState,
    /// `connectionStats`.
    pub connection_stats: RawJson,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(RatchetSyncProgress { ratchet_sync_status "ratchetSyncStatus" req, connection_stats "connectionStats" req,  });

/// `RcvFileDescr`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct RcvFileDescr {
    /// `fileDescrId`.
    pub file_descr_id: i64,
    /// `fileDescrText`.
    pub file_descr_text: String,
    /// `fileDescrPartNo`.
    pub file_descr_part_no: i64,
    /// `fileDescrComplete`.
    pub file_descr_complete: bool,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(RcvFileDescr { file_descr_id "fileDescrId" req, file_descr_text "fileDescrText" req, file_descr_part_no "fileDescrPartNo" req, file_descr_complete "fileDescrComplete" auto,  });

/// `RcvFileInfo`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct RcvFileInfo {
    /// `filePath`.
    pub file_path: String,
    /// `connId`.
    pub conn_id: Option<ConnectionId>,
    /// `agentConnId`.
    pub agent_conn_id: Option<String>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(RcvFileInfo { file_path "filePath" req, conn_id "connId" opt, agent_conn_id "agentConnId" opt,  });

/// `RcvFileTransfer`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct RcvFileTransfer {
    /// `fileId`.
    pub file_id: FileId,
    /// `xftpRcvFile`.
    pub xftp_rcv_file: Option<XftpRcvFile>,
    /// `fileInvitation`.
    pub file_invitation: FileInvitation,
    /// `fileStatus`.
    pub file_status: RcvFileStatus,
    /// `fileType`.
    pub file_type: FileType,
    /// `rcvFileInline`.
    pub rcv_file_inline: Option<InlineFileMode>,
    /// `senderDisplayName`.
    pub sender_display_name: String,
    /// `chunkSize`.
    pub chunk_size: i64,
    /// `cancelled`.
    pub cancelled: bool,
    /// `grpMemberId`.
    pub grp_member_id: Option<GroupMemberId>,
    /// `cryptoArgs`.
    pub crypto_args: Option<CryptoFileArgs>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(RcvFileTransfer { file_id "fileId" req, xftp_rcv_file "xftpRcvFile" opt, file_invitation "fileInvitation" req, file_status "fileStatus" req, file_type "fileType" def = "\"normal\"", rcv_file_inline "rcvFileInline" opt, sender_display_name "senderDisplayName" req, chunk_size "chunkSize" req, cancelled "cancelled" auto, grp_member_id "grpMemberId" opt, crypto_args "cryptoArgs" opt,  });

/// `RelayCapabilities`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct RelayCapabilities {
    /// `webDomain`.
    pub web_domain: Option<String>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(RelayCapabilities { web_domain "webDomain" opt,  });

/// `RelayProfile`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct RelayProfile {
    /// `displayName`.
    pub display_name: String,
    /// `fullName`.
    pub full_name: String,
    /// `shortDescr`.
    pub short_descr: Option<String>,
    /// `image`.
    pub image: Option<String>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

impl RelayProfile {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(display_name: impl Into<String>, full_name: impl Into<String>) -> Self {
        Self {
            display_name: display_name.into(),
            full_name: full_name.into(),
            short_descr: None,
            image: None,
            extra: Extra::default(),
        }
    }

    /// Sets `shortDescr`.
    #[must_use]
    pub fn with_short_descr(mut self, short_descr: impl Into<String>) -> Self {
        self.short_descr = Some(short_descr.into());
        self
    }

    /// Sets `image`.
    #[must_use]
    pub fn with_image(mut self, image: impl Into<String>) -> Self {
        self.image = Some(image.into());
        self
    }
}

record!(RelayProfile { display_name "displayName" auto, full_name "fullName" req, short_descr "shortDescr" opt, image "image" opt,  });

/// `RoleGroupPreference`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct RoleGroupPreference {
    /// `enable`.
    pub enable: GroupFeatureEnabled,
    /// `role`.
    pub role: Option<GroupMemberRole>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

impl RoleGroupPreference {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(enable: GroupFeatureEnabled) -> Self {
        Self { enable, role: None, extra: Extra::default() }
    }

    /// Sets `role`.
    #[must_use]
    pub fn with_role(mut self, role: GroupMemberRole) -> Self {
        self.role = Some(role);
        self
    }
}

record!(RoleGroupPreference { enable "enable" def = "\"off\"", role "role" opt,  });

/// `SMPServerSubs`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SmpServerSubs {
    /// `ssActive`.
    pub ss_active: i64,
    /// `ssPending`.
    pub ss_pending: i64,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(SmpServerSubs { ss_active "ssActive" req, ss_pending "ssPending" req,  });

/// `SecurityCode`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SecurityCode {
    /// `securityCode`.
    pub security_code: String,
    /// `verifiedAt`.
    pub verified_at: Timestamp,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(SecurityCode { security_code "securityCode" req, verified_at "verifiedAt" req,  });

/// `SimplePreference`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SimplePreference {
    /// `allow`.
    pub allow: FeatureAllowed,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

impl SimplePreference {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(allow: FeatureAllowed) -> Self {
        Self { allow, extra: Extra::default() }
    }
}

record!(SimplePreference { allow "allow" def = "\"no\"",  });

/// `SimplexDomain`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SimplexDomain {
    /// `nameTLD`.
    pub name_tld: SimplexTld,
    /// `domain`.
    pub domain: String,
    /// `subDomain`.
    pub sub_domain: Vec<String>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(SimplexDomain { name_tld "nameTLD" req, domain "domain" req, sub_domain "subDomain" deflist,  });

/// `SimplexDomainClaim`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SimplexDomainClaim {
    /// `domain`.
    pub domain: String,
    /// `proof`.
    pub proof: Option<SimplexDomainProof>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

impl SimplexDomainClaim {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(domain: impl Into<String>) -> Self {
        Self { domain: domain.into(), proof: None, extra: Extra::default() }
    }

    /// Sets `proof`.
    #[must_use]
    pub fn with_proof(mut self, proof: SimplexDomainProof) -> Self {
        self.proof = Some(proof);
        self
    }
}

record!(SimplexDomainClaim { domain "domain" req, proof "proof" opt,  });

/// `SimplexDomainProof`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SimplexDomainProof {
    /// `linkOwnerId`.
    pub link_owner_id: Option<String>,
    /// `presHeader`.
    pub pres_header: String,
    /// `signature`.
    pub signature: String,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

impl SimplexDomainProof {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(pres_header: impl Into<String>, signature: impl Into<String>) -> Self {
        Self {
            link_owner_id: None,
            pres_header: pres_header.into(),
            signature: signature.into(),
            extra: Extra::default(),
        }
    }

    /// Sets `linkOwnerId`.
    #[must_use]
    pub fn with_link_owner_id(mut self, link_owner_id: impl Into<String>) -> Self {
        self.link_owner_id = Some(link_owner_id.into());
        self
    }
}

record!(SimplexDomainProof { link_owner_id "linkOwnerId" opt, pres_header "presHeader" req, signature "signature" req,  });

/// `SimplexNameInfo`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SimplexNameInfo {
    /// `nameType`.
    pub name_type: SimplexNameType,
    /// `nameDomain`.
    pub name_domain: SimplexDomain,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(SimplexNameInfo { name_type "nameType" req, name_domain "nameDomain" req,  });

/// `SndFileTransfer`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SndFileTransfer {
    /// `fileId`.
    pub file_id: FileId,
    /// `fileName`.
    pub file_name: String,
    /// `filePath`.
    pub file_path: String,
    /// `fileSize`.
    pub file_size: i64,
    /// `chunkSize`.
    pub chunk_size: i64,
    /// `recipientDisplayName`.
    pub recipient_display_name: String,
    /// `connId`.
    pub conn_id: ConnectionId,
    /// `agentConnId`.
    pub agent_conn_id: String,
    /// `groupMemberId`.
    pub group_member_id: Option<GroupMemberId>,
    /// `fileStatus`.
    pub file_status: FileStatus,
    /// `fileDescrId`.
    pub file_descr_id: Option<i64>,
    /// `fileInline`.
    pub file_inline: Option<InlineFileMode>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(SndFileTransfer { file_id "fileId" req, file_name "fileName" req, file_path "filePath" req, file_size "fileSize" req, chunk_size "chunkSize" req, recipient_display_name "recipientDisplayName" req, conn_id "connId" req, agent_conn_id "agentConnId" req, group_member_id "groupMemberId" opt, file_status "fileStatus" req, file_descr_id "fileDescrId" opt, file_inline "fileInline" opt,  });

/// `SupportGroupPreference`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SupportGroupPreference {
    /// `enable`.
    pub enable: GroupFeatureEnabled,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

impl SupportGroupPreference {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(enable: GroupFeatureEnabled) -> Self {
        Self { enable, extra: Extra::default() }
    }
}

record!(SupportGroupPreference { enable "enable" def = "\"off\"",  });

/// `SwitchProgress`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SwitchProgress {
    /// `queueDirection`.
    pub queue_direction: String,
    /// `switchPhase`.
    pub switch_phase: SwitchPhase,
    /// `connectionStats`.
    pub connection_stats: RawJson,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(SwitchProgress { queue_direction "queueDirection" req, switch_phase "switchPhase" req, connection_stats "connectionStats" req,  });

/// `TimedMessagesGroupPreference`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct TimedMessagesGroupPreference {
    /// `enable`.
    pub enable: GroupFeatureEnabled,
    /// `ttl`.
    pub ttl: Option<i64>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

impl TimedMessagesGroupPreference {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(enable: GroupFeatureEnabled) -> Self {
        Self { enable, ttl: None, extra: Extra::default() }
    }

    /// Sets `ttl`.
    #[must_use]
    pub fn with_ttl(mut self, ttl: i64) -> Self {
        self.ttl = Some(ttl);
        self
    }
}

record!(TimedMessagesGroupPreference { enable "enable" def = "\"off\"", ttl "ttl" opt,  });

/// `TimedMessagesPreference`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct TimedMessagesPreference {
    /// `allow`.
    pub allow: FeatureAllowed,
    /// `ttl`.
    pub ttl: Option<i64>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

impl TimedMessagesPreference {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(allow: FeatureAllowed) -> Self {
        Self { allow, ttl: None, extra: Extra::default() }
    }

    /// Sets `ttl`.
    #[must_use]
    pub fn with_ttl(mut self, ttl: i64) -> Self {
        self.ttl = Some(ttl);
        self
    }
}

record!(TimedMessagesPreference { allow "allow" def = "\"no\"", ttl "ttl" opt,  });

/// `UIColors`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UiColors {
    /// `accent`.
    pub accent: Option<String>,
    /// `accentVariant`.
    pub accent_variant: Option<String>,
    /// `secondary`.
    pub secondary: Option<String>,
    /// `secondaryVariant`.
    pub secondary_variant: Option<String>,
    /// `background`.
    pub background: Option<String>,
    /// `menus`.
    pub menus: Option<String>,
    /// `title`.
    pub title: Option<String>,
    /// `accentVariant2`.
    pub accent_variant2: Option<String>,
    /// `sentMessage`.
    pub sent_message: Option<String>,
    /// `sentReply`.
    pub sent_reply: Option<String>,
    /// `receivedMessage`.
    pub received_message: Option<String>,
    /// `receivedReply`.
    pub received_reply: Option<String>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(UiColors { accent "accent" opt, accent_variant "accentVariant" opt, secondary "secondary" opt, secondary_variant "secondaryVariant" opt, background "background" opt, menus "menus" opt, title "title" opt, accent_variant2 "accentVariant2" opt, sent_message "sentMessage" opt, sent_reply "sentReply" opt, received_message "receivedMessage" opt, received_reply "receivedReply" opt,  });

/// `UIThemeEntityOverride`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UiThemeEntityOverride {
    /// `mode`.
    pub mode: UiColorMode,
    /// `wallpaper`.
    pub wallpaper: Option<Box<ChatWallpaper>>,
    /// `colors`.
    pub colors: UiColors,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(UiThemeEntityOverride { mode "mode" req, wallpaper "wallpaper" opt, colors "colors" req,  });

/// `UIThemeEntityOverrides`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UiThemeEntityOverrides {
    /// `light`.
    pub light: Option<Box<UiThemeEntityOverride>>,
    /// `dark`.
    pub dark: Option<Box<UiThemeEntityOverride>>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(UiThemeEntityOverrides { light "light" opt, dark "dark" opt,  });

/// `UpMigration`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UpMigration {
    /// `upName`.
    pub up_name: String,
    /// `withDown`.
    pub with_down: bool,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(UpMigration { up_name "upName" req, with_down "withDown" auto,  });

/// `UpdatedMessage`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UpdatedMessage {
    /// `msgContent`.
    pub msg_content: MsgContent,
    /// `mentions`.
    pub mentions: BTreeMap<String, GroupMemberId>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

impl UpdatedMessage {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(msg_content: MsgContent) -> Self {
        Self { msg_content, mentions: Default::default(), extra: Extra::default() }
    }

    /// Sets `mentions`.
    #[must_use]
    pub fn with_mentions(mut self, mentions: BTreeMap<String, GroupMemberId>) -> Self {
        self.mentions = mentions;
        self
    }
}

record!(UpdatedMessage { msg_content "msgContent" req, mentions "mentions" map,  });

/// `User`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct User {
    /// `userId`.
    pub user_id: UserId,
    /// `agentUserId`.
    pub agent_user_id: String,
    /// `userContactId`.
    pub user_contact_id: ContactId,
    /// `localDisplayName`.
    pub local_display_name: String,
    /// `profile`.
    pub profile: Box<LocalProfile>,
    /// `fullPreferences`.
    pub full_preferences: FullPreferences,
    /// `activeUser`.
    pub active_user: bool,
    /// `activeOrder`.
    pub active_order: i64,
    /// `viewPwdHash`.
    pub view_pwd_hash: Option<UserPwdHash>,
    /// `showNtfs`.
    pub show_ntfs: bool,
    /// `sendRcptsContacts`.
    pub send_rcpts_contacts: bool,
    /// `sendRcptsSmallGroups`.
    pub send_rcpts_small_groups: bool,
    /// `autoAcceptMemberContacts`.
    pub auto_accept_member_contacts: bool,
    /// `userMemberProfileUpdatedAt`.
    pub user_member_profile_updated_at: Option<Timestamp>,
    /// `userChatRelay`.
    pub user_chat_relay: bool,
    /// `clientService`.
    pub client_service: bool,
    /// `uiThemes`.
    pub ui_themes: Option<UiThemeEntityOverrides>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(User { user_id "userId" req, agent_user_id "agentUserId" auto, user_contact_id "userContactId" req, local_display_name "localDisplayName" auto, profile "profile" def = "{}", full_preferences "fullPreferences" def = "{}", active_user "activeUser" auto, active_order "activeOrder" auto, view_pwd_hash "viewPwdHash" opt, show_ntfs "showNtfs" auto, send_rcpts_contacts "sendRcptsContacts" auto, send_rcpts_small_groups "sendRcptsSmallGroups" auto, auto_accept_member_contacts "autoAcceptMemberContacts" auto, user_member_profile_updated_at "userMemberProfileUpdatedAt" opt, user_chat_relay "userChatRelay" auto, client_service "clientService" auto, ui_themes "uiThemes" opt,  });

/// `UserChatRelay`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UserChatRelay {
    /// `chatRelayId`.
    pub chat_relay_id: ChatRelayId,
    /// `address`.
    pub address: String,
    /// `relayProfile`.
    pub relay_profile: RelayProfile,
    /// `domains`.
    pub domains: Vec<String>,
    /// `preset`.
    pub preset: bool,
    /// `tested`.
    pub tested: Option<bool>,
    /// `enabled`.
    pub enabled: bool,
    /// `deleted`.
    pub deleted: bool,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

impl UserChatRelay {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(
        chat_relay_id: ChatRelayId,
        address: impl Into<String>,
        relay_profile: RelayProfile,
        domains: Vec<String>,
    ) -> Self {
        Self {
            chat_relay_id,
            address: address.into(),
            relay_profile,
            domains,
            preset: Default::default(),
            tested: None,
            enabled: Default::default(),
            deleted: Default::default(),
            extra: Extra::default(),
        }
    }

    /// Sets `preset`.
    #[must_use]
    pub fn with_preset(mut self, preset: bool) -> Self {
        self.preset = preset;
        self
    }

    /// Sets `tested`.
    #[must_use]
    pub fn with_tested(mut self, tested: bool) -> Self {
        self.tested = Some(tested);
        self
    }

    /// Sets `enabled`.
    #[must_use]
    pub fn with_enabled(mut self, enabled: bool) -> Self {
        self.enabled = enabled;
        self
    }

    /// Sets `deleted`.
    #[must_use]
    pub fn with_deleted(mut self, deleted: bool) -> Self {
        self.deleted = deleted;
        self
    }
}

record!(UserChatRelay { chat_relay_id "chatRelayId" req, address "address" req, relay_profile "relayProfile" req, domains "domains" deflist, preset "preset" auto, tested "tested" opt, enabled "enabled" auto, deleted "deleted" auto,  });

/// `UserContact`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UserContact {
    /// `userContactLinkId`.
    pub user_contact_link_id: UserContactLinkId,
    /// `connReqContact`.
    pub conn_req_contact: String,
    /// `groupId`.
    pub group_id: Option<GroupId>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(UserContact { user_contact_link_id "userContactLinkId" req, conn_req_contact "connReqContact" req, group_id "groupId" opt,  });

/// `UserContactLink`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UserContactLink {
    /// `userContactLinkId`.
    pub user_contact_link_id: UserContactLinkId,
    /// `connLinkContact`.
    pub conn_link_contact: CreatedConnLink,
    /// `shortLinkDataSet`.
    pub short_link_data_set: bool,
    /// `shortLinkLargeDataSet`.
    pub short_link_large_data_set: bool,
    /// `addressSettings`.
    pub address_settings: AddressSettings,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(UserContactLink { user_contact_link_id "userContactLinkId" req, conn_link_contact "connLinkContact" req, short_link_data_set "shortLinkDataSet" auto, short_link_large_data_set "shortLinkLargeDataSet" auto, address_settings "addressSettings" req,  });

/// `UserContactRequest`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UserContactRequest {
    /// `contactRequestId`.
    pub contact_request_id: ContactRequestId,
    /// `agentInvitationId`.
    pub agent_invitation_id: String,
    /// `contactId_`.
    pub contact_id: Option<ContactId>,
    /// `businessGroupId_`.
    pub business_group_id: Option<GroupId>,
    /// `userContactLinkId_`.
    pub user_contact_link_id: Option<UserContactLinkId>,
    /// `cReqChatVRange`.
    pub c_req_chat_v_range: VersionRange,
    /// `localDisplayName`.
    pub local_display_name: String,
    /// `profileId`.
    pub profile_id: ProfileId,
    /// `profile`.
    pub profile: Box<LocalProfile>,
    /// `createdAt`.
    pub created_at: Timestamp,
    /// `updatedAt`.
    pub updated_at: Timestamp,
    /// `xContactId`.
    pub x_contact_id: Option<String>,
    /// `pqSupport`.
    pub pq_support: bool,
    /// `welcomeSharedMsgId`.
    pub welcome_shared_msg_id: Option<String>,
    /// `requestSharedMsgId`.
    pub request_shared_msg_id: Option<String>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(UserContactRequest { contact_request_id "contactRequestId" req, agent_invitation_id "agentInvitationId" req, contact_id "contactId_" opt, business_group_id "businessGroupId_" opt, user_contact_link_id "userContactLinkId_" opt, c_req_chat_v_range "cReqChatVRange" req, local_display_name "localDisplayName" auto, profile_id "profileId" req, profile "profile" def = "{}", created_at "createdAt" def = "\"1970-01-01T00:00:00Z\"", updated_at "updatedAt" def = "\"1970-01-01T00:00:00Z\"", x_contact_id "xContactId" opt, pq_support "pqSupport" auto, welcome_shared_msg_id "welcomeSharedMsgId" opt, request_shared_msg_id "requestSharedMsgId" opt,  });

/// `UserInfo`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UserInfo {
    /// `user`.
    pub user: Box<User>,
    /// `unreadCount`.
    pub unread_count: i64,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(UserInfo { user "user" req, unread_count "unreadCount" req,  });

/// `UserNetworkInfo`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UserNetworkInfo {
    /// `networkType`.
    pub network_type: UserNetworkType,
    /// `online`.
    pub online: bool,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

impl UserNetworkInfo {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(network_type: UserNetworkType) -> Self {
        Self { network_type, online: Default::default(), extra: Extra::default() }
    }

    /// Sets `online`.
    #[must_use]
    pub fn with_online(mut self, online: bool) -> Self {
        self.online = online;
        self
    }
}

record!(UserNetworkInfo { network_type "networkType" req, online "online" auto,  });

/// `UserOperatorServers`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UserOperatorServers {
    /// `operator`.
    pub operator: Option<RawJson>,
    /// `smpServers`.
    pub smp_servers: Vec<UserServer>,
    /// `xftpServers`.
    pub xftp_servers: Vec<UserServer>,
    /// `chatRelays`.
    pub chat_relays: Option<Vec<UserChatRelay>>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

impl UserOperatorServers {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(smp_servers: Vec<UserServer>, xftp_servers: Vec<UserServer>) -> Self {
        Self { operator: None, smp_servers, xftp_servers, chat_relays: None, extra: Extra::default() }
    }

    /// Sets `operator`.
    #[must_use]
    pub fn with_operator(mut self, operator: RawJson) -> Self {
        self.operator = Some(operator);
        self
    }

    /// Sets `chatRelays`.
    #[must_use]
    pub fn with_chat_relays(mut self, chat_relays: Vec<UserChatRelay>) -> Self {
        self.chat_relays = Some(chat_relays);
        self
    }
}

record!(UserOperatorServers { operator "operator" opt, smp_servers "smpServers" deflist, xftp_servers "xftpServers" deflist, chat_relays "chatRelays" optlist,  });

/// `UserProfileUpdateSummary`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UserProfileUpdateSummary {
    /// `updateSuccesses`.
    pub update_successes: i64,
    /// `updateFailures`.
    pub update_failures: i64,
    /// `changedContacts`.
    pub changed_contacts: Vec<Contact>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(UserProfileUpdateSummary { update_successes "updateSuccesses" req, update_failures "updateFailures" req, changed_contacts "changedContacts" deflist,  });

/// `UserPwdHash`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UserPwdHash {
    /// `hash`.
    pub hash: String,
    /// `salt`.
    pub salt: String,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(UserPwdHash { hash "hash" req, salt "salt" req,  });

/// `UserServer`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UserServer {
    /// `serverId`.
    pub server_id: Option<i64>,
    /// `server`.
    pub server: String,
    /// `preset`.
    pub preset: bool,
    /// `tested`.
    pub tested: Option<bool>,
    /// `enabled`.
    pub enabled: bool,
    /// `deleted`.
    pub deleted: bool,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

impl UserServer {
    /// Creates it from the fields that must be given; all others are absent, empty or false.
    pub fn new(server: impl Into<String>) -> Self {
        Self {
            server_id: None,
            server: server.into(),
            preset: Default::default(),
            tested: None,
            enabled: Default::default(),
            deleted: Default::default(),
            extra: Extra::default(),
        }
    }

    /// Sets `serverId`.
    #[must_use]
    pub fn with_server_id(mut self, server_id: i64) -> Self {
        self.server_id = Some(server_id);
        self
    }

    /// Sets `preset`.
    #[must_use]
    pub fn with_preset(mut self, preset: bool) -> Self {
        self.preset = preset;
        self
    }

    /// Sets `tested`.
    #[must_use]
    pub fn with_tested(mut self, tested: bool) -> Self {
        self.tested = Some(tested);
        self
    }

    /// Sets `enabled`.
    #[must_use]
    pub fn with_enabled(mut self, enabled: bool) -> Self {
        self.enabled = enabled;
        self
    }

    /// Sets `deleted`.
    #[must_use]
    pub fn with_deleted(mut self, deleted: bool) -> Self {
        self.deleted = deleted;
        self
    }
}

record!(UserServer { server_id "serverId" opt, server "server" req, preset "preset" auto, tested "tested" opt, enabled "enabled" auto, deleted "deleted" auto,  });

/// `VersionRange`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct VersionRange {
    /// `minVersion`.
    pub min_version: i64,
    /// `maxVersion`.
    pub max_version: i64,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(VersionRange { min_version "minVersion" auto, max_version "maxVersion" auto,  });

/// `XFTPRcvFile`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct XftpRcvFile {
    /// `rcvFileDescription`.
    pub rcv_file_description: RcvFileDescr,
    /// `agentRcvFileId`.
    pub agent_rcv_file_id: Option<String>,
    /// `agentRcvFileDeleted`.
    pub agent_rcv_file_deleted: bool,
    /// `userApprovedRelays`.
    pub user_approved_relays: bool,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(XftpRcvFile { rcv_file_description "rcvFileDescription" req, agent_rcv_file_id "agentRcvFileId" opt, agent_rcv_file_deleted "agentRcvFileDeleted" auto, user_approved_relays "userApprovedRelays" auto,  });

/// `XFTPSndFile`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct XftpSndFile {
    /// `agentSndFileId`.
    pub agent_snd_file_id: String,
    /// `privateSndFileDescr`.
    pub private_snd_file_descr: Option<String>,
    /// `agentSndFileDeleted`.
    pub agent_snd_file_deleted: bool,
    /// `cryptoArgs`.
    pub crypto_args: Option<CryptoFileArgs>,
    /// Fields that the schema does not know.
    pub extra: Extra,
}

record!(XftpSndFile { agent_snd_file_id "agentSndFileId" req, private_snd_file_descr "privateSndFileDescr" opt, agent_snd_file_deleted "agentSndFileDeleted" auto, crypto_args "cryptoArgs" opt,  });
