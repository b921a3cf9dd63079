//! A core that can be killed, as a process is: whoever uses it sees the end, and nothing is put in order.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use tokio_util::sync::CancellationToken;

use crate::core::{ChatCore, CoreError, CoreEvent, Frame, Request};

#[derive(Debug)]
pub(super) struct Mortal {
    core: Arc<dyn ChatCore>,
    dead: CancellationToken,
}

impl Mortal {
    pub(super) fn new(core: Arc<dyn ChatCore>) -> Self {
        Self { core, dead: CancellationToken::new() }
    }

    pub(super) fn die(&self) {
        self.dead.cancel();
    }

    fn closed() -> CoreError {
        CoreError::Closed { reason: "the test killed it".into() }
    }
}

#[async_trait]
impl ChatCore for Mortal {
    async fn send(&self, request: Request) -> Result<Frame, CoreError> {
        tokio::select! {
            biased;
            () = self.dead.cancelled() => Err(Self::closed()),
            answer = self.core.send(request) => answer,
        }
    }

    async fn recv(&self) -> Option<CoreEvent> {
        tokio::select! {
            biased;
            () = self.dead.cancelled() => None,
            event = self.core.recv() => event,
        }
    }

    async fn close(&self, deadline: Duration) -> Result<(), CoreError> {
        if self.dead.is_cancelled() { Ok(()) } else { self.core.close(deadline).await }
    }

    fn owns_chat(&self) -> bool {
        self.core.owns_chat()
    }
}
