//! The arguments of a command: words, quoted texts, the rest of the line.

use std::fmt::{self, Display};
use std::str::FromStr;

use crate::error::BotError;
use crate::message::Message;
use crate::types::{ChatRef, GroupMember, GroupMemberId};

/// Why a command was not understood, as a sentence for the person who typed it.
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CommandError {
    /// There is no such command.
    #[error("There is no such command.")]
    Unknown,
    /// A parameter is missing.
    #[error("{0} is missing.")]
    Missing(&'static str),
    /// An argument does not fit its parameter.
    #[error("“{}” is not a valid {parameter}: {reason}.", short(value))]
    Invalid {
        /// The parameter.
        parameter: &'static str,
        /// The argument.
        value: String,
        /// Why it does not fit.
        reason: String,
    },
    /// There are more arguments than the command takes.
    #[error("There is more than the command takes: “{}”.", short(.0))]
    TooMany(String),
    /// A quotation mark is not closed.
    #[error("A quotation mark is not closed.")]
    Unclosed,
}

// Without what people wrote; the reason may quote it.
impl fmt::Debug for CommandError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown => f.write_str("Unknown"),
            Self::Missing(parameter) => f.debug_tuple("Missing").field(parameter).finish(),
            Self::Invalid { parameter, value, .. } => write!(f, "Invalid({parameter:?}, <{} bytes>)", value.len()),
            Self::TooMany(more) => write!(f, "TooMany(<{} bytes>)", more.len()),
            Self::Unclosed => f.write_str("Unclosed"),
        }
    }
}

/// The beginning of a text, enough to recognize it: nobody can make the bot repeat pages.
fn short(text: &str) -> String {
    const MOST: usize = 60;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// Reads the arguments of a command from left to right; `#[derive(Commands)]` uses it.
///
/// Arguments are separated by white space; one with spaces in it is quoted: `"so"`, `'so'` or, as phones write it,
/// `“so”`, `‘so’`, `„so“`, `«so»`, also after a leading `@`. Inside quotes, a backslash escapes the next character, except
/// in a name after an `@`, where the core has no escapes. Punctuation right after a name is not part of it.
pub struct ArgReader<'a> {
    rest: &'a str,
}

impl fmt::Debug for ArgReader<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ArgReader(<{} bytes>)", self.rest.len())
    }
}

impl<'a> ArgReader<'a> {
    /// A reader of `args`.
    pub fn new(args: &'a str) -> Self {
        Self { rest: args.trim() }
    }

    /// The next argument.
    ///
    /// # Errors
    /// [`CommandError`] if there is none, or it does not parse as a `T`.
    pub fn required<T>(&mut self, parameter: &'static str) -> Result<T, CommandError>
    where
        T: FromStr,
        T::Err: Display,
    {
        let (word, rest) = next(self.rest)?.ok_or(CommandError::Missing(parameter))?;
        let value = parse(parameter, &word)?;
        self.rest = rest;
        Ok(value)
    }

    /// The next argument if there is one. If it does not parse as a `T`, or its quote is not closed, it is left for the
    /// next parameter when `more` parameters follow, and is an error otherwise.
    ///
    /// # Errors
    /// [`CommandError`] if it does not parse as a `T`, or its quote is not closed, and no more follow.
    pub fn optional<T>(&mut self, parameter: &'static str, more: bool) -> Result<Option<T>, CommandError>
    where
        T: FromStr,
        T::Err: Display,
    {
        let read = next(self.rest)
            .and_then(|next| next.map(|(word, rest)| parse(parameter, &word).map(|value| (value, rest))).transpose());
        match read {
            Ok(Some((value, rest))) => {
                self.rest = rest;
                Ok(Some(value))
            }
            Ok(None) => Ok(None),
            Err(_) if more => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// All remaining text, as it was written.
    ///
    /// # Errors
    /// [`CommandError`] if nothing is left, or it does not parse as a `T`.
    pub fn rest<T>(&mut self, parameter: &'static str) -> Result<T, CommandError>
    where
        T: FromStr,
        T::Err: Display,
    {
        self.optional_rest(parameter)?.ok_or(CommandError::Missing(parameter))
    }

    /// All remaining text, as it was written, if there is any.
    ///
    /// # Errors
    /// [`CommandError`] if it does not parse as a `T`.
    pub fn optional_rest<T>(&mut self, parameter: &'static str) -> Result<Option<T>, CommandError>
    where
        T: FromStr,
        T::Err: Display,
    {
        let rest = std::mem::take(&mut self.rest);
        if rest.is_empty() { Ok(None) } else { parse(parameter, rest).map(Some) }
    }

    /// Checks that nothing is left.
    ///
    /// # Errors
    /// [`CommandError::TooMany`] if something is.
    pub fn finish(self) -> Result<(), CommandError> {
        if self.rest.is_empty() { Ok(()) } else { Err(CommandError::TooMany(self.rest.to_owned())) }
    }
}

fn parse<T: FromStr<Err: Display>>(parameter: &'static str, value: &str) -> Result<T, CommandError> {
    value.parse().map_err(|error: T::Err| CommandError::Invalid {
        parameter,
        value: value.to_owned(),
        reason: error.to_string(),
    })
}

/// The first argument of `text`, unquoted, and what comes after it.
fn next(text: &str) -> Result<Option<(String, &str)>, CommandError> {
    let mut chars = text.char_indices().peekable();
    let mut word = String::new();
    if let Some((_, sigil @ ('@' | '#'))) = chars.peek().copied() {
        word.push(sigil);
        chars.next();
    }
    let is_name = !word.is_empty();
    let closing: &[char] = match chars.peek().map(|(_, c)| *c) {
        None if !is_name => return Ok(None),
        Some('"') => &['"'],
        Some('\'') => &['\''],
        Some('“') => &['”'],
        Some('‘') => &['’'],
        // Languages that begin a quote with this mark end it with different ones.
        Some('„') => &['“', '”'],
        Some('‚') => &['‘', '’'],
        Some('«') => &['»'],
        _ => &[],
    };
    if closing.is_empty() {
        let end = text.find(char::is_whitespace).unwrap_or(text.len());
        let (word, rest) = text.split_at(end);
        // As the core reads a mention: a name that ends with such a mark is quoted.
        let word = if is_name { word.trim_end_matches([',', '.', ':', ';', '!', '?', '…']) } else { word };
        return Ok(Some((word.to_owned(), rest.trim_start())));
    }
    chars.next();
    while let Some((index, c)) = chars.next() {
        if closing.contains(&c) {
            let rest = text.get(index + c.len_utf8()..).unwrap_or_default();
            return Ok(Some((word, rest.trim_start())));
        }
        match c {
            '\\' if !is_name => word.extend(chars.next().map(|(_, escaped)| escaped)),
            _ => word.push(c),
        }
    }
    Err(CommandError::Unclosed)
}

/// A group member as people name one in a command: `@name`, `@'a name with spaces'`, or the member's number.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum MemberRef {
    /// By the number that the member has in the bot's database.
    Id(GroupMemberId),
    /// By the name that the member chose, or by the one in the bot's database: `bob_1` if there is another `bob`.
    Name(String),
}

/// A text that does not name a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a member is written @name")]
pub struct NoMemberRef;

impl FromStr for MemberRef {
    type Err = NoMemberRef;
    fn from_str(text: &str) -> Result<Self, NoMemberRef> {
        if let Some(name) = text.strip_prefix('@') {
            return if name.is_empty() { Err(NoMemberRef) } else { Ok(Self::Name(name.to_owned())) };
        }
        text.parse().map(|id| Self::Id(GroupMemberId(id))).map_err(|_| NoMemberRef)
    }
}

impl MemberRef {
    /// Finds the member in the group that `message` was sent in: among those that the message mentions, else in the list
    /// of members; by their name, only those who are still there.
    ///
    /// A handler of [`Commands`](super::Commands) returns the error if there is no such member: whoever typed the command is
    /// then told so, as of arguments that do not fit. In other handlers it is like any error: logged, and the message
    /// handled again.
    ///
    /// ```
    /// use simplex_bot::prelude::*;
    ///
    /// #[derive(Commands)]
    /// enum Manners {
    ///     /// Greet a member
    ///     Greet { member: MemberRef },
    /// }
    ///
    /// async fn manners(command: Manners, msg: Message) -> Outcome {
    ///     let Manners::Greet { member } = command;
    ///     let member = member.resolve(&msg).await?;
    ///     msg.reply(Markdown::new().plain("Hello, ").mention(&member)).await
    /// }
    /// # simplex_bot::testing::run(async {
    /// #     let net = simplex_bot::testing::TestNetwork::new();
    /// #     let bot = net.start(|| Bot::new("bot").commands(manners)).await;
    /// #     let alice = net.person("alice");
    /// #     let team = alice.creates_group("team", simplex_bot::types::GroupMemberRole::Member).await;
    /// #     bot.joins(&team).await;
    /// #     alice.expect_member("bot").await;
    /// #     alice.send("/greet @alice").await;
    /// #     alice.expect_containing("Hello").await;
    /// #     alice.send("/greet @bob").await;
    /// #     alice.expect_containing("no such member").await;
    /// #     alice.expect_silence(Duration::from_mins(1)).await;
    /// # });
    /// ```
    ///
    /// # Errors
    /// [`BotError::NoSuchMember`] if there is none, or more than one, of that name; [`BotError::Api`] if the list
    /// cannot be read.
    ///
    /// # Cancel safety
    /// Cancel safe.
    pub async fn resolve(&self, message: &Message) -> Result<GroupMember, BotError> {
        let no_such = || BotError::NoSuchMember(self.to_string());
        let ChatRef::Group(group, _) = message.chat_ref() else { return Err(no_such()) };
        let mentioned = match self {
            Self::Id(id) => Some(*id),
            Self::Name(name) => {
                let mention = message.item().mentions.get(name);
                mention.and_then(|mention| mention.member_ref.as_ref()).map(|member| member.group_member_id)
            }
        };
        let members = message.api().list_members(group).await?;
        let mut found = members.into_iter().filter(|member| match (mentioned, self) {
            (Some(id), _) => member.group_member_id == id,
            (None, Self::Name(name)) => {
                let goes_by_it = [&member.local_display_name, &member.member_profile.display_name].contains(&name);
                goes_by_it && !member.is_gone()
            }
            (None, Self::Id(_)) => false,
        });
        match (found.next(), found.next()) {
            (Some(member), None) => Ok(member),
            _ => Err(no_such()),
        }
    }
}

// Without the name: people wrote it.
impl fmt::Debug for MemberRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(id) => f.debug_tuple("Id").field(id).finish(),
            Self::Name(name) => write!(f, "Name(<{} bytes>)", name.len()),
        }
    }
}

impl Display for MemberRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(id) => write!(f, "{id}"),
            Self::Name(name) => write!(f, "@{name}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(mut text: &str) -> Result<Vec<String>, CommandError> {
        let mut words = Vec::new();
        while let Some((word, rest)) = next(text)? {
            words.push(word);
            text = rest;
        }
        Ok(words)
    }

    #[test]
    fn words_are_split_at_white_space_and_quotes_keep_them_together() {
        for (text, expected) in [
            ("", vec![]),
            ("a  b\nc", vec!["a", "b", "c"]),
            (r#""a b" c"#, vec!["a b", "c"]),
            ("'a b'", vec!["a b"]),
            ("“a b” „c d“", vec!["a b", "c d"]),
            ("„a b” ‘c d’ ‚e f‘ «g h»", vec!["a b", "c d", "e f", "g h"]),
            ("@‘a b’ x", vec!["@a b", "x"]),
            ("@a, @'b!' @c🙂: d.", vec!["@a", "@b!", "@c🙂", "d."]),
            // The core knows no escapes in names, and lets people use such a name.
            (r"@'a\b c'", vec![r"@a\b c"]),
            ("@'a b' @c", vec!["@a b", "@c"]),
            (r#""a \" b \\""#, vec![r#"a " b \"#]),
            ("don't stop", vec!["don't", "stop"]),
            ("@ x", vec!["@", "x"]),
            ("@", vec!["@"]),
            (r#""""#, vec![""]),
        ] {
            assert_eq!(
                words(text).as_deref(),
                Ok(expected.iter().map(|&w| w.into()).collect::<Vec<_>>().as_slice()),
                "{text}"
            );
        }
        assert_eq!(words("a 'b"), Err(CommandError::Unclosed));
    }

    #[test]
    fn an_optional_argument_that_does_not_fit_is_left_for_the_next() {
        let mut args = ArgReader::new("for spam");
        assert_eq!(args.optional::<u32>("days", true), Ok(None));
        assert_eq!(args.rest::<String>("reason"), Ok("for spam".to_owned()));
        assert_eq!(args.finish(), Ok(()));
        // Also if it begins with a quotation mark, but is not a quote.
        let mut args = ArgReader::new("'tis spam");
        assert_eq!(args.optional::<u32>("days", true), Ok(None));
        assert_eq!(args.rest::<String>("reason"), Ok("'tis spam".to_owned()));
        assert!(matches!(ArgReader::new("x").optional::<u32>("days", false), Err(CommandError::Invalid { .. })));
        assert_eq!(ArgReader::new("").required::<u32>("days"), Err(CommandError::Missing("days")));
        assert_eq!(ArgReader::new("x y").finish(), Err(CommandError::TooMany("x y".to_owned())));
    }

    #[test]
    fn what_people_wrote_is_not_debugged() {
        let args = || ArgReader::new("hush");
        let shown = format!("{:?} {:?} {:?}", args(), args().required::<u32>("days"), args().finish());
        assert!(!shown.contains("hush") && shown.contains("days"), "{shown}");
    }

    #[test]
    fn what_does_not_fit_is_told_in_short() {
        let long = "@ ".repeat(5_000);
        let number = ArgReader::new(&long).rest::<u32>("days").unwrap_err().to_string();
        assert!(number.starts_with("“@ @ ") && number.contains("…” is not a valid days: "), "{number}");
        let more = ArgReader::new(&long).finish().unwrap_err().to_string();
        assert!(number.len() < 300 && more.len() < 300, "{number}, {more}");
    }
}
