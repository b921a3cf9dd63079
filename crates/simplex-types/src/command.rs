//! Commands: what can be asked of the core, and how it is written.
//!
//! A command's text is built from typed parts only. Where a part is free text, what would make another command of it
//! (line breaks, NUL, outer blanks, a word that the parser would take for an option) is refused.

use std::fmt::{self, Display, Write};

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::decode::{DecodeError, Decoded};
use crate::frame::Frame;
use crate::scalar::{ChatItemId, ConnectionId, ContactId, GroupId, GroupMemberId, NoteFolderId, RawJson, Timestamp};
use crate::types::CreatedConnLink;

/// A command of the core.
pub trait Command {
    /// What it is answered with when all goes well.
    type Response: Answer;
    /// Upstream's name for it.
    const NAME: &'static str;
    /// How it uses the network.
    const NETWORK: Network;
    /// The tags of its answers, errors aside.
    const ANSWERS: &'static [&'static str];

    /// The text for the core.
    ///
    /// # Errors
    /// [`CommandTextError`] when a free text in it would make another command of it.
    fn text(&self) -> Result<String, CommandTextError>;

    /// The text for cores that cannot read [`text`](Self::text) yet, where an older spelling is known.
    ///
    /// # Errors
    /// As [`text`](Self::text).
    fn older_text(&self) -> Result<Option<String>, CommandTextError> {
        Ok(None)
    }
}

/// How a command uses the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Network {
    /// Not at all.
    No,
    /// After its answer.
    Background,
    /// Its answer waits for the network.
    Interactive,
}

/// A free text that cannot be part of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CommandTextError {
    /// The command, by upstream's name.
    pub command: &'static str,
    /// The parameter.
    pub parameter: &'static str,
    /// What is wrong with its value.
    pub problem: TextProblem,
}

impl Display for CommandTextError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} {}", self.command, self.parameter, self.problem)
    }
}

impl std::error::Error for CommandTextError {}

/// Why a free text cannot be part of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum TextProblem {
    /// It would read as if it were not there.
    Empty,
    /// The core strips white space at the end, and refuses it at the start.
    OuterSpace,
    /// A control character, such as a line break or NUL, ends or changes the command.
    Control,
    /// A link or name is one word.
    Space,
    /// The parser would take the beginning for an option.
    Option(&'static str),
    /// The value does not turn into JSON.
    Json,
    /// The parser takes an object only.
    NotAnObject,
    /// A link has a colon or the like; a plain word would be taken for something else.
    NotALink,
    /// The parser takes characters of ASCII only.
    NotAscii,
    /// The parser takes no negative numbers.
    Negative,
    /// A word that the parser does not take.
    NotAWord,
    /// Notes and pending connections cannot be written to so.
    NotWritable,
}

impl Display for TextProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("is empty; leave it out instead"),
            Self::OuterSpace => f.write_str("begins or ends with white space, which the core would drop"),
            Self::Control => f.write_str("has a control character, which would change the command"),
            Self::Space => f.write_str("has white space, so that the core would take only part of it"),
            Self::Option(option) => write!(f, "begins like the option `{option}`"),
            Self::Json => f.write_str("does not turn into JSON"),
            Self::NotAnObject => f.write_str("is not a JSON object"),
            Self::NotALink => f.write_str("is not a link, an address or a name"),
            Self::NotAscii => f.write_str("has characters that are not of ASCII, which the core does not read there"),
            Self::Negative => f.write_str("is negative, which the core does not read"),
            Self::NotAWord => f.write_str("is not a word that the core reads there"),
            Self::NotWritable => f.write_str("is a chat that messages are not sent to; notes are created instead"),
        }
    }
}

/// What a command is answered with: made from the record whose tag came. For a command of one's own, any type that can be
/// decoded:
///
/// ```
/// use simplex_types::command::Answer;
/// use simplex_types::{Command, CommandTextError, Frame, Network, answer};
///
/// #[derive(Debug, serde::Deserialize)]
/// struct Stats {
///     contacts: u32,
/// }
///
/// impl Answer for Stats {}
///
/// struct ShowStats;
///
/// impl Command for ShowStats {
///     type Response = Stats;
///     const NAME: &'static str = "ShowStats";
///     const NETWORK: Network = Network::No;
///     const ANSWERS: &'static [&'static str] = &["stats"];
///     fn text(&self) -> Result<String, CommandTextError> {
///         Ok("/stats".to_owned())
///     }
/// }
///
/// let frame = Frame::parse(r#"{"result":{"type":"stats","contacts":3}}"#);
/// assert_eq!(answer::<ShowStats>(&frame)?.value.contacts, 3);
/// # Ok::<(), simplex_types::AnswerError>(())
/// ```
pub trait Answer: DeserializeOwned + fmt::Debug {
    /// Decodes an answer that is not an error.
    ///
    /// The types of this crate have it built here, once: else each crate that calls a command would build the reading
    /// of its answer again.
    ///
    /// # Errors
    /// [`DecodeError`] when a part does not fit that the answer cannot be without.
    fn decode(frame: &Frame) -> Result<Decoded<Self>, DecodeError> {
        crate::decode::decode(frame)
    }
}

/// Answers that are decoded by code of this crate.
macro_rules! decoded_here {
    ($($name:ident),*) => {
        $(impl $crate::command::Answer for $name {
            fn decode(frame: &$crate::Frame) -> Result<$crate::Decoded<Self>, $crate::DecodeError> {
                $crate::decode::decode(frame)
            }
        })*
    };
}

pub(crate) use decoded_here;

/// A list with at least one element.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct NonEmpty<T>(Vec<T>);

impl<T> NonEmpty<T> {
    /// A list of one.
    pub fn one(element: T) -> Self {
        Self(vec![element])
    }

    /// Takes a list, if it has an element.
    pub fn new(list: Vec<T>) -> Option<Self> {
        if list.is_empty() { None } else { Some(Self(list)) }
    }

    /// Adds an element.
    pub fn push(&mut self, element: T) {
        self.0.push(element);
    }

    /// The elements.
    pub fn as_slice(&self) -> &[T] {
        &self.0
    }

    /// The elements as a list.
    pub fn into_vec(self) -> Vec<T> {
        self.0
    }
}

impl<T> From<T> for NonEmpty<T> {
    fn from(element: T) -> Self {
        Self::one(element)
    }
}

/// A list that is empty where at least one element is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EmptyList;

impl Display for EmptyList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the list is empty; it needs at least one element")
    }
}

impl std::error::Error for EmptyList {}

impl<T> TryFrom<Vec<T>> for NonEmpty<T> {
    type Error = EmptyList;
    fn try_from(list: Vec<T>) -> Result<Self, EmptyList> {
        Self::new(list).ok_or(EmptyList)
    }
}

impl<T> std::ops::Deref for NonEmpty<T> {
    type Target = [T];
    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<T: Serialize> Serialize for NonEmpty<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<T: crate::show::Show> crate::show::Show for NonEmpty<T> {
    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.show(f)
    }
}

impl<T: fmt::Debug> fmt::Debug for NonEmpty<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A chat, as commands name it: `@5`, `#7`, `#7(_support:3)`, `*1`, `:3`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ChatRef {
    /// A contact's chat.
    Direct(ContactId),
    /// A group's chat, or a part of it.
    Group(GroupId, Option<GroupChatScope>),
    /// Local notes.
    Local(NoteFolderId),
    /// A connection that is not a contact yet; can be deleted, not written to.
    Connection(ConnectionId),
}

impl ChatRef {
    /// A group's chat.
    pub fn group(id: GroupId) -> Self {
        Self::Group(id, None)
    }

    /// A part of a group's chat.
    pub fn scoped(id: GroupId, scope: GroupChatScope) -> Self {
        Self::Group(id, Some(scope))
    }
}

impl From<ContactId> for ChatRef {
    fn from(id: ContactId) -> Self {
        Self::Direct(id)
    }
}

impl From<GroupId> for ChatRef {
    fn from(id: GroupId) -> Self {
        Self::group(id)
    }
}

impl Display for ChatRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Direct(id) => write!(f, "@{id}"),
            Self::Group(id, None) => write!(f, "#{id}"),
            Self::Group(id, Some(scope)) => write!(f, "#{id}{scope}"),
            Self::Local(id) => write!(f, "*{id}"),
            Self::Connection(id) => write!(f, ":{id}"),
        }
    }
}

/// A part of a group's chat that not every member sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum GroupChatScope {
    /// The support chat of a member with the moderators: one's own without an id.
    MemberSupport(Option<GroupMemberId>),
}

impl Display for GroupChatScope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MemberSupport(None) => f.write_str("(_support)"),
            Self::MemberSupport(Some(id)) => write!(f, "(_support:{id})"),
        }
    }
}

/// What of a chat is left after its deletion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ChatDeleteMode {
    /// Nothing.
    Full {
        /// Whether the other side is told.
        notify: bool,
    },
    /// The messages; the contact or group goes.
    Entity {
        /// Whether the other side is told.
        notify: bool,
    },
    /// The contact or group; the messages go.
    Messages,
}

impl Display for ChatDeleteMode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (word, notify) = match self {
            Self::Full { notify } => ("full", *notify),
            Self::Entity { notify } => ("entity", *notify),
            Self::Messages => ("messages", true),
        };
        f.write_str(word)?;
        if notify { Ok(()) } else { f.write_str(" notify=off") }
    }
}

/// Which chats of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PaginationByTime {
    /// The latest so many.
    Last {
        /// How many.
        count: u32,
    },
    /// Those before a time.
    Before {
        /// The time.
        time: Timestamp,
        /// How many.
        count: u32,
    },
    /// Those after a time.
    After {
        /// The time.
        time: Timestamp,
        /// How many.
        count: u32,
    },
}

impl Display for PaginationByTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Last { count } => write!(f, "count={count}"),
            Self::Before { time, count } => write!(f, "before={time} count={count}"),
            Self::After { time, count } => write!(f, "after={time} count={count}"),
        }
    }
}

/// Which items of a chat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ChatPagination {
    /// The latest so many.
    Last {
        /// How many.
        count: u32,
    },
    /// Those after an item.
    After {
        /// The item.
        item: ChatItemId,
        /// How many.
        count: u32,
    },
    /// Those before an item.
    Before {
        /// The item.
        item: ChatItemId,
        /// How many.
        count: u32,
    },
    /// Those on both sides of an item.
    Around {
        /// The item.
        item: ChatItemId,
        /// How many.
        count: u32,
    },
    /// The first unread ones and those around, or the latest.
    Initial {
        /// How many.
        count: u32,
    },
}

impl Display for ChatPagination {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Last { count } => write!(f, "count={count}"),
            Self::After { item, count } => write!(f, "after={item} count={count}"),
            Self::Before { item, count } => write!(f, "before={item} count={count}"),
            Self::Around { item, count } => write!(f, "around={item} count={count}"),
            Self::Initial { count } => write!(f, "initial={count}"),
        }
    }
}

crate::show::show_as_debug!(ChatRef, GroupChatScope, ChatDeleteMode, PaginationByTime, ChatPagination);

/// A command's text in the making.
pub(crate) struct Text {
    command: &'static str,
    text: String,
}

/// A type with a syntax of its own in commands.
pub(crate) trait Argument {
    fn write(&self, text: &mut String) -> Result<(), TextProblem>;
}

macro_rules! displayed {
    ($($ty:ty),*) => {
        $(impl Argument for $ty {
            fn write(&self, text: &mut String) -> Result<(), TextProblem> {
                number(text, self)
            }
        })*
    };
}

displayed!(ChatRef, GroupChatScope, ChatDeleteMode, PaginationByTime, ChatPagination);

/// Writes numbers, and what is made of them; the core reads none below zero.
fn number(text: &mut String, value: &dyn Display) -> Result<(), TextProblem> {
    let start = text.len();
    // Writing to a string does not fail.
    let _ = write!(text, "{value}");
    let written = text.as_bytes().get(start..).unwrap_or_default();
    let sign = |at: usize| at == 0 || !written.get(at - 1).is_some_and(u8::is_ascii_digit);
    let negative = written.iter().enumerate().any(|(at, byte)| *byte == b'-' && sign(at));
    if negative { Err(TextProblem::Negative) } else { Ok(()) }
}

/// A link, a server or a name: one word that is no option.
fn link(value: &str) -> Result<(), TextProblem> {
    one_word(value)?;
    if value.contains([':', '/', '@', '#', '.']) { Ok(()) } else { Err(TextProblem::NotALink) }
}

fn one_word(value: &str) -> Result<(), TextProblem> {
    free(value)?;
    if value.contains(char::is_whitespace) { Err(TextProblem::Space) } else { Ok(()) }
}

fn free(value: &str) -> Result<(), TextProblem> {
    if value.is_empty() {
        Err(TextProblem::Empty)
    } else if value.chars().any(char::is_control) {
        Err(TextProblem::Control)
    } else if value.trim() != value {
        Err(TextProblem::OuterSpace)
    } else {
        Ok(())
    }
}

impl Text {
    pub(crate) fn new(command: &'static str) -> Self {
        Self { command, text: String::new() }
    }

    pub(crate) fn literal(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// A number.
    pub(crate) fn number(&mut self, parameter: &'static str, value: &dyn Display) -> Result<(), CommandTextError> {
        let result = number(&mut self.text, value);
        self.checked(parameter, result)
    }

    pub(crate) fn list<T: Display>(
        &mut self,
        parameter: &'static str,
        list: &NonEmpty<T>,
    ) -> Result<(), CommandTextError> {
        for (at, element) in list.iter().enumerate() {
            if at > 0 {
                self.literal(",");
            }
            self.number(parameter, element)?;
        }
        Ok(())
    }

    /// One of several words; one that the schema does not know may be anything.
    pub(crate) fn choice(&mut self, parameter: &'static str, value: &str) -> Result<(), CommandTextError> {
        // Roles that exist and that no command takes.
        let refused = ["author", "relay"].contains(&value);
        let word = !value.is_empty() && value.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        self.checked(parameter, if word && !refused { Ok(()) } else { Err(TextProblem::NotAWord) })?;
        self.literal(value);
        Ok(())
    }

    /// A chat to write to.
    pub(crate) fn send_ref(&mut self, parameter: &'static str, chat: &ChatRef) -> Result<(), CommandTextError> {
        let writable = matches!(chat, ChatRef::Direct(_) | ChatRef::Group(..));
        self.checked(parameter, if writable { Ok(()) } else { Err(TextProblem::NotWritable) })?;
        self.argument(parameter, chat)
    }

    pub(crate) fn on_off(&mut self, on: bool) {
        self.literal(if on { "on" } else { "off" });
    }

    pub(crate) fn argument(&mut self, parameter: &'static str, value: &impl Argument) -> Result<(), CommandTextError> {
        let result = value.write(&mut self.text);
        self.checked(parameter, result)
    }

    pub(crate) fn json<T: Serialize>(&mut self, parameter: &'static str, value: &T) -> Result<(), CommandTextError> {
        let result = match serde_json::to_string(value) {
            Ok(json) => {
                self.text.push_str(&json);
                Ok(())
            }
            Err(_) => Err(TextProblem::Json),
        };
        self.checked(parameter, result)
    }

    /// A JSON object.
    pub(crate) fn object(&mut self, parameter: &'static str, value: &RawJson) -> Result<(), CommandTextError> {
        let object = value.get().starts_with('{');
        self.checked(parameter, if object { Ok(()) } else { Err(TextProblem::NotAnObject) })?;
        self.text.push_str(value.get());
        Ok(())
    }

    /// A link, a server or a name: one word.
    pub(crate) fn link(
        &mut self,
        parameter: &'static str,
        value: &str,
        options: &[&'static str],
    ) -> Result<(), CommandTextError> {
        self.checked(parameter, link(value))?;
        self.rest(parameter, value, options)
    }

    /// A full link and its short one, where there is one.
    pub(crate) fn conn_link(
        &mut self,
        parameter: &'static str,
        value: &CreatedConnLink,
        options: &[&'static str],
    ) -> Result<(), CommandTextError> {
        self.link(parameter, &value.conn_full_link, options)?;
        if let Some(short) = &value.conn_short_link {
            self.literal(" ");
            self.link(parameter, short, &[])?;
        }
        Ok(())
    }

    /// A key: one word of ASCII.
    pub(crate) fn key(
        &mut self,
        parameter: &'static str,
        value: &str,
        options: &[&'static str],
    ) -> Result<(), CommandTextError> {
        self.checked(parameter, one_word(value))?;
        self.checked(parameter, if value.is_ascii() { Ok(()) } else { Err(TextProblem::NotAscii) })?;
        self.rest(parameter, value, options)
    }

    /// Free text up to the command's end.
    pub(crate) fn rest(
        &mut self,
        parameter: &'static str,
        value: &str,
        options: &[&'static str],
    ) -> Result<(), CommandTextError> {
        let option = options.iter().find(|option| value.starts_with(**option));
        let result = option.map_or(Ok(()), |option| Err(TextProblem::Option(option)));
        self.checked(parameter, result)?;
        self.checked(parameter, free(value))?;
        self.text.push_str(value);
        Ok(())
    }

    pub(crate) fn finish(self) -> Result<String, CommandTextError> {
        Ok(self.text)
    }

    fn checked(&self, parameter: &'static str, result: Result<(), TextProblem>) -> Result<(), CommandTextError> {
        result.map_err(|problem| CommandTextError { command: self.command, parameter, problem })
    }
}

/// The union of a command's answers.
macro_rules! answers {
    ($name:ident { $($variant:ident $tag:literal;)* }) => {
        $crate::command::decoded_here!($name);

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_map($crate::wire::ObjectVisitor::<Self>(std::marker::PhantomData))
            }
        }

        impl<'de> $crate::wire::FromObject<'de> for $name {
            const NAME: &'static str = stringify!($name);
            fn from_object<A: serde::de::MapAccess<'de>>(mut map: A) -> Result<Self, A::Error> {
                let tag = match $crate::wire::first_tag(&mut map)? {
                    Ok(tag) => tag,
                    Err(first) => return $crate::wire::reordered(first, map),
                };
                match &*tag.0 {
                    $($tag => Ok(Self::$variant(Box::new($crate::wire::FromObject::from_object(map)?))),)*
                    _ => Err(serde::de::Error::unknown_variant(&tag.0, &[$($tag),*])),
                }
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(message) => message.serialize(serializer),)*
                }
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match self {
                    $(Self::$variant(message) => message.fmt(f),)*
                }
            }
        }
    };
}

pub(crate) use answers;
