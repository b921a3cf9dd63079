//! Errors of commands.

use std::fmt;

use simplex_core::{CoreError, RefusedCommand};
use simplex_types::types::{
    AgentErrorType, BrokerErrorType, ChatErrorType, ErrorType, ProxyClientError, ProxyError, StoreError, XftpErrorType,
};
use simplex_types::{AnswerError, CAPABILITIES, ChatError, CommandTextError, Frame};

use crate::{Call, tag_of};

/// Why a command failed, or why its outcome is unknown.
///
/// Its `Debug` is its message: `unwrap`, and a `main` that returns it, print that, and not the records in it.
#[derive(Clone, thiserror::Error)]
#[non_exhaustive]
pub enum ApiError {
    /// The core answered with an error of its own.
    #[error("`{command}` failed: {error}")]
    Chat {
        /// The command, and the chat that it was for: `APISendMessages @4`.
        command: String,
        /// The core's error.
        error: Box<ChatError>,
    },
    /// The core's answer cannot be decoded. The command may or may not have been executed.
    #[error("the answer `{tag}` to `{command}` is not understood ({reason}); it may have been carried out")]
    Unexpected {
        /// The command.
        command: String,
        /// The answer's tag.
        tag: String,
        /// What is wrong with the answer.
        reason: String,
        /// The raw answer.
        frame: Box<Frame>,
    },
    /// The command was not sent: a message is longer than the core accepts. See [`split_text`](crate::split_text).
    #[error(
        "message {index} takes {size} bytes when encoded, {limit} at most; nothing was sent: split it, as `split_text` does"
    )]
    TooLarge {
        /// The index of the message, from 0.
        index: usize,
        /// Its size as the core counts it, in bytes; a quote, mentions and the like are not included.
        size: usize,
        /// The maximum that the core accepts, in bytes.
        limit: usize,
    },
    /// The command was not sent: it was refused, for example by a layer.
    #[error("`{command}` was not sent: {reason}")]
    NotSent {
        /// The command.
        command: String,
        /// The reason.
        reason: String,
    },
    /// The command was not sent: a free text in it would have turned it into another command.
    #[error(transparent)]
    Text(#[from] CommandTextError),
    /// The command was not sent: the core would misread it, or would end on it.
    #[error(transparent)]
    Refused(#[from] RefusedCommand),
    /// There was no answer.
    #[error(transparent)]
    Core(#[from] CoreError),
}

impl fmt::Debug for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl ApiError {
    /// The error for a layer that refuses a call.
    pub fn refused(call: &Call, reason: impl Into<String>) -> Self {
        Self::not_sent(call.name(), reason)
    }

    pub(crate) fn not_sent(command: &str, reason: impl Into<String>) -> Self {
        Self::NotSent { command: command.to_owned(), reason: reason.into() }
    }

    pub(crate) fn unexpected(command: &str, frame: &Frame, reason: impl Into<String>) -> Self {
        Self::Unexpected {
            command: command.to_owned(),
            tag: tag_of(frame),
            reason: reason.into(),
            frame: Box::new(frame.clone()),
        }
    }

    pub(crate) fn from_error_frame(command: &str, frame: &Frame) -> Self {
        match ChatError::decode(frame) {
            Ok(error) => Self::Chat { command: command.to_owned(), error: Box::new(error.value) },
            Err(error) => Self::unexpected(command, frame, error.to_string()),
        }
    }

    /// Names the releases whose cores read the command, and those whose cores read some of its parameters.
    pub(crate) fn with_releases(mut self) -> Self {
        let Self::Chat { command, .. } = &mut self else { return self };
        if let Some(capability) = CAPABILITIES.iter().find(|capability| capability.what == command) {
            *command = capability.to_string();
            return self;
        }
        let parameters = CAPABILITIES.iter().filter_map(|capability| {
            let mut of_parameter = *capability;
            of_parameter.what = capability.what.strip_prefix(&**command)?.strip_prefix('.')?;
            Some(of_parameter.to_string())
        });
        let parameters = Vec::from_iter(parameters);
        if !parameters.is_empty() {
            *command = format!("{command} [{}]", parameters.join(", "));
        }
        self
    }

    /// Names the chat that the command begins with, if it does: `/_send @4 …`, `/_get chat #7(_support:3) …`.
    pub(crate) fn in_chat_of(mut self, text: &str) -> Self {
        let command = match &mut self {
            Self::Chat { command, .. }
            | Self::Unexpected { command, .. }
            | Self::NotSent { command, .. }
            | Self::Core(CoreError::Timeout { command, .. } | CoreError::Interrupted { command, .. }) => command,
            _ => return self,
        };
        let is_word = |word: &&str| word.bytes().all(|b| b.is_ascii_lowercase() || matches!(b, b'/' | b'_'));
        let first = text.split(' ').find(|word| !is_word(word)).unwrap_or_default();
        let id = first.strip_prefix(['@', '#', '*', ':']).unwrap_or_default();
        let (id, scope) = id.split_at(id.find('(').unwrap_or(id.len()));
        let number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        let scoped = scope.strip_prefix("(_support:").and_then(|rest| rest.strip_suffix(')')).is_some_and(number);
        if number(id) && (scoped || matches!(scope, "" | "(_support)")) {
            *command = format!("{command} {first}");
        }
        self
    }

    /// The core's own error, if this is one.
    pub fn chat_error(&self) -> Option<&ChatError> {
        match self {
            Self::Chat { error, .. } => Some(error),
            _ => None,
        }
    }

    /// The core's error, if it comes from the store.
    pub fn store_error(&self) -> Option<&StoreError> {
        match self.chat_error()? {
            ChatError::ErrorStore { store_error, .. } => Some(store_error),
            _ => None,
        }
    }

    /// The core's error, if it is about the command or the chat.
    pub fn error_type(&self) -> Option<&ChatErrorType> {
        match self.chat_error()? {
            ChatError::Error { error_type, .. } => Some(error_type),
            _ => None,
        }
    }

    /// The core's error, if the network or a connection failed.
    pub fn agent_error(&self) -> Option<&AgentErrorType> {
        match self.chat_error()? {
            ChatError::ErrorAgent { agent_error, .. } => Some(agent_error),
            _ => None,
        }
    }

    /// The raw answer, if it could not be decoded.
    pub fn raw_answer(&self) -> Option<&str> {
        match self {
            Self::Unexpected { frame, .. } => Some(frame.text()),
            _ => None,
        }
    }

    /// Whether something that the command refers to does not exist: a contact, a group, an item, a file, an address.
    pub fn is_not_found(&self) -> bool {
        self.has_tag(|tag| tag.contains("NotFound"))
    }

    /// Whether it already exists: a name, an address, a member.
    pub fn is_duplicate(&self) -> bool {
        let duplicate =
            |tag: &str| tag.starts_with("duplicate") || tag.contains("Already") || tag.contains("Duplicate");
        self.has_tag(duplicate) || matches!(self.error_type(), Some(ChatErrorType::UserExists { .. }))
    }

    /// Whether the tag of a store's error, or of an error's type, is such a one.
    fn has_tag(&self, is_such: impl Fn(&str) -> bool) -> bool {
        self.store_error().is_some_and(|error| is_such(error.tag().as_str()))
            || self.error_type().is_some_and(|error| is_such(error.tag().as_str()))
    }

    /// Whether the network failed: a server or a proxy cannot be reached, or does not answer.
    pub fn is_network(&self) -> bool {
        self.agent_error().is_some_and(|error| match error {
            AgentErrorType::Broker { .. } | AgentErrorType::Proxy { .. } => true,
            AgentErrorType::Xftp { xftp_err, .. } => matches!(xftp_err, XftpErrorType::Timeout),
            _ => matches!(proxy_error(error), Some(ProxyError::Broker { .. })),
        })
    }

    /// Whether the same command may succeed later without any intervention.
    pub fn is_temporary(&self) -> bool {
        match self {
            Self::Core(error) => {
                matches!(
                    error,
                    CoreError::Unavailable { .. } | CoreError::Timeout { .. } | CoreError::Interrupted { .. }
                )
            }
            _ => {
                matches!(self.store_error(), Some(StoreError::DbBusyError { .. }))
                    || self.agent_error().is_some_and(|error| match error {
                        AgentErrorType::Broker { broker_err, .. } => is_passing(broker_err),
                        AgentErrorType::Xftp { xftp_err, .. } => matches!(xftp_err, XftpErrorType::Timeout),
                        AgentErrorType::Critical { offer_restart, .. } => *offer_restart,
                        AgentErrorType::Inactive => true,
                        _ => match proxy_error(error) {
                            Some(ProxyError::Broker { broker_err, .. }) => is_passing(broker_err),
                            Some(ProxyError::NoSession) => true,
                            _ => false,
                        },
                    })
            }
        }
    }

    /// Whether the command may have been executed despite the error: sending it again may execute it twice.
    pub fn may_have_been_carried_out(&self) -> bool {
        match self {
            Self::Unexpected { .. } | Self::Core(CoreError::Timeout { .. } | CoreError::Interrupted { .. }) => true,
            // What went wrong is no refusal: the core stores a good part of what it does after it has sent it.
            Self::Chat { error, .. } => match &**error {
                ChatError::ErrorAgent { .. } | ChatError::Unknown(_) => true,
                ChatError::ErrorStore { store_error, .. } => matches!(
                    **store_error,
                    StoreError::DbException { .. }
                        | StoreError::DbBusyError { .. }
                        | StoreError::InternalError { .. }
                        | StoreError::Unknown(_)
                ),
                ChatError::Error { error_type, .. } => matches!(
                    **error_type,
                    ChatErrorType::Exception { .. } | ChatErrorType::InternalError { .. } | ChatErrorType::Unknown(_)
                ),
                _ => false,
            },
            _ => false,
        }
    }

    /// Whether the database has no active profile.
    pub fn is_no_active_user(&self) -> bool {
        matches!(self.error_type(), Some(ChatErrorType::NoActiveUser))
    }

    /// Whether the command failed because the chat is not started.
    pub fn is_chat_not_started(&self) -> bool {
        matches!(self.error_type(), Some(ChatErrorType::ChatNotStarted))
    }

    /// Whether the active profile is not the one that the command was for.
    pub fn is_different_active_user(&self) -> bool {
        matches!(self.error_type(), Some(ChatErrorType::DifferentActiveUser { .. }))
    }

    /// Whether the core could not parse the command: the core is older or newer than the command.
    pub fn is_not_parsed(&self) -> bool {
        matches!(self.error_type(), Some(ChatErrorType::CommandError { message, .. }) if message.starts_with("Failed reading"))
    }
}

/// What a proxy between this core and a server says: the core sends through one to servers that it does not know.
fn proxy_error(error: &AgentErrorType) -> Option<&ProxyError> {
    let error = match error {
        AgentErrorType::Smp { smp_err, .. } => smp_err,
        AgentErrorType::Proxy { proxy_err: ProxyClientError::ProtocolError { protocol_err, .. }, .. } => protocol_err,
        _ => return None,
    };
    match &**error {
        ErrorType::Proxy { proxy_err, .. } => Some(proxy_err),
        _ => None,
    }
}

fn is_passing(error: &BrokerErrorType) -> bool {
    matches!(error, BrokerErrorType::Network { .. } | BrokerErrorType::Timeout)
}

impl From<AnswerError> for ApiError {
    fn from(error: AnswerError) -> Self {
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
            error => Self::unexpected("(a command)", &Frame::parse(""), error.to_string()),
        }
    }
}
