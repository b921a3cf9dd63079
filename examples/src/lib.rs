//! Example bots, each small and useful; the binaries run them for real, the demo and the tests on a simulated network.

#![forbid(unsafe_code)]

mod assistant;
mod directory;
mod echo_files;
mod moderation;
mod news;
mod notifier;
mod reminder;
mod squaring;
mod support_desk;
mod survey;

pub use assistant::{Model, assistant};
pub use directory::directory;
pub use echo_files::{Inbox, echo_files};
pub use moderation::{Warnings, moderation};
pub use news::{Editor, news};
pub use notifier::notify;
pub use reminder::{Reminders, reminder};
pub use squaring::squaring_bot;
pub use support_desk::support_desk;
pub use survey::{Survey, survey};
