//! Why a command has no answer that can be used.

use simplex_core::{CoreError, RefusedCommand};
use simplex_types::types::{AgentErrorType, ChatErrorType, StoreError};
use simplex_types::{AnswerError, ChatError, CommandTextError, Frame};

use crate::tag_of;

/// Why a command failed, or why that is not known.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum ApiError {
    /// The core answered with an error of its own.
    #[error("`{command}` failed: {}", error.summary())]
    Chat {
        /// The command's words.
        command: String,
        /// What the core said.
        error: Box<ChatError>,
    },
    /// The core answered with something that is not understood. The command was carried out, or was not.
    #[error("the answer `{tag}` to `{command}` is not understood ({reason}); it may have been carried out")]
    Unexpected {
        /// The command's words.
        command: String,
        /// The answer's tag.
        tag: String,
        /// What is wrong with it.
        reason: String,
        /// The answer as it came.
        frame: Box<Frame>,
    },
    /// The command was not sent: a free text in it would have made another command of it.
    #[error(transparent)]
    Text(#[from] CommandTextError),
    /// The command was not sent: it would not be what it says, or would end the core.
    #[error(transparent)]
    Refused(#[from] RefusedCommand),
    /// There is no answer.
    #[error(transparent)]
    Core(#[from] CoreError),
}

impl ApiError {
    pub(crate) fn unexpected(command: &str, frame: &Frame) -> Self {
        Self::Unexpected {
            command: command.to_owned(),
            tag: tag_of(frame),
            reason: "not an answer of the core".to_owned(),
            frame: Box::new(frame.clone()),
        }
    }

    pub(crate) fn from_error_frame(command: &str, frame: &Frame) -> Self {
        match ChatError::decode(frame) {
            Ok(error) => Self::Chat { command: command.to_owned(), error: Box::new(error.value) },
            Err(error) => Self::Unexpected {
                command: command.to_owned(),
                tag: tag_of(frame),
                reason: error.to_string(),
                frame: Box::new(frame.clone()),
            },
        }
    }

    /// The core's own error, if it is one.
    pub fn chat_error(&self) -> Option<&ChatError> {
        match self {
            Self::Chat { error, .. } => Some(error),
            _ => None,
        }
    }

    pub(crate) fn store_error(&self) -> Option<&StoreError> {
        match self.chat_error()? {
            ChatError::ErrorStore { store_error, .. } => Some(store_error),
            _ => None,
        }
    }

    pub(crate) fn error_type(&self) -> Option<&ChatErrorType> {
        match self.chat_error()? {
            ChatError::Error { error_type, .. } => Some(error_type),
            _ => None,
        }
    }

    /// Whether what the command names does not exist: a contact, a group, an item, an address.
    pub fn is_not_found(&self) -> bool {
        let store = self.store_error().map(|error| error.tag());
        let tag = store.as_ref().map(|tag| tag.as_str().to_owned());
        tag.or_else(|| self.error_type().map(|error| error.tag().as_str().to_owned()))
            .is_some_and(|tag| tag.contains("NotFound"))
    }

    /// Whether the network failed, so that the same command may succeed later.
    pub fn is_network(&self) -> bool {
        matches!(
            self.chat_error(),
            Some(ChatError::ErrorAgent { agent_error, .. }) if matches!(**agent_error, AgentErrorType::Broker { .. })
        )
    }
}

impl From<AnswerError> for ApiError {
    fn from(error: AnswerError) -> Self {
        let reason = error.to_string();
        match error {
            AnswerError::Chat { command, error } => Self::Chat { command: command.to_owned(), error },
            AnswerError::Undocumented { command, tag, frame } => {
                Self::Unexpected { command: command.to_owned(), tag, reason: "none of its known answers".into(), frame }
            }
            AnswerError::Decode { command, error } => Self::Unexpected {
                command: command.to_owned(),
                tag: error.tag().to_owned(),
                reason: error.to_string(),
                frame: Box::new(error.frame().clone()),
            },
            _ => Self::Unexpected {
                command: "(a command)".to_owned(),
                tag: String::new(),
                reason,
                frame: Box::new(Frame::parse("")),
            },
        }
    }
}
