//! The core's text formatting.

/// The formatted parts of a text as JSON, when it has any format.
pub(crate) fn formatted(_text: &str) -> Option<String> {
    None
}
