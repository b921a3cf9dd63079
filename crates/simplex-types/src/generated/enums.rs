//! Written by `cargo xtask codegen`; change the schema or the overlay instead.

use crate::wire::strings;

/// `BadgeStatus`.
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BadgeStatus {
    /// `active`.
    Active,
    /// `expired`.
    Expired,
    /// `expiredOld`.
    ExpiredOld,
    /// `failed`.
    Failed,
    /// `unknownKey`.
    UnknownKey,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

strings!(BadgeStatus { Active "active", Expired "expired", ExpiredOld "expiredOld", Failed "failed", UnknownKey "unknownKey",  });

/// `BadgeType`.
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BadgeType {
    /// `supporter`.
    Supporter,
    /// `legend`.
    Legend,
    /// `investor`.
    Investor,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

strings!(BadgeType { Supporter "supporter", Legend "legend", Investor "investor",  });

/// `BlockingReason`.
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BlockingReason {
    /// `spam`.
    Spam,
    /// `content`.
    Content,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

strings!(BlockingReason { Spam "spam", Content "content",  });

/// `BusinessChatType`.
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BusinessChatType {
    /// `business`.
    Business,
    /// `customer`.
    Customer,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

strings!(BusinessChatType { Business "business", Customer "customer",  });

/// `CICallStatus`.
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CiCallStatus {
    /// `pending`.
    Pending,
    /// `missed`.
    Missed,
    /// `rejected`.
    Rejected,
    /// `accepted`.
    Accepted,
    /// `negotiated`.
    Negotiated,
    /// `progress`.
    Progress,
    /// `ended`.
    Ended,
    /// `error`.
    Error,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

strings!(CiCallStatus { Pending "pending", Missed "missed", Rejected "rejected", Accepted "accepted", Negotiated "negotiated", Progress "progress", Ended "ended", Error "error",  });

/// `CIDeleteMode`.
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CiDeleteMode {
    /// `broadcast`.
    Broadcast,
    /// `internal`.
    Internal,
    /// `internalMark`.
    InternalMark,
    /// `history`.
    History,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

strings!(CiDeleteMode { Broadcast "broadcast", Internal "internal", InternalMark "internalMark", History "history",  });

/// `CIGroupInvitationStatus`.
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CiGroupInvitationStatus {
    /// `pending`.
    Pending,
    /// `accepted`.
    Accepted,
    /// `rejected`.
    Rejected,
    /// `expired`.
    Expired,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

strings!(CiGroupInvitationStatus { Pending "pending", Accepted "accepted", Rejected "rejected", Expired "expired",  });

/// `ChatFeature`.
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ChatFeature {
    /// `timedMessages`.
    TimedMessages,
    /// `fullDelete`.
    FullDelete,
    /// `reactions`.
    Reactions,
    /// `voice`.
    Voice,
    /// `files`.
    Files,
    /// `calls`.
    Calls,
    /// `sessions`.
    Sessions,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

strings!(ChatFeature { TimedMessages "timedMessages", FullDelete "fullDelete", Reactions "reactions", Voice "voice", Files "files", Calls "calls", Sessions "sessions",  });

/// `ChatPeerType`.
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ChatPeerType {
    /// `human`.
    Human,
    /// `bot`.
    Bot,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

strings!(ChatPeerType { Human "human", Bot "bot",  });

/// `ChatType`.
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ChatType {
    /// `direct`.
    Direct,
    /// `group`.
    Group,
    /// `local`.
    Local,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

strings!(ChatType { Direct "direct", Group "group", Local "local",  });

/// `ChatWallpaperScale`.
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ChatWallpaperScale {
    /// `fill`.
    Fill,
    /// `fit`.
    Fit,
    /// `repeat`.
    Repeat,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

strings!(ChatWallpaperScale { Fill "fill", Fit "fit", Repeat "repeat",  });

/// `Color`.
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Color {
    /// `black`.
    Black,
    /// `red`.
    Red,
    /// `green`.
    Green,
    /// `yellow`.
    Yellow,
    /// `blue`.
    Blue,
    /// `magenta`.
    Magenta,
    /// `cyan`.
    Cyan,
    /// `white`.
    White,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

strings!(Color { Black "black", Red "red", Green "green", Yellow "yellow", Blue "blue", Magenta "magenta", Cyan "cyan", White "white",  });

/// `ConnType`.
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ConnType {
    /// `contact`.
    Contact,
    /// `member`.
    Member,
    /// `user_contact`.
    UserContact,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

strings!(ConnType { Contact "contact", Member "member", UserContact "user_contact",  });

/// `ConnectionMode`.
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ConnectionMode {
    /// `inv`.
    Inv,
    /// `con`.
    Con,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

strings!(ConnectionMode { Inv "inv", Con "con",  });

/// `ContactStatus`.
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ContactStatus {
    /// `active`.
    Active,
    /// `deleted`.
    Deleted,
    /// `deletedByUser`.
    DeletedByUser,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

strings!(ContactStatus { Active "active", Deleted "deleted", DeletedByUser "deletedByUser",  });

/// `ContentFilter`. Not documented upstream.
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ContentFilter {
    /// `text`.
    Text,
    /// `link`.
    Link,
    /// `image`.
    Image,
    /// `video`.
    Video,
    /// `voice`.
    Voice,
    /// `file`.
    File,
    /// `report`.
    Report,
    /// `chat`.
    Chat,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

strings!(ContentFilter { Text "text", Link "link", Image "image", Video "video", Voice "voice", File "file", Report "report", Chat "chat",  });

/// `FeatureAllowed`.
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FeatureAllowed {
    /// `always`.
    Always,
    /// `yes`.
    Yes,
    /// `no`.
    No,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

strings!(FeatureAllowed { Always "always", Yes "yes", No "no",  });

/// `FileProtocol`.
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FileProtocol {
    /// `smp`.
    Smp,
    /// `xftp`.
    Xftp,
    /// `local`.
    Local,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

strings!(FileProtocol { Smp "smp", Xftp "xftp", Local "local",  });

/// `FileStatus`.
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FileStatus {
    /// `new`.
    New,
    /// `accepted`.
    Accepted,
    /// `connected`.
    Connected,
    /// `complete`.
    Complete,
    /// `cancelled`.
    Cancelled,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

strings!(FileStatus { New "new", Accepted "accepted", Connected "connected", Complete "complete", Cancelled "cancelled",  });

/// `FileType`.
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FileType {
    /// `normal`.
    Normal,
    /// `roster`.
    Roster,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

strings!(FileType { Normal "normal", Roster "roster",  });

/// `GroupFeature`.
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum GroupFeature {
    /// `timedMessages`.
    TimedMessages,
    /// `directMessages`.
    DirectMessages,
    /// `fullDelete`.
    FullDelete,
    /// `reactions`.
    Reactions,
    /// `voice`.
    Voice,
    /// `files`.
    Files,
    /// `simplexLinks`.
    SimplexLinks,
    /// `reports`.
    Reports,
    /// `history`.
    History,
    /// `support`.
    Support,
    /// `sessions`.
    Sessions,
    /// `comments`.
    Comments,
    /// `signMessages`.
    SignMessages,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

strings!(GroupFeature { TimedMessages "timedMessages", DirectMessages "directMessages", FullDelete "fullDelete", Reactions "reactions", Voice "voice", Files "files", SimplexLinks "simplexLinks", Reports "reports", History "history", Support "support", Sessions "sessions", Comments "comments", SignMessages "signMessages",  });

/// `GroupFeatureEnabled`.
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum GroupFeatureEnabled {
    /// `on`.
    On,
    /// `off`.
    Off,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

strings!(GroupFeatureEnabled { On "on", Off "off",  });

/// `GroupMemberCategory`.
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum GroupMemberCategory {
    /// `user`.
    User,
    /// `invitee`.
    Invitee,
    /// `host`.
    Host,
    /// `pre`.
    Pre,
    /// `post`.
    Post,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

strings!(GroupMemberCategory { User "user", Invitee "invitee", Host "host", Pre "pre", Post "post",  });

/// `GroupMemberRole`.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum GroupMemberRole {
    /// A value that the schema does not know.
    Unknown(Box<str>),
    /// `relay`.
    Relay,
    /// `observer`.
    Observer,
    /// `author`.
    Author,
    /// `member`.
    Member,
    /// `moderator`.
    Moderator,
    /// `admin`.
    Admin,
    /// `owner`.
    Owner,
}

strings!(GroupMemberRole { Relay "relay", Observer "observer", Author "author", Member "member", Moderator "moderator", Admin "admin", Owner "owner",  });

/// `GroupMemberStatus`.
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum GroupMemberStatus {
    /// `rejected`.
    Rejected,
    /// `removed`.
    Removed,
    /// `left`.
    Left,
    /// `deleted`.
    Deleted,
    /// `unknown`.
    NotKnown,
    /// `invited`.
    Invited,
    /// `pending_approval`.
    PendingApproval,
    /// `pending_review`.
    PendingReview,
    /// `introduced`.
    Introduced,
    /// `intro-inv`.
    IntroInv,
    /// `accepted`.
    Accepted,
    /// `announced`.
    Announced,
    /// `connected`.
    Connected,
    /// `complete`.
    Complete,
    /// `creator`.
    Creator,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

strings!(GroupMemberStatus { Rejected "rejected", Removed "removed", Left "left", Deleted "deleted", NotKnown "unknown", Invited "invited", PendingApproval "pending_approval", PendingReview "pending_review", Introduced "introduced", IntroInv "intro-inv", Accepted "accepted", Announced "announced", Connected "connected", Complete "complete", Creator "creator",  });

/// `GroupType`.
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum GroupType {
    /// `channel`.
    Channel,
    /// `group`.
    Group,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

strings!(GroupType { Channel "channel", Group "group",  });

/// `HandshakeError`.
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum HandshakeError {
    /// `PARSE`.
    Parse,
    /// `IDENTITY`.
    Identity,
    /// `BAD_AUTH`.
    BadAuth,
    /// `BAD_SERVICE`.
    BadService,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

strings!(HandshakeError { Parse "PARSE", Identity "IDENTITY", BadAuth "BAD_AUTH", BadService "BAD_SERVICE",  });

/// `InlineFileMode`.
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum InlineFileMode {
    /// `offer`.
    Offer,
    /// `sent`.
    Sent,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

strings!(InlineFileMode { Offer "offer", Sent "sent",  });

/// `MemberCriteria`.
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MemberCriteria {
    /// `all`.
    All,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

strings!(MemberCriteria { All "all",  });

/// `MsgDecryptError`.
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MsgDecryptError {
    /// `ratchetHeader`.
    RatchetHeader,
    /// `tooManySkipped`.
    TooManySkipped,
    /// `ratchetEarlier`.
    RatchetEarlier,
    /// `other`.
    Other,
    /// `ratchetSync`.
    RatchetSync,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

strings!(MsgDecryptError { RatchetHeader "ratchetHeader", TooManySkipped "tooManySkipped", RatchetEarlier "ratchetEarlier", Other "other", RatchetSync "ratchetSync",  });

/// `MsgDirection`.
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MsgDirection {
    /// `rcv`.
    Rcv,
    /// `snd`.
    Snd,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

strings!(MsgDirection { Rcv "rcv", Snd "snd",  });

/// `MsgFilter`.
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MsgFilter {
    /// `none`.
    None,
    /// `all`.
    All,
    /// `mentions`.
    Mentions,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

strings!(MsgFilter { None "none", All "all", Mentions "mentions",  });

/// `MsgReceiptStatus`.
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MsgReceiptStatus {
    /// `ok`.
    Ok,
    /// `badMsgHash`.
    BadMsgHash,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

strings!(MsgReceiptStatus { Ok "ok", BadMsgHash "badMsgHash",  });

/// `MsgSigStatus`.
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MsgSigStatus {
    /// `verified`.
    Verified,
    /// `signedNoKey`.
    SignedNoKey,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

strings!(MsgSigStatus { Verified "verified", SignedNoKey "signedNoKey",  });

/// `PlanResolveMode`.
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PlanResolveMode {
    /// `allGroups`.
    AllGroups,
    /// `unknown`.
    NotKnown,
    /// `never`.
    Never,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

strings!(PlanResolveMode { AllGroups "allGroups", NotKnown "unknown", Never "never",  });

/// `RatchetSyncState`.
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RatchetSyncState {
    /// `ok`.
    Ok,
    /// `allowed`.
    Allowed,
    /// `required`.
    Required,
    /// `started`.
    Started,
    /// `agreed`.
    Agreed,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

strings!(RatchetSyncState { Ok "ok", Allowed "allowed", Required "required", Started "started", Agreed "agreed",  });

/// `RelayStatus`.
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RelayStatus {
    /// `new`.
    New,
    /// `invited`.
    Invited,
    /// `accepted`.
    Accepted,
    /// `acknowledgedRoster`.
    AcknowledgedRoster,
    /// `active`.
    Active,
    /// `inactive`.
    Inactive,
    /// `rejected`.
    Rejected,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

strings!(RelayStatus { New "new", Invited "invited", Accepted "accepted", AcknowledgedRoster "acknowledgedRoster", Active "active", Inactive "inactive", Rejected "rejected",  });

/// `ReportReason`.
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ReportReason {
    /// `spam`.
    Spam,
    /// `content`.
    Content,
    /// `community`.
    Community,
    /// `profile`.
    Profile,
    /// `other`.
    Other,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

strings!(ReportReason { Spam "spam", Content "content", Community "community", Profile "profile", Other "other",  });

/// `SimplexLinkType`.
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SimplexLinkType {
    /// `contact`.
    Contact,
    /// `invitation`.
    Invitation,
    /// `group`.
    Group,
    /// `channel`.
    Channel,
    /// `relay`.
    Relay,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

strings!(SimplexLinkType { Contact "contact", Invitation "invitation", Group "group", Channel "channel", Relay "relay",  });

/// `SimplexNameType`.
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SimplexNameType {
    /// `publicGroup`.
    PublicGroup,
    /// `contact`.
    Contact,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

strings!(SimplexNameType { PublicGroup "publicGroup", Contact "contact",  });

/// `SimplexTLD`.
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SimplexTld {
    /// `simplex`.
    Simplex,
    /// `testing`.
    Testing,
    /// `web`.
    Web,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

strings!(SimplexTld { Simplex "simplex", Testing "testing", Web "web",  });

/// `SndCIStatusProgress`.
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SndCiStatusProgress {
    /// `partial`.
    Partial,
    /// `complete`.
    Complete,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

strings!(SndCiStatusProgress { Partial "partial", Complete "complete",  });

/// `SwitchPhase`.
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SwitchPhase {
    /// `started`.
    Started,
    /// `confirmed`.
    Confirmed,
    /// `secured`.
    Secured,
    /// `completed`.
    Completed,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

strings!(SwitchPhase { Started "started", Confirmed "confirmed", Secured "secured", Completed "completed",  });

/// `UIColorMode`.
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UiColorMode {
    /// `light`.
    Light,
    /// `dark`.
    Dark,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

strings!(UiColorMode { Light "light", Dark "dark",  });

/// `UserNetworkType`. Not documented upstream.
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UserNetworkType {
    /// `none`.
    None,
    /// `cellular`.
    Cellular,
    /// `wifi`.
    Wifi,
    /// `ethernet`.
    Ethernet,
    /// `other`.
    Other,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

strings!(UserNetworkType { None "none", Cellular "cellular", Wifi "wifi", Ethernet "ethernet", Other "other",  });
