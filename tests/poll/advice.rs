//! When the page asks again after each answer.

use std::time::Duration;

use chrono::TimeDelta;
use task_monitor::{
    api::{ApiError, Client, Credentials, Transport, TransportError},
    domain::Time,
    view::poll::{Pace, Polled, Poller},
    wire::{Request, Response},
};

use crate::support::{
    answers::{AnswerRow, CLIENT_CLOCK, answers},
    job_id,
    outline::now,
};

/// Gives one answer to every request.
struct Always<'a>(&'a AnswerRow);

impl Transport for Always<'_> {
    async fn send(&self, _: Request) -> Result<Response, TransportError> {
        Ok(self.0.response())
    }

    fn now(&self) -> Option<Time> {
        Some(CLIENT_CLOCK.parse().unwrap())
    }
}

fn error(row: &AnswerRow) -> ApiError {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(Client::new(Always(row), Credentials::none()).steps(job_id(1))).unwrap_err()
}

fn fail(poller: &mut Poller, error: &ApiError) {
    poller.begin(now());
    poller.end(Duration::ZERO, Polled::Failed(error));
}

fn wait(poller: &Poller, draw: f64) -> u64 {
    u64::try_from(poller.wait(now(), draw).unwrap().as_millis()).unwrap()
}

#[test]
fn each_answer_has_its_wait() {
    for row in answers() {
        let (error, case) = (error(&row), format!("{} {:?} {}", row.status, row.headers, row.body));
        let mut poller = Poller::new(Pace::Auto);
        fail(&mut poller, &error);
        assert_eq!((wait(&poller, 0.0), wait(&poller, 1.0)), row.next, "{case}");
        for _ in 0..20 {
            fail(&mut poller, &error);
            assert!(wait(&poller, 0.0) >= row.next.0, "{case}");
        }
        assert_eq!(wait(&poller, 1.0), row.at_most.max(row.next.1), "{case}");
        // The advice of one answer does not count for the next.
        fail(&mut poller, &ApiError::Unreachable);
        assert_eq!(wait(&poller, 0.0), 250, "{case}");
    }
}

#[test]
fn a_cause_that_passes_is_over_within_ten_seconds() {
    for row in answers().iter().filter(|row| (400..500).contains(&row.status) && row.next.0 < 10_000) {
        let mut poller = Poller::new(Pace::Auto);
        for _ in 0..20 {
            // Also if each answer takes as long as a request may take.
            poller.begin(now());
            poller.end(Duration::from_secs(30), Polled::Failed(&error(row)));
            assert!(wait(&poller, 1.0) <= 10_000, "{} {:?}", row.status, row.headers);
        }
    }
}

/// The advice counts from the answer on, whatever makes the page compute the wait again; the admin may ask before.
#[test]
fn advice_is_an_end_not_a_length() {
    let mut poller = Poller::new(Pace::Auto);
    let after = |seconds: i64| now() + TimeDelta::seconds(seconds);
    poller.hold_for(now(), 30);
    let rows = [(0, 30, true), (10, 20, true), (29, 15, true), (30, 15, false), (99, 15, false), (-3_600, 30, true)];
    for (passed, seconds, held) in rows {
        let left = poller.wait(after(passed), 0.0).unwrap();
        assert_eq!((left, poller.is_held(after(passed))), (Duration::from_secs(seconds), held), "after {passed} s");
    }
    poller.set_hidden(true);
    assert_eq!(poller.wait(now(), 0.0), Some(Duration::from_secs(60)));
    poller.begin(after(5));
    poller.end(Duration::ZERO, Polled::Succeeded { running: true });
    assert!(!poller.is_held(after(5)), "an answer came all the same");
}

/// A computer that sleeps during a request makes it look as if it had taken days.
#[test]
fn no_wait_is_longer_than_a_timer() {
    let mut poller = Poller::new(Pace::Auto);
    poller.begin(now());
    poller.end(Duration::from_secs(86_400 * 30), Polled::Succeeded { running: true });
    assert_eq!(poller.wait(now(), 1.0), Some(Duration::from_secs(240)));
    poller.hold_for(now(), u32::MAX);
    assert!(poller.wait(now(), 1.0) <= Some(Duration::from_secs(240)));
}
