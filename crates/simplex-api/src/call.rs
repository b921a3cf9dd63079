//! The single call that all commands go through, and the layers around it.

use std::fmt::Debug;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use simplex_core::Request;
use simplex_types::{Command, Frame, Network};

use crate::{ApiError, ChatApi};

/// A command on its way to the core.
#[derive(Debug, Clone)]
pub struct Call {
    request: Request,
    command: Option<(&'static str, Network)>,
}

impl Call {
    pub(crate) fn typed<C: Command>(request: Request) -> Self {
        Self { request, command: Some((C::NAME, C::NETWORK)) }
    }

    pub(crate) fn raw(request: Request) -> Self {
        Self { request, command: None }
    }

    pub(crate) fn into_request(self) -> Request {
        self.request
    }

    /// The command's text, with its deadline and urgency.
    pub fn request(&self) -> &Request {
        &self.request
    }

    /// Upstream's name of a typed command, or the leading words of a raw one. Contains no arguments, so it is safe to
    /// log.
    pub fn name(&self) -> &str {
        self.command.map_or_else(|| self.request.words(), |(name, _)| name)
    }

    /// How a typed command uses the network; `None` for a raw command.
    pub fn network(&self) -> Option<Network> {
        self.command.map(|(_, network)| network)
    }

    /// Whether executing the command twice has the same effect as once, so that it may be sent again if the outcome of
    /// the first attempt is unknown. Always false for raw commands.
    pub fn is_repeatable(&self) -> bool {
        self.command.is_some_and(|(name, _)| REPEATABLE.contains(&name))
    }

    /// Returns the same call with its own deadline.
    #[must_use]
    pub fn with_timeout(mut self, timeout: Duration) -> Self {
        self.request = self.request.with_timeout(timeout);
        self
    }
}

/// Middleware around every call: it sees each command and answer, and may delay, change, repeat or refuse a command.
///
/// ```
/// use simplex_api::{ApiError, Call, Layer, Next, types::Frame};
///
/// /// Keeps the profile as it is.
/// #[derive(Debug)]
/// struct NoProfileUpdates;
///
/// #[async_trait::async_trait]
/// impl Layer for NoProfileUpdates {
///     async fn call(&self, call: Call, next: Next<'_>) -> Result<Frame, ApiError> {
///         match call.name() {
///             "APIUpdateProfile" => Err(ApiError::refused(&call, "the profile stays as it is")),
///             _ => next.run(call).await,
///         }
///     }
/// }
/// ```
#[async_trait]
pub trait Layer: Debug + Send + Sync + 'static {
    /// Handles a call, usually by passing it on to `next`. The returned frame is the core's answer, which may be one
    /// of the core's errors ([`FrameOutcome::Error`](simplex_types::FrameOutcome::Error)).
    ///
    /// # Errors
    /// Those of `next`, or the layer's own.
    async fn call(&self, call: Call, next: Next<'_>) -> Result<Frame, ApiError>;
}

/// The rest of the stack inside a layer: the inner layers and the core. Copies can be run again, for retries.
#[derive(Debug, Clone, Copy)]
pub struct Next<'a> {
    api: &'a ChatApi,
    layers: &'a [Arc<dyn Layer>],
}

impl<'a> Next<'a> {
    pub(crate) fn first(api: &'a ChatApi) -> Self {
        Self { api, layers: &api.layers }
    }

    /// Passes the call on.
    ///
    /// # Errors
    /// No answer, or a refusal by an inner layer.
    ///
    /// # Cancel safety
    /// Dropping the future does not undo the command.
    pub async fn run(self, call: Call) -> Result<Frame, ApiError> {
        match self.layers.split_first() {
            Some((layer, layers)) => layer.call(call, Next { api: self.api, layers }).await,
            None => self.api.send_now(call).await,
        }
    }
}

/// What only reads, or sets something to a value: twice is once. Not servers: a new one is there already, then.
const REPEATABLE: &[&str] = &[
    "APIChatItemsRead",
    "APIChatRead",
    "APIChatUnread",
    "APIConnectPlan",
    "APIContactInfo",
    "APIContactQueueInfo",
    "APIEnableContact",
    "APIEnableGroupMember",
    "APIGetChat",
    "APIGetChatItemInfo",
    "APIGetChatItemTTL",
    "APIGetChatItems",
    "APIGetChatTags",
    "APIGetChats",
    "APIGetContactCode",
    "APIGetGroupLink",
    "APIGetGroupMemberCode",
    "APIGetGroupRelays",
    "APIGetNetworkConfig",
    "APIGetNetworkStatuses",
    "APIGetReactionMembers",
    "APIGetServerOperators",
    "APIGetUsageConditions",
    "APIGetUserServers",
    "APIGroupInfo",
    "APIGroupLinkMemberRole",
    "APIGroupMemberInfo",
    "APIGroupMemberQueueInfo",
    "APIListContacts",
    "APIListGroups",
    "APIListMembers",
    "APIPlanForwardChatItems",
    "APIReorderChatTags",
    "APIResetChatTTL",
    "APISetActiveUser",
    "APISetAddressSettings",
    "APISetAppFilePaths",
    "APISetChatItemTTL",
    "APISetChatSettings",
    "APISetChatTTL",
    "APISetChatTags",
    "APISetConnectionAlias",
    "APISetContactAlias",
    "APISetContactCustomData",
    "APISetEncryptLocalFiles",
    "APISetGroupAlias",
    "APISetGroupCustomData",
    "APISetMemberSettings",
    "APISetNetworkConfig",
    "APISetNetworkInfo",
    "APISetProfileAddress",
    "APISetUserAutoAcceptMemberContacts",
    "APISetUserContactReceipts",
    "APISetUserGroupReceipts",
    "APIShowMyAddress",
    "APIStandaloneFileInfo",
    "APIStopChat",
    "APITestProtoServer",
    "APIUpdateChatItem",
    "APIUpdateChatTag",
    "APIUpdateProfile",
    "APIUserRead",
    "APIValidateServers",
    "CheckChatRunning",
    "FileStatus",
    "GetAgentQueuesInfo",
    "GetAgentServersSummary",
    "GetAgentSubs",
    "GetAgentSubsTotal",
    "GetAgentWorkers",
    "ListRemoteCtrls",
    "ListRemoteHosts",
    "ListUsers",
    "SetAllContactReceipts",
    "SetFilesFolder",
    "SetTempFolder",
    "ShowActiveUser",
    "ShowVersion",
    "StartChat",
    "TestStorageEncryption",
];
