//! What the preferences of a user and of a contact amount to.

use crate::content::{Allow, Pref, Preferences, feature};
use crate::cx::Cx;
use crate::state::{Contact, Core};

/// For whom a feature is enabled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Enabled {
    pub for_user: bool,
    pub for_contact: bool,
}

/// A feature between the user and a contact.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Merged {
    /// The user's preference.
    pub user: Pref,
    /// Whether that is set for this contact.
    pub own: bool,
    /// The contact's preference.
    pub contact: Pref,
    pub enabled: Enabled,
}

/// All features between the user and a contact, in the order of [`crate::content::FEATURES`].
pub(crate) type Features = [Merged; 7];

fn enabled(i: usize, user: Allow, contact: Allow) -> Enabled {
    let asymmetric = i != feature::TIMED;
    let (for_user, for_contact) = match (user, contact) {
        (Allow::Always, Allow::No) => (false, asymmetric),
        (Allow::No, Allow::Always) => (asymmetric, false),
        (_, Allow::No) | (Allow::No, _) => (false, false),
        _ => (true, true),
    };
    Enabled { for_user, for_contact }
}

pub(crate) fn merged(core: &Core, contact: &Contact) -> Features {
    let incognito = contact.conn.and_then(|c| core.conns.get(&c)).is_some_and(|c| c.incognito.is_some());
    let none = Preferences::default();
    let own = match core.users.get(&contact.user).and_then(|u| u.profile.preferences.as_ref()) {
        Some(p) if !incognito => p,
        _ => &none,
    };
    let theirs = contact.profile.preferences.as_ref().unwrap_or(&none);
    std::array::from_fn(|i| {
        let over = contact.prefs.features.get(i).copied().flatten();
        let user = over.unwrap_or_else(|| own.effective(i));
        let contact = theirs.effective(i);
        let enabled = enabled(i, user.allow, contact.allow);
        Merged { user, own: incognito || over.is_some(), contact, enabled }
    })
}

impl Cx<'_> {
    /// For whom a feature is enabled in the chat with a contact.
    pub(crate) fn enabled(&self, contact: i64, feature: usize) -> Enabled {
        let contact = self.core.contacts.get(&contact);
        contact.map(|c| merged(self.core, c)[feature].enabled).unwrap_or_default()
    }
}
