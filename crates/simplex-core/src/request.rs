//! A checked command text: a text that would become another command, or end the process, is refused.

use std::fmt;
use std::time::Duration;

/// The priority of a command when the core is busy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Urgency {
    /// May have to wait behind network commands.
    #[default]
    Normal,
    /// For marking as read and stopping: has reserved capacity, so that it passes while network commands hang.
    Control,
}

/// A command for the core.
#[must_use = "a request does nothing until a core is sent it"]
#[derive(Clone)]
pub struct Request {
    text: String,
    urgency: Urgency,
    timeout: Option<Duration>,
}

/// Why a command text is not sent: the core would misread it, or end on it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RefusedCommand {
    /// The core reads a command only up to the first NUL.
    #[error("the command `{command}` has a NUL at byte {at}: the core would read it up to there only")]
    Nul {
        /// The command's words.
        command: String,
        /// The position, in bytes.
        at: usize,
    },
    /// The core strips white space at the end of a command, and rejects it at the start.
    #[error("the command `{command}` begins or ends with white space, which the core would not take as meant")]
    OuterSpace {
        /// The command's words.
        command: String,
    },
    /// The core strips white space byte by byte, and counts the last byte of this text as white space: 0xa0, the last
    /// byte of `à`, `Р` and `😠`.
    #[error("the command `{command}` ends with a letter whose last byte the core would drop as white space")]
    LastByte {
        /// The command's words.
        command: String,
    },
    /// The command would end the process, or wait for a terminal.
    #[error("the command `{command}` is never sent: {why}")]
    Dangerous {
        /// The command's words.
        command: String,
        /// What the command would do.
        why: &'static str,
    },
}

impl Request {
    /// Checks a command's text.
    ///
    /// # Errors
    /// [`RefusedCommand`] if the core would misread the text, or end on it.
    pub fn new(text: impl Into<String>) -> Result<Self, RefusedCommand> {
        let text = text.into();
        let command = || words(&text).to_owned();
        if let Some(at) = text.find('\0') {
            return Err(RefusedCommand::Nul { command: command(), at });
        }
        if text.trim() != text {
            return Err(RefusedCommand::OuterSpace { command: command() });
        }
        if text.as_bytes().last() == Some(&0xa0) {
            return Err(RefusedCommand::LastByte { command: command() });
        }
        let first = text.split_whitespace().next().unwrap_or_default();
        if matches!(first, "/quit" | "/q" | "/exit") {
            return Err(RefusedCommand::Dangerous { command: command(), why: "it ends the process or the connection" });
        }
        Ok(Self { text, urgency: Urgency::default(), timeout: None })
    }

    /// Sets the command's priority.
    pub fn with_urgency(mut self, urgency: Urgency) -> Self {
        self.urgency = urgency;
        self
    }

    /// Sets a deadline for this command, instead of the core's default.
    pub fn with_timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// The text, as sent to the core.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The command's priority.
    pub fn urgency(&self) -> Urgency {
        self.urgency
    }

    /// The command's own deadline, if it has one.
    pub fn timeout(&self) -> Option<Duration> {
        self.timeout
    }

    /// The command's leading words, without its arguments, safe for logs and errors.
    pub fn words(&self) -> &str {
        words(&self.text)
    }
}

impl fmt::Debug for Request {
    // Arguments hold links, keys and what people wrote.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("command", &self.words())
            .field("urgency", &self.urgency)
            .finish_non_exhaustive()
    }
}

/// The leading words of letters, which name a command: `/_get chats 1 …` is `/_get chats`.
///
/// The arguments of the commands for people are words, too, and may be secrets: `/db key …` is `/db`.
fn words(text: &str) -> &str {
    let most = if text.starts_with("/_") && !text.starts_with("/_parse ") { 3 } else { 1 };
    let mut end = 0;
    for (index, word) in text.split(' ').enumerate() {
        let name = if index == 0 { word.strip_prefix('/').unwrap_or("") } else { word };
        if name.is_empty() || index >= most || !name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_') {
            break;
        }
        end += word.len() + usize::from(index > 0);
    }
    text.get(..end).filter(|w| !w.is_empty()).unwrap_or("(not a command)")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_a_command_show_none_of_its_arguments() {
        for (text, expected) in [
            ("/_get chats 1 count=5", "/_get chats"),
            ("/_connect 1 simplex:/contact#key", "/_connect"),
            ("/u", "/u"),
            ("/db key oldsecret newsecret", "/db"),
            ("/hide user password", "/hide"),
            ("/_parse what somebody wrote", "/_parse"),
            ("/_delete member item #1 2", "/_delete member item"),
            ("/_hide user 1 \"password\"", "/_hide user"),
            ("secret", "(not a command)"),
            ("", "(not a command)"),
        ] {
            assert_eq!(words(text), expected);
        }
        let shown = format!("{:?}", Request::new("/_hide user 1 \"password\"").unwrap());
        assert!(shown.contains("/_hide user") && !shown.contains("password"), "{shown}");
    }

    #[test]
    fn texts_that_would_become_something_else_are_refused() {
        assert!(matches!(Request::new("/u\0x"), Err(RefusedCommand::Nul { at: 2, .. })));
        assert!(matches!(Request::new("/_send @4 text hi "), Err(RefusedCommand::OuterSpace { .. })));
        for halved in ["voilà", "СССР", "😠"] {
            let refused = Request::new(format!("/_set alias @4 {halved}"));
            assert!(matches!(refused, Err(RefusedCommand::LastByte { .. })), "{halved}");
            assert!(Request::new(format!("/_set alias @4 {halved}.")).is_ok(), "{halved}");
        }
        for quit in ["/quit", "/q", "/exit"] {
            assert!(matches!(Request::new(quit), Err(RefusedCommand::Dangerous { .. })), "{quit}");
        }
        assert!(Request::new("/_send @4 text two\nlines").is_ok());
    }
}
