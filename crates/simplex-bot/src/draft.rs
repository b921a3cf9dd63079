//! A message to be sent: its content, and what goes with it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use crate::api::{MAX_TEXT, encoded_len, split_text};
use crate::markdown::{Markdown, continued, is_mark};
use crate::message::Message;
use crate::types::{ChatItemId, ComposedMessage, CryptoFile, GroupMemberId, MsgContent, UpdatedMessage};

/// A quote is left out if it leaves less room than this for each part of a long text.
const LEAST_ROOM: usize = 2_000;

/// A message to be sent. Texts, contents and [`Markdown`] convert to it.
///
/// A text that is too long for one message is sent as several, split at paragraphs, lines or words. An empty one is not
/// sent ([`BotError::Empty`](crate::BotError::Empty)), except as a [live](crate::Chat::live) message.
///
/// ```
/// use simplex_bot::prelude::*;
///
/// # async fn send(chat: Chat) -> Outcome {
/// chat.send(Draft::file("./report.pdf").captioned("The report").vanishing(Duration::from_hours(1))).await
/// # }
/// ```
#[must_use = "a draft is no message until it is sent"]
#[derive(Clone, PartialEq)]
pub struct Draft {
    pub(crate) content: MsgContent,
    file: Option<CryptoFile>,
    /// The quoted message, and how much room the quote takes, if that is known.
    quoted: Option<(ChatItemId, Option<usize>)>,
    pub(crate) mentions: BTreeMap<String, GroupMemberId>,
    ttl: Option<Duration>,
    pub(crate) as_channel: bool,
}

impl Draft {
    /// A message with content of any kind.
    pub fn new(content: MsgContent) -> Self {
        Self { content, file: None, quoted: None, mentions: BTreeMap::new(), ttl: None, as_channel: false }
    }

    /// A file. The core reads it after the message is sent: keep it until it is uploaded.
    ///
    /// A path relative to the process's folder is made absolute, because the core would look for it in its own folder.
    pub fn file(path: impl AsRef<Path>) -> Self {
        Self::new(MsgContent::file("")).with_file(path)
    }

    /// A voice message. People's clients play AAC in an MP4 file (`.m4a`).
    pub fn voice(path: impl AsRef<Path>, length: Duration) -> Self {
        Self::new(MsgContent::voice("", seconds(length))).with_file(path)
    }

    /// A video, with a preview picture as a `data:` URI of some 14 KB at most: with the feature `images`,
    /// `images::preview` makes one from any picture.
    pub fn video(path: impl AsRef<Path>, preview: impl Into<String>, length: Duration) -> Self {
        Self::new(MsgContent::video("", preview, seconds(length))).with_file(path)
    }

    /// Adds the file of an image, a video or a voice message.
    pub fn with_file(mut self, path: impl AsRef<Path>) -> Self {
        let path = path.as_ref();
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        self.file = Some(CryptoFile::new(path.to_string_lossy()));
        self
    }

    /// Adds the file as the core takes it: with its key if it is stored encrypted.
    pub fn with_crypto_file(mut self, file: CryptoFile) -> Self {
        self.file = Some(file);
        self
    }

    /// Sets the text of a text message, or the caption.
    pub fn captioned(mut self, caption: impl Into<String>) -> Self {
        if let Some(text) = text_mut(&mut self.content) {
            *text = caption.into();
        }
        self
    }

    /// Quotes a message of the same chat if there is room for the quote: with a picture's preview, it may take all
    /// there is. No formatted text is cut for the sake of a quote.
    pub fn quoting(mut self, message: &Message) -> Self {
        self.quoted = Some((message.id(), Some(room_of(message.content()))));
        self
    }

    /// Quotes a message of which only the id is known, in a bridge for example, whoever sent it. The core is asked for
    /// it first; if it is gone, or not of this chat, the draft is sent without a quote.
    ///
    /// ```
    /// # use simplex_bot::prelude::*;
    /// use simplex_bot::types::ChatItemId;
    ///
    /// async fn pass_on(chat: &Chat, text: &str, answers: Option<ChatItemId>) -> Outcome<ChatItemId> {
    ///     let mut draft = Draft::from(text);
    ///     if let Some(item) = answers {
    ///         draft = draft.quoting_item(item);
    ///     }
    ///     Ok(chat.send(draft).await?.id())
    /// }
    /// ```
    pub fn quoting_item(mut self, item: ChatItemId) -> Self {
        self.quoted = Some((item, None));
        self
    }

    /// The id of the quoted message, if nothing else is known of it.
    pub(crate) fn quoted_by_id(&self) -> Option<ChatItemId> {
        self.quoted.and_then(|(item, size)| size.is_none().then_some(item))
    }

    /// Sets the content of the message that is quoted by its id; `None` if that message is gone.
    pub(crate) fn set_quoted(&mut self, content: Option<&MsgContent>) {
        self.quoted = self.quoted.zip(content).map(|((item, _), content)| (item, Some(room_of(content))));
    }

    /// Marks `@name` in the text as a mention of this group member.
    pub fn mentioning(mut self, name: impl Into<String>, member: GroupMemberId) -> Self {
        self.mentions.insert(name.into(), member);
        self
    }

    /// Makes the message disappear on both sides: this long after it was sent, and after a recipient read it.
    pub fn vanishing(mut self, after: Duration) -> Self {
        self.ttl = Some(after);
        self
    }

    /// Sends it as the channel: readers see the channel as its sender, and not which owner wrote it.
    ///
    /// For channels that the bot owns, except their support chats, with cores since 6.5. Edits are sent as the channel,
    /// too. [`Message::forward_as_channel`] forwards so.
    ///
    /// ```
    /// # use simplex_bot::prelude::*;
    /// use simplex_bot::types::GroupId;
    ///
    /// async fn publish(api: ChatApi, channel: GroupId, news: &str) -> Outcome {
    ///     Chat::new(api, channel).send(Draft::from(news).as_channel()).await
    /// }
    /// ```
    pub fn as_channel(mut self) -> Self {
        self.as_channel = true;
        self
    }

    /// Whether people would see nothing.
    pub(crate) fn is_empty(&self) -> bool {
        self.file.is_none() && is_blank(&self.content)
    }

    pub(crate) fn ttl_seconds(&self) -> Option<i64> {
        // Rounded up: zero seconds would mean at once.
        self.ttl.map(|ttl| seconds(ttl).saturating_add(i64::from(ttl.subsec_nanos() > 0)))
    }

    /// The messages that it takes: several, if its text is too long for one.
    pub(crate) fn into_messages(self) -> (ComposedMessage, Vec<ComposedMessage>) {
        let room = MAX_TEXT.saturating_sub(self.quoted.and_then(|(_, size)| size).unwrap_or(0));
        let fits = match &self.content {
            MsgContent::Text { text, .. } => encoded_len(text) <= room || room >= LEAST_ROOM && lines_fit(text, room),
            _ if self.quoted.is_none() => true,
            other => size_of(other) <= room,
        };
        // An answer without a quote is better than none.
        let (quoted, room) = if fits { (self.quoted, room) } else { (None, MAX_TEXT) };
        let (first, rest) = match self.content {
            MsgContent::Text { text, .. } if encoded_len(&text) > room => {
                let mut parts = parts(&text, room).into_iter();
                (MsgContent::text(parts.next().unwrap_or_default()), parts.map(MsgContent::text).collect())
            }
            content => (content, Vec::new()),
        };
        let mut message = ComposedMessage::new(first);
        message.file_source = self.file;
        message.quoted_item_id = quoted.map(|(item, _)| item);
        let mut rest: Vec<_> = rest.into_iter().map(ComposedMessage::new).collect();
        if rest.is_empty() {
            message.mentions = self.mentions;
            return (message, rest);
        }
        // The core refuses a message with a mention that is not in its text.
        for part in std::iter::once(&mut message).chain(&mut rest) {
            let text = part.msg_content.as_text().unwrap_or_default();
            // Without quotes, a name extends to the next blank, except for what follows its last letter or digit.
            let ends = |rest: &str| !rest.chars().take_while(|c| !c.is_whitespace()).any(char::is_alphanumeric);
            let is_in =
                |name: &str| text.contains(&format!("@'{name}'")) || text.split(&format!("@{name}")).skip(1).any(ends);
            let mentions = self.mentions.iter().filter(|(name, _)| is_in(name));
            part.mentions = mentions.map(|(name, member)| (name.clone(), *member)).collect();
        }
        (message, rest)
    }

    /// The new content of a message that was sent already, and the messages that continue it.
    pub(crate) fn into_edit(mut self) -> (UpdatedMessage, Vec<ComposedMessage>) {
        self.quoted = None;
        let (first, rest) = self.into_messages();
        (UpdatedMessage::new(first.msg_content).with_mentions(first.mentions), rest)
    }
}

/// Whether it is a text without a word.
pub(crate) fn is_blank(content: &MsgContent) -> bool {
    matches!(content, MsgContent::Text { text, .. } if text.trim().is_empty())
}

/// The parts of a text that is too long for one message. Where a word is cut, what was inside it must not become
/// formatting, or a command, at the start of the next part.
fn parts(text: &str, room: usize) -> Vec<String> {
    let mut rest = text;
    let part = |part: &str| {
        let begins = rest.len() == text.len() || rest.starts_with(char::is_whitespace);
        rest = rest.trim_start().get(part.len()..).unwrap_or_default();
        if begins { part.to_owned() } else { continued(part) }
    };
    split_text(text, room).into_iter().map(part).collect()
}

/// Whether no line is longer than this of those in which something may be formatted: what is cut is so no more.
fn lines_fit(text: &str, room: usize) -> bool {
    text.lines().all(|line| encoded_len(line) <= room || !line.contains(is_mark))
}

/// How much room a quote of this content takes in a message.
fn room_of(content: &MsgContent) -> usize {
    match content {
        MsgContent::Text { text, .. } => encoded_len(text),
        other => size_of(other),
    }
}

/// How much room this content takes in a message.
fn size_of(content: &MsgContent) -> usize {
    // Content that cannot be written as JSON is refused later, with the command.
    serde_json::to_string(content).map_or(0, |json| json.len())
}

fn seconds(time: Duration) -> i64 {
    i64::try_from(time.as_secs()).unwrap_or(i64::MAX)
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

impl From<Cow<'_, str>> for Draft {
    fn from(text: Cow<'_, str>) -> Self {
        Self::from(text.into_owned())
    }
}

/// As [`Args`](crate::Args) have it.
impl From<Arc<str>> for Draft {
    fn from(text: Arc<str>) -> Self {
        Self::from(&*text)
    }
}

impl From<Markdown> for Draft {
    fn from(markdown: Markdown) -> Self {
        let (text, mentions) = markdown.into_parts();
        Self { mentions, ..Self::from(text) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_text_is_one_message_and_a_long_one_several() {
        let (_, rest) = Draft::from("hello").into_messages();
        assert!(rest.is_empty());
        let (first, rest) = Draft::from("word ".repeat(6_000)).into_messages();
        assert!(matches!(first.msg_content, MsgContent::Text { .. }));
        assert_eq!(rest.len(), 1);
    }

    /// Whoever wrote a word without an end also chose what comes where it is cut.
    #[test]
    fn what_was_inside_a_word_is_no_formatting_where_a_part_begins_with_it() {
        let cut = |before: &str, after: &str| {
            let text = Markdown::new().plain(&format!("{}{after}", before.repeat(MAX_TEXT)));
            let (_, rest) = Draft::from(text).into_messages();
            rest.last().and_then(|part| part.msg_content.as_text()).unwrap_or_default().to_owned()
        };
        for after in ["/ban", "*bold*", "@all", "[a](https://b.example)"] {
            assert_eq!(cut("x", after), format!("\u{2060}{after}"));
            assert!(cut("/", after).starts_with("\u{2060}/"), "where there is no better place to cut");
        }
        assert_eq!(cut("x", "word"), "word");
        assert_eq!(cut("x", " *word*"), "\u{2060}*word*");
        // What is formatted stays so, whatever its length.
        for length in [1_500, 1_980, 1_990, 3_000, 14_990, 20_000] {
            let (before, text) = ("y ".repeat(7_200), "x ".repeat(length / 2 - 5) + "/ban me");
            for formatted in [Markdown::new().plain(&before).code(&text), Markdown::new().plain(&before).bold(&text)] {
                let quoted = Some((ChatItemId(1), Some(MAX_TEXT - LEAST_ROOM)));
                let (_, rest) = Draft { quoted, ..Draft::from(formatted) }.into_messages();
                assert!(!rest.is_empty());
                for part in rest.iter().filter_map(|part| part.msg_content.as_text()) {
                    let text = part.trim_start_matches("y ");
                    assert!(text.starts_with(['`', '*']) && text.ends_with(['`', '*']), "{length}: {part}");
                }
            }
        }
        // A bot's own formatting is that of a word.
        let (_, rest) = Draft::from(format!("{} *bold*", "x".repeat(MAX_TEXT))).into_messages();
        assert_eq!(rest[0].msg_content.as_text(), Some("*bold*"));
    }

    #[test]
    fn a_quote_gives_way_to_what_is_formatted() {
        let is_quoted = |text: Draft| {
            let quoted = Some((ChatItemId(1), Some(10_000)));
            let (first, rest) = Draft { quoted, ..text }.into_messages();
            assert!(!rest.is_empty() || first.quoted_item_id.is_none());
            first.quoted_item_id.is_some()
        };
        let words = "word ".repeat(2_000);
        assert!(!is_quoted(Markdown::new().plain("a").secret(&words).into()));
        assert!(!is_quoted(Markdown::new().plain("a").secret(&words).to_string().into()));
        assert!(is_quoted(Markdown::new().plain(&words).line().secret("word").into()));
        assert!(is_quoted(words.into()));
    }

    #[test]
    fn a_text_is_the_same_message_however_it_is_kept() {
        let kept = [Draft::from(&"hello".to_owned()), Cow::from("hello").into(), Arc::<str>::from("hello").into()];
        assert!(kept.iter().all(|draft| *draft == Draft::from("hello")));
    }

    #[test]
    fn what_is_to_vanish_is_seen_before() {
        let seconds = |millis| Draft::from("now").vanishing(Duration::from_millis(millis)).ttl_seconds();
        assert_eq!([1, 1_000, 1_001, 60_000].map(seconds), [Some(1), Some(1), Some(2), Some(60)]);
    }

    #[test]
    fn a_part_has_the_mentions_that_are_in_it() {
        let text = format!("@ann {}@'Bo Lee' and @ann", "word ".repeat(4_000));
        let draft = Draft::from(text).mentioning("ann", GroupMemberId(1)).mentioning("Bo Lee", GroupMemberId(2));
        let (first, rest) = draft.into_messages();
        let names = |message: &ComposedMessage| message.mentions.keys().cloned().collect::<Vec<_>>();
        assert_eq!(
            (names(&first), rest.iter().map(names).collect()),
            (vec!["ann".into()], vec![vec!["Bo Lee".into(), "ann".into()]])
        );
        // In `@anna` there is no `ann`.
        let text = format!("@ann, {}@anna!", "word ".repeat(4_000));
        let draft = Draft::from(text).mentioning("ann", GroupMemberId(1)).mentioning("anna", GroupMemberId(3));
        let (first, rest) = draft.into_messages();
        assert_eq!((names(&first), rest.iter().map(names).collect()), (vec!["ann".into()], vec![vec!["anna".into()]]));
    }
}
