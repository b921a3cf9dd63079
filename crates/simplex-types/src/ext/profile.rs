//! Profiles.

use crate::types::{LocalProfile, Profile};

impl LocalProfile {
    /// The profile as others see it: without the local id and alias, but with everything else, including unknown
    /// fields.
    ///
    /// The badge is not included: what is shown of it on this side does not prove it to others.
    pub fn to_profile(&self) -> Profile {
        Profile {
            display_name: self.display_name.clone(),
            full_name: self.full_name.clone(),
            short_descr: self.short_descr.clone(),
            description: self.description.clone(),
            image: self.image.clone(),
            contact_link: self.contact_link.clone(),
            preferences: self.preferences.clone(),
            peer_type: self.peer_type.clone(),
            badge: None,
            contact_domain: self.contact_domain.clone(),
            extra: self.extra.clone(),
        }
    }
}
