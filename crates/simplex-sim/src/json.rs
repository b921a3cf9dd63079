//! JSON as the core reads and writes it: a tree in which the first of several equal keys counts, and a writer that
//! appends to a string.

use std::fmt::Write as _;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

/// A JSON value. Members keep their order; of several with the same key, the first counts, as in the core.
#[derive(Debug, Clone, PartialEq)]
pub enum Json {
    /// `null`.
    Null,
    /// A boolean.
    Bool(bool),
    /// A number.
    Num(serde_json::Number),
    /// A string.
    Str(String),
    /// An array.
    Arr(Vec<Json>),
    /// An object.
    Obj(Vec<(String, Json)>),
}

impl Json {
    /// Parses a JSON text; `None` if it is invalid.
    pub fn parse(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    /// The member `key`, if this is an object with such a member and that is not null.
    pub fn get(&self, key: &str) -> Option<&Json> {
        match self {
            Json::Obj(members) => members.iter().find(|(k, _)| k == key).map(|(_, v)| v).filter(|v| **v != Json::Null),
            _ => None,
        }
    }

    /// The value of a string.
    pub fn str(&self) -> Option<&str> {
        match self {
            Json::Str(s) => Some(s),
            _ => None,
        }
    }

    /// The value of an integer.
    pub fn int(&self) -> Option<i64> {
        match self {
            Json::Num(n) => n.as_i64(),
            _ => None,
        }
    }

    /// The value of a boolean.
    pub fn bool(&self) -> Option<bool> {
        match self {
            Json::Bool(b) => Some(*b),
            _ => None,
        }
    }

    /// The elements of an array.
    pub fn arr(&self) -> Option<&[Json]> {
        match self {
            Json::Arr(a) => Some(a),
            _ => None,
        }
    }

    /// Whether this is an object.
    pub fn is_obj(&self) -> bool {
        matches!(self, Json::Obj(_))
    }

    /// The member `key`, if it is a string.
    pub fn need_str(&self, key: &str) -> Option<String> {
        self.get(key)?.str().map(str::to_owned)
    }

    /// An optional string member: `Some(None)` if it is absent, `None` if it is not a string.
    pub fn opt_str(&self, key: &str) -> Option<Option<String>> {
        match self.get(key) {
            None => Some(None),
            Some(v) => v.str().map(|s| Some(s.to_owned())),
        }
    }

    /// An optional integer member, like [`Json::opt_str`].
    pub fn opt_int(&self, key: &str) -> Option<Option<i64>> {
        match self.get(key) {
            None => Some(None),
            Some(v) => v.int().map(Some),
        }
    }

    /// An optional boolean member, like [`Json::opt_str`].
    pub fn opt_bool(&self, key: &str) -> Option<Option<bool>> {
        match self.get(key) {
            None => Some(None),
            Some(v) => v.bool().map(Some),
        }
    }

    /// Appends the value as JSON text.
    pub fn write(&self, out: &mut String) {
        match self {
            Json::Null => out.push_str("null"),
            Json::Bool(b) => out.push_str(if *b { "true" } else { "false" }),
            Json::Num(n) => {
                let _ = write!(out, "{n}");
            }
            Json::Str(s) => push_str(out, s),
            Json::Arr(a) => {
                out.push('[');
                for (i, v) in a.iter().enumerate() {
                    if i > 0 {
                        out.push(',');
                    }
                    v.write(out);
                }
                out.push(']');
            }
            Json::Obj(m) => {
                out.push('{');
                for (i, (k, v)) in m.iter().enumerate() {
                    if i > 0 {
                        out.push(',');
                    }
                    push_str(out, k);
                    out.push(':');
                    v.write(out);
                }
                out.push('}');
            }
        }
    }

    /// The value as JSON text.
    pub fn text(&self) -> String {
        let mut out = String::new();
        self.write(&mut out);
        out
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        struct V;
        impl<'de> Visitor<'de> for V {
            type Value = Json;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("JSON")
            }
            fn visit_unit<E>(self) -> Result<Json, E> {
                Ok(Json::Null)
            }
            fn visit_bool<E>(self, v: bool) -> Result<Json, E> {
                Ok(Json::Bool(v))
            }
            fn visit_i64<E>(self, v: i64) -> Result<Json, E> {
                Ok(Json::Num(v.into()))
            }
            fn visit_u64<E>(self, v: u64) -> Result<Json, E> {
                Ok(Json::Num(v.into()))
            }
            fn visit_f64<E>(self, v: f64) -> Result<Json, E> {
                Ok(serde_json::Number::from_f64(v).map_or(Json::Null, Json::Num))
            }
            fn visit_str<E>(self, v: &str) -> Result<Json, E> {
                Ok(Json::Str(v.to_owned()))
            }
            fn visit_string<E>(self, v: String) -> Result<Json, E> {
                Ok(Json::Str(v))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut a: A) -> Result<Json, A::Error> {
                let mut out = Vec::new();
                while let Some(v) = a.next_element()? {
                    out.push(v);
                }
                Ok(Json::Arr(out))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut a: A) -> Result<Json, A::Error> {
                let mut out: Vec<(String, Json)> = Vec::new();
                while let Some((k, v)) = a.next_entry::<String, Json>()? {
                    if !out.iter().any(|(o, _)| *o == k) {
                        out.push((k, v));
                    }
                }
                Ok(Json::Obj(out))
            }
        }
        d.deserialize_any(V)
    }
}

/// Appends a number: most of what the network writes is numbers, and formatting them takes longer.
pub(crate) fn push_int(out: &mut String, v: i64) {
    if v < 0 {
        out.push('-');
    }
    let (mut digits, mut at, mut left) = ([0; 20], 20, v.unsigned_abs());
    loop {
        at -= 1;
        digits[at] = b'0' + (left % 10) as u8;
        left /= 10;
        if left == 0 {
            break;
        }
    }
    out.push_str(digits.get(at..).and_then(|d| std::str::from_utf8(d).ok()).unwrap_or_default());
}

/// Appends `s` as a JSON string.
pub(crate) fn push_str(out: &mut String, s: &str) {
    out.push('"');
    // Most strings need no escapes: looking at all bytes without a branch is much faster.
    if !s.bytes().fold(false, |found, b| found | (b < 0x20) | (b == b'"') | (b == b'\\')) {
        out.push_str(s);
        out.push('"');
        return;
    }
    let mut from = 0;
    for (i, b) in s.bytes().enumerate() {
        if b >= 0x20 && b != b'"' && b != b'\\' {
            continue;
        }
        out.push_str(s.get(from..i).unwrap_or_default());
        from = i + 1;
        match b {
            b'"' => out.push_str("\\\""),
            b'\\' => out.push_str("\\\\"),
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\t' => out.push_str("\\t"),
            _ => {
                let _ = write!(out, "\\u{b:04x}");
            }
        }
    }
    out.push_str(s.get(from..).unwrap_or_default());
    out.push('"');
}

/// A JSON text under construction. It adds commas where they are needed.
#[derive(Debug, Default)]
pub(crate) struct Js {
    s: String,
}

impl Js {
    pub fn new() -> Self {
        Self { s: String::with_capacity(512) }
    }

    pub fn with_capacity(n: usize) -> Self {
        Self { s: String::with_capacity(n) }
    }

    pub fn done(self) -> String {
        self.s
    }

    /// Begins a text in the memory of one that is not needed any more.
    pub fn again(mut s: String) -> Self {
        s.clear();
        Self { s }
    }

    fn comma(&mut self) {
        if !matches!(self.s.as_bytes().last(), None | Some(b'{' | b'[' | b':' | b',')) {
            self.s.push(',');
        }
    }

    /// Begins an object as an element or as the value of the key just written.
    pub fn obj(&mut self) -> &mut Self {
        self.comma();
        self.s.push('{');
        self
    }

    pub fn end(&mut self) -> &mut Self {
        self.s.push('}');
        self
    }

    pub fn arr(&mut self) -> &mut Self {
        self.comma();
        self.s.push('[');
        self
    }

    pub fn end_arr(&mut self) -> &mut Self {
        self.s.push(']');
        self
    }

    pub fn key(&mut self, k: &str) -> &mut Self {
        self.comma();
        self.s.push('"');
        self.s.push_str(k);
        self.s.push_str("\":");
        self
    }

    /// A key that was chosen by people, so it has to be escaped.
    pub fn key_escaped(&mut self, k: &str) -> &mut Self {
        self.comma();
        push_str(&mut self.s, k);
        self.s.push(':');
        self
    }

    /// `"type":"tag"`, the first member of a union.
    pub fn tag(&mut self, t: &str) -> &mut Self {
        self.str("type", t)
    }

    pub fn str(&mut self, k: &str, v: &str) -> &mut Self {
        self.key(k);
        push_str(&mut self.s, v);
        self
    }

    pub fn opt_str(&mut self, k: &str, v: Option<&str>) -> &mut Self {
        if let Some(v) = v {
            self.str(k, v);
        }
        self
    }

    /// A number; one that is too large is written as the largest.
    pub fn num(&mut self, k: &str, v: impl TryInto<i64>) -> &mut Self {
        self.key(k);
        push_int(&mut self.s, v.try_into().unwrap_or(i64::MAX));
        self
    }

    pub fn opt_num(&mut self, k: &str, v: Option<i64>) -> &mut Self {
        if let Some(v) = v {
            self.num(k, v);
        }
        self
    }

    pub fn bool(&mut self, k: &str, v: bool) -> &mut Self {
        self.key(k);
        self.s.push_str(if v { "true" } else { "false" });
        self
    }

    pub fn opt_bool(&mut self, k: &str, v: Option<bool>) -> &mut Self {
        if let Some(v) = v {
            self.bool(k, v);
        }
        self
    }

    /// A member whose value is already JSON.
    pub fn raw(&mut self, k: &str, v: &str) -> &mut Self {
        self.key(k);
        self.s.push_str(v);
        self
    }

    pub fn opt_raw(&mut self, k: &str, v: Option<&str>) -> &mut Self {
        if let Some(v) = v {
            self.raw(k, v);
        }
        self
    }

    pub fn json(&mut self, k: &str, v: &Json) -> &mut Self {
        self.key(k);
        v.write(&mut self.s);
        self
    }

    pub fn opt_json(&mut self, k: &str, v: Option<&Json>) -> &mut Self {
        if let Some(v) = v {
            self.json(k, v);
        }
        self
    }

    /// A value that is already JSON: an array's element, or what belongs to the key just written.
    pub fn value(&mut self, v: &str) -> &mut Self {
        self.comma();
        self.s.push_str(v);
        self
    }

    /// An array of numbers.
    pub fn nums(&mut self, k: &str, values: impl IntoIterator<Item = i64>) -> &mut Self {
        self.key(k).arr();
        for v in values {
            self.elem_num(v);
        }
        self.end_arr()
    }

    /// An array of strings.
    pub fn strs(&mut self, k: &str, values: impl IntoIterator<Item: AsRef<str>>) -> &mut Self {
        self.key(k).arr();
        for v in values {
            self.elem_str(v.as_ref());
        }
        self.end_arr()
    }

    pub fn elem_str(&mut self, v: &str) -> &mut Self {
        self.comma();
        push_str(&mut self.s, v);
        self
    }

    pub fn elem_num(&mut self, v: i64) -> &mut Self {
        self.comma();
        push_int(&mut self.s, v);
        self
    }

    pub fn buf(&mut self) -> &mut String {
        &mut self.s
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_two_equal_keys_wins() {
        let v = Json::parse(r#"{"a":1,"a":2,"b":null}"#).unwrap();
        assert_eq!((v.get("a").and_then(Json::int), v.get("b")), (Some(1), None));
    }

    #[test]
    fn strings_are_escaped() {
        let mut out = String::new();
        push_str(&mut out, "a\"b\\c\n\u{1}é");
        assert_eq!(out, "\"a\\\"b\\\\c\\n\\u0001é\"");
    }

    #[test]
    fn commas_fall_into_place() {
        let mut j = Js::new();
        j.obj().tag("x").key("a").arr().elem_num(1).elem_str("b").end_arr().bool("c", true).end();
        assert_eq!(j.done(), r#"{"type":"x","a":[1,"b"],"c":true}"#);
    }
}
