//! The core's text formatting: `*bold*`, links, commands and the like.

use crate::ids;
use crate::json::Js;

/// One piece of a text and its format as JSON, when it has one.
struct Piece {
    text: String,
    format: Option<String>,
}

/// The formatted parts of a text as JSON, if it has any format.
pub(crate) fn formatted(text: &str) -> Option<String> {
    // The characters that formats begin with; most texts have none of them.
    if !text.contains(['*', '_', '~', '`', '#', '!', '@', '/', ':', '+', '[', '.']) {
        return None;
    }
    let pieces = parse(text);
    if pieces.iter().all(|p| p.format.is_none()) {
        return None;
    }
    let mut j = Js::new();
    j.arr();
    for p in pieces {
        j.obj().opt_raw("format", p.format.as_deref()).str("text", &p.text).end();
    }
    j.end_arr();
    Some(j.done())
}

fn tagged(tag: &str) -> String {
    format!(r#"{{"type":"{tag}"}}"#)
}

fn parse(text: &str) -> Vec<Piece> {
    if let Some(command) = whole_command(text) {
        return vec![Piece { text: text.to_owned(), format: Some(command) }];
    }
    let mut out: Vec<Piece> = Vec::new();
    let mut plain = String::new();
    let mut rest = text;
    let mut at_start = true;
    while let Some(c) = rest.chars().next() {
        if at_start && let Some((piece, len)) = format_at(rest, c) {
            flush(&mut out, &mut plain);
            out.push(piece);
            rest = rest.get(len..).unwrap_or_default();
            // Another format may begin right after text between marks.
            at_start = "*_~`#!@".contains(c);
            continue;
        }
        plain.push(c);
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
        at_start = c.is_whitespace();
    }
    flush(&mut out, &mut plain);
    out
}

fn flush(out: &mut Vec<Piece>, plain: &mut String) {
    if !plain.is_empty() {
        out.push(Piece { text: std::mem::take(plain), format: None });
    }
}

/// `/keyword parameters`, if that is the whole text.
fn whole_command(text: &str) -> Option<String> {
    let rest = text.strip_prefix('/')?;
    let word = rest.split(char::is_whitespace).next()?;
    if word.is_empty() || !word.chars().all(|c| c.is_alphanumeric() || c == '_') {
        return None;
    }
    let mut j = Js::new();
    j.obj().tag("command").str("commandStr", rest).end();
    Some(j.done())
}

/// The format that begins here, and its length in bytes.
fn format_at(rest: &str, c: char) -> Option<(Piece, usize)> {
    match c {
        '*' => between(rest, '*', "bold"),
        '_' => between(rest, '_', "italic"),
        '~' => between(rest, '~', "strikeThrough"),
        '`' => between(rest, '`', "snippet"),
        '#' => between(rest, '#', "secret"),
        '!' => colored(rest),
        '@' => mention(rest),
        '[' => hyperlink(rest),
        _ => word(rest),
    }
}

/// The text between two marks: it neither begins nor ends with a blank.
fn between(rest: &str, mark: char, tag: &str) -> Option<(Piece, usize)> {
    let inner = rest.get(1..)?;
    let end = inner.find(mark)?;
    let text = inner.get(..end)?;
    if text.is_empty() || text.starts_with(char::is_whitespace) || text.ends_with(char::is_whitespace) {
        return None;
    }
    Some((Piece { text: text.to_owned(), format: Some(tagged(tag)) }, end + 2))
}

fn colored(rest: &str) -> Option<(Piece, usize)> {
    let inner = rest.get(1..)?;
    let (name, body) = inner.split_once(' ')?;
    let name = match name {
        "1" | "r" | "red" => "red",
        "2" | "g" | "green" => "green",
        "3" | "b" | "blue" => "blue",
        "4" | "y" | "yellow" => "yellow",
        "5" | "c" | "cyan" => "cyan",
        "6" | "m" | "magenta" => "magenta",
        _ => return None,
    };
    let start = inner.len() - body.len();
    let end = body.find('!')?;
    let text = body.get(..end)?;
    if text.is_empty() || text.ends_with(' ') || text.starts_with(' ') {
        return None;
    }
    let format = format!(r#"{{"type":"colored","color":"{name}"}}"#);
    Some((Piece { text: text.to_owned(), format: Some(format) }, 1 + start + end + 1))
}

fn mention(rest: &str) -> Option<(Piece, usize)> {
    let inner = rest.get(1..)?;
    let (name, len) = match inner.strip_prefix('\'') {
        Some(q) => {
            let end = q.find('\'')?;
            (q.get(..end)?, end + 3)
        }
        None => {
            let end = inner.find(char::is_whitespace).unwrap_or(inner.len());
            let word = inner.get(..end)?.trim_end_matches([',', '.', '!', '?', ':', ';', ')']);
            (word, word.len() + 1)
        }
    };
    if name.is_empty() {
        return None;
    }
    Some((Piece { text: rest.get(..len)?.to_owned(), format: Some(mention_json(name)) }, len))
}

/// The format of a member's name in a text.
pub fn mention_json(name: &str) -> String {
    let mut j = Js::new();
    j.obj().tag("mention").str("memberName", name).end();
    j.done()
}

fn hyperlink(rest: &str) -> Option<(Piece, usize)> {
    let (label, after) = rest.get(1..)?.split_once("](")?;
    let uri = after.split_once(')')?.0;
    if label.is_empty() || label.contains('\n') || !uri.contains("://") && !uri.starts_with("simplex:") {
        return None;
    }
    let len = 1 + label.len() + 2 + uri.len() + 1;
    let mut j = Js::new();
    match simplex_link(uri, Some(label)) {
        Some(link) => j = link,
        None => {
            j.obj().tag("hyperLink").str("showText", label).str("linkUri", uri).end();
        }
    }
    Some((Piece { text: rest.get(..len)?.to_owned(), format: Some(j.done()) }, len))
}

/// A link to a contact, an invitation or a group.
fn simplex_link(uri: &str, label: Option<&str>) -> Option<Js> {
    let key = ids::link_key(uri)?;
    let kind = if key.invitation {
        "invitation"
    } else if uri.contains("groupLinkId") || uri.contains("/g#") {
        "group"
    } else {
        "contact"
    };
    let canonical = match uri.strip_prefix("https://simplex.chat/") {
        Some(r) => format!("simplex:/{r}"),
        None => uri.to_owned(),
    };
    let host = match uri.split_once("%40") {
        Some((_, r)) => r.split("%3A").next().unwrap_or_default().to_owned(),
        None => uri.split("://").nth(1).and_then(|r| r.split('/').next()).unwrap_or_default().to_owned(),
    };
    let mut j = Js::new();
    j.obj()
        .tag("simplexLink")
        .opt_str("showText", label)
        .str("linkType", kind)
        .str("simplexUri", &canonical)
        .strs("smpHosts", [&host])
        .end();
    Some(j)
}

/// Links, addresses and numbers, which are single words.
fn word(rest: &str) -> Option<(Piece, usize)> {
    let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
    let word = rest.get(..end)?.trim_end_matches([',', '.', '!', '?', ';', ')']);
    let piece = |format: String| Some((Piece { text: word.to_owned(), format: Some(format) }, word.len()));
    if let Some(j) = simplex_link(word, None) {
        return piece(j.done());
    }
    if ["https://", "http://"].iter().any(|p| word.strip_prefix(p).is_some_and(|r| r.len() > 2)) {
        return piece(tagged("uri"));
    }
    if let Some((user, domain)) = word.split_once('@') {
        let fits = |s: &str| !s.is_empty() && s.chars().all(|c| c.is_ascii_alphanumeric() || "._%+-".contains(c));
        if fits(user) && fits(domain) && domain.contains('.') && !domain.ends_with('.') {
            return piece(tagged("email"));
        }
    }
    if let Some(digits) = word.strip_prefix('+')
        && (7..=22).contains(&digits.len())
        && digits.bytes().all(|b| b.is_ascii_digit())
    {
        return piece(tagged("phone"));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::formatted;

    #[test]
    fn what_people_type_is_formatted_as_the_core_does() {
        assert_eq!(formatted("plain 3.5 a*b*c"), None);
        assert_eq!(
            formatted("Welcome, I am *a bot*").unwrap(),
            r#"[{"text":"Welcome, I am "},{"format":{"type":"bold"},"text":"a bot"}]"#
        );
        assert_eq!(
            formatted("/command arg1").unwrap(),
            r#"[{"format":{"type":"command","commandStr":"command arg1"},"text":"/command arg1"}]"#
        );
        assert_eq!(
            formatted("see https://simplex.chat").unwrap(),
            r#"[{"text":"see "},{"format":{"type":"uri"},"text":"https://simplex.chat"}]"#
        );
        assert_eq!(
            formatted("*a*_b_c").unwrap(),
            r#"[{"format":{"type":"bold"},"text":"a"},{"format":{"type":"italic"},"text":"b"},{"text":"c"}]"#
        );
        assert!(formatted("!1 red! +12345678901 a@b.org").unwrap().matches("\"type\"").count() == 3);
    }
}
