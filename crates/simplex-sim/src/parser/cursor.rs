//! A cursor over a command's text.

use crate::json::Json;

/// The rest of a command's text. A copy remembers a position to go back to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cursor<'a>(pub &'a str);

impl<'a> Cursor<'a> {
    /// Takes `lit` off the front, if it is there.
    pub fn eat(&mut self, lit: &str) -> bool {
        match self.0.strip_prefix(lit) {
            Some(rest) => {
                self.0 = rest;
                true
            }
            None => false,
        }
    }

    pub fn need(&mut self, lit: &str) -> Option<()> {
        self.eat(lit).then_some(())
    }

    /// A number without sign. Past 64 bits it wraps, as in the core.
    pub fn int(&mut self) -> Option<i64> {
        let end = self.0.bytes().position(|b| !b.is_ascii_digit()).unwrap_or(self.0.len());
        let (digits, rest) = self.0.split_at_checked(end)?;
        if digits.is_empty() {
            return None;
        }
        self.0 = rest;
        Some(digits.bytes().fold(0i64, |n, d| n.wrapping_mul(10).wrapping_add(i64::from(d - b'0'))))
    }

    /// A number with which the text ends.
    pub fn last_int(&mut self) -> Option<i64> {
        self.int().filter(|_| self.at_end())
    }

    /// Numbers separated by commas.
    pub fn ints(&mut self) -> Option<Vec<i64>> {
        let mut out = vec![self.int()?];
        while self.eat(",") {
            out.push(self.int()?);
        }
        Some(out)
    }

    /// `on` or `off`.
    pub fn on_off(&mut self) -> Option<bool> {
        if self.eat("on") {
            Some(true)
        } else if self.eat("off") {
            Some(false)
        } else {
            None
        }
    }

    /// ` name=on|off`, which is off if it is absent.
    pub fn flag(&mut self, name: &str) -> bool {
        self.opt_flag(name).unwrap_or(false)
    }

    /// ` name=on|off`, if it is there.
    pub fn opt_flag(&mut self, name: &str) -> Option<bool> {
        let before = *self;
        if self.eat(" ")
            && self.eat(name)
            && self.eat("=")
            && let Some(v) = self.on_off()
        {
            return Some(v);
        }
        *self = before;
        None
    }

    /// Characters up to the next blank; at least one.
    pub fn word(&mut self) -> Option<&'a str> {
        let end = self.0.find(char::is_whitespace).unwrap_or(self.0.len());
        let (word, rest) = self.0.split_at_checked(end)?;
        if word.is_empty() {
            return None;
        }
        self.0 = rest;
        Some(word)
    }

    /// A display name: quoted with `'`, or one word.
    pub fn name(&mut self) -> Option<String> {
        if self.eat("'") {
            let (name, rest) = self.0.split_once('\'')?;
            self.0 = rest;
            return (!name.is_empty()).then(|| name.to_owned());
        }
        self.word().map(str::to_owned)
    }

    /// The rest of the text.
    pub fn rest(&mut self) -> &'a str {
        std::mem::take(&mut self.0)
    }

    /// The rest of the text, if it is not empty.
    pub fn some_rest(&mut self) -> Option<&'a str> {
        Some(self.rest()).filter(|r| !r.is_empty())
    }

    /// The rest of the text, as JSON.
    pub fn json(&mut self) -> Option<Json> {
        Json::parse(self.rest())
    }

    pub fn at_end(&self) -> bool {
        self.0.is_empty()
    }
}
