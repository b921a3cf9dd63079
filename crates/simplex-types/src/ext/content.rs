//! Message contents, and how to create them.

use crate::scalar::{ChatItemId, GroupMemberId};
use crate::types::{AciReaction, ComposedMessage, CryptoFile, LinkPreview, MsgContent, MsgReaction, UpdatedMessage};

impl MsgContent {
    /// The text, for any kind of content that the schema knows.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text { text, .. }
            | Self::Link { text, .. }
            | Self::Image { text, .. }
            | Self::Video { text, .. }
            | Self::Voice { text, .. }
            | Self::File { text, .. }
            | Self::Report { text, .. }
            | Self::Chat { text, .. } => Some(text),
            Self::Unknown(_) => None,
        }
    }
}

impl From<&str> for MsgContent {
    fn from(text: &str) -> Self {
        Self::text(text)
    }
}

impl From<&String> for MsgContent {
    fn from(text: &String) -> Self {
        Self::text(text.as_str())
    }
}

impl From<String> for MsgContent {
    fn from(text: String) -> Self {
        Self::text(text)
    }
}

impl<T: Into<MsgContent>> From<T> for ComposedMessage {
    fn from(content: T) -> Self {
        Self::new(content.into())
    }
}

impl<T: Into<MsgContent>> From<T> for UpdatedMessage {
    fn from(content: T) -> Self {
        Self::new(content.into())
    }
}

impl From<&str> for CryptoFile {
    fn from(path: &str) -> Self {
        Self::new(path)
    }
}

impl From<String> for CryptoFile {
    fn from(path: String) -> Self {
        Self::new(path)
    }
}

/// Messages to send. A file is given by its path, absolute or within the core's files folder.
impl ComposedMessage {
    /// A text message.
    pub fn text(text: impl Into<String>) -> Self {
        Self::new(MsgContent::text(text))
    }

    /// A message with a file.
    pub fn file(file: impl Into<CryptoFile>, text: impl Into<String>) -> Self {
        Self::new(MsgContent::file(text)).with_file(file)
    }

    /// An image. `preview` is a small copy of it, as a `data:image/jpg;base64,…` URI of at most about 14 KB.
    pub fn image(file: impl Into<CryptoFile>, preview: impl Into<String>, text: impl Into<String>) -> Self {
        Self::new(MsgContent::image(text, preview)).with_file(file)
    }

    /// A video with its duration in seconds. `preview` is a small image, as for [`image`](Self::image).
    pub fn video(
        file: impl Into<CryptoFile>,
        preview: impl Into<String>,
        seconds: i64,
        text: impl Into<String>,
    ) -> Self {
        Self::new(MsgContent::video(text, preview, seconds)).with_file(file)
    }

    /// A voice message with its duration in seconds.
    pub fn voice(file: impl Into<CryptoFile>, seconds: i64) -> Self {
        Self::new(MsgContent::voice("", seconds)).with_file(file)
    }

    /// A link with its preview. The text must contain the link.
    pub fn link(text: impl Into<String>, preview: LinkPreview) -> Self {
        Self::new(MsgContent::link(text, preview))
    }

    /// Attaches a file.
    #[must_use]
    pub fn with_file(self, file: impl Into<CryptoFile>) -> Self {
        self.with_file_source(file.into())
    }

    /// Makes the message a reply to an item.
    #[must_use]
    pub fn quoting(self, item: ChatItemId) -> Self {
        self.with_quoted_item_id(item)
    }

    /// Mentions a member of the group as `name`; the text must contain `@name`.
    #[must_use]
    pub fn mentioning(mut self, name: impl Into<String>, member: GroupMemberId) -> Self {
        self.mentions.insert(name.into(), member);
        self
    }
}

impl MsgReaction {
    /// The emoji, or the tag of an unknown reaction.
    pub fn as_text(&self) -> &str {
        match self {
            Self::Emoji { emoji, .. } => emoji,
            Self::Unknown(unknown) => unknown.tag(),
        }
    }
}

impl AciReaction {
    /// The emoji, or the tag of an unknown reaction.
    pub fn as_text(&self) -> &str {
        self.chat_reaction.reaction.as_text()
    }
}
