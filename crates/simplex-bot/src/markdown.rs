//! Texts with formatting, in the markdown that SimpleX clients show.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write;

use crate::api::{MAX_TEXT, encoded_len, split_text};
use crate::types::{GroupMember, GroupMemberId};

/// An invisible character that keeps what follows it from being read as formatting.
const GUARD: char = '\u{2060}';

/// The longest text between marks, in bytes: with them, it fits into a message.
const LONGEST: usize = MAX_TEXT - "!1 !".len();

/// Before and after a hidden text.
const SECRET: char = '#';

/// What clients read as the number of a phone has at least this many characters.
const SHORTEST_NUMBER: usize = 7;

/// Clients read a single line that begins with a slash as one command, up to its end: this keeps a text that tells more
/// than the command from that.
pub(crate) fn alone(text: String) -> String {
    let told = text.starts_with('/') && text.contains(' ') && text.lines().nth(1).is_none();
    if told { format!("{GUARD} {text}") } else { text }
}

/// What may begin formatting, a mention, a command or a link.
pub(crate) fn is_mark(c: char) -> bool {
    matches!(c, '*' | '_' | '~' | '`' | '#' | '!' | '@' | '/' | '[')
}

/// A text without the characters that turn its direction, in lines where one is not ended: what follows on the line,
/// the bot's own words, would be turned around, too.
fn contained(text: &str) -> Cow<'_, str> {
    let is_turn = |c| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let ends_all = |line: &str| {
        let mut ends = Vec::new();
        let fits = line.chars().all(|c| match c {
            '\u{202a}' | '\u{202b}' | '\u{202d}' | '\u{202e}' => {
                ends.push('\u{202c}');
                true
            }
            '\u{2066}'..='\u{2068}' => {
                ends.push('\u{2069}');
                true
            }
            '\u{202c}' | '\u{2069}' => ends.pop() == Some(c),
            _ => true,
        });
        fits && ends.is_empty()
    };
    match text.contains(is_turn) {
        true => text
            .split_inclusive('\n')
            .flat_map(|line| {
                let all = ends_all(line);
                line.chars().filter(move |c| all || !is_turn(*c))
            })
            .collect::<String>()
            .into(),
        false => text.into(),
    }
}

/// The rest of a word that began in another message: it would be formatting, or a command, if it were a word of its
/// own.
pub(crate) fn continued(text: &str) -> String {
    if text.starts_with(is_mark) { format!("{GUARD}{text}") } else { text.to_owned() }
}

/// Builds a text with formatting. Add text from elsewhere with [`plain`](Self::plain): it is shown as it is, whatever
/// stars, slashes or names are in it.
///
/// Clients recognize formatting at the start of words, and right after another formatted part; a space is added before
/// it where there is none. It ends with its line and its message: each line is formatted by itself, and so are the
/// pieces of one that is longer than a message. A text with the mark that would end it is added as plain text, except
/// for a [secret](Self::secret) one.
///
/// ```
/// use simplex_bot::{Color, Markdown};
///
/// let text = Markdown::new().bold("Total:").plain(" 3 * 4 = ").code("12").colored(Color::Red, "late");
/// assert_eq!(text.to_string(), "*Total:* 3 \u{2060}* 4 = `12` !1 late!");
/// ```
#[must_use = "a text is not shown until it is sent"]
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Markdown {
    text: String,
    /// Whether the last part is formatted, or may be: another formatted part may then begin right after it.
    ended: bool,
    /// Where the command ends, if the text begins with one.
    command: Option<usize>,
    mentions: BTreeMap<String, GroupMemberId>,
}

/// A color that clients support.
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

    /// Adds a text that is shown as it is, without changes of its direction that would go on behind it.
    pub fn plain(mut self, text: &str) -> Self {
        let text = &*contained(text);
        let mut at_start = self.at_start() || self.ended;
        for c in text.chars() {
            if is_mark(c) && (at_start || self.after_number()) {
                self.text.push(GUARD);
            }
            self.text.push(c);
            at_start = c.is_whitespace();
            self.ended = false;
        }
        self
    }

    /// Adds a text that has its own formatting.
    pub fn raw(mut self, markdown: &str) -> Self {
        self.text.push_str(markdown);
        self.ended = true;
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

    /// Adds a text in a monospaced font.
    pub fn code(self, text: &str) -> Self {
        self.between("`", text, '`')
    }

    /// Adds a text that is hidden until it is tapped, whatever its length and its lines. A `#` in it cannot be hidden:
    /// it is shown between hidden parts, with a blank behind it and none before. So keep it out of what is to be
    /// copied, such as a password.
    pub fn secret(self, text: &str) -> Self {
        self.between("#", text, SECRET)
    }

    /// Adds a text in a color.
    pub fn colored(self, color: Color, text: &str) -> Self {
        let open = format!("!{} ", color as u8);
        self.between(&open, text, '!')
    }

    /// Adds a command, which people can tap to send it: `help`, or `ban @bob` with its parameters. One with an
    /// apostrophe, or with what would turn the text around, cannot be written: it is added as plain text.
    pub fn command(mut self, command: &str) -> Self {
        let words: Vec<_> = command.trim_start_matches('/').split_whitespace().collect();
        let (begins, command) = (self.text.trim_start_matches(' ').is_empty(), words.join(" "));
        self.space();
        if command.contains('\'') || encoded_len(&command) > LONGEST || contained(&command) != command {
            return self.plain(&format!("/{command}"));
        }
        let _ = match words.len() {
            0 | 1 => write!(self.text, "/{command}"),
            _ => {
                self.ended = true;
                write!(self.text, "/'{command}'")
            }
        };
        if begins {
            self.command = Some(self.text.len());
        }
        self
    }

    /// Mentions a member of the group, who is notified. A name that cannot be written as a mention is added as plain
    /// text.
    pub fn mention(self, member: &GroupMember) -> Self {
        self.mentioning(&member.local_display_name, member.group_member_id)
    }

    fn mentioning(mut self, name: &str, member: GroupMemberId) -> Self {
        self.space();
        // The core does not read a name that begins otherwise, and refuses a message whose text lacks one of its
        // mentions.
        let begins = name.starts_with(|c| c > ' ' && !matches!(c, '#' | '@' | '\''));
        let fits = begins && contained(name) == name;
        // Between quotes, a name ends at the closing quote, whatever follows.
        let quotable = fits && !name.contains(['\'', '\n']);
        let bare = fits && !name.contains(char::is_whitespace) && name.ends_with(char::is_alphanumeric);
        let _ = match quotable {
            true => write!(self.text, "@'{name}'"),
            false if bare => write!(self.text, "@{name} "),
            false => return self.plain(&format!("@{name}")),
        };
        self.mentions.insert(name.to_owned(), member);
        self.ended = true;
        self
    }

    /// Adds a line break.
    pub fn line(mut self) -> Self {
        self.text.push('\n');
        self
    }

    pub(crate) fn into_parts(self) -> (String, BTreeMap<String, GroupMemberId>) {
        (self.shown().into_owned(), self.mentions)
    }

    /// Clients read a single line that begins with a slash as one command, up to its end and with its quotation marks.
    fn shown(&self) -> Cow<'_, str> {
        let text = self.text.as_str();
        let Some((command, rest)) = self.command.and_then(|end| text.split_at_checked(end)) else { return text.into() };
        if text.lines().nth(1).is_some() {
            return text.into();
        }
        if !rest.trim().is_empty() {
            return format!("{GUARD} {text}").into();
        }
        match command.trim_start_matches(' ').strip_prefix("/'").and_then(|command| command.strip_suffix('\'')) {
            Some(command) => format!("/{command}").into(),
            None => text.into(),
        }
    }

    /// The closing mark and line breaks cannot be written inside, and what is cut to fit into messages is no longer
    /// formatted. What is secret is hidden all the same, around the mark.
    fn between(mut self, open: &str, text: &str, close: char) -> Self {
        let text = &*contained(text);
        let inner = text.trim();
        if inner.is_empty() || close != SECRET && inner.contains(close) {
            return self.plain(text);
        }
        for (index, line) in inner.split('\n').enumerate() {
            let words = line.trim_start();
            if index > 0 {
                self = self.line().plain(line.strip_suffix(words).unwrap_or_default());
            }
            for (index, part) in words.split(close).enumerate() {
                if index > 0 {
                    self = self.plain("#");
                }
                for piece in split_text(part, LONGEST) {
                    self.space();
                    let _ = write!(self.text, "{open}{piece}{close}");
                    self.ended = true;
                }
            }
        }
        self
    }

    fn at_start(&self) -> bool {
        self.text.chars().next_back().is_none_or(char::is_whitespace)
    }

    /// Whether the text ends with what clients may read as the number of a phone: formatting may begin right after it.
    fn after_number(&self) -> bool {
        let number = self.text.chars().rev().take_while(|c| c.is_ascii_digit() || "+-(). ".contains(*c));
        self.text.ends_with(|c: char| c.is_ascii_digit() || c == ')') && number.count() >= SHORTEST_NUMBER
    }

    fn space(&mut self) {
        // For clients, other white space is a part of a word.
        if !self.text.is_empty() && !self.text.ends_with([' ', '\n']) {
            self.text.push(' ');
        }
    }
}

// Without the text, as with a draft.
impl std::fmt::Debug for Markdown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Markdown(<{} bytes>)", self.text.len())
    }
}

impl std::fmt::Display for Markdown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.shown())
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
        // Right where a formatted part ends, another may begin, even without a space between them.
        for before in [
            Markdown::new().bold("b"),
            Markdown::new().mentioning("Ann Bo", GroupMemberId(1)),
            Markdown::new().raw("`c`"),
        ] {
            let begins = before.to_string().len();
            let shown = before.plain(hostile).to_string();
            assert_eq!(shown[begins..].chars().next(), Some(GUARD), "{shown:?}");
        }
        assert_eq!(Markdown::new().plain("[a](https://b.example)").to_string(), "\u{2060}[a](https://b.example)");
        // Inside a word, nothing is formatting, and nothing is added.
        assert_eq!(Markdown::new().plain("a*b*c 3*4*5").to_string(), "a*b*c 3*4*5");
        // What looks like a number of a phone is a part of its own, which another may follow.
        for number in ["20260131", "+44 20 7946-0958", "+1(234)"] {
            let shown = Markdown::new().plain(&format!("{number}_123456_7")).to_string();
            assert_eq!(shown, format!("{number}{GUARD}_123456_7"));
        }
    }

    /// Each line is read by itself: formatting does not continue on the next line, or in the next message.
    #[test]
    fn what_is_one_text_may_be_several_formatted_parts() {
        for (text, shown) in [
            (Markdown::new().plain("a").bold("b\n/ban me\n"), "a *b*\n*/ban me*"),
            (Markdown::new().code("{\n  a: 1,\r\n\n  b\n}"), "`{`\n  `a: 1,`\n\n  `b`\n`}`"),
            (Markdown::new().plain("a").bold(" 2*3\n  b "), "a 2*3\n  b "),
            (Markdown::new().secret("a\nb c\n").plain("d"), "#a#\n#b c#d"),
            // The mark itself cannot be hidden, but what is around it is.
            (Markdown::new().secret("a#b c"), "#a#\u{2060}# #b c#"),
            (Markdown::new().secret("##a # b#"), "\u{2060}## #a#\u{2060}# #b#\u{2060}#"),
            (Markdown::new().secret("#"), "\u{2060}#"),
        ] {
            assert_eq!(text.to_string(), shown);
        }
        for text in ["x".repeat(40_000), "x ".repeat(20_000)] {
            let shown = Markdown::new().secret(&text).to_string();
            let parts: Vec<_> = shown.split("# #").map(|part| part.trim_matches('#')).collect();
            assert!(parts.len() == 3 && parts.iter().all(|part| encoded_len(part) <= LONGEST));
            assert_eq!(parts.concat().replace(' ', ""), text.replace(' ', ""));
        }
        // One that fits is one.
        assert_eq!(Markdown::new().secret(&"x y".repeat(4_998)).to_string().matches('#').count(), 2);
    }

    #[test]
    fn nobody_turns_the_bots_words_around() {
        let said = |name: &str| Markdown::new().plain("Hello, ").plain(name).plain("!").bold(name).to_string();
        for name in ["a\u{202e}b", "a\u{2067}b", "a\u{2069}b", "a\u{2067}\u{202e}\u{2069}\u{202c}b"] {
            assert_eq!(said(name), "Hello, ab! *ab*", "{name:?}");
            // A command, and a mention, have to be written as they are.
            let text = Markdown::new().mentioning(name, GroupMemberId(1));
            assert_eq!((text.to_string().as_str(), text.mentions.len()), ("\u{2060}@ab", 0));
            assert_eq!(Markdown::new().command(&format!("ban {name}")).to_string(), "\u{2060}/ban ab");
            assert_eq!(Markdown::new().command(name).to_string(), "\u{2060}/ab");
        }
        for name in ["\u{2068}a\u{2069}b", "\u{202b}\u{2068}a\u{2069}b\u{202c}", "a\u{200f}b"] {
            assert_eq!(said(name), format!("Hello, {name}! *{name}*"));
            assert_eq!(Markdown::new().mentioning(name, GroupMemberId(1)).to_string(), format!("@'{name}'"));
            assert_eq!(Markdown::new().line().command(&format!("ban {name}")).to_string(), format!("\n/'ban {name}'"));
        }
        // The end of a line ends them, too, but for it alone.
        assert_eq!(Markdown::new().plain("\u{2068}a\u{2069}\n\u{202e}b").to_string(), "\u{2068}a\u{2069}\nb");
    }

    #[test]
    fn a_command_does_not_go_on_to_the_end_of_its_line() {
        let help = || Markdown::new().command("help");
        for (text, shown) in [
            // Alone, a command is the whole text.
            (help(), "/help"),
            (Markdown::new().command("ban @bob"), "/ban @bob"),
            (help().plain(" tells more."), "\u{2060} /help tells more."),
            (help().command("ban @bob"), "\u{2060} /help /'ban @bob'"),
            (Markdown::new().plain(" ").command("help").plain(", please\n"), "\u{2060}  /help, please\n"),
            // In a text of several lines, no line is a command as a whole.
            (help().plain(": more").line().command("stop").plain(": no more"), "/help: more\n/stop: no more"),
            (Markdown::new().raw("/ban @bob"), "/ban @bob"),
        ] {
            assert_eq!(text.to_string(), shown);
            assert_eq!(text.into_parts().0, shown);
        }
    }

    #[test]
    fn a_formatted_part_begins_a_word_and_has_no_mark_inside() {
        assert_eq!(Markdown::new().plain("a").bold(" b ").to_string(), "a *b*");
        assert_eq!(
            Markdown::new().plain("a\t").bold("b").plain("\u{a0}").line().bold("c").to_string(),
            "a\t *b*\u{a0}\n*c*"
        );
        assert_eq!(Markdown::new().bold("2*3").to_string(), "2*3");
        assert_eq!(Markdown::new().bold("").code("x").to_string(), "`x`");
        assert_eq!(Markdown::new().plain("See").command("/help").to_string(), "See /help");
        assert_eq!(Markdown::new().plain("Try").command("ban  @bob").plain(".").to_string(), "Try /'ban @bob'.");
        // After the last quotation mark, another part may begin.
        assert_eq!(Markdown::new().plain("a").command("b c").plain("/d").to_string(), "a /'b c'\u{2060}/d");
        // These commands cannot be written.
        assert_eq!(Markdown::new().plain("a").command("b 'c'").to_string(), "a \u{2060}/b 'c'");
        assert_eq!(Markdown::new().plain("a").command("'b").plain(" c'").to_string(), "a \u{2060}/'b c'");
        let long = format!("b{} /c", "c".repeat(MAX_TEXT));
        assert!(Markdown::new().plain("a").command(&long).to_string().ends_with(" \u{2060}/c"));
        for (name, shown) in [("ann", "@'ann's"), ("Ann…", "@'Ann…'s"), ("d'Arc", "@d'Arc s")] {
            let text = Markdown::new().mentioning(name, GroupMemberId(1)).plain("s");
            assert_eq!((text.to_string().as_str(), text.mentions.len()), (shown, 1));
        }
        // These mentions cannot be written.
        for name in ["d'Arc J", "d'Arc!", "'x", "#x", "@x", " x", "\u{1}x", "x\ny", ""] {
            let text = Markdown::new().mentioning(name, GroupMemberId(1));
            assert_eq!((text.to_string(), text.mentions.len()), (format!("\u{2060}@{name}"), 0));
        }
    }
}
