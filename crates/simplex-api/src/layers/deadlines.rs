//! Deadlines by network use.

use std::time::Duration;

use async_trait::async_trait;
use simplex_types::{Frame, Network};

use crate::{ApiError, Call, Layer, Next};

/// Sets a deadline for each command by its use of the network, instead of the core's single default. A command with
/// its own deadline keeps it. The time begins when the command leaves the layers: waiting for its pace does not count,
/// and each retry has the whole of it.
#[derive(Debug, Clone, Copy)]
pub struct Deadlines {
    /// For commands that do not use the network, or use it only after their answer.
    pub local: Duration,
    /// For commands whose answer waits for the network, and for raw commands.
    pub network: Duration,
}

#[async_trait]
impl Layer for Deadlines {
    async fn call(&self, call: Call, next: Next<'_>) -> Result<Frame, ApiError> {
        if call.request().timeout().is_some() {
            return next.run(call).await;
        }
        let deadline = match call.network() {
            Some(Network::No | Network::Background) => self.local,
            _ => self.network,
        };
        next.run(call.with_timeout(deadline)).await
    }
}
