//! Start and stop, servers, the network.

use simplex_core::Urgency;
use simplex_types::types::{
    ConnNetworkStatus, CoreVersionInfo, ProtocolTestFailure, UserNetworkInfo, UserOperatorServers,
};
use simplex_types::{NonEmpty, RawJson, UserId, cmd, response};

use crate::{ApiError, ChatApi};

/// Start and stop, servers, the network.
impl ChatApi {
    /// The core's version.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn version(&self) -> Result<CoreVersionInfo, ApiError> {
        Ok(self.call(&cmd::ShowVersion::new()).await?.version_info)
    }

    /// Starts the chat: connections are made and events flow. Harmless when it runs already.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn start_chat(&self) -> Result<(), ApiError> {
        self.call(&cmd::StartChat::new()).await.map(drop)
    }

    /// Stops the chat. Not for a CLI that somebody else started: it would end.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn stop_chat(&self) -> Result<(), ApiError> {
        self.call_as(&cmd::StopChat::new(), Urgency::Control).await.map(drop)
    }

    /// Whether the chat is started.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn is_chat_running(&self) -> Result<bool, ApiError> {
        Ok(matches!(self.call(&cmd::CheckChatRunning::new()).await?, cmd::CheckChatRunningResponse::ChatRunning(_)))
    }

    /// Ends [`suspend_chat`](Self::suspend_chat).
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn activate_chat(&self) -> Result<(), ApiError> {
        self.call(&cmd::ActivateChat::new()).await.map(drop)
    }

    /// Lets what is under way end for so many microseconds, then rests: commands that use the network wait until
    /// [`activate_chat`](Self::activate_chat).
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn suspend_chat(&self, within_micros: i64) -> Result<(), ApiError> {
        self.call(&cmd::SuspendChat::new(within_micros)).await.map(drop)
    }

    /// The servers of a profile, by operator.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn get_user_servers(&self, user: UserId) -> Result<Vec<UserOperatorServers>, ApiError> {
        Ok(self.call(&cmd::GetUserServers::new(user)).await?.user_servers)
    }

    /// Replaces the servers of a profile: start from those that are there.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn set_user_servers(&self, user: UserId, servers: NonEmpty<UserOperatorServers>) -> Result<(), ApiError> {
        self.call(&cmd::SetUserServers::new(user, servers)).await.map(drop)
    }

    /// What would be wrong with these servers.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn validate_servers(
        &self,
        user: UserId,
        servers: NonEmpty<UserOperatorServers>,
    ) -> Result<response::UserServersValidation, ApiError> {
        self.call(&cmd::ValidateServers::new(user, servers)).await
    }

    /// Tries a server (`smp://…` or `xftp://…`); `None` when it works.
    ///
    /// # Errors
    /// As [`call`](Self::call); `commandError` for what is no server.
    pub async fn test_server(&self, user: UserId, server: &str) -> Result<Option<Box<ProtocolTestFailure>>, ApiError> {
        Ok(self.call(&cmd::TestProtoServer::new(user, server)).await?.test_failure)
    }

    /// The operators of servers, and their conditions.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn get_server_operators(&self) -> Result<RawJson, ApiError> {
        Ok(self.call(&cmd::GetServerOperators::new()).await?.conditions)
    }

    /// The conditions of the operators.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn get_usage_conditions(&self) -> Result<response::UsageConditions, ApiError> {
        self.call(&cmd::GetUsageConditions::new()).await
    }

    /// How the network is used: proxies, timeouts, sessions.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn get_network_config(&self) -> Result<RawJson, ApiError> {
        Ok(self.call(&cmd::GetNetworkConfig::new()).await?.network_config)
    }

    /// Replaces how the network is used: start from what is there.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn set_network_config(&self, config: RawJson) -> Result<(), ApiError> {
        self.call(&cmd::SetNetworkConfig::new(config)).await.map(drop)
    }

    /// Tells the core of the device's network.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn set_network_info(&self, info: UserNetworkInfo) -> Result<(), ApiError> {
        self.call(&cmd::SetNetworkInfo::new(info)).await.map(drop)
    }

    /// Which connections are connected. Newer cores than 6.4 tell of it by events `subscriptionStatus` alone, and answer with
    /// an error that [is one of reading](ApiError::is_not_parsed); [`get_subscriptions`](Self::get_subscriptions) is there in all.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn get_network_statuses(&self) -> Result<Vec<ConnNetworkStatus>, ApiError> {
        Ok(self.call(&cmd::GetNetworkStatuses::new()).await?.network_statuses)
    }

    /// Closes all connections to servers; they are made anew.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn reconnect_all_servers(&self) -> Result<(), ApiError> {
        self.call(&cmd::ReconnectAllServers::new()).await.map(drop)
    }

    /// Subscribes to all connections anew.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn resubscribe_all_connections(&self) -> Result<(), ApiError> {
        self.call(&cmd::ResubscribeAllConnections::new()).await.map(drop)
    }

    /// How many subscriptions there are with each server.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn get_subscriptions(&self) -> Result<response::AgentSubs, ApiError> {
        self.call(&cmd::GetAgentSubs::new()).await
    }

    /// How many subscriptions of a profile are active, how many not yet.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn get_subscriptions_total(&self, user: UserId) -> Result<response::AgentSubsTotal, ApiError> {
        self.call(&cmd::GetAgentSubsTotal::new(user)).await
    }

    /// Counts of what went through each server.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn get_servers_summary(&self, user: UserId) -> Result<RawJson, ApiError> {
        Ok(self.call(&cmd::GetAgentServersSummary::new(user)).await?.servers_summary)
    }

    /// Counts from zero.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn reset_servers_stats(&self) -> Result<(), ApiError> {
        self.call(&cmd::ResetAgentServersStats::new()).await.map(drop)
    }

    /// How full the core's inner queues are.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn get_queues_info(&self) -> Result<RawJson, ApiError> {
        Ok(self.call(&cmd::GetAgentQueuesInfo::new()).await?.agent_queues_info)
    }

    /// How many workers the core has, and how busy.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn get_workers_summary(&self) -> Result<RawJson, ApiError> {
        Ok(self.call(&cmd::GetAgentWorkers::new()).await?.agent_workers_summary)
    }

    /// Devices that this core is the remote control of.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn list_remote_hosts(&self) -> Result<Vec<RawJson>, ApiError> {
        Ok(self.call(&cmd::ListRemoteHosts::new()).await?.remote_hosts)
    }

    /// Devices that are remote controls of this core.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn list_remote_ctrls(&self) -> Result<Vec<RawJson>, ApiError> {
        Ok(self.call(&cmd::ListRemoteCtrls::new()).await?.remote_ctrls)
    }

    /// Ends being controlled by another device.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn stop_remote_ctrl(&self) -> Result<(), ApiError> {
        self.call(&cmd::StopRemoteCtrl::new()).await.map(drop)
    }
}
