//! A core that can be killed as a process is: without an orderly end. While it dies, its users get no answers and no
//! events, so that the tasks that would die with their process end first; once it is dead, the others see its end.
//!
//! It notes who asks the bot to be accepted, which no person sees.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use tokio_util::sync::CancellationToken;

use crate::core::{ChatCore, CoreError, CoreEvent, Frame, Request};
use crate::types::Event;

use super::conversation::Conversation;

#[derive(Debug)]
pub(super) struct KillableCore {
    core: Arc<dyn ChatCore>,
    bot: String,
    conversation: Conversation,
    dying: CancellationToken,
    dead: CancellationToken,
}

impl KillableCore {
    pub(super) fn new(core: Arc<dyn ChatCore>, bot: String, conversation: Conversation) -> Self {
        Self { core, bot, conversation, dying: CancellationToken::new(), dead: CancellationToken::new() }
    }

    fn note(&self, event: &CoreEvent) {
        if let CoreEvent::Frame(frame) = event
            && frame.tag() == "receivedContactRequest"
            && let Ok(Event::ReceivedContactRequest(event)) = Event::decode(frame).map(|decoded| decoded.value)
        {
            let name = &event.contact_request.profile.display_name;
            self.conversation.note(format!("{name} → {}: (asks to be accepted)", self.bot));
        }
    }

    /// From here on, nothing is answered.
    pub(super) fn begin_to_die(&self) {
        self.dying.cancel();
    }

    pub(super) fn die(&self) {
        self.dead.cancel();
    }

    fn closed() -> CoreError {
        CoreError::Closed { reason: "the test killed it".into() }
    }
}

#[async_trait]
impl ChatCore for KillableCore {
    async fn send(&self, request: Request) -> Result<Frame, CoreError> {
        tokio::select! {
            biased;
            () = self.dying.cancelled() => {}
            answer = self.core.send(request) => return answer,
        }
        self.dead.cancelled().await;
        Err(Self::closed())
    }

    async fn recv(&self) -> Option<CoreEvent> {
        tokio::select! {
            biased;
            () = self.dying.cancelled() => {}
            event = self.core.recv() => return event.inspect(|event| self.note(event)),
        }
        self.dead.cancelled().await;
        None
    }

    async fn close(&self, deadline: Duration) -> Result<(), CoreError> {
        if self.dying.is_cancelled() { Ok(()) } else { self.core.close(deadline).await }
    }

    fn owns_chat(&self) -> bool {
        self.core.owns_chat()
    }
}
