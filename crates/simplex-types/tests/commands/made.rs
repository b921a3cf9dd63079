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
        "APIAcceptContact" => cmd::AcceptContact::new(params.get("contactReqId")).text(),
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
            c.text()
        }
        "APIChatItemsRead" => {
            cmd::ChatItemsRead::new(params.chat_ref("chatRef"), params.non_empty("chatItemIds")).text()
        }
        "APIChatRead" => cmd::ChatRead::new(params.chat_ref("chatRef")).text(),
        "ShowVersion" => cmd::ShowVersion::new().text(),
        "APISetAppFilePaths" => cmd::SetAppFilePaths::new(params.get("paths")).text(),
        "APIClearChat" => cmd::ClearChat::new(params.chat_ref("chatRef")).text(),
        _ => return None,
    })
}
/// Commands: their names, how their texts begin, and what comes next.
pub const COMMANDS: &[(&str, &str, &str)] = &[
    ("APICreateMyAddress", "/_address ", "number"),
    ("APIDeleteMyAddress", "/_delete_address ", "number"),
    ("APIShowMyAddress", "/_show_address ", "number"),
    ("APISetProfileAddress", "/_profile_address ", "number"),
    ("APISetAddressSettings", "/_address_settings ", "number"),
    ("APISendMessages", "/_send ", "chat"),
    ("APIUpdateChatItem", "/_update item ", "chat"),
    ("APIDeleteChatItem", "/_delete item ", "chat"),
    ("APIDeleteMemberChatItem", "/_delete member item #", "number"),
    ("APIChatItemReaction", "/_reaction ", "chat"),
    ("ReceiveFile", "/freceive ", "number"),
    ("CancelFile", "/fcancel ", "number"),
    ("APIAddMember", "/_add #", "number"),
    ("APIJoinGroup", "/_join #", "number"),
    ("APIAcceptMember", "/_accept member #", "number"),
    ("APIMembersRole", "/_member role #", "number"),
    ("APIBlockMembersForAll", "/_block #", "number"),
    ("APIRemoveMembers", "/_remove #", "number"),
    ("APILeaveGroup", "/_leave #", "number"),
    ("APIListMembers", "/_members #", "number"),
    ("APINewGroup", "/_group ", "number"),
    ("APINewPublicGroup", "/_public group ", "number"),
    ("APIGetGroupRelays", "/_get relays #", "number"),
    ("APIAddGroupRelays", "/_add relays #", "number"),
    ("APIAllowRelayGroup", "/_relay allow #", "number"),
    ("APIUpdateGroupProfile", "/_group_profile #", "number"),
    ("APICreateGroupLink", "/_create link #", "number"),
    ("APIGroupLinkMemberRole", "/_set link role #", "number"),
    ("APIDeleteGroupLink", "/_delete link #", "number"),
    ("APIGetGroupLink", "/_get link #", "number"),
    ("APIAddContact", "/_connect ", "number"),
    ("APIConnectPlan", "/_connect plan ", "number"),
    ("APIConnect", "/_connect ", "number"),
    ("Connect", "/connect", "any"),
    ("APIAcceptContact", "/_accept ", "number"),
    ("APIRejectContact", "/_reject ", "number"),
    ("APIListContacts", "/_contacts ", "number"),
    ("APIListGroups", "/_groups ", "number"),
    ("APIGetChats", "/_get chats ", "number"),
    ("APIDeleteChat", "/_delete ", "chat"),
    ("APISetGroupCustomData", "/_set custom #", "number"),
    ("APISetContactCustomData", "/_set custom @", "number"),
    ("APISetUserAutoAcceptMemberContacts", "/_set accept member contacts ", "number"),
    ("ShowActiveUser", "/user", "end"),
    ("CreateActiveUser", "/_create user ", "object"),
    ("ListUsers", "/users", "end"),
    ("APISetActiveUser", "/_user ", "number"),
    ("APIDeleteUser", "/_delete user ", "number"),
    ("APIUpdateProfile", "/_profile ", "number"),
    ("APISetContactPrefs", "/_set prefs @", "number"),
    ("StartChat", "/_start main=on", "end"),
    ("APIStopChat", "/_stop", "end"),
    ("APIGetChat", "/_get chat ", "chat"),
    ("APIChatItemsRead", "/_read chat items ", "chat"),
    ("APIChatRead", "/_read chat ", "chat"),
    ("ShowVersion", "/version", "end"),
    ("APISetAppFilePaths", "/set file paths ", "object"),
    ("APIClearChat", "/_clear chat ", "chat"),
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
        "APIClearChat" => answer::<cmd::ClearChat>(frame).map(checked),
        _ => return None,
    })
}
