//! What only some releases of the core read.

use std::fmt;

use crate::generated::CAPABILITIES;
use crate::types::CoreVersionInfo;

/// A release of the core: the first two numbers of its version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Release(pub u16, pub u16);

impl Release {
    /// The release of a version: `6.4.5.1` is of 6.4. `None` if the text is no version.
    pub fn of(version: &str) -> Option<Self> {
        let mut numbers = version.split('.').map(str::parse);
        Some(Self(numbers.next()?.ok()?, numbers.next()?.ok()?))
    }
}

impl fmt::Display for Release {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.0, self.1)
    }
}

/// A command, or a parameter of one, that only some releases of the core read. Others answer that they cannot parse it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Capability {
    /// Upstream's name of the command, or `Command.parameter`.
    pub what: &'static str,
    /// The first release that reads it; `None` if all older ones do.
    pub since: Option<Release>,
    /// The last release that reads it; `None` if all newer ones do.
    pub until: Option<Release>,
}

impl Capability {
    /// Whether cores of this release read it.
    pub fn is_in(&self, release: Release) -> bool {
        self.since.is_none_or(|since| since <= release) && self.until.is_none_or(|until| release <= until)
    }
}

impl fmt::Display for Capability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.what)?;
        match (self.since, self.until) {
            (None, None) => Ok(()),
            (Some(since), None) => write!(f, " (since {since})"),
            (None, Some(until)) => write!(f, " (until {until})"),
            (Some(since), Some(until)) => write!(f, " ({since} to {until})"),
        }
    }
}

impl CoreVersionInfo {
    /// What this core cannot read of the [`CAPABILITIES`]; nothing if its version is not understood.
    ///
    /// ```
    /// # use simplex_types::CoreVersionInfo;
    /// let answer = r#"{"version":"6.4.5.1","simplexmqVersion":"6.4.8.0","simplexmqCommit":""}"#;
    /// let core: CoreVersionInfo = serde_json::from_str(answer)?;
    /// assert!(core.lacks().any(|lacking| lacking.what == "APINewPublicGroup"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn lacks(&self) -> impl Iterator<Item = &'static Capability> {
        let release = Release::of(&self.version);
        CAPABILITIES.iter().filter(move |capability| release.is_some_and(|release| !capability.is_in(release)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lacking(version: &str) -> Vec<String> {
        let core = format!(r#"{{"version":"{version}","simplexmqVersion":"","simplexmqCommit":""}}"#);
        let core: CoreVersionInfo = serde_json::from_str(&core).unwrap();
        core.lacks().map(ToString::to_string).collect()
    }

    #[test]
    fn older_and_newer_cores_lack_what_is_not_in_their_release() {
        let (channels, relays) = ("APINewPublicGroup (since 6.5)", "APIAllowRelayGroup (since 7.0)");
        let (signed, statuses) = ("APISendMessages.signMessages (since 7.0)", "APIGetNetworkStatuses (until 6.4)");
        let (custom, as_group) = ("APISetContactCustomData (since 6.5)", "APISendMessages.asGroup (since 6.5)");
        let lacks = |version, what: &str| lacking(version).iter().any(|lacking| lacking == what);
        for (version, expected) in [
            ("6.4.5.1", [true, true, true, false, true, true]),
            ("6.5.0.0", [false, true, true, true, false, false]),
            ("6.10.0.0", [false, true, true, true, false, false]),
            ("7.0.2.0", [false, false, false, true, false, false]),
            ("8.0", [false, false, false, true, false, false]),
        ] {
            let here = [channels, relays, signed, statuses, custom, as_group].map(|what| lacks(version, what));
            assert_eq!(here, expected, "{version}");
        }
        for strange in ["", "7", "v7.0", "7.x", "-1.0"] {
            assert_eq!(lacking(strange), [""; 0]);
        }
    }

    #[test]
    fn what_is_in_some_releases_only_says_so() {
        let capability = Capability { what: "X", since: Some(Release(6, 5)), until: Some(Release(7, 0)) };
        assert_eq!(capability.to_string(), "X (6.5 to 7.0)");
        assert!(capability.is_in(Release(7, 0)) && !capability.is_in(Release(7, 1)));
    }
}
