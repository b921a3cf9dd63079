//! Points in time of the simulated network, and how the core writes them.

/// Nanoseconds since 1970, in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Ts(pub i64);

const SEC: i64 = 1_000_000_000;

impl Ts {
    /// 2026-01-01T00:00:00Z, when the clock of a network in memory starts by default.
    pub const BEGIN: Ts = Ts(1_767_225_600 * SEC);

    /// The real time of day.
    pub fn real() -> Ts {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        Ts(since.map_or(0, |d| i64::try_from(d.as_nanos()).unwrap_or(i64::MAX)))
    }

    /// This time plus a duration.
    #[must_use]
    pub fn plus(self, d: std::time::Duration) -> Ts {
        Ts(self.0.saturating_add(i64::try_from(d.as_nanos()).unwrap_or(i64::MAX)))
    }

    /// This time plus a number of seconds.
    #[must_use]
    pub fn plus_secs(self, s: i64) -> Ts {
        Ts(self.0.saturating_add(s.saturating_mul(SEC)))
    }

    /// This time without the fraction of a second, as message servers report it.
    #[must_use]
    pub fn whole_second(self) -> Ts {
        Ts(self.0 - self.0.rem_euclid(SEC))
    }

    /// Appends the time in ISO 8601, with as many fractional digits as needed.
    pub fn write(self, out: &mut String) {
        let secs = self.0.div_euclid(SEC);
        let nanos = self.0.rem_euclid(SEC);
        let (days, rest) = (secs.div_euclid(86_400), secs.rem_euclid(86_400));
        // Days since 1970 to a civil date (proleptic Gregorian).
        let z = days + 719_468;
        let era = z.div_euclid(146_097);
        let doe = z.rem_euclid(146_097);
        let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
        let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
        let mp = (5 * doy + 2) / 153;
        let (day, month) = (doy - (153 * mp + 2) / 5 + 1, if mp < 10 { mp + 3 } else { mp - 9 });
        let year = yoe + era * 400 + i64::from(month <= 2);
        let (h, m, s) = (rest / 3600, rest / 60 % 60, rest % 60);
        for (before, n, digits) in
            [("", year, 4), ("-", month, 2), ("-", day, 2), ("T", h, 2), (":", m, 2), (":", s, 2), (".", nanos, 9)]
        {
            if digits < 9 || n > 0 {
                out.push_str(before);
                push_padded(out, n, digits);
            }
        }
        if nanos > 0 {
            out.truncate(out.trim_end_matches('0').len());
        }
        out.push('Z');
    }

    /// Parses a time in ISO 8601, in UTC (`2026-01-01T00:00:00.5Z`).
    pub fn read(text: &str) -> Option<Ts> {
        let text = text.strip_suffix('Z')?;
        let (date, time) = text.split_once('T')?;
        let mut d = date.splitn(3, '-').map(|p| p.parse::<i64>().ok());
        let (y, mo, day) = (d.next()??, d.next()??, d.next()??);
        let (hms, frac) = time.split_once('.').unwrap_or((time, ""));
        let mut t = hms.splitn(3, ':').map(|p| p.parse::<i64>().ok());
        let (h, m, s) = (t.next()??, t.next()??, t.next()??);
        let nanos: i64 = if frac.is_empty() { 0 } else { format!("{frac:0<9}").get(..9)?.parse().ok()? };
        let y = if mo <= 2 { y - 1 } else { y };
        let era = y.div_euclid(400);
        let yoe = y.rem_euclid(400);
        let doy = (153 * (mo + if mo > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
        let doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
        let days = era * 146_097 + doe - 719_468;
        Some(Ts((days * 86_400 + h * 3600 + m * 60 + s) * SEC + nanos))
    }
}

/// Appends a number with leading zeros: writing times is a good part of writing events, and formatting takes longer.
fn push_padded(out: &mut String, mut n: i64, digits: usize) {
    let mut text = [b'0'; 9];
    for digit in text.iter_mut().take(digits).rev() {
        *digit = b'0' + n.rem_euclid(10) as u8;
        n /= 10;
    }
    out.push_str(text.get(..digits).and_then(|t| std::str::from_utf8(t).ok()).unwrap_or_default());
}

impl std::fmt::Display for Ts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut s = String::new();
        self.write(&mut s);
        f.write_str(&s)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_as_the_core_writes_them_and_read_back() {
        for text in ["1970-01-01T00:00:00Z", "2026-11-21T03:17:53.919449433Z", "2024-02-29T23:59:59.5Z"] {
            assert_eq!(Ts::read(text).unwrap().to_string(), text);
        }
        assert_eq!(Ts::BEGIN.to_string(), "2026-01-01T00:00:00Z");
    }
}
