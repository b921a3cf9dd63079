//! Small, useful example bots. The binaries run them for real, the demo and the tests on a simulated network.

#![forbid(unsafe_code)]

mod admission;
mod assistant;
mod bridge;
mod directory;
mod echo_files;
mod moderation;
mod morning_report;
mod news;
mod notifier;
mod reminder;
mod support_desk;
mod survey;

pub use admission::{Door, admission};
pub use assistant::{Model, assistant};
pub use bridge::{Bridge, bridge, way_in};
pub use directory::directory;
pub use echo_files::{Inbox, echo_files};
pub use moderation::{Warnings, moderation};
pub use morning_report::morning_report;
pub use news::{Desk, news};
pub use notifier::notify;
pub use reminder::reminder;
pub use support_desk::{Cases, support_desk};
pub use survey::{Survey, survey};

/// The pages whose code is compiled as tests; that of README.md is compiled as a crate of its own.
#[cfg(doctest)]
#[doc = include_str!("../../docs/from-official.md")]
mod from_official {}

#[cfg(doctest)]
#[doc = include_str!("../../docs/operations.md")]
mod operations {}
