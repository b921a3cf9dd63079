//! A message to be sent: its content, and what goes with it.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use crate::markdown::Markdown;
use crate::message::Message;
use crate::types::{ChatItemId, ComposedMessage, CryptoFile, GroupMemberId, MsgContent};

/// What one message may hold, in bytes of JSON, with room for what the protocol puts around it: the limit is 15,602 bytes
/// for all of it.
const ROOM: usize = 13_000;
/// However much a quote takes, a part has at least so much.
const LEAST_ROOM: usize = 2_000;

/// A message to be sent. Texts, contents and [`Markdown`] turn into it.
///
/// A text that is too long for one message is sent as several, split at paragraphs, lines or words.
///
/// ```
/// use std::time::Duration;
/// use simplex_bot::prelude::*;
///
/// # async fn send(chat: Chat) -> Outcome {
/// chat.send(Draft::file("./report.pdf").captioned("The report").vanishing(Duration::from_secs(3600))).await
/// # }
/// ```
#[derive(Clone, PartialEq)]
pub struct Draft {
    pub(crate) content: MsgContent,
    file: Option<CryptoFile>,
    quoted: Option<(ChatItemId, usize)>,
    pub(crate) mentions: BTreeMap<String, GroupMemberId>,
    ttl: Option<Duration>,
}

impl Draft {
    /// A message of any content.
    pub fn new(content: MsgContent) -> Self {
        Self { content, file: None, quoted: None, mentions: BTreeMap::new(), ttl: None }
    }

    /// A file. The core reads it after this message was sent: it has to stay until it is uploaded.
    ///
    /// A path relative to the process's folder is made absolute: the core would look for it in its own folder.
    pub fn file(path: impl AsRef<Path>) -> Self {
        Self::new(MsgContent::file("")).with_file(path)
    }

    /// The file that goes with an image, a video, a voice message.
    pub fn with_file(mut self, path: impl AsRef<Path>) -> Self {
        let path = path.as_ref();
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        self.file = Some(CryptoFile::new(path.to_string_lossy()));
        self
    }

    /// The file that goes with it, as the core takes it: with a key, where it lies encrypted.
    pub fn with_crypto_file(mut self, file: CryptoFile) -> Self {
        self.file = Some(file);
        self
    }

    /// Sets the text: of a text message, or the caption.
    pub fn captioned(mut self, caption: impl Into<String>) -> Self {
        if let Some(text) = text_mut(&mut self.content) {
            *text = caption.into();
        }
        self
    }

    /// Quotes a message of the same chat.
    pub fn quoting(mut self, message: &Message) -> Self {
        self.quoted = Some((message.id(), json_length(message.text())));
        self
    }

    /// Says that `@name` in the text is this member of the group.
    pub fn mentioning(mut self, name: impl Into<String>, member: GroupMemberId) -> Self {
        self.mentions.insert(name.into(), member);
        self
    }

    /// Has the message vanish on both sides so long after it was sent, and read.
    pub fn vanishing(mut self, after: Duration) -> Self {
        self.ttl = Some(after);
        self
    }

    pub(crate) fn ttl_seconds(&self) -> Option<i64> {
        self.ttl.map(|ttl| i64::try_from(ttl.as_secs()).unwrap_or(i64::MAX))
    }

    /// The messages that it takes: several, if its text is too long for one.
    pub(crate) fn into_messages(self) -> (ComposedMessage, Vec<ComposedMessage>) {
        let room = match self.quoted {
            Some((_, quoted)) => ROOM.saturating_sub(quoted).max(LEAST_ROOM),
            None => ROOM,
        };
        let (first, rest) = match self.content {
            MsgContent::Text { text, .. } if json_length(&text) > room => {
                let mut parts = split(&text, room).into_iter();
                (MsgContent::text(parts.next().unwrap_or_default()), parts.map(MsgContent::text).collect())
            }
            content => (content, Vec::new()),
        };
        let mut message = ComposedMessage::new(first);
        message.file_source = self.file;
        message.quoted_item_id = self.quoted.map(|(item, _)| item);
        message.mentions = self.mentions;
        (message, rest.into_iter().map(ComposedMessage::new).collect())
    }
}

fn text_mut(content: &mut MsgContent) -> Option<&mut String> {
    match content {
        MsgContent::Text { text, .. }
        | MsgContent::Link { text, .. }
        | MsgContent::Image { text, .. }
        | MsgContent::Video { text, .. }
        | MsgContent::Voice { text, .. }
        | MsgContent::File { text, .. }
        | MsgContent::Report { text, .. }
        | MsgContent::Chat { text, .. } => Some(text),
        _ => None,
    }
}

impl std::fmt::Debug for Draft {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Draft").field("content", &self.content.tag()).finish_non_exhaustive()
    }
}

impl From<MsgContent> for Draft {
    fn from(content: MsgContent) -> Self {
        Self::new(content)
    }
}

impl From<String> for Draft {
    fn from(text: String) -> Self {
        Self::new(MsgContent::text(text))
    }
}

impl From<&String> for Draft {
    fn from(text: &String) -> Self {
        Self::from(text.clone())
    }
}

impl From<&str> for Draft {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

impl From<Markdown> for Draft {
    fn from(markdown: Markdown) -> Self {
        let (text, mentions) = markdown.into_parts();
        Self { mentions, ..Self::from(text) }
    }
}

/// How many bytes a text takes as a JSON string, without its quotes, as the core counts it.
fn json_length(text: &str) -> usize {
    text.chars().map(json_length_of).sum()
}

fn json_length_of(c: char) -> usize {
    match c {
        '"' | '\\' | '\n' | '\r' | '\t' => 2,
        c if c.is_control() && c.is_ascii() => 6,
        c => c.len_utf8(),
    }
}

/// Splits a text into parts of at most `room` bytes of JSON: behind a paragraph, else a line, else a word, else anywhere;
/// but never so early that a part is less than half full.
pub fn split(text: &str, room: usize) -> Vec<String> {
    let mut parts = Vec::new();
    let mut rest = text;
    loop {
        let mut used = 0;
        let mut half = 0;
        let fits = rest.char_indices().find(|(index, c)| {
            used += json_length_of(*c);
            if used <= room / 2 {
                half = *index;
            }
            used > room
        });
        let Some((limit, _)) = fits else {
            if !rest.trim().is_empty() {
                parts.push(rest.to_owned());
            }
            return parts;
        };
        let head = rest.get(..limit).unwrap_or_default();
        let cut = ["\n\n", "\n", " "]
            .iter()
            .filter_map(|separator| head.rfind(separator).map(|at| at + separator.len()))
            .find(|cut| *cut > half)
            // Not even one character has room only if the room is absurd; then it goes anyway.
            .unwrap_or_else(|| limit.max(rest.chars().next().map_or(1, char::len_utf8)));
        let (part, next) = rest.split_at(cut);
        parts.push(part.trim_end().to_owned());
        rest = next;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_split_where_it_hurts_least() {
        let paragraphs = format!("{}\n\n{}", "a".repeat(60), "b b ".repeat(20));
        let parts = split(&paragraphs, 100);
        assert_eq!(parts[0], "a".repeat(60));
        assert!(parts[1].starts_with("b b"), "{parts:?}");
        assert_eq!(split("one two", 100), ["one two"]);
        let solid = "x".repeat(250);
        assert_eq!(split(&solid, 100).iter().map(String::len).collect::<Vec<_>>(), [100, 100, 50]);
        // What is escaped in JSON counts as it is written there.
        assert_eq!(split(&"\"".repeat(100), 100).len(), 2);
        assert_eq!(split(&"é".repeat(100), 100).len(), 2);
        assert!(split("", 10).is_empty());
        assert_eq!(split("ab", 0), ["a", "b"]);
    }

    #[test]
    fn nothing_of_a_long_text_is_lost() {
        let words: Vec<_> = (0..9_000).map(|n| n.to_string()).collect();
        let parts = split(&words.join(" "), 1_000);
        assert_eq!(parts.join(" "), words.join(" "));
        assert!(parts.iter().all(|part| json_length(part) <= 1_000));
    }

    #[test]
    fn a_short_text_is_one_message_and_a_long_one_several() {
        let (_, rest) = Draft::from("hello").into_messages();
        assert!(rest.is_empty());
        let (first, rest) = Draft::from("word ".repeat(6_000)).into_messages();
        assert!(matches!(first.msg_content, MsgContent::Text { .. }));
        assert_eq!(rest.len(), 2);
    }
}
