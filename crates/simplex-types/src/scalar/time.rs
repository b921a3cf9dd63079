//! Times as the core writes them.

use std::fmt;
use std::time::{Duration, SystemTime};

use serde::de::{Deserializer, Error};
use serde::ser::Serializer;
use serde::{Deserialize, Serialize};

use crate::wire::Key;

/// A point in time as the core writes it: ISO-8601 in UTC, with up to twelve digits for fractions of a second. Some
/// times come from the sender, and may be in any year, or in a leap second.
///
/// Serialises to exactly the text that it was read from.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Timestamp {
    seconds: i64,
    /// From a thousand million on in a leap second, which counts as a part of the second before.
    nanos: u32,
    picos: u16,
    digits: u8,
}

impl Timestamp {
    /// Seconds since 1970-01-01T00:00:00Z.
    pub fn as_unix_seconds(&self) -> i64 {
        self.seconds
    }

    /// Nanoseconds within the second; 10⁹ and more in a leap second.
    pub fn subsec_nanos(&self) -> u32 {
        self.nanos
    }

    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub fn as_unix_millis(&self) -> i64 {
        self.seconds.saturating_mul(1000).saturating_add(i64::from(self.nanos / 1_000_000))
    }

    fn parse(text: &str) -> Option<Self> {
        if text.as_bytes().get(4).is_some_and(u8::is_ascii_digit) {
            return Self::parse_far(text);
        }
        // Every item has several of these: use fixed positions instead of searching.
        let number = |digits: &[u8]| {
            digits.iter().try_fold(0i64, |n, b| b.is_ascii_digit().then(|| n * 10 + i64::from(b - b'0')))
        };
        let (main, fraction) = text.as_bytes().split_first_chunk::<19>()?;
        let fraction = match fraction {
            [b'Z'] => &[],
            [b'.', fraction @ .., b'Z'] if (1..=12).contains(&fraction.len()) => fraction,
            _ => return None,
        };
        let [y0, y1, y2, y3, b'-', m0, m1, b'-', d0, d1, b'T', h0, h1, b':', min0, min1, b':', s0, s1] = *main else {
            return None;
        };
        let (year, month, day) = (number(&[y0, y1, y2, y3])?, number(&[m0, m1])?, number(&[d0, d1])?);
        let (hour, minute, second) = (number(&[h0, h1])?, number(&[min0, min1])?, number(&[s0, s1])?);
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let last = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            _ => return None,
        };
        if !(1..=last).contains(&day) || hour > 23 || minute > 59 || second > 60 {
            return None;
        }
        let digits = u8::try_from(fraction.len()).ok()?;
        let picos = number(fraction)? * 10i64.pow(12 - u32::from(digits));
        let nanos = picos / 1000 + second / 60 * NANOS;
        // Days since the epoch, counted in years that begin in March.
        let (y, m) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
        let era = y.div_euclid(400);
        let year_of_era = y.rem_euclid(400);
        let day_of_year = (153 * m + 2) / 5 + day - 1;
        let days = era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468;
        let seconds = days * 86_400 + hour * 3600 + minute * 60 + second.min(59);
        Some(Self { seconds, nanos: u32::try_from(nanos).ok()?, picos: u16::try_from(picos % 1000).ok()?, digits })
    }
}

impl Timestamp {
    /// A year of more than four digits, or before the year 0: a sender may set a message to vanish then, or say that it
    /// is of then. The calendar repeats itself.
    #[cold]
    fn parse_far(text: &str) -> Option<Self> {
        const YEARS: i64 = 400;
        const SECONDS: i64 = 146_097 * 86_400;
        let (sign, text) = text.strip_prefix('-').map_or((1, text), |text| (-1, text));
        let (year, rest) = text.split_once('-')?;
        let is_whole = year.len() == 4 || year.len() > 4 && !year.starts_with('0');
        if !is_whole || !year.bytes().all(|b| b.is_ascii_digit()) || (sign < 0 && year == "0000") {
            return None;
        }
        let year: i64 = year.parse::<i64>().ok()? * sign;
        let near = 2000 + year.rem_euclid(YEARS);
        let time = Self::parse(&format!("{near}-{rest}"))?;
        let seconds = ((year - near) / YEARS).checked_mul(SECONDS)?.checked_add(time.seconds)?;
        Some(Self { seconds, ..time })
    }
}

/// Nanoseconds in a second.
const NANOS: i64 = 1_000_000_000;

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (days, rest) = (self.seconds.div_euclid(86_400) + 719_468, self.seconds.rem_euclid(86_400));
        let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let m = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * m + 2) / 5 + 1;
        let (month, year) = if m < 10 { (m + 3, 0) } else { (m - 9, 1) };
        let year = year_of_era + era * 400 + year;
        let nanos = i64::from(self.nanos);
        let (hour, minute, second) = (rest / 3600, rest / 60 % 60, rest % 60 + nanos / NANOS);
        let (sign, year) = (if year < 0 { "-" } else { "" }, year.unsigned_abs());
        write!(f, "{sign}{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")?;
        if self.digits > 0 {
            let picos = nanos % NANOS * 1000 + i64::from(self.picos);
            let fraction = picos / 10i64.pow(12 - u32::from(self.digits.min(12)));
            write!(f, ".{fraction:0width$}", width = usize::from(self.digits))?;
        }
        f.write_str("Z")
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A text that is not a [`Timestamp`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidTimestamp;

impl fmt::Display for InvalidTimestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a time as the core writes it (2026-01-31T23:59:59.123Z)")
    }
}

impl std::error::Error for InvalidTimestamp {}

impl std::str::FromStr for Timestamp {
    type Err = InvalidTimestamp;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text).ok_or(InvalidTimestamp)
    }
}

impl PartialOrd for Timestamp {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Timestamp {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let parts = |time: &Self| (time.seconds, time.nanos, time.picos, time.digits);
        parts(self).cmp(&parts(other))
    }
}

impl From<Timestamp> for SystemTime {
    fn from(time: Timestamp) -> Self {
        let seconds = Duration::from_secs(time.seconds.unsigned_abs());
        let whole = if time.seconds < 0 {
            Self::UNIX_EPOCH.checked_sub(seconds)
        } else {
            Self::UNIX_EPOCH.checked_add(seconds)
        };
        // Not every system's clock reaches as far as the times that a sender may give.
        let time = whole.and_then(|whole| whole.checked_add(Duration::from_nanos(u64::from(time.nanos))));
        time.unwrap_or(Self::UNIX_EPOCH)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Key::deserialize(deserializer)?.0;
        Self::parse(&text).ok_or_else(|| D::Error::custom(InvalidTimestamp))
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

crate::show::show_as_debug!(Timestamp);

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use super::Timestamp;

    #[test]
    fn a_time_may_be_as_far_away_as_the_core_counts() {
        let last: Timestamp = "9999-12-31T23:59:59Z".parse().unwrap();
        let next: Timestamp = "10000-01-01T00:00:00Z".parse().unwrap();
        assert_eq!(next.as_unix_seconds(), last.as_unix_seconds() + 1);
        for text in ["10000-02-29T00:00:00Z", "33714-11-30T08:41:39.123Z", "292277026596-12-04T15:30:07.5Z"] {
            assert_eq!(text.parse::<Timestamp>().unwrap().to_string(), text);
        }
        assert_eq!("292277026596-12-04T15:30:07Z".parse::<Timestamp>().unwrap().as_unix_seconds(), i64::MAX);
        for text in [
            "292277026596-12-04T15:30:08Z",
            "99999999999999999999-01-01T00:00:00Z",
            "012345-01-01T00:00:00Z",
            "+12345-01-01T00:00:00Z",
            "10001-02-29T00:00:00Z",
            "10000",
            "10000-",
        ] {
            assert!(text.parse::<Timestamp>().is_err(), "{text}");
        }
        // The clocks of some systems do not reach that far.
        for text in ["0000-01-01T00:00:00.5Z", "292277026596-12-04T15:30:07.5Z"] {
            let _ = SystemTime::from(text.parse::<Timestamp>().unwrap());
        }
    }

    #[test]
    fn a_time_is_whatever_a_sender_may_have_the_core_write() {
        for text in [
            "2016-12-31T23:59:60Z",
            "2016-12-31T23:59:60.000000000001Z",
            "2026-01-31T23:59:59.123456789012Z",
            "0000-01-01T00:00:00.5Z",
            "-0001-12-31T23:59:59.25Z",
            "-0400-02-29T00:00:00Z",
            "-123456-01-31T00:00:00Z",
        ] {
            assert_eq!(text.parse::<Timestamp>().unwrap().to_string(), text);
        }
        let time = |text: &str| text.parse::<Timestamp>().unwrap();
        assert_eq!(time("0000-01-01T00:00:00Z").as_unix_seconds() - 1, time("-0001-12-31T23:59:59Z").as_unix_seconds());
        assert_eq!(time("2017-01-01T00:00:00Z").as_unix_millis(), time("2016-12-31T23:59:60Z").as_unix_millis());
        assert_eq!(time("2026-01-31T23:59:59.123456789012Z").subsec_nanos(), 123_456_789);
        let ascending =
            ["59.999999999999Z", "60Z", "60.5Z", "60.500000000001Z"].map(|s| time(&format!("2016-12-31T23:59:{s}")));
        assert!(ascending.is_sorted_by(|a, b| a < b) && ascending[3] < time("2017-01-01T00:00:01Z"));
        for text in [
            "2016-12-31T23:59:61Z",
            "2026-01-31T23:59:59.1234567890123Z",
            "-0000-01-01T00:00:00Z",
            "-1-01-01T00:00:00Z",
            "--001-01-01T00:00:00Z",
        ] {
            assert!(text.parse::<Timestamp>().is_err(), "{text}");
        }
    }
}
