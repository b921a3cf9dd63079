//! Filters by command, for combining them with other filters; [`Router::command`](crate::Router::command) also shows
//! the command in people's menus.

use std::marker::PhantomData;
use std::str::FromStr;

use crate::command::no_keyword;
#[cfg(feature = "regex")]
use crate::extract::Captures;
use crate::extract::{Args, Parsed};
use crate::message::Message;
use crate::types::bot_command;

#[cfg(feature = "regex")]
use super::content::Expression;
use super::{Anything, Filter, OneOf};

/// Passes `/keyword` and `/keyword parameters` for one or several keywords, given without the slash; the handler can
/// take the parameters as [`Args`].
///
/// A keyword consists of letters, digits and underscores; any other, such as `opt-out`, is an error when the bot
/// starts.
pub fn command(keywords: impl Into<OneOf<String>>) -> Command {
    Command(keywords.into())
}

/// See [`command`].
#[derive(Debug, Clone)]
pub struct Command(OneOf<String>);

impl Command {
    /// Passes if the parameters, trimmed, are exactly one of `args`.
    pub fn args(self, args: impl Into<OneOf<String>>) -> CommandArgs {
        CommandArgs(self, args.into())
    }

    /// Passes if the parameters, trimmed, parse as a `T`; the handler can take it as [`Parsed<T>`].
    pub fn parse<T: FromStr + Clone + Send + Sync + 'static>(self) -> CommandParse<T> {
        CommandParse(self, PhantomData)
    }

    /// Passes if the expression matches anywhere in the parameters; the handler can take its groups as [`Captures`].
    /// Needs the feature `regex`.
    #[cfg(feature = "regex")]
    pub fn regex(self, expression: &str) -> CommandSearch {
        CommandSearch(self, Expression::new(expression))
    }

    pub(crate) fn keywords(&self) -> &[String] {
        &self.0.0
    }

    fn args_of<'a>(&self, message: &'a Message) -> Option<&'a str> {
        let (keyword, args) = bot_command(message.text())?;
        self.0.has_text(keyword).then_some(args)
    }
}

/// See [`Command::args`].
#[derive(Debug, Clone)]
pub struct CommandArgs(Command, OneOf<String>);
/// See [`Command::parse`].
#[derive(Debug, Clone)]
pub struct CommandParse<T>(Command, PhantomData<fn() -> T>);
/// See [`Command::regex`].
#[cfg(feature = "regex")]
#[derive(Debug, Clone)]
pub struct CommandSearch(Command, Expression);

impl Filter for Command {
    type Content = Anything;
    type Value = Args;
    fn check(&self, message: &Message) -> Option<Args> {
        self.args_of(message).map(|args| Args(args.into()))
    }
    fn problem(&self) -> Option<String> {
        self.0.0.iter().find_map(|keyword| no_keyword(keyword))
    }
}

impl Filter for CommandArgs {
    type Content = Anything;
    type Value = ();
    fn check(&self, message: &Message) -> Option<()> {
        self.1.has_text(self.0.args_of(message)?).then_some(())
    }
    fn problem(&self) -> Option<String> {
        self.0.problem()
    }
}

impl<T: FromStr + Clone + Send + Sync + 'static> Filter for CommandParse<T> {
    type Content = Anything;
    type Value = Parsed<T>;
    fn check(&self, message: &Message) -> Option<Parsed<T>> {
        self.0.args_of(message)?.parse().ok().map(Parsed)
    }
    fn problem(&self) -> Option<String> {
        self.0.problem()
    }
}

#[cfg(feature = "regex")]
impl Filter for CommandSearch {
    type Content = Anything;
    type Value = Captures;
    fn check(&self, message: &Message) -> Option<Captures> {
        self.1.search(self.0.args_of(message)?)
    }
    fn problem(&self) -> Option<String> {
        self.0.problem().or_else(|| self.1.problem())
    }
}
