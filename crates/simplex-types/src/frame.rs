//! The first pass over what the core says: which message it is, for whom, and where its body lies.
//!
//! A [`Frame`] owns one JSON text from the core and knows its tag and its user without having decoded it, so that
//! routing costs one walk over the bytes and only what somebody wants is decoded.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use bytes::Bytes;
use bytestring::ByteString;
use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::UserId;
use crate::wire::Key;

/// What an envelope says of its body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// An answer or an event: `{"result":…}`, or a WebSocket `resp`.
    Result,
    /// A chat error: `{"error":…}`, or a WebSocket `chatCmdError`; the body is the error itself.
    Error,
    /// Not an envelope of the core: the text is kept, the body is empty.
    Malformed,
}

/// One JSON text from the core, with its first pass done.
///
/// Cloning is cheap: the bytes are shared.
#[derive(Clone)]
pub struct Frame {
    text: ByteString,
    outcome: Outcome,
    tag: Range<usize>,
    body: Range<usize>,
    corr_id: Option<Box<str>>,
    user_id: Option<i64>,
}

impl Frame {
    /// Takes a text as the core gave it, from the library (`{"result":…}`, `{"error":…}`) or from a CLI's WebSocket
    /// (`{"corrId"?,"resp":…}`). Never fails: what is not an envelope is [`Outcome::Malformed`]. Bytes that are not
    /// UTF-8 are replaced, as the core's own clients do.
    pub fn parse(bytes: impl Into<Bytes>) -> Self {
        let bytes = bytes.into();
        let text = ByteString::try_from(bytes.clone())
            .unwrap_or_else(|_| ByteString::from(String::from_utf8_lossy(&bytes).into_owned()));
        match scan(&text) {
            Some(s) => {
                Self { outcome: s.outcome, tag: s.tag, body: s.body, corr_id: s.corr_id, user_id: s.user_id, text }
            }
            None => Self { text, outcome: Outcome::Malformed, tag: 0..0, body: 0..0, corr_id: None, user_id: None },
        }
    }

    /// Whether this is a result, an error, or neither.
    pub fn outcome(&self) -> Outcome {
        self.outcome
    }

    /// The `type` of the body, as the core spells it; empty when it has none.
    pub fn tag(&self) -> &str {
        self.slice(&self.tag)
    }

    /// The user that the body is about, where it names one (`user` or `user_`).
    pub fn user_id(&self) -> Option<UserId> {
        self.user_id.map(UserId)
    }

    /// The correlation id of a WebSocket answer.
    pub fn corr_id(&self) -> Option<&str> {
        self.corr_id.as_deref()
    }

    /// The JSON object inside the envelope; for [`Outcome::Error`] the chat error.
    pub fn body(&self) -> &str {
        self.slice(&self.body)
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    fn slice(&self, range: &Range<usize>) -> &str {
        self.text().get(range.clone()).unwrap_or_default()
    }
}

impl fmt::Debug for Frame {
    // The text is not shown: it holds what people wrote.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Frame")
            .field("outcome", &self.outcome)
            .field("tag", &self.tag())
            .field("user_id", &self.user_id)
            .field("bytes", &self.text.len())
            .finish()
    }
}

/// What the first pass finds; positions are in the text.
struct Scan {
    outcome: Outcome,
    tag: Range<usize>,
    body: Range<usize>,
    corr_id: Option<Box<str>>,
    user_id: Option<i64>,
}

/// One walk over the text. Keys and values are borrowed from it, so that their places in it are known.
fn scan(text: &str) -> Option<Scan> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let envelope = deserializer.deserialize_map(EnvelopeVisitor).ok()?;
    deserializer.end().ok()?;
    let (outcome, key, inner) = envelope.body?;
    let at = |part: &str| offset(text, part).map(|start| start..start + part.len());
    let user_id = inner.user.and_then(user_id);
    let corr_id = envelope.corr_id;
    if outcome == Outcome::Result && unquoted(inner.tag) == "chatCmdError" {
        let error = inner.chat_error?;
        let tag = unquoted(member(error, "type"));
        return Some(Scan {
            outcome: Outcome::Error,
            tag: at(tag).unwrap_or(0..0),
            body: at(error)?,
            corr_id,
            user_id,
        });
    }
    let body = value_range(text, key, envelope.after)?;
    Some(Scan { outcome, tag: at(unquoted(inner.tag)).unwrap_or(0..0), body, corr_id, user_id })
}

/// Where a part of the text begins in it.
fn offset(text: &str, part: &str) -> Option<usize> {
    (part.as_ptr() as usize).checked_sub(text.as_ptr() as usize).filter(|at| at + part.len() <= text.len())
}

/// Where the value of a key of the outermost object lies: between the key and the next one, or the object's end.
fn value_range(text: &str, key: &str, next: Option<&str>) -> Option<Range<usize>> {
    let value = text.get(offset(text, key)? + key.len() + 1..)?.trim_start().strip_prefix(':')?.trim_start();
    let before = match next {
        Some(next) => text.get(..offset(text, next)?.checked_sub(1)?)?.trim_end().strip_suffix(',')?,
        None => text.trim_end().strip_suffix('}')?,
    };
    let range = offset(text, value)?..before.trim_end().len();
    (range.start <= range.end).then_some(range)
}

/// The text of a raw string.
fn unquoted(raw: Option<&str>) -> &str {
    raw.and_then(|raw| raw.strip_prefix('"')?.strip_suffix('"')).unwrap_or_default()
}

/// The id of a user, which comes first in it as the core writes it.
fn user_id(user: &str) -> Option<i64> {
    let id = match user.strip_prefix("{\"userId\":").and_then(|rest| rest.split_once(',')) {
        Some((id, _)) => id,
        None => member(user, "userId")?,
    };
    id.trim().parse().ok()
}

/// A member of an object, undecoded; looks no further than it must.
fn member<'a>(object: &'a str, key: &str) -> Option<&'a str> {
    struct Find<'a, 'k>(&'k str, &'k mut Option<&'a str>);
    impl<'de> Visitor<'de> for Find<'de, '_> {
        type Value = ();
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }
        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
            while let Some(Key(key)) = map.next_key()? {
                if key == self.0 {
                    *self.1 = Some(map.next_value::<&RawValue>()?.get());
                    return Ok(());
                }
                map.next_value::<IgnoredAny>()?;
            }
            Ok(())
        }
    }
    let mut found = None;
    // Stopping half-way is an error to the deserializer, and none here.
    let _ = serde_json::Deserializer::from_str(object).deserialize_map(Find(key, &mut found));
    found
}

#[derive(Default)]
struct Envelope<'a> {
    body: Option<(Outcome, &'a str, Body<'a>)>,
    /// The key after the body's.
    after: Option<&'a str>,
    corr_id: Option<Box<str>>,
}

/// What the first pass wants of a body, undecoded.
#[derive(Default)]
struct Body<'a> {
    tag: Option<&'a str>,
    user: Option<&'a str>,
    chat_error: Option<&'a str>,
}

struct EnvelopeVisitor;

impl<'de> Visitor<'de> for EnvelopeVisitor {
    type Value = Envelope<'de>;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an envelope")
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Envelope<'de>, A::Error> {
        let mut envelope = Envelope::default();
        while let Some(Key(key)) = map.next_key()? {
            let Cow::Borrowed(key) = key else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            if envelope.body.is_some() && envelope.after.is_none() {
                envelope.after = Some(key);
            }
            match (key, &envelope.body) {
                ("result" | "resp", None) => envelope.body = Some((Outcome::Result, key, map.next_value()?)),
                ("error", None) => envelope.body = Some((Outcome::Error, key, map.next_value()?)),
                ("corrId", _) => {
                    let raw: &RawValue = map.next_value()?;
                    envelope.corr_id = serde_json::from_str(raw.get()).ok();
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(envelope)
    }
}

impl<'de> Deserialize<'de> for Body<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct BodyVisitor;
        impl<'de> Visitor<'de> for BodyVisitor {
            type Value = Body<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Body<'de>, A::Error> {
                let mut body = Body::default();
                while let Some(Key(key)) = map.next_key()? {
                    let slot = match &*key {
                        "type" => &mut body.tag,
                        "user" | "user_" => &mut body.user,
                        "chatError" => &mut body.chat_error,
                        _ => {
                            map.next_value::<IgnoredAny>()?;
                            continue;
                        }
                    };
                    let raw: &RawValue = map.next_value()?;
                    slot.get_or_insert(raw.get());
                }
                Ok(body)
            }
        }
        deserializer.deserialize_map(BodyVisitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_result_names_its_tag_user_and_body() {
        let frame = Frame::parse(r#"{"result":{"type":"activeUser","user":{"userId":7}}}"#);
        assert_eq!(frame.outcome(), Outcome::Result);
        assert_eq!(frame.tag(), "activeUser");
        assert_eq!(frame.user_id(), Some(UserId(7)));
        assert_eq!(frame.body(), r#"{"type":"activeUser","user":{"userId":7}}"#);
    }

    #[test]
    fn errors_of_both_faces_have_the_chat_error_as_body() {
        let body = r#"{"type":"error","errorType":{"type":"noActiveUser"}}"#;
        for text in [
            format!(r#"{{"error":{body}}}"#),
            format!(r#"{{"corrId":"3","resp":{{"type":"chatCmdError","chatError":{body}}}}}"#),
        ] {
            let frame = Frame::parse(text);
            assert_eq!((frame.outcome(), frame.tag(), frame.body()), (Outcome::Error, "error", body));
        }
    }

    #[test]
    fn anything_else_is_kept_as_malformed() {
        for text in ["", "null", "[1]", "{}", "{\"result\":", "{\"result\":3}", "\u{0}"] {
            let frame = Frame::parse(text);
            assert_eq!((frame.outcome(), frame.text()), (Outcome::Malformed, text));
        }
    }
}
