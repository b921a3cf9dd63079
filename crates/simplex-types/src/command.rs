//! Commands for the core, and how they are written.
//!
//! A command's text is built from typed parts only. Free text that would turn it into another command (line breaks,
//! NUL, outer blanks, a word that the parser would take for an option) is refused.

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
    /// The type of its answer if it succeeds.
    type Response: Answer;
    /// Upstream's name of the command.
    const NAME: &'static str;
    /// How the command uses the network.
    const NETWORK: Network;
    /// The tags of its answers, except errors.
    const ANSWERS: &'static [&'static str];

    /// The text to send to the core.
    ///
    /// # Errors
    /// [`CommandTextError`] if a free text in it would turn it into another command.
    fn text(&self) -> Result<String, CommandTextError>;

    /// The text for older cores that cannot read [`text`](Self::text), if an older spelling is known.
    ///
    /// # Errors
    /// Same as [`text`](Self::text).
    fn older_text(&self) -> Result<Option<String>, CommandTextError> {
        Ok(None)
    }
}

/// How a command uses the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Network {
    /// It does not use the network.
    No,
    /// It uses the network after its answer.
    Background,
    /// Its answer waits for the network.
    Interactive,
}

/// The error for a free text that cannot be part of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CommandTextError {
    /// Upstream's name of the command.
    pub command: &'static str,
    /// The parameter.
    pub parameter: &'static str,
    /// What is wrong with the parameter's value.
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
    /// It is empty, so the parser would not see it.
    Empty,
    /// The core strips white space at the end, and rejects it at the start.
    OuterSpace,
    /// The core strips white space at the end byte by byte, and takes the last byte of `à` and of some other letters
    /// for white space. Such a letter is accepted if anything follows it, for example a dot.
    LastByte,
    /// A control character, such as a line break or NUL, ends or changes the command.
    Control,
    /// It contains white space, but a link or name must be one word.
    Space,
    /// The parser would take its beginning for an option.
    Option(&'static str),
    /// The value cannot be serialised to JSON.
    Json,
    /// The parser accepts only an object.
    NotAnObject,
    /// It is not a link: a link contains a colon or the like, and a plain word would be taken for something else.
    NotALink,
    /// The parser accepts only ASCII characters.
    NotAscii,
    /// The parser accepts no negative numbers.
    Negative,
    /// The parser does not accept this word.
    NotAWord,
    /// Notes and pending connections cannot be written to with this command.
    NotWritable,
    /// A group can only be deleted as a whole, but the command would keep a part.
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
            Self::NotWritable => {
                f.write_str("is a chat that messages are not sent to; `create_chat_items` makes notes")
            }
            Self::GroupGoesWhole => f.write_str(
                "leaves a part, but a group is deleted whole; `clear_chat` (APIClearChat) deletes its messages only",
            ),
        }
    }
}

/// The answer to a command, decoded from a body with one of its tags. For commands of your own, this can be any type
/// that can be deserialised:
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
    /// The types of this crate override this, so that the decoding of their answers is compiled here once, rather than
    /// in each crate that calls a command.
    ///
    /// # Errors
    /// [`DecodeError`] if a part that the answer cannot do without does not fit.
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
    /// Creates a list of one element.
    pub fn one(element: T) -> Self {
        Self(vec![element])
    }

    /// Converts a list, if it has at least one element. For a single element, see [`one`](Self::one).
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

    /// Returns the elements as a list.
    pub fn into_vec(self) -> Vec<T> {
        self.0
    }
}

impl<T> From<T> for NonEmpty<T> {
    fn from(element: T) -> Self {
        Self::one(element)
    }
}

/// The error for an empty list where at least one element is required.
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

/// The union of a command's answers: another one is an error.
macro_rules! answers {
    ($name:ident { $($variant:ident $tag:literal;)* }) => {
        $crate::command::decoded_here!($name);
        $crate::wire::one_of!(
            $name { $($variant $tag;)* } else |tag, map| Err(serde::de::Error::unknown_variant(&tag.0, &[$($tag),*]))
        );
    };
}

pub(crate) use answers;
