//! Points in time of the simulated network, and how the core writes them.

use std::cell::Cell;

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
        thread_local! {
            /// The last second that was written: one event has a dozen times, most of them of the same second.
            static LAST: Cell<(i64, [u8; 19])> = const { Cell::new((i64::MIN, [b'0'; 19])) };
        }
        let secs = self.0.div_euclid(SEC);
        let mut nanos = self.0.rem_euclid(SEC);
        let (mut last, mut text) = LAST.get();
        if last != secs {
            (last, text) = (secs, second(secs));
            LAST.set((last, text));
        }
        let mut all = [b'.'; 30];
        all[..19].copy_from_slice(&text);
        let mut len = 19;
        if nanos > 0 {
            len = 29;
            while nanos % 10 == 0 {
                (nanos, len) = (nanos / 10, len - 1);
            }
            for digit in all[20..len].iter_mut().rev() {
                *digit = b'0' + (nanos % 10) as u8;
                nanos /= 10;
            }
        }
        all[len] = b'Z';
        out.push_str(std::str::from_utf8(&all[..=len]).unwrap_or_default());
    }

    /// Parses a time in ISO 8601, in UTC (`2026-01-01T00:00:00.5Z`). One out of range is the first or the last there is.
    pub fn read(text: &str) -> Option<Ts> {
        let text = text.strip_suffix('Z')?;
        let (date, time) = text.split_once('T')?;
        // No number that fits 64 bits makes more of 128 than there are.
        let number = |text: &str| text.parse::<i64>().ok().map(i128::from);
        let mut d = date.splitn(3, '-').map(number);
        let (y, mo, day) = (d.next()??, d.next()??, d.next()??);
        let (hms, frac) = time.split_once('.').unwrap_or((time, ""));
        let mut t = hms.splitn(3, ':').map(number);
        let (h, m, s) = (t.next()??, t.next()??, t.next()??);
        let nanos = if frac.is_empty() { 0 } else { number(format!("{frac:0<9}").get(..9)?)? };
        let y = if mo <= 2 { y - 1 } else { y };
        let era = y.div_euclid(400);
        let yoe = y.rem_euclid(400);
        let doy = (153 * (mo + if mo > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
        let doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
        let days = era * 146_097 + doe - 719_468;
        let nanos = (days * 86_400 + h * 3600 + m * 60 + s) * i128::from(SEC) + nanos;
        Some(Ts(i64::try_from(nanos).unwrap_or(if nanos < 0 { i64::MIN } else { i64::MAX })))
    }
}

/// A second as text, without the zone.
fn second(secs: i64) -> [u8; 19] {
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
    let mut out = *b"0000-00-00T00:00:00";
    for (end, mut n) in [(4, year), (7, month), (10, day), (13, h), (16, m), (19, s)] {
        let mut at = end;
        while n > 0 {
            at -= 1;
            out[at] = b'0' + (n % 10) as u8;
            n /= 10;
        }
    }
    out
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
        for text in [
            "1970-01-01T00:00:00Z",
            "2026-11-21T03:17:53.919449433Z",
            "2024-02-29T23:59:59.5Z",
            "2024-02-29T23:59:59.00012Z",
            "1815-10-01T01:02:03.000000001Z",
            "2262-04-11T23:47:16.85477Z",
        ] {
            assert_eq!(Ts::read(text).unwrap().to_string(), text);
        }
        assert_eq!(Ts::BEGIN.to_string(), "2026-01-01T00:00:00Z");
    }

    #[test]
    fn a_time_that_is_out_of_range_is_the_first_or_the_last() {
        for text in
            ["9999-12-31T23:59:59Z", "9223372036854775807-01-01T00:00:00Z", "2026-01-9223372036854775807T00:00:00Z"]
        {
            assert_eq!(Ts::read(text), Some(Ts(i64::MAX)), "{text}");
        }
        for text in ["0001-01-01T00:00:00Z", "2026-01-01T-9223372036854775808:00:00Z"] {
            assert_eq!(Ts::read(text), Some(Ts(i64::MIN)), "{text}");
        }
    }
}
