//! Texts with formatting, in the markdown that SimpleX clients show.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::types::{GroupMember, GroupMemberId};

/// Keeps what follows from being read as formatting; it is not seen.
const GUARD: char = '\u{2060}';

/// Builds a text with formatting. What comes from elsewhere is put in with [`plain`](Self::plain): it shows as it is,
/// whatever stars, slashes or names are in it.
///
/// Clients read formatting at the start of words only; a space is put before a formatted part where there is none.
///
/// ```
/// use simplex_bot::{Color, Markdown};
///
/// let text = Markdown::new().bold("Total:").plain(" 3 * 4 = ").code("12").colored(Color::Red, "late");
/// assert_eq!(text.to_string(), "*Total:* 3 \u{2060}* 4 = `12` !1 late!");
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Markdown {
    text: String,
    mentions: BTreeMap<String, GroupMemberId>,
}

/// A color that clients know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Color {
    /// Red.
    Red = 1,
    /// Green.
    Green = 2,
    /// Blue.
    Blue = 3,
    /// Yellow.
    Yellow = 4,
    /// Cyan.
    Cyan = 5,
    /// Magenta.
    Magenta = 6,
}

impl Markdown {
    /// An empty text.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a text that is shown as it is.
    pub fn plain(mut self, text: &str) -> Self {
        let mut at_start = self.at_start();
        for c in text.chars() {
            if at_start && matches!(c, '*' | '_' | '~' | '`' | '#' | '!' | '@' | '/') {
                self.text.push(GUARD);
            }
            self.text.push(c);
            at_start = c.is_whitespace();
        }
        self
    }

    /// Adds a text with its formatting.
    pub fn raw(mut self, markdown: &str) -> Self {
        self.text.push_str(markdown);
        self
    }

    /// Adds a text in bold.
    pub fn bold(self, text: &str) -> Self {
        self.between("*", text, '*')
    }

    /// Adds a text in italics.
    pub fn italic(self, text: &str) -> Self {
        self.between("_", text, '_')
    }

    /// Adds a text struck through.
    pub fn strike(self, text: &str) -> Self {
        self.between("~", text, '~')
    }

    /// Adds a text in a font of fixed width.
    pub fn code(self, text: &str) -> Self {
        self.between("`", text, '`')
    }

    /// Adds a text that is hidden until it is tapped.
    pub fn secret(self, text: &str) -> Self {
        self.between("#", text, '#')
    }

    /// Adds a text in a color.
    pub fn colored(self, color: Color, text: &str) -> Self {
        let open = format!("!{} ", color as u8);
        self.between(&open, text, '!')
    }

    /// Adds `/keyword`, which people can tap to send it.
    pub fn command(mut self, keyword: &str) -> Self {
        self.space();
        let _ = write!(self.text, "/{}", keyword.trim_start_matches('/'));
        self
    }

    /// Mentions a member of the group: they are notified.
    pub fn mention(mut self, member: &GroupMember) -> Self {
        self.space();
        let name = &member.local_display_name;
        let quoted = name.contains(|c: char| c.is_whitespace() || c.is_ascii_punctuation() && c != '_');
        let _ = if quoted { write!(self.text, "@'{name}'") } else { write!(self.text, "@{name}") };
        self.mentions.insert(name.clone(), member.group_member_id);
        self
    }

    /// Adds a line break.
    pub fn line(mut self) -> Self {
        self.text.push('\n');
        self
    }

    pub(crate) fn into_parts(self) -> (String, BTreeMap<String, GroupMemberId>) {
        (self.text, self.mentions)
    }

    /// There is no way to write the closing mark inside: such a text is left plain.
    fn between(mut self, open: &str, text: &str, close: char) -> Self {
        let inner = text.trim();
        if inner.is_empty() || inner.contains(close) {
            return self.plain(text);
        }
        self.space();
        let _ = write!(self.text, "{open}{inner}{close}");
        self
    }

    fn at_start(&self) -> bool {
        self.text.chars().next_back().is_none_or(char::is_whitespace)
    }

    fn space(&mut self) {
        if !self.at_start() {
            self.text.push(' ');
        }
    }
}

impl std::fmt::Display for Markdown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_in_plain_is_never_formatting() {
        let hostile = "*bold* _it_ ~s~ `c` #secret# !1 red! @all /ban me\n*line*";
        let shown = Markdown::new().plain(hostile).to_string();
        assert_eq!(shown.replace(GUARD, ""), hostile);
        for word in shown.split_whitespace() {
            assert!(!word.starts_with(['*', '_', '~', '`', '#', '@', '/']), "{word:?}");
        }
        // Inside a word nothing is formatting, and nothing is put in.
        assert_eq!(Markdown::new().plain("a*b*c").to_string(), "a*b*c");
    }

    #[test]
    fn a_formatted_part_begins_a_word_and_has_no_mark_inside() {
        assert_eq!(Markdown::new().plain("a").bold(" b ").to_string(), "a *b*");
        assert_eq!(Markdown::new().bold("2*3").to_string(), "2*3");
        assert_eq!(Markdown::new().bold("").code("x").to_string(), "`x`");
        assert_eq!(Markdown::new().plain("See").command("/help").to_string(), "See /help");
    }
}
