//! Written by `cargo xtask codegen`; change the schema or the overlay instead.

#![allow(clippy::large_enum_variant)]

use crate::capability::{Capability, Release};

pub mod commands;
pub mod enums;
pub mod events;
pub mod records;
pub mod responses;
pub mod unions;

/// The release of the core whose API these types are.
pub const SCHEMA_VERSION: &str = "7.0.2";

/// What only some releases of the core read.
pub const CAPABILITIES: &[Capability] = &[
    Capability { what: "APINewPublicGroup", since: Some(Release(6, 5)), until: None },
    Capability { what: "APIGetGroupRelays", since: Some(Release(6, 5)), until: None },
    Capability { what: "APIAddGroupRelays", since: Some(Release(6, 5)), until: None },
    Capability { what: "APISendMessages.asGroup", since: Some(Release(6, 5)), until: None },
    Capability { what: "APIForwardChatItems.asGroup", since: Some(Release(6, 5)), until: None },
    Capability { what: "APIPrepareGroup.directLink", since: Some(Release(6, 5)), until: None },
    Capability { what: "APITestChatRelay", since: Some(Release(6, 5)), until: None },
    Capability { what: "APISetGroupCustomData", since: Some(Release(6, 5)), until: None },
    Capability { what: "APISetContactCustomData", since: Some(Release(6, 5)), until: None },
    Capability { what: "APIAllowRelayGroup", since: Some(Release(7, 0)), until: None },
    Capability { what: "APISendMessages.signMessages", since: Some(Release(7, 0)), until: None },
    Capability { what: "APIGetNetworkStatuses", since: None, until: Some(Release(6, 4)) },
];
