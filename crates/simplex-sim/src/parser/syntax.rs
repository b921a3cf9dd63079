//! The commands as values.

use super::values::*;
use crate::content::{Content, Preferences, Profile};
use crate::json::Json;

/// One command of the core.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
#[allow(missing_docs, reason = "the fields are the arguments of the command that the variant is named after")]
pub enum Command {
    ShowActiveUser,
    ListUsers,
    CreateUser {
        profile: Option<Profile>,
        past: bool,
    },
    SetActiveUser {
        user: i64,
        password: Option<String>,
    },
    HideUser {
        user: i64,
        password: String,
    },
    UnhideUser {
        user: i64,
        password: String,
    },
    MuteUser {
        user: i64,
        show: bool,
    },
    DeleteUser {
        user: i64,
        delete_queues: bool,
        password: Option<String>,
    },
    Start,
    CheckRunning,
    Stop,
    Suspend,
    Activate {
        restore: bool,
    },
    Version,
    NotSupported,
    SetFolders {
        files: Option<String>,
        temp: Option<String>,
        assets: Option<String>,
    },
    ShowServers {
        protocol: String,
    },
    SetServers {
        protocol: String,
        servers: Vec<String>,
    },
    Ok {
        needs_user: bool,
    },
    NetworkStatuses,
    ResubscribeAll,
    Reconnect,
    Help,
    Welcome,
    ShowProfile,
    ShowImage,
    SetImage {
        image: Option<String>,
    },
    Rename {
        name: String,
        descr: Option<String>,
    },
    InfoNamed {
        name: ChatName,
    },
    ItemInfoNamed {
        name: ChatName,
        text: String,
    },
    EnableSending {
        chat: ChatRef,
    },
    SwitchQueue {
        chat: ChatRef,
        member: Option<i64>,
    },
    AbortSwitch {
        chat: ChatRef,
        member: Option<i64>,
    },
    SyncRatchet {
        chat: ChatRef,
        member: Option<i64>,
        force: bool,
    },
    CreateAddress {
        user: Option<i64>,
    },
    DeleteAddress {
        user: Option<i64>,
    },
    ShowAddress {
        user: Option<i64>,
    },
    ShortLinkAddress {
        user: i64,
    },
    ProfileAddress {
        user: i64,
        on: bool,
    },
    AddressSettings {
        user: Option<i64>,
        settings: AddressSettings,
    },
    ConnectPlan {
        user: i64,
        link: String,
    },
    Connect {
        user: Option<i64>,
        incognito: bool,
        link: Option<String>,
        plan_first: bool,
    },
    PrepareContact {
        user: i64,
        link: String,
        data: Option<Json>,
    },
    PrepareGroup {
        user: i64,
        link: String,
        direct: bool,
        data: Json,
    },
    TestRelay {
        user: i64,
        address: String,
    },
    ConnectPrepared {
        contact: i64,
        incognito: bool,
        content: Option<Content>,
    },
    ConnectPreparedGroup {
        group: i64,
        incognito: bool,
        content: Option<Content>,
    },
    AcceptContact {
        request: i64,
        incognito: bool,
    },
    RejectContact {
        request: i64,
    },
    ListContacts {
        user: i64,
    },
    SetProfile {
        user: Option<i64>,
        profile: Profile,
    },
    SetPrefs {
        contact: i64,
        prefs: Preferences,
    },
    SetFeature {
        feature: usize,
        contact: Option<String>,
        allow: Option<crate::content::Pref>,
    },
    SetContactAlias {
        contact: i64,
        alias: String,
    },
    SetConnAlias {
        conn: i64,
        alias: String,
    },
    SetGroupAlias {
        group: i64,
        alias: String,
    },
    SetConnIncognito {
        conn: i64,
        on: bool,
    },
    SetChatSettings {
        chat: ChatRef,
        settings: Json,
    },
    SetContactCustom {
        contact: i64,
        data: Option<Json>,
    },
    SetGroupCustom {
        group: i64,
        data: Option<Json>,
    },
    SetReceipts {
        of: ReceiptsOf,
        user: Option<i64>,
        on: bool,
        clear: bool,
    },
    SetContactReceipts {
        name: ChatName,
        on: Option<bool>,
    },
    MuteChat {
        name: ChatName,
        on: bool,
    },
    AutoAcceptMemberContacts {
        user: i64,
        on: bool,
    },
    ContactInfo {
        contact: i64,
    },
    ContactCode {
        contact: i64,
    },
    VerifyContact {
        contact: i64,
        code: Option<String>,
    },
    Send {
        chat: ChatRef,
        live: bool,
        ttl: Option<i64>,
        messages: Vec<Composed>,
    },
    SendNamed {
        name: ChatName,
        text: String,
    },
    SendQuote {
        name: ChatName,
        member: Option<String>,
        own: bool,
        quoted: String,
        text: String,
    },
    Broadcast {
        text: String,
    },
    CreateNotes {
        folder: i64,
        messages: Vec<Composed>,
    },
    Report {
        group: i64,
        item: i64,
        reason: String,
        text: String,
    },
    UpdateItem {
        chat: ChatRef,
        item: i64,
        live: bool,
        message: Composed,
    },
    EditNamed {
        name: ChatName,
        from: String,
        text: String,
    },
    DeleteItem {
        chat: ChatRef,
        items: Vec<i64>,
        mode: DeleteMode,
    },
    DeleteNamed {
        name: ChatName,
        text: String,
    },
    DeleteMemberItem {
        group: i64,
        items: Vec<i64>,
    },
    ArchiveReports {
        group: i64,
    },
    DeleteReports {
        group: i64,
        items: Vec<i64>,
        mode: DeleteMode,
    },
    React {
        chat: ChatRef,
        item: i64,
        add: bool,
        reaction: Json,
    },
    ReactionMembers {
        user: i64,
        group: i64,
        item: i64,
        reaction: Json,
    },
    PlanForward {
        from: ChatRef,
        items: Vec<i64>,
    },
    Forward {
        to: ChatRef,
        from: ChatRef,
        items: Vec<i64>,
        ttl: Option<i64>,
    },
    GetChats {
        user: i64,
        connections: bool,
        page: ChatsPage,
        query: Option<ChatsQuery>,
    },
    LastChats {
        count: Option<usize>,
    },
    GetChat {
        chat: ChatRef,
        content: Option<String>,
        page: Page,
        search: Option<String>,
    },
    GetItems {
        page: Page,
        search: Option<String>,
    },
    TailChat {
        name: Option<ChatName>,
        count: usize,
        search: Option<String>,
    },
    LastItemId {
        name: Option<ChatName>,
    },
    ShowItem {
        item: Option<i64>,
    },
    ItemInfo {
        chat: ChatRef,
        item: i64,
    },
    ReadItems {
        chat: ChatRef,
        items: Vec<i64>,
    },
    ReadChat {
        chat: ChatRef,
    },
    ReadUser {
        user: Option<i64>,
    },
    UnreadChat {
        chat: ChatRef,
        on: bool,
    },
    ClearChat {
        chat: ChatRef,
    },
    ClearNamed {
        name: ChatName,
    },
    DeleteChat {
        chat: ChatRef,
        mode: ChatDelete,
    },
    GetTags {
        user: i64,
    },
    CreateTag {
        emoji: Option<String>,
        text: String,
    },
    SetTags {
        chat: ChatRef,
        tags: Vec<i64>,
    },
    DeleteTag {
        tag: i64,
    },
    UpdateTag {
        tag: i64,
        emoji: Option<String>,
        text: String,
    },
    ReorderTags {
        tags: Vec<i64>,
    },
    SetChatTtl {
        user: i64,
        chat: ChatRef,
        ttl: Option<Option<i64>>,
    },
    SetTtl {
        user: Option<i64>,
        ttl: Option<i64>,
    },
    GetTtl {
        user: Option<i64>,
    },
    GetChatTtl {
        name: ChatName,
    },
    TestServer {
        server: String,
    },
    ReceiveFile {
        file: i64,
        approved: bool,
        encrypt: Option<bool>,
        path: Option<String>,
    },
    CancelFile {
        file: i64,
    },
    /// Uploads a file for anybody who has the link to it.
    Upload {
        user: i64,
        path: String,
    },
    Download {
        user: i64,
        link: String,
        path: String,
    },
    DownloadInfo {
        link: String,
    },
    FileStatus {
        file: i64,
    },
    SendFileNamed {
        name: ChatName,
        path: String,
    },
    NewGroup {
        user: i64,
        incognito: bool,
        profile: GroupProfile,
    },
    NewGroupNamed {
        profile: GroupProfile,
    },
    AddMember {
        group: i64,
        contact: i64,
        role: Role,
    },
    JoinGroup {
        group: i64,
    },
    AcceptMember {
        group: i64,
        member: i64,
        role: Role,
    },
    DeleteMemberSupport {
        group: i64,
        member: i64,
    },
    MemberRoles {
        group: i64,
        members: Vec<i64>,
        role: Role,
    },
    BlockMembers {
        group: i64,
        members: Vec<i64>,
        blocked: bool,
    },
    RemoveMembers {
        group: i64,
        members: Vec<i64>,
        messages: bool,
    },
    LeaveGroup {
        group: i64,
    },
    ListMembers {
        group: i64,
    },
    ListMembersNamed {
        name: String,
    },
    ListGroups {
        user: i64,
        contact: Option<i64>,
        search: Option<String>,
    },
    ListGroupsActive,
    SetGroupProfile {
        group: i64,
        profile: GroupProfile,
    },
    ShowGroupProfile {
        name: String,
    },
    RenameGroup {
        name: String,
        to: String,
        full: String,
    },
    SetWelcome {
        name: String,
        text: Option<String>,
    },
    ShowWelcome {
        name: String,
    },
    SetGroupFeature {
        feature: String,
        name: String,
        on: bool,
        role: Option<Role>,
        ttl: Option<i64>,
    },
    SetAdmission {
        name: String,
        all: bool,
    },
    CreateGroupLink {
        group: i64,
        role: Role,
    },
    SetGroupLinkRole {
        group: i64,
        role: Role,
    },
    DeleteGroupLink {
        group: i64,
    },
    GetGroupLink {
        group: i64,
    },
    ShortGroupLink {
        group: i64,
    },
    ShowGroupLinkNamed {
        name: String,
    },
    GroupInfo {
        group: i64,
    },
    MemberInfo {
        group: i64,
        member: i64,
    },
    MemberSettings {
        group: i64,
        member: i64,
        show: bool,
    },
    MemberCode {
        group: i64,
        member: i64,
    },
    VerifyMember {
        group: i64,
        member: i64,
        code: Option<String>,
    },
    SupportChats {
        name: String,
    },
    CreateMemberContact {
        group: i64,
        member: i64,
    },
    InviteMemberContact {
        contact: i64,
        content: Option<Content>,
    },
    AcceptMemberContact {
        contact: i64,
    },
    /// Servers, the network, relays, the agent.
    Service(super::Service),
    ExportDb {
        path: String,
    },
    EncryptDb {
        current: String,
        new: String,
    },
    TestKey {
        key: String,
    },
    DeleteDb,
    DebugEvent {
        event: Json,
    },
}
