//! When to ask the engine again.

use std::time::Duration;

use chrono::TimeDelta;

use crate::{
    api::{ApiError, Retry},
    domain::Time,
};

/// How often the admin wants the page to refresh.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Pace {
    /// Often while something runs, less often while nothing does or nobody looks.
    #[default]
    Auto,
    /// Every so many seconds.
    Every(u32),
    /// Never by itself.
    Off,
}

impl Pace {
    /// What the admin may choose.
    pub const ALL: [Self; 6] =
        [Self::Auto, Self::Every(5), Self::Every(10), Self::Every(30), Self::Every(60), Self::Off];
}

/// A length of time in milliseconds.
type Millis = u64;

const RUNNING: Millis = 5_000;
const IDLE: Millis = 15_000;
const HIDDEN: Millis = 60_000;
/// The longest wait after failures. It is drawn at random between zero and the limit.
const LONGEST_WAIT: Millis = 60_000;
const FIRST_WAIT: Millis = 1_000;
/// The shortest wait after a failure, whatever was drawn.
const SHORTEST_WAIT: Millis = 250;
/// A slow engine is asked less often: the wait is at least this many times what the last request took.
const REST_FACTOR: Millis = 4;
/// A poll that takes longer than this is shown as waiting.
const PATIENCE: TimeDelta = TimeDelta::seconds(5);

/// Decides when the next poll is due. There is one poll at a time.
#[derive(Debug, Clone, Default)]
pub struct Poller {
    pace: Pace,
    /// What the site has set in place of [`RUNNING`].
    while_running: Option<Millis>,
    paused_since: Option<Time>,
    hidden: bool,
    running: bool,
    last_took: Millis,
    failures: u32,
    /// An engine's `Retry-After`.
    at_least: Millis,
    /// Set by an error after which waiting does not help.
    halted: bool,
    /// Since when one is under way.
    asked: Option<Time>,
    /// Something was changed from this page after the poll under way began.
    outdated: bool,
}

/// What a poll's reply is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply {
    /// It is what the engine says now.
    Current,
    /// It was asked for before an own action: what it says may be out of date.
    Outdated,
}

/// How a poll went.
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
    /// A poller with the admin's pace.
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

    /// Takes another pace.
    pub const fn set_pace(&mut self, pace: Pace) {
        self.pace = pace;
    }

    /// How often to ask at the automatic pace while something runs, in seconds. While nothing does, it is not more often.
    pub fn set_while_running(&mut self, seconds: u32) {
        self.while_running = Some(millis(seconds));
    }

    /// Pauses timed polls, or resumes them.
    pub const fn set_paused(&mut self, since: Option<Time>) {
        self.paused_since = since;
    }

    /// Whether anybody can see the page.
    pub const fn set_hidden(&mut self, hidden: bool) {
        self.hidden = hidden;
    }

    /// After a log-in, earlier failures do not count.
    pub const fn resume(&mut self) {
        self.halted = false;
        self.failures = 0;
    }

    /// A poll begins.
    pub const fn begin(&mut self, now: Time) {
        self.asked = Some(now);
        self.outdated = false;
    }

    /// Whether a poll is under way.
    pub const fn is_under_way(&self) -> bool {
        self.asked.is_some()
    }

    /// Whether a poll has been under way for so long that what is on screen may be older than it seems.
    pub fn waits(&self, now: Time) -> bool {
        self.asked.is_some_and(|asked| now - asked >= PATIENCE)
    }

    /// The poll under way is given up: it counts neither as success nor as failure.
    pub const fn give_up(&mut self) {
        self.asked = None;
    }

    /// Something changed that a poll under way cannot know of.
    pub const fn outdate(&mut self) {
        self.outdated = self.is_under_way();
    }

    /// A poll ended. Only a current reply is to be used, and counts.
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

    /// How long to wait before the next timed poll; `None` if none is to come. `draw` is random in 0..1.
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

/// A part of a length; `draw` is in 0..1.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "a minute's milliseconds are exact in a double"
)]
fn part(most: Millis, draw: f64) -> Millis {
    (most as f64 * draw.clamp(0.0, 1.0)) as Millis
}
