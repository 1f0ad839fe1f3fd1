//! When the page is mounted anew because another program of the browser has damaged it. Times are of the browser's monotonic clock.

use std::time::Duration;

/// Damage within this time after a renewal counts as caused by it: such a program changes each new page again.
const SOON: Duration = Duration::from_secs(10);

/// The longest wait before a renewal. Meanwhile the page may show old data.
const LONGEST: Duration = Duration::from_secs(8);

/// From this repetition on, the admin is told.
const WORTH_TELLING: u32 = 3;

/// The renewals until now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Renewals {
    last: Option<Duration>,
    repeated: u32,
}

/// A renewal that is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Renewal {
    /// How long to wait.
    pub wait: Duration,
    /// Whether to tell the admin that something keeps changing the page.
    pub is_told: bool,
}

impl Renewals {
    /// The page was damaged. The first renewal is at once. If each new page is damaged again, the waits double, so that the page
    /// can still be used.
    pub fn damaged(&mut self, now: Duration) -> Renewal {
        self.repeated = match self.last {
            Some(last) if now.saturating_sub(last) < SOON => self.repeated.saturating_add(1),
            Some(_) | None => 0,
        };
        let wait = match self.repeated {
            0 => Duration::ZERO,
            repeated => Duration::from_secs(1 << (repeated - 1).min(3)).min(LONGEST),
        };
        self.last = Some(now + wait);
        Renewal { wait, is_told: self.repeated == WORTH_TELLING }
    }
}
