//! When to poll the engine again.

mod hold;
mod length;
mod pace;

pub use pace::Pace;

use std::time::Duration;

use chrono::TimeDelta;

use crate::{
    api::{ApiError, Retry},
    domain::Time,
};
use hold::Hold;
use length::{Millis, delta, millis, part};

const RUNNING: Millis = 5_000;
const IDLE: Millis = 15_000;
const HIDDEN: Millis = 60_000;
/// After failures the wait is a random time up to a limit. The limit grows with each failure, up to this.
const LONGEST_WAIT: Millis = 60_000;
/// The same, if the cause passes by itself.
const SOON: Millis = 10_000;
const FIRST_WAIT: Millis = 1_000;
/// The shortest wait after a failure.
const SHORTEST_WAIT: Millis = 250;
/// A slow engine is polled less often: the wait is at least this many times the length of the last request.
const REST_FACTOR: Millis = 4;
/// The longest length of a request that counts. A computer that slept in between makes it any length.
const LONGEST_REQUEST: Millis = 60_000;
/// A poll that takes longer than this is shown to the admin.
const PATIENCE: TimeDelta = TimeDelta::seconds(5);

/// Decides when the next poll is due. There is one poll at a time.
#[derive(Debug, Clone, Default)]
pub struct Poller {
    pace: Pace,
    /// The configured interval, in place of [`RUNNING`].
    while_running: Option<Millis>,
    paused_since: Option<Time>,
    hidden: bool,
    running: bool,
    last_took: Millis,
    failures: u32,
    /// When to repeat the last poll, which failed.
    retry: Option<Retry>,
    /// The wait that the last answer asks for.
    hold: Option<Hold>,
    /// Whether polls have stopped until the next log-in.
    halted: bool,
    /// When the poll in flight began.
    asked: Option<Time>,
    /// Whether this page has changed something since the poll in flight began.
    outdated: bool,
}

/// Whether the reply to a poll may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply {
    /// It is up to date.
    Current,
    /// The request was sent before an action on this page, so the reply may be out of date.
    Outdated,
}

/// The result of a poll.
#[derive(Debug, Clone, Copy)]
pub enum Polled<'a> {
    /// It succeeded.
    Succeeded {
        /// Whether any job is running.
        running: bool,
    },
    /// It failed.
    Failed(&'a ApiError),
}

impl Poller {
    /// A poller with this pace.
    pub fn new(pace: Pace) -> Self {
        Self { pace, ..Self::default() }
    }

    /// The admin's pace.
    pub const fn pace(&self) -> Pace {
        self.pace
    }

    /// Since when timed polls are paused.
    pub const fn paused_since(&self) -> Option<Time> {
        self.paused_since
    }

    /// Changes the pace.
    pub const fn set_pace(&mut self, pace: Pace) {
        self.pace = pace;
    }

    /// Sets the interval of the automatic pace while a job runs, in seconds. While none runs, the interval is not shorter.
    pub fn set_while_running(&mut self, seconds: u32) {
        self.while_running = Some(millis(seconds));
    }

    /// Pauses timed polls, or resumes them.
    pub const fn set_paused(&mut self, since: Option<Time>) {
        self.paused_since = since;
    }

    /// Sets whether the page is hidden.
    pub const fn set_hidden(&mut self, hidden: bool) {
        self.hidden = hidden;
    }

    /// Starts again after a log-in: earlier failures do not count.
    pub const fn resume(&mut self) {
        self.halted = false;
        self.failures = 0;
        self.hold = None;
    }

    /// A poll begins.
    pub const fn begin(&mut self, now: Time) {
        self.asked = Some(now);
        self.outdated = false;
    }

    /// Whether a poll is in flight.
    pub const fn is_under_way(&self) -> bool {
        self.asked.is_some()
    }

    /// Whether the poll in flight takes so long that the data on screen may be older than the admin expects.
    pub fn is_slow(&self, now: Time) -> bool {
        self.asked.is_some_and(|asked| now - asked >= PATIENCE)
    }

    /// Cancels the poll in flight. It counts neither as success nor as failure.
    pub const fn give_up(&mut self) {
        self.asked = None;
    }

    /// This page changed something. The reply to a poll in flight will be out of date.
    pub const fn outdate(&mut self) {
        self.outdated = self.is_under_way();
    }

    /// A poll ended. An outdated reply must not be used, and does not count as success or failure.
    pub fn end(&mut self, took: Duration, how: Polled<'_>) -> Reply {
        let asked = self.asked.take();
        if self.outdated {
            return Reply::Outdated;
        }
        self.last_took = Millis::try_from(took.as_millis()).unwrap_or(Millis::MAX).min(LONGEST_REQUEST);
        self.hold = None;
        match how {
            Polled::Succeeded { running } => {
                self.running = running;
                self.failures = 0;
                self.halted = false;
            }
            Polled::Failed(error) => {
                self.failures = self.failures.saturating_add(1);
                self.retry = Some(error.retry());
                self.halted |= error.retry() == Retry::AfterLogIn;
                if let Some((asked, seconds)) = asked.zip(error.advice()) {
                    self.hold_for(asked + delta(self.last_took), seconds);
                }
            }
        }
        Reply::Current
    }

    /// An answer asks to wait. It may also be the answer to a request other than a poll.
    pub fn hold_for(&mut self, now: Time, seconds: u32) {
        self.hold = Some(Hold::new(now, seconds));
    }

    /// Whether an answer asks to wait longer. Only the admin may make requests before.
    pub fn is_held(&self, now: Time) -> bool {
        self.hold.is_some_and(|hold| hold.left(now) > 0)
    }

    /// How many polls in a row failed.
    pub const fn failures(&self) -> u32 {
        self.failures
    }

    /// Whether there are timed polls. If not, the page polls only on request.
    pub const fn is_timed(&self) -> bool {
        !self.halted && self.paused_since.is_none() && !matches!(self.pace, Pace::Off)
    }

    /// The wait from `now` on before the next timed poll; `None` if there is none. `draw` is a random number in 0..1.
    pub fn wait(&self, now: Time, draw: f64) -> Option<Duration> {
        self.is_timed().then(|| {
            let told = self.hold.map_or(0, |hold| hold.wait(now, draw));
            let hidden = if self.hidden { HIDDEN } else { 0 };
            Duration::from_millis(self.untold_wait(draw).max(told).max(hidden))
        })
    }

    /// The wait, apart from what an answer asks for.
    fn untold_wait(&self, draw: f64) -> Millis {
        let rest = self.last_took.saturating_mul(REST_FACTOR);
        if self.failures > 0 {
            let longest = match self.retry {
                Some(Retry::Soon(_)) => SOON,
                Some(Retry::Rarely) => return LONGEST_WAIT,
                Some(Retry::Later | Retry::AfterLogIn) | None => LONGEST_WAIT,
            };
            // Full jitter: after an outage the pages of all admins must not ask at the same moment.
            let most = (FIRST_WAIT << self.failures.min(10)).min(longest);
            return part(most, draw).max(SHORTEST_WAIT).max(rest.min(longest));
        }
        let running = self.while_running.unwrap_or(RUNNING);
        let wanted = match self.pace {
            Pace::Auto if self.running => running,
            Pace::Auto | Pace::Off => IDLE.max(running),
            Pace::Every(seconds) => millis(seconds),
        };
        wanted.max(rest)
    }
}
