//! Filters by what was sent.

use std::marker::PhantomData;
use std::str::FromStr;

use crate::extract::Parsed;
use crate::message::Message;
use crate::types::MsgContent;

use super::{Filter, Scope};

/// Messages of text.
pub struct IsText;

/// Passes messages of text only: not the captions of images and files.
pub fn text() -> Text {
    Text
}

/// See [`text`].
#[derive(Debug, Clone, Copy)]
pub struct Text;

impl Text {
    /// Passes texts that are, trimmed, a `T`; the handler may take it as [`Parsed<T>`].
    pub fn parse<T: FromStr + Clone + Send + Sync + 'static>(self) -> Parse<T> {
        Parse(PhantomData)
    }

    /// Passes the text that is exactly `text`.
    pub fn exactly(self, text: impl Into<String>) -> Exactly {
        Exactly(text.into())
    }
}

/// See [`Text::parse`].
pub struct Parse<T>(PhantomData<fn() -> T>);

/// See [`Text::exactly`].
#[derive(Debug, Clone)]
pub struct Exactly(String);

impl Filter for Text {
    type Scope = Scope<IsText>;
    fn check(&self, message: &Message) -> Option<()> {
        matches!(message.content(), MsgContent::Text { .. }).then_some(())
    }
}

impl<T: FromStr + Clone + Send + Sync + 'static> Filter for Parse<T> {
    type Scope = Scope<IsText, Parsed<T>>;
    fn check(&self, message: &Message) -> Option<Parsed<T>> {
        Text.check(message)?;
        message.text().trim().parse().ok().map(Parsed)
    }
}

impl Filter for Exactly {
    type Scope = Scope<IsText>;
    fn check(&self, message: &Message) -> Option<()> {
        Text.check(message)?;
        (message.text() == self.0).then_some(())
    }
}
