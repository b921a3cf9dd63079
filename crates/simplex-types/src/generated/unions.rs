//! Written by `cargo xtask codegen`; change the schema or the overlay instead.

use super::enums::*;
use super::records::*;
use crate::scalar::*;
use crate::wire::{tags, union};

/// `AgentCryptoError`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum AgentCryptoError {
    /// `DECRYPT_AES`.
    DecryptAes,
    /// `DECRYPT_CB`.
    DecryptCb,
    /// `RATCHET_HEADER`.
    RatchetHeader,
    /// `RATCHET_SYNC`.
    RatchetSync,
    /// A variant that the schema does not know.
    Unknown(Unknown),
}

union!(AgentCryptoError, AgentCryptoErrorTag { DecryptAes "DECRYPT_AES";DecryptCb "DECRYPT_CB";RatchetHeader "RATCHET_HEADER";RatchetSync "RATCHET_SYNC"; } bare { "DECRYPT_AES" => DecryptAes,"DECRYPT_CB" => DecryptCb,"RATCHET_HEADER" => RatchetHeader,"RATCHET_SYNC" => RatchetSync, });

/// The tag of a [`AgentCryptoError`].
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AgentCryptoErrorTag {
    /// `DECRYPT_AES`.
    DecryptAes,
    /// `DECRYPT_CB`.
    DecryptCb,
    /// `RATCHET_HEADER`.
    RatchetHeader,
    /// `RATCHET_SYNC`.
    RatchetSync,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

tags!(AgentCryptoErrorTag { DecryptAes "DECRYPT_AES", DecryptCb "DECRYPT_CB", RatchetHeader "RATCHET_HEADER", RatchetSync "RATCHET_SYNC",  });

/// `AgentErrorType`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum AgentErrorType {
    /// `CMD`.
    #[non_exhaustive]
    Cmd {
        /// `cmdErr`.
        cmd_err: CommandErrorType,
        /// `errContext`.
        err_context: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `CONN`.
    #[non_exhaustive]
    Conn {
        /// `connErr`.
        conn_err: ConnectionErrorType,
        /// `errContext`.
        err_context: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `NO_USER`.
    NoUser,
    /// `SMP`.
    #[non_exhaustive]
    Smp {
        /// `serverAddress`.
        server_address: String,
        /// `smpErr`.
        smp_err: Box<ErrorType>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `NTF`.
    #[non_exhaustive]
    Ntf {
        /// `serverAddress`.
        server_address: String,
        /// `ntfErr`.
        ntf_err: Box<ErrorType>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `XFTP`.
    #[non_exhaustive]
    Xftp {
        /// `serverAddress`.
        server_address: String,
        /// `xftpErr`.
        xftp_err: XftpErrorType,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `FILE`.
    #[non_exhaustive]
    File {
        /// `fileErr`.
        file_err: FileErrorType,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `NO_NAME_SERVERS`.
    NoNameServers,
    /// `PROXY`.
    #[non_exhaustive]
    Proxy {
        /// `proxyServer`.
        proxy_server: String,
        /// `relayServer`.
        relay_server: String,
        /// `proxyErr`.
        proxy_err: ProxyClientError,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `RCP`.
    #[non_exhaustive]
    Rcp {
        /// `rcpErr`.
        rcp_err: RcErrorType,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `BROKER`.
    #[non_exhaustive]
    Broker {
        /// `brokerAddress`.
        broker_address: String,
        /// `brokerErr`.
        broker_err: Box<BrokerErrorType>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `AGENT`.
    #[non_exhaustive]
    Agent {
        /// `agentErr`.
        agent_err: Box<SmpAgentError>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `NOTICE`.
    #[non_exhaustive]
    Notice {
        /// `server`.
        server: String,
        /// `preset`.
        preset: bool,
        /// `expiresAt`.
        expires_at: Option<Timestamp>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `INTERNAL`.
    #[non_exhaustive]
    Internal {
        /// `internalErr`.
        internal_err: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `CRITICAL`.
    #[non_exhaustive]
    Critical {
        /// `offerRestart`.
        offer_restart: bool,
        /// `criticalErr`.
        critical_err: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `INACTIVE`.
    Inactive,
    /// A variant that the schema does not know.
    Unknown(Unknown),
}

union!(AgentErrorType, AgentErrorTypeTag { Cmd "CMD" { cmd_err "cmdErr" req, err_context "errContext" req,  };Conn "CONN" { conn_err "connErr" req, err_context "errContext" req,  };NoUser "NO_USER";Smp "SMP" { server_address "serverAddress" req, smp_err "smpErr" req,  };Ntf "NTF" { server_address "serverAddress" req, ntf_err "ntfErr" req,  };Xftp "XFTP" { server_address "serverAddress" req, xftp_err "xftpErr" req,  };File "FILE" { file_err "fileErr" req,  };NoNameServers "NO_NAME_SERVERS";Proxy "PROXY" { proxy_server "proxyServer" req, relay_server "relayServer" req, proxy_err "proxyErr" req,  };Rcp "RCP" { rcp_err "rcpErr" req,  };Broker "BROKER" { broker_address "brokerAddress" req, broker_err "brokerErr" req,  };Agent "AGENT" { agent_err "agentErr" req,  };Notice "NOTICE" { server "server" req, preset "preset" auto, expires_at "expiresAt" opt,  };Internal "INTERNAL" { internal_err "internalErr" req,  };Critical "CRITICAL" { offer_restart "offerRestart" auto, critical_err "criticalErr" req,  };Inactive "INACTIVE"; } bare { "NO_USER" => NoUser,"NO_NAME_SERVERS" => NoNameServers,"INACTIVE" => Inactive, });

/// The tag of a [`AgentErrorType`].
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AgentErrorTypeTag {
    /// `CMD`.
    Cmd,
    /// `CONN`.
    Conn,
    /// `NO_USER`.
    NoUser,
    /// `SMP`.
    Smp,
    /// `NTF`.
    Ntf,
    /// `XFTP`.
    Xftp,
    /// `FILE`.
    File,
    /// `NO_NAME_SERVERS`.
    NoNameServers,
    /// `PROXY`.
    Proxy,
    /// `RCP`.
    Rcp,
    /// `BROKER`.
    Broker,
    /// `AGENT`.
    Agent,
    /// `NOTICE`.
    Notice,
    /// `INTERNAL`.
    Internal,
    /// `CRITICAL`.
    Critical,
    /// `INACTIVE`.
    Inactive,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

tags!(AgentErrorTypeTag { Cmd "CMD", Conn "CONN", NoUser "NO_USER", Smp "SMP", Ntf "NTF", Xftp "XFTP", File "FILE", NoNameServers "NO_NAME_SERVERS", Proxy "PROXY", Rcp "RCP", Broker "BROKER", Agent "AGENT", Notice "NOTICE", Internal "INTERNAL", Critical "CRITICAL", Inactive "INACTIVE",  });

/// `BrokerErrorType`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum BrokerErrorType {
    /// `RESPONSE`.
    #[non_exhaustive]
    Response {
        /// `respErr`.
        resp_err: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `UNEXPECTED`.
    #[non_exhaustive]
    Unexpected {
        /// `respErr`.
        resp_err: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `NETWORK`.
    #[non_exhaustive]
    Network {
        /// `networkError`.
        network_error: NetworkError,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `HOST`.
    Host,
    /// `NO_SERVICE`.
    NoService,
    /// `TRANSPORT`.
    #[non_exhaustive]
    Transport {
        /// `transportErr`.
        transport_err: TransportError,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `TIMEOUT`.
    Timeout,
    /// A variant that the schema does not know.
    Unknown(Unknown),
}

union!(BrokerErrorType, BrokerErrorTypeTag { Response "RESPONSE" { resp_err "respErr" req,  };Unexpected "UNEXPECTED" { resp_err "respErr" req,  };Network "NETWORK" { network_error "networkError" req,  };Host "HOST";NoService "NO_SERVICE";Transport "TRANSPORT" { transport_err "transportErr" req,  };Timeout "TIMEOUT"; } bare { "HOST" => Host,"NO_SERVICE" => NoService,"TIMEOUT" => Timeout, });

/// The tag of a [`BrokerErrorType`].
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BrokerErrorTypeTag {
    /// `RESPONSE`.
    Response,
    /// `UNEXPECTED`.
    Unexpected,
    /// `NETWORK`.
    Network,
    /// `HOST`.
    Host,
    /// `NO_SERVICE`.
    NoService,
    /// `TRANSPORT`.
    Transport,
    /// `TIMEOUT`.
    Timeout,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

tags!(BrokerErrorTypeTag { Response "RESPONSE", Unexpected "UNEXPECTED", Network "NETWORK", Host "HOST", NoService "NO_SERVICE", Transport "TRANSPORT", Timeout "TIMEOUT",  });

/// `CIContent`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum CiContent {
    /// `sndMsgContent`.
    #[non_exhaustive]
    SndMsgContent {
        /// `msgContent`.
        msg_content: Box<MsgContent>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `rcvMsgContent`.
    #[non_exhaustive]
    RcvMsgContent {
        /// `msgContent`.
        msg_content: Box<MsgContent>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `sndDeleted`.
    #[non_exhaustive]
    SndDeleted {
        /// `deleteMode`.
        delete_mode: CiDeleteMode,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `rcvDeleted`.
    #[non_exhaustive]
    RcvDeleted {
        /// `deleteMode`.
        delete_mode: CiDeleteMode,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `sndCall`.
    #[non_exhaustive]
    SndCall {
        /// `status`.
        status: CiCallStatus,
        /// `duration`.
        duration: i64,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `rcvCall`.
    #[non_exhaustive]
    RcvCall {
        /// `status`.
        status: CiCallStatus,
        /// `duration`.
        duration: i64,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `rcvIntegrityError`.
    #[non_exhaustive]
    RcvIntegrityError {
        /// `msgError`.
        msg_error: MsgErrorType,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `rcvDecryptionError`.
    #[non_exhaustive]
    RcvDecryptionError {
        /// `msgDecryptError`.
        msg_decrypt_error: MsgDecryptError,
        /// `msgCount`.
        msg_count: i64,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `rcvMsgError`.
    #[non_exhaustive]
    RcvMsgError {
        /// `rcvMsgError`.
        rcv_msg_error: RcvMsgError,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `rcvGroupInvitation`.
    #[non_exhaustive]
    RcvGroupInvitation {
        /// `groupInvitation`.
        group_invitation: Box<CiGroupInvitation>,
        /// `memberRole`.
        member_role: GroupMemberRole,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `sndGroupInvitation`.
    #[non_exhaustive]
    SndGroupInvitation {
        /// `groupInvitation`.
        group_invitation: Box<CiGroupInvitation>,
        /// `memberRole`.
        member_role: GroupMemberRole,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `rcvDirectEvent`.
    #[non_exhaustive]
    RcvDirectEvent {
        /// `rcvDirectEvent`.
        rcv_direct_event: RcvDirectEvent,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `rcvGroupEvent`.
    #[non_exhaustive]
    RcvGroupEvent {
        /// `rcvGroupEvent`.
        rcv_group_event: Box<RcvGroupEvent>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `sndGroupEvent`.
    #[non_exhaustive]
    SndGroupEvent {
        /// `sndGroupEvent`.
        snd_group_event: Box<SndGroupEvent>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `rcvConnEvent`.
    #[non_exhaustive]
    RcvConnEvent {
        /// `rcvConnEvent`.
        rcv_conn_event: RcvConnEvent,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `sndConnEvent`.
    #[non_exhaustive]
    SndConnEvent {
        /// `sndConnEvent`.
        snd_conn_event: SndConnEvent,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `rcvChatFeature`.
    #[non_exhaustive]
    RcvChatFeature {
        /// `feature`.
        feature: ChatFeature,
        /// `enabled`.
        enabled: PrefEnabled,
        /// `param`.
        param: Option<i64>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `sndChatFeature`.
    #[non_exhaustive]
    SndChatFeature {
        /// `feature`.
        feature: ChatFeature,
        /// `enabled`.
        enabled: PrefEnabled,
        /// `param`.
        param: Option<i64>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `rcvChatPreference`.
    #[non_exhaustive]
    RcvChatPreference {
        /// `feature`.
        feature: ChatFeature,
        /// `allowed`.
        allowed: FeatureAllowed,
        /// `param`.
        param: Option<i64>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `sndChatPreference`.
    #[non_exhaustive]
    SndChatPreference {
        /// `feature`.
        feature: ChatFeature,
        /// `allowed`.
        allowed: FeatureAllowed,
        /// `param`.
        param: Option<i64>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `rcvGroupFeature`.
    #[non_exhaustive]
    RcvGroupFeature {
        /// `groupFeature`.
        group_feature: GroupFeature,
        /// `preference`.
        preference: GroupPreference,
        /// `param`.
        param: Option<i64>,
        /// `memberRole_`.
        member_role: Option<GroupMemberRole>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `sndGroupFeature`.
    #[non_exhaustive]
    SndGroupFeature {
        /// `groupFeature`.
        group_feature: GroupFeature,
        /// `preference`.
        preference: GroupPreference,
        /// `param`.
        param: Option<i64>,
        /// `memberRole_`.
        member_role: Option<GroupMemberRole>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `rcvChatFeatureRejected`.
    #[non_exhaustive]
    RcvChatFeatureRejected {
        /// `feature`.
        feature: ChatFeature,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `rcvGroupFeatureRejected`.
    #[non_exhaustive]
    RcvGroupFeatureRejected {
        /// `groupFeature`.
        group_feature: GroupFeature,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `sndModerated`.
    SndModerated,
    /// `rcvModerated`.
    RcvModerated,
    /// `rcvBlocked`.
    RcvBlocked,
    /// `sndDirectE2EEInfo`.
    #[non_exhaustive]
    SndDirectE2eeInfo {
        /// `e2eeInfo`.
        e2ee_info: E2eInfo,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `rcvDirectE2EEInfo`.
    #[non_exhaustive]
    RcvDirectE2eeInfo {
        /// `e2eeInfo`.
        e2ee_info: E2eInfo,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `sndGroupE2EEInfo`.
    #[non_exhaustive]
    SndGroupE2eeInfo {
        /// `e2eeInfo`.
        e2ee_info: E2eInfo,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `rcvGroupE2EEInfo`.
    #[non_exhaustive]
    RcvGroupE2eeInfo {
        /// `e2eeInfo`.
        e2ee_info: E2eInfo,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `chatBanner`.
    ChatBanner,
    /// A variant that the schema does not know.
    Unknown(Unknown),
}

union!(CiContent, CiContentTag { SndMsgContent "sndMsgContent" { msg_content "msgContent" req,  };RcvMsgContent "rcvMsgContent" { msg_content "msgContent" req,  };SndDeleted "sndDeleted" { delete_mode "deleteMode" req,  };RcvDeleted "rcvDeleted" { delete_mode "deleteMode" req,  };SndCall "sndCall" { status "status" req, duration "duration" req,  };RcvCall "rcvCall" { status "status" req, duration "duration" req,  };RcvIntegrityError "rcvIntegrityError" { msg_error "msgError" req,  };RcvDecryptionError "rcvDecryptionError" { msg_decrypt_error "msgDecryptError" req, msg_count "msgCount" req,  };RcvMsgError "rcvMsgError" { rcv_msg_error "rcvMsgError" req,  };RcvGroupInvitation "rcvGroupInvitation" { group_invitation "groupInvitation" req, member_role "memberRole" req,  };SndGroupInvitation "sndGroupInvitation" { group_invitation "groupInvitation" req, member_role "memberRole" req,  };RcvDirectEvent "rcvDirectEvent" { rcv_direct_event "rcvDirectEvent" req,  };RcvGroupEvent "rcvGroupEvent" { rcv_group_event "rcvGroupEvent" req,  };SndGroupEvent "sndGroupEvent" { snd_group_event "sndGroupEvent" req,  };RcvConnEvent "rcvConnEvent" { rcv_conn_event "rcvConnEvent" req,  };SndConnEvent "sndConnEvent" { snd_conn_event "sndConnEvent" req,  };RcvChatFeature "rcvChatFeature" { feature "feature" req, enabled "enabled" req, param "param" opt,  };SndChatFeature "sndChatFeature" { feature "feature" req, enabled "enabled" req, param "param" opt,  };RcvChatPreference "rcvChatPreference" { feature "feature" req, allowed "allowed" req, param "param" opt,  };SndChatPreference "sndChatPreference" { feature "feature" req, allowed "allowed" req, param "param" opt,  };RcvGroupFeature "rcvGroupFeature" { group_feature "groupFeature" req, preference "preference" req, param "param" opt, member_role "memberRole_" opt,  };SndGroupFeature "sndGroupFeature" { group_feature "groupFeature" req, preference "preference" req, param "param" opt, member_role "memberRole_" opt,  };RcvChatFeatureRejected "rcvChatFeatureRejected" { feature "feature" req,  };RcvGroupFeatureRejected "rcvGroupFeatureRejected" { group_feature "groupFeature" req,  };SndModerated "sndModerated";RcvModerated "rcvModerated";RcvBlocked "rcvBlocked";SndDirectE2eeInfo "sndDirectE2EEInfo" { e2ee_info "e2eeInfo" req,  };RcvDirectE2eeInfo "rcvDirectE2EEInfo" { e2ee_info "e2eeInfo" req,  };SndGroupE2eeInfo "sndGroupE2EEInfo" { e2ee_info "e2eeInfo" req,  };RcvGroupE2eeInfo "rcvGroupE2EEInfo" { e2ee_info "e2eeInfo" req,  };ChatBanner "chatBanner"; } bare { "sndModerated" => SndModerated,"rcvModerated" => RcvModerated,"rcvBlocked" => RcvBlocked,"chatBanner" => ChatBanner, });

/// The tag of a [`CiContent`].
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CiContentTag {
    /// `sndMsgContent`.
    SndMsgContent,
    /// `rcvMsgContent`.
    RcvMsgContent,
    /// `sndDeleted`.
    SndDeleted,
    /// `rcvDeleted`.
    RcvDeleted,
    /// `sndCall`.
    SndCall,
    /// `rcvCall`.
    RcvCall,
    /// `rcvIntegrityError`.
    RcvIntegrityError,
    /// `rcvDecryptionError`.
    RcvDecryptionError,
    /// `rcvMsgError`.
    RcvMsgError,
    /// `rcvGroupInvitation`.
    RcvGroupInvitation,
    /// `sndGroupInvitation`.
    SndGroupInvitation,
    /// `rcvDirectEvent`.
    RcvDirectEvent,
    /// `rcvGroupEvent`.
    RcvGroupEvent,
    /// `sndGroupEvent`.
    SndGroupEvent,
    /// `rcvConnEvent`.
    RcvConnEvent,
    /// `sndConnEvent`.
    SndConnEvent,
    /// `rcvChatFeature`.
    RcvChatFeature,
    /// `sndChatFeature`.
    SndChatFeature,
    /// `rcvChatPreference`.
    RcvChatPreference,
    /// `sndChatPreference`.
    SndChatPreference,
    /// `rcvGroupFeature`.
    RcvGroupFeature,
    /// `sndGroupFeature`.
    SndGroupFeature,
    /// `rcvChatFeatureRejected`.
    RcvChatFeatureRejected,
    /// `rcvGroupFeatureRejected`.
    RcvGroupFeatureRejected,
    /// `sndModerated`.
    SndModerated,
    /// `rcvModerated`.
    RcvModerated,
    /// `rcvBlocked`.
    RcvBlocked,
    /// `sndDirectE2EEInfo`.
    SndDirectE2eeInfo,
    /// `rcvDirectE2EEInfo`.
    RcvDirectE2eeInfo,
    /// `sndGroupE2EEInfo`.
    SndGroupE2eeInfo,
    /// `rcvGroupE2EEInfo`.
    RcvGroupE2eeInfo,
    /// `chatBanner`.
    ChatBanner,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

tags!(CiContentTag { SndMsgContent "sndMsgContent", RcvMsgContent "rcvMsgContent", SndDeleted "sndDeleted", RcvDeleted "rcvDeleted", SndCall "sndCall", RcvCall "rcvCall", RcvIntegrityError "rcvIntegrityError", RcvDecryptionError "rcvDecryptionError", RcvMsgError "rcvMsgError", RcvGroupInvitation "rcvGroupInvitation", SndGroupInvitation "sndGroupInvitation", RcvDirectEvent "rcvDirectEvent", RcvGroupEvent "rcvGroupEvent", SndGroupEvent "sndGroupEvent", RcvConnEvent "rcvConnEvent", SndConnEvent "sndConnEvent", RcvChatFeature "rcvChatFeature", SndChatFeature "sndChatFeature", RcvChatPreference "rcvChatPreference", SndChatPreference "sndChatPreference", RcvGroupFeature "rcvGroupFeature", SndGroupFeature "sndGroupFeature", RcvChatFeatureRejected "rcvChatFeatureRejected", RcvGroupFeatureRejected "rcvGroupFeatureRejected", SndModerated "sndModerated", RcvModerated "rcvModerated", RcvBlocked "rcvBlocked", SndDirectE2eeInfo "sndDirectE2EEInfo", RcvDirectE2eeInfo "rcvDirectE2EEInfo", SndGroupE2eeInfo "sndGroupE2EEInfo", RcvGroupE2eeInfo "rcvGroupE2EEInfo", ChatBanner "chatBanner",  });

/// `CIDeleted`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum CiDeleted {
    /// `deleted`.
    #[non_exhaustive]
    Deleted {
        /// `deletedTs`.
        deleted_ts: Option<Timestamp>,
        /// `chatType`.
        chat_type: ChatType,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `blocked`.
    #[non_exhaustive]
    Blocked {
        /// `deletedTs`.
        deleted_ts: Option<Timestamp>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `blockedByAdmin`.
    #[non_exhaustive]
    BlockedByAdmin {
        /// `deletedTs`.
        deleted_ts: Option<Timestamp>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `moderated`.
    #[non_exhaustive]
    Moderated {
        /// `deletedTs`.
        deleted_ts: Option<Timestamp>,
        /// `byGroupMember`.
        by_group_member: Box<GroupMember>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// A variant that the schema does not know.
    Unknown(Unknown),
}

union!(CiDeleted, CiDeletedTag { Deleted "deleted" { deleted_ts "deletedTs" opt, chat_type "chatType" req,  };Blocked "blocked" { deleted_ts "deletedTs" opt,  };BlockedByAdmin "blockedByAdmin" { deleted_ts "deletedTs" opt,  };Moderated "moderated" { deleted_ts "deletedTs" opt, by_group_member "byGroupMember" req,  }; } bare {  });

/// The tag of a [`CiDeleted`].
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CiDeletedTag {
    /// `deleted`.
    Deleted,
    /// `blocked`.
    Blocked,
    /// `blockedByAdmin`.
    BlockedByAdmin,
    /// `moderated`.
    Moderated,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

tags!(CiDeletedTag { Deleted "deleted", Blocked "blocked", BlockedByAdmin "blockedByAdmin", Moderated "moderated",  });

/// `CIDirection`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum CiDirection {
    /// `directSnd`.
    DirectSnd,
    /// `directRcv`.
    DirectRcv,
    /// `groupSnd`.
    GroupSnd,
    /// `groupRcv`.
    #[non_exhaustive]
    GroupRcv {
        /// `groupMember`.
        group_member: Box<GroupMember>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `channelRcv`.
    ChannelRcv,
    /// `localSnd`.
    LocalSnd,
    /// `localRcv`.
    LocalRcv,
    /// A variant that the schema does not know.
    Unknown(Unknown),
}

union!(CiDirection, CiDirectionTag { DirectSnd "directSnd";DirectRcv "directRcv";GroupSnd "groupSnd";GroupRcv "groupRcv" { group_member "groupMember" req,  };ChannelRcv "channelRcv";LocalSnd "localSnd";LocalRcv "localRcv"; } bare { "directSnd" => DirectSnd,"directRcv" => DirectRcv,"groupSnd" => GroupSnd,"channelRcv" => ChannelRcv,"localSnd" => LocalSnd,"localRcv" => LocalRcv, });

/// The tag of a [`CiDirection`].
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CiDirectionTag {
    /// `directSnd`.
    DirectSnd,
    /// `directRcv`.
    DirectRcv,
    /// `groupSnd`.
    GroupSnd,
    /// `groupRcv`.
    GroupRcv,
    /// `channelRcv`.
    ChannelRcv,
    /// `localSnd`.
    LocalSnd,
    /// `localRcv`.
    LocalRcv,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

tags!(CiDirectionTag { DirectSnd "directSnd", DirectRcv "directRcv", GroupSnd "groupSnd", GroupRcv "groupRcv", ChannelRcv "channelRcv", LocalSnd "localSnd", LocalRcv "localRcv",  });

/// `CIFileStatus`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum CiFileStatus {
    /// `sndStored`.
    SndStored,
    /// `sndTransfer`.
    #[non_exhaustive]
    SndTransfer {
        /// `sndProgress`.
        snd_progress: i64,
        /// `sndTotal`.
        snd_total: i64,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `sndCancelled`.
    SndCancelled,
    /// `sndComplete`.
    SndComplete,
    /// `sndError`.
    #[non_exhaustive]
    SndError {
        /// `sndFileError`.
        snd_file_error: Box<FileError>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `sndWarning`.
    #[non_exhaustive]
    SndWarning {
        /// `sndFileError`.
        snd_file_error: Box<FileError>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `rcvInvitation`.
    RcvInvitation,
    /// `rcvAccepted`.
    RcvAccepted,
    /// `rcvTransfer`.
    #[non_exhaustive]
    RcvTransfer {
        /// `rcvProgress`.
        rcv_progress: i64,
        /// `rcvTotal`.
        rcv_total: i64,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `rcvAborted`.
    RcvAborted,
    /// `rcvComplete`.
    RcvComplete,
    /// `rcvCancelled`.
    RcvCancelled,
    /// `rcvError`.
    #[non_exhaustive]
    RcvError {
        /// `rcvFileError`.
        rcv_file_error: Box<FileError>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `rcvWarning`.
    #[non_exhaustive]
    RcvWarning {
        /// `rcvFileError`.
        rcv_file_error: Box<FileError>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `invalid`.
    #[non_exhaustive]
    Invalid {
        /// `text`.
        text: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// A variant that the schema does not know.
    Unknown(Unknown),
}

union!(CiFileStatus, CiFileStatusTag { SndStored "sndStored";SndTransfer "sndTransfer" { snd_progress "sndProgress" req, snd_total "sndTotal" req,  };SndCancelled "sndCancelled";SndComplete "sndComplete";SndError "sndError" { snd_file_error "sndFileError" req,  };SndWarning "sndWarning" { snd_file_error "sndFileError" req,  };RcvInvitation "rcvInvitation";RcvAccepted "rcvAccepted";RcvTransfer "rcvTransfer" { rcv_progress "rcvProgress" req, rcv_total "rcvTotal" req,  };RcvAborted "rcvAborted";RcvComplete "rcvComplete";RcvCancelled "rcvCancelled";RcvError "rcvError" { rcv_file_error "rcvFileError" req,  };RcvWarning "rcvWarning" { rcv_file_error "rcvFileError" req,  };Invalid "invalid" { text "text" req,  }; } bare { "sndStored" => SndStored,"sndCancelled" => SndCancelled,"sndComplete" => SndComplete,"rcvInvitation" => RcvInvitation,"rcvAccepted" => RcvAccepted,"rcvAborted" => RcvAborted,"rcvComplete" => RcvComplete,"rcvCancelled" => RcvCancelled, });

/// The tag of a [`CiFileStatus`].
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CiFileStatusTag {
    /// `sndStored`.
    SndStored,
    /// `sndTransfer`.
    SndTransfer,
    /// `sndCancelled`.
    SndCancelled,
    /// `sndComplete`.
    SndComplete,
    /// `sndError`.
    SndError,
    /// `sndWarning`.
    SndWarning,
    /// `rcvInvitation`.
    RcvInvitation,
    /// `rcvAccepted`.
    RcvAccepted,
    /// `rcvTransfer`.
    RcvTransfer,
    /// `rcvAborted`.
    RcvAborted,
    /// `rcvComplete`.
    RcvComplete,
    /// `rcvCancelled`.
    RcvCancelled,
    /// `rcvError`.
    RcvError,
    /// `rcvWarning`.
    RcvWarning,
    /// `invalid`.
    Invalid,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

tags!(CiFileStatusTag { SndStored "sndStored", SndTransfer "sndTransfer", SndCancelled "sndCancelled", SndComplete "sndComplete", SndError "sndError", SndWarning "sndWarning", RcvInvitation "rcvInvitation", RcvAccepted "rcvAccepted", RcvTransfer "rcvTransfer", RcvAborted "rcvAborted", RcvComplete "rcvComplete", RcvCancelled "rcvCancelled", RcvError "rcvError", RcvWarning "rcvWarning", Invalid "invalid",  });

/// `CIForwardedFrom`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum CiForwardedFrom {
    /// `unknown`.
    NotKnown,
    /// `contact`.
    #[non_exhaustive]
    Contact {
        /// `chatName`.
        chat_name: String,
        /// `msgDir`.
        msg_dir: MsgDirection,
        /// `contactId`.
        contact_id: Option<ContactId>,
        /// `chatItemId`.
        chat_item_id: Option<ChatItemId>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `group`.
    #[non_exhaustive]
    Group {
        /// `chatName`.
        chat_name: String,
        /// `msgDir`.
        msg_dir: MsgDirection,
        /// `groupId`.
        group_id: Option<GroupId>,
        /// `chatItemId`.
        chat_item_id: Option<ChatItemId>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// A variant that the schema does not know.
    Unknown(Unknown),
}

union!(CiForwardedFrom, CiForwardedFromTag { NotKnown "unknown";Contact "contact" { chat_name "chatName" req, msg_dir "msgDir" req, contact_id "contactId" opt, chat_item_id "chatItemId" opt,  };Group "group" { chat_name "chatName" req, msg_dir "msgDir" req, group_id "groupId" opt, chat_item_id "chatItemId" opt,  }; } bare { "unknown" => NotKnown, });

/// The tag of a [`CiForwardedFrom`].
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CiForwardedFromTag {
    /// `unknown`.
    NotKnown,
    /// `contact`.
    Contact,
    /// `group`.
    Group,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

tags!(CiForwardedFromTag { NotKnown "unknown", Contact "contact", Group "group",  });

/// `CIStatus`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum CiStatus {
    /// `sndNew`.
    SndNew,
    /// `sndSent`.
    #[non_exhaustive]
    SndSent {
        /// `sndProgress`.
        snd_progress: SndCiStatusProgress,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `sndRcvd`.
    #[non_exhaustive]
    SndRcvd {
        /// `msgRcptStatus`.
        msg_rcpt_status: MsgReceiptStatus,
        /// `sndProgress`.
        snd_progress: SndCiStatusProgress,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `sndErrorAuth`.
    SndErrorAuth,
    /// `sndError`.
    #[non_exhaustive]
    SndError {
        /// `agentError`.
        agent_error: Box<SndError>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `sndWarning`.
    #[non_exhaustive]
    SndWarning {
        /// `agentError`.
        agent_error: Box<SndError>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `rcvNew`.
    RcvNew,
    /// `rcvRead`.
    RcvRead,
    /// `invalid`.
    #[non_exhaustive]
    Invalid {
        /// `text`.
        text: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// A variant that the schema does not know.
    Unknown(Unknown),
}

union!(CiStatus, CiStatusTag { SndNew "sndNew";SndSent "sndSent" { snd_progress "sndProgress" req,  };SndRcvd "sndRcvd" { msg_rcpt_status "msgRcptStatus" req, snd_progress "sndProgress" req,  };SndErrorAuth "sndErrorAuth";SndError "sndError" { agent_error "agentError" req,  };SndWarning "sndWarning" { agent_error "agentError" req,  };RcvNew "rcvNew";RcvRead "rcvRead";Invalid "invalid" { text "text" req,  }; } bare { "sndNew" => SndNew,"sndErrorAuth" => SndErrorAuth,"rcvNew" => RcvNew,"rcvRead" => RcvRead, });

/// The tag of a [`CiStatus`].
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CiStatusTag {
    /// `sndNew`.
    SndNew,
    /// `sndSent`.
    SndSent,
    /// `sndRcvd`.
    SndRcvd,
    /// `sndErrorAuth`.
    SndErrorAuth,
    /// `sndError`.
    SndError,
    /// `sndWarning`.
    SndWarning,
    /// `rcvNew`.
    RcvNew,
    /// `rcvRead`.
    RcvRead,
    /// `invalid`.
    Invalid,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

tags!(CiStatusTag { SndNew "sndNew", SndSent "sndSent", SndRcvd "sndRcvd", SndErrorAuth "sndErrorAuth", SndError "sndError", SndWarning "sndWarning", RcvNew "rcvNew", RcvRead "rcvRead", Invalid "invalid",  });

/// `ChatBotCommand`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum ChatBotCommand {
    /// `command`.
    #[non_exhaustive]
    Command {
        /// `keyword`.
        keyword: String,
        /// `label`.
        label: String,
        /// `params`.
        params: Option<String>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `menu`.
    #[non_exhaustive]
    Menu {
        /// `label`.
        label: String,
        /// `commands`.
        commands: Vec<ChatBotCommand>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// A variant that the schema does not know.
    Unknown(Unknown),
}

union!(ChatBotCommand, ChatBotCommandTag { Command "command" { keyword "keyword" req, label "label" req, params "params" opt,  };Menu "menu" { label "label" req, commands "commands" deflist,  }; } bare {  });

impl ChatBotCommand {
    /// `command`.
    pub fn command(keyword: impl Into<String>, label: impl Into<String>, params: impl Into<Option<String>>) -> Self {
        Self::Command { keyword: keyword.into(), label: label.into(), params: params.into(), extra: Extra::default() }
    }

    /// `menu`.
    pub fn menu(label: impl Into<String>, commands: Vec<ChatBotCommand>) -> Self {
        Self::Menu { label: label.into(), commands, extra: Extra::default() }
    }
}

/// The tag of a [`ChatBotCommand`].
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ChatBotCommandTag {
    /// `command`.
    Command,
    /// `menu`.
    Menu,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

tags!(ChatBotCommandTag { Command "command", Menu "menu",  });

/// `ChatError`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum ChatError {
    /// `error`.
    #[non_exhaustive]
    Error {
        /// `errorType`.
        error_type: Box<ChatErrorType>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `errorAgent`.
    #[non_exhaustive]
    ErrorAgent {
        /// `agentError`.
        agent_error: Box<AgentErrorType>,
        /// `agentConnId`.
        agent_conn_id: String,
        /// `connectionEntity_`.
        connection_entity: Option<ConnectionEntity>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `errorStore`.
    #[non_exhaustive]
    ErrorStore {
        /// `storeError`.
        store_error: Box<StoreError>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `errorDatabase`.
    #[non_exhaustive]
    ErrorDatabase {
        /// `databaseError`.
        database_error: RawJson,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// A variant that the schema does not know.
    Unknown(Unknown),
}

union!(ChatError, ChatErrorTag { Error "error" { error_type "errorType" req,  };ErrorAgent "errorAgent" { agent_error "agentError" req, agent_conn_id "agentConnId" auto, connection_entity "connectionEntity_" opt,  };ErrorStore "errorStore" { store_error "storeError" req,  };ErrorDatabase "errorDatabase" { database_error "databaseError" req,  }; } bare {  });

/// The tag of a [`ChatError`].
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ChatErrorTag {
    /// `error`.
    Error,
    /// `errorAgent`.
    ErrorAgent,
    /// `errorStore`.
    ErrorStore,
    /// `errorDatabase`.
    ErrorDatabase,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

tags!(ChatErrorTag { Error "error", ErrorAgent "errorAgent", ErrorStore "errorStore", ErrorDatabase "errorDatabase",  });

/// `ChatErrorType`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum ChatErrorType {
    /// `noActiveUser`.
    NoActiveUser,
    /// `noConnectionUser`.
    #[non_exhaustive]
    NoConnectionUser {
        /// `agentConnId`.
        agent_conn_id: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `noSndFileUser`.
    #[non_exhaustive]
    NoSndFileUser {
        /// `agentSndFileId`.
        agent_snd_file_id: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `noRcvFileUser`.
    #[non_exhaustive]
    NoRcvFileUser {
        /// `agentRcvFileId`.
        agent_rcv_file_id: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `userUnknown`.
    UserUnknown,
    /// `userExists`.
    #[non_exhaustive]
    UserExists {
        /// `contactName`.
        contact_name: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `chatRelayExists`.
    ChatRelayExists,
    /// `differentActiveUser`.
    #[non_exhaustive]
    DifferentActiveUser {
        /// `commandUserId`.
        command_user_id: UserId,
        /// `activeUserId`.
        active_user_id: UserId,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `cantDeleteActiveUser`.
    #[non_exhaustive]
    CantDeleteActiveUser {
        /// `userId`.
        user_id: UserId,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `cantDeleteLastUser`.
    #[non_exhaustive]
    CantDeleteLastUser {
        /// `userId`.
        user_id: UserId,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `cantHideLastUser`.
    #[non_exhaustive]
    CantHideLastUser {
        /// `userId`.
        user_id: UserId,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `hiddenUserAlwaysMuted`.
    #[non_exhaustive]
    HiddenUserAlwaysMuted {
        /// `userId`.
        user_id: UserId,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `emptyUserPassword`.
    #[non_exhaustive]
    EmptyUserPassword {
        /// `userId`.
        user_id: UserId,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `userAlreadyHidden`.
    #[non_exhaustive]
    UserAlreadyHidden {
        /// `userId`.
        user_id: UserId,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `userNotHidden`.
    #[non_exhaustive]
    UserNotHidden {
        /// `userId`.
        user_id: UserId,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `invalidDisplayName`.
    #[non_exhaustive]
    InvalidDisplayName {
        /// `displayName`.
        display_name: String,
        /// `validName`.
        valid_name: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `chatNotStarted`.
    ChatNotStarted,
    /// `chatNotStopped`.
    ChatNotStopped,
    /// `chatStoreChanged`.
    ChatStoreChanged,
    /// `invalidConnReq`.
    InvalidConnReq,
    /// `simplexDomainNotReady`.
    #[non_exhaustive]
    SimplexDomainNotReady {
        /// `simplexDomain`.
        simplex_domain: Box<SimplexDomain>,
        /// `simplexDomainError`.
        simplex_domain_error: SimplexDomainError,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `notResolvedLocally`.
    NotResolvedLocally,
    /// `unsupportedConnReq`.
    UnsupportedConnReq,
    /// `connReqMessageProhibited`.
    ConnReqMessageProhibited,
    /// `contactNotReady`.
    #[non_exhaustive]
    ContactNotReady {
        /// `contact`.
        contact: Box<Contact>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `contactNotActive`.
    #[non_exhaustive]
    ContactNotActive {
        /// `contact`.
        contact: Box<Contact>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `contactDisabled`.
    #[non_exhaustive]
    ContactDisabled {
        /// `contact`.
        contact: Box<Contact>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `connectionDisabled`.
    #[non_exhaustive]
    ConnectionDisabled {
        /// `connection`.
        connection: Box<Connection>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `groupUserRole`.
    #[non_exhaustive]
    GroupUserRole {
        /// `groupInfo`.
        group_info: Box<GroupInfo>,
        /// `requiredRole`.
        required_role: GroupMemberRole,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `groupMemberInitialRole`.
    #[non_exhaustive]
    GroupMemberInitialRole {
        /// `groupInfo`.
        group_info: Box<GroupInfo>,
        /// `initialRole`.
        initial_role: GroupMemberRole,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `contactIncognitoCantInvite`.
    ContactIncognitoCantInvite,
    /// `groupIncognitoCantInvite`.
    GroupIncognitoCantInvite,
    /// `groupContactRole`.
    #[non_exhaustive]
    GroupContactRole {
        /// `contactName`.
        contact_name: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `groupDuplicateMember`.
    #[non_exhaustive]
    GroupDuplicateMember {
        /// `contactName`.
        contact_name: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `groupDuplicateMemberId`.
    GroupDuplicateMemberId,
    /// `groupNotJoined`.
    #[non_exhaustive]
    GroupNotJoined {
        /// `groupInfo`.
        group_info: Box<GroupInfo>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `groupMemberNotActive`.
    GroupMemberNotActive,
    /// `cantBlockMemberForSelf`.
    #[non_exhaustive]
    CantBlockMemberForSelf {
        /// `groupInfo`.
        group_info: Box<GroupInfo>,
        /// `member`.
        member: Box<GroupMember>,
        /// `setShowMessages`.
        set_show_messages: bool,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `groupMemberUserRemoved`.
    GroupMemberUserRemoved,
    /// `groupMemberNotFound`.
    GroupMemberNotFound,
    /// `groupCantResendInvitation`.
    #[non_exhaustive]
    GroupCantResendInvitation {
        /// `groupInfo`.
        group_info: Box<GroupInfo>,
        /// `contactName`.
        contact_name: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `groupInternal`.
    #[non_exhaustive]
    GroupInternal {
        /// `message`.
        message: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `fileNotFound`.
    #[non_exhaustive]
    FileNotFound {
        /// `message`.
        message: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `fileSize`.
    #[non_exhaustive]
    FileSize {
        /// `filePath`.
        file_path: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `fileAlreadyReceiving`.
    #[non_exhaustive]
    FileAlreadyReceiving {
        /// `message`.
        message: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `fileCancelled`.
    #[non_exhaustive]
    FileCancelled {
        /// `message`.
        message: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `fileCancel`.
    #[non_exhaustive]
    FileCancel {
        /// `fileId`.
        file_id: FileId,
        /// `message`.
        message: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `fileAlreadyExists`.
    #[non_exhaustive]
    FileAlreadyExists {
        /// `filePath`.
        file_path: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `fileWrite`.
    #[non_exhaustive]
    FileWrite {
        /// `filePath`.
        file_path: String,
        /// `message`.
        message: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `fileSend`.
    #[non_exhaustive]
    FileSend {
        /// `fileId`.
        file_id: FileId,
        /// `agentError`.
        agent_error: Box<AgentErrorType>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `fileRcvChunk`.
    #[non_exhaustive]
    FileRcvChunk {
        /// `message`.
        message: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `fileInternal`.
    #[non_exhaustive]
    FileInternal {
        /// `message`.
        message: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `fileImageType`.
    #[non_exhaustive]
    FileImageType {
        /// `filePath`.
        file_path: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `fileImageSize`.
    #[non_exhaustive]
    FileImageSize {
        /// `filePath`.
        file_path: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `fileNotReceived`.
    #[non_exhaustive]
    FileNotReceived {
        /// `fileId`.
        file_id: FileId,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `fileNotApproved`.
    #[non_exhaustive]
    FileNotApproved {
        /// `fileId`.
        file_id: FileId,
        /// `unknownServers`.
        unknown_servers: Vec<String>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `fallbackToSMPProhibited`.
    #[non_exhaustive]
    FallbackToSmpProhibited {
        /// `fileId`.
        file_id: FileId,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `inlineFileProhibited`.
    #[non_exhaustive]
    InlineFileProhibited {
        /// `fileId`.
        file_id: FileId,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `invalidForward`.
    InvalidForward,
    /// `invalidChatItemUpdate`.
    InvalidChatItemUpdate,
    /// `invalidChatItemDelete`.
    InvalidChatItemDelete,
    /// `hasCurrentCall`.
    HasCurrentCall,
    /// `noCurrentCall`.
    NoCurrentCall,
    /// `callContact`.
    #[non_exhaustive]
    CallContact {
        /// `contactId`.
        contact_id: ContactId,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `directMessagesProhibited`.
    #[non_exhaustive]
    DirectMessagesProhibited {
        /// `direction`.
        direction: MsgDirection,
        /// `contact`.
        contact: Box<Contact>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `agentVersion`.
    AgentVersion,
    /// `agentNoSubResult`.
    #[non_exhaustive]
    AgentNoSubResult {
        /// `agentConnId`.
        agent_conn_id: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `commandError`.
    #[non_exhaustive]
    CommandError {
        /// `message`.
        message: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `agentCommandError`.
    #[non_exhaustive]
    AgentCommandError {
        /// `message`.
        message: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `invalidFileDescription`.
    #[non_exhaustive]
    InvalidFileDescription {
        /// `message`.
        message: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `connectionIncognitoChangeProhibited`.
    ConnectionIncognitoChangeProhibited,
    /// `connectionUserChangeProhibited`.
    ConnectionUserChangeProhibited,
    /// `peerChatVRangeIncompatible`.
    PeerChatVRangeIncompatible,
    /// `relayTestError`.
    #[non_exhaustive]
    RelayTestError {
        /// `message`.
        message: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `internalError`.
    #[non_exhaustive]
    InternalError {
        /// `message`.
        message: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `exception`.
    #[non_exhaustive]
    Exception {
        /// `message`.
        message: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `contactNotFound`.
    #[non_exhaustive]
    ContactNotFound {
        /// `contactName`.
        contact_name: String,
        /// `suspectedMember`.
        suspected_member: Option<RawJson>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// A variant that the schema does not know.
    Unknown(Unknown),
}

union!(ChatErrorType, ChatErrorTypeTag { NoActiveUser "noActiveUser";NoConnectionUser "noConnectionUser" { agent_conn_id "agentConnId" req,  };NoSndFileUser "noSndFileUser" { agent_snd_file_id "agentSndFileId" req,  };NoRcvFileUser "noRcvFileUser" { agent_rcv_file_id "agentRcvFileId" req,  };UserUnknown "userUnknown";UserExists "userExists" { contact_name "contactName" req,  };ChatRelayExists "chatRelayExists";DifferentActiveUser "differentActiveUser" { command_user_id "commandUserId" req, active_user_id "activeUserId" req,  };CantDeleteActiveUser "cantDeleteActiveUser" { user_id "userId" req,  };CantDeleteLastUser "cantDeleteLastUser" { user_id "userId" req,  };CantHideLastUser "cantHideLastUser" { user_id "userId" req,  };HiddenUserAlwaysMuted "hiddenUserAlwaysMuted" { user_id "userId" req,  };EmptyUserPassword "emptyUserPassword" { user_id "userId" req,  };UserAlreadyHidden "userAlreadyHidden" { user_id "userId" req,  };UserNotHidden "userNotHidden" { user_id "userId" req,  };InvalidDisplayName "invalidDisplayName" { display_name "displayName" req, valid_name "validName" req,  };ChatNotStarted "chatNotStarted";ChatNotStopped "chatNotStopped";ChatStoreChanged "chatStoreChanged";InvalidConnReq "invalidConnReq";SimplexDomainNotReady "simplexDomainNotReady" { simplex_domain "simplexDomain" req, simplex_domain_error "simplexDomainError" req,  };NotResolvedLocally "notResolvedLocally";UnsupportedConnReq "unsupportedConnReq";ConnReqMessageProhibited "connReqMessageProhibited";ContactNotReady "contactNotReady" { contact "contact" req,  };ContactNotActive "contactNotActive" { contact "contact" req,  };ContactDisabled "contactDisabled" { contact "contact" req,  };ConnectionDisabled "connectionDisabled" { connection "connection" req,  };GroupUserRole "groupUserRole" { group_info "groupInfo" req, required_role "requiredRole" req,  };GroupMemberInitialRole "groupMemberInitialRole" { group_info "groupInfo" req, initial_role "initialRole" req,  };ContactIncognitoCantInvite "contactIncognitoCantInvite";GroupIncognitoCantInvite "groupIncognitoCantInvite";GroupContactRole "groupContactRole" { contact_name "contactName" req,  };GroupDuplicateMember "groupDuplicateMember" { contact_name "contactName" req,  };GroupDuplicateMemberId "groupDuplicateMemberId";GroupNotJoined "groupNotJoined" { group_info "groupInfo" req,  };GroupMemberNotActive "groupMemberNotActive";CantBlockMemberForSelf "cantBlockMemberForSelf" { group_info "groupInfo" req, member "member" req, set_show_messages "setShowMessages" auto,  };GroupMemberUserRemoved "groupMemberUserRemoved";GroupMemberNotFound "groupMemberNotFound";GroupCantResendInvitation "groupCantResendInvitation" { group_info "groupInfo" req, contact_name "contactName" req,  };GroupInternal "groupInternal" { message "message" req,  };FileNotFound "fileNotFound" { message "message" req,  };FileSize "fileSize" { file_path "filePath" req,  };FileAlreadyReceiving "fileAlreadyReceiving" { message "message" req,  };FileCancelled "fileCancelled" { message "message" req,  };FileCancel "fileCancel" { file_id "fileId" req, message "message" req,  };FileAlreadyExists "fileAlreadyExists" { file_path "filePath" req,  };FileWrite "fileWrite" { file_path "filePath" req, message "message" req,  };FileSend "fileSend" { file_id "fileId" req, agent_error "agentError" req,  };FileRcvChunk "fileRcvChunk" { message "message" req,  };FileInternal "fileInternal" { message "message" req,  };FileImageType "fileImageType" { file_path "filePath" req,  };FileImageSize "fileImageSize" { file_path "filePath" req,  };FileNotReceived "fileNotReceived" { file_id "fileId" req,  };FileNotApproved "fileNotApproved" { file_id "fileId" req, unknown_servers "unknownServers" deflist,  };FallbackToSmpProhibited "fallbackToSMPProhibited" { file_id "fileId" req,  };InlineFileProhibited "inlineFileProhibited" { file_id "fileId" req,  };InvalidForward "invalidForward";InvalidChatItemUpdate "invalidChatItemUpdate";InvalidChatItemDelete "invalidChatItemDelete";HasCurrentCall "hasCurrentCall";NoCurrentCall "noCurrentCall";CallContact "callContact" { contact_id "contactId" req,  };DirectMessagesProhibited "directMessagesProhibited" { direction "direction" req, contact "contact" req,  };AgentVersion "agentVersion";AgentNoSubResult "agentNoSubResult" { agent_conn_id "agentConnId" req,  };CommandError "commandError" { message "message" req,  };AgentCommandError "agentCommandError" { message "message" req,  };InvalidFileDescription "invalidFileDescription" { message "message" req,  };ConnectionIncognitoChangeProhibited "connectionIncognitoChangeProhibited";ConnectionUserChangeProhibited "connectionUserChangeProhibited";PeerChatVRangeIncompatible "peerChatVRangeIncompatible";RelayTestError "relayTestError" { message "message" req,  };InternalError "internalError" { message "message" req,  };Exception "exception" { message "message" req,  };ContactNotFound "contactNotFound" { contact_name "contactName" req, suspected_member "suspectedMember" opt,  }; } bare { "noActiveUser" => NoActiveUser,"userUnknown" => UserUnknown,"chatRelayExists" => ChatRelayExists,"chatNotStarted" => ChatNotStarted,"chatNotStopped" => ChatNotStopped,"chatStoreChanged" => ChatStoreChanged,"invalidConnReq" => InvalidConnReq,"notResolvedLocally" => NotResolvedLocally,"unsupportedConnReq" => UnsupportedConnReq,"connReqMessageProhibited" => ConnReqMessageProhibited,"contactIncognitoCantInvite" => ContactIncognitoCantInvite,"groupIncognitoCantInvite" => GroupIncognitoCantInvite,"groupDuplicateMemberId" => GroupDuplicateMemberId,"groupMemberNotActive" => GroupMemberNotActive,"groupMemberUserRemoved" => GroupMemberUserRemoved,"groupMemberNotFound" => GroupMemberNotFound,"invalidForward" => InvalidForward,"invalidChatItemUpdate" => InvalidChatItemUpdate,"invalidChatItemDelete" => InvalidChatItemDelete,"hasCurrentCall" => HasCurrentCall,"noCurrentCall" => NoCurrentCall,"agentVersion" => AgentVersion,"connectionIncognitoChangeProhibited" => ConnectionIncognitoChangeProhibited,"connectionUserChangeProhibited" => ConnectionUserChangeProhibited,"peerChatVRangeIncompatible" => PeerChatVRangeIncompatible, });

/// The tag of a [`ChatErrorType`].
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ChatErrorTypeTag {
    /// `noActiveUser`.
    NoActiveUser,
    /// `noConnectionUser`.
    NoConnectionUser,
    /// `noSndFileUser`.
    NoSndFileUser,
    /// `noRcvFileUser`.
    NoRcvFileUser,
    /// `userUnknown`.
    UserUnknown,
    /// `userExists`.
    UserExists,
    /// `chatRelayExists`.
    ChatRelayExists,
    /// `differentActiveUser`.
    DifferentActiveUser,
    /// `cantDeleteActiveUser`.
    CantDeleteActiveUser,
    /// `cantDeleteLastUser`.
    CantDeleteLastUser,
    /// `cantHideLastUser`.
    CantHideLastUser,
    /// `hiddenUserAlwaysMuted`.
    HiddenUserAlwaysMuted,
    /// `emptyUserPassword`.
    EmptyUserPassword,
    /// `userAlreadyHidden`.
    UserAlreadyHidden,
    /// `userNotHidden`.
    UserNotHidden,
    /// `invalidDisplayName`.
    InvalidDisplayName,
    /// `chatNotStarted`.
    ChatNotStarted,
    /// `chatNotStopped`.
    ChatNotStopped,
    /// `chatStoreChanged`.
    ChatStoreChanged,
    /// `invalidConnReq`.
    InvalidConnReq,
    /// `simplexDomainNotReady`.
    SimplexDomainNotReady,
    /// `notResolvedLocally`.
    NotResolvedLocally,
    /// `unsupportedConnReq`.
    UnsupportedConnReq,
    /// `connReqMessageProhibited`.
    ConnReqMessageProhibited,
    /// `contactNotReady`.
    ContactNotReady,
    /// `contactNotActive`.
    ContactNotActive,
    /// `contactDisabled`.
    ContactDisabled,
    /// `connectionDisabled`.
    ConnectionDisabled,
    /// `groupUserRole`.
    GroupUserRole,
    /// `groupMemberInitialRole`.
    GroupMemberInitialRole,
    /// `contactIncognitoCantInvite`.
    ContactIncognitoCantInvite,
    /// `groupIncognitoCantInvite`.
    GroupIncognitoCantInvite,
    /// `groupContactRole`.
    GroupContactRole,
    /// `groupDuplicateMember`.
    GroupDuplicateMember,
    /// `groupDuplicateMemberId`.
    GroupDuplicateMemberId,
    /// `groupNotJoined`.
    GroupNotJoined,
    /// `groupMemberNotActive`.
    GroupMemberNotActive,
    /// `cantBlockMemberForSelf`.
    CantBlockMemberForSelf,
    /// `groupMemberUserRemoved`.
    GroupMemberUserRemoved,
    /// `groupMemberNotFound`.
    GroupMemberNotFound,
    /// `groupCantResendInvitation`.
    GroupCantResendInvitation,
    /// `groupInternal`.
    GroupInternal,
    /// `fileNotFound`.
    FileNotFound,
    /// `fileSize`.
    FileSize,
    /// `fileAlreadyReceiving`.
    FileAlreadyReceiving,
    /// `fileCancelled`.
    FileCancelled,
    /// `fileCancel`.
    FileCancel,
    /// `fileAlreadyExists`.
    FileAlreadyExists,
    /// `fileWrite`.
    FileWrite,
    /// `fileSend`.
    FileSend,
    /// `fileRcvChunk`.
    FileRcvChunk,
    /// `fileInternal`.
    FileInternal,
    /// `fileImageType`.
    FileImageType,
    /// `fileImageSize`.
    FileImageSize,
    /// `fileNotReceived`.
    FileNotReceived,
    /// `fileNotApproved`.
    FileNotApproved,
    /// `fallbackToSMPProhibited`.
    FallbackToSmpProhibited,
    /// `inlineFileProhibited`.
    InlineFileProhibited,
    /// `invalidForward`.
    InvalidForward,
    /// `invalidChatItemUpdate`.
    InvalidChatItemUpdate,
    /// `invalidChatItemDelete`.
    InvalidChatItemDelete,
    /// `hasCurrentCall`.
    HasCurrentCall,
    /// `noCurrentCall`.
    NoCurrentCall,
    /// `callContact`.
    CallContact,
    /// `directMessagesProhibited`.
    DirectMessagesProhibited,
    /// `agentVersion`.
    AgentVersion,
    /// `agentNoSubResult`.
    AgentNoSubResult,
    /// `commandError`.
    CommandError,
    /// `agentCommandError`.
    AgentCommandError,
    /// `invalidFileDescription`.
    InvalidFileDescription,
    /// `connectionIncognitoChangeProhibited`.
    ConnectionIncognitoChangeProhibited,
    /// `connectionUserChangeProhibited`.
    ConnectionUserChangeProhibited,
    /// `peerChatVRangeIncompatible`.
    PeerChatVRangeIncompatible,
    /// `relayTestError`.
    RelayTestError,
    /// `internalError`.
    InternalError,
    /// `exception`.
    Exception,
    /// `contactNotFound`.
    ContactNotFound,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

tags!(ChatErrorTypeTag { NoActiveUser "noActiveUser", NoConnectionUser "noConnectionUser", NoSndFileUser "noSndFileUser", NoRcvFileUser "noRcvFileUser", UserUnknown "userUnknown", UserExists "userExists", ChatRelayExists "chatRelayExists", DifferentActiveUser "differentActiveUser", CantDeleteActiveUser "cantDeleteActiveUser", CantDeleteLastUser "cantDeleteLastUser", CantHideLastUser "cantHideLastUser", HiddenUserAlwaysMuted "hiddenUserAlwaysMuted", EmptyUserPassword "emptyUserPassword", UserAlreadyHidden "userAlreadyHidden", UserNotHidden "userNotHidden", InvalidDisplayName "invalidDisplayName", ChatNotStarted "chatNotStarted", ChatNotStopped "chatNotStopped", ChatStoreChanged "chatStoreChanged", InvalidConnReq "invalidConnReq", SimplexDomainNotReady "simplexDomainNotReady", NotResolvedLocally "notResolvedLocally", UnsupportedConnReq "unsupportedConnReq", ConnReqMessageProhibited "connReqMessageProhibited", ContactNotReady "contactNotReady", ContactNotActive "contactNotActive", ContactDisabled "contactDisabled", ConnectionDisabled "connectionDisabled", GroupUserRole "groupUserRole", GroupMemberInitialRole "groupMemberInitialRole", ContactIncognitoCantInvite "contactIncognitoCantInvite", GroupIncognitoCantInvite "groupIncognitoCantInvite", GroupContactRole "groupContactRole", GroupDuplicateMember "groupDuplicateMember", GroupDuplicateMemberId "groupDuplicateMemberId", GroupNotJoined "groupNotJoined", GroupMemberNotActive "groupMemberNotActive", CantBlockMemberForSelf "cantBlockMemberForSelf", GroupMemberUserRemoved "groupMemberUserRemoved", GroupMemberNotFound "groupMemberNotFound", GroupCantResendInvitation "groupCantResendInvitation", GroupInternal "groupInternal", FileNotFound "fileNotFound", FileSize "fileSize", FileAlreadyReceiving "fileAlreadyReceiving", FileCancelled "fileCancelled", FileCancel "fileCancel", FileAlreadyExists "fileAlreadyExists", FileWrite "fileWrite", FileSend "fileSend", FileRcvChunk "fileRcvChunk", FileInternal "fileInternal", FileImageType "fileImageType", FileImageSize "fileImageSize", FileNotReceived "fileNotReceived", FileNotApproved "fileNotApproved", FallbackToSmpProhibited "fallbackToSMPProhibited", InlineFileProhibited "inlineFileProhibited", InvalidForward "invalidForward", InvalidChatItemUpdate "invalidChatItemUpdate", InvalidChatItemDelete "invalidChatItemDelete", HasCurrentCall "hasCurrentCall", NoCurrentCall "noCurrentCall", CallContact "callContact", DirectMessagesProhibited "directMessagesProhibited", AgentVersion "agentVersion", AgentNoSubResult "agentNoSubResult", CommandError "commandError", AgentCommandError "agentCommandError", InvalidFileDescription "invalidFileDescription", ConnectionIncognitoChangeProhibited "connectionIncognitoChangeProhibited", ConnectionUserChangeProhibited "connectionUserChangeProhibited", PeerChatVRangeIncompatible "peerChatVRangeIncompatible", RelayTestError "relayTestError", InternalError "internalError", Exception "exception", ContactNotFound "contactNotFound",  });

/// `ChatInfo`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum ChatInfo {
    /// `direct`.
    #[non_exhaustive]
    Direct {
        /// `contact`.
        contact: Box<Contact>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `group`.
    #[non_exhaustive]
    Group {
        /// `groupInfo`.
        group_info: Box<GroupInfo>,
        /// `groupChatScope`.
        group_chat_scope: Option<GroupChatScopeInfo>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `local`.
    #[non_exhaustive]
    Local {
        /// `noteFolder`.
        note_folder: Box<NoteFolder>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `contactRequest`.
    #[non_exhaustive]
    ContactRequest {
        /// `contactRequest`.
        contact_request: Box<UserContactRequest>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `contactConnection`.
    #[non_exhaustive]
    ContactConnection {
        /// `contactConnection`.
        contact_connection: Box<PendingContactConnection>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// A variant that the schema does not know.
    Unknown(Unknown),
}

union!(ChatInfo, ChatInfoTag { Direct "direct" { contact "contact" req,  };Group "group" { group_info "groupInfo" req, group_chat_scope "groupChatScope" opt,  };Local "local" { note_folder "noteFolder" req,  };ContactRequest "contactRequest" { contact_request "contactRequest" req,  };ContactConnection "contactConnection" { contact_connection "contactConnection" req,  }; } bare {  });

/// The tag of a [`ChatInfo`].
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ChatInfoTag {
    /// `direct`.
    Direct,
    /// `group`.
    Group,
    /// `local`.
    Local,
    /// `contactRequest`.
    ContactRequest,
    /// `contactConnection`.
    ContactConnection,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

tags!(ChatInfoTag { Direct "direct", Group "group", Local "local", ContactRequest "contactRequest", ContactConnection "contactConnection",  });

/// `ChatListQuery`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum ChatListQuery {
    /// `filters`.
    #[non_exhaustive]
    Filters {
        /// `favorite`.
        favorite: bool,
        /// `unread`.
        unread: bool,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `search`.
    #[non_exhaustive]
    Search {
        /// `search`.
        search: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// A variant that the schema does not know.
    Unknown(Unknown),
}

union!(ChatListQuery, ChatListQueryTag { Filters "filters" { favorite "favorite" auto, unread "unread" auto,  };Search "search" { search "search" req,  }; } bare {  });

impl ChatListQuery {
    /// `filters`.
    pub fn filters(favorite: bool, unread: bool) -> Self {
        Self::Filters { favorite, unread, extra: Extra::default() }
    }

    /// `search`.
    pub fn search(search: impl Into<String>) -> Self {
        Self::Search { search: search.into(), extra: Extra::default() }
    }
}

/// The tag of a [`ChatListQuery`].
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ChatListQueryTag {
    /// `filters`.
    Filters,
    /// `search`.
    Search,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

tags!(ChatListQueryTag { Filters "filters", Search "search",  });

/// `CommandError`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum CommandError {
    /// `UNKNOWN`.
    NotKnown,
    /// `SYNTAX`.
    Syntax,
    /// `PROHIBITED`.
    Prohibited,
    /// `NO_AUTH`.
    NoAuth,
    /// `HAS_AUTH`.
    HasAuth,
    /// `NO_ENTITY`.
    NoEntity,
    /// A variant that the schema does not know.
    Unknown(Unknown),
}

union!(CommandError, CommandErrorTag { NotKnown "UNKNOWN";Syntax "SYNTAX";Prohibited "PROHIBITED";NoAuth "NO_AUTH";HasAuth "HAS_AUTH";NoEntity "NO_ENTITY"; } bare { "UNKNOWN" => NotKnown,"SYNTAX" => Syntax,"PROHIBITED" => Prohibited,"NO_AUTH" => NoAuth,"HAS_AUTH" => HasAuth,"NO_ENTITY" => NoEntity, });

/// The tag of a [`CommandError`].
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CommandErrorTag {
    /// `UNKNOWN`.
    NotKnown,
    /// `SYNTAX`.
    Syntax,
    /// `PROHIBITED`.
    Prohibited,
    /// `NO_AUTH`.
    NoAuth,
    /// `HAS_AUTH`.
    HasAuth,
    /// `NO_ENTITY`.
    NoEntity,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

tags!(CommandErrorTag { NotKnown "UNKNOWN", Syntax "SYNTAX", Prohibited "PROHIBITED", NoAuth "NO_AUTH", HasAuth "HAS_AUTH", NoEntity "NO_ENTITY",  });

/// `CommandErrorType`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum CommandErrorType {
    /// `PROHIBITED`.
    Prohibited,
    /// `SYNTAX`.
    Syntax,
    /// `NO_CONN`.
    NoConn,
    /// `SIZE`.
    Size,
    /// `LARGE`.
    Large,
    /// A variant that the schema does not know.
    Unknown(Unknown),
}

union!(CommandErrorType, CommandErrorTypeTag { Prohibited "PROHIBITED";Syntax "SYNTAX";NoConn "NO_CONN";Size "SIZE";Large "LARGE"; } bare { "PROHIBITED" => Prohibited,"SYNTAX" => Syntax,"NO_CONN" => NoConn,"SIZE" => Size,"LARGE" => Large, });

/// The tag of a [`CommandErrorType`].
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CommandErrorTypeTag {
    /// `PROHIBITED`.
    Prohibited,
    /// `SYNTAX`.
    Syntax,
    /// `NO_CONN`.
    NoConn,
    /// `SIZE`.
    Size,
    /// `LARGE`.
    Large,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

tags!(CommandErrorTypeTag { Prohibited "PROHIBITED", Syntax "SYNTAX", NoConn "NO_CONN", Size "SIZE", Large "LARGE",  });

/// `ConnStatus`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum ConnStatus {
    /// `new`.
    New,
    /// `prepared`.
    Prepared,
    /// `joined`.
    Joined,
    /// `requested`.
    Requested,
    /// `accepted`.
    Accepted,
    /// `sndReady`.
    SndReady,
    /// `ready`.
    Ready,
    /// `deleted`.
    Deleted,
    /// `failed`.
    #[non_exhaustive]
    Failed {
        /// `connError`.
        conn_error: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// A variant that the schema does not know.
    Unknown(Unknown),
}

union!(ConnStatus, ConnStatusTag { New "new";Prepared "prepared";Joined "joined";Requested "requested";Accepted "accepted";SndReady "sndReady";Ready "ready";Deleted "deleted";Failed "failed" { conn_error "connError" req,  }; } bare { "new" => New,"prepared" => Prepared,"joined" => Joined,"requested" => Requested,"accepted" => Accepted,"sndReady" => SndReady,"ready" => Ready,"deleted" => Deleted,"snd-ready" => SndReady, });

/// The tag of a [`ConnStatus`].
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ConnStatusTag {
    /// `new`.
    New,
    /// `prepared`.
    Prepared,
    /// `joined`.
    Joined,
    /// `requested`.
    Requested,
    /// `accepted`.
    Accepted,
    /// `sndReady`.
    SndReady,
    /// `ready`.
    Ready,
    /// `deleted`.
    Deleted,
    /// `failed`.
    Failed,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

tags!(ConnStatusTag { New "new", Prepared "prepared", Joined "joined", Requested "requested", Accepted "accepted", SndReady "sndReady", Ready "ready", Deleted "deleted", Failed "failed",  });

/// `ConnectionEntity`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum ConnectionEntity {
    /// `rcvDirectMsgConnection`.
    #[non_exhaustive]
    RcvDirectMsgConnection {
        /// `entityConnection`.
        entity_connection: Box<Connection>,
        /// `contact`.
        contact: Option<Box<Contact>>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `rcvGroupMsgConnection`.
    #[non_exhaustive]
    RcvGroupMsgConnection {
        /// `entityConnection`.
        entity_connection: Box<Connection>,
        /// `groupInfo`.
        group_info: Box<GroupInfo>,
        /// `groupMember`.
        group_member: Box<GroupMember>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `userContactConnection`.
    #[non_exhaustive]
    UserContactConnection {
        /// `entityConnection`.
        entity_connection: Box<Connection>,
        /// `userContact`.
        user_contact: Box<UserContact>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// A variant that the schema does not know.
    Unknown(Unknown),
}

union!(ConnectionEntity, ConnectionEntityTag { RcvDirectMsgConnection "rcvDirectMsgConnection" { entity_connection "entityConnection" req, contact "contact" opt,  };RcvGroupMsgConnection "rcvGroupMsgConnection" { entity_connection "entityConnection" req, group_info "groupInfo" req, group_member "groupMember" req,  };UserContactConnection "userContactConnection" { entity_connection "entityConnection" req, user_contact "userContact" req,  }; } bare {  });

/// The tag of a [`ConnectionEntity`].
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ConnectionEntityTag {
    /// `rcvDirectMsgConnection`.
    RcvDirectMsgConnection,
    /// `rcvGroupMsgConnection`.
    RcvGroupMsgConnection,
    /// `userContactConnection`.
    UserContactConnection,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

tags!(ConnectionEntityTag { RcvDirectMsgConnection "rcvDirectMsgConnection", RcvGroupMsgConnection "rcvGroupMsgConnection", UserContactConnection "userContactConnection",  });

/// `ConnectionErrorType`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum ConnectionErrorType {
    /// `NOT_FOUND`.
    NotFound,
    /// `DUPLICATE`.
    Duplicate,
    /// `SIMPLEX`.
    Simplex,
    /// `NOT_ACCEPTED`.
    NotAccepted,
    /// `NOT_AVAILABLE`.
    NotAvailable,
    /// A variant that the schema does not know.
    Unknown(Unknown),
}

union!(ConnectionErrorType, ConnectionErrorTypeTag { NotFound "NOT_FOUND";Duplicate "DUPLICATE";Simplex "SIMPLEX";NotAccepted "NOT_ACCEPTED";NotAvailable "NOT_AVAILABLE"; } bare { "NOT_FOUND" => NotFound,"DUPLICATE" => Duplicate,"SIMPLEX" => Simplex,"NOT_ACCEPTED" => NotAccepted,"NOT_AVAILABLE" => NotAvailable, });

/// The tag of a [`ConnectionErrorType`].
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ConnectionErrorTypeTag {
    /// `NOT_FOUND`.
    NotFound,
    /// `DUPLICATE`.
    Duplicate,
    /// `SIMPLEX`.
    Simplex,
    /// `NOT_ACCEPTED`.
    NotAccepted,
    /// `NOT_AVAILABLE`.
    NotAvailable,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

tags!(ConnectionErrorTypeTag { NotFound "NOT_FOUND", Duplicate "DUPLICATE", Simplex "SIMPLEX", NotAccepted "NOT_ACCEPTED", NotAvailable "NOT_AVAILABLE",  });

/// `ConnectionPlan`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum ConnectionPlan {
    /// `invitationLink`.
    #[non_exhaustive]
    InvitationLink {
        /// `invitationLinkPlan`.
        invitation_link_plan: Box<InvitationLinkPlan>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `contactAddress`.
    #[non_exhaustive]
    ContactAddress {
        /// `contactAddressPlan`.
        contact_address_plan: Box<ContactAddressPlan>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `groupLink`.
    #[non_exhaustive]
    GroupLink {
        /// `groupLinkPlan`.
        group_link_plan: Box<GroupLinkPlan>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `error`.
    #[non_exhaustive]
    Error {
        /// `chatError`.
        chat_error: Box<ChatError>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// A variant that the schema does not know.
    Unknown(Unknown),
}

union!(ConnectionPlan, ConnectionPlanTag { InvitationLink "invitationLink" { invitation_link_plan "invitationLinkPlan" req,  };ContactAddress "contactAddress" { contact_address_plan "contactAddressPlan" req,  };GroupLink "groupLink" { group_link_plan "groupLinkPlan" req,  };Error "error" { chat_error "chatError" req,  }; } bare {  });

/// The tag of a [`ConnectionPlan`].
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ConnectionPlanTag {
    /// `invitationLink`.
    InvitationLink,
    /// `contactAddress`.
    ContactAddress,
    /// `groupLink`.
    GroupLink,
    /// `error`.
    Error,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

tags!(ConnectionPlanTag { InvitationLink "invitationLink", ContactAddress "contactAddress", GroupLink "groupLink", Error "error",  });

/// `ContactAddressPlan`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum ContactAddressPlan {
    /// `ok`.
    #[non_exhaustive]
    Ok {
        /// `contactSLinkData_`.
        contact_s_link_data: Option<Box<ContactShortLinkData>>,
        /// `ownerVerification`.
        owner_verification: Option<OwnerVerification>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `ownLink`.
    OwnLink,
    /// `connectingConfirmReconnect`.
    ConnectingConfirmReconnect,
    /// `connectingProhibit`.
    #[non_exhaustive]
    ConnectingProhibit {
        /// `contact`.
        contact: Box<Contact>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `known`.
    #[non_exhaustive]
    Known {
        /// `contact`.
        contact: Box<Contact>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `contactViaAddress`.
    #[non_exhaustive]
    ContactViaAddress {
        /// `contact`.
        contact: Box<Contact>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// A variant that the schema does not know.
    Unknown(Unknown),
}

union!(ContactAddressPlan, ContactAddressPlanTag { Ok "ok" { contact_s_link_data "contactSLinkData_" opt, owner_verification "ownerVerification" opt,  };OwnLink "ownLink";ConnectingConfirmReconnect "connectingConfirmReconnect";ConnectingProhibit "connectingProhibit" { contact "contact" req,  };Known "known" { contact "contact" req,  };ContactViaAddress "contactViaAddress" { contact "contact" req,  }; } bare { "ownLink" => OwnLink,"connectingConfirmReconnect" => ConnectingConfirmReconnect, });

/// The tag of a [`ContactAddressPlan`].
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ContactAddressPlanTag {
    /// `ok`.
    Ok,
    /// `ownLink`.
    OwnLink,
    /// `connectingConfirmReconnect`.
    ConnectingConfirmReconnect,
    /// `connectingProhibit`.
    ConnectingProhibit,
    /// `known`.
    Known,
    /// `contactViaAddress`.
    ContactViaAddress,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

tags!(ContactAddressPlanTag { Ok "ok", OwnLink "ownLink", ConnectingConfirmReconnect "connectingConfirmReconnect", ConnectingProhibit "connectingProhibit", Known "known", ContactViaAddress "contactViaAddress",  });

/// `ContactUserPref`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum ContactUserPref {
    /// `contact`.
    #[non_exhaustive]
    Contact {
        /// `preference`.
        preference: SimplePreference,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `user`.
    #[non_exhaustive]
    User {
        /// `preference`.
        preference: SimplePreference,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// A variant that the schema does not know.
    Unknown(Unknown),
}

union!(ContactUserPref, ContactUserPrefTag { Contact "contact" { preference "preference" req,  };User "user" { preference "preference" req,  }; } bare {  });

/// The tag of a [`ContactUserPref`].
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ContactUserPrefTag {
    /// `contact`.
    Contact,
    /// `user`.
    User,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

tags!(ContactUserPrefTag { Contact "contact", User "user",  });

/// `ErrorType`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum ErrorType {
    /// `BLOCK`.
    Block,
    /// `SESSION`.
    Session,
    /// `CMD`.
    #[non_exhaustive]
    Cmd {
        /// `cmdErr`.
        cmd_err: CommandError,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `PROXY`.
    #[non_exhaustive]
    Proxy {
        /// `proxyErr`.
        proxy_err: ProxyError,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `AUTH`.
    Auth,
    /// `BLOCKED`.
    #[non_exhaustive]
    Blocked {
        /// `blockInfo`.
        block_info: Box<BlockingInfo>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `SERVICE`.
    Service,
    /// `CRYPTO`.
    Crypto,
    /// `QUOTA`.
    Quota,
    /// `STORE`.
    #[non_exhaustive]
    Store {
        /// `storeErr`.
        store_err: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `NO_MSG`.
    NoMsg,
    /// `LARGE_MSG`.
    LargeMsg,
    /// `EXPIRED`.
    Expired,
    /// `INTERNAL`.
    Internal,
    /// `NAME`.
    #[non_exhaustive]
    Name {
        /// `nameErr`.
        name_err: NameErrorType,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `DUPLICATE_`.
    Duplicate,
    /// A variant that the schema does not know.
    Unknown(Unknown),
}

union!(ErrorType, ErrorTypeTag { Block "BLOCK";Session "SESSION";Cmd "CMD" { cmd_err "cmdErr" req,  };Proxy "PROXY" { proxy_err "proxyErr" req,  };Auth "AUTH";Blocked "BLOCKED" { block_info "blockInfo" req,  };Service "SERVICE";Crypto "CRYPTO";Quota "QUOTA";Store "STORE" { store_err "storeErr" req,  };NoMsg "NO_MSG";LargeMsg "LARGE_MSG";Expired "EXPIRED";Internal "INTERNAL";Name "NAME" { name_err "nameErr" req,  };Duplicate "DUPLICATE_"; } bare { "BLOCK" => Block,"SESSION" => Session,"AUTH" => Auth,"SERVICE" => Service,"CRYPTO" => Crypto,"QUOTA" => Quota,"NO_MSG" => NoMsg,"LARGE_MSG" => LargeMsg,"EXPIRED" => Expired,"INTERNAL" => Internal,"DUPLICATE_" => Duplicate, });

/// The tag of a [`ErrorType`].
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorTypeTag {
    /// `BLOCK`.
    Block,
    /// `SESSION`.
    Session,
    /// `CMD`.
    Cmd,
    /// `PROXY`.
    Proxy,
    /// `AUTH`.
    Auth,
    /// `BLOCKED`.
    Blocked,
    /// `SERVICE`.
    Service,
    /// `CRYPTO`.
    Crypto,
    /// `QUOTA`.
    Quota,
    /// `STORE`.
    Store,
    /// `NO_MSG`.
    NoMsg,
    /// `LARGE_MSG`.
    LargeMsg,
    /// `EXPIRED`.
    Expired,
    /// `INTERNAL`.
    Internal,
    /// `NAME`.
    Name,
    /// `DUPLICATE_`.
    Duplicate,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

tags!(ErrorTypeTag { Block "BLOCK", Session "SESSION", Cmd "CMD", Proxy "PROXY", Auth "AUTH", Blocked "BLOCKED", Service "SERVICE", Crypto "CRYPTO", Quota "QUOTA", Store "STORE", NoMsg "NO_MSG", LargeMsg "LARGE_MSG", Expired "EXPIRED", Internal "INTERNAL", Name "NAME", Duplicate "DUPLICATE_",  });

/// `FileError`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum FileError {
    /// `auth`.
    Auth,
    /// `blocked`.
    #[non_exhaustive]
    Blocked {
        /// `server`.
        server: String,
        /// `blockInfo`.
        block_info: Box<BlockingInfo>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `noFile`.
    NoFile,
    /// `relay`.
    #[non_exhaustive]
    Relay {
        /// `srvError`.
        srv_error: SrvError,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `other`.
    #[non_exhaustive]
    Other {
        /// `fileError`.
        file_error: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// A variant that the schema does not know.
    Unknown(Unknown),
}

union!(FileError, FileErrorTag { Auth "auth";Blocked "blocked" { server "server" req, block_info "blockInfo" req,  };NoFile "noFile";Relay "relay" { srv_error "srvError" req,  };Other "other" { file_error "fileError" req,  }; } bare { "auth" => Auth,"noFile" => NoFile, });

/// The tag of a [`FileError`].
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FileErrorTag {
    /// `auth`.
    Auth,
    /// `blocked`.
    Blocked,
    /// `noFile`.
    NoFile,
    /// `relay`.
    Relay,
    /// `other`.
    Other,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

tags!(FileErrorTag { Auth "auth", Blocked "blocked", NoFile "noFile", Relay "relay", Other "other",  });

/// `FileErrorType`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum FileErrorType {
    /// `NOT_APPROVED`.
    NotApproved,
    /// `SIZE`.
    Size,
    /// `REDIRECT`.
    #[non_exhaustive]
    Redirect {
        /// `redirectError`.
        redirect_error: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `FILE_IO`.
    #[non_exhaustive]
    FileIo {
        /// `fileIOError`.
        file_io_error: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `NO_FILE`.
    NoFile,
    /// A variant that the schema does not know.
    Unknown(Unknown),
}

union!(FileErrorType, FileErrorTypeTag { NotApproved "NOT_APPROVED";Size "SIZE";Redirect "REDIRECT" { redirect_error "redirectError" req,  };FileIo "FILE_IO" { file_io_error "fileIOError" req,  };NoFile "NO_FILE"; } bare { "NOT_APPROVED" => NotApproved,"SIZE" => Size,"NO_FILE" => NoFile, });

/// The tag of a [`FileErrorType`].
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FileErrorTypeTag {
    /// `NOT_APPROVED`.
    NotApproved,
    /// `SIZE`.
    Size,
    /// `REDIRECT`.
    Redirect,
    /// `FILE_IO`.
    FileIo,
    /// `NO_FILE`.
    NoFile,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

tags!(FileErrorTypeTag { NotApproved "NOT_APPROVED", Size "SIZE", Redirect "REDIRECT", FileIo "FILE_IO", NoFile "NO_FILE",  });

/// `Format`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum Format {
    /// `bold`.
    Bold,
    /// `italic`.
    Italic,
    /// `strikeThrough`.
    StrikeThrough,
    /// `snippet`.
    Snippet,
    /// `secret`.
    Secret,
    /// `small`.
    Small,
    /// `colored`.
    #[non_exhaustive]
    Colored {
        /// `color`.
        color: Color,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `uri`.
    Uri,
    /// `hyperLink`.
    #[non_exhaustive]
    HyperLink {
        /// `showText`.
        show_text: Option<String>,
        /// `linkUri`.
        link_uri: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `simplexLink`.
    #[non_exhaustive]
    SimplexLink {
        /// `showText`.
        show_text: Option<String>,
        /// `linkType`.
        link_type: SimplexLinkType,
        /// `simplexUri`.
        simplex_uri: String,
        /// `smpHosts`.
        smp_hosts: Vec<String>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `simplexName`.
    #[non_exhaustive]
    SimplexName {
        /// `nameInfo`.
        name_info: Box<SimplexNameInfo>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `command`.
    #[non_exhaustive]
    Command {
        /// `commandStr`.
        command_str: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `mention`.
    #[non_exhaustive]
    Mention {
        /// `memberName`.
        member_name: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `email`.
    Email,
    /// `phone`.
    Phone,
    /// A variant that the schema does not know.
    Unknown(Unknown),
}

union!(Format, FormatTag { Bold "bold";Italic "italic";StrikeThrough "strikeThrough";Snippet "snippet";Secret "secret";Small "small";Colored "colored" { color "color" req,  };Uri "uri";HyperLink "hyperLink" { show_text "showText" opt, link_uri "linkUri" req,  };SimplexLink "simplexLink" { show_text "showText" opt, link_type "linkType" req, simplex_uri "simplexUri" req, smp_hosts "smpHosts" deflist,  };SimplexName "simplexName" { name_info "nameInfo" req,  };Command "command" { command_str "commandStr" req,  };Mention "mention" { member_name "memberName" req,  };Email "email";Phone "phone"; } bare { "bold" => Bold,"italic" => Italic,"strikeThrough" => StrikeThrough,"snippet" => Snippet,"secret" => Secret,"small" => Small,"uri" => Uri,"email" => Email,"phone" => Phone, });

/// The tag of a [`Format`].
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FormatTag {
    /// `bold`.
    Bold,
    /// `italic`.
    Italic,
    /// `strikeThrough`.
    StrikeThrough,
    /// `snippet`.
    Snippet,
    /// `secret`.
    Secret,
    /// `small`.
    Small,
    /// `colored`.
    Colored,
    /// `uri`.
    Uri,
    /// `hyperLink`.
    HyperLink,
    /// `simplexLink`.
    SimplexLink,
    /// `simplexName`.
    SimplexName,
    /// `command`.
    Command,
    /// `mention`.
    Mention,
    /// `email`.
    Email,
    /// `phone`.
    Phone,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

tags!(FormatTag { Bold "bold", Italic "italic", StrikeThrough "strikeThrough", Snippet "snippet", Secret "secret", Small "small", Colored "colored", Uri "uri", HyperLink "hyperLink", SimplexLink "simplexLink", SimplexName "simplexName", Command "command", Mention "mention", Email "email", Phone "phone",  });

/// `ForwardConfirmation`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum ForwardConfirmation {
    /// `filesNotAccepted`.
    #[non_exhaustive]
    FilesNotAccepted {
        /// `fileIds`.
        file_ids: Vec<FileId>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `filesInProgress`.
    #[non_exhaustive]
    FilesInProgress {
        /// `filesCount`.
        files_count: i64,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `filesMissing`.
    #[non_exhaustive]
    FilesMissing {
        /// `filesCount`.
        files_count: i64,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `filesFailed`.
    #[non_exhaustive]
    FilesFailed {
        /// `filesCount`.
        files_count: i64,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// A variant that the schema does not know.
    Unknown(Unknown),
}

union!(ForwardConfirmation, ForwardConfirmationTag { FilesNotAccepted "filesNotAccepted" { file_ids "fileIds" deflist,  };FilesInProgress "filesInProgress" { files_count "filesCount" req,  };FilesMissing "filesMissing" { files_count "filesCount" req,  };FilesFailed "filesFailed" { files_count "filesCount" req,  }; } bare {  });

/// The tag of a [`ForwardConfirmation`].
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ForwardConfirmationTag {
    /// `filesNotAccepted`.
    FilesNotAccepted,
    /// `filesInProgress`.
    FilesInProgress,
    /// `filesMissing`.
    FilesMissing,
    /// `filesFailed`.
    FilesFailed,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

tags!(ForwardConfirmationTag { FilesNotAccepted "filesNotAccepted", FilesInProgress "filesInProgress", FilesMissing "filesMissing", FilesFailed "filesFailed",  });

/// `GroupChatScopeInfo`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum GroupChatScopeInfo {
    /// `memberSupport`.
    #[non_exhaustive]
    MemberSupport {
        /// `groupMember_`.
        group_member: Option<Box<GroupMember>>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// A variant that the schema does not know.
    Unknown(Unknown),
}

union!(GroupChatScopeInfo, GroupChatScopeInfoTag { MemberSupport "memberSupport" { group_member "groupMember_" opt,  }; } bare {  });

/// The tag of a [`GroupChatScopeInfo`].
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum GroupChatScopeInfoTag {
    /// `memberSupport`.
    MemberSupport,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

tags!(GroupChatScopeInfoTag { MemberSupport "memberSupport",  });

/// `GroupLinkPlan`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum GroupLinkPlan {
    /// `ok`.
    #[non_exhaustive]
    Ok {
        /// `groupSLinkInfo_`.
        group_s_link_info: Option<Box<GroupShortLinkInfo>>,
        /// `groupSLinkData_`.
        group_s_link_data: Option<Box<GroupShortLinkData>>,
        /// `ownerVerification`.
        owner_verification: Option<OwnerVerification>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `ownLink`.
    #[non_exhaustive]
    OwnLink {
        /// `groupInfo`.
        group_info: Box<GroupInfo>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `connectingConfirmReconnect`.
    ConnectingConfirmReconnect,
    /// `connectingProhibit`.
    #[non_exhaustive]
    ConnectingProhibit {
        /// `groupInfo_`.
        group_info: Option<Box<GroupInfo>>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `known`.
    #[non_exhaustive]
    Known {
        /// `groupInfo`.
        group_info: Box<GroupInfo>,
        /// `groupUpdated`.
        group_updated: bool,
        /// `ownerVerification`.
        owner_verification: Option<OwnerVerification>,
        /// `linkOwners`.
        link_owners: Vec<GroupLinkOwner>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `noRelays`.
    #[non_exhaustive]
    NoRelays {
        /// `groupSLinkData_`.
        group_s_link_data: Option<Box<GroupShortLinkData>>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `updateRequired`.
    #[non_exhaustive]
    UpdateRequired {
        /// `groupSLinkData_`.
        group_s_link_data: Option<Box<GroupShortLinkData>>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// A variant that the schema does not know.
    Unknown(Unknown),
}

union!(GroupLinkPlan, GroupLinkPlanTag { Ok "ok" { group_s_link_info "groupSLinkInfo_" opt, group_s_link_data "groupSLinkData_" opt, owner_verification "ownerVerification" opt,  };OwnLink "ownLink" { group_info "groupInfo" req,  };ConnectingConfirmReconnect "connectingConfirmReconnect";ConnectingProhibit "connectingProhibit" { group_info "groupInfo_" opt,  };Known "known" { group_info "groupInfo" req, group_updated "groupUpdated" auto, owner_verification "ownerVerification" opt, link_owners "linkOwners" deflist,  };NoRelays "noRelays" { group_s_link_data "groupSLinkData_" opt,  };UpdateRequired "updateRequired" { group_s_link_data "groupSLinkData_" opt,  }; } bare { "connectingConfirmReconnect" => ConnectingConfirmReconnect, });

/// The tag of a [`GroupLinkPlan`].
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum GroupLinkPlanTag {
    /// `ok`.
    Ok,
    /// `ownLink`.
    OwnLink,
    /// `connectingConfirmReconnect`.
    ConnectingConfirmReconnect,
    /// `connectingProhibit`.
    ConnectingProhibit,
    /// `known`.
    Known,
    /// `noRelays`.
    NoRelays,
    /// `updateRequired`.
    UpdateRequired,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

tags!(GroupLinkPlanTag { Ok "ok", OwnLink "ownLink", ConnectingConfirmReconnect "connectingConfirmReconnect", ConnectingProhibit "connectingProhibit", Known "known", NoRelays "noRelays", UpdateRequired "updateRequired",  });

/// `GroupRootKey`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum GroupRootKey {
    /// `private`.
    #[non_exhaustive]
    Private {
        /// `rootPrivKey`.
        root_priv_key: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `public`.
    #[non_exhaustive]
    Public {
        /// `rootPubKey`.
        root_pub_key: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// A variant that the schema does not know.
    Unknown(Unknown),
}

union!(GroupRootKey, GroupRootKeyTag { Private "private" { root_priv_key "rootPrivKey" req,  };Public "public" { root_pub_key "rootPubKey" req,  }; } bare {  });

/// The tag of a [`GroupRootKey`].
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum GroupRootKeyTag {
    /// `private`.
    Private,
    /// `public`.
    Public,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

tags!(GroupRootKeyTag { Private "private", Public "public",  });

/// `GroupSndStatus`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum GroupSndStatus {
    /// `new`.
    New,
    /// `forwarded`.
    Forwarded,
    /// `inactive`.
    Inactive,
    /// `sent`.
    Sent,
    /// `rcvd`.
    #[non_exhaustive]
    Rcvd {
        /// `msgRcptStatus`.
        msg_rcpt_status: MsgReceiptStatus,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `error`.
    #[non_exhaustive]
    Error {
        /// `agentError`.
        agent_error: Box<SndError>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `warning`.
    #[non_exhaustive]
    Warning {
        /// `agentError`.
        agent_error: Box<SndError>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `invalid`.
    #[non_exhaustive]
    Invalid {
        /// `text`.
        text: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// A variant that the schema does not know.
    Unknown(Unknown),
}

union!(GroupSndStatus, GroupSndStatusTag { New "new";Forwarded "forwarded";Inactive "inactive";Sent "sent";Rcvd "rcvd" { msg_rcpt_status "msgRcptStatus" req,  };Error "error" { agent_error "agentError" req,  };Warning "warning" { agent_error "agentError" req,  };Invalid "invalid" { text "text" req,  }; } bare { "new" => New,"forwarded" => Forwarded,"inactive" => Inactive,"sent" => Sent, });

/// The tag of a [`GroupSndStatus`].
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum GroupSndStatusTag {
    /// `new`.
    New,
    /// `forwarded`.
    Forwarded,
    /// `inactive`.
    Inactive,
    /// `sent`.
    Sent,
    /// `rcvd`.
    Rcvd,
    /// `error`.
    Error,
    /// `warning`.
    Warning,
    /// `invalid`.
    Invalid,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

tags!(GroupSndStatusTag { New "new", Forwarded "forwarded", Inactive "inactive", Sent "sent", Rcvd "rcvd", Error "error", Warning "warning", Invalid "invalid",  });

/// `InvitationLinkPlan`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum InvitationLinkPlan {
    /// `ok`.
    #[non_exhaustive]
    Ok {
        /// `contactSLinkData_`.
        contact_s_link_data: Option<Box<ContactShortLinkData>>,
        /// `ownerVerification`.
        owner_verification: Option<OwnerVerification>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `ownLink`.
    OwnLink,
    /// `connecting`.
    #[non_exhaustive]
    Connecting {
        /// `contact_`.
        contact: Option<Box<Contact>>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `known`.
    #[non_exhaustive]
    Known {
        /// `contact`.
        contact: Box<Contact>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// A variant that the schema does not know.
    Unknown(Unknown),
}

union!(InvitationLinkPlan, InvitationLinkPlanTag { Ok "ok" { contact_s_link_data "contactSLinkData_" opt, owner_verification "ownerVerification" opt,  };OwnLink "ownLink";Connecting "connecting" { contact "contact_" opt,  };Known "known" { contact "contact" req,  }; } bare { "ownLink" => OwnLink, });

/// The tag of a [`InvitationLinkPlan`].
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum InvitationLinkPlanTag {
    /// `ok`.
    Ok,
    /// `ownLink`.
    OwnLink,
    /// `connecting`.
    Connecting,
    /// `known`.
    Known,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

tags!(InvitationLinkPlanTag { Ok "ok", OwnLink "ownLink", Connecting "connecting", Known "known",  });

/// `InvitedBy`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum InvitedBy {
    /// `contact`.
    #[non_exhaustive]
    Contact {
        /// `byContactId`.
        by_contact_id: ContactId,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `user`.
    User,
    /// `unknown`.
    NotKnown,
    /// A variant that the schema does not know.
    Unknown(Unknown),
}

union!(InvitedBy, InvitedByTag { Contact "contact" { by_contact_id "byContactId" req,  };User "user";NotKnown "unknown"; } bare { "user" => User,"unknown" => NotKnown, });

/// The tag of a [`InvitedBy`].
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum InvitedByTag {
    /// `contact`.
    Contact,
    /// `user`.
    User,
    /// `unknown`.
    NotKnown,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

tags!(InvitedByTag { Contact "contact", User "user", NotKnown "unknown",  });

/// `LinkContent`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum LinkContent {
    /// `page`.
    #[non_exhaustive]
    Page {
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `image`.
    #[non_exhaustive]
    Image {
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `video`.
    #[non_exhaustive]
    Video {
        /// `duration`.
        duration: Option<i64>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// A variant that the schema does not know.
    Unknown(Unknown),
}

union!(LinkContent, LinkContentTag { Page "page" {  };Image "image" {  };Video "video" { duration "duration" opt,  }; } bare {  });

impl LinkContent {
    /// `page`.
    pub fn page() -> Self {
        Self::Page { extra: Extra::default() }
    }

    /// `image`.
    pub fn image() -> Self {
        Self::Image { extra: Extra::default() }
    }

    /// `video`.
    pub fn video(duration: Option<i64>) -> Self {
        Self::Video { duration, extra: Extra::default() }
    }
}

/// The tag of a [`LinkContent`].
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LinkContentTag {
    /// `page`.
    Page,
    /// `image`.
    Image,
    /// `video`.
    Video,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

tags!(LinkContentTag { Page "page", Image "image", Video "video",  });

/// `MsgChatLink`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum MsgChatLink {
    /// `contact`.
    #[non_exhaustive]
    Contact {
        /// `connLink`.
        conn_link: String,
        /// `profile`.
        profile: Box<Profile>,
        /// `business`.
        business: bool,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `invitation`.
    #[non_exhaustive]
    Invitation {
        /// `invLink`.
        inv_link: String,
        /// `profile`.
        profile: Box<Profile>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `group`.
    #[non_exhaustive]
    Group {
        /// `connLink`.
        conn_link: String,
        /// `groupProfile`.
        group_profile: Box<GroupProfile>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// A variant that the schema does not know.
    Unknown(Unknown),
}

union!(MsgChatLink, MsgChatLinkTag { Contact "contact" { conn_link "connLink" req, profile "profile" req, business "business" auto,  };Invitation "invitation" { inv_link "invLink" req, profile "profile" req,  };Group "group" { conn_link "connLink" req, group_profile "groupProfile" req,  }; } bare {  });

impl MsgChatLink {
    /// `contact`.
    pub fn contact(conn_link: impl Into<String>, profile: impl Into<Box<Profile>>, business: bool) -> Self {
        Self::Contact { conn_link: conn_link.into(), profile: profile.into(), business, extra: Extra::default() }
    }

    /// `invitation`.
    pub fn invitation(inv_link: impl Into<String>, profile: impl Into<Box<Profile>>) -> Self {
        Self::Invitation { inv_link: inv_link.into(), profile: profile.into(), extra: Extra::default() }
    }

    /// `group`.
    pub fn group(conn_link: impl Into<String>, group_profile: impl Into<Box<GroupProfile>>) -> Self {
        Self::Group { conn_link: conn_link.into(), group_profile: group_profile.into(), extra: Extra::default() }
    }
}

/// The tag of a [`MsgChatLink`].
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MsgChatLinkTag {
    /// `contact`.
    Contact,
    /// `invitation`.
    Invitation,
    /// `group`.
    Group,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

tags!(MsgChatLinkTag { Contact "contact", Invitation "invitation", Group "group",  });

/// `MsgContent`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum MsgContent {
    /// `text`.
    #[non_exhaustive]
    Text {
        /// `text`.
        text: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `link`.
    #[non_exhaustive]
    Link {
        /// `text`.
        text: String,
        /// `preview`.
        preview: Box<LinkPreview>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `image`.
    #[non_exhaustive]
    Image {
        /// `text`.
        text: String,
        /// `image`.
        image: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `video`.
    #[non_exhaustive]
    Video {
        /// `text`.
        text: String,
        /// `image`.
        image: String,
        /// `duration`.
        duration: i64,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `voice`.
    #[non_exhaustive]
    Voice {
        /// `text`.
        text: String,
        /// `duration`.
        duration: i64,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `file`.
    #[non_exhaustive]
    File {
        /// `text`.
        text: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `report`.
    #[non_exhaustive]
    Report {
        /// `text`.
        text: String,
        /// `reason`.
        reason: ReportReason,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `chat`.
    #[non_exhaustive]
    Chat {
        /// `text`.
        text: String,
        /// `chatLink`.
        chat_link: Box<MsgChatLink>,
        /// `ownerSig`.
        owner_sig: Option<Box<LinkOwnerSig>>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// A variant that the schema does not know.
    Unknown(Unknown),
}

union!(MsgContent, MsgContentTag { Text "text" { text "text" req,  };Link "link" { text "text" req, preview "preview" req,  };Image "image" { text "text" req, image "image" req,  };Video "video" { text "text" req, image "image" req, duration "duration" req,  };Voice "voice" { text "text" req, duration "duration" req,  };File "file" { text "text" req,  };Report "report" { text "text" req, reason "reason" req,  };Chat "chat" { text "text" req, chat_link "chatLink" req, owner_sig "ownerSig" opt,  }; } bare {  });

impl MsgContent {
    /// `text`.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text { text: text.into(), extra: Extra::default() }
    }

    /// `link`.
    pub fn link(text: impl Into<String>, preview: impl Into<Box<LinkPreview>>) -> Self {
        Self::Link { text: text.into(), preview: preview.into(), extra: Extra::default() }
    }

    /// `image`.
    pub fn image(text: impl Into<String>, image: impl Into<String>) -> Self {
        Self::Image { text: text.into(), image: image.into(), extra: Extra::default() }
    }

    /// `video`.
    pub fn video(text: impl Into<String>, image: impl Into<String>, duration: i64) -> Self {
        Self::Video { text: text.into(), image: image.into(), duration, extra: Extra::default() }
    }

    /// `voice`.
    pub fn voice(text: impl Into<String>, duration: i64) -> Self {
        Self::Voice { text: text.into(), duration, extra: Extra::default() }
    }

    /// `file`.
    pub fn file(text: impl Into<String>) -> Self {
        Self::File { text: text.into(), extra: Extra::default() }
    }

    /// `report`.
    pub fn report(text: impl Into<String>, reason: ReportReason) -> Self {
        Self::Report { text: text.into(), reason, extra: Extra::default() }
    }

    /// `chat`.
    pub fn chat(
        text: impl Into<String>,
        chat_link: impl Into<Box<MsgChatLink>>,
        owner_sig: Option<Box<LinkOwnerSig>>,
    ) -> Self {
        Self::Chat { text: text.into(), chat_link: chat_link.into(), owner_sig, extra: Extra::default() }
    }
}

/// The tag of a [`MsgContent`].
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MsgContentTag {
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

tags!(MsgContentTag { Text "text", Link "link", Image "image", Video "video", Voice "voice", File "file", Report "report", Chat "chat",  });

/// `MsgErrorType`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum MsgErrorType {
    /// `msgSkipped`.
    #[non_exhaustive]
    MsgSkipped {
        /// `fromMsgId`.
        from_msg_id: i64,
        /// `toMsgId`.
        to_msg_id: i64,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `msgBadId`.
    #[non_exhaustive]
    MsgBadId {
        /// `msgId`.
        msg_id: i64,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `msgBadHash`.
    MsgBadHash,
    /// `msgDuplicate`.
    MsgDuplicate,
    /// A variant that the schema does not know.
    Unknown(Unknown),
}

union!(MsgErrorType, MsgErrorTypeTag { MsgSkipped "msgSkipped" { from_msg_id "fromMsgId" req, to_msg_id "toMsgId" req,  };MsgBadId "msgBadId" { msg_id "msgId" req,  };MsgBadHash "msgBadHash";MsgDuplicate "msgDuplicate"; } bare { "msgBadHash" => MsgBadHash,"msgDuplicate" => MsgDuplicate, });

/// The tag of a [`MsgErrorType`].
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MsgErrorTypeTag {
    /// `msgSkipped`.
    MsgSkipped,
    /// `msgBadId`.
    MsgBadId,
    /// `msgBadHash`.
    MsgBadHash,
    /// `msgDuplicate`.
    MsgDuplicate,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

tags!(MsgErrorTypeTag { MsgSkipped "msgSkipped", MsgBadId "msgBadId", MsgBadHash "msgBadHash", MsgDuplicate "msgDuplicate",  });

/// `MsgReaction`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum MsgReaction {
    /// `emoji`.
    #[non_exhaustive]
    Emoji {
        /// `emoji`.
        emoji: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// A variant that the schema does not know.
    Unknown(Unknown),
}

union!(MsgReaction, MsgReactionTag { Emoji "emoji" { emoji "emoji" req,  }; } bare {  });

impl MsgReaction {
    /// `emoji`.
    pub fn emoji(emoji: impl Into<String>) -> Self {
        Self::Emoji { emoji: emoji.into(), extra: Extra::default() }
    }
}

/// The tag of a [`MsgReaction`].
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MsgReactionTag {
    /// `emoji`.
    Emoji,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

tags!(MsgReactionTag { Emoji "emoji",  });

/// `MsgVerified`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum MsgVerified {
    /// `signed`.
    #[non_exhaustive]
    Signed {
        /// `sigStatus`.
        sig_status: MsgSigStatus,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `sigMissing`.
    SigMissing,
    /// A variant that the schema does not know.
    Unknown(Unknown),
}

union!(MsgVerified, MsgVerifiedTag { Signed "signed" { sig_status "sigStatus" req,  };SigMissing "sigMissing"; } bare { "sigMissing" => SigMissing, });

/// The tag of a [`MsgVerified`].
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MsgVerifiedTag {
    /// `signed`.
    Signed,
    /// `sigMissing`.
    SigMissing,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

tags!(MsgVerifiedTag { Signed "signed", SigMissing "sigMissing",  });

/// `NameErrorType`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum NameErrorType {
    /// `NO_RESOLVER`.
    NoResolver,
    /// `NOT_FOUND`.
    NotFound,
    /// `RESOLVER`.
    #[non_exhaustive]
    Resolver {
        /// `resolverErr`.
        resolver_err: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// A variant that the schema does not know.
    Unknown(Unknown),
}

union!(NameErrorType, NameErrorTypeTag { NoResolver "NO_RESOLVER";NotFound "NOT_FOUND";Resolver "RESOLVER" { resolver_err "resolverErr" req,  }; } bare { "NO_RESOLVER" => NoResolver,"NOT_FOUND" => NotFound, });

/// The tag of a [`NameErrorType`].
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NameErrorTypeTag {
    /// `NO_RESOLVER`.
    NoResolver,
    /// `NOT_FOUND`.
    NotFound,
    /// `RESOLVER`.
    Resolver,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

tags!(NameErrorTypeTag { NoResolver "NO_RESOLVER", NotFound "NOT_FOUND", Resolver "RESOLVER",  });

/// `NetworkError`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum NetworkError {
    /// `connectError`.
    #[non_exhaustive]
    ConnectError {
        /// `connectError`.
        connect_error: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `tLSError`.
    #[non_exhaustive]
    TlsError {
        /// `tlsError`.
        tls_error: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `unknownCAError`.
    UnknownCaError,
    /// `failedError`.
    FailedError,
    /// `timeoutError`.
    TimeoutError,
    /// `subscribeError`.
    #[non_exhaustive]
    SubscribeError {
        /// `subscribeError`.
        subscribe_error: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// A variant that the schema does not know.
    Unknown(Unknown),
}

union!(NetworkError, NetworkErrorTag { ConnectError "connectError" { connect_error "connectError" req,  };TlsError "tLSError" { tls_error "tlsError" req,  };UnknownCaError "unknownCAError";FailedError "failedError";TimeoutError "timeoutError";SubscribeError "subscribeError" { subscribe_error "subscribeError" req,  }; } bare { "unknownCAError" => UnknownCaError,"failedError" => FailedError,"timeoutError" => TimeoutError, });

/// The tag of a [`NetworkError`].
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NetworkErrorTag {
    /// `connectError`.
    ConnectError,
    /// `tLSError`.
    TlsError,
    /// `unknownCAError`.
    UnknownCaError,
    /// `failedError`.
    FailedError,
    /// `timeoutError`.
    TimeoutError,
    /// `subscribeError`.
    SubscribeError,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

tags!(NetworkErrorTag { ConnectError "connectError", TlsError "tLSError", UnknownCaError "unknownCAError", FailedError "failedError", TimeoutError "timeoutError", SubscribeError "subscribeError",  });

/// `NetworkStatus`. Not documented upstream.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum NetworkStatus {
    /// `unknown`.
    NotKnown,
    /// `connected`.
    Connected,
    /// `disconnected`.
    Disconnected,
    /// `error`.
    #[non_exhaustive]
    Error {
        /// `connectionError`.
        connection_error: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// A variant that the schema does not know.
    Unknown(Unknown),
}

union!(NetworkStatus, NetworkStatusTag { NotKnown "unknown";Connected "connected";Disconnected "disconnected";Error "error" { connection_error "connectionError" req,  }; } bare { "unknown" => NotKnown,"connected" => Connected,"disconnected" => Disconnected, });

/// The tag of a [`NetworkStatus`].
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NetworkStatusTag {
    /// `unknown`.
    NotKnown,
    /// `connected`.
    Connected,
    /// `disconnected`.
    Disconnected,
    /// `error`.
    Error,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

tags!(NetworkStatusTag { NotKnown "unknown", Connected "connected", Disconnected "disconnected", Error "error",  });

/// `OwnerVerification`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum OwnerVerification {
    /// `verified`.
    Verified,
    /// `failed`.
    #[non_exhaustive]
    Failed {
        /// `reason`.
        reason: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// A variant that the schema does not know.
    Unknown(Unknown),
}

union!(OwnerVerification, OwnerVerificationTag { Verified "verified";Failed "failed" { reason "reason" req,  }; } bare { "verified" => Verified, });

/// The tag of a [`OwnerVerification`].
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OwnerVerificationTag {
    /// `verified`.
    Verified,
    /// `failed`.
    Failed,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

tags!(OwnerVerificationTag { Verified "verified", Failed "failed",  });

/// `ProxyClientError`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum ProxyClientError {
    /// `protocolError`.
    #[non_exhaustive]
    ProtocolError {
        /// `protocolErr`.
        protocol_err: Box<ErrorType>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `unexpectedResponse`.
    #[non_exhaustive]
    UnexpectedResponse {
        /// `responseStr`.
        response_str: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `responseError`.
    #[non_exhaustive]
    ResponseError {
        /// `responseErr`.
        response_err: Box<ErrorType>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// A variant that the schema does not know.
    Unknown(Unknown),
}

union!(ProxyClientError, ProxyClientErrorTag { ProtocolError "protocolError" { protocol_err "protocolErr" req,  };UnexpectedResponse "unexpectedResponse" { response_str "responseStr" req,  };ResponseError "responseError" { response_err "responseErr" req,  }; } bare {  });

/// The tag of a [`ProxyClientError`].
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ProxyClientErrorTag {
    /// `protocolError`.
    ProtocolError,
    /// `unexpectedResponse`.
    UnexpectedResponse,
    /// `responseError`.
    ResponseError,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

tags!(ProxyClientErrorTag { ProtocolError "protocolError", UnexpectedResponse "unexpectedResponse", ResponseError "responseError",  });

/// `ProxyError`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum ProxyError {
    /// `PROTOCOL`.
    #[non_exhaustive]
    Protocol {
        /// `protocolErr`.
        protocol_err: Box<ErrorType>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `BROKER`.
    #[non_exhaustive]
    Broker {
        /// `brokerErr`.
        broker_err: Box<BrokerErrorType>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `BASIC_AUTH`.
    BasicAuth,
    /// `NO_SESSION`.
    NoSession,
    /// A variant that the schema does not know.
    Unknown(Unknown),
}

union!(ProxyError, ProxyErrorTag { Protocol "PROTOCOL" { protocol_err "protocolErr" req,  };Broker "BROKER" { broker_err "brokerErr" req,  };BasicAuth "BASIC_AUTH";NoSession "NO_SESSION"; } bare { "BASIC_AUTH" => BasicAuth,"NO_SESSION" => NoSession, });

/// The tag of a [`ProxyError`].
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ProxyErrorTag {
    /// `PROTOCOL`.
    Protocol,
    /// `BROKER`.
    Broker,
    /// `BASIC_AUTH`.
    BasicAuth,
    /// `NO_SESSION`.
    NoSession,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

tags!(ProxyErrorTag { Protocol "PROTOCOL", Broker "BROKER", BasicAuth "BASIC_AUTH", NoSession "NO_SESSION",  });

/// `RCErrorType`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum RcErrorType {
    /// `internal`.
    #[non_exhaustive]
    Internal {
        /// `internalErr`.
        internal_err: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `identity`.
    Identity,
    /// `noLocalAddress`.
    NoLocalAddress,
    /// `newController`.
    NewController,
    /// `notDiscovered`.
    NotDiscovered,
    /// `tLSStartFailed`.
    TlsStartFailed,
    /// `exception`.
    #[non_exhaustive]
    Exception {
        /// `exception`.
        exception: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `ctrlAuth`.
    CtrlAuth,
    /// `ctrlNotFound`.
    CtrlNotFound,
    /// `ctrlError`.
    #[non_exhaustive]
    CtrlError {
        /// `ctrlErr`.
        ctrl_err: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `invitation`.
    Invitation,
    /// `version`.
    Version,
    /// `encrypt`.
    Encrypt,
    /// `decrypt`.
    Decrypt,
    /// `blockSize`.
    BlockSize,
    /// `syntax`.
    #[non_exhaustive]
    Syntax {
        /// `syntaxErr`.
        syntax_err: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// A variant that the schema does not know.
    Unknown(Unknown),
}

union!(RcErrorType, RcErrorTypeTag { Internal "internal" { internal_err "internalErr" req,  };Identity "identity";NoLocalAddress "noLocalAddress";NewController "newController";NotDiscovered "notDiscovered";TlsStartFailed "tLSStartFailed";Exception "exception" { exception "exception" req,  };CtrlAuth "ctrlAuth";CtrlNotFound "ctrlNotFound";CtrlError "ctrlError" { ctrl_err "ctrlErr" req,  };Invitation "invitation";Version "version";Encrypt "encrypt";Decrypt "decrypt";BlockSize "blockSize";Syntax "syntax" { syntax_err "syntaxErr" req,  }; } bare { "identity" => Identity,"noLocalAddress" => NoLocalAddress,"newController" => NewController,"notDiscovered" => NotDiscovered,"tLSStartFailed" => TlsStartFailed,"ctrlAuth" => CtrlAuth,"ctrlNotFound" => CtrlNotFound,"invitation" => Invitation,"version" => Version,"encrypt" => Encrypt,"decrypt" => Decrypt,"blockSize" => BlockSize, });

/// The tag of a [`RcErrorType`].
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RcErrorTypeTag {
    /// `internal`.
    Internal,
    /// `identity`.
    Identity,
    /// `noLocalAddress`.
    NoLocalAddress,
    /// `newController`.
    NewController,
    /// `notDiscovered`.
    NotDiscovered,
    /// `tLSStartFailed`.
    TlsStartFailed,
    /// `exception`.
    Exception,
    /// `ctrlAuth`.
    CtrlAuth,
    /// `ctrlNotFound`.
    CtrlNotFound,
    /// `ctrlError`.
    CtrlError,
    /// `invitation`.
    Invitation,
    /// `version`.
    Version,
    /// `encrypt`.
    Encrypt,
    /// `decrypt`.
    Decrypt,
    /// `blockSize`.
    BlockSize,
    /// `syntax`.
    Syntax,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

tags!(RcErrorTypeTag { Internal "internal", Identity "identity", NoLocalAddress "noLocalAddress", NewController "newController", NotDiscovered "notDiscovered", TlsStartFailed "tLSStartFailed", Exception "exception", CtrlAuth "ctrlAuth", CtrlNotFound "ctrlNotFound", CtrlError "ctrlError", Invitation "invitation", Version "version", Encrypt "encrypt", Decrypt "decrypt", BlockSize "blockSize", Syntax "syntax",  });

/// `RcvConnEvent`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum RcvConnEvent {
    /// `switchQueue`.
    #[non_exhaustive]
    SwitchQueue {
        /// `phase`.
        phase: SwitchPhase,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `ratchetSync`.
    #[non_exhaustive]
    RatchetSync {
        /// `syncStatus`.
        sync_status: RatchetSyncState,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `verificationCodeReset`.
    VerificationCodeReset,
    /// `pqEnabled`.
    #[non_exhaustive]
    PqEnabled {
        /// `enabled`.
        enabled: bool,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// A variant that the schema does not know.
    Unknown(Unknown),
}

union!(RcvConnEvent, RcvConnEventTag { SwitchQueue "switchQueue" { phase "phase" req,  };RatchetSync "ratchetSync" { sync_status "syncStatus" req,  };VerificationCodeReset "verificationCodeReset";PqEnabled "pqEnabled" { enabled "enabled" auto,  }; } bare { "verificationCodeReset" => VerificationCodeReset, });

/// The tag of a [`RcvConnEvent`].
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RcvConnEventTag {
    /// `switchQueue`.
    SwitchQueue,
    /// `ratchetSync`.
    RatchetSync,
    /// `verificationCodeReset`.
    VerificationCodeReset,
    /// `pqEnabled`.
    PqEnabled,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

tags!(RcvConnEventTag { SwitchQueue "switchQueue", RatchetSync "ratchetSync", VerificationCodeReset "verificationCodeReset", PqEnabled "pqEnabled",  });

/// `RcvDirectEvent`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum RcvDirectEvent {
    /// `contactDeleted`.
    ContactDeleted,
    /// `profileUpdated`.
    #[non_exhaustive]
    ProfileUpdated {
        /// `fromProfile`.
        from_profile: Box<Profile>,
        /// `toProfile`.
        to_profile: Box<Profile>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `groupInvLinkReceived`.
    #[non_exhaustive]
    GroupInvLinkReceived {
        /// `groupProfile`.
        group_profile: Box<GroupProfile>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// A variant that the schema does not know.
    Unknown(Unknown),
}

union!(RcvDirectEvent, RcvDirectEventTag { ContactDeleted "contactDeleted";ProfileUpdated "profileUpdated" { from_profile "fromProfile" req, to_profile "toProfile" req,  };GroupInvLinkReceived "groupInvLinkReceived" { group_profile "groupProfile" req,  }; } bare { "contactDeleted" => ContactDeleted, });

/// The tag of a [`RcvDirectEvent`].
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RcvDirectEventTag {
    /// `contactDeleted`.
    ContactDeleted,
    /// `profileUpdated`.
    ProfileUpdated,
    /// `groupInvLinkReceived`.
    GroupInvLinkReceived,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

tags!(RcvDirectEventTag { ContactDeleted "contactDeleted", ProfileUpdated "profileUpdated", GroupInvLinkReceived "groupInvLinkReceived",  });

/// `RcvFileStatus`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum RcvFileStatus {
    /// `new`.
    New,
    /// `accepted`.
    #[non_exhaustive]
    Accepted {
        /// `filePath`.
        file_path: Option<String>,
        /// `fileInfo`.
        file_info: Option<Box<RcvFileInfo>>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `connected`.
    #[non_exhaustive]
    Connected {
        /// `filePath`.
        file_path: Option<String>,
        /// `fileInfo`.
        file_info: Option<Box<RcvFileInfo>>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `complete`.
    #[non_exhaustive]
    Complete {
        /// `filePath`.
        file_path: Option<String>,
        /// `fileInfo`.
        file_info: Option<Box<RcvFileInfo>>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `cancelled`.
    #[non_exhaustive]
    Cancelled {
        /// `filePath_`.
        file_path: Option<String>,
        /// `fileInfo_`.
        file_info: Option<Box<RcvFileInfo>>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// A variant that the schema does not know.
    Unknown(Unknown),
}

union!(RcvFileStatus, RcvFileStatusTag { New "new";Accepted "accepted" { file_path "filePath" opt, file_info "fileInfo" opt,  };Connected "connected" { file_path "filePath" opt, file_info "fileInfo" opt,  };Complete "complete" { file_path "filePath" opt, file_info "fileInfo" opt,  };Cancelled "cancelled" { file_path "filePath_" opt, file_info "fileInfo_" opt,  }; } bare { "new" => New, });

/// The tag of a [`RcvFileStatus`].
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RcvFileStatusTag {
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

tags!(RcvFileStatusTag { New "new", Accepted "accepted", Connected "connected", Complete "complete", Cancelled "cancelled",  });

/// `RcvGroupEvent`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum RcvGroupEvent {
    /// `memberAdded`.
    #[non_exhaustive]
    MemberAdded {
        /// `groupMemberId`.
        group_member_id: GroupMemberId,
        /// `profile`.
        profile: Box<Profile>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `memberConnected`.
    MemberConnected,
    /// `memberAccepted`.
    #[non_exhaustive]
    MemberAccepted {
        /// `groupMemberId`.
        group_member_id: GroupMemberId,
        /// `profile`.
        profile: Box<Profile>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `userAccepted`.
    UserAccepted,
    /// `memberLeft`.
    MemberLeft,
    /// `memberRole`.
    #[non_exhaustive]
    MemberRole {
        /// `groupMemberId`.
        group_member_id: GroupMemberId,
        /// `profile`.
        profile: Box<Profile>,
        /// `role`.
        role: GroupMemberRole,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `memberBlocked`.
    #[non_exhaustive]
    MemberBlocked {
        /// `groupMemberId`.
        group_member_id: GroupMemberId,
        /// `profile`.
        profile: Box<Profile>,
        /// `blocked`.
        blocked: bool,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `userRole`.
    #[non_exhaustive]
    UserRole {
        /// `role`.
        role: GroupMemberRole,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `memberDeleted`.
    #[non_exhaustive]
    MemberDeleted {
        /// `groupMemberId`.
        group_member_id: GroupMemberId,
        /// `profile`.
        profile: Box<Profile>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `userDeleted`.
    UserDeleted,
    /// `groupDeleted`.
    GroupDeleted,
    /// `groupUpdated`.
    #[non_exhaustive]
    GroupUpdated {
        /// `groupProfile`.
        group_profile: Box<GroupProfile>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `invitedViaGroupLink`.
    InvitedViaGroupLink,
    /// `memberCreatedContact`.
    MemberCreatedContact,
    /// `memberProfileUpdated`.
    #[non_exhaustive]
    MemberProfileUpdated {
        /// `fromProfile`.
        from_profile: Box<Profile>,
        /// `toProfile`.
        to_profile: Box<Profile>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `newMemberPendingReview`.
    NewMemberPendingReview,
    /// `msgBadSignature`.
    MsgBadSignature,
    /// A variant that the schema does not know.
    Unknown(Unknown),
}

union!(RcvGroupEvent, RcvGroupEventTag { MemberAdded "memberAdded" { group_member_id "groupMemberId" req, profile "profile" req,  };MemberConnected "memberConnected";MemberAccepted "memberAccepted" { group_member_id "groupMemberId" req, profile "profile" req,  };UserAccepted "userAccepted";MemberLeft "memberLeft";MemberRole "memberRole" { group_member_id "groupMemberId" req, profile "profile" req, role "role" req,  };MemberBlocked "memberBlocked" { group_member_id "groupMemberId" req, profile "profile" req, blocked "blocked" auto,  };UserRole "userRole" { role "role" req,  };MemberDeleted "memberDeleted" { group_member_id "groupMemberId" req, profile "profile" req,  };UserDeleted "userDeleted";GroupDeleted "groupDeleted";GroupUpdated "groupUpdated" { group_profile "groupProfile" req,  };InvitedViaGroupLink "invitedViaGroupLink";MemberCreatedContact "memberCreatedContact";MemberProfileUpdated "memberProfileUpdated" { from_profile "fromProfile" req, to_profile "toProfile" req,  };NewMemberPendingReview "newMemberPendingReview";MsgBadSignature "msgBadSignature"; } bare { "memberConnected" => MemberConnected,"userAccepted" => UserAccepted,"memberLeft" => MemberLeft,"userDeleted" => UserDeleted,"groupDeleted" => GroupDeleted,"invitedViaGroupLink" => InvitedViaGroupLink,"memberCreatedContact" => MemberCreatedContact,"newMemberPendingReview" => NewMemberPendingReview,"msgBadSignature" => MsgBadSignature, });

/// The tag of a [`RcvGroupEvent`].
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RcvGroupEventTag {
    /// `memberAdded`.
    MemberAdded,
    /// `memberConnected`.
    MemberConnected,
    /// `memberAccepted`.
    MemberAccepted,
    /// `userAccepted`.
    UserAccepted,
    /// `memberLeft`.
    MemberLeft,
    /// `memberRole`.
    MemberRole,
    /// `memberBlocked`.
    MemberBlocked,
    /// `userRole`.
    UserRole,
    /// `memberDeleted`.
    MemberDeleted,
    /// `userDeleted`.
    UserDeleted,
    /// `groupDeleted`.
    GroupDeleted,
    /// `groupUpdated`.
    GroupUpdated,
    /// `invitedViaGroupLink`.
    InvitedViaGroupLink,
    /// `memberCreatedContact`.
    MemberCreatedContact,
    /// `memberProfileUpdated`.
    MemberProfileUpdated,
    /// `newMemberPendingReview`.
    NewMemberPendingReview,
    /// `msgBadSignature`.
    MsgBadSignature,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

tags!(RcvGroupEventTag { MemberAdded "memberAdded", MemberConnected "memberConnected", MemberAccepted "memberAccepted", UserAccepted "userAccepted", MemberLeft "memberLeft", MemberRole "memberRole", MemberBlocked "memberBlocked", UserRole "userRole", MemberDeleted "memberDeleted", UserDeleted "userDeleted", GroupDeleted "groupDeleted", GroupUpdated "groupUpdated", InvitedViaGroupLink "invitedViaGroupLink", MemberCreatedContact "memberCreatedContact", MemberProfileUpdated "memberProfileUpdated", NewMemberPendingReview "newMemberPendingReview", MsgBadSignature "msgBadSignature",  });

/// `RcvMsgError`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum RcvMsgError {
    /// `dropped`.
    #[non_exhaustive]
    Dropped {
        /// `attempts`.
        attempts: i64,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `parseError`.
    #[non_exhaustive]
    ParseError {
        /// `parseError`.
        parse_error: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// A variant that the schema does not know.
    Unknown(Unknown),
}

union!(RcvMsgError, RcvMsgErrorTag { Dropped "dropped" { attempts "attempts" req,  };ParseError "parseError" { parse_error "parseError" req,  }; } bare {  });

/// The tag of a [`RcvMsgError`].
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RcvMsgErrorTag {
    /// `dropped`.
    Dropped,
    /// `parseError`.
    ParseError,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

tags!(RcvMsgErrorTag { Dropped "dropped", ParseError "parseError",  });

/// `SMPAgentError`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum SmpAgentError {
    /// `A_MESSAGE`.
    AMessage,
    /// `A_PROHIBITED`.
    #[non_exhaustive]
    AProhibited {
        /// `prohibitedErr`.
        prohibited_err: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `A_VERSION`.
    AVersion,
    /// `A_LINK`.
    #[non_exhaustive]
    ALink {
        /// `linkErr`.
        link_err: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `A_CRYPTO`.
    #[non_exhaustive]
    ACrypto {
        /// `cryptoErr`.
        crypto_err: AgentCryptoError,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `A_DUPLICATE`.
    #[non_exhaustive]
    ADuplicate {
        /// `droppedMsg_`.
        dropped_msg: Option<DroppedMsg>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `A_QUEUE`.
    #[non_exhaustive]
    AQueue {
        /// `queueErr`.
        queue_err: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// A variant that the schema does not know.
    Unknown(Unknown),
}

union!(SmpAgentError, SmpAgentErrorTag { AMessage "A_MESSAGE";AProhibited "A_PROHIBITED" { prohibited_err "prohibitedErr" req,  };AVersion "A_VERSION";ALink "A_LINK" { link_err "linkErr" req,  };ACrypto "A_CRYPTO" { crypto_err "cryptoErr" req,  };ADuplicate "A_DUPLICATE" { dropped_msg "droppedMsg_" opt,  };AQueue "A_QUEUE" { queue_err "queueErr" req,  }; } bare { "A_MESSAGE" => AMessage,"A_VERSION" => AVersion, });

/// The tag of a [`SmpAgentError`].
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SmpAgentErrorTag {
    /// `A_MESSAGE`.
    AMessage,
    /// `A_PROHIBITED`.
    AProhibited,
    /// `A_VERSION`.
    AVersion,
    /// `A_LINK`.
    ALink,
    /// `A_CRYPTO`.
    ACrypto,
    /// `A_DUPLICATE`.
    ADuplicate,
    /// `A_QUEUE`.
    AQueue,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

tags!(SmpAgentErrorTag { AMessage "A_MESSAGE", AProhibited "A_PROHIBITED", AVersion "A_VERSION", ALink "A_LINK", ACrypto "A_CRYPTO", ADuplicate "A_DUPLICATE", AQueue "A_QUEUE",  });

/// `SimplexDomainError`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum SimplexDomainError {
    /// `noValidLink`.
    NoValidLink,
    /// `unknownDomain`.
    UnknownDomain,
    /// A variant that the schema does not know.
    Unknown(Unknown),
}

union!(SimplexDomainError, SimplexDomainErrorTag { NoValidLink "noValidLink";UnknownDomain "unknownDomain"; } bare { "noValidLink" => NoValidLink,"unknownDomain" => UnknownDomain, });

/// The tag of a [`SimplexDomainError`].
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SimplexDomainErrorTag {
    /// `noValidLink`.
    NoValidLink,
    /// `unknownDomain`.
    UnknownDomain,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

tags!(SimplexDomainErrorTag { NoValidLink "noValidLink", UnknownDomain "unknownDomain",  });

/// `SndConnEvent`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum SndConnEvent {
    /// `switchQueue`.
    #[non_exhaustive]
    SwitchQueue {
        /// `phase`.
        phase: SwitchPhase,
        /// `member`.
        member: Option<Box<GroupMemberRef>>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `ratchetSync`.
    #[non_exhaustive]
    RatchetSync {
        /// `syncStatus`.
        sync_status: RatchetSyncState,
        /// `member`.
        member: Option<Box<GroupMemberRef>>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `pqEnabled`.
    #[non_exhaustive]
    PqEnabled {
        /// `enabled`.
        enabled: bool,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// A variant that the schema does not know.
    Unknown(Unknown),
}

union!(SndConnEvent, SndConnEventTag { SwitchQueue "switchQueue" { phase "phase" req, member "member" opt,  };RatchetSync "ratchetSync" { sync_status "syncStatus" req, member "member" opt,  };PqEnabled "pqEnabled" { enabled "enabled" auto,  }; } bare {  });

/// The tag of a [`SndConnEvent`].
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SndConnEventTag {
    /// `switchQueue`.
    SwitchQueue,
    /// `ratchetSync`.
    RatchetSync,
    /// `pqEnabled`.
    PqEnabled,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

tags!(SndConnEventTag { SwitchQueue "switchQueue", RatchetSync "ratchetSync", PqEnabled "pqEnabled",  });

/// `SndError`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum SndError {
    /// `auth`.
    Auth,
    /// `quota`.
    Quota,
    /// `expired`.
    Expired,
    /// `relay`.
    #[non_exhaustive]
    Relay {
        /// `srvError`.
        srv_error: SrvError,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `proxy`.
    #[non_exhaustive]
    Proxy {
        /// `proxyServer`.
        proxy_server: String,
        /// `srvError`.
        srv_error: SrvError,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `proxyRelay`.
    #[non_exhaustive]
    ProxyRelay {
        /// `proxyServer`.
        proxy_server: String,
        /// `srvError`.
        srv_error: SrvError,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `other`.
    #[non_exhaustive]
    Other {
        /// `sndError`.
        snd_error: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// A variant that the schema does not know.
    Unknown(Unknown),
}

union!(SndError, SndErrorTag { Auth "auth";Quota "quota";Expired "expired";Relay "relay" { srv_error "srvError" req,  };Proxy "proxy" { proxy_server "proxyServer" req, srv_error "srvError" req,  };ProxyRelay "proxyRelay" { proxy_server "proxyServer" req, srv_error "srvError" req,  };Other "other" { snd_error "sndError" req,  }; } bare { "auth" => Auth,"quota" => Quota,"expired" => Expired, });

/// The tag of a [`SndError`].
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SndErrorTag {
    /// `auth`.
    Auth,
    /// `quota`.
    Quota,
    /// `expired`.
    Expired,
    /// `relay`.
    Relay,
    /// `proxy`.
    Proxy,
    /// `proxyRelay`.
    ProxyRelay,
    /// `other`.
    Other,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

tags!(SndErrorTag { Auth "auth", Quota "quota", Expired "expired", Relay "relay", Proxy "proxy", ProxyRelay "proxyRelay", Other "other",  });

/// `SndGroupEvent`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum SndGroupEvent {
    /// `memberRole`.
    #[non_exhaustive]
    MemberRole {
        /// `groupMemberId`.
        group_member_id: GroupMemberId,
        /// `profile`.
        profile: Box<Profile>,
        /// `role`.
        role: GroupMemberRole,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `memberBlocked`.
    #[non_exhaustive]
    MemberBlocked {
        /// `groupMemberId`.
        group_member_id: GroupMemberId,
        /// `profile`.
        profile: Box<Profile>,
        /// `blocked`.
        blocked: bool,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `userRole`.
    #[non_exhaustive]
    UserRole {
        /// `role`.
        role: GroupMemberRole,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `memberDeleted`.
    #[non_exhaustive]
    MemberDeleted {
        /// `groupMemberId`.
        group_member_id: GroupMemberId,
        /// `profile`.
        profile: Box<Profile>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `userLeft`.
    UserLeft,
    /// `groupUpdated`.
    #[non_exhaustive]
    GroupUpdated {
        /// `groupProfile`.
        group_profile: Box<GroupProfile>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `memberAccepted`.
    #[non_exhaustive]
    MemberAccepted {
        /// `groupMemberId`.
        group_member_id: GroupMemberId,
        /// `profile`.
        profile: Box<Profile>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `userPendingReview`.
    UserPendingReview,
    /// A variant that the schema does not know.
    Unknown(Unknown),
}

union!(SndGroupEvent, SndGroupEventTag { MemberRole "memberRole" { group_member_id "groupMemberId" req, profile "profile" req, role "role" req,  };MemberBlocked "memberBlocked" { group_member_id "groupMemberId" req, profile "profile" req, blocked "blocked" auto,  };UserRole "userRole" { role "role" req,  };MemberDeleted "memberDeleted" { group_member_id "groupMemberId" req, profile "profile" req,  };UserLeft "userLeft";GroupUpdated "groupUpdated" { group_profile "groupProfile" req,  };MemberAccepted "memberAccepted" { group_member_id "groupMemberId" req, profile "profile" req,  };UserPendingReview "userPendingReview"; } bare { "userLeft" => UserLeft,"userPendingReview" => UserPendingReview, });

/// The tag of a [`SndGroupEvent`].
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SndGroupEventTag {
    /// `memberRole`.
    MemberRole,
    /// `memberBlocked`.
    MemberBlocked,
    /// `userRole`.
    UserRole,
    /// `memberDeleted`.
    MemberDeleted,
    /// `userLeft`.
    UserLeft,
    /// `groupUpdated`.
    GroupUpdated,
    /// `memberAccepted`.
    MemberAccepted,
    /// `userPendingReview`.
    UserPendingReview,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

tags!(SndGroupEventTag { MemberRole "memberRole", MemberBlocked "memberBlocked", UserRole "userRole", MemberDeleted "memberDeleted", UserLeft "userLeft", GroupUpdated "groupUpdated", MemberAccepted "memberAccepted", UserPendingReview "userPendingReview",  });

/// `SrvError`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum SrvError {
    /// `host`.
    Host,
    /// `version`.
    Version,
    /// `other`.
    #[non_exhaustive]
    Other {
        /// `srvError`.
        srv_error: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// A variant that the schema does not know.
    Unknown(Unknown),
}

union!(SrvError, SrvErrorTag { Host "host";Version "version";Other "other" { srv_error "srvError" req,  }; } bare { "host" => Host,"version" => Version, });

/// The tag of a [`SrvError`].
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SrvErrorTag {
    /// `host`.
    Host,
    /// `version`.
    Version,
    /// `other`.
    Other,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

tags!(SrvErrorTag { Host "host", Version "version", Other "other",  });

/// `StoreError`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum StoreError {
    /// `duplicateName`.
    DuplicateName,
    /// `userNotFound`.
    #[non_exhaustive]
    UserNotFound {
        /// `userId`.
        user_id: UserId,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `relayUserNotFound`.
    RelayUserNotFound,
    /// `userNotFoundByName`.
    #[non_exhaustive]
    UserNotFoundByName {
        /// `contactName`.
        contact_name: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `userNotFoundByContactId`.
    #[non_exhaustive]
    UserNotFoundByContactId {
        /// `contactId`.
        contact_id: ContactId,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `userNotFoundByGroupId`.
    #[non_exhaustive]
    UserNotFoundByGroupId {
        /// `groupId`.
        group_id: GroupId,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `userNotFoundByFileId`.
    #[non_exhaustive]
    UserNotFoundByFileId {
        /// `fileId`.
        file_id: FileId,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `userNotFoundByContactRequestId`.
    #[non_exhaustive]
    UserNotFoundByContactRequestId {
        /// `contactRequestId`.
        contact_request_id: ContactRequestId,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `contactNotFound`.
    #[non_exhaustive]
    ContactNotFound {
        /// `contactId`.
        contact_id: ContactId,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `contactNotFoundByName`.
    #[non_exhaustive]
    ContactNotFoundByName {
        /// `contactName`.
        contact_name: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `contactNotFoundByMemberId`.
    #[non_exhaustive]
    ContactNotFoundByMemberId {
        /// `groupMemberId`.
        group_member_id: GroupMemberId,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `contactNotReady`.
    #[non_exhaustive]
    ContactNotReady {
        /// `contactName`.
        contact_name: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `duplicateContactLink`.
    DuplicateContactLink,
    /// `userContactLinkNotFound`.
    UserContactLinkNotFound,
    /// `contactRequestNotFound`.
    #[non_exhaustive]
    ContactRequestNotFound {
        /// `contactRequestId`.
        contact_request_id: ContactRequestId,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `contactRequestNotFoundByName`.
    #[non_exhaustive]
    ContactRequestNotFoundByName {
        /// `contactName`.
        contact_name: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `invalidContactRequestEntity`.
    #[non_exhaustive]
    InvalidContactRequestEntity {
        /// `contactRequestId`.
        contact_request_id: ContactRequestId,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `invalidBusinessChatContactRequest`.
    InvalidBusinessChatContactRequest,
    /// `groupNotFound`.
    #[non_exhaustive]
    GroupNotFound {
        /// `groupId`.
        group_id: GroupId,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `groupNotFoundByName`.
    #[non_exhaustive]
    GroupNotFoundByName {
        /// `groupName`.
        group_name: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `groupMemberNameNotFound`.
    #[non_exhaustive]
    GroupMemberNameNotFound {
        /// `groupId`.
        group_id: GroupId,
        /// `groupMemberName`.
        group_member_name: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `groupMemberNotFound`.
    #[non_exhaustive]
    GroupMemberNotFound {
        /// `groupMemberId`.
        group_member_id: GroupMemberId,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `groupMemberNotFoundByIndex`.
    #[non_exhaustive]
    GroupMemberNotFoundByIndex {
        /// `groupMemberIndex`.
        group_member_index: i64,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `memberRelationsVectorNotFound`.
    #[non_exhaustive]
    MemberRelationsVectorNotFound {
        /// `groupMemberId`.
        group_member_id: GroupMemberId,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `groupHostMemberNotFound`.
    #[non_exhaustive]
    GroupHostMemberNotFound {
        /// `groupId`.
        group_id: GroupId,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `groupMemberNotFoundByMemberId`.
    #[non_exhaustive]
    GroupMemberNotFoundByMemberId {
        /// `memberId`.
        member_id: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `memberContactGroupMemberNotFound`.
    #[non_exhaustive]
    MemberContactGroupMemberNotFound {
        /// `contactId`.
        contact_id: ContactId,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `invalidMemberRelationUpdate`.
    InvalidMemberRelationUpdate,
    /// `groupWithoutUser`.
    GroupWithoutUser,
    /// `duplicateGroupMember`.
    DuplicateGroupMember,
    /// `duplicateMemberId`.
    DuplicateMemberId,
    /// `groupAlreadyJoined`.
    GroupAlreadyJoined,
    /// `groupInvitationNotFound`.
    GroupInvitationNotFound,
    /// `noteFolderAlreadyExists`.
    #[non_exhaustive]
    NoteFolderAlreadyExists {
        /// `noteFolderId`.
        note_folder_id: NoteFolderId,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `noteFolderNotFound`.
    #[non_exhaustive]
    NoteFolderNotFound {
        /// `noteFolderId`.
        note_folder_id: NoteFolderId,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `userNoteFolderNotFound`.
    UserNoteFolderNotFound,
    /// `sndFileNotFound`.
    #[non_exhaustive]
    SndFileNotFound {
        /// `fileId`.
        file_id: FileId,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `sndFileInvalid`.
    #[non_exhaustive]
    SndFileInvalid {
        /// `fileId`.
        file_id: FileId,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `rcvFileNotFound`.
    #[non_exhaustive]
    RcvFileNotFound {
        /// `fileId`.
        file_id: FileId,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `rcvFileDescrNotFound`.
    #[non_exhaustive]
    RcvFileDescrNotFound {
        /// `fileId`.
        file_id: FileId,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `fileNotFound`.
    #[non_exhaustive]
    FileNotFound {
        /// `fileId`.
        file_id: FileId,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `rcvFileInvalid`.
    #[non_exhaustive]
    RcvFileInvalid {
        /// `fileId`.
        file_id: FileId,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `rcvFileInvalidDescrPart`.
    RcvFileInvalidDescrPart,
    /// `localFileNoTransfer`.
    #[non_exhaustive]
    LocalFileNoTransfer {
        /// `fileId`.
        file_id: FileId,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `sharedMsgIdNotFoundByFileId`.
    #[non_exhaustive]
    SharedMsgIdNotFoundByFileId {
        /// `fileId`.
        file_id: FileId,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `fileIdNotFoundBySharedMsgId`.
    #[non_exhaustive]
    FileIdNotFoundBySharedMsgId {
        /// `sharedMsgId`.
        shared_msg_id: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `sndFileNotFoundXFTP`.
    #[non_exhaustive]
    SndFileNotFoundXftp {
        /// `agentSndFileId`.
        agent_snd_file_id: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `rcvFileNotFoundXFTP`.
    #[non_exhaustive]
    RcvFileNotFoundXftp {
        /// `agentRcvFileId`.
        agent_rcv_file_id: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `connectionNotFound`.
    #[non_exhaustive]
    ConnectionNotFound {
        /// `agentConnId`.
        agent_conn_id: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `connectionNotFoundById`.
    #[non_exhaustive]
    ConnectionNotFoundById {
        /// `connId`.
        conn_id: ConnectionId,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `connectionNotFoundByMemberId`.
    #[non_exhaustive]
    ConnectionNotFoundByMemberId {
        /// `groupMemberId`.
        group_member_id: GroupMemberId,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `pendingConnectionNotFound`.
    #[non_exhaustive]
    PendingConnectionNotFound {
        /// `connId`.
        conn_id: ConnectionId,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `uniqueID`.
    UniqueId,
    /// `largeMsg`.
    LargeMsg,
    /// `internalError`.
    #[non_exhaustive]
    InternalError {
        /// `message`.
        message: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `dBException`.
    #[non_exhaustive]
    DbException {
        /// `message`.
        message: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `dBBusyError`.
    #[non_exhaustive]
    DbBusyError {
        /// `message`.
        message: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `badChatItem`.
    #[non_exhaustive]
    BadChatItem {
        /// `itemId`.
        item_id: ChatItemId,
        /// `itemTs`.
        item_ts: Option<Timestamp>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `chatItemNotFound`.
    #[non_exhaustive]
    ChatItemNotFound {
        /// `itemId`.
        item_id: ChatItemId,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `chatItemNotFoundByText`.
    #[non_exhaustive]
    ChatItemNotFoundByText {
        /// `text`.
        text: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `chatItemSharedMsgIdNotFound`.
    #[non_exhaustive]
    ChatItemSharedMsgIdNotFound {
        /// `sharedMsgId`.
        shared_msg_id: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `chatItemNotFoundByFileId`.
    #[non_exhaustive]
    ChatItemNotFoundByFileId {
        /// `fileId`.
        file_id: FileId,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `chatItemNotFoundByContactId`.
    #[non_exhaustive]
    ChatItemNotFoundByContactId {
        /// `contactId`.
        contact_id: ContactId,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `chatItemNotFoundByGroupId`.
    #[non_exhaustive]
    ChatItemNotFoundByGroupId {
        /// `groupId`.
        group_id: GroupId,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `profileNotFound`.
    #[non_exhaustive]
    ProfileNotFound {
        /// `profileId`.
        profile_id: ProfileId,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `duplicateGroupLink`.
    #[non_exhaustive]
    DuplicateGroupLink {
        /// `groupInfo`.
        group_info: Box<GroupInfo>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `groupLinkNotFound`.
    #[non_exhaustive]
    GroupLinkNotFound {
        /// `groupInfo`.
        group_info: Box<GroupInfo>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `hostMemberIdNotFound`.
    #[non_exhaustive]
    HostMemberIdNotFound {
        /// `groupId`.
        group_id: GroupId,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `contactNotFoundByFileId`.
    #[non_exhaustive]
    ContactNotFoundByFileId {
        /// `fileId`.
        file_id: FileId,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `noGroupSndStatus`.
    #[non_exhaustive]
    NoGroupSndStatus {
        /// `itemId`.
        item_id: ChatItemId,
        /// `groupMemberId`.
        group_member_id: GroupMemberId,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `duplicateGroupMessage`.
    #[non_exhaustive]
    DuplicateGroupMessage {
        /// `groupId`.
        group_id: GroupId,
        /// `sharedMsgId`.
        shared_msg_id: String,
        /// `authorGroupMemberId`.
        author_group_member_id: Option<GroupMemberId>,
        /// `forwardedByGroupMemberId`.
        forwarded_by_group_member_id: Option<GroupMemberId>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `remoteHostNotFound`.
    #[non_exhaustive]
    RemoteHostNotFound {
        /// `remoteHostId`.
        remote_host_id: i64,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `remoteHostUnknown`.
    RemoteHostUnknown,
    /// `remoteHostDuplicateCA`.
    RemoteHostDuplicateCa,
    /// `remoteCtrlNotFound`.
    #[non_exhaustive]
    RemoteCtrlNotFound {
        /// `remoteCtrlId`.
        remote_ctrl_id: i64,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `remoteCtrlDuplicateCA`.
    RemoteCtrlDuplicateCa,
    /// `prohibitedDeleteUser`.
    #[non_exhaustive]
    ProhibitedDeleteUser {
        /// `userId`.
        user_id: UserId,
        /// `contactId`.
        contact_id: ContactId,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `operatorNotFound`.
    #[non_exhaustive]
    OperatorNotFound {
        /// `serverOperatorId`.
        server_operator_id: i64,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `usageConditionsNotFound`.
    UsageConditionsNotFound,
    /// `userChatRelayNotFound`.
    #[non_exhaustive]
    UserChatRelayNotFound {
        /// `chatRelayId`.
        chat_relay_id: ChatRelayId,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `groupRelayNotFound`.
    #[non_exhaustive]
    GroupRelayNotFound {
        /// `groupRelayId`.
        group_relay_id: GroupRelayId,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `groupRelayNotFoundByMemberId`.
    #[non_exhaustive]
    GroupRelayNotFoundByMemberId {
        /// `groupMemberId`.
        group_member_id: GroupMemberId,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `invalidQuote`.
    InvalidQuote,
    /// `invalidMention`.
    InvalidMention,
    /// `invalidDeliveryTask`.
    #[non_exhaustive]
    InvalidDeliveryTask {
        /// `taskId`.
        task_id: i64,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `deliveryTaskNotFound`.
    #[non_exhaustive]
    DeliveryTaskNotFound {
        /// `taskId`.
        task_id: i64,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `invalidDeliveryJob`.
    #[non_exhaustive]
    InvalidDeliveryJob {
        /// `jobId`.
        job_id: i64,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `deliveryJobNotFound`.
    #[non_exhaustive]
    DeliveryJobNotFound {
        /// `jobId`.
        job_id: i64,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `workItemError`.
    #[non_exhaustive]
    WorkItemError {
        /// `errContext`.
        err_context: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// A variant that the schema does not know.
    Unknown(Unknown),
}

union!(StoreError, StoreErrorTag { DuplicateName "duplicateName";UserNotFound "userNotFound" { user_id "userId" req,  };RelayUserNotFound "relayUserNotFound";UserNotFoundByName "userNotFoundByName" { contact_name "contactName" req,  };UserNotFoundByContactId "userNotFoundByContactId" { contact_id "contactId" req,  };UserNotFoundByGroupId "userNotFoundByGroupId" { group_id "groupId" req,  };UserNotFoundByFileId "userNotFoundByFileId" { file_id "fileId" req,  };UserNotFoundByContactRequestId "userNotFoundByContactRequestId" { contact_request_id "contactRequestId" req,  };ContactNotFound "contactNotFound" { contact_id "contactId" req,  };ContactNotFoundByName "contactNotFoundByName" { contact_name "contactName" req,  };ContactNotFoundByMemberId "contactNotFoundByMemberId" { group_member_id "groupMemberId" req,  };ContactNotReady "contactNotReady" { contact_name "contactName" req,  };DuplicateContactLink "duplicateContactLink";UserContactLinkNotFound "userContactLinkNotFound";ContactRequestNotFound "contactRequestNotFound" { contact_request_id "contactRequestId" req,  };ContactRequestNotFoundByName "contactRequestNotFoundByName" { contact_name "contactName" req,  };InvalidContactRequestEntity "invalidContactRequestEntity" { contact_request_id "contactRequestId" req,  };InvalidBusinessChatContactRequest "invalidBusinessChatContactRequest";GroupNotFound "groupNotFound" { group_id "groupId" req,  };GroupNotFoundByName "groupNotFoundByName" { group_name "groupName" req,  };GroupMemberNameNotFound "groupMemberNameNotFound" { group_id "groupId" req, group_member_name "groupMemberName" req,  };GroupMemberNotFound "groupMemberNotFound" { group_member_id "groupMemberId" req,  };GroupMemberNotFoundByIndex "groupMemberNotFoundByIndex" { group_member_index "groupMemberIndex" req,  };MemberRelationsVectorNotFound "memberRelationsVectorNotFound" { group_member_id "groupMemberId" req,  };GroupHostMemberNotFound "groupHostMemberNotFound" { group_id "groupId" req,  };GroupMemberNotFoundByMemberId "groupMemberNotFoundByMemberId" { member_id "memberId" req,  };MemberContactGroupMemberNotFound "memberContactGroupMemberNotFound" { contact_id "contactId" req,  };InvalidMemberRelationUpdate "invalidMemberRelationUpdate";GroupWithoutUser "groupWithoutUser";DuplicateGroupMember "duplicateGroupMember";DuplicateMemberId "duplicateMemberId";GroupAlreadyJoined "groupAlreadyJoined";GroupInvitationNotFound "groupInvitationNotFound";NoteFolderAlreadyExists "noteFolderAlreadyExists" { note_folder_id "noteFolderId" req,  };NoteFolderNotFound "noteFolderNotFound" { note_folder_id "noteFolderId" req,  };UserNoteFolderNotFound "userNoteFolderNotFound";SndFileNotFound "sndFileNotFound" { file_id "fileId" req,  };SndFileInvalid "sndFileInvalid" { file_id "fileId" req,  };RcvFileNotFound "rcvFileNotFound" { file_id "fileId" req,  };RcvFileDescrNotFound "rcvFileDescrNotFound" { file_id "fileId" req,  };FileNotFound "fileNotFound" { file_id "fileId" req,  };RcvFileInvalid "rcvFileInvalid" { file_id "fileId" req,  };RcvFileInvalidDescrPart "rcvFileInvalidDescrPart";LocalFileNoTransfer "localFileNoTransfer" { file_id "fileId" req,  };SharedMsgIdNotFoundByFileId "sharedMsgIdNotFoundByFileId" { file_id "fileId" req,  };FileIdNotFoundBySharedMsgId "fileIdNotFoundBySharedMsgId" { shared_msg_id "sharedMsgId" req,  };SndFileNotFoundXftp "sndFileNotFoundXFTP" { agent_snd_file_id "agentSndFileId" req,  };RcvFileNotFoundXftp "rcvFileNotFoundXFTP" { agent_rcv_file_id "agentRcvFileId" req,  };ConnectionNotFound "connectionNotFound" { agent_conn_id "agentConnId" req,  };ConnectionNotFoundById "connectionNotFoundById" { conn_id "connId" req,  };ConnectionNotFoundByMemberId "connectionNotFoundByMemberId" { group_member_id "groupMemberId" req,  };PendingConnectionNotFound "pendingConnectionNotFound" { conn_id "connId" req,  };UniqueId "uniqueID";LargeMsg "largeMsg";InternalError "internalError" { message "message" req,  };DbException "dBException" { message "message" req,  };DbBusyError "dBBusyError" { message "message" req,  };BadChatItem "badChatItem" { item_id "itemId" req, item_ts "itemTs" opt,  };ChatItemNotFound "chatItemNotFound" { item_id "itemId" req,  };ChatItemNotFoundByText "chatItemNotFoundByText" { text "text" req,  };ChatItemSharedMsgIdNotFound "chatItemSharedMsgIdNotFound" { shared_msg_id "sharedMsgId" req,  };ChatItemNotFoundByFileId "chatItemNotFoundByFileId" { file_id "fileId" req,  };ChatItemNotFoundByContactId "chatItemNotFoundByContactId" { contact_id "contactId" req,  };ChatItemNotFoundByGroupId "chatItemNotFoundByGroupId" { group_id "groupId" req,  };ProfileNotFound "profileNotFound" { profile_id "profileId" req,  };DuplicateGroupLink "duplicateGroupLink" { group_info "groupInfo" req,  };GroupLinkNotFound "groupLinkNotFound" { group_info "groupInfo" req,  };HostMemberIdNotFound "hostMemberIdNotFound" { group_id "groupId" req,  };ContactNotFoundByFileId "contactNotFoundByFileId" { file_id "fileId" req,  };NoGroupSndStatus "noGroupSndStatus" { item_id "itemId" req, group_member_id "groupMemberId" req,  };DuplicateGroupMessage "duplicateGroupMessage" { group_id "groupId" req, shared_msg_id "sharedMsgId" req, author_group_member_id "authorGroupMemberId" opt, forwarded_by_group_member_id "forwardedByGroupMemberId" opt,  };RemoteHostNotFound "remoteHostNotFound" { remote_host_id "remoteHostId" req,  };RemoteHostUnknown "remoteHostUnknown";RemoteHostDuplicateCa "remoteHostDuplicateCA";RemoteCtrlNotFound "remoteCtrlNotFound" { remote_ctrl_id "remoteCtrlId" req,  };RemoteCtrlDuplicateCa "remoteCtrlDuplicateCA";ProhibitedDeleteUser "prohibitedDeleteUser" { user_id "userId" req, contact_id "contactId" req,  };OperatorNotFound "operatorNotFound" { server_operator_id "serverOperatorId" req,  };UsageConditionsNotFound "usageConditionsNotFound";UserChatRelayNotFound "userChatRelayNotFound" { chat_relay_id "chatRelayId" req,  };GroupRelayNotFound "groupRelayNotFound" { group_relay_id "groupRelayId" req,  };GroupRelayNotFoundByMemberId "groupRelayNotFoundByMemberId" { group_member_id "groupMemberId" req,  };InvalidQuote "invalidQuote";InvalidMention "invalidMention";InvalidDeliveryTask "invalidDeliveryTask" { task_id "taskId" req,  };DeliveryTaskNotFound "deliveryTaskNotFound" { task_id "taskId" req,  };InvalidDeliveryJob "invalidDeliveryJob" { job_id "jobId" req,  };DeliveryJobNotFound "deliveryJobNotFound" { job_id "jobId" req,  };WorkItemError "workItemError" { err_context "errContext" req,  }; } bare { "duplicateName" => DuplicateName,"relayUserNotFound" => RelayUserNotFound,"duplicateContactLink" => DuplicateContactLink,"userContactLinkNotFound" => UserContactLinkNotFound,"invalidBusinessChatContactRequest" => InvalidBusinessChatContactRequest,"invalidMemberRelationUpdate" => InvalidMemberRelationUpdate,"groupWithoutUser" => GroupWithoutUser,"duplicateGroupMember" => DuplicateGroupMember,"duplicateMemberId" => DuplicateMemberId,"groupAlreadyJoined" => GroupAlreadyJoined,"groupInvitationNotFound" => GroupInvitationNotFound,"userNoteFolderNotFound" => UserNoteFolderNotFound,"rcvFileInvalidDescrPart" => RcvFileInvalidDescrPart,"uniqueID" => UniqueId,"largeMsg" => LargeMsg,"remoteHostUnknown" => RemoteHostUnknown,"remoteHostDuplicateCA" => RemoteHostDuplicateCa,"remoteCtrlDuplicateCA" => RemoteCtrlDuplicateCa,"usageConditionsNotFound" => UsageConditionsNotFound,"invalidQuote" => InvalidQuote,"invalidMention" => InvalidMention, });

/// The tag of a [`StoreError`].
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StoreErrorTag {
    /// `duplicateName`.
    DuplicateName,
    /// `userNotFound`.
    UserNotFound,
    /// `relayUserNotFound`.
    RelayUserNotFound,
    /// `userNotFoundByName`.
    UserNotFoundByName,
    /// `userNotFoundByContactId`.
    UserNotFoundByContactId,
    /// `userNotFoundByGroupId`.
    UserNotFoundByGroupId,
    /// `userNotFoundByFileId`.
    UserNotFoundByFileId,
    /// `userNotFoundByContactRequestId`.
    UserNotFoundByContactRequestId,
    /// `contactNotFound`.
    ContactNotFound,
    /// `contactNotFoundByName`.
    ContactNotFoundByName,
    /// `contactNotFoundByMemberId`.
    ContactNotFoundByMemberId,
    /// `contactNotReady`.
    ContactNotReady,
    /// `duplicateContactLink`.
    DuplicateContactLink,
    /// `userContactLinkNotFound`.
    UserContactLinkNotFound,
    /// `contactRequestNotFound`.
    ContactRequestNotFound,
    /// `contactRequestNotFoundByName`.
    ContactRequestNotFoundByName,
    /// `invalidContactRequestEntity`.
    InvalidContactRequestEntity,
    /// `invalidBusinessChatContactRequest`.
    InvalidBusinessChatContactRequest,
    /// `groupNotFound`.
    GroupNotFound,
    /// `groupNotFoundByName`.
    GroupNotFoundByName,
    /// `groupMemberNameNotFound`.
    GroupMemberNameNotFound,
    /// `groupMemberNotFound`.
    GroupMemberNotFound,
    /// `groupMemberNotFoundByIndex`.
    GroupMemberNotFoundByIndex,
    /// `memberRelationsVectorNotFound`.
    MemberRelationsVectorNotFound,
    /// `groupHostMemberNotFound`.
    GroupHostMemberNotFound,
    /// `groupMemberNotFoundByMemberId`.
    GroupMemberNotFoundByMemberId,
    /// `memberContactGroupMemberNotFound`.
    MemberContactGroupMemberNotFound,
    /// `invalidMemberRelationUpdate`.
    InvalidMemberRelationUpdate,
    /// `groupWithoutUser`.
    GroupWithoutUser,
    /// `duplicateGroupMember`.
    DuplicateGroupMember,
    /// `duplicateMemberId`.
    DuplicateMemberId,
    /// `groupAlreadyJoined`.
    GroupAlreadyJoined,
    /// `groupInvitationNotFound`.
    GroupInvitationNotFound,
    /// `noteFolderAlreadyExists`.
    NoteFolderAlreadyExists,
    /// `noteFolderNotFound`.
    NoteFolderNotFound,
    /// `userNoteFolderNotFound`.
    UserNoteFolderNotFound,
    /// `sndFileNotFound`.
    SndFileNotFound,
    /// `sndFileInvalid`.
    SndFileInvalid,
    /// `rcvFileNotFound`.
    RcvFileNotFound,
    /// `rcvFileDescrNotFound`.
    RcvFileDescrNotFound,
    /// `fileNotFound`.
    FileNotFound,
    /// `rcvFileInvalid`.
    RcvFileInvalid,
    /// `rcvFileInvalidDescrPart`.
    RcvFileInvalidDescrPart,
    /// `localFileNoTransfer`.
    LocalFileNoTransfer,
    /// `sharedMsgIdNotFoundByFileId`.
    SharedMsgIdNotFoundByFileId,
    /// `fileIdNotFoundBySharedMsgId`.
    FileIdNotFoundBySharedMsgId,
    /// `sndFileNotFoundXFTP`.
    SndFileNotFoundXftp,
    /// `rcvFileNotFoundXFTP`.
    RcvFileNotFoundXftp,
    /// `connectionNotFound`.
    ConnectionNotFound,
    /// `connectionNotFoundById`.
    ConnectionNotFoundById,
    /// `connectionNotFoundByMemberId`.
    ConnectionNotFoundByMemberId,
    /// `pendingConnectionNotFound`.
    PendingConnectionNotFound,
    /// `uniqueID`.
    UniqueId,
    /// `largeMsg`.
    LargeMsg,
    /// `internalError`.
    InternalError,
    /// `dBException`.
    DbException,
    /// `dBBusyError`.
    DbBusyError,
    /// `badChatItem`.
    BadChatItem,
    /// `chatItemNotFound`.
    ChatItemNotFound,
    /// `chatItemNotFoundByText`.
    ChatItemNotFoundByText,
    /// `chatItemSharedMsgIdNotFound`.
    ChatItemSharedMsgIdNotFound,
    /// `chatItemNotFoundByFileId`.
    ChatItemNotFoundByFileId,
    /// `chatItemNotFoundByContactId`.
    ChatItemNotFoundByContactId,
    /// `chatItemNotFoundByGroupId`.
    ChatItemNotFoundByGroupId,
    /// `profileNotFound`.
    ProfileNotFound,
    /// `duplicateGroupLink`.
    DuplicateGroupLink,
    /// `groupLinkNotFound`.
    GroupLinkNotFound,
    /// `hostMemberIdNotFound`.
    HostMemberIdNotFound,
    /// `contactNotFoundByFileId`.
    ContactNotFoundByFileId,
    /// `noGroupSndStatus`.
    NoGroupSndStatus,
    /// `duplicateGroupMessage`.
    DuplicateGroupMessage,
    /// `remoteHostNotFound`.
    RemoteHostNotFound,
    /// `remoteHostUnknown`.
    RemoteHostUnknown,
    /// `remoteHostDuplicateCA`.
    RemoteHostDuplicateCa,
    /// `remoteCtrlNotFound`.
    RemoteCtrlNotFound,
    /// `remoteCtrlDuplicateCA`.
    RemoteCtrlDuplicateCa,
    /// `prohibitedDeleteUser`.
    ProhibitedDeleteUser,
    /// `operatorNotFound`.
    OperatorNotFound,
    /// `usageConditionsNotFound`.
    UsageConditionsNotFound,
    /// `userChatRelayNotFound`.
    UserChatRelayNotFound,
    /// `groupRelayNotFound`.
    GroupRelayNotFound,
    /// `groupRelayNotFoundByMemberId`.
    GroupRelayNotFoundByMemberId,
    /// `invalidQuote`.
    InvalidQuote,
    /// `invalidMention`.
    InvalidMention,
    /// `invalidDeliveryTask`.
    InvalidDeliveryTask,
    /// `deliveryTaskNotFound`.
    DeliveryTaskNotFound,
    /// `invalidDeliveryJob`.
    InvalidDeliveryJob,
    /// `deliveryJobNotFound`.
    DeliveryJobNotFound,
    /// `workItemError`.
    WorkItemError,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

tags!(StoreErrorTag { DuplicateName "duplicateName", UserNotFound "userNotFound", RelayUserNotFound "relayUserNotFound", UserNotFoundByName "userNotFoundByName", UserNotFoundByContactId "userNotFoundByContactId", UserNotFoundByGroupId "userNotFoundByGroupId", UserNotFoundByFileId "userNotFoundByFileId", UserNotFoundByContactRequestId "userNotFoundByContactRequestId", ContactNotFound "contactNotFound", ContactNotFoundByName "contactNotFoundByName", ContactNotFoundByMemberId "contactNotFoundByMemberId", ContactNotReady "contactNotReady", DuplicateContactLink "duplicateContactLink", UserContactLinkNotFound "userContactLinkNotFound", ContactRequestNotFound "contactRequestNotFound", ContactRequestNotFoundByName "contactRequestNotFoundByName", InvalidContactRequestEntity "invalidContactRequestEntity", InvalidBusinessChatContactRequest "invalidBusinessChatContactRequest", GroupNotFound "groupNotFound", GroupNotFoundByName "groupNotFoundByName", GroupMemberNameNotFound "groupMemberNameNotFound", GroupMemberNotFound "groupMemberNotFound", GroupMemberNotFoundByIndex "groupMemberNotFoundByIndex", MemberRelationsVectorNotFound "memberRelationsVectorNotFound", GroupHostMemberNotFound "groupHostMemberNotFound", GroupMemberNotFoundByMemberId "groupMemberNotFoundByMemberId", MemberContactGroupMemberNotFound "memberContactGroupMemberNotFound", InvalidMemberRelationUpdate "invalidMemberRelationUpdate", GroupWithoutUser "groupWithoutUser", DuplicateGroupMember "duplicateGroupMember", DuplicateMemberId "duplicateMemberId", GroupAlreadyJoined "groupAlreadyJoined", GroupInvitationNotFound "groupInvitationNotFound", NoteFolderAlreadyExists "noteFolderAlreadyExists", NoteFolderNotFound "noteFolderNotFound", UserNoteFolderNotFound "userNoteFolderNotFound", SndFileNotFound "sndFileNotFound", SndFileInvalid "sndFileInvalid", RcvFileNotFound "rcvFileNotFound", RcvFileDescrNotFound "rcvFileDescrNotFound", FileNotFound "fileNotFound", RcvFileInvalid "rcvFileInvalid", RcvFileInvalidDescrPart "rcvFileInvalidDescrPart", LocalFileNoTransfer "localFileNoTransfer", SharedMsgIdNotFoundByFileId "sharedMsgIdNotFoundByFileId", FileIdNotFoundBySharedMsgId "fileIdNotFoundBySharedMsgId", SndFileNotFoundXftp "sndFileNotFoundXFTP", RcvFileNotFoundXftp "rcvFileNotFoundXFTP", ConnectionNotFound "connectionNotFound", ConnectionNotFoundById "connectionNotFoundById", ConnectionNotFoundByMemberId "connectionNotFoundByMemberId", PendingConnectionNotFound "pendingConnectionNotFound", UniqueId "uniqueID", LargeMsg "largeMsg", InternalError "internalError", DbException "dBException", DbBusyError "dBBusyError", BadChatItem "badChatItem", ChatItemNotFound "chatItemNotFound", ChatItemNotFoundByText "chatItemNotFoundByText", ChatItemSharedMsgIdNotFound "chatItemSharedMsgIdNotFound", ChatItemNotFoundByFileId "chatItemNotFoundByFileId", ChatItemNotFoundByContactId "chatItemNotFoundByContactId", ChatItemNotFoundByGroupId "chatItemNotFoundByGroupId", ProfileNotFound "profileNotFound", DuplicateGroupLink "duplicateGroupLink", GroupLinkNotFound "groupLinkNotFound", HostMemberIdNotFound "hostMemberIdNotFound", ContactNotFoundByFileId "contactNotFoundByFileId", NoGroupSndStatus "noGroupSndStatus", DuplicateGroupMessage "duplicateGroupMessage", RemoteHostNotFound "remoteHostNotFound", RemoteHostUnknown "remoteHostUnknown", RemoteHostDuplicateCa "remoteHostDuplicateCA", RemoteCtrlNotFound "remoteCtrlNotFound", RemoteCtrlDuplicateCa "remoteCtrlDuplicateCA", ProhibitedDeleteUser "prohibitedDeleteUser", OperatorNotFound "operatorNotFound", UsageConditionsNotFound "usageConditionsNotFound", UserChatRelayNotFound "userChatRelayNotFound", GroupRelayNotFound "groupRelayNotFound", GroupRelayNotFoundByMemberId "groupRelayNotFoundByMemberId", InvalidQuote "invalidQuote", InvalidMention "invalidMention", InvalidDeliveryTask "invalidDeliveryTask", DeliveryTaskNotFound "deliveryTaskNotFound", InvalidDeliveryJob "invalidDeliveryJob", DeliveryJobNotFound "deliveryJobNotFound", WorkItemError "workItemError",  });

/// `SubscriptionStatus`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum SubscriptionStatus {
    /// `active`.
    Active,
    /// `pending`.
    Pending,
    /// `removed`.
    #[non_exhaustive]
    Removed {
        /// `subError`.
        sub_error: String,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `noSub`.
    NoSub,
    /// A variant that the schema does not know.
    Unknown(Unknown),
}

union!(SubscriptionStatus, SubscriptionStatusTag { Active "active";Pending "pending";Removed "removed" { sub_error "subError" req,  };NoSub "noSub"; } bare { "active" => Active,"pending" => Pending,"noSub" => NoSub, });

/// The tag of a [`SubscriptionStatus`].
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SubscriptionStatusTag {
    /// `active`.
    Active,
    /// `pending`.
    Pending,
    /// `removed`.
    Removed,
    /// `noSub`.
    NoSub,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

tags!(SubscriptionStatusTag { Active "active", Pending "pending", Removed "removed", NoSub "noSub",  });

/// `TransportError`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum TransportError {
    /// `badBlock`.
    BadBlock,
    /// `version`.
    Version,
    /// `largeMsg`.
    LargeMsg,
    /// `badSession`.
    BadSession,
    /// `noServerAuth`.
    NoServerAuth,
    /// `handshake`.
    #[non_exhaustive]
    Handshake {
        /// `handshakeErr`.
        handshake_err: HandshakeError,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// A variant that the schema does not know.
    Unknown(Unknown),
}

union!(TransportError, TransportErrorTag { BadBlock "badBlock";Version "version";LargeMsg "largeMsg";BadSession "badSession";NoServerAuth "noServerAuth";Handshake "handshake" { handshake_err "handshakeErr" req,  }; } bare { "badBlock" => BadBlock,"version" => Version,"largeMsg" => LargeMsg,"badSession" => BadSession,"noServerAuth" => NoServerAuth, });

/// The tag of a [`TransportError`].
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorTag {
    /// `badBlock`.
    BadBlock,
    /// `version`.
    Version,
    /// `largeMsg`.
    LargeMsg,
    /// `badSession`.
    BadSession,
    /// `noServerAuth`.
    NoServerAuth,
    /// `handshake`.
    Handshake,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

tags!(TransportErrorTag { BadBlock "badBlock", Version "version", LargeMsg "largeMsg", BadSession "badSession", NoServerAuth "noServerAuth", Handshake "handshake",  });

/// `XFTPErrorType`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum XftpErrorType {
    /// `BLOCK`.
    Block,
    /// `SESSION`.
    Session,
    /// `HANDSHAKE`.
    Handshake,
    /// `CMD`.
    #[non_exhaustive]
    Cmd {
        /// `cmdErr`.
        cmd_err: CommandError,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `AUTH`.
    Auth,
    /// `BLOCKED`.
    #[non_exhaustive]
    Blocked {
        /// `blockInfo`.
        block_info: Box<BlockingInfo>,
        /// Fields that the schema does not know.
        extra: Extra,
    },
    /// `SIZE`.
    Size,
    /// `QUOTA`.
    Quota,
    /// `DIGEST`.
    Digest,
    /// `CRYPTO`.
    Crypto,
    /// `NO_FILE`.
    NoFile,
    /// `HAS_FILE`.
    HasFile,
    /// `FILE_IO`.
    FileIo,
    /// `TIMEOUT`.
    Timeout,
    /// `INTERNAL`.
    Internal,
    /// `DUPLICATE_`.
    Duplicate,
    /// A variant that the schema does not know.
    Unknown(Unknown),
}

union!(XftpErrorType, XftpErrorTypeTag { Block "BLOCK";Session "SESSION";Handshake "HANDSHAKE";Cmd "CMD" { cmd_err "cmdErr" req,  };Auth "AUTH";Blocked "BLOCKED" { block_info "blockInfo" req,  };Size "SIZE";Quota "QUOTA";Digest "DIGEST";Crypto "CRYPTO";NoFile "NO_FILE";HasFile "HAS_FILE";FileIo "FILE_IO";Timeout "TIMEOUT";Internal "INTERNAL";Duplicate "DUPLICATE_"; } bare { "BLOCK" => Block,"SESSION" => Session,"HANDSHAKE" => Handshake,"AUTH" => Auth,"SIZE" => Size,"QUOTA" => Quota,"DIGEST" => Digest,"CRYPTO" => Crypto,"NO_FILE" => NoFile,"HAS_FILE" => HasFile,"FILE_IO" => FileIo,"TIMEOUT" => Timeout,"INTERNAL" => Internal,"DUPLICATE_" => Duplicate, });

/// The tag of a [`XftpErrorType`].
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum XftpErrorTypeTag {
    /// `BLOCK`.
    Block,
    /// `SESSION`.
    Session,
    /// `HANDSHAKE`.
    Handshake,
    /// `CMD`.
    Cmd,
    /// `AUTH`.
    Auth,
    /// `BLOCKED`.
    Blocked,
    /// `SIZE`.
    Size,
    /// `QUOTA`.
    Quota,
    /// `DIGEST`.
    Digest,
    /// `CRYPTO`.
    Crypto,
    /// `NO_FILE`.
    NoFile,
    /// `HAS_FILE`.
    HasFile,
    /// `FILE_IO`.
    FileIo,
    /// `TIMEOUT`.
    Timeout,
    /// `INTERNAL`.
    Internal,
    /// `DUPLICATE_`.
    Duplicate,
    /// A value that the schema does not know.
    Unknown(Box<str>),
}

tags!(XftpErrorTypeTag { Block "BLOCK", Session "SESSION", Handshake "HANDSHAKE", Cmd "CMD", Auth "AUTH", Blocked "BLOCKED", Size "SIZE", Quota "QUOTA", Digest "DIGEST", Crypto "CRYPTO", NoFile "NO_FILE", HasFile "HAS_FILE", FileIo "FILE_IO", Timeout "TIMEOUT", Internal "INTERNAL", Duplicate "DUPLICATE_",  });
