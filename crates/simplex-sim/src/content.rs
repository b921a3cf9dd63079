//! Message contents, profiles and preferences, parsed from JSON as strictly as the core does.

use std::sync::Arc;

use crate::json::{Js, Json};

/// The content of a message. Content of an unknown type is kept as its sender wrote it.
#[derive(Debug, Clone, PartialEq)]
pub struct Content {
    /// Its `type`.
    pub kind: Arc<str>,
    /// The text that is shown and searched.
    pub text: Arc<str>,
    /// The whole content as JSON.
    pub json: Arc<str>,
}

impl Content {
    /// Creates a plain text.
    pub fn text(text: &str) -> Self {
        let mut j = Js::new();
        j.obj().tag("text").str("text", text).end();
        Self { kind: "text".into(), text: text.into(), json: j.done().into() }
    }

    /// Creates the content of a file that is sent without a text.
    pub fn file() -> Self {
        Self { kind: "file".into(), text: "".into(), json: r#"{"type":"file","text":""}"#.into() }
    }

    /// Creates a report to moderators.
    pub fn report(text: &str, reason: &str) -> Self {
        let mut j = Js::new();
        j.obj().tag("report").str("text", text).str("reason", reason).end();
        let shown = if text.is_empty() { format!("report {reason}") } else { format!("report {reason}: {text}") };
        Self { kind: "report".into(), text: shown.into(), json: j.done().into() }
    }

    /// What a message shows of this content when it quotes it: a large one has only a text, and what has no text shows
    /// the name of its file.
    #[must_use]
    pub fn quoted_in(self, message: &Content, file: Option<&str>) -> Self {
        let large = !matches!(&*message.kind, "text" | "file" | "voice" | "report");
        let named = self.text.is_empty().then_some(file).flatten();
        if large {
            return Self::text(named.unwrap_or(&self.text));
        }
        let (Some(name), "image" | "file") = (named, &*self.kind) else { return self };
        let mut j = Js::new();
        j.obj().tag(&self.kind).str("text", name);
        if let Some(image) = Json::parse(&self.json).as_ref().and_then(|v| v.get("image")).and_then(Json::str) {
            j.str("image", image);
        }
        j.end();
        Self { text: name.into(), json: j.done().into(), ..self }
    }

    /// Parses a content; `None` if its type is known and something that it needs is missing.
    pub fn read(v: &Json) -> Option<Self> {
        let kind = v.get("type")?.str()?;
        let mut j = Js::new();
        j.obj().tag(kind);
        let text = match kind {
            "text" | "file" => {
                let text = v.need_str("text")?;
                j.str("text", &text);
                text
            }
            "link" => {
                let text = v.need_str("text")?;
                let preview = v.get("preview")?;
                for key in ["uri", "title", "description", "image"] {
                    preview.need_str(key)?;
                }
                j.str("text", &text).json("preview", preview);
                text
            }
            "image" => {
                let text = v.need_str("text")?;
                j.str("text", &text).str("image", &v.need_str("image")?);
                text
            }
            "video" => {
                let text = v.need_str("text")?;
                j.str("text", &text).str("image", &v.need_str("image")?).num("duration", v.get("duration")?.int()?);
                text
            }
            "voice" => {
                let text = v.need_str("text")?;
                let duration = v.get("duration")?.int()?;
                j.str("text", &text).num("duration", duration);
                let shown = format!("voice message ({:02}:{:02})", duration / 60, duration % 60);
                if text.is_empty() { shown } else { format!("{shown}; {text}") }
            }
            "report" => return Some(Self::report(&v.need_str("text")?, &v.need_str("reason")?)),
            "chat" => {
                let text = v.need_str("text")?;
                let link = v.get("chatLink")?;
                let needed = match link.get("type")?.str()? {
                    "contact" | "group" => "connLink",
                    "invitation" => "invLink",
                    _ => return None,
                };
                crate::ids::link_key(link.get(needed)?.str()?)?;
                j.str("text", &text).json("chatLink", link);
                text
            }
            _ => {
                let text = v.get("text").and_then(Json::str).unwrap_or("unknown message type").to_owned();
                return Some(Self { kind: kind.into(), text: text.into(), json: v.text().into() });
            }
        };
        j.end();
        Some(Self { kind: kind.into(), text: text.into(), json: j.done().into() })
    }
}

/// Who may use a feature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Allow {
    /// Both sides may use it.
    Always,
    /// It is allowed if the other side allows it.
    Yes,
    /// Nobody may use it.
    No,
}

impl Allow {
    /// Its name in the core's JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Allow::Always => "always",
            Allow::Yes => "yes",
            Allow::No => "no",
        }
    }

    /// Parses its name in the core's JSON.
    pub fn read(s: &str) -> Option<Self> {
        Some(match s {
            "always" => Allow::Always,
            "yes" => Allow::Yes,
            "no" => Allow::No,
            _ => return None,
        })
    }
}

/// A preference for one feature of direct chats.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pref {
    /// Who may use the feature.
    pub allow: Allow,
    /// Seconds until messages disappear; only for `timedMessages`.
    pub ttl: Option<i64>,
}

/// The features of a direct chat, in the core's order: the name in its JSON, the title that people see, the default.
pub const FEATURES: [(&str, &str, Allow); 7] = [
    ("timedMessages", "Disappearing messages", Allow::Yes),
    ("fullDelete", "Full deletion", Allow::No),
    ("reactions", "Message reactions", Allow::Yes),
    ("voice", "Voice messages", Allow::Yes),
    ("files", "Files and media", Allow::Always),
    ("calls", "Audio/video calls", Allow::Yes),
    ("sessions", "Chat sessions", Allow::No),
];

/// Indices into [`FEATURES`].
pub mod feature {
    /// Disappearing messages.
    pub const TIMED: usize = 0;
    /// Deletion without leaving a mark.
    pub const FULL_DELETE: usize = 1;
    /// Reactions.
    pub const REACTIONS: usize = 2;
    /// Voice messages.
    pub const VOICE: usize = 3;
    /// Files and media.
    pub const FILES: usize = 4;
    /// Calls.
    pub const CALLS: usize = 5;
}

/// Preferences of a profile or for a contact. Features that are not set have their default.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Preferences {
    /// The preference for each feature, in the order of [`FEATURES`].
    pub features: [Option<Pref>; 7],
    /// A bot's command menu.
    pub commands: Option<Json>,
}

impl Preferences {
    /// Parses an object of preferences.
    pub fn read(v: &Json) -> Option<Self> {
        if !v.is_obj() {
            return None;
        }
        let mut out = Self::default();
        for (slot, (name, ..)) in out.features.iter_mut().zip(FEATURES) {
            if let Some(p) = v.get(name) {
                *slot = Some(Pref { allow: Allow::read(p.get("allow")?.str()?)?, ttl: p.opt_int("ttl")? });
            }
        }
        if let Some(c) = v.get("commands") {
            c.arr()?;
            out.commands = Some(c.clone());
        }
        Some(out)
    }

    /// The preference for a feature, or its default.
    pub fn effective(&self, i: usize) -> Pref {
        let default = FEATURES.get(i).map_or(Allow::No, |f| f.2);
        self.features.get(i).copied().flatten().unwrap_or(Pref { allow: default, ttl: None })
    }

    /// The same preferences with every feature set, missing ones to their default, and commands always an array.
    #[must_use]
    pub fn full(&self) -> Self {
        let mut out = self.clone();
        for i in 0..FEATURES.len() {
            if let Some(slot) = out.features.get_mut(i) {
                *slot = Some(self.effective(i));
            }
        }
        out.commands.get_or_insert(Json::Arr(Vec::new()));
        out
    }

    /// These preferences, overridden by those that are set in `over`.
    #[must_use]
    pub fn with(&self, over: &Self) -> Self {
        let mut out = self.clone();
        for (slot, o) in out.features.iter_mut().zip(over.features) {
            *slot = o.or(*slot);
        }
        out
    }

    pub(crate) fn put(&self, j: &mut Js) {
        j.obj();
        for (slot, (name, ..)) in self.features.iter().zip(FEATURES) {
            if let Some(p) = slot {
                j.key(name);
                put_pref(j, *p);
            }
        }
        j.opt_json("commands", self.commands.as_ref()).end();
    }
}

pub(crate) fn put_pref(j: &mut Js, p: Pref) {
    j.obj().str("allow", p.allow.as_str()).opt_num("ttl", p.ttl).end();
}

/// A profile, as other people see it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Profile {
    /// The name shown.
    pub display_name: String,
    /// The long name.
    pub full_name: String,
    /// A short description.
    pub short_descr: Option<String>,
    /// A picture as a data URI.
    pub image: Option<String>,
    /// The address shown in the profile.
    pub contact_link: Option<String>,
    /// The person's preferences.
    pub preferences: Option<Preferences>,
    /// `bot` for bots.
    pub peer_type: Option<String>,
    /// JSON members that the simulator passes on without interpreting them (`description`, `badge`, `contactDomain`).
    pub other: Vec<(String, Json)>,
}

impl Profile {
    /// Creates a profile with this name.
    pub fn named(name: &str) -> Self {
        Self { display_name: name.to_owned(), ..Self::default() }
    }

    /// Parses a profile.
    pub fn read(v: &Json) -> Option<Self> {
        let preferences = match v.get("preferences") {
            Some(p) => Some(Preferences::read(p)?),
            None => None,
        };
        let other = ["description", "badge", "contactDomain"]
            .into_iter()
            .filter_map(|k| v.get(k).map(|j| (k.to_owned(), j.clone())))
            .collect();
        Some(Self {
            display_name: v.need_str("displayName")?,
            full_name: v.need_str("fullName")?,
            short_descr: v.opt_str("shortDescr")?,
            image: v.opt_str("image")?,
            contact_link: v.opt_str("contactLink")?,
            preferences,
            peer_type: v.opt_str("peerType")?,
            other,
        })
    }

    /// The name as items show it: with the long name, if that is another.
    pub(crate) fn titled(&self) -> String {
        titled(&self.display_name, &self.full_name)
    }

    /// Whether both are the same, apart from preferences.
    pub fn same_person(&self, o: &Self) -> bool {
        self.looks_as(o) && self.peer_type == o.peer_type && self.other == o.other
    }

    /// Whether people see no difference.
    pub(crate) fn looks_as(&self, o: &Self) -> bool {
        self.display_name == o.display_name
            && self.full_name == o.full_name
            && self.short_descr == o.short_descr
            && self.image == o.image
            && self.contact_link == o.contact_link
    }

    /// The members of this profile, without braces, and with or without its preferences.
    pub(crate) fn put_members(&self, j: &mut Js, preferences: bool) {
        j.str("displayName", &self.display_name)
            .str("fullName", &self.full_name)
            .opt_str("shortDescr", self.short_descr.as_deref())
            .opt_str("image", self.image.as_deref())
            .opt_str("contactLink", self.contact_link.as_deref());
        if let Some(p) = self.preferences.as_ref().filter(|_| preferences) {
            j.key("preferences");
            p.put(j);
        }
        j.opt_str("peerType", self.peer_type.as_deref());
        for (k, v) in &self.other {
            j.json(k, v);
        }
    }

    pub(crate) fn put(&self, j: &mut Js) {
        j.obj();
        self.put_members(j, true);
        j.end();
    }

    /// The profile as JSON.
    pub fn json(&self) -> String {
        let mut j = Js::new();
        self.put(&mut j);
        j.done()
    }
}

/// A name as items show it: with the long name, if that is another.
pub(crate) fn titled(name: &str, full: &str) -> String {
    if full.is_empty() || full == name { name.to_owned() } else { format!("{name} ({full})") }
}

/// Makes a text a valid name, character by character as the core does.
pub fn valid_name(name: &str) -> String {
    let mut out = String::new();
    // The previous character, and the number of consecutive punctuation marks.
    let (mut before, mut marks) = (None, 0);
    for c in name.chars().filter(|c| *c != '\'') {
        let begins = begins_name(c);
        let valid = match before {
            None => begins && c != '#' && c != '@',
            Some(b) if char::is_whitespace(b) => begins || (marks == 0 && is_punctuation(c)),
            Some(b) if is_punctuation(b) => begins || c.is_whitespace() || (marks < 3 && is_punctuation(c)),
            Some(_) => begins || c.is_whitespace() || is_punctuation(c) || is_mark(c),
        };
        if !valid {
            continue;
        }
        let c = if c.is_whitespace() { ' ' } else { c };
        marks = match c {
            ' ' => marks,
            c if is_punctuation(c) => marks + 1,
            _ => 0,
        };
        before = Some(c);
        out.push(c);
    }
    let end = out.char_indices().nth(50).map_or(out.len(), |(at, _)| at);
    out.truncate(end);
    out.truncate(out.trim_end().len());
    out
}

/// Letters, numbers, symbols.
fn begins_name(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || matches!(c, '$' | '+' | '<' | '=' | '>' | '^' | '`' | '|' | '~');
    }
    let unseen = matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    !(unseen || c.is_whitespace() || c.is_control() || is_punctuation(c) || is_mark(c))
}

fn is_punctuation(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_punctuation() && !begins_name(c);
    }
    matches!(c, '¡' | '§' | '«' | '¶' | '·' | '»' | '¿' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{2043}'
        | '\u{2045}'..='\u{2051}' | '\u{2053}'..='\u{205e}' | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}'
        | '\u{3014}'..='\u{301f}' | '\u{ff01}'..='\u{ff03}' | '\u{ff05}'..='\u{ff0a}' | '\u{ff0c}'..='\u{ff0f}')
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{64b}'..='\u{65f}'
        | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{fe20}'..='\u{fe2f}' | '\u{e0100}'..='\u{e01ef}')
}

#[cfg(test)]
mod tests {
    use super::valid_name;

    #[test]
    fn names_are_mended_as_the_core_does() {
        let long = "a".repeat(80);
        for (name, valid) in [
            ("alice", "alice"),
            ("  spaced  ", "spaced"),
            ("@#bad'name", "badname"),
            ("emoji😀ok", "emoji😀ok"),
            ("", ""),
            ("tab\tname", "tab name"),
            ("Ünïcode", "Ünïcode"),
            (&long, &long[..50]),
        ] {
            assert_eq!(valid_name(name), valid, "{name:?}");
        }
    }
}
