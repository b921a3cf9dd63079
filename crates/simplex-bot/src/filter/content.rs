//! Filters by what was sent.

use std::any::TypeId;
use std::marker::PhantomData;
use std::str::FromStr;

#[cfg(feature = "regex")]
use crate::extract::Captures;
use crate::extract::Parsed;
use crate::message::Message;
use crate::types::MsgContent;

use super::{Anything, Filter, Is, Kind, OneOf};

/// A kind of content that a filter can recognize.
pub trait ContentKind: Kind + Sized {
    /// Whether the message's content is of this kind.
    fn holds(message: &Message) -> bool;
}

/// Passes messages of one kind of content. Made by [`text`], [`image()`] and their like.
#[derive(Debug, Clone, Copy)]
pub struct Content<K>(PhantomData<fn() -> K>);

macro_rules! kinds {
    ($($(#[$doc:meta])* $function:ident $marker:ident = $pattern:pat,)*) => {$(
        $(#[$doc])*
        pub fn $function() -> Content<$marker> {
            Content(PhantomData)
        }

        #[doc = concat!("What [`", stringify!($function), "()`] lets through.")]
        #[derive(Debug, Clone, Copy)]
        pub struct $marker;

        impl Kind for $marker {
            type And<C: Kind> = Self;
        }

        impl Is<$marker> for $marker {}

        impl ContentKind for $marker {
            fn holds(message: &Message) -> bool {
                matches!(message.content(), $pattern)
            }
        }
    )*};
}

kinds! {
    /// Passes text-only messages: not captions of images and files, for which there is [`any_text`].
    text IsText = MsgContent::Text { .. },
    /// Passes links with a preview.
    link IsLink = MsgContent::Link { .. },
    /// Passes images.
    image IsImage = MsgContent::Image { .. },
    /// Passes videos.
    video IsVideo = MsgContent::Video { .. },
    /// Passes voice messages.
    voice IsVoice = MsgContent::Voice { .. },
    /// Passes files that are neither images nor videos nor voice messages.
    file IsFile = MsgContent::File { .. },
    /// Passes reports of other messages to the moderators of a group.
    report IsReport = MsgContent::Report { .. },
    /// Passes invitations: a contact's address, a group's link, shown as a card.
    chat_link IsChatLink = MsgContent::Chat { .. },
    /// Passes content that this version of the library does not know.
    ///
    /// ```
    /// # use simplex_bot::prelude::*;
    /// let bot = Bot::new("bot").on(unknown_content(), async |msg: UnknownMessage| {
    ///     let kind = msg.unknown().map_or("?", |unknown| unknown.tag());
    ///     msg.reply(format!("I cannot read a {kind} yet.")).await
    /// });
    /// ```
    unknown_content IsUnknown = MsgContent::Unknown(_),
}

/// Passes every message that has a text: text messages, captions of images and files, links.
pub fn any_text() -> Content<Anything> {
    Content(PhantomData)
}

/// Any content that has a text.
impl ContentKind for Anything {
    fn holds(message: &Message) -> bool {
        !message.text().is_empty()
    }
}

impl<K: ContentKind> Content<K> {
    /// Passes texts that, trimmed, parse as a `T`; the handler can take it as [`Parsed<T>`].
    pub fn parse<T: FromStr + Clone + Send + Sync + 'static>(self) -> Parse<K, T> {
        Parse(self, PhantomData)
    }

    /// Passes texts that are exactly one of `texts`.
    pub fn exactly(self, texts: impl Into<OneOf<String>>) -> Exactly<K> {
        Exactly(self, texts.into())
    }

    /// Passes texts in which the expression matches anywhere; the handler can take its groups as [`Captures`].
    ///
    /// An invalid expression is an error when the bot starts. Needs the feature `regex`.
    #[cfg(feature = "regex")]
    pub fn regex(self, expression: &str) -> Search<K> {
        Search(self, Expression::new(expression))
    }
}

impl<K: ContentKind> Filter for Content<K> {
    type Content = K;
    type Value = ();
    fn check(&self, message: &Message) -> Option<()> {
        K::holds(message).then_some(())
    }
    fn passes_all(&self) -> bool {
        // `any_text()` passes only those that have a text.
        TypeId::of::<K>() != TypeId::of::<Anything>()
    }
}

/// See [`Content::parse`].
#[derive(Debug, Clone)]
pub struct Parse<K, T>(Content<K>, PhantomData<fn() -> T>);

/// See [`Content::exactly`].
#[derive(Debug, Clone)]
pub struct Exactly<K>(Content<K>, OneOf<String>);

impl<K: ContentKind, T: FromStr + Clone + Send + Sync + 'static> Filter for Parse<K, T> {
    type Content = K;
    type Value = Parsed<T>;
    fn check(&self, message: &Message) -> Option<Parsed<T>> {
        if !K::holds(message) {
            return None;
        }
        message.text().trim().parse().ok().map(Parsed)
    }
}

impl<K: ContentKind> Filter for Exactly<K> {
    type Content = K;
    type Value = ();
    fn check(&self, message: &Message) -> Option<()> {
        (K::holds(message) && self.1.has_text(message.text())).then_some(())
    }
}

/// See [`Content::regex`].
#[cfg(feature = "regex")]
#[derive(Debug, Clone)]
pub struct Search<K>(Content<K>, Expression);

#[cfg(feature = "regex")]
impl<K: ContentKind> Filter for Search<K> {
    type Content = K;
    type Value = Captures;
    fn check(&self, message: &Message) -> Option<Captures> {
        if !K::holds(message) {
            return None;
        }
        self.1.search(message.text())
    }
    fn problem(&self) -> Option<String> {
        self.1.problem()
    }
}

/// A regular expression, or why it is invalid.
#[cfg(feature = "regex")]
#[derive(Debug, Clone)]
pub(super) struct Expression(Result<regex::Regex, String>);

#[cfg(feature = "regex")]
impl Expression {
    pub(super) fn new(expression: &str) -> Self {
        Self(regex::Regex::new(expression).map_err(|error| error.to_string()))
    }

    pub(super) fn search(&self, text: &str) -> Option<Captures> {
        let captures = self.0.as_ref().ok()?.captures(text)?;
        Some(Captures(captures.iter().map(|group| group.map(|found| found.as_str().into())).collect()))
    }

    pub(super) fn problem(&self) -> Option<String> {
        self.0.as_ref().err().cloned()
    }
}
