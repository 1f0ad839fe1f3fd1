//! When the next poll is due.

use std::time::Duration;

use chrono::TimeDelta;
use proptest::prelude::*;
use task_monitor::{
    api::{ApiError, EngineMessage, NotNow},
    view::{
        connection::Connection,
        poll::{Pace, Polled, Poller, Reply},
    },
};

use crate::support::{outline::now, time};

const SECOND: Duration = Duration::from_secs(1);

/// One poll with this length and result.
fn poll(poller: &mut Poller, took: Duration, how: Polled<'_>) {
    poller.begin(now());
    assert_eq!(poller.end(took, how), Reply::Current);
}

fn succeeded(running: bool) -> Polled<'static> {
    Polled::Succeeded { running }
}

fn busy(retry_after: Option<u32>) -> ApiError {
    ApiError::Server(NotNow { status: 503, retry_after, message: EngineMessage::default() })
}

#[test]
fn the_wait_after_a_successful_poll() {
    use Pace::{Auto, Every, Off};
    let rows = [
        (Auto, true, false, 0, Some(5)),
        (Auto, false, false, 0, Some(15)),
        (Auto, true, true, 0, Some(60)),
        (Auto, false, true, 0, Some(60)),
        (Auto, true, false, 1, Some(5)),
        (Auto, true, false, 2, Some(8)),
        (Auto, false, true, 20, Some(80)),
        (Every(5), false, false, 0, Some(5)),
        (Every(10), true, false, 0, Some(10)),
        (Every(30), true, false, 0, Some(30)),
        (Every(60), true, false, 0, Some(60)),
        (Every(5), true, true, 0, Some(60)),
        (Every(5), true, false, 3, Some(12)),
        (Off, true, false, 0, None),
        (Off, true, true, 0, None),
    ];
    for (pace, running, hidden, took, expected) in rows {
        let mut poller = Poller::new(pace);
        poll(&mut poller, SECOND * took, succeeded(running));
        poller.set_hidden(hidden);
        assert_eq!(poller.wait(now(), 0.5), expected.map(Duration::from_secs), "{pace:?} {running} {hidden} {took}");
        assert_eq!(poller.pace(), pace);
    }
}

#[test]
fn choices_take_effect_at_once() {
    let mut poller = Poller::new(Pace::Auto);
    poll(&mut poller, SECOND, succeeded(true));
    poller.set_paused(Some(now()));
    assert_eq!((poller.wait(now(), 0.5), poller.paused_since()), (None, Some(now())));
    poller.set_paused(None);
    assert_eq!(poller.wait(now(), 0.5), Some(SECOND * 5));
    poller.set_pace(Pace::Off);
    assert_eq!(poller.wait(now(), 0.5), None);
    poller.set_pace(Pace::Every(30));
    assert_eq!(poller.wait(now(), 0.5), Some(SECOND * 30));
    poller.set_hidden(true);
    assert_eq!(poller.wait(now(), 0.5), Some(SECOND * 60));
    poller.set_hidden(false);
    assert_eq!(poller.wait(now(), 0.5), Some(SECOND * 30));
}

#[test]
fn the_interval_can_be_configured() {
    for (seconds, running, idle) in [(2, 2, 15), (5, 5, 15), (20, 20, 20), (300, 300, 300)] {
        let mut poller = Poller::new(Pace::Auto);
        poller.set_while_running(seconds);
        poll(&mut poller, Duration::ZERO, succeeded(true));
        assert_eq!(poller.wait(now(), 0.5), Some(SECOND * running));
        poll(&mut poller, Duration::ZERO, succeeded(false));
        assert_eq!(poller.wait(now(), 0.5), Some(SECOND * idle));
        poller.set_pace(Pace::Every(10));
        assert_eq!(poller.wait(now(), 0.5), Some(SECOND * 10), "the user's choice takes precedence");
    }
}

#[test]
fn failures_back_off_with_jitter() {
    let mut poller = Poller::new(Pace::Auto);
    let most: Vec<u64> = (1..=8)
        .map(|failures| {
            poll(&mut poller, Duration::ZERO, Polled::Failed(&ApiError::Unreachable));
            assert_eq!(poller.failures(), failures);
            assert_eq!(poller.wait(now(), 0.0), Some(Duration::from_millis(250)), "there is always a wait");
            assert_eq!(poller.wait(now(), -1.0), poller.wait(now(), 0.0));
            assert_eq!(poller.wait(now(), 2.0), poller.wait(now(), 1.0));
            assert_eq!(poller.wait(now(), 0.5).unwrap() * 2, poller.wait(now(), 1.0).unwrap());
            poller.wait(now(), 1.0).unwrap().as_secs()
        })
        .collect();
    assert_eq!(most, [2, 4, 8, 16, 32, 60, 60, 60]);
    poll(&mut poller, Duration::ZERO, succeeded(true));
    assert_eq!(
        (poller.failures(), poller.wait(now(), 0.9)),
        (0, Some(SECOND * 5)),
        "after a successful poll the wait is normal again"
    );
}

#[test]
fn after_the_end_of_the_session_no_other_error_counts() {
    let mut poller = Poller::new(Pace::Auto);
    poll(&mut poller, Duration::ZERO, Polled::Failed(&ApiError::Unauthenticated));
    assert!(!poller.is_timed());
    poll(&mut poller, Duration::ZERO, Polled::Failed(&ApiError::Unreachable));
    assert_eq!((poller.wait(now(), 0.5), poller.is_timed()), (None, false));
}

#[test]
fn after_the_end_of_a_session_there_is_no_poll_until_log_in() {
    let mut poller = Poller::new(Pace::Auto);
    poll(&mut poller, Duration::ZERO, Polled::Failed(&ApiError::Unauthenticated));
    poller.set_pace(Pace::Every(5));
    poller.set_hidden(true);
    assert_eq!(poller.wait(now(), 0.5), None, "no repeated log-ins");
    poller.resume();
    poller.set_hidden(false);
    assert_eq!((poller.wait(now(), 0.5), poller.failures()), (Some(SECOND * 5), 0));
}

#[test]
fn a_cancelled_poll_does_not_count() {
    let mut poller = Poller::new(Pace::Auto);
    poller.begin(now());
    assert!(poller.is_under_way());
    poller.give_up();
    assert_eq!((poller.is_under_way(), poller.failures()), (false, 0));
    assert_eq!(poller.wait(now(), 0.5), Some(SECOND * 15), "the wait has not changed");
}

#[test]
fn a_long_poll_is_slow() {
    let mut poller = Poller::default();
    let after = |seconds: i64| now() + TimeDelta::seconds(seconds);
    assert!(!poller.is_slow(after(99)), "no poll is in flight");
    poller.begin(now());
    assert_eq!([0, 4, 5, 30].map(|seconds| poller.is_slow(after(seconds))), [false, false, true, true]);
    poller.end(SECOND, succeeded(true));
    assert!(!poller.is_slow(after(30)));
}

/// An action on this page while a poll is in flight: the list may be from before the action.
#[test]
fn a_reply_to_a_request_from_before_an_action_is_outdated() {
    let mut poller = Poller::new(Pace::Auto);
    poller.outdate();
    poll(&mut poller, SECOND, succeeded(true));
    poller.begin(now());
    poller.outdate();
    poller.outdate();
    assert_eq!(poller.end(SECOND, Polled::Failed(&ApiError::Unauthenticated)), Reply::Outdated);
    assert_eq!(
        (poller.wait(now(), 0.5), poller.failures()),
        (Some(SECOND * 5), 0),
        "an outdated reply changes nothing"
    );
    poll(&mut poller, SECOND, succeeded(false));
    assert_eq!(poller.wait(now(), 0.5), Some(SECOND * 15), "the next reply counts");
}

/// The data on screen is that of the last successful poll.
#[test]
fn the_connection_remembers_the_last_success() {
    let live = Connection::Live { at: time(5) };
    let lost = live.lost(ApiError::TimedOut, Some(time(9)));
    let rows = [
        (Connection::Loading, None, false),
        (live, Some(time(5)), false),
        (lost.clone(), Some(time(5)), true),
        (lost.lost(ApiError::Unreachable, None), Some(time(5)), true),
        (Connection::Loading.lost(ApiError::Unreachable, None), None, true),
    ];
    for (connection, last, is_lost) in rows {
        assert_eq!((connection.last(), connection.is_lost()), (last, is_lost), "{connection:?}");
    }
}

proptest! {
    #[test]
    fn no_wait_is_too_short_or_too_long(
        draw in any::<f64>(), failures in 0..40_u32, took in 0..100_000_u64, retry_after in prop::option::of(any::<u32>()), hidden in any::<bool>(),
    ) {
        let mut poller = Poller::new(Pace::Auto);
        let took = Duration::from_millis(took);
        poller.set_hidden(hidden);
        poll(&mut poller, took, succeeded(true));
        for _ in 0..failures {
            poll(&mut poller, took, Polled::Failed(&busy(retry_after)));
        }
        let wait = poller.wait(now(), draw).unwrap();
        if failures == 0 {
            prop_assert_eq!(wait, (took.min(SECOND * 60) * 4).max(if hidden { SECOND * 60 } else { SECOND * 5 }));
        } else {
            // Up to two minutes on advice, and a second more, so that not all pages come back at the same moment.
            let told = retry_after.map_or(Duration::ZERO, |seconds| SECOND * seconds.min(120));
            let longest = if retry_after.is_some() { SECOND * 10 } else { SECOND * 60 };
            let rest = (took * 4).clamp(Duration::from_millis(250), longest);
            let least = told.max(if hidden { SECOND * 60 } else { rest });
            let most = if hidden { SECOND * 60 } else { longest };
            prop_assert!((least..=most.max(told + SECOND)).contains(&wait), "{wait:?}");
        }
    }
}
