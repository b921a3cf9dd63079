//! Showing values without what people wrote: `Debug` of every type prints structure, ids and tags, never free text,
//! keys or links.

use std::collections::BTreeMap;
use std::fmt;

/// How a value is shown.
pub(crate) trait Show {
    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result;
}

/// Shows a value through [`Show`].
pub(crate) struct Shown<'a>(pub(crate) &'a dyn Show);

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.show(f)
    }
}

/// Shows an unknown tag only if it is a word. In contents, senders may write anything there.
pub(crate) fn tag(f: &mut fmt::Formatter<'_>, tag: &str) -> fmt::Result {
    let word = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.' | b':' | b'/');
    if tag.len() <= 64 && tag.bytes().all(word) { f.write_str(tag) } else { write!(f, "<{} bytes>", tag.len()) }
}

/// Shows an object.
pub(crate) fn fields(f: &mut fmt::Formatter<'_>, name: &str, fields: &[(&str, &dyn Show)]) -> fmt::Result {
    let mut shown = f.debug_struct(name);
    for (name, value) in fields {
        shown.field(name, &Shown(*value));
    }
    shown.finish()
}

impl Show for String {
    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{} bytes>", self.len())
    }
}

impl<T: Show> Show for Option<T> {
    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Some(value) => value.show(f),
            None => f.write_str("None"),
        }
    }
}

impl<T: Show> Show for Box<T> {
    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).show(f)
    }
}

impl<T: Show> Show for Vec<T> {
    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter().map(|element| Shown(element))).finish()
    }
}

impl<T: Show> Show for BTreeMap<String, T> {
    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.values().map(|value| Shown(value))).finish()
    }
}

macro_rules! show_as_debug {
    ($($ty:ty),* $(,)?) => {
        $(impl $crate::show::Show for $ty {
            fn show(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Debug::fmt(self, f)
            }
        })*
    };
}

pub(crate) use show_as_debug;

show_as_debug!(bool, i64, f64);

#[cfg(test)]
mod tests {
    use crate::types::{CiContent, MsgContent, MsgReaction};

    #[test]
    fn what_people_wrote_for_a_tag_is_not_shown() {
        let written = "poll\nERROR forged: private words";
        let json = serde_json::json!({ "type": written, "text": "private words" }).to_string();
        let content: MsgContent = serde_json::from_str(&json).unwrap();
        let item: CiContent =
            serde_json::from_str(&format!(r#"{{"type":"rcvMsgContent","msgContent":{json}}}"#)).unwrap();
        let reaction: MsgReaction = serde_json::from_str(&json).unwrap();
        for shown in [
            format!("{content:?}"),
            format!("{item:?}"),
            format!("{reaction:?}"),
            format!("{:?}", content.tag()),
            format!("{:?}", reaction.tag()),
        ] {
            assert!(!shown.contains("private") && !shown.contains('\n'), "{shown}");
        }
        // It is still available to those who ask for it.
        assert_eq!(content.tag().as_str(), written);
        let content: MsgContent = serde_json::from_str(r#"{"type":"poll"}"#).unwrap();
        assert_eq!(format!("{:?} {content:?}", content.tag()), "poll Unknown(poll, <15 bytes>)");
    }
}
