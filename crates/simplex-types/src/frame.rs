//! The first pass over what the core says: which message it is, for whom, and where its body lies.
//!
//! A [`Frame`] owns one JSON text from the core and knows its tag and its user without having decoded it, so that
//! routing costs one walk over the bytes and only what somebody wants is decoded.

use std::fmt;
use std::ops::Range;

use bytes::Bytes;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::UserId;

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
    bytes: Bytes,
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
        let bytes = match std::str::from_utf8(&bytes) {
            Ok(_) => bytes,
            Err(_) => Bytes::from(String::from_utf8_lossy(&bytes).into_owned()),
        };
        let scan = std::str::from_utf8(&bytes).ok().and_then(scan);
        match scan {
            Some(s) => {
                Self { outcome: s.outcome, tag: s.tag, body: s.body, corr_id: s.corr_id, user_id: s.user_id, bytes }
            }
            None => Self { bytes, outcome: Outcome::Malformed, tag: 0..0, body: 0..0, corr_id: None, user_id: None },
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
        std::str::from_utf8(&self.bytes).unwrap_or_default()
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
            .field("bytes", &self.bytes.len())
            .finish()
    }
}

struct Scan {
    outcome: Outcome,
    tag: Range<usize>,
    body: Range<usize>,
    corr_id: Option<Box<str>>,
    user_id: Option<i64>,
}

fn scan(text: &str) -> Option<Scan> {
    let at = |part: &str| {
        let start = (part.as_ptr() as usize).checked_sub(text.as_ptr() as usize)?;
        Some(start..start + part.len())
    };
    let envelope = Object::read(text)?;
    let (outcome, body) = match (envelope.get("result"), envelope.get("error"), envelope.get("resp")) {
        (Some(body), _, _) => (Outcome::Result, body),
        (_, Some(body), _) => (Outcome::Error, body),
        (_, _, Some(body)) => (Outcome::Result, body),
        _ => return None,
    };
    let corr_id = envelope.get("corrId").and_then(|raw| serde_json::from_str(raw).ok());
    let inner = Object::read(body)?;
    let tag = inner.get("type").map(|raw| raw.trim_matches('"')).unwrap_or_default();
    let user_id = inner
        .get("user")
        .or_else(|| inner.get("user_"))
        .and_then(Object::read)
        .and_then(|user| user.get("userId").and_then(|id| id.parse().ok()));
    if outcome == Outcome::Result && tag == "chatCmdError" {
        let error = inner.get("chatError")?;
        let tag = Object::read(error).and_then(|e| e.get("type").map(|t| t.trim_matches('"'))).unwrap_or_default();
        return Some(Scan {
            outcome: Outcome::Error,
            tag: at(tag).unwrap_or(0..0),
            body: at(error)?,
            corr_id,
            user_id,
        });
    }
    Some(Scan { outcome, tag: at(tag).unwrap_or(0..0), body: at(body)?, corr_id, user_id })
}

/// The members of one object, undecoded.
struct Object<'a>(Vec<(&'a str, &'a str)>);

impl<'a> Object<'a> {
    fn read(text: &'a str) -> Option<Self> {
        struct Members;
        impl<'de> Visitor<'de> for Members {
            type Value = Vec<(&'de str, &'de str)>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::with_capacity(4);
                while let Some(key) = map.next_key::<&RawValue>()? {
                    let value: &RawValue = map.next_value()?;
                    members.push((key.get().trim_matches('"'), value.get()));
                }
                Ok(members)
            }
        }
        let mut de = serde_json::Deserializer::from_str(text);
        let members = de.deserialize_map(Members).ok()?;
        de.end().ok()?;
        Some(Self(members))
    }

    fn get(&self, key: &str) -> Option<&'a str> {
        self.0.iter().find(|(k, _)| *k == key).map(|(_, v)| *v)
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
