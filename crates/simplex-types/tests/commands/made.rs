//! Written by `cargo xtask codegen`; change the schema or the overlay instead.

use simplex_types::{AnswerError, Command, CommandTextError, Frame, answer, cmd};

use crate::Params;
use crate::answers::{Checked, checked};

/// The text of a command with some parameters; none for a name that is not a command's.
pub fn text(name: &str, params: &Params<'_>) -> Option<Result<String, CommandTextError>> {
    Some(match name {
        "APICreateMyAddress" => cmd::CreateMyAddress::new(params.get("userId")).text(),
        "APIDeleteMyAddress" => cmd::DeleteMyAddress::new(params.get("userId")).text(),
        "APIShowMyAddress" => cmd::ShowMyAddress::new(params.get("userId")).text(),
        "APISetProfileAddress" => {
            let mut c = cmd::SetProfileAddress::new(params.get("userId"));
            c.enable = params.flag("enable");
            c.text()
        }
        "APISetAddressSettings" => cmd::SetAddressSettings::new(params.get("userId"), params.get("settings")).text(),
        "APISendMessages" => {
            let mut c = cmd::SendMessages::new(params.chat_ref("sendRef"), params.non_empty("composedMessages"));
            c.live_message = params.flag("liveMessage");
            if params.has("ttl") {
                c.ttl = Some(params.get("ttl"));
            }
            c.sign_messages = params.flag("signMessages");
            c.as_group = params.flag("asGroup");
            c.text()
        }
        "APIUpdateChatItem" => {
            let mut c = cmd::UpdateChatItem::new(
                params.chat_ref("chatRef"),
                params.get("chatItemId"),
                params.get("updatedMessage"),
            );
            c.live_message = params.flag("liveMessage");
            c.text()
        }
        "APIDeleteChatItem" => cmd::DeleteChatItem::new(
            params.chat_ref("chatRef"),
            params.non_empty("chatItemIds"),
            params.get("deleteMode"),
        )
        .text(),
        "APIDeleteMemberChatItem" => {
            cmd::DeleteMemberChatItem::new(params.get("groupId"), params.non_empty("chatItemIds")).text()
        }
        "APIChatItemReaction" => {
            let mut c = cmd::ChatItemReaction::new(
                params.chat_ref("chatRef"),
                params.get("chatItemId"),
                params.get("reaction"),
            );
            c.add = params.flag("add");
            c.text()
        }
        "ReceiveFile" => {
            let mut c = cmd::ReceiveFile::new(params.get("fileId"));
            c.user_approved_relays = params.flag("userApprovedRelays");
            if params.has("storeEncrypted") {
                c.store_encrypted = Some(params.get("storeEncrypted"));
            }
            if params.has("fileInline") {
                c.file_inline = Some(params.get("fileInline"));
            }
            if params.has("filePath") {
                c.file_path = Some(params.get("filePath"));
            }
            c.text()
        }
        "CancelFile" => cmd::CancelFile::new(params.get("fileId")).text(),
        "APIAddMember" => {
            cmd::AddMember::new(params.get("groupId"), params.get("contactId"), params.get("memberRole")).text()
        }
        "APIJoinGroup" => cmd::JoinGroup::new(params.get("groupId")).text(),
        "APIAcceptMember" => {
            cmd::AcceptMember::new(params.get("groupId"), params.get("groupMemberId"), params.get("memberRole")).text()
        }
        "APIMembersRole" => {
            cmd::MembersRole::new(params.get("groupId"), params.non_empty("groupMemberIds"), params.get("memberRole"))
                .text()
        }
        "APIBlockMembersForAll" => {
            let mut c = cmd::BlockMembersForAll::new(params.get("groupId"), params.non_empty("groupMemberIds"));
            c.blocked = params.flag("blocked");
            c.text()
        }
        "APIRemoveMembers" => {
            let mut c = cmd::RemoveMembers::new(params.get("groupId"), params.non_empty("groupMemberIds"));
            c.with_messages = params.flag("withMessages");
            c.text()
        }
        "APILeaveGroup" => cmd::LeaveGroup::new(params.get("groupId")).text(),
        "APIListMembers" => cmd::ListMembers::new(params.get("groupId")).text(),
        "APINewGroup" => {
            let mut c = cmd::NewGroup::new(params.get("userId"), params.get("groupProfile"));
            c.incognito = params.flag("incognito");
            c.text()
        }
        "APINewPublicGroup" => {
            let mut c = cmd::NewPublicGroup::new(
                params.get("userId"),
                params.non_empty("relayIds"),
                params.get("groupProfile"),
            );
            c.incognito = params.flag("incognito");
            c.text()
        }
        "APIGetGroupRelays" => cmd::GetGroupRelays::new(params.get("groupId")).text(),
        "APIAddGroupRelays" => cmd::AddGroupRelays::new(params.get("groupId"), params.non_empty("relayIds")).text(),
        "APIAllowRelayGroup" => cmd::AllowRelayGroup::new(params.get("groupId")).text(),
        "APIUpdateGroupProfile" => {
            cmd::UpdateGroupProfile::new(params.get("groupId"), params.get("groupProfile")).text()
        }
        "APICreateGroupLink" => cmd::CreateGroupLink::new(params.get("groupId"), params.get("memberRole")).text(),
        "APIGroupLinkMemberRole" => {
            cmd::GroupLinkMemberRole::new(params.get("groupId"), params.get("memberRole")).text()
        }
        "APIDeleteGroupLink" => cmd::DeleteGroupLink::new(params.get("groupId")).text(),
        "APIGetGroupLink" => cmd::GetGroupLink::new(params.get("groupId")).text(),
        "APIAddContact" => {
            let mut c = cmd::AddContact::new(params.get("userId"));
            c.incognito = params.flag("incognito");
            c.text()
        }
        "APIConnectPlan" => cmd::ConnectPlan::new(params.get("userId"), params.get::<String>("connectTarget")).text(),
        "APIConnect" => {
            let mut c = cmd::Connect::new(params.get("userId"), params.get("preparedLink_"));
            c.incognito = params.flag("incognito");
            c.text()
        }
        "Connect" => {
            let mut c = cmd::ConnectLink::new(params.get::<String>("connTarget_"));
            c.incognito = params.flag("incognito");
            c.text()
        }
        "APIAcceptContact" => {
            let mut c = cmd::AcceptContact::new(params.get("contactReqId"));
            c.incognito = params.flag("incognito");
            c.text()
        }
        "APIRejectContact" => cmd::RejectContact::new(params.get("contactReqId")).text(),
        "APIListContacts" => cmd::ListContacts::new(params.get("userId")).text(),
        "APIListGroups" => {
            let mut c = cmd::ListGroups::new(params.get("userId"));
            if params.has("contactId_") {
                c.contact_id = Some(params.get("contactId_"));
            }
            if params.has("search") {
                c.search = Some(params.get("search"));
            }
            c.text()
        }
        "APIGetChats" => {
            let mut c = cmd::GetChats::new(params.get("userId"));
            c.pending_connections = params.flag("pendingConnections");
            if params.has("pagination") {
                c.pagination = Some(params.chats_page("pagination"));
            }
            if params.has("query") {
                c.query = Some(params.get("query"));
            }
            c.text()
        }
        "APIDeleteChat" => {
            cmd::DeleteChat::new(params.chat_ref("chatRef"), params.delete_mode("chatDeleteMode")).text()
        }
        "APISetGroupCustomData" => {
            let mut c = cmd::SetGroupCustomData::new(params.get("groupId"));
            if params.has("customData") {
                c.custom_data = Some(params.get("customData"));
            }
            c.text()
        }
        "APISetContactCustomData" => {
            let mut c = cmd::SetContactCustomData::new(params.get("contactId"));
            if params.has("customData") {
                c.custom_data = Some(params.get("customData"));
            }
            c.text()
        }
        "APISetUserAutoAcceptMemberContacts" => {
            let mut c = cmd::SetUserAutoAcceptMemberContacts::new(params.get("userId"));
            c.on_off = params.flag("onOff");
            c.text()
        }
        "ShowActiveUser" => cmd::ShowActiveUser::new().text(),
        "CreateActiveUser" => cmd::CreateActiveUser::new(params.get("newUser")).text(),
        "ListUsers" => cmd::ListUsers::new().text(),
        "APISetActiveUser" => {
            let mut c = cmd::SetActiveUser::new(params.get("userId"));
            if params.has("viewPwd") {
                c.view_pwd = Some(params.get("viewPwd"));
            }
            c.text()
        }
        "APIDeleteUser" => {
            let mut c = cmd::DeleteUser::new(params.get("userId"));
            c.del_smp_queues = params.flag("delSMPQueues");
            if params.has("viewPwd") {
                c.view_pwd = Some(params.get("viewPwd"));
            }
            c.text()
        }
        "APIUpdateProfile" => cmd::UpdateProfile::new(params.get("userId"), params.get("profile")).text(),
        "APISetContactPrefs" => cmd::SetContactPrefs::new(params.get("contactId"), params.get("preferences")).text(),
        "StartChat" => cmd::StartChat::new().text(),
        "APIStopChat" => cmd::StopChat::new().text(),
        "APIGetChat" => {
            let mut c = cmd::GetChat::new(params.chat_ref("chatRef"), params.items_page("pagination"));
            if params.has("search") {
                c.search = Some(params.get("search"));
            }
            if params.has("contentTag") {
                c.content_tag = Some(params.get("contentTag"));
            }
            c.text()
        }
        "APIChatItemsRead" => {
            cmd::ChatItemsRead::new(params.chat_ref("chatRef"), params.non_empty("chatItemIds")).text()
        }
        "APIChatRead" => cmd::ChatRead::new(params.chat_ref("chatRef")).text(),
        "ShowVersion" => cmd::ShowVersion::new().text(),
        "APISetAppFilePaths" => cmd::SetAppFilePaths::new(params.get("paths")).text(),
        "APIChatUnread" => {
            let mut c = cmd::ChatUnread::new(params.chat_ref("chatRef"));
            c.unread_chat = params.flag("unreadChat");
            c.text()
        }
        "APIUserRead" => cmd::UserRead::new(params.get("userId")).text(),
        "APIClearChat" => cmd::ClearChat::new(params.chat_ref("chatRef")).text(),
        "APIGetChatItems" => {
            let mut c = cmd::GetChatItems::new(params.items_page("pagination"));
            if params.has("search") {
                c.search = Some(params.get("search"));
            }
            c.text()
        }
        "APIGetChatItemInfo" => cmd::GetChatItemInfo::new(params.chat_ref("chatRef"), params.get("chatItemId")).text(),
        "APIPlanForwardChatItems" => {
            cmd::PlanForwardChatItems::new(params.chat_ref("fromChatRef"), params.non_empty("chatItemIds")).text()
        }
        "APIForwardChatItems" => {
            let mut c = cmd::ForwardChatItems::new(
                params.chat_ref("toChatRef"),
                params.chat_ref("fromChatRef"),
                params.non_empty("chatItemIds"),
            );
            if params.has("ttl") {
                c.ttl = Some(params.get("ttl"));
            }
            c.as_group = params.flag("asGroup");
            c.text()
        }
        "APICreateChatItems" => {
            cmd::CreateChatItems::new(params.get("noteFolderId"), params.non_empty("composedMessages")).text()
        }
        "APIGetReactionMembers" => cmd::GetReactionMembers::new(
            params.get("userId"),
            params.get("groupId"),
            params.get("chatItemId"),
            params.get("reaction"),
        )
        .text(),
        "APIReportMessage" => {
            let mut c =
                cmd::ReportMessage::new(params.get("groupId"), params.get("chatItemId"), params.get("reportReason"));
            if params.has("reportText") {
                c.report_text = Some(params.get("reportText"));
            }
            c.text()
        }
        "APIArchiveReceivedReports" => cmd::ArchiveReceivedReports::new(params.get("groupId")).text(),
        "APIDeleteReceivedReports" => cmd::DeleteReceivedReports::new(
            params.get("groupId"),
            params.non_empty("chatItemIds"),
            params.get("deleteMode"),
        )
        .text(),
        "APIPrepareGroup" => {
            let mut c =
                cmd::PrepareGroup::new(params.get("userId"), params.get("connLink"), params.get("groupShortLinkData"));
            c.direct_link = params.flag("directLink");
            c.text()
        }
        "APIConnectPreparedGroup" => {
            let mut c = cmd::ConnectPreparedGroup::new(params.get("groupId"));
            c.incognito = params.flag("incognito");
            if params.has("msgContent") {
                c.msg_content = Some(params.get("msgContent"));
            }
            c.text()
        }
        "APITestChatRelay" => cmd::TestChatRelay::new(params.get("userId"), params.get::<String>("relayLink")).text(),
        "APIContactInfo" => cmd::ContactInfo::new(params.get("contactId")).text(),
        "APIGroupInfo" => cmd::GroupInfo::new(params.get("groupId")).text(),
        "APIGroupMemberInfo" => cmd::GroupMemberInfo::new(params.get("groupId"), params.get("groupMemberId")).text(),
        "APIGetContactCode" => cmd::GetContactCode::new(params.get("contactId")).text(),
        "APIGetGroupMemberCode" => {
            cmd::GetGroupMemberCode::new(params.get("groupId"), params.get("groupMemberId")).text()
        }
        "APIVerifyContact" => {
            let mut c = cmd::VerifyContact::new(params.get("contactId"));
            if params.has("connectionCode") {
                c.connection_code = Some(params.get("connectionCode"));
            }
            c.text()
        }
        "APIVerifyGroupMember" => {
            let mut c = cmd::VerifyGroupMember::new(params.get("groupId"), params.get("groupMemberId"));
            if params.has("connectionCode") {
                c.connection_code = Some(params.get("connectionCode"));
            }
            c.text()
        }
        "APIContactQueueInfo" => cmd::ContactQueueInfo::new(params.get("contactId")).text(),
        "APIGroupMemberQueueInfo" => {
            cmd::GroupMemberQueueInfo::new(params.get("groupId"), params.get("groupMemberId")).text()
        }
        "APISwitchContact" => cmd::SwitchContact::new(params.get("contactId")).text(),
        "APISwitchGroupMember" => {
            cmd::SwitchGroupMember::new(params.get("groupId"), params.get("groupMemberId")).text()
        }
        "APISyncContactRatchet" => {
            let mut c = cmd::SyncContactRatchet::new(params.get("contactId"));
            c.force = params.flag("force");
            c.text()
        }
        "APISyncGroupMemberRatchet" => {
            let mut c = cmd::SyncGroupMemberRatchet::new(params.get("groupId"), params.get("groupMemberId"));
            c.force = params.flag("force");
            c.text()
        }
        "APIEnableContact" => cmd::EnableContact::new(params.get("contactId")).text(),
        "APIEnableGroupMember" => {
            cmd::EnableGroupMember::new(params.get("groupId"), params.get("groupMemberId")).text()
        }
        "APIAbortSwitchContact" => cmd::AbortSwitchContact::new(params.get("contactId")).text(),
        "APIAbortSwitchGroupMember" => {
            cmd::AbortSwitchGroupMember::new(params.get("groupId"), params.get("groupMemberId")).text()
        }
        "APISetContactAlias" => {
            let mut c = cmd::SetContactAlias::new(params.get("contactId"));
            if params.has("localAlias") {
                c.local_alias = Some(params.get("localAlias"));
            }
            c.text()
        }
        "APISetGroupAlias" => {
            let mut c = cmd::SetGroupAlias::new(params.get("groupId"));
            if params.has("localAlias") {
                c.local_alias = Some(params.get("localAlias"));
            }
            c.text()
        }
        "APISetConnectionAlias" => {
            let mut c = cmd::SetConnectionAlias::new(params.get("connId"));
            if params.has("localAlias") {
                c.local_alias = Some(params.get("localAlias"));
            }
            c.text()
        }
        "APISetConnectionIncognito" => {
            let mut c = cmd::SetConnectionIncognito::new(params.get("connId"));
            c.incognito = params.flag("incognito");
            c.text()
        }
        "APISetChatSettings" => {
            cmd::SetChatSettings::new(params.chat_ref("chatRef"), params.get("chatSettings")).text()
        }
        "APIGetChatTags" => cmd::GetChatTags::new(params.get("userId")).text(),
        "APICreateChatTag" => cmd::CreateChatTag::new(params.get("tag")).text(),
        "APISetChatTags" => {
            let mut c = cmd::SetChatTags::new(params.chat_ref("chatRef"));
            if params.has("chatTagIds") {
                c.chat_tag_ids = Some(params.non_empty("chatTagIds"));
            }
            c.text()
        }
        "APIDeleteChatTag" => cmd::DeleteChatTag::new(params.get("chatTagId")).text(),
        "APIUpdateChatTag" => cmd::UpdateChatTag::new(params.get("chatTagId"), params.get("tag")).text(),
        "APIReorderChatTags" => cmd::ReorderChatTags::new(params.non_empty("chatTagIds")).text(),
        "APISetMemberSettings" => {
            cmd::SetMemberSettings::new(params.get("groupId"), params.get("groupMemberId"), params.get("settings"))
                .text()
        }
        "SetAllContactReceipts" => {
            let mut c = cmd::SetAllContactReceipts::new();
            c.enable = params.flag("enable");
            c.text()
        }
        "APISetUserContactReceipts" => {
            let mut c = cmd::SetUserContactReceipts::new(params.get("userId"));
            c.enable = params.flag("enable");
            c.clear_overrides = params.flag("clearOverrides");
            c.text()
        }
        "APISetUserGroupReceipts" => {
            let mut c = cmd::SetUserGroupReceipts::new(params.get("userId"));
            c.enable = params.flag("enable");
            c.clear_overrides = params.flag("clearOverrides");
            c.text()
        }
        "APIGetChatItemTTL" => cmd::GetChatItemTtl::new(params.get("userId")).text(),
        "APISetChatItemTTL" => cmd::SetChatItemTtl::new(params.get("userId"), params.get("ttl")).text(),
        "APISetChatTTL" => {
            cmd::SetChatTtl::new(params.get("userId"), params.chat_ref("chatRef"), params.get("ttl")).text()
        }
        "APIResetChatTTL" => cmd::ResetChatTtl::new(params.get("userId"), params.chat_ref("chatRef")).text(),
        "APIHideUser" => cmd::HideUser::new(params.get("userId"), params.get::<String>("viewPwd")).text(),
        "APIUnhideUser" => cmd::UnhideUser::new(params.get("userId"), params.get::<String>("viewPwd")).text(),
        "APIMuteUser" => cmd::MuteUser::new(params.get("userId")).text(),
        "APIUnmuteUser" => cmd::UnmuteUser::new(params.get("userId")).text(),
        "APICreateMemberContact" => {
            cmd::CreateMemberContact::new(params.get("groupId"), params.get("groupMemberId")).text()
        }
        "APISendMemberContactInvitation" => {
            let mut c = cmd::SendMemberContactInvitation::new(params.get("contactId"));
            if params.has("msgContent") {
                c.msg_content = Some(params.get("msgContent"));
            }
            c.text()
        }
        "APIAcceptMemberContact" => cmd::AcceptMemberContact::new(params.get("contactId")).text(),
        "APIPrepareContact" => {
            cmd::PrepareContact::new(params.get("userId"), params.get("connLink"), params.get("contactShortLinkData"))
                .text()
        }
        "APIConnectPreparedContact" => {
            let mut c = cmd::ConnectPreparedContact::new(params.get("contactId"));
            c.incognito = params.flag("incognito");
            if params.has("msgContent") {
                c.msg_content = Some(params.get("msgContent"));
            }
            c.text()
        }
        "APIAddMyAddressShortLink" => cmd::AddMyAddressShortLink::new(params.get("userId")).text(),
        "APIAddGroupShortLink" => cmd::AddGroupShortLink::new(params.get("groupId")).text(),
        "APIDeleteMemberSupportChat" => {
            cmd::DeleteMemberSupportChat::new(params.get("groupId"), params.get("groupMemberId")).text()
        }
        "APIUploadStandaloneFile" => {
            cmd::UploadStandaloneFile::new(params.get("userId"), params.get::<String>("filePath")).text()
        }
        "APIDownloadStandaloneFile" => cmd::DownloadStandaloneFile::new(
            params.get("userId"),
            params.get::<String>("fileLink"),
            params.get::<String>("filePath"),
        )
        .text(),
        "APIStandaloneFileInfo" => cmd::StandaloneFileInfo::new(params.get::<String>("fileLink")).text(),
        "SetFilesFolder" => cmd::SetFilesFolder::new(params.get::<String>("filesFolder")).text(),
        "SetTempFolder" => cmd::SetTempFolder::new(params.get::<String>("tempFolder")).text(),
        "FileStatus" => cmd::FileStatus::new(params.get("fileId")).text(),
        "APISetEncryptLocalFiles" => {
            let mut c = cmd::SetEncryptLocalFiles::new();
            c.encrypt = params.flag("encrypt");
            c.text()
        }
        "APIExportArchive" => cmd::ExportArchive::new(params.get("config")).text(),
        "APIImportArchive" => cmd::ImportArchive::new(params.get("config")).text(),
        "APIStorageEncryption" => cmd::StorageEncryption::new(params.get("config")).text(),
        "TestStorageEncryption" => cmd::TestStorageEncryption::new(params.get::<String>("databaseKey")).text(),
        "APIDeleteStorage" => cmd::DeleteStorage::new().text(),
        "APIGetUserServers" => cmd::GetUserServers::new(params.get("userId")).text(),
        "APISetUserServers" => cmd::SetUserServers::new(params.get("userId"), params.non_empty("userServers")).text(),
        "APIValidateServers" => cmd::ValidateServers::new(params.get("userId"), params.non_empty("userServers")).text(),
        "APITestProtoServer" => {
            cmd::TestProtoServer::new(params.get("userId"), params.get::<String>("protoServer")).text()
        }
        "APIGetServerOperators" => cmd::GetServerOperators::new().text(),
        "APIGetUsageConditions" => cmd::GetUsageConditions::new().text(),
        "GetAgentServersSummary" => cmd::GetAgentServersSummary::new(params.get("userId")).text(),
        "ResetAgentServersStats" => cmd::ResetAgentServersStats::new().text(),
        "APIGetNetworkConfig" => cmd::GetNetworkConfig::new().text(),
        "APISetNetworkConfig" => cmd::SetNetworkConfig::new(params.get("networkConfig")).text(),
        "APISetNetworkInfo" => cmd::SetNetworkInfo::new(params.get("networkInfo")).text(),
        "APIGetNetworkStatuses" => cmd::GetNetworkStatuses::new().text(),
        "ReconnectAllServers" => cmd::ReconnectAllServers::new().text(),
        "ResubscribeAllConnections" => cmd::ResubscribeAllConnections::new().text(),
        "GetAgentSubs" => cmd::GetAgentSubs::new().text(),
        "GetAgentSubsTotal" => cmd::GetAgentSubsTotal::new(params.get("userId")).text(),
        "GetAgentQueuesInfo" => cmd::GetAgentQueuesInfo::new().text(),
        "GetAgentWorkers" => cmd::GetAgentWorkers::new().text(),
        "CheckChatRunning" => cmd::CheckChatRunning::new().text(),
        "APIActivateChat" => cmd::ActivateChat::new().text(),
        "APISuspendChat" => cmd::SuspendChat::new(params.get("suspendTimeout")).text(),
        "ListRemoteHosts" => cmd::ListRemoteHosts::new().text(),
        "ListRemoteCtrls" => cmd::ListRemoteCtrls::new().text(),
        "StopRemoteCtrl" => cmd::StopRemoteCtrl::new().text(),
        _ => return None,
    })
}
/// Commands: their names, how their texts begin, what comes next, and whether upstream documents them.
pub const COMMANDS: &[(&str, &str, &str, bool)] = &[
    ("APICreateMyAddress", "/_address ", "number", true),
    ("APIDeleteMyAddress", "/_delete_address ", "number", true),
    ("APIShowMyAddress", "/_show_address ", "number", true),
    ("APISetProfileAddress", "/_profile_address ", "number", true),
    ("APISetAddressSettings", "/_address_settings ", "number", true),
    ("APISendMessages", "/_send ", "chat", true),
    ("APIUpdateChatItem", "/_update item ", "chat", true),
    ("APIDeleteChatItem", "/_delete item ", "chat", true),
    ("APIDeleteMemberChatItem", "/_delete member item #", "number", true),
    ("APIChatItemReaction", "/_reaction ", "chat", true),
    ("ReceiveFile", "/freceive ", "number", true),
    ("CancelFile", "/fcancel ", "number", true),
    ("APIAddMember", "/_add #", "number", true),
    ("APIJoinGroup", "/_join #", "number", true),
    ("APIAcceptMember", "/_accept member #", "number", true),
    ("APIMembersRole", "/_member role #", "number", true),
    ("APIBlockMembersForAll", "/_block #", "number", true),
    ("APIRemoveMembers", "/_remove #", "number", true),
    ("APILeaveGroup", "/_leave #", "number", true),
    ("APIListMembers", "/_members #", "number", true),
    ("APINewGroup", "/_group ", "number", true),
    ("APINewPublicGroup", "/_public group ", "number", true),
    ("APIGetGroupRelays", "/_get relays #", "number", true),
    ("APIAddGroupRelays", "/_add relays #", "number", true),
    ("APIAllowRelayGroup", "/_relay allow #", "number", true),
    ("APIUpdateGroupProfile", "/_group_profile #", "number", true),
    ("APICreateGroupLink", "/_create link #", "number", true),
    ("APIGroupLinkMemberRole", "/_set link role #", "number", true),
    ("APIDeleteGroupLink", "/_delete link #", "number", true),
    ("APIGetGroupLink", "/_get link #", "number", true),
    ("APIAddContact", "/_connect ", "number", true),
    ("APIConnectPlan", "/_connect plan ", "number", true),
    ("APIConnect", "/_connect ", "number", true),
    ("Connect", "/connect", "any", true),
    ("APIAcceptContact", "/_accept", "any", true),
    ("APIRejectContact", "/_reject ", "number", true),
    ("APIListContacts", "/_contacts ", "number", true),
    ("APIListGroups", "/_groups ", "number", true),
    ("APIGetChats", "/_get chats ", "number", true),
    ("APIDeleteChat", "/_delete ", "chat", true),
    ("APISetGroupCustomData", "/_set custom #", "number", true),
    ("APISetContactCustomData", "/_set custom @", "number", true),
    ("APISetUserAutoAcceptMemberContacts", "/_set accept member contacts ", "number", true),
    ("ShowActiveUser", "/user", "end", true),
    ("CreateActiveUser", "/_create user ", "object", true),
    ("ListUsers", "/users", "end", true),
    ("APISetActiveUser", "/_user ", "number", true),
    ("APIDeleteUser", "/_delete user ", "number", true),
    ("APIUpdateProfile", "/_profile ", "number", true),
    ("APISetContactPrefs", "/_set prefs @", "number", true),
    ("StartChat", "/_start main=on", "end", true),
    ("APIStopChat", "/_stop", "end", true),
    ("APIGetChat", "/_get chat ", "chat", false),
    ("APIChatItemsRead", "/_read chat items ", "chat", false),
    ("APIChatRead", "/_read chat ", "chat", false),
    ("ShowVersion", "/version", "end", false),
    ("APISetAppFilePaths", "/set file paths ", "object", false),
    ("APIChatUnread", "/_unread chat ", "chat", false),
    ("APIUserRead", "/_read user ", "number", false),
    ("APIClearChat", "/_clear chat ", "chat", false),
    ("APIGetChatItems", "/_get items ", "any", false),
    ("APIGetChatItemInfo", "/_get item info ", "chat", false),
    ("APIPlanForwardChatItems", "/_forward plan ", "chat", false),
    ("APIForwardChatItems", "/_forward ", "chat", false),
    ("APICreateChatItems", "/_create *", "number", false),
    ("APIGetReactionMembers", "/_reaction members ", "number", false),
    ("APIReportMessage", "/_report #", "number", false),
    ("APIArchiveReceivedReports", "/_archive reports #", "number", false),
    ("APIDeleteReceivedReports", "/_delete reports #", "number", false),
    ("APIPrepareGroup", "/_prepare group ", "number", false),
    ("APIConnectPreparedGroup", "/_connect group #", "number", false),
    ("APITestChatRelay", "/_relay test ", "number", false),
    ("APIContactInfo", "/_info @", "number", false),
    ("APIGroupInfo", "/_info #", "number", false),
    ("APIGroupMemberInfo", "/_info #", "number", false),
    ("APIGetContactCode", "/_get code @", "number", false),
    ("APIGetGroupMemberCode", "/_get code #", "number", false),
    ("APIVerifyContact", "/_verify code @", "number", false),
    ("APIVerifyGroupMember", "/_verify code #", "number", false),
    ("APIContactQueueInfo", "/_queue info @", "number", false),
    ("APIGroupMemberQueueInfo", "/_queue info #", "number", false),
    ("APISwitchContact", "/_switch @", "number", false),
    ("APISwitchGroupMember", "/_switch #", "number", false),
    ("APISyncContactRatchet", "/_sync @", "number", false),
    ("APISyncGroupMemberRatchet", "/_sync #", "number", false),
    ("APIEnableContact", "/_enable @", "number", false),
    ("APIEnableGroupMember", "/_enable #", "number", false),
    ("APIAbortSwitchContact", "/_abort switch @", "number", false),
    ("APIAbortSwitchGroupMember", "/_abort switch #", "number", false),
    ("APISetContactAlias", "/_set alias @", "number", false),
    ("APISetGroupAlias", "/_set alias #", "number", false),
    ("APISetConnectionAlias", "/_set alias :", "number", false),
    ("APISetConnectionIncognito", "/_set incognito :", "number", false),
    ("APISetChatSettings", "/_settings ", "chat", false),
    ("APIGetChatTags", "/_get tags ", "number", false),
    ("APICreateChatTag", "/_create tag ", "object", false),
    ("APISetChatTags", "/_tags ", "chat", false),
    ("APIDeleteChatTag", "/_delete tag ", "number", false),
    ("APIUpdateChatTag", "/_update tag ", "number", false),
    ("APIReorderChatTags", "/_reorder tags ", "any", false),
    ("APISetMemberSettings", "/_member settings #", "number", false),
    ("SetAllContactReceipts", "/set receipts all ", "any", false),
    ("APISetUserContactReceipts", "/_set receipts contacts ", "number", false),
    ("APISetUserGroupReceipts", "/_set receipts groups ", "number", false),
    ("APIGetChatItemTTL", "/_ttl ", "number", false),
    ("APISetChatItemTTL", "/_ttl ", "number", false),
    ("APISetChatTTL", "/_ttl ", "number", false),
    ("APIResetChatTTL", "/_ttl ", "number", false),
    ("APIHideUser", "/_hide user ", "number", false),
    ("APIUnhideUser", "/_unhide user ", "number", false),
    ("APIMuteUser", "/_mute user ", "number", false),
    ("APIUnmuteUser", "/_unmute user ", "number", false),
    ("APICreateMemberContact", "/_create member contact #", "number", false),
    ("APISendMemberContactInvitation", "/_invite member contact @", "number", false),
    ("APIAcceptMemberContact", "/_accept member contact @", "number", false),
    ("APIPrepareContact", "/_prepare contact ", "number", false),
    ("APIConnectPreparedContact", "/_connect contact @", "number", false),
    ("APIAddMyAddressShortLink", "/_short_link_address ", "number", false),
    ("APIAddGroupShortLink", "/_short link #", "number", false),
    ("APIDeleteMemberSupportChat", "/_delete member chat #", "number", false),
    ("APIUploadStandaloneFile", "/_upload ", "number", false),
    ("APIDownloadStandaloneFile", "/_download ", "number", false),
    ("APIStandaloneFileInfo", "/_download info ", "any", false),
    ("SetFilesFolder", "/_files_folder ", "any", false),
    ("SetTempFolder", "/_temp_folder ", "any", false),
    ("FileStatus", "/fstatus ", "number", false),
    ("APISetEncryptLocalFiles", "/_files_encrypt ", "any", false),
    ("APIExportArchive", "/_db export ", "object", false),
    ("APIImportArchive", "/_db import ", "object", false),
    ("APIStorageEncryption", "/_db encryption ", "object", false),
    ("TestStorageEncryption", "/db test key ", "any", false),
    ("APIDeleteStorage", "/_db delete", "end", false),
    ("APIGetUserServers", "/_servers ", "number", false),
    ("APISetUserServers", "/_servers ", "number", false),
    ("APIValidateServers", "/_validate_servers ", "number", false),
    ("APITestProtoServer", "/_server test ", "number", false),
    ("APIGetServerOperators", "/_operators", "end", false),
    ("APIGetUsageConditions", "/_conditions", "end", false),
    ("GetAgentServersSummary", "/get servers summary ", "number", false),
    ("ResetAgentServersStats", "/reset servers stats", "end", false),
    ("APIGetNetworkConfig", "/network", "end", false),
    ("APISetNetworkConfig", "/_network ", "object", false),
    ("APISetNetworkInfo", "/_network info ", "object", false),
    ("APIGetNetworkStatuses", "/_network_statuses", "end", false),
    ("ReconnectAllServers", "/reconnect", "end", false),
    ("ResubscribeAllConnections", "/_resubscribe all", "end", false),
    ("GetAgentSubs", "/get subs", "end", false),
    ("GetAgentSubsTotal", "/get subs total ", "number", false),
    ("GetAgentQueuesInfo", "/get queues", "end", false),
    ("GetAgentWorkers", "/get workers", "end", false),
    ("CheckChatRunning", "/_check running", "end", false),
    ("APIActivateChat", "/_app activate", "end", false),
    ("APISuspendChat", "/_app suspend ", "number", false),
    ("ListRemoteHosts", "/list remote hosts", "end", false),
    ("ListRemoteCtrls", "/list remote ctrls", "end", false),
    ("StopRemoteCtrl", "/stop remote ctrl", "end", false),
];

/// Reads the answer to a command.
pub fn read(name: &str, frame: &Frame) -> Option<Result<Checked, AnswerError>> {
    Some(match name {
        "APICreateMyAddress" => answer::<cmd::CreateMyAddress>(frame).map(checked),
        "APIDeleteMyAddress" => answer::<cmd::DeleteMyAddress>(frame).map(checked),
        "APIShowMyAddress" => answer::<cmd::ShowMyAddress>(frame).map(checked),
        "APISetProfileAddress" => answer::<cmd::SetProfileAddress>(frame).map(checked),
        "APISetAddressSettings" => answer::<cmd::SetAddressSettings>(frame).map(checked),
        "APISendMessages" => answer::<cmd::SendMessages>(frame).map(checked),
        "APIUpdateChatItem" => answer::<cmd::UpdateChatItem>(frame).map(checked),
        "APIDeleteChatItem" => answer::<cmd::DeleteChatItem>(frame).map(checked),
        "APIDeleteMemberChatItem" => answer::<cmd::DeleteMemberChatItem>(frame).map(checked),
        "APIChatItemReaction" => answer::<cmd::ChatItemReaction>(frame).map(checked),
        "ReceiveFile" => answer::<cmd::ReceiveFile>(frame).map(checked),
        "CancelFile" => answer::<cmd::CancelFile>(frame).map(checked),
        "APIAddMember" => answer::<cmd::AddMember>(frame).map(checked),
        "APIJoinGroup" => answer::<cmd::JoinGroup>(frame).map(checked),
        "APIAcceptMember" => answer::<cmd::AcceptMember>(frame).map(checked),
        "APIMembersRole" => answer::<cmd::MembersRole>(frame).map(checked),
        "APIBlockMembersForAll" => answer::<cmd::BlockMembersForAll>(frame).map(checked),
        "APIRemoveMembers" => answer::<cmd::RemoveMembers>(frame).map(checked),
        "APILeaveGroup" => answer::<cmd::LeaveGroup>(frame).map(checked),
        "APIListMembers" => answer::<cmd::ListMembers>(frame).map(checked),
        "APINewGroup" => answer::<cmd::NewGroup>(frame).map(checked),
        "APINewPublicGroup" => answer::<cmd::NewPublicGroup>(frame).map(checked),
        "APIGetGroupRelays" => answer::<cmd::GetGroupRelays>(frame).map(checked),
        "APIAddGroupRelays" => answer::<cmd::AddGroupRelays>(frame).map(checked),
        "APIAllowRelayGroup" => answer::<cmd::AllowRelayGroup>(frame).map(checked),
        "APIUpdateGroupProfile" => answer::<cmd::UpdateGroupProfile>(frame).map(checked),
        "APICreateGroupLink" => answer::<cmd::CreateGroupLink>(frame).map(checked),
        "APIGroupLinkMemberRole" => answer::<cmd::GroupLinkMemberRole>(frame).map(checked),
        "APIDeleteGroupLink" => answer::<cmd::DeleteGroupLink>(frame).map(checked),
        "APIGetGroupLink" => answer::<cmd::GetGroupLink>(frame).map(checked),
        "APIAddContact" => answer::<cmd::AddContact>(frame).map(checked),
        "APIConnectPlan" => answer::<cmd::ConnectPlan>(frame).map(checked),
        "APIConnect" => answer::<cmd::Connect>(frame).map(checked),
        "Connect" => answer::<cmd::ConnectLink>(frame).map(checked),
        "APIAcceptContact" => answer::<cmd::AcceptContact>(frame).map(checked),
        "APIRejectContact" => answer::<cmd::RejectContact>(frame).map(checked),
        "APIListContacts" => answer::<cmd::ListContacts>(frame).map(checked),
        "APIListGroups" => answer::<cmd::ListGroups>(frame).map(checked),
        "APIGetChats" => answer::<cmd::GetChats>(frame).map(checked),
        "APIDeleteChat" => answer::<cmd::DeleteChat>(frame).map(checked),
        "APISetGroupCustomData" => answer::<cmd::SetGroupCustomData>(frame).map(checked),
        "APISetContactCustomData" => answer::<cmd::SetContactCustomData>(frame).map(checked),
        "APISetUserAutoAcceptMemberContacts" => answer::<cmd::SetUserAutoAcceptMemberContacts>(frame).map(checked),
        "ShowActiveUser" => answer::<cmd::ShowActiveUser>(frame).map(checked),
        "CreateActiveUser" => answer::<cmd::CreateActiveUser>(frame).map(checked),
        "ListUsers" => answer::<cmd::ListUsers>(frame).map(checked),
        "APISetActiveUser" => answer::<cmd::SetActiveUser>(frame).map(checked),
        "APIDeleteUser" => answer::<cmd::DeleteUser>(frame).map(checked),
        "APIUpdateProfile" => answer::<cmd::UpdateProfile>(frame).map(checked),
        "APISetContactPrefs" => answer::<cmd::SetContactPrefs>(frame).map(checked),
        "StartChat" => answer::<cmd::StartChat>(frame).map(checked),
        "APIStopChat" => answer::<cmd::StopChat>(frame).map(checked),
        "APIGetChat" => answer::<cmd::GetChat>(frame).map(checked),
        "APIChatItemsRead" => answer::<cmd::ChatItemsRead>(frame).map(checked),
        "APIChatRead" => answer::<cmd::ChatRead>(frame).map(checked),
        "ShowVersion" => answer::<cmd::ShowVersion>(frame).map(checked),
        "APISetAppFilePaths" => answer::<cmd::SetAppFilePaths>(frame).map(checked),
        "APIChatUnread" => answer::<cmd::ChatUnread>(frame).map(checked),
        "APIUserRead" => answer::<cmd::UserRead>(frame).map(checked),
        "APIClearChat" => answer::<cmd::ClearChat>(frame).map(checked),
        "APIGetChatItems" => answer::<cmd::GetChatItems>(frame).map(checked),
        "APIGetChatItemInfo" => answer::<cmd::GetChatItemInfo>(frame).map(checked),
        "APIPlanForwardChatItems" => answer::<cmd::PlanForwardChatItems>(frame).map(checked),
        "APIForwardChatItems" => answer::<cmd::ForwardChatItems>(frame).map(checked),
        "APICreateChatItems" => answer::<cmd::CreateChatItems>(frame).map(checked),
        "APIGetReactionMembers" => answer::<cmd::GetReactionMembers>(frame).map(checked),
        "APIReportMessage" => answer::<cmd::ReportMessage>(frame).map(checked),
        "APIArchiveReceivedReports" => answer::<cmd::ArchiveReceivedReports>(frame).map(checked),
        "APIDeleteReceivedReports" => answer::<cmd::DeleteReceivedReports>(frame).map(checked),
        "APIPrepareGroup" => answer::<cmd::PrepareGroup>(frame).map(checked),
        "APIConnectPreparedGroup" => answer::<cmd::ConnectPreparedGroup>(frame).map(checked),
        "APITestChatRelay" => answer::<cmd::TestChatRelay>(frame).map(checked),
        "APIContactInfo" => answer::<cmd::ContactInfo>(frame).map(checked),
        "APIGroupInfo" => answer::<cmd::GroupInfo>(frame).map(checked),
        "APIGroupMemberInfo" => answer::<cmd::GroupMemberInfo>(frame).map(checked),
        "APIGetContactCode" => answer::<cmd::GetContactCode>(frame).map(checked),
        "APIGetGroupMemberCode" => answer::<cmd::GetGroupMemberCode>(frame).map(checked),
        "APIVerifyContact" => answer::<cmd::VerifyContact>(frame).map(checked),
        "APIVerifyGroupMember" => answer::<cmd::VerifyGroupMember>(frame).map(checked),
        "APIContactQueueInfo" => answer::<cmd::ContactQueueInfo>(frame).map(checked),
        "APIGroupMemberQueueInfo" => answer::<cmd::GroupMemberQueueInfo>(frame).map(checked),
        "APISwitchContact" => answer::<cmd::SwitchContact>(frame).map(checked),
        "APISwitchGroupMember" => answer::<cmd::SwitchGroupMember>(frame).map(checked),
        "APISyncContactRatchet" => answer::<cmd::SyncContactRatchet>(frame).map(checked),
        "APISyncGroupMemberRatchet" => answer::<cmd::SyncGroupMemberRatchet>(frame).map(checked),
        "APIEnableContact" => answer::<cmd::EnableContact>(frame).map(checked),
        "APIEnableGroupMember" => answer::<cmd::EnableGroupMember>(frame).map(checked),
        "APIAbortSwitchContact" => answer::<cmd::AbortSwitchContact>(frame).map(checked),
        "APIAbortSwitchGroupMember" => answer::<cmd::AbortSwitchGroupMember>(frame).map(checked),
        "APISetContactAlias" => answer::<cmd::SetContactAlias>(frame).map(checked),
        "APISetGroupAlias" => answer::<cmd::SetGroupAlias>(frame).map(checked),
        "APISetConnectionAlias" => answer::<cmd::SetConnectionAlias>(frame).map(checked),
        "APISetConnectionIncognito" => answer::<cmd::SetConnectionIncognito>(frame).map(checked),
        "APISetChatSettings" => answer::<cmd::SetChatSettings>(frame).map(checked),
        "APIGetChatTags" => answer::<cmd::GetChatTags>(frame).map(checked),
        "APICreateChatTag" => answer::<cmd::CreateChatTag>(frame).map(checked),
        "APISetChatTags" => answer::<cmd::SetChatTags>(frame).map(checked),
        "APIDeleteChatTag" => answer::<cmd::DeleteChatTag>(frame).map(checked),
        "APIUpdateChatTag" => answer::<cmd::UpdateChatTag>(frame).map(checked),
        "APIReorderChatTags" => answer::<cmd::ReorderChatTags>(frame).map(checked),
        "APISetMemberSettings" => answer::<cmd::SetMemberSettings>(frame).map(checked),
        "SetAllContactReceipts" => answer::<cmd::SetAllContactReceipts>(frame).map(checked),
        "APISetUserContactReceipts" => answer::<cmd::SetUserContactReceipts>(frame).map(checked),
        "APISetUserGroupReceipts" => answer::<cmd::SetUserGroupReceipts>(frame).map(checked),
        "APIGetChatItemTTL" => answer::<cmd::GetChatItemTtl>(frame).map(checked),
        "APISetChatItemTTL" => answer::<cmd::SetChatItemTtl>(frame).map(checked),
        "APISetChatTTL" => answer::<cmd::SetChatTtl>(frame).map(checked),
        "APIResetChatTTL" => answer::<cmd::ResetChatTtl>(frame).map(checked),
        "APIHideUser" => answer::<cmd::HideUser>(frame).map(checked),
        "APIUnhideUser" => answer::<cmd::UnhideUser>(frame).map(checked),
        "APIMuteUser" => answer::<cmd::MuteUser>(frame).map(checked),
        "APIUnmuteUser" => answer::<cmd::UnmuteUser>(frame).map(checked),
        "APICreateMemberContact" => answer::<cmd::CreateMemberContact>(frame).map(checked),
        "APISendMemberContactInvitation" => answer::<cmd::SendMemberContactInvitation>(frame).map(checked),
        "APIAcceptMemberContact" => answer::<cmd::AcceptMemberContact>(frame).map(checked),
        "APIPrepareContact" => answer::<cmd::PrepareContact>(frame).map(checked),
        "APIConnectPreparedContact" => answer::<cmd::ConnectPreparedContact>(frame).map(checked),
        "APIAddMyAddressShortLink" => answer::<cmd::AddMyAddressShortLink>(frame).map(checked),
        "APIAddGroupShortLink" => answer::<cmd::AddGroupShortLink>(frame).map(checked),
        "APIDeleteMemberSupportChat" => answer::<cmd::DeleteMemberSupportChat>(frame).map(checked),
        "APIUploadStandaloneFile" => answer::<cmd::UploadStandaloneFile>(frame).map(checked),
        "APIDownloadStandaloneFile" => answer::<cmd::DownloadStandaloneFile>(frame).map(checked),
        "APIStandaloneFileInfo" => answer::<cmd::StandaloneFileInfo>(frame).map(checked),
        "SetFilesFolder" => answer::<cmd::SetFilesFolder>(frame).map(checked),
        "SetTempFolder" => answer::<cmd::SetTempFolder>(frame).map(checked),
        "FileStatus" => answer::<cmd::FileStatus>(frame).map(checked),
        "APISetEncryptLocalFiles" => answer::<cmd::SetEncryptLocalFiles>(frame).map(checked),
        "APIExportArchive" => answer::<cmd::ExportArchive>(frame).map(checked),
        "APIImportArchive" => answer::<cmd::ImportArchive>(frame).map(checked),
        "APIStorageEncryption" => answer::<cmd::StorageEncryption>(frame).map(checked),
        "TestStorageEncryption" => answer::<cmd::TestStorageEncryption>(frame).map(checked),
        "APIDeleteStorage" => answer::<cmd::DeleteStorage>(frame).map(checked),
        "APIGetUserServers" => answer::<cmd::GetUserServers>(frame).map(checked),
        "APISetUserServers" => answer::<cmd::SetUserServers>(frame).map(checked),
        "APIValidateServers" => answer::<cmd::ValidateServers>(frame).map(checked),
        "APITestProtoServer" => answer::<cmd::TestProtoServer>(frame).map(checked),
        "APIGetServerOperators" => answer::<cmd::GetServerOperators>(frame).map(checked),
        "APIGetUsageConditions" => answer::<cmd::GetUsageConditions>(frame).map(checked),
        "GetAgentServersSummary" => answer::<cmd::GetAgentServersSummary>(frame).map(checked),
        "ResetAgentServersStats" => answer::<cmd::ResetAgentServersStats>(frame).map(checked),
        "APIGetNetworkConfig" => answer::<cmd::GetNetworkConfig>(frame).map(checked),
        "APISetNetworkConfig" => answer::<cmd::SetNetworkConfig>(frame).map(checked),
        "APISetNetworkInfo" => answer::<cmd::SetNetworkInfo>(frame).map(checked),
        "APIGetNetworkStatuses" => answer::<cmd::GetNetworkStatuses>(frame).map(checked),
        "ReconnectAllServers" => answer::<cmd::ReconnectAllServers>(frame).map(checked),
        "ResubscribeAllConnections" => answer::<cmd::ResubscribeAllConnections>(frame).map(checked),
        "GetAgentSubs" => answer::<cmd::GetAgentSubs>(frame).map(checked),
        "GetAgentSubsTotal" => answer::<cmd::GetAgentSubsTotal>(frame).map(checked),
        "GetAgentQueuesInfo" => answer::<cmd::GetAgentQueuesInfo>(frame).map(checked),
        "GetAgentWorkers" => answer::<cmd::GetAgentWorkers>(frame).map(checked),
        "CheckChatRunning" => answer::<cmd::CheckChatRunning>(frame).map(checked),
        "APIActivateChat" => answer::<cmd::ActivateChat>(frame).map(checked),
        "APISuspendChat" => answer::<cmd::SuspendChat>(frame).map(checked),
        "ListRemoteHosts" => answer::<cmd::ListRemoteHosts>(frame).map(checked),
        "ListRemoteCtrls" => answer::<cmd::ListRemoteCtrls>(frame).map(checked),
        "StopRemoteCtrl" => answer::<cmd::StopRemoteCtrl>(frame).map(checked),
        _ => return None,
    })
}
