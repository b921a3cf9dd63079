//! Commands: what can be asked of the core, and how it is written.
//!
//! A command's text is built from typed parts only. Where a part is free text, what would make another command of it
//! (line breaks, NUL, outer blanks, a word that the parser would take for an option) is refused.

mod refs;
mod text;

use std::fmt::{self, Display};

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::decode::{DecodeError, Decoded};
use crate::frame::Frame;

pub use refs::{ChatDeleteMode, ChatPagination, ChatRef, GroupChatScope, InvalidChatRef, PaginationByTime};
pub(crate) use text::Text;

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
    /// The core strips white space at the end byte by byte, and takes the last byte of `à` and of some other letters for
    /// it. With anything behind it, a dot for example, such a letter passes.
    LastByte,
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
    /// Of a group the core leaves nothing, whatever is to be left.
    GroupGoesWhole,
}

impl Display for TextProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("is empty; leave it out instead"),
            Self::OuterSpace => f.write_str("begins or ends with white space, which the core would drop"),
            Self::LastByte => {
                f.write_str("ends with a letter of which the core would drop a part: put something behind it")
            }
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
            Self::GroupGoesWhole => f.write_str(
                "leaves a part, but a group is deleted whole; `clear_chat` (APIClearChat) deletes its messages only",
            ),
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
