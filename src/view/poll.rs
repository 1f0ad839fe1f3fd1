//! When to ask the engine again, and how old what we have is.

use std::time::Duration;

use chrono::TimeDelta;

use crate::{
    api::{ApiError, Retry},
    domain::Time,
};

/// How often the admin wants news.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Pace {
    /// As often as it is worth: often while something runs, seldom while nobody looks.
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

/// A length of time in milliseconds, in which all is reckoned here.
type Millis = u64;

const RUNNING: Millis = 5_000;
const IDLE: Millis = 15_000;
const HIDDEN: Millis = 60_000;
/// A wait after failures is drawn between nothing and at most this.
const LONGEST_WAIT: Millis = 60_000;
const FIRST_WAIT: Millis = 1_000;
/// Even the luckiest draw must not hammer an engine that is down.
const SHORTEST_WAIT: Millis = 250;
/// A slow engine is asked less often: never sooner than four times the last request took.
const RESPITE: Millis = 4;
/// Most engines have answered by then.
const PATIENCE: TimeDelta = TimeDelta::seconds(5);

/// Decides when the next poll is due. One request at a time: a reply that is not to the latest one is dropped.
#[derive(Debug, Clone, Default)]
pub struct Poller {
    pace: Pace,
    /// What the site wants in place of [`RUNNING`].
    while_running: Option<Millis>,
    paused_since: Option<Time>,
    hidden: bool,
    running: bool,
    last_took: Millis,
    failures: u32,
    /// An engine's `Retry-After`.
    at_least: Millis,
    /// Set by an error that no waiting cures.
    halted: bool,
    latest: Ticket,
    /// Since when one is under way.
    asked: Option<Time>,
    /// What is under way was asked before something changed.
    outdated: bool,
}

/// Names one poll, so that a late reply can be told from the right one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ticket(u64);

/// What a poll's reply is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply {
    /// It is the news.
    News,
    /// It was asked for before an own action, or in an earlier session: what it says may be over.
    Outdated,
    /// It was given up long ago.
    Late,
}

/// How a poll went.
#[derive(Debug, Clone, Copy)]
pub enum Polled<'a> {
    /// Well; and whether anything runs.
    Well {
        /// Whether any job is running.
        running: bool,
    },
    /// Not.
    Badly(&'a ApiError),
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

    /// Since when the admin wants no news by itself.
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

    /// Stops timed polls, or takes them up again.
    pub const fn set_paused(&mut self, since: Option<Time>) {
        self.paused_since = since;
    }

    /// Whether anybody can see the page.
    pub const fn set_hidden(&mut self, hidden: bool) {
        self.hidden = hidden;
    }

    /// Begins anew after a log-in.
    pub const fn resume(&mut self) {
        self.halted = false;
        self.failures = 0;
    }

    /// A poll begins; `None` while another one is under way.
    pub const fn begin(&mut self, now: Time) -> Option<Ticket> {
        if self.is_under_way() {
            return None;
        }
        self.asked = Some(now);
        self.outdated = false;
        self.latest = Ticket(self.latest.0 + 1);
        Some(self.latest)
    }

    /// Whether a poll is under way.
    pub const fn is_under_way(&self) -> bool {
        self.asked.is_some()
    }

    /// Whether one is under way for longer than it should be: what is on screen may be older than it seems.
    pub fn waits(&self, now: Time) -> bool {
        self.asked.is_some_and(|asked| now - asked >= PATIENCE)
    }

    /// A poll is given up: its reply, should one come, is late.
    pub const fn give_up(&mut self) {
        self.asked = None;
        self.latest = Ticket(self.latest.0 + 1);
    }

    /// Something changed that a poll under way cannot know of.
    pub const fn outdate(&mut self) {
        self.outdated = self.is_under_way();
    }

    /// A poll ended. Only news is to be used, and counts.
    pub fn end(&mut self, ticket: Ticket, took: Duration, how: Polled<'_>) -> Reply {
        if !self.is_under_way() || ticket != self.latest {
            return Reply::Late;
        }
        self.asked = None;
        if self.outdated {
            return Reply::Outdated;
        }
        self.last_took = Millis::try_from(took.as_millis()).unwrap_or(Millis::MAX);
        self.at_least = 0;
        match how {
            Polled::Well { running } => {
                self.running = running;
                self.failures = 0;
                self.halted = false;
            }
            Polled::Badly(error) => {
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
        Reply::News
    }

    /// How many polls in a row went badly.
    pub const fn failures(&self) -> u32 {
        self.failures
    }

    /// How long to wait before the next timed poll; `None` for "until somebody asks". `draw` is random in 0..1.
    pub fn wait(&self, draw: f64) -> Option<Duration> {
        if self.halted || self.paused_since.is_some() || self.pace == Pace::Off {
            return None;
        }
        let respite = self.last_took.saturating_mul(RESPITE);
        let respite = if self.hidden { respite.max(HIDDEN) } else { respite };
        if self.failures > 0 {
            // Full jitter: after an outage the pages of all admins must not come back in step.
            let most = (FIRST_WAIT << self.failures.min(10)).min(LONGEST_WAIT);
            let drawn = part(most, draw).max(SHORTEST_WAIT).max(self.at_least);
            return Some(Duration::from_millis(drawn.max(respite.min(LONGEST_WAIT))));
        }
        let running = self.while_running.unwrap_or(RUNNING);
        let wanted = match self.pace {
            Pace::Auto if self.running => running,
            Pace::Auto | Pace::Off => IDLE.max(running),
            Pace::Every(seconds) => millis(seconds),
        };
        Some(Duration::from_millis(wanted.max(respite)))
    }
}

fn millis(seconds: u32) -> Millis {
    Millis::from(seconds) * 1_000
}

/// That part of a length; `draw` is in 0..1.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "a minute's milliseconds are exact in a double"
)]
fn part(most: Millis, draw: f64) -> Millis {
    (most as f64 * draw.clamp(0.0, 1.0)) as Millis
}
