//! When to poll the engine again.

use std::time::Duration;

use chrono::TimeDelta;

use crate::{
    api::{ApiError, Retry},
    domain::Time,
};

/// How often the page refreshes, as the admin chose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Pace {
    /// Often while a job runs; less often while none runs, or while the page is hidden.
    #[default]
    Auto,
    /// Every so many seconds.
    Every(u32),
    /// Only on request.
    Off,
}

impl Pace {
    /// All choices.
    pub const ALL: [Self; 6] =
        [Self::Auto, Self::Every(5), Self::Every(10), Self::Every(30), Self::Every(60), Self::Off];
}

/// A length of time in milliseconds.
type Millis = u64;

const RUNNING: Millis = 5_000;
const IDLE: Millis = 15_000;
const HIDDEN: Millis = 60_000;
/// The longest wait after failures. The wait is a random time up to a limit that grows with each failure, up to this.
const LONGEST_WAIT: Millis = 60_000;
const FIRST_WAIT: Millis = 1_000;
/// The shortest wait after a failure.
const SHORTEST_WAIT: Millis = 250;
/// A slow engine is polled less often: the wait is at least this many times the length of the last request.
const REST_FACTOR: Millis = 4;
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
    /// An engine's `Retry-After`.
    at_least: Millis,
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
        self.asked = None;
        if self.outdated {
            return Reply::Outdated;
        }
        self.last_took = Millis::try_from(took.as_millis()).unwrap_or(Millis::MAX);
        self.at_least = 0;
        match how {
            Polled::Succeeded { running } => {
                self.running = running;
                self.failures = 0;
                self.halted = false;
            }
            Polled::Failed(error) => {
                self.failures = self.failures.saturating_add(1);
                match error.retry() {
                    Retry::Later(seconds) => {
                        self.at_least = seconds.map_or(0, millis).min(LONGEST_WAIT);
                    }
                    Retry::AfterLogIn => self.halted = true,
                    Retry::Never => self.at_least = LONGEST_WAIT,
                }
            }
        }
        Reply::Current
    }

    /// How many polls in a row failed.
    pub const fn failures(&self) -> u32 {
        self.failures
    }

    /// The wait before the next timed poll; `None` if there is none. `draw` is a random number in 0..1.
    pub fn wait(&self, draw: f64) -> Option<Duration> {
        if self.halted || self.paused_since.is_some() || self.pace == Pace::Off {
            return None;
        }
        let rest = self.last_took.saturating_mul(REST_FACTOR);
        let rest = if self.hidden { rest.max(HIDDEN) } else { rest };
        if self.failures > 0 {
            // Full jitter: after an outage the pages of all admins must not ask at the same moment.
            let most = (FIRST_WAIT << self.failures.min(10)).min(LONGEST_WAIT);
            let drawn = part(most, draw).max(SHORTEST_WAIT).max(self.at_least);
            return Some(Duration::from_millis(drawn.max(rest.min(LONGEST_WAIT))));
        }
        let running = self.while_running.unwrap_or(RUNNING);
        let wanted = match self.pace {
            Pace::Auto if self.running => running,
            Pace::Auto | Pace::Off => IDLE.max(running),
            Pace::Every(seconds) => millis(seconds),
        };
        Some(Duration::from_millis(wanted.max(rest)))
    }
}

fn millis(seconds: u32) -> Millis {
    Millis::from(seconds) * 1_000
}

/// A part of a time; `draw` is in 0..1.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "a minute's milliseconds are exact in a double"
)]
fn part(most: Millis, draw: f64) -> Millis {
    (most as f64 * draw.clamp(0.0, 1.0)) as Millis
}
