//! The time of a test: tokio's clock, and the time of day.

use std::cell::Cell;
use std::time::{Duration, SystemTime};

use simplex_sim::Ts;
use tokio::time::Instant;

/// What has not come after this time never comes.
const NEVER: Duration = Duration::from_secs(3 * 365 * 86_400);

/// Runs a test with a clock of its own, as [`#[simplex_bot::test]`](macro@crate::test) does.
///
/// # Panics
/// When the runtime cannot be built, or the test waits for something that never comes: for three years of its clock,
/// which pass in no time when there is nothing else to do.
pub fn run<F: Future>(test: F) -> F::Output {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build();
    runtime.expect("a runtime").block_on(async {
        let _clock = TestClock::start();
        tokio::select! {
            biased;
            output = test => output,
            () = tokio::time::sleep(NEVER) => panic!(
                "the test waits for something that never comes: it is {} years later by its clock",
                NEVER.as_secs() / (365 * 86_400),
            ),
        }
    })
}

thread_local! {
    /// When the test on this thread began.
    static BEGAN: Cell<Option<Instant>> = const { Cell::new(None) };
}

/// The time of day in a test: the same in every run. Messages of the simulated network use it, too.
struct TestClock;

impl TestClock {
    fn start() -> Self {
        BEGAN.set(Some(Instant::now()));
        Self
    }
}

impl Drop for TestClock {
    fn drop(&mut self) {
        BEGAN.set(None);
    }
}

/// Sets the time of day back to the start of the test.
#[cfg(test)]
pub(crate) fn set_clock_back() {
    BEGAN.set(Some(Instant::now()));
}

/// Sets the time of day forward.
#[cfg(test)]
pub(crate) fn set_clock_forward(by: Duration) {
    BEGAN.set(BEGAN.get().and_then(|began| began.checked_sub(by)));
}

/// The time of day in the test that runs on this thread.
pub(crate) fn now() -> Option<SystemTime> {
    let begin = Duration::from_nanos(Ts::BEGIN.0.unsigned_abs());
    Some(SystemTime::UNIX_EPOCH + begin + BEGAN.get()?.elapsed())
}
