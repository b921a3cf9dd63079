//! The first pass over what the core says: which message it is, for whom, and where its body lies.
//!
//! A [`Frame`] owns one JSON text from the core and knows its tag and its user without having decoded it: routing costs
//! one walk over the bytes, and only what is needed is decoded.

use std::fmt;
use std::ops::Range;

use bytes::Bytes;
use bytestring::ByteString;

use crate::{UserId, skim};

/// The kind of a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum FrameOutcome {
    /// An answer or an event: `{"result":…}`, or a WebSocket `resp`.
    Result,
    /// A chat error: `{"error":…}`, or a WebSocket `chatCmdError` (of a command) or `chatError` (of background work); the
    /// body is the error itself.
    Error,
    /// Not an envelope of the core: the text is kept, and the body is empty.
    Malformed,
}

/// A JSON text from the core, scanned but not decoded.
///
/// Cloning is cheap: the bytes are shared.
#[derive(Clone)]
pub struct Frame {
    text: ByteString,
    scan: Scan,
}

impl Frame {
    /// Scans a text as received from the library (`{"result":…}`, `{"error":…}`) or from a CLI's WebSocket
    /// (`{"corrId"?,"resp":…}`). Never fails: a text that is not an envelope is [`FrameOutcome::Malformed`]. Bytes
    /// that are not UTF-8 are replaced, as the core's own clients do.
    pub fn parse(bytes: impl Into<Bytes>) -> Self {
        let bytes = bytes.into();
        let text = ByteString::try_from(bytes.clone())
            .unwrap_or_else(|_| ByteString::from(String::from_utf8_lossy(&bytes).into_owned()));
        let malformed = || Scan {
            outcome: FrameOutcome::Malformed,
            tag: 0..0,
            body: 0..0,
            // So that the command is answered that this was to be the answer of.
            corr_id: member(&text, skim::space(text.as_bytes(), 0), "corrId")
                .and_then(|id| serde_json::from_str(text.get(id)?).ok()),
            user_id: None,
        };
        Self { scan: scan(&text).unwrap_or_else(malformed), text }
    }

    /// Whether this is a result, an error, or neither.
    pub fn outcome(&self) -> FrameOutcome {
        self.scan.outcome
    }

    /// The `type` of the body, as the core spells it; empty if it has none.
    pub fn tag(&self) -> &str {
        self.slice(&self.scan.tag)
    }

    /// The user that the body is about, if it names one (`user` or `user_`).
    pub fn user_id(&self) -> Option<UserId> {
        self.scan.user_id.map(UserId)
    }

    /// The correlation id of a WebSocket answer. An empty one counts as none, as for upstream's client in TypeScript:
    /// the message is an event.
    pub fn corr_id(&self) -> Option<&str> {
        self.scan.corr_id.as_deref().filter(|id| !id.is_empty())
    }

    /// The JSON object inside the envelope; for [`FrameOutcome::Error`], the chat error.
    pub fn body(&self) -> &str {
        self.slice(&self.scan.body)
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
            .field("outcome", &self.scan.outcome)
            .field("tag", &self.tag())
            .field("user_id", &self.scan.user_id)
            .field("bytes", &self.text.len())
            .finish()
    }
}

/// What the first pass finds; positions are in the text.
#[derive(Clone)]
struct Scan {
    outcome: FrameOutcome,
    tag: Range<usize>,
    body: Range<usize>,
    corr_id: Option<Box<str>>,
    user_id: Option<i64>,
}

/// One walk over the text.
fn scan(text: &str) -> Option<Scan> {
    let (mut found, mut corr_id) = (None, None);
    let start = skim::space(text.as_bytes(), 0);
    let end = skim::object(text, start, |key, at| {
        let outcome = match key {
            "result" | "resp" if found.is_none() => FrameOutcome::Result,
            "error" if found.is_none() => FrameOutcome::Error,
            _ => {
                let end = skim::value(text, at)?;
                if key == "corrId" {
                    corr_id = serde_json::from_str(text.get(at..end)?).ok();
                }
                return Some(end);
            }
        };
        let mut body = Body::default();
        let end = skim::object(text, at, |key, at| {
            let end = skim::value(text, at)?;
            let slot = match key {
                "type" => &mut body.tag,
                "user" | "user_" => &mut body.user,
                "chatError" => &mut body.chat_error,
                _ => return Some(end),
            };
            slot.get_or_insert(at..end);
            Some(end)
        })?;
        found = Some((outcome, at..end, body));
        Some(end)
    })?;
    if skim::space(text.as_bytes(), end) < text.len() {
        return None;
    }
    let (outcome, range, body) = found?;
    let user_id =
        body.user.and_then(|user| member(text, user.start, "userId")).and_then(|id| text.get(id)?.parse().ok());
    let tag = unquoted(text, body.tag);
    let error = match text.get(tag.clone()) {
        Some("chatCmdError") if outcome == FrameOutcome::Result => Some(body.chat_error?),
        Some("chatError") if outcome == FrameOutcome::Result => body.chat_error,
        _ => None,
    };
    if let Some(error) = error {
        let tag = unquoted(text, member(text, error.start, "type"));
        return Some(Scan { outcome: FrameOutcome::Error, tag, body: error, corr_id, user_id });
    }
    Some(Scan { outcome, tag, body: range, corr_id, user_id })
}

/// Where the parts of a body are that the first pass needs.
#[derive(Default)]
struct Body {
    tag: Option<Range<usize>>,
    user: Option<Range<usize>>,
    chat_error: Option<Range<usize>>,
}

/// Where the text of a string is, without its quotes.
fn unquoted(text: &str, string: Option<Range<usize>>) -> Range<usize> {
    match string {
        Some(range) if text.get(range.clone()).is_some_and(|t| t.starts_with('"')) => range.start + 1..range.end - 1,
        _ => 0..0,
    }
}

/// Where a member of the object that begins at `at` is; stops walking when it is found.
fn member(text: &str, at: usize, wanted: &str) -> Option<Range<usize>> {
    let mut found = None;
    skim::object(text, at, |key, at| {
        let end = skim::value(text, at)?;
        if key == wanted {
            found = Some(at..end);
            return None;
        }
        Some(end)
    });
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_result_names_its_tag_user_and_body() {
        let frame = Frame::parse(r#"{"result":{"type":"activeUser","user":{"userId":7}}}"#);
        assert_eq!(frame.outcome(), FrameOutcome::Result);
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
            format!(r#"{{"resp":{{"type":"chatError","chatError":{body}}}}}"#),
        ] {
            let frame = Frame::parse(text);
            assert_eq!((frame.outcome(), frame.tag(), frame.body()), (FrameOutcome::Error, "error", body));
        }
        let several = Frame::parse(format!(r#"{{"resp":{{"type":"chatErrors","chatErrors":[{body}]}}}}"#));
        assert_eq!((several.outcome(), several.tag()), (FrameOutcome::Result, "chatErrors"));
        // One without the error is no answer that could be taken for a success.
        let without = Frame::parse(r#"{"corrId":"3","resp":{"type":"chatCmdError"}}"#);
        assert_eq!((without.outcome(), without.corr_id()), (FrameOutcome::Malformed, Some("3")));
    }

    #[test]
    fn what_has_no_or_an_empty_correlation_id_answers_nothing() {
        for id in ["", r#""corrId":"","#, r#""corrId":null,"#, r#""corrId":3,"#] {
            let event = Frame::parse(format!(r#"{{{id}"resp":{{"type":"chatSuspended"}}}}"#));
            assert_eq!((event.tag(), event.corr_id()), ("chatSuspended", None), "{id}");
        }
    }

    #[test]
    fn what_occurs_repeatedly_counts_the_first_time() {
        let first = r#"{"type":"a","user_":{"userId":1},"user_":{"userId":2},"type":"b"}"#;
        let frame = Frame::parse(format!(r#"{{"result":{first},"error":{{"type":"c"}},"result":{{"type":"d"}}}}"#));
        assert_eq!((frame.outcome(), frame.tag(), frame.user_id()), (FrameOutcome::Result, "a", Some(UserId(1))));
        assert_eq!(frame.body(), first);
    }

    #[test]
    fn what_else_is_in_an_envelope_changes_nothing() {
        let body = format!(r#"{{"type":"a","user":{{"agentUserId":"1","userId":{}}}}}"#, i64::MAX);
        for (key, outcome) in [("result", FrameOutcome::Result), ("error", FrameOutcome::Error)] {
            for text in [
                format!(r#"{{"remoteHostId":1,"{key}":{body}}}"#),
                format!(r#"{{"{key}":{body},"remoteHostId":1}}"#),
                format!(r#" {{"other":{{"{key}":[]}} , "{key}" : {body}}}{}"#, "\n"),
            ] {
                let frame = Frame::parse(text);
                assert_eq!((frame.outcome(), frame.tag(), frame.body()), (outcome, "a", &*body));
                assert_eq!(frame.user_id(), Some(UserId(i64::MAX)));
            }
        }
    }

    #[test]
    fn bytes_that_are_not_utf_8_are_replaced() {
        let frame = Frame::parse(&b"{\"result\":{\"type\":\"a\",\"text\":\"caf\xff\"}}"[..]);
        assert_eq!((frame.tag(), frame.body()), ("a", "{\"type\":\"a\",\"text\":\"caf\u{fffd}\"}"));
    }

    #[test]
    fn anything_else_is_kept_as_malformed() {
        let more = "{\"result\":{\"type\":\"a\"}} {}";
        for text in ["", "null", "[1]", "{}", "{\"result\":", "{\"result\":3}", "\u{0}", more] {
            let frame = Frame::parse(text);
            assert_eq!((frame.outcome(), frame.text()), (FrameOutcome::Malformed, text));
        }
        assert_eq!(Frame::parse(r#"{"corrId":"3","resp":3}"#).corr_id(), Some("3"));
    }
}
