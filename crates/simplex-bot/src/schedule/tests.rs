#![allow(clippy::unwrap_used, reason = "what fails here fails a test")]

use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::{Missed, Schedule, Tick, every, now_in_seconds};
use crate::extract::State;
use crate::testing::{TestNetwork, run, set_clock_back, set_clock_forward};

const DAY: Duration = Duration::from_secs(86_400);

type Ran = Arc<Mutex<Vec<u64>>>;

/// When a job runs within a day after the clock was set back to the start of the test, in seconds since then.
fn after_a_clock_is_set_back(schedule: Schedule, before: Duration) -> Vec<u64> {
    run(async {
        let ran = Ran::default();
        let (net, begin) = (TestNetwork::new(), now_in_seconds());
        let shared = Arc::clone(&ran);
        let bot = net.start(move || {
            crate::Bot::new("clock")
                .state(Arc::clone(&shared))
                .schedule(schedule.clone(), async |State(ran): State<Ran>| ran.lock().unwrap().push(now_in_seconds()))
        });
        let bot = bot.await;
        tokio::time::sleep(before).await;
        ran.lock().unwrap().clear();
        set_clock_back();
        tokio::time::sleep(DAY - Duration::from_secs(60)).await;
        bot.stop().await;
        let ran = ran.lock().unwrap();
        ran.iter().map(|time| time - begin).collect()
    })
}

#[test]
fn a_clock_that_is_set_back_does_not_silence_a_job() {
    let ran = after_a_clock_is_set_back(every(DAY / 4), DAY * 30 + DAY / 8);
    let hours: Vec<_> = ran.iter().map(|time| time / 3600).collect();
    assert_eq!(hours, [3, 9, 15, 21]);
}

/// What a job that is due every `period` runs for within a period and a half after the clock was set forward by
/// `by`, in seconds since the start of the test; and whether that was missed.
fn after_a_clock_is_set_forward(
    schedule: impl Fn() -> Schedule + Send + Sync + 'static,
    by: Duration,
    later: Duration,
) -> Vec<(u64, bool)> {
    run(async {
        let ran = Arc::new(Mutex::new(Vec::new()));
        let (net, begin) = (TestNetwork::new(), now_in_seconds());
        let shared = Arc::clone(&ran);
        let bot = net.start(move || {
            let job = async |State(ran): State<Arc<Mutex<Vec<Tick>>>>, tick: Tick| ran.lock().unwrap().push(tick);
            crate::Bot::new("clock").state(Arc::clone(&shared)).schedule(schedule(), job)
        });
        let bot = bot.await;
        tokio::time::sleep(Duration::from_secs(1)).await;
        set_clock_forward(by);
        tokio::time::sleep(later).await;
        bot.stop().await;
        let ran = ran.lock().unwrap();
        ran.iter().map(|tick| (tick.due - begin, tick.missed)).collect()
    })
}

#[test]
fn times_that_a_clock_jumps_over_are_missed() {
    let hour = Duration::from_secs(3600);
    let ran = |missed, by| after_a_clock_is_set_forward(move || every(hour).missed(missed), by, hour + hour / 2);
    // The clock says 5:30 after a minute: four jobs and one more are over, the next is due half an hour later.
    let jump = hour * 5 + hour / 2;
    let next = ran(Missed::Skip, jump);
    assert!(matches!(next[..], [(at, false)] if at > jump.as_secs() + 3600), "{next:?}");
    let next = ran(Missed::RunOnce, jump);
    assert!(matches!(next[..], [(3600, true), (at, false)] if at > jump.as_secs()), "{next:?}");
    // This job is noticed half a minute late, as on a machine that is busy: it is not missed.
    for missed in [Missed::Skip, Missed::RunOnce] {
        let next = ran(missed, hour - Duration::from_secs(30));
        assert_eq!(next, [(3600, false), (7200, false)], "{missed:?}");
    }
    // A single time does not come again.
    let once = after_a_clock_is_set_forward(move || super::at(super::now() + hour), jump, hour);
    assert_eq!(once, [(3600, false)]);
}

#[cfg(feature = "cron")]
#[test]
fn a_pattern_of_one_time_runs_once_a_day_whatever_the_clocks_do() {
    let times = |pattern, from: &str, until: &str| {
        let seconds = |time: &str| time.parse::<jiff::Timestamp>().unwrap().as_second() as u64;
        let (schedule, until) = (super::cron(pattern, "Europe/Berlin"), seconds(until));
        let next = |last: &u64| schedule.after(*last).filter(|time| *time < until);
        let times = std::iter::successors(next(&seconds(from)), next);
        times.map(|time| jiff::Timestamp::from_second(time as i64).unwrap().to_string()[11..16].to_owned()).collect()
    };
    // At one o'clock UTC, the clocks go from 2:00 to 3:00, and from 3:00 to 2:00.
    let spring = |pattern| -> Vec<_> { times(pattern, "2026-03-29T00:00:00Z", "2026-03-29T12:00:00Z") };
    let autumn = |pattern| -> Vec<_> { times(pattern, "2026-10-24T23:50:00Z", "2026-10-25T12:00:00Z") };
    assert_eq!((spring("30 2 * * *"), autumn("30 2 * * *")), (vec!["01:00".into()], vec!["00:30".into()]));
    let halves = ["00:00", "00:30", "01:00", "01:30"].map(String::from).into();
    assert_eq!((spring("*/30 2 * * *"), autumn("*/30 2 * * *")), (vec![], halves));
}

#[cfg(feature = "cron")]
#[test]
fn a_clock_that_is_set_back_has_a_cron_job_run_by_the_time_that_it_is_then() {
    let daily = || super::cron("0 9 * * *", "UTC");
    assert_eq!(after_a_clock_is_set_back(daily(), DAY * 30 + DAY / 2), [9 * 3600]);
    // The clock is set back to before the job's time, a little after the job ran: the job does not run again.
    let soon = || super::cron("5 0 * * *", "UTC");
    assert_eq!(after_a_clock_is_set_back(soon(), Duration::from_secs(600)), [0; 0]);
    let often = || super::cron("0 * * * *", "UTC");
    let hours: Vec<_> = (1..24).map(|hour| hour * 3600).collect();
    assert_eq!(after_a_clock_is_set_back(often(), DAY * 30 + Duration::from_secs(1830)), hours);
}
