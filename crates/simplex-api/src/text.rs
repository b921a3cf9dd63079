//! The size of a message as the core counts it, and splitting texts to fit.

use std::ops::Range;

use simplex_types::{ComposedMessage, MsgContent};

use crate::ApiError;

/// The maximum size of an encoded message, in bytes.
pub const MAX_ENCODED_MESSAGE: usize = 15_602;

/// The maximum [`encoded_len`] of a text that can be sent, with room left for mentions and a short quote.
pub const MAX_TEXT: usize = 15_000;

/// What is encoded with every message besides its content: version, id, event.
const ENVELOPE: usize = 89;

/// The size of a text when encoded, in bytes: UTF-8, with JSON escapes.
pub fn encoded_len(text: &str) -> usize {
    text.chars().map(char_len).sum()
}

/// The size of a message when encoded, in bytes, without what it quotes; at most [`MAX_ENCODED_MESSAGE`] can be sent.
pub fn message_len(content: &MsgContent) -> usize {
    // A text that does not turn into JSON is refused with the command.
    ENVELOPE + serde_json::to_string(content).map_or(0, |json| json.len())
}

/// As the core's JSON encoder does it: short escapes for these five, `\u00XX` for the other controls.
fn char_len(c: char) -> usize {
    match c {
        '"' | '\\' | '\n' | '\r' | '\t' => 2,
        '\0'..='\u{1f}' => 6,
        c => c.len_utf8(),
    }
}

/// Refuses messages that are too large for certain. Quotes, whose size is not known here, may make others too large.
pub(crate) fn check_sizes(messages: &[ComposedMessage]) -> Result<(), ApiError> {
    for (index, message) in messages.iter().enumerate() {
        let size = message_len(&message.msg_content);
        if size > MAX_ENCODED_MESSAGE {
            return Err(ApiError::TooLarge { index, size, limit: MAX_ENCODED_MESSAGE });
        }
    }
    Ok(())
}

/// Splits a text into pieces whose [`encoded_len`] is at most `limit` ([`MAX_TEXT`] fits any message).
///
/// It splits between paragraphs, or else between lines, sentences or words; if none of these is in reach, between
/// characters, but never within an emoji or before an accent. Formatted parts, mentions, commands and links that fit
/// stay whole. White space at a split is dropped. A text of only white space yields no pieces.
///
/// ```
/// let text = "One sentence. And another one.\n\nA paragraph.";
/// assert_eq!(simplex_api::split_text(text, 30), ["One sentence. And another one.", "A paragraph."]);
/// assert_eq!(simplex_api::split_text(text, 20), ["One sentence.", "And another one.", "A paragraph."]);
/// ```
pub fn split_text(text: &str, limit: usize) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let window = fitting(rest, limit);
        let end = if window == rest.len() { window } else { boundary(rest, window) };
        let fits = |part: &Range<usize>| rest.get(part.clone()).is_some_and(|part| encoded_len(part) <= limit);
        let end = match formatted_around(rest, end).filter(fits) {
            Some(part) if part.start == 0 => part.end,
            Some(part) => part.start,
            None => end,
        };
        let (piece, after) = rest.split_at(end);
        pieces.push(piece.trim_end());
        rest = after.trim_start();
    }
    pieces
}

/// The end of the longest beginning that fits; of one character at least, so that there is an end to it.
fn fitting(text: &str, limit: usize) -> usize {
    let mut size = 0;
    for (at, c) in text.char_indices() {
        size += char_len(c);
        if size > limit {
            return at.max(text.chars().next().map_or(0, char::len_utf8));
        }
    }
    text.len()
}

/// Where best to cut within the first `window` bytes.
fn boundary(text: &str, window: usize) -> usize {
    // What stands right after the window counts: a word may end just there.
    let next = text.get(window..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    let seen = text.get(..window + next).unwrap_or(text);
    let last = |found: Option<usize>| found.filter(|at| *at > 0 && *at <= window);
    let sentence = || {
        seen.char_indices()
            .zip(seen.char_indices().skip(1))
            .filter(|((_, c), (_, after))| matches!(c, '.' | '!' | '?' | '…' | '。') && after.is_whitespace())
            .map(|(_, (at, _))| at)
            .last()
    };
    let half = |found: Option<usize>| last(found).filter(|at| *at >= window / 2);
    half(seen.rfind("\n\n"))
        .or_else(|| half(seen.rfind('\n')))
        .or_else(|| half(sentence()))
        .or_else(|| last(seen.rfind(char::is_whitespace)))
        .unwrap_or_else(|| between_clusters(text, window))
}

/// Where the formatted part, mention, command or link is that goes on at `at`: cut there, it would be none, and what is
/// in it might become some. Such a part begins a word, or right where another one ends, and ends on its line.
fn formatted_around(text: &str, at: usize) -> Option<Range<usize>> {
    let mut here = text.get(..at)?.rfind('\n').map_or(0, |end| end + 1);
    let mut may_begin = true;
    while here < at {
        let rest = text.get(here..)?;
        // Not at marks within words: a word of links without an end would be gone through from each of them.
        match may_begin.then(|| formatted_len(rest)).flatten() {
            Some(len) if here + len > at => return Some(here..here + len),
            Some(len) => here += len,
            None => {
                let c = rest.chars().next()?;
                (here, may_begin) = (here + c.len_utf8(), c == ' ');
            }
        }
    }
    None
}

/// How long the formatted part, mention, command or link is that a text begins with.
fn formatted_len(text: &str) -> Option<usize> {
    let (open, close) = match text.as_bytes() {
        [mark @ (b'*' | b'_' | b'~' | b'`' | b'#'), ..] => (1, char::from(*mark)),
        [b'!', b'1'..=b'6', b' ', ..] => (3, '!'),
        [b'@' | b'/', b'\'', ..] => (2, '\''),
        [b'[', ..] => return link_len(text),
        _ => return None,
    };
    let rest = text.get(open..)?;
    let end = rest.find([close, '\n'])?;
    let (inner, rest) = rest.split_at(end);
    (rest.starts_with(close) && !inner.is_empty() && inner.trim() == inner).then_some(open + end + 1)
}

/// How long the link with a text of its own is that a text begins with: `[text](link)`.
fn link_len(text: &str) -> Option<usize> {
    let label = text.get(1..)?.find(['[', ']', '\n']).filter(|len| *len > 0)?;
    let link = text.get(1 + label..)?.strip_prefix("](")?;
    let (link, rest) = link.split_at(link.find(|c: char| c == ')' || c.is_whitespace())?);
    (rest.starts_with(')') && !link.is_empty()).then_some(1 + label + 2 + link.len() + 1)
}

/// The last place up to `window` that is between two characters as people see them.
fn between_clusters(text: &str, window: usize) -> usize {
    let cut = |at: usize| {
        let (before, after) = text.split_at(at);
        let letters = || before.chars().rev().take_while(|c| is_flag_letter(*c)).count();
        let in_a_flag = after.starts_with(is_flag_letter) && letters() % 2 == 1;
        !after.starts_with(joins_to_the_left) && !before.ends_with(JOINER) && !in_a_flag
    };
    (1..=window).rev().find(|at| text.is_char_boundary(*at) && cut(*at)).unwrap_or(window)
}

/// Two of these in a row are a flag.
fn is_flag_letter(c: char) -> bool {
    matches!(c, '\u{1f1e6}'..='\u{1f1ff}')
}

const JOINER: char = '\u{200d}';

/// Combining marks, variation selectors, skin tones, the joiner of emoji.
fn joins_to_the_left(c: char) -> bool {
    matches!(c,
        JOINER | '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{610}'..='\u{61a}'
        | '\u{64b}'..='\u{65f}' | '\u{93a}'..='\u{94f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}' | '\u{1f3fb}'..='\u{1f3ff}'
        | '\u{e0020}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_those_that_the_core_reports() {
        // From `chat_json_length` of the core.
        for (text, size) in [("abc", 3), ("q\"\\", 5), ("é😀", 6), ("", 0)] {
            assert_eq!(encoded_len(text), size, "{text:?}");
        }
        assert_eq!(encoded_len("\n\u{1}"), 8);
    }

    #[test]
    fn what_the_core_took_passes_and_what_it_refused_does_not() {
        for (length, passes) in [(15_000, true), (15_488, true), (15_489, false), (20_000, false)] {
            let message = ComposedMessage::text("a".repeat(length));
            assert_eq!(check_sizes(std::slice::from_ref(&message)).is_ok(), passes, "{length}");
        }
        let escaped = ComposedMessage::text("\"".repeat(8_000));
        let small = ComposedMessage::text("small");
        assert!(matches!(
            check_sizes(&[small, escaped]),
            Err(ApiError::TooLarge { index: 1, size: 16_114, limit: 15_602 })
        ));
    }

    #[test]
    fn what_is_formatted_is_not_cut() {
        for (text, limit, pieces) in [
            ("see *two words* here", 12, ["see", "*two words*", "here"].as_slice()),
            ("see `a b` here", 9, &["see `a b`", "here"]),
            ("!1 late now! @'Bo Lee' /'ban x'", 13, &["!1 late now!", "@'Bo Lee'", "/'ban x'"]),
            ("see [two words](http://x) here", 24, &["see", "[two words](http://x)", "here"]),
            ("*a b*_c d_ e", 8, &["*a b*", "_c d_ e"]),
            // No formatting: inside a word, not closed, with a blank at its end, on two lines.
            ("2*3 4*5", 5, &["2*3", "4*5"]),
            ("*two words", 6, &["*two", "words"]),
            ("*two words * x", 7, &["*two", "words *", "x"]),
            ("*two words\nmore*", 7, &["*two", "words", "more*"]),
            ("[two words] (http://x)", 10, &["[two", "words]", "(http://x)"]),
            // It does not fit: what stands before it need not be a piece of its own.
            ("*two words*", 6, &["*two", "words*"]),
            ("Hi *aaaa bbbb cccc dddd*", 12, &["Hi *aaaa", "bbbb cccc", "dddd*"]),
            // It fits, at the very start, and a sentence ends in it.
            ("*aa bb cc. dd* ee", 15, &["*aa bb cc. dd*", "ee"]),
        ] {
            assert_eq!(split_text(text, limit), pieces, "{text:?}");
        }
        // Marks without an end take no time.
        assert!(split_text(&"*a _b ~c `d #e [f ".repeat(20_000), 15_000).len() > 10);
        assert!(split_text(&"[f ".repeat(100_000), 15_000).len() > 10);
        assert!(split_text(&"[a](".repeat(100_000), 15_000).len() > 10);
    }

    #[test]
    fn cuts_are_at_the_best_boundary_in_reach() {
        assert_eq!(split_text("first line\nsecond line", 15), ["first line", "second line"]);
        assert_eq!(split_text("some words here", 10), ["some words", "here"]);
        assert_eq!(split_text("abcdefghij", 4), ["abcd", "efgh", "ij"]);
        // The end of a sentence is no good place when most of the piece would stay empty.
        assert_eq!(split_text("a. some more words here", 20), ["a. some more words", "here"]);
        // There is an end to it whatever the limit.
        assert_eq!(split_text("aé", 0), ["a", "é"]);
        assert_eq!(split_text("  \n ", 4), [""; 0]);
        assert_eq!(split_text("short", 100), ["short"]);
        // A family of four, and an accented letter, stay whole.
        assert_eq!(split_text("ab👨‍👩‍👧‍👦c", 27), ["ab👨‍👩‍👧‍👦", "c"]);
        assert_eq!(split_text("ab👨‍👩‍👧‍👦c", 26), ["ab", "👨‍👩‍👧‍👦c"]);
        assert_eq!(split_text("abe\u{301}", 3), ["ab", "e\u{301}"]);
        // A flag is two letters.
        assert_eq!(split_text("🇩🇪🇫🇷🇮🇹", 20), ["🇩🇪🇫🇷", "🇮🇹"]);
        assert_eq!(split_text("a🇩🇪🇫🇷", 9), ["a🇩🇪", "🇫🇷"]);
    }
}
