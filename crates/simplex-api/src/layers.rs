//! Layers included in the library.

mod deadlines;
#[cfg(feature = "pace")]
mod pace;
#[cfg(feature = "retry")]
mod retry;
mod trace;

pub use deadlines::Deadlines;
#[cfg(feature = "pace")]
pub use pace::Pace;
#[cfg(feature = "retry")]
pub use retry::Retry;
pub use trace::Trace;
