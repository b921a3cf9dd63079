//! Start and stop, servers, the network.

use std::time::Duration;

use simplex_core::Urgency;
use simplex_types::types::{
    ConnNetworkStatus, CoreVersionInfo, ProtocolTestFailure, UserNetworkInfo, UserOperatorServers,
};
use simplex_types::{NonEmpty, RawJson, UserId, cmd, response};

use crate::{ApiError, ChatApi};

/// Start and stop, servers, the network.
impl ChatApi {
    /// Returns the core's version.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn version(&self) -> Result<CoreVersionInfo, ApiError> {
        Ok(self.call(&cmd::ShowVersion::new()).await?.version_info)
    }

    /// Starts the chat: the core connects to servers, and events flow. Does nothing if it is already running.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn start_chat(&self) -> Result<(), ApiError> {
        self.call(&cmd::StartChat::new()).await.map(drop)
    }

    /// Stops the chat. Do not use this with a CLI that something else started: it would end.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn stop_chat(&self) -> Result<(), ApiError> {
        self.call_as(&cmd::StopChat::new(), Urgency::Control).await.map(drop)
    }

    /// Returns whether the chat is started.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn is_chat_running(&self) -> Result<bool, ApiError> {
        Ok(matches!(self.call(&cmd::CheckChatRunning::new()).await?, cmd::CheckChatRunningResponse::ChatRunning(_)))
    }

    /// Resumes after [`suspend_chat`](Self::suspend_chat).
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn activate_chat(&self) -> Result<(), ApiError> {
        self.call(&cmd::ActivateChat::new()).await.map(drop)
    }

    /// Gives work in progress this time to end, then suspends the chat: commands that use the network wait until
    /// [`activate_chat`](Self::activate_chat).
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn suspend_chat(&self, within: Duration) -> Result<(), ApiError> {
        let micros = i64::try_from(within.as_micros()).unwrap_or(i64::MAX);
        self.call(&cmd::SuspendChat::new(micros)).await.map(drop)
    }

    /// Returns the servers of a profile, by operator.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn get_user_servers(&self, user: UserId) -> Result<Vec<UserOperatorServers>, ApiError> {
        Ok(self.call(&cmd::GetUserServers::new(user)).await?.user_servers)
    }

    /// Replaces the servers of a profile: start from the current ones.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn set_user_servers(&self, user: UserId, servers: NonEmpty<UserOperatorServers>) -> Result<(), ApiError> {
        self.call(&cmd::SetUserServers::new(user, servers)).await.map(drop)
    }

    /// Returns what would be wrong with these servers.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn validate_servers(
        &self,
        user: UserId,
        servers: NonEmpty<UserOperatorServers>,
    ) -> Result<response::UserServersValidation, ApiError> {
        self.call(&cmd::ValidateServers::new(user, servers)).await
    }

    /// Tests a server (`smp://…` or `xftp://…`); `None` means that it works.
    ///
    /// # Errors
    /// Same as [`call`](Self::call); `commandError` if the text is not a server address.
    pub async fn test_server(&self, user: UserId, server: &str) -> Result<Option<Box<ProtocolTestFailure>>, ApiError> {
        Ok(self.call(&cmd::TestProtoServer::new(user, server)).await?.test_failure)
    }

    /// Returns the server operators, and their conditions.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn get_server_operators(&self) -> Result<RawJson, ApiError> {
        Ok(self.call(&cmd::GetServerOperators::new()).await?.conditions)
    }

    /// Returns the operators' conditions of use.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn get_usage_conditions(&self) -> Result<response::UsageConditions, ApiError> {
        self.call(&cmd::GetUsageConditions::new()).await
    }

    /// Returns the network settings: proxies, timeouts, sessions.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn get_network_config(&self) -> Result<RawJson, ApiError> {
        Ok(self.call(&cmd::GetNetworkConfig::new()).await?.network_config)
    }

    /// Replaces the network settings: start from the current ones.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn set_network_config(&self, config: RawJson) -> Result<(), ApiError> {
        self.call(&cmd::SetNetworkConfig::new(config)).await.map(drop)
    }

    /// Informs the core about the device's network.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn set_network_info(&self, info: UserNetworkInfo) -> Result<(), ApiError> {
        self.call(&cmd::SetNetworkInfo::new(info)).await.map(drop)
    }

    /// Returns which connections are connected. Cores newer than 6.4 report this only by events `subscriptionStatus`,
    /// and answer with a [parse error](ApiError::is_not_parsed); [`get_subscriptions`](Self::get_subscriptions) works
    /// with all cores.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn get_network_statuses(&self) -> Result<Vec<ConnNetworkStatus>, ApiError> {
        Ok(self.call(&cmd::GetNetworkStatuses::new()).await?.network_statuses)
    }

    /// Closes all connections to servers and reconnects.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn reconnect_all_servers(&self) -> Result<(), ApiError> {
        self.call(&cmd::ReconnectAllServers::new()).await.map(drop)
    }

    /// Subscribes to all connections again.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn resubscribe_all_connections(&self) -> Result<(), ApiError> {
        self.call(&cmd::ResubscribeAllConnections::new()).await.map(drop)
    }

    /// Returns the number of subscriptions with each server.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn get_subscriptions(&self) -> Result<response::AgentSubs, ApiError> {
        self.call(&cmd::GetAgentSubs::new()).await
    }

    /// Returns how many subscriptions of a profile are active, and how many are not yet.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn get_subscriptions_total(&self, user: UserId) -> Result<response::AgentSubsTotal, ApiError> {
        self.call(&cmd::GetAgentSubsTotal::new(user)).await
    }

    /// Returns traffic statistics for each server.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn get_servers_summary(&self, user: UserId) -> Result<RawJson, ApiError> {
        Ok(self.call(&cmd::GetAgentServersSummary::new(user)).await?.servers_summary)
    }

    /// Resets the statistics to zero.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn reset_servers_stats(&self) -> Result<(), ApiError> {
        self.call(&cmd::ResetAgentServersStats::new()).await.map(drop)
    }

    /// Returns how full the core's internal queues are.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn get_queues_info(&self) -> Result<RawJson, ApiError> {
        Ok(self.call(&cmd::GetAgentQueuesInfo::new()).await?.agent_queues_info)
    }

    /// Returns how many workers the core has, and how busy they are.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn get_workers_summary(&self) -> Result<RawJson, ApiError> {
        Ok(self.call(&cmd::GetAgentWorkers::new()).await?.agent_workers_summary)
    }

    /// Returns the devices that this core controls remotely.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn list_remote_hosts(&self) -> Result<Vec<RawJson>, ApiError> {
        Ok(self.call(&cmd::ListRemoteHosts::new()).await?.remote_hosts)
    }

    /// Returns the devices that control this core remotely.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn list_remote_ctrls(&self) -> Result<Vec<RawJson>, ApiError> {
        Ok(self.call(&cmd::ListRemoteCtrls::new()).await?.remote_ctrls)
    }

    /// Stops being controlled by another device.
    ///
    /// # Errors
    /// Same as [`call`](Self::call).
    pub async fn stop_remote_ctrl(&self) -> Result<(), ApiError> {
        self.call(&cmd::StopRemoteCtrl::new()).await.map(drop)
    }
}
